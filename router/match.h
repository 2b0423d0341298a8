/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel matches before a packet leaves its own path: classic BPF, for
 * the `bpf` match of xtables.  It sees the packet from its
 * network header on, and takes every packet that ip_find takes and next to
 * nothing else: protocol or port, magic, version, lengths, no IPv4 fragment.
 * What it lets through is judged again by ip_find.
 */
#ifndef ROUTER_MATCH_H
#define ROUTER_MATCH_H

#include "router/config.h"

#include <linux/filter.h>

enum { MATCH_CODE_MAX = 64 };	/* instructions that xt_bpf takes */

struct match {
	struct sock_filter code[MATCH_CODE_MAX];
	unsigned count;
};

/* The matcher for packets of a family, 4 or 6. */
void match_make(struct match *match, int family,
	const struct ip_numbers *numbers);

/*
 * Only those that were rerouted: not in UDP, R clear, M set; in IPv6 behind two
 * extension headers at most.
 */
void match_make_rerouted(struct match *match, int family,
	const struct ip_numbers *numbers);

/*
 * Matchers for the rules of wrapping: packets that a match names, packets with
 * such a one wrapped inside, and ICMP errors that quote a wrapped one.  A match
 * may name none of a family: match_suits.
 */
bool match_suits(const struct config_match *rule, int family);
void match_make_flow(struct match *match, int family,
	const struct config_match *rule);
void match_make_wrapped(struct match *match, int family,
	const struct ip_numbers *numbers, const struct config_match *rule);
void match_make_quoted(struct match *match, int family,
	const struct ip_numbers *numbers);

#endif
