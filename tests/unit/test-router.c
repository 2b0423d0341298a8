/* SPDX-License-Identifier: BSD-2-Clause */
/* The router's decisions, in a world made up here; no privilege is needed. */
#define _GNU_SOURCE
#include "tests/unit/test.h"

#include <libmnl/libmnl.h>
#include <libnftnl/chain.h>
#include <libnftnl/rule.h>
#include <libnftnl/table.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/nfnetlink.h>
#include <stdlib.h>

#include "router/kernel.h"
#include "router/admit.h"
#include "router/env.h"
#include "router/match.h"
#include "router/router.h"
#include "router/rules.h"
#include "router/trace.h"
#include "tests/unit/matcher.h"
#include "tests/unit/program.h"
#include "verify/policy-file.h"

/* A node with a client, a guest and an internal interface. */
enum { CLIENT = 11, GUEST = 12, INTERNAL = 13, OTHER = 14 };
#define SECOND UINT64_C(1000000000)

static const char config_text[] =
	"interface c0 { role = client }\n"
	"interface g0 { role = guest\n return-rate = 2 }\n"
	"interface i0 { role = internal\n operator = true }\n"
	"operator-prefixes = {\"10.0.3.0/24\"}\n"
	"store = 8\n";

static const char *const locals[] = {"10.0.1.2", "10.0.2.1", "10.0.3.1",
	"2001:db8:1::2"};

static bool
fake_local(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	uint8_t local[IP_ADDR_SIZE];

	(void)arg;
	for (size_t i = 0; i < COUNT(locals); i++)
		if (ip_addr_parse(locals[i], local) &&
		    !memcmp(local, addr, IP_ADDR_SIZE))
			return true;
	return false;
}

/* 10.0.N/24 is behind interface 10 + N; .255 is broadcast; 10.0.9 nowhere. */
static void
fake_route(void *arg, const uint8_t addr[IP_ADDR_SIZE], struct route *route)
{
	unsigned net = ip_addr_is_v4(addr) ? addr[14] : addr[5];
	int ifindex = net >= 1 && net <= 3 ? 10 + (int)net : 0;

	(*(unsigned *)arg)++;
	*route = (struct route){.kind = ROUTE_NONE};
	if (!ifindex)
		return;
	route->kind = fake_local(NULL, addr) ? ROUTE_LOCAL :
		addr[15] == 255 ? ROUTE_OTHER : ROUTE_UNICAST;
	route->hop_count = 1;
	route->hops[0] = (struct route_hop){ifindex, addr[15] < 100};
}

/* The kernel's own check: not from this one. */
static bool
fake_accepts(void *arg, int in_ifindex, const uint8_t src[IP_ADDR_SIZE],
	const uint8_t dst[IP_ADDR_SIZE])
{
	(void)arg, (void)in_ifindex, (void)dst;
	return src[15] != 66;
}

/* A second is enough for a firewall to be put in. */
enum { JUDGED = 1 };
static bool
fake_judged(void *arg, uint64_t now_ns)
{
	(void)arg;
	return now_ns >= (100 + JUDGED) * SECOND;
}

static bool
fake_address(void *arg, int ifindex, uint8_t family, uint8_t addr[IP_ADDR_SIZE])
{
	(void)arg;
	return family == 4 && ifindex == CLIENT &&
		ip_addr_parse("10.0.1.2", addr);
}

static uint32_t
fake_mtu(void *arg, int ifindex)
{
	(void)arg;
	return 1500 + (uint32_t)ifindex;
}

static uint32_t
fake_rate(void *arg, int ifindex, uint64_t now_ns)
{
	(void)arg, (void)ifindex, (void)now_ns;
	return 1000;
}

static void
fake_load(void *arg, int ifindex, uint64_t now_ns, struct link_load *load)
{
	(void)arg, (void)ifindex, (void)now_ns;
	*load = (struct link_load){100, 1, 2, 3, 4, 5, 6};
}

struct fixture {
	struct config config;
	unsigned routes;		/* how often a route was asked for */
	struct router *router;
	uint8_t bytes[IP_HEADERS_MAX + PACKET_SIZE_MAX];
	uint8_t sent[IP_HEADERS_MAX + PACKET_SIZE_MAX];
	struct router_packet packet;
	struct ip_info info;		/* of what the router made of it */
	struct ip_form form;		/* of the next packet */
	uint8_t flags, status, ident;
};

static void
count_diag(void *arg, const struct diag *diag)
{
	struct diag *last = arg;

	*last = *diag;
	last->quote = NULL;
}

static void
set_addresses(struct fixture *f, const char *src, const char *dst)
{
	assert_true(ip_addr_parse(src, f->form.src));
	assert_true(ip_addr_parse(dst, f->form.dst));
	f->form.family = ip_addr_is_v4(f->form.src) ? 4 : 6;
}

static int
setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct diag diag = {0};
	struct world world = {.arg = &f->routes, .is_local = fake_local,
		.route = fake_route, .accepts = fake_accepts,
		.is_judged = fake_judged,
		.address = fake_address, .mtu = fake_mtu, .rate = fake_rate,
		.load = fake_load};

	*state = f;
	assert_true(config_read(&f->config, config_text, "test", count_diag,
		&diag));
	f->router = router_new(&f->config, &world, NULL);
	assert_non_null(f->router);
	for (unsigned i = 0; i < 3; i++)
		router_set_ifindex(f->router, i + 1, CLIENT + (int)i);
	f->form = (struct ip_form){.hop_limit = 9, .protocol = PACKET_PROTOCOL};
	set_addresses(f, "10.0.1.7", "10.0.3.7");
	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS | PACKET_FLAG_BACK;
	f->packet.now_ns = 100 * SECOND;
	f->packet.time_ns = UINT64_C(1700000000) * SECOND + 123456789;
	return 0;
}

static int
teardown(void **state)
{
	struct fixture *f = *state;

	router_free(f->router);
	free(f);
	return 0;
}

/* Build the packet and hand it in, at ingress of `in` or at egress of `out`. */
static enum router_verdict
handle(struct fixture *f, int in, int out, const uint16_t *code,
	unsigned code_count)
{
	enum router_verdict verdict;
	struct object object;

	program_make(&object, code, code_count, NULL, 4);
	object.header.flags = f->flags;
	object.header.status = f->status;
	object.header.ident = f->ident;
	program_header_changed(&object);
	f->packet.size = ip_build(f->bytes, sizeof(f->bytes), &f->form,
		object.packet, object.size);
	assert_true(f->packet.size > 0);
	memcpy(f->sent, f->bytes, f->packet.size);
	f->packet.p = f->bytes;
	f->packet.hook = out ? NODE_EGRESS : NODE_INGRESS;
	f->packet.in_ifindex = in;
	f->packet.out_ifindex = out;
	verdict = router_packet(f->router, &f->packet);
	if (verdict == ROUTER_PLAIN)
		assert_memory_equal(f->bytes, f->sent, f->packet.size);
	else
		assert_int_equal(packet_checksum(f->bytes +
			f->packet.size - object.size, object.size),
			packet_get16(f->bytes + f->packet.size - object.size +
				PACKET_OFF_CHECKSUM));
	assert_int_equal(ip_find(f->bytes, f->packet.size, &f->config.numbers,
		&f->info), IP_OK);
	return verdict;
}
#define HANDLE(f, in, out, ...) \
	handle(f, in, out, (const uint16_t[]){__VA_ARGS__}, \
		COUNT(((const uint16_t[]){__VA_ARGS__})))
#define RETURN INSN(RETURN)
#define FORWARD INSN(FORWARD)

static uint32_t
word(const struct fixture *f, unsigned n)
{
	return packet_word(f->bytes + f->info.wasp_off, &f->info.wasp, n);
}

