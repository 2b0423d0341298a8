/* SPDX-License-Identifier: BSD-2-Clause */
/* The disassembler: what it prints, and that it assembles to the same packet. */
#include "tests/unit/test.h"

#include <stdlib.h>

#include "disasm/disasm.h"
#include "tests/unit/program.h"

enum { TEXT_SIZE = 1 << 16 };

static void
expect_text(const struct object *object, const char *part)
{
	static char text[TEXT_SIZE];

	assert_true(disasm_text(text, sizeof(text), object) < sizeof(text));
	if (!strstr(text, part))
		fail_msg("'%s' is not in:\n%s", part, text);
}

/* lookup r0, [0]; bz r0, end; ld r1, [3]; jmp past the end */
static void
make_example(struct object *object)
{
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(BZ, 0, 2),
		INSN(LD_R, 1, 3), INSN(JMP, 4)};
	const uint32_t words[] = {0x40000000, 7, 1, 2};

	program_make(object, code, COUNT(code), words, COUNT(words));
}

static void
programs_without_notes_get_labels_and_numbers(void **state)
{
	struct object object;

	(void)state;
	make_example(&object);
	expect_text(&object, " .hooks ingress\n");
	expect_text(&object, " lookup r0, [0] ");
	expect_text(&object, " bz r0, L4 ");
	expect_text(&object, " ld r1, [3] ");
	expect_text(&object, " jmp .+5 ");
	expect_text(&object, "\nL4:\n");
	expect_text(&object, " .word 0x40000000 ");
}

static void
names_come_from_the_notes(void **state)
{
	struct object object;

	(void)state;
	make_example(&object);
	notes_set_program(&object.notes, "example");
	notes_add_word(&object.notes, 0, 2, NOTES_KEY, "flow");
	notes_add_word(&object.notes, 2, 2, NOTES_DATA, "pair");
	notes_add_label(&object.notes, 4, "out");
	expect_text(&object, " .program example\n");
	expect_text(&object, "flow:   .key protected, 0x0000000000000007 ");
	expect_text(&object, "pair:   .word 1, 2 ");
	expect_text(&object, " lookup r0, [flow] ");
	expect_text(&object, " ld r1, [pair+1] ");
	expect_text(&object, " bz r0, out ");
	expect_text(&object, "\nout:\n");
	object_done(&object);
}

static void
bad_names_and_overlapping_blocks_are_passed_over(void **state)
{
	struct object object;

	(void)state;
	make_example(&object);
	notes_add_word(&object.notes, 0, 2, NOTES_KEY, "r0");
	notes_add_word(&object.notes, 1, 2, NOTES_DATA, "over");
	notes_add_word(&object.notes, 2, 0, NOTES_SPACE, "none");
	notes_add_word(&object.notes, 3, 1, NOTES_DATA, "L4");
	notes_add_label(&object.notes, 2, "L4");
	notes_add_label(&object.notes, 4, "drop");
	notes_add_label(&object.notes, 4, "9lives");
	expect_text(&object, " lookup r0, [0] ");
	expect_text(&object, " ld r1, [L4] ");
	expect_text(&object, " bz r0, L4_ ");
	expect_text(&object, "\nL4_:\n");
	object_done(&object);
}

static void
text_is_cut_where_the_buffer_ends(void **state)
{
	struct object object;
	char text[16];

	(void)state;
	make_example(&object);
	assert_true(disasm_text(text, sizeof(text), &object) > sizeof(text));
	assert_int_equal(strlen(text), sizeof(text) - 1);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(programs_without_notes_get_labels_and_numbers),
	cmocka_unit_test(names_come_from_the_notes),
	cmocka_unit_test(bad_names_and_overlapping_blocks_are_passed_over),
	cmocka_unit_test(text_is_cut_where_the_buffer_ends),
};
RUN_TESTS(tests)
