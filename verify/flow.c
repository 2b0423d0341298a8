/* SPDX-License-Identifier: BSD-2-Clause */
/* States before each instruction; see flow-int.h. */
#include "verify/flow-int.h"

#include <string.h>

/* Sums that no path has: they lose against any other. */
enum { NO_PATH = -20000 };

void
flow_report(struct flow *flow, enum diag_id id, unsigned state, unsigned reg,
	bool follows)
{
	if (!follows && diag_infos[id].severity == DIAG_ERROR)
		flow->wrong = true;
	if (flow->found)
		flow->found(flow->found_arg, id, flow->pc, state, reg, follows);
}

/* The states before pc, of those that fall through and those that jump. */
static void
meet(struct flow *flow, unsigned pc)
{
	const struct code_need need = flow->code->need[pc];
	unsigned waiting = flow->waiting_count[pc], old = flow->now_count;
	unsigned count = old > 0;

	for (unsigned i = 1; i < old; i++)
		count = set_take(flow->now, count, &flow->now[i], &need,
			&flow->values, flow->room);
	for (unsigned i = 0; i < waiting; i++)
		count = set_take(flow->now, count, &flow->waiting[pc][i],
			&need, &flow->values, flow->room);
	flow->now_count = count;
}

static void
keep_record(struct flow *flow)
{
	struct flow_record *record = flow->record;

	record->count[flow->pc] = (uint8_t)flow->now_count;
	for (unsigned i = 0; i < flow->now_count; i++) {
		record->state[flow->pc][i] = flow->now[i];
		flow->now[i].from = (set_nodes){0} + FLOW_NODE(flow->pc, i);
	}
}

/* So many states are followed at an instruction. */
static inline void
count_work(struct flow *flow, unsigned states)
{
	flow->work += states;
	if (flow->work > flow->work_limit)
		flow->room = FLOW_FEW;
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
		set_join_bounds(&flow->bound, &flow->from, flow->now[i].bound +
			sum, flow->now[i].from);
}

/* The value that an instruction gives that reads no register. */
static inline uint8_t
constant_of(struct flow *flow, const struct code_insn *insn)
{
	unsigned field = insn->word & ISA_FIELD_MASK;

	if (insn->op == ISA_LDI)
		return values_find(&flow->values, RANGE_ONE(insn->word & 511));
	if (insn->op == ISA_ENV_R && field <= ISA_ENV_FLOW0)
		return values_find(&flow->values, flow_field(flow, field));
	return VALUE_ANY;
}

/* The value that a register gets, from those of a state. */
static inline uint8_t
value_of(struct flow *flow, const struct code_insn *insn, uint64_t regs)
{
	return insn->effects & (ISA_R_A | ISA_R_B) ?
		flow_result(flow, insn, regs) : constant_of(flow, insn);
}

static void
write_register(struct flow *flow, const struct code_insn *insn)
{
	bool depends = insn->effects & (ISA_R_A | ISA_R_B);
	unsigned shift = code_shift_a(insn->word);
	uint8_t value = value_of(flow, insn, flow->now[0].regs);

	for (unsigned i = 0; i < flow->now_count; i++) {
		uint64_t regs = flow->now[i].regs;

		if (i && depends)
			value = flow_result(flow, insn, regs);
		flow->now[i].regs = values_put(regs, shift, value);
	}
}

/* The spaces of the keys whose first word lies in the range. */
static uint32_t
spaces_of(struct range range)
{
	unsigned first = range.lo >> 30, last = range.hi >> 30;

	return (2u << last) - (1u << first);
}

/* A word that is part of a key gets another value. */
static void
write_key(struct flow *flow, const struct code_insn *insn)
{
	for (unsigned i = 0; i < flow->now_count; i++) {
		uint8_t value = insn->effects & ISA_R_A ?
			values_get(flow->now[i].regs,
			code_shift_a(insn->word)) : VALUE_ANY;
		uint64_t spaces = spaces_of(flow->values.range[value]);

		flow->now[i].rest &= ~CODE_KEY(insn->key);
		flow->now[i].rest |= spaces << 4 * insn->key;
	}
}

/* Any of the keys that push can reach does. */
static void
push_keys(struct flow *flow)
{
	for (unsigned key = 0; flow->code->pushed_keys >> key; key++)
		if (flow->code->pushed_keys >> key & 1)
			for (unsigned i = 0; i < flow->now_count; i++)
				flow->now[i].rest |= CODE_KEY(key);
}

