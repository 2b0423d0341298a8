/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sending and waiting: packets go out at their times, what comes is matched
 * and counted, and each event is told to a sink.
 */
#ifndef WASP_SEND_EXCHANGE_H
#define WASP_SEND_EXCHANGE_H

#include "wasp-send/listen.h"
#include "wasp-send/match.h"
#include "wasp-send/tally.h"
#include "wasp-send/wire.h"

enum exchange_kind {
	EXCHANGE_REPLY, EXCHANGE_DUPLICATE, EXCHANGE_LATE,
	EXCHANGE_DAMAGED,	/* a reply with a wrong checksum: not counted */
	EXCHANGE_ICMP,		/* this packet will not come back */
	EXCHANGE_TIMEOUT
};

struct exchange_event {
	enum exchange_kind kind;
	uint16_t seq;
	const struct match *match;	/* NULL: EXCHANGE_TIMEOUT */
	uint64_t time_ns;		/* since the packet was sent */
};
typedef void exchange_sink(void *arg, const struct exchange_event *event);

struct exchange {
	const struct probe *probe;
	struct wire *wire;
	struct listener *listener;
	struct tally *tally;
	uint64_t interval_ns, timeout_ns;	/* timeout 0: do not wait */
	const volatile sig_atomic_t *stop;	/* set by a signal handler */
	const sigset_t *mask;			/* to wait with */
	exchange_sink *sink;
	void *arg;
};

/*
 * Until every packet is settled, or *stop.  false when the system or the
 * network failed; the tally is right all the same.
 */
bool exchange_run(const struct exchange *exchange, struct send_error *error);

#endif
