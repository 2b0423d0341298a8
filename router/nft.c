/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules, sent to the kernel over a socket that stays open; see rules.h. */
#include "router/rules.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <libnftnl/chain.h>
#include <libnftnl/common.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nf_tables.h>
#include <linux/netlink.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_SIZE = 8192 };

struct rules {
	struct mnl_socket *socket;
	bool v6;			/* there is a table for it, too */
	bool there;			/* these tables are ours */
	struct rules_batch batch;
};

static const int families[] = {4, 6};
enum { FAMILIES = sizeof(families) / sizeof(*families) };

/* A batch is one message; answers need not repeat what was asked. */
static void
set_socket(struct rules *rules)
{
	int fd = mnl_socket_get_fd(rules->socket);
	int size = 2 * RULES_BATCH_SIZE, one = 1;

	setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &size, sizeof(size));
	mnl_socket_setsockopt(rules->socket, NETLINK_CAP_ACK, &one,
		sizeof(one));
}

struct rules *
rules_open(void)
{
	struct rules *rules = calloc(1, sizeof(*rules));
	int saved;

	if (!rules)
		return NULL;
	rules->socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (rules->socket &&
	    mnl_socket_bind(rules->socket, 0, MNL_SOCKET_AUTOPID) == 0) {
		set_socket(rules);
		return rules;
	}
	saved = errno;
	rules_close(rules);
	errno = saved;
	return NULL;
}

void
rules_close(struct rules *rules)
{
	if (!rules)
		return;
	if (rules->socket)
		mnl_socket_close(rules->socket);
	free(rules);
}

/* The next answer's error, 0 when it is done; -1 with errno: there is none. */
static int
next_answer(struct rules *rules)
{
	_Alignas(struct nlmsghdr) char in[ANSWER_SIZE];
	const struct nlmsghdr *nlh = (const void *)in;
	const struct nlmsgerr *answer;
	ssize_t size;

	do
		size = recv(mnl_socket_get_fd(rules->socket), in, sizeof(in),
			MSG_DONTWAIT);
	while (size < 0 && errno == EINTR);
	if (size < 0)
		return -1;
	if (!mnl_nlmsg_ok(nlh, (int)size) || nlh->nlmsg_type != NLMSG_ERROR ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(*answer))
		return EBADMSG;
	answer = mnl_nlmsg_get_payload(nlh);
	return -answer->error;
}

/*
 * Do a batch; 0, or the errno of the first message that failed.  The kernel has
 * answered when the call that sends it returns.
 */
static int
submit(struct rules *rules, size_t size)
{
	int error = EBADMSG, next;
	bool answered = false;

	if (size == 0)
		return ENOMEM;
	if (mnl_socket_sendto(rules->socket, rules->batch.bytes, size) < 0)
		return errno;
	while ((next = next_answer(rules)) >= 0) {
		if (!answered || error == 0)
			error = next;
		answered = true;
	}
	return error;
}

static bool
fail(struct rules_report *report, const char *name, int error)
{
	if (error == EPERM)
		snprintf(report->error, sizeof(report->error), "the tables "
			"wasp-%s are held by a waspd that runs", name);
	else
		snprintf(report->error, sizeof(report->error), "nf_tables with "
			"xt_bpf and NFQUEUE: %s", strerror(error));
	return false;
}

bool
rules_remove(struct rules *rules, const char *name,
	struct rules_report *report)
{
	bool ok = true;

	*report = (struct rules_report){0};
	for (unsigned i = 0; i < FAMILIES; i++) {
		int error = submit(rules, rules_write_removal(&rules->batch,
			name, families[i]));

		if (error == 0)
			report->removed++;
		else if (error != ENOENT && error != EAFNOSUPPORT)
			ok = fail(report, name, error);
	}
	rules->there &= !ok;
	return ok;
}

/* Unknown flags, or expressions. */
static bool
is_lacking(int error)
{
	return error == EINVAL || error == EOPNOTSUPP || error == ENOENT;
}

/* In the best form that the kernel takes; the reason is why not in the best. */
bool
rules_install(struct rules *rules, const struct config *config,
	rules_set which, struct rules_report *report)
{
	static const struct rules_form forms[] = {
		{true, true}, {false, true}, {true, false}, {false, false}};
	enum { FORMS = sizeof(forms) / sizeof(*forms) };
	int first = 0, error = ENOENT;

	*report = (struct rules_report){0};
	if (!rules->there && !rules_remove(rules, config->name, report))
		return false;
	rules->v6 = access("/proc/net/if_inet6", F_OK) == 0;
	for (unsigned i = 0; i < FORMS && is_lacking(error); i++) {
		error = submit(rules, rules_write(&rules->batch, config,
			which, rules->v6, forms[i]));
		first = first ? first : error;
	}
	rules->there |= error == 0;
	return error == 0 || fail(report, config->name, first);
}

/* Rules of others */

static int
take_chain(const struct nlmsghdr *nlh, void *arg)
{
	bool *found = arg;
	struct nftnl_chain *chain = nftnl_chain_alloc();

	/* only base chains have a hook */
	if (chain && nftnl_chain_nlmsg_parse(nlh, chain) == 0 &&
	    nftnl_chain_is_set(chain, NFTNL_CHAIN_HOOKNUM) &&
	    nftnl_chain_get_u32(chain, NFTNL_CHAIN_HOOKNUM) ==
		NF_INET_FORWARD)
		*found = true;
	nftnl_chain_free(chain);
	return MNL_CB_OK;
}

static bool
nft_forward_chain(struct mnl_socket *socket, uint16_t family)
{
	_Alignas(struct nlmsghdr) char buf[ANSWER_SIZE];
	struct nlmsghdr *nlh = nftnl_nlmsg_build_hdr(buf, NFT_MSG_GETCHAIN,
		family, NLM_F_DUMP, 1);
	bool found = false;
	ssize_t size;
	int more = MNL_CB_OK;

	if (mnl_socket_sendto(socket, nlh, nlh->nlmsg_len) < 0)
		return false;
	while (more > MNL_CB_STOP) {
		size = mnl_socket_recvfrom(socket, buf, sizeof(buf));
		more = size < 0 ? MNL_CB_ERROR : mnl_cb_run(buf, (size_t)size,
			1, mnl_socket_get_portid(socket), take_chain, &found);
	}
	return found;
}

/* The older tables of iptables: "filter" is there once somebody used it. */
static bool
legacy_forward_chain(const char *names)
{
	char line[64];
	bool found = false;
	FILE *in = fopen(names, "r");

	while (in && fgets(line, sizeof(line), in))
		found |= !strcmp(line, "filter\n");
	if (in)
		fclose(in);
	return found;
}

bool
rules_forward_chain(void)
{
	static const uint16_t kinds[] = {NFPROTO_IPV4, NFPROTO_IPV6,
		NFPROTO_INET};
	struct mnl_socket *socket = mnl_socket_open2(NETLINK_NETFILTER,
		SOCK_CLOEXEC);
	bool found = legacy_forward_chain("/proc/net/ip_tables_names") ||
		legacy_forward_chain("/proc/net/ip6_tables_names");

	if (socket && mnl_socket_bind(socket, 0, MNL_SOCKET_AUTOPID) == 0)
		for (unsigned i = 0; i < 3 && !found; i++)
			found = nft_forward_chain(socket, kinds[i]);
	if (socket)
		mnl_socket_close(socket);
	return found;
}

void
rules_stop(struct rules *rules, const char *name)
{
	submit(rules, rules_write_stop(&rules->batch, name, rules->v6));
}
