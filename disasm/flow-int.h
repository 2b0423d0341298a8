/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where control can go in a program.  The index code_count stands for the end,
 * where a program forwards; jumps past it lead there, too.
 */
#ifndef DISASM_FLOW_INT_H
#define DISASM_FLOW_INT_H

#include "wasp/isa.h"
#include "wasp/packet.h"

struct flow {
	unsigned count;			/* instructions */
	bool reached[PACKET_CODE_MAX + 1];	/* by some path */
	bool leads[PACKET_CODE_MAX + 1];	/* begins a basic block */
};

/* The successors of an instruction. */
struct flow_step {
	bool next;		/* the next instruction */
	bool jump;		/* target */
	bool past_end;		/* the jump passes the end */
	unsigned target;	/* at most count */
};

struct flow_step flow_step(uint16_t word, unsigned pc, unsigned count);

void flow_init(struct flow *flow, const uint8_t *packet, unsigned count);

/* The instruction after the last one of the block that begins at pc. */
unsigned flow_block_end(const struct flow *flow, unsigned pc);

#endif
