/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands of the debugger; see command.h. */
#include "vm/command.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "vm/debug-show.h"

enum { CODE_AROUND = 5, NAMES_MAX = 1024, COUNT_MAX = 1000000 };

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What the operand of a command can be completed to. */
enum completes {
	COMPLETES_NOTHING, COMPLETES_COMMAND, COMPLETES_WHERE, COMPLETES_VALUE,
	COMPLETES_TOPIC, COMPLETES_FILE, COMPLETES_MOVE, COMPLETES_ALL
};

/*
 * A command: false where it failed, with session->error set.  rest is what
 * follows its name, without space around it.
 */
struct command {
	const char *name, *aliases;	/* aliases: " s n " */
	const char *operands;		/* NULL: none */
	const char *help;
	bool (*run)(struct command_session *session, char *rest);
	enum completes completes;
	bool moves;			/* an empty line does it again */
};

static bool __attribute__((format(printf, 2, 3)))
fail(struct command_session *session, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(session->error, sizeof(session->error), format, ap);
	va_end(ap);
	return false;
}

/*
 * Words.
 */

static char *
skip_space(char *text)
{
	while (isspace((unsigned char)*text))
		text++;
	return text;
}

static void
strip_end(char *text)
{
	size_t size = strlen(text);

	while (size && isspace((unsigned char)text[size - 1]))
		text[--size] = '\0';
}

/* Cut the first word off; *rest is what follows. */
static char *
take_word(char *text, char **rest)
{
	char *end = text;

	while (*end && !isspace((unsigned char)*end))
		end++;
	*rest = skip_space(end);
	*end = '\0';
	return text;
}

/* A decimal number that is all of the text. */
static bool
is_number(const char *text, unsigned long max, unsigned long *n)
{
	if (!*text || strlen(text) > 9 ||
	    text[strspn(text, "0123456789")])
		return false;
	*n = strtoul(text, NULL, 10);
	return *n <= max;
}

/* How often; 1 where it is not said, and below 0 to go the other way. */
static bool
take_count(struct command_session *session, const char *text, long *count)
{
	bool minus = *text == '-';
	unsigned long n = 1;

	*count = 1;
	if (*text && !is_number(text + minus, COUNT_MAX, &n))
		return fail(session, "'%.80s' is not a number of times",
			text);
	*count = minus ? -(long)n : (long)n;
	return true;
}

/* Does word begin the name? */
static bool
begins(const char *word, const char *name)
{
	return !strncmp(word, name, strlen(word));
}

struct name_list {
	const char *names[NAMES_MAX];
	unsigned count;
};

static void
list_name(void *arg, const char *name)
{
	struct name_list *list = arg;

	if (list->count < NAMES_MAX)
		list->names[list->count++] = name;
}

/* "there is no command 'stp'; did you mean step?" */
static bool
fail_unknown(struct command_session *session, const char *what,
	const char *word, const struct name_list *list)
{
	const char *like = diag_suggest(word, list->names, list->count);

	return fail(session, "there is no %s '%.80s'%s%s%s", what, word,
		like ? "; did you mean " : "", like ? like : "",
		like ? "?" : "");
}

/*
 * Telling where the debugger is.
 */

/* Going forward in large steps, what came of each run is told as it passes. */
static void
pass_end(void *arg, const struct debug *debug)
{
	struct command_session *session = arg;

	debug_show_end(session->out, debug);
	session->told_end = true;
}

static bool
is_interrupted(void *arg)
{
	struct command_session *session = arg;

	return session->host.interrupted &&
		session->host.interrupted(session->host.arg);
}

/* The next instruction, after the run's name where that is another one. */
static void
tell_next(struct command_session *session, struct record_at from)
{
	struct debug *debug = &session->debug;

	if (debug->at.run != from.run)
		debug_show_run(session->out, debug);
	if (!session->told_end || !record_is_end(&debug->record, debug->at))
		debug_show_next(session->out, debug);
	session->told_end = false;
}

/* Why it goes no further; false without memory. */
static bool
tell_edge(struct command_session *session, bool forward)
{
	if (forward && session->debug.sent == RECORD_NO_MEMORY) {
		session->no_memory = true;
		return fail(session, "out of memory");
	}
	if (!forward)
		fputs("this is the beginning\n", session->out);
	else if (session->debug.sent == RECORD_FULL)
		fprintf(session->out, "no more is recorded: there are %u "
			"steps already\n", session->debug.record.step_count);
	else
		fputs("no packet is left\n", session->out);
	return true;
}

/*
 * Moving.
 */

static bool
one_step(struct command_session *session, bool forward)
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;

	debug->passed = NULL;
	if (!debug_step(debug, forward))
		return false;
	if (forward && from.run == debug->at.run)
		debug_show_step(session->out, debug, from);
	if (debug->at.run != from.run)
		debug_show_run(session->out, debug);
	return true;
}

static bool
step_times(struct command_session *session, long count)
{
	struct debug *debug = &session->debug;
	bool forward = count > 0, edge = false;

	for (long i = 0; i != count && !edge; i += forward ? 1 : -1) {
		edge = !one_step(session, forward);
		if (!edge && forward && i + 1 != count &&
		    record_is_end(&debug->record, debug->at))
			debug_show_end(session->out, debug);
		if (is_interrupted(session))
			break;
	}
	if (edge)
		return tell_edge(session, forward);
	debug_show_next(session->out, debug);
	return true;
}

/* By runs or packets. */
static bool
move_times(struct command_session *session, long count,
	bool (*move)(struct debug *debug, bool forward))
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;
	bool forward = count > 0, moved = true;

	debug->passed = pass_end;
	for (long i = 0; i != count && moved; i += forward ? 1 : -1) {
		if (is_interrupted(session))
			break;
		moved = move(debug, forward);
	}
	if (from.run != debug->at.run || from.state != debug->at.state)
		tell_next(session, from);
	return moved || tell_edge(session, forward);
}

