/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's data path: frames in, frames and verdicts out, compared with what
 * the portable one makes of the same.  Root only.
 */
#define _GNU_SOURCE
#include "tests/unit/xdp-fixture.h"

#include <arpa/inet.h>
#include <bpf/bpf.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "vm/ess-layout.h"

#define CODE(...) (const uint16_t[]){__VA_ARGS__}, \
	COUNT(((const uint16_t[]){__VA_ARGS__}))
#define SECOND UINT64_C(1000000000)
#define FORWARD INSN(FORWARD)
#define RETURN INSN(RETURN)

/* Build the frame and compare. */
static enum router_verdict
enter(struct xdp_fixture *f, int in, const uint16_t *code, unsigned count)
{
	struct frame frame;

	fixture_frame(f, in, code, count, NULL, 8, &frame);
	return fixture_ingress(f, &frame, in);
}
#define ENTER(f, in, ...) enter(f, in, CODE(__VA_ARGS__))

static enum router_verdict
leave(struct xdp_fixture *f, int in, int out, const uint16_t *code,
	unsigned count)
{
	struct frame frame;

	fixture_frame(f, -1, code, count, NULL, 8, &frame);
	return fixture_egress(f, &frame, in, out);
}
#define LEAVE(f, in, out, ...) leave(f, in, out, CODE(__VA_ARGS__))

static void
runs_at_both_hooks(void **state)
{
	struct xdp_fixture *f = *state;

	assert_int_equal(ENTER(f, C0, INSN(PUSH_F, ISA_ENV_HOOK)),
		ROUTER_CHANGED);
	assert_int_equal(LEAVE(f, C0, I0, INSN(PUSH_F, ISA_ENV_HOOK)),
		ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_FORWARDED), 2);
}

static void
drops(void **state)
{
	struct xdp_fixture *f = *state;

	assert_int_equal(ENTER(f, C0, INSN(DROP)), ROUTER_DROP);
	assert_int_equal(LEAVE(f, C0, I0, INSN(DROP)), ROUTER_DROP);
}

static void
marks_a_fault_and_lets_the_packet_go_on(void **state)
{
	struct xdp_fixture *f = *state;

	assert_int_equal(ENTER(f, C0, INSN(FAULT, 3)), ROUTER_CHANGED);
	assert_int_equal(LEAVE(f, C0, I0, 0xffff), ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_FAULTED), 2);
}

static void
runs_no_packet_that_did_not_ask(void **state)
{
	struct xdp_fixture *f = *state;

	f->flags = PACKET_FLAG_EGRESS;
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_PLAIN);
	f->flags = PACKET_FLAG_INGRESS;
	assert_int_equal(LEAVE(f, C0, I0, FORWARD), ROUTER_PLAIN);
	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_RETURNED;
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_PLAIN);
	f->flags = PACKET_FLAG_INGRESS;
	f->status = ISA_FAULT_ILLEGAL;
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_PLAIN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_NOT_ASKED), 4);
}

static void
obeys_hooks_that_are_off_and_unknown_interfaces(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_configure(f,
		"interface c0 { role = client\n ingress = false }\n"
		"interface i0 { role = internal\n egress = false }\n"
		"store = 256\n");
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_PLAIN);
	assert_int_equal(LEAVE(f, C0, I0, FORWARD), ROUTER_PLAIN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_HOOK_OFF), 2);
	assert_int_equal(ENTER(f, O0, FORWARD), ROUTER_PLAIN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_NO_INTERFACE), 1);
}

static void
leaves_what_expires_here_to_the_kernel(void **state)
{
	struct xdp_fixture *f = *state;

	f->form.hop_limit = 1;
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_PLAIN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_EXPIRES), 1);
	fixture_addresses(f, "10.0.1.7", "10.0.3.1");	/* but not its own */
	assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_CHANGED);
}

static void
verifies_the_checksum_where_configured(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;

	fixture_addresses(f, "10.0.3.7", "10.0.1.7");
	fixture_frame(f, I0, CODE(FORWARD), NULL, 8, &frame);
	frame.bytes[frame.size - 1]++;
	assert_int_equal(fixture_ingress(f, &frame, I0), ROUTER_PLAIN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_BAD_CHECKSUM), 1);
	assert_int_equal(fixture_egress(f, &frame, C0, I0), ROUTER_PLAIN);
	fixture_addresses(f, "10.0.1.7", "10.0.3.7");
	fixture_frame(f, C0, CODE(FORWARD), NULL, 8, &frame);
	frame.bytes[frame.size - 1]++;
	assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_CHANGED);
}

/* Every field, for everybody, at both hooks, in both families and UDP. */
static void
tells_the_same_environment(void **state)
{
	struct xdp_fixture *f = *state;
	enum { LOCAL = 2, FIRST_V6 = 4 };
	static const char *const to[] = {"10.0.13.7", "10.0.3.7", "10.0.1.2",
		"239.1.2.3", "2001:db8:3::7", "2001:db8:13::5", "ff1e::123"};

	for (unsigned i = 0; i < ISA_ENV_COUNT * LINKS * COUNT(to); i++) {
		unsigned field = i % ISA_ENV_COUNT;
		int in = (int)(i / ISA_ENV_COUNT % LINKS);
		unsigned pair = i / ISA_ENV_COUNT / LINKS;
		char src[IP_TEXT_SIZE];

		if (field == ISA_ENV_RANDOM)
			continue;
		snprintf(src, sizeof(src), pair < FIRST_V6 ? "10.0.%d.7" :
			"2001:db8:%d::7", in + 1);
		fixture_addresses(f, src, to[pair]);
		f->form.udp = i & 1;
		f->form.flow_label = i;
		f->now_ns += 1000000;
		ENTER(f, in, INSN(PUSH_F, (int)field), INSN(PUSH_R, 0));
		if (pair == LOCAL)	/* never leaves */
			continue;
		for (int out = I0; out >= C0; out -= I0 - C0)
			if (out != in || !ip_addr_is_multicast(f->form.dst))
				LEAVE(f, in, out, INSN(PUSH_F, (int)field));
	}
	assert_int_equal(LEAVE(f, -1, I0, INSN(PUSH_F, ISA_ENV_TRANSIT)),
		ROUTER_CHANGED);
}

static void
returns_a_packet_the_way_it_came(void **state)
{
	struct xdp_fixture *f = *state;

	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	f->form.udp = true;
	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	fixture_addresses(f, "2001:db8:1::7", "2001:db8:13::7");
	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	f->form.udp = false;
	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	assert_int_equal(LEAVE(f, C0, I0, RETURN), ROUTER_SEND);
	fixture_addresses(f, "10.0.1.7", "10.0.1.2");	/* this node's */
	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURNED), 6);
}

