/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading trails; see trail.h. */
#include "magnet/trail.h"

#include <string.h>

enum { AGE_UNIT_US = 1024, AGE_MASK = 0xffff };

struct trail
trail_begin(const struct object *object, const uint8_t *wasp,
	const struct packet_header *header, uint8_t family)
{
	const struct notes_word *word = notes_word_named(&object->notes,
		"trail");
	struct trail trail = {wasp, header, family, word->first,
		header->cursor};

	if (trail.end > header->pad_count)
		trail.end = header->pad_count;
	return trail;
}

static unsigned
addr_words(const struct trail *trail)
{
	return trail->family == 4 ? 1 : IP_ADDR_SIZE / 4;
}

static bool
has_words(const struct trail *trail, unsigned count)
{
	return trail->at + count <= trail->end;
}

static uint32_t
take_word(struct trail *trail)
{
	return packet_word(trail->wasp, trail->header, trail->at++);
}

static void
take_addr(struct trail *trail, uint8_t addr[static IP_ADDR_SIZE])
{
	uint8_t bytes[IP_ADDR_SIZE];
	unsigned count = addr_words(trail);

	for (unsigned i = 0; i < count; i++)
		packet_put32(bytes + 4 * i, take_word(trail));
	if (trail->family == 4)
		ip_addr_from_v4(addr, bytes);
	else
		memcpy(addr, bytes, IP_ADDR_SIZE);
}

/* A router that does not tell its address pushes ones. */
static void
take_router(struct trail *trail, struct trail_router *router)
{
	static const uint8_t ones[IP_ADDR_SIZE] = {
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
		0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};

	take_addr(trail, router->addr);
	router->known = trail->family == 4 ?
		memcmp(router->addr + IP_V4_OFF, ones, 4) != 0 :
		memcmp(router->addr, ones, IP_ADDR_SIZE) != 0;
}

bool
trail_next_mark(struct trail *trail, struct trail_mark *mark)
{
	uint32_t head;

	if (!has_words(trail, 1 + addr_words(trail)))
		return false;
	head = take_word(trail);
	if ((head & 0xff) >= TRAIL_RESULT_COUNT || head >> 16)
		return false;
	mark->router.hop = head >> 8;
	mark->result = (enum trail_result)(head & 0xff);
	take_router(trail, &mark->router);
	return true;
}

/*
 * No entry is older than ten seconds: a larger age says that the router's clock
 * was set.
 */
static int
age_ms(uint32_t age)
{
	unsigned ms = (age & AGE_MASK) * AGE_UNIT_US / 1000;

	return ms <= ENTRY_LIFE_S * 1000 ? (int)ms : -1;
}

bool
trail_next_find(struct trail *trail, struct trail_find *find)
{
	uint32_t head, rank;

	if (!has_words(trail, 2 + 2 * addr_words(trail)))
		return false;
	head = take_word(trail);
	if (head >> 24)
		return false;
	find->router.hop = head >> 16;
	find->age_ms = age_ms(head);
	rank = take_word(trail);
	find->metric = (uint16_t)(rank >> 16);
	find->port = (uint16_t)rank;
	take_router(trail, &find->router);
	take_addr(trail, find->addr);
	return true;
}
