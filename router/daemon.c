/* SPDX-License-Identifier: BSD-2-Clause */
/* The running router; see daemon.h. */
#include "router/daemon.h"

#include "router/caps.h"
#include "router/flow.h"
#include "router/inject.h"
#include "router/kernel.h"
#include "router/netlink.h"
#include "router/queue.h"
#include "router/router.h"
#include "router/rules.h"

#include <errno.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 64 };	/* packets before signals are looked at again */

struct daemon {
	const struct daemon_setup *setup;
	struct config *config;
	struct log *log;
	struct router *router;
	struct netlink *netlink;
	struct queue *queue;
	struct flow *flow;
	struct queue *flows;		/* NULL: no rule wraps or unwraps */
	struct inject inject;
	struct world world;
	sigset_t signals;
	int signal_fd;
	struct rules *rules;
	bool installed;
	struct kernel *kernel;		/* NULL: all is portable */
	bool ready;
	bool not_permitted;		/* why it could not start */
	/* Of interfaces, by number - 1: whom the kernel's path serves, and whom
	   this one does; one that is not there is neither's. */
	rules_set xdp, portable;
	rules_set refused;		/* it was said why not xdp */
};

static uint64_t
clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static bool
fail(struct daemon *d, const char *what)
{
	log_line(d->log, CONFIG_LOG_ERROR, "%s: %s", what, strerror(errno));
	return false;
}

/* Which data path serves what */

/* Why not, where the kernel's path does not serve; once, until it does. */
static bool
say_refusal(struct daemon *d, unsigned i, const struct xdp_report *report)
{
	bool must = d->config->datapath == CONFIG_XDP;

	if (d->refused >> i & 1)
		return !must;
	d->refused |= RULES_ONE << i;
	log_line(d->log, must ? CONFIG_LOG_ERROR : CONFIG_LOG_INFO,
		"%s: %s%s", d->config->interfaces[i].name, report->text,
		must ? "" : "; the portable data path serves it");
	return !must;
}

/*
 * Give an interface to the data path that can serve it; false: none may, which
 * was said.
 */
static bool
serve_interface(struct daemon *d, unsigned i, int ifindex)
{
	const struct config_interface *c = &d->config->interfaces[i];
	struct xdp_report report = {.text = "it has a policy"};
	bool wanted = d->kernel && d->config->datapath != CONFIG_PORTABLE &&
		!c->has_policy;
	bool ok = true, xdp = false;

	router_set_ifindex(d->router, i + 1, ifindex);
	if (d->kernel)
		xdp = kernel_serve(d->kernel, i + 1, ifindex, wanted,
			&report) == XDP_OK && wanted && ifindex;
	if (d->kernel && !xdp && ifindex &&
	    d->config->datapath != CONFIG_PORTABLE)
		ok = say_refusal(d, i, &report) && report.status != XDP_HELD;
	d->xdp &= ~(RULES_ONE << i);
	d->portable &= ~(RULES_ONE << i);
	if (xdp || !ifindex)
		d->refused &= ~(RULES_ONE << i);
	if (xdp)
		d->xdp |= RULES_ONE << i;
	else if (ok && (ifindex || !wanted))
		d->portable |= RULES_ONE << i;
	return ok;
}

/* Find out which interfaces there are now, and who serves them. */
static bool
renew_interfaces(struct daemon *d)
{
	bool ok = true;

	for (unsigned i = 0; i < d->config->interface_count; i++)
		ok &= serve_interface(d, i, (int)if_nametoindex(
			d->config->interfaces[i].name));
	if (d->kernel)
		kernel_tell(d->kernel);
	return ok;
}

static void
warn_of_missing(struct daemon *d)
{
	for (unsigned i = 0; i < d->config->interface_count; i++)
		if (!if_nametoindex(d->config->interfaces[i].name))
			log_line(d->log, CONFIG_LOG_WARNING,
				"there is no interface %s now",
				d->config->interfaces[i].name);
}

static struct queue *
open_queue(struct daemon *d, unsigned number)
{
	struct queue *queue = queue_open((uint16_t)number);

	if (!queue && errno == EBUSY)
		log_line(d->log, CONFIG_LOG_ERROR, "the packet queue %u is "
			"another program's; is another waspd running?",
			number);
	else if (!queue)
		fail(d, "the packet queue can not be bound");
	return queue;
}

