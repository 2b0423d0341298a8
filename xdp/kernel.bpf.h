/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a tc program reads in the kernel's own structs, by the few fields that it
 * needs: what waits at a device, and where a packet came from before its address
 * was translated.  Their offsets are found when the program is loaded.  Kernels
 * before 6.2 do not show them.
 */
#ifndef XDP_KERNEL_BPF_H
#define XDP_KERNEL_BPF_H

#include "xdp/path.bpf.h"

#include <bpf/bpf_core_read.h>

#define KERNEL_STRUCT __attribute__((preserve_access_index))

/* include/net/sch_generic.h: what waits is counted elsewhere. */
enum { TCQ_F_MQROOT = 0x8, TCQ_F_CPUSTATS = 0x20 };

/* include/uapi/linux/netfilter/nf_conntrack_common.h, nf_conntrack.h */
enum {
	IPS_NAT = 0x30,			/* of source or destination */
	NFCT_INFO = 7,			/* in the pointer's low bits */
	IP_CT_IS_REPLY = 3
};

struct qdisc_skb_head {
	__u32 qlen;
} KERNEL_STRUCT;

struct gnet_stats_queue {
	__u32 backlog;
} KERNEL_STRUCT;

struct Qdisc {
	unsigned int flags;
	struct qdisc_skb_head q;
	struct gnet_stats_queue qstats;
} KERNEL_STRUCT;

struct net_device {
	struct Qdisc *qdisc;
} KERNEL_STRUCT;

struct sk_buff {
	struct net_device *dev;
	unsigned long _nfct;
} KERNEL_STRUCT;

union nf_inet_addr {
	__u32 all[4];
} KERNEL_STRUCT;

union nf_conntrack_man_proto {
	__u16 all;
} KERNEL_STRUCT;

struct nf_conntrack_man {
	union nf_inet_addr u3;
	union nf_conntrack_man_proto u;
} KERNEL_STRUCT;

struct nf_conntrack_tuple {
	struct nf_conntrack_man src;
} KERNEL_STRUCT;

struct nf_conntrack_tuple_hash {
	struct nf_conntrack_tuple tuple;
} KERNEL_STRUCT;

struct nf_conn {
	struct nf_conntrack_tuple_hash tuplehash[2];
	unsigned long status;
} KERNEL_STRUCT;

extern void *bpf_cast_to_kern_ctx(void *ctx) __ksym __weak;

/* What waits in the root queue of the device, where that one counts it. */
RUN_INLINE bool
kernel_backlog(struct __sk_buff *skb, __u32 *bytes, __u32 *packets)
{
	const struct sk_buff *inside;
	const struct Qdisc *qdisc;

	if (!bpf_cast_to_kern_ctx)
		return false;
	inside = bpf_cast_to_kern_ctx(skb);
	qdisc = inside->dev->qdisc;
	if (qdisc->flags & (TCQ_F_MQROOT | TCQ_F_CPUSTATS))
		return false;
	*bytes = qdisc->qstats.backlog;
	*packets = qdisc->q.qlen;
	return true;
}

/*
 * Was an address or port of this packet translated here?  Then path->ip.src and
 * sport become those that it came in with.
 */
RUN_INLINE bool
kernel_untranslate(struct __sk_buff *skb, struct path_ip *ip)
{
	const struct sk_buff *inside;
	const struct nf_conn *ct;
	const struct nf_conntrack_man *src;
	unsigned long nfct, status = 0;
	__u32 addr[4] = {0};
	__u16 port = 0;

	if (!bpf_cast_to_kern_ctx)
		return false;
	inside = bpf_cast_to_kern_ctx(skb);
	nfct = inside->_nfct;
	ct = (const struct nf_conn *)(nfct & ~(unsigned long)NFCT_INFO);
	if (!ct || bpf_core_read(&status, sizeof(status), &ct->status) ||
	    !(status & IPS_NAT))
		return false;
	src = (nfct & NFCT_INFO) >= IP_CT_IS_REPLY ?
		&ct->tuplehash[1].tuple.src : &ct->tuplehash[0].tuple.src;
	if (bpf_core_read(addr, sizeof(addr), &src->u3) ||
	    bpf_core_read(&port, sizeof(port), &src->u.all))
		return false;
	if (ip->family == 4)
		copy_v4(ip->src, (const __u8 *)addr);
	else
		__builtin_memcpy(ip->src, addr, sizeof(addr));
	if (ip->next == IP_PROTOCOL_UDP)
		ip->sport = bpf_ntohs(port);
	return true;
}

#endif
