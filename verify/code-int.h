/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program, decoded once: its instructions, where control goes, and before
 * each what a later instruction can depend on.  Jumps only go forward, so one
 * pass in each direction finds all of it.
 */
#ifndef VERIFY_CODE_INT_H
#define VERIFY_CODE_INT_H

#include "wasp/isa.h"
#include "wasp/key.h"
#include "wasp/object.h"
#include "wasp/packet.h"

enum {
	CODE_NODES = PACKET_CODE_MAX + 1,	/* the last one is the end */
	CODE_KEY_MAX = 8,	/* keys that change whose spaces are followed */
	CODE_KEY_FIXED = CODE_KEY_MAX		/* a key that does not change */
};

/* A set of key spaces: bit 1 << enum key_space. */
enum { CODE_SPACES = (1 << KEY_SPACE_COUNT) - 1 };

/* What is measured; the sum of a path is that of its instructions. */
enum {
	CODE_STEPS, CODE_COST, CODE_ACCESSES, CODE_PUSHES,
	CODE_SUMS			/* how many there are */
};

/* What is wrong with an instruction wherever it comes from. */
enum {
	CODE_BAD_WORD = 1 << 0,		/* no instruction */
	CODE_BAD_JUMP = 1 << 1,		/* to behind the end */
	CODE_BAD_PAD = 1 << 2		/* a scratchpad word that is not there */
};

struct code_insn {
	uint16_t word, effects;		/* effects 0 of an illegal word, which
					   goes on to the next */
	uint8_t op;			/* enum isa_op */
	uint8_t a, b;			/* what is in the bits of the first and
					   second register operand */
	uint8_t target;			/* of a jump; at most count */
	uint8_t n;			/* scratchpad word, or first of a key */
	uint8_t key;			/* which of the keys that change it uses
					   or writes, or CODE_KEY_FIXED */
	uint8_t spaces;			/* of a key that does not change */
	uint8_t bad;			/* CODE_BAD_... */
	bool idle;			/* nothing depends on it but the sums */
};

/* What instructions from here on can depend on. */
struct code_need {
	uint8_t regs;			/* bit 1 << register: decides a branch */
	uint8_t keys;			/* bit 1 << key that changes */
	bool entry;			/* whether an entry is mapped */
};

struct code {
	unsigned count, pad_count;
	struct code_insn insn[PACKET_CODE_MAX];
	struct code_need need[CODE_NODES];
	bool reached[CODE_NODES];	/* by jumps and from the one before */
	/* Of the instructions before each, in the order they stand. */
	int16_t sum[CODE_NODES][CODE_SUMS];
	uint64_t changed;		/* bit 1 << scratchpad word */
	unsigned key_count;
	uint8_t key_word[CODE_KEY_MAX];	/* the first word of each */
	uint8_t pushed_keys;		/* bit 1 << key that push can reach */
	bool reads_hook, reads_back;
	bool has_rights;		/* what it may do differs on the way back */
};

/*
 * Decode the program of a packet whose header packet_parse took.  notes tell of
 * keys that are drawn when it is sent, and may be NULL.
 */
void code_build(struct code *code, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes);

#endif