/* Those that the rules will need. */
static bool
open_queues(struct daemon *d)
{
	if (!d->queue && d->portable)
		d->queue = open_queue(d, d->config->queue);
	if (!d->flows && rules_has_flows(d->config))
		d->flows = open_queue(d, rules_flow_queue(d->config));
	return (d->queue || !d->portable) &&
		(d->flows || !rules_has_flows(d->config));
}

/*
 * Queues and rules, for interfaces of the portable path and for wrapping;
 * without any there are none, and what was needed before is kept to the end.
 */
static bool
install(struct daemon *d)
{
	struct rules_report report;

	if (!d->portable && !rules_has_flows(d->config) && !d->installed)
		return true;
	if (!open_queues(d))
		return false;
	if (!rules_install(d->rules, d->config, d->portable, &report)) {
		log_line(d->log, CONFIG_LOG_ERROR,
			"the rules can not be put in: %s", report.error);
		return false;
	}
	if (report.removed > 0)
		log_line(d->log, CONFIG_LOG_INFO, "took out %u tables "
			"that were there before", report.removed);
	d->installed = true;
	return true;
}

/* " eth0=client/xdp", and so on. */
static void
name_interfaces(const struct daemon *d, char *names, size_t room)
{
	for (unsigned i = 0; i < d->config->interface_count; i++) {
		const struct config_interface *f = &d->config->interfaces[i];
		int size = snprintf(names, room, " %s=%s/%s", f->name,
			config_role_name(f->role),
			d->xdp >> i & 1 ? "xdp" :
			d->portable >> i & 1 ? "portable" : "none");

		if (size < 0 || (size_t)size >= room)
			break;
		names += size;
		room -= (size_t)size;
	}
}

static void
say_served(struct daemon *d)
{
	char names[2560] = "";

	name_interfaces(d, names, sizeof(names));
	log_line(d->log, CONFIG_LOG_INFO, "from now on%s", names);
}

static void
say_ready(struct daemon *d)
{
	char names[2560] = "", queue[32] = "";

	name_interfaces(d, names, sizeof(names));
	if (d->queue)
		snprintf(queue, sizeof(queue), ", queue %u", d->config->queue);
	if (d->xdp && d->config->fast && rules_forward_chain())
		log_line(d->log, CONFIG_LOG_WARNING, "mode is fast: packets "
			"pass by the chains of FORWARD that are there");
	log_line(d->log, CONFIG_LOG_INFO, "ready: %s%s%s, on%s",
		d->config->name, queue,
		!d->xdp ? "" : d->config->fast ? ", mode fast" :
		", mode through", names);
}

/* Start */

static bool
open_signals(struct daemon *d)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1};

	sigemptyset(&d->signals);
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaddset(&d->signals, numbers[i]);
	sigprocmask(SIG_BLOCK, &d->signals, NULL);
	signal(SIGPIPE, SIG_IGN);	/* nobody who reads the log is no reason
					   to leave the rules behind */
	d->signal_fd = signalfd(-1, &d->signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return d->signal_fd >= 0;
}

/* What one that was killed has left would run packets a second time. */
static bool
take_out_programs(struct daemon *d)
{
	struct xdp_report report;
	int count = xdp_clean(d->config->pins, d->config->name, &report);

	if (count > 0)
		log_line(d->log, CONFIG_LOG_INFO, "took out the programs at "
			"%d interfaces that were there before", count);
	if (count < 0)
		log_line(d->log, CONFIG_LOG_ERROR, "%s", report.text);
	return count >= 0;
}

/*
 * The kernel's data path, unless it is not wanted.  Where it can not be had
 * `auto` does without, but for one of ours that runs.
 */
static bool
open_kernel(struct daemon *d)
{
	struct xdp_report report;
	bool must = d->config->datapath == CONFIG_XDP;

	if (d->config->datapath == CONFIG_PORTABLE)
		return take_out_programs(d);
	d->kernel = kernel_open(d->config, d->netlink, &report);
	if (d->kernel) {
		if (kernel_facts(d->kernel).adopted)
			log_line(d->log, CONFIG_LOG_INFO,
				"took over the store that was there before");
		return true;
	}
	d->not_permitted = must && report.status == XDP_NOT_PERMITTED;
	must |= report.status == XDP_HELD;
	log_line(d->log, must ? CONFIG_LOG_ERROR : CONFIG_LOG_INFO,
		"no XDP: %s%s", report.text,
		must ? "" : "; the portable data path serves all");
	return !must && take_out_programs(d);
}

/*
 * Always, since a later configuration may want it; only one that wants it from
 * the start insists.
 */
