/* SPDX-License-Identifier: BSD-2-Clause */
/* RTM_NEWLINK, and VLANs upon others; see link.h. */
#include "router/link.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { ETHER_VLAN = 0x8100, ETHER_VLAN_OUTER = 0x88a8 };

static bool
has(const struct nlattr *attr, uint16_t type, size_t size)
{
	return mnl_attr_get_type(attr) == type &&
		mnl_attr_get_payload_len(attr) >= size;
}

/* IFLA_INFO_DATA of a VLAN: the protocol is in network order. */
static void
take_vlan(struct link *link, const struct nlattr *data)
{
	const struct nlattr *attr;
	struct ifla_vlan_flags flags = {VLAN_FLAG_REORDER_HDR, 0};
	uint16_t protocol = ETHER_VLAN;
	int number = -1;

	mnl_attr_for_each_nested(attr, data) {
		if (has(attr, IFLA_VLAN_ID, sizeof(uint16_t)))
			number = mnl_attr_get_u16(attr);
		if (has(attr, IFLA_VLAN_PROTOCOL, sizeof(protocol)))
			protocol = ntohs(mnl_attr_get_u16(attr));
		if (has(attr, IFLA_VLAN_FLAGS, sizeof(flags)))
			memcpy(&flags, mnl_attr_get_payload(attr),
				sizeof(flags));
	}
	link->bare = flags.flags & VLAN_FLAG_REORDER_HDR;
	if (number >= 0 && (protocol == ETHER_VLAN ||
	    protocol == ETHER_VLAN_OUTER))
		link->tag = (uint32_t)protocol << 16 | (uint32_t)number;
}

static void
take_info(struct link *link, const struct nlattr *info)
{
	const struct nlattr *attr, *data = NULL;

	mnl_attr_for_each_nested(attr, info) {
		if (has(attr, IFLA_INFO_KIND, sizeof("vlan") - 1))
			link->vlan = !strncmp(mnl_attr_get_str(attr), "vlan",
				mnl_attr_get_payload_len(attr));
		if (has(attr, IFLA_INFO_DATA, 0))
			data = attr;
	}
	if (link->vlan && data)
		take_vlan(link, data);
}

static struct link
link_read(const struct nlmsghdr *nlh)
{
	const struct ifinfomsg *ifi = mnl_nlmsg_get_payload(nlh);
	struct link link = {.ifindex = ifi->ifi_index,
		.up = ifi->ifi_flags & IFF_UP, .mtu = ISA_ENV_UNKNOWN};
	const struct nlattr *attr;
	bool elsewhere = false;

	mnl_attr_for_each(attr, nlh, sizeof(*ifi)) {
		if (has(attr, IFLA_MTU, sizeof(uint32_t)))
			link.mtu = mnl_attr_get_u32(attr);
		if (has(attr, IFLA_LINK, sizeof(uint32_t)))
			link.below = (int)mnl_attr_get_u32(attr);
		elsewhere |= has(attr, IFLA_LINK_NETNSID, 0);
		if (has(attr, IFLA_LINKINFO, 0))
			take_info(&link, attr);
		if (mnl_attr_get_type(attr) != IFLA_ADDRESS ||
		    mnl_attr_get_payload_len(attr) != LINK_MAC_SIZE)
			continue;
		link.has_mac = true;
		memcpy(link.mac, mnl_attr_get_payload(attr), LINK_MAC_SIZE);
	}
	if (elsewhere)
		link.below = 0;
	return link;
}

bool
links_take(struct links *links, const struct nlmsghdr *nlh)
{
	struct link *grown = links->list;

	if (nlh->nlmsg_type != RTM_NEWLINK ||
	    mnl_nlmsg_get_payload_len(nlh) < sizeof(struct ifinfomsg))
		return true;
	if (links->count == links->room) {
		grown = realloc(grown, (links->room * 2 + 8) * sizeof(*grown));
		if (!grown)
			return false;
		links->list = grown;
		links->room = links->room * 2 + 8;
	}
	links->list[links->count++] = link_read(nlh);
	return true;
}

const struct link *
links_find(const struct links *links, int ifindex)
{
	for (size_t i = 0; i < links->count; i++)
		if (links->list[i].ifindex == ifindex)
			return &links->list[i];
	return NULL;
}

int
links_bottom(const struct links *links, int ifindex, const char **why)
{
	const struct link *link = links_find(links, ifindex);

	*why = "it is not there";
	for (unsigned tags = 0; link; tags++) {
		if (!link->vlan)
			return link->ifindex;
		*why = tags == LINK_TAGS_MAX ? "it has more than two tags" :
			!link->tag ? "its tag is of no known protocol" :
			!link->bare ? "its frames keep the tag (reorder_hdr)" :
			"what is below it is not in this network namespace";
		if (tags == LINK_TAGS_MAX || !link->tag || !link->bare)
			return 0;
		link = links_find(links, link->below);
	}
	return 0;
}

bool
links_carries(const struct links *links, int ifindex)
{
	for (size_t i = 0; i < links->count; i++)
		if (links->list[i].vlan && links->list[i].below == ifindex)
			return true;
	return false;
}

/* One that is down the kernel takes nothing for. */
unsigned
links_vlans(const struct links *links, struct xdp_vlan keys[],
	uint32_t values[], unsigned room)
{
	unsigned count = 0;

	for (size_t i = 0; i < links->count && count < room; i++) {
		const struct link *link = &links->list[i];

		if (!link->vlan || !link->tag || !link->bare || !link->up ||
		    link->below == 0)
			continue;
		keys[count] = (struct xdp_vlan){(uint32_t)link->below,
			link->tag};
		values[count++] = (uint32_t)link->ifindex;
	}
	return count;
}
