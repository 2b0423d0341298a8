/* SPDX-License-Identifier: BSD-2-Clause */
/* The kernel's tables over rtnetlink; see netlink.h. */
#include "router/netlink.h"

#include "router/rules.h"

#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/gen_stats.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum {
	BUFFER_SIZE = 32768,
	REQUEST_SIZE = 256,
	DUMP_TRIES = 8,
	LOAD_SLOTS = 64,
	LOAD_FRESH_NS = 10000000,	/* "at most 10 ms old" */
	SPEED_FRESH_NS = 1000000000,
	CHAINS_FRESH_NS = 1000000000
};

struct address {
	int ifindex;
	uint8_t family;			/* 4 or 6 */
	uint8_t length;			/* of its network's prefix, of 128 */
	bool global;
	uint8_t addr[IP_ADDR_SIZE];
};

struct link {
	int ifindex;
	uint32_t mtu;
	bool has_mac;
	uint8_t mac[NETLINK_MAC_SIZE];
};

struct load_slot {
	int ifindex;
	uint64_t asked_ns;
	struct link_load load;
	uint32_t rate;
	bool has_classes;		/* htb is the root discipline */
};

struct netlink {
	struct mnl_socket *query, *monitor;
	int ioctl_fd;
	unsigned seq;
	struct address *addresses;
	struct link *links;
	size_t address_count, address_room, link_count, link_room;
	struct load_slot loads[LOAD_SLOTS];
	struct {
		int ifindex;
		uint64_t asked_ns;
		uint32_t rate;
	} speeds[LOAD_SLOTS];		/* what drivers said */
	struct {
		uint64_t asked_ns;	/* 0: not yet */
		bool judged;
	} chains;
	_Alignas(uint64_t) char buffer[BUFFER_SIZE];
};

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

/* Ask, and hand every answer to the callback; false with errno. */
static bool
ask(struct netlink *netlink, struct nlmsghdr *nlh, mnl_cb_t answer, void *arg)
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

static struct nlmsghdr *
request(char *buf, uint16_t type, uint16_t flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	return nlh;
}

static void
addr_from_attr(uint8_t addr[IP_ADDR_SIZE], uint8_t family, const void *bytes)
{
	if (family == AF_INET6)
		memcpy(addr, bytes, IP_ADDR_SIZE);
	else
		ip_addr_from_v4(addr, bytes);
}

/* Grow an array by one element that is zero; NULL without memory. */
static void *
push(void **array, size_t *count, size_t *room, size_t size)
{
	char *grown = *array;

	if (*count == *room) {
		grown = realloc(grown, (*room * 2 + 8) * size);
		if (!grown)
			return NULL;
		*array = grown;
		*room = *room * 2 + 8;
	}
	return memset(grown + (*count)++ * size, 0, size);
}

static int
take_address(const struct nlmsghdr *nlh, void *arg)
{
	struct netlink *netlink = arg;
	const struct ifaddrmsg *ifa = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr, *found = NULL;
	struct address *address;
	size_t size = ifa->ifa_family == AF_INET ? 4 : IP_ADDR_SIZE;

	if (nlh->nlmsg_type != RTM_NEWADDR ||
	    (ifa->ifa_family != AF_INET && ifa->ifa_family != AF_INET6))
		return MNL_CB_OK;
	/* IFA_LOCAL is the own one where a peer's is in IFA_ADDRESS */
	mnl_attr_for_each(attr, nlh, sizeof(*ifa)) {
		uint16_t type = mnl_attr_get_type(attr);

		if ((type == IFA_LOCAL || (type == IFA_ADDRESS && !found)) &&
		    mnl_attr_get_payload_len(attr) >= size)
			found = attr;
	}
	if (!found)
		return MNL_CB_OK;
	address = push((void **)&netlink->addresses, &netlink->address_count,
		&netlink->address_room, sizeof(*address));
	if (!address)
		return MNL_CB_ERROR;
	address->ifindex = (int)ifa->ifa_index;
	address->family = ifa->ifa_family == AF_INET ? 4 : 6;
	address->length = (uint8_t)(ifa->ifa_prefixlen +
		(ifa->ifa_family == AF_INET ? 96 : 0));
	address->global = ifa->ifa_scope <= RT_SCOPE_SITE;
	addr_from_attr(address->addr, ifa->ifa_family,
		mnl_attr_get_payload(found));
	return MNL_CB_OK;
}

