/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is known of registers, by number: each different range has one, so eight
 * registers are one word, and are compared and copied at once.  A program that
 * makes more than there are numbers is not followed so closely any more.
 */
#ifndef VERIFY_VALUE_INT_H
#define VERIFY_VALUE_INT_H

#include <string.h>

#include "verify/range-int.h"

/*
 * Those that have numbers of their own: 0, anything, anything else, and of
 * other small numbers, by both bounds.
 */
enum { VALUE_ZERO, VALUE_ANY, VALUE_OTHER, VALUE_SMALL = 3 };
#define VALUE_RANGES {0, 0}, {0, UINT32_MAX}, {1, UINT32_MAX}, \
	{0, 1}, {0, 2}, {1, 1}, {1, 2}, {2, 2}
static const uint8_t value_small[VALUE_SMALL][VALUE_SMALL] = {
	{VALUE_ZERO, 3, 4}, {0, 5, 6}, {0, 0, 7}
};

enum {
	VALUE_FIRST = 8,		/* of those that are found by hashing */
	VALUE_COUNT = 256,		/* when all are taken, others are any */
	VALUE_HEADS = 64
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
	static const struct range ranges[VALUE_FIRST] = {VALUE_RANGES};

	values->count = VALUE_FIRST;
	memcpy(values->range, ranges, sizeof(ranges));
	memset(values->head, 0, sizeof(values->head));
}

/* The number of a range. */
static inline uint8_t
values_find(struct values *values, struct range range)
{
	uint32_t hash = range.lo * UINT32_C(0x9e3779b1) +
		range.hi * UINT32_C(0x85ebca77);
	uint8_t *head = &values->head[hash >> 26], i;

	if (range.hi < VALUE_SMALL)
		return value_small[range.lo][range.hi];
	if (range.hi == UINT32_MAX && range.lo <= 1)
		return range.lo ? VALUE_OTHER : VALUE_ANY;
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

/* All ones in each byte that is not 0; and a 1 there. */
static inline uint64_t
values_marks(uint64_t regs)
{
	const uint64_t sevens = UINT64_C(0x7f7f7f7f7f7f7f7f);

	return ((((regs & sevens) + sevens) | regs) & ~sevens) >> 7;
}

static inline uint64_t
values_used(uint64_t regs)
{
	return values_marks(regs) * UINT8_MAX;
}

#endif
