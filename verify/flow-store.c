/* SPDX-License-Identifier: BSD-2-Clause */
/* What store instructions do to states; see flow-int.h. */
#include "verify/flow-int.h"

/* What a store instruction can do with the key as far as it is known. */
struct access {
	uint8_t mapping;		/* where the result is not 0 */
	uint32_t most;			/* the largest result */
};

static struct access
access_of(const struct flow *flow, const struct code_insn *insn, unsigned spaces)
{
	unsigned others = spaces & ~(1u << KEY_INVITATION);
	bool back = flow->hook.back.lo;

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
note_key(struct flow *flow, const struct code_insn *insn, unsigned spaces)
{
	unsigned invitation = 1u << KEY_INVITATION;

	if (insn->op == ISA_INVITE) {
		flow->spaces |= invitation;
		return;
	}
	if (spaces == CODE_SPACES)
		flow->spaces_unknown = true;
	if (insn->op == ISA_REROUTE)
		flow->spaces |= invitation;
	else if (spaces != CODE_SPACES)
		flow->spaces |= (uint8_t)spaces;
}

/* Rules of keys and of the number of accesses. */
void
flow_check_store(struct flow *flow, const struct code_insn *insn,
	const struct state *state, unsigned i)
{
	const unsigned invitation = 1u << KEY_INVITATION;
	unsigned spaces = key_spaces(state, insn);
	int before = state->bound[CODE_ACCESSES] +
		flow->code->sum[flow->pc][CODE_ACCESSES] -
		flow->code->sum[0][CODE_ACCESSES];

	if (insn->bad)
		return;
	note_key(flow, insn, spaces);
	if (insn->op == ISA_REROUTE && !(spaces & invitation))
		flow_report(flow, DIAG_VERIFY_KEYSPACE, i, 0, false);
	else if (insn->op == ISA_REROUTE && spaces != invitation)
		flow_report(flow, DIAG_VERIFY_COMPUTED_NAME, i, 0, false);
	else if (insn->op != ISA_REROUTE && insn->op != ISA_INVITE &&
	    spaces == invitation)
		flow_report(flow, DIAG_VERIFY_NEVER_MAPPED, i, 0, false);
	if (before >= (int)flow->access_limit)
		flow_report(flow, DIAG_VERIFY_ACCESSES, i, 0,
			before > (int)flow->access_limit);
}

/* On every path, the node ends it here: one access too many. */
static bool
is_over(const struct flow *flow, const struct state *state)
{
	unsigned measure = CODE_MEASURES + CODE_ACCESSES;
	int least = -(state->bound[measure] + flow->code->sum[flow->pc][measure]
		- flow->code->sum[0][measure]);

	return least >= (int)flow->access_limit;
}

/* The state after a store instruction gave a result. */
static void
set_result(struct flow *flow, const struct code_insn *insn,
	const struct state *before, struct state *after, struct range result,
	unsigned mapping)
{
	state_copy(after, before, values_put(before->regs,
		code_shift_a(insn->word), values_find(&flow->values, result)));
	state_map(after, mapping);
}

unsigned
flow_store(struct flow *flow, const struct code_insn *insn,
	const struct state *before, struct state after[static 2])
{
	struct access access = access_of(flow, insn, key_spaces(before, insn));
	bool over = is_over(flow, before);

	set_result(flow, insn, before, &after[0], RANGE_ONE(0),
		over ? STATE_ASSUMED : STATE_NONE);
	if (access.most)
		set_result(flow, insn, before, &after[1],
			(struct range){1, access.most},
			over ? STATE_ASSUMED : access.mapping);
	return access.most ? 2 : 1;
}
