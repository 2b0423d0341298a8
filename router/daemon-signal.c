/* SPDX-License-Identifier: BSD-2-Clause */
/* What signals ask for: counts, another configuration, the end. */
#include "router/daemon-int.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <unistd.h>

static void
say_count(struct daemon *d, const char *kind, const char *name, uint64_t count)
{
	if (count > 0)
		log_line(d->log, CONFIG_LOG_INFO, "count %s%s: %llu", kind,
			name, (unsigned long long)count);
}

static uint64_t
in_kernel(const struct daemon *d, unsigned count)
{
	return d->kernel ? kernel_counted(d->kernel, count) : 0;
}

/*
 * Of both data paths, what is not zero; the last line tells scripts that there
 * is no more.
 */
void
daemon_say_counts(struct daemon *d)
{
	char name[ISA_FAULT_NAME_SIZE];

	for (int i = 0; i < ROUTER_COUNT_COUNT; i++)
		say_count(d, "", router_count_name((enum router_count)i),
			router_counted(d->router, (enum router_count)i) +
			in_kernel(d, (unsigned)i));
	for (unsigned i = 1; i < ISA_FAULT_LIMIT; i++)
		say_count(d, "fault ", isa_fault_name(i, name),
			router_faults(d->router, (enum isa_fault)i) +
			in_kernel(d, XDP_COUNT_FAULTS + i));
	log_line(d->log, CONFIG_LOG_INFO, "counts: all others are 0");
}

/* What only a new start can change stays as it is. */
static void
keep_fixed(struct daemon *d, struct config *config)
{
	if (config->store != d->config->store ||
	    (config->datapath != d->config->datapath && !d->kernel) ||
	    strcmp(config->pins, d->config->pins) ||
	    config->queue != d->config->queue ||
	    config->numbers.protocol != d->config->numbers.protocol ||
	    strcmp(config->name, d->config->name))
		log_line(d->log, CONFIG_LOG_WARNING, "store, queue, protocol, "
			"datapath, pin-directory and name stay as they are "
			"until the next start");
	config->store = d->config->store;
	if (!d->kernel)
		config->datapath = d->config->datapath;
	memcpy(config->pins, d->config->pins, sizeof(config->pins));
	config->queue = d->config->queue;
	config->numbers.protocol = d->config->numbers.protocol;
	memcpy(config->name, d->config->name, sizeof(config->name));
}

static bool
take_config(struct daemon *d, const struct config *config)
{
	*d->config = *config;
	router_configure(d->router, d->config);
	flow_configure(d->flow, d->config);
	if (d->kernel)
		kernel_configure(d->kernel, d->config);
	return daemon_renew_interfaces(d);
}

/* What can not be served, and rules that can not be put in, change nothing. */
static void
change_config(struct daemon *d, struct config *config, struct config *old)
{
	*old = *d->config;
	keep_fixed(d, config);
	if (!take_config(d, config) || !daemon_install(d)) {
		take_config(d, old);
		daemon_install(d);
	}
	d->log->level = d->config->log;
	d->log->syslog = d->config->syslog;
	daemon_warn_of_missing(d);
	daemon_say_ready(d);
}

/* So does a wrong file. */
static void
reload(struct daemon *d)
{
	struct config *configs = calloc(2, sizeof(*configs));

	if (!d->setup->reload)
		log_line(d->log, CONFIG_LOG_WARNING,
			"there is no configuration file to read again");
	else if (!configs || !d->setup->reload(d->setup->reload_arg, configs))
		log_line(d->log, CONFIG_LOG_ERROR,
			"the configuration is wrong; the old one stays");
	else
		change_config(d, configs, configs + 1);
	free(configs);
}

bool
daemon_serve_signals(struct daemon *d)
{
	struct signalfd_siginfo info;
	bool end = false;

	while (read(d->signal_fd, &info, sizeof(info)) == sizeof(info)) {
		if (info.ssi_signo == SIGHUP)
			reload(d);
		else if (info.ssi_signo == SIGUSR1)
			daemon_say_counts(d);
		else
			end = true;
		d->leaves |= info.ssi_signo == SIGUSR2;
	}
	return end;
}