static int
take_link(const struct nlmsghdr *nlh, void *arg)
{
	struct netlink *netlink = arg;
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	const struct nlattr *attr;
	struct link *link;

	if (nlh->nlmsg_type != RTM_NEWLINK)
		return MNL_CB_OK;
	link = push((void **)&netlink->links, &netlink->link_count,
		&netlink->link_room, sizeof(*link));
	if (!link)
		return MNL_CB_ERROR;
	link->ifindex = ifi->ifi_index;
	link->mtu = ISA_ENV_UNKNOWN;
	mnl_attr_for_each(attr, nlh, sizeof(*ifi)) {
		if (mnl_attr_get_type(attr) == IFLA_MTU)
			link->mtu = mnl_attr_get_u32(attr);
		if (mnl_attr_get_type(attr) != IFLA_ADDRESS ||
		    mnl_attr_get_payload_len(attr) != NETLINK_MAC_SIZE)
			continue;
		link->has_mac = true;
		memcpy(link->mac, mnl_attr_get_payload(attr),
			NETLINK_MAC_SIZE);
	}
	return MNL_CB_OK;
}

static bool
dump(struct netlink *netlink, uint16_t type, size_t extra, mnl_cb_t take)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = request(buf, type, NLM_F_DUMP);

	mnl_nlmsg_put_extra_header(nlh, extra);
	return ask(netlink, nlh, take, netlink);
}

/* A dump that a change interrupts (EINTR) is not whole, and begun again. */
static bool
renew_all(struct netlink *netlink)
{
	bool ok = false;

	for (int i = 0; i < DUMP_TRIES && !ok; i++) {
		netlink->address_count = 0;
		netlink->link_count = 0;
		ok = dump(netlink, RTM_GETLINK, sizeof(struct ifinfomsg),
				take_link) &&
			dump(netlink, RTM_GETADDR, sizeof(struct ifaddrmsg),
				take_address);
		if (!ok && errno != EINTR)
			break;
	}
	return ok;
}

bool
netlink_renew(struct netlink *netlink)
{
	ssize_t size;

	do
		size = mnl_socket_recvfrom(netlink->monitor, netlink->buffer,
			sizeof(netlink->buffer));
	while (size >= 0 || errno == EINTR || errno == ENOBUFS);
	return renew_all(netlink);
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
	    renew_all(netlink))
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
	free(netlink->links);
	free(netlink);
	errno = saved;
}

static bool
is_local(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	const struct netlink *netlink = arg;

	for (size_t i = 0; i < netlink->address_count; i++)
		if (!memcmp(netlink->addresses[i].addr, addr, IP_ADDR_SIZE))
			return true;
	return false;
}

static bool
address_of(void *arg, int ifindex, uint8_t family, uint8_t addr[IP_ADDR_SIZE])
{
	const struct netlink *netlink = arg;

	for (size_t i = 0; i < netlink->address_count; i++) {
		const struct address *a = &netlink->addresses[i];

		if (a->ifindex != ifindex || a->family != family || !a->global)
			continue;
		memcpy(addr, a->addr, IP_ADDR_SIZE);
		return true;
	}
	return false;
}

/* The host bits of a network's address all as they are in fill. */
static void
fill_host(uint8_t addr[IP_ADDR_SIZE], unsigned length, uint8_t fill)
{
	for (unsigned bit = length; bit < 8 * IP_ADDR_SIZE; bit++) {
		uint8_t mask = (uint8_t)(0x80 >> bit % 8);

		addr[bit / 8] = (uint8_t)((addr[bit / 8] & ~mask) |
			(fill & mask));
	}
}

/* The broadcast of an IPv4 network; anycast for the routers of an IPv6 one. */
void
netlink_each_address(const struct netlink *netlink, netlink_visit *visit,
	void *arg)
{
	for (size_t i = 0; i < netlink->address_count; i++) {
		const struct address *a = &netlink->addresses[i];
		uint8_t addr[IP_ADDR_SIZE];

		visit(arg, a->addr, true);
		if (a->length >= 127)
			continue;
		memcpy(addr, a->addr, IP_ADDR_SIZE);
		fill_host(addr, a->length, a->family == 4 ? 0xff : 0);
		if (memcmp(addr, a->addr, IP_ADDR_SIZE))
			visit(arg, addr, false);
	}
}

