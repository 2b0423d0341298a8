/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The instruction set as C: enums and tables expanded from opcodes.def,
 * env.def and faults.def, and how to decode, encode and print one instruction.
 * The first half needs no C library, so that kernel code can include it.
 *
 * Source: S. Martin, G. Leduc, "Interpreted Active Packets for Ephemeral State
 * Processing Routers", IWAN 2005, for what the machine is; the encoding is this
 * project's own, specified in wasp-isa(7).
 */
#ifndef WASP_ISA_H
#define WASP_ISA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ISA_REG_COUNT = 8,	/* r0..r7 */
	ISA_ENTRY_COUNT = 8,	/* t0..t7, the mapped entry: 32 bytes */
	ISA_ACCESS_MAX = 4,	/* store instructions in one run */
	ISA_INSN_SIZE = 2,	/* bytes of an instruction */
	ISA_OP_SHIFT = 12
};

/* What a field reads that is not known here, or not told to this packet. */
#define ISA_ENV_UNKNOWN UINT32_C(0xffffffff)

/* Every instruction.  ISA_ILLEGAL is what a word that is none decodes to. */
enum isa_op {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) ISA_##name,
#include "wasp/opcodes.def"
	ISA_OP_COUNT,
	ISA_ILLEGAL = ISA_OP_COUNT
};

enum isa_env {
#define WASP_ENV(name, number, text, who, show, unit, sentence) \
	ISA_ENV_##name = number,
#include "wasp/env.def"
	ISA_ENV_COUNT
};

/* Who is told a field by default, from everyone to the operator. */
enum isa_who { ISA_WHO_ALL, ISA_WHO_GUEST, ISA_WHO_CLIENT, ISA_WHO_OPERATOR };
#define ISA_WHO_NAMES "all", "guest", "client", "operator"

/* What env role reads, from 1 on, by name. */
#define ISA_ROLE_NAMES "client", "guest", "internal"

/* How a word of a field is shown to people. */
enum isa_show {
	ISA_SHOW_NUM, ISA_SHOW_ADDR, ISA_SHOW_HEX, ISA_SHOW_HOOK,
	ISA_SHOW_ROLE, ISA_SHOW_FLAG
};

/* ISA_FAULT_PROGRAM + n is the program's own fault n, n = 0..31. */
enum isa_fault {
	ISA_FAULT_NONE,
#define WASP_FAULT(name, number, text, sentence) ISA_FAULT_##name = number,
#include "wasp/faults.def"
	ISA_FAULT_LIMIT = 64	/* every number is below this */
};

/* Where the sub-code of each op lies, as constants: ISA_SUB_SHIFT_0x0 ... */
enum {
#define WASP_GROUP(op, shift, width) \
	ISA_SUB_SHIFT_##op = shift, ISA_SUB_WIDTH_##op = width,
#include "wasp/opcodes.def"
};

/*
 * The code of an instruction is (sub-code << 4 | op), dense enough for a switch
 * to be one jump: ISA_CODE_LOOKUP ... label its cases, isa_code() of a word
 * chooses.  Two rows with one code do not compile there.
 */
#define ISA_CODE(op, sub) ((sub) << 4 | (op))
enum isa_code {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) ISA_CODE_##name = ISA_CODE(op, sub),
#include "wasp/opcodes.def"
	ISA_CODE_LIMIT = 64 << 4
};

/* Bits that a word of the format may have beside op and sub-code. */
#define ISA_BITS(kind, shift, width) (((1u << (width)) - 1) << (shift))
enum {
#define WASP_FORMAT(name, a, b, c) \
	ISA_FORMAT_BITS_##name = ISA_BITS a | ISA_BITS b | ISA_BITS c,
#include "wasp/opcodes.def"
};

