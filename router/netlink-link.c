/* SPDX-License-Identifier: BSD-2-Clause */
/* Links and their addresses; see netlink.h. */
#include "router/netlink-int.h"

#include <errno.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { DUMP_TRIES = 8 };

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
	struct nlmsghdr *nlh = netlink_request(buf, type, NLM_F_DUMP);

	mnl_nlmsg_put_extra_header(nlh, extra);
	return netlink_ask(netlink, nlh, take, netlink);
}

/* A dump that a change interrupts (EINTR) is not whole, and begun again. */
bool
netlink_renew_links(struct netlink *netlink)
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

void
netlink_link_world(struct world *world)
{
	world->is_local = is_local;
	world->address = address_of;
	world->mtu = mtu_of;
}
