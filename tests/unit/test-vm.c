/* SPDX-License-Identifier: BSD-2-Clause */
/* The machine: every instruction at its edges, every fault. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/program.h"
#include "vm/vm.h"

#define NOW UINT64_C(1000000000000)
#define PUBLIC_KEY UINT64_C(0x1122334455667788)
#define PROTECTED_KEY UINT64_C(0x5122334455667788)
#define INVITATION UINT64_C(0xd122334455667788)

/* A machine, its packet's parts at the ends of heap blocks, a scripted node. */
struct machine {
	struct vm vm;
	uint32_t env[ISA_ENV_COUNT];
	uint8_t *code, *pad;
	bool writes_protected;
	uint32_t invite_result, reroute_result;
	unsigned invites, reroutes;
};

static uint64_t
fake_name(struct vm *vm, uint64_t key)
{
	(void)vm;
	return key;
}

static bool
fake_may_write(struct vm *vm, uint64_t name)
{
	struct machine *m = vm->node;

	return key_space(name) == KEY_PUBLIC || key_space(name) == KEY_PRIVATE ||
		(key_space(name) == KEY_PROTECTED && m->writes_protected);
}

static uint32_t
fake_invite(struct vm *vm, uint64_t secret)
{
	struct machine *m = vm->node;

	(void)secret;
	m->invites++;
	return m->invite_result;
}

static uint32_t
fake_reroute(struct vm *vm, uint64_t name)
{
	struct machine *m = vm->node;

	assert_int_equal(key_space(name), KEY_INVITATION);
	m->reroutes++;
	return m->reroute_result;
}

static const struct vm_ops fake_ops = {
	fake_name, fake_may_write, fake_invite, fake_reroute
};

static const uint8_t secret[KEY_SECRET_SIZE] = {5};

static void
machine_init(struct machine *m, unsigned pad_count)
{
	memset(m, 0, sizeof(*m));
	m->pad = calloc(pad_count ? pad_count : 1, PACKET_WORD_SIZE);
	m->vm = (struct vm){
		.pad = m->pad, .pad_count = pad_count, .env = m->env,
		.access_max = ISA_ACCESS_MAX, .store = ess_new(4, secret),
		.now_ns = NOW, .ops = &fake_ops, .node = m
	};
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++)
		m->env[i] = 1000 + i;
	assert_non_null(m->vm.store);
}

static void
machine_done(struct machine *m)
{
	ess_free(m->vm.store);
	free(m->code);
	free(m->pad);
}

/* The code ends where its heap block ends, so reading past it is seen. */
static void
run(struct machine *m, const uint16_t *words, unsigned count)
{
	free(m->code);
	m->code = malloc(count * ISA_INSN_SIZE);
	for (unsigned i = 0; i < count; i++)
		packet_put16(m->code + ISA_INSN_SIZE * i, words[i]);
	m->vm.code = m->code;
	m->vm.code_count = count;
	m->vm.cursor = 0;
	m->vm.marks = 0;
	vm_run(&m->vm);
}

#define RUN(m, ...) \
	run(m, (const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))

static uint32_t
word(const struct machine *m, unsigned n)
{
	return packet_get32(m->pad + PACKET_WORD_SIZE * n);
}

static void
set_word(struct machine *m, unsigned n, uint32_t value)
{
	packet_put32(m->pad + PACKET_WORD_SIZE * n, value);
}

static void
set_key(struct machine *m, unsigned n, uint64_t key)
{
	packet_put64(m->pad + PACKET_WORD_SIZE * n, key);
}

static void
assert_fault(const struct machine *m, enum isa_fault fault, unsigned pc)
{
	assert_int_equal(m->vm.fault, fault);
	assert_int_equal(m->vm.pc, pc);
	assert_int_equal(m->vm.steps, pc + 1);
	assert_int_equal(m->vm.verdict, VM_FORWARD);
}

/* Run `tested r1, r2` with two values, and compare r1. */
static void
assert_binary(uint16_t tested, uint32_t a, uint32_t b, uint32_t want)
{
	struct machine m;

	machine_init(&m, 2);
	set_word(&m, 0, a);
	set_word(&m, 1, b);
	RUN(&m, INSN(LD_R, 1, 0), INSN(LD_R, 2, 1), tested);
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	assert_int_equal(m.vm.r[1], want);
	assert_int_equal(m.vm.r[2], b);
	machine_done(&m);
}

