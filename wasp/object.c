/* SPDX-License-Identifier: BSD-2-Clause */
/* Object files and their notes; see object.h. */
#include "wasp/object.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define NOTES_FIRST_LINE "WASP-NOTES 1\n"

static const char *const kind_names[NOTES_KIND_COUNT] = {
	[NOTES_DATA] = "data",
	[NOTES_KEY] = "key",
	[NOTES_SECRET] = "secret",
	[NOTES_ADDR] = "addr",
	[NOTES_SPACE] = "space",
	[NOTES_POOL] = "pool"
};
static const char *const space_names[KEY_SPACE_COUNT] = KEY_SPACE_NAMES;

const char *
notes_kind_name(enum notes_kind kind)
{
	return kind_names[kind];
}

/* Room for one more element; NULL without memory. */
static void *
grow(void *array, unsigned count, size_t size)
{
	return reallocarray(array, count + 1, size);
}

bool
notes_set_program(struct notes *notes, const char *name)
{
	char *copy = strdup(name);

	if (!copy)
		return false;
	free(notes->program);
	notes->program = copy;
	notes->present = true;
	return true;
}

bool
notes_set_file(struct notes *notes, const char *path)
{
	char **files = grow(notes->files, notes->file_count, sizeof(*files));
	char *copy = strdup(path);

	if (files)
		notes->files = files;
	if (!files || !copy) {
		free(copy);
		return false;
	}
	files[notes->file_count++] = copy;
	notes->file = files[0];
	for (unsigned i = 0; notes->file_count == 1 && i < notes->line_count;
	     i++)
		notes->lines[i].file = copy;
	notes->present = true;
	return true;
}

bool
notes_add_word(struct notes *notes, unsigned first, unsigned count,
	enum notes_kind kind, const char *name)
{
	struct notes_word *words = grow(notes->words, notes->word_count,
		sizeof(*words));
	char *copy = strdup(name);

	if (words)
		notes->words = words;
	if (!words || !copy) {
		free(copy);
		return false;
	}
	words[notes->word_count++] = (struct notes_word){first, count, kind,
		copy};
	notes->present = true;
	return true;
}

bool
notes_add_label(struct notes *notes, unsigned pc, const char *name)
{
	struct notes_label *labels = grow(notes->labels, notes->label_count,
		sizeof(*labels));
	char *copy = strdup(name);

	if (labels)
		notes->labels = labels;
	if (!labels || !copy) {
		free(copy);
		return false;
	}
	labels[notes->label_count++] = (struct notes_label){pc, copy};
	notes->present = true;
	return true;
}

bool
notes_add_line(struct notes *notes, unsigned pc, unsigned line,
	const char *text)
{
	struct notes_line *lines = grow(notes->lines, notes->line_count,
		sizeof(*lines));
	char *copy = strdup(text);

	if (lines)
		notes->lines = lines;
	if (!lines || !copy) {
		free(copy);
		return false;
	}
	lines[notes->line_count++] = (struct notes_line){pc, line,
		notes->file_count ? notes->files[notes->file_count - 1] : NULL,
		copy};
	notes->present = true;
	return true;
}

bool
notes_add_random(struct notes *notes, unsigned first, enum key_space space)
{
	struct notes_random *randoms = grow(notes->randoms,
		notes->random_count, sizeof(*randoms));

	if (!randoms)
		return false;
	notes->randoms = randoms;
	randoms[notes->random_count++] = (struct notes_random){first, space};
	notes->present = true;
	return true;
}

static void
notes_done(struct notes *notes)
{
	for (unsigned i = 0; i < notes->file_count; i++)
		free(notes->files[i]);
	for (unsigned i = 0; i < notes->word_count; i++)
		free(notes->words[i].name);
	for (unsigned i = 0; i < notes->label_count; i++)
		free(notes->labels[i].name);
	for (unsigned i = 0; i < notes->line_count; i++)
		free(notes->lines[i].text);
	free(notes->words);
	free(notes->labels);
	free(notes->lines);
	free(notes->randoms);
	free(notes->program);
	free(notes->files);
	*notes = (struct notes){0};
}

void
object_done(struct object *object)
{
	notes_done(&object->notes);
}

bool
object_is_program(const struct object *program, const uint8_t *packet,
	const struct packet_header *header)
{
	return program->header.code_count == header->code_count &&
		program->header.pad_count <= header->pad_count &&
		!memcmp(program->packet + PACKET_HEADER_SIZE,
			packet + PACKET_HEADER_SIZE,
			packet_code_size(header->code_count));
}

