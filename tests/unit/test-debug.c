/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The debugger without a terminal: that going back and forth comes to the state
 * of a straight run, and that no line of commands, on no program, breaks it.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/unit/program.h"
#include "debug/command.h"

enum { STATES_MAX = 4096, PROGRAMS = 300, MOVES = 60, LINES = 120 };

static const struct sim_config one_node = {
	.node_count = 1, .time_ns = UINT64_C(1700000000000000000),
	.interval_ns = 1000000, .capacity = 16, .role = NODE_CLIENT
};

static struct sim_config
path_of(unsigned nodes)
{
	struct sim_config config = one_node;

	config.node_count = nodes;
	config.is_path = true;
	return config;
}

static struct sim *
make_sim(void *arg)
{
	return sim_new(arg);
}

static struct record_world
world_of(struct sim_config *config)
{
	return (struct record_world){make_sim, config, config};
}

static struct record_source
source_of(const struct object *object)
{
	return (struct record_source){.sim = {.object = object}};
}

static void
make_object(struct object *object, uint8_t flags, const uint16_t *code,
	unsigned code_count, const uint32_t *words, unsigned pad_count)
{
	program_make(object, code, code_count, words, pad_count);
	object->header.flags = flags;
	program_header_changed(object);
}

/*
 * A program of mostly legal words, whose store instructions have a public key
 * in words 0 and 1.
 */
static void
random_object(struct object *object, uint64_t *random)
{
	static const enum isa_op likely[] = {
		ISA_INSERT, ISA_LOOKUP, ISA_MOV_RT, ISA_MOV_TR, ISA_LD_R,
		ISA_ST_R, ISA_ST_T, ISA_PUSH_F, ISA_PUSH_R, ISA_ENV_R, ISA_ADDI,
		ISA_LDI, ISA_BZ, ISA_BNE, ISA_INVITE, ISA_RETURN
	};
	unsigned code_count = 1 + random_next(random) % 24;
	unsigned pad_count = 2 + random_next(random) % 8;
	uint16_t code[PACKET_CODE_MAX];
	uint32_t words[PACKET_PAD_MAX] = {0x11223344, 1};

	for (unsigned i = 0; i < code_count; i++) {
		uint32_t n = random_next(random);
		enum isa_op op = likely[n % COUNT(likely)];
		uint16_t operands = (uint16_t)random_next(random);

		if (n >> 8 & 15)
			operands &= 0xf0f;	/* small numbers */
		code[i] = n >> 12 & 31 ? isa_insns[op].word |
			(operands & ~isa_insns[op].zero &
			 ~isa_insns[op].word) : operands;
		if (op == ISA_RETURN && n >> 20 & 3)
			code[i] = INSN(LDI, 1, 3);
	}
	make_object(object, (uint8_t)(random_next(random) % 16 &
		~PACKET_FLAG_RETURNED), code, code_count, words, pad_count);
}

/*
 * A straight run: every state as the machine itself shows it.
 */

struct seen {
	uint32_t r[ISA_REG_COUNT];
	uint8_t entry[ENTRY_SIZE], pad[PACKET_WORD_SIZE * PACKET_PAD_MAX];
	unsigned pc, steps, cost, accesses;
	uint8_t cursor;
	bool mapped, writable, dirty;
};

struct straight {
	struct seen states[STATES_MAX];
	unsigned count;
};

static void
see_nothing(void *arg, const struct sim_run *run,
	const struct sim_packet *packet)
{
	(void)arg;
	(void)run;
	(void)packet;
}

static void
see_step(struct vm *vm, void *arg)
{
	struct straight *straight = arg;
	struct seen *seen = &straight->states[straight->count];

	if (vm->pc >= vm->code_count)
		return;
	assert_true(straight->count < STATES_MAX);
	straight->count++;
	*seen = (struct seen){.pc = vm->pc, .steps = vm->steps,
		.cost = vm->cost, .accesses = vm->accesses,
		.cursor = vm->cursor, .mapped = vm->mapped,
		.writable = vm->writable, .dirty = vm->dirty};
	memcpy(seen->r, vm->r, sizeof(seen->r));
	memcpy(seen->entry, vm->entry, ENTRY_SIZE);
	memcpy(seen->pad, vm->pad, PACKET_WORD_SIZE * vm->pad_count);
}

