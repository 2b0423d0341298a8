/* SPDX-License-Identifier: BSD-2-Clause */
/* States before each instruction; see flow-int.h. */
#include "verify/flow-int.h"

#include <string.h>

/* Sums that no path has: they lose against any other. */
enum { NO_PATH = -20000 };

static bool
is_kept(const struct flow *flow)
{
	return flow->record != NULL;
}

static void
report(struct flow *flow, enum diag_id id, unsigned state, unsigned reg,
	bool follows)
{
	if (!follows && diag_infos[id].severity == DIAG_ERROR)
		flow->wrong = true;
	if (flow->found)
		flow->found(flow->found_arg, id, flow->pc, state, reg, follows);
}

/*
 * Sets of states.
 */

/* What of a state matters: registers, and ones where other things do. */
struct focus {
	unsigned regs;
	uint32_t spaces;
	uint8_t mapping;
};

/* The four bits of each key that is needed. */
static uint32_t
needed_spaces(uint32_t need)
{
	uint32_t bits = 0;

	for (unsigned keys = need >> CODE_NEED_KEY_SHIFT & 0xff, i = 0;
	    keys >> i; i++)
		if (keys >> i & 1)
			bits |= (uint32_t)CODE_SPACES << 4 * i;
	return bits;
}

static inline struct focus
focus_of(uint32_t need)
{
	return (struct focus){
		.regs = need & CODE_NEED_REGS,
		.spaces = need & CODE_NEED_KEYS ? needed_spaces(need) : 0,
		.mapping = need & CODE_NEED_ENTRY ? UINT8_MAX : 0
	};
}

/* What differs and matters: registers, and more than any of them, the rest. */
enum {
	DIFFERS_SPACES = 1 << 8, DIFFERS_MAPPING = 1 << 9,
	DIFFERS_SHIFT = 8,		/* to what is no register */
	RANK_OTHERS = 16		/* more than all registers */
};

/* Of these, what is no register. */
static inline unsigned
others_differ(const struct state *a, const struct state *b,
	const struct focus *focus)
{
	unsigned differ = 0;

	if ((a->mapping ^ b->mapping) & focus->mapping)
		differ |= DIFFERS_MAPPING;
	if ((a->spaces ^ b->spaces) & focus->spaces)
		differ |= DIFFERS_SPACES;
	return differ;
}

static inline bool
states_alike(const struct state *a, const struct state *b,
	const struct focus *focus)
{
	if (others_differ(a, b, focus))
		return false;
	for (unsigned regs = focus->regs; regs; regs &= regs - 1) {
		int i = __builtin_ctz(regs);

		if (!range_same(a->reg[i], b->reg[i]))
			return false;
	}
	return true;
}

static inline unsigned
registers_differ(const struct state *a, const struct state *b, unsigned regs)
{
	unsigned differ = 0;

	for (; regs; regs &= regs - 1) {
		unsigned i = (unsigned)__builtin_ctz(regs);

		differ |= (unsigned)!range_same(a->reg[i], b->reg[i]) << i;
	}
	return differ;
}

/* The larger of each bound, and where it comes from. */
static void
join_bounds(code_sums *to, flow_nodes *to_from, code_sums bound,
	flow_nodes from)
{
	code_sums larger = bound > *to;

	*to = (bound & larger) | (*to & ~larger);
	*to_from = (from & (flow_nodes)larger) |
		(*to_from & ~(flow_nodes)larger);
}

static inline void
join_state(struct state *to, const struct state *state, unsigned differ)
{
	for (unsigned regs = differ & 0xff; regs; regs &= regs - 1) {
		int i = __builtin_ctz(regs);

		to->reg[i] = range_hull(to->reg[i], state->reg[i]);
	}
	to->mapping |= state->mapping;
	to->spaces |= state->spaces;
	to->set &= state->set;
	join_bounds(&to->bound, &to->from, state->bound, state->from);
}

