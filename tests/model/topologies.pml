/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The networks in which rerouting is tried.  Routes are the shortest paths, by
 * the interface named first where several are equal; where a topology says so,
 * there is a second table of them, after a host has moved or a link has failed.
 * Routers and hosts have numbers, in the order in which they appear.
 */
#define ONE	0	/* one domain */
#define PEERS	1	/* two peers */
#define EDGES	2	/* one domain of two edges, a peer at each */
#define CORE	3	/* one domain whose routers are a ring */
#define HOMED	4	/* a hierarchy with a multihomed customer */
#define PREFIX	5	/* the same, the middle two being peers, where
			   client-prefixes are set */
#define MUTUAL	6	/* two domains that call each other client */
#define SQUARE	7	/* the same, two routers each, two links */
#define RING3	8	/* a ring of clients: each is the next one's provider */
#define RING5	9	/* five of them, so that shortest paths are unique */
#define OWN5	10	/* the same, where client-prefixes are one's own hosts */
#define NONE5	11	/* the same, where no role is given towards providers */

/* Two routers, and what each calls the interface towards the other. */
inline link(a, role_a, b, role_b)
{
	router[ends] = a; role[ends] = role_a; far[ends] = ends + 1;
	router[ends + 1] = b; role[ends + 1] = role_b; far[ends + 1] = ends;
	ends = ends + 2
}

inline access(at, role_at)
{
	router[ends] = at; role[ends] = role_at; far[ends] = NOBODY;
	ends++
}

/* A host on an interface of its own; one beside it; one that moves there. */
inline host(at, role_at)
{
	access(at, role_at);
	beside()
}

inline beside()
{
	home[hosts] = ends - 1; home[HOSTS + hosts] = ends - 1;
	hosts++
}

inline moves(at, role_at)
{
	access(at, role_at);
	home[HOSTS + hosts - 1] = ends - 1;
	tables = 2
}

/* The last link fails. */
inline fails()
{
	broken = ends - 1;
	tables = 2
}

/* The router's client-prefixes hold these hosts, one bit each. */
inline clients(at, list)
{
	prefixes[at] = list
}

inline ring_of_five(to_client, to_provider)
{
	routers = 5;
	link(0, to_client, 1, to_provider); link(1, to_client, 2, to_provider);
	link(2, to_client, 3, to_provider); link(3, to_client, 4, to_provider);
	link(4, to_client, 0, to_provider);
	host(0, CLIENT); host(1, CLIENT); host(2, CLIENT); host(3, CLIENT);
	host(4, CLIENT)
}

/* 0 above 1 and 2, which are both above 3. */
inline hierarchy()
{
	routers = 4;
	link(0, CLIENT, 1, GUEST); link(0, CLIENT, 2, GUEST);
	link(1, CLIENT, 3, GUEST); fails(); link(2, CLIENT, 3, GUEST);
	host(0, CLIENT); host(1, CLIENT); host(2, CLIENT); host(3, CLIENT)
}

inline lay_out()
{
	if
	:: topology == ONE ->
		routers = 2;
		link(0, INTERNAL, 1, INTERNAL);
		host(0, CLIENT); beside(); host(1, GUEST);
		host(1, CLIENT); moves(0, CLIENT)
	:: topology == PEERS ->
		routers = 2;
		link(0, GUEST, 1, GUEST);
		host(0, CLIENT); host(0, CLIENT);
		host(1, CLIENT); host(1, CLIENT)
	:: topology == EDGES ->
		routers = 4;
		link(0, INTERNAL, 1, INTERNAL);
		link(0, GUEST, 2, GUEST); link(1, GUEST, 3, GUEST);
		host(2, CLIENT); host(3, CLIENT); host(1, CLIENT);
		host(0, CLIENT); moves(1, CLIENT);
		clients(0, 12); clients(1, 12)
	:: topology == CORE ->
		ring_of_five(INTERNAL, INTERNAL)
	:: topology == HOMED ->
		hierarchy()
	:: topology == PREFIX ->
		hierarchy();
		link(1, GUEST, 2, GUEST);
		clients(0, 15); clients(1, 10); clients(2, 12); clients(3, 8)
	:: topology == MUTUAL ->
		routers = 2;
		link(0, CLIENT, 1, CLIENT);
		host(0, CLIENT); host(0, CLIENT);
		host(1, CLIENT); host(1, CLIENT)
	:: topology == SQUARE ->
		routers = 4;
		link(2, INTERNAL, 3, INTERNAL);
		link(0, CLIENT, 2, CLIENT); link(1, CLIENT, 3, CLIENT);
		link(0, INTERNAL, 1, INTERNAL); fails();
		host(0, CLIENT); host(1, CLIENT); host(2, CLIENT);
		host(3, CLIENT)
	:: topology == RING3 ->
		routers = 3;
		link(0, CLIENT, 1, GUEST); link(1, CLIENT, 2, GUEST);
		link(2, CLIENT, 0, GUEST); fails();
		host(0, CLIENT); host(1, CLIENT); host(2, CLIENT)
	:: topology == RING5 ->
		ring_of_five(CLIENT, GUEST)
	:: topology == OWN5 ->
		ring_of_five(CLIENT, GUEST);
		clients(0, 1); clients(1, 2); clients(2, 4); clients(3, 8);
		clients(4, 16)
	:: topology == NONE5 ->
		ring_of_five(CLIENT, NO_ROLE)
	fi
}
