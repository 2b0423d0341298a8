/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hexadecimal text; see hex.h.  A dump is read row by row:
 *
 *	blanks  offset [:]  blanks  group blanks group ...  blanks  characters
 *
 * Characters can look like groups, so the gap before them tells: two blanks
 * where the offset has a colon (xxd, tcpdump), three where it has none, since
 * such dumps may have a gap of two in the middle; or a | or >.
 *
 * Whether offsets are octal (od) or hexadecimal shows when one is above 7.
 */
#include "capture/hex.h"

#include <ctype.h>
#include <string.h>

enum { HEX = 1, OCTAL = 2, DECIMAL = 4 };	/* bases of offsets, as a set */
static const struct {
	unsigned set, base;
} bases[] = {{HEX, 16}, {OCTAL, 8}, {DECIMAL, 10}};

/* A line of a dump. */
struct row {
	const char *line, *end;
	const char *offset;		/* its digits */
	size_t digits;
	bool colon;
	const char *groups;		/* what follows */
};

/* What is known about the packet whose rows are being read. */
struct dump {
	unsigned bases;			/* that all offsets so far agree with */
	bool repeat;			/* a line with only a * went before */
	size_t row_size;		/* bytes of the last row */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static const char *
skip_blanks(const char *p, const char *end)
{
	while (p < end && is_blank(*p))
		p++;
	return p;
}

static size_t
count_digits(const char *p, const char *end)
{
	size_t n = 0;

	while (p + n < end && isxdigit((unsigned char)p[n]))
		n++;
	return n;
}

static const char *
line_end(const struct hex *hex, const char *p)
{
	const char *end = memchr(p, '\n', (size_t)(hex->end - p));

	return end ? end : hex->end;
}

static void
next_line(struct hex *hex)
{
	hex->at = line_end(hex, hex->at);
	if (hex->at < hex->end)
		hex->at++;
	hex->line++;
}

static enum hex_result
wrong(const struct hex *hex, const char *line, const char *at, size_t len,
	struct diag *diag)
{
	diag->line = hex->line;
	diag->col = (unsigned)(at - line) + 1;
	diag->len = (unsigned)len;
	diag->quote = line;
	return HEX_WRONG;
}

static unsigned
digit(char c)
{
	if (c <= '9')
		return (unsigned)(c - '0');
	return (unsigned)(tolower((unsigned char)c) - 'a') + 10;
}

/* A group that check_group has found right. */
static void
add_group(struct hex *hex, const char *p, size_t digits)
{
	for (size_t i = 0; i < digits; i += 2)
		hex->bytes[hex->size++] =
			(uint8_t)(digit(p[i]) << 4 | digit(p[i + 1]));
	hex->in_words &= digits == 4;
}

/* What is wrong with a group of digits, or with what follows it. */
static enum hex_result
check_group(const struct hex *hex, const char *line, const char *p,
	size_t digits, struct diag *diag)
{
	size_t room = (HEX_SIZE_MAX - hex->size) * 2;

	if (digits == 0) {
		diag_set(diag, DIAG_INPUT_DIGIT, isprint((unsigned char)*p) ?
			"'%c' is no hexadecimal digit" :
			"byte 0x%02x is no hexadecimal digit",
			(unsigned char)*p);
		return wrong(hex, line, p, 1, diag);
	}
	if (digits % 2) {
		diag_set(diag, DIAG_INPUT_ODD, "'%.*s' has %zu digit%s, and a "
			"byte has two", digits > 40 ? 40 : (int)digits, p,
			digits, digits == 1 ? "" : "s");
		return wrong(hex, line, p, digits, diag);
	}
	if (digits > room) {
		diag_set(diag, DIAG_INPUT_LONG, "more than %d bytes",
			HEX_SIZE_MAX);
		return wrong(hex, line, p, digits, diag);
	}
	return HEX_OK;
}

/*
 * Rows.
 */

static bool
find_row(const char *line, const char *end, struct row *row)
{
	const char *p = skip_blanks(line, end);
	size_t group;

	if (end - p > 2 && p[0] == '0' && (p[1] | 32) == 'x')
		p += 2;
	*row = (struct row){.line = line, .end = end, .offset = p,
		.digits = count_digits(p, end)};
	p += row->digits;
	if (row->digits < HEX_OFFSET_MIN)
		return false;
	row->colon = p < end && *p == ':';
	p += row->colon;
	if (p < end && !is_blank(*p))
		return false;
	row->groups = skip_blanks(p, end);
	group = count_digits(row->groups, end);
	/* Without a colon, an offset is what is longer than a group. */
	return row->colon ? group > 0 : row->groups == end ||
		((group == 2 || group == 4) && group < row->digits);
}

static size_t
offset_in(const struct row *row, unsigned base)
{
	size_t value = 0;

	for (size_t i = 0; i < row->digits; i++) {
		unsigned d = digit(row->offset[i]);

		if (d >= base || value > HEX_SIZE_MAX)
			return SIZE_MAX;
		value = value * base + d;
	}
	return value;
}

static bool
begins_packet(const struct row *row)
{
	return row->groups < row->end && offset_in(row, 16) == 0;
}

/* Is there a line with the offset 0? */
static bool
is_dump(const struct hex *hex)
{
	const char *end;
	struct row row;

	for (const char *p = hex->text; p < hex->end; p = end + 1) {
		end = line_end(hex, p);
		if (find_row(p, end, &row) && begins_packet(&row))
			return true;
	}
	return false;
}

static enum hex_result
read_groups(struct hex *hex, const struct row *row, struct diag *diag)
{
	const char *p = row->groups, *next;
	enum hex_result result;

	while (p < row->end && *p != '|' && *p != '>') {
		size_t digits = count_digits(p, row->end);

		result = check_group(hex, row->line, p, digits, diag);
		if (result)
			return result;
		add_group(hex, p, digits);
		p += digits;
		next = skip_blanks(p, row->end);
		if (next == p && p < row->end && *p != '|')
			return check_group(hex, row->line, p, 0, diag);
		if (next - p > (row->colon ? 1 : 2) ||
		    memchr(p, '\t', (size_t)(next - p)))
			break;
		if (next - p == 2 && count_digits(next, row->end) == 0)
			break;
		p = next;
	}
	return HEX_OK;
}

/* Repeat the last row up to an offset, as a * stands for. */
static bool
repeat_row(struct hex *hex, const struct dump *dump, size_t offset)
{
	if (!dump->row_size || offset > HEX_SIZE_MAX ||
	    (offset - hex->size) % dump->row_size)
		return false;
	while (hex->size < offset) {
		memcpy(hex->bytes + hex->size,
			hex->bytes + hex->size - dump->row_size,
			dump->row_size);
		hex->size += dump->row_size;
	}
	return true;
}

/*
 * Does a row follow those before it, in a base that is possible?  The offset
 * that od ends with may be one less, where its last group was half a word.
 */
static bool
follows(struct hex *hex, struct dump *dump, const struct row *row)
{
	bool ends = row->groups == row->end;
	unsigned possible = 0;
	size_t at = hex->size;

	for (size_t i = 0; i < sizeof(bases) / sizeof(*bases); i++) {
		size_t offset = offset_in(row, bases[i].base);

		if (!(dump->bases & bases[i].set) || offset == SIZE_MAX)
			continue;
		if (offset == at || (ends && offset + 1 == at) ||
		    (dump->repeat && !possible && offset > at &&
		     repeat_row(hex, dump, offset)))
			possible |= bases[i].set;
		if (possible == bases[i].set && ends && offset + 1 == at)
			hex->size = offset;
	}
	if (possible)
		dump->bases = possible;
	dump->repeat = false;
	return possible != 0;
}

static enum hex_result
missing_rows(const struct hex *hex, const struct row *row, struct diag *diag)
{
	diag_set(diag, DIAG_INPUT_OFFSET, "the offset %.*s follows %zu "
		"(0x%zx) bytes", row->digits > 40 ? 40 : (int)row->digits,
		row->offset, hex->size, hex->size);
	return wrong(hex, row->line, row->offset, row->digits, diag);
}

/* A line with only a *, perhaps between blanks. */
static bool
is_repeat(const char *p, const char *end)
{
	p = skip_blanks(p, end);
	return p < end && *p == '*' && skip_blanks(p + 1, end) == end;
}

/* All rows of a packet, up to a line that is none or begins the next. */
static enum hex_result
next_dump(struct hex *hex, struct diag *diag)
{
	struct dump dump = {.bases = HEX | OCTAL | DECIMAL};
	struct row row;

	for (; hex->at < hex->end; next_line(hex)) {
		const char *end = line_end(hex, hex->at);
		bool is_row = find_row(hex->at, end, &row);
		enum hex_result result;
		size_t before;

		if (hex->size == 0 && !(is_row && begins_packet(&row)))
			continue;
		if (is_repeat(hex->at, end)) {
			dump.repeat = true;
			continue;
		}
		if (!is_row || (hex->size && begins_packet(&row)))
			break;
		if (!follows(hex, &dump, &row))
			return missing_rows(hex, &row, diag);
		before = hex->size;
		if (before == 0)
			hex->first_line = hex->line;
		result = read_groups(hex, &row, diag);
		if (result)
			return result;
		dump.row_size = hex->size - before;
	}
	return hex->size ? HEX_OK : HEX_END;
}

/*
 * Plain text.  What is wrong in the first group of all is no hexadecimal,
 * unless that has many digits.
 */

enum { SURE = 8 };

static bool
is_separator(char c)
{
	return is_blank(c) || (c && strchr(",:;-{}()[]\"'", c));
}

static bool
ends_group(char c)
{
	return is_separator(c) || (c && strchr("\\|>", c));
}

/* Past 0x and \x. */
static const char *
skip_prefix(const char *p, const char *end)
{
	bool prefix = end - p > 2 && (p[0] == '0' || p[0] == '\\') &&
		(p[1] | 32) == 'x';

	return prefix ? p + 2 : p;
}

static enum hex_result
read_plain_line(struct hex *hex, const char *line, const char *end,
	struct diag *diag)
{
	const char *p = line;

