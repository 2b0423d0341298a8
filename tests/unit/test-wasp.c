/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract: instructions, keys, packets, IP, diagnostics, objects. */
#include "tests/unit/test.h"

#include <stdlib.h>
#include <string.h>

#include "wasp/ip.h"
#include "wasp/isa.h"
#include "wasp/key.h"
#include "wasp/object.h"
#include "wasp/packet.h"

/* Every word has exactly one meaning: it re-encodes to itself, or is none. */
static void
every_legal_word_encodes_to_itself(void **state)
{
	unsigned legal = 0;

	(void)state;
	for (unsigned word = 0; word <= UINT16_MAX; word++) {
		enum isa_op op = isa_decode((uint16_t)word);
		uint16_t again;

		if (op == ISA_ILLEGAL)
			continue;
		legal++;
		again = isa_insns[op].word;
		for (unsigned i = 0; i < ISA_OPERAND_MAX; i++) {
			struct isa_operand operand = isa_insns[op].operand[i];

			if (operand.kind != ISA_KIND_NO)
				assert_true(isa_operand_put(&again, operand,
					isa_operand_get((uint16_t)word,
						operand)));
		}
		assert_int_equal(again, word);
	}
	/* By the layout: 3 verdicts, 32 faults, and op by op from 1 to 15. */
	assert_int_equal(legal, 3 + 32 + 2 * 4096 + 2 * 64 + 2 * 8 +
		2 * 8 * ISA_ENV_COUNT + ISA_ENV_COUNT + 2 * 4096 +
		12 * 64 + 4 * 256 + 4 * 4096 + 4096 + 4096 + 4 * 512);
}

static void
unused_codes_and_unused_bits_are_illegal(void **state)
{
	static const uint16_t words[] = {
		0x0001, 0x0101, 0x0400, 0x0320, 0x0f00,	/* verdicts */
		0x3008, 0x3101, 0x3181, 0x3088,		/* entry words above 7 */
		0x4029, 0x41ff, 0x4180, 0x4300,		/* fields, to = 3, x of push */
		0x700c, 0x703f, 0x8080, 0x81e0, 0xf100, 0xf1ff
	};

	(void)state;
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		assert_int_equal(isa_decode(words[i]), ISA_ILLEGAL);
}

static void
numbers_of_instructions_are_those_of_the_layout(void **state)
{
	(void)state;
	assert_int_equal(isa_insns[ISA_FORWARD].word, 0x0000);
	assert_int_equal(isa_insns[ISA_FAULT].word, 0x0300);
	assert_int_equal(isa_insns[ISA_LD_T].word, 0x1100);
	assert_int_equal(isa_insns[ISA_PUSH_T].word, 0x3180);
	assert_int_equal(isa_insns[ISA_PUSH_F].word, 0x4100);
	assert_int_equal(isa_insns[ISA_BSET].word, 0x700b);
	assert_int_equal(isa_insns[ISA_LOW].word, 0x8060);
	assert_int_equal(isa_insns[ISA_BNZ].word, 0xd100);
	assert_int_equal(isa_insns[ISA_REROUTE].word, 0xf0c0);
}

static void
operands_out_of_range_are_refused(void **state)
{
	const struct isa_operand *addi = isa_insns[ISA_ADDI].operand;
	uint16_t word = isa_insns[ISA_ADDI].word;

	(void)state;
	assert_true(isa_operand_put(&word, addi[1], -256));
	assert_int_equal(isa_operand_get(word, addi[1]), -256);
	assert_false(isa_operand_put(&word, addi[1], -257));
	assert_false(isa_operand_put(&word, addi[1], 256));
	assert_int_equal(isa_operand_get(word, addi[1]), -256);
}

static void
assert_prints(uint16_t word, const char *want)
{
	char text[ISA_TEXT_SIZE];

	assert_string_equal(isa_print(text, sizeof(text), word, 5, NULL), want);
}

static void
instructions_print_as_the_assembler_reads_them(void **state)
{
	(void)state;
	assert_prints(0x0000, "forward");
	assert_prints(0x0305, "fault 5");
	assert_prints(0x1203, "ld r1, [3]");
	assert_prints(0x2303, "st t1, [3]");
	assert_prints(0x3207, "mov r1, t7");
	assert_prints(0x3287, "mov t7, r1");
	assert_prints(0x3300, "push r1");
	assert_prints(0x4117, "push queue");
	assert_prints(0x63ff, "addi r1, -1");
	assert_prints(0x9285, "beq r1, r2, .+6");
	assert_prints(0xe000, "jmp .+1");
	assert_prints(0xf242, "insert r1, [2]");
	assert_prints(0xffff, ".insn 0xffff");
}

/* The words of a row name its operands, each of them, and no others. */
static void
every_instruction_has_words_with_its_operands(void **state)
{
	(void)state;
	for (unsigned op = 0; op < ISA_OP_COUNT; op++) {
		const struct isa_insn *insn = &isa_insns[op];
		unsigned named = 0, have = 0;

		assert_true(strlen(insn->words) > 0);
		for (const char *p = insn->words; *p; p++)
			if (*p == '%')
				named |= 1u << (*++p - '0');
		for (unsigned i = 0; i < ISA_OPERAND_MAX; i++)
			have |= (unsigned)(insn->operand[i].kind !=
				ISA_KIND_NO) << i;
		assert_int_equal(named, have);
	}
}

