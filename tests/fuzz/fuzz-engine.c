/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What one engine and the runner tell each other: whatever the line, the
 * reference engine has a reply of a type, and whatever the reply, it can be
 * compared.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "conform/matrix.h"
#include "conform/talk.h"
#include "run/engine.h"

const char fuzz_name[] = "engine";
const unsigned fuzz_runs = 20000;
const char *const fuzz_words[] = {"{", "}", "[", "]", ",", ":", "null", "true",
	"false", "-1", "0", "4294967295", "4294967296", "1e9", "\"v\":1",
	"\"type\":\"run\"", "\"type\":\"ran\"", "\"type\":\"hello\"",
	"\"hook\":\"egress\"", "\"1700000000000000000\"",
	"\"18446744073709551615\"", "\"packet\":\"", "\"node\":{", "\"store\":",
	"\"trace\":[0,1,127,128,-1]", "\"keys\":[]", "\"declines\":[\"counts\"]",
	"\"rerouted\":null", "5741183b", "\xff", NULL};

static const char text[] = "vector a\ncapacity 4\nentry 1 -1 5\nrights invite\n"
	"reroute 192.0.2.7\nprogram ingress\n\t.data\nk:\t.key\tprivate, 1\n"
	"\t.text\n\tinsert r0, [k]\n\tmov t0, r0\n\tinvite r0, [k]\n"
	"expect forward steps 3 cost 57 accesses 2\nentry private:1 0 2\n";

static void
read_vectors(struct vectors *vectors)
{
	FUZZ_CHECK(vectors_read(vectors, text, "seed", fuzz_sink, NULL));
}

static void
add_json(struct fuzz_seeds *seeds, json_t *json)
{
	char *line = json_dumps(json, JSON_COMPACT);

	FUZZ_CHECK(line);
	fuzz_add(seeds, line, strlen(line));
	free(line);
	json_decref(json);
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	struct engine *engine = engine_new(NULL);
	struct vectors vectors = {0};
	json_t *request;
	char *line;

	read_vectors(&vectors);
	request = talk_run(&vectors.list[0], 0, 1, true);
	line = json_dumps(request, JSON_COMPACT);
	FUZZ_CHECK(engine && line);
	add_json(seeds, engine_reply(engine, line, strlen(line)));
	add_json(seeds, request);
	add_json(seeds, talk_hello());
	free(line);
	engine_free(engine);
	vectors_done(&vectors);
}

static void
look_at(void *arg, const struct talk_difference *difference)
{
	(void)arg;
	FUZZ_CHECK(strlen(difference->expected) < TALK_TEXT_SIZE &&
		strlen(difference->got) < TALK_TEXT_SIZE);
}

/* As a reply. */
static void
compare(const char *bytes, size_t size)
{
	json_t *reply = json_loadb(bytes, size, 0, NULL);
	struct matrix *matrix = matrix_new();
	struct vectors vectors = {0};
	unsigned declines;

	FUZZ_CHECK(matrix);
	read_vectors(&vectors);
	talk_read_hello(reply, &declines);
	talk_compare(&vectors.list[0].runs[0], reply, declines, look_at, NULL);
	matrix_add(matrix, &vectors.list[0].runs[0], reply);
	matrix_free(matrix);
	vectors_done(&vectors);
	json_decref(reply);
}

/* As a request. */
static void
ask(const char *bytes, size_t size)
{
	struct engine *engine = engine_new(NULL);
	json_t *reply = engine ? engine_reply(engine, bytes, size) : NULL;
	const char *type = json_string_value(json_object_get(reply, "type"));

	FUZZ_CHECK(type && json_integer_value(json_object_get(reply, "v")) == 1);
	FUZZ_CHECK(!strcmp(type, "hello") || !strcmp(type, "ran") ||
		!strcmp(type, "error"));
	json_decref(reply);
	engine_free(engine);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	compare((const char *)bytes, size);
	ask((const char *)bytes, size);
	return 0;
}
