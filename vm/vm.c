/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What every instruction means; see vm.h, and wasp-isa(7) for the same in
 * English.  The store and the node's rules are behind calls.  tests/size.sh
 * holds this file's machine code below 4 KiB.
 */
#include "vm/vm.h"

#include <string.h>

/* The bits of a word that are operands; see the ruler in opcodes.def. */
#define RD(word) ((word) >> 9 & 7)	/* first register, or entry word */
#define RS(word) ((word) >> 6 & 7)	/* second register */
#define T3(word) ((word) & 7)		/* entry word of mov */
#define U5(word) ((word) & 31)
#define N6(word) ((word) & 63)
#define F7(word) ((word) & 127)
#define N8(word) ((word) & 255)
#define U9(word) ((word) & 511)
#define D12(word) ((word) & 4095)
#define S9(word) ((uint32_t)(((int32_t)U9(word) ^ 256) - 256))

/*
 * A case of the dispatch: a word with a bit that must be zero is no such, nor
 * one that names a field which is none.  What is illegal costs nothing.
 */
#define CASE_OF(name, legal) \
	case ISA_CODE_##name: \
		if (word & ISA_ZERO_##name || !(legal)) \
			goto illegal; \
		cost += ISA_COST_##name;
#define CASE(name) CASE_OF(name, true)
#define CASE_FIELD(name) CASE_OF(name, F7(word) < ISA_ENV_COUNT)

/* Leave the run with a fault. */
#define FAIL(name) \
	do { \
		fault = ISA_FAULT_##name; \
		goto failed; \
	} while (0)

/* What an instruction needs of the scratchpad and of the mapped entry. */
#define NEED_ACCESS(reroute) \
	do { \
		fault = begin_access(vm, N6(word), reroute); \
		if (fault != ISA_FAULT_NONE) \
			goto failed; \
	} while (0)
#define NEED_WORD(n) \
	do { \
		if ((n) >= vm->pad_count) \
			FAIL(SCRATCHPAD); \
	} while (0)
#define NEED_ENTRY() \
	do { \
		if (!vm->mapped) \
			FAIL(UNMAPPED); \
	} while (0)
#define NEED_WRITABLE() \
	do { \
		NEED_ENTRY(); \
		if (!vm->writable) \
			FAIL(READONLY); \
	} while (0)

static uint32_t
get_word(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->pad + PACKET_WORD_SIZE * n);
}

/* The checksum is mended by differences, so these are kept as they arise. */
static void
put_word(struct vm *vm, unsigned n, uint32_t value)
{
	uint8_t *p = vm->pad + PACKET_WORD_SIZE * n;

	vm->change += (uint64_t)~packet_get32(p) + value;
	packet_put32(p, value);
}

static uint32_t
get_entry(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->entry + PACKET_WORD_SIZE * n);
}

static void
put_entry(struct vm *vm, unsigned n, uint32_t value)
{
	packet_put32(vm->entry + PACKET_WORD_SIZE * n, value);
	vm->dirty = true;
}

static void
push(struct vm *vm, uint32_t value)
{
	if (vm->cursor < vm->pad_count)
		put_word(vm, vm->cursor++, value);
	else
		vm->marks |= PACKET_STATUS_FULL;
}

/* "Written back once when the program is done with it", if it lives. */
static void
unmap(struct vm *vm)
{
	if (vm->mapped && vm->dirty)
		ess_write(vm->store, &vm->ref, vm->now_ns, vm->entry);
	vm->mapped = vm->writable = vm->dirty = false;
}

static const uint8_t *
key_at(const struct vm *vm, unsigned n)
{
	return vm->pad + PACKET_WORD_SIZE * n;
}

/* What every store instruction checks, in this order, before it acts. */
static enum isa_fault
begin_access(struct vm *vm, unsigned n, bool reroute)
{
	vm->accesses++;
	if (n + 1 >= vm->pad_count)
		return ISA_FAULT_SCRATCHPAD;
	if (reroute && key_at(vm, n)[0] >> 6 != KEY_INVITATION)
		return ISA_FAULT_KEYSPACE;
	if (vm->accesses > vm->access_max)
		return ISA_FAULT_ACCESSES;
	unmap(vm);
	return ISA_FAULT_NONE;
}

static uint32_t
map(struct vm *vm, enum ess_result result, bool writable)
{
	if (result == ESS_NONE)
		return 0;
	ess_read(vm->store, &vm->ref, vm->entry);
	vm->mapped = true;
	vm->writable = writable;
	return result;
}

static uint32_t
lookup(struct vm *vm, const uint8_t *key)
{
	uint64_t name;

	if (key[0] >> 6 == KEY_INVITATION)
		return 0;
	name = vm->ops->name(vm, key);
	return map(vm, ess_lookup(vm->store, name, vm->now_ns, &vm->ref),
		vm->ops->may_write(vm, name));
}

static uint32_t
insert(struct vm *vm, const uint8_t *key)
{
	enum ess_result result;
	uint64_t name;

	if (key[0] >> 6 == KEY_INVITATION)
		return 0;
	name = vm->ops->name(vm, key);
	if (!vm->ops->may_write(vm, name))
		return 0;
	result = ess_insert(vm->store, name, vm->now_ns, &vm->ref);
	if (result == ESS_NONE)
		vm->marks |= PACKET_STATUS_REFUSED;
	return map(vm, result, true);
}

static void
reset(struct vm *vm)
{
	vm->mapped = vm->writable = vm->dirty = false;
	vm->accesses = 0;
	vm->change = 0;
	vm->fault = ISA_FAULT_NONE;
	vm->verdict = VM_FORWARD;
}

