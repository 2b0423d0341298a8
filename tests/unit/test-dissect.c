/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Captured packets, whole and damaged.  Each frame is read from memory of just
 * its size and shown in every form, so that a sanitizer sees any step too far.
 */
#include "tests/unit/test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <pcap/dlt.h>

#include "capture/capture.h"
#include "capture/link.h"
#include "dissect/dissect.h"
#include "dissect/stamp.h"
#include "tests/captures.h"

static const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
static const char *const link_headers[] = {"EN10MB", "VLAN", "QINQ", "RAW",
	"LINUX_SLL", "LINUX_SLL2", "NULL", "LOOP"};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* What a frame looks like in each form. */
struct shown {
	struct dissect dissect;
	char line[1024];
};

static void
check_json(const struct dissect *dissect, const struct object *program)
{
	json_t *json = dissect_json(dissect, program), *again;
	char *text;

	assert_non_null(json);
	text = json_dumps(json, JSON_COMPACT);
	again = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
	assert_non_null(again);
	assert_int_equal(json_integer_value(json_object_get(again, "v")), 1);
	free(text);
	json_decref(again);
	json_decref(json);
}

/* The length is what was on the wire; size bytes of it are at hand. */
static void
show(struct shown *shown, int dlt, const uint8_t *bytes, size_t size,
	size_t length)
{
	uint8_t *exact = malloc(size ? size : 1);
	const struct object *program;
	struct object known;
	char *rest = NULL;
	size_t rest_size;
	FILE *out;

	assert_non_null(exact);
	memcpy(exact, bytes, size);
	captures_object(&known);
	dissect_frame(&shown->dissect, dlt, exact, size, length, &numbers);
	program = dissect_program(&shown->dissect, &known, 1);
	out = fmemopen(shown->line, sizeof(shown->line), "w");
	dissect_print_line(out, &shown->dissect, program);
	fclose(out);
	out = open_memstream(&rest, &rest_size);
	dissect_print_fields(out, &shown->dissect, program);
	dissect_print_hex(out, &shown->dissect);
	fclose(out);
	free(rest);
	check_json(&shown->dissect, program);
	object_done(&known);
	free(exact);
}

static void
show_frame(struct shown *shown, const struct captures_frame *frame,
	const char *link, size_t snaplen)
{
	uint8_t bytes[CAPTURES_FRAME_MAX + 32];
	size_t size = captures_with_link(frame, link, bytes);
	size_t length = size - frame->size + frame->length;

	show(shown, captures_link(link), bytes, size < snaplen ? size : snaplen,
		length);
}

static struct captures *
all_captures(const char *set)
{
	struct captures *captures = calloc(1, sizeof(*captures));

	assert_non_null(captures);
	assert_true(captures_add(captures, set));
	return captures;
}

static void
reads_the_same_packet_under_every_link_header(void **state)
{
	struct captures *captures = all_captures("all");
	struct shown first, shown;

	(void)state;
	for (unsigned i = 0; i < captures->count; i++) {
		show_frame(&first, &captures->frames[i], "RAW", SIZE_MAX);
		for (size_t l = 0; l < COUNT(link_headers); l++) {
			show_frame(&shown, &captures->frames[i], link_headers[l],
				SIZE_MAX);
			assert_true(link_is_known(
				captures_link(link_headers[l])));
			if (!dissect_wasp(&first.dissect))
				continue;
			assert_int_equal(shown.dissect.kind,
				first.dissect.kind);
			assert_string_equal(shown.line, first.line);
		}
	}
	free(captures);
}

static void
knows_which_link_types_it_does_not_read(void **state)
{
	(void)state;
	assert_false(link_is_known(DLT_PPP));
	assert_false(link_is_known(DLT_IEEE802_11));
	assert_false(link_is_known(-1));
}

/* Families of IPv6 differ between systems, and byte orders between machines. */
static void
reads_null_headers_of_every_system(void **state)
{
	static const uint8_t families[] = {10, 24, 28, 30};
	struct captures *captures = all_captures("right");
	uint8_t bytes[CAPTURES_FRAME_MAX + 32];
	size_t size = captures_with_link(&captures->frames[1], "NULL", bytes);
	struct shown shown;

	(void)state;
	for (size_t i = 0; i < COUNT(families); i++)
		for (unsigned at = 0; at < 4; at += 3) {
			memset(bytes, 0, 4);
			bytes[at] = families[i];
			show(&shown, DLT_NULL, bytes, size, size);
			assert_int_equal(shown.dissect.kind, DISSECT_WASP);
			assert_int_equal(shown.dissect.packet.ip.family, 6);
		}
	free(captures);
}