void
object_take_notes(struct object *object, struct object *program)
{
	notes_done(&object->notes);
	object->notes = program->notes;
	program->notes = (struct notes){0};
	free(object->notes.randoms);
	object->notes.randoms = NULL;
	object->notes.random_count = 0;
}

int
notes_random_space(const struct notes *notes, unsigned n)
{
	for (unsigned i = 0; i < notes->random_count; i++)
		if (notes->randoms[i].first == n)
			return notes->randoms[i].space;
	return -1;
}

const struct notes_word *
notes_word_at(const struct notes *notes, unsigned n)
{
	for (unsigned i = 0; i < notes->word_count; i++)
		if (n >= notes->words[i].first &&
		    n - notes->words[i].first < notes->words[i].count)
			return &notes->words[i];
	return NULL;
}

const struct notes_word *
notes_word_named(const struct notes *notes, const char *name)
{
	for (unsigned i = 0; i < notes->word_count; i++)
		if (!strcmp(name, notes->words[i].name))
			return &notes->words[i];
	return NULL;
}

const char *
notes_label_at(const struct notes *notes, unsigned pc)
{
	for (unsigned i = 0; i < notes->label_count; i++)
		if (notes->labels[i].pc == pc)
			return notes->labels[i].name;
	return NULL;
}

const struct notes_line *
notes_line_at(const struct notes *notes, unsigned pc)
{
	for (unsigned i = 0; i < notes->line_count; i++)
		if (notes->lines[i].pc == pc)
			return &notes->lines[i];
	return NULL;
}

const char *
notes_word_text(const struct notes *notes, unsigned n,
	char buf[static NOTES_NAME_SIZE])
{
	const struct notes_word *word = notes_word_at(notes, n);

	if (!word)
		return NULL;
	if (n == word->first)
		snprintf(buf, NOTES_NAME_SIZE, "%.64s", word->name);
	else
		snprintf(buf, NOTES_NAME_SIZE, "%.64s+%u", word->name,
			n - word->first);
	return buf;
}

/* Notes with a buffer for the name that is asked for, as isa_names wants them. */
struct namer {
	const struct notes *notes;
	char word[NOTES_NAME_SIZE];
};

static const char *
namer_word(void *arg, unsigned n)
{
	struct namer *namer = arg;

	return notes_word_text(namer->notes, n, namer->word);
}

static const char *
namer_label(void *arg, unsigned pc)
{
	return notes_label_at(((struct namer *)arg)->notes, pc);
}

const char *
notes_insn_text(const struct notes *notes, uint16_t insn, unsigned pc,
	char buf[static ISA_TEXT_SIZE])
{
	struct namer namer = {.notes = notes};
	struct isa_names names = {namer_word, namer_label, &namer};

	return isa_print(buf, ISA_TEXT_SIZE, insn, pc, &names);
}

/*
 * Reading notes: a cursor over one line, whose fields are taken from the left.
 */

static char *
next_field(char **cursor)
{
	char *field = *cursor;
	size_t len = strcspn(field, " ");

	*cursor = field + len;
	if (**cursor == ' ')
		*(*cursor)++ = '\0';
	return *field ? field : NULL;
}

static bool
next_number(char **cursor, unsigned max, unsigned *n)
{
	char *field = next_field(cursor), *end;
	unsigned long value;

	if (!field || !isdigit((unsigned char)*field) || strlen(field) > 9)
		return false;
	value = strtoul(field, &end, 10);
	*n = (unsigned)value;
	return *end == '\0' && value <= max;
}

static bool
next_choice(char **cursor, const char *const *names, unsigned count,
	unsigned *choice)
{
	char *field = next_field(cursor);

	for (*choice = 0; field && *choice < count; ++*choice)
		if (!strcmp(field, names[*choice]))
			return true;
	return false;
}

/* A name: letters, digits, '_', '.' and '$', and the end of the line. */
static char *
last_name(char **cursor)
{
	char *name = next_field(cursor);

	if (!name || **cursor)
		return NULL;
	for (char *p = name; *p; p++)
		if (!isalnum((unsigned char)*p) && !strchr("_.$", *p))
			return NULL;
	return name;
}

enum note_result { NOTE_OK, NOTE_BAD, NOTE_NO_MEMORY };

static enum note_result
added(bool ok)
{
	return ok ? NOTE_OK : NOTE_NO_MEMORY;
}

