/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random programs in random and mutated packets, from a fixed seed (another:
 * FUZZ_SEED), through the kernel's data path and the portable one: the same bytes,
 * verdicts and counts.
 */
#define _GNU_SOURCE
#include "tests/unit/xdp-fixture.h"

#include <stdlib.h>
#include <unistd.h>

enum { ROUNDS = 4000, CODE_MAX = 24, PAD_MAX = 12 };

static const char *const addresses[] = {"10.0.1.7", "10.0.2.7", "10.0.3.7",
	"10.0.3.9", "10.0.13.5", "10.0.4.7", "10.0.1.2", "10.0.3.1",
	"10.0.3.255", "10.0.16.7", "10.0.14.1", "192.0.2.1", "224.0.0.9",
	"127.0.0.1", "169.254.3.3", "2001:db8:1::7", "2001:db8:2::7",
	"2001:db8:3::7", "2001:db8:13::5", "2001:db8:1::2", "2001:db8:2::",
	"2001:db8:99::1", "ff0e::5", "fe80::7", "::1"};
enum { FIRST_V6 = 15 };

static uint32_t
pick(uint64_t *seed, uint32_t count)
{
	return random_next(seed) % count;
}

static void
random_addresses(struct xdp_fixture *f, uint64_t *seed)
{
	bool v6 = pick(seed, 2);
	uint32_t first = v6 ? FIRST_V6 : 0;
	uint32_t count = v6 ? COUNT(addresses) - FIRST_V6 : FIRST_V6;
	/* the first ones are good for something */
	uint32_t src = pick(seed, pick(seed, 3) ? 4 : count);
	uint32_t dst = pick(seed, pick(seed, 3) ? 5 : count);

	fixture_addresses(f, addresses[first + src], addresses[first + dst]);
}

/* Mostly legal, and mostly with operands that the packet has. */
static uint16_t
random_insn(uint64_t *seed)
{
	enum isa_op op = (enum isa_op)pick(seed, ISA_OP_COUNT);
	uint16_t word = isa_insns[op].word;

	if (pick(seed, 64) == 0)
		return (uint16_t)random_next(seed);
	for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
		struct isa_operand operand = isa_insns[op].operand[i];
		int32_t min, max;

		if (operand.kind == ISA_KIND_NO)
			continue;
		isa_operand_range(operand, &min, &max);
		if (pick(seed, 32) && max > 7)
			max = operand.kind == ISA_KIND_FIELD ?
				ISA_ENV_COUNT - 1 : 7;
		isa_operand_put(&word, operand,
			min + (int32_t)pick(seed, (uint32_t)(max - min + 1)));
	}
	/* what is random for each differs */
	return op != ISA_ILLEGAL && isa_insns[op].effects & ISA_R_ENV &&
		isa_operand_of(word, op, ISA_KIND_FIELD) == ISA_ENV_RANDOM ?
		isa_insns[ISA_FORWARD].word : word;
}

/*
 * Few keys, so that programs meet; words 0 and 1 are the secret of an
 * invitation, 2 and 3 the name of one.
 */
static void
random_words(uint64_t *seed, uint32_t words[PAD_MAX])
{
	for (unsigned i = 0; i < PAD_MAX; i += 2) {
		uint8_t secret[KEY_SIZE] = {[7] = (uint8_t)pick(seed, 2)};
		uint64_t key = (uint64_t)pick(seed, 4) << 62 | pick(seed, 2);

		if (i == 0)
			key = packet_get64(secret);
		else if (i == 2)
			key = key_of_secret(secret);
		words[i] = (uint32_t)(key >> 32);
		words[i + 1] = (uint32_t)key;
	}
}

static void
random_frame(struct xdp_fixture *f, uint64_t *seed, int link,
	struct frame *frame)
{
	unsigned count = 1 + pick(seed, CODE_MAX);
	uint16_t code[CODE_MAX];
	uint32_t words[PAD_MAX];

	for (unsigned i = 0; i < count; i++)
		code[i] = random_insn(seed);
	/* a verdict where most programs come to */
	if (pick(seed, 2))
		code[pick(seed, count)] = isa_insns[ISA_RETURN].word;
	if (pick(seed, 2))
		code[0] = pick(seed, 2) ? insn(ISA_INVITE, 0, 0, 0) :
			insn(ISA_REROUTE, 0, 2, 0);
	if (count > 1 && pick(seed, 3) == 0)	/* few random ones end well */
		code[1] = isa_insns[pick(seed, 2) ? ISA_FORWARD :
			ISA_RETURN].word;
	random_words(seed, words);
	random_addresses(f, seed);
	f->form.udp = pick(seed, 3) == 0;
	f->form.hop_limit = (uint8_t)(pick(seed, 8) ? 9 : pick(seed, 3));
	f->form.flow_label = random_next(seed);
	f->flags = (uint8_t)(pick(seed, 4) ? 0xe : pick(seed, 16));
	f->status = (uint8_t)(pick(seed, 8) ? 0 : random_next(seed));
	f->rerouted = pick(seed, 8) == 0;
	f->next_header = (uint8_t)(pick(seed, 8) ? PACKET_NEXT_NONE :
		random_next(seed));
	fixture_frame(f, link, code, count, words, pick(seed, PAD_MAX + 1),
		frame);
}

