/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways to a goal; see plan-int.h. */
#include "witness/plan-int.h"

#include <string.h>

static unsigned
weight(const struct witness_goal *goal, enum isa_op op)
{
	if (goal->kind == WITNESS_STEPS)
		return 1;
	if (op == ISA_ILLEGAL)
		return 0;
	if (goal->kind == WITNESS_COST)
		return isa_insns[op].cost;
	return isa_insns[op].effects & ISA_STORE ? 1 : 0;
}

/* Where a branch goes, the end being behind the last instruction. */
static unsigned
side_of(const struct plan *plan, unsigned pc, bool jump)
{
	unsigned count = plan->object->header.code_count, to = pc + 1;
	uint16_t word = packet_insn(plan->object->packet, pc);

	if (jump)
		to = isa_target(word, isa_decode(word), pc);
	return to < count ? to : count;
}

/* Join what is known of an instruction that comes next. */
static void
add_side(struct plan *plan, unsigned pc, bool jump, unsigned branch)
{
	unsigned to = side_of(plan, pc, jump);

	if (!plan->leads[to] || (branch && plan->given_up[pc][jump]))
		return;
	if (!plan->leads[pc] ||
	    plan->distance[to] + branch < plan->distance[pc])
		plan->distance[pc] = plan->distance[to] + branch;
	if (!plan->leads[pc] || plan->most[to] > plan->most[pc])
		plan->most[pc] = plan->most[to];
	plan->leads[pc] = true;
}

static void
add_insn(struct plan *plan, unsigned pc)
{
	enum isa_op op = isa_decode(packet_insn(plan->object->packet, pc));
	unsigned effects = op == ISA_ILLEGAL ? ISA_END : isa_insns[op].effects;
	bool both = effects & ISA_JUMP && !(effects & ISA_END);

	if (effects & ISA_JUMP)
		add_side(plan, pc, true, both);
	if (!(effects & ISA_END))
		add_side(plan, pc, false, both);
	else if (!(effects & ISA_JUMP))
		plan->leads[pc] = plan->counts;
}

static void
make(struct plan *plan)
{
	unsigned count = plan->object->header.code_count;

	memset(plan->leads, 0, sizeof(plan->leads));
	memset(plan->distance, 0, sizeof(plan->distance));
	memset(plan->most, 0, sizeof(plan->most));
	plan->leads[count] = plan->counts;
	for (unsigned pc = count; pc-- > 0;) {
		if (!plan->counts && pc == plan->goal.pc)
			plan->leads[pc] = true;
		else
			add_insn(plan, pc);
		plan->most[pc] += plan->weight[pc];
	}
}

void
plan_init(struct plan *plan, const struct object *object,
	const struct witness_goal *goal)
{
	*plan = (struct plan){.object = object, .goal = *goal,
		.counts = goal->kind >= WITNESS_STEPS, .least = goal->least};
	if (!plan->counts)
		plan->least = goal->kind == WITNESS_FAULT &&
			goal->fault == ISA_FAULT_ACCESSES ?
			ISA_ACCESS_MAX + 1 : 0;
	for (unsigned pc = 0; pc < object->header.code_count; pc++)
		plan->weight[pc] = weight(goal,
			isa_decode(packet_insn(object->packet, pc)));
	make(plan);
}

bool
plan_leads(const struct plan *plan, unsigned pc, unsigned used)
{
	return pc < PC_COUNT && plan->leads[pc] &&
		used + plan->most[pc] >= plan->least;
}

bool
plan_leads_turned(const struct plan *plan, const struct shadow *run,
	const struct turn *turn)
{
	unsigned used = 0;

	if (plan->given_up[turn->pc][!turn->taken])
		return false;
	for (unsigned i = 0; i <= turn->at; i++)
		used += plan->weight[run->pcs[i]];
	return plan_leads(plan, side_of(plan, turn->pc, !turn->taken), used);
}

unsigned
plan_distance(const struct plan *plan, const struct shadow *run)
{
	unsigned used = 0, last = 0;

	for (unsigned i = 0; i < run->pc_count; i++) {
		if (!plan_leads(plan, run->pcs[i], used))
			break;
		last = run->pcs[i];
		used += plan->weight[last];
	}
	if (plan->counts)
		return used < plan->least ? plan->least - used : 0;
	return plan->distance[last];
}

unsigned
plan_left(const struct plan *plan, const struct shadow *run)
{
	unsigned used = 0, at = 0;

	for (unsigned i = 0; i < run->turn_count; i++) {
		for (; at <= run->turns[i].at; at++)
			used += plan->weight[run->pcs[at]];
		if (at >= run->pc_count ||
		    !plan_leads(plan, run->pcs[at], used))
			return i;
	}
	return run->turn_count;
}

/* With every way given up, some of them must be the wrong one. */
void
plan_give_up(struct plan *plan, const struct turn *turn)
{
	bool *side = &plan->given_up[turn->pc][!turn->taken];

	if (*side || plan->known[turn->pc][!turn->taken])
		return;
	*side = true;
	make(plan);
	if (plan_leads(plan, 0, 0))
		return;
	*side = false;
	make(plan);
}

void
plan_renew(struct plan *plan)
{
	memset(plan->given_up, 0, sizeof(plan->given_up));
	make(plan);
}

void
plan_learn(struct plan *plan, const struct shadow *run)
{
	bool wrong = false;

	for (unsigned i = 0; i < run->turn_count; i++) {
		const struct turn *turn = &run->turns[i];

		plan->known[turn->pc][turn->taken] = true;
		wrong |= plan->given_up[turn->pc][turn->taken];
		plan->given_up[turn->pc][turn->taken] = false;
	}
	if (wrong)
		make(plan);
}
