/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The router: one packet at one hook, from bytes to what becomes of them.  It
 * is handed packets by a data path (queue.c) and asks a world (netlink.c) for
 * routes; it opens nothing, prints nothing, and allocates nothing per packet.
 */
#ifndef ROUTER_ROUTER_H
#define ROUTER_ROUTER_H

#include "router/policy.h"

#include <stdio.h>

/* What becomes of a packet, see there; both data paths count the same. */
enum router_count {
#define XDP_COUNT(name, text) ROUTER_##name,
#include "xdp/counts.def"
	ROUTER_COUNT_COUNT
};

/* A few words for a count, as logs print it. */
const char *router_count_name(enum router_count count);

/* What the data path shall do. */
enum router_verdict {
	ROUTER_PLAIN,	/* let it go on as it came, not one bit changed */
	ROUTER_CHANGED,	/* let it go on with the bytes as they are now */
	ROUTER_DROP,
	ROUTER_SEND,	/* drop it, and send the bytes as they are now */
	ROUTER_REROUTE	/* the same, past this hook, where it has run */
};

struct router_packet {
	enum node_hook hook;
	uint8_t *p;			/* from the IP header on */
	size_t size;
	int in_ifindex, out_ifindex;	/* 0: none, or not known */
	uint64_t now_ns;		/* of a clock that never steps */
	uint64_t time_ns;		/* since 1970 */
	/*
	 * Out, with ROUTER_SEND: the packet has the addresses that it came in
	 * with, swapped.  So its source knows them, and no address translation
	 * may touch them again; else it was translated on its way through this
	 * node, and must be translated back.
	 */
	bool as_it_came;
	/*
	 * Out, with ROUTER_SEND: the interface that it must leave by, since no
	 * firewall sees it cross from one to another; 0: as routed, when it
	 * comes from this node's own address.  With ROUTER_REROUTE: that of the
	 * hook.
	 */
	int send_ifindex;
};

struct router;

/* A store that another data path works on at the same time, and its secrets. */
struct router_share {
	struct ess *store;		/* the router's from now on */
	uint8_t private_secret[KEY_SECRET_SIZE];
	uint8_t invite_secret[KEY_SECRET_SIZE];
};

/*
 * A router with a store of config->store entries, or with the one that is
 * shared (NULL: none).  The configuration is borrowed until it is replaced; the
 * world is copied.  NULL without memory or randomness.  router_free accepts
 * NULL.
 */
struct router *router_new(const struct config *config,
	const struct world *world, const struct router_share *share);
void router_free(struct router *router);

/*
 * Take another configuration; state is kept, and the store as large as it is.
 * Interfaces are to be told again.
 */
void router_configure(struct router *router, const struct config *config);

/*
 * The kernel's number of config->interfaces[number - 1]; 0: there is none now.
 */
void router_set_ifindex(struct router *router, unsigned number, int ifindex);

/* Handle a packet; its bytes change unless the verdict is ROUTER_PLAIN. */
enum router_verdict router_packet(struct router *router,
	struct router_packet *packet);

/* One more, of what is decided elsewhere. */
void router_count(struct router *router, enum router_count count);

/* What config->interfaces it is by the kernel's number, from 1; 0: none. */
unsigned router_number(const struct router *router, int ifindex);

uint64_t router_counted(const struct router *router, enum router_count count);
uint64_t router_faults(const struct router *router, enum isa_fault fault);

#endif
