/* SPDX-License-Identifier: BSD-2-Clause */
/* Building what is sent; see probe.h. */
#include "wasp-send/probe.h"

#include <string.h>

#include "wasp/isa.h"

size_t
probe_build(const struct probe *probe, uint16_t seq,
	uint8_t p[static PROBE_SIZE_MAX])
{
	uint8_t wasp[PACKET_SIZE_MAX];

	memcpy(wasp, probe->object->packet, probe->object->size);
	packet_change16(wasp, PACKET_OFF_IDENT, probe->ident);
	packet_change16(wasp, PACKET_OFF_SEQ, seq);
	return ip_build(p, PROBE_SIZE_MAX, &probe->form, wasp,
		probe->object->size);
}

size_t
probe_size(const struct probe *probe)
{
	uint8_t p[PROBE_SIZE_MAX];

	return probe_build(probe, 0, p);
}

bool
probe_reroutes(const struct object *object)
{
	for (unsigned pc = 0; pc < object->header.code_count; pc++)
		if (isa_decode(packet_insn(object->packet, pc)) == ISA_REROUTE)
			return true;
	return false;
}
