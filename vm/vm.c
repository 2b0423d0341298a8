/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reference machine; see vm.h.  What the instructions mean is in semantics.h
 * and access.h; the store and the node's rules are behind calls.  tests/size.sh
 * holds this file's machine code below 4 KiB.
 */
#include "vm/vm.h"

#include <string.h>

/*
 * What the instructions share is inlined into each.  Where several of them share
 * one load or store of a register, the processor can not learn which store a
 * load waits for, and additions take five times as long (bench/README).
 */
#define INLINE static inline __attribute__((always_inline))

/*
 * What all instructions go through, from the test for the end to the jump, fits
 * one cache line, if it begins there; across two of them it takes a third longer.
 */
#ifdef __clang__
#define ALIGNED __attribute__((aligned(64)))
#else
#define ALIGNED __attribute__((aligned(64), optimize("align-loops=64")))
#endif

INLINE uint32_t
get_word(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->pad + PACKET_WORD_SIZE * n);
}

/* The checksum is mended by differences, so these are kept as they arise. */
INLINE void
put_word(struct vm *vm, uint64_t *change, unsigned n, uint32_t value)
{
	uint8_t *p = vm->pad + PACKET_WORD_SIZE * n;

	*change += (uint64_t)~packet_get32(p) + value;
	packet_put32(p, value);
}

INLINE uint32_t
get_entry(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->entry + PACKET_WORD_SIZE * n);
}

INLINE void
put_entry(struct vm *vm, unsigned n, uint32_t value)
{
	packet_put32(vm->entry + PACKET_WORD_SIZE * n, value);
	vm->dirty = true;
}

INLINE void
push(struct vm *vm, uint64_t *change, uint32_t value)
{
	if (vm->cursor < vm->pad_count)
		put_word(vm, change, vm->cursor++, value);
	else
		vm->marks |= PACKET_STATUS_FULL;
}

INLINE enum ess_result
map(struct vm *vm, uint64_t name, bool create)
{
	return (create ? ess_insert : ess_lookup)(vm->store, name, vm->now_ns,
		&vm->span, vm->entry);
}

INLINE void
unmap(struct vm *vm, bool write)
{
	ess_unmap(vm->store, &vm->span, vm->now_ns, write ? vm->entry : NULL);
}

#define VM_ARGS struct vm *vm
#define VM_PASS vm
/* Most keys are public, and two calls less for each are a few nanoseconds. */
#define VM_NAME(key) \
	(key_space(key) == KEY_PUBLIC ? (key) : vm->ops->name(vm, key))
#define VM_MAY_WRITE(name) \
	(key_space(name) == KEY_PUBLIC || vm->ops->may_write(vm, name))
#define VM_MAP(name, create) map(vm, name, create)
#define VM_UNMAP(write) unmap(vm, write)
#define VM_INVITE(secret) vm->ops->invite(vm, secret)
#define VM_REROUTE(name) vm->ops->reroute(vm, name)
#include "vm/access.h"

INLINE void
reset(struct vm *vm)
{
	vm->mapped = vm->writable = vm->dirty = false;
	vm->accesses = 0;
	memset(vm->r, 0, sizeof(vm->r));
	vm->fault = ISA_FAULT_NONE;
	vm->verdict = VM_FORWARD;
}

/* What the loop keeps in variables, for those who look at the state. */
INLINE void
show_state(struct vm *vm, uint64_t change, unsigned pc, unsigned steps,
	unsigned cost)
{
	vm->change = change;
	vm->pc = pc;
	vm->steps = steps;
	vm->cost = cost + steps;
}

#define REG(i) vm->r[i]
#define WORD(n) get_word(vm, n)
#define SET_WORD(n, value) put_word(vm, &change, n, value)
#define KEY(n) packet_get64(vm->pad + PACKET_WORD_SIZE * (n))
#define ENTRY(i) get_entry(vm, i)
#define SET_ENTRY(i, value) put_entry(vm, i, value)
#define ENV(field) vm->env[field]
#define PUSH(value) push(vm, &change, value)
#define JUMP(count) (next += (count), skipped += (count))

/* The one who looks may go on elsewhere; gives where. */
static unsigned
trace(struct vm *vm, uint64_t *change, unsigned pc, unsigned steps,
	unsigned cost)
{
	show_state(vm, *change, pc, steps, cost);
	vm->trace(vm, vm->trace_arg);
	*change = vm->change;
	return vm->pc;
}

/*
 * Little is counted at each instruction: how many steps there were follows from
 * what was skipped, and cost is what they took beyond one each.
 */
ALIGNED void
vm_run(struct vm *vm)
{
	const uint8_t *insns = vm->code;
	size_t code_count = vm->code_count;
	/* Where the run has to stop for a look. */
	size_t limit = vm->trace ? 0 : code_count;
	enum isa_fault fault = ISA_FAULT_NONE;
	size_t next = 0, skipped = 0;
	unsigned cost = 0;
	uint64_t change = 0;

	reset(vm);
	for (;;) {
		unsigned word;

		if (__builtin_expect(next >= limit, 0)) {
			if (vm->trace) {
				size_t pc = trace(vm, &change, (unsigned)next,
					(unsigned)(next - skipped), cost);

				skipped += pc - next;
				next = pc;
			}
			if (next >= code_count) {
				/* As if an instruction were there, which is
				   no step. */
				next++;
				skipped++;
				goto done;
			}
		}
		word = packet_get16(insns + ISA_INSN_SIZE * next);
		next++;
#include "vm/semantics.h"
	}

failed:
	vm->dirty = false;
done:
	vm_unmap(vm);
	show_state(vm, change, next - 1, next - skipped, cost);
	vm->fault = fault;
}
