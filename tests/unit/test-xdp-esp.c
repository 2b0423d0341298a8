/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Inside the kernel each operation of ESP gives what the program gives that does
 * the same, interpreted and translated: packet, verdict and entry.
 */
#include "tests/unit/test.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bench/kernel.h"
#include "tests/unit/program.h"
#include "vm/ess.h"

enum { CAPACITY = 1000, ROUNDS = 4, PACKETS = 8, KEYS = 3 };

/* Of a round: its entries must not die before all ways have been seen. */
#define PATIENCE_NS UINT64_C(5000000000)

/* Ways to carry an operation out; each has keys of its own. */
static const enum kernel_how ways[] = {KERNEL_INTERPRET, KERNEL_DISPATCH,
	KERNEL_DISPATCH, KERNEL_ALONE, KERNEL_INLINED};
enum { TRANSLATED = 1, NATIVE = 2, WAYS = COUNT(ways) };

struct result {
	int verdict;
	uint8_t frame[KERNEL_FRAME_SIZE];
	uint8_t entry[ENTRY_SIZE];
};

static int
open_kernel(void **state)
{
	*state = kernel_open(CAPACITY);
	if (!*state && errno != EPERM && errno != EACCES)
		return -1;
	return 0;
}

static int
close_kernel(void **state)
{
	kernel_close(*state);
	return 0;
}

static void
make_operands(const struct packets *packets, uint8_t *pad, uint64_t *random)
{
	const struct esp_info *info = &esp_infos[packets->op];

	for (unsigned i = 2; i < info->words; i++)
		packet_put32(pad + 4 * i, random_next(random) % 4);
	packet_put64(pad, 1 + random_next(random) % KEYS);
	if (packets->op == ESP_COMPARE)
		packet_put32(pad + 4 * ESP_COMPARE_FLIP,
			random_next(random) % 2 ? UINT32_MAX : 0);
	if (packets->op == ESP_RCHLD || packets->op == ESP_RCOLLECT)
		packet_put32(pad + 4 * ESP_RCHLD_COLLECT,
			packets->op == ESP_RCOLLECT);
}

/* The names of a round's keys, its own for each way. */
static uint64_t
name(enum esp_op op, unsigned round, unsigned way, uint64_t key)
{
	return key | (uint64_t)way << 8 | (uint64_t)op << 16 |
		(uint64_t)round << 24;
}

/* Children that announced themselves, where it matters. */
static void
prime(struct kernel *kernel, enum esp_op op, unsigned round, unsigned way)
{
	struct ess *store = kernel_store(kernel);
	uint8_t words[ENTRY_SIZE] = {[3] = op == ESP_RCOLLECT ? 7 : 0};

	for (uint64_t key = 1; key <= KEYS; key++) {
		uint64_t now_ns = kernel_now_ns();
		struct ess_span span;

		ess_insert(store, name(op, round, way, key), now_ns, &span,
			NULL);
		assert_true(ess_unmap(store, &span, now_ns, words));
	}
}

static void
run_way(struct kernel *kernel, const struct packets *packets, unsigned round,
	unsigned way, struct result *result)
{
	uint8_t frame[KERNEL_FRAME_SIZE], *pad, *out_pad;
	uint8_t *out = result->frame;
	size_t size = kernel_frame(frame, packets->wasp, packets->wasp_size);
	uint32_t run_ns;
	uint64_t key;

	pad = frame + ESP_OFF + (packets->wasp_pad - packets->wasp);
	out_pad = out + (pad - frame);
	key = name(packets->op, round, way, packet_get64(pad));
	packet_put64(pad, key);
	packet_set_checksum(frame + ESP_OFF, packets->wasp_size);
	memset(out, 0, sizeof(result->frame));
	result->verdict = kernel_run(kernel_program(kernel, ways[way],
		packets->op), frame, size, 1, out, &run_ns);
	assert_int_equal(packet_checksum(out + ESP_OFF, packets->wasp_size),
		packet_get16(out + ESP_OFF + PACKET_OFF_CHECKSUM));
	/* What differs by the key alone. */
	memset(out_pad, 0, KEY_SIZE);
	packet_put16(out + ESP_OFF + PACKET_OFF_CHECKSUM, 0);
	assert_true(ess_peek(kernel_store(kernel), key, kernel_now_ns(), NULL,
		result->entry));
}

static void
compare_packet(struct kernel *kernel, const struct packets *packets,
	unsigned round, int translation)
{
	struct result results[WAYS];

	for (unsigned way = 0; way < WAYS; way++) {
		kernel_install(kernel, packets->wasp, way == TRANSLATED ?
			translation : way == NATIVE ? kernel_program(kernel,
			KERNEL_NATIVE, packets->op) : -1);
		run_way(kernel, packets, round, way, &results[way]);
		assert_int_equal(results[way].verdict, results[0].verdict);
		assert_memory_equal(results[way].frame, results[0].frame,
			sizeof(results[0].frame));
		assert_memory_equal(results[way].entry, results[0].entry,
			ENTRY_SIZE);
	}
	assert_int_equal(results[0].frame[ESP_OFF + PACKET_OFF_HOPS], 1);
}

static void
compare_op(struct kernel *kernel, enum esp_op op)
{
	const char *top = getenv("SRC");
	char directory[4096];
	struct packets packets;
	uint64_t random = op, load_ns;
	int translation;

	snprintf(directory, sizeof(directory), "%s/examples", top ? top : ".");
	assert_true(packets_make(&packets, op, directory));
	translation = kernel_translate(kernel, packets.wasp, &load_ns);
	assert_true(translation >= 0);
	for (unsigned round = 0; round < ROUNDS; round++) {
		uint64_t end_ns = kernel_now_ns() + PATIENCE_NS;

		for (unsigned way = 0; way < WAYS; way++)
			prime(kernel, op, round, way);
		for (unsigned i = 0; i < PACKETS && kernel_now_ns() < end_ns;
			i++) {
			make_operands(&packets, packets.wasp_pad, &random);
			compare_packet(kernel, &packets, round, translation);
		}
	}
	close(translation);
}

static void
each_operation_gives_what_its_program_gives(void **state)
{
	if (!*state)
		skip();
	for (unsigned op = 0; op < ESP_COLLECT3; op++)
		compare_op(*state, op);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(each_operation_gives_what_its_program_gives)
};

int
main(void)
{
	return cmocka_run_group_tests(tests, open_kernel, close_kernel);
}