static bool
do_step(struct command_session *session, char *rest)
{
	long count;

	if (!strcmp(rest, "hop"))
		return move_times(session, 1, debug_step_run);
	if (!strcmp(rest, "packet"))
		return move_times(session, 1, debug_step_packet);
	if (!strcmp(rest, "back"))
		return step_times(session, -1);
	return take_count(session, rest, &count) && step_times(session, count);
}

static bool
do_back(struct command_session *session, char *rest)
{
	long count;

	return take_count(session, rest, &count) && step_times(session, -count);
}

static bool
do_hop(struct command_session *session, char *rest)
{
	long count;

	return take_count(session, rest, &count) &&
		move_times(session, count, debug_step_run);
}

/* To the packet of that number, from 1; without one, to the next. */
static bool
do_packet(struct command_session *session, char *rest)
{
	unsigned packet = debug_run(&session->debug)->packet + 1;
	unsigned max = session->debug.record.packet_max;
	unsigned long number = packet + 1;
	long count = 1;

	if (*rest && (!is_number(rest, max, &number) || !number))
		return fail(session, "'%.80s' is not the number of a packet, "
			"1 to %u", rest, max);
	count = (long)number - (long)packet;
	if (count == 0)
		count = -(long)(session->debug.at.run != 0);
	if (number == packet) {
		session->debug.at = (struct record_at){session->debug.record
			.packets[packet - 1].first_run, 0};
		tell_next(session, (struct record_at){UINT32_MAX, 0});
		return true;
	}
	return move_times(session, count, debug_step_packet);
}

/* The change that a watch saw, from the step before to the one after it. */
static void
tell_watch(struct command_session *session, const struct debug_stop *stop,
	bool forward)
{
	struct debug *debug = &session->debug;
	struct record_at other = debug->at;
	struct eval now, then;
	uint32_t value;

	other.state += forward ? -1u : 1u;
	if (stop->kind != DEBUG_ON_CHANGE)
		return;
	then = debug_eval(debug, other);
	now = debug_eval(debug, debug->at);
	fputs(": ", session->out);
	if (eval_number(&then, stop->name, &value))
		fputs("no value", session->out);
	else
		debug_show_number(session->out, value, 0);
	fputs(" -> ", session->out);
	if (eval_number(&now, stop->name, &value))
		fputs("no value", session->out);
	else
		debug_show_number(session->out, value, 0);
}

static void
tell_stops(struct command_session *session, uint64_t due, bool forward)
{
	struct debug *debug = &session->debug;
	char text[DEBUG_STOP_TEXT_SIZE];

	for (unsigned i = debug->stop_count; i-- > 0; ) {
		struct debug_stop stop = debug->stops[i];

		if (!(due >> i & 1))
			continue;
		fprintf(session->out, "%u: %s", stop.id,
			debug_stop_text(&stop, text));
		tell_watch(session, &stop, forward);
		fputc('\n', session->out);
		if (stop.once)
			debug_remove_stop(debug, i);
	}
}

/* What the step before a watch stopped did. */
static void
tell_watched_step(struct command_session *session, uint64_t due)
{
	struct debug *debug = &session->debug;

	for (unsigned i = 0; i < debug->stop_count; i++)
		if (due >> i & 1 && debug->stops[i].kind >= DEBUG_ON_CHANGE) {
			debug_show_step(session->out, debug, (struct record_at)
				{debug->at.run, debug->at.state - 1});
			return;
		}
}

static bool
go_on(struct command_session *session, bool forward, struct record_at from)
{
	struct debug *debug = &session->debug;
	enum debug_moved moved;
	uint64_t due;

	debug->passed = forward ? pass_end : NULL;
	moved = debug_continue(debug, forward, &due);
	if (moved == DEBUG_INTERRUPTED)
		fputs("interrupted\n", session->out);
	if (moved == DEBUG_STOPPED && forward)
		tell_watched_step(session, due);
	tell_stops(session, due, forward);
	if (moved == DEBUG_AT_EDGE && !tell_edge(session, forward))
		return false;
	if (moved != DEBUG_AT_EDGE || !forward)
		tell_next(session, from);
	session->told_end = false;
	return true;
}

static bool
do_continue(struct command_session *session, char *rest)
{
	(void)rest;
	return go_on(session, true, session->debug.at);
}

static bool
do_reverse(struct command_session *session, char *rest)
{
	(void)rest;
	return go_on(session, false, session->debug.at);
}

static bool
do_run(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct record_at nowhere = {UINT32_MAX, 0};
	uint64_t due;

	(void)rest;
	debug_restart(debug);
	due = debug_due(debug);
	if (!due)
		return go_on(session, true, nowhere);
	tell_stops(session, due, true);
	tell_next(session, nowhere);
	return true;
}

static bool
do_finish(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct record_at from = debug->at;

	(void)rest;
	debug->passed = NULL;
	if (!debug_finish(debug))
		return fail(session, "this is the end of the run");
	debug_show_step(session->out, debug, (struct record_at){debug->at.run,
		debug->at.state - 1});
	tell_next(session, from);
	return true;
}

/*
 * Stops.
 */

static const struct {
	const char *name;
	enum debug_stop_kind kind;
	bool numbered;			/* a number follows */
	unsigned number;
} places[] = {
	{"fault", DEBUG_AT_FAULT, false, 0},
	{"store", DEBUG_AT_ACCESS, false, 0},
	{"ingress", DEBUG_AT_HOOK, false, NODE_INGRESS},
	{"egress", DEBUG_AT_HOOK, false, NODE_EGRESS},
	{"forward", DEBUG_AT_VERDICT, false, VM_FORWARD},
	{"drop", DEBUG_AT_VERDICT, false, VM_DROP},
	{"return", DEBUG_AT_VERDICT, false, VM_RETURN},
	{"node", DEBUG_AT_NODE, true, 0},
	{"hop", DEBUG_AT_HOP, true, 0},
	{"packet", DEBUG_AT_PACKET, true, 0}
};

