/* SPDX-License-Identifier: BSD-2-Clause */
/* Timestamps; see stamp.h. */
#include "dissect/stamp.h"

#include <inttypes.h>
#include <time.h>

enum { US = 1000000 };

/* Seconds rounded down, so that the fraction is never negative. */
static int64_t
split(int64_t us, unsigned *fraction)
{
	int64_t rest = us % US;

	if (rest < 0)
		rest += US;
	*fraction = (unsigned)rest;
	return (us - rest) / US;
}

static void
print_local(FILE *out, int64_t us, bool date)
{
	unsigned fraction;
	time_t s = split(us, &fraction);
	struct tm tm;

	if (!localtime_r(&s, &tm)) {	/* the year does not fit an int */
		fprintf(out, "%" PRId64 ".%06u ", (int64_t)s, fraction);
		return;
	}
	if (date)
		fprintf(out, "%04d-%02d-%02d ", tm.tm_year + 1900,
			tm.tm_mon + 1, tm.tm_mday);
	fprintf(out, "%02d:%02d:%02d.%06u ", tm.tm_hour, tm.tm_min, tm.tm_sec,
		fraction);
}

static void
print_epoch(FILE *out, int64_t us)
{
	unsigned fraction;
	int64_t s = split(us, &fraction);

	fprintf(out, "%" PRId64 ".%06u ", s, fraction);
}

/* A difference, with a sign or a space before it as tcpdump has it. */
static void
print_difference(FILE *out, int64_t from, int64_t to)
{
	uint64_t us = to < from ? (uint64_t)from - (uint64_t)to :
		(uint64_t)to - (uint64_t)from;
	uint64_t s = us / US;

	fprintf(out, "%c%02" PRIu64 ":%02u:%02u.%06u ", to < from ? '-' : ' ',
		s / 3600, (unsigned)(s / 60 % 60), (unsigned)(s % 60),
		(unsigned)(us % US));
}

void
stamp_print(FILE *out, struct stamp *stamp, int64_t us)
{
	if (!stamp->started)
		stamp->first_us = stamp->last_us = us;
	stamp->started = true;
	switch (stamp->mode) {
	case STAMP_TIME:
		print_local(out, us, false);
		break;
	case STAMP_EPOCH:
		print_epoch(out, us);
		break;
	case STAMP_DELTA:
		print_difference(out, stamp->last_us, us);
		break;
	case STAMP_DATE:
		print_local(out, us, true);
		break;
	case STAMP_SINCE_FIRST:
		print_difference(out, stamp->first_us, us);
		break;
	case STAMP_NONE:
	case STAMP_MODE_COUNT:
		break;
	}
	stamp->last_us = us;
}
