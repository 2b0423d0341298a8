/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pass over a program: what state can the machine be in before each
 * instruction, at each hook where it runs?  A state says which entry is mapped,
 * in which range each register lies, of which spaces the keys can be that the
 * program writes, and, for each hook, how long the paths are that lead to it.
 * Before an instruction there is a set of them, at most SET_MAX.  Paths that meet
 * are joined only where all is equal that a later instruction can depend on
 * (code_need); so a path with an entry is kept apart from one without as long as
 * an entry word may be used, a result of 0 from others as long as a register that
 * tells it decides a branch, and a hook from others as long as a register holds
 * what only it reads.  A program for which a set is too small, or which makes too
 * many states, is not followed so closely from there on: states are kept apart
 * only by what is mapped.  So the work is linear in its length, whatever the
 * number of its paths.
 *
 * Nothing is allocated or formatted here.
 */
#ifndef VERIFY_FLOW_INT_H
#define VERIFY_FLOW_INT_H

#include "verify/set-int.h"
#include "wasp/diag.h"

enum {
	/* How often paths may part: so often, and for each instruction. */
	FLOW_WORK = 64, FLOW_WORK_INSN = 1
};

/* A state of a record, for where bounds come from. */
#define FLOW_NODE(pc, i) ((uint16_t)((pc) * SET_MAX + (i)))
enum { FLOW_NO_NODE = UINT16_MAX };

/* Every state, for paths and claims. */
struct flow_record {
	uint8_t count[CODE_NODES];
	struct state state[CODE_NODES][SET_MAX];
};

/* A hook: what is known of it, and what was found of runs there. */
struct flow_lane {
	/* in: the values that the fields can read */
	struct range hook, back;

	/* out: over all paths; the bounds are absolute */
	code_sums bound;
	set_nodes from;			/* where each ends */
	uint8_t ends;			/* bit 1 << enum isa_op of a verdict or
					   fault; past the end is forward */
	uint8_t spaces;			/* of keys that are used */
	bool spaces_unknown;		/* of some key nothing is known */
	code_uses uses;		/* what can be run and read */
};

/*
 * Called for what is wrong at pc, by the id of its rule, in the order of the
 * program; state is the number of the one in which it is, of those before pc, and
 * lanes are those it is about.  reg is the register it is about.  follows: only
 * because of an earlier one.
 */
typedef void flow_found(void *arg, enum diag_id id, unsigned pc,
	unsigned state, unsigned lanes, unsigned reg, bool follows);

struct flow {
	/* in */
	const struct code *code;
	unsigned lanes;			/* how many, at least one */
	struct flow_lane lane[SET_LANES];
	unsigned egress, back;		/* which ones are: bits 1 << lane */
	unsigned cursor, access_limit;
	struct flow_record *record;	/* may be NULL */
	flow_found *found;		/* may be NULL */
	void *found_arg;

	/* out */
	bool wrong;			/* some error was found */

	/* while it runs */
	unsigned pc;
	struct state *now;		/* the set before pc */
	struct state *waiting[CODE_NODES];	/* sets that jumps lead to */
	struct state *around;		/* for the record: see go_around */
	unsigned around_to;
	struct states states;
};

void flow_run(struct flow *flow);

static inline struct range
flow_register(const struct flow *flow, const struct state *state, unsigned reg)
{
	return flow->states.values.range[values_get(state->regs, 8 * reg)];
}

/*
 * Can a comparison of these two come out so (taken)?  If so, they learn what it
 * tells of them.
 */
bool flow_refine(const struct code_insn *insn, bool taken, struct range *a,
	struct range *b);

/*
 * What parts of the pass do for each other.
 */

/* Something is wrong at pc, in that state of now, in those lanes. */
void flow_report(struct flow *flow, enum diag_id id, unsigned state,
	unsigned lanes, unsigned reg, bool follows);

/* The same about all states, whatever is in them. */
void flow_report_all(struct flow *flow, enum diag_id id);

/*
 * A word that is no instruction; an entry word used, or written, in the i-th
 * state, where it is not clear that it can be; registers that are read, or set.
 */
void flow_illegal(struct flow *flow);
void flow_check_mapping(struct flow *flow, struct state *state, unsigned i,
	bool write);
void flow_check_set(struct flow *flow, const struct code_insn *insn);
void flow_note_set(struct flow *flow, unsigned regs);

/* All paths end here, with all instructions before `behind`. */
void flow_leave(struct flow *flow, unsigned behind);

/* What is needed behind the instruction at pc. */
static inline const struct code_need *
flow_needed(const struct flow *flow)
{
	return &flow->code->need[flow->pc + 1];
}

/* Paths go on at pc, and so does what is there until control goes elsewhere. */
static inline void
flow_note_uses(struct flow *flow, unsigned pc, unsigned lanes)
{
	for (; lanes; lanes &= lanes - 1)
		flow->lane[__builtin_ctz(lanes)].uses |= flow->code->uses[pc];
}

/* Send states where the jump at pc may lead, or on, with what they learn. */
void flow_jump(struct flow *flow, const struct code_insn *insn);

/* Give a register, or words that are keys, the values that they get at pc. */
void flow_write(struct flow *flow, const struct code_insn *insn);
void flow_write_keys(struct flow *flow, const struct code_insn *insn);

/* A store instruction: is it right, and what comes of it? */
void flow_store(struct flow *flow, const struct code_insn *insn);

/* A sum of the longest or the shortest path (min), from bounds. */
static inline unsigned
flow_sum(code_sums bound, unsigned measure, bool min)
{
	int sum = min ? -bound[CODE_MEASURES + measure] : bound[measure];

	return sum > 0 && sum < INT16_MAX / 2 ? (unsigned)sum : 0;
}

#endif
