/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the verifier claims of a program before each instruction, held against
 * the machine: its state must lie inside one of the states claimed there.
 */
#ifndef TESTS_UNIT_CLAIMS_H
#define TESTS_UNIT_CLAIMS_H

#include "verify/hooks-int.h"
#include "vm/vm.h"

struct claims {
	struct code code;
	struct flow flow;
	struct flow_record record;
	unsigned lane;
};

/* What is claimed of runs at a hook where the program runs. */
static inline void
claims_make(struct claims *claims, const uint8_t *packet,
	const struct packet_header *header, enum verify_hook hook)
{
	struct hooks hooks;

	code_build(&claims->code, packet, header, NULL);
	hooks_prepare(&hooks, &claims->flow, &claims->code, header, NULL);
	claims->lane = hooks.runs ? hooks.lane[hook] : 0;
	claims->flow.record = &claims->record;
	claims->flow.found = NULL;
	flow_run(&claims->flow);
}

static inline bool
claims_mapping_holds(const struct state *state, const struct vm *vm)
{
	unsigned is = !vm->mapped ? STATE_NONE : vm->writable ?
		STATE_READ | STATE_WRITE : STATE_READ;

	return state_mapping(state) & (is | STATE_ASSUMED);
}

static inline bool
claims_registers_hold(const struct claims *claims, const struct state *state,
	const struct vm *vm, const struct code_need *need)
{
	for (unsigned i = 0; i < ISA_REG_COUNT; i++) {
		struct range range = flow_register(&claims->flow, state, i);

		if (need->regs & CODE_REG(i) &&
		    (vm->r[i] < range.lo || vm->r[i] > range.hi))
			return false;
	}
	return true;
}

static inline bool
claims_spaces_hold(const struct claims *claims, const struct state *state,
	const struct vm *vm, const struct code_need *need)
{
	for (unsigned i = 0; i < claims->code.key_count; i++) {
		unsigned space = vm->pad[4 * claims->code.key_word[i]] >> 6;

		if (need->rest & CODE_KEY(i) &&
		    !(state_spaces(state, i) >> space & 1))
			return false;
	}
	return true;
}

static inline bool
claims_sum_holds(const struct claims *claims, const struct state *state,
	unsigned pc, unsigned measure, unsigned sum)
{
	code_sums bound = state->bound[claims->lane] + claims->code.sum[pc] -
		claims->code.sum[0];

	return (int)sum <= bound[measure] &&
		(int)sum >= -bound[CODE_MEASURES + measure];
}

/* Before the instruction at vm->pc: does one of the states claimed hold? */
static inline bool
claims_hold(const struct claims *claims, const struct vm *vm)
{
	unsigned pc = vm->pc < claims->code.count ? vm->pc : claims->code.count;
	const struct code_need *need = &claims->code.need[pc];

	for (unsigned i = 0; i < claims->record.count[pc]; i++) {
		const struct state *state = &claims->record.state[pc][i];

		if (state_lanes(state) >> claims->lane & 1 &&
		    claims_registers_hold(claims, state, vm, need) &&
		    (!(need->rest & CODE_ENTRY) ||
			    claims_mapping_holds(state, vm)) &&
		    claims_spaces_hold(claims, state, vm, need) &&
		    claims_sum_holds(claims, state, pc, CODE_STEPS,
			    vm->steps) &&
		    claims_sum_holds(claims, state, pc, CODE_COST, vm->cost) &&
		    claims_sum_holds(claims, state, pc, CODE_ACCESSES,
			    vm->accesses))
			return true;
	}
	return false;
}

#endif
