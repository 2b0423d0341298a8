/* SPDX-License-Identifier: BSD-2-Clause */
/* The assembler's library, by its door; its messages are golden files. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "tests/unit/program.h"

/* What a sink was told. */
struct told {
	unsigned errors, warnings, notes;
	enum diag_id first, warning;		/* the first of each */
	struct diag last;
};

static void
tell(void *arg, const struct diag *diag)
{
	struct told *told = arg;

	if (diag->severity == DIAG_NOTE) {
		told->notes++;
		return;
	}
	if (diag->severity == DIAG_WARNING) {
		if (told->warnings++ == 0)
			told->warning = diag->id;
	} else {
		if (told->errors++ == 0)
			told->first = diag->id;
		told->last = *diag;
	}
	assert_true(diag->line > 0 && diag->col > 0);
	assert_non_null(diag->quote);
	assert_true(strlen(diag->text) > 0);
}

static enum asm_result
assemble(struct object *object, const char *source, size_t size,
	struct told *told)
{
	struct asm_options options = {.file = "test.wasp"};

	*told = (struct told){0};
	return asm_assemble(object, source, size, &options, tell, told);
}

static void
must_assemble(struct object *object, const char *source)
{
	struct told told;

	if (assemble(object, source, strlen(source), &told) != ASM_OK)
		fail_msg("line %u: %s, of:\n%s", told.last.line, told.last.text,
			source);
}

static void
must_be_rejected(const char *source, enum diag_id id)
{
	struct object object;
	struct told told;

	if (assemble(&object, source, strlen(source), &told) != ASM_REJECTED)
		fail_msg("accepted:\n%s", source);
	if (told.first != id)
		fail_msg("'%s' for:\n%s", told.last.text, source);
	assert_int_equal(object.size, 0);
}

/* The code of a source of one instruction. */
static uint16_t
code_of(const char *text)
{
	struct object object;
	char source[256];
	uint16_t word;

	snprintf(source, sizeof(source), ".hooks none\n%s\n", text);
	must_assemble(&object, source);
	assert_int_equal(object.header.code_count, 1);
	word = packet_insn(object.packet, 0);
	object_done(&object);
	return word;
}

/* Scratchpad word n of a source of one data directive. */
static uint32_t
word_of(const char *text, unsigned n)
{
	struct object object;
	char source[512];
	uint32_t word;

	snprintf(source, sizeof(source),
		".hooks none\nnop\n.data\nblock: %s\n", text);
	must_assemble(&object, source);
	assert_true(n < object.header.pad_count);
	word = packet_word(object.packet, &object.header, n);
	object_done(&object);
	return word;
}

/*
 * Instructions.
 */

/* A row's word with all operands at their least or their largest value. */
static uint16_t
extreme_word(enum isa_op op, bool largest)
{
	uint16_t word = isa_insns[op].word;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
		struct isa_operand operand = isa_insns[op].operand[i];
		int32_t min, max;

		isa_operand_range(operand, &min, &max);
		if (operand.kind != ISA_KIND_NO)
			isa_operand_put(&word, operand, largest ? max : min);
	}
	return word;
}

static void
every_instruction_assembles_to_its_row(void **state)
{
	char text[ISA_TEXT_SIZE];

	(void)state;
	for (int op = 0; op < ISA_OP_COUNT; op++)
		for (int largest = 0; largest <= 1; largest++) {
			uint16_t word = extreme_word((enum isa_op)op, largest);

			isa_print(text, sizeof(text), word, 0, NULL);
			assert_int_equal(code_of(text), word);
		}
}

/* 128 words at a time. */
static void
every_word_assembles_from_how_it_is_printed(void **state)
{
	(void)state;
	for (unsigned first = 0; first <= UINT16_MAX; first += PACKET_CODE_MAX) {
		char source[PACKET_CODE_MAX * ISA_TEXT_SIZE], *p = source;
		struct object object;

		p += sprintf(p, ".hooks none\n");
		for (unsigned pc = 0; pc < PACKET_CODE_MAX; pc++) {
			isa_print(p, ISA_TEXT_SIZE, (uint16_t)(first + pc), pc,
				NULL);
			p += strlen(p);
			*p++ = '\n';
		}
		*p = '\0';
		must_assemble(&object, source);
		for (unsigned pc = 0; pc < PACKET_CODE_MAX; pc++)
			assert_int_equal(packet_insn(object.packet, pc),
				first + pc);
		object_done(&object);
	}
}

