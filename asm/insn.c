/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions: remembered as they were written, and encoded when all names are
 * known.  The rows of opcodes.def say how, so nothing here knows one by name.
 */
#include "asm/asm-int.h"

#include <string.h>

/* The nearest of what can begin a statement: "word" is as near to ".word". */
static const char *
nearest(const struct assembler *as, const char *mnemonic,
	char hint[static HINT_SIZE])
{
	enum { MACROS_MAX = 256, DIRECTIVES_MAX = 64 };
	const char *names[ISA_OP_COUNT + ISA_PSEUDO_COUNT + MACROS_MAX +
		DIRECTIVES_MAX];
	unsigned n = 0;

	for (unsigned i = 0; i < ISA_OP_COUNT; i++)
		names[n++] = isa_insns[i].mnemonic;
	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		names[n++] = isa_pseudos[i].mnemonic;
	n += macro_names(as, names + n, MACROS_MAX);
	for (unsigned i = 0; i < DIRECTIVES_MAX && asm_directive(i); i++)
		names[n++] = asm_directive(i)->name;
	return report_suggest(mnemonic, names, n, hint);
}

static void
report_unknown(struct assembler *as, struct place place, const char *mnemonic)
{
	const char *how = NULL;
	char hint[HINT_SIZE];

	/* What is not told any more need not be thought about. */
	if (as->errors < ASM_ERROR_MAX)
		how = foreign_hint(mnemonic);
	if (!how && as->errors < ASM_ERROR_MAX)
		how = nearest(as, mnemonic, hint);
	report_error(as, place, DIAG_ASM_MNEMONIC, how,
		"there is no instruction '%s'", mnemonic);
}

static bool
is_mnemonic(const char *name)
{
	for (unsigned i = 0; i < ISA_OP_COUNT; i++)
		if (!strcmp(name, isa_insns[i].mnemonic))
			return true;
	return pseudo_find(name) != NULL;
}

/* False where the operands are not worth looking at, after a report. */
static bool
check_operands(struct assembler *as, const struct insn *insn)
{
	char quote[QUOTE_SIZE];
	bool ok = true;

	for (struct operand *o = insn->operands.first; o; o = o->next) {
		ok &= o->kind != OPERAND_BAD && o->kind != OPERAND_PAIR;
		if (o->kind == OPERAND_PAIR)
			report_error(as, o->place, DIAG_ASM_SYNTAX, NULL,
				"a comma is missing between the operands '%s'",
				report_quote(o->place, quote));
	}
	return ok;
}

static void
report_code_full(struct assembler *as, struct place place)
{
	if (!as->code_full)
		report_error(as, place, DIAG_ASM_CODE_FULL, NULL,
			"more than %d instructions", PACKET_CODE_MAX);
	as->code_full = true;
}

static void
add_insn(struct assembler *as, struct insn insn)
{
	if (as->section != SECTION_TEXT) {
		report_error(as, insn.place, DIAG_ASM_SECTION,
			".text begins instructions",
			"'%s' is an instruction, but this is .data",
			insn.mnemonic);
		return;
	}
	if (as->insn_count == PACKET_CODE_MAX) {
		report_code_full(as, insn.place);
		return;
	}
	insn.bad |= !check_operands(as, &insn);
	insn.length = pseudo_length(&insn);
	if (as->code_known == as->insn_count && insn.length) {
		insn.pc = insn_pc(as, as->code_known);
		as->code_known++;
	}
	as->code[as->insn_count++] = insn;
}

unsigned
insn_pc(const struct assembler *as, unsigned i)
{
	return i ? as->code[i - 1].pc + as->code[i - 1].length : 0;
}

void
insn_place_all(struct assembler *as)
{
	for (unsigned i = as->code_known; i < as->insn_count; i++) {
		struct insn *insn = &as->code[i];

		insn->pc = insn_pc(as, i);
		if (!insn->length)
			pseudo_place_lic(as, insn);
		as->code_known++;
		if (insn->pc + insn->length > PACKET_CODE_MAX)
			report_code_full(as, insn->place);
	}
	as->code_count = insn_pc(as, as->insn_count);
	if (as->code_count > PACKET_CODE_MAX)
		as->code_count = PACKET_CODE_MAX;
}

void
insn_add(struct assembler *as, struct place place, const char *mnemonic,
	struct operands operands)
{
	struct insn insn = {.place = place, .mnemonic = mnemonic,
		.operands = operands};

	if (!is_mnemonic(mnemonic)) {
		report_unknown(as, place, mnemonic);
		insn.operands = (struct operands){0};
		insn.bad = true;
	}
	add_insn(as, insn);
}

void
insn_add_raw(struct assembler *as, struct place place, struct operands operands)
{
	add_insn(as, (struct insn){.place = place, .mnemonic = ".insn",
		.operands = operands, .raw = true});
}

static void
report_target(struct assembler *as, const struct insn *insn,
	const struct operand *operand, unsigned pc, wide target, wide reach)
{
	const struct symbol *symbol = symbol_of_expr(as, operand->expr);
	char to[NUMBER_SIZE], found[QUOTE_SIZE];

	report_quote(operand->place, found);
	report_number(target, to);
	if (target <= pc)
		report_error(as, operand->place, DIAG_ASM_BACKWARD, NULL,
			"'%s' at instruction %u can only jump forward; "
			"'%s' is instruction %s", insn->mnemonic, pc, found,
			to);
	else
		report_error(as, operand->place, DIAG_ASM_FAR,
			reach < PACKET_CODE_MAX ?
			"jmp reaches every place of a program" : NULL,
			"'%s' at instruction %u reaches at most %u; "
			"'%s' is instruction %s", insn->mnemonic, pc,
			pc + 1 + (unsigned)reach, found, to);
	if (symbol && symbol->kind != SYMBOL_BAD)
		report_note(as, symbol->place, "'%s' was defined here",
			report_quote(symbol->place, found));
}