static void
arithmetic_wraps_and_shifts_by_five_bits(void **state)
{
	(void)state;
	assert_binary(INSN(MOV, 1, 2), 1, 0xfffffffe, 0xfffffffe);
	assert_binary(INSN(ADD, 1, 2), 0xffffffff, 2, 1);
	assert_binary(INSN(SUB, 1, 2), 1, 2, 0xffffffff);
	assert_binary(INSN(AND, 1, 2), 0xff00ff00, 0x0ff00ff0, 0x0f000f00);
	assert_binary(INSN(OR, 1, 2), 0xff00ff00, 0x0ff00ff0, 0xfff0fff0);
	assert_binary(INSN(XOR, 1, 2), 0xff00ff00, 0x0ff00ff0, 0xf0f0f0f0);
	assert_binary(INSN(SHL, 1, 2), 0x80000001, 1, 2);
	assert_binary(INSN(SHL, 1, 2), 3, 31, 0x80000000);
	assert_binary(INSN(SHL, 1, 2), 3, 32, 3);
	assert_binary(INSN(SHL, 1, 2), 3, 0xffffffe1, 6);
	assert_binary(INSN(SHR, 1, 2), 0x80000000, 31, 1);
	assert_binary(INSN(SHR, 1, 2), 0x80000000, 32, 0x80000000);
	assert_binary(INSN(SAR, 1, 2), 0x80000000, 31, 0xffffffff);
	assert_binary(INSN(SAR, 1, 2), 0x40000000, 30, 1);
	assert_binary(INSN(SAR, 1, 2), 0x80000000, 64, 0x80000000);
	assert_binary(INSN(MIN, 1, 2), 0xffffffff, 1, 1);
	assert_binary(INSN(MIN, 1, 2), 1, 0x80000000, 1);
	assert_binary(INSN(MAX, 1, 2), 0xffffffff, 1, 0xffffffff);
	assert_binary(INSN(MAX, 1, 2), 1, 0x80000000, 0x80000000);
	assert_binary(INSN(BSET, 1, 2), 1, 31, 0x80000001);
	assert_binary(INSN(BSET, 1, 2), 0, 32, 1);
	assert_binary(INSN(BSET, 1, 2), 0xffffffff, 7, 0xffffffff);
}

static void
constants_have_their_own_width_and_sign(void **state)
{
	(void)state;
	assert_binary(INSN(LDI, 1, 511), 7, 0, 511);
	assert_binary(INSN(LDI, 1, 0), 7, 0, 0);
	assert_binary(INSN(ADDI, 1, 255), 1, 0, 256);
	assert_binary(INSN(ADDI, 1, -256), 0, 0, 0xffffff00);
	assert_binary(INSN(ADDI, 1, -1), 0, 0, 0xffffffff);
	assert_binary(INSN(SHLI, 1, 0), 5, 0, 5);
	assert_binary(INSN(SHLI, 1, 31), 5, 0, 0x80000000);
	assert_binary(INSN(SHRI, 1, 31), 0xffffffff, 0, 1);
	assert_binary(INSN(SARI, 1, 31), 0x80000000, 0, 0xffffffff);
	assert_binary(INSN(SARI, 1, 0), 0x80000000, 0, 0x80000000);
	assert_binary(INSN(LOW, 1, 0), 0xffffffff, 0, 0);
	assert_binary(INSN(LOW, 1, 1), 0xffffffff, 0, 1);
	assert_binary(INSN(LOW, 1, 31), 0xffffffff, 0, 0x7fffffff);
}

/* A register may be both operands. */
static void
operands_may_be_the_same_register(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	RUN(&m, INSN(LDI, 3, 5), INSN(SHL, 3, 3));
	assert_int_equal(m.vm.r[3], 160);
	RUN(&m, INSN(LDI, 3, 5), INSN(SUB, 3, 3), INSN(BEQ, 3, 3, 0));
	assert_int_equal(m.vm.r[3], 0);
	machine_done(&m);
}

/* `tested` jumps over one instruction, or does not. */
static void
assert_jumps(uint16_t tested, uint32_t a, uint32_t b, bool taken)
{
	struct machine m;

	machine_init(&m, 2);
	set_word(&m, 0, a);
	set_word(&m, 1, b);
	RUN(&m, INSN(LD_R, 1, 0), INSN(LD_R, 2, 1), tested, INSN(LDI, 7, 1));
	assert_int_equal(m.vm.r[7], !taken);
	assert_int_equal(m.vm.steps, 4 - taken);
	machine_done(&m);
}

