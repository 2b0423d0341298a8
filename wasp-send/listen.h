/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where replies come in: a libpcap capture on one interface, of what is for
 * one address.  Opening needs CAP_NET_RAW.
 */
#ifndef WASP_SEND_LISTEN_H
#define WASP_SEND_LISTEN_H

#include <signal.h>
#include <stddef.h>

#include "wasp-send/error.h"
#include "wasp-send/probe.h"

struct listener {
	void *pcap;
	int link;		/* DLT_* */
};

/*
 * Active when it returns: what arrives from now on is kept.  The capture is of
 * all that match_packet could want for the probe (form and numbers are set).
 */
bool listen_open(struct listener *listener, const char *if_name,
	const struct probe *probe, struct send_error *error);
void listen_close(struct listener *listener);

/*
 * Wait until a packet is there for one of at most LISTEN_MAX listeners, the time
 * is deadline_ns (of listen_clock), or a signal of the mask comes; false only
 * when the system fails.
 */
enum { LISTEN_MAX = 64 };
bool listen_wait(const struct listener *const *listeners, unsigned count,
	uint64_t deadline_ns, const sigset_t *mask, struct send_error *error);

/*
 * The next packet from its IP header, valid until the next call, and when it
 * arrived; 0 when there is none now, -1 when the capture fails.
 */
int listen_next(struct listener *listener, const uint8_t **p, size_t *size,
	uint64_t *arrived_ns, struct send_error *error);

/* The monotonic clock. */
uint64_t listen_clock(void);

#endif
