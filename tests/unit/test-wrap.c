/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Wrapping: what becomes of whole packets, by bytes; what flows decide in a
 * made-up world; and that the kernel's matchers bring all of it.
 */
#include "tests/unit/test.h"

#include <stdlib.h>

#include "router/flow.h"
#include "router/match.h"
#include "router/wrap.h"
#include "tests/unit/matcher.h"
#include "tests/unit/program.h"

enum { IN = 11, OUT = 12, OTHER = 13, ROOM = 4096, PAYLOAD = 100,
	UDP = 17, TCP = 6, ICMP = 1, ICMPV6 = 58 };

static const char config_text[] =
	"interface in { role = client }\n"
	"interface out { role = internal }\n"
	"wrap video { match = \"udp dport 5004\" program = p\n"
	"  set = { \"0 = payload 4\", \"1 = payload 4:2\", \"2 = packet 0:4\",\n"
	"    \"3 = length\", \"4 = counter\", \"5 = payload 99:2\" } }\n"
	"wrap rest { match = \"any from 10.0.1.0/24\" program = p }\n"
	"wrap pings { match = icmp program = p }\n"
	"wrap web { match = \"tcp port 80 to 2001:db8:2::/48\" program = p }\n"
	"unwrap video { match = \"udp dport 5004\"\n"
	"  to = { 10.9.0.7, \"2001:db8:9::7\" } }\n"
	"unwrap moved { match = any from = { 10.8.0.0/16 } }\n";

struct fixture {
	struct config config;
	struct router *router;
	struct flow *flow;
	struct flow_packet f;
	uint32_t mtu, path_mtu;
	uint8_t p[ROOM], sent[ROOM];
	size_t sent_size;
	uint16_t code;
};

/* The world: everything is routed by OUT; hosts number 2 are this node. */

static bool
fake_local(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	(void)arg;
	return addr[15] == 2;
}

static void
fake_route(void *arg, const uint8_t addr[IP_ADDR_SIZE], struct route *route)
{
	(void)arg, (void)addr;
	*route = (struct route){.kind = ROUTE_UNICAST, .hop_count = 1,
		.hops = {{OUT, false}}};
}

static bool
fake_accepts(void *arg, int in_ifindex, const uint8_t src[IP_ADDR_SIZE],
	const uint8_t dst[IP_ADDR_SIZE])
{
	(void)arg, (void)in_ifindex, (void)src, (void)dst;
	return true;
}

static bool
fake_address(void *arg, int ifindex, uint8_t family, uint8_t addr[IP_ADDR_SIZE])
{
	(void)arg;
	return ifindex == IN && ip_addr_parse(family == 4 ? "10.0.1.2" :
		"2001:db8:1::2", addr);
}

static uint32_t
fake_mtu(void *arg, int ifindex)
{
	(void)ifindex;
	return ((struct fixture *)arg)->mtu;
}

static uint32_t
fake_path_mtu(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	(void)addr;
	return ((struct fixture *)arg)->path_mtu;
}

static void
print_diag(void *arg, const struct diag *diag)
{
	(void)arg;
	diag_print(stderr, diag);
}

/* A program of the one instruction, with six words of 0xffffffff. */
static char *
load_program(void *arg, const char *path, size_t *size)
{
	static const uint32_t words[6] = {UINT32_MAX, UINT32_MAX, UINT32_MAX,
		UINT32_MAX, UINT32_MAX, UINT32_MAX};
	struct fixture *f = arg;
	struct object object;
	char *bytes;

	(void)path;
	program_make(&object, &f->code, 1, words, COUNT(words));
	bytes = malloc(object.size);
	assert_non_null(bytes);
	memcpy(bytes, object.packet, object.size);
	*size = object.size;
	return bytes;
}

static void
read_config(struct fixture *f, const char *text)
{
	assert_true(config_read(&f->config, text, "test", print_diag, NULL));
	assert_true(config_read_programs(&f->config, "test", load_program, f,
		print_diag, NULL));
}

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct world world = {.arg = f, .is_local = fake_local,
		.route = fake_route, .accepts = fake_accepts,
		.address = fake_address, .mtu = fake_mtu,
		.path_mtu = fake_path_mtu};

	f->mtu = 1500;
	f->code = INSN(FORWARD);
	read_config(f, config_text);
	f->router = router_new(&f->config, &world, NULL);
	f->flow = flow_new(&f->config, &world, f->router);
	router_set_ifindex(f->router, 1, IN);
	router_set_ifindex(f->router, 2, OUT);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	flow_free(f->flow);
	router_free(f->router);
	free(f);
	return 0;
}

/* Packets as applications make them */

static void
mend_v4(uint8_t *p)
{
	packet_put16(p + 10, 0);
	packet_put16(p + 10, (uint16_t)~packet_sum(p, 20));
}