static const char *
name_a_word(void *arg, unsigned n)
{
	(void)arg;
	return n == 3 ? "limit" : NULL;
}

static const char *
name_a_label(void *arg, unsigned pc)
{
	(void)arg;
	return pc == 9 ? "out" : NULL;
}

static void
assert_explains(uint16_t word, const char *want)
{
	const struct isa_names names = {name_a_word, name_a_label, NULL};
	char text[ISA_EXPLAIN_SIZE];

	assert_string_equal(isa_explain(text, sizeof(text), word, 5, &names),
		want);
}

static void
instructions_are_explained_in_words(void **state)
{
	(void)state;
	assert_explains(0x0000, "let the packet go on its way");
	assert_explains(0x1203, "r1 gets word 3 of the scratchpad, 'limit'");
	assert_explains(0x1202, "r1 gets word 2 of the scratchpad");
	assert_explains(0xd003, "if r0 is 0, go on at 'out', 4 further");
	assert_explains(0xd004, "if r0 is 0, go on 5 further");
	assert_explains(0x421f, "r1 gets length (length of the whole IP packet)");
	assert_explains(0x63ff, "add -1 to r1");
	assert_explains(0xf003, "map the entry of the key in words 3 and 4, "
		"'limit', to read; r0 gets 1, or 0: there is none");
	assert_explains(0xffff, "no instruction: every node stops here");
}

static void
names_of_the_machine_are_reserved(void **state)
{
	(void)state;
	assert_string_equal(isa_reserved("r7"), "a register");
	assert_string_equal(isa_reserved("t0"), "an entry word");
	assert_string_equal(isa_reserved("src4"), "an environment field");
	assert_string_equal(isa_reserved("lookup"), "an instruction");
	assert_string_equal(isa_reserved("bgtu"), "an instruction");
	assert_null(isa_reserved("r8"));
	assert_null(isa_reserved("flow"));
	assert_null(isa_reserved(""));
}

static void
printing_never_passes_the_end_of_the_buffer(void **state)
{
	char text[8];

	(void)state;
	for (size_t size = 1; size < sizeof(text); size++) {
		memset(text, 'x', sizeof(text));
		isa_print(text, size, 0x9285, 0, NULL);
		assert_int_equal(strlen(text), size - 1);
		isa_explain(text, size, 0x9285, 0, NULL);
		assert_int_equal(strlen(text), size - 1);
	}
}

/* The reference vector of the SipHash paper, appendix A. */
static void
siphash_gives_the_value_of_its_paper(void **state)
{
	uint8_t secret[KEY_SECRET_SIZE], message[15];
	struct siphash s;

	(void)state;
	for (unsigned i = 0; i < sizeof(secret); i++)
		secret[i] = (uint8_t)i;
	for (unsigned i = 0; i < sizeof(message); i++)
		message[i] = (uint8_t)i;
	assert_true(siphash(secret, message, sizeof(message)) ==
		UINT64_C(0xa129ca6149be45e5));
	siphash_start(&s, secret);
	for (unsigned i = 0; i < sizeof(message); i += 5)
		siphash_add(&s, message + i, 5);
	assert_true(siphash_finish(&s) == UINT64_C(0xa129ca6149be45e5));
}

static void
keys_lie_in_the_space_of_their_top_bits(void **state)
{
	(void)state;
	for (unsigned space = 0; space < KEY_SPACE_COUNT; space++)
		assert_int_equal(key_space(key_in_space((enum key_space)space,
			UINT64_MAX)), space);
}

/* A packet of one instruction and two words, without payload. */
static size_t
small_packet(uint8_t p[static PACKET_SIZE_MAX])
{
	struct packet_header header = {.flags = PACKET_FLAG_INGRESS,
		.next_header = PACKET_NEXT_NONE, .code_count = 1,
		.pad_count = 2, .ident = 7, .seq = 9};
	size_t size = packet_size(1, 2);

	memset(p, 0, PACKET_SIZE_MAX);
	packet_put_header(p, &header);
	packet_put16(p + PACKET_HEADER_SIZE, 0x0100);
	packet_put32(p + packet_pad_off(1), 0x01020304);
	packet_set_checksum(p, size);
	return size;
}

static void
a_header_is_read_as_it_was_written(void **state)
{
	uint8_t p[PACKET_SIZE_MAX];
	struct packet_header header;
	size_t size = small_packet(p);

	(void)state;
	assert_int_equal(size, 28);
	assert_int_equal(packet_parse(p, size, &header), PACKET_OK);
	assert_int_equal(header.flags, PACKET_FLAG_INGRESS);
	assert_int_equal(header.next_header, PACKET_NEXT_NONE);
	assert_int_equal(header.ident, 7);
	assert_int_equal(header.seq, 9);
	assert_int_equal(packet_word(p, &header, 0), 0x01020304);
	assert_int_equal(packet_insn(p, 0), 0x0100);
}

