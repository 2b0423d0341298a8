/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A captured frame: found, turned back, given another hop limit and another
 * destination; matched as the kernel does; dissected under every link type.
 */
#include "tests/fuzz/wire.h"

#include <stdlib.h>
#include <string.h>

#include <pcap/pcap.h>

#include "dissect/dissect.h"
#include "router/match.h"

const char fuzz_name[] = "packet";
const unsigned fuzz_runs = 40000;
const char *const fuzz_words[] = {"WA", "\x08\x00", "\x86\xdd", "\x81\x00",
	"\x03\xfd", "\xfd", NULL};

static const int links[] = {DLT_RAW, DLT_EN10MB, DLT_IPV4, DLT_IPV6,
	DLT_LINUX_SLL, DLT_LINUX_SLL2, DLT_NULL, DLT_LOOP};
static const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;

/* One byte before the frame: link type, and whether it was cut. */
void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	static const uint8_t arp[] = "\1\xff\xff\xff\xff\xff\xff\2\0\0\0\0\1"
		"\x08\x06\0\1\x08\0\6\4\0\1";
	static const uint8_t icmp[] = "\0\x45\0\0\x38\0\0\0\0\x40\1\0\0\x0a\0\1"
		"\1\x0a\0\1\2\x0b\0\0\0\0\0\0\0\x45\0\0\x28\0\0\0\0\1\xfd\0\0"
		"\x0a\0\1\2\x0a\0\3\2WA\x18\x3b\1\0\0\0";

	wire_add_seeds(seeds, 1);
	fuzz_add(seeds, arp, sizeof(arp) - 1);
	fuzz_add(seeds, icmp, sizeof(icmp) - 1);
}

static void
check_places(size_t size, const struct ip_info *info)
{
	FUZZ_CHECK(info->family == 4 || info->family == 6);
	FUZZ_CHECK(info->upper_off <= info->wasp_off);
	FUZZ_CHECK(info->wasp_size <= info->wasp_room);
	FUZZ_CHECK(info->wasp_off + info->wasp_room <= info->total_size);
	FUZZ_CHECK(info->wasp_off + info->wasp_size <= size);
	FUZZ_CHECK(info->wasp_size == packet_size(info->wasp.code_count,
		info->wasp.pad_count));
}

/* What is found in the bytes is what info says. */
static void
check_same(const uint8_t *p, size_t size, const struct ip_info *info)
{
	struct ip_info found;

	FUZZ_CHECK(ip_find(p, size, &numbers, &found) == IP_OK);
	FUZZ_CHECK(!memcmp(&found, info, sizeof(found)));
}

static void
check_turned(uint8_t *p, size_t size, struct ip_info info)
{
	struct ip_info before = info;
	struct wire_right right = wire_right(p, size, &info);

	ip_turn_back(p, &info);
	check_same(p, size, &info);
	wire_check(right, wire_right(p, size, &info));
	FUZZ_CHECK(!memcmp(info.src, before.dst, IP_ADDR_SIZE));
	FUZZ_CHECK(!memcmp(info.dst, before.src, IP_ADDR_SIZE));
	FUZZ_CHECK(info.sport == before.dport && info.dport == before.sport);
	FUZZ_CHECK(info.hop_limit == PACKET_RETURN_HOP_LIMIT);
	FUZZ_CHECK(info.wasp.flags ==
		(before.wasp.flags | PACKET_FLAG_RETURNED));
}

static void
check_changed(uint8_t *p, size_t size, struct ip_info info)
{
	struct wire_right right = wire_right(p, size, &info);
	uint8_t to[IP_ADDR_SIZE];

	ip_set_hop_limit(p, &info, (uint8_t)(info.hop_limit * 7 + 1));
	check_same(p, size, &info);
	wire_check(right, wire_right(p, size, &info));
	if (info.protocol == IP_PROTOCOL_UDP)
		return;
	memcpy(to, info.src, IP_ADDR_SIZE);
	to[IP_ADDR_SIZE - 1] ^= 0x5a;
	ip_set_destination(p, &info, to);
	check_same(p, size, &info);
	wire_check(right, wire_right(p, size, &info));
}

/* The kernel lets through whatever ip_find takes. */
static void
check_matched(const uint8_t *p, size_t size, uint8_t family)
{
	struct bpf_insn code[MATCH_CODE_MAX];
	struct match match;

	match_make(&match, family, &numbers);
	for (unsigned i = 0; i < match.count; i++)
		code[i] = (struct bpf_insn){match.code[i].code,
			match.code[i].jt, match.code[i].jf, match.code[i].k};
	FUZZ_CHECK(bpf_filter(code, p, (u_int)size, (u_int)size));
}

static enum ip_error
check_found(const uint8_t *p, size_t size)
{
	struct ip_info info;
	enum ip_error error = ip_find(p, size, &numbers, &info);
	uint8_t *copy;

	FUZZ_CHECK(ip_error_text(error));
	if (error != IP_OK)
		return error;
	check_places(size, &info);
	check_matched(p, size, info.family);
	ip_flow_key(&info);
	copy = malloc(size);
	FUZZ_CHECK(copy);
	for (int mended = 0; mended < 2; mended++) {
		memcpy(copy, p, size);
		if (mended)
			wire_mend(copy, size, &info);
		FUZZ_CHECK(ip_find(copy, size, &numbers, &info) == IP_OK);
		check_turned(copy, size, info);
		FUZZ_CHECK(ip_find(copy, size, &numbers, &info) == IP_OK);
		check_changed(copy, size, info);
		FUZZ_CHECK(ip_find(p, size, &numbers, &info) == IP_OK);
	}
	free(copy);
	return error;
}

static void
check_dissected(const struct dissect *dissect)
{
	json_t *json = dissect_json(dissect, NULL);

	FUZZ_CHECK(json);
	json_decref(json);
	dissect_print_line(fuzz_null(), dissect, NULL);
	if (!dissect_wasp(dissect))
		return;
	dissect_print_fields(fuzz_null(), dissect, NULL);
	dissect_print_hex(fuzz_null(), dissect);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz_input input = {bytes, size};
	unsigned choice = fuzz_byte(&input);
	size_t length = input.size + (choice & 8 ? choice >> 4 : 0);
	enum ip_error error = check_found(input.p, input.size);
	struct dissect dissect;

	dissect_frame(&dissect, links[choice % COUNT(links)], input.p,
		input.size, length, &numbers);
	check_dissected(&dissect);
	dissect_frame(&dissect, DLT_RAW, input.p, input.size, input.size,
		&numbers);
	check_dissected(&dissect);
	if (error == IP_OK)
		FUZZ_CHECK(dissect.kind == DISSECT_WASP &&
			dissect.packet.plain == NULL);
	return 0;
}
