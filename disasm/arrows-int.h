/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jumps as arrows to the left of the instructions.  All jumps to one target
 * share a lane; a shorter one lies further to the right, so that few cross:
 *
 *	╭──
 *	│╭─
 *	├┼─
 *	│╰─>
 *	╰──>
 */
#ifndef DISASM_ARROWS_INT_H
#define DISASM_ARROWS_INT_H

#include <stdio.h>

#include "disasm/flow-int.h"

enum { ARROWS_LANES_MAX = 16 };

struct arrows {
	unsigned lanes;		/* used; 0: no jump */
	unsigned left_out;	/* targets for which there was no lane */
	/* By target: its lane from the right, or -1, and its first jump. */
	int8_t lane[PACKET_CODE_MAX + 1];
	uint8_t first[PACKET_CODE_MAX + 1];
	/* By instruction: where it jumps to, or itself. */
	uint8_t target[PACKET_CODE_MAX + 1];
};

/* Jumps past the end have no arrow. */
void arrows_init(struct arrows *arrows, const uint8_t *packet, unsigned count);

/*
 * Print the columns of a line, as many for each: that of the instruction at
 * row, or one before it.
 */
void arrows_print(FILE *out, const struct arrows *arrows, unsigned row,
	bool before, bool ascii);

#endif
