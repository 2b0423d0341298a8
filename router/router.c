/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One packet at one hook; see router.h.  "Transparent": whatever this node does
 * not know or does not want goes on as plain IP.
 */
#include "router/router.h"

#include "router/admit.h"
#include "router/env.h"
#include "router/trace.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

struct router {
	const struct config *config;
	struct world world;
	struct node node;
	struct trace_table traces;
	struct admit programs;
	int ifindex[CONFIG_INTERFACE_MAX];	/* by number - 1 */
	struct bucket returns[CONFIG_INTERFACE_MAX + 1];	/* by number */
	uint8_t random_secret[KEY_SECRET_SIZE];
	uint64_t random_count;
	uint64_t counts[ROUTER_COUNT_COUNT];
	uint64_t faults[ISA_FAULT_LIMIT];
};

/* One packet while it is handled. */
struct visit {
	struct router *router;
	struct router_packet *packet;
	struct ip_info info;
	const struct config_interface *interface;	/* the hook's */
	unsigned number, in_number;
	struct origin origin;
	const struct trace *trace;
	bool local;
	struct env_wants wants;
	env_set set;
	struct route to_source;
	bool have_source;
};

static const char *const count_names[ROUTER_COUNT_COUNT] = {
#define XDP_COUNT(name, text) [ROUTER_##name] = text,
#include "xdp/counts.def"
};

const char *
router_count_name(enum router_count count)
{
	return count_names[count];
}

static bool
draw(void *bytes, size_t size)
{
	ssize_t got;

	do
		got = getrandom(bytes, size, 0);
	while (got < 0 && errno == EINTR);
	return got == (ssize_t)size;
}

/* A share without a store is one that could not be made. */
static struct ess *
make_store(const struct config *config, const struct router_share *share,
	const uint8_t secret[KEY_SECRET_SIZE])
{
	return share ? share->store : ess_new(config->store, secret);
}

struct router *
router_new(const struct config *config, const struct world *world,
	const struct router_share *share)
{
	struct router *router = calloc(1, sizeof(*router));
	uint8_t secrets[5][KEY_SECRET_SIZE];

	if (!router)
		return NULL;
	if (!draw(secrets, sizeof(secrets)))
		goto out;
	router->config = config;
	router->world = *world;
	router->node.store = make_store(config, share, secrets[0]);
	memcpy(router->node.private_secret,
		share ? share->private_secret : secrets[1], KEY_SECRET_SIZE);
	memcpy(router->node.invite_secret,
		share ? share->invite_secret : secrets[2], KEY_SECRET_SIZE);
	memcpy(router->random_secret, secrets[3], KEY_SECRET_SIZE);
	memcpy(router->traces.secret, secrets[4], KEY_SECRET_SIZE);
	if (router->node.store)
		return router;
out:
	router_free(router);
	return NULL;
}

void
router_free(struct router *router)
{
	if (!router)
		return;
	ess_free(router->node.store);
	free(router);
}

void
router_configure(struct router *router, const struct config *config)
{
	router->config = config;
	memset(router->ifindex, 0, sizeof(router->ifindex));
}

void
router_set_ifindex(struct router *router, unsigned number, int ifindex)
{
	router->ifindex[number - 1] = ifindex;
}

uint64_t
router_counted(const struct router *router, enum router_count count)
{
	return router->counts[count];
}

uint64_t
router_faults(const struct router *router, enum isa_fault fault)
{
	return router->faults[fault];
}

void
router_count(struct router *router, enum router_count count)
{
	router->counts[count]++;
}

unsigned
router_number(const struct router *router, int ifindex)
{
	for (unsigned i = 0; i < router->config->interface_count; i++)
		if (ifindex != 0 && router->ifindex[i] == ifindex)
			return i + 1;
	return 0;
}

static const struct config_interface *
interface_of(const struct router *router, unsigned number)
{
	return number ? &router->config->interfaces[number - 1] : NULL;
}

/* It came in, but nothing says where: no interface has that number. */
enum { NO_IFINDEX = -1 };

/*
 * Linux says of a copy of IPv6 multicast (ip6mr_forward2) that it came in by the
 * interface that it leaves by, which is one that it did not come in by.
 */
static bool
is_told_wrong(const struct router_packet *packet, const struct ip_info *info)
{
	return packet->hook == NODE_EGRESS && info->family == 6 &&
		packet->in_ifindex == packet->out_ifindex &&
		ip_addr_is_multicast(info->dst);
}

