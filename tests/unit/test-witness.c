/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Witnesses: what is found does what was asked, in the node of wasp-run, and
 * could be; the verifier's errors are real, and its bounds are reached.
 */
#include "tests/unit/test.h"

#include "tests/unit/program.h"
#include "verify/verify.h"
#include "witness/witness.h"

enum { SEARCH = 100000 };

static const uint32_t words[] = {0x11223344, 0x55667788, 7, 0, 0, 0};

static struct object
object_of(const uint16_t *code, unsigned count)
{
	struct object object;

	program_make(&object, code, count, words, COUNT(words));
	return object;
}
#define OBJECT(...) \
	object_of((const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))

static struct witness
find(const struct object *object, struct witness_goal goal)
{
	struct witness witness;

	assert_true(witness_find(object, &goal, SEARCH, 1, &witness));
	return witness;
}

/* What is found is run once more, by the door that wasp-run has. */
static struct witness
expect_fault(const struct object *object, enum isa_fault fault, unsigned pc)
{
	struct witness w = find(object, (struct witness_goal){
		.kind = WITNESS_FAULT, .fault = fault, .pc = pc});
	struct node_outcome outcome;

	assert_true(w.found);
	assert_true(witness_run(&w.input, NULL, NULL, &outcome));
	assert_int_equal(outcome.fault, fault);
	assert_int_equal(outcome.fault_pc, pc);
	return w;
}

static void
finds_that_a_lookup_found_nothing(void **state)
{
	struct object object = OBJECT(INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_UNMAPPED, 1);

	(void)state;
	assert_int_equal(w.input.entry_count, 0);
}

static void
finds_that_a_store_is_full(void **state)
{
	struct object object = OBJECT(INSN(INSERT, 0, 0), INSN(MOV_RT, 1, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_UNMAPPED, 1);

	(void)state;
	assert_int_equal(w.input.sim.capacity, 1);
	assert_int_equal(w.input.entry_count, 1);
}

/* The first entry takes the only place. */
static void
finds_that_a_store_becomes_full(void **state)
{
	struct object object = OBJECT(INSN(INSERT, 0, 0), INSN(BZ, 0, 2),
		INSN(INSERT, 1, 4), INSN(MOV_RT, 1, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_UNMAPPED, 3);

	(void)state;
	assert_int_equal(w.input.sim.capacity, 1);
	assert_int_equal(w.input.entry_count, 0);
}

/* An entry of the operator's, and a packet that is not. */
static void
finds_a_protected_entry(void **state)
{
	static const uint32_t key[] = {0x40000000, 1};
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 0)};
	struct object object;
	struct witness w;

	(void)state;
	program_make(&object, code, COUNT(code), key, COUNT(key));
	w = expect_fault(&object, ISA_FAULT_READONLY, 2);
	assert_false(w.input.sim.is_operator);
	assert_int_equal(w.input.entry_count, 1);
	assert_int_equal(w.input.entries[0].name, UINT64_C(1) << 62 | 1);
}

