/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What became of each packet sent.  Sequence numbers count from 1; times are
 * nanoseconds of one monotonic clock, which the caller reads.
 */
#ifndef WASP_SEND_TALLY_H
#define WASP_SEND_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tally_state {
	TALLY_UNSENT, TALLY_WAITING, TALLY_ANSWERED,
	TALLY_OVERDUE,		/* waited for in vain */
	TALLY_REFUSED		/* an ICMP error came instead */
};

/* What a reply is, by what was known before it came. */
enum tally_reply { TALLY_REPLY, TALLY_DUPLICATE, TALLY_LATE };

struct tally_probe {
	uint64_t sent_ns;
	enum tally_state state;
};

struct tally {
	struct tally_probe *probes;	/* count of them, by sequence - 1 */
	unsigned count;			/* to be sent */
	unsigned oldest;		/* sequences below are settled */
	unsigned sent, answered, late, duplicates, damaged, refused, faults;
	uint64_t rtt_min_ns, rtt_max_ns, rtt_sum_ns;	/* of those answered */
};

/* false without memory; tally_done frees. */
bool tally_init(struct tally *tally, unsigned count);
void tally_done(struct tally *tally);

/* The next packet, sequence number sent + 1, went out at that time. */
void tally_next(struct tally *tally, uint64_t now_ns);

/* Was this sent? */
bool tally_knows(const struct tally *tally, uint16_t seq);

/* The time since a packet, which was sent, was sent. */
uint64_t tally_elapsed(const struct tally *tally, uint16_t seq,
	uint64_t now_ns);

/* A reply to a packet that was sent came at that time. */
enum tally_reply tally_reply(struct tally *tally, uint16_t seq,
	uint64_t now_ns);

/*
 * An ICMP error came; seq 0 stands for the youngest packet waited for.  Returns
 * the sequence number, or 0 when nobody waits for it.
 */
uint16_t tally_refuse(struct tally *tally, uint16_t seq);

/*
 * The oldest packet that has waited for timeout_ns, now overdue; 0 when there
 * is none.  To be called until it is 0.
 */
uint16_t tally_expire(struct tally *tally, uint64_t now_ns,
	uint64_t timeout_ns);

/* When the next packet will be overdue; UINT64_MAX when none is waited for. */
uint64_t tally_deadline(struct tally *tally, uint64_t timeout_ns);

/* Was every packet answered, at least one, and none by a fault? */
bool tally_good(const struct tally *tally);

#endif
