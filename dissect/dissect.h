/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading a captured packet: what is WASP in it, what is wrong with it, and
 * what can still be read; printed as a line, as a list of fields, or as JSON.
 *
 *	frame -> link header -> IP -> WASP            DISSECT_WASP
 *	                        IP -> ICMP error -> IP -> WASP    DISSECT_QUOTE
 *
 * A packet can be wrong in three ways, which are kept apart: the capture holds
 * less of it than was sent (snapped), it ends before its own lengths say
 * (truncated), or what it holds is not allowed (malformed).
 */
#ifndef DISSECT_DISSECT_H
#define DISSECT_DISSECT_H

#include <stdio.h>

#include "wasp/ip.h"
#include "wasp/object.h"

enum dissect_kind {
	DISSECT_OTHER,		/* certainly no WASP */
	DISSECT_UNKNOWN,	/* cut too short to tell */
	DISSECT_QUOTE,		/* an ICMP error about a packet of WASP */
	DISSECT_WASP		/* it says that it is WASP, true or not */
};

enum { DISSECT_TEXT_SIZE = 80 };

/* An IP packet.  The pointer lends from the frame. */
struct dissect_packet {
	size_t captured, length;	/* bytes at hand, bytes that there were */
	struct ip_info ip;		/* family 0: not even the addresses */
	const uint8_t *wasp;		/* 'W', or NULL: not at hand */
	size_t have;			/* bytes at hand from 'W' */
	bool magic;			/* of what is at hand none is wrong */
	uint8_t version;		/* with magic and have > 2 */
	bool readable;			/* magic and version are right: ip.wasp
					   holds the fields that are at hand */
	bool whole;			/* header, code, scratchpad at hand */
	uint16_t checksum_right;	/* with whole */
	struct ip_info inside;		/* of a wrapped packet, with the ports of
					   UDP and TCP; family 0: nothing that
					   can be read is */
	/* What is wrong, without a full stop; empty: nothing. */
	char truncated[DISSECT_TEXT_SIZE], malformed[DISSECT_TEXT_SIZE];
	const char *plain;		/* why routers do not run it, or NULL */
};

struct dissect {
	enum dissect_kind kind;
	size_t captured, length;	/* of the frame; snapped if not equal */
	uint16_t ethertype;		/* 0: unknown */
	struct dissect_packet packet;
	struct dissect_packet quoted;	/* DISSECT_QUOTE */
	uint8_t icmp_type, icmp_code;
	uint32_t icmp_mtu;		/* 0: not said */
};

/*
 * Read a frame of a known link type: captured bytes are at hand of length that
 * were on the wire.  Any bytes are allowed.
 */
void dissect_frame(struct dissect *dissect, int dlt, const uint8_t *p,
	size_t captured, size_t length, const struct ip_numbers *numbers);

/* The packet of WASP in it, quoted or not; NULL when there is none. */
const struct dissect_packet *dissect_wasp(const struct dissect *dissect);

/*
 * Of programs known by their notes, the first with the code that the packet
 * carries, and with no words that the packet does not have; or NULL.
 */
const struct object *dissect_program(const struct dissect *dissect,
	const struct object *programs, unsigned count);

/*
 * Print the line without its newline; the fields, the code and the scratchpad,
 * each line indented; the bytes from 'W' on, in hexadecimal.  The program may
 * be NULL.
 */
void dissect_print_line(FILE *out, const struct dissect *dissect,
	const struct object *program);
void dissect_print_fields(FILE *out, const struct dissect *dissect,
	const struct object *program);
void dissect_print_hex(FILE *out, const struct dissect *dissect);

/* A JSON object for the caller; NULL without memory. */
json_t *dissect_json(const struct dissect *dissect,
	const struct object *program);

/* An ICMP error in words: "time exceeded in transit"; returns buf. */
const char *dissect_icmp_text(const struct dissect *dissect,
	char buf[static DISSECT_TEXT_SIZE]);

#endif