static void
note_set(struct flow *flow, unsigned regs)
{
	for (unsigned i = 0; i < flow->now_count; i++)
		flow->now[i].rest &= ~((uint64_t)regs << STATE_UNSET_SHIFT);
}

/*
 * Jumps.
 */

/* The two sides of a branch: can they be, with which registers? */
struct sides {
	bool can_take, can_pass;
	uint64_t taken, passed;
};

/* Is a register 0?  needed: those of which anything is to be learnt. */
static inline struct sides
test_zero(struct flow *flow, const struct code_insn *insn, uint64_t regs,
	uint64_t needed)
{
	unsigned shift = code_shift_a(insn->word);
	struct range range = flow->values.range[values_get(regs, shift)];
	uint64_t zero = values_put(regs, shift, VALUE_ZERO), other = regs;

	if (range.lo == 0 && range.hi != 0 && needed >> shift & 1)
		other = values_put(regs, shift, values_find(&flow->values,
			(struct range){1, range.hi}));
	if (insn->op == ISA_BZ)
		return (struct sides){range.lo == 0, range.hi != 0, zero,
			other};
	return (struct sides){range.hi != 0, range.lo == 0, other, zero};
}

/* What one side says of registers, those of which anything is to be learnt. */
static inline uint64_t
learn(struct flow *flow, const struct code_insn *insn, uint64_t regs,
	struct range a, struct range b, uint64_t needed)
{
	unsigned shift_a = code_shift_a(insn->word);
	unsigned shift_b = code_shift_b(insn->word);

	if (needed >> shift_a & 1)
		regs = values_put(regs, shift_a, values_find(&flow->values, a));
	if (needed >> shift_b & 1)
		regs = values_put(regs, shift_b, values_find(&flow->values, b));
	return regs;
}

/* How a register compares with another. */
static inline struct sides
compare(struct flow *flow, const struct code_insn *insn, uint64_t regs,
	uint64_t needed)
{
	uint8_t value_a = values_get(regs, code_shift_a(insn->word));
	uint8_t value_b = values_get(regs, code_shift_b(insn->word));
	struct range a = flow->values.range[value_a], taken_a = a;
	struct range b = flow->values.range[value_b], taken_b = b;
	struct sides sides = {.taken = regs, .passed = regs};

	sides.can_take = flow_refine(insn, true, &taken_a, &taken_b);
	if (range_is_one(a) && range_is_one(b)) {
		sides.can_pass = !sides.can_take;
		return sides;
	}
	sides.can_pass = flow_refine(insn, false, &a, &b);
	if (sides.can_take)
		sides.taken = learn(flow, insn, regs, taken_a, taken_b, needed);
	if (sides.can_pass)
		sides.passed = learn(flow, insn, regs, a, b, needed);
	return sides;
}

static inline struct sides
branch(struct flow *flow, const struct code_insn *insn, uint64_t regs,
	uint64_t needed)
{
	if (insn->effects & ISA_END)
		return (struct sides){true, false, regs, regs};
	if (insn->effects & ISA_R_B)
		return compare(flow, insn, regs, needed);
	return test_zero(flow, insn, regs, needed);
}

/* Paths go on at pc, and so do what is there until control goes elsewhere. */
static inline void
note_uses(struct flow *flow, unsigned pc)
{
	flow->uses.opcodes |= flow->code->uses[pc].opcodes;
	flow->uses.fields |= flow->code->uses[pc].fields;
}

/* Where a jump leads to: the set that waits there. */
struct target {
	unsigned count;
	struct state *set;
	const struct code_need *need;
	code_sums skipped;		/* between here and there, as minus */
};

static inline struct target
find_target(struct flow *flow, const struct code_insn *insn)
{
	const struct code *code = flow->code;
	unsigned to = insn->target;

	return (struct target){flow->waiting_count[to], flow->waiting[to],
		&code->need[to], code->sum[flow->pc + 1] - code->sum[to]};
}

static inline void
send_state(struct flow *flow, struct target *target, const struct state *state,
	uint64_t regs)
{
	struct state *sent = &target->set[target->count];

	state_copy(sent, state, regs);
	sent->bound += target->skipped;
	target->count = target->count == 0 ? 1 : set_take(target->set,
		target->count, sent, target->need, &flow->values, flow->room);
}

/* Registers that matter on one side or the other. */
static inline uint64_t
needed_at(const struct flow *flow, const struct code_insn *insn)
{
	const struct code_need *need = flow->code->need;

	return need[insn->target].regs | need[flow->pc + 1].regs;
}

