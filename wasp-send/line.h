/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line to one address: what is sent there, how it gets there, where answers
 * come in, and what has become of each packet.
 */
#ifndef WASP_SEND_LINE_H
#define WASP_SEND_LINE_H

#include "wasp-send/listen.h"
#include "wasp-send/route.h"
#include "wasp-send/tally.h"
#include "wasp-send/wire.h"

struct line {
	struct probe probe;	/* its object is the caller's */
	struct route route;
	struct wire wire;
	struct listener listener;
	struct tally tally;	/* begun by the caller */
};

/*
 * Find the way to probe.form.dst, by that interface (NULL: as routed) and from
 * that source (NULL: the one that the route prefers), and set route and
 * probe.form.src.  Where there is no way, src is set all the same.
 */
bool line_find(struct line *line, const char *if_name, const uint8_t *src,
	struct send_error *error);

/*
 * Then, with CAP_NET_RAW, open it for both directions.  Over UDP this sets
 * probe.form.sport.
 */
bool line_open(struct line *line, const char *if_name, const uint8_t *src,
	struct send_error *error);

/*
 * Is what will be sent too large for the route?  Then false, and why.
 */
bool line_fits(const struct line *line, struct send_error *error);

/* May be called on a zero-initialised or failed line. */
void line_close(struct line *line);

#endif