static bool
encode_target(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct isa_operand field, uint16_t *word)
{
	unsigned pc = insn->pc;
	char found[2 * QUOTE_SIZE];
	struct value value;
	int32_t min, max;

	if (!expr_eval(as, operand->expr, &value))
		return false;
	if (value.kind != VALUE_CODE) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'%s' takes a label or '.+NUMBER' here, not %s",
			insn->mnemonic, operand_text(operand, found));
		return false;
	}
	isa_operand_range(field, &min, &max);
	if (value.n > pc && value.n - pc - 1 <= max)
		return isa_operand_put(word, field, (int32_t)value.n - pc - 1);
	report_target(as, insn, operand, pc, value.n, max);
	return false;
}

/* What to do with a number that is too large for ldi or addi. */
static const char *
range_hint(const char *mnemonic)
{
	if (!strcmp(mnemonic, isa_insns[ISA_LDI].mnemonic))
		return "'li' and 'lic' set a register to any number";
	if (!strcmp(mnemonic, isa_insns[ISA_ADDI].mnemonic))
		return "'li' puts any number into a register, to 'add' it";
	return NULL;
}

static bool
encode_number(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct isa_operand field, uint16_t *word)
{
	char what[2 * QUOTE_SIZE], quote[QUOTE_SIZE];
	struct value value;
	int32_t min, max;

	isa_operand_range(field, &min, &max);
	if (!expr_eval(as, operand->expr, &value))
		return false;
	if (operand->kind == OPERAND_WORD && value.kind == VALUE_CODE) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'%s' takes a scratchpad word here, and '%s' is a "
			"place in the code", insn->mnemonic,
			report_quote(operand->expr->place, quote));
		return false;
	}
	if (operand->kind != OPERAND_WORD)
		warn_number_operand(as, insn, operand, value);
	snprintf(what, sizeof(what), "this operand of '%s'", insn->mnemonic);
	return expr_is_within(as, operand, value.n, min, max, what,
		range_hint(insn->mnemonic)) &&
		isa_operand_put(word, field, (int32_t)value.n);
}

static bool
encode_operand(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct isa_operand field, uint16_t *word)
{
	switch ((enum isa_kind)field.kind) {
	case ISA_KIND_REG:
		return isa_operand_put(word, field,
			operand_register(operand, 'r'));
	case ISA_KIND_ENTRY:
		return isa_operand_put(word, field,
			operand_register(operand, 't'));
	case ISA_KIND_FIELD:
		return isa_operand_put(word, field, operand_field(operand));
	case ISA_KIND_DISP:
		return encode_target(as, insn, operand, field, word);
	case ISA_KIND_WORD:
	case ISA_KIND_KEY:
	case ISA_KIND_UINT:
	case ISA_KIND_SINT:
	case ISA_KIND_FAULTNO:
		return encode_number(as, insn, operand, field, word);
	case ISA_KIND_NO:
		break;
	}
	return false;
}

uint16_t
insn_encode(struct assembler *as, const struct insn *insn,
	const char *mnemonic, struct operand *const operands[], unsigned count)
{
	const struct isa_insn *row = insn_match(as, insn, mnemonic, operands,
		count);
	uint16_t word;

	if (!row) {
		as->code[insn - as->code].bad = true;
		return 0;
	}
	word = row->word;
	for (unsigned i = 0; i < count; i++)
		if (!encode_operand(as, insn, operands[i], row->operand[i],
			&word))
			as->code[insn - as->code].bad = true;
	return word;
}

unsigned
insn_operands(const struct insn *insn,
	struct operand *operands[static ISA_OPERAND_MAX])
{
	unsigned i = 0;

	for (struct operand *o = insn->operands.first;
	     o && i < ISA_OPERAND_MAX; o = o->next)
		operands[i++] = o;
	return insn->operands.count;
}

static uint16_t
encode_raw(struct assembler *as, const struct insn *insn)
{
	const struct operand *operand = insn->operands.first;
	wide n;

	if (!operand_is_expr(as, operand, "'.insn' takes a number") ||
	    !expr_eval_within(as, operand, 0, UINT16_MAX,
		    "the word of '.insn'", &n))
		return 0;
	return (uint16_t)n;
}

static uint16_t
encode_one(struct assembler *as, const struct insn *insn)
{
	struct operand *operands[ISA_OPERAND_MAX];
	unsigned count = insn_operands(insn, operands);

	if (insn->bad)
		return 0;
	if (insn->raw)
		return encode_raw(as, insn);
	if (pseudo_find(insn->mnemonic))
		return pseudo_encode(as, insn);
	return insn_encode(as, insn, insn->mnemonic, operands, count);
}

/* Nothing is written past the code when there is too much of it. */
static void
put_word(struct assembler *as, unsigned pc, uint16_t word)
{
	if (pc < PACKET_CODE_MAX)
		packet_put16(as->object->packet + PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * pc, word);
}

void
insn_encode_all(struct assembler *as)
{
	for (unsigned i = 0; i < as->insn_count; i++) {
		const struct insn *insn = &as->code[i];

		if (insn->lic.count == 0)
			put_word(as, insn->pc, encode_one(as, insn));
		for (unsigned k = 0; k < insn->lic.count; k++)
			put_word(as, insn->pc + k, lic_word(&insn->lic, k,
				(unsigned)operand_register(
				insn->operands.first, 'r')));
	}
}
