/* SPDX-License-Identifier: BSD-2-Clause */
/* The verifier: one rejected program per rule, no false alarm, exact bounds. */
#include "tests/unit/test.h"

#include "tests/unit/journey.h"
#include "tests/unit/program.h"
#include "verify/verify.h"
#include "vm/vm.h"

enum { FINDINGS_MAX = 64 };

/* Advice, that safe programs are given too. */
static bool
is_advice(enum diag_id id)
{
	return id >= DIAG_VERIFY_UNWRITTEN && id <= DIAG_VERIFY_PROTECTED;
}

/*
 * What the verifier said: ids and places, errors and warnings in order; advice
 * apart.
 */
struct findings {
	uint32_t advice;	/* bit 1 << (id - DIAG_VERIFY_UNWRITTEN) */
	unsigned advice_count;
	int advice_pc;
	char advice_text[DIAG_TEXT_SIZE];
	unsigned count;
	enum diag_id id[FINDINGS_MAX];
	int pc[FINDINGS_MAX];
	unsigned path_count[FINDINGS_MAX];
	uint8_t path[FINDINGS_MAX][PACKET_CODE_MAX];
	char text[FINDINGS_MAX][DIAG_TEXT_SIZE];
	char turns[FINDINGS_MAX][256];	/* "line 1: gives 0; ..." */
	struct verify_result result;
};

static void
collect_turns(char *text, size_t size, const struct diag *diag)
{
	size_t len = 0;

	text[0] = '\0';
	for (unsigned i = 0; i < diag->turn_count && len < size; i++)
		len += (size_t)snprintf(text + len, size - len, "%s%s: %s",
			i ? "; " : "", diag->turns[i].place,
			diag->turns[i].outcome);
}

static void
collect(void *arg, const struct diag *diag)
{
	struct findings *f = arg;
	unsigned i = f->count;

	assert_int_not_equal(diag->severity, DIAG_NOTE);
	assert_true(diag->hint[0] != '\0' && diag->why);
	if (is_advice(diag->id)) {
		f->advice |= 1u << (diag->id - DIAG_VERIFY_UNWRITTEN);
		f->advice_count++;
		f->advice_pc = diag->pc;
		strcpy(f->advice_text, diag->text);
		return;
	}
	assert_true(i < FINDINGS_MAX);
	f->id[i] = diag->id;
	f->pc[i] = diag->pc;
	f->path_count[i] = diag->path ? diag->path_count : 0;
	if (diag->path)
		memcpy(f->path[i], diag->path, diag->path_count);
	strcpy(f->text[i], diag->text);
	collect_turns(f->turns[i], sizeof(f->turns[i]), diag);
	f->count++;
}

static struct findings
verify(const struct object *object, const struct verify_limits *limits)
{
	struct findings f = {0};
	struct verify_result quick;

	verify_code(object->packet, &object->header, &object->notes, limits,
		&quick);
	verify_object(object, "x", limits, &f.result, collect, &f);
	assert_int_equal(f.count + f.advice_count,
		f.result.errors + f.result.warnings);
	assert_int_equal(f.result.accepted, f.result.errors == 0);
	assert_int_equal(f.result.accepted, quick.accepted);
	return f;
}

static const uint32_t public_key[] = {0x11223344, 0x55667788, 7, 8, 9, 10};

static struct findings
verify_words_of(const uint16_t *code, unsigned count)
{
	struct object object;

	program_make(&object, code, count, public_key, COUNT(public_key));
	return verify(&object, NULL);
}
#define VERIFY(...) \
	verify_words_of((const uint16_t[]){__VA_ARGS__}, \
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

/*
 * One rejected program for each error, one warned of for each warning.
 */

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
	expect_one(VERIFY(INSN(LDI, 0, 1), INSN(BZ, 0, 2), INSN(DROP)),
		DIAG_VERIFY_JUMP, 1);
	expect_none(VERIFY(INSN(LDI, 0, 1), INSN(BZ, 0, 1), INSN(DROP)));
}

static void
rejects_scratchpad_word_out_of_range(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(LD_R, 0, 6)), DIAG_VERIFY_SCRATCHPAD, 0);
	expect_none(VERIFY(INSN(LD_R, 0, 5)));
	expect_one(VERIFY(INSN(LDI, 0, 1), INSN(ST_R, 0, 255)),
		DIAG_VERIFY_SCRATCHPAD, 1);
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
	expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(ENV_T, 0, 0)),
		DIAG_VERIFY_UNMAPPED, 1);
	expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(PUSH_T, 0)),
		DIAG_VERIFY_UNMAPPED, 1);
}

static void
rejects_too_many_store_accesses(void **state)
{
	uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(INSERT, 0, 0),
		INSN(INVITE, 0, 0), INSN(LOOKUP, 0, 0), INSN(LOOKUP, 0, 0),
		INSN(LOOKUP, 0, 0)};
	struct verify_limits limits = {.max_accesses = 5};
	struct findings f = verify_words_of(code, 6);
	struct object object;

	(void)state;
	expect_one(f, DIAG_VERIFY_ACCESSES, 4);
	assert_int_equal(f.path_count[0], 5);
	assert_int_equal(f.result.max_accesses, 6);
	expect_none(verify_words_of(code, 4));

	program_make(&object, code, 5, public_key, COUNT(public_key));
	expect_none(verify(&object, &limits));
	limits.max_accesses = 2;
	expect_one(verify(&object, &limits), DIAG_VERIFY_ACCESSES, 2);
}

