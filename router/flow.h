/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Flows that rules wrap and unwrap: what becomes of one packet that the rules
 * of nftables have brought here.
 *
 *	forwarded	PREROUTING: wrapped, then run at ingress as any packet
 *	made here	OUTPUT: wrapped
 *	wrapped		PREROUTING: run at ingress, then unwrapped
 *	ICMP errors	about what was wrapped here: made to quote what was inside
 */
#ifndef ROUTER_FLOW_H
#define ROUTER_FLOW_H

#include "router/router.h"

struct flow;

struct flow_packet {
	/*
	 * The hook is ingress, in_ifindex is set; or OUTPUT, out_ifindex is.
	 * The bytes may be replaced by others, which are flow's and valid until
	 * the next call.
	 */
	struct router_packet packet;
	bool made_here;			/* at OUTPUT */
	bool has_run;			/* at ingress, in the kernel */
	bool unwrapped;			/* out: so it is not to be wrapped */
};

enum flow_verdict {
	FLOW_PLAIN,	/* let it go on as it came */
	FLOW_GO,	/* let it go on with the bytes as they are now */
	FLOW_DROP,
	FLOW_RETURN,	/* as ROUTER_SEND */
	FLOW_AROUND,	/* drop it, and send the bytes by out_ifindex: it is
			   larger than the kernel takes this path to carry */
	FLOW_ERROR	/* drop it, and send the bytes, which are an ICMP error */
};

/* Everything is borrowed but the world.  NULL without memory or randomness. */
struct flow *flow_new(const struct config *config, const struct world *world,
	struct router *router);
void flow_free(struct flow *flow);	/* NULL is allowed */

/* Take another configuration; rules of the same name go on counting. */
void flow_configure(struct flow *flow, const struct config *config);

enum flow_verdict flow_packet(struct flow *flow, struct flow_packet *packet);

/*
 * Is this a packet that ran at ingress to be unwrapped, and stayed wrapped, since
 * it goes elsewhere?  It comes once more, as any WASP packet, and is not to run
 * again; the answer is true once.
 */
bool flow_ran(struct flow *flow, const uint8_t *p, size_t size,
	uint64_t now_ns);

#endif
