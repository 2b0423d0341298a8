/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop of wasp-send; see exchange.h. */
#include "wasp-send/exchange.h"

static void
tell(const struct exchange *x, enum exchange_kind kind, uint16_t seq,
	const struct match *match, uint64_t now_ns)
{
	struct exchange_event event = {kind, seq, match,
		tally_elapsed(x->tally, seq, now_ns)};

	x->sink(x->arg, &event);
}

static void
handle_reply(const struct exchange *x, const struct match *match,
	uint64_t now_ns)
{
	static const enum exchange_kind kinds[] = {
		[TALLY_REPLY] = EXCHANGE_REPLY,
		[TALLY_DUPLICATE] = EXCHANGE_DUPLICATE,
		[TALLY_LATE] = EXCHANGE_LATE
	};
	enum tally_reply reply = tally_reply(x->tally, match->seq, now_ns);

	if (reply == TALLY_REPLY && match->header.status & PACKET_STATUS_FAULT)
		x->tally->faults++;
	tell(x, kinds[reply], match->seq, match, now_ns);
}

static void
handle_damaged(const struct exchange *x, const struct match *match,
	uint64_t now_ns)
{
	x->tally->damaged++;
	tell(x, EXCHANGE_DAMAGED, match->seq, match, now_ns);
}

static void
handle_icmp(const struct exchange *x, const struct match *match,
	uint64_t now_ns)
{
	uint16_t seq = tally_refuse(x->tally,
		match->seq_known ? match->seq : 0);

	if (seq)
		tell(x, EXCHANGE_ICMP, seq, match, now_ns);
}

static void
handle_packet(const struct exchange *x, const uint8_t *p, size_t size,
	uint64_t arrived_ns)
{
	struct match match;

	match_packet(x->probe, p, size, &match);
	if (match.seq_known && !tally_knows(x->tally, match.seq))
		return;
	switch (match.kind) {
	case MATCH_NONE:
		break;
	case MATCH_REPLY:
		handle_reply(x, &match, arrived_ns);
		break;
	case MATCH_DAMAGED:
		handle_damaged(x, &match, arrived_ns);
		break;
	case MATCH_ICMP:
		handle_icmp(x, &match, arrived_ns);
		break;
	}
}

static bool
handle_packets(const struct exchange *x, struct send_error *error)
{
	const uint8_t *p;
	size_t size;
	uint64_t arrived_ns;
	int status;

	while ((status = listen_next(x->listener, &p, &size, &arrived_ns,
	    error)) > 0)
		handle_packet(x, p, size, arrived_ns);
	return status == 0;
}

/* The clock is read before: the answer may be there when this returns. */
static bool
send_one(const struct exchange *x, struct send_error *error)
{
	uint8_t p[PROBE_SIZE_MAX];
	uint16_t seq = (uint16_t)(x->tally->sent + 1);
	size_t size = probe_build(x->probe, seq, p);
	uint64_t now_ns = listen_clock();

	if (!wire_send(x->wire, p, size, error))
		return false;
	tally_next(x->tally, now_ns);
	return true;
}

static void
expire(const struct exchange *x, uint64_t now_ns)
{
	uint16_t seq;

	while ((seq = tally_expire(x->tally, now_ns, x->timeout_ns)) != 0)
		tell(x, EXCHANGE_TIMEOUT, seq, NULL, now_ns);
}

/* By the clock, so that no drift adds up; but what was missed stays missed. */
static uint64_t
next_send(const struct exchange *x, uint64_t send_ns)
{
	uint64_t now_ns = listen_clock();

	return send_ns + x->interval_ns > now_ns ? send_ns + x->interval_ns :
		now_ns + x->interval_ns;
}

/* When there is something to do again; UINT64_MAX: never. */
static uint64_t
next_event(const struct exchange *x, uint64_t send_ns)
{
	uint64_t overdue_ns = x->timeout_ns ?
		tally_deadline(x->tally, x->timeout_ns) : UINT64_MAX;

	if (x->tally->sent == x->tally->count || overdue_ns < send_ns)
		return overdue_ns;
	return send_ns;
}

bool
exchange_run(const struct exchange *x, struct send_error *error)
{
	const struct tally *tally = x->tally;
	uint64_t send_ns = listen_clock(), event_ns;

	while (!*x->stop) {
		if (tally->sent < tally->count && listen_clock() >= send_ns) {
			if (!send_one(x, error))
				return false;
			send_ns = next_send(x, send_ns);
		}
		if (!handle_packets(x, error))
			return false;
		if (x->timeout_ns)
			expire(x, listen_clock());
		event_ns = next_event(x, send_ns);
		if (event_ns == UINT64_MAX)
			break;
		if (!listen_wait(x->listener, event_ns, x->mask, error))
			return false;
	}
	return true;
}
