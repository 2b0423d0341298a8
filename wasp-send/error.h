/* SPDX-License-Identifier: BSD-2-Clause */
/* Why something of wasp-send failed; main turns it into a status and a line. */
#ifndef WASP_SEND_ERROR_H
#define WASP_SEND_ERROR_H

#include <stdbool.h>

enum send_error_kind {
	SEND_ERROR_SYSTEM,	/* the system or the network */
	SEND_ERROR_USAGE,	/* what the user asked for does not exist */
	SEND_ERROR_PERMISSION	/* CAP_NET_RAW is missing */
};

struct send_error {
	enum send_error_kind kind;
	char text[320];		/* no full stop, no newline */
};

/* Fill it, the text cut where too long; always false, to be returned. */
bool send_failed(struct send_error *error, enum send_error_kind kind,
	const char *format, ...) __attribute__((format(printf, 3, 4)));

#endif
