/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program at each hook where it can run.  What a run reads of its hook and way
 * is known there, so each gets a pass of its own; but those that differ in
 * nothing that the program asks for share one.
 */
#ifndef VERIFY_HOOKS_INT_H
#define VERIFY_HOOKS_INT_H

#include "verify/flow-int.h"
#include "verify/verify.h"

/* Besides those of enum verify_hook: of a packet that no node runs, anywhere. */
enum { HOOKS_ANY = VERIFY_HOOKS, HOOKS_COUNT };

struct hooks {
	/* The hook whose pass serves this one; itself, or an earlier one.
	   HOOKS_COUNT: the program does not run there. */
	uint8_t pass[HOOKS_COUNT];
};

void hooks_find(struct hooks *hooks, const struct code *code, uint8_t flags);

/* Make the flow ready to run there; record and found are left alone. */
void hooks_prepare(struct flow *flow, const struct code *code,
	const struct packet_header *header, const struct verify_limits *limits,
	unsigned hook);

#endif
