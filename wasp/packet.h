/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The WASP packet from 'W' to its last scratchpad word: layout, checked
 * parsing, building, and the checksum.  Specified in wasp-packet(7).
 *
 *	 0                   1                   2                   3
 *	 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *	+---------------+---------------+-------+-------+---------------+
 *	|      'W'      |      'A'      |version|I E B R|  next header  |
 *	+---------------+---------------+-------+-------+---------------+
 *	| code length   | pad length    |    cursor     |     hops      |
 *	+---------------+---------------+---------------+---------------+
 *	|    status     |M|  fault pc   |           checksum            |
 *	+---------------+---------------+-------------------------------+
 *	|          identifier           |           sequence            |
 *	+-------------------------------+-------------------------------+
 *	|  code: 16-bit instructions, padded with zeros to 4 bytes      |
 *	|  scratchpad: 32-bit words                                     |
 *	+---------------------------------------------------------------+
 *
 * All numbers are big-endian and used as they lie ("Data and code used as is,
 * no marshalling").  The first part needs no C library.
 */
#ifndef WASP_PACKET_H
#define WASP_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PACKET_VERSION = 1,
	PACKET_MAGIC_0 = 'W',
	PACKET_MAGIC_1 = 'A',

	PACKET_HEADER_SIZE = 16,
	PACKET_CODE_MAX = 128,		/* instructions; at least 1 */
	PACKET_PAD_MAX = 64,		/* scratchpad words */
	PACKET_WORD_SIZE = 4,
	PACKET_SIZE_MAX = PACKET_HEADER_SIZE + 2 * PACKET_CODE_MAX +
		PACKET_WORD_SIZE * PACKET_PAD_MAX
};

/* Offsets of the header's fields from 'W', in bytes. */
enum {
	PACKET_OFF_MAGIC = 0,
	PACKET_OFF_FLAGS = 2,		/* version << 4 | flags */
	PACKET_OFF_NEXT_HEADER = 3,
	PACKET_OFF_CODE_COUNT = 4,
	PACKET_OFF_PAD_COUNT = 5,
	PACKET_OFF_CURSOR = 6,
	PACKET_OFF_HOPS = 7,
	PACKET_OFF_STATUS = 8,
	PACKET_OFF_FAULT_PC = 9,	/* M << 7 | fault pc */
	PACKET_OFF_CHECKSUM = 10,
	PACKET_OFF_IDENT = 12,
	PACKET_OFF_SEQ = 14
};

enum {
	PACKET_FLAG_INGRESS = 8,	/* I: run where the packet enters */
	PACKET_FLAG_EGRESS = 4,		/* E: run where it leaves */
	PACKET_FLAG_BACK = 2,		/* B: run also on the way back */
	PACKET_FLAG_RETURNED = 1,	/* R: is on the way back */
	PACKET_FLAGS = 15
};
/* PACKET_FLAG_INGRESS >> i, as sources and JSON name it. */
#define PACKET_HOOK_NAMES "ingress", "egress", "back"

enum {
	PACKET_STATUS_FAULT = 0x3f,	/* enum isa_fault, 0: none */
	PACKET_STATUS_REFUSED = 0x40,	/* a store instruction found no room */
	PACKET_STATUS_FULL = 0x80	/* a push found no room */
};

enum {
	PACKET_FAULT_PC = 0x7f,
	PACKET_REROUTED = 0x80		/* M: was rerouted, and is no more */
};

enum {
	PACKET_PROTOCOL = 253,		/* RFC 3692, for experiments */
	PACKET_UDP_PORT = 1021,		/* RFC 4727, for experiments */
	PACKET_NEXT_NONE = 59,		/* no payload follows (RFC 8200) */
	PACKET_RETURN_HOP_LIMIT = 64
};

/* Bytes of code, with its padding. */
static inline size_t
packet_code_size(unsigned code_count)
{
	return (2 * (size_t)code_count + 3) & ~(size_t)3;
}

/* Offset of the scratchpad from 'W'. */
static inline size_t
packet_pad_off(unsigned code_count)
{
	return PACKET_HEADER_SIZE + packet_code_size(code_count);
}

/* Bytes of header, code and scratchpad. */
static inline size_t
packet_size(unsigned code_count, unsigned pad_count)
{
	return packet_pad_off(code_count) + PACKET_WORD_SIZE * (size_t)pad_count;
}

static inline uint16_t
packet_get16(const uint8_t *p)
{
	return (uint16_t)(p[0] << 8 | p[1]);
}

static inline uint32_t
packet_get32(const uint8_t *p)
{
	return (uint32_t)packet_get16(p) << 16 | packet_get16(p + 2);
}

static inline uint64_t
packet_get64(const uint8_t *p)
{
	return (uint64_t)packet_get32(p) << 32 | packet_get32(p + 4);
}

static inline void
packet_put16(uint8_t *p, uint16_t value)
{
	p[0] = (uint8_t)(value >> 8);
	p[1] = (uint8_t)value;
}

