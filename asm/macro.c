/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Macros and repetitions.  A body is lines of a text that stays where it is; an
 * expansion is a text of its own, made of the body, that is read next.  Its lines
 * are told as those of the body.
 */
#include "asm/macro-int.h"

#include <string.h>

/*
 * Names: macros are symbols whose name ends in a colon, so that one may be called
 * like a label.
 */

static const char *
symbol_name(struct span name, char buf[static NAME_LENGTH_MAX + 2])
{
	snprintf(buf, NAME_LENGTH_MAX + 2, "%.*s:",
		(int)(name.size <= NAME_LENGTH_MAX ? name.size :
			NAME_LENGTH_MAX), name.text);
	return buf;
}

const struct macro *
macro_find(const struct assembler *as, struct span name)
{
	char buf[NAME_LENGTH_MAX + 2];
	const struct symbol *symbol;

	if (name.size > NAME_LENGTH_MAX)
		return NULL;
	symbol = symbol_find(as, symbol_name(name, buf));
	return symbol && symbol->kind == SYMBOL_MACRO ? symbol->macro : NULL;
}

const char *
macro_name(const struct macro *macro)
{
	return macro->name;
}

const char *
macro_suggest_parameter(const struct macro *macro, const char *name,
	char hint[static HINT_SIZE])
{
	const char *names[PARAMETER_MAX];

	for (unsigned i = 0; i < macro->parameter_count; i++)
		names[i] = macro->parameters[i].name;
	return report_suggest(name, names, macro->parameter_count, hint);
}

/* False, after a report, for a name that no macro may have. */
static bool
check_name(struct assembler *as, struct place place, struct span name)
{
	const struct macro *before = macro_find(as, name);
	char quote[NAME_LENGTH_MAX + 2];
	const char *meaning;

	if (name.size == 0 || name.size > NAME_LENGTH_MAX) {
		report_error(as, place, name.size ? DIAG_ASM_LONG_NAME :
			DIAG_ASM_MACRO, NULL, name.size ?
			"a name has at most %d characters" :
			"the name of a macro is expected here",
			NAME_LENGTH_MAX);
		return false;
	}
	snprintf(quote, sizeof(quote), "%.*s", (int)name.size, name.text);
	meaning = isa_reserved(quote);
	if (meaning)
		report_error(as, place, DIAG_ASM_RESERVED, NULL,
			"'%s' is the name of %s", quote, meaning);
	else if (before)
		report_error(as, place, DIAG_ASM_DUPLICATE,
			".purgem forgets a macro", "a macro '%s' is defined already",
			quote);
	if (!meaning && before)
		report_note(as, before->place, "'%s' was defined here", quote);
	return !meaning && !before;
}

static void
define(struct assembler *as, struct macro *macro, struct span name)
{
	char buf[NAME_LENGTH_MAX + 2];
	struct symbol *symbol = symbol_find(as, symbol_name(name, buf));
	char *copy;

	if (!symbol) {
		copy = arena_copy(as, buf, strlen(buf));
		symbol = copy ? symbol_add(as, macro->place, copy) : NULL;
	}
	macro->name = arena_copy(as, name.text, name.size);
	if (!symbol || !macro->name)
		return;
	symbol->kind = SYMBOL_MACRO;
	symbol->macro = macro;
}

void
macro_purge(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	enum { NAMES_MAX = 256 };
	const char *name = operand_name(operands.first), *names[NAMES_MAX];
	char buf[NAME_LENGTH_MAX + 2], hint[HINT_SIZE];
	struct span span = {name, name ? strlen(name) : 0};

	(void)place;
	if (!name)
		directive_report_no_name(as, operands.first, directive);
	else if (macro_find(as, span))
		symbol_find(as, symbol_name(span, buf))->macro = NULL;
	else
		report_error(as, operands.first->place, DIAG_ASM_UNDEFINED,
			report_suggest(name, names, macro_names(as, names,
				NAMES_MAX), hint),
			"there is no macro '%s'", name);
}

