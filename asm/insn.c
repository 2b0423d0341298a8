/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Instructions: the rows of opcodes.def say which operands a mnemonic takes, so
 * nothing here knows an instruction by name, but for li.
 */
#include "asm/asm-int.h"

#include <stdlib.h>
#include <string.h>

enum { CANDIDATE_MAX = 8, KIND_COUNT = ISA_KIND_DISP + 1 };

/* What each kind of operand is called in messages. */
static const char *const kind_texts[KIND_COUNT] = {
	[ISA_KIND_REG] = "a register (r0..r7)",
	[ISA_KIND_ENTRY] = "an entry word (t0..t7)",
	[ISA_KIND_WORD] = "a scratchpad word in brackets",
	[ISA_KIND_KEY] = "the key's scratchpad word in brackets",
	[ISA_KIND_FIELD] = "an environment field",
	[ISA_KIND_UINT] = "a number",
	[ISA_KIND_SINT] = "a number",
	[ISA_KIND_FAULTNO] = "a number",
	[ISA_KIND_DISP] = "a label"
};

/* Rows that may be meant, fewer with each operand looked at. */
struct candidates {
	const struct isa_insn *rows[CANDIDATE_MAX];
	unsigned count;
};

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
				report_quote(as, o->place, quote));
	}
	return ok;
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
	if (as->code_count == PACKET_CODE_MAX) {
		if (!as->code_full)
			report_error(as, insn.place, DIAG_ASM_CODE_FULL, NULL,
				"more than %d instructions", PACKET_CODE_MAX);
		as->code_full = true;
		return;
	}
	insn.bad = !check_operands(as, &insn);
	as->code[as->code_count++] = insn;
}

void
insn_add(struct assembler *as, struct place place, const char *mnemonic,
	struct operands operands)
{
	add_insn(as, (struct insn){.place = place, .mnemonic = mnemonic,
		.operands = operands});
}

void
insn_add_raw(struct assembler *as, struct place place, struct operands operands)
{
	add_insn(as, (struct insn){.place = place, .mnemonic = ".insn",
		.operands = operands, .raw = true});
}

static unsigned
operand_count(const struct isa_insn *row)
{
	unsigned count = 0;

	while (count < ISA_OPERAND_MAX && row->operand[count].kind)
		count++;
	return count;
}

/* Whether an operand is written as one of that kind is. */
static bool
kind_fits(const struct operand *operand, enum isa_kind kind)
{
	bool reg = operand_register(operand, 'r') >= 0;
	bool entry = operand_register(operand, 't') >= 0;
	bool field = operand_field(operand) >= 0;

	switch (kind) {
	case ISA_KIND_REG:
		return reg;
	case ISA_KIND_ENTRY:
		return entry;
	case ISA_KIND_FIELD:
		return field;
	case ISA_KIND_WORD:
	case ISA_KIND_KEY:
		return operand->kind == OPERAND_WORD;
	case ISA_KIND_UINT:
	case ISA_KIND_SINT:
	case ISA_KIND_FAULTNO:
	case ISA_KIND_DISP:
		return operand->kind == OPERAND_EXPR && !reg && !entry &&
			!field;
	case ISA_KIND_NO:
		break;
	}
	return false;
}

/* "a register (r0..r7) or an environment field": what may stand at i. */
static void
list_kinds(const struct candidates *candidates, unsigned i,
	char buf[static DIAG_TEXT_SIZE])
{
	const char *texts[KIND_COUNT] = {NULL};
	unsigned count = 0, shown = 0;
	size_t len = 0;

	for (unsigned c = 0; c < candidates->count; c++)
		texts[candidates->rows[c]->operand[i].kind] =
			kind_texts[candidates->rows[c]->operand[i].kind];
	for (unsigned k = 0; k < KIND_COUNT; k++)
		count += texts[k] != NULL;
	for (unsigned k = 0; k < KIND_COUNT; k++)
		if (texts[k]) {
			len += (size_t)snprintf(buf + len, DIAG_TEXT_SIZE - len,
				"%s%s", shown == 0 ? "" : shown + 1 < count ?
				", " : " or ", texts[k]);
			shown++;
		}
}

