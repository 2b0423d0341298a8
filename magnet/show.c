/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-magnet tells; see show.h. */
#include "magnet/show.h"

#include <stdlib.h>

/* The address of a router, or "?". */
static const char *
router_text(const struct trail_router *router, char buf[static IP_TEXT_SIZE])
{
	return router->known ? ip_addr_text(router->addr, buf) : "?";
}

static json_t *
router_json(const struct trail_router *router)
{
	char text[IP_TEXT_SIZE];

	return router->known ? json_string(ip_addr_text(router->addr, text)) :
		json_null();
}

/* A number, or null for that which says there is none. */
static json_t *
number_json(int number, int none)
{
	return number == none ? json_null() : json_integer(number);
}

void
show_find_title(FILE *out)
{
	fprintf(out, "metric   port    age  hop  %-15s  %s\n", "router",
		"address");
}

void
show_find(FILE *out, const struct trail_find *find)
{
	char router[IP_TEXT_SIZE], addr[IP_TEXT_SIZE], port[8] = "-",
		age[16] = "-";

	if (find->port)
		snprintf(port, sizeof(port), "%u", find->port);
	if (find->age_ms >= 0)
		snprintf(age, sizeof(age), "%.1f s", find->age_ms / 1000.0);
	fprintf(out, "%6u  %5s  %5s  %3u  %-15s  %s\n", find->metric, port, age,
		find->router.hop, router_text(&find->router, router),
		ip_addr_text(find->addr, addr));
}

json_t *
show_find_json(const char *service, const struct trail_find *find)
{
	char addr[IP_TEXT_SIZE];

	return json_pack("{s:i, s:s, s:s, s:i, s:s, s:o, s:o, s:o, s:i}",
		"v", 1, "type", "provider", "service", service,
		"metric", find->metric,
		"address", ip_addr_text(find->addr, addr),
		"port", number_json(find->port, 0),
		"age_ms", number_json(find->age_ms, -1),
		"router", router_json(&find->router),
		"hop", find->router.hop);
}

void
show_offer(FILE *out, const struct show_offer *offer, const char *target)
{
	char addr[IP_TEXT_SIZE];

	fprintf(out, "%s at %s", offer->service,
		ip_addr_text(offer->addr, addr));
	if (offer->port)
		fprintf(out, " port %u", offer->port);
	fprintf(out, ", metric %u, on the way to %s\n", offer->metric, target);
}

json_t *
show_offer_json(const struct show_offer *offer, const char *target)
{
	char addr[IP_TEXT_SIZE];

	return json_pack("{s:i, s:s, s:s, s:i, s:s, s:o, s:s}", "v", 1,
		"type", "offer", "service", offer->service,
		"metric", offer->metric,
		"address", ip_addr_text(offer->addr, addr),
		"port", number_json(offer->port, 0), "target", target);
}

void
show_router(FILE *out, const struct board_router *router, const char *target)
{
	char addr[IP_TEXT_SIZE];

	fprintf(out, "router %s, hop %u to %s: %s\n",
		router_text(&router->router, addr), router->router.hop, target,
		board_state_text(router->state));
}

json_t *
show_router_json(const struct board_router *router, const char *target)
{
	return json_pack("{s:i, s:s, s:o, s:i, s:s, s:s}", "v", 1,
		"type", "router", "router", router_json(&router->router),
		"hop", router->router.hop, "target", target,
		"state", board_state_name(router->state));
}
