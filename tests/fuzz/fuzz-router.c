/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets through the router in a made-up world, each at ingress and then at
 * egress: what it lets go on plain it does not touch, what it changes keeps its
 * checksums, and only what the rules name changes.
 */
#include "tests/fuzz/wire.h"

#include <stdlib.h>
#include <string.h>

#include "router/router.h"

const char fuzz_name[] = "router";
const unsigned fuzz_runs = 50000;
const char *const fuzz_words[] = {"WA", "\x03\xfd", "\xfd", "\x02\x00",
	"\xf0\x80", "\xf0\xc0", "\x0a\x00\x02\x07", "\x0a\x00\x01\x02", NULL};

enum { PARAMS_SIZE = 8, FIRST_IFINDEX = 11, INTERFACES = 3, VISITS = 4 };

/* What the checks must not depend on: numbers, roles, limits. */
static const char *const configs[] = {
	"interface c0 { role = client }\n"
	"interface g0 { role = guest\n return-rate = 2 }\n"
	"interface i0 { role = internal\n operator = true }\n"
	"operator-prefixes = {\"10.0.3.0/24\"}\nstore = 8\n",
	"interface c0 { role = client\n verify-checksum = true }\n"
	"interface g0 { role = guest\n tell = operator }\n"
	"interface i0 { role = internal\n egress = false }\n"
	"address = {\"192.0.2.1\", \"2001:db8::1\"}\n"
	"client-prefixes = {\"10.0.2.0/24\"}\n"
	"policy = here\naccesses = 6\nstore = 1\n"
};

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	wire_add_seeds(seeds, PARAMS_SIZE);
}

/* One input. */
struct course {
	struct router *router;
	struct config config;
	uint64_t random;
	struct router_packet packet;
};

/* The world: network N is behind interface 10 + N, its host 2 is this node. */

static unsigned
net_of(const uint8_t addr[IP_ADDR_SIZE])
{
	return ip_addr_is_v4(addr) ? addr[14] : addr[5];
}

static bool
is_local(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	(void)arg;
	return addr[15] == 2;
}

static void
route(void *arg, const uint8_t addr[IP_ADDR_SIZE], struct route *route)
{
	unsigned net = net_of(addr);

	*route = (struct route){.kind = ROUTE_NONE};
	if (net < 1 || net > INTERFACES)
		return;
	route->kind = is_local(arg, addr) ? ROUTE_LOCAL :
		addr[15] == 255 ? ROUTE_OTHER : ROUTE_UNICAST;
	route->hop_count = 1 + addr[15] % 2;
	for (unsigned i = 0; i < route->hop_count; i++)
		route->hops[i] = (struct route_hop){10 + (int)net + (int)i,
			addr[15] < 100};
}

static bool
accepts(void *arg, int in_ifindex, const uint8_t src[IP_ADDR_SIZE],
	const uint8_t dst[IP_ADDR_SIZE])
{
	(void)arg, (void)in_ifindex, (void)dst;
	return src[15] != 66;
}

static bool
is_judged(void *arg, uint64_t now_ns)
{
	(void)arg;
	return now_ns / 1000000000 % 4 == 0;
}

static bool
address(void *arg, int ifindex, uint8_t family, uint8_t addr[IP_ADDR_SIZE])
{
	(void)arg;
	return family == 4 && ifindex == FIRST_IFINDEX &&
		ip_addr_parse("10.0.1.2", addr);
}

static uint32_t
mtu(void *arg, int ifindex)
{
	(void)arg;
	return 1500 + (uint32_t)ifindex;
}

static uint32_t
rate(void *arg, int ifindex, uint64_t now_ns)
{
	(void)arg, (void)ifindex, (void)now_ns;
	return ISA_ENV_UNKNOWN;
}

static void
load(void *arg, int ifindex, uint64_t now_ns, struct link_load *load)
{
	struct course *course = arg;

	(void)ifindex, (void)now_ns;
	load->queue = fuzz_random(&course->random);
	load->queue_pkts = load->drops = load->tx_pkts = load->tx_bytes =
		load->rx_pkts = load->rx_bytes = ISA_ENV_UNKNOWN;
}

/* Never changed. */
static void
check_kept(const uint8_t *before, const uint8_t *after, size_t size,
	const struct ip_info *was, const struct ip_info *is)
{
	size_t code_off = was->wasp_off + PACKET_HEADER_SIZE;
	size_t wasp_end = was->wasp_off + was->wasp_size;

	FUZZ_CHECK(is->total_size == was->total_size);
	FUZZ_CHECK(is->protocol == was->protocol);
	FUZZ_CHECK(is->wasp_off == was->wasp_off);
	FUZZ_CHECK(is->traffic_class == was->traffic_class);
	FUZZ_CHECK(is->flow_label == was->flow_label);
	FUZZ_CHECK(is->wasp.ident == was->wasp.ident);
	FUZZ_CHECK(is->wasp.seq == was->wasp.seq);
	FUZZ_CHECK(!memcmp(before + code_off, after + code_off,
		packet_code_size(was->wasp.code_count)));
	FUZZ_CHECK(!memcmp(before + wasp_end, after + wasp_end,
		size - wasp_end));
}

/* Across this node, the kernel takes one off the hop limit. */
static void
check_turned(const struct ip_info *was, const struct ip_info *is, bool across)
{
	FUZZ_CHECK(!(was->wasp.flags & PACKET_FLAG_RETURNED));
	FUZZ_CHECK(is->wasp.flags ==
		(was->wasp.flags | PACKET_FLAG_RETURNED));
	FUZZ_CHECK(is->hop_limit == PACKET_RETURN_HOP_LIMIT + across);
	FUZZ_CHECK(!memcmp(is->dst, was->src, IP_ADDR_SIZE));
	FUZZ_CHECK(ip_addr_returnable(is->dst));
}

