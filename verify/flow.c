/* SPDX-License-Identifier: BSD-2-Clause */
/* States before each instruction; see flow-int.h. */
#include "verify/flow-int.h"

#include <string.h>

static void
take_all(struct flow *flow, struct state *set, const struct code_need *need)
{
	for (struct state *state = set, *next; state; state = next) {
		next = state->next;
		set_take(&flow->states, &flow->now, state, need);
	}
}

/* Those that went around are like those that went through. */
static inline void
come_around(struct flow *flow, unsigned pc)
{
	take_all(flow, flow->around, &flow->code->need[pc]);
	flow->around = NULL;
}

/* The states before pc, of those that fall through and those that jump. */
static void
meet(struct flow *flow, unsigned pc)
{
	struct state *waiting = flow->waiting[pc], *now = flow->now;

	if (!now || flow->lanes > 1)
		flow_note_uses(flow, pc, set_lanes(waiting) & ~set_lanes(now));
	flow->now = waiting;
	take_all(flow, now, &flow->code->need[pc]);
}

static void
keep_record(struct flow *flow)
{
	struct flow_record *record = flow->record;
	unsigned i = 0;

	for (struct state *state = flow->now; state; state = state->next) {
		record->state[flow->pc][i] = *state;
		for (unsigned lane = 0; lane < flow->lanes; lane++)
			state->from[lane] = (set_nodes){0} +
				FLOW_NODE(flow->pc, i);
		i++;
	}
	record->count[flow->pc] = (uint8_t)i;
}

static void
drop_all(struct flow *flow)
{
	while (flow->now) {
		struct state *next = flow->now->next;

		states_drop(&flow->states, flow->now);
		flow->now = next;
	}
}

void
flow_leave(struct flow *flow, unsigned behind)
{
	code_sums sum = flow->code->sum[behind] - flow->code->sum[0];

	for (struct state *state = flow->now; state; state = state->next)
		for (unsigned i = 0; i < flow->lanes; i++) {
			struct flow_lane *lane = &flow->lane[i];

			set_join_bounds(&lane->bound, &lane->from,
				state->bound[i] + sum, state->from[i]);
		}
	drop_all(flow);
}

/* By a verdict, or a fault of the program's own. */
static void
end(struct flow *flow, unsigned op, unsigned behind)
{
	unsigned lanes = set_lanes(flow->now);

	for (unsigned lane = 0; lanes >> lane; lane++)
		if (lanes >> lane & 1)
			flow->lane[lane].ends |= (uint8_t)(1u << op);
	flow_leave(flow, behind);
}

/*
 * The pass, with a record or without.
 */

static inline void
check_entry(struct flow *flow, const struct code_insn *insn)
{
	unsigned i = 0;

	for (struct state *state = flow->now; state; state = state->next, i++)
		if (state_mapping(state) != STATE_WRITE)
			flow_check_mapping(flow, state, i,
				insn->effects & ISA_W_T);
}

/* Something is wrong with it; false: it is nothing at all. */
static inline bool
check_bad(struct flow *flow, const struct code_insn *insn)
{
	if (insn->bad & CODE_BAD_WORD)
		flow_illegal(flow);
	else
		flow_report_all(flow, insn->bad & CODE_BAD_JUMP ?
			DIAG_VERIFY_JUMP : DIAG_VERIFY_SCRATCHPAD);
	return !(insn->bad & CODE_BAD_WORD);
}

static inline __attribute__((always_inline)) void
step(struct flow *flow, const struct code_insn *insn)
{
	if (insn->bad && !check_bad(flow, insn))
		return;
	if (insn->effects & (ISA_R_T | ISA_W_T))
		check_entry(flow, insn);
	if (insn->effects & ISA_JUMP)
		flow_jump(flow, insn);
	else if (insn->effects & ISA_STORE)
		flow_store(flow, insn);
	else if (insn->effects & ISA_W_A)
		flow_write(flow, insn);
	else if (insn->effects & ISA_END)
		end(flow, insn->op, flow->pc + 1);
	else if (insn->effects & (ISA_W_N | ISA_PUSH))
		flow_write_keys(flow, insn);
}

/* The same, and what only matters where it is told. */
static void
step_kept(struct flow *flow, const struct code_insn *insn, bool is_busy)
{
	if (!(insn->bad & CODE_BAD_WORD))
		flow_check_set(flow, insn);
	if (insn->effects & ISA_PUSH && flow->cursor >= flow->code->pad_count)
		flow_report_all(flow, DIAG_VERIFY_NO_ROOM);
	if (is_busy)
		step(flow, insn);
	if (insn->effects & ISA_W_A)
		flow_note_set(flow, 1u << code_a(insn));
}

/* Registers are zero, nothing is mapped, keys are anything. */
static void
start(struct flow *flow)
{
	struct states *states = &flow->states;
	unsigned lanes = (1u << flow->lanes) - 1;
	struct state first = {.regs = VALUES_ALL(VALUE_ZERO),
		.rest = CODE_ALL_KEYS |
		(uint64_t)UINT8_MAX << STATE_UNSET_SHIFT |
		(uint64_t)lanes << STATE_LANES_SHIFT};

	flow->wrong = false;
	flow->around = NULL;
	memset(flow->waiting, 0,
		(flow->code->count + 1u) * sizeof(*flow->waiting));
	states_start(states, flow->lanes, flow->record != NULL);
	states->made_limit = FLOW_WORK + FLOW_WORK_INSN * flow->code->count;
	state_map(&first, STATE_NONE);
	for (unsigned i = 0; i < flow->lanes; i++) {
		struct flow_lane *lane = &flow->lane[i];

		lane->bound = (code_sums){0} + INT16_MIN;
		lane->from = first.from[i] = (set_nodes){0} + FLOW_NO_NODE;
		lane->ends = lane->spaces = 0;
		lane->spaces_unknown = false;
		lane->uses = (code_uses){0};
	}
	flow->now = states_copy(states, &first);
	flow->now->next = NULL;
	flow_note_uses(flow, 0, lanes);
}

/* Where to stop, of 64 instructions: the others change only the sums. */
static inline uint64_t
find_stops(const struct code *code, unsigned i, bool kept)
{
	unsigned left = code->count - 64 * i;
	uint64_t all = left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;

	return (kept ? UINT64_MAX : code->busy[i] | code->targets[i]) & all;
}

/* The states before pc, whichever way they come. */
static inline void
arrive(struct flow *flow, unsigned pc, bool kept)
{
	flow->pc = pc;
	if (kept && flow->around && flow->around_to == pc)
		come_around(flow, pc);
	if (flow->waiting[pc])
		meet(flow, pc);
	if (kept)
		keep_record(flow);
}

/* All instructions, in their order. */
static inline __attribute__((always_inline)) void
run(struct flow *flow, bool kept)
{
	const struct code *code = flow->code;

	start(flow);
	for (unsigned i = 0; 64 * i < code->count; i++) {
		uint64_t stops = find_stops(code, i, kept);

		for (; stops; stops &= stops - 1) {
			unsigned bit = (unsigned)__builtin_ctzll(stops);
			const struct code_insn *insn =
				&code->insn[64 * i + bit];
			bool busy = code->busy[i] >> bit & 1;

			arrive(flow, 64 * i + bit, kept);
			if (!flow->now)
				continue;
			if (kept)
				step_kept(flow, insn, busy);
			else if (busy)
				step(flow, insn);
		}
	}
	arrive(flow, code->count, kept);
	end(flow, ISA_FORWARD, code->count);
}

void
flow_run(struct flow *flow)
{
	if (flow->record)
		run(flow, true);
	else
		run(flow, false);
}
