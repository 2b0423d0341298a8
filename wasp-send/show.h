/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What wasp-send tells: text for people on a stream, or JSON objects that the
 * caller owns (NULL without memory).
 */
#ifndef WASP_SEND_SHOW_H
#define WASP_SEND_SHOW_H

#include <stdio.h>

#include "wasp-send/exchange.h"

/* What would be sent: headers and every byte. */
void show_packet(FILE *out, const struct probe *probe, uint16_t seq);
json_t *show_packet_json(const struct probe *probe, uint16_t seq);

/* The keys that the notes want random, as they are. */
void show_keys(FILE *out, const struct object *object);
json_t *show_keys_json(const struct object *object);

/* What is going to be done; if_name is where. */
void show_start(FILE *out, const struct probe *probe, const char *if_name);

/* One event; the object's notes name the words. */
void show_event(FILE *out, const struct probe *probe,
	const struct exchange_event *event);
json_t *show_event_json(const struct probe *probe,
	const struct exchange_event *event);

/* The end; without waiting, answers that did not come are not counted. */
void show_summary(FILE *out, const struct probe *probe,
	const struct tally *tally, bool waited);
json_t *show_summary_json(const struct probe *probe,
	const struct tally *tally);

#endif
