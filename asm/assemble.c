/* SPDX-License-Identifier: BSD-2-Clause */
/* The assembler from first to last; see asm.h. */
#include "asm/asm.h"

#include <stdlib.h>
#include <string.h>

#include "asm/asm-int.h"

static void
check_whole(struct assembler *as)
{
	struct place start = as->program.given ? as->program.place :
		as->first;

	if (!as->hooks.given)
		report_error(as, start, DIAG_ASM_NO_HOOKS,
			".hooks ingress, or .hooks none",
			"the program does not say at which hooks it runs");
	if (as->insn_count == 0 && as->errors == 0)
		report_error(as, start, DIAG_ASM_NO_CODE, NULL,
			"the program has no instruction");
}

static void
translate(struct assembler *as)
{
	insn_place_all(as);
	block_place_all(as);
	block_write_all(as);
	insn_encode_all(as);
	/* Names that nothing uses are looked at too. */
	for (struct symbol *s = as->symbols; s; s = s->next) {
		struct expr use = {.op = EXPR_NAME, .name = s->name,
			.place = s->place};
		struct value value;

		if (s->kind == SYMBOL_EQU)
			expr_eval(as, &use, &value);
	}
	header_write(as);
}

/* The words of one position: named blocks of the source. */
static bool
note_labels_of_block(struct assembler *as, struct notes *notes, unsigned i)
{
	const struct block *block = &as->blocks[i];

	for (struct symbol *s = as->symbols; s; s = s->next)
		if (s->kind == SYMBOL_LABEL && !local_is_name(s->name) &&
		    s->position.section == SECTION_DATA &&
		    s->position.index == i &&
		    !notes_add_word(notes, block->first, block->count,
			    block->kind, s->name))
			return false;
	return !block->random ||
		notes_add_random(notes, block->first, block->space);
}

/* Constants of li are named after their value, unless the source does so. */
static bool
note_pool(struct assembler *as, struct notes *notes)
{
	for (unsigned i = 0; i < as->pool_count; i++) {
		char name[NAME_LENGTH_MAX + 1];

		snprintf(name, sizeof(name), "li.%x", as->pool[i]);
		while (symbol_find(as, name) &&
		    strlen(name) < NAME_LENGTH_MAX)
			strcat(name, "$");
		if (!notes_add_word(notes, as->pool_first + i, 1, NOTES_POOL,
			    name))
			return false;
	}
	return true;
}

static bool
note_words(struct assembler *as, struct notes *notes)
{
	unsigned before_pool = as->block_count - (as->cursor_block != NULL);

	for (unsigned i = 0; i < before_pool; i++)
		if (!note_labels_of_block(as, notes, i))
			return false;
	return note_pool(as, notes) && (!as->cursor_block ||
		note_labels_of_block(as, notes, before_pool));
}

/* The text of a line without its indentation, or "" without memory. */
static const char *
line_text(struct assembler *as, struct place place)
{
	size_t size, blanks;
	const char *line = source_line(place.source, place.line, &size), *copy;

	blanks = strspn(line, " \t");
	if (blanks > size)
		blanks = size;
	copy = arena_copy(as, line + blanks, size - blanks);
	return copy ? copy : "";
}

/* Standard input has no name, unless lines of it and of files are noted. */
static const char *
note_name(const struct assembler *as, const struct source *source)
{
	return source->note || as->includes == 0 ? source->note : "<stdin>";
}

static bool
note_labels(struct assembler *as, struct notes *notes)
{
	for (struct symbol *s = as->symbols; s; s = s->next)
		if (s->kind == SYMBOL_LABEL && !local_is_name(s->name) &&
		    s->position.section == SECTION_TEXT &&
		    !notes_add_label(notes, insn_pc(as, s->position.index),
			    s->name))
			return false;
	return true;
}

