/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One run of one program inside the kernel: everything that a BPF program must
 * remember of it lies in this value of a per-CPU map, never on the stack, since
 * the verifier follows what is on the stack, and forgets what is in a map; so
 * the paths through the machine merge.  The interpreter, the store's functions
 * and translated programs all work on it, by the offsets of its fields.
 */
#ifndef XDP_RUN_H
#define XDP_RUN_H

#include <stdint.h>

#include "vm/ess-layout.h"
#include "vm/terms.h"
#include "wasp/isa.h"
#include "wasp/key.h"

enum {
	RUN_ADDR_SIZE = 16,
	RUN_ENV_ROOM = 64,		/* ISA_ENV_COUNT, and a mask for it */
	RUN_OFF_MASK = 0x3fff		/* where 'W' can lie in a frame */
};

/* What is known of a packet's rights so far. */
enum {
	RUN_RIGHT_UNKNOWN,		/* ask world_... */
	RUN_RIGHT_NO,
	RUN_RIGHT_YES
};

struct xdp_run {
	/* The machine, as struct vm has it; one cache line. */
	uint32_t r[ISA_REG_COUNT];
	uint8_t entry[ENTRY_SIZE];	/* t0..t7 as in the store */

	uint64_t change;		/* as in struct vm */
	uint64_t env_have;		/* bit 1 << field: env[field] is set */
	uint64_t now_ns;		/* of the store's clock */
	uint32_t wasp_off;		/* of 'W' from ctx->data */
	uint8_t code_count, pad_count;	/* as in the packet, and checked */
	uint8_t cursor, marks;
	uint8_t accesses, access_max;
	uint8_t mapped, writable, dirty;
	uint8_t hook;			/* enum node_hook */
	uint8_t flags;			/* PACKET_FLAG_... */
	uint8_t status;			/* as the packet came */
	uint8_t hops;			/* this node counted, once it starts */
	uint8_t is_operator, may_invite;	/* RUN_RIGHT_... */
	uint8_t hashed;			/* code_hash is that of the code */
	uint8_t created;		/* entries that this run created */
	uint8_t marked;			/* rerouted before */

	/* The outcome. */
	uint8_t verdict;		/* enum vm_verdict, as in struct
					   node_outcome */
	uint8_t fault;			/* enum isa_fault */
	uint8_t fault_pc;
	uint8_t rerouted;
	uint32_t pc;			/* the interpreter's */
	uint32_t steps, cost;
	uint8_t reroute_to[RUN_ADDR_SIZE];

	struct ess_span span;		/* the store's, while mapped */

	/* Facts that the caller gives before the run. */
	uint32_t interface;		/* the hook's, by number */
	uint16_t ident, seq;
	uint8_t src[RUN_ADDR_SIZE];	/* what an invitation will hold */

	uint8_t target[RUN_ADDR_SIZE];	/* what world_may_reroute judges */
	struct siphash code_hash;	/* of private secret and code */
	uint32_t env[RUN_ENV_ROOM];
};

#endif