static bool
open_translator(struct daemon *d)
{
	if (!d->kernel || kernel_translate(d->kernel))
		return true;
	return d->config->translate.mode == TRANSLATOR_OFF ||
		fail(d, "the translator");
}

static bool
open_router(struct daemon *d)
{
	struct router_share share = {0};

	if (d->kernel)
		share = kernel_share(d->kernel);
	d->router = router_new(d->config, &d->world,
		d->kernel ? &share : NULL);
	if (d->router)
		d->flow = flow_new(d->config, &d->world, d->router);
	return d->flow != NULL;
}

static bool
start(struct daemon *d)
{
	if (!open_signals(d))
		return fail(d, "signals");
	d->netlink = netlink_open();
	if (!d->netlink)
		return fail(d, "rtnetlink");
	netlink_world(d->netlink, &d->world);
	if (!inject_open(&d->inject, d->config->numbers.protocol))
		return fail(d, "raw sockets");
	if (!open_kernel(d) || !open_translator(d))
		return false;
	if (!open_router(d))
		return fail(d, "the store");
	d->rules = rules_open();
	if (!d->rules)
		return fail(d, "the socket of the rules");
	if (!renew_interfaces(d))
		return false;
	if (!caps_keep_needed(d->kernel && kernel_needs_bpf(d->kernel)))
		return fail(d, "privileges can not be given up");
	warn_of_missing(d);
	if (!install(d))
		return false;
	say_ready(d);
	d->ready = true;
	return true;
}

/* Packets */

/* As the packet is now: one that returns has its addresses swapped already. */
static void
say_packet(struct daemon *d, const struct router_packet *packet,
	enum router_verdict verdict)
{
	static const char *const names[] = {
		[ROUTER_PLAIN] = "not run", [ROUTER_CHANGED] = "ran",
		[ROUTER_DROP] = "drop", [ROUTER_SEND] = "return",
		[ROUTER_REROUTE] = "reroute"};
	bool is_ingress = packet->hook == NODE_INGRESS;
	char at[IF_NAMESIZE] = "", src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];
	struct ip_info info = {0};

	if (d->log->level < CONFIG_LOG_DEBUG || !packet->p)
		return;
	ip_find(packet->p, packet->size, &d->config->numbers, &info);
	if_indextoname((unsigned)(is_ingress ? packet->in_ifindex :
		packet->out_ifindex), at);
	log_packet(d->log, packet->now_ns, CONFIG_LOG_DEBUG,
		"%s %s: %s > %s id 0x%04x seq %u: %s",
		is_ingress ? "ingress" : "egress", at,
		ip_addr_text(info.src, src), ip_addr_text(info.dst, dst),
		info.wasp.ident, info.wasp.seq, names[verdict]);
}

/* Let it go on, or take it out and perhaps send it back, or elsewhere. */
static bool
carry_out(struct daemon *d, struct queue *queue,
	const struct queue_packet *waiting, const struct router_packet *packet,
	enum router_verdict verdict)
{
	bool marked = verdict == ROUTER_REROUTE || packet->as_it_came, ok;

	if (verdict == ROUTER_PLAIN || verdict == ROUTER_CHANGED)
		return queue_accept(queue, waiting, verdict == ROUTER_CHANGED);
	ok = queue_drop(queue, waiting);
	if (verdict == ROUTER_DROP || inject_send(&d->inject, packet->p,
	    packet->size, marked ? d->config->mark : 0,
	    packet->send_ifindex, verdict == ROUTER_REROUTE))
		return ok;
	router_count(d->router, ROUTER_SEND_FAILED);
	log_packet(d->log, packet->now_ns, CONFIG_LOG_WARNING,
		"a packet could not be sent: %s", strerror(errno));
	return ok;
}

static struct router_packet
packet_of(const struct queue_packet *waiting)
{
	return (struct router_packet){.hook = waiting->hook, .p = waiting->p,
		.size = waiting->size, .in_ifindex = waiting->in_ifindex,
		.out_ifindex = waiting->out_ifindex,
		.now_ns = clock_ns(CLOCK_BOOTTIME),
		.time_ns = clock_ns(CLOCK_REALTIME)};
}

static bool
serve_packet(struct daemon *d, struct queue *queue,
	struct queue_packet *waiting)
{
	struct router_packet packet = packet_of(waiting);
	enum router_verdict verdict = ROUTER_PLAIN;