static void
branches_compare_unsigned(void **state)
{
	(void)state;
	assert_jumps(INSN(BEQ, 1, 2, 1), 5, 5, true);
	assert_jumps(INSN(BEQ, 1, 2, 1), 5, 6, false);
	assert_jumps(INSN(BNE, 1, 2, 1), 5, 5, false);
	assert_jumps(INSN(BNE, 1, 2, 1), 5, 6, true);
	assert_jumps(INSN(BLTU, 1, 2, 1), 1, 0xffffffff, true);
	assert_jumps(INSN(BLTU, 1, 2, 1), 0xffffffff, 1, false);
	assert_jumps(INSN(BLTU, 1, 2, 1), 1, 1, false);
	assert_jumps(INSN(BGEU, 1, 2, 1), 0xffffffff, 1, true);
	assert_jumps(INSN(BGEU, 1, 2, 1), 1, 1, true);
	assert_jumps(INSN(BGEU, 1, 2, 1), 1, 0xffffffff, false);
	assert_jumps(INSN(BZ, 1, 1), 0, 0, true);
	assert_jumps(INSN(BZ, 1, 1), 0x80000000, 0, false);
	assert_jumps(INSN(BNZ, 1, 1), 0, 0, false);
	assert_jumps(INSN(BNZ, 1, 1), 0x80000000, 0, true);
	assert_jumps(INSN(JMP, 1), 0, 0, true);
	assert_jumps(INSN(JMP, 0), 0, 0, false);
}

static void
passing_the_end_forwards(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	RUN(&m, INSN(JMP, 4095));
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	assert_int_equal(m.vm.steps, 1);
	RUN(&m, INSN(LDI, 0, 1));
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	RUN(&m, INSN(BZ, 0, 255));
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	assert_int_equal(m.vm.steps, 1);
	RUN(&m, INSN(BEQ, 0, 0, 63), INSN(DROP));
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	machine_done(&m);
}

static void
verdicts_end_the_run(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	RUN(&m, INSN(FORWARD), INSN(DROP));
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	assert_int_equal(m.vm.steps, 1);
	RUN(&m, INSN(DROP), INSN(FORWARD));
	assert_int_equal(m.vm.verdict, VM_DROP);
	RUN(&m, INSN(RETURN), INSN(FORWARD));
	assert_int_equal(m.vm.verdict, VM_RETURN);
	RUN(&m, INSN(LDI, 0, 1), INSN(FAULT, 0));
	assert_fault(&m, ISA_FAULT_PROGRAM, 1);
	RUN(&m, INSN(FAULT, 31));
	assert_fault(&m, ISA_FAULT_PROGRAM + 31, 0);
	machine_done(&m);
}

static void
the_longest_program_takes_a_hundred_and_twenty_eight_steps(void **state)
{
	uint16_t words[PACKET_CODE_MAX];
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	for (unsigned i = 0; i < PACKET_CODE_MAX; i++)
		words[i] = INSN(ADDI, 0, 1);
	run(&m, words, PACKET_CODE_MAX);
	assert_int_equal(m.vm.steps, 128);
	assert_int_equal(m.vm.cost, 128);
	assert_int_equal(m.vm.r[0], 128);
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	machine_done(&m);
}

/* Every word that is no instruction faults, every other one does not. */
static void
exactly_the_illegal_words_fault_as_illegal(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 64);
	for (unsigned i = 0; i <= UINT16_MAX; i++) {
		RUN(&m, (uint16_t)i);
		assert_int_equal(m.vm.fault == ISA_FAULT_ILLEGAL,
			isa_decode((uint16_t)i) == ISA_ILLEGAL);
		if (m.vm.fault != ISA_FAULT_ILLEGAL)
			continue;
		assert_fault(&m, ISA_FAULT_ILLEGAL, 0);
		assert_int_equal(m.vm.cost, 0);
	}
	machine_done(&m);
}

