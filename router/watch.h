/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel's BPF programs can not ask for: is any route one with several
 * hops, does an interface forward, and how strictly is the reverse path checked
 * there?  Learnt from dumps, and kept from what the kernel tells of changes.
 */
#ifndef ROUTER_WATCH_H
#define ROUTER_WATCH_H

#include <stdbool.h>

struct watch;

/* NULL with errno.  watch_close accepts NULL. */
struct watch *watch_open(void);
void watch_close(struct watch *watch);

/* Readable when something changed; then watch_renew: was it of interest? */
int watch_fd(const struct watch *watch);
bool watch_renew(struct watch *watch);

/* Once there was such a route it stays true. */
bool watch_multipath(const struct watch *watch);

/* Does it forward packets that come in there?  family is 4 or 6. */
bool watch_forwards(const struct watch *watch, int ifindex, int family);

/* net.ipv4.conf.*.rp_filter as it counts for an interface: 0, 1, 2. */
int watch_reverse_path(const struct watch *watch, int ifindex);

#endif
