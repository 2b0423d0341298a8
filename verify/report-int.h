/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From a finding to its diagnostic: the place, the instruction, the way there,
 * and what the table says of its row.
 */
#ifndef VERIFY_REPORT_INT_H
#define VERIFY_REPORT_INT_H

#include "verify/verify.h"
#include "verify/way-int.h"

struct reporter {
	const struct object *object;
	const struct code *code;	/* NULL where no way is told */
	const char *file;		/* as messages call the object */
	struct verify_result *result;	/* errors and warnings are counted */
	diag_sink *sink;		/* may be NULL */
	void *arg;
	/* The source line of each instruction; NULL: not known. */
	const struct notes_line *line[PACKET_CODE_MAX];
};

/* Find the lines, once, since damaged notes may hold very many. */
void report_init(struct reporter *reporter);

/*
 * Something is wrong with the instruction at pc, by the row id.  way leads there
 * in the record that flow keeps, or both are NULL.
 */
void report_insn(const struct reporter *reporter, enum diag_id id, unsigned pc,
	const char *text, const struct way *way, const struct flow *flow);

/* Something is wrong with what lies at that offset of the object. */
void report_offset(const struct reporter *reporter, enum diag_id id,
	long offset, const char *text);

/* "line 12", or "instruction 3" where the notes do not say; returns buf. */
enum { REPORT_PLACE_SIZE = 160 };
const char *report_place(const struct reporter *reporter, unsigned pc,
	char buf[static REPORT_PLACE_SIZE]);

#endif
