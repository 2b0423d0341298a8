/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The operations of Ephemeral State Processing, as somebody would write them
 * who needs just these: the yardstick for programs that do the same.  K. L.
 * Calvert, J. Griffioen, S. Wen, "Lightweight Network Support for Scalable
 * End-to-End Services", SIGCOMM 2002, has the operations; their operands and
 * the words of their entries lie as those of the programs in examples/, so that
 * both can serve one packet after the other from one store.
 *
 * An operation is in two parts, around the insertion of its entry, which is the
 * includer's: what it makes of the operands, and what of the entry.  This file
 * needs no C library and is compiled for the kernel, too.
 */
#ifndef VM_ESP_CORE_H
#define VM_ESP_CORE_H

#include "wasp/key.h"
#include "wasp/packet.h"

/*
 * ESP_OP(NAME, text, words, keys, program): how many words its operands are,
 * the first of which are keys; the program in examples/ that does the same.
 */
#define ESP_OPS \
	ESP_OP(COUNT, "count", 4, 1, "count") \
	ESP_OP(COMPARE, "compare", 4, 1, "compare") \
	ESP_OP(COLLECT, "collect", 5, 1, "collect") \
	ESP_OP(RCHLD, "rchld", 6, 1, "rchld") \
	ESP_OP(RCOLLECT, "rcollect", 6, 1, "rchld") \
	ESP_OP(COLLECT3, "collect3", 9, 3, "collect3")

enum esp_op {
#define ESP_OP(name, text, words, keys, program) ESP_##name,
	ESP_OPS
#undef ESP_OP
	ESP_OP_COUNT
};

/* Words of the operands, from the first on: see the programs. */
enum {
	ESP_KEY = 0,
	ESP_COUNT_LIMIT = 2, ESP_COUNT_SEEN,
	ESP_COMPARE_VALUE = 2, ESP_COMPARE_FLIP,
	ESP_COLLECT_CHILDREN = 2, ESP_COLLECT_VALUE, ESP_COLLECT_MEMBERS,
	ESP_RCHLD_CHILD = 2, ESP_RCHLD_COLLECT, ESP_RCHLD_MEMBERS,
	ESP_RCHLD_VALUE,
	ESP_KEYS_COME = 0, ESP_KEYS_SUM = 2, ESP_KEYS_MEMBERS = 4,
	ESP_KEYS_CHILDREN = 6, ESP_KEYS_VALUE, ESP_KEYS_MEMBER_COUNT,
	ESP_WORDS_MAX = 9
};

/* What is to be done after an operation: the sum of these. */
enum { ESP_DROP = 1, ESP_WRITE = 2 };

/* A word in network order; who knows a quicker way for a whole one says so. */
#ifndef ESP_LOAD
#define ESP_LOAD(p) packet_get32(p)
#define ESP_STORE(p, value) packet_put32(p, value)
#endif

static inline uint32_t
esp_get(const uint8_t *p, unsigned n)
{
	return ESP_LOAD(p + PACKET_WORD_SIZE * n);
}

static inline void
esp_put_entry(uint8_t *entry, unsigned n, uint32_t value)
{
	ESP_STORE(entry + PACKET_WORD_SIZE * n, value);
}

/* An operand: the checksum's difference is kept as it arises. */
static inline void
esp_put(uint8_t *pad, unsigned n, uint32_t value, uint64_t *change)
{
	uint8_t *p = pad + PACKET_WORD_SIZE * n;

	*change += (uint64_t)~ESP_LOAD(p) + value;
	ESP_STORE(p, value);
}

/* Let the first `limit` packets pass. */
static inline int
esp_count(uint8_t *entry, uint8_t *pad, uint64_t *change)
{
	uint32_t count = esp_get(entry, 0) + 1;

	esp_put_entry(entry, 0, count);
	esp_put(pad, ESP_COUNT_SEEN, count, change);
	return ESP_WRITE |
		(esp_get(pad, ESP_COUNT_LIMIT) < count ? ESP_DROP : 0);
}

