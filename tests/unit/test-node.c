/* SPDX-License-Identifier: BSD-2-Clause */
/* A node around the machine: when a packet runs, what a run changes. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/program.h"
#include "vm/node.h"

#define NOW UINT64_C(1000000000000)
#define PUBLIC_KEY UINT64_C(0x1122334455667788)

static const uint8_t host_a[IP_ADDR_SIZE] = {[10] = 0xff, 0xff, 192, 0, 2, 1};
static const uint8_t host_b[IP_ADDR_SIZE] = {[10] = 0xff, 0xff, 192, 0, 2, 2};

/* A packet in a heap block that ends where it ends, and a node. */
struct scene {
	struct node node;
	struct node_visit visit;
	struct node_outcome outcome;
	struct packet_header header;
	uint8_t *wasp;
	size_t size;
};

static void
scene_init(struct scene *s)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {1};

	memset(s, 0, sizeof(*s));
	s->node.store = ess_new(4, secret);
	s->node.private_secret[0] = 2;
	s->node.invite_secret[0] = 3;
	s->visit.hook = NODE_INGRESS;
	s->visit.now_ns = NOW;
	s->visit.access_max = ISA_ACCESS_MAX;
	memset(s->visit.env, 0xff, sizeof(s->visit.env));
	assert_non_null(s->node.store);
}

static void
scene_done(struct scene *s)
{
	ess_free(s->node.store);
	free(s->wasp);
}

static void
scene_packet(struct scene *s, uint8_t flags, unsigned pad_count,
	const uint16_t *words, unsigned count)
{
	s->header = (struct packet_header){
		.flags = flags, .next_header = PACKET_NEXT_NONE,
		.code_count = (uint8_t)count, .pad_count = (uint8_t)pad_count,
		.ident = 77, .seq = 5
	};
	free(s->wasp);
	s->size = packet_size(count, pad_count);
	s->wasp = calloc(1, s->size);
	packet_put_header(s->wasp, &s->header);
	for (unsigned i = 0; i < count; i++)
		packet_put16(s->wasp + PACKET_HEADER_SIZE + 2 * i, words[i]);
	packet_set_checksum(s->wasp, s->size);
	assert_int_equal(packet_parse(s->wasp, s->size, &s->header), PACKET_OK);
}

#define PACKET(s, flags, pad_count, ...) \
	scene_packet(s, flags, pad_count, (const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))

static void
set_word(struct scene *s, unsigned n, uint32_t value)
{
	packet_put32(s->wasp + packet_pad_off(s->header.code_count) + 4 * n,
		value);
	packet_set_checksum(s->wasp, s->size);
	s->header.checksum = packet_get16(s->wasp + PACKET_OFF_CHECKSUM);
}

static void
set_key(struct scene *s, unsigned n, uint64_t key)
{
	set_word(s, n, (uint32_t)(key >> 32));
	set_word(s, n + 1, (uint32_t)key);
}

static uint32_t
word(const struct scene *s, unsigned n)
{
	return packet_word(s->wasp, &s->header, n);
}

/* Header and packet agree after a run, and the checksum is right. */
static void
assert_consistent(const struct scene *s)
{
	struct packet_header header;
	uint8_t bytes[PACKET_HEADER_SIZE];

	assert_int_equal(packet_parse(s->wasp, s->size, &header), PACKET_OK);
	packet_put_header(bytes, &s->header);
	assert_memory_equal(bytes, s->wasp, sizeof(bytes));
	assert_int_equal(header.checksum, packet_checksum(s->wasp, s->size));
}

static void
scene_run(struct scene *s)
{
	node_run(&s->node, s->wasp, &s->header, &s->visit, &s->outcome);
	assert_consistent(s);
}

