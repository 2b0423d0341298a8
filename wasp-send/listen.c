/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libpcap as it answers at once; see listen.h.  Immediate mode, else a packet
 * waits for the buffer to fill; not its own timeout, which may never end
 * without traffic, but poll and a deadline.  The filter is coarse, since
 * `ip6 proto` does not see behind extension headers: match.h decides.
 */
#include <config.h>

#include "wasp-send/listen.h"

#include <errno.h>
#include <pcap/pcap.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "capture/link.h"

enum {
	SNAP_SIZE = 2048,	/* a reply, or a quote, with every header */
	FILTER_SIZE = 256
};

#define NS_PER_S UINT64_C(1000000000)

static uint64_t
clock_ns(clockid_t id)
{
	struct timespec ts;

	clock_gettime(id, &ts);
	return (uint64_t)ts.tv_sec * NS_PER_S + (uint64_t)ts.tv_nsec;
}

uint64_t
listen_clock(void)
{
	return clock_ns(CLOCK_MONOTONIC);
}

/* In IPv6: WASP, UDP, ICMPv6, or an extension header that may hide them. */
static void
print_filter(char filter[static FILTER_SIZE], const struct probe *probe)
{
	char addr[IP_TEXT_SIZE];
	unsigned protocol = probe->form.udp ? IP_PROTOCOL_UDP :
		probe->form.protocol;

	ip_addr_text(probe->form.src, addr);
	if (probe->form.family == 4)
		snprintf(filter, FILTER_SIZE, "ip dst host %s and "
			"(ip[9] = %u or ip[9] = 1)", addr, protocol);
	else
		snprintf(filter, FILTER_SIZE, "ip6 dst host %s and "
			"(ip6[6] = %u or ip6[6] = 58 or ip6[6] = 0 or "
			"ip6[6] = 60)", addr, protocol);
}

static bool
pcap_failed(pcap_t *pcap, int status, const char *if_name,
	struct send_error *error)
{
	const char *why = pcap_geterr(pcap);

	if (!*why)
		why = pcap_statustostr(status);
	return send_failed(error, status == PCAP_ERROR_PERM_DENIED ?
		SEND_ERROR_PERMISSION : SEND_ERROR_SYSTEM,
		"capturing on %s: %s", if_name, why);
}

static bool
set_filter(pcap_t *pcap, const struct probe *probe, const char *if_name,
	struct send_error *error)
{
	char filter[FILTER_SIZE];
	struct bpf_program program;
	int status;

	print_filter(filter, probe);
	status = pcap_compile(pcap, &program, filter, 1, PCAP_NETMASK_UNKNOWN);
	if (status == 0) {
		status = pcap_setfilter(pcap, &program);
		pcap_freecode(&program);
	}
	return status == 0 || pcap_failed(pcap, status, if_name, error);
}

bool
listen_open(struct listener *listener, const char *if_name,
	const struct probe *probe, struct send_error *error)
{
	char text[PCAP_ERRBUF_SIZE] = "";
	pcap_t *pcap = pcap_create(if_name, text);
	int status;

	*listener = (struct listener){.pcap = pcap};
	if (!pcap)
		return send_failed(error, SEND_ERROR_SYSTEM,
			"capturing on %s: %s", if_name, text);
	pcap_set_snaplen(pcap, SNAP_SIZE);
	pcap_set_immediate_mode(pcap, 1);
	pcap_set_tstamp_precision(pcap, PCAP_TSTAMP_PRECISION_NANO);
	status = pcap_activate(pcap);
	if (status < 0)		/* above 0 are warnings */
		return pcap_failed(pcap, status, if_name, error);
	listener->link = pcap_datalink(pcap);
	if (!link_is_known(listener->link))
		return send_failed(error, SEND_ERROR_SYSTEM,
			"capturing on %s: its link type %s is not understood",
			if_name, pcap_datalink_val_to_name(listener->link));
	/* On loopback what goes out comes in too; elsewhere it is left out. */
	pcap_setdirection(pcap, PCAP_D_IN);
	if (pcap_setnonblock(pcap, 1, text) < 0)
		return send_failed(error, SEND_ERROR_SYSTEM,
			"capturing on %s: %s", if_name, text);
	return set_filter(pcap, probe, if_name, error);
}

void
listen_close(struct listener *listener)
{
	if (listener->pcap)
		pcap_close(listener->pcap);
	listener->pcap = NULL;
}

bool
listen_wait(const struct listener *const *listeners, unsigned count,
	uint64_t deadline_ns, const sigset_t *mask, struct send_error *error)
{
	struct pollfd fds[LISTEN_MAX];
	uint64_t now = listen_clock(), left = deadline_ns > now ?
		deadline_ns - now : 0;
	struct timespec timeout = {(time_t)(left / NS_PER_S),
		(long)(left % NS_PER_S)};

	for (unsigned i = 0; i < count; i++)
		fds[i] = (struct pollfd){.events = POLLIN,
			.fd = pcap_get_selectable_fd(listeners[i]->pcap)};
	if (ppoll(fds, count, &timeout, mask) >= 0 || errno == EINTR)
		return true;
	return send_failed(error, SEND_ERROR_SYSTEM, "waiting: %s",
		strerror(errno));
}

/* Packets are stamped by the clock that may step: only their age counts. */
static uint64_t
arrival(const struct pcap_pkthdr *header)
{
	uint64_t stamp = (uint64_t)header->ts.tv_sec * NS_PER_S +
		(uint64_t)header->ts.tv_usec;	/* nanoseconds, as asked */
	uint64_t real = clock_ns(CLOCK_REALTIME), now = listen_clock();
	uint64_t age = real > stamp ? real - stamp : 0;

	return age < now ? now - age : now;
}

int
listen_next(struct listener *listener, const uint8_t **p, size_t *size,
	uint64_t *arrived_ns, struct send_error *error)
{
	struct pcap_pkthdr *header;
	int status = pcap_next_ex(listener->pcap, &header, p);
	uint16_t ethertype;
	size_t skip;

	if (status < 0) {
		send_failed(error, SEND_ERROR_SYSTEM, "capturing: %s",
			pcap_geterr(listener->pcap));
		return -1;
	}
	if (status == 0)
		return 0;
	if (link_find(listener->link, *p, header->caplen, &skip, &ethertype) !=
	    LINK_IP)
		skip = header->caplen;
	*p += skip;
	*size = header->caplen - skip;
	*arrived_ns = arrival(header);
	return 1;
}
