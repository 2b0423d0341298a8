/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions: made by the parser, evaluated when names are known.  Numbers are
 * exact: every result lies within -2^63 .. 2^64 - 1 or is an error.
 */
#include "asm/asm-int.h"

#define WIDE_MIN ((wide)INT64_MIN)
#define WIDE_MAX ((wide)UINT64_MAX)

static struct expr *
make(struct assembler *as, struct expr expr)
{
	struct expr *memory = arena_alloc(as, sizeof(*memory));

	if (memory)
		*memory = expr;
	return memory;
}

struct expr *
expr_unary(struct assembler *as, enum expr_op op, struct place place,
	const struct expr *a)
{
	return make(as, (struct expr){.op = op, .place = place, .a = a});
}

struct expr *
expr_binary(struct assembler *as, enum expr_op op, struct place place,
	const struct expr *a, const struct expr *b)
{
	struct expr *expr = make(as, (struct expr){.op = op, .place = place,
		.a = a, .b = b});

	if (expr)
		warn_expr(as, expr);
	return expr;
}

struct expr *
expr_choice(struct assembler *as, struct place place,
	const struct expr *condition, const struct expr *yes,
	const struct expr *no)
{
	return make(as, (struct expr){.op = EXPR_IF, .place = place,
		.a = condition, .b = yes, .c = no});
}

struct expr *
expr_number(struct assembler *as, struct place place, wide n)
{
	return make(as, (struct expr){.op = EXPR_NUMBER, .place = place,
		.number = n});
}

struct expr *
expr_name(struct assembler *as, struct place place, const char *name)
{
	symbol_note_use(as, place, name);
	return make(as, (struct expr){.op = EXPR_NAME, .place = place,
		.name = name});
}

struct expr *
expr_here(struct assembler *as, struct place place)
{
	return make(as, (struct expr){.op = EXPR_HERE, .place = place,
		.here = {as->section, as->section == SECTION_TEXT ?
			as->insn_count : as->block_count}});
}

/* What expr_eval_now tells its caller. */
static bool
unknown_now(struct assembler *as, const struct expr *expr)
{
	as->unknown = expr;
	return false;
}

/* The value of a place in a section, if words have come that far. */
static bool
eval_position(struct assembler *as, const struct expr *expr,
	struct position position, struct value *value)
{
	bool text = position.section == SECTION_TEXT;
	char quote[QUOTE_SIZE];

	if (text ? position.index > as->code_known :
	    position.index >= as->known) {
		if (as->now)
			return unknown_now(as, expr);
		report_error(as, expr->place, DIAG_ASM_NOT_PLACED, NULL,
			"where '%s' lies depends on what is computed here",
			report_quote(expr->place, quote));
		return false;
	}
	*value = text ?
		(struct value){insn_pc(as, position.index), VALUE_CODE} :
		(struct value){position.index < as->block_count ?
			as->blocks[position.index].first : as->end, VALUE_WORD};
	return true;
}

static bool
eval_name(struct assembler *as, const struct expr *expr, struct value *value)
{
	struct symbol *symbol;
	bool ok;

	if (as->now && !symbol_find(as, expr->name) && !isa_reserved(expr->name))
		return unknown_now(as, expr);
	symbol = symbol_use(as, expr->place, expr->name);
	if (!symbol || symbol->kind == SYMBOL_BAD)
		return false;
	if (symbol->kind == SYMBOL_LABEL)
		return eval_position(as, expr, symbol->position, value);
	if (symbol->state == SYMBOL_BUSY) {
		report_error(as, symbol->place, DIAG_ASM_CYCLE, NULL,
			"'%s' is defined by itself", symbol->name);
		symbol->kind = SYMBOL_BAD;
		return false;
	}
	if (symbol->state == SYMBOL_FRESH) {
		symbol->state = SYMBOL_BUSY;
		ok = expr_eval(as, symbol->expr, &symbol->value);
		symbol->state = as->unknown ? SYMBOL_FRESH : SYMBOL_DONE;
		if (!ok && !as->unknown)
			symbol->kind = SYMBOL_BAD;
		if (!ok)
			return false;
	}
	*value = symbol->value;
	return symbol->kind != SYMBOL_BAD;
}

/* Whether a result can be represented; reports what can not. */
static bool
check_result(struct assembler *as, const struct expr *expr, bool overflow,
	wide n)
{
	if (!overflow && n >= WIDE_MIN && n <= WIDE_MAX)
		return true;
	report_error(as, expr->place, DIAG_ASM_ARITHMETIC, NULL,
		"the result is not within -2^63..2^64-1");
	return false;
}

static bool
eval_unary(struct assembler *as, const struct expr *expr, struct value *value)
{
	struct value a;

	if (!expr_eval(as, expr->a, &a))
		return false;
	*value = (struct value){expr->op == EXPR_PLUS ? a.n :
		expr->op == EXPR_MINUS ? -a.n :
		expr->op == EXPR_INVERT ? ~a.n : a.n == 0, VALUE_NUMBER};
	return check_result(as, expr, false, value->n);
}

/* && || ?: evaluate only what C evaluates. */
static bool
eval_choice(struct assembler *as, const struct expr *expr, struct value *value)
{
	struct value a;

	if (!expr_eval(as, expr->a, &a))
		return false;
	if (expr->op == EXPR_IF)
		return expr_eval(as, a.n ? expr->b : expr->c, value);
	*value = (struct value){expr->op == EXPR_ANY, VALUE_NUMBER};
	if ((a.n != 0) == (expr->op == EXPR_ANY))
		return true;
	if (!expr_eval(as, expr->b, &a))
		return false;
	value->n = a.n != 0;
	return true;
}

