/* SPDX-License-Identifier: BSD-2-Clause */
/* wasp-send without a network: building, matching, counting. */
#include "tests/unit/test.h"

#include <stdlib.h>

#include "tests/unit/program.h"
#include "wasp-send/match.h"
#include "wasp-send/tally.h"

enum { ICMP_SIZE = 8, IDENT = 0x1234 };
static const char *const addresses[2][4] = {
	{"192.0.2.1", "198.51.100.2", "203.0.113.3", "203.0.113.4"},
	{"2001:db8::1", "2001:db8:2::2", "2001:db8:3::3", "2001:db8:4::4"}
};
enum { SRC, DST, ROUTER, OTHER };

struct fixture {
	struct object object;
	struct probe probe;
	uint8_t p[PROBE_SIZE_MAX + 100];
	size_t size;
	struct match match;
};

static void
addr(uint8_t family, int who, uint8_t to[static IP_ADDR_SIZE])
{
	assert_true(ip_addr_parse(addresses[family == 6][who], to));
}

/* A packet that was sent with sequence 7. */
static void
setup(struct fixture *f, uint8_t family, bool udp)
{
	static const uint32_t words[] = {0x11111111, 0x22222222};
	const uint16_t code[] = {INSN(LDI, 1, 2), INSN(RETURN)};

	memset(f, 0, sizeof(*f));
	program_make(&f->object, code, COUNT(code), words, COUNT(words));
	f->probe = (struct probe){.object = &f->object,
		.numbers = IP_NUMBERS_DEFAULT, .ident = IDENT};
	f->probe.form = (struct ip_form){.family = family, .hop_limit = 64,
		.protocol = PACKET_PROTOCOL, .udp = udp, .sport = 40000,
		.dport = PACKET_UDP_PORT};
	addr(family, SRC, f->probe.form.src);
	addr(family, DST, f->probe.form.dst);
	f->size = probe_build(&f->probe, 7, f->p);
	assert_true(f->size > 0);
}

static void
turn_back(struct fixture *f)
{
	struct ip_info info;

	assert_int_equal(ip_find(f->p, f->size, &f->probe.numbers, &info),
		IP_OK);
	ip_turn_back(f->p, &info);
}

static enum match_kind
judge(struct fixture *f)
{
	/* A copy in a block of its size shows what reads too far. */
	uint8_t *copy = malloc(f->size + 1);
	enum match_kind kind;

	assert_non_null(copy);
	memcpy(copy, f->p, f->size);
	copy = realloc(copy, f->size ? f->size : 1);
	match_packet(&f->probe, copy, f->size, &f->match);
	kind = f->match.kind;
	if (f->match.wasp)
		f->match.wasp = f->p + (f->match.wasp - copy);
	free(copy);
	return kind;
}

/* Put the packet in f->p, cut to quoted bytes, into an ICMP error. */
static void
quote(struct fixture *f, uint8_t type, uint8_t code, size_t quoted)
{
	uint8_t family = f->probe.form.family;
	struct ip_form form = {.family = family, .hop_limit = 60,
		.protocol = family == 4 ? 1 : 58};
	uint8_t icmp[ICMP_SIZE + PROBE_SIZE_MAX] = {type, code};

	if (quoted > f->size)
		quoted = f->size;
	packet_put32(icmp + 4, 1400);
	memcpy(icmp + ICMP_SIZE, f->p, quoted);
	addr(family, ROUTER, form.src);
	addr(family, SRC, form.dst);
	f->size = ip_build(f->p, sizeof(f->p), &form, icmp, ICMP_SIZE + quoted);
	assert_true(f->size > 0);
}

static const struct { uint8_t family; bool udp; } carriers[] = {
	{4, false}, {4, true}, {6, false}, {6, true}
};

static void
a_returned_packet_is_a_reply(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(carriers); i++) {
		setup(&f, carriers[i].family, carriers[i].udp);
		turn_back(&f);
		assert_int_equal(judge(&f), MATCH_REPLY);
		assert_true(f.match.seq_known);
		assert_int_equal(f.match.seq, 7);
		assert_false(f.match.rerouted);
		assert_memory_equal(f.match.from, f.probe.form.dst,
			IP_ADDR_SIZE);
		assert_int_equal(packet_word(f.match.wasp, &f.match.header, 1),
			0x22222222);
	}
}

