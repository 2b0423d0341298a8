/* SPDX-License-Identifier: BSD-2-Clause */
/* Commands that look; see command-int.h. */
#include "debug/command-int.h"

#include <ctype.h>
#include <string.h>

#include "debug/debug-show.h"

enum { CODE_AROUND = 5 };

/* "/x" before what is printed. */
static bool
take_format(struct command_session *session, char **text, char *format)
{
	*format = 0;
	if (**text != '/')
		return true;
	if (!(*text)[1] || !strchr("xduta", (*text)[1]) ||
	    ((*text)[2] && !isspace((unsigned char)(*text)[2])))
		return command_fail(session,
			"'%.20s' is none of the formats /x /d /u "
			"/t /a", *text);
	*format = (*text)[1];
	*text = words_skip_space(*text + 2);
	return true;
}

static bool
print_store(struct command_session *session, char *text)
{
	const struct debug *debug = &session->debug;
	unsigned node = debug_run(debug)->run.node;
	uint64_t key;

	if (!where_take_key(session, text, &key))
		return false;
	if (!node)
		return command_fail(session, "this is at no node");
	debug_show_stored(session->out, debug, key, record_entry_find(
		record_store_at(&debug->record, debug->at, node), key));
	return true;
}

bool
command_print(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct eval eval = debug_eval(debug, debug->at);
	struct eval_name name;
	uint32_t value;
	char format, *key;

	if (!take_format(session, &rest, &format))
		return false;
	if (!*rest)
		return command_fail(session, "print what? As in print r1 + 1");
	if (where_is_store(rest, &key) && *key)
		return print_store(session, key);
	if (!eval_find(&eval, rest, &name)) {
		if (name.count == 1 && eval_word(&eval, &name, 0, &value))
			return command_fail(session, "%s", eval.error);
		debug_show_name(session->out, debug, rest, &name, format);
		return true;
	}
	if (eval_number(&eval, rest, &value))
		return command_fail(session, "%s", eval.error);
	fprintf(session->out, "%s = ", rest);
	debug_show_number(session->out, value, format);
	fputc('\n', session->out);
	return true;
}

/* The store of this node, or of another by its number. */
static bool
show_store(struct command_session *session, const char *rest)
{
	unsigned nodes = session->debug.record.world.config->node_count;
	unsigned long node = debug_run(&session->debug)->run.node;

	if (*rest && (!words_number(rest, nodes, &node) || !node))
		return command_fail(session,
			"'%.80s' is not the number of a node, "
			"1 to %u", rest, nodes);
	if (!node)
		return command_fail(session,
			"this is at no node; say which, 1 to %u",
			nodes);
	debug_show_store(session->out, &session->debug, (unsigned)node);
	return true;
}

/* What info tells of; that of the store has an operand. */
static const struct {
	const char *name, *help;
	void (*show)(FILE *out, const struct debug *debug);
} topics[] = {
	{"registers", "r0 to r7, pc, and what was used so far",
		debug_show_registers},
	{"entry", "the mapped entry, t0 to t7", debug_show_entry},
	{"words", "the scratchpad by its names", debug_show_words},
	{"environment", "every field", debug_show_env},
	{"store", "the entries of this node's store, or of node N", NULL},
	{"packet", "its addresses and its header", debug_show_packet},
	{"path", "the runs of the packet", debug_show_path},
	{"breakpoints", "breakpoints and watches", debug_show_stops},
	{"changes", "what was set", debug_show_changes}
};

void
topic_each(words_visit *visit, void *arg)
{
	for (size_t i = 0; i < COUNT(topics); i++)
		visit(arg, topics[i].name);
}

void
topic_print_help(FILE *out)
{
	for (size_t i = 0; i < COUNT(topics); i++)
		fprintf(out, "  %-12s  %s\n", topics[i].name, topics[i].help);
}

static bool
fail_topic(struct command_session *session, const char *word)
{
	struct words words = {.count = 0};
	size_t used = 0;

	topic_each(words_add, &words);
	if (*word)
		return command_fail_unknown(session, "topic", word, &words);
	for (unsigned i = 0; i < words.count; i++)
		used += (size_t)snprintf(session->error + used,
			sizeof(session->error) - used, "%s%s", i ? ", " :
			"info needs a topic: ", words.names[i]);
	return false;
}

bool
command_info(struct command_session *session, char *rest)
{
	char *operand, *word = words_take(rest, &operand);

	for (size_t i = 0; *word && i < COUNT(topics); i++) {
		if (!words_begin(word, topics[i].name))
			continue;
		if (!topics[i].show)
			return show_store(session, operand);
		if (*operand)
			return command_fail(session,
				"'%.80s' is not understood after "
				"info %s", operand, topics[i].name);
		topics[i].show(session->out, &session->debug);
		return true;
	}
	return fail_topic(session, word);
}

/* The instruction at a place of the program, for list and disassemble. */
static bool
take_pc(struct command_session *session, char *text, unsigned *pc)
{
	struct debug_stop stop = {.once = true};

	*pc = debug_state(&session->debug)->pc;
	if (!command_code_count(session))
		return command_fail(session, "there is no program in it");
	if (!*text)
		return true;
	if (!where_take(session, text, &stop))
		return false;
	if (stop.kind > DEBUG_AT_LINE)
		return command_fail(session, "that is no place in the program");
	for (*pc = 0; *pc < command_code_count(session); ++*pc)
		if (debug_stops_at(&session->debug, &stop, *pc))
			return true;
	return command_fail(session, "no instruction is there");
}

