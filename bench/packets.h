/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What both sides of a comparison are given: for an operation of ESP a packet
 * for the native one and a packet with the program that does the same, the words
 * that its entries hold, and the names of any number of entries.
 */
#ifndef BENCH_PACKETS_H
#define BENCH_PACKETS_H

#include "vm/esp.h"
#include "wasp/object.h"

enum { PACKETS_ESP_SIZE = PACKET_HEADER_SIZE + PACKET_WORD_SIZE * ESP_WORDS_MAX };

struct packets {
	enum esp_op op;
	uint8_t esp[PACKETS_ESP_SIZE], wasp[PACKET_SIZE_MAX];
	size_t esp_size, wasp_size;
	struct packet_header esp_header, wasp_header;
	uint8_t *wasp_pad;		/* in wasp */
	uint8_t entry[ENTRY_SIZE];	/* of every entry at first */
};

/*
 * Set them up from the program in that directory; false where it can not be
 * read or assembled.  What is measured is the common case: COUNT lets pass,
 * COMPARE sees values in no order, COLLECT adds what is not the last one,
 * RCHLD announces, RCOLLECT adds or repeats for one of 32 children.
 */
bool packets_make(struct packets *packets, enum esp_op op,
	const char *directory);

/* The n-th entry's key: any number, spread over the 62 bits, public. */
uint64_t packets_key(uint64_t n);

/*
 * Put the keys of group n, and what else differs from packet to packet, into an
 * operands' copy.  The keys of an operation with several are those of as many
 * entries.
 */
void packets_vary(const struct packets *packets, uint8_t *pad, uint64_t n,
	uint32_t random);

/* The next of a sequence of random numbers. */
static inline uint64_t
packets_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

#endif
