/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The reference machine and node as an engine that wasp-conform asks: a request
 * a line, a reply a line, both JSON.  wasp-conform(1) specifies them.
 */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include <stddef.h>

#include <jansson.h>

struct engine;

/* NULL without memory; engine_free accepts NULL. */
struct engine *engine_new(void);
void engine_free(struct engine *engine);

/*
 * The reply to one line, which the caller owns; to a line that can not be
 * carried out an object of type "error" that says why.  NULL without memory.
 */
json_t *engine_reply(struct engine *engine, const char *line, size_t size);

#endif
