/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A packet as text.  The grammar of the line is specified in wasp-dump(1);
 * scripts read it, so fields are added only behind those that are there.
 */
#include "dissect/dissect-int.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ZEROS_MANY = 8 };

static void
print_end(FILE *out, const struct ip_info *ip, const uint8_t *addr,
	uint16_t port)
{
	char text[IP_TEXT_SIZE];

	fputs(ip_addr_text(addr, text), out);
	if (ip->sport || ip->dport)
		fprintf(out, ".%u", port);
}

/* "SRC > DST: " */
static void
print_ends(FILE *out, const struct ip_info *ip)
{
	print_end(out, ip, ip->src, ip->sport);
	fputs(" > ", out);
	print_end(out, ip, ip->dst, ip->dport);
	fputs(": ", out);
}

static void
print_header(FILE *out, const struct dissect_packet *packet)
{
	const struct packet_header *header = &packet->ip.wasp;
	char flags[5];

	if (has(packet, PACKET_OFF_FLAGS, 1))
		fprintf(out, " %s", packet_flags_text(header->flags, flags));
	if (has(packet, PACKET_OFF_IDENT, 2))
		fprintf(out, " id 0x%04x", header->ident);
	if (has(packet, PACKET_OFF_SEQ, 2))
		fprintf(out, " seq %u", header->seq);
	if (has(packet, PACKET_OFF_HOPS, 1))
		fprintf(out, " hops %u", header->hops);
	if (has(packet, PACKET_OFF_CODE_COUNT, 1))
		fprintf(out, " code %u", header->code_count);
	if (has(packet, PACKET_OFF_PAD_COUNT, 1))
		fprintf(out, " pad %u", header->pad_count);
	if (has(packet, PACKET_OFF_CURSOR, 1))
		fprintf(out, " cursor %u", header->cursor);
}

static void
print_payload(FILE *out, const struct dissect_packet *packet)
{
	size_t size = dissect_payload_size(packet);

	if (has(packet, PACKET_OFF_NEXT_HEADER, 1) &&
	    packet->ip.wasp.next_header != PACKET_NEXT_NONE)
		fprintf(out, " next %u", packet->ip.wasp.next_header);
	if (size)
		fprintf(out, " payload %zu", size);
}

static void
print_status(FILE *out, const struct dissect_packet *packet)
{
	const struct packet_header *header = &packet->ip.wasp;
	unsigned fault = header->status & PACKET_STATUS_FAULT;
	char name[ISA_FAULT_NAME_SIZE];

	if (!has(packet, PACKET_OFF_STATUS, 1))
		return;
	if (fault)
		fprintf(out, " fault %s", isa_fault_name(fault, name));
	if (fault && has(packet, PACKET_OFF_FAULT_PC, 1))
		fprintf(out, " at pc %u", header->fault_pc);
	if (header->status & PACKET_STATUS_REFUSED)
		fputs(" refused", out);
	if (header->status & PACKET_STATUS_FULL)
		fputs(" full", out);
	if (header->rerouted && has(packet, PACKET_OFF_FAULT_PC, 1))
		fputs(" rerouted", out);
	if (packet->whole && header->checksum != packet->checksum_right)
		fprintf(out, " cksum bad (0x%04x, should be 0x%04x)",
			header->checksum, packet->checksum_right);
}

static void
print_remark(FILE *out, const char *kind, const char *text)
{
	if (text && *text)
		fprintf(out, " [%s: %s]", kind, text);
}

static void
print_remarks(FILE *out, const struct dissect_packet *packet)
{
	print_remark(out, "truncated", packet->truncated);
	print_remark(out, "malformed", packet->malformed);
	print_remark(out, "plain IP", packet->plain);
}

static void
print_cut(FILE *out, const char *verb, size_t captured, size_t length)
{
	if (captured < length)
		fprintf(out, " [%s %zu of %zu bytes]", verb, captured, length);
}

