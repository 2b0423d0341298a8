/* SPDX-License-Identifier: BSD-2-Clause */
/* Programs in any form: what is taken, where it was, and what is not taken. */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/hex.h"
#include "capture/input.h"
#include "capture/write.h"
#include "tests/captures.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void
collect(void *arg, const struct diag *diag)
{
	if (diag->severity == DIAG_ERROR)
		*(enum diag_id *)arg = diag->id;
}

/* What is said of bytes, or DIAG_NONE where a program was taken. */
static enum diag_id
read_bytes(struct input *input, const void *bytes, size_t size,
	unsigned long packet, const char *filter)
{
	const struct input_choice choice = {.file = "file", .packet = packet,
		.filter = filter, .numbers = IP_NUMBERS_DEFAULT};
	enum diag_id id = DIAG_NONE;
	uint8_t *exact = malloc(size ? size : 1);

	assert_non_null(exact);
	memcpy(exact, bytes, size);
	if (!input_read(input, exact, size, &choice, collect, &id))
		assert_int_not_equal(id, DIAG_NONE);
	free(exact);
	return id;
}

static enum diag_id
read_text(struct input *input, const char *text)
{
	return read_bytes(input, text, strlen(text), 0, NULL);
}

static struct captures *
some_captures(const char *set)
{
	struct captures *captures = calloc(1, sizeof(*captures));

	assert_non_null(captures);
	assert_true(captures_add(captures, set));
	return captures;
}

static void
takes_the_same_program_under_every_link_header(void **state)
{
	static const char *const links[] = {"EN10MB", "VLAN", "QINQ", "RAW",
		"LINUX_SLL", "LINUX_SLL2", "NULL", "LOOP"};
	struct captures *captures = some_captures("right");

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(links); i++) {
		char *bytes = NULL;
		struct object known;
		struct input input;
		size_t size;
		FILE *out = open_memstream(&bytes, &size);

		captures_write(out, captures, links[i / 2], 65535, i % 2);
		fclose(out);
		captures_object(&known);
		assert_int_equal(read_bytes(&input, bytes, size, 0, NULL),
			DIAG_NONE);
		assert_int_equal(input.form, INPUT_CAPTURE);
		assert_int_equal(input.packet, 1);
		assert_int_equal(input.packets, captures->count);
		assert_int_equal(input.object.size, known.size);
		assert_memory_equal(input.object.packet, known.packet,
			known.size);
		assert_memory_equal(input.ip + input.info.wasp_off,
			known.packet, known.size);
		assert_string_equal(input.name, "file#1");
		input_done(&input);
		object_done(&known);
		free(bytes);
	}
	free(captures);
}

static void
what_is_written_is_read_with_its_time(void **state)
{
	struct captures *captures = some_captures("right");
	const struct captures_frame *frame = &captures->frames[1];
	struct input input;
	char *bytes = NULL;
	size_t size;
	FILE *out = open_memstream(&bytes, &size);

	(void)state;
	capture_write_begin(out);
	capture_write_packet(out, 7000001000, captures->frames[0].bytes,
		captures->frames[0].size);
	capture_write_packet(out, UINT64_C(1700000000123456000), frame->bytes,
		frame->size);
	fclose(out);
	assert_true(capture_is_capture((uint8_t *)bytes, size));
	assert_int_equal(read_bytes(&input, bytes, size, 2, NULL), DIAG_NONE);
	assert_true(input.time_us == INT64_C(1700000000123456));
	assert_int_equal(input.ip_size, frame->size);
	assert_memory_equal(input.ip, frame->bytes, frame->size);
	assert_int_equal(input.wasp_packets, 2);
	input_done(&input);
	assert_int_equal(read_bytes(&input, bytes, size, 3, NULL),
		DIAG_INPUT_NUMBER);
	input_done(&input);
	assert_int_equal(read_bytes(&input, bytes, size, 0, "ip6"), DIAG_NONE);
	assert_int_equal(input.packet, 2);
	input_done(&input);
	free(bytes);
	free(captures);
}

/* 20 bytes of WASP, an instruction and its padding. */
#define DROP "57 41 18 3b 01 00 00 00 00 00 8e 83 00 00 00 00 "