static unsigned
code_count(const struct command_session *session)
{
	const struct sim_packet *packet = &debug_run(&session->debug)->before;

	return packet->error ? 0 : packet->info.wasp.code_count;
}

static bool
where_pc(struct command_session *session, const char *text,
	struct debug_stop *stop)
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	uint32_t pc;

	if (eval_number(&eval, text, &pc))
		return fail(session, "%s", eval.error);
	if (pc >= code_count(session))
		return fail(session, "there is no instruction %" PRIu32
			": the program has %u", pc, code_count(session));
	stop->kind = DEBUG_AT_PC;
	stop->number = pc;
	return true;
}

/* A file of the notes by its whole name, or by the end of its path. */
static const char *
noted_file(const struct notes *notes, const char *name)
{
	size_t size = strlen(name);

	for (unsigned i = 0; i < notes->file_count; i++) {
		const char *file = notes->files[i];
		size_t length = strlen(file);

		if (!strcmp(file, name) || (length > size &&
		    file[length - size - 1] == '/' &&
		    !strcmp(file + length - size, name)))
			return file;
	}
	return NULL;
}

/* A line, or the next one that has an instruction. */
static bool
where_line(struct command_session *session, const char *file,
	unsigned long line, struct debug_stop *stop)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;
	const char *noted = *file ? noted_file(notes, file) : notes->file;
	unsigned best = 0;

	if (*file && !noted)
		return fail(session, "no line of a file '%.80s' is noted",
			file);
	for (unsigned i = 0; i < notes->line_count; i++) {
		const struct notes_line *l = &notes->lines[i];

		if ((!noted || (l->file && !strcmp(l->file, noted))) &&
		    l->line >= line && (!best || l->line < best))
			best = l->line;
	}
	if (!best)
		return fail(session, notes->line_count ? "no instruction is at "
			"line %lu or after it" : "no lines are noted; *%lu "
			"is an instruction by its index", line);
	if (noted && strlen(noted) >= sizeof(stop->name))
		noted = "";
	stop->kind = DEBUG_AT_LINE;
	stop->number = best;
	snprintf(stop->name, sizeof(stop->name), "%s", noted ? noted : "");
	return true;
}

static bool
is_label(const struct command_session *session, const char *name)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;

	for (unsigned i = 0; i < notes->label_count; i++)
		if (!strcmp(notes->labels[i].name, name))
			return true;
	return false;
}

static bool
unknown_where(struct command_session *session, const char *text)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;
	struct name_list list = {.count = 0};

	for (unsigned i = 0; i < notes->label_count; i++)
		list_name(&list, notes->labels[i].name);
	for (unsigned i = 0; i < COUNT(places); i++)
		list_name(&list, places[i].name);
	return fail_unknown(session, "label or place", text, &list);
}

/* "fault", "node 2". */
static bool
where_named(struct command_session *session, char *text,
	struct debug_stop *stop)
{
	unsigned long number = 0;
	char *rest, *name = take_word(text, &rest);
	size_t i;

	for (i = 0; i < COUNT(places) && strcmp(places[i].name, name); i++)
		;
	if (i == COUNT(places))
		return unknown_where(session, name);
	if (!places[i].numbered && *rest)
		return fail(session, "'%.80s' is not understood after %s",
			rest, name);
	if (places[i].numbered && !is_number(rest, UINT32_MAX, &number))
		return fail(session, "%s needs a number, as in %s 2", name,
			name);
	stop->kind = places[i].kind;
	stop->number = places[i].numbered ? (unsigned)number :
		places[i].number;
	return true;
}

static bool
take_where(struct command_session *session, char *text, struct debug_stop *stop)
{
	char *colon = strrchr(text, ':');
	unsigned long line;

	if (*text == '*')
		return where_pc(session, text + 1, stop);
	if (!*text && record_is_end(&session->debug.record, session->debug.at))
		return fail(session, "this is the end of a run; say where");
	if (!*text)
		return where_pc(session, "$pc", stop);
	if (is_number(text, UINT32_MAX, &line))
		return where_line(session, "", line, stop);
	if (is_label(session, text)) {
		if (strlen(text) >= sizeof(stop->name))
			return where_pc(session, text, stop);
		stop->kind = DEBUG_AT_LABEL;
		snprintf(stop->name, sizeof(stop->name), "%s", text);
		return true;
	}
	if (colon && is_number(colon + 1, UINT32_MAX, &line)) {
		*colon = '\0';
		return where_line(session, text, line, stop);
	}
	return where_named(session, text, stop);
}

/* An expression that is kept, and looked at later. */
static bool
keep_expression(struct command_session *session, const char *text,
	char kept[static DEBUG_CONDITION_SIZE])
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	uint32_t value;

	if (strlen(text) >= DEBUG_CONDITION_SIZE)
		return fail(session, "at most %d characters of it are kept",
			DEBUG_CONDITION_SIZE - 1);
	if (eval_number(&eval, text, &value) == EVAL_WRONG)
		return fail(session, "%s", eval.error);
	snprintf(kept, DEBUG_CONDITION_SIZE, "%s", text);
	return true;
}

/* Cut " if CONDITION" off; *condition is empty without. */
static void
take_condition(char *text, char **condition)
{
	char *p = begins("if ", text) ? text : strstr(text, " if ");

	*condition = text + strlen(text);
	if (!p)
		return;
	*condition = skip_space(p == text ? p + 3 : p + 4);
	*p = '\0';
	strip_end(text);
}