	if (waiting->p && (packet.hook != NODE_INGRESS || !flow_ran(d->flow,
	    packet.p, packet.size, packet.now_ns)))
		verdict = router_packet(d->router, &packet);
	say_packet(d, &packet, verdict);
	return carry_out(d, queue, waiting, &packet, verdict);
}

/* Has the kernel's path run it at ingress? */
static bool
has_run(const struct daemon *d, const struct queue_packet *waiting)
{
	unsigned number = router_number(d->router, waiting->in_ifindex);

	return number && d->xdp >> (number - 1) & 1;
}

/* In its place another goes, or an answer to its sender. */
static bool
send_instead(struct daemon *d, const struct queue_packet *waiting,
	const struct router_packet *packet, bool around)
{
	bool ok = queue_drop(d->flows, waiting);

	if (!inject_send(&d->inject, packet->p, packet->size,
	    around ? waiting->mark : 0, around ? packet->out_ifindex : 0,
	    false))
		log_packet(d->log, packet->now_ns, CONFIG_LOG_WARNING,
			"%s could not be sent: %s", around ?
			"a wrapped packet" : "an error", strerror(errno));
	return ok;
}

/* As it is now, and how long it was. */
static void
say_flow(struct daemon *d, const struct flow_packet *f, size_t size,
	enum flow_verdict verdict)
{
	static const char *const names[] = {[FLOW_PLAIN] = "as it was",
		[FLOW_GO] = "goes on", [FLOW_DROP] = "drop",
		[FLOW_RETURN] = "return", [FLOW_AROUND] = "sent in its place",
		[FLOW_ERROR] = "too large, its sender is told"};
	char at[IF_NAMESIZE] = "", src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];
	struct ip_info info = {0};

	if (d->log->level < CONFIG_LOG_DEBUG || !f->packet.p)
		return;
	ip_find(f->packet.p, f->packet.size, &d->config->numbers, &info);
	if_indextoname((unsigned)(f->made_here ? f->packet.out_ifindex :
		f->packet.in_ifindex), at);
	log_packet(d->log, f->packet.now_ns, CONFIG_LOG_DEBUG,
		"flow %s: %s > %s protocol %u, %zu bytes, now %zu: %s", at,
		ip_addr_text(info.src, src), ip_addr_text(info.dst, dst),
		info.protocol, size, f->packet.size, names[verdict]);
}

static bool
serve_flow(struct daemon *d, struct queue *queue,
	struct queue_packet *waiting)
{
	struct flow_packet f = {.packet = packet_of(waiting),
		.made_here = waiting->made_here,
		.has_run = has_run(d, waiting)};
	enum flow_verdict verdict = FLOW_PLAIN;

	if (waiting->p)
		verdict = flow_packet(d->flow, &f);
	say_flow(d, &f, waiting->size, verdict);
	waiting->p = f.packet.p;
	waiting->size = f.packet.size;
	if (f.unwrapped)
		waiting->mark |= d->config->mark;
	switch (verdict) {
	case FLOW_PLAIN:
	case FLOW_GO:
		return queue_accept(queue, waiting, verdict == FLOW_GO);
	case FLOW_DROP:
	case FLOW_RETURN:
		return carry_out(d, queue, waiting, &f.packet,
			verdict == FLOW_DROP ? ROUTER_DROP : ROUTER_SEND);
	case FLOW_AROUND:
	case FLOW_ERROR:
		return send_instead(d, waiting, &f.packet,
			verdict == FLOW_AROUND);
	}
	return false;
}

typedef bool serve_one(struct daemon *d, struct queue *queue,
	struct queue_packet *waiting);

/* Up to a batch of what waits; -1 when the queue is broken, else how many. */
static int
serve_queue(struct daemon *d, struct queue *queue, serve_one *serve)
{
	struct queue_packet waiting;
	int count = 0, more = 0;

	while (queue && count < BATCH &&
	    (more = queue_next(queue, &waiting)) > 0) {
		count++;
		if (!serve(d, queue, &waiting))
			log_packet(d->log, clock_ns(CLOCK_BOOTTIME),
				CONFIG_LOG_WARNING, "a verdict was refused: %s",
				strerror(errno));
	}
	if (more < 0)
		fail(d, "the packet queue");
	return more < 0 ? -1 : count;
}

/* Signals */

static void
say_count(struct daemon *d, const char *kind, const char *name, uint64_t count)
{
	if (count > 0)
		log_line(d->log, CONFIG_LOG_INFO, "count %s%s: %llu", kind,
			name, (unsigned long long)count);
}

static uint64_t
in_kernel(const struct daemon *d, unsigned count)
{
	return d->kernel ? kernel_counted(d->kernel, count) : 0;
}