static void
refuses_returns_as_the_portable_path_does(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const pairs[][2] = {
		{"10.0.1.255", "10.0.3.7"}, {"10.0.1.7", "10.0.3.255"},
		{"224.0.0.1", "10.0.3.7"}, {"10.0.1.7", "224.0.0.5"},
		{"127.0.0.1", "10.0.3.7"}, {"10.0.3.1", "10.0.1.7"},
		{"10.0.3.7", "10.0.13.7"}, {"10.0.99.7", "10.0.3.7"},
		{"10.0.14.7", "10.0.3.7"}, {"10.0.15.7", "10.0.3.7"},
		{"10.0.1.7", "10.0.99.7"}, {"169.254.1.1", "10.0.3.7"},
		{"2001:db8:1::", "2001:db8:3::7"},
		{"2001:db8:1::7", "2001:db8:3::"},
		{"2001:db8:1::7", "ff0e::1"}, {"fe80::1", "2001:db8:3::7"},
		{"2001:db8:3::7", "2001:db8:4::7"},
		{"2001:db8:1::7", "::ffff:10.0.3.7"}};

	for (size_t i = 0; i < COUNT(pairs); i++) {
		fixture_addresses(f, pairs[i][0], pairs[i][1]);
		ENTER(f, C0, RETURN);
		ENTER(f, I0, RETURN);
		LEAVE(f, C0, I0, RETURN);
		LEAVE(f, I0, C0, RETURN);
		LEAVE(f, -1, C0, RETURN);
	}
	assert_true(fixture_counted(f, XDP_COUNT_RETURN_ADDRESS) > 20);
	assert_true(fixture_counted(f, XDP_COUNT_RETURN_OWN) > 5);
	assert_true(fixture_counted(f, XDP_COUNT_RETURN_PATH) > 5);
}

/* By an internal interface, from a source that is elsewhere. */
static void
returns_by_another_way_where_loose(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_addresses(f, "10.0.1.7", "10.0.2.7");
	assert_int_equal(ENTER(f, I0, RETURN), ROUTER_CHANGED);
	assert_int_equal(LEAVE(f, I0, G0, RETURN), ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURN_ACROSS), 1);
	fixture_addresses(f, "10.0.1.7", "10.0.3.1");	/* this node's */
	assert_int_equal(ENTER(f, I0, RETURN), ROUTER_SEND);
	fixture_addresses(f, "2001:db8:1::7", "2001:db8:2::7");
	assert_int_equal(ENTER(f, I0, RETURN), ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURNED), 3);
}

static void
finds_every_hop_of_a_multipath_route(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_addresses(f, "10.0.16.7", "10.0.2.7");
	assert_int_equal(ENTER(f, C0, RETURN), ROUTER_SEND);
	assert_int_equal(ENTER(f, I0, RETURN), ROUTER_SEND);
	assert_int_equal(ENTER(f, G0, RETURN), ROUTER_CHANGED);
}

static void
limits_returns(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_addresses(f, "10.0.2.7", "10.0.3.7");
	for (int i = 0; i < 12; i++) {
		ENTER(f, G0, RETURN);
		f->now_ns += 100000000;
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURNED), 4);
}

/* Invitations */

enum { SECRET = 2, NAME = 4 };

static enum router_verdict
with_words(struct xdp_fixture *f, int in, int out, const uint16_t *code,
	unsigned count)
{
	uint32_t words[8] = {[SECRET] = 0x11223344, [SECRET + 1] = 5};
	struct frame frame;
	uint8_t secret[KEY_SIZE];

	packet_put32(secret, words[SECRET]);
	packet_put32(secret + 4, words[SECRET + 1]);
	words[NAME] = (uint32_t)(key_of_secret(secret) >> 32);
	words[NAME + 1] = (uint32_t)key_of_secret(secret);
	fixture_frame(f, out < 0 ? in : -1, code, count, words, 8, &frame);
	return out < 0 ? fixture_ingress(f, &frame, in) :
		fixture_egress(f, &frame, in, out);
}
#define WITH_WORDS(f, in, out, ...) with_words(f, in, out, CODE(__VA_ARGS__))
#define INVITE INSN(INVITE, 0, SECRET), INSN(PUSH_R, 0)
#define REROUTE INSN(REROUTE, 0, NAME), INSN(PUSH_R, 0), \
	INSN(PUSH_F, ISA_ENV_DST3), INSN(PUSH_F, ISA_ENV_FLOW0), \
	INSN(PUSH_F, ISA_ENV_LOCAL)

static void
reroutes_to_who_invited(void **state)
{
	struct xdp_fixture *f = *state;

	/* from inside, at egress of c0; then a client's packet entering there */
	fixture_addresses(f, "10.0.3.7", "10.0.1.7");
	WITH_WORDS(f, I0, C0, INVITE);
	fixture_addresses(f, "10.0.1.7", "10.0.2.7");
	assert_int_equal(WITH_WORDS(f, C0, -1, INSN(PUSH_F, ISA_ENV_DST3),
		REROUTE), ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 1);
	/* and returned at once, from there */
	assert_int_equal(WITH_WORDS(f, C0, -1, REROUTE, RETURN), ROUTER_SEND);
	/* a later fault cancels it */
	assert_int_equal(WITH_WORDS(f, C0, -1, REROUTE, INSN(FAULT, 1)),
		ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 2);
	/* not from a group, in UDP, of another family, from a guest's */
	fixture_addresses(f, "10.0.1.7", "239.1.2.3");
	WITH_WORDS(f, C0, -1, REROUTE);
	fixture_addresses(f, "10.0.1.7", "10.0.2.7");
	f->form.udp = true;
	WITH_WORDS(f, C0, -1, REROUTE);
	f->form.udp = false;
	fixture_addresses(f, "2001:db8:1::7", "2001:db8:2::7");
	WITH_WORDS(f, C0, -1, REROUTE);
	fixture_addresses(f, "10.0.3.9", "10.0.2.7");
	WITH_WORDS(f, I0, -1, REROUTE);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 2);
}

/* 10.0.1.7, which invited, is to get what leaves by its interface. */
static enum router_verdict
reroute_at_egress(struct xdp_fixture *f, int in, const char *src, int out)
{
	fixture_addresses(f, src, src[0] == '1' ? "10.0.1.9" :
		"2001:db8:1::9");
	return WITH_WORDS(f, in, out, REROUTE);
}

static void
invite_by(struct xdp_fixture *f, int in, const char *src)
{
	fixture_addresses(f, src, src[0] == '1' ? "10.0.4.7" :
		"2001:db8:4::7");
	assert_int_equal(WITH_WORDS(f, in, -1, INVITE), ROUTER_CHANGED);
}

static void
reroutes_at_egress_to_who_invited(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;
	struct made made;

	invite_by(f, C0, "10.0.1.7");
	assert_int_equal(reroute_at_egress(f, I0, "10.0.3.7", C0),
		ROUTER_REROUTE);
	assert_int_equal(reroute_at_egress(f, G0, "10.0.2.7", C0),
		ROUTER_REROUTE);
	/* what this node made, but not what it only seems to have made */
	assert_int_equal(reroute_at_egress(f, -1, "10.0.3.1", C0),
		ROUTER_REROUTE);
	assert_int_equal(reroute_at_egress(f, -1, "10.0.3.7", C0),
		ROUTER_CHANGED);
	assert_int_equal(reroute_at_egress(f, O0, "10.0.4.7", C0),
		ROUTER_CHANGED);
	/* not out of the interface it came in by, nor at another one's egress */
	assert_int_equal(reroute_at_egress(f, C0, "10.0.1.9", C0),
		ROUTER_CHANGED);
	assert_int_equal(reroute_at_egress(f, I0, "10.0.3.7", G0),
		ROUTER_CHANGED);
	invite_by(f, I0, "10.0.3.7");
	assert_int_equal(reroute_at_egress(f, C0, "10.0.1.9", I0),
		ROUTER_CHANGED);
	/* in IPv6, and returned at once */
	f->now_ns += UINT64_C(20000000000);
	invite_by(f, C0, "2001:db8:1::7");
	assert_int_equal(reroute_at_egress(f, I0, "2001:db8:3::7", C0),
		ROUTER_REROUTE);
	assert_int_equal(reroute_at_egress(f, I0, "10.0.3.7", C0),
		ROUTER_CHANGED);
	fixture_addresses(f, "2001:db8:3::7", "2001:db8:1::9");
	assert_int_equal(WITH_WORDS(f, I0, C0, REROUTE, RETURN), ROUTER_SEND);
	/* not again, here or elsewhere */
	f->rerouted = true;
	assert_int_equal(reroute_at_egress(f, I0, "2001:db8:3::7", C0),
		ROUTER_CHANGED);
	f->rerouted = false;
	f->mark = f->config.mark | 1;
	fixture_frame(f, -1, CODE(INSN(DROP)), NULL, 3, &frame);
	fixture_tc(f, &frame, I0, C0, 0, &made);
	assert_int_equal(made.action, (uint32_t)TC_GO_ON);
	assert_int_equal(made.mark, 1);
	assert_memory_equal(made.frame.bytes, frame.bytes, frame.size);
	f->mark = f->config.mark << 1;		/* not ours */
	fixture_tc(f, &frame, I0, C0, 0, &made);
	assert_int_equal(made.action, TC_DROP);
}