/* A row's text with one operand just out of its range. */
static void
check_operand_edges(enum isa_op op, unsigned i)
{
	const struct isa_insn *row = &isa_insns[op];
	char text[256] = ".hooks none\n";
	int32_t min, max;

	isa_operand_range(row->operand[i], &min, &max);
	for (int above = 0; above <= 1; above++) {
		char *p = text + strlen(".hooks none\n");
		int32_t value = above ? max + 1 : min - 1;

		p += sprintf(p, "%s ", row->mnemonic);
		for (unsigned k = 0; k < i; k++)
			p += sprintf(p, "r0, ");
		sprintf(p, row->operand[i].kind == ISA_KIND_DISP ? ".%+d" :
			row->operand[i].kind == ISA_KIND_WORD ||
			row->operand[i].kind == ISA_KIND_KEY ? "[%d]" : "%d",
			row->operand[i].kind == ISA_KIND_DISP ? value + 1 :
			value);
		must_be_rejected(text, row->operand[i].kind != ISA_KIND_DISP ?
			DIAG_ASM_RANGE : above ? DIAG_ASM_FAR :
			DIAG_ASM_BACKWARD);
	}
}

static void
operands_one_beyond_their_range_are_rejected(void **state)
{
	unsigned checked = 0;

	(void)state;
	for (int op = 0; op < ISA_OP_COUNT; op++)
		for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
			switch (isa_insns[op].operand[i].kind) {
			case ISA_KIND_WORD:
			case ISA_KIND_KEY:
			case ISA_KIND_UINT:
			case ISA_KIND_SINT:
			case ISA_KIND_FAULTNO:
			case ISA_KIND_DISP:
				if (op == ISA_LD_T || op == ISA_ST_T)
					break;	/* r0 would make it the other */
				check_operand_edges((enum isa_op)op, i);
				checked++;
			}
	assert_int_equal(checked, 20);
}

static void
pseudo_instructions_are_what_their_rows_say(void **state)
{
	(void)state;
	assert_int_equal(code_of("nop"), 0x6000);
	assert_int_equal(code_of("bgtu r1, r2, .+5"), INSN(BLTU, 2, 1, 4));
	assert_int_equal(code_of("bleu r1, r2, .+1"), INSN(BGEU, 2, 1, 0));
	assert_int_equal(code_of("li r3, 511"), INSN(LDI, 3, 511));
	assert_int_equal(code_of("li r3, 512"), INSN(LD_R, 3, 0));
	assert_int_equal(code_of("li r3, -1"), INSN(LD_R, 3, 0));
}

static void
constants_of_li_are_shared_and_lie_before_the_pushed_words(void **state)
{
	static const uint32_t words[] = {7, 0x12345678, 0xffffffff, 0, 0};
	struct object object;

	(void)state;
	must_assemble(&object, ".hooks egress\n.cursor trail\n.data\n"
		"seven: .word 7\ntrail: .space 2\n.text\n"
		"li r0, 0x12345678\nli r1, -1\nli r2, 305419896\nld r3, [trail]\n"
		"li r4, 0xffffffff\n");
	assert_int_equal(object.header.pad_count, 5);
	assert_int_equal(object.header.cursor, 3);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(packet_word(object.packet, &object.header, i),
			words[i]);
	assert_int_equal(packet_insn(object.packet, 0), INSN(LD_R, 0, 1));
	assert_int_equal(packet_insn(object.packet, 1), INSN(LD_R, 1, 2));
	assert_int_equal(packet_insn(object.packet, 2), INSN(LD_R, 2, 1));
	assert_int_equal(packet_insn(object.packet, 3), INSN(LD_R, 3, 3));
	assert_int_equal(packet_insn(object.packet, 4), INSN(LD_R, 4, 2));
	assert_int_equal(notes_word_named(&object.notes, "li.12345678")->first,
		1);
	assert_int_equal(notes_word_named(&object.notes, "li.ffffffff")->kind,
		NOTES_POOL);
	object_done(&object);
}

static void
labels_reach_from_the_first_instruction_to_the_end(void **state)
{
	char source[4096] = ".hooks none\njmp end\nstart: bz r0, end\n";
	struct object object;

	(void)state;
	for (unsigned i = 2; i < PACKET_CODE_MAX; i++)
		strcat(source, "nop\n");
	strcat(source, "end:\n");
	must_assemble(&object, source);
	assert_int_equal(packet_insn(object.packet, 0), INSN(JMP, 127));
	assert_int_equal(packet_insn(object.packet, 1), INSN(BZ, 0, 126));
	assert_string_equal(notes_label_at(&object.notes, 128), "end");
	object_done(&object);
}

/*
 * Expressions.
 */

