/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What runs of programs have executed, in a file to which every run adds:
 * instructions, and both sides of branches.  A program is known by its code.  In
 * memory it is the file's JSON, which wasp-run(1) describes.
 */
#ifndef RUN_COVERAGE_H
#define RUN_COVERAGE_H

#include "run/count.h"
#include "wasp/object.h"

/* Without a program; NULL without memory. */
json_t *coverage_new(void);

/*
 * From such a file.  NULL when it is none, after the first error was given to the
 * sink.
 */
json_t *coverage_parse(const char *text, size_t size, const char *file,
	diag_sink *sink, void *arg);

/* Add what was counted of a program; false without memory. */
bool coverage_add(json_t *coverage, const struct object *object,
	const struct count *count);

/* The text of a file; the caller frees it.  NULL without memory. */
char *coverage_text(const json_t *coverage, size_t *size);

/* Every instruction with its source and counts, and how much was reached. */
void coverage_print(FILE *out, const json_t *coverage);

/*
 * The same as an lcov tracefile.  Returns how many programs were left out, since
 * no source lines of them are known.
 */
unsigned coverage_lcov(FILE *out, const json_t *coverage);

#endif
