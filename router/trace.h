/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What this node remembers of a packet between its ingress and its egress: when
 * and where it came in.  A table of fixed size in which a new packet takes the
 * place of an old one with the same hash; who was forgotten has an unknown
 * transit time and nobody's rights.  The key is addresses, identifier and
 * sequence, so a packet that address translation changed is not recognised.
 */
#ifndef ROUTER_TRACE_H
#define ROUTER_TRACE_H

#include "wasp/ip.h"
#include "wasp/key.h"

enum { TRACE_SLOTS = 4096 };

struct trace {
	uint64_t name;		/* 0: empty */
	uint64_t ingress_ns;	/* 0: not known */
	int in_ifindex;
};

struct trace_table {
	uint8_t secret[KEY_SECRET_SIZE];
	struct trace slots[TRACE_SLOTS];
};

void trace_put(struct trace_table *table, const struct ip_info *info,
	uint64_t ingress_ns, int in_ifindex);

/* NULL when it is not remembered. */
const struct trace *trace_get(const struct trace_table *table,
	const struct ip_info *info);

#endif
