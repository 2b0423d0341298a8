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
 * headers than are unrolled anything may be: user space shall look.
 */
static void
emit_v6(struct match *match)
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
	jump_if_equal(match, 0, TO_YES, 0);
	jump_if_equal(match, 60, TO_YES, 0);
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

void
match_make(struct match *match, int family, const struct ip_numbers *numbers)
{
	unsigned yes;

	match->count = 0;
	if (family == 4)
		emit_v4(match);
	else
		emit_v6(match);
	emit_protocol(match, numbers);
	emit_wasp(match);
	emit_room(match);
	yes = match->count;
	emit(match, BPF_RET | BPF_K, 0, 0, 0xffff);
	emit(match, BPF_RET | BPF_K, 0, 0, 0);
	for (unsigned i = 0; i < yes; i++) {
		if (BPF_CLASS(match->code[i].code) != BPF_JMP)
			continue;
		resolve(&match->code[i].jt, i, yes);
		resolve(&match->code[i].jf, i, yes);
	}
}