static void
tells_the_way_by_the_lines_of_each_file(void **state)
{
	const uint16_t code[] = {INSN(LDI, 1, 5),
		INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 2),
		INSN(LOOKUP, 0, 0), INSN(MOV_RT, 0, 0)};
	struct notes *notes;
	struct object object;
	struct findings f;

	(void)state;
	program_make(&object, code, COUNT(code), public_key, 2);
	notes = &object.notes;
	assert_true(notes_set_file(notes, "main.wasp") &&
		notes_add_line(notes, 0, 3, "") &&
		notes_set_file(notes, "lib.wasp") &&
		notes_add_line(notes, 1, 1, "") &&
		notes_add_line(notes, 2, 2, "") &&
		notes_set_file(notes, "main.wasp") &&
		notes_add_line(notes, 3, 5, "") &&
		notes_add_line(notes, 4, 6, ""));
	f = verify(&object, NULL);
	expect_one(f, DIAG_VERIFY_UNMAPPED, 4);
	assert_string_equal(f.turns[0], "lib.wasp:2: not taken (r0 is not 0); "
		"line 5: gives 0");
	object_done(&object);
}

static void
rejects_too_many_steps(void **state)
{
	const uint16_t code[] = {INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 1),
		INSN(LDI, 1, 5), INSN(DROP)};
	static const uint8_t path[] = {0, 1, 2, 3};
	struct verify_limits limits = {.max_steps = 3};
	struct object object;
	struct findings f;

	(void)state;
	program_make(&object, code, COUNT(code), NULL, 0);
	f = verify(&object, &limits);
	expect_one(f, DIAG_VERIFY_STEPS, 3);
	assert_int_equal(f.path_count[0], 4);
	assert_memory_equal(f.path[0], path, sizeof(path));
	assert_string_equal(f.text[0], "a path takes 4 steps, the limit is 3");
	assert_string_equal(f.turns[0], "instruction 1: not taken (r0 is not 0)");
	limits.max_steps = 4;
	expect_none(verify(&object, &limits));
}

static void
rejects_too_much_cost(void **state)
{
	const uint16_t code[] = {INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 1),
		INSN(INSERT, 1, 0), INSN(DROP)};
	unsigned cost = 3 + isa_insns[ISA_INSERT].cost;
	struct verify_limits limits = {.max_cost = cost - 1};
	struct object object;
	struct findings f;

	(void)state;
	program_make(&object, code, COUNT(code), public_key, 2);
	f = verify(&object, &limits);
	expect_one(f, DIAG_VERIFY_COST, 3);
	assert_int_equal(f.result.max_cost, cost);
	limits.max_cost = cost;
	expect_none(verify(&object, &limits));
}

static void
rejects_reroute_by_a_key_that_names_no_invitation(void **state)
{
	const uint16_t code[] = {INSN(REROUTE, 0, 0)};
	uint32_t words[] = {0xbfffffff, 1};
	struct object object;

	(void)state;
	program_make(&object, code, 1, words, 2);
	expect_one(verify(&object, NULL), DIAG_VERIFY_KEYSPACE, 0);
	notes_add_random(&object.notes, 0, KEY_INVITATION);
	expect_none(verify(&object, NULL));
	object_done(&object);
	words[0] = 0xc0000000;
	program_make(&object, code, 1, words, 2);
	expect_none(verify(&object, NULL));
}

static void
warns_of_unreachable_code(void **state)
{
	struct findings f = VERIFY(INSN(JMP, 2), 0xffff, INSN(MOV_RT, 0, 0),
		INSN(DROP), INSN(DROP));

	(void)state;
	assert_int_equal(f.count, 2);
	assert_int_equal(f.id[0], DIAG_VERIFY_UNREACHABLE);
	assert_int_equal(f.pc[0], 1);
	assert_string_equal(f.text[0],
		"from here on, 2 instructions are never reached");
	assert_int_equal(f.pc[1], 4);
	assert_true(f.result.accepted);
}

static void
warns_of_register_read_before_it_is_set(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(ADDI, 3, 1), INSN(ADDI, 3, 1)),
		DIAG_VERIFY_UNSET, 0);
	expect_one(VERIFY(INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 1), INSN(LDI, 1, 1),
		INSN(PUSH_R, 1)), DIAG_VERIFY_UNSET, 3);
	expect_one(VERIFY(INSN(LDI, 0, 0), INSN(ADD, 0, 1)),
		DIAG_VERIFY_UNSET, 1);
	expect_none(VERIFY(INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 2), INSN(LDI, 1, 1),
		INSN(JMP, 1), INSN(LDI, 1, 2), INSN(PUSH_R, 1)));
	expect_none(VERIFY(INSN(ADDI, 0, 0)));
}

static struct findings
write_after_lookup(uint32_t first_word)
{
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(BZ, 0, 2),
		INSN(MOV_TR, 0, 0), INSN(ENV_T, 1, 0)};
	const uint32_t words[] = {first_word, 1};
	struct object object;

	program_make(&object, code, COUNT(code), words, 2);
	return verify(&object, NULL);
}

static void
warns_of_entry_written_after_lookup(void **state)
{
	(void)state;
	expect_one(write_after_lookup(0x40000000), DIAG_VERIFY_READONLY, 2);
	/* Anyone writes public entries, and a program its private ones. */
	expect_none(write_after_lookup(0x00000000));
	expect_none(write_after_lookup(0x80000000));
	/* A key that the program makes may be protected. */
	expect_one(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM), INSN(ST_R, 1, 0),
		INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1), INSN(MOV_TR, 0, 1)),
		DIAG_VERIFY_READONLY, 4);
}

