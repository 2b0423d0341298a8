/* SPDX-License-Identifier: BSD-2-Clause */
/* Link headers: where the IP packet begins in a frame. */
#ifndef CAPTURE_LINK_H
#define CAPTURE_LINK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum link_result {
	LINK_IP,	/* it begins at *off */
	LINK_OTHER,	/* the frame holds something else, *ethertype if known */
	LINK_SHORT	/* the frame ends within the link header */
};

/* Is the link type (DLT_...) one that link_find reads? */
bool link_is_known(int dlt);

/* The names of those, for messages. */
extern const char link_names[];

/* Find it in size bytes of a frame of a link type that is known. */
enum link_result link_find(int dlt, const uint8_t *p, size_t size, size_t *off,
	uint16_t *ethertype);

#endif