static void
a_packet_runs_where_its_flags_say(void **state)
{
	(void)state;
	for (unsigned flags = 0; flags <= PACKET_FLAGS; flags++) {
		struct packet_header header = {.flags = (uint8_t)flags};
		bool way = !(flags & PACKET_FLAG_RETURNED) ||
			flags & PACKET_FLAG_BACK;

		assert_int_equal(node_runs(&header, NODE_INGRESS),
			way && flags & PACKET_FLAG_INGRESS);
		assert_int_equal(node_runs(&header, NODE_EGRESS),
			way && flags & PACKET_FLAG_EGRESS);
		header.status = PACKET_STATUS_FULL | PACKET_STATUS_REFUSED;
		assert_int_equal(node_runs(&header, NODE_INGRESS),
			way && flags & PACKET_FLAG_INGRESS);
		header.status |= ISA_FAULT_ILLEGAL;
		assert_false(node_runs(&header, NODE_INGRESS));
		assert_false(node_runs(&header, NODE_EGRESS));
	}
}

static void
what_does_not_run_is_not_changed(void **state)
{
	uint8_t before[PACKET_SIZE_MAX];
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_EGRESS, 1, INSN(LDI, 0, 1), INSN(ST_R, 0, 0));
	memcpy(before, s.wasp, s.size);
	scene_run(&s);
	assert_false(s.outcome.executed);
	assert_int_equal(s.outcome.verdict, VM_FORWARD);
	assert_int_equal(s.outcome.steps, 0);
	assert_memory_equal(before, s.wasp, s.size);
	scene_done(&s);
}

static void
hops_count_nodes_not_hooks(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS, 1,
		INSN(ENV_R, 0, ISA_ENV_HOPS), INSN(ST_R, 0, 0));
	scene_run(&s);
	assert_int_equal(s.header.hops, 1);
	assert_int_equal(word(&s, 0), 1);	/* before the run */
	s.visit.hook = NODE_EGRESS;
	scene_run(&s);
	assert_true(s.outcome.executed);
	assert_int_equal(s.header.hops, 1);
	assert_int_equal(word(&s, 0), 1);
	PACKET(&s, PACKET_FLAG_EGRESS, 1, INSN(ENV_R, 0, ISA_ENV_HOPS),
		INSN(ST_R, 0, 0));
	scene_run(&s);
	assert_int_equal(s.header.hops, 1);
	assert_int_equal(word(&s, 0), 1);
	scene_done(&s);
}

static void
hops_stop_at_255(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 0, INSN(FORWARD));
	for (unsigned i = 1; i < 300; i++) {
		scene_run(&s);
		assert_int_equal(s.header.hops, i < 255 ? i : 255);
	}
	scene_done(&s);
}

static void
a_fault_is_written_and_forwards(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 1, INSN(LDI, 0, 9), INSN(ST_R, 0, 0),
		INSN(PUSH_R, 0), INSN(PUSH_R, 0), INSN(FAULT, 5));
	scene_run(&s);
	assert_int_equal(s.outcome.verdict, VM_FORWARD);
	assert_int_equal(s.outcome.fault, ISA_FAULT_PROGRAM + 5);
	assert_int_equal(s.header.status,
		PACKET_STATUS_FULL | (ISA_FAULT_PROGRAM + 5));
	assert_int_equal(s.header.fault_pc, 4);
	assert_int_equal(s.header.cursor, 1);
	assert_int_equal(word(&s, 0), 9);
	scene_run(&s);
	assert_false(s.outcome.executed);
	assert_int_equal(s.header.hops, 1);
	scene_done(&s);
}

static void
marks_stay_once_set(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS, 0,
		INSN(ENV_R, 0, ISA_ENV_HOOK), INSN(BNZ, 0, 1), INSN(PUSH_R, 0));
	s.visit.env[ISA_ENV_HOOK] = 0;
	scene_run(&s);
	assert_int_equal(s.header.status, PACKET_STATUS_FULL);
	s.visit.env[ISA_ENV_HOOK] = 1;
	scene_run(&s);
	assert_int_equal(s.header.status, PACKET_STATUS_FULL);
	scene_done(&s);
}

