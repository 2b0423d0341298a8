/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Blocks of scratchpad words, in the order they were declared, then the
 * constants of li, then the block where push begins, if there is one.
 */
#include "asm/asm-int.h"

#include <string.h>

#include "wasp/ip.h"

static const char *const space_names[KEY_SPACE_COUNT] = KEY_SPACE_NAMES;

static void
report_pad_full(struct assembler *as, struct place place)
{
	if (!as->blocks_full)
		report_error(as, place, DIAG_ASM_PAD_FULL, NULL,
			"more than %d scratchpad words", PACKET_PAD_MAX);
	as->blocks_full = true;
}

void
block_add(struct assembler *as, struct place place, enum notes_kind kind,
	struct operands operands)
{
	if (as->block_count == BLOCK_MAX) {
		report_pad_full(as, place);
		return;
	}
	as->blocks[as->block_count++] = (struct block){.place = place,
		.kind = kind, .operands = operands};
}

static unsigned
count_words(struct assembler *as, struct block *block)
{
	wide n;

	switch (block->kind) {
	case NOTES_DATA:
		return block->operands.count;
	case NOTES_ADDR:
		return IP_ADDR_SIZE / PACKET_WORD_SIZE;
	case NOTES_SPACE:
		if (block->operands.first->kind == OPERAND_EXPR &&
		    expr_eval_within(as, block->operands.first, 1,
			    PACKET_PAD_MAX, "the number of words", &n))
			return (unsigned)n;
		return 1;
	default:
		return KEY_SIZE / PACKET_WORD_SIZE;
	}
}

static void
place_block(struct assembler *as, unsigned i)
{
	struct block *block = &as->blocks[i];

	block->first = as->words;
	as->known = i + 1;
	block->count = count_words(as, block);
	as->words += block->count;
	if (as->words > PACKET_PAD_MAX)
		report_pad_full(as, block->place);
}

static void
place_pool(struct assembler *as)
{
	pseudo_pool_constants(as);
	as->pool_first = as->words;
	as->words += as->pool_count;
	for (unsigned i = 0; i < as->insn_count; i++)
		if (as->code[i].pooled &&
		    as->pool_first + as->code[i].pool_i >= PACKET_PAD_MAX)
			report_pad_full(as, as->code[i].place);
}

/* What a label after the last block stands for is known from here on. */
static void
place_end(struct assembler *as)
{
	as->end = as->words;
	as->known = as->block_count + 1;
}

/*
 * The block whose label a name is; NULL where it is none, with or without a
 * report, as *reported says.
 */
static struct block *
find_block(struct assembler *as, struct place place, const char *name,
	bool *reported)
{
	unsigned errors = as->errors;
	const struct symbol *symbol = symbol_use(as, place, name);

	*reported = as->errors != errors || !symbol ||
		symbol->kind == SYMBOL_BAD;
	if (!symbol || symbol->kind != SYMBOL_LABEL ||
	    symbol->position.section != SECTION_DATA ||
	    symbol->position.index >= as->block_count)
		return NULL;
	return &as->blocks[symbol->position.index];
}

/* The block that .cursor names; NULL without one, or after a report. */
static const struct block *
find_cursor(struct assembler *as)
{
	const struct operand *operand = as->cursor.operand;
	const char *name = operand ? operand_name(operand) : NULL;
	char found[2 * QUOTE_SIZE];
	struct block *block = NULL;
	bool reported = !operand || operand->kind == OPERAND_BAD;

	if (name)
		block = find_block(as, operand->place, name, &reported);
	if (block && block == &as->blocks[as->block_count - 1])
		return block;
	if (block) {
		report_error(as, operand->place, DIAG_ASM_CURSOR, NULL,
			"the block '%s', where push begins, must be the last",
			report_quote(operand->place, found));
		report_note(as, block[1].place, "this block follows it");
	} else if (!reported) {
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"'.cursor' takes the label of a block of words, "
			"not %s", operand_text(operand, found));
	}
	return NULL;
}

void
block_place_all(struct assembler *as)
{
	unsigned before_pool;

	as->cursor_block = find_cursor(as);
	before_pool = as->block_count - (as->cursor_block != NULL);
	for (unsigned i = 0; i < before_pool; i++)
		place_block(as, i);
	if (!as->cursor_block)
		place_end(as);
	place_pool(as);
	if (!as->cursor_block)
		return;
	place_block(as, before_pool);
	place_end(as);
}

/* Nothing is written past the packet when there are too many words. */
static void
put_word(struct assembler *as, unsigned i, uint32_t word)
{
	if (i < PACKET_PAD_MAX)
		packet_put32(as->object->packet +
			packet_pad_off(as->code_count) + PACKET_WORD_SIZE * i,
			word);
}

static void
put_key(struct assembler *as, const struct block *block, uint64_t key)
{
	put_word(as, block->first, (uint32_t)(key >> 32));
	put_word(as, block->first + 1, (uint32_t)key);
}

static void
write_data(struct assembler *as, const struct block *block)
{
	unsigned i = block->first;
	wide n;

	for (struct operand *o = block->operands.first; o; o = o->next, i++)
		if (operand_is_expr(as, o, "'.word' takes a number") &&
		    expr_eval_within(as, o, INT32_MIN, UINT32_MAX,
			    "a word", &n))
			put_word(as, i, (uint32_t)n);
}

