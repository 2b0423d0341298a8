/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * BPF instructions written one after the other, and labels: a jump to a label
 * is written before the label is placed, since all jumps go forward.  Nothing
 * is allocated and nothing checked but room: where that ends, `full` is set
 * and what follows is lost.
 */
#ifndef XDP_EMIT_H
#define XDP_EMIT_H

#include <linux/bpf.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	EMIT_LABEL_MAX = 2048,
	EMIT_JUMP_MAX = 4096,
	EMIT_UNPLACED = 0xffff
};

struct emit {
	struct bpf_insn *insns;
	unsigned count, room;
	bool full;
	unsigned label_count, jump_count;
	uint16_t labels[EMIT_LABEL_MAX];	/* where they are */
	struct emit_jump {
		uint16_t at, label;
	} jumps[EMIT_JUMP_MAX];
};

/* Begin; the first label_count labels are the caller's to name. */
void emit_init(struct emit *e, struct bpf_insn *insns, unsigned room,
	unsigned label_count);

/* One instruction, as it is. */
void emit_insn(struct emit *e, uint8_t code, unsigned dst, unsigned src,
	int16_t off, int32_t imm);

/* dst op= src, and op= imm, on 32 bits (the rest is zeroed) and on 64. */
void emit_alu32(struct emit *e, uint8_t op, unsigned dst, unsigned src);
void emit_alu32_imm(struct emit *e, uint8_t op, unsigned dst, int32_t imm);
void emit_alu64(struct emit *e, uint8_t op, unsigned dst, unsigned src);
void emit_alu64_imm(struct emit *e, uint8_t op, unsigned dst, int32_t imm);

/* Between the order of the packet and this machine's; bits is 16, 32 or 64. */
void emit_big_endian(struct emit *e, unsigned reg, int bits);

/* size is BPF_B, BPF_H, BPF_W or BPF_DW. */
void emit_load(struct emit *e, uint8_t size, unsigned dst, unsigned base,
	int off);
void emit_store(struct emit *e, uint8_t size, unsigned base, int off,
	unsigned src);
void emit_store_imm(struct emit *e, uint8_t size, unsigned base, int off,
	int32_t imm);

/* dst = a number of 64 bits: two instructions; src is 0 or BPF_PSEUDO_... */
void emit_number(struct emit *e, unsigned dst, unsigned src, uint64_t value);

void emit_call(struct emit *e, unsigned src, int32_t imm);
void emit_exit(struct emit *e);

/* A label of one's own; where it is; jumps to it, by 32-bit comparison. */
unsigned emit_new_label(struct emit *e);
void emit_label(struct emit *e, unsigned label);
void emit_jump(struct emit *e, unsigned label);
void emit_jump_if(struct emit *e, uint8_t op, unsigned a, unsigned b,
	unsigned label);
void emit_jump_if_imm(struct emit *e, uint8_t op, unsigned a, int32_t imm,
	unsigned label);
/* The same on 64 bits, which packet pointers need. */
void emit_jump_if64(struct emit *e, uint8_t op, unsigned a, unsigned b,
	unsigned label);

/* Does an instruction call another function of the object, or name a map? */
static inline bool
emit_is_call(const struct bpf_insn *insn)
{
	return insn->code == (BPF_JMP | BPF_CALL) &&
		insn->src_reg == BPF_PSEUDO_CALL;
}

static inline bool
emit_is_map(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW) &&
		insn->src_reg == BPF_PSEUDO_MAP_FD;
}

/* Fill the jumps in; false where something did not fit. */
bool emit_finish(struct emit *e);

#endif