/* What a field reads for a packet. */
static uint32_t
ask(struct fixture *f, int in, int out, enum isa_env field)
{
	assert_int_equal(HANDLE(f, in, out, INSN(PUSH_F, (int)field)),
		ROUTER_CHANGED);
	return word(f, 0);
}

static bool
turned(const struct fixture *f)
{
	return f->info.wasp.flags & PACKET_FLAG_RETURNED &&
		!memcmp(f->info.src, f->form.dst, IP_ADDR_SIZE) &&
		!memcmp(f->info.dst, f->form.src, IP_ADDR_SIZE) &&
		f->info.hop_limit == PACKET_RETURN_HOP_LIMIT;
}

/* One packet at one hook */

static void
runs_and_changes_words_at_both_hooks(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_HOOK), NODE_INGRESS);
	assert_int_equal(f->info.wasp.hops, 1);
	assert_int_equal(ask(f, CLIENT, INTERNAL, ISA_ENV_HOOK), NODE_EGRESS);
	assert_int_equal(router_counted(f->router, ROUTER_FORWARDED), 2);
}

static void
drops(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(DROP)), ROUTER_DROP);
	assert_int_equal(router_counted(f->router, ROUTER_DROPPED), 1);
}

static void
marks_a_fault_and_lets_the_packet_go_on(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(FAULT, 3)), ROUTER_CHANGED);
	assert_int_equal(f->info.wasp.status, ISA_FAULT_PROGRAM + 3);
	assert_int_equal(router_counted(f->router, ROUTER_FAULTED), 1);
	assert_int_equal(router_faults(f->router, ISA_FAULT_PROGRAM + 3), 1);
}

static void
leaves_alone_what_it_does_not_run(void **state)
{
	struct fixture *f = *state;

	f->status = 1;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_PLAIN);
	f->status = 0;
	f->flags = PACKET_FLAG_EGRESS;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_PLAIN);
	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_RETURNED;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_PLAIN);
	assert_int_equal(router_counted(f->router, ROUTER_NOT_ASKED), 3);
	f->flags = PACKET_FLAG_INGRESS;
	assert_int_equal(HANDLE(f, OTHER, 0, RETURN), ROUTER_PLAIN);
	assert_int_equal(router_counted(f->router, ROUTER_NO_INTERFACE), 1);
	f->config.interfaces[0].ingress = false;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_PLAIN);
	assert_int_equal(router_counted(f->router, ROUTER_HOOK_OFF), 1);
}

static void
leaves_an_expiring_packet_to_the_kernel(void **state)
{
	struct fixture *f = *state;

	f->form.hop_limit = 1;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_PLAIN);
	assert_int_equal(router_counted(f->router, ROUTER_EXPIRES), 1);
	set_addresses(f, "10.0.1.7", "10.0.2.1");
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_SEND);
}

static void
verifies_the_checksum_where_told(void **state)
{
	struct fixture *f = *state;
	enum router_verdict verdict;

	for (int i = 0; i < 2; i++) {
		f->config.interfaces[0].verify_checksum = i;
		HANDLE(f, CLIENT, 0, FORWARD);
		memcpy(f->bytes, f->sent, f->packet.size);
		f->bytes[f->packet.size - 1] ^= 1;
		verdict = router_packet(f->router, &f->packet);
		assert_int_equal(verdict, i ? ROUTER_PLAIN : ROUTER_CHANGED);
	}
	assert_int_equal(router_counted(f->router, ROUTER_BAD_CHECKSUM), 1);
}

/* The policy of the client's interface, by its text. */
static void
set_policy(struct fixture *f, const char *text)
{
	struct config_interface *interface = &f->config.interfaces[0];

	interface->has_policy = true;
	if (!verify_policy_read(&interface->policy, text, "p", NULL, NULL))
		fail_msg("%s", text);
}

static void
does_not_run_what_the_policy_does_not_admit(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "ingress { steps = 2 }");
	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(LDI, 1, 1), FORWARD),
		ROUTER_CHANGED);
	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(LDI, 1, 1), INSN(LDI, 1, 1),
		FORWARD), ROUTER_PLAIN);
	set_policy(f, "cost = 20");
	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(INSERT, 0, 0), FORWARD),
		ROUTER_PLAIN);
	set_policy(f, "egress { cost = 20 }");
	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(INSERT, 0, 0), FORWARD),
		ROUTER_CHANGED);
	assert_int_equal(router_counted(f->router, ROUTER_NOT_ADMITTED), 2);
}

/* What is admitted has the standard limits, whatever the numbers are. */
static void
grants_the_standard_limits_to_what_it_admits(void **state)
{
	struct fixture *f = *state;

	set_policy(f, "accesses = 4");
	assert_int_equal(HANDLE(f, CLIENT, 0, INSN(LOOKUP, 0, 0),
		INSN(LOOKUP, 0, 0), INSN(LOOKUP, 0, 0), INSN(LOOKUP, 0, 0),
		FORWARD), ROUTER_CHANGED);
	assert_int_equal(router_counted(f->router, ROUTER_FAULTED), 0);
}

/* Programs are told apart by all that the answer depends on. */
static void
remembers_what_programs_use(void **state)
{
	static struct admit admit;
	const uint16_t code[] = {INSN(LOOKUP, 0, 0), INSN(ST_R, 0, 2)};
	const uint32_t words[] = {0, 1, 2, 3};
	const struct verify_use *use;
	struct object object;

	(void)state;
	program_make(&object, code, COUNT(code), words, COUNT(words));
	use = admit_use(&admit, object.packet, &object.header);
	assert_true(use->hook[0].spaces == 1u << KEY_PUBLIC);
	object_put_word(&object, 0, 0x12345678);	/* another key */
	object_put_word(&object, 2, 0xffffffff);	/* written anyway */
	object.header.seq = 5;
	assert_ptr_equal(admit_use(&admit, object.packet, &object.header),
		use);
	assert_int_equal(admit.hits, 1);
	object_put_word(&object, 0, 0x52345678);	/* of another space */
	use = admit_use(&admit, object.packet, &object.header);
	assert_true(use->hook[0].spaces == 1u << KEY_PROTECTED);
	object.header.flags = PACKET_FLAG_EGRESS;
	use = admit_use(&admit, object.packet, &object.header);
	assert_true(use->hook[0].opcodes == 0);
	object.packet[PACKET_HEADER_SIZE + 3] ^= 1;	/* of another word */
	use = admit_use(&admit, object.packet, &object.header);
	assert_int_equal(admit.hits, 1);
	assert_int_equal(admit.misses, 4);
}

/* However many programs come, the answers are those of the verifier. */
static void
remembers_no_more_than_there_is_room_for(void **state)
{
	static struct admit admit;
	uint64_t rng = 9;

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		uint16_t code[4];
		struct verify_use use;
		struct object object;

		bool rare = i & 1;

		for (unsigned pc = 0; pc < COUNT(code); pc++)
			code[pc] = (uint16_t)(rare ? random_next(&rng) :
				INSN(PUSH_F, 0) + random_next(&rng) % 3);
		program_make(&object, code, COUNT(code), NULL, 8);
		verify_use_find(&use, object.packet, &object.header, NULL);
		assert_memory_equal(admit_use(&admit, object.packet,
			&object.header), &use, sizeof(use));
	}
	assert_true(admit.hits > 0 && admit.misses > 256);
}

static void
asks_for_no_route_that_it_does_not_need(void **state)
{
	struct fixture *f = *state;

	ask(f, CLIENT, 0, ISA_ENV_TTL);
	ask(f, CLIENT, INTERNAL, ISA_ENV_QUEUE);
	assert_int_equal(f->routes, 0);
}

/* return */

