/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-run --debug; see debug-main.h. */
#include <config.h>

#include "run/debug-main.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/terminal-main.h"

enum { SOURCE_DEPTH_MAX = 8 };

static const struct cli *const cli = &request_cli;

static volatile sig_atomic_t interrupted;

static void
note_interrupt(int number)
{
	(void)number;
	interrupted = 1;
}

static bool
is_interrupted(void *arg)
{
	(void)arg;
	return interrupted;
}

static const struct record_source *
load(void *arg, const char *file, char error[static COMMAND_ERROR_SIZE])
{
	struct debugger *debugger = arg;
	struct program *program = calloc(1, sizeof(*program));

	if (!program)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	program->next = debugger->loaded;
	debugger->loaded = program;
	return program_load(program, debugger->request, file, error,
		COMMAND_ERROR_SIZE) ? &program->source : NULL;
}

/* What can not go on at all. */
static void
check_memory(enum command_result result)
{
	if (result == COMMAND_NO_MEMORY)
		cli_die(cli, CLI_SYSTEM, "out of memory");
}

/* A line of a file, with the prompt, so that the output reads as a session. */
static enum command_result
run_script_line(struct debugger *debugger, char *line)
{
	enum command_result result;

	line[strcspn(line, "\n")] = '\0';
	if (!command_is_some(line))
		return COMMAND_OK;
	printf(COMMAND_PROMPT "%s\n", line);
	result = command_run(&debugger->session, line, false);
	check_memory(result);
	cli_flush(cli);
	return result;
}

/* Lines of a file until one fails, whose number is then in *number. */
static enum command_result
run_script(struct debugger *debugger, FILE *in, unsigned *number)
{
	enum command_result result = COMMAND_OK;
	char *line = NULL;
	size_t room = 0;

	for (*number = 1; result == COMMAND_OK; ++*number) {
		if (getline(&line, &room, in) < 0)
			break;
		result = run_script_line(debugger, line);
		if (result != COMMAND_OK)
			break;
	}
	free(line);
	return result;
}

static bool
source(void *arg, const char *file, char error[static COMMAND_ERROR_SIZE])
{
	struct debugger *debugger = arg;
	enum command_result result;
	char text[COMMAND_ERROR_SIZE];
	unsigned number;
	FILE *in;

	if (debugger->depth == SOURCE_DEPTH_MAX) {
		snprintf(error, COMMAND_ERROR_SIZE, "files that run files are "
			"more than %d deep", SOURCE_DEPTH_MAX);
		return false;
	}
	in = fopen(file, "r");
	if (!in) {
		snprintf(error, COMMAND_ERROR_SIZE, "%.200s: %s", file,
			strerror(errno));
		return false;
	}
	debugger->depth++;
	result = run_script(debugger, in, &number);
	debugger->depth--;
	fclose(in);
	if (result != COMMAND_FAILED)
		return true;
	snprintf(text, sizeof(text), "%s", error);
	snprintf(error, COMMAND_ERROR_SIZE, "%.100s:%u: %.200s", file, number,
		text);
	return false;
}

/* The whole of a script; false where it quit.  Exits where it is wrong. */
static bool
follow_script(struct debugger *debugger, FILE *in, const char *name)
{
	struct diag diag = {.file = name, .severity = DIAG_ERROR};
	enum command_result result = run_script(debugger, in, &diag.line);

	if (result == COMMAND_OK && ferror(in))
		cli_die(cli, CLI_INPUT, "%s: %s", name,
			strerror(errno));
	if (result != COMMAND_FAILED)
		return result != COMMAND_QUIT;
	snprintf(diag.text, sizeof(diag.text), "%s", debugger->session.error);
	diag_print(stderr, &diag);
	exit(CLI_INPUT);
}

static bool
complete(void *arg, const char *line, size_t *start,
	void (*visit)(void *arg, const char *word), void *visit_arg)
{
	return command_complete(arg, line, start, visit, visit_arg);
}

