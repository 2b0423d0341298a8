/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's answers to what the hooks ask: addresses and links kept from dumps
 * and renewed when the kernel tells of a change; routes and counters asked for
 * when needed.
 */
#ifndef ROUTER_NETLINK_H
#define ROUTER_NETLINK_H

#include "router/link.h"
#include "router/world.h"

struct netlink;

/* NULL with errno.  netlink_close accepts NULL. */
struct netlink *netlink_open(void);
void netlink_close(struct netlink *netlink);

/* Fill the table of questions; it borrows the netlink. */
void netlink_world(struct netlink *netlink, struct world *world);

/*
 * Every address that is not routed onwards: of this node (local), and those of
 * its networks that are nobody's, broadcast and anycast.
 */
typedef void netlink_visit(void *arg, const uint8_t addr[IP_ADDR_SIZE],
	bool local);
void netlink_each_address(const struct netlink *netlink, netlink_visit *visit,
	void *arg);

/* All interfaces, as they were when last renewed. */
const struct links *netlink_links(const struct netlink *netlink);

/*
 * Loads and rates in kbit/s of some interfaces, now; a rate that the driver
 * says is a second old at most.
 */
void netlink_loads(struct netlink *netlink, const int ifindex[],
	unsigned count, uint64_t now_ns, struct link_load loads[],
	uint32_t rates[]);

/* Readable when something changed; then netlink_renew, false with errno. */
int netlink_fd(const struct netlink *netlink);
bool netlink_renew(struct netlink *netlink);

#endif
