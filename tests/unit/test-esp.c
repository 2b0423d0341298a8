/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each operation of ESP gives what the program in examples/ gives that does the
 * same, packet after packet, with entries that die and a store that is full.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "tests/unit/program.h"
#include "vm/esp.h"
#include "vm/node.h"

#define SECOND UINT64_C(1000000000)
enum { CAPACITY = 16, KEYS = 20, PACKETS = 20000, SOURCE_SIZE = 16384 };

static const uint8_t secret[KEY_SECRET_SIZE] = {1};

/* An operation and a program, each with a store of its own. */
struct scene {
	enum esp_op op;
	struct object program;
	struct node node;
	struct ess *native_store;
	struct node_visit visit;
	uint64_t random;
	unsigned dropped, refused, found;	/* seen so far */
};

static void
load_program(struct object *object, const char *name)
{
	char path[4096], source[SOURCE_SIZE];
	const struct asm_options options = {.file = name};
	const char *top = getenv("SRC");
	size_t size;
	FILE *in;

	snprintf(path, sizeof(path), "%s/examples/%s.wasp", top ? top : ".",
		name);
	in = fopen(path, "r");
	if (!in)
		fail_msg("%s can not be read", path);
	size = fread(source, 1, sizeof(source) - 1, in);
	fclose(in);
	source[size] = '\0';
	assert_int_equal(asm_assemble(object, source, size, &options, NULL,
		NULL), ASM_OK);
}

static void
scene_init(struct scene *s, enum esp_op op)
{
	*s = (struct scene){.op = op, .random = op};
	load_program(&s->program, esp_infos[op].program);
	s->node.store = ess_new(CAPACITY, secret);
	s->native_store = ess_new(CAPACITY, secret);
	assert_non_null(s->node.store);
	assert_non_null(s->native_store);
	s->visit = (struct node_visit){.hook = NODE_INGRESS,
		.now_ns = 100 * SECOND, .access_max = ISA_ACCESS_MAX};
}

static void
scene_done(struct scene *s)
{
	object_done(&s->program);
	ess_free(s->node.store);
	ess_free(s->native_store);
}

/* Operands: public keys out of a few, and small numbers. */
static void
make_operands(struct scene *s, uint8_t *pad)
{
	const struct esp_info *info = &esp_infos[s->op];

	for (unsigned i = 0; i < info->words; i++)
		packet_put32(pad + 4 * i, i < 2 * info->keys ?
			(i % 2 ? random_next(&s->random) % KEYS : i / 2) :
			random_next(&s->random) % 4);
	if (s->op == ESP_COMPARE)
		packet_put32(pad + 4 * ESP_COMPARE_FLIP,
			random_next(&s->random) % 4 ? 0 : UINT32_MAX);
	if (s->op == ESP_RCHLD || s->op == ESP_RCOLLECT)
		packet_put32(pad + 4 * ESP_RCHLD_COLLECT,
			s->op == ESP_RCOLLECT);
}

/* One of the two packets: a header, so many bytes of code, the operands. */
static void
make_packet(struct packet_header *header, uint8_t *packet, size_t size)
{
	packet_put_header(packet, header);
	packet_set_checksum(packet, size);
	header->checksum = packet_get16(packet + PACKET_OFF_CHECKSUM);
}

