/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Where the WASP packet is in a frame: Ethernet, up to two VLAN tags, IPv4 or
 * IPv6, UDP.  It takes what ip_find of wasp/ip.c takes, of what the kernel
 * itself would take; what is found lies in map memory, so that the kernel's
 * verifier forgets by which way it was found.
 */
#ifndef XDP_PARSE_BPF_H
#define XDP_PARSE_BPF_H

#include "wasp/ip.h"
#include "xdp/run.bpf.h"

enum {
	ETH_OFF_DST = 0,
	ETH_OFF_SRC = 6,
	ETH_OFF_TYPE = 12,
	ETH_ADDR_SIZE = 6,
	ETH_GROUP = 1,			/* in the first byte of an address */
	ETH_SIZE = 14,
	ETH_TYPE_V4 = 0x0800,
	ETH_TYPE_V6 = 0x86dd,
	ETH_TYPE_VLAN = 0x8100,		/* 802.1Q */
	ETH_TYPE_VLAN_OUTER = 0x88a8,	/* 802.1ad */
	VLAN_SIZE = 4,
	VLAN_ID_MASK = 0xfff,

	V4_SIZE = 20,
	V4_SIZE_MAX = 60,
	V4_OFF_LENGTH = 2,
	V4_OFF_FRAGMENT = 6,
	V4_OFF_TTL = 8,
	V4_OFF_PROTOCOL = 9,
	V4_OFF_CHECKSUM = 10,
	V4_OFF_SRC = 12,
	V4_OFF_DST = 16,
	V4_FRAGMENT_MASK = 0x3fff,
	V4_OPTION_END = 0,
	V4_OPTION_NOP = 1,
	V4_OPTION_LSRR = 131,
	V4_OPTION_SSRR = 137,

	V6_SIZE = 40,
	V6_OFF_LENGTH = 4,
	V6_OFF_NEXT = 6,
	V6_OFF_HOP_LIMIT = 7,
	V6_OFF_SRC = 8,
	V6_OFF_DST = 24,
	V6_HOP_BY_HOP = 0,
	V6_DESTINATION = 60,
	V6_EXTENSIONS_MAX = 4,
	V6_OPTIONS_MAX = 16,		/* that are looked at */
	V6_OPTION_PAD1 = 0,
	V6_OPTION_PADN = 1,
	V6_OPTION_ROUTER_ALERT = 5,
	V6_OPTION_CALIPSO = 7,
	V6_OPTION_IOAM = 0x31,
	V6_OPTION_ACTION = 0xc0,	/* 0: skip when not known */
	V6_PAD_MAX = 7,			/* bytes; the kernel takes no more */

	PROTOCOL_V4 = 4,
	PROTOCOL_V6 = 41,

	FRAME_OFF_MAX = 0x3fff		/* headers beyond are plain IP */
};

enum path_find {
	PATH_OTHER,	/* another protocol */
	PATH_PLAIN,	/* it says to be WASP, and is plain IP by its form */
	PATH_WASP
};

/* Of one frame: the tags as EtherType << 16 | VLAN, the outer one first. */
struct path_frame {
	__u32 ip_off, tag_count;
	__u32 tags[2];
};

/* What is asked of WASP's header before a run, which reads it whole. */
struct path_wasp {
	__u8 flags, next_header, code_count, pad_count;
	__u8 status;
};

/* Of one IP packet; offsets from the first byte of the frame. */
struct path_ip {
	__u32 ip_off, upper_off, wasp_off;
	__u32 end_off;			/* where the packet ends, at most */
	__u32 total_size;		/* by its own header */
	__u32 wasp_size;
	__u32 next;			/* protocol behind all headers seen */
	__u32 family;			/* 4 or 6 */
	__u32 hop_limit;
	__u32 scan, scan_end, padding;	/* where an option is looked at */
	__u32 extended;			/* IPv4 options, IPv6 extensions */
	__u32 sport, dport;		/* 0 without UDP */
	__u32 flow_label;
	__u32 class;			/* the first word's, less the version:
					   type of service, or with the label */
	/* as they lie in IPv6 */
	__u32 src[4] __attribute__((aligned(8))), dst[4];
	struct path_wasp wasp;
};