static const struct link *
find_link(const struct netlink *netlink, int ifindex)
{
	for (size_t i = 0; i < netlink->link_count; i++)
		if (netlink->links[i].ifindex == ifindex)
			return &netlink->links[i];
	return NULL;
}

bool
netlink_mac(const struct netlink *netlink, int ifindex,
	uint8_t mac[NETLINK_MAC_SIZE])
{
	const struct link *link = find_link(netlink, ifindex);

	if (!link || !link->has_mac)
		return false;
	memcpy(mac, link->mac, NETLINK_MAC_SIZE);
	return true;
}

static uint32_t
mtu_of(void *arg, int ifindex)
{
	const struct link *link = find_link(arg, ifindex);

	return link ? link->mtu : ISA_ENV_UNKNOWN;
}

/* Routes */

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
	struct nlmsghdr *nlh = request(buf, RTM_GETROUTE, 0);
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
	if (is_link_local(addr) || !ask(arg, nlh, take_route, route))
		*route = (struct route){.kind = ROUTE_NONE};
}

/* The route as a packet would take it, with what the kernel has learnt of it. */
static uint32_t
path_mtu(void *arg, const uint8_t addr[IP_ADDR_SIZE])
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = route_request(buf, addr, 0);
	struct route route = {.kind = ROUTE_NONE};

	return ask(arg, nlh, take_route, &route) ? route.mtu : 0;
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
	return ask(arg, nlh, take_nothing, NULL);
}

/* Counters */

static int
take_stats(const struct nlmsghdr *nlh, void *arg)
{
	struct link_load *load = arg;
	const struct nlattr *attr;
	struct rtnl_link_stats64 stats;

	mnl_attr_for_each(attr, nlh, sizeof(struct if_stats_msg)) {
		if (mnl_attr_get_type(attr) != IFLA_STATS_LINK_64 ||
		    mnl_attr_get_payload_len(attr) < sizeof(stats))
			continue;
		memcpy(&stats, mnl_attr_get_payload(attr), sizeof(stats));
		load->tx_pkts = (uint32_t)stats.tx_packets;
		load->tx_bytes = (uint32_t)stats.tx_bytes;
		load->rx_pkts = (uint32_t)stats.rx_packets;
		load->rx_bytes = (uint32_t)stats.rx_bytes;
		load->drops = (uint32_t)stats.tx_dropped;
	}
	return MNL_CB_OK;
}

static void
ask_stats(struct netlink *netlink, struct load_slot *slot)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = request(buf, RTM_GETSTATS, 0);
	struct if_stats_msg *ifsm = mnl_nlmsg_put_extra_header(nlh,
		sizeof(*ifsm));

	ifsm->ifindex = (uint32_t)slot->ifindex;
	ifsm->filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64);
	ask(netlink, nlh, take_stats, &slot->load);
}

/* Bytes a second as kbit/s, no more than a word can say. */
static uint32_t
kbit(uint64_t bytes_per_s)
{
	uint64_t rate = bytes_per_s / 125;

	return rate < ISA_ENV_UNKNOWN ? (uint32_t)rate : ISA_ENV_UNKNOWN - 1;
}

static void
take_tbf(struct load_slot *slot, const struct nlattr *options)
{
	const struct nlattr *attr;
	struct tc_tbf_qopt qopt;

	mnl_attr_for_each_nested(attr, options) {
		if (mnl_attr_get_type(attr) == TCA_TBF_PARMS &&
		    mnl_attr_get_payload_len(attr) >= sizeof(qopt)) {
			memcpy(&qopt, mnl_attr_get_payload(attr), sizeof(qopt));
			slot->rate = kbit(qopt.rate.rate);
		} else if (mnl_attr_get_type(attr) == TCA_TBF_RATE64) {
			slot->rate = kbit(mnl_attr_get_u64(attr));
			return;
		}
	}
}

