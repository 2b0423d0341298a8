/* SPDX-License-Identifier: BSD-2-Clause */
/* Simulated nodes; see sim.h. */
#include "run/sim.h"

#include <stdlib.h>
#include <string.h>

enum {
	LINK_MIN_NS = 200 * 1000,	/* delay of a link */
	LINK_SPREAD_NS = 800 * 1000,
	TRANSIT_MIN_NS = 5 * 1000,	/* from ingress to egress */
	QUEUE_STEPS = 8,		/* packets waiting: 0..7 */
	QUEUE_PACKET_SIZE = 1500,
	NS_PER_BYTE = 8,		/* at 1 Gbit/s */
	MTU = 1500,
	RATE_KBIT = 1000000,
	SOURCE_SIDE = 1,		/* numbers of a node's two interfaces */
	FAR_SIDE = 2
};

/* What draws are for, so that none depends on how many were made of another. */
enum draw { DRAW_SECRET = 1, DRAW_LINK, DRAW_QUEUE, DRAW_RANDOM, DRAW_COUNTER };

struct sim_node {
	struct node node;
	uint8_t addr[IP_ADDR_SIZE];
};

struct sim {
	struct sim_config config;
	struct sim_node *nodes;
	uint8_t source[IP_ADDR_SIZE], destination[IP_ADDR_SIZE];
	uint64_t started_ns, now_ns;
	uint64_t arrived_ns;		/* at this node; 0: began here */
	uint64_t visits;		/* so far, to draw by */
	uint64_t runs;			/* visits with a run */
};

/* A packet at a node. */
struct place {
	unsigned index;			/* of the node, from 0 */
	bool back;			/* it moves towards the source */
	bool sent;			/* by this node, not forwarded: its
					   hop limit stays */
	bool last;			/* the next hop is the destination */
	bool local;
	uint32_t in_if, out_if;
};

uint64_t
sim_draw(uint64_t seed, uint64_t number)
{
	uint8_t secret[KEY_SECRET_SIZE] = {0}, bytes[8];

	packet_put64(secret, seed);
	packet_put64(bytes, number);
	return siphash(secret, bytes, sizeof(bytes));
}

static uint64_t
draw(const struct sim *sim, enum draw what, uint64_t number)
{
	return sim_draw(sim->config.seed, (uint64_t)what << 56 | number);
}

static void
make_secret(const struct sim *sim, uint64_t number,
	uint8_t secret[static KEY_SECRET_SIZE])
{
	packet_put64(secret, draw(sim, DRAW_SECRET, 2 * number));
	packet_put64(secret + 8, draw(sim, DRAW_SECRET, 2 * number + 1));
}

static void
make_addr(bool is_v6, const char *v4, const char *v6, unsigned number,
	uint8_t addr[static IP_ADDR_SIZE])
{
	ip_addr_parse(is_v6 ? v6 : v4, addr);
	addr[IP_ADDR_SIZE - 1] = (uint8_t)number;
}

/* Every address of a family. */
static void
make_addrs(struct sim *sim, bool is_v6)
{
	for (unsigned i = 0; i < sim->config.node_count; i++)
		make_addr(is_v6, "192.0.2.0", "2001:db8::", i + 1,
			sim->nodes[i].addr);
	make_addr(is_v6, "198.51.100.0", "2001:db8:1::", 1, sim->source);
	make_addr(is_v6, "203.0.113.0", "2001:db8:2::", 1, sim->destination);
}

static bool
node_init(struct sim *sim, unsigned index)
{
	struct sim_node *node = &sim->nodes[index];
	uint8_t secret[KEY_SECRET_SIZE];

	make_secret(sim, 3 * index, secret);
	make_secret(sim, 3 * index + 1, node->node.private_secret);
	make_secret(sim, 3 * index + 2, node->node.invite_secret);
	node->node.store = ess_new(sim->config.capacity, secret);
	return node->node.store != NULL;
}