static bool
add_stop(struct command_session *session, const struct debug_stop *stop)
{
	struct debug *debug = &session->debug;
	char text[DEBUG_STOP_TEXT_SIZE];

	if (!debug_add_stop(debug, stop))
		return fail(session, "there are %d already; delete some",
			DEBUG_STOPS_MAX);
	fprintf(session->out, "%u: %s\n", debug->last_id,
		debug_stop_text(stop, text));
	return true;
}

static bool
add_break(struct command_session *session, char *rest, bool once)
{
	struct debug_stop stop = {.once = once};
	char *condition;

	take_condition(rest, &condition);
	return take_where(session, rest, &stop) && (!*condition ||
		keep_expression(session, condition, stop.condition)) &&
		add_stop(session, &stop);
}

static bool
do_break(struct command_session *session, char *rest)
{
	return add_break(session, rest, false);
}

static bool
do_tbreak(struct command_session *session, char *rest)
{
	return add_break(session, rest, true);
}

static bool
do_until(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct debug_stop stop = {.once = true};
	char *condition;

	take_condition(rest, &condition);
	if (!*rest)
		return fail(session, "until needs a place, as in until drop");
	if (!take_where(session, rest, &stop) || (*condition &&
	    !keep_expression(session, condition, stop.condition)))
		return false;
	if (!debug_add_stop(debug, &stop))
		return fail(session, "there are %d stops already; delete some",
			DEBUG_STOPS_MAX);
	if (!go_on(session, true, debug->at))
		return false;
	for (unsigned i = 0; i < debug->stop_count; i++)
		if (debug->stops[i].id == debug->last_id)
			debug_remove_stop(debug, i);
	return true;
}

/*
 * The key that a text means, as the node calls it: a block of two words of the
 * scratchpad, or a number.
 */
static bool
take_key(struct command_session *session, const char *text, uint64_t *key)
{
	const struct record_run *run = debug_run(&session->debug);
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	struct eval_name name;
	char *end;

	if (begins("0x", text) && isxdigit((unsigned char)text[2]) &&
	    strlen(text) <= 18) {
		*key = strtoull(text + 2, &end, 16);
		if (!*end)
			return true;
	}
	if (eval_find(&eval, text, &name))
		return fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE || name.place.kind != RECORD_WORD ||
	    name.count != 2 || !run->run.node)
		return fail(session, "'%.80s' is neither a key in the "
			"scratchpad nor a number 0x... of 64 bits", text);
	*key = sim_key_name(session->debug.record.sim, run->run.node,
		&run->before, debug_state(&session->debug)->pad +
		PACKET_WORD_SIZE * name.place.index);
	return true;
}

/* "store", "store KEY": true where the text begins so; *rest is KEY. */
static bool
is_store(char *text, char **rest)
{
	*rest = text + strlen("store");
	if (!begins("store", text) ||
	    (**rest && !isspace((unsigned char)**rest)))
		return false;
	*rest = skip_space(*rest);
	return true;
}

static bool
do_watch(struct command_session *session, char *rest)
{
	struct debug_stop stop = {.kind = DEBUG_ON_CHANGE};
	char *condition, *key;

	take_condition(rest, &condition);
	if (!*rest)
		return fail(session, "watch what? A value, or store");
	if (is_store(rest, &key)) {
		stop.kind = DEBUG_ON_STORE;
		stop.any_key = !*key;
		if (*key && !take_key(session, key, &stop.key))
			return false;
		snprintf(stop.name, sizeof(stop.name), "%.100s", key);
	} else if (!keep_expression(session, rest, stop.name)) {
		return false;
	}
	return (!*condition ||
		keep_expression(session, condition, stop.condition)) &&
		add_stop(session, &stop);
}

static bool
do_delete(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	unsigned long id;
	unsigned i;

	if (!*rest) {
		debug->stop_count = 0;
		return true;
	}
	if (!is_number(rest, UINT32_MAX, &id))
		return fail(session, "'%.80s' is not the number of a "
			"breakpoint or watch", rest);
	for (i = 0; i < debug->stop_count && debug->stops[i].id != id; i++)
		;
	if (i == debug->stop_count)
		return fail(session, "there is no breakpoint or watch %lu", id);
	debug_remove_stop(debug, i);
	return true;
}

/*
 * Looking.
 */

/* "/x" before what is printed. */
static bool
take_format(struct command_session *session, char **text, char *format)
{
	*format = 0;
	if (**text != '/')
		return true;
	if (!(*text)[1] || !strchr("xduta", (*text)[1]) ||
	    ((*text)[2] && !isspace((unsigned char)(*text)[2])))
		return fail(session, "'%.20s' is none of the formats /x /d /u "
			"/t /a", *text);
	*format = (*text)[1];
	*text = skip_space(*text + 2);
	return true;
}

static bool
print_store(struct command_session *session, char *text)
{
	const struct debug *debug = &session->debug;
	unsigned node = debug_run(debug)->run.node;
	uint64_t key;

	if (!take_key(session, text, &key))
		return false;
	if (!node)
		return fail(session, "this is at no node");
	debug_show_stored(session->out, debug, key, record_entry_find(
		record_store_at(&debug->record, debug->at, node), key));
	return true;
}

static bool
do_print(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct eval eval = debug_eval(debug, debug->at);
	struct eval_name name;
	uint32_t value;
	char format, *key;

	if (!take_format(session, &rest, &format))
		return false;
	if (!*rest)
		return fail(session, "print what? As in print r1 + 1");
	if (is_store(rest, &key) && *key)
		return print_store(session, key);
	if (!eval_find(&eval, rest, &name)) {
		if (name.count == 1 && eval_word(&eval, &name, 0, &value))
			return fail(session, "%s", eval.error);
		debug_show_name(session->out, debug, rest, &name, format);
		return true;
	}
	if (eval_number(&eval, rest, &value))
		return fail(session, "%s", eval.error);
	fprintf(session->out, "%s = ", rest);
	debug_show_number(session->out, value, format);
	fputc('\n', session->out);
	return true;
}