static void
says_of_every_shorter_capture_that_it_is_one(void **state)
{
	struct captures *captures = all_captures("all");
	struct shown shown;

	(void)state;
	for (size_t l = 0; l < COUNT(link_headers); l++)
		for (unsigned i = 0; i < captures->count; i++) {
			const struct captures_frame *frame =
				&captures->frames[i];

			for (size_t n = 0; n < frame->size; n++) {
				show_frame(&shown, frame, link_headers[l], n);
				assert_non_null(strstr(shown.line,
					"[captured "));
			}
		}
	free(captures);
}

/* A capture cut short makes no packet look truncated or malformed. */
static void
blames_no_packet_for_a_short_capture(void **state)
{
	struct captures *captures = all_captures("right");
	struct shown shown;

	(void)state;
	for (unsigned i = 0; i < captures->count; i++)
		for (size_t n = 0; n < captures->frames[i].size; n++) {
			show_frame(&shown, &captures->frames[i], "RAW", n);
			assert_string_equal(shown.dissect.packet.truncated, "");
			assert_string_equal(shown.dissect.packet.malformed, "");
			assert_null(strstr(shown.line, "cksum"));
		}
	free(captures);
}

/* The same bytes, but that was all there was: then the packet is to blame. */
static void
blames_a_packet_that_ends_too_early(void **state)
{
	struct captures *captures = all_captures("right");
	struct captures_frame frame;
	struct shown shown;

	(void)state;
	for (unsigned i = 0; i < captures->count; i++)
		for (size_t n = 1; n < captures->frames[i].size; n++) {
			frame = captures->frames[i];
			frame.size = frame.length = n;
			show_frame(&shown, &frame, "RAW", SIZE_MAX);
			assert_non_null(strstr(shown.line, "[truncated: "));
			assert_null(strstr(shown.line, "[captured "));
		}
	free(captures);
}

static bool
complains(const struct shown *shown)
{
	return strstr(shown->line, "[malformed: ") ||
		strstr(shown->line, "[truncated: ") ||
		strstr(shown->line, "[plain IP: ") ||
		strstr(shown->line, "cksum bad (");
}

static void
sees_every_changed_bit_of_a_packet(void **state)
{
	struct captures *captures = all_captures("right");
	struct shown shown;

	(void)state;
	for (unsigned i = 0; i < 6; i++) {
		struct captures_frame *frame = &captures->frames[i];
		size_t off;

		show_frame(&shown, frame, "RAW", SIZE_MAX);
		assert_false(complains(&shown));
		off = shown.dissect.packet.ip.wasp_off;
		for (size_t bit = 8 * off; bit < 8 * frame->size; bit++) {
			frame->bytes[bit / 8] ^= 1 << bit % 8;
			show_frame(&shown, frame, "RAW", SIZE_MAX);
			assert_int_equal(shown.dissect.kind, DISSECT_WASP);
			assert_true(complains(&shown));
			frame->bytes[bit / 8] ^= 1 << bit % 8;
		}
	}
	free(captures);
}

/* Any byte of any frame may be wrong: nothing is asserted but survival. */
static void
survives_every_wrong_byte(void **state)
{
	static const uint8_t masks[] = {0xff, 0x01};
	struct captures *captures = all_captures("all");
	struct shown shown;

	(void)state;
	for (unsigned i = 0; i < captures->count; i++) {
		struct captures_frame *frame = &captures->frames[i];

		for (size_t at = 0; at < frame->size; at++)
			for (size_t m = 0; m < COUNT(masks); m++) {
				frame->bytes[at] ^= masks[m];
				show_frame(&shown, frame, "VLAN", SIZE_MAX);
				show_frame(&shown, frame, "VLAN", 60);
				frame->bytes[at] ^= masks[m];
			}
	}
	free(captures);
}

static void
survives_random_bytes(void **state)
{
	uint8_t bytes[200];
	struct shown shown;
	uint32_t random = 1;

	(void)state;
	for (unsigned i = 0; i < 5000; i++) {
		size_t size = i % sizeof(bytes);

		for (size_t at = 0; at < size; at++) {
			random = random * 1103515245 + 12345;
			bytes[at] = (uint8_t)(random >> 16);
		}
		if (size)
			bytes[0] = i & 1 ? 0x45 : 0x60;
		show(&shown, DLT_RAW, bytes, size, size + i % 3);
		show(&shown, DLT_LINUX_SLL2, bytes, size, size);
	}
}