/* What a word can raise, and its cost, are in its row of the table. */
static void
faults_and_cost_are_those_of_the_table(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	for (unsigned i = 0; i <= UINT16_MAX; i++) {
		enum isa_op op = isa_decode((uint16_t)i);
		unsigned fault;

		if (op == ISA_ILLEGAL)
			continue;
		RUN(&m, (uint16_t)i);
		fault = m.vm.fault >= ISA_FAULT_PROGRAM ? ISA_FAULT_PROGRAM :
			m.vm.fault;
		if (fault)
			assert_true(isa_insns[op].faults >> fault & 1);
		assert_int_equal(m.vm.cost, isa_insns[op].cost);
	}
	machine_done(&m);
}

static void
loads_and_stores_are_big_endian_in_the_packet(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	m.pad[4] = 0x12;
	m.pad[7] = 0x78;
	RUN(&m, INSN(LD_R, 5, 1), INSN(ST_R, 5, 2));
	assert_int_equal(m.vm.r[5], 0x12000078);
	assert_memory_equal(m.pad + 8, "\x12\0\0\x78", 4);
	machine_done(&m);
}

static void
words_beyond_the_scratchpad_fault(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LD_R, 0, 2), INSN(LD_R, 0, 3));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 1);
	RUN(&m, INSN(LDI, 0, 9), INSN(ST_R, 0, 2), INSN(ST_R, 0, 255));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 2);
	assert_int_equal(word(&m, 2), 9);
	RUN(&m, INSN(INSERT, 0, 0), INSN(LD_T, 0, 3));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 1);
	RUN(&m, INSN(INSERT, 0, 0), INSN(ST_T, 0, 3));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 1);
	RUN(&m, INSN(LOOKUP, 0, 1), INSN(LOOKUP, 0, 2));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 1);
	assert_int_equal(m.vm.accesses, 2);
	RUN(&m, INSN(INSERT, 0, 63));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(INVITE, 0, 2));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(REROUTE, 0, 2));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	assert_int_equal(m.invites + m.reroutes, 0);
	machine_done(&m);
}

/* The range is looked at before the entry. */
static void
a_packet_without_scratchpad_has_no_word(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	RUN(&m, INSN(LD_R, 0, 0));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(LD_T, 0, 0));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(LOOKUP, 0, 0));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(PUSH_R, 0));
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	assert_int_equal(m.vm.marks, PACKET_STATUS_FULL);
	machine_done(&m);
}

static void
any_use_of_an_entry_word_with_nothing_mapped_faults(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LD_T, 0, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(ST_T, 0, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(MOV_RT, 0, 7));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(MOV_TR, 7, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(PUSH_T, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(ENV_T, 0, ISA_ENV_TTL));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 0, 0));	/* there is none */
	assert_fault(&m, ISA_FAULT_UNMAPPED, 1);
	machine_done(&m);
}

static void
push_appends_at_the_cursor_and_marks_when_full(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	RUN(&m, INSN(LDI, 1, 7), INSN(PUSH_R, 1), INSN(PUSH_F, ISA_ENV_TTL));
	assert_int_equal(word(&m, 0), 7);
	assert_int_equal(word(&m, 1), 1000 + ISA_ENV_TTL);
	assert_int_equal(m.vm.cursor, 2);
	assert_int_equal(m.vm.marks, 0);
	RUN(&m, INSN(PUSH_R, 0), INSN(PUSH_R, 0), INSN(PUSH_R, 0));
	assert_int_equal(m.vm.cursor, 3);
	assert_int_equal(m.vm.marks, 0);
	RUN(&m, INSN(PUSH_R, 0), INSN(PUSH_R, 0), INSN(PUSH_R, 0), INSN(LDI, 3, 1),
		INSN(PUSH_R, 3));
	assert_int_equal(m.vm.cursor, 3);
	assert_int_equal(m.vm.marks, PACKET_STATUS_FULL);
	assert_int_equal(m.vm.verdict, VM_FORWARD);
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	machine_done(&m);
}

static void
a_cursor_past_the_scratchpad_has_no_room(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 3);
	m.code = malloc(2);
	packet_put16(m.code, INSN(PUSH_R, 0));
	m.vm.code = m.code;
	m.vm.code_count = 1;
	m.vm.cursor = 255;
	vm_run(&m.vm);
	assert_int_equal(m.vm.cursor, 255);
	assert_int_equal(m.vm.marks, PACKET_STATUS_FULL);
	machine_done(&m);
}

