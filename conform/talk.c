/* SPDX-License-Identifier: BSD-2-Clause */
/* The protocol with an engine; see talk.h. */
#include "conform/talk.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wasp/hex.h"

static const char *const verdict_names[] = {VECTOR_VERDICT_NAMES};
static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};

json_t *
talk_hello(void)
{
	return json_pack("{s:i, s:i, s:s}", "v", 1, "id", 0, "type", "hello");
}

const char *
talk_read_hello(const json_t *reply, unsigned *declines)
{
	static const char *const names[] = {VECTOR_FEATURE_NAMES, "counts"};
	const char *type = json_string_value(json_object_get(reply, "type"));
	json_t *list = json_object_get(reply, "declines"), *each;
	size_t i;

	*declines = 0;
	if (json_integer_value(json_object_get(reply, "v")) != 1)
		return "is not of version 1";
	if (!type || strcmp(type, "hello"))
		return "is not of type \"hello\"";
	if (!json_is_string(json_object_get(reply, "engine")))
		return "lacks the name of the engine";
	json_array_foreach(list, i, each) {
		const char *name = json_string_value(each);
		unsigned bit = 0;

		while (bit <= VECTOR_FEATURE_COUNT && (!name ||
		    strcmp(name, names[bit])))
			bit++;
		if (bit > VECTOR_FEATURE_COUNT)
			return "declines what there is not";
		*declines |= 1u << bit;
	}
	return NULL;
}

static json_t *
hex_json(const uint8_t *bytes, size_t size)
{
	char text[2 * PACKET_SIZE_MAX + 1];

	return json_string(hex_text(text, bytes, size));
}

static json_t *
key_json(uint64_t key)
{
	return json_sprintf("%016" PRIx64, key);
}

static json_t *
time_json(uint64_t ns)
{
	return json_sprintf("%" PRIu64, ns);
}

static json_t *
node_json(const struct vector *vector)
{
	json_t *store = json_array();

	for (unsigned i = 0; i < vector->store.count; i++) {
		const struct vector_entry *entry = &vector->store.entries[i];

		json_array_append_new(store, json_pack("{s:o, s:o, s:o}",
			"key", key_json(entry->key),
			"created_ns", time_json(entry->created_ns),
			"words", hex_json(entry->words, ENTRY_SIZE)));
	}
	return json_pack("{s:o, s:o, s:i, s:o}",
		"private_secret", hex_json(vector->private_secret,
			KEY_SECRET_SIZE),
		"invite_secret", hex_json(vector->invite_secret,
			KEY_SECRET_SIZE),
		"capacity", vector->capacity, "store", store);
}

static json_t *
targets_json(const struct vector_run *run)
{
	json_t *targets = json_array();

	for (unsigned i = 0; i < run->target_count; i++)
		json_array_append_new(targets, json_pack("{s:o, s:i, s:o}",
			"to", hex_json(run->targets[i].to, IP_ADDR_SIZE),
			"local", run->targets[i].local,
			"flow", key_json(run->targets[i].flow)));
	return targets;
}

json_t *
talk_run(const struct vector *vector, unsigned i, unsigned id, bool trace)
{
	const struct vector_run *run = &vector->runs[i];
	json_t *env = json_array(), *request;

	for (unsigned f = 0; f < ISA_ENV_COUNT; f++)
		json_array_append_new(env, json_integer(run->env[f]));
	request = json_pack("{s:i, s:i, s:s, s:s, s:i, s:s, s:o, s:o, s:o, s:i, "
		"s:b, s:b, s:I, s:o, s:o}",
		"v", 1, "id", id, "type", "run", "vector", vector->name, "run", i + 1,
		"hook", hook_names[run->hook],
		"now_ns", time_json(run->now_ns),
		"packet", hex_json(run->packet.bytes, run->packet.size),
		"env", env, "access_max", run->access_max,
		"operator", run->is_operator, "invite", run->may_invite,
		"interface", (json_int_t)run->interface,
		"source", hex_json(run->source, IP_ADDR_SIZE),
		"reroute", targets_json(run));
	if (i == 0)
		json_object_set_new(request, "node", node_json(vector));
	if (trace)
		json_object_set_new(request, "trace", json_true());
	return request;
}

