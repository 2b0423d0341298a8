/* SPDX-License-Identifier: BSD-2-Clause */
/* What instructions make of the ranges of registers; see flow-int.h. */
#include "verify/flow-int.h"

/* What an instruction makes of the registers that it reads. */
static struct range
result_range(const struct code_insn *insn, struct range a, struct range b)
{
	bool same = code_a(insn) == code_b(insn);
	unsigned u = insn->word & 511;

	switch (insn->op) {
	case ISA_ADDI:
		return range_plus(a, (u ^ 256) - 256u);
	case ISA_ADD:
		return range_add(a, b);
	case ISA_SUB:
		return same ? RANGE_ONE(0) : range_sub(a, b);
	case ISA_AND:
		return range_and(a, b);
	case ISA_OR:
		return range_or(a, b);
	case ISA_XOR:
		return same ? RANGE_ONE(0) : range_xor(a, b);
	case ISA_SHL:
		return range_is_one(b) ? range_shl(a, b.lo) : RANGE_ANY;
	case ISA_SHR:
		return range_is_one(b) ? range_shr(a, b.lo) : RANGE_ANY;
	case ISA_SAR:
		return range_is_one(b) ? range_sar(a, b.lo) : RANGE_ANY;
	case ISA_MIN:
		return (struct range){range_min(a.lo, b.lo),
			range_min(a.hi, b.hi)};
	case ISA_MAX:
		return (struct range){range_max(a.lo, b.lo),
			range_max(a.hi, b.hi)};
	case ISA_BSET:
		return range_is_one(b) ? range_or(a,
			RANGE_ONE(UINT32_C(1) << (b.lo & 31))) : RANGE_ANY;
	case ISA_SHLI:
		return range_shl(a, u & 31);
	case ISA_SHRI:
		return range_shr(a, u & 31);
	case ISA_SARI:
		return range_sar(a, u & 31);
	case ISA_LOW:
		return range_low(a, u & 31);
	default:
		return RANGE_ANY;
	}
}

static uint8_t
result_of(struct values *values, const struct code_insn *insn, uint64_t regs)
{
	uint8_t a = values_get(regs, code_shift_a(insn->word));
	uint8_t b = values_get(regs, code_shift_b(insn->word));

	if (insn->op == ISA_MOV)
		return b;
	return values_find(values, result_range(insn, values->range[a],
		values->range[b]));
}

static inline void
put(struct state *state, const struct code_insn *insn, uint8_t value)
{
	state->regs = values_put(state->regs, code_shift_a(insn->word), value);
}

/* Not inline, nor is write_hook, so that what is most common is done at once. */
static __attribute__((noinline)) void
write_result(struct flow *flow, const struct code_insn *insn)
{
	for (struct state *state = flow->now; state; state = state->next)
		put(state, insn, result_of(&flow->states.values, insn,
			state->regs));
}

/* It reads no register, and is the same in all states. */
static inline void
write_value(struct flow *flow, const struct code_insn *insn, uint8_t value)
{
	for (struct state *state = flow->now; state; state = state->next)
		put(state, insn, value);
}

/* What the hook of a state reads. */
static uint8_t
hook_value(struct flow *flow, const struct state *state, bool back)
{
	const struct flow_lane *lane =
		&flow->lane[__builtin_ctz(state_lanes(state))];

	return values_find(&flow->states.values,
		back ? lane->back : lane->hook);
}

/* What reads otherwise in some lanes goes on apart from the others. */
static __attribute__((noinline)) void
write_hook(struct flow *flow, const struct code_insn *insn, bool back)
{
	unsigned apart = back ? flow->back : flow->egress;
	struct state *state = flow->now, *next, *other;

	flow->now = NULL;
	for (; state; state = next) {
		next = state->next;
		other = states_split(&flow->states, state, apart);
		for (; state; state = other, other = NULL) {
			put(state, insn, hook_value(flow, state, back));
			set_take(&flow->states, &flow->now, state,
				flow_needed(flow));
		}
	}
}

/* The spaces of the keys whose first word lies in the range. */
static uint32_t
spaces_of(struct range range)
{
	unsigned first = range.lo >> 30, last = range.hi >> 30;

	return (2u << last) - (1u << first);
}

/* A word that is part of a key gets another value. */
static void
write_key(struct flow *flow, const struct code_insn *insn)
{
	for (struct state *state = flow->now; state; state = state->next) {
		uint8_t value = insn->effects & ISA_R_A ?
			values_get(state->regs, code_shift_a(insn->word)) :
			VALUE_ANY;
		uint64_t spaces = spaces_of(flow->states.values.range[value]);

		state->rest &= ~CODE_KEY(insn->key);
		state->rest |= spaces << 4 * insn->key;
	}
}

/* Any of the keys that push can reach does. */
static void
push_keys(struct flow *flow)
{
	uint64_t spaces = 0;

	for (unsigned key = 0; flow->code->pushed_keys >> key; key++)
		if (flow->code->pushed_keys >> key & 1)
			spaces |= CODE_KEY(key);
	for (struct state *state = flow->now; state; state = state->next)
		state->rest |= spaces;
}

/* What reads no register, and the same at each hook, gives a value. */
static inline uint8_t
constant_of(struct flow *flow, const struct code_insn *insn)
{
	struct values *values = &flow->states.values;

	if (insn->op == ISA_LDI)
		return values_find(values, RANGE_ONE(insn->word & 511));
	if (insn->op == ISA_ENV_R &&
	    (insn->word & ISA_FIELD_MASK) == ISA_ENV_FLOW0)
		return values_find(values, (struct range){0, UINT32_MAX >> 2});
	return VALUE_ANY;
}

static inline bool
is_of_hook(const struct code_insn *insn)
{
	unsigned field = insn->word & ISA_FIELD_MASK;

	return insn->op == ISA_ENV_R &&
		(field == ISA_ENV_HOOK || field == ISA_ENV_BACK);
}

void
flow_write(struct flow *flow, const struct code_insn *insn)
{
	if (insn->effects & (ISA_R_A | ISA_R_B))
		write_result(flow, insn);
	else if (is_of_hook(insn))
		write_hook(flow, insn,
			(insn->word & ISA_FIELD_MASK) == ISA_ENV_BACK);
	else
		write_value(flow, insn, constant_of(flow, insn));
}

void
flow_write_keys(struct flow *flow, const struct code_insn *insn)
{
	if (insn->effects & ISA_W_N && insn->key < CODE_KEY_MAX)
		write_key(flow, insn);
	if (insn->effects & ISA_PUSH)
		push_keys(flow);
}

bool
flow_refine(const struct code_insn *insn, bool taken, struct range *a,
	struct range *b)
{
	struct range zero = RANGE_ONE(0);

	switch (insn->op) {
	case ISA_BNZ:
		taken = !taken;
		/* fall through */
	case ISA_BZ:
		return taken ? range_equal(a, &zero) : range_unequal(a, &zero);
	case ISA_BNE:
		taken = !taken;
		/* fall through */
	case ISA_BEQ:
		if (code_a(insn) == code_b(insn))
			return taken;
		return taken ? range_equal(a, b) : range_unequal(a, b);
	case ISA_BGEU:
		taken = !taken;
		/* fall through */
	case ISA_BLTU:
		if (code_a(insn) == code_b(insn))
			return !taken;
		return taken ? range_less(a, b) : range_not_less(a, b);
	default:
		return true;
	}
}