static void
returns_to_where_it_came_in(void **state)
{
	struct fixture *f = *state;

	for (unsigned udp = 0; udp < 2; udp++) {
		f->form.udp = udp;
		f->form.sport = 4000;
		f->form.dport = PACKET_UDP_PORT;
		assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_SEND);
		assert_true(turned(f));
		assert_true(f->packet.as_it_came);
		assert_int_equal(f->packet.send_ifindex, CLIENT);
		assert_int_equal(f->info.dport, udp ? 4000 : 0);
	}
	assert_int_equal(router_counted(f->router, ROUTER_RETURNED), 2);
}

static void
returns_at_egress_translated_unless_seen_at_ingress(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(HANDLE(f, CLIENT, INTERNAL, RETURN), ROUTER_SEND);
	assert_true(turned(f));
	assert_false(f->packet.as_it_came);
	HANDLE(f, CLIENT, 0, FORWARD);
	assert_int_equal(HANDLE(f, CLIENT, INTERNAL, RETURN), ROUTER_SEND);
	assert_true(f->packet.as_it_came);
}

static void
does_not_return_what_came_back(void **state)
{
	struct fixture *f = *state;

	f->flags |= PACKET_FLAG_RETURNED;
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_CHANGED);
	assert_memory_equal(f->info.dst, f->form.dst, IP_ADDR_SIZE);
	assert_int_equal(router_counted(f->router, ROUTER_RETURNED), 0);
}

static void
does_not_return_between_such_addresses(void **state)
{
	static const char *const pairs[][2] = {
		{"127.0.0.1", "10.0.3.7"}, {"0.0.0.0", "10.0.3.7"},
		{"169.254.1.1", "10.0.3.7"}, {"224.0.0.5", "10.0.3.7"},
		{"10.0.1.7", "224.0.0.5"}, {"10.0.1.7", "255.255.255.255"},
		{"10.0.1.7", "10.0.3.255"}, {"10.0.1.255", "10.0.3.7"},
		{"10.0.1.7", "10.0.1.7"}, {"10.0.1.7", "127.0.0.1"},
		{"fe80::1", "2001:db8:3::7"}, {"2001:db8:1::7", "ff02::1"},
		{"::1", "2001:db8:3::7"}, {"2001:db8:1::7", "fe80::1"},
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < COUNT(pairs); i++) {
		set_addresses(f, pairs[i][0], pairs[i][1]);
		if (HANDLE(f, CLIENT, 0, RETURN) != ROUTER_CHANGED ||
		    turned(f))
			fail_msg("%s > %s", pairs[i][0], pairs[i][1]);
	}
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_ADDRESS),
		COUNT(pairs));
}

static void
does_not_return_to_itself(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.1", "10.0.3.7");
	assert_int_equal(HANDLE(f, 0, INTERNAL, RETURN), ROUTER_CHANGED);
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_CHANGED);
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_OWN), 2);
}

static void
checks_the_reverse_path_strictly_but_inside(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "10.0.3.7");
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_CHANGED);
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_PATH), 1);
	set_addresses(f, "10.0.9.7", "10.0.3.7");
	assert_int_equal(HANDLE(f, INTERNAL, 0, RETURN), ROUTER_CHANGED);
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_PATH), 2);
	set_addresses(f, "10.0.2.7", "10.0.1.7");
	assert_int_equal(HANDLE(f, INTERNAL, 0, RETURN), ROUTER_CHANGED);
	f->info.hop_limit--;
	assert_true(turned(f));		/* in place: the kernel forwards it */
	assert_int_equal(HANDLE(f, INTERNAL, CLIENT, RETURN), ROUTER_CHANGED);
	assert_false(turned(f));	/* no firewall would see it */
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_ACROSS), 1);
}

static void
lets_the_kernel_judge_where_its_own_check_is_loose(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "10.0.3.1");
	assert_int_equal(HANDLE(f, INTERNAL, 0, RETURN), ROUTER_SEND);
	assert_int_equal(f->packet.send_ifindex, 0);
	set_addresses(f, "10.0.2.66", "10.0.3.1");
	assert_int_equal(HANDLE(f, INTERNAL, 0, RETURN), ROUTER_CHANGED);
	assert_false(turned(f));
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_PATH), 1);
}

static void
limits_returns_for_each_interface(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "10.0.3.7");
	for (int i = 0; i < 5; i++)
		HANDLE(f, GUEST, 0, RETURN);
	assert_int_equal(router_counted(f->router, ROUTER_RETURNED), 2);
	assert_int_equal(router_counted(f->router, ROUTER_RETURN_RATE), 3);
	set_addresses(f, "10.0.1.7", "10.0.3.7");
	assert_int_equal(HANDLE(f, CLIENT, 0, RETURN), ROUTER_SEND);
	set_addresses(f, "10.0.2.7", "10.0.3.7");
	f->packet.now_ns += SECOND / 2;
	assert_int_equal(HANDLE(f, GUEST, 0, RETURN), ROUTER_SEND);
	assert_int_equal(HANDLE(f, GUEST, 0, RETURN), ROUTER_CHANGED);
}

/* The environment */

static void
tells_the_packets_own_facts_to_everyone(void **state)
{
	struct fixture *f = *state;

	f->ident = 77;
	set_addresses(f, "10.0.2.7", "10.0.3.7");
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_TTL), 9);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_HOPS), 1);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_IDENT), 77);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_SRC3), 0x0a000207);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_SRC2), 0xffff);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_LOCAL), 0);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_LENGTH), f->packet.size);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_TIME_S), 1700000000);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_FLOW1),
		(uint32_t)ip_flow_key(&f->info));
	assert_int_not_equal(ask(f, GUEST, 0, ISA_ENV_RANDOM),
		ask(f, GUEST, 0, ISA_ENV_RANDOM));
	assert_int_equal(ask(f, GUEST, INTERNAL, ISA_ENV_LAST), 1);
	set_addresses(f, "10.0.2.7", "10.0.3.107");
	assert_int_equal(ask(f, GUEST, INTERNAL, ISA_ENV_LAST), 0);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_LAST), ISA_ENV_UNKNOWN);
}

/* fake_route knows of both by the numbers in them. */
static void
knows_no_last_hop_of_a_group(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "239.1.3.7");
	assert_int_equal(ask(f, GUEST, INTERNAL, ISA_ENV_LAST),
		ISA_ENV_UNKNOWN);
	set_addresses(f, "2001:db8:2::7", "ff1e:0:3::7");
	assert_int_equal(ask(f, GUEST, INTERNAL, ISA_ENV_LAST),
		ISA_ENV_UNKNOWN);
}

static void
believes_no_interface_that_ipv6_multicast_leaves_by(void **state)
{
	struct fixture *f = *state;

	f->config.interfaces[1].tell_set = true;
	f->config.interfaces[1].tell = ISA_WHO_OPERATOR;
	set_addresses(f, "2001:db8:2::7", "ff1e::123");
	ask(f, GUEST, 0, ISA_ENV_HOOK);
	assert_int_equal(ask(f, INTERNAL, INTERNAL, ISA_ENV_IN_IF), 2);
	assert_int_equal(ask(f, CLIENT, CLIENT, ISA_ENV_IN_IF), 2);
	f->ident++;	/* another, of which ingress knows nothing */
	assert_int_equal(ask(f, INTERNAL, INTERNAL, ISA_ENV_TTL), 9);
	assert_int_equal(ask(f, INTERNAL, INTERNAL, ISA_ENV_MTU),
		ISA_ENV_UNKNOWN);
	assert_int_equal(ask(f, 0, INTERNAL, ISA_ENV_MTU), 1500 + INTERNAL);
}