static void
reroutes_at_egress_by_the_same_interface_only(void **state)
{
	struct xdp_fixture *f = *state;

	/* one of its two ways leads elsewhere */
	invite_by(f, C0, "10.0.16.7");
	assert_int_equal(reroute_at_egress(f, G0, "10.0.2.7", C0),
		ROUTER_CHANGED);
	fixture_configure(f, "interface c0 { role = client }\n"
		"interface i0 { role = client }\nstore = 256\n");
	invite_by(f, C0, "10.0.16.7");
	assert_int_equal(reroute_at_egress(f, I0, "10.0.3.7", C0),
		ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 0);
}

static void
trusts_strangers_no_more_than_guests(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_configure(f, "interface c0 { role = client }\n"
		"interface g0 { role = guest }\ninterface i0 { }\n"
		"store = 256\n");
	/* no invitation at egress, and no reroute but towards a client */
	fixture_addresses(f, "10.0.3.7", "10.0.1.9");
	WITH_WORDS(f, I0, C0, INVITE);
	fixture_addresses(f, "10.0.1.7", "10.0.2.7");
	assert_int_equal(WITH_WORDS(f, C0, -1, REROUTE), ROUTER_CHANGED);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 0);
	invite_by(f, G0, "10.0.2.7");
	fixture_addresses(f, "10.0.3.7", "10.0.2.9");
	assert_int_equal(WITH_WORDS(f, I0, G0, REROUTE), ROUTER_CHANGED);
	fixture_addresses(f, "10.0.1.7", "10.0.2.9");
	assert_int_equal(WITH_WORDS(f, C0, G0, REROUTE), ROUTER_REROUTE);
}

static void
reroutes_a_guest_only_towards_clients(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const from[] = {"10.0.3.7", "10.0.1.7"};
	static const int in[] = {I0, C0};

	for (int i = 0; i < 2; i++) {
		f->now_ns += UINT64_C(20000000000);	/* the last one is dead */
		fixture_addresses(f, from[i], "10.0.2.7");
		WITH_WORDS(f, in[i], G0, INVITE);
		fixture_addresses(f, "10.0.2.7", "10.0.3.9");
		WITH_WORDS(f, G0, -1, REROUTE);
		WITH_WORDS(f, G0, -1, INVITE);
	}
}

static void
obeys_client_prefixes(void **state)
{
	struct xdp_fixture *f = *state;

	fixture_configure(f, "interface c0 { role = client }\n"
		"interface g0 { role = guest }\n"
		"interface i0 { role = internal }\n"
		"client-prefixes = {\"10.0.3.0/24\"}\nstore = 256\n");
	fixture_addresses(f, "10.0.3.7", "10.0.2.7");
	WITH_WORDS(f, I0, G0, INVITE);
	fixture_addresses(f, "10.0.2.7", "10.0.1.7");
	WITH_WORDS(f, G0, -1, REROUTE);
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 1);
	/* nobody is a client who is behind a guest's interface */
	fixture_configure(f, "interface c0 { role = guest }\n"
		"interface g0 { role = guest }\n"
		"client-prefixes = {\"10.0.0.0/8\"}\nstore = 256\n");
	invite_by(f, C0, "10.0.1.7");
	fixture_addresses(f, "10.0.2.7", "10.0.1.9");
	assert_int_equal(WITH_WORDS(f, G0, C0, REROUTE), ROUTER_CHANGED);
	fixture_configure(f, "interface c0 { role = client }\n"
		"interface g0 { role = guest }\n"
		"client-prefixes = {\"10.0.0.0/8\"}\nstore = 256\n");
	invite_by(f, C0, "10.0.1.7");
	fixture_addresses(f, "10.0.2.7", "10.0.1.9");
	assert_int_equal(WITH_WORDS(f, G0, C0, REROUTE), ROUTER_REROUTE);
}

static void
refuses_the_operators_source_from_outside(void **state)
{
	struct xdp_fixture *f = *state;

	for (int i = 0; i < 2; i++) {
		fixture_addresses(f, i ? "2001:db8:3::7" : "10.0.3.7",
			i ? "2001:db8:1::7" : "10.0.1.7");
		f->flags = PACKET_FLAG_INGRESS;
		assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_DROP);
		assert_int_equal(ENTER(f, G0, FORWARD), ROUTER_DROP);
		f->flags = 0;
		assert_int_equal(ENTER(f, G0, FORWARD), ROUTER_DROP);
		f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_BACK |
			PACKET_FLAG_RETURNED;
		assert_int_equal(ENTER(f, C0, FORWARD), ROUTER_CHANGED);
		assert_int_equal(ENTER(f, I0, FORWARD), ROUTER_CHANGED);
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_FORGED), 6);
}

static void
refuses_it_in_mode_fast(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;
	struct made made;

	fixture_set_flags(f, C0, XDP_IF_FAST | XDP_IF_REDIRECT_TO, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	fixture_addresses(f, "10.0.3.9", "10.0.3.7");
	fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_DROP);
	fixture_addresses(f, "10.0.2.9", "10.0.3.7");
	fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_REDIRECT);
}

static void
lets_only_the_operator_write_protected_entries(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const pairs[][2] = {{"10.0.3.7", "10.0.1.7"},
		{"10.0.13.7", "10.0.1.7"}, {"10.0.1.7", "10.0.3.7"},
		{"2001:db8:3::7", "2001:db8:1::7"},
		{"2001:db8:13::7", "2001:db8:1::7"}};
	const uint32_t words[8] = {UINT32_C(1) << 30, 7};
	const uint16_t code[] = {INSN(INSERT, 0, 0), INSN(BZ, 0, 1),
		INSN(MOV_TR, 0, 1), INSN(PUSH_R, 0), FORWARD};
	struct frame frame;

	for (size_t i = 0; i < 4 * COUNT(pairs); i++) {
		int in = i & 1 ? I0 : C0;

		f->form.udp = i & 2;
		fixture_addresses(f, pairs[i / 4][0], pairs[i / 4][1]);
		fixture_frame(f, in, code, COUNT(code), words, 8, &frame);
		fixture_ingress(f, &frame, in);
		fixture_egress(f, &frame, in, C0);
	}
}

