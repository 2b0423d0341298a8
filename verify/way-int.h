/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A path through the states of a record, and what was chosen on it: which side
 * of each branch, which result of each store instruction.
 */
#ifndef VERIFY_WAY_INT_H
#define VERIFY_WAY_INT_H

#include "verify/flow-int.h"

struct way {
	unsigned count;
	uint16_t node[CODE_NODES];	/* FLOW_NODE, from the first instruction */
};

static inline unsigned
way_pc(uint16_t node)
{
	return node / SET_MAX;
}

/*
 * The way to a node that is longest by this bound in a lane, or empty for FLOW_NO_NODE:
 * bounds are those of struct state, so the shortest are there too.
 */
void way_find(struct way *way, const struct flow_record *record, uint16_t node,
	unsigned lane, unsigned bound);

/* Its instructions, without the end; returns how many. */
unsigned way_path(const struct way *way, unsigned code_count,
	uint8_t path[static PACKET_CODE_MAX]);

/*
 * What was chosen between its step i and the next, in the flow that keeps the
 * record: "taken (r0 is 1..2)", "gives 0"; "" where there was no choice.
 * Returns buf.
 */
enum { WAY_TEXT_SIZE = 80 };
const char *way_choice(const struct way *way, unsigned i,
	const struct flow *flow, char buf[static WAY_TEXT_SIZE]);

#endif
