/* SPDX-License-Identifier: BSD-2-Clause */
/* What the command line of wasp-send asks for. */
#ifndef WASP_SEND_REQUEST_MAIN_H
#define WASP_SEND_REQUEST_MAIN_H

#include "cli/cli.h"

enum { REQUEST_SETS_MAX = 256 };

struct request {
	struct cli_input in;
	const char *if_name;		/* NULL: by the route */
	const char *output;		/* capture; NULL: none. Dry runs only */
	const char *sets[REQUEST_SETS_MAX];	/* NAME=VALUE */
	unsigned set_count, count;
	uint64_t interval_ns, timeout_ns;	/* timeout 0: do not wait */
	struct ip_form form;
	uint16_t ident;
	bool source_given, ident_given;
	bool dry_run, force, quiet, verbose, json;
};

extern const struct cli request_cli;

/*
 * Read it; everything is borrowed from argv.  form lacks the source, unless
 * given, and the source port.  Exits when it is wrong.
 */
void request_read(struct request *request, int argc, char **argv);

#endif
