/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rules as netlink messages; see rules.h.  The match bpf and the target NFQUEUE
 * are those of xtables, by way of nft_compat.
 */
#include "router/rules.h"

#include "router/match.h"

#include <libmnl/libmnl.h>
#include <libnftnl/chain.h>
#include <libnftnl/common.h>
#include <libnftnl/expr.h>
#include <libnftnl/rule.h>
#include <libnftnl/table.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netfilter/xt_NFQUEUE.h>
#include <linux/netfilter/xt_bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(MATCH_CODE_MAX <= XT_BPF_MAX_NUM_INSTR, "xt_bpf takes it");

/*
 * Our chains: behind raw (-300) and before connection tracking (-200); behind
 * mangle (-150) and before source addresses are translated (100).  So what these
 * tables refuse is never run.
 */
static const struct place {
	const char *chain;
	uint32_t hook;
	int32_t priority;
	uint32_t interface;	/* key of the name that rules are about */
} places[] = {
	{"in", NF_INET_PRE_ROUTING, -290, NFT_META_IIFNAME},
	{"out", NF_INET_POST_ROUTING, -140, NFT_META_OIFNAME}
};
static const struct place self = {"self", NF_INET_LOCAL_OUT, -290, 0};

/*
 * What comes in wrapped is unwrapped before raw, so that every table sees what
 * was inside; behind the reassembly of connection tracking (-400).  What is to
 * be wrapped is so behind connection tracking and the translation of
 * destinations (-100), what this node makes behind all other tables of OUTPUT:
 * so they see, and track, what is inside.
 */
static const struct place flow_in = {"unwrap", NF_INET_PRE_ROUTING, -310, 0};
static const struct place flow_forwarded = {"wrap", NF_INET_PRE_ROUTING, -90,
	0};
static const struct place flow_errors = {"errors", NF_INET_LOCAL_OUT, -310, 0};
static const struct place flow_made = {"wrap-out", NF_INET_LOCAL_OUT, 100, 0};
enum { PLACES = sizeof(places) / sizeof(*places), TABLE_NAME_SIZE =
	CONFIG_NAME_SIZE + 8 };

struct batch {
	char *start, *end;
	struct nlmsghdr *last;		/* of what is asked for */
	uint32_t sequence;
	bool failed;			/* no memory */
	uint16_t family;		/* of the messages that follow */
	char table[TABLE_NAME_SIZE];
};

/* Batches */

static struct batch
batch_begin(char *bytes, const char *name)
{
	struct batch b = {.start = bytes, .end = bytes};

	snprintf(b.table, sizeof(b.table), "wasp-%.*s", CONFIG_NAME_SIZE - 1,
		name);
	b.end += nftnl_batch_begin(b.end, b.sequence++)->nlmsg_len;
	return b;
}

/* The last message is answered when all are done; one that fails always is. */
static size_t
batch_end(struct batch *b)
{
	b->last->nlmsg_flags |= NLM_F_ACK;
	b->end += nftnl_batch_end(b->end, b->sequence)->nlmsg_len;
	return b->failed ? 0 : (size_t)(b->end - b->start);
}

static void
set_family(struct batch *b, int family)
{
	b->family = family == 4 ? NFPROTO_IPV4 : NFPROTO_IPV6;
}

static struct nlmsghdr *
message(struct batch *b, uint16_t type, uint16_t flags)
{
	b->last = nftnl_nlmsg_build_hdr(b->end, type, b->family, flags,
		b->sequence++);
	return b->last;
}

static void
message_end(struct batch *b)
{
	b->end += MNL_ALIGN(b->last->nlmsg_len);
}

/* Tables and chains */

/* The table, to be made in a form; NULL: to be taken out. */
static void
write_table(struct batch *b, uint16_t type, const struct rules_form *form)
{
	struct nftnl_table *table = nftnl_table_alloc();

	b->failed |= !table;
	if (!table)
		return;
	nftnl_table_set_str(table, NFTNL_TABLE_NAME, b->table);
	if (form)
		nftnl_table_set_u32(table, NFTNL_TABLE_FLAGS,
			form->owned ? NFT_TABLE_F_OWNER : 0);
	nftnl_table_nlmsg_build_payload(
		message(b, type, form ? NLM_F_CREATE : 0), table);
	message_end(b);
	nftnl_table_free(table);
}

