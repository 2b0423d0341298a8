/* SPDX-License-Identifier: BSD-2-Clause */
/* A file of its own, since <pcap.h> and <linux/bpf.h> name things alike. */
#include "tests/unit/xdp-match.h"

#include <pcap/pcap.h>

#include "router/match.h"

bool
match_takes(const struct ip_numbers *numbers, const uint8_t *p, size_t size)
{
	struct match match;
	struct bpf_insn code[MATCH_CODE_MAX];

	match_make(&match, p[0] >> 4, numbers);
	for (unsigned i = 0; i < match.count; i++)
		code[i] = (struct bpf_insn){match.code[i].code,
			match.code[i].jt, match.code[i].jf, match.code[i].k};
	return bpf_filter(code, p, (u_int)size, (u_int)size) != 0;
}
