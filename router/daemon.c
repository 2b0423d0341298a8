/* SPDX-License-Identifier: BSD-2-Clause */
/* The running router; see daemon.h. */
#include "router/daemon-int.h"

#include "router/caps.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

/* Start */

static bool
open_signals(struct daemon *d)
{
	static const int numbers[] = {SIGTERM, SIGINT, SIGHUP, SIGUSR1,
		SIGUSR2};

	sigemptyset(&d->signals);
	for (unsigned i = 0; i < sizeof(numbers) / sizeof(*numbers); i++)
		sigaddset(&d->signals, numbers[i]);
	sigprocmask(SIG_BLOCK, &d->signals, NULL);
	signal(SIGPIPE, SIG_IGN);	/* nobody who reads the log is no reason
					   to leave the rules behind */
	d->signal_fd = signalfd(-1, &d->signals, SFD_CLOEXEC | SFD_NONBLOCK);
	return d->signal_fd >= 0;
}

/* What one that was killed has left would run packets a second time. */
static bool
take_out_programs(struct daemon *d)
{
	struct xdp_report report;
	int count = xdp_clean(d->config->pins, d->config->name, &report);

	if (count > 0)
		log_line(d->log, CONFIG_LOG_INFO, "took out the programs at "
			"%d interfaces that were there before", count);
	if (count < 0)
		log_line(d->log, CONFIG_LOG_ERROR, "%s", report.text);
	return count >= 0;
}

/*
 * The kernel's data path, unless it is not wanted.  Where it can not be had
 * `auto` does without, but for one of ours that runs.
 */
static bool
open_kernel(struct daemon *d)
{
	struct xdp_report report;
	bool must = d->config->datapath == CONFIG_XDP;

	if (d->config->datapath == CONFIG_PORTABLE)
		return take_out_programs(d);
	d->kernel = kernel_open(d->config, d->netlink, &report);
	if (d->kernel) {
		if (kernel_facts(d->kernel).adopted)
			log_line(d->log, CONFIG_LOG_INFO,
				"took over the store that was there before");
		return true;
	}
	d->not_permitted = must && report.status == XDP_NOT_PERMITTED;
	must |= report.status == XDP_HELD;
	log_line(d->log, must ? CONFIG_LOG_ERROR : CONFIG_LOG_INFO,
		"no XDP: %s%s", report.text,
		must ? "" : "; the portable data path serves all");
	return !must && take_out_programs(d);
}

/*
 * Always, since a later configuration may want it; only one that wants it from
 * the start insists.
 */
static bool
open_translator(struct daemon *d)
{
	if (!d->kernel || kernel_translate(d->kernel))
		return true;
	return d->config->translate.mode == TRANSLATOR_OFF ||
		log_failure(d->log, "the translator");
}

static bool
open_router(struct daemon *d)
{
	struct router_share share = {0};

	if (d->kernel)
		share = kernel_share(d->kernel);
	d->router = router_new(d->config, &d->world,
		d->kernel ? &share : NULL);
	if (d->router)
		d->flow = flow_new(d->config, &d->world, d->router);
	return d->flow != NULL;
}

static bool
start(struct daemon *d)
{
	if (!open_signals(d))
		return log_failure(d->log, "signals");
	d->netlink = netlink_open();
	if (!d->netlink)
		return log_failure(d->log, "rtnetlink");
	netlink_world(d->netlink, &d->world);
	if (!inject_open(&d->inject, d->config->numbers.protocol))
		return log_failure(d->log, "raw sockets");
	if (!open_kernel(d) || !open_translator(d))
		return false;
	if (!open_router(d))
		return log_failure(d->log, "the store");
	d->rules = rules_open();
	if (!d->rules)
		return log_failure(d->log, "the socket of the rules");
	if (!daemon_renew_interfaces(d))
		return false;
	if (!caps_keep_needed(d->kernel && kernel_needs_bpf(d->kernel)))
		return log_failure(d->log, "privileges can not be given up");
	daemon_warn_of_missing(d);
	if (!daemon_install(d))
		return false;
	daemon_say_ready(d);
	d->ready = true;
	return true;
}

/* Interfaces came, went, or changed. */
static bool
serve_changes(struct daemon *d)
{
	rules_set before = d->portable, served = d->portable | d->xdp;

	daemon_renew_interfaces(d);
	if (before == d->portable && served == (d->portable | d->xdp))
		return true;
	daemon_say_served(d);
	return daemon_install(d);
}

static bool
serve_netlink(struct daemon *d)
{
	if (!netlink_renew(d->netlink))
		log_line(d->log, CONFIG_LOG_WARNING,
			"interfaces can not be read: %s", strerror(errno));
	return serve_changes(d);
}

/* What the kernel's path is fed with; after so many ms again, -1: never. */
static int
serve_kernel(struct daemon *d)
{
	return d->kernel ? kernel_feed(d->kernel, daemon_clock_ns(CLOCK_BOOTTIME),
		daemon_clock_ns(CLOCK_REALTIME)) : -1;
}

