/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What user space and the BPF programs tell each other: the values of maps.
 * Written by waspd (settings, interfaces, loads), by the programs (counters),
 * read by both.  Numbers are in host order, addresses as they lie in packets.
 */
#ifndef XDP_ABI_H
#define XDP_ABI_H

#include <stdint.h>

#include "wasp/isa.h"
#include "wasp/key.h"

/* Of everything here and in the store: a pinned map of another is not used. */
enum { XDP_ABI = 1 };

enum { XDP_ADDR_SIZE = 16 };	/* IP_ADDR_SIZE */

/* wasp_settings: one of it, for the node as a whole. */
struct xdp_settings {
	uint8_t private_secret[KEY_SECRET_SIZE];	/* as in struct node */
	uint8_t invite_secret[KEY_SECRET_SIZE];
	uint64_t time_offset_ns;	/* 1970's clock less CLOCK_MONOTONIC */
	uint32_t mark;			/* our bits of the packet mark */
	uint16_t udp_port;		/* as in struct ip_numbers */
	uint8_t protocol;
	uint8_t access_max;		/* store instructions granted to a run */
	uint8_t has_v4, has_v6;		/* the node's addresses are set: */
	uint8_t v4[XDP_ADDR_SIZE], v6[XDP_ADDR_SIZE];
};

/* wasp_interfaces, by ifindex. */
enum {
	XDP_IF_OPERATOR = 1 << 0,	/* the operator's own come in here */
	XDP_IF_INGRESS = 1 << 1,	/* run the hook */
	XDP_IF_EGRESS = 1 << 2,
	XDP_IF_VERIFY_CHECKSUM = 1 << 3,
	XDP_IF_FAST = 1 << 4,		/* route and redirect here */
	XDP_IF_REDIRECT_TO = 1 << 5,	/* takes redirected frames */
	XDP_IF_STRICT_PATH = 1 << 6,	/* the kernel's rp_filter is strict */
	XDP_IF_HAS_V4 = 1 << 7,
	XDP_IF_HAS_V6 = 1 << 8
};
struct xdp_interface {
	uint32_t number;		/* from 1 on, in the configuration */
	uint32_t flags;			/* XDP_IF_... */
	uint32_t mtu, rate_kbit;
	uint32_t return_rate;		/* returns a second */
	uint8_t role;			/* enum node_role; 0: none */
	uint8_t tell;			/* enum isa_who, if tell_set */
	uint8_t tell_set;
	uint8_t spare;
	uint8_t v4[XDP_ADDR_SIZE], v6[XDP_ADDR_SIZE];
};

/* wasp_loads, by number: what env tells of it, and when that was so. */
struct xdp_load {
	uint64_t now_ns;		/* older than a second: not known */
	uint32_t queue, queue_pkts, drops;
	uint32_t tx_pkts, tx_bytes, rx_pkts, rx_bytes;
	uint32_t spare;
};

#endif
