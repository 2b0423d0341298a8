/* SPDX-License-Identifier: BSD-2-Clause */
/* Log lines; see log.h. */
#include "router/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

enum { PACKET_LINES_PER_SECOND = 5, LINE_SIZE = 512 };

static void
put(const struct log *log, enum config_log level, const char *text)
{
	static const int priorities[] = {LOG_ERR, LOG_WARNING, LOG_INFO,
		LOG_DEBUG};

	if (log->syslog)
		syslog(priorities[level], "%s", text);
	else
		fprintf(stderr, "%s: %s\n", log->name, text);
}

void
log_line(struct log *log, enum config_log level, const char *format, ...)
{
	char text[LINE_SIZE];
	va_list ap;

	if (level > log->level)
		return;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	put(log, level, text);
}

void
log_packet(struct log *log, uint64_t now_ns, enum config_log level,
	const char *format, ...)
{
	char text[LINE_SIZE];
	va_list ap;

	if (level > log->level)
		return;
	if (!bucket_take(&log->bucket, PACKET_LINES_PER_SECOND, now_ns)) {
		log->suppressed++;
		return;
	}
	if (log->suppressed)
		log_line(log, level, "%u line%s left out", log->suppressed,
			log->suppressed == 1 ? "" : "s");
	log->suppressed = 0;
	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	put(log, level, text);
}

bool
log_failure(struct log *log, const char *what)
{
	log_line(log, CONFIG_LOG_ERROR, "%s: %s", what, strerror(errno));
	return false;
}