/* Let pass what brings a better value than all before. */
static inline int
esp_compare(uint8_t *entry, const uint8_t *pad)
{
	uint32_t value = esp_get(pad, ESP_COMPARE_VALUE) ^
		esp_get(pad, ESP_COMPARE_FLIP);

	if (esp_get(entry, 0) != 0 && esp_get(entry, 1) >= value)
		return ESP_DROP;
	esp_put_entry(entry, 0, 1);
	esp_put_entry(entry, 1, value);
	return ESP_WRITE;
}

/* Add the values of all children up; the last packet carries the sum on. */
static inline int
esp_collect(uint8_t *entry, uint8_t *pad, uint64_t *change)
{
	uint32_t children = esp_get(pad, ESP_COLLECT_CHILDREN), come, sum,
		members;

	if (children == 0)
		children = esp_get(entry, 0);
	if (children == 0)
		return 0;
	come = esp_get(entry, 1) + 1;
	if (children < come)
		return ESP_DROP;
	sum = esp_get(pad, ESP_COLLECT_VALUE) + esp_get(entry, 2);
	members = esp_get(pad, ESP_COLLECT_MEMBERS) + esp_get(entry, 3);
	esp_put_entry(entry, 1, come);
	esp_put_entry(entry, 2, sum);
	esp_put_entry(entry, 3, members);
	if (come < children)
		return ESP_WRITE | ESP_DROP;
	esp_put(pad, ESP_COLLECT_VALUE, sum, change);
	esp_put(pad, ESP_COLLECT_MEMBERS, members, change);
	return ESP_WRITE;
}

/* Before the entry: whose value is it?  Its set of one where none is there. */
static inline uint32_t
esp_members(uint8_t *pad, uint64_t *change)
{
	uint32_t set = esp_get(pad, ESP_RCHLD_MEMBERS);

	if (set == 0) {
		set = UINT32_C(1) << (esp_get(pad, ESP_RCHLD_CHILD) & 31);
		esp_put(pad, ESP_RCHLD_MEMBERS, set, change);
	}
	return set;
}

/* Note who is below, in a bitmap, which duplicates do not change. */
static inline int
esp_rchld(uint8_t *entry, uint32_t set)
{
	esp_put_entry(entry, 0, esp_get(entry, 0) | set);
	return ESP_WRITE;
}

/* Add the values of those who are below up, each once. */
static inline int
esp_rcollect(uint8_t *entry, uint8_t *pad, uint32_t set, uint64_t *change)
{
	uint32_t below = esp_get(entry, 0), come = esp_get(entry, 1),
		sum = esp_get(entry, 2);
	int todo = 0;

	if (below == 0)
		return 0;
	if ((come & set) == 0) {
		come |= set;
		sum += esp_get(pad, ESP_RCHLD_VALUE);
		esp_put_entry(entry, 1, come);
		esp_put_entry(entry, 2, sum);
		todo = ESP_WRITE;
	}
	if ((come & below) != below)
		return todo | ESP_DROP;
	esp_put(pad, ESP_RCHLD_MEMBERS, come, change);
	esp_put(pad, ESP_RCHLD_VALUE, sum, change);
	return todo;
}

/*
 * COLLECT with a key for each number, as the tags of ESP hold one value each:
 * how many have come, then twice a sum of an operand.
 */
static inline int
esp_keys_come(uint8_t *entry, const uint8_t *pad, uint32_t *left)
{
	uint32_t children = esp_get(pad, ESP_KEYS_CHILDREN),
		come = esp_get(entry, 0) + 1;

	if (children < come)
		return ESP_DROP;
	esp_put_entry(entry, 0, come);
	*left = children - come;
	return ESP_WRITE;
}

static inline uint32_t
esp_keys_add(uint8_t *entry, const uint8_t *pad, unsigned operand)
{
	uint32_t sum = esp_get(entry, 0) + esp_get(pad, operand);

	esp_put_entry(entry, 0, sum);
	return sum;
}

#endif