/*
 * Two sides of a branch that meet again with nothing else changed: together
 * they are what was there before it.
 */
static bool
is_whole(const struct state *a, const struct state *b, unsigned differ)
{
	unsigned i;

	if (differ == 0 || differ > 0xff || differ & (differ - 1))
		return false;
	i = (unsigned)__builtin_ctz(differ);
	return range_is_any(range_hull(a->reg[i], b->reg[i]));
}

/* Of the registers that differ; nibbles hold the number of ones of theirs. */
static inline unsigned
count_registers(unsigned differ)
{
	const uint64_t ones = UINT64_C(0x4332322132212110);

	return (unsigned)(ones >> 4 * (differ & 15) & 15) +
		(unsigned)(ones >> 4 * (differ >> 4 & 15) & 15);
}

/* How unlike two states are that are not alike. */
static inline unsigned
rank_of(const struct state *a, const struct state *b, unsigned differ)
{
	if (is_whole(a, b, differ))
		return 0;
	return count_registers(differ) + (differ >> DIFFERS_SHIFT) * RANK_OTHERS;
}

/* The set is full: into the first that is alike, else into the most alike. */
static void
squeeze(struct state *set, unsigned count, const struct focus *focus)
{
	const struct state *state = &set[count];
	unsigned best = 0, best_differ = UINT32_MAX, best_rank = UINT32_MAX;

	for (unsigned i = 0; i < count; i++) {
		unsigned rank, differ = others_differ(&set[i], state, focus);

		if (differ && best_rank < RANK_OTHERS)
			continue;
		differ |= registers_differ(&set[i], state, focus->regs);
		if (differ == 0) {
			best = i;
			best_differ = 0;
			break;
		}
		rank = rank_of(&set[i], state, differ);
		if (rank < best_rank) {
			best = i;
			best_rank = rank;
			best_differ = differ;
		}
	}
	join_state(&set[best], state, best_differ);
}

/* Take the state behind the set into it; returns how many it has then. */
static inline unsigned
take_state(const struct flow *flow, struct state *set, unsigned count,
	const struct focus *focus)
{
	if (count >= flow->room) {
		squeeze(set, count, focus);
		return count;
	}
	for (unsigned i = 0; i < count; i++)
		if (states_alike(&set[i], &set[count], focus)) {
			join_state(&set[i], &set[count], 0);
			return count;
		}
	return count + 1;
}

/* The states before pc, of those that fall through and those that jump. */
static void
meet(struct flow *flow)
{
	const struct focus focus = focus_of(flow->code->need[flow->pc]);
	unsigned waiting = flow->waiting_count[flow->pc], old = flow->now_count;
	unsigned count = old > 0;

	for (unsigned i = 1; i < old; i++) {
		if (count != i)
			flow->now[count] = flow->now[i];
		count = take_state(flow, flow->now, count, &focus);
	}
	for (unsigned i = 0; i < waiting; i++) {
		flow->now[count] = flow->waiting[flow->pc][i];
		count = take_state(flow, flow->now, count, &focus);
	}
	flow->now_count = count;
}

static void
keep_record(struct flow *flow)
{
	struct flow_record *record = flow->record;

	record->count[flow->pc] = (uint8_t)flow->now_count;
	for (unsigned i = 0; i < flow->now_count; i++) {
		record->state[flow->pc][i] = flow->now[i];
		flow->now[i].from = (flow_nodes){0} + FLOW_NODE(flow->pc, i);
	}
}

/*
 * Instructions.
 */

/* Paths that end here, with all instructions before `behind`. */
static void
leave(struct flow *flow, unsigned behind)
{
	code_sums sum = flow->code->sum[behind] - flow->code->sum[0];

	for (unsigned i = 0; i < flow->now_count; i++)
		join_bounds(&flow->bound, &flow->from, flow->now[i].bound +
			sum, flow->now[i].from);
}

