/* SPDX-License-Identifier: BSD-2-Clause */
/* Places, keys and conditions; stops; see command-int.h. */
#include "debug/command-int.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "debug/debug-show.h"

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

void
where_each(const struct command_session *session, words_visit *visit,
	void *arg)
{
	const struct notes *notes = &debug_object(&session->debug)->notes;

	for (unsigned i = 0; i < notes->label_count; i++)
		visit(arg, notes->labels[i].name);
	for (size_t i = 0; i < COUNT(places); i++)
		visit(arg, places[i].name);
}

void
where_print_help(FILE *out)
{
	fputs("WHERE is a label, a line, FILE:LINE, *PC,\n", out);
	for (size_t i = 0; i < COUNT(places); i++)
		fprintf(out, "%s%s%s", i ? ", " : "  ", places[i].name,
			places[i].numbered ? " N" : "");
	fputc('\n', out);
}

unsigned
command_code_count(const struct command_session *session)
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
		return command_fail(session, "%s", eval.error);
	if (pc >= command_code_count(session))
		return command_fail(session, "there is no instruction %" PRIu32
			": the program has %u", pc,
			command_code_count(session));
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
		return command_fail(session,
			"no line of a file '%.80s' is noted",
			file);
	for (unsigned i = 0; i < notes->line_count; i++) {
		const struct notes_line *l = &notes->lines[i];

		if ((!noted || (l->file && !strcmp(l->file, noted))) &&
		    l->line >= line && (!best || l->line < best))
			best = l->line;
	}
	if (!best)
		return command_fail(session,
			notes->line_count ? "no instruction is at "
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
	struct words words = {.count = 0};

	where_each(session, words_add, &words);
	return command_fail_unknown(session, "label or place", text, &words);
}

/* "fault", "node 2". */
static bool
where_named(struct command_session *session, char *text,
	struct debug_stop *stop)
{
	unsigned long number = 0;
	char *rest, *name = words_take(text, &rest);
	size_t i;

	for (i = 0; i < COUNT(places) && strcmp(places[i].name, name); i++)
		;
	if (i == COUNT(places))
		return unknown_where(session, name);
	if (!places[i].numbered && *rest)
		return command_fail(session,
			"'%.80s' is not understood after %s",
			rest, name);
	if (places[i].numbered && !words_number(rest, UINT32_MAX, &number))
		return command_fail(session,
			"%s needs a number, as in %s 2", name,
			name);
	stop->kind = places[i].kind;
	stop->number = places[i].numbered ? (unsigned)number :
		places[i].number;
	return true;
}

