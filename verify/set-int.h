/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * States of the machine before an instruction, and sets of them: lists, without
 * two that are alike.  One run of the pass is about several lanes, the hooks
 * where the program runs; what is the same at all of them is one state.
 */
#ifndef VERIFY_SET_INT_H
#define VERIFY_SET_INT_H

#include "verify/code-int.h"
#include "verify/value-int.h"

enum {
	SET_MAX = 8,			/* states in a set */
	SET_LANES = 4,			/* at most */
	/* One set for each instruction, and what a step is at work on. */
	SET_STATES = (CODE_NODES + 4) * SET_MAX
};

/* The states before that bounds come from (FLOW_NODE). */
typedef uint16_t set_nodes __attribute__((vector_size(2 * CODE_SUMS)));

/*
 * rest: what can be, as bits, so that it is joined by or.  From bit 0 on, four
 * for each key that changes, the spaces it can be of; then what can be mapped;
 * then the registers that are not set on every path, while a record is kept;
 * then the lanes in which it can be.
 */
struct state {
	uint64_t regs;			/* struct values */
	uint64_t rest;
	struct state *next;		/* in its set */
	/* In each lane, of the longest and the shortest path here; less
	   code->sum of the instruction, so that only jumps change them. */
	code_sums bound[SET_LANES];
	set_nodes from[SET_LANES];	/* while a record is kept */
};

enum {
	STATE_MAPPING_SHIFT = 32, STATE_UNSET_SHIFT = 40, STATE_LANES_SHIFT = 48
};

/* What is mapped: a set of these, of more than one where paths were joined. */
enum {
	STATE_NONE = 1 << 0,
	STATE_READ = 1 << 1,	/* a write faults unless the packet may write */
	STATE_WRITE = 1 << 2,	/* a write can not fault */
	STATE_ASSUMED = 1 << 3	/* a finding before this was about it: nothing
				   that follows from it is another */
};

/* Sums that no path has: they lose against any other. */
enum { STATE_NO_PATH = -20000 };

/* All states of a run, and what is common to them. */
struct states {
	unsigned lanes;			/* how many each has */
	bool kept;			/* they say where bounds come from */
	/* Of what is needed, where states that differ are kept apart: all; or
	   just what is mapped, in a program that is too much work. */
	struct code_need apart;
	unsigned made;			/* how often paths parted, so far */
	unsigned made_limit;		/* more is too much work */
	unsigned used;			/* of those below */
	struct state *unused;		/* again */
	struct values values;		/* of their registers */
	struct state state[SET_STATES];
};

static inline unsigned
state_mapping(const struct state *state)
{
	return state->rest >> STATE_MAPPING_SHIFT & 0xff;
}

static inline void
state_map(struct state *state, unsigned mapping)
{
	state->rest &= ~(UINT64_C(0xff) << STATE_MAPPING_SHIFT);
	state->rest |= (uint64_t)mapping << STATE_MAPPING_SHIFT;
}

static inline unsigned
state_spaces(const struct state *state, unsigned key)
{
	return state->rest >> 4 * key & CODE_SPACES;
}

/* Bit 1 << lane. */
static inline unsigned
state_lanes(const struct state *state)
{
	return (unsigned)(state->rest >> STATE_LANES_SHIFT);
}

/* Those of all states of a set. */
static inline unsigned
set_lanes(const struct state *set)
{
	uint64_t rest = 0;

	for (; set; set = set->next)
		rest |= set->rest;
	return (unsigned)(rest >> STATE_LANES_SHIFT);
}

/* The larger of each bound. */
static inline code_sums
set_larger(code_sums a, code_sums b)
{
	code_sums larger = a > b;

	return (a & larger) | (b & ~larger);
}

/* The same, and where it comes from. */
static inline void
set_join_bounds(code_sums *to, set_nodes *to_from, code_sums bound,
	set_nodes from)
{
	set_nodes larger = (set_nodes)(bound > *to);

	*to = set_larger(bound, *to);
	*to_from = (from & larger) | (*to_from & ~larger);
}

/* A copy that is in no set; give it back with states_drop. */
static inline struct state *
states_copy(struct states *states, const struct state *state)
{
	struct state *copy = states->unused;

	if (copy)
		states->unused = copy->next;
	else
		copy = &states->state[states->used++];
	copy->regs = state->regs;
	copy->rest = state->rest;
	copy->bound[0] = state->bound[0];
	if (states->lanes > 1)
		memcpy(&copy->bound[1], &state->bound[1],
			sizeof(copy->bound) - sizeof(*copy->bound));
	if (states->kept)
		memcpy(copy->from, state->from, sizeof(copy->from));
	return copy;
}

static inline void
states_start(struct states *states, unsigned lanes, bool kept)
{
	states->lanes = lanes;
	states->kept = kept;
	states->apart = (struct code_need){UINT64_MAX, UINT64_MAX};
	states->made = 1;
	states->used = 0;
	states->unused = NULL;
	values_start(&states->values);
}

static inline void
states_drop(struct states *states, struct state *state)
{
	state->next = states->unused;
	states->unused = state;
}

/*
 * From here on states are joined unless they differ in what is mapped; now those
 * of a set, which has one too many.
 */
void states_give_up(struct states *states);
void set_squeeze(struct states *states, struct state **set,
	const struct code_need *need);

/* Let paths be as long, or as short, as those. */
static inline void
states_widen(const struct states *states, struct state *state,
	const code_sums bound[static SET_LANES])
{
	state->bound[0] = set_larger(state->bound[0], bound[0]);
	if (states->lanes > 1) {
		state->bound[1] = set_larger(state->bound[1], bound[1]);
		state->bound[2] = set_larger(state->bound[2], bound[2]);
		state->bound[3] = set_larger(state->bound[3], bound[3]);
	}
}

/* Bounds in each lane, with this added. */
static inline void
states_add(const struct states *states, code_sums to[static SET_LANES],
	const code_sums bound[static SET_LANES], code_sums sum)
{
	to[0] = bound[0] + sum;
	if (states->lanes > 1) {
		to[1] = bound[1] + sum;
		to[2] = bound[2] + sum;
		to[3] = bound[3] + sum;
	}
}

static inline void
states_join(const struct states *states, struct state *to,
	const struct state *state)
{
	to->regs = values_join(to->regs, state->regs);
	to->rest |= state->rest;
	for (unsigned lane = 0; states->kept && lane < states->lanes; lane++)
		set_join_bounds(&to->bound[lane], &to->from[lane],
			state->bound[lane], state->from[lane]);
	states_widen(states, to, state->bound);
}

/*
 * Put a state into a set, at its end, or join it with the one there that differs
 * in nothing that is needed.  It is the set's from here on.
 */
static inline void
set_take(struct states *states, struct state **set, struct state *state,
	const struct code_need *need)
{
	uint64_t regs = need->regs & states->apart.regs;
	uint64_t rest = need->rest & states->apart.rest;
	struct state *other = *set, *last = NULL;
	unsigned count = 0;

	for (; other; last = other, other = other->next, count++)
		if (!((other->regs ^ state->regs) & regs) &&
		    !((other->rest ^ state->rest) & rest)) {
			states_join(states, other, state);
			states_drop(states, state);
			return;
		}
	state->next = NULL;
	*(last ? &last->next : set) = state;
	if (count == SET_MAX)
		set_squeeze(states, set, need);
}

/*
 * Take these lanes out of a state that has others, too: a state of their own.
 * NULL: it has none of them, or no others.
 */
struct state *states_split(struct states *states, struct state *state,
	unsigned lanes);

#endif