static void
environment_fields_are_read_by_number(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		RUN(&m, INSN(ENV_R, 4, (int32_t)i), INSN(INSERT, 0, 0),
			INSN(ENV_T, 2, (int32_t)i), INSN(MOV_RT, 5, 2));
		assert_int_equal(m.vm.r[4], 1000 + i);
		assert_int_equal(m.vm.r[5], 1000 + i);
	}
	machine_done(&m);
}

static void
registers_are_zero_at_the_start_of_each_run(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LDI, 7, 1), INSN(INSERT, 0, 0), INSN(MOV_TR, 0, 7));
	RUN(&m, INSN(MOV_RT, 1, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 0);
	for (unsigned i = 0; i < ISA_REG_COUNT; i++)
		assert_int_equal(m.vm.r[i], 0);
	machine_done(&m);
}

static void
insert_creates_and_then_finds(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LOOKUP, 1, 0), INSN(INSERT, 2, 0), INSN(LOOKUP, 3, 0),
		INSN(INSERT, 4, 0));
	assert_int_equal(m.vm.r[1], 0);
	assert_int_equal(m.vm.r[2], 2);
	assert_int_equal(m.vm.r[3], 1);
	assert_int_equal(m.vm.r[4], 1);
	assert_int_equal(m.vm.accesses, 4);
	assert_int_equal(m.vm.cost, 2 * ISA_COST_LOOKUP + 2 * ISA_COST_INSERT);
	machine_done(&m);
}

static void
the_copy_is_written_back_on_every_verdict(void **state)
{
	static const struct {
		enum isa_op op;
		enum vm_verdict verdict;
	} ends[] = {{ISA_FORWARD, VM_FORWARD}, {ISA_DROP, VM_DROP},
		{ISA_RETURN, VM_RETURN}};
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	for (unsigned i = 0; i < 3; i++) {
		RUN(&m, INSN(INSERT, 0, 0), INSN(MOV_RT, 1, 3), INSN(ADDI, 1, 1),
			INSN(MOV_TR, 3, 1), isa_insns[ends[i].op].word);
		assert_int_equal(m.vm.verdict, ends[i].verdict);
		assert_int_equal(m.vm.r[1], i + 1);
	}
	RUN(&m, INSN(INSERT, 0, 0), INSN(LDI, 1, 9), INSN(MOV_TR, 0, 1));
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0));
	assert_int_equal(m.vm.r[1], 9);		/* passing the end, too */
	machine_done(&m);
}

static void
a_fault_loses_the_copy_but_not_what_was_written_before(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 5);
	set_key(&m, 0, PUBLIC_KEY);
	set_key(&m, 2, PUBLIC_KEY + 1);
	RUN(&m, INSN(LDI, 1, 7), INSN(INSERT, 0, 0), INSN(MOV_TR, 0, 1),
		INSN(INSERT, 0, 2), INSN(MOV_TR, 0, 1), INSN(ST_R, 1, 4),
		INSN(FAULT, 3));
	assert_fault(&m, ISA_FAULT_PROGRAM + 3, 6);
	assert_int_equal(word(&m, 4), 7);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0), INSN(LOOKUP, 2, 2),
		INSN(MOV_RT, 3, 0));
	assert_int_equal(m.vm.r[1], 7);
	assert_int_equal(m.vm.r[2], 1);		/* created it was */
	assert_int_equal(m.vm.r[3], 0);
	machine_done(&m);
}

/* A store instruction that faults has written nothing back. */
static void
checks_come_before_the_write_back(void **state)
{
	static const struct {
		uint16_t tested;
		enum isa_fault fault;
	} cases[] = {
		{0xf000 | 63, ISA_FAULT_SCRATCHPAD},
		{0xf0c0, ISA_FAULT_KEYSPACE}	/* reroute r0, [0] */
	};
	struct machine m;

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		machine_init(&m, 2);
		set_key(&m, 0, PUBLIC_KEY);
		RUN(&m, INSN(LDI, 1, 7), INSN(INSERT, 0, 0), INSN(MOV_TR, 0, 1),
			cases[i].tested);
		assert_fault(&m, cases[i].fault, 3);
		assert_int_equal(m.vm.accesses, 2);
		RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0));
		assert_int_equal(m.vm.r[1], 0);
		machine_done(&m);
	}
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	m.vm.access_max = 1;
	RUN(&m, INSN(LDI, 1, 7), INSN(INSERT, 0, 0), INSN(MOV_TR, 0, 1),
		INSN(LOOKUP, 0, 0));
	assert_fault(&m, ISA_FAULT_ACCESSES, 3);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0));
	assert_int_equal(m.vm.r[1], 0);
	machine_done(&m);
}