static void
say_translated(struct daemon *d)
{
	static const char *const did[] = {[TRANSLATOR_LOADED] = "translated",
		[TRANSLATOR_EVICTED] = "no longer translated:",
		[TRANSLATOR_REFUSED] = "can not be translated:"};
	char hash[PACKET_HASH_SIZE];
	struct translator_event event;

	while (kernel_translated(d->kernel, &event))
		log_packet(d->log, daemon_clock_ns(CLOCK_BOOTTIME),
			CONFIG_LOG_INFO, "%s %s at %s, %.1f ms",
			did[event.what % 3],
			packet_hash_text(event.code_hash, hash),
			event.hook == 0 ? "ingress" : "egress",
			(double)event.load_ns / 1e6);
}

/* The translator has something to say, or has gone. */
static void
serve_translator(struct daemon *d, struct pollfd *fd)
{
	if (fd->revents & POLLIN)
		say_translated(d);
	if (!(fd->revents & (POLLHUP | POLLERR)))
		return;
	fd->fd = -1;
	log_line(d->log, CONFIG_LOG_WARNING,
		"the translator has gone; nothing more is translated");
}

static bool
loop(struct daemon *d)
{
	struct pollfd fds[] = {{-1, POLLIN, 0}, {d->signal_fd, POLLIN, 0},
		{netlink_fd(d->netlink), POLLIN, 0}, {-1, POLLIN, 0},
		{-1, POLLIN, 0}, {-1, POLLIN, 0}};
	enum { COUNT = sizeof(fds) / sizeof(*fds) };

	if (d->kernel) {
		fds[3].fd = kernel_fd(d->kernel);
		fds[4].fd = kernel_translator_fd(d->kernel);
	}
	for (;;) {
		fds[0].fd = d->queue ? queue_fd(d->queue) : -1;
		fds[5].fd = d->flows ? queue_fd(d->flows) : -1;
		if (poll(fds, COUNT, serve_kernel(d)) < 0 && errno != EINTR)
			return log_failure(d->log, "poll");
		if (fds[1].revents && daemon_serve_signals(d))
			return true;
		if (fds[2].revents && !serve_netlink(d))
			return false;
		if (fds[3].revents && kernel_watch(d->kernel) &&
		    !serve_changes(d))
			return false;
		if (fds[0].revents &&
		    daemon_serve_queue(d, d->queue, daemon_serve_packet) < 0)
			return false;
		if (fds[5].revents &&
		    daemon_serve_queue(d, d->flows, daemon_serve_flow) < 0)
			return false;
		if (fds[4].revents)
			serve_translator(d, &fds[4]);
	}
}

/*
 * Rules first, then the packets that wait, then the chains that they wait in:
 * none is lost by ending.
 */
static void
take_out(struct daemon *d)
{
	struct rules_report report;

	rules_stop(d->rules, d->config->name);
	while (daemon_serve_queue(d, d->queue, daemon_serve_packet) > 0 ||
	    daemon_serve_queue(d, d->flows, daemon_serve_flow) > 0)
		;
	if (!rules_remove(d->rules, d->config->name, &report))
		log_line(d->log, CONFIG_LOG_ERROR,
			"the rules can not be taken out: %s", report.error);
}

/*
 * After a failure what is pinned stays, and serves, and before a restart; but a
 * start that failed leaves no more than it found.
 */
static bool
must_keep(const struct daemon *d, bool ok)
{
	return d->kernel && (ok ? d->leaves :
		d->ready || kernel_facts(d->kernel).adopted);
}

static void
stop(struct daemon *d, bool ok)
{
	if (d->installed)
		take_out(d);
	kernel_close(d->kernel, must_keep(d, ok));
	rules_close(d->rules);
	queue_close(d->queue);
	queue_close(d->flows);
	flow_free(d->flow);
	router_free(d->router);
	inject_close(&d->inject);
	netlink_close(d->netlink);
	if (d->signal_fd >= 0)
		close(d->signal_fd);
	sigprocmask(SIG_UNBLOCK, &d->signals, NULL);
}

enum daemon_end
daemon_run(const struct daemon_setup *setup)
{
	struct daemon d = {.setup = setup, .config = setup->config,
		.log = setup->log, .inject = {-1, -1, -1, -1}, .signal_fd = -1};
	const char *missing = caps_missing();
	bool ok;

	if (missing) {
		log_line(d.log, CONFIG_LOG_ERROR, "%s is missing: run as root, "
			"or give it by setpriv, capsh or the unit file",
			missing);
		return DAEMON_NOT_PERMITTED;
	}
	ok = start(&d) && loop(&d);
	if (ok)
		daemon_say_counts(&d);
	stop(&d, ok);
	if (ok)
		log_line(d.log, CONFIG_LOG_INFO, "ended");
	return ok ? DAEMON_DONE : d.not_permitted ? DAEMON_NOT_PERMITTED :
		DAEMON_FAILED;
}