static void
show_registers(struct command_session *session)
{
	debug_show_registers(session->out, &session->debug);
}

static void
show_entry(struct command_session *session)
{
	debug_show_entry(session->out, &session->debug);
}

static void
show_words(struct command_session *session)
{
	debug_show_words(session->out, &session->debug);
}

static void
show_env(struct command_session *session)
{
	debug_show_env(session->out, &session->debug);
}

static void
show_packet(struct command_session *session)
{
	debug_show_packet(session->out, &session->debug);
}

static void
show_path(struct command_session *session)
{
	debug_show_path(session->out, &session->debug);
}

static void
show_stops(struct command_session *session)
{
	debug_show_stops(session->out, &session->debug);
}

static void
show_changes(struct command_session *session)
{
	debug_show_changes(session->out, &session->debug);
}

/* The store of this node, or of another by its number. */
static bool
show_store(struct command_session *session, const char *rest)
{
	unsigned nodes = session->debug.record.world.config->node_count;
	unsigned long node = debug_run(&session->debug)->run.node;

	if (*rest && (!is_number(rest, nodes, &node) || !node))
		return fail(session, "'%.80s' is not the number of a node, "
			"1 to %u", rest, nodes);
	if (!node)
		return fail(session, "this is at no node; say which, 1 to %u",
			nodes);
	debug_show_store(session->out, &session->debug, (unsigned)node);
	return true;
}

/* What info tells of; store is beside the table, since it has an operand. */
static const struct {
	const char *name, *help;
	void (*show)(struct command_session *session);
} topics[] = {
	{"registers", "r0 to r7, pc, and what was used so far", show_registers},
	{"entry", "the mapped entry, t0 to t7", show_entry},
	{"words", "the scratchpad by its names", show_words},
	{"environment", "every field", show_env},
	{"store", "the entries of this node's store, or of node N", NULL},
	{"packet", "addresses and header", show_packet},
	{"path", "the runs of the packet", show_path},
	{"breakpoints", "breakpoints and watches", show_stops},
	{"changes", "what was set", show_changes}
};

static bool
fail_topic(struct command_session *session, const char *word)
{
	struct name_list list = {.count = 0};
	size_t used = 0;

	for (size_t i = 0; i < COUNT(topics); i++)
		list_name(&list, topics[i].name);
	if (*word)
		return fail_unknown(session, "topic", word, &list);
	for (size_t i = 0; i < COUNT(topics); i++)
		used += (size_t)snprintf(session->error + used,
			sizeof(session->error) - used, "%s%s", i ? ", " :
			"info needs a topic: ", topics[i].name);
	return false;
}

static bool
do_info(struct command_session *session, char *rest)
{
	char *operand, *word = take_word(rest, &operand);

	for (size_t i = 0; *word && i < COUNT(topics); i++) {
		if (!begins(word, topics[i].name))
			continue;
		if (!topics[i].show)
			return show_store(session, operand);
		if (*operand)
			return fail(session, "'%.80s' is not understood after "
				"info %s", operand, topics[i].name);
		topics[i].show(session);
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
	if (!code_count(session))
		return fail(session, "there is no program in it");
	if (!*text)
		return true;
	if (!take_where(session, text, &stop))
		return false;
	if (stop.kind > DEBUG_AT_LINE)
		return fail(session, "that is no place in the program");
	for (*pc = 0; *pc < code_count(session); ++*pc)
		if (debug_stops_at(&session->debug, &stop, *pc))
			return true;
	return fail(session, "no instruction is there");
}

static bool
do_list(struct command_session *session, char *rest)
{
	unsigned pc;

	if (!take_pc(session, rest, &pc))
		return false;
	if (!debug_object(&session->debug)->notes.line_count)
		return fail(session, "no source lines are noted; disassemble "
			"shows the code");
	debug_show_source(session->out, &session->debug, pc);
	return true;
}

static bool
do_disassemble(struct command_session *session, char *rest)
{
	bool all = !strcmp(rest, "all");
	unsigned pc, last = code_count(session) - 1;

	if (!take_pc(session, all ? rest + strlen(rest) : rest, &pc))
		return false;
	debug_show_code(session->out, &session->debug,
		all || pc < CODE_AROUND ? 0 : pc - CODE_AROUND,
		all || pc + CODE_AROUND > last ? last : pc + CODE_AROUND);
	return true;
}

static bool
do_where(struct command_session *session, char *rest)
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

static bool
why_store(struct command_session *session, const char *text)
{
	struct debug *debug = &session->debug;
	struct debug_writer writer;
	uint64_t key;

	if (!take_key(session, text, &key))
		return false;
	if (debug_find_store_writer(debug, key, &writer))
		tell_writer(session, &writer);
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
		debug_show_number(session->out, value, 0);
	fputs(" -> ", session->out);
	after.state += !writer->by_hand;
	state = record_state_at(record, after);
	if (!writer->by_hand && state->unchanged)
		state = state->unchanged;
	if (eval_place(state, place, &value))
		fputs("no value", session->out);
	else
		debug_show_number(session->out, value, 0);
	fputc('\n', session->out);
}

static bool
why_place(struct command_session *session, struct record_place place)
{
	struct debug *debug = &session->debug;
	struct debug_writer writer;
	char name[EVAL_TEXT_SIZE];

	eval_place_text(&debug_object(debug)->notes, place, name);
	if (debug_find_writer(debug, place, &writer)) {
		tell_writer(session, &writer);
		tell_values(session, name, place, &writer);
	} else {
		fprintf(session->out, "nothing wrote %s: it has been so since "
			"the %s began\n", name, place.kind == RECORD_WORD ||
			place.kind == RECORD_CURSOR ? "packet" : "run");
	}
	return true;
}

/* "why r3", "who wrote r3 last". */
static bool
do_why(struct command_session *session, char *rest)
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	struct eval_name name;
	size_t size;
	uint32_t value;
	char *key;

	if (begins("wrote ", rest))
		rest = skip_space(rest + strlen("wrote "));
	size = strlen(rest);
	if (size > 5 && !strcmp(rest + size - 5, " last"))
		rest[size - 5] = '\0';
	strip_end(rest);
	if (!*rest)
		return fail(session, "who wrote what? As in who wrote r1");
	if (is_store(rest, &key) && *key)
		return why_store(session, key);
	if (eval_find(&eval, rest, &name))
		return fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE)
		return fail(session, "'%.80s' is nothing that a program "
			"writes", rest);
	if (eval_word(&eval, &name, 0, &value))
		return fail(session, "%s", eval.error);
	for (unsigned i = 0; i < name.count; i++, name.place.index++)
		why_place(session, name.place);
	return true;
}

