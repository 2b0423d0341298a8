/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The verifier's pass against going through every run: a small machine of its
 * own tries every answer that a node can give, so that it knows of each
 * instruction which faults can be raised there, and how long runs can be.  And
 * against the real machine: before each instruction its state is one of those
 * that the verifier claims there.
 */
#include "tests/unit/test.h"

#include <limits.h>

#include "tests/unit/claims.h"
#include "tests/unit/journey.h"
#include "tests/unit/program.h"
#include "verify/verify.h"

enum { LENGTH_MAX = 18, RUNS_MAX = 200000 };

/* What some run of a program does. */
struct truth {
	uint64_t faults[LENGTH_MAX + 1];	/* bit 1 << fault, by pc */
	unsigned most[CODE_MEASURES], least[CODE_MEASURES];
	unsigned runs;
	uint8_t want[PACKET_CODE_MAX];		/* a path, of want_count */
	unsigned want_count;
	bool seen;				/* a run takes just that one */
};

struct machine {
	const struct object *object;
	struct truth *truth;
	uint32_t r[ISA_REG_COUNT];
	bool mapped, writable, faulted;
	unsigned pc, sum[CODE_MEASURES];
	uint8_t path[LENGTH_MAX];
	uint8_t spaces[PACKET_PAD_MAX];		/* of a word as a key */
};

static void go_on(struct machine m);

static void
end_run(const struct machine *m, enum isa_fault fault)
{
	struct truth *truth = m->truth;
	unsigned steps = m->sum[CODE_STEPS];

	truth->runs++;
	if (fault) {
		truth->faults[m->pc] |= UINT64_C(1) << fault;
		if (fault < ISA_FAULT_PROGRAM)
			return;
	}
	if (m->faulted)
		return;
	for (unsigned i = 0; i < CODE_MEASURES; i++) {
		if (m->sum[i] > truth->most[i])
			truth->most[i] = m->sum[i];
		if (m->sum[i] < truth->least[i])
			truth->least[i] = m->sum[i];
	}
	if (steps == truth->want_count &&
	    !memcmp(m->path, truth->want, steps))
		truth->seen = true;
}

/*
 * A fault that the author will mend: what comes after it is of interest, too,
 * but is no run.
 */
static void
pass_over(struct machine *m, enum isa_fault fault)
{
	m->truth->faults[m->pc] |= UINT64_C(1) << fault;
	m->mapped = m->writable = m->faulted = true;
}

/* Any value that a later comparison can tell from others. */
static void
any_value(struct machine m, unsigned reg)
{
	static const uint32_t values[] = {0, 1, 2, 3, UINT32_MAX};

	for (unsigned i = 0; i < COUNT(values); i++) {
		m.r[reg] = values[i];
		go_on(m);
	}
}

static void
use_store(struct machine m, enum isa_op op, unsigned reg, unsigned key)
{
	unsigned space = m.spaces[key];
	unsigned most = op == ISA_INSERT || op == ISA_INVITE ? 2 : 1;
	bool maps = op == ISA_LOOKUP || op == ISA_INSERT;

	if (op == ISA_REROUTE && space != KEY_INVITATION) {
		m.pc--;
		end_run(&m, ISA_FAULT_KEYSPACE);
		return;
	}
	if (m.sum[CODE_ACCESSES] > ISA_ACCESS_MAX) {
		m.pc--;
		end_run(&m, ISA_FAULT_ACCESSES);
		return;
	}
	m.mapped = false;
	m.r[reg] = 0;
	go_on(m);
	if (maps && space == KEY_INVITATION)
		return;
	m.mapped = maps;
	for (m.r[reg] = 1; m.r[reg] <= most; m.r[reg]++) {
		m.writable = true;
		go_on(m);
		m.writable = false;
		if (op == ISA_LOOKUP && space == KEY_PROTECTED)
			go_on(m);
	}
}

static bool
is_taken(enum isa_op op, uint32_t a, uint32_t b)
{
	switch (op) {
	case ISA_BEQ:
		return a == b;
	case ISA_BNE:
		return a != b;
	case ISA_BLTU:
		return a < b;
	case ISA_BGEU:
		return a >= b;
	case ISA_BZ:
		return a == 0;
	default:
		return a != 0;
	}
}

