/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ranges of 32-bit numbers: what an instruction makes of them, and what a
 * comparison that came out one way says of its two operands.  Each result holds
 * every number that is possible; it is the smallest such range where operands
 * are single numbers.
 */
#ifndef VERIFY_RANGE_INT_H
#define VERIFY_RANGE_INT_H

#include <stdbool.h>
#include <stdint.h>

struct range {
	uint32_t lo, hi;	/* both included; lo <= hi */
};

#define RANGE_ANY ((struct range){0, UINT32_MAX})
#define RANGE_ONE(n) ((struct range){(n), (n)})

static inline uint32_t
range_min(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static inline uint32_t
range_max(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static inline bool
range_is_one(struct range range)
{
	return range.lo == range.hi;
}

static inline bool
range_is_any(struct range range)
{
	return range.lo == 0 && range.hi == UINT32_MAX;
}

static inline bool
range_same(struct range a, struct range b)
{
	return ((a.lo ^ b.lo) | (a.hi ^ b.hi)) == 0;
}

/* Ones from the highest bit of n downwards. */
static inline uint32_t
range_fill(uint32_t n)
{
	return n ? UINT32_MAX >> __builtin_clz(n) : 0;
}

static inline struct range
range_plus(struct range range, uint32_t n)
{
	struct range sum = {range.lo + n, range.hi + n};

	return sum.lo <= sum.hi ? sum : RANGE_ANY;
}

static inline struct range
range_add(struct range a, struct range b)
{
	struct range sum = {a.lo + b.lo, a.hi + b.hi};

	if (range_is_one(a) && range_is_one(b))
		return sum;
	return sum.hi >= a.hi ? sum : RANGE_ANY;
}

static inline struct range
range_sub(struct range a, struct range b)
{
	struct range difference = {a.lo - b.hi, a.hi - b.lo};

	if (range_is_one(a) && range_is_one(b))
		return difference;
	return a.lo >= b.hi ? difference : RANGE_ANY;
}

static inline struct range
range_and(struct range a, struct range b)
{
	if (range_is_one(a) && range_is_one(b))
		return RANGE_ONE(a.lo & b.lo);
	return (struct range){0, range_min(a.hi, b.hi)};
}

static inline struct range
range_or(struct range a, struct range b)
{
	if (range_is_one(a) && range_is_one(b))
		return RANGE_ONE(a.lo | b.lo);
	return (struct range){range_max(a.lo, b.lo), range_fill(a.hi | b.hi)};
}

static inline struct range
range_xor(struct range a, struct range b)
{
	if (range_is_one(a) && range_is_one(b))
		return RANGE_ONE(a.lo ^ b.lo);
	return (struct range){0, range_fill(a.hi | b.hi)};
}

/* By n & 31, as the machine does. */
static inline struct range
range_shl(struct range range, uint32_t n)
{
	if (range_is_one(range))
		return RANGE_ONE(range.lo << (n & 31));
	if (range.hi << (n & 31) >> (n & 31) != range.hi)
		return RANGE_ANY;
	return (struct range){range.lo << (n & 31), range.hi << (n & 31)};
}

static inline struct range
range_shr(struct range range, uint32_t n)
{
	return (struct range){range.lo >> (n & 31), range.hi >> (n & 31)};
}

static inline struct range
range_sar(struct range range, uint32_t n)
{
	struct range shifted = {(uint32_t)((int32_t)range.lo >> (n & 31)),
		(uint32_t)((int32_t)range.hi >> (n & 31))};

	return shifted.lo <= shifted.hi ? shifted : RANGE_ANY;
}

static inline struct range
range_low(struct range range, uint32_t bits)
{
	uint32_t mask = (UINT32_C(1) << bits) - 1;

	if (range_is_one(range))
		return RANGE_ONE(range.lo & mask);
	return range.hi <= mask ? range : (struct range){0, mask};
}

/* How comparisons can come out. */
static inline bool
range_can_equal(struct range a, struct range b)
{
	return a.lo <= b.hi && b.lo <= a.hi;
}

static inline bool
range_can_differ(struct range a, struct range b)
{
	return ((a.lo ^ a.hi) | (a.lo ^ b.lo) | (a.lo ^ b.hi)) != 0;
}

static inline bool
range_can_be_less(struct range a, struct range b)
{
	return a.lo < b.hi;
}

static inline bool
range_is_less(struct range a, struct range b)
{
	return a.hi < b.lo;
}

/*
 * What a comparison that came out true says about its two operands; false: it
 * can not have come out so.
 */
static inline bool
range_equal(struct range *a, struct range *b)
{
	a->lo = b->lo = range_max(a->lo, b->lo);
	a->hi = b->hi = range_min(a->hi, b->hi);
	return a->lo <= a->hi;
}

static inline bool
range_other_than(struct range *a, struct range b)
{
	if (!range_is_one(b))
		return true;
	if (range_is_one(*a))
		return a->lo != b.lo;
	if (a->lo == b.lo)
		a->lo++;
	else if (a->hi == b.lo)
		a->hi--;
	return true;
}

static inline bool
range_unequal(struct range *a, struct range *b)
{
	return range_other_than(a, *b) && range_other_than(b, *a);
}

static inline bool
range_less(struct range *a, struct range *b)
{
	if (a->lo >= b->hi)
		return false;
	a->hi = range_min(a->hi, b->hi - 1);
	b->lo = range_max(b->lo, a->lo + 1);
	return true;
}

static inline bool
range_not_less(struct range *a, struct range *b)
{
	if (a->hi < b->lo)
		return false;
	a->lo = range_max(a->lo, b->lo);
	b->hi = range_min(b->hi, a->hi);
	return true;
}

#endif
