/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's matcher (router/match.h), run as the kernel runs it. */
#ifndef TESTS_UNIT_XDP_MATCH_H
#define TESTS_UNIT_XDP_MATCH_H

#include "wasp/ip.h"

/* Does it bring an IP packet to waspd? */
bool match_takes(const struct ip_numbers *numbers, const uint8_t *p,
	size_t size);

#endif
