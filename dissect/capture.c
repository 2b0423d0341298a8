/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames through libpcap; see capture.h. */
#include "dissect/capture.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dissect/dissect.h"

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
	if (dissect_knows_link(capture->link))
		return CAPTURE_OK;
	name = pcap_datalink_val_to_name(capture->link);
	diag_set(diag, DIAG_CAPTURE_LINK,
		"the link type is %s (%d), which is none of %s",
		name ? name : "unknown", capture->link, dissect_link_names);
	return CAPTURE_UNREADABLE;
}

enum capture_result
capture_open_file(struct capture *capture, const char *path, struct diag *diag)
{
	bool standard = !strcmp(path, "-");
	FILE *in = standard ? stdin : fopen(path, "rb");
	char error[PCAP_ERRBUF_SIZE];

	*capture = (struct capture){.name = standard ? "<stdin>" : path};
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
		if (!standard)
			fclose(in);
		diag_set(diag, DIAG_CAPTURE_UNREADABLE, "no capture: %s", error);
		return CAPTURE_UNREADABLE;
	}
	return check_link(capture, diag);
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

	do
		status = pcap_next_ex(capture->pcap, &header, &bytes);
	while (status == 0);
	if (status == PCAP_ERROR_BREAK || (status < 0 && capture->stopped))
		return CAPTURE_END;
	if (status < 0)
		return frame_failed(capture, diag);
	capture->count++;
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
	if (capture->pcap && !capture->live)
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
	if (capture->pcap && !capture->live)
		close(capture->null_fd);
	capture->pcap = NULL;
}
