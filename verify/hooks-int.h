/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The hooks where a program can run, as lanes of the pass.  What a run reads of
 * its hook and way is known there, so each has a lane of its own; but those that
 * differ in nothing that the program asks for share one.
 */
#ifndef VERIFY_HOOKS_INT_H
#define VERIFY_HOOKS_INT_H

#include "verify/flow-int.h"
#include "verify/verify.h"

/* No lane serves a hook: the program does not run there. */
enum { HOOKS_NO_LANE = UINT8_MAX };

struct hooks {
	/* For each hook; for none, where no node runs the packet: then there is
	   one lane, which is of any hook. */
	uint8_t lane[VERIFY_HOOKS];
	bool runs;			/* at some hook */
};

/*
 * Find them, and make the flow ready to run there; what it is given for the
 * record, and who is told of findings, is left alone.  limits may be NULL.
 */
void hooks_prepare(struct hooks *hooks, struct flow *flow,
	const struct code *code, const struct packet_header *header,
	const struct verify_limits *limits);

#endif
