/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A plain interpreter; see plain.h.  Of several ways to find an instruction's
 * label this one took the fewest instructions, so that the yardstick is not bent.
 */
#include "bench/plain.h"

#include <string.h>

#define PLAIN_OPS \
	PLAIN_OP(LD_R) PLAIN_OP(ST_R) PLAIN_OP(ENV_R) PLAIN_OP(LDI) \
	PLAIN_OP(ADDI) PLAIN_OP(MOV) PLAIN_OP(ADD) PLAIN_OP(SUB) \
	PLAIN_OP(AND) PLAIN_OP(OR) PLAIN_OP(XOR) PLAIN_OP(SHL) \
	PLAIN_OP(MIN) PLAIN_OP(MAX) PLAIN_OP(BSET) PLAIN_OP(SHLI) \
	PLAIN_OP(SHRI) PLAIN_OP(SARI) PLAIN_OP(LOW) PLAIN_OP(BEQ) \
	PLAIN_OP(BNE) PLAIN_OP(BLTU) PLAIN_OP(BGEU) PLAIN_OP(BZ) \
	PLAIN_OP(BNZ) PLAIN_OP(JMP)

#define RD r[word >> 9 & 7]
#define RS r[word >> 6 & 7]
#define U5 (word & 31)
#define N(bits) (word & ((1u << (bits)) - 1))
#define NEXT \
	do { \
		const void *label; \
		if (pc >= end) \
			goto done; \
		word = packet_get16(pc); \
		pc += ISA_INSN_SIZE; \
		steps++; \
		label = labels[LABEL(word >> ISA_OP_SHIFT, word >> \
			shift[word >> ISA_OP_SHIFT] & \
			mask[word >> ISA_OP_SHIFT])]; \
		if (!label) \
			goto other; \
		goto *label; \
	} while (0)
#define LABEL(op, sub) ((op) << 4 | (sub))
#define DO(name, statement) name: statement; NEXT
#define JUMP_IF(name, condition, bits) \
	name: \
		if (condition) \
			pc += ISA_INSN_SIZE * N(bits); \
		NEXT

bool
plain_run(struct vm *vm)
{
	static const void *const labels[256] = {
#define PLAIN_OP(name) \
		[LABEL(ISA_CODE_##name & 15, ISA_CODE_##name >> 4)] = &&name,
		PLAIN_OPS
#undef PLAIN_OP
	};
	static const uint8_t shift[16] = {
#define WASP_GROUP(op, shift, width) [op] = shift,
#include "wasp/opcodes.def"
	};
	static const uint8_t mask[16] = {
#define WASP_GROUP(op, shift, width) [op] = ((1 << (width)) - 1) & 15,
#include "wasp/opcodes.def"
	};
	const uint8_t *pc = vm->code, *end = pc + ISA_INSN_SIZE * vm->code_count;
	uint32_t r[ISA_REG_COUNT] = {0};
	uint64_t change = 0;
	unsigned word, steps = 0;
	bool good = true;
	uint8_t *p;

	NEXT;
LD_R:
	if (N(8) >= vm->pad_count)
		goto other;
	RD = packet_get32(vm->pad + PACKET_WORD_SIZE * N(8));
	NEXT;
ST_R:
	if (N(8) >= vm->pad_count)
		goto other;
	p = vm->pad + PACKET_WORD_SIZE * N(8);
	change += (uint64_t)~packet_get32(p) + RD;
	packet_put32(p, RD);
	NEXT;
ENV_R:
	if (N(7) >= ISA_ENV_COUNT)
		goto other;
	RD = vm->env[N(7)];
	NEXT;
	DO(LDI, RD = N(9));
	DO(ADDI, RD += (uint32_t)((int32_t)(word << 23) >> 23));
	DO(MOV, RD = RS);
	DO(ADD, RD += RS);
	DO(SUB, RD -= RS);
	DO(AND, RD &= RS);
	DO(OR, RD |= RS);
	DO(XOR, RD ^= RS);
	DO(SHL, RD <<= RS & 31);
	DO(MIN, RD = RS < RD ? RS : RD);
	DO(MAX, RD = RS > RD ? RS : RD);
	DO(BSET, RD |= UINT32_C(1) << (RS & 31));
	DO(SHLI, RD <<= U5);
	DO(SHRI, RD >>= U5);
	DO(SARI, RD = (uint32_t)((int32_t)RD >> U5));
	DO(LOW, RD &= (UINT32_C(1) << U5) - 1);
	JUMP_IF(BEQ, RD == RS, 6);
	JUMP_IF(BNE, RD != RS, 6);
	JUMP_IF(BLTU, RD < RS, 6);
	JUMP_IF(BGEU, RD >= RS, 6);
	JUMP_IF(BZ, RD == 0, 8);
	JUMP_IF(BNZ, RD != 0, 8);
	JUMP_IF(JMP, true, 12);
other:
	good = false;
done:
	memcpy(vm->r, r, sizeof(vm->r));
	vm->change = change;
	vm->steps = steps;
	return good;
}
