/* SPDX-License-Identifier: BSD-2-Clause */
/* Sending and sinking on raw sockets; see inject.h. */
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

bool
inject_send(const struct inject *inject, const uint8_t *p, size_t size,
	uint32_t mark)
{
	struct sockaddr_in to4 = {.sin_family = AF_INET};
	struct sockaddr_in6 to6 = {.sin6_family = AF_INET6};
	bool v4 = p[0] >> 4 == 4;
	int fd = v4 ? inject->v4 : inject->v6;

	memcpy(&to4.sin_addr, p + V4_OFF_DST, 4);
	memcpy(&to6.sin6_addr, p + (v4 ? 0 : V6_OFF_DST), IP_ADDR_SIZE);
	if (setsockopt(fd, SOL_SOCKET, SO_MARK, &mark, sizeof(mark)) < 0)
		return false;
	return sendto(fd, p, size, 0,
		v4 ? (struct sockaddr *)&to4 : (struct sockaddr *)&to6,
		v4 ? sizeof(to4) : sizeof(to6)) == (ssize_t)size;
}
