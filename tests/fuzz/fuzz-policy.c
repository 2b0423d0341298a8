/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A policy: any text; what is accepted keeps its limits and answers of any
 * program as it reports.
 */
#include "tests/fuzz/fuzz.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "verify/policy-file.h"

const char fuzz_name[] = "policy";
const unsigned fuzz_runs = 20000;
const char *const fuzz_words[] = {"ingress {", "egress {", "}", "{", "=", ",",
	"\"", "'", "#", "//", "/*", "*/", "\n", "\\", "+=", "(", ")", "${HOME}",
	"steps = ", "cost = ", "accesses = ", "pushed = ", "safe = ", "true",
	"false", "spaces = {", "forbid-spaces = {", "opcodes = {",
	"forbid-opcodes = {", "fields = {", "forbid-fields = {", "none",
	"public", "protected", "private", "invitation", "ld", "push", "reroute",
	"queue", "node4", "src.3", "at-the-end = true", "0", "1", "-1", "128",
	"129", "4294967296", "99999999999999999999", "0x", NULL};

static const char edge[] = "# edge\ncost = 200\nforbid-spaces = {protected}\n"
	"forbid-opcodes = {invite, reroute}\ningress {\n\taccesses = 1\n}\n"
	"egress {\n\taccesses = 0\n\tpushed = 32\n"
	"\tforbid-fields = {drops, \"tx_pkts\"}\n}\n";
static const char tracing[] = "safe = true\nspaces = {none}\n"
	"opcodes = {env, push, ld, st, bz, bnz, forward, return}\nsteps = 40\n";
static const char wrong[] = "egress { spaces = {} }\nfields = {queu}\n"
	"steps = 500\nopcodes += {ld}\n";
static const char *const texts[] = {edge, tracing, wrong};

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		fuzz_add(seeds, texts[i], strlen(texts[i]));
}

static void
check_rules(const struct verify_policy_rules *rules)
{
	static const unsigned most[VERIFY_POLICY_NUMBERS] = {
		PACKET_CODE_MAX, 1000000, PACKET_CODE_MAX,
		PACKET_CODE_MAX * PACKET_WORD_SIZE};

	for (unsigned i = 0; i < VERIFY_POLICY_NUMBERS; i++)
		FUZZ_CHECK(rules->most[i] <= most[i] ||
			rules->most[i] == UINT_MAX);
	for (unsigned i = 0; i < VERIFY_POLICY_NUMBERS; i++)
		FUZZ_CHECK((rules->line[i] > 0) == (rules->most[i] <= most[i]));
}

/* The text itself as code: does it report just what it does not admit? */
static void
check_program(const struct verify_policy *policy, const char *text)
{
	struct object object = {.header = {.code_count = 16, .pad_count = 4,
		.flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS}};
	unsigned counts[DIAG_COUNT] = {0}, reported;
	bool admitted = true;
	struct verify_use use;

	object.size = packet_size(16, 4);
	packet_put_header(object.packet, &object.header);
	strncpy((char *)object.packet + PACKET_HEADER_SIZE, text, 32);
	verify_use_find(&use, object.packet, &object.header, NULL);
	for (unsigned hook = 0; hook < VERIFY_POLICY_HOOKS; hook++)
		admitted &= verify_policy_broken(policy, hook, &use) ==
			VERIFY_POLICY_RULES;
	reported = verify_policy_report(policy, "p", &object, "x", fuzz_sink,
		counts);
	FUZZ_CHECK(admitted == (reported == 0));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	unsigned counts[DIAG_COUNT] = {0}, errors = 0;
	char *text = malloc(size + 1);
	struct verify_policy policy;
	bool ok;

	FUZZ_CHECK(text);
	memcpy(text, bytes, size);
	text[size] = '\0';
	ok = verify_policy_read(&policy, text, "policy", fuzz_sink, counts);
	for (unsigned i = 0; i < DIAG_COUNT; i++)
		errors += counts[i];
	FUZZ_CHECK(ok == (errors == 0));
	for (unsigned hook = 0; hook < VERIFY_POLICY_HOOKS; hook++)
		check_rules(&policy.hook[hook]);
	check_program(&policy, text);
	free(text);
	return 0;
}