static void
step_jump(struct flow *flow, const struct code_insn *insn)
{
	uint64_t needed = needed_at(flow, insn);
	struct target target = find_target(flow, insn);
	unsigned kept = 0, count = flow->now_count;

	for (unsigned i = 0; i < count; i++) {
		struct state *state = &flow->now[i];
		struct sides sides = branch(flow, insn, state->regs, needed);

		if (sides.can_take)
			send_state(flow, &target, state, sides.taken);
		if (!sides.can_pass)
			continue;
		if (kept == i)
			state->regs = sides.passed;
		else
			state_copy(&flow->now[kept], state, sides.passed);
		kept++;
	}
	flow->waiting_count[insn->target] = (uint8_t)target.count;
	flow->now_count = kept;
	if (kept)
		note_uses(flow, flow->pc + 1);
}

static void
step_store(struct flow *flow, const struct code_insn *insn)
{
	unsigned before = flow->now_count, count = 0;
	struct state set[SET_MAX], after[2];

	for (unsigned i = 0; i < before; i++)
		flow_check_store(flow, insn, &flow->now[i], i);
	for (unsigned i = 0; i < before; i++)
		state_copy(&set[i], &flow->now[i], flow->now[i].regs);
	for (unsigned i = 0; i < before; i++) {
		unsigned results = flow_store(flow, insn, &set[i], after);

		for (unsigned k = 0; k < results; k++)
			count = set_take(flow->now, count, &after[k],
				&flow->code->need[flow->pc + 1], &flow->values,
				flow->room);
	}
	flow->now_count = count;
}

/* A verdict, or a fault of the program's own. */
static void
end(struct flow *flow, const struct code_insn *insn)
{
	flow->ends |= (uint8_t)(1u << insn->op);
	leave(flow, flow->pc + 1);
	flow->now_count = 0;
}

/*
 * What is wrong.
 */

/* Nothing is known of what it does, so nothing later is blamed on it. */
static void
step_illegal(struct flow *flow)
{
	struct state *state = &flow->now[0];

	flow_report(flow, DIAG_VERIFY_ILLEGAL, 0, 0, false);
	leave(flow, flow->pc);
	flow->now_count = 1;
	for (unsigned i = 0; i < ISA_REG_COUNT; i++)
		state->regs = values_put(state->regs, 8 * i, VALUE_ANY);
	state->bound = (code_sums){0} + NO_PATH;
	state->rest = CODE_ALL_KEYS;
	state_map(state, STATE_ASSUMED);
}

static void
check_entry(struct flow *flow, const struct code_insn *insn)
{
	for (unsigned i = 0; i < flow->now_count; i++) {
		struct state *state = &flow->now[i];
		unsigned mapping = state_mapping(state);

		if (mapping & STATE_ASSUMED) {
			flow_report(flow, DIAG_VERIFY_UNMAPPED, i, 0, true);
		} else if (mapping & STATE_NONE) {
			flow_report(flow, DIAG_VERIFY_UNMAPPED, i, 0, false);
			state_map(state, STATE_ASSUMED);
		} else if (insn->effects & ISA_W_T && mapping & STATE_READ) {
			flow_report(flow, DIAG_VERIFY_READONLY, i, 0, false);
			state_map(state, STATE_WRITE);
		}
	}
}

/* nop, spelt addi r0, 0, reads nothing. */
static void
check_set(struct flow *flow, const struct code_insn *insn)
{
	unsigned read = (insn->effects & ISA_R_A ? 1u << code_a(insn) : 0) |
		(insn->effects & ISA_R_B ? 1u << code_b(insn) : 0);

	if (insn->word == isa_insns[ISA_ADDI].word)
		return;
	for (unsigned i = 0; i < flow->now_count; i++) {
		unsigned unset = read & flow->now[i].rest >> STATE_UNSET_SHIFT;

		for (unsigned reg = 0; unset >> reg; reg++)
			if (unset >> reg & 1)
				flow_report(flow, DIAG_VERIFY_UNSET, i, reg,
					false);
	}
	note_set(flow, read);
}

/*
 * The pass, with a record or without.
 */

/* It gives registers and words other values. */
static inline void
step_values(struct flow *flow, const struct code_insn *insn)
{
	if (insn->effects & ISA_W_N && insn->key < CODE_KEY_MAX)
		write_key(flow, insn);
	if (insn->effects & ISA_PUSH)
		push_keys(flow);
	if (insn->effects & ISA_W_A)
		write_register(flow, insn);
}

