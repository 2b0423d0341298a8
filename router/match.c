/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's matcher; see match.h. */
#include "router/match.h"

/*
 * Jumps are written as the number of instructions to skip; these two go to the
 * end, and are resolved when it is known.  A load beyond the packet is no match
 * by itself.
 */
enum { TO_NO = 0xfe, TO_YES = 0xff, EXTENSIONS_UNROLLED = 2 };

static void
emit(struct match *match, unsigned code, unsigned jt, unsigned jf, uint32_t k)
{
	match->code[match->count++] = (struct sock_filter){
		(uint16_t)code, (uint8_t)jt, (uint8_t)jf, k};
}

static void
load(struct match *match, unsigned how, uint32_t offset)
{
	emit(match, BPF_LD | how, 0, 0, offset);
}

static void
alu(struct match *match, unsigned operation, uint32_t k)
{
	emit(match, BPF_ALU | operation, 0, 0, k);
}

static void
jump_if_equal(struct match *match, uint32_t k, unsigned jt, unsigned jf)
{
	emit(match, BPF_JMP | BPF_JEQ | BPF_K, jt, jf, k);
}

/* X <- the IPv4 header's length, A <- the protocol. */
static void
emit_v4(struct match *match)
{
	load(match, BPF_H | BPF_ABS, 6);
	emit(match, BPF_JMP | BPF_JSET | BPF_K, TO_NO, 0, 0x3fff);
	emit(match, BPF_LDX | BPF_B | BPF_MSH, 0, 0, 0);
	load(match, BPF_B | BPF_ABS, 9);
}

/*
 * X <- where the upper header starts, A <- what it is.  Behind more extension
 * headers than are unrolled anything may be: `beyond` is the answer.
 */
static void
emit_v6(struct match *match, unsigned beyond)
{
	emit(match, BPF_LDX | BPF_W | BPF_IMM, 0, 0, 40);
	load(match, BPF_B | BPF_ABS, 6);
	for (int i = 0; i < EXTENSIONS_UNROLLED; i++) {
		jump_if_equal(match, 0, 1, 0);		/* hop-by-hop */
		jump_if_equal(match, 60, 0, 8);		/* destination */
		load(match, BPF_B | BPF_IND, 0);
		emit(match, BPF_ST, 0, 0, 0);
		load(match, BPF_B | BPF_IND, 1);
		alu(match, BPF_LSH | BPF_K, 3);
		alu(match, BPF_ADD | BPF_K, 8);
		alu(match, BPF_ADD | BPF_X, 0);
		emit(match, BPF_MISC | BPF_TAX, 0, 0, 0);
		load(match, BPF_W | BPF_MEM, 0);
	}
	jump_if_equal(match, 0, beyond, 0);
	jump_if_equal(match, 60, beyond, 0);
}

/* X <- where 'W' should be, if the protocol in A or the ports allow it. */
static void
emit_protocol(struct match *match, const struct ip_numbers *numbers)
{
	jump_if_equal(match, numbers->protocol, 10, 0);
	jump_if_equal(match, IP_PROTOCOL_UDP, 0, TO_NO);
	load(match, BPF_H | BPF_IND, 2);
	jump_if_equal(match, numbers->udp_port, 4, 0);
	load(match, BPF_H | BPF_IND, 0);
	jump_if_equal(match, numbers->udp_port, 0, TO_NO);
	load(match, BPF_B | BPF_IND, IP_UDP_HEADER_SIZE + PACKET_OFF_FLAGS);
	emit(match, BPF_JMP | BPF_JSET | BPF_K, 0, TO_NO,
		PACKET_FLAG_RETURNED);
	emit(match, BPF_MISC | BPF_TXA, 0, 0, 0);
	alu(match, BPF_ADD | BPF_K, IP_UDP_HEADER_SIZE);
	emit(match, BPF_MISC | BPF_TAX, 0, 0, 0);
}

static void
emit_wasp(struct match *match)
{
	load(match, BPF_W | BPF_IND, PACKET_OFF_MAGIC);
	alu(match, BPF_RSH | BPF_K, 12);
	jump_if_equal(match, PACKET_MAGIC_0 << 12 | PACKET_MAGIC_1 << 4 |
		PACKET_VERSION, 0, TO_NO);
	load(match, BPF_B | BPF_IND, PACKET_OFF_PAD_COUNT);
	emit(match, BPF_JMP | BPF_JGT | BPF_K, TO_NO, 0, PACKET_PAD_MAX);
	load(match, BPF_B | BPF_IND, PACKET_OFF_CODE_COUNT);
	jump_if_equal(match, 0, TO_NO, 0);
	emit(match, BPF_JMP | BPF_JGT | BPF_K, TO_NO, 0, PACKET_CODE_MAX);
}