static void
tells_each_no_more_than_its_due(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "10.0.1.7");
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_MTU), 1500 + GUEST);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_QUEUE), ISA_ENV_UNKNOWN);
	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_QUEUE), 100);
	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_RATE), ISA_ENV_UNKNOWN);
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_QUEUE), 100);
	assert_int_equal(ask(f, 0, CLIENT, ISA_ENV_QUEUE), 100);
	assert_int_equal(ask(f, OTHER, CLIENT, ISA_ENV_MTU), ISA_ENV_UNKNOWN);
	f->config.interfaces[1].tell_set = true;
	f->config.interfaces[1].tell = ISA_WHO_OPERATOR;
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_RATE), 1000);
	assert_int_equal(ask(f, GUEST, 0, ISA_ENV_ROLE), CONFIG_GUEST);
	f->config.interfaces[0].role = CONFIG_NO_ROLE;
	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_MTU), ISA_ENV_UNKNOWN);
}

static void
knows_the_operator_by_interface_source_and_path(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.3.7", "10.0.1.7");
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_RATE), 1000);
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_IN_IF), 3);
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_OUT_IF), 0);
	assert_int_equal(ask(f, INTERNAL, CLIENT, ISA_ENV_OUT_IF), 1);
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_FREE), 8);
	/* another interface, another source, UDP, on its way back */
	f->config.interfaces[2].is_operator = false;
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_RATE), ISA_ENV_UNKNOWN);
	f->config.interfaces[2].is_operator = true;
	set_addresses(f, "10.0.2.7", "10.0.1.7");
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_RATE), ISA_ENV_UNKNOWN);
	set_addresses(f, "10.0.3.7", "10.0.1.7");
	f->flags |= PACKET_FLAG_RETURNED;
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_RATE), ISA_ENV_UNKNOWN);
	f->flags &= ~PACKET_FLAG_RETURNED;
	f->form.udp = true;
	f->form.dport = PACKET_UDP_PORT;
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_RATE), ISA_ENV_UNKNOWN);
}

static void
refuses_the_operators_source_from_outside(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.3.7", "10.0.1.7");
	assert_int_equal(HANDLE(f, CLIENT, 0, FORWARD), ROUTER_DROP);
	assert_int_equal(HANDLE(f, GUEST, 0, FORWARD), ROUTER_DROP);
	/* also what does not run here, but may behind */
	f->flags = 0;
	assert_int_equal(HANDLE(f, GUEST, 0, FORWARD), ROUTER_DROP);
	f->config.interfaces[1].role = CONFIG_NO_ROLE;
	f->config.interfaces[1].ingress = false;
	assert_int_equal(HANDLE(f, GUEST, 0, FORWARD), ROUTER_DROP);
	assert_int_equal(router_counted(f->router, ROUTER_FORGED), 4);
	/* not inside, and not what has nobody's rights anyway */
	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS;
	f->config.interfaces[2].is_operator = false;
	assert_int_equal(HANDLE(f, INTERNAL, 0, FORWARD), ROUTER_CHANGED);
	assert_int_equal(HANDLE(f, CLIENT, INTERNAL, FORWARD), ROUTER_CHANGED);
	f->flags |= PACKET_FLAG_BACK | PACKET_FLAG_RETURNED;
	assert_int_equal(HANDLE(f, CLIENT, 0, FORWARD), ROUTER_CHANGED);
	f->flags = PACKET_FLAG_INGRESS;
	f->form.udp = true;
	f->form.dport = PACKET_UDP_PORT;
	assert_int_equal(HANDLE(f, CLIENT, 0, FORWARD), ROUTER_CHANGED);
}

static void
lets_only_the_operator_write_protected_entries(void **state)
{
	struct fixture *f = *state;

	/* words 0 and 1 are the key 01...: made by a first instruction */
	for (int i = 0; i < 2; i++) {
		set_addresses(f, i ? "10.0.3.7" : "10.0.2.7", "10.0.1.7");
		HANDLE(f, INTERNAL, 0, INSN(LDI, 1, 1), INSN(SHLI, 1, 30),
			INSN(ST_R, 1, 0), INSN(INSERT, 2, 0), INSN(ST_R, 2, 2));
		assert_int_equal(word(f, 2), i ? 2 : 0);
	}
}

static void
gives_the_interfaces_address_or_the_nodes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_NODE3), 0x0a000102);
	assert_int_equal(ask(f, INTERNAL, 0, ISA_ENV_NODE3), 0);
	f->config.has_v4 = ip_addr_parse("192.0.2.9", f->config.v4);
	assert_int_equal(ask(f, CLIENT, 0, ISA_ENV_NODE3), 0xc0000209);
}

static void
measures_transit_from_ingress(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(ask(f, CLIENT, INTERNAL, ISA_ENV_TRANSIT),
		ISA_ENV_UNKNOWN);
	HANDLE(f, CLIENT, 0, FORWARD);
	f->packet.now_ns += 5000;
	assert_int_equal(ask(f, CLIENT, INTERNAL, ISA_ENV_TRANSIT), 5000);
	f->packet.now_ns += 5 * SECOND;
	assert_int_equal(ask(f, CLIENT, INTERNAL, ISA_ENV_TRANSIT), 0xfffffffe);
	f->ident = 1;
	assert_int_equal(ask(f, CLIENT, INTERNAL, ISA_ENV_TRANSIT),
		ISA_ENV_UNKNOWN);
}

/* What this node sends back is the packet of who it came from. */
static void
remembers_whose_it_is_when_it_goes_back(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.2.7", "10.0.3.7");
	assert_int_equal(HANDLE(f, GUEST, 0, RETURN), ROUTER_SEND);
	f->flags |= PACKET_FLAG_RETURNED;
	set_addresses(f, "10.0.3.7", "10.0.2.7");
	assert_int_equal(ask(f, 0, GUEST, ISA_ENV_MTU), 1500 + GUEST);
	assert_int_equal(ask(f, 0, GUEST, ISA_ENV_QUEUE), ISA_ENV_UNKNOWN);
	f->ident = 1;			/* nobody's */
	assert_int_equal(ask(f, 0, GUEST, ISA_ENV_MTU), ISA_ENV_UNKNOWN);
}

/* Invitations: 10.0.1.7 leaves one where it leaves, for who comes in there. */

static uint32_t
invite(struct fixture *f, int in, int out)
{
	uint16_t code[] = {INSN(INVITE, 1, 0), INSN(ST_R, 1, 2)};

	assert_int_equal(handle(f, in, out, code, 2), ROUTER_CHANGED);
	return word(f, 2);
}

/* reroute by the name that belongs to a secret of zeros. */
static uint32_t
reroute(struct fixture *f, int in, int out)
{
	uint8_t zero[KEY_SIZE] = {0};
	uint64_t name = key_of_secret(zero);
	uint16_t code[ISA_OPERAND_MAX + 64];
	enum router_verdict verdict;
	unsigned n = 0;

	for (unsigned w = 0; w < 2; w++) {
		uint32_t value = (uint32_t)(name >> (w ? 0 : 32));

		code[n++] = INSN(LDI, 1, 0);
		for (int shift = 24; shift >= 0; shift -= 8) {
			code[n++] = INSN(SHLI, 1, 8);
			code[n++] = INSN(LDI, 2, (int)(value >> shift & 0xff));
			code[n++] = INSN(OR, 1, 2);
		}
		code[n++] = INSN(ST_R, 1, (int)w);
	}
	code[n++] = INSN(REROUTE, 3, 0);
	code[n++] = INSN(ST_R, 3, 2);
	verdict = handle(f, in, out, code, n);
	assert_int_equal(verdict, out && word(f, 2) ? ROUTER_REROUTE :
		ROUTER_CHANGED);
	return word(f, 2);
}