static void
each_damage_to_a_packet_has_its_error(void **state)
{
	static const struct {
		size_t off, size;
		uint8_t value;
		enum packet_error error;
	} damages[] = {
		{0, 28, 'X', PACKET_BAD_MAGIC},
		{1, 28, 'X', PACKET_BAD_MAGIC},
		{0, 15, 'W', PACKET_SHORT_HEADER},
		{0, 0, 'W', PACKET_SHORT_HEADER},
		{2, 28, 0x28, PACKET_BAD_VERSION},
		{4, 28, 0, PACKET_BAD_CODE_COUNT},
		{4, 28, 129, PACKET_BAD_CODE_COUNT},
		{5, 28, 65, PACKET_BAD_PAD_COUNT},
		{4, 28, 100, PACKET_SHORT_CODE},
		{5, 28, 3, PACKET_SHORT_PAD},
		{19, 28, 1, PACKET_BAD_PADDING},
	};
	struct packet_header header;
	uint8_t p[PACKET_SIZE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(damages) / sizeof(*damages); i++) {
		small_packet(p);
		p[damages[i].off] = damages[i].value;
		assert_int_equal(packet_parse(p, damages[i].size, &header),
			damages[i].error);
	}
}

/* Any change of a word, mended by differences, is what a full sum gives. */
static void
the_checksum_by_differences_equals_the_full_one(void **state)
{
	uint8_t p[PACKET_SIZE_MAX];
	size_t size = small_packet(p);

	(void)state;
	srandom(1);
	for (int i = 0; i < 20000; i++) {
		size_t off = 2 * ((size_t)random() % (size / 2));
		uint16_t value = i % 3 ? (uint16_t)random() :
			(uint16_t)(i % 2 ? 0xffff : 0);

		if (off == PACKET_OFF_CHECKSUM || off == 0)
			continue;
		packet_change16(p, off, value);
		assert_int_equal(packet_get16(p + PACKET_OFF_CHECKSUM),
			packet_checksum(p, size));
	}
}

static struct ip_form
form_of(uint8_t family, bool udp)
{
	struct ip_form form = {.family = family, .hop_limit = 9,
		.protocol = PACKET_PROTOCOL, .udp = udp, .sport = 4000,
		.dport = PACKET_UDP_PORT, .flow_label = 0x12345};

	ip_addr_parse(family == 4 ? "192.0.2.1" : "2001:db8::1", form.src);
	ip_addr_parse(family == 4 ? "198.51.100.2" : "2001:db8::2", form.dst);
	if (family == 4)
		form.flow_label = 0;
	return form;
}

/* The sum that a UDP receiver makes: all ones when the checksum is right. */
static uint16_t
udp_sum(const uint8_t *p, const struct ip_info *info)
{
	size_t skip = info->family == 4 ? 12 : 0;
	size_t size = info->total_size - info->upper_off;

	return packet_fold((uint64_t)packet_sum(info->src + skip, 16 - skip) +
		packet_sum(info->dst + skip, 16 - skip) + 17 + size +
		packet_sum(p + info->upper_off, size));
}

static void
check_built(uint8_t family, bool udp)
{
	uint8_t wasp[PACKET_SIZE_MAX], p[PACKET_SIZE_MAX + IP_HEADERS_MAX];
	struct ip_form form = form_of(family, udp);
	struct ip_info info;
	size_t size = small_packet(wasp);
	size_t total = ip_build(p, sizeof(p), &form, wasp, size);

	assert_true(total > size);
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info), IP_OK);
	assert_int_equal(info.family, family);
	assert_int_equal(info.total_size, total);
	assert_int_equal(info.hop_limit, 9);
	assert_int_equal(info.flow_label, form.flow_label);
	assert_memory_equal(info.src, form.src, IP_ADDR_SIZE);
	assert_int_equal(info.wasp_size, size);

	ip_turn_back(p, &info);
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info), IP_OK);
	assert_memory_equal(info.dst, form.src, IP_ADDR_SIZE);
	assert_int_equal(info.hop_limit, PACKET_RETURN_HOP_LIMIT);
	assert_true(info.wasp.flags & PACKET_FLAG_RETURNED);
	assert_int_equal(info.wasp.checksum,
		packet_checksum(p + info.wasp_off, info.wasp_size));
	if (family == 4)
		assert_int_equal(packet_sum(p, 20), 0xffff);
	if (udp)
		assert_int_equal(udp_sum(p, &info), 0xffff);
}

static void
what_is_built_is_found_and_turns_back_with_right_checksums(void **state)
{
	(void)state;
	check_built(4, false);
	check_built(4, true);
	check_built(6, false);
	check_built(6, true);
}

static void
plain_ip_is_told_apart_from_wasp(void **state)
{
	uint8_t wasp[PACKET_SIZE_MAX], p[PACKET_SIZE_MAX + IP_HEADERS_MAX];
	struct ip_form form = form_of(4, false);
	struct ip_info info;
	size_t size = small_packet(wasp), total;

	(void)state;
	total = ip_build(p, sizeof(p), &form, wasp, size);
	p[9] = 6;
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info), IP_OTHER);
	p[9] = PACKET_PROTOCOL;
	p[6] = 0x20;
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info),
		IP_FRAGMENT);
	p[6] = 0;
	p[0] = 0x4f;
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info),
		IP_BAD_LENGTH);
	p[0] = 0x45;
	p[20] = 'w';
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info),
		IP_NO_WASP);
	p[20] = 'W';
	p[23] = PACKET_PROTOCOL;
	assert_int_equal(ip_find(p, total, &IP_NUMBERS_DEFAULT, &info),
		IP_NESTED);
	assert_int_equal(ip_find(p, 0, &IP_NUMBERS_DEFAULT, &info), IP_SHORT);
	assert_int_equal(ip_find(p, 19, &IP_NUMBERS_DEFAULT, &info), IP_SHORT);
}

