/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Texts, read line by line: the source that was given, and what it makes be read.
 * Each line is parsed, but for those that a condition leaves out.
 */
#include "asm/asm-int.h"

#include <string.h>

/* Where each line begins, so that any can be quoted at once. */
static bool
index_lines(struct assembler *as, struct source *source)
{
	const char *p = source->text, *end = p + source->size, *line_end;
	unsigned count = 1;

	for (const char *q = p; q < end; q++)
		count += *q == '\n';
	source->lines = arena_alloc(as, (count + 1) * sizeof(*source->lines));
	if (!source->lines)
		return false;
	while (source->line_count < count) {
		source->lines[source->line_count++] = p;
		line_end = memchr(p, '\n', (size_t)(end - p));
		p = line_end ? line_end + 1 : end;
	}
	source->lines[count] = end;
	return true;
}

/* Some editors put U+FEFF in front of a file; it is no part of it. */
static void
skip_byte_order_mark(struct source *source)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (source->macro || source->size < sizeof(mark) - 1 ||
	    memcmp(source->text, mark, sizeof(mark) - 1))
		return;
	source->text += sizeof(mark) - 1;
	source->size -= sizeof(mark) - 1;
}

bool
source_push(struct assembler *as, const struct source *init)
{
	struct source *source = arena_alloc(as, sizeof(*source));
	struct place body = init->body;

	if (!source)
		return false;
	*source = *init;
	source->up = as->source;
	source->file = source;
	source->file_line = 1;
	if (as->source) {
		source->expansion_depth = as->source->expansion_depth;
		source->include_depth = as->source->include_depth;
	}
	if (source->macro) {
		source->expansion_depth++;
		source->file = body.source->file;
		source->file_line = body.source->file_line + body.line - 1;
	} else {
		source->include_depth += source->title != NULL;
	}
	skip_byte_order_mark(source);
	if (!index_lines(as, source))
		return false;
	as->source = source;
	return true;
}

struct place
source_origin(struct place place)
{
	while (place.source->macro)
		place = place.source->from;
	return place;
}

const char *
source_line(const struct source *source, unsigned line, size_t *size)
{
	const char *text = source->lines[line - 1], *end = source->lines[line];

	if (end > text && end[-1] == '\n') {
		end--;
		if (end > text && end[-1] == '\r')
			end--;
	}
	*size = (size_t)(end - text);
	return text;
}

/* A writable copy of a part of a line, two zeros behind it. */
static char *
copy_line(struct assembler *as, const char *text, size_t size)
{
	if (size + 2 > as->line_room) {
		as->line_room = 2 * (size + 2);
		as->line = arena_alloc(as, as->line_room);
	}
	if (!as->line)
		return NULL;
	memcpy(as->line, text, size);
	memset(as->line + size, 0, 2);
	return as->line;
}

/* Parse a line from an offset on. */
static void
parse_line(struct assembler *as, struct place place, const char *text,
	size_t size, size_t offset)
{
	char *copy = copy_line(as, text + offset, size - offset);

	place.col += (unsigned)offset;
	if (copy)
		scan_line(as, place, copy, size - offset);
}

/* The word behind the labels of a line, which are words before a colon. */
static struct span
find_statement(const char *text, size_t size)
{
	struct span found;
	size_t i = 0;

	do {
		while (i < size && raw_is_blank(text[i]))
			i++;
		found.text = text + i;
		while (i < size && (raw_is_name(text[i]) || text[i] == '.'))
			i++;
		found.size = (size_t)(text + i - found.text);
		while (i < size && raw_is_blank(text[i]))
			i++;
	} while (found.size && i < size && text[i++] == ':');
	return found;
}

/* NAME = is a definition, even if there is a macro of that name. */
static bool
is_definition(struct raw raw)
{
	return raw_take(&raw, "=") && !raw_take(&raw, "=");
}

/* A line of labels and a word that the grammar does not know; else false. */
static bool
read_raw(struct assembler *as, struct place place, const char *text,
	size_t size, struct span word)
{
	const struct macro *macro = macro_find(as, word);
	size_t offset = (size_t)(word.text - text);
	struct raw raw = raw_begin(place, text, size, offset + word.size);
	bool defines = span_is(word, ".macro"), irp = span_is(word, ".irp");
	struct place at = raw_place(&raw, offset, word.size);

	if (!defines && !irp && (!macro || is_definition(raw)))
		return false;
	parse_line(as, place, text, offset, 0);
	if (defines)
		macro_begin(as, at, raw);
	else if (irp)
		macro_begin_irp(as, at, raw);
	else
		macro_invoke(as, macro, at, raw);
	return true;
}

static bool
is_comment(const char *text, size_t size)
{
	while (size && raw_is_blank(*text)) {
		text++;
		size--;
	}
	return size == 0 || *text == ';' ||
		(size > 1 && text[0] == '/' && text[1] == '/');
}

static void
read_line(struct assembler *as)
{
	struct source *source = as->source;
	struct place place = {source, ++as->order, ++source->lines_read, 1, 0};
	bool in_body = as->body.macro;
	struct span word;
	const char *text;
	size_t size;

	list_line(as, place);
	text = source_line(source, place.line, &size);
	word = find_statement(text, size);
	source->holds_something |= !is_comment(text, size);
	if (size == 0 || (in_body ? body_takes(as, word) : condition_passes(as, word)))
		return;
	if (!in_body && condition_skips(as)) {
		if (condition_wants(as, word))
			parse_line(as, place, text, size,
				(size_t)(word.text - text));
		return;
	}
	if (in_body || !read_raw(as, place, text, size, word))
		parse_line(as, place, text, size, 0);
	if (in_body)
		body_finish(as, place);
}

/* The last line of a text with anything on it. */
static struct place
last_line(const struct assembler *as, const struct source *source)
{
	struct place place = {source, as->order, source->line_count, 1, 0};
	size_t size;

	source_line(source, place.line, &size);
	if (size == 0 && place.line > 1)
		source_line(source, --place.line, &size);
	place.col += (unsigned)size;
	return place;
}

void
source_report_unclosed(struct assembler *as, struct place place,
	const char *end)
{
	char quote[QUOTE_SIZE];

	report_error(as, place, DIAG_ASM_UNCLOSED, NULL,
		"'%s' without '%s'", report_quote(place, quote), end);
	report_note(as, last_line(as, place.source), "the text ends here");
}

void
source_leave(struct assembler *as)
{
	condition_leave(as, as->source, false);
	as->source = as->source->up;
}

/* The text ends, and with it what it began. */
static void
end_source(struct assembler *as)
{
	const struct source *source = as->source;

	if (source->title && !source->macro && !source->holds_something)
		report_warning(as, source->from, DIAG_ASM_EMPTY_INCLUDE,
			"'%s' holds nothing", source->name);
	condition_leave(as, source, !body_leave(as, source));
	source_leave(as);
	macro_again(as, source);
}

void
source_read_all(struct assembler *as)
{
	while (as->source && !as->no_memory)
		if (as->source->lines_read < as->source->line_count)
			read_line(as);
		else
			end_source(as);
}