static void
reroutes_to_who_left_an_invitation(void **state)
{
	struct fixture *f = *state;
	uint8_t invited[IP_ADDR_SIZE];

	f->config.interfaces[1].role = CONFIG_CLIENT;
	set_addresses(f, "10.0.1.7", "10.0.2.7");
	assert_int_equal(reroute(f, GUEST, 0), 0);
	assert_int_equal(invite(f, CLIENT, GUEST), 2);
	assert_int_equal(invite(f, CLIENT, GUEST), 1);
	set_addresses(f, "10.0.2.8", "10.0.3.8");
	assert_int_equal(reroute(f, GUEST, 0), 1);
	assert_true(ip_addr_parse("10.0.1.7", invited));
	assert_memory_equal(f->info.dst, invited, IP_ADDR_SIZE);
	assert_int_equal(router_counted(f->router, ROUTER_REROUTED), 1);
	/* made at the egress of one interface, of use only at its ingress */
	assert_int_equal(reroute(f, CLIENT, 0), 0);
	set_addresses(f, "10.0.2.8", "239.1.2.3");
	assert_int_equal(reroute(f, GUEST, 0), 0);
	set_addresses(f, "10.0.2.8", "10.0.3.8");
	f->form.udp = true;
	f->form.dport = PACKET_UDP_PORT;
	assert_int_equal(reroute(f, GUEST, 0), 0);
	f->form.udp = false;
	f->flags |= PACKET_FLAG_RETURNED;
	assert_int_equal(reroute(f, GUEST, 0), 0);
	assert_int_equal(invite(f, CLIENT, GUEST), 0);
	f->flags &= ~PACKET_FLAG_RETURNED;
	/* a guest only towards a client */
	f->config.interfaces[1].role = CONFIG_GUEST;
	assert_int_equal(reroute(f, GUEST, 0), 1);
	f->config.interfaces[0].role = CONFIG_INTERNAL;
	assert_int_equal(reroute(f, GUEST, 0), 0);
}

/* A new configuration may number them anew. */
static void
invitations_follow_their_interface(void **state)
{
	struct fixture *f = *state;
	struct config_interface first = f->config.interfaces[0];

	f->config.interfaces[1].role = CONFIG_CLIENT;
	set_addresses(f, "10.0.1.7", "10.0.2.7");
	assert_int_equal(invite(f, CLIENT, GUEST), 2);
	f->config.interfaces[0] = f->config.interfaces[1];
	f->config.interfaces[1] = first;
	router_configure(f->router, &f->config);
	router_set_ifindex(f->router, 1, GUEST);
	router_set_ifindex(f->router, 2, CLIENT);
	set_addresses(f, "10.0.2.8", "10.0.3.8");
	assert_int_equal(reroute(f, CLIENT, 0), 0);
	assert_int_equal(reroute(f, GUEST, 0), 1);
}

static void
reroutes_at_egress_to_who_invited_there(void **state)
{
	struct fixture *f = *state;
	uint8_t invited[IP_ADDR_SIZE];

	assert_true(ip_addr_parse("10.0.1.7", invited));
	assert_int_equal(invite(f, CLIENT, 0), 2);
	set_addresses(f, "10.0.3.7", "10.0.1.9");
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 1);
	assert_memory_equal(f->info.dst, invited, IP_ADDR_SIZE);
	assert_int_equal(f->info.hop_limit, f->form.hop_limit);
	assert_int_equal(f->packet.send_ifindex, CLIENT);
	/* what this node made; not what came in nobody knows where */
	set_addresses(f, "10.0.2.1", "10.0.1.9");
	assert_int_equal(reroute(f, 0, CLIENT), 1);
	set_addresses(f, "10.0.2.7", "10.0.1.9");
	assert_int_equal(reroute(f, 0, CLIENT), 0);
	assert_int_equal(reroute(f, OTHER, CLIENT), 0);
	/* nor out of the interface that it came in by */
	set_addresses(f, "10.0.1.8", "10.0.1.9");
	assert_int_equal(reroute(f, CLIENT, CLIENT), 0);
}

/* Nobody asks chains of a packet that this node made, or that comes in. */
static void
leaves_to_chains_what_they_judge(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(invite(f, CLIENT, 0), 2);
	assert_int_equal(invite(f, INTERNAL, CLIENT), 0);
	set_addresses(f, "10.0.3.7", "10.0.1.9");
	assert_int_equal(invite(f, INTERNAL, CLIENT), 2);
	f->packet.now_ns += JUDGED * SECOND;
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 0);
	set_addresses(f, "10.0.2.1", "10.0.1.9");
	assert_int_equal(reroute(f, 0, CLIENT), 1);
	set_addresses(f, "10.0.1.9", "10.0.2.9");
	assert_int_equal(reroute(f, CLIENT, 0), 1);
}

static void
lets_no_stranger_do_what_guests_may_not(void **state)
{
	struct fixture *f = *state;

	f->config.interfaces[2].role = CONFIG_NO_ROLE;
	assert_int_equal(invite(f, CLIENT, 0), 2);
	set_addresses(f, "10.0.3.7", "10.0.1.9");
	assert_int_equal(invite(f, INTERNAL, CLIENT), 0);
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 1);
	f->config.interfaces[0].role = CONFIG_GUEST;
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 0);
	/* and behind a guest's interface is no client */
	f->config.clients.count = 1;
	f->config.clients.list[0].length = 0;
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 0);
	f->config.interfaces[0].role = CONFIG_CLIENT;
	assert_int_equal(reroute(f, INTERNAL, CLIENT), 1);
}

static void
refuses_invitations_from_strange_sources(void **state)
{
	struct fixture *f = *state;

	set_addresses(f, "10.0.3.7", "10.0.2.7");
	assert_int_equal(invite(f, CLIENT, GUEST), 0);
	set_addresses(f, "10.0.2.7", "10.0.1.7");
	assert_int_equal(invite(f, GUEST, CLIENT), 0);
	assert_int_equal(invite(f, GUEST, 0), 2);
}

/* Small parts */

static void
lets_a_seconds_worth_pass_at_once(void **state)
{
	struct bucket bucket = {0};
	unsigned passed = 0;

	(void)state;
	for (unsigned i = 0; i < 100; i++)
		passed += bucket_take(&bucket, 10, SECOND);
	assert_int_equal(passed, 10);
	assert_false(bucket_take(&bucket, 10, SECOND + SECOND / 20));
	assert_true(bucket_take(&bucket, 10, SECOND + SECOND / 10));
	assert_false(bucket_take(&bucket, 0, 9 * SECOND));
}

static void
remembers_packets_until_others_take_their_place(void **state)
{
	struct trace_table *table = calloc(1, sizeof(*table));
	struct ip_info info = {.family = 4};
	unsigned known = 0;

	(void)state;
	assert_non_null(table);
	assert_null(trace_get(table, &info));
	for (unsigned i = 0; i < 3 * TRACE_SLOTS; i++) {
		info.wasp.ident = (uint16_t)i;
		trace_put(table, &info, i + 1, 3);
		assert_int_equal(trace_get(table, &info)->ingress_ns, i + 1);
	}
	for (unsigned i = 0; i < 3 * TRACE_SLOTS; i++) {
		info.wasp.ident = (uint16_t)i;
		known += trace_get(table, &info) != NULL;
	}
	assert_in_range(known, TRACE_SLOTS / 2, TRACE_SLOTS);
	free(table);
}

/* The kernel's matcher */

static bool
matches(int family, const uint8_t *p, size_t size)
{
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	struct match match;

	match_make(&match, family, &numbers);
	return matcher_takes(&match, p, size);
}

/* A packet of a kind, 0..5: family, UDP there, UDP back; returns its size. */
static size_t
make_packet(struct fixture *f, unsigned kind, const uint8_t *wasp, size_t size)
{
	set_addresses(f, kind & 1 ? "10.0.1.7" : "2001:db8:1::7",
		kind & 1 ? "10.0.3.7" : "2001:db8:3::7");
	f->form.udp = kind >= 2;
	f->form.sport = kind >= 4 ? PACKET_UDP_PORT : 4000;
	f->form.dport = kind >= 4 ? 4000 : PACKET_UDP_PORT;
	return ip_build(f->bytes, sizeof(f->bytes), &f->form, wasp, size);
}

