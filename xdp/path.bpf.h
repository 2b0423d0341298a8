/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One packet on its way through a program: what was found in it, where it came
 * in and leaves, and the maps that say what this node knows.  All of it lies in
 * one value of a per-CPU map beside struct xdp_run, for the same reason.
 */
#ifndef XDP_PATH_BPF_H
#define XDP_PATH_BPF_H

#include "xdp/parse.bpf.h"

/* As in router/world.h. */
enum { ROUTE_NONE, ROUTE_UNICAST, ROUTE_LOCAL, ROUTE_OTHER };

struct path_route {
	__u32 kind;
	__u32 ifindex;
	__u32 varies;		/* it is one of several */
	__u32 direct;		/* no gateway between */
	__u32 resolved;		/* these are known: */
	__u8 smac[ETH_ADDR_SIZE], dmac[ETH_ADDR_SIZE];
};

struct path_hop {
	__u32 ifindex;
	__u32 macs[3];			/* of both, as they lie in a frame */
};

/* Of which interface, and of which generation, is what a path keeps? */
struct path_kept {
	__u32 ifindex, generation;
	__u32 known;
};

/* Looked up when first asked. */
enum path_local { PATH_NOT_LOCAL, PATH_LOCAL, PATH_LOCAL_UNKNOWN };

struct path {
	struct path_frame frame;
	struct path_ip ip, inner;
	/* The interfaces, from one packet to the next, see path_in, path_out;
	   out only where the egress hook is at hand. */
	struct path_kept kept_in, kept_out;
	struct xdp_interface in, out;
	__u32 in_ifindex, out_ifindex;	/* 0: none */
	__u32 in_known;			/* in is what the packet came in by */
	__u32 at_egress;		/* which hook is at hand */
	__u32 passes;			/* mode fast: the packet is at both hooks
					   in one visit */
	__u32 dst[4] __attribute__((aligned(8)));	/* as a run changes it */
	__u32 dst_local;		/* this node's? enum path_local */
	__u32 have_source;		/* to_source was asked for */
	__u32 turned;			/* it goes back by way of the kernel */
	__u32 translated;		/* tc: an address or port was */
	__u32 send_ifindex;
	__u32 asked[4] __attribute__((aligned(8)));	/* what path_route asks
					   for */
	struct path_route route;	/* its answer */
	struct path_route to_source;
	struct path_hop fast;		/* where mode fast sends it */
	__u64 now_ns;			/* see path_now */
	__u64 tick, tick_ns;		/* the kernel's, see path_tick */
	__u64 ingress_ns;		/* 0: not known */
	__u64 random_count;
};

/*
 * PATH_TYPE is xdp or tc, by the includer.  These maps are of one type of
 * program each; all others are shared.
 */
#define PATH_MAP(name) PATH_JOIN(name, PATH_TYPE)
#define PATH_JOIN(name, type) PATH_PASTE(name, type)
#define PATH_PASTE(name, type) wasp_##name##_##type
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct path);
} PATH_MAP(path) SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct xdp_run);
} PATH_MAP(run) SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, XDP_INTERFACES_MAX);
	__type(key, __u32);
	__type(value, struct xdp_interface);
} wasp_interfaces SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, XDP_VLANS_MAX);
	__type(key, struct xdp_vlan);
	__type(value, __u32);
} wasp_vlans SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, XDP_INTERFACES_MAX + 1);
	__type(key, __u32);
	__type(value, struct xdp_load);
} wasp_loads SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, XDP_ADDRESSES_MAX);
	__type(key, struct xdp_address);
	__type(value, __u32);
} wasp_addresses SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LPM_TRIE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, XDP_PREFIXES_MAX);
	__type(key, struct xdp_prefix);
	__type(value, __u32);
} wasp_operators SEC(".maps"), wasp_clients SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, XDP_INTERFACES_MAX + 1);
	__type(key, __u32);
	__type(value, __u64);
} wasp_returns SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, XDP_COUNT_COUNT);
	__type(key, __u32);
	__type(value, __u64);
} wasp_counts SEC(".maps");

/* wasp_steps_xdp, wasp_steps_tc: programs that end others. */
enum { PATH_STEP_INTERPRET, PATH_STEPS };

/*
 * The programs and that map; but where only the template of translations is
 * wanted (template-xdp.bpf.c) they are left out.
 */
#ifdef PATH_TEMPLATE
#define PATH_PROGRAM(section) static __attribute__((unused))
#define PATH_INIT_STEPS
#else
#define PATH_PROGRAM(section) SEC(section)
#define PATH_INIT_STEPS \
	= {.values = {[PATH_STEP_INTERPRET] = (void *)&wasp_interpret}}
#endif

RUN_INLINE struct path *
path_get(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&PATH_MAP(path), &zero);
}

RUN_INLINE struct xdp_run *
path_run(void)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&PATH_MAP(run), &zero);
}

