/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One node around the machine; see node.h.  What a packet asks of the node by
 * its program comes back here through vm_ops.
 */
#include "vm/node.h"

#include <string.h>

/* One run, for the calls that the machine makes. */
struct run {
	const struct node *node;
	const struct node_visit *visit;
	struct node_outcome *outcome;
	bool was_rerouted;		/* at a visit before */
	const uint8_t *code;
	size_t code_size;		/* without padding */
	struct siphash code_hash;	/* of secret and code, once needed */
	bool hashed;
};

/*
 * Private: a hash of the program's own bytes and the key, with a secret of the
 * node, so that nobody can aim at somebody else's entry.
 */
static uint64_t
private_name(struct run *run, uint64_t key)
{
	if (!run->hashed) {
		siphash_start(&run->code_hash, run->node->private_secret);
		siphash_add(&run->code_hash, run->code, run->code_size);
		run->hashed = true;
	}
	return key_private_name(&run->code_hash, key);
}

uint64_t
node_invitation_name(const struct node *node, uint32_t interface,
	enum node_hook side, uint64_t name)
{
	return key_invitation_name(node->invite_secret, interface, side, name);
}

static uint64_t
key_name(struct run *run, uint64_t key)
{
	return key_space(key) == KEY_PRIVATE ? private_name(run, key) : key;
}

uint64_t
node_key_name(const struct node *node, const uint8_t *code, size_t code_size,
	const uint8_t key[static KEY_SIZE])
{
	struct run run = {.node = node, .code = code, .code_size = code_size};

	return key_name(&run, packet_get64(key));
}

bool
node_first_name(const uint8_t *wasp, const struct packet_header *header,
	uint64_t *name)
{
	const uint8_t *code = wasp + PACKET_HEADER_SIZE;
	const uint8_t *end = code + ISA_INSN_SIZE * header->code_count;
	enum { FIRST_STORE = 0xF0, KEY_WORD_MASK = 63 };

	for (; code < end; code += ISA_INSN_SIZE) {
		unsigned n = code[1] & KEY_WORD_MASK;

		/* The op is in the upper half of the first byte. */
		if (code[0] < FIRST_STORE)
			continue;
		if (n + 1 >= header->pad_count)
			return false;
		*name = packet_get64(wasp + packet_pad_off(header->code_count) +
			PACKET_WORD_SIZE * n);
		return key_space(*name) == KEY_PUBLIC ||
			key_space(*name) == KEY_PROTECTED;
	}
	return false;
}

static uint64_t
run_name(struct vm *vm, uint64_t key)
{
	return key_name(vm->node, key);
}

static bool
run_may_write(struct vm *vm, uint64_t name)
{
	const struct run *run = vm->node;

	switch (key_space(name)) {
	case KEY_PUBLIC:
	case KEY_PRIVATE:
		return true;
	case KEY_PROTECTED:
		return run->visit->is_operator;
	default:
		return false;
	}
}

static uint32_t
run_invite(struct vm *vm, uint64_t secret)
{
	const struct run *run = vm->node;
	uint8_t words[ENTRY_SIZE] = {0}, bytes[KEY_SIZE];
	enum ess_result result;
	struct ess_span span;

	if (!run->visit->may_invite)
		return 0;
	packet_put64(bytes, secret);
	result = ess_insert(vm->store, node_invitation_name(run->node,
		run->visit->interface, run->visit->hook,
		key_of_secret(bytes)), vm->now_ns, &span, NULL);
	if (result == ESS_NONE || result == ESS_BUSY) {
		vm->marks |= PACKET_STATUS_REFUSED;
		return 0;
	}
	memcpy(words, run->visit->src, IP_ADDR_SIZE);
	ess_unmap(vm->store, &span, vm->now_ns, words);
	return result;
}

static uint32_t
run_reroute(struct vm *vm, uint64_t name)
{
	struct run *run = vm->node;
	enum node_hook side = run->visit->hook == NODE_INGRESS ?
		NODE_EGRESS : NODE_INGRESS;
	uint8_t words[ENTRY_SIZE];
	enum ess_result result;
	struct ess_span span;

	if (run->was_rerouted || !run->visit->may_reroute)
		return 0;
	result = ess_lookup(vm->store, node_invitation_name(run->node,
		run->visit->interface, side, name), vm->now_ns, &span, words);
	if (result == ESS_BUSY)
		vm->marks |= PACKET_STATUS_REFUSED;
	if (result != ESS_FOUND)
		return 0;
	ess_unmap(vm->store, &span, vm->now_ns, NULL);
	if (!run->visit->may_reroute(run->visit->reroute_arg, words, vm->env))
		return 0;
	run->outcome->rerouted = true;
	memcpy(run->outcome->reroute_to, words, IP_ADDR_SIZE);
	return 1;
}

static const struct vm_ops run_ops = {
	.name = run_name,
	.may_write = run_may_write,
	.invite = run_invite,
	.reroute = run_reroute
};

bool
node_runs(const struct packet_header *header, enum node_hook hook)
{
	return node_flags_run(header->flags, header->status, hook);
}

enum node_hook
node_first_hook(const struct packet_header *header)
{
	unsigned hooks = header->flags &
		(PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS);

	return hooks == PACKET_FLAG_EGRESS ? NODE_EGRESS : NODE_INGRESS;
}

bool
node_counts_hop(const struct packet_header *header, enum node_hook hook)
{
	return node_flags_count_hop(header->flags, hook);
}

