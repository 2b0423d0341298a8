/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Pseudo-instructions, by the text of their rows in opcodes.def: what "bgtu rA,
 * rB, label" stands for is "bltu rB, rA, label".  Only li and lic are more.
 */
#include "asm/asm-int.h"

#include <stdlib.h>
#include <string.h>

const struct isa_pseudo *
pseudo_find(const char *mnemonic)
{
	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		if (!strcmp(mnemonic, isa_pseudos[i].mnemonic))
			return &isa_pseudos[i];
	return NULL;
}

/* The next word of a row's text; false at its end. */
static bool
next_word(const char **text, char word[static 16])
{
	size_t len;

	*text += strspn(*text, ", ");
	len = strcspn(*text, ", ");
	snprintf(word, 16, "%.*s", (int)len, *text);
	*text += len;
	return len > 0;
}

/* The index of a word in a row's text, or -1. */
static int
word_index(const char *text, const char *wanted)
{
	char word[16];

	for (int i = 0; next_word(&text, word); i++)
		if (!strcmp(word, wanted))
			return i;
	return -1;
}

/* A register or a number that an expansion has of its own. */
static struct operand *
literal_operand(struct assembler *as, struct place place, const char *word)
{
	char *name = arena_copy(as, word, strlen(word));
	struct expr *expr = word[0] >= '0' && word[0] <= '9' ?
		expr_number(as, place, strtol(word, NULL, 10)) :
		expr_name(as, place, name);

	return name ? operand_new(as, OPERAND_EXPR, place, expr) : NULL;
}

static unsigned
count_words(const char *text)
{
	unsigned count = 0;
	char word[16];

	while (next_word(&text, word))
		count++;
	return count;
}

static uint16_t
encode_expansion(struct assembler *as, const struct insn *insn,
	const struct isa_pseudo *pseudo)
{
	struct operand *given[ISA_OPERAND_MAX], *operands[ISA_OPERAND_MAX];
	unsigned expected = count_words(pseudo->operands), n = 0;
	const char *text = pseudo->expansion;
	char mnemonic[16], word[16];

	if (insn_operands(insn, given) != expected) {
		insn_report_count(as, insn, expected, pseudo->operands);
		return 0;
	}
	next_word(&text, mnemonic);
	for (; n < ISA_OPERAND_MAX && next_word(&text, word); n++) {
		int i = word_index(pseudo->operands, word);

		operands[n] = i >= 0 ? given[i] :
			literal_operand(as, insn->place, word);
		if (!operands[n])
			return 0;
	}
	return insn_encode(as, insn, mnemonic, operands, n);
}

/*
 * li is ldi where that can hold the value, else ld of a pooled constant; lic
 * builds it in code.  Their operands are those of ldi, but for the range.
 */

static bool
is_pseudo(const struct insn *insn, enum isa_pseudo_op op)
{
	return !insn->raw && !strcmp(insn->mnemonic, isa_pseudos[op].mnemonic);
}

static bool
is_li(const struct insn *insn)
{
	return is_pseudo(insn, ISA_PSEUDO_LI);
}

/* The value that is given to li or lic; false after a report. */
static bool
constant_value(struct assembler *as, const struct insn *insn, wide *n)
{
	struct operand *operands[ISA_OPERAND_MAX];
	unsigned count = insn_operands(insn, operands);
	char what[32];

	snprintf(what, sizeof(what), "the value of '%s'", insn->mnemonic);
	return insn_match(as, insn, isa_insns[ISA_LDI].mnemonic, operands,
		count) && expr_eval_within(as, operands[1], INT32_MIN,
		UINT32_MAX, what, n);
}

unsigned
pseudo_length(const struct insn *insn)
{
	return insn->bad || !is_pseudo(insn, ISA_PSEUDO_LIC);
}

void
pseudo_place_lic(struct assembler *as, struct insn *insn)
{
	wide n;

	if (constant_value(as, insn, &n))
		lic_find((uint32_t)n, &insn->lic);
	else
		insn->bad = true;
	insn->length = insn->bad ? 1 : insn->lic.count;
}

/* The index of a constant in the pool, added where it is new. */
static unsigned
pool_index(struct assembler *as, uint32_t constant)
{
	unsigned i = 0;

	while (i < as->pool_count && as->pool[i] != constant)
		i++;
	if (i == as->pool_count)
		as->pool[as->pool_count++] = constant;
	return i;
}

/* False after a report. */
static bool
pool_constant(struct assembler *as, struct insn *insn)
{
	int32_t min, max;
	wide n;

	if (!constant_value(as, insn, &n))
		return false;
	isa_operand_range(isa_insns[ISA_LDI].operand[1], &min, &max);
	insn->pooled = n < min || n > max;
	if (insn->pooled)
		insn->pool_i = pool_index(as, (uint32_t)n);
	return true;
}

void
pseudo_pool_constants(struct assembler *as)
{
	for (unsigned i = 0; i < as->insn_count; i++)
		if (!as->code[i].bad && is_li(&as->code[i]))
			as->code[i].bad = !pool_constant(as, &as->code[i]);
}

static uint16_t
encode_li(struct assembler *as, const struct insn *insn)
{
	struct operand *operands[ISA_OPERAND_MAX];

	insn_operands(insn, operands);
	if (!insn->pooled)
		return insn_encode(as, insn, isa_insns[ISA_LDI].mnemonic,
			operands, 2);
	if (as->blocks_full)
		return 0;
	operands[1] = operand_new(as, OPERAND_WORD, insn->place,
		expr_number(as, insn->place, as->pool_first + insn->pool_i));
	return operands[1] ? insn_encode(as, insn,
		isa_insns[ISA_LD_R].mnemonic, operands, 2) : 0;
}

uint16_t
pseudo_encode(struct assembler *as, const struct insn *insn)
{
	return is_li(insn) ? encode_li(as, insn) :
		encode_expansion(as, insn, pseudo_find(insn->mnemonic));
}
