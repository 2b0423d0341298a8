/* SPDX-License-Identifier: BSD-2-Clause */
/* What the loader (load.c) and the links (attach.c) share. */
#ifndef XDP_LOAD_INT_H
#define XDP_LOAD_INT_H

#include "xdp/pins.h"

#include <bpf/libbpf.h>

/* Links: of interfaces, and of those below VLANs, before and after a change. */
enum { LINKS_MAX = 4 * XDP_INTERFACES_MAX, MEMORY_MAX = 16, LOG_SIZE = 1 << 24,
	XDP_OBJECTS = 2 /* for XDP, for tc: a map may be in both */ };

/*
 * The programs that are attached, in this order: at egress and ingress of tc,
 * and at XDP, which needs the other two.
 */
enum xdp_place { PLACE_EGRESS, PLACE_SENDER, PLACE_XDP, PLACES };

/* An interface. */
struct xdp_link {
	int ifindex;			/* 0: unused */
	unsigned places;		/* where ours are attached: bits */
	int fds[PLACES];		/* of links; -1: none, or clsact */
};

/* A map in this process's memory. */
struct xdp_memory {
	const char *name;
	void *p;
	size_t size;
};

struct xdp_path {
	struct pins pins;
	struct xdp_facts facts;
	uint64_t start;
	struct bpf_object *objects[XDP_OBJECTS];
	int programs[PLACES];		/* the objects' descriptors */
	struct xdp_link links[LINKS_MAX];
	struct xdp_memory memory[MEMORY_MAX];
	unsigned memory_count;
	char log[LOG_SIZE];		/* the verifier's */
};

/* Close the links; keep: and leave them attached. */
void xdp_links_close(struct xdp_path *path, bool keep);

/* Take all pins out, and with them what is attached; how many interfaces. */
int xdp_pins_empty(const struct pins *pins);

#endif
