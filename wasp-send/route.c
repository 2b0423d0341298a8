/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions to the kernel's routing, by rtnetlink; see route.h. */
#include "wasp-send/route.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ANSWER_SIZE = 8192 };

bool
route_check_interface(const char *if_name, struct send_error *error)
{
	struct if_nameindex *all;
	char names[256] = "";
	size_t len = 0;

	if (if_nametoindex(if_name))
		return true;
	all = if_nameindex();
	for (struct if_nameindex *i = all; i && i->if_name &&
	    len < sizeof(names); i++)
		len += (size_t)snprintf(names + len, sizeof(names) - len,
			"%s%s", i == all ? "" : ", ", i->if_name);
	if_freenameindex(all);
	return send_failed(error, SEND_ERROR_USAGE,
		"there is no interface '%s'; there are %s", if_name, names);
}

bool
route_is_ours(const uint8_t addr[static IP_ADDR_SIZE])
{
	bool v4 = ip_addr_is_v4(addr), ours;
	struct sockaddr_in sin = {.sin_family = AF_INET};
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6};
	int fd = socket(v4 ? AF_INET : AF_INET6, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return false;
	memcpy(&sin.sin_addr, addr + IP_V4_OFF, 4);
	memcpy(&sin6.sin6_addr, addr, IP_ADDR_SIZE);
	/* A link-local one can not be bound without its interface. */
	ours = (v4 ? bind(fd, (struct sockaddr *)&sin, sizeof(sin)) :
		bind(fd, (struct sockaddr *)&sin6, sizeof(sin6))) == 0 ||
		(!v4 && IN6_IS_ADDR_LINKLOCAL(&sin6.sin6_addr));
	close(fd);
	return ours;
}

static void
put_addr(struct nlmsghdr *nlh, uint16_t type,
	const uint8_t addr[static IP_ADDR_SIZE])
{
	if (ip_addr_is_v4(addr))
		mnl_attr_put(nlh, type, 4, addr + IP_V4_OFF);
	else
		mnl_attr_put(nlh, type, IP_ADDR_SIZE, addr);
}

static struct nlmsghdr *
put_question(void *buf, const uint8_t *dst, unsigned if_index,
	const uint8_t *src)
{
	bool v4 = ip_addr_is_v4(dst);
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(buf);
	struct rtmsg *rtm;

	nlh->nlmsg_type = RTM_GETROUTE;
	nlh->nlmsg_flags = NLM_F_REQUEST;
	rtm = mnl_nlmsg_put_extra_header(nlh, sizeof(*rtm));
	rtm->rtm_family = v4 ? AF_INET : AF_INET6;
	rtm->rtm_dst_len = v4 ? 32 : 128;
	put_addr(nlh, RTA_DST, dst);
	if (src && route_is_ours(src)) {
		rtm->rtm_src_len = rtm->rtm_dst_len;
		put_addr(nlh, RTA_SRC, src);
	}
	if (if_index)
		mnl_attr_put_u32(nlh, RTA_OIF, if_index);
	return nlh;
}

static int
read_metric(const struct nlattr *attr, void *arg)
{
	struct route *route = arg;

	if (mnl_attr_get_type(attr) == RTAX_MTU)
		route->mtu = mnl_attr_get_u32(attr);
	return MNL_CB_OK;
}

static int
read_attribute(const struct nlattr *attr, void *arg)
{
	struct route *route = arg;
	size_t size = mnl_attr_get_payload_len(attr);

	if (mnl_attr_get_type(attr) == RTA_OIF)
		route->if_index = mnl_attr_get_u32(attr);
	if (mnl_attr_get_type(attr) == RTA_METRICS)
		mnl_attr_parse_nested(attr, read_metric, route);
	/* An IPv4 address goes behind the prefix that is there already. */
	if (mnl_attr_get_type(attr) == RTA_PREFSRC && size <= IP_ADDR_SIZE)
		memcpy(route->src + IP_ADDR_SIZE - size,
			mnl_attr_get_payload(attr), size);
	return MNL_CB_OK;
}

static int
read_answer(const struct nlmsghdr *nlh, void *arg)
{
	if (nlh->nlmsg_type != RTM_NEWROUTE)
		return MNL_CB_OK;
	return mnl_attr_parse(nlh, sizeof(struct rtmsg), read_attribute, arg) <
		0 ? MNL_CB_ERROR : MNL_CB_STOP;
}

/* 0, or -1 with errno. */
static int
ask(struct nlmsghdr *question, struct route *route)
{
	char answer[ANSWER_SIZE];
	struct mnl_socket *nl = mnl_socket_open(NETLINK_ROUTE);
	ssize_t size = -1;
	int result = -1, error;

	if (!nl)
		return -1;
	if (mnl_socket_bind(nl, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    mnl_socket_sendto(nl, question, question->nlmsg_len) >= 0)
		size = mnl_socket_recvfrom(nl, answer, sizeof(answer));
	if (size >= 0)
		result = mnl_cb_run(answer, (size_t)size, 0,
			mnl_socket_get_portid(nl), read_answer, route);
	error = errno;
	mnl_socket_close(nl);
	errno = error;
	return result < 0 ? -1 : 0;
}

/* The interface's own MTU; 0 when it can not be had. */
static unsigned
interface_mtu(const char *if_name)
{
	struct ifreq ifr = {0};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	bool ok;

	if (fd < 0)
		return 0;
	memcpy(ifr.ifr_name, if_name, IF_NAMESIZE);
	ok = ioctl(fd, SIOCGIFMTU, &ifr) == 0;
	close(fd);
	return ok ? (unsigned)ifr.ifr_mtu : 0;
}

bool
route_find(const uint8_t dst[static IP_ADDR_SIZE], const char *if_name,
	const uint8_t *src, struct route *route, struct send_error *error)
{
	char question[256], text[IP_TEXT_SIZE];
	unsigned if_index = if_name ? if_nametoindex(if_name) : 0;

	*route = (struct route){0};
	if (ip_addr_is_v4(dst))
		ip_addr_parse("0.0.0.0", route->src);
	if (ask(put_question(question, dst, if_index, src), route) < 0 ||
	    !if_indextoname(route->if_index, route->if_name))
		return send_failed(error, SEND_ERROR_SYSTEM,
			"no route to %s%s%s: %s", ip_addr_text(dst, text),
			if_name ? " by " : "", if_name ? if_name : "",
			strerror(errno));
	if (src)
		memcpy(route->src, src, IP_ADDR_SIZE);
	if (!route->mtu)
		route->mtu = interface_mtu(route->if_name);
	return true;
}
