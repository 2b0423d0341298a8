/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lic: the shortest instructions that build a number in a register, touching
 * nothing else.  They are found from the last one.  To build the n of `width` bits
 * (those above are shifted out later) the last one is, in this order,
 *
 *	ldi n		if n is small enough
 *	shli k		if n is even, for the largest 2^k that divides it
 *	addi r		if r = n modulo 512 is not 0, -256 <= r <= 255
 *	addi 255	two additions reach further than one
 *	addi -256
 *
 * and what is before it builds the n that remains; the first way that is as short
 * as can be is taken.  No other instructions with a number (shri, sari, low) make
 * it shorter: the sets of all numbers that 1, 2, ... 7 instructions build are the
 * same with them and without, as bitmaps of 2^32 bits have shown.
 */
#include "asm/asm-int.h"

#include <strings.h>

static bool find(struct lic *lic, uint32_t n, unsigned width, unsigned room);

static int32_t
least(enum isa_op op)
{
	int32_t min, max;

	isa_operand_range(isa_insns[op].operand[1], &min, &max);
	return min;
}

static int32_t
most(enum isa_op op)
{
	int32_t min, max;

	isa_operand_range(isa_insns[op].operand[1], &min, &max);
	return max;
}

static bool
append(struct lic *lic, enum isa_op op, int32_t n)
{
	lic->op[lic->count] = op;
	lic->n[lic->count++] = n;
	return true;
}

/* The instruction is the last; those before it build n in at most that many. */
static bool
find_before(struct lic *lic, enum isa_op op, int32_t operand, uint32_t n,
	unsigned width, unsigned room)
{
	if (width < 32)
		n &= (UINT32_C(1) << width) - 1;
	return find(lic, n, width, room - 1) && append(lic, op, operand);
}

static bool
find_sum(struct lic *lic, int32_t operand, uint32_t n, unsigned width,
	unsigned room)
{
	return find_before(lic, ISA_ADDI, operand, n - (uint32_t)operand, width,
		room);
}

/* n modulo the size of addi's range, within that range. */
static int32_t
residue(uint32_t n)
{
	uint32_t size = (uint32_t)(most(ISA_ADDI) - least(ISA_ADDI)) + 1;

	return (int32_t)((n - (uint32_t)least(ISA_ADDI)) % size) +
		least(ISA_ADDI);
}

static bool
find(struct lic *lic, uint32_t n, unsigned width, unsigned room)
{
	int32_t r = residue(n);
	int k = ffs((int)n) - 1;

	if (room == 0)
		return false;
	if (n <= (uint32_t)most(ISA_LDI))
		return append(lic, ISA_LDI, (int32_t)n);
	return (k > 0 && find_before(lic, ISA_SHLI, k, n >> k,
			width - (unsigned)k, room)) ||
		(r != 0 && find_sum(lic, r, n, width, room)) ||
		find_sum(lic, most(ISA_ADDI), n, width, room) ||
		find_sum(lic, least(ISA_ADDI), n, width, room);
}

void
lic_find(uint32_t value, struct lic *lic)
{
	lic->count = 0;
	for (unsigned room = 1; room <= LIC_MAX; room++)
		if (find(lic, value, 32, room))
			return;
}

uint16_t
lic_word(const struct lic *lic, unsigned i, unsigned reg)
{
	const struct isa_insn *row = &isa_insns[lic->op[i]];
	uint16_t word = row->word;

	isa_operand_put(&word, row->operand[0], (int32_t)reg);
	isa_operand_put(&word, row->operand[1], lic->n[i]);
	return word;
}
