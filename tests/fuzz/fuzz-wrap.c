/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Any bytes as a packet that rules wrap, unwrap, or find quoted: what is wrapped
 * comes out again byte by byte, what is unwrapped or mended is a packet whose
 * lengths and checksums are right, and what is none stays as it is.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "router/wrap.h"

const char fuzz_name[] = "wrap";
const unsigned fuzz_runs = 50000;
const char *const fuzz_words[] = {"WA", "\x45", "\x60", "\x01", "\x04",
	"\x11", "\x29", "\x3a", "\xfd", "\x13\x8c", "\x03\x04", "\x0b\x00",
	"\x14\x04", "\x14\x29", NULL};

static const char config_text[] =
	"interface eth0 {}\n"
	"wrap a { match = \"udp port 5004\" program = p\n"
	"  set = { \"0 = payload 3:4\", \"1 = packet 9\", \"2 = length\",\n"
	"    \"3 = counter\", \"4 = payload 65535:2\" } }\n"
	"wrap b { match = \"any\" program = p }\n"
	"unwrap a { match = \"any\" to = { 10.0.0.0/8 } }\n";

enum { ROOM = 0xffff, ICMPV6 = 58 };

/* Five words, and the instruction forward. */
static char *
load_program(void *arg, const char *path, size_t *size)
{
	uint8_t *p = calloc(1, PACKET_SIZE_MAX);
	struct packet_header header = {.flags = PACKET_FLAG_EGRESS,
		.code_count = 1, .pad_count = 5,
		.next_header = PACKET_NEXT_NONE};

	(void)arg, (void)path;
	FUZZ_CHECK(p);
	*size = packet_size(1, 5);
	packet_put_header(p, &header);
	packet_set_checksum(p, *size);
	return (char *)p;
}

static const struct config *
the_config(void)
{
	static struct config config;

	if (config.wrap_count)
		return &config;
	FUZZ_CHECK(config_read(&config, config_text, "wrap", fuzz_sink, NULL));
	FUZZ_CHECK(config_read_programs(&config, "wrap", load_program, NULL,
		fuzz_sink, NULL));
	return &config;
}

/* Packets to begin with: UDP of both families. */
static size_t
make(uint8_t *p, bool v6)
{
	size_t head = v6 ? 40 : 20, size = head + 8 + 30;

	memset(p, 7, size);
	if (v6) {
		memcpy(p, "\x60\0\0\0\0\x26\x11\x40\x20\x01\x0d\xb8", 12);
		memcpy(p + 24, "\x20\x01\x0d\xb9", 4);
	} else {
		memcpy(p, "\x45\0\0\x3a\0\0\x40\0\x40\x11\0\0"
			"\x0a\0\1\1\x0a\0\2\1", 20);
		packet_put16(p + 10, (uint16_t)~packet_sum(p, 20));
	}
	packet_put16(p + head + 2, 5004);
	packet_put16(p + head + 4, 38);
	return size;
}

static size_t
put(const uint8_t *p, size_t size, uint8_t out[ROOM])
{
	const struct config *config = the_config();
	const struct wrap_numbers words = {1, 2, 3};
	const struct config_wrap *rule;
	struct wrap_view view;

	if (!wrap_view(p, size, &config->numbers, &view))
		return 0;
	rule = wrap_rule(config, &view);
	FUZZ_CHECK(rule);
	return wrap_put(rule, &config->numbers, &words, p, &view, out, ROOM);
}

void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	static uint8_t plain[ROOM], wrapped[ROOM], error[ROOM];

	for (unsigned v6 = 0; v6 < 2; v6++) {
		size_t size = make(plain, v6), head = v6 ? 48 : 28;

		fuzz_add(seeds, plain, size);
		size = put(plain, size, wrapped);
		FUZZ_CHECK(size > 0);
		fuzz_add(seeds, wrapped, size);
		make(error, v6);
		error[v6 ? 6 : 9] = v6 ? ICMPV6 : 1;
		packet_put16(error + (v6 ? 4 : 2), (uint16_t)(size + (v6 ? 8 :
			28)));
		packet_put32(error + head - 8, v6 ? 0x02000000 : 0x03040000);
		packet_put32(error + head - 4, 1400);
		memcpy(error + head, wrapped, size);
		fuzz_add(seeds, error, head + size);
	}
}

/* Lengths, and the IPv4 header checksum. */
static void
check_packet(const uint8_t *p, size_t size, struct ip_info *info,
	enum ip_error expected)
{
	struct ip_numbers numbers = IP_NUMBERS_DEFAULT;