static void
a_packet_on_its_way_out_is_no_reply(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(carriers); i++) {
		setup(&f, carriers[i].family, carriers[i].udp);
		assert_int_equal(judge(&f), MATCH_NONE);
	}
}

static void
a_reply_with_a_wrong_checksum_is_damaged(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, 4, false);
	turn_back(&f);
	f.p[f.size - 1] ^= 1;
	assert_int_equal(judge(&f), MATCH_DAMAGED);
	assert_int_equal(f.match.seq, 7);
}

static void
another_ones_packet_is_no_reply(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, 4, false);
	turn_back(&f);
	f.probe.ident++;
	assert_int_equal(judge(&f), MATCH_NONE);
	f.probe.ident--;
	f.object.packet[PACKET_HEADER_SIZE + 1]++;	/* other code */
	assert_int_equal(judge(&f), MATCH_NONE);
	f.object.packet[PACKET_HEADER_SIZE + 1]--;
	addr(4, OTHER, f.probe.form.src);
	assert_int_equal(judge(&f), MATCH_NONE);
	addr(4, SRC, f.probe.form.src);
	assert_int_equal(judge(&f), MATCH_REPLY);
	setup(&f, 6, true);
	turn_back(&f);
	f.probe.form.sport++;
	assert_int_equal(judge(&f), MATCH_NONE);
}

static void
only_a_program_with_reroute_may_come_from_elsewhere(void **state)
{
	const uint16_t code[] = {INSN(REROUTE, 0, 0), INSN(RETURN)};
	struct fixture f;

	(void)state;
	setup(&f, 4, false);
	turn_back(&f);
	addr(4, OTHER, f.probe.form.dst);
	assert_int_equal(judge(&f), MATCH_NONE);

	setup(&f, 4, false);
	program_make(&f.object, code, COUNT(code), NULL, 2);
	f.size = probe_build(&f.probe, 7, f.p);
	turn_back(&f);
	addr(4, OTHER, f.probe.form.dst);
	assert_int_equal(judge(&f), MATCH_REPLY);
	assert_true(f.match.rerouted);
}

static void
icmp_errors_have_their_reasons(void **state)
{
	static const struct {
		uint8_t family, type, code;
		const char *name;
		uint32_t mtu;
	} cases[] = {
		{4, 3, 2, "protocol-unreachable", 0},
		{4, 3, 3, "port-unreachable", 0},
		{4, 3, 4, "fragmentation-needed", 1400},
		{4, 3, 13, "prohibited", 0}, {4, 3, 200, "unreachable", 0},
		{4, 11, 0, "time-exceeded", 0},
		{6, 1, 0, "network-unreachable", 0},
		{6, 1, 4, "port-unreachable", 0},
		{6, 2, 0, "fragmentation-needed", 1400},
		{6, 3, 0, "time-exceeded", 0},
		{6, 4, 1, "protocol-unreachable", 0},
		{6, 4, 0, "parameter-problem", 0}
	};
	uint8_t router[IP_ADDR_SIZE];
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(cases) * 2; i++) {
		size_t k = i / 2;

		setup(&f, cases[k].family, i % 2);
		quote(&f, cases[k].type, cases[k].code, SIZE_MAX);
		assert_int_equal(judge(&f), MATCH_ICMP);
		assert_string_equal(f.match.reason->name, cases[k].name);
		assert_int_equal(f.match.icmp_mtu, cases[k].mtu);
		assert_true(f.match.seq_known);
		assert_int_equal(f.match.seq, 7);
		addr(cases[k].family, ROUTER, router);
		assert_memory_equal(f.match.from, router, IP_ADDR_SIZE);
	}
}

