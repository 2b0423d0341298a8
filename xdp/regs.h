/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where a translation keeps the machine's registers: in memory of the run, and
 * for as long as control can come from one place only, in BPF registers too.
 * The kernel's verifier knows nothing of what memory of a map holds, so paths
 * that join there are one path to it again, whatever a program made up to keep
 * them apart.  So before each label all is saved, and forgotten.
 */
#ifndef XDP_REGS_H
#define XDP_REGS_H

#include "xdp/emit.h"
#include "wasp/isa.h"

enum { REGS_POOL_MAX = 6, REGS_NONE = 0xff };

struct regs {
	struct emit *e;
	unsigned base;			/* BPF register: the memory ... */
	int off;			/* ... and where r0 lies there */
	unsigned count, clock;
	struct regs_slot {
		uint8_t bpf, holds;	/* REGS_NONE: nothing */
		bool dirty;
		unsigned used;
	} slots[REGS_POOL_MAX];
};

/* Use these BPF registers, at least three. */
void regs_init(struct regs *regs, struct emit *e, unsigned base, int off,
	const uint8_t *pool, unsigned count);

/*
 * The BPF register that has a register's value; one that is to get it.  Those
 * of the last two calls stay where they are.
 */
unsigned regs_use(struct regs *regs, unsigned reg);
unsigned regs_set(struct regs *regs, unsigned reg);

/* Put what changed of those in mask in memory. */
void regs_save(struct regs *regs, unsigned mask);

/* Hold nothing any more; nothing that a call destroys. */
void regs_forget(struct regs *regs);
void regs_forget_called(struct regs *regs);

#endif
