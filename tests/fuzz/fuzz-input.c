/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program in any form: object, capture, hexadecimal.  What is taken is whole,
 * lies where it is said to, and is found again when it is written as a capture
 * or as hexadecimal in several styles.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "capture/hex.h"
#include "capture/input.h"
#include "capture/write.h"
#include "tests/captures.h"

const char fuzz_name[] = "input";
const unsigned fuzz_runs = 60000;
const char *const fuzz_words[] = {"WA", "0x", "\\x", "0000", "0000:", "0000000",
	"00000010  ", "0x0010:  ", "\n\n", "\n*\n", "  |", ": ", ", ", "{", "}",
	"\xd4\xc3\xb2\xa1", "\x0a\x0d\x0d\x0a", "\x03\xfd", "WASP-NOTES 1\n",
	"57411c3b", NULL};

static void
add(struct fuzz_seeds *seeds, uint8_t choice, const char *bytes, size_t size)
{
	char *seed = malloc(size + 1);

	FUZZ_CHECK(seed);
	seed[0] = (char)choice;
	memcpy(seed + 1, bytes, size);
	fuzz_add(seeds, seed, size + 1);
	free(seed);
}

static void
add_captures(struct fuzz_seeds *seeds, const char *set, const char *link,
	bool pcapng)
{
	struct captures *captures = calloc(1, sizeof(*captures));
	char *bytes = NULL;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	FUZZ_CHECK(captures && out && captures_add(captures, set));
	captures_write(out, captures, link, 120, pcapng);
	fclose(out);
	add(seeds, pcapng ? 3 : 0, bytes, size);
	add(seeds, 0x80, bytes, size);
	free(bytes);
	free(captures);
}

enum style { PLAIN, WORDS, XXD, HEXDUMP, OD, STYLE_COUNT };

static void
print_hex(FILE *out, const uint8_t *p, size_t size, enum style style)
{
	static const char *const offsets[] = {"", "0x", "%08zx:", "%08zx ",
		"%07zo"};
	static const char *const ends[] = {"\n", ",\n", "  WA..abcd\n",
		"  |WA..abcd|\n", "\n"};

	for (size_t i = 0; i < size; i++) {
		if (i % 16 == 0 && strchr(offsets[style], 'z'))
			fprintf(out, style == OD ? "%07zo" : style == XXD ?
				"%08zx:" : "%08zx ", i);
		else if (i % 16 == 0 || (style == WORDS && i % 2 == 0))
			fputs(offsets[style], out);
		if (style != WORDS && style != XXD)
			fputc(' ', out);
		if (style == XXD && i % 2 == 0)
			fputc(' ', out);
		fprintf(out, "%02x", p[i]);
		if (style == WORDS && i % 2 && i % 16 != 15 && i + 1 < size)
			fputs(", ", out);
		if (i % 16 == 15 || i + 1 == size)
			fputs(ends[style], out);
	}
}

static void
add_object(void *arg, const struct object *object)
{
	for (enum style style = 0; style < STYLE_COUNT; style++) {
		char *text = NULL;
		size_t size;
		FILE *out = open_memstream(&text, &size);

		FUZZ_CHECK(out);
		print_hex(out, object->packet, object->size, style);
		fclose(out);
		add(arg, 0, text, size);
		free(text);
	}
	add(arg, 0, (const char *)object->packet, object->size);
}

/* One byte before the file: 0, a packet's number, or 0x80: a filter. */
void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	add_captures(seeds, "right", "EN10MB", false);
	add_captures(seeds, "icmp", "RAW", false);
	add_captures(seeds, "right", "LINUX_SLL2", true);
	add_captures(seeds, "malformed", "VLAN", false);
	fuzz_each_object(add_object, seeds);
}

/* The same bytes in another form hold the same program. */
static void
check_again(const struct object *object, const uint8_t *bytes, size_t size)
{
	const struct input_choice choice = {.file = "again",
		.numbers = IP_NUMBERS_DEFAULT};
	struct input again;

	FUZZ_CHECK(input_read(&again, bytes, size, &choice, fuzz_sink, NULL));
	FUZZ_CHECK(again.object.size == object->size);
	FUZZ_CHECK(!memcmp(again.object.packet, object->packet, object->size));
	input_done(&again);
}

/* A text may have a tail that begins the notes of an object; not this one. */
static void
check_hex(const struct object *object, const uint8_t *p, size_t size)
{
	for (enum style style = 0; style < STYLE_COUNT; style++) {
		char *text = NULL;
		size_t length;
		FILE *out = open_memstream(&text, &length);

		FUZZ_CHECK(out);
		print_hex(out, p, size, style);
		fclose(out);
		check_again(object, (uint8_t *)text, length);
		free(text);
	}
}

static void
check_capture(const struct input *input)
{
	char *bytes = NULL;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	FUZZ_CHECK(out);
	capture_write_begin(out);
	capture_write_packet(out, UINT64_C(1700000000000000000), input->ip,
		input->ip_size);
	fclose(out);
	check_again(&input->object, (uint8_t *)bytes, size);
	free(bytes);
}

static void
check_taken(const struct input *input)
{
	const struct object *object = &input->object;
	struct packet_header header;

	FUZZ_CHECK(input->name);
	FUZZ_CHECK(memchr(input->text, 0, sizeof(input->text)));
	FUZZ_CHECK(packet_parse(object->packet, object->size, &header) ==
		PACKET_OK);
	FUZZ_CHECK((input->form == INPUT_OBJECT) == (*input->text == '\0'));
	FUZZ_CHECK(input->packet <= input->packets &&
		input->wasp_packets <= input->packets);
	check_hex(object, object->packet, object->size);
	if (!input->ip)
		return;
	FUZZ_CHECK(input->info.wasp_off + object->size <= input->ip_size);
	FUZZ_CHECK(!memcmp(input->ip + input->info.wasp_off, object->packet,
		object->size));
	check_capture(input);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz_input file = {bytes, size};
	uint8_t chosen = fuzz_byte(&file);
	const struct input_choice choice = {.file = "file",
		.packet = chosen & 0x80 ? 0 : chosen,
		.filter = chosen & 0x80 ? "ip or ip6" : NULL,
		.numbers = IP_NUMBERS_DEFAULT};
	struct input input;

	if (input_read(&input, file.p, file.size, &choice, fuzz_sink, NULL))
		check_taken(&input);
	input_done(&input);
	return 0;
}
