/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Keys of the store: four spaces, told apart by the top two bits, and the hash
 * that makes keys of strings, programs and secrets.  Needs no C library.
 *
 *	 63 62 61                                                            0
 *	+-----+---------------------------------------------------------------+
 *	|space|                          62 bits                              |
 *	+-----+---------------------------------------------------------------+
 *
 * Source: the spaces are the talk's ("Public / protected / private keys",
 * "invite"); SipHash-2-4 is J.-P. Aumasson, D. J. Bernstein, "SipHash: a fast
 * short-input PRF", 2012.
 */
#ifndef WASP_KEY_H
#define WASP_KEY_H

#include <stddef.h>
#include <stdint.h>

enum key_space {
	KEY_PUBLIC,	/* anyone reads and writes; meant to be random */
	KEY_PROTECTED,	/* the operator writes, anyone reads */
	KEY_PRIVATE,	/* only programs with the same bytes reach it */
	KEY_INVITATION,	/* only invite creates it, only reroute uses it */
	KEY_SPACE_COUNT
};

enum {
	KEY_SIZE = 8,		/* bytes of a key in a packet, big-endian */
	KEY_SECRET_SIZE = 16,	/* bytes of a SipHash key */
	KEY_SPACE_SHIFT = 62,
	ENTRY_SIZE = 32,	/* "ESS entries: 32 bytes" */
	ENTRY_LIFE_S = 10	/* "values stored 10 s, no refresh" */
};
#define ENTRY_LIFE_NS UINT64_C(10000000000)

/* The names of the spaces as the assembler spells them, by enum key_space. */
#define KEY_SPACE_NAMES {"public", "protected", "private", "invitation"}

static inline enum key_space
key_space(uint64_t key)
{
	return (enum key_space)(key >> KEY_SPACE_SHIFT);
}

/* The key of that space with the low 62 bits of any number. */
static inline uint64_t
key_in_space(enum key_space space, uint64_t bits)
{
	return (uint64_t)space << KEY_SPACE_SHIFT |
		(bits & ((UINT64_C(1) << KEY_SPACE_SHIFT) - 1));
}

/*
 * SipHash-2-4 over bytes given in pieces: start, add any number of times,
 * finish.  A copy of the struct continues from where the original was, so the
 * hash of a common beginning is computed once.
 */
struct siphash {
	uint64_t v[4];
	uint64_t tail;		/* bytes not yet mixed in, little-endian */
	uint64_t size;		/* bytes added so far */
};

static inline uint64_t
siphash_rotl(uint64_t x, unsigned n)
{
	return x << n | x >> (64 - n);
}

static inline void
siphash_round(struct siphash *s)
{
	s->v[0] += s->v[1];
	s->v[1] = siphash_rotl(s->v[1], 13) ^ s->v[0];
	s->v[0] = siphash_rotl(s->v[0], 32);
	s->v[2] += s->v[3];
	s->v[3] = siphash_rotl(s->v[3], 16) ^ s->v[2];
	s->v[0] += s->v[3];
	s->v[3] = siphash_rotl(s->v[3], 21) ^ s->v[0];
	s->v[2] += s->v[1];
	s->v[1] = siphash_rotl(s->v[1], 17) ^ s->v[2];
	s->v[2] = siphash_rotl(s->v[2], 32);
}

static inline void
siphash_mix(struct siphash *s, uint64_t m)
{
	s->v[3] ^= m;
	siphash_round(s);
	siphash_round(s);
	s->v[0] ^= m;
}

static inline uint64_t
siphash_le64(const uint8_t *p)
{
	uint64_t x = 0;

	for (unsigned i = 0; i < 8; i++)
		x |= (uint64_t)p[i] << 8 * i;
	return x;
}

static inline void
siphash_start(struct siphash *s, const uint8_t secret[KEY_SECRET_SIZE])
{
	uint64_t k0 = siphash_le64(secret), k1 = siphash_le64(secret + 8);

	s->v[0] = k0 ^ UINT64_C(0x736f6d6570736575);
	s->v[1] = k1 ^ UINT64_C(0x646f72616e646f6d);
	s->v[2] = k0 ^ UINT64_C(0x6c7967656e657261);
	s->v[3] = k1 ^ UINT64_C(0x7465646279746573);
	s->tail = 0;
	s->size = 0;
}

