/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What a run asks of the node: the environment, and what its packet may do.  The
 * rules are those of router/policy.c and router/env.c.
 */
#ifndef XDP_WORLD_BPF_H
#define XDP_WORLD_BPF_H

#include "xdp/route.bpf.h"
#include "xdp/store.bpf.h"

#define ENV_BIT(field) (1ULL << ISA_ENV_##field)
#define TRANSIT_MAX 0xfffffffe
#define LOAD_KNOWN_NS 1000000000ULL	/* unknown from then on */
#define LOAD_FRESH_NS 10000000ULL	/* "at most 10 ms old" */
#define LOAD_ASKED_NS 10000000ULL	/* between two notes that it was read */

/* Who is told a field by default. */
static const __u8 world_who_is_told[RUN_ENV_ROOM] = {
#define WASP_ENV(name, number, text, who, show, unit, sentence) \
	[number] = ISA_WHO_##who,
#include "wasp/env.def"
};

RUN_INLINE bool
is_native(const struct path *path)
{
	return path->ip.next != IP_PROTOCOL_UDP;
}

RUN_INLINE bool
is_back(const struct path *path)
{
	return path->ip.wasp.flags & PACKET_FLAG_RETURNED;
}

RUN_INLINE bool
covers(void *trie, const __u32 addr[4])
{
	struct xdp_prefix prefix = {.length = 128};

	__builtin_memcpy(prefix.addr, addr, 16);
	return bpf_map_lookup_elem(trie, &prefix) != NULL;
}

RUN_GLOBAL int
world_is_operator(RUN_CTX *ctx, struct xdp_run *run)
{
	struct path *path = path_get();

	if (!path || !run || !path->in_known || !is_native(path) ||
	    is_back(path) ||
	    !(path->in.flags & XDP_IF_OPERATOR) ||
	    !covers(&wasp_operators, path->ip.src))
		return 0;
	return route_is_strict(route_to_source(ctx, path), path->in_ifindex);
}

/* At ingress, as policy_is_forged. */
RUN_INLINE bool
world_is_forged(const struct path *path,
	const struct xdp_settings *settings)
{
	return settings->flags & XDP_HAS_OPERATORS && path->in_known &&
		!(path->in.flags & XDP_IF_OPERATOR) &&
		path->in.role != NODE_INTERNAL && is_native(path) &&
		!is_back(path) && covers(&wasp_operators, path->ip.src);
}

/* Who comes in by an interface without a role is no better than a guest. */
RUN_INLINE bool
is_guest(const struct path *path)
{
	return path->in_ifindex != 0 && (!path->in_known ||
		path->in.role == NODE_GUEST || path->in.role == 0);
}

RUN_GLOBAL int
world_may_invite(RUN_CTX *ctx, struct xdp_run *run)
{
	struct path *path = path_get();

	if (!path || !run || !is_native(path) || is_back(path) ||
	    (run->hook == NODE_EGRESS && is_guest(path)))
		return 0;
	return route_is_strict(route_to_source(ctx, path), path->in_ifindex);
}

/*
 * Towards a client: a client's prefix, but never out of a guest's interface; or
 * out of a client's.  Of several ways one may be a guest's.
 */
RUN_INLINE bool
towards_client(const struct xdp_settings *settings, struct path *path)
{
	struct xdp_interface *out = NULL;
	__u32 ifindex = path->route.ifindex;

	if (path->route.kind == ROUTE_UNICAST) {
		if (path->route.varies)
			return false;
		out = bpf_map_lookup_elem(&wasp_interfaces, &ifindex);
	}
	if (settings->flags & XDP_HAS_CLIENTS)
		return covers(&wasp_clients, path->asked) &&
			!(out && out->role == NODE_GUEST);
	return out && out->role == NODE_CLIENT;
}

/*
 * What was made here, its source not yet translated: behind the chains that
 * would translate it for another destination it can not be brought again.
 */
RUN_INLINE bool
is_own(const struct path *path)
{
	return path->in_ifindex == 0 && !path->translated &&
		is_local(path->ip.src) == PATH_LOCAL;
}

/* Is the hook's interface an edge of the operator's domain? */
RUN_INLINE bool
is_edge(const struct path *path)
{
	__u32 role = path_hook(path)->role;

	return role == NODE_CLIENT || role == NODE_GUEST;
}