static void
kernel_matches_what_is_wasp_and_not_what_is_not(void **state)
{
	static const struct {
		unsigned off;
		uint8_t value;
	} damages[] = {{0, 'w'}, {1, 'B'}, {2, 0x28}, {4, 0}, {4, 129},
		{4, 100}, {5, 65}, {5, 5}};
	struct fixture *f = *state;
	uint16_t code[] = {FORWARD, RETURN, RETURN};
	struct object object;

	for (unsigned kind = 0; kind < 6; kind++) {
		int family = kind & 1 ? 4 : 6;
		size_t size;
		uint8_t *wasp;

		program_make(&object, code, COUNT(code), NULL, 4);
		object.header.flags |= kind >= 4 ? PACKET_FLAG_RETURNED : 0;
		program_header_changed(&object);
		size = make_packet(f, kind, object.packet, object.size);
		wasp = f->bytes + size - object.size;
		assert_true(matches(family, f->bytes, size));
		assert_false(matches(family, f->bytes, size - 1));
		for (size_t i = 0; i < COUNT(damages); i++) {
			uint8_t kept = wasp[damages[i].off];

			wasp[damages[i].off] = damages[i].value;
			if (matches(family, f->bytes, size))
				fail_msg("kind %u, damage %zu", kind, i);
			wasp[damages[i].off] = kept;
		}
		if (kind >= 4) {
			wasp[PACKET_OFF_FLAGS] &= ~PACKET_FLAG_RETURNED;
			assert_false(matches(family, f->bytes, size));
		}
		if (family == 4) {
			f->bytes[6] |= 0x20;	/* a first fragment */
			assert_false(matches(family, f->bytes, size));
		}
		f->bytes[family == 4 ? 9 : 6] = 6;
		assert_false(matches(family, f->bytes, size));
	}
}

static void
kernel_knows_what_was_rerouted(void **state)
{
	struct fixture *f = *state;
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	uint16_t code[] = {FORWARD, RETURN, RETURN};
	struct object object;
	struct match match;

	for (unsigned i = 0; i < 4 * 6; i++) {
		unsigned kind = i / 4;
		bool back = i & 1 || kind >= 4;
		size_t size;

		program_make(&object, code, COUNT(code), NULL, 4);
		object.header.flags |= back ? PACKET_FLAG_RETURNED : 0;
		object.header.rerouted = i & 2;
		object.header.fault_pc = 2;
		program_header_changed(&object);
		size = make_packet(f, kind, object.packet, object.size);
		match_make_rerouted(&match, kind & 1 ? 4 : 6, &numbers);
		assert_int_equal(matcher_takes(&match, f->bytes, size),
			kind < 2 && !back && object.header.rerouted);
		assert_false(matcher_takes(&match, f->bytes, size - 1));
	}
}

/* IPv6 with extension headers of the given types in front. */
static size_t
extend(uint8_t *to, const uint8_t *from, size_t size, const uint8_t *types,
	unsigned count)
{
	size_t at = 40;

	memcpy(to, from, at);
	for (unsigned i = 0; i < count; i++) {
		size_t length = 8 * (1 + i % 2);

		memset(to + at, 0, length);
		to[at] = i + 1 < count ? types[i + 1] : from[6];
		to[at + 1] = (uint8_t)(length / 8 - 1);
		to[at + 2] = 1;			/* PadN over the rest */
		to[at + 3] = (uint8_t)(length - 4);
		at += length;
	}
	if (count > 0)
		to[6] = types[0];
	memcpy(to + at, from + 40, size - 40);
	packet_put16(to + 4, (uint16_t)(at + size - 80));
	return at + size - 40;
}

static void
kernel_matches_behind_extension_headers(void **state)
{
	static const uint8_t types[] = {0, 60, 60, 60};
	struct fixture *f = *state;
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	uint16_t code[] = {FORWARD};
	uint8_t bytes[sizeof(f->bytes) + 64];
	struct object object;
	struct ip_info info;

	program_make(&object, code, COUNT(code), NULL, 4);
	for (unsigned kind = 0; kind < 4; kind += 2) {
		size_t size = make_packet(f, kind, object.packet, object.size);

		for (unsigned n = 0; n <= COUNT(types); n++) {
			size_t all = extend(bytes, f->bytes, size, types, n);

			assert_int_equal(ip_find(bytes, all, &numbers, &info),
				IP_OK);
			assert_true(matches(6, bytes, all));
		}
	}
}

/* Whatever the bytes are: what ip_find takes, the kernel lets through to it. */
static void
kernel_matches_all_that_ip_find_takes(void **state)
{
	struct fixture *f = *state;
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	uint16_t code[] = {FORWARD, RETURN, RETURN};
	uint64_t random = 7;
	struct object object;
	unsigned taken = 0;

	program_make(&object, code, COUNT(code), NULL, 4);
	for (unsigned i = 0; i < 60000; i++) {
		unsigned kind = i % 6;
		int family = kind & 1 ? 4 : 6;
		size_t size = make_packet(f, kind, object.packet, object.size);
		struct ip_info info;

		for (unsigned n = random_next(&random) % 3; n > 0; n--)
			f->bytes[random_next(&random) % size] =
				(uint8_t)random_next_sized(&random);
		f->bytes[0] = (uint8_t)(family << 4 | (f->bytes[0] & 15));
		if (ip_find(f->bytes, size, &numbers, &info) != IP_OK)
			continue;
		taken++;
		if (!matches(family, f->bytes, size))
			fail_msg("packet %u", i);
	}
	assert_in_range(taken, 20000, 60000);
}

static void
survives_damaged_packets(void **state)
{
	struct fixture *f = *state;
	uint64_t random = 9;

	for (unsigned i = 0; i < 20000; i++) {
		uint16_t code[16];

		for (unsigned n = 0; n < COUNT(code); n++)
			code[n] = (uint16_t)random_next_sized(&random);
		f->form.udp = i & 1;
		f->form.dport = PACKET_UDP_PORT;
		handle(f, CLIENT, 0, code, COUNT(code));
		memcpy(f->bytes, f->sent, f->packet.size);
		f->bytes[random_next(&random) % f->packet.size] =
			(uint8_t)random_next(&random);
		f->packet.size -= random_next(&random) % 3;
		router_packet(f->router, &f->packet);
	}
}

/* Rules as netlink messages */

/* A message of a batch as one line; as libnftnl reads it. */
static void
message_text(FILE *out, const struct nlmsghdr *nlh)
{
	static const char *const names[] = {[NFT_MSG_NEWTABLE] = "table",
		[NFT_MSG_DELTABLE] = "no table", [NFT_MSG_NEWCHAIN] = "chain",
		[NFT_MSG_NEWRULE] = "rule", [NFT_MSG_DELRULE] = "no rule"};
	struct nftnl_table *table = nftnl_table_alloc();
	struct nftnl_chain *chain = nftnl_chain_alloc();
	struct nftnl_rule *rule = nftnl_rule_alloc();
	unsigned type = NFNL_MSG_TYPE(nlh->nlmsg_type);
	char text[4096] = "";

	if (type <= NFT_MSG_DELTABLE) {
		assert_int_equal(nftnl_table_nlmsg_parse(nlh, table), 0);
		nftnl_table_snprintf(text, sizeof(text), table, 0, 0);
	} else if (type == NFT_MSG_NEWCHAIN) {
		assert_int_equal(nftnl_chain_nlmsg_parse(nlh, chain), 0);
		nftnl_chain_snprintf(text, sizeof(text), chain, 0, 0);
	} else {
		assert_int_equal(nftnl_rule_nlmsg_parse(nlh, rule), 0);
		nftnl_rule_snprintf(text, sizeof(text), rule, 0, 0);
	}
	for (char *p = text; (p = strchr(p, '\n')) != NULL; )
		*p = ' ';
	fprintf(out, "%s: %s%s\n", names[type], text,
		nlh->nlmsg_flags & NLM_F_ACK ? " ack" : "");
	nftnl_table_free(table);
	nftnl_chain_free(chain);
	nftnl_rule_free(rule);
}

