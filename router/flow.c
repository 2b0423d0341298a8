/* SPDX-License-Identifier: BSD-2-Clause */
/* Flows that are wrapped and unwrapped; see flow.h. */
#include "router/flow.h"

#include "router/wrap.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

enum { V4_OFF_FRAGMENT = 6, V4_DF = 0x40 /* of that byte */,
	ROOM = 0xffff };

/* What goes on from packet to packet, of a rule by its name. */
struct rule_state {
	char name[CONFIG_WORD_SIZE];
	uint16_t ident;
	uint32_t counter;
};

/* A packet that ran, and stayed wrapped. */
struct ran {
	uint8_t src[IP_ADDR_SIZE], dst[IP_ADDR_SIZE];
	uint16_t ident, seq;
	uint64_t now_ns;		/* 0: none */
};
enum { RAN_MAX = 16 };
#define RAN_FRESH_NS UINT64_C(1000000000)	/* raw may have dropped it */

/*
 * A destination to which nobody can be asked to send as little as would fit when
 * wrapped: a router on the way said that its link takes no more than this.
 */
struct narrow {
	uint8_t dst[IP_ADDR_SIZE];
	uint32_t mtu;
	uint64_t now_ns;
};
enum { NARROW_MAX = 64 };
#define NARROW_FRESH_NS UINT64_C(600000000000)	/* as RFC 8201, 4 has it */

struct flow {
	const struct config *config;
	struct world world;
	struct router *router;
	struct rule_state states[CONFIG_WRAPS_MAX];	/* as config->wraps */
	unsigned state_count;
	struct ran ran[RAN_MAX];
	unsigned ran_next, ran_count;	/* the count is of those in use */
	struct narrow narrow[NARROW_MAX];
	unsigned narrow_next;
	uint8_t out[ROOM];
};

static const struct rule_state *
state_named(const struct rule_state *states, unsigned count, const char *name)
{
	for (unsigned i = 0; i < count; i++)
		if (!strcmp(states[i].name, name))
			return &states[i];
	return NULL;
}

/* An identifier that no other node is likely to use between the same hosts. */
static uint16_t
draw_ident(void)
{
	uint16_t ident = 0;

	return getrandom(&ident, sizeof(ident), 0) == sizeof(ident) ? ident : 0;
}

void
flow_configure(struct flow *flow, const struct config *config)
{
	struct rule_state old[CONFIG_WRAPS_MAX];
	unsigned old_count = flow->state_count;

	memcpy(old, flow->states, sizeof(old));
	flow->config = config;
	flow->state_count = config->wrap_count;
	for (unsigned i = 0; i < config->wrap_count; i++) {
		const struct rule_state *known = state_named(old, old_count,
			config->wraps[i].name);

		if (known) {
			flow->states[i] = *known;
			continue;
		}
		flow->states[i] = (struct rule_state){.ident = draw_ident()};
		strcpy(flow->states[i].name, config->wraps[i].name);
	}
}

struct flow *
flow_new(const struct config *config, const struct world *world,
	struct router *router)
{
	struct flow *flow = calloc(1, sizeof(*flow));

	if (!flow)
		return NULL;
	flow->world = *world;
	flow->router = router;
	flow_configure(flow, config);
	return flow;
}

void
flow_free(struct flow *flow)
{
	free(flow);
}

static enum flow_verdict
verdict_of(enum router_verdict verdict, bool changed)
{
	switch (verdict) {
	case ROUTER_PLAIN:
		return changed ? FLOW_GO : FLOW_PLAIN;
	case ROUTER_CHANGED:
	case ROUTER_REROUTE:		/* only at egress */
		return FLOW_GO;
	case ROUTER_DROP:
		return FLOW_DROP;
	case ROUTER_SEND:
		return FLOW_RETURN;
	}
	return FLOW_PLAIN;
}

/* Wrapping */

/* What the route takes, 0: nobody knows, or there is none. */
static uint32_t
route_mtu(const struct flow *flow, const uint8_t dst[IP_ADDR_SIZE])
{
	const struct world *world = &flow->world;
	struct route route;
	uint32_t least;

	world->route(world->arg, dst, &route);
	least = route.mtu ? route.mtu : UINT32_MAX;
	for (unsigned i = 0; i < route.hop_count; i++) {
		uint32_t mtu = world->mtu(world->arg, route.hops[i].ifindex);

		least = mtu < least ? mtu : least;
	}
	return least == UINT32_MAX ? 0 : least;
}

static uint32_t
least_mtu(const uint8_t dst[IP_ADDR_SIZE])
{
	return ip_addr_is_v4(dst) ? WRAP_V4_MTU_MIN : WRAP_V6_MTU_MIN;
}

/* What is known of a destination; NULL: nothing, or it is too old. */
static struct narrow *
find_narrow(struct flow *flow, const uint8_t dst[IP_ADDR_SIZE], uint64_t now_ns)
{
	for (unsigned i = 0; i < NARROW_MAX && i < flow->narrow_next; i++) {
		struct narrow *n = &flow->narrow[i];

		if (now_ns - n->now_ns < NARROW_FRESH_NS &&
		    !memcmp(n->dst, dst, IP_ADDR_SIZE))
			return n;
	}
	return NULL;
}

