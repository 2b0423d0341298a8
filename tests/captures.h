/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Captures for tests, made of nothing: packets that are right, and packets that
 * are wrong in one way each, under any link header, as pcap or pcapng.
 */
#ifndef TESTS_CAPTURES_H
#define TESTS_CAPTURES_H

#include <stdio.h>

#include "wasp/ip.h"
#include "wasp/object.h"

enum {
	CAPTURES_FRAME_MAX = 1024,
	CAPTURES_FRAMES_MAX = 96
};

/* An IP packet, or a frame of another kind, yet without link header. */
struct captures_frame {
	uint16_t ethertype;
	uint8_t bytes[CAPTURES_FRAME_MAX];
	size_t size, length;		/* at hand; on the wire */
};

struct captures {
	struct captures_frame frames[CAPTURES_FRAMES_MAX];
	unsigned count;
};

/* The program that most of the packets carry, with notes that name it. */
void captures_object(struct object *object);

/*
 * Add a set of packets: right, udp, icmp, not-run, truncated, malformed, odd,
 * other, or all of them; or wrapped.  false: no such set.
 */
bool captures_add(struct captures *captures, const char *set);

/* The DLT_ number of a link header such as EN10MB, VLAN, QINQ; -1: none. */
int captures_link(const char *name);

/* The frame with that link header before it, in out; its size. */
size_t captures_with_link(const struct captures_frame *frame, const char *link,
	uint8_t out[static CAPTURES_FRAME_MAX + 32]);

/*
 * Write a capture file: at most snaplen bytes a frame, one frame a second from
 * 2025-11-21 12:00:00 UTC on.
 */
void captures_write(FILE *out, const struct captures *captures,
	const char *link, size_t snaplen, bool pcapng);

#endif
