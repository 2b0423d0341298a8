/* SPDX-License-Identifier: BSD-2-Clause */
/* Packets for both sides; see packets.h. */
#include "bench/packets.h"

#include <stdio.h>
#include <string.h>

#include "asm/asm.h"

enum { PATH_SIZE = 4096, SOURCE_SIZE = 16384 };

static bool
assemble(struct object *object, const char *directory, const char *name)
{
	char path[PATH_SIZE], source[SOURCE_SIZE];
	const struct asm_options options = {.file = name};
	FILE *in;
	size_t size;

	snprintf(path, sizeof(path), "%s/%s.wasp", directory, name);
	in = fopen(path, "r");
	if (!in)
		return false;
	size = fread(source, 1, sizeof(source) - 1, in);
	fclose(in);
	source[size] = '\0';
	return asm_assemble(object, source, size, &options, NULL, NULL) ==
		ASM_OK;
}

/* Operands and entries, as each operation has them: word, value. */
static const struct {
	uint32_t pad[4][2], entry[2][2];
} commons[ESP_OP_COUNT] = {
	[ESP_COUNT] = {.pad = {{ESP_COUNT_LIMIT, UINT32_MAX}}},
	[ESP_COMPARE] = {.entry = {{0, 1}, {1, UINT32_C(1) << 31}}},
	[ESP_COLLECT] = {.pad = {{ESP_COLLECT_CHILDREN, UINT32_MAX},
		{ESP_COLLECT_MEMBERS, 1}, {ESP_COLLECT_VALUE, 7}}},
	[ESP_RCHLD] = {.pad = {{ESP_RCHLD_VALUE, 7}}},
	[ESP_RCOLLECT] = {.pad = {{ESP_RCHLD_COLLECT, 1},
		{ESP_RCHLD_VALUE, 7}}, .entry = {{0, UINT32_MAX}}},
	[ESP_COLLECT3] = {.pad = {{ESP_KEYS_CHILDREN, UINT32_MAX},
		{ESP_KEYS_MEMBER_COUNT, 1}, {ESP_KEYS_VALUE, 7}}},
};

static void
put_pairs(uint8_t *words, const uint32_t (*pairs)[2], unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		if (pairs[i][1] != 0)
			packet_put32(words + PACKET_WORD_SIZE * pairs[i][0],
				pairs[i][1]);
}

bool
packets_make(struct packets *packets, enum esp_op op, const char *directory)
{
	size_t pad_size = PACKET_WORD_SIZE * (size_t)esp_infos[op].words;
	struct object object;
	uint8_t pad[PACKET_WORD_SIZE * ESP_WORDS_MAX] = {0};

	*packets = (struct packets){.op = op};
	if (!assemble(&object, directory, esp_infos[op].program))
		return false;
	put_pairs(pad, commons[op].pad, 4);
	put_pairs(packets->entry, commons[op].entry, 2);

	packets->wasp_header = packets->esp_header = object.header;
	packets->wasp_size = object.size;
	packets->wasp_pad = packets->wasp +
		packet_pad_off(object.header.code_count);
	memcpy(packets->wasp, object.packet, object.size);
	memcpy(packets->wasp_pad, pad, pad_size);
	packet_set_checksum(packets->wasp, packets->wasp_size);

	packets->esp_header.code_count = (uint8_t)op;
	packets->esp_size = PACKET_HEADER_SIZE + pad_size;
	packet_put_header(packets->esp, &packets->esp_header);
	memcpy(packets->esp + PACKET_HEADER_SIZE, pad, pad_size);
	packet_set_checksum(packets->esp, packets->esp_size);
	object_done(&object);
	return true;
}

/* The mixing step of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
uint64_t
packets_key(uint64_t n)
{
	n = (n ^ n >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	n = (n ^ n >> 27) * UINT64_C(0x94d049bb133111eb);
	return key_in_space(KEY_PUBLIC, n ^ n >> 31);
}

void
packets_vary(const struct packets *packets, uint8_t *pad, uint64_t n,
	uint32_t random)
{
	unsigned keys = esp_infos[packets->op].keys;

	for (unsigned i = 0; i < keys; i++)
		packet_put64(pad + KEY_SIZE * i, packets_key(n * keys + i));
	if (packets->op == ESP_COMPARE)
		packet_put32(pad + PACKET_WORD_SIZE * ESP_COMPARE_VALUE,
			random);
	if (packets->op == ESP_RCHLD || packets->op == ESP_RCOLLECT)
		packet_put32(pad + PACKET_WORD_SIZE * ESP_RCHLD_CHILD,
			random & 31);
}
