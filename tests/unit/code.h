/* SPDX-License-Identifier: BSD-2-Clause */
/* Instructions for tests: op(ISA_LDI, 1, 5) is ldi r1, 5. */
#ifndef TESTS_UNIT_CODE_H
#define TESTS_UNIT_CODE_H

#include "tests/unit/test.h"
#include "wasp/isa.h"

static inline uint16_t
encode(enum isa_op op, const int32_t values[static ISA_OPERAND_MAX])
{
	uint16_t word = isa_insns[op].word;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		if (isa_insns[op].operand[i].kind != ISA_KIND_NO)
			assert_true(isa_operand_put(&word,
				isa_insns[op].operand[i], values[i]));
	return word;
}

#define OP(name, ...) \
	encode(ISA_##name, (const int32_t[ISA_OPERAND_MAX]){__VA_ARGS__})

#endif