/* WASP with this next header and payload, in IPv4, at p; what ip_find says. */
static enum ip_error
wasp_carrying(uint8_t *p, size_t room, uint8_t next, const uint8_t *payload,
	size_t size)
{
	uint8_t wasp[2048];
	size_t wasp_size = small_packet(wasp);
	struct ip_form form = form_of(4, false);
	struct ip_info info;

	wasp[PACKET_OFF_NEXT_HEADER] = next;
	packet_set_checksum(wasp, wasp_size);
	if (size)
		memcpy(wasp + wasp_size, payload, size);
	size = ip_build(p, room, &form, wasp, wasp_size + size);
	assert_true(size > 0);
	return ip_find(p, size, &IP_NUMBERS_DEFAULT, &info);
}

static void
wasp_inside_wasp_is_plain_at_any_depth(void **state)
{
	static const uint8_t to[] = {0x10, 0, 3, 0xfd, 0, 8, 0, 0};
	static const uint8_t from[] = {3, 0xfd, 0x10, 0, 0, 8, 0, 0};
	static const uint8_t other[] = {0x10, 0, 0x10, 0, 0, 8, 0, 0};
	uint8_t inner[512], middle[1024], p[2048];

	(void)state;
	assert_int_equal(wasp_carrying(p, sizeof(p), IP_PROTOCOL_UDP, other,
		sizeof(other)), IP_OK);
	assert_int_equal(wasp_carrying(p, sizeof(p), IP_PROTOCOL_UDP, to,
		sizeof(to)), IP_NESTED);
	assert_int_equal(wasp_carrying(p, sizeof(p), IP_PROTOCOL_UDP, from,
		sizeof(from)), IP_NESTED);
	assert_int_equal(wasp_carrying(p, sizeof(p), PACKET_PROTOCOL, other,
		sizeof(other)), IP_NESTED);
	assert_int_equal(wasp_carrying(inner, sizeof(inner), PACKET_NEXT_NONE,
		NULL, 0), IP_OK);
	assert_int_equal(wasp_carrying(middle, sizeof(middle), 4, inner,
		packet_get16(inner + 2)), IP_NESTED);
	assert_int_equal(wasp_carrying(p, sizeof(p), 4, middle,
		packet_get16(middle + 2)), IP_NESTED);
}

/* Any bytes at all, each length of a packet at its own heap block's end. */
static void
random_bytes_never_read_past_their_end(void **state)
{
	struct ip_info info;

	(void)state;
	srandom(2);
	for (int i = 0; i < 200000; i++) {
		size_t size = (size_t)random() % 120;
		uint8_t *p = malloc(size + 1);

		assert_non_null(p);
		for (size_t k = 0; k < size; k++)
			p[k] = (uint8_t)random();
		if (size > 40 && i % 2) {
			p[0] = i % 4 == 1 ? 0x45 : 0x60;
			p[6] = i % 4 == 1 ? 0 : PACKET_PROTOCOL;
			p[9] = i % 8 == 1 ? PACKET_PROTOCOL : IP_PROTOCOL_UDP;
			packet_put16(p + 2, (uint16_t)size);
		}
		p = realloc(p, size ? size : 1);
		ip_find(p, size, &IP_NUMBERS_DEFAULT, &info);
		free(p);
	}
}

static void
only_ordinary_unicast_addresses_may_be_returned_to(void **state)
{
	static const struct {
		const char *text;
		bool ok;
	} cases[] = {
		{"192.0.2.1", true}, {"127.0.0.1", false}, {"0.0.0.0", false},
		{"224.0.0.1", false}, {"255.255.255.255", false},
		{"169.254.1.1", false}, {"2001:db8::1", true}, {"::1", false},
		{"::", false}, {"fe80::1", false}, {"ff02::1", false}
	};
	uint8_t addr[IP_ADDR_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(ip_addr_parse(cases[i].text, addr));
		assert_int_equal(ip_addr_returnable(addr), cases[i].ok);
	}
}

static void
objects_with_notes_are_read_as_they_were_written(void **state)
{
	struct object object = {0}, again;
	uint8_t *bytes;
	size_t size;
	char name[NOTES_NAME_SIZE];

	(void)state;
	object.size = small_packet(object.packet);
	packet_parse(object.packet, object.size, &object.header);
	assert_true(notes_set_program(&object.notes, "small"));
	assert_true(notes_set_file(&object.notes, "a dir/small.wasp"));
	assert_true(notes_add_word(&object.notes, 0, 2, NOTES_KEY, "flow"));
	assert_true(notes_add_label(&object.notes, 1, "out"));
	assert_true(notes_add_line(&object.notes, 0, 12, "\tdrop\t; here"));
	assert_true(notes_add_random(&object.notes, 0, KEY_PROTECTED));
	bytes = object_bytes(&object, &size);
	assert_non_null(bytes);
	assert_true(object_read(&again, bytes, size, "x", NULL, NULL));
	assert_string_equal(again.notes.program, "small");
	assert_string_equal(again.notes.file, "a dir/small.wasp");
	assert_string_equal(notes_word_text(&again.notes, 1, name), "flow+1");
	assert_string_equal(notes_label_at(&again.notes, 1), "out");
	assert_string_equal(notes_line_at(&again.notes, 0)->text,
		"\tdrop\t; here");
	assert_int_equal(again.notes.randoms[0].space, KEY_PROTECTED);
	assert_memory_equal(again.packet, object.packet, object.size);
	free(bytes);
	object_done(&object);
	object_done(&again);
}