static void
operators_bind_and_compute_as_in_c(void **state)
{
	static const struct {
		const char *text;
		uint32_t value;
	} cases[] = {
		{"1 + 2 * 3", 7}, {"(1 + 2) * 3", 9}, {"7 / 2 - 7 % 2", 2},
		{"-7 / 2", (uint32_t)-3}, {"-7 % 3", (uint32_t)-1},
		{"1 << 4 | 1", 17}, {"1 | 2 ^ 3 & 4", 3},
		{"6 & 3 == 3", 0}, {"(6 & 3) == 2", 1},
		{"256 >> 4 >> 1", 8}, {"-16 >> 2", (uint32_t)-4},
		{"1 < 2 == 1", 1}, {"2 <= 1", 0}, {"3 > 2 >= 1", 1},
		{"1 != 2", 1}, {"!5 + !0", 1}, {"~0 & 0xff", 255},
		{"- - 3", 3}, {"+4", 4}, {"10 - 3 - 2", 5},
		{"1 && 0 || 2", 1}, {"0 && 1 / 0", 0}, {"1 || 1 / 0", 1},
		{"1 ? 2 : 3", 2}, {"0 ? 1 : 0 ? 2 : 3", 3},
		{"1?2:3", 2}, {"0 ? 1 / 0 : 4", 4},
		{"0x10 + 010 + 0b10 + 10", 36}, {"0", 0}, {"00", 0},
		{"0XfF", 255}, {"'a' + '\\n'", 107}, {"'\\x41'", 65},
		{"'\\''", 39}, {"';'", 59}, {"0xffffffff", UINT32_MAX},
		{"-2147483648", 0x80000000},
		{"0xffffffffffffffff / 0x100000001", UINT32_MAX},
		{"block", 0}, {".", 0}, {"5 // 2", 5}, {"6 ; 7", 6}
	};
	char text[128];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(text, sizeof(text), ".word %s", cases[i].text);
		if (word_of(text, 0) != cases[i].value)
			fail_msg("%s is %u", text, word_of(text, 0));
	}
}

static void
results_are_exact_or_rejected(void **state)
{
	(void)state;
	assert_int_equal(word_of(".secret 0xffffffffffffffff", 0), UINT32_MAX);
	assert_int_equal(word_of(".secret 0xffffffff << 32 | 5", 1), 5);
	must_be_rejected(".hooks none\nldi r0, 1 << 63 << 1\n",
		DIAG_ASM_ARITHMETIC);
	must_be_rejected(".hooks none\nldi r0, ~0xffffffffffffffff\n",
		DIAG_ASM_ARITHMETIC);
	must_be_rejected(".hooks none\nldi r0, 0xffffffffffffffff * "
		"0xffffffffffffffff * 0xffffffffffffffff\n",
		DIAG_ASM_ARITHMETIC);
	must_be_rejected(".hooks none\nldi r0, 0 * (1 << 64)\n",
		DIAG_ASM_ARITHMETIC);
}

static void
names_may_be_used_before_they_are_defined(void **state)
{
	struct object object;

	(void)state;
	must_assemble(&object, ".hooks none\n"
		".equ A, B * 2\nldi r0, A\n.equ B, end - start\n"
		"start: ld r1, [later + 1]\nbz r0, end + 0\nldi r2, .\nend:\n"
		".data\n.word A, later, here\nhere: .word .\n"
		"later: .space B\nover: .word over\n");
	assert_int_equal(packet_insn(object.packet, 0), INSN(LDI, 0, 6));
	assert_int_equal(packet_insn(object.packet, 1), INSN(LD_R, 1, 5));
	assert_int_equal(packet_insn(object.packet, 3), INSN(LDI, 2, 3));
	assert_int_equal(packet_word(object.packet, &object.header, 1), 4);
	assert_int_equal(packet_word(object.packet, &object.header, 3), 3);
	assert_int_equal(packet_word(object.packet, &object.header, 7), 7);
	object_done(&object);
}

static void
places_and_numbers_are_told_apart(void **state)
{
	(void)state;
	must_be_rejected(".hooks none\njmp 1\n", DIAG_ASM_KIND);
	must_be_rejected(".hooks none\njmp end - .\nend:\n", DIAG_ASM_KIND);
	must_be_rejected(".hooks none\nld r0, [end]\nend:\n", DIAG_ASM_KIND);
	must_be_rejected(".hooks none\njmp w\n.data\nw: .word 1\n",
		DIAG_ASM_KIND);
	assert_int_equal(code_of("jmp 1 + ."), INSN(JMP, 0));
}

/*
 * Words.
 */

static void
keys_secrets_and_addresses_are_as_specified(void **state)
{
	uint64_t key = key_of_string(KEY_PRIVATE, "a\tb\0c", 5);
	uint8_t secret[KEY_SIZE] = {0, 0, 0, 0, 0, 0, 0x12, 0x34};

	(void)state;
	assert_int_equal(word_of(".key protected, 5", 0), 0x40000000);
	assert_int_equal(word_of(".key protected, 5", 1), 5);
	assert_int_equal(word_of(".key invitation, 0x3fffffffffffffff", 0),
		UINT32_MAX);
	assert_int_equal(word_of(".key private, \"a\\tb\\0c\"", 0), key >> 32);
	assert_int_equal(word_of(".key private, \"a\\x09b\\0c\"", 1),
		(uint32_t)key);
	key = key_public_hash((const uint8_t *)"", 0);
	assert_int_equal(word_of(".secret \"\"", 0), key >> 32);
	key = key_of_secret(secret);
	assert_int_equal(word_of(".key invitation, of s\ns: .secret 0x1234", 0),
		key >> 32);
	assert_int_equal(word_of(".secret 0x1234\n.key invitation, of block", 3),
		(uint32_t)key);
	assert_int_equal(word_of(".addr 192.0.2.1", 2), 0xffff);
	assert_int_equal(word_of(".addr 192.0.2.1", 3), 0xc0000201);
	assert_int_equal(word_of(".addr 2001:db8::1 ; x", 0), 0x20010db8);
	assert_int_equal(word_of(".addr ::// x", 3), 0);
	assert_int_equal(word_of(".word 1, 2,3", 2), 3);
}

