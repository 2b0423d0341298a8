/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An interface as the kernel tells of it, and how VLANs lie upon others: whose
 * frames come in with which tags.  Bytes in, answers out; netlink-link.c asks.
 */
#ifndef ROUTER_LINK_H
#define ROUTER_LINK_H

#include "xdp/abi.h"

#include <stdbool.h>
#include <stddef.h>

enum { LINK_MAC_SIZE = 6, LINK_TAGS_MAX = 2 /* that XDP looks behind */ };

struct link {
	int ifindex;
	bool up;
	uint32_t mtu;			/* ISA_ENV_UNKNOWN: not told */
	bool has_mac;
	uint8_t mac[LINK_MAC_SIZE];
	bool vlan;			/* then these say of which tag: */
	int below;			/* the interface that it lies upon; 0: one
					   of another network namespace */
	uint32_t tag;			/* EtherType << 16 | VLAN; 0: not known */
	bool bare;			/* its own frames are without the tag, as
					   by default (reorder_hdr) */
};

struct links {
	struct link *list;
	size_t count, room;
};

/* Add what one message says, RTM_NEWLINK or another; false without memory. */
struct nlmsghdr;
bool links_take(struct links *links, const struct nlmsghdr *nlh);

/* NULL: there is none. */
const struct link *links_find(const struct links *links, int ifindex);

/*
 * The interface at which XDP sees the frames of one: itself, or what is below all
 * its tags.  0: none, with the reason, a few words.
 */
int links_bottom(const struct links *links, int ifindex, const char **why);

/* Does a VLAN lie upon it? */
bool links_carries(const struct links *links, int ifindex);

/*
 * wasp_vlans: the VLANs that are up, and can be told by their tags; how many,
 * room at most.
 */
unsigned links_vlans(const struct links *links, struct xdp_vlan keys[],
	uint32_t values[], unsigned room);

#endif