static inline void
packet_put32(uint8_t *p, uint32_t value)
{
	packet_put16(p, (uint16_t)(value >> 16));
	packet_put16(p + 2, (uint16_t)value);
}

static inline void
packet_put64(uint8_t *p, uint64_t value)
{
	packet_put32(p, (uint32_t)(value >> 32));
	packet_put32(p + 4, (uint32_t)value);
}

/*
 * The checksum (RFC 1071).  packet_sum is the one's complement sum of bytes
 * whose first lies at an even offset from 'W', folded to 16 bits; a last odd
 * byte counts as if a zero followed.
 */
static inline uint16_t
packet_fold(uint64_t sum)
{
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffffffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)sum;
}

static inline uint16_t
packet_sum(const uint8_t *p, size_t size)
{
	uint64_t sum = 0;

	for (size_t i = 0; i + 1 < size; i += 2)
		sum += packet_get16(p + i);
	if (size & 1)
		sum += (uint32_t)p[size - 1] << 8;
	return packet_fold(sum);
}

/*
 * The checksum after bytes whose sum was old_sum now sum to new_sum (RFC 1624,
 * equation 3); a result of 0xffff is written as 0.
 */
static inline uint16_t
packet_checksum_update(uint16_t checksum, uint16_t old_sum, uint16_t new_sum)
{
	uint16_t sum = packet_fold((uint64_t)(uint16_t)~checksum +
		(uint16_t)~old_sum + new_sum);

	return sum == 0 ? 0 : (uint16_t)~sum;
}

/*
 * From here on, for programs that have a C library.
 */

/* The header in host order. */
struct packet_header {
	uint8_t flags;			/* PACKET_FLAG_INGRESS | ... */
	uint8_t next_header;
	uint8_t code_count;		/* instructions */
	uint8_t pad_count;		/* words */
	uint8_t cursor;			/* word that push writes next */
	uint8_t hops;
	uint8_t status;
	uint8_t fault_pc;		/* below 128 */
	bool rerouted;			/* PACKET_REROUTED */
	uint16_t checksum;
	uint16_t ident;
	uint16_t seq;
};

/* Why bytes are no WASP packet; such a packet is plain IP to a router. */
enum packet_error {
	PACKET_OK,
	PACKET_SHORT_HEADER,	/* fewer than 16 bytes */
	PACKET_BAD_MAGIC,
	PACKET_BAD_VERSION,
	PACKET_BAD_CODE_COUNT,	/* 0 or above 128 */
	PACKET_BAD_PAD_COUNT,	/* above 64 */
	PACKET_SHORT_CODE,	/* the bytes end within the code */
	PACKET_SHORT_PAD,	/* the bytes end within the scratchpad */
	PACKET_BAD_PADDING	/* the code's padding is not zero */
};

/*
 * Read a header from size bytes, and check that code and scratchpad are there.
 * The first error found is returned; on PACKET_BAD_CODE_COUNT and later ones
 * the header is valid all the same.  The checksum is not looked at.
 */
enum packet_error packet_parse(const uint8_t *p, size_t size,
	struct packet_header *header);

/* The byte of fault pc and mark. */
static inline uint8_t
packet_fault_pc(unsigned fault_pc, bool rerouted)
{
	return (uint8_t)(fault_pc | (rerouted ? PACKET_REROUTED : 0));
}

/* A sentence about an error, without a full stop; never NULL. */
const char *packet_error_text(enum packet_error error);

/* Write the 16 bytes of a header, the checksum as it is in the struct. */
void packet_put_header(uint8_t p[static PACKET_HEADER_SIZE],
	const struct packet_header *header);

/* What the checksum field of a packet of size bytes should hold. */
uint16_t packet_checksum(const uint8_t *p, size_t size);

/* Write that checksum. */
void packet_set_checksum(uint8_t *p, size_t size);

/*
 * Change the 16-bit word at an even offset other than the checksum's, and mend
 * the checksum by the difference.
 */
void packet_change16(uint8_t *p, size_t off, uint16_t value);

/* Instruction pc, and scratchpad word n, of a packet that packet_parse took. */
uint16_t packet_insn(const uint8_t *p, unsigned pc);
uint32_t packet_word(const uint8_t *p, const struct packet_header *header,
	unsigned n);

/*
 * What the program of a packet that packet_parse took is called by: its
 * key_code_hash, and the same as 16 hexadecimal digits.  Two packets with the
 * same instructions have the same, whatever header and scratchpad hold.
 */
uint64_t packet_code_hash(const uint8_t *p, unsigned code_count);
enum { PACKET_HASH_SIZE = 17 };
const char *packet_hash_text(uint64_t hash, char buf[static PACKET_HASH_SIZE]);

/*
 * The scratchpad words that an instruction of such a packet names to write to,
 * or that push may reach from the cursor on: bit 1 << n.
 */
uint64_t packet_words_written(const uint8_t *p,
	const struct packet_header *header);

/* Flags as letters, "IEB-" style; buf needs 5 bytes. */
const char *packet_flags_text(uint8_t flags, char buf[static 5]);

#endif
