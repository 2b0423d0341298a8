/* SPDX-License-Identifier: BSD-2-Clause */
/* What targets share; see fuzz.h. */
#include "tests/fuzz/fuzz.h"

#include <glob.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"

enum { PROGRAMS = 24 };

void
fuzz_fail(const char *file, int line, const char *expression)
{
	fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, expression);
	abort();
}

void
fuzz_add(struct fuzz_seeds *seeds, const void *bytes, size_t size)
{
	struct fuzz_seed seed = {malloc(size + 1), size};

	seeds->seeds = reallocarray(seeds->seeds, seeds->count + 1,
		sizeof(*seeds->seeds));
	FUZZ_CHECK(seeds->seeds && seed.p);
	memcpy(seed.p, bytes, size);
	seeds->seeds[seeds->count++] = seed;
}

void
fuzz_seeds_done(struct fuzz_seeds *seeds)
{
	for (unsigned i = 0; i < seeds->count; i++)
		free(seeds->seeds[i].p);
	free(seeds->seeds);
}

uint8_t
fuzz_byte(struct fuzz_input *input)
{
	if (input->size == 0)
		return 0;
	input->size--;
	return *input->p++;
}

uint32_t
fuzz_word(struct fuzz_input *input)
{
	uint32_t word = 0;

	for (int i = 0; i < 4; i++)
		word = word << 8 | fuzz_byte(input);
	return word;
}

uint32_t
fuzz_random(uint64_t *state)
{
	*state = *state * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 32);
}

FILE *
fuzz_null(void)
{
	static FILE *null;

	if (!null)
		null = fopen("/dev/null", "w");
	FUZZ_CHECK(null);
	return null;
}

void
fuzz_sink(void *arg, const struct diag *diag)
{
	unsigned *counts = arg;
	json_t *json;

	FUZZ_CHECK(diag->id < DIAG_COUNT);
	FUZZ_CHECK(diag->text[0] != '\0');
	FUZZ_CHECK(memchr(diag->text, '\0', DIAG_TEXT_SIZE));
	FUZZ_CHECK(memchr(diag->hint, '\0', DIAG_TEXT_SIZE));
	diag_print(fuzz_null(), diag);
	json = diag_json(diag);
	FUZZ_CHECK(json);
	json_decref(json);
	if (counts)
		counts[diag->id]++;
}

static char *
read_file(const char *path, size_t *size)
{
	FILE *in = fopen(path, "r"), *out;
	char *text, block[4096];
	size_t got;

	FUZZ_CHECK(in);
	out = open_memstream(&text, size);
	FUZZ_CHECK(out);
	while ((got = fread(block, 1, sizeof(block), in)) > 0)
		fwrite(block, 1, got, out);
	fclose(in);
	fclose(out);
	return text;
}

void
fuzz_each_source(void (*each)(void *arg, const char *text, size_t size),
	void *arg)
{
	const char *src = getenv("SRC");
	char pattern[4096];
	glob_t found;

	snprintf(pattern, sizeof(pattern), "%s/examples/*.wasp",
		src ? src : ".");
	if (glob(pattern, 0, NULL, &found)) {
		fprintf(stderr, "no %s; SRC names the source tree\n", pattern);
		exit(99);
	}
	for (size_t i = 0; i < found.gl_pathc; i++) {
		size_t size;
		char *text = read_file(found.gl_pathv[i], &size);

		each(arg, text, size);
		free(text);
	}
	globfree(&found);
}

/* Any legal instruction, its operands small more often than not. */
static uint16_t
random_insn(uint64_t *state)
{
	const struct isa_insn *insn =
		&isa_insns[fuzz_random(state) % ISA_OP_COUNT];
	uint16_t word = insn->word;

	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
		int32_t min, max;

		if (insn->operand[i].kind == ISA_KIND_NO)
			continue;
		isa_operand_range(insn->operand[i], &min, &max);
		if (fuzz_random(state) % 4 && max > 7)
			max = 7;
		isa_operand_put(&word, insn->operand[i], min +
			(int32_t)(fuzz_random(state) %
			((uint32_t)(max - min) + 1)));
	}
	return word;
}

/* The first is as large as any, the others are of modest size. */
static void
make_object(struct object *object, bool largest, uint64_t *state)
{
	unsigned code_count = largest ? PACKET_CODE_MAX :
		1 + fuzz_random(state) % 24;
	unsigned pad_count = largest ? PACKET_PAD_MAX :
		fuzz_random(state) % 16;

	*object = (struct object){.size = packet_size(code_count, pad_count),
		.header = {.flags = (uint8_t)(14 & (4 | fuzz_random(state))),
			.next_header = PACKET_NEXT_NONE,
			.code_count = (uint8_t)code_count,
			.pad_count = (uint8_t)pad_count,
			.cursor = (uint8_t)(fuzz_random(state) % 16)}};
	packet_put_header(object->packet, &object->header);
	for (unsigned pc = 0; pc < code_count; pc++)
		packet_put16(object->packet + PACKET_HEADER_SIZE + 2 * pc,
			random_insn(state));
	for (unsigned n = 0; n < pad_count; n++)
		packet_put32(object->packet + packet_pad_off(code_count) +
			4 * n, fuzz_random(state) & 0xc0000003);
	packet_set_checksum(object->packet, object->size);
	object->header.checksum =
		packet_get16(object->packet + PACKET_OFF_CHECKSUM);
}

/* What the examples do not do: invite, reroute, write protected entries. */
static const char meet_source[] =
	"\t.program meet\n\t.hooks ingress, egress, back\n\t.data\n"
	"secret:\t.secret 0x1122334455667788\n"
	"name:\t.key invitation, of secret\n"
	"mine:\t.key protected, 1\ntrail:\t.space 4\n\t.cursor trail\n"
	"\t.text\n\tinvite r0, [secret]\n\treroute r1, [name]\n\tpush r0\n"
	"\tpush r1\n\tlookup r2, [mine]\n\tbz r2, make\n\tpush t7\n"
	"\tforward\nmake:\tinsert r2, [mine]\n\tbz r2, out\n"
	"\tenv t7, random\nout:\tbnz r1, end\n\treturn\nend:\tforward\n";

struct assembling {
	void (*each)(void *arg, const struct object *object);
	void *arg;
};

static void
assemble_source(void *arg, const char *text, size_t size)
{
	const struct assembling *assembling = arg;
	const struct asm_options options = {.file = "example"};
	struct object object;

	FUZZ_CHECK(asm_assemble(&object, text, size, &options, NULL, NULL) ==
		ASM_OK);
	assembling->each(assembling->arg, &object);
	object_done(&object);
}

void
fuzz_each_object(void (*each)(void *arg, const struct object *object),
	void *arg)
{
	struct assembling assembling = {each, arg};
	uint64_t state = 1;
	struct object object;

	fuzz_each_source(assemble_source, &assembling);
	assemble_source(&assembling, meet_source, sizeof(meet_source) - 1);
	for (int i = 0; i < PROGRAMS; i++) {
		make_object(&object, i == 0, &state);
		each(arg, &object);
	}
}
