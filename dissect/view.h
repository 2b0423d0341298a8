/* SPDX-License-Identifier: BSD-2-Clause */
/* How packets are shown, as options choose it, and the showing of one. */
#ifndef DISSECT_VIEW_H
#define DISSECT_VIEW_H

#include "dissect/dissect.h"
#include "dissect/stamp.h"

/* Zero-initialised it is one line a packet with the time of day. */
struct view {
	bool json, verbose, hex, number;
	struct stamp stamp;
};

/*
 * Print a packet: its number in the capture, its time in microseconds since
 * 1970, and the program it carries, which may be NULL.
 */
void view_print(FILE *out, struct view *view, const struct dissect *dissect,
	unsigned long number, int64_t time_us, const struct object *program);

#endif