/*
 * Changing.
 */

static bool
check_change(struct command_session *session,
	const struct record_change *change)
{
	const struct record_state *state = debug_state(&session->debug);

	if (change->place.kind == RECORD_ENTRY && !state->mapped)
		return fail(session, "nothing is mapped here, so t%u can not "
			"be set", change->place.index);
	if (change->place.kind == RECORD_CURSOR && change->value > UINT8_MAX)
		return fail(session, "the cursor is a number of 0 to 255");
	if (change->place.kind == RECORD_PC && (change->value < state->pc ||
	    change->value > code_count(session)))
		return fail(session, "pc can be set to %u..%u: control never "
			"goes back", state->pc, code_count(session));
	return true;
}

static bool
make_change(struct command_session *session, struct record_place place,
	uint32_t value)
{
	struct debug *debug = &session->debug;
	struct record_change change = {debug->at, place, value};
	char name[EVAL_TEXT_SIZE];
	uint32_t old = 0;

	if (!check_change(session, &change))
		return false;
	eval_place(debug_state(debug), place, &old);
	if (record_change(&debug->record, &change) != RECORD_SENT) {
		session->no_memory = true;
		return fail(session, "out of memory");
	}
	fprintf(session->out, "%s: ", eval_place_text(
		&debug_object(debug)->notes, place, name));
	debug_show_number(session->out, old, 0);
	fputs(" -> ", session->out);
	debug_show_number(session->out, value, 0);
	fputc('\n', session->out);
	return true;
}

/* All four words of an address. */
static bool
set_address(struct command_session *session, const struct eval_name *name,
	const char *value)
{
	struct record_place place = name->place;
	uint8_t addr[IP_ADDR_SIZE];

	if (name->count != IP_ADDR_SIZE / PACKET_WORD_SIZE ||
	    !ip_addr_parse(value, addr))
		return fail(session, "that has %u words; set one of them%s",
			name->count, name->count == 4 ? ", or an address" : "");
	for (unsigned i = 0; i < name->count; i++, place.index++)
		if (!make_change(session, place,
		    packet_get32(addr + PACKET_WORD_SIZE * i)))
			return false;
	return true;
}

static bool
do_set(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct eval eval = debug_eval(debug, debug->at);
	char *equals = strchr(rest, '=');
	struct eval_name name;
	uint32_t value;

	if (!equals)
		return fail(session, "set needs NAME = VALUE");
	*equals = '\0';
	strip_end(rest);
	if (eval_find(&eval, rest, &name))
		return fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE)
		return fail(session, "'%.80s' can not be set", rest);
	if (record_is_end(&debug->record, debug->at))
		return fail(session, "this is the end of a run; step back "
			"to change something");
	equals = skip_space(equals + 1);
	if (name.count > 1)
		return set_address(session, &name, equals);
	if (eval_number(&eval, equals, &value))
		return fail(session, "%s", eval.error);
	return make_change(session, name.place, value);
}

static bool
do_undo(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	struct record_at nowhere = {UINT32_MAX, 0};
	enum record_result result = record_undo(&debug->record, &debug->at);

	(void)rest;
	if (result == RECORD_ALL_SENT)
		return fail(session, "nothing was set");
	if (result != RECORD_SENT) {
		session->no_memory = true;
		return fail(session, "out of memory");
	}
	tell_next(session, nowhere);
	return true;
}

static bool
do_load(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	const struct record_source *source;

	if (!*rest)
		return fail(session, "load which file?");
	if (!session->host.load)
		return fail(session, "no files can be read here");
	source = session->host.load(session->host.arg, rest, session->error);
	if (!source)
		return false;
	if (!record_plan(&debug->record, debug_run(debug)->packet + 1, source,
	    1)) {
		session->no_memory = true;
		return fail(session, "out of memory");
	}
	return move_times(session, 1, debug_step_packet);
}

static bool
do_source(struct command_session *session, char *rest)
{
	if (!*rest)
		return fail(session, "source which file?");
	if (!session->host.source)
		return fail(session, "no files can be read here");
	return session->host.source(session->host.arg, rest, session->error);
}

static bool
do_quit(struct command_session *session, char *rest)
{
	(void)rest;
	session->quit = true;
	return true;
}

/*
 * The table.
 */

static bool do_help(struct command_session *session, char *rest);