/* Until the user quits. */
static void
follow_user(struct debugger *debugger, struct terminal *terminal)
{
	const char *line;
	enum command_result result = COMMAND_OK;

	while (result != COMMAND_QUIT) {
		line = terminal_read(terminal);
		if (!line) {
			puts("quit");
			return;
		}
		interrupted = 0;
		result = command_run(&debugger->session, line, true);
		check_memory(result);
		if (result == COMMAND_FAILED)
			puts(debugger->session.error);
		cli_flush(cli);
	}
}

static void
use_terminal(struct debugger *debugger, FILE *in)
{
	struct terminal_client client = {.name = "wasp-run",
		.prompt = COMMAND_PROMPT, .complete = complete,
		.arg = &debugger->session};
	/* A write that ^C interrupts goes on: nothing that was printed is lost. */
	struct sigaction action = {.sa_handler = note_interrupt,
		.sa_flags = SA_RESTART};
	struct terminal *terminal = terminal_open(in, stdout, &client);

	if (!terminal)
		cli_die(cli, CLI_SYSTEM,
			"the terminal can not be used");
	sigaction(SIGINT, &action, NULL);
	cli_flush(cli);
	follow_user(debugger, terminal);
	terminal_close(terminal);
}

/* Where commands come from, in that order: a file, the terminal, a pipe. */
struct origin {
	FILE *in;
	const char *name;		/* NULL: a terminal */
};

/* Did the program come by standard input? */
static bool
input_is_taken(const struct debugger *debugger)
{
	const char *path = debugger->request->in.path;

	return !path || !strcmp(path, "-");
}

static struct origin
open_script(const struct debugger *debugger)
{
	const char *name = debugger->request->commands;
	struct origin origin = {stdin, "<stdin>"};

	if (name && strcmp(name, "-"))
		origin = (struct origin){fopen(name, "r"), name};
	else if (input_is_taken(debugger))
		cli_misuse(cli, "program and commands can not both "
			"come by standard input");
	if (!origin.in)
		cli_die(cli, CLI_INPUT, "%s: %s", name,
			strerror(errno));
	return origin;
}

/* The terminal itself, where the program came by standard input. */
static struct origin
open_origin(const struct debugger *debugger)
{
	struct origin origin = {stdin, NULL};

	if (debugger->request->commands ||
	    (!input_is_taken(debugger) && !isatty(STDIN_FILENO)))
		return open_script(debugger);
	if (input_is_taken(debugger))
		origin.in = fopen("/dev/tty", "r");
	if (!origin.in)
		cli_misuse(cli, "the program comes by standard "
			"input, and there is no terminal: give a file of "
			"--commands");
	return origin;
}

/* false where the user quit. */
static bool
follow(struct debugger *debugger, const struct origin *origin)
{
	if (origin->name)
		return follow_script(debugger, origin->in, origin->name);
	use_terminal(debugger, origin->in);
	return false;
}

bool
debugger_run(struct debugger *debugger)
{
	struct command_host host = {.load = load, .source = source,
		.interrupted = is_interrupted, .arg = debugger};
	struct origin origin = open_origin(debugger);
	bool finish;

	if (command_begin(&debugger->session, &debugger->world,
	    &debugger->program->source, debugger->request->repeat, &host,
	    stdout) != RECORD_SENT)
		check_memory(COMMAND_NO_MEMORY);
	finish = follow(debugger, &origin);
	if (origin.in != stdin)
		fclose(origin.in);
	if (finish)
		check_memory(command_finish(&debugger->session));
	return finish;
}

void
debugger_done(struct debugger *debugger)
{
	struct program *next;

	command_done(&debugger->session);
	for (; debugger->loaded; debugger->loaded = next) {
		next = debugger->loaded->next;
		input_done(&debugger->loaded->input);
		free(debugger->loaded);
	}
}
