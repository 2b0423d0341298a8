/* SPDX-License-Identifier: BSD-2-Clause */
/* Stores as JSON; see store-json.h. */
#include "run/store-json.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/packet.h"

enum { ENTRY_WORDS = ENTRY_SIZE / PACKET_WORD_SIZE };

struct entry {
	size_t index;		/* in the array */
	unsigned node;
	uint64_t key, created_ns;
	uint8_t words[ENTRY_SIZE];
};

/* Where the entries go while a store is visited. */
struct list {
	struct entry *entries;
	size_t count;
};

static void
collect(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t words[ENTRY_SIZE])
{
	struct list *list = arg;
	struct entry *entry = &list->entries[list->count++];

	entry->key = key;
	entry->created_ns = created_ns;
	memcpy(entry->words, words, ENTRY_SIZE);
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct entry *)a)->key;
	uint64_t y = ((const struct entry *)b)->key;

	return x < y ? -1 : x > y;
}

static int
by_birth(const void *a, const void *b)
{
	uint64_t x = ((const struct entry *)a)->created_ns;
	uint64_t y = ((const struct entry *)b)->created_ns;

	return x < y ? -1 : x > y;
}

static json_t *
entry_json(const struct entry *entry, unsigned node, uint64_t now_ns)
{
	json_t *words = json_array();

	for (unsigned i = 0; i < ENTRY_WORDS; i++)
		json_array_append_new(words, json_integer(packet_get32(
			entry->words + PACKET_WORD_SIZE * i)));
	return json_pack("{s:i, s:o, s:o, s:I, s:I}", "node", node,
		"key", json_sprintf("0x%016" PRIx64, entry->key),
		"words", words, "created", (json_int_t)entry->created_ns,
		"age_ms", (json_int_t)((now_ns - entry->created_ns) / 1000000));
}

json_t *
store_json_append(json_t *array, unsigned node, struct ess *ess,
	uint64_t now_ns)
{
	struct list list = {calloc(ess_live_count(ess, now_ns) + 1,
		sizeof(*list.entries)), 0};

	if (!array || !list.entries) {
		json_decref(array);
		free(list.entries);
		return NULL;
	}
	ess_each(ess, now_ns, collect, &list);
	qsort(list.entries, list.count, sizeof(*list.entries), by_key);
	for (size_t i = 0; i < list.count; i++)
		json_array_append_new(array,
			entry_json(&list.entries[i], node, now_ns));
	free(list.entries);
	return array;
}

/* A number of the JSON between 0 and max. */
static bool
get_number(const json_t *json, uint64_t max, uint64_t *n)
{
	if (!json_is_integer(json) || json_integer_value(json) < 0)
		return false;
	*n = (uint64_t)json_integer_value(json);
	return *n <= max;
}

/* "0x" and up to 16 hexadecimal digits. */
static bool
get_key(const json_t *json, uint64_t *key)
{
	const char *text = json_string_value(json);

	if (!text || text[0] != '0' || text[1] != 'x' || !text[2] ||
	    strlen(text) > 18 ||
	    text[2 + strspn(text + 2, "0123456789abcdefABCDEF")])
		return false;
	*key = strtoull(text + 2, NULL, 16);
	return true;
}

static bool
get_words(const json_t *json, uint8_t words[static ENTRY_SIZE])
{
	uint64_t n;

	if (!json_is_array(json) || json_array_size(json) != ENTRY_WORDS)
		return false;
	for (unsigned i = 0; i < ENTRY_WORDS; i++) {
		if (!get_number(json_array_get(json, i), UINT32_MAX, &n))
			return false;
		packet_put32(words + PACKET_WORD_SIZE * i, (uint32_t)n);
	}
	return true;
}

/* What is wrong with an entry, or NULL. */
static const char *
get_entry(const json_t *json, unsigned node_count, struct entry *entry)
{
	const json_t *node = json_object_get(json, "node");
	uint64_t n = 1;

	if (!json_is_object(json))
		return "is no object";
	if (node && (!get_number(node, node_count, &n) || n == 0))
		return "has a node that there is not";
	entry->node = (unsigned)n;
	if (!get_key(json_object_get(json, "key"), &entry->key))
		return "has no key of the form \"0x1122334455667788\"";
	if (!get_words(json_object_get(json, "words"), entry->words))
		return "has no words, eight numbers of 32 bits";
	if (!get_number(json_object_get(json, "created"),
	    INT64_MAX - ENTRY_LIFE_NS, &entry->created_ns))
		return "has no time at which it was created, in nanoseconds";
	return NULL;
}

