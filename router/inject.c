/* SPDX-License-Identifier: BSD-2-Clause */
/* Sending and sinking on raw sockets; see inject.h. */
#define _GNU_SOURCE
#include "router/inject.h"

#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { V4_OFF_DST = 16, V6_OFF_DST = 24 };

static int
raw(int family, int protocol)
{
	return socket(family, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
		protocol);
}

/* Does what a route says, and what was learnt, of a path's MTU count? */
static bool
heed_path_mtu(int fd, bool v4, bool heed)
{
	int how4 = heed ? IP_PMTUDISC_DO : IP_PMTUDISC_PROBE;
	int how6 = heed ? IPV6_PMTUDISC_DO : IPV6_PMTUDISC_PROBE;

	return v4 ? setsockopt(fd, IPPROTO_IP, IP_MTU_DISCOVER, &how4,
			sizeof(how4)) == 0 :
		setsockopt(fd, IPPROTO_IPV6, IPV6_MTU_DISCOVER, &how6,
			sizeof(how6)) == 0;
}

/* A socket of the protocol that keeps nothing. */
static int
sink(int family, int protocol)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog filter = {1, &nothing};
	int fd = raw(family, protocol);

	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &filter,
			sizeof(filter));
	return fd;
}

bool
inject_open(struct inject *inject, uint8_t protocol)
{
	inject->v4 = raw(AF_INET, IPPROTO_RAW);
	inject->v6 = raw(AF_INET6, IPPROTO_RAW);
	inject->sink4 = sink(AF_INET, protocol);
	inject->sink6 = sink(AF_INET6, protocol);
	return inject->v4 >= 0 && inject->sink4 >= 0 &&
		((inject->v6 >= 0 && inject->sink6 >= 0) ||
		 errno == EAFNOSUPPORT);
}

void
inject_close(struct inject *inject)
{
	int fds[] = {inject->v4, inject->v6, inject->sink4, inject->sink6};

	for (unsigned i = 0; i < sizeof(fds) / sizeof(*fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

/* Fill the address, and say by which interface it goes. */
static void
address_v4(struct msghdr *msg, const uint8_t *p, int ifindex)
{
	struct sockaddr_in *to = msg->msg_name;
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(msg);
	struct in_pktinfo info = {.ipi_ifindex = ifindex};

	to->sin_family = AF_INET;
	memcpy(&to->sin_addr, p + V4_OFF_DST, 4);
	msg->msg_namelen = sizeof(*to);
	cmsg->cmsg_level = IPPROTO_IP;
	cmsg->cmsg_type = IP_PKTINFO;
	cmsg->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(cmsg), &info, sizeof(info));
	msg->msg_controllen = CMSG_SPACE(sizeof(info));
}

static void
address_v6(struct msghdr *msg, const uint8_t *p, int ifindex)
{
	struct sockaddr_in6 *to = msg->msg_name;
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(msg);
	struct in6_pktinfo info = {.ipi6_ifindex = (unsigned)ifindex};

	to->sin6_family = AF_INET6;
	memcpy(&to->sin6_addr, p + V6_OFF_DST, IP_ADDR_SIZE);
	msg->msg_namelen = sizeof(*to);
	cmsg->cmsg_level = IPPROTO_IPV6;
	cmsg->cmsg_type = IPV6_PKTINFO;
	cmsg->cmsg_len = CMSG_LEN(sizeof(info));
	memcpy(CMSG_DATA(cmsg), &info, sizeof(info));
	msg->msg_controllen = CMSG_SPACE(sizeof(info));
}

bool
inject_send(const struct inject *inject, const uint8_t *p, size_t size,
	uint32_t mark, int ifindex, bool fits)
{
	bool v4 = p[0] >> 4 == 4;
	int fd = v4 ? inject->v4 : inject->v6;
	struct sockaddr_storage to = {0};
	_Alignas(struct cmsghdr) uint8_t control[64] = {0};
	struct iovec iov = {(void *)p, size};
	struct msghdr msg = {.msg_name = &to, .msg_iov = &iov, .msg_iovlen = 1,
		.msg_control = control, .msg_controllen = sizeof(control)};

	if (v4)
		address_v4(&msg, p, ifindex);
	else
		address_v6(&msg, p, ifindex);
	if (!heed_path_mtu(fd, v4, fits) ||
	    setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)) < 0)
		return false;
	return sendmsg(fd, &msg, 0) == (ssize_t)size;
}
