/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The running router: queue, netlink, raw sockets and rules around one struct
 * router, and the loop that serves them until a signal ends it.
 */
#ifndef ROUTER_DAEMON_H
#define ROUTER_DAEMON_H

#include "router/log.h"

struct daemon_setup {
	struct config *config;		/* replaced on SIGHUP */
	/*
	 * Read the configuration anew into *config; false, and messages
	 * printed, if it is wrong.  NULL: there is no file.
	 */
	bool (*reload)(void *arg, struct config *config);
	void *reload_arg;
	struct log *log;
};

enum daemon_end {
	DAEMON_DONE,			/* by SIGTERM, SIGINT or SIGUSR2 */
	DAEMON_NOT_PERMITTED,
	DAEMON_FAILED			/* the log says why */
};

enum daemon_end daemon_run(const struct daemon_setup *setup);

#endif
