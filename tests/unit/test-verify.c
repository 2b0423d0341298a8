/* SPDX-License-Identifier: BSD-2-Clause */
/* The verifier: one rejected program per rule, no false alarm, exact bounds. */
#include "tests/unit/test.h"

#include "tests/unit/program.h"
#include "verify/verify.h"

enum { FINDINGS_MAX = 64 };

/* What the verifier said: ids and places, errors and warnings in order. */
struct findings {
	unsigned count;
	enum diag_id id[FINDINGS_MAX];
	int pc[FINDINGS_MAX];
	unsigned path_count[FINDINGS_MAX];
	uint8_t path[FINDINGS_MAX][PACKET_CODE_MAX];
	char text[FINDINGS_MAX][DIAG_TEXT_SIZE];
	char note[DIAG_TEXT_SIZE];
	struct verify_result result;
};

static void
collect(void *arg, const struct diag *diag)
{
	struct findings *f = arg;
	unsigned i = f->count;

	if (diag->severity == DIAG_NOTE) {
		strcpy(f->note, diag->text);
		return;
	}
	assert_true(i < FINDINGS_MAX);
	assert_true(diag->hint[0] != '\0');
	f->id[i] = diag->id;
	f->pc[i] = diag->pc;
	f->path_count[i] = diag->path ? diag->path_count : 0;
	if (diag->path)
		memcpy(f->path[i], diag->path, diag->path_count);
	strcpy(f->text[i], diag->text);
	f->count++;
}

static struct findings
verify(const struct object *object, const struct verify_limits *limits)
{
	struct findings f = {0};

	verify_object(object, "x", limits, &f.result, collect, &f);
	assert_int_equal(f.count, f.result.errors + f.result.warnings);
	assert_int_equal(f.result.accepted, f.result.errors == 0);
	return f;
}

static const uint32_t public_key[] = {0x11223344, 0x55667788, 7, 8, 9, 10};

static struct findings
verify_code(const uint16_t *code, unsigned count)
{
	struct object object;

	program_make(&object, code, count, public_key, COUNT(public_key));
	return verify(&object, NULL);
}
#define VERIFY(...) \
	verify_code((const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))

static void
expect_one(struct findings f, enum diag_id id, int pc)
{
	if (f.count != 1)
		for (unsigned i = 0; i < f.count; i++)
			print_message("# %d %s\n", f.pc[i], f.text[i]);
	assert_int_equal(f.count, 1);
	assert_int_equal(f.id[0], id);
	assert_int_equal(f.pc[0], pc);
}

static void
expect_none(struct findings f)
{
	if (f.count)
		print_message("# %d %s\n", f.pc[0], f.text[0]);
	assert_int_equal(f.count, 0);
	assert_true(f.result.accepted);
}

static void
rejects_illegal_instruction(void **state)
{
	(void)state;
	expect_one(VERIFY(0x0001), DIAG_VERIFY_ILLEGAL, 0);
	expect_one(VERIFY(0x4029), DIAG_VERIFY_ILLEGAL, 0);
	expect_one(VERIFY(0xffff), DIAG_VERIFY_ILLEGAL, 0);
}

static void
rejects_jump_past_the_end(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(JMP, 1)), DIAG_VERIFY_JUMP, 0);
	expect_none(VERIFY(INSN(JMP, 0)));
}

static void
rejects_scratchpad_word_out_of_range(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(LD_R, 0, 6)), DIAG_VERIFY_SCRATCHPAD, 0);
	expect_none(VERIFY(INSN(LD_R, 0, 5)));
	expect_one(VERIFY(INSN(LOOKUP, 0, 5)), DIAG_VERIFY_SCRATCHPAD, 0);
	expect_none(VERIFY(INSN(LOOKUP, 0, 4)));
}

static void
rejects_entry_used_with_nothing_mapped(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(MOV_RT, 0, 0)), DIAG_VERIFY_UNMAPPED, 0);
	expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(MOV_RT, 0, 0)),
		DIAG_VERIFY_UNMAPPED, 1);
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_RT, 0, 0)));
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(rejects_illegal_instruction),
	cmocka_unit_test(rejects_jump_past_the_end),
	cmocka_unit_test(rejects_scratchpad_word_out_of_range),
	cmocka_unit_test(rejects_entry_used_with_nothing_mapped),
};
RUN_TESTS(tests)
