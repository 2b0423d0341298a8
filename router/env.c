/* SPDX-License-Identifier: BSD-2-Clause */
/* The environment; see env.h. */
#include "router/env.h"

#include <string.h>

#define ENV_LOAD (ENV_BIT(QUEUE) | ENV_BIT(QUEUE_PKTS) | ENV_BIT(DROPS) | \
	ENV_BIT(TX_PKTS) | ENV_BIT(TX_BYTES) | ENV_BIT(RX_PKTS) | \
	ENV_BIT(RX_BYTES))
#define ENV_NODE (ENV_BIT(NODE0) | ENV_BIT(NODE1) | ENV_BIT(NODE2) | \
	ENV_BIT(NODE3))
#define TRANSIT_MAX UINT32_C(0xfffffffe)

void
env_wants(const uint8_t *wasp, const struct packet_header *header,
	struct env_wants *wants)
{
	*wants = (struct env_wants){0};
	for (unsigned pc = 0; pc < header->code_count; pc++) {
		uint16_t word = packet_insn(wasp, pc);
		enum isa_op op = isa_decode(word);

		if (op == ISA_ILLEGAL)
			continue;
		if (isa_insns[op].effects & ISA_R_ENV)
			wants->fields |= UINT64_C(1) << isa_operand_of(word,
				op, ISA_KIND_FIELD);
		wants->invite |= op == ISA_INVITE;
		wants->reroute |= op == ISA_REROUTE;
	}
}

env_set
env_told(enum isa_who who)
{
	env_set set = 0;

	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		if (isa_envs[i].who <= who)
			set |= UINT64_C(1) << i;
	return set;
}

static void
hide_all_but(uint32_t env[ISA_ENV_COUNT], env_set set)
{
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		if (!(set & UINT64_C(1) << i))
			env[i] = ISA_ENV_UNKNOWN;
}

void
env_fill_destination(uint32_t env[ISA_ENV_COUNT], env_set set,
	const struct ip_info *info, bool local)
{
	node_env_flow(env, info);
	env[ISA_ENV_LOCAL] = local;
	hide_all_but(env, set);
}

static uint32_t
transit(const struct env_facts *facts)
{
	uint64_t ns = facts->now_ns - facts->ingress_ns;

	if (facts->hook == NODE_INGRESS)
		return 0;
	if (facts->ingress_ns == 0)
		return ISA_ENV_UNKNOWN;
	return ns < TRANSIT_MAX ? (uint32_t)ns : TRANSIT_MAX;
}

/* At egress: is the next hop the destination itself?  A group is at many. */
static uint32_t
is_last(const struct env_facts *facts, const struct world *world)
{
	struct route route;

	if (facts->hook == NODE_INGRESS ||
	    ip_addr_is_multicast(facts->info->dst))
		return ISA_ENV_UNKNOWN;
	world->route(world->arg, facts->info->dst, &route);
	for (unsigned i = 0; i < route.hop_count; i++)
		if (route.hops[i].ifindex == facts->out_ifindex)
			return route.hops[i].direct;
	return ISA_ENV_UNKNOWN;
}

static void
fill_node(uint32_t env[ISA_ENV_COUNT], const struct env_facts *facts,
	const struct config *config, const struct world *world)
{
	uint8_t family = facts->info->family;
	uint8_t addr[IP_ADDR_SIZE] = {0};

	if (family == 4 && config->has_v4)
		memcpy(addr, config->v4, IP_ADDR_SIZE);
	else if (family == 6 && config->has_v6)
		memcpy(addr, config->v6, IP_ADDR_SIZE);
	else if (!world->address(world->arg, facts->ifindex, family, addr))
		world->address(world->arg, WORLD_LOOPBACK, family, addr);
	node_env_addr(env, ISA_ENV_NODE0, addr);
}

static void
fill_load(uint32_t env[ISA_ENV_COUNT], const struct env_facts *facts,
	const struct world *world)
{
	struct link_load load;

	world->load(world->arg, facts->ifindex, facts->now_ns, &load);
	env[ISA_ENV_QUEUE] = load.queue;
	env[ISA_ENV_QUEUE_PKTS] = load.queue_pkts;
	env[ISA_ENV_DROPS] = load.drops;
	env[ISA_ENV_TX_PKTS] = load.tx_pkts;
	env[ISA_ENV_TX_BYTES] = load.tx_bytes;
	env[ISA_ENV_RX_PKTS] = load.rx_pkts;
	env[ISA_ENV_RX_BYTES] = load.rx_bytes;
}

static void
fill_interface(uint32_t env[ISA_ENV_COUNT], env_set set,
	const struct env_facts *facts, const struct world *world)
{
	const struct config_interface *interface = facts->interface;

	if (facts->in_number)
		env[ISA_ENV_IN_IF] = facts->in_number;
	if (facts->hook == NODE_INGRESS)
		env[ISA_ENV_OUT_IF] = 0;
	else if (facts->out_number)
		env[ISA_ENV_OUT_IF] = facts->out_number;
	if (interface->role != CONFIG_NO_ROLE)
		env[ISA_ENV_ROLE] = interface->role;
	if (set & ENV_BIT(MTU))
		env[ISA_ENV_MTU] = world->mtu(world->arg, facts->ifindex);
	if (set & ENV_BIT(RATE))
		env[ISA_ENV_RATE] = interface->rate_kbit ?
			interface->rate_kbit :
			world->rate(world->arg, facts->ifindex,
				facts->now_ns);
	if (set & ENV_LOAD)
		fill_load(env, facts, world);
}

void
env_fill(uint32_t env[ISA_ENV_COUNT], env_set set,
	const struct env_facts *facts, const struct config *config,
	const struct world *world)
{
	node_env_packet(env, facts->hook, facts->info);
	node_env_time(env, facts->time_ns);
	env[ISA_ENV_LOCAL] = facts->local;
	env[ISA_ENV_RANDOM] = facts->random;
	env[ISA_ENV_FREE] = facts->free;
	fill_interface(env, set, facts, world);
	if (set & ENV_NODE)
		fill_node(env, facts, config, world);
	if (set & ENV_BIT(LAST))
		env[ISA_ENV_LAST] = is_last(facts, world);
	if (set & ENV_BIT(TRANSIT))
		env[ISA_ENV_TRANSIT] = transit(facts);
	hide_all_but(env, set);
}
