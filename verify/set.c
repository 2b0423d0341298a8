/* SPDX-License-Identifier: BSD-2-Clause */
/* What is rare with sets of states; see set-int.h. */
#include "verify/set-int.h"

void
states_give_up(struct states *states)
{
	states->apart = (struct code_need){0, CODE_ENTRY};
}

void
set_squeeze(struct states *states, struct state **set,
	const struct code_need *need)
{
	struct state *state = *set, *next;

	states_give_up(states);
	*set = NULL;
	for (; state; state = next) {
		next = state->next;
		set_take(states, set, state, need);
	}
}

static inline void
leave_lanes(struct state *state, unsigned lanes)
{
	state->rest &= ~((uint64_t)lanes << STATE_LANES_SHIFT);
	for (; lanes; lanes &= lanes - 1)
		state->bound[__builtin_ctz(lanes)] = (code_sums){0} +
			STATE_NO_PATH;
}

struct state *
states_split(struct states *states, struct state *state, unsigned lanes)
{
	unsigned all = state_lanes(state), others = all & ~lanes;
	struct state *split;

	if (others == 0 || others == all)
		return NULL;
	split = states_copy(states, state);
	states->made++;
	leave_lanes(split, others);
	leave_lanes(state, lanes);
	return split;
}
