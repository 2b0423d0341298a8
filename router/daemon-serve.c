/* SPDX-License-Identifier: BSD-2-Clause */
/* Which data path serves which interface; see daemon-int.h. */
#include "router/daemon-int.h"

#include <errno.h>
#include <net/if.h>

/* Why not, where the kernel's path does not serve; once, until it does. */
static bool
say_refusal(struct daemon *d, unsigned i, const struct xdp_report *report)
{
	bool must = d->config->datapath == CONFIG_XDP;

	if (d->refused >> i & 1)
		return !must;
	d->refused |= RULES_ONE << i;
	log_line(d->log, must ? CONFIG_LOG_ERROR : CONFIG_LOG_INFO,
		"%s: %s%s", d->config->interfaces[i].name, report->text,
		must ? "" : "; the portable data path serves it");
	return !must;
}

/*
 * Give an interface to the data path that can serve it; false: none may, which
 * was said.
 */
static bool
serve_interface(struct daemon *d, unsigned i, int ifindex)
{
	const struct config_interface *c = &d->config->interfaces[i];
	struct xdp_report report = {.text = "it has a policy"};
	bool wanted = d->kernel && d->config->datapath != CONFIG_PORTABLE &&
		!c->has_policy;
	bool ok = true, xdp = false;

	router_set_ifindex(d->router, i + 1, ifindex);
	if (d->kernel)
		xdp = kernel_serve(d->kernel, i + 1, ifindex, wanted,
			&report) == XDP_OK && wanted && ifindex;
	if (d->kernel && !xdp && ifindex &&
	    d->config->datapath != CONFIG_PORTABLE)
		ok = say_refusal(d, i, &report) && report.status != XDP_HELD;
	d->xdp &= ~(RULES_ONE << i);
	d->portable &= ~(RULES_ONE << i);
	if (xdp || !ifindex)
		d->refused &= ~(RULES_ONE << i);
	if (xdp)
		d->xdp |= RULES_ONE << i;
	else if (ok && (ifindex || !wanted))
		d->portable |= RULES_ONE << i;
	return ok;
}

bool
daemon_renew_interfaces(struct daemon *d)
{
	bool ok = true;

	for (unsigned i = 0; i < d->config->interface_count; i++)
		ok &= serve_interface(d, i, (int)if_nametoindex(
			d->config->interfaces[i].name));
	if (d->kernel)
		kernel_tell(d->kernel);
	return ok;
}

void
daemon_warn_of_missing(struct daemon *d)
{
	for (unsigned i = 0; i < d->config->interface_count; i++)
		if (!if_nametoindex(d->config->interfaces[i].name))
			log_line(d->log, CONFIG_LOG_WARNING,
				"there is no interface %s now",
				d->config->interfaces[i].name);
}

static struct queue *
open_queue(struct daemon *d, unsigned number)
{
	struct queue *queue = queue_open((uint16_t)number);

	if (!queue && errno == EBUSY)
		log_line(d->log, CONFIG_LOG_ERROR, "the packet queue %u is "
			"another program's; is another waspd running?",
			number);
	else if (!queue)
		log_failure(d->log, "the packet queue can not be bound");
	return queue;
}

/* Those that the rules will need. */
static bool
open_queues(struct daemon *d)
{
	if (!d->queue && d->portable)
		d->queue = open_queue(d, d->config->queue);
	if (!d->flows && rules_has_flows(d->config))
		d->flows = open_queue(d, rules_flow_queue(d->config));
	return (d->queue || !d->portable) &&
		(d->flows || !rules_has_flows(d->config));
}

/*
 * Queues and rules, for interfaces of the portable path and for wrapping;
 * without any there are none, and what was needed before is kept to the end.
 */
bool
daemon_install(struct daemon *d)
{
	struct rules_report report;

	if (!d->portable && !rules_has_flows(d->config) && !d->installed)
		return true;
	if (!open_queues(d))
		return false;
	if (!rules_install(d->rules, d->config, d->portable, &report)) {
		log_line(d->log, CONFIG_LOG_ERROR,
			"the rules can not be put in: %s", report.error);
		return false;
	}
	if (report.removed > 0)
		log_line(d->log, CONFIG_LOG_INFO, "took out %u tables "
			"that were there before", report.removed);
	d->installed = true;
	return true;
}

/* " eth0=client/xdp", and so on. */
static void
name_interfaces(const struct daemon *d, char *names, size_t room)
{
	for (unsigned i = 0; i < d->config->interface_count; i++) {
		const struct config_interface *f = &d->config->interfaces[i];
		int size = snprintf(names, room, " %s=%s/%s", f->name,
			config_role_name(f->role),
			d->xdp >> i & 1 ? "xdp" :
			d->portable >> i & 1 ? "portable" : "none");

		if (size < 0 || (size_t)size >= room)
			break;
		names += size;
		room -= (size_t)size;
	}
}

void
daemon_say_served(struct daemon *d)
{
	char names[2560] = "";

	name_interfaces(d, names, sizeof(names));
	log_line(d->log, CONFIG_LOG_INFO, "from now on%s", names);
}

void
daemon_say_ready(struct daemon *d)
{
	char names[2560] = "", queue[32] = "";

	name_interfaces(d, names, sizeof(names));
	if (d->queue)
		snprintf(queue, sizeof(queue), ", queue %u", d->config->queue);
	if (d->xdp && d->config->fast && rules_forward_chain())
		log_line(d->log, CONFIG_LOG_WARNING, "mode is fast: packets "
			"pass by the chains of FORWARD that are there");
	log_line(d->log, CONFIG_LOG_INFO, "ready: %s%s%s, on%s",
		d->config->name, queue,
		!d->xdp ? "" : d->config->fast ? ", mode fast" :
		", mode through", names);
}
