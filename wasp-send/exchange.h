/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending and waiting: packets go out at their times, on one line or several,
 * what comes is matched and counted, and each event is told to a sink.
 */
#ifndef WASP_SEND_EXCHANGE_H
#define WASP_SEND_EXCHANGE_H

#include "wasp-send/line.h"
#include "wasp-send/match.h"

enum exchange_kind {
	EXCHANGE_REPLY, EXCHANGE_DUPLICATE, EXCHANGE_LATE,
	EXCHANGE_DAMAGED,	/* a reply with a wrong checksum: not counted */
	EXCHANGE_ICMP,		/* this packet will not come back */
	EXCHANGE_TIMEOUT
};

struct exchange_event {
	enum exchange_kind kind;
	unsigned line_i;
	uint16_t seq;
	const struct match *match;	/* NULL: EXCHANGE_TIMEOUT */
	uint64_t time_ns;		/* since the packet was sent */
};
typedef void exchange_sink(void *arg, const struct exchange_event *event);

struct exchange {
	struct line *lines;		/* open; with tallies of one count */
	unsigned line_count;		/* 1..LISTEN_MAX */
	uint64_t interval_ns;		/* from packet to packet of each line */
	uint64_t timeout_ns;		/* 0: do not wait; the sink may change it */
	const volatile sig_atomic_t *stop;	/* set by a signal handler */
	const sigset_t *mask;			/* to wait with */
	/* Called before a packet is sent, to change the object; NULL: none. */
	void (*prepare)(void *arg, unsigned line_i, uint16_t seq);
	exchange_sink *sink;
	void *arg;			/* of both */
};

/*
 * Until every packet is settled, or *stop.  false when the system or the
 * network failed; the tallies are right all the same.
 */
bool exchange_run(const struct exchange *exchange, struct send_error *error);

#endif
