/* SPDX-License-Identifier: BSD-2-Clause */
/* Registers of the machine in BPF registers; see regs.h. */
#include "xdp/regs.h"

enum { BPF_REG_SAVED = BPF_REG_6 };	/* a call keeps this and those above */

void
regs_init(struct regs *regs, struct emit *e, unsigned base, int off,
	const uint8_t *pool, unsigned count)
{
	*regs = (struct regs){.e = e, .base = base, .off = off,
		.count = count};
	for (unsigned i = 0; i < count; i++)
		regs->slots[i] = (struct regs_slot){.bpf = pool[i],
			.holds = REGS_NONE};
}

static int
place(const struct regs *regs, unsigned reg)
{
	return regs->off + (int)(sizeof(uint32_t) * reg);
}

static void
save(struct regs *regs, struct regs_slot *slot)
{
	if (slot->dirty)
		emit_store(regs->e, BPF_W, regs->base,
			place(regs, slot->holds), slot->bpf);
	slot->dirty = false;
}

/* The slot that holds it, or the one that was not used for longest. */
static struct regs_slot *
find(struct regs *regs, unsigned reg)
{
	struct regs_slot *oldest = &regs->slots[0];

	for (unsigned i = 0; i < regs->count; i++) {
		struct regs_slot *slot = &regs->slots[i];

		if (slot->holds == reg)
			return slot;
		if (slot->used < oldest->used)
			oldest = slot;
	}
	return oldest;
}

static struct regs_slot *
take(struct regs *regs, unsigned reg, bool load)
{
	struct regs_slot *slot = find(regs, reg);

	if (slot->holds != reg) {
		save(regs, slot);
		slot->holds = (uint8_t)reg;
		if (load)
			emit_load(regs->e, BPF_W, slot->bpf, regs->base,
				place(regs, reg));
	}
	slot->used = ++regs->clock;
	return slot;
}

unsigned
regs_use(struct regs *regs, unsigned reg)
{
	return take(regs, reg, true)->bpf;
}

unsigned
regs_set(struct regs *regs, unsigned reg)
{
	struct regs_slot *slot = take(regs, reg, false);

	slot->dirty = true;
	return slot->bpf;
}

void
regs_save(struct regs *regs, unsigned mask)
{
	for (unsigned i = 0; i < regs->count; i++)
		if (regs->slots[i].holds != REGS_NONE &&
		    mask >> regs->slots[i].holds & 1)
			save(regs, &regs->slots[i]);
}

static void
forget(struct regs_slot *slot)
{
	slot->holds = REGS_NONE;
	slot->dirty = false;
	slot->used = 0;
}

void
regs_forget(struct regs *regs)
{
	for (unsigned i = 0; i < regs->count; i++)
		forget(&regs->slots[i]);
}

void
regs_forget_called(struct regs *regs)
{
	for (unsigned i = 0; i < regs->count; i++)
		if (regs->slots[i].bpf < BPF_REG_SAVED)
			forget(&regs->slots[i]);
}
