/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames through libpcap; see capture.h. */
#include "capture/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "capture/link.h"

enum {
	SNAPLEN = 262144,	/* more than any packet */
	WAKE_MS = 1000,		/* how long a frame may wait to be read */
	US = 1000000
};

/* A link type that is not read is said at once, not packet by packet. */
static enum capture_result
check_link(struct capture *capture, struct diag *diag)
{
	const char *name;

	capture->link = pcap_datalink(capture->pcap);
	if (link_is_known(capture->link))
		return CAPTURE_OK;
	name = pcap_datalink_val_to_name(capture->link);
	diag_set(diag, DIAG_CAPTURE_LINK,
		"the link type is %s (%d), which is none of %s",
		name ? name : "unknown", capture->link, link_names);
	return CAPTURE_UNREADABLE;
}

/* From a stream, which is the capture's from now on; NULL: errno says why. */
static enum capture_result
open_stream(struct capture *capture, FILE *in, struct diag *diag)
{
	char error[PCAP_ERRBUF_SIZE];

	*diag = (struct diag){.file = capture->name};
	if (!in) {
		diag_set(diag, DIAG_CAPTURE_UNREADABLE, "%s", strerror(errno));
		return CAPTURE_UNREADABLE;
	}
	capture->fd = fileno(in);
	capture->null_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	capture->pcap = pcap_fopen_offline(in, error);
	if (!capture->pcap) {
		close(capture->null_fd);
		if (in != stdin)
			fclose(in);
		diag_set(diag, DIAG_CAPTURE_UNREADABLE, "no capture: %s", error);
		return CAPTURE_UNREADABLE;
	}
	return check_link(capture, diag);
}

enum capture_result
capture_open_file(struct capture *capture, const char *path, struct diag *diag)
{
	bool standard = !strcmp(path, "-");

	*capture = (struct capture){.name = standard ? "<stdin>" : path};
	return open_stream(capture, standard ? stdin : fopen(path, "rb"), diag);
}

enum capture_result
capture_open_bytes(struct capture *capture, const uint8_t *bytes, size_t size,
	const char *name, struct diag *diag)
{
	*capture = (struct capture){.name = name};
	/* It is only read, though the interface can not say so. */
	return open_stream(capture, fmemopen((void *)(uintptr_t)bytes, size,
		"rb"), diag);
}

bool
capture_is_capture(const uint8_t *bytes, size_t size)
{
	static const uint8_t magics[][4] = {
		{0xa1, 0xb2, 0xc3, 0xd4}, {0xd4, 0xc3, 0xb2, 0xa1},
		{0xa1, 0xb2, 0x3c, 0x4d}, {0x4d, 0x3c, 0xb2, 0xa1},
		{0xa1, 0xb2, 0xcd, 0x34}, {0x34, 0xcd, 0xb2, 0xa1},
		{0x0a, 0x0d, 0x0d, 0x0a}	/* pcapng, any byte order */
	};

	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (size >= 4 && !memcmp(bytes, magics[i], 4))
			return true;
	return false;
}

/* What pcap_activate says, in terms of who can do something about it. */
static enum capture_result
activation(struct capture *capture, int status, struct diag *diag)
{
	const char *text = pcap_geterr(capture->pcap);

	if (status >= 0)
		return CAPTURE_OK;	/* positive ones are warnings */
	if (status == PCAP_ERROR_PERM_DENIED) {
		diag_set(diag, DIAG_CAPTURE_DENIED,
			"capturing on %s needs the capability CAP_NET_RAW",
			capture->name);
		diag_set_hint(diag, "run as root, or: setcap cap_net_raw+ep "
			"on the program");
		return CAPTURE_DENIED;
	}
	diag_set(diag, DIAG_CAPTURE_INTERFACE, "%s: %s", capture->name,
		*text ? text : pcap_statustostr(status));
	return CAPTURE_FAILED;
}