static void
a_random_key_is_zero_with_a_note(void **state)
{
	struct asm_options strip = {.strip = true};
	const char *source = ".hooks none\nnop\n.data\n.word 1\n"
		"k: .key protected, random\ns: .secret random\n";
	struct object object;

	(void)state;
	must_assemble(&object, source);
	assert_int_equal(packet_word(object.packet, &object.header, 1), 0);
	assert_int_equal(packet_word(object.packet, &object.header, 2), 0);
	assert_int_equal(object.notes.random_count, 2);
	assert_int_equal(object.notes.randoms[0].first, 1);
	assert_int_equal(object.notes.randoms[0].space, KEY_PROTECTED);
	assert_int_equal(object.notes.randoms[1].first, 3);
	object_done(&object);
	assert_int_equal(asm_assemble(&object, source, strlen(source), &strip,
		NULL, NULL), ASM_REJECTED);
}

/*
 * The packet and its notes.
 */

static void
any_header_can_be_written_down(void **state)
{
	static const uint8_t header[PACKET_HEADER_SIZE] = {0x12, 0x34, 0xfe,
		17, 200, 99, 3, 4, 5, 6, 0x78, 0x9a, 0xbc, 0xde, 0xf0, 0x11};
	struct object object;

	(void)state;
	must_assemble(&object, ".hooks none\n.header magic, 0x1234\n"
		".header version, 15\n.header flags, 14\n"
		".header next_header, 17\n.header code_length, 200\n"
		".header pad_length, 99\n.header cursor, 3\n.header hops, 4\n"
		".header status, 5\n.header fault_pc, 6\n"
		".header checksum, 0x789a\n.header ident, 0xbcde\n"
		".header seq, 0xf011\nnop\n");
	assert_int_equal(object.size, 20);
	assert_memory_equal(object.packet, header, sizeof(header));
	assert_false(object.notes.present);
	object_done(&object);
	must_assemble(&object, ".hooks back, ingress\n.header seq, 7\nnop\n");
	assert_int_equal(packet_checksum(object.packet, object.size),
		packet_get16(object.packet + PACKET_OFF_CHECKSUM));
	assert_int_equal(object.header.flags,
		PACKET_FLAG_BACK | PACKET_FLAG_INGRESS);
	assert_int_equal(object.header.seq, 7);
	assert_true(object.notes.present);
	object_done(&object);
}

/* An object's bytes as a reader takes them. */
static void
must_read_back(const struct object *object)
{
	struct object again;
	struct told told = {0};
	size_t size;
	uint8_t *bytes = object_bytes(object, &size);

	assert_non_null(bytes);
	assert_true(object_read(&again, bytes, size, "x", tell, &told));
	assert_int_equal(told.errors, 0);
	assert_memory_equal(again.packet, object->packet, object->size);
	assert_int_equal(again.notes.word_count, object->notes.word_count);
	assert_int_equal(again.notes.line_count, object->notes.line_count);
	free(bytes);
	object_done(&again);
}

static const char rich[] =
	"; everything once\n"
	"\t.program rich.one\n"
	".hooks ingress, egress, back ; all\n"
	".equ LIMIT, 1 << 4 | (STEP ? 'x' : ~0 & 3)\n"
	".equ STEP, end - start\n"
	".header ident, LIMIT * 3\n"
	".cursor trail\n"
	"\t.data\n"
	"key:\t.key public, 0x1122334455667788\n"
	"name: .key private, \"a \\\"quoted\\\" name\"\n"
	"drawn: .key protected, random\n"
	"hand: .secret 0xfedcba9876543210\n"
	"guest: .key invitation, of hand\n"
	"peer: .addr 2001:db8::1 // v6\n"
	"four: .addr 192.0.2.1\n"
	"a: b: .word 1, -1, 0xffffffff, 'a', LIMIT\n"
	"trail: .space 4 + 4\n"
	"\t.text\n"
	"start: insert r0, [key]\n"
	"\tbz r0, end\n"
	"\tmov r1, t0\n\taddi r1, -1\n\tmov t0, r1\n"
	"\tst r1, [b + 1]\n\tld t3, [four + 3]\n"
	"\tli r2, 1000000\n\tli r3, 7\n"
	"\tbgtu r1, r2, .+2\n\tbleu r1, r2, end\n"
	"\tpush node4\n\tpush r1\n\tpush t1\n\tenv r5, queue_pkts\n"
	"\tnop\n\t.insn 0xffff\n\treroute r6, [guest]\n"
	"end:\tforward\n"
	"\tfault 31\n";

