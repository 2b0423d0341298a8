/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The live entries of stores as JSON, to print and to keep in a file:
 *	[{"node": 1, "key": "0x...", "words": [8 numbers], "created": ns,
 *	  "age_ms": ms}, ...]
 * sorted by node and key.  When it is read, node may be missing (1), and age_ms
 * is not looked at.
 */
#ifndef RUN_STORE_JSON_H
#define RUN_STORE_JSON_H

#include "vm/ess.h"
#include "wasp/diag.h"

/* Append the live entries of a node's store; NULL in, or no memory: NULL. */
json_t *store_json_append(json_t *array, unsigned node, struct ess *ess,
	uint64_t now_ns);

/*
 * Parse such a file.  NULL when it is none, after the first error was given to
 * the sink; *latest_ns is when the youngest entry was created, 0 without any.
 */
json_t *store_json_parse(const char *text, size_t size, const char *file,
	unsigned node_count, uint64_t *latest_ns, diag_sink *sink, void *arg);

/*
 * Put the entries of a node into its store, dead ones left out.  false, and an
 * error to the sink, when one is twice there, not born yet, or has no room.
 */
bool store_json_restore(const json_t *array, unsigned node, struct ess *ess,
	uint64_t now_ns, const char *file, diag_sink *sink, void *arg);

/*
 * The array as the text of a file, an entry a line, so that two can be compared;
 * the caller frees it.  NULL without memory.
 */
char *store_json_text(const json_t *array, size_t *size);

#endif