static void
take_queue(struct load_slot *slot, const struct nlattr *stats)
{
	const struct nlattr *attr;
	struct gnet_stats_queue queue;

	mnl_attr_for_each_nested(attr, stats) {
		if (mnl_attr_get_type(attr) != TCA_STATS_QUEUE ||
		    mnl_attr_get_payload_len(attr) < sizeof(queue))
			continue;
		memcpy(&queue, mnl_attr_get_payload(attr), sizeof(queue));
		slot->load.queue = queue.backlog;
		slot->load.queue_pkts = queue.qlen;
		slot->load.drops += queue.drops;
	}
}

static int
take_qdisc(const struct nlmsghdr *nlh, void *arg)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(nlh);
	struct load_slot *slot = arg;
	const struct nlattr *attr, *options = NULL;
	bool tbf = false;

	if (tcm->tcm_ifindex != slot->ifindex ||
	    tcm->tcm_parent != TC_H_ROOT)
		return MNL_CB_OK;
	mnl_attr_for_each(attr, nlh, sizeof(*tcm)) {
		switch (mnl_attr_get_type(attr)) {
		case TCA_KIND:
			tbf = !strcmp(mnl_attr_get_str(attr), "tbf");
			slot->has_classes = !strcmp(mnl_attr_get_str(attr),
				"htb");
			break;
		case TCA_OPTIONS:
			options = attr;
			break;
		case TCA_STATS2:
			take_queue(slot, attr);
			break;
		}
	}
	if (tbf && options)
		take_tbf(slot, options);
	return MNL_CB_OK;
}

static uint32_t
add_rates(uint32_t a, uint32_t b)
{
	if (a == ISA_ENV_UNKNOWN)
		return b;
	return a + b >= a && a + b != ISA_ENV_UNKNOWN ? a + b :
		ISA_ENV_UNKNOWN - 1;
}

static void
take_htb(struct load_slot *slot, const struct nlattr *options)
{
	const struct nlattr *attr;
	struct tc_htb_opt opt;
	uint64_t ceil = 0;
	bool wide = false;		/* more than the old field can hold */

	mnl_attr_for_each_nested(attr, options) {
		if (mnl_attr_get_type(attr) == TCA_HTB_PARMS && !wide &&
		    mnl_attr_get_payload_len(attr) >= sizeof(opt)) {
			memcpy(&opt, mnl_attr_get_payload(attr), sizeof(opt));
			ceil = opt.ceil.rate;
		} else if (mnl_attr_get_type(attr) == TCA_HTB_CEIL64) {
			ceil = mnl_attr_get_u64(attr);
			wide = true;
		}
	}
	slot->rate = add_rates(slot->rate, kbit(ceil));
}

/* Those right below the root share nothing, so what they may send adds up. */
static int
take_class(const struct nlmsghdr *nlh, void *arg)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(nlh);
	struct load_slot *slot = arg;
	const struct nlattr *attr;

	if (tcm->tcm_ifindex != slot->ifindex ||
	    tcm->tcm_parent != TC_H_ROOT)
		return MNL_CB_OK;
	mnl_attr_for_each(attr, nlh, sizeof(*tcm))
		if (mnl_attr_get_type(attr) == TCA_OPTIONS)
			take_htb(slot, attr);
	return MNL_CB_OK;
}

static void
ask_classes(struct netlink *netlink, struct load_slot *slot)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = request(buf, RTM_GETTCLASS, NLM_F_DUMP);
	struct tcmsg *tcm = mnl_nlmsg_put_extra_header(nlh, sizeof(*tcm));

	tcm->tcm_ifindex = slot->ifindex;
	ask(netlink, nlh, take_class, slot);
}

/* Some interfaces whose disciplines are asked for. */
struct slots {
	struct load_slot *list;
	unsigned count;
};

static int
take_qdiscs(const struct nlmsghdr *nlh, void *arg)
{
	const struct slots *slots = arg;

	for (unsigned i = 0; i < slots->count; i++)
		take_qdisc(nlh, &slots->list[i]);
	return MNL_CB_OK;
}

/* All of them, since the kernel knows no shorter question; no root qdisc that
 * queues means nothing waits. */