/* Where it came in: what the data path says, or what ingress remembered. */
static void
find_origin(struct visit *v)
{
	struct router_packet *packet = v->packet;
	bool told_wrong = is_told_wrong(packet, &v->info);

	v->trace = packet->hook == NODE_EGRESS ?
		trace_get(&v->router->traces, &v->info) : NULL;
	if (v->trace && (packet->in_ifindex == 0 || told_wrong))
		packet->in_ifindex = v->trace->in_ifindex;
	else if (told_wrong)
		packet->in_ifindex = NO_IFINDEX;
	v->in_number = router_number(v->router, packet->in_ifindex);
	v->origin = (struct origin){
		.in = interface_of(v->router, v->in_number),
		.in_ifindex = packet->in_ifindex,
		.back = v->info.wasp.flags & PACKET_FLAG_RETURNED,
		.native = v->info.protocol != IP_PROTOCOL_UDP};
}

/* The route to the packet's source, looked up when first needed. */
static const struct route *
to_source(struct visit *v)
{
	if (!v->have_source)
		v->router->world.route(v->router->world.arg, v->info.src,
			&v->to_source);
	v->have_source = true;
	return &v->to_source;
}

/*
 * What comes in by none of our interfaces may have come in by another, where the
 * kernel does not tell; but then its source is not of this node.
 */
static bool
is_own(struct visit *v)
{
	return v->packet->hook == NODE_EGRESS && v->origin.in_ifindex == 0 &&
		to_source(v)->kind == ROUTE_LOCAL;
}

static bool
is_operator(struct visit *v)
{
	return v->origin.in && v->origin.in->is_operator &&
		policy_is_operator(v->router->config, &v->origin, v->info.src,
			to_source(v));
}

/* Does the policy of the hook's interface let it run? */
static bool
is_admitted(const struct visit *v)
{
	enum verify_policy_hook hook = v->packet->hook == NODE_INGRESS ?
		VERIFY_POLICY_INGRESS : VERIFY_POLICY_EGRESS;

	return !v->interface->has_policy ||
		verify_policy_broken(&v->interface->policy, hook,
			admit_use(&v->router->programs,
				v->packet->p + v->info.wasp_off,
				&v->info.wasp)) == VERIFY_POLICY_RULES;
}

static bool
checksum_fails(const struct visit *v)
{
	return v->interface->verify_checksum &&
		packet_checksum(v->packet->p + v->info.wasp_off,
			v->info.wasp_size) != v->info.wasp.checksum;
}

/* Why it does not run here, or ROUTER_FORWARDED. */
static enum router_count
why_not(struct visit *v)
{
	const struct router_packet *packet = v->packet;
	const struct world *world = &v->router->world;
	bool ingress = packet->hook == NODE_INGRESS;

	v->local = world->is_local(world->arg, v->info.dst);
	if (ingress && v->info.hop_limit <= 1 && !v->local)
		return ROUTER_EXPIRES;
	v->number = router_number(v->router, ingress ? packet->in_ifindex :
		packet->out_ifindex);
	v->interface = interface_of(v->router, v->number);
	if (!v->interface)
		return ROUTER_NO_INTERFACE;
	find_origin(v);
	if (ingress && policy_is_forged(v->router->config, &v->origin,
	    v->info.src))
		return ROUTER_FORGED;
	if (ingress)
		trace_put(&v->router->traces, &v->info, packet->now_ns,
			packet->in_ifindex);
	if (!(ingress ? v->interface->ingress : v->interface->egress))
		return ROUTER_HOOK_OFF;
	if (!node_runs(&v->info.wasp, packet->hook))
		return ROUTER_NOT_ASKED;
	if (checksum_fails(v))
		return ROUTER_BAD_CHECKSUM;
	return is_admitted(v) ? ROUTER_FORWARDED : ROUTER_NOT_ADMITTED;
}

static uint32_t
random_word(struct router *router)
{
	uint8_t count[8];

	packet_put64(count, ++router->random_count);
	return (uint32_t)siphash(router->random_secret, count, sizeof(count));
}

