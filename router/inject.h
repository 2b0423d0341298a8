/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Raw sockets: one a family to send whole packets from this node, routed anew
 * and past the rules of OUTPUT and POSTROUTING; one a family that takes the
 * protocol in and forgets it, so that the kernel does not answer packets to
 * this node with "protocol unreachable".
 */
#ifndef ROUTER_INJECT_H
#define ROUTER_INJECT_H

#include "wasp/ip.h"

struct inject {
	int v4, v6;		/* -1: none */
	int sink4, sink6;
};

/* false with errno; a kernel without IPv6 is none.  Closing may follow. */
bool inject_open(struct inject *inject, uint8_t protocol);
void inject_close(struct inject *inject);

/*
 * Send an IP packet as it is, with a packet mark, by an interface only (0: as
 * routed); false with errno.  fits: its source is told where it is too large for
 * what the route says; else only the interface's MTU counts.
 */
bool inject_send(const struct inject *inject, const uint8_t *p, size_t size,
	uint32_t mark, int ifindex, bool fits);

#endif
