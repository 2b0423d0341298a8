/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pass over a program: what state can the machine be in before each
 * instruction?  A state says which entry is mapped, in which range each register
 * lies, of which spaces the keys can be that the program writes, and how long
 * the paths are that lead to it.  Before an instruction there is a set of them,
 * at most SET_MAX.  Paths that meet are joined only where all is equal that
 * a later instruction can depend on (code_need); so a path with an entry is kept
 * apart from one without as long as an entry word may be used, and a result of 0
 * from others as long as a register that tells it decides a branch.  Only when a
 * set is full, states that differ are joined, the most alike first; sets hold
 * less when a program has made much work already.  So the work is linear in its
 * length, whatever the number of its paths.
 *
 * Nothing is allocated or formatted here.
 */
#ifndef VERIFY_FLOW_INT_H
#define VERIFY_FLOW_INT_H

#include "verify/set-int.h"
#include "wasp/diag.h"

enum {
	/* After so many states, and so many for each instruction, sets hold
	   no more than FLOW_FEW. */
	FLOW_WORK = 96, FLOW_WORK_INSN = 3,
	FLOW_FEW = 3
};

/* A state of a record, for where bounds come from. */
#define FLOW_NODE(pc, i) ((uint16_t)((pc) * SET_MAX + (i)))
enum { FLOW_NO_NODE = UINT16_MAX };

/* Every state, for paths and claims. */
struct flow_record {
	uint8_t count[CODE_NODES];
	struct state state[CODE_NODES][SET_MAX];
};

/* What is known of the hook of a run: the values that the fields can read. */
struct flow_hook {
	struct range hook, back;
};

/*
 * Called for what is wrong at pc, by the id of its rule, in the order of the
 * program; state is the number of the one in which it is, of those before pc.
 * reg is the register it is about.  follows: only because of an earlier one.
 */
typedef void flow_found(void *arg, enum diag_id id, unsigned pc,
	unsigned state, unsigned reg, bool follows);

struct flow {
	/* in */
	const struct code *code;
	struct flow_hook hook;
	unsigned cursor, access_limit;
	struct flow_record *record;	/* may be NULL */
	flow_found *found;		/* may be NULL */
	void *found_arg;

	/* out: over all paths; the bounds are absolute */
	code_sums bound;
	set_nodes from;		/* where each ends */
	bool wrong;			/* some error was found */
	uint8_t spaces;			/* of keys that are used */
	bool spaces_unknown;		/* of some key nothing is known */
	uint8_t ends;			/* bit 1 << enum isa_op of a verdict or
					   fault; past the end is forward */
	struct code_uses uses;		/* what can be run and read */
	unsigned work;			/* states that were followed */

	/* while it runs */
	unsigned pc;
	unsigned room;			/* of each set */
	unsigned work_limit;		/* after which it is less */
	/* Sets; the last place is for a state that is to be joined. */
	unsigned now_count;
	struct state now[SET_MAX + 1];
	uint8_t waiting_count[CODE_NODES];
	struct state waiting[CODE_NODES][SET_MAX + 1];
	struct values values;		/* of the registers of all states */
};

void flow_run(struct flow *flow);

static inline struct range
flow_register(const struct flow *flow, const struct state *state, unsigned reg)
{
	return flow->values.range[values_get(state->regs, 8 * reg)];
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

/* Something is wrong at pc, in that state of now. */
void flow_report(struct flow *flow, enum diag_id id, unsigned state,
	unsigned reg, bool follows);

/* What a field can read; what an instruction makes of registers, as a value. */
struct range flow_field(const struct flow *flow, unsigned field);
uint8_t flow_result(struct flow *flow, const struct code_insn *insn,
	uint64_t regs);

/*
 * A store instruction in a state, the one with that number: is it right?  And
 * what comes of it: a result of 0, and perhaps others.  Returns how many there
 * are.
 */
void flow_check_store(struct flow *flow, const struct code_insn *insn,
	const struct state *state, unsigned i);
unsigned flow_store(struct flow *flow, const struct code_insn *insn,
	const struct state *before, struct state after[static 2]);

/* A sum of the longest or the shortest path (min), from bounds. */
static inline unsigned
flow_sum(code_sums bound, unsigned measure, bool min)
{
	int sum = min ? -bound[CODE_MEASURES + measure] : bound[measure];

	return sum > 0 && sum < INT16_MAX / 2 ? (unsigned)sum : 0;
}

#endif
