/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What wasp-magnet tells: text for people on a stream, or JSON objects that the
 * caller owns (NULL without memory).
 */
#ifndef MAGNET_SHOW_H
#define MAGNET_SHOW_H

#include <stdio.h>

#include "magnet/board.h"

/* A table of advertisements. */
void show_find_title(FILE *out);
void show_find(FILE *out, const struct trail_find *find);
json_t *show_find_json(const char *service, const struct trail_find *find);

/* What a provider says, to how many targets he says it. */
struct show_offer {
	const char *service;
	uint16_t metric, port;
	uint8_t addr[IP_ADDR_SIZE];
};
void show_offer(FILE *out, const struct show_offer *offer, const char *target);
json_t *show_offer_json(const struct show_offer *offer, const char *target);

/* A change at a router on the way to a target. */
void show_router(FILE *out, const struct board_router *router,
	const char *target);
json_t *show_router_json(const struct board_router *router,
	const char *target);

#endif
