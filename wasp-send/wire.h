/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where packets go out: a raw socket that libnet opens and writes to.  Opening
 * needs CAP_NET_RAW, sending does not.
 */
#ifndef WASP_SEND_WIRE_H
#define WASP_SEND_WIRE_H

#include "wasp-send/error.h"
#include "wasp/ip.h"

struct wire {
	void *net;		/* libnet's context */
	int hold_fd;		/* see wire_open */
	uint8_t family;
	uint16_t port;		/* UDP: the source port, ours until closed */
};

struct wire_form {
	uint8_t family;		/* 4 or 6 */
	uint8_t protocol;	/* that carries WASP; not used with udp */
	bool udp;
	uint16_t sport;		/* of UDP; 0: the kernel chooses */
	const char *if_name;	/* leave by this one only; NULL: as routed */
	const uint8_t *src;	/* an address of ours to route by; NULL: any */
};

/*
 * Also holds a socket of that protocol (or a UDP port), never read, so that
 * this host's kernel does not answer what comes back with an ICMP error.
 */
bool wire_open(struct wire *wire, const struct wire_form *form,
	struct send_error *error);

/*
 * Send a finished IP packet.  false with errno's sentence: EMSGSIZE when the
 * path has turned out to be narrower, EPERM when a local firewall forbids it.
 */
bool wire_send(struct wire *wire, const uint8_t *p, size_t size,
	struct send_error *error);

/* May be called on a zero-initialised or failed wire. */
void wire_close(struct wire *wire);

#endif
