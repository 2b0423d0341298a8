/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * One packet at one hook, from where WASP was found in it to its run: why it
 * does not run here, as why_not of router/router.c, and the facts of a run.
 */
#ifndef XDP_VISIT_BPF_H
#define XDP_VISIT_BPF_H

#include "xdp/verdict.bpf.h"

/* What WASP carries behind its scratchpad, if that is IP. */
RUN_GLOBAL int
path_inner(RUN_CTX *ctx)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();

	if (!path || !settings)
		return PATH_OTHER;
	return parse_ip(ctx, &path->inner, path->inner.family,
		path->ip.end_off, settings);
}

/* Is the payload itself a WASP packet?  As is_nested of wasp/ip.c. */
RUN_INLINE bool
is_nested(RUN_CTX *ctx, struct path *path,
	const struct xdp_settings *settings)
{
	__u32 next = path->ip.wasp.next_header;
	__u32 off = path->ip.wasp_off + path->ip.wasp_size;
	const __u8 *p;

	if (next == settings->protocol)
		return true;
	if (next != IP_PROTOCOL_UDP && next != PROTOCOL_V4 &&
	    next != PROTOCOL_V6)
		return false;
	path->ip.end_off = path->ip.ip_off + path->ip.total_size;
	p = frame_at(ctx, off, 4);
	if (!p || off + 4 > path->ip.end_off)
		return false;
	if (next == IP_PROTOCOL_UDP)
		return get16(p) == settings->udp_port ||
			get16(p + 2) == settings->udp_port;
	path->inner.ip_off = off;
	path->inner.family = p[0] >> 4 == 4 ? 4 : 6;
	return path_inner(ctx) == PATH_WASP;
}

/*
 * The sum of header, code and scratchpad: 0xffff when it is right.  A checksum of
 * 0xffff is never what packet_checksum gives, though it adds up as 0 does.
 */
RUN_GLOBAL int
path_sum(RUN_CTX *ctx)
{
	struct path *path = path_get();
	const __u8 *field;
	__u32 sum = 0;

	if (!path)
		return 0;
	field = frame_at(ctx, path->ip.wasp_off + PACKET_OFF_CHECKSUM, 2);
	if (!field || get16(field) == 0xffff)
		return 0;
	for (__u32 i = 0; i < PACKET_SIZE_MAX / 4; i++) {
		const __u8 *p = frame_at(ctx, path->ip.wasp_off + 4 * i, 4);

		if (!p || 4 * i >= path->ip.wasp_size)
			break;
		sum += get16(p) + get16(p + 2);
	}
	sum = (sum & 0xffff) + (sum >> 16);
	return (sum & 0xffff) + (sum >> 16);
}

RUN_INLINE bool
checksum_fails(RUN_CTX *ctx, const struct path *path)
{
	return path_hook(path)->flags & XDP_IF_VERIFY_CHECKSUM &&
		path_sum(ctx) != 0xffff;
}

/* Does the hook's flag, or a fault, or the way back keep it from running? */
RUN_INLINE bool
is_asked(const struct path_wasp *wasp, __u32 hook)
{
	__u32 flag = hook == NODE_INGRESS ? PACKET_FLAG_INGRESS :
		PACKET_FLAG_EGRESS;

	return wasp->flags & flag && !(wasp->status & PACKET_STATUS_FAULT) &&
		(!(wasp->flags & PACKET_FLAG_RETURNED) ||
		 wasp->flags & PACKET_FLAG_BACK);
}

/* Why it does not run at an interface with these flags; or XDP_COUNT_FORWARDED. */
RUN_INLINE __u32
why_not_asked(const struct path_wasp *wasp, __u32 flags, __u32 hook)
{
	__u32 on = hook == NODE_INGRESS ? XDP_IF_INGRESS : XDP_IF_EGRESS;

	if (!(flags & on))
		return XDP_COUNT_HOOK_OFF;
	return is_asked(wasp, hook) ? XDP_COUNT_FORWARDED :
		XDP_COUNT_NOT_ASKED;
}

/* The same of a packet at the hook at hand, its checksum included. */
RUN_INLINE __u32
why_not(RUN_CTX *ctx, const struct path *path, __u32 hook)
{
	__u32 count = why_not_asked(&path->ip.wasp, path_hook(path)->flags,
		hook);

	return count == XDP_COUNT_FORWARDED && checksum_fails(ctx, path) ?
		XDP_COUNT_BAD_CHECKSUM : count;
}

/* What a new visit begins with; the interfaces are the caller's. */
RUN_INLINE void
begin_visit(struct path *path, const struct xdp_settings *settings,
	__u32 hook)
{
	path->now_ns = settings->now_ns;
	path->have_source = 0;
	path->turned = 0;
	path->ingress_ns = 0;
	path->passes = 0;
	path->at_egress = hook == NODE_EGRESS;
}

/* The facts of its run; false: it does not run. */
RUN_INLINE bool
begin_run(RUN_CTX *ctx, struct path *path, struct xdp_run *run,
	const struct xdp_settings *settings, uint8_t hook)
{
	const __u8 *wasp = frame_at(ctx, path->ip.wasp_off,
		PACKET_HEADER_SIZE);

	if (!wasp)
		return false;
	__builtin_memcpy(path->dst, path->ip.dst, 16);
	path->dst_local = PATH_LOCAL_UNKNOWN;
	run->wasp_off = path->ip.wasp_off;
	run->now_ns = path_tick(path, settings);
	run->env_have = 0;
	run->access_max = settings->access_max;
	run->hook = hook;
	run->is_operator = run->may_invite = RUN_RIGHT_UNKNOWN;
	run->interface = path_hook(path)->id;
	__builtin_memcpy(run->src, path->ip.src, 16);
	run_read_header(run, wasp);
	return run_starts(run);
}

#endif
