/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The egress hook, in tc: behind the kernel's routing and its firewall.  And
 * wasp_send, at the ingress of a device, which sends what wasp_ingress returns
 * and can not redirect itself.  What is rerouted here comes in once more where it
 * came in, so that the kernel routes and judges it by its new destination; then
 * our mark says that it has run here.
 *
 * A program that writes to packets makes the kernel copy every one that is
 * shared, as those of TCP are; so wasp_egress only looks, and wasp_interpret,
 * or a translation, writes.
 */
#define RUN_CTX struct __sk_buff
#define PATH_TYPE tc
#define PATH_BACKLOG kernel_backlog
#define PATH_HEADERS_ARE_RIGHT
#include "xdp/kernel.bpf.h"

#include "xdp/common.bpf.h"
#include "xdp/hot.bpf.h"
#include "xdp/transit.bpf.h"
#include "xdp/visit.bpf.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum {
	HEADERS_MAX = 4096,		/* bytes made to lie together */
	ACT_GO_ON = -1,			/* TC_ACT_UNSPEC, TCX_NEXT */
	ACT_DROP = 2			/* TC_ACT_SHOT, TCX_DROP */
};

PATH_PROGRAM("tc") int wasp_interpret(struct __sk_buff *skb);

struct {
	__uint(type, BPF_MAP_TYPE_PROG_ARRAY);
	__uint(max_entries, PATH_STEPS);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} wasp_steps_tc SEC(".maps") PATH_INIT_STEPS;

/* Could it be WASP?  What is not is not touched. */
RUN_INLINE bool
is_likely(struct __sk_buff *skb, const struct xdp_settings *settings)
{
	bool v6 = skb->protocol == bpf_htons(ETH_TYPE_V6);
	__u32 off = ETH_SIZE + (v6 ? (int)V6_OFF_NEXT : (int)V4_OFF_PROTOCOL);
	const __u8 *p = (const __u8 *)(long)skb->data + off;
	__u8 next;

	if (skb->vlan_present ||
	    (!v6 && skb->protocol != bpf_htons(ETH_TYPE_V4)))
		return false;
	RUN_HIDE(p);
	if (p + 1 <= (const __u8 *)(long)skb->data_end)
		next = *p;
	else if (bpf_skb_load_bytes(skb, off, &next, 1))
		return false;
	return next == settings->protocol || next == IP_PROTOCOL_UDP ||
		(v6 && (next == V6_HOP_BY_HOP || next == V6_DESTINATION));
}

/* Make the headers lie together, as far as there are any. */
RUN_INLINE bool
pull(struct __sk_buff *skb)
{
	__u32 size = skb->len;

	if (size > HEADERS_MAX)
		size = HEADERS_MAX;
	return skb->data_end - skb->data >= size ||
		bpf_skb_pull_data(skb, size) == 0;
}

/* When it came in, if wasp_ingress left a note. */
RUN_INLINE __u64
read_note(const struct __sk_buff *skb, const struct xdp_settings *settings)
{
	const struct path_meta *meta = (const void *)(long)skb->data_meta;

	if ((const void *)(meta + 1) > (const void *)(long)skb->data ||
	    meta->secret != settings->meta_secret)
		return 0;
	return meta->ingress_ns;
}

/* Has it run here, and was rerouted?  Then the mark has done its work. */
RUN_INLINE bool
has_run(struct __sk_buff *skb, const struct xdp_settings *settings)
{
	const struct path_meta *meta = (const void *)(long)skb->data_meta;
	__u32 mark = settings->mark;

	if (mark && (skb->mark & mark) == mark) {
		skb->mark &= ~mark;
		return true;
	}
	return (const void *)(meta + 1) <= (const void *)(long)skb->data &&
		meta->secret == settings->meta_secret && meta->ran;
}

/*
 * Where it came in and leaves, and why it does not run there.  What does not ask
 * for this hook is looked at no further: that is most packets.
 */
RUN_INLINE __u32
leave(struct __sk_buff *skb, struct path *path,
	const struct xdp_settings *settings, bool common)
{
	__u32 type = bpf_ntohs(skb->protocol), count;

	if (!path_out(path, settings, skb->ifindex))
		return XDP_COUNT_NO_INTERFACE;
	count = why_not_asked(&path->ip.wasp, path->out.flags, NODE_EGRESS);
	if (count != XDP_COUNT_FORWARDED)
		return count;
	if (common && !keep_common(skb, &path->ip, type, settings))
		return XDP_COUNT_NOT_WASP;
	begin_visit(path, settings, NODE_EGRESS);
	path->in_ifindex = skb->ingress_ifindex;
	path->out_ifindex = skb->ifindex;
	path->ingress_ns = read_note(skb, settings);
	path_in(path, settings, skb->ingress_ifindex);
	path->translated = kernel_untranslate(skb, &path->ip);
	return why_not(skb, path, NODE_EGRESS);
}

/* Is it a WASP packet, not as common ones are?  What only says so is counted. */
RUN_INLINE bool
find_wasp(struct __sk_buff *skb, struct path *path,
	const struct xdp_settings *settings)
{
	__u32 type = bpf_ntohs(skb->protocol);
	enum path_find found;

	path->ip.ip_off = ETH_SIZE;
	found = parse_ip(skb, &path->ip, type == ETH_TYPE_V4 ? 4 : 6,
		skb->len, settings);
	if (found == PATH_WASP && !is_nested(skb, path, settings))
		return true;
	if (found != PATH_OTHER)
		path_count(XDP_COUNT_NOT_WASP);
	return false;
}

