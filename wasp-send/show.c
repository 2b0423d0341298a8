/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-send tells; see show.h. */
#include "wasp-send/show.h"

#include <inttypes.h>

#include "wasp/report.h"

enum { HEX_COLUMNS = 16 };

static double
ms(uint64_t ns)
{
	return (double)ns / 1e6;
}

/* The name of the program, where notes give one. */
static const char *
program(const struct probe *probe)
{
	const char *name = probe->object->notes.program;

	return name ? name : "a program without a name";
}

static void
show_number(FILE *out, unsigned n, const char *what)
{
	fprintf(out, "%u %s%s", n, what, n == 1 ? "" : "s");
}

static void
show_carrier(FILE *out, const struct probe *probe)
{
	if (probe->form.udp)
		fprintf(out, "UDP port %u > %u", probe->form.sport,
			probe->form.dport);
	else
		fprintf(out, "protocol %u", probe->form.protocol);
}

static void
show_hex(FILE *out, const uint8_t *p, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		if (i % HEX_COLUMNS == 0)
			fprintf(out, "%04zx ", i);
		fprintf(out, " %02x%s", p[i], i + 1 == size ||
			i % HEX_COLUMNS == HEX_COLUMNS - 1 ? "\n" : "");
	}
}

void
show_packet(FILE *out, const struct probe *probe, uint16_t seq)
{
	uint8_t p[PROBE_SIZE_MAX];
	size_t size = probe_build(probe, seq, p);
	const struct ip_form *form = &probe->form;
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], flags[5];
	struct packet_header header = {0};

	packet_parse(p + (size - probe->object->size), probe->object->size,
		&header);
	fprintf(out, "IPv%u %s > %s, %zu bytes, hop limit %u, "
		"traffic class 0x%02x, ", form->family,
		ip_addr_text(form->src, src), ip_addr_text(form->dst, dst),
		size, form->hop_limit, form->traffic_class);
	show_carrier(out, probe);
	fprintf(out, "\nWASP %s, flags %s, ", program(probe),
		packet_flags_text(header.flags, flags));
	show_number(out, header.code_count, "instruction");
	fprintf(out, ", ");
	show_number(out, header.pad_count, "word");
	fprintf(out, ", cursor %u, identifier 0x%04x, sequence %u, "
		"checksum 0x%04x\n", header.cursor, header.ident, header.seq,
		header.checksum);
	show_hex(out, p, size);
}

static json_t *
hex_json(const uint8_t *p, size_t size)
{
	char text[2 * PROBE_SIZE_MAX + 1];

	for (size_t i = 0; i < size; i++)
		snprintf(text + 2 * i, 3, "%02x", p[i]);
	return json_string(text);
}

/* A number, or null where the packet has none such. */
static json_t *
number_json(bool there, uint32_t number)
{
	return there ? json_integer(number) : json_null();
}

json_t *
show_packet_json(const struct probe *probe, uint16_t seq)
{
	uint8_t p[PROBE_SIZE_MAX];
	size_t size = probe_build(probe, seq, p);
	const struct ip_form *form = &probe->form;
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];

	return json_pack("{s:i, s:s, s:s, s:s, s:i, s:i, s:i, s:i, s:o, s:o, "
		"s:o, s:i, s:i, s:o}", "v", 1, "type", "packet",
		"src", ip_addr_text(form->src, src),
		"dst", ip_addr_text(form->dst, dst),
		"size", (int)size, "hop_limit", form->hop_limit,
		"traffic_class", form->traffic_class,
		"protocol", form->udp ? IP_PROTOCOL_UDP : form->protocol,
		"flow_label", number_json(form->family == 6, form->flow_label),
		"sport", number_json(form->udp, form->sport),
		"dport", number_json(form->udp, form->dport),
		"ident", probe->ident, "seq", seq, "bytes", hex_json(p, size));
}

/* The name of a word, or its index. */
static const char *
word_name(const struct object *object, unsigned n,
	char buf[static NOTES_NAME_SIZE])
{
	if (!notes_word_text(&object->notes, n, buf))
		snprintf(buf, NOTES_NAME_SIZE, "%u", n);
	return buf;
}

