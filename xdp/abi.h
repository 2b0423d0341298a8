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
enum { XDP_ABI = 2 };

enum { XDP_ADDR_SIZE = 16 };	/* IP_ADDR_SIZE */

/*
 * Programs, in two objects:
 *
 * path-xdp: wasp_ingress, the XDP program of an interface.
 * path-tc: wasp_egress, at its egress; wasp_send, at the ingress of one with
 * XDP_IF_SENDER.
 *
 * In both, `translated` is the template of translations (jit.h), never attached,
 * and wasp_interpret is for the slot HOT_INTERPRETER of wasp_programs
 * (hot.h), of which each has its own.  wasp_steps_xdp and wasp_steps_tc are as
 * libbpf fills them, and lose that when no process has them open and they are
 * not pinned.  All other maps that have one name in both are one map.
 */
enum {
	XDP_INTERFACES_MAX = 64,
	XDP_VLANS_MAX = 4096,
	XDP_ADDRESSES_MAX = 16384,
	XDP_PREFIXES_MAX = 64
};

/* wasp_settings: one of it, for the node as a whole. */
enum {
	XDP_MULTIPATH = 1 << 0,		/* there are routes with several hops */
	XDP_HAS_CLIENTS = 1 << 1,	/* there are prefixes in wasp_clients */
	XDP_HAS_OPERATORS = 1 << 2	/* and in wasp_operators */
};
struct xdp_settings {
	uint8_t private_secret[KEY_SECRET_SIZE];	/* as in struct node */
	uint8_t invite_secret[KEY_SECRET_SIZE];
	uint8_t random_secret[KEY_SECRET_SIZE];
	uint64_t meta_secret;		/* what our XDP metadata begins with */
	uint64_t time_offset_ns;	/* 1970's clock less CLOCK_BOOTTIME, by
					   which the store and all here lives */
	uint64_t now_ns, time_ns;	/* instead of the clocks, unless 0: for
					   tests */
	uint64_t loads_asked_ns;	/* by the programs: when one read a load
					   last, within 10 ms */
	uint32_t flags;			/* XDP_MULTIPATH, ... */
	uint32_t mark;			/* our bits of the packet mark */
	uint16_t udp_port;		/* as in struct ip_numbers */
	uint8_t protocol;
	uint8_t access_max;		/* store instructions granted to a run */
	uint32_t generation;		/* one more after each change of
					   wasp_interfaces: programs keep what
					   they found there */
};

/*
 * wasp_interfaces, by ifindex; all that are configured, also those that another
 * data path serves, since packets come and go by them.
 */
enum {
	XDP_IF_OPERATOR = 1 << 0,	/* the operator's own come in here */
	XDP_IF_INGRESS = 1 << 1,	/* run the hook */
	XDP_IF_EGRESS = 1 << 2,
	XDP_IF_VERIFY_CHECKSUM = 1 << 3,
	XDP_IF_FAST = 1 << 4,		/* route and redirect what comes in */
	XDP_IF_REDIRECT_TO = 1 << 5,	/* takes redirected frames, and its egress
					   hook is off or ours */
	XDP_IF_STRICT_PATH = 1 << 6,	/* the kernel's rp_filter is strict, */
	XDP_IF_LOOSE_PATH = 1 << 7,	/* or loose */
	XDP_IF_SENDER = 1 << 8,		/* wasp_send is there */
	XDP_IF_UNWRAP = 1 << 9		/* what is wrapped may be unwrapped behind
					   us: not past the kernel */
};
struct xdp_interface {
	uint32_t number;		/* from 1 on, in the configuration */
	uint32_t flags;			/* XDP_IF_... */
	uint32_t mtu;			/* ISA_ENV_UNKNOWN: not known */
	uint32_t rate_kbit;		/* as configured; 0: see its load */
	uint32_t return_rate;		/* returns a second */
	uint32_t id;			/* in the names of invitations: the same
					   whatever its number */
	uint8_t role;			/* enum node_role; 0: none */
	uint8_t tell;			/* enum isa_who, if tell_set */
	uint8_t tell_set;
	uint8_t spare[3];
	uint8_t mac[6];			/* frames to others are not ours */
	/* what env node tells: as configured, else of the interface, else of
	   the loopback, else all zero */
	uint8_t v4[XDP_ADDR_SIZE], v6[XDP_ADDR_SIZE];
};

/* wasp_vlans: the interface of a tag, as an ifindex; others are plain IP. */
struct xdp_vlan {
	uint32_t ifindex;		/* where the tag is seen */
	uint32_t tag;			/* EtherType << 16 | VLAN */
};

/* wasp_addresses: one of these for addresses that are not routed onwards. */
enum {
	XDP_ADDRESS_LOCAL = 1,		/* a unicast address of this node */
	XDP_ADDRESS_OTHER		/* broadcast of a network, or anycast */
};
struct xdp_address {
	uint8_t addr[XDP_ADDR_SIZE];	/* IPv4 is ::ffff:a.b.c.d */
};

/* wasp_operators, wasp_clients: prefixes; the value says nothing. */
struct xdp_prefix {
	uint32_t length;		/* of the 128 bits */
	uint8_t addr[XDP_ADDR_SIZE];
};

/* wasp_loads, by number: what env tells of it, and when that was so. */
struct xdp_load {
	uint64_t now_ns;		/* older than a second: not known */
	uint32_t queue, queue_pkts, drops;
	uint32_t tx_pkts, tx_bytes, rx_pkts, rx_bytes;
	uint32_t rate_kbit;
};

/* wasp_counts, per CPU: 64-bit numbers, of faults from XDP_COUNT_FAULTS on. */
enum xdp_count {
#define XDP_COUNT(name, text) XDP_COUNT_##name,
#include "xdp/counts.def"
	XDP_COUNT_FAULTS,
	XDP_COUNT_COUNT = XDP_COUNT_FAULTS + ISA_FAULT_LIMIT
};

#endif
