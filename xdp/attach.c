/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The programs at interfaces: XDP by a link, egress by a link of tcx, or before
 * Linux 6.6 by a filter of the clsact discipline.  A link that is pinned is
 * given the new program in place.  See load.h.
 */
#include "xdp/load-int.h"

#include <bpf/bpf.h>
#include <errno.h>
#include <linux/if_link.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILTER_HANDLE = 1, FILTER_PRIORITY = 1021,
	ALL_PLACES = (1 << PLACES) - 1 };

/* How pins are called, and how the kernel calls where programs go. */
static const struct place {
	const char *pin, *filter;	/* the filter: of clsact */
	int type;			/* of a link */
	unsigned flags;
	enum bpf_tc_attach_point point;	/* of clsact */
} places[PLACES] = {
	[PLACE_XDP] = {"in", NULL, BPF_XDP, XDP_FLAGS_DRV_MODE, 0},
	/* BPF_TCX_EGRESS, BPF_TCX_INGRESS, since Linux 6.6 */
	[PLACE_EGRESS] = {"out", "tc-out", 47, 0, BPF_TC_EGRESS},
	[PLACE_SENDER] = {"send", "tc-send", 46, 0, BPF_TC_INGRESS}
};

static enum xdp_status
refuse(struct xdp_report *report, enum xdp_status status, const char *what,
	int error)
{
	report->status = status;
	snprintf(report->text, sizeof(report->text), "%s%s%s", what,
		error ? ": " : "", error ? strerror(error) : "");
	return status;
}

static struct xdp_link *
find_link(const struct xdp_path *path, int ifindex)
{
	for (unsigned i = 0; i < LINKS_MAX; i++)
		if (path->links[i].ifindex == ifindex)
			return (struct xdp_link *)&path->links[i];
	return NULL;
}

/* What a hook needs. */
static unsigned
places_of(unsigned hooks)
{
	return (hooks & XDP_AT_EGRESS ? 1u << PLACE_EGRESS : 0) |
		(hooks & XDP_AT_INGRESS ? 1u << PLACE_SENDER |
			1u << PLACE_XDP : 0);
}

bool
xdp_path_attached(const struct xdp_path *path, struct xdp_at at)
{
	const struct xdp_link *link = at.ifindex ?
		find_link(path, at.ifindex) : NULL;

	return link && !(places_of(at.hooks) & ~link->places);
}

static bool
is_ethernet(int ifindex)
{
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	struct ifreq ifr = {0};
	bool ok = fd >= 0 && if_indextoname((unsigned)ifindex, ifr.ifr_name) &&
		ioctl(fd, SIOCGIFHWADDR, &ifr) == 0 &&
		ifr.ifr_hwaddr.sa_family == ARPHRD_ETHER;

	if (fd >= 0)
		close(fd);
	return ok;
}

/* Does a link lead to that interface still?  None is left of one that went. */
static bool
leads_to(int fd, int ifindex)
{
	struct bpf_link_info info = {0};
	uint32_t size = sizeof(info);

	/* tcx has its index where XDP has it */
	return bpf_obj_get_info_by_fd(fd, &info, &size) == 0 &&
		info.xdp.ifindex == (uint32_t)ifindex;
}

/*
 * The link that is pinned there, with our program from now on; or a new one,
 * pinned.  false with errno.
 */
static bool
make_link(struct xdp_path *path, struct xdp_link *link, enum xdp_place at)
{
	const struct place *place = &places[at];
	LIBBPF_OPTS(bpf_link_create_opts, opts, .flags = place->flags);
	char pin[PINS_PATH_SIZE];
	int fd = bpf_obj_get(pins_path(&path->pins, pin, "%s-%d", place->pin,
		link->ifindex));

	link->fds[at] = fd;
	if (fd >= 0 && leads_to(fd, link->ifindex) &&
	    bpf_link_update(fd, path->programs[at], NULL) == 0)
		return true;
	if (fd >= 0) {
		unlink(pin);
		close(fd);
	}
	fd = bpf_link_create(path->programs[at], link->ifindex,
		(enum bpf_attach_type)place->type, &opts);
	link->fds[at] = fd;
	return fd >= 0 && bpf_obj_pin(fd, pin) == 0;
}

/* Is what is attached there a waspd's?  Not known without CAP_SYS_ADMIN. */
static bool
is_ours(int ifindex)
{
	struct bpf_prog_info info = {0};
	uint32_t id = 0, size = sizeof(info);
	int fd = bpf_xdp_query_id(ifindex, 0, &id) == 0 && id ?
		bpf_prog_get_fd_by_id(id) : -1;
	bool ours = fd >= 0 && bpf_obj_get_info_by_fd(fd, &info, &size) == 0 &&
		!strcmp(info.name, "wasp_ingress");

	if (fd >= 0)
		close(fd);
	return ours;
}