/* Encapsulations, as bytes */

/* The first bytes of the IP packet grow; the rest moves. */
static void
insert_bytes(struct frame *frame, size_t off, const uint8_t *bytes,
	size_t size)
{
	uint8_t *p = frame->bytes + frame->ip_off + off;

	memmove(p + size, p, frame->size - frame->ip_off - off);
	memcpy(p, bytes, size);
	frame->size += size;
}

static void
mend_v4(struct frame *frame)
{
	uint8_t *p = frame->bytes + frame->ip_off;

	packet_put16(p + 10, 0);
	packet_put16(p + 10, (uint16_t)~packet_sum(p, (p[0] & 15) * 4u));
}

static void
add_v4_options(struct frame *frame, const uint8_t *options, size_t size)
{
	uint8_t *p = frame->bytes + frame->ip_off;

	insert_bytes(frame, 20, options, size);
	p[0] = (uint8_t)(0x45 + size / 4);
	packet_put16(p + 2, (uint16_t)(packet_get16(p + 2) + size));
	mend_v4(frame);
}

static void
add_v6_extension(struct frame *frame, uint8_t type, const uint8_t *bytes,
	size_t size)
{
	uint8_t *p = frame->bytes + frame->ip_off;
	uint8_t next = p[6];

	insert_bytes(frame, 40, bytes, size);
	p[6] = type;
	p[40] = next;
	p[41] = (uint8_t)(size / 8 - 1);
	packet_put16(p + 4, (uint16_t)(packet_get16(p + 4) + size));
}

static void
takes_ipv4_options_but_no_source_route(void **state)
{
	struct xdp_fixture *f = *state;
	static const struct {
		uint8_t bytes[40];
		size_t size;
		enum router_verdict verdict;
	} options[] = {
		{{1, 1, 1, 0}, 4, ROUTER_SEND},
		{{7, 7, 4, 0, 0, 0, 0, 0}, 8, ROUTER_SEND},
		{{131, 7, 4, 10, 0, 0, 1, 0}, 8, ROUTER_PLAIN},
		{{1, 137, 3, 4}, 4, ROUTER_PLAIN},
		{{0, 137, 3, 4}, 4, ROUTER_SEND},
		{{7, 1, 137, 3}, 4, ROUTER_SEND},
		{{7, 40, [39] = 137}, 40, ROUTER_SEND},
		{{7, 39, [39] = 137}, 40, ROUTER_PLAIN},
		{{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
		  137}, 40, ROUTER_PLAIN},
	};
	struct frame frame;

	for (size_t i = 0; i < COUNT(options); i++) {
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		add_v4_options(&frame, options[i].bytes, options[i].size);
		assert_int_equal(fixture_ingress(f, &frame, C0),
			options[i].verdict);
		assert_int_equal(fixture_egress(f, &frame, C0, I0),
			options[i].verdict);
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_NOT_WASP), 8);
}

static void
takes_four_extension_headers_of_options(void **state)
{
	struct xdp_fixture *f = *state;
	static const uint8_t pad[8] = {0, 0, 1, 4};
	static const uint8_t more[16] = {0, 0, 1, 4, 0, 0, 0, 0, 0x1e, 6};
	struct frame frame;

	fixture_addresses(f, "2001:db8:1::7", "2001:db8:3::7");
	for (int count = 1; count <= 5; count++) {
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		for (int i = 1; i < count; i++)
			add_v6_extension(&frame, 60, more, sizeof(more));
		add_v6_extension(&frame, count & 1 ? 0 : 60, pad, sizeof(pad));
		assert_int_equal(fixture_ingress(f, &frame, C0),
			count <= 4 ? ROUTER_SEND : ROUTER_PLAIN);
		fixture_egress(f, &frame, C0, I0);
	}
}

/* What the kernel drops before netfilter must not come back by a program. */
static void
leaves_hop_by_hop_options_that_the_kernel_refuses(void **state)
{
	struct xdp_fixture *f = *state;
	static const struct {
		uint8_t bytes[16];
		bool taken;
	} options[] = {
		{{0, 0, 1, 4, 0, 0, 0, 0, 1, 6}, false},	/* too long */
		{{0, 0, 5, 2, 0, 0, 0x1e, 8}, true},	/* router alert */
		{{0, 0, 5, 3, 0, 0, 0, 1, 7}, false},
		{{0, 0, 0x45, 2, 0, 0, 0x1e, 8}, false},	/* drop if unknown */
		{{0, 0, 0x85, 2, 0, 0, 0x1e, 8}, false},
		{{0, 0, 0xc2, 4, 0, 0, 0, 0, 1, 6}, false},	/* jumbogram */
		{{0, 0, 0x1e, 12}, true},
		{{0, 0, 0x1e, 13}, false},
		{{0, 0, 0x1e, 10, [14] = 0, [15] = 0}, true},
		{{0, 0, 0x1e, 4, 0, 0, 0, 0, 1, 4, 0, 0, 0, 7, 0, 0}, false},
		{{0, 0, 0x31, 12}, false}, {{0, 0, 7, 12}, false},
		{{0, 0, 0x1e, 8, [12] = 1, 2, 0, 0}, true},
		{{0, 0, 0x1e, 8, [12] = 1, 2, 0, 1}, false},
		{{0, 0, 0x1e, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, true},
		{{0, 0, 0x1e, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, false},
	};
	struct frame frame;

	fixture_addresses(f, "2001:db8:1::7", "2001:db8:3::7");
	for (size_t i = 0; i < COUNT(options); i++) {
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		add_v6_extension(&frame, 0, options[i].bytes, 16);
		if (fixture_ingress(f, &frame, C0) != (options[i].taken ?
		    ROUTER_SEND : ROUTER_PLAIN))
			fail_msg("options %zu", i);
	}
}

static void
leaves_fragments_and_routing_headers_plain(void **state)
{
	struct xdp_fixture *f = *state;
	static const uint8_t header[8] = {0};
	static const uint8_t types[] = {44, 43, 51, 135};
	struct frame frame;

	for (unsigned i = 0; i < 14; i++) {
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		packet_put16(frame.bytes + frame.ip_off + 6,
			(uint16_t)(1u << i));
		mend_v4(&frame);
		assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_PLAIN);
		assert_int_equal(fixture_egress(f, &frame, C0, I0),
			ROUTER_PLAIN);
	}
	fixture_addresses(f, "2001:db8:1::7", "2001:db8:3::7");
	for (unsigned i = 0; i < COUNT(types); i++) {
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		add_v6_extension(&frame, types[i], header, sizeof(header));
		assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_PLAIN);
		assert_int_equal(fixture_egress(f, &frame, C0, I0),
			ROUTER_PLAIN);
	}
}

