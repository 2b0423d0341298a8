/* SPDX-License-Identifier: BSD-2-Clause */
/* Being told to end; see cli.h. */
#include "cli/cli.h"

void
cli_catch_end(void (*handler)(int signal_number), sigset_t *mask)
{
	struct sigaction action = {.sa_handler = handler};
	sigset_t blocked;

	sigemptyset(&blocked);
	sigaddset(&blocked, SIGINT);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, mask);
	sigdelset(mask, SIGINT);
	sigdelset(mask, SIGTERM);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}