/* One instruction, or more until there is a choice. */
static void
go_on(struct machine m)
{
	uint16_t word = m.pc < m.object->header.code_count ?
		packet_insn(m.object->packet, m.pc) : 0;
	enum isa_op op = isa_decode(word);
	unsigned a = word >> 9 & 7, b = word >> 6 & 7;
	const struct isa_insn *insn = &isa_insns[op];

	if (m.truth->runs >= RUNS_MAX)
		return;
	if (m.pc >= m.object->header.code_count) {
		end_run(&m, ISA_FAULT_NONE);
		return;
	}
	m.path[m.sum[CODE_STEPS]++] = (uint8_t)m.pc;
	m.sum[CODE_COST] += insn->cost;
	m.sum[CODE_ACCESSES] += (insn->effects & ISA_STORE) != 0;
	m.sum[CODE_PUSHES] += (insn->effects & ISA_PUSH) != 0;
	if (insn->effects & (ISA_R_T | ISA_W_T) && !m.mapped)
		pass_over(&m, ISA_FAULT_UNMAPPED);
	else if (insn->effects & ISA_W_T && !m.writable)
		pass_over(&m, ISA_FAULT_READONLY);
	if (op == ISA_FAULT || insn->effects & ISA_END) {
		if (op != ISA_JMP) {
			end_run(&m, op == ISA_FAULT ? ISA_FAULT_PROGRAM :
				ISA_FAULT_NONE);
			return;
		}
	}
	m.pc++;
	if (insn->effects & ISA_JUMP) {
		if (op == ISA_JMP || is_taken(op, m.r[a],
			insn->effects & ISA_R_B ? m.r[b] : 0))
			m.pc += (unsigned)isa_operand_of(word, op,
				ISA_KIND_DISP);
		go_on(m);
		return;
	}
	if (insn->effects & ISA_STORE) {
		use_store(m, op, a, word & 63);
		return;
	}
	switch (op) {
	case ISA_LDI:
		m.r[a] = word & 511;
		break;
	case ISA_ADDI:
		m.r[a] += (uint32_t)isa_operand_of(word, op, ISA_KIND_SINT);
		break;
	case ISA_MOV:
		m.r[a] = m.r[b];
		break;
	case ISA_OR:
		m.r[a] |= m.r[b];
		break;
	case ISA_AND:
		m.r[a] &= m.r[b];
		break;
	case ISA_XOR:
		m.r[a] ^= m.r[b];
		break;
	case ISA_ST_R:
		m.spaces[word & 255] = (uint8_t)(m.r[a] >> 30);
		break;
	default:
		if (insn->effects & ISA_W_A) {
			any_value(m, a);
			return;
		}
	}
	go_on(m);
}

static const uint32_t words[] = {0x00000001, 1, 0x40000001, 1,
	0x80000001, 1, 0xc0000001, 1, 5, 6, 7, 8};

static void
find_truth(struct truth *truth, const struct object *object)
{
	struct machine m = {.object = object, .truth = truth};

	for (unsigned i = 0; i < CODE_MEASURES; i++)
		truth->least[i] = UINT_MAX;
	truth->want_count = verify_path(object, VERIFY_INGRESS, VERIFY_COST,
		false, truth->want);
	for (unsigned i = 0; i < COUNT(words); i++)
		m.spaces[i] = (uint8_t)(words[i] >> 30);
	go_on(m);
}

/*
 * Programs whose every branch is on what the verifier follows: results of the
 * store in r0..r2, copied and tested in any order; flags in r5 and r6; numbers
 * in r3 to compare with; r4 for what a node tells.
 */
static uint16_t
tracked_insn(uint64_t *seed)
{
	int r = (int)(random_next(seed) % 3), s = (int)(random_next(seed) % 3);
	int d = 1 + (int)(random_next(seed) % 4);
	int flag = 5 + (int)(random_next(seed) % 2);
	int key = 2 * (int)(random_next(seed) % 3);

	switch (random_next(seed) % 16) {
	case 0:
	case 1:
		return INSN(INSERT, r, key);
	case 2:
		return INSN(LOOKUP, r, key);
	case 3:
		return INSN(BZ, r, d);
	case 4:
		return INSN(BNZ, r, d);
	case 5:
		return INSN(LDI, 3, d - 1);
	case 6:
		return insn(ISA_BEQ + (int)(random_next(seed) % 4), r, 3, d);
	case 7:
		return INSN(MOV, r, s);
	case 8:
		return INSN(ENV_R, 4, ISA_ENV_ROLE);
	case 9:
		return random_next(seed) % 2 ? INSN(BZ, 4, d) : INSN(BNZ, 4, d);
	case 10:
		return INSN(LDI, flag, d % 2);
	case 11:
		return random_next(seed) % 2 ? INSN(BZ, flag, d) :
			INSN(BNZ, flag, d);
	case 12:
	case 13:
		return INSN(MOV_TR, 0, 3);
	case 14:
		return random_next(seed) % 2 ? INSN(MOV, flag, r) :
			INSN(JMP, d);
	default:
		return random_next(seed) % 4 ? INSN(ST_T, 1, 8) :
			INSN(PUSH_F, ISA_ENV_TTL);
	}
}

