/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Numbers that the machine and the node have in common with kernel code, which
 * needs them without a C library.
 */
#ifndef VM_TERMS_H
#define VM_TERMS_H

/* What a program says of its packet. */
enum vm_verdict { VM_FORWARD, VM_DROP, VM_RETURN };
#define VM_VERDICT_NAMES {"forward", "drop", "return"}

enum node_hook { NODE_INGRESS = 1, NODE_EGRESS = 2 };	/* env hook */
enum node_role { NODE_CLIENT = 1, NODE_GUEST, NODE_INTERNAL };	/* env role */

#endif