/* A comparison that goes on. */
struct comparison {
	const struct vector_run *run;
	const json_t *reply;
	talk_sink *sink;
	void *arg;
	unsigned count;
	struct talk_difference difference;
};

static void __attribute__((format(printf, 3, 4)))
expect(struct comparison *c, const char *field, const char *format, ...)
{
	va_list ap;

	snprintf(c->difference.field, TALK_FIELD_SIZE, "%s", field);
	va_start(ap, format);
	vsnprintf(c->difference.expected, TALK_TEXT_SIZE, format, ap);
	va_end(ap);
}

static void __attribute__((format(printf, 2, 3)))
got(struct comparison *c, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(c->difference.got, TALK_TEXT_SIZE, format, ap);
	va_end(ap);
	c->sink(c->arg, &c->difference);
	c->count++;
}

static void
compare_executed(struct comparison *c)
{
	const json_t *json = json_object_get(c->reply, "executed");

	if (json_is_boolean(json) && json_is_true(json) == c->run->executed)
		return;
	expect(c, "executed", "%s", c->run->executed ? "true" : "false");
	got(c, "%s", !json_is_boolean(json) ? "no boolean" :
		json_is_true(json) ? "true" : "false");
}

static void
compare_verdict(struct comparison *c)
{
	const char *verdict = json_string_value(json_object_get(c->reply,
		"verdict"));

	if (verdict && !strcmp(verdict, verdict_names[c->run->verdict]))
		return;
	expect(c, "verdict", "%s", verdict_names[c->run->verdict]);
	got(c, "%s", verdict ? verdict : "no string");
}

static void
compare_count(struct comparison *c, const char *field, unsigned expected)
{
	const json_t *json = json_object_get(c->reply, field);

	if (json_is_integer(json) && json_integer_value(json) == expected)
		return;
	expect(c, field, "%u", expected);
	if (json_is_integer(json))
		got(c, "%" JSON_INTEGER_FORMAT, json_integer_value(json));
	else
		got(c, "no integer");
}

static void
compare_rerouted(struct comparison *c)
{
	const json_t *json = json_object_get(c->reply, "rerouted");
	uint8_t to[IP_ADDR_SIZE];
	char text[IP_TEXT_SIZE];
	bool ok = hex_exact(json_string_value(json), to, sizeof(to));

	if (c->run->rerouted ? ok && !memcmp(to, c->run->rerouted_to,
	    sizeof(to)) : json_is_null(json))
		return;
	expect(c, "rerouted", "%s", !c->run->rerouted ? "null" :
		ip_addr_text(c->run->rerouted_to, text));
	got(c, "%s", json_is_null(json) ? "null" : !ok ? "no address" :
		ip_addr_text(to, text));
}

static void
compare_byte(struct comparison *c, const uint8_t *bytes, unsigned off,
	const char *field)
{
	if (c->run->after.bytes[off] == bytes[off])
		return;
	expect(c, field, "%u", c->run->after.bytes[off]);
	got(c, "%u", bytes[off]);
}

/* Fault pc, and the mark in the same byte. */
static void
compare_fault_pc(struct comparison *c, const uint8_t *bytes)
{
	uint8_t expected = c->run->after.bytes[PACKET_OFF_FAULT_PC];
	uint8_t byte = bytes[PACKET_OFF_FAULT_PC];

	if ((expected ^ byte) & PACKET_FAULT_PC) {
		expect(c, "fault_pc", "%u", expected & PACKET_FAULT_PC);
		got(c, "%u", byte & PACKET_FAULT_PC);
	}
	if ((expected ^ byte) & PACKET_REROUTED) {
		expect(c, "rerouted_mark", "%u", expected >> 7);
		got(c, "%u", byte >> 7);
	}
}

