/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Which programs a node sees often, and where their translations are: what the
 * BPF programs and the translator tell each other by maps.
 *
 * A packet's program has a slot, by a hash of its lengths and of the first, the
 * middle and the last eight bytes of its code, with factors that nobody outside
 * knows.  The slot of wasp_programs holds the translation of one of the programs
 * that have it; the translation compares the code whole, and hands other
 * packets on to the interpreter.  One packet in 1 << sample_shift is noted in
 * wasp_seen, by another part of the hash.
 */
#ifndef XDP_HOT_H
#define XDP_HOT_H

#include <stdint.h>

#include "wasp/packet.h"

enum {
	HOT_SLOTS = 1024,		/* of wasp_programs, for translations */
	HOT_INTERPRETER = HOT_SLOTS,	/* the slot of the interpreter */
	HOT_SLOT_SHIFT = 54,		/* of a hash: its slot */
	HOT_SEEN = 256,			/* entries of wasp_seen */
	HOT_SEEN_SHIFT = 32,
	HOT_FACTORS = 4,
	HOT_CODE_MIN = 4,		/* instructions: a shorter program is
					   always interpreted */
	HOT_CODE_SIZE_MAX = 2 * PACKET_CODE_MAX
};

/* wasp_hot: one of it, written by the translator. */
struct hot_settings {
	uint64_t factors[HOT_FACTORS];	/* random and odd */
	uint32_t on;			/* look for translations at all? */
	uint32_t sample_shift;
};

/*
 * wasp_seen, for each CPU: the program that has the majority among those noted
 * here (R. Boyer, J. Moore, "MJRTY", 1981): another one takes a count away, and
 * the place where there is none left.  Only the BPF side writes.
 */
struct hot_seen {
	uint64_t hash;
	uint32_t count;
	uint8_t code_count, pad_count, spare[2];
	uint8_t code[HOT_CODE_SIZE_MAX];
};

/* A program's hash, of the three numbers as a load of this machine gives them. */
static inline uint64_t
hot_hash(const struct hot_settings *settings, uint64_t first, uint64_t middle,
	uint64_t last, unsigned code_count, unsigned pad_count)
{
	uint64_t lengths = (uint64_t)code_count << 8 | pad_count;

	return (first + settings->factors[0]) *
		(middle + settings->factors[1]) +
		(last ^ settings->factors[2]) *
		(lengths + settings->factors[3]);
}

/* Where the middle and the last eight bytes are. */
static inline unsigned
hot_middle(unsigned code_size)
{
	return (code_size >> 1) - 4;
}

static inline unsigned
hot_last(unsigned code_size)
{
	return code_size - 8;
}

static inline unsigned
hot_slot(uint64_t hash)
{
	return (unsigned)(hash >> HOT_SLOT_SHIFT);
}

static inline unsigned
hot_place(uint64_t hash)
{
	return hash >> HOT_SEEN_SHIFT & (HOT_SEEN - 1);
}

#endif
