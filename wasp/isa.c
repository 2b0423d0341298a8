/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of isa.h expanded, and one instruction decoded and printed. */
#include "wasp/isa.h"
#include "wasp/opcode-words.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define F(name) (UINT64_C(1) << ISA_FAULT_##name)

#define OPERAND(kind, shift, width) {kind, shift, width}

enum format {
#define WASP_FORMAT(name, a, b, c) FORMAT_##name,
#include "wasp/opcodes.def"
	FORMAT_COUNT
};

/* Each row's operands come from its format, by a macro per format. */
#define OPERANDS_OF(a, b, c) {OPERAND a, OPERAND b, OPERAND c}
static const struct isa_operand formats[FORMAT_COUNT][ISA_OPERAND_MAX] = {
#define WASP_FORMAT(name, a, b, c) [FORMAT_##name] = OPERANDS_OF(a, b, c),
#include "wasp/opcodes.def"
};

const struct isa_insn isa_insns[ISA_OP_COUNT] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[ISA_##name] = {#name, mnemonic, \
		(op) << ISA_OP_SHIFT | (sub) << ISA_SUB_SHIFT_##op, \
		ISA_ZERO_##name, effects, cost, faults, \
		formats[FORMAT_##format], notation, sentence, words},
#include "wasp/opcodes.def"
};

#define ALL ISA_WHO_ALL
#define GUEST ISA_WHO_GUEST
#define CLIENT ISA_WHO_CLIENT
#define OPERATOR ISA_WHO_OPERATOR

static const char *const env_aliases[ISA_ENV_COUNT] = {
#define WASP_ENV_ALIAS(text, name) [ISA_ENV_##name] = text,
#include "wasp/env.def"
};

const struct isa_env_info isa_envs[ISA_ENV_COUNT] = {
#define WASP_ENV(name, number, text, who, show, unit, sentence) \
	[number] = {text, unit, sentence, who, ISA_SHOW_##show},
#include "wasp/env.def"
};

const struct isa_pseudo isa_pseudos[ISA_PSEUDO_COUNT] = {
#define WASP_PSEUDO(name, mnemonic, operands, expansion, sentence) \
	[ISA_PSEUDO_##name] = {mnemonic, operands, expansion, sentence},
#include "wasp/opcodes.def"
};

const struct isa_coded isa_coded[ISA_CODE_LIMIT] = {
#define WASP_OP(name, op, sub, mnemonic, format, effects, faults, cost, \
	notation, sentence, words) \
	[ISA_CODE_##name] = {0xffff & ~ISA_ZERO_##name, ISA_##name + 1, \
		((effects) & ISA_R_ENV) != 0},
#include "wasp/opcodes.def"
};

int32_t
isa_operand_get(uint16_t word, struct isa_operand operand)
{
	int32_t value = (word >> operand.shift) & ((1 << operand.width) - 1);
	int32_t sign = 1 << (operand.width - 1);

	return operand.kind == ISA_KIND_SINT ? (value ^ sign) - sign : value;
}

void
isa_operand_range(struct isa_operand operand, int32_t *min, int32_t *max)
{
	*min = 0;
	*max = (1 << operand.width) - 1;
	if (operand.kind == ISA_KIND_SINT) {
		*max >>= 1;
		*min = -*max - 1;
	} else if (operand.kind == ISA_KIND_FIELD) {
		*max = ISA_ENV_COUNT - 1;
	}
}

bool
isa_operand_put(uint16_t *word, struct isa_operand operand, int32_t value)
{
	uint16_t bits = ISA_BITS(0, operand.shift, operand.width);
	int32_t min, max;

	isa_operand_range(operand, &min, &max);
	if (value < min || value > max)
		return false;
	*word = (*word & ~bits) | ((uint32_t)value << operand.shift & bits);
	return true;
}

const char *
isa_operand_name(const struct isa_insn *insn, unsigned i)
{
	switch ((enum isa_kind)insn->operand[i].kind) {
	case ISA_KIND_NO:
		break;
	case ISA_KIND_REG:
		if (strstr(insn->notation, "rX"))
			return "rX";
		return i == 0 ? "rd" : "rs";
	case ISA_KIND_ENTRY:
		return strstr(insn->notation, "tX") ? "tX" : "tN";
	case ISA_KIND_WORD:
	case ISA_KIND_KEY:
		return "[n]";
	case ISA_KIND_FIELD:
		return "field";
	case ISA_KIND_UINT:
		return "u";
	case ISA_KIND_SINT:
		return "s";
	case ISA_KIND_FAULTNO:
		return "n";
	case ISA_KIND_DISP:
		return "d";
	}
	return "";
}

int32_t
isa_operand_of(uint16_t word, enum isa_op op, enum isa_kind kind)
{
	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
		if (isa_insns[op].operand[i].kind == kind)
			return isa_operand_get(word, isa_insns[op].operand[i]);
	return -1;
}

int
isa_reg(uint16_t word, enum isa_op op, unsigned n)
{
	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
		struct isa_operand operand = isa_insns[op].operand[i];

		if (operand.kind == ISA_KIND_REG && n-- == 0)
			return isa_operand_get(word, operand);
	}
	return -1;
}

unsigned
isa_target(uint16_t word, enum isa_op op, unsigned pc)
{
	return pc + 1 + isa_operand_of(word, op, ISA_KIND_DISP);
}

int
isa_env_number(const char *name)
{
	for (int i = 0; i < ISA_ENV_COUNT; i++)
		if (!strcmp(name, isa_envs[i].name) ||
		    (isa_env_alias(i) && !strcmp(name, isa_env_alias(i))))
			return i;
	return -1;
}

const char *
isa_env_alias(unsigned number)
{
	return number < ISA_ENV_COUNT ? env_aliases[number] : NULL;
}

static bool
is_numbered(const char *name, char letter, unsigned count)
{
	return name[0] == letter && name[1] >= '0' &&
		name[1] < '0' + (int)count && name[2] == '\0';
}

const char *
isa_reserved(const char *name)
{
	if (is_numbered(name, 'r', ISA_REG_COUNT))
		return "a register";
	if (is_numbered(name, 't', ISA_ENTRY_COUNT))
		return "an entry word";
	if (isa_env_number(name) >= 0)
		return "an environment field";
	for (unsigned i = 0; i < ISA_OP_COUNT; i++)
		if (!strcmp(name, isa_insns[i].mnemonic))
			return "an instruction";
	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		if (!strcmp(name, isa_pseudos[i].mnemonic))
			return "an instruction";
	return NULL;
}

const char *
isa_fault_name(unsigned number, char buf[static ISA_FAULT_NAME_SIZE])
{
	if (number >= ISA_FAULT_PROGRAM && number < ISA_FAULT_LIMIT) {
		snprintf(buf, ISA_FAULT_NAME_SIZE, "program-%u",
			number - ISA_FAULT_PROGRAM);
		return buf;
	}
	switch (number) {
#define WASP_FAULT(name, number, text, sentence) \
	case number: \
		return text;
#include "wasp/faults.def"
	case ISA_FAULT_NONE:
		return "none";
	}
	snprintf(buf, ISA_FAULT_NAME_SIZE, "unknown-%u", number);
	return buf;
}

const char *
isa_fault_sentence(unsigned number)
{
	if (number > ISA_FAULT_PROGRAM && number < ISA_FAULT_LIMIT)
		number = ISA_FAULT_PROGRAM;
	switch (number) {
#define WASP_FAULT(name, number, text, sentence) \
	case number: \
		return sentence;
#include "wasp/faults.def"
	case ISA_FAULT_NONE:
		return "The program has not faulted.";
	}
	return "A fault number that this version does not know.";
}

/* A text that grows in a fixed buffer and is cut at its end. */
struct text {
	char *buf;
	size_t size, len;
};

static void __attribute__((format(printf, 2, 3)))
text_add(struct text *text, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(text->buf + text->len, text->size - text->len, format, ap);
	va_end(ap);
	if (n > 0)
		text->len += (size_t)n < text->size - text->len ? (size_t)n :
			text->size - text->len - 1;
}

static void
print_word(struct text *text, unsigned n, const struct isa_names *names)
{
	const char *name = names && names->word ?
		names->word(names->arg, n) : NULL;

	if (name)
		text_add(text, "[%s]", name);
	else
		text_add(text, "[%u]", n);
}

static void
print_target(struct text *text, unsigned pc, int32_t disp,
	const struct isa_names *names)
{
	const char *name = names && names->label ?
		names->label(names->arg, pc + 1 + disp) : NULL;

	if (name)
		text_add(text, "%s", name);
	else
		text_add(text, ".+%" PRId32, disp + 1);
}

static void
print_operand(struct text *text, int kind, int32_t value, unsigned pc,
	const struct isa_names *names)
{
	switch ((enum isa_kind)kind) {
	case ISA_KIND_NO:
		break;
	case ISA_KIND_REG:
		text_add(text, "r%" PRId32, value);
		break;
	case ISA_KIND_ENTRY:
		text_add(text, "t%" PRId32, value);
		break;
	case ISA_KIND_WORD:
	case ISA_KIND_KEY:
		print_word(text, value, names);
		break;
	case ISA_KIND_FIELD:
		text_add(text, "%s", isa_envs[value].name);
		break;
	case ISA_KIND_UINT:
	case ISA_KIND_SINT:
	case ISA_KIND_FAULTNO:
		text_add(text, "%" PRId32, value);
		break;
	case ISA_KIND_DISP:
		print_target(text, pc, value, names);
		break;
	}
}

const char *
isa_print(char *buf, size_t size, uint16_t word, unsigned pc,
	const struct isa_names *names)
{
	struct text text = {buf, size, 0};
	enum isa_op op = isa_decode(word);

	if (op == ISA_ILLEGAL) {
		text_add(&text, ".insn 0x%04x", word);
		return buf;
	}
	text_add(&text, "%s", isa_insns[op].mnemonic);
	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
		struct isa_operand operand = isa_insns[op].operand[i];

		if (operand.kind == ISA_KIND_NO)
			break;
		text_add(&text, i ? ", " : " ");
		print_operand(&text, operand.kind,
			isa_operand_get(word, operand), pc, names);
	}
	return buf;
}

