/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Linux's answers to what the hooks ask: addresses and links kept from dumps
 * and renewed when the kernel tells of a change; routes and counters asked for
 * when needed.
 */
#ifndef ROUTER_NETLINK_H
#define ROUTER_NETLINK_H

#include "router/world.h"

struct netlink;

/* NULL with errno.  netlink_close accepts NULL. */
struct netlink *netlink_open(void);
void netlink_close(struct netlink *netlink);

/* Fill the table of questions; it borrows the netlink. */
void netlink_world(struct netlink *netlink, struct world *world);

/* Readable when something changed; then netlink_renew, false with errno. */
int netlink_fd(const struct netlink *netlink);
bool netlink_renew(struct netlink *netlink);

#endif
