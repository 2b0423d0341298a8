/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Routes, asked of the kernel's own tables.  bpf_fib_lookup answers with one of
 * the hops of a multipath route, as for a packet with the addresses given; so
 * where there are such routes it is asked for several sources, and a hop that
 * never comes is taken for none.  It answers nothing where the node does not
 * forward.
 */
#ifndef XDP_ROUTE_BPF_H
#define XDP_ROUTE_BPF_H

#include "xdp/path.bpf.h"

enum {
	FAMILY_V4 = 2, FAMILY_V6 = 10,	/* AF_INET, AF_INET6 */
	ROUTE_TRIES = 8
};

/* What an address is to which no packet is forwarded. */
RUN_INLINE __u32
route_kind(const __u32 asked[4])
{
	__u32 *kind = bpf_map_lookup_elem(&wasp_addresses, asked);

	if (kind)
		return *kind == XDP_ADDRESS_LOCAL ? ROUTE_LOCAL : ROUTE_OTHER;
	return addr_is_multicast(asked) ||
		(addr_is_v4(asked) && asked[3] == 0xffffffff) ?
		ROUTE_OTHER : ROUTE_NONE;
}

RUN_INLINE long
route_lookup(RUN_CTX *ctx, const struct path *path, __u32 source,
	struct bpf_fib_lookup *fib)
{
	const __u32 *asked = path->asked;

	__builtin_memset(fib, 0, sizeof(*fib));
	fib->ifindex = path->in_ifindex ? path->in_ifindex : path->out_ifindex;
	if (addr_is_v4(asked)) {
		fib->family = FAMILY_V4;
		fib->ipv4_src = bpf_htonl(source);
		fib->ipv4_dst = asked[3];
	} else {
		fib->family = FAMILY_V6;
		fib->ipv6_src[0] = bpf_htonl(0x20000000);	/* global */
		fib->ipv6_src[3] = bpf_htonl(source);
		__builtin_memcpy(fib->ipv6_dst, asked, 16);
	}
	return bpf_fib_lookup(ctx, fib, sizeof(*fib), 0);
}

RUN_INLINE void
route_take(struct path *path, const struct bpf_fib_lookup *fib, bool resolved)
{
	struct path_route *route = &path->route;

	route->kind = ROUTE_UNICAST;
	route->ifindex = fib->ifindex;
	route->direct = fib->family == FAMILY_V4 ?
		fib->ipv4_dst == path->asked[3] :
		same_addr(fib->ipv6_dst, path->asked);
	route->resolved = resolved;
	__builtin_memcpy(route->smac, fib->smac, ETH_ADDR_SIZE);
	__builtin_memcpy(route->dmac, fib->dmac, ETH_ADDR_SIZE);
}

/*
 * path->route <- the route to path->asked; of several hops the one by the
 * interface `wanted`, if it comes.  Returns its kind.
 */
RUN_GLOBAL int
path_route(RUN_CTX *ctx, __u32 wanted)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();
	struct bpf_fib_lookup fib;

	if (!path || !settings)
		return ROUTE_NONE;
	path->route.varies = 0;
	for (__u32 n = 0; n < ROUTE_TRIES; n++) {
		long result = route_lookup(ctx, path, n, &fib);

		if (result != BPF_FIB_LKUP_RET_SUCCESS &&
		    result != BPF_FIB_LKUP_RET_NO_NEIGH) {
			path->route.ifindex = 0;
			path->route.kind =
				result == BPF_FIB_LKUP_RET_NOT_FWDED ?
				route_kind(path->asked) : ROUTE_NONE;
			break;
		}
		path->route.varies |= n > 0 &&
			fib.ifindex != path->route.ifindex;
		route_take(path, &fib, result == BPF_FIB_LKUP_RET_SUCCESS);
		if (path->route.ifindex == wanted ||
		    !(settings->flags & XDP_MULTIPATH))
			break;
	}
	return path->route.kind;
}

/* The route to the packet's source, asked for when first needed. */
RUN_INLINE struct path_route *
route_to_source(RUN_CTX *ctx, struct path *path)
{
	if (!path->have_source) {
		__builtin_memcpy(path->asked, path->ip.src, 16);
		path_route(ctx, path->in_ifindex);
		path->to_source = path->route;
		path->have_source = 1;
	}
	return &path->to_source;
}

RUN_INLINE bool
route_is_strict(const struct path_route *route, __u32 in_ifindex)
{
	return route->kind == ROUTE_UNICAST && in_ifindex != 0 &&
		route->ifindex == in_ifindex;
}

#endif