static struct range
field_range(const struct flow *flow, unsigned field)
{
	switch (field) {
	case ISA_ENV_HOOK:
		return flow->hook.hook;
	case ISA_ENV_BACK:
		return flow->hook.back;
	case ISA_ENV_FLOW0:
		return (struct range){0, UINT32_MAX >> 2};
	default:
		return RANGE_ANY;
	}
}

/* The value that an instruction other than the store's gives its register. */
static struct range
result_range(const struct flow *flow, const struct state *state,
	const struct code_insn *insn)
{
	struct range a = state->reg[insn->a], b = state->reg[insn->b];
	unsigned u = insn->word & 511;

	switch (insn->op) {
	case ISA_LDI:
		return RANGE_ONE(u);
	case ISA_ADDI:
		return range_plus(a, (u ^ 256) - 256u);
	case ISA_ENV_R:
		return field_range(flow, insn->word & 127);
	case ISA_MOV:
		return b;
	case ISA_ADD:
		return range_add(a, b);
	case ISA_SUB:
		return insn->a == insn->b ? RANGE_ONE(0) : range_sub(a, b);
	case ISA_AND:
		return range_and(a, b);
	case ISA_OR:
		return range_or(a, b);
	case ISA_XOR:
		return insn->a == insn->b ? RANGE_ONE(0) : range_xor(a, b);
	case ISA_SHL:
		return range_is_one(b) ? range_shl(a, b.lo) : RANGE_ANY;
	case ISA_SHR:
		return range_is_one(b) ? range_shr(a, b.lo) : RANGE_ANY;
	case ISA_SAR:
		return range_is_one(b) ? range_sar(a, b.lo) : RANGE_ANY;
	case ISA_MIN:
		return (struct range){range_min(a.lo, b.lo),
			range_min(a.hi, b.hi)};
	case ISA_MAX:
		return (struct range){range_max(a.lo, b.lo),
			range_max(a.hi, b.hi)};
	case ISA_BSET:
		return range_is_one(b) ? range_or(a,
			RANGE_ONE(UINT32_C(1) << (b.lo & 31))) : RANGE_ANY;
	case ISA_SHLI:
		return range_shl(a, u & 31);
	case ISA_SHRI:
		return range_shr(a, u & 31);
	case ISA_SARI:
		return range_sar(a, u & 31);
	case ISA_LOW:
		return range_low(a, u & 31);
	default:
		return RANGE_ANY;
	}
}

/* The spaces of the keys whose first word lies in the range. */
static uint32_t
spaces_of(struct range range)
{
	unsigned first = range.lo >> 30, last = range.hi >> 30;

	return (2u << last) - (1u << first);
}

static inline bool
refine(struct state *state, const struct code_insn *insn, bool taken)
{
	struct range zero = RANGE_ONE(0), *a = &state->reg[insn->a];
	struct range *b = insn->effects & ISA_R_B ? &state->reg[insn->b] : &zero;

	switch (insn->op) {
	case ISA_BNE:
	case ISA_BNZ:
		taken = !taken;
		/* fall through */
	case ISA_BEQ:
	case ISA_BZ:
		if (a == b)
			return taken;
		return taken ? range_equal(a, b) : range_unequal(a, b);
	case ISA_BGEU:
		taken = !taken;
		/* fall through */
	case ISA_BLTU:
		if (a == b)
			return !taken;
		return taken ? range_less(a, b) : range_not_less(a, b);
	default:
		return true;
	}
}

bool
flow_refine(struct state *state, const struct code_insn *insn, bool taken)
{
	return refine(state, insn, taken);
}

/* To the set that waits at the target, if that side is possible. */
static void
send_state(struct flow *flow, const struct code_insn *insn,
	const struct state *state, const struct focus *focus)
{
	unsigned to = insn->target, count = flow->waiting_count[to];
	struct state *sent = &flow->waiting[to][count];

	*sent = *state;
	if (!refine(sent, insn, true))
		return;
	sent->bound += flow->code->sum[flow->pc + 1] - flow->code->sum[to];
	flow->waiting_count[to] = (uint8_t)take_state(flow, flow->waiting[to],
		count, focus);
}

