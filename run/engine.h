/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A machine and its node as an engine that wasp-conform asks: a request a line,
 * a reply a line, both JSON.  wasp-conform(1) specifies them.
 */
#ifndef RUN_ENGINE_H
#define RUN_ENGINE_H

#include "vm/node.h"

#include <stddef.h>

#include <jansson.h>

struct engine;

/* An address to which a rerouting is allowed, and what env then reads. */
struct engine_target {
	uint8_t to[IP_ADDR_SIZE], flow[KEY_SIZE];
	uint32_t local;
};

enum { ENGINE_CAPACITY_MAX = 1 << 16, ENGINE_TARGETS_MAX = 8 };

struct engine_targets {
	struct engine_target list[ENGINE_TARGETS_MAX];
	unsigned count;
};

/* May a packet go there?  If so, env reads what then is so. */
bool engine_may_reroute(const struct engine_targets *targets,
	const uint8_t to[IP_ADDR_SIZE], uint32_t env[ISA_ENV_COUNT]);

/*
 * Another machine than the reference one, with what it is called.  store gives
 * an empty store of a capacity up to ENGINE_CAPACITY_MAX, or NULL; the one
 * before is not used any more, and given to ess_free.  run does what node_run
 * does; visit->may_reroute answers for the targets that it is also given.
 */
struct engine_machine {
	const char *name;
	bool traces;			/* run calls visit->trace */
	void *arg;
	struct ess *(*store)(void *arg, uint32_t capacity);
	void (*run)(void *arg, struct node *node, uint8_t *wasp,
		struct packet_header *header, struct node_visit *visit,
		const struct engine_targets *targets,
		struct node_outcome *outcome);
};

/*
 * The machine is borrowed; NULL is the reference machine.  NULL without memory;
 * engine_free accepts NULL.
 */
struct engine *engine_new(const struct engine_machine *machine);
void engine_free(struct engine *engine);

/*
 * The reply to one line, which the caller owns; to a line that can not be
 * carried out an object of type "error" that says why.  NULL without memory.
 */
json_t *engine_reply(struct engine *engine, const char *line, size_t size);

#endif
