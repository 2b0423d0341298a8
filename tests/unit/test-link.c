/* SPDX-License-Identifier: BSD-2-Clause */
/* Interfaces as the kernel tells of them, and VLANs upon others. */
#include "tests/unit/test.h"

#include "router/link.h"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/if.h>
#include <linux/if_link.h>
#include <linux/if_vlan.h>
#include <linux/rtnetlink.h>
#include <stdlib.h>
#include <string.h>

enum { ETH0 = 2, ETH1 = 3, OUTER = 10, INNER = 11, PLAIN = 12, ROOM = 8,
	REORDER = VLAN_FLAG_REORDER_HDR };

/* A VLAN as `ip link add link BELOW type vlan` makes it. */
struct vlan {
	int below;
	uint16_t protocol, number;
	uint32_t flags;			/* VLAN_FLAG_... */
};

static struct nlmsghdr *
put_link(char *buf, int ifindex, unsigned flags)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct ifinfomsg *ifi;

	nlh->nlmsg_type = RTM_NEWLINK;
	ifi = mnl_nlmsg_put_extra_header(nlh, sizeof(*ifi));
	ifi->ifi_index = ifindex;
	ifi->ifi_flags = flags;
	return nlh;
}

static void
put_info(struct nlmsghdr *nlh, const char *kind, const struct vlan *vlan)
{
	struct nlattr *info = mnl_attr_nest_start(nlh, IFLA_LINKINFO), *data;
	struct ifla_vlan_flags flags = {vlan->flags, ~0u};

	mnl_attr_put_strz(nlh, IFLA_INFO_KIND, kind);
	data = mnl_attr_nest_start(nlh, IFLA_INFO_DATA);
	mnl_attr_put_u16(nlh, IFLA_VLAN_PROTOCOL, htons(vlan->protocol));
	mnl_attr_put_u16(nlh, IFLA_VLAN_ID, vlan->number);
	mnl_attr_put(nlh, IFLA_VLAN_FLAGS, sizeof(flags), &flags);
	mnl_attr_nest_end(nlh, data);
	mnl_attr_nest_end(nlh, info);
}

static void
add_plain(struct links *links, int ifindex)
{
	_Alignas(uint64_t) char buf[512];
	struct nlmsghdr *nlh = put_link(buf, ifindex, IFF_UP);

	mnl_attr_put_u32(nlh, IFLA_MTU, 1500);
	mnl_attr_put(nlh, IFLA_ADDRESS, 6, "\x02\0\0\0\0\x01");
	assert_true(links_take(links, nlh));
}

static void
add_vlan(struct links *links, int ifindex, unsigned flags, struct vlan vlan)
{
	_Alignas(uint64_t) char buf[512];
	struct nlmsghdr *nlh = put_link(buf, ifindex, flags);

	mnl_attr_put_u32(nlh, IFLA_LINK, (uint32_t)vlan.below);
	mnl_attr_put_u32(nlh, IFLA_MTU, 1400);
	put_info(nlh, "vlan", &vlan);
	assert_true(links_take(links, nlh));
}

static unsigned
vlans(const struct links *links, struct xdp_vlan keys[ROOM],
	uint32_t values[ROOM])
{
	return links_vlans(links, keys, values, ROOM);
}

static void
assert_no_bottom(const struct links *links, int ifindex, const char *reason)
{
	const char *why = "";

	assert_int_equal(links_bottom(links, ifindex, &why), 0);
	assert_string_equal(why, reason);
}

static void
reads_what_the_kernel_says_of_an_interface(void **state)
{
	struct links links = {0};
	const struct link *link;
	const char *why;

	(void)state;
	add_plain(&links, ETH0);
	link = links_find(&links, ETH0);
	assert_non_null(link);
	assert_true(link->up && link->has_mac && !link->vlan);
	assert_int_equal(link->mtu, 1500);
	assert_memory_equal(link->mac, "\x02\0\0\0\0\x01", 6);
	assert_null(links_find(&links, ETH1));
	assert_int_equal(links_bottom(&links, ETH0, &why), ETH0);
	assert_no_bottom(&links, ETH1, "it is not there");
	free(links.list);
}

static void
tells_the_interface_of_a_tag(void **state)
{
	struct links links = {0};
	struct xdp_vlan keys[ROOM];
	uint32_t values[ROOM];
	const char *why;

	(void)state;
	add_plain(&links, ETH0);
	assert_false(links_carries(&links, ETH0));
	add_vlan(&links, PLAIN, IFF_UP, (struct vlan){ETH0, 0x8100, 100,
		REORDER});
	assert_int_equal(vlans(&links, keys, values), 1);
	assert_int_equal(keys[0].ifindex, ETH0);
	assert_int_equal(keys[0].tag, 0x81000064);
	assert_int_equal(values[0], PLAIN);
	assert_int_equal(links_bottom(&links, PLAIN, &why), ETH0);
	assert_int_equal(links_find(&links, PLAIN)->mtu, 1400);
	assert_true(links_carries(&links, ETH0));
	assert_false(links_carries(&links, PLAIN));
	free(links.list);
}

