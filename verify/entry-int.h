/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Is an entry mapped?  The machine's state before an instruction, abstractly:
 * whether an entry is mapped, and for each register a range that its value lies
 * in.  Paths that meet are joined, but never a path with an entry and one
 * without.  So there are at most three states an instruction, whatever the
 * number of paths, and yet a lookup whose result is tested (in any register it
 * was copied to, against any number) is seen to be tested: where the result is
 * 0 nothing is mapped, where it is not something is, and a branch that a
 * state's ranges rule out is not followed from it.
 */
#ifndef VERIFY_ENTRY_INT_H
#define VERIFY_ENTRY_INT_H

#include "verify/graph-int.h"

enum mapping {
	MAPPED_NONE,
	MAPPED_READ,		/* a write faults unless the packet may write */
	MAPPED_WRITE,		/* a write can not fault */
	MAPPING_COUNT
};

struct range {
	uint32_t lo, hi;	/* both included */
};

struct state {
	bool live;			/* some path leads here like this */
	uint8_t from_pc;		/* the first that was found comes from */
	uint8_t from_mapping;		/* there; unused at instruction 0 */
	uint8_t set;			/* registers set on every path */
	struct range reg[ISA_REG_COUNT];
};

/* What a store instruction can do, as far as its key is known. */
struct access {
	enum mapping mapping;		/* of the entry, if there is one */
	bool never;			/* it can only give 0 */
};

struct entry {
	const struct graph *graph;
	struct state before[GRAPH_NODES][MAPPING_COUNT];
	unsigned steps;			/* that were run on a state */
};

/* Only the first instruction is reached: nothing mapped, registers zero. */
void entry_start(struct entry *entry, const struct graph *graph);

/*
 * Run the instruction at pc on each state before it.  access is looked at for
 * store instructions only.  To be called once each, in their order; in between
 * the caller may change the states before the next one.
 */
void entry_step(struct entry *entry, unsigned pc, struct access access);

/* Take for granted that something is mapped there: nothing follows from it. */
void entry_assume(struct entry *entry, unsigned pc, enum mapping from);

/* The instructions on the way to a state, its own included. */
void entry_path(const struct entry *entry, unsigned pc, enum mapping mapping,
	struct graph_path *path);

#endif