/* Addresses as text; what UDP, TCP, ICMP carry counts up from 0. */
static size_t
make(uint8_t *p, const char *src, const char *dst, unsigned protocol,
	size_t payload)
{
	uint8_t from[IP_ADDR_SIZE], to[IP_ADDR_SIZE];
	size_t head, upper = protocol == TCP ? 20 : 8, size;

	assert_true(ip_addr_parse(src, from) && ip_addr_parse(dst, to));
	head = ip_addr_is_v4(from) ? 20 : 40;
	size = head + upper + payload;
	memset(p, 0, size);
	if (head == 20) {
		memcpy(p, "\x45\x28\0\0\x12\x34\x40\0\x40", 9);
		packet_put16(p + 2, (uint16_t)size);
		p[9] = (uint8_t)protocol;
		memcpy(p + 12, from + 12, 4);
		memcpy(p + 16, to + 12, 4);
		mend_v4(p);
	} else {
		memcpy(p, "\x62\x8a\xbc\xde", 4);
		packet_put16(p + 4, (uint16_t)(size - 40));
		p[6] = (uint8_t)protocol;
		p[7] = 64;
		memcpy(p + 8, from, IP_ADDR_SIZE);
		memcpy(p + 24, to, IP_ADDR_SIZE);
	}
	packet_put16(p + head, 40000);
	packet_put16(p + head + 2, protocol == TCP ? 80 : 5004);
	packet_put16(p + head + 4, (uint16_t)(upper + payload));
	if (protocol == TCP)
		p[head + 12] = 5 << 4;
	if (protocol == ICMP || protocol == ICMPV6)
		p[head] = protocol == ICMP ? 8 : 128;
	for (size_t i = 0; i < payload; i++)
		p[head + upper + i] = (uint8_t)i;
	return size;
}

/* Bring the bytes at f->p to the flows. */
static enum flow_verdict
bring(struct fixture *f, size_t size, bool made_here)
{
	memcpy(f->sent, f->p, size);
	f->sent_size = size;
	f->f = (struct flow_packet){.made_here = made_here,
		.packet = {.hook = NODE_INGRESS, .p = f->p, .size = size,
		.in_ifindex = made_here ? 0 : IN,
		.out_ifindex = made_here ? OUT : 0,
		.now_ns = 1000000000, .time_ns = 1}};
	return flow_packet(f->flow, &f->f);
}

static enum flow_verdict
bring_udp(struct fixture *f, bool v6)
{
	size_t size = v6 ? make(f->p, "2001:db8:1::1", "2001:db8:2::5", UDP,
		PAYLOAD) : make(f->p, "10.0.1.1", "10.0.2.5", UDP, PAYLOAD);

	return bring(f, size, false);
}

/* The wrapped packet to f->p, as the next node gets it. */
static size_t
pass_on(struct fixture *f)
{
	size_t size = f->f.packet.size;

	memcpy(f->p, f->f.packet.p, size);
	return size;
}

static uint64_t
counted(const struct fixture *f, enum router_count count)
{
	return router_counted(f->router, count);
}

/* Wrapping */

static void
wraps_whole_packets_of_both_families(void **state)
{
	struct fixture *f = *state;

	for (unsigned v6 = 0; v6 < 2; v6++) {
		const uint8_t *p;
		struct ip_info info;

		assert_int_equal(bring_udp(f, v6), FLOW_GO);
		p = f->f.packet.p;
		assert_int_equal(ip_find(p, f->f.packet.size,
			&f->config.numbers, &info), IP_OK);
		assert_int_equal(info.total_size, f->f.packet.size);
		assert_int_equal(info.protocol, 253);
		assert_int_equal(info.hop_limit, 64);
		assert_int_equal(info.traffic_class, 0x28);
		assert_int_equal(info.flow_label, v6 ? 0xabcde : 0);
		assert_int_equal(info.wasp.next_header, v6 ? 41 : 4);
		assert_int_equal(info.wasp.hops, 1);	/* it ran */
		assert_int_equal(info.wasp.checksum, packet_checksum(p +
			info.wasp_off, info.wasp_size));
		assert_int_equal(info.wasp_room - info.wasp_size,
			f->sent_size);
		assert_memory_equal(p + info.wasp_off + info.wasp_size,
			f->sent, f->sent_size);
		if (v6)
			continue;
		assert_int_equal(packet_sum(p, 20), 0xffff);
		assert_memory_equal(p + 4, "\x12\x34\x40\0", 4);
	}
	assert_int_equal(counted(f, ROUTER_WRAPPED), 2);
	assert_int_equal(counted(f, ROUTER_FORWARDED), 2);
}

static void
does_not_run_at_ingress_what_is_made_here(void **state)
{
	struct fixture *f = *state;
	size_t size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, PAYLOAD);

	assert_int_equal(bring(f, size, true), FLOW_GO);
	assert_int_equal(counted(f, ROUTER_WRAPPED), 1);
	assert_int_equal(counted(f, ROUTER_FORWARDED), 0);
}

static uint32_t
word(const struct fixture *f, unsigned n)
{
	struct ip_info info;

	assert_int_equal(ip_find(f->f.packet.p, f->f.packet.size,
		&f->config.numbers, &info), IP_OK);
	return packet_word(f->f.packet.p + info.wasp_off, &info.wasp, n);
}

