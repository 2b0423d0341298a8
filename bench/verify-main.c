/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-verify: how long a program takes to be verified, by its kind and length,
 * and beside it to be assembled and disassembled.  A table on standard output,
 * and with a file as operand the same as JSON lines.  bench/README explains the
 * rows.
 */
#include <config.h>

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "bench/bench.h"
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
		"1: bz r1, 1f\n" "1: bz r2, 1f\n" "1: bz r3, 1f\n"
		"1: push r4\n"},
	{"states",
		"insert r0, [key]\n" "env r7, queue\n" "bz r7, 1f\n"
		"ldi r1, 1\n" "1: env r7, rate\n" "bz r7, 1f\n" "ldi r2, 1\n"
		"1: env r7, ttl\n" "bz r7, 1f\n" "ldi r3, 1\n"
		"1: beq r1, r2, 1f\n" "1: bltu r3, r1, 1f\n"
		"1: bne r2, r3, 1f\n" "mov r4, r1\n" "1: beq r4, r3, 1f\n"
		"1: bz r0, 1f\n1:\n"},
};
enum { KINDS = sizeof(kinds) / sizeof(*kinds) };

struct program {
	char source[SOURCE_SIZE];
	size_t size;
	struct object object;
};

static void
fail(const char *what)
{
	fprintf(stderr, "bench-verify: %s\n", what);
	exit(70);
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

static void
verify_quickly(void *arg, unsigned count)
{
	const struct program *program = arg;
	struct verify_result result;

	for (unsigned i = 0; i < count; i++) {
		verify_code(program->object.packet, &program->object.header,
			NULL, &limits, &result);
		if (!result.accepted)
			fail("a program is not accepted");
	}
}

/* Another program each time: all kinds in turn. */
static void
verify_in_turn(void *arg, unsigned count)
{
	const struct program *programs = arg;
	struct verify_result result;

	for (unsigned i = 0; i < count; i++) {
		const struct object *object = &programs[i % KINDS].object;

		verify_code(object->packet, &object->header, NULL, &limits,
			&result);
	}
}

static void
verify_with_reasons(void *arg, unsigned count)
{
	const struct program *program = arg;
	struct verify_result result;

	for (unsigned i = 0; i < count; i++)
		verify_object(&program->object, "bench", &limits, &result,
			NULL, NULL);
}

static void
assemble(void *arg, unsigned count)
{
	const struct program *program = arg;
	const struct asm_options options = {.file = "bench"};
	struct object object;

	for (unsigned i = 0; i < count; i++) {
		if (asm_assemble(&object, program->source, program->size,
			&options, NULL, NULL) != ASM_OK)
			fail("a program does not assemble again");
		object_done(&object);
	}
}

static void
disassemble(void *arg, unsigned count)
{
	const struct program *program = arg;
	char text[SOURCE_SIZE];

	for (unsigned i = 0; i < count; i++)
		if (disasm_text(text, sizeof(text), &program->object) == 0)
			fail("out of memory");
}

/*
 * The table.
 */

/*
 * A row: each length, and how much longer an instruction takes in the longest
 * program than in the shortest.
 */
static void
measure_row(const char *bench, const char *kind, bench_work *work,
	struct program *programs, json_t *rows)
{
	struct bench_time time = {0, 0};
	double first = 0;

	printf("%-12s %-9s", bench, kind);
	for (unsigned i = 0; i < LENGTHS; i++) {
		time = bench_measure(work, &programs[i * KINDS]);
		if (i == 0)
			first = time.median / lengths[i];
		printf(" %9.0f", time.median);
		json_array_append_new(rows, bench_row(bench, kind, lengths[i],
			time));
	}
	printf("  %5.2f\n", time.median / lengths[LENGTHS - 1] / first);
	fflush(stdout);
}

static void
measure_all(struct program *programs, json_t *rows)
{
	printf("%-12s %-9s %9s %9s %9s %9s  %5s\n", "ns for", "kind", "16",
		"32", "64", "128", "ratio");
	for (unsigned k = 0; k < KINDS; k++)
		measure_row("verify", kinds[k].name, verify_quickly,
			&programs[k], rows);
	measure_row("verify", "in turn", verify_in_turn, programs, rows);
	measure_row("explain", "store", verify_with_reasons, &programs[1],
		rows);
	measure_row("assemble", "store", assemble, &programs[1], rows);
	measure_row("disassemble", "store", disassemble, &programs[1], rows);
}

static void
write_rows(const char *path, const json_t *rows)
{
	FILE *out = fopen(path, "w");
	bool good = out != NULL;

	for (size_t i = 0; good && i < json_array_size(rows); i++) {
		json_dumpf(json_array_get(rows, i), out, JSON_COMPACT);
		good = fputc('\n', out) != EOF;
	}
	if (!good || fclose(out) == EOF)
		fail("the results can not be written");
}

int
main(int argc, char **argv)
{
	struct program *programs = calloc(LENGTHS * KINDS, sizeof(*programs));
	json_t *rows = json_array();

	if (!programs || !rows)
		fail("out of memory");
	for (unsigned i = 0; i < LENGTHS * KINDS; i++)
		make_program(&programs[i], &kinds[i % KINDS],
			lengths[i / KINDS]);
	measure_all(programs, rows);
	if (argc > 1)
		write_rows(argv[1], rows);
	for (unsigned i = 0; i < LENGTHS * KINDS; i++)
		object_done(&programs[i].object);
	json_decref(rows);
	free(programs);
	return 0;
}
