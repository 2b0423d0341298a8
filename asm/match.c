/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which row of opcodes.def is meant by a mnemonic and its operands, by how each
 * operand is written; and what to say where it is none.
 */
#include "asm/asm-int.h"

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

/*
 * For a number at i: the instruction that is like another but takes one there,
 * addi of add, ldi of mov; else, how to get it into a register.
 */
static const char *
number_hint(const struct isa_insn *row, unsigned i, char buf[static HINT_SIZE])
{
	const char *mnemonic = row->mnemonic;
	size_t len = strlen(mnemonic);

	for (unsigned r = 0; r < ISA_OP_COUNT; r++) {
		const char *other = isa_insns[r].mnemonic;

		if (!strncmp(other, mnemonic, len) && !strcmp(other + len, "i") &&
		    isa_insns[r].operand[i].kind >= ISA_KIND_UINT) {
			snprintf(buf, HINT_SIZE, "'%s' takes a number", other);
			return buf;
		}
	}
	if (i == 0 && (row->effects & (ISA_R_A | ISA_W_A)) != ISA_R_A)
		return NULL;
	if (!strcmp(mnemonic, isa_insns[ISA_MOV].mnemonic) &&
	    row->operand[0].kind == ISA_KIND_REG)
		return strcpy(buf, "'ldi' takes a number up to 511, 'li' any");
	return strcpy(buf, "'li' puts a number into a register");
}

/* For a scratchpad word at i, where none may stand. */
static const char *
word_hint(const struct isa_insn *row, unsigned i, char buf[static HINT_SIZE])
{
	bool written = i == 0 && row->effects & ISA_W_A;

	snprintf(buf, HINT_SIZE, written ? "'%s' stores a register in it" :
		"'%s' loads it into a register",
		isa_insns[written ? ISA_ST_R : ISA_LD_R].mnemonic);
	return buf;
}

/* Is it a word of the field of this name, "name.3"? */
static bool
is_word_of(unsigned field, const char *name)
{
	size_t len = strlen(name);

	return !strncmp(isa_envs[field].name, name, len) &&
		isa_envs[field].name[len] == '.';
}

/* For the name of several fields that are told apart by a number behind it. */
static const char *
field_hint(const char *name, char buf[static HINT_SIZE])
{
	unsigned first = 0, last;
	const char *alias;

	while (first < ISA_ENV_COUNT && !is_word_of(first, name))
		first++;
	if (first == ISA_ENV_COUNT)
		return NULL;
	for (last = first; last + 1 < ISA_ENV_COUNT &&
	    is_word_of(last + 1, name); last++)
		;
	alias = isa_env_alias(last);
	snprintf(buf, HINT_SIZE, "it has %u words: %s %s %s%s%s",
		last - first + 1, isa_envs[first].name,
		last - first == 1 ? "and" : "to", isa_envs[last].name,
		alias ? "; an IPv4 address is all in " : "",
		alias ? alias : "");
	return buf;
}

/* A hint for an operand that fits no row. */
static const char *
mismatch_hint(const struct candidates *candidates,
	unsigned i, const struct operand *operand, char buf[static HINT_SIZE])
{
	const char *names[2 * ISA_ENV_COUNT], *name = operand_name(operand);
	size_t count = 0;
	char quote[QUOTE_SIZE];
	bool field = false, word = false, reg = false;

	for (unsigned c = 0; c < candidates->count; c++) {
		enum isa_kind kind = candidates->rows[c]->operand[i].kind;

		field |= kind == ISA_KIND_FIELD;
		word |= kind == ISA_KIND_WORD || kind == ISA_KIND_KEY;
		reg |= kind == ISA_KIND_REG;
	}
	if (word && operand->kind == OPERAND_EXPR) {
		snprintf(buf, HINT_SIZE, "[%s]",
			report_quote(operand->place, quote));
		return buf;
	}
	if (reg && operand->kind == OPERAND_WORD)
		return word_hint(candidates->rows[0], i, buf);
	if (!name && operand->kind == OPERAND_EXPR)
		return number_hint(candidates->rows[0], i, buf);
	if (!field || !name)
		return NULL;
	for (unsigned f = 0; f < ISA_ENV_COUNT; f++) {
		names[count++] = isa_envs[f].name;
		if (isa_env_alias(f))
			names[count++] = isa_env_alias(f);
	}
	return field_hint(name, buf) ? buf :
		report_suggest(name, names, count, buf);
}

static void
report_mismatch(struct assembler *as, const struct insn *insn,
	const struct candidates *candidates, unsigned i,
	const struct operand *operand)
{
	char kinds[DIAG_TEXT_SIZE], found[2 * QUOTE_SIZE], hint[HINT_SIZE];

	list_kinds(candidates, i, kinds);
	report_error(as, operand->place, DIAG_ASM_KIND,
		mismatch_hint(candidates, i, operand, hint),
		"'%s' takes %s here, not %s", insn->mnemonic, kinds,
		operand_text(operand, found));
}

void
insn_report_count(struct assembler *as, const struct insn *insn,
	unsigned expected, const char *operands)
{
	char hint[HINT_SIZE];

	snprintf(hint, sizeof(hint), "%s %s", insn->mnemonic, operands);
	report_error(as, insn->place, DIAG_ASM_COUNT, expected ? hint : NULL,
		"'%s' takes %u operand%s, not %u", insn->mnemonic, expected,
		expected == 1 ? "" : "s", insn->operands.count);
}

/* What stands behind its mnemonic: "rX, [n]". */
static const char *
list_operands(const struct isa_insn *row, char buf[static HINT_SIZE])
{
	size_t len = 0;

	*buf = '\0';
	for (unsigned i = 0; i < operand_count(row); i++)
		len += (size_t)snprintf(buf + len, HINT_SIZE - len, "%s%s",
			i == 0 ? "" : ", ", isa_operand_name(row, i));
	return buf;
}

/* Rows of that mnemonic and that many operands; none after a report. */
static void
find_candidates(struct assembler *as, const struct insn *insn,
	const char *mnemonic, unsigned count, struct candidates *candidates)
{
	const struct isa_insn *row = NULL;
	char operands[HINT_SIZE];

	candidates->count = 0;
	for (unsigned i = 0; i < ISA_OP_COUNT; i++) {
		if (strcmp(mnemonic, isa_insns[i].mnemonic))
			continue;
		row = &isa_insns[i];
		if (count == operand_count(row) &&
		    candidates->count < CANDIDATE_MAX)
			candidates->rows[candidates->count++] = row;
	}
	if (candidates->count == 0)
		insn_report_count(as, insn, operand_count(row),
			list_operands(row, operands));
}

const struct isa_insn *
insn_match(struct assembler *as, const struct insn *insn,
	const char *mnemonic, struct operand *const operands[], unsigned count)
{
	struct candidates candidates;

	find_candidates(as, insn, mnemonic, count, &candidates);
	if (candidates.count == 0)
		return NULL;
	for (unsigned i = 0; i < count; i++) {
		struct candidates left = {.count = 0};

		for (unsigned c = 0; c < candidates.count; c++)
			if (kind_fits(operands[i],
				candidates.rows[c]->operand[i].kind))
				left.rows[left.count++] = candidates.rows[c];
		if (left.count == 0) {
			report_mismatch(as, insn, &candidates, i, operands[i]);
			return NULL;
		}
		candidates = left;
	}
	return candidates.rows[0];
}
