/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of wasp-run --coverage: what is taken can be reported, added to, and is
 * taken again as it is written.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "run/coverage.h"

const char fuzz_name[] = "coverage";
const unsigned fuzz_runs = 30000;
const char *const fuzz_words[] = {"[", "]", "{", "}", ",", ":", "\"v\":1",
	"\"programs\":", "\"code\":\"", "\"program\":\"", "\"runs\":",
	"\"insns\":", "\"begun\":", "\"insn\":\"", "\"taken\":",
	"\"not_taken\":", "\"file\":\"", "\"line\":", "\"text\":\"", "null",
	"true", "-1", "0", "1.5", "9223372036854775807", "\\u0000", "\xff",
	NULL};

static const char text[] = "{\"v\":1,\"programs\":[{\"code\":\"d0010000\","
	"\"program\":\"p\",\"runs\":3,\"insns\":[{\"begun\":3,\"insn\":\"bz "
	"r0, .+2\",\"taken\":3,\"not_taken\":0,\"file\":\"f\",\"line\":7,"
	"\"text\":\"x\"},{\"begun\":0,\"insn\":\"forward\"}]}]}";

/* bz r0, .+2; forward */
static const uint8_t packet[] = {'W', 'A', 0x18, 59, 2, 0, 0, 0, 0, 0, 0, 0,
	0, 0, 0, 0, 0xd0, 0x01, 0, 0};

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_add(seeds, text, sizeof(text) - 1);
	fuzz_add(seeds, "{\"v\":1,\"programs\":[]}", 21);
}

static void
check_taken(json_t *coverage)
{
	struct object object;
	struct count count = {.runs = 1, .insns = {{1, 1, 0}}};
	FILE *out = fuzz_null();
	json_t *again;
	size_t size;
	char *bytes;

	FUZZ_CHECK(object_read(&object, packet, sizeof(packet), "packet",
		fuzz_sink, NULL));
	coverage_print(out, coverage);
	FUZZ_CHECK(coverage_lcov(out, coverage) <=
		json_array_size(json_object_get(coverage, "programs")));
	FUZZ_CHECK(coverage_add(coverage, &object, &count));
	bytes = coverage_text(coverage, &size);
	FUZZ_CHECK(bytes);
	again = coverage_parse(bytes, size, "again", fuzz_sink, NULL);
	FUZZ_CHECK(again && json_equal(again, coverage));
	coverage_print(out, again);
	json_decref(again);
	object_done(&object);
	free(bytes);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	json_t *coverage = coverage_parse((const char *)bytes, size, "fuzz.cov",
		fuzz_sink, NULL);

	if (coverage)
		check_taken(coverage);
	json_decref(coverage);
	return 0;
}