static void
fill_env(struct visit *v, bool operator_packet, uint32_t env[ISA_ENV_COUNT])
{
	struct router *router = v->router;
	const struct router_packet *packet = v->packet;
	bool ingress = packet->hook == NODE_INGRESS;
	struct env_facts facts = {
		.hook = packet->hook, .info = &v->info, .local = v->local,
		.in_number = v->in_number,
		.out_number = ingress ? 0 : v->number,
		.interface = v->interface,
		.ifindex = router->ifindex[v->number - 1],
		.out_ifindex = packet->out_ifindex,
		.now_ns = packet->now_ns, .time_ns = packet->time_ns,
		.ingress_ns = v->trace ? v->trace->ingress_ns : 0};

	v->set = v->wants.fields & env_told(policy_who(&v->origin,
		operator_packet));
	if (v->set & ENV_BIT(RANDOM))
		facts.random = random_word(router);
	if (v->set & ENV_BIT(FREE))
		facts.free = (uint32_t)ess_free_count(router->node.store,
			packet->now_ns);
	env_fill(env, v->set, &facts, router->config, &router->world);
}

/* Out of what interfaces does a route lead? */
static enum policy_way
way_of(const struct router *router, const struct route *route)
{
	bool clients = route->kind == ROUTE_UNICAST && route->hop_count > 0;

	for (unsigned i = 0; i < route->hop_count; i++) {
		const struct config_interface *out = interface_of(router,
			router_number(router, route->hops[i].ifindex));

		if (out && out->role == CONFIG_GUEST)
			return POLICY_TO_A_GUEST;
		clients &= out && out->role == CONFIG_CLIENT;
	}
	return clients ? POLICY_TO_CLIENTS : POLICY_ELSEWHERE;
}

/*
 * What goes another way from egress leaves as if this node had made it, so chains
 * for what crosses the node would not see where.
 */
static bool
is_judged(const struct visit *v)
{
	const struct world *world = &v->router->world;

	return v->packet->hook == NODE_EGRESS && !v->origin.own &&
		world->is_judged &&
		world->is_judged(world->arg, v->packet->now_ns);
}

static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	struct visit *v = arg;
	struct router *router = v->router;
	struct ip_info moved = v->info;
	struct route route;
	struct policy_place place = {v->packet->hook, v->interface,
		v->packet->out_ifindex};
	struct policy_target target = {v->info.family, to, &route,
		POLICY_ELSEWHERE, ip_addr_is_multicast(v->info.dst)};

	router->world.route(router->world.arg, to, &route);
	target.way = way_of(router, &route);
	v->origin.own = is_own(v);
	if (!policy_may_reroute(router->config, &v->origin, &place, &target) ||
	    is_judged(v))
		return false;
	memcpy(moved.dst, to, IP_ADDR_SIZE);
	env_fill_destination(env, v->set, &moved, route.kind == ROUTE_LOCAL);
	return true;
}

static void
run(struct visit *v, struct node_outcome *outcome)
{
	struct router *router = v->router;
	struct router_packet *packet = v->packet;
	uint8_t *wasp = packet->p + v->info.wasp_off;
	struct node_visit visit = {
		.hook = packet->hook, .now_ns = packet->now_ns,
		.access_max = router->config->accesses,
		.is_operator = is_operator(v),
		.interface = v->interface ?
			config_interface_id(v->interface) : 0,
		.may_reroute = may_reroute, .reroute_arg = v};

	env_wants(wasp, &v->info.wasp, &v->wants);
	fill_env(v, visit.is_operator, visit.env);
	visit.may_invite = v->wants.invite && policy_may_invite(&v->origin,
		packet->hook, to_source(v));
	memcpy(visit.src, v->info.src, IP_ADDR_SIZE);
	node_run(&router->node, wasp, &v->info.wasp, &visit, outcome);
}

/* What `return` means here; the kernel has a say where our check is loose. */
static enum policy_return
judge_return(struct visit *v)
{
	const struct world *world = &v->router->world;
	enum policy_return answer;
	struct route to_destination;

	world->route(world->arg, v->info.dst, &to_destination);
	answer = policy_return(&v->origin, v->packet->hook, &v->info,
		to_source(v), &to_destination);
	if (answer != RETURN_OWN)
		return answer;
	return world->accepts(world->arg, v->packet->in_ifindex, v->info.src,
		v->info.dst) ? RETURN_OWN : RETURN_BAD_PATH;
}

