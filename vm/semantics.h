/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What every instruction means; wasp-isa(7) says the same in English.  This is
 * one step, for every machine that is compiled of it: the reference machine
 * (vm.c), and the one inside the kernel (xdp/run.bpf.h).  What differs between
 * them is how a word of the packet is reached; what the store instructions do
 * is in access.h.
 *
 * Where this is included there are the variables
 *
 *	word		the instruction
 *	fault		of the run
 *	cost		of the run, beyond one for each step
 *	vm		the machine, with the names of struct vm
 *
 * the labels done and failed, where the run has ended with a verdict, a fault,
 * and these, of a register i below 8, a word n below vm->pad_count, an entry
 * word i below 8, a field below ISA_ENV_COUNT; values are in host order:
 *
 *	REG(i)
 *	WORD(n), SET_WORD(n, value), KEY(n)	KEY: of the words n and n + 1
 *	ENTRY(i), SET_ENTRY(i, value)
 *	ENV(field)
 *	PUSH(value)
 *	JUMP(count)	skip so many of the instructions that follow
 */

/* The bits of a word that are operands; see the ruler in opcodes.def. */
#define RD(word) ((word) >> 9 & 7)	/* first register, or entry word */
#define RS(word) ((word) >> 6 & 7)	/* second register */
#define T3(word) ((word) & 7)		/* entry word of mov */
#define U5(word) ((word) & 31)
#define N6(word) ((word) & 63)
#define F7(word) ((word) & 127)
#define N8(word) ((word) & 255)
#define U9(word) ((word) & 511)
#define D12(word) ((word) & 4095)
#define S9(word) ((uint32_t)((int32_t)((uint32_t)(word) << 23) >> 23))

/*
 * The dispatch: by op first, and then by the sub-code of this op, so that most
 * instructions need no more than the op's own jump, and BPF, which has no tables
 * of jumps, few comparisons.
 */
#define OP(op) \
	case op: \
	switch (word >> ISA_SUB_SHIFT_##op & ((1 << ISA_SUB_WIDTH_##op) - 1)) {
#define END_OP \
	default: \
		goto illegal; \
	} \
	break;
#define SUB_OF(name) (ISA_CODE_##name >> 4)

/*
 * A case: a word with a bit that must be zero is no such, nor one that names a
 * field which is none.  What is illegal costs nothing.
 */
