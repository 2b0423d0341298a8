/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How often the instructions of one program were begun, and which way its
 * branches went: what coverage and profiles are made of.
 */
#ifndef RUN_COUNT_H
#define RUN_COUNT_H

#include "vm/vm.h"

/* What became of the instruction at a pc. */
struct count_insn {
	uint64_t begun;
	uint64_t taken, not_taken;	/* of a branch with two sides */
};

/* Zero-initialised, nothing was counted. */
struct count {
	uint64_t runs;
	struct count_insn insns[PACKET_CODE_MAX];
};

/*
 * Counting a run: count_hook, with the counter, is for the machine.  Before each
 * run `last` is -1.
 */
struct counter {
	struct count *count;
	int last;			/* the instruction before; -1: none */
};
void count_hook(struct vm *vm, struct counter *counter);

/*
 * Has the instruction two sides: a branch by a condition that does not go to the
 * next instruction either way?
 */
bool count_has_sides(uint16_t word, unsigned pc);

#endif
