/* SPDX-License-Identifier: BSD-2-Clause */
/* Operands as they were written, before anybody knows what they should be. */
#include "asm/asm-int.h"

#include <string.h>

struct operand *
operand_new(struct assembler *as, enum operand_kind kind, struct place place,
	const struct expr *expr)
{
	struct operand *operand = arena_alloc(as, sizeof(*operand));

	if (!operand)
		return NULL;
	operand->kind = kind;
	if (!expr && (kind == OPERAND_EXPR || kind == OPERAND_WORD))
		operand->kind = OPERAND_BAD;
	operand->place = place;
	operand->expr = expr;
	return operand;
}

void
operand_add(struct operands *list, struct operand *operand)
{
	if (!operand)
		return;
	if (list->last)
		list->last->next = operand;
	else
		list->first = operand;
	list->last = operand;
	list->count++;
}

const char *
operand_name(const struct operand *operand)
{
	if (operand->kind != OPERAND_EXPR || operand->expr->op != EXPR_NAME)
		return NULL;
	return operand->expr->name;
}

int
operand_register(const struct operand *operand, char letter)
{
	const char *name = operand_name(operand);

	if (!name || name[0] != letter || name[1] < '0' || name[1] > '7' ||
	    name[2])
		return -1;
	return name[1] - '0';
}

int
operand_field(const struct operand *operand)
{
	const char *name = operand_name(operand);

	return name ? isa_env_number(name) : -1;
}

/* What an operand that is an expression looks like. */
static const char *
expression_text(const struct operand *operand)
{
	const char *name = operand_name(operand);

	if (operand_register(operand, 'r') >= 0)
		return "the register ";
	if (operand_register(operand, 't') >= 0)
		return "the entry word ";
	if (operand_field(operand) >= 0)
		return "the environment field ";
	return name ? "the name " : operand->expr->op == EXPR_NUMBER ?
		"the number " : "";
}

const char *
operand_text(const struct operand *operand, char buf[static 2 * QUOTE_SIZE])
{
	static const char *const texts[] = {
		[OPERAND_WORD] = "the scratchpad word ",
		[OPERAND_STRING] = "the string ",
		[OPERAND_ADDRESS] = "the address ",
		[OPERAND_PAIR] = "the two words "
	};
	const char *text = operand->kind == OPERAND_EXPR ?
		expression_text(operand) : texts[operand->kind];
	char quote[QUOTE_SIZE];

	snprintf(buf, 2 * QUOTE_SIZE, "%s'%s'", text ? text : "",
		report_quote(operand->place, quote));
	return buf;
}

const char *
operand_string_hint(const struct operand *operand, char buf[static HINT_SIZE])
{
	char quote[QUOTE_SIZE];

	if ((operand->kind != OPERAND_EXPR && operand->kind != OPERAND_PAIR) ||
	    operand->place.len > QUOTE_SIZE - 4)
		return NULL;
	snprintf(buf, HINT_SIZE, "\"%s\"",
		report_quote(operand->place, quote));
	return buf;
}

bool
operand_is_expr(struct assembler *as, const struct operand *operand,
	const char *what)
{
	char found[2 * QUOTE_SIZE];

	if (operand->kind != OPERAND_EXPR && operand->kind != OPERAND_BAD)
		report_error(as, operand->place, DIAG_ASM_KIND, NULL,
			"%s here, not %s", what,
			operand_text(operand, found));
	return operand->kind == OPERAND_EXPR;
}

/* "public, protected, private, invitation" */
static void
list_names(const char *const *names, unsigned count,
	char buf[static DIAG_TEXT_SIZE])
{
	size_t len = 0;

	for (unsigned i = 0; i < count; i++)
		len += (size_t)snprintf(buf + len, DIAG_TEXT_SIZE - len,
			"%s%s", i ? ", " : "", names[i]);
}

int
operand_choice(struct assembler *as, const struct operand *operand,
	const char *what, const char *const *names, unsigned count)
{
	const char *name = operand_name(operand);
	char found[2 * QUOTE_SIZE], hint[HINT_SIZE], list[DIAG_TEXT_SIZE];

	if (operand->kind == OPERAND_BAD)
		return -1;
	for (unsigned i = 0; name && i < count; i++)
		if (!strcmp(name, names[i]))
			return (int)i;
	list_names(names, count, list);
	report_error(as, operand->place, DIAG_ASM_CHOICE,
		name ? report_suggest(name, names, count, hint) : NULL,
		"%s is no %s; there are %s", operand_text(operand, found),
		what, list);
	return -1;
}
