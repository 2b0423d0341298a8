/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The commands of the debugger: one line of text at a time is understood,
 * carried out and answered on a stream.  Where the lines come from, a terminal,
 * a pipe or a file, is not known here.  wasp-run(1) specifies them.
 */
#ifndef DEBUG_COMMAND_H
#define DEBUG_COMMAND_H

#include "debug/debug.h"

#define COMMAND_PROMPT "(wasp) "
enum { COMMAND_ERROR_SIZE = 320, COMMAND_LINE_MAX = 4096 };

/*
 * What a command needs of the world; NULL where it is not to be had.  Each says
 * why it failed in error.
 * load: what to send, from a file "FILE[#N]"; it stays until the session ends.
 * source: run the commands of a file.
 */
struct command_host {
	const struct record_source *(*load)(void *arg, const char *file,
		char error[static COMMAND_ERROR_SIZE]);
	bool (*source)(void *arg, const char *file,
		char error[static COMMAND_ERROR_SIZE]);
	bool (*interrupted)(void *arg);
	void *arg;
};

struct command_session {
	struct debug debug;
	FILE *out;
	struct command_host host;
	char error[COMMAND_ERROR_SIZE];	/* after COMMAND_FAILED */
	char repeat[COMMAND_LINE_MAX];	/* what an empty line does again */
	bool told_end;			/* of the run where the debugger is */
	bool quit, no_memory;
};

/*
 * Begin with packets of a source and tell where it is.  RECORD_SENT, or why it
 * can not; command_done frees it in any case.
 */
enum record_result command_begin(struct command_session *session,
	const struct record_world *world, const struct record_source *source,
	unsigned times, const struct command_host *host, FILE *out);
void command_done(struct command_session *session);

enum command_result {
	COMMAND_OK,
	COMMAND_FAILED,		/* it was wrong, and nothing was done */
	COMMAND_QUIT,
	COMMAND_NO_MEMORY	/* the session is of no more use */
};

/*
 * One line.  An empty one moves again as the last command did, if repeat is
 * set, and does nothing otherwise, like a comment from #.
 */
enum command_result command_run(struct command_session *session,
	const char *line, bool repeat);

/* Go on to the end of the last packet without a stop. */
enum command_result command_finish(struct command_session *session);

/* Does the line do anything: is it neither empty nor a comment? */
bool command_is_some(const char *line);

/*
 * What the last word of a line that is being written could become; start is
 * where that word begins.  Gives true where it is the name of a file, which are
 * not known here.
 */
bool command_complete(const struct command_session *session, const char *line,
	size_t *start, void (*visit)(void *arg, const char *word), void *arg);

/* Each command with its operands and what it does. */
void command_each(void (*visit)(void *arg, const char *name,
	const char *operands, const char *help), void *arg);

#endif