struct sim *
sim_new(const struct sim_config *config)
{
	struct sim *sim = calloc(1, sizeof(*sim));

	if (!sim)
		return NULL;
	sim->config = *config;
	sim->started_ns = sim->now_ns = config->time_ns;
	sim->nodes = calloc(config->node_count, sizeof(*sim->nodes));
	for (unsigned i = 0; sim->nodes && i < config->node_count; i++)
		if (!node_init(sim, i)) {
			sim_free(sim);
			return NULL;
		}
	if (!sim->nodes) {
		sim_free(sim);
		return NULL;
	}
	make_addrs(sim, config->v6);
	return sim;
}

void
sim_free(struct sim *sim)
{
	if (!sim)
		return;
	for (unsigned i = 0; sim->nodes && i < sim->config.node_count; i++)
		ess_free(sim->nodes[i].node.store);
	free(sim->nodes);
	free(sim);
}

struct ess *
sim_store(struct sim *sim, unsigned node)
{
	return sim->nodes[node - 1].node.store;
}

uint64_t
sim_key_name(const struct sim *sim, unsigned node,
	const struct sim_packet *packet, const uint8_t key[static KEY_SIZE])
{
	return node_key_name(&sim->nodes[node - 1].node, packet->ip +
		packet->info.wasp_off + PACKET_HEADER_SIZE, ISA_INSN_SIZE *
		(size_t)packet->info.wasp.code_count, key);
}

uint64_t
sim_time(const struct sim *sim)
{
	return sim->now_ns;
}

void
sim_next(struct sim *sim)
{
	sim->started_ns += sim->config.interval_ns;
	if (sim->started_ns < sim->now_ns)
		sim->started_ns = sim->now_ns;
	sim->now_ns = sim->started_ns;
}

/* The address of the last node. */
static uint8_t *
far_end(struct sim *sim)
{
	return sim->nodes[sim->config.node_count - 1].addr;
}

static void
make_packet(struct sim *sim, const struct object *object,
	struct sim_packet *packet)
{
	static const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	const uint8_t *destination = sim->config.is_path ? far_end(sim) :
		sim->destination;
	bool back = object->header.flags & PACKET_FLAG_RETURNED;
	struct ip_form form = {
		.family = sim->config.v6 ? 6 : 4,
		.hop_limit = PACKET_RETURN_HOP_LIMIT,
		.protocol = PACKET_PROTOCOL
	};

	memcpy(form.src, back ? destination : sim->source, IP_ADDR_SIZE);
	memcpy(form.dst, back ? sim->source : destination, IP_ADDR_SIZE);
	packet->size = ip_build(packet->ip, sizeof(packet->ip), &form,
		object->packet, object->size);
	packet->error = ip_find(packet->ip, packet->size, &numbers,
		&packet->info);
}

/* Its headers as they were, and the object's packet in its place. */
static void
take_packet(const struct sim_source *source, struct sim_packet *packet)
{
	const struct object *object = source->object;
	struct ip_info *info = &packet->info;

	packet->error = ip_find(source->ip, source->ip_size, &source->numbers,
		info);
	if ((packet->error != IP_OK && packet->error != IP_NESTED) ||
	    info->wasp_off > SIM_HEADERS_MAX ||
	    info->wasp_size != object->size) {
		*packet = (struct sim_packet){.error = IP_BAD_LENGTH};
		return;
	}
	packet->size = info->wasp_off + object->size;
	memcpy(packet->ip, source->ip, packet->size);
	if (object->header.flags & ~info->wasp.flags & PACKET_FLAG_RETURNED)
		ip_turn_back(packet->ip, info);
	memcpy(packet->ip + info->wasp_off, object->packet, object->size);
	info->wasp = object->header;
}

void
sim_packet_make(struct sim *sim, const struct sim_source *source,
	struct sim_packet *packet)
{
	const struct ip_info *info = &packet->info;

	*packet = (struct sim_packet){.size = 0};
	make_addrs(sim, sim->config.v6);
	if (!source->ip) {
		make_packet(sim, source->object, packet);
		return;
	}
	take_packet(source, packet);
	if (!packet->size)
		return;
	make_addrs(sim, info->family == 6);
	if (sim->config.is_path)
		memcpy(far_end(sim), info->wasp.flags & PACKET_FLAG_RETURNED ?
			info->src : info->dst, IP_ADDR_SIZE);
}

