/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts, read line by line: the source that was given. */
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

bool
source_push(struct assembler *as, const char *name, const char *text,
	size_t size, struct place from)
{
	struct source *source = arena_alloc(as, sizeof(*source));

	if (!source)
		return false;
	*source = (struct source){.name = name, .text = text, .size = size,
		.from = from, .up = as->source};
	if (!index_lines(as, source))
		return false;
	as->source = source;
	return true;
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

static void
read_line(struct assembler *as)
{
	struct source *source = as->source;
	struct place place = {source, ++as->order, ++source->lines_read, 1, 0};
	size_t size;
	const char *text = source_line(source, place.line, &size);
	char *copy = copy_line(as, text, size);

	if (copy)
		scan_line(as, place, copy, size);
}

void
source_read_all(struct assembler *as)
{
	while (as->source && !as->no_memory)
		if (as->source->lines_read < as->source->line_count)
			read_line(as);
		else
			as->source = as->source->up;
}
