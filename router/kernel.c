/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel's programs are told; see kernel.h and xdp/abi.h. */
#include "router/kernel.h"

#include "router/watch.h"

#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FEED_MS = 8,			/* "at most 10 ms old", less some */
	IDLE_MS = 100,
	ASKED_NS = 1000000000		/* programs ask still, so long after */
};

struct kernel {
	struct xdp_path *path;
	struct xdp_settings *settings;	/* these two are the programs' memory */
	struct xdp_load *loads;
	const struct config *config;
	struct netlink *netlink;
	struct world world;
	struct watch *watch;
	struct served {
		int ifindex;		/* 0: it is not there */
		int below;		/* of a VLAN: where its frames come in;
					   else the same */
		bool attached;
		bool takes_frames;	/* that are redirected to it */
	} served[CONFIG_INTERFACE_MAX];	/* by number - 1 */
	struct told {			/* what wasp_interfaces holds */
		uint32_t keys[CONFIG_INTERFACE_MAX];
		struct xdp_interface values[CONFIG_INTERFACE_MAX];
		unsigned count;
	} told;
	uint64_t fed_ns;
	struct translator_process translator;
};

static const char loads_map[] = "wasp_loads";
static const char interfaces_map[] = "wasp_interfaces";

struct kernel *
kernel_open(const struct config *config, struct netlink *netlink,
	struct xdp_report *report)
{
	struct xdp_setup setup = {.name = config->name, .pins = config->pins,
		.store = config->store};
	struct kernel *kernel = calloc(1, sizeof(*kernel));

	*report = (struct xdp_report){.status = XDP_FAILED,
		.text = "routes can not be watched"};
	if (!kernel)
		return NULL;
	kernel->netlink = netlink;
	netlink_world(netlink, &kernel->world);
	kernel->watch = watch_open();
	kernel->path = kernel->watch ? xdp_path_open(&setup, report) : NULL;
	if (!kernel->path) {
		kernel_close(kernel, true);
		return NULL;
	}
	kernel->settings = xdp_path_memory(kernel->path, "wasp_settings");
	kernel->loads = xdp_path_memory(kernel->path, loads_map);
	kernel_configure(kernel, config);
	return kernel;
}

void
kernel_close(struct kernel *kernel, bool keep)
{
	if (!kernel)
		return;
	translator_stop(&kernel->translator);
	xdp_path_close(kernel->path, keep);
	watch_close(kernel->watch);
	free(kernel);
}

struct xdp_facts
kernel_facts(const struct kernel *kernel)
{
	return xdp_path_facts(kernel->path);
}

bool
kernel_needs_bpf(const struct kernel *kernel)
{
	return xdp_path_needs_bpf(kernel->path);
}

struct router_share
kernel_share(const struct kernel *kernel)
{
	struct router_share share = {.store = ess_at(
		xdp_path_memory(kernel->path, XDP_MAP_CONTROL),
		xdp_path_memory(kernel->path, XDP_MAP_BUCKETS),
		xdp_path_memory(kernel->path, XDP_MAP_RING))};

	memcpy(share.private_secret, kernel->settings->private_secret,
		KEY_SECRET_SIZE);
	memcpy(share.invite_secret, kernel->settings->invite_secret,
		KEY_SECRET_SIZE);
	return share;
}

/* Interfaces */

static uint32_t
interface_flags(const struct kernel *kernel, unsigned i)
{
	const struct config_interface *c = &kernel->config->interfaces[i];
	const struct served *s = &kernel->served[i];
	int check = watch_reverse_path(kernel->watch, s->ifindex);

	return (c->is_operator ? XDP_IF_OPERATOR : 0u) |
		(s->attached && c->ingress ? XDP_IF_INGRESS : 0u) |
		(s->attached && c->egress ? XDP_IF_EGRESS : 0u) |
		(c->verify_checksum ? XDP_IF_VERIFY_CHECKSUM : 0u) |
		(kernel->config->fast ? XDP_IF_FAST : 0u) |
		(s->takes_frames ? XDP_IF_REDIRECT_TO : 0u) |
		(s->attached ? XDP_IF_SENDER : 0u) |
		(kernel->config->unwrap_count ? XDP_IF_UNWRAP : 0u) |
		(check == 1 ? XDP_IF_STRICT_PATH : 0u) |
		(check == 2 ? XDP_IF_LOOSE_PATH : 0u);
}

