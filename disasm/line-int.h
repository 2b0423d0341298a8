/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lines of a disassembly:
 *
 *	+0x12  d006       ╭──  next:   bz r0, out          ;   1
 *	place  bytes    arrows label   statement           comment
 *
 * The columns to the left are there only where they are asked for.
 */
#ifndef DISASM_LINE_INT_H
#define DISASM_LINE_INT_H

#include "disasm/arrows-int.h"
#include "disasm/disasm.h"
#include "disasm/flow-int.h"
#include "disasm/names-int.h"

/* All that prints an object. */
struct printer {
	FILE *out;
	const struct disasm_options *how;
	const struct object *object;
	struct names names;
	struct flow flow;
	struct arrows arrows;
};

/* A statement that is being written; what is too long is cut. */
struct statement {
	char text[1024];	/* 64 words of ".word" fit */
	size_t len;
};
void statement_add(struct statement *statement, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

enum { NO_ROW = -1 };

struct line {
	const char *label;	/* these three: NULL for none */
	const char *statement;
	const char *comment;
	size_t off, size;	/* its bytes in the packet; size 0: none */
	int row;		/* its instruction, or NO_ROW */
};

void printer_put(const struct printer *printer, const struct line *line);

/* A line before the one of a row, with only a comment. */
void printer_put_comment(const struct printer *printer, int row,
	const char *comment);

#endif