/*
 * Senders are told of the MTU, less what wrapping adds; but not of less than
 * what each has to be able to send, so that must go unwrapped.  Whoever forges
 * such an error has to know the identifier.
 */
static void
note_narrow(struct flow *flow, const struct wrap_quoted *quoted, uint64_t now_ns)
{
	uint32_t least = least_mtu(quoted->dst);
	size_t overhead = wrap_overhead(quoted->rule,
		ip_addr_is_v4(quoted->dst) ? 4 : 6);
	struct narrow *n;

	if (quoted->mtu == 0 || quoted->mtu >= least + overhead ||
	    quoted->ident !=
		flow->states[quoted->rule - flow->config->wraps].ident)
		return;
	n = find_narrow(flow, quoted->dst, now_ns);
	if (!n)
		n = &flow->narrow[flow->narrow_next++ % NARROW_MAX];
	n->mtu = quoted->mtu > least ? quoted->mtu : least;
	n->now_ns = now_ns;
	memcpy(n->dst, quoted->dst, IP_ADDR_SIZE);
}

/* The least of what the route takes, and the path as far as it is known; 0. */
static uint32_t
known_mtu(struct flow *flow, const uint8_t dst[IP_ADDR_SIZE], uint64_t now_ns)
{
	const struct narrow *narrow = find_narrow(flow, dst, now_ns);
	uint32_t mtu = route_mtu(flow, dst);

	return narrow && narrow->mtu < mtu ? narrow->mtu : mtu;
}

/* Whom an error comes from: the interface where the packet came in. */
static void
error_source(const struct flow *flow, const struct flow_packet *f,
	const struct ip_info *ip, uint8_t src[IP_ADDR_SIZE])
{
	const struct world *world = &flow->world;

	memcpy(src, ip->src, IP_ADDR_SIZE);
	if (!f->made_here && !world->address(world->arg, f->packet.in_ifindex,
	    ip->family, src))
		world->address(world->arg, WORLD_LOOPBACK, ip->family, src);
}

/*
 * It does not fit.  Its sender is told, if it asked for that and can send less;
 * else it goes as it is, and carries no program.
 */
static enum flow_verdict
refuse(struct flow *flow, struct flow_packet *f, const struct wrap_view *view,
	uint32_t mtu)
{
	bool v4 = view->ip.family == 4;
	uint8_t src[IP_ADDR_SIZE];

	if (mtu < least_mtu(view->ip.dst) ||
	    (v4 && !(f->packet.p[V4_OFF_FRAGMENT] & V4_DF))) {
		router_count(flow->router, ROUTER_WRAP_PLAIN);
		return FLOW_PLAIN;
	}
	error_source(flow, f, &view->ip, src);
	f->packet.size = wrap_too_large(f->packet.p, view, src, mtu,
		flow->out);
	f->packet.p = flow->out;
	router_count(flow->router, ROUTER_WRAP_LARGE);
	return FLOW_ERROR;
}

static size_t
put(struct flow *flow, struct flow_packet *f, const struct config_wrap *rule,
	const struct wrap_view *view)
{
	struct rule_state *state = &flow->states[rule - flow->config->wraps];
	struct wrap_numbers words = {state->ident, (uint16_t)state->counter,
		state->counter};
	size_t size = wrap_put(rule, &flow->config->numbers, &words,
		f->packet.p, view, flow->out, sizeof(flow->out));

	if (size == 0)
		return 0;
	state->counter++;
	f->packet.p = flow->out;
	f->packet.size = size;
	router_count(flow->router, ROUTER_WRAPPED);
	return size;
}

static enum flow_verdict
wrap(struct flow *flow, struct flow_packet *f, const struct config_wrap *rule,
	const struct wrap_view *view)
{
	const struct world *world = &flow->world;
	size_t overhead = wrap_overhead(rule, view->ip.family);
	uint32_t mtu = known_mtu(flow, view->ip.dst, f->packet.now_ns);

	if (mtu == 0)
		return FLOW_PLAIN;
	if (view->ip.total_size + overhead > mtu)
		return refuse(flow, f, view, mtu > overhead ?
			mtu - (uint32_t)overhead : 0);
	if (put(flow, f, rule, view) == 0)
		return FLOW_PLAIN;
	if (f->made_here) {
		mtu = world->path_mtu(world->arg, view->ip.dst);
		return mtu && f->packet.size > mtu ? FLOW_AROUND : FLOW_GO;
	}
	return verdict_of(router_packet(flow->router, &f->packet), true);
}

/* WASP with such a source would not come in; other packets do, as they are. */
static bool
would_be_forged(const struct flow *flow, const struct flow_packet *f,
	const struct wrap_view *view)
{
	unsigned number = router_number(flow->router, f->packet.in_ifindex);
	struct origin origin = {.native = true};

	if (f->made_here || number == 0)
		return false;
	origin.in = &flow->config->interfaces[number - 1];
	return policy_is_forged(flow->config, &origin, view->ip.src);
}

