/* SPDX-License-Identifier: BSD-2-Clause */
/* What a packet brought; see report.h. */
#include "wasp/report.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/ip.h"
#include "wasp/isa.h"

enum {
	ADDR_WORDS = IP_ADDR_SIZE / PACKET_WORD_SIZE,
	CELL_SIZE = REPORT_TEXT_SIZE,	/* the longest is an address */
	WORDS_PER_LINE = 8,
	BIG = 0xffff			/* above, numbers are in hex as well */
};

/* What one push, or four of an address in a row, appends. */
struct column {
	char name[24];
	int field;			/* of the environment; -1: none */
	unsigned width;			/* words: 1, or ADDR_WORDS */
	enum isa_show show;
};

/* What was pushed: words first.. of the scratchpad, in rows. */
struct table {
	struct column columns[PACKET_CODE_MAX];
	unsigned column_count, width;	/* words of a row */
	unsigned first, count;		/* words pushed; known if width is */
};

static uint32_t
word(const struct report *report, unsigned n)
{
	return packet_word(report->packet, report->header, n);
}

static uint16_t
insn(const struct report *report, unsigned pc)
{
	return packet_insn(report->packet, pc);
}

/*
 * The pushes of the program are of one piece: between the first and the last is
 * no way out and none in.  Then each run appends all of them or nothing.
 */
static bool
pushes_are_one_piece(const struct report *report, unsigned first, unsigned last)
{
	for (unsigned pc = 0; pc < last; pc++) {
		uint16_t insn_word = insn(report, pc);
		enum isa_op op = isa_decode(insn_word);
		unsigned effects = op == ISA_ILLEGAL ? ISA_END :
			isa_insns[op].effects, target;

		if (pc >= first && effects & (ISA_END | ISA_JUMP))
			return false;
		if (!(effects & ISA_JUMP))
			continue;
		target = isa_target(insn_word, op, pc);
		if (target > first && target <= last)
			return false;
	}
	return true;
}

static void
column_of(uint16_t insn_word, enum isa_op op, struct column *column)
{
	int entry = isa_operand_of(insn_word, op, ISA_KIND_ENTRY);
	const char *name;

	*column = (struct column){.width = 1, .show = ISA_SHOW_NUM,
		.field = isa_operand_of(insn_word, op, ISA_KIND_FIELD)};
	if (column->field < 0) {
		snprintf(column->name, sizeof(column->name), "%c%d",
			entry >= 0 ? 't' : 'r',
			entry >= 0 ? entry : isa_reg(insn_word, op, 0));
		return;
	}
	name = isa_env_alias((unsigned)column->field);
	column->show = isa_envs[column->field].show;
	if (column->show == ISA_SHOW_ADDR && !name)
		column->show = ISA_SHOW_HEX;
	snprintf(column->name, sizeof(column->name), "%s",
		name ? name : isa_envs[column->field].name);
}

/* Do the last four columns make one address, node.0 to node.3? */
static bool
ends_with_address(const struct table *table)
{
	const struct column *c;

	if (table->column_count < ADDR_WORDS)
		return false;
	c = &table->columns[table->column_count - ADDR_WORDS];
	if (c->field < 0 || c->field % ADDR_WORDS != 0 ||
	    isa_envs[c->field].show != ISA_SHOW_ADDR)
		return false;
	for (int i = 1; i < ADDR_WORDS; i++)
		if (c[i].field != c->field + i)
			return false;
	return true;
}

/* A name that is taken gets a number: "time_us_2". */
static void
make_name_unique(struct table *table, struct column *column)
{
	size_t len = strlen(column->name);
	unsigned number = 1;

	for (unsigned i = 0; i + 1 < table->column_count; i++)
		number += !strncmp(table->columns[i].name, column->name, len) &&
			strchr("_", table->columns[i].name[len]);
	if (number > 1)
		snprintf(column->name + len, sizeof(column->name) - len, "_%u",
			number);
}

static void
add_column(struct table *table, uint16_t insn_word, enum isa_op op)
{
	struct column *last;

	column_of(insn_word, op, &table->columns[table->column_count++]);
	table->width++;
	if (ends_with_address(table)) {
		table->column_count -= ADDR_WORDS - 1;
		last = &table->columns[table->column_count - 1];
		last->name[strcspn(last->name, ".")] = '\0';
		last->width = ADDR_WORDS;
		last->show = ISA_SHOW_ADDR;
	}
	make_name_unique(table, &table->columns[table->column_count - 1]);
}

/* Where the pushed words begin; -1: not known. */
static int
first_pushed(const struct report *report)
{
	const struct notes_word *block;

	if (report->first_cursor >= 0 || report->header->cursor == 0)
		return report->first_cursor;
	block = notes_word_at(report->notes, report->header->cursor - 1u);
	return block ? (int)block->first : -1;
}

