/* SPDX-License-Identifier: BSD-2-Clause */
/* From objects to sources; see disasm.h. */
#include "disasm/disasm.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "disasm/names-int.h"
#include "wasp/ip.h"
#include "wasp/isa.h"

enum {
	LABEL_COLUMNS = 8,	/* for a label before its instruction */
	TEXT_COLUMNS = 40,	/* for the instruction before its comment */
	DECIMAL_MAX = 9999	/* larger words are printed in hexadecimal */
};

/*
 * The header: what the assembler would not write of itself.
 */

static void
print_hooks(FILE *out, uint8_t flags)
{
	static const char *const hooks[] = {PACKET_HOOK_NAMES};
	const char *separator = " ";

	fprintf(out, "%*s.hooks", LABEL_COLUMNS, "");
	for (unsigned i = 0; i < 3; i++)
		if (flags & PACKET_FLAG_INGRESS >> i) {
			fprintf(out, "%s%s", separator, hooks[i]);
			separator = ", ";
		}
	fputs(*separator == ' ' ? " none\n" : "\n", out);
}

static void
print_field(FILE *out, const char *field, unsigned value, unsigned computed)
{
	if (value != computed)
		fprintf(out, "%*s.header %s, %u\n", LABEL_COLUMNS, "", field,
			value);
}

/* A field of bits, or of no meaning as a number. */
static void
print_bits(FILE *out, const char *field, unsigned value, unsigned computed)
{
	if (value != computed)
		fprintf(out, "%*s.header %s, 0x%x\n", LABEL_COLUMNS, "",
			field, value);
}

/* The block that .cursor names: the last one, and push begins there. */
static const char *
cursor_name(const struct names *names)
{
	const struct packet_header *header = &names->object->header;
	const struct notes_word *block;

	if (header->cursor >= header->pad_count)
		return NULL;
	block = names->block[header->cursor];
	return block && block->first + block->count == header->pad_count ?
		names->word[header->cursor] : NULL;
}

static void
print_header(FILE *out, const struct names *names)
{
	const struct object *object = names->object;
	const struct packet_header *header = &object->header;
	uint16_t checksum = packet_checksum(object->packet, object->size);

	if (object->notes.program && names_can_be(object->notes.program))
		fprintf(out, "%*s.program %s\n", LABEL_COLUMNS, "",
			object->notes.program);
	print_hooks(out, header->flags);
	if (header->flags & PACKET_FLAG_RETURNED)
		print_bits(out, "flags", header->flags, 0);
	print_field(out, "next_header", header->next_header, PACKET_NEXT_NONE);
	if (cursor_name(names))
		fprintf(out, "%*s.cursor %s\n", LABEL_COLUMNS, "",
			cursor_name(names));
	else
		print_field(out, "cursor", header->cursor, 0);
	print_field(out, "hops", header->hops, 0);
	print_bits(out, "status", header->status, 0);
	print_field(out, "fault_pc", header->fault_pc, 0);
	print_bits(out, "checksum", header->checksum, checksum);
	print_field(out, "ident", header->ident, 0);
	print_field(out, "seq", header->seq, 0);
}

/*
 * The scratchpad.  What prints a statement returns its columns, so that
 * comments line up.
 */

static int
print_number(FILE *out, uint32_t value)
{
	return fprintf(out, value <= DECIMAL_MAX ? "%" PRIu32 :
		"0x%08" PRIx32, value);
}

static int
print_words(FILE *out, const struct names *names, unsigned first,
	unsigned count)
{
	int columns = fprintf(out, ".word ");

	for (unsigned i = 0; i < count; i++) {
		if (i)
			columns += fprintf(out, ", ");
		columns += print_number(out, names_word_at(names, first + i));
	}
	return columns;
}

static uint64_t
pair_at(const struct names *names, unsigned first)
{
	return (uint64_t)names_word_at(names, first) << 32 |
		names_word_at(names, first + 1);
}

/* The note that the key at this word shall be drawn, and has not been yet. */
static const struct notes_random *
random_at(const struct names *names, unsigned first)
{
	const struct notes *notes = &names->object->notes;

	for (unsigned i = 0; i < notes->random_count; i++)
		if (notes->randoms[i].first == first)
			return pair_at(names, first) ? NULL :
				&notes->randoms[i];
	return NULL;
}