static struct findings
verify_header(uint8_t flags, uint8_t status)
{
	const uint16_t code[] = {INSN(FORWARD)};
	struct object object;

	program_make(&object, code, 1, NULL, 0);
	object.header.flags = flags;
	object.header.status = status;
	program_header_changed(&object);
	return verify(&object, NULL);
}

static void
warns_of_program_that_no_node_runs(void **state)
{
	(void)state;
	expect_one(verify_header(0, 0), DIAG_VERIFY_NEVER_RUNS, -1);
	expect_one(verify_header(PACKET_FLAG_BACK, 0), DIAG_VERIFY_NEVER_RUNS,
		-1);
	expect_one(verify_header(PACKET_FLAG_INGRESS, ISA_FAULT_ILLEGAL),
		DIAG_VERIFY_NEVER_RUNS, -1);
	expect_one(verify_header(PACKET_FLAG_EGRESS | PACKET_FLAG_RETURNED, 0),
		DIAG_VERIFY_NEVER_RUNS, -1);
	expect_none(verify_header(PACKET_FLAG_EGRESS, PACKET_STATUS_FULL));
}

static void
warns_of_invitation_looked_up(void **state)
{
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_RT, 0, 0)};
	const uint32_t words[] = {0xc0000000, 1};
	struct object object;

	(void)state;
	program_make(&object, code, COUNT(code), words, 2);
	expect_one(verify(&object, NULL), DIAG_VERIFY_NEVER_MAPPED, 0);
}

static void
warns_of_push_without_room(void **state)
{
	const uint16_t code[] = {INSN(PUSH_F, ISA_ENV_NODE3)};
	struct object object;

	(void)state;
	program_make(&object, code, 1, NULL, 2);
	expect_none(verify(&object, NULL));
	object.header.cursor = 2;
	program_header_changed(&object);
	expect_one(verify(&object, NULL), DIAG_VERIFY_NO_ROOM, 0);
}

static void
warns_of_reroute_by_a_computed_name(void **state)
{
	(void)state;
	expect_one(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM), INSN(REROUTE, 0, 0),
		INSN(ST_R, 1, 0)), DIAG_VERIFY_COMPUTED_NAME, 1);
	expect_one(VERIFY(INSN(PUSH_F, ISA_ENV_RANDOM), INSN(REROUTE, 0, 2)),
		DIAG_VERIFY_COMPUTED_NAME, 1);
}

/*
 * No false alarm: ways of testing what lookup and insert gave.
 */

static void
a_tested_result_may_be_a_copy(void **state)
{
	(void)state;
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(MOV, 5, 0),
		INSN(LDI, 0, 7), INSN(BZ, 5, 1), INSN(MOV_TR, 1, 0)));
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(MOV, 5, 0), INSN(BNZ, 0, 1),
		INSN(FORWARD), INSN(MOV_TR, 1, 5)));
	expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 0, 7), INSN(BZ, 0, 1),
		INSN(MOV_TR, 1, 0)), DIAG_VERIFY_UNMAPPED, 3);
}

static void
a_result_may_be_compared_with_a_number(void **state)
{
	(void)state;
	/* r0 == 2: created; r0 >= 1: found or created; r0 < 1: neither. */
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 1, 2),
		INSN(BNE, 0, 1, 1), INSN(MOV_TR, 1, 0)));
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 1, 1),
		INSN(BGEU, 0, 1, 1), INSN(FORWARD), INSN(MOV_TR, 1, 0)));
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 1, 1),
		INSN(BLTU, 0, 1, 1), INSN(MOV_TR, 1, 0)));
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(ADDI, 0, -1),
		INSN(LDI, 1, 1), INSN(BLTU, 1, 0, 1), INSN(MOV_TR, 1, 0)));
	expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 1, 2),
		INSN(BEQ, 0, 1, 1), INSN(MOV_TR, 1, 0)),
		DIAG_VERIFY_UNMAPPED, 3);
}

static void
a_result_may_be_tested_again_after_paths_have_joined(void **state)
{
	(void)state;
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_RT, 1, 0), INSN(LDI, 1, 3), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 1)));
	/* A flag of the program's own tells what the path was. */
	expect_none(VERIFY(INSN(LDI, 7, 0), INSN(ENV_R, 1, ISA_ENV_ROLE),
		INSN(BZ, 1, 3), INSN(INSERT, 0, 0), INSN(BZ, 0, 1),
		INSN(LDI, 7, 1), INSN(BZ, 7, 1), INSN(MOV_TR, 0, 7)));
}

