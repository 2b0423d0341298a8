/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conformance vectors: what a node must make of a packet.  Read from text that
 * wasp-vector(5) specifies, everything worked out: each run holds the packet and
 * the store before it and after it.  No machine is asked for that.
 */
#ifndef CONFORM_VECTOR_H
#define CONFORM_VECTOR_H

#include "wasp/diag.h"
#include "wasp/ip.h"
#include "wasp/isa.h"
#include "wasp/key.h"

enum {
	VECTOR_NAME_SIZE = 64,		/* with its NUL */
	VECTOR_ENTRIES_MAX = 64,	/* of a store */
	VECTOR_TARGETS_MAX = 4,
	VECTOR_CAPACITY_MAX = 65536
};

/* Time 0 of a vector, in nanoseconds. */
#define VECTOR_TIME_0 UINT64_C(1700000000000000000)

enum vector_hook { VECTOR_INGRESS = 1, VECTOR_EGRESS = 2 };	/* env hook */
enum vector_verdict { VECTOR_FORWARD, VECTOR_DROP, VECTOR_RETURN };
#define VECTOR_VERDICT_NAMES "forward", "drop", "return"

struct vector_entry {
	uint64_t key;			/* the node's own name */
	uint64_t created_ns;
	uint8_t words[ENTRY_SIZE];
};

/* Ordered by key. */
struct vector_store {
	struct vector_entry entries[VECTOR_ENTRIES_MAX];
	unsigned count;
};

/* An address to which a rerouting is allowed, and what env then reads. */
struct vector_target {
	uint8_t to[IP_ADDR_SIZE];
	uint32_t local;
	uint64_t flow;
};

struct vector_packet {
	uint8_t bytes[PACKET_SIZE_MAX];
	size_t size;			/* header, code and scratchpad */
};

/* A packet at a hook: what the node is told, and what it must make of it. */
struct vector_run {
	unsigned line;			/* where it stands */
	enum vector_hook hook;
	uint64_t now_ns;
	struct vector_packet packet;
	uint32_t env[ISA_ENV_COUNT];	/* hops is unknown: the node counts */
	uint8_t source[IP_ADDR_SIZE];
	uint32_t interface, access_max;
	bool is_operator, may_invite;
	struct vector_target targets[VECTOR_TARGETS_MAX];
	unsigned target_count;

	bool executed;
	enum vector_verdict verdict;
	unsigned steps, cost, accesses;
	bool rerouted;
	uint8_t rerouted_to[IP_ADDR_SIZE];
	struct vector_packet after;
	struct vector_store store;	/* what lives after it */
};

/* Parts of WASP that an engine may decline. */
enum vector_feature {
	VECTOR_INVITATIONS,	/* invite and reroute that are allowed */
	VECTOR_CAPACITY,	/* a store of exactly so many entries */
	VECTOR_LIMITS,		/* more accesses than four */
	VECTOR_FEATURE_COUNT
};
#define VECTOR_FEATURE_NAMES "invitations", "capacity", "limits"

struct vector {
	char name[VECTOR_NAME_SIZE];
	const char *file;		/* borrowed from the caller */
	unsigned line;
	uint8_t private_secret[KEY_SECRET_SIZE];
	uint8_t invite_secret[KEY_SECRET_SIZE];
	unsigned capacity;
	unsigned features;		/* that it needs: 1 << VECTOR_CAPACITY */
	struct vector_store store;	/* before the first run */
	struct vector_run *runs;	/* at least one */
	unsigned run_count;
};

/* Zero-initialised, it is empty; vectors_done empties it again. */
struct vectors {
	struct vector *list;
	unsigned count;
};

/*
 * Add the vectors of a text that ends with a NUL.  Errors go to the sink with
 * their lines; false if there was one, or no memory.
 */
bool vectors_read(struct vectors *vectors, const char *text, const char *file,
	diag_sink *sink, void *arg);
void vectors_done(struct vectors *vectors);

#endif