/* key_code_hash of the smallest packet's one instruction, drop. */
#define DROP_HASH "e208bb7d5742213d"

/* The bytes of notes behind the smallest packet, read. */
static void
read_notes_text(struct object *object, const char *notes)
{
	uint8_t bytes[PACKET_SIZE_MAX];
	size_t size = small_packet(bytes), len = strlen(notes);

	memcpy(bytes + size, notes, len);
	assert_true(object_read(object, bytes, size + len, "x", NULL, NULL));
}

static void
noted_lines_are_in_the_file_above_them(void **state)
{
	static const char text[] = "WASP-NOTES 1\ncode " DROP_HASH
		"\nfile main.wasp\n"
		"line 0 3 nop\nfile lib/a b.wasp\nline 0 7 drop\n";
	struct object object;
	uint8_t *bytes;
	size_t size;

	(void)state;
	read_notes_text(&object, text);
	assert_string_equal(object.notes.file, "main.wasp");
	assert_string_equal(object.notes.lines[0].file, "main.wasp");
	assert_string_equal(object.notes.lines[1].file, "lib/a b.wasp");
	bytes = object_bytes(&object, &size);
	assert_int_equal(size, object.size + strlen(text));
	assert_memory_equal(bytes + object.size, text, strlen(text));
	free(bytes);
	object_done(&object);
}

static void
noted_lines_above_all_files_are_in_the_first(void **state)
{
	struct object object;

	(void)state;
	read_notes_text(&object, "WASP-NOTES 1\nline 0 3 nop\n"
		"file main.wasp\nfile a.wasp\nline 0 1 drop\n");
	assert_string_equal(object.notes.lines[0].file, "main.wasp");
	assert_string_equal(object.notes.lines[1].file, "a.wasp");
	object_done(&object);
	read_notes_text(&object, "WASP-NOTES 1\nline 0 3 nop\n");
	assert_null(object.notes.lines[0].file);
	object_done(&object);
}

/* key 0..1 (protected), addr 2..5, limit 6, trail 7..8 */
static void
make_object_to_set(struct object *object)
{
	struct packet_header header = {.code_count = 1, .pad_count = 9};

	*object = (struct object){.header = header, .size = packet_size(1, 9)};
	packet_put_header(object->packet, &header);
	packet_put32(object->packet + packet_pad_off(1), 1u << 30);
	packet_set_checksum(object->packet, object->size);
	packet_parse(object->packet, object->size, &object->header);
	notes_add_word(&object->notes, 0, 2, NOTES_KEY, "flow");
	notes_add_word(&object->notes, 2, 4, NOTES_ADDR, "to");
	notes_add_word(&object->notes, 6, 1, NOTES_DATA, "limit");
	notes_add_word(&object->notes, 7, 2, NOTES_SPACE, "trail");
}

static void
words_are_set_by_name_or_index(void **state)
{
	static const struct {
		const char *name, *value;
		unsigned first;
		uint32_t words[4];
		unsigned count;
	} cases[] = {
		{"limit", "5", 6, {5}, 1}, {"limit", "0xFFffffff", 6, {~0u}, 1},
		{"limit", "-1", 6, {~0u}, 1}, {"6", "9", 6, {9}, 1},
		{"limit", "-2147483648", 6, {1u << 31}, 1},
		{"trail+1", "7", 8, {7}, 1}, {"limit", "192.0.2.1", 6,
		{0xc0000201}, 1},
		{"to", "192.0.2.1", 2, {0, 0, 0xffff, 0xc0000201}, 4},
		{"to", "2001:db8::1", 2, {0x20010db8, 0, 0, 1}, 4},
		{"to+3", "1", 5, {1}, 1}, {"2", "::1", 2, {0, 0, 0, 1}, 4},
		{"flow", "0x123456789abcdef0", 0, {0x52345678, 0x9abcdef0}, 2},
		{"flow+1", "3", 1, {3}, 1}
	};
	struct object object;
	struct diag diag;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		make_object_to_set(&object);
		assert_true(object_set(&object, cases[i].name, cases[i].value,
			&diag));
		for (unsigned n = 0; n < cases[i].count; n++)
			assert_int_equal(cases[i].words[n],
				packet_word(object.packet, &object.header,
				cases[i].first + n));
		assert_int_equal(object.header.checksum,
			packet_checksum(object.packet, object.size));
		object_done(&object);
	}
}

