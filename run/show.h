/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What wasp-run tells: text for people on a stream, or JSON objects that the
 * caller owns (NULL without memory).
 */
#ifndef RUN_SHOW_H
#define RUN_SHOW_H

#include "run/sim.h"
#include "run/trace.h"

/* What is the same for all runs of a packet. */
struct show {
	const struct object *object;	/* as it was sent */
	struct sim *sim;
	const struct sim_config *config;
	unsigned packet;		/* its number, from 1 */
	bool numbered;			/* there are several packets */
};

/* Before the steps of a run: where it is. */
void show_begin(FILE *out, const struct sim_run *run);

/* One run, or why there was none; on one node, with what the packet holds. */
void show_run(FILE *out, const struct show *show, const struct sim_run *run,
	const struct sim_packet *packet);

/* The same; and a step of it, number from 1. */
json_t *show_run_json(const struct show *show, const struct sim_run *run,
	const struct sim_packet *packet);
json_t *show_step_json(const struct show *show, const struct sim_run *run,
	unsigned number, const struct trace_step *step);

/* Where the packet's way ended, in a line, and with what it holds then. */
void show_way(FILE *out, const struct show *show,
	const struct sim_packet *packet, const struct sim_way *way);
void show_end(FILE *out, const struct show *show,
	const struct sim_packet *packet, const struct sim_way *way);
json_t *show_end_json(const struct show *show, const struct sim_packet *packet,
	const struct sim_way *way);

/* The entries that live in all stores. */
void show_stores(FILE *out, const struct show *show);
json_t *show_stores_json(const struct show *show);

#endif