static bool
report(diag_sink *sink, void *arg, const struct diag *diag)
{
	if (sink)
		sink(arg, diag);
	return false;
}

static bool
report_syntax(const char *file, const json_error_t *error, diag_sink *sink,
	void *arg)
{
	struct diag diag = {.file = file, .pc = -1,
		.line = error->line > 0 ? (unsigned)error->line : 1,
		.col = error->column > 0 ? (unsigned)error->column : 1};

	diag_set(&diag, DIAG_RUN_STORE_SYNTAX, "not a saved store: %s",
		error->text);
	return report(sink, arg, &diag);
}

static bool
report_entry(const char *file, size_t index, enum diag_id id,
	const char *what, diag_sink *sink, void *arg)
{
	struct diag diag = {.file = file, .pc = -1};

	diag_set(&diag, id, "entry %zu of the saved store %s", index, what);
	return report(sink, arg, &diag);
}

json_t *
store_json_parse(const char *text, size_t size, const char *file,
	unsigned node_count, uint64_t *latest_ns, diag_sink *sink, void *arg)
{
	json_error_t error;
	json_t *array = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	struct entry entry;
	const char *wrong;

	*latest_ns = 0;
	if (array && !json_is_array(array)) {
		json_decref(array);
		array = NULL;
		error = (json_error_t){.text = "no array of entries"};
	}
	if (!array) {
		report_syntax(file, &error, sink, arg);
		return NULL;
	}
	for (size_t i = 0; i < json_array_size(array); i++) {
		wrong = get_entry(json_array_get(array, i), node_count, &entry);
		if (wrong) {
			report_entry(file, i, DIAG_RUN_STORE_ENTRY, wrong, sink,
				arg);
			json_decref(array);
			return NULL;
		}
		if (entry.created_ns > *latest_ns)
			*latest_ns = entry.created_ns;
	}
	return array;
}

/* Why the store did not take an entry, or NULL. */
static const char *
restore_entry(struct ess *ess, const struct entry *entry, uint64_t now_ns)
{
	if (entry->created_ns > now_ns)
		return "will be created only after the time of this run";
	if (now_ns - entry->created_ns >= ENTRY_LIFE_NS ||
	    ess_restore(ess, entry->key, entry->created_ns, now_ns,
		entry->words))
		return NULL;
	return ess_peek(ess, entry->key, now_ns, NULL, NULL) ?
		"has the key of another one" : "has no room";
}

bool
store_json_restore(const json_t *array, unsigned node, struct ess *ess,
	uint64_t now_ns, const char *file, diag_sink *sink, void *arg)
{
	struct list list = {calloc(json_array_size(array) + 1,
		sizeof(*list.entries)), 0};
	const char *wrong = list.entries ? NULL : "has no memory";
	size_t i = 0;

	for (; list.entries && i < json_array_size(array); i++) {
		struct entry *entry = &list.entries[list.count];

		get_entry(json_array_get(array, i), UINT16_MAX, entry);
		entry->index = i;
		list.count += entry->node == node;
	}
	qsort(list.entries, list.count, sizeof(*list.entries), by_birth);
	for (i = 0; i < list.count && !wrong; i++)
		wrong = restore_entry(ess, &list.entries[i], now_ns);
	if (wrong)
		report_entry(file, i ? list.entries[i - 1].index : 0,
			DIAG_RUN_STORE_REFUSED, wrong, sink, arg);
	free(list.entries);
	return !wrong;
}

char *
store_json_text(const json_t *array, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	if (!out)
		return NULL;
	fputc('[', out);
	for (size_t i = 0; i < json_array_size(array); i++) {
		fputs(i ? ",\n " : "", out);
		json_dumpf(json_array_get(array, i), out, 0);
	}
	fputs("]\n", out);
	if (!fclose(out))
		return text;
	free(text);
	return NULL;
}