/*
 * At ingress any route but one out of the interface it came in by; at egress
 * the one interface that it leaves by.
 */
RUN_INLINE bool
route_suits(RUN_CTX *ctx, struct path *path, __u32 hook)
{
	int kind = path_route(ctx, hook == NODE_EGRESS ? 0 : path->in_ifindex);

	if (hook == NODE_EGRESS)
		return kind == ROUTE_UNICAST && !path->route.varies &&
			path->route.ifindex == path->out_ifindex &&
			path->out_ifindex != path->in_ifindex;
	return (kind == ROUTE_UNICAST || kind == ROUTE_LOCAL) &&
		!route_is_strict(&path->route, path->in_ifindex);
}

RUN_GLOBAL int
world_may_reroute(RUN_CTX *ctx, struct xdp_run *run)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();

	if (!path || !run || !settings || is_back(path) || !is_native(path) ||
	    (!path->in_known && !is_own(path)) || !is_edge(path) ||
	    addr_is_multicast(path->ip.dst))
		return 0;
	__builtin_memcpy(path->asked, run->target, 16);
	if (addr_is_v4(path->asked) != (path->ip.family == 4) ||
	    !addr_returnable(path->asked))
		return 0;
	if (!route_suits(ctx, path, run->hook) ||
	    (is_guest(path) && !towards_client(settings, path)))
		return 0;
	__builtin_memcpy(path->dst, path->asked, 16);
	path->dst_local = path->route.kind == ROUTE_LOCAL ? PATH_LOCAL :
		PATH_NOT_LOCAL;
	run->env_have &= ~(ENV_BIT(LOCAL) | ENV_BIT(DST0) | ENV_BIT(DST1) |
		ENV_BIT(DST2) | ENV_BIT(DST3) | ENV_BIT(FLOW0) |
		ENV_BIT(FLOW1));
	return 1;
}

/* Who the packet is, as the environment tells its fields. */
RUN_INLINE enum isa_who
world_who(RUN_CTX *ctx, struct path *path, struct xdp_run *run)
{
	if (path->in_known && path->in.flags & XDP_IF_OPERATOR) {
		if (run->is_operator == RUN_RIGHT_UNKNOWN)
			run->is_operator = world_is_operator(ctx, run) ?
				RUN_RIGHT_YES : RUN_RIGHT_NO;
		if (run->is_operator == RUN_RIGHT_YES)
			return ISA_WHO_OPERATOR;
	}
	if (!path->in_known)	/* made here, or came in where nothing is set */
		return path->in_ifindex == 0 && !is_back(path) ?
			ISA_WHO_CLIENT : ISA_WHO_ALL;
	if (path->in.tell_set)
		return path->in.tell;
	return path->in.role == 0 ? ISA_WHO_ALL :
		path->in.role == NODE_GUEST ? ISA_WHO_GUEST : ISA_WHO_CLIENT;
}

RUN_INLINE void
set_env_addr(struct xdp_run *run, __u32 first, const __u32 addr[4])
{
	run->env[first] = bpf_ntohl(addr[0]);
	run->env[first + 1] = bpf_ntohl(addr[1]);
	run->env[first + 2] = bpf_ntohl(addr[2]);
	run->env[first + 3] = bpf_ntohl(addr[3]);
	run->env_have |= 15ULL << first;
}

/*
 * As ip_flow_key: addresses, protocol, ports or flow label, 37 bytes in words of
 * SipHash, which are little-endian.
 */
RUN_INLINE void
set_env_flow(struct xdp_run *run, const struct path *path)
{
	static const __u8 secret[KEY_SECRET_SIZE];
	const struct path_ip *ip = &path->ip;
	__u32 last = bpf_htonl(is_native(path) ? ip->flow_label :
		ip->sport << 16 | ip->dport);
	struct siphash s;
	__u64 hash;

	siphash_start(&s, secret);
	siphash_mix(&s, (__u64)ip->src[1] << 32 | ip->src[0]);
	siphash_mix(&s, (__u64)ip->src[3] << 32 | ip->src[2]);
	siphash_mix(&s, (__u64)path->dst[1] << 32 | path->dst[0]);
	siphash_mix(&s, (__u64)path->dst[3] << 32 | path->dst[2]);
	s.tail = ip->next | (__u64)last << 8;
	s.size = 37;
	hash = key_in_space(KEY_PUBLIC, siphash_finish(&s));
	run->env[ISA_ENV_FLOW0] = hash >> 32;
	run->env[ISA_ENV_FLOW1] = (__u32)hash;
	run->env_have |= ENV_BIT(FLOW0) | ENV_BIT(FLOW1);
}

