/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The listing: every line that was read, in that order, with what it became; then
 * the constants of li, the names, and sums.  wasp-as(1) tells the columns.
 *
 *	  pc  byte  word             cost         line  source
 *	   0  0010  f040               24            9          insert  r0, [flow]
 *	[ 0]  0024  11223344 55667788                5  flow:   .key  public, ...
 */
#include "asm/asm-int.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum {
	WORDS_PER_ROW = 2,
	BYTES_PER_ROW = 8,	/* of the header */
	SOURCE_COLUMN = 45	/* where source text begins */
};

/* What is listed so far. */
struct listing {
	FILE *out;
	const struct assembler *as;
	unsigned insn_i, block_i;	/* next in the order of reading */
	const struct symbol *symbol;	/* the same */
	const struct source *file;	/* of the line before */
};

void
list_line(struct assembler *as, struct place place)
{
	struct listed *listed;

	if (!as->options->list || !(listed = arena_alloc(as, sizeof(*listed))))
		return;
	listed->place = place;
	*as->listed_end = listed;
	as->listed_end = &listed->next;
}

static const uint8_t *
packet(const struct listing *l)
{
	return l->as->object->packet;
}

/* An expansion's line is told as that of the macro it comes from. */
static unsigned
told_line(struct place place)
{
	return place.source->file_line + place.line - 1;
}

/* The left half of a row, and the source if place says where it is. */
static void
put_row(struct listing *l, const char *left, const struct place *place)
{
	unsigned depth = 0;
	const char *text;
	char mark[16] = "";
	size_t size;

	if (!place) {
		fprintf(l->out, "%s\n", left);
		return;
	}
	for (const struct source *s = place->source->up; s; s = s->up)
		depth++;
	if (depth)
		snprintf(mark, sizeof(mark), "<%u>", depth);
	text = source_line(place->source, place->line, &size);
	fprintf(l->out, "%-33s %-4s%6u  ", left, mark,
		told_line(*place));
	for (size_t i = 0; i < size; i++)
		fputc(text[i] == '\t' || (unsigned char)text[i] >= ' ' ?
			text[i] : '?', l->out);
	fputc('\n', l->out);
}

static bool
has_error(const struct listing *l, unsigned order)
{
	return report_next(l->as, NULL, order) != NULL;
}

/* One instruction of the program; what is too much of it has no word. */
static void
put_word(struct listing *l, const struct insn *insn, unsigned pc,
	const struct place *place)
{
	char left[64], cost[8] = "-";
	uint16_t word;
	enum isa_op op;

	if (pc >= l->as->code_count || insn->bad ||
	    has_error(l, insn->place.order)) {
		snprintf(left, sizeof(left), "%4u  %04x  ????", pc,
			PACKET_HEADER_SIZE + ISA_INSN_SIZE * pc);
	} else {
		word = packet_insn(packet(l), pc);
		op = isa_decode(word);
		if (op != ISA_ILLEGAL)
			snprintf(cost, sizeof(cost), "%u", isa_insns[op].cost);
		snprintf(left, sizeof(left), "%4u  %04x  %04x %16s", pc,
			PACKET_HEADER_SIZE + ISA_INSN_SIZE * pc, word, cost);
	}
	put_row(l, left, place);
}

/* All that one in the source became. */
static void
put_insn(struct listing *l, const struct insn *insn, const struct place *place)
{
	for (unsigned i = 0; i < insn->length; i++, place = NULL)
		put_word(l, insn, insn->pc + i, place);
}

/* Scratchpad words from n on, two in a row; zeros of .space are one row. */
static void
put_words(struct listing *l, unsigned n, unsigned count, bool space,
	const struct place *place)
{
	unsigned off = (unsigned)packet_pad_off(l->as->code_count);
	unsigned shown;

	for (; count > 0; n += shown, count -= shown, place = NULL) {
		const uint8_t *p = packet(l) + off + PACKET_WORD_SIZE * n;
		char left[64], more[16] = "";

		shown = count < WORDS_PER_ROW ? count : WORDS_PER_ROW;
		if (space)
			snprintf(more, sizeof(more), " * %u", shown = count);
		else if (shown > 1)
			snprintf(more, sizeof(more), " %08" PRIx32,
				packet_get32(p + PACKET_WORD_SIZE));
		snprintf(left, sizeof(left), "[%2u]  %04x  %08" PRIx32 "%s", n,
			off + PACKET_WORD_SIZE * n, packet_get32(p), more);
		put_row(l, left, place);
	}
}

