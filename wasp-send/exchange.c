/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop of wasp-send; see exchange.h. */
#include "wasp-send/exchange.h"

static void
tell(const struct exchange *x, enum exchange_kind kind, unsigned line_i,
	uint16_t seq, const struct match *match, uint64_t now_ns)
{
	struct exchange_event event = {kind, line_i, seq, match,
		tally_elapsed(&x->lines[line_i].tally, seq, now_ns)};

	x->sink(x->arg, &event);
}

static void
handle_reply(const struct exchange *x, unsigned line_i,
	const struct match *match, uint64_t now_ns)
{
	static const enum exchange_kind kinds[] = {
		[TALLY_REPLY] = EXCHANGE_REPLY,
		[TALLY_DUPLICATE] = EXCHANGE_DUPLICATE,
		[TALLY_LATE] = EXCHANGE_LATE
	};
	struct tally *tally = &x->lines[line_i].tally;
	enum tally_reply reply = tally_reply(tally, match->seq, now_ns);

	if (reply == TALLY_REPLY && match->header.status & PACKET_STATUS_FAULT)
		tally->faults++;
	tell(x, kinds[reply], line_i, match->seq, match, now_ns);
}

static void
handle_damaged(const struct exchange *x, unsigned line_i,
	const struct match *match, uint64_t now_ns)
{
	x->lines[line_i].tally.damaged++;
	tell(x, EXCHANGE_DAMAGED, line_i, match->seq, match, now_ns);
}

static void
handle_icmp(const struct exchange *x, unsigned line_i,
	const struct match *match, uint64_t now_ns)
{
	uint16_t seq = tally_refuse(&x->lines[line_i].tally,
		match->seq_known ? match->seq : 0);

	if (seq)
		tell(x, EXCHANGE_ICMP, line_i, seq, match, now_ns);
}

static void
handle_packet(const struct exchange *x, unsigned line_i, const uint8_t *p,
	size_t size, uint64_t arrived_ns)
{
	const struct line *line = &x->lines[line_i];
	struct match match;

	match_packet(&line->probe, p, size, &match);
	if (match.seq_known && !tally_knows(&line->tally, match.seq))
		return;
	switch (match.kind) {
	case MATCH_NONE:
		break;
	case MATCH_REPLY:
		handle_reply(x, line_i, &match, arrived_ns);
		break;
	case MATCH_DAMAGED:
		handle_damaged(x, line_i, &match, arrived_ns);
		break;
	case MATCH_ICMP:
		handle_icmp(x, line_i, &match, arrived_ns);
		break;
	}
}

static bool
handle_packets(const struct exchange *x, unsigned line_i,
	struct send_error *error)
{
	const uint8_t *p;
	size_t size;
	uint64_t arrived_ns;
	int status;

	while ((status = listen_next(&x->lines[line_i].listener, &p, &size,
	    &arrived_ns, error)) > 0)
		handle_packet(x, line_i, p, size, arrived_ns);
	return status == 0;
}

/* The clock is read before: the answer may be there when this returns. */
static bool
send_one(const struct exchange *x, unsigned line_i, struct send_error *error)
{
	struct line *line = &x->lines[line_i];
	uint16_t seq = (uint16_t)(line->tally.sent + 1);
	uint8_t p[PROBE_SIZE_MAX];
	uint64_t now_ns;
	size_t size;

	if (x->prepare)
		x->prepare(x->arg, line_i, seq);
	size = probe_build(&line->probe, seq, p);
	now_ns = listen_clock();
	if (!wire_send(&line->wire, p, size, error))
		return false;
	tally_next(&line->tally, now_ns);
	return true;
}

static void
expire(const struct exchange *x, unsigned line_i, uint64_t now_ns)
{
	uint16_t seq;

	while ((seq = tally_expire(&x->lines[line_i].tally, now_ns,
	    x->timeout_ns)) != 0)
		tell(x, EXCHANGE_TIMEOUT, line_i, seq, NULL, now_ns);
}

static bool
is_sending(const struct exchange *x)
{
	return x->lines[0].tally.sent < x->lines[0].tally.count;
}

static bool
send_all(const struct exchange *x, struct send_error *error)
{
	for (unsigned i = 0; i < x->line_count; i++)
		if (!send_one(x, i, error))
			return false;
	return true;
}

static bool
handle_all(const struct exchange *x, struct send_error *error)
{
	for (unsigned i = 0; i < x->line_count; i++) {
		if (!handle_packets(x, i, error))
			return false;
		if (x->timeout_ns)
			expire(x, i, listen_clock());
	}
	return true;
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
	uint64_t event_ns = is_sending(x) ? send_ns : UINT64_MAX, overdue_ns;

	for (unsigned i = 0; x->timeout_ns && i < x->line_count; i++) {
		overdue_ns = tally_deadline(&x->lines[i].tally, x->timeout_ns);
		if (overdue_ns < event_ns)
			event_ns = overdue_ns;
	}
	return event_ns;
}

static bool
wait_until(const struct exchange *x, uint64_t event_ns,
	struct send_error *error)
{
	const struct listener *listeners[LISTEN_MAX];

	for (unsigned i = 0; i < x->line_count; i++)
		listeners[i] = &x->lines[i].listener;
	return listen_wait(listeners, x->line_count, event_ns, x->mask, error);
}

bool
exchange_run(const struct exchange *x, struct send_error *error)
{
	uint64_t send_ns = listen_clock(), event_ns;

	while (!*x->stop) {
		if (is_sending(x) && listen_clock() >= send_ns) {
			if (!send_all(x, error))
				return false;
			send_ns = next_send(x, send_ns);
		}
		if (!handle_all(x, error))
			return false;
		event_ns = next_event(x, send_ns);
		if (event_ns == UINT64_MAX)
			break;
		if (!wait_until(x, event_ns, error))
			return false;
	}
	return true;
}
