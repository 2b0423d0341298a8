/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program in any form: an object, a packet of a capture (pcap, pcapng) or in
 * hexadecimal text.  Which of them bytes are is found by looking at them.
 *
 * In a capture, and in a text with several packets, the first that holds WASP
 * is taken, or the one of a number, or the first that holds WASP and matches a
 * filter.  The WASP that an ICMP error quotes counts where it is whole.
 */
#ifndef CAPTURE_INPUT_H
#define CAPTURE_INPUT_H

#include "wasp/ip.h"
#include "wasp/object.h"

enum input_form { INPUT_OBJECT, INPUT_CAPTURE, INPUT_HEX };

/* Which packet; borrowed for the call. */
struct input_choice {
	const char *file;		/* for messages */
	unsigned long packet;		/* its number, from 1; 0: not said */
	const char *filter;		/* of pcap-filter(7); NULL: none */
	struct ip_numbers numbers;
};

enum { INPUT_TEXT_SIZE = 256 };

struct input {
	struct object object;
	enum input_form form;
	char *name;			/* "x.pcap#3", for messages on it */
	char text[INPUT_TEXT_SIZE];	/* what was taken; empty: an object */
	/* Where it was in an IP packet: that, from its first byte to its end,
	   or as far as it was captured. */
	uint8_t *ip;			/* NULL: it was not */
	size_t ip_size;
	struct ip_info info;
	bool quoted;			/* by an ICMP error */
	/* In a capture or a text: its number from 1; how many there are, and
	   how many of them hold WASP, as far as they can be read. */
	unsigned long packet, packets, wasp_packets;
	int64_t time_us;		/* since 1970; 0: not known */
};

/*
 * Read a program from the bytes of a file.  Errors go to the sink; false if
 * there was one.  input_done frees what it holds, also after that, or of a
 * zero-initialised one.
 */
bool input_read(struct input *input, const uint8_t *bytes, size_t size,
	const struct input_choice *choice, diag_sink *sink, void *arg);
void input_done(struct input *input);

/* Do these bytes begin a capture? */
bool input_is_capture(const uint8_t *bytes, size_t size);

/*
 * "x.pcap#1, packet 1 of 3: 10.0.1.2 > 10.0.3.2, protocol 253; 1 other holds
 * WASP", for people; empty for an object.  Returns buf.
 */
enum { INPUT_PLACE_SIZE = 768 };
const char *input_place(const struct input *input,
	char buf[static INPUT_PLACE_SIZE]);

#endif