/* What env node tells: as env.c has it. */
static void
node_address(const struct kernel *kernel, int ifindex, uint8_t family,
	uint8_t addr[IP_ADDR_SIZE])
{
	const struct config *config = kernel->config;
	const struct world *world = &kernel->world;

	memset(addr, 0, IP_ADDR_SIZE);
	if (family == 4 ? config->has_v4 : config->has_v6)
		memcpy(addr, family == 4 ? config->v4 : config->v6,
			IP_ADDR_SIZE);
	else if (!world->address(world->arg, ifindex, family, addr))
		world->address(world->arg, WORLD_LOOPBACK, family, addr);
}

static struct xdp_interface
interface_value(const struct kernel *kernel, unsigned i)
{
	const struct config_interface *c = &kernel->config->interfaces[i];
	const struct world *world = &kernel->world;
	int ifindex = kernel->served[i].ifindex;
	const struct link *link = links_find(netlink_links(kernel->netlink),
		ifindex);
	struct xdp_interface value = {.number = i + 1,
		.flags = interface_flags(kernel, i),
		.mtu = world->mtu(world->arg, ifindex),
		.rate_kbit = c->rate_kbit, .return_rate = c->return_rate,
		.id = config_interface_id(c),
		.role = (uint8_t)c->role, .tell = (uint8_t)c->tell,
		.tell_set = c->tell_set};

	if (link && link->has_mac)
		memcpy(value.mac, link->mac, sizeof(value.mac));
	node_address(kernel, ifindex, 4, value.v4);
	node_address(kernel, ifindex, 6, value.v6);
	return value;
}

/* The programs keep what they found until this is said. */
static void
tell_of_change(struct kernel *kernel)
{
	__atomic_add_fetch(&kernel->settings->generation, 1,
		__ATOMIC_SEQ_CST);
}

/* Make what was told those elements of the map. */
static void
put_interfaces(struct kernel *kernel)
{
	const struct told *told = &kernel->told;

	xdp_path_fill(kernel->path, interfaces_map, told->keys, told->values,
		told->count);
	tell_of_change(kernel);
}

/* A frame that is redirected to a VLAN would need its tag. */
static bool
takes_frames(const struct served *s)
{
	return s->attached && s->below == s->ifindex &&
		xdp_takes_frames(s->ifindex);
}

static void
tell_interfaces(struct kernel *kernel)
{
	struct told *told = &kernel->told;

	told->count = 0;
	for (unsigned i = 0; i < kernel->config->interface_count; i++) {
		struct served *s = &kernel->served[i];

		if (s->ifindex == 0)
			continue;
		/* drivers change their mind, so they are asked again */
		s->takes_frames = takes_frames(s);
		told->keys[told->count] = (uint32_t)s->ifindex;
		told->values[told->count++] = interface_value(kernel, i);
	}
	put_interfaces(kernel);
}

/* Nobody is the operator until all is told. */
static void
tell_of_no_operator(struct kernel *kernel)
{
	struct told *told = &kernel->told;

	for (unsigned i = 0; i < told->count; i++)
		told->values[i].flags &= ~(uint32_t)XDP_IF_OPERATOR;
	put_interfaces(kernel);
}

/*
 * Does the interface forward, in each family that it has an address of?  Where
 * it does not, the kernel tells programs of no route.
 */
