/* SPDX-License-Identifier: BSD-2-Clause */
/* What is wrong, and what is believed afterwards; see flow-int.h. */
#include "verify/flow-int.h"

void
flow_report(struct flow *flow, enum diag_id id, unsigned state, unsigned lanes,
	unsigned reg, bool follows)
{
	if (!follows && diag_infos[id].severity == DIAG_ERROR)
		flow->wrong = true;
	if (flow->found)
		flow->found(flow->found_arg, id, flow->pc, state, lanes, reg,
			follows);
}

/* Something is wrong with the instruction in whatever state. */
void
flow_report_all(struct flow *flow, enum diag_id id)
{
	flow_report(flow, id, 0, set_lanes(flow->now), 0, false);
}

/* Nothing is known of what it does, so nothing later is blamed on it. */
void
flow_illegal(struct flow *flow)
{
	unsigned lanes = set_lanes(flow->now);
	struct state unknown = {
		.regs = VALUES_ALL(VALUE_ANY),
		.rest = CODE_ALL_KEYS | (uint64_t)lanes << STATE_LANES_SHIFT
	};

	flow_report_all(flow, DIAG_VERIFY_ILLEGAL);
	for (unsigned lane = 0; lane < flow->lanes; lane++) {
		unknown.from[lane] = flow->now->from[lane];
		unknown.bound[lane] = (code_sums){0} + STATE_NO_PATH;
	}
	state_map(&unknown, STATE_ASSUMED);
	flow_leave(flow, flow->pc);
	flow->now = states_copy(&flow->states, &unknown);
	flow->now->next = NULL;
}

void
flow_check_mapping(struct flow *flow, struct state *state, unsigned i, bool write)
{
	unsigned mapping = state_mapping(state), lanes = state_lanes(state);

	if (mapping & STATE_ASSUMED) {
		flow_report(flow, DIAG_VERIFY_UNMAPPED, i, lanes, 0, true);
	} else if (mapping & STATE_NONE) {
		flow_report(flow, DIAG_VERIFY_UNMAPPED, i, lanes, 0, false);
		state_map(state, STATE_ASSUMED);
	} else if (write && mapping & STATE_READ) {
		flow_report(flow, DIAG_VERIFY_READONLY, i, lanes, 0, false);
		state_map(state, STATE_WRITE);
	}
}

void
flow_note_set(struct flow *flow, unsigned regs)
{
	for (struct state *state = flow->now; state; state = state->next)
		state->rest &= ~((uint64_t)regs << STATE_UNSET_SHIFT);
}

/* nop, spelt addi r0, 0, reads nothing. */
void
flow_check_set(struct flow *flow, const struct code_insn *insn)
{
	unsigned read = (insn->effects & ISA_R_A ? 1u << code_a(insn) : 0) |
		(insn->effects & ISA_R_B ? 1u << code_b(insn) : 0), i = 0;

	if (insn->word == isa_insns[ISA_ADDI].word)
		return;
	for (struct state *state = flow->now; state; state = state->next, i++) {
		unsigned unset = read & state->rest >> STATE_UNSET_SHIFT;

		for (unsigned reg = 0; unset >> reg; reg++)
			if (unset >> reg & 1)
				flow_report(flow, DIAG_VERIFY_UNSET, i,
					state_lanes(state), reg, false);
	}
	flow_note_set(flow, read);
}