static enum xdp_status
attach_xdp(struct xdp_path *path, struct xdp_link *link,
	struct xdp_report *report)
{
	if (make_link(path, link, PLACE_XDP))
		return XDP_OK;
	switch (errno) {
	case EBUSY:
	case EEXIST:
		return is_ours(link->ifindex) ? refuse(report, XDP_HELD,
				"another waspd serves it", 0) :
			refuse(report, XDP_TAKEN,
				"another XDP program is attached", 0);
	case EPERM:
		return refuse(report, XDP_NOT_PERMITTED, "XDP", errno);
	default:
		return refuse(report, XDP_ABSENT, "XDP", errno);
	}
}

/* The filter, in place of an earlier one; a directory of the pins marks it. */
static bool
attach_filter(struct xdp_path *path, const struct xdp_link *link,
	enum xdp_place at)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = link->ifindex,
		.attach_point = places[at].point);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = FILTER_HANDLE,
		.priority = FILTER_PRIORITY, .prog_fd = path->programs[at],
		.flags = BPF_TC_F_REPLACE);
	char mark[PINS_PATH_SIZE];
	int error = bpf_tc_hook_create(&hook);

	if (error == 0)
		mkdir(pins_path(&path->pins, mark, "qdisc-%d", link->ifindex),
			0700);
	else if (error != -EEXIST)
		return false;
	mkdir(pins_path(&path->pins, mark, "%s-%d", places[at].filter,
		link->ifindex), 0700);
	return bpf_tc_attach(&hook, &opts) == 0;
}

static void
drop_filter(const struct pins *pins, int ifindex, enum xdp_place at)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex,
		.attach_point = places[at].point);
	LIBBPF_OPTS(bpf_tc_opts, opts, .handle = FILTER_HANDLE,
		.priority = FILTER_PRIORITY);
	char mark[PINS_PATH_SIZE];

	if (places[at].filter && rmdir(pins_path(pins, mark, "%s-%d",
	    places[at].filter, ifindex)) == 0)
		bpf_tc_detach(&hook, &opts);
}

/* The discipline itself, if it was we who put it there. */
static void
drop_qdisc(const struct pins *pins, int ifindex)
{
	LIBBPF_OPTS(bpf_tc_hook, hook, .ifindex = ifindex,
		.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS);
	char mark[PINS_PATH_SIZE];

	if (rmdir(pins_path(pins, mark, "qdisc-%d", ifindex)) == 0)
		bpf_tc_hook_destroy(&hook);
}

/* A pin goes first: then our descriptor is the last, and detaches at once. */
static void
drop_link(const struct pins *pins, int ifindex, enum xdp_place at, int fd)
{
	char pin[PINS_PATH_SIZE];

	pins_path(pins, pin, "%s-%d", places[at].pin, ifindex);
	if (fd < 0)
		fd = bpf_obj_get(pin);
	unlink(pin);
	if (fd < 0)
		return;
	bpf_link_detach(fd);
	close(fd);
}

static enum xdp_status
attach_tc(struct xdp_path *path, struct xdp_link *link, enum xdp_place at,
	struct xdp_report *report)
{
	if (path->facts.tcx) {
		if (make_link(path, link, at)) {
			/* where the kernel before this one had no tcx */
			drop_filter(&path->pins, link->ifindex, at);
			return XDP_OK;
		}
		path->facts.tcx = errno != EINVAL;
	}
	if (!path->facts.tcx && attach_filter(path, link, at))
		return XDP_OK;
	return refuse(report, XDP_ABSENT, "tc", errno);
}

/* Take out what is at these places, or was left there. */
static void
detach(struct xdp_path *path, struct xdp_link *link, unsigned which)
{
	for (unsigned at = PLACES; at-- > 0;) {
		if (!(which >> at & 1))
			continue;
		drop_link(&path->pins, link->ifindex, at, link->fds[at]);
		drop_filter(&path->pins, link->ifindex, at);
		link->fds[at] = -1;
	}
	link->places &= ~which;
	if (link->places)
		return;
	drop_qdisc(&path->pins, link->ifindex);
	*link = (struct xdp_link){0};
}

static enum xdp_status
attach(struct xdp_path *path, struct xdp_link *link, unsigned which,
	struct xdp_report *report)
{
	enum xdp_status status = XDP_OK;

	for (unsigned at = 0; at < PLACES && status == XDP_OK; at++) {
		if (!(which >> at & 1))
			continue;
		status = at == PLACE_XDP ? attach_xdp(path, link, report) :
			attach_tc(path, link, at, report);
		if (status == XDP_OK)
			link->places |= 1u << at;
	}
	return status;
}

enum xdp_status
xdp_path_attach(struct xdp_path *path, struct xdp_at at,
	struct xdp_report *report)
{
	struct xdp_link *link = find_link(path, at.ifindex);
	enum xdp_status status;
	unsigned missing;