static void
knows_a_program_by_its_code(void **state)
{
	struct captures *captures = all_captures("right");
	struct captures_frame frame;
	struct object programs[2];
	struct shown shown;

	(void)state;
	captures_object(&programs[0]);
	captures_object(&programs[1]);
	programs[0].packet[PACKET_HEADER_SIZE] ^= 1;
	show_frame(&shown, &captures->frames[0], "RAW", SIZE_MAX);
	frame = captures->frames[0];
	assert_null(dissect_program(&shown.dissect, programs, 0));

	dissect_frame(&shown.dissect, DLT_RAW, frame.bytes, frame.size,
		frame.size, &numbers);
	assert_null(dissect_program(&shown.dissect, programs, 1));
	assert_ptr_equal(dissect_program(&shown.dissect, programs, 2),
		&programs[1]);
	check_json(&shown.dissect, &programs[1]);
	/* one byte of its code is missing */
	dissect_frame(&shown.dissect, DLT_RAW, frame.bytes, 47, frame.size,
		&numbers);
	assert_null(dissect_program(&shown.dissect, programs, 2));
	object_done(&programs[0]);
	object_done(&programs[1]);
	free(captures);
}

static json_t *
words_of(const uint8_t *bytes, size_t size, size_t length,
	const struct object *program)
{
	struct dissect dissect;
	json_t *json, *words;

	dissect_frame(&dissect, DLT_RAW, bytes, size, length, &numbers);
	assert_ptr_equal(dissect_program(&dissect, program, 1), program);
	json = dissect_json(&dissect, program);
	words = json_incref(json_object_get(json_object_get(json, "wasp"),
		"words"));
	json_decref(json);
	return words;
}

static void
names_words_only_where_all_are_at_hand(void **state)
{
	struct captures *captures = all_captures("right");
	struct captures_frame *frame = &captures->frames[0];
	struct object program;

	(void)state;
	captures_object(&program);
	for (size_t n = 48; n <= frame->size; n++) {
		uint8_t *exact = malloc(n);
		json_t *words;

		assert_non_null(exact);
		memcpy(exact, frame->bytes, n);
		words = words_of(exact, n, frame->size, &program);
		assert_int_equal(json_object_size(words),
			n == frame->size ? 2 : 0);
		json_decref(words);
		free(exact);
	}
	object_done(&program);
	free(captures);
}

/* The same code over fewer words: the notes would name what is not there. */
static void
knows_no_program_with_more_words_than_the_packet(void **state)
{
	struct captures *captures = all_captures("right");
	struct captures_frame *frame = &captures->frames[0];
	struct object program;
	struct dissect dissect;

	(void)state;
	captures_object(&program);
	frame->bytes[20 + PACKET_OFF_PAD_COUNT]--;
	dissect_frame(&dissect, DLT_RAW, frame->bytes, frame->size,
		frame->size, &numbers);
	assert_true(dissect.packet.whole);
	assert_null(dissect_program(&dissect, &program, 1));
	object_done(&program);
	free(captures);
}

/*
 * Files.
 */

#define FILE_NAME "test-dissect.tmp"

static void
write_file(const uint8_t *bytes, size_t size)
{
	FILE *out = fopen(FILE_NAME, "wb");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, size, out), size);
	fclose(out);
}

/* Read a file to its end, all frames shown; count of them in *count. */
static enum capture_result
read_file(unsigned *count, struct diag *diag)
{
	struct capture capture;
	struct capture_frame frame;
	struct shown shown;
	enum capture_result result;

	*count = 0;
	result = capture_open_file(&capture, FILE_NAME, diag);
	while (result == CAPTURE_OK) {
		result = capture_next(&capture, &frame, diag);
		if (result != CAPTURE_OK)
			break;
		show(&shown, capture.link, frame.bytes, frame.captured,
			frame.length);
		assert_true(*shown.line);
		++*count;
	}
	capture_close(&capture);
	if (result != CAPTURE_END)
		assert_true(*diag->text);
	return result;
}

static uint8_t *
make_file(bool pcapng, size_t *size)
{
	struct captures *captures = all_captures("right");
	char *bytes = NULL;
	FILE *out = open_memstream(&bytes, size);

	assert_non_null(out);
	captures_write(out, captures, "EN10MB", 9999, pcapng);
	fclose(out);
	free(captures);
	return (uint8_t *)bytes;
}

static void
reads_both_kinds_of_files(void **state)
{
	struct diag diag;
	unsigned count;

	(void)state;
	for (int pcapng = 0; pcapng < 2; pcapng++) {
		size_t size;
		uint8_t *bytes = make_file(pcapng, &size);

		write_file(bytes, size);
		assert_int_equal(read_file(&count, &diag), CAPTURE_END);
		assert_int_equal(count, 7);
		free(bytes);
	}
	unlink(FILE_NAME);
}

