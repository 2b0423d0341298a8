/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-conform tells of each vector, and of all: text, TAP, JSON lines. */
#ifndef CONFORM_SHOW_H
#define CONFORM_SHOW_H

#include <stdio.h>

#include "conform/talk.h"

enum show_form { SHOW_TEXT, SHOW_TAP, SHOW_JSON };
enum show_result { SHOW_PASSED, SHOW_FAILED, SHOW_SKIPPED };

/* What came of a vector. */
struct show_outcome {
	const struct vector *vector;
	enum show_result result;
	unsigned run;			/* that failed, from 1 */
	const char *declined;		/* why it was skipped */
	struct talk_difference *differences;
	unsigned difference_count;
};

struct show {
	FILE *out;
	enum show_form form;
	bool verbose;			/* also what passed, in text */
	bool no_counts;			/* the engine does not count */
	unsigned counts[3];		/* by enum show_result */
};

/* Tell one, and count it. */
void show_outcome(struct show *show, const struct show_outcome *outcome);

/* After the last. */
void show_end(const struct show *show);

#endif