static void
put_block(struct listing *l, const struct block *block,
	const struct place *place)
{
	char left[64];

	if (has_error(l, block->place.order) ||
	    block->first + block->count > PACKET_PAD_MAX) {
		snprintf(left, sizeof(left), "[%2u]        ????", block->first);
		put_row(l, left, place);
		return;
	}
	put_words(l, block->first, block->count, block->kind == NOTES_SPACE,
		place);
}

/* The value that an .equ in this line defines, "= 5". */
static void
put_plain(struct listing *l, const struct place *place)
{
	char left[64] = "", n[NUMBER_SIZE];

	for (; l->symbol && l->symbol->place.order <= place->order;
	     l->symbol = l->symbol->next)
		if (l->symbol->kind == SYMBOL_EQU &&
		    l->symbol->place.order == place->order &&
		    l->symbol->state == SYMBOL_DONE)
			snprintf(left, sizeof(left), "            = %s",
				report_number(l->symbol->value.n, n));
	put_row(l, left, place);
}

static void
put_errors(struct listing *l, unsigned order)
{
	const struct report *report = NULL;

	while ((report = report_next(l->as, report, order)))
		fprintf(l->out, "%*serror: %s [WASP-%s]\n",
			SOURCE_COLUMN, "", report_text(report),
			diag_infos[report_id(report)].code);
}

/* Where reading went on in another text, whose name is given. */
static void
put_source_name(struct listing *l, const struct source *source)
{
	if (source->file != l->file)
		fprintf(l->out, "%*s%s:\n", SOURCE_COLUMN, "",
			source->file->name);
	l->file = source->file;
}

/* What is behind the last line feed is no line. */
static bool
is_end(const struct place *place)
{
	size_t size;

	source_line(place->source, place->line, &size);
	return place->line == place->source->line_count && size == 0;
}

static void
put_line(struct listing *l, const struct place *place)
{
	const struct assembler *as = l->as;
	const struct place *shown = is_end(place) ? NULL : place;

	put_source_name(l, place->source);
	for (; l->insn_i < as->insn_count &&
	     as->code[l->insn_i].place.order == place->order; l->insn_i++) {
		put_insn(l, &as->code[l->insn_i], shown);
		shown = NULL;
	}
	for (; l->block_i < as->block_count &&
	     as->blocks[l->block_i].place.order == place->order;
	     l->block_i++) {
		put_block(l, &as->blocks[l->block_i], shown);
		shown = NULL;
	}
	if (shown)
		put_plain(l, shown);
	put_errors(l, place->order);
}

static void
put_constants(struct listing *l)
{
	const struct assembler *as = l->as;

	if (as->pool_count == 0 ||
	    as->pool_first + as->pool_count > PACKET_PAD_MAX)
		return;
	fprintf(l->out, "\nConstants of li\n\n");
	for (unsigned i = 0; i < as->pool_count; i++)
		put_words(l, as->pool_first + i, 1, false, NULL);
}

static void
put_header(struct listing *l)
{
	fprintf(l->out, "%4s  %-4s  %-4s %16s %4s%6s  %s\n", "pc", "byte",
		"word", "cost", "", "line", "source");
	for (unsigned off = 0; l->as->errors == 0 && off < PACKET_HEADER_SIZE;
	     off += BYTES_PER_ROW)
		fprintf(l->out, "      %04x  %08" PRIx32 " %08" PRIx32 "%s\n",
			off, packet_get32(packet(l) + off),
			packet_get32(packet(l) + off + 4),
			off ? "" : "                     (header)");
}

