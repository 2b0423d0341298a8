/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pass over a program: what state can the machine be in before each
 * instruction?  A state says which entry is mapped, in which range each register
 * lies, of which spaces the keys can be that the program writes, and how long
 * the paths are that lead to it.  Before an instruction there is a set of them,
 * at most FLOW_STATES.  Paths that meet are joined only where all is equal that
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

#include "verify/code-int.h"
#include "verify/range-int.h"
#include "wasp/diag.h"

enum {
	FLOW_STATES = 8,
	/* After so many states, and so many for each instruction, sets hold
	   no more than FLOW_FEW. */
	FLOW_WORK = 96, FLOW_WORK_INSN = 3,
	FLOW_FEW = 3
};

/* What is mapped: a set of these, of more than one where paths were joined. */
enum {
	FLOW_NONE = 1 << 0,
	FLOW_READ = 1 << 1,	/* a write faults unless the packet may write */
	FLOW_WRITE = 1 << 2,	/* a write can not fault */
	FLOW_ASSUMED = 1 << 3	/* a finding before this was about it: nothing
				   that follows from it is another */
};

/* The states before that bounds come from (FLOW_NODE). */
typedef uint16_t flow_nodes __attribute__((vector_size(2 * CODE_SUMS)));

struct state {
	struct range reg[ISA_REG_COUNT];
	/* Of the longest and the shortest path here; less code->sum of the
	   instruction, so that only jumps change them. */
	code_sums bound;
	flow_nodes from;		/* while a record is kept */
	uint32_t spaces;		/* four bits for each key that changes */
	uint8_t mapping;		/* FLOW_NONE ... */
	uint8_t set;			/* registers set on every path, while a
					   record is kept */
};

#define FLOW_NODE(pc, i) ((uint16_t)((pc) * FLOW_STATES + (i)))
enum { FLOW_NO_NODE = UINT16_MAX };

/* Every state, for paths and claims. */
struct flow_record {
	uint8_t count[CODE_NODES];
	struct state state[CODE_NODES][FLOW_STATES];
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
	flow_nodes from;		/* where each ends */
	bool wrong;			/* some error was found */
	uint8_t spaces;			/* of keys that are used */
	bool spaces_unknown;		/* of some key nothing is known */
	uint8_t ends;			/* bit 1 << enum isa_op of a verdict or
					   fault; past the end is forward */
	uint64_t opcodes, fields;	/* bit 1 << enum isa_op, isa_env, of what
					   can be run and read */
	unsigned work;			/* states that were followed */

	/* while it runs */
	unsigned pc, now_count;
	unsigned room;			/* of each set */
	/* Sets; the last place is for a state that is to be joined. */
	struct state now[FLOW_STATES + 1];
	uint8_t waiting_count[CODE_NODES];
	struct state waiting[CODE_NODES][FLOW_STATES + 1];
};

void flow_run(struct flow *flow);

/* Can a state leave by this side of a branch?  If so, it learns what it tells. */
bool flow_refine(struct state *state, const struct code_insn *insn, bool taken);

/* A sum of the longest or the shortest path (min), from bounds. */
static inline unsigned
flow_sum(code_sums bound, unsigned measure, bool min)
{
	int sum = min ? -bound[CODE_MEASURES + measure] : bound[measure];

	return sum > 0 && sum < INT16_MAX / 2 ? (unsigned)sum : 0;
}

#endif