static bool
forwards(const struct kernel *kernel, int ifindex)
{
	const struct world *world = &kernel->world;
	uint8_t addr[IP_ADDR_SIZE];

	for (uint8_t family = 4; family <= 6; family += 2)
		if (world->address(world->arg, ifindex, family, addr) &&
		    !watch_forwards(kernel->watch, ifindex, family))
			return false;
	return true;
}

static enum xdp_status
refuse(struct xdp_report *report, const char *why)
{
	report->status = XDP_ABSENT;
	snprintf(report->text, sizeof(report->text), "%s", why);
	return report->status;
}

/* Where its hooks are: two places of a VLAN, one of another. */
static unsigned
places_of(const struct served *s, struct xdp_at at[2])
{
	if (s->below == s->ifindex) {
		at[0] = (struct xdp_at){s->ifindex, XDP_AT_BOTH};
		return 1;
	}
	at[0] = (struct xdp_at){s->ifindex, XDP_AT_EGRESS};
	at[1] = (struct xdp_at){s->below, XDP_AT_INGRESS};
	return 2;
}

static bool
is_attached(const struct kernel *kernel, const struct served *s)
{
	struct xdp_at at[2];
	unsigned count = places_of(s, at);

	for (unsigned i = 0; i < count; i++)
		if (!xdp_path_attached(kernel->path, at[i]))
			return false;
	return true;
}

/* What is attached of a VLAN that can not be served kernel_tell takes off. */
static enum xdp_status
attach(struct kernel *kernel, const struct served *s,
	struct xdp_report *report)
{
	enum xdp_status status = XDP_OK;
	char below[IF_NAMESIZE] = "";
	struct xdp_report at_below;
	struct xdp_at at[2];
	unsigned count = places_of(s, at);

	for (unsigned i = 0; i < count && status == XDP_OK; i++)
		status = xdp_path_attach(kernel->path, at[i], report);
	if (status == XDP_OK || s->below == s->ifindex)
		return status;
	at_below = *report;
	if_indextoname((unsigned)s->below, below);
	snprintf(report->text, sizeof(report->text), "at %s, below it: %.500s",
		below, at_below.text);
	return status;
}

/* May it be served, as the configuration and what lies below it are? */
static enum xdp_status
judge(struct kernel *kernel, struct served *s, struct xdp_report *report)
{
	const struct links *links = netlink_links(kernel->netlink);
	const char *why;

	*report = (struct xdp_report){XDP_OK, ""};
	s->below = links_bottom(links, s->ifindex, &why);
	if (s->below == 0)
		return refuse(report, why);
	if (links_carries(links, s->below) && !xdp_sees_tags(s->below))
		return refuse(report, "its device takes VLAN tags off before "
			"XDP sees them (ethtool -K DEVICE rxvlan off)");
	if (kernel->config->datapath == CONFIG_AUTO &&
	    !forwards(kernel, s->ifindex))
		return refuse(report, "it does not forward, so programs can "
			"not ask for routes");
	return XDP_OK;
}

/*
 * The program meets packets as soon as it is attached, so it is told of the
 * interface before.
 */
enum xdp_status
kernel_serve(struct kernel *kernel, unsigned number, int ifindex, bool wanted,
	struct xdp_report *report)
{
	struct served *s = &kernel->served[number - 1];
	enum xdp_status status = XDP_OK;
	uint32_t key = (uint32_t)ifindex;
	struct xdp_interface value;

	*s = (struct served){.ifindex = ifindex, .below = ifindex};
	if (ifindex && wanted)
		status = judge(kernel, s, report);
	s->attached = ifindex && wanted && status == XDP_OK;
	if (s->attached && !is_attached(kernel, s)) {
		s->takes_frames = takes_frames(s);
		value = interface_value(kernel, number - 1);
		xdp_path_put(kernel->path, interfaces_map, &key, &value);
		tell_of_change(kernel);
	}
	if (s->attached)
		status = attach(kernel, s, report);
	s->attached &= status == XDP_OK;
	return status;
}

