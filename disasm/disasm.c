/* SPDX-License-Identifier: BSD-2-Clause */
/* From objects to sources and listings; see disasm.h. */
#include "disasm/disasm.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "disasm/line-int.h"
#include "wasp/ip.h"

enum {
	DECIMAL_MAX = 9999,	/* larger words are printed in hexadecimal */
	SOURCE_COLUMNS = 400	/* of a source line that are shown */
};

/* Do comments say in words what is there? */
static bool
is_verbose(const struct printer *printer)
{
	return printer->how->bytes || printer->how->explain;
}

static const char *
plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

static void
put_statement(const struct printer *printer, const char *statement)
{
	printer_put(printer, &(struct line){.statement = statement,
		.row = NO_ROW});
}

/*
 * The header.  A field has a statement if the assembler would not write it of
 * itself; where bytes are shown, every field has a line.
 */

static void __attribute__((format(printf, 5, 6)))
put_field(const struct printer *printer, size_t off, size_t size,
	const char *statement, const char *format, ...)
{
	struct statement meaning = {.len = 0};
	va_list ap;

	if (!*statement && !printer->how->bytes)
		return;
	va_start(ap, format);
	vsnprintf(meaning.text, sizeof(meaning.text), format, ap);
	va_end(ap);
	printer_put(printer, &(struct line){.statement = statement,
		.comment = is_verbose(printer) ? meaning.text : NULL,
		.off = off, .size = size, .row = NO_ROW});
}

enum { FIELD_SIZE = 48 };

/* ".header cursor, 7", or "" where that is what the assembler writes. */
static const char *
field_text(char buf[static FIELD_SIZE], const char *field, unsigned value,
	unsigned computed)
{
	buf[0] = '\0';
	if (value != computed)
		snprintf(buf, FIELD_SIZE, ".header %s, %u", field, value);
	return buf;
}

/* A field of bits, or of no meaning as a number. */
static const char *
bits_text(char buf[static FIELD_SIZE], const char *field, unsigned value,
	unsigned computed)
{
	buf[0] = '\0';
	if (value != computed)
		snprintf(buf, FIELD_SIZE, ".header %s, 0x%x", field, value);
	return buf;
}

static const char *
hooks_meaning(uint8_t flags)
{
	switch (flags & (PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS)) {
	case PACKET_FLAG_INGRESS:
		return "runs where it enters a node";
	case PACKET_FLAG_EGRESS:
		return "runs where it leaves a node";
	case PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS:
		return "runs where it enters a node and where it leaves";
	}
	return "no node runs it";
}

static void
put_flags(const struct printer *printer, uint8_t flags)
{
	static const char *const hooks[] = {PACKET_HOOK_NAMES};
	struct statement text = {.len = 0};
	char buf[FIELD_SIZE];

	for (unsigned i = 0; i < sizeof(hooks) / sizeof(*hooks); i++)
		if (flags & PACKET_FLAG_INGRESS >> i)
			statement_add(&text, "%s%s", text.len ? ", " :
				".hooks ", hooks[i]);
	if (text.len == 0)
		statement_add(&text, ".hooks none");
	put_field(printer, PACKET_OFF_FLAGS, 1, text.text, "%s%s",
		hooks_meaning(flags), flags & PACKET_FLAG_BACK ?
		"; also on the way back" : "");
	if (flags & PACKET_FLAG_RETURNED)
		put_field(printer, 0, 0, bits_text(buf, "flags", flags, 0),
			"it is on its way back");
}

static bool
has_push(const struct object *object)
{
	for (unsigned pc = 0; pc < object->header.code_count; pc++) {
		enum isa_op op = isa_decode(packet_insn(object->packet, pc));

		if (op != ISA_ILLEGAL && isa_insns[op].effects & ISA_PUSH)
			return true;
	}
	return false;
}