static void
what_can_not_be_set_is_refused_with_the_reason(void **state)
{
	static const struct {
		const char *name, *value, *text;
	} cases[] = {
		{"limti", "5", "the object has no word 'limti'"},
		{"limit+1", "5", "'limit' has 1 word, and no '+1'"},
		{"9", "5", "there is no word 9; the scratchpad has 9"},
		{"limit", "", "'' is neither a number of 32 bits nor an address"},
		{"limit", "4294967296", "'4294967296' is neither a number of "
		"32 bits nor an address"},
		{"limit", "-2147483649", "'-2147483649' is neither a number of "
		"32 bits nor an address"},
		{"limit", "::1", "'::1' needs 4 words, and 'limit' has 1"},
		{"to", "5", "'5' is not an address"},
		{"flow", "0x4000000000000000",
		"'0x4000000000000000' is not a number of 62 bits"}
	};
	struct object object;
	struct diag diag;

	(void)state;
	make_object_to_set(&object);
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(object_set(&object, cases[i].name, cases[i].value,
			&diag));
		assert_string_equal(diag.text, cases[i].text);
	}
	object_set(&object, "limti", "5", &diag);
	assert_string_equal(diag.hint, "did you mean limit?");
	object_done(&object);
}

static void
remember_id(void *arg, const struct diag *diag)
{
	*(enum diag_id *)arg = diag->id;
}

static void
damaged_objects_are_refused_by_name(void **state)
{
	static const struct {
		const char *tail;
		enum diag_id id;
	} cases[] = {
		{"x", DIAG_OBJECT_TRAILING},
		{"WASP-NOTES 2\n", DIAG_OBJECT_TRAILING},
		{"WASP-NOTES 1\nword 0 3 data a\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\nword 0 1 thing a\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\nlabel -1 a\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\nlabel 0 a", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\nrandom 1 public\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\nline 1 1 x\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\ncode 1234\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\ncode 0123456789ABCDEF\n", DIAG_OBJECT_BAD_NOTE},
		{"WASP-NOTES 1\n\n", DIAG_OBJECT_BAD_NOTE}
	};
	uint8_t bytes[PACKET_SIZE_MAX + 100];
	struct object object;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t size = small_packet(bytes);
		enum diag_id id = DIAG_NONE;

		memcpy(bytes + size, cases[i].tail, strlen(cases[i].tail));
		assert_false(object_read(&object, bytes,
			size + strlen(cases[i].tail), "x", remember_id, &id));
		assert_int_equal(id, cases[i].id);
		object_done(&object);
	}
}

static void
a_program_is_called_by_its_instructions_alone(void **state)
{
	static const uint8_t code[] = {0x70, 0x41, 0, 0, 0x01, 0x00};
	uint8_t bytes[PACKET_SIZE_MAX] = {0};
	char text[PACKET_HASH_SIZE];
	uint64_t hash;

	(void)state;
	memcpy(bytes + PACKET_HEADER_SIZE, code, sizeof(code));
	hash = packet_code_hash(bytes, 3);
	assert_true(hash == key_public_hash(code, sizeof(code)));
	bytes[PACKET_OFF_FLAGS] = 0x18;
	assert_true(packet_code_hash(bytes, 3) == hash);
	assert_false(packet_code_hash(bytes, 2) == hash);
	assert_false(packet_code_hash(bytes, 4) == hash);	/* padding */
	assert_string_equal(packet_hash_text(0x12, text), "0000000000000012");
}

static void
notes_of_other_code_are_read_with_a_warning(void **state)
{
	static const char right[] = "WASP-NOTES 1\ncode " DROP_HASH "\n";
	static const char other[] = "WASP-NOTES 1\ncode 0123456789abcdef\n";
	uint8_t bytes[PACKET_SIZE_MAX + 100];
	size_t size = small_packet(bytes);
	enum diag_id id = DIAG_NONE;
	struct object object;

	(void)state;
	memcpy(bytes + size, right, strlen(right));
	assert_true(object_read(&object, bytes, size + strlen(right), "x",
		remember_id, &id));
	assert_int_equal(id, DIAG_NONE);
	object_done(&object);
	memcpy(bytes + size, other, strlen(other));
	assert_true(object_read(&object, bytes, size + strlen(other), "x",
		remember_id, &id));
	assert_int_equal(id, DIAG_OBJECT_OTHER_CODE);
	object_done(&object);
}

/* Not inlined: gcc 12 else takes the stream's buffer for a local one. */
static char *__attribute__((noinline))
printed(const struct diag *diag)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	diag_print(out, diag);
	fclose(out);
	return text;
}

static void
diagnostics_show_the_place_the_line_and_a_caret(void **state)
{
	struct diag diag = {.file = "a.wasp", .line = 3, .col = 2, .len = 3,
		.quote = "\tldx r0\nnext", .pc = -1};
	char *text;

	(void)state;
	diag_set(&diag, DIAG_OBJECT_NOT_WASP, "no '%s'", "ldx");
	diag_set_hint(&diag, "ld");
	text = printed(&diag);
	assert_string_equal(text, "a.wasp:3:2: error: no 'ldx' [WASP-O001]\n"
		"    \tldx r0\n    \t^^^\n    hint: ld\n");
	free(text);
}

static void
a_source_line_says_more_to_people_than_an_offset(void **state)
{
	struct diag diag = {.file = "a.wasp", .line = 3, .in_object = true,
		.offset = 28, .pc = 6};
	char *text;

	(void)state;
	diag_set(&diag, DIAG_ASM_SYNTAX, "no");
	text = printed(&diag);
	assert_string_equal(text, "a.wasp:3: error: no [WASP-A004]\n");
	free(text);
}