static void
return_on_the_way_back_means_forward(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 0, INSN(RETURN));
	scene_run(&s);
	assert_int_equal(s.outcome.verdict, VM_RETURN);
	PACKET(&s, PACKET_FLAG_INGRESS | PACKET_FLAG_BACK |
		PACKET_FLAG_RETURNED, 0, INSN(RETURN));
	scene_run(&s);
	assert_true(s.outcome.executed);
	assert_int_equal(s.outcome.verdict, VM_FORWARD);
	assert_int_equal(s.outcome.fault, ISA_FAULT_NONE);
	scene_done(&s);
}

static void
only_the_operator_writes_protected_entries(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	for (unsigned i = 0; i < 2; i++) {
		s.visit.is_operator = i;
		PACKET(&s, PACKET_FLAG_INGRESS, 3, INSN(INSERT, 0, 0),
			INSN(ST_R, 0, 2));
		set_key(&s, 0, UINT64_C(1) << 62 | 5);
		scene_run(&s);
		assert_int_equal(word(&s, 2), i ? 2 : 0);
		assert_int_equal(s.header.status, 0);
	}
	scene_done(&s);
}

static void
a_private_key_belongs_to_the_bytes_of_the_program(void **state)
{
	uint64_t key = UINT64_C(2) << 62 | 5;
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 3, INSN(INSERT, 0, 0), INSN(ST_R, 0, 2));
	set_key(&s, 0, key);
	scene_run(&s);
	assert_int_equal(word(&s, 2), 2);
	scene_run(&s);
	assert_int_equal(word(&s, 2), 1);
	/* One instruction more, though it is only padding's zeros: forward. */
	PACKET(&s, PACKET_FLAG_INGRESS, 3, INSN(INSERT, 0, 0), INSN(ST_R, 0, 2),
		INSN(FORWARD));
	set_key(&s, 0, key);
	scene_run(&s);
	assert_int_equal(word(&s, 2), 2);
	/* Another scratchpad and another header are the same program. */
	PACKET(&s, PACKET_FLAG_INGRESS | PACKET_FLAG_BACK, 4,
		INSN(INSERT, 0, 0), INSN(ST_R, 0, 2));
	set_key(&s, 0, key);
	scene_run(&s);
	assert_int_equal(word(&s, 2), 1);
	scene_done(&s);
}

static void
see_key(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	(void)created_ns;
	(void)words;
	*(uint64_t *)arg = key;
}

static void
internal_names_are_as_specified(void **state)
{
	uint8_t bytes[4 + KEY_SIZE], side[4 + 1 + KEY_SIZE];
	uint64_t key = UINT64_C(2) << 62 | 5, name = 0;
	struct scene s;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 2, INSN(INSERT, 0, 0), INSN(FORWARD));
	set_key(&s, 0, key);
	memcpy(bytes, s.wasp + PACKET_HEADER_SIZE, 4);
	packet_put64(bytes + 4, key);
	scene_run(&s);
	ess_each(s.node.store, NOW, see_key, &name);
	assert_true(name == key_in_space(KEY_PRIVATE,
		siphash(s.node.private_secret, bytes, sizeof(bytes))));

	s.visit.now_ns = NOW + ENTRY_LIFE_NS;
	s.visit.may_invite = true;
	s.visit.interface = 3;
	PACKET(&s, PACKET_FLAG_INGRESS, 2, INSN(INVITE, 0, 0));
	set_key(&s, 0, key);
	scene_run(&s);
	packet_put64(bytes, key);
	packet_put32(side, 3);
	side[4] = NODE_INGRESS;
	packet_put64(side + 5, key_of_secret(bytes));
	ess_each(s.node.store, s.visit.now_ns, see_key, &name);
	assert_true(name == key_in_space(KEY_INVITATION,
		siphash(s.node.invite_secret, side, sizeof(side))));
	scene_done(&s);
}

