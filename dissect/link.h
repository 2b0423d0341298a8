/* SPDX-License-Identifier: BSD-2-Clause */
/* Link headers: where the IP packet begins in a frame.  */
#ifndef DISSECT_LINK_H
#define DISSECT_LINK_H

#include <stddef.h>
#include <stdint.h>

enum link_result {
	LINK_IP,	/* it begins at *off */
	LINK_OTHER,	/* the frame holds something else, *ethertype if known */
	LINK_SHORT	/* the frame ends within the link header */
};

/* Find it in size bytes of a frame of a link type that is known. */
enum link_result link_find(int dlt, const uint8_t *p, size_t size, size_t *off,
	uint16_t *ethertype);

#endif
