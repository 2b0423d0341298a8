/* SPDX-License-Identifier: BSD-2-Clause */
/* A node, and what it is told of one packet at one hook. */
#include <stdlib.h>
#include <string.h>

#include "lib/lib-int.h"
#include "vm/node.h"

enum { CAPACITY_DEFAULT = 65536, SECRET_COUNT = 3 };

struct wasp_node {
	struct node node;
};

/* A secret as good as its seed: for runs that are to repeat. */
static void
draw_secret(uint64_t seed, unsigned i, uint8_t *secret)
{
	static const uint8_t zero[KEY_SECRET_SIZE];
	uint8_t bytes[9];

	packet_put64(bytes, seed);
	for (unsigned half = 0; half < 2; half++) {
		bytes[8] = (uint8_t)(2 * i + half);
		packet_put64(secret + 8 * half,
			siphash(zero, bytes, sizeof(bytes)));
	}
}

enum wasp_result
wasp_node_new(struct wasp_node **node, const struct wasp_node_options *options)
{
	uint8_t secrets[SECRET_COUNT][KEY_SECRET_SIZE];
	struct wasp_node_options taken;
	struct wasp_node *made;

	*node = NULL;
	if (!lib_take(&taken, sizeof(taken), options) ||
	    taken.capacity > ESS_CAPACITY_MAX)
		return WASP_INVALID;
	for (unsigned i = 0; i < SECRET_COUNT; i++)
		draw_secret(taken.seed, i, secrets[i]);
	if (taken.secrets)
		memcpy(secrets, taken.secrets, sizeof(secrets));
	made = calloc(1, sizeof(*made));
	if (!made)
		return WASP_NO_MEMORY;
	memcpy(made->node.private_secret, secrets[0], KEY_SECRET_SIZE);
	memcpy(made->node.invite_secret, secrets[1], KEY_SECRET_SIZE);
	made->node.store = ess_new(taken.capacity ? taken.capacity :
		CAPACITY_DEFAULT, secrets[2]);
	if (!made->node.store) {
		free(made);
		return WASP_NO_MEMORY;
	}
	*node = made;
	return WASP_OK;
}

void
wasp_node_free(struct wasp_node *node)
{
	if (node)
		ess_free(node->node.store);
	free(node);
}

struct wasp_store *
wasp_node_store(struct wasp_node *node)
{
	return (struct wasp_store *)node->node.store;
}

/*
 * The environment.  What the rooms read of an IP packet is filled from what
 * wasp_ip_parse told of it.
 */

static struct ip_info
info_of(const struct wasp_ip *ip)
{
	struct ip_info info = {
		.family = ip->family, .protocol = ip->protocol,
		.hop_limit = ip->hop_limit, .flow_label = ip->flow_label,
		.sport = ip->sport, .dport = ip->dport,
		.total_size = ip->total_size,
		.wasp.flags = ip->wasp.flags, .wasp.hops = ip->wasp.hops,
		.wasp.ident = ip->wasp.ident, .wasp.seq = ip->wasp.seq
	};

	memcpy(info.src, ip->src, sizeof(info.src));
	memcpy(info.dst, ip->dst, sizeof(info.dst));
	return info;
}

static void
forget(uint32_t *env)
{
	for (unsigned i = 0; i < WASP_ENV_MAX; i++)
		env[i] = WASP_ENV_UNKNOWN;
}

enum wasp_result
wasp_visit_init(struct wasp_visit *visit, enum wasp_hook hook,
	const struct wasp_ip *ip)
{
	struct wasp_visit told;
	struct wasp_ip taken;
	struct ip_info info;

	if ((hook != WASP_INGRESS && hook != WASP_EGRESS) ||
	    !lib_take(&told, sizeof(told), visit) ||
	    !lib_take(&taken, sizeof(taken), ip))
		return WASP_INVALID;
	told.hook = hook;
	forget(told.env);
	told.env[WASP_ENV_HOOK] = (uint32_t)hook;
	if (ip) {
		info = info_of(&taken);
		node_env_packet(told.env, (enum node_hook)hook, &info);
		memcpy(told.src, taken.src, sizeof(told.src));
	}
	lib_give(visit, &told, sizeof(told));
	return WASP_OK;
}