#define CASE_OF(name, legal) \
	case SUB_OF(name): \
		if (word & ISA_ZERO_##name || !(legal)) \
			goto illegal; \
		cost += ISA_COST_##name - 1;
#define CASE(name) CASE_OF(name, true)
#define CASE_FIELD(name) CASE_OF(name, F7(word) < ISA_ENV_COUNT)

/* Leave the run with a fault. */
#define FAIL(name) \
	do { \
		fault = ISA_FAULT_##name; \
		goto failed; \
	} while (0)

/* What an instruction needs of the scratchpad and of the mapped entry. */
#define NEED_WORD(n) \
	do { \
		if ((n) >= vm->pad_count) \
			FAIL(SCRATCHPAD); \
	} while (0)
#define NEED_ENTRY() \
	do { \
		if (!vm->mapped) \
			FAIL(UNMAPPED); \
	} while (0)
#define NEED_WRITABLE() \
	do { \
		if (!vm->writable) { \
			NEED_ENTRY(); \
			FAIL(READONLY); \
		} \
	} while (0)

	{
	uint32_t *rd = &REG(RD(word));
	uint32_t value;
	unsigned code;
	uint64_t key;

	switch (word >> ISA_OP_SHIFT) {
	OP(0x0)
	CASE(FORWARD)
		goto done;
	CASE(DROP)
		vm->verdict = VM_DROP;
		goto done;
	CASE(RETURN)
		vm->verdict = VM_RETURN;
		goto done;
	CASE(FAULT)
		fault = ISA_FAULT_PROGRAM + U5(word);
		goto failed;
	END_OP

	OP(0x1)
	CASE(LD_R)
		NEED_WORD(N8(word));
		*rd = WORD(N8(word));
		break;
	CASE(LD_T)
		NEED_WORD(N8(word));
		NEED_WRITABLE();
		SET_ENTRY(RD(word), WORD(N8(word)));
		break;
	END_OP

	OP(0x2)
	CASE(ST_R)
		NEED_WORD(N8(word));
		SET_WORD(N8(word), *rd);
		break;
	CASE(ST_T)
		NEED_WORD(N8(word));
		NEED_ENTRY();
		SET_WORD(N8(word), ENTRY(RD(word)));
		break;
	END_OP

	OP(0x3)
	CASE(MOV_RT)
		NEED_ENTRY();
		*rd = ENTRY(T3(word));
		break;
	CASE(MOV_TR)
		NEED_WRITABLE();
		SET_ENTRY(T3(word), *rd);
		break;
	CASE(PUSH_R)
		value = *rd;
		goto push;
	CASE(PUSH_T)
		NEED_ENTRY();
		value = ENTRY(RD(word));
		goto push;
	END_OP

	OP(0x4)
	CASE_FIELD(ENV_R)
		*rd = ENV(F7(word));
		break;
	CASE_FIELD(ENV_T)
		NEED_WRITABLE();
		SET_ENTRY(RD(word), ENV(F7(word)));
		break;
	CASE_FIELD(PUSH_F)
		value = ENV(F7(word));
	push:
		PUSH(value);
		break;
	END_OP

	OP(0x5)
	CASE(LDI)
		*rd = U9(word);
		break;
	END_OP

	OP(0x6)
	CASE(ADDI)
		*rd += S9(word);
		break;
	END_OP

	OP(0x7)
	CASE(MOV)
		*rd = REG(RS(word));
		break;
	CASE(ADD)
		*rd += REG(RS(word));
		break;
	CASE(SUB)
		*rd -= REG(RS(word));
		break;
	CASE(AND)
		*rd &= REG(RS(word));
		break;
	CASE(OR)
		*rd |= REG(RS(word));
		break;
	CASE(XOR)
		*rd ^= REG(RS(word));
		break;
	CASE(SHL)
		*rd <<= REG(RS(word)) & 31;
		break;
	CASE(SHR)
		*rd >>= REG(RS(word)) & 31;
		break;
	CASE(SAR)
		*rd = (uint32_t)((int32_t)*rd >>
			(REG(RS(word)) & 31));
		break;
	CASE(MIN)
		if (REG(RS(word)) < *rd)
			*rd = REG(RS(word));
		break;
	CASE(MAX)
		if (REG(RS(word)) > *rd)
			*rd = REG(RS(word));
		break;
	CASE(BSET)
		*rd |= UINT32_C(1) << (REG(RS(word)) & 31);
		break;
	END_OP

	OP(0x8)
	CASE(SHLI)
		*rd <<= U5(word);
		break;
	CASE(SHRI)
		*rd >>= U5(word);
		break;
	CASE(SARI)
		*rd = (uint32_t)((int32_t)*rd >> U5(word));
		break;
	CASE(LOW)
		*rd &= (UINT32_C(1) << U5(word)) - 1;
		break;
	END_OP

	OP(0x9)
	CASE(BEQ)
		if (*rd == REG(RS(word)))
			JUMP(N6(word));
		break;
	END_OP

	OP(0xA)
	CASE(BNE)
		if (*rd != REG(RS(word)))
			JUMP(N6(word));
		break;
	END_OP

	OP(0xB)
	CASE(BLTU)
		if (*rd < REG(RS(word)))
			JUMP(N6(word));
		break;
	END_OP

	OP(0xC)
	CASE(BGEU)
		if (*rd >= REG(RS(word)))
			JUMP(N6(word));
		break;
	END_OP

	OP(0xD)
	CASE(BZ)
		if (*rd == 0)
			JUMP(N8(word));
		break;
	CASE(BNZ)
		if (*rd != 0)
			JUMP(N8(word));
		break;
	END_OP

	OP(0xE)
	CASE(JMP)
		JUMP(D12(word));
		break;
	END_OP

	OP(0xF)
	CASE(LOOKUP)
		goto access;
	CASE(INSERT)
		goto access;
	CASE(INVITE)
		goto access;
	CASE(REROUTE)
	access:
		code = ISA_CODE(0xF, word >> ISA_SUB_SHIFT_0xF & 7);
		vm->accesses++;
		NEED_WORD(N6(word) + 1);
		key = KEY(N6(word));
		if (code == ISA_CODE_REROUTE &&
		    key_space(key) != KEY_INVITATION)
			FAIL(KEYSPACE);
		if (vm->accesses > vm->access_max)
			FAIL(ACCESSES);
		*rd = vm_access(VM_PASS, code, key);
		break;
	END_OP

	default:
	illegal:
		cost--;
		FAIL(ILLEGAL);
	}
	}
