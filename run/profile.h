/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where the steps and the cost of many runs went: in all, at each hook of each
 * node, and at each instruction.
 */
#ifndef RUN_PROFILE_H
#define RUN_PROFILE_H

#include "run/count.h"
#include "run/sim.h"

struct profile_hook {
	uint64_t runs, steps, cost, accesses;
};

/* Zero-initialised, it is empty. */
struct profile {
	struct profile_hook hooks[SIM_NODES_MAX][2];	/* by node, from 1, and
							   hook, from 1 */
};

/* Add a run; one that did not happen is left out. */
void profile_add(struct profile *profile, const struct sim_run *run);

/*
 * Tables for people: totals, hooks, and instructions, the costliest first.  Or a
 * JSON object of type "profile", which the caller owns; NULL without memory.
 */
void profile_print(FILE *out, const struct profile *profile,
	const struct object *object, const struct count *count);
json_t *profile_json(const struct profile *profile,
	const struct object *object, const struct count *count);

#endif