/* Range first, then key space, then the limit. */
static void
a_store_instruction_checks_in_order(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	m.vm.access_max = 0;
	RUN(&m, INSN(REROUTE, 0, 1));
	assert_fault(&m, ISA_FAULT_SCRATCHPAD, 0);
	RUN(&m, INSN(REROUTE, 0, 0));
	assert_fault(&m, ISA_FAULT_KEYSPACE, 0);
	set_key(&m, 0, INVITATION);
	RUN(&m, INSN(REROUTE, 0, 0));
	assert_fault(&m, ISA_FAULT_ACCESSES, 0);
	assert_int_equal(m.vm.accesses, 1);
	assert_int_equal(m.reroutes, 0);
	machine_done(&m);
}

static void
the_fifth_access_faults(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(INSERT, 0, 0), INSN(LOOKUP, 0, 0),
		INSN(INVITE, 0, 0), INSN(LOOKUP, 0, 0));
	assert_fault(&m, ISA_FAULT_ACCESSES, 4);
	assert_int_equal(m.vm.accesses, 5);
	machine_done(&m);
}

static void
the_copy_is_written_back_before_the_next_lookup(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(LDI, 1, 7), INSN(INSERT, 0, 0), INSN(MOV_TR, 5, 1),
		INSN(LOOKUP, 0, 0), INSN(MOV_RT, 2, 5));
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	assert_int_equal(m.vm.r[2], 7);
	machine_done(&m);
}

static void
a_refused_store_instruction_unmaps(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 4);
	set_key(&m, 0, PUBLIC_KEY);
	set_key(&m, 2, INVITATION);
	RUN(&m, INSN(LDI, 1, 7), INSN(INSERT, 0, 0), INSN(MOV_TR, 5, 1),
		INSN(LOOKUP, 0, 2), INSN(MOV_RT, 2, 5));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 4);
	RUN(&m, INSN(INSERT, 0, 0), INSN(INVITE, 0, 0), INSN(MOV_RT, 2, 5));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 2);
	RUN(&m, INSN(INSERT, 0, 0), INSN(REROUTE, 0, 2), INSN(MOV_RT, 2, 5));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 2);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 2, 5));
	assert_int_equal(m.vm.r[2], 7);		/* the first one's, kept */
	machine_done(&m);
}

static void
an_entry_lives_ten_seconds_whatever_is_done_to_it(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	RUN(&m, INSN(INSERT, 0, 0));
	m.vm.now_ns = NOW + ENTRY_LIFE_NS - 1;
	RUN(&m, INSN(INSERT, 0, 0), INSN(LDI, 1, 7), INSN(MOV_TR, 0, 1));
	assert_int_equal(m.vm.r[0], 1);
	m.vm.now_ns = NOW + ENTRY_LIFE_NS;
	RUN(&m, INSN(LOOKUP, 0, 0));
	assert_int_equal(m.vm.r[0], 0);
	RUN(&m, INSN(INSERT, 0, 0), INSN(MOV_RT, 1, 0));
	assert_int_equal(m.vm.r[0], 2);
	assert_int_equal(m.vm.r[1], 0);
	machine_done(&m);
}

/* Before the last instruction ten seconds pass, and another key moves in. */
static void
let_it_die(struct vm *vm, void *arg)
{
	struct ess_span span;

	if (vm->pc != vm->code_count)
		return;
	vm->now_ns += ENTRY_LIFE_NS;
	for (uint64_t key = 0; *(bool *)arg && key < 4; key++) {
		assert_int_equal(ess_insert(vm->store, key, vm->now_ns, &span,
			NULL), ESS_CREATED);
		ess_unmap(vm->store, &span, vm->now_ns, NULL);
	}
}

