/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A program in any form; see input.h.
 *
 *	bytes -> object
 *	      -> capture -> frame -+-> IP -> WASP
 *	      -> text -> bytes ----+   IP -> ICMP error -> IP -> WASP
 *	                       ----------> WASP
 */
#include "capture/input.h"

#include <pcap/dlt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "capture/capture.h"
#include "capture/hex.h"
#include "capture/link.h"

enum { REASON_SIZE = 160 };

/* What bytes turned out to be. */
enum layer { LAYER_NONE, LAYER_WASP, LAYER_IP, LAYER_FRAME };

/* The WASP in some bytes, or why there is none. */
struct found {
	enum layer layer;
	size_t ip_off, ip_size;		/* size at hand; not with LAYER_WASP */
	struct ip_info info;
	bool quoted, snapped;
	char reason[REASON_SIZE];
};

struct reader {
	struct input *input;
	const struct input_choice *choice;
	diag_sink *sink;
	void *arg;
};

static bool
report(const struct reader *reader, struct diag *diag)
{
	diag->file = reader->choice->file;
	reader->sink(reader->arg, diag);
	return false;
}

static bool __attribute__((format(printf, 3, 4)))
fail(const struct reader *reader, enum diag_id id, const char *format, ...)
{
	struct diag diag = {.file = reader->choice->file};
	va_list ap;

	va_start(ap, format);
	diag_set_va(&diag, id, format, ap);
	va_end(ap);
	diag.severity = DIAG_ERROR;
	return report(reader, &diag);
}

/*
 * From a packet to its WASP.
 */

static bool __attribute__((format(printf, 2, 3)))
give_reason(struct found *found, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(found->reason, sizeof(found->reason), format, ap);
	va_end(ap);
	return false;
}

static bool
is_short(enum ip_error error, const struct ip_info *info)
{
	return error == IP_SHORT || (error == IP_NO_WASP &&
		(info->wasp_error == PACKET_SHORT_HEADER ||
		 info->wasp_error == PACKET_SHORT_CODE ||
		 info->wasp_error == PACKET_SHORT_PAD));
}

static bool
explain(struct found *found, enum ip_error error, size_t size, size_t length)
{
	const struct ip_info *info = &found->info;
	size_t total = info->total_size ? info->total_size : length;

	found->snapped = is_short(error, info) && size < length &&
		size < total;
	if (found->snapped)
		return give_reason(found, "only %zu of its %zu bytes were "
			"captured", size, total);
	if (is_short(error, info) && found->quoted)
		return give_reason(found, "the ICMP error quotes too little "
			"of it");
	if (error == IP_NO_WASP)
		return give_reason(found, "its content %s%s",
			info->wasp_error == PACKET_BAD_MAGIC ||
			is_short(error, info) ? "" : "is no WASP: ",
			packet_error_text(info->wasp_error));
	if (error == IP_OTHER && info->protocol == IP_PROTOCOL_UDP)
		return give_reason(found, "UDP from port %u to %u", info->sport,
			info->dport);
	if (error == IP_OTHER)
		return give_reason(found, "IPv%u of protocol %u", info->family,
			info->protocol);
	return give_reason(found, "%s", ip_error_text(error));
}

/*
 * In the IP packet at off in size bytes, of which there were length before the
 * capture cut them.
 */
static bool
find_in_ip(struct found *found, const uint8_t *p, size_t off, size_t size,
	size_t length, const struct ip_numbers *numbers)
{
	const uint8_t *ip = p + off;
	enum ip_error error = ip_find(ip, size - off, numbers, &found->info);
	size_t total = found->info.total_size, quote;

	found->ip_off = off;
	found->ip_size = size - off < total ? size - off : total;
	/* A router takes WASP within WASP for plain IP, but it can be read. */
	if (error == IP_OK || error == IP_NESTED)
		return true;
	quote = error == IP_OTHER && !found->quoted ?
		ip_quote_off(ip, found->ip_size, &found->info) : 0;
	if (!quote)
		return explain(found, error, size - off, length - off);
	found->quoted = true;
	/* What an error quotes may be short without being cut. */
	if (size == length)
		length = off + found->ip_size;
	return find_in_ip(found, p, off + quote, off + found->ip_size, length,
		numbers);
}

