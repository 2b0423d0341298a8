/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Most packets, in one look: WASP right behind an IP header without options or
 * extensions, in a frame without tags, where no length is in doubt and nothing
 * in it could be WASP, too.  What is_common takes, parse_ip takes, and the same is
 * found; else parse_ip looks closely.
 */
#ifndef XDP_COMMON_BPF_H
#define XDP_COMMON_BPF_H

#include "xdp/path.bpf.h"

/*
 * Is it such a packet?  Then path->ip.wasp is set, and nothing else that counts,
 * since at egress most packets do not ask to run; see keep_common.
 */
RUN_INLINE bool
is_common_wasp(const RUN_CTX *ctx, struct path_ip *ip,
	const struct xdp_settings *settings)
{
	const __u8 *p = frame_at(ctx, ip->wasp_off, PACKET_HEADER_SIZE);
	struct path_wasp *wasp = &ip->wasp;

	if (!p || get16(p) != (PACKET_MAGIC_0 << 8 | PACKET_MAGIC_1) ||
	    p[PACKET_OFF_FLAGS] >> 4 != PACKET_VERSION)
		return false;
	read_wasp(wasp, p);
	ip->wasp_size = (__u32)packet_size(wasp->code_count, wasp->pad_count);
	if (wasp->code_count == 0 || wasp->code_count > PACKET_CODE_MAX ||
	    wasp->pad_count > PACKET_PAD_MAX ||
	    ip->wasp_off + ip->wasp_size > ip->end_off ||
	    wasp->next_header == settings->protocol ||
	    wasp->next_header == IP_PROTOCOL_UDP ||
	    wasp->next_header == PROTOCOL_V4 ||
	    wasp->next_header == PROTOCOL_V6)
		return false;
	if (!(wasp->code_count & 1))
		return true;
	p = frame_at(ctx, ip->wasp_off + PACKET_HEADER_SIZE +
		ISA_INSN_SIZE * wasp->code_count, ISA_INSN_SIZE);
	return p && get16(p) == 0;
}

/*
 * Is the header's checksum right?  Sums of whole words fold to the same as those
 * of their halves.  PATH_HEADERS_ARE_RIGHT: the kernel has seen to that.
 */
RUN_INLINE bool
sum_is_right(const __u8 *p)
{
#ifdef PATH_HEADERS_ARE_RIGHT
	(void)p;
	return true;
#else
	const __u32 *words = (const __u32 *)p;
	__u64 sum = (__u64)words[0] + words[1] + words[2] + words[3] +
		words[4];

	sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
	return (sum & 0xffff) + (sum >> 16) == 0xffff;
#endif
}

RUN_INLINE bool
is_common_v4(const __u8 *p, const struct xdp_settings *settings)
{
	return p[0] == 0x45 && p[V4_OFF_PROTOCOL] == settings->protocol &&
		!(get16(p + V4_OFF_FRAGMENT) & V4_FRAGMENT_MASK) &&
		sum_is_right(p);
}

/* In a frame of that EtherType and size, without tags. */
RUN_INLINE bool
is_common(const RUN_CTX *ctx, struct path_ip *ip, __u32 type,
	__u32 frame_size, const struct xdp_settings *settings)
{
	const __u8 *p = frame_at(ctx, ETH_SIZE, V4_SIZE);

	if (p && type == ETH_TYPE_V4 && is_common_v4(p, settings)) {
		ip->wasp_off = ETH_SIZE + V4_SIZE;
		ip->end_off = ETH_SIZE + get16(p + V4_OFF_LENGTH);
	} else {
		p = frame_at(ctx, ETH_SIZE, V6_SIZE);
		if (!p || type != ETH_TYPE_V6 || p[0] >> 4 != 6 ||
		    p[V6_OFF_NEXT] != settings->protocol)
			return false;
		ip->wasp_off = ETH_SIZE + V6_SIZE;
		ip->end_off = ip->wasp_off + get16(p + V6_OFF_LENGTH);
	}
	return ip->end_off <= frame_size && is_common_wasp(ctx, ip, settings);
}

RUN_INLINE void
keep_v4(struct path_ip *ip, const __u8 *p)
{
	ip->family = 4;
	ip->hop_limit = p[V4_OFF_TTL];
	ip->flow_label = 0;
	ip->class = p[1];
	copy_v4(ip->src, p + V4_OFF_SRC);
	copy_v4(ip->dst, p + V4_OFF_DST);
}

RUN_INLINE void
keep_v6(struct path_ip *ip, const __u8 *p)
{
	ip->family = 6;
	ip->hop_limit = p[V6_OFF_HOP_LIMIT];
	ip->class = get32(p) & 0x0fffffff;
	ip->flow_label = ip->class & 0xfffff;
	copy_addr(ip->src, p + V6_OFF_SRC);
	copy_addr(ip->dst, p + V6_OFF_DST);
}

/* After is_common: all of path->ip. */
RUN_INLINE bool
keep_common(const RUN_CTX *ctx, struct path_ip *ip, __u32 type,
	const struct xdp_settings *settings)
{
	const __u8 *p = frame_at(ctx, ETH_SIZE, V4_SIZE);

	ip->ip_off = ETH_SIZE;
	ip->upper_off = ip->wasp_off;
	ip->total_size = ip->end_off - ETH_SIZE;
	ip->next = settings->protocol;
	ip->extended = ip->sport = ip->dport = 0;
	if (p && type == ETH_TYPE_V4) {
		keep_v4(ip, p);
		return true;
	}
	p = frame_at(ctx, ETH_SIZE, V6_SIZE);
	if (p)
		keep_v6(ip, p);
	return p != NULL;
}

#endif