static void
run_straight(const struct sim_config *config, const struct object *object,
	unsigned times, struct straight *straight)
{
	struct sim_source source = {.object = object};
	struct sim_watch watch = {.begin = see_nothing,
		.end = see_nothing, .trace = see_step, .arg = straight};
	struct sim *sim = sim_new(config);
	struct sim_packet packet;
	struct sim_way way;

	straight->count = 0;
	for (unsigned i = 0; i < times; i++) {
		if (i > 0)
			sim_next(sim);
		sim_packet_make(sim, &source, &packet);
		if (config->is_path)
			sim_send(sim, &packet, &watch, &way);
		else
			sim_visit(sim, node_first_hook(&packet.info.wasp),
				&packet, &watch);
	}
	sim_free(sim);
}

/* How many steps were begun before a place. */
static unsigned
steps_before(const struct record *record, struct record_at at)
{
	unsigned steps = at.state;

	for (unsigned i = 0; i < at.run; i++)
		steps += record->runs[i].state_count - 1;
	return steps;
}

static void
assert_as_straight(const struct debug *debug, const struct straight *straight)
{
	const struct record_state *state = debug_state(debug);
	const struct seen *seen;

	if (record_is_end(&debug->record, debug->at))
		return;
	seen = &straight->states[steps_before(&debug->record, debug->at)];
	assert_int_equal(state->pc, seen->pc);
	assert_int_equal(state->steps, seen->steps);
	assert_int_equal(state->cost, seen->cost);
	assert_int_equal(state->accesses, seen->accesses);
	assert_int_equal(state->cursor, seen->cursor);
	assert_int_equal(state->mapped, seen->mapped);
	assert_int_equal(state->writable, seen->writable);
	assert_int_equal(state->dirty, seen->dirty);
	assert_memory_equal(state->r, seen->r, sizeof(seen->r));
	assert_memory_equal(state->entry, seen->entry, ENTRY_SIZE);
	assert_memory_equal(state->pad, seen->pad, sizeof(seen->pad));
}

static void
move_at_random(struct debug *debug, uint64_t *random)
{
	uint32_t n = random_next(random);
	uint64_t due;

	switch (n % 6) {
	case 0:
		debug_step_run(debug, n >> 8 & 1);
		break;
	case 1:
		debug_step_packet(debug, n >> 8 & 1);
		break;
	case 2:
		debug_continue(debug, n >> 8 & 1, &due);
		break;
	case 3:
		debug_finish(debug);
		break;
	default:
		debug_step(debug, n >> 8 & 1);
	}
}

static void
any_way_there_comes_to_the_state_of_a_straight_run(void **state)
{
	static struct straight straight;
	uint64_t random = 1;

	(void)state;
	for (unsigned i = 0; i < PROGRAMS; i++) {
		struct sim_config config = i % 2 ? path_of(1 + i % 5) :
			one_node;
		struct record_world world = world_of(&config);
		struct debug_stop stop = {.kind = DEBUG_AT_PC,
			.number = random_next(&random) % 16};
		struct object object;
		struct record_source source = source_of(&object);
		struct debug debug;

		random_object(&object, &random);
		run_straight(&config, &object, 3, &straight);
		assert_int_equal(debug_init(&debug, &world, &source, 3),
			RECORD_SENT);
		debug_add_stop(&debug, &stop);
		for (unsigned n = 0; n < MOVES; n++) {
			move_at_random(&debug, &random);
			assert_as_straight(&debug, &straight);
		}
		while (debug_step(&debug, true))
			assert_as_straight(&debug, &straight);
		assert_int_equal(debug.sent, RECORD_ALL_SENT);
		assert_int_equal(steps_before(&debug.record, debug.at),
			straight.count);
		debug_done(&debug);
		object_done(&object);
	}
}

