/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets from the queues, and what becomes of them; see daemon-int.h. */
#include "router/daemon-int.h"

#include <errno.h>
#include <net/if.h>
#include <string.h>

enum { BATCH = 64 };	/* packets before signals are looked at again */

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
		.now_ns = daemon_clock_ns(CLOCK_BOOTTIME),
		.time_ns = daemon_clock_ns(CLOCK_REALTIME)};
}

bool
daemon_serve_packet(struct daemon *d, struct queue *queue,
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

bool
daemon_serve_flow(struct daemon *d, struct queue *queue,
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

int
daemon_serve_queue(struct daemon *d, struct queue *queue,
	daemon_serve_one *serve)
{
	struct queue_packet waiting;
	int count = 0, more = 0;

	while (queue && count < BATCH &&
	    (more = queue_next(queue, &waiting)) > 0) {
		count++;
		if (!serve(d, queue, &waiting))
			log_packet(d->log, daemon_clock_ns(CLOCK_BOOTTIME),
				CONFIG_LOG_WARNING, "a verdict was refused: %s",
				strerror(errno));
	}
	if (more < 0)
		log_failure(d->log, "the packet queue");
	return more < 0 ? -1 : count;
}
