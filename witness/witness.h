/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Witnesses: a packet, what its node's environment reads and what its store
 * holds, for which the machine really does what the verifier says it can: stop
 * with a fault at an instruction, leave the program, or cost so much.
 *
 * The search runs the reference machine, in the same simulated node as wasp-run
 * does, and nothing else decides what an input does.  While it runs, what each
 * register, entry word and scratchpad word was made from is noted; a branch
 * that leads away from the goal is turned by undoing these operations, from the
 * number that the branch would need to an input.  Where that fails, boundary
 * and random numbers are tried.  So what is found is true; that nothing is
 * found proves nothing.
 *
 * Only what a packet, a sender, a route or a node can be is tried: the hooks
 * that the packet names, the way back only with that flag, addresses that may
 * be a source and a destination, entries that a program could have left.
 */
#ifndef WITNESS_WITNESS_H
#define WITNESS_WITNESS_H

#include <jansson.h>

#include "run/sim.h"

enum witness_kind {
	WITNESS_FAULT,		/* this fault, at pc */
	WITNESS_REACH,		/* instruction pc is begun */
	WITNESS_BEYOND,		/* from pc, a jump past the end */
	WITNESS_STEPS,		/* a run with at least so many steps, ... */
	WITNESS_COST,		/* units of cost, ... */
	WITNESS_ACCESSES	/* store accesses */
};

struct witness_goal {
	enum witness_kind kind;
	enum isa_fault fault;	/* of WITNESS_FAULT */
	unsigned pc;		/* of the first three */
	unsigned least;		/* of the others */
};

enum {
	WITNESS_ENTRY_MAX = 8,
	WITNESS_SEARCH_DEFAULT = 500000	/* steps of the machine */
};

/* The node of wasp-run where no option says otherwise. */
#define WITNESS_SIM_DEFAULT { \
	.node_count = 1, .time_ns = UINT64_C(1700000000) * 1000000000, \
	.interval_ns = 1000000, .capacity = 1024, .role = NODE_CLIENT}

struct witness_entry {
	uint64_t name;		/* what the simulated node calls the key */
	uint32_t words[ISA_ENTRY_COUNT];
};

/* All that a run depends on. */
struct witness_input {
	uint8_t wasp[PACKET_SIZE_MAX];	/* header, code, scratchpad */
	struct packet_header header;
	bool v6;
	uint8_t src[IP_ADDR_SIZE], dst[IP_ADDR_SIZE];	/* of that family */
	uint8_t hop_limit;
	enum node_hook hook;
	struct sim_config sim;		/* of one node */
	struct witness_entry entries[WITNESS_ENTRY_MAX];
	unsigned entry_count;
};

struct witness {
	struct witness_goal goal;
	bool found;
	struct witness_input input;	/* the rest is about its run */
	struct node_outcome outcome;
	uint64_t runs, steps;		/* of the whole search */
	/* not found: the fault that stopped most runs on their way there, and
	   where; ISA_FAULT_NONE: none did */
	enum isa_fault stopped_by;
	unsigned stopped_pc;
};

/*
 * Search for an input of the object that reaches the goal, in about `budget`
 * steps of the machine.  The same arguments give the same result.  What is
 * found differs from the object, and from what wasp-run does by itself, only in
 * what is needed.  First the scratchpad is that of the object, or what this
 * very program leaves in it at earlier nodes; then the words that it writes may
 * hold anything; then all words may, but no key that it does not write leaves
 * its space.  false without memory.
 */
bool witness_find(const struct object *object,
	const struct witness_goal *goal, uint64_t budget, uint64_t seed,
	struct witness *witness);

/* Run an input once more; false without memory. */
bool witness_run(const struct witness_input *input, vm_trace *trace,
	void *trace_arg, struct node_outcome *outcome);

/*
 * The IP packet of an input, at most WITNESS_IP_SIZE bytes at ip; its size, or
 * 0 when it has none.
 */
enum { WITNESS_IP_SIZE = IP_HEADERS_MAX + PACKET_SIZE_MAX };
size_t witness_ip(const struct witness_input *input,
	uint8_t ip[static WITNESS_IP_SIZE]);

/* Its store, as wasp-run reads it (run/store-json.h); NULL without memory. */
json_t *witness_store(const struct witness_input *input);

/*
 * The options with which wasp-run does the same to the packet and the store:
 * an array of strings, without the names of the two files.  NULL without
 * memory.
 */
json_t *witness_options(const struct witness_input *input);

/* "ends with too-many-accesses at instruction 7": what it does; returns buf. */
enum { WITNESS_TEXT_SIZE = 120 };
const char *witness_text(const struct witness *witness,
	char buf[static WITNESS_TEXT_SIZE]);

#endif