/* The same as what a debugger of the machine itself would have done. */
static void
a_change_is_made_there_and_everything_follows_from_it(void **state)
{
	const uint16_t code[] = {INSN(LDI, 1, 5), INSN(ADDI, 1, 1),
		INSN(ST_R, 1, 0), INSN(ADDI, 1, 1), INSN(ST_R, 1, 1)};
	struct sim_config config = path_of(2);
	struct record_world world = world_of(&config);
	struct record_change change = {{0, 2}, {RECORD_REG, 1}, 70};
	struct object object;
	struct record_source source = source_of(&object);
	struct record_at at;
	struct debug debug;
	uint8_t *pad;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), NULL, 2);
	assert_int_equal(debug_init(&debug, &world, &source, 1), RECORD_SENT);
	assert_int_equal(record_change(&debug.record, &change), RECORD_SENT);
	pad = debug.record.runs[0].states[5].pad;
	assert_int_equal(packet_get32(pad), 70);
	assert_int_equal(packet_get32(pad + 4), 71);
	/* The step before it is as it was, and so is the next node. */
	assert_int_equal(debug.record.runs[0].states[2].unchanged->r[1], 6);
	pad = debug.record.runs[1].states[5].pad;
	assert_int_equal(packet_get32(pad), 6);
	change = (struct record_change){{0, 3}, {RECORD_WORD, 0}, 9};
	assert_int_equal(record_change(&debug.record, &change), RECORD_SENT);
	pad = debug.record.runs[1].before.ip +
		debug.record.runs[1].before.info.wasp_off;
	assert_int_equal(packet_word(pad, &object.header, 0), 9);
	assert_int_equal(packet_checksum(pad, object.size),
		packet_get16(pad + PACKET_OFF_CHECKSUM));
	assert_int_equal(record_undo(&debug.record, &at), RECORD_SENT);
	assert_int_equal(at.state, 3);
	assert_int_equal(record_undo(&debug.record, &at), RECORD_SENT);
	assert_int_equal(record_undo(&debug.record, &at), RECORD_ALL_SENT);
	assert_int_equal(packet_get32(debug.record.runs[0].states[5].pad), 6);
	debug_done(&debug);
}

static void
an_earlier_change_forgets_the_later_ones(void **state)
{
	const uint16_t code[] = {INSN(LDI, 1, 5), INSN(ADDI, 1, 1),
		INSN(ADDI, 1, 1)};
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	struct debug debug;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), NULL, 0);
	debug_init(&debug, &world, &source, 2);
	for (unsigned i = 3; i-- > 0; ) {
		struct record_change change = {{0, i}, {RECORD_REG, 2}, i};

		record_change(&debug.record, &change);
		assert_int_equal(debug.record.change_count, 1);
	}
	debug_done(&debug);
}

/* Every kind of step is found by what it wrote, and is the last that did. */
static void
the_writer_of_a_value_is_the_last_step_that_wrote_it(void **state)
{
	const uint16_t code[] = {INSN(LDI, 3, 5), INSN(LDI, 3, 5),
		INSN(INSERT, 0, 0), INSN(MOV_TR, 4, 3), INSN(ST_T, 4, 2),
		INSN(PUSH_R, 3), INSN(LDI, 5, 1)};
	const uint32_t words[] = {1, 2, 0, 0};
	static const struct {
		struct record_place place;
		unsigned step;
	} wanted[] = {
		{{RECORD_REG, 3}, 1}, {{RECORD_REG, 0}, 2},
		{{RECORD_ENTRY, 4}, 3}, {{RECORD_ENTRY, 5}, 2},
		{{RECORD_WORD, 2}, 4}, {{RECORD_WORD, 0}, 5},
		{{RECORD_CURSOR, 0}, 5}
	};
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	struct debug_writer writer;
	struct debug debug;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), words, 4);
	debug_init(&debug, &world, &source, 1);
	debug.at.state = COUNT(code) - 1;
	for (size_t i = 0; i < COUNT(wanted); i++) {
		assert_true(debug_find_writer(&debug, wanted[i].place,
			&writer));
		assert_int_equal(writer.at.state, wanted[i].step);
	}
	assert_false(debug_find_writer(&debug,
		(struct record_place){RECORD_REG, 7}, &writer));
	assert_false(debug_find_writer(&debug,
		(struct record_place){RECORD_WORD, 3}, &writer));
	assert_true(debug_find_store_writer(&debug,
		UINT64_C(0x0000000100000002), &writer));
	assert_int_equal(writer.at.state, 2);
	/* What a verdict writes back is its work. */
	debug.at.state++;
	debug_finish(&debug);
	assert_true(debug_find_store_writer(&debug,
		UINT64_C(0x0000000100000002), &writer));
	assert_int_equal(writer.at.state, COUNT(code) - 1);
	debug_done(&debug);
}

