/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What drill.bpf.c is asked to do with the store, and what came of it: a value
 * of an array map that a process maps, one for each processor.
 */
#ifndef XDP_DRILL_H
#define XDP_DRILL_H

#include <stdint.h>

enum { DRILL_JOBS = 2 };

enum drill_op {
	DRILL_NOTHING,			/* but all that is around it */
	DRILL_COUNT,			/* insert, add 1 to each word, write */
	DRILL_LOOKUP,			/* and let go */
	DRILL_FREE			/* what is free */
};

struct drill_job {
	uint32_t op, ops;		/* enum drill_op; how many in one run */
	uint64_t first, keys;		/* keys first .. first + keys - 1 */
	uint64_t i;			/* the next, less first; counts up */
	uint64_t seed;			/* not 0: drawn from this, no order */
	uint64_t results[4];		/* out: by enum ess_result */
	uint64_t written, wrong, free;	/* out */
	uint64_t spare[2];
};

#endif
