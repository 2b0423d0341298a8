/* SPDX-License-Identifier: BSD-2-Clause */
/* Opening and closing what a line needs; see line.h. */
#include "wasp-send/line.h"

#include <string.h>

bool
line_find(struct line *line, const char *if_name, const uint8_t *src,
	struct send_error *error)
{
	bool found = (!if_name || route_check_interface(if_name, error)) &&
		route_find(line->probe.form.dst, if_name, src, &line->route,
		error);

	memcpy(line->probe.form.src, src ? src : line->route.src,
		IP_ADDR_SIZE);
	return found;
}

bool
line_open(struct line *line, const char *if_name, const uint8_t *src,
	struct send_error *error)
{
	struct ip_form *form = &line->probe.form;
	struct wire_form wire = {form->family, form->protocol, form->udp,
		form->sport, if_name, src && route_is_ours(src) ? src : NULL};

	if (!wire_open(&line->wire, &wire, error))
		return false;
	form->sport = line->wire.port;
	return listen_open(&line->listener, line->route.if_name, &line->probe,
		error);
}

bool
line_fits(const struct line *line, struct send_error *error)
{
	size_t size = probe_size(&line->probe);
	char to[IP_TEXT_SIZE];

	if (line->route.mtu == 0 || size <= line->route.mtu)
		return true;
	return send_failed(error, SEND_ERROR_SYSTEM, "the packet has %zu "
		"bytes, and the way to %s by %s takes %u", size,
		ip_addr_text(line->probe.form.dst, to), line->route.if_name,
		line->route.mtu);
}

void
line_close(struct line *line)
{
	tally_done(&line->tally);
	listen_close(&line->listener);
	wire_close(&line->wire);
}
