/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-verify: how long a program takes to be verified, by its kind and length,
 * and beside it to be assembled and disassembled.  bench/README explains the rows.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "bench/bench-main.h"
#include "disasm/disasm.h"
#include "verify/verify.h"

enum { SOURCE_SIZE = 16384, BLOCK = 16 };
static const unsigned lengths[] = {16, 32, 64, 128};
enum { LENGTHS = sizeof(lengths) / sizeof(*lengths) };

/* Sixteen instructions that are repeated. */
static const struct kind {
	const char *name, *block;
} kinds[] = {
	{"line",
		"env r1, time_us\n" "mov r2, r1\n" "addi r2, 7\n" "xor r1, r2\n"
		"st r1, [a]\n" "ld r3, [b]\n" "add r3, r1\n" "shli r3, 2\n"
		"st r3, [b]\n" "push r3\n" "env r4, ttl\n" "low r4, 5\n"
		"push r4\n" "or r4, r3\n" "st r4, [a]\n" "push time_us\n"},
	{"store",
		"insert r0, [key]\n" "bz r0, 2f\n" "ld r1, [a]\n"
		"ld r2, [b]\n" "mov r3, t0\n" "bz r3, 1f\n" "mov r4, t1\n"
		"bgeu r4, r1, 2f\n" "1: ldi r3, 1\n" "add r3, r2\n"
		"mov t0, r3\n" "mov t1, r1\n" "xor r1, r2\n" "mov t2, r1\n"
		"push time_us\n" "2: push ttl\n"},
	{"diamonds",
		"env r1, queue\n" "bz r1, 1f\n" "addi r2, 1\n" "1: push mtu\n"
		"env r1, ttl\n" "bnz r1, 1f\n" "addi r2, 1\n" "1: push r2\n"
		"env r1, rate\n" "bz r1, 1f\n" "addi r2, 1\n" "1: push mtu\n"
		"env r1, hops\n" "bnz r1, 1f\n" "addi r2, 1\n" "1: push r2\n"},
	{"hooks",
		"env r1, hook\n" "ldi r2, 1\n" "bne r1, r2, 1f\n"
		"lookup r0, [key]\n" "bz r0, 1f\n" "st t0, [a]\n"
		"1: env r1, back\n" "bz r1, 2f\n" "push time_us\n"
		"push ttl\n" "2: ld r3, [a]\n" "addi r3, 1\n" "st r3, [a]\n"
		"env r4, role\n" "add r4, r3\n" "st r4, [b]\n"},
	{"flags",
		"env r0, queue\n" "ldi r1, 0\n" "bz r0, 1f\n" "ldi r1, 1\n"
		"1: env r0, ttl\n" "ldi r2, 0\n" "bz r0, 1f\n" "ldi r2, 1\n"
		"1: env r0, rate\n" "ldi r3, 0\n" "bz r0, 1f\n" "ldi r3, 1\n"
		"1: bz r1, 1f\n" "bz r2, 1f\n" "bz r3, 1f\n"
		"push r4\n1:\n"},
	{"states",
		"insert r0, [key]\n" "env r7, queue\n" "bz r7, 1f\n"
		"ldi r1, 1\n" "1: env r7, rate\n" "bz r7, 1f\n" "ldi r2, 1\n"
		"1: env r7, ttl\n" "bz r7, 1f\n" "ldi r3, 1\n"
		"1: beq r1, r2, 1f\n" "bltu r3, r1, 2f\n"
		"1: bne r2, r3, 1f\n" "2: beq r4, r3, 1f\n" "bz r0, 1f\n"
		"mov t0, r3\n1:\n"},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

struct program {
	char source[SOURCE_SIZE];
	size_t size;
	struct object object;
};

static const struct cli_option rows[] = {BENCH_OPTIONS, {0}};
static const struct cli command = {
	.name = "bench-verify", .operands = "",
	.summary = "Measure how long it takes to verify programs.",
	.options = rows
};

static _Noreturn void
fail(const char *what)
{
	cli_die(&command, CLI_BUG, "%s", what);
}

static void
complain(void *arg, const struct diag *diag)
{
	(void)arg;
	if (diag->severity == DIAG_ERROR)
		diag_print(stderr, diag);
}

static void
make_program(struct program *program, const struct kind *kind, unsigned length)
{
	const struct asm_options options = {.file = kind->name};
	size_t len = (size_t)snprintf(program->source, SOURCE_SIZE,
		"\t.hooks ingress, egress, back\n\t.data\n"
		"key: .key public, \"bench\"\na: .word 1\nb: .word 2\n"
		"trail: .space 16\n\t.cursor trail\n\t.text\n");

	for (unsigned i = 0; i < length; i += BLOCK)
		len += (size_t)snprintf(program->source + len,
			SOURCE_SIZE - len, "%s", kind->block);
	program->size = len;
	if (asm_assemble(&program->object, program->source, len, &options,
		complain, NULL) != ASM_OK ||
	    program->object.header.code_count != length)
		fail("a program does not assemble to its length");
}

/*
 * What is measured.
 */

static const struct verify_limits limits = {.max_accesses = 8};

static double
verify_quickly(void *arg, unsigned count)
{
	const struct program *program = arg;
	struct verify_result result;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++) {
		verify_code(program->object.packet, &program->object.header,
			NULL, &limits, &result);
		if (!result.accepted)
			fail("a program is not accepted");
	}
	return bench_now_ns() - start;
}

