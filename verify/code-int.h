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
	CODE_BITS = CODE_NODES / 64 + 1,	/* words with a bit for each */
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
	uint8_t bad;			/* CODE_BAD_... */
	uint8_t key : 4;		/* which of the keys that change it uses
					   or writes, or CODE_KEY_FIXED */
	uint8_t spaces : 4;		/* of a key that does not change */
	union {
		uint8_t target;		/* of a jump; at most count */
		uint8_t n;		/* scratchpad word, or first of a key */
	};
};

/* What is in the bits of the first and second register operand. */
static inline unsigned
code_a(const struct code_insn *insn)
{
	return insn->word >> 9 & 7;
}

static inline unsigned
code_b(const struct code_insn *insn)
{
	return insn->word >> 6 & 7;
}

/* Where these lie in a word that has eight bits for each. */
static inline unsigned
code_shift_a(unsigned word)
{
	return word >> 6 & 7 << 3;
}

static inline unsigned
code_shift_b(unsigned word)
{
	return word >> 3 & 7 << 3;
}

/* These eight bits, of the registers that its operands are, if it has some. */
static inline uint64_t
code_reg_a(unsigned word)
{
	return UINT64_C(0xff) << code_shift_a(word);
}

static inline uint64_t
code_reg_b(unsigned word)
{
	return UINT64_C(0xff) << code_shift_b(word);
}

/*
 * What instructions from here on can depend on, as masks that compare states
 * (struct state): registers that decide a branch or the space of a key, a byte
 * each; spaces of keys that change, four bits each; and what is mapped.
 */
struct code_need {
	uint64_t regs, rest;
};

/* What is run and read: bits 1 << enum isa_op, 1 << enum isa_env. */
enum { CODE_OPCODES, CODE_FIELDS, CODE_USES };
typedef uint64_t code_uses __attribute__((vector_size(8 * CODE_USES)));

#define CODE_REG(i) (UINT64_C(0xff) << 8 * (i))
#define CODE_KEY(i) ((uint64_t)CODE_SPACES << 4 * (i))
#define CODE_ALL_KEYS UINT64_C(0xffffffff)
#define CODE_ENTRY (UINT64_C(0xff) << 32)

struct code {
	unsigned count, pad_count;
	struct code_insn insn[PACKET_CODE_MAX];
	struct code_need need[CODE_NODES];
	/* Of the instructions before each, in the order they stand, less those
	   of all. */
	code_sums sum[CODE_NODES];
	/* Bits of instructions: where jumps go to; of the others, on which more
	   than the sums can depend; which access the store. */
	uint64_t targets[CODE_BITS], busy[CODE_BITS], accesses[CODE_BITS];
	/* From each until control goes elsewhere. */
	code_uses uses[CODE_NODES];
	uint64_t fields;		/* all that are read */
	uint64_t changed;		/* bit 1 << scratchpad word; by push only
					   where the store is accessed */
	unsigned key_count;
	uint8_t key_word[CODE_KEY_MAX];	/* the first word of each */
	uint8_t pushed_keys;		/* bit 1 << key that push can reach */
	bool is_bad;			/* some instruction is */
	bool has_rights;		/* what it may do differs on the way back */
};

/*
 * The first instruction behind pc on which more than the sums can depend, or
 * where a jump goes to; or an earlier one, so that bits of one word do.
 */
static inline unsigned
code_next_stop(const struct code *code, unsigned pc)
{
	uint64_t stops = code->busy[pc / 64] | code->targets[pc / 64];
	uint64_t later = stops & (UINT64_MAX - 1) << pc % 64;

	return (pc & ~63u) + (later ? (unsigned)__builtin_ctzll(later) : 64);
}

/*
 * Decode the program of a packet whose header packet_parse took.  notes tell of
 * keys that are drawn when it is sent, and may be NULL.
 */
void code_build(struct code *code, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes);

#endif