static void
a_word_is_followed_back_to_the_node_that_wrote_it(void **state)
{
	const uint16_t code[] = {INSN(LD_R, 0, 0), INSN(BNZ, 0, 2),
		INSN(ENV_R, 1, ISA_ENV_TTL), INSN(ST_R, 1, 0), INSN(FORWARD)};
	struct sim_config config = path_of(3);
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	struct debug_writer writer;
	struct debug debug;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), NULL, 1);
	debug_init(&debug, &world, &source, 1);
	while (debug_step_run(&debug, true))
		;
	assert_int_equal(debug.at.run, 2);
	assert_true(debug_find_writer(&debug,
		(struct record_place){RECORD_WORD, 0}, &writer));
	assert_int_equal(writer.at.run, 0);
	assert_int_equal(writer.at.state, 3);
	debug_done(&debug);
}

static void
a_record_that_is_full_sends_no_more(void **state)
{
	uint16_t code[PACKET_CODE_MAX];
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	struct debug debug;
	unsigned packets = 1;

	(void)state;
	for (unsigned i = 0; i < COUNT(code); i++)
		code[i] = INSN(LDI, 1, 1);
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), NULL, 0);
	debug_init(&debug, &world, &source, 2000);
	while (debug_step_packet(&debug, true))
		packets++;
	assert_int_equal(debug.sent, RECORD_FULL);
	assert_true(debug.record.step_count >= RECORD_STEPS_MAX);
	assert_int_equal(packets, debug.record.packet_count);
	assert_true(debug_step_packet(&debug, false));
	debug_done(&debug);
}

/*
 * Expressions.
 */

static void
values_are_computed_as_in_c_with_the_names_of_the_program(void **state)
{
	static const struct {
		const char *text;
		uint32_t value;
	} right[] = {
		{"1 + 2 * 3", 7}, {"(1 + 2) * 3", 9}, {"7 - 2 - 1", 4},
		{"-1", UINT32_MAX}, {"~0 >> 28", 15}, {"!0 + !5", 1},
		{"1 << 4 | 3", 19}, {"6 & 3 ^ 1", 3}, {"5 == 5 && 3 != 3", 0},
		{"3 <= 3 || 1 / 0", 1}, {"0 && 1 / 0", 0}, {"2 < 1", 0},
		{"2 >= 1", 1}, {"17 % 5", 2}, {"0x10", 16},
		{"192.0.2.1", 0xc0000201}, {"1 << 40", 0}, {"limit", 3},
		{"[limit]", 3}, {"[2]", 3}, {"key+1", 2}, {"[key+1] + 1", 3},
		{"key + 1", 2}, {"r1 + 1", 6}, {"$r1", 5}, {"pc", 1},
		{"steps", 1}, {"out", 2}, {"mapped && t0", 0}, {"packet", 1},
		{"hook", 1}, {"  r1  ", 5}
	};
	static const char *const wrong[] = {
		"", "1 +", "(1", "1)", "r8", "r1 r2", "[64]", "[limit", "limit+1",
		"[]", "4294967296", "0x", "0xg", "1a", "nothing", "1 = 1", "$",
		"[key+2]", "1.2.3", "key+9999999999999999999999"
	};
	const uint16_t code[] = {INSN(LDI, 1, 5), INSN(FORWARD),
		INSN(FORWARD)};
	const uint32_t words[] = {1, 2, 3};
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	struct eval eval;
	struct debug debug;
	uint32_t value;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), words, 3);
	notes_add_word(&object.notes, 0, 2, NOTES_KEY, "key");
	notes_add_word(&object.notes, 2, 1, NOTES_DATA, "limit");
	notes_add_label(&object.notes, 2, "out");
	debug_init(&debug, &world, &source, 1);
	debug_step(&debug, true);
	eval = debug_eval(&debug, debug.at);
	for (size_t i = 0; i < COUNT(right); i++) {
		if (eval_number(&eval, right[i].text, &value))
			fail_msg("%s: %s", right[i].text, eval.error);
		if (value != right[i].value)
			fail_msg("%s is %u", right[i].text, value);
	}
	for (size_t i = 0; i < COUNT(wrong); i++)
		if (eval_number(&eval, wrong[i], &value) != EVAL_WRONG)
			fail_msg("'%s' is right", wrong[i]);
	assert_int_equal(eval_number(&eval, "t0", &value), EVAL_NO_VALUE);
	assert_int_equal(eval_number(&eval, "1 / 0", &value), EVAL_NO_VALUE);
	debug_done(&debug);
	object_done(&object);
}

