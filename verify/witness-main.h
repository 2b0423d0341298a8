/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Counterexamples of wasp-verify: for an error, a packet and a store with which
 * wasp-run does what the error says, as files, and the command.
 */
#ifndef VERIFY_WITNESS_MAIN_H
#define VERIFY_WITNESS_MAIN_H

#include <jansson.h>

#include "cli/cli.h"
#include "verify/verify.h"

struct examples {
	const struct cli *cli;
	const char *prefix;		/* of the files; NULL: none are wanted */
	const struct object *object;
	const char *notes;		/* a file that has them, for wasp-run to
					   name words by; NULL: none */
	const struct verify_limits *limits;
	uint64_t search;		/* steps of the machine for each */
	unsigned most;			/* that are searched for */
	unsigned searched;		/* so far */
};

/*
 * Search for one that shows this finding, and write PREFIX-N.pcap and
 * PREFIX-N.store, N counting from 1.  What came of it is JSON that the caller
 * owns; NULL where no run can show such a finding, or the most are searched.
 *	pcap, store, command (an array, wasp-run first), does (a text)
 * each null where none was found, and always
 *	runs, steps (of the search), stopped_by, stopped_pc
 */
json_t *examples_show(struct examples *examples, const struct diag *diag);

/*
 * The same for a run that costs as much as the verifier says, in PREFIX.pcap
 * and PREFIX.store.
 */
json_t *examples_worst(struct examples *examples,
	const struct verify_result *result);

/* What came of it as a note, for people. */
void examples_print(FILE *out, const json_t *example);

#endif