static void
follows_two_tags_and_no_more(void **state)
{
	struct links links = {0};
	struct xdp_vlan keys[ROOM];
	uint32_t values[ROOM];
	const char *why;

	(void)state;
	add_plain(&links, ETH0);
	add_vlan(&links, OUTER, IFF_UP, (struct vlan){ETH0, 0x88a8, 50,
		REORDER});
	add_vlan(&links, INNER, IFF_UP, (struct vlan){OUTER, 0x8100, 7,
		REORDER});
	assert_int_equal(vlans(&links, keys, values), 2);
	assert_int_equal(keys[0].tag, 0x88a80032);
	assert_int_equal(keys[1].ifindex, OUTER);
	assert_int_equal(links_bottom(&links, INNER, &why), ETH0);
	add_vlan(&links, PLAIN, IFF_UP, (struct vlan){INNER, 0x8100, 8,
		REORDER});
	assert_no_bottom(&links, PLAIN, "it has more than two tags");
	free(links.list);
}

/* The kernel takes no frame for it, so neither do we. */
static void
leaves_out_what_is_down(void **state)
{
	struct links links = {0};
	struct xdp_vlan keys[ROOM];
	uint32_t values[ROOM];

	(void)state;
	add_plain(&links, ETH0);
	add_vlan(&links, PLAIN, 0, (struct vlan){ETH0, 0x8100, 100, REORDER});
	assert_int_equal(vlans(&links, keys, values), 0);
	free(links.list);
}

static void
leaves_out_what_tags_do_not_tell(void **state)
{
	_Alignas(uint64_t) char buf[512];
	struct vlan moved = {ETH0, 0x8100, 3, REORDER};
	struct links links = {0};
	struct xdp_vlan keys[ROOM];
	uint32_t values[ROOM];
	struct nlmsghdr *nlh = put_link(buf, INNER, IFF_UP);

	(void)state;
	add_plain(&links, ETH0);
	add_vlan(&links, PLAIN, IFF_UP, (struct vlan){ETH0, 0x8100, 1, 0});
	assert_no_bottom(&links, PLAIN,
		"its frames keep the tag (reorder_hdr)");
	add_vlan(&links, OUTER, IFF_UP, (struct vlan){ETH0, 0x9100, 2,
		REORDER});
	assert_no_bottom(&links, OUTER, "its tag is of no known protocol");
	mnl_attr_put_u32(nlh, IFLA_LINK, ETH0);	/* of the other namespace */
	mnl_attr_put_u32(nlh, IFLA_LINK_NETNSID, 0);
	put_info(nlh, "vlan", &moved);
	assert_true(links_take(&links, nlh));
	assert_no_bottom(&links, INNER,
		"what is below it is not in this network namespace");
	assert_int_equal(vlans(&links, keys, values), 0);
	free(links.list);
}

/* A macvlan lies upon another, too, and a bridge's port has one above it. */
static void
takes_only_vlans_for_vlans(void **state)
{
	static const char *const kinds[] = {"macvlan", "vlan2", "vla", "veth"};
	_Alignas(uint64_t) char buf[512];
	struct vlan vlan = {ETH0, 0x8100, 3, REORDER};
	const char *why;

	(void)state;
	for (unsigned i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		struct nlmsghdr *nlh = put_link(buf, PLAIN, IFF_UP);
		struct links links = {0};

		mnl_attr_put_u32(nlh, IFLA_LINK, ETH0);
		put_info(nlh, kinds[i], &vlan);
		assert_true(links_take(&links, nlh));
		assert_int_equal(links_bottom(&links, PLAIN, &why), PLAIN);
		free(links.list);
	}
}

static void
takes_no_harm_from_what_is_short(void **state)
{
	_Alignas(uint64_t) char buf[512];
	struct nlmsghdr *nlh = put_link(buf, PLAIN, IFF_UP);
	struct links links = {0};
	struct nlattr *info;

	(void)state;
	mnl_attr_put_u16(nlh, IFLA_MTU, 1);
	mnl_attr_put_u8(nlh, IFLA_LINK, 1);
	mnl_attr_put(nlh, IFLA_ADDRESS, 4, "\1\2\3\4");
	info = mnl_attr_nest_start(nlh, IFLA_LINKINFO);
	mnl_attr_put(nlh, IFLA_INFO_KIND, 4, "vlan");	/* without its NUL */
	mnl_attr_put_u8(nlh, IFLA_INFO_DATA, 0);
	mnl_attr_nest_end(nlh, info);
	assert_true(links_take(&links, nlh));
	assert_int_equal(links.list[0].mtu, ISA_ENV_UNKNOWN);
	assert_false(links.list[0].has_mac);
	assert_true(links.list[0].vlan);
	assert_int_equal(links.list[0].tag, 0);
	nlh->nlmsg_len = sizeof(*nlh);
	assert_true(links_take(&links, nlh));
	nlh = put_link(buf, PLAIN, IFF_UP);
	nlh->nlmsg_type = RTM_DELLINK;
	assert_true(links_take(&links, nlh));
	assert_int_equal(links.count, 1);
	free(links.list);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_what_the_kernel_says_of_an_interface),
		cmocka_unit_test(tells_the_interface_of_a_tag),
		cmocka_unit_test(follows_two_tags_and_no_more),
		cmocka_unit_test(leaves_out_what_is_down),
		cmocka_unit_test(leaves_out_what_tags_do_not_tell),
		cmocka_unit_test(takes_only_vlans_for_vlans),
		cmocka_unit_test(takes_no_harm_from_what_is_short)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