static void
leaves_wasp_inside_wasp_plain(void **state)
{
	struct xdp_fixture *f = *state;
	static const struct {
		uint8_t next_header, udp_port_at;
		bool nested;
	} kinds[] = {{PACKET_PROTOCOL, 0, true}, {IP_PROTOCOL_UDP, 0, true},
		{IP_PROTOCOL_UDP, 2, true}, {IP_PROTOCOL_UDP, 4, false},
		{6, 0, false}};
	struct frame frame, inner;

	for (size_t i = 0; i < COUNT(kinds); i++) {
		f->next_header = kinds[i].next_header;
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		packet_put16(frame.bytes + frame.size + kinds[i].udp_port_at,
			PACKET_UDP_PORT);
		frame.size += 8;
		packet_put16(frame.bytes + frame.ip_off + 2,
			(uint16_t)(frame.size - frame.ip_off));
		mend_v4(&frame);
		assert_int_equal(fixture_ingress(f, &frame, C0),
			kinds[i].nested ? ROUTER_PLAIN : ROUTER_SEND);
		assert_int_equal(fixture_egress(f, &frame, C0, I0),
			kinds[i].nested ? ROUTER_PLAIN : ROUTER_SEND);
	}
	/* behind the end of UDP, but in the IP packet */
	f->next_header = IP_PROTOCOL_UDP;
	f->form.udp = true;
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	packet_put16(frame.bytes + frame.size, PACKET_UDP_PORT);
	frame.size += 8;
	packet_put16(frame.bytes + frame.ip_off + 2,
		(uint16_t)(frame.size - frame.ip_off));
	mend_v4(&frame);
	assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_PLAIN);
	/* a whole IP packet inside, cut shorter and shorter */
	for (unsigned cut = 0; cut < 60; cut++) {
		f->next_header = PACKET_NEXT_NONE;
		f->form.udp = cut & 1;
		fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &inner);
		f->form.udp = false;
		f->next_header = 4;
		fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
		if (cut > inner.size - inner.ip_off)
			break;
		memcpy(frame.bytes + frame.size, inner.bytes + inner.ip_off,
			inner.size - inner.ip_off);
		frame.size += inner.size - inner.ip_off - cut;
		packet_put16(frame.bytes + frame.ip_off + 2,
			(uint16_t)(frame.size - frame.ip_off));
		mend_v4(&frame);
		fixture_ingress(f, &frame, C0);
		fixture_egress(f, &frame, C0, I0);
	}
}

/* Whoever is asked has no route to a group, nor a last hop. */
static void
runs_what_is_for_a_group(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const pairs[][2] = {{"10.0.1.7", "239.1.2.3"},
		{"2001:db8:1::7", "ff1e::123"}};
	struct frame frame;

	for (size_t i = 0; i < COUNT(pairs); i++) {
		fixture_addresses(f, pairs[i][0], pairs[i][1]);
		assert_int_equal(ENTER(f, C0, RETURN), ROUTER_CHANGED);
		assert_int_equal(LEAVE(f, C0, I0, RETURN), ROUTER_CHANGED);
		assert_int_equal(LEAVE(f, C0, G0, INSN(PUSH_F, ISA_ENV_LAST)),
			ROUTER_CHANGED);
		fixture_frame(f, C0, CODE(FORWARD), NULL, 1, &frame);
		memset(frame.bytes, 0xff, 6);
		assert_int_equal(fixture_ingress(f, &frame, C0),
			ROUTER_CHANGED);
		memcpy(frame.bytes, "\x02\0\0\0\0\x01", 6);	/* to c0 alone */
		assert_int_equal(fixture_ingress(f, &frame, C0),
			ROUTER_CHANGED);
		frame.bytes[5]++;
		assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_PLAIN);
		fixture_addresses(f, pairs[i][0], i ? "2001:db8:3::7" :
			"10.0.3.7");
		fixture_frame(f, C0, CODE(FORWARD), NULL, 1, &frame);
		frame.bytes[0] |= 1;
		assert_int_equal(fixture_ingress(f, &frame, C0), ROUTER_PLAIN);
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURN_ADDRESS), 4);
}

static void
leaves_what_the_kernel_would_not_take(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame, changed;
	struct made made;

	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	changed = frame;
	changed.bytes[5]++;			/* to another host */
	assert_int_equal(fixture_ingress(f, &changed, C0), ROUTER_PLAIN);
	memset(changed.bytes, 0xff, 6);
	assert_int_equal(fixture_ingress(f, &changed, C0), ROUTER_PLAIN);
	changed = frame;
	changed.bytes[changed.ip_off + 10]++;	/* header checksum */
	assert_int_equal(fixture_ingress(f, &changed, C0), ROUTER_PLAIN);
	changed = frame;
	changed.size--;				/* shorter than it says */
	assert_int_equal(fixture_ingress(f, &changed, C0), ROUTER_PLAIN);
	changed = frame;
	changed.size += 9;			/* padding is none of it */
	assert_int_equal(fixture_ingress(f, &changed, C0), ROUTER_SEND);
	for (size_t size = 14; size < frame.size; size++) {
		changed = frame;
		changed.size = size;
		fixture_xdp(f, &changed, C0, &made);
		assert_int_equal(made.action, XDP_PASS);
		assert_memory_equal(made.frame.bytes, changed.bytes, size);
	}
}

static void
runs_tagged_frames_for_the_interface_of_the_tag(void **state)
{
	struct xdp_fixture *f = *state;
	static const uint32_t inner = 0x81000064, outer = 0x88a80032;
	struct xdp_vlan key;
	struct frame frame;
	struct made made;
	int fd = fixture_map(f, "wasp_vlans");

	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	frame_tag(&frame, inner);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
	assert_false(made.has_note);		/* nobody's tag */
	assert_memory_equal(made.frame.bytes, frame.bytes, frame.size);

	/* VLAN 100 of c0 is g0; and 50 of i0, with 100 in it, c0 */
	key = (struct xdp_vlan){(uint32_t)f->ifindex[C0], inner};
	assert_int_equal(bpf_map_update_elem(fd, &key, &f->ifindex[G0],
		BPF_ANY), 0);
	fixture_xdp(f, &frame, C0, &made);
	assert_false(made.has_note);		/* g0 has another address */
	memcpy(frame.bytes, "\x02\0\0\0\0\x02", 6);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURN_PATH), 1);

	fixture_addresses(f, "10.0.2.7", "10.0.3.7");
	fixture_frame(f, G0, CODE(RETURN), NULL, 3, &frame);
	frame_tag(&frame, inner | 0xe000);	/* a priority says nothing */
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.send_ifindex, f->ifindex[G0]);

	key = (struct xdp_vlan){(uint32_t)f->ifindex[I0], outer};
	bpf_map_update_elem(fd, &key, &f->ifindex[C0], BPF_ANY);
	frame_tag(&frame, outer);
	fixture_xdp(f, &frame, I0, &made);
	assert_int_equal(made.send_ifindex, f->ifindex[G0]);
	assert_int_equal(fixture_counted(f, XDP_COUNT_RETURNED), 2);
	frame_tag(&frame, outer);		/* three are too many */
	fixture_xdp(f, &frame, I0, &made);
	assert_false(made.has_note);

	fixture_addresses(f, "10.0.1.7", "10.0.3.7");
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	frame_tag(&frame, 0x8100e000);		/* VLAN 0: only a priority */
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.send_ifindex, f->ifindex[C0]);
	bpf_map_delete_elem(fd, &key);
	key = (struct xdp_vlan){(uint32_t)f->ifindex[C0], inner};
	bpf_map_delete_elem(fd, &key);
}

/* How it leaves */

