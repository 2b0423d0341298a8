/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The ingress hook, in XDP: before the kernel has looked at the frame, so what
 * the kernel would refuse at once goes on to it unseen.  A packet that ran is
 * dropped, sent back, let go on, or, in mode fast, routed and redirected here.
 *
 *	wasp_ingress -- run -- drop
 *	                 |---- return: redirect, or with a note to wasp_send
 *	                 |---- go on, with a note for the egress hook
 *	                 `---- mode fast: [egress hook: run] redirect
 *
 * A run is a translation's or wasp_interpret's, programs of their own.
 */
#define RUN_CTX struct xdp_md
#define PATH_TYPE xdp
#include "xdp/common.bpf.h"
#include "xdp/fast.bpf.h"
#include "xdp/hot.bpf.h"
#include "xdp/transit.bpf.h"
#include "xdp/visit.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

PATH_PROGRAM("xdp") int wasp_interpret(struct xdp_md *ctx);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, PATH_STEPS);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} wasp_steps_xdp SEC(".maps") PATH_INIT_STEPS;

/*
 * Leave a note in front of the frame, if the driver has room for one.  All
 * pointers into the frame are void afterwards.
 */
RUN_INLINE bool
leave_note(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings, __u32 send_ifindex, __u16 ran)
{
	struct path_meta *meta;

	if (bpf_xdp_adjust_meta(ctx, -(int)sizeof(*meta)))
		return false;
	meta = (void *)(long)ctx->data_meta;
	if ((void *)(meta + 1) > (void *)(long)ctx->data)
		return false;
	meta->secret = settings->meta_secret;
	meta->ingress_ns = path_now(path);
	meta->send_ifindex = send_ifindex;
	meta->ran = ran;
	meta->spare = 0;
	return true;
}

/* To the kernel, which may bring it to an egress hook. */
RUN_INLINE int
pass(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings)
{
	if (path->ip.wasp.flags & PACKET_FLAG_EGRESS)
		leave_note(ctx, path, settings, 0, 0);
	return XDP_PASS;
}

/*
 * A socket's UDP packet comes by way of a veth with its checksum not computed
 * yet, which only the kernel's own way mends: the field holds the sum of the
 * pseudo-header.
 */
RUN_INLINE bool
is_partial(struct xdp_md *ctx, const struct path *path)
{
	const struct path_ip *ip = &path->ip;
	const __u8 *p;
	__u64 sum;

	if (ip->next != IP_PROTOCOL_UDP)
		return false;
	p = frame_at(ctx, ip->upper_off, IP_UDP_HEADER_SIZE);
	if (!p)
		return true;
	sum = (__u64)IP_PROTOCOL_UDP + get16(p + 4);
	for (int i = ip->family == 4 ? 3 : 0; i < 4; i++)
		sum += (__u64)bpf_ntohl(ip->src[i]) + bpf_ntohl(ip->dst[i]);
	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
	sum = (sum & 0xffff) + (sum >> 16);
	sum = (sum & 0xffff) + (sum >> 16);
	return get16(p + 6) == sum;
}

RUN_INLINE bool
set_macs(struct xdp_md *ctx, const struct path_route *route)
{
	__u8 *p = frame_at(ctx, 0, ETH_SIZE);

	if (!p)
		return false;
	__builtin_memcpy(p + ETH_OFF_DST, route->dmac, ETH_ADDR_SIZE);
	__builtin_memcpy(p + ETH_OFF_SRC, route->smac, ETH_ADDR_SIZE);
	return true;
}

/*
 * A return.  Out of the device it came in by as it is, if its egress hook has
 * nothing to do, and all is known that it takes; else the kernel resolves the
 * neighbour, and the way out is the usual one.
 */
RUN_INLINE int
send(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings)
{
	const struct path_route *back = &path->to_source;
	__u8 flags = path->ip.wasp.flags;
	bool runs = path->in.flags & XDP_IF_EGRESS &&
		flags & PACKET_FLAG_EGRESS && flags & PACKET_FLAG_BACK;

	if (path->in.flags & XDP_IF_REDIRECT_TO && !runs && back->resolved &&
	    path->frame.tag_count == 0 &&
	    path->send_ifindex == ctx->ingress_ifindex &&
	    !is_partial(ctx, path) && set_macs(ctx, back))
		return bpf_redirect(path->send_ifindex, 0);
	if (path->in.flags & XDP_IF_SENDER &&
	    leave_note(ctx, path, settings, path->send_ifindex, 0))
		return XDP_PASS;
	path_count(XDP_COUNT_SEND_FAILED);
	return XDP_DROP;
}

/* The interface that the frame came in by: for a tag, the one it belongs to. */
RUN_INLINE __u32
find_interface(const struct xdp_md *ctx, const struct path_frame *frame)
{
	__u32 ifindex = ctx->ingress_ifindex;

	for (__u32 i = 0; i < 2; i++) {
		struct xdp_vlan vlan = {ifindex, frame->tags[i & 1]};
		__u32 *found;

		if (i >= frame->tag_count)
			break;
		if ((vlan.tag & VLAN_ID_MASK) == 0)
			continue;	/* only a priority */
		found = bpf_map_lookup_elem(&wasp_vlans, &vlan);
		if (!found)
			return 0;
		ifindex = *found;
	}
	return ifindex;
}

/* Is it for the link layer's address, or, with its packet, for a group? */
RUN_INLINE bool
is_for(const struct xdp_md *ctx, const struct path_ip *ip,
	const __u8 mac[ETH_ADDR_SIZE])
{
	const __u8 *p = frame_at(ctx, ETH_OFF_DST, ETH_ADDR_SIZE);

	if (p && *p & ETH_GROUP)
		return addr_is_multicast(ip->dst);
	return p && *(const __u32 *)p == *(const __u32 *)mac &&
		*(const __u16 *)(p + 4) == *(const __u16 *)(mac + 4);
}

/* The kernel drops an IPv4 header whose checksum is wrong. */
RUN_INLINE bool
header_is_right(const struct xdp_md *ctx, const struct path_ip *ip)
{
	__u32 size = ip->upper_off - ip->ip_off, sum = 0;

	for (__u32 i = 0; i < V4_SIZE_MAX; i += 4) {
		const __u8 *p = frame_at(ctx, ip->ip_off + i, 4);

		if (i >= size)
			break;
		if (!p)
			return false;
		sum += get16(p) + get16(p + 2);
	}
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16) == 0xffff;
}

/* May a router skip an option of hop-by-hop that it does not know? */
RUN_INLINE bool
option_is_skipped(__u8 type, __u8 size)
{
	if (type == V6_OPTION_ROUTER_ALERT)
		return size == 2;
	return !(type & V6_OPTION_ACTION) && type != V6_OPTION_CALIPSO &&
		type != V6_OPTION_IOAM;
}

/* The bytes of padding behind its type and size, up to V6_PAD_MAX - 2. */
RUN_GLOBAL int
path_is_zero(struct xdp_md *ctx, struct path_ip *ip, __u32 size)
{
	if (!ip)
		return 0;
	for (__u32 i = 0; i < V6_PAD_MAX - 2; i++) {
		const __u8 *p = frame_at(ctx, ip->scan + 2 + i, 1);

		if (i < size && (!p || *p))
			return 0;
	}
	return 1;
}

/*
 * Will the kernel skip all options of hop-by-hop?  It drops packets for others,
 * for wrong lengths, and for too much padding.
 */
RUN_GLOBAL int
path_options_are_skipped(struct xdp_md *ctx, struct path_ip *ip)
{
	const __u8 *p;

	if (!ip)
		return 0;
	p = frame_at(ctx, ip->ip_off + V6_SIZE, 8);
	if (!p)
		return 0;
	ip->scan = ip->ip_off + V6_SIZE + 2;
	ip->scan_end = ip->ip_off + V6_SIZE + 8 * (p[1] + 1u);
	ip->padding = 0;
	for (int i = 0; i < V6_OPTIONS_MAX && ip->scan < ip->scan_end; i++) {
		p = frame_at(ctx, ip->scan, 1);
		if (!p)
			return 0;
		if (*p == V6_OPTION_PAD1) {
			ip->scan++;
			if (++ip->padding > V6_PAD_MAX)
				return 0;
			continue;
		}
		p = frame_at(ctx, ip->scan, 2);
		if (!p || ip->scan + 2 + p[1] > ip->scan_end)
			return 0;
		if (*p != V6_OPTION_PADN && !option_is_skipped(p[0], p[1]))
			return 0;
		ip->padding = *p == V6_OPTION_PADN ?
			ip->padding + 2 + p[1] : 0;
		if (ip->padding > V6_PAD_MAX ||
		    (ip->padding && !path_is_zero(ctx, ip, p[1])))
			return 0;
		p = frame_at(ctx, ip->scan, 2);
		ip->scan += p ? 2 + p[1] : 0;
	}
	return ip->scan == ip->scan_end;
}

/* What the kernel takes of addresses as they come in from a device. */
RUN_INLINE bool
v6_addresses_are_taken(const struct path_ip *ip)
{
	return bpf_ntohl(ip->src[0]) >> 24 != 0xff && !addr_is_v4(ip->src) &&
		!addr_is_loopback(ip->src) && !addr_is_loopback(ip->dst) &&
		!addr_is_narrow(ip->dst);
}

/*
 * What the kernel takes from a device, to the point where netfilter sees it;
 * all else goes on to it as it came.
 */
RUN_INLINE bool
kernel_takes(struct xdp_md *ctx, struct path *path, __u32 frame_size)
{
	struct path_ip *ip = &path->ip;
	const __u8 *p;

	if (ip->ip_off + ip->total_size > frame_size)
		return false;
	if (ip->family == 4)
		return header_is_right(ctx, ip);
	if (!v6_addresses_are_taken(ip))
		return false;
	p = frame_at(ctx, ip->ip_off, V6_SIZE);
	return p && (p[V6_OFF_NEXT] != V6_HOP_BY_HOP ||
		path_options_are_skipped(ctx, ip));
}

RUN_INLINE int
redirect(struct xdp_md *ctx, const struct path *path)
{
	__u32 *words = (__u32 *)frame_at(ctx, 0, ETH_SIZE);

	if (!words)
		return XDP_DROP;
	words[0] = path->fast.macs[0];
	words[1] = path->fast.macs[1];
	words[2] = path->fast.macs[2];
	path_count(XDP_COUNT_FAST);
	return bpf_redirect(path->fast.ifindex, 0);
}

/* The egress hook of a packet in mode fast. */
RUN_INLINE int
fast_egress(struct xdp_md *ctx, struct path *path, struct xdp_run *run,
	const struct xdp_settings *settings)
{
	__u32 count;

	path->ip.wasp.status = run->status;
	count = why_not(ctx, path, NODE_EGRESS);
	if (count == XDP_COUNT_FORWARDED &&
	    begin_run(ctx, path, run, settings, NODE_EGRESS)) {
		hot_dispatch(ctx, run);
		bpf_tail_call(ctx, &wasp_steps_xdp, PATH_STEP_INTERPRET);
	}
	path_count(count);
	return redirect(ctx, path);
}

/* Is a whole IP packet inside, which this node may unwrap? */
RUN_INLINE bool
may_be_unwrapped(const struct path *path)
{
	__u8 next = path->ip.wasp.next_header;

	return path->in.flags & XDP_IF_UNWRAP &&
		(next == PROTOCOL_V4 || next == PROTOCOL_V6);
}

/*
 * Mode fast: route it here, run the egress hook, redirect; whatever this can not
 * do for it the kernel does.
 */
RUN_INLINE int
go_fast(struct xdp_md *ctx, struct path *path, struct xdp_run *run,
	const struct xdp_settings *settings)
{
	if (path->turned || path->frame.tag_count || path->ip.extended ||
	    may_be_unwrapped(path) || path->ip.hop_limit <= 1 ||
	    is_partial(ctx, path) ||
	    !fast_hop(ctx, path, settings) ||
	    !path_out(path, settings, path->fast.ifindex) ||
	    !(path->out.flags & XDP_IF_REDIRECT_TO) ||
	    !set_hop_limit(ctx, path, path->ip.hop_limit - 1)) {
		path_count(XDP_COUNT_FAST_NOT);
		return pass(ctx, path, settings);
	}
	if (!(path->out.flags & XDP_IF_EGRESS))
		return redirect(ctx, path);
	path->at_egress = path->passes = 1;
	path->out_ifindex = path->fast.ifindex;
	return fast_egress(ctx, path, run, settings);
}

/*
 * What was rerouted at egress: here, if all is known; else by the kernel, with
 * one hop more, since that takes one off, and the word that it has run.
 */
RUN_INLINE int
redirect_elsewhere(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings)
{
	if (fast_hop(ctx, path, settings) &&
	    path->fast.ifindex == path->out_ifindex)
		return redirect(ctx, path);
	if (set_hop_limit(ctx, path, path->ip.hop_limit + 1) &&
	    leave_note(ctx, path, settings, 0, 1)) {
		path_count(XDP_COUNT_FAST_NOT);
		return XDP_PASS;
	}
	path_count(XDP_COUNT_SEND_FAILED);
	return XDP_DROP;
}

/* What becomes of a packet that ran, at either hook; an XDP action. */
RUN_INLINE int
path_go_on(struct xdp_md *ctx, struct xdp_run *run)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();
	int verdict;

	if (!path || !settings)
		return XDP_DROP;
	verdict = path_carry_out(ctx, path, run);
	if (verdict == PATH_DROP)
		return XDP_DROP;
	if (verdict == PATH_SEND)
		return send(ctx, path, settings);
	if (run->hook == NODE_EGRESS)
		return run->rerouted ?
			redirect_elsewhere(ctx, path, settings) :
			redirect(ctx, path);
	if (path->in.flags & XDP_IF_FAST)
		return go_fast(ctx, path, run, settings);
	return pass(ctx, path, settings);
}

PATH_PROGRAM("xdp")
int
wasp_interpret(struct xdp_md *ctx)
{
	struct xdp_run *run = path_run();

	if (!run)
		return XDP_DROP;
	run_interpret(ctx, run);
	run_finish(ctx, run);
	return path_go_on(ctx, run);
}

/*
 * Where it came in, and why it does not run there; XDP_COUNT_COUNT: it is for
 * another host.
 */
RUN_INLINE __u32
arrive(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings, __u32 ifindex)
{
	bool known = path_in(path, settings, ifindex);

	begin_visit(path, settings, NODE_INGRESS);
	if (known && !is_for(ctx, &path->ip, path->in.mac))
		return XDP_COUNT_COUNT;
	if (path->ip.hop_limit <= 1 && !is_local(path->ip.dst))
		return XDP_COUNT_EXPIRES;
	if (!known)
		return XDP_COUNT_NO_INTERFACE;
	if (world_is_forged(path, settings))
		return XDP_COUNT_FORGED;
	path->in_ifindex = ifindex;
	path->out_ifindex = 0;
	return why_not(ctx, path, NODE_INGRESS);
}

/*
 * The interface that a WASP packet came in by; 0: the kernel shall have the frame
 * as it is.
 */
RUN_INLINE __u32
find_wasp(struct xdp_md *ctx, struct path *path,
	const struct xdp_settings *settings)
{
	__u32 frame_size = ctx->data_end - ctx->data, ifindex;
	__u32 type = parse_tags(ctx, &path->frame);
	enum path_find found;

	if (path->frame.tag_count == 0 &&
	    is_common(ctx, &path->ip, type, frame_size, settings) &&
	    keep_common(ctx, &path->ip, type, settings) &&
	    (path->ip.family == 4 || v6_addresses_are_taken(&path->ip)))
		return ctx->ingress_ifindex;
	if (type != ETH_TYPE_V4 && type != ETH_TYPE_V6)
		return 0;
	path->ip.ip_off = path->frame.ip_off;
	found = parse_ip(ctx, &path->ip, type == ETH_TYPE_V4 ? 4 : 6,
		frame_size, settings);
	if (found == PATH_OTHER)
		return 0;
	ifindex = find_interface(ctx, &path->frame);
	if (!ifindex || !kernel_takes(ctx, path, frame_size))
		return 0;
	if (found == PATH_WASP && !is_nested(ctx, path, settings))
		return ifindex;
	path_count(XDP_COUNT_NOT_WASP);
	return 0;
}

PATH_PROGRAM("xdp")
int
wasp_ingress(struct xdp_md *ctx)
{
	struct xdp_settings *settings = run_settings();
	struct xdp_run *run = path_run();
	struct path *path = path_get();
	__u32 count, ifindex;

	if (!path || !settings || !run)
		return XDP_PASS;
	ifindex = find_wasp(ctx, path, settings);
	if (!ifindex)
		return XDP_PASS;
	count = arrive(ctx, path, settings, ifindex);
	if (count == XDP_COUNT_COUNT)
		return XDP_PASS;
	if (count != XDP_COUNT_FORWARDED) {
		path_count(count);
		if (count == XDP_COUNT_FORGED)
			return XDP_DROP;
		return path->in_known ? pass(ctx, path, settings) : XDP_PASS;
	}
	if (!begin_run(ctx, path, run, settings, NODE_INGRESS))
		return XDP_PASS;
	hot_dispatch(ctx, run);
	bpf_tail_call(ctx, &wasp_steps_xdp, PATH_STEP_INTERPRET);
	return XDP_PASS;
}

/* What translations are made of, and where they leave. */
RUN_INLINE int
translated_goes_on(struct xdp_md *ctx, struct xdp_run *run)
{
	path_count(XDP_COUNT_TRANSLATED);
	return path_go_on(ctx, run);
}
#define TRANSLATED_SECTION "xdp"
#define TRANSLATED_RUNS PATH_MAP(run)
#include "xdp/translated.bpf.h"
