/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translations as such, without a kernel: any program has one, whose jumps go
 * forward and stay inside.  What they do is compared with the other machines by
 * tests/unit/test-jit.c and the conformance vectors.
 */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "wasp/isa.h"
#include "wasp/packet.h"
#include "xdp/translate.h"

enum { PROGRAMS = 4000, CODE_SIZE = 2 * PACKET_CODE_MAX };

static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33);
}

static bool
is_wide(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

static bool
is_jump(const struct bpf_insn *insn)
{
	unsigned class = BPF_CLASS(insn->code), op = BPF_OP(insn->code);

	return (class == BPF_JMP || class == BPF_JMP32) && op != BPF_CALL &&
		op != BPF_EXIT;
}

static bool
ends(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_EXIT) ||
		insn->code == (BPF_JMP | BPF_JA);
}

/* Every instruction is reached, and no way leads out of the body. */
static void
check_body(const struct translation *body)
{
	static bool reached[TRANSLATE_INSN_MAX + 1];

	memset(reached, 0, sizeof(reached));
	reached[0] = true;
	for (unsigned i = 0; i < body->count; i++) {
		const struct bpf_insn *insn = &body->insns[i];

		assert_true(reached[i]);
		if (is_wide(insn))
			reached[++i] = true;
		if (is_jump(insn)) {
			assert_true(insn->off >= 0);
			assert_true(i + 1u + (unsigned)insn->off <
				body->count);
			reached[i + 1 + (unsigned)insn->off] = true;
		}
		if (!ends(insn))
			reached[i + 1] = true;
	}
	assert_false(reached[body->count]);
}

static void
check_names(const struct translation *body)
{
	for (unsigned i = 0; i < body->count; i++) {
		const struct bpf_insn *insn = &body->insns[i];

		if (is_wide(insn) && insn->src_reg == BPF_PSEUDO_MAP_FD)
			assert_in_range(insn->imm, 0,
				TRANSLATE_MAP_COUNT - 1);
		if (insn->code == (BPF_JMP | BPF_CALL) &&
		    insn->src_reg == BPF_PSEUDO_CALL)
			assert_in_range(insn->imm, 0,
				TRANSLATE_FUNCTION_COUNT - 1);
		i += is_wide(insn);
	}
}

static void
check(const uint8_t *code, unsigned code_count, unsigned pad_count)
{
	static struct translation body;

	for (int kind = TRANSLATE_XDP; kind <= TRANSLATE_TC; kind++) {
		assert_true(translate((enum translate_kind)kind, code,
			code_count, pad_count, &body));
		check_body(&body);
		check_names(&body);
	}
}

static void
translates_any_program(void **state)
{
	uint64_t random = 1;

	(void)state;
	for (int i = 0; i < PROGRAMS; i++) {
		uint8_t code[CODE_SIZE] = {0};
		unsigned code_count = 1 + next_random(&random) %
			PACKET_CODE_MAX;

		for (unsigned pc = 0; pc < code_count; pc++) {
			uint16_t word = (uint16_t)next_random(&random);

			while (i % 2 && isa_decode(word) == ISA_ILLEGAL)
				word = (uint16_t)next_random(&random);
			packet_put16(code + ISA_INSN_SIZE * pc, word);
		}
		check(code, code_count,
			next_random(&random) % (PACKET_PAD_MAX + 1));
	}
}

/* 127 times the same, and a store instruction before, so that it all counts. */
static void
has_room_for_the_longest(void **state)
{
	uint8_t code[CODE_SIZE];

	(void)state;
	for (int op = 0; op < ISA_OP_COUNT; op++) {
		packet_put16(code, isa_insns[ISA_INSERT].word);
		for (unsigned pc = 1; pc < PACKET_CODE_MAX; pc++)
			packet_put16(code + ISA_INSN_SIZE * pc,
				isa_insns[op].word);
		check(code, PACKET_CODE_MAX, PACKET_PAD_MAX);
	}
}

static void
names_an_illegal_instruction_as_a_fault(void **state)
{
	static struct translation body;
	const uint8_t code[4] = {0xff, 0xff};

	(void)state;
	check(code, 1, 0);
	assert_true(translate(TRANSLATE_XDP, code, 1, 0, &body));
	for (unsigned i = 0; i < body.count; i++)
		if (body.insns[i].code == (BPF_ST | BPF_MEM | BPF_B) &&
		    body.insns[i].imm == ISA_FAULT_ILLEGAL)
			return;
	fail_msg("no instruction sets the fault");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(translates_any_program),
	cmocka_unit_test(has_room_for_the_longest),
	cmocka_unit_test(names_an_illegal_instruction_as_a_fault)
};
RUN_TESTS(tests)