static void
write_chain(struct batch *b, const struct place *place)
{
	struct nftnl_chain *chain = nftnl_chain_alloc();

	b->failed |= !chain;
	if (!chain)
		return;
	nftnl_chain_set_str(chain, NFTNL_CHAIN_TABLE, b->table);
	nftnl_chain_set_str(chain, NFTNL_CHAIN_NAME, place->chain);
	nftnl_chain_set_str(chain, NFTNL_CHAIN_TYPE, "filter");
	nftnl_chain_set_u32(chain, NFTNL_CHAIN_HOOKNUM, place->hook);
	nftnl_chain_set_s32(chain, NFTNL_CHAIN_PRIO, place->priority);
	nftnl_chain_nlmsg_build_payload(
		message(b, NFT_MSG_NEWCHAIN, NLM_F_CREATE), chain);
	message_end(b);
	nftnl_chain_free(chain);
}

/* Rules: begun, filled with expressions, written. */

static struct nftnl_rule *
rule_begin(struct batch *b, const struct place *place)
{
	struct nftnl_rule *rule = nftnl_rule_alloc();

	b->failed |= !rule;
	if (!rule)
		return NULL;
	nftnl_rule_set_str(rule, NFTNL_RULE_TABLE, b->table);
	if (place)
		nftnl_rule_set_str(rule, NFTNL_RULE_CHAIN, place->chain);
	return rule;
}

static void
rule_end(struct batch *b, struct nftnl_rule *rule, uint16_t type,
	uint16_t flags)
{
	nftnl_rule_nlmsg_build_payload(message(b, type, flags), rule);
	message_end(b);
	nftnl_rule_free(rule);
}

/* An expression at the end of a rule; NULL: no memory. */
static struct nftnl_expr *
add(struct batch *b, struct nftnl_rule *rule, const char *name)
{
	struct nftnl_expr *expr = nftnl_expr_alloc(name);

	b->failed |= !expr;
	if (expr)
		nftnl_rule_add_expr(rule, expr);
	return expr;
}

/* Register 1 <- what the kernel knows by a key, or the other way. */
static void
add_meta(struct batch *b, struct nftnl_rule *rule, uint32_t key, bool set)
{
	struct nftnl_expr *expr = add(b, rule, "meta");

	if (!expr)
		return;
	nftnl_expr_set_u32(expr, NFTNL_EXPR_META_KEY, key);
	nftnl_expr_set_u32(expr, set ? NFTNL_EXPR_META_SREG :
		NFTNL_EXPR_META_DREG, NFT_REG_1);
}

static void
add_equal(struct batch *b, struct nftnl_rule *rule, const void *value,
	uint32_t size)
{
	struct nftnl_expr *expr = add(b, rule, "cmp");

	if (!expr)
		return;
	nftnl_expr_set_u32(expr, NFTNL_EXPR_CMP_SREG, NFT_REG_1);
	nftnl_expr_set_u32(expr, NFTNL_EXPR_CMP_OP, NFT_CMP_EQ);
	nftnl_expr_set(expr, NFTNL_EXPR_CMP_DATA, value, size);
}

static void
add_mask(struct batch *b, struct nftnl_rule *rule, uint32_t mask)
{
	struct nftnl_expr *expr = add(b, rule, "bitwise");
	uint32_t none = 0;

	if (!expr)
		return;
	nftnl_expr_set_u32(expr, NFTNL_EXPR_BITWISE_SREG, NFT_REG_1);
	nftnl_expr_set_u32(expr, NFTNL_EXPR_BITWISE_DREG, NFT_REG_1);
	nftnl_expr_set_u32(expr, NFTNL_EXPR_BITWISE_LEN, sizeof(mask));
	nftnl_expr_set(expr, NFTNL_EXPR_BITWISE_MASK, &mask, sizeof(mask));
	nftnl_expr_set(expr, NFTNL_EXPR_BITWISE_XOR, &none, sizeof(none));
}

/* What our mark is on. */
static void
add_marked(struct batch *b, struct nftnl_rule *rule, uint32_t mark)
{
	add_meta(b, rule, NFT_META_MARK, false);
	add_mask(b, rule, mark);
	add_equal(b, rule, &mark, sizeof(mark));
}

/* Register 1 <- mark without ours, and the mark is that. */
static void
add_unmark(struct batch *b, struct nftnl_rule *rule, uint32_t mark)
{
	add_meta(b, rule, NFT_META_MARK, false);
	add_mask(b, rule, ~mark);
	add_meta(b, rule, NFT_META_MARK, true);
}

