/* SPDX-License-Identifier: BSD-2-Clause */
/* The parameters of a macro, and the arguments of an invocation for them. */
#include "asm/macro-int.h"

#include <string.h>

static int
find_parameter(const struct macro *macro, struct span name)
{
	for (unsigned i = 0; i < macro->parameter_count; i++)
		if (span_is(name, macro->parameters[i].name))
			return (int)i;
	return -1;
}

/* "'WHAT' where a parameter is expected", of what stands there. */
static bool
report_parameter(struct assembler *as, const struct raw *raw, const char *text)
{
	size_t size = raw->size - raw->at ? 1 : 0;

	report_error(as, raw_place(raw, raw->at, size), DIAG_ASM_MACRO, NULL,
		"%s", text);
	return false;
}

/* What may stand behind a parameter's name: :req, ..., or =DEFAULT. */
static bool
declare_kind(struct assembler *as, struct raw *raw, struct parameter *parameter)
{
	if (raw_take(raw, ":")) {
		parameter->required = span_is(raw_name(raw), "req");
		return parameter->required || report_parameter(as, raw,
			"behind ':' only 'req' may stand");
	}
	if (raw_take(raw, "...")) {
		parameter->rest = true;
		return raw_at_end(raw) || report_parameter(as, raw,
			"a parameter that takes the rest must be the last");
	}
	if (raw_take(raw, "="))
		parameter->preset = raw_value(raw);
	return true;
}

static bool
declare_one(struct assembler *as, struct macro *macro, struct raw *raw)
{
	struct parameter *parameter;
	struct span name = raw_name(raw);

	if (name.size == 0)
		return report_parameter(as, raw,
			"the name of a parameter is expected here");
	if (find_parameter(macro, name) >= 0) {
		raw->at -= name.size;
		return report_parameter(as, raw,
			"this parameter has the name of another one");
	}
	if (macro->parameter_count == PARAMETER_MAX)
		return report_parameter(as, raw,
			"a macro has at most 32 parameters");
	parameter = &macro->parameters[macro->parameter_count++];
	parameter->name = arena_copy(as, name.text, name.size);
	parameter->preset.text = "";
	return parameter->name && declare_kind(as, raw, parameter);
}

bool
argument_declare(struct assembler *as, struct macro *macro, struct raw *raw)
{
	raw_take(raw, ",");
	while (!raw_at_end(raw)) {
		if (!declare_one(as, macro, raw))
			return false;
		raw_take(raw, ",");
	}
	return true;
}

/* An invocation that is being read. */
struct binding {
	const struct macro *macro;
	struct span *arguments;
	bool given[PARAMETER_MAX];
	unsigned position;		/* of the next without a name */
	bool named;			/* one had a name */
};

static bool __attribute__((format(printf, 5, 6)))
report_argument(struct assembler *as, const struct macro *macro,
	struct place place, const char *hint, const char *format, ...)
{
	char text[DIAG_TEXT_SIZE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	report_error(as, place, DIAG_ASM_ARGUMENT, hint, "%s", text);
	report_note(as, macro->place, "'%s' is defined here", macro->name);
	return false;
}

/* NAME= before a value; empty without it.  "==" is an operator. */
static struct span
argument_name(struct raw *raw)
{
	size_t at = raw->at;
	struct span name = raw_name(raw);

	if (name.size && raw_take(raw, "=") && !raw_take(raw, "="))
		return name;
	raw->at = at;
	return (struct span){0};
}

/* The parameter that an argument of that name is for; -1 after a report. */
static int
named_parameter(struct assembler *as, const struct macro *macro,
	const struct raw *raw, struct span name)
{
	struct place place = raw_place(raw, (size_t)(name.text - raw->text),
		name.size);
	char hint[HINT_SIZE], quote[QUOTE_SIZE];
	const char *names[PARAMETER_MAX];
	int i = find_parameter(macro, name);

	if (i >= 0)
		return i;
	for (unsigned n = 0; n < macro->parameter_count; n++)
		names[n] = macro->parameters[n].name;
	report_quote(place, quote);
	report_argument(as, macro, place, report_suggest(quote, names,
		macro->parameter_count, hint), "'%s' has no parameter '%s'",
		macro->name, quote);
	return -1;
}

/* The parameter that the next argument is for; -1 after a report. */
static int
next_parameter(struct assembler *as, struct binding *b, struct raw *raw)
{
	size_t at = raw->at;
	struct span name = argument_name(raw);
	unsigned count = b->macro->parameter_count;

	b->named |= name.size > 0;
	if (name.size)
		return named_parameter(as, b->macro, raw, name);
	if (!b->named && b->position < count)
		return (int)b->position++;
	raw_value(raw);
	report_argument(as, b->macro, raw_place(raw, at, raw->at - at), NULL,
		b->named ? "an argument without a name behind one that has one" :
		count ? "'%s' takes at most %u argument%s" :
		"'%s' takes no argument", b->macro->name, count,
		count == 1 ? "" : "s");
	return -1;
}

static bool
bind_one(struct assembler *as, struct binding *b, struct raw *raw)
{
	size_t at = raw->at;
	int i = next_parameter(as, b, raw);

	if (i < 0)
		return false;
	if (b->given[i])
		return report_argument(as, b->macro,
			raw_place(raw, at, raw->at - at), NULL,
			"'%s' is given a second time",
			b->macro->parameters[i].name);
	b->given[i] = true;
	b->arguments[i] = b->macro->parameters[i].rest ? raw_rest(raw) :
		raw_value(raw);
	return true;
}

/* What was not given, or is empty, is the default. */
static bool
bind_defaults(struct assembler *as, struct binding *b, struct place place)
{
	for (unsigned i = 0; i < b->macro->parameter_count; i++) {
		const struct parameter *parameter = &b->macro->parameters[i];

		if (b->arguments[i].size)
			continue;
		if (parameter->required)
			return report_argument(as, b->macro, place, NULL,
				"'%s' needs an argument for '%s'",
				b->macro->name, parameter->name);
		b->arguments[i] = parameter->preset;
	}
	return true;
}

bool
argument_bind(struct assembler *as, const struct macro *macro,
	struct place place, struct raw *raw,
	struct span arguments[static PARAMETER_MAX])
{
	struct binding b = {.macro = macro, .arguments = arguments};

	for (unsigned i = 0; i < PARAMETER_MAX; i++)
		arguments[i] = (struct span){"", 0};
	if (!raw_at_end(raw))
		do {
			raw_at_end(raw);
			if (!bind_one(as, &b, raw))
				return false;
		} while (raw_take(raw, ","));
	return bind_defaults(as, &b, place);
}
