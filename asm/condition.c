/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conditions: .if and its like.  Of the lines between them those of one branch
 * at most are parsed; in the others only the words that end a branch, or begin a
 * condition within it, are looked at.  A condition ends in the text it began in.
 */
#include "asm/asm-int.h"

#include <string.h>

struct condition {
	struct place place;		/* of .if */
	bool active;			/* this branch is parsed */
	bool taken;			/* this one or one before it is */
	bool has_else;
	struct place else_place;
	unsigned nested;		/* conditions in a branch that is not */
	struct condition *up;
};

bool
condition_skips(const struct assembler *as)
{
	return as->condition && !as->condition->active;
}

bool
condition_wants(struct assembler *as, struct span word)
{
	unsigned *nested = &as->condition->nested;

	if (span_is(word, ".if") || span_is(word, ".ifdef") ||
	    span_is(word, ".ifndef"))
		++*nested;
	else if (*nested == 0)
		return span_is(word, ".elseif") || span_is(word, ".else") ||
			span_is(word, ".endif");
	else if (span_is(word, ".endif"))
		--*nested;
	return false;
}

bool
condition_passes(struct assembler *as, struct span word)
{
	struct condition *condition = as->condition;

	if (!condition || condition->place.source != as->source ||
	    condition->nested || condition->has_else || !condition->taken ||
	    !span_is(word, ".elseif"))
		return false;
	condition->active = false;
	return true;
}

static void
begin(struct assembler *as, struct place place, bool active)
{
	struct condition *condition = arena_alloc(as, sizeof(*condition));

	if (!condition)
		return;
	*condition = (struct condition){.place = place, .active = active,
		.taken = active, .up = as->condition};
	as->condition = condition;
}

/* A condition that can not be told is false, after a report. */
static bool
is_true(struct assembler *as, const struct operand *operand, const char *name)
{
	char what[64];
	struct value value;

	snprintf(what, sizeof(what), "'%s' takes an expression", name);
	return operand_is_expr(as, operand, what) &&
		expr_eval_now(as, operand->expr, name, &value) && value.n != 0;
}

void
condition_if(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	begin(as, place, is_true(as, operands.first, directive->name));
}

/* which: what the answer must be. */
void
condition_ifdef(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	const char *name = operand_name(operands.first);
	bool defined;

	if (!name)
		directive_report_no_name(as, operands.first, directive);
	defined = name && (symbol_find(as, name) ||
		macro_find(as, (struct span){name, strlen(name)}));
	begin(as, place, name && defined == directive->which);
}

/* The condition that a directive goes on with; NULL after a report. */
static struct condition *
current(struct assembler *as, struct place place, const char *name)
{
	struct condition *condition = as->condition;

	if (condition && condition->place.source == place.source)
		return condition;
	report_error(as, place, DIAG_ASM_UNOPENED, NULL,
		"'%s' without '.if'", name);
	if (condition)
		report_note(as, condition->place,
			"this condition began in another text, and ends there");
	return NULL;
}

/* End the branch; whether one that comes next may be taken. */
static bool
next_branch(struct assembler *as, const struct directive *directive,
	struct place place)
{
	struct condition *condition = current(as, place, directive->name);

	if (!condition)
		return false;
	condition->active = false;
	if (!condition->has_else)
		return !condition->taken;
	report_error(as, place, DIAG_ASM_UNOPENED, NULL,
		"'%s' behind '.else'", directive->name);
	report_note(as, condition->place, "the condition begins here");
	report_note(as, condition->else_place, "'.else' stands here");
	return false;
}

static void
take(struct condition *condition, bool active)
{
	condition->active = condition->taken = active;
}

void
condition_elseif(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	if (next_branch(as, directive, place))
		take(as->condition, is_true(as, operands.first,
			directive->name));
}

void
condition_else(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)operands;
	if (next_branch(as, directive, place))
		take(as->condition, true);
	if (!as->condition || as->condition->place.source != place.source ||
	    as->condition->has_else)
		return;
	as->condition->has_else = true;
	as->condition->else_place = place;
}

void
condition_endif(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)operands;
	if (current(as, place, directive->name))
		as->condition = as->condition->up;
}

void
condition_leave(struct assembler *as, const struct source *source, bool report)
{
	while (as->condition && as->condition->place.source == source) {
		if (report)
			source_report_unclosed(as, as->condition->place,
				".endif");
		as->condition = as->condition->up;
	}
}
