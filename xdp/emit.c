/* SPDX-License-Identifier: BSD-2-Clause */
/* BPF instructions one after the other; see emit.h. */
#include "xdp/emit.h"

void
emit_init(struct emit *e, struct bpf_insn *insns, unsigned room,
	unsigned label_count)
{
	e->insns = insns;
	e->room = room;
	e->count = e->jump_count = 0;
	e->full = label_count > EMIT_LABEL_MAX;
	e->label_count = label_count;
	for (unsigned i = 0; i < EMIT_LABEL_MAX; i++)
		e->labels[i] = EMIT_UNPLACED;
}

void
emit_insn(struct emit *e, uint8_t code, unsigned dst, unsigned src,
	int16_t off, int32_t imm)
{
	if (e->count == e->room) {
		e->full = true;
		return;
	}
	e->insns[e->count++] = (struct bpf_insn){.code = code,
		.dst_reg = dst & 15, .src_reg = src & 15, .off = off,
		.imm = imm};
}

void
emit_alu32(struct emit *e, uint8_t op, unsigned dst, unsigned src)
{
	emit_insn(e, BPF_ALU | op | BPF_X, dst, src, 0, 0);
}

void
emit_alu32_imm(struct emit *e, uint8_t op, unsigned dst, int32_t imm)
{
	emit_insn(e, BPF_ALU | op | BPF_K, dst, 0, 0, imm);
}

void
emit_alu64(struct emit *e, uint8_t op, unsigned dst, unsigned src)
{
	emit_insn(e, BPF_ALU64 | op | BPF_X, dst, src, 0, 0);
}

void
emit_alu64_imm(struct emit *e, uint8_t op, unsigned dst, int32_t imm)
{
	emit_insn(e, BPF_ALU64 | op | BPF_K, dst, 0, 0, imm);
}

void
emit_big_endian(struct emit *e, unsigned reg, int bits)
{
	emit_insn(e, BPF_ALU | BPF_END | BPF_TO_BE, reg, 0, 0, bits);
}

void
emit_load(struct emit *e, uint8_t size, unsigned dst, unsigned base, int off)
{
	emit_insn(e, BPF_LDX | BPF_MEM | size, dst, base, (int16_t)off, 0);
}

void
emit_store(struct emit *e, uint8_t size, unsigned base, int off, unsigned src)
{
	emit_insn(e, BPF_STX | BPF_MEM | size, base, src, (int16_t)off, 0);
}

void
emit_store_imm(struct emit *e, uint8_t size, unsigned base, int off,
	int32_t imm)
{
	emit_insn(e, BPF_ST | BPF_MEM | size, base, 0, (int16_t)off, imm);
}

void
emit_number(struct emit *e, unsigned dst, unsigned src, uint64_t value)
{
	emit_insn(e, BPF_LD | BPF_IMM | BPF_DW, dst, src, 0, (int32_t)value);
	emit_insn(e, 0, 0, 0, 0, (int32_t)(value >> 32));
}

void
emit_call(struct emit *e, unsigned src, int32_t imm)
{
	emit_insn(e, BPF_JMP | BPF_CALL, 0, src, 0, imm);
}

void
emit_exit(struct emit *e)
{
	emit_insn(e, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

unsigned
emit_new_label(struct emit *e)
{
	if (e->label_count < EMIT_LABEL_MAX)
		return e->label_count++;
	e->full = true;
	return EMIT_LABEL_MAX - 1;
}

void
emit_label(struct emit *e, unsigned label)
{
	e->labels[label] = (uint16_t)e->count;
}

static void
note_jump(struct emit *e, unsigned label)
{
	if (e->jump_count == EMIT_JUMP_MAX) {
		e->full = true;
		return;
	}
	e->jumps[e->jump_count++] = (struct emit_jump){
		(uint16_t)e->count, (uint16_t)label};
}

void
emit_jump(struct emit *e, unsigned label)
{
	note_jump(e, label);
	emit_insn(e, BPF_JMP | BPF_JA, 0, 0, 0, 0);
}

void
emit_jump_if(struct emit *e, uint8_t op, unsigned a, unsigned b,
	unsigned label)
{
	note_jump(e, label);
	emit_insn(e, BPF_JMP32 | op | BPF_X, a, b, 0, 0);
}

void
emit_jump_if_imm(struct emit *e, uint8_t op, unsigned a, int32_t imm,
	unsigned label)
{
	note_jump(e, label);
	emit_insn(e, BPF_JMP32 | op | BPF_K, a, 0, 0, imm);
}

void
emit_jump_if64(struct emit *e, uint8_t op, unsigned a, unsigned b,
	unsigned label)
{
	note_jump(e, label);
	emit_insn(e, BPF_JMP | op | BPF_X, a, b, 0, 0);
}

bool
emit_finish(struct emit *e)
{
	for (unsigned i = 0; i < e->jump_count && !e->full; i++) {
		unsigned to = e->labels[e->jumps[i].label];
		unsigned next = e->jumps[i].at + 1u;

		if (to == EMIT_UNPLACED || to < next ||
		    to - next > INT16_MAX)
			e->full = true;
		else
			e->insns[e->jumps[i].at].off = (int16_t)(to - next);
	}
	return !e->full;
}
