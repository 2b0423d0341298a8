/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The directory in a BPF file system where an instance's links and maps are
 * pinned, so that they outlive it.  Who has it open holds it, and nobody else
 * of that name runs.  Private to xdp/.
 *
 *	PINS/NAME/in-3		link: XDP at the interface with index 3
 *	PINS/NAME/out-3		link: tcx egress there; send-3: tcx ingress
 *	PINS/NAME/tc-out-3/	no link, but a filter of clsact; tc-send-3
 *	PINS/NAME/qdisc-3/	the clsact there is ours
 *	PINS/NAME/net-5/	the network namespace it is for
 *	PINS/NAME/abi1-MAP	a map that the next start takes over
 *	PINS/NAME/12-0-MAP	one that only has to live: start 12, object 0
 */
#ifndef XDP_PINS_H
#define XDP_PINS_H

#include "xdp/load.h"

enum { PINS_PATH_SIZE = 512 };

struct pins {
	char dir[PINS_PATH_SIZE];	/* PINS/NAME */
	int fd;				/* of the directory; it is the lock */
};

/*
 * Open and hold the directory.  make: create it, and mount a BPF file system
 * where there is none.  Without make a directory that is not there is
 * XDP_ABSENT.  pins_close lets go; remove: and takes the directory away if it
 * is empty.
 */
enum xdp_status pins_open(struct pins *pins, const char *root,
	const char *name, bool make, struct xdp_report *report);
void pins_close(struct pins *pins, bool remove);

/* The path of a pin, valid until the next call with the same buffer. */
const char *pins_path(const struct pins *pins, char path[PINS_PATH_SIZE],
	const char *format, ...) __attribute__((format(printf, 3, 4)));

/*
 * Every pin's name, until visit gives false; visit may take it away.  false
 * also when the directory can not be read.
 */
typedef bool pins_visit(void *arg, const char *name);
bool pins_each(const struct pins *pins, pins_visit *visit, void *arg);

#endif
