/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What this node allows a packet, decided from facts that somebody else found:
 * who is told what, who may return, how often.  No route, interface or clock is
 * asked here.
 */
#ifndef ROUTER_POLICY_H
#define ROUTER_POLICY_H

#include "router/config.h"
#include "router/world.h"

/* A limit of events a second; zero-initialised, it is full. */
struct bucket {
	uint64_t next_ns;	/* when the next event is due */
};

/* One event; false when there were too many.  A second's worth may burst. */
bool bucket_take(struct bucket *bucket, unsigned per_second, uint64_t now_ns);

/* Where a packet came from, and what it is. */
struct origin {
	const struct config_interface *in;	/* NULL: none of ours */
	int in_ifindex;			/* 0: by none, or not known */
	bool own;			/* made by this node */
	bool back;			/* R is set */
	bool native;			/* not in UDP */
};

/*
 * Is it the operator's: "in by an interface with the operator flag, from a
 * source in an operator prefix, past the strict reverse-path check", not in
 * UDP, not on its way back.  to_source is the route to its source.
 */
bool policy_is_operator(const struct config *config,
	const struct origin *origin, const uint8_t src[IP_ADDR_SIZE],
	const struct route *to_source);

/*
 * Does it come from outside with a source of the operator's?  Nodes behind this
 * one could not tell any more that it is not the operator's.
 */
bool policy_is_forged(const struct config *config,
	const struct origin *origin, const uint8_t src[IP_ADDR_SIZE]);

/* Who it is, as the environment tells its fields. */
enum isa_who policy_who(const struct origin *origin, bool is_operator);

/* Does the route to a source lead out of the interface it came in by? */
bool policy_strict_path(const struct route *to_source, int in_ifindex);

/* What `return` means here and now. */
enum policy_return {
	/* this node sends it back where it came from, like an ICMP error */
	RETURN_ANSWER,
	/* the same another way, from its own address, if the kernel accepts */
	RETURN_OWN,
	/* it goes back by another interface, and the kernel forwards it */
	RETURN_ACROSS,
	/* from here on it means forward */
	RETURN_BAD_ADDRESS,
	RETURN_OWN_SOURCE,
	RETURN_BAD_PATH,
	RETURN_EGRESS_ACROSS	/* another way, and no firewall would see */
};

enum policy_return policy_return(const struct origin *origin,
	enum node_hook hook, const struct ip_info *info,
	const struct route *to_source, const struct route *to_destination);

/* May invite create or move an invitation? */
bool policy_may_invite(const struct origin *origin, enum node_hook hook,
	const struct route *to_source);

/* Out of what interfaces a route leads. */
enum policy_way {
	POLICY_TO_CLIENTS,		/* all have the role client */
	POLICY_TO_A_GUEST,		/* one has the role guest */
	POLICY_ELSEWHERE
};

/* Where reroute would send a packet. */
struct policy_target {
	uint8_t family;			/* the packet's */
	const uint8_t *to;		/* IP_ADDR_SIZE bytes */
	const struct route *route;
	enum policy_way way;
	bool from_group;		/* the packet is to a group now */
};

/* The hook where it asks. */
struct policy_place {
	enum node_hook hook;
	const struct config_interface *interface;	/* not NULL */
	int out_ifindex;		/* at egress: the interface's */
};

/* May reroute send the packet there? */
bool policy_may_reroute(const struct config *config,
	const struct origin *origin, const struct policy_place *place,
	const struct policy_target *target);

#endif