static bool
find_in_frame(struct found *found, int dlt, const uint8_t *p, size_t size,
	size_t length, const struct ip_numbers *numbers)
{
	uint16_t ethertype;
	size_t off;

	*found = (struct found){.layer = LAYER_NONE};
	switch (link_find(dlt, p, size, &off, &ethertype)) {
	case LINK_IP:
		if (!find_in_ip(found, p, off, size, length, numbers))
			return false;
		found->layer = LAYER_FRAME;
		return true;
	case LINK_SHORT:
		found->snapped = size < length;
		return give_reason(found, "it ends within the link header");
	case LINK_OTHER:
		break;
	}
	if (ethertype)
		return give_reason(found, "no IP: its EtherType is 0x%04x",
			ethertype);
	return give_reason(found, "no IP");
}

/*
 * In bytes of which nothing is known: each layer is tried, and the reason is
 * that of the likeliest.
 */
static bool
find_in_bytes(struct found *found, const uint8_t *p, size_t size,
	const struct ip_numbers *numbers)
{
	struct packet_header header;
	enum packet_error error = packet_parse(p, size, &header);
	struct found ip = {.layer = LAYER_IP};

	*found = (struct found){.layer = LAYER_WASP};
	if (error == PACKET_OK)
		return true;
	if (find_in_ip(&ip, p, 0, size, size, numbers)) {
		*found = ip;
		return true;
	}
	if (find_in_frame(found, DLT_EN10MB, p, size, size, numbers))
		return true;
	/* It does begin with 'WA'. */
	if (size >= 2 && error != PACKET_BAD_MAGIC)
		return give_reason(found, "%s", packet_error_text(error));
	if (!found->info.family)
		*found = ip;
	found->layer = LAYER_NONE;
	if (!found->info.family)
		return give_reason(found, "neither WASP from 'W', nor an IP "
			"packet, nor an Ethernet frame");
	return false;
}

/*
 * From the WASP to the input.
 */

/* What it is, for people: addresses, carrier. */
static void
describe(struct input *input, const char *what)
{
	const struct ip_info *info = &input->info;
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], carrier[32];

	if (!input->ip) {
		snprintf(input->text, sizeof(input->text), "%s", what);
		return;
	}
	if (info->protocol == IP_PROTOCOL_UDP)
		snprintf(carrier, sizeof(carrier), "UDP port %u", info->dport);
	else
		snprintf(carrier, sizeof(carrier), "protocol %u",
			info->protocol);
	snprintf(input->text, sizeof(input->text), "%s: %s > %s, %s%s", what,
		ip_addr_text(info->src, src), ip_addr_text(info->dst, dst),
		carrier, input->quoted ? ", as an ICMP error quotes it" : "");
}

static bool
keep_name(const struct reader *reader)
{
	struct input *input = reader->input;
	const char *file = reader->choice->file;
	size_t size = strlen(file) + 24;

	input->name = malloc(size);
	if (!input->name)
		return fail(reader, DIAG_NONE, "out of memory");
	if (input->packet && input->packets > 1)
		snprintf(input->name, size, "%s#%lu", file, input->packet);
	else
		snprintf(input->name, size, "%s", file);
	return true;
}

static bool
read_object(const struct reader *reader, const uint8_t *bytes, size_t size)
{
	return object_read(&reader->input->object, bytes, size,
		reader->input->name, reader->sink, reader->arg);
}

/*
 * Searching packets for the one to take.
 */

struct search {
	bool taken;
	struct found found;		/* in bytes, which are a copy */
	uint8_t *bytes;
	size_t size;
	unsigned long looked_at;	/* packets that might have been taken */
	unsigned long refused;		/* the first of them that was not */
	bool refused_snapped;
	char reason[REASON_SIZE];	/* why */
};