/* Immediate mode: a frame is there when it comes, not when a block is full. */
enum capture_result
capture_open_live(struct capture *capture, const char *interface,
	bool promiscuous, struct diag *diag)
{
	char error[PCAP_ERRBUF_SIZE];
	enum capture_result result;

	*capture = (struct capture){.name = interface, .live = true};
	*diag = (struct diag){0};
	capture->pcap = pcap_create(interface, error);
	if (!capture->pcap) {
		diag_set(diag, DIAG_CAPTURE_INTERFACE, "%s: %s", interface,
			error);
		return CAPTURE_FAILED;
	}
	pcap_set_snaplen(capture->pcap, SNAPLEN);
	pcap_set_promisc(capture->pcap, promiscuous);
	pcap_set_timeout(capture->pcap, WAKE_MS);
	pcap_set_immediate_mode(capture->pcap, 1);
	result = activation(capture, pcap_activate(capture->pcap), diag);
	return result == CAPTURE_OK ? check_link(capture, diag) : result;
}

/* A file's frames are counted before they are filtered. */
enum capture_result
capture_filter(struct capture *capture, const char *expression,
	struct diag *diag)
{
	struct bpf_program program;
	int status;

	*diag = (struct diag){0};
	if (pcap_compile(capture->pcap, &program, expression, 1,
	    PCAP_NETMASK_UNKNOWN)) {
		diag_set(diag, DIAG_CAPTURE_FILTER, "the filter '%.100s': %s",
			expression, pcap_geterr(capture->pcap));
		return CAPTURE_BAD_FILTER;
	}
	if (!capture->live) {
		pcap_freecode(&capture->filter);
		capture->filter = program;
		return CAPTURE_OK;
	}
	status = pcap_setfilter(capture->pcap, &program);
	pcap_freecode(&program);
	if (status == 0)
		return CAPTURE_OK;
	diag_set(diag, DIAG_CAPTURE_FILTER, "the filter '%.100s': %s",
		expression, pcap_geterr(capture->pcap));
	return CAPTURE_FAILED;
}

/* A damaged file can hold any time; it stays within what can be computed. */
static int64_t
time_us(const struct timeval *tv)
{
	int64_t s = tv->tv_sec, limit = INT64_MAX / US - US;

	if (s > limit)
		s = limit;
	if (s < -limit)
		s = -limit;
	return s * US + tv->tv_usec;
}

static enum capture_result
frame_failed(struct capture *capture, struct diag *diag)
{
	*diag = (struct diag){.file = capture->live ? NULL : capture->name};
	if (capture->live) {
		diag_set(diag, DIAG_CAPTURE_INTERFACE, "%s: %s", capture->name,
			pcap_geterr(capture->pcap));
		return CAPTURE_FAILED;
	}
	diag_set(diag, DIAG_CAPTURE_DAMAGED, "damaged after %lu packet%s: %s",
		capture->count, capture->count == 1 ? "" : "s",
		pcap_geterr(capture->pcap));
	return CAPTURE_UNREADABLE;
}

enum capture_result
capture_next(struct capture *capture, struct capture_frame *frame,
	struct diag *diag)
{
	struct pcap_pkthdr *header;
	const u_char *bytes;
	int status;

	do {
		status = pcap_next_ex(capture->pcap, &header, &bytes);
		capture->count += status == 1;
	} while (status == 0 || (status == 1 && capture->filter.bf_len &&
		!pcap_offline_filter(&capture->filter, header, bytes)));
	if (status == PCAP_ERROR_BREAK || (status < 0 && capture->stopped))
		return CAPTURE_END;
	if (status < 0)
		return frame_failed(capture, diag);
	frame->number = capture->count;
	frame->bytes = bytes;
	frame->captured = header->caplen;
	frame->length = header->len;
	frame->time_us = time_us(&header->ts);
	return CAPTURE_OK;
}

/* A read of a file that is about to begin finds its end; one that waits, EINTR. */
void
capture_stop(struct capture *capture)
{
	int saved = errno;

	capture->stopped = 1;
	if (capture->pcap)
		pcap_breakloop(capture->pcap);
	if (capture->pcap && !capture->live && capture->fd >= 0)
		dup2(capture->null_fd, capture->fd);
	errno = saved;
}

unsigned
capture_dropped(struct capture *capture)
{
	struct pcap_stat stat = {0};

	return pcap_stats(capture->pcap, &stat) == 0 ? stat.ps_drop : 0;
}

void
capture_close(struct capture *capture)
{
	if (capture->pcap)
		pcap_close(capture->pcap);
	if (capture->pcap && !capture->live) {
		close(capture->null_fd);
		pcap_freecode(&capture->filter);
	}
	capture->pcap = NULL;
}