static void
compare_status(struct comparison *c, const uint8_t *bytes)
{
	uint8_t expected = c->run->after.bytes[PACKET_OFF_STATUS];
	uint8_t status = bytes[PACKET_OFF_STATUS];
	char name[ISA_FAULT_NAME_SIZE], other[ISA_FAULT_NAME_SIZE];

	if ((expected ^ status) & PACKET_STATUS_FAULT) {
		expect(c, "fault", "%s", expected & PACKET_STATUS_FAULT ?
			isa_fault_name(expected & PACKET_STATUS_FAULT, name) :
			"none");
		got(c, "%s", status & PACKET_STATUS_FAULT ?
			isa_fault_name(status & PACKET_STATUS_FAULT, other) :
			"none");
	}
	if ((expected ^ status) & ~PACKET_STATUS_FAULT) {
		expect(c, "marks", "0x%02x", expected & ~PACKET_STATUS_FAULT);
		got(c, "0x%02x", status & ~PACKET_STATUS_FAULT);
	}
}

static void
compare_bytes(struct comparison *c, const uint8_t *bytes, unsigned off,
	size_t size, const char *field)
{
	const uint8_t *after = c->run->after.bytes;
	char text[2 * PACKET_SIZE_MAX + 1];

	if (!memcmp(after + off, bytes + off, size))
		return;
	expect(c, field, "%s", hex_text(text, after + off, size));
	got(c, "%s", hex_text(text, bytes + off, size));
}

static void
compare_pad(struct comparison *c, const uint8_t *bytes)
{
	const uint8_t *after = c->run->after.bytes;
	size_t off = packet_pad_off(after[PACKET_OFF_CODE_COUNT]);
	char field[TALK_FIELD_SIZE];

	for (unsigned i = 0; off < c->run->after.size; i++) {
		uint32_t want = packet_get32(after + off);
		uint32_t word = packet_get32(bytes + off);

		off += PACKET_WORD_SIZE;
		if (want == word)
			continue;
		snprintf(field, sizeof(field), "word %u", i);
		expect(c, field, "0x%08" PRIx32, want);
		got(c, "0x%08" PRIx32, word);
	}
}

static void
compare_packet(struct comparison *c)
{
	const char *text = json_string_value(json_object_get(c->reply,
		"packet"));
	const struct vector_packet *after = &c->run->after;
	uint8_t bytes[PACKET_SIZE_MAX];

	if (!hex_exact(text, bytes, after->size)) {
		expect(c, "packet", "%zu bytes", after->size);
		got(c, "%s", text ? text : "no string");
		return;
	}
	compare_bytes(c, bytes, 0, PACKET_OFF_CURSOR, "header");
	compare_byte(c, bytes, PACKET_OFF_CURSOR, "cursor");
	compare_byte(c, bytes, PACKET_OFF_HOPS, "hops");
	compare_status(c, bytes);
	compare_fault_pc(c, bytes);
	compare_bytes(c, bytes, PACKET_OFF_CHECKSUM, 2, "checksum");
	compare_bytes(c, bytes, PACKET_OFF_IDENT, 4, "header");
	compare_bytes(c, bytes, PACKET_HEADER_SIZE,
		packet_code_size(after->bytes[PACKET_OFF_CODE_COUNT]), "code");
	compare_pad(c, bytes);
}

/* What is wrong with an entry of a reply, or NULL. */
static const char *
read_entry(const json_t *json, struct vector_entry *entry)
{
	const char *created = json_string_value(json_object_get(json,
		"created_ns"));
	uint8_t key[KEY_SIZE];

	if (!hex_exact(json_string_value(json_object_get(json, "key")), key,
	    sizeof(key)))
		return "an entry without key";
	entry->key = packet_get64(key);
	if (!hex_exact(json_string_value(json_object_get(json, "words")),
	    entry->words, ENTRY_SIZE))
		return "an entry without words";
	if (!created || !*created || created[strspn(created, "0123456789")])
		return "an entry without created_ns";
	entry->created_ns = strtoull(created, NULL, 10);
	return NULL;
}

