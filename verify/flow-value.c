/* SPDX-License-Identifier: BSD-2-Clause */
/* What instructions make of the ranges of registers; see flow-int.h. */
#include "verify/flow-int.h"

struct range
flow_field(const struct flow *flow, unsigned field)
{
	switch (field) {
	case ISA_ENV_HOOK:
		return flow->hook.hook;
	case ISA_ENV_BACK:
		return flow->hook.back;
	case ISA_ENV_FLOW0:
		return (struct range){0, UINT32_MAX >> 2};
	default:
		return RANGE_ANY;
	}
}

/* The value that an instruction other than the store's gives its register. */
static struct range
result_range(const struct flow *flow, const struct code_insn *insn,
	struct range a, struct range b)
{
	bool same = code_a(insn) == code_b(insn);
	unsigned u = insn->word & 511;

	switch (insn->op) {
	case ISA_LDI:
		return RANGE_ONE(u);
	case ISA_ADDI:
		return range_plus(a, (u ^ 256) - 256u);
	case ISA_ENV_R:
		return flow_field(flow, insn->word & 127);
	case ISA_MOV:
		return b;
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

uint8_t
flow_result(struct flow *flow, const struct code_insn *insn, uint64_t regs)
{
	uint8_t a = values_get(regs, code_shift_a(insn->word));
	uint8_t b = values_get(regs, code_shift_b(insn->word));

	if (insn->op == ISA_MOV)
		return b;
	return values_find(&flow->values, result_range(flow, insn,
		flow->values.range[a], flow->values.range[b]));
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