/* Is the end of the scratchpad in the packet?  A holds the code length. */
static void
emit_room(struct match *match)
{
	alu(match, BPF_LSH | BPF_K, 1);
	alu(match, BPF_ADD | BPF_K, 3 + PACKET_HEADER_SIZE);
	alu(match, BPF_AND | BPF_K, 0xfffc);
	alu(match, BPF_ADD | BPF_X, 0);
	emit(match, BPF_ST, 0, 0, 0);
	load(match, BPF_B | BPF_IND, PACKET_OFF_PAD_COUNT);
	alu(match, BPF_LSH | BPF_K, 2);
	emit(match, BPF_LDX | BPF_W | BPF_MEM, 0, 0, 0);
	alu(match, BPF_ADD | BPF_X, 0);
	emit(match, BPF_MISC | BPF_TAX, 0, 0, 0);
	load(match, BPF_W | BPF_LEN, 0);
	emit(match, BPF_JMP | BPF_JGE | BPF_X, TO_YES, TO_NO, 0);
}

static void
resolve(uint8_t *jump, unsigned at, unsigned yes)
{
	if (*jump == TO_YES)
		*jump = (uint8_t)(yes - at - 1);
	else if (*jump == TO_NO)
		*jump = (uint8_t)(yes + 1 - at - 1);
}

/* What jumps nowhere else comes to yes. */
static void
finish(struct match *match)
{
	unsigned yes = match->count;

	emit(match, BPF_RET | BPF_K, 0, 0, 0xffff);
	emit(match, BPF_RET | BPF_K, 0, 0, 0);
	for (unsigned i = 0; i < yes; i++) {
		if (BPF_CLASS(match->code[i].code) != BPF_JMP)
			continue;
		resolve(&match->code[i].jt, i, yes);
		resolve(&match->code[i].jf, i, yes);
	}
}

void
match_make(struct match *match, int family, const struct ip_numbers *numbers)
{
	match->count = 0;
	if (family == 4)
		emit_v4(match);
	else
		emit_v6(match, TO_YES);		/* user space shall look */
	emit_protocol(match, numbers);
	emit_wasp(match);
	emit_room(match);
	finish(match);
}

void
match_make_rerouted(struct match *match, int family,
	const struct ip_numbers *numbers)
{
	match->count = 0;
	if (family == 4)
		emit_v4(match);
	else
		emit_v6(match, TO_NO);
	jump_if_equal(match, numbers->protocol, 0, TO_NO);
	load(match, BPF_B | BPF_IND, PACKET_OFF_FLAGS);
	emit(match, BPF_JMP | BPF_JSET | BPF_K, TO_NO, 0,
		PACKET_FLAG_RETURNED);
	load(match, BPF_B | BPF_IND, PACKET_OFF_FAULT_PC);
	emit(match, BPF_JMP | BPF_JSET | BPF_K, 0, TO_NO, PACKET_REROUTED);
	emit_wasp(match);
	emit_room(match);
	finish(match);
}

/* Rules of wrapping.  X is where the IP header is that a match is about. */

enum { V4_SIZE = 20, V6_SIZE = 40, V4_OFF_PROTOCOL = 9, V6_OFF_NEXT = 6,
	V4_OFF_SRC = 12, V6_OFF_SRC = 8, PROTOCOL_ICMP = 1,
	PROTOCOL_IPV4 = 4, PROTOCOL_IPV6 = 41, PROTOCOL_ICMPV6 = 58 };

static void
emit_x(struct match *match, uint32_t x)
{
	emit(match, BPF_LDX | BPF_W | BPF_IMM, 0, 0, x);
}

static void
require(struct match *match, uint32_t value)
{
	jump_if_equal(match, value, 0, TO_NO);
}

/* A plain header, no fragment, of a protocol if it is not negative. */
static void
emit_header(struct match *match, int family, int protocol)
{
	if (family == 4) {
		load(match, BPF_B | BPF_IND, 0);
		require(match, 0x45);
		load(match, BPF_H | BPF_IND, 6);
		emit(match, BPF_JMP | BPF_JSET | BPF_K, TO_NO, 0, 0x3fff);
	}
	if (protocol < 0)
		return;
	load(match, BPF_B | BPF_IND, family == 4 ? V4_OFF_PROTOCOL :
		V6_OFF_NEXT);
	require(match, (uint32_t)protocol);
}