static void
send_packet(struct scene *s)
{
	unsigned words = esp_infos[s->op].words;
	struct packet_header wasp_header = s->program.header,
		esp_header = wasp_header;
	size_t pad_off = packet_pad_off(wasp_header.code_count),
		wasp_size = pad_off + 4 * words,
		esp_size = PACKET_HEADER_SIZE + 4 * words;
	uint8_t wasp[PACKET_SIZE_MAX], esp[PACKET_SIZE_MAX];
	struct node_outcome wasp_outcome;
	struct esp_outcome esp_outcome;

	assert_int_equal(wasp_header.pad_count, words);
	memcpy(wasp, s->program.packet, wasp_size);
	make_operands(s, wasp + pad_off);
	memcpy(esp + PACKET_HEADER_SIZE, wasp + pad_off, 4 * words);
	esp_header.code_count = (uint8_t)s->op;
	make_packet(&wasp_header, wasp, wasp_size);
	make_packet(&esp_header, esp, esp_size);

	node_run(&s->node, wasp, &wasp_header, &s->visit, &wasp_outcome);
	esp_run(s->native_store, esp, &esp_header, s->visit.now_ns,
		&esp_outcome);

	assert_true(wasp_outcome.executed);
	assert_true(esp_outcome.executed);
	assert_int_equal(wasp_outcome.fault, ISA_FAULT_NONE);
	assert_int_equal(wasp_outcome.verdict == VM_DROP, esp_outcome.drop);
	assert_int_equal(wasp_header.status, esp_header.status);
	assert_int_equal(wasp_header.hops, esp_header.hops);
	assert_memory_equal(wasp + pad_off, esp + PACKET_HEADER_SIZE,
		4 * words);
	assert_int_equal(packet_checksum(wasp, wasp_size),
		wasp_header.checksum);
	assert_int_equal(packet_checksum(esp, esp_size), esp_header.checksum);
	s->dropped += esp_outcome.drop;
	s->refused += (esp_header.status & PACKET_STATUS_REFUSED) != 0;
}

/* What lives in one store lives in the other. */
static void
compare_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct scene *s = arg;
	uint8_t others[ENTRY_SIZE];
	uint64_t others_created_ns;

	assert_true(ess_peek(s->native_store, key, s->visit.now_ns,
		&others_created_ns, others));
	assert_int_equal(others_created_ns, created_ns);
	assert_memory_equal(others, words, ENTRY_SIZE);
	s->found++;
}

/* Children announce themselves before their values come. */
static void
announce(struct scene *s)
{
	if (s->op == ESP_RCOLLECT && random_next(&s->random) % 4 == 0) {
		s->op = ESP_RCHLD;
		send_packet(s);
		s->op = ESP_RCOLLECT;
	}
}

static void
compare_op(enum esp_op op)
{
	struct scene s;

	scene_init(&s, op);
	for (unsigned i = 0; i < PACKETS; i++) {
		s.visit.now_ns += random_next(&s.random) % (SECOND / 5);
		announce(&s);
		send_packet(&s);
		ess_each(s.node.store, s.visit.now_ns, compare_entry, &s);
		assert_int_equal(ess_live_count(s.node.store, s.visit.now_ns),
			ess_live_count(s.native_store, s.visit.now_ns));
	}
	assert_true(s.refused > PACKETS / 100);
	assert_true(s.found > PACKETS);
	assert_true(op == ESP_RCHLD || s.dropped > PACKETS / 100);
	scene_done(&s);
}

static void
each_operation_gives_what_its_program_gives(void **state)
{
	(void)state;
	for (unsigned op = 0; op < ESP_OP_COUNT; op++)
		compare_op(op);
}

static void
what_is_no_operation_changes_nothing(void **state)
{
	static const uint8_t flags[] = {0, PACKET_FLAG_EGRESS,
		PACKET_FLAG_INGRESS | PACKET_FLAG_RETURNED};
	struct packet_header good = {.flags = PACKET_FLAG_INGRESS,
		.code_count = ESP_COUNT, .pad_count = 4}, headers[6];
	uint8_t esp[PACKET_HEADER_SIZE + 4 * ESP_WORDS_MAX] = {0}, before[64];
	struct ess *store = ess_new(1, secret);
	struct esp_outcome outcome;

	(void)state;
	assert_non_null(store);
	for (unsigned i = 0; i < COUNT(headers); i++) {
		headers[i] = good;
		if (i < COUNT(flags))
			headers[i].flags = flags[i];
	}
	headers[3].status = ISA_FAULT_ILLEGAL;
	headers[4].code_count = ESP_OP_COUNT;
	headers[5].pad_count = 3;
	memcpy(before, esp, sizeof(esp));
	for (unsigned i = 0; i < COUNT(headers); i++) {
		esp_run(store, esp, &headers[i], SECOND, &outcome);
		assert_false(outcome.executed);
		assert_memory_equal(esp, before, sizeof(esp));
	}
	esp_run(store, esp, &good, SECOND, &outcome);
	assert_true(outcome.executed);
	assert_int_equal(esp[PACKET_OFF_HOPS], 1);
	ess_free(store);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_operation_gives_what_its_program_gives),
	cmocka_unit_test(what_is_no_operation_changes_nothing)
};

RUN_TESTS(tests)
