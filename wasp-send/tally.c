/* SPDX-License-Identifier: BSD-2-Clause */
/* Bookkeeping of packets and replies; see tally.h. */
#include "wasp-send/tally.h"

#include <stdlib.h>

bool
tally_init(struct tally *tally, unsigned count)
{
	*tally = (struct tally){.count = count, .oldest = 1};
	tally->probes = calloc(count, sizeof(*tally->probes));
	return tally->probes != NULL;
}

void
tally_done(struct tally *tally)
{
	free(tally->probes);
	tally->probes = NULL;
}

bool
tally_knows(const struct tally *tally, uint16_t seq)
{
	return seq >= 1 && seq <= tally->sent;
}

/* The two clocks behind an arrival agree to microseconds, not to nothing. */
uint64_t
tally_elapsed(const struct tally *tally, uint16_t seq, uint64_t now_ns)
{
	uint64_t sent_ns = tally->probes[seq - 1].sent_ns;

	return now_ns > sent_ns ? now_ns - sent_ns : 0;
}

void
tally_next(struct tally *tally, uint64_t now_ns)
{
	tally->probes[tally->sent++] = (struct tally_probe){now_ns,
		TALLY_WAITING};
}

static void
add_time(struct tally *tally, uint64_t rtt_ns)
{
	if (tally->answered == 0 || rtt_ns < tally->rtt_min_ns)
		tally->rtt_min_ns = rtt_ns;
	if (rtt_ns > tally->rtt_max_ns)
		tally->rtt_max_ns = rtt_ns;
	tally->rtt_sum_ns += rtt_ns;
	tally->answered++;
}

enum tally_reply
tally_reply(struct tally *tally, uint16_t seq, uint64_t now_ns)
{
	struct tally_probe *probe = &tally->probes[seq - 1];

	if (probe->state == TALLY_ANSWERED) {
		tally->duplicates++;
		return TALLY_DUPLICATE;
	}
	if (probe->state != TALLY_WAITING) {
		tally->late++;
		return TALLY_LATE;
	}
	probe->state = TALLY_ANSWERED;
	add_time(tally, tally_elapsed(tally, seq, now_ns));
	return TALLY_REPLY;
}

static bool
is_waiting(const struct tally *tally, unsigned seq)
{
	return tally->probes[seq - 1].state == TALLY_WAITING;
}

uint16_t
tally_refuse(struct tally *tally, uint16_t seq)
{
	if (seq == 0)
		for (seq = (uint16_t)tally->sent; seq > 0 &&
		    !is_waiting(tally, seq); seq--)
			continue;
	if (!tally_knows(tally, seq) || !is_waiting(tally, seq))
		return 0;
	tally->probes[seq - 1].state = TALLY_REFUSED;
	tally->refused++;
	return seq;
}

/* The oldest packet that is still waited for, or 0. */
static uint16_t
oldest_waiting(struct tally *tally)
{
	while (tally->oldest <= tally->sent &&
	    !is_waiting(tally, tally->oldest))
		tally->oldest++;
	return tally->oldest <= tally->sent ? (uint16_t)tally->oldest : 0;
}

uint16_t
tally_expire(struct tally *tally, uint64_t now_ns, uint64_t timeout_ns)
{
	uint16_t seq = oldest_waiting(tally);

	if (seq == 0 || tally_elapsed(tally, seq, now_ns) < timeout_ns)
		return 0;
	tally->probes[seq - 1].state = TALLY_OVERDUE;
	return seq;
}

uint64_t
tally_deadline(struct tally *tally, uint64_t timeout_ns)
{
	uint16_t seq = oldest_waiting(tally);

	return seq ? tally->probes[seq - 1].sent_ns + timeout_ns : UINT64_MAX;
}

bool
tally_good(const struct tally *tally)
{
	return tally->sent > 0 && tally->answered == tally->sent &&
		tally->faults == 0;
}
