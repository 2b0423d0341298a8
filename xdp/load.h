/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's data path from user space: its programs loaded, attached to
 * interfaces, and pinned, so that they serve on when whoever loaded them is
 * killed, and the next start replaces them without a gap.  What it tells the
 * programs are the maps of abi.h, most of them mapped into memory here.
 *
 * One instance of a name runs at a time.  Nothing is printed; what went wrong
 * is in the report.  Loading takes CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN, and
 * CAP_SYS_ADMIN where a file system must be mounted; what comes after takes
 * CAP_NET_ADMIN alone, but see xdp_path_needs_bpf.
 */
#ifndef XDP_LOAD_H
#define XDP_LOAD_H

#include "xdp/abi.h"

#include <stdbool.h>
#include <stddef.h>

enum xdp_status {
	XDP_OK,
	XDP_ABSENT,		/* not built in, or this kernel can not */
	XDP_NOT_PERMITTED,
	XDP_HELD,		/* by another waspd */
	XDP_TAKEN,		/* by a program of somebody else */
	XDP_FAILED
};

enum { XDP_TEXT_SIZE = 640 };

struct xdp_report {
	enum xdp_status status;
	char text[XDP_TEXT_SIZE];	/* the reason, unless XDP_OK */
};

struct xdp_setup {
	const char *name;		/* of the instance: no slash */
	const char *pins;		/* directory of all instances' pins */
	uint32_t store;			/* entries promised */
	bool no_may_goto, no_tcx;	/* as on an older kernel, for tests */
};

struct xdp_path;

/*
 * Load the programs, and take over the store that an earlier start has pinned
 * if it is of the same size and layout, else make one; its secrets are in the
 * settings.  Nothing is attached yet.  NULL with the report.
 */
struct xdp_path *xdp_path_open(const struct xdp_setup *setup,
	struct xdp_report *report);

/*
 * Detach, unpin and free all.  keep: leave in the kernel what is pinned, as
 * if killed.  NULL is allowed.
 */
void xdp_path_close(struct xdp_path *path, bool keep);

/* The store's maps, see vm/ess-layout.h. */
#define XDP_MAP_CONTROL "store_control"
#define XDP_MAP_BUCKETS "store_buckets"
#define XDP_MAP_RING "store_ring"

/* What was found out of the kernel, and of the earlier start. */
struct xdp_facts {
	bool may_goto;			/* else bpf_loop */
	bool tcx;			/* else clsact */
	bool adopted;			/* the store was there */
};
struct xdp_facts xdp_path_facts(const struct xdp_path *path);

/*
 * Hooks of an interface.  A VLAN's are of two: egress is its own, and at ingress
 * the interface below sees its frames, with their tags.
 */
enum { XDP_AT_INGRESS = 1 << 0, XDP_AT_EGRESS = 1 << 1,
	XDP_AT_BOTH = XDP_AT_INGRESS | XDP_AT_EGRESS };
struct xdp_at {
	int ifindex;
	unsigned hooks;
};

/*
 * Attach there, in place of what an earlier start attached.  XDP_ABSENT: the
 * driver has no XDP, or it is no Ethernet; XDP_HELD, XDP_TAKEN: another XDP
 * program is there.  Attaching again is nothing, and after a failure what was
 * attached before is still.  XDP is the last of the programs, so what it is told
 * must be in the maps before.
 */
enum xdp_status xdp_path_attach(struct xdp_path *path, struct xdp_at at,
	struct xdp_report *report);

bool xdp_path_attached(const struct xdp_path *path, struct xdp_at at);

/*
 * Detach all but these (an interface may be named twice), and take out what an
 * earlier start has left and this one did not take over.
 */
void xdp_path_settle(struct xdp_path *path, const struct xdp_at at[],
	unsigned count);

/* The object of the programs for XDP (0) and for tc (1), as libbpf has it. */
struct bpf_object;
struct bpf_object *xdp_path_object(const struct xdp_path *path, unsigned i);

/* The file descriptor of a map, or -1; and the memory of one that is mapped,
 * or NULL. */
int xdp_path_map(const struct xdp_path *path, const char *name);
void *xdp_path_memory(const struct xdp_path *path, const char *name);

/* Set an element. */
bool xdp_path_put(struct xdp_path *path, const char *name, const void *key,
	const void *value);

/*
 * Make exactly these the elements of a hash or a trie: keys and values are as
 * large as the map's, one after the other.  Sum of a per-CPU array's element.
 */
bool xdp_path_fill(struct xdp_path *path, const char *name, const void *keys,
	const void *values, unsigned count);
uint64_t xdp_path_sum(const struct xdp_path *path, const char *name,
	uint32_t index);

/*
 * What a translator (translator.h) needs to work for the hooks; how many they
 * are, TRANSLATOR_HOOKS_MAX at most.
 */
struct translator_hook;
unsigned xdp_path_hooks(const struct xdp_path *path,
	struct translator_hook *hooks);

/* Must CAP_BPF be kept to change maps?  So on kernels before 5.19. */
bool xdp_path_needs_bpf(const struct xdp_path *path);

/*
 * Take out what an instance has left: how many interfaces, or -1 with the
 * report (XDP_HELD: it runs).
 */
int xdp_clean(const char *pins, const char *name, struct xdp_report *report);

/* Can frames be redirected to an interface?  The driver's word. */
bool xdp_takes_frames(int ifindex);

/*
 * Are VLAN tags in the frames that XDP sees there?  Where the device takes them
 * off before, all frames look untagged.  The driver's word: a veth's other end
 * may keep the tag beside the frame, which nothing tells.
 */
bool xdp_sees_tags(int ifindex);

#endif
