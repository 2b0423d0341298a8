/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading vectors; see vector.h.  A statement a line: a keyword in the first
 * column and its values; indented lines and labels below `program`, `words` and
 * `packet` belong to these.
 */
#include "conform/vector-int.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS_MAX = 24, LINE_MAX_SIZE = 1024 };

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

bool
vector_wrong(struct vector_reader *reader, enum diag_id id,
	const char *format, ...)
{
	struct diag diag = {.file = reader->file, .line = reader->line,
		.pc = -1, .quote = reader->line_start};
	va_list ap;

	va_start(ap, format);
	diag_set_va(&diag, id, format, ap);
	va_end(ap);
	if (reader->like)
		diag_set_hint(&diag, "did you mean '%s'?", reader->like);
	if (reader->sink)
		reader->sink(reader->arg, &diag);
	reader->failed = true;
	return false;
}

/* No statement has a colon behind its keyword, as a label has. */
static bool
is_in_block(const char *line)
{
	size_t name = strcspn(line, " \t\n\":#");

	return (*line && strchr(" \t\n;", *line)) ||
		(name && line[name] == ':');
}

/* The lines of a block; *next stands behind them then. */
static const char *
take_block(const char **next, size_t *size)
{
	const char *start = *next, *p = start;

	while (is_in_block(p)) {
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	*next = p;
	*size = (size_t)(p - start);
	return start;
}

/* The last vector must be whole. */
static void
end_vector(struct vector_reader *reader)
{
	if (reader->place == PLACE_NOWHERE || reader->failed)
		return;
	vector_end_run(reader);
	if (!reader->failed && !reader->vector->run_count)
		vector_lacks_expect(reader, reader->vector->line, "vector");
}

static const struct vector default_vector = {
	.private_secret = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
		15},
	.invite_secret = {16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
		29, 30, 31},
	.capacity = 64
};

static bool
is_name(struct vector_reader *reader, const char *name)
{
	size_t size = strlen(name);

	return (size < VECTOR_NAME_SIZE &&
		strspn(name, NAME_CHARACTERS) == size) ||
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a name is at most %d letters, digits, - and _",
			VECTOR_NAME_SIZE - 1);
}

static bool
is_new(struct vector_reader *reader, const char *name)
{
	const struct vectors *vectors = reader->vectors;

	for (unsigned i = 0; i < vectors->count; i++)
		if (!strcmp(vectors->list[i].name, name))
			return vector_wrong(reader, DIAG_CONFORM_VECTOR,
				"there is a vector %s already, %s:%u", name,
				vectors->list[i].file, vectors->list[i].line);
	return true;
}

static bool
add_vector(struct vector_reader *reader, const char *name)
{
	struct vectors *vectors = reader->vectors;
	struct vector *list = reallocarray(vectors->list, vectors->count + 1,
		sizeof(*list));

	if (!list)
		return vector_wrong(reader, DIAG_CONFORM_VECTOR, "no memory");
	vectors->list = list;
	reader->vector = &list[vectors->count++];
	*reader->vector = default_vector;
	strcpy(reader->vector->name, name);
	reader->vector->file = reader->file;
	reader->vector->line = reader->line;
	return true;
}

static void
read_vector(struct vector_reader *reader, char **words)
{
	end_vector(reader);
	if (reader->failed || !is_name(reader, words[0]) ||
	    !is_new(reader, words[0]) || !add_vector(reader, words[0]))
		return;
	reader->base = (struct vector_run){.interface = 1,
		.access_max = ISA_ACCESS_MAX, .now_ns = VECTOR_TIME_0};
	memset(reader->base.env, 0xff, sizeof(reader->base.env));
	memset(reader->base.source, 0xff, sizeof(reader->base.source));
	reader->run = NULL;
	reader->set = &reader->base;
	reader->has_packet = false;
	reader->place = PLACE_VECTOR;
}

/* The rest of the line is for people. */
static void
read_about(struct vector_reader *reader, char **words)
{
	(void)reader;
	(void)words;
}

/*
 * Every statement: where it may stand, how many values it takes, and whether
 * indented lines belong to it.
 */
