/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The store, compiled once more so that it tells each address it reads or
 * writes: which cache lines and pages an operation touches is counted, not
 * guessed from times.
 */
#ifndef BENCH_STORE_TRACE_H
#define BENCH_STORE_TRACE_H

#include "vm/ess-layout.h"

#include <stdbool.h>
#include <stddef.h>

/* What one operation touched: the buckets, and the ring and its end apart. */
struct trace {
	unsigned lines, pages;		/* of 64 bytes, of 4 KiB */
	unsigned ring_lines;
	unsigned swaps;			/* compare-and-swap instructions */
};

struct traced_store;

/* As ess_new; NULL without memory. */
struct traced_store *traced_store_new(uint32_t capacity,
	const uint8_t secret[KEY_SECRET_SIZE]);
void traced_store_free(struct traced_store *store);

/* Find or create, copy out, write back if asked to, and let go. */
enum ess_result traced_store_access(struct traced_store *store, uint64_t key,
	uint64_t now_ns, bool create, bool write, struct trace *trace);

#endif
