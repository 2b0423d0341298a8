/* SPDX-License-Identifier: BSD-2-Clause */
/* Where paths part: what jumps do to states; see flow-int.h. */
#include "verify/flow-int.h"

/* Which sides of a branch there can be. */
enum { TAKE = 1 << 0, PASS = 1 << 1, BOTH = TAKE | PASS };

static inline unsigned
sides_of(bool take, bool pass)
{
	return (take ? TAKE : 0) | (pass ? PASS : 0);
}

/* Is a register 0? */
static inline unsigned
test_zero(const struct values *values, const struct code_insn *insn,
	uint64_t regs)
{
	struct range a = values->range[values_get(regs,
		code_shift_a(insn->word))];

	return insn->op == ISA_BZ ? sides_of(a.lo == 0, a.hi != 0) :
		sides_of(a.hi != 0, a.lo == 0);
}

/* How does a register compare with another? */
static inline unsigned
compare(const struct values *values, const struct code_insn *insn,
	uint64_t regs)
{
	struct range a = values->range[values_get(regs,
		code_shift_a(insn->word))];
	struct range b = values->range[values_get(regs,
		code_shift_b(insn->word))];
	bool same = code_a(insn) == code_b(insn);

	switch (insn->op) {
	case ISA_BEQ:
		return sides_of(range_can_equal(a, b),
			!same && range_can_differ(a, b));
	case ISA_BNE:
		return sides_of(!same && range_can_differ(a, b),
			range_can_equal(a, b));
	case ISA_BLTU:
		return sides_of(!same && range_can_be_less(a, b),
			!range_is_less(a, b));
	default:
		return sides_of(!range_is_less(a, b),
			!same && range_can_be_less(a, b));
	}
}

static inline unsigned
branch(const struct values *values, const struct code_insn *insn,
	uint64_t regs)
{
	if (insn->effects & ISA_R_B)
		return compare(values, insn, regs);
	return insn->effects & ISA_END ? TAKE : test_zero(values, insn, regs);
}

/* What a side says of registers. */
static uint64_t
learn(struct flow *flow, const struct code_insn *insn, uint64_t regs, bool taken,
	uint64_t needed)
{
	struct values *values = &flow->states.values;
	unsigned shift_a = code_shift_a(insn->word);
	unsigned shift_b = code_shift_b(insn->word);
	struct range a = values->range[values_get(regs, shift_a)];
	struct range b = values->range[values_get(regs, shift_b)];

	flow_refine(insn, taken, &a, &b);
	if (needed >> shift_a & 1)
		regs = values_put(regs, shift_a, values_find(values, a));
	if (insn->effects & ISA_R_B && needed >> shift_b & 1)
		regs = values_put(regs, shift_b, values_find(values, b));
	return regs;
}

/* skipped: what lies between the jump and its target, as minus. */
static inline void
send(struct flow *flow, unsigned to, struct state *state, code_sums skipped)
{
	states_add(&flow->states, state->bound, state->bound, skipped);
	set_take(&flow->states, &flow->waiting[to], state,
		&flow->code->need[to]);
}

/*
 * What lies between a branch and its target makes no difference but to sums: the
 * state goes on with both.  A record wants to know which way it came, so a state
 * of its own goes around there, to be joined at the target.
 */
static inline void
go_around(struct flow *flow, unsigned to, struct state *state, code_sums skipped)
{
	code_sums bound[SET_LANES];
	struct state *other;

	states_add(&flow->states, bound, state->bound, skipped);
	if (!flow->states.kept) {
		states_widen(&flow->states, state, bound);
		return;
	}
	other = states_copy(&flow->states, state);
	memcpy(other->bound, bound, flow->lanes * sizeof(*bound));
	other->next = flow->around;
	flow->around = other;
	flow->around_to = to;
}

/* The registers that it compares, of those that matter behind it. */
static inline uint64_t
find_needed(const struct flow *flow, const struct code_insn *insn)
{
	uint64_t regs = code_reg_a(insn->word);

	if (insn->effects & ISA_R_B)
		regs |= code_reg_b(insn->word);
	return regs & flow->states.apart.regs &
		(flow->code->need[insn->target].regs | flow_needed(flow)->regs);
}

/*
 * Both sides can be: the state goes on with the one that is not taken.  Returns
 * one of its own that takes the other, or NULL: the same one does.
 */
static inline struct state *
part(struct flow *flow, const struct code_insn *insn, struct state *state,
	code_sums skipped)
{
	uint64_t needed = find_needed(flow, insn), taken = state->regs;
	unsigned to = insn->target;
	struct state *other;

	if (needed) {
		taken = learn(flow, insn, state->regs, true, needed);
		state->regs = learn(flow, insn, state->regs, false, needed);
	}
	if (code_next_stop(flow->code, flow->pc) >= to &&
	    !((taken ^ state->regs) & flow->code->need[to].regs)) {
		go_around(flow, to, state, skipped);
		return NULL;
	}
	other = states_copy(&flow->states, state);
	flow->states.made++;
	other->regs = taken;
	return other;
}

void
flow_jump(struct flow *flow, const struct code_insn *insn)
{
	const code_sums *sum = flow->code->sum;
	code_sums skipped = sum[flow->pc + 1] - sum[insn->target];
	struct state **end = &flow->now, *state;
	unsigned passed = 0;

	while ((state = *end)) {
		unsigned sides = branch(&flow->states.values, insn,
			state->regs);
		struct state *taken = sides == BOTH ? part(flow, insn, state,
			skipped) : sides == TAKE ? state : NULL;

		if (sides == TAKE) {
			*end = state->next;
		} else {
			passed |= state_lanes(state);
			end = &state->next;
		}
		if (taken)
			send(flow, insn->target, taken, skipped);
	}
	if (passed)
		flow_note_uses(flow, flow->pc + 1, passed);
	if (flow->states.made > flow->states.made_limit)
		states_give_up(&flow->states);
}