/* Change bytes from the IP header on; then mostly mend IPv4's checksum. */
static void
mutate(uint64_t *seed, struct frame *frame)
{
	uint8_t *p = frame->bytes + frame->ip_off;
	size_t room = frame->size - frame->ip_off;

	for (uint32_t n = pick(seed, 4); n > 0; n--) {
		size_t off = pick(seed, pick(seed, 2) ? 64 : (uint32_t)room);

		if (off < room)
			p[off] = (uint8_t)(pick(seed, 2) ? random_next(seed) :
				p[off] ^ 1u << pick(seed, 8));
	}
	if (pick(seed, 8) == 0)
		frame->size -= pick(seed, (uint32_t)room - 39);
	if (p[0] >> 4 != 4 || (p[0] & 15) < 5 ||
	    (p[0] & 15) * 4u > frame->size - frame->ip_off ||
	    pick(seed, 8) == 0)
		return;
	packet_put16(p + 10, 0);
	packet_put16(p + 10, (uint16_t)~packet_sum(p, (p[0] & 15) * 4u));
}

/*
 * The tc hook sees what the kernel made: as long as its header says, not for this
 * node itself, and to a group never where it came in.
 */
static bool
could_leave(const struct xdp_fixture *f, const struct frame *frame, bool back)
{
	const uint8_t *p = frame->bytes + frame->ip_off;
	size_t room = frame->size - frame->ip_off;
	struct ip_info info;

	if (ip_find(p, room, &f->config.numbers, &info) == IP_OK &&
	    (f->world.is_local(f->world.arg, info.dst) ||
	     (back && ip_addr_is_multicast(info.dst))))
		return false;
	if (packet_get16(p - 2) == 0x0800)
		return p[0] >> 4 == 4 && packet_get16(p + 2) <= room;
	return p[0] >> 4 == 6 && packet_get16(p + 4) + 40u <= room;
}

static void
go_around(struct xdp_fixture *f, uint64_t *seed, bool mutated)
{
	int in = (int)pick(seed, LINKS), out = (int)pick(seed, I0 + 1);
	int from = pick(seed, 8) ? in : -1;
	struct frame frame;

	f->now_ns += pick(seed, 256) ? pick(seed, 100000000) :
		UINT64_C(11000000000);
	random_frame(f, seed, in, &frame);
	if (mutated)
		mutate(seed, &frame);
	fixture_ingress(f, &frame, in);
	random_frame(f, seed, -1, &frame);
	if (mutated)
		mutate(seed, &frame);
	if (could_leave(f, &frame, from == out))
		fixture_egress(f, &frame, from, out);
}

static uint64_t
first_seed(void)
{
	const char *text = getenv("FUZZ_SEED");

	return text ? strtoull(text, NULL, 0) : 1;
}

static void
make_the_same_of_random_programs(void **state)
{
	struct xdp_fixture *f = *state;
	uint64_t seed = first_seed();

	for (int i = 0; i < ROUNDS; i++)
		go_around(f, &seed, false);
	/* so they did something */
	for (unsigned i = XDP_COUNT_FORWARDED; i < XDP_COUNT_RETURN_RATE; i++)
		if (fixture_counted(f, i) < 3)
			fail_msg("count %u: %llu", i, (unsigned long long)
				fixture_counted(f, i));
	assert_true(fixture_counted(f, XDP_COUNT_FORGED) >= 3);
}

static void
make_the_same_of_mutated_packets(void **state)
{
	struct xdp_fixture *f = *state;
	uint64_t seed = first_seed() ^ UINT64_C(1) << 40;

	for (int i = 0; i < 2 * ROUNDS; i++)
		go_around(f, &seed, true);
	assert_true(fixture_counted(f, XDP_COUNT_FORWARDED) > 500);
	assert_true(fixture_counted(f, XDP_COUNT_NOT_WASP) > 10);
}

int
main(void)
{
	static struct xdp_fixture fixtures[2] = {{.loop = false},
		{.loop = true}};
	const struct CMUnitTest tests[] = {
		{"make_the_same_of_random_programs",
		 make_the_same_of_random_programs, fixture_begin, fixture_end,
		 &fixtures[0]},
		{"make_the_same_of_mutated_packets",
		 make_the_same_of_mutated_packets, fixture_begin, fixture_end,
		 &fixtures[0]},
		{"make_the_same_of_random_programs with bpf_loop",
		 make_the_same_of_random_programs, fixture_begin, fixture_end,
		 &fixtures[1]}};
	int failed;

	if (geteuid() != 0 || !fixture_network())
		return 77;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fixture_free(&fixtures[0]);
	fixture_free(&fixtures[1]);
	return failed;
}