static void
sets_words_from_the_packet(void **state)
{
	struct fixture *f = *state;

	for (unsigned i = 0; i < 3; i++)
		bring_udp(f, false);
	assert_int_equal(word(f, 0), 4);
	assert_int_equal(word(f, 1), 0x0405);
	assert_int_equal(word(f, 2), 0x45280080);
	assert_int_equal(word(f, 3), 128);
	assert_int_equal(word(f, 4), 2);
	bring_udp(f, true);
	assert_int_equal(word(f, 0), 4);
	assert_int_equal(word(f, 3), 148);
	assert_int_equal(word(f, 4), 3);
}

static void
leaves_words_alone_that_the_packet_is_too_short_for(void **state)
{
	struct fixture *f = *state;

	bring_udp(f, false);
	assert_int_equal(word(f, 5), UINT32_MAX);	/* one byte is missing */
	bring(f, make(f->p, "10.0.1.1", "10.0.2.5", UDP, PAYLOAD + 1), false);
	assert_int_equal(word(f, 5), 99 << 8 | 100);
	bring(f, make(f->p, "10.0.1.1", "10.0.2.5", UDP, 0), false);
	assert_int_equal(word(f, 0), UINT32_MAX);
}

static void
counts_in_identifier_and_sequence(void **state)
{
	struct fixture *f = *state;
	struct ip_info first, second;

	bring_udp(f, false);
	ip_find(f->f.packet.p, f->f.packet.size, &f->config.numbers, &first);
	flow_configure(f->flow, &f->config);	/* the same names go on */
	bring_udp(f, false);
	ip_find(f->f.packet.p, f->f.packet.size, &f->config.numbers, &second);
	assert_int_equal(first.wasp.ident, second.wasp.ident);
	assert_int_equal(first.wasp.seq, 0);
	assert_int_equal(second.wasp.seq, 1);
}

/* Which rule it was is seen by what it sets. */
static void
takes_the_first_rule_that_matches(void **state)
{
	struct fixture *f = *state;

	bring_udp(f, false);
	assert_int_equal(word(f, 3), 128);
	make(f->p, "10.0.1.1", "10.0.2.5", UDP, PAYLOAD);
	packet_put16(f->p + 22, 5005);
	assert_int_equal(bring(f, 128, false), FLOW_GO);
	assert_int_equal(word(f, 3), UINT32_MAX);
	make(f->p, "10.0.7.1", "10.0.2.5", UDP, PAYLOAD);
	packet_put16(f->p + 22, 5005);
	assert_int_equal(bring(f, 128, false), FLOW_PLAIN);
}

static void
matches_ports_prefixes_and_protocols(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(bring(f, make(f->p, "2001:db8:1::1", "2001:db8:2::1",
		TCP, 10), false), FLOW_GO);
	assert_int_equal(bring(f, make(f->p, "2001:db8:1::1", "2001:db8:3::1",
		TCP, 10), false), FLOW_PLAIN);
	make(f->p, "2001:db8:1::1", "2001:db8:2::1", TCP, 10);
	packet_put16(f->p + 42, 81);
	assert_int_equal(bring(f, 70, false), FLOW_PLAIN);
	packet_put16(f->p + 40, 80);	/* the source port */
	assert_int_equal(bring(f, 70, false), FLOW_GO);
	assert_int_equal(bring(f, make(f->p, "10.0.7.1", "10.0.2.5", ICMP, 9),
		false), FLOW_GO);
	assert_int_equal(bring(f, make(f->p, "2001:db8:1::1", "2001:db8:3::1",
		ICMPV6, 9), false), FLOW_GO);
	assert_int_equal(bring(f, make(f->p, "10.0.1.1", "10.0.2.5", 99, 9),
		false), FLOW_GO);
}