static bool
keep(struct search *search, const struct found *found, const uint8_t *p,
	size_t size)
{
	search->found = *found;
	search->size = size;
	search->bytes = malloc(size);
	if (!search->bytes)
		return false;
	memcpy(search->bytes, p, size);
	search->taken = true;
	return true;
}

static void
refuse(struct search *search, const struct found *found, unsigned long number)
{
	if (search->refused && (search->refused_snapped || !found->snapped))
		return;
	search->refused = number;
	search->refused_snapped = found->snapped;
	memcpy(search->reason, found->reason, sizeof(search->reason));
}

/* One packet: count it, and take it if it is the one.  false: no memory. */
static bool
look_at(const struct reader *reader, struct search *search,
	const struct found *found, unsigned long number, const uint8_t *p,
	size_t size)
{
	struct input *input = reader->input;
	unsigned long wanted = reader->choice->packet;

	input->packets = number;
	input->wasp_packets += found->layer != LAYER_NONE;
	if (search->taken || (wanted && wanted != number))
		return true;
	search->looked_at++;
	if (found->layer == LAYER_NONE) {
		refuse(search, found, number);
		return true;
	}
	input->packet = number;
	return keep(search, found, p, size) ||
		fail(reader, DIAG_NONE, "out of memory");
}

static const char *
plural(unsigned long n)
{
	return n == 1 ? "" : "s";
}

/* Nothing was taken: of all that can be said, the most to the point. */
static bool
fail_search(const struct reader *reader, const struct search *search)
{
	const struct input_choice *choice = reader->choice;
	unsigned long packets = reader->input->packets;

	if (choice->packet > packets)
		return fail(reader, DIAG_INPUT_NUMBER, "there is no packet "
			"%lu: it holds %lu packet%s", choice->packet, packets,
			plural(packets));
	if (search->refused_snapped)
		return fail(reader, DIAG_INPUT_SNAPPED, "packet %lu was cut "
			"short: %s", search->refused, search->reason);
	if (choice->packet)
		return fail(reader, DIAG_INPUT_NOT_WASP, "packet %lu holds no "
			"WASP: %s", choice->packet, search->reason);
	if (choice->filter && search->looked_at == 0)
		return fail(reader, DIAG_INPUT_NO_WASP, "no packet of %lu "
			"matches '%.100s'", packets, choice->filter);
	if (!search->refused)
		return fail(reader, DIAG_INPUT_NO_WASP, "it holds no packet");
	return fail(reader, DIAG_INPUT_NO_WASP, "none of %lu packet%s%s holds "
		"WASP; packet %lu: %s", search->looked_at,
		plural(search->looked_at),
		choice->filter ? " that match" : "", search->refused,
		search->reason);
}

/* The WASP from 'W' on, with notes if there are any: not its payload. */
static size_t
object_size(const uint8_t *p, size_t size)
{
	static const char notes[] = "WASP-NOTES";
	struct packet_header header;
	size_t wasp_size;

	packet_parse(p, size, &header);
	wasp_size = packet_size(header.code_count, header.pad_count);
	if (size > wasp_size + sizeof(notes) &&
	    !memcmp(p + wasp_size, notes, sizeof(notes) - 1))
		return size;
	return wasp_size;
}

/* what: how it was found, for people. */
static bool
take(const struct reader *reader, const struct search *search, const char *what)
{
	struct input *input = reader->input;
	const struct found *found = &search->found;

	if (found->layer == LAYER_WASP) {
		describe(input, what);
		return keep_name(reader) && read_object(reader, search->bytes,
			object_size(search->bytes, search->size));
	}
	input->ip = malloc(found->ip_size);
	if (!input->ip)
		return fail(reader, DIAG_NONE, "out of memory");
	memcpy(input->ip, search->bytes + found->ip_off, found->ip_size);
	input->ip_size = found->ip_size;
	input->info = found->info;
	input->quoted = found->quoted;
	describe(input, what);
	return keep_name(reader) && read_object(reader,
		input->ip + input->info.wasp_off, input->info.wasp_size);
}

