/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects as every tool reads them: reading, and writing again, verifying,
 * reporting, disassembling; and asm(dis(x)) == x.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "disasm/disasm.h"
#include "verify/verify.h"
#include "wasp/report.h"

const char fuzz_name[] = "object";
const unsigned fuzz_runs = 20000;
const char *const fuzz_words[] = {"WASP-NOTES 1\n", "program ", "file ",
	"word ", "label ", "line ", "random ", "data", "key", "secret", "addr",
	"space", "pool", "public", "protected", "private", "invitation", "\n",
	" ", "0 ", "1 ", "2 ", "64 ", "999999999 ", "r0", ".", "$", NULL};

/* Names that are no good, and names given twice. */
static const char odd_notes[] = "WASP-NOTES 1\nprogram ldi\nfile a b\n"
	"word 0 1 data r0\nword 1 1 key twice\nword 0 2 addr twice\n"
	"label 0 jmp\nlabel 1 twice\nlabel 1 other\nrandom 0 private\n"
	"line 0 7 \tldi r0, 1\nline 0 8 \n";

static void
add_object(void *arg, const struct object *object)
{
	uint8_t odd[PACKET_SIZE_MAX + sizeof(odd_notes)];
	size_t size;
	uint8_t *bytes = object_bytes(object, &size);

	FUZZ_CHECK(bytes);
	fuzz_add(arg, bytes, size);
	fuzz_add(arg, bytes, object->size);
	memcpy(odd, bytes, object->size);
	memcpy(odd + object->size, odd_notes, sizeof(odd_notes) - 1);
	fuzz_add(arg, odd, object->size + sizeof(odd_notes) - 1);
	free(bytes);
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_each_object(add_object, seeds);
}

static void
check_json(json_t *json)
{
	FUZZ_CHECK(json);
	json_decref(json);
}

/* What is written is read as the same. */
static void
check_written(const struct object *object)
{
	size_t size, again_size;
	uint8_t *bytes = object_bytes(object, &size), *again;
	struct object copy;

	FUZZ_CHECK(bytes);
	FUZZ_CHECK(object_read(&copy, bytes, size, "copy", fuzz_sink, NULL));
	again = object_bytes(&copy, &again_size);
	FUZZ_CHECK(again && again_size == size && !memcmp(again, bytes, size));
	object_done(&copy);
	free(bytes);
	free(again);
}

static void
check_verified(const struct object *object)
{
	const struct verify_limits limits = {.max_steps = 3, .max_cost = 20,
		.max_accesses = 1, .hops = 2, .mtu = 80};
	struct verify_result free_of, bound;

	verify_object(object, "object", NULL, &free_of, fuzz_sink, NULL);
	FUZZ_CHECK(free_of.accepted == (free_of.errors == 0));
	FUZZ_CHECK(free_of.max_steps <= object->header.code_count);
	FUZZ_CHECK(free_of.max_accesses <= free_of.max_steps);
	verify_object(object, "object", &limits, &bound, fuzz_sink, NULL);
	FUZZ_CHECK(!bound.accepted || (free_of.accepted &&
		free_of.max_steps <= limits.max_steps &&
		free_of.max_cost <= limits.max_cost &&
		free_of.max_accesses <= limits.max_accesses));
	check_json(verify_json(object, &free_of));
}

static void
check_report(const struct object *object)
{
	const struct report report = {&object->notes, object->packet,
		&object->header, object->header.ident % 2 ? -1 :
		object->header.cursor};

	report_print_words(fuzz_null(), &report);
	report_print_status(fuzz_null(), &report);
	check_json(report_json(&report));
}

/* A text of the object assembles to it. */
static void
check_assembles(const struct object *object, const char *text, size_t size)
{
	const struct asm_options options = {.file = "text"};
	struct object again;

	if (asm_assemble(&again, text, size, &options, fuzz_sink, NULL)) {
		fputs(text, stderr);
		FUZZ_CHECK(!"assembles again");
	}
	FUZZ_CHECK(again.size == object->size);
	FUZZ_CHECK(!memcmp(again.packet, object->packet, object->size));
	object_done(&again);
}

/* Everything that can be shown: no control goes through, but of colour. */
static void
check_listed(const struct object *object)
{
	static const unsigned sets[] = {1, 2, 3, 12, 31, 63, 47};

	for (size_t i = 0; i < COUNT(sets); i++) {
		unsigned shown = sets[i];
		const struct disasm_options how = {
			.source = shown & 1, .explain = shown & 2,
			.bytes = shown & 4, .arrows = shown & 8,
			.ascii = shown & 16, .color = shown & 32,
			.heading = "a\n\033"};
		char *text = NULL;
		size_t size;
		FILE *out = open_memstream(&text, &size);

		FUZZ_CHECK(out);
		disasm_list(out, object, &how);
		fclose(out);
		FUZZ_CHECK(!memchr(text, '\r', size));
		FUZZ_CHECK(how.color || !memchr(text, '\033', size));
		if (!how.bytes && !how.arrows && !how.color)
			check_assembles(object, text, size);
		free(text);
	}
	disasm_dot(fuzz_null(), object);
}

static void
check_disassembled(const struct object *object)
{
	size_t len = disasm_text((char[1]){0}, 1, object);
	char *text = malloc(len + 1);

	FUZZ_CHECK(text && len > 0);
	FUZZ_CHECK(disasm_text(text, len + 1, object) == len);
	FUZZ_CHECK(strlen(text) == len);
	check_assembles(object, text, len);
	free(text);
	check_listed(object);
	check_json(disasm_json(object));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct object object;

	if (object_read(&object, bytes, size, "object", fuzz_sink, NULL)) {
		FUZZ_CHECK(object.size <= size);
		FUZZ_CHECK(!memcmp(object.packet, bytes, object.size));
		check_written(&object);
		check_verified(&object);
		check_report(&object);
		check_disassembled(&object);
	}
	object_done(&object);
	return 0;
}