static void
step_jump(struct flow *flow, const struct code_insn *insn)
{
	const struct focus focus = focus_of(flow->code->need[insn->target]);
	unsigned kept = 0;

	for (unsigned i = 0; i < flow->now_count; i++) {
		send_state(flow, insn, &flow->now[i], &focus);
		if (insn->effects & ISA_END)
			continue;
		if (kept != i)
			flow->now[kept] = flow->now[i];
		kept += refine(&flow->now[kept], insn, false);
	}
	flow->now_count = kept;
}

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
			FLOW_READ : FLOW_WRITE, others ? 1 : 0};
	case ISA_INSERT:
		/* What is on its way back has nobody's rights. */
		if (back)
			others &= ~(1u << KEY_PROTECTED);
		return (struct access){FLOW_WRITE, others ? 2 : 0};
	case ISA_INVITE:
		return (struct access){FLOW_NONE, back ? 0 : 2};
	default:
		return (struct access){FLOW_NONE, back ? 0 : 1};
	}
}

static unsigned
key_spaces(const struct state *state, const struct code_insn *insn)
{
	return insn->key < CODE_KEY_MAX ?
		state->spaces >> 4 * insn->key & CODE_SPACES : insn->spaces;
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
static void
check_access(struct flow *flow, const struct code_insn *insn, unsigned i,
	unsigned spaces)
{
	const unsigned invitation = 1u << KEY_INVITATION;
	int before = flow->now[i].bound[CODE_ACCESSES] +
		flow->code->sum[flow->pc][CODE_ACCESSES] -
		flow->code->sum[0][CODE_ACCESSES];

	if (insn->bad)
		return;
	note_key(flow, insn, spaces);
	if (insn->op == ISA_REROUTE && !(spaces & invitation))
		report(flow, DIAG_VERIFY_KEYSPACE, i, 0, false);
	else if (insn->op == ISA_REROUTE && spaces != invitation)
		report(flow, DIAG_VERIFY_COMPUTED_NAME, i, 0, false);
	else if (insn->op != ISA_REROUTE && insn->op != ISA_INVITE &&
	    spaces == invitation)
		report(flow, DIAG_VERIFY_NEVER_MAPPED, i, 0, false);
	if (before >= (int)flow->access_limit)
		report(flow, DIAG_VERIFY_ACCESSES, i, 0,
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
add_result(struct flow *flow, const struct code_insn *insn,
	const struct state *before, struct range result, uint8_t mapping,
	const struct focus *focus)
{
	struct state *after = &flow->now[flow->now_count];

	*after = *before;
	after->reg[insn->a] = result;
	after->mapping = mapping;
	after->set |= (uint8_t)(1u << insn->a);
	flow->now_count = take_state(flow, flow->now, flow->now_count,
		focus);
}

/* It goes on with a result of 0, and perhaps with others. */
static void
step_store(struct flow *flow, const struct code_insn *insn)
{
	const struct focus focus = focus_of(flow->code->need[flow->pc + 1]);
	unsigned count = flow->now_count;
	struct state set[FLOW_STATES];

	for (unsigned i = 0; i < count; i++)
		check_access(flow, insn, i, key_spaces(&flow->now[i], insn));
	memcpy(set, flow->now, count * sizeof(*set));
	flow->now_count = 0;
	for (unsigned i = 0; i < count; i++) {
		struct access access = access_of(flow, insn,
			key_spaces(&set[i], insn));
		bool over = is_over(flow, &set[i]);

		add_result(flow, insn, &set[i], RANGE_ONE(0),
			over ? FLOW_ASSUMED : FLOW_NONE, &focus);
		if (access.most)
			add_result(flow, insn, &set[i],
				(struct range){1, access.most}, over ?
				FLOW_ASSUMED : access.mapping, &focus);
	}
}

/* Nothing is known of what it does, so nothing later is blamed on it. */
static void
step_illegal(struct flow *flow)
{
	struct state *state = &flow->now[0];

	report(flow, DIAG_VERIFY_ILLEGAL, 0, 0, false);
	leave(flow, flow->pc);
	flow->now_count = 1;
	for (unsigned i = 0; i < ISA_REG_COUNT; i++)
		state->reg[i] = RANGE_ANY;
	state->bound = (code_sums){0} + NO_PATH;
	state->spaces = UINT32_MAX;
	state->mapping = FLOW_ASSUMED;
	state->set = UINT8_MAX;
}

static void
check_entry(struct flow *flow, const struct code_insn *insn)
{
	for (unsigned i = 0; i < flow->now_count; i++) {
		struct state *state = &flow->now[i];

		if (state->mapping & FLOW_ASSUMED) {
			report(flow, DIAG_VERIFY_UNMAPPED, i, 0, true);
		} else if (state->mapping & FLOW_NONE) {
			report(flow, DIAG_VERIFY_UNMAPPED, i, 0, false);
			state->mapping = FLOW_ASSUMED;
		} else if (insn->effects & ISA_W_T &&
		    state->mapping & FLOW_READ) {
			report(flow, DIAG_VERIFY_READONLY, i, 0, false);
			state->mapping = FLOW_WRITE;
		}
	}
}

/* nop, spelt addi r0, 0, reads nothing. */
static void
check_set(struct flow *flow, const struct code_insn *insn)
{
	unsigned read = (insn->effects & ISA_R_A ? 1u << insn->a : 0) |
		(insn->effects & ISA_R_B ? 1u << insn->b : 0);

	if (insn->word == isa_insns[ISA_ADDI].word)
		return;
	for (unsigned i = 0; i < flow->now_count; i++) {
		struct state *state = &flow->now[i];
		unsigned unset = read & ~(unsigned)state->set;

		for (unsigned reg = 0; unset >> reg; reg++)
			if (unset >> reg & 1)
				report(flow, DIAG_VERIFY_UNSET, i, reg, false);
		state->set |= (uint8_t)read;
	}
}

/* What else an instruction may do that gives the same value in all states. */
enum { VALUE_SOURCES = ISA_R_ENV | ISA_R_N };

/* A register gets a value that depends on no other. */
static void
write_value(struct flow *flow, const struct code_insn *insn)
{
	struct range value = result_range(flow, &flow->now[0], insn);

	for (unsigned i = 0; i < flow->now_count; i++) {
		flow->now[i].reg[insn->a] = value;
		flow->now[i].set |= (uint8_t)(1u << insn->a);
	}
}

static void
write_states(struct flow *flow, const struct code_insn *insn)
{
	for (unsigned i = 0; i < flow->now_count; i++) {
		struct state *state = &flow->now[i];

		if (insn->effects & ISA_W_A) {
			state->reg[insn->a] = result_range(flow, state, insn);
			state->set |= (uint8_t)(1u << insn->a);
		}
		if (insn->effects & ISA_W_N && insn->key < CODE_KEY_MAX) {
			struct range value = insn->effects & ISA_R_A ?
				state->reg[insn->a] : RANGE_ANY;

			state->spaces &= ~((uint32_t)CODE_SPACES <<
				4 * insn->key);
			state->spaces |= spaces_of(value) << 4 * insn->key;
		}
		if (insn->effects & ISA_PUSH)
			for (unsigned k = 0; flow->code->pushed_keys >> k; k++)
				if (flow->code->pushed_keys >> k & 1)
					state->spaces |= (uint32_t)CODE_SPACES <<
						4 * k;
	}
}

/* What does more than to give registers and words other values. */
enum {
	SPECIAL = ISA_R_T | ISA_W_T | ISA_PUSH | ISA_STORE | ISA_JUMP | ISA_END
};

static void
step(struct flow *flow, const struct code_insn *insn)
{
	if (!insn->idle)
		flow->work += flow->now_count;
	if (flow->work > FLOW_WORK + FLOW_WORK_INSN * flow->code->count)
		flow->room = FLOW_FEW;
	if (!is_kept(flow) && !insn->bad && !(insn->effects & SPECIAL)) {
		if ((insn->effects & ~VALUE_SOURCES) == ISA_W_A)
			write_value(flow, insn);
		else
			write_states(flow, insn);
		return;
	}
	if (insn->bad & CODE_BAD_WORD) {
		step_illegal(flow);
		return;
	}
	if (insn->bad & CODE_BAD_JUMP)
		report(flow, DIAG_VERIFY_JUMP, 0, 0, false);
	if (is_kept(flow))
		check_set(flow, insn);
	if (insn->bad & CODE_BAD_PAD)
		report(flow, DIAG_VERIFY_SCRATCHPAD, 0, 0, false);
	if (insn->effects & (ISA_R_T | ISA_W_T))
		check_entry(flow, insn);
	if (insn->effects & ISA_PUSH && flow->cursor >= flow->code->pad_count)
		report(flow, DIAG_VERIFY_NO_ROOM, 0, 0, false);
	if (insn->effects & ISA_STORE) {
		step_store(flow, insn);
	} else if (insn->effects & ISA_JUMP) {
		step_jump(flow, insn);
	} else if (insn->effects & ISA_END) {
		flow->ends |= (uint8_t)(1u << insn->op);
		leave(flow, flow->pc + 1);
		flow->now_count = 0;
	} else {
		write_states(flow, insn);
	}
}

/* Registers are zero, nothing is mapped, keys are anything. */
static void
start(struct flow *flow)
{
	flow->wrong = flow->spaces_unknown = false;
	flow->spaces = flow->ends = 0;
	flow->work = 0;
	flow->room = FLOW_STATES;
	flow->now_count = 1;
	memset(&flow->now[0], 0, sizeof(flow->now[0]));
	flow->now[0].from = (flow_nodes){0} + FLOW_NO_NODE;
	flow->now[0].mapping = FLOW_NONE;
	flow->now[0].spaces = UINT32_MAX;
	flow->bound = (code_sums){0} + INT16_MIN;
	flow->from = flow->now[0].from;
	memset(flow->waiting_count, 0, flow->code->count + 1u);
	if (is_kept(flow))
		memset(flow->record->count, 0, sizeof(flow->record->count));
}

/* All instructions, in their order. */
static void
run_all(struct flow *flow)
{
	const struct code *code = flow->code;
	uint64_t opcodes = 0, fields = 0;
	bool kept = is_kept(flow);

	for (unsigned pc = 0, count = code->count; pc < count; pc++) {
		const struct code_insn *insn = &code->insn[pc];

		flow->pc = pc;
		if (flow->waiting_count[pc])
			meet(flow);
		if (flow->now_count == 0)
			continue;
		opcodes |= UINT64_C(1) << insn->op;
		if (insn->effects & ISA_R_ENV)
			fields |= UINT64_C(1) << (insn->word & 127);
		if (insn->idle && !kept)
			continue;
		if (kept)
			keep_record(flow);
		step(flow, insn);
	}
	flow->pc = code->count;
	flow->opcodes = opcodes;
	flow->fields = fields;
}

/* Flat: calls were a twentieth of the time of programs with few states. */
__attribute__((flatten)) void
flow_run(struct flow *flow)
{
	start(flow);
	run_all(flow);
	meet(flow);
	if (is_kept(flow))
		keep_record(flow);
	leave(flow, flow->code->count);
	if (flow->now_count)
		flow->ends |= 1u << ISA_FORWARD;
}