/* The same, and what ranges can not say: copies of unknown values, sums. */
static uint16_t
any_insn(uint64_t *seed)
{
	int r = (int)(random_next(seed) % 7), s = (int)(random_next(seed) % 7);
	int d = (int)(random_next(seed) % 4);

	switch (random_next(seed) % 12) {
	case 0:
		return insn(ISA_BEQ + (int)(random_next(seed) % 4), r, s, d);
	case 1:
		return INSN(ADDI, r, d - 2);
	case 2:
		return INSN(MOV, r, s);
	case 3:
		return random_next(seed) % 2 ? INSN(OR, r, s) : INSN(AND, r, s);
	case 4:
		return INSN(ENV_R, r, ISA_ENV_ROLE);
	case 5:
		return random_next(seed) % 2 ? INSN(INVITE, r, 0) :
			INSN(REROUTE, r, 6);
	case 6:
		return random_next(seed) % 2 ? INSN(XOR, r, s) :
			INSN(MOV_RT, r, d);
	default:
		return tracked_insn(seed);
	}
}

static void
random_program(struct object *object, uint64_t *seed,
	uint16_t (*next)(uint64_t *))
{
	unsigned count = 4 + random_next(seed) % (LENGTH_MAX - 3);
	uint16_t code[LENGTH_MAX];

	for (unsigned pc = 0; pc < count; pc++)
		code[pc] = next(seed);
	program_make(object, code, count, words, COUNT(words));
	object->header.cursor = 10;
	program_header_changed(object);
}

struct alarms {
	uint64_t faults[LENGTH_MAX + 1];
};

static void
collect(void *arg, const struct diag *diag)
{
	struct alarms *alarms = arg;
	enum isa_fault fault = ISA_FAULT_NONE;

	switch (diag->id) {
	case DIAG_VERIFY_UNMAPPED:
		fault = ISA_FAULT_UNMAPPED;
		break;
	case DIAG_VERIFY_READONLY:
		fault = ISA_FAULT_READONLY;
		break;
	case DIAG_VERIFY_ACCESSES:
		fault = ISA_FAULT_ACCESSES;
		break;
	default:
		return;
	}
	alarms->faults[diag->pc] |= UINT64_C(1) << fault;
}

/* What comparing verifier and truth gave, over many programs. */
struct tally {
	unsigned programs, alarms, false_alarms, safe, most_exact, least_exact;
	unsigned paths_seen;
};

static void
compare_alarms(struct tally *tally, const struct truth *truth,
	const struct alarms *alarms, unsigned count, bool accepted)
{
	const uint64_t program = UINT64_C(1) << ISA_FAULT_PROGRAM |
		UINT64_C(1) << ISA_FAULT_READONLY;

	for (unsigned pc = 0; pc <= count; pc++) {
		uint64_t wrong = alarms->faults[pc] & ~truth->faults[pc];

		tally->alarms += (unsigned)__builtin_popcountll(
			alarms->faults[pc]);
		tally->false_alarms += (unsigned)__builtin_popcountll(wrong);
		if (accepted && truth->faults[pc] & ~program)
			fail_msg("accepted, but it faults at %u", pc);
		/* A first fault at a place is told, whatever comes later. */
		if (truth->faults[pc] & UINT64_C(1) << ISA_FAULT_UNMAPPED &&
		    accepted)
			fail_msg("not told at %u", pc);
	}
}

static void
compare_figures(struct tally *tally, const struct truth *truth,
	const struct verify_result *result)
{
	const struct verify_figures *figures = &result->hook[VERIFY_INGRESS];
	bool most = true, least = true;

	for (unsigned i = 0; i < CODE_MEASURES; i++) {
		assert_true(figures->max[i] >= truth->most[i]);
		assert_true(figures->min[i] <= truth->least[i]);
		most &= figures->max[i] == truth->most[i];
		least &= figures->min[i] == truth->least[i];
	}
	tally->safe++;
	tally->most_exact += most;
	tally->least_exact += least;
	/* Where a run takes the costliest path, it costs what was said. */
	tally->paths_seen += truth->seen;
	if (truth->seen)
		assert_int_equal(figures->max[CODE_COST],
			truth->most[CODE_COST]);
}