static void
write_address(struct assembler *as, const struct block *block)
{
	const struct operand *operand = block->operands.first;
	uint8_t addr[IP_ADDR_SIZE];
	char found[2 * QUOTE_SIZE];

	if (operand->kind == OPERAND_BAD)
		return;
	if (operand->kind != OPERAND_ADDRESS ||
	    !ip_addr_parse(operand->text, addr)) {
		report_error(as, operand->place, DIAG_ASM_ADDRESS, NULL,
			"%s is neither an IPv4 nor an IPv6 address",
			operand_text(operand, found));
		return;
	}
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		put_word(as, block->first + i, packet_get32(addr + 4 * i));
}

/* A number is the low 62 bits; a string is hashed to them. */
static void
write_named_key(struct assembler *as, struct block *block,
	const struct operand *operand, enum key_space space)
{
	wide n;

	if (operand->kind == OPERAND_STRING)
		put_key(as, block, key_of_string(space, operand->text,
			operand->size));
	else if (operand_is_expr(as, operand, "'.key' takes a number, a string, "
			"'random' or 'of LABEL'") &&
	    expr_eval_within(as, operand, 0,
		    ((wide)1 << KEY_SPACE_SHIFT) - 1, "the key", &n))
		put_key(as, block, key_in_space(space, (uint64_t)n));
}

static void
write_random(struct assembler *as, struct block *block, struct place place,
	enum key_space space)
{
	block->random = true;
	block->space = space;
	if (as->options->strip)
		report_error(as, place, DIAG_ASM_RANDOM, NULL,
			"a random key needs the notes that --strip leaves off");
}

static bool
is_random(const struct operand *operand)
{
	const char *name = operand_name(operand);

	return name && !strcmp(name, "random");
}

static void
write_key(struct assembler *as, struct block *block)
{
	const struct operand *first = block->operands.first;
	const struct operand *second = first->next;
	int space = operand_choice(as, first, "key space", space_names,
		KEY_SPACE_COUNT);

	if (space < 0 || second->kind == OPERAND_BAD)
		return;
	if (is_random(second))
		write_random(as, block, second->place, (enum key_space)space);
	else if (second->kind != OPERAND_PAIR)
		write_named_key(as, block, second, (enum key_space)space);
	else if (space == KEY_INVITATION && !strcmp(second->text, "of"))
		block->of = second;
	else
		report_error(as, second->place, DIAG_ASM_KIND, NULL,
			"'.key' takes a number, a string or 'random' here, "
			"and 'of LABEL' in the space 'invitation'");
}

static void
write_secret(struct assembler *as, struct block *block)
{
	const struct operand *operand = block->operands.first;
	wide n;

	if (operand->kind == OPERAND_STRING)
		put_key(as, block, key_public_hash(
			(const uint8_t *)operand->text, operand->size));
	else if (operand->kind == OPERAND_EXPR && is_random(operand))
		write_random(as, block, operand->place, KEY_PUBLIC);
	else if (operand_is_expr(as, operand,
			"'.secret' takes a number, a string or 'random'") &&
	    expr_eval_within(as, operand, 0, UINT64_MAX, "the secret", &n))
		put_key(as, block, (uint64_t)n);
}

static void
write_block(struct assembler *as, struct block *block)
{
	switch (block->kind) {
	case NOTES_DATA:
		write_data(as, block);
		break;
	case NOTES_KEY:
		write_key(as, block);
		break;
	case NOTES_SECRET:
		write_secret(as, block);
		break;
	case NOTES_ADDR:
		write_address(as, block);
		break;
	case NOTES_SPACE:
		operand_is_expr(as, block->operands.first,
			"'.space' takes a number");
		break;
	case NOTES_POOL:
	case NOTES_KIND_COUNT:
		break;
	}
}

/* The name that belongs to a secret, after all secrets are written. */
static void
write_name_of(struct assembler *as, const struct block *block)
{
	const struct expr *expr = block->of->expr;
	const struct block *secret;
	char quote[QUOTE_SIZE];
	bool reported;

	secret = find_block(as, expr->place, expr->name, &reported);
	if (reported)
		return;
	if (!secret || secret->kind != NOTES_SECRET)
		report_error(as, expr->place, DIAG_ASM_NOT_SECRET, NULL,
			"'%s' is not the label of a .secret",
			report_quote(expr->place, quote));
	else if (secret->random)
		report_error(as, expr->place, DIAG_ASM_NOT_SECRET, NULL,
			"the secret '%s' is drawn when the packet is sent, "
			"so its name is not known",
			report_quote(expr->place, quote));
	else if (secret->first + 2 <= PACKET_PAD_MAX)
		put_key(as, block, key_of_secret(as->object->packet +
			packet_pad_off(as->code_count) +
			PACKET_WORD_SIZE * secret->first));
}

void
block_write_all(struct assembler *as)
{
	for (unsigned i = 0; i < as->block_count; i++)
		write_block(as, &as->blocks[i]);
	for (unsigned i = 0; i < as->pool_count; i++)
		put_word(as, as->pool_first + i, as->pool[i]);
	for (unsigned i = 0; i < as->block_count; i++)
		if (as->blocks[i].of)
			write_name_of(as, &as->blocks[i]);
}