/* What the interface of the hook would say, and the node. */
static void
env_node(struct sim *sim, const struct place *place, enum node_hook hook,
	uint32_t env[static ISA_ENV_COUNT])
{
	struct sim_node *node = &sim->nodes[place->index];
	uint32_t waiting = (uint32_t)(draw(sim, DRAW_QUEUE, sim->visits) %
		QUEUE_STEPS);
	uint32_t count = (uint32_t)(draw(sim, DRAW_COUNTER, place->index) >>
		44);

	node_env_addr(env, ISA_ENV_NODE0, node->addr);
	env[ISA_ENV_MTU] = MTU;
	env[ISA_ENV_RATE] = RATE_KBIT;
	env[ISA_ENV_QUEUE] = waiting * QUEUE_PACKET_SIZE;
	env[ISA_ENV_QUEUE_PKTS] = waiting;
	env[ISA_ENV_DROPS] = count >> 10;
	env[ISA_ENV_TX_PKTS] = env[ISA_ENV_RX_PKTS] = count;
	env[ISA_ENV_TX_BYTES] = env[ISA_ENV_RX_BYTES] = count * 100;
	env[ISA_ENV_FREE] = (uint32_t)ess_free_count(node->node.store,
		sim->now_ns);
	env[ISA_ENV_RANDOM] = (uint32_t)draw(sim, DRAW_RANDOM, sim->visits);
	if (hook == NODE_EGRESS && sim->arrived_ns)
		env[ISA_ENV_TRANSIT] =
			(uint32_t)(sim->now_ns - sim->arrived_ns);
	else if (hook == NODE_INGRESS)
		env[ISA_ENV_TRANSIT] = 0;
}

static enum node_role
interface_role(const struct sim *sim, uint32_t interface, unsigned index)
{
	return !sim->config.is_path ||
		(index == 0 && interface == SOURCE_SIDE) ?
		sim->config.role : NODE_INTERNAL;
}

static void
env_make(struct sim *sim, const struct place *place, enum node_hook hook,
	const struct sim_packet *packet, bool is_operator,
	uint32_t env[static ISA_ENV_COUNT])
{
	enum node_role came_by = interface_role(sim, place->in_if,
		place->index);

	node_env_packet(env, hook, &packet->info);
	node_env_time(env, sim->now_ns);
	env_node(sim, place, hook, env);
	env[ISA_ENV_LOCAL] = place->local;
	if (hook == NODE_EGRESS && !ip_addr_is_multicast(packet->info.dst))
		env[ISA_ENV_LAST] = place->last;
	env[ISA_ENV_IN_IF] = place->in_if;
	env[ISA_ENV_OUT_IF] = hook == NODE_EGRESS ? place->out_if : 0;
	env[ISA_ENV_ROLE] = interface_role(sim, hook == NODE_EGRESS ?
		place->out_if : place->in_if, place->index);
	node_env_hide(env, node_who(came_by, is_operator));
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		if (sim->config.overridden[i])
			env[i] = sim->config.env[i];
}

/* What a rerouting has to look at. */
struct reroute {
	const struct sim_packet *packet;
	enum node_role role;		/* of the hook's interface */
	const uint8_t *node_addr;
};

static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	const struct reroute *reroute = arg;
	struct ip_info info = reroute->packet->info;

	if (info.wasp.flags & PACKET_FLAG_RETURNED ||
	    info.protocol == IP_PROTOCOL_UDP ||
	    reroute->role == NODE_INTERNAL ||
	    ip_addr_is_multicast(info.dst) ||
	    ip_addr_is_v4(to) != (info.family == 4))
		return false;
	memcpy(info.dst, to, IP_ADDR_SIZE);
	node_env_flow(env, &info);
	env[ISA_ENV_LOCAL] = !memcmp(to, reroute->node_addr, IP_ADDR_SIZE);
	return true;
}

/* --env in_if and out_if choose the interface, which invitations depend on. */
static uint32_t
hook_interface(const struct sim *sim, const struct place *place,
	enum node_hook hook)
{
	enum isa_env field = hook == NODE_EGRESS ? ISA_ENV_OUT_IF :
		ISA_ENV_IN_IF;

