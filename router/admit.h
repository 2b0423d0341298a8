/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs use, found before their first instruction and remembered, so
 * that admitting the packets of a flow costs little.  What is remembered
 * depends on the program alone, not on a policy.
 */
#ifndef ROUTER_ADMIT_H
#define ROUTER_ADMIT_H

#include "verify/policy.h"

enum { ADMIT_SETS = 64, ADMIT_WAYS = 4 };

/* All that the answer depends on, as verify_code says; and the answer. */
struct admit_entry {
	struct packet_header header;	/* code_count 0: unused */
	uint64_t keys;			/* bit 1 << n: word n begins a key, and no
					   instruction writes it */
	uint64_t spaces[2];		/* of the keys: the two bits of each */
	uint8_t code[ISA_INSN_SIZE * PACKET_CODE_MAX];
	struct verify_use use;
};

/* Zero-initialised, it is empty. */
struct admit {
	struct admit_entry entries[ADMIT_SETS][ADMIT_WAYS];
	unsigned next[ADMIT_SETS];	/* the way that is given up next */
	uint64_t hits, misses;
};

/*
 * What the program of a packet uses whose header packet_parse took; valid until
 * the next call.
 */
const struct verify_use *admit_use(struct admit *admit, const uint8_t *packet,
	const struct packet_header *header);

#endif
