/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a driver can do with XDP, by the generic netlink family "netdev" (Linux
 * 6.3; its header may be older here), and with VLAN tags, by ethtool's ioctl.
 * See load.h.
 */
#include "xdp/load.h"

#include <libmnl/libmnl.h>
#include <linux/ethtool.h>
#include <linux/genetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	NETDEV_DEV_GET = 1,		/* NETDEV_CMD_DEV_GET */
	NETDEV_IFINDEX = 1,		/* NETDEV_A_DEV_IFINDEX */
	NETDEV_FEATURES = 3,		/* NETDEV_A_DEV_XDP_FEATURES */
	NETDEV_NDO_XMIT = 4,		/* NETDEV_XDP_ACT_NDO_XMIT */
	ANSWER_SIZE = 8192
};

struct question {
	struct mnl_socket *socket;
	_Alignas(struct nlmsghdr) char buf[ANSWER_SIZE];
};

static struct nlmsghdr *
put_request(struct question *q, uint16_t family, uint8_t command)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(q->buf);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = family;
	nlh->nlmsg_flags = NLM_F_REQUEST;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = 1;
	return nlh;
}

static bool
ask(struct question *q, const struct nlmsghdr *nlh, mnl_cb_t answer, void *arg)
{
	ssize_t size;

	if (mnl_socket_sendto(q->socket, nlh, nlh->nlmsg_len) < 0)
		return false;
	size = mnl_socket_recvfrom(q->socket, q->buf, sizeof(q->buf));
	return size > 0 && mnl_cb_run(q->buf, (size_t)size, 0, 0, answer,
		arg) >= MNL_CB_STOP;
}

static int
take_family(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			*(uint16_t *)arg = mnl_attr_get_u16(attr);
	return MNL_CB_OK;
}

static int
take_features(const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
		if (mnl_attr_get_type(attr) == NETDEV_FEATURES)
			*(uint64_t *)arg = mnl_attr_get_u64(attr);
	return MNL_CB_OK;
}

static uint64_t
features(struct question *q, int ifindex)
{
	struct nlmsghdr *nlh = put_request(q, GENL_ID_CTRL,
		CTRL_CMD_GETFAMILY);
	uint16_t family = 0;
	uint64_t found = 0;

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, "netdev");
	if (!ask(q, nlh, take_family, &family) || family == 0)
		return 0;
	nlh = put_request(q, family, NETDEV_DEV_GET);
	mnl_attr_put_u32(nlh, NETDEV_IFINDEX, (uint32_t)ifindex);
	ask(q, nlh, take_features, &found);
	return found;
}

bool
xdp_takes_frames(int ifindex)
{
	struct question q = {.socket = mnl_socket_open2(NETLINK_GENERIC,
		SOCK_CLOEXEC)};
	bool takes = q.socket &&
		mnl_socket_bind(q.socket, 0, MNL_SOCKET_AUTOPID) == 0 &&
		features(&q, ifindex) & NETDEV_NDO_XMIT;

	if (q.socket)
		mnl_socket_close(q.socket);
	return takes;
}

bool
xdp_sees_tags(int ifindex)
{
	struct ethtool_value flags = {.cmd = ETHTOOL_GFLAGS};
	struct ifreq ifr = {.ifr_data = (void *)&flags};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool known = fd >= 0 &&
		if_indextoname((unsigned)ifindex, ifr.ifr_name) &&
		ioctl(fd, SIOCETHTOOL, &ifr) == 0;

	if (fd >= 0)
		close(fd);
	return known && !(flags.data & ETH_FLAG_RXVLAN);
}
