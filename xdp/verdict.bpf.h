/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What becomes of a packet that ran: drop, return, reroute, forward; the bytes
 * of IP that change with it, as wasp/ip.c changes them.  The rules of `return`
 * are those of router/policy.c.
 */
#ifndef XDP_VERDICT_BPF_H
#define XDP_VERDICT_BPF_H

#include "xdp/world.bpf.h"

enum { RETURN_RATE_DEFAULT = 1000, BUCKET_TRIES = 8 };
#define SECOND_NS 1000000000ULL

/* What the program's type has to do with the packet. */
enum path_verdict {
	PATH_GO_ON,	/* the kernel's way */
	PATH_DROP,
	PATH_SEND	/* out of path->send_ifindex, as the bytes are now */
};

/* packet_checksum_update, without a loop. */
RUN_INLINE __u16
checksum_update(__u16 checksum, __u32 old_sum, __u32 new_sum)
{
	__u32 sum = (__u16)~checksum + (__u16)~old_sum + new_sum;

	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return sum == 0 ? 0 : (__u16)~sum;
}

RUN_INLINE __u32
sum32(const __u8 *p)
{
	__u32 sum = get16(p) + get16(p + 2);

	return (sum & 0xffff) + (sum >> 16);
}

RUN_INLINE void
swap32(__u8 *a, __u8 *b)
{
	__u32 t = *(__u32 *)a;

	*(__u32 *)a = *(__u32 *)b;
	*(__u32 *)b = t;
}

/* ip_set_hop_limit. */
RUN_INLINE bool
set_hop_limit(RUN_CTX *ctx, struct path *path, __u8 hop_limit)
{
	__u8 *p = frame_at(ctx, path->ip.ip_off, V4_SIZE);
	__u16 old, new;

	if (!p)
		return false;
	path->ip.hop_limit = hop_limit;
	if (path->ip.family == 6) {
		p[V6_OFF_HOP_LIMIT] = hop_limit;
		return true;
	}
	old = get16(p + V4_OFF_TTL);
	new = hop_limit << 8 | (old & 0xff);
	put16(p + V4_OFF_TTL, new);
	put16(p + V4_OFF_CHECKSUM, checksum_update(get16(p + V4_OFF_CHECKSUM),
		old, new));
	return true;
}

RUN_INLINE bool
swap_addresses(RUN_CTX *ctx, const struct path *path)
{
	__u8 *p;

	if (path->ip.family == 4) {
		p = frame_at(ctx, path->ip.ip_off, V4_SIZE);
		if (!p)
			return false;
		swap32(p + V4_OFF_SRC, p + V4_OFF_DST);
		return true;
	}
	p = frame_at(ctx, path->ip.ip_off, V6_SIZE);
	if (!p)
		return false;
	for (int i = 0; i < 16; i += 4)
		swap32(p + V6_OFF_SRC + i, p + V6_OFF_DST + i);
	return true;
}

RUN_INLINE bool
swap_ports(RUN_CTX *ctx, const struct path *path)
{
	__u8 *p;
	__u16 port;

	if (path->ip.next != IP_PROTOCOL_UDP)
		return true;
	p = frame_at(ctx, path->ip.upper_off, IP_UDP_HEADER_SIZE);
	if (!p)
		return false;
	port = get16(p);
	put16(p, get16(p + 2));
	put16(p + 2, port);
	return true;
}

RUN_INLINE bool
set_returned(RUN_CTX *ctx, const struct path *path)
{
	__u8 *p = frame_at(ctx, path->ip.wasp_off, PACKET_HEADER_SIZE);
	__u16 old;

	if (!p)
		return false;
	old = get16(p + PACKET_OFF_FLAGS);
	put16(p + PACKET_OFF_FLAGS, old | PACKET_FLAG_RETURNED << 8);
	put16(p + PACKET_OFF_CHECKSUM,
		checksum_update(get16(p + PACKET_OFF_CHECKSUM), old,
			old | PACKET_FLAG_RETURNED << 8));
	return true;
}

/* ip_turn_back; false where the frame is not what it was. */
RUN_INLINE bool
turn_bytes_back(RUN_CTX *ctx, struct path *path)
{
	return swap_addresses(ctx, path) && swap_ports(ctx, path) &&
		set_hop_limit(ctx, path, PACKET_RETURN_HOP_LIMIT) &&
		set_returned(ctx, path);
}

/*
 * Write an address, which lies there in IPv4 and in IPv6; ip_set_destination for
 * one of the two.
 */
RUN_INLINE bool
set_address(RUN_CTX *ctx, const struct path *path, const __u32 *words,
	__u32 off4, __u32 off6)
{
	__u32 old;
	__u8 *p;

	if (path->ip.family == 4) {
		p = frame_at(ctx, path->ip.ip_off, V4_SIZE);
		if (!p)
			return false;
		old = sum32(p + off4);
		*(__u32 *)(p + off4) = words[3];
		put16(p + V4_OFF_CHECKSUM,
			checksum_update(get16(p + V4_OFF_CHECKSUM), old,
				sum32(p + off4)));
		return true;
	}
	p = frame_at(ctx, path->ip.ip_off, V6_SIZE);
	if (!p)
		return false;
	for (int i = 0; i < 4; i++)
		*(__u32 *)(p + off6 + 4 * i) = words[i];
	return true;
}