void
node_put_changes(uint8_t *wasp, struct packet_header *header, uint64_t change)
{
	uint8_t *p = wasp + PACKET_OFF_CURSOR;

	change += (uint64_t)~packet_get32(p);
	p[0] = header->cursor;
	p[1] = header->hops;
	p[2] = header->status;
	p[3] = packet_fault_pc(header->fault_pc, header->rerouted);
	change += packet_get32(p);
	header->checksum = packet_checksum_update(header->checksum, 0,
		packet_fold(change));
	packet_put16(wasp + PACKET_OFF_CHECKSUM, header->checksum);
}

void
node_env_addr(uint32_t env[static ISA_ENV_COUNT], enum isa_env first,
	const uint8_t addr[static IP_ADDR_SIZE])
{
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		env[first + i] = packet_get32(addr + PACKET_WORD_SIZE * i);
}

void
node_env_flow(uint32_t env[static ISA_ENV_COUNT], const struct ip_info *info)
{
	uint64_t flow = ip_flow_key(info);

	node_env_addr(env, ISA_ENV_SRC0, info->src);
	node_env_addr(env, ISA_ENV_DST0, info->dst);
	env[ISA_ENV_FLOW0] = (uint32_t)(flow >> 32);
	env[ISA_ENV_FLOW1] = (uint32_t)flow;
}

void
node_env_packet(uint32_t env[static ISA_ENV_COUNT], enum node_hook hook,
	const struct ip_info *info)
{
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		env[i] = ISA_ENV_UNKNOWN;
	node_env_flow(env, info);
	env[ISA_ENV_HOOK] = hook;
	env[ISA_ENV_BACK] = info->wasp.flags & PACKET_FLAG_RETURNED;
	env[ISA_ENV_TTL] = info->hop_limit;
	env[ISA_ENV_LENGTH] = (uint32_t)info->total_size;
	env[ISA_ENV_HOPS] = info->wasp.hops;
	env[ISA_ENV_IDENT] = info->wasp.ident;
	env[ISA_ENV_SEQ] = info->wasp.seq;
}

void
node_env_time(uint32_t env[static ISA_ENV_COUNT], uint64_t real_ns)
{
	env[ISA_ENV_TIME_NS] = (uint32_t)real_ns;
	env[ISA_ENV_TIME_US] = (uint32_t)(real_ns / 1000);
	env[ISA_ENV_TIME_S] = (uint32_t)(real_ns / 1000000000);
}

enum isa_who
node_who(enum node_role role, bool is_operator)
{
	if (is_operator)
		return ISA_WHO_OPERATOR;
	return role == NODE_GUEST ? ISA_WHO_GUEST : ISA_WHO_CLIENT;
}

void
node_env_hide(uint32_t env[static ISA_ENV_COUNT], enum isa_who who)
{
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		if (isa_envs[i].who > who)
			env[i] = ISA_ENV_UNKNOWN;
}

bool
node_may_return(const struct ip_info *info)
{
	return !(info->wasp.flags & PACKET_FLAG_RETURNED) &&
		ip_addr_returnable(info->src) &&
		ip_addr_returnable(info->dst) &&
		ip_addr_is_v4(info->src) == (info->family == 4) &&
		ip_addr_is_v4(info->dst) == (info->family == 4) &&
		memcmp(info->src, info->dst, IP_ADDR_SIZE);
}

static void
put_outcome(const struct vm *vm, const struct packet_header *header,
	struct node_outcome *outcome)
{
	outcome->verdict = vm->verdict;
	if (header->flags & PACKET_FLAG_RETURNED && vm->verdict == VM_RETURN)
		outcome->verdict = VM_FORWARD;
	outcome->fault = vm->fault;
	outcome->fault_pc = vm->fault ? vm->pc : 0;
	outcome->steps = vm->steps;
	outcome->cost = vm->cost;
	outcome->accesses = vm->accesses;
	if (vm->fault)
		outcome->rerouted = false;
}

void
node_run(struct node *node, uint8_t *wasp, struct packet_header *header,
	struct node_visit *visit, struct node_outcome *outcome)
{
	/* Set one by one: zeroing the rest would cost as much as a store access. */
	struct run run;
	struct vm vm;

	*outcome = (struct node_outcome){
		.executed = node_runs(header, visit->hook)
	};
	if (!outcome->executed)
		return;
	header->hops += node_counts_hop(header, visit->hook) &&
		header->hops < UINT8_MAX;
	visit->env[ISA_ENV_HOPS] = header->hops;

	run.node = node;
	run.visit = visit;
	run.outcome = outcome;
	run.was_rerouted = header->rerouted;
	run.code = wasp + PACKET_HEADER_SIZE;
	run.code_size = ISA_INSN_SIZE * (size_t)header->code_count;
	run.hashed = false;
	vm.code = run.code;
	vm.pad = wasp + packet_pad_off(header->code_count);
	vm.code_count = header->code_count;
	vm.pad_count = header->pad_count;
	vm.access_max = visit->access_max;
	vm.env = visit->env;
	vm.store = node->store;
	vm.now_ns = visit->now_ns;
	vm.ops = &run_ops;
	vm.node = &run;
	vm.trace = visit->trace;
	vm.trace_arg = visit->trace_arg;
	vm.cursor = header->cursor;
	vm.marks = 0;
	memset(vm.entry, 0, sizeof(vm.entry));	/* those who look see zeros */
	vm_run(&vm);

	put_outcome(&vm, header, outcome);
	header->cursor = vm.cursor;
	header->status |= (uint8_t)(vm.marks | vm.fault);
	header->fault_pc = (uint8_t)outcome->fault_pc;
	header->rerouted |= outcome->rerouted;
	node_put_changes(wasp, header, vm.change);
}