static void
compare(struct tally *tally, const struct object *object)
{
	struct truth truth = {.runs = 0};
	struct alarms alarms = {{0}};
	struct verify_result result;

	verify_object(object, "x", NULL, &result, collect, &alarms);
	find_truth(&truth, object);
	if (truth.runs >= RUNS_MAX)
		return;
	tally->programs++;
	compare_alarms(tally, &truth, &alarms, object->header.code_count,
		result.accepted);
	if (result.accepted)
		compare_figures(tally, &truth, &result);
}

static struct tally
compare_many(unsigned count, uint64_t seed, uint16_t (*next)(uint64_t *))
{
	struct tally tally = {0};

	for (unsigned i = 0; i < count; i++) {
		struct object object;

		random_program(&object, &seed, next);
		compare(&tally, &object);
	}
	print_message("# %u programs, %u alarms, %u false; %u safe: "
		"longest exact %u, shortest %u, costliest path run %u\n",
		tally.programs, tally.alarms, tally.false_alarms, tally.safe,
		tally.most_exact, tally.least_exact, tally.paths_seen);
	return tally;
}

static void
of_what_it_follows_no_alarm_is_false_and_every_bound_is_met(void **state)
{
	struct tally tally = compare_many(20000, 11, tracked_insn);

	(void)state;
	assert_in_range(tally.alarms, 5000, UINT_MAX);
	assert_in_range(tally.safe, 1000, UINT_MAX);
	assert_int_equal(tally.false_alarms, 0);
	assert_int_equal(tally.most_exact, tally.safe);
	assert_int_equal(tally.least_exact, tally.safe);
}

static void
of_any_program_few_alarms_are_false_and_no_bound_is_passed(void **state)
{
	struct tally tally = compare_many(20000, 12, any_insn);

	(void)state;
	assert_in_range(tally.alarms, 5000, UINT_MAX);
	assert_in_range(tally.safe, 1000, UINT_MAX);
	assert_in_range(tally.false_alarms, 0, tally.alarms / 200);
	assert_in_range(tally.most_exact, tally.safe * 95 / 100, tally.safe);
}

/*
 * Claims.
 */

/* Whatever can be written down, with keys that are made in the program. */
static uint16_t
wild_insn(uint64_t *seed)
{
	static const int fields[] = {ISA_ENV_HOOK, ISA_ENV_BACK, ISA_ENV_FLOW0,
		ISA_ENV_RANDOM};
	int r = (int)(random_next(seed) % 4), n = (int)(random_next(seed) % 4);
	uint16_t word;

	switch (random_next(seed) % 8) {
	case 0:
		return INSN(ENV_R, r, fields[n]);
	case 1:
		return INSN(ST_R, r, 2 * n);
	case 2:
		return INSN(LOW, r, 28 + n);
	case 3:
		return insn(ISA_ADD + (int)(random_next(seed) % 11), r, n, 0);
	case 4:
		return insn(ISA_SHLI + (int)(random_next(seed) % 3), r,
			(int)(random_next(seed) % 32), 0);
	case 5:
		do
			word = (uint16_t)random_next(seed);
		while (isa_decode(word) == ISA_ILLEGAL);
		return word;
	default:
		return any_insn(seed);
	}
}

struct witness {
	const struct claims *claims;
	unsigned steps;
};

static void
check_claim(struct vm *vm, void *arg)
{
	struct witness *witness = arg;

	if (!claims_hold(witness->claims, vm))
		fail_msg("not as claimed at %u", vm->pc);
	witness->steps++;
}

static void
check_end(const struct verify_figures *figures, const struct vm *vm)
{
	const unsigned sums[] = {vm->steps, vm->cost, vm->accesses};

	for (unsigned i = 0; i < COUNT(sums); i++) {
		assert_true(sums[i] <= figures->max[i]);
		if (!vm->fault || vm->fault >= ISA_FAULT_PROGRAM)
			assert_true(sums[i] >= figures->min[i]);
	}
}

/* Over several nodes; returns how many steps were looked at. */
static unsigned
travel(const struct object *object, const struct claims *claims, unsigned hook,
	struct mood *mood)
{
	struct witness witness = {claims, 0};
	struct verify_result result;
	struct journey j;

	verify_code(object->packet, &object->header, NULL, NULL, &result);
	journey_start(&j, object, mood, 1 + hook % 2, hook / 2);
	j.vm.trace = check_claim;
	j.vm.trace_arg = &witness;
	for (unsigned hop = 0; hop < HOP_COUNT && !j.vm.fault; hop++) {
		journey_run(&j, mood);
		if (result.accepted)
			check_end(&result.hook[hook], &j.vm);
	}
	ess_free(j.store);
	return witness.steps;
}

