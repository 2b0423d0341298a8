/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The way out in mode fast: what the kernel would do with a packet that it
 * routes on without a word to anybody, and where it would send it.  The answer
 * is kept until a tick that comes a millisecond later, or more, for packets that
 * are the same in all that was asked; so long may a packet have waited for its
 * turn as well.
 */
#ifndef XDP_FAST_BPF_H
#define XDP_FAST_BPF_H

#include "xdp/route.bpf.h"

enum { FAST_HOPS = 256, FAST_HOP_SHIFT = 56, FAST_KEPT_NS = 1000000 };

/* All that is asked about a packet, but its size. */
struct fast_asked {
	__u64 src[2], dst[2];
	__u32 in_ifindex, generation;
	__u32 class, next;		/* as in struct path_ip */
	__u32 sport, dport;
};

struct fast_hop {
	struct fast_asked asked;
	__u64 found_ns;
	__u32 mtu;			/* 0: nothing was found */
	__u32 ifindex;
	__u32 macs[3];			/* of both, as they lie in a frame */
	__u32 spare;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, FAST_HOPS);
	__type(key, __u32);
	__type(value, struct fast_hop);
} wasp_hops SEC(".maps");

RUN_INLINE __u32
fast_place(const struct path_ip *ip)
{
	const __u64 *src = (const __u64 *)ip->src;
	const __u64 *dst = (const __u64 *)ip->dst;
	__u64 sum = src[0] + src[1] + 3 * (dst[0] + dst[1]) + ip->sport +
		ip->dport + ip->class;

	return sum * 0x9e3779b97f4a7c15 >> FAST_HOP_SHIFT;
}

RUN_INLINE void
fast_ask(const struct path *path, const struct xdp_settings *settings,
	struct fast_asked *asked)
{
	const struct path_ip *ip = &path->ip;

	__builtin_memcpy(asked->src, ip->src, 16);
	__builtin_memcpy(asked->dst, ip->dst, 16);
	asked->in_ifindex = path->in_ifindex;
	asked->generation = settings->generation;
	asked->class = ip->class;
	asked->next = ip->next;
	asked->sport = ip->sport;
	asked->dport = ip->dport;
}

RUN_INLINE bool
fast_is_asked(const struct path *path, const struct xdp_settings *settings,
	const struct fast_asked *asked)
{
	const struct path_ip *ip = &path->ip;
	const __u64 *src = (const __u64 *)ip->src;
	const __u64 *dst = (const __u64 *)ip->dst;

	return asked->src[0] == src[0] && asked->src[1] == src[1] &&
		asked->dst[0] == dst[0] && asked->dst[1] == dst[1] &&
		asked->in_ifindex == path->in_ifindex &&
		asked->generation == settings->generation &&
		asked->class == ip->class && asked->next == ip->next &&
		asked->sport == ip->sport && asked->dport == ip->dport;
}

/* Does the kernel route between these addresses, and from where they come? */
RUN_INLINE bool
fast_suits(RUN_CTX *ctx, struct path *path)
{
	struct path_ip *ip = &path->ip;

	if (!addr_returnable(ip->src) || !addr_returnable(ip->dst) ||
	    is_local(ip->src))
		return false;
	if (ip->family == 4 && path->in.flags & XDP_IF_STRICT_PATH)
		return route_is_strict(route_to_source(ctx, path),
			path->in_ifindex);
	return ip->family != 4 || !(path->in.flags & XDP_IF_LOOSE_PATH) ||
		route_to_source(ctx, path)->kind == ROUTE_UNICAST;
}

/* The route of this packet, with its size and class. */
RUN_INLINE bool
fast_route(RUN_CTX *ctx, const struct path *path, struct fast_hop *hop)
{
	const struct path_ip *ip = &path->ip;
	struct bpf_fib_lookup fib;

	__builtin_memset(&fib, 0, sizeof(fib));
	fib.ifindex = path->in_ifindex;
	fib.tot_len = ip->total_size;
	fib.l4_protocol = ip->next;
	fib.sport = bpf_htons(ip->sport);
	fib.dport = bpf_htons(ip->dport);
	if (ip->family == 4) {
		fib.family = FAMILY_V4;
		fib.tos = ip->class;
		fib.ipv4_src = ip->src[3];
		fib.ipv4_dst = ip->dst[3];
	} else {
		fib.family = FAMILY_V6;
		fib.flowinfo = bpf_htonl(ip->class);
		__builtin_memcpy(fib.ipv6_src, ip->src, 16);
		__builtin_memcpy(fib.ipv6_dst, ip->dst, 16);
	}
	if (bpf_fib_lookup(ctx, &fib, sizeof(fib), 0) !=
	    BPF_FIB_LKUP_RET_SUCCESS || fib.ifindex == path->in_ifindex)
		return false;
	hop->ifindex = fib.ifindex;
	hop->mtu = fib.mtu_result;	/* or, before Linux 5.12, this size */
	__builtin_memcpy(hop->macs, fib.dmac, ETH_ADDR_SIZE);
	__builtin_memcpy((__u8 *)hop->macs + ETH_ADDR_SIZE, fib.smac,
		ETH_ADDR_SIZE);
	return true;
}

/* Ask anew. */
RUN_GLOBAL int
fast_find(RUN_CTX *ctx, __u32 place)
{
	struct xdp_settings *settings = run_settings();
	struct fast_hop *hop = bpf_map_lookup_elem(&wasp_hops, &place);
	struct path *path = path_get();

	if (!hop || !path || !settings)
		return 0;
	fast_ask(path, settings, &hop->asked);
	hop->found_ns = path_tick(path, settings);
	if (!fast_suits(ctx, path) || !fast_route(ctx, path, hop))
		hop->mtu = 0;
	return 0;
}

/* path->fast <- where the packet goes; false: that is the kernel's to say. */
RUN_INLINE bool
fast_hop(RUN_CTX *ctx, struct path *path, const struct xdp_settings *settings)
{
	__u32 place = fast_place(&path->ip);
	struct fast_hop *hop = bpf_map_lookup_elem(&wasp_hops, &place);

	if (!hop)
		return false;
	if (path_tick(path, settings) - hop->found_ns >= FAST_KEPT_NS ||
	    path->ip.total_size > hop->mtu ||
	    !fast_is_asked(path, settings, &hop->asked))
		fast_find(ctx, place);
	if (path->ip.total_size > hop->mtu)
		return false;
	path->fast.ifindex = hop->ifindex;
	path->fast.macs[0] = hop->macs[0];
	path->fast.macs[1] = hop->macs[1];
	path->fast.macs[2] = hop->macs[2];
	return true;
}

#endif
