/* SPDX-License-Identifier: BSD-2-Clause */
/* The traced store; see store-trace.h. */
#include "bench/store-trace.h"

#include <stdlib.h>

struct ess {
	struct ess_control *control;
	struct ess_bucket *buckets;
	uint64_t *ring;
	struct seen *seen;
};

/* What was touched in an operation, each once. */
enum { SEEN_MAX = 128, LINE_SHIFT = 6, PAGE_SHIFT = 12 };
struct seen {
	uintptr_t lines[SEEN_MAX];
	unsigned count, swaps;
};
static _Thread_local struct seen *seen_now;

static void
touch(const volatile void *p)
{
	uintptr_t line = (uintptr_t)p >> LINE_SHIFT;
	struct seen *seen = seen_now;

	for (unsigned i = 0; i < seen->count; i++)
		if (seen->lines[i] == line)
			return;
	if (seen->count < SEEN_MAX)
		seen->lines[seen->count++] = line;
}

/* Instead of vm/ess-atomic.h: nobody else is here. */
#define VM_ESS_ATOMIC_H
#define ess_get(p) (touch(p), *(p))
#define ess_put(p, value) (touch(p), (void)(*(p) = (value)))
#define ess_get_first(p) ess_get(p)
#define ess_put_last(p, value) ess_put(p, value)
#define ess_fence() ((void)0)
#define ess_swap(p, from, to) (touch(p), seen_now->swaps++, \
	*(p) == (from) && (*(p) = (to), true))

static inline struct ess_bucket *
ess_bucket_at(const struct ess *ess, uint32_t i)
{
	return &ess->buckets[i];
}

static inline uint64_t *
ess_cell_at(const struct ess *ess, uint32_t i)
{
	return &ess->ring[i];
}

struct ess_search;
static uint32_t ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns);
static inline void ess_search(struct ess_search *search);
#define ess_claim ess_claim_cell

#include "vm/ess-core.h"

static uint32_t
ess_wait(const struct ess *ess, uint32_t i, uint64_t now_ns)
{
	return ess_try(ess_bucket_at(ess, i), now_ns);
}

static inline void
ess_search(struct ess_search *search)
{
	while (!ess_search_step(search))
		;
}

struct traced_store {
	struct ess ess;
	struct ess_control control;
	size_t bucket_bytes, ring_bytes;
};

/* Page by page, as a map in the kernel lies. */
static void *
new_pages(size_t size)
{
	size_t page = (size_t)1 << PAGE_SHIFT;
	uint8_t *p;

	size = (size + page - 1) & ~(page - 1);
	p = aligned_alloc(page, size);
	for (size_t i = 0; p && i < size; i++)
		p[i] = 0;
	return p;
}

struct traced_store *
traced_store_new(uint32_t capacity, const uint8_t secret[KEY_SECRET_SIZE])
{
	struct traced_store *store = calloc(1, sizeof(*store));

	if (!store)
		return NULL;
	ess_control_init(&store->control, capacity, secret);
	store->bucket_bytes = store->control.bucket_count *
		sizeof(struct ess_bucket);
	store->ring_bytes = capacity * sizeof(uint64_t);
	store->ess.control = &store->control;
	store->ess.buckets = new_pages(store->bucket_bytes);
	store->ess.ring = new_pages(store->ring_bytes);
	if (store->ess.buckets && store->ess.ring)
		return store;
	traced_store_free(store);
	return NULL;
}

void
traced_store_free(struct traced_store *store)
{
	if (!store)
		return;
	free(store->ess.buckets);
	free(store->ess.ring);
	free(store);
}

static bool
is_within(uintptr_t line, const void *p, size_t size)
{
	return (line << LINE_SHIFT) - (uintptr_t)p < size;
}

static struct trace
sum_up(const struct traced_store *store, const struct seen *seen)
{
	struct trace trace = {.swaps = seen->swaps};
	uintptr_t pages[SEEN_MAX];

	for (unsigned i = 0; i < seen->count; i++) {
		uintptr_t page = seen->lines[i] >> (PAGE_SHIFT - LINE_SHIFT);
		unsigned k = 0;

		trace.ring_lines += is_within(seen->lines[i], store->ess.ring,
			store->ring_bytes);
		if (!is_within(seen->lines[i], store->ess.buckets,
			store->bucket_bytes))
			continue;
		trace.lines++;
		while (k < trace.pages && pages[k] != page)
			k++;
		if (k == trace.pages)
			pages[trace.pages++] = page;
	}
	return trace;
}

enum ess_result
traced_store_access(struct traced_store *store, uint64_t key, uint64_t now_ns,
	bool create, bool write, struct trace *trace)
{
	uint64_t hash = ess_hash(&store->control, key), words[ESS_WORDS];
	struct seen seen = {.count = 0};
	struct ess_span span;
	int result;

	seen_now = &seen;
	result = ess_map_quickly(&store->ess, hash, key, now_ns, create, &span);
	if (result == ESS_ASK)
		result = ess_map_slowly(&store->ess, hash, key, now_ns, create,
			&span);
	if (result == ESS_FOUND || result == ESS_CREATED) {
		const struct ess_slot *slot =
			&store->ess.buckets[span.bucket].line[span.line];

		for (unsigned i = 0; i < ESS_WORDS; i++)
			words[i] = ess_get(&slot->words[i]);
		ess_finish(&store->ess, &span, now_ns, write ? words : NULL);
	}
	seen_now = NULL;
	*trace = sum_up(store, &seen);
	return (enum ess_result)result;
}