	while (p < end && (hex->size == 0 || !strchr("|>", *p))) {
		size_t digits;
		enum hex_result result;

		if (is_separator(*p)) {
			p++;
			continue;
		}
		p = skip_prefix(p, end);
		digits = count_digits(p, end);
		if (p + digits < end && !ends_group(p[digits]))
			return check_group(hex, line, p + digits, 0, diag);
		result = check_group(hex, line, p, digits, diag);
		if (result)
			return result;
		add_group(hex, p, digits);
		p += digits;
	}
	return HEX_OK;
}

static enum hex_result
next_plain(struct hex *hex, struct diag *diag)
{
	for (; hex->at < hex->end; next_line(hex)) {
		const char *end = line_end(hex, hex->at);
		bool empty = skip_blanks(hex->at, end) == end;
		enum hex_result result;

		if (empty && hex->size)
			break;
		if (empty)
			continue;
		if (hex->size == 0)
			hex->first_line = hex->line;
		result = read_plain_line(hex, hex->at, end, diag);
		if (result)
			return hex->size || hex->count || diag->len >= SURE ?
				result : HEX_NONE;
	}
	return hex->size ? HEX_OK : HEX_END;
}

/* Of an array in C, as xxd -i writes it, what is between its braces. */
static void
enter_array(struct hex *hex)
{
	const char *open = memchr(hex->text, '{', (size_t)(hex->end - hex->text));
	const char *close = open ? memchr(open, '}',
		(size_t)(hex->end - open)) : NULL;

	if (!close)
		return;
	while (line_end(hex, hex->at) < open)
		next_line(hex);
	hex->at = open;
	hex->end = close;
}

void
hex_start(struct hex *hex, const char *text, size_t size)
{
	hex->text = hex->at = text;
	hex->end = text + size;
	hex->line = 1;
	hex->count = 0;
	hex->size = 0;
	hex->is_dump = is_dump(hex);
	if (!hex->is_dump)
		enter_array(hex);
}

enum hex_result
hex_next(struct hex *hex, struct diag *diag)
{
	enum hex_result result;

	hex->size = 0;
	hex->in_words = true;
	result = hex->is_dump ? next_dump(hex, diag) : next_plain(hex, diag);
	hex->count += result == HEX_OK;
	return result;
}

void
hex_swap(struct hex *hex)
{
	for (size_t i = 0; i + 1 < hex->size; i += 2) {
		uint8_t high = hex->bytes[i + 1];

		hex->bytes[i + 1] = hex->bytes[i];
		hex->bytes[i] = high;
	}
}