static void
explain_word(struct text *text, unsigned n, const char *name)
{
	text_add(text, "word %u of the scratchpad", n);
	if (name)
		text_add(text, ", '%s'", name);
}

static void
explain_key(struct text *text, unsigned n, const char *name)
{
	text_add(text, "words %u and %u", n, n + 1);
	if (name)
		text_add(text, ", '%s'", name);
}

static void
explain_target(struct text *text, int32_t disp, const char *name)
{
	if (name)
		text_add(text, "at '%s', ", name);
	text_add(text, "%" PRId32 " further", disp + 1);
}

/* The name, and of its sentence what is before any detail. */
static void
explain_field(struct text *text, unsigned field)
{
	const char *sentence = isa_envs[field].sentence;
	size_t len = strcspn(sentence, ";:(");

	while (len > 0 && sentence[len - 1] == ' ')
		len--;
	text_add(text, "%s (%.*s)", isa_envs[field].name, (int)len, sentence);
}

static void
explain_operand(struct text *text, uint16_t word, struct isa_operand operand,
	unsigned pc, const struct isa_names *names)
{
	int32_t value = isa_operand_get(word, operand);
	unsigned n = (unsigned)value;
	bool is_word = operand.kind == ISA_KIND_WORD ||
		operand.kind == ISA_KIND_KEY;
	const char *name = NULL;

	if (is_word && names && names->word)
		name = names->word(names->arg, n);
	if (operand.kind == ISA_KIND_DISP && names && names->label)
		name = names->label(names->arg, pc + 1 + n);
	if (operand.kind == ISA_KIND_WORD)
		explain_word(text, n, name);
	else if (operand.kind == ISA_KIND_KEY)
		explain_key(text, n, name);
	else if (operand.kind == ISA_KIND_FIELD)
		explain_field(text, n);
	else if (operand.kind == ISA_KIND_DISP)
		explain_target(text, value, name);
	else
		print_operand(text, operand.kind, value, pc, names);
}

const char *
isa_explain(char *buf, size_t size, uint16_t word, unsigned pc,
	const struct isa_names *names)
{
	struct text text = {buf, size, 0};
	enum isa_op op = isa_decode(word);
	const char *p;

	buf[0] = '\0';
	if (op == ISA_ILLEGAL) {
		text_add(&text, "no instruction: every node stops here");
		return buf;
	}
	for (p = isa_insns[op].words; *p; p++)
		if (*p == '%')
			explain_operand(&text, word,
				isa_insns[op].operand[*++p - '0'], pc, names);
		else
			text_add(&text, "%c", *p);
	return buf;
}