static enum note_result
read_word_note(struct object *object, char *rest)
{
	unsigned first, count, kind;
	char *name;

	if (!next_number(&rest, PACKET_PAD_MAX, &first) ||
	    !next_number(&rest, PACKET_PAD_MAX, &count) ||
	    !next_choice(&rest, kind_names, NOTES_KIND_COUNT, &kind) ||
	    first + count > object->header.pad_count ||
	    !(name = last_name(&rest)))
		return NOTE_BAD;
	return added(notes_add_word(&object->notes, first, count,
		(enum notes_kind)kind, name));
}

static enum note_result
read_label_note(struct object *object, char *rest)
{
	unsigned pc;
	char *name;

	if (!next_number(&rest, object->header.code_count, &pc) ||
	    !(name = last_name(&rest)))
		return NOTE_BAD;
	return added(notes_add_label(&object->notes, pc, name));
}

static enum note_result
read_line_note(struct object *object, char *rest)
{
	unsigned pc, line;

	if (!next_number(&rest, object->header.code_count - 1u, &pc) ||
	    !next_number(&rest, 999999999, &line))
		return NOTE_BAD;
	return added(notes_add_line(&object->notes, pc, line, rest));
}

static enum note_result
read_random_note(struct object *object, char *rest)
{
	unsigned first, space;

	if (!next_number(&rest, PACKET_PAD_MAX, &first) ||
	    !next_choice(&rest, space_names, KEY_SPACE_COUNT, &space) ||
	    *rest || first + 2 > object->header.pad_count)
		return NOTE_BAD;
	return added(notes_add_random(&object->notes, first,
		(enum key_space)space));
}

static enum note_result
read_code_note(struct object *object, const char *rest)
{
	struct notes *notes = &object->notes;

	if (strlen(rest) != PACKET_HASH_SIZE - 1 ||
	    rest[strspn(rest, "0123456789abcdef")])
		return NOTE_BAD;
	notes->has_code = true;
	notes->code = strtoull(rest, NULL, 16);
	return NOTE_OK;
}

static enum note_result
read_note(struct object *object, char *line)
{
	char *rest = line, *keyword = next_field(&rest), *name;

	if (!keyword)
		return NOTE_BAD;
	if (!strcmp(keyword, "word"))
		return read_word_note(object, rest);
	if (!strcmp(keyword, "label"))
		return read_label_note(object, rest);
	if (!strcmp(keyword, "line"))
		return read_line_note(object, rest);
	if (!strcmp(keyword, "random"))
		return read_random_note(object, rest);
	if (!strcmp(keyword, "code"))
		return read_code_note(object, rest);
	if (!strcmp(keyword, "file") && *rest)
		return added(notes_set_file(&object->notes, rest));
	if (!strcmp(keyword, "program") && (name = last_name(&rest)))
		return added(notes_set_program(&object->notes, name));
	return NOTE_BAD;
}

static bool
report(diag_sink *sink, void *arg, struct diag *diag)
{
	if (sink)
		sink(arg, diag);
	return false;
}

/* text is a writable copy of all notes, from their first line. */
static bool
read_notes(struct object *object, char *text, const char *file,
	diag_sink *sink, void *arg)
{
	char *line = text + strlen(NOTES_FIRST_LINE), *end;

	object->notes.present = true;
	for (; *line; line = end + 1) {
		struct diag diag = {.file = file, .in_object = true, .pc = -1,
			.offset = (long)object->size + (line - text)};
		char shown[64];
		enum note_result result;

		snprintf(shown, sizeof(shown), "%.*s",
			(int)strcspn(line, "\n"), line);
		end = strchr(line, '\n');
		if (end)
			*end = '\0';
		result = end ? read_note(object, line) : NOTE_BAD;
		if (result == NOTE_OK)
			continue;
		diag_set(&diag, DIAG_OBJECT_BAD_NOTE, "damaged notes: '%s'",
			shown);
		if (result == NOTE_NO_MEMORY) {
			diag_set(&diag, DIAG_NONE, "no memory for the notes");
			diag.severity = DIAG_ERROR;
		}
		return report(sink, arg, &diag);
	}
	return true;
}