/* A line for each instruction that one in the source became. */
static bool
note_insn(struct assembler *as, struct notes *notes, const struct insn *insn)
{
	struct place place = source_origin(insn->place);
	const char *file = note_name(as, place.source), *text;
	unsigned count = notes->file_count;

	if (file && (!count || strcmp(file, notes->files[count - 1])) &&
	    !notes_set_file(notes, file))
		return false;
	text = line_text(as, place);
	for (unsigned i = 0; i < insn->length; i++)
		if (!notes_add_line(notes, insn->pc + i, place.line, text))
			return false;
	return true;
}

static bool
note_lines(struct assembler *as, struct notes *notes)
{
	const char *file = note_name(as, as->first.source);

	if (file && !notes_set_file(notes, file))
		return false;
	for (unsigned i = 0; i < as->insn_count; i++)
		if (!note_insn(as, notes, &as->code[i]))
			return false;
	return true;
}

static bool
write_notes(struct assembler *as)
{
	struct notes *notes = &as->object->notes;
	struct packet_header header;

	/* Notes are found by the lengths; where those lie there are none. */
	if (as->options->strip || packet_parse(as->object->packet,
		as->object->size, &header) || as->object->size !=
		packet_size(header.code_count, header.pad_count))
		return true;
	as->object->header = header;
	notes->present = true;
	return (!as->program_name ||
		notes_set_program(notes, as->program_name)) &&
		note_words(as, notes) && note_labels(as, notes) &&
		note_lines(as, notes);
}

/* A text of a line for each definition; false without memory. */
static bool
push_defines(struct assembler *as)
{
	const char *const *defines = as->options->defines;
	char *text, *end;
	size_t size = 0;

	if (!defines || !*defines)
		return true;
	for (unsigned i = 0; defines[i]; i++)
		size += strlen(defines[i]) + 3;
	text = end = arena_alloc(as, size);
	if (!text)
		return false;
	for (unsigned i = 0; defines[i]; i++) {
		end = stpcpy(end, i ? "\n" : "");
		end = stpcpy(end, defines[i]);
		end = stpcpy(end, strchr(defines[i], '=') ? "" : "=1");
	}
	return source_push(as, &(struct source){.name = "--define",
		.text = text, .size = (size_t)(end - text)});
}

/* The last part of the path: notes do not depend on where one stood. */
static const char *
last_part(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	const char *name = slash ? slash + 1 : path;

	return name && *name && !strchr(name, '\n') ? name : NULL;
}

static void
assemble(struct assembler *as, const char *text, size_t size)
{
	const char *file = as->options->file;
	const char *copy = arena_copy(as, text, size);

	if (!copy || !source_push(as, &(struct source){.text = copy,
		.name = file ? file : "<stdin>", .note = last_part(file),
		.size = size}))
		return;
	as->first = (struct place){as->source, 1, 1, 1, 0};
	if (!push_defines(as))
		return;
	if (as->source != as->first.source)
		as->first.order += as->source->line_count;
	source_read_all(as);
	check_whole(as);
	if (as->no_memory)
		return;
	translate(as);
	symbol_link_uses(as);
	if (as->errors == 0 && !as->no_memory)
		warn_all(as);
	if (as->errors == 0 && !as->no_memory && !write_notes(as))
		as->no_memory = true;
}

enum asm_result
asm_assemble(struct object *object, const char *source, size_t size,
	const struct asm_options *options, diag_sink *sink, void *arg)
{
	struct assembler *as;
	enum asm_result result;

	*object = (struct object){0};
	if (size > ASM_SOURCE_MAX || !(as = calloc(1, sizeof(*as))))
		return ASM_NO_MEMORY;
	*as = (struct assembler){.options = options, .sink = sink,
		.sink_arg = arg, .object = object,
		.symbols_end = &as->symbols, .uses_end = &as->uses,
		.listed_end = &as->listed};
	assemble(as, source, size);
	report_all(as);
	if (!as->no_memory)
		list_write(as);
	result = as->no_memory ? ASM_NO_MEMORY :
		as->errors ? ASM_REJECTED : ASM_OK;
	arena_done(as);
	free(as);
	if (result != ASM_OK) {
		object_done(object);
		*object = (struct object){0};
	}
	return result;
}