/* A hint for an operand that fits no row. */
static const char *
mismatch_hint(const struct assembler *as, const struct candidates *candidates,
	unsigned i, const struct operand *operand, char buf[static HINT_SIZE])
{
	const char *names[ISA_ENV_COUNT], *name = operand_name(operand);
	char quote[QUOTE_SIZE];
	bool field = false, word = false;

	for (unsigned c = 0; c < candidates->count; c++) {
		enum isa_kind kind = candidates->rows[c]->operand[i].kind;

		field |= kind == ISA_KIND_FIELD;
		word |= kind == ISA_KIND_WORD || kind == ISA_KIND_KEY;
	}
	if (word && operand->kind == OPERAND_EXPR) {
		snprintf(buf, HINT_SIZE, "[%s]",
			report_quote(as, operand->place, quote));
		return buf;
	}
	if (!field || !name)
		return NULL;
	for (unsigned f = 0; f < ISA_ENV_COUNT; f++)
		names[f] = isa_envs[f].name;
	return report_suggest(name, names, ISA_ENV_COUNT, buf);
}

static void
report_mismatch(struct assembler *as, const struct insn *insn,
	const struct candidates *candidates, unsigned i,
	const struct operand *operand)
{
	char kinds[DIAG_TEXT_SIZE], found[2 * QUOTE_SIZE], hint[HINT_SIZE];

	list_kinds(candidates, i, kinds);
	report_error(as, operand->place, DIAG_ASM_KIND,
		mismatch_hint(as, candidates, i, operand, hint),
		"'%s' takes %s here, not %s", insn->mnemonic, kinds,
		operand_text(as, operand, found));
}

/* All mnemonics there are, and the one that may have been meant. */
static void
report_unknown(struct assembler *as, const struct insn *insn)
{
	const char *names[ISA_OP_COUNT + ISA_PSEUDO_COUNT];
	char hint[HINT_SIZE];
	unsigned n = 0;

	for (unsigned i = 0; i < ISA_OP_COUNT; i++)
		names[n++] = isa_insns[i].mnemonic;
	for (unsigned i = 0; i < ISA_PSEUDO_COUNT; i++)
		names[n++] = isa_pseudos[i].mnemonic;
	report_error(as, insn->place, DIAG_ASM_MNEMONIC,
		report_suggest(insn->mnemonic, names, n, hint),
		"there is no instruction '%s'", insn->mnemonic);
}

static void
report_count(struct assembler *as, const struct insn *insn, unsigned expected)
{
	report_error(as, insn->place, DIAG_ASM_COUNT, NULL,
		"'%s' takes %u operand%s, not %u", insn->mnemonic, expected,
		expected == 1 ? "" : "s", insn->operands.count);
}

/* Rows of that mnemonic and that many operands; none after a report. */
static void
find_candidates(struct assembler *as, const struct insn *insn,
	const char *mnemonic, unsigned count, struct candidates *candidates)
{
	unsigned expected = 0;

	candidates->count = 0;
	for (unsigned i = 0; i < ISA_OP_COUNT; i++) {
		if (strcmp(mnemonic, isa_insns[i].mnemonic))
			continue;
		expected = operand_count(&isa_insns[i]);
		if (count == expected && candidates->count < CANDIDATE_MAX)
			candidates->rows[candidates->count++] = &isa_insns[i];
	}
	if (candidates->count == 0)
		report_count(as, insn, expected);
}

/* The row whose operands are these; NULL after a report. */
static const struct isa_insn *
choose_row(struct assembler *as, const struct insn *insn,
	struct candidates *candidates,
	struct operand *const operands[static ISA_OPERAND_MAX])
{
	if (candidates->count == 0)
		return NULL;
	for (unsigned i = 0; i < operand_count(candidates->rows[0]); i++) {
		struct candidates left = {.count = 0};

		for (unsigned c = 0; c < candidates->count; c++)
			if (kind_fits(operands[i],
				candidates->rows[c]->operand[i].kind))
				left.rows[left.count++] = candidates->rows[c];
		if (left.count == 0) {
			report_mismatch(as, insn, candidates, i, operands[i]);
			return NULL;
		}
		*candidates = left;
	}
	return candidates->rows[0];
}

