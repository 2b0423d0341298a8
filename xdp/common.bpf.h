/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Most packets, in one look: WASP right behind an IP header without options or
 * extensions, in a frame without tags, where no length is in doubt and nothing
 * in it could be WASP, too.  What parse_common takes, parse_ip and the kernel
 * take, and the same is found; else parse_ip looks closely.
 */
#ifndef XDP_COMMON_BPF_H
#define XDP_COMMON_BPF_H

#include "xdp/path.bpf.h"

RUN_INLINE bool
is_common_wasp(const RUN_CTX *ctx, struct path_ip *ip, const __u8 *p,
	const struct xdp_settings *settings)
{
	struct path_wasp *wasp = &ip->wasp;

	if (get16(p) != (PACKET_MAGIC_0 << 8 | PACKET_MAGIC_1) ||
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

/* What the kernel takes of addresses as they come in from a device. */
RUN_INLINE bool
v6_addresses_are_taken(const struct path_ip *ip)
{
	return bpf_ntohl(ip->src[0]) >> 24 != 0xff && !addr_is_v4(ip->src) &&
		!addr_is_loopback(ip->src) && !addr_is_loopback(ip->dst) &&
		!addr_is_narrow(ip->dst);
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
is_common_v4(struct path_ip *ip, const __u8 *p,
	const struct xdp_settings *settings)
{
	if (p[0] != 0x45 || p[V4_OFF_PROTOCOL] != settings->protocol ||
	    get16(p + V4_OFF_FRAGMENT) & V4_FRAGMENT_MASK || !sum_is_right(p))
		return false;
	ip->family = 4;
	ip->total_size = get16(p + V4_OFF_LENGTH);
	ip->hop_limit = p[V4_OFF_TTL];
	ip->flow_label = 0;
	ip->class = p[1];
	ip->wasp_off = ETH_SIZE + V4_SIZE;
	copy_v4(ip->src, p + V4_OFF_SRC);
	copy_v4(ip->dst, p + V4_OFF_DST);
	return true;
}

RUN_INLINE bool
is_common_v6(struct path_ip *ip, const __u8 *p,
	const struct xdp_settings *settings)
{
	if (p[0] >> 4 != 6 || p[V6_OFF_NEXT] != settings->protocol)
		return false;
	ip->family = 6;
	ip->total_size = V6_SIZE + get16(p + V6_OFF_LENGTH);
	ip->hop_limit = p[V6_OFF_HOP_LIMIT];
	ip->class = get32(p) & 0x0fffffff;
	ip->flow_label = ip->class & 0xfffff;
	ip->wasp_off = ETH_SIZE + V6_SIZE;
	copy_addr(ip->src, p + V6_OFF_SRC);
	copy_addr(ip->dst, p + V6_OFF_DST);
	return v6_addresses_are_taken(ip);
}

RUN_INLINE bool
is_common_ip(const RUN_CTX *ctx, struct path_ip *ip, __u32 type,
	const struct xdp_settings *settings)
{
	const __u8 *p = frame_at(ctx, ETH_SIZE, V4_SIZE);

	if (p && type == ETH_TYPE_V4)
		return is_common_v4(ip, p, settings);
	p = frame_at(ctx, ETH_SIZE, V6_SIZE);
	return p && type == ETH_TYPE_V6 && is_common_v6(ip, p, settings);
}

/* In a frame of that EtherType and size. */
RUN_INLINE bool
parse_common(const RUN_CTX *ctx, struct path *path, __u32 type,
	__u32 frame_size, const struct xdp_settings *settings)
{
	struct path_ip *ip = &path->ip;
	const __u8 *p;

	if (path->frame.tag_count || !is_common_ip(ctx, ip, type, settings))
		return false;
	ip->ip_off = ETH_SIZE;
	ip->upper_off = ip->wasp_off;
	ip->end_off = ETH_SIZE + ip->total_size;
	ip->next = settings->protocol;
	ip->extended = ip->sport = ip->dport = 0;
	p = frame_at(ctx, ip->wasp_off, PACKET_HEADER_SIZE);
	return p && ip->end_off <= frame_size &&
		is_common_wasp(ctx, ip, p, settings);
}

#endif
