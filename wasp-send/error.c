/* SPDX-License-Identifier: BSD-2-Clause */
/* See error.h. */
#include "wasp-send/error.h"

#include <stdarg.h>
#include <stdio.h>

bool
send_failed(struct send_error *error, enum send_error_kind kind,
	const char *format, ...)
{
	va_list ap;

	error->kind = kind;
	va_start(ap, format);
	vsnprintf(error->text, sizeof(error->text), format, ap);
	va_end(ap);
	return false;
}
