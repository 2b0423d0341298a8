/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* What wire.bpf.c and who measures with it tell each other. */
#ifndef XDP_WIRE_H
#define XDP_WIRE_H

#include <stdint.h>

/*
 * A frame: Ethernet, IPv4, a WASP packet of count.wasp's ten instructions with
 * four words more in its scratchpad, the first two of which are the time when it
 * was sent, 0 where that is not asked for.
 */
enum {
	WIRE_WASP_OFF = 14 + 20,
	WIRE_CODE_COUNT = 10,
	WIRE_PAD_COUNT = 8,
	WIRE_PAD_OFF = WIRE_WASP_OFF + 16 + 2 * WIRE_CODE_COUNT,
	WIRE_KEY_OFF = WIRE_PAD_OFF,
	WIRE_TIME_OFF = WIRE_PAD_OFF + 16,
	WIRE_FRAME_SIZE = WIRE_PAD_OFF + 4 * WIRE_PAD_COUNT,
	WIRE_KEYS = 1024		/* in turn */
};

/*
 * Times are counted by their logarithm, WIRE_PARTS to an octave: bucket i holds
 * what is at least wire_bound(i).
 */
enum { WIRE_PART_SHIFT = 5, WIRE_PARTS = 1 << WIRE_PART_SHIFT,
	WIRE_BUCKETS = 32 * WIRE_PARTS };

static inline uint64_t
wire_bound(unsigned i)
{
	unsigned octave = i >> WIRE_PART_SHIFT;
	uint64_t part = i & (WIRE_PARTS - 1);

	return octave == 0 ? part : (WIRE_PARTS | part) << (octave - 1);
}

struct wire_settings {
	uint64_t interval_ns;		/* 0: as fast as can be */
	uint8_t frame[WIRE_FRAME_SIZE + 2];
};

/* One for each CPU. */
struct wire_counts {
	uint64_t sent, first_ns, last_ns, next_ns;
	uint64_t received;
	uint64_t buckets[WIRE_BUCKETS];
};

#endif