/* Bits that must be zero in a word of the row: ISA_ZERO_PUSH_R ... */
enum {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	ISA_ZERO_##name = 0xffff & ~(0xf000 | ISA_FORMAT_BITS_##format | \
		ISA_BITS(NO, ISA_SUB_SHIFT_##op, ISA_SUB_WIDTH_##op)),
#include "wasp/opcodes.def"
};

/* Units of work: ISA_COST_LOOKUP ... */
enum {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) ISA_COST_##name = cost,
#include "wasp/opcodes.def"
};

/* The code of any word, legal or not. */
static inline unsigned
isa_code(uint16_t word)
{
	static const struct {
		uint8_t shift, mask;
	} sub[16] = {
#define WASP_GROUP(op, shift, width) [op] = {shift, (1 << (width)) - 1},
#include "wasp/opcodes.def"
	};
	unsigned op = word >> ISA_OP_SHIFT;

	return ISA_CODE(op, (word >> sub[op].shift) & sub[op].mask);
}

/*
 * From here on, for programs that have a C library.
 */

enum isa_kind {
	ISA_KIND_NO,		/* no operand */
	ISA_KIND_REG,		/* r0..r7 */
	ISA_KIND_ENTRY,		/* t0..t7 */
	ISA_KIND_WORD,		/* [n], a scratchpad word */
	ISA_KIND_KEY,		/* [n], the scratchpad words n and n + 1 */
	ISA_KIND_FIELD,		/* an environment field */
	ISA_KIND_UINT,
	ISA_KIND_SINT,		/* two's complement */
	ISA_KIND_FAULTNO,
	ISA_KIND_DISP		/* instructions to skip after the next one */
};

struct isa_operand {
	uint8_t kind;		/* enum isa_kind */
	uint8_t shift, width;	/* bits of the word */
};

enum { ISA_OPERAND_MAX = 3 };

/* A field, where there is one, is in the lowest bits. */
#define ISA_FIELD_MASK 127u

/* Effects of an instruction: the sum of these. */
enum {
	ISA_R_A = 1 << 0,	/* reads its first register operand */
	ISA_W_A = 1 << 1,	/* writes it */
	ISA_R_B = 1 << 2,	/* reads its second register operand */
	ISA_R_T = 1 << 3,	/* reads its entry word */
	ISA_W_T = 1 << 4,	/* writes it */
	ISA_R_N = 1 << 5,	/* reads its scratchpad word, or both of its key */
	ISA_W_N = 1 << 6,	/* writes it */
	ISA_R_ENV = 1 << 7,	/* reads its environment field */
	ISA_PUSH = 1 << 8,	/* writes the word at the cursor, if there is one */
	ISA_STORE = 1 << 9,	/* accesses the store */
	ISA_END = 1 << 10,	/* control never goes to the next instruction */
	ISA_JUMP = 1 << 11	/* control may go to the displacement's target */
};

/* One row of opcodes.def. */
struct isa_insn {
	const char *name;	/* "LD_R": unique */
	const char *mnemonic;	/* "ld": one per operand form */
	uint16_t word;		/* the encoding with all operands 0 */
	uint16_t zero;		/* bits that must be zero */
	uint16_t effects;	/* ISA_R_A | ... */
	uint16_t cost;		/* units, see opcodes.def */
	uint64_t faults;	/* bit 1 << n: it can raise fault n */
	const struct isa_operand *operand; /* ISA_OPERAND_MAX, unused ones last */
	const char *notation;	/* register-transfer notation */
	const char *sentence;
	const char *words;	/* for isa_explain, operands as %0, %1, %2 */
};

struct isa_env_info {
	const char *name, *unit, *sentence;
	uint8_t who;		/* enum isa_who */
	uint8_t show;		/* enum isa_show */
};

struct isa_pseudo {
	const char *mnemonic, *operands, *expansion, *sentence;
};

extern const struct isa_insn isa_insns[ISA_OP_COUNT];
extern const struct isa_env_info isa_envs[ISA_ENV_COUNT];

