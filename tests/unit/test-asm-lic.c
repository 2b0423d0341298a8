/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lic: what it builds is the number, in as few instructions as any sequence.
 * The sequences of up to three instructions are all tried; wasp-asm(5) tells how
 * the others were.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"

enum { AT_ONCE = 18, LENGTH_MAX = 7 };	/* 18 * 7 instructions fit */

/* What instructions of lic leave in a register; count of them. */
static uint32_t
run(const uint8_t *packet, unsigned pc, unsigned end, unsigned *count)
{
	uint32_t rd = 0;

	for (*count = 0; pc < end; pc++, ++*count) {
		uint16_t insn = packet_insn(packet, pc);
		enum isa_op op = isa_decode(insn);
		uint32_t n = (uint32_t)isa_operand_get(insn,
			isa_insns[op].operand[1]);

		assert_int_equal(isa_reg(insn, op, 0), 3);
		if (op == ISA_LDI && *count == 0)
			rd = n;
		else if (op == ISA_ADDI && *count)
			rd += n;
		else if (op == ISA_SHLI && *count)
			rd <<= n;
		else
			fail_msg("'%s' in lic", isa_insns[op].mnemonic);
	}
	return rd;
}

/* The lengths of lic for up to AT_ONCE values, which are what they build. */
static void
assemble(const uint32_t *values, unsigned count, unsigned *lengths)
{
	struct asm_options options = {.strip = false};
	char source[AT_ONCE * 32] = ".hooks none\n", *end;
	struct object object;

	for (unsigned i = 0; i < count; i++) {
		end = source + strlen(source);
		sprintf(end, "l%u: lic r3, %u\n", i, values[i]);
	}
	strcat(source, "end:\n");
	assert_int_equal(asm_assemble(&object, source, strlen(source), &options,
		NULL, NULL), ASM_OK);
	assert_int_equal(object.notes.label_count, count + 1);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(run(object.packet, object.notes.labels[i].pc,
			object.notes.labels[i + 1].pc, &lengths[i]),
			values[i]);
	object_done(&object);
}

static unsigned
length(uint32_t value)
{
	unsigned length;

	assemble(&value, 1, &length);
	return length;
}

/* A set of values, sorted. */
struct set {
	uint32_t *values;
	size_t count;
};

static int
compare(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static bool
has(const struct set *set, uint32_t value)
{
	return set->count && bsearch(&value, set->values, set->count, sizeof(value), compare);
}

/* All that one instruction more makes of the values of a set, and the set. */
static struct set
one_more(const struct set *set)
{
	size_t room = set->count * (512 + 32), n = 0;
	struct set more = {malloc(room * sizeof(uint32_t)), 0};

	assert_non_null(more.values);
	for (size_t i = 0; i < set->count; i++) {
		for (uint32_t s = 0; s < 512; s++)
			more.values[n++] = set->values[i] + s - 256;
		for (unsigned k = 1; k < 32; k++)
			more.values[n++] = set->values[i] << k;
	}
	qsort(more.values, n, sizeof(uint32_t), compare);
	for (size_t i = 0; i < n; i++)
		if (more.count == 0 ||
		    more.values[i] != more.values[more.count - 1])
			more.values[more.count++] = more.values[i];
	return more;
}

/* A number that repeats from a seed. */
static uint32_t
next_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) + 1;
	return (uint32_t)(*state >> 32);
}

/* Every step-th value of a set takes just so many instructions. */
static void
check_set(const struct set *set, const struct set *shorter, size_t step,
	unsigned expected)
{
	uint32_t values[AT_ONCE];
	unsigned lengths[AT_ONCE], count = 0;

	for (size_t i = 0; i < set->count; i += step) {
		if (!has(shorter, set->values[i]))
			values[count++] = set->values[i];
		if (count < AT_ONCE && i + step < set->count)
			continue;
		assemble(values, count, lengths);
		for (unsigned k = 0; k < count; k++)
			if (lengths[k] != expected)
				fail_msg("0x%x takes %u", values[k],
					lengths[k]);
		count = 0;
	}
}

static void
builds_each_number_in_the_fewest_instructions(void **state)
{
	struct set none = {NULL, 0}, one = {malloc(512 * 4), 512}, two, three;
	uint64_t seed = 1;

	(void)state;
	assert_non_null(one.values);
	for (uint32_t i = 0; i < 512; i++)
		one.values[i] = i;
	two = one_more(&one);
	three = one_more(&two);
	assert_int_equal(two.count - one.count, 6271);
	assert_int_equal(three.count - two.count, 2094963);
	check_set(&one, &none, 1, 1);
	check_set(&two, &one, 1, 2);
	check_set(&three, &two, 127, 3);
	for (int i = 0; i < 2000; i++) {
		uint32_t n = next_random(&seed) >> (i % 16);

		assert_int_equal(length(n) <= 3, has(&three, n));
		assert_true(length(n) <= LENGTH_MAX);
	}
	free(one.values);
	free(two.values);
	free(three.values);
}

/* The bytes are identity: these are what every assembler makes. */
static void
builds_numbers_as_the_manual_says(void **state)
{
	static const struct {
		uint32_t value;
		const char *code;
	} cases[] = {
		{0, "ldi r3, 0"},
		{511, "ldi r3, 511"},
		{512, "ldi r3, 1; shli r3, 9"},
		{513, "ldi r3, 258; addi r3, 255"},
		{700, "ldi r3, 175; shli r3, 2"},
		{767, "ldi r3, 1; shli r3, 9; addi r3, 255"},
		{0xffffffff, "ldi r3, 0; addi r3, -1"},
		{0xfffffe00, "ldi r3, 0; addi r3, -1; shli r3, 9"},
		{0x80000000, "ldi r3, 1; shli r3, 31"},
		{0x7fffffff, "ldi r3, 1; shli r3, 31; addi r3, -1"},
		{1000000, "ldi r3, 31; shli r3, 9; addi r3, -247; shli r3, 6"},
		{0x12345678, "ldi r3, 73; shli r3, 10; addi r3, -187; "
			"shli r3, 9; addi r3, 207; shli r3, 3"},
		{0xc0000201, "ldi r3, 3; shli r3, 21; addi r3, 1; "
			"shli r3, 9; addi r3, 1"},
		{0xdeadbeef, "ldi r3, 445; shli r3, 9; addi r3, 183; "
			"shli r3, 14; addi r3, -17; addi r3, -256"}
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct asm_options options = {.strip = true};
		char source[64], text[256] = "", insn[ISA_TEXT_SIZE];
		struct object object;

		sprintf(source, ".hooks none\nlic r3, %u", cases[i].value);
		assert_int_equal(asm_assemble(&object, source, strlen(source),
			&options, NULL, NULL), ASM_OK);
		for (unsigned pc = 0; pc < object.header.code_count; pc++) {
			strcat(text, pc ? "; " : "");
			strcat(text, isa_print(insn, sizeof(insn),
				packet_insn(object.packet, pc), pc, NULL));
		}
		assert_string_equal(text, cases[i].code);
		object_done(&object);
	}
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(builds_each_number_in_the_fewest_instructions),
	cmocka_unit_test(builds_numbers_as_the_manual_says)
};
RUN_TESTS(tests)
