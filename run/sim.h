/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Simulated nodes, for wasp-run: one node, or a path from a source host without
 * WASP over N nodes, the last of which is the destination.  Everything comes
 * from a seed and a clock given, so that the same run gives the same result.
 * wasp-run(1) tells what the simulation assumes.
 */
#ifndef RUN_SIM_H
#define RUN_SIM_H

#include "vm/node.h"
#include "wasp/object.h"

enum {
	SIM_NODES_MAX = 254,
	SIM_HEADERS_MAX = 1024		/* before WASP in a captured packet */
};

struct sim_config {
	unsigned node_count;		/* 1..SIM_NODES_MAX */
	bool is_path;			/* the last node is the destination */
	bool v6;			/* packets that are made of objects */
	uint64_t seed;
	uint64_t time_ns;		/* since 1970; also the stores' clock */
	uint64_t interval_ns;		/* from one start to the next */
	size_t capacity;		/* of each store */
	enum node_role role;		/* of the side of the source */
	bool is_operator;
	bool overridden[ISA_ENV_COUNT];	/* fields that read as env says */
	uint32_t env[ISA_ENV_COUNT];
};

struct sim;

/*
 * What is sent: an object, from the source to the destination, or a packet as
 * it was captured, in which the object's is put: the same but for words that
 * were set, and perhaps R, which turns it back.  All is borrowed.
 */
struct sim_source {
	const struct object *object;
	const uint8_t *ip;		/* from its first byte; NULL: none */
	size_t ip_size;
	struct ip_numbers numbers;	/* by which WASP was found there */
};

/* A packet on its way; what is behind WASP is left out, and counts all the same
   in info. */
struct sim_packet {
	uint8_t ip[SIM_HEADERS_MAX + PACKET_SIZE_MAX];
	size_t size;
	enum ip_error error;		/* not IP_OK: plain IP, which never runs */
	struct ip_info info;
};

/* One run, or one visit without a run (outcome.executed is false). */
struct sim_run {
	unsigned node;			/* from 1 */
	enum node_hook hook;
	uint64_t time_ns;
	uint8_t addr[IP_ADDR_SIZE];	/* of the node */
	struct node_outcome outcome;
};

/* How a packet's way ended. */
enum sim_fate {
	SIM_ARRIVED,		/* at the destination */
	SIM_RETURNED,		/* to the source */
	SIM_DROPPED,
	SIM_EXPIRED,		/* the hop limit */
	SIM_REROUTED		/* out of the path, to another address */
};

/* A packet's whole way along a path. */
struct sim_way {
	enum sim_fate fate;
	unsigned node;			/* where it ended; 0 at the source */
	uint64_t took_ns;
	bool ran;			/* some node ran it */
};

/* Called before the run (run->outcome is not yet set), and after it. */
struct sim_watch {
	void (*begin)(void *arg, const struct sim_run *run,
		const struct sim_packet *packet);
	void (*end)(void *arg, const struct sim_run *run,
		const struct sim_packet *packet);
	vm_trace *trace;		/* NULL: not traced */
	void *arg;			/* for all of them */
	/*
	 * Called where it goes over a link; by sim_visit before the run, and
	 * after it unless it was dropped.  NULL: not watched.
	 */
	void (*link)(void *arg, uint64_t time_ns,
		const struct sim_packet *packet);
};

/* NULL without memory. */
struct sim *sim_new(const struct sim_config *config);
void sim_free(struct sim *sim);

/* The store of a node, from 1, and the time by the simulated clock. */
struct ess *sim_store(struct sim *sim, unsigned node);
uint64_t sim_time(const struct sim *sim);

/* What a node calls a key that the program of the packet gives; see node.h. */
uint64_t sim_key_name(const struct sim *sim, unsigned node,
	const struct sim_packet *packet, const uint8_t key[static KEY_SIZE]);

/*
 * What is sent, as a packet.  The nodes get addresses of its family, and, along
 * a path, the last one its destination's (its source's, where R is set).
 */
void sim_packet_make(struct sim *sim, const struct sim_source *source,
	struct sim_packet *packet);

/* Run it at one hook of the first node. */
void sim_visit(struct sim *sim, enum node_hook hook, struct sim_packet *packet,
	const struct sim_watch *watch);

/*
 * What the first node calls an invitation of that name which was made at a hook
 * of the interface where sim_visit runs a packet (back: on its way back).
 */
uint64_t sim_invitation_name(const struct sim *sim, enum node_hook hook,
	bool back, enum node_hook made_at, uint64_t name);

/* Send it along the path; with R set, from the last node back. */
void sim_send(struct sim *sim, struct sim_packet *packet,
	const struct sim_watch *watch, struct sim_way *way);

/*
 * Start the next packet: an interval after the start of the last, but not
 * before its way ended.
 */
void sim_next(struct sim *sim);

/* A number made of the seed and the number of the draw. */
uint64_t sim_draw(uint64_t seed, uint64_t number);

#endif