	FUZZ_CHECK(ip_find(p, size, &numbers, info) == expected);
	FUZZ_CHECK(info->total_size == size);
	FUZZ_CHECK(info->family == 6 || packet_sum(p, 20) == 0xffff);
}

static void
check_wrap(const uint8_t *bytes, size_t size)
{
	static uint8_t out[ROOM];
	const struct config *config = the_config();
	struct ip_info outer;
	struct wrap_view inner;
	size_t wrapped = put(bytes, size, out), off;

	if (wrapped == 0)
		return;
	check_packet(out, wrapped, &outer, IP_OK);
	FUZZ_CHECK(outer.wasp.checksum == packet_checksum(out + outer.wasp_off,
		outer.wasp_size));
	FUZZ_CHECK(wrap_inside(config, out, wrapped, &outer, &inner, &off) ==
		WRAP_OURS);
	FUZZ_CHECK(wrap_take(out, &outer, &inner, off) == size);
	FUZZ_CHECK(!memcmp(out, bytes, size));
}

static void
check_unwrap(uint8_t *p, size_t size)
{
	const struct config *config = the_config();
	struct ip_info outer;
	struct wrap_view inner;
	size_t off;

	if (wrap_inside(config, p, size, &outer, &inner, &off) != WRAP_OURS)
		return;
	size = wrap_take(p, &outer, &inner, off);
	check_packet(p, size, &inner.ip, IP_OTHER);
	FUZZ_CHECK(inner.ip.hop_limit == outer.hop_limit);
	FUZZ_CHECK(inner.ip.traffic_class == outer.traffic_class);
	FUZZ_CHECK(!memcmp(inner.ip.src, outer.src, IP_ADDR_SIZE));
}

static void
check_unquote(uint8_t *p, size_t size)
{
	const struct config *config = the_config();
	struct ip_info info;
	struct wrap_quoted quoted;
	size_t less = wrap_unquote(config, p, size, &quoted);
	uint64_t sum;

	if (less == 0)
		return;
	FUZZ_CHECK(quoted.rule >= config->wraps &&
		quoted.rule < config->wraps + config->wrap_count);
	FUZZ_CHECK(less < size);
	check_packet(p, less, &info, IP_OTHER);
	sum = packet_sum(p + info.upper_off, less - info.upper_off);
	if (info.family == 6)
		sum += (uint64_t)packet_sum(p + 8, 32) + less - 40 + ICMPV6;
	FUZZ_CHECK(packet_fold(sum) == 0xffff);
}

static void
check_error(const uint8_t *p, size_t size)
{
	const struct config *config = the_config();
	uint8_t error[WRAP_ERROR_SIZE];
	struct wrap_view view;
	struct ip_info info;

	if (!wrap_view(p, size, &config->numbers, &view))
		return;
	size = wrap_too_large(p, &view, view.ip.dst, 1400, error);
	FUZZ_CHECK(size <= WRAP_ERROR_SIZE);
	check_packet(error, size, &info, IP_OTHER);
}

static void
check_all(const uint8_t *bytes, size_t size)
{
	uint8_t *copy = malloc(size + 1);

	FUZZ_CHECK(copy);
	check_wrap(bytes, size);
	check_error(bytes, size);
	memcpy(copy, bytes, size);
	check_unwrap(copy, size);
	memcpy(copy, bytes, size);
	check_unquote(copy, size);
	free(copy);
}

static void
mend_v4(uint8_t *p, size_t size)
{
	if (size < 20 || p[0] >> 4 != 4)
		return;
	packet_put16(p + 10, 0);
	packet_put16(p + 10, (uint16_t)~packet_sum(p, 20));
}

/* Right checksums, so that more than these is looked at. */
static void
mend(uint8_t *p, size_t size)
{
	struct ip_info info;
	size_t off;

	mend_v4(p, size);
	if (ip_find(p, size, &the_config()->numbers, &info) != IP_OK)
		return;
	off = info.wasp_off + info.wasp_size;
	packet_set_checksum(p + info.wasp_off, info.wasp_size);
	mend_v4(p + off, size - off);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	uint8_t *mended = malloc(size + 1);

	FUZZ_CHECK(mended);
	check_all(bytes, size);
	memcpy(mended, bytes, size);
	mend(mended, size);
	check_all(mended, size);
	free(mended);
	return 0;
}
