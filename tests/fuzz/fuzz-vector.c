/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A file of conformance vectors: what is taken can be asked of an engine, and the
 * reference machine can do it.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "conform/talk.h"
#include "run/engine.h"

const char fuzz_name[] = "vector";
const unsigned fuzz_runs = 30000;
const char *const fuzz_words[] = {"\n", "\t", " ", "#", ":", "-", ".", "0x",
	"vector a", "about b", "private_secret ", "invite_secret ",
	"capacity 2", "entry 1 0 1", "entry private:1 -1",
	"entry invitation:ingress:1:5 0", "program ingress", "words egress",
	"\t6000 00000001", "packet", "env src 192.0.2.1", "env mtu unknown",
	"source 2001:db8::1", "interface 4294967295", "rights operator invite",
	"access_max 9", "reroute 192.0.2.7 1 5", "run ingress 9.999999999 same",
	"run egress", "expect forward steps 1 cost 2 accesses 3",
	"expect fault program-31 127 steps 1", "expect nothing", "cursor 255",
	"hops 255", "marks refused full", "checksum 65535", "word 0 1 2",
	"rerouted 192.0.2.7", NULL};

static const char *const texts[] = {
	"vector a\nabout it\ncapacity 2\nprogram ingress\n\t.data\n"
	"k:\t.key\tprivate, 1\n\t.text\n\tinsert r0, [k]\n\tmov t0, r0\n"
	"entry 0x1 -1 5\nrun ingress\nexpect forward steps 2 cost 25 "
	"accesses 1\nentry private:1 0 2\nrun ingress 10 same\nrights "
	"operator\nexpect drop steps 1\nword k 1 2\nhops 3\n",
	"vector b # c\nrights invite\nenv src 192.0.2.7\nenv mtu 7\nreroute "
	"192.0.2.8 1\nwords ingress egress\n\tf080 0100\n\t00000001 00000002\n"
	"expect drop steps 2 cost 33 accesses 1\n"
	"entry invitation:ingress:1:0x100000002 0 0 0 0xffff 0xc0000207\n"
	"vector c\npacket\n\t5741183b0100000000008ec400000000 01000000\n"
	"expect drop steps 1\nchecksum 0x8ec3\nmarks full\ncursor 2\n",
};

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	for (unsigned i = 0; i < COUNT(texts); i++)
		fuzz_add(seeds, texts[i], strlen(texts[i]));
}

static void
look_at(void *arg, const struct talk_difference *difference)
{
	(void)arg;
	FUZZ_CHECK(*difference->field && *difference->expected &&
		*difference->got);
	FUZZ_CHECK(strcmp(difference->field, "reply"));
}

/* The engine stays at the node of the vector's first run. */
static void
ask(struct engine *engine, const struct vector *vector, unsigned i)
{
	json_t *request = talk_run(vector, i, i + 1, i & 1), *reply;
	char *line = json_dumps(request, 0);

	FUZZ_CHECK(line);
	reply = engine_reply(engine, line, strlen(line));
	FUZZ_CHECK(json_integer_value(json_object_get(reply, "id")) == i + 1);
	talk_compare(&vector->runs[i], reply, 0, look_at, NULL);
	free(line);
	json_decref(request);
	json_decref(reply);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = strndup((const char *)bytes, size);
	struct vectors vectors = {0};
	struct engine *engine = engine_new(NULL);

	FUZZ_CHECK(text && engine);
	if (vectors_read(&vectors, text, "fuzz.vec", fuzz_sink, NULL))
		for (unsigned i = 0; i < vectors.count; i++)
			for (unsigned j = 0; j < vectors.list[i].run_count;
			    j++)
				ask(engine, &vectors.list[i], j);
	vectors_done(&vectors);
	engine_free(engine);
	free(text);
	return 0;
}
