/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The jump graph of a program.  Its nodes are the instructions and, behind the
 * last one, the end; every edge goes to a larger node, so that their order is a
 * topological one and each question is answered in one pass.
 */
#ifndef VERIFY_GRAPH_INT_H
#define VERIFY_GRAPH_INT_H

#include "wasp/isa.h"
#include "wasp/packet.h"

enum { GRAPH_NODES = PACKET_CODE_MAX + 1 };

struct graph {
	unsigned count;			/* instructions; this node is the end */
	uint16_t word[PACKET_CODE_MAX];
	enum isa_op op[PACKET_CODE_MAX];	/* ISA_ILLEGAL goes to the next */
	uint8_t next[PACKET_CODE_MAX][2];	/* without a jump, the same */
	uint8_t next_count[PACKET_CODE_MAX];	/* 0 (a verdict), 1, or 2: next
					   instruction first, then the target */
	bool reached[GRAPH_NODES];
};

/* Jumps past the end go to the end. */
void graph_build(struct graph *graph, const uint8_t *packet, unsigned count);

/* What a path is measured in; illegal words have none of it, and end it. */
enum graph_measure { GRAPH_STEPS, GRAPH_COST, GRAPH_ACCESSES };
unsigned graph_weight(const struct graph *graph, enum graph_measure measure,
	unsigned pc);

/*
 * A longest path from the first instruction: its instructions in order, their
 * number, and their sum.
 */
struct graph_path {
	unsigned sum, count;
	uint8_t pc[PACKET_CODE_MAX];
};
void graph_longest(const struct graph *graph, enum graph_measure measure,
	struct graph_path *path);

#endif