/* So what it brought as far as it came is not lost. */
static void
a_whole_quote_shows_what_the_packet_held(void **state)
{
	struct fixture f;

	(void)state;
	for (size_t i = 0; i < COUNT(carriers); i++) {
		setup(&f, carriers[i].family, carriers[i].udp);
		quote(&f, carriers[i].family == 4 ? 11 : 3, 0, SIZE_MAX);
		assert_int_equal(judge(&f), MATCH_ICMP);
		assert_non_null(f.match.wasp);
		assert_int_equal(packet_word(f.match.wasp, &f.match.header, 0),
			0x11111111);
		setup(&f, carriers[i].family, carriers[i].udp);
		quote(&f, carriers[i].family == 4 ? 11 : 3, 0, f.size - 1);
		assert_int_equal(judge(&f), MATCH_ICMP);
		assert_null(f.match.wasp);
		setup(&f, carriers[i].family, carriers[i].udp);
		f.p[f.size - 1] ^= 1;
		quote(&f, carriers[i].family == 4 ? 11 : 3, 0, SIZE_MAX);
		assert_int_equal(judge(&f), MATCH_ICMP);
		assert_null(f.match.wasp);
	}
}

static void
other_icmp_is_left_alone(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, 4, false);
	quote(&f, 0, 0, SIZE_MAX);		/* an echo reply */
	assert_int_equal(judge(&f), MATCH_NONE);
	setup(&f, 4, false);
	f.p[9] = 6;				/* quotes TCP */
	quote(&f, 3, 3, SIZE_MAX);
	assert_int_equal(judge(&f), MATCH_NONE);
	setup(&f, 4, false);
	f.p[20] = 'X';				/* another experiment's 253 */
	quote(&f, 3, 2, 20 + 8);
	assert_int_equal(judge(&f), MATCH_NONE);
	setup(&f, 4, false);
	quote(&f, 3, 2, SIZE_MAX);
	f.probe.ident++;
	assert_int_equal(judge(&f), MATCH_NONE);
}

static void
a_quote_of_8_bytes_is_ours_without_a_sequence(void **state)
{
	struct fixture f;

	(void)state;
	setup(&f, 4, false);
	quote(&f, 11, 0, 20 + 8);
	assert_int_equal(judge(&f), MATCH_ICMP);
	assert_false(f.match.seq_known);
}

/* Every cut of a reply and of an error, and many changes of one byte. */
static void
damaged_packets_are_judged_without_reading_past_them(void **state)
{
	struct fixture f, g;

	(void)state;
	srandom(1);
	for (size_t i = 0; i < COUNT(carriers) * 2; i++) {
		setup(&f, carriers[i / 2].family, carriers[i / 2].udp);
		if (i % 2)
			quote(&f, f.probe.form.family == 4 ? 11 : 3, 0,
				SIZE_MAX);
		else
			turn_back(&f);
		for (size_t cut = 0; cut < f.size; cut++) {
			g = f;
			g.probe.object = &g.object;
			g.size = cut;
			assert_int_not_equal(judge(&g), MATCH_REPLY);
		}
		for (int k = 0; k < 5000; k++) {
			g = f;
			g.probe.object = &g.object;
			g.p[(size_t)random() % g.size] = (uint8_t)random();
			judge(&g);
		}
	}
}

static void
a_wrong_checksum_of_an_object_stays_as_wrong(void **state)
{
	struct fixture f;
	(void)state;
	setup(&f, 4, false);
	f.object.packet[PACKET_OFF_CHECKSUM] ^= 0x10;
	f.size = probe_build(&f.probe, 9, f.p);
	assert_int_equal(packet_sum(f.p + 20, f.object.size),
		packet_sum(f.object.packet, f.object.size));
	assert_int_not_equal(packet_sum(f.p + 20, f.object.size), 0xffff);
}

static uint64_t
first_key(const struct object *object)
{
	return packet_get64(object->packet +
		packet_pad_off(object->header.code_count));
}

static void
random_keys_stay_in_their_space_and_differ(void **state)
{
	struct fixture f;
	uint64_t first, second;

	(void)state;
	setup(&f, 4, false);
	assert_true(notes_add_random(&f.object.notes, 0, KEY_PROTECTED));
	assert_true(object_draw_keys(&f.object));
	first = first_key(&f.object);
	assert_true(object_draw_keys(&f.object));
	second = first_key(&f.object);
	assert_true(first != second);
	assert_int_equal(key_space(second), KEY_PROTECTED);
	assert_int_equal(f.object.header.checksum,
		packet_checksum(f.object.packet, f.object.size));
	object_done(&f.object);
}