	*report = (struct xdp_report){0};
	if (!link && !is_ethernet(at.ifindex))
		return refuse(report, XDP_ABSENT, "it is no Ethernet", 0);
	if (!link) {
		link = find_link(path, 0);
		if (!link)
			return refuse(report, XDP_FAILED,
				"too many interfaces", 0);
		*link = (struct xdp_link){at.ifindex, 0, {-1, -1, -1}};
	}
	missing = places_of(at.hooks) & ~link->places;
	status = attach(path, link, missing, report);
	if (status != XDP_OK)
		detach(path, link, missing);
	return status;
}

void
xdp_links_close(struct xdp_path *path, bool keep)
{
	for (unsigned i = 0; i < LINKS_MAX; i++) {
		struct xdp_link *link = &path->links[i];

		if (link->ifindex == 0)
			continue;
		if (!keep)
			detach(path, link, ALL_PLACES);
		for (unsigned at = 0; keep && at < PLACES; at++)
			if (link->fds[at] >= 0)
				close(link->fds[at]);
	}
}

/* Sweeping: of all pins, or of those that are not of this start. */

struct sweep {
	const struct pins *pins;
	const struct xdp_path *path;	/* NULL: everything goes */
	int interfaces;
};

/* Is the name WORD-NUMBER?  If so, the number; else 0. */
static int
numbered(const char *name, const char *word)
{
	size_t size = word ? strlen(word) : 0;

	return size && !strncmp(name, word, size) && name[size] == '-' ?
		atoi(name + size + 1) : 0;
}

/* Does a pin belong to what is attached now? */
static bool
is_attached_pin(const struct xdp_path *path, const char *name)
{
	int ifindex = numbered(name, "qdisc");
	unsigned wanted = ALL_PLACES;
	const struct xdp_link *link;

	for (unsigned at = 0; at < PLACES && !ifindex; at++) {
		ifindex = numbered(name, places[at].pin);
		if (!ifindex)
			ifindex = numbered(name, places[at].filter);
		wanted = 1u << at;
	}
	link = ifindex ? find_link(path, ifindex) : NULL;
	return link && link->places & wanted;
}

static bool
is_wanted(const struct sweep *sweep, const char *name)
{
	char start[24];
	int size;

	if (!sweep->path)
		return false;
	size = snprintf(start, sizeof(start), "%llx-",
		(unsigned long long)sweep->path->start);
	return !strncmp(name, start, (size_t)size) ||
		!strncmp(name, "net-", 4) ||
		(!strncmp(name, "abi", 3) && atoi(name + 3) == XDP_ABI) ||
		is_attached_pin(sweep->path, name);
}

static bool
sweep_pin(void *arg, const char *name)
{
	struct sweep *sweep = arg;
	char pin[PINS_PATH_SIZE];
	int ifindex;

	if (is_wanted(sweep, name))
		return true;
	for (unsigned at = 0; at < PLACES; at++) {
		if ((ifindex = numbered(name, places[at].pin)) != 0) {
			drop_link(sweep->pins, ifindex, at, -1);
			sweep->interfaces += at == PLACE_XDP;
		} else if ((ifindex = numbered(name, places[at].filter)) != 0) {
			drop_filter(sweep->pins, ifindex, at);
		}
	}
	if ((ifindex = numbered(name, "qdisc")) != 0)
		drop_qdisc(sweep->pins, ifindex);
	pins_path(sweep->pins, pin, "%s", name);
	if (unlink(pin) < 0)
		rmdir(pin);
	return true;
}

/* All that is wanted of an interface. */
static unsigned
hooks_of(int ifindex, const struct xdp_at list[], unsigned count)
{
	unsigned hooks = 0;

	for (unsigned i = 0; i < count; i++)
		if (list[i].ifindex == ifindex)
			hooks |= list[i].hooks;
	return hooks;
}

void
xdp_path_settle(struct xdp_path *path, const struct xdp_at at[],
	unsigned count)
{
	struct sweep sweep = {.pins = &path->pins, .path = path};

	for (unsigned i = 0; i < LINKS_MAX; i++) {
		struct xdp_link *link = &path->links[i];

		if (link->ifindex)
			detach(path, link, link->places & ~places_of(
				hooks_of(link->ifindex, at, count)));
	}
	pins_each(&path->pins, sweep_pin, &sweep);
}

int
xdp_pins_empty(const struct pins *pins)
{
	struct sweep sweep = {.pins = pins};

	pins_each(pins, sweep_pin, &sweep);
	return sweep.interfaces;
}

int
xdp_clean(const char *root, const char *name, struct xdp_report *report)
{
	struct pins pins;
	int count;

	*report = (struct xdp_report){0};
	switch (pins_open(&pins, root, name, false, report)) {
	case XDP_OK:
		break;
	case XDP_ABSENT:
		return 0;
	default:
		return -1;
	}
	count = xdp_pins_empty(&pins);
	pins_close(&pins, true);
	return count;
}
