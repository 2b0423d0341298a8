/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * States of the machine before an instruction, and sets of them.
 */
#ifndef VERIFY_SET_INT_H
#define VERIFY_SET_INT_H

#include "verify/code-int.h"
#include "verify/value-int.h"

enum { SET_MAX = 8 };			/* states in a set */

/* The states before that bounds come from (FLOW_NODE). */
typedef uint16_t set_nodes __attribute__((vector_size(2 * CODE_SUMS)));

/*
 * rest: what can be, as bits, so that it is joined by or.  From bit 0 on, four
 * for each key that changes, the spaces it can be of; then what can be mapped;
 * then the registers that are not set on every path, while a record is kept.
 */
struct state {
	uint64_t regs;			/* struct values */
	uint64_t rest;
	/* Of the longest and the shortest path here; less code->sum of the
	   instruction, so that only jumps change them. */
	code_sums bound;
	set_nodes from;			/* while a record is kept */
};

enum { STATE_MAPPING_SHIFT = 32, STATE_UNSET_SHIFT = 40 };

/* What is mapped: a set of these, of more than one where paths were joined. */
enum {
	STATE_NONE = 1 << 0,
	STATE_READ = 1 << 1,	/* a write faults unless the packet may write */
	STATE_WRITE = 1 << 2,	/* a write can not fault */
	STATE_ASSUMED = 1 << 3	/* a finding before this was about it: nothing
				   that follows from it is another */
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

/* The larger of each bound, and where it comes from. */
static inline void
set_join_bounds(code_sums *to, set_nodes *to_from, code_sums bound,
	set_nodes from)
{
	code_sums larger = bound > *to;

	*to = (bound & larger) | (*to & ~larger);
	*to_from = (from & (set_nodes)larger) | (*to_from & ~(set_nodes)larger);
}

/*
 * A copy with other registers.  Each part by itself: what was just written in
 * parts is read from memory slowly where it is read as a whole.
 */
static inline void
state_copy(struct state *to, const struct state *state, uint64_t regs)
{
	to->bound = state->bound;
	to->from = state->from;
	to->rest = state->rest;
	to->regs = regs;
}

/* Is nothing different that is needed? */
static inline bool
state_alike(const struct state *a, const struct state *b,
	const struct code_need *need)
{
	return !((a->regs ^ b->regs) & need->regs) &&
		!((a->rest ^ b->rest) & need->rest);
}

static inline void
state_join_alike(struct state *to, const struct state *state)
{
	to->rest |= state->rest;
	set_join_bounds(&to->bound, &to->from, state->bound, state->from);
}

/* The set is full: join the state with the one that is most alike. */
void set_squeeze(struct state *set, unsigned count, const struct state *state,
	const struct code_need *need, struct values *values);

/*
 * Take a state into a set, which may lie behind it there; more than room only
 * if it is alike to none.  Returns how many the set has then.
 */
static inline unsigned
set_take(struct state *set, unsigned count, const struct state *state,
	const struct code_need *need, struct values *values, unsigned room)
{
	if (count >= room) {
		set_squeeze(set, count, state, need, values);
		return count;
	}
	for (unsigned i = 0; i < count; i++)
		if (state_alike(&set[i], state, need)) {
			state_join_alike(&set[i], state);
			return count;
		}
	if (&set[count] != state)
		state_copy(&set[count], state, state->regs);
	return count + 1;
}

#endif