static const struct statement {
	const char *name;
	unsigned places, min, max;
	vector_statement *read;
	vector_block *block;
} statements[] = {
	{"vector", 15, 1, 1, read_vector, NULL},
	{"about", PLACE_VECTOR, 1, WORDS_MAX, read_about, NULL},
	{"private_secret", PLACE_VECTOR, 1, 1, statement_private_secret, NULL},
	{"invite_secret", PLACE_VECTOR, 1, 1, statement_invite_secret, NULL},
	{"capacity", PLACE_VECTOR, 1, 1, statement_capacity, NULL},
	{"entry", PLACE_VECTOR | PLACE_EXPECT, 2, 10, statement_entry, NULL},
	{"program", PLACE_VECTOR | PLACE_RUN, 0, 5, NULL, statement_program},
	{"words", PLACE_VECTOR | PLACE_RUN, 0, 3, NULL, statement_words},
	{"packet", PLACE_VECTOR | PLACE_RUN, 0, 0, NULL, statement_packet},
	{"env", PLACE_VECTOR | PLACE_RUN, 2, 2, statement_env, NULL},
	{"source", PLACE_VECTOR | PLACE_RUN, 1, 1, statement_source, NULL},
	{"interface", PLACE_VECTOR | PLACE_RUN, 1, 1, statement_interface, NULL},
	{"rights", PLACE_VECTOR | PLACE_RUN, 1, 2, statement_rights, NULL},
	{"access_max", PLACE_VECTOR | PLACE_RUN, 1, 1, statement_access_max,
		NULL},
	{"reroute", PLACE_VECTOR | PLACE_RUN, 1, 3, statement_reroute, NULL},
	{"run", PLACE_VECTOR | PLACE_EXPECT, 1, 3, statement_run, NULL},
	{"expect", PLACE_VECTOR | PLACE_RUN, 1, 9, statement_expect, NULL},
	{"cursor", PLACE_EXPECT, 1, 1, statement_cursor, NULL},
	{"hops", PLACE_EXPECT, 1, 1, statement_hops, NULL},
	{"marks", PLACE_EXPECT, 1, 2, statement_marks, NULL},
	{"checksum", PLACE_EXPECT, 1, 1, statement_checksum, NULL},
	{"word", PLACE_EXPECT, 2, WORDS_MAX, statement_word, NULL},
	{"rerouted", PLACE_EXPECT, 1, 1, statement_rerouted, NULL},
};
enum { STATEMENT_COUNT = sizeof(statements) / sizeof(*statements) };

static const struct statement *
find_statement(struct vector_reader *reader, const char *name)
{
	const char *names[STATEMENT_COUNT];

	for (unsigned i = 0; i < STATEMENT_COUNT; i++) {
		names[i] = statements[i].name;
		if (!strcmp(name, names[i]))
			return &statements[i];
	}
	reader->like = diag_suggest(name, names, STATEMENT_COUNT);
	vector_wrong(reader, DIAG_CONFORM_STATEMENT,
		"there is no statement '%s'", name);
	return NULL;
}

static bool
may_stand_here(struct vector_reader *reader, const struct statement *s,
	unsigned count)
{
	if (!(s->places & reader->place))
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s can not stand %s", s->name,
			reader->place == PLACE_NOWHERE ?
			"before the first vector" :
			reader->place == PLACE_EXPECT ? "behind expect" :
			s->places & PLACE_EXPECT ? "before expect" :
			"behind run");
	if (count != s->min && s->min == s->max)
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s takes %u value%s, and there are %u", s->name,
			s->min, s->min == 1 ? "" : "s", count);
	if (count < s->min || count > s->max)
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s takes %u to %u values, and there are %u", s->name,
			s->min, s->max, count);
	return true;
}

/* Split at blanks; a comment ends the line. */
static unsigned
split(char *line, char *words[static WORDS_MAX + 2])
{
	unsigned count = 0;
	char *rest = line, *word;

	while (count <= WORDS_MAX && (word = strtok_r(rest, " \t\r", &rest))) {
		if (word[0] == '#')
			break;
		words[count++] = word;
	}
	words[count] = NULL;
	return count;
}

/* A line that begins with no blank; *next is the line after it. */
static void
read_statement(struct vector_reader *reader, char *line, const char **next)
{
	const struct statement *s;
	char *words[WORDS_MAX + 2];
	unsigned count = split(line, words);
	const char *block;
	size_t size;

	if (count == 0)
		return;
	s = find_statement(reader, words[0]);
	if (!s || !may_stand_here(reader, s, s->read == read_about ? 1 :
	    count - 1))
		return;
	if (s->read) {
		s->read(reader, words + 1);
		return;
	}
	block = take_block(next, &size);
	s->block(reader, words + 1, block, size);
}

static void
read_line(struct vector_reader *reader, const char **next)
{
	size_t size = strcspn(*next, "\n");
	char line[LINE_MAX_SIZE];

	reader->line_start = *next;
	*next += size + ((*next)[size] == '\n');
	if (size >= sizeof(line)) {
		vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"a line of more than %d characters",
			LINE_MAX_SIZE - 1);
		return;
	}
	memcpy(line, reader->line_start, size);
	line[size] = '\0';
	if (line[strspn(line, " \t\r")] == '\0')
		return;
	if (line[0] == ' ' || line[0] == '\t')
		vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"only program, words and packet have indented lines");
	else
		read_statement(reader, line, next);
}

bool
vectors_read(struct vectors *vectors, const char *text, const char *file,
	diag_sink *sink, void *arg)
{
	struct vector_reader reader = {.vectors = vectors, .file = file,
		.place = PLACE_NOWHERE, .sink = sink, .arg = arg, .line = 1};
	const char *p = text, *next = text;

	while (*p && !reader.failed) {
		read_line(&reader, &next);
		for (; p < next; p++)
			reader.line += *p == '\n';
	}
	end_vector(&reader);
	object_done(&reader.object);
	return !reader.failed;
}

void
vectors_done(struct vectors *vectors)
{
	for (unsigned i = 0; i < vectors->count; i++)
		free(vectors->list[i].runs);
	free(vectors->list);
	*vectors = (struct vectors){0};
}