/* Invite with a secret in words 0 and 1; word 2 is the result. */
static uint32_t
invite(struct scene *s, enum node_hook hook, uint64_t secret,
	const uint8_t src[IP_ADDR_SIZE])
{
	s->visit.hook = hook;
	memcpy(s->visit.src, src, IP_ADDR_SIZE);
	PACKET(s, PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS, 3,
		INSN(INVITE, 0, 0), INSN(ST_R, 0, 2));
	set_key(s, 0, secret);
	scene_run(s);
	return word(s, 2);
}

static bool
allow(void *arg, const uint8_t to[IP_ADDR_SIZE], uint32_t env[ISA_ENV_COUNT])
{
	node_env_addr(env, ISA_ENV_DST0, to);
	return *(bool *)arg;
}

/* Reroute by the name of a secret: the result, and env dst4 after it. */
static uint32_t
reroute(struct scene *s, enum node_hook hook, uint64_t secret, uint32_t *dst4)
{
	uint8_t bytes[KEY_SIZE];

	packet_put64(bytes, secret);
	s->visit.hook = hook;
	PACKET(s, PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS, 4,
		INSN(REROUTE, 0, 0), INSN(ST_R, 0, 2), INSN(ENV_R, 1, ISA_ENV_DST3),
		INSN(ST_R, 1, 3));
	set_key(s, 0, key_of_secret(bytes));
	scene_run(s);
	*dst4 = word(s, 3);
	return word(s, 2);
}

static void
an_invitation_serves_the_other_side_of_its_interface(void **state)
{
	bool allowed = true;
	uint32_t dst4;
	struct scene s;

	(void)state;
	scene_init(&s);
	s.visit.interface = 1;
	assert_int_equal(invite(&s, NODE_INGRESS, 42, host_a), 0);
	s.visit.may_invite = true;
	assert_int_equal(invite(&s, NODE_INGRESS, 42, host_a), 2);
	assert_int_equal(reroute(&s, NODE_EGRESS, 42, &dst4), 0);
	s.visit.may_reroute = allow;
	s.visit.reroute_arg = &allowed;
	assert_int_equal(reroute(&s, NODE_EGRESS, 42, &dst4), 1);
	assert_true(s.outcome.rerouted);
	assert_memory_equal(s.outcome.reroute_to, host_a, IP_ADDR_SIZE);
	assert_int_equal(dst4, 0xc0000201);
	assert_int_equal(reroute(&s, NODE_INGRESS, 42, &dst4), 0);
	assert_false(s.outcome.rerouted);
	assert_int_equal(reroute(&s, NODE_EGRESS, 43, &dst4), 0);
	s.visit.interface = 2;
	assert_int_equal(reroute(&s, NODE_EGRESS, 42, &dst4), 0);
	s.visit.interface = 1;
	allowed = false;
	assert_int_equal(reroute(&s, NODE_EGRESS, 42, &dst4), 0);
	assert_false(s.outcome.rerouted);
	scene_done(&s);
}

static void
inviting_again_moves_without_prolonging(void **state)
{
	bool allowed = true;
	uint32_t dst4;
	struct scene s;

	(void)state;
	scene_init(&s);
	s.visit.may_invite = true;
	s.visit.may_reroute = allow;
	s.visit.reroute_arg = &allowed;
	assert_int_equal(invite(&s, NODE_EGRESS, 42, host_a), 2);
	s.visit.now_ns = NOW + ENTRY_LIFE_NS - 1;
	assert_int_equal(invite(&s, NODE_EGRESS, 42, host_b), 1);
	assert_int_equal(reroute(&s, NODE_INGRESS, 42, &dst4), 1);
	assert_int_equal(dst4, 0xc0000202);
	s.visit.now_ns = NOW + ENTRY_LIFE_NS;
	assert_int_equal(reroute(&s, NODE_INGRESS, 42, &dst4), 0);
	scene_done(&s);
}

