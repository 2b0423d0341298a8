/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Names: labels and .equ constants in a hash table that doubles, and in a list
 * in the order of their definition, which is that of the notes.
 */
#include "asm/asm-int.h"

#include <string.h>

enum { BUCKETS_FIRST = 64, SUGGEST_MAX = 512 };

/* FNV-1a. */
static uint32_t
hash_name(const char *name)
{
	uint32_t hash = UINT32_C(2166136261);

	for (; *name; name++)
		hash = (hash ^ (unsigned char)*name) * UINT32_C(16777619);
	return hash;
}

struct symbol *
symbol_find(const struct assembler *as, const char *name)
{
	struct symbol *symbol = NULL;

	if (as->bucket_count)
		symbol = as->buckets[hash_name(name) % as->bucket_count];
	while (symbol && strcmp(symbol->name, name))
		symbol = symbol->chain;
	return symbol;
}

static void
put_in_bucket(struct assembler *as, struct symbol *symbol)
{
	struct symbol **bucket =
		&as->buckets[hash_name(symbol->name) % as->bucket_count];

	symbol->chain = *bucket;
	*bucket = symbol;
}

/* False without memory. */
static bool
make_room(struct assembler *as)
{
	unsigned count = as->bucket_count ? 2 * as->bucket_count :
		BUCKETS_FIRST;
	struct symbol **buckets;

	if (as->symbol_count < as->bucket_count)
		return true;
	buckets = arena_alloc(as, count * sizeof(struct symbol *));
	if (!buckets)
		return false;
	as->buckets = buckets;
	as->bucket_count = count;
	for (struct symbol *s = as->symbols; s; s = s->next)
		put_in_bucket(as, s);
	return true;
}

struct symbol *
symbol_add(struct assembler *as, struct place place, const char *name)
{
	struct symbol *symbol = arena_alloc(as, sizeof(*symbol));

	if (!symbol || !make_room(as))
		return NULL;
	symbol->name = name;
	symbol->place = place;
	*as->symbols_end = symbol;
	as->symbols_end = &symbol->next;
	as->symbol_count++;
	put_in_bucket(as, symbol);
	return symbol;
}

struct symbol *
symbol_define(struct assembler *as, struct place place, const char *name)
{
	const char *meaning = isa_reserved(name);
	struct symbol *before = symbol_find(as, name);

	if (meaning) {
		report_error(as, place, DIAG_ASM_RESERVED, NULL,
			"'%s' is the name of %s", name, meaning);
		/* Without a value, so that nothing is said of its uses. */
		if (!before)
			symbol_add(as, place, name);
		return NULL;
	}
	if (before) {
		report_error(as, place, DIAG_ASM_DUPLICATE, NULL,
			"'%s' is defined already", name);
		report_note(as, before->place, "'%s' was defined here", name);
		return NULL;
	}
	return symbol_add(as, place, name);
}

void
symbol_place_here(const struct assembler *as, struct symbol *symbol)
{
	symbol->kind = SYMBOL_LABEL;
	symbol->position.section = as->section;
	symbol->position.index = as->section == SECTION_TEXT ?
		as->insn_count : as->block_count;
}

void
label_define(struct assembler *as, struct place place, const char *name)
{
	struct symbol *symbol = symbol_define(as, place, name);

	if (symbol)
		symbol_place_here(as, symbol);
}

void
equ_define(struct assembler *as, struct place place, const char *name,
	const struct expr *expr)
{
	struct symbol *symbol = symbol_define(as, place, name);

	if (!symbol || !expr)
		return;
	symbol->kind = SYMBOL_EQU;
	symbol->expr = expr;
}

/* The nearest defined name, among the first. */
static const char *
suggest(struct assembler *as, const char *name, char buf[static HINT_SIZE])
{
	const char *names[SUGGEST_MAX];
	size_t count = 0;

	for (struct symbol *s = as->symbols; s && count < SUGGEST_MAX;
	     s = s->next)
		if ((s->kind == SYMBOL_LABEL || s->kind == SYMBOL_EQU) &&
		    !local_is_name(s->name))
			names[count++] = s->name;
	return report_suggest(name, names, count, buf);
}

static void
report_undefined(struct assembler *as, struct place place, const char *name)
{
	const char *meaning = isa_reserved(name);
	char hint[HINT_SIZE];

	if (meaning)
		report_error(as, place, DIAG_ASM_KIND, NULL,
			"'%s' is the name of %s, which has no value",
			name, meaning);
	else if (local_is_name(name))
		report_error(as, place, DIAG_ASM_UNDEFINED, LOCAL_HINT,
			"no label '%.*s:' stands behind this",
			(int)strcspn(name, ":"), name);
	else
		report_error(as, place, DIAG_ASM_UNDEFINED,
			as->errors < ASM_ERROR_MAX ? suggest(as, name, hint) :
			NULL, "'%s' is not defined", name);
}

struct symbol *
symbol_use(struct assembler *as, struct place place, const char *name)
{
	struct symbol *symbol = symbol_find(as, name);

	if (symbol)
		return symbol;
	report_undefined(as, place, name);
	return symbol_add(as, place, name);
}

void
symbol_note_use(struct assembler *as, struct place place, const char *name)
{
	struct use *use = arena_alloc(as, sizeof(*use));

	if (!use)
		return;
	*use = (struct use){.name = name, .place = place};
	*as->uses_end = use;
	as->uses_end = &use->next;
}

void
symbol_link_uses(struct assembler *as)
{
	const struct operand *program = as->program.operand;

	for (struct use *use = as->uses; use; use = use->next) {
		struct symbol *symbol = symbol_find(as, use->name);
		const struct place *defined = symbol ? &symbol->place : NULL;

		if (!symbol || (use->place.order == defined->order &&
			use->place.col == defined->col) ||
		    (program && use->place.order == program->place.order))
			continue;
		if (symbol->last_use)
			symbol->last_use->same = use;
		else
			symbol->uses = use;
		symbol->last_use = use;
	}
}

const struct symbol *
symbol_of_expr(const struct assembler *as, const struct expr *expr)
{
	while (expr->op == EXPR_ADD || expr->op == EXPR_SUB)
		expr = expr->a;
	return expr->op == EXPR_NAME ? symbol_find(as, expr->name) : NULL;
}