static struct rules_batch batch;

/* All of the batch, to be freed; it must be whole. */
static char *
batch_text(size_t batch_size)
{
	const struct nlmsghdr *nlh = (const void *)batch.bytes;
	int left = (int)batch_size;
	size_t size;
	char *text;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	assert_in_range(batch_size, 1, RULES_BATCH_SIZE);
	assert_int_equal(nlh->nlmsg_type, NFNL_MSG_BATCH_BEGIN);
	for (nlh = mnl_nlmsg_next(nlh, &left); mnl_nlmsg_ok(nlh, left) &&
	    nlh->nlmsg_type != NFNL_MSG_BATCH_END;
	    nlh = mnl_nlmsg_next(nlh, &left))
		message_text(out, nlh);
	assert_int_equal(left, nlh->nlmsg_len);
	fclose(out);
	return text;
}

static unsigned
occurs(const char *text, const char *what)
{
	unsigned count = 0;

	while ((text = strstr(text, what)) != NULL) {
		count++;
		text++;
	}
	return count;
}

static void
writes_a_rule_for_each_interface_and_hook(void **state)
{
	static const char name[IFNAMSIZ] = "g0";
	struct fixture *f = *state;
	size_t size = rules_write(&batch, &f->config, RULES_ALL, true,
		(struct rules_form){true, true});
	char *text = batch_text(size);

	assert_int_equal(occurs(text, "table: table wasp-waspd ip flags 2"), 1);
	assert_int_equal(occurs(text, "table: table wasp-waspd ip6 flags 2"),
		1);
	assert_int_equal(occurs(text, "hook prerouting prio -290"), 2);
	assert_int_equal(occurs(text, "hook postrouting prio -140"), 2);
	assert_int_equal(occurs(text, "hook output prio -290"), 2);
	assert_int_equal(occurs(text, "rule: ip wasp-waspd in "), 4);
	assert_int_equal(occurs(text, "rule: ip6 wasp-waspd out "), 6);
	assert_int_equal(occurs(text, "match name bpf rev 1"), 14);
	assert_int_equal(occurs(text, "target name NFQUEUE rev 3"), 12);
	assert_int_equal(occurs(text, "notrack"), 2);
	assert_int_equal(occurs(text, " ack\n"), 1);
	assert_non_null(memmem(batch.bytes, size, name, sizeof(name)));
	free(text);
}

static void
writes_rules_for_some_interfaces_only(void **state)
{
	static const char name[IFNAMSIZ] = "g0";
	struct fixture *f = *state;
	unsigned number = config_number(&f->config, "g0");
	size_t size = rules_write(&batch, &f->config,
		RULES_ALL & ~(RULES_ONE << (number - 1)), true,
		(struct rules_form){true, true});
	char *text = batch_text(size);

	assert_int_equal(occurs(text, "rule: ip wasp-waspd in "), 3);
	assert_null(memmem(batch.bytes, size, name, sizeof(name)));
	free(text);
}

static void
leaves_out_what_a_kernel_lacks(void **state)
{
	struct fixture *f = *state;
	char *text = batch_text(rules_write(&batch, &f->config, RULES_ALL, false,
		(struct rules_form){false, false}));

	assert_int_equal(occurs(text, "flags 2"), 0);
	assert_int_equal(occurs(text, "ip6"), 0);
	assert_int_equal(occurs(text, "notrack"), 0);
	assert_int_equal(occurs(text, "rule: ip wasp-waspd self "), 2);
	free(text);
}

static void
has_room_for_every_interface(void **state)
{
	struct fixture *f = *state;
	struct config *config = &f->config;
	char *text;

	config->interface_count = CONFIG_INTERFACE_MAX;
	for (unsigned i = 0; i < CONFIG_INTERFACE_MAX; i++)
		snprintf(config->interfaces[i].name, IFNAMSIZ,
			"interface-%05u", i);
	memset(config->name, 'n', sizeof(config->name) - 1);
	text = batch_text(rules_write(&batch, config, RULES_ALL, true,
		(struct rules_form){true, true}));
	assert_int_equal(occurs(text, "\nrule: "),
		2 * (3 * CONFIG_INTERFACE_MAX + 3));
	free(text);
}

static void
removes_only_its_own(void **state)
{
	char *text = batch_text(rules_write_removal(&batch, "x", 6));

	(void)state;
	assert_int_equal(occurs(text, "\n"), 1);
	assert_int_equal(occurs(text, "no table: table wasp-x ip6 "), 1);
	free(text);
	text = batch_text(rules_write_stop(&batch, "x", true));
	assert_int_equal(occurs(text, "\n"), 2);
	assert_int_equal(occurs(text, "no rule: ip wasp-x "), 1);
	assert_int_equal(occurs(text, "no rule: ip6 wasp-x "), 1);
	free(text);
}

/* The configuration */

/* The file is its own text; one called "missing" is not there. */
static char *
load_name(void *arg, const char *path)
{
	unsigned *loaded = arg;

	++*loaded;
	return strcmp(path, "missing") ? strdup(path) : NULL;
}

static void
reads_the_policies_of_interfaces(void **state)
{
	static const char text[] = "policy = \"steps = 7\"\n"
		"interface a { policy = \"steps = 9\" }\ninterface b {}\n";
	struct config c;
	struct diag diag = {0};
	unsigned loaded = 0;

	(void)state;
	assert_true(config_read(&c, text, "test", count_diag, &diag));
	assert_true(config_read_policies(&c, load_name, &loaded, count_diag,
		&diag));
	assert_int_equal(loaded, 2);
	assert_true(c.interfaces[0].has_policy && c.interfaces[1].has_policy);
	assert_int_equal(c.interfaces[0].policy.hook[0].most[0], 9);
	assert_int_equal(c.interfaces[1].policy.hook[1].most[0], 7);
	strcpy(c.policy_file, "missing");
	assert_false(config_read_policies(&c, load_name, &loaded, count_diag,
		&diag));
	strcpy(c.policy_file, "step = 7");
	assert_false(config_read_policies(&c, load_name, &loaded, count_diag,
		&diag));
	assert_int_equal(diag.id, DIAG_POLICY_FILE_UNKNOWN);
}

static void
runs_all_without_a_policy(void **state)
{
	struct config c;
	struct diag diag = {0};
	unsigned loaded = 0;

	(void)state;
	assert_true(config_read(&c, "interface a {}\n", "test", count_diag,
		&diag));
	assert_true(config_read_policies(&c, load_name, &loaded, count_diag,
		&diag));
	assert_int_equal(loaded, 0);
	assert_false(c.interfaces[0].has_policy);
}

/* "At most 10 ms old", also for the first who asks after a pause. */
static void
samples_often_enough_whoever_asks(void **state)
{
	static const uint64_t ms = 1000000, pauses[] = {0, 999, 1000, 1000000};
	struct config c;

	(void)state;
	config_defaults(&c);
	for (unsigned i = 0; i < sizeof(pauses) / sizeof(*pauses); i++)
		assert_in_range(kernel_sample_ms(&c, pauses[i] * ms), 1, 9);
	c.sample_asked = true;
	assert_in_range(kernel_sample_ms(&c, 999 * ms), 1, 9);
	assert_int_equal(kernel_sample_ms(&c, 1000 * ms), 100);
}