static void
check_goes_on(const struct ip_info *was, const struct ip_info *is,
	bool rerouted)
{
	FUZZ_CHECK(is->hop_limit == was->hop_limit);
	FUZZ_CHECK(!memcmp(is->src, was->src, IP_ADDR_SIZE));
	FUZZ_CHECK(rerouted || !memcmp(is->dst, was->dst, IP_ADDR_SIZE));
}

static void
check_reroute(const struct ip_info *was, uint64_t reroutes)
{
	FUZZ_CHECK(reroutes <= 1);
	if (was->wasp.flags & PACKET_FLAG_RETURNED ||
	    was->protocol == IP_PROTOCOL_UDP)
		FUZZ_CHECK(reroutes == 0);
	FUZZ_CHECK(reroutes == 0 || !was->wasp.rerouted);
}

static void
check_changed(const struct course *course, const uint8_t *before,
	const struct ip_info *was, enum router_verdict verdict,
	uint64_t reroutes)
{
	const uint8_t *after = course->packet.p;
	size_t size = course->packet.size;
	struct ip_info is;

	FUZZ_CHECK(ip_find(after, size, &course->config.numbers, &is) == IP_OK);
	wire_check(wire_right(before, size, was), wire_right(after, size, &is));
	check_kept(before, after, size, was, &is);
	if (is.wasp.flags != was->wasp.flags)
		check_turned(was, &is, verdict == ROUTER_CHANGED);
	else
		check_goes_on(was, &is, reroutes);
	check_reroute(was, reroutes);
	FUZZ_CHECK(is.wasp.rerouted == (was->wasp.rerouted || reroutes));
	FUZZ_CHECK(verdict != ROUTER_SEND ||
		is.wasp.flags & PACKET_FLAG_RETURNED);
	FUZZ_CHECK(verdict != ROUTER_REROUTE ||
		(reroutes && is.wasp.flags == was->wasp.flags &&
		 course->packet.hook == NODE_EGRESS));
}

/* Hand it in at a hook; may it go on from there? */
static bool
hand_in(struct course *course, enum node_hook hook, unsigned bits)
{
	struct router_packet *packet = &course->packet;
	uint8_t *before = malloc(packet->size + 1);
	uint64_t reroutes = router_counted(course->router, ROUTER_REROUTED);
	enum router_verdict verdict;
	struct ip_info was;
	enum ip_error error;

	FUZZ_CHECK(before);
	memcpy(before, packet->p, packet->size);
	error = ip_find(before, packet->size, &course->config.numbers, &was);
	packet->hook = hook;
	packet->in_ifindex = bits & 1 ? 0 : FIRST_IFINDEX + (bits >> 1 & 3);
	packet->out_ifindex = hook == NODE_INGRESS ? 0 :
		FIRST_IFINDEX + (bits >> 3 & 3);
	packet->now_ns += (uint64_t)(bits >> 5 & 7) * 1000000000;
	packet->time_ns = packet->now_ns * 3;
	verdict = router_packet(course->router, packet);
	reroutes = router_counted(course->router, ROUTER_REROUTED) - reroutes;
	if (verdict == ROUTER_PLAIN)
		FUZZ_CHECK(!memcmp(before, packet->p, packet->size));
	else if (error)
		FUZZ_CHECK(!"touches what is plain IP");
	else if (verdict != ROUTER_DROP)
		check_changed(course, before, &was, verdict, reroutes);
	free(before);
	return verdict == ROUTER_PLAIN || verdict == ROUTER_CHANGED;
}

static void
route_packet(struct course *course, const uint8_t *p, size_t size, bool mend,
	unsigned bits)
{
	struct ip_info info;

	memcpy(course->packet.p, p, size);
	course->packet.size = size;
	if (mend && ip_find(p, size, &course->config.numbers, &info) == IP_OK)
		wire_mend(course->packet.p, size, &info);
	if (hand_in(course, NODE_INGRESS, bits))
		hand_in(course, NODE_EGRESS, bits >> 8);
}

/* The policy that the second configuration names. */
static char *
load_policy(void *arg, const char *path)
{
	(void)arg;
	(void)path;
	return strdup("steps = 9\ncost = 60\nforbid-spaces = {private}\n"
		"egress { forbid-opcodes = {drop}\nforbid-fields = {queue} }\n");
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz_input input = {bytes, size};
	unsigned choice = fuzz_byte(&input);
	struct course course = {.random = choice,
		.packet = {.now_ns = UINT64_C(100000000000)}};
	struct world world = {&course, is_local, route, accepts, is_judged,
		address, mtu, rate, load, NULL};
	uint32_t bits = fuzz_word(&input);

	input.p += input.size < 3 ? input.size : 3;
	input.size -= input.size < 3 ? input.size : 3;
	FUZZ_CHECK(config_read(&course.config, configs[choice & 1], "config",
		fuzz_sink, NULL));
	FUZZ_CHECK(config_read_policies(&course.config, load_policy, NULL,
		fuzz_sink, NULL));
	course.router = router_new(&course.config, &world, NULL);
	course.packet.p = malloc(input.size + 1);
	FUZZ_CHECK(course.router && course.packet.p);
	for (unsigned i = 0; i < INTERFACES; i++)
		router_set_ifindex(course.router, i + 1,
			FIRST_IFINDEX + (int)i);
	for (unsigned i = 0; i < VISITS; i++)
		route_packet(&course, input.p, input.size, choice & 2,
			bits >> 5 * i);
	router_free(course.router);
	free(course.packet.p);
	return 0;
}