/* Branches that have to do with each other, wherever paths joined between. */
static void
correlated_branches_raise_no_alarm(void **state)
{
	(void)state;
	/* Two lookups, of which the first is tested last, */
	expect_none(VERIFY(INSN(LOOKUP, 0, 0), INSN(LOOKUP, 1, 2),
		INSN(BZ, 1, 3), INSN(MOV_RT, 2, 0), INSN(BZ, 0, 1),
		INSN(PUSH_R, 2), INSN(FORWARD)));
	/* or first; */
	expect_none(VERIFY(INSN(LOOKUP, 0, 0), INSN(LOOKUP, 1, 2),
		INSN(BZ, 0, 2), INSN(LDI, 2, 1), INSN(JMP, 1), INSN(LDI, 2, 2),
		INSN(BZ, 1, 1), INSN(MOV_RT, 3, 0), INSN(PUSH_R, 2)));
	/* one of two keys, by a flag that says which, and two results; */
	expect_none(VERIFY(INSN(LDI, 0, 0), INSN(LDI, 1, 0),
		INSN(ENV_R, 2, ISA_ENV_ROLE), INSN(BZ, 2, 2),
		INSN(INSERT, 0, 0), INSN(JMP, 1), INSN(INSERT, 1, 2),
		INSN(OR, 0, 1), INSN(BZ, 0, 1), INSN(MOV_TR, 0, 2)));
	/* a flag made of the result, and tested after another branch; */
	expect_none(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 7, 0), INSN(BZ, 0, 1),
		INSN(LDI, 7, 1), INSN(ENV_R, 2, ISA_ENV_ROLE), INSN(BZ, 2, 1),
		INSN(PUSH_R, 2), INSN(BZ, 7, 1), INSN(MOV_TR, 0, 7)));
	/* two flags that must both be set; */
	expect_none(VERIFY(INSN(LDI, 6, 0), INSN(LDI, 7, 0),
		INSN(ENV_R, 2, ISA_ENV_ROLE), INSN(BZ, 2, 1), INSN(LDI, 6, 1),
		INSN(INSERT, 0, 0), INSN(BZ, 0, 1), INSN(LDI, 7, 1),
		INSN(AND, 6, 7), INSN(BZ, 6, 1), INSN(MOV_TR, 0, 7)));
	/* the same test twice; the environment tested twice. */
	expect_none(VERIFY(INSN(ENV_R, 2, ISA_ENV_ROLE), INSN(LDI, 0, 1),
		INSN(BZ, 2, 1), INSN(INSERT, 0, 0), INSN(BZ, 0, 3),
		INSN(BZ, 2, 1), INSN(MOV_TR, 0, 2), INSN(PUSH_R, 2)));
}

/* Eight flags are more than the sets hold; nothing is missed then. */
static void
more_flags_than_states_miss_nothing(void **state)
{
	uint16_t code[PACKET_CODE_MAX];
	unsigned n = 0;
	struct findings f;

	(void)state;
	code[n++] = INSN(INSERT, 0, 0);
	for (int i = 1; i < 8; i++) {
		code[n++] = INSN(LDI, i, 0);
		code[n++] = INSN(ENV_R, 0, ISA_ENV_ROLE);
		code[n++] = INSN(BZ, 0, 1);
		code[n++] = INSN(LDI, i, 1);
	}
	for (int i = 1; i < 8; i++)
		code[n++] = INSN(BZ, i, 1 + 7 - i);
	code[n++] = INSN(MOV_RT, 1, 0);
	f = verify_words_of(code, n);
	expect_one(f, DIAG_VERIFY_UNMAPPED, (int)n - 1);
	assert_true(f.result.states <= 8 * n);
}

/* Spaces of keys that the program writes itself, where ranges tell them. */
static void
spaces_of_keys_that_are_made_are_known(void **state)
{
	(void)state;
	/* The hash of a flow is a public key; it may be written. */
	expect_none(VERIFY(INSN(ENV_R, 1, ISA_ENV_FLOW0), INSN(ST_R, 1, 0),
		INSN(ENV_R, 1, ISA_ENV_FLOW1), INSN(ST_R, 1, 1),
		INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1), INSN(MOV_TR, 0, 1)));
	expect_none(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM), INSN(LOW, 1, 30),
		INSN(ST_R, 1, 0), INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 1)));
	/* Only on one of the paths. */
	expect_one(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM),
		INSN(ENV_R, 2, ISA_ENV_ROLE), INSN(BZ, 2, 1), INSN(LOW, 1, 30),
		INSN(ST_R, 1, 0), INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 1)), DIAG_VERIFY_READONLY, 7);
	expect_one(VERIFY(INSN(LDI, 1, 5), INSN(ST_R, 1, 0),
		INSN(REROUTE, 0, 0)), DIAG_VERIFY_KEYSPACE, 2);
}

static struct findings
verify_at(uint8_t flags, const uint16_t *code, unsigned count)
{
	struct object object;

	program_make(&object, code, count, public_key, COUNT(public_key));
	object.header.flags = flags;
	program_header_changed(&object);
	return verify(&object, NULL);
}

static void
each_hook_has_figures_of_its_own(void **state)
{
	const uint16_t code[] = {INSN(ENV_R, 0, ISA_ENV_HOOK), INSN(LDI, 1, 1),
		INSN(BNE, 0, 1, 1), INSN(INSERT, 2, 0),
		INSN(ENV_R, 0, ISA_ENV_BACK), INSN(BZ, 0, 1), INSN(DROP),
		INSN(PUSH_R, 0), INSN(FORWARD)};
	struct findings f = verify_at(PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS |
		PACKET_FLAG_BACK, code, COUNT(code));
	const struct verify_figures *hook = f.result.hook;

	(void)state;
	assert_int_equal(hook[VERIFY_INGRESS].max[VERIFY_ACCESSES], 1);
	assert_int_equal(hook[VERIFY_INGRESS].min[VERIFY_ACCESSES], 1);
	assert_int_equal(hook[VERIFY_EGRESS].max[VERIFY_ACCESSES], 0);
	assert_int_equal(hook[VERIFY_EGRESS].max[VERIFY_STEPS], 7);
	assert_int_equal(hook[VERIFY_EGRESS].max[VERIFY_PUSHES], 1);
	assert_int_equal(hook[VERIFY_EGRESS_BACK].max[VERIFY_STEPS], 6);
	assert_int_equal(hook[VERIFY_EGRESS_BACK].ends, 1 << ISA_DROP);
	assert_int_equal(hook[VERIFY_INGRESS_BACK].max[VERIFY_PUSHES], 0);
	f = verify_at(PACKET_FLAG_EGRESS, code, COUNT(code));
	assert_false(f.result.hook[VERIFY_INGRESS].runs);
	assert_false(f.result.hook[VERIFY_EGRESS_BACK].runs);
	assert_int_equal(f.result.max_accesses, 0);
}

