/* SPDX-License-Identifier: BSD-2-Clause */
/* The packet of a vector: as source, as words, as bytes; see vector-int.h. */
#include "conform/vector-int.h"

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "wasp/hex.h"

enum { HOOKS = 3, HOOKS_SIZE = 1024 };

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};

/* The source's first line is that of `program`. */
static void
source_diag(void *arg, const struct diag *diag)
{
	struct vector_reader *reader = arg;
	struct diag moved = *diag;

	if (moved.line)
		moved.line += reader->line - 1;
	reader->failed |= diag->severity == DIAG_ERROR;
	if (reader->sink && diag->severity != DIAG_WARNING)
		reader->sink(reader->arg, &moved);
}

static void
set_packet(struct vector_reader *reader, const uint8_t *bytes, size_t size)
{
	struct packet_header header;
	enum packet_error error = packet_parse(bytes, size, &header);

	if (error) {
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"no WASP packet: %s", packet_error_text(error));
		return;
	}
	if (size != packet_size(header.code_count, header.pad_count)) {
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"bytes behind the last word of the scratchpad");
		return;
	}
	memcpy(reader->set->packet.bytes, bytes, size);
	reader->set->packet.size = size;
	reader->has_packet = true;
}

void
statement_program(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	struct asm_options how = {.file = reader->file};
	char *source = malloc(size + HOOKS_SIZE + 1);
	size_t first = 0;

	if (!source) {
		vector_wrong(reader, DIAG_CONFORM_VECTOR, "no memory");
		return;
	}
	for (unsigned i = 0; words[i]; i++)
		first += (size_t)snprintf(source + first,
			HOOKS_SIZE - first, "%s%s", i ? " " : ".hooks ",
			words[i]);
	source[first++] = '\n';
	memcpy(source + first, block, size);
	object_done(&reader->object);
	reader->object = (struct object){0};
	if (asm_assemble(&reader->object, source, first + size, &how,
		source_diag, reader) == ASM_OK)
		set_packet(reader, reader->object.packet,
			reader->object.size);
	else
		reader->failed = true;
	free(source);
}

static unsigned
read_flags(struct vector_reader *reader, char **words)
{
	unsigned flags = 0;

	for (; *words; words++) {
		int hook = vector_choice(reader, *words, hook_names, 1, HOOKS);

		if (hook > 0)
			flags |= PACKET_FLAG_INGRESS >> (hook - 1);
	}
	return flags;
}

/* Four digits are an instruction, eight a word of the scratchpad. */
void
statement_words(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	struct packet_header header = {.next_header = PACKET_NEXT_NONE,
		.flags = (uint8_t)read_flags(reader, words)};
	uint8_t code[2 * PACKET_CODE_MAX + 4], bytes[PACKET_SIZE_MAX] = {0};
	uint8_t pad[PACKET_WORD_SIZE * PACKET_PAD_MAX + 4];
	size_t code_size = 0, pad_size = 0, packet;
	char *copy = strndup(block, size), *rest = copy, *word;

	while (copy && (word = strtok_r(rest, " \t\n", &rest))) {
		bool ok = strlen(word) == 4 ? code_size + 4 < sizeof(code) &&
			hex_exact(word, code + code_size, 2) :
			pad_size + 4 < sizeof(pad) &&
			hex_exact(word, pad + pad_size, 4);

		if (!ok)
			vector_wrong(reader, DIAG_CONFORM_PACKET, "'%s' is "
				"neither an instruction, four digits, nor a "
				"word, eight", word);
		*(strlen(word) == 4 ? &code_size : &pad_size) +=
			strlen(word) / 2;
	}
	free(copy);
	header.code_count = (uint8_t)(code_size / 2);
	header.pad_count = (uint8_t)(pad_size / PACKET_WORD_SIZE);
	packet = packet_size(header.code_count, header.pad_count);
	if (reader->failed || packet > sizeof(bytes))
		return;
	packet_put_header(bytes, &header);
	memcpy(bytes + PACKET_HEADER_SIZE, code, code_size);
	memcpy(bytes + packet_pad_off(header.code_count), pad, pad_size);
	packet_set_checksum(bytes, packet);
	set_packet(reader, bytes, packet);
}

void
statement_packet(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	uint8_t bytes[PACKET_SIZE_MAX];
	char *digits = malloc(size + 1);
	size_t count = 0, bytes_size;

	(void)words;
	for (size_t i = 0; digits && i < size; i++)
		if (!strchr(" \t\n", block[i]))
			digits[count++] = block[i];
	if (digits)
		digits[count] = '\0';
	if (!digits || !hex_bytes(digits, bytes, sizeof(bytes), &bytes_size))
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"a packet is bytes of two digits each, %d at most",
			PACKET_SIZE_MAX);
	else
		set_packet(reader, bytes, bytes_size);
	free(digits);
}