/*
 * The block that .cursor names: the last one, and push begins there.  None at
 * word 0 where nothing pushes: a source without .cursor gives the same.
 */
static const char *
cursor_name(const struct names *names)
{
	const struct packet_header *header = &names->object->header;
	const struct notes_word *block;

	if (header->cursor >= header->pad_count ||
	    (header->cursor == 0 && !has_push(names->object)))
		return NULL;
	block = names->block[header->cursor];
	return block && block->first + block->count == header->pad_count ?
		names->word[header->cursor] : NULL;
}

static void
put_cursor(const struct printer *printer)
{
	const struct packet_header *header = &printer->object->header;
	const char *name = cursor_name(&printer->names);
	struct statement text = {.len = 0};
	char buf[FIELD_SIZE];

	if (name)
		statement_add(&text, ".cursor %s", name);
	else
		statement_add(&text, "%s", field_text(buf, "cursor",
			header->cursor, 0));
	if (header->cursor < header->pad_count)
		put_field(printer, PACKET_OFF_CURSOR, 1, text.text,
			"push writes word %u next", header->cursor);
	else
		put_field(printer, PACKET_OFF_CURSOR, 1, text.text,
			"push has no room");
}

static void
put_status(const struct printer *printer)
{
	const struct packet_header *header = &printer->object->header;
	unsigned fault = header->status & PACKET_STATUS_FAULT;
	char buf[FIELD_SIZE], name[ISA_FAULT_NAME_SIZE];

	put_field(printer, PACKET_OFF_STATUS, 1,
		bits_text(buf, "status", header->status, 0), "%s%s%s%s",
		fault ? "fault " : "no fault",
		fault ? isa_fault_name(fault, name) : "",
		header->status & PACKET_STATUS_REFUSED ?
			"; a store instruction was refused" : "",
		header->status & PACKET_STATUS_FULL ?
			"; a push found no room" : "");
	put_field(printer, PACKET_OFF_FAULT_PC, 1,
		field_text(buf, "fault_pc", header->fault_pc, 0),
		fault ? "at instruction %u" : "no instruction faulted",
		header->fault_pc);
	if (header->rerouted)
		put_field(printer, 0, 0, field_text(buf, "rerouted", 1, 0),
			"it was rerouted, and is not again");
}

static void
put_checksum(const struct printer *printer)
{
	const struct object *object = printer->object;
	uint16_t right = packet_checksum(object->packet, object->size);
	char buf[FIELD_SIZE];

	put_field(printer, PACKET_OFF_CHECKSUM, 2, bits_text(buf, "checksum",
		object->header.checksum, right),
		object->header.checksum == right ? "the right checksum" :
		"a wrong checksum: 0x%04x would be right", right);
}

static void
put_header(const struct printer *printer)
{
	const struct packet_header *header = &printer->object->header;
	const char *program = printer->object->notes.program;
	struct statement text = {.len = 0};
	char buf[FIELD_SIZE];

	if (program && names_can_be(program)) {
		statement_add(&text, ".program %s", program);
		put_statement(printer, text.text);
	}
	put_field(printer, PACKET_OFF_MAGIC, 2, "", "'WA'");
	put_flags(printer, header->flags);
	put_field(printer, PACKET_OFF_NEXT_HEADER, 1, field_text(buf,
		"next_header", header->next_header, PACKET_NEXT_NONE),
		header->next_header == PACKET_NEXT_NONE ? "no payload" :
		"a payload of protocol %u", header->next_header);
	put_field(printer, PACKET_OFF_CODE_COUNT, 1, "", "%u instruction%s",
		header->code_count, plural(header->code_count));
	put_field(printer, PACKET_OFF_PAD_COUNT, 1, "",
		"%u word%s of scratchpad", header->pad_count,
		plural(header->pad_count));
	put_cursor(printer);
	put_field(printer, PACKET_OFF_HOPS, 1, field_text(buf, "hops",
		header->hops, 0), "%u node%s ran it", header->hops,
		plural(header->hops));
	put_status(printer);
	put_checksum(printer);
	put_field(printer, PACKET_OFF_IDENT, 2, field_text(buf, "ident",
		header->ident, 0), "identifier %u", header->ident);
	put_field(printer, PACKET_OFF_SEQ, 2, field_text(buf, "seq",
		header->seq, 0), "sequence number %u", header->seq);
}