unsigned
macro_names(const struct assembler *as, const char **names, unsigned max)
{
	unsigned count = 0;

	if (as->errors >= ASM_ERROR_MAX)
		return 0;		/* nobody is told */
	for (struct symbol *s = as->symbols; s && count < max; s = s->next)
		if (s->kind == SYMBOL_MACRO && s->macro)
			names[count++] = s->macro->name;
	return count;
}

/*
 * Bodies: all lines up to the end of what was begun.
 */

static const struct {
	const char *begin, *end;
} frames[] = {
	{".macro", ".endm"},
	{".rept", ".endr"},
	{".irp", ".endr"}
};
enum { FRAME_COUNT = sizeof(frames) / sizeof(*frames) };

/* The word that ends what a word begins; NULL: it begins nothing. */
static const char *
end_of(struct span word)
{
	for (unsigned i = 0; i < FRAME_COUNT; i++)
		if (span_is(word, frames[i].begin))
			return frames[i].end;
	return NULL;
}

static struct macro *
begin_body(struct assembler *as, struct place place, struct span word)
{
	struct macro *macro = arena_alloc(as, sizeof(*macro));

	if (!macro)
		return NULL;
	macro->place = place;
	macro->text.text = "";		/* until its end is seen, if it is */
	macro->body = place;
	macro->body.line++;
	as->body = (struct body){.macro = macro, .place = place,
		.end = end_of(word)};
	return macro;
}

bool
body_takes(struct assembler *as, struct span word)
{
	const char *end = end_of(word);

	if (end && !strcmp(end, as->body.end))
		as->body.nested++;
	else if (span_is(word, as->body.end) && as->body.nested-- == 0)
		return false;
	return true;
}

void
body_finish(struct assembler *as, struct place end)
{
	struct body body = as->body;
	struct macro *macro = body.macro;
	const char *const *lines = end.source->lines;

	macro->text.text = lines[macro->body.line - 1];
	macro->text.size = (size_t)(lines[end.line - 1] - macro->text.text);
	as->body = (struct body){0};
	if (macro->repeats && macro->times)
		macro_expand(as, macro, body.place, NULL, 0);
}

bool
body_leave(struct assembler *as, const struct source *source)
{
	if (!as->body.macro || as->body.place.source != source)
		return false;
	source_report_unclosed(as, as->body.place, as->body.end);
	as->body = (struct body){0};
	return true;
}

/* .endm and .endr, where body_takes did not see them end a body. */
void
body_end(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)operands;
	if (!as->body.macro)
		report_error(as, place, DIAG_ASM_UNOPENED, NULL,
			"'%s' without '%s'", directive->name,
			directive->which ? ".rept' or '.irp" : ".macro");
}

void
macro_begin(struct assembler *as, struct place place, struct raw raw)
{
	struct macro *macro = begin_body(as, place, (struct span){".macro", 6});
	struct span name;
	size_t at;

	if (!macro)
		return;
	raw_at_end(&raw);
	at = raw.at;
	name = raw_name(&raw);
	macro->place = raw_place(&raw, at, name.size);
	if (check_name(as, macro->place, name) &&
	    argument_declare(as, macro, &raw))
		define(as, macro, name);
}

void
macro_begin_irp(struct assembler *as, struct place place, struct raw raw)
{
	struct macro *macro = begin_body(as, place, (struct span){".irp", 4});
	struct span name = raw_name(&raw);
	struct raw ahead = raw;
	unsigned count = 0;

	if (!macro)
		return;
	macro->name = ".irp";
	macro->repeats = true;
	if (name.size == 0) {
		report_error(as, raw_place(&raw, raw.at, 0), DIAG_ASM_MACRO,
			NULL, "'.irp' takes a name and values for it");
		return;
	}
	macro->parameter_count = 1;
	macro->parameters[0].name = arena_copy(as, name.text, name.size);
	while (raw_take(&ahead, ",")) {
		raw_value(&ahead);
		count++;
	}
	macro->values = arena_alloc(as, (count + 1) * sizeof(struct span));
	if (!macro->values || !macro->parameters[0].name)
		return;
	while (raw_take(&raw, ","))
		macro->values[macro->times++] = raw_value(&raw);
}