/* The symbol that a target is written with: "loop" of "loop" and "loop+1". */
static const struct symbol *
target_symbol(const struct assembler *as, const struct expr *expr)
{
	while (expr->op == EXPR_ADD || expr->op == EXPR_SUB)
		expr = expr->a;
	return expr->op == EXPR_NAME ? symbol_find(as, expr->name) : NULL;
}

static void
report_target(struct assembler *as, const struct insn *insn,
	const struct operand *operand, unsigned pc, wide target, wide reach)
{
	const struct symbol *symbol = target_symbol(as, operand->expr);
	char to[NUMBER_SIZE], found[QUOTE_SIZE];

	report_quote(as, operand->place, found);
	report_number(target, to);
	if (target <= pc)
		report_error(as, operand->place, DIAG_ASM_BACKWARD, NULL,
			"'%s' at instruction %u can only jump forward; "
			"'%s' is instruction %s", insn->mnemonic, pc, found,
			to);
	else
		report_error(as, operand->place, DIAG_ASM_FAR,
			"jmp reaches every place of a program",
			"'%s' at instruction %u reaches at most %u; "
			"'%s' is instruction %s", insn->mnemonic, pc,
			pc + 1 + (unsigned)reach, found, to);
	if (symbol && symbol->kind != SYMBOL_BAD)
		report_note(as, symbol->place, "'%s' was defined here",
			symbol->name);
}

static bool
encode_target(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct isa_operand field, uint16_t *word)
{
	unsigned pc = (unsigned)(insn - as->code);
	char found[2 * QUOTE_SIZE];
	struct value value;
	int32_t min, max;

	if (!expr_eval(as, operand->expr, &value))
		return false;
	if (value.kind != VALUE_CODE) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'%s' takes a label or '.+NUMBER' here, not %s",
			insn->mnemonic, operand_text(as, operand, found));
		return false;
	}
	isa_operand_range(field, &min, &max);
	if (value.n > pc && value.n - pc - 1 <= max)
		return isa_operand_put(word, field, (int32_t)value.n - pc - 1);
	report_target(as, insn, operand, pc, value.n, max);
	return false;
}

static bool
encode_number(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct isa_operand field, uint16_t *word)
{
	char what[2 * QUOTE_SIZE], quote[QUOTE_SIZE];
	struct value value;
	int32_t min, max;
	wide n;

	isa_operand_range(field, &min, &max);
	if (!expr_eval(as, operand->expr, &value))
		return false;
	if (operand->kind == OPERAND_WORD && value.kind == VALUE_CODE) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'%s' takes a scratchpad word here, and '%s' is a "
			"place in the code", insn->mnemonic,
			report_quote(as, operand->expr->place, quote));
		return false;
	}
	snprintf(what, sizeof(what), "this operand of '%s'", insn->mnemonic);
	return expr_eval_within(as, operand, min, max, what, &n) &&
		isa_operand_put(word, field, (int32_t)n);
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

/* One word of code; 0 after a report. */
static uint16_t
encode(struct assembler *as, const struct insn *insn, const char *mnemonic,
	struct operand *const operands[static ISA_OPERAND_MAX], unsigned count)
{
	struct candidates candidates;
	const struct isa_insn *row;
	uint16_t word;

	find_candidates(as, insn, mnemonic, count, &candidates);
	row = choose_row(as, insn, &candidates, operands);
	if (!row)
		return 0;
	word = row->word;
	for (unsigned i = 0; i < count; i++)
		encode_operand(as, insn, operands[i], row->operand[i], &word);
	return word;
}

/* The operands in an array; the number may be larger than the array. */
static unsigned
operand_array(const struct insn *insn,
	struct operand *operands[static ISA_OPERAND_MAX])
{
	unsigned i = 0;

	for (struct operand *o = insn->operands.first;
	     o && i < ISA_OPERAND_MAX; o = o->next)
		operands[i++] = o;
	return insn->operands.count;
}

static const struct isa_pseudo *
find_pseudo(const char *mnemonic)
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

