/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An engine as a process: a line of JSON to its standard input, a line of JSON
 * from its standard output, within a deadline.  Its standard error is ours.
 */
#ifndef CONFORM_PEER_H
#define CONFORM_PEER_H

#include <stdbool.h>
#include <sys/types.h>

#include <jansson.h>

struct peer;

enum peer_result {
	PEER_OK,
	PEER_DIED,		/* its output ended */
	PEER_LATE,		/* no whole line within the deadline */
	PEER_GARBAGE,		/* a line that is no JSON object */
	PEER_OTHER		/* a reply with the id of another request */
};

enum { PEER_LINE_MAX = 1 << 20 };

/*
 * Start argv, found on PATH; NULL, and errno, when it can not be.  The caller
 * ignores SIGPIPE.
 */
struct peer *peer_start(char *const *argv);

/* Its process group, to be killed where nobody waits for it any more. */
pid_t peer_group(const struct peer *peer);

/* End it, and wait until it has; NULL is allowed. */
void peer_stop(struct peer *peer);

/*
 * Send a request and wait for the reply, which the caller owns, and whose id is
 * the request's.  After any
 * result but PEER_OK the peer is of no more use than to be stopped.
 */
enum peer_result peer_ask(struct peer *peer, const json_t *request,
	unsigned timeout_ms, json_t **reply);

/* "died" and so on, for "the engine ..." */
const char *peer_result_text(enum peer_result result);

#endif