static void
objects_are_read_back_and_the_same_each_time(void **state)
{
	struct object one, two;

	(void)state;
	must_assemble(&one, rich);
	must_assemble(&two, rich);
	must_read_back(&one);
	assert_int_equal(one.size, two.size);
	assert_memory_equal(one.packet, two.packet, one.size);
	assert_string_equal(one.notes.program, "rich.one");
	assert_string_equal(one.notes.file, "test.wasp");
	assert_string_equal(notes_word_at(&one.notes, 20)->name, "a");
	assert_string_equal(notes_line_at(&one.notes, 0)->text,
		"start: insert r0, [key]");
	object_done(&one);
	object_done(&two);
}

static void
line_ends_do_not_matter(void **state)
{
	char source[2 * sizeof(rich)], *p = source;
	struct object one, two;
	struct told told;

	(void)state;
	for (size_t i = 0; i + 2 < sizeof(rich); i++) {
		if (rich[i] == '\n')
			*p++ = '\r';
		*p++ = rich[i];
	}
	must_assemble(&one, rich);
	assert_int_equal(assemble(&two, source, (size_t)(p - source), &told),
		ASM_OK);
	assert_int_equal(one.size, two.size);
	assert_memory_equal(one.packet, two.packet, one.size);
	assert_string_equal(notes_line_at(&two.notes, 0)->text,
		"start: insert r0, [key]");
	object_done(&one);
	object_done(&two);
}

/*
 * Damage.
 */

/* The source assembles with just one warning, or with none (DIAG_NONE). */
static void
must_warn(const char *source, enum diag_id id)
{
	static const char begin[] = ".program p\n.hooks egress\n";
	char whole[1000];
	struct object object;
	struct told told;

	snprintf(whole, sizeof(whole), "%s%s", begin, source);
	if (assemble(&object, whole, strlen(whole), &told) != ASM_OK)
		fail_msg("%s, of:\n%s", told.last.text, whole);
	object_done(&object);
	if (told.warning != id || told.warnings != (id != DIAG_NONE))
		fail_msg("%u warnings, the first %s, of:\n%s", told.warnings,
			diag_infos[told.warning].code, whole);
}

static void
names_that_nothing_uses_are_told(void **state)
{
	(void)state;
	must_warn("out: forward\n", DIAG_ASM_UNUSED_LABEL);
	must_warn("bz r0, out\nout: forward\n", DIAG_NONE);
	must_warn("forward\nend: .equ N, end\nldi r0, N - end\n", DIAG_NONE);
	must_warn(".equ N, 1\nnop\n", DIAG_ASM_UNUSED_EQU);
	must_warn(".equ N, 1\n.equ M, N\nnop\n", DIAG_ASM_UNUSED_EQU);
	must_warn(".equ N, 1\nldi r0, 1 ? 2 : N\n", DIAG_NONE);
	must_warn(".macro m\nnop\n.endm\nnop\n", DIAG_ASM_UNUSED_MACRO);
	must_warn(".macro m\nnop\n.endm\nm\n", DIAG_NONE);
	must_warn(".rept 2\nnop\n.endr\njmp 1f\n1: drop\n", DIAG_NONE);
	must_warn(".ifdef DEBUG\nnop\n.endif\nnop\n", DIAG_NONE);
	must_warn(".equ DEBUG, 1\n.ifdef DEBUG\nnop\n.endif\n", DIAG_NONE);
	/* Words are the packet's: whoever sends it knows their names. */
	must_warn("nop\n.data\nw: .word 1\n", DIAG_NONE);
	must_warn("nop\np: drop\n", DIAG_ASM_UNUSED_LABEL);
}

static void
octal_numbers_are_told(void **state)
{
	(void)state;
	must_warn("ldi r0, 010\n", DIAG_ASM_OCTAL);
	must_warn("ldi r0, 07\nldi r1, 0\nldi r2, 0x10\nldi r3, 0b10\n",
		DIAG_NONE);
}

static void
surprising_precedence_is_told(void **state)
{
	(void)state;
	must_warn("ldi r0, 1 << 2 + 3\n", DIAG_ASM_PARENTHESES);
	must_warn("ldi r0, 1 << (2 + 3)\n", DIAG_NONE);
	must_warn("ldi r0, (1 << 2) + 3\n", DIAG_NONE);
	must_warn("ldi r0, 5 & 1 == 1\n", DIAG_ASM_PARENTHESES);
	must_warn("ldi r0, 3 > 2 > 1\n", DIAG_ASM_PARENTHESES);
	must_warn("ldi r0, 1 | 2 << 3 | 4 & 1\n", DIAG_NONE);
	must_warn("ldi r0, 1 < 2 && 2 < 3 || 4 == 5\n", DIAG_NONE);
}

