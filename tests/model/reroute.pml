/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Rerouting by invitation: what an adversary can do with it, who owns all hosts
 * and sends any packet with any program, while the routers keep the rules.
 *
 * One packet travels at a time, since invitations are all that one leaves for
 * the next.  A program invites at every hook where it may: one more invitation
 * never takes anything from the adversary, as no program has to use it.  So
 * first flood() makes all that packets with up to one reroute can make, again
 * until there are no more; then any packets follow, which do whatever they
 * like at every hook.  If one of them could make another, GROW says so.  Lives
 * of ten seconds, moved invitations and full stores only take some away.  Routes
 * change between packets, never under way.  Nodes have no addresses of their own.
 *
 * The environment says what is tried: TOPOLOGY, a number of topologies.pml;
 * WITHOUT, the rules not kept, as a sum; PROPERTY, what is looked for, as a sum.
 */

#include "rules.h"

/* What must not happen. */
#define TWICE		0	/* a router is visited twice */
#define LOOP		1	/* by the same interface, for the same
				   destination: then again and again */
#define ENDLESS		2	/* and the hop limit does not end it */
#define BACK		3	/* out of the interface it came in by */
#define TRANSIT		4	/* from guest to guest, by a reroute here */
#define UNINVITED	5	/* a host gets, by a reroute, what it did not
				   invite */
#define GROW		6	/* no fault of the rules: a packet could make an
				   invitation that those of flood() did not, and
				   is searched no further with it */

#define NOBODY		255
#define HOSTS		5	/* at most, as of the next two */
#define ROUTERS		5
#define ENDS		16

/*
 * The network, which does not change: no part of the state.  An interface, or
 * end, is a number; so are routers and hosts.
 */
hidden byte router[ENDS], role[ENDS];
hidden byte far[ENDS];		/* the other end of its link; NOBODY: hosts */
hidden byte home[2 * HOSTS];	/* where a host is, by table */
hidden byte route[2 * ROUTERS * HOSTS];	/* the end out of which, by table */
hidden byte prefixes[ROUTERS];	/* client-prefixes: a bit for each host */
hidden byte routers, hosts, ends, tables = 1, broken = NOBODY;
hidden byte distance[ROUTERS], i, j;
hidden byte topology, property;
hidden int without;

/*
 * Invitations, which do not change either once all are made: at each place a bit
 * for each host that they hold.
 */
hidden byte invited[4 * ENDS];

/* The packet, and where it is. */
byte src, dst;
bool udp, back;
bool marked;		/* as rerouted; and so it stays when returned */
byte in, out;		/* interfaces of the router where it is */
byte table;		/* of the routes, while it travels */

/* What the adversary and the properties remember of it. */
byte sender;
bool own;		/* sent by its source's administrator */
byte receiver;		/* the host that the next hop was found for */
bool rerouted, uninvited;	/* at all; to one who did not ask */
bool here, diverted;	/* by this router; by this domain */
byte entered;		/* the role by which it entered this domain */
byte mark, mark_dst;	/* one of the places where it was, which one is for
			   the search to choose, and its destination there */
bool fewer;		/* its hop limit is below what it was at the mark */

/* While it is flooded; then attacking. */
bool attacking, grown;
byte hooks, when, to, at;
byte a, b, kind, whom;