static int
print_key(FILE *out, const struct names *names, unsigned first)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	const struct notes_random *drawn = random_at(names, first);
	uint64_t key = pair_at(names, first);

	if (drawn)
		return fprintf(out, ".key %s, random", spaces[drawn->space]);
	return fprintf(out, ".key %s, 0x%016" PRIx64, spaces[key_space(key)],
		key_in_space(KEY_PUBLIC, key));
}

static int
print_secret(FILE *out, const struct names *names, unsigned first)
{
	if (random_at(names, first))
		return fprintf(out, ".secret random");
	return fprintf(out, ".secret 0x%016" PRIx64, pair_at(names, first));
}

static int
print_address(FILE *out, const struct names *names, unsigned first)
{
	uint8_t addr[IP_ADDR_SIZE];
	char text[IP_TEXT_SIZE];

	for (unsigned i = 0; i < 4; i++)
		packet_put32(addr + 4 * i, names_word_at(names, first + i));
	return fprintf(out, ".addr %s", ip_addr_text(addr, text));
}

static bool
is_zero(const struct names *names, const struct notes_word *block)
{
	for (unsigned i = 0; i < block->count; i++)
		if (names_word_at(names, block->first + i))
			return false;
	return true;
}

/* As the notes call it, where that gives the words that are there. */
static int
print_block(FILE *out, const struct names *names,
	const struct notes_word *block)
{
	if (block->kind == NOTES_KEY && block->count == 2)
		return print_key(out, names, block->first);
	if (block->kind == NOTES_SECRET && block->count == 2)
		return print_secret(out, names, block->first);
	if (block->kind == NOTES_ADDR && block->count == 4)
		return print_address(out, names, block->first);
	if (block->kind == NOTES_SPACE && is_zero(names, block))
		return fprintf(out, ".space %u", block->count);
	return print_words(out, names, block->first, block->count);
}

/* A label in its columns, or on a line of its own where it is too long. */
static void
print_label(FILE *out, const char *label)
{
	if (label && strlen(label) + 1 < LABEL_COLUMNS)
		fprintf(out, "%s:%*s", label,
			LABEL_COLUMNS - 1 - (int)strlen(label), "");
	else if (label)
		fprintf(out, "%s:\n%*s", label, LABEL_COLUMNS, "");
	else
		fprintf(out, "%*s", LABEL_COLUMNS, "");
}

static void
print_padding(FILE *out, int columns)
{
	fprintf(out, "%*s", columns < TEXT_COLUMNS ? TEXT_COLUMNS - columns : 1,
		"");
}

static void
print_data(FILE *out, const struct names *names)
{
	unsigned pad_count = names->object->header.pad_count;

	if (pad_count)
		fprintf(out, "%*s.data\n", LABEL_COLUMNS, "");
	for (unsigned n = 0; n < pad_count;) {
		const struct notes_word *block = names->block[n];

		print_label(out, names->word[n]);
		print_padding(out, block ? print_block(out, names, block) :
			print_words(out, names, n, 1));
		fprintf(out, "; [%u]\n", n);
		n += block ? block->count : 1;
	}
}

static void
print_code(FILE *out, struct names *names)
{
	unsigned count = names->object->header.code_count;
	char text[ISA_TEXT_SIZE];

	fprintf(out, "%*s.text\n", LABEL_COLUMNS, "");
	for (unsigned pc = 0; pc < count; pc++) {
		print_label(out, names->label[pc]);
		print_padding(out, fprintf(out, "%s",
			names_insn_text(names, pc, text)));
		fprintf(out, "; %3u  %04x\n", pc,
			packet_insn(names->object->packet, pc));
	}
	if (names->label[count])
		fprintf(out, "%s:\n", names->label[count]);
}

void
disasm_print(FILE *out, const struct object *object)
{
	struct names names;
	char hash[PACKET_HASH_SIZE];

	names_init(&names, object);
	fprintf(out, "; code %s\n", packet_hash_text(packet_code_hash(
		object->packet, object->header.code_count), hash));
	print_header(out, &names);
	print_data(out, &names);
	print_code(out, &names);
}

size_t
disasm_text(char *buf, size_t size, const struct object *object)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	buf[0] = '\0';
	if (!out)
		return 0;
	disasm_print(out, object);
	if (fclose(out))
		length = 0;
	else
		snprintf(buf, size, "%s", text);
	free(text);
	return length;
}
