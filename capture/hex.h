/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Packets from hexadecimal text, such as people paste from a log.  Two kinds of
 * text are told apart by looking:
 *
 *	a dump	0x0000:  4500 0058 ...  E..X	tcpdump -x and -X, xxd
 *		00000000  45 00 00 58 ... |E..|	hexdump -C, tshark -x
 *		0000000 45 00 00 58 ...		od -tx1, od -x, hexdump
 *		Lines that begin with an offset, which begins anew with each
 *		packet; columns of characters, and lines of other text, are
 *		passed over.
 *	plain	45 00 00 58, 4500 0058, 0x45, 0x00, 45:00, 45000058
 *		Nothing else may be there, but a column of characters behind |
 *		or >, and what is around { and } in C.  An empty line ends a
 *		packet.
 */
#ifndef CAPTURE_HEX_H
#define CAPTURE_HEX_H

#include "wasp/diag.h"

enum {
	HEX_SIZE_MAX = 1 << 17,		/* of a packet: a frame of 64 KiB fits */
	HEX_OFFSET_MIN = 4		/* digits */
};

enum hex_result {
	HEX_OK,
	HEX_END,	/* no packet any more */
	HEX_NONE,	/* the text does not even begin as hexadecimal */
	HEX_WRONG	/* the diagnostic says where */
};

struct hex {
	const char *text, *end, *at;
	unsigned line;			/* of the text at `at`, from 1 */
	bool is_dump;
	unsigned count;			/* packets read */
	unsigned first_line;		/* of the packet read last */
	bool in_words;			/* it came in groups of 16 bits */
	size_t size;
	uint8_t bytes[HEX_SIZE_MAX];
};

/* The text is borrowed, also by diagnostics, and a NUL follows its size. */
void hex_start(struct hex *hex, const char *text, size_t size);

/* The next packet in bytes and size; what is wrong goes to diag (but its file). */
enum hex_result hex_next(struct hex *hex, struct diag *diag);

/* Swap the bytes of each group: od -x writes the low one first. */
void hex_swap(struct hex *hex);

#endif