/* The interface's address, else the loopback's, else 0; see xdp/abi.h. */
RUN_INLINE void
set_env_node(struct xdp_run *run, const struct path *path)
{
	const struct xdp_interface *hook = path_hook(path);
	const __u8 *addr = path->ip.family == 4 ? hook->v4 : hook->v6;

	set_env_addr(run, ISA_ENV_NODE0, (const __u32 *)addr);
}

RUN_INLINE void
set_env_time(struct xdp_run *run, __u64 ns)
{
	run->env[ISA_ENV_TIME_NS] = (__u32)ns;
	run->env[ISA_ENV_TIME_US] = (__u32)(ns / 1000);
	run->env[ISA_ENV_TIME_S] = (__u32)(ns / 1000000000);
	run->env_have |= ENV_BIT(TIME_NS) | ENV_BIT(TIME_US) | ENV_BIT(TIME_S);
}

/* Its load, if somebody looked in the last second. */
RUN_INLINE struct xdp_load *
fresh_load(struct path *path)
{
	__u32 number = path_hook(path)->number;
	struct xdp_load *load = bpf_map_lookup_elem(&wasp_loads, &number);
	struct xdp_settings *settings = run_settings();
	__u64 now_ns = path_now(path);
	__s64 age_ns;

	if (settings && now_ns - settings->loads_asked_ns > LOAD_ASKED_NS)
		settings->loads_asked_ns = now_ns;
	if (!load)
		return NULL;
	/* it may be newer than the run's beginning */
	age_ns = (__s64)(now_ns - load->now_ns);
	if (age_ns >= (__s64)LOAD_KNOWN_NS)
		return NULL;
	if (age_ns > (__s64)LOAD_FRESH_NS)
		path_count(XDP_COUNT_STATE_OLD);
	return load;
}

RUN_INLINE __u32
env_rate(struct path *path)
{
	struct xdp_load *load;

	if (path_hook(path)->rate_kbit)
		return path_hook(path)->rate_kbit;
	load = fresh_load(path);
	return load ? load->rate_kbit : ISA_ENV_UNKNOWN;
}

RUN_INLINE void
set_env_load(RUN_CTX *ctx, struct xdp_run *run, struct path *path)
{
	struct xdp_load *load = fresh_load(path);
	bool fresh = load != NULL;

	run->env[ISA_ENV_QUEUE] = fresh ? load->queue : ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_QUEUE_PKTS] = fresh ? load->queue_pkts :
		ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_DROPS] = fresh ? load->drops : ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_TX_PKTS] = fresh ? load->tx_pkts : ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_TX_BYTES] = fresh ? load->tx_bytes : ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_RX_PKTS] = fresh ? load->rx_pkts : ISA_ENV_UNKNOWN;
	run->env[ISA_ENV_RX_BYTES] = fresh ? load->rx_bytes : ISA_ENV_UNKNOWN;
#ifdef PATH_BACKLOG	/* where the queue itself can be seen */
	PATH_BACKLOG(ctx, &run->env[ISA_ENV_QUEUE],
		&run->env[ISA_ENV_QUEUE_PKTS]);
#else
	(void)ctx;
#endif
}

/* At egress: is the next hop the destination itself?  A group is at many. */
RUN_INLINE __u32
env_last(RUN_CTX *ctx, struct path *path, const struct xdp_run *run)
{
	if (run->hook == NODE_INGRESS || addr_is_multicast(path->dst))
		return ISA_ENV_UNKNOWN;
	__builtin_memcpy(path->asked, path->dst, 16);
	if (path_route(ctx, path->out_ifindex) != ROUTE_UNICAST ||
	    path->route.ifindex != path->out_ifindex)
		return ISA_ENV_UNKNOWN;
	return path->route.direct;
}

RUN_INLINE __u32
env_transit(struct path *path, const struct xdp_run *run)
{
	__u64 ns;

	if (run->hook == NODE_INGRESS || path->passes)
		return 0;
	if (path->ingress_ns == 0)
		return ISA_ENV_UNKNOWN;
	ns = path_now(path) - path->ingress_ns;
	return ns < TRANSIT_MAX ? ns : TRANSIT_MAX;
}

