/* SPDX-License-Identifier: BSD-2-Clause */
/* Routes, and the kernel's reverse-path check; see netlink.h. */
#include "router/netlink-int.h"

#include <linux/rtnetlink.h>
#include <string.h>

static void
add_hop(struct route *route, int ifindex, bool direct)
{
	if (route->hop_count < ROUTE_HOPS_MAX)
		route->hops[route->hop_count++] =
			(struct route_hop){ifindex, direct};
}

/* RTA_MULTIPATH: one struct rtnexthop after the other, each with attributes. */
static void
take_hops(struct route *route, const struct nlattr *multipath)
{
	const uint8_t *p = mnl_attr_get_payload(multipath);
	int left = mnl_attr_get_payload_len(multipath);

	while (left >= (int)sizeof(struct rtnexthop)) {
		const struct rtnexthop *hop = (const void *)p;
		const struct nlattr *attr;
		bool direct = true;

		if (hop->rtnh_len < sizeof(*hop) || hop->rtnh_len > left)
			return;
		for (attr = (const void *)(p + sizeof(*hop));
		    mnl_attr_ok(attr, (int)(p + hop->rtnh_len -
			(const uint8_t *)attr));
		    attr = mnl_attr_next(attr))
			direct &= mnl_attr_get_type(attr) != RTA_GATEWAY &&
				mnl_attr_get_type(attr) != RTA_VIA;
		add_hop(route, hop->rtnh_ifindex, direct);
		left -= (int)NLMSG_ALIGN(hop->rtnh_len);
		p += NLMSG_ALIGN(hop->rtnh_len);
	}
}

static enum route_kind
route_kind(unsigned char type)
{
	switch (type) {
	case RTN_UNICAST:
		return ROUTE_UNICAST;
	case RTN_LOCAL:
		return ROUTE_LOCAL;
	case RTN_BROADCAST:
	case RTN_MULTICAST:
	case RTN_ANYCAST:
		return ROUTE_OTHER;
	default:
		return ROUTE_NONE;
	}
}

static uint32_t
metric_mtu(const struct nlattr *metrics)
{
	const struct nlattr *attr;

	mnl_attr_for_each_nested(attr, metrics)
		if (mnl_attr_get_type(attr) == RTAX_MTU)
			return mnl_attr_get_u32(attr);
	return 0;
}

static int
take_route(const struct nlmsghdr *nlh, void *arg)
{
	const struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);
	struct route *route = arg;
	const struct nlattr *attr;
	int ifindex = 0;
	bool direct = true;

	if (nlh->nlmsg_type != RTM_NEWROUTE)
		return MNL_CB_OK;
	route->kind = route_kind(rtm->rtm_type);
	mnl_attr_for_each(attr, nlh, sizeof(*rtm)) {
		switch (mnl_attr_get_type(attr)) {
		case RTA_OIF:
			ifindex = (int)mnl_attr_get_u32(attr);
			break;
		case RTA_GATEWAY:
		case RTA_VIA:
			direct = false;
			break;
		case RTA_MULTIPATH:
			take_hops(route, attr);
			break;
		case RTA_METRICS:
			route->mtu = metric_mtu(attr);
			break;
		}
	}
	if (ifindex && route->hop_count == 0)
		add_hop(route, ifindex, direct);
	return MNL_CB_OK;
}

/* The question for the route to an address. */
static struct nlmsghdr *
route_request(char *buf, const uint8_t addr[IP_ADDR_SIZE], unsigned flags)
{
	bool v4 = ip_addr_is_v4(addr);
	struct nlmsghdr *nlh = netlink_request(buf, RTM_GETROUTE, 0);
	struct rtmsg *rtm = mnl_nlmsg_put_extra_header(nlh, sizeof(*rtm));

	rtm->rtm_family = v4 ? AF_INET : AF_INET6;
	rtm->rtm_dst_len = v4 ? 32 : 128;
	rtm->rtm_flags = flags;
	mnl_attr_put(nlh, RTA_DST, v4 ? 4 : IP_ADDR_SIZE,
		v4 ? addr + IP_V4_OFF : addr);
	return nlh;
}

/* Of IPv6; every interface has a route to all of these. */
static bool
is_link_local(const uint8_t addr[IP_ADDR_SIZE])
{
	return addr[0] == 0xfe && (addr[1] & 0xc0) == 0x80;
}

/* The entry of the table that matches, so that all of a multipath is seen. */
static void
route_to(void *arg, const uint8_t addr[IP_ADDR_SIZE], struct route *route)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = route_request(buf, addr, RTM_F_FIB_MATCH);

	*route = (struct route){.kind = ROUTE_NONE};
	if (is_link_local(addr) || !netlink_ask(arg, nlh, take_route, route))
		*route = (struct route){.kind = ROUTE_NONE};
}

/* The route as a packet would take it, with what the kernel has learnt of it. */
static uint32_t
path_mtu(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = route_request(buf, addr, 0);
	struct route route = {.kind = ROUTE_NONE};

	return netlink_ask(arg, nlh, take_route, &route) ? route.mtu : 0;
}

static int
take_nothing(const struct nlmsghdr *nlh, void *arg)
{
	(void)nlh, (void)arg;
	return MNL_CB_OK;
}

/*
 * The kernel's own reverse-path check, by asking how it would route a packet
 * that came in there.  It has none for IPv6.
 */
static bool
accepts(void *arg, int in_ifindex, const uint8_t src[IP_ADDR_SIZE],
	const uint8_t dst[IP_ADDR_SIZE])
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = route_request(buf, dst, 0);
	struct rtmsg *rtm = mnl_nlmsg_get_payload(nlh);

	if (!ip_addr_is_v4(dst))
		return true;
	rtm->rtm_src_len = 32;
	mnl_attr_put(nlh, RTA_SRC, 4, src + IP_V4_OFF);
	mnl_attr_put_u32(nlh, RTA_IIF, (uint32_t)in_ifindex);
	return netlink_ask(arg, nlh, take_nothing, NULL);
}

void
netlink_route_world(struct world *world)
{
	world->route = route_to;
	world->path_mtu = path_mtu;
	world->accepts = accepts;
}