static void
wraps_nothing_that_belongs_to_the_network(void **state)
{
	struct fixture *f = *state;
	size_t size;

	static const struct {
		const char *src, *dst;
		unsigned protocol, off, value;	/* a byte that is changed */
	} packets[] = {
		{"10.0.1.1", "10.0.2.5", UDP, 6, 0x20},	/* fragments */
		{"10.0.1.1", "10.0.2.5", UDP, 7, 1},
		{"10.0.1.1", "10.0.2.5", UDP, 0, 0x46},	/* options */
		{"10.0.1.1", "10.0.2.5", UDP, 0, 0x44},
		{"10.0.1.1", "10.0.2.5", UDP, 3, 0},	/* lengths */
		{"10.0.1.1", "10.0.2.5", UDP, 25, 0xff},
		{"10.0.1.1", "10.0.2.5", TCP, 32, 0x40},
		{"10.0.1.1", "10.0.2.5", TCP, 32, 0xf0},
		{"10.0.1.1", "10.0.2.2", UDP, 0, 0x45},	/* this node's own */
		{"10.0.1.1", "224.0.0.1", UDP, 0, 0x45},
		{"10.0.1.1", "255.255.255.255", UDP, 0, 0x45},
		{"10.0.1.1", "10.0.2.5", ICMP, 20, 3},	/* errors */
		{"2001:db8:1::1", "2001:db8:2::5", ICMPV6, 40, 1},
		{"2001:db8:1::1", "2001:db8:2::5", ICMPV6, 40, 2},
		{"2001:db8:1::1", "2001:db8:2::5", ICMPV6, 40, 135},
		{"2001:db8:1::1", "2001:db8:2::5", ICMPV6, 40, 136},
		{"2001:db8:1::1", "2001:db8:2::5", UDP, 6, 0},	/* extensions */
		{"2001:db8:1::1", "2001:db8:2::5", UDP, 6, 44},
		{"2001:db8:1::1", "2001:db8:2::5", UDP, 6, 60},
		{"2001:db8:1::1", "2001:db8:2::5", UDP, 6, 43},
		{"fe80::1", "2001:db8:2::5", UDP, 0, 0x60},
		{"2001:db8:1::1", "ff02::5", UDP, 0, 0x60},
		{"2001:db8:1::1", "ff0e::5", UDP, 0, 0x60},
	};

	for (unsigned i = 0; i < COUNT(packets); i++) {
		size = make(f->p, packets[i].src, packets[i].dst,
			packets[i].protocol, 20);
		f->p[packets[i].off] = (uint8_t)packets[i].value;
		if (f->p[0] >> 4 == 4)
			mend_v4(f->p);
		if (bring(f, size, false) != FLOW_PLAIN)
			fail_msg("packet %u", i);
		assert_memory_equal(f->p, f->sent, size);
	}
	size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 20);
	f->p[10] ^= 1;			/* the header checksum */
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	make(f->p, "10.0.1.1", "10.0.2.5", UDP, 20);
	assert_int_equal(bring(f, size - 1, false), FLOW_PLAIN);
	assert_int_equal(counted(f, ROUTER_WRAPPED), 0);
}

static void
wraps_only_at_interfaces_that_are_named(void **state)
{
	struct fixture *f = *state;
	size_t size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 20);

	router_set_ifindex(f->router, 1, OTHER);
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	assert_int_equal(bring(f, size, true), FLOW_GO);
	router_set_ifindex(f->router, 2, 0);
	assert_int_equal(bring(f, size, true), FLOW_PLAIN);
}

static void
never_wraps_wasp(void **state)
{
	struct fixture *f = *state;
	size_t size;

	bring_udp(f, false);
	size = pass_on(f);
	f->config.unwrap_count = 0;
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	assert_int_equal(bring(f, size, true), FLOW_PLAIN);
	assert_int_equal(counted(f, ROUTER_WRAPPED), 1);
}

/* What the program decides is done. */
static void
drops_what_the_program_drops(void **state)
{
	struct fixture *f = *state;

	f->code = INSN(DROP);
	read_config(f, config_text);
	assert_int_equal(bring_udp(f, false), FLOW_DROP);
	f->code = INSN(FAULT, 3);
	read_config(f, config_text);
	assert_int_equal(bring_udp(f, false), FLOW_GO);
	assert_int_equal(bring(f, pass_on(f), false), FLOW_GO);
	assert_int_equal(counted(f, ROUTER_UNWRAPPED), 1);
	assert_memory_equal(f->f.packet.p, f->sent + f->sent_size - 128, 128);
}

/* Sizes */

static void
tells_senders_what_would_fit(void **state)
{
	struct fixture *f = *state;
	size_t size, overhead;
	struct ip_info info;

	bring_udp(f, false);
	overhead = f->f.packet.size - f->sent_size;
	size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 1472);
	assert_int_equal(bring(f, size, false), FLOW_ERROR);
	assert_int_equal(ip_find(f->f.packet.p, f->f.packet.size,
		&f->config.numbers, &info), IP_OTHER);
	assert_int_equal(info.total_size, f->f.packet.size);
	assert_int_equal(info.protocol, ICMP);
	assert_int_equal(packet_sum(f->f.packet.p, 20), 0xffff);
	assert_int_equal(packet_sum(f->f.packet.p + 20,
		f->f.packet.size - 20), 0xffff);
	assert_memory_equal(f->f.packet.p + 12, "\x0a\0\1\2\x0a\0\1\1", 8);
	assert_int_equal(packet_get32(f->f.packet.p + 24), 1500 - overhead);
	assert_memory_equal(f->f.packet.p + 28, f->sent, 548);
	size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 1472 - overhead);
	assert_int_equal(bring(f, size, false), FLOW_GO);
	assert_int_equal(f->f.packet.size, 1500);

	size = make(f->p, "2001:db8:1::1", "2001:db8:2::5", UDP, 1452);
	assert_int_equal(bring(f, size, true), FLOW_ERROR);
	assert_int_equal(ip_find(f->f.packet.p, f->f.packet.size,
		&f->config.numbers, &info), IP_OTHER);
	assert_int_equal(info.total_size, 1280);
	assert_memory_equal(info.src, f->sent + 8, IP_ADDR_SIZE);
	assert_memory_equal(info.dst, f->sent + 8, IP_ADDR_SIZE);
	assert_int_equal(packet_get16(f->f.packet.p + 40), 0x200);
	assert_int_equal(packet_get32(f->f.packet.p + 44),
		1500 - overhead - 20);
	assert_int_equal(packet_fold((uint64_t)packet_sum(f->f.packet.p + 8,
		1272) + 1240 + ICMPV6), 0xffff);
	assert_int_equal(counted(f, ROUTER_WRAP_LARGE), 2);
}

