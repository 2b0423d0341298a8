/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The store for BPF programs: vm/ess-core.h over three array maps, which user
 * space maps too (ess_at), and so works on the same store at the same time.
 *
 * Whoever loads it sets max_entries of store_buckets and store_ring before, and
 * ess_control_init's result after, or gives it maps where that has been done.
 * Until then the store finds nothing and has no room.  Entries die by themselves,
 * whether or not a process is there.
 *
 * Global functions, so that the verifier looks at each once:
 *
 * store_map: find the entry of a name, or also create it, copy its words to
 * run->entry, zeros for a new one, and hold it (run->span).  enum ess_result.
 * store_unmap: let go of it, with `write` after its words were written back, if
 * it still lives; 1 if they were.  No other call between the two.
 * store_free: entries that could still be created.
 */
#ifndef XDP_STORE_BPF_H
#define XDP_STORE_BPF_H

#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#include "vm/ess-layout.h"
#include "xdp/run.h"

#define STORE_GLOBAL __attribute__((noinline))

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);			/* ess_bucket_count() */
	__type(key, uint32_t);
	__type(value, struct ess_bucket);
} store_buckets SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);			/* capacity */
	__type(key, uint32_t);
	__type(value, uint64_t);
} store_ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 1);
	__type(key, uint32_t);
	__type(value, struct ess_control);
} store_control SEC(".maps");

struct ess {
	struct ess_control *control;
};

static inline struct ess_bucket *
ess_bucket_at(const struct ess *ess, uint32_t i)
{
	(void)ess;
	return bpf_map_lookup_elem(&store_buckets, &i);
}

static inline uint64_t *
ess_cell_at(const struct ess *ess, uint32_t i)
{
	(void)ess;
	return bpf_map_lookup_elem(&store_ring, &i);
}

struct ess_search;
static uint32_t ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns);
static void ess_search(struct ess_search *search);
static uint64_t ess_claim(const struct ess *ess, struct ess_span *span,
	uint64_t now_ns);

#include "vm/ess-core.h"

enum { STORE_SPINS = 1 << 14 };		/* tries for a lock: some 50 us */

struct store_waiter {
	uint64_t now_ns;
	uint32_t bucket, ticket;
};

static long
store_spin(uint32_t n, struct store_waiter *waiter)
{
	struct ess_bucket *bucket = bpf_map_lookup_elem(&store_buckets,
		&waiter->bucket);

	(void)n;
	if (!bucket)
		return 1;
	waiter->ticket = ess_try(bucket, waiter->now_ns);
	return waiter->ticket != 0;
}

static __attribute__((noinline)) uint32_t
ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns)
{
	struct store_waiter waiter = {now_ns, i, 0};

	(void)ess;
	bpf_loop(STORE_SPINS, store_spin, &waiter, 0);
	return waiter.ticket;
}

static long
store_step(uint32_t n, struct ess_search *search)
{
	(void)n;
	return ess_search_step(search);
}

static void
ess_search(struct ess_search *search)
{
	bpf_loop(ESS_PROBES, store_step, search, 0);
}

static inline struct ess_control *
store_settings(void)
{
	uint32_t zero = 0;

	return bpf_map_lookup_elem(&store_control, &zero);
}

STORE_GLOBAL uint64_t
store_claim(uint64_t now_ns)
{
	struct ess ess = {store_settings()};
	struct ess_span span;

	return ess.control ? ess_claim_cell(&ess, &span, now_ns) : 0;
}

static inline uint64_t
ess_claim(const struct ess *ess, struct ess_span *span, uint64_t now_ns)
{
	(void)ess;
	(void)span;
	return store_claim(now_ns);
}

STORE_GLOBAL int
store_map_slowly(struct xdp_run *run, uint64_t hash, uint64_t name, int create)
{
	struct ess ess = {store_settings()};

	if (!run || !ess.control)
		return ESS_NONE;
	return ess_map_slowly(&ess, hash, name, run->now_ns, create,
		&run->span);
}

STORE_GLOBAL int
store_map(struct xdp_run *run, uint64_t name, int create)
{
	struct ess ess = {store_settings()};
	struct ess_span *span;
	struct ess_bucket *bucket;
	uint64_t hash, *words;
	int result;

	if (!run || !ess.control)
		return ESS_NONE;
	span = &run->span;
	words = (uint64_t *)run->entry;
	hash = ess_hash(ess.control, name);
	result = ess_map_quickly(&ess, hash, name, run->now_ns, create, span);
	if (result > ESS_BUSY)
		result = store_map_slowly(run, hash, name, create);
	if (result != ESS_FOUND && result != ESS_CREATED)
		return result;
	run->created += result == ESS_CREATED;
	bucket = ess_bucket_at(&ess, span->bucket);
	if (!bucket)
		return ESS_NONE;
	for (unsigned i = 0; i < ESS_WORDS; i++)
		words[i] = ess_get(&bucket->line[span->line & 15].words[i]);
	return result;
}

STORE_GLOBAL int
store_unmap(struct xdp_run *run, int write)
{
	struct ess ess = {0};

	return run && ess_finish(&ess, &run->span, run->now_ns,
		write ? (const uint64_t *)run->entry : NULL);
}

STORE_GLOBAL uint32_t
store_free(uint64_t now_ns)
{
	struct ess ess = {store_settings()};

	if (!ess.control)
		return 0;
	return ess.control->capacity - ess_count_live(&ess, now_ns);
}

#endif