static void
print_inside(FILE *out, const struct ip_info *inside)
{
	if (!inside->family)
		return;
	fputs(" inside ", out);
	print_end(out, inside, inside->src, inside->sport);
	fputs(" > ", out);
	print_end(out, inside, inside->dst, inside->dport);
	fprintf(out, " protocol %u", inside->protocol);
}

static void
print_wasp(FILE *out, const struct dissect_packet *packet,
	const struct object *program)
{
	print_ends(out, &packet->ip);
	fputs("WASP", out);
	if (has_version(packet) && packet->version != PACKET_VERSION)
		fprintf(out, " version %u", packet->version);
	print_header(out, packet);
	fprintf(out, " ttl %u", packet->ip.hop_limit);
	print_payload(out, packet);
	print_status(out, packet);
	if (program && program->notes.program)
		fprintf(out, " program %s", program->notes.program);
	print_inside(out, &packet->inside);
}

static void
print_other(FILE *out, const struct dissect *dissect)
{
	const struct dissect_packet *packet = &dissect->packet;

	if (packet->ip.family) {
		print_ends(out, &packet->ip);
		fprintf(out, "protocol %u ttl %u", packet->ip.protocol,
			packet->ip.hop_limit);
	} else if (dissect->ethertype) {
		fprintf(out, "ethertype 0x%04x", dissect->ethertype);
	} else {
		fputs("unknown", out);
	}
	fprintf(out, " length %zu", dissect->length);
}

void
dissect_print_line(FILE *out, const struct dissect *dissect,
	const struct object *program)
{
	char text[DISSECT_TEXT_SIZE];

	switch (dissect->kind) {
	case DISSECT_QUOTE:
		print_ends(out, &dissect->packet.ip);
		fprintf(out, "ICMP%s %s quotes ",
			dissect->packet.ip.family == 6 ? "v6" : "",
			dissect_icmp_text(dissect, text));
		print_wasp(out, &dissect->quoted, program);
		print_cut(out, "quoted", dissect_quoted_size(dissect),
			dissect->quoted.length);
		print_remarks(out, &dissect->quoted);
		break;
	case DISSECT_WASP:
		print_wasp(out, &dissect->packet, program);
		break;
	case DISSECT_UNKNOWN:
	case DISSECT_OTHER:
		print_other(out, dissect);
		break;
	}
	print_cut(out, "captured", dissect->captured, dissect->length);
	print_remarks(out, &dissect->packet);
}

/*
 * The fields, one a line, each "name value".
 */

static void
print_ip_fields(FILE *out, const struct ip_info *ip)
{
	char text[IP_TEXT_SIZE];

	if (!ip->family)
		return;
	fprintf(out, "\tIPv%u\n", ip->family);
	fprintf(out, "\t  source           %s\n", ip_addr_text(ip->src, text));
	fprintf(out, "\t  destination      %s\n", ip_addr_text(ip->dst, text));
	fprintf(out, "\t  length           %zu\n", ip->total_size);
	fprintf(out, "\t  protocol         %u\n", ip->protocol);
	fprintf(out, "\t  ttl              %u\n", ip->hop_limit);
	fprintf(out, "\t  traffic class    0x%02x\n", ip->traffic_class);
	if (ip->family == 6)
		fprintf(out, "\t  flow label       0x%05" PRIx32 "\n",
			ip->flow_label);
	if (ip->sport || ip->dport)
		fprintf(out, "\t%s\n\t  source port      %u\n"
			"\t  destination port %u\n",
			ip->protocol == IP_PROTOCOL_UDP ? "UDP" : "TCP",
			ip->sport, ip->dport);
}

static void
print_flags_field(FILE *out, uint8_t flags)
{
	char text[5];

	fprintf(out, "\t  flags            %s%s%s%s%s\n",
		packet_flags_text(flags, text),
		flags & PACKET_FLAG_INGRESS ? " ingress" : "",
		flags & PACKET_FLAG_EGRESS ? " egress" : "",
		flags & PACKET_FLAG_BACK ? " back" : "",
		flags & PACKET_FLAG_RETURNED ? " returned" : "");
}