static void
a_text_nested_too_deep_is_refused(void **state)
{
	const uint16_t code[] = {INSN(FORWARD)};
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct object object;
	struct record_source source = source_of(&object);
	char text[COMMAND_LINE_MAX];
	struct eval eval;
	struct debug debug;
	uint32_t value;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code), NULL, 0);
	debug_init(&debug, &world, &source, 1);
	eval = debug_eval(&debug, debug.at);
	memset(text, '(', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	assert_int_equal(eval_number(&eval, text, &value), EVAL_WRONG);
	memset(text, '-', sizeof(text) - 1);
	assert_int_equal(eval_number(&eval, text, &value), EVAL_WRONG);
	debug_done(&debug);
}

/*
 * Commands.
 */

static void
add_name(void *arg, const char *name)
{
	char *names = arg;

	if (strlen(names) + strlen(name) + 2 < 1000)
		strcat(strcat(names, name), " ");
}

static void
a_word_is_completed_by_its_command(void **state)
{
	static const struct {
		const char *line, *names;
		bool file;
	} lines[] = {
		{"st", "step ", false}, {"wh", "where why ", false},
		{"  de", "delete ", false}, {"info st", "store ", false},
		{"break st", "start store ", false}, {"print lim", "limit ", false},
		{"print [lim", "limit ", false}, {"p/x r1 + lim", "limit ", false},
		{"help un", "until undo ", false}, {"next h", "hop ", false},
		{"load a", "", true}, {"finish a", "", false},
		{"frobnicate a", "", false}
	};
	const uint16_t code[] = {INSN(FORWARD)};
	struct sim_config config = one_node;
	struct record_world world = world_of(&config);
	struct command_host host = {.arg = NULL};
	struct object object;
	struct record_source source = source_of(&object);
	struct command_session session;
	FILE *out = fopen("/dev/null", "w");
	size_t start;

	(void)state;
	make_object(&object, PACKET_FLAG_INGRESS, code, COUNT(code),
		(const uint32_t[]){0}, 1);
	notes_add_word(&object.notes, 0, 1, NOTES_DATA, "limit");
	notes_add_label(&object.notes, 0, "start");
	command_begin(&session, &world, &source, 1, &host, out);
	for (size_t i = 0; i < COUNT(lines); i++) {
		char names[1000] = "";

		assert_int_equal(command_complete(&session, lines[i].line,
			&start, add_name, names), lines[i].file);
		assert_string_equal(names, lines[i].names);
	}
	assert_int_equal(start, strlen("frobnicate "));
	command_done(&session);
	object_done(&object);
	fclose(out);
}