static bool
eval_division(struct assembler *as, const struct expr *expr, wide a, wide b,
	wide *n)
{
	if (b == 0) {
		report_error(as, expr->b->place, DIAG_ASM_ARITHMETIC, NULL,
			"division by zero");
		return false;
	}
	*n = expr->op == EXPR_DIV ? a / b : a % b;
	return true;
}

static bool
eval_product(struct assembler *as, const struct expr *expr, wide a, wide b,
	wide *n)
{
	bool overflow = __builtin_mul_overflow(a, b, n);

	return check_result(as, expr, overflow, *n);
}

static bool
eval_shift(struct assembler *as, const struct expr *expr, wide a, wide b,
	wide *n)
{
	char number[NUMBER_SIZE];

	if (b < 0 || b > 63) {
		report_error(as, expr->b->place, DIAG_ASM_ARITHMETIC, NULL,
			"a shift by %s; 0..63 is allowed",
			report_number(b, number));
		return false;
	}
	if (expr->op == EXPR_SHL)
		return eval_product(as, expr, a, (wide)1 << b, n);
	*n = a >> b;
	return true;
}

static bool
eval_binary(struct assembler *as, const struct expr *expr, wide a, wide b,
	wide *n)
{
	switch (expr->op) {
	case EXPR_MUL:
		return eval_product(as, expr, a, b, n);
	case EXPR_DIV:
	case EXPR_MOD:
		return eval_division(as, expr, a, b, n);
	case EXPR_SHL:
	case EXPR_SHR:
		return eval_shift(as, expr, a, b, n);
	case EXPR_ADD:
		*n = a + b;
		break;
	case EXPR_SUB:
		*n = a - b;
		break;
	case EXPR_LT:
		*n = a < b;
		break;
	case EXPR_LE:
		*n = a <= b;
		break;
	case EXPR_GT:
		*n = a > b;
		break;
	case EXPR_GE:
		*n = a >= b;
		break;
	case EXPR_EQ:
		*n = a == b;
		break;
	case EXPR_NE:
		*n = a != b;
		break;
	case EXPR_AND:
		*n = a & b;
		break;
	case EXPR_XOR:
		*n = a ^ b;
		break;
	case EXPR_OR:
		*n = a | b;
		break;
	default:
		return false;
	}
	return check_result(as, expr, false, *n);
}

/* An index plus or minus a number is an index; two differ by a number. */
static enum value_kind
kind_of_result(enum expr_op op, enum value_kind a, enum value_kind b)
{
	if (op == EXPR_ADD && (a == VALUE_NUMBER || b == VALUE_NUMBER))
		return a == VALUE_NUMBER ? b : a;
	if (op == EXPR_SUB && b == VALUE_NUMBER)
		return a;
	return VALUE_NUMBER;
}

static bool
eval_node(struct assembler *as, const struct expr *expr, struct value *value)
{
	struct value a, b;

	switch (expr->op) {
	case EXPR_NUMBER:
		*value = (struct value){expr->number, VALUE_NUMBER};
		return true;
	case EXPR_NAME:
		return eval_name(as, expr, value);
	case EXPR_HERE:
		return eval_position(as, expr, expr->here, value);
	case EXPR_PLUS:
	case EXPR_MINUS:
	case EXPR_INVERT:
	case EXPR_NOT:
		return eval_unary(as, expr, value);
	case EXPR_ALL:
	case EXPR_ANY:
	case EXPR_IF:
		return eval_choice(as, expr, value);
	default:
		if (!expr_eval(as, expr->a, &a) || !expr_eval(as, expr->b, &b))
			return false;
		value->kind = kind_of_result(expr->op, a.kind, b.kind);
		return eval_binary(as, expr, a.n, b.n, &value->n);
	}
}

bool
expr_eval(struct assembler *as, const struct expr *expr, struct value *value)
{
	bool ok = false;

	if (!expr)
		return false;
	if (as->depth >= DEPTH_MAX) {
		report_error(as, expr->place, DIAG_ASM_DEPTH, NULL,
			"the expression is nested too deeply");
		return false;
	}
	as->depth++;
	ok = eval_node(as, expr, value);
	as->depth--;
	return ok;
}

bool
expr_eval_now(struct assembler *as, const struct expr *expr, const char *who,
	struct value *value)
{
	char quote[QUOTE_SIZE];
	bool ok;

	as->now = true;
	ok = expr_eval(as, expr, value);
	as->now = false;
	if (as->unknown) {
		report_error(as, expr->place, DIAG_ASM_NOT_KNOWN, NULL,
			"the value of '%s' must be known here, and '%s' is not",
			who, report_quote(as->unknown->place, quote));
		if (as->unknown->place.order != expr->place.order)
			report_note(as, as->unknown->place,
				"it depends on what stands here");
	}
	as->unknown = NULL;
	return ok;
}

bool
expr_is_within(struct assembler *as, const struct operand *operand, wide n,
	wide min, wide max, const char *what, const char *hint)
{
	char found[NUMBER_SIZE], low[NUMBER_SIZE], high[NUMBER_SIZE];

	if (n >= min && n <= max)
		return true;
	report_error(as, operand->expr->place, DIAG_ASM_RANGE, hint,
		"%s is %s; %s..%s is allowed", what, report_number(n, found),
		report_number(min, low), report_number(max, high));
	return false;
}

bool
expr_eval_within(struct assembler *as, const struct operand *operand,
	wide min, wide max, const char *what, wide *n)
{
	struct value value;

	if (!expr_eval(as, operand->expr, &value))
		return false;
	*n = value.n;
	return expr_is_within(as, operand, *n, min, max, what, NULL);
}