/* A packet that is no WASP: does a rule put something around it? */
static enum flow_verdict
try_wrap(struct flow *flow, struct flow_packet *f)
{
	const struct world *world = &flow->world;
	const struct config_wrap *rule;
	struct wrap_view view;

	if (!wrap_view(f->packet.p, f->packet.size, &flow->config->numbers,
	    &view))
		return FLOW_PLAIN;
	rule = wrap_rule(flow->config, &view);
	return !rule || world->is_local(world->arg, view.ip.dst) ||
		would_be_forged(flow, f, &view) ? FLOW_PLAIN :
		wrap(flow, f, rule, &view);
}

/* Unwrapping */

static enum flow_verdict
not_unwrapped(struct flow *flow, enum wrap_inside answer)
{
	if (answer == WRAP_BAD_ADDRESS)
		router_count(flow->router, ROUTER_UNWRAP_ADDRESS);
	if (answer == WRAP_BAD_CHECKSUM)
		router_count(flow->router, ROUTER_UNWRAP_SUM);
	return FLOW_PLAIN;
}

static struct ran
ran_of(const struct ip_info *info, uint64_t now_ns)
{
	struct ran ran = {.ident = info->wasp.ident, .seq = info->wasp.seq,
		.now_ns = now_ns};

	memcpy(ran.src, info->src, IP_ADDR_SIZE);
	memcpy(ran.dst, info->dst, IP_ADDR_SIZE);
	return ran;
}

static bool
same_run(const struct ran *a, const struct ran *b)
{
	return a->ident == b->ident && a->seq == b->seq &&
		!memcmp(a->src, b->src, IP_ADDR_SIZE) &&
		!memcmp(a->dst, b->dst, IP_ADDR_SIZE);
}

static void
remember_run(struct flow *flow, const struct router_packet *packet)
{
	struct ran *slot = &flow->ran[flow->ran_next++ % RAN_MAX];
	struct ip_info info;

	if (ip_find(packet->p, packet->size, &flow->config->numbers, &info) !=
	    IP_OK)
		return;
	flow->ran_count += slot->now_ns == 0;
	*slot = ran_of(&info, packet->now_ns);
}

bool
flow_ran(struct flow *flow, const uint8_t *p, size_t size, uint64_t now_ns)
{
	struct ip_info info;
	struct ran ran;
	bool fresh = false;

	if (flow->ran_count == 0 || ip_find(p, size, &flow->config->numbers,
	    &info) != IP_OK)
		return false;
	ran = ran_of(&info, now_ns);
	for (unsigned i = 0; i < RAN_MAX && !fresh; i++) {
		struct ran *slot = &flow->ran[i];

		if (slot->now_ns == 0 || !same_run(slot, &ran))
			continue;
		fresh = now_ns - slot->now_ns < RAN_FRESH_NS;
		slot->now_ns = 0;
		flow->ran_count--;
	}
	return fresh;
}

/*
 * Run it, if it has not run yet, and look again: it may have another
 * destination now.
 */
static enum flow_verdict
try_unwrap(struct flow *flow, struct flow_packet *f)
{
	struct router_packet *packet = &f->packet;
	struct ip_info outer;
	struct wrap_view inner;
	size_t off;
	enum wrap_inside answer = wrap_inside(flow->config, packet->p,
		packet->size, &outer, &inner, &off);
	enum flow_verdict verdict = FLOW_PLAIN;

	if (answer != WRAP_OURS)
		return not_unwrapped(flow, answer);
	if (!f->has_run) {
		verdict = verdict_of(router_packet(flow->router, packet),
			true);
		if (verdict != FLOW_GO)
			return verdict;
		if (wrap_inside(flow->config, packet->p, packet->size, &outer,
		    &inner, &off) != WRAP_OURS) {
			remember_run(flow, packet);
			return FLOW_GO;
		}
	}
	packet->size = wrap_take(packet->p, &outer, &inner, off);
	router_count(flow->router, ROUTER_UNWRAPPED);
	f->unwrapped = true;
	return FLOW_GO;
}

/* An ICMP error about what was wrapped here. */
static bool
try_unquote(struct flow *flow, struct flow_packet *f)
{
	struct wrap_quoted quoted;
	size_t size = wrap_unquote(flow->config, f->packet.p, f->packet.size,
		&quoted);

	if (size == 0)
		return false;
	note_narrow(flow, &quoted, f->packet.now_ns);
	f->packet.size = size;
	router_count(flow->router, ROUTER_UNQUOTED);
	return true;
}

enum flow_verdict
flow_packet(struct flow *flow, struct flow_packet *f)
{
	struct ip_info info;

	f->unwrapped = false;
	if (try_unquote(flow, f))
		return FLOW_GO;
	if (!router_number(flow->router, f->made_here ?
	    f->packet.out_ifindex : f->packet.in_ifindex))
		return FLOW_PLAIN;
	if (ip_find(f->packet.p, f->packet.size, &flow->config->numbers,
	    &info) != IP_OK)
		return try_wrap(flow, f);
	return f->made_here ? FLOW_PLAIN : try_unwrap(flow, f);
}
