/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands of the debugger; see command.h and command-int.h. */
#include "debug/command-int.h"

#include <ctype.h>
#include <string.h>

#include "debug/debug-show.h"

static bool
do_source(struct command_session *session, char *rest)
{
	if (!*rest)
		return command_fail(session, "source which file?");
	if (!session->host.source)
		return command_fail(session, "no files can be read here");
	return session->host.source(session->host.arg, rest, session->error);
}

static bool
do_quit(struct command_session *session, char *rest)
{
	(void)rest;
	session->quit = true;
	return true;
}

static command_do do_help;

static const struct command commands[] = {
	{"step", " s n next ", "[N]",
		"run N steps, or one; also: next hop, next packet",
		command_step, COMPLETES_MOVE, true},
	{"back", " rs reverse-step ", "[N]", "take N steps back, or one",
		command_back, COMPLETES_NOTHING, true},
	{"hop", "", "[N]", "to the beginning of the N-th next run",
		command_hop, COMPLETES_NOTHING, true},
	{"packet", "", "[N]", "to the beginning of the next packet, or of N",
		command_packet, COMPLETES_NOTHING, true},
	{"continue", " c ", NULL, "run to the next stop",
		command_continue, COMPLETES_NOTHING, true},
	{"reverse", " rc reverse-continue ", NULL,
		"run back to the stop before",
		command_reverse, COMPLETES_NOTHING, true},
	{"run", " r ", NULL, "from the beginning to the first stop",
		command_again, COMPLETES_NOTHING, false},
	{"until", " u ", "WHERE [if CONDITION]", "run to a place",
		command_until, COMPLETES_WHERE, false},
	{"finish", " fin ", NULL, "run to the end of this run",
		command_to_end, COMPLETES_NOTHING, false},
	{"break", " b ", "[WHERE] [if CONDITION]", "stop at a place",
		command_break, COMPLETES_WHERE, false},
	{"tbreak", " tb ", "[WHERE] [if CONDITION]", "stop there once",
		command_tbreak, COMPLETES_WHERE, false},
	{"watch", " w ", "VALUE | store [KEY] [if CONDITION]",
		"stop where that changes",
		command_watch, COMPLETES_VALUE, false},
	{"delete", " d ", "[N]", "forget breakpoint or watch N, or all",
		command_delete, COMPLETES_NOTHING, false},
	{"print", " p ", "[/FORMAT] VALUE | store KEY", "print a value",
		command_print, COMPLETES_VALUE, false},
	{"info", " i ", "TOPIC", "print all there is of a topic",
		command_info, COMPLETES_TOPIC, false},
	{"list", " l ", "[WHERE]", "print source lines",
		command_list, COMPLETES_CODE, false},
	{"disassemble", " dis ", "[WHERE | all]", "print instructions",
		command_disassemble, COMPLETES_CODE, false},
	{"where", " bt ", NULL, "print where this is",
		command_where, COMPLETES_NOTHING, false},
	{"why", " who ", "VALUE | store KEY", "print what wrote that last",
		command_why, COMPLETES_VALUE, false},
	{"set", "", "NAME = VALUE", "change that here, and what comes of it",
		command_set, COMPLETES_VALUE, false},
	{"undo", "", NULL, "take the last change back",
		command_undo, COMPLETES_NOTHING, false},
	{"load", "", "FILE[#N]", "send that packet after this one",
		command_load, COMPLETES_FILE, false},
	{"source", "", "FILE", "run the commands of a file",
		do_source, COMPLETES_FILE, false},
	{"help", " h ", "[COMMAND]", "print the commands, or one",
		do_help, COMPLETES_COMMAND, false},
	{"quit", " q exit ", NULL, "leave",
		do_quit, COMPLETES_NOTHING, false}
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

const struct command *
command_find(const char *word, unsigned *count)
{
	const struct command *found = NULL;

	*count = 1;
	for (size_t i = 0; i < COUNT(commands); i++)
		if (!strcmp(commands[i].name, word) ||
		    is_alias(&commands[i], word))
			return &commands[i];
	*count = 0;
	for (size_t i = 0; i < COUNT(commands); i++)
		if (words_begin(word, commands[i].name)) {
			found = &commands[i];
			++*count;
		}
	return *count == 1 ? found : NULL;
}

static bool
fail_ambiguous(struct command_session *session, const char *word)
{
	size_t used = (size_t)snprintf(session->error, sizeof(session->error),
		"'%.80s' could be", word);

	for (size_t i = 0; i < COUNT(commands); i++)
		if (words_begin(word, commands[i].name) &&
		    used < sizeof(session->error))
			used += (size_t)snprintf(session->error + used,
				sizeof(session->error) - used, " %s",
				commands[i].name);
	return false;
}

static const struct command *
find_command(struct command_session *session, const char *word)
{
	struct words words = {.count = 0};
	unsigned count;
	const struct command *found = command_find(word, &count);

	for (size_t i = 0; i < COUNT(commands); i++)
		words_add(&words, commands[i].name);
	if (count > 1)
		fail_ambiguous(session, word);
	else if (!found)
		command_fail_unknown(session, "command", word, &words);
	return found;
}

/*
 * help.
 */

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
	    command->completes == COMPLETES_CODE)
		where_print_help(out);
	if (command->completes == COMPLETES_TOPIC)
		topic_print_help(out);
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
 * A line, and a session.
 */

bool
command_is_some(const char *line)
{
	while (isspace((unsigned char)*line))
		line++;
	return *line && *line != '#';
}

char *
command_take_name(char *line, char name[static COMMAND_LINE_MAX])
{
	char *start = words_skip_space(line);
	size_t size = strcspn(start, " \t\n\v\f\r/");

	memcpy(name, start, size);
	name[size] = '\0';
	return words_skip_space(start + size);
}

static enum command_result
run_line(struct command_session *session, char *line)
{
	char word[COMMAND_LINE_MAX], *rest = command_take_name(line, word);
	const struct command *command = find_command(session, word);

	if (!command)
		return COMMAND_FAILED;
	words_strip_end(rest);
	if (!command->operands && *rest) {
		command_fail(session, "%s takes no operand, and '%.80s' is one",
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
		command_fail(session, "the line is longer than %d characters",
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
	debug->passed = command_pass_end;
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
	session->debug.interrupted = command_interrupted;
	session->debug.arg = session;
	if (result == RECORD_SENT)
		command_tell_next(session, COMMAND_NOWHERE);
	return result;
}

void
command_done(struct command_session *session)
{
	debug_done(&session->debug);
}


void
command_each(void (*visit)(void *arg, const char *name,
	const char *operands, const char *help), void *arg)
{
	for (size_t i = 0; i < COUNT(commands); i++)
		visit(arg, commands[i].name, commands[i].operands ?
			commands[i].operands : "", commands[i].help);
}
