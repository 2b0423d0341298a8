/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets between two hooks; see trace.h. */
#include "router/trace.h"

#include <string.h>

static uint64_t
trace_name(const struct trace_table *table, const struct ip_info *info)
{
	uint8_t bytes[2 * IP_ADDR_SIZE + 5];

	memcpy(bytes, info->src, IP_ADDR_SIZE);
	memcpy(bytes + IP_ADDR_SIZE, info->dst, IP_ADDR_SIZE);
	packet_put16(bytes + 2 * IP_ADDR_SIZE, info->wasp.ident);
	packet_put16(bytes + 2 * IP_ADDR_SIZE + 2, info->wasp.seq);
	bytes[2 * IP_ADDR_SIZE + 4] = info->wasp.flags & PACKET_FLAG_RETURNED;
	return siphash(table->secret, bytes, sizeof(bytes)) | 1;
}

void
trace_put(struct trace_table *table, const struct ip_info *info,
	uint64_t ingress_ns, int in_ifindex)
{
	uint64_t name = trace_name(table, info);

	table->slots[(name >> 1) % TRACE_SLOTS] =
		(struct trace){name, ingress_ns, in_ifindex};
}

const struct trace *
trace_get(const struct trace_table *table, const struct ip_info *info)
{
	uint64_t name = trace_name(table, info);
	const struct trace *trace = &table->slots[(name >> 1) % TRACE_SLOTS];

	return trace->name == name ? trace : NULL;
}
