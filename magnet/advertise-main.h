/* SPDX-License-Identifier: BSD-2-Clause */
/* The provider: wasp-magnet advertise. */
#ifndef MAGNET_ADVERTISE_MAIN_H
#define MAGNET_ADVERTISE_MAIN_H

#include "magnet/request-main.h"

/*
 * Advertise until *stop, or as often as asked, and print what changes; then
 * withdraw.  CLI_YES when some router kept it.
 */
enum cli_exit advertise_run(const struct request *request,
	volatile sig_atomic_t *stop, const sigset_t *mask);

#endif