/* Offsets are of the base in which they all follow. */
static void
offsets_may_be_of_any_base(void **state)
{
	static const char *const texts[] = {
		"00000000 " DROP "\n00000010 01 00 00 00\n00000014\n",
		"0000000 " DROP "\n0000020 01 00 00 00\n0000024\n",
		"0000000 " DROP "\n0000016 01 00 00 00\n0000020\n",
		"\t0x0000:  5741 183b 0100 0000 0000 8e83 0000 0000  WA.;\n"
			"\t0x0010:  0100 0000  ....\n",
		"00000000: 5741 183b 0100 0000 0000 8e83 0000 0000  aa bb cc\n"
			"00000010: 0100 0000                                ab..\n",
		"0000   " DROP "  WA.;\n0010   01 00 00 00   ....\n",
		"0000000 4157 3b18 0001 0000 0000 838e 0000 0000\n"
			"0000020 0001 0000\n0000024\n"
	};
	struct input input;

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		if (read_text(&input, texts[i]) != DIAG_NONE)
			fail_msg("not taken:\n%s", texts[i]);
		assert_int_equal(input.form, INPUT_HEX);
		assert_int_equal(input.object.size, 20);
		input_done(&input);
	}
	assert_int_equal(read_text(&input, "00000000 " DROP
		"\n00000012 01 00 00 00\n"), DIAG_INPUT_OFFSET);
	input_done(&input);
}

/* A star stands for lines like the one before it, up to the next offset. */
static void
a_star_repeats_the_line_before_it(void **state)
{
	static const char text[] = "00000000  11 22 33 44\n00000004  00 00 00 00"
		"\n*\n00000010  55\n00000011\n";
	struct hex *hex = malloc(sizeof(*hex));
	struct diag diag = {.file = "text"};

	(void)state;
	assert_non_null(hex);
	hex_start(hex, text, strlen(text));
	assert_int_equal(hex_next(hex, &diag), HEX_OK);
	assert_int_equal(hex->size, 17);
	assert_memory_equal(hex->bytes, "\x11\x22\x33\x44\0\0\0\0\0\0\0\0\0\0\0"
		"\0\x55", 17);
	assert_int_equal(hex_next(hex, &diag), HEX_END);
	free(hex);
}

static void
packets_in_a_text_are_counted(void **state)
{
	static const char text[] = "00 01 02\n\n" DROP "01 00 00 00\n\n" DROP
		"02 00 00 00\n";
	struct input input;

	(void)state;
	assert_int_equal(read_text(&input, text), DIAG_NONE);
	assert_int_equal(input.packet, 2);
	assert_int_equal(input.packets, 3);
	assert_int_equal(input.wasp_packets, 2);
	assert_int_equal(input.object.packet[16], 1);
	assert_null(input.ip);
	input_done(&input);
	assert_int_equal(read_bytes(&input, text, strlen(text), 3, NULL),
		DIAG_NONE);
	assert_int_equal(input.object.packet[16], 2);
	input_done(&input);
	assert_int_equal(read_bytes(&input, text, strlen(text), 1, NULL),
		DIAG_INPUT_NOT_WASP);
	input_done(&input);
}

/* Cut anywhere, a capture is an error, or what is left is taken whole. */
static void
no_cut_is_taken_for_more_than_there_is(void **state)
{
	struct captures *captures = some_captures("right");
	char *bytes = NULL;
	size_t size, taken = 0;
	FILE *out = open_memstream(&bytes, &size);
	struct input input;

	(void)state;
	captures_write(out, captures, "EN10MB", 65535, false);
	fclose(out);
	for (size_t n = 0; n < size; n++) {
		enum diag_id id = read_bytes(&input, bytes, n, 0, NULL);

		taken += id == DIAG_NONE;
		if (id == DIAG_NONE)
			assert_true(input.object.size == 52);
		input_done(&input);
	}
	assert_in_range(taken, 1, size - 24);
	free(bytes);
	free(captures);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(takes_the_same_program_under_every_link_header),
	cmocka_unit_test(what_is_written_is_read_with_its_time),
	cmocka_unit_test(offsets_may_be_of_any_base),
	cmocka_unit_test(a_star_repeats_the_line_before_it),
	cmocka_unit_test(packets_in_a_text_are_counted),
	cmocka_unit_test(no_cut_is_taken_for_more_than_there_is)
};
RUN_TESTS(tests)