/* What is served no longer goes; the old configuration may have been longer. */
static void
settle(struct kernel *kernel)
{
	struct xdp_at at[2 * CONFIG_INTERFACE_MAX];
	unsigned count = 0;

	for (unsigned i = 0; i < CONFIG_INTERFACE_MAX; i++) {
		if (i >= kernel->config->interface_count)
			kernel->served[i] = (struct served){0};
		if (kernel->served[i].attached)
			count += places_of(&kernel->served[i], &at[count]);
	}
	xdp_path_settle(kernel->path, at, count);
}

/* VLANs, addresses and prefixes */

static void
tell_vlans(struct kernel *kernel)
{
	struct xdp_vlan *keys = calloc(XDP_VLANS_MAX, sizeof(*keys));
	uint32_t *values = calloc(XDP_VLANS_MAX, sizeof(*values));

	if (keys && values)
		xdp_path_fill(kernel->path, "wasp_vlans", keys, values,
			links_vlans(netlink_links(kernel->netlink), keys,
				values, XDP_VLANS_MAX));
	free(keys);
	free(values);
}

struct addresses {
	struct xdp_address *keys;
	uint32_t *values;
	unsigned count;
};

static void
add_address(void *arg, const uint8_t addr[IP_ADDR_SIZE], bool local)
{
	struct addresses *list = arg;

	if (list->count == XDP_ADDRESSES_MAX)
		return;
	memcpy(list->keys[list->count].addr, addr, IP_ADDR_SIZE);
	list->values[list->count++] = local ? XDP_ADDRESS_LOCAL :
		XDP_ADDRESS_OTHER;
}

/* An address of ours is ours, though it be another network's last. */
static void
put_local_last(struct addresses *list)
{
	unsigned last = list->count;

	for (unsigned i = 0; i < last;) {
		struct xdp_address key = list->keys[i];
		uint32_t value = list->values[i];

		if (value != XDP_ADDRESS_LOCAL) {
			i++;
			continue;
		}
		last--;
		list->keys[i] = list->keys[last];
		list->values[i] = list->values[last];
		list->keys[last] = key;
		list->values[last] = value;
	}
}

static void
tell_addresses(struct kernel *kernel)
{
	struct addresses list = {
		.keys = calloc(XDP_ADDRESSES_MAX, sizeof(*list.keys)),
		.values = calloc(XDP_ADDRESSES_MAX, sizeof(*list.values))};

	if (list.keys && list.values) {
		netlink_each_address(kernel->netlink, add_address, &list);
		put_local_last(&list);
		xdp_path_fill(kernel->path, "wasp_addresses", list.keys,
			list.values, list.count);
	}
	free(list.keys);
	free(list.values);
}

static void
tell_prefixes(struct kernel *kernel, const char *map,
	const struct config_prefixes *prefixes)
{
	struct xdp_prefix keys[CONFIG_PREFIX_MAX];
	uint32_t values[CONFIG_PREFIX_MAX] = {0};

	for (unsigned i = 0; i < prefixes->count; i++) {
		keys[i].length = prefixes->list[i].length;
		memcpy(keys[i].addr, prefixes->list[i].addr, IP_ADDR_SIZE);
	}
	xdp_path_fill(kernel->path, map, keys, values, prefixes->count);
}

static void
tell_settings(struct kernel *kernel)
{
	const struct config *config = kernel->config;
	struct xdp_settings *settings = kernel->settings;

	settings->mark = config->mark;
	settings->udp_port = config->numbers.udp_port;
	settings->protocol = config->numbers.protocol;
	settings->access_max = (uint8_t)config->accesses;
	settings->flags =
		(watch_multipath(kernel->watch) ? XDP_MULTIPATH : 0u) |
		(config->clients.count > 0 ? XDP_HAS_CLIENTS : 0u) |
		(config->operators.count > 0 ? XDP_HAS_OPERATORS : 0u);
}

