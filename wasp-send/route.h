/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel would do with a packet to an address: by which interface,
 * from which source, how big it may be.  Needs no privilege.
 */
#ifndef WASP_SEND_ROUTE_H
#define WASP_SEND_ROUTE_H

#include <net/if.h>

#include "wasp-send/error.h"
#include "wasp/ip.h"

struct route {
	unsigned if_index;
	char if_name[IF_NAMESIZE];
	uint8_t src[IP_ADDR_SIZE];	/* unspecified without a route */
	unsigned mtu;			/* the route's, or the interface's */
};

/*
 * Ask the kernel.  if_name and src restrict the question and may be NULL; a src
 * that is no address of this machine is not part of it.  In the answer src is
 * the one given, if any.
 */
bool route_find(const uint8_t dst[static IP_ADDR_SIZE], const char *if_name,
	const uint8_t *src, struct route *route, struct send_error *error);

/* Is this an address of this machine? */
bool route_is_ours(const uint8_t addr[static IP_ADDR_SIZE]);

/*
 * The interface must exist; if it does not, the message names those that do
 * (SEND_ERROR_USAGE).
 */
bool route_check_interface(const char *if_name, struct send_error *error);

#endif
