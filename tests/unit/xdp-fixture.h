/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's data path and the portable one side by side, for tests: the same
 * frame goes through a BPF program (BPF_PROG_TEST_RUN) and, as the IP packet
 * that the kernel would make of it, through router_packet; both in one world, a
 * network namespace of the test's own.  What they make of it must be the same.
 *
 *	c0 client	10.0.1.2/24	2001:db8:1::2
 *	g0 guest	10.0.2.1/24	2001:db8:2::1
 *	i0 internal	10.0.3.1/24	2001:db8:3::1
 *	o0 not ours	10.0.4.1/24	2001:db8:4::1
 *
 * Host 7 is the neighbour on each; 10.0.13/24 and 2001:db8:13:: are behind i0's.
 */
#ifndef TESTS_UNIT_XDP_FIXTURE_H
#define TESTS_UNIT_XDP_FIXTURE_H

#include "tests/unit/test.h"

#include "router/router.h"
#include "tests/unit/program.h"
#include "xdp/abi.h"

#include <bpf/libbpf.h>

enum { FRAME_MAX = 2048, FRAME_HEADROOM = 64 };
enum { C0, G0, I0, O0, LINKS };
enum { OBJECT_XDP, OBJECT_TC, OBJECTS };
enum { TC_GO_ON = -1, TC_DROP = 2, TC_REDIRECT = 7 };

struct frame {
	uint8_t bytes[FRAME_MAX];
	size_t size, ip_off;
};

/* What a program made of a frame. */
struct made {
	uint32_t action;
	struct frame frame;
	bool has_note;
	uint32_t send_ifindex;		/* of the note */
	uint32_t mark;			/* of the packet, by tc */
};

struct xdp_fixture {
	bool loop;			/* the objects with bpf_loop */
	struct bpf_object *objects[OBJECTS];
	struct config config;
	struct netlink *netlink;
	struct world world;
	struct router *router;
	struct xdp_settings *settings;	/* as the programs see them */
	void *store[3];			/* control, buckets, ring */
	size_t store_size[3];
	int ifindex[LINKS];
	uint64_t counts[XDP_COUNT_COUNT];	/* at the last look */
	uint64_t now_ns;
	struct router_packet packet;	/* as router_packet left it */
	enum router_verdict verdict;
	/* of the next packet */
	struct ip_form form;
	uint8_t flags, status, next_header;
	bool rerouted;			/* the header's mark */
	uint32_t mark;			/* the packet's, at tc */
	uint16_t ident;
};

/* The network, once; false where the kernel does not let us. */
bool fixture_network(void);

/* Each test begins with empty stores and full buckets. */
int fixture_begin(void **state);
int fixture_end(void **state);
void fixture_free(struct xdp_fixture *f);

/* Another configuration, or interfaces with more or fewer flags. */
void fixture_configure(struct xdp_fixture *f, const char *config);
void fixture_set_flags(struct xdp_fixture *f, int link, uint32_t on,
	uint32_t off);
int fixture_map(const struct xdp_fixture *f, const char *name);

void fixture_addresses(struct xdp_fixture *f, const char *src,
	const char *dst);

/* A frame to a link, with a packet of form, flags, ... and this program. */
void fixture_frame(struct xdp_fixture *f, int link, const uint16_t *code,
	unsigned code_count, const uint32_t *words, unsigned pad_count,
	struct frame *frame);

/* Put n VLAN tags in; EtherType << 16 | VLAN each. */
void frame_tag(struct frame *frame, uint32_t tag);

/* Run a program on it.  in and out are links, or -1. */
void fixture_xdp(struct xdp_fixture *f, const struct frame *frame, int in,
	struct made *made);
void fixture_tc(struct xdp_fixture *f, const struct frame *frame, int in,
	int out, unsigned segments, struct made *made);

/*
 * Run it on both data paths and compare bytes, verdicts and counts.  Returns
 * what became of it.
 */
enum router_verdict fixture_ingress(struct xdp_fixture *f,
	const struct frame *frame, int in);
enum router_verdict fixture_egress(struct xdp_fixture *f,
	const struct frame *frame, int in, int out);

/* How often both have counted it since the test began. */
uint64_t fixture_counted(struct xdp_fixture *f, unsigned count);

#endif