static void
redirects_returns_to_devices_that_take_them(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;
	struct made made;
	uint8_t *p;

	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS;
	fixture_set_flags(f, C0, XDP_IF_REDIRECT_TO, 0);
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	memcpy(frame.bytes + 6, "\x02\0\0\0\0\x99", 6);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_REDIRECT);
	assert_memory_equal(made.frame.bytes, "\x02\0\0\0\0\x07", 6);
	assert_memory_equal(made.frame.bytes + 6, "\x02\0\0\0\0\x01", 6);

	/* not where the egress hook runs, nor with a sum of a socket's */
	f->flags |= PACKET_FLAG_BACK;
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
	assert_int_equal(made.send_ifindex, f->ifindex[C0]);
	f->flags = PACKET_FLAG_INGRESS;
	f->form.udp = true;
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_REDIRECT);
	p = frame.bytes + frame.ip_off;
	packet_put16(p + 26, packet_fold((uint64_t)packet_sum(p + 12, 8) +
		IP_PROTOCOL_UDP + packet_get16(p + 24)));
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
	assert_int_equal(made.send_ifindex, f->ifindex[C0]);
	/* nor to a neighbour who is not known */
	f->form.udp = false;
	fixture_addresses(f, "10.0.1.55", "10.0.3.7");
	fixture_frame(f, C0, CODE(RETURN), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
	assert_int_equal(made.send_ifindex, f->ifindex[C0]);
	fixture_set_flags(f, C0, 0, XDP_IF_SENDER);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_DROP);
	assert_int_equal(fixture_counted(f, XDP_COUNT_SEND_FAILED), 1);
}

static void
leaves_segments_to_the_kernel(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;
	struct made made;

	f->form.udp = true;
	fixture_frame(f, -1, CODE(INSN(DROP)), NULL, 3, &frame);
	fixture_tc(f, &frame, -1, I0, 2, &made);
	assert_int_equal(made.action, (uint32_t)TC_GO_ON);
	assert_memory_equal(made.frame.bytes, frame.bytes, frame.size);
	assert_int_equal(fixture_counted(f, XDP_COUNT_SEGMENTS), 1);
	fixture_tc(f, &frame, -1, I0, 1, &made);
	assert_int_equal(made.action, TC_DROP);
}

/* Mode fast: ingress, hop limit, egress, as the portable path and the kernel. */
static void
compare_fast(struct xdp_fixture *f, const uint16_t *code, unsigned count,
	enum router_verdict verdict)
{
	struct frame frame, portable;
	struct router_packet packet;
	struct ip_info info;
	struct made made;
	uint8_t *p;

	fixture_frame(f, C0, code, count, NULL, 8, &frame);
	portable = frame;
	p = portable.bytes + portable.ip_off;
	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	packet = (struct router_packet){.hook = NODE_INGRESS, .p = p,
		.size = frame.size - frame.ip_off, .in_ifindex = f->ifindex[C0],
		.now_ns = f->now_ns, .time_ns = f->now_ns};
	assert_int_equal(router_packet(f->router, &packet), ROUTER_CHANGED);
	assert_int_equal(ip_find(p, packet.size, &f->config.numbers, &info),
		IP_OK);
	ip_set_hop_limit(p, &info, info.hop_limit - 1);
	packet.hook = NODE_EGRESS;
	packet.out_ifindex = f->ifindex[I0];
	assert_int_equal(router_packet(f->router, &packet), verdict);

	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, verdict == ROUTER_DROP ? XDP_DROP :
		verdict == ROUTER_SEND ? XDP_PASS : XDP_REDIRECT);
	if (verdict != ROUTER_DROP)
		assert_memory_equal(made.frame.bytes + frame.ip_off, p,
			frame.size - frame.ip_off);
	if (made.action != XDP_REDIRECT)
		return;
	assert_memory_equal(made.frame.bytes, "\x02\0\0\0\0\x07", 6);
	assert_memory_equal(made.frame.bytes + 6, "\x02\0\0\0\0\x03", 6);
}

