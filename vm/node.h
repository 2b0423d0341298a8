/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One node around the machine: whether a packet runs at a hook, what changes in
 * its header, how keys become the node's own names, who may write what.  Used
 * by wasp-run for simulated nodes and by waspd for the real one, so both give
 * the same answers.  No interface, route or socket is known here.
 */
#ifndef VM_NODE_H
#define VM_NODE_H

#include "vm/vm.h"
#include "wasp/ip.h"

/*
 * A node.  The secrets are random and separate, so that what one reveals says
 * nothing of another; the store has one of its own.
 */
struct node {
	struct ess *store;
	uint8_t private_secret[KEY_SECRET_SIZE];	/* for private keys */
	uint8_t invite_secret[KEY_SECRET_SIZE];		/* for invitations */
};

/* What the caller knows of one packet at one hook. */
struct node_visit {
	enum node_hook hook;
	uint64_t now_ns;		/* of the store's clock */
	uint32_t env[ISA_ENV_COUNT];	/* ISA_ENV_UNKNOWN what is not known or
					   not told; node_run fills hops in */
	unsigned access_max;		/* ISA_ACCESS_MAX */
	bool is_operator;		/* may write protected entries */
	bool may_invite;		/* the rules of invite that need a route or
					   a role hold (not R, not UDP, ...) */
	uint32_t interface;		/* what the hook's one is known by, for the
					   side of invitations */
	uint8_t src[IP_ADDR_SIZE];	/* what an invitation will hold */
	/*
	 * May the packet go to this address?  If so, update env (dst, local,
	 * flow) and give true; node_run then reports it in the outcome.  NULL:
	 * reroute gives 0.
	 */
	bool (*may_reroute)(void *arg, const uint8_t to[IP_ADDR_SIZE],
		uint32_t env[ISA_ENV_COUNT]);
	void *reroute_arg;
	vm_trace *trace;
	void *trace_arg;
};

struct node_outcome {
	bool executed;			/* false: nothing was changed */
	enum vm_verdict verdict;	/* of the program; a return of a packet
					   with R set is VM_FORWARD already */
	enum isa_fault fault;		/* of this run */
	unsigned fault_pc;
	unsigned steps, cost, accesses;
	bool rerouted;
	uint8_t reroute_to[IP_ADDR_SIZE];
};

/*
 * Does a packet run at this hook?  Not without the hook's flag, not with a
 * fault, not on its way back unless B is set.
 */
bool node_runs(const struct packet_header *header, enum node_hook hook);

/* The hook that a packet's flags name first; ingress where they name none. */
enum node_hook node_first_hook(const struct packet_header *header);

/*
 * Does this run count a hop?  At ingress, or at egress for a program without I.
 */
bool node_counts_hop(const struct packet_header *header, enum node_hook hook);

/*
 * Run the packet at wasp (header, code and scratchpad, as packet_parse took
 * them into *header) at one hook.  The program changes its scratchpad in place;
 * hops, cursor, status, fault pc and the checksum (by differences) are written
 * into the packet and into *header.  Nothing is changed where node_runs is
 * false.  A later rerouting in a run replaces an earlier one; a fault cancels
 * it; who was rerouted at a visit is not at a later one.  The run reads visit->env as it lies there, so that a rerouting is seen
 * in it afterwards.
 */
void node_run(struct node *node, uint8_t *wasp, struct packet_header *header,
	struct node_visit *visit, struct node_outcome *outcome);

/*
 * Write what a run may change of the header: cursor to fault pc and mark, four bytes,
 * and the checksum by the difference of these and of the scratchpad, which is
 * `change`: the sum of its new words and of the complements of its old ones.
 */
void node_put_changes(uint8_t *wasp, struct packet_header *header,
	uint64_t change);

/*
 * What a node calls an invitation of that name which was made at that hook of
 * an interface: it is bound to both, so that it serves only packets that go the
 * other way.
 */
uint64_t node_invitation_name(const struct node *node, uint32_t interface,
	enum node_hook side, uint64_t name);

/*
 * The node's own name of a public, protected or private key that a program of
 * code_size bytes, without padding, gives.
 */
uint64_t node_key_name(const struct node *node, const uint8_t *code,
	size_t code_size, const uint8_t key[static KEY_SIZE]);

/*
 * What a packet will probably ask the store for first, for who has several
 * packets and lets their memory come before they run (ess_prefetch): the name
 * that its first store instruction gives, if it is public or protected and lies
 * in the packet by now.
 */
bool node_first_name(const uint8_t *wasp, const struct packet_header *header,
	uint64_t *name);

/*
 * Filling the environment.  node_env_packet sets every field: the packet's own
 * facts, and ISA_ENV_UNKNOWN elsewhere; the hop limit is the one in info.
 * node_env_flow: source, destination and flow (again, after a rerouting).
 * node_env_addr: four words from `first` on.  node_env_time: from nanoseconds
 * since 1970.  node_env_hide makes unknown what `who` is not told by default;
 * node_who tells who sent a packet that came in by an interface of that role:
 * what comes from inside was a client's or better at the edge.
 */
void node_env_packet(uint32_t env[static ISA_ENV_COUNT], enum node_hook hook,
	const struct ip_info *info);
void node_env_flow(uint32_t env[static ISA_ENV_COUNT],
	const struct ip_info *info);
void node_env_addr(uint32_t env[static ISA_ENV_COUNT], enum isa_env first,
	const uint8_t addr[static IP_ADDR_SIZE]);
void node_env_time(uint32_t env[static ISA_ENV_COUNT], uint64_t real_ns);
enum isa_who node_who(enum node_role role, bool is_operator);
void node_env_hide(uint32_t env[static ISA_ENV_COUNT], enum isa_who who);

/*
 * May a packet be returned, as far as itself can tell: R is clear, both
 * addresses are good for it (ip_addr_returnable, and none of IPv4 in an IPv6
 * packet) and differ.  What an interface and a route must allow besides is the
 * caller's.
 */
bool node_may_return(const struct ip_info *info);

#endif
