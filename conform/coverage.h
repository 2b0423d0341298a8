/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What vectors have had executed, against what the tables say there is: every
 * instruction, both sides of every branch, every fault of every instruction,
 * every unused bit, field, verdict, mark, key space, and flag.
 */
#ifndef CONFORM_COVERAGE_H
#define CONFORM_COVERAGE_H

#include <stdio.h>

#include <jansson.h>

#include "conform/vector.h"

struct coverage;

/* NULL without memory; coverage_free accepts NULL. */
struct coverage *coverage_new(void);
void coverage_free(struct coverage *coverage);

/*
 * Add a run that went as expected.  false where the reply does not tell which
 * instructions it was.
 */
bool coverage_add(struct coverage *coverage, const struct vector_run *run,
	const json_t *reply);

/* The matrix, a row for each thing with the runs that did it; how many are 0. */
unsigned coverage_print(FILE *out, const struct coverage *coverage);
json_t *coverage_json(const struct coverage *coverage);

#endif