static void
leaves_plain_what_may_be_cut(void **state)
{
	struct fixture *f = *state;
	size_t size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 1472);

	f->p[6] = 0;
	mend_v4(f->p);
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	f->mtu = 1300;			/* IPv6 need not send less than 1280 */
	size = make(f->p, "2001:db8:1::1", "2001:db8:2::5", UDP, 1232);
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	f->mtu = 120;			/* nor IPv4 less than 68 */
	size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 80);
	assert_int_equal(bring(f, size, false), FLOW_PLAIN);
	assert_int_equal(counted(f, ROUTER_WRAP_PLAIN), 3);
}

/* The kernel knows a path of less, by which it would refuse what is wrapped. */
static void
goes_around_what_the_kernel_learnt_of_the_path(void **state)
{
	struct fixture *f = *state;
	size_t size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 1300);

	f->path_mtu = 1340;
	assert_int_equal(bring(f, size, true), FLOW_AROUND);
	assert_int_equal(bring(f, size, false), FLOW_GO);
	size = make(f->p, "10.0.1.1", "10.0.2.5", UDP, 1200);
	assert_int_equal(bring(f, size, true), FLOW_GO);
}

/* Unwrapping */

static void
gives_back_what_was_wrapped(void **state)
{
	struct fixture *f = *state;

	for (unsigned v6 = 0; v6 < 2; v6++) {
		uint8_t before[ROOM];
		size_t size;

		bring_udp(f, v6);
		memcpy(before, f->sent, f->sent_size);
		size = f->sent_size;
		assert_int_equal(bring(f, pass_on(f), false), FLOW_GO);
		assert_true(f->f.unwrapped);
		assert_int_equal(f->f.packet.size, size);
		assert_memory_equal(f->f.packet.p, before, size);
	}
	assert_int_equal(counted(f, ROUTER_UNWRAPPED), 2);
	assert_int_equal(counted(f, ROUTER_FORWARDED), 4);
}

static void
runs_no_second_time_what_the_kernel_ran(void **state)
{
	struct fixture *f = *state;
	size_t size;

	bring_udp(f, false);
	size = pass_on(f);
	f->f = (struct flow_packet){.has_run = true, .packet = {
		.hook = NODE_INGRESS, .p = f->p, .size = size,
		.in_ifindex = IN}};
	assert_int_equal(flow_packet(f->flow, &f->f), FLOW_GO);
	assert_int_equal(counted(f, ROUTER_FORWARDED), 1);
	assert_int_equal(counted(f, ROUTER_UNWRAPPED), 1);
}

/* As on the way: fewer hops left, another DSCP, congestion. */
static void
takes_over_what_changed_on_the_way(void **state)
{
	struct fixture *f = *state;

	bring_udp(f, false);
	pass_on(f);
	f->p[8] = 50;
	f->p[1] = 0x0b;
	mend_v4(f->p);
	assert_int_equal(bring(f, f->f.packet.size, false), FLOW_GO);
	assert_int_equal(f->f.packet.p[8], 50);
	assert_int_equal(f->f.packet.p[1], 0x0b);
	assert_int_equal(packet_sum(f->f.packet.p, 20), 0xffff);
	bring_udp(f, true);
	pass_on(f);
	f->p[7] = 50;
	packet_put16(f->p, 0x60b0 | (packet_get16(f->p) & 15));
	assert_int_equal(bring(f, f->f.packet.size, false), FLOW_GO);
	assert_int_equal(f->f.packet.p[7], 50);
	assert_int_equal(packet_get32(f->f.packet.p), 0x60babcde);
}

/* The bytes are not touched. */
static void
stays_wrapped(struct fixture *f, size_t size, const char *what)
{
	uint64_t before = counted(f, ROUTER_UNWRAPPED);
	enum flow_verdict verdict = bring(f, size, false);

	if (verdict != FLOW_PLAIN || counted(f, ROUTER_UNWRAPPED) != before)
		fail_msg("unwrapped: %s", what);
	assert_memory_equal(f->p, f->sent, size);
}