/*
 * size bytes from an offset of the frame, or NULL where it is shorter.  The
 * offset must be one the verifier knows nothing of, else it tells ways apart.
 */
RUN_INLINE __u8 *
frame_at(const RUN_CTX *ctx, __u32 off, __u32 size)
{
	__u8 *p = (__u8 *)(long)ctx->data;
	const __u8 *end = (const __u8 *)(long)ctx->data_end;

	off &= FRAME_OFF_MAX;
	p += off;
	RUN_HIDE(p);
	return p + size <= end ? p : NULL;
}

RUN_INLINE __u16
get16(const __u8 *p)
{
	return bpf_ntohs(*(const __u16 *)p);
}

RUN_INLINE void
put16(__u8 *p, __u16 value)
{
	*(__u16 *)p = bpf_htons(value);
}

RUN_INLINE __u32
get32(const __u8 *p)
{
	return bpf_ntohl(*(const __u32 *)p);
}

/*
 * Addresses are written eight bytes at a time, as they are read: what was written
 * in parts has to be in the cache before it can be read as a whole.
 */
RUN_INLINE void
copy_addr(__u32 to[4], const __u8 *p)
{
	const __u64 *from = (const __u64 *)p;
	__u64 *halves = (__u64 *)to;

	halves[0] = from[0];
	halves[1] = from[1];
}

RUN_INLINE void
copy_v4(__u32 to[4], const __u8 *p)
{
	__u64 *halves = (__u64 *)to;

	halves[0] = 0;
	halves[1] = bpf_cpu_to_be64(0xffffULL << 32 |
		bpf_ntohl(*(const __u32 *)p));
}

/* The EtherType, behind up to two tags; 0: the frame is too short. */
RUN_INLINE __u32
parse_tags(const RUN_CTX *ctx, struct path_frame *frame)
{
	const __u8 *p = frame_at(ctx, 0, ETH_SIZE);
	__u32 type;

	if (!p)
		return 0;
	type = get16(p + ETH_OFF_TYPE);
	frame->tag_count = 0;
	frame->ip_off = ETH_SIZE;
#pragma unroll
	for (__u32 i = 0; i < 2; i++) {
		if (type != ETH_TYPE_VLAN && type != ETH_TYPE_VLAN_OUTER)
			break;
		p = frame_at(ctx, ETH_SIZE + VLAN_SIZE * i, VLAN_SIZE);
		if (!p)
			return 0;
		frame->tags[i] = type << 16 | (get16(p) & VLAN_ID_MASK);
		frame->tag_count = i + 1;
		frame->ip_off = ETH_SIZE + VLAN_SIZE * (i + 1);
		type = get16(p + 2);
	}
	return type;
}

/*
 * Does the IPv4 header carry a source route?  As v4_source_routed of wasp/ip.c.
 * ip->scan is in memory so that the verifier does not follow it.
 */
RUN_GLOBAL int
path_source_routed(RUN_CTX *ctx, struct path_ip *ip)
{
	if (!ip)
		return 0;
	ip->scan = ip->ip_off + V4_SIZE;
	for (int n = 0; n < V4_SIZE_MAX - V4_SIZE; n++) {
		const __u8 *p = frame_at(ctx, ip->scan, 1);

		if (!p || ip->scan >= ip->upper_off || *p == V4_OPTION_END)
			return 0;
		if (*p == V4_OPTION_LSRR || *p == V4_OPTION_SSRR)
			return 1;
		if (*p == V4_OPTION_NOP) {
			ip->scan++;
			continue;
		}
		p = frame_at(ctx, ip->scan + 1, 1);
		if (!p || ip->scan + 1 >= ip->upper_off || *p < 2)
			return 0;
		ip->scan += *p;
	}
	return 0;
}