static void
an_entry_that_died_meanwhile_is_not_written(void **state)
{
	struct machine m;
	uint8_t words[ENTRY_SIZE];

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		bool reused = i;

		machine_init(&m, 2);
		set_key(&m, 0, PUBLIC_KEY);
		m.vm.trace = let_it_die;
		m.vm.trace_arg = &reused;
		RUN(&m, INSN(INSERT, 0, 0), INSN(LDI, 1, 7),
			INSN(MOV_TR, 0, 1));
		assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
		assert_int_equal(ess_live_count(m.vm.store, m.vm.now_ns),
			reused ? 4 : 0);
		for (uint64_t key = 0; reused && key < 4; key++) {
			assert_true(ess_peek(m.vm.store, key, m.vm.now_ns,
				NULL, words));
			assert_int_equal(packet_get32(words), 0);
		}
		machine_done(&m);
	}
}

static void
a_full_store_gives_zero_and_marks(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	for (unsigned i = 0; i < 4; i++) {
		set_key(&m, 0, i);
		RUN(&m, INSN(INSERT, 0, 0));
		assert_int_equal(m.vm.r[0], 2);
	}
	set_key(&m, 0, 4);
	RUN(&m, INSN(INSERT, 0, 0), INSN(MOV_RT, 1, 0));
	assert_int_equal(m.vm.marks, PACKET_STATUS_REFUSED);
	assert_int_equal(m.vm.r[0], 0);
	assert_fault(&m, ISA_FAULT_UNMAPPED, 1);
	machine_done(&m);
}

static void
a_protected_entry_is_read_by_anyone_and_written_by_few(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PROTECTED_KEY);
	RUN(&m, INSN(INSERT, 0, 0));
	assert_int_equal(m.vm.r[0], 0);
	assert_int_equal(m.vm.marks, 0);
	RUN(&m, INSN(LOOKUP, 0, 0));
	assert_int_equal(m.vm.r[0], 0);
	m.writes_protected = true;
	RUN(&m, INSN(INSERT, 0, 0), INSN(LDI, 1, 9), INSN(MOV_TR, 0, 1));
	assert_int_equal(m.vm.r[0], 2);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(LDI, 1, 10), INSN(MOV_TR, 0, 1));
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	m.writes_protected = false;
	RUN(&m, INSN(INSERT, 0, 0), INSN(MOV_RT, 1, 0));
	assert_fault(&m, ISA_FAULT_UNMAPPED, 1);
	assert_int_equal(m.vm.r[0], 0);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(MOV_RT, 1, 0), INSN(MOV_TR, 0, 1));
	assert_fault(&m, ISA_FAULT_READONLY, 2);
	assert_int_equal(m.vm.r[1], 10);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(LD_T, 0, 0));
	assert_fault(&m, ISA_FAULT_READONLY, 1);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(ENV_T, 0, 0));
	assert_fault(&m, ISA_FAULT_READONLY, 1);
	RUN(&m, INSN(LOOKUP, 0, 0), INSN(PUSH_T, 0), INSN(ST_T, 0, 1));
	assert_int_equal(m.vm.fault, ISA_FAULT_NONE);
	machine_done(&m);
}

static void
an_invitation_is_never_mapped(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, INVITATION);
	for (unsigned live = 0; live < 2; live++) {
		RUN(&m, INSN(LOOKUP, 0, 0), INSN(INSERT, 1, 0));
		assert_int_equal(m.vm.r[0], 0);
		assert_int_equal(m.vm.r[1], 0);
		assert_int_equal(m.vm.marks, 0);
		assert_int_equal(ess_live_count(m.vm.store, NOW), live);
		ess_insert(m.vm.store, INVITATION, NOW, &m.vm.span, NULL);
		ess_unmap(m.vm.store, &m.vm.span, NOW, NULL);
	}
	machine_done(&m);
}

static void
invite_and_reroute_give_what_the_node_says(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	set_key(&m, 0, PUBLIC_KEY);
	m.invite_result = 2;
	m.reroute_result = 1;
	RUN(&m, INSN(INVITE, 3, 0));
	assert_int_equal(m.vm.r[3], 2);
	assert_int_equal(m.invites, 1);
	for (uint64_t space = 0; space < KEY_INVITATION; space++) {
		set_key(&m, 0, key_in_space((enum key_space)space, 7));
		RUN(&m, INSN(REROUTE, 3, 0));
		assert_fault(&m, ISA_FAULT_KEYSPACE, 0);
	}
	set_key(&m, 0, INVITATION);
	RUN(&m, INSN(REROUTE, 3, 0));
	assert_int_equal(m.vm.r[3], 1);
	assert_int_equal(m.reroutes, 1);
	machine_done(&m);
}

