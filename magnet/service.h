/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is sent: the two programs of this room, assembled when it was built,
 * with the words of one service put in.  Pure.
 */
#ifndef MAGNET_SERVICE_H
#define MAGNET_SERVICE_H

#include "wasp/ip.h"
#include "wasp/object.h"

enum service_kind {
	SERVICE_ADVERTISE,	/* advertise.wasp */
	SERVICE_FIND		/* find.wasp */
};

enum { SERVICE_NAME_MAX = 63, SERVICE_NAME_SIZE };

/*
 * The name of a service as its key is made of it: 1 to 63 letters, digits and
 * any of . _ + / -, letters small.  false when this text is none.
 */
bool service_name(const char *text, char name[static SERVICE_NAME_SIZE]);

/* Its key, for the addresses of a family, 4 or 6. */
uint64_t service_key(const char *name, uint8_t family);

/* A program that asks for that key; object_done frees it.  false: no memory. */
bool service_make(struct object *object, enum service_kind kind, uint64_t key);

/* Write word n of a block of the program, which has it. */
void service_put(struct object *object, const char *block, unsigned n,
	uint32_t value);

/*
 * Where the packet turns: at the last router before the target (its flag of
 * egress is set), or not before the target itself.
 */
void service_turn_at_last(struct object *object, bool at_last);

#endif