/*
 * Captures.
 */

/* All frames, for there may be more WASP behind the one to take. */
static bool
search_capture(const struct reader *reader, struct capture *capture,
	struct search *search)
{
	struct capture_frame frame;
	enum capture_result result;
	struct found found;
	struct diag diag;

	while ((result = capture_next(capture, &frame, &diag)) == CAPTURE_OK) {
		bool before = search->taken;

		find_in_frame(&found, capture->link, frame.bytes,
			frame.captured, frame.length,
			&reader->choice->numbers);
		if (!look_at(reader, search, &found, frame.number, frame.bytes,
		    frame.captured))
			return false;
		if (!before && search->taken)
			reader->input->time_us = frame.time_us;
	}
	reader->input->packets = capture->count;
	if (result != CAPTURE_END && !search->taken)
		return report(reader, &diag);
	return search->taken || fail_search(reader, search);
}

static bool
open_capture(const struct reader *reader, struct capture *capture,
	const uint8_t *bytes, size_t size)
{
	const struct input_choice *choice = reader->choice;
	struct diag diag;

	if (capture_open_bytes(capture, bytes, size, choice->file, &diag) !=
	    CAPTURE_OK)
		return report(reader, &diag);
	if (choice->filter && capture_filter(capture, choice->filter, &diag) !=
	    CAPTURE_OK)
		return report(reader, &diag);
	return true;
}

static bool
read_capture(const struct reader *reader, const uint8_t *bytes, size_t size)
{
	struct input *input = reader->input;
	struct search search = {.taken = false};
	struct capture capture = {.pcap = NULL};
	bool ok = open_capture(reader, &capture, bytes, size) &&
		search_capture(reader, &capture, &search);
	char what[80];

	snprintf(what, sizeof(what), "packet %lu of %lu", input->packet,
		input->packets);
	ok = ok && take(reader, &search, what);
	capture_close(&capture);
	free(search.bytes);
	return ok;
}

/*
 * Text.
 */

/* Where nothing is found in a dump of words, the other byte order is tried. */
static void
find_in_hex(struct found *found, struct hex *hex,
	const struct ip_numbers *numbers)
{
	struct found swapped;

	if (find_in_bytes(found, hex->bytes, hex->size, numbers) ||
	    !hex->is_dump || !hex->in_words)
		return;
	hex_swap(hex);
	if (find_in_bytes(&swapped, hex->bytes, hex->size, numbers))
		*found = swapped;
}

/* Only one packet, and in it no WASP: then its number says nothing. */
static bool
fail_bytes(const struct reader *reader, const struct search *search,
	unsigned line)
{
	struct diag diag = {.file = reader->choice->file, .line = line};

	if (reader->input->packets > 1 || reader->choice->packet > 1)
		return fail_search(reader, search);
	diag_set(&diag, DIAG_INPUT_BYTES, "these bytes hold no WASP: %s",
		search->reason);
	return report(reader, &diag);
}

static bool
fail_text(const struct reader *reader)
{
	struct diag diag = {.file = reader->choice->file};

	diag_set(&diag, DIAG_INPUT_UNKNOWN, "neither an object, nor a capture, "
		"nor hexadecimal");
	return report(reader, &diag);
}

/* All packets of the text, as with captures. */
static bool
search_hex(const struct reader *reader, struct hex *hex, struct search *search)
{
	struct diag diag = {.file = reader->choice->file};
	unsigned first_line = 0;
	enum hex_result result;
	struct found found;

	while ((result = hex_next(hex, &diag)) == HEX_OK) {
		find_in_hex(&found, hex, &reader->choice->numbers);
		if (!first_line)
			first_line = hex->first_line;
		if (!look_at(reader, search, &found, hex->count, hex->bytes,
		    hex->size))
			return false;
	}
	if (result == HEX_WRONG)
		return report(reader, &diag);
	if (result == HEX_NONE || hex->count == 0)
		return fail_text(reader);
	return search->taken || fail_bytes(reader, search, first_line);
}

