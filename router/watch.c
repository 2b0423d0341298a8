/* SPDX-License-Identifier: BSD-2-Clause */
/* Routes and reverse-path checks over rtnetlink; see watch.h. */
#include "router/watch.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_SIZE = 32768, INTERFACES = 1024 };

struct watch {
	struct mnl_socket *query, *monitor;
	bool multipath, changed;
	int all;			/* rp_filter of "all" */
	struct check {
		int ifindex, rp_filter;
		bool forwards4, forwards6;
	} checks[INTERFACES];		/* by index; a newer one wins */
	_Alignas(uint64_t) char buffer[BUFFER_SIZE];
};

static void
take_route(struct watch *watch, const struct nlmsghdr *nlh)
{
	const struct nlattr *attr;

	if (nlh->nlmsg_type != RTM_NEWROUTE || watch->multipath)
		return;
	mnl_attr_for_each(attr, nlh, sizeof(struct rtmsg))
		if (mnl_attr_get_type(attr) == RTA_MULTIPATH)
			watch->multipath = watch->changed = true;
}

static struct check *
check_of(struct watch *watch, int ifindex)
{
	struct check *check = &watch->checks[(unsigned)ifindex % INTERFACES];

	if (check->ifindex != ifindex)
		*check = (struct check){.ifindex = ifindex};
	return check;
}

static void
take_check(struct watch *watch, const struct nlmsghdr *nlh)
{
	const struct netconfmsg *conf = mnl_nlmsg_get_payload(nlh);
	int values[NETCONFA_MAX + 1] = {0}, ifindex;
	uint64_t has = 0;
	const struct nlattr *attr;
	struct check *check;

	mnl_attr_for_each(attr, nlh, sizeof(*conf)) {
		uint16_t type = mnl_attr_get_type(attr);

		if (type > NETCONFA_MAX || mnl_attr_get_payload_len(attr) < 4)
			continue;
		values[type] = (int)mnl_attr_get_u32(attr);
		has |= UINT64_C(1) << type;
	}
	ifindex = values[NETCONFA_IFINDEX];
	watch->changed = true;
	if (ifindex == NETCONFA_IFINDEX_ALL && conf->ncm_family == AF_INET &&
	    has & 1 << NETCONFA_RP_FILTER)
		watch->all = values[NETCONFA_RP_FILTER];
	if (ifindex <= 0)
		return;
	check = check_of(watch, ifindex);
	if (conf->ncm_family == AF_INET && has & 1 << NETCONFA_RP_FILTER)
		check->rp_filter = values[NETCONFA_RP_FILTER];
	if (has & 1 << NETCONFA_FORWARDING)
		*(conf->ncm_family == AF_INET ? &check->forwards4 :
			&check->forwards6) = values[NETCONFA_FORWARDING] != 0;
}

static int
take(const struct nlmsghdr *nlh, void *arg)
{
	struct watch *watch = arg;

	if (nlh->nlmsg_type == RTM_NEWNETCONF)
		take_check(watch, nlh);
	else
		take_route(watch, nlh);
	return MNL_CB_OK;
}

static bool
dump(struct watch *watch, uint16_t type, uint8_t family, size_t extra)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(watch->buffer);
	ssize_t size;
	int more;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
	*(uint8_t *)mnl_nlmsg_put_extra_header(nlh, extra) = family;
	if (mnl_socket_sendto(watch->query, nlh, nlh->nlmsg_len) < 0)
		return false;
	do {
		size = mnl_socket_recvfrom(watch->query, watch->buffer,
			sizeof(watch->buffer));
		more = size < 0 ? MNL_CB_ERROR : mnl_cb_run(watch->buffer,
			(size_t)size, 0, 0, take, watch);
	} while (more > MNL_CB_STOP);
	return more == MNL_CB_STOP;
}

/* A kernel without IPv6 has no such routes, which is no error. */
static bool
dump_all(struct watch *watch)
{
	if (!dump(watch, RTM_GETROUTE, AF_INET, sizeof(struct rtmsg)))
		return false;
	dump(watch, RTM_GETROUTE, AF_INET6, sizeof(struct rtmsg));
	dump(watch, RTM_GETNETCONF, AF_INET6, sizeof(struct netconfmsg));
	return dump(watch, RTM_GETNETCONF, AF_INET,
		sizeof(struct netconfmsg));
}

bool
watch_renew(struct watch *watch)
{
	ssize_t size;

	watch->changed = false;
	for (;;) {
		size = mnl_socket_recvfrom(watch->monitor, watch->buffer,
			sizeof(watch->buffer));
		if (size >= 0)
			mnl_cb_run(watch->buffer, (size_t)size, 0, 0, take,
				watch);
		else if (errno == ENOBUFS)	/* something was missed */
			dump_all(watch);
		else if (errno != EINTR)
			return watch->changed;
	}
}

static bool
join(struct mnl_socket *socket)
{
	static int groups[] = {RTNLGRP_IPV4_ROUTE, RTNLGRP_IPV6_ROUTE,
		RTNLGRP_IPV4_NETCONF, RTNLGRP_IPV6_NETCONF};

	for (unsigned i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (mnl_socket_setsockopt(socket, NETLINK_ADD_MEMBERSHIP,
		    &groups[i], sizeof(groups[i])) < 0)
			return false;
	return true;
}

struct watch *
watch_open(void)
{
	struct watch *watch = calloc(1, sizeof(*watch));

	if (!watch)
		return NULL;
	watch->query = mnl_socket_open2(NETLINK_ROUTE, SOCK_CLOEXEC);
	watch->monitor = mnl_socket_open2(NETLINK_ROUTE,
		SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (watch->query && watch->monitor &&
	    mnl_socket_bind(watch->query, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    mnl_socket_bind(watch->monitor, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    join(watch->monitor) && dump_all(watch))
		return watch;
	watch_close(watch);
	return NULL;
}

void
watch_close(struct watch *watch)
{
	int saved = errno;

	if (!watch)
		return;
	if (watch->query)
		mnl_socket_close(watch->query);
	if (watch->monitor)
		mnl_socket_close(watch->monitor);
	free(watch);
	errno = saved;
}

int
watch_fd(const struct watch *watch)
{
	return mnl_socket_get_fd(watch->monitor);
}

bool
watch_multipath(const struct watch *watch)
{
	return watch->multipath;
}

bool
watch_forwards(const struct watch *watch, int ifindex, int family)
{
	const struct check *check = &watch->checks[(unsigned)ifindex %
		INTERFACES];

	return check->ifindex == ifindex &&
		(family == 4 ? check->forwards4 : check->forwards6);
}

int
watch_reverse_path(const struct watch *watch, int ifindex)
{
	const struct check *check = &watch->checks[(unsigned)ifindex %
		INTERFACES];
	int own = check->ifindex == ifindex ? check->rp_filter : 0;

	return own > watch->all ? own : watch->all;
}
