/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules that bring packets to the queue: a table wasp-NAME of nftables in
 * each family, with base chains of its own.  Chain "in" is just behind the raw
 * tables, "out" just behind mangle; each has a rule an interface.  Chain "self"
 * is for what this node sends back, or another way.  Where there are rules of
 * wrapping, four more chains bring to a second queue, whose number is one
 * higher, what they name.  A packet that is let go ends its way through our
 * chain only: every table of the system judges it as it is then.
 *
 * The kernel takes a table away with the socket that made it, so a killed
 * router leaves nothing; kernels before 5.12 do not, and there the next start
 * does.
 *
 * The first half writes batches of netlink messages; the second sends them.
 */
#ifndef ROUTER_RULES_H
#define ROUTER_RULES_H

#include "router/config.h"

#include <stddef.h>

/* The queue of packets that are wrapped and unwrapped. */
static inline unsigned
rules_flow_queue(const struct config *config)
{
	return config->queue + 1;
}

/* Are there such? */
static inline bool
rules_has_flows(const struct config *config)
{
	return config->wrap_count + config->unwrap_count > 0;
}

/* Messages; there is room for any configuration. */
enum { RULES_BATCH_SIZE = 1 << 19 };
struct rules_batch {
	_Alignas(uint64_t) char bytes[RULES_BATCH_SIZE];
};

/* What a kernel may lack. */
struct rules_form {
	bool owned;	/* the table goes with the socket */
	bool tracking;	/* what we send back is kept from connection tracking */
};

/* Interfaces: bit RULES_ONE << n is config->interfaces[n]. */
typedef uint64_t rules_set;
#define RULES_ONE UINT64_C(1)
#define RULES_ALL UINT64_MAX
_Static_assert(CONFIG_INTERFACE_MAX <= 64, "a set is one word");

/*
 * Each writes one batch, all of which is done or nothing, and returns its size
 * in bytes; 0: no memory.  family is 4 or 6.
 *
 * The rules of both families, or of IPv4 only, for some of the interfaces;
 * those that are in the tables already are replaced, without a packet that
 * waits being lost.
 */
size_t rules_write(struct rules_batch *batch, const struct config *config,
	rules_set which, bool v6, struct rules_form form);

/* Chains stay, and so what waits in the queue, but no more is brought there. */
size_t rules_write_stop(struct rules_batch *batch, const char *name, bool v6);

size_t rules_write_removal(struct rules_batch *batch, const char *name,
	int family);

enum { RULES_ERROR_SIZE = 256 };

/* What happened. */
struct rules_report {
	unsigned removed;		/* tables that were there */
	char error[RULES_ERROR_SIZE];	/* the reason, after false */
};

struct rules;

/* The socket that holds the tables.  NULL with errno; close accepts NULL. */
struct rules *rules_open(void);
void rules_close(struct rules *rules);

/*
 * Put the rules in.  The first time what an earlier start left is taken out;
 * later they are replaced, or stay as they are when that fails.
 */
bool rules_install(struct rules *rules, const struct config *config,
	rules_set which, struct rules_report *report);

/*
 * Do rules of somebody judge what crosses this node: a chain at the hook
 * `forward`, of either family?  A socket of its own; false also when that can
 * not be asked.
 */
bool rules_forward_chain(void);

/*
 * From now on no packet comes to the queue.  What fails here fails again when
 * the tables are taken out, and is told then.
 */
void rules_stop(struct rules *rules, const char *name);

/* Take out the tables of an instance. */
bool rules_remove(struct rules *rules, const char *name,
	struct rules_report *report);

#endif
