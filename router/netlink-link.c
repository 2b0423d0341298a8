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

/* One more that is zero; NULL without memory. */
static struct address *
add_address(struct netlink *netlink)
{
	size_t room = netlink->address_room * 2 + 8;
	struct address *grown = netlink->addresses;

	if (netlink->address_count == netlink->address_room) {
		grown = realloc(grown, room * sizeof(*grown));
		if (!grown)
			return NULL;
		netlink->addresses = grown;
		netlink->address_room = room;
	}
	grown += netlink->address_count++;
	*grown = (struct address){0};
	return grown;
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
	address = add_address(netlink);
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

	return links_take(&netlink->links, nlh) ? MNL_CB_OK : MNL_CB_ERROR;
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
		netlink->links.count = 0;
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

const struct links *
netlink_links(const struct netlink *netlink)
{
	return &netlink->links;
}

static uint32_t
mtu_of(void *arg, int ifindex)
{
	const struct netlink *netlink = arg;
	const struct link *link = links_find(&netlink->links, ifindex);

	return link ? link->mtu : ISA_ENV_UNKNOWN;
}

void
netlink_link_world(struct world *world)
{
	world->is_local = is_local;
	world->address = address_of;
	world->mtu = mtu_of;
}