/*
 * What wasp_interfaces has, kept per CPU: packets come in batches of one device,
 * and a look at a hash is dear.
 */
RUN_GLOBAL int
path_keep(__u32 ifindex, __u32 at_egress)
{
	struct xdp_interface *found = bpf_map_lookup_elem(&wasp_interfaces,
		&ifindex);
	struct path *path = path_get();

	if (!path)
		return 0;
	if (found && at_egress)
		path->out = *found;
	else if (found)
		path->in = *found;
	return found != NULL;
}

RUN_INLINE bool
path_find(struct path_kept *kept, const struct xdp_settings *settings,
	__u32 ifindex, __u32 at_egress)
{
	__u32 generation = *(const volatile __u32 *)&settings->generation;

	if (kept->ifindex != ifindex || kept->generation != generation) {
		kept->known = path_keep(ifindex, at_egress);
		kept->ifindex = ifindex;
		kept->generation = generation;
	}
	return kept->known;
}

/* path->in, path->out are those of that interface from now on; or it is none. */
RUN_INLINE bool
path_in(struct path *path, const struct xdp_settings *settings, __u32 ifindex)
{
	path->in_known = path_find(&path->kept_in, settings, ifindex, 0);
	return path->in_known;
}

RUN_INLINE bool
path_out(struct path *path, const struct xdp_settings *settings, __u32 ifindex)
{
	return path_find(&path->kept_out, settings, ifindex, 1);
}

/* The interface whose hook is at hand. */
RUN_INLINE const struct xdp_interface *
path_hook(const struct path *path)
{
	return path->at_egress ? &path->out : &path->in;
}

/* What programs and notes tell of the time: read once a visit, when asked. */
RUN_INLINE __u64
path_now(struct path *path)
{
	if (!path->now_ns)
		path->now_ns = bpf_ktime_get_boot_ns();
	return path->now_ns;
}

/*
 * The store's clock, and that of all that need not be more exact: read on each
 * processor once a tick of the kernel's, which is one load where the clock is
 * some 30 ns.  So it is behind by a tick at most, 4 ms at 250 Hz.
 */
RUN_INLINE __u64
path_tick(struct path *path, const struct xdp_settings *settings)
{
	__u64 tick = bpf_jiffies64();

	if (settings->now_ns)
		return settings->now_ns;
	if (path->tick != tick || !path->tick_ns) {
		path->tick = tick;
		path->tick_ns = bpf_ktime_get_boot_ns();
	}
	return path->tick_ns;
}

RUN_INLINE __u32
is_local(const __u32 addr[4])
{
	__u32 *kind = bpf_map_lookup_elem(&wasp_addresses, addr);

	return kind && *kind == XDP_ADDRESS_LOCAL ? PATH_LOCAL :
		PATH_NOT_LOCAL;
}

RUN_INLINE void
path_count(__u32 count)
{
	__u64 *counter = bpf_map_lookup_elem(&wasp_counts, &count);

	if (counter)
		(*counter)++;
}

RUN_INLINE bool
same_addr(const __u32 a[4], const __u32 b[4])
{
	return a[0] == b[0] && a[1] == b[1] && a[2] == b[2] && a[3] == b[3];
}

RUN_INLINE bool
addr_is_v4(const __u32 addr[4])
{
	return addr[0] == 0 && addr[1] == 0 && addr[2] == bpf_htonl(0xffff);
}

RUN_INLINE bool
addr_is_loopback(const __u32 addr[4])
{
	return addr[0] == 0 && addr[1] == 0 && addr[2] == 0 &&
		addr[3] == bpf_htonl(1);
}

/* As ip_addr_is_multicast of wasp/ip.c. */
RUN_INLINE bool
addr_is_multicast(const __u32 addr[4])
{
	return addr_is_v4(addr) ? bpf_ntohl(addr[3]) >> 28 == 0xe :
		bpf_ntohl(addr[0]) >> 24 == 0xff;
}

/* A multicast of IPv6 that does not go beyond a node. */
RUN_INLINE bool
addr_is_narrow(const __u32 addr[4])
{
	__u32 first = bpf_ntohl(addr[0]);

	return first >> 24 == 0xff && (first >> 16 & 15) <= 1;
}

/* As ip_addr_returnable of wasp/ip.c. */
RUN_INLINE bool
addr_returnable(const __u32 addr[4])
{
	__u32 first = bpf_ntohl(addr[0]), last = bpf_ntohl(addr[3]);

	if (addr_is_v4(addr))
		return last >> 24 != 0 && last >> 24 != 127 &&
			last >> 24 < 224 && last >> 16 != 0xa9fe;
	if (addr[0] == 0 && addr[1] == 0 && addr[2] == 0 && last <= 1)
		return false;
	return first >> 24 != 0xff && first >> 22 != 0xfe80 >> 6;
}

#endif