static void
print_status_field(FILE *out, uint8_t status)
{
	unsigned fault = status & PACKET_STATUS_FAULT;
	char name[ISA_FAULT_NAME_SIZE];

	fprintf(out, "\t  status           0x%02x%s%s%s%s\n", status,
		fault ? " fault " : "",
		fault ? isa_fault_name(fault, name) : "",
		status & PACKET_STATUS_REFUSED ? " refused" : "",
		status & PACKET_STATUS_FULL ? " full" : "");
}

static void
print_checksum_field(FILE *out, const struct dissect_packet *packet)
{
	uint16_t checksum = packet->ip.wasp.checksum;

	fprintf(out, "\t  checksum         0x%04x", checksum);
	if (!packet->whole)
		fputs(" not verifiable\n", out);
	else if (checksum == packet->checksum_right)
		fputs(" right\n", out);
	else
		fprintf(out, " bad, should be 0x%04x\n",
			packet->checksum_right);
}

/* A number of the header, if it is at hand. */
static void
print_number(FILE *out, const struct dissect_packet *packet, size_t off,
	const char *name, unsigned value, const char *unit)
{
	if (has(packet, off, 1))
		fprintf(out, "\t  %-16s %u%s\n", name, value, unit);
}

/* What follows, where a node may have wrapped it: IANA's protocol numbers. */
static const char *
next_header_name(unsigned next)
{
	switch (next) {
	case 4: return " IPv4";
	case 41: return " IPv6";
	case PACKET_NEXT_NONE: return " none";
	default: return "";
	}
}

static void
print_wasp_fields(FILE *out, const struct dissect_packet *packet)
{
	const struct packet_header *header = &packet->ip.wasp;

	if (!has_version(packet))
		return;
	fprintf(out, "\tWASP\n\t  version          %u\n", packet->version);
	if (has(packet, PACKET_OFF_FLAGS, 1))
		print_flags_field(out, header->flags);
	print_number(out, packet, PACKET_OFF_NEXT_HEADER, "next header",
		header->next_header, next_header_name(header->next_header));
	print_number(out, packet, PACKET_OFF_CODE_COUNT, "code length",
		header->code_count, " instructions");
	print_number(out, packet, PACKET_OFF_PAD_COUNT, "pad length",
		header->pad_count, " words");
	print_number(out, packet, PACKET_OFF_CURSOR, "cursor",
		header->cursor, "");
	print_number(out, packet, PACKET_OFF_HOPS, "hops", header->hops, "");
	if (has(packet, PACKET_OFF_STATUS, 1))
		print_status_field(out, header->status);
	print_number(out, packet, PACKET_OFF_FAULT_PC, "fault pc",
		header->fault_pc, header->rerouted ? ", rerouted" : "");
	if (has(packet, PACKET_OFF_CHECKSUM, 2))
		print_checksum_field(out, packet);
	if (has(packet, PACKET_OFF_IDENT, 2))
		fprintf(out, "\t  identifier       0x%04x\n", header->ident);
	print_number(out, packet, PACKET_OFF_SEQ + 1, "sequence",
		header->seq, "");
	if (dissect_payload_size(packet))
		fprintf(out, "\t  payload          %zu bytes\n",
			dissect_payload_size(packet));
	print_ip_fields(out, &packet->inside);
}

static void
print_code(FILE *out, const struct dissect_packet *packet,
	const struct object *program)
{
	struct listing listing;
	unsigned count = listing_start(&listing, packet, program);
	char text[ISA_TEXT_SIZE], column[NOTES_NAME_SIZE + 1];
	char hash[PACKET_HASH_SIZE];

	if (count)
		fputs("\tcode", out);
	if (count && count == packet->ip.wasp.code_count)
		fprintf(out, " %s", packet_hash_text(packet_code_hash(
			packet->wasp, count), hash));
	if (count)
		fputc('\n', out);
	for (unsigned pc = 0; pc < count; pc++) {
		uint16_t word = packet_insn(packet->wasp, pc);
		const char *label = listing_label(&listing, pc);

		snprintf(column, sizeof(column), "%.64s%s",
			label ? label : "", label ? ":" : "");
		fprintf(out, "\t  %3u  %04x  %-7s %s\n", pc, word, column,
			isa_print(text, sizeof(text), word, pc,
			&listing.names));
	}
}

