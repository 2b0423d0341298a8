/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet as JSON.  Every key is always there; what is not at hand, or does
 * not apply, is null or empty.  The keys are specified in wasp-dump(1).
 */
#include "dissect/dissect-int.h"

static const char *const type_names[] = {
	[DISSECT_OTHER] = "other",
	[DISSECT_UNKNOWN] = "unknown",
	[DISSECT_QUOTE] = "icmp",
	[DISSECT_WASP] = "wasp"
};

static json_t *
number_if(bool known, json_int_t value)
{
	return known ? json_integer(value) : json_null();
}

static void
complain(json_t *list, const char *state, const char *text)
{
	if (text && *text)
		json_array_append_new(list, json_pack("{ss ss}", "state",
			state, "message", text));
}

static void
complain_cut(json_t *list, const char *verb, size_t captured, size_t length)
{
	char text[DISSECT_TEXT_SIZE];

	if (captured >= length)
		return;
	snprintf(text, sizeof(text), "%s %zu of %zu bytes", verb, captured,
		length);
	complain(list, "snapped", text);
}

static void
complain_packet(json_t *list, const struct dissect_packet *packet)
{
	char text[DISSECT_TEXT_SIZE];

	complain(list, "truncated", packet->truncated);
	complain(list, "malformed", packet->malformed);
	complain(list, "plain", packet->plain);
	if (!packet->whole ||
	    packet->ip.wasp.checksum == packet->checksum_right)
		return;
	snprintf(text, sizeof(text), "checksum 0x%04x, should be 0x%04x",
		packet->ip.wasp.checksum, packet->checksum_right);
	complain(list, "malformed", text);
}

static json_t *
complaints_json(const struct dissect *dissect)
{
	json_t *list = json_array();

	complain_cut(list, "captured", dissect->captured, dissect->length);
	complain_packet(list, &dissect->packet);
	if (dissect->kind == DISSECT_QUOTE) {
		complain_cut(list, "quoted", dissect_quoted_size(dissect),
			dissect->quoted.length);
		complain_packet(list, &dissect->quoted);
	}
	return list;
}

static json_t *
ip_json(const struct ip_info *ip)
{
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE];
	bool udp = ip->sport || ip->dport;

	if (!ip->family)
		return json_null();
	return json_pack("{si ss ss sI si si si so so so}",
		"version", ip->family,
		"src", ip_addr_text(ip->src, src),
		"dst", ip_addr_text(ip->dst, dst),
		"length", (json_int_t)ip->total_size,
		"protocol", ip->protocol,
		"ttl", ip->hop_limit,
		"traffic_class", ip->traffic_class,
		"flow_label", number_if(ip->family == 6, ip->flow_label),
		"sport", number_if(udp, ip->sport),
		"dport", number_if(udp, ip->dport));
}

static void
add_status(json_t *json, const struct dissect_packet *packet)
{
	bool known = has(packet, PACKET_OFF_STATUS, 1);
	uint8_t status = packet->ip.wasp.status;
	unsigned fault = status & PACKET_STATUS_FAULT;
	char name[ISA_FAULT_NAME_SIZE];

	json_object_set_new(json, "status", number_if(known, status));
	json_object_set_new(json, "fault", known && fault ?
		json_string(isa_fault_name(fault, name)) : json_null());
	json_object_set_new(json, "fault_pc",
		number_if(has(packet, PACKET_OFF_FAULT_PC, 1),
		packet->ip.wasp.fault_pc));
	json_object_set_new(json, "rerouted",
		has(packet, PACKET_OFF_FAULT_PC, 1) ?
		json_boolean(packet->ip.wasp.rerouted) : json_null());
	json_object_set_new(json, "refused", known ?
		json_boolean(status & PACKET_STATUS_REFUSED) : json_null());
	json_object_set_new(json, "full", known ?
		json_boolean(status & PACKET_STATUS_FULL) : json_null());
}

