/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's data path (xdp/load.h), told what the configuration and the
 * system say: which interfaces it serves, and what its programs can not ask
 * for themselves.
 */
#ifndef ROUTER_KERNEL_H
#define ROUTER_KERNEL_H

#include "router/netlink.h"
#include "router/router.h"
#include "xdp/load.h"

struct kernel;

/*
 * Load the programs for this configuration; NULL with the report.  The netlink
 * and the configuration are borrowed.
 */
struct kernel *kernel_open(const struct config *config,
	struct netlink *netlink, struct xdp_report *report);

/* keep: the programs stay, as if this process was killed.  NULL is allowed. */
void kernel_close(struct kernel *kernel, bool keep);

struct xdp_facts kernel_facts(const struct kernel *kernel);

/* May CAP_BPF be given up? */
bool kernel_needs_bpf(const struct kernel *kernel);

/* Its store and secrets, for the router beside it. */
struct router_share kernel_share(const struct kernel *kernel);

/* From now on by this configuration; then kernel_serve each interface. */
void kernel_configure(struct kernel *kernel, const struct config *config);

/*
 * Interface number `number` has this index now (0: it is not there).  wanted:
 * attach the programs to it, else take them off.  XDP_OK when that was done.
 */
enum xdp_status kernel_serve(struct kernel *kernel, unsigned number,
	int ifindex, bool wanted, struct xdp_report *report);

/*
 * After all have been served, and when addresses or links changed: tell the
 * programs, and take out what an earlier start has left.
 */
void kernel_tell(struct kernel *kernel);

/*
 * Start the translator, before privileges are given up; false with errno, and
 * then nothing is translated.  Its events come by that descriptor, -1: there is
 * none.
 */
bool kernel_translate(struct kernel *kernel);
int kernel_translator_fd(const struct kernel *kernel);
bool kernel_translated(const struct kernel *kernel,
	struct translator_event *event);

/*
 * Readable when routes, forwarding or reverse-path checks changed; then
 * kernel_watch: must all interfaces be served again?
 */
int kernel_fd(const struct kernel *kernel);
bool kernel_watch(struct kernel *kernel);

/*
 * Tell the clock's offset, and what waits in queues; to be called again after
 * so many ms.
 */
int kernel_feed(struct kernel *kernel, uint64_t now_ns, uint64_t time_ns);

/*
 * How many ms after a sample of the queues the next is due, so that programs see
 * none that is older than 10 ms; with config->sample_asked that holds while they
 * ask, and for a second after, which they did asked_ns before.
 */
unsigned kernel_sample_ms(const struct config *config, uint64_t asked_ns);

/* By enum xdp_count; faults from XDP_COUNT_FAULTS on. */
uint64_t kernel_counted(const struct kernel *kernel, unsigned count);

#endif
