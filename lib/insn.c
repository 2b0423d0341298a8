/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions, environment fields and faults: the tables expanded once more,
 * into the structs of wasp.h, which stay as they are when those of the rooms
 * change.
 */
#include <string.h>

#include "lib/lib-int.h"

/* Words in the tables that mean something only here. */
#define NO 0
#define REG WASP_OPERAND_REG
#define ENTRY WASP_OPERAND_ENTRY
#define WORD WASP_OPERAND_WORD
#define KEY WASP_OPERAND_KEY
#define FIELD WASP_OPERAND_FIELD
#define UINT WASP_OPERAND_UINT
#define SINT WASP_OPERAND_SINT
#define FAULTNO WASP_OPERAND_FAULT
#define DISP WASP_OPERAND_DISP

#define R_A WASP_READS_A
#define W_A WASP_WRITES_A
#define R_B WASP_READS_B
#define R_T WASP_READS_ENTRY
#define W_T WASP_WRITES_ENTRY
#define R_N WASP_READS_WORD
#define W_N WASP_WRITES_WORD
#define R_ENV WASP_READS_ENV
#define PUSH WASP_PUSHES
#define STORE WASP_ACCESSES_STORE
#define END WASP_ENDS
#define JUMP WASP_JUMPS
#define F(name) (UINT64_C(1) << WASP_FAULT_##name)

/* The operands of each format, and how many they are. */
#define OPERAND(kind, shift, width) {kind, shift, width}
#define HAS(kind, shift, width) ((kind) != NO)
#define WASP_FORMAT(name, a, b, c) \
	static const struct wasp_operand operands_##name[ISA_OPERAND_MAX] = \
		{OPERAND a, OPERAND b, OPERAND c}; \
	enum { OPERAND_COUNT_##name = HAS a + HAS b + HAS c };
#include "wasp/opcodes.def"

static const struct wasp_insn insns[ISA_OP_COUNT] = {
#define WASP_OP(name_, op, sub, mnemonic_, format, effects_, faults_, cost_, \
	notation_, sentence_, words) \
	[ISA_##name_] = { \
		.name = #name_, .mnemonic = mnemonic_, \
		.notation = notation_, .sentence = sentence_, \
		.faults = faults_, \
		.word = (op) << ISA_OP_SHIFT | (sub) << ISA_SUB_SHIFT_##op, \
		.zero = ISA_ZERO_##name_, .effects = effects_, .cost = cost_, \
		.operand_count = OPERAND_COUNT_##format, \
		.operands = operands_##format},
#include "wasp/opcodes.def"
};

const struct wasp_insn *
wasp_insn_at(unsigned i)
{
	return i < ISA_OP_COUNT ? &insns[i] : NULL;
}

const struct wasp_insn *
wasp_insn_decode(uint16_t word)
{
	enum isa_op op = isa_decode(word);

	return op == ISA_ILLEGAL ? NULL : &insns[op];
}

static struct isa_operand
room_operand(const struct wasp_operand *operand)
{
	return (struct isa_operand){operand->kind, operand->shift,
		operand->width};
}

int32_t
wasp_operand_get(uint16_t word, const struct wasp_operand *operand)
{
	return isa_operand_get(word, room_operand(operand));
}

enum wasp_result
wasp_operand_put(uint16_t *word, const struct wasp_operand *operand,
	int32_t value)
{
	return isa_operand_put(word, room_operand(operand), value) ?
		WASP_OK : WASP_INVALID;
}

size_t
wasp_insn_text(uint16_t word, unsigned pc, const struct wasp_object *object,
	char *buf, size_t size)
{
	static const struct notes none;
	char text[ISA_TEXT_SIZE];

	notes_insn_text(object ? &object->object.notes : &none, word, pc,
		text);
	return lib_copy_text(buf, size, text);
}

#define ALL WASP_WHO_ALL
#define GUEST WASP_WHO_GUEST
#define CLIENT WASP_WHO_CLIENT
#define OPERATOR WASP_WHO_OPERATOR

/* An alias is given to the row of its field, which has none before. */
static const struct wasp_field fields[ISA_ENV_COUNT] = {
#define WASP_ENV(name_, number_, text, who_, show, unit_, sentence_) \
	[number_] = {.number = number_, .who = who_, .name = text, \
		.unit = unit_, .sentence = sentence_},
#define WASP_ENV_ALIAS(text, name_) [ISA_ENV_##name_].alias = text,
#include "wasp/env.def"
};

const struct wasp_field *
wasp_field_at(unsigned number)
{
	return number < ISA_ENV_COUNT ? &fields[number] : NULL;
}

const struct wasp_field *
wasp_field_find(const char *name)
{
	int number = isa_env_number(name);

	return number < 0 ? NULL : &fields[number];
}

size_t
wasp_fault_name(unsigned fault, char *buf, size_t size)
{
	char name[ISA_FAULT_NAME_SIZE];

	return lib_copy_text(buf, size, isa_fault_name(fault, name));
}

const char *
wasp_fault_sentence(unsigned fault)
{
	return isa_fault_sentence(fault);
}
