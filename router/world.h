/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the hooks ask of the system around them.  netlink.c answers for Linux,
 * unit tests answer what they like.
 */
#ifndef ROUTER_WORLD_H
#define ROUTER_WORLD_H

#include "vm/node.h"

enum { ROUTE_HOPS_MAX = 16 };

enum route_kind {
	ROUTE_NONE,		/* unreachable, prohibited, or no answer */
	ROUTE_UNICAST,
	ROUTE_LOCAL,		/* an address of this node */
	ROUTE_OTHER		/* broadcast, multicast, anycast */
};

struct route {
	enum route_kind kind;
	uint32_t mtu;		/* that the route itself has; 0: none */
	unsigned hop_count;	/* of a multipath route, as many as fit */
	struct route_hop {
		int ifindex;
		bool direct;	/* no gateway between */
	} hops[ROUTE_HOPS_MAX];
};

/* An interface's counters, ISA_ENV_UNKNOWN where not known. */
struct link_load {
	uint32_t queue, queue_pkts, drops;
	uint32_t tx_pkts, tx_bytes, rx_pkts, rx_bytes;
};

struct world {
	void *arg;
	/* Is it one of this node's unicast addresses? */
	bool (*is_local)(void *arg, const uint8_t addr[IP_ADDR_SIZE]);
	/* Where packets to an address go. */
	void (*route)(void *arg, const uint8_t addr[IP_ADDR_SIZE],
		struct route *route);
	/* Would the kernel take a packet that came in there? */
	bool (*accepts)(void *arg, int in_ifindex,
		const uint8_t src[IP_ADDR_SIZE],
		const uint8_t dst[IP_ADDR_SIZE]);
	/*
	 * Do chains of the system judge what crosses this node from one
	 * interface to another?  An answer is at most a second old.  NULL: no.
	 */
	bool (*is_judged)(void *arg, uint64_t now_ns);
	/* A global address of the interface; false: it has none. */
	bool (*address)(void *arg, int ifindex, uint8_t family,
		uint8_t addr[IP_ADDR_SIZE]);
	uint32_t (*mtu)(void *arg, int ifindex);
	/* In kbit/s, and counters: at most 10 ms old. */
	uint32_t (*rate)(void *arg, int ifindex, uint64_t now_ns);
	void (*load)(void *arg, int ifindex, uint64_t now_ns,
		struct link_load *load);
	/* What this node takes a whole path to carry, as it has learnt; 0: not
	   known. */
	uint32_t (*path_mtu)(void *arg, const uint8_t addr[IP_ADDR_SIZE]);
};

/* The loopback interface, as the kernel numbers it. */
enum { WORLD_LOOPBACK = 1 };

#endif
