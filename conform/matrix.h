/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What vectors have had executed, against what the tables say there is: every
 * instruction, both sides of every branch, every fault of every instruction,
 * every unused bit, field, verdict, mark, key space, and flag.
 */
#ifndef CONFORM_MATRIX_H
#define CONFORM_MATRIX_H

#include <stdio.h>

#include <jansson.h>

#include "conform/vector.h"

struct matrix;

/* NULL without memory; matrix_free accepts NULL. */
struct matrix *matrix_new(void);
void matrix_free(struct matrix *matrix);

/*
 * Add a run that went as expected.  false where the reply does not tell which
 * instructions it was.
 */
bool matrix_add(struct matrix *matrix, const struct vector_run *run,
	const json_t *reply);

/* The matrix, a row for each thing with the runs that did it; how many are 0. */
unsigned matrix_print(FILE *out, const struct matrix *matrix);
json_t *matrix_json(const struct matrix *matrix);

#endif
