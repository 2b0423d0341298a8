/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets on the wire for targets: their checksums in full, worked out here
 * once more, and objects as packets of every kind.
 */
#ifndef TESTS_FUZZ_WIRE_H
#define TESTS_FUZZ_WIRE_H

#include "tests/fuzz/fuzz.h"
#include "wasp/ip.h"

/* Which checksums of a packet that ip_find took in size bytes are right. */
struct wire_right {
	bool ip, udp, wasp;	/* true where there is none, or not all of what
				   it covers is at hand */
};
struct wire_right wire_right(const uint8_t *p, size_t size,
	const struct ip_info *info);

/* What was right is right still. */
void wire_check(struct wire_right before, struct wire_right after);

/* Make all of them right. */
void wire_mend(uint8_t *p, size_t size, const struct ip_info *info);

/*
 * Add the objects of fuzz_each_object as packets in IPv4, IPv6, with options or
 * extension headers, in UDP, on their way back; with params_size zeros, then
 * ones, before them.
 */
void wire_add_seeds(struct fuzz_seeds *seeds, size_t params_size);

#endif
