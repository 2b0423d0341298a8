/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The operations of Ephemeral State Processing as XDP programs: what
 * interpreted and translated programs are measured against (bench/), and nothing
 * that a router offers.  All of these serve the same packets, WASP packets of
 * the programs in examples/, at ESP_OFF of the frame:
 *
 *	esp_empty		nothing
 *	esp_interpret		the interpreter, at once
 *	esp_dispatch		a look for a translation first (hot.h): it tail-calls
 *				what wasp_programs has, be it a translation or one
 *				of esp_native_..., else it interprets
 *	esp_native_NAME		an operation, its run begun by esp_dispatch
 *	esp_alone_NAME		the same without dispatch
 *	esp_inlined_NAME	everything in one piece, as somebody would write it
 *				who needs just this: the store's common ways inlined,
 *				too, and entries changed where they lie
 */
#include <bpf/bpf_endian.h>
#define ESP_LOAD(p) bpf_ntohl(*(const uint32_t *)(p))
#define ESP_STORE(p, value) (*(uint32_t *)(p) = bpf_htonl(value))

#define RUN_CTX struct xdp_md
#include "xdp/run.bpf.h"
#include "xdp/store.bpf.h"
#include "vm/esp-core.h"
#include "xdp/esp.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct xdp_run);
} esp_runs SEC(".maps");

/* Nothing of a node's world is asked by these programs. */
RUN_GLOBAL int
world_env(RUN_CTX *ctx, struct xdp_run *run, uint32_t field)
{
	(void)ctx;
	if (!run)
		return 0;
	run->env[field & (RUN_ENV_ROOM - 1)] = ISA_ENV_UNKNOWN;
	return 1;
}

RUN_GLOBAL int
world_is_operator(RUN_CTX *ctx, struct xdp_run *run)
{
	(void)ctx;
	return run && run->flags & PACKET_FLAG_RETURNED;
}

RUN_GLOBAL int
world_may_invite(RUN_CTX *ctx, struct xdp_run *run)
{
	(void)ctx;
	return run && run->flags & PACKET_FLAG_RETURNED;
}

RUN_GLOBAL int
world_may_reroute(RUN_CTX *ctx, struct xdp_run *run)
{
	(void)ctx;
	return run && run->flags & PACKET_FLAG_RETURNED;
}

static inline int
translated_goes_on(RUN_CTX *ctx, struct xdp_run *run)
{
	(void)ctx;
	return run->verdict == VM_DROP ? XDP_DROP : XDP_PASS;
}
#define TRANSLATED_SECTION "xdp"
#define TRANSLATED_RUNS esp_runs
#include "xdp/translated.bpf.h"

/*
 * What all begin and end with.
 */

RUN_INLINE struct xdp_run *
find_run(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&esp_runs, &zero);
}

RUN_INLINE bool
begin(RUN_CTX *ctx, struct xdp_run *run)
{
	const uint8_t *wasp;

	run->wasp_off = ESP_OFF;
	wasp = run_wasp(ctx, run);
	RUN_HIDE(wasp);
	if (wasp + PACKET_HEADER_SIZE > (const uint8_t *)(long)ctx->data_end)
		return false;
	run->now_ns = bpf_ktime_get_coarse_ns();
	run->access_max = ISA_ACCESS_MAX;
	run->hook = NODE_INGRESS;
	run->env_have = 0;
	run->is_operator = run->may_invite = RUN_RIGHT_UNKNOWN;
	run_read_header(run, wasp);
	return run_starts(run);
}

RUN_INLINE int
finish(RUN_CTX *ctx, struct xdp_run *run)
{
	run_finish(ctx, run);
	return translated_goes_on(ctx, run);
}

SEC("xdp")
int
esp_empty(RUN_CTX *ctx)
{
	(void)ctx;
	return XDP_PASS;
}

SEC("xdp")
int
esp_interpret(RUN_CTX *ctx)
{
	struct xdp_run *run = find_run();

	if (!run || !begin(ctx, run))
		return XDP_PASS;
	run_interpret(ctx, run);
	return finish(ctx, run);
}

SEC("xdp")
int
esp_dispatch(RUN_CTX *ctx)
{
	struct xdp_run *run = find_run();

	if (!run || !begin(ctx, run))
		return XDP_PASS;
	hot_dispatch(ctx, run);
	run_interpret(ctx, run);
	return finish(ctx, run);
}

/*
 * Operations.  With the store's global functions an entry is copied out and
 * in, as for the machine; inlined it is changed where it lies.
 */

struct span {
	struct ess ess;
	struct ess_bucket *bucket;
	uint8_t *entry;
};