	if (sim->config.overridden[field])
		return sim->config.env[field];
	return hook == NODE_EGRESS ? place->out_if : place->in_if;
}

static void
visit_node(struct sim *sim, const struct place *place, enum node_hook hook,
	struct sim_packet *packet, const struct sim_watch *watch,
	struct sim_run *run)
{
	struct sim_node *node = &sim->nodes[place->index];
	bool returned = packet->info.wasp.flags & PACKET_FLAG_RETURNED;
	bool udp = packet->info.protocol == IP_PROTOCOL_UDP;
	uint32_t interface = hook_interface(sim, place, hook);
	enum node_role role = interface_role(sim, hook == NODE_EGRESS ?
		place->out_if : place->in_if, place->index);
	struct reroute reroute = {packet, role, node->addr};
	struct node_visit visit = {
		.hook = hook, .now_ns = sim->now_ns, .interface = interface,
		.access_max = ISA_ACCESS_MAX,
		.is_operator = sim->config.is_operator && !returned && !udp,
		.may_invite = !returned && !udp && !(hook == NODE_EGRESS &&
			interface_role(sim, place->in_if, place->index) ==
			NODE_GUEST),
		.may_reroute = may_reroute, .reroute_arg = &reroute,
		.trace = watch->trace, .trace_arg = watch->arg
	};

	*run = (struct sim_run){.node = place->index + 1, .hook = hook,
		.time_ns = sim->now_ns};
	memcpy(run->addr, node->addr, IP_ADDR_SIZE);
	sim->visits++;
	env_make(sim, place, hook, packet, visit.is_operator, visit.env);
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		packet_put32(visit.src + PACKET_WORD_SIZE * i,
			visit.env[ISA_ENV_SRC0 + i]);
	watch->begin(watch->arg, run, packet);
	if (packet->error == IP_OK)
		node_run(&node->node, packet->ip + packet->info.wasp_off,
			&packet->info.wasp, &visit, &run->outcome);
	sim->runs += run->outcome.executed;
	watch->end(watch->arg, run, packet);
}

/* Where a packet is that visits the only node. */
static struct place
only_place(bool back)
{
	return (struct place){
		.back = back, .last = false, .local = false,
		.in_if = back ? FAR_SIDE : SOURCE_SIDE,
		.out_if = back ? SOURCE_SIDE : FAR_SIDE
	};
}

uint64_t
sim_invitation_name(const struct sim *sim, enum node_hook hook, bool back,
	enum node_hook made_at, uint64_t name)
{
	struct place place = only_place(back);

	return node_invitation_name(&sim->nodes[0].node,
		hook_interface(sim, &place, hook), made_at, name);
}

static void
show_link(const struct sim *sim, const struct sim_packet *packet,
	const struct sim_watch *watch)
{
	if (watch->link)
		watch->link(watch->arg, sim->now_ns, packet);
}

void
sim_visit(struct sim *sim, enum node_hook hook, struct sim_packet *packet,
	const struct sim_watch *watch)
{
	struct place place = only_place(packet->info.wasp.flags &
		PACKET_FLAG_RETURNED);
	struct sim_run run;

	sim->arrived_ns = 0;
	show_link(sim, packet, watch);
	visit_node(sim, &place, hook, packet, watch, &run);
	if (run.outcome.verdict != VM_DROP)
		show_link(sim, packet, watch);
}

/* One hop less; false when that was the last. */
static bool
take_hop(struct sim_packet *packet)
{
	struct ip_info *info = &packet->info;

	if (info->hop_limit <= 1)
		return false;
	ip_set_hop_limit(packet->ip, info, (uint8_t)(info->hop_limit - 1));
	return true;
}