/* What is asked of few instructions. */
static void
check(struct flow *flow, const struct code_insn *insn, bool kept)
{
	if (insn->bad & CODE_BAD_JUMP)
		flow_report(flow, DIAG_VERIFY_JUMP, 0, 0, false);
	if (kept)
		check_set(flow, insn);
	if (insn->bad & CODE_BAD_PAD)
		flow_report(flow, DIAG_VERIFY_SCRATCHPAD, 0, 0, false);
	if (insn->effects & (ISA_R_T | ISA_W_T))
		check_entry(flow, insn);
	if (insn->effects & ISA_PUSH && flow->cursor >= flow->code->pad_count)
		flow_report(flow, DIAG_VERIFY_NO_ROOM, 0, 0, false);
}

enum { CHECKED = ISA_R_T | ISA_W_T | ISA_PUSH };

/* Of those that only give a register a value. */
enum {
	VALUE_EFFECTS = ISA_W_A | ISA_R_A | ISA_R_B | ISA_R_ENV | ISA_R_N
};

static inline void
step(struct flow *flow, const struct code_insn *insn, bool kept)
{
	if (!kept && !insn->bad && !(insn->effects & ~VALUE_EFFECTS)) {
		write_register(flow, insn);
		return;
	}
	if (kept || insn->bad || insn->effects & CHECKED) {
		if (insn->bad & CODE_BAD_WORD) {
			step_illegal(flow);
			return;
		}
		check(flow, insn, kept);
	}
	if (insn->effects & ISA_JUMP) {
		step_jump(flow, insn);
	} else if (insn->effects & ISA_STORE) {
		step_store(flow, insn);
	} else if (insn->effects & ISA_END) {
		end(flow, insn);
	} else {
		step_values(flow, insn);
	}
	if (kept && insn->effects & ISA_W_A)
		note_set(flow, 1u << code_a(insn));
}

/* Registers are zero, nothing is mapped, keys are anything. */
static void
start(struct flow *flow, bool kept)
{
	flow->wrong = flow->spaces_unknown = false;
	flow->spaces = flow->ends = 0;
	flow->work = 0;
	flow->uses = flow->code->uses[0];
	flow->work_limit = FLOW_WORK + FLOW_WORK_INSN * flow->code->count;
	flow->room = SET_MAX;
	values_start(&flow->values);
	flow->now_count = 1;
	flow->now[0] = (struct state){.rest = CODE_ALL_KEYS |
		(uint64_t)UINT8_MAX << STATE_UNSET_SHIFT};
	flow->now[0].from = (set_nodes){0} + FLOW_NO_NODE;
	state_map(&flow->now[0], STATE_NONE);
	flow->bound = (code_sums){0} + INT16_MIN;
	flow->from = flow->now[0].from;
	memset(flow->waiting_count, 0, flow->code->count + 1u);
	if (kept)
		memset(flow->record->count, 0, sizeof(flow->record->count));
}

/* Where to stop, of 64 instructions: the others change only the sums. */
static inline uint64_t
find_stops(const struct code *code, unsigned i, bool kept)
{
	unsigned left = code->count - 64 * i;
	uint64_t all = left < 64 ? (UINT64_C(1) << left) - 1 : UINT64_MAX;

	return kept ? all : (code->busy[i] | code->targets[i]) & all;
}

/*
 * One state at most: the same by shorter ways.
 */

/* One that waits, and none that goes on, or one like it. */
static inline bool
meet_alone(struct flow *flow, unsigned pc, struct state *state)
{
	const struct state *other = &flow->waiting[pc][0];

	if (flow->waiting_count[pc] != 1)
		return false;
	if (flow->now_count == 0) {
		state_copy(state, other, other->regs);
		flow->now_count = 1;
		note_uses(flow, pc);
	} else if (state_alike(state, other, &flow->code->need[pc])) {
		state_join_alike(state, other);
	} else {
		return false;
	}
	flow->waiting_count[pc] = 0;
	return true;
}

/* Entry words can be used, as this instruction does. */
static inline bool
can_use_entry(const struct state *state, const struct code_insn *insn)
{
	unsigned mapping = state_mapping(state);

	return mapping == STATE_WRITE ||
		(mapping == STATE_READ && !(insn->effects & ISA_W_T));
}

static inline void
send_alone(struct flow *flow, const struct code_insn *insn,
	const struct state *state, uint64_t regs)
{
	struct target target = find_target(flow, insn);

	send_state(flow, &target, state, regs);
	flow->waiting_count[insn->target] = (uint8_t)target.count;
}

static inline void
jump_alone(struct flow *flow, const struct code_insn *insn,
	struct state *state)
{
	struct sides sides = branch(flow, insn, state->regs,
		needed_at(flow, insn));

