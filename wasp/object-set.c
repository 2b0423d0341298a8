/* SPDX-License-Identifier: BSD-2-Clause */
/* Scratchpad words set by name, as --set NAME=VALUE wants; see object.h. */
#include "wasp/object.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "wasp/ip.h"

enum { ADDR_WORDS = IP_ADDR_SIZE / PACKET_WORD_SIZE, WORDS_MAX = ADDR_WORDS };

/* Where a value goes: word `first` on, at most `room` words. */
struct place {
	unsigned first, room;
	const struct notes_word *block;	/* named without +N, else NULL */
};

/* Digits of base 10, or of 16 behind 0x, and nothing after them. */
static bool
parse_number(const char *text, uint64_t max, uint64_t *n)
{
	bool hex = text[0] == '0' && (text[1] | 32) == 'x';
	const char *start = text + 2 * hex;

	if (!*start || start[strspn(start, hex ?
	    "0123456789abcdefABCDEF" : "0123456789")])
		return false;
	errno = 0;
	*n = strtoull(start, NULL, hex ? 16 : 10);
	return !errno && *n <= max;
}

/* "there are type, size"; some of them, where not all fit into a hint. */
static void
hint_names(struct diag *diag, const char *const *names, size_t count)
{
	char text[DIAG_TEXT_SIZE / 2] = "";
	size_t size = 0, i;

	for (i = 0; i < count && size + strlen(names[i]) + 2 < sizeof(text);
	    i++)
		size += (size_t)sprintf(text + size, "%s%s", i ? ", " : "",
			names[i]);
	if (count)
		diag_set_hint(diag, "there %s %s%s", count > 1 ? "are" : "is",
			text, i < count ? ", and more" : "");
}

static bool
unknown_name(const struct notes *notes, const char *name, struct diag *diag)
{
	const char *names[PACKET_PAD_MAX], *like;
	size_t count = 0;

	while (count < notes->word_count && count < PACKET_PAD_MAX) {
		names[count] = notes->words[count].name;
		count++;
	}
	like = diag_suggest(name, names, count);
	diag_set(diag, DIAG_NONE, "the object has no word '%s'", name);
	if (like)
		diag_set_hint(diag, "did you mean %s?", like);
	else if (!notes->present)
		diag_set_hint(diag, "it has no notes, so words have no names; "
			"give an index");
	else
		hint_names(diag, names, count);
	return false;
}

static bool
place_by_index(const struct object *object, uint64_t n, struct place *place,
	struct diag *diag)
{
	if (n >= object->header.pad_count) {
		diag_set(diag, DIAG_NONE, "there is no word %llu; the "
			"scratchpad has %u", (unsigned long long)n,
			object->header.pad_count);
		return false;
	}
	place->first = (unsigned)n;
	place->room = object->header.pad_count - place->first;
	return true;
}

/* offset is what stands behind the '+', or NULL. */
static bool
place_in_block(const struct notes_word *block, const char *offset,
	struct place *place, struct diag *diag)
{
	uint64_t n = 0;

	if (offset && (!parse_number(offset, UINT32_MAX, &n) ||
	    n >= block->count)) {
		diag_set(diag, DIAG_NONE, "'%s' has %u word%s, and no '+%s'",
			block->name, block->count,
			block->count == 1 ? "" : "s", offset);
		return false;
	}
	place->first = block->first + (unsigned)n;
	place->room = block->count - (unsigned)n;
	place->block = offset ? NULL : block;
	return true;
}

/* NAME, NAME+N or INDEX. */
static bool
find_place(const struct object *object, const char *name, struct place *place,
	struct diag *diag)
{
	size_t len = strcspn(name, "+");
	const char *offset = name[len] ? name + len + 1 : NULL;
	char *base = strndup(name, len);
	const struct notes_word *block = base ?
		notes_word_named(&object->notes, base) : NULL;
	uint64_t n;

	free(base);
	if (block)
		return place_in_block(block, offset, place, diag);
	if (parse_number(name, UINT64_MAX, &n))
		return place_by_index(object, n, place, diag);
	return unknown_name(&object->notes, name, diag);
}

