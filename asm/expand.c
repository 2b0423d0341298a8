/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The text of a macro's body with its parameters replaced.  It is gone through
 * twice: to see how long it becomes, and to write it.
 */
#include "asm/macro-int.h"

#include <stdio.h>
#include <string.h>

static void
put(struct expansion *e, const char *text, size_t size)
{
	if (e->out && size)
		memcpy(e->out + e->size, text, size);
	e->size += size;
}

static void
put_number(struct expansion *e, unsigned n)
{
	char text[12];

	put(e, text, (size_t)snprintf(text, sizeof(text), "%u", n));
}

/* In quotes \n, \t, \r and \xHH are what they are everywhere. */
static bool
is_escape(struct span name)
{
	return span_is(name, "n") || span_is(name, "t") ||
		span_is(name, "r") ||
		(name.size == 3 && name.text[0] == 'x' &&
		strspn(name.text + 1, "0123456789abcdefABCDEF") >= 2);
}

/* The argument for a name; NULL where it is no parameter's. */
static const struct span *
find_argument(const struct expansion *e, struct span name)
{
	const struct macro *macro = e->macro;

	for (unsigned i = 0; i < macro->parameter_count; i++)
		if (span_is(name, macro->parameters[i].name))
			return &e->arguments[i];
	return NULL;
}

static struct span
name_at(const char *text, size_t size)
{
	struct span name = {text, 0};

	if (size && raw_begins_name(*text))
		while (name.size < size && raw_is_name(text[name.size]))
			name.size++;
	return name;
}

/* What a backslash begins, in quotes or not; how much of the text it was. */
static size_t
put_backslash(struct expansion *e, const char *text, size_t size, bool quoted)
{
	struct span name = name_at(text + 1, size - 1);
	const struct span *argument = quoted && is_escape(name) ? NULL :
		find_argument(e, name);
	char next = size > 1 ? text[1] : '\0';

	if (argument) {
		put(e, argument->text, argument->size);
		return 1 + name.size;
	}
	if (next == '@' || (next == '+' && e->macro->repeats)) {
		put_number(e, next == '@' ? e->number : e->time);
		return 2;
	}
	if (next == '(' && size > 2 && text[2] == ')')
		return 3;
	/* An escape, or a parameter of another macro. */
	put(e, text, quoted && size > 1 && next != '\n' ? 2 : 1);
	return quoted && size > 1 && next != '\n' ? 2 : 1;
}

static size_t
line_size(const char *text, const char *end)
{
	const char *line_end = memchr(text, '\n', (size_t)(end - text));

	return (size_t)((line_end ? line_end : end) - text);
}

void
expand_text(struct expansion *e)
{
	const char *text = e->macro->text.text, *end = text + e->macro->text.size;
	char quote = '\0', c;
	size_t size;

	for (e->size = 0; text < end; text += size) {
		c = *text;
		size = 1;
		if (c == '\n')
			quote = '\0';
		else if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? '\0' : c;
		if (c == '\\') {
			size = put_backslash(e, text, (size_t)(end - text),
				quote != '\0');
			continue;
		}
		if (!quote && (c == ';' || (c == '/' && end - text > 1 &&
		    text[1] == '/')))
			size = line_size(text, end);
		put(e, text, size);
	}
}
