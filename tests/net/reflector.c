/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A host that returns WASP packets without running them, as tests of wasp-send
 * want it: reflector INTERFACE ACTIONS.  The n-th letter of ACTIONS is what is
 * done with sequence number n, the last one with all that follow:
 *
 *	r  return it			t  return it twice
 *	l  lose it			c  return it with a changed word
 *	h  hold it until the next one	f  return it with fault 2 at pc 0,
 *	   has been dealt with		   and both marks in its status
 *
 * Each returned packet counts one hop more, and its word 0 holds its hop limit.
 * It prints "ready" when it listens, then "SEQ ACTION" for each packet.
 */
#include <config.h>

#include "wasp/ip.h"	/* first: the system has a macro PACKET_VERSION */

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

struct frame {
	uint8_t p[2048];
	size_t size;
	struct sockaddr_ll peer;
};

static _Noreturn void
die(const char *what)
{
	fprintf(stderr, "reflector: %s: %s\n", what, strerror(errno));
	exit(99);
}

static int
open_packets(const char *if_name)
{
	struct sockaddr_ll sll = {.sll_family = AF_PACKET,
		.sll_protocol = htons(ETH_P_ALL),
		.sll_ifindex = (int)if_nametoindex(if_name)};
	int fd = socket(AF_PACKET, SOCK_DGRAM, htons(ETH_P_ALL));

	if (fd < 0 || sll.sll_ifindex == 0 ||
	    bind(fd, (struct sockaddr *)&sll, sizeof(sll)) < 0)
		die(if_name);
	return fd;
}

/* Held, never read: so the kernel does not answer as well. */
static void
hold_sockets(void)
{
	struct sockaddr_in6 any = {.sin6_family = AF_INET6,
		.sin6_port = htons(PACKET_UDP_PORT)};

	if (socket(AF_INET, SOCK_RAW, PACKET_PROTOCOL) < 0 ||
	    socket(AF_INET6, SOCK_RAW, PACKET_PROTOCOL) < 0 ||
	    bind(socket(AF_INET6, SOCK_DGRAM, 0), (struct sockaddr *)&any,
		sizeof(any)) < 0)
		die("holding protocol and port");
}

static void
turn_back(struct frame *frame, struct ip_info *info)
{
	uint8_t *wasp = frame->p + info->wasp_off;

	packet_change16(wasp, PACKET_OFF_CURSOR, (uint16_t)(packet_get16(wasp +
		PACKET_OFF_CURSOR) + 1));
	if (info->wasp.pad_count)
		packet_change16(wasp, packet_pad_off(info->wasp.code_count) + 2,
			info->hop_limit);
	info->wasp.checksum = packet_get16(wasp + PACKET_OFF_CHECKSUM);
	ip_turn_back(frame->p, info);
}

static void
give_back(int fd, const struct frame *frame)
{
	if (sendto(fd, frame->p, frame->size, 0,
	    (const struct sockaddr *)&frame->peer, sizeof(frame->peer)) < 0)
		die("sendto");
}

static char
action_of(const char *actions, unsigned seq)
{
	size_t count = strlen(actions);

	return seq >= 1 && seq <= count ? actions[seq - 1] : actions[count - 1];
}

static void
deal_with(int fd, struct frame *frame, const struct ip_info *info,
	char action)
{
	static struct frame held;
	bool was_held = held.size > 0;

	if (action == 'h') {
		held = *frame;
		return;
	}
	if (action == 'f')
		packet_change16(frame->p + info->wasp_off, PACKET_OFF_STATUS,
			(2 | PACKET_STATUS_REFUSED | PACKET_STATUS_FULL) << 8);
	if (action == 'c')
		frame->p[frame->size - 1] ^= 1;
	if (action != 'l')
		give_back(fd, frame);
	if (action == 't')
		give_back(fd, frame);
	if (was_held)
		give_back(fd, &held);
	held.size = 0;
}

int
main(int argc, char **argv)
{
	const struct ip_numbers numbers = IP_NUMBERS_DEFAULT;
	struct frame frame;
	int fd;

	if (argc != 3 || !*argv[2])
		return 2;
	fd = open_packets(argv[1]);
	hold_sockets();
	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("ready");
	for (;;) {
		socklen_t peer_size = sizeof(frame.peer);
		ssize_t size = recvfrom(fd, frame.p, sizeof(frame.p), 0,
			(struct sockaddr *)&frame.peer, &peer_size);
		struct ip_info info;
		char action;

		if (size < 0)
			die("recvfrom");
		if (frame.peer.sll_pkttype == PACKET_OUTGOING ||
		    ip_find(frame.p, (size_t)size, &numbers, &info) != IP_OK ||
		    info.wasp.flags & PACKET_FLAG_RETURNED)
			continue;
		frame.size = info.total_size;
		action = action_of(argv[2], info.wasp.seq);
		printf("%u %c\n", info.wasp.seq, action);
		turn_back(&frame, &info);
		deal_with(fd, &frame, &info, action);
	}
}
