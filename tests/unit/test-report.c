/* SPDX-License-Identifier: BSD-2-Clause */
/* What a packet brought, printed and as JSON. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/program.h"
#include "wasp/report.h"

/* An object with words, as it would have come back, and its report. */
struct back {
	struct object object;
	struct report report;
};

static void
back_init(struct back *b, const uint16_t *code, unsigned code_count,
	const uint32_t *words, unsigned count)
{
	program_make(&b->object, code, code_count, words, count);
	b->report = (struct report){&b->object.notes, b->object.packet,
		&b->object.header, -1};
}

static void
pushed(struct back *b, unsigned first, unsigned count)
{
	b->object.header.cursor = (uint8_t)(first + count);
	b->report.first_cursor = (int)first;
}

static void
assert_prints(void (*print)(FILE *, const struct report *),
	const struct report *report, const char *want)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	print(out, report);
	fclose(out);
	assert_string_equal(text, want);
	free(text);
}

static void
words_are_printed_as_they_were_declared(void **state)
{
	static const uint16_t code[] = {0};
	static const uint32_t words[] = {3, 70000, 0x40000000, 5, 1, 2,
		0x20010db8, 0, 0, 1, 0, 0, 0xffff, 0xc0000201, 7, 8, 9};
	struct back b;

	(void)state;
	back_init(&b, code, 1, words, COUNT(words));
	notes_add_word(&b.object.notes, 1, 1, NOTES_DATA, "big");
	notes_add_word(&b.object.notes, 2, 2, NOTES_KEY, "group");
	notes_add_word(&b.object.notes, 4, 2, NOTES_SECRET, "secret");
	notes_add_word(&b.object.notes, 6, 4, NOTES_ADDR, "six");
	notes_add_word(&b.object.notes, 10, 4, NOTES_ADDR, "four");
	notes_add_word(&b.object.notes, 14, 2, NOTES_SPACE, "trail");
	notes_add_word(&b.object.notes, 16, 1, NOTES_POOL, "pool");
	assert_prints(report_print_words, &b.report,
		"[0]           3\n"
		"big           70000 (0x11170)\n"
		"group         protected 0x4000000000000005\n"
		"secret        0x0000000100000002\n"
		"six           2001:db8::1\n"
		"four          192.0.2.1\n"
		"trail         7 8\n");
	object_done(&b.object);
}

static void
pushes_in_one_piece_make_a_table(void **state)
{
	const uint16_t code[] = {INSN(PUSH_F, ISA_ENV_NODE3),
		INSN(PUSH_F, ISA_ENV_TIME_US), INSN(PUSH_F, ISA_ENV_QUEUE)};
	static const uint32_t words[11] = {42,
		0xc0000201, 0xfffffff0, 1500, 0xc0000202, 0x10, 0xffffffff,
		0xffffffff, 0xffffffe0, 0, 0};
	struct back b;

	(void)state;
	back_init(&b, code, COUNT(code), words, COUNT(words));
	notes_add_word(&b.object.notes, 1, 10, NOTES_SPACE, "trail");
	pushed(&b, 1, 9);
	assert_prints(report_print_words, &b.report,
		"[0]           42\n"
		"trail         9 of 10 words pushed\n"
		"     #  node4         time_us  queue\n"
		"     1  192.0.2.1  4294967280   1500\n"
		"     2  192.0.2.2         +32      -\n"
		"     3  -                 -16      0\n");
	b.report.first_cursor = -1;	/* then the block tells */
	assert_prints(report_print_words, &b.report,
		"[0]           42\n"
		"trail         9 of 10 words pushed\n"
		"     #  node4         time_us  queue\n"
		"     1  192.0.2.1  4294967280   1500\n"
		"     2  192.0.2.2         +32      -\n"
		"     3  -                 -16      0\n");
	object_done(&b.object);
}

static void
four_pushes_of_an_address_are_one_column(void **state)
{
	const uint16_t code[] = {INSN(PUSH_R, 3), INSN(PUSH_F, ISA_ENV_NODE0),
		INSN(PUSH_F, ISA_ENV_NODE1), INSN(PUSH_F, ISA_ENV_NODE2),
		INSN(PUSH_F, ISA_ENV_NODE3)};
	static const uint32_t words[] = {7, 0x20010db8, 0, 0, 1, 8, 0xffffffff,
		0xffffffff, 0xffffffff, 0xffffffff};
	struct back b;
	json_t *json, *records;

	(void)state;
	back_init(&b, code, COUNT(code), words, COUNT(words));
	pushed(&b, 0, 10);
	assert_prints(report_print_words, &b.report,
		"[0]           10 of 10 words pushed\n"
		"     #  r3  node\n"
		"     1   7  2001:db8::1\n"
		"     2   8  -\n");
	json = report_json(&b.report);
	records = json_object_get(json, "records");
	assert_string_equal(json_string_value(json_object_get(
		json_array_get(records, 0), "node")), "2001:db8::1");
	assert_true(json_is_null(json_object_get(json_array_get(records, 1),
		"node")));
	json_decref(json);
}

static void
pushes_that_a_jump_parts_make_no_table(void **state)
{
	const uint16_t code[] = {INSN(PUSH_R, 1), INSN(BZ, 1, 1),
		INSN(PUSH_R, 2)};
	const uint16_t entered[] = {INSN(BZ, 1, 1), INSN(PUSH_R, 1),
		INSN(PUSH_R, 2)};
	static const uint32_t words[] = {5, 6, 7, 0};
	struct back b;

	(void)state;
	back_init(&b, code, COUNT(code), words, COUNT(words));
	pushed(&b, 0, 2);
	assert_prints(report_print_words, &b.report,
		"[0]           2 of 4 words pushed\n              5 6\n");
	back_init(&b, entered, COUNT(entered), words, COUNT(words));
	pushed(&b, 1, 2);
	assert_prints(report_print_words, &b.report,
		"[0]           5\n"
		"[1]           2 of 3 words pushed\n              6 7\n");
}