/* What the loop keeps in variables, for those who look at the state. */
static void
show_state(struct vm *vm, const uint32_t r[static ISA_REG_COUNT], unsigned pc,
	unsigned steps, unsigned cost)
{
	memcpy(vm->r, r, sizeof(vm->r));
	vm->pc = pc;
	vm->steps = steps;
	vm->cost = cost;
}

void
vm_run(struct vm *vm)
{
	const uint8_t *code = vm->code;
	unsigned code_count = vm->code_count;
	bool traced = vm->trace != NULL;
	uint32_t r[ISA_REG_COUNT] = {0};
	enum isa_fault fault = ISA_FAULT_NONE;
	unsigned pc, next, steps = 0, cost = 0;

	reset(vm);
	for (pc = 0; ; pc = next) {
		unsigned word;
		uint32_t *rd, rs;

		if (__builtin_expect(traced, 0)) {
			show_state(vm, r, pc, steps, cost);
			vm->trace(vm, vm->trace_arg);
			memcpy(r, vm->r, sizeof(r));
			pc = vm->pc;
		}
		if (pc >= code_count)
			goto done;
		word = packet_get16(code + ISA_INSN_SIZE * pc);
		rd = &r[RD(word)];
		rs = r[RS(word)];
		next = pc + 1;
		steps++;

		switch (isa_code((uint16_t)word)) {
		CASE(FORWARD)
			goto done;
		CASE(DROP)
			vm->verdict = VM_DROP;
			goto done;
		CASE(RETURN)
			vm->verdict = VM_RETURN;
			goto done;
		CASE(FAULT)
			fault = ISA_FAULT_PROGRAM + U5(word);
			goto failed;

		CASE(LD_R)
			NEED_WORD(N8(word));
			*rd = get_word(vm, N8(word));
			break;
		CASE(LD_T)
			NEED_WORD(N8(word));
			NEED_WRITABLE();
			put_entry(vm, RD(word), get_word(vm, N8(word)));
			break;
		CASE(ST_R)
			NEED_WORD(N8(word));
			put_word(vm, N8(word), *rd);
			break;
		CASE(ST_T)
			NEED_WORD(N8(word));
			NEED_ENTRY();
			put_word(vm, N8(word), get_entry(vm, RD(word)));
			break;

		CASE(MOV_RT)
			NEED_ENTRY();
			*rd = get_entry(vm, T3(word));
			break;
		CASE(MOV_TR)
			NEED_WRITABLE();
			put_entry(vm, T3(word), *rd);
			break;
		CASE(PUSH_R)
			push(vm, *rd);
			break;
		CASE(PUSH_T)
			NEED_ENTRY();
			push(vm, get_entry(vm, RD(word)));
			break;

		CASE_FIELD(ENV_R)
			*rd = vm->env[F7(word)];
			break;
		CASE_FIELD(ENV_T)
			NEED_WRITABLE();
			put_entry(vm, RD(word), vm->env[F7(word)]);
			break;
		CASE_FIELD(PUSH_F)
			push(vm, vm->env[F7(word)]);
			break;

		CASE(LDI)
			*rd = U9(word);
			break;
		CASE(ADDI)
			*rd += S9(word);
			break;
		CASE(MOV)
			*rd = rs;
			break;
		CASE(ADD)
			*rd += rs;
			break;
		CASE(SUB)
			*rd -= rs;
			break;
		CASE(AND)
			*rd &= rs;
			break;
		CASE(OR)
			*rd |= rs;
			break;
		CASE(XOR)
			*rd ^= rs;
			break;
		CASE(SHL)
			*rd <<= rs & 31;
			break;
		CASE(SHR)
			*rd >>= rs & 31;
			break;
		CASE(SAR)
			*rd = (uint32_t)((int32_t)*rd >>
				(rs & 31));
			break;
		CASE(MIN)
			if (rs < *rd)
				*rd = rs;
			break;
		CASE(MAX)
			if (rs > *rd)
				*rd = rs;
			break;
		CASE(BSET)
			*rd |= UINT32_C(1) << (rs & 31);
			break;
		CASE(SHLI)
			*rd <<= U5(word);
			break;
		CASE(SHRI)
			*rd >>= U5(word);
			break;
		CASE(SARI)
			*rd = (uint32_t)((int32_t)*rd >> U5(word));
			break;
		CASE(LOW)
			*rd &= (UINT32_C(1) << U5(word)) - 1;
			break;

		CASE(BEQ)
			if (*rd == rs)
				next += N6(word);
			break;
		CASE(BNE)
			if (*rd != rs)
				next += N6(word);
			break;
		CASE(BLTU)
			if (*rd < rs)
				next += N6(word);
			break;
		CASE(BGEU)
			if (*rd >= rs)
				next += N6(word);
			break;
		CASE(BZ)
			if (*rd == 0)
				next += N8(word);
			break;
		CASE(BNZ)
			if (*rd != 0)
				next += N8(word);
			break;
		CASE(JMP)
			next += D12(word);
			break;

		CASE(LOOKUP)
			NEED_ACCESS(false);
			*rd = lookup(vm, key_at(vm, N6(word)));
			break;
		CASE(INSERT)
			NEED_ACCESS(false);
			*rd = insert(vm, key_at(vm, N6(word)));
			break;
		CASE(INVITE)
			NEED_ACCESS(false);
			*rd = vm->ops->invite(vm,
				key_at(vm, N6(word)));
			break;
		CASE(REROUTE)
			NEED_ACCESS(true);
			*rd = vm->ops->reroute(vm,
				key_at(vm, N6(word)));
			break;

		default:
		illegal:
			FAIL(ILLEGAL);
		}
	}

done:
	unmap(vm);
failed:
	show_state(vm, r, pc, steps, cost);
	vm->fault = fault;
}