/* Another program each time: all kinds in turn. */
static double
verify_in_turn(void *arg, unsigned count)
{
	const struct program *programs = arg;
	struct verify_result result;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++) {
		const struct object *object = &programs[i % KINDS].object;

		verify_code(object->packet, &object->header, NULL, &limits,
			&result);
	}
	return bench_now_ns() - start;
}

static double
verify_with_reasons(void *arg, unsigned count)
{
	const struct program *program = arg;
	struct verify_result result;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		verify_object(&program->object, "bench", &limits, &result,
			NULL, NULL);
	return bench_now_ns() - start;
}

static double
assemble(void *arg, unsigned count)
{
	const struct program *program = arg;
	const struct asm_options options = {.file = "bench"};
	struct object object;
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++) {
		if (asm_assemble(&object, program->source, program->size,
			&options, NULL, NULL) != ASM_OK)
			fail("a program does not assemble again");
		object_done(&object);
	}
	return bench_now_ns() - start;
}

static double
disassemble(void *arg, unsigned count)
{
	const struct program *program = arg;
	char text[SOURCE_SIZE];
	double start = bench_now_ns();

	for (unsigned i = 0; i < count; i++)
		if (disasm_text(text, sizeof(text), &program->object) == 0)
			fail("out of memory");
	return bench_now_ns() - start;
}

/*
 * The table.
 */

/*
 * A row: each length, by the instruction; the ratio is how much longer one
 * takes than in the shortest program.
 */
static void
measure_row(const struct bench *bench, const char *name, const char *kind,
	bench_work *work, struct program *programs)
{
	struct bench_case cases[LENGTHS] = {0};

	for (unsigned i = 0; i < LENGTHS; i++) {
		struct bench_case *c = &cases[i];

		snprintf(c->what, sizeof(c->what), "%s %s", name, kind);
		c->at = c->parts = lengths[i];
		c->work = work;
		c->arg = &programs[i * KINDS];
		c->over = i > 0 ? &cases[0] : NULL;
	}
	bench_cases(bench, 5, "ns/instruction", cases, LENGTHS);
}

static void
measure_all(const struct bench *bench, struct program *programs)
{
	bench_title(bench, 5, "verify, by length");
	for (unsigned k = 0; k < KINDS; k++)
		measure_row(bench, "verify", kinds[k].name, verify_quickly,
			&programs[k]);
	measure_row(bench, "verify", "in turn", verify_in_turn, programs);
	measure_row(bench, "explain", "store", verify_with_reasons,
		&programs[1]);
	measure_row(bench, "assemble", "store", assemble, &programs[1]);
	measure_row(bench, "disassemble", "store", disassemble, &programs[1]);
}

int
main(int argc, char **argv)
{
	struct program *programs = calloc(LENGTHS * KINDS, sizeof(*programs));
	struct bench bench;

	bench_begin(&bench, &command, argc, argv, NULL, NULL);
	if (!programs)
		fail("out of memory");
	for (unsigned i = 0; i < LENGTHS * KINDS; i++)
		make_program(&programs[i], &kinds[i % KINDS],
			lengths[i / KINDS]);
	measure_all(&bench, programs);
	for (unsigned i = 0; i < LENGTHS * KINDS; i++)
		object_done(&programs[i].object);
	free(programs);
	return bench_end(&bench);
}