static void
places_taken_for_what_they_hold_are_told(void **state)
{
	static const char words[] = ".data\na: .word 1\nb: .word 2\n.text\n";
	char source[200];

	(void)state;
	snprintf(source, sizeof(source), "%sldi r0, b\n", words);
	must_warn(source, DIAG_ASM_PLACE);
	snprintf(source, sizeof(source), "%sli r0, b + 1\n", words);
	must_warn(source, DIAG_ASM_PLACE);
	snprintf(source, sizeof(source), "%sldi r0, b - a\nld r1, [b]\n",
		words);
	must_warn(source, DIAG_NONE);
	must_warn("jmp x\nx: ldi r0, x\n", DIAG_ASM_PLACE);
	must_warn("nop\n.data\na: .word a, b\nb: .space b - a\n", DIAG_NONE);
}

static void
words_beyond_their_block_are_told(void **state)
{
	(void)state;
	must_warn("ld r0, [a+1]\n.data\na: .word 1\nb: .word 2\n",
		DIAG_ASM_BEYOND);
	must_warn("ld r0, [a+1]\n.data\na: .word 1\n.word 2\nb: .word 3\n",
		DIAG_NONE);
	must_warn("ld r0, [a+1]\n.data\na: .word 1, 2\n", DIAG_NONE);
	must_warn("ld r0, [end-1]\n.data\na: .word 1\nend:\n", DIAG_NONE);
	must_warn("ld r0, [b-1]\n.data\na: .word 1\nb: .word 2\n", DIAG_NONE);
	must_warn("lookup r0, [k+1]\n.data\nk: .key public, \"k\"\n"
		"n: .word 1\n", DIAG_ASM_BEYOND);
	must_warn("lookup r0, [n]\n.data\nn: .word 1\nk: .key public, \"k\"\n",
		DIAG_ASM_BEYOND);
	/* A key that the program makes of words. */
	must_warn("lookup r0, [a]\n.data\na: .word 1\nb: .word 2\n",
		DIAG_NONE);
	must_warn("lookup r0, [a]\n.data\na: .space 2\n", DIAG_NONE);
	must_warn("lookup r0, [a+2]\n.data\na: .addr 192.0.2.1\n", DIAG_NONE);
}

static void
secrets_in_the_place_of_keys_are_told(void **state)
{
	static const char *const words = "\n.data\ns: .secret random\n"
		"k: .key invitation, random\n";
	static const struct {
		const char *insn;
		enum diag_id id;
	} cases[] = {
		{"invite r0, [s]", DIAG_NONE}, {"reroute r0, [k]", DIAG_NONE},
		{"lookup r0, [k]", DIAG_NONE},
		{"invite r0, [k]", DIAG_NONE},
		{"reroute r0, [s]", DIAG_ASM_SECRET_KEY},
		{"lookup r0, [s]", DIAG_ASM_SECRET_KEY},
		{"insert r0, [s]", DIAG_ASM_SECRET_KEY},
	};
	char source[200];

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		snprintf(source, sizeof(source), "%s%s", cases[i].insn, words);
		must_warn(source, cases[i].id);
	}
}

static void
public_keys_that_anybody_would_choose_are_told(void **state)
{
	(void)state;
	must_warn("nop\n.data\nk: .key public, 65535\n", DIAG_ASM_SMALL_KEY);
	must_warn("nop\n.data\nk: .key public, 65536\n", DIAG_NONE);
	must_warn("nop\n.data\nk: .key public, 0\n", DIAG_NONE);
	must_warn("nop\n.data\nk: .key private, 1\n", DIAG_NONE);
	must_warn("nop\n.data\nk: .key public, random\n", DIAG_NONE);
	must_warn("st r0, [k+1]\n.data\nk: .key public, 0\n", DIAG_NONE);
}

static void
pushes_without_a_cursor_and_cursors_without_a_push_are_told(void **state)
{
	(void)state;
	must_warn("push ttl\n.data\nk: .key public, \"k\"\n",
		DIAG_ASM_PUSH_START);
	must_warn("push ttl\n.data\nk: .key public, random\n",
		DIAG_ASM_PUSH_START);
	must_warn("push ttl\nld r0, [w]\n.data\nw: .word 0\n",
		DIAG_ASM_PUSH_START);
	must_warn("push ttl\n.data\nw: .word 0, 0\n", DIAG_NONE);
	must_warn("push ttl\n.data\nt: .space 3\nw: .word 5\n", DIAG_NONE);
	must_warn("push ttl\n.header cursor, 2\n.data\nw: .word 5, 6, 0\n",
		DIAG_NONE);
	must_warn("push ttl\n.cursor t\n.data\nw: .word 5\nt: .space 3\n",
		DIAG_NONE);
	must_warn("nop\n.cursor t\n.data\nt: .space 3\n",
		DIAG_ASM_UNUSED_CURSOR);
	must_warn("push ttl\n", DIAG_NONE);
}

static void
optional_warnings_are_told_for_who_asks(void **state)
{
	struct object object;
	struct told told;
	static const char source[] = ".hooks none\nnop\n";

	(void)state;
	must_warn("li r0, 512\n", DIAG_ASM_POOLED);
	must_warn("li r0, 511\n", DIAG_NONE);
	assert_int_equal(assemble(&object, source, strlen(source), &told),
		ASM_OK);
	object_done(&object);
	assert_int_equal(told.warning, DIAG_ASM_UNNAMED);
	assert_false(diag_infos[DIAG_ASM_UNNAMED].on);
	assert_false(diag_infos[DIAG_ASM_POOLED].on);
}

