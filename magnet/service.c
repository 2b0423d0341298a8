/* SPDX-License-Identifier: BSD-2-Clause */
/* The programs as they are sent; see program.h. */
#include "magnet/service.h"

#include <stdio.h>
#include <string.h>

/* Object files as lists of bytes, made by wasp-as. */
static const uint8_t advertise[] = {
#include "magnet/advertise.inc"
};
static const uint8_t find[] = {
#include "magnet/find.inc"
};

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		(c && strchr("._+/-", c));
}

bool
service_name(const char *text, char name[static SERVICE_NAME_SIZE])
{
	size_t len = strlen(text);

	if (len == 0 || len > SERVICE_NAME_MAX)
		return false;
	for (size_t i = 0; i <= len; i++) {
		name[i] = text[i] >= 'A' && text[i] <= 'Z' ?
			(char)(text[i] - 'A' + 'a') : text[i];
		if (i < len && !is_name_char(name[i]))
			return false;
	}
	return true;
}

uint64_t
service_key(const char *name, uint8_t family)
{
	char string[SERVICE_NAME_SIZE + sizeof("magnet4:")];
	int len = snprintf(string, sizeof(string), "magnet%u:%s", family,
		name);

	return key_of_string(KEY_PROTECTED, string, (size_t)len);
}

void
service_put(struct object *object, const char *block, unsigned n,
	uint32_t value)
{
	const struct notes_word *word = notes_word_named(&object->notes,
		block);

	object_put_word(object, word->first + n, value);
}

bool
service_make(struct object *object, enum service_kind kind, uint64_t key)
{
	static const char *const keys[] = {"service", "key"};
	bool ok = kind == SERVICE_FIND ?
		object_read(object, find, sizeof(find), NULL, NULL, NULL) :
		object_read(object, advertise, sizeof(advertise), NULL, NULL,
			NULL);

	for (unsigned i = 0; ok && i < 2; i++) {
		service_put(object, keys[i], 0, (uint32_t)(key >> 32));
		service_put(object, keys[i], 1, (uint32_t)key);
	}
	return ok;
}

void
service_turn_at_last(struct object *object, bool at_last)
{
	uint16_t word = packet_get16(object->packet + PACKET_OFF_FLAGS);

	word &= (uint16_t)~(PACKET_FLAG_EGRESS << 8);
	if (at_last)
		word |= PACKET_FLAG_EGRESS << 8;
	packet_change16(object->packet, PACKET_OFF_FLAGS, word);
	packet_parse(object->packet, object->size, &object->header);
}
