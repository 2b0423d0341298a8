/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules that bring packets to the queue: in each family the chains
 * WASP-NAME-in in the raw table (before connection tracking) and WASP-NAME-out
 * in mangle (before address translation), each with one jump to it an
 * interface, and WASP-NAME-self in raw for what this node sends back.  Only
 * these are ever touched.
 *
 * The first half makes and reads text of iptables-save and -restore; the second
 * runs these programs.
 */
#ifndef ROUTER_RULES_H
#define ROUTER_RULES_H

#include "router/config.h"

#include <stdio.h>

/*
 * The input of iptables-restore --noflush (family 4) or ip6tables-restore (6)
 * that puts our rules in, where there are none.  tracking: the kernel has
 * connection tracking, so what we send back must be kept from it.
 */
void rules_write(FILE *out, const struct config *config, int family,
	bool tracking);

/*
 * The input that takes out what is ours in saved, the output of iptables-save.
 * Returns how many rules and chains; 0, and nothing written: none.
 */
unsigned rules_write_removal(FILE *out, const char *name, const char *saved);

enum { RULES_ERROR_SIZE = 256 };

/* What happened. */
struct rules_report {
	unsigned removed;		/* rules and chains that were there */
	const char *program;		/* that put IPv4's in; NULL: none */
	char error[RULES_ERROR_SIZE];	/* the reason, after false */
};

/* Put the rules in, and take out what an earlier start left. */
bool rules_install(const struct config *config, struct rules_report *report);

/* Take out every rule of an instance. */
bool rules_remove(const char *name, struct rules_report *report);

#endif
