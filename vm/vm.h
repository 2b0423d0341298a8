/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reference machine: one run of one program over one packet's scratchpad.
 * The machine code of vm.c, all instruction meanings, stays below 4 KiB
 * ("interpreter code: 4K").  What a node allows and knows comes in through
 * struct vm; nothing is allocated, nothing printed.  wasp-isa(7) specifies it.
 */
#ifndef VM_VM_H
#define VM_VM_H

#include "vm/ess.h"
#include "vm/terms.h"
#include "wasp/isa.h"
#include "wasp/packet.h"

struct vm;

/*
 * What the machine asks the node, see node.c for the real one:
 * name: the internal name of a key of a packet.
 * may_write: may this packet write entries of that internal name?
 * Neither is asked about public keys, which are names that all may write.
 * invite, reroute: carry it out; the result is what the program sees.
 */
struct vm_ops {
	uint64_t (*name)(struct vm *vm, uint64_t key);
	bool (*may_write)(struct vm *vm, uint64_t name);
	uint32_t (*invite)(struct vm *vm, uint64_t secret);
	uint32_t (*reroute)(struct vm *vm, uint64_t name);
};

/*
 * Called before each instruction when set (wasp-run --trace, --debug); pc may
 * lie past the code.  It sees the state, and the run goes on with what it
 * leaves there, so a debugger can change registers, the rest of the state (with
 * `change` where it writes to pad), and pc, but never to an earlier instruction:
 * the number of steps is bounded by that.
 */
typedef void vm_trace(struct vm *vm, void *arg);

struct vm {
	/* in: set by the caller */
	const uint8_t *code;		/* code_count big-endian words */
	uint8_t *pad;			/* pad_count big-endian words, in place */
	unsigned code_count, pad_count;
	unsigned access_max;		/* ISA_ACCESS_MAX, unless policy says more */
	uint32_t *env;			/* ISA_ENV_COUNT words, already sampled */
	struct ess *store;
	uint64_t now_ns;		/* of the store's clock */
	const struct vm_ops *ops;
	void *node;			/* for the ops */
	vm_trace *trace;
	void *trace_arg;

	/* in and out */
	uint8_t cursor;
	uint8_t marks;			/* PACKET_STATUS_REFUSED | _FULL, sticky */

	/* the machine's state, and out */
	uint32_t r[ISA_REG_COUNT];
	uint8_t entry[ENTRY_SIZE];	/* t0..t7, big-endian as in the store */
	struct ess_span span;		/* while mapped */
	bool mapped, writable, dirty;
	uint64_t change;		/* the words written to pad: sum of new values
					   and of the complements of old ones */
	unsigned pc, steps, cost, accesses;	/* steps and accesses as begun, a
					   faulting one included */
	enum isa_fault fault;		/* ISA_FAULT_NONE: none */
	enum vm_verdict verdict;	/* after a fault: VM_FORWARD */
};

/*
 * Run from pc 0 with registers zero and nothing mapped to the verdict or the
 * fault (vm->pc is then the faulting instruction).  The mapped copy is written
 * back on every verdict and lost on a fault; either ends the span.
 */
void vm_run(struct vm *vm);

#endif
