/* SPDX-License-Identifier: BSD-2-Clause */
/* Objects: made of sources and bytes, looked at, changed, and made bytes. */
#include <stdlib.h>

#include "asm/asm.h"
#include "disasm/disasm.h"
#include "lib/lib-int.h"
#include "wasp/key.h"

static struct wasp_object *
object_new(void)
{
	return calloc(1, sizeof(struct wasp_object));
}

/* Hand it over, or free it after a failure. */
static enum wasp_result
finish(struct wasp_object **to, struct wasp_object *object,
	enum wasp_result result)
{
	if (result == WASP_OK)
		*to = object;
	else
		wasp_object_free(object);
	return result;
}

/* Let the caller open a file, whose words for a failure are a message. */
static bool
open_file(void *arg, struct asm_file *file)
{
	const struct wasp_assemble_options *options = arg;
	struct wasp_include asked = {.name = file->name, .from = file->from};

	if (!options->open(options->open_arg, &asked)) {
		snprintf(file->message, sizeof(file->message), "%s",
			asked.why ? asked.why : "it is not found");
		return false;
	}
	file->path = asked.path ? asked.path : file->name;
	file->text = asked.text;
	file->size = asked.size;
	return true;
}

enum wasp_result
wasp_assemble(struct wasp_object **object, const char *source, size_t size,
	const struct wasp_assemble_options *options, wasp_diag_fn *diag,
	void *arg)
{
	static const enum wasp_result results[] = {
		[ASM_OK] = WASP_OK, [ASM_REJECTED] = WASP_REJECTED,
		[ASM_NO_MEMORY] = WASP_NO_MEMORY
	};
	struct wasp_assemble_options taken;
	struct asm_options how = {0};
	struct wasp_object *made;
	enum wasp_result result;
	struct lib_sink sink;

	*object = NULL;
	if (!lib_take(&taken, sizeof(taken), options) || size > ASM_SOURCE_MAX)
		return WASP_INVALID;
	how.file = taken.file;
	how.strip = taken.strip;
	how.defines = taken.defines;
	how.open = taken.open ? open_file : NULL;
	how.open_arg = &taken;
	lib_sink_init(&sink, diag, arg);
	sink.nameless = !taken.file;
	if (!lib_sink_choose(&sink, taken.warnings))
		return WASP_REJECTED;
	made = object_new();
	if (!made)
		return WASP_NO_MEMORY;
	result = results[asm_assemble(&made->object, source, size, &how,
		diag_filter_sink, &sink.filter)];
	if (result == WASP_OK && sink.filter.promoted)
		result = WASP_REJECTED;
	return finish(object, made, result);
}

enum wasp_result
wasp_object_read(struct wasp_object **object, const void *bytes, size_t size,
	const char *file, wasp_diag_fn *diag, void *arg)
{
	struct wasp_object *made = object_new();
	enum wasp_result result = WASP_OK;
	struct lib_sink sink;

	*object = NULL;
	if (!made)
		return WASP_NO_MEMORY;
	lib_sink_init(&sink, diag, arg);
	if (!object_read(&made->object, bytes, size, file, diag_filter_sink,
	    &sink.filter))
		result = sink.errors ? WASP_REJECTED : WASP_NO_MEMORY;
	return finish(object, made, result);
}

void
wasp_object_free(struct wasp_object *object)
{
	if (object)
		object_done(&object->object);
	free(object);
}

enum wasp_result
wasp_object_bytes(const struct wasp_object *object, void **bytes, size_t *size)
{
	*bytes = object_bytes(&object->object, size);
	return *bytes ? WASP_OK : WASP_NO_MEMORY;
}

enum wasp_result
wasp_disassemble(const struct wasp_object *object, char **text, size_t *size)
{
	size_t length;
	FILE *out;

	*text = NULL;
	out = open_memstream(text, &length);
	if (!out)
		return WASP_NO_MEMORY;
	disasm_print(out, &object->object);
	if (fclose(out)) {
		free(*text);
		*text = NULL;
		return WASP_NO_MEMORY;
	}
	if (size)
		*size = length;
	return WASP_OK;
}

const uint8_t *
wasp_object_packet(const struct wasp_object *object, size_t *size)
{
	*size = object->object.size;
	return object->object.packet;
}

uint64_t
wasp_object_hash(const struct wasp_object *object)
{
	return key_code_hash(object->object.packet + PACKET_HEADER_SIZE,
		ISA_INSN_SIZE * (size_t)object->object.header.code_count);
}

