/* SPDX-License-Identifier: BSD-2-Clause */
/* Which states are joined where a set is full; see set-int.h. */
#include "verify/set-int.h"

/* Any other difference counts more than all registers. */
enum { RANK_KEYS = 16, RANK_ENTRY = 32 };

static inline struct range
hull(const struct values *values, uint64_t a, uint64_t b, unsigned shift)
{
	return range_hull(values->range[values_get(a, shift)],
		values->range[values_get(b, shift)]);
}

/*
 * Two sides of a branch that meet again with nothing else changed, but for one
 * register (its byte is used): together they are what was there before it.
 */
static bool
is_whole(const struct values *values, uint64_t a, uint64_t b, uint64_t used)
{
	return range_is_any(hull(values, a, b,
		(unsigned)__builtin_ctzll(used)));
}

/* How unlike two states are. */
static inline unsigned
rank_of(const struct values *values, const struct state *a,
	const struct state *b, const struct code_need *need)
{
	const uint64_t ones = UINT64_C(0x0101010101010101);
	uint64_t used = values_marks((a->regs ^ b->regs) & need->regs);
	uint64_t others = (a->rest ^ b->rest) & need->rest;
	unsigned rank = (unsigned)(used * ones >> 56);

	if (others & CODE_ALL_KEYS)
		rank += RANK_KEYS;
	if (others & CODE_ENTRY)
		rank += RANK_ENTRY;
	if (rank == 1 && is_whole(values, a->regs, b->regs, used))
		rank = 0;
	return rank;
}

static void
join(struct state *to, const struct state *state, const struct code_need *need,
	struct values *values)
{
	uint64_t used = values_marks((to->regs ^ state->regs) & need->regs);

	for (; used; used &= used - 1) {
		unsigned shift = (unsigned)__builtin_ctzll(used);

		to->regs = values_put(to->regs, shift, values_find(values,
			hull(values, to->regs, state->regs, shift)));
	}
	state_join_alike(to, state);
}

void
set_squeeze(struct state *set, unsigned count, const struct state *state,
	const struct code_need *need, struct values *values)
{
	unsigned best = 0, best_rank = UINT32_MAX;

	for (unsigned i = 0; i < count; i++) {
		unsigned rank;

		if (state_alike(&set[i], state, need)) {
			state_join_alike(&set[i], state);
			return;
		}
		rank = rank_of(values, &set[i], state, need);
		if (rank < best_rank) {
			best = i;
			best_rank = rank;
		}
	}
	join(&set[best], state, need, values);
}