/* What is wrong at one hook only is told with the hook. */
static void
an_error_tells_at_which_hook_it_is(void **state)
{
	const uint16_t code[] = {INSN(ENV_R, 0, ISA_ENV_BACK), INSN(BZ, 0, 1),
		INSN(MOV_RT, 1, 0)};
	struct findings f = verify_at(PACKET_FLAG_INGRESS | PACKET_FLAG_BACK,
		code, COUNT(code));

	(void)state;
	expect_one(f, DIAG_VERIFY_UNMAPPED, 2);
	assert_non_null(strstr(f.text[0], "(on the way back)"));
	expect_none(verify_at(PACKET_FLAG_INGRESS, code, COUNT(code)));
}

/* A packet on its way back has no rights: what is sure not to be is known. */
static void
rights_are_known_on_the_way_back(void **state)
{
	const uint16_t code[] = {INSN(INSERT, 0, 0), INSN(BNZ, 0, 1),
		INSN(FORWARD), INSN(MOV_RT, 1, 0), 0xffff};
	const uint32_t words[] = {0x40000000, 1};
	struct object object;

	(void)state;
	program_make(&object, code, COUNT(code), words, COUNT(words));
	object.header.flags = PACKET_FLAG_INGRESS | PACKET_FLAG_BACK |
		PACKET_FLAG_RETURNED;
	program_header_changed(&object);
	expect_none(verify(&object, NULL));
	object.header.flags = PACKET_FLAG_INGRESS;
	program_header_changed(&object);
	expect_one(verify(&object, NULL), DIAG_VERIFY_ILLEGAL, 4);
}

static void
each_store_access_replaces_what_was_mapped(void **state)
{
	const uint16_t code[] = {INSN(INSERT, 0, 0), INSN(BZ, 0, 4),
		INSN(LOOKUP, 1, 2), INSN(BZ, 0, 2), INSN(MOV_RT, 2, 0),
		INSN(DROP), INSN(FORWARD)};
	const uint16_t invited[] = {INSN(INSERT, 0, 0), INSN(BZ, 0, 2),
		INSN(INVITE, 1, 2), INSN(MOV_RT, 2, 0)};
	struct findings f;

	(void)state;
	f = verify_words_of(code, COUNT(code));
	expect_one(f, DIAG_VERIFY_UNMAPPED, 4);
	assert_string_equal(f.text[0], "t0 is used with nothing mapped: "
		"the lookup at instruction 2 may give 0");
	f = verify_words_of(invited, COUNT(invited));
	expect_one(f, DIAG_VERIFY_UNMAPPED, 3);
	assert_string_equal(f.text[0], "t0 is used with nothing mapped: "
		"the invite at instruction 2 leaves nothing mapped");
}

/* A value at the edge of what is known is not ruled out. */
static void
each_side_that_a_branch_can_take_is_followed(void **state)
{
	const int relations[] = {ISA_BEQ, ISA_BNE, ISA_BLTU, ISA_BGEU};

	(void)state;
	for (unsigned i = 0; i < COUNT(relations) * 4 * 4; i++) {
		enum isa_op op = relations[i / 16];
		int a = (int)(i / 4 % 4), b = (int)(i % 4);
		bool taken = op == ISA_BEQ ? a == b : op == ISA_BNE ? a != b :
			op == ISA_BLTU ? a < b : a >= b;
		/* Both are anything; then one side; then they are a and b. */
		const uint16_t code[] = {INSN(ENV_R, 0, ISA_ENV_TTL),
			INSN(ENV_R, 1, ISA_ENV_HOPS), insn(op, 0, 1, 1),
			taken ? INSN(FORWARD) : INSN(JMP, 1),
			taken ? INSN(ADDI, 0, 0) : INSN(FORWARD),
			INSN(LDI, 2, a), INSN(BNE, 0, 2, 3), INSN(LDI, 2, b),
			INSN(BNE, 1, 2, 1), INSN(MOV_RT, 3, 0)};
		struct findings f = verify_words_of(code, COUNT(code));

		assert_int_equal(f.count, 1);
		assert_int_equal(f.id[0], DIAG_VERIFY_UNMAPPED);
	}
	/* The result may be 1 where it is not 2, and 2 where it is not 1. */
	for (int n = 1; n <= 2; n++)
		expect_one(VERIFY(INSN(INSERT, 0, 0), INSN(LDI, 1, n),
			INSN(BNE, 0, 1, 2), INSN(INVITE, 2, 0),
			INSN(MOV_RT, 3, 0)), DIAG_VERIFY_UNMAPPED, 4);
}

static void
a_register_equals_itself(void **state)
{
	(void)state;
	expect_none(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM), INSN(BEQ, 1, 1, 1),
		INSN(MOV_RT, 0, 0), INSN(FORWARD)));
	expect_none(VERIFY(INSN(ENV_R, 1, ISA_ENV_RANDOM), INSN(BLTU, 1, 1, 1),
		INSN(FORWARD), INSN(MOV_RT, 0, 0)));
}

/*
 * What is said, and what is not.
 */

