/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libnet, as far as it can be trusted; see wire.h.  Debian 12 has 1.1.6:
 *
 * - the device given to libnet_init is ignored for raw sockets, so the socket
 *   is bound to its interface here;
 * - it mangles IPv6 flow labels and leaves a UDP checksum 0, so it gets the
 *   finished bytes (wasp/ip.h builds them);
 * - its error texts end in a newline, and say less than errno, which is used;
 * - when it can not open a socket it closes the number twice, so nothing is
 *   opened between, and a missing privilege is found before it is asked.
 *
 * In IPv4 the kernel still writes total length, checksum, and, where they are
 * zero, source and (without DF) identification; in IPv6 it changes nothing.
 */
#include "wasp-send/wire.h"

#include <errno.h>
#include <libnet.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static bool
opening_failed(struct send_error *error, const char *what)
{
	return send_failed(error, errno == EPERM || errno == EACCES ?
		SEND_ERROR_PERMISSION : SEND_ERROR_SYSTEM, "%s: %s", what,
		strerror(errno));
}

/* Bind to an address of ours, or to any (NULL); port 0: of the kernel's choice. */
static int
bind_addr(int fd, uint8_t family, const uint8_t *addr, uint16_t port)
{
	struct sockaddr_in sin = {.sin_family = AF_INET,
		.sin_port = htons(port)};
	struct sockaddr_in6 sin6 = {.sin6_family = AF_INET6,
		.sin6_port = htons(port)};

	if (addr) {
		memcpy(&sin.sin_addr, addr + IP_V4_OFF, sizeof(sin.sin_addr));
		memcpy(&sin6.sin6_addr, addr, sizeof(sin6.sin6_addr));
	}
	return family == 4 ? bind(fd, (struct sockaddr *)&sin, sizeof(sin)) :
		bind(fd, (struct sockaddr *)&sin6, sizeof(sin6));
}

static uint16_t
port_of(int fd)
{
	struct sockaddr_storage ss = {0};
	socklen_t size = sizeof(ss);

	getsockname(fd, (struct sockaddr *)&ss, &size);
	return ntohs(ss.ss_family == AF_INET ?
		((struct sockaddr_in *)&ss)->sin_port :
		((struct sockaddr_in6 *)&ss)->sin6_port);
}

static bool
open_hold(struct wire *wire, const struct wire_form *form,
	struct send_error *error)
{
	int domain = form->family == 4 ? AF_INET : AF_INET6;

	wire->hold_fd = form->udp ?
		socket(domain, SOCK_DGRAM | SOCK_CLOEXEC, 0) :
		socket(domain, SOCK_RAW | SOCK_CLOEXEC, form->protocol);
	if (wire->hold_fd < 0)
		return opening_failed(error, "opening a raw socket");
	if (!form->udp)
		return true;
	if (bind_addr(wire->hold_fd, form->family, NULL, form->sport) < 0)
		return opening_failed(error, "taking a UDP port");
	wire->port = port_of(wire->hold_fd);
	return true;
}

static bool
open_libnet(struct wire *wire, const struct wire_form *form,
	struct send_error *error)
{
	char text[LIBNET_ERRBUF_SIZE] = "";

	errno = 0;
	wire->net = libnet_init(form->family == 4 ? LIBNET_RAW4 : LIBNET_RAW6,
		NULL, text);
	if (wire->net)
		return true;
	text[strcspn(text, "\n")] = '\0';
	return send_failed(error, strstr(text, strerror(EPERM)) ?
		SEND_ERROR_PERMISSION : SEND_ERROR_SYSTEM, "libnet: %s", text);
}

static bool
restrict_to(struct wire *wire, const struct wire_form *form,
	struct send_error *error)
{
	int fd = libnet_getfd(wire->net);

	if (form->if_name && setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE,
	    form->if_name, (socklen_t)strlen(form->if_name)) < 0)
		return opening_failed(error, form->if_name);
	if (form->src && bind_addr(fd, form->family, form->src, 0) < 0)
		return opening_failed(error, "taking the source address");
	return true;
}

bool
wire_open(struct wire *wire, const struct wire_form *form,
	struct send_error *error)
{
	*wire = (struct wire){.hold_fd = -1, .family = form->family};
	return open_hold(wire, form, error) &&
		open_libnet(wire, form, error) &&
		restrict_to(wire, form, error);
}

bool
wire_send(struct wire *wire, const uint8_t *p, size_t size,
	struct send_error *error)
{
	int sent;

	errno = 0;
	sent = wire->family == 4 ?
		libnet_write_raw_ipv4(wire->net, p, (uint32_t)size) :
		libnet_write_raw_ipv6(wire->net, p, (uint32_t)size);
	if (sent == (int)size)
		return true;
	if (errno == EMSGSIZE)
		return send_failed(error, SEND_ERROR_SYSTEM, "the packet has "
			"%zu bytes, more than the path now takes", size);
	if (errno == EPERM)
		return send_failed(error, SEND_ERROR_SYSTEM,
			"a firewall on this machine forbids the packet");
	return send_failed(error, SEND_ERROR_SYSTEM, "sending: %s",
		strerror(errno));
}

void
wire_close(struct wire *wire)
{
	if (wire->net)
		libnet_destroy(wire->net);
	if (wire->hold_fd > 0)
		close(wire->hold_fd);
	*wire = (struct wire){.hold_fd = -1};
}