static void
finds_a_fifth_access(void **state)
{
	struct object object = OBJECT(INSN(LOOKUP, 0, 0), INSN(LOOKUP, 1, 2),
		INSN(LOOKUP, 2, 4), INSN(LOOKUP, 3, 0), INSN(BZ, 2, 1),
		INSN(LOOKUP, 4, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_ACCESSES, 5);

	(void)state;
	assert_int_equal(w.outcome.accesses, 5);
}

static void
finds_a_name_that_is_none(void **state)
{
	static const uint32_t name[] = {0xc0000000, 1, 0xc0000000, 2};
	const uint16_t code[] = {INSN(REROUTE, 0, 0), INSN(ENV_R, 1,
		ISA_ENV_SRC3), INSN(ST_R, 1, 0), INSN(REROUTE, 0, 0)};
	struct object object;

	(void)state;
	program_make(&object, code, COUNT(code), name, COUNT(name));
	expect_fault(&object, ISA_FAULT_KEYSPACE, 3);
}

/* Only where an invitation is there, under the node's own name of it. */
static void
finds_an_invitation(void **state)
{
	static const uint32_t name[] = {0xc0000000, 1};
	const uint16_t code[] = {INSN(REROUTE, 0, 0), INSN(BZ, 0, 1),
		INSN(FAULT, 3)};
	struct object object;
	struct witness w;

	(void)state;
	program_make(&object, code, COUNT(code), name, COUNT(name));
	w = expect_fault(&object, (enum isa_fault)(ISA_FAULT_PROGRAM + 3), 2);
	assert_int_equal(w.input.entry_count, 1);
}

static void
finds_a_word_of_an_entry(void **state)
{
	struct object object = OBJECT(INSN(LOOKUP, 0, 0), INSN(BZ, 0, 8),
		INSN(MOV_RT, 1, 5), INSN(SHRI, 1, 7), INSN(ADDI, 1, -9),
		INSN(LDI, 2, 511), INSN(BNE, 1, 2, 3), INSN(MOV_RT, 3, 2),
		INSN(BNE, 3, 1, 1), INSN(FAULT, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_PROGRAM, 9);

	(void)state;
	assert_int_equal(w.input.entry_count, 1);
	assert_int_equal(w.input.entries[0].words[5] >> 7, 520);
	assert_int_equal(w.input.entries[0].words[2], 511);
}

/* Each operation, undone. */
static void
turns_branches_behind_each_operation(void **state)
{
	static const struct {
		enum isa_op op;
		uint32_t want;
	} cases[] = {
		{ISA_ADD, 7}, {ISA_SUB, 7}, {ISA_XOR, 7}, {ISA_AND, 7},
		{ISA_OR, 0x7f0}, {ISA_MIN, 7}, {ISA_MAX, 70000},
		{ISA_BSET, 0x107}, {ISA_SHL, 0x80000}, {ISA_SHR, 9},
		{ISA_SAR, 0xfffffff0}
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		const uint32_t pad[] = {0, 0, cases[i].want};
		const uint16_t code[] = {INSN(LD_R, 0, 0), INSN(LD_R, 1, 1),
			insn(cases[i].op, 0, 1, 0), INSN(ENV_R, 2,
			ISA_ENV_RANDOM), INSN(BNE, 0, 2, 1), INSN(FAULT, 1)};
		struct object object;

		program_make(&object, code, COUNT(code), pad, COUNT(pad));
		expect_fault(&object, (enum isa_fault)(ISA_FAULT_PROGRAM + 1),
			5);
	}
}

/* Two branches on one number, and two numbers that must be equal. */
static void
keeps_earlier_branches(void **state)
{
	struct object object = OBJECT(INSN(LD_R, 0, 2), INSN(LD_R, 1, 3),
		INSN(BNE, 0, 1, 7), INSN(LDI, 2, 300), INSN(BLTU, 0, 2, 5),
		INSN(ADDI, 2, 3), INSN(BGEU, 1, 2, 3), INSN(ENV_R, 3,
		ISA_ENV_QUEUE), INSN(BNE, 3, 1, 1), INSN(FAULT, 2));
	struct witness w = expect_fault(&object,
		(enum isa_fault)(ISA_FAULT_PROGRAM + 2), 9);
	uint32_t word = packet_word(w.input.wasp, &w.input.header, 2);

	(void)state;
	assert_in_range(word, 300, 302);
	assert_int_equal(packet_word(w.input.wasp, &w.input.header, 3), word);
	assert_int_equal(w.input.sim.env[ISA_ENV_QUEUE], word);
}

/* What an earlier node leaves, before what a sender would have to write. */
static void
tries_what_an_earlier_hop_leaves(void **state)
{
	struct object object = OBJECT(INSN(LD_R, 0, 5), INSN(ADDI, 0, 1),
		INSN(ST_R, 0, 5), INSN(LDI, 1, 4), INSN(BNE, 0, 1, 1),
		INSN(FAULT, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_PROGRAM, 5);

	(void)state;
	assert_int_equal(packet_word(w.input.wasp, &w.input.header, 5), 3);
	assert_int_equal(w.input.header.hops, 3);
}

/* No hook that the packet does not name, no way back without B, one clock. */
static void
tries_only_what_can_be(void **state)
{
	static const struct {
		enum isa_env field;
		uint32_t value;
		bool can;
	} cases[] = {
		{ISA_ENV_HOOK, 1, true}, {ISA_ENV_HOOK, 2, false},
		{ISA_ENV_BACK, 1, false}, {ISA_ENV_LOCAL, 1, true},
		{ISA_ENV_LOCAL, 2, false}, {ISA_ENV_TTL, 0, false},
		{ISA_ENV_TTL, 255, true}, {ISA_ENV_SRC0, 0xff020000, false},
		{ISA_ENV_SRC0, 0x20010db9, true}, {ISA_ENV_SRC3, 1, false},
		{ISA_ENV_DST3, 0x0a000001, true}, {ISA_ENV_HOPS, 0, false},
		{ISA_ENV_HOPS, 9, true}, {ISA_ENV_OUT_IF, 3, false},
		{ISA_ENV_ROLE, 2, true}, {ISA_ENV_ROLE, 4, false},
		{ISA_ENV_SEQ, 65536, false}, {ISA_ENV_SEQ, 65535, true},
		{ISA_ENV_QUEUE, ISA_ENV_UNKNOWN, true},
		{ISA_ENV_TIME_S, 5, true}, {ISA_ENV_TIME_US, 5, true},
		{ISA_ENV_LENGTH, 20, false}, {ISA_ENV_MTU, 0, false}
	};

	(void)state;
	for (unsigned i = 0; i < COUNT(cases); i++) {
		const uint32_t pad[] = {cases[i].value};
		const uint16_t code[] = {INSN(ENV_R, 0, (int)cases[i].field),
			INSN(LD_R, 1, 0), INSN(ST_R, 2, 0), INSN(BNE, 0, 1, 1),
			INSN(FAULT, 0)};
		struct object object;
		struct witness w;

		program_make(&object, code, COUNT(code), pad, COUNT(pad));
		w = find(&object, (struct witness_goal){.kind = WITNESS_FAULT,
			.fault = ISA_FAULT_PROGRAM, .pc = 4});
		if (w.found != cases[i].can && cases[i].can)
			fail_msg("%s %u", isa_envs[cases[i].field].name,
				cases[i].value);
		if (!cases[i].can && w.found)
			assert_int_not_equal(packet_word(w.input.wasp,
				&w.input.header, 0), cases[i].value);
	}
}

static void
says_when_nothing_is_found(void **state)
{
	struct object object = OBJECT(INSN(MOV_RT, 0, 0), INSN(ST_T, 0, 200));
	struct witness w = find(&object, (struct witness_goal){
		.kind = WITNESS_FAULT, .fault = ISA_FAULT_SCRATCHPAD,
		.pc = 1});

	(void)state;
	assert_false(w.found);
	assert_true(w.runs > 0);
	assert_int_equal(w.stopped_by, ISA_FAULT_UNMAPPED);
	assert_int_equal(w.stopped_pc, 0);
}

static void
gives_the_same_for_the_same_seed(void **state)
{
	struct object object = OBJECT(INSN(ENV_R, 0, ISA_ENV_RANDOM),
		INSN(ENV_R, 1, ISA_ENV_QUEUE), INSN(BLTU, 0, 1, 1),
		INSN(MOV_RT, 0, 0));
	struct witness_goal goal = {.kind = WITNESS_FAULT,
		.fault = ISA_FAULT_UNMAPPED, .pc = 3};
	struct witness a = find(&object, goal), b = find(&object, goal);

	(void)state;
	assert_memory_equal(&a, &b, sizeof(a));
}

/* What the options say is all that differs from wasp-run's own node. */
static void
tells_the_options_that_matter(void **state)
{
	struct object object = OBJECT(INSN(ENV_R, 0, ISA_ENV_QUEUE),
		INSN(LDI, 1, 7), INSN(BNE, 0, 1, 1), INSN(MOV_RT, 0, 0));
	struct witness w = expect_fault(&object, ISA_FAULT_UNMAPPED, 3);
	json_t *options = witness_options(&w.input);
	json_t *store = witness_store(&w.input);
	char text[WITNESS_TEXT_SIZE];

	(void)state;
	assert_int_equal(json_array_size(options), 2);
	assert_string_equal(json_string_value(json_array_get(options, 0)),
		"-e");
	assert_string_equal(json_string_value(json_array_get(options, 1)),
		"queue=7");
	assert_int_equal(json_array_size(store), 0);
	assert_string_equal(witness_text(&w, text),
		"ends with nothing-mapped at instruction 3");
	json_decref(options);
	json_decref(store);
}

/* Of the rejected random programs, how many errors are shown to be real. */

/* One that does not stop the program for what it is. */
static uint16_t
random_insn(uint64_t *rng, unsigned left)
{
	for (;;) {
		uint16_t word = (uint16_t)random_next(rng);
		enum isa_op op = isa_decode(word);

		if (op == ISA_ILLEGAL || (isa_insns[op].effects & ISA_END &&
		    random_next(rng) % 8))
			continue;
		for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
			struct isa_operand o = isa_insns[op].operand[i];
			int32_t n = (int32_t)random_next(rng);

			if (o.kind == ISA_KIND_WORD)
				isa_operand_put(&word, o, n & 7);
			else if (o.kind == ISA_KIND_KEY)
				isa_operand_put(&word, o, n & 6);
			else if (o.kind == ISA_KIND_DISP)
				isa_operand_put(&word, o, (int32_t)(
					random_next(rng) % (left < 20 ? left :
					20)));
			else if (o.kind == ISA_KIND_REG)
				isa_operand_put(&word, o, n & 3);
		}
		return word;
	}
}

/* Some words are wrong all the same. */
static void
random_program(uint64_t *rng, struct object *object)
{
	uint16_t code[60];
	uint32_t pad[8];
	unsigned count = 10 + random_next(rng) % (COUNT(code) - 10);

	for (unsigned pc = 0; pc < count; pc++)
		code[pc] = random_insn(rng, count - pc);
	for (int r = 0; r < 4; r++)
		code[r] = random_next(rng) % 2 ? INSN(LD_R, r, r + 4) :
			INSN(ENV_R, r, (int)(random_next(rng) % ISA_ENV_COUNT));
	code[4 + random_next(rng) % (count - 4)] = (uint16_t)random_next(rng);
	for (unsigned i = 0; i < COUNT(pad); i++)
		pad[i] = random_next_sized(rng) ^
			random_next(rng) % 4 << 30;
	program_make(object, code, count, pad, COUNT(pad));
	object->header.flags = (uint8_t)(4 + random_next(rng) % 3 * 4) &
		PACKET_FLAGS;
	program_header_changed(object);
}

struct tally {
	const struct object *object;
	bool done;			/* with the first error of a program,
					   which no other hides */
	unsigned asked[DIAG_COUNT], found[DIAG_COUNT];
};

/* What the machine does where the verifier says this; false: nothing. */
static bool
goal_of(const struct diag *diag, struct witness_goal *goal)
{
	static const enum isa_fault faults[DIAG_COUNT] = {
		[DIAG_VERIFY_ILLEGAL] = ISA_FAULT_ILLEGAL,
		[DIAG_VERIFY_SCRATCHPAD] = ISA_FAULT_SCRATCHPAD,
		[DIAG_VERIFY_UNMAPPED] = ISA_FAULT_UNMAPPED,
		[DIAG_VERIFY_ACCESSES] = ISA_FAULT_ACCESSES,
		[DIAG_VERIFY_KEYSPACE] = ISA_FAULT_KEYSPACE,
	};

	*goal = (struct witness_goal){.kind = WITNESS_FAULT,
		.fault = faults[diag->id], .pc = (unsigned)diag->pc};
	if (diag->id == DIAG_VERIFY_JUMP)
		goal->kind = WITNESS_BEYOND;
	return goal->fault || goal->kind == WITNESS_BEYOND;
}

static void
tally(void *arg, const struct diag *diag)
{
	struct tally *t = arg;
	struct witness_goal goal;
	struct node_outcome outcome;
	struct witness w;

	if (t->done || !goal_of(diag, &goal))
		return;
	t->done = true;
	t->asked[diag->id]++;
	w = find(t->object, goal);
	if (!w.found)
		return;
	t->found[diag->id]++;
	assert_true(witness_run(&w.input, NULL, NULL, &outcome));
	assert_int_equal(outcome.fault, goal.fault);
	if (goal.fault)
		assert_int_equal(outcome.fault_pc, goal.pc);
}

/* The rest are ways that no input leads. */
static void
finds_most_errors_of_random_programs(void **state)
{
	uint64_t rng = 5;
	struct object object;
	struct tally t = {.object = &object};
	unsigned asked = 0, found = 0;

	(void)state;
	for (unsigned i = 0; i < 400; i++) {
		struct verify_result result;

		random_program(&rng, &object);
		t.done = false;
		verify_object(&object, "x", NULL, &result, tally, &t);
	}
	for (unsigned i = 0; i < DIAG_COUNT; i++) {
		if (t.asked[i])
			print_message("# %s: %u of %u\n", diag_infos[i].code,
				t.found[i], t.asked[i]);
		asked += t.asked[i];
		found += t.found[i];
	}
	assert_true(found * 100 >= asked * 80);
	assert_true(t.found[DIAG_VERIFY_UNMAPPED] * 100 >=
		t.asked[DIAG_VERIFY_UNMAPPED] * 95);
}

/* Arithmetic and branches on two small words. */
static void
small_program(uint64_t *rng, struct object *object)
{
	static const enum isa_op ops[] = {ISA_ADD, ISA_SUB, ISA_AND, ISA_OR,
		ISA_XOR, ISA_MIN, ISA_MAX, ISA_SHL, ISA_SHR, ISA_BSET, ISA_MOV};
	uint16_t code[24];

	for (unsigned pc = 0; pc < COUNT(code); pc++) {
		int a = (int)(random_next(rng) % 4);
		int b = (int)(random_next(rng) % 4);
		unsigned d = random_next(rng) % 4, kind = random_next(rng) % 6;

		if (pc < 2 || kind == 0)
			code[pc] = INSN(LD_R, a, b & 1);
		else if (kind == 1)
			code[pc] = INSN(LDI, a, (int)d);
		else if (kind == 2)
			code[pc] = insn(ops[random_next(rng) % COUNT(ops)], a,
				b, 0);
		else
			code[pc] = insn(ISA_BEQ + random_next(rng) % 4, a, b,
				(int)(d < COUNT(code) - pc ? d : 0));
	}
	program_make(object, code, COUNT(code), NULL, 2);
}

static void
note_pc(struct vm *vm, void *arg)
{
	bool *reached = arg;

	if (vm->pc < vm->code_count)
		reached[vm->pc] = true;
}

/* Where some pair of words from 0 to 7 leads, one by one. */
static void
try_all(const struct object *object, bool reached[static PACKET_CODE_MAX])
{
	struct witness_input input = {.header = object->header,
		.hop_limit = 64, .hook = NODE_INGRESS,
		.sim = WITNESS_SIM_DEFAULT};
	struct node_outcome outcome;
	struct object changed = *object;

	ip_addr_parse("198.51.100.1", input.src);
	ip_addr_parse("203.0.113.1", input.dst);
	input.sim.capacity = 1;
	for (uint32_t n = 0; n < 64; n++) {
		object_put_word(&changed, 0, n & 7);
		object_put_word(&changed, 1, n >> 3);
		memcpy(input.wasp, changed.packet, changed.size);
		assert_true(witness_run(&input, note_pc, reached, &outcome));
		assert_true(outcome.executed);
	}
}

static void
finds_what_trying_all_small_numbers_finds(void **state)
{
	unsigned asked = 0, found = 0, more = 0;
	uint64_t rng = 11;

	(void)state;
	for (unsigned i = 0; i < 60; i++) {
		bool reached[PACKET_CODE_MAX] = {false};
		struct object object;

		small_program(&rng, &object);
		try_all(&object, reached);
		for (unsigned pc = 0; pc < object.header.code_count; pc++) {
			struct witness w = find(&object, (struct witness_goal){
				.kind = WITNESS_REACH, .pc = pc});

			asked += reached[pc];
			found += reached[pc] && w.found;
			more += !reached[pc] && w.found;
		}
	}
	print_message("# instructions reached: %u of %u, and %u others\n",
		found, asked, more);
	assert_int_equal(found, asked);
}

struct bounds {
	unsigned accepted, reached;
};

/* No run costs more than the bound; does one cost as much? */
static void
count_bound(const struct object *object, struct bounds *bounds)
{
	struct verify_result result;
	struct witness w;

	verify_object(object, "x", NULL, &result, NULL, NULL);
	if (!result.accepted)
		return;
	bounds->accepted++;
	w = find(object, (struct witness_goal){.kind = WITNESS_COST,
		.least = result.max_cost});
	bounds->reached += w.found;
	if (w.found)
		assert_int_equal(w.outcome.cost, result.max_cost);
}

/* Here many longest ways are such that no input leads them. */
static void
reaches_bounds_of_random_programs(void **state)
{
	struct bounds bounds = {0};
	uint64_t rng = 77;

	(void)state;
	for (unsigned i = 0; i < 3000; i++) {
		struct object object;

		random_program(&rng, &object);
		count_bound(&object, &bounds);
	}
	print_message("# bounds reached: %u of %u\n", bounds.reached,
		bounds.accepted);
	assert_true(bounds.accepted > 50);
	assert_true(bounds.reached * 4 >= bounds.accepted);
}

/* Each branch tests a word of its own, so that every way can be led. */
static void
free_program(uint64_t *rng, struct object *object)
{
	uint16_t code[100];
	unsigned count = 10 + random_next(rng) % (COUNT(code) - 10);

	for (unsigned pc = 0; pc < count; pc++) {
		unsigned left = count - pc, op, d;
		unsigned kind = random_next(rng) % 8;

		code[pc] = INSN(ADDI, 3, 1);
		if (kind == 0 && left > 2)
			code[pc] = INSN(LOOKUP, 4, 0);
		else if (left < 4 || pc % 3)
			continue;
		code[pc] = INSN(LD_R, 0, (int)(2 + pc / 3));
		code[pc + 1] = INSN(LDI, 1, (int)(random_next(rng) % 512));
		op = ISA_BEQ + random_next(rng) % 4;
		d = random_next(rng) % ((left < 60 ? left : 60) / 3) * 3;
		code[pc + 2] = insn(op, 0, 1, (int)d);
		pc += 2;
	}
	program_make(object, code, count, NULL, 2 + COUNT(code) / 3);
}

static void
reaches_all_bounds_that_can_be(void **state)
{
	struct bounds bounds = {0};
	uint64_t rng = 3;

	(void)state;
	for (unsigned i = 0; i < 200; i++) {
		struct object object;

		free_program(&rng, &object);
		count_bound(&object, &bounds);
	}
	print_message("# bounds reached: %u of %u\n", bounds.reached,
		bounds.accepted);
	assert_int_equal(bounds.reached, bounds.accepted);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(finds_that_a_lookup_found_nothing),
	cmocka_unit_test(finds_that_a_store_is_full),
	cmocka_unit_test(finds_that_a_store_becomes_full),
	cmocka_unit_test(finds_a_protected_entry),
	cmocka_unit_test(finds_a_fifth_access),
	cmocka_unit_test(finds_a_name_that_is_none),
	cmocka_unit_test(finds_an_invitation),
	cmocka_unit_test(finds_a_word_of_an_entry),
	cmocka_unit_test(turns_branches_behind_each_operation),
	cmocka_unit_test(keeps_earlier_branches),
	cmocka_unit_test(tries_what_an_earlier_hop_leaves),
	cmocka_unit_test(tries_only_what_can_be),
	cmocka_unit_test(says_when_nothing_is_found),
	cmocka_unit_test(gives_the_same_for_the_same_seed),
	cmocka_unit_test(tells_the_options_that_matter),
	cmocka_unit_test(finds_most_errors_of_random_programs),
	cmocka_unit_test(finds_what_trying_all_small_numbers_finds),
	cmocka_unit_test(reaches_bounds_of_random_programs),
	cmocka_unit_test(reaches_all_bounds_that_can_be),
};
RUN_TESTS(tests)
