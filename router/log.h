/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The daemon's log: lines to standard error or to syslog, none below a level,
 * and no more than a few a second of those that packets cause.
 */
#ifndef ROUTER_LOG_H
#define ROUTER_LOG_H

#include "router/config.h"
#include "router/policy.h"

struct log {
	const char *name;		/* before each line on standard error */
	enum config_log level;
	bool syslog;
	struct bucket bucket;
	unsigned suppressed;
};

void log_line(struct log *log, enum config_log level, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* A line, limited; what was left out is counted in the next one. */
void log_packet(struct log *log, uint64_t now_ns, enum config_log level,
	const char *format, ...) __attribute__((format(printf, 4, 5)));

/* An error, with the reason by errno; false. */
bool log_failure(struct log *log, const char *what);

#endif
