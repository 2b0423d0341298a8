/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-run --debug: where its commands come from, and how it ends. */
#ifndef RUN_DEBUG_MAIN_H
#define RUN_DEBUG_MAIN_H

#include "debug/command.h"
#include "run/program-main.h"

/* The caller sets the first three, which are borrowed, and looks at session. */
struct debugger {
	const struct request *request;
	const struct program *program;
	struct record_world world;
	struct command_session session;
	struct program *loaded;		/* by the command load */
	unsigned depth;			/* of files that run others */
};

/*
 * Debug until the commands end, and finish, or until the user quits: then it
 * gives false.  Exits where a script is wrong.
 */
bool debugger_run(struct debugger *debugger);
void debugger_done(struct debugger *debugger);

#endif