static void
a_record_cut_short_is_shown_when_the_status_says_why(void **state)
{
	const uint16_t code[] = {INSN(PUSH_R, 1), INSN(PUSH_R, 1)};
	static const uint32_t words[] = {5, 6, 7};
	struct back b;

	(void)state;
	back_init(&b, code, COUNT(code), words, COUNT(words));
	pushed(&b, 0, 3);
	assert_prints(report_print_words, &b.report,
		"[0]           3 of 3 words pushed\n              5 6 7\n");
	b.object.header.status = PACKET_STATUS_FULL;
	assert_prints(report_print_words, &b.report,
		"[0]           3 of 3 words pushed\n"
		"     #  r1  r1_2\n     1   5     6\n     2   7\n");
}

static void
a_cursor_that_can_not_be_is_no_table(void **state)
{
	const uint16_t code[] = {INSN(PUSH_R, 1)};
	static const uint32_t words[] = {5, 6};
	struct back b;

	(void)state;
	for (int first = -1; first < 256; first++) {
		back_init(&b, code, COUNT(code), words, COUNT(words));
		b.object.header.cursor = 200;
		b.report.first_cursor = first;
		assert_prints(report_print_words, &b.report,
			"[0]           5\n[1]           6\n");
		b.object.header.cursor = 0;
		assert_prints(report_print_words, &b.report,
			"[0]           5\n[1]           6\n");
	}
}

static void
fault_and_marks_are_sentences(void **state)
{
	const uint16_t code[] = {INSN(BZ, 1, 0), INSN(LD_R, 1, 0)};
	struct back b;

	(void)state;
	back_init(&b, code, COUNT(code), NULL, 1);
	notes_add_word(&b.object.notes, 0, 1, NOTES_DATA, "limit");
	assert_prints(report_print_status, &b.report, "");
	b.object.header.status = PACKET_STATUS_FULL | PACKET_STATUS_REFUSED |
		ISA_FAULT_SCRATCHPAD;
	b.object.header.fault_pc = 1;
	assert_prints(report_print_status, &b.report,
		"fault scratchpad-range at pc 1: ld r1, [limit]\n"
		"A scratchpad word that the packet does not have.\n"
		"mark: a store instruction found no room at a node\n"
		"mark: a push found no room in the scratchpad\n");
	b.object.header.rerouted = true;
	b.object.header.status = 0;
	assert_prints(report_print_status, &b.report,
		"mark: it was rerouted\n");
	b.object.header.rerouted = false;
	b.object.header.status = ISA_FAULT_SCRATCHPAD;
	notes_add_line(&b.object.notes, 1, 12, "ld r1, [limit]");
	assert_prints(report_print_status, &b.report,
		"fault scratchpad-range at pc 1, line 12: ld r1, [limit]\n"
		"A scratchpad word that the packet does not have.\n");
	notes_set_file(&b.object.notes, "a.wasp");
	assert_prints(report_print_status, &b.report,
		"fault scratchpad-range at pc 1, a.wasp:12: ld r1, [limit]\n"
		"A scratchpad word that the packet does not have.\n");
	b.object.header.status = 63;
	b.object.header.fault_pc = 100;
	assert_prints(report_print_status, &b.report,
		"fault program-31 at pc 100\n"
		"The program ended itself with the instruction fault; the "
		"number it gave is added to 32.\n");
	object_done(&b.object);
}

static void
json_has_header_words_and_records(void **state)
{
	const uint16_t code[] = {INSN(PUSH_F, ISA_ENV_TTL)};
	static const uint32_t words[] = {0x11223344, 0x55667788, 5, 64, 0};
	struct back b;
	json_t *json, *want;

	(void)state;
	back_init(&b, code, COUNT(code), words, COUNT(words));
	notes_add_word(&b.object.notes, 0, 2, NOTES_KEY, "flow");
	notes_add_word(&b.object.notes, 2, 1, NOTES_DATA, "limit");
	notes_add_word(&b.object.notes, 3, 2, NOTES_SPACE, "trail");
	pushed(&b, 3, 1);
	b.object.header.hops = 2;
	json = report_json(&b.report);
	assert_int_equal(strlen(json_string_value(json_object_get(json,
		"code_hash"))), 16);
	json_object_del(json, "code_hash");
	want = json_pack("{s:i, s:n, s:i, s:b, s:i, s:i, s:[i,i,i,i,i],"
		"s:{s:s, s:i, s:[i,i]}, s:[{s:i}]}",
		"status", 0, "fault", "fault_pc", 0,
		"marked_rerouted", 0, "hops", 2, "cursor", 4,
		"scratchpad", 0x11223344, 0x55667788, 5, 64, 0,
		"words", "flow", "0x1122334455667788", "limit", 5,
		"trail", 64, 0,
		"records", "ttl", 64);
	assert_non_null(want);
	assert_true(json_equal(json, want));
	json_decref(json);
	json_decref(want);
	object_done(&b.object);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(words_are_printed_as_they_were_declared),
	cmocka_unit_test(pushes_in_one_piece_make_a_table),
	cmocka_unit_test(four_pushes_of_an_address_are_one_column),
	cmocka_unit_test(pushes_that_a_jump_parts_make_no_table),
	cmocka_unit_test(a_record_cut_short_is_shown_when_the_status_says_why),
	cmocka_unit_test(a_cursor_that_can_not_be_is_no_table),
	cmocka_unit_test(fault_and_marks_are_sentences),
	cmocka_unit_test(json_has_header_words_and_records)
};

RUN_TESTS(tests)
