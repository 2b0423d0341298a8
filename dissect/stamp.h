/* SPDX-License-Identifier: BSD-2-Clause */
/* Timestamps, in the formats that tcpdump's options -t to -ttttt choose. */
#ifndef DISSECT_STAMP_H
#define DISSECT_STAMP_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* In the order of the number of -t. */
enum stamp_mode {
	STAMP_TIME,		/* 12:00:00.000000, local time */
	STAMP_NONE,
	STAMP_EPOCH,		/* seconds since 1970 */
	STAMP_DELTA,		/* since the last line */
	STAMP_DATE,		/* 2005-11-21 12:00:00.000000, local time */
	STAMP_SINCE_FIRST,	/* since the first line */
	STAMP_MODE_COUNT
};

struct stamp {
	enum stamp_mode mode;
	bool started;
	int64_t first_us, last_us;
};

/* Print the time of a packet, microseconds since 1970, and a space. */
void stamp_print(FILE *out, struct stamp *stamp, int64_t us);

#endif