static void
warnings_of_the_whole_wait_until_it_has_no_error(void **state)
{
	static const char source[] = ".hooks none\nx: ldi r0, 010\nldx\n";
	struct object object;
	struct told told;

	(void)state;
	assert_int_equal(assemble(&object, source, strlen(source), &told),
		ASM_REJECTED);
	assert_int_equal(told.errors, 1);
	assert_int_equal(told.warnings, 1);
	assert_int_equal(told.warning, DIAG_ASM_OCTAL);
}

/* Rejected with a reason (true), or an object that can be read back. */
static bool
must_survive(const char *source, size_t size)
{
	struct object object;
	struct told told;
	enum asm_result result = assemble(&object, source, size, &told);

	if (result == ASM_OK) {
		assert_int_equal(told.errors, 0);
		if (object.notes.present)
			must_read_back(&object);
	} else {
		assert_int_equal(result, ASM_REJECTED);
		assert_true(told.errors > 0);
	}
	object_done(&object);
	return result == ASM_REJECTED;
}

static void
sources_cut_anywhere_are_survived(void **state)
{
	(void)state;
	for (size_t size = 0; size < sizeof(rich); size++) {
		/* Memory of just that size, so that reading on is seen. */
		char *source = malloc(size ? size : 1);

		memcpy(source, rich, size);
		must_survive(source, size);
		free(source);
	}
}

/* One of: a flipped bit, another byte, bytes put in, bytes or lines gone. */
static size_t
damage(char *source, size_t size, uint64_t *random)
{
	static const char *const pieces[] = {"\0", "\r", "\n", "(((", "\"", "'",
		",", "[", "]", ":", "0x", "99999999999999999999", "\xff\xfe",
		" .equ x, x\n", ".data\n", ".text\n", ".macro m\n", "1:", "r0",
		"-", "?", ".", ".addr ", ".space 60\n", ".cursor a\n", "//"};
	size_t at = random_next(random) % size, n = 1;
	const char *piece = pieces[random_next(random) % COUNT(pieces)];

	switch (random_next(random) % 4) {
	case 0:
		source[at] ^= (char)(1 << random_next(random) % 8);
		return size;
	case 1:
		source[at] = (char)random_next(random);
		return size;
	case 2:
		n = piece[0] ? strlen(piece) : 1;
		memmove(source + at + n, source + at, size - at);
		memcpy(source + at, piece, n);
		return size + n;
	default:
		n = 1 + random_next(random) % 40;
		if (n > size - at)
			n = size - at;
		memmove(source + at, source + at + n, size - at - n);
		return size - n > 0 ? size - n : 1;
	}
}

static void
damaged_sources_are_survived(void **state)
{
	uint64_t random = 2005;
	unsigned rejected = 0;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		char source[4 * sizeof(rich)];
		size_t size = sizeof(rich) - 1;

		memcpy(source, rich, size);
		for (unsigned n = 0; n <= i % 8; n++)
			size = damage(source, size, &random);
		rejected += must_survive(source, size);
	}
	assert_true(rejected >= 50);
}

/* A source of a beginning, a piece many times, and an end. */
static void
must_survive_many(const char *begin, const char *piece, unsigned count,
	const char *end)
{
	size_t size = strlen(begin) + count * strlen(piece) + strlen(end);
	char *source = malloc(size + 1), *p = stpcpy(source, begin);

	for (unsigned i = 0; i < count; i++)
		p = stpcpy(p, piece);
	strcpy(p, end);
	must_survive(source, size);
	free(source);
}

static void
very_long_and_very_deep_sources_are_survived(void **state)
{
	enum { MANY = 100000 };

	(void)state;
	must_survive_many(".hooks none\nldi r0, ", "(", MANY, "1");
	must_survive_many(".hooks none\nldi r0, ", "-", MANY, "1");
	must_survive_many(".hooks none\nldi r0, 1", "+1", MANY, "");
	must_survive_many(".hooks none\nldi r0, 1", "?1:1", MANY, "");
	must_survive_many(".hooks none\nldi r0, 1", ",1", MANY, "");
	must_survive_many(".hooks none\nnop ;", "x", MANY, "\n");
	must_survive_many(".hooks none\n", "x", MANY, ": nop\n");
	must_survive_many(".hooks none\n", "x:", MANY, " nop\n");
	must_survive_many(".hooks none\n", "nop\n", MANY, "");
	must_survive_many(".hooks none\n.data\n", ".word 1\n", MANY, "");
	must_survive_many(".hooks none\n.data\n.word 1", ",1", MANY, "");
	must_survive_many(".hooks none\n.data\n.key public, \"", "x", MANY,
		"\"\n");
	must_survive_many("", "\n", MANY, "");
	must_survive_many("", "?\n", MANY, "");
	must_survive_many("", "@", MANY, "");
	must_survive_many("0", "0", MANY, "");
}