static uint64_t
key_at(const struct object *object, unsigned first)
{
	return (uint64_t)packet_word(object->packet, &object->header, first) <<
		32 | packet_word(object->packet, &object->header, first + 1);
}

void
show_keys(FILE *out, const struct object *object)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	char name[NOTES_NAME_SIZE];

	for (unsigned i = 0; i < object->notes.random_count; i++) {
		unsigned first = object->notes.randoms[i].first;
		uint64_t key = key_at(object, first);

		fprintf(out, "%s key %s = 0x%016" PRIx64 "\n",
			spaces[key_space(key)], word_name(object, first, name),
			key);
	}
}

json_t *
show_keys_json(const struct object *object)
{
	json_t *keys = json_object();
	char name[NOTES_NAME_SIZE], text[19];

	for (unsigned i = 0; i < object->notes.random_count; i++) {
		unsigned first = object->notes.randoms[i].first;

		snprintf(text, sizeof(text), "0x%016" PRIx64,
			key_at(object, first));
		json_object_set_new(keys, word_name(object, first, name),
			json_string(text));
	}
	return json_pack("{s:i, s:s, s:o}", "v", 1, "type", "keys",
		"keys", keys);
}

void
show_start(FILE *out, const struct probe *probe, const char *if_name)
{
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];

	fprintf(out, "%s to %s from %s by %s, %zu bytes, ", program(probe),
		ip_addr_text(probe->form.dst, dst),
		ip_addr_text(probe->form.src, src), if_name,
		probe_size(probe));
	show_carrier(out, probe);
	fprintf(out, "\n");
}

static void
show_icmp(FILE *out, const struct exchange_event *event)
{
	const struct match *match = event->match;

	fprintf(out, "%.3f ms: %s", ms(event->time_ns), match->reason->text);
	if (match->icmp_mtu)
		fprintf(out, ", which takes %" PRIu32 " bytes",
			match->icmp_mtu);
	if (match->seq_known && match->header.hops) {
		fprintf(out, "; ");
		show_number(out, match->header.hops, "hop");
		fprintf(out, " had run it");
	}
	fprintf(out, "\n");
}

static struct report
report_of(const struct probe *probe, const struct match *match)
{
	return (struct report){&probe->object->notes, match->wasp,
		&match->header, probe->object->header.cursor};
}

static void
show_words(FILE *out, const struct probe *probe, const struct match *match)
{
	struct report report = report_of(probe, match);

	report_print_status(out, &report);
	report_print_words(out, &report);
}

static void
show_answer(FILE *out, const struct exchange_event *event)
{
	static const char *const remarks[] = {
		[EXCHANGE_REPLY] = "",
		[EXCHANGE_DUPLICATE] = ", duplicate",
		[EXCHANGE_LATE] = ", late",
		[EXCHANGE_DAMAGED] = ", damaged: its checksum is wrong"
	};
	const struct match *match = event->match;

	show_number(out, match->header.hops, "hop");
	fprintf(out, ", %.3f ms%s%s\n", ms(event->time_ns),
		match->rerouted ? ", rerouted" : "", remarks[event->kind]);
}

void
show_event(FILE *out, const struct probe *probe,
	const struct exchange_event *event)
{
	const struct match *match = event->match;
	char from[IP_TEXT_SIZE];

	if (event->kind == EXCHANGE_TIMEOUT) {
		fprintf(out, "seq %u: no answer in %.0f ms\n", event->seq,
			ms(event->time_ns));
		return;
	}
	fprintf(out, "from %s: seq %u, ", ip_addr_text(match->from, from),
		event->seq);
	if (event->kind == EXCHANGE_ICMP)
		show_icmp(out, event);
	else
		show_answer(out, event);
	if (event->kind == EXCHANGE_REPLY || (event->kind == EXCHANGE_ICMP &&
	    match->wasp && match->header.hops))
		show_words(out, probe, match);
}

/* Fields of an answer; takes over `json`. */
static json_t *
add_answer_json(json_t *json, const struct probe *probe,
	const struct match *match)
{
	struct report report = report_of(probe, match);

	json_object_set_new(json, "rerouted", json_boolean(match->rerouted));
	json_object_update_new(json, report_json(&report));
	return json;
}