bool
command_list(struct command_session *session, char *rest)
{
	unsigned pc;

	if (!take_pc(session, rest, &pc))
		return false;
	if (!debug_object(&session->debug)->notes.line_count)
		return command_fail(session,
			"no source lines are noted; disassemble "
			"shows the code");
	debug_show_source(session->out, &session->debug, pc);
	return true;
}

bool
command_disassemble(struct command_session *session, char *rest)
{
	bool all = !strcmp(rest, "all");
	unsigned pc, last = command_code_count(session) - 1;

	if (!take_pc(session, all ? rest + strlen(rest) : rest, &pc))
		return false;
	debug_show_code(session->out, &session->debug,
		all || pc < CODE_AROUND ? 0 : pc - CODE_AROUND,
		all || pc + CODE_AROUND > last ? last : pc + CODE_AROUND);
	return true;
}

bool
command_where(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;

	(void)rest;
	debug_show_where(session->out, debug, debug->at);
	if (!record_is_end(&debug->record, debug->at))
		debug_show_next(session->out, debug);
	return true;
}

/* The step that wrote, where it was. */
static void
tell_writer(struct command_session *session, const struct debug_writer *writer)
{
	debug_show_where(session->out, &session->debug, writer->at);
	if (writer->by_hand)
		fputs("    set by hand\n", session->out);
	else
		debug_show_step(session->out, &session->debug, writer->at);
}

static void
tell_store_writer(struct command_session *session,
	const struct debug_writer *writer, uint64_t key)
{
	struct record_at after = {writer->at.run, writer->at.state + 1};

	tell_writer(session, writer);
	debug_show_store_change(session->out, &session->debug, after, &key);
}

static bool
why_store(struct command_session *session, const char *text)
{
	struct debug *debug = &session->debug;
	struct debug_writer writer;
	uint64_t key;

	if (!where_take_key(session, text, &key))
		return false;
	if (debug_find_store_writer(debug, key, &writer))
		tell_store_writer(session, &writer, key);
	else
		fputs("no step changed it\n", session->out);
	return true;
}

/* What the place held before and after it was written. */
static void
tell_values(struct command_session *session, const char *text,
	struct record_place place, const struct debug_writer *writer)
{
	const struct record *record = &session->debug.record;
	struct record_at after = writer->at;
	const struct record_state *state = record_state_at(record, writer->at);
	uint32_t value;

	if (writer->by_hand)
		state = state->unchanged;
	fprintf(session->out, "%s: ", text);
	if (eval_place(state, place, &value))
		fputs("no value", session->out);
	else
		debug_show_value(session->out, place, value);
	fputs(" -> ", session->out);
	after.state += !writer->by_hand;
	state = record_state_at(record, after);
	if (!writer->by_hand && state->unchanged)
		state = state->unchanged;
	if (eval_place(state, place, &value))
		fputs("no value", session->out);
	else
		debug_show_value(session->out, place, value);
	fputc('\n', session->out);
}

/* Words that lie together and that nothing wrote are told together. */
static void
tell_unwritten(struct command_session *session, struct record_place first,
	unsigned count)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;
	bool is_word = first.kind == RECORD_WORD;
	struct record_place last = {first.kind, first.index + count - 1};
	char name[EVAL_TEXT_SIZE];

	if (!count)
		return;
	fprintf(session->out, "nothing wrote %s", eval_place_text(notes, first,
		name));
	if (count > 1)
		fprintf(session->out, " to %s", eval_place_text(notes, last,
			name));
	fprintf(session->out, ": as it was when the %s began\n",
		is_word || first.kind == RECORD_CURSOR ? "packet" : "run");
}

static void
why_place(struct command_session *session, struct record_place place,
	const struct debug_writer *writer)
{
	char name[EVAL_TEXT_SIZE];

	eval_place_text(&debug_object(&session->debug)->notes, place, name);
	tell_writer(session, writer);
	tell_values(session, name, place, writer);
}

static void
why_places(struct command_session *session, struct record_place place,
	unsigned count)
{
	struct debug_writer writer;
	unsigned unwritten = 0;

	for (unsigned i = 0; i < count; i++, place.index++) {
		if (!debug_find_writer(&session->debug, place, &writer)) {
			unwritten++;
			continue;
		}
		tell_unwritten(session, (struct record_place){place.kind,
			place.index - unwritten}, unwritten);
		unwritten = 0;
		why_place(session, place, &writer);
	}
	tell_unwritten(session, (struct record_place){place.kind,
		place.index - unwritten}, unwritten);
}

/* "why r3", "who wrote r3 last". */
bool
command_why(struct command_session *session, char *rest)
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	struct eval_name name;
	size_t size;
	uint32_t value;
	char *key;

	if (words_begin("wrote ", rest))
		rest = words_skip_space(rest + strlen("wrote "));
	size = strlen(rest);
	if (size > 5 && !strcmp(rest + size - 5, " last"))
		rest[size - 5] = '\0';
	words_strip_end(rest);
	if (!*rest)
		return command_fail(session,
			"who wrote what? As in who wrote r1");
	if (where_is_store(rest, &key) && *key)
		return why_store(session, key);
	if (eval_find(&eval, rest, &name))
		return command_fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE)
		return command_fail(session,
			"'%.80s' is nothing that a program "
			"writes", rest);
	if (eval_word(&eval, &name, 0, &value))
		return command_fail(session, "%s", eval.error);
	why_places(session, name.place, name.count);
	return true;
}