/* What another printer writes, indented. */
static void
print_report(FILE *out, void (*print)(FILE *, const struct report *),
	const struct report *report)
{
	char *text = NULL, *line, *rest;
	size_t size;
	FILE *memory = open_memstream(&text, &size);

	if (!memory)
		return;
	print(memory, report);
	fclose(memory);
	for (line = strtok_r(text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest))
		fprintf(out, "\t  %s\n", line);
	free(text);
}

/* How many words from n on are zero. */
static unsigned
count_zeros(const struct dissect_packet *packet, unsigned n, unsigned count)
{
	unsigned first = n;

	while (n < count &&
	       packet_word(packet->wasp, &packet->ip.wasp, n) == 0)
		n++;
	return n - first;
}

static void
print_word(FILE *out, const struct dissect_packet *packet, unsigned n,
	const struct object *program)
{
	uint32_t word = packet_word(packet->wasp, &packet->ip.wasp, n);
	char buf[NOTES_NAME_SIZE];
	const char *name = program ?
		notes_word_text(&program->notes, n, buf) : NULL;

	fprintf(out, "\t  %3u  0x%08" PRIx32 "  %10" PRIu32 "%s%s\n", n, word,
		word, name ? "  " : "", name ? name : "");
}

/* Word by word; many zeros in a row, as of room not used, are one line. */
static void
print_pad(FILE *out, const struct dissect_packet *packet,
	const struct object *program)
{
	unsigned count = dissect_words_at_hand(packet);

	if (count)
		fputs("\tscratchpad\n", out);
	for (unsigned n = 0; n < count; n++) {
		unsigned zeros = count_zeros(packet, n, count);

		print_word(out, packet, n, program);
		if (zeros < ZEROS_MANY)
			continue;
		fprintf(out, "\t       to %u all zero\n", n + zeros - 1);
		n += zeros - 1;
	}
}

static void
print_icmp_fields(FILE *out, const struct dissect *dissect)
{
	fprintf(out, "\tICMP%s\n\t  type             %u\n"
		"\t  code             %u\n",
		dissect->packet.ip.family == 6 ? "v6" : "",
		dissect->icmp_type, dissect->icmp_code);
	if (dissect->icmp_mtu)
		fprintf(out, "\t  mtu              %" PRIu32 "\n",
			dissect->icmp_mtu);
	print_ip_fields(out, &dissect->quoted.ip);
}

void
dissect_print_fields(FILE *out, const struct dissect *dissect,
	const struct object *program)
{
	const struct dissect_packet *wasp = dissect_wasp(dissect);
	struct report report;

	print_ip_fields(out, &dissect->packet.ip);
	if (dissect->kind == DISSECT_QUOTE)
		print_icmp_fields(out, dissect);
	if (!wasp)
		return;
	print_wasp_fields(out, wasp);
	print_code(out, wasp, program);
	print_pad(out, wasp, program);
	if (!wasp->whole)
		return;
	report = dissect_report(wasp, program);
	if (program)
		fputs("\twords\n", out);
	if (program)
		print_report(out, report_print_words, &report);
	if (wasp->ip.wasp.status)
		fputs("\tstatus\n", out);
	print_report(out, report_print_status, &report);
}

void
dissect_print_hex(FILE *out, const struct dissect *dissect)
{
	const struct dissect_packet *packet = dissect_wasp(dissect);
	size_t size = packet ? packet->have : 0;

	if (packet && packet->ip.wasp_size && size > packet->ip.wasp_size)
		size = packet->ip.wasp_size;
	for (size_t i = 0; i < size; i++) {
		if (i % 16 == 0)
			fprintf(out, "\t0x%04zx: ", i);
		fprintf(out, "%s%02x", i % 2 ? "" : " ", packet->wasp[i]);
		if (i % 16 == 15 || i + 1 == size)
			fputc('\n', out);
	}
}