	if (sides.can_take)
		send_alone(flow, insn, state, sides.taken);
	flow->now_count = sides.can_pass;
	state->regs = sides.passed;
	if (sides.can_pass)
		note_uses(flow, flow->pc + 1);
}

enum { ENTRY_EFFECTS = VALUE_EFFECTS | ISA_R_T | ISA_W_T };

/* Can it be done with one state, after which there is at most one? */
static inline bool
step_alone(struct flow *flow, const struct code_insn *insn, struct state *state)
{
	if (insn->bad)
		return false;
	if (insn->effects & ISA_JUMP) {
		jump_alone(flow, insn, state);
		return true;
	}
	if (insn->effects & ~ENTRY_EFFECTS ||
	    (insn->effects & (ISA_R_T | ISA_W_T) &&
		    !can_use_entry(state, insn)))
		return false;
	if (insn->effects & ISA_W_A)
		state->regs = values_put(state->regs, code_shift_a(insn->word),
			value_of(flow, insn, state->regs));
	return true;
}

/*
 * A result of the store that is tested at once, at the next stop: each of the
 * two states takes its side.
 */
static bool
store_and_test(struct flow *flow, const struct code_insn *insn,
	unsigned test_pc, struct state *state)
{
	const struct code_insn *test = &flow->code->insn[test_pc];
	bool zero = test->op == ISA_BZ;
	struct state after[2];

	if (insn->bad || !(insn->effects & ISA_STORE) || test->bad ||
	    !(zero || test->op == ISA_BNZ) || code_a(test) != code_a(insn) ||
	    flow->waiting_count[test_pc])
		return false;
	if (flow_store(flow, insn, state, after) < 2)
		return false;
	flow_check_store(flow, insn, state, 0);
	count_work(flow, 2);
	flow->pc = test_pc;
	send_alone(flow, test, &after[!zero], after[!zero].regs);
	state_copy(state, &after[zero], after[zero].regs);
	note_uses(flow, test_pc + 1);
	return true;
}

/*
 * As long as there is no more than one state, which is most of the time: the
 * same as run, by shorter ways.  Returns the stops that are left, with the one
 * that needs the long way.
 */
static uint64_t
run_alone(struct flow *flow, unsigned first, uint64_t stops)
{
	const struct code *code = flow->code;
	uint64_t busy = code->busy[first / 64];
	struct state state;

	state_copy(&state, &flow->now[0], flow->now[0].regs);
	for (; stops; stops &= stops - 1) {
		unsigned bit = (unsigned)__builtin_ctzll(stops);
		unsigned pc = first + bit;
		uint64_t later = stops & (stops - 1);

		flow->pc = pc;
		if (flow->waiting_count[pc] && !meet_alone(flow, pc, &state))
			break;
		if (!(flow->now_count & busy >> bit & 1))
			continue;
		count_work(flow, 1);
		if (step_alone(flow, &code->insn[pc], &state))
			continue;
		if (!later || !store_and_test(flow, &code->insn[pc], first +
			(unsigned)__builtin_ctzll(later), &state)) {
			flow->work--;
			break;
		}
		stops = later;
	}
	state_copy(&flow->now[0], &state, state.regs);
	return stops;
}

/* All instructions, in their order. */
static inline void
run(struct flow *flow, bool kept)
{
	const struct code *code = flow->code;

	start(flow, kept);
	for (unsigned i = 0; 64 * i < code->count; i++) {
		uint64_t stops = find_stops(code, i, kept), bit;

		while (stops) {
			unsigned pc;

			if (!kept && flow->now_count <= 1)
				stops = run_alone(flow, 64 * i, stops);
			if (!stops)
				break;
			pc = 64 * i + (unsigned)__builtin_ctzll(stops);
			bit = stops & -stops;
			stops ^= bit;
			flow->pc = pc;
			if (flow->waiting_count[pc]) {
				if (flow->now_count == 0)
					note_uses(flow, pc);
				meet(flow, pc);
			}
			if (flow->now_count == 0)
				continue;
			if (kept)
				keep_record(flow);
			if (code->busy[i] & bit)
				count_work(flow, flow->now_count);
			else if (!kept)
				continue;
			step(flow, &code->insn[pc], kept);
		}
	}
	flow->pc = code->count;
	meet(flow, code->count);
	if (kept)
		keep_record(flow);
	leave(flow, code->count);
	if (flow->now_count)
		flow->ends |= 1u << ISA_FORWARD;
}

void
flow_run(struct flow *flow)
{
	run(flow, flow->record != NULL);
}
