/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of the running router, and what they share; see daemon.h. */
#ifndef ROUTER_DAEMON_INT_H
#define ROUTER_DAEMON_INT_H

#include "router/daemon.h"
#include "router/flow.h"
#include "router/inject.h"
#include "router/kernel.h"
#include "router/queue.h"
#include "router/rules.h"

#include <signal.h>
#include <time.h>

struct daemon {
	const struct daemon_setup *setup;
	struct config *config;
	struct log *log;
	struct router *router;
	struct netlink *netlink;
	struct queue *queue;
	struct flow *flow;
	struct queue *flows;		/* NULL: no rule wraps or unwraps */
	struct inject inject;
	struct world world;
	sigset_t signals;
	int signal_fd;
	struct rules *rules;
	bool installed;
	struct kernel *kernel;		/* NULL: all is portable */
	bool ready;
	bool not_permitted;		/* why it could not start */
	bool leaves;			/* what is in the kernel, to the next start */
	/* Of interfaces, by number - 1: whom the kernel's path serves, and whom
	   this one does; one that is not there is neither's. */
	rules_set xdp, portable;
	rules_set refused;		/* it was said why not xdp */
};

static inline uint64_t
daemon_clock_ns(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* daemon-serve.c: find out which interfaces there are now, and who serves them;
   false: somebody does not who must, which was said. */
bool daemon_renew_interfaces(struct daemon *d);
/* The queues and rules that this takes; false, which was said. */
bool daemon_install(struct daemon *d);
void daemon_warn_of_missing(struct daemon *d);
void daemon_say_served(struct daemon *d);
void daemon_say_ready(struct daemon *d);

/* daemon-packet.c: up to a batch of what waits; -1 when the queue is broken,
   else how many. */
typedef bool daemon_serve_one(struct daemon *d, struct queue *queue,
	struct queue_packet *waiting);
daemon_serve_one daemon_serve_packet, daemon_serve_flow;
int daemon_serve_queue(struct daemon *d, struct queue *queue,
	daemon_serve_one *serve);

/* daemon-signal.c: true when it is time to end. */
bool daemon_serve_signals(struct daemon *d);
void daemon_say_counts(struct daemon *d);

#endif