static void
an_invitation_without_room_marks(void **state)
{
	struct scene s;

	(void)state;
	scene_init(&s);
	s.visit.may_invite = true;
	for (unsigned i = 0; i < 4; i++)
		assert_int_equal(invite(&s, NODE_INGRESS, i, host_a), 2);
	assert_int_equal(s.header.status, 0);
	assert_int_equal(invite(&s, NODE_INGRESS, 4, host_a), 0);
	assert_int_equal(s.header.status, PACKET_STATUS_REFUSED);
	scene_done(&s);
}

/* At egress, where *allowed may reroute to host_a by the secret in bytes. */
static void
scene_invited(struct scene *s, bool *allowed, uint8_t bytes[static KEY_SIZE])
{
	scene_init(s);
	s->visit.may_invite = true;
	s->visit.may_reroute = allow;
	s->visit.reroute_arg = allowed;
	invite(s, NODE_INGRESS, 42, host_a);
	packet_put64(bytes, 42);
	s->visit.hook = NODE_EGRESS;
}

static void
a_fault_cancels_the_rerouting(void **state)
{
	bool allowed = true;
	uint8_t bytes[KEY_SIZE];
	struct scene s;

	(void)state;
	scene_invited(&s, &allowed, bytes);
	PACKET(&s, PACKET_FLAG_EGRESS, 2, INSN(REROUTE, 0, 0), INSN(FAULT, 0));
	set_key(&s, 0, key_of_secret(bytes));
	scene_run(&s);
	assert_int_equal(s.outcome.fault, ISA_FAULT_PROGRAM);
	assert_false(s.outcome.rerouted);
	assert_false(s.header.rerouted);
	scene_done(&s);
}

static void
who_was_rerouted_is_not_rerouted_again(void **state)
{
	bool allowed = true;
	uint8_t bytes[KEY_SIZE];
	struct scene s;

	(void)state;
	scene_invited(&s, &allowed, bytes);
	PACKET(&s, PACKET_FLAG_EGRESS, 2, INSN(REROUTE, 0, 0));
	set_key(&s, 0, key_of_secret(bytes));
	scene_run(&s);
	assert_true(s.outcome.rerouted);
	assert_true(s.header.rerouted);
	scene_run(&s);
	assert_false(s.outcome.rerouted);
	assert_true(s.header.rerouted);
	scene_done(&s);
}

static uint64_t
next_random(uint64_t *x)
{
	*x ^= *x << 13;
	*x ^= *x >> 7;
	*x ^= *x << 17;
	return *x;
}

/* A random word; mostly legal, with small operands, and often about entries. */
static uint16_t
random_word(uint64_t *x)
{
	static const uint16_t often[] = {0xf000, 0xf002, 0xf040, 0x3080, 0x1100};
	uint64_t bits = next_random(x);
	uint16_t candidate = (uint16_t)bits;

	if (bits >> 60 < 5)
		return often[bits >> 60];
	for (unsigned i = 0; i < 16; i++, candidate = (uint16_t)next_random(x)) {
		if (bits >> 32 & 1)
			candidate &= 0xfe4f;
		if (isa_decode(candidate) != ISA_ILLEGAL || !(bits >> 33 & 31))
			break;
	}
	return candidate;
}