static void
at_every_step_the_machine_is_as_claimed(void **state)
{
	struct mood mood = {.seed = 21};
	uint64_t seed = 20, steps = 0;
	struct claims claims;

	(void)state;
	for (unsigned i = 0; i < 40000; i++) {
		unsigned hook = random_next(&seed) % VERIFY_HOOKS;
		struct object object;

		random_program(&object, &seed, wild_insn);
		object.header.cursor = (uint8_t)(random_next(&seed) % 14);
		object.header.flags = PACKET_FLAG_INGRESS |
			PACKET_FLAG_EGRESS | PACKET_FLAG_BACK;
		program_header_changed(&object);
		claims_make(&claims, object.packet, &object.header, hook);
		steps += travel(&object, &claims, hook, &mood);
	}
	assert_in_range(steps, 1000000, UINT_MAX);
}

/* The pass takes operands from their places without asking the table. */
static void
operands_lie_where_they_are_taken_from(void **state)
{
	(void)state;
	for (unsigned op = 0; op < ISA_OP_COUNT; op++)
		for (unsigned i = 0, regs = 0; i < ISA_OPERAND_MAX; i++) {
			struct isa_operand o = isa_insns[op].operand[i];

			if (o.kind == ISA_KIND_REG)
				assert_int_equal(o.shift, regs++ ? 6 : 9);
			else if (o.kind == ISA_KIND_FIELD)
				assert_int_equal((1u << o.width) - 1,
					ISA_FIELD_MASK);
			else if (o.kind != ISA_KIND_ENTRY &&
			    o.kind != ISA_KIND_NO)
				assert_int_equal(o.shift, 0);
		}
}

static struct code_insn
decode_alone(uint16_t word)
{
	struct object object;
	struct code code;

	program_make(&object, &word, 1, NULL, PACKET_PAD_MAX);
	code_build(&code, object.packet, &object.header, NULL);
	return code.insn[0];
}

/* The pass has a table of its own, for speed. */
static void
every_word_is_decoded_as_by_the_table(void **state)
{
	(void)state;
	for (unsigned word = 0; word <= UINT16_MAX; word++) {
		struct code_insn insn = decode_alone((uint16_t)word);
		enum isa_op op = isa_decode((uint16_t)word);

		assert_int_equal(insn.word, word);
		assert_int_equal(insn.op, op);
		assert_int_equal(insn.bad & CODE_BAD_WORD, op == ISA_ILLEGAL ?
			CODE_BAD_WORD : 0);
		assert_int_equal(insn.effects, op == ISA_ILLEGAL ? 0 :
			isa_insns[op].effects);
	}
}

/* Eight states whose r1 differs, and more and more values for it. */
static void
make_ranges(struct object *object)
{
	uint16_t code[PACKET_CODE_MAX];
	unsigned count = 0;

	for (int bit = 0; bit < 3; bit++) {
		code[count++] = INSN(ENV_R, 7, ISA_ENV_RANDOM);
		code[count++] = INSN(LOW, 7, 1 + bit);
		code[count++] = INSN(BZ, 7, 1);
		code[count++] = INSN(ADDI, 1, 16 << bit);
	}
	while (count < 90)
		code[count++] = INSN(ADDI, 1, 3);
	for (int i = 0; i < 30; i++)
		code[count++] = insn(ISA_BEQ + i % 4, 1, i % 3 * 3, 1);
	program_make(object, code, count, NULL, 0);
}

static void
more_ranges_than_have_numbers_are_claimed_as_any(void **state)
{
	struct mood mood = {.seed = 31};
	struct object object;
	struct claims claims;
	unsigned steps = 0;

	(void)state;
	make_ranges(&object);
	claims_make(&claims, object.packet, &object.header, VERIFY_INGRESS);
	assert_int_equal(claims.flow.states.values.count, VALUE_COUNT);
	for (unsigned i = 0; i < 200; i++)
		steps += travel(&object, &claims, VERIFY_INGRESS, &mood);
	assert_in_range(steps, 200 * 90, UINT_MAX);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_word_is_decoded_as_by_the_table),
	cmocka_unit_test(more_ranges_than_have_numbers_are_claimed_as_any),
	cmocka_unit_test(operands_lie_where_they_are_taken_from),
	cmocka_unit_test(
		of_what_it_follows_no_alarm_is_false_and_every_bound_is_met),
	cmocka_unit_test(
		of_any_program_few_alarms_are_false_and_no_bound_is_passed),
	cmocka_unit_test(at_every_step_the_machine_is_as_claimed),
};
RUN_TESTS(tests)