static void
errors_come_in_the_order_of_the_program(void **state)
{
	struct findings f = VERIFY(INSN(MOV_RT, 0, 0), INSN(LD_R, 1, 9), 0xffff,
		INSN(LD_R, 1, 10), INSN(REROUTE, 0, 0), INSN(JMP, 127));
	static const enum diag_id ids[] = {DIAG_VERIFY_UNMAPPED,
		DIAG_VERIFY_SCRATCHPAD, DIAG_VERIFY_ILLEGAL,
		DIAG_VERIFY_SCRATCHPAD, DIAG_VERIFY_KEYSPACE,
		DIAG_VERIFY_JUMP};

	(void)state;
	assert_int_equal(f.count, COUNT(ids));
	for (unsigned i = 0; i < COUNT(ids); i++) {
		assert_int_equal(f.id[i], ids[i]);
		assert_int_equal(f.pc[i], i);
	}
}

static void
what_only_follows_from_another_error_is_not_said(void **state)
{
	(void)state;
	/* An entry is used again, */
	expect_one(VERIFY(INSN(MOV_RT, 0, 0), INSN(MOV_RT, 1, 1),
		INSN(MOV_TR, 1, 0)), DIAG_VERIFY_UNMAPPED, 0);
	/* the illegal word may have been an insert, or have set r3, */
	expect_one(VERIFY(0xffff, INSN(MOV_RT, 0, 0), INSN(PUSH_R, 3)),
		DIAG_VERIFY_ILLEGAL, 0);
	/* and the key that is not there has no space. */
	expect_one(VERIFY(INSN(REROUTE, 0, 62)), DIAG_VERIFY_SCRATCHPAD, 0);
	expect_one(VERIFY(INSN(LOOKUP, 0, 62), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 0)), DIAG_VERIFY_SCRATCHPAD, 0);
}

static void
paths_that_differ_have_an_error_each(void **state)
{
	struct findings f = VERIFY(INSN(ENV_R, 0, ISA_ENV_ROLE), INSN(BZ, 0, 2),
		INSN(MOV_RT, 0, 0), INSN(DROP), INSN(MOV_RT, 1, 1));

	(void)state;
	assert_int_equal(f.count, 2);
	assert_int_equal(f.pc[0], 2);
	assert_int_equal(f.pc[1], 4);
	assert_int_equal(f.path_count[1], 3);
	assert_memory_equal(f.path[1], "\0\1\4", 3);
}

struct place {
	char file[32], quote[32];
	unsigned line;
	long offset;
	int pc;
};

static void
keep_place(void *arg, const struct diag *diag)
{
	struct place *place = arg;

	if (diag->severity == DIAG_NOTE)
		return;
	*place = (struct place){.line = diag->line, .offset = diag->offset,
		.pc = diag->pc};
	snprintf(place->file, sizeof(place->file), "%s", diag->file);
	snprintf(place->quote, sizeof(place->quote), "%s", diag->quote);
}

static void
places_are_source_lines_where_the_notes_have_them(void **state)
{
	const uint16_t code[] = {INSN(LDI, 0, 1), INSN(MOV_RT, 1, 0)};
	struct verify_result result;
	struct object object;
	struct place place;

	(void)state;
	program_make(&object, code, 2, NULL, 0);
	verify_object(&object, "a.obj", NULL, &result, keep_place, &place);
	assert_string_equal(place.file, "a.obj");
	assert_string_equal(place.quote, "mov r1, t0");
	assert_int_equal(place.line, 0);
	assert_int_equal(place.offset, 18);

	notes_set_file(&object.notes, "a.wasp");
	notes_add_line(&object.notes, 1, 9, "mov r1, t0 ; get");
	verify_object(&object, "a.obj", NULL, &result, keep_place, &place);
	assert_string_equal(place.file, "a.wasp");
	assert_string_equal(place.quote, "mov r1, t0 ; get");
	assert_int_equal(place.line, 9);
	assert_int_equal(place.offset, 18);
	assert_int_equal(place.pc, 1);
	object_done(&object);
}

static void
key_spaces_are_those_of_the_keys_that_are_used(void **state)
{
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(LOOKUP, 0, 2),
		INSN(INVITE, 0, 4)};
	const uint32_t words[] = {0x40000000, 0, 0x80000000, 0, 0x80000000, 0};
	struct object object;
	struct findings f;

	(void)state;
	program_make(&object, code, COUNT(code), words, COUNT(words));
	f = verify(&object, NULL);
	assert_int_equal(f.result.key_spaces, 1 << KEY_PROTECTED |
		1 << KEY_PRIVATE | 1 << KEY_INVITATION);
	assert_false(f.result.keys_unknown);
	f = VERIFY(INSN(PUSH_F, 0), INSN(LOOKUP, 0, 0));
	assert_int_equal(f.result.key_spaces, 0);
	assert_true(f.result.keys_unknown);
}

/*
 * Bounds.
 */

/* A legal word, one in three a branch of a few instructions. */
static uint16_t
random_insn(uint64_t *seed)
{
	int rd = (int)(random_next(seed) % 8), d = (int)(random_next(seed) % 5);
	uint16_t word;

	do
		word = (uint16_t)random_next(seed);
	while (isa_decode(word) == ISA_ILLEGAL);
	if (random_next(seed) % 3 == 0)
		word = INSN(BZ, rd, d);
	else if (random_next(seed) % 4 == 0)
		word = INSN(LOOKUP, 0, 0);
	return word;
}