RUN_INLINE enum path_find
parse_v4(RUN_CTX *ctx, struct path_ip *ip, __u32 end_off,
	const struct xdp_settings *settings, bool *bad)
{
	const __u8 *p = frame_at(ctx, ip->ip_off, V4_SIZE);
	__u32 size, total, fragment;

	if (!p)
		return PATH_OTHER;
	size = (p[0] & 15) * 4u;
	total = get16(p + V4_OFF_LENGTH);
	fragment = get16(p + V4_OFF_FRAGMENT);
	if (p[0] >> 4 != 4 || size < V4_SIZE || total < size ||
	    ip->ip_off + size > end_off || fragment & V4_FRAGMENT_MASK)
		return PATH_OTHER;
	ip->family = 4;
	ip->hop_limit = p[V4_OFF_TTL];
	ip->next = p[V4_OFF_PROTOCOL];
	ip->flow_label = 0;
	ip->class = p[1];
	ip->total_size = total;
	ip->upper_off = ip->ip_off + size;
	ip->extended = size > V4_SIZE;
	if (ip->next != settings->protocol && ip->next != IP_PROTOCOL_UDP)
		return PATH_OTHER;
	copy_v4(ip->src, p + V4_OFF_SRC);
	copy_v4(ip->dst, p + V4_OFF_DST);
	*bad = size > V4_SIZE && path_source_routed(ctx, ip);
	return PATH_WASP;
}

/* The headers between IPv6 and what it carries, as far as we look. */
RUN_INLINE enum path_find
parse_extensions(const RUN_CTX *ctx, struct path_ip *ip, __u32 end_off)
{
	for (int i = 0; i < V6_EXTENSIONS_MAX; i++) {
		__u32 off = ip->upper_off;
		const __u8 *p;

		if (ip->next != V6_HOP_BY_HOP && ip->next != V6_DESTINATION)
			break;
		RUN_FORGET(off);
		p = frame_at(ctx, off, 8);
		if (!p || off + 8 > end_off)
			return PATH_OTHER;
		ip->next = p[0];
		off += 8 * (p[1] + 1u);
		if (off > end_off || off > FRAME_OFF_MAX ||
		    off - ip->ip_off > ip->total_size)
			return PATH_OTHER;
		ip->upper_off = off;
		ip->extended = 1;
	}
	return PATH_WASP;
}

RUN_INLINE enum path_find
parse_v6(const RUN_CTX *ctx, struct path_ip *ip, __u32 end_off)
{
	const __u8 *p = frame_at(ctx, ip->ip_off, V6_SIZE);

	if (!p || p[0] >> 4 != 6 || ip->ip_off + V6_SIZE > end_off)
		return PATH_OTHER;
	ip->family = 6;
	ip->class = get32(p) & 0x0fffffff;
	ip->flow_label = ip->class & 0xfffff;
	ip->total_size = V6_SIZE + get16(p + V6_OFF_LENGTH);
	ip->next = p[V6_OFF_NEXT];
	ip->hop_limit = p[V6_OFF_HOP_LIMIT];
	ip->upper_off = ip->ip_off + V6_SIZE;
	ip->extended = 0;
	copy_addr(ip->src, p + V6_OFF_SRC);
	copy_addr(ip->dst, p + V6_OFF_DST);
	return parse_extensions(ctx, ip, end_off);
}