/* A line of words that commands know, and of some that they do not. */
static void
random_line(char *line, size_t size, uint64_t *random)
{
	static const char *const words[] = {
		"step", "back", "hop", "packet", "continue", "reverse", "run",
		"until", "finish", "break", "tbreak", "watch", "delete",
		"print", "info", "list", "disassemble", "where", "why", "set",
		"undo", "help", "s", "rs", "p", "i", "b", "d", "load x",
		"source y", "registers", "entry", "words", "environment",
		"store", "path", "breakpoints", "changes", "fault", "ingress",
		"egress", "node", "return", "all", "if", "=", "==", "+", "-",
		"*", "/", "(", ")", "&&", "r1", "t2", "pc", "cursor", "[1]",
		"[0]", "key", "limit", "out", "src", "node.3", "192.0.2.1",
		"/x", "/a", "*2", "1", "2", "0", "7", "99", "-3", "0x1122334400000001",
		"4294967295", "hop", "packet", "ttl", "wrote", "last",
		"[key+1]", "#", "\t", "%s", "\x80\xff", ":", "file:3", "[",
		"limit+1", "mapped", "!", "~", "<<"
	};
	unsigned count = 1 + random_next(random) % 5;

	line[0] = '\0';
	for (unsigned i = 0; i < count; i++) {
		const char *word = words[random_next(random) %
			(i ? COUNT(words) : 29)];

		if (strlen(line) + strlen(word) + 2 < size)
			strcat(strcat(line, word),
				random_next(random) % 8 ? " " : "");
	}
}

static void
run_lines(struct command_session *session, uint64_t *random)
{
	for (unsigned i = 0; i < LINES; i++) {
		char line[256], names[1000] = "";
		enum command_result result;
		size_t start;

		random_line(line, sizeof(line), random);
		command_complete(session, line, &start, add_name, names);
		assert_true(start <= strlen(line));
		session->error[0] = '\0';
		result = command_run(session, line, true);
		assert_true(result == COMMAND_OK || result == COMMAND_FAILED);
		if (result == COMMAND_FAILED && !session->error[0])
			fail_msg("'%s' failed without a word", line);
		assert_true(session->debug.at.run <
			session->debug.record.run_count);
		assert_true(session->debug.at.state <
			debug_run(&session->debug)->state_count);
	}
	assert_int_equal(command_finish(session), COMMAND_OK);
}

static void
no_line_breaks_a_session(void **state)
{
	FILE *out = fopen("/dev/null", "w");
	uint64_t random = 5;

	(void)state;
	for (unsigned i = 0; i < PROGRAMS; i++) {
		struct sim_config config = i % 2 ? path_of(1 + i % 4) :
			one_node;
		struct record_world world = world_of(&config);
		struct command_host host = {.arg = NULL};
		struct command_session session;
		struct object object;
		struct record_source source = source_of(&object);

		random_object(&object, &random);
		if (i % 3) {
			notes_add_word(&object.notes, 0, 2, NOTES_KEY, "key");
			notes_add_word(&object.notes, 2, i % 9, NOTES_ADDR,
				"limit");
			notes_add_label(&object.notes, i % 30, "out");
			notes_set_file(&object.notes, "a/file");
			notes_add_line(&object.notes, i % 5, 3, "text");
		}
		assert_int_equal(command_begin(&session, &world, &source, 3,
			&host, out), RECORD_SENT);
		run_lines(&session, &random);
		command_done(&session);
		object_done(&object);
	}
	fclose(out);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(any_way_there_comes_to_the_state_of_a_straight_run),
	cmocka_unit_test(a_change_is_made_there_and_everything_follows_from_it),
	cmocka_unit_test(an_earlier_change_forgets_the_later_ones),
	cmocka_unit_test(the_writer_of_a_value_is_the_last_step_that_wrote_it),
	cmocka_unit_test(a_word_is_followed_back_to_the_node_that_wrote_it),
	cmocka_unit_test(a_record_that_is_full_sends_no_more),
	cmocka_unit_test(values_are_computed_as_in_c_with_the_names_of_the_program),
	cmocka_unit_test(a_text_nested_too_deep_is_refused),
	cmocka_unit_test(a_word_is_completed_by_its_command),
	cmocka_unit_test(no_line_breaks_a_session)
};

RUN_TESTS(tests)