static void
the_checksum_is_right_after_any_run(void **state)
{
	uint64_t x = 0x853c49e6748fea9b;
	unsigned faults[ISA_FAULT_LIMIT] = {0};
	bool allowed = true;
	struct scene s;

	(void)state;
	scene_init(&s);
	s.visit.may_reroute = allow;
	s.visit.reroute_arg = &allowed;
	for (unsigned i = 0; i < 50000; i++) {
		uint16_t words[PACKET_CODE_MAX];
		unsigned count = 1 + next_random(&x) % (i & 1 ? 12 :
			PACKET_CODE_MAX);
		unsigned pad_count = next_random(&x) % (PACKET_PAD_MAX + 1);

		for (unsigned k = 0; k < count; k++)
			words[k] = random_word(&x);
		scene_packet(&s, PACKET_FLAGS & ~PACKET_FLAG_RETURNED,
			pad_count, words, count);
		for (unsigned k = 0; k < pad_count; k++)
			packet_put32(s.wasp + packet_pad_off(count) + 4 * k,
				(uint32_t)next_random(&x) &
				(k & 1 ? 1 : 0xc0000000));
		s.wasp[PACKET_OFF_CURSOR] = (uint8_t)next_random(&x) & 63;
		s.wasp[PACKET_OFF_HOPS] = (uint8_t)next_random(&x);
		packet_set_checksum(s.wasp, s.size);
		packet_parse(s.wasp, s.size, &s.header);
		s.visit.hook = next_random(&x) & 1 ? NODE_INGRESS : NODE_EGRESS;
		s.visit.is_operator = next_random(&x) & 1;
		s.visit.may_invite = next_random(&x) & 1;
		s.visit.access_max = next_random(&x) % (ISA_ACCESS_MAX + 1);
		s.visit.now_ns += next_random(&x) % 1000000000;
		scene_run(&s);
		assert_true(s.outcome.executed);
		faults[s.outcome.fault]++;
	}
	/* All came up, or this test would say little. */
	for (unsigned i = 0; i <= ISA_FAULT_KEYSPACE; i++)
		assert_true(faults[i] > 20);
	scene_done(&s);
}

static void
a_wrong_checksum_stays_as_wrong_as_it_was(void **state)
{
	struct scene s;
	uint16_t error;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 1, INSN(LDI, 0, 9), INSN(ST_R, 0, 0));
	s.header.checksum ^= 0x0101;
	packet_put16(s.wasp + PACKET_OFF_CHECKSUM, s.header.checksum);
	error = packet_sum(s.wasp, s.size);
	node_run(&s.node, s.wasp, &s.header, &s.visit, &s.outcome);
	assert_int_equal(packet_sum(s.wasp, s.size), error);
	scene_done(&s);
}

static void
a_packet_knows_its_own_facts(void **state)
{
	uint32_t env[ISA_ENV_COUNT];
	struct ip_info info = {.hop_limit = 9, .total_size = 100,
		.wasp = {.flags = PACKET_FLAG_RETURNED, .ident = 7, .seq = 8}};

	(void)state;
	memcpy(info.src, host_a, IP_ADDR_SIZE);
	memcpy(info.dst, host_b, IP_ADDR_SIZE);
	node_env_packet(env, NODE_EGRESS, &info);
	node_env_time(env, UINT64_C(1700000000123456789));
	assert_int_equal(env[ISA_ENV_HOOK], 2);
	assert_int_equal(env[ISA_ENV_BACK], 1);
	assert_int_equal(env[ISA_ENV_SRC3], 0xc0000201);
	assert_int_equal(env[ISA_ENV_DST2], 0xffff);
	assert_int_equal(env[ISA_ENV_TTL], 9);
	assert_int_equal(env[ISA_ENV_LENGTH], 100);
	assert_int_equal(env[ISA_ENV_IDENT], 7);
	assert_int_equal(env[ISA_ENV_SEQ], 8);
	assert_int_equal(env[ISA_ENV_FLOW0] >> 30, KEY_PUBLIC);
	assert_int_equal(env[ISA_ENV_TIME_S], 1700000000);
	assert_int_equal(env[ISA_ENV_TIME_NS],
		(uint32_t)UINT64_C(1700000000123456789));
	assert_int_equal(env[ISA_ENV_QUEUE], ISA_ENV_UNKNOWN);
	assert_int_equal(env[ISA_ENV_LOCAL], ISA_ENV_UNKNOWN);
	env[ISA_ENV_QUEUE] = env[ISA_ENV_NODE3] = env[ISA_ENV_RATE] = 5;
	node_env_hide(env, ISA_WHO_CLIENT);
	assert_int_equal(env[ISA_ENV_RATE], ISA_ENV_UNKNOWN);
	assert_int_equal(env[ISA_ENV_QUEUE], 5);
	node_env_hide(env, ISA_WHO_GUEST);
	assert_int_equal(env[ISA_ENV_QUEUE], ISA_ENV_UNKNOWN);
	assert_int_equal(env[ISA_ENV_NODE3], 5);
	node_env_hide(env, ISA_WHO_ALL);
	assert_int_equal(env[ISA_ENV_NODE3], ISA_ENV_UNKNOWN);
	assert_int_equal(env[ISA_ENV_TTL], 9);
}