/*
 * Of both data paths, what is not zero; the last line tells scripts that there
 * is no more.
 */
static void
say_counts(struct daemon *d)
{
	char name[ISA_FAULT_NAME_SIZE];

	for (int i = 0; i < ROUTER_COUNT_COUNT; i++)
		say_count(d, "", router_count_name((enum router_count)i),
			router_counted(d->router, (enum router_count)i) +
			in_kernel(d, (unsigned)i));
	for (unsigned i = 1; i < ISA_FAULT_LIMIT; i++)
		say_count(d, "fault ", isa_fault_name(i, name),
			router_faults(d->router, (enum isa_fault)i) +
			in_kernel(d, XDP_COUNT_FAULTS + i));
	log_line(d->log, CONFIG_LOG_INFO, "counts: all others are 0");
}

/* What only a new start can change stays as it is. */
static void
keep_fixed(struct daemon *d, struct config *config)
{
	if (config->store != d->config->store ||
	    (config->datapath != d->config->datapath && !d->kernel) ||
	    strcmp(config->pins, d->config->pins) ||
	    config->queue != d->config->queue ||
	    config->numbers.protocol != d->config->numbers.protocol ||
	    strcmp(config->name, d->config->name))
		log_line(d->log, CONFIG_LOG_WARNING, "store, queue, protocol, "
			"datapath, pin-directory and name stay as they are "
			"until the next start");
	config->store = d->config->store;
	if (!d->kernel)
		config->datapath = d->config->datapath;
	memcpy(config->pins, d->config->pins, sizeof(config->pins));
	config->queue = d->config->queue;
	config->numbers.protocol = d->config->numbers.protocol;
	memcpy(config->name, d->config->name, sizeof(config->name));
}

static bool
take_config(struct daemon *d, const struct config *config)
{
	*d->config = *config;
	router_configure(d->router, d->config);
	flow_configure(d->flow, d->config);
	if (d->kernel)
		kernel_configure(d->kernel, d->config);
	return renew_interfaces(d);
}

/* What can not be served, and rules that can not be put in, change nothing. */
static void
change_config(struct daemon *d, struct config *config, struct config *old)
{
	*old = *d->config;
	keep_fixed(d, config);
	if (!take_config(d, config) || !install(d)) {
		take_config(d, old);
		install(d);
	}
	d->log->level = d->config->log;
	d->log->syslog = d->config->syslog;
	warn_of_missing(d);
	say_ready(d);
}

/* So does a wrong file. */
static void
reload(struct daemon *d)
{
	struct config *configs = calloc(2, sizeof(*configs));

	if (!d->setup->reload)
		log_line(d->log, CONFIG_LOG_WARNING,
			"there is no configuration file to read again");
	else if (!configs || !d->setup->reload(d->setup->reload_arg, configs))
		log_line(d->log, CONFIG_LOG_ERROR,
			"the configuration is wrong; the old one stays");
	else
		change_config(d, configs, configs + 1);
	free(configs);
}

/* true when it is time to end. */
static bool
serve_signals(struct daemon *d)
{
	struct signalfd_siginfo info;
	bool end = false;

	while (read(d->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGHUP)
			reload(d);
		else if (info.ssi_signo == SIGUSR1)
			say_counts(d);
		else
			end = true;
	}
	return end;
}

/* Interfaces came, went, or changed. */
static bool
serve_changes(struct daemon *d)
{
	rules_set before = d->portable, served = d->portable | d->xdp;

	renew_interfaces(d);
	if (before == d->portable && served == (d->portable | d->xdp))
		return true;
	say_served(d);
	return install(d);
}

static bool
serve_netlink(struct daemon *d)
{
	if (!netlink_renew(d->netlink))
		log_line(d->log, CONFIG_LOG_WARNING,
			"interfaces can not be read: %s", strerror(errno));
	return serve_changes(d);
}

/* What the kernel's path is fed with; after so many ms again, -1: never. */
static int
serve_kernel(struct daemon *d)
{
	return d->kernel ? kernel_feed(d->kernel, clock_ns(CLOCK_BOOTTIME),
		clock_ns(CLOCK_REALTIME)) : -1;
}