static void
what_mends_a_diagnostic_is_its_hint_unless_one_is_given(void **state)
{
	struct diag diag = {.pc = -1};

	(void)state;
	diag_set(&diag, DIAG_OBJECT_CHECKSUM, "x");
	assert_string_equal(diag.hint, diag_infos[DIAG_OBJECT_CHECKSUM].mend);
	diag_set_hint(&diag, "y");
	assert_string_equal(diag.hint, "y");
}

static void
diagnostics_show_the_marked_part_of_a_long_line(void **state)
{
	struct diag diag = {.line = 1, .col = 5001, .len = 3};
	char line[10001], *text, *quote, *caret;

	(void)state;
	memset(line, 'x', 10000);
	line[10000] = '\0';
	memcpy(line + 5000, "bad", 3);
	diag.quote = line;
	diag_set(&diag, DIAG_ASM_SYNTAX, "no");
	text = printed(&diag);
	assert_true(strlen(text) < 500);
	quote = strchr(text, '\n') + 1;
	caret = strchr(quote, '\n') + 1;
	assert_int_equal(strcspn(caret, "^"), strcspn(quote, "b"));
	assert_string_equal(strchr(caret, '^'), "^^^\n");
	free(text);
}

static void
diagnostics_as_json_hold_the_same(void **state)
{
	static const uint8_t path[] = {0, 6};
	struct diag diag = {.file = "a\xff", .in_object = true, .offset = 28,
		.pc = 6, .path = path, .path_count = 2,
		.turns = &(struct diag_turn){"line 3", "bz r0, \xff",
			"taken", 0, 3}, .turn_count = 1};
	json_t *json, *turn;

	(void)state;
	diag_set(&diag, DIAG_OBJECT_BAD_NOTE, "x");
	json = diag_json(&diag);
	assert_non_null(json);
	assert_string_equal(json_string_value(json_object_get(json, "id")),
		"WASP-O003");
	assert_int_equal(json_integer_value(json_object_get(json, "pc")), 6);
	assert_true(json_is_null(json_object_get(json, "line")));
	assert_int_equal(json_array_size(json_object_get(json, "steps")), 2);
	assert_int_equal(json_array_size(json_object_get(json, "path")), 1);
	turn = json_array_get(json_object_get(json, "path"), 0);
	assert_int_equal(json_integer_value(json_object_get(turn, "line")), 3);
	assert_string_equal(json_string_value(json_object_get(turn, "insn")),
		"bz r0, ?");
	json_decref(json);
}

static void
a_misspelt_name_suggests_the_nearest(void **state)
{
	static const char *const names[] = {"lookup", "insert", "ld"};

	(void)state;
	assert_string_equal(diag_suggest("loookup", names, 3), "lookup");
	assert_string_equal(diag_suggest("ldx", names, 3), "ld");
	assert_null(diag_suggest("frobnicate", names, 3));
	assert_null(diag_suggest("x", names, 3));
	assert_null(diag_suggest("zd", (const char *const[]){"st"}, 1));
	assert_null(diag_suggest("here", (const char *const[]){"ee"}, 1));
	assert_string_equal(diag_suggest("forwadr", (const char *const[])
		{"forward"}, 1), "forward");
	assert_string_equal(diag_suggest("dl", names, 3), "ld");
}

/* What came through a filter: the severities, as letters. */
static void
letter_sink(void *arg, const struct diag *diag)
{
	char *letters = arg;

	letters[strlen(letters)] = "ewn"[diag->severity];
}

/* "checksum" as -W CHOICE ... says, CHOICEs ended by NULL: e, w or nothing. */
static const char *
told(char letters[static 8], const char *const *choices)
{
	struct diag_filter filter = {.sink = letter_sink, .arg = letters};
	struct diag diag = {.pc = -1};

	memset(letters, 0, 8);
	for (; *choices; choices++)
		assert_true(diag_filter_choose(&filter, *choices, &diag));
	diag_set(&diag, DIAG_OBJECT_CHECKSUM, "x");
	diag_filter_sink(&filter, &diag);
	assert_int_equal(filter.promoted, *letters == 'e');
	return letters;
}

static void
warnings_are_told_as_the_user_chooses(void **state)
{
	static const struct {
		const char *told, *choices[4];
	} cases[] = {
		{"w", {NULL}},
		{"", {"no-checksum"}},
		{"", {"none"}},
		{"w", {"none", "checksum"}},
		{"w", {"no-checksum", "all"}},
		{"e", {"error"}},
		{"w", {"error", "no-error"}},
		{"w", {"error", "no-error=checksum"}},
		{"e", {"error=checksum"}},
		{"w", {"error=unreachable"}},
		{"", {"error", "no-checksum"}},
		{"e", {"none", "error=checksum"}},
		{"e", {"error=checksum", "no-error"}},
	};
	char letters[8];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(told(letters, cases[i].choices),
			cases[i].told);
}

