/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libwasp by its public header: any bytes as a source, as an object and as an
 * IP packet, and whatever is taken goes on to be verified, disassembled, changed
 * and run.  What the rooms behind promise is for their own targets to see.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "lib/wasp.h"

const char fuzz_name[] = "lib";
const unsigned fuzz_runs = 10000;
const char *const fuzz_words[] = {"WASP-NOTES 1\n", "word ", "label ", "\n",
	".hooks ingress\n", ".data\n", ".text\n", "lookup r0, [k]\n", NULL};

enum { AS_SOURCE, AS_OBJECT, AS_IP, KINDS };
enum { ROOM = 2048 };

static void
add_as(struct fuzz_seeds *seeds, uint8_t kind, const void *bytes, size_t size)
{
	uint8_t *input = malloc(size + 1);

	FUZZ_CHECK(input);
	input[0] = kind;
	memcpy(input + 1, bytes, size);
	fuzz_add(seeds, input, size + 1);
	free(input);
}

static void
add_source(void *arg, const char *text, size_t size)
{
	add_as(arg, AS_SOURCE, text, size);
}

static void
add_object(void *arg, const struct object *object)
{
	struct wasp_ip ip = {.struct_size = sizeof(ip), .family = 6,
		.hop_limit = 3, .protocol = WASP_PROTOCOL, .src = {0x20, 1},
		.dst = {0x20, 2}};
	uint8_t packet[ROOM];
	size_t size;
	uint8_t *bytes = object_bytes(object, &size);

	add_as(arg, AS_OBJECT, bytes, size);
	free(bytes);
	FUZZ_CHECK(wasp_ip_build(packet, sizeof(packet), &ip, object->packet,
		object->size, &size) == WASP_OK);
	add_as(arg, AS_IP, packet, size);
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	fuzz_each_source(add_source, seeds);
	fuzz_each_object(add_object, seeds);
}

/* What is told can be told to people. */
static void
tell(void *arg, const struct wasp_diag *diag)
{
	char text[200];
	size_t length = wasp_diag_text(diag, text, sizeof(text));

	FUZZ_CHECK(length > 0);
	FUZZ_CHECK(strlen(text) == (length < sizeof(text) ? length :
		sizeof(text) - 1));
	FUZZ_CHECK(!diag->code || wasp_diag_find(diag->code));
	*(unsigned *)arg += diag->severity == WASP_ERROR;
}

static void
step(void *arg, const struct wasp_step *step)
{
	unsigned *count = arg;

	FUZZ_CHECK(step->steps == *count);
	FUZZ_CHECK(step->pc < WASP_CODE_MAX);
	++*count;
}

static bool
allow(void *arg, const uint8_t *addr, uint32_t *env)
{
	(void)arg;
	env[WASP_ENV_DST3] = addr[WASP_ADDR_SIZE - 1];
	return true;
}

/* Run it at both hooks of one node; the checksum stays as right as it was. */
static void
run(uint8_t *packet, size_t size, const struct wasp_ip *ip)
{
	struct wasp_visit visit = {.struct_size = sizeof(visit)};
	struct wasp_outcome outcome = {.struct_size = sizeof(outcome)};
	bool right = wasp_packet_checksum_right(packet, size);
	struct wasp_node_options options = {.struct_size = sizeof(options),
		.capacity = 2};
	struct wasp_node *node;
	unsigned steps;

	FUZZ_CHECK(wasp_node_new(&node, &options) == WASP_OK);
	for (int hook = WASP_EGRESS; hook >= WASP_INGRESS; hook--) {
		wasp_visit_init(&visit, (enum wasp_hook)hook, ip);
		visit.may_invite = true;
		visit.may_reroute = allow;
		visit.trace = step;
		visit.arg = &steps;
		steps = 0;
		FUZZ_CHECK(wasp_node_run(node, packet, size, &visit,
			&outcome) == WASP_OK);
		FUZZ_CHECK(outcome.steps == steps);
		FUZZ_CHECK(!right || wasp_packet_checksum_right(packet, size));
	}
	FUZZ_CHECK(wasp_store_live(wasp_node_store(node), 0) <= 2);
	wasp_node_free(node);
}

static void
check_object(struct wasp_object *object)
{
	struct wasp_verify_result result = {.struct_size = sizeof(result)};
	struct wasp_object *again;
	uint8_t packet[WASP_PACKET_MAX];
	unsigned errors = 0;
	size_t size, length;
	const uint8_t *p = wasp_object_packet(object, &size);
	char *text;

	FUZZ_CHECK(wasp_disassemble(object, &text, &length) == WASP_OK);
	FUZZ_CHECK(wasp_assemble(&again, text, length, NULL, tell, &errors) ==
		WASP_OK);
	FUZZ_CHECK(!memcmp(wasp_object_packet(again, &length), p, size));
	FUZZ_CHECK(length == size);
	wasp_free(text);
	wasp_object_free(again);
	FUZZ_CHECK((wasp_verify(object, NULL, &result, tell, &errors) ==
		WASP_OK) == result.accepted);
	FUZZ_CHECK(result.errors == errors);
	memcpy(packet, p, size);
	if (wasp_packet_parse(packet, size, &(struct wasp_header){0}) ==
	    WASP_PACKET_OK)
		run(packet, size, NULL);
}

static void
check_ip(const uint8_t *bytes, size_t size)
{
	struct wasp_ip ip = {.struct_size = sizeof(ip)};
	uint8_t copy[ROOM];

	if (size > sizeof(copy))
		size = sizeof(copy);
	memcpy(copy, bytes, size);
	if (wasp_ip_parse(copy, size, NULL, &ip))
		return;
	FUZZ_CHECK(ip.wasp_off + ip.wasp_size <= size);
	run(copy + ip.wasp_off, ip.wasp_size, &ip);
	FUZZ_CHECK(wasp_ip_set_hop_limit(copy, size, NULL, 5) == WASP_OK);
	FUZZ_CHECK(wasp_ip_set_destination(copy, size, NULL, ip.dst) ==
		WASP_OK);
	FUZZ_CHECK(wasp_ip_turn_back(copy, size, NULL) == WASP_OK);
	FUZZ_CHECK(wasp_ip_parse(copy, size, NULL, &ip) == WASP_IP_OK);
	FUZZ_CHECK(ip.wasp.flags & WASP_FLAG_RETURNED);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct wasp_object *object = NULL;
	unsigned errors = 0, kind;

	if (size == 0)
		return 0;
	kind = *bytes++ % KINDS;
	size--;
	if (kind == AS_IP) {
		check_ip(bytes, size);
		return 0;
	}
	if (kind == AS_SOURCE)
		wasp_assemble(&object, (const char *)bytes, size, NULL, tell,
			&errors);
	else
		wasp_object_read(&object, bytes, size, "object", tell,
			&errors);
	FUZZ_CHECK(!object == (errors > 0));
	if (object)
		check_object(object);
	wasp_object_free(object);
	return 0;
}
