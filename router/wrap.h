/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole IP packets behind a program, and out again: bytes in, bytes out.  What
 * is decided by state or by the system is decided in flow.c.
 *
 *	before		[IP][        payload]
 *	wrapped		[IP'][WASP][IP][payload]
 *
 * IP' has the addresses, hop limit, DSCP, ECN, flow label, identification and
 * Don't Fragment of IP, and the protocol of WASP; WASP's next header is 4 in
 * IPv4, 41 in IPv6.  Both headers are plain ones of 20 or 40 bytes, since the
 * kernel has looked at their length when a packet comes here.
 */
#ifndef ROUTER_WRAP_H
#define ROUTER_WRAP_H

#include "router/config.h"

/* A packet that a rule may name, as wrap_view found it. */
struct wrap_view {
	struct ip_info ip;
	uint16_t sport, dport;		/* 0: none */
	size_t payload_off;		/* of what UDP, TCP, ICMP or IP carry */
};

/*
 * May a rule name this packet?  Not WASP; whole, neither a fragment nor with
 * options or extension headers; between unicast addresses that can be routed;
 * of ICMP only echo, since errors and neighbours are the network's.  Its headers
 * are valid then, lengths and the IPv4 header checksum too.
 */
bool wrap_view(const uint8_t *p, size_t size, const struct ip_numbers *numbers,
	struct wrap_view *view);

/* Does a match name it? */
bool wrap_matches(const struct config_match *match,
	const struct wrap_view *view);

/* The first rule that does; NULL: none. */
const struct config_wrap *wrap_rule(const struct config *config,
	const struct wrap_view *view);

/* Bytes that a rule adds to a packet. */
size_t wrap_overhead(const struct config_wrap *rule, unsigned family);

/* What is put into the program's packet besides. */
struct wrap_numbers {
	uint16_t ident, seq;
	uint32_t counter;
};

/*
 * Write the wrapped packet of p, of which view is, into out; returns its size,
 * or 0 when it is larger than room or than an IP packet can be.  A word that
 * the rule sets from bytes that are not in the packet stays as it is in the
 * program.
 */
size_t wrap_put(const struct config_wrap *rule,
	const struct ip_numbers *numbers, const struct wrap_numbers *words,
	const uint8_t *p, const struct wrap_view *view, uint8_t *out,
	size_t room);

/* What wrap_inside says of a packet. */
enum wrap_inside {
	WRAP_OURS,		/* it can be taken off */
	WRAP_NOT_WRAPPED,	/* nothing that a rule names is in it */
	WRAP_BAD_ADDRESS,	/* of what is inside */
	WRAP_BAD_CHECKSUM	/* of the WASP part */
};

/*
 * May a rule take the WASP part off this packet, which is of size bytes?  outer
 * and inner are filled in if so; off is where what is inside begins.
 */
enum wrap_inside wrap_inside(const struct config *config, const uint8_t *p,
	size_t size, struct ip_info *outer, struct wrap_view *inner,
	size_t *off);

/*
 * Take it off, in place: what was inside comes to p, with the hop limit, DSCP
 * and ECN that the packet arrived with, as if it had come so.  Returns its size.
 */
size_t wrap_take(uint8_t *p, const struct ip_info *outer,
	const struct wrap_view *inner, size_t off);

enum { WRAP_ERROR_SIZE = 1280 };	/* of an ICMP error, at most */

/*
 * Write the ICMP error that tells the source of a packet that it is too large:
 * for IPv4 "fragmentation needed", for IPv6 "packet too big".  src is of its
 * family, 16 bytes.  Returns its size.
 */
size_t wrap_too_large(const uint8_t *p, const struct wrap_view *view,
	const uint8_t src[IP_ADDR_SIZE], uint32_t mtu,
	uint8_t out[static WRAP_ERROR_SIZE]);

enum { WRAP_V4_MTU_MIN = 68, WRAP_V6_MTU_MIN = 1280 };	/* RFC 791, RFC 8200 */

/* Of which wrapped packet an ICMP error is. */
struct wrap_quoted {
	const struct config_wrap *rule;
	uint16_t ident;
	uint8_t dst[IP_ADDR_SIZE];	/* of what was inside */
	uint32_t mtu;			/* that its path takes; 0: not said */
};

/*
 * An ICMP error that quotes a packet which a rule has wrapped is made one that
 * quotes what was inside, in place, its MTU less what the rule adds: so that
 * its source understands it.  Returns the new size and fills in quoted; 0 when
 * it is none, and nothing was changed.
 */
size_t wrap_unquote(const struct config *config, uint8_t *p, size_t size,
	struct wrap_quoted *quoted);

#endif