static void
leaves_wrapped_what_no_rule_may_take(void **state)
{
	struct fixture *f = *state;
	uint8_t right[ROOM];
	struct ip_info info;
	size_t size, wasp;

	bring_udp(f, false);
	size = pass_on(f);
	memcpy(right, f->p, size);
	ip_find(f->p, size, &f->config.numbers, &info);
	wasp = info.wasp_off;

	f->p[wasp + 3] = 59;
	packet_set_checksum(f->p + wasp, info.wasp_size);
	stays_wrapped(f, size, "next header none");
	f->p[wasp + 3] = 41;
	packet_set_checksum(f->p + wasp, info.wasp_size);
	stays_wrapped(f, size, "the other family");
	memcpy(f->p, right, size);
	f->p[wasp + 2] |= PACKET_FLAG_RETURNED;
	packet_set_checksum(f->p + wasp, info.wasp_size);
	stays_wrapped(f, size, "R");
	memcpy(f->p, right, size);
	f->p[wasp + 12] ^= 1;
	stays_wrapped(f, size, "checksum");
	assert_int_equal(counted(f, ROUTER_UNWRAP_SUM), 1);
	memcpy(f->p, right, size);
	f->p[15] = 9;
	mend_v4(f->p);
	stays_wrapped(f, size, "another source");
	memcpy(f->p, right, size);
	f->p[19] = 9;
	mend_v4(f->p);
	stays_wrapped(f, size, "another destination");
	assert_int_equal(counted(f, ROUTER_UNWRAP_ADDRESS), 2);
	memcpy(f->p, right, size);
	f->p[wasp + info.wasp_size + 6] = 0x20;
	mend_v4(f->p + wasp + info.wasp_size);
	stays_wrapped(f, size, "a fragment");
	memcpy(f->p, right, size);
	f->p[wasp + info.wasp_size + 10] ^= 1;
	stays_wrapped(f, size, "inner header checksum");
	memcpy(f->p, right, size);
	packet_put16(f->p + 2, (uint16_t)(size + 1));
	mend_v4(f->p);
	stays_wrapped(f, size + 1, "a byte behind");
	memcpy(f->p, right, size);
	packet_put16(f->p + 2, (uint16_t)(size - 1));
	mend_v4(f->p);
	stays_wrapped(f, size - 1, "a byte too few");
	memcpy(f->p, right, size);
	f->config.unwrap_count = 0;
	stays_wrapped(f, size, "no rule");
}

static void
takes_other_addresses_only_from_the_rule(void **state)
{
	struct fixture *f = *state;
	uint8_t *p = f->p;
	size_t size;

	/* to: of the first rule, which names it */
	bring(f, make(p, "10.0.1.1", "10.9.0.7", UDP, 9), false);
	size = pass_on(f);
	memcpy(p + 16, "\x0a\0\2\5", 4);
	mend_v4(p);
	assert_int_equal(bring(f, size, false), FLOW_GO);
	assert_memory_equal(f->f.packet.p + 16, "\x0a\x09\0\7", 4);
	/* from: of the second, of TCP */
	f->config.wraps[1].match = (struct config_match){
		.protocol = CONFIG_PROTOCOL_ANY, .v4 = true};
	bring(f, make(p, "10.8.0.1", "10.0.2.5", TCP, 9), false);
	size = pass_on(f);
	memcpy(p + 12, "\x0a\0\1\1", 4);
	mend_v4(p);
	assert_int_equal(bring(f, size, false), FLOW_GO);
	/* the first rule that names it counts */
	bring(f, make(p, "10.8.0.1", "10.0.2.5", UDP, 9), false);
	size = pass_on(f);
	memcpy(p + 12, "\x0a\0\1\1", 4);
	mend_v4(p);
	stays_wrapped(f, size, "the second rule");
	assert_int_equal(counted(f, ROUTER_UNWRAPPED), 2);
}

static void
hides_no_wasp_inside(void **state)
{
	struct fixture *f = *state;
	struct ip_info info;
	size_t size, off;

	bring(f, make(f->p, "10.0.1.1", "10.0.2.5", UDP, 200), false);
	size = pass_on(f);
	ip_find(f->p, size, &f->config.numbers, &info);
	off = info.wasp_off + info.wasp_size;
	memmove(f->p + off + 20, f->p + info.wasp_off, info.wasp_size);
	f->p[off + 9] = 253;
	mend_v4(f->p + off);
	stays_wrapped(f, size, "WASP in WASP");
}

/* It goes back across this node, and the next chain brings it again. */
static void
runs_once_what_stays_wrapped(void **state)
{
	struct fixture *f = *state;
	size_t size;

	f->code = INSN(RETURN);
	read_config(f, config_text);
	f->config.interfaces[0].role = CONFIG_INTERNAL;
	for (unsigned i = 0; i < 40; i++) {
		uint64_t now_ns = 2000000000;

		bring(f, make(f->p, "10.0.1.1", "10.0.7.5", UDP, 9), true);
		assert_int_equal(bring(f, pass_on(f), false), FLOW_GO);
		assert_false(f->f.unwrapped);
		size = pass_on(f);
		if (i % 4 == 0)		/* it never comes */
			continue;
		if (i % 4 == 1)		/* too late to be this one */
			now_ns += 1000000000;
		assert_int_equal(flow_ran(f->flow, f->p, size, now_ns - 1),
			i % 4 > 1);
		assert_false(flow_ran(f->flow, f->p, size, now_ns));
	}
	assert_int_equal(counted(f, ROUTER_RETURNED), 40);
	assert_int_equal(counted(f, ROUTER_UNWRAPPED), 0);
}

/* ICMP errors about what was wrapped */

/* A router's, with so much of the packet at f->p; returns the size. */
static size_t
make_error(struct fixture *f, uint8_t *p, unsigned type, unsigned code,
	uint32_t rest, size_t quoted)
{
	bool v4 = f->p[0] >> 4 == 4;
	size_t head = v4 ? 20 : 40, size = head + 8 + quoted;
	uint8_t packet[ROOM];

	memcpy(packet, f->p, quoted);
	if (v4)
		make(p, "10.0.3.9", "10.0.1.1", ICMP, quoted);
	else
		make(p, "2001:db8:3::9", "2001:db8:1::1", ICMPV6, quoted);
	p[head] = (uint8_t)type;
	p[head + 1] = (uint8_t)code;
	packet_put32(p + head + 4, rest);
	memcpy(p + head + 8, packet, quoted);
	return size;
}

