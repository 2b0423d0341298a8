/* SPDX-License-Identifier: BSD-2-Clause */
/* What store instructions do to states; see flow-int.h. */
#include "verify/flow-int.h"

/* What a store instruction can do with the key as far as it is known. */
struct access {
	uint8_t mapping;		/* where the result is not 0 */
	uint32_t most;			/* the largest result */
};

static struct access
access_of(const struct code_insn *insn, unsigned spaces, bool back)
{
	unsigned others = spaces & ~(1u << KEY_INVITATION);

	switch (insn->op) {
	case ISA_LOOKUP:
		return (struct access){others & 1u << KEY_PROTECTED ?
			STATE_READ : STATE_WRITE, others ? 1 : 0};
	case ISA_INSERT:
		/* What is on its way back has nobody's rights. */
		if (back)
			others &= ~(1u << KEY_PROTECTED);
		return (struct access){STATE_WRITE, others ? 2 : 0};
	case ISA_INVITE:
		return (struct access){STATE_NONE, back ? 0 : 2};
	default:
		return (struct access){STATE_NONE, back ? 0 : 1};
	}
}

static unsigned
key_spaces(const struct state *state, const struct code_insn *insn)
{
	return insn->key < CODE_KEY_MAX ? state_spaces(state, insn->key) :
		insn->spaces;
}

static void
note_key(struct flow_lane *lane, const struct code_insn *insn, unsigned spaces)
{
	unsigned invitation = 1u << KEY_INVITATION;

	if (insn->op == ISA_INVITE) {
		lane->spaces |= invitation;
		return;
	}
	if (spaces == CODE_SPACES)
		lane->spaces_unknown = true;
	if (insn->op == ISA_REROUTE)
		lane->spaces |= invitation;
	else if (spaces != CODE_SPACES)
		lane->spaces |= (uint8_t)spaces;
}

/* The most, or the fewest, store accesses before this one in a lane. */
static int
accesses_before(const struct flow *flow, const struct state *state,
	unsigned lane, bool fewest)
{
	unsigned i = CODE_ACCESSES + (fewest ? CODE_MEASURES : 0);
	const code_sums *sum = flow->code->sum;
	int before = state->bound[lane][i] + sum[flow->pc][i] - sum[0][i];

	return fewest ? -before : before;
}

/* Is it one access too many?  And only so because of one before it? */
static void
check_accesses(struct flow *flow, const struct state *state, unsigned i)
{
	unsigned first = 0, later = 0;

	for (unsigned lane = 0; lane < flow->lanes; lane++) {
		int before = accesses_before(flow, state, lane, false);

		if (before == (int)flow->access_limit)
			first |= 1u << lane;
		else if (before > (int)flow->access_limit)
			later |= 1u << lane;
	}
	if (first)
		flow_report(flow, DIAG_VERIFY_ACCESSES, i, first, 0, false);
	if (later)
		flow_report(flow, DIAG_VERIFY_ACCESSES, i, later, 0, true);
}

/* Rules of keys. */
static void
check_key(struct flow *flow, const struct code_insn *insn,
	const struct state *state, unsigned i)
{
	const unsigned invitation = 1u << KEY_INVITATION;
	unsigned spaces = key_spaces(state, insn), lanes = state_lanes(state);

	for (unsigned lane = 0; lane < flow->lanes; lane++)
		if (lanes >> lane & 1)
			note_key(&flow->lane[lane], insn, spaces);
	if (insn->op == ISA_REROUTE && !(spaces & invitation))
		flow_report(flow, DIAG_VERIFY_KEYSPACE, i, lanes, 0, false);
	else if (insn->op == ISA_REROUTE && spaces != invitation)
		flow_report(flow, DIAG_VERIFY_COMPUTED_NAME, i, lanes, 0,
			false);
	else if (insn->op != ISA_REROUTE && insn->op != ISA_INVITE &&
	    spaces == invitation)
		flow_report(flow, DIAG_VERIFY_NEVER_MAPPED, i, lanes, 0,
			false);
}

/* Can any path have too many? */
static bool
can_exceed(const struct flow *flow)
{
	return -flow->code->sum[0][CODE_ACCESSES] > (int)flow->access_limit;
}

/* On every path, the node ends it here: one access too many. */
static bool
is_over(const struct flow *flow, const struct state *state)
{
	unsigned lanes = state_lanes(state);

	for (unsigned lane = 0; lane < flow->lanes; lane++)
		if (lanes >> lane & 1 && accesses_before(flow, state, lane,
			true) < (int)flow->access_limit)
			return false;
	return true;
}

/* The state after it gave a result. */
static void
take_result(struct flow *flow, const struct code_insn *insn,
	struct state *state, struct range result, unsigned mapping)
{
	state->regs = values_put(state->regs, code_shift_a(insn->word),
		values_find(&flow->states.values, result));
	state_map(state, mapping);
	set_take(&flow->states, &flow->now, state, flow_needed(flow));
}

/* In one state, the i-th: a result of 0, and perhaps others. */
static void
store(struct flow *flow, const struct code_insn *insn, struct state *state,
	unsigned i)
{
	bool back = state_lanes(state) & flow->back, over = false;
	struct access access = access_of(insn, key_spaces(state, insn), back);
	struct state *other = NULL;

	if (!insn->bad)
		check_key(flow, insn, state, i);
	if (can_exceed(flow)) {
		if (!insn->bad)
			check_accesses(flow, state, i);
		over = is_over(flow, state);
	}
	if (access.most) {
		other = states_copy(&flow->states, state);
		flow->states.made++;
	}
	take_result(flow, insn, state, RANGE_ONE(0),
		over ? STATE_ASSUMED : STATE_NONE);
	if (access.most)
		take_result(flow, insn, other, (struct range){1, access.most},
			over ? STATE_ASSUMED : access.mapping);
}

void
flow_store(struct flow *flow, const struct code_insn *insn)
{
	unsigned apart = flow->code->has_rights ? flow->back : 0, i = 0;
	struct state *state = flow->now, *next;

	flow->now = NULL;
	for (; state; state = next, i++) {
		struct state *back = states_split(&flow->states, state, apart);

		next = state->next;
		store(flow, insn, state, i);
		if (back)
			store(flow, insn, back, i);
	}
}