static void
say_translated(struct daemon *d)
{
	static const char *const did[] = {[TRANSLATOR_LOADED] = "translated",
		[TRANSLATOR_EVICTED] = "no longer translated:",
		[TRANSLATOR_REFUSED] = "can not be translated:"};
	char hash[PACKET_HASH_SIZE];
	struct translator_event event;

	while (kernel_translated(d->kernel, &event))
		log_packet(d->log, clock_ns(CLOCK_BOOTTIME),
			CONFIG_LOG_INFO, "%s %s at %s, %.1f ms",
			did[event.what % 3],
			packet_hash_text(event.code_hash, hash),
			event.hook == 0 ? "ingress" : "egress",
			(double)event.load_ns / 1e6);
}

/* The translator has something to say, or has gone. */
static void
serve_translator(struct daemon *d, struct pollfd *fd)
{
	if (fd->revents & POLLIN)
		say_translated(d);
	if (!(fd->revents & (POLLHUP | POLLERR)))
		return;
	fd->fd = -1;
	log_line(d->log, CONFIG_LOG_WARNING,
		"the translator has gone; nothing more is translated");
}

static bool
loop(struct daemon *d)
{
	struct pollfd fds[] = {{-1, POLLIN, 0}, {d->signal_fd, POLLIN, 0},
		{netlink_fd(d->netlink), POLLIN, 0}, {-1, POLLIN, 0},
		{-1, POLLIN, 0}, {-1, POLLIN, 0}};
	enum { COUNT = sizeof(fds) / sizeof(*fds) };

	if (d->kernel) {
		fds[3].fd = kernel_fd(d->kernel);
		fds[4].fd = kernel_translator_fd(d->kernel);
	}
	for (;;) {
		fds[0].fd = d->queue ? queue_fd(d->queue) : -1;
		fds[5].fd = d->flows ? queue_fd(d->flows) : -1;
		if (poll(fds, COUNT, serve_kernel(d)) < 0 && errno != EINTR)
			return fail(d, "poll");
		if (fds[1].revents && serve_signals(d))
			return true;
		if (fds[2].revents && !serve_netlink(d))
			return false;
		if (fds[3].revents && kernel_watch(d->kernel) &&
		    !serve_changes(d))
			return false;
		if (fds[0].revents &&
		    serve_queue(d, d->queue, serve_packet) < 0)
			return false;
		if (fds[5].revents &&
		    serve_queue(d, d->flows, serve_flow) < 0)
			return false;
		if (fds[4].revents)
			serve_translator(d, &fds[4]);
	}
}

/*
 * Rules first, then the packets that wait, then the chains that they wait in:
 * none is lost by ending.
 */
static void
take_out(struct daemon *d)
{
	struct rules_report report;

	rules_stop(d->rules, d->config->name);
	while (serve_queue(d, d->queue, serve_packet) > 0 ||
	    serve_queue(d, d->flows, serve_flow) > 0)
		;
	if (!rules_remove(d->rules, d->config->name, &report))
		log_line(d->log, CONFIG_LOG_ERROR,
			"the rules can not be taken out: %s", report.error);
}

/*
 * After a failure what is pinned stays, and serves; but a start that failed
 * leaves no more than it found.
 */
static bool
must_keep(const struct daemon *d, bool ok)
{
	return !ok && d->kernel &&
		(d->ready || kernel_facts(d->kernel).adopted);
}

static void
stop(struct daemon *d, bool ok)
{
	if (d->installed)
		take_out(d);
	kernel_close(d->kernel, must_keep(d, ok));
	rules_close(d->rules);
	queue_close(d->queue);
	queue_close(d->flows);
	flow_free(d->flow);
	router_free(d->router);
	inject_close(&d->inject);
	netlink_close(d->netlink);
	if (d->signal_fd >= 0)
		close(d->signal_fd);
	sigprocmask(SIG_UNBLOCK, &d->signals, NULL);
}

enum daemon_end
daemon_run(const struct daemon_setup *setup)
{
	struct daemon d = {.setup = setup, .config = setup->config,
		.log = setup->log, .inject = {-1, -1, -1, -1}, .signal_fd = -1};
	const char *missing = caps_missing();
	bool ok;

	if (missing) {
		log_line(d.log, CONFIG_LOG_ERROR, "%s is missing: run as root, "
			"or give it by setpriv, capsh or the unit file",
			missing);
		return DAEMON_NOT_PERMITTED;
	}
	ok = start(&d) && loop(&d);
	if (ok)
		say_counts(&d);
	stop(&d, ok);
	if (ok)
		log_line(d.log, CONFIG_LOG_INFO, "ended");
	return ok ? DAEMON_DONE : d.not_permitted ? DAEMON_NOT_PERMITTED :
		DAEMON_FAILED;
}
