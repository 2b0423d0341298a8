/* SPDX-License-Identifier: BSD-2-Clause */
/* The store: a struct wasp_store is a struct ess by another name. */
#include <string.h>

#include "lib/lib-int.h"
#include "vm/ess.h"

static struct ess *
ess_of(struct wasp_store *store)
{
	return (struct ess *)store;
}

enum wasp_result
wasp_store_new(struct wasp_store **store, size_t capacity,
	const uint8_t *secret)
{
	*store = NULL;
	if (capacity == 0 || capacity > ESS_CAPACITY_MAX)
		return WASP_INVALID;
	*store = (struct wasp_store *)ess_new(capacity, secret);
	return *store ? WASP_OK : WASP_NO_MEMORY;
}

void
wasp_store_free(struct wasp_store *store)
{
	ess_free(ess_of(store));
}

bool
wasp_store_get(const struct wasp_store *store, uint64_t key, uint64_t now_ns,
	uint8_t *words, uint64_t *created_ns)
{
	return ess_peek((const struct ess *)store, key, now_ns, created_ns,
		words);
}

enum wasp_result
wasp_store_put(struct wasp_store *store, uint64_t key, uint64_t now_ns,
	const uint8_t *words)
{
	struct ess_span span;
	enum ess_result result = ess_insert(ess_of(store), key, now_ns, &span,
		NULL);

	if (result != ESS_FOUND && result != ESS_CREATED)
		return WASP_NO_ROOM;
	ess_unmap(ess_of(store), &span, now_ns, words);
	return WASP_OK;
}

enum wasp_result
wasp_store_restore(struct wasp_store *store, uint64_t key, uint64_t created_ns,
	uint64_t now_ns, const uint8_t *words)
{
	if (created_ns > now_ns || now_ns - created_ns >= ENTRY_LIFE_NS ||
	    wasp_store_get(store, key, now_ns, NULL, NULL))
		return WASP_INVALID;
	return ess_restore(ess_of(store), key, created_ns, now_ns, words) ?
		WASP_OK : WASP_NO_ROOM;
}

size_t
wasp_store_live(struct wasp_store *store, uint64_t now_ns)
{
	return ess_live_count(ess_of(store), now_ns);
}

size_t
wasp_store_room(struct wasp_store *store, uint64_t now_ns)
{
	return ess_free_count(ess_of(store), now_ns);
}

void
wasp_store_each(struct wasp_store *store, uint64_t now_ns, wasp_store_fn *fn,
	void *arg)
{
	ess_each(ess_of(store), now_ns, fn, arg);
}
