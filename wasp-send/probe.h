/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is sent: an object's packet with our identifier and a sequence number,
 * inside IP.  Everything that goes out, or is printed instead, is built here.
 */
#ifndef WASP_SEND_PROBE_H
#define WASP_SEND_PROBE_H

#include "wasp/ip.h"
#include "wasp/object.h"

enum { PROBE_SIZE_MAX = PACKET_SIZE_MAX + IP_HEADERS_MAX };

struct probe {
	const struct object *object;	/* borrowed */
	struct ip_form form;
	struct ip_numbers numbers;
	uint16_t ident;
};

/*
 * Write the IP packet with that sequence number; returns its size.  The
 * object's checksum follows by difference, so one that is wrong on purpose
 * stays as wrong as it is.
 */
size_t probe_build(const struct probe *probe, uint16_t seq,
	uint8_t p[static PROBE_SIZE_MAX]);

/* The size of that packet. */
size_t probe_size(const struct probe *probe);

/* May this program be sent to another destination (it has a reroute)? */
bool probe_reroutes(const struct object *object);

#endif