void
wasp_env_addresses(uint32_t *env, const struct wasp_ip *ip)
{
	struct wasp_ip taken;
	struct ip_info info;

	if (!lib_take(&taken, sizeof(taken), ip))
		return;
	info = info_of(&taken);
	node_env_flow(env, &info);
}

void
wasp_env_time(uint32_t *env, uint64_t since_1970_ns)
{
	node_env_time(env, since_1970_ns);
}

void
wasp_env_hide(uint32_t *env, enum wasp_who who)
{
	node_env_hide(env, (enum isa_who)who);
}

/* The caller may write to any field; the machine has those it knows. */
static bool
may_reroute(void *arg, const uint8_t to[IP_ADDR_SIZE],
	uint32_t env[ISA_ENV_COUNT])
{
	const struct wasp_visit *visit = arg;
	uint32_t all[WASP_ENV_MAX];

	forget(all);
	memcpy(all, env, ISA_ENV_COUNT * sizeof(*env));
	if (!visit->may_reroute(visit->arg, to, all))
		return false;
	memcpy(env, all, ISA_ENV_COUNT * sizeof(*env));
	return true;
}

static void
trace(struct vm *vm, void *arg)
{
	const struct wasp_visit *visit = arg;
	struct wasp_step step = {
		.pc = vm->pc, .cursor = vm->cursor,
		.mapped = vm->mapped, .writable = vm->mapped && vm->writable,
		.steps = vm->steps, .cost = vm->cost, .accesses = vm->accesses,
		.words = vm->pad, .word_count = vm->pad_count
	};

	if (vm->pc >= vm->code_count)
		return;
	step.word = packet_get16(vm->code + ISA_INSN_SIZE * vm->pc);
	memcpy(step.r, vm->r, sizeof(step.r));
	for (unsigned i = 0; vm->mapped && i < ISA_ENTRY_COUNT; i++)
		step.t[i] = packet_get32(vm->entry + PACKET_WORD_SIZE * i);
	visit->trace(visit->arg, &step);
}

static struct node_visit
room_visit(struct wasp_visit *visit)
{
	struct node_visit room = {
		.hook = (enum node_hook)visit->hook, .now_ns = visit->now_ns,
		.access_max = visit->max_accesses ? visit->max_accesses :
			ISA_ACCESS_MAX,
		.is_operator = visit->is_operator,
		.may_invite = visit->may_invite,
		.interface = visit->interface_number,
		.may_reroute = visit->may_reroute ? may_reroute : NULL,
		.reroute_arg = visit,
		.trace = visit->trace ? trace : NULL,
		.trace_arg = visit
	};

	memcpy(room.env, visit->env, sizeof(room.env));
	memcpy(room.src, visit->src, sizeof(room.src));
	return room;
}

static void
give_outcome(struct wasp_outcome *outcome, const struct node_outcome *found)
{
	struct wasp_outcome given = {
		.executed = found->executed, .rerouted = found->rerouted,
		.verdict = (enum wasp_verdict)found->verdict,
		.fault = found->fault, .fault_pc = found->fault_pc,
		.steps = found->steps, .cost = found->cost,
		.accesses = found->accesses
	};

	memcpy(given.reroute_to, found->reroute_to, sizeof(given.reroute_to));
	lib_give(outcome, &given, sizeof(given));
}

enum wasp_result
wasp_node_run(struct wasp_node *node, uint8_t *packet, size_t size,
	const struct wasp_visit *visit, struct wasp_outcome *outcome)
{
	struct packet_header header;
	struct node_outcome found;
	struct node_visit room;
	struct wasp_visit taken;

	if (!lib_take(&taken, sizeof(taken), visit) ||
	    !lib_has_size(outcome) ||
	    (taken.hook != WASP_INGRESS && taken.hook != WASP_EGRESS) ||
	    packet_parse(packet, size, &header))
		return WASP_INVALID;
	room = room_visit(&taken);
	node_run(&node->node, packet, &header, &room, &found);
	give_outcome(outcome, &found);
	return WASP_OK;
}

enum wasp_result
wasp_node_run_object(struct wasp_node *node, struct wasp_object *object,
	const struct wasp_visit *visit, struct wasp_outcome *outcome)
{
	struct object *o = &object->object;
	enum wasp_result result = wasp_node_run(node, o->packet, o->size,
		visit, outcome);

	if (result == WASP_OK)
		packet_parse(o->packet, o->size, &o->header);
	return result;
}