static bool
icmp_is_right(const uint8_t *p, size_t size)
{
	if (p[0] >> 4 == 4)
		return packet_sum(p, 20) == 0xffff &&
			packet_sum(p + 20, size - 20) == 0xffff;
	return packet_fold((uint64_t)packet_sum(p + 8, size - 8) +
		(size - 40) + ICMPV6) == 0xffff;
}

static void
quotes_what_was_inside(void **state)
{
	struct fixture *f = *state;
	static const struct {
		bool v6;
		unsigned type, code;
		uint32_t rest, then;
	} errors[] = {
		{false, 3, 4, 1400, 1336}, {false, 3, 4, 0, 68},
		{false, 11, 0, 0, 0}, {false, 3, 13, 0x00200000, 0},
		{false, 12, 0, 0x01000000, 0x01000000},
		{true, 2, 0, 1480, 1396}, {true, 2, 0, 1300, 1280},
		{true, 3, 0, 0, 0}, {true, 1, 4, 0, 0},
	};

	for (unsigned i = 0; i < COUNT(errors); i++) {
		uint8_t p[ROOM], inner[ROOM];
		size_t head = errors[i].v6 ? 40 : 20, size;

		bring_udp(f, errors[i].v6);
		memcpy(inner, f->sent, f->sent_size);
		size = pass_on(f);
		size = make_error(f, p, errors[i].type, errors[i].code,
			errors[i].rest, size - 30);
		memcpy(f->p, p, size);
		if (bring(f, size, i & 1) != FLOW_GO)
			fail_msg("error %u", i);
		size = f->f.packet.size;
		assert_true(icmp_is_right(f->f.packet.p, size));
		assert_int_equal(f->f.packet.p[head], errors[i].type);
		assert_int_equal(f->f.packet.p[head + 1], errors[i].code);
		assert_memory_equal(f->f.packet.p + head + 8, inner,
			size - head - 8);
		assert_int_equal(size - head - 8, errors[i].rest >> 16 == 0x20 ?
			128 - 64 : f->sent_size - head - 8 - 64 -
			(errors[i].v6 ? 20 : 0));
		if (packet_get32(f->f.packet.p + head + 4) != errors[i].then)
			fail_msg("error %u: %u", i,
				packet_get32(f->f.packet.p + head + 4));
	}
	assert_int_equal(counted(f, ROUTER_UNQUOTED), COUNT(errors));
}

/* A packet with that payload goes wrapped, and a router says what its path takes. */
static void
path_takes(struct fixture *f, size_t payload, uint32_t mtu, bool forged)
{
	uint8_t p[ROOM];
	size_t size;

	bring(f, make(f->p, "2001:db8:1::1", "2001:db8:2::5", UDP, payload),
		false);
	size = pass_on(f);
	if (forged)
		f->p[40 + PACKET_OFF_IDENT] ^= 1;
	size = make_error(f, p, 2, 0, mtu, size > 1232 ? 1232 : size);
	memcpy(f->p, p, size);
	assert_int_equal(bring(f, size, false), FLOW_GO);
}

static enum flow_verdict
bring_v6(struct fixture *f, const char *dst, size_t payload)
{
	return bring(f, make(f->p, "2001:db8:1::1", dst, UDP, payload), false);
}

static void
leaves_plain_what_no_path_takes_wrapped(void **state)
{
	struct fixture *f = *state;
	enum { FULL = 1280 - 48, FITS = FULL - 84 };	/* 84: wrapping adds */

	/* What a sender can obey, what is forged, and what is not said. */
	path_takes(f, FULL, 1364, false);
	path_takes(f, FULL, 1280, true);
	path_takes(f, FULL, 0, false);
	assert_int_equal(bring_v6(f, "2001:db8:2::5", FULL), FLOW_GO);
	assert_int_equal(counted(f, ROUTER_WRAP_PLAIN), 0);

	path_takes(f, FULL, 1363, false);
	assert_int_equal(bring_v6(f, "2001:db8:2::5", FULL), FLOW_PLAIN);
	assert_int_equal(counted(f, ROUTER_WRAP_PLAIN), 1);
	path_takes(f, FITS, 1280, false);
	assert_int_equal(bring_v6(f, "2001:db8:2::5", FITS + 1), FLOW_PLAIN);
	assert_int_equal(bring_v6(f, "2001:db8:2::5", FITS), FLOW_GO);
	assert_int_equal(bring_v6(f, "2001:db8:2::6", FULL), FLOW_GO);

	/* No link takes less, whatever is said. */
	path_takes(f, FITS, 100, false);
	assert_int_equal(bring_v6(f, "2001:db8:2::5", FITS), FLOW_GO);
}

static size_t
unquote(const struct fixture *f, uint8_t *p, size_t size)
{
	struct wrap_quoted quoted;

	return wrap_unquote(&f->config, p, size, &quoted);
}