/* Unpredictable without the secret: a hash of how many were drawn here. */
RUN_INLINE __u32
env_random(const struct xdp_settings *settings, struct path *path)
{
	struct siphash s;

	siphash_start(&s, settings->random_secret);
	siphash_mix(&s, ++path->random_count);
	siphash_mix(&s, bpf_get_smp_processor_id());
	return (__u32)siphash_finish(&s);
}

RUN_INLINE __u32
known_or_not(__u32 number)
{
	return number ? number : ISA_ENV_UNKNOWN;
}

/* A field that stands alone. */
RUN_INLINE __u32
env_field(RUN_CTX *ctx, struct path *path, struct xdp_run *run,
	const struct xdp_settings *settings, __u32 field)
{
	switch (field) {
	case ISA_ENV_HOOK:
		return run->hook;
	case ISA_ENV_BACK:
		return is_back(path);
	case ISA_ENV_LOCAL:
		if (path->dst_local == PATH_LOCAL_UNKNOWN)
			path->dst_local = is_local(path->dst);
		return path->dst_local;
	case ISA_ENV_LAST:
		return env_last(ctx, path, run);
	case ISA_ENV_IN_IF:
		return path->in_known ? path->in.number : ISA_ENV_UNKNOWN;
	case ISA_ENV_OUT_IF:
		return run->hook == NODE_INGRESS ? 0 :
			path_hook(path)->number;
	case ISA_ENV_ROLE:
		return known_or_not(path_hook(path)->role);
	case ISA_ENV_MTU:
		return path_hook(path)->mtu;
	case ISA_ENV_RATE:
		return env_rate(path);
	case ISA_ENV_TTL:
		return path->ip.hop_limit;
	case ISA_ENV_LENGTH:
		return path->ip.total_size;
	case ISA_ENV_HOPS:
		return run->hops;
	case ISA_ENV_IDENT:
		return run->ident;
	case ISA_ENV_SEQ:
		return run->seq;
	case ISA_ENV_TRANSIT:
		return env_transit(path, run);
	case ISA_ENV_FREE:
		return store_free(run->now_ns) + run->created;
	case ISA_ENV_RANDOM:
		return env_random(settings, path);
	default:
		return ISA_ENV_UNKNOWN;
	}
}

RUN_INLINE void
set_env(RUN_CTX *ctx, struct path *path, struct xdp_run *run,
	const struct xdp_settings *settings, __u32 field)
{
	switch (field) {
	case ISA_ENV_NODE0 ... ISA_ENV_NODE3:
		set_env_node(run, path);
		break;
	case ISA_ENV_SRC0 ... ISA_ENV_SRC3:
		set_env_addr(run, ISA_ENV_SRC0, path->ip.src);
		break;
	case ISA_ENV_DST0 ... ISA_ENV_DST3:
		set_env_addr(run, ISA_ENV_DST0, path->dst);
		break;
	case ISA_ENV_FLOW0 ... ISA_ENV_FLOW1:
		set_env_flow(run, path);
		break;
	case ISA_ENV_QUEUE ... ISA_ENV_RX_BYTES:
		set_env_load(ctx, run, path);
		run->env_have |= 1ULL << field;	/* others may be hidden */
		break;
	case ISA_ENV_TIME_US ... ISA_ENV_TIME_NS:
	case ISA_ENV_TIME_S:
		set_env_time(run, settings->time_ns ? settings->time_ns :
			path_now(path) + settings->time_offset_ns);
		break;
	default:
		run->env[field] = env_field(ctx, path, run, settings, field);
		run->env_have |= 1ULL << field;
	}
}

RUN_GLOBAL int
world_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field)
{
	struct xdp_settings *settings = run_settings();
	struct path *path = path_get();

	field &= RUN_ENV_ROOM - 1;
	if (!path || !run || !settings || field >= ISA_ENV_COUNT)
		return 0;
	if (world_who_is_told[field] <= world_who(ctx, path, run)) {
		set_env(ctx, path, run, settings, field);
	} else {
		run->env[field] = ISA_ENV_UNKNOWN;
		run->env_have |= 1ULL << field;
	}
	return 1;
}

#endif
