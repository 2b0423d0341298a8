/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What assembles, but hardly as it was meant.  Only what is plain from the source
 * is told here; what the program does is for wasp-verify to judge.
 */
#include "asm/asm-int.h"

enum { SMALL_KEY = 0x10000 };	/* a key below is nobody's own; one of zeros
				   wasp-verify tells */

void
warn_number(struct assembler *as, struct place place, const char *text,
	unsigned base, uint64_t n)
{
	if (base == 8 && n > 7)
		report_warning(as, place, DIAG_ASM_OCTAL,
			"%.40s is octal: %llu", text, (unsigned long long)n);
}

static bool
is_comparison(enum expr_op op)
{
	return op >= EXPR_LT && op <= EXPR_NE;
}

/* Whether an operand binds tighter than most readers expect. */
static bool
is_surprising(enum expr_op op, enum expr_op inner)
{
	if (op == EXPR_SHL || op == EXPR_SHR)
		return inner == EXPR_ADD || inner == EXPR_SUB;
	if (op == EXPR_AND || op == EXPR_XOR || op == EXPR_OR ||
	    is_comparison(op))
		return is_comparison(inner);
	return false;
}

void
warn_expr(struct assembler *as, const struct expr *expr)
{
	const struct expr *operands[] = {expr->a, expr->b};
	char quote[QUOTE_SIZE];

	for (int i = 0; i < 2; i++)
		if (operands[i] && !operands[i]->closed &&
		    is_surprising(expr->op, operands[i]->op))
			report_warning(as, operands[i]->place,
				DIAG_ASM_PARENTHESES, "'%s' is one operand here",
				report_quote(operands[i]->place, quote));
}

void
warn_number_operand(struct assembler *as, const struct insn *insn,
	const struct operand *operand, struct value value)
{
	char quote[QUOTE_SIZE], n[NUMBER_SIZE];

	if (value.kind == VALUE_NUMBER)
		return;
	report_quote(operand->place, quote);
	report_warning(as, operand->place, DIAG_ASM_PLACE, value.kind ==
		VALUE_WORD ? "'%s' gets the index of the word '%s', %s, and not "
		"what it holds" : "'%s' gets the number of the instruction "
		"'%s', %s", insn->mnemonic, quote, report_number(value.n, n));
}

/* Names of the source itself; what it includes is there for others, too. */
static void
warn_unused(struct assembler *as)
{
	char quote[QUOTE_SIZE];

	for (const struct symbol *s = as->symbols; s; s = s->next) {
		if (s->uses || s->place.source != as->first.source)
			continue;
		report_quote(s->place, quote);
		if (s->kind == SYMBOL_EQU)
			report_warning(as, s->place, DIAG_ASM_UNUSED_EQU,
				"nothing uses '%s'", quote);
		else if (s->kind == SYMBOL_MACRO)
			report_warning(as, s->place, DIAG_ASM_UNUSED_MACRO,
				"nothing uses the macro '%s'", quote);
		else if (s->kind == SYMBOL_LABEL &&
		    s->position.section == SECTION_TEXT)
			report_warning(as, s->place, DIAG_ASM_UNUSED_LABEL,
				"nothing jumps to '%s'", quote);
	}
}

static bool
is_labelled(const struct assembler *as, unsigned block_i)
{
	for (const struct symbol *s = as->symbols; s; s = s->next)
		if (s->kind == SYMBOL_LABEL &&
		    s->position.section == SECTION_DATA &&
		    s->position.index == block_i)
			return true;
	return false;
}

/* The block that holds a word; NULL for a constant of li, or no word. */
static const struct block *
block_of_word(const struct assembler *as, unsigned n)
{
	for (unsigned i = 0; i < as->block_count; i++)
		if (n >= as->blocks[i].first &&
		    n - as->blocks[i].first < as->blocks[i].count)
			return &as->blocks[i];
	return NULL;
}

/* Behind the words of a label: those of its block, and of others without one. */
static unsigned
label_end(const struct assembler *as, unsigned block_i)
{
	unsigned i = block_i, end;

	do
		end = as->blocks[i].first + as->blocks[i].count;
	while (++i < as->block_count && as->blocks[i].first == end &&
		!is_labelled(as, i));
	return end;
}

/* A word by an instruction's operand: which, and what the operand is. */
struct access {
	const struct insn *insn;
	const struct operand *operand;
	enum isa_op op;
	enum isa_kind kind;		/* ISA_KIND_WORD, ISA_KIND_KEY */
	unsigned n;
};

static bool
is_plain(const struct block *block)
{
	return block && (block->kind == NOTES_DATA ||
		block->kind == NOTES_SPACE);
}

/* A word behind those of the label by which it is called. */
static bool
warn_beyond_label(struct assembler *as, const struct access *access)
{
	const struct operand *operand = access->operand;
	const struct symbol *label = symbol_of_expr(as, operand->expr);
	const struct block *block;
	char quote[QUOTE_SIZE];

	if (!label || label->kind != SYMBOL_LABEL ||
	    label->position.section != SECTION_DATA ||
	    label->position.index >= as->block_count)
		return false;
	block = &as->blocks[label->position.index];
	if (access->n < label_end(as, label->position.index))
		return false;
	report_warning(as, operand->place, DIAG_ASM_BEYOND,
		"'%s' is not a word of '%s', which has %u",
		report_quote(operand->place, quote), label->name,
		label_end(as, label->position.index) - block->first);
	return true;
}