static json_t *
add_icmp_json(json_t *json, const struct probe *probe,
	const struct match *match)
{
	struct report report = report_of(probe, match);

	json_object_set_new(json, "icmp_type", json_integer(match->icmp_type));
	json_object_set_new(json, "icmp_code", json_integer(match->icmp_code));
	json_object_set_new(json, "reason", json_string(match->reason->name));
	json_object_set_new(json, "mtu", match->icmp_mtu ?
		json_integer(match->icmp_mtu) : json_null());
	json_object_set_new(json, "hops", match->seq_known ?
		json_integer(match->header.hops) : json_null());
	json_object_set_new(json, "quote", match->wasp ?
		report_json(&report) : json_null());
	return json;
}

json_t *
show_event_json(const struct probe *probe, const struct exchange_event *event)
{
	static const char *const types[] = {
		[EXCHANGE_REPLY] = "reply",
		[EXCHANGE_DUPLICATE] = "duplicate",
		[EXCHANGE_LATE] = "late",
		[EXCHANGE_DAMAGED] = "damaged",
		[EXCHANGE_ICMP] = "icmp",
		[EXCHANGE_TIMEOUT] = "timeout"
	};
	json_t *json = json_pack("{s:i, s:s, s:i, s:I}", "v", 1,
		"type", types[event->kind], "seq", (int)event->seq,
		"time_ns", (json_int_t)event->time_ns);
	char from[IP_TEXT_SIZE];

	if (!json || event->kind == EXCHANGE_TIMEOUT)
		return json;
	json_object_set_new(json, "from", json_string(ip_addr_text(
		event->match->from, from)));
	json_object_set_new(json, "hop_limit",
		json_integer(event->match->hop_limit));
	return event->kind == EXCHANGE_ICMP ?
		add_icmp_json(json, probe, event->match) :
		add_answer_json(json, probe, event->match);
}

static void
show_count(FILE *out, unsigned count, const char *what)
{
	if (count)
		fprintf(out, ", %u %s", count, what);
}

static uint64_t
mean_ns(const struct tally *tally)
{
	return tally->answered ? tally->rtt_sum_ns / tally->answered : 0;
}

void
show_summary(FILE *out, const struct probe *probe, const struct tally *tally,
	bool waited)
{
	char to[IP_TEXT_SIZE];

	fprintf(out, "--- %s: %u sent", ip_addr_text(probe->form.dst, to),
		tally->sent);
	if (waited || tally->answered)
		fprintf(out, ", %u answered", tally->answered);
	if (waited)
		show_count(out, tally->sent - tally->answered, "unanswered");
	show_count(out, tally->faults, "with a fault");
	show_count(out, tally->refused, "refused by ICMP");
	show_count(out, tally->duplicates, "duplicate");
	show_count(out, tally->late, "late");
	show_count(out, tally->damaged, "damaged");
	if (tally->answered)
		fprintf(out, "; min/avg/max %.3f/%.3f/%.3f ms",
			ms(tally->rtt_min_ns), ms(mean_ns(tally)),
			ms(tally->rtt_max_ns));
	fprintf(out, "\n");
}

json_t *
show_summary_json(const struct probe *probe, const struct tally *tally)
{
	char to[IP_TEXT_SIZE];
	json_t *json = json_pack("{s:i, s:s, s:s, s:i, s:i, s:i, s:i, s:i, "
		"s:i, s:i}", "v", 1, "type", "summary",
		"to", ip_addr_text(probe->form.dst, to),
		"sent", (int)tally->sent, "answered", (int)tally->answered,
		"refused", (int)tally->refused, "faults", (int)tally->faults,
		"duplicates", (int)tally->duplicates, "late", (int)tally->late,
		"damaged", (int)tally->damaged);

	if (!json || !tally->answered)
		return json;
	json_object_set_new(json, "time_ns", json_pack("{s:I, s:I, s:I}",
		"min", (json_int_t)tally->rtt_min_ns,
		"avg", (json_int_t)mean_ns(tally),
		"max", (json_int_t)tally->rtt_max_ns));
	return json;
}
