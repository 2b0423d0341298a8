/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where frames come from: a capture file (pcap, pcapng), its bytes, or an
 * interface, all through libpcap.  On any result but CAPTURE_OK and CAPTURE_END the diagnostic
 * says why.
 */
#ifndef CAPTURE_CAPTURE_H
#define CAPTURE_CAPTURE_H

#include <signal.h>

#include <pcap/pcap.h>

#include "wasp/diag.h"

enum capture_result {
	CAPTURE_OK,
	CAPTURE_END,		/* of the file, or capture_stop was called */
	CAPTURE_BAD_FILTER,
	CAPTURE_UNREADABLE,	/* no capture, damaged, or an unknown link type */
	CAPTURE_DENIED,		/* a privilege is missing */
	CAPTURE_FAILED		/* the system refused */
};

struct capture {
	pcap_t *pcap;		/* NULL: not open */
	const char *name;	/* of file or interface, for messages */
	bool live;
	int fd, null_fd;	/* of a file; and what capture_stop puts there */
	int link;		/* DLT_... */
	unsigned long count;	/* frames read so far */
	struct bpf_program filter;	/* of a file; empty: all pass */
	volatile sig_atomic_t stopped;	/* capture_stop was called */
};

/* The bytes lend from the capture until the next call. */
struct capture_frame {
	const uint8_t *bytes;
	size_t captured, length;
	int64_t time_us;	/* since 1970 */
	unsigned long number;	/* in the file, from 1, filter or not */
};

/*
 * Open a file (- is standard input), the bytes of one (with its name for
 * messages) or an interface.  Names and bytes are borrowed for as long as the
 * capture is open.
 */
enum capture_result capture_open_file(struct capture *capture,
	const char *path, struct diag *diag);
enum capture_result capture_open_bytes(struct capture *capture,
	const uint8_t *bytes, size_t size, const char *name, struct diag *diag);
enum capture_result capture_open_live(struct capture *capture,
	const char *interface, bool promiscuous, struct diag *diag);

/* Do these bytes begin a pcap or pcapng file? */
bool capture_is_capture(const uint8_t *bytes, size_t size);

/* Take only frames that match an expression of pcap-filter(7). */
enum capture_result capture_filter(struct capture *capture,
	const char *expression, struct diag *diag);

/* The next frame; waits for it. */
enum capture_result capture_next(struct capture *capture,
	struct capture_frame *frame, struct diag *diag);

/*
 * Make capture_next end; to be called by a signal handler that was installed
 * without SA_RESTART.
 */
void capture_stop(struct capture *capture);

/* Frames that the kernel dropped for want of room. */
unsigned capture_dropped(struct capture *capture);

/* Not open, nothing is done. */
void capture_close(struct capture *capture);

#endif