static void
ask_qdiscs(struct netlink *netlink, struct load_slot *list, unsigned count)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = request(buf, RTM_GETQDISC, NLM_F_DUMP);
	struct slots slots = {list, count};

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct tcmsg));
	for (unsigned i = 0; i < count; i++)
		list[i].load.queue = list[i].load.queue_pkts = 0;
	if (!ask(netlink, nlh, take_qdiscs, &slots))
		for (unsigned i = 0; i < count; i++)
			list[i].load.queue = list[i].load.queue_pkts =
				ISA_ENV_UNKNOWN;
	for (unsigned i = 0; i < count; i++)
		if (list[i].has_classes)
			ask_classes(netlink, &list[i]);
}

/* The interface's own speed, which ethtool knows in Mbit/s. */
static uint32_t
ethtool_rate(const struct netlink *netlink, int ifindex)
{
	struct ethtool_cmd command = {.cmd = ETHTOOL_GSET};
	struct ifreq ifr = {0};
	uint32_t speed;

	ifr.ifr_data = (void *)&command;
	if (!if_indextoname((unsigned)ifindex, ifr.ifr_name) ||
	    ioctl(netlink->ioctl_fd, SIOCETHTOOL, &ifr) < 0)
		return ISA_ENV_UNKNOWN;
	speed = ethtool_cmd_speed(&command);
	return speed == 0 || speed > UINT32_MAX / 1000 - 1 ? ISA_ENV_UNKNOWN :
		speed * 1000;
}

static struct load_slot
empty_slot(int ifindex)
{
	struct load_slot slot = {.ifindex = ifindex, .rate = ISA_ENV_UNKNOWN};

	memset(&slot.load, 0xff, sizeof(slot.load));
	return slot;
}

/* The slot of an interface; another's is taken over when all are in use. */
static struct load_slot *
load_slot(struct netlink *netlink, int ifindex, uint64_t now_ns)
{
	struct load_slot *slot = &netlink->loads[(unsigned)ifindex %
		LOAD_SLOTS];

	if (slot->ifindex == ifindex &&
	    now_ns - slot->asked_ns < LOAD_FRESH_NS)
		return slot;
	*slot = empty_slot(ifindex);
	slot->asked_ns = now_ns;
	ask_stats(netlink, slot);
	ask_qdiscs(netlink, slot, 1);
	if (slot->rate == ISA_ENV_UNKNOWN)
		slot->rate = ethtool_rate(netlink, ifindex);
	return slot;
}

static uint32_t
speed(struct netlink *netlink, int ifindex, uint64_t now_ns)
{
	__auto_type slot = &netlink->speeds[(unsigned)ifindex % LOAD_SLOTS];

	if (slot->ifindex != ifindex ||
	    now_ns - slot->asked_ns >= SPEED_FRESH_NS) {
		slot->rate = ethtool_rate(netlink, ifindex);
		slot->ifindex = ifindex;
		slot->asked_ns = now_ns;
	}
	return slot->rate;
}

void
netlink_loads(struct netlink *netlink, const int ifindex[], unsigned count,
	uint64_t now_ns, struct link_load loads[], uint32_t rates[])
{
	struct load_slot slots[LOAD_SLOTS];

	count = count < LOAD_SLOTS ? count : LOAD_SLOTS;
	for (unsigned i = 0; i < count; i++) {
		slots[i] = empty_slot(ifindex[i]);
		ask_stats(netlink, &slots[i]);
	}
	ask_qdiscs(netlink, slots, count);
	for (unsigned i = 0; i < count; i++) {
		loads[i] = slots[i].load;
		rates[i] = slots[i].rate != ISA_ENV_UNKNOWN ? slots[i].rate :
			speed(netlink, ifindex[i], now_ns);
	}
}

static void
load_of(void *arg, int ifindex, uint64_t now_ns, struct link_load *load)
{
	*load = load_slot(arg, ifindex, now_ns)->load;
}

static uint32_t
rate_of(void *arg, int ifindex, uint64_t now_ns)
{
	return load_slot(arg, ifindex, now_ns)->rate;
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
	*world = (struct world){.arg = netlink, .is_local = is_local,
		.route = route_to, .accepts = accepts, .address = address_of,
		.mtu = mtu_of, .path_mtu = path_mtu, .rate = rate_of, .load = load_of,
		.is_judged = is_judged};
}
