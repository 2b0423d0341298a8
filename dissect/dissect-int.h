/* SPDX-License-Identifier: BSD-2-Clause */
/* What the printers of this room share. */
#ifndef DISSECT_DISSECT_INT_H
#define DISSECT_DISSECT_INT_H

#include "dissect/dissect.h"
#include "wasp/isa.h"
#include "wasp/report.h"

/* Are size bytes of the header from off on at hand, and mean something? */
static inline bool
has(const struct dissect_packet *packet, size_t off, size_t size)
{
	return packet->readable && packet->have >= off + size;
}

/* Is the version, which may be a wrong one? */
static inline bool
has_version(const struct dissect_packet *packet)
{
	return packet->magic && packet->have > PACKET_OFF_FLAGS;
}

/* Instructions and scratchpad words that are wholly at hand. */
unsigned dissect_insns_at_hand(const struct dissect_packet *packet);
unsigned dissect_words_at_hand(const struct dissect_packet *packet);

/* Bytes behind the scratchpad, by the packet's own lengths. */
size_t dissect_payload_size(const struct dissect_packet *packet);

/*
 * Bytes of the packet that an ICMP error quotes, though not all of them may
 * have been captured.
 */
size_t dissect_quoted_size(const struct dissect *dissect);

/* For a packet that is whole; the program may be NULL. */
struct report dissect_report(const struct dissect_packet *packet,
	const struct object *program);

/*
 * Names for a disassembly: the program's, and L5 for the target of a jump that
 * has none.  The listing must not move while it is used.
 */
struct listing {
	const struct object *program;	/* or NULL */
	bool target[PACKET_CODE_MAX + 1];
	char label[8], word[NOTES_NAME_SIZE];
	struct isa_names names;
};

/* Returns the instructions at hand. */
unsigned listing_start(struct listing *listing,
	const struct dissect_packet *packet, const struct object *program);

/* The label of a pc, valid until the next call; NULL: it has none. */
const char *listing_label(struct listing *listing, unsigned pc);

#endif