RUN_INLINE bool
set_destination(RUN_CTX *ctx, struct path *path, const __u8 *to)
{
	__builtin_memcpy(path->ip.dst, to, 16);
	return set_address(ctx, path, (const __u32 *)to, V4_OFF_DST,
		V6_OFF_DST);
}

/* The source as it was before it was translated. */
RUN_INLINE bool
set_source(RUN_CTX *ctx, const struct path *path)
{
	return set_address(ctx, path, path->ip.src, V4_OFF_SRC, V6_OFF_SRC);
}

/*
 * bucket_take of router/policy.c.  Where another CPU is quicker so many times,
 * there are too many returns.
 */
RUN_INLINE bool
take_return(__u32 number, __u32 per_second, __u64 now_ns)
{
	__u64 *next = bpf_map_lookup_elem(&wasp_returns, &number);
	__u64 interval;

	if (!next || per_second == 0)
		return false;
	interval = SECOND_NS / per_second;
	for (int i = 0; i < BUCKET_TRIES; i++) {
		__u64 old = *(volatile __u64 *)next;
		__u64 due = old < now_ns ? now_ns : old;

		if (due - now_ns + interval > SECOND_NS)
			return false;
		if (__sync_val_compare_and_swap(next, old, due + interval) ==
		    old)
			return true;
	}
	return false;
}

RUN_INLINE bool
may_return(const struct path_ip *ip)
{
	return !(ip->wasp.flags & PACKET_FLAG_RETURNED) &&
		addr_returnable(ip->src) && addr_returnable(ip->dst) &&
		addr_is_v4(ip->src) == (ip->family == 4) &&
		addr_is_v4(ip->dst) == (ip->family == 4) &&
		!same_addr(ip->src, ip->dst);
}

/*
 * The answer to a packet for this node's own address, by another way than it
 * came: the kernel must take what comes in there.  It has no such check of IPv6.
 */
RUN_INLINE __u32
judge_own(const struct path *path)
{
	return path->ip.family == 4 && path->in_known &&
		path->in.flags & XDP_IF_STRICT_PATH ?
		XDP_COUNT_RETURN_PATH : XDP_COUNT_RETURNED;
}

/* What `return` means here; XDP_COUNT_RETURNED, or why it means forward. */
RUN_INLINE __u32
judge_return(RUN_CTX *ctx, struct path *path, const struct xdp_run *run)
{
	const struct path_route *back;
	__u32 to;

	__builtin_memcpy(path->asked, path->ip.dst, 16);
	to = may_return(&path->ip) ? path_route(ctx, 0) : ROUTE_OTHER;
	if (to == ROUTE_OTHER)
		return XDP_COUNT_RETURN_ADDRESS;
	if (path->in_ifindex == 0)
		return XDP_COUNT_RETURN_OWN;
	back = route_to_source(ctx, path);
	if (back->kind == ROUTE_LOCAL)
		return XDP_COUNT_RETURN_OWN;
	if (back->kind != ROUTE_UNICAST)
		return back->kind == ROUTE_OTHER ? XDP_COUNT_RETURN_ADDRESS :
			XDP_COUNT_RETURN_PATH;
	path->send_ifindex = back->ifindex;
	if (route_is_strict(back, path->in_ifindex))
		return XDP_COUNT_RETURNED;
	if (!path->in_known || path->in.role != NODE_INTERNAL)
		return XDP_COUNT_RETURN_PATH;
	if (to == ROUTE_LOCAL)
		return judge_own(path);
	if (run->hook == NODE_EGRESS)
		return XDP_COUNT_RETURN_ACROSS;
	path->turned = 1;
	return XDP_COUNT_RETURNED;
}

/*
 * "return" where it is allowed; else it means forward.  What goes back by
 * another interface than it came the kernel forwards, and takes one hop off.
 */
RUN_INLINE enum path_verdict
turn_back(RUN_CTX *ctx, struct path *path, const struct xdp_run *run)
{
	__u32 count = judge_return(ctx, path, run);

	if (count == XDP_COUNT_RETURNED &&
	    !take_return(path->in_known ? path->in.number : 0,
		path->in_known ? path->in.return_rate : RETURN_RATE_DEFAULT,
		run->now_ns))
		count = XDP_COUNT_RETURN_RATE;
	path_count(count);
	if (count != XDP_COUNT_RETURNED) {
		path->turned = 0;
		path_count(XDP_COUNT_FORWARDED);
		return PATH_GO_ON;
	}
	if (!turn_bytes_back(ctx, path))
		return PATH_DROP;
	if (!path->turned)
		return PATH_SEND;
	set_hop_limit(ctx, path, PACKET_RETURN_HOP_LIMIT + 1);
	return PATH_GO_ON;
}

/* The outcome of a run; an enum path_verdict. */
RUN_INLINE int
path_carry_out(RUN_CTX *ctx, struct path *path, const struct xdp_run *run)
{
	if (run->fault) {
		path_count(XDP_COUNT_FAULTED);
		path_count(XDP_COUNT_FAULTS + run->fault % ISA_FAULT_LIMIT);
		return PATH_GO_ON;
	}
	if (run->verdict == VM_DROP) {
		path_count(XDP_COUNT_DROPPED);
		return PATH_DROP;
	}
	if (run->rerouted) {
		path_count(XDP_COUNT_REROUTED);
		set_destination(ctx, path, run->reroute_to);
	}
	if (run->verdict == VM_RETURN && !is_back(path))
		return turn_back(ctx, path, run);
	path_count(XDP_COUNT_FORWARDED);
	return PATH_GO_ON;
}

#endif