c_decl { \#include <stdlib.h> }
#include "topologies.pml"

#define must_not(what)	assert(!((property >> what) & 1))
#define bit_of(h)	(1 << (h))
#define HERE		router[in]
#define ROUTE(at, h)	route[(table * ROUTERS + at) * HOSTS + (h)]
#define HOME(h)		home[table * HOSTS + h]

/*
 * Where an invitation is kept: what the node hashes with its name; and, beside
 * each other, those that the host made itself, and others in its name.
 */
#define PLACE(end, side, itself) \
	(4 * (kept(INTERFACE) -> end : router[end]) + \
	 2 * (kept(SIDE) -> side : 0) + itself)

inline invite()
{
	if
	:: attacking -> must_not(GROW)
	:: else -> invited[at] = invited[at] | bit_of(src); grown = true
	fi
}

/* The program runs: it invites, and perhaps reroutes. */
inline hook(end, side)
{
	at = PLACE(end, side, own);
	if
	:: MAY_INVITE(side) && !(invited[at] & bit_of(src)) -> invite()
	:: else
	fi;
	hooks++;
	if
	:: attacking || hooks != when
	:: attacking || hooks == when ->
		if
		:: attacking -> select(to : 0 .. hosts - 1)
		:: else -> to = whom
		fi;
		if
		:: to != dst && MAY_REROUTE(end, side) &&
		   (invited[PLACE(end, 1 - side, true)] & bit_of(to)) ->
			reroute(side);
			uninvited = false
		:: to != dst && MAY_REROUTE(end, side) &&
		   ((invited[PLACE(end, 1 - side, false)] & bit_of(to)) ||
		    !kept(INVITED)) ->
			reroute(side);
			uninvited = true
		:: else
		fi
	fi
}

inline reroute(side)
{
	printf("  rerouted at hook %d of router %d, to host %d\n",
		side + 1, HERE, to);
	rerouted = true;
	marked = kept(ONCE);
	if
	:: side == INGRESS || ROUTE(HERE, to) != out ->
		here = true; diverted = true
	:: else
	fi;
	dst = to;
	if
	:: side == INGRESS || kept(RESOLVE) -> receiver = to
	:: else
	fi
}

/* It is returned, and begins another journey. */
inline turn_back()
{
	printf("  returned\n");
	to = src; src = dst; dst = to;
	receiver = dst;
	back = true; own = false;
	forget()
}

inline forget()
{
	rerouted = false; uninvited = false; here = false; diverted = false;
	mark = NOBODY; mark_dst = 0; fewer = false
}

inline leave_host()
{
	in = HOME(sender);
	printf("host %d sends: source %d, UDP %d, R %d, by routes %d\n",
		sender, src, udp, back, table)
}

/* It comes to a router. */
inline arrive()
{
	printf("  at router %d, by interface %d, for host %d\n", HERE, in, dst);
	if
	:: mark != NOBODY && router[mark] == HERE ->
		must_not(TWICE);
		if
		:: mark == in && mark_dst == dst ->
			must_not(LOOP);
			if
			:: !fewer -> must_not(ENDLESS)
			:: else
			fi
		:: else
		fi
	:: mark == NOBODY && attacking -> mark = in; mark_dst = dst
	:: true
	fi;
	/* what a host of the domain returns is still who sent it */
	if
	:: role[in] != INTERNAL && !(back && far[in] == NOBODY) ->
		entered = role[in]; diverted = false
	:: else
	fi;
	fewer = kept(HOPS) && mark != NOBODY;
	receiver = dst
}

/* Through a router, to the next or to a host, which may return it. */
inline cross()
{
	arrive();
	hook(in, INGRESS);
	if
	:: true
	/* as policy_return has it; one at egress comes to the same */
	:: attacking && !back && src != dst &&
	   (role[in] == INTERNAL || ROUTE(HERE, src) == in) -> turn_back()
	fi;
	out = ROUTE(HERE, dst);
	hook(out, EGRESS);
	out = ROUTE(HERE, dst);
	if
	:: here && out == in -> must_not(BACK)
	:: else
	fi;
	if
	:: diverted && entered == GUEST && role[out] == GUEST ->
		must_not(TRANSIT)
	:: else
	fi;
	if
	:: far[out] != NOBODY -> in = far[out]
	:: else ->
		if
		:: uninvited || (rerouted && receiver != dst) ->
			must_not(UNINVITED)
		:: else
		fi;
		if
		:: true -> in = NOBODY
		:: attacking && !back && src != dst ->
			turn_back(); in = HOME(src)
		fi
	fi;
	here = false; receiver = 0; out = 0; to = 0; at = 0;
	hooks = (attacking -> 0 : hooks)
}

/* Nothing of a packet that is gone, so that states are the same. */
inline clear()
{
	forget();
	marked = false; entered = 0; in = 0; own = false; table = 0;
	sender = 0; src = 0; dst = 0; udp = false; back = false
}

/* One packet each, from sender to b with source a, and one reroute or none. */
inline flood_one()
{
	forget();
	marked = false; src = a; dst = b; entered = 0; hooks = 0;
	udp = kind == 1;	/* by any user of the host's */
	back = kind == 2;	/* by the host, as an answer to another */
	own = kind == 0 && src == sender;
	leave_host();
	do
	:: in != NOBODY -> cross()
	:: else -> break
	od
}

inline flood()
{
	grown = true;
	do
	:: grown ->
		grown = false;
		for (table : 0 .. (kept(STEADY) -> 0 : tables - 1)) {
		for (sender : 0 .. hosts - 1) {
		for (a : 0 .. hosts - 1) {
		for (b : 0 .. hosts - 1) {
		for (kind : 0 .. 2) {
		for (when : 0 .. 2 * routers + 2) {
		for (whom : 0 .. hosts - 1) {
			if
			:: (a == sender || (kind == 0 && !kept(SOURCE))) &&
			   (when > 0 || whom == 0) -> flood_one()
			:: else
			fi
		} } } } } } }
	:: else -> break
	od;
	a = 0; b = 0; kind = 0; when = 0; whom = 0; hooks = 0
}

inline send()
{
	if
	:: table = 0
	:: tables > 1 && !kept(STEADY) -> table = 1
	fi;
	select(sender : 0 .. hosts - 1);
	select(dst : 0 .. hosts - 1);
	if
	:: src = sender
	:: src = sender; udp = true
	:: !kept(SOURCE) -> select(src : 0 .. hosts - 1)
	fi;
	own = src == sender && !udp;
	leave_host()
}

/* Bellman and Ford. */
inline find_routes(h)
{
	for (i : 0 .. routers - 1) { distance[i] = 2 * ROUTERS }
	distance[router[HOME(h)]] = 0;
	ROUTE(router[HOME(h)], h) = HOME(h);
	for (i : 1 .. routers) {
		for (j : 0 .. ends - 1) {
			if
			:: far[j] != NOBODY &&
			   !(table == 1 && (j == broken || far[j] == broken)) &&
			   distance[router[far[j]]] + 1 < distance[router[j]] ->
				distance[router[j]] =
					distance[router[far[j]]] + 1;
				ROUTE(router[j], h) = j
			:: else
			fi
		}
	}
}

init
{
	d_step {
		c_code {
			topology = atoi(getenv("TOPOLOGY"));
			without = atoi(getenv("WITHOUT"));
			property = atoi(getenv("PROPERTY"));
		};
		lay_out();
		for (table : 0 .. tables - 1) {
			for (a : 0 .. hosts - 1) { find_routes(a) }
		}
		clear();
		flood();
		clear();
		attacking = true
	}
	do
	:: atomic { send() };
		do
		:: atomic { in != NOBODY -> cross() }
		:: atomic { in == NOBODY -> clear(); break }
		od
	od
}