static void
leaves_other_errors_alone(void **state)
{
	struct fixture *f = *state;
	uint8_t p[ROOM];
	size_t size, whole;

	bring_udp(f, false);
	whole = pass_on(f);
	/* too little is quoted; about WASP's own protocol; of what is none */
	for (size_t n = 0; n < whole - 128 + 28; n++) {
		size = make_error(f, p, 11, 0, 0, n);
		assert_int_equal(unquote(f, p, size), 0);
	}
	size = make_error(f, p, 11, 0, 0, whole - 128 + 28);
	assert_int_not_equal(unquote(f, p, size), 0);
	size = make_error(f, p, 3, 2, 0, whole);
	assert_int_equal(unquote(f, p, size), 0);
	size = make_error(f, p, 8, 0, 0, whole);
	assert_int_equal(unquote(f, p, size), 0);
	f->config.wrap_count = 0;
	size = make_error(f, p, 11, 0, 0, whole);
	assert_int_equal(unquote(f, p, size), 0);
}

/* The kernel's matchers */

static bool
any_takes(const struct fixture *f, const uint8_t *p, size_t size, int family)
{
	const struct config *config = &f->config;
	struct match match;
	bool found;

	match_make_quoted(&match, family, &config->numbers);
	found = matcher_takes(&match, p, size);
	for (unsigned i = 0; i < config->wrap_count; i++) {
		match_make_flow(&match, family, &config->wraps[i].match);
		found |= match_suits(&config->wraps[i].match, family) &&
			matcher_takes(&match, p, size);
	}
	for (unsigned i = 0; i < config->unwrap_count; i++) {
		match_make_wrapped(&match, family, &config->numbers,
			&config->unwraps[i].match);
		found |= match_suits(&config->unwraps[i].match, family) &&
			matcher_takes(&match, p, size);
	}
	return found;
}

/* Whatever a flow does something with, the kernel brings. */
static void
kernel_brings_all_that_rules_name(void **state)
{
	struct fixture *f = *state;
	uint64_t random = 5;
	unsigned done = 0, brought = 0;

	for (unsigned i = 0; i < 60000; i++) {
		bool v6 = i & 1;
		static const unsigned protocols[] = {UDP, TCP, ICMP, ICMPV6};
		unsigned protocol = protocols[i / 2 % 4];
		char src[40], dst[40];
		uint8_t p[ROOM];
		size_t size;

		snprintf(src, sizeof(src), v6 ? "2001:db8:%u::1" : "10.0.%u.1",
			1 + random_next(&random) % 2);
		snprintf(dst, sizeof(dst), v6 ? "2001:db8:%u::5" : "10.9.%u.7",
			random_next(&random) % 4);
		size = make(f->p, src, dst, protocol, 60);
		if (i % 3 && bring(f, size, false) == FLOW_GO)
			size = pass_on(f);
		if (i % 9 == 1) {
			size = make_error(f, p, v6 ? 2 : 11, 0, 1400, size);
			memcpy(f->p, p, size);
		}
		for (unsigned n = random_next(&random) % 3; n > 0; n--)
			f->p[1 + random_next(&random) % (size - 1)] =
				(uint8_t)random_next_sized(&random);
		if (f->p[0] == 0x45)
			mend_v4(f->p);
		brought += any_takes(f, f->p, size, v6 ? 6 : 4);
		if (bring(f, size, false) == FLOW_PLAIN)
			continue;
		done++;
		if (!any_takes(f, f->sent, size, v6 ? 6 : 4))
			fail_msg("packet %u", i);
	}
	assert_in_range(done, 20000, 60000);
	assert_in_range(brought, done, 59000);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	static const struct CMUnitTest tests[] = {
		TEST(wraps_whole_packets_of_both_families),
		TEST(does_not_run_at_ingress_what_is_made_here),
		TEST(sets_words_from_the_packet),
		TEST(leaves_words_alone_that_the_packet_is_too_short_for),
		TEST(counts_in_identifier_and_sequence),
		TEST(takes_the_first_rule_that_matches),
		TEST(matches_ports_prefixes_and_protocols),
		TEST(wraps_nothing_that_belongs_to_the_network),
		TEST(wraps_only_at_interfaces_that_are_named),
		TEST(never_wraps_wasp),
		TEST(drops_what_the_program_drops),
		TEST(tells_senders_what_would_fit),
		TEST(leaves_plain_what_may_be_cut),
		TEST(goes_around_what_the_kernel_learnt_of_the_path),
		TEST(gives_back_what_was_wrapped),
		TEST(runs_no_second_time_what_the_kernel_ran),
		TEST(takes_over_what_changed_on_the_way),
		TEST(leaves_wrapped_what_no_rule_may_take),
		TEST(takes_other_addresses_only_from_the_rule),
		TEST(hides_no_wasp_inside),
		TEST(runs_once_what_stays_wrapped),
		TEST(quotes_what_was_inside),
		TEST(leaves_plain_what_no_path_takes_wrapped),
		TEST(leaves_other_errors_alone),
		TEST(kernel_brings_all_that_rules_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