/* Names that belong to other instructions say what is not so. */
static void
check_code_note(const struct object *object, struct diag *diag, diag_sink *sink,
	void *arg)
{
	char noted[PACKET_HASH_SIZE], real[PACKET_HASH_SIZE];
	uint64_t hash = packet_code_hash(object->packet,
		object->header.code_count);

	if (!object->notes.has_code || object->notes.code == hash)
		return;
	diag->offset = (long)object->size;
	diag_set(diag, DIAG_OBJECT_OTHER_CODE,
		"the notes are of code %s, and this is %s",
		packet_hash_text(object->notes.code, noted),
		packet_hash_text(hash, real));
	report(sink, arg, diag);
}

static bool
has_notes(const uint8_t *bytes, size_t size)
{
	size_t len = strlen(NOTES_FIRST_LINE);

	return size >= len && !memcmp(bytes, NOTES_FIRST_LINE, len) &&
		!memchr(bytes, '\0', size);
}

bool
object_read(struct object *object, const uint8_t *bytes, size_t size,
	const char *file, diag_sink *sink, void *arg)
{
	struct diag diag = {.file = file, .in_object = true, .pc = -1};
	enum packet_error error = packet_parse(bytes, size, &object->header);
	char *text;
	bool ok;

	object->notes = (struct notes){0};
	object->size = 0;
	if (error) {
		diag_set(&diag, DIAG_OBJECT_NOT_WASP, "not a WASP object: %s",
			size == 0 ? "it is empty" : packet_error_text(error));
		return report(sink, arg, &diag);
	}
	object->size = packet_size(object->header.code_count,
		object->header.pad_count);
	memcpy(object->packet, bytes, object->size);
	if (packet_checksum(bytes, object->size) != object->header.checksum) {
		diag.offset = PACKET_OFF_CHECKSUM;
		diag_set(&diag, DIAG_OBJECT_CHECKSUM,
			"the checksum is 0x%04x, but 0x%04x would be right",
			object->header.checksum,
			packet_checksum(bytes, object->size));
		report(sink, arg, &diag);
	}
	bytes += object->size;
	size -= object->size;
	if (size == 0)
		return true;
	if (!has_notes(bytes, size)) {
		diag.offset = (long)object->size;
		diag_set(&diag, DIAG_OBJECT_TRAILING,
			"%zu bytes after the last scratchpad word that are no notes",
			size);
		return report(sink, arg, &diag);
	}
	text = strndup((const char *)bytes, size);
	ok = text && read_notes(object, text, file, sink, arg);
	free(text);
	if (ok)
		check_code_note(object, &diag, sink, arg);
	return ok;
}

/* Each line below the name of its file, where that is not the one before. */
static void
write_lines(FILE *out, const struct notes *notes)
{
	const char *file = notes->file;

	for (unsigned i = 0; i < notes->line_count; i++) {
		const struct notes_line *line = &notes->lines[i];

		if (line->file && strcmp(line->file, file)) {
			file = line->file;
			fprintf(out, "file %s\n", file);
		}
		fprintf(out, "line %u %u %s\n", line->pc, line->line,
			line->text);
	}
}

static void
write_notes(FILE *out, const struct object *object)
{
	const struct notes *notes = &object->notes;
	char hash[PACKET_HASH_SIZE];

	fputs(NOTES_FIRST_LINE, out);
	fprintf(out, "code %s\n", packet_hash_text(packet_code_hash(
		object->packet, object->header.code_count), hash));
	if (notes->program)
		fprintf(out, "program %s\n", notes->program);
	if (notes->file)
		fprintf(out, "file %s\n", notes->file);
	for (unsigned i = 0; i < notes->word_count; i++) {
		const struct notes_word *word = &notes->words[i];

		fprintf(out, "word %u %u %s %s\n", word->first, word->count,
			kind_names[word->kind], word->name);
	}
	for (unsigned i = 0; i < notes->label_count; i++)
		fprintf(out, "label %u %s\n", notes->labels[i].pc,
			notes->labels[i].name);
	for (unsigned i = 0; i < notes->random_count; i++)
		fprintf(out, "random %u %s\n", notes->randoms[i].first,
			space_names[notes->randoms[i].space]);
	write_lines(out, notes);
}

uint8_t *
object_bytes(const struct object *object, size_t *size)
{
	char *bytes = NULL;
	FILE *out = open_memstream(&bytes, size);

	if (!out)
		return NULL;
	fwrite(object->packet, 1, object->size, out);
	if (object->notes.present)
		write_notes(out, object);
	if (fclose(out)) {
		free(bytes);
		return NULL;
	}
	return (uint8_t *)bytes;
}