bool
where_take(struct command_session *session, char *text, struct debug_stop *stop)
{
	char *colon = strrchr(text, ':');
	unsigned long line;

	if (*text == '*')
		return where_pc(session, text + 1, stop);
	if (!*text && record_is_end(&session->debug.record, session->debug.at))
		return command_fail(session,
			"this is the end of a run; say where");
	if (!*text)
		return where_pc(session, "$pc", stop);
	if (words_number(text, UINT32_MAX, &line))
		return where_line(session, "", line, stop);
	if (is_label(session, text)) {
		if (strlen(text) >= sizeof(stop->name))
			return where_pc(session, text, stop);
		stop->kind = DEBUG_AT_LABEL;
		snprintf(stop->name, sizeof(stop->name), "%s", text);
		return true;
	}
	if (colon && words_number(colon + 1, UINT32_MAX, &line)) {
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
		return command_fail(session, "at most %d characters of it are "
			"kept", DEBUG_CONDITION_SIZE - 1);
	if (eval_number(&eval, text, &value) == EVAL_WRONG)
		return command_fail(session, "%s", eval.error);
	snprintf(kept, DEBUG_CONDITION_SIZE, "%s", text);
	return true;
}

/* Cut " if CONDITION" off; *condition is empty without. */
static void
take_condition(char *text, char **condition)
{
	char *p = words_begin("if ", text) ? text : strstr(text, " if ");

	*condition = text + strlen(text);
	if (!p)
		return;
	*condition = words_skip_space(p == text ? p + 3 : p + 4);
	*p = '\0';
	words_strip_end(text);
}

static bool
add_stop(struct command_session *session, const struct debug_stop *stop)
{
	struct debug *debug = &session->debug;
	char text[DEBUG_STOP_TEXT_SIZE];

	if (!debug_add_stop(debug, stop))
		return command_fail(session, "there are %d already; delete "
			"some", DEBUG_STOPS_MAX);
	fprintf(session->out, "%u: %s\n", debug->last_id,
		debug_stop_text(stop, text));
	return true;
}

bool
where_take_both(struct command_session *session, char *text,
	struct debug_stop *stop)
{
	char *condition;

	take_condition(text, &condition);
	return where_take(session, text, stop) && (!*condition ||
		keep_expression(session, condition, stop->condition));
}

static bool
add_break(struct command_session *session, char *rest, bool once)
{
	struct debug_stop stop = {.once = once};

	return where_take_both(session, rest, &stop) &&
		add_stop(session, &stop);
}

bool
command_break(struct command_session *session, char *rest)
{
	return add_break(session, rest, false);
}

bool
command_tbreak(struct command_session *session, char *rest)
{
	return add_break(session, rest, true);
}

bool
where_take_key(struct command_session *session, const char *text, uint64_t *key)
{
	const struct record_run *run = debug_run(&session->debug);
	struct eval eval = debug_eval(&session->debug, session->debug.at);
	struct eval_name name;
	const uint8_t *words;
	char *end;

	if (words_begin("0x", text) && isxdigit((unsigned char)text[2]) &&
	    strlen(text) <= 18) {
		*key = strtoull(text + 2, &end, 16);
		if (!*end)
			return true;
	}
	if (eval_find(&eval, text, &name))
		return command_fail(session, "%s", eval.error);
	if (name.kind != EVAL_PLACE || name.place.kind != RECORD_WORD ||
	    name.count != 2 || !run->run.node)
		return command_fail(session, "'%.80s' is neither a key in the "
			"scratchpad nor a number 0x... of 64 bits", text);
	words = debug_state(&session->debug)->pad +
		PACKET_WORD_SIZE * name.place.index;
	if (key_space(packet_get64(words)) == KEY_INVITATION)
		return command_fail(session, "an invitation has a name of its "
			"own at each side; info store prints it");
	*key = sim_key_name(session->debug.record.sim, run->run.node,
		&run->before, words);
	return true;
}

bool
where_is_store(char *text, char **rest)
{
	size_t size = strlen("store");

	*rest = text;
	if (strncmp(text, "store", size) ||
	    (text[size] && !isspace((unsigned char)text[size])))
		return false;
	*rest = words_skip_space(text + size);
	return true;
}

bool
command_watch(struct command_session *session, char *rest)
{
	struct debug_stop stop = {.kind = DEBUG_ON_CHANGE};
	char *condition, *key;

	take_condition(rest, &condition);
	if (!*rest)
		return command_fail(session, "watch what? A value, or store");
	if (where_is_store(rest, &key)) {
		stop.kind = DEBUG_ON_STORE;
		stop.any_key = !*key;
		if (*key && !where_take_key(session, key, &stop.key))
			return false;
		snprintf(stop.name, sizeof(stop.name), "%.100s", key);
	} else if (!keep_expression(session, rest, stop.name)) {
		return false;
	}
	return (!*condition ||
		keep_expression(session, condition, stop.condition)) &&
		add_stop(session, &stop);
}

bool
command_delete(struct command_session *session, char *rest)
{
	struct debug *debug = &session->debug;
	unsigned long id;
	unsigned i;

	if (!*rest) {
		debug->stop_count = 0;
		return true;
	}
	if (!words_number(rest, UINT32_MAX, &id))
		return command_fail(session, "'%.80s' is not the number of a "
			"breakpoint or watch", rest);
	for (i = 0; i < debug->stop_count && debug->stops[i].id != id; i++)
		;
	if (i == debug->stop_count)
		return command_fail(session,
			"there is no breakpoint or watch %lu", id);
	debug_remove_stop(debug, i);
	return true;
}

