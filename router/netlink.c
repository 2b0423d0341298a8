/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's tables over rtnetlink; see netlink.h. */
#include "router/netlink-int.h"

#include "router/rules.h"

#include <errno.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { CHAINS_FRESH_NS = 1000000000 };

/* One datagram that belongs to the question; its size, or -1 with errno. */
static ssize_t
receive(struct netlink *netlink, unsigned seq)
{
	const struct nlmsghdr *nlh = (const void *)netlink->buffer;
	ssize_t size;

	/* a late answer to a question given up has another number */
	do
		size = mnl_socket_recvfrom(netlink->query, netlink->buffer,
			sizeof(netlink->buffer));
	while ((size < 0 && errno == EINTR) ||
		(size >= (ssize_t)sizeof(*nlh) && nlh->nlmsg_seq != seq));
	return size;
}

bool
netlink_ask(struct netlink *netlink, struct nlmsghdr *nlh, mnl_cb_t answer,
	void *arg)
{
	bool dumping = nlh->nlmsg_flags & NLM_F_DUMP;
	ssize_t size;
	int result;

	nlh->nlmsg_seq = ++netlink->seq;
	if (mnl_socket_sendto(netlink->query, nlh, nlh->nlmsg_len) < 0)
		return false;
	do {
		size = receive(netlink, netlink->seq);
		if (size < 0)
			return false;
		result = mnl_cb_run(netlink->buffer, (size_t)size,
			netlink->seq, mnl_socket_get_portid(netlink->query),
			answer, arg);
	} while (dumping && result > MNL_CB_STOP);
	return result >= MNL_CB_STOP;
}

bool
netlink_ask_each(struct netlink *netlink, const char *buf, size_t size,
	unsigned count, netlink_take *take, void *arg)
{
	const struct nlmsghdr *nlh = (const void *)netlink->buffer;
	unsigned first = netlink->seq + 1;

	netlink->seq += count;
	if (mnl_socket_sendto(netlink->query, buf, size) < 0)
		return false;
	while (count > 0) {
		ssize_t got = mnl_socket_recvfrom(netlink->query,
			netlink->buffer, sizeof(netlink->buffer));

		if (got < 0 && errno != EINTR)
			return false;
		/* a late answer to a question given up has another number */
		if (!mnl_nlmsg_ok(nlh, (int)got) ||
		    nlh->nlmsg_seq - first > netlink->seq - first)
			continue;
		count--;
		if (nlh->nlmsg_type != NLMSG_ERROR)
			take(arg, nlh->nlmsg_seq - first, nlh);
	}
	return true;
}

struct nlmsghdr *
netlink_request(char *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	return nlh;
}

bool
netlink_renew(struct netlink *netlink)
{
	ssize_t size;

	do
		size = mnl_socket_recvfrom(netlink->monitor, netlink->buffer,
			sizeof(netlink->buffer));
	while (size >= 0 || errno == EINTR || errno == ENOBUFS);
	return netlink_renew_links(netlink);
}

int
netlink_fd(const struct netlink *netlink)
{
	return mnl_socket_get_fd(netlink->monitor);
}

struct netlink *
netlink_open(void)
{
	struct netlink *netlink = calloc(1, sizeof(*netlink));
	struct timeval patience = {1, 0};

	if (!netlink)
		return NULL;
	netlink->ioctl_fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	netlink->query = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	netlink->monitor = mnl_socket_open2(NETLINK_ROUTE,
		SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (netlink->query && netlink->monitor &&
	    mnl_socket_bind(netlink->query, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    mnl_socket_bind(netlink->monitor, RTMGRP_LINK |
		RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR,
		MNL_SOCKET_AUTOPID) == 0 &&
	    setsockopt(mnl_socket_get_fd(netlink->query), SOL_SOCKET,
		SO_RCVTIMEO, &patience, sizeof(patience)) == 0 &&
	    netlink_renew_links(netlink))
		return netlink;
	netlink_close(netlink);
	return NULL;
}

void
netlink_close(struct netlink *netlink)
{
	int saved = errno;

	if (!netlink)
		return;
	if (netlink->query)
		mnl_socket_close(netlink->query);
	if (netlink->monitor)
		mnl_socket_close(netlink->monitor);
	if (netlink->ioctl_fd >= 0)
		close(netlink->ioctl_fd);
	free(netlink->addresses);
	free(netlink->links.list);
	free(netlink);
	errno = saved;
}

static bool
is_judged(void *arg, uint64_t now_ns)
{
	struct netlink *netlink = arg;

	if (netlink->chains.asked_ns == 0 ||
	    now_ns - netlink->chains.asked_ns >= CHAINS_FRESH_NS) {
		netlink->chains.judged = rules_forward_chain();
		netlink->chains.asked_ns = now_ns;
	}
	return netlink->chains.judged;
}

void
netlink_world(struct netlink *netlink, struct world *world)
{
	*world = (struct world){.arg = netlink, .is_judged = is_judged};
	netlink_link_world(world);
	netlink_route_world(world);
	netlink_load_world(world);
}