/* A whole key or secret: 64 bits; a key stays in the space it is in. */
static bool
parse_long(const struct object *object, const struct place *place,
	const char *value, uint32_t *words, struct diag *diag)
{
	bool key = place->block->kind == NOTES_KEY;
	uint64_t n, old = (uint64_t)packet_word(object->packet, &object->header,
		place->first) << 32;

	if (!parse_number(value, key ? key_in_space(0, UINT64_MAX) : UINT64_MAX,
	    &n)) {
		diag_set(diag, DIAG_NONE, "'%s' is not a number of %u bits",
			value, key ? KEY_SPACE_SHIFT : 64);
		return false;
	}
	if (key)
		n = key_in_space(key_space(old), n);
	words[0] = (uint32_t)(n >> 32);
	words[1] = (uint32_t)n;
	return true;
}

/* One word of -2^31..2^32-1. */
static bool
parse_word(const char *value, uint32_t *word)
{
	uint64_t n;

	if (*value == '-') {
		if (!parse_number(value + 1, UINT64_C(1) << 31, &n))
			return false;
		*word = (uint32_t)(0 - n);
		return true;
	}
	if (!parse_number(value, UINT32_MAX, &n))
		return false;
	*word = (uint32_t)n;
	return true;
}

/* The words that a value stands for at that place; 0 when it is none. */
static unsigned
parse_value(const struct object *object, const struct place *place,
	const char *value, uint32_t words[static WORDS_MAX], struct diag *diag)
{
	enum notes_kind kind = place->block ? place->block->kind : NOTES_DATA;
	uint8_t addr[IP_ADDR_SIZE];

	if ((kind == NOTES_KEY || kind == NOTES_SECRET) && place->room >= 2)
		return parse_long(object, place, value, words, diag) ? 2 : 0;
	if (ip_addr_parse(value, addr)) {
		for (unsigned i = 0; i < ADDR_WORDS; i++)
			words[i] = packet_get32(addr + PACKET_WORD_SIZE * i);
		if (kind == NOTES_ADDR || !ip_addr_is_v4(addr))
			return ADDR_WORDS;
		words[0] = words[ADDR_WORDS - 1];
		return 1;
	}
	if (kind != NOTES_ADDR && parse_word(value, words))
		return 1;
	diag_set(diag, DIAG_NONE, kind == NOTES_ADDR ?
		"'%s' is not an address" :
		"'%s' is neither a number of 32 bits nor an address", value);
	return 0;
}

/* Write a word and mend the checksum by the difference (RFC 1624). */
void
object_put_word(struct object *object, unsigned n, uint32_t value)
{
	uint8_t *p = object->packet + PACKET_WORD_SIZE * (size_t)n +
		packet_pad_off(object->header.code_count);
	uint16_t old_sum = packet_sum(p, PACKET_WORD_SIZE);

	packet_put32(p, value);
	object->header.checksum = packet_checksum_update(
		object->header.checksum, old_sum,
		packet_sum(p, PACKET_WORD_SIZE));
	packet_put16(object->packet + PACKET_OFF_CHECKSUM,
		object->header.checksum);
}

bool
object_find_word(const struct object *object, const char *name, unsigned *n,
	struct diag *diag)
{
	struct place place = {0};

	*diag = (struct diag){.pc = -1};
	if (!find_place(object, name, &place, diag))
		return false;
	*n = place.first;
	return true;
}

bool
object_set(struct object *object, const char *name, const char *value,
	struct diag *diag)
{
	struct place place = {0};
	uint32_t words[WORDS_MAX];
	unsigned count;

	*diag = (struct diag){.pc = -1};
	if (!find_place(object, name, &place, diag))
		return false;
	count = parse_value(object, &place, value, words, diag);
	if (count > place.room) {
		diag_set(diag, DIAG_NONE, "'%s' needs %u words, and '%s' has "
			"%u", value, count, name, place.room);
		return false;
	}
	for (unsigned i = 0; i < count; i++)
		object_put_word(object, place.first + i, words[i]);
	return count > 0;
}

bool
object_draw_keys(struct object *object)
{
	for (unsigned i = 0; i < object->notes.random_count; i++) {
		const struct notes_random *note = &object->notes.randoms[i];
		uint64_t key;

		if (getrandom(&key, sizeof(key), 0) != sizeof(key))
			return false;
		key = key_in_space(note->space, key);
		object_put_word(object, note->first, (uint32_t)(key >> 32));
		object_put_word(object, note->first + 1, (uint32_t)key);
	}
	return true;
}