/* Follow a verdict: true when the packet's way ended here. */
static bool
follow(const struct sim_run *run, struct sim_packet *packet,
	struct place *place, enum sim_fate *fate)
{
	if (run->outcome.verdict == VM_DROP) {
		*fate = SIM_DROPPED;
		return true;
	}
	if (run->outcome.rerouted)
		ip_set_destination(packet->ip, &packet->info,
			run->outcome.reroute_to);
	if (run->outcome.verdict == VM_RETURN &&
	    node_may_return(&packet->info)) {
		ip_turn_back(packet->ip, &packet->info);
		place->back = true;
		place->sent = true;
		place->local = false;
		return false;
	}
	*fate = SIM_REROUTED;
	return run->outcome.rerouted;
}

static void
cross_link(struct sim *sim, const struct sim_packet *packet,
	const struct sim_watch *watch)
{
	show_link(sim, packet, watch);
	sim->now_ns += LINK_MIN_NS + draw(sim, DRAW_LINK, sim->visits) %
		LINK_SPREAD_NS;
}

/* A packet at a node's ingress; true when its way ended there. */
static bool
enter_node(struct sim *sim, struct place *place, struct sim_packet *packet,
	const struct sim_watch *watch, enum sim_fate *fate)
{
	struct sim_run run;

	place->local = !memcmp(packet->info.dst,
		sim->nodes[place->index].addr, IP_ADDR_SIZE);
	sim->arrived_ns = sim->now_ns;
	*fate = SIM_EXPIRED;
	if (!place->local && packet->info.hop_limit <= 1)
		return true;
	visit_node(sim, place, NODE_INGRESS, packet, watch, &run);
	if (follow(&run, packet, place, fate))
		return true;
	*fate = SIM_ARRIVED;
	return place->local;
}

/*
 * A packet at a node's egress; true when its way ended there.  One that is
 * returned there is routed anew, and leaves by the other side.
 */
static bool
leave_node(struct sim *sim, struct place *place, struct sim_packet *packet,
	const struct sim_watch *watch, enum sim_fate *fate)
{
	bool was_back;
	struct sim_run run;

	do {
		was_back = place->back;
		place->out_if = was_back ? SOURCE_SIDE : FAR_SIDE;
		place->last = was_back ? place->index == 0 :
			place->index + 2 == sim->config.node_count;
		*fate = SIM_EXPIRED;
		if (!place->sent && !take_hop(packet))
			return true;
		visit_node(sim, place, NODE_EGRESS, packet, watch, &run);
		if (follow(&run, packet, place, fate))
			return true;
	} while (place->back != was_back);
	return false;
}

static void
wait_in_node(struct sim *sim)
{
	sim->now_ns += TRANSIT_MIN_NS + QUEUE_PACKET_SIZE * NS_PER_BYTE *
		(draw(sim, DRAW_QUEUE, sim->visits) % QUEUE_STEPS);
}

/* Follow it to where it ends; *node is 0 at the source. */
static enum sim_fate
follow_path(struct sim *sim, struct sim_packet *packet,
	const struct sim_watch *watch, unsigned *node)
{
	/* A reply begins at the last node. */
	bool begins_here = packet->info.wasp.flags & PACKET_FLAG_RETURNED;
	struct place place = {.back = begins_here, .sent = begins_here,
		.in_if = SOURCE_SIDE};
	enum sim_fate fate;

	sim->arrived_ns = 0;
	if (begins_here)
		place.index = sim->config.node_count - 1;
	else
		cross_link(sim, packet, watch);
	for (;; begins_here = false) {
		if (!begins_here) {
			if (enter_node(sim, &place, packet, watch, &fate))
				break;
			wait_in_node(sim);
		}
		if (leave_node(sim, &place, packet, watch, &fate))
			break;
		cross_link(sim, packet, watch);
		if (place.back && place.index == 0) {
			*node = 0;
			return SIM_RETURNED;
		}
		place.index += place.back ? -1u : 1u;
		place.sent = false;
		place.in_if = place.back ? FAR_SIDE : SOURCE_SIDE;
	}
	*node = place.index + 1;
	return fate;
}

void
sim_send(struct sim *sim, struct sim_packet *packet,
	const struct sim_watch *watch, struct sim_way *way)
{
	uint64_t runs = sim->runs;

	way->fate = follow_path(sim, packet, watch, &way->node);
	way->took_ns = sim->now_ns - sim->started_ns;
	way->ran = sim->runs > runs;
}
