/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A matcher of router/match.h as the kernel takes and runs it, with libpcap's
 * machine in its place.  Behind test.h.
 */
#ifndef TESTS_MATCHER_H
#define TESTS_MATCHER_H

#include "router/match.h"

#include <pcap/pcap.h>

static inline bool
matcher_takes(const struct match *match, const uint8_t *p, size_t size)
{
	struct bpf_insn code[MATCH_CODE_MAX];

	assert_in_range(match->count, 1, MATCH_CODE_MAX);
	for (unsigned i = 0; i < match->count; i++)
		code[i] = (struct bpf_insn){match->code[i].code,
			match->code[i].jt, match->code[i].jf,
			match->code[i].k};
	assert_true(bpf_validate(code, (int)match->count));
	return bpf_filter(code, p, (u_int)size, (u_int)size) != 0;
}

#endif
