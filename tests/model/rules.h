/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rules of rerouting, written once for the model and for a unit test that
 * compares them with router/policy.c in every case.  Both define what they are
 * about: role, in, src, ...; HERE is the router, ROUTE the interface out of which a
 * host is routed.
 */

/*
 * The rules.  isa: wasp-isa(7), invite and reroute in "What an access does";
 * packet: wasp-packet(7), "Reroute"; the function is in router/policy.c where
 * nothing else is said.
 */
#define INTERFACE	0	/* an invitation serves the interface where it
				   was made: packet; node_invitation_name in
				   vm/node.c */
#define SIDE		1	/* and packets the other way: isa; run_reroute
				   in vm/node.c */
#define EDGE		2	/* client or guest interfaces only: packet;
				   policy_may_reroute */
#define TURN		3	/* not out of the interface it came in by:
				   packet; policy_may_reroute */
#define SAME		4	/* out of the same interface, at egress: packet;
				   policy_may_reroute */
#define RESOLVE		5	/* there the next hop is found again: packet;
				   ROUTER_REROUTE in router/daemon.c */
#define TOWARDS		6	/* guests' packets towards clients only: packet;
				   policy_may_reroute */
#define INVITED		7	/* to an address that an invitation holds: isa;
				   run_reroute in vm/node.c */
#define UDP_INVITE	8	/* no invite over UDP: isa; policy_may_invite */
#define UDP_REROUTE	9	/* no reroute: isa; policy_may_reroute */
#define BACK_INVITE	10	/* no invite with R set: isa;
				   policy_may_invite */
#define BACK_REROUTE	11	/* no reroute: isa; policy_may_reroute */
#define PATH		12	/* invite where the source is routed out of the
				   interface it came in by: isa;
				   policy_may_invite */
#define GUEST_INVITE	13	/* guests' packets do not invite at egress: isa;
				   policy_may_invite */
#define HOPS		14	/* the hop limit decreases: packet; the
				   kernel's */
/* What the network does, not WASP. */
#define SOURCE		15	/* where a host is attached it can not forge its
				   source (RFC 2827) */
#define STEADY		16	/* routes stay as they are while an invitation
				   lives */
/* And of WASP again. */
#define ONCE		17	/* no reroute of what was rerouted already:
				   packet; run_reroute in vm/node.c */
#define STRANGER	18	/* who comes in by an interface without a role
				   is a guest: packet; policy_may_invite,
				   policy_may_reroute */
#define THERE		19	/* a client is not routed out of a guest
				   interface, whatever client-prefixes say:
				   packet; policy_may_reroute */
/* What is no rule, to see better what others prevent. */
#define INGRESS_ONLY	20	/* no reroute at egress */
#define kept(rule)	(!((without >> rule) & 1))

/* Roles, as env role has them. */
#define NO_ROLE		0
#define CLIENT		1
#define GUEST		2
#define INTERNAL	3

#define INGRESS		0
#define EGRESS		1

/* May the packet that came in by `in` invite, at this side? */
#define IS_GUEST \
	(role[in] == GUEST || (role[in] == NO_ROLE && kept(STRANGER)))
#define MAY_INVITE(side) \
	((!back || !kept(BACK_INVITE)) && (!udp || !kept(UDP_INVITE)) && \
	 !(side == EGRESS && IS_GUEST && kept(GUEST_INVITE)) && \
	 (ROUTE(HERE, src) == in || !kept(PATH)))

/* May it, where it is at an end and side, be rerouted to the host `to`? */
#define IS_EDGE(end)	(role[end] == CLIENT || role[end] == GUEST)
#define IS_CLIENT(h) \
	((prefixes[HERE] == 0 && role[ROUTE(HERE, h)] == CLIENT) || \
	 ((prefixes[HERE] & bit_of(h)) && \
		!(role[ROUTE(HERE, h)] == GUEST && kept(THERE))))
#define MAY_REROUTE(end, side) \
	((IS_EDGE(end) || !kept(EDGE)) && \
	 (!back || !kept(BACK_REROUTE)) && (!udp || !kept(UDP_REROUTE)) && \
	 (!IS_GUEST || IS_CLIENT(to) || !kept(TOWARDS)) && \
	 (ROUTE(HERE, to) != in || !kept(TURN)) && \
	 (side == INGRESS || ROUTE(HERE, to) == end || !kept(SAME)) && \
	 (side == INGRESS || !kept(INGRESS_ONLY)) && \
	 (!marked || !kept(ONCE)))
