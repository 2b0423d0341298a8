/* SPDX-License-Identifier: BSD-2-Clause */
/* The disassembler: what it prints, and that it assembles to the same packet. */
#include "tests/unit/test.h"

#include <stdlib.h>

#include "asm/asm.h"
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

static void
show_error(void *arg, const struct diag *diag)
{
	(void)arg;
	if (diag->severity == DIAG_ERROR)
		print_message("# %u: %s\n", diag->line, diag->text);
}

/* The text, which is that of x, assembles to y, the same packet. */
static void
assemble_text_of(const struct object *x, struct object *y, const char *text)
{
	struct asm_options options = {.file = "dis"};

	if (asm_assemble(y, text, strlen(text), &options, show_error, NULL) !=
	    ASM_OK)
		fail_msg("this does not assemble:\n%s", text);
	if (y->size != x->size || memcmp(y->packet, x->packet, x->size))
		fail_msg("this assembles to another packet:\n%s", text);
}

/* asm(dis(x)) == x, and dis(asm(dis(x))) == dis(x), notes and all. */
static void
expect_round_trip(const struct object *object)
{
	static char text[TEXT_SIZE], once_more[TEXT_SIZE];
	struct object again;

	assert_true(disasm_text(text, sizeof(text), object) < sizeof(text));
	assemble_text_of(object, &again, text);
	assert_true(disasm_text(once_more, sizeof(once_more), &again) <
		sizeof(text));
	assert_string_equal(once_more, text);
	object_done(&again);
}

/* What only adds comments assembles to the same packet, too. */
static void
expect_comments_do_no_harm(const struct object *object)
{
	const struct disasm_options how = {.source = true, .explain = true,
		.heading = "a\n\tdrop"};
	struct object again;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	disasm_list(out, object, &how);
	fclose(out);
	assemble_text_of(object, &again, text);
	object_done(&again);
	free(text);
}

static void
every_word_assembles_to_itself(void **state)
{
	uint16_t code[PACKET_CODE_MAX];
	struct object object;

	(void)state;
	for (unsigned first = 0; first <= UINT16_MAX; first += COUNT(code)) {
		for (unsigned i = 0; i < COUNT(code); i++)
			code[i] = (uint16_t)(first + i);
		program_make(&object, code, COUNT(code), NULL, 0);
		expect_round_trip(&object);
		/* At another place, with other targets; longer than it is. */
		program_make(&object, code, 1 + first / 512, NULL, 7);
		expect_round_trip(&object);
	}
}

static void
every_word_alone_assembles_to_itself(void **state)
{
	struct object object;

	(void)state;
	for (unsigned word = 0; word <= UINT16_MAX; word++) {
		uint16_t code[] = {(uint16_t)word};

		program_make(&object, code, 1, NULL, word % 3);
		expect_round_trip(&object);
	}
}

/*
 * Jumps to the last instruction, to the end, and past it by one; which registers
 * they compare does not matter to that.
 */
static void
every_jump_around_the_end_assembles_to_itself(void **state)
{
	struct object object;

	(void)state;
	for (unsigned word = 0; word <= UINT16_MAX; word++) {
		uint16_t code[PACKET_CODE_MAX] = {(uint16_t)word};
		enum isa_op op = isa_decode((uint16_t)word);
		unsigned target;

		if (op == ISA_ILLEGAL ||
		    !(isa_insns[op].effects & ISA_JUMP) ||
		    isa_reg((uint16_t)word, op, 0) > 0 ||
		    isa_reg((uint16_t)word, op, 1) > 0)
			continue;
		target = isa_target((uint16_t)word, op, 0);
		for (unsigned count = target - 1; count <= target + 1; count++)
			if (count > 0 && count <= PACKET_CODE_MAX) {
				program_make(&object, code, count, NULL, 0);
				expect_round_trip(&object);
			}
	}
}