void
lib_header(struct wasp_header *to, const struct packet_header *from)
{
	*to = (struct wasp_header){
		.flags = from->flags, .next_header = from->next_header,
		.code_count = from->code_count, .word_count = from->pad_count,
		.cursor = from->cursor, .hops = from->hops,
		.status = from->status, .fault_pc = from->fault_pc,
		.rerouted = from->rerouted,
		.checksum = from->checksum,
		.ident = from->ident, .seq = from->seq
	};
}

void
wasp_object_header(const struct wasp_object *object, struct wasp_header *header)
{
	lib_header(header, &object->object.header);
}

enum wasp_result
wasp_object_set_header(struct wasp_object *object,
	const struct wasp_header *from)
{
	struct packet_header *header = &object->object.header;

	if (from->code_count != header->code_count ||
	    from->word_count != header->pad_count ||
	    from->flags & ~PACKET_FLAGS || from->fault_pc > PACKET_FAULT_PC)
		return WASP_INVALID;
	header->flags = from->flags;
	header->next_header = from->next_header;
	header->cursor = from->cursor;
	header->hops = from->hops;
	header->status = from->status;
	header->fault_pc = from->fault_pc;
	header->rerouted = from->rerouted;
	header->ident = from->ident;
	header->seq = from->seq;
	packet_put_header(object->object.packet, header);
	packet_set_checksum(object->object.packet, object->object.size);
	header->checksum = packet_get16(object->object.packet +
		PACKET_OFF_CHECKSUM);
	return WASP_OK;
}

uint16_t
wasp_object_insn(const struct wasp_object *object, unsigned pc)
{
	return pc < object->object.header.code_count ?
		packet_insn(object->object.packet, pc) : 0;
}

uint32_t
wasp_object_word(const struct wasp_object *object, unsigned n)
{
	const struct packet_header *header = &object->object.header;

	return n < header->pad_count ?
		packet_word(object->object.packet, header, n) : 0;
}

enum wasp_result
wasp_object_set_word(struct wasp_object *object, unsigned n, uint32_t value)
{
	if (n >= object->object.header.pad_count)
		return WASP_INVALID;
	object_put_word(&object->object, n, value);
	return WASP_OK;
}

enum wasp_result
wasp_object_set(struct wasp_object *object, const char *name,
	const char *value, wasp_diag_fn *diag, void *arg)
{
	struct lib_sink sink;
	struct diag told;

	if (object_set(&object->object, name, value, &told))
		return WASP_OK;
	told.severity = DIAG_ERROR;
	lib_sink_init(&sink, diag, arg);
	lib_tell(&sink, &told);
	return WASP_REJECTED;
}

const char *
wasp_object_program(const struct wasp_object *object)
{
	return object->object.notes.program;
}

const char *
wasp_object_file(const struct wasp_object *object)
{
	return object->object.notes.file;
}

const char *
wasp_object_block(const struct wasp_object *object, unsigned i,
	unsigned *first, unsigned *count, enum wasp_block_kind *kind)
{
	const struct notes *notes = &object->object.notes;

	if (i >= notes->word_count)
		return NULL;
	if (first)
		*first = notes->words[i].first;
	if (count)
		*count = notes->words[i].count;
	if (kind)
		*kind = (enum wasp_block_kind)notes->words[i].kind;
	return notes->words[i].name;
}

const char *
wasp_object_label(const struct wasp_object *object, unsigned i, unsigned *pc)
{
	const struct notes *notes = &object->object.notes;

	if (i >= notes->label_count)
		return NULL;
	if (pc)
		*pc = notes->labels[i].pc;
	return notes->labels[i].name;
}

const char *
wasp_object_line(const struct wasp_object *object, unsigned i, unsigned *pc,
	unsigned *line, const char **file)
{
	const struct notes *notes = &object->object.notes;

	if (i >= notes->line_count)
		return NULL;
	if (pc)
		*pc = notes->lines[i].pc;
	if (line)
		*line = notes->lines[i].line;
	if (file)
		*file = notes->lines[i].file;
	return notes->lines[i].text;
}

bool
wasp_object_random(const struct wasp_object *object, unsigned i,
	unsigned *first, enum wasp_space *space)
{
	const struct notes *notes = &object->object.notes;

	if (i >= notes->random_count)
		return false;
	if (first)
		*first = notes->randoms[i].first;
	if (space)
		*space = (enum wasp_space)notes->randoms[i].space;
	return true;
}

int
wasp_object_find(const struct wasp_object *object, const char *name)
{
	const struct notes_word *word = notes_word_named(
		&object->object.notes, name);

	return word ? (int)word->first : -1;
}