static const struct command commands[] = {
	{"step", " s n next ", "[N]", "run N steps, 1 without N; also: next "
		"hop, next packet", do_step, COMPLETES_MOVE, true},
	{"back", " rs reverse-step ", "[N]", "take N steps back", do_back,
		COMPLETES_NOTHING, true},
	{"hop", "", "[N]", "to the beginning of the N-th next run", do_hop,
		COMPLETES_NOTHING, true},
	{"packet", "", "[N]", "to the beginning of the next packet, or of "
		"packet N", do_packet, COMPLETES_NOTHING, true},
	{"continue", " c ", NULL, "run to the next stop", do_continue,
		COMPLETES_NOTHING, true},
	{"reverse", " rc reverse-continue ", NULL,
		"run back to the stop before", do_reverse, COMPLETES_NOTHING,
		true},
	{"run", " r ", NULL, "from the beginning to the first stop", do_run,
		COMPLETES_NOTHING, false},
	{"until", " u ", "WHERE [if CONDITION]", "run to a place", do_until,
		COMPLETES_WHERE, false},
	{"finish", " fin ", NULL, "run to the end of this run", do_finish,
		COMPLETES_NOTHING, false},
	{"break", " b ", "[WHERE] [if CONDITION]", "stop at a place", do_break,
		COMPLETES_WHERE, false},
	{"tbreak", " tb ", "[WHERE] [if CONDITION]", "stop there once",
		do_tbreak, COMPLETES_WHERE, false},
	{"watch", " w ", "VALUE | store [KEY] [if CONDITION]",
		"stop where that changes", do_watch, COMPLETES_VALUE, false},
	{"delete", " d ", "[N]", "forget a breakpoint or watch, or all",
		do_delete, COMPLETES_NOTHING, false},
	{"print", " p ", "[/FORMAT] VALUE | store KEY", "print a value",
		do_print, COMPLETES_VALUE, false},
	{"info", " i ", "TOPIC", "print what there is of a topic", do_info,
		COMPLETES_TOPIC, false},
	{"list", " l ", "[WHERE]", "print source lines", do_list,
		COMPLETES_WHERE, false},
	{"disassemble", " dis ", "[WHERE | all]", "print instructions",
		do_disassemble, COMPLETES_ALL, false},
	{"where", " bt ", NULL, "print where this is", do_where,
		COMPLETES_NOTHING, false},
	{"why", " who ", "VALUE | store KEY", "print who wrote that last",
		do_why, COMPLETES_VALUE, false},
	{"set", "", "NAME = VALUE", "change something here, and what follows "
		"from it", do_set, COMPLETES_VALUE, false},
	{"undo", "", NULL, "take the last change back", do_undo,
		COMPLETES_NOTHING, false},
	{"load", "", "FILE[#N]", "send that packet after this one", do_load,
		COMPLETES_FILE, false},
	{"source", "", "FILE", "run the commands of a file", do_source,
		COMPLETES_FILE, false},
	{"help", " h ", "[COMMAND]", "print the commands, or one", do_help,
		COMPLETES_COMMAND, false},
	{"quit", " q exit ", NULL, "leave", do_quit, COMPLETES_NOTHING, false}
};

static bool
is_alias(const struct command *command, const char *word)
{
	const char *found = *word ? strstr(command->aliases, word) : NULL;

	for (; found; found = strstr(found + 1, word))
		if (found[-1] == ' ' && found[strlen(word)] == ' ')
			return true;
	return false;
}

static bool
fail_ambiguous(struct command_session *session, const char *word)
{
	size_t used = (size_t)snprintf(session->error, sizeof(session->error),
		"'%.80s' could be", word);

	for (size_t i = 0; i < COUNT(commands); i++)
		if (begins(word, commands[i].name) &&
		    used < sizeof(session->error))
			used += (size_t)snprintf(session->error + used,
				sizeof(session->error) - used, " %s",
				commands[i].name);
	return false;
}

/* By its name, an alias, or the beginning of one name; NULL and an error. */
static const struct command *
find_command(struct command_session *session, const char *word)
{
	const struct command *found = NULL;
	struct name_list list = {.count = 0};
	unsigned count = 0;

	for (size_t i = 0; i < COUNT(commands); i++) {
		list_name(&list, commands[i].name);
		if (!strcmp(commands[i].name, word) ||
		    is_alias(&commands[i], word))
			return &commands[i];
		if (begins(word, commands[i].name)) {
			found = &commands[i];
			count++;
		}
	}
	if (count > 1)
		fail_ambiguous(session, word);
	else if (!found)
		fail_unknown(session, "command", word, &list);
	return count == 1 ? found : NULL;
}

static void
print_command(FILE *out, const struct command *command)
{
	char usage[80];

	snprintf(usage, sizeof(usage), "%s%s%s", command->name,
		command->operands ? " " : "",
		command->operands ? command->operands : "");
	if (strlen(usage) > 26)
		fprintf(out, "%s\n%26s  %s\n", usage, "", command->help);
	else
		fprintf(out, "%-26s  %s\n", usage, command->help);
}

static void
print_details(FILE *out, const struct command *command)
{
	print_command(out, command);
	if (command->aliases[0])
		fprintf(out, "also called%.*s\n",
			(int)strlen(command->aliases) - 1, command->aliases);
	if (command->completes == COMPLETES_WHERE ||
	    command->completes == COMPLETES_ALL) {
		fputs("WHERE is a label, a line, FILE:LINE, *PC", out);
		for (size_t i = 0; i < COUNT(places); i++)
			fprintf(out, ", %s%s", places[i].name,
				places[i].numbered ? " N" : "");
		fputc('\n', out);
	}
	if (command->completes == COMPLETES_TOPIC)
		for (size_t i = 0; i < COUNT(topics); i++)
			fprintf(out, "  %-12s  %s\n", topics[i].name,
				topics[i].help);
}

static bool
do_help(struct command_session *session, char *rest)
{
	const struct command *command;

	if (*rest) {
		command = find_command(session, rest);
		if (command)
			print_details(session->out, command);
		return command != NULL;
	}
	for (size_t i = 0; i < COUNT(commands); i++)
		print_command(session->out, &commands[i]);
	fputs("Commands may be shortened; an empty line moves again.\n",
		session->out);
	return true;
}

