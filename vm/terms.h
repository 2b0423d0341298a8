/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Terms and small rules that the machine and the node have in common with
 * kernel code, which needs them without a C library.
 */
#ifndef VM_TERMS_H
#define VM_TERMS_H

#include "wasp/packet.h"

/* What a program says of its packet. */
enum vm_verdict { VM_FORWARD, VM_DROP, VM_RETURN };
#define VM_VERDICT_NAMES {"forward", "drop", "return"}

enum node_hook { NODE_INGRESS = 1, NODE_EGRESS = 2 };	/* env hook */
enum node_role { NODE_CLIENT = 1, NODE_GUEST, NODE_INTERNAL };	/* env role */

/*
 * Does a packet with these flags and this status run at a hook?  Not without
 * the hook's flag, not with a fault, not on its way back unless B is set.
 */
static inline bool
node_flags_run(unsigned flags, unsigned status, enum node_hook hook)
{
	unsigned flag = hook == NODE_INGRESS ?
		PACKET_FLAG_INGRESS : PACKET_FLAG_EGRESS;

	if (!(flags & flag) || status & PACKET_STATUS_FAULT)
		return false;
	return !(flags & PACKET_FLAG_RETURNED) || flags & PACKET_FLAG_BACK;
}

/* Does this run count a hop?  At ingress, or at egress for one without I. */
static inline bool
node_flags_count_hop(unsigned flags, enum node_hook hook)
{
	return hook == NODE_INGRESS || !(flags & PACKET_FLAG_INGRESS);
}

#endif