static void
count_pcs(struct vm *vm, void *arg)
{
	unsigned *seen = arg;

	assert_int_equal(vm->steps, seen[0]);
	seen[0]++;
	seen[1] = vm->pc;
}

static void
the_trace_sees_every_step_and_the_end(void **state)
{
	unsigned seen[2] = {0};
	struct machine m;

	(void)state;
	machine_init(&m, 0);
	m.vm.trace = count_pcs;
	m.vm.trace_arg = seen;
	RUN(&m, INSN(LDI, 0, 1), INSN(JMP, 7));
	assert_int_equal(seen[0], 3);
	assert_int_equal(seen[1], 9);
	machine_done(&m);
}

/* A debugger that skips an instruction, and changes a register and a word. */
static void
meddle(struct vm *vm, void *arg)
{
	(void)arg;
	if (vm->pc != 1)
		return;
	vm->r[3] = 70;
	packet_put32(vm->pad, 9);
	vm->change += (uint64_t)~UINT32_C(0) + 9;
	vm->pc = 2;
}

static void
the_run_goes_on_with_what_the_trace_leaves(void **state)
{
	struct machine m;

	(void)state;
	machine_init(&m, 2);
	m.vm.trace = meddle;
	RUN(&m, INSN(LDI, 3, 1), INSN(LDI, 3, 2), INSN(ADDI, 3, 1),
		INSN(LD_R, 4, 0), INSN(ST_R, 3, 1));
	assert_int_equal(m.vm.r[3], 71);
	assert_int_equal(m.vm.r[4], 9);
	assert_int_equal(word(&m, 1), 71);
	assert_int_equal(m.vm.steps, 4);
	assert_int_equal(packet_fold(m.vm.change), packet_fold(9 + 71 +
		2 * (uint64_t)~UINT32_C(0)));
	machine_done(&m);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(arithmetic_wraps_and_shifts_by_five_bits),
	cmocka_unit_test(constants_have_their_own_width_and_sign),
	cmocka_unit_test(operands_may_be_the_same_register),
	cmocka_unit_test(branches_compare_unsigned),
	cmocka_unit_test(passing_the_end_forwards),
	cmocka_unit_test(verdicts_end_the_run),
	cmocka_unit_test(the_longest_program_takes_a_hundred_and_twenty_eight_steps),
	cmocka_unit_test(exactly_the_illegal_words_fault_as_illegal),
	cmocka_unit_test(faults_and_cost_are_those_of_the_table),
	cmocka_unit_test(loads_and_stores_are_big_endian_in_the_packet),
	cmocka_unit_test(words_beyond_the_scratchpad_fault),
	cmocka_unit_test(a_packet_without_scratchpad_has_no_word),
	cmocka_unit_test(any_use_of_an_entry_word_with_nothing_mapped_faults),
	cmocka_unit_test(push_appends_at_the_cursor_and_marks_when_full),
	cmocka_unit_test(a_cursor_past_the_scratchpad_has_no_room),
	cmocka_unit_test(environment_fields_are_read_by_number),
	cmocka_unit_test(registers_are_zero_at_the_start_of_each_run),
	cmocka_unit_test(insert_creates_and_then_finds),
	cmocka_unit_test(the_copy_is_written_back_on_every_verdict),
	cmocka_unit_test(a_fault_loses_the_copy_but_not_what_was_written_before),
	cmocka_unit_test(checks_come_before_the_write_back),
	cmocka_unit_test(a_store_instruction_checks_in_order),
	cmocka_unit_test(the_fifth_access_faults),
	cmocka_unit_test(the_copy_is_written_back_before_the_next_lookup),
	cmocka_unit_test(a_refused_store_instruction_unmaps),
	cmocka_unit_test(an_entry_lives_ten_seconds_whatever_is_done_to_it),
	cmocka_unit_test(an_entry_that_died_meanwhile_is_not_written),
	cmocka_unit_test(a_full_store_gives_zero_and_marks),
	cmocka_unit_test(a_protected_entry_is_read_by_anyone_and_written_by_few),
	cmocka_unit_test(an_invitation_is_never_mapped),
	cmocka_unit_test(invite_and_reroute_give_what_the_node_says),
	cmocka_unit_test(the_trace_sees_every_step_and_the_end),
	cmocka_unit_test(the_run_goes_on_with_what_the_trace_leaves)
};

RUN_TESTS(tests)