static void
a_packet_returns_between_two_good_addresses_once(void **state)
{
	struct ip_info info = {.family = 4};

	(void)state;
	memcpy(info.src, host_a, IP_ADDR_SIZE);
	memcpy(info.dst, host_b, IP_ADDR_SIZE);
	assert_true(node_may_return(&info));
	info.family = 6;	/* such addresses belong into no IPv6 header */
	assert_false(node_may_return(&info));
	info.family = 4;
	info.wasp.flags = PACKET_FLAG_RETURNED;
	assert_false(node_may_return(&info));
	info.wasp.flags = 0;
	memcpy(info.src, host_b, IP_ADDR_SIZE);
	assert_false(node_may_return(&info));
	info.src[12] = 127;
	assert_false(node_may_return(&info));
}

static void
the_first_name_is_told_where_it_is_known(void **state)
{
	struct scene s;
	uint64_t name = 0;

	(void)state;
	scene_init(&s);
	PACKET(&s, PACKET_FLAG_INGRESS, 4, INSN(LDI, 0, 1),
		INSN(INSERT, 0, 2), INSN(LOOKUP, 0, 0));
	set_key(&s, 2, PUBLIC_KEY);
	assert_true(node_first_name(s.wasp, &s.header, &name));
	assert_true(name == PUBLIC_KEY);
	set_key(&s, 2, key_in_space(KEY_PRIVATE, 7));
	assert_false(node_first_name(s.wasp, &s.header, &name));
	PACKET(&s, PACKET_FLAG_INGRESS, 1, INSN(INSERT, 0, 0));
	assert_false(node_first_name(s.wasp, &s.header, &name));
	PACKET(&s, PACKET_FLAG_INGRESS, 2, INSN(FORWARD));
	assert_false(node_first_name(s.wasp, &s.header, &name));
	scene_done(&s);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(the_first_name_is_told_where_it_is_known),
	cmocka_unit_test(a_packet_runs_where_its_flags_say),
	cmocka_unit_test(what_does_not_run_is_not_changed),
	cmocka_unit_test(hops_count_nodes_not_hooks),
	cmocka_unit_test(hops_stop_at_255),
	cmocka_unit_test(a_fault_is_written_and_forwards),
	cmocka_unit_test(marks_stay_once_set),
	cmocka_unit_test(return_on_the_way_back_means_forward),
	cmocka_unit_test(only_the_operator_writes_protected_entries),
	cmocka_unit_test(a_private_key_belongs_to_the_bytes_of_the_program),
	cmocka_unit_test(internal_names_are_as_specified),
	cmocka_unit_test(an_invitation_serves_the_other_side_of_its_interface),
	cmocka_unit_test(inviting_again_moves_without_prolonging),
	cmocka_unit_test(an_invitation_without_room_marks),
	cmocka_unit_test(a_fault_cancels_the_rerouting),
	cmocka_unit_test(who_was_rerouted_is_not_rerouted_again),
	cmocka_unit_test(the_checksum_is_right_after_any_run),
	cmocka_unit_test(a_wrong_checksum_stays_as_wrong_as_it_was),
	cmocka_unit_test(a_packet_knows_its_own_facts),
	cmocka_unit_test(a_packet_returns_between_two_good_addresses_once)
};

RUN_TESTS(tests)