static void
sends_past_the_kernel_in_mode_fast(void **state)
{
	struct xdp_fixture *f = *state;
	const uint16_t at_egress[] = {INSN(ENV_R, 0, ISA_ENV_HOOK),
		INSN(ADDI, 0, -1), INSN(BZ, 0, 1), RETURN, FORWARD};
	const uint16_t drop[] = {INSN(ENV_R, 0, ISA_ENV_HOOK),
		INSN(ADDI, 0, -1), INSN(BZ, 0, 1), INSN(DROP), FORWARD};
	const uint16_t facts[] = {INSN(PUSH_F, ISA_ENV_HOOK),
		INSN(PUSH_F, ISA_ENV_TTL), INSN(PUSH_F, ISA_ENV_LAST),
		INSN(PUSH_F, ISA_ENV_TRANSIT)};

	fixture_set_flags(f, C0, XDP_IF_FAST, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	for (int i = 0; i < 4; i++) {
		if (i & 1)
			fixture_addresses(f, "2001:db8:1::7",
				"2001:db8:13::7");
		else
			fixture_addresses(f, "10.0.1.7", "10.0.3.7");
		f->form.udp = i & 2;
		compare_fast(f, facts, COUNT(facts), ROUTER_CHANGED);
		compare_fast(f, drop, COUNT(drop), ROUTER_DROP);
		compare_fast(f, at_egress, COUNT(at_egress), ROUTER_SEND);
	}
	f->flags = PACKET_FLAG_INGRESS;
	compare_fast(f, CODE(FORWARD), ROUTER_PLAIN);
	fixture_set_flags(f, I0, 0, XDP_IF_EGRESS);
	f->flags |= PACKET_FLAG_EGRESS;
	fixture_configure(f, "interface c0 { role = client }\n"
		"interface i0 { role = internal\n egress = false }\n"
		"store = 256\n");
	fixture_set_flags(f, C0, XDP_IF_FAST, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	compare_fast(f, CODE(FORWARD), ROUTER_PLAIN);
}

/*
 * Rerouted at egress: to a neighbour that is known; else by the kernel, with the
 * hop limit that it came with, and the word that it has run.
 */
static void
reroutes_in_mode_fast(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const to[] = {"10.0.3.7", "10.0.3.55"};
	uint32_t words[8] = {[SECRET + 1] = 5};
	uint8_t secret[KEY_SIZE] = {[KEY_SIZE - 1] = 5};
	struct frame frame;
	struct ip_info info;
	struct made made;

	words[NAME] = (uint32_t)(key_of_secret(secret) >> 32);
	words[NAME + 1] = (uint32_t)key_of_secret(secret);
	fixture_configure(f, "interface c0 { role = client }\n"
		"interface i0 { role = client }\nstore = 256\n");
	fixture_set_flags(f, C0, XDP_IF_FAST, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	for (int i = 0; i < 2; i++) {
		f->flags = PACKET_FLAG_INGRESS;
		fixture_addresses(f, to[i], "10.0.1.9");
		fixture_frame(f, I0, CODE(INVITE), words, 8,
			&frame);
		fixture_xdp(f, &frame, I0, &made);
		f->flags |= PACKET_FLAG_EGRESS;
		fixture_addresses(f, "10.0.1.7", "10.0.3.9");
		fixture_frame(f, C0, CODE(REROUTE), words, 8, &frame);
		fixture_xdp(f, &frame, C0, &made);
		assert_int_equal(made.action, i ? XDP_PASS : XDP_REDIRECT);
		assert_int_equal(ip_find(made.frame.bytes + frame.ip_off,
			frame.size - frame.ip_off, &f->config.numbers, &info),
			IP_OK);
		assert_true(ip_addr_parse(to[i], f->form.dst));
		assert_memory_equal(info.dst, f->form.dst, IP_ADDR_SIZE);
		assert_int_equal(info.hop_limit, f->form.hop_limit - !i);
		assert_true(info.wasp.rerouted);
		assert_int_equal(made.has_note, i);
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_REROUTED), 2);
}

/* What the kernel alone can do, in mode fast too. */
static void
leaves_to_the_kernel_what_it_alone_can(void **state)
{
	struct xdp_fixture *f = *state;
	static const char *const pairs[][2] = {
		{"10.0.1.7", "10.0.1.9"},	/* back where it came from */
		{"10.0.1.7", "10.0.3.1"},	/* this node's */
		{"10.0.1.7", "10.0.3.55"},	/* who knows the neighbour? */
		{"10.0.1.7", "10.0.4.7"},	/* not ours */
		{"10.0.1.7", "10.0.2.7"},	/* takes no frames */
		{"10.0.1.7", "10.0.14.7"}, {"10.0.1.7", "224.0.0.9"},
		{"10.0.1.2", "10.0.3.7"}, {"127.0.0.1", "10.0.3.7"},
		{"fe80::7", "2001:db8:3::7"}, {"2001:db8:1::7", "ff0e::1"}};
	struct frame frame;

	fixture_set_flags(f, C0, XDP_IF_FAST | XDP_IF_REDIRECT_TO, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct made made;

		fixture_addresses(f, pairs[i][0], pairs[i][1]);
		fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
		fixture_xdp(f, &frame, C0, &made);
		assert_int_equal(made.action, XDP_PASS);
		assert_int_equal(made.frame.bytes[frame.ip_off +
			(f->form.family == 4 ? 8 : 7)], f->form.hop_limit);
	}
	assert_int_equal(fixture_counted(f, XDP_COUNT_FAST_NOT),
		COUNT(pairs));
	assert_int_equal(fixture_counted(f, XDP_COUNT_FAST), 0);
}

static void
obeys_the_reverse_path_in_mode_fast(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame;
	struct made made;

	fixture_set_flags(f, C0, XDP_IF_FAST, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	fixture_addresses(f, "10.0.2.9", "10.0.3.7");
	fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_REDIRECT);
	fixture_set_flags(f, C0, XDP_IF_LOOSE_PATH, 0);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_REDIRECT);
	fixture_set_flags(f, C0, XDP_IF_STRICT_PATH, XDP_IF_LOOSE_PATH);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
	fixture_set_flags(f, C0, XDP_IF_LOOSE_PATH, XDP_IF_STRICT_PATH);
	fixture_addresses(f, "10.0.99.9", "10.0.3.7");
	fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(made.action, XDP_PASS);
}

static uint32_t
go_fast(struct xdp_fixture *f, const struct frame *frame)
{
	struct made made;

	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	fixture_xdp(f, frame, C0, &made);
	return made.action;
}

/* What is kept is a processor's own. */
static void
stay_on_this_processor(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET((size_t)sched_getcpu(), &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
}

/* Is what was found about a packet asked anew for another one? */
static void
asks_anew_for_what_is_not_the_same(void **state)
{
	struct xdp_fixture *f = *state;
	struct frame frame, other;
	size_t size;

	stay_on_this_processor();
	fixture_set_flags(f, C0, XDP_IF_FAST, 0);
	fixture_set_flags(f, I0, XDP_IF_REDIRECT_TO, 0);
	fixture_frame(f, C0, CODE(FORWARD), NULL, 3, &frame);
	assert_int_equal(go_fast(f, &frame), XDP_REDIRECT);
	assert_int_equal(system("ip neigh del 10.0.3.7 dev i0; "
		"ip link set i0 mtu 1280"), 0);
	/* what was found is kept for a millisecond, */
	assert_int_equal(go_fast(f, &frame), XDP_REDIRECT);
	f->now_ns += 999999;
	assert_int_equal(go_fast(f, &frame), XDP_REDIRECT);
	/* for the same addresses, class and generation */
	other = frame;
	other.bytes[other.ip_off + 1] = 0xb8;
	packet_put16(other.bytes + other.ip_off + 10, 0);
	packet_put16(other.bytes + other.ip_off + 10, (uint16_t)
		~packet_sum(other.bytes + other.ip_off, 20));
	assert_int_equal(go_fast(f, &other), XDP_PASS);
	assert_int_equal(go_fast(f, &frame), XDP_REDIRECT);
	f->settings->generation++;
	assert_int_equal(go_fast(f, &frame), XDP_PASS);
	assert_int_equal(system("ip neigh add 10.0.3.7 "
		"lladdr 02:00:00:00:00:07 nud permanent dev i0"), 0);
	assert_int_equal(go_fast(f, &frame), XDP_REDIRECT);
	/* and for what is not too long */
	other = frame;
	size = other.ip_off + 1281;
	memset(other.bytes + other.size, 0, size - other.size);
	other.size = size;
	packet_put16(other.bytes + other.ip_off + 2, 1281);
	packet_put16(other.bytes + other.ip_off + 10, 0);
	packet_put16(other.bytes + other.ip_off + 10, (uint16_t)
		~packet_sum(other.bytes + other.ip_off, 20));
	assert_int_equal(go_fast(f, &other), XDP_PASS);
	assert_int_equal(system("ip link set i0 mtu 1500"), 0);
	f->now_ns += 1000000;
	assert_int_equal(go_fast(f, &other), XDP_REDIRECT);
}

/* A word of the scratchpad, behind so many instructions, over IPv4. */
static uint32_t
word_of(const struct frame *frame, unsigned count, unsigned n)
{
	return packet_get32(frame->bytes + frame->ip_off + 20 +
		PACKET_HEADER_SIZE + packet_code_size(count) + 4 * n);
}

/* Does the kernel show programs its own structs?  Linux 6.2. */
static bool
shows_structs(void)
{
	return system("grep -q ' bpf_cast_to_kern_ctx$' /proc/kallsyms") == 0;
}

static void
send_to_queue(const char *addr, unsigned count)
{
	static const uint8_t bytes[1000];
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9)};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	assert_int_equal(inet_pton(AF_INET, addr, &to.sin_addr), 1);
	for (unsigned i = 0; i < count; i++)
		assert_int_equal(sendto(fd, bytes, sizeof(bytes), 0,
			(struct sockaddr *)&to, sizeof(to)), sizeof(bytes));
	close(fd);
}

/*
 * Nobody tells the program what waits: what was told is older than a second.
 * The queue lets 125 bytes a second go.
 */