/*
 * The scratchpad.
 */

static void
add_words(struct statement *text, const struct names *names, unsigned first,
	unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		uint32_t value = names_word_at(names, first + i);

		statement_add(text, "%s", i ? ", " : ".word ");
		statement_add(text, value <= DECIMAL_MAX ? "%" PRIu32 :
			"0x%08" PRIx32, value);
	}
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

static void
add_key(struct statement *text, const struct names *names, unsigned first)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	const struct notes_random *drawn = random_at(names, first);
	uint64_t key = pair_at(names, first);

	if (drawn)
		statement_add(text, ".key %s, random", spaces[drawn->space]);
	else
		statement_add(text, ".key %s, 0x%016" PRIx64,
			spaces[key_space(key)], key_in_space(KEY_PUBLIC, key));
}

static void
add_secret(struct statement *text, const struct names *names, unsigned first)
{
	if (random_at(names, first))
		statement_add(text, ".secret random");
	else
		statement_add(text, ".secret 0x%016" PRIx64,
			pair_at(names, first));
}

static void
add_address(struct statement *text, const struct names *names, unsigned first)
{
	uint8_t addr[IP_ADDR_SIZE];
	char buf[IP_TEXT_SIZE];

	for (unsigned i = 0; i < 4; i++)
		packet_put32(addr + 4 * i, names_word_at(names, first + i));
	statement_add(text, ".addr %s", ip_addr_text(addr, buf));
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
static void
add_block(struct statement *text, const struct names *names,
	const struct notes_word *block)
{
	if (block->kind == NOTES_KEY && block->count == 2)
		add_key(text, names, block->first);
	else if (block->kind == NOTES_SECRET && block->count == 2)
		add_secret(text, names, block->first);
	else if (block->kind == NOTES_ADDR && block->count == 4)
		add_address(text, names, block->first);
	else if (block->kind == NOTES_SPACE && is_zero(names, block))
		statement_add(text, ".space %u", block->count);
	else
		add_words(text, names, block->first, block->count);
}

/* Who may do what with the entry of a key in that space. */
static const char *const space_meanings[KEY_SPACE_COUNT] = {
	[KEY_PUBLIC] = "a key that anyone may use",
	[KEY_PROTECTED] = "a key that only the operator may write",
	[KEY_PRIVATE] = "a key that only this program can name",
	[KEY_INVITATION] = "the name of an invitation"
};

static const char *
block_meaning(const struct names *names, const struct notes_word *block)
{
	const struct notes_random *drawn;

	switch (block->kind) {
	case NOTES_KEY:
		drawn = random_at(names, block->first);
		return space_meanings[drawn ? drawn->space :
			key_space(pair_at(names, block->first))];
	case NOTES_SECRET:
		return "a secret, to make an invitation";
	case NOTES_ADDR:
		return "an address";
	case NOTES_SPACE:
		return "room";
	case NOTES_POOL:
		return "a constant of the code";
	case NOTES_DATA:
	case NOTES_KIND_COUNT:
		break;
	}
	return block->count == 1 ? "a number" : "numbers";
}

/* "[3]", or "words 2..5: room". */
static void
add_data_comment(struct statement *comment, const struct printer *printer,
	unsigned n, unsigned count, const struct notes_word *block)
{
	if (!printer->how->explain) {
		statement_add(comment, "[%u]", n);
		return;
	}
	statement_add(comment, count > 1 ? "words %u..%u" : "word %u", n,
		n + count - 1);
	if (block && (block->kind != NOTES_KEY || block->count == 2))
		statement_add(comment, ": %s", block_meaning(&printer->names,
			block));
}

/* Words of a key that is to be drawn, though no block says so; 0: none. */
static unsigned
drawn_count(const struct names *names, unsigned n)
{
	unsigned pad_count = names->object->header.pad_count;

	return n + 1 < pad_count && !names->first[n + 1] &&
		random_at(names, n) ? 2 : 0;
}

static void
put_data(const struct printer *printer)
{
	const struct names *names = &printer->names;
	const struct packet_header *header = &printer->object->header;

	if (header->pad_count)
		put_statement(printer, ".data");
	for (unsigned n = 0; n < header->pad_count;) {
		const struct notes_word *block = names->block[n];
		unsigned drawn = block ? 0 : drawn_count(names, n);
		unsigned count = block ? block->count : drawn ? drawn : 1;
		struct statement text = {.len = 0}, comment = {.len = 0};

		if (block)
			add_block(&text, names, block);
		else if (drawn)
			add_key(&text, names, n);
		else
			add_words(&text, names, n, 1);
		add_data_comment(&comment, printer, n, count, block);
		printer_put(printer, &(struct line){.label = names->word[n],
			.statement = text.text, .comment = comment.text,
			.off = packet_pad_off(header->code_count) +
				PACKET_WORD_SIZE * (size_t)n,
			.size = PACKET_WORD_SIZE * (size_t)count,
			.row = NO_ROW});
		n += count;
	}
}

/*
 * The code.
 */

/*
 * Bytes of the character there, in UTF-8, or 0 where there is none or it is a
 * control, which a terminal might obey.
 */
static size_t
printable_size(const char *text)
{
	unsigned char c = (unsigned char)text[0];
	size_t size = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 :
		c < 0xf5 ? 4 : 0;

	if (size == 1)
		return c >= ' ' && c != 0x7f;
	for (size_t i = 1; i < size; i++)
		if (((unsigned char)text[i] & 0xc0) != 0x80)
			return 0;
	return c == 0xc2 && (unsigned char)text[1] < 0xa0 ? 0 : size;
}

/* Text from notes, which can come from anywhere, without leading blanks. */
static void
add_source(struct statement *comment, const char *text)
{
	const char *end = text + SOURCE_COLUMNS;

	text += strspn(text, " \t");
	while (*text && text < end) {
		size_t size = printable_size(text);

		if (size)
			statement_add(comment, "%.*s", (int)size, text);
		else
			statement_add(comment, "%c", *text == '\t' ? ' ' : '?');
		text += size ? size : 1;
	}
}

/* The source line of an instruction, once for all that it made. */
static void
put_source(const struct printer *printer, unsigned pc)
{
	const struct notes *notes = &printer->object->notes;
	const struct notes_line *line = notes_line_at(notes, pc);
	const struct notes_line *before = pc ? notes_line_at(notes, pc - 1) :
		NULL;
	struct statement comment = {.len = 0};

	if (!line || (before && before->line == line->line &&
	    before->file == line->file && !strcmp(before->text, line->text)))
		return;
	if (line->file && notes->file_count > 1) {
		add_source(&comment, line->file);
		statement_add(&comment, ":");
	}
	statement_add(&comment, *line->text ? "%u: " : "%u:", line->line);
	add_source(&comment, line->text);
	printer_put_comment(printer, (int)pc, comment.text);
}

/* What an instruction does, and what is wrong with it. */
static void
add_explanation(struct statement *comment, struct printer *printer, unsigned pc)
{
	uint16_t word = packet_insn(printer->object->packet, pc);
	enum isa_op op = isa_decode(word);
	char text[ISA_EXPLAIN_SIZE];
	int32_t last;

	if (!printer->flow.reached[pc])
		statement_add(comment, "never reached: ");
	statement_add(comment, "%s", names_explain(&printer->names, pc, text));
	if (op == ISA_ILLEGAL)
		return;
	last = isa_operand_of(word, op, ISA_KIND_KEY);
	last = last >= 0 ? last + 1 : isa_operand_of(word, op, ISA_KIND_WORD);
	if (last >= (int32_t)printer->object->header.pad_count)
		statement_add(comment, "; a fault: there is no word %d",
			(int)last);
	if (flow_step(word, pc, printer->flow.count).past_end)
		statement_add(comment, ", past the end");
}

static void
put_insn(struct printer *printer, unsigned pc)
{
	struct statement comment = {.len = 0};
	char text[ISA_TEXT_SIZE];

	if (printer->how->source)
		put_source(printer, pc);
	if (printer->how->explain)
		add_explanation(&comment, printer, pc);
	else if (printer->how->bytes)
		statement_add(&comment, "%3u", pc);
	else
		statement_add(&comment, "%3u  %04x", pc,
			packet_insn(printer->object->packet, pc));
	printer_put(printer, &(struct line){.label = printer->names.label[pc],
		.statement = names_insn_text(&printer->names, pc, text),
		.comment = comment.text,
		.off = PACKET_HEADER_SIZE + ISA_INSN_SIZE * (size_t)pc,
		.size = ISA_INSN_SIZE, .row = (int)pc});
}

static void
put_code(struct printer *printer)
{
	unsigned count = printer->object->header.code_count;
	const char *end = printer->names.label[count];

	put_statement(printer, ".text");
	for (unsigned pc = 0; pc < count; pc++)
		put_insn(printer, pc);
	if (end)
		printer_put(printer, &(struct line){.label = end,
			.statement = printer->how->explain ? "" : NULL,
			.comment = printer->how->explain ?
				"the end: let the packet go on its way" : NULL,
			.row = (int)count});
	if (printer->how->bytes && count % 2)
		printer_put(printer, &(struct line){.statement = "",
			.comment = "padding", .off = PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * (size_t)count, .size = ISA_INSN_SIZE,
			.row = NO_ROW});
}

/* What goes before all: the code's hash, where it came from, its source. */
static void
put_heading(const struct printer *printer)
{
	const struct object *object = printer->object;
	struct statement text = {.len = 0};
	char hash[PACKET_HASH_SIZE];

	statement_add(&text, "code %s", packet_hash_text(packet_code_hash(
		object->packet, object->header.code_count), hash));
	printer_put_comment(printer, NO_ROW, text.text);
	text.len = 0;
	if (printer->how->heading && *printer->how->heading) {
		add_source(&text, printer->how->heading);
		printer_put_comment(printer, NO_ROW, text.text);
	}
	if (!printer->how->source || object->notes.file_count != 1)
		return;
	text.len = 0;
	statement_add(&text, "source ");
	add_source(&text, object->notes.file);
	printer_put_comment(printer, NO_ROW, text.text);
}

/* Arrows for which there was no room. */
static void
put_left_out(const struct printer *printer)
{
	struct statement text = {.len = 0};
	unsigned n = printer->arrows.left_out;

	if (!printer->how->arrows || n == 0)
		return;
	statement_add(&text, "no room for the arrows to %u more label%s", n,
		plural(n));
	printer_put_comment(printer, NO_ROW, text.text);
}

void
disasm_list(FILE *out, const struct object *object,
	const struct disasm_options *how)
{
	struct printer printer = {.out = out, .how = how, .object = object};
	unsigned count = object->header.code_count;

	names_init(&printer.names, object);
	flow_init(&printer.flow, object->packet, count);
	arrows_init(&printer.arrows, object->packet, count);
	put_heading(&printer);
	put_header(&printer);
	put_data(&printer);
	put_code(&printer);
	put_left_out(&printer);
}

void
disasm_print(FILE *out, const struct object *object)
{
	disasm_list(out, object, &(struct disasm_options){.source = false});
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
