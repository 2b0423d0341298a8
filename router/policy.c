/* SPDX-License-Identifier: BSD-2-Clause */
/* Who may do what; see policy.h. */
#include "router/policy.h"

enum { SECOND_NS = 1000000000 };

bool
bucket_take(struct bucket *bucket, unsigned per_second, uint64_t now_ns)
{
	uint64_t interval;

	if (per_second == 0)
		return false;
	interval = SECOND_NS / per_second;
	if (bucket->next_ns < now_ns)
		bucket->next_ns = now_ns;
	if (bucket->next_ns - now_ns + interval > SECOND_NS)
		return false;
	bucket->next_ns += interval;
	return true;
}

bool
policy_strict_path(const struct route *to_source, int in_ifindex)
{
	if (to_source->kind != ROUTE_UNICAST)
		return false;
	for (unsigned i = 0; i < to_source->hop_count; i++)
		if (to_source->hops[i].ifindex == in_ifindex)
			return true;
	return false;
}

bool
policy_is_operator(const struct config *config, const struct origin *origin,
	const uint8_t src[IP_ADDR_SIZE], const struct route *to_source)
{
	return origin->in && origin->in->is_operator && origin->native &&
		!origin->back && config_covers(&config->operators, src) &&
		policy_strict_path(to_source, origin->in_ifindex);
}

bool
policy_is_forged(const struct config *config, const struct origin *origin,
	const uint8_t src[IP_ADDR_SIZE])
{
	return origin->in && !origin->in->is_operator &&
		origin->in->role != CONFIG_INTERNAL && origin->native &&
		!origin->back && config_covers(&config->operators, src);
}

enum isa_who
policy_who(const struct origin *origin, bool is_operator)
{
	if (is_operator)
		return ISA_WHO_OPERATOR;
	if (!origin->in)	/* made here, or came in where nothing is set */
		return origin->in_ifindex == 0 && !origin->back ?
			ISA_WHO_CLIENT : ISA_WHO_ALL;
	if (origin->in->tell_set)
		return origin->in->tell;
	return origin->in->role == CONFIG_NO_ROLE ? ISA_WHO_ALL :
		node_who((enum node_role)origin->in->role, false);
}

enum policy_return
policy_return(const struct origin *origin, enum node_hook hook,
	const struct ip_info *info, const struct route *to_source,
	const struct route *to_destination)
{
	bool strict = !origin->in || origin->in->role != CONFIG_INTERNAL;

	if (!node_may_return(info) || to_destination->kind == ROUTE_OTHER)
		return RETURN_BAD_ADDRESS;
	if (origin->in_ifindex == 0 || to_source->kind == ROUTE_LOCAL)
		return RETURN_OWN_SOURCE;
	if (to_source->kind != ROUTE_UNICAST)
		return to_source->kind == ROUTE_OTHER ? RETURN_BAD_ADDRESS :
			RETURN_BAD_PATH;
	if (policy_strict_path(to_source, origin->in_ifindex))
		return RETURN_ANSWER;
	if (strict)
		return RETURN_BAD_PATH;
	if (to_destination->kind == ROUTE_LOCAL)
		return RETURN_OWN;
	return hook == NODE_INGRESS ? RETURN_ACROSS : RETURN_EGRESS_ACROSS;
}

/* Who comes in by an interface without a role is no better than a guest. */
static bool
is_guest(const struct origin *origin)
{
	return !origin->own && (!origin->in ||
		origin->in->role == CONFIG_GUEST ||
		origin->in->role == CONFIG_NO_ROLE);
}

bool
policy_may_invite(const struct origin *origin, enum node_hook hook,
	const struct route *to_source)
{
	return !origin->back && origin->native &&
		!(hook == NODE_EGRESS && is_guest(origin)) &&
		policy_strict_path(to_source, origin->in_ifindex);
}

/* At the edge of the operator's domain. */
static bool
is_edge(const struct config_interface *interface)
{
	return interface->role == CONFIG_CLIENT ||
		interface->role == CONFIG_GUEST;
}

/* "Only to a client", which is behind no guest, whatever prefixes say. */
static bool
is_client(const struct config *config, const struct policy_target *target)
{
	return config->clients.count > 0 ?
		config_covers(&config->clients, target->to) &&
			target->way != POLICY_TO_A_GUEST :
		target->way == POLICY_TO_CLIENTS;
}

/* Does a route leave by this interface, whichever of its hops is taken? */
static bool
leaves_by(const struct route *route, int ifindex)
{
	for (unsigned i = 0; i < route->hop_count; i++)
		if (route->hops[i].ifindex != ifindex)
			return false;
	return route->kind == ROUTE_UNICAST && route->hop_count > 0;
}

/*
 * Never out of the interface it came in by; at egress out of the same as before.
 */
static bool
route_suits(const struct origin *origin, const struct policy_place *place,
	const struct route *route)
{
	if (place->hook == NODE_EGRESS)
		return leaves_by(route, place->out_ifindex) &&
			place->out_ifindex != origin->in_ifindex;
	return (route->kind == ROUTE_UNICAST || route->kind == ROUTE_LOCAL) &&
		!policy_strict_path(route, origin->in_ifindex);
}

bool
policy_may_reroute(const struct config *config, const struct origin *origin,
	const struct policy_place *place, const struct policy_target *target)
{
	return !origin->back && origin->native &&
		(origin->in || origin->own) && is_edge(place->interface) &&
		!target->from_group &&
		ip_addr_is_v4(target->to) == (target->family == 4) &&
		ip_addr_returnable(target->to) &&
		route_suits(origin, place, target->route) &&
		(!is_guest(origin) || is_client(config, target));
}
