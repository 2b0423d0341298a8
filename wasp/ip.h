/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What is around a WASP packet: IPv4 of any header length, or IPv6 directly or
 * behind hop-by-hop and destination options; protocol 253, or UDP.  Finding,
 * building, and turning back.  Specified in wasp-packet(7).
 *
 * Addresses are always 16 bytes as they lie in IPv6; an IPv4 address a.b.c.d
 * is ::ffff:a.b.c.d (RFC 4291).
 */
#ifndef WASP_IP_H
#define WASP_IP_H

#include "wasp/packet.h"

enum {
	IP_ADDR_SIZE = 16,
	IP_V4_OFF = 12,			/* of a.b.c.d in such an address */
	IP_UDP_HEADER_SIZE = 8,
	IP_PROTOCOL_UDP = 17,
	IP_HEADERS_MAX = 60 + IP_UDP_HEADER_SIZE	/* that ip_build writes */
};

/* The numbers by which WASP is known; both can be configured. */
struct ip_numbers {
	uint8_t protocol;
	uint16_t udp_port;
};
#define IP_NUMBERS_DEFAULT ((struct ip_numbers){PACKET_PROTOCOL, PACKET_UDP_PORT})

/* Why bytes are plain IP, or no IP at all. */
enum ip_error {
	IP_OK,
	IP_NOT_IP,		/* neither version 4 nor 6 */
	IP_SHORT,		/* the bytes end before the headers do */
	IP_BAD_LENGTH,		/* a length contradicts another */
	IP_OTHER,		/* well-formed, but another protocol or port */
	IP_FRAGMENT,
	IP_SOURCE_ROUTED,
	IP_NO_WASP,		/* the protocol is WASP's, the content is not: see
				   wasp_error */
	IP_NESTED		/* WASP inside WASP */
};

struct ip_info {
	uint8_t family;			/* 4 or 6 */
	uint8_t protocol;		/* ip_numbers.protocol, or UDP */
	uint8_t hop_limit;
	uint8_t traffic_class;		/* DSCP and ECN */
	uint32_t flow_label;		/* 0 in IPv4 */
	uint16_t sport, dport;		/* 0 without UDP */
	uint8_t src[IP_ADDR_SIZE], dst[IP_ADDR_SIZE];
	size_t total_size;		/* of the IP packet, by its own header */
	size_t upper_off;		/* of the WASP or UDP header in the packet */
	size_t wasp_off;		/* of 'W' */
	size_t wasp_room;		/* bytes from 'W' to the end of the packet */
	size_t wasp_size;		/* of header, code and scratchpad */
	struct packet_header wasp;
	enum packet_error wasp_error;
};

/*
 * Find the WASP packet in an IP packet of which size bytes are at hand (a
 * capture may hold fewer than total_size).  On IP_SHORT, IP_OTHER and later
 * ones, what was read up to there is in info.  The checksums are not looked at.
 */
enum ip_error ip_find(const uint8_t *p, size_t size,
	const struct ip_numbers *numbers, struct ip_info *info);

/*
 * Where the packet begins that an ICMP error quotes, from the outer packet's
 * first byte, if ip_find said IP_OTHER and what is at hand is an ICMP error with
 * a quotation; else 0.
 */
size_t ip_quote_off(const uint8_t *p, size_t size, const struct ip_info *info);

/* A sentence about an error, without a full stop; never NULL. */
const char *ip_error_text(enum ip_error error);

/* What ip_build needs. */
struct ip_form {
	uint8_t family;			/* 4 or 6; both addresses are of it */
	uint8_t hop_limit;
	uint8_t traffic_class;
	uint32_t flow_label;		/* IPv6 only */
	uint8_t protocol;		/* WASP's own; ignored with UDP */
	bool udp;
	uint16_t sport, dport;		/* with UDP */
	uint8_t src[IP_ADDR_SIZE], dst[IP_ADDR_SIZE];
};

/*
 * Write IP (and UDP) headers and size bytes of WASP packet and payload behind
 * them, all checksums right, Don't Fragment set.  Returns the bytes written, or
 * 0 when room is too small or a length field could not hold the size.
 */
size_t ip_build(uint8_t *p, size_t room, const struct ip_form *form,
	const uint8_t *wasp, size_t size);

/*
 * Turn a packet that ip_find took back to its source: addresses (and ports)
 * swapped, R set, hop limit 64; all checksums are mended by differences.  Both
 * the bytes and info are changed.
 */
void ip_turn_back(uint8_t *p, struct ip_info *info);

/* Give it another hop limit, mending the IPv4 header checksum. */
void ip_set_hop_limit(uint8_t *p, struct ip_info *info, uint8_t hop_limit);

/*
 * Give a packet that ip_find took another destination of its own family,
 * mending the IPv4 header checksum.
 */
void ip_set_destination(uint8_t *p, struct ip_info *info,
	const uint8_t dst[static IP_ADDR_SIZE]);

/*
 * The flow's public key: SipHash-2-4 with a key of zeros over source (16
 * bytes), destination (16), protocol (1), and 4 bytes: the UDP ports, or the
 * IPv6 flow label as a big-endian word (0 in IPv4); low 62 bits.
 */
uint64_t ip_flow_key(const struct ip_info *info);

/* Neither unspecified, loopback, link-local, multicast nor broadcast. */
bool ip_addr_returnable(const uint8_t addr[static IP_ADDR_SIZE]);

/* Of a group of receivers: 224/4, ff00::/8. */
bool ip_addr_is_multicast(const uint8_t addr[static IP_ADDR_SIZE]);

/* An IPv4-mapped address; and one made of four bytes. */
bool ip_addr_is_v4(const uint8_t addr[static IP_ADDR_SIZE]);
void ip_addr_from_v4(uint8_t addr[static IP_ADDR_SIZE], const uint8_t *v4);

enum { IP_TEXT_SIZE = 46 };

/* An address as text (192.0.2.1, 2001:db8::1); returns buf. */
const char *ip_addr_text(const uint8_t addr[static IP_ADDR_SIZE],
	char buf[static IP_TEXT_SIZE]);

/* An address from such text; false if it is none. */
bool ip_addr_parse(const char *text, uint8_t addr[static IP_ADDR_SIZE]);

#endif