/* The table of what was pushed; false where there is none. */
static bool
find_table(const struct report *report, struct table *table)
{
	const struct packet_header *header = report->header;
	int first = first_pushed(report), first_pc = -1;
	unsigned last_pc = 0;

	if (first < 0 || header->cursor < first ||
	    header->cursor > header->pad_count)
		return false;
	for (unsigned pc = 0; pc < header->code_count; pc++) {
		enum isa_op op = isa_decode(insn(report, pc));

		if (op == ISA_ILLEGAL || !(isa_insns[op].effects & ISA_PUSH))
			continue;
		if (first_pc < 0)
			first_pc = (int)pc;
		last_pc = pc;
		add_column(table, insn(report, pc), op);
	}
	table->first = (unsigned)first;
	table->count = header->cursor - table->first;
	if (first_pc < 0 || table->count == 0 ||
	    !pushes_are_one_piece(report, (unsigned)first_pc, last_pc))
		return false;
	/* A run that was cut short leaves a row with fewer words. */
	return table->count % table->width == 0 || header->status != 0;
}

static unsigned
table_rows(const struct table *table)
{
	return (table->count + table->width - 1) / table->width;
}

/* The first word of a cell; false where the row was cut short before. */
static bool
cell_word(const struct table *table, unsigned row, unsigned column,
	unsigned *n)
{
	unsigned off = row * table->width;

	for (unsigned i = 0; i < column; i++)
		off += table->columns[i].width;
	*n = table->first + off;
	return off + table->columns[column].width <= table->count;
}

static const char *
addr_text(const struct report *report, unsigned n, unsigned width,
	char text[static CELL_SIZE])
{
	uint8_t addr[IP_ADDR_SIZE] = {[10] = 0xff, [11] = 0xff};

	for (unsigned i = 0; i < width; i++)
		packet_put32(addr + IP_ADDR_SIZE -
			PACKET_WORD_SIZE * (width - i), word(report, n + i));
	return ip_addr_text(addr, text);
}

/* Nobody told: every word of it is all ones. */
static bool
is_unknown(const struct report *report, const struct column *column,
	unsigned n)
{
	for (unsigned i = 0; i < column->width; i++)
		if (word(report, n + i) != ISA_ENV_UNKNOWN)
			return false;
	return column->field >= 0;
}

const char *
report_value_text(uint32_t value, enum isa_show show,
	char text[static REPORT_TEXT_SIZE])
{
	static const char *const hooks[] = {PACKET_HOOK_NAMES};
	static const char *const roles[] = {ISA_ROLE_NAMES};

	if (show == ISA_SHOW_HOOK && value - 1 < 2)
		snprintf(text, CELL_SIZE, "%s", hooks[value - 1]);
	else if (show == ISA_SHOW_ROLE && value - 1 < 3)
		snprintf(text, CELL_SIZE, "%s", roles[value - 1]);
	else
		snprintf(text, CELL_SIZE, show == ISA_SHOW_HEX ?
			"0x%08" PRIx32 : "%" PRIu32, value);
	return text;
}

/* The first value of a column that is known, for differences of times. */
static unsigned
first_known(const struct report *report, const struct table *table,
	unsigned column)
{
	unsigned n = table->first;

	for (unsigned row = 0; row < table_rows(table); row++)
		if (cell_word(table, row, column, &n) &&
		    !is_unknown(report, &table->columns[column], n))
			break;
	return n;
}

static bool
is_time(const struct column *column)
{
	return column->field == ISA_ENV_TIME_S ||
		column->field == ISA_ENV_TIME_US ||
		column->field == ISA_ENV_TIME_NS;
}

static const char *
cell_text(const struct report *report, const struct table *table, unsigned row,
	unsigned column, char text[static CELL_SIZE])
{
	const struct column *c = &table->columns[column];
	unsigned n, base;

	if (!cell_word(table, row, column, &n))
		return strcpy(text, "");
	if (is_unknown(report, c, n))
		return strcpy(text, "-");
	if (c->show == ISA_SHOW_ADDR)
		return addr_text(report, n, c->width, text);
	base = is_time(c) ? first_known(report, table, column) : n;
	if (base == n)
		return report_value_text(word(report, n), c->show, text);
	snprintf(text, CELL_SIZE, "%+" PRId32,
		(int32_t)(word(report, n) - word(report, base)));
	return text;
}