static int
compare_names(const void *a, const void *b)
{
	const struct symbol *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

/* What a name stands for, and as what; "?" where that is not known. */
static const char *
symbol_value(const struct assembler *as, const struct symbol *symbol,
	char text[static NUMBER_SIZE])
{
	unsigned i = symbol->position.index;

	if (symbol->kind == SYMBOL_MACRO)
		return "";
	if (symbol->kind == SYMBOL_EQU)
		return symbol->state == SYMBOL_DONE ?
			report_number(symbol->value.n, text) : "?";
	if (symbol->position.section == SECTION_DATA)
		i = i < as->block_count ? as->blocks[i].first : as->end;
	else
		i = insn_pc(as, i);
	return report_number(i, text);
}

static const char *
symbol_kind(const struct symbol *symbol)
{
	return symbol->kind == SYMBOL_EQU ? "equ" :
		symbol->kind == SYMBOL_MACRO ? "macro" :
		symbol->position.section == SECTION_DATA ? "word" : "code";
}

/* "12", or "lib.wasp:12" where that is not the source itself. */
static void
put_place(struct listing *l, struct place place, int width)
{
	char text[NAME_LENGTH_MAX + 16];

	const struct source *file = place.source->file;
	unsigned line = told_line(place);

	if (file == l->as->first.source)
		snprintf(text, sizeof(text), "%u", line);
	else
		snprintf(text, sizeof(text), "%.64s:%u", file->name, line);
	fprintf(l->out, " %-*s", width, text);
}

/* Numeric labels and macros have a colon in or behind their name. */
static int
name_length(const struct symbol *symbol)
{
	return (int)strcspn(symbol->name, ":");
}

static void
put_symbol(struct listing *l, const struct symbol *symbol, int width)
{
	const struct source *file = NULL;
	char text[NUMBER_SIZE];
	unsigned line = 0;

	fprintf(l->out, "%-*.*s  %-5s  %12s ", width, name_length(symbol),
		symbol->name, symbol_kind(symbol),
		symbol_value(l->as, symbol, text));
	put_place(l, symbol->place, symbol->uses ? 8 : 0);
	for (const struct use *use = symbol->uses; use; use = use->same) {
		if (file != use->place.source->file ||
		    line != told_line(use->place))
			put_place(l, use->place, 0);
		file = use->place.source->file;
		line = told_line(use->place);
	}
	fputc('\n', l->out);
}

/* In the order of the alphabet; nothing without memory for that. */
static void
put_symbols(struct listing *l)
{
	const struct assembler *as = l->as;
	const struct symbol **names = calloc(as->symbol_count + 1,
		sizeof(*names));
	unsigned count = 0;
	int width = 4;

	for (const struct symbol *s = as->symbols; names && s; s = s->next) {
		if (s->kind == SYMBOL_BAD || s->kind == SYMBOL_COUNT)
			continue;
		names[count++] = s;
		if (name_length(s) > width)
			width = name_length(s);
	}
	if (count) {
		qsort(names, count, sizeof(*names), compare_names);
		fprintf(l->out, "\n%-*s  %-5s  %12s  %-8s %s\n\n", width,
			"name", "kind", "value", "defined", "used in lines");
	}
	for (unsigned i = 0; i < count; i++)
		put_symbol(l, names[i], width);
	free(names);
}

static const char *
plural(unsigned n)
{
	return n == 1 ? "" : "s";
}

static void
put_sums(struct listing *l)
{
	const struct assembler *as = l->as;
	char hash[PACKET_HASH_SIZE];

	if (as->errors) {
		fprintf(l->out, "\n%u error%s\n", as->errors,
			plural(as->errors));
		return;
	}
	fprintf(l->out, "\n%u instruction%s, %u word%s, %zu bytes; code %s\n",
		as->code_count, plural(as->code_count), as->words,
		plural(as->words), as->object->size,
		packet_hash_text(packet_code_hash(packet(l), as->code_count),
			hash));
}

void
list_write(const struct assembler *as)
{
	struct listing listing = {.out = as->options->list, .as = as,
		.file = as->first.source, .symbol = as->symbols};

	if (!listing.out)
		return;
	put_header(&listing);
	for (const struct listed *line = as->listed; line; line = line->next)
		put_line(&listing, &line->place);
	put_constants(&listing);
	put_symbols(&listing);
	put_sums(&listing);
}