/* What the programs know already is of the configuration before. */
void
kernel_configure(struct kernel *kernel, const struct config *config)
{
	kernel->config = config;
	memset(kernel->loads, 0, (XDP_INTERFACES_MAX + 1) *
		sizeof(*kernel->loads));	/* of other numbers */
	kernel->fed_ns = 0;
	tell_of_no_operator(kernel);
	tell_prefixes(kernel, "wasp_operators", &config->operators);
	tell_prefixes(kernel, "wasp_clients", &config->clients);
	tell_vlans(kernel);
	tell_addresses(kernel);
	tell_settings(kernel);
	if (kernel->translator.pid > 0)
		translator_tell(&kernel->translator, &config->translate);
}

bool
kernel_translate(struct kernel *kernel)
{
	struct translator_hook hooks[TRANSLATOR_HOOKS_MAX];
	unsigned count = xdp_path_hooks(kernel->path, hooks);

	return translator_start(&kernel->translator, hooks, count,
		&kernel->config->translate);
}

int
kernel_translator_fd(const struct kernel *kernel)
{
	return kernel->translator.pid > 0 ? kernel->translator.fd : -1;
}

bool
kernel_translated(const struct kernel *kernel, struct translator_event *event)
{
	return translator_hear(&kernel->translator, event);
}

void
kernel_tell(struct kernel *kernel)
{
	tell_vlans(kernel);
	tell_addresses(kernel);
	tell_settings(kernel);
	settle(kernel);
	tell_interfaces(kernel);
}

int
kernel_fd(const struct kernel *kernel)
{
	return watch_fd(kernel->watch);
}

bool
kernel_watch(struct kernel *kernel)
{
	return watch_renew(kernel->watch);
}

/* Loads */

static void
feed(struct kernel *kernel, uint64_t now_ns)
{
	struct link_load loads[CONFIG_INTERFACE_MAX];
	uint32_t rates[CONFIG_INTERFACE_MAX];
	int ifindex[CONFIG_INTERFACE_MAX] = {0};
	unsigned numbers[CONFIG_INTERFACE_MAX], count = 0;

	for (unsigned i = 0; i < kernel->config->interface_count; i++) {
		if (!kernel->served[i].attached)
			continue;
		ifindex[count] = kernel->served[i].ifindex;
		numbers[count++] = i + 1;
	}
	netlink_loads(kernel->netlink, ifindex, count, now_ns, loads, rates);
	for (unsigned i = 0; i < count; i++)
		kernel->loads[numbers[i]] = (struct xdp_load){now_ns,
			loads[i].queue, loads[i].queue_pkts, loads[i].drops,
			loads[i].tx_pkts, loads[i].tx_bytes, loads[i].rx_pkts,
			loads[i].rx_bytes, rates[i]};
}

unsigned
kernel_sample_ms(const struct config *config, uint64_t asked_ns)
{
	return config->sample_asked && asked_ns >= ASKED_NS ? IDLE_MS :
		FEED_MS;
}

int
kernel_feed(struct kernel *kernel, uint64_t now_ns, uint64_t time_ns)
{
	uint64_t asked_ns = __atomic_load_n(&kernel->settings->loads_asked_ns,
		__ATOMIC_RELAXED);
	unsigned ms = kernel_sample_ms(kernel->config, now_ns - asked_ns);
	uint64_t age_ms = (now_ns - kernel->fed_ns) / 1000000;

	kernel->settings->time_offset_ns = time_ns - now_ns;
	if (age_ms < ms)
		return (int)(ms - age_ms);
	feed(kernel, now_ns);
	kernel->fed_ns = now_ns;
	return (int)ms;
}

uint64_t
kernel_counted(const struct kernel *kernel, unsigned count)
{
	return xdp_path_sum(kernel->path, "wasp_counts", count);
}
