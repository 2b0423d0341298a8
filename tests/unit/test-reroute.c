/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules that spin searches, tests/model/rules.h, and those of the router are
 * the same, in every case that the rules tell apart.
 */
#include "tests/unit/test.h"

#include "router/policy.h"

#include <string.h>

#include "tests/model/rules.h"

/* A router with three interfaces: the packet came in by the first. */
enum { IN, OUT, ELSEWHERE, END_COUNT };
enum { SOURCE_HOST, TARGET_HOST };
enum { ROLE_COUNT = INTERNAL + 1, FIRST_IFINDEX = 10 };
enum { NO_PREFIX, ITS_PREFIX, OTHER_PREFIX, PREFIX_COUNT };

static const uint8_t target[IP_ADDR_SIZE] =
	{[10] = 0xff, [11] = 0xff, [12] = 192, [15] = 1};
static const uint8_t other[IP_ADDR_SIZE] =
	{[10] = 0xff, [11] = 0xff, [12] = 192, [15] = 2};

struct situation {
	unsigned role[END_COUNT];
	unsigned routed[2];	/* source and target: out of which interface */
	unsigned prefixes, side;
	bool back, udp;
};

#define HERE 0
#define ROUTE(at, host) s->routed[(host) + (at)]
#define bit_of(host) (1u << (host))

/* The rules, without those of the set. */
static void
say_rules(const struct situation *s, unsigned without, bool *invite,
	bool *reroute)
{
	const unsigned *role = s->role, in = IN, src = SOURCE_HOST;
	const unsigned to = TARGET_HOST, end = s->side == INGRESS ? IN : OUT;
	const unsigned prefixes[1] = {s->prefixes == NO_PREFIX ? 0 :
		s->prefixes == ITS_PREFIX ? bit_of(TARGET_HOST) :
		bit_of(SOURCE_HOST)};
	const bool back = s->back, udp = s->udp, marked = false;

	*invite = MAY_INVITE(s->side);
	*reroute = MAY_REROUTE(end, s->side);
}

/* The router. */
static void
say_policy(const struct situation *s, bool *invite, bool *reroute)
{
	static const enum config_role roles[ROLE_COUNT] = {
		[NO_ROLE] = CONFIG_NO_ROLE, [CLIENT] = CONFIG_CLIENT,
		[GUEST] = CONFIG_GUEST, [INTERNAL] = CONFIG_INTERNAL};
	static struct config config;
	struct config_interface *end = &config.interfaces[
		s->side == INGRESS ? IN : OUT];
	struct origin origin = {.in = &config.interfaces[IN],
		.in_ifindex = FIRST_IFINDEX + IN, .back = s->back,
		.native = !s->udp};
	struct policy_place place = {
		s->side == INGRESS ? NODE_INGRESS : NODE_EGRESS, end,
		s->side == INGRESS ? 0 : FIRST_IFINDEX + OUT};
	unsigned way = s->role[s->routed[TARGET_HOST]];
	struct route to[2];
	struct policy_target where = {4, target, &to[TARGET_HOST],
		way == CLIENT ? POLICY_TO_CLIENTS : way == GUEST ?
		POLICY_TO_A_GUEST : POLICY_ELSEWHERE, false};

	for (unsigned i = 0; i < END_COUNT; i++)
		config.interfaces[i].role = roles[s->role[i]];
	config.clients.count = s->prefixes != NO_PREFIX;
	config.clients.list[0].length = 128;
	memcpy(config.clients.list[0].addr,
		s->prefixes == ITS_PREFIX ? target : other, IP_ADDR_SIZE);
	for (unsigned i = 0; i < 2; i++)
		to[i] = (struct route){.kind = ROUTE_UNICAST, .hop_count = 1,
			.hops[0].ifindex = FIRST_IFINDEX + (int)s->routed[i]};
	*invite = policy_may_invite(&origin, place.hook, &to[SOURCE_HOST]);
	*reroute = policy_may_reroute(&config, &origin, &place, &where);
}

/* The next situation, like the digits of a number; false after the last. */
static bool
next(struct situation *s)
{
	struct { unsigned *digit, count; } digits[] = {
		{&s->role[IN], ROLE_COUNT}, {&s->role[OUT], ROLE_COUNT},
		{&s->role[ELSEWHERE], ROLE_COUNT},
		{&s->routed[SOURCE_HOST], END_COUNT},
		{&s->routed[TARGET_HOST], END_COUNT},
		{&s->prefixes, PREFIX_COUNT}, {&s->side, 2}};

	if ((s->back = !s->back) || (s->udp = !s->udp))
		return true;
	for (unsigned i = 0; i < sizeof(digits) / sizeof(*digits); i++) {
		if (++*digits[i].digit < digits[i].count)
			return true;
		*digits[i].digit = 0;
	}
	return false;
}

enum { NO_RULES = 1 << INGRESS_ONLY };

/* In how many situations they say different things. */
static unsigned
count_differences(unsigned without)
{
	struct situation s = {0};
	unsigned count = 0, invited = 0, rerouted = 0;
	bool invite[2], reroute[2];

	do {
		say_rules(&s, without, &invite[0], &reroute[0]);
		say_policy(&s, &invite[1], &reroute[1]);
		count += invite[0] != invite[1] || reroute[0] != reroute[1];
		invited += invite[1];
		rerouted += reroute[1];
	} while (next(&s));
	assert_true(invited > 0 && rerouted > 0);
	return count;
}

static void
waspd_and_the_model_have_the_same_rules(void **state)
{
	(void)state;
	assert_int_equal(count_differences(NO_RULES), 0);
}

static void
every_rule_of_the_policy_is_told_apart(void **state)
{
	static const unsigned rules[] = {EDGE, TURN, SAME, TOWARDS, UDP_INVITE,
		UDP_REROUTE, BACK_INVITE, BACK_REROUTE, PATH, GUEST_INVITE,
		STRANGER, THERE};

	(void)state;
	for (unsigned i = 0; i < sizeof(rules) / sizeof(*rules); i++)
		assert_int_not_equal(count_differences(NO_RULES |
			1u << rules[i]), 0);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(waspd_and_the_model_have_the_same_rules),
	cmocka_unit_test(every_rule_of_the_policy_is_told_apart)
};

RUN_TESTS(tests)
