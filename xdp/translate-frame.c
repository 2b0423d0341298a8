/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is around the instructions of a translation: the packet is found, its
 * code compared; the faults, and where the run is left; see translate-int.h.
 */
#include "xdp/translate-int.h"

#include "xdp/hot.h"

#include <string.h>

/* RUN is the run; without one, which can not be, the packet goes on. */
static void
find_run(struct making *t)
{
	struct emit *e = &t->e;

	emit_store(e, BPF_DW, FRAME, CTX_OFF, BPF_REG_1);
	emit_store_imm(e, BPF_W, FRAME, KEY_OFF, 0);
	mov64(t, BPF_REG_2, FRAME);
	emit_alu64_imm(e, BPF_ADD, BPF_REG_2, KEY_OFF);
	emit_number(e, BPF_REG_1, BPF_PSEUDO_MAP_FD, TRANSLATE_RUNS);
	emit_call(e, 0, BPF_FUNC_map_lookup_elem);
	mov64(t, RUN, BPF_REG_0);
	emit_insn(e, BPF_JMP | BPF_JNE | BPF_K, RUN, 0, 2, 0);
	emit_alu32_imm(e, BPF_MOV, BPF_REG_0, t->kind == TRANSLATE_XDP ?
		XDP_PASS : 0);
	emit_exit(e);
}

static void
load_packet(struct making *t, unsigned dst, unsigned end)
{
	bool is_xdp = t->kind == TRANSLATE_XDP;

	load_ctx(t, TMP1);
	emit_load(&t->e, BPF_W, dst, TMP1, is_xdp ?
		(int)offsetof(struct xdp_md, data) :
		(int)offsetof(struct __sk_buff, data));
	emit_load(&t->e, BPF_W, end, TMP1, is_xdp ?
		(int)offsetof(struct xdp_md, data_end) :
		(int)offsetof(struct __sk_buff, data_end));
}

/* WASP is the header, and the whole packet is there. */
static void
find_packet(struct making *t)
{
	struct emit *e = &t->e;

	load_packet(t, WASP, BPF_REG_3);
	LOAD_FIELD(t, BPF_REG_4, wasp_off);
	emit_alu32_imm(e, BPF_AND, BPF_REG_4, RUN_OFF_MASK);
	emit_alu64(e, BPF_ADD, WASP, BPF_REG_4);
	mov64(t, BPF_REG_2, WASP);
	emit_alu64_imm(e, BPF_ADD, BPF_REG_2,
		(int32_t)packet_size(t->code_count, t->pad_count));
	emit_jump_if64(e, BPF_JGT, BPF_REG_2, BPF_REG_3, LABEL_MISS);
}

/* The bytes of the code from off on, as a load of this machine gives them. */
static uint64_t
code_number(const struct making *t, size_t off, size_t size)
{
	uint32_t half;
	uint64_t whole;

	if (size == 4) {
		memcpy(&half, t->code + off, sizeof(half));
		return half;
	}
	memcpy(&whole, t->code + off, sizeof(whole));
	return whole;
}

/* Any other packet goes to the interpreter. */
static void
compare_code(struct making *t)
{
	size_t size = packet_code_size(t->code_count);
	uint8_t lengths[2] = {(uint8_t)t->code_count, (uint8_t)t->pad_count};
	uint16_t both;

	memcpy(&both, lengths, sizeof(both));
	emit_load(&t->e, BPF_H, TMP0, WASP, PACKET_OFF_CODE_COUNT);
	emit_jump_if_imm(&t->e, BPF_JNE, TMP0, both, LABEL_MISS);
	for (size_t off = 0; off < size; off += 8) {
		size_t here = size - off < 8 ? 4 : 8;

		emit_load(&t->e, here == 8 ? BPF_DW : BPF_W, TMP0, WASP,
			(int)(PACKET_HEADER_SIZE + off));
		emit_number(&t->e, TMP1, 0, code_number(t, off, here));
		emit_jump_if64(&t->e, BPF_JNE, TMP0, TMP1, LABEL_MISS);
	}
}

/* The run itself is made new before (run_starts of run.bpf.h). */
static void
begin_run(struct making *t)
{
	emit_alu64_imm(&t->e, BPF_MOV, COUNT, 0);
	/* A multiple of 0xffff that no subtraction takes below zero. */
	if (t->writes) {
		emit_alu32_imm(&t->e, BPF_MOV, CHANGE, -1);
		emit_alu64_imm(&t->e, BPF_LSH, CHANGE, 8);
	}
	t->now = (struct facts){.reached = true, .maps = MAPS_NONE,
		.link = NO_LINK};
}

void
translate_begin(struct making *t)
{
	find_run(t);
	find_packet(t);
	compare_code(t);
	begin_run(t);
}

/* What is behind the last instruction */

static void
end_failed(struct making *t)
{
	for (unsigned i = 0; i < t->fault_count; i++) {
		const struct fault_exit *exit = &t->faults[i];

		emit_label(&t->e, exit->label);
		emit_alu64_imm(&t->e, BPF_ADD, COUNT, exit->count);
		SET_FIELD(t, fault, exit->fault);
		SET_FIELD(t, fault_pc, exit->pc);
		emit_jump(&t->e, LABEL_LEAVE);
	}
}

/*
 * CHANGE sums the bytes as they lie, in this machine's order; modulo 0xffff a
 * multiplication by 256 swaps the bytes of a sum.
 */
static void
end_leave(struct making *t)
{
	struct emit *e = &t->e;

	emit_label(e, LABEL_LEAVE);
	if (t->writes) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
		emit_alu64_imm(e, BPF_LSH, CHANGE, 8);
#endif
		STORE_FIELD(t, change, CHANGE);
	}
	mov64(t, TMP0, COUNT);
	emit_alu64_imm(e, BPF_AND, TMP0, 255);
	STORE_FIELD(t, steps, TMP0);
	emit_alu64_imm(e, BPF_RSH, COUNT, 8);
	STORE_FIELD(t, cost, COUNT);
	load_ctx(t, BPF_REG_1);
	mov64(t, BPF_REG_2, RUN);
	call(t, TRANSLATE_FINISH);
	emit_exit(e);
}

/* A packet of another program: the interpreter's. */
static void
end_miss(struct making *t)
{
	struct emit *e = &t->e;

	emit_label(e, LABEL_MISS);
	load_ctx(t, BPF_REG_1);
	emit_number(e, BPF_REG_2, BPF_PSEUDO_MAP_FD, TRANSLATE_PROGRAMS);
	emit_alu32_imm(e, BPF_MOV, BPF_REG_3, HOT_INTERPRETER);
	emit_call(e, 0, BPF_FUNC_tail_call);
	emit_alu32_imm(e, BPF_MOV, BPF_REG_0, t->kind == TRANSLATE_XDP ?
		XDP_PASS : 0);
	emit_exit(e);
}

void
translate_end(struct making *t)
{
	end_failed(t);
	end_leave(t);
	end_miss(t);
}