static void
reads_every_setting(void **state)
{
	static const char text[] =
		"name = edge\naddress = {\"192.0.2.1\", 2001:db8::1}\n"
		"operator-prefixes = {10.0.0.0/8, 2001:db8::/33}\n"
		"client-prefixes = {192.0.2.128/25}\n"
		"store = 100\npolicy = common\naccesses = 5\n"
		"protocol = 254\nudp-port = 1022\nqueue = 7\nmark = 0x100\n"
		"log = debug\nsyslog = true\nsample = asked\n"
		"# a comment\ninterface eth0 { role = guest\n operator = yes\n"
		"tell = client\n verify-checksum = on\n ingress = false\n"
		"egress = false\n return-rate = 3\n rate = 64\n"
		"policy = \"/etc/own\" }\n"
		"interface \"eth0.5\" {}\n";
	struct config c;
	struct diag diag = {0};
	uint8_t addr[IP_ADDR_SIZE];

	(void)state;
	if (!config_read(&c, text, "test", count_diag, &diag))
		fail_msg("line %u: %s", diag.line, diag.text);
	assert_string_equal(c.name, "edge");
	assert_true(c.has_v4 && c.has_v6);
	assert_int_equal(c.store, 100);
	assert_string_equal(c.policy_file, "common");
	assert_string_equal(c.interfaces[0].policy_file, "/etc/own");
	assert_int_equal(c.accesses, 5);
	assert_int_equal(c.numbers.protocol, 254);
	assert_int_equal(c.numbers.udp_port, 1022);
	assert_int_equal(c.queue, 7);
	assert_int_equal(c.mark, 0x100);
	assert_int_equal(c.log, CONFIG_LOG_DEBUG);
	assert_true(c.syslog && c.sample_asked);
	assert_int_equal(c.interface_count, 2);
	assert_int_equal(config_number(&c, "eth0.5"), 2);
	assert_int_equal(config_number(&c, "eth1"), 0);
	assert_int_equal(c.interfaces[0].role, CONFIG_GUEST);
	assert_true(c.interfaces[0].is_operator && c.interfaces[0].tell_set);
	assert_int_equal(c.interfaces[0].tell, ISA_WHO_CLIENT);
	assert_true(c.interfaces[0].verify_checksum);
	assert_false(c.interfaces[0].ingress || c.interfaces[0].egress);
	assert_int_equal(c.interfaces[0].return_rate, 3);
	assert_int_equal(c.interfaces[0].rate_kbit, 64);
	assert_int_equal(c.interfaces[1].return_rate,
		CONFIG_RETURN_RATE_DEFAULT);
	assert_true(c.interfaces[1].ingress && c.interfaces[1].egress);
	assert_true(ip_addr_parse("10.255.0.1", addr));
	assert_true(config_covers(&c.operators, addr));
	assert_true(ip_addr_parse("2001:db8:8000::1", addr));
	assert_false(config_covers(&c.operators, addr));
	assert_true(ip_addr_parse("192.0.2.127", addr));
	assert_false(config_covers(&c.clients, addr));
}

/* The daemon reads one file after the other. */
static void
reads_a_good_file_after_a_broken_one(void **state)
{
	static const char *const broken[] = {"interface eth0 {",
		"name = \"", "name = '", "/* ", "address = {a, ", "name = \"\\",
		"interface \"", "= =", "}", "name", "address = {\"10.0.0.1\"",
		"interface eth0 { role = \"client", "include(\"x\")"};
	struct config c;
	struct diag diag = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(broken); i++) {
		if (config_read(&c, broken[i], "test", count_diag, &diag))
			fail_msg("%s", broken[i]);
		if (!config_read(&c, config_text, "test", count_diag, &diag))
			fail_msg("after %s: line %u: %s", broken[i], diag.line,
				diag.text);
		assert_int_equal(c.interface_count, 3);
	}
}

static void
takes_interfaces_from_the_command_line(void **state)
{
	struct config c;
	struct diag diag = {0};

	(void)state;
	config_defaults(&c);
	assert_true(config_add_interface(&c, "eth0", &diag));
	assert_true(config_add_interface(&c, "eth1=internal", &diag));
	assert_int_equal(c.interfaces[1].role, CONFIG_INTERNAL);
	assert_int_equal(c.interface_count, 2);
	assert_false(config_add_interface(&c, "eth1", &diag));
	assert_false(config_add_interface(&c, "eth2=king", &diag));
	assert_false(config_add_interface(&c, "=client", &diag));
	assert_false(config_add_interface(&c, "a-name-too-long-for-it", &diag));
	assert_false(config_add_interface(&c, "eth+", &diag));
	assert_false(config_add_interface(&c, "a\"b", &diag));
	assert_false(config_add_interface(&c, "a\nb", &diag));
	assert_false(config_add_interface(&c, "a/b", &diag));
	assert_false(config_add_interface(&c, "..", &diag));
	assert_int_equal(c.interface_count, 2);
}

#define TEST(name) cmocka_unit_test(name)
#define WITH(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static const struct CMUnitTest tests[] = {
	WITH(runs_and_changes_words_at_both_hooks),
	WITH(drops),
	WITH(marks_a_fault_and_lets_the_packet_go_on),
	WITH(leaves_alone_what_it_does_not_run),
	WITH(leaves_an_expiring_packet_to_the_kernel),
	WITH(verifies_the_checksum_where_told),
	WITH(does_not_run_what_the_policy_does_not_admit),
	WITH(grants_the_standard_limits_to_what_it_admits),
	cmocka_unit_test(remembers_what_programs_use),
	cmocka_unit_test(remembers_no_more_than_there_is_room_for),
	WITH(asks_for_no_route_that_it_does_not_need),
	WITH(returns_to_where_it_came_in),
	WITH(returns_at_egress_translated_unless_seen_at_ingress),
	WITH(does_not_return_what_came_back),
	WITH(does_not_return_between_such_addresses),
	WITH(does_not_return_to_itself),
	WITH(checks_the_reverse_path_strictly_but_inside),
	WITH(lets_the_kernel_judge_where_its_own_check_is_loose),
	WITH(limits_returns_for_each_interface),
	WITH(tells_the_packets_own_facts_to_everyone),
	WITH(knows_no_last_hop_of_a_group),
	WITH(believes_no_interface_that_ipv6_multicast_leaves_by),
	WITH(tells_each_no_more_than_its_due),
	WITH(knows_the_operator_by_interface_source_and_path),
	WITH(refuses_the_operators_source_from_outside),
	WITH(lets_only_the_operator_write_protected_entries),
	WITH(gives_the_interfaces_address_or_the_nodes),
	WITH(measures_transit_from_ingress),
	WITH(remembers_whose_it_is_when_it_goes_back),
	WITH(reroutes_to_who_left_an_invitation),
	WITH(invitations_follow_their_interface),
	WITH(reroutes_at_egress_to_who_invited_there),
	WITH(leaves_to_chains_what_they_judge),
	WITH(lets_no_stranger_do_what_guests_may_not),
	WITH(refuses_invitations_from_strange_sources),
	TEST(lets_a_seconds_worth_pass_at_once),
	TEST(remembers_packets_until_others_take_their_place),
	WITH(kernel_matches_what_is_wasp_and_not_what_is_not),
	WITH(kernel_knows_what_was_rerouted),
	WITH(kernel_matches_behind_extension_headers),
	WITH(kernel_matches_all_that_ip_find_takes),
	WITH(survives_damaged_packets),
	WITH(writes_a_rule_for_each_interface_and_hook),
	WITH(writes_rules_for_some_interfaces_only),
	WITH(leaves_out_what_a_kernel_lacks),
	WITH(has_room_for_every_interface),
	TEST(removes_only_its_own),
	TEST(reads_the_policies_of_interfaces),
	TEST(runs_all_without_a_policy),
	TEST(reads_every_setting),
	TEST(samples_often_enough_whoever_asks),
	TEST(reads_a_good_file_after_a_broken_one),
	TEST(takes_interfaces_from_the_command_line),
};

RUN_TESTS(tests)