/* By the text of its row: "bgtu rA, rB, label" is "bltu rB, rA, label". */
static uint16_t
encode_pseudo(struct assembler *as, const struct insn *insn,
	const struct isa_pseudo *pseudo)
{
	struct operand *given[ISA_OPERAND_MAX], *operands[ISA_OPERAND_MAX];
	unsigned count = operand_array(insn, given), expected = 0, n = 0;
	const char *text = pseudo->operands;
	char mnemonic[16], word[16];

	while (next_word(&text, word))
		expected++;
	if (count != expected) {
		report_count(as, insn, expected);
		return 0;
	}
	text = pseudo->expansion;
	next_word(&text, mnemonic);
	for (; n < ISA_OPERAND_MAX && next_word(&text, word); n++) {
		int i = word_index(pseudo->operands, word);

		operands[n] = i >= 0 ? given[i] :
			literal_operand(as, insn->place, word);
		if (!operands[n])
			return 0;
	}
	return encode(as, insn, mnemonic, operands, n);
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

/* li: its operands are those of ldi, but for the range. */
static void
pool_constant(struct assembler *as, struct insn *insn)
{
	const struct isa_insn *ldi = &isa_insns[ISA_LDI];
	struct operand *operands[ISA_OPERAND_MAX];
	struct candidates candidates;
	int32_t min, max;
	wide n;

	insn->bad = true;
	find_candidates(as, insn, ldi->mnemonic, operand_array(insn, operands),
		&candidates);
	if (!choose_row(as, insn, &candidates, operands) ||
	    !expr_eval_within(as, operands[1], INT32_MIN, UINT32_MAX,
		"the value of 'li'", &n))
		return;
	insn->bad = false;
	isa_operand_range(ldi->operand[1], &min, &max);
	insn->pooled = n < min || n > max;
	if (insn->pooled)
		insn->pool_i = pool_index(as, (uint32_t)n);
}

static bool
is_li(const struct insn *insn)
{
	return !strcmp(insn->mnemonic, isa_pseudos[ISA_PSEUDO_LI].mnemonic);
}

void
insn_pool_constants(struct assembler *as)
{
	for (unsigned i = 0; i < as->code_count; i++)
		if (!as->code[i].bad && is_li(&as->code[i]))
			pool_constant(as, &as->code[i]);
}

static uint16_t
encode_li(struct assembler *as, const struct insn *insn)
{
	const struct isa_insn *ld = &isa_insns[ISA_LD_R];
	struct operand *operands[ISA_OPERAND_MAX];
	unsigned count = operand_array(insn, operands);
	uint16_t word = ld->word;

	if (!insn->pooled)
		return encode(as, insn, isa_insns[ISA_LDI].mnemonic, operands,
			count);
	encode_operand(as, insn, operands[0], ld->operand[0], &word);
	isa_operand_put(&word, ld->operand[1],
		(int32_t)(as->pool_first + insn->pool_i));
	return word;
}

static uint16_t
encode_raw(struct assembler *as, const struct insn *insn)
{
	const struct operand *operand = insn->operands.first;
	char found[2 * QUOTE_SIZE];
	wide n;

	if (operand->kind != OPERAND_EXPR) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'.insn' takes a number, not %s",
			operand_text(as, operand, found));
		return 0;
	}
	if (!expr_eval_within(as, operand, 0, UINT16_MAX,
		"the word of '.insn'", &n))
		return 0;
	return (uint16_t)n;
}

static uint16_t
encode_insn(struct assembler *as, const struct insn *insn)
{
	const struct isa_pseudo *pseudo = find_pseudo(insn->mnemonic);
	struct operand *operands[ISA_OPERAND_MAX];

	if (insn->bad)
		return 0;
	if (insn->raw)
		return encode_raw(as, insn);
	if (is_li(insn))
		return encode_li(as, insn);
	if (pseudo)
		return encode_pseudo(as, insn, pseudo);
	for (unsigned i = 0; i < ISA_OP_COUNT; i++)
		if (!strcmp(insn->mnemonic, isa_insns[i].mnemonic))
			return encode(as, insn, insn->mnemonic, operands,
				operand_array(insn, operands));
	report_unknown(as, insn);
	return 0;
}

void
insn_encode_all(struct assembler *as)
{
	for (unsigned pc = 0; pc < as->code_count; pc++)
		packet_put16(as->object->packet + PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * pc, encode_insn(as, &as->code[pc]));
}