static unsigned
column_chars(const struct report *report, const struct table *table,
	unsigned column)
{
	size_t chars = strlen(table->columns[column].name), len;
	char text[CELL_SIZE];

	for (unsigned row = 0; row < table_rows(table); row++) {
		len = strlen(cell_text(report, table, row, column, text));
		chars = len > chars ? len : chars;
	}
	return (unsigned)chars;
}

/* Addresses to the left, numbers to the right; row -1 is the head. */
static void
print_row(FILE *out, const struct report *report, const struct table *table,
	const unsigned *chars, int row)
{
	if (row < 0)
		fprintf(out, "%6s", "#");
	else
		fprintf(out, "%6d", row + 1);
	for (unsigned i = 0; i < table->column_count; i++) {
		const struct column *c = &table->columns[i];
		bool left = c->show == ISA_SHOW_ADDR;
		char text[CELL_SIZE];
		const char *cell = row < 0 ? c->name :
			cell_text(report, table, (unsigned)row, i, text);

		if (!*cell)
			break;		/* the row was cut short */
		if (left && i + 1 == table->column_count)
			fprintf(out, "  %s", cell);
		else
			fprintf(out, left ? "  %-*s" : "  %*s", (int)chars[i],
				cell);
	}
	fputc('\n', out);
}

static void
print_table(FILE *out, const struct report *report, const struct table *table)
{
	unsigned chars[PACKET_CODE_MAX];

	for (unsigned i = 0; i < table->column_count; i++)
		chars[i] = column_chars(report, table, i);
	for (int row = -1; row < (int)table_rows(table); row++)
		print_row(out, report, table, chars, row);
}

static void
print_number(FILE *out, uint32_t value)
{
	fprintf(out, "%" PRIu32, value);
	if (value > BIG)
		fprintf(out, " (0x%" PRIx32 ")", value);
}

static void
print_numbers(FILE *out, const struct report *report, unsigned first,
	unsigned count)
{
	if (count == 1)
		print_number(out, word(report, first));
	for (unsigned i = 0; count > 1 && i < count; i++)
		fprintf(out, "%s%" PRIu32, i == 0 ? "" :
			i % WORDS_PER_LINE ? " " : "\n              ",
			word(report, first + i));
	fputc('\n', out);
}

/* Two words as one number. */
static uint64_t
long_word(const struct report *report, unsigned n)
{
	return (uint64_t)word(report, n) << 32 | word(report, n + 1);
}

void
report_print_block(FILE *out, const struct report *report,
	const struct notes_word *block)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	char text[CELL_SIZE];
	uint64_t n;

	if (block->kind == NOTES_KEY && block->count == 2) {
		n = long_word(report, block->first);
		fprintf(out, "%s 0x%016" PRIx64 "\n", spaces[key_space(n)], n);
	} else if (block->kind == NOTES_SECRET && block->count == 2) {
		fprintf(out, "0x%016" PRIx64 "\n",
			long_word(report, block->first));
	} else if (block->kind == NOTES_ADDR && block->count == ADDR_WORDS) {
		fprintf(out, "%s\n", addr_text(report, block->first, ADDR_WORDS,
			text));
	} else {
		print_numbers(out, report, block->first, block->count);
	}
}

/* A block named by nobody: one word. */
static struct notes_word
block_at(const struct report *report, unsigned n)
{
	const struct notes_word *block = notes_word_at(report->notes, n);

	return block && block->first == n ? *block :
		(struct notes_word){n, 1, NOTES_DATA, NULL};
}

/*
 * The pushed words: a table, or as numbers.  What is not used of their block is
 * left out; without .cursor there may be other blocks behind it.
 */
static void
print_pushed(FILE *out, const struct report *report, const struct table *table,
	bool is_table)
{
	unsigned room = report->header->pad_count - table->first;

	fprintf(out, "%u of %u words pushed\n", table->count, room);
	if (is_table) {
		print_table(out, report, table);
	} else if (table->count) {
		fprintf(out, "%14s", "");
		print_numbers(out, report, table->first, table->count);
	}
}

void
report_print_words(FILE *out, const struct report *report)
{
	struct table table = {0};
	bool is_table = find_table(report, &table);
	bool pushed = table.width > 0;	/* the program pushes */

	for (unsigned n = 0; n < report->header->pad_count; ) {
		struct notes_word block = block_at(report, n);
		char index[16];

		snprintf(index, sizeof(index), "[%u]", n);
		n += block.count ? block.count : 1;
		if (block.kind == NOTES_POOL)
			continue;
		fprintf(out, "%-12s  ", block.name ? block.name : index);
		if (pushed && table.first == block.first &&
		    (table.count || block.kind == NOTES_SPACE)) {
			print_pushed(out, report, &table, is_table);
			if (!block.name)
				return;
			if (n < table.first + table.count)
				n = table.first + table.count;
			continue;
		}
		report_print_block(out, report, &block);
	}
}