/* Eight bytes at once, the first in the lowest bits. */
static inline void
siphash_add_le64(struct siphash *s, uint64_t x)
{
	unsigned shift = 8 * (s->size & 7);

	siphash_mix(s, s->tail | x << shift);
	s->tail = shift ? x >> (64 - shift) : 0;
	s->size += 8;
}

/* Eight bytes that are a number in network order, as keys are. */
static inline void
siphash_add_be64(struct siphash *s, uint64_t x)
{
	siphash_add_le64(s, __builtin_bswap64(x));
}

static inline void
siphash_add(struct siphash *s, const uint8_t *p, size_t size)
{
	for (; size >= 8; p += 8, size -= 8)
		siphash_add_le64(s, siphash_le64(p));
	for (size_t i = 0; i < size; i++) {
		s->tail |= (uint64_t)p[i] << 8 * (s->size & 7);
		if ((++s->size & 7) == 0) {
			siphash_mix(s, s->tail);
			s->tail = 0;
		}
	}
}

static inline uint64_t
siphash_finish(struct siphash *s)
{
	siphash_mix(s, s->tail | s->size << 56);
	s->v[2] ^= 0xff;
	for (unsigned i = 0; i < 4; i++)
		siphash_round(s);
	return s->v[0] ^ s->v[1] ^ s->v[2] ^ s->v[3];
}

static inline uint64_t
siphash(const uint8_t secret[KEY_SECRET_SIZE], const uint8_t *p, size_t size)
{
	struct siphash s;

	siphash_start(&s, secret);
	siphash_add(&s, p, size);
	return siphash_finish(&s);
}

/* The public hash: SipHash-2-4 with a key of zeros. */
static inline uint64_t
key_public_hash(const uint8_t *p, size_t size)
{
	static const uint8_t zero[KEY_SECRET_SIZE] = {0};

	return siphash(zero, p, size);
}

/* The key that a string names in a space (assembler: .key SPACE, "string"). */
static inline uint64_t
key_of_string(enum key_space space, const char *string, size_t size)
{
	return key_in_space(space,
		key_public_hash((const uint8_t *)string, size));
}

/* The name of the invitation that belongs to a secret, as it lies. */
static inline uint64_t
key_of_secret(const uint8_t secret[KEY_SIZE])
{
	return key_in_space(KEY_INVITATION, key_public_hash(secret, KEY_SIZE));
}

/*
 * What a node calls inside what programs name by a private key: code_hash is
 * begun with a secret of the node and the program's instructions, without
 * padding; it is left as it is, for the program's next key.
 */
static inline uint64_t
key_private_name(const struct siphash *code_hash, uint64_t key)
{
	struct siphash hash = *code_hash;

	siphash_add_be64(&hash, key);
	return key_in_space(KEY_PRIVATE, siphash_finish(&hash));
}

/*
 * What a node calls inside an invitation that was made by a secret, at that side
 * (1 ingress, 2 egress) of an interface: a hash of the interface, as a word, the
 * side, a byte, and the name that programs know.
 */
static inline uint64_t
key_invitation_name(const uint8_t node_secret[KEY_SECRET_SIZE],
	uint32_t interface, unsigned side, uint64_t name)
{
	struct siphash hash;

	siphash_start(&hash, node_secret);
	hash.tail = __builtin_bswap32(interface) | (uint64_t)side << 32;
	hash.size = 5;
	siphash_add_be64(&hash, name);
	return key_in_space(KEY_INVITATION, siphash_finish(&hash));
}

/*
 * What a program is called by, in hexadecimal: a hash of its instructions as
 * they lie, without padding.  Anybody can compute it; it is not a secret, and
 * whoever must be sure compares the code.
 */
static inline uint64_t
key_code_hash(const uint8_t *code, size_t size)
{
	return key_public_hash(code, size);
}

#endif
