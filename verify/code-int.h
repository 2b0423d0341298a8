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
	CODE_MEASURES			/* how many there are */
};

/*
 * Sums by each measure, and minus these: so the longest and the shortest of
 * several paths are both found by a maximum, of all eight numbers at once.
 */
enum { CODE_SUMS = 2 * CODE_MEASURES };
typedef int16_t code_sums __attribute__((vector_size(2 * CODE_SUMS)));

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

/*
 * What instructions from here on can depend on, a set of bits: registers that
 * decide a branch or the space of a key, keys that change, and whether an entry
 * is mapped.
 */
enum {
	CODE_NEED_REG = 1 << 0,			/* << register */
	CODE_NEED_REGS = 0xff,
	CODE_NEED_KEY = 1 << 8,			/* << key that changes */
	CODE_NEED_KEY_SHIFT = 8,
	CODE_NEED_KEYS = 0xff << CODE_NEED_KEY_SHIFT,
	CODE_NEED_ENTRY = 1 << 16
};

struct code {
	unsigned count, pad_count;
	struct code_insn insn[PACKET_CODE_MAX];
	uint32_t need[CODE_NODES];
	/* Of the instructions before each, in the order they stand, less those
	   of all. */
	code_sums sum[CODE_NODES];
	unsigned access_count;
	uint8_t access[PACKET_CODE_MAX];	/* the store instructions */
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
