/* SPDX-License-Identifier: BSD-2-Clause */
/* A saved store, as wasp-run reads it: what is taken is written the same. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "run/store-json.h"

const char fuzz_name[] = "store";
const unsigned fuzz_runs = 60000;
const char *const fuzz_words[] = {"[", "]", "{", "}", ",", ":", "\"node\": ",
	"\"key\": ", "\"words\": ", "\"created\": ", "\"age_ms\": ",
	"\"0x",
	"null", "true", "-1", "0", "1.5", "1e9", "4294967296",
	"9223372036854775807", "9223372026854775807", "18446744073709551615",
	"\\u0000", "\xff", NULL};

static const char text[] =
	"[{\"node\": 1, \"key\": \"0x0000000000000001\", \"words\": "
	"[0, 1, 2, 3, 4, 5, 6, 4294967295], \"created\": 1000, "
	"\"age_ms\": 0},\n"
	"{\"node\": 2, \"key\": \"0xc000000000000001\", \"words\": "
	"[0, 0, 0, 0, 0, 0, 0, 0], \"created\": 9000000000},\n"
	"{\"key\": \"0x5\", \"words\": [7, 7, 7, 7, 7, 7, 7, 7], "
	"\"created\": 12000000000}]";

enum { NODES = 2, CAPACITY = 4 };

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_add(seeds, text, sizeof(text) - 1);
	fuzz_add(seeds, "[]", 2);
}

/* Written, read and restored, a store is the same. */
static void
check_written(unsigned node, struct ess *ess, uint64_t now_ns)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {9};
	json_t *json = store_json_append(json_array(), node, ess, now_ns);
	struct ess *again = ess_new(CAPACITY, secret);
	char *bytes = json_dumps(json, 0);
	uint64_t latest;
	json_t *read, *same;

	FUZZ_CHECK(json && again && bytes);
	FUZZ_CHECK(json_array_size(json) == ess_live_count(ess, now_ns));
	read = store_json_parse(bytes, strlen(bytes), "copy", NODES, &latest,
		fuzz_sink, NULL);
	FUZZ_CHECK(read && latest <= now_ns);
	FUZZ_CHECK(store_json_restore(read, node, again, now_ns, "copy",
		fuzz_sink, NULL));
	same = store_json_append(json_array(), node, again, now_ns);
	FUZZ_CHECK(json_equal(json, same));
	json_decref(json);
	json_decref(read);
	json_decref(same);
	free(bytes);
	ess_free(again);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {8};
	uint64_t latest;
	json_t *json = store_json_parse((const char *)bytes, size, "store",
		NODES, &latest, fuzz_sink, NULL);

	for (unsigned node = 1; json && node <= NODES; node++) {
		struct ess *ess = ess_new(CAPACITY, secret);

		FUZZ_CHECK(ess);
		store_json_restore(json, node, ess, latest, "store", fuzz_sink,
			NULL);
		FUZZ_CHECK(ess_live_count(ess, latest) <= 16);
		check_written(node, ess, latest);
		ess_free(ess);
	}
	json_decref(json);
	return 0;
}
