/* SPDX-License-Identifier: BSD-2-Clause */
/* The values in a vector; see vector-int.h. */
#include "conform/vector-int.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { NS_DIGITS = 9 };

bool
vector_number(struct vector_reader *reader, const char *word, uint64_t max,
	uint64_t *value)
{
	bool hex = word[0] == '0' && word[1] == 'x';
	bool minus = word[0] == '-' && max == UINT32_MAX;
	const char *digits = word + 2 * hex + minus;

	errno = 0;
	*value = strtoull(digits, NULL, hex ? 16 : 10);
	if (!*digits || errno || *value > (minus ? max / 2 + 1 : max) ||
	    digits[strspn(digits, hex ? "0123456789abcdefABCDEF" :
		"0123456789")])
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"'%s' is not a number from 0 to %llu", word,
			(unsigned long long)max);
	if (minus)
		*value = (uint32_t)-*value;
	return true;
}

bool
vector_time(struct vector_reader *reader, const char *word, uint64_t *time_ns)
{
	bool minus = word[0] == '-';
	const char *p = word + minus;
	size_t whole = strspn(p, "0123456789");
	const char *fraction = p + whole + (p[whole] == '.');
	size_t decimals = strspn(fraction, "0123456789");
	uint64_t ns = 0;

	if (!whole || whole > NS_DIGITS || decimals > NS_DIGITS ||
	    fraction[decimals] || (p[whole] == '.') != (decimals > 0))
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"'%s' is not a number of seconds, such as -9.5", word);
	for (size_t i = 0; i < NS_DIGITS; i++)
		ns = 10 * ns + (i < decimals ? (uint64_t)(fraction[i] - '0') :
			0);
	ns += strtoull(p, NULL, 10) * 1000000000;
	*time_ns = VECTOR_TIME_0 + (minus ? -ns : ns);
	return true;
}

bool
vector_address(struct vector_reader *reader, const char *word,
	uint8_t addr[static IP_ADDR_SIZE])
{
	return ip_addr_parse(word, addr) || vector_wrong(reader,
		DIAG_CONFORM_VALUE, "'%s' is not an address", word);
}

/* private:N is the name that the run's program has for its private key N. */
static uint64_t
private_key(const struct vector_reader *reader, uint64_t number)
{
	const struct vector_packet *packet = &reader->set->packet;
	uint8_t bytes[KEY_SIZE];
	struct siphash hash;

	packet_put64(bytes, key_in_space(KEY_PRIVATE, number));
	siphash_start(&hash, reader->vector->private_secret);
	siphash_add(&hash, packet->bytes + PACKET_HEADER_SIZE,
		ISA_INSN_SIZE * (size_t)packet->bytes[PACKET_OFF_CODE_COUNT]);
	siphash_add(&hash, bytes, sizeof(bytes));
	return key_in_space(KEY_PRIVATE, siphash_finish(&hash));
}

static uint64_t
invitation_key(const struct vector_reader *reader, enum vector_hook side,
	uint64_t interface, uint64_t secret)
{
	uint8_t bytes[4 + 1 + KEY_SIZE], secret_bytes[KEY_SIZE];

	packet_put64(secret_bytes, secret);
	packet_put32(bytes, (uint32_t)interface);
	bytes[4] = (uint8_t)side;
	packet_put64(bytes + 5, key_of_secret(secret_bytes));
	return key_in_space(KEY_INVITATION, siphash(
		reader->vector->invite_secret, bytes, sizeof(bytes)));
}

static bool
read_invitation_key(struct vector_reader *reader, const char *word,
	uint64_t *key)
{
	bool at_ingress = !strncmp(word, "ingress:", 8);
	const char *number = word + (at_ingress ? 8 : 7);
	const char *colon = strchr(number, ':');
	char interface[12];
	uint64_t n, secret;

	if ((!at_ingress && strncmp(word, "egress:", 7)) || !colon ||
	    (size_t)(colon - number) >= sizeof(interface))
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"an invitation is written "
			"invitation:SIDE:INTERFACE:SECRET");
	memcpy(interface, number, (size_t)(colon - number));
	interface[colon - number] = '\0';
	if (!vector_number(reader, interface, UINT32_MAX, &n) ||
	    !vector_number(reader, colon + 1, UINT64_MAX, &secret))
		return false;
	*key = invitation_key(reader, at_ingress ? VECTOR_INGRESS :
		VECTOR_EGRESS, n, secret);
	return true;
}

bool
vector_key(struct vector_reader *reader, const char *word, uint64_t *key)
{
	uint64_t number;

	if (!strncmp(word, "invitation:", 11))
		return read_invitation_key(reader, word + 11, key);
	if (strncmp(word, "private:", 8))
		return vector_number(reader, word, UINT64_MAX, key);
	if (!reader->has_packet)
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"the program whose private key this is comes first");
	if (!vector_number(reader, word + 8, UINT64_MAX >> 2, &number))
		return false;
	*key = private_key(reader, number);
	return true;
}

bool
vector_index(struct vector_reader *reader, const char *word, unsigned *index)
{
	const struct notes_word *block;
	unsigned pad_count =
		reader->set->packet.bytes[PACKET_OFF_PAD_COUNT];
	char name[NOTES_NAME_SIZE];
	size_t size = strcspn(word, "+");
	uint64_t n = 0, first = 0;

	if (word[0] < '0' || word[0] > '9') {
		snprintf(name, sizeof(name), "%.*s", (int)size, word);
		block = notes_word_named(&reader->object.notes, name);
		if (!block)
			return vector_wrong(reader, DIAG_CONFORM_VALUE,
				"the program has no words '%s'", name);
		first = block->first;
		word = word[size] ? word + size + 1 : "0";
	}
	if (!vector_number(reader, word, UINT8_MAX, &n))
		return false;
	if (first + n >= pad_count)
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"there is no word %u, of %u", (unsigned)(first + n),
			pad_count);
	*index = (unsigned)(first + n);
	return true;
}

int
vector_choice(struct vector_reader *reader, const char *word,
	const char *const *names, unsigned first, unsigned count)
{
	for (unsigned i = first; i < first + count; i++)
		if (!strcmp(names[i], word))
			return (int)i;
	reader->like = diag_suggest(word, names + first, count);
	vector_wrong(reader, DIAG_CONFORM_VALUE, "'%s' is not known here",
		word);
	return -1;
}
