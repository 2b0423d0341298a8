/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Both ends of a measured network, and the least that can lie between them
 * (bench/), and nothing that a router offers:
 *
 *	wire_inject	run by BPF_PROG_TEST_RUN with live frames, which come round
 *			again: so it writes a frame whole each time
 *	wire_sink	counts what comes, and how long it took, and drops it
 *	wire_forward	a forwarder of IPv4 that knows nothing of WASP
 */
#include <linux/bpf.h>
#include <linux/if_ether.h>
#include <linux/ip.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

#include <stdbool.h>

#include "xdp/wire.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

enum { TURNS = 4096, FAMILY_IPV4 = 2, SAMPLE = 64 };

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct wire_settings);
} wire_settings SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct wire_counts);
} wire_counts SEC(".maps");

static inline struct wire_counts *
find_counts(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&wire_counts, &zero);
}

static long
wait_turn(uint32_t i, uint64_t *next_ns)
{
	(void)i;
	return bpf_ktime_get_ns() >= *next_ns;
}

/* When it is time; 0 where nobody asks. */
static inline uint64_t
pace(const struct wire_settings *settings, struct wire_counts *counts)
{
	uint64_t now_ns, next_ns = counts->next_ns;

	if (settings->interval_ns == 0)
		return 0;
	bpf_loop(TURNS, wait_turn, &next_ns, 0);
	now_ns = bpf_ktime_get_ns();
	counts->next_ns = now_ns + settings->interval_ns;
	return now_ns;
}

static inline void
count_sent(struct wire_counts *counts)
{
	if (counts->sent++ % SAMPLE)
		return;
	counts->last_ns = bpf_ktime_get_ns();
	if (counts->first_ns == 0)
		counts->first_ns = counts->last_ns;
}

SEC("xdp")
int
wire_inject(struct xdp_md *ctx)
{
	uint8_t *data = (uint8_t *)(long)ctx->data;
	uint32_t zero = 0;
	const struct wire_settings *settings =
		bpf_map_lookup_elem(&wire_settings, &zero);
	struct wire_counts *counts = find_counts();

	if (!settings || !counts ||
	    data + WIRE_FRAME_SIZE > (uint8_t *)(long)ctx->data_end)
		return XDP_DROP;
#pragma clang loop unroll(full)
	for (unsigned i = 0; i < WIRE_FRAME_SIZE / 8; i++)
		((uint64_t *)data)[i] = ((const uint64_t *)settings->frame)[i];
	*(uint32_t *)(data + 96) = *(const uint32_t *)(settings->frame + 96);
	*(uint16_t *)(data + 100) = *(const uint16_t *)(settings->frame + 100);
	*(uint32_t *)(data + WIRE_KEY_OFF + 4) =
		bpf_htonl(counts->sent % WIRE_KEYS);
	*(uint64_t *)(data + WIRE_TIME_OFF) = pace(settings, counts);
	count_sent(counts);
	return XDP_TX;
}

/* The bucket of a time; see wire_bound. */
static inline uint32_t
bucket_of(uint64_t ns)
{
	uint32_t octave = 1;

	if (ns < WIRE_PARTS)
		return (uint32_t)ns;
#pragma clang loop unroll(full)
	for (unsigned shift = 16; shift > 0; shift /= 2)
		if (ns >> (WIRE_PART_SHIFT + shift)) {
			ns >>= shift;
			octave += shift;
		}
	return octave << WIRE_PART_SHIFT | (ns & (WIRE_PARTS - 1));
}

SEC("xdp")
int
wire_sink(struct xdp_md *ctx)
{
	const uint8_t *data = (const uint8_t *)(long)ctx->data;
	struct wire_counts *counts = find_counts();
	uint64_t sent_ns;

	if (!counts ||
	    data + WIRE_FRAME_SIZE > (const uint8_t *)(long)ctx->data_end ||
	    data[WIRE_WASP_OFF] != 'W' || data[WIRE_WASP_OFF + 1] != 'A')
		return XDP_PASS;
	counts->received++;
	sent_ns = *(const uint64_t *)(data + WIRE_TIME_OFF);
	if (sent_ns)
		counts->buckets[bucket_of(bpf_ktime_get_ns() - sent_ns) &
			(WIRE_BUCKETS - 1)]++;
	return XDP_DROP;
}

SEC("xdp")
int
wire_forward(struct xdp_md *ctx)
{
	struct ethhdr *eth = (struct ethhdr *)(long)ctx->data;
	struct iphdr *ip = (struct iphdr *)(eth + 1);
	struct bpf_fib_lookup route = {.family = FAMILY_IPV4};
	uint32_t sum;

	if ((void *)(ip + 1) > (void *)(long)ctx->data_end ||
	    eth->h_proto != bpf_htons(ETH_P_IP) || ip->ihl != 5 ||
	    ip->ttl <= 1)
		return XDP_PASS;
	route.tos = ip->tos;
	route.l4_protocol = ip->protocol;
	route.tot_len = bpf_ntohs(ip->tot_len);
	route.ipv4_src = ip->saddr;
	route.ipv4_dst = ip->daddr;
	route.ifindex = ctx->ingress_ifindex;
	if (bpf_fib_lookup(ctx, &route, sizeof(route), 0) !=
		BPF_FIB_LKUP_RET_SUCCESS)
		return XDP_PASS;
	/* RFC 1141: one less in the upper byte. */
	sum = ip->check + (uint32_t)bpf_htons(0x0100);
	ip->check = (uint16_t)(sum + (sum >= 0xffff));
	ip->ttl--;
	__builtin_memcpy(eth->h_dest, route.dmac, ETH_ALEN);
	__builtin_memcpy(eth->h_source, route.smac, ETH_ALEN);
	return (int)bpf_redirect(route.ifindex, 0);
}
