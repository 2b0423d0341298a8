/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The protocol between wasp-conform and an engine, and what of a reply is not
 * as a vector says.  Specified in wasp-conform(1).
 */
#ifndef CONFORM_TALK_H
#define CONFORM_TALK_H

#include <jansson.h>

#include "conform/vector.h"

/*
 * Greet an engine; run i of a vector, as request number id, trace: tell the
 * steps, too.
 */
json_t *talk_hello(void);
json_t *talk_run(const struct vector *vector, unsigned i, unsigned id,
	bool trace);

/*
 * Read the answer to a greeting: what the engine declines, 1 << VECTOR_CAPACITY
 * and so on, and TALK_COUNTS where it does not count steps, cost and accesses.
 * NULL, or what is wrong with it.
 */
enum { TALK_COUNTS = 1 << VECTOR_FEATURE_COUNT };
const char *talk_read_hello(const json_t *reply, unsigned *declines);

/* One field that is not as it must be, in words. */
enum { TALK_FIELD_SIZE = 40, TALK_TEXT_SIZE = 640 };
struct talk_difference {
	char field[TALK_FIELD_SIZE];	/* "verdict", "word 3", "store" */
	char expected[TALK_TEXT_SIZE], got[TALK_TEXT_SIZE];
};
typedef void talk_sink(void *arg, const struct talk_difference *difference);

/*
 * Compare a reply with what the run expects; every field that differs goes to
 * the sink.  Returns how many.
 */
unsigned talk_compare(const struct vector_run *run, const json_t *reply,
	unsigned declines, talk_sink *sink, void *arg);

#endif