/* The end of our chain; the others go on. */
static void
add_accept(struct batch *b, struct nftnl_rule *rule)
{
	struct nftnl_expr *expr = add(b, rule, "immediate");

	if (!expr)
		return;
	nftnl_expr_set_u32(expr, NFTNL_EXPR_IMM_DREG, NFT_REG_VERDICT);
	nftnl_expr_set_u32(expr, NFTNL_EXPR_IMM_VERDICT, NF_ACCEPT);
}

/* The expression takes the allocated size bytes of info over. */
static void
add_match(struct batch *b, struct nftnl_rule *rule, const struct match *match)
{
	struct xt_bpf_info_v1 *info = calloc(1, sizeof(*info));
	struct nftnl_expr *expr = info ? add(b, rule, "match") : NULL;

	b->failed |= !expr;
	if (!expr) {
		free(info);
		return;
	}
	info->mode = XT_BPF_MODE_BYTECODE;
	info->fd = -1;
	info->bpf_program_num_elem = (__u16)match->count;
	memcpy(info->bpf_program, match->code,
		match->count * sizeof(*match->code));
	nftnl_expr_set_str(expr, NFTNL_EXPR_MT_NAME, "bpf");
	nftnl_expr_set_u32(expr, NFTNL_EXPR_MT_REV, 1);
	nftnl_expr_set(expr, NFTNL_EXPR_MT_INFO, info, sizeof(*info));
}

/* xtables counts sizes in units of eight bytes. */
static void
add_queue(struct batch *b, struct nftnl_rule *rule, unsigned number)
{
	enum { SIZE = (sizeof(struct xt_NFQ_info_v3) + 7) / 8 * 8 };
	struct xt_NFQ_info_v3 *info = calloc(1, SIZE);
	struct nftnl_expr *expr = info ? add(b, rule, "target") : NULL;

	b->failed |= !expr;
	if (!expr) {
		free(info);
		return;
	}
	info->queuenum = (__u16)number;
	info->queues_total = 1;
	info->flags = NFQ_FLAG_BYPASS;
	nftnl_expr_set_str(expr, NFTNL_EXPR_TG_NAME, "NFQUEUE");
	nftnl_expr_set_u32(expr, NFTNL_EXPR_TG_REV, 3);
	nftnl_expr_set(expr, NFTNL_EXPR_TG_INFO, info, SIZE);
}

/* Only what comes or leaves by this interface. */
static void
add_interface(struct batch *b, struct nftnl_rule *rule,
	const struct place *place, const struct config_interface *interface)
{
	char name[IFNAMSIZ] = "";

	memcpy(name, interface->name, sizeof(name) - 1);
	add_meta(b, rule, place->interface, false);
	add_equal(b, rule, name, sizeof(name));
}

/*
 * What was rerouted at egress, or unwrapped, is marked, and passed over; here it
 * may lose the mark at last.
 */
