/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines from a terminal, with editing, history and completion (libedit). */
#ifndef RUN_TERMINAL_MAIN_H
#define RUN_TERMINAL_MAIN_H

#include <stdio.h>

struct terminal;

/*
 * complete: what the last word of a line could become, which begins at *start;
 * true where it is the name of a file.  See command_complete.
 */
struct terminal_client {
	const char *name, *prompt;
	_Bool (*complete)(void *arg, const char *line, size_t *start,
		void (*visit)(void *arg, const char *word), void *visit_arg);
	void *arg;
};

/* NULL where the terminal can not be used.  The client is borrowed. */
struct terminal *terminal_open(FILE *in, FILE *out,
	const struct terminal_client *client);
void terminal_close(struct terminal *terminal);

/*
 * The next line, without its newline, until the next call; NULL at the end of
 * the input.  A line that was given up with ^C is a comment.
 */
const char *terminal_read(struct terminal *terminal);

#endif
