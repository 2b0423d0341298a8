/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of a disassembly; see line-int.h. */
#include "disasm/line-int.h"

#include <stdarg.h>
#include <string.h>

#include "wasp/color.h"

enum {
	LABEL_COLUMNS = 8,	/* for a label before its instruction */
	TEXT_COLUMNS = 40,	/* for the instruction before its comment */
	PLACE_COLUMNS = 7,	/* "+0x20c " */
	BYTES_IN_LINE = 8,
	BYTES_COLUMNS = 20,	/* "11223344 55667788  " */
	GROUP = 4		/* bytes without a space between */
};

void
statement_add(struct statement *statement, const char *format, ...)
{
	size_t room = sizeof(statement->text) - statement->len;
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(statement->text + statement->len, room, format, ap);
	va_end(ap);
	if (n > 0)
		statement->len += (size_t)n < room ? (size_t)n : room - 1;
}

/* Place and bytes of at most one line, without the blanks behind them. */
static size_t
put_bytes(const struct printer *printer, size_t off, size_t size)
{
	char place[16] = "", text[BYTES_COLUMNS + 8] = "";
	size_t len = 0;

	if (size)
		snprintf(place, sizeof(place), "+0x%02zx", off);
	for (size_t i = 0; i < size && i < BYTES_IN_LINE; i++)
		len += (size_t)snprintf(text + len, sizeof(text) - len,
			"%s%02x", i && i % GROUP == 0 ? " " : "",
			printer->object->packet[off + i]);
	color_put(printer->out, printer->how->color, COLOR_PLACE, place);
	fprintf(printer->out, "%*s", PLACE_COLUMNS - (int)strlen(place), "");
	color_put(printer->out, printer->how->color, COLOR_NUMBER, text);
	return len;
}

/* The columns to the left of a row, or of a line before it. */
static void
put_left(const struct printer *printer, size_t off, size_t size, int row,
	bool before)
{
	bool color = printer->how->color;

	if (printer->how->bytes)
		fprintf(printer->out, "%*s", BYTES_COLUMNS -
			(int)put_bytes(printer, off, size), "");
	if (!printer->how->arrows || printer->arrows.lanes == 0)
		return;
	if (row == NO_ROW) {
		fprintf(printer->out, "%*s", (int)printer->arrows.lanes + 3, "");
		return;
	}
	color_begin(printer->out, color, COLOR_ARROW);
	arrows_print(printer->out, &printer->arrows, (unsigned)row, before,
		printer->how->ascii);
	color_end(printer->out, color, COLOR_ARROW);
}

/* A label in its columns, or on a line of its own where it is too long. */
static void
put_label(const struct printer *printer, const struct line *line)
{
	size_t len = line->label ? strlen(line->label) + 1 : 0;
	bool alone = len >= LABEL_COLUMNS && line->statement;

	put_left(printer, line->off, alone ? 0 : line->size, line->row, alone);
	if (line->label) {
		color_put(printer->out, printer->how->color, COLOR_LABEL,
			line->label);
		fputc(':', printer->out);
	}
	if (alone) {
		fputc('\n', printer->out);
		put_left(printer, line->off, line->size, line->row, false);
		len = 0;
	}
	if (line->statement)
		fprintf(printer->out, "%*s", LABEL_COLUMNS - (int)len, "");
}

/* Bytes for which the line had no room. */
static void
put_more_bytes(const struct printer *printer, const struct line *line)
{
	for (size_t done = BYTES_IN_LINE; printer->how->bytes &&
	     done < line->size; done += BYTES_IN_LINE) {
		put_bytes(printer, line->off + done, line->size - done);
		fputc('\n', printer->out);
	}
}

void
printer_put(const struct printer *printer, const struct line *line)
{
	bool color = printer->how->color;
	size_t len = line->statement ? strlen(line->statement) : 0;

	put_label(printer, line);
	if (line->statement)
		color_put_statement(printer->out, color, line->statement);
	if (line->comment) {
		if (len)
			fprintf(printer->out, "%*s", len < TEXT_COLUMNS ?
				TEXT_COLUMNS - (int)len : 1, "");
		color_begin(printer->out, color, COLOR_COMMENT);
		fprintf(printer->out, "; %s", line->comment);
		color_end(printer->out, color, COLOR_COMMENT);
	}
	fputc('\n', printer->out);
	put_more_bytes(printer, line);
}

void
printer_put_comment(const struct printer *printer, int row, const char *comment)
{
	put_left(printer, 0, 0, row, true);
	color_begin(printer->out, printer->how->color, COLOR_COMMENT);
	fprintf(printer->out, "; %s", comment);
	color_end(printer->out, printer->how->color, COLOR_COMMENT);
	fputc('\n', printer->out);
}
