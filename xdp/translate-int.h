/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A translation that is being made: what translate.c, which has the
 * instructions, and translate-frame.c, which has what is around them, share.
 *
 * BPF registers:
 *	r0 r1		for the moment
 *	r2 .. r5	registers of the machine, until the next label or call
 *	r6		struct xdp_run
 *	r7		the WASP header, with the whole packet known to be there
 *	r8		sum of changes of the scratchpad, as the bytes lie
 *	r9		cost << 8 | steps
 */
#ifndef XDP_TRANSLATE_INT_H
#define XDP_TRANSLATE_INT_H

#include "xdp/translate.h"

#include "xdp/emit.h"
#include "xdp/regs.h"
#include "xdp/run.h"
#include "wasp/isa.h"
#include "wasp/packet.h"

#include <stddef.h>

enum {
	TMP0 = BPF_REG_0, TMP1 = BPF_REG_1,
	RUN = BPF_REG_6, WASP = BPF_REG_7, CHANGE = BPF_REG_8,
	COUNT = BPF_REG_9, FRAME = BPF_REG_10,
	CTX_OFF = -8, KEY_OFF = -12	/* on the stack */
};

/* The labels of instructions, the end included, come first. */
enum {
	LABEL_MISS = PACKET_CODE_MAX + 1, LABEL_LEAVE, LABEL_NAMED
};

/* What may be mapped at some place: the sum of these. */
enum { MAPS_NONE = 1, MAPS_READ = 2, MAPS_WRITE = 4 };
enum { NO_LINK = 0xff };

struct facts {
	bool reached;
	uint8_t maps;
	/* Where this register is 0 nothing is mapped, else link_maps. */
	uint8_t link, link_maps;
	bool dirty;			/* the copy is known to be changed */
	uint64_t env_have;		/* fields that are there for sure */
};

/* A fault: where it is raised, and what counts until there. */
struct fault_exit {
	unsigned label;
	uint8_t fault, pc;
	int32_t count;
};

struct making {
	struct emit e;
	struct regs regs;
	enum translate_kind kind;
	const uint8_t *code;
	unsigned code_count, pad_count, pc;
	uint16_t word;
	enum isa_op op;
	struct facts now, at[PACKET_CODE_MAX + 1];
	uint8_t live[PACKET_CODE_MAX + 1];	/* registers read later */
	bool writes;			/* the scratchpad, perhaps */
	unsigned steps, cost;		/* not yet added to COUNT */
	struct fault_exit faults[3 * PACKET_CODE_MAX];
	unsigned fault_count;
};

/* Fields of the run */

#define FIELD(name) ((int)offsetof(struct xdp_run, name))
#define FIELD_SIZE(name) field_size(sizeof(((struct xdp_run *)0)->name))
#define LOAD_FIELD(t, reg, name) \
	emit_load(&(t)->e, FIELD_SIZE(name), reg, RUN, FIELD(name))
#define STORE_FIELD(t, name, reg) \
	emit_store(&(t)->e, FIELD_SIZE(name), RUN, FIELD(name), reg)
#define SET_FIELD(t, name, value) \
	emit_store_imm(&(t)->e, FIELD_SIZE(name), RUN, FIELD(name), value)

static inline uint8_t
field_size(size_t size)
{
	return size == 1 ? BPF_B : size == 2 ? BPF_H : size == 4 ? BPF_W :
		BPF_DW;
}

static inline void
mov64(struct making *t, unsigned dst, unsigned src)
{
	emit_alu64(&t->e, BPF_MOV, dst, src);
}

static inline void
call(struct making *t, enum translate_function function)
{
	emit_call(&t->e, BPF_PSEUDO_CALL, (int32_t)function);
}

static inline void
load_ctx(struct making *t, unsigned reg)
{
	emit_load(&t->e, BPF_DW, reg, FRAME, CTX_OFF);
}

/* Where a word of the scratchpad is, from the header on. */
static inline size_t
pad_off(const struct making *t, unsigned n)
{
	return packet_pad_off(t->code_count) + PACKET_WORD_SIZE * (size_t)n;
}

/* What comes before the first instruction, and behind the last. */
void translate_begin(struct making *t);
void translate_end(struct making *t);

#endif
