/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-run --debug: where its commands come from, and how it ends. */
#ifndef VM_DEBUG_MAIN_H
#define VM_DEBUG_MAIN_H

#include "cli/cli.h"
#include "vm/command.h"

struct debugger {
	const struct cli *cli;
	struct record_world world;
	const struct record_source *source;	/* is sent, so many times */
	unsigned times;
	const char *commands;		/* a file of them; NULL: not given */
	bool input_is_taken;		/* the program came from it */
	/* For the command load; see command.h. */
	const struct record_source *(*load)(void *arg, const char *file,
		char error[static COMMAND_ERROR_SIZE]);
	void *arg;
};

/*
 * Debug until the commands end, and finish, or until the user quits: then it
 * gives false.  The session is the caller's to look at, and to free with
 * command_done.  Exits where a script is wrong.
 */
bool debugger_run(const struct debugger *debugger,
	struct command_session *session);

#endif
