/* SPDX-License-Identifier: BSD-2-Clause */
/* Abstract states of the mapped entry and the registers; see entry-int.h. */
#include "verify/entry-int.h"

static const struct range any = {0, UINT32_MAX};
static const struct range zero = {0, 0};

static uint32_t
smaller(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

static uint32_t
larger(uint32_t a, uint32_t b)
{
	return a > b ? a : b;
}

static bool
is_single(const struct range *range)
{
	return range->lo == range->hi;
}

/*
 * What a comparison that came out true says about its two operands; false: it
 * can not have come out so.
 */
static bool
keep_equal(struct range *a, struct range *b)
{
	a->lo = b->lo = larger(a->lo, b->lo);
	a->hi = b->hi = smaller(a->hi, b->hi);
	return a->lo <= a->hi;
}

static bool
keep_other_than(struct range *a, const struct range *b)
{
	if (!is_single(b))
		return true;
	if (is_single(a))
		return a->lo != b->lo;
	if (a->lo == b->lo)
		a->lo++;
	else if (a->hi == b->lo)
		a->hi--;
	return true;
}

static bool
keep_unequal(struct range *a, struct range *b)
{
	return keep_other_than(a, b) && keep_other_than(b, a);
}

static bool
keep_less(struct range *a, struct range *b)
{
	if (a->lo >= b->hi)
		return false;
	a->hi = smaller(a->hi, b->hi - 1);
	b->lo = larger(b->lo, a->lo + 1);
	return true;
}

static bool
keep_not_less(struct range *a, struct range *b)
{
	if (a->hi < b->lo)
		return false;
	a->lo = larger(a->lo, b->lo);
	b->hi = smaller(b->hi, a->hi);
	return true;
}

typedef bool keep(struct range *a, struct range *b);

/* The relation that holds when a branch is taken, and when it is not. */
static keep *
branch_keep(enum isa_op op, bool taken)
{
	switch (op) {
	case ISA_BEQ:
	case ISA_BZ:
		return taken ? keep_equal : keep_unequal;
	case ISA_BNE:
	case ISA_BNZ:
		return taken ? keep_unequal : keep_equal;
	case ISA_BLTU:
		return taken ? keep_less : keep_not_less;
	case ISA_BGEU:
		return taken ? keep_not_less : keep_less;
	default:
		return NULL;
	}
}

/* Can the state leave by this side of the branch?  If so, what is known then. */
static bool
branch_refine(struct state *state, uint16_t word, enum isa_op op, bool taken)
{
	keep *relation = branch_keep(op, taken);
	int a = isa_reg(word, op, 0), b = isa_reg(word, op, 1);
	struct range nought = zero;

	if (!relation)
		return true;
	if (a == b)
		return relation == keep_equal || relation == keep_not_less;
	return relation(&state->reg[a], b < 0 ? &nought : &state->reg[b]);
}

/* Join what comes from (pc, mapping) into the state (to, to_mapping). */
static void
flow(struct entry *entry, unsigned to, enum mapping to_mapping,
	const struct state *state, unsigned pc, enum mapping mapping)
{
	struct state *old = &entry->before[to][to_mapping];

	if (!old->live) {
		*old = *state;
		old->from_pc = (uint8_t)pc;
		old->from_mapping = (uint8_t)mapping;
		return;
	}
	old->set &= state->set;
	for (unsigned i = 0; i < ISA_REG_COUNT; i++) {
		old->reg[i].lo = smaller(old->reg[i].lo, state->reg[i].lo);
		old->reg[i].hi = larger(old->reg[i].hi, state->reg[i].hi);
	}
}

static struct range
range_plus(struct range range, int32_t n)
{
	struct range sum = {range.lo + (uint32_t)n, range.hi + (uint32_t)n};

	return sum.lo <= sum.hi ? sum : any;
}

/* The value that an instruction other than the store's gives its register. */
static struct range
result_range(const struct state *state, uint16_t word, enum isa_op op)
{
	uint32_t u;

	switch (op) {
	case ISA_LDI:
		u = (uint32_t)isa_operand_of(word, op, ISA_KIND_UINT);
		return (struct range){u, u};
	case ISA_MOV:
		return state->reg[isa_reg(word, op, 1)];
	case ISA_ADDI:
		return range_plus(state->reg[isa_reg(word, op, 0)],
			isa_operand_of(word, op, ISA_KIND_SINT));
	default:
		return any;
	}
}

static void
set_register(struct state *state, int reg, struct range value)
{
	state->reg[reg] = value;
	state->set |= (uint8_t)(1u << reg);
}

/* A store instruction goes on with a result of 0, and perhaps with others. */
static void
step_store(struct entry *entry, unsigned pc, enum mapping mapping,
	struct access access)
{
	enum isa_op op = entry->graph->op[pc];
	int reg = isa_reg(entry->graph->word[pc], op, 0);
	struct state next = entry->before[pc][mapping];
	uint32_t most = op == ISA_INSERT || op == ISA_INVITE ? 2 : 1;
	bool maps = op == ISA_LOOKUP || op == ISA_INSERT;

	set_register(&next, reg, zero);
	if (!maps && !access.never)
		next.reg[reg].hi = most;
	flow(entry, pc + 1, MAPPED_NONE, &next, pc, mapping);
	if (!maps || access.never)
		return;
	next.reg[reg] = (struct range){1, most};
	flow(entry, pc + 1, access.mapping, &next, pc, mapping);
}

static void
step_other(struct entry *entry, unsigned pc, enum mapping mapping)
{
	const struct graph *graph = entry->graph;
	uint16_t word = graph->word[pc];
	enum isa_op op = graph->op[pc];
	struct state after = entry->before[pc][mapping];

	if (isa_insns[op].effects & ISA_W_A)
		set_register(&after, isa_reg(word, op, 0),
			result_range(&after, word, op));
	for (unsigned i = 0; i < graph->next_count[pc]; i++) {
		struct state next = after;

		if (branch_refine(&next, word, op, i == 1))
			flow(entry, graph->next[pc][i], mapping, &next, pc,
				mapping);
	}
}

/* Nothing is known of what it does, so nothing later is blamed on it. */
static void
step_illegal(struct entry *entry, unsigned pc, enum mapping mapping)
{
	struct state next = {.live = true, .set = UINT8_MAX};

	for (unsigned i = 0; i < ISA_REG_COUNT; i++)
		next.reg[i] = any;
	flow(entry, pc + 1, MAPPED_WRITE, &next, pc, mapping);
}

void
entry_start(struct entry *entry, const struct graph *graph)
{
	*entry = (struct entry){.graph = graph};
	entry->before[0][MAPPED_NONE].live = true;
}

void
entry_step(struct entry *entry, unsigned pc, struct access access)
{
	enum isa_op op = entry->graph->op[pc];

	for (unsigned mapping = 0; mapping < MAPPING_COUNT; mapping++) {
		if (!entry->before[pc][mapping].live)
			continue;
		entry->steps++;
		if (op == ISA_ILLEGAL)
			step_illegal(entry, pc, mapping);
		else if (isa_insns[op].effects & ISA_STORE)
			step_store(entry, pc, mapping, access);
		else
			step_other(entry, pc, mapping);
	}
}

void
entry_assume(struct entry *entry, unsigned pc, enum mapping from)
{
	struct state *state = &entry->before[pc][from];
	struct state moved = *state;

	state->live = false;
	flow(entry, pc, MAPPED_WRITE, &moved, moved.from_pc,
		moved.from_mapping);
}

void
entry_path(const struct entry *entry, unsigned pc, enum mapping mapping,
	struct graph_path *path)
{
	unsigned i = 0;

	for (unsigned at = pc, in = mapping;; i++) {
		const struct state *state = &entry->before[at][in];

		path->pc[i] = (uint8_t)at;
		if (at == 0)
			break;
		at = state->from_pc;
		in = state->from_mapping;
	}
	path->count = i + 1;
	for (unsigned a = 0, b = i; a < b; a++, b--) {
		uint8_t pc_b = path->pc[b];

		path->pc[b] = path->pc[a];
		path->pc[a] = pc_b;
	}
}
