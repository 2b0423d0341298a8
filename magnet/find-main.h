/* SPDX-License-Identifier: BSD-2-Clause */
/* The client: wasp-magnet find, and list. */
#ifndef MAGNET_FIND_MAIN_H
#define MAGNET_FIND_MAIN_H

#include "magnet/request-main.h"

/*
 * Ask on the way to the target and print what there is, until *stop.  CLI_YES
 * when there is something.
 */
enum cli_exit find_run(const struct request *request,
	volatile sig_atomic_t *stop, const sigset_t *mask);

#endif