/* Each value of each byte of the header, alone, and many of each word. */
static void
every_header_field_assembles_to_itself(void **state)
{
	static const size_t bytes[] = {PACKET_OFF_NEXT_HEADER,
		PACKET_OFF_CURSOR, PACKET_OFF_HOPS, PACKET_OFF_STATUS,
		PACKET_OFF_FAULT_PC};
	static const size_t words[] = {PACKET_OFF_CHECKSUM, PACKET_OFF_IDENT,
		PACKET_OFF_SEQ};
	struct object object;

	(void)state;
	make_example(&object);
	for (unsigned flags = 0; flags <= PACKET_FLAGS; flags++) {
		object.header.flags = (uint8_t)flags;
		program_header_changed(&object);
		expect_round_trip(&object);
	}
	for (size_t i = 0; i < COUNT(bytes) * (UINT8_MAX + 1u); i++) {
		make_example(&object);
		object.packet[bytes[i / (UINT8_MAX + 1u)]] = (uint8_t)i;
		packet_parse(object.packet, object.size, &object.header);
		expect_round_trip(&object);
	}
	for (size_t i = 0; i < COUNT(words) * (UINT16_MAX + 1u); i += 255) {
		make_example(&object);
		packet_put16(object.packet + words[i / (UINT16_MAX + 1u)],
			(uint16_t)i);
		packet_parse(object.packet, object.size, &object.header);
		expect_round_trip(&object);
	}
}

static void
random_program(struct object *object, uint64_t *seed)
{
	unsigned count = 1 + random_next(seed) % PACKET_CODE_MAX;
	unsigned pad_count = random_next(seed) % (PACKET_PAD_MAX + 1);
	uint16_t code[PACKET_CODE_MAX];
	uint32_t words[PACKET_PAD_MAX];

	for (unsigned i = 0; i < count; i++)
		code[i] = (uint16_t)(random_next(seed) % 2 ?
			random_next(seed) : 0xd000 | random_next(seed) % 512);
	for (unsigned i = 0; i < pad_count; i++)
		words[i] = random_next_sized(seed);
	program_make(object, code, count, words, pad_count);
}

static void
any_code_and_scratchpad_assemble_to_themselves(void **state)
{
	struct object object;
	uint64_t seed = 1;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		random_program(&object, &seed);
		expect_round_trip(&object);
	}
}

static void
any_header_assembles_to_itself(void **state)
{
	struct object object;
	uint64_t seed = 2;

	(void)state;
	for (unsigned i = 0; i < 1000; i++) {
		struct packet_header *header = &object.header;

		random_program(&object, &seed);
		header->flags = random_next(&seed) & PACKET_FLAGS;
		header->next_header = (uint8_t)random_next(&seed);
		header->cursor = (uint8_t)random_next(&seed);
		header->hops = random_next(&seed) % 3 ? 0 : 255;
		header->status = (uint8_t)random_next(&seed);
		header->fault_pc = (uint8_t)(random_next(&seed) &
			PACKET_FAULT_PC);
		header->rerouted = random_next(&seed) & 1;
		header->ident = (uint16_t)random_next(&seed);
		header->seq = random_next(&seed) % 2 ? 0 : 65535;
		if (i % 4) {
			program_header_changed(&object);
		} else {
			header->checksum = (uint16_t)random_next(&seed);
			packet_put_header(object.packet, header);
		}
		expect_round_trip(&object);
	}
}

/* Names that fit, that collide, that are reserved, or can not be written. */
static const char *const names[] = {
	"a", "b", "c", "trail", "li.ff", "L1", "L2", "L2_", "r0", "t7", "drop",
	"src.0", "node4", "bgtu", "0x", "9", ".x", "$", "_", "random", "of",
	"public", "ingress", "a.b",
	"a_name_of_sixty_five_characters_which_is_one_more_than_is_allowed"
};

static const char *
random_name(uint64_t *seed)
{
	return names[random_next(seed) % COUNT(names)];
}

static void
random_notes(struct object *object, uint64_t *seed)
{
	unsigned pad_count = object->header.pad_count;

	notes_set_program(&object->notes, random_name(seed));
	for (unsigned i = random_next(seed) % 12; i > 0 && pad_count > 1; i--) {
		unsigned first = random_next(seed) % (pad_count - 1);
		unsigned count = random_next(seed) % (pad_count - first + 1);

		enum notes_kind kind = random_next(seed) % NOTES_KIND_COUNT;

		notes_add_word(&object->notes, first, i % 3 ? 2 : count, kind,
			random_name(seed));
		if (i % 2)
			notes_add_random(&object->notes, first,
				random_next(seed) % KEY_SPACE_COUNT);
		if (i % 4 == 1)
			object->header.cursor = (uint8_t)first;
		if (i % 4 == 2)
			packet_put64(object->packet + packet_pad_off(
				object->header.code_count) + 4 * first, 0);
	}
	for (unsigned i = random_next(seed) % 12; i > 0; i--) {
		unsigned pc = random_next(seed) %
			(object->header.code_count + 1u);

		notes_add_label(&object->notes, pc, random_name(seed));
	}
	for (unsigned i = random_next(seed) % 12; i > 0; i--) {
		unsigned pc = random_next(seed) % object->header.code_count;
		char text[] = "\t; a\"\\ \r\033\177\302\205\377";

		text[random_next(seed) % (sizeof(text) - 1)] =
			(char)(1 + random_next(seed) % 255);
		notes_add_line(&object->notes, pc, i, text);
	}
	program_header_changed(object);
}