/* The first so many bits of the address at off. */
static void
emit_prefix(struct match *match, int family, uint32_t off,
	const struct config_prefix *prefix)
{
	unsigned skip = family == 4 ? 8 * IP_V4_OFF : 0;

	for (unsigned bit = skip; bit < prefix->length; bit += 32) {
		unsigned left = prefix->length - bit;
		uint32_t mask = left >= 32 ? UINT32_MAX :
			~(UINT32_MAX >> left);

		load(match, BPF_W | BPF_IND, off + (bit - skip) / 8);
		if (left < 32)
			alu(match, BPF_AND | BPF_K, mask);
		require(match, packet_get32(prefix->addr + bit / 8) & mask);
	}
}

static void
emit_ports(struct match *match, uint32_t off, const struct config_match *rule)
{
	if (rule->port) {
		load(match, BPF_H | BPF_IND, off);
		jump_if_equal(match, rule->port, 2, 0);
		load(match, BPF_H | BPF_IND, off + 2);
		require(match, rule->port);
	}
	if (rule->sport) {
		load(match, BPF_H | BPF_IND, off);
		require(match, rule->sport);
	}
	if (rule->dport) {
		load(match, BPF_H | BPF_IND, off + 2);
		require(match, rule->dport);
	}
}

static int
protocol_of(const struct config_match *rule, int family)
{
	if (rule->protocol == CONFIG_PROTOCOL_ICMP)
		return family == 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6;
	return rule->protocol;
}

static void
emit_flow(struct match *match, int family, const struct config_match *rule)
{
	bool v4 = family == 4;
	uint32_t src = v4 ? V4_OFF_SRC : V6_OFF_SRC;

	emit_header(match, family, protocol_of(rule, family));
	emit_prefix(match, family, src, &rule->from);
	emit_prefix(match, family, src + (v4 ? 4 : IP_ADDR_SIZE), &rule->to);
	emit_ports(match, v4 ? V4_SIZE : V6_SIZE, rule);
}

/* X <- where the payload of the WASP packet at X begins. */
static void
emit_behind(struct match *match)
{
	load(match, BPF_B | BPF_IND, PACKET_OFF_CODE_COUNT);
	alu(match, BPF_LSH | BPF_K, 1);
	alu(match, BPF_ADD | BPF_K, 3 + PACKET_HEADER_SIZE);
	alu(match, BPF_AND | BPF_K, 0xfffc);
	emit(match, BPF_ST, 0, 0, 0);
	load(match, BPF_B | BPF_IND, PACKET_OFF_PAD_COUNT);
	alu(match, BPF_LSH | BPF_K, 2);
	alu(match, BPF_ADD | BPF_X, 0);
	emit(match, BPF_LDX | BPF_W | BPF_MEM, 0, 0, 0);
	alu(match, BPF_ADD | BPF_X, 0);
	emit(match, BPF_MISC | BPF_TAX, 0, 0, 0);
}

bool
match_suits(const struct config_match *rule, int family)
{
	return family == 4 ? rule->v4 : rule->v6;
}

void
match_make_flow(struct match *match, int family,
	const struct config_match *rule)
{
	match->count = 0;
	emit_x(match, 0);
	emit_flow(match, family, rule);
	finish(match);
}

/* Magic and next header; what they hold is judged by wrap_inside. */
void
match_make_wrapped(struct match *match, int family,
	const struct ip_numbers *numbers, const struct config_match *rule)
{
	bool v4 = family == 4;

	match->count = 0;
	emit_x(match, 0);
	emit_header(match, family, numbers->protocol);
	emit_x(match, v4 ? V4_SIZE : V6_SIZE);
	load(match, BPF_W | BPF_IND, PACKET_OFF_MAGIC);
	/* of the flags only R, which must be clear */
	alu(match, BPF_AND | BPF_K, 0xfffff0ff | PACKET_FLAG_RETURNED << 8);
	require(match, (uint32_t)PACKET_MAGIC_0 << 24 | PACKET_MAGIC_1 << 16 |
		PACKET_VERSION << 12 | (v4 ? PROTOCOL_IPV4 : PROTOCOL_IPV6));
	emit_behind(match);
	emit_flow(match, family, rule);
	finish(match);
}

/* Any error: what it quotes is judged by wrap_unquote. */
void
match_make_quoted(struct match *match, int family,
	const struct ip_numbers *numbers)
{
	bool v4 = family == 4;
	uint32_t quote = (v4 ? V4_SIZE : V6_SIZE) + 8;

	match->count = 0;
	emit_x(match, 0);
	emit_header(match, family, v4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6);
	emit_x(match, quote);
	emit_header(match, family, numbers->protocol);
	load(match, BPF_H | BPF_IND, v4 ? V4_SIZE : V6_SIZE);
	require(match, PACKET_MAGIC_0 << 8 | PACKET_MAGIC_1);
	finish(match);
}
