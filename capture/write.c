/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing a capture; see write.h.  The numbers of a pcap file may have either
 * byte order; these are always big-endian, so files do not depend on the
 * machine (draft-ietf-opsawg-pcap):
 *
 *	file	magic:32 major:16 minor:16 0:32 0:32 snaplen:32 link type:32
 *	packet	seconds:32 nanoseconds:32 captured:32 length:32, the bytes
 */
#include "capture/write.h"

#include "wasp/packet.h"

enum {
	MAGIC_NS = 0xa1b23c4d,
	VERSION_MAJOR = 2,
	VERSION_MINOR = 4,
	SNAPLEN = 262144,
	LINKTYPE_RAW = 101,
	NS_PER_S = 1000000000,
	FILE_HEADER_SIZE = 24,
	PACKET_RECORD_SIZE = 16
};

void
capture_write_begin(FILE *out)
{
	uint8_t header[FILE_HEADER_SIZE] = {0};

	packet_put32(header, MAGIC_NS);
	packet_put16(header + 4, VERSION_MAJOR);
	packet_put16(header + 6, VERSION_MINOR);
	packet_put32(header + 16, SNAPLEN);
	packet_put32(header + 20, LINKTYPE_RAW);
	fwrite(header, 1, sizeof(header), out);
}

void
capture_write_cut(FILE *out, uint64_t time_ns, const uint8_t *p, size_t size,
	size_t length)
{
	uint8_t record[PACKET_RECORD_SIZE];

	packet_put32(record, (uint32_t)(time_ns / NS_PER_S));
	packet_put32(record + 4, (uint32_t)(time_ns % NS_PER_S));
	packet_put32(record + 8, (uint32_t)size);
	packet_put32(record + 12, (uint32_t)length);
	fwrite(record, 1, sizeof(record), out);
	fwrite(p, 1, size, out);
}

void
capture_write_packet(FILE *out, uint64_t time_ns, const uint8_t *p, size_t size)
{
	capture_write_cut(out, time_ns, p, size, size);
}
