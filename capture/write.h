/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing a capture: a pcap file of IP packets without link headers
 * (LINKTYPE_RAW), with times in nanoseconds.  Every tool that reads captures
 * takes it.
 *
 *	capture_write_begin(out);
 *	capture_write_packet(out, time_ns, p, size);	for each, or
 *	capture_write_cut(out, time_ns, p, size, length);
 *
 * Whether all of it could be written is for the caller to see from the stream.
 */
#ifndef CAPTURE_WRITE_H
#define CAPTURE_WRITE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What comes before the first packet, once. */
void capture_write_begin(FILE *out);

/* An IP packet of size bytes, from its first, and when it was seen (since 1970). */
void capture_write_packet(FILE *out, uint64_t time_ns, const uint8_t *p,
	size_t size);

/* The same of a packet of length bytes, of which the first size are known. */
void capture_write_cut(FILE *out, uint64_t time_ns, const uint8_t *p,
	size_t size, size_t length);

#endif
