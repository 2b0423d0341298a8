/* SPDX-License-Identifier: BSD-2-Clause */
/* What the command line of wasp-run asks for. */
#ifndef RUN_REQUEST_MAIN_H
#define RUN_REQUEST_MAIN_H

#include "cli/cli.h"
#include "run/sim.h"

enum { REQUEST_SETS_MAX = 256, REQUEST_DEBUG_REPEAT_MAX = 10000 };

/* Forms in which coverage is told, instead of running. */
enum request_report { REPORT_NONE, REPORT_TEXT, REPORT_LCOV };

struct request {
	struct cli_input in;
	const char *store, *load;		/* NULL: not given */
	const char *sets[REQUEST_SETS_MAX];	/* NAME=VALUE */
	unsigned set_count, repeat;
	enum node_hook hook;		/* 0: the first of the program */
	const char *commands;		/* for the debugger; NULL: not given */
	const char *output;		/* capture; NULL: not wanted */
	const char *coverage;		/* file; NULL: not wanted */
	enum request_report report;
	bool has_time, is_back, trace, profile, debug, engine, json;
	struct sim_config sim;
};

extern const struct cli request_cli;

/* Read it; everything is borrowed from argv.  Exits when it is wrong. */
void request_read(struct request *request, int argc, char **argv);

#endif