void
macro_begin_rept(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	struct macro *macro = begin_body(as, place, (struct span){".rept", 5});
	const struct operand *count = operands.first;
	struct value value = {0};

	if (!macro)
		return;
	macro->name = directive->name;
	macro->repeats = true;
	if (!operand_is_expr(as, count, "'.rept' takes a number") ||
	    !expr_eval_now(as, count->expr, directive->name, &value))
		return;
	if (value.n < 0 || value.n > REPEAT_MAX)
		expr_eval_within(as, count, 0, REPEAT_MAX,
			"the number of repetitions", &value.n);
	else
		macro->times = (unsigned)value.n;
}

/*
 * Expansions.
 */

/* Reports, once for all expansions, that there is too much of something. */
static bool
is_over(struct assembler *as, const struct macro *macro, struct place place,
	size_t count, size_t max, const char *what)
{
	if (count <= max)
		return false;
	if (!as->expansion_full)
		report_error(as, place, DIAG_ASM_EXPANSION, NULL,
			"'%s' makes more than %zu %s", macro->name, max, what);
	as->expansion_full = true;
	return true;
}

/* Whether an expansion of that size may be made. */
static bool
check_limits(struct assembler *as, const struct macro *macro,
	struct place place, size_t size)
{
	return !as->expansion_full &&
		!is_over(as, macro, place, as->source->expansion_depth + 1,
			EXPANSION_DEPTH_MAX, "expansions in each other") &&
		!is_over(as, macro, place, as->expansions + 1, EXPANSION_MAX,
			"expansions") &&
		!is_over(as, macro, place, as->expansion_size + size,
			EXPANSION_SIZE_MAX, "bytes of expansions");
}

static char *
expansion_title(struct assembler *as, const struct expansion *e)
{
	char text[NAME_LENGTH_MAX + 40];

	if (e->macro->repeats)
		snprintf(text, sizeof(text), "in repetition %u of '%s'",
			e->time + 1, e->macro->name);
	else
		snprintf(text, sizeof(text), "in the expansion of macro '%s'",
			e->macro->name);
	return arena_copy(as, text, strlen(text));
}

void
macro_expand(struct assembler *as, const struct macro *macro,
	struct place place, const struct span *arguments, unsigned time)
{
	struct expansion e = {.macro = macro, .arguments = macro->values ?
		&macro->values[time] : arguments, .number = as->expansions,
		.time = time};
	struct source source = {.from = place, .macro = macro, .time = time,
		.body = macro->body};

	expand_text(&e);
	if (!check_limits(as, macro, place, e.size))
		return;
	as->expansions++;
	as->expansion_size += e.size;
	source.title = expansion_title(as, &e);
	source.text = e.out = arena_alloc(as, e.size + 1);
	if (!e.out || !source.title)
		return;
	expand_text(&e);
	source.size = e.size;
	source_push(as, &source);
}

void
macro_invoke(struct assembler *as, const struct macro *macro,
	struct place place, struct raw raw)
{
	struct span arguments[PARAMETER_MAX], name = {macro->name,
		strlen(macro->name)};
	char buf[NAME_LENGTH_MAX + 2];

	symbol_note_use(as, place, symbol_find(as,
		symbol_name(name, buf))->name);
	if (argument_bind(as, macro, place, &raw, arguments))
		macro_expand(as, macro, place, arguments, 0);
}

void
macro_again(struct assembler *as, const struct source *source)
{
	const struct macro *macro = source->macro;

	if (macro && macro->repeats && source->time + 1 < macro->times)
		macro_expand(as, macro, source->from, NULL, source->time + 1);
}

void
macro_exit(struct assembler *as, const struct directive *directive,
	struct place place, struct operands operands)
{
	(void)operands;
	if (as->source->macro)
		source_leave(as);
	else
		report_error(as, place, DIAG_ASM_UNOPENED, NULL,
			"'%s' outside a macro", directive->name);
}