static void
reads_the_queue_itself_at_egress(void **state)
{
	struct xdp_fixture *f = *state;
	const uint16_t code[] = {INSN(PUSH_F, ISA_ENV_QUEUE),
		INSN(PUSH_F, ISA_ENV_QUEUE_PKTS), INSN(PUSH_F, ISA_ENV_DROPS)};
	struct link_load before, after;
	struct frame frame;
	struct made made;
	uint32_t queue;

	if (!shows_structs())
		skip();
	fixture_configure(f, "interface c0 { role = client\n"
		"tell = operator }\ninterface i0 { role = internal }\n"
		"store = 256\n");
	assert_int_equal(system("tc qdisc add dev i0 root tbf rate 1kbit "
		"burst 1600 limit 30000"), 0);
	send_to_queue("10.0.3.7", 6);
	f->now_ns = 5000 * SECOND;
	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	fixture_frame(f, -1, code, COUNT(code), NULL, 8, &frame);
	f->world.load(f->world.arg, f->ifindex[I0], f->now_ns, &before);
	fixture_tc(f, &frame, C0, I0, 1, &made);
	f->world.load(f->world.arg, f->ifindex[I0], f->now_ns + SECOND,
		&after);
	assert_int_equal(system("tc qdisc del dev i0 root"), 0);
	queue = word_of(&made.frame, COUNT(code), 0);
	assert_in_range(queue, 4000, 30000);
	assert_in_range(queue, before.queue < after.queue ? before.queue :
		after.queue, before.queue < after.queue ? after.queue :
		before.queue);
	assert_in_range(word_of(&made.frame, COUNT(code), 1), 4, 30);
	assert_int_equal(word_of(&made.frame, COUNT(code), 2),
		ISA_ENV_UNKNOWN);
}

/* What a program at c0 reads of a queue of 7 bytes, as it was so long ago. */
static uint32_t
queue_of(struct xdp_fixture *f, uint64_t age_ns)
{
	const uint16_t code[] = {INSN(PUSH_F, ISA_ENV_QUEUE)};
	struct xdp_load load = {.now_ns = f->now_ns - age_ns, .queue = 7};
	uint32_t number = 1;
	struct frame frame;
	struct made made;

	bpf_map_update_elem(fixture_map(f, "wasp_loads"), &number, &load,
		BPF_ANY);
	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	fixture_frame(f, C0, code, COUNT(code), NULL, 1, &frame);
	fixture_xdp(f, &frame, C0, &made);
	return word_of(&made.frame, COUNT(code), 0);
}

static void
counts_who_is_told_an_old_state(void **state)
{
	static const uint64_t fresh_ns = 10000000;
	struct xdp_fixture *f = *state;

	fixture_configure(f, "interface c0 { role = client\n"
		"tell = operator }\nstore = 256\n");
	f->now_ns = 6000 * SECOND;
	assert_int_equal(queue_of(f, 0), 7);
	assert_int_equal(queue_of(f, fresh_ns), 7);
	assert_int_equal(fixture_counted(f, XDP_COUNT_STATE_OLD), 0);
	assert_int_equal(queue_of(f, fresh_ns + 1), 7);
	assert_int_equal(fixture_counted(f, XDP_COUNT_STATE_OLD), 1);
	assert_int_equal(queue_of(f, SECOND), ISA_ENV_UNKNOWN);
	assert_int_equal(fixture_counted(f, XDP_COUNT_STATE_OLD), 1);
}

/* Let somebody hold every bucket of the store from then on. */
static void
hold_all(struct xdp_fixture *f, uint64_t since_ns)
{
	struct ess_bucket *buckets = f->store[1];
	uint32_t ticket = (uint32_t)(since_ns >> 26) << 12 | 1;

	for (size_t i = 0; i < f->store_size[1] / sizeof(*buckets); i++)
		buckets[i].header.lock.owner = ticket;
}

static void
says_that_an_entry_stays_busy(void **state)
{
	struct xdp_fixture *f = *state;
	const uint16_t code[] = {INSN(INSERT, 0, 0), INSN(PUSH_R, 0)};
	uint32_t words[4] = {0, 1, 9, 9};
	struct frame frame;
	struct made made;

	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	fixture_frame(f, C0, code, COUNT(code), words, 4, &frame);
	frame.bytes[frame.ip_off + 20 + PACKET_OFF_CURSOR] = 2;
	hold_all(f, f->now_ns - SECOND / 2);
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(word_of(&made.frame, COUNT(code), 2), 0);
	assert_int_equal(made.frame.bytes[frame.ip_off + 20 +
		PACKET_OFF_STATUS], PACKET_STATUS_REFUSED);
	assert_int_equal(made.frame.bytes[frame.ip_off + 20 +
		PACKET_OFF_HOPS], 1);
	/* and takes it over from who is dead */
	f->now_ns += 2 * SECOND;
	f->settings->now_ns = f->settings->time_ns = f->now_ns;
	fixture_xdp(f, &frame, C0, &made);
	assert_int_equal(word_of(&made.frame, COUNT(code), 2), ESS_CREATED);
	assert_int_equal(made.frame.bytes[frame.ip_off + 20 +
		PACKET_OFF_STATUS], 0);
}

#define TEST(name) {#name, name}
static const struct {
	const char *name;
	CMUnitTestFunction function;
} cases[] = {
	TEST(runs_at_both_hooks), TEST(drops),
	TEST(marks_a_fault_and_lets_the_packet_go_on),
	TEST(runs_no_packet_that_did_not_ask),
	TEST(obeys_hooks_that_are_off_and_unknown_interfaces),
	TEST(leaves_what_expires_here_to_the_kernel),
	TEST(verifies_the_checksum_where_configured),
	TEST(tells_the_same_environment),
	TEST(returns_a_packet_the_way_it_came),
	TEST(refuses_returns_as_the_portable_path_does),
	TEST(returns_by_another_way_where_loose),
	TEST(finds_every_hop_of_a_multipath_route), TEST(limits_returns),
	TEST(reroutes_to_who_invited),
	TEST(reroutes_at_egress_to_who_invited),
	TEST(reroutes_at_egress_by_the_same_interface_only),
	TEST(trusts_strangers_no_more_than_guests),
	TEST(reroutes_in_mode_fast),
	TEST(reroutes_a_guest_only_towards_clients),
	TEST(obeys_client_prefixes),
	TEST(refuses_the_operators_source_from_outside),
	TEST(refuses_it_in_mode_fast),
	TEST(lets_only_the_operator_write_protected_entries),
	TEST(takes_ipv4_options_but_no_source_route),
	TEST(takes_four_extension_headers_of_options),
	TEST(leaves_hop_by_hop_options_that_the_kernel_refuses),
	TEST(leaves_fragments_and_routing_headers_plain),
	TEST(leaves_wasp_inside_wasp_plain),
	TEST(runs_what_is_for_a_group),
	TEST(leaves_what_the_kernel_would_not_take),
	TEST(runs_tagged_frames_for_the_interface_of_the_tag),
	TEST(redirects_returns_to_devices_that_take_them),
	TEST(leaves_segments_to_the_kernel),
	TEST(sends_past_the_kernel_in_mode_fast),
	TEST(leaves_to_the_kernel_what_it_alone_can),
	TEST(asks_anew_for_what_is_not_the_same),
	TEST(reads_the_queue_itself_at_egress),
	TEST(counts_who_is_told_an_old_state),
	TEST(says_that_an_entry_stays_busy),
	TEST(obeys_the_reverse_path_in_mode_fast),
};

int
main(void)
{
	static struct xdp_fixture fixtures[2] = {{.loop = false},
		{.loop = true}};
	struct CMUnitTest tests[2 * COUNT(cases)];
	int failed;

	if (geteuid() != 0 || !fixture_network())
		return 77;
	for (size_t i = 0; i < COUNT(tests); i++)
		tests[i] = (struct CMUnitTest){cases[i % COUNT(cases)].name,
			cases[i % COUNT(cases)].function, fixture_begin,
			fixture_end, &fixtures[i / COUNT(cases)]};
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	fixture_free(&fixtures[0]);
	fixture_free(&fixtures[1]);
	return failed;
}
