/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The operations of Ephemeral State Processing on a node, natively: what
 * programs are measured against (bench/), and nothing that a router offers.
 * An ESP packet is a WASP packet's header, in which the place of the code length
 * holds the operation's number, and behind it at once the operands.  Hops,
 * status and checksum are kept as of a WASP packet.
 */
#ifndef VM_ESP_H
#define VM_ESP_H

#include "vm/esp-core.h"
#include "vm/ess.h"

struct esp_info {
	const char *name;	/* "count" */
	unsigned words;		/* of its operands */
	unsigned keys;		/* of them are keys of the store, each two */
	const char *program;	/* in examples/, that does the same */
};
extern const struct esp_info esp_infos[ESP_OP_COUNT];

struct esp_outcome {
	bool executed;		/* false: nothing was changed */
	bool drop;
};

/*
 * Carry out the operation of the packet at esp, whose header was read into
 * *header: hops, status and the checksum are written there and into the packet.
 * Not executed are packets without flag I, with a fault, with an operation that
 * is none, or with fewer operands than it has.  Keys are names in the store as
 * they are.  Where there is no room for an entry, the packet is marked and
 * passes.
 */
void esp_run(struct ess *store, uint8_t *esp, struct packet_header *header,
	uint64_t now_ns, struct esp_outcome *outcome);

#endif
