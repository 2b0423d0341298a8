/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the number that a term shall be to the inputs it was made of: each
 * operation undone, with what the other operand was.  See witness-int.h.
 */
#include "witness/witness-int.h"

uint32_t
random_draw(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 32);
}

static bool
chance(struct inverter *v)
{
	return random_draw(v->random) & 1;
}

static uint32_t
low_bits(unsigned n)
{
	return n < 32 ? (UINT32_C(1) << n) - 1 : UINT32_MAX;
}

/* Both operands are one term, as in `add r0, r0`. */
static bool
invert_twice(struct inverter *v, const struct term *t, uint32_t value)
{
	switch (t->op) {
	case ISA_ADD:
		return !(value & 1) && invert(v, t->a, value >> 1 |
			(chance(v) ? UINT32_C(1) << 31 : 0));
	case ISA_AND:
	case ISA_OR:
	case ISA_MIN:
	case ISA_MAX:
		return invert(v, t->a, value);
	default:	/* what is left is 0, or hopeless */
		return false;
	}
}

/* a << k, a >> k: the bits that fall out stay as they were. */
static bool
invert_left(struct inverter *v, const struct term *t, unsigned k,
	uint32_t value)
{
	uint32_t old = v->shadow->terms[t->a].value;

	return !(value & low_bits(k)) &&
		invert(v, t->a, value >> k | (old & ~low_bits(32 - k)));
}

static bool
invert_right(struct inverter *v, const struct term *t, unsigned k,
	uint32_t value, bool is_signed)
{
	uint32_t old = v->shadow->terms[t->a].value;
	uint32_t fill = ~low_bits(32 - k);
	bool negative = is_signed && k < 32 && value >> (31 - k) & 1;

	return (value & fill) == (negative ? fill : 0) &&
		invert(v, t->a, value << k | (old & low_bits(k)));
}

/* Shifts by a register: the count stays, or it is what changes. */
static bool
invert_shift(struct inverter *v, const struct term *t, uint32_t value)
{
	uint32_t a = v->shadow->terms[t->a].value;
	unsigned k = v->shadow->terms[t->b].value & 31;

	if (chance(v))
		for (unsigned n = 0; n < 32; n++)
			if ((t->op == ISA_SHL ? a << n : a >> n) == value)
				return invert(v, t->b, n);
	return t->op == ISA_SHL ? invert_left(v, t, k, value) :
		invert_right(v, t, k, value, t->op == ISA_SAR);
}

/* min, max: the other operand must not be in the way. */
static bool
invert_choice(struct inverter *v, const struct term *t, uint32_t value)
{
	bool first = chance(v);
	unsigned one = first ? t->a : t->b, other = first ? t->b : t->a;
	uint32_t there = v->shadow->terms[other].value;
	bool free = t->op == ISA_MIN ? there >= value : there <= value;

	return invert(v, one, value) && (free || invert(v, other, value));
}

static bool
invert_and(struct inverter *v, const struct term *t, uint32_t value)
{
	bool first = chance(v);
	unsigned one = first ? t->a : t->b, other = first ? t->b : t->a;
	uint32_t a = v->shadow->terms[one].value;
	uint32_t b = v->shadow->terms[other].value;

	if ((value & ~b) && !invert(v, other, b |= value))
		return false;
	return invert(v, one, (a & ~b) | value);
}

static bool
invert_or(struct inverter *v, const struct term *t, uint32_t value)
{
	bool first = chance(v);
	unsigned one = first ? t->a : t->b, other = first ? t->b : t->a;
	uint32_t b = v->shadow->terms[other].value;

	if ((b & ~value) && !invert(v, other, b &= value))
		return false;
	return invert(v, one, value);
}

static bool
invert_bset(struct inverter *v, const struct term *t, uint32_t value)
{
	uint32_t a = v->shadow->terms[t->a].value;
	unsigned k = v->shadow->terms[t->b].value & 31;

	if (chance(v))
		for (unsigned n = 0; n < 32; n++)
			if ((a | UINT32_C(1) << n) == value)
				return invert(v, t->b, n);
	return value >> k & 1 && invert(v, t->a, value);
}

/* One operand takes the whole difference. */
static bool
invert_sum(struct inverter *v, const struct term *t, uint32_t value)
{
	uint32_t a = v->shadow->terms[t->a].value;
	uint32_t b = v->shadow->terms[t->b].value;
	bool first = chance(v), tried = false;

	for (unsigned i = 0; i < 2 && !tried; i++, first = !first) {
		if (t->op == ISA_XOR)
			tried = first ? invert(v, t->a, value ^ b) :
				invert(v, t->b, value ^ a);
		else if (t->op == ISA_ADD)
			tried = first ? invert(v, t->a, value - b) :
				invert(v, t->b, value - a);
		else
			tried = first ? invert(v, t->a, value + b) :
				invert(v, t->b, a - value);
	}
	return tried;
}

static bool
invert_op(struct inverter *v, const struct term *t, uint32_t value)
{
	enum isa_op op = (enum isa_op)t->op;
	unsigned u;

	if (t->b != NO_TERM && t->a == t->b)
		return invert_twice(v, t, value);
	u = (unsigned)isa_operand_of(t->word, op, ISA_KIND_UINT);
	switch (op) {
	case ISA_ADDI:
		return invert(v, t->a, value - (uint32_t)isa_operand_of(
			t->word, op, ISA_KIND_SINT));
	case ISA_ADD:
	case ISA_SUB:
	case ISA_XOR:
		return invert_sum(v, t, value);
	case ISA_AND:
		return invert_and(v, t, value);
	case ISA_OR:
		return invert_or(v, t, value);
	case ISA_BSET:
		return invert_bset(v, t, value);
	case ISA_MIN:
	case ISA_MAX:
		return invert_choice(v, t, value);
	case ISA_SHL:
	case ISA_SHR:
	case ISA_SAR:
		return invert_shift(v, t, value);
	case ISA_SHLI:
		return invert_left(v, t, u, value);
	case ISA_SHRI:
	case ISA_SARI:
		return invert_right(v, t, u, value, op == ISA_SARI);
	case ISA_LOW:
		return !(value & ~low_bits(u)) && invert(v, t->a,
			(v->shadow->terms[t->a].value & ~low_bits(u)) | value);
	default:
		return false;
	}
}

static bool
set_input(struct inverter *v, const struct term *t, uint32_t value)
{
	switch ((enum term_kind)t->kind) {
	case TERM_PAD:
		return input_set_word(v->input, v->rules, t->n, value);
	case TERM_ENV:
		return input_set_env(v->input, (enum isa_env)t->n, value);
	case TERM_ENTRY:
		return input_set_entry(v->input,
			v->shadow->entries[t->n / ISA_ENTRY_COUNT].name,
			t->n % ISA_ENTRY_COUNT, value);
	case TERM_RESULT:
		return value <= 2 && input_set_result(v->input,
			&v->shadow->accesses[t->n], value);
	default:	/* a constant */
		return false;
	}
}

bool
invert(struct inverter *v, unsigned term, uint32_t value)
{
	const struct term *t = &v->shadow->terms[term];
	uint64_t bit = UINT64_C(1) << t->n;

	if (t->value == value)
		return true;
	if (t->kind == TERM_OP)
		return invert_op(v, t, value);
	if (v->fixed[t->kind] & bit || !set_input(v, t, value))
		return false;
	v->fixed[t->kind] |= bit;
	return true;
}