/* Why it is refused, or ROUTER_RETURNED. */
static enum router_count
why_not_return(struct visit *v, enum policy_return answer)
{
	unsigned rate = v->origin.in ? v->origin.in->return_rate :
		CONFIG_RETURN_RATE_DEFAULT;

	switch (answer) {
	case RETURN_BAD_ADDRESS:
		return ROUTER_RETURN_ADDRESS;
	case RETURN_OWN_SOURCE:
		return ROUTER_RETURN_OWN;
	case RETURN_BAD_PATH:
		return ROUTER_RETURN_PATH;
	case RETURN_EGRESS_ACROSS:
		return ROUTER_RETURN_ACROSS;
	case RETURN_ANSWER:
	case RETURN_OWN:
	case RETURN_ACROSS:
		break;
	}
	return bucket_take(&v->router->returns[v->in_number], rate,
		v->packet->now_ns) ? ROUTER_RETURNED : ROUTER_RETURN_RATE;
}

/* "return" where it is allowed; else it means forward. */
static enum router_verdict
turn_back(struct visit *v)
{
	struct router *router = v->router;
	struct router_packet *packet = v->packet;
	bool ingress = packet->hook == NODE_INGRESS;
	uint64_t ingress_ns = ingress ? packet->now_ns :
		v->trace ? v->trace->ingress_ns : 0;
	enum policy_return answer = judge_return(v);
	enum router_count count = why_not_return(v, answer);

	router->counts[count]++;
	if (count != ROUTER_RETURNED) {
		router->counts[ROUTER_FORWARDED]++;
		return ROUTER_CHANGED;
	}
	packet->as_it_came = ingress || v->trace;
	packet->send_ifindex = answer == RETURN_OWN ? 0 : packet->in_ifindex;
	ip_turn_back(packet->p, &v->info);
	trace_put(&router->traces, &v->info, ingress_ns, packet->in_ifindex);
	if (answer != RETURN_ACROSS)
		return ROUTER_SEND;
	/* the kernel takes one off, since it forwards this one */
	ip_set_hop_limit(packet->p, &v->info, PACKET_RETURN_HOP_LIMIT + 1);
	return ROUTER_CHANGED;
}

/*
 * At ingress the kernel routes it by its new destination; at egress it has been
 * routed, so that it must be sent anew.
 */
static enum router_verdict
reroute(struct visit *v, const uint8_t to[IP_ADDR_SIZE])
{
	struct router_packet *packet = v->packet;

	v->router->counts[ROUTER_REROUTED]++;
	ip_set_destination(packet->p, &v->info, to);
	if (packet->hook == NODE_INGRESS) {
		trace_put(&v->router->traces, &v->info, packet->now_ns,
			packet->in_ifindex);
		return ROUTER_CHANGED;
	}
	packet->send_ifindex = packet->out_ifindex;
	return ROUTER_REROUTE;
}

static enum router_verdict
carry_out(struct visit *v, const struct node_outcome *outcome)
{
	struct router *router = v->router;
	enum router_verdict verdict = ROUTER_CHANGED, back;

	if (outcome->fault) {
		router->counts[ROUTER_FAULTED]++;
		router->faults[outcome->fault % ISA_FAULT_LIMIT]++;
		return ROUTER_CHANGED;
	}
	if (outcome->verdict == VM_DROP) {
		router->counts[ROUTER_DROPPED]++;
		return ROUTER_DROP;
	}
	if (outcome->rerouted)
		verdict = reroute(v, outcome->reroute_to);
	if (outcome->verdict == VM_RETURN) {
		back = turn_back(v);
		return back == ROUTER_CHANGED ? verdict : back;
	}
	router->counts[ROUTER_FORWARDED]++;
	return verdict;
}

enum router_verdict
router_packet(struct router *router, struct router_packet *packet)
{
	struct visit v = {.router = router, .packet = packet};
	struct node_outcome outcome = {0};
	enum router_count count;

	if (ip_find(packet->p, packet->size, &router->config->numbers,
	    &v.info) != IP_OK) {
		router->counts[ROUTER_NOT_WASP]++;
		return ROUTER_PLAIN;
	}
	count = why_not(&v);
	if (count == ROUTER_FORWARDED) {
		run(&v, &outcome);
		if (outcome.executed)
			return carry_out(&v, &outcome);
		count = ROUTER_NOT_ASKED;
	}
	router->counts[count]++;
	return count == ROUTER_FORGED ? ROUTER_DROP : ROUTER_PLAIN;
}