/*
 * The session.
 */

bool
command_is_some(const char *line)
{
	while (isspace((unsigned char)*line))
		line++;
	return *line && *line != '#';
}

/* The name of the command: "p" of "p/x r1" is one, too. */
static char *
take_name(char *line, char name[static COMMAND_LINE_MAX])
{
	size_t size = strcspn(line, " \t\n\v\f\r/");

	memcpy(name, line, size);
	name[size] = '\0';
	return skip_space(line + size);
}

static enum command_result
run_line(struct command_session *session, char *line)
{
	const struct command *command;
	char word[COMMAND_LINE_MAX], *rest = take_name(skip_space(line), word);

	command = find_command(session, word);
	if (!command)
		return COMMAND_FAILED;
	strip_end(rest);
	if (!command->operands && *rest) {
		fail(session, "%s takes no operand, and '%.80s' is one",
			command->name, rest);
		return COMMAND_FAILED;
	}
	snprintf(session->repeat, sizeof(session->repeat), "%s%s%s",
		command->moves ? command->name : "", command->moves ? " " : "",
		command->moves ? rest : "");
	if (command->run(session, rest))
		return session->quit ? COMMAND_QUIT : COMMAND_OK;
	return session->no_memory ? COMMAND_NO_MEMORY : COMMAND_FAILED;
}

enum command_result
command_run(struct command_session *session, const char *line, bool repeat)
{
	char copy[COMMAND_LINE_MAX];

	if (strlen(line) >= sizeof(copy)) {
		fail(session, "the line is longer than %d characters",
			COMMAND_LINE_MAX - 1);
		return COMMAND_FAILED;
	}
	if (!command_is_some(line)) {
		if (!repeat || strchr(line, '#') || !session->repeat[0])
			return COMMAND_OK;
		line = session->repeat;
	}
	snprintf(copy, sizeof(copy), "%s", line);
	return run_line(session, copy);
}

enum command_result
command_finish(struct command_session *session)
{
	struct debug *debug = &session->debug;
	uint64_t due;

	debug->stop_count = 0;
	debug->passed = pass_end;
	if (debug_continue(debug, true, &due) == DEBUG_AT_EDGE &&
	    debug->sent == RECORD_NO_MEMORY)
		return COMMAND_NO_MEMORY;
	return COMMAND_OK;
}

enum record_result
command_begin(struct command_session *session,
	const struct record_world *world, const struct record_source *source,
	unsigned times, const struct command_host *host, FILE *out)
{
	enum record_result result;

	*session = (struct command_session){.out = out, .host = *host};
	result = debug_init(&session->debug, world, source, times);
	session->debug.interrupted = is_interrupted;
	session->debug.arg = session;
	if (result == RECORD_SENT)
		tell_next(session, (struct record_at){UINT32_MAX, 0});
	return result;
}

void
command_done(struct command_session *session)
{
	debug_done(&session->debug);
}

/*
 * Completion.
 */

struct completion {
	const char *word;
	void (*visit)(void *arg, const char *word);
	void *arg;
};

static void
offer(void *arg, const char *name)
{
	const struct completion *completion = arg;

	if (begins(completion->word, name))
		completion->visit(completion->arg, name);
}

static void
offer_places(const struct command_session *session,
	struct completion *completion)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;

	for (unsigned i = 0; i < notes->label_count; i++)
		offer(completion, notes->labels[i].name);
	for (size_t i = 0; i < COUNT(places); i++)
		offer(completion, places[i].name);
}

static void
offer_operands(const struct command_session *session, enum completes completes,
	struct completion *completion)
{
	struct eval eval = debug_eval(&session->debug, session->debug.at);

	switch (completes) {
	case COMPLETES_COMMAND:
		for (size_t i = 0; i < COUNT(commands); i++)
			offer(completion, commands[i].name);
		break;
	case COMPLETES_TOPIC:
		for (size_t i = 0; i < COUNT(topics); i++)
			offer(completion, topics[i].name);
		break;
	case COMPLETES_VALUE:
		offer(completion, "store");
		eval_each_name(&eval, offer, completion);
		break;
	case COMPLETES_ALL:
		offer(completion, "all");
		offer_places(session, completion);
		break;
	case COMPLETES_WHERE:
		offer_places(session, completion);
		break;
	case COMPLETES_MOVE:
		offer(completion, "hop");
		offer(completion, "packet");
		break;
	case COMPLETES_FILE:
	case COMPLETES_NOTHING:
		break;
	}
}

/* The command at the beginning of a line, for what it completes. */
static enum completes
line_completes(const char *line)
{
	struct command_session scratch;
	const struct command *command;
	char copy[COMMAND_LINE_MAX], *rest;

	snprintf(copy, sizeof(copy), "%s", line);
	command = find_command(&scratch, take_word(skip_space(copy), &rest));
	return command ? command->completes : COMPLETES_NOTHING;
}

bool
command_complete(const struct command_session *session, const char *line,
	size_t *start, void (*visit)(void *arg, const char *word), void *arg)
{
	struct completion completion = {.visit = visit, .arg = arg};
	size_t end = strlen(line), begin = end;
	enum completes completes;

	while (begin > 0 && (isalnum((unsigned char)line[begin - 1]) ||
	    strchr("_.$-/", line[begin - 1])))
		begin--;
	*start = begin;
	completion.word = line + begin;
	completes = strspn(line, " \t") == begin ? COMPLETES_COMMAND :
		line_completes(line);
	if (completes != COMPLETES_FILE)
		offer_operands(session, completes, &completion);
	return completes == COMPLETES_FILE;
}

void
command_each(void (*visit)(void *arg, const char *name,
	const char *operands, const char *help), void *arg)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		visit(arg, commands[i].name, commands[i].operands ?
			commands[i].operands : "", commands[i].help);
}
