/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of netlink.c share. */
#ifndef ROUTER_NETLINK_INT_H
#define ROUTER_NETLINK_INT_H

#include "router/netlink.h"

#include <libmnl/libmnl.h>

enum { BUFFER_SIZE = 32768, REQUEST_SIZE = 256, LOAD_SLOTS = 64 };

struct address {
	int ifindex;
	uint8_t family;			/* 4 or 6 */
	uint8_t length;			/* of its network's prefix, of 128 */
	bool global;
	uint8_t addr[IP_ADDR_SIZE];
};

struct load_slot {
	int ifindex;
	uint64_t asked_ns;
	struct link_load load;
	uint32_t rate;
	bool has_classes;		/* htb is the root discipline */
};

struct netlink {
	struct mnl_socket *query, *monitor;
	int ioctl_fd;
	unsigned seq;
	struct address *addresses;
	size_t address_count, address_room;
	struct links links;
	struct load_slot loads[LOAD_SLOTS];
	struct {
		int ifindex;
		uint64_t asked_ns;
		uint32_t rate;
	} speeds[LOAD_SLOTS];		/* what drivers said */
	struct {
		uint64_t asked_ns;	/* 0: not yet */
		bool judged;
	} chains;
	_Alignas(uint64_t) char buffer[BUFFER_SIZE];
};

/* Put a question's header into buf, REQUEST_SIZE bytes. */
struct nlmsghdr *netlink_request(char *buf, uint16_t type, uint16_t flags);

/* Ask, and hand every answer to the callback; false with errno. */
bool netlink_ask(struct netlink *netlink, struct nlmsghdr *nlh,
	mnl_cb_t answer, void *arg);

/*
 * Ask count questions of one answer each, which lie in buf one after the other
 * with the numbers netlink->seq + 1 and so on, and hand each answer that is no
 * error to take, with the index of its question; false with errno.
 */
typedef void netlink_take(void *arg, unsigned i, const struct nlmsghdr *nlh);
bool netlink_ask_each(struct netlink *netlink, const char *buf, size_t size,
	unsigned count, netlink_take *take, void *arg);

/* Dump links and addresses; false with errno. */
bool netlink_renew_links(struct netlink *netlink);

/* Each fills in the questions that it answers. */
void netlink_link_world(struct world *world);
void netlink_route_world(struct world *world);
void netlink_load_world(struct world *world);

#endif