static void
notes_go_the_way_of_what_they_follow(void **state)
{
	char letters[8] = "";
	struct diag_filter filter = {.sink = letter_sink, .arg = letters};
	struct diag warning = {.pc = -1}, note = {.pc = -1}, error = {.pc = -1};

	(void)state;
	diag_set(&warning, DIAG_OBJECT_CHECKSUM, "x");
	diag_set_note(&note, "y");
	diag_set(&error, DIAG_ASM_BYTE, "z");
	assert_true(diag_filter_choose(&filter, "none", &note));
	diag_filter_sink(&filter, &warning);
	diag_filter_sink(&filter, &note);
	diag_filter_sink(&filter, &error);
	diag_filter_sink(&filter, &note);
	assert_string_equal(letters, "en");
	assert_int_equal(filter.promoted, 0);
}

static void
a_choice_that_names_no_warning_changes_nothing(void **state)
{
	static const char *const wrong[] = {"", "no-", "error=", "checksm",
		"no-checksm", "error=checksm", "no-all", "no-none", "A001"};
	struct diag_filter filter = {0}, before = filter;
	struct diag diag;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_false(diag_filter_choose(&filter, wrong[i], &diag));
		assert_memory_equal(&filter, &before, sizeof(filter));
	}
	assert_false(diag_filter_choose(&filter, "no-checksm", &diag));
	assert_string_equal(diag.text, "there is no warning 'checksm'");
	assert_string_equal(diag.hint, "did you mean 'no-checksum'?");
}

static void
every_warning_has_a_class_and_no_error_has_one(void **state)
{
	(void)state;
	for (int id = DIAG_NONE + 1; id < DIAG_COUNT; id++) {
		const struct diag_info *info = &diag_infos[id];

		assert_int_equal(*info->class != '\0',
			info->severity == DIAG_WARNING);
		assert_int_equal(strspn(info->class,
			"abcdefghijklmnopqrstuvwxyz-"), strlen(info->class));
		assert_true(strncmp(info->class, "no-", 3));
		assert_true(*info->title && *info->why);
	}
}

static void
a_number_is_found_however_it_is_spelt(void **state)
{
	(void)state;
	assert_int_equal(diag_numbered("WASP-A001"), DIAG_ASM_BYTE);
	assert_int_equal(diag_numbered("a001"), DIAG_ASM_BYTE);
	assert_int_equal(diag_numbered("wasp-o004"), DIAG_OBJECT_CHECKSUM);
	assert_int_equal(diag_numbered(""), DIAG_NONE);
	assert_int_equal(diag_numbered("A1"), DIAG_NONE);
	assert_int_equal(diag_numbered("WASP-"), DIAG_NONE);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(every_legal_word_encodes_to_itself),
	cmocka_unit_test(unused_codes_and_unused_bits_are_illegal),
	cmocka_unit_test(numbers_of_instructions_are_those_of_the_layout),
	cmocka_unit_test(operands_out_of_range_are_refused),
	cmocka_unit_test(instructions_print_as_the_assembler_reads_them),
	cmocka_unit_test(every_instruction_has_words_with_its_operands),
	cmocka_unit_test(instructions_are_explained_in_words),
	cmocka_unit_test(names_of_the_machine_are_reserved),
	cmocka_unit_test(printing_never_passes_the_end_of_the_buffer),
	cmocka_unit_test(siphash_gives_the_value_of_its_paper),
	cmocka_unit_test(keys_lie_in_the_space_of_their_top_bits),
	cmocka_unit_test(a_header_is_read_as_it_was_written),
	cmocka_unit_test(each_damage_to_a_packet_has_its_error),
	cmocka_unit_test(the_checksum_by_differences_equals_the_full_one),
	cmocka_unit_test(what_is_built_is_found_and_turns_back_with_right_checksums),
	cmocka_unit_test(plain_ip_is_told_apart_from_wasp),
	cmocka_unit_test(wasp_inside_wasp_is_plain_at_any_depth),
	cmocka_unit_test(random_bytes_never_read_past_their_end),
	cmocka_unit_test(only_ordinary_unicast_addresses_may_be_returned_to),
	cmocka_unit_test(objects_with_notes_are_read_as_they_were_written),
	cmocka_unit_test(words_are_set_by_name_or_index),
	cmocka_unit_test(what_can_not_be_set_is_refused_with_the_reason),
	cmocka_unit_test(noted_lines_are_in_the_file_above_them),
	cmocka_unit_test(noted_lines_above_all_files_are_in_the_first),
	cmocka_unit_test(damaged_objects_are_refused_by_name),
	cmocka_unit_test(a_program_is_called_by_its_instructions_alone),
	cmocka_unit_test(notes_of_other_code_are_read_with_a_warning),
	cmocka_unit_test(diagnostics_show_the_place_the_line_and_a_caret),
	cmocka_unit_test(a_source_line_says_more_to_people_than_an_offset),
	cmocka_unit_test(diagnostics_show_the_marked_part_of_a_long_line),
	cmocka_unit_test(what_mends_a_diagnostic_is_its_hint_unless_one_is_given),
	cmocka_unit_test(diagnostics_as_json_hold_the_same),
	cmocka_unit_test(a_misspelt_name_suggests_the_nearest),
	cmocka_unit_test(warnings_are_told_as_the_user_chooses),
	cmocka_unit_test(notes_go_the_way_of_what_they_follow),
	cmocka_unit_test(a_choice_that_names_no_warning_changes_nothing),
	cmocka_unit_test(every_warning_has_a_class_and_no_error_has_one),
	cmocka_unit_test(a_number_is_found_however_it_is_spelt),
};
RUN_TESTS(tests)
