/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known of registers, by number: each different range has one, so eight
 * registers are one word, and are compared, copied and joined at once.  A program that
 * makes more than there are numbers is not followed so closely any more.
 */
#ifndef VERIFY_VALUE_INT_H
#define VERIFY_VALUE_INT_H

#include <string.h>

#include "verify/range-int.h"

/*
 * The numbers below VALUE_FIRST are sets: bit 0 stands for 0, bit 1 for 1, bit 2
 * for 2, bit 3 for all others.  So what a register can be on one of two paths is
 * an or, and what it can be if it is not 0 is an and.
 */
enum {
	VALUE_ZERO = 1, VALUE_ANY = 15,
	VALUE_FIRST = 16,		/* of those that are found by hashing */
	VALUE_COUNT = 256,		/* when all are taken, others are any */
	VALUE_HEADS = 64,
	VALUE_SETS = 3			/* numbers that are alone in a bit */
};

struct values {
	unsigned count;
	struct range range[VALUE_COUNT];
	/* Those with the same hash: the first, and behind each the next; 0 is
	   the end. */
	uint8_t head[VALUE_HEADS], next[VALUE_COUNT];
};

static inline void
values_start(struct values *values)
{
	static const struct range sets[VALUE_FIRST] = {
		{0, 0}, {0, 0}, {1, 1}, {0, 1}, {2, 2}, {0, 2}, {1, 2}, {0, 2},
		{3, UINT32_MAX}, {0, UINT32_MAX}, {1, UINT32_MAX},
		{0, UINT32_MAX}, {2, UINT32_MAX}, {0, UINT32_MAX},
		{1, UINT32_MAX}, {0, UINT32_MAX}
	};

	values->count = VALUE_FIRST;
	memcpy(values->range, sets, sizeof(sets));
	memset(values->head, 0, sizeof(values->head));
}

/* The number of a range. */
static inline uint8_t
values_find(struct values *values, struct range range)
{
	uint32_t hash = range.lo * UINT32_C(0x9e3779b1) +
		range.hi * UINT32_C(0x85ebca77);
	uint8_t *head = &values->head[hash >> 26], i;

	if (range.hi < VALUE_SETS)
		return (uint8_t)((2u << range.hi) - (1u << range.lo));
	if (range.hi == UINT32_MAX && range.lo <= VALUE_SETS)
		return (uint8_t)(VALUE_FIRST - (1u << range.lo));
	for (i = *head; i; i = values->next[i])
		if (range_same(values->range[i], range))
			return i;
	if (values->count == VALUE_COUNT)
		return VALUE_ANY;
	i = (uint8_t)values->count++;
	values->range[i] = range;
	values->next[i] = *head;
	*head = i;
	return i;
}

/* Of eight registers in a word, that at a bit; and the word with it changed. */
static inline uint8_t
values_get(uint64_t regs, unsigned shift)
{
	return (uint8_t)(regs >> shift);
}

static inline uint64_t
values_put(uint64_t regs, unsigned shift, uint8_t value)
{
	return (regs & ~(UINT64_C(0xff) << shift)) | (uint64_t)value << shift;
}

/* The same value in all of them. */
#define VALUES_ALL(value) ((value) * UINT64_C(0x0101010101010101))

/* All ones in each byte that is not 0. */
static inline uint64_t
values_used(uint64_t regs)
{
	const uint64_t sevens = VALUES_ALL(0x7f);

	return ((((regs & sevens) + sevens) | regs) & ~sevens) / 0x80 *
		UINT8_MAX;
}

/*
 * What registers can be on either of two paths: where they are equal, just that;
 * of sets, either; else anything.
 */
static inline uint64_t
values_join(uint64_t a, uint64_t b)
{
	uint64_t either = a | b;
	uint64_t no_sets = either & VALUES_ALL(VALUE_COUNT - VALUE_FIRST);
	uint64_t other;

	if (!no_sets)
		return either;
	other = values_used(a ^ b) & values_used(no_sets);
	return (either & ~other) | (VALUES_ALL(VALUE_ANY) & other);
}

#endif