enum isa_pseudo_op {
#define WASP_PSEUDO(name, mnemonic, operands, expansion, sentence) \
	ISA_PSEUDO_##name,
#include "wasp/opcodes.def"
	ISA_PSEUDO_COUNT
};
extern const struct isa_pseudo isa_pseudos[ISA_PSEUDO_COUNT];

/* What each code is, for isa_decode. */
struct isa_coded {
	uint16_t legal;		/* bits that may be set */
	uint8_t op;		/* the row plus one; 0: the code is not used */
	bool has_field;
};
extern const struct isa_coded isa_coded[ISA_CODE_LIMIT];

/* The row of a word, or ISA_ILLEGAL: unused code, unused bit, unused field. */
static inline enum isa_op
isa_decode(uint16_t word)
{
	const struct isa_coded *coded = &isa_coded[isa_code(word)];

	if (coded->op == 0 || word & ~coded->legal)
		return ISA_ILLEGAL;
	if (coded->has_field && (word & ISA_FIELD_MASK) >= ISA_ENV_COUNT)
		return ISA_ILLEGAL;
	return (enum isa_op)(coded->op - 1);
}

/* The value of an operand in a word, sign-extended where it is signed. */
int32_t isa_operand_get(uint16_t word, struct isa_operand operand);

/* The smallest and largest value that an operand can hold. */
void isa_operand_range(struct isa_operand operand, int32_t *min, int32_t *max);

/* Put a value into a word; false, and nothing done, if it is out of range. */
bool isa_operand_put(uint16_t *word, struct isa_operand operand, int32_t value);

/*
 * The value of the first operand of that kind (of a word that decodes to op),
 * or -1 where the instruction has none.
 */
int32_t isa_operand_of(uint16_t word, enum isa_op op, enum isa_kind kind);

/* What the notation calls an operand: "rd", "[n]", ...; "": there is none. */
const char *isa_operand_name(const struct isa_insn *insn, unsigned i);

/* The n-th register operand (0 or 1) of a word, or -1. */
int isa_reg(uint16_t word, enum isa_op op, unsigned n);

/* Index of the instruction that a jump at pc goes to. */
unsigned isa_target(uint16_t word, enum isa_op op, unsigned pc);

/*
 * What a name that programs can not give to things of their own means ("a
 * register"), or NULL: names of registers, entry words, fields, instructions.
 */
const char *isa_reserved(const char *name);

/* The number of a field by its name or alias, or -1; its alias, or NULL. */
int isa_env_number(const char *name);
const char *isa_env_alias(unsigned number);

/*
 * The name of a fault number and its sentence, never NULL.  A program's own
 * fault is "program-n", written to buf.
 */
enum { ISA_FAULT_NAME_SIZE = 32 };
const char *isa_fault_name(unsigned number, char buf[static ISA_FAULT_NAME_SIZE]);
const char *isa_fault_sentence(unsigned number);

/* How to name words and targets when printing; either call may give NULL. */
struct isa_names {
	const char *(*word)(void *arg, unsigned n);
	const char *(*label)(void *arg, unsigned pc);
	void *arg;
};

enum { ISA_TEXT_SIZE = 160 };

/*
 * Print the instruction at pc as the assembler reads it: "ld r1, [limit]",
 * "bz r0, out", without names "ld r1, [3]", "bz r0, .+4" (the instruction at
 * pc is ".").  A word that is no instruction prints as ".insn 0x1234".  names
 * may be NULL.  Returns buf, always terminated.
 */
const char *isa_print(char *buf, size_t size, uint16_t word, unsigned pc,
	const struct isa_names *names);

/*
 * What it does, in words: "r1 gets word 3 of the scratchpad, 'limit'", "if r0
 * is 0, go on at 'out', 4 further".  Else as isa_print.
 */
enum { ISA_EXPLAIN_SIZE = 320 };
const char *isa_explain(char *buf, size_t size, uint16_t word, unsigned pc,
	const struct isa_names *names);

#endif
