/* SPDX-License-Identifier: BSD-2-Clause */
/* What the command line of wasp-magnet asks for. */
#ifndef MAGNET_REQUEST_MAIN_H
#define MAGNET_REQUEST_MAIN_H

#include "cli/cli.h"
#include "magnet/service.h"
#include "wasp-send/line.h"

enum request_command { REQUEST_ADVERTISE, REQUEST_FIND, REQUEST_LIST };

struct request_target {
	const char *text;		/* as the user named it */
	struct ip_form form;		/* lacks the source */
};

struct request {
	enum request_command command;
	char service[SERVICE_NAME_SIZE];
	struct request_target targets[LISTEN_MAX];
	unsigned target_count;
	/* Where from and how; NULL, as routed. */
	const char *if_name;
	const uint8_t *src;
	uint8_t src_addr[IP_ADDR_SIZE];
	uint64_t timeout_ns;
	struct ip_numbers numbers;
	bool json;
	/* Of a provider.  An address by its family: [0] IPv4, [1] IPv6. */
	uint16_t metric, port;
	bool addr_given[2];
	uint8_t addrs[2][IP_ADDR_SIZE];
	uint64_t every_ns;
	unsigned count;			/* 0: until told to end */
	/* Of a client. */
	bool first;
};

extern const struct cli request_cli;

/* Read it; strings are borrowed from argv.  Exits when it is wrong. */
void request_read(struct request *request, int argc, char **argv);

/* Exit with what wasp-send's library says. */
_Noreturn void request_die(const struct send_error *error);

/* Open a line to a target; exits when that can not be done. */
void request_open(const struct request *request,
	const struct request_target *target, struct object *object,
	struct line *line);

#endif
