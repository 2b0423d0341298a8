/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What came: is a captured IP packet one of ours on its way back, or an ICMP
 * error that quotes one of ours?  Pure, and safe with any bytes.
 */
#ifndef WASP_SEND_MATCH_H
#define WASP_SEND_MATCH_H

#include "wasp-send/probe.h"

enum match_kind {
	MATCH_NONE,		/* nothing to do with us */
	MATCH_REPLY,		/* our program, returned */
	MATCH_DAMAGED,		/* the same, with a wrong checksum */
	MATCH_ICMP		/* an error that quotes our packet */
};

/* The meaning of an ICMP or ICMPv6 error. */
struct match_reason {
	uint8_t family;		/* 4 or 6; 0 ends the table */
	uint8_t type;
	int16_t code;		/* -1: any */
	const char *name;	/* "protocol-unreachable" */
	const char *text;	/* a sentence without full stop */
};

struct match {
	enum match_kind kind;
	bool seq_known;			/* a short quote does not tell seq */
	uint16_t seq;
	uint8_t from[IP_ADDR_SIZE];	/* who sent it */
	uint8_t hop_limit;		/* it arrived with */
	bool rerouted;			/* it did not go where we sent it */
	const uint8_t *wasp;		/* in the bytes given: 'W' of the reply,
					   or of a quote that is whole and
					   undamaged, else NULL */
	struct packet_header header;	/* of the reply, or of the quote when
					   seq_known */
	uint8_t icmp_type, icmp_code;
	uint32_t icmp_mtu;		/* 0: not said */
	const struct match_reason *reason;	/* never NULL for MATCH_ICMP */
};

/*
 * Judge size bytes of an IP packet.  A reply has the identifier, code and
 * scratchpad length of the probe, R set, and its addresses (and ports) turned
 * round; where the program can reroute, it may come from another address.
 */
void match_packet(const struct probe *probe, const uint8_t *p, size_t size,
	struct match *match);

#endif