/* "-9.5 s: 1 2 3", without the zeros at the end. */
static const char *
entry_text(const struct vector_entry *entry, char buf[static TALK_TEXT_SIZE])
{
	int64_t ns = (int64_t)(entry->created_ns - VECTOR_TIME_0);
	uint64_t size = ns < 0 ? -(uint64_t)ns : (uint64_t)ns;
	unsigned last = ENTRY_SIZE / PACKET_WORD_SIZE;
	int at = snprintf(buf, TALK_TEXT_SIZE, "%s%" PRIu64 ".%09" PRIu64 ":",
		ns < 0 ? "-" : "", size / 1000000000, size % 1000000000);

	while (last > 1 && !packet_get32(entry->words +
	    PACKET_WORD_SIZE * (last - 1)))
		last--;
	for (unsigned i = 0; i < last; i++)
		at += snprintf(buf + at, TALK_TEXT_SIZE - (size_t)at, " %"
			PRIu32, packet_get32(entry->words +
				PACKET_WORD_SIZE * i));
	return buf;
}

/* One of them may be NULL: there is none. */
static void
compare_entry(struct comparison *c, const struct vector_entry *want,
	const struct vector_entry *have)
{
	char text[TALK_TEXT_SIZE], field[TALK_FIELD_SIZE];

	if (want && have && want->created_ns == have->created_ns &&
	    !memcmp(want->words, have->words, ENTRY_SIZE))
		return;
	snprintf(field, sizeof(field), "store 0x%016" PRIx64,
		want ? want->key : have->key);
	expect(c, field, "%s", want ? entry_text(want, text) : "no entry");
	got(c, "%s", have ? entry_text(have, text) : "no entry");
}

static int
by_key(const void *a, const void *b)
{
	uint64_t x = ((const struct vector_entry *)a)->key;
	uint64_t y = ((const struct vector_entry *)b)->key;

	return x < y ? -1 : x > y;
}

static void
compare_entries(struct comparison *c, const struct vector_entry *have,
	size_t count)
{
	const struct vector_store *store = &c->run->store;
	size_t i = 0, j = 0;

	while (i < store->count || j < count) {
		const struct vector_entry *want = &store->entries[i];

		if (j == count || (i < store->count &&
		    want->key < have[j].key)) {
			compare_entry(c, want, NULL);
			i++;
		} else if (i == store->count || have[j].key < want->key) {
			compare_entry(c, NULL, &have[j++]);
		} else {
			compare_entry(c, want, &have[j++]);
			i++;
		}
	}
}

static void
compare_store(struct comparison *c)
{
	const json_t *list = json_object_get(c->reply, "store");
	size_t count = json_array_size(list);
	struct vector_entry *entries = calloc(count + 1, sizeof(*entries));
	const char *wrong = json_is_array(list) && entries ? NULL :
		"no array";

	for (size_t i = 0; i < count && !wrong; i++)
		wrong = read_entry(json_array_get(list, i), &entries[i]);
	if (wrong) {
		expect(c, "store", "%u entries", c->run->store.count);
		got(c, "%s", wrong);
	} else {
		qsort(entries, count, sizeof(*entries), by_key);
		compare_entries(c, entries, count);
	}
	free(entries);
}

/* An engine that can not do as it is asked says so. */
static bool
compare_type(struct comparison *c)
{
	const char *type = json_string_value(json_object_get(c->reply,
		"type"));
	const char *text = json_string_value(json_object_get(c->reply,
		"text"));

	if (type && !strcmp(type, "ran") && json_integer_value(
	    json_object_get(c->reply, "v")) == 1)
		return true;
	expect(c, "reply", "v 1, type \"ran\"");
	got(c, "%s", text ? text : type ? type : "something else");
	return false;
}

unsigned
talk_compare(const struct vector_run *run, const json_t *reply,
	unsigned declines, talk_sink *sink, void *arg)
{
	struct comparison c = {.run = run, .reply = reply, .sink = sink,
		.arg = arg};

	if (!compare_type(&c))
		return c.count;
	compare_executed(&c);
	compare_verdict(&c);
	if (!(declines & TALK_COUNTS)) {
		compare_count(&c, "steps", run->steps);
		compare_count(&c, "cost", run->cost);
		compare_count(&c, "accesses", run->accesses);
	}
	compare_packet(&c);
	compare_rerouted(&c);
	compare_store(&c);
	return c.count;
}