/* 2^31 paths, each with an insert that is tested and used. */
static void
diamonds_in_a_row_are_no_more_work_than_a_line(void **state)
{
	uint16_t code[PACKET_CODE_MAX];
	struct findings f;
	unsigned n = 0;

	(void)state;
	code[n++] = INSN(INSERT, 0, 0);
	code[n++] = INSN(ENV_R, 2, ISA_ENV_RANDOM);
	for (unsigned i = 0; i < 31; i++) {
		code[n++] = INSN(BZ, i % 2 ? 0 : 2, 2);
		code[n++] = i % 2 ? INSN(MOV_TR, i % 8, 2) : INSN(LDI, 2, 5);
		code[n++] = INSN(JMP, 1);
		code[n++] = INSN(LDI, 3, (int)i);
	}
	f = verify_words_of(code, n);
	expect_none(f);
	assert_int_equal(f.result.max_steps, 2 + 31 * 3);
	assert_true(f.result.states <= 3 * n);
}

static void
the_longest_program_is_measured(void **state)
{
	uint16_t code[PACKET_CODE_MAX];
	struct verify_limits limits = {.max_steps = 127, .max_accesses = 200};
	struct object object;
	struct findings f;

	(void)state;
	for (unsigned i = 0; i < PACKET_CODE_MAX; i++)
		code[i] = INSN(INSERT, 0, 0);
	program_make(&object, code, PACKET_CODE_MAX, public_key, 2);
	f = verify(&object, &limits);
	expect_one(f, DIAG_VERIFY_STEPS, 127);
	assert_int_equal(f.result.max_accesses, PACKET_CODE_MAX);
	assert_int_equal(f.result.max_cost,
		PACKET_CODE_MAX * isa_insns[ISA_INSERT].cost);
	assert_true(f.result.states <= 3 * PACKET_CODE_MAX);
	limits.max_accesses = 127;
	assert_int_equal(verify(&object, &limits).count, 2);
}

/* Any code, scratchpad and header: an answer, and no harm. */
static void
random_programs_are_judged(void **state)
{
	uint64_t seed = 3;

	(void)state;
	for (unsigned i = 0; i < 20000; i++) {
		unsigned count = 1 + random_next(&seed) % PACKET_CODE_MAX;
		unsigned pad_count = random_next(&seed) % (PACKET_PAD_MAX + 1);
		struct verify_result result;
		struct object object;
		uint16_t code[PACKET_CODE_MAX];

		for (unsigned pc = 0; pc < count; pc++)
			code[pc] = i % 4 ? random_insn(&seed) :
				(uint16_t)random_next(&seed);
		program_make(&object, code, count, NULL, pad_count);
		object.header.cursor = (uint8_t)random_next(&seed);
		object.header.status = (uint8_t)random_next(&seed);
		program_header_changed(&object);
		verify_object(&object, "x", NULL, &result, NULL, NULL);
		assert_true(result.states <= 8 * count);
		assert_true(result.max_steps <= count);
	}
}

/*
 * What is accepted does not fault in the machine, whatever the node answers.
 */

enum { GUESS_MAX = 14 };

/* A program that could be somebody's: results tested, entries used. */
static uint16_t
likely_insn(uint64_t *seed)
{
	int r = (int)(random_next(seed) % 3), s = (int)(random_next(seed) % 4);
	int d = (int)(random_next(seed) % 4), t = (int)(random_next(seed) % 8);
	int key = 2 * (int)(random_next(seed) % 4);

	switch (random_next(seed) % 16) {
	case 0:
	case 1:
		return INSN(INSERT, r, key);
	case 2:
		return INSN(LOOKUP, r, key);
	case 3:
		return random_next(seed) % 2 ? INSN(INVITE, r, key) :
			INSN(REROUTE, r, 6);
	case 4:
	case 5:
		return INSN(BZ, r, d);
	case 6:
		return INSN(BNZ, r, d);
	case 7:
		return insn(ISA_BEQ + random_next(seed) % 4, r, s, d);
	case 8:
		return INSN(MOV_TR, t, s);
	case 9:
		return INSN(MOV_RT, r, t);
	case 10:
		return INSN(ST_T, t, 8);
	case 11:
		return INSN(LD_T, t, 9);
	case 12:
		return INSN(MOV, r, s);
	case 13:
		return INSN(LDI, s, d);
	case 14:
		return random_next(seed) % 2 ? INSN(ADDI, r, d - 2) :
			INSN(JMP, d);
	default:
		return random_insn(seed);
	}
}

static void
likely_program(struct object *object, uint64_t *seed)
{
	static const uint32_t words[] = {0x00000001, 1, 0x40000001, 1,
		0x80000001, 1, 0xc0000001, 1, 5, 6, 7, 8};
	unsigned count = 2 + random_next(seed) % (GUESS_MAX - 1);
	uint16_t code[GUESS_MAX];

	for (unsigned pc = 0; pc < count; pc++)
		code[pc] = likely_insn(seed);
	program_make(object, code, count, words, COUNT(words));
	object->header.cursor = 10;
	program_header_changed(object);
}

/* Faults that the warnings announce, and the program's own. */
static uint64_t
faults_allowed(const struct findings *f)
{
	uint64_t faults = ~UINT64_C(0) << ISA_FAULT_PROGRAM |
		UINT64_C(1) << ISA_FAULT_NONE;

	for (unsigned i = 0; i < f->count; i++) {
		if (f->id[i] == DIAG_VERIFY_READONLY)
			faults |= UINT64_C(1) << ISA_FAULT_READONLY;
		if (f->id[i] == DIAG_VERIFY_COMPUTED_NAME)
			faults |= UINT64_C(1) << ISA_FAULT_KEYSPACE;
	}
	return faults;
}

/* True: entries were used. */
static bool
run_accepted(const struct object *object, const struct findings *f,
	struct mood *mood)
{
	uint64_t allowed = faults_allowed(f);
	struct journey j;
	bool used = false;