/* .equ names that each stand for the next. */
static void
long_chains_of_names_are_survived(void **state)
{
	char *source = NULL;
	size_t size;
	FILE *out = open_memstream(&source, &size);

	(void)state;
	fprintf(out, ".hooks none\nldi r0, n0\n");
	for (unsigned i = 0; i < 20000; i++)
		fprintf(out, ".equ n%u, n%u + n%u\n", i, i + 1, i + 1);
	fclose(out);
	must_survive(source, size);
	free(source);
}

static void
errors_come_in_the_order_of_lines(void **state)
{
	struct object object;
	struct told told;
	const char *source = "nop 1\n.hooks none\nldi r0, 08\njmp nowhere\n";

	(void)state;
	assert_int_equal(assemble(&object, source, strlen(source), &told),
		ASM_REJECTED);
	assert_int_equal(told.errors, 3);
	assert_int_equal(told.first, DIAG_ASM_COUNT);
	assert_int_equal(told.last.id, DIAG_ASM_UNDEFINED);
}

/*
 * Memory: the linker sends all calls of the originals here, and the one that
 * counts down to zero fails.
 */

static unsigned allocations_left;

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_reallocarray(void *memory, size_t count, size_t size);
char *__real_strdup(const char *text);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_reallocarray(void *memory, size_t count, size_t size);
char *__wrap_strdup(const char *text);

static bool
may_allocate(void)
{
	return allocations_left == 0 || --allocations_left > 0;
}

void *
__wrap_malloc(size_t size)
{
	return may_allocate() ? __real_malloc(size) : NULL;
}

void *
__wrap_calloc(size_t count, size_t size)
{
	return may_allocate() ? __real_calloc(count, size) : NULL;
}

void *
__wrap_reallocarray(void *memory, size_t count, size_t size)
{
	return may_allocate() ? __real_reallocarray(memory, count, size) : NULL;
}

char *
__wrap_strdup(const char *text)
{
	return may_allocate() ? __real_strdup(text) : NULL;
}

static void
the_lack_of_memory_is_said_wherever_it_comes(void **state)
{
	struct asm_options options = {.file = "test.wasp"};
	enum asm_result result = ASM_NO_MEMORY;
	unsigned n = 0;

	(void)state;
	while (result == ASM_NO_MEMORY) {
		struct object object;

		allocations_left = ++n;
		result = asm_assemble(&object, rich, strlen(rich), &options,
			NULL, NULL);
		allocations_left = 0;
		object_done(&object);
	}
	assert_int_equal(result, ASM_OK);
	assert_true(n > 50);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_instruction_assembles_to_its_row),
	cmocka_unit_test(every_word_assembles_from_how_it_is_printed),
	cmocka_unit_test(operands_one_beyond_their_range_are_rejected),
	cmocka_unit_test(pseudo_instructions_are_what_their_rows_say),
	cmocka_unit_test(
		constants_of_li_are_shared_and_lie_before_the_pushed_words),
	cmocka_unit_test(labels_reach_from_the_first_instruction_to_the_end),
	cmocka_unit_test(operators_bind_and_compute_as_in_c),
	cmocka_unit_test(results_are_exact_or_rejected),
	cmocka_unit_test(names_may_be_used_before_they_are_defined),
	cmocka_unit_test(places_and_numbers_are_told_apart),
	cmocka_unit_test(keys_secrets_and_addresses_are_as_specified),
	cmocka_unit_test(a_random_key_is_zero_with_a_note),
	cmocka_unit_test(any_header_can_be_written_down),
	cmocka_unit_test(objects_are_read_back_and_the_same_each_time),
	cmocka_unit_test(line_ends_do_not_matter),
	cmocka_unit_test(names_that_nothing_uses_are_told),
	cmocka_unit_test(octal_numbers_are_told),
	cmocka_unit_test(surprising_precedence_is_told),
	cmocka_unit_test(places_taken_for_what_they_hold_are_told),
	cmocka_unit_test(words_beyond_their_block_are_told),
	cmocka_unit_test(secrets_in_the_place_of_keys_are_told),
	cmocka_unit_test(public_keys_that_anybody_would_choose_are_told),
	cmocka_unit_test(pushes_without_a_cursor_and_cursors_without_a_push_are_told),
	cmocka_unit_test(optional_warnings_are_told_for_who_asks),
	cmocka_unit_test(warnings_of_the_whole_wait_until_it_has_no_error),
	cmocka_unit_test(sources_cut_anywhere_are_survived),
	cmocka_unit_test(damaged_sources_are_survived),
	cmocka_unit_test(very_long_and_very_deep_sources_are_survived),
	cmocka_unit_test(long_chains_of_names_are_survived),
	cmocka_unit_test(errors_come_in_the_order_of_lines),
	cmocka_unit_test(the_lack_of_memory_is_said_wherever_it_comes),
};
RUN_TESTS(tests)
