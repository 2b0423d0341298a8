/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a packet takes along through the kernel, in front of its bytes: when it
 * came in, and, if it returns, where it shall be sent, or that it has run at
 * egress.  It begins with a secret,
 * since what lies there may be another's, or bytes of a packet; who sent the
 * packet gains nothing by it but a wrong time.  The neighbour layer overwrites
 * the last two bytes.
 */
#ifndef XDP_TRANSIT_BPF_H
#define XDP_TRANSIT_BPF_H

#include "xdp/path.bpf.h"

struct path_meta {
	__u64 secret;
	__u64 ingress_ns;
	__u32 send_ifindex;		/* 0: it goes on */
	__u16 ran;			/* at egress, in mode fast */
	__u16 spare;
};

#endif
