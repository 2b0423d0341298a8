/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wasp-magnet: MagNet, the discovery of services.  Providers advertise at the
 * routers of their domain; clients find what is advertised on their way.
 */
#include <config.h>

#include "magnet/advertise-main.h"
#include "magnet/find-main.h"

static volatile sig_atomic_t stop;

static void
handle_stop(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

int
main(int argc, char **argv)
{
	struct request request;
	enum cli_exit status;
	sigset_t mask;

	request_read(&request, argc, argv);
	cli_catch_end(handle_stop, &mask);
	status = request.command == REQUEST_ADVERTISE ?
		advertise_run(&request, &stop, &mask) :
		find_run(&request, &stop, &mask);
	cli_close(&request_cli);
	return status;
}