	journey_start(&j, object, mood, 1, 0);
	for (unsigned hop = 0; hop < HOP_COUNT && !j.vm.fault; hop++) {
		journey_run(&j, mood);
		if (!(allowed >> j.vm.fault & 1))
			fail_msg("accepted, but fault %d at %u", j.vm.fault,
				j.vm.pc);
		assert_true(j.vm.steps <= f->result.max_steps);
		assert_true(j.vm.cost <= f->result.max_cost);
		assert_true(j.vm.accesses <= f->result.max_accesses);
		used |= j.vm.accesses > 0;
	}
	ess_free(j.store);
	return used;
}

static void
accepted_programs_fault_only_as_the_warnings_say(void **state)
{
	struct mood mood = {.seed = 5};
	unsigned accepted = 0, used = 0;
	uint64_t seed = 4;

	(void)state;
	for (unsigned i = 0; i < 100000; i++) {
		struct object object;
		struct findings f;

		likely_program(&object, &seed);
		f = verify(&object, NULL);
		if (!f.result.accepted)
			continue;
		accepted++;
		used += run_accepted(&object, &f, &mood);
	}
	/* Else this test says nothing. */
	assert_in_range(accepted, 5000, 100000);
	assert_in_range(used, 2500, 100000);
}

static bool
only_unmapped(const struct findings *f)
{
	for (unsigned i = 0; i < f->count; i++)
		if (diag_infos[f->id[i]].severity == DIAG_ERROR &&
		    f->id[i] != DIAG_VERIFY_UNMAPPED)
			return false;
	return !f->result.accepted;
}

static bool
is_seen_unmapped(const struct object *object, struct mood *mood)
{
	bool seen = false;

	for (unsigned i = 0; i < 1000 && !seen; i++) {
		struct journey j;

		journey_start(&j, object, mood, 1, 0);
		for (unsigned hop = 0; hop < HOP_COUNT && !j.vm.fault; hop++)
			journey_run(&j, mood);
		seen = j.vm.fault == ISA_FAULT_UNMAPPED;
		ess_free(j.store);
	}
	return seen;
}

/*
 * The rules are no stricter than they must be: a node can be found for all but
 * a few, whose registers have more to do with each other than ranges can say.
 */
static void
programs_rejected_for_their_entries_do_fault_at_some_node(void **state)
{
	struct mood mood = {.seed = 7};
	unsigned rejected = 0, missed = 0;
	uint64_t seed = 6;

	(void)state;
	for (unsigned i = 0; i < 10000; i++) {
		struct object object;
		struct findings f;

		likely_program(&object, &seed);
		f = verify(&object, NULL);
		if (!only_unmapped(&f))
			continue;
		rejected++;
		missed += !is_seen_unmapped(&object, &mood);
	}
	assert_in_range(rejected, 1000, 10000);
	assert_in_range(missed, 0, rejected / 200);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(rejects_illegal_instruction),
	cmocka_unit_test(rejects_jump_past_the_end),
	cmocka_unit_test(rejects_scratchpad_word_out_of_range),
	cmocka_unit_test(rejects_entry_used_with_nothing_mapped),
	cmocka_unit_test(rejects_too_many_store_accesses),
	cmocka_unit_test(tells_the_way_by_the_lines_of_each_file),
	cmocka_unit_test(rejects_too_many_steps),
	cmocka_unit_test(rejects_too_much_cost),
	cmocka_unit_test(rejects_reroute_by_a_key_that_names_no_invitation),
	cmocka_unit_test(warns_of_unreachable_code),
	cmocka_unit_test(warns_of_register_read_before_it_is_set),
	cmocka_unit_test(warns_of_entry_written_after_lookup),
	cmocka_unit_test(warns_of_program_that_no_node_runs),
	cmocka_unit_test(warns_of_invitation_looked_up),
	cmocka_unit_test(warns_of_push_without_room),
	cmocka_unit_test(warns_of_reroute_by_a_computed_name),
	cmocka_unit_test(a_tested_result_may_be_a_copy),
	cmocka_unit_test(a_result_may_be_compared_with_a_number),
	cmocka_unit_test(a_result_may_be_tested_again_after_paths_have_joined),
	cmocka_unit_test(correlated_branches_raise_no_alarm),
	cmocka_unit_test(more_flags_than_states_miss_nothing),
	cmocka_unit_test(spaces_of_keys_that_are_made_are_known),
	cmocka_unit_test(each_hook_has_figures_of_its_own),
	cmocka_unit_test(an_error_tells_at_which_hook_it_is),
	cmocka_unit_test(rights_are_known_on_the_way_back),
	cmocka_unit_test(each_store_access_replaces_what_was_mapped),
	cmocka_unit_test(each_side_that_a_branch_can_take_is_followed),
	cmocka_unit_test(a_register_equals_itself),
	cmocka_unit_test(errors_come_in_the_order_of_the_program),
	cmocka_unit_test(what_only_follows_from_another_error_is_not_said),
	cmocka_unit_test(paths_that_differ_have_an_error_each),
	cmocka_unit_test(places_are_source_lines_where_the_notes_have_them),
	cmocka_unit_test(key_spaces_are_those_of_the_keys_that_are_used),
	cmocka_unit_test(diamonds_in_a_row_are_no_more_work_than_a_line),
	cmocka_unit_test(the_longest_program_is_measured),
	cmocka_unit_test(random_programs_are_judged),
	cmocka_unit_test(accepted_programs_fault_only_as_the_warnings_say),
	cmocka_unit_test(programs_rejected_for_their_entries_do_fault_at_some_node),
};
RUN_TESTS(tests)
