/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines that are read as text and not by the grammar: what follows .macro, .irp
 * and the name of a macro.  Names, and values between commas.
 */
#include "asm/asm-int.h"

#include <ctype.h>
#include <string.h>

bool
span_is(struct span span, const char *text)
{
	return span.size == strlen(text) && !memcmp(span.text, text, span.size);
}

bool
raw_is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool
raw_begins_name(char c)
{
	return isalpha((unsigned char)c) || c == '_' || c == '$';
}

bool
raw_is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '$';
}

/* The index behind what is quoted from i on, on this line. */
static size_t
skip_quoted(const char *text, size_t size, size_t i)
{
	char quote = text[i++];

	while (i < size && text[i] != quote)
		i += text[i] == '\\' && i + 1 < size ? 2 : 1;
	return i < size ? i + 1 : size;
}

static bool
begins_comment(const char *text, size_t size, size_t i)
{
	return text[i] == ';' ||
		(text[i] == '/' && i + 1 < size && text[i + 1] == '/');
}

struct raw
raw_begin(struct place place, const char *text, size_t size, size_t at)
{
	size_t end = at;

	while (end < size && !begins_comment(text, size, end))
		if (text[end] == '"' || text[end] == '\'')
			end = skip_quoted(text, size, end);
		else
			end++;
	while (end > at && raw_is_blank(text[end - 1]))
		end--;
	return (struct raw){.place = place, .text = text, .size = end,
		.at = at};
}

struct place
raw_place(const struct raw *raw, size_t at, size_t size)
{
	struct place place = raw->place;

	place.col = (unsigned)at + 1;
	place.len = (unsigned)size;
	return place;
}

static void
skip_blanks(struct raw *raw)
{
	while (raw->at < raw->size && raw_is_blank(raw->text[raw->at]))
		raw->at++;
}

bool
raw_at_end(struct raw *raw)
{
	skip_blanks(raw);
	return raw->at == raw->size;
}

bool
raw_take(struct raw *raw, const char *text)
{
	size_t len = strlen(text);

	skip_blanks(raw);
	if (raw->size - raw->at < len || memcmp(raw->text + raw->at, text, len))
		return false;
	raw->at += len;
	return true;
}

struct span
raw_name(struct raw *raw)
{
	struct span name;

	skip_blanks(raw);
	name.text = raw->text + raw->at;
	if (raw->at < raw->size && raw_begins_name(*name.text))
		while (raw->at < raw->size && raw_is_name(raw->text[raw->at]))
			raw->at++;
	name.size = (size_t)(raw->text + raw->at - name.text);
	return name;
}

struct span
raw_value(struct raw *raw)
{
	const char *text = raw->text;
	struct span value;
	unsigned depth = 0;

	skip_blanks(raw);
	value.text = text + raw->at;
	while (raw->at < raw->size && (depth || text[raw->at] != ',')) {
		char c = text[raw->at];

		depth += c == '(' || c == '[';
		depth -= depth && (c == ')' || c == ']');
		raw->at = c == '"' || c == '\'' ?
			skip_quoted(text, raw->size, raw->at) : raw->at + 1;
	}
	value.size = (size_t)(text + raw->at - value.text);
	while (value.size && raw_is_blank(value.text[value.size - 1]))
		value.size--;
	return value;
}

struct span
raw_rest(struct raw *raw)
{
	struct span rest;

	skip_blanks(raw);
	rest = (struct span){raw->text + raw->at, raw->size - raw->at};
	raw->at = raw->size;
	return rest;
}
