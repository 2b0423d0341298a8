/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The ways to a goal.  Jumps only go forward, so one pass backwards tells for
 * each instruction whether the goal can be reached from it.  Which way a branch
 * can go no plan knows; one that no input seems to turn is given up, until a run
 * goes that way after all.
 */
#ifndef WITNESS_PLAN_INT_H
#define WITNESS_PLAN_INT_H

#include "witness/witness-int.h"

struct plan {
	const struct object *object;
	struct witness_goal goal;
	bool counts;		/* the goal is an amount, wherever */
	unsigned least;		/* to be collected on the way */
	/* By instruction: what it counts as; can the goal be reached from it,
	   how many branches at least are between, how much can be collected
	   from it on. */
	unsigned weight[PC_COUNT];
	bool leads[PC_COUNT];
	unsigned distance[PC_COUNT], most[PC_COUNT];
	/* By branch and side, the jump second. */
	bool given_up[PC_COUNT][2], known[PC_COUNT][2];
};

void plan_init(struct plan *plan, const struct object *object,
	const struct witness_goal *goal);

/* With that much used before it, can the goal still be reached from pc? */
bool plan_leads(const struct plan *plan, unsigned pc, unsigned used);

/* The same after the other side of a branch of that run. */
bool plan_leads_turned(const struct plan *plan, const struct shadow *run,
	const struct turn *turn);

/* What was missing where a run left the ways to the goal. */
unsigned plan_distance(const struct plan *plan, const struct shadow *run);

/* The branch after which it had left them; turn_count: none. */
unsigned plan_left(const struct plan *plan, const struct shadow *run);

/* No input turns that branch. */
void plan_give_up(struct plan *plan, const struct turn *turn);

/* Nothing is given up any more: other inputs may be changed now. */
void plan_renew(struct plan *plan);

/* A run went this way, so it can be gone. */
void plan_learn(struct plan *plan, const struct shadow *run);

#endif