/* A key whose words are not of one block, unless the program makes it. */
static void
warn_split_key(struct assembler *as, const struct access *access)
{
	const struct block *first = block_of_word(as, access->n);
	const struct block *second = block_of_word(as, access->n + 1);
	char quote[QUOTE_SIZE];

	if (first == second || !first || access->n + 1 >= as->words ||
	    (is_plain(first) && is_plain(second)))
		return;
	report_warning(as, access->operand->place, DIAG_ASM_BEYOND,
		"the second word of the key '%s' is of another block",
		report_quote(access->operand->place, quote));
	if (second)
		report_note(as, second->place, "it is the first word of this");
}

/* Only invite takes secrets. */
static void
warn_secret_key(struct assembler *as, const struct access *access)
{
	const struct block *block = block_of_word(as, access->n);
	char quote[QUOTE_SIZE];

	if (!block || block->kind != NOTES_SECRET || access->op == ISA_INVITE)
		return;
	report_warning(as, access->operand->place, DIAG_ASM_SECRET_KEY,
		"'%s' takes a key, and '%s' is a secret",
		access->insn->mnemonic,
		report_quote(access->operand->place, quote));
	report_note(as, block->place, "it is declared here");
}

static void
warn_access(struct assembler *as, const struct access *access)
{
	bool told = warn_beyond_label(as, access);

	if (access->kind != ISA_KIND_KEY)
		return;
	if (!told)
		warn_split_key(as, access);
	warn_secret_key(as, access);
}

/* Each word that is written in brackets. */
static void
warn_accesses(struct assembler *as)
{
	for (unsigned i = 0; i < as->insn_count; i++) {
		const struct insn *insn = &as->code[i];
		uint16_t word = packet_insn(as->object->packet, insn->pc);
		struct access access = {.insn = insn,
			.op = isa_decode(word)};

		if (insn->raw || access.op == ISA_ILLEGAL)
			continue;
		for (access.operand = insn->operands.first;
		     access.operand &&
		     access.operand->kind != OPERAND_WORD;)
			access.operand = access.operand->next;
		access.kind = ISA_KIND_WORD;
		if (isa_operand_of(word, access.op, ISA_KIND_KEY) >= 0)
			access.kind = ISA_KIND_KEY;
		access.n = (unsigned)isa_operand_of(word, access.op,
			access.kind);
		if (access.operand)
			warn_access(as, &access);
	}
}

/* Whether an instruction with that effect touches a block's words. */
static bool
is_touched(const struct assembler *as, const struct block *block,
	unsigned effect)
{
	for (unsigned pc = 0; pc < as->code_count; pc++) {
		uint16_t word = packet_insn(as->object->packet, pc);
		enum isa_op op = isa_decode(word);
		int32_t n;

		if (op == ISA_ILLEGAL || !(isa_insns[op].effects & effect))
			continue;
		n = isa_operand_of(word, op, ISA_KIND_WORD);
		if (n >= 0 && (unsigned)n >= block->first &&
		    (unsigned)n < block->first + block->count)
			return true;
	}
	return false;
}

static bool
has_effect(const struct assembler *as, unsigned effect)
{
	for (unsigned pc = 0; pc < as->code_count; pc++) {
		enum isa_op op = isa_decode(packet_insn(as->object->packet,
			pc));

		if (op != ISA_ILLEGAL && isa_insns[op].effects & effect)
			return true;
	}
	return false;
}

static void
warn_small_keys(struct assembler *as)
{
	for (unsigned i = 0; i < as->block_count; i++) {
		const struct block *block = &as->blocks[i];
		const uint8_t *key = as->object->packet +
			packet_pad_off(as->code_count) +
			PACKET_WORD_SIZE * block->first;

		if (block->kind == NOTES_KEY && !block->random &&
		    packet_get32(key) == 0 &&
		    packet_get32(key + PACKET_WORD_SIZE) - 1 < SMALL_KEY - 1 &&
		    !is_touched(as, block, ISA_W_N))
			report_warning(as, block->place, DIAG_ASM_SMALL_KEY,
				"the public key %u is anybody's",
				packet_get32(key + PACKET_WORD_SIZE));
	}
}

/* Words that hold something, where push begins without having been told to. */
static bool
push_hits(const struct assembler *as, const struct block *block)
{
	const uint8_t *words = as->object->packet +
		packet_pad_off(as->code_count);
	bool zero = true;

	for (unsigned i = 0; i < block->count; i++)
		zero &= packet_get32(words +
			PACKET_WORD_SIZE * (block->first + i)) == 0;
	return block->kind != NOTES_SPACE && (!zero || block->random ||
		is_touched(as, block, ISA_R_N));
}

static void
warn_cursor(struct assembler *as)
{
	bool pushes = has_effect(as, ISA_PUSH);

	if (as->header[HEADER_CURSOR].given)
		return;
	if (as->cursor.given && !pushes)
		report_warning(as, as->cursor.place, DIAG_ASM_UNUSED_CURSOR,
			"the program has no push");
	if (!as->cursor.given && pushes && as->block_count &&
	    push_hits(as, &as->blocks[0]))
		report_warning(as, as->blocks[0].place, DIAG_ASM_PUSH_START,
			"push begins at word 0, which holds this");
}

static void
warn_pooled(struct assembler *as)
{
	for (unsigned i = 0; i < as->insn_count; i++)
		if (as->code[i].pooled)
			report_warning(as, as->code[i].place,
				DIAG_ASM_POOLED, "the value is scratchpad word "
				"%u", as->pool_first + as->code[i].pool_i);
}

void
warn_all(struct assembler *as)
{
	warn_unused(as);
	warn_accesses(as);
	warn_small_keys(as);
	warn_cursor(as);
	warn_pooled(as);
	if (!as->program.given)
		report_warning(as, as->first, DIAG_ASM_UNNAMED,
			"the program has no name");
}