static void
whatever_the_notes_say_the_packet_is_the_same(void **state)
{
	struct object object;
	uint64_t seed = 3;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		random_program(&object, &seed);
		random_notes(&object, &seed);
		expect_round_trip(&object);
		expect_comments_do_no_harm(&object);
		object_done(&object);
	}
}

static const char source[] =
	"	.program all\n"
	"	.hooks	ingress, back\n"
	"	.cursor	trail\n"
	"	.data\n"
	"flow:	.key	protected, random\n"
	"secret:	.secret	\"abc\"\n"
	"drawn:	.secret	random\n"
	"name:	.key	invitation, of secret\n"
	"to:	.addr	192.0.2.1\n"
	"far:	.addr	2001:db8::1\n"
	"some:	.word	1, 2, 0xffffffff\n"
	"trail:	.space	5\n"
	"	.text\n"
	"	li	r0, 0x12345678\n"
	"	lookup	r1, [flow]\n"
	"	bz	r1, out\n"
	"	ld	r2, [some+2]\n"
	"	push	src4\n"
	"out:	forward\n";

/* What the notes know is written as the source had it. */
static void
sources_come_back_as_they_were_written(void **state)
{
	static const char *const parts[] = {
		" .program all\n", " .hooks ingress, back\n",
		" .cursor trail\n", "flow:   .key protected, random ",
		"secret: .secret 0x", "drawn:  .secret random ",
		"name:   .key invitation, 0x", "to:     .addr 192.0.2.1 ",
		"far:    .addr 2001:db8::1 ",
		"some:   .word 1, 2, 0xffffffff ", "trail:  .space 5 ",
		" ld r0, [li.12345678] ", " ld r2, [some+2] ",
		" bz r1, out ", "out:    forward "
	};
	struct asm_options options = {.file = "all.wasp"};
	struct object object;

	(void)state;
	assert_int_equal(asm_assemble(&object, source, strlen(source),
		&options, show_error, NULL), ASM_OK);
	for (unsigned i = 0; i < COUNT(parts); i++)
		expect_text(&object, parts[i]);
	expect_round_trip(&object);
	object_done(&object);
}

static void
json_holds_header_instructions_and_words(void **state)
{
	struct object object;
	json_t *json, *item;

	(void)state;
	make_example(&object);
	notes_add_word(&object.notes, 2, 2, NOTES_DATA, "pair");
	json = disasm_json(&object);
	assert_int_equal(json_integer_value(json_object_get(json, "v")), 1);
	item = json_object_get(json, "header");
	assert_int_equal(json_integer_value(json_object_get(item,
		"next_header")), PACKET_NEXT_NONE);
	item = json_array_get(json_object_get(json, "instructions"), 2);
	assert_string_equal(json_string_value(json_object_get(item, "text")),
		"ld r1, [pair+1]");
	item = json_array_get(json_object_get(json, "words"), 3);
	assert_string_equal(json_string_value(json_object_get(item, "name")),
		"pair+1");
	assert_int_equal(json_integer_value(json_object_get(item, "value")), 2);
	json_decref(json);
	object_done(&object);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(programs_without_notes_get_labels_and_numbers),
	cmocka_unit_test(names_come_from_the_notes),
	cmocka_unit_test(bad_names_and_overlapping_blocks_are_passed_over),
	cmocka_unit_test(text_is_cut_where_the_buffer_ends),
	cmocka_unit_test(every_word_assembles_to_itself),
	cmocka_unit_test(every_word_alone_assembles_to_itself),
	cmocka_unit_test(every_jump_around_the_end_assembles_to_itself),
	cmocka_unit_test(every_header_field_assembles_to_itself),
	cmocka_unit_test(any_code_and_scratchpad_assemble_to_themselves),
	cmocka_unit_test(any_header_assembles_to_itself),
	cmocka_unit_test(whatever_the_notes_say_the_packet_is_the_same),
	cmocka_unit_test(sources_come_back_as_they_were_written),
	cmocka_unit_test(json_holds_header_instructions_and_words),
};
RUN_TESTS(tests)
