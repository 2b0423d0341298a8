/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the programs bring home: records in their trail, which come from routers
 * and the network, so any words may be there.  Pure, and safe with all of them.
 *
 *	advertise	hops << 8 | result; router (1 word, or 4 in IPv6)
 *	find		hops << 16 | age; metric << 16 | port; router; address
 */
#ifndef MAGNET_TRAIL_H
#define MAGNET_TRAIL_H

#include "wasp/ip.h"
#include "wasp/object.h"

/* What came of an advertisement at a router. */
enum trail_result {
	TRAIL_REFUSED,		/* not by the operator, or there was no room */
	TRAIL_KEPT,		/* in an entry that was there */
	TRAIL_CREATED,		/* in a new one */
	TRAIL_OUTBID,		/* another's is as good or better */
	TRAIL_RESULT_COUNT
};

/* A router that the packet asked. */
struct trail_router {
	unsigned hop;			/* from 1 */
	bool known;			/* it told its address */
	uint8_t addr[IP_ADDR_SIZE];	/* IPv4 as ::ffff:a.b.c.d */
};

struct trail_mark {
	struct trail_router router;
	enum trail_result result;
};

struct trail_find {
	struct trail_router router;
	int age_ms;			/* since refreshed; -1: unknown */
	uint16_t metric, port;		/* port 0: not said */
	uint8_t addr[IP_ADDR_SIZE];
};

/* What is left to read of a packet's trail. */
struct trail {
	const uint8_t *wasp;
	const struct packet_header *header;
	uint8_t family;
	unsigned at, end;		/* scratchpad words */
};

/*
 * Begin with a packet of the object's program, undamaged, that came over IPv4
 * or IPv6.  All is borrowed.
 */
struct trail trail_begin(const struct object *object, const uint8_t *wasp,
	const struct packet_header *header, uint8_t family);

/* The next whole record; false: there is none, or it can not be one. */
bool trail_next_mark(struct trail *trail, struct trail_mark *mark);
bool trail_next_find(struct trail *trail, struct trail_find *find);

#endif