static void
add_header(json_t *json, const struct dissect_packet *packet)
{
	const struct packet_header *header = &packet->ip.wasp;

	json_object_set_new(json, "flags", has(packet, PACKET_OFF_FLAGS, 1) ?
		report_flags_json(header->flags) : json_null());
	json_object_set_new(json, "next_header",
		number_if(has(packet, PACKET_OFF_NEXT_HEADER, 1),
		header->next_header));
	json_object_set_new(json, "code_length",
		number_if(has(packet, PACKET_OFF_CODE_COUNT, 1),
		header->code_count));
	json_object_set_new(json, "pad_length",
		number_if(has(packet, PACKET_OFF_PAD_COUNT, 1),
		header->pad_count));
	json_object_set_new(json, "cursor",
		number_if(has(packet, PACKET_OFF_CURSOR, 1), header->cursor));
	json_object_set_new(json, "hops",
		number_if(has(packet, PACKET_OFF_HOPS, 1), header->hops));
	add_status(json, packet);
	json_object_set_new(json, "checksum",
		number_if(has(packet, PACKET_OFF_CHECKSUM, 2),
		header->checksum));
	json_object_set_new(json, "checksum_right",
		number_if(packet->whole, packet->checksum_right));
	json_object_set_new(json, "ident",
		number_if(has(packet, PACKET_OFF_IDENT, 2), header->ident));
	json_object_set_new(json, "seq",
		number_if(has(packet, PACKET_OFF_SEQ, 2), header->seq));
}

static void
add_code(json_t *json, const struct dissect_packet *packet,
	const struct object *program)
{
	json_t *code = json_array(), *text = json_array();
	struct listing listing;
	unsigned count = listing_start(&listing, packet, program);
	char buf[ISA_TEXT_SIZE], hash[PACKET_HASH_SIZE];

	json_object_set_new(json, "code_hash",
		count && count == packet->ip.wasp.code_count ?
		json_string(packet_hash_text(packet_code_hash(packet->wasp,
			count), hash)) : json_null());
	for (unsigned pc = 0; pc < count; pc++) {
		uint16_t word = packet_insn(packet->wasp, pc);

		json_array_append_new(code, json_integer(word));
		json_array_append_new(text, json_string(isa_print(buf,
			sizeof(buf), word, pc, &listing.names)));
	}
	json_object_set_new(json, "code", code);
	json_object_set_new(json, "disassembly", text);
}

static void
add_pad(json_t *json, const struct dissect_packet *packet)
{
	json_t *pad = json_array();
	unsigned count = dissect_words_at_hand(packet);

	for (unsigned n = 0; n < count; n++)
		json_array_append_new(pad, json_integer(packet_word(
			packet->wasp, &packet->ip.wasp, n)));
	json_object_set_new(json, "scratchpad", pad);
}

/* What the notes say about the words, if all of them are there. */
static void
add_words(json_t *json, const struct dissect_packet *packet,
	const struct object *program)
{
	struct report report;
	json_t *all;

	json_object_set_new(json, "words", json_object());
	json_object_set_new(json, "records", json_null());
	if (!program || !packet->whole)
		return;
	report = dissect_report(packet, program);
	all = report_json(&report);
	json_object_set(json, "words", json_object_get(all, "words"));
	json_object_set(json, "records", json_object_get(all, "records"));
	json_decref(all);
}

static json_t *
wasp_json(const struct dissect_packet *packet, const struct object *program)
{
	json_t *json;

	if (!packet)
		return json_null();
	json = json_pack("{ss? so}",
		"program", program ? program->notes.program : NULL,
		"version", number_if(has_version(packet), packet->version));
	if (!json)
		return NULL;
	add_header(json, packet);
	add_code(json, packet, program);
	add_pad(json, packet);
	add_words(json, packet, program);
	json_object_set_new(json, "payload_size", number_if(
		packet->ip.wasp_size, dissect_payload_size(packet)));
	json_object_set_new(json, "inside", ip_json(&packet->inside));
	return json;
}

static json_t *
icmp_json(const struct dissect *dissect)
{
	char text[DISSECT_TEXT_SIZE];

	if (dissect->kind != DISSECT_QUOTE)
		return json_null();
	return json_pack("{si si ss so so}",
		"type", dissect->icmp_type, "code", dissect->icmp_code,
		"message", dissect_icmp_text(dissect, text),
		"mtu", number_if(dissect->icmp_mtu, dissect->icmp_mtu),
		"quoted", ip_json(&dissect->quoted.ip));
}

json_t *
dissect_json(const struct dissect *dissect, const struct object *program)
{
	return json_pack("{si ss sI sI so so so so so}",
		"v", 1,
		"type", type_names[dissect->kind],
		"captured", (json_int_t)dissect->captured,
		"length", (json_int_t)dissect->length,
		"ethertype", number_if(dissect->ethertype, dissect->ethertype),
		"ip", ip_json(&dissect->packet.ip),
		"icmp", icmp_json(dissect),
		"wasp", wasp_json(dissect_wasp(dissect), program),
		"complaints", complaints_json(dissect));
}