static const char *
layer_name(enum layer layer)
{
	switch (layer) {
	case LAYER_WASP:
		return "WASP from 'W'";
	case LAYER_IP:
		return "an IP packet";
	case LAYER_FRAME:
		return "an Ethernet frame";
	case LAYER_NONE:
		break;
	}
	return "nothing";
}

static bool
read_hex(const struct reader *reader, const uint8_t *bytes, size_t size)
{
	struct input *input = reader->input;
	struct search search = {.taken = false};
	struct hex *hex = malloc(sizeof(*hex));
	char *text = strndup((const char *)bytes, size);
	char what[80], number[40] = "";
	bool ok = hex && text;

	if (ok)
		hex_start(hex, text, size);
	else
		fail(reader, DIAG_NONE, "out of memory");
	ok = ok && search_hex(reader, hex, &search);
	free(hex);
	free(text);
	if (input->packets > 1)
		snprintf(number, sizeof(number), "packet %lu of %lu, ",
			input->packet, input->packets);
	snprintf(what, sizeof(what), "%shexadecimal of %s", number,
		layer_name(search.found.layer));
	ok = ok && take(reader, &search, what);
	free(search.bytes);
	return ok;
}

/*
 * Any of them.
 */

/* What can not be hexadecimal text, whatever it is, is taken for an object. */
static bool
is_text(const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (bytes[i] < ' ' && !memchr("\t\n\r", bytes[i], 3))
			return false;
	return size > 0 && !(size >= 2 && bytes[0] == PACKET_MAGIC_0 &&
		bytes[1] == PACKET_MAGIC_1);
}

static bool
read_object_file(const struct reader *reader, const uint8_t *bytes, size_t size)
{
	const struct input_choice *choice = reader->choice;

	if (choice->packet || choice->filter)
		return fail(reader, DIAG_INPUT_NOT_MANY, "it is no capture, "
			"so there is no packet to choose");
	return keep_name(reader) && read_object(reader, bytes, size);
}

bool
input_read(struct input *input, const uint8_t *bytes, size_t size,
	const struct input_choice *choice, diag_sink *sink, void *arg)
{
	const struct reader reader = {input, choice, sink, arg};

	*input = (struct input){.form = INPUT_OBJECT};
	if (capture_is_capture(bytes, size)) {
		input->form = INPUT_CAPTURE;
		return read_capture(&reader, bytes, size);
	}
	if (!is_text(bytes, size))
		return read_object_file(&reader, bytes, size);
	input->form = INPUT_HEX;
	if (choice->filter)
		return fail(&reader, DIAG_INPUT_NOT_MANY, "it is no capture, "
			"so there is nothing to filter");
	return read_hex(&reader, bytes, size);
}

bool
input_is_capture(const uint8_t *bytes, size_t size)
{
	return capture_is_capture(bytes, size);
}

void
input_done(struct input *input)
{
	object_done(&input->object);
	free(input->name);
	free(input->ip);
	*input = (struct input){.form = INPUT_OBJECT};
}

const char *
input_place(const struct input *input, char buf[static INPUT_PLACE_SIZE])
{
	unsigned long others = input->wasp_packets - 1;
	char more[64] = "";

	buf[0] = '\0';
	if (input->form == INPUT_OBJECT)
		return buf;
	if (input->wasp_packets > 1)
		snprintf(more, sizeof(more), "; %lu other%s WASP", others,
			others == 1 ? " holds" : "s hold");
	snprintf(buf, INPUT_PLACE_SIZE, "%.400s, %s%s", input->name,
		input->text, more);
	return buf;
}