static void
replies_are_counted_once(void **state)
{
	struct tally tally;

	(void)state;
	assert_true(tally_init(&tally, 3));
	tally_next(&tally, 1000);
	tally_next(&tally, 2000);
	assert_false(tally_knows(&tally, 0));
	assert_false(tally_knows(&tally, 3));
	assert_int_equal(tally_reply(&tally, 2, 2500), TALLY_REPLY);
	assert_int_equal(tally_reply(&tally, 2, 2600), TALLY_DUPLICATE);
	assert_int_equal(tally_reply(&tally, 1, 4000), TALLY_REPLY);
	assert_int_equal(tally.answered, 2);
	assert_int_equal(tally.duplicates, 1);
	assert_int_equal(tally.rtt_min_ns, 500);
	assert_int_equal(tally.rtt_max_ns, 3000);
	assert_int_equal(tally.rtt_sum_ns, 3500);
	assert_true(tally_good(&tally));
	tally_done(&tally);
}

static void
what_is_overdue_is_late_when_it_comes(void **state)
{
	struct tally tally;

	(void)state;
	assert_true(tally_init(&tally, 2));
	assert_true(tally_deadline(&tally, 100) == UINT64_MAX);
	tally_next(&tally, 1000);
	tally_next(&tally, 1050);
	assert_int_equal(tally_deadline(&tally, 100), 1100);
	assert_int_equal(tally_expire(&tally, 1099, 100), 0);
	assert_int_equal(tally_expire(&tally, 1100, 100), 1);
	assert_int_equal(tally_expire(&tally, 1100, 100), 0);
	assert_int_equal(tally_reply(&tally, 1, 1120), TALLY_LATE);
	assert_int_equal(tally_reply(&tally, 2, 1120), TALLY_REPLY);
	assert_int_equal(tally.late, 1);
	assert_true(tally_deadline(&tally, 100) == UINT64_MAX);
	assert_false(tally_good(&tally));
	tally_done(&tally);
}

static void
an_icmp_error_settles_a_packet_or_the_youngest(void **state)
{
	struct tally tally;

	(void)state;
	assert_true(tally_init(&tally, 3));
	for (unsigned i = 0; i < 3; i++)
		tally_next(&tally, 1000);
	assert_int_equal(tally_refuse(&tally, 2), 2);
	assert_int_equal(tally_refuse(&tally, 2), 0);
	assert_int_equal(tally_refuse(&tally, 0), 3);
	assert_int_equal(tally_refuse(&tally, 0), 1);
	assert_int_equal(tally_refuse(&tally, 0), 0);
	assert_int_equal(tally.refused, 3);
	assert_true(tally_deadline(&tally, 100) == UINT64_MAX);
	tally_done(&tally);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(a_returned_packet_is_a_reply),
	cmocka_unit_test(a_packet_on_its_way_out_is_no_reply),
	cmocka_unit_test(a_reply_with_a_wrong_checksum_is_damaged),
	cmocka_unit_test(another_ones_packet_is_no_reply),
	cmocka_unit_test(only_a_program_with_reroute_may_come_from_elsewhere),
	cmocka_unit_test(icmp_errors_have_their_reasons),
	cmocka_unit_test(a_whole_quote_shows_what_the_packet_held),
	cmocka_unit_test(other_icmp_is_left_alone),
	cmocka_unit_test(a_quote_of_8_bytes_is_ours_without_a_sequence),
	cmocka_unit_test(damaged_packets_are_judged_without_reading_past_them),
	cmocka_unit_test(a_wrong_checksum_of_an_object_stays_as_wrong),
	cmocka_unit_test(random_keys_stay_in_their_space_and_differ),
	cmocka_unit_test(replies_are_counted_once),
	cmocka_unit_test(what_is_overdue_is_late_when_it_comes),
	cmocka_unit_test(an_icmp_error_settles_a_packet_or_the_youngest),
};
RUN_TESTS(tests)