/* Where 'W' should be; bad is set where lengths contradict each other. */
RUN_INLINE enum path_find
parse_upper(const RUN_CTX *ctx, struct path_ip *ip,
	const struct xdp_settings *settings, bool *bad)
{
	const __u8 *p;
	__u32 length;

	ip->wasp_off = ip->upper_off;
	ip->sport = ip->dport = 0;
	if (ip->next == settings->protocol)
		return PATH_WASP;
	if (ip->next != IP_PROTOCOL_UDP)
		return PATH_OTHER;
	p = frame_at(ctx, ip->upper_off, IP_UDP_HEADER_SIZE);
	if (!p || ip->upper_off + IP_UDP_HEADER_SIZE > ip->end_off)
		return PATH_OTHER;
	ip->sport = get16(p);
	ip->dport = get16(p + 2);
	if (ip->dport != settings->udp_port &&
	    ip->sport != settings->udp_port)
		return PATH_OTHER;
	length = get16(p + 4);
	if (length < IP_UDP_HEADER_SIZE || ip->total_size <
	    ip->upper_off - ip->ip_off + length)
		*bad = true;
	else if (ip->end_off > ip->upper_off + length)
		ip->end_off = ip->upper_off + length;
	ip->wasp_off = ip->upper_off + IP_UDP_HEADER_SIZE;
	return PATH_WASP;
}

RUN_INLINE void
read_wasp(struct path_wasp *wasp, const __u8 *p)
{
	wasp->flags = p[PACKET_OFF_FLAGS] & PACKET_FLAGS;
	wasp->next_header = p[PACKET_OFF_NEXT_HEADER];
	wasp->code_count = p[PACKET_OFF_CODE_COUNT];
	wasp->pad_count = p[PACKET_OFF_PAD_COUNT];
	wasp->status = p[PACKET_OFF_STATUS];
}

/* The header of WASP, as packet_parse of wasp/packet.c. */
RUN_INLINE enum path_find
parse_wasp(const RUN_CTX *ctx, struct path_ip *ip,
	const struct xdp_settings *settings, bool *bad)
{
	const __u8 *p = frame_at(ctx, ip->wasp_off, PACKET_HEADER_SIZE);
	struct path_wasp *wasp = &ip->wasp;

	if (!p || ip->wasp_off + PACKET_HEADER_SIZE > ip->end_off ||
	    get16(p) != (PACKET_MAGIC_0 << 8 | PACKET_MAGIC_1) ||
	    p[PACKET_OFF_FLAGS] >> 4 != PACKET_VERSION)
		return PATH_OTHER;
	read_wasp(wasp, p);
	if (wasp->code_count == 0 || wasp->code_count > PACKET_CODE_MAX ||
	    wasp->pad_count > PACKET_PAD_MAX)
		return PATH_OTHER;
	ip->wasp_size = (__u32)packet_size(wasp->code_count, wasp->pad_count);
	if (ip->wasp_off + ip->wasp_size > ip->end_off ||
	    ip->wasp_off + ip->wasp_size > FRAME_OFF_MAX)
		return PATH_OTHER;
	if (ip->next == IP_PROTOCOL_UDP && ip->dport != settings->udp_port &&
	    !(wasp->flags & PACKET_FLAG_RETURNED))
		return PATH_OTHER;
	if (wasp->code_count & 1) {
		p = frame_at(ctx, ip->wasp_off + PACKET_HEADER_SIZE +
			ISA_INSN_SIZE * wasp->code_count, ISA_INSN_SIZE);
		*bad |= !p || get16(p) != 0;
	}
	return PATH_WASP;
}

/*
 * From an IP header at ip->ip_off on, in a packet that ends at end_off or
 * before; what it carries behind the scratchpad is not looked at.
 */
RUN_INLINE enum path_find
parse_ip(RUN_CTX *ctx, struct path_ip *ip, __u32 family, __u32 end_off,
	const struct xdp_settings *settings)
{
	enum path_find found;
	bool bad = false;

	found = family == 4 ? parse_v4(ctx, ip, end_off, settings, &bad) :
		parse_v6(ctx, ip, end_off);
	if (found != PATH_WASP)
		return found;
	ip->end_off = ip->ip_off + ip->total_size;
	if (ip->end_off > end_off)
		ip->end_off = end_off;
	found = parse_upper(ctx, ip, settings, &bad);
	if (found == PATH_WASP)
		found = parse_wasp(ctx, ip, settings, &bad);
	return found == PATH_WASP && bad ? PATH_PLAIN : found;
}

#endif