PATH_PROGRAM("tc")
int
wasp_egress(struct __sk_buff *skb)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();
	struct xdp_run *run;
	__u32 count;
	bool common;

	if (!path || !settings || !is_likely(skb, settings) || !pull(skb))
		return ACT_GO_ON;
	common = is_common(skb, &path->ip, bpf_ntohs(skb->protocol), skb->len,
		settings);
	if ((!common && !find_wasp(skb, path, settings)) ||
	    has_run(skb, settings))
		return ACT_GO_ON;
	if (skb->gso_segs > 1) {
		path_count(XDP_COUNT_SEGMENTS);
		return ACT_GO_ON;
	}
	count = leave(skb, path, settings, common);
	if (count != XDP_COUNT_FORWARDED) {
		path_count(count);
		return ACT_GO_ON;
	}
	run = path_run();
	if (run && begin_run(skb, path, run, settings, NODE_EGRESS)) {
		hot_dispatch(skb, run);
		bpf_tail_call(skb, &wasp_steps_tc, PATH_STEP_INTERPRET);
	}
	return ACT_GO_ON;
}

/*
 * What was translated on its way through this node comes back by the device that
 * it leaves by, as an answer would, so that it is translated back: with one hop
 * more, since the kernel forwards it.
 */
RUN_INLINE int
send_back_in(struct __sk_buff *skb, struct path *path)
{
	__u8 *p = frame_at(skb, 0, ETH_SIZE);

	if (!p || !set_hop_limit(skb, path, PACKET_RETURN_HOP_LIMIT + 1))
		return ACT_DROP;
	p = frame_at(skb, 0, ETH_SIZE);
	if (!p)
		return ACT_DROP;
	for (int i = 0; i < ETH_ADDR_SIZE; i += 2) {
		__u16 t = *(__u16 *)(p + i);

		*(__u16 *)(p + i) = *(__u16 *)(p + ETH_OFF_SRC + i);
		*(__u16 *)(p + ETH_OFF_SRC + i) = t;
	}
	return bpf_redirect(path->out_ifindex, BPF_F_INGRESS);
}

/*
 * A packet that was rerouted: the kernel takes one off its hop limit again.  What
 * this node made goes to the neighbour at once.
 */
RUN_INLINE int
send_elsewhere(struct __sk_buff *skb, struct path *path,
	const struct xdp_settings *settings)
{
	__u8 *p;

	skb->mark |= settings->mark;
	if (path->in_ifindex == 0)
		return bpf_redirect_neigh(path->out_ifindex, NULL, 0, 0);
	if ((path->translated && !set_source(skb, path)) ||
	    !set_hop_limit(skb, path, path->ip.hop_limit + 1))
		return ACT_DROP;
	p = frame_at(skb, 0, ETH_SIZE);
	if (!p)
		return ACT_DROP;
	__builtin_memcpy(p + ETH_OFF_DST, path->in.mac, ETH_ADDR_SIZE);
	return bpf_redirect(path->in_ifindex, BPF_F_INGRESS);
}

/* What becomes of a packet that ran; a tc action. */
RUN_INLINE int
path_go_on(struct __sk_buff *skb, const struct xdp_run *run)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();
	int verdict;

	if (!path || !settings)
		return ACT_DROP;
	verdict = path_carry_out(skb, path, run);
	if (verdict == PATH_DROP)
		return ACT_DROP;
	if (verdict != PATH_SEND)
		return run->rerouted ? send_elsewhere(skb, path, settings) :
			ACT_GO_ON;
	if (path->translated)
		return send_back_in(skb, path);
	return bpf_redirect_neigh(path->send_ifindex, NULL, 0, 0);
}

PATH_PROGRAM("tc")
int
wasp_interpret(struct __sk_buff *skb)
{
	struct xdp_run *run = path_run();

	if (!run)
		return ACT_DROP;
	run_interpret(skb, run);
	run_finish(skb, run);
	return path_go_on(skb, run);
}

/* What wasp_ingress returns, with a note; the kernel resolves the neighbour. */
PATH_PROGRAM("tc")
int
wasp_send(struct __sk_buff *skb)
{
	struct xdp_settings *settings = run_settings();
	struct path_meta *meta = (void *)(long)skb->data_meta;
	__u32 ifindex;

	if (!settings || (void *)(meta + 1) > (void *)(long)skb->data ||
	    meta->secret != settings->meta_secret || !meta->send_ifindex)
		return ACT_GO_ON;
	ifindex = meta->send_ifindex;
	meta->send_ifindex = 0;
	for (int i = 0; i < 2 && skb->vlan_present; i++)
		bpf_skb_vlan_pop(skb);
	return bpf_redirect_neigh(ifindex, NULL, 0, 0);
}

/* What translations are made of, and where they leave. */
RUN_INLINE int
translated_goes_on(struct __sk_buff *skb, struct xdp_run *run)
{
	path_count(XDP_COUNT_TRANSLATED);
	return path_go_on(skb, run);
}
#define TRANSLATED_SECTION "tc"
#define TRANSLATED_RUNS PATH_MAP(run)
#include "xdp/translated.bpf.h"