/* What was read before the damage counts; where it ends at a border, all does. */
static void
refuses_files_that_were_cut(void **state)
{
	struct diag diag;
	unsigned count, last, ends;

	(void)state;
	for (int pcapng = 0; pcapng < 2; pcapng++) {
		size_t size;
		uint8_t *bytes = make_file(pcapng, &size);

		last = ends = 0;
		for (size_t n = 0; n < size; n++) {
			write_file(bytes, n);
			if (read_file(&count, &diag) == CAPTURE_END)
				ends++;
			else
				assert_true(diag.id == DIAG_CAPTURE_DAMAGED ||
					diag.id == DIAG_CAPTURE_UNREADABLE);
			assert_true(count == last || count == last + 1);
			last = count;
		}
		/* in pcapng there is no packet before the first interface */
		assert_int_equal(ends, 7);
		assert_int_equal(last, 6);
		free(bytes);
	}
	unlink(FILE_NAME);
}

/* Lengths and types of the file's own headers, and everything else in it. */
static void
survives_files_with_wrong_bytes(void **state)
{
	static const uint8_t masks[] = {0xff, 0x01, 0x40};
	unsigned count, refused = 0;
	struct diag diag;

	(void)state;
	for (int pcapng = 0; pcapng < 2; pcapng++) {
		size_t size;
		uint8_t *bytes = make_file(pcapng, &size);

		for (size_t at = 0; at < size && at < 400; at++)
			for (size_t m = 0; m < COUNT(masks); m++) {
				bytes[at] ^= masks[m];
				write_file(bytes, size);
				refused += read_file(&count, &diag) !=
					CAPTURE_END;
				bytes[at] ^= masks[m];
			}
		free(bytes);
	}
	assert_true(refused >= 50);
	unlink(FILE_NAME);
}

static void
says_why_a_file_can_not_be_opened(void **state)
{
	struct capture capture;
	struct diag diag;

	(void)state;
	assert_int_equal(capture_open_file(&capture, "no/such/file", &diag),
		CAPTURE_UNREADABLE);
	assert_int_equal(diag.id, DIAG_CAPTURE_UNREADABLE);
	capture_close(&capture);
	assert_int_equal(capture_open_file(&capture, ".", &diag),
		CAPTURE_UNREADABLE);
	capture_close(&capture);
}

static void
assert_stamp(enum stamp_mode mode, int64_t first, int64_t us, const char *want)
{
	struct stamp stamp = {.mode = mode};
	char text[128] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");
	FILE *none = fopen("/dev/null", "w");

	stamp_print(none, &stamp, first);
	stamp_print(out, &stamp, us);
	fclose(out);
	fclose(none);
	assert_string_equal(text, want);
}

static void
prints_times_that_run_backwards_or_make_no_sense(void **state)
{
	(void)state;
	assert_stamp(STAMP_EPOCH, 0, -1, "-1.999999 ");
	assert_stamp(STAMP_EPOCH, 0, 1500000, "1.500000 ");
	assert_stamp(STAMP_DELTA, 0, 3723000001, " 01:02:03.000001 ");
	assert_stamp(STAMP_DELTA, 5000000, 3999999, "-00:00:01.000001 ");
	assert_stamp(STAMP_SINCE_FIRST, INT64_MIN, INT64_MAX,
		" 5124095576:01:49.551615 ");
	assert_stamp(STAMP_NONE, 0, 1, "");
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(reads_the_same_packet_under_every_link_header),
	cmocka_unit_test(knows_which_link_types_it_does_not_read),
	cmocka_unit_test(reads_null_headers_of_every_system),
	cmocka_unit_test(says_of_every_shorter_capture_that_it_is_one),
	cmocka_unit_test(blames_no_packet_for_a_short_capture),
	cmocka_unit_test(blames_a_packet_that_ends_too_early),
	cmocka_unit_test(sees_every_changed_bit_of_a_packet),
	cmocka_unit_test(survives_every_wrong_byte),
	cmocka_unit_test(survives_random_bytes),
	cmocka_unit_test(knows_a_program_by_its_code),
	cmocka_unit_test(names_words_only_where_all_are_at_hand),
	cmocka_unit_test(knows_no_program_with_more_words_than_the_packet),
	cmocka_unit_test(reads_both_kinds_of_files),
	cmocka_unit_test(refuses_files_that_were_cut),
	cmocka_unit_test(survives_files_with_wrong_bytes),
	cmocka_unit_test(says_why_a_file_can_not_be_opened),
	cmocka_unit_test(prints_times_that_run_backwards_or_make_no_sense)
};

RUN_TESTS(tests)