/* Where in the source an instruction is, if that is noted. */
static void
print_line(FILE *out, const struct notes *notes, unsigned pc)
{
	const struct notes_line *line = notes_line_at(notes, pc);

	if (line && line->file)
		fprintf(out, ", %s:%u", line->file, line->line);
	else if (line)
		fprintf(out, ", line %u", line->line);
}

void
report_print_status(FILE *out, const struct report *report)
{
	unsigned status = report->header->status;
	unsigned fault = status & PACKET_STATUS_FAULT;
	unsigned pc = report->header->fault_pc;
	char name[ISA_FAULT_NAME_SIZE], text[ISA_TEXT_SIZE];

	if (fault) {
		fprintf(out, "fault %s at pc %u",
			isa_fault_name(fault, name), pc);
		print_line(out, report->notes, pc);
		if (pc < report->header->code_count)
			fprintf(out, ": %s", notes_insn_text(report->notes,
				insn(report, pc), pc, text));
		fprintf(out, "\n%s\n", isa_fault_sentence(fault));
	}
	if (status & PACKET_STATUS_REFUSED)
		fputs("mark: a store instruction found no room at a node\n",
			out);
	if (status & PACKET_STATUS_FULL)
		fputs("mark: a push found no room in the scratchpad\n", out);
	if (report->header->rerouted)
		fputs("mark: it was rerouted\n", out);
}

static json_t *
numbers_json(const struct report *report, unsigned first, unsigned count)
{
	json_t *array = json_array();

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(array,
			json_integer(word(report, first + i)));
	return array;
}

static json_t *
block_json(const struct report *report, const struct notes_word *block)
{
	char text[CELL_SIZE];

	if ((block->kind == NOTES_KEY || block->kind == NOTES_SECRET) &&
	    block->count == 2)
		return json_sprintf("0x%016" PRIx64,
			long_word(report, block->first));
	if (block->kind == NOTES_ADDR && block->count == ADDR_WORDS)
		return json_string(addr_text(report, block->first, ADDR_WORDS,
			text));
	if (block->count == 1)
		return json_integer(word(report, block->first));
	return numbers_json(report, block->first, block->count);
}

static json_t *
words_json(const struct report *report)
{
	const struct notes *notes = report->notes;
	json_t *words = json_object();

	for (unsigned i = 0; i < notes->word_count; i++)
		json_object_set_new(words, notes->words[i].name,
			block_json(report, &notes->words[i]));
	return words;
}

static json_t *
cell_json(const struct report *report, const struct column *column, unsigned n)
{
	char text[CELL_SIZE];

	if (is_unknown(report, column, n))
		return json_null();
	if (column->show == ISA_SHOW_ADDR)
		return json_string(addr_text(report, n, column->width, text));
	return json_integer(word(report, n));
}

static json_t *
records_json(const struct report *report)
{
	struct table table = {0};
	json_t *records, *record;
	unsigned n;

	if (!find_table(report, &table))
		return json_null();
	records = json_array();
	for (unsigned row = 0; row < table_rows(&table); row++) {
		record = json_object();
		for (unsigned i = 0; i < table.column_count; i++)
			if (cell_word(&table, row, i, &n))
				json_object_set_new(record,
					table.columns[i].name,
					cell_json(report, &table.columns[i],
						n));
		json_array_append_new(records, record);
	}
	return records;
}

json_t *
report_json(const struct report *report)
{
	const struct packet_header *header = report->header;
	unsigned fault = header->status & PACKET_STATUS_FAULT;
	char name[ISA_FAULT_NAME_SIZE], hash[PACKET_HASH_SIZE];

	return json_pack("{s:s, s:i, s:o, s:i, s:b, s:i, s:i, s:o, s:o, s:o}",
		"code_hash", packet_hash_text(packet_code_hash(report->packet,
			header->code_count), hash),
		"status", header->status,
		"fault", fault ? json_string(isa_fault_name(fault, name)) :
			json_null(),
		"fault_pc", header->fault_pc,
		"marked_rerouted", header->rerouted,
		"hops", header->hops,
		"cursor", header->cursor,
		"scratchpad", numbers_json(report, 0, header->pad_count),
		"words", words_json(report),
		"records", records_json(report));
}

json_t *
report_flags_json(uint8_t flags)
{
	return json_pack("{s:b, s:b, s:b, s:b}",
		"ingress", flags & PACKET_FLAG_INGRESS,
		"egress", flags & PACKET_FLAG_EGRESS,
		"back", flags & PACKET_FLAG_BACK,
		"returned", flags & PACKET_FLAG_RETURNED);
}