static void
write_passed(struct batch *b, const struct config *config,
	const struct place *place, const struct config_interface *interface)
{
	struct nftnl_rule *rule = rule_begin(b, place);

	if (!rule)
		return;
	if (interface)
		add_interface(b, rule, place, interface);
	add_marked(b, rule, config->mark);
	if (place != &places[0])
		add_unmark(b, rule, config->mark);
	add_accept(b, rule);
	rule_end(b, rule, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
}

static void
write_hook(struct batch *b, const struct config *config, rules_set which,
	const struct place *place, const struct match *match)
{
	for (unsigned i = 0; i < config->interface_count; i++) {
		struct nftnl_rule *rule;

		if (!(which >> i & 1))
			continue;
		if (place == &places[1])
			write_passed(b, config, place, &config->interfaces[i]);
		rule = rule_begin(b, place);
		if (!rule)
			return;
		add_interface(b, rule, place, &config->interfaces[i]);
		add_match(b, rule, match);
		add_queue(b, rule, config->queue);
		rule_end(b, rule, NFT_MSG_NEWRULE,
			NLM_F_CREATE | NLM_F_APPEND);
	}
}

/* What is rerouted at egress, under our mark, keeps it to its egress. */
static void
write_rerouted(struct batch *b, const struct config *config,
	const struct place *place, int family)
{
	struct nftnl_rule *rule = rule_begin(b, place);
	struct match match;

	if (!rule)
		return;
	match_make_rerouted(&match, family, &config->numbers);
	add_marked(b, rule, config->mark);
	add_match(b, rule, &match);
	add_accept(b, rule);
	rule_end(b, rule, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
}

/*
 * What it sends back under our mark is not tracked, and loses the mark before its
 * egress.
 */
static void
write_self(struct batch *b, const struct config *config, bool tracking)
{
	struct nftnl_rule *rule = rule_begin(b, &self);

	if (!rule)
		return;
	add_marked(b, rule, config->mark);
	if (tracking)
		add(b, rule, "notrack");
	add_unmark(b, rule, config->mark);
	rule_end(b, rule, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
}

static void
write_flow(struct batch *b, const struct config *config,
	const struct place *place, const struct match *match)
{
	struct nftnl_rule *rule = rule_begin(b, place);

	if (!rule)
		return;
	add_match(b, rule, match);
	add_queue(b, rule, rules_flow_queue(config));
	rule_end(b, rule, NFT_MSG_NEWRULE, NLM_F_CREATE | NLM_F_APPEND);
}

static void
write_wraps(struct batch *b, const struct config *config, int family)
{
	struct match match;

	for (unsigned i = 0; i < config->wrap_count; i++) {
		if (!match_suits(&config->wraps[i].match, family))
			continue;
		match_make_flow(&match, family, &config->wraps[i].match);
		write_flow(b, config, &flow_forwarded, &match);
		write_flow(b, config, &flow_made, &match);
	}
	if (config->wrap_count == 0)
		return;
	match_make_quoted(&match, family, &config->numbers);
	write_flow(b, config, &flow_in, &match);
	write_flow(b, config, &flow_errors, &match);
}

static void
write_unwraps(struct batch *b, const struct config *config, int family)
{
	struct match match;

	for (unsigned i = 0; i < config->unwrap_count; i++) {
		if (!match_suits(&config->unwraps[i].match, family))
			continue;
		match_make_wrapped(&match, family, &config->numbers,
			&config->unwraps[i].match);
		write_flow(b, config, &flow_in, &match);
	}
}

static void
write_flows(struct batch *b, const struct config *config, int family)
{
	write_rerouted(b, config, &flow_in, family);
	write_rerouted(b, config, &flow_forwarded, family);
	write_passed(b, config, &flow_forwarded, NULL);
	write_wraps(b, config, family);
	write_unwraps(b, config, family);
}

static void
write_flow_chains(struct batch *b)
{
	write_chain(b, &flow_in);
	write_chain(b, &flow_forwarded);
	write_chain(b, &flow_errors);
	write_chain(b, &flow_made);
}

/* All rules of the table. */
static void
write_flush(struct batch *b)
{
	struct nftnl_rule *rule = rule_begin(b, NULL);

	if (rule)
		rule_end(b, rule, NFT_MSG_DELRULE, 0);
}

static void
write_family(struct batch *b, const struct config *config, rules_set which,
	int family, const struct rules_form *form)
{
	struct match match;

	set_family(b, family);
	match_make(&match, family, &config->numbers);
	write_table(b, NFT_MSG_NEWTABLE, form);
	for (unsigned i = 0; i < PLACES; i++)
		write_chain(b, &places[i]);
	write_chain(b, &self);
	if (rules_has_flows(config))
		write_flow_chains(b);
	write_flush(b);
	write_passed(b, config, &places[0], NULL);
	for (unsigned i = 0; i < PLACES; i++)
		write_hook(b, config, which, &places[i], &match);
	write_rerouted(b, config, &self, family);
	write_self(b, config, form->tracking);
	if (rules_has_flows(config))
		write_flows(b, config, family);
}

size_t
rules_write(struct rules_batch *batch, const struct config *config,
	rules_set which, bool v6, struct rules_form form)
{
	struct batch b = batch_begin(batch->bytes, config->name);

	write_family(&b, config, which, 4, &form);
	if (v6)
		write_family(&b, config, which, 6, &form);
	return batch_end(&b);
}

size_t
rules_write_stop(struct rules_batch *batch, const char *name, bool v6)
{
	struct batch b = batch_begin(batch->bytes, name);

	set_family(&b, 4);
	write_flush(&b);
	set_family(&b, 6);
	if (v6)
		write_flush(&b);
	return batch_end(&b);
}

size_t
rules_write_removal(struct rules_batch *batch, const char *name, int family)
{
	struct batch b = batch_begin(batch->bytes, name);

	set_family(&b, family);
	write_table(&b, NFT_MSG_DELTABLE, NULL);
	return batch_end(&b);
}