RUN_INLINE bool
map_called(struct xdp_run *run, uint64_t key, struct span *span)
{
	int result = store_map(run, key, 1);

	span->entry = run->entry;
	return result == ESS_FOUND || result == ESS_CREATED;
}

RUN_INLINE void
unmap_called(struct xdp_run *run, struct span *span, int write)
{
	(void)span;
	store_unmap(run, write);
}

RUN_INLINE bool
map_inlined(struct xdp_run *run, uint64_t key, struct span *span)
{
	uint64_t hash;
	int result;

	span->ess.control = store_settings();
	if (!span->ess.control)
		return false;
	hash = ess_hash(span->ess.control, key);
	result = ess_map_quickly(&span->ess, hash, key, run->now_ns, true,
		&run->span);
	if (result > ESS_BUSY)
		result = store_map_slowly(run, hash, key, 1);
	if (result != ESS_FOUND && result != ESS_CREATED)
		return false;
	span->bucket = ess_bucket_at(&span->ess, run->span.bucket);
	if (!span->bucket)
		return false;
	span->entry = (uint8_t *)span->bucket->line[run->span.line & 15].words;
	return true;
}

RUN_INLINE void
unmap_inlined(struct xdp_run *run, struct span *span, int write)
{
	(void)write;
	ess_let_go(span->bucket, run->span.ticket);
}

/* The operands, if the packet has so many; NULL: it has not. */
RUN_INLINE uint8_t *
operands(RUN_CTX *ctx, const struct xdp_run *run, unsigned words)
{
	uint8_t *pad = run_wasp(ctx, run) + PACKET_HEADER_SIZE +
		packet_code_size(run->code_count);

	RUN_HIDE(pad);
	if (pad + PACKET_WORD_SIZE * words >
	    (const uint8_t *)(long)ctx->data_end)
		return NULL;
	return pad;
}

/* What is read, and written, before there is an entry. */
RUN_INLINE uint32_t
members(struct xdp_run *run, uint8_t *pad)
{
	return esp_members(pad, &run->change);
}

RUN_INLINE uint32_t
nothing(struct xdp_run *run, uint8_t *pad)
{
	(void)run;
	(void)pad;
	return 0;
}

/*
 * How an operation is carried out; a packet that is too short passes.  `call`
 * may name entry, pad, set and change.
 */
#define OPERATION(name, words, before, call, how) \
	RUN_INLINE void \
	how##_##name(RUN_CTX *ctx, struct xdp_run *run) \
	{ \
		uint8_t *pad = operands(ctx, run, words), *entry; \
		uint64_t *change __attribute__((unused)) = &run->change; \
		struct span span; \
		uint32_t set __attribute__((unused)); \
		int todo; \
	\
		if (!pad) \
			return; \
		set = before(run, pad); \
		if (!map_##how(run, (uint64_t)esp_get(pad, 0) << 32 | \
			esp_get(pad, 1), &span)) { \
			run->marks |= PACKET_STATUS_REFUSED; \
			return; \
		} \
		entry = span.entry; \
		todo = call; \
		unmap_##how(run, &span, todo & ESP_WRITE); \
		if (todo & ESP_DROP) \
			run->verdict = VM_DROP; \
	}

#define PROGRAMS(name, words, before, call) \
	OPERATION(name, words, before, call, called) \
	OPERATION(name, words, before, call, inlined) \
	SEC("xdp") \
	int \
	esp_native_##name(RUN_CTX *ctx) \
	{ \
		struct xdp_run *run = find_run(); \
	\
		if (!run) \
			return XDP_PASS; \
		called_##name(ctx, run); \
		return finish(ctx, run); \
	} \
	SEC("xdp") \
	int \
	esp_alone_##name(RUN_CTX *ctx) \
	{ \
		struct xdp_run *run = find_run(); \
	\
		if (!run || !begin(ctx, run)) \
			return XDP_PASS; \
		called_##name(ctx, run); \
		return finish(ctx, run); \
	} \
	SEC("xdp") \
	int \
	esp_inlined_##name(RUN_CTX *ctx) \
	{ \
		struct xdp_run *run = find_run(); \
	\
		if (!run || !begin(ctx, run)) \
			return XDP_PASS; \
		inlined_##name(ctx, run); \
		return finish(ctx, run); \
	}

PROGRAMS(count, 4, nothing, esp_count(entry, pad, change))
PROGRAMS(compare, 4, nothing, esp_compare(entry, pad))
PROGRAMS(collect, 5, nothing, esp_collect(entry, pad, change))
PROGRAMS(rchld, 6, members, esp_rchld(entry, set))
PROGRAMS(rcollect, 6, members, esp_rcollect(entry, pad, set, change))
