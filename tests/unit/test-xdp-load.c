/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The loader: what is attached, pinned, taken over and left, with and without
 * what older kernels lack, on a veth pair in namespaces of the test's own.
 */
#define _GNU_SOURCE	/* unshare */
#include "tests/unit/test.h"

#include "vm/ess-layout.h"
#include "xdp/load.h"

#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STORE = 100 };

static char pins[] = "/tmp/wasp-pins.XXXXXX";

static bool
run(const char *command)
{
	return system(command) == 0;
}

/* How much of one kind bpftool lists for v0: "xdp", "tcx", "clsact". */
static int
attached(const char *what)
{
	char command[160];
	int status;

	if (!strcmp(what, "xdp"))
		return run("ip -d link show v0 | grep -q prog/xdp");
	snprintf(command, sizeof(command), "exit $(tc filter show dev v0 %s | "
		"grep -c wasp_)", what);
	status = system(command);
	return WEXITSTATUS(status);
}

static bool
has_clsact(void)
{
	return run("tc qdisc show dev v0 | grep -q clsact");
}

/* Is nothing there, nor in the directory of pins? */
static void
assert_nothing_left(void)
{
	char command[160];

	assert_int_equal(attached("xdp"), 0);
	assert_int_equal(attached("ingress") + attached("egress"), 0);
	assert_false(has_clsact());
	snprintf(command, sizeof(command), "test -z \"$(find %s -mindepth 1 "
		"-not -name '*.debug')\"", pins);
	assert_true(run(command));
}

/* The kernel is this one or a later one. */
static bool
is_since(unsigned major, unsigned minor)
{
	unsigned is_major = 0, is_minor = 0;
	struct utsname name;

	uname(&name);
	sscanf(name.release, "%u.%u", &is_major, &is_minor);
	return is_major > major || (is_major == major && is_minor >= minor);
}

static struct xdp_path *
open_path(uint32_t store, bool no_tcx, bool no_may_goto)
{
	struct xdp_setup setup = {.name = "a.test", .pins = pins,
		.store = store, .no_tcx = no_tcx, .no_may_goto = no_may_goto};
	struct xdp_report report;
	struct xdp_path *path = xdp_path_open(&setup, &report);

	if (!path)
		print_error("%s\n", report.text);
	assert_non_null(path);
	return path;
}

static int
ifindex(void)
{
	return (int)if_nametoindex("v0");
}

static struct xdp_at
both(void)
{
	return (struct xdp_at){ifindex(), XDP_AT_BOTH};
}

/* 0: nothing shall be attached. */
static void
settle(struct xdp_path *path, int served)
{
	struct xdp_at at = {served, XDP_AT_BOTH};

	xdp_path_settle(path, &at, served != 0);
}

static void
attach(struct xdp_path *path)
{
	struct xdp_report report;
	enum xdp_status status = xdp_path_attach(path, both(), &report);

	if (status != XDP_OK)
		print_error("%s\n", report.text);
	assert_int_equal(status, XDP_OK);
	assert_true(xdp_path_attached(path, both()));
	settle(path, ifindex());
}

/* One that is killed: what is pinned stays. */
static void
leave_one(uint32_t store, bool no_tcx)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		attach(open_path(store, no_tcx, false));
		kill(getpid(), SIGKILL);
	}
	waitpid(pid, &status, 0);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	assert_int_equal(attached("xdp"), 1);
}

static void
attaches_and_leaves_nothing(void **state)
{
	struct xdp_path *path = open_path(STORE, false, false);

	(void)state;
	attach(path);
	attach(path);		/* again is nothing */
	assert_int_equal(attached("xdp"), 1);
	settle(path, 0);
	assert_int_equal(attached("xdp"), 0);
	assert_false(xdp_path_attached(path, both()));
	attach(path);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
does_the_same_by_clsact(void **state)
{
	struct xdp_path *path = open_path(STORE, true, false);

	(void)state;
	attach(path);
	assert_int_equal(attached("egress"), 1);
	assert_int_equal(attached("ingress"), 1);
	xdp_path_close(path, false);
	assert_nothing_left();
}

/* As of the interface below a VLAN, and of the VLAN's own. */
static void
attaches_the_hooks_that_are_asked_for(bool no_tcx)
{
	struct xdp_path *path = open_path(STORE, no_tcx, false);
	struct xdp_at at[] = {{ifindex(), XDP_AT_INGRESS},
		{ifindex(), XDP_AT_EGRESS}};
	struct xdp_report report;

	assert_int_equal(xdp_path_attach(path, at[0], &report), XDP_OK);
	assert_true(xdp_path_attached(path, at[0]));
	assert_false(xdp_path_attached(path, at[1]));
	assert_false(xdp_path_attached(path, both()));
	assert_int_equal(attached("xdp"), 1);
	assert_int_equal(attached("egress"), 0);
	assert_int_equal(xdp_path_attach(path, at[1], &report), XDP_OK);
	assert_true(xdp_path_attached(path, both()));
	xdp_path_settle(path, at, 2);
	assert_true(xdp_path_attached(path, both()));
	xdp_path_settle(path, at + 1, 1);
	assert_false(xdp_path_attached(path, at[0]));
	assert_true(xdp_path_attached(path, at[1]));
	assert_int_equal(attached("xdp"), 0);
	if (no_tcx) {
		assert_int_equal(attached("ingress"), 0);
		assert_int_equal(attached("egress"), 1);
	}
	xdp_path_settle(path, at, 0);
	assert_false(xdp_path_attached(path, at[1]));
	assert_false(has_clsact());
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
attaches_one_hook_without_the_other(void **state)
{
	(void)state;
	attaches_the_hooks_that_are_asked_for(false);
	attaches_the_hooks_that_are_asked_for(true);
}

/* As `ethtool -K v0 rxvlan off`. */
static void
set_ethtool_flags(uint32_t data)
{
	struct ethtool_value flags = {ETHTOOL_SFLAGS, data};
	struct ifreq ifr = {.ifr_name = "v0", .ifr_data = (void *)&flags};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	assert_int_equal(ioctl(fd, SIOCETHTOOL, &ifr), 0);
	close(fd);
}

static void
knows_where_tags_are_taken_off(void **state)
{
	(void)state;
	set_ethtool_flags(ETH_FLAG_RXVLAN);
	assert_false(xdp_sees_tags(ifindex()));
	set_ethtool_flags(0);
	assert_true(xdp_sees_tags(ifindex()));
	assert_false(xdp_sees_tags(0));		/* it is not known */
}

static void
leaves_a_clsact_that_was_there(void **state)
{
	struct xdp_path *path;

	(void)state;
	assert_true(run("tc qdisc add dev v0 clsact"));
	path = open_path(STORE, true, false);
	attach(path);
	xdp_path_close(path, false);
	assert_true(has_clsact());
	assert_int_equal(attached("egress"), 0);
	assert_true(run("tc qdisc del dev v0 clsact"));
	assert_nothing_left();
}

static void
loads_what_loops_by_bpf_loop(void **state)
{
	struct xdp_path *path = open_path(STORE, false, true);

	(void)state;
	assert_false(xdp_path_facts(path).may_goto);
	attach(path);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
takes_over_links_filters_and_the_store(void **state)
{
	struct xdp_settings *settings;
	struct ess_control *control;
	uint8_t secret[KEY_SECRET_SIZE];
	struct xdp_path *path = open_path(STORE, false, false);

	(void)state;
	settings = xdp_path_memory(path, "wasp_settings");
	memcpy(secret, settings->private_secret, sizeof(secret));
	attach(path);
	xdp_path_close(path, true);
	assert_int_equal(attached("xdp"), 1);

	/* the second by filters, as if tcx was lost; the third back, if it can */
	for (int no_tcx = 1; no_tcx >= 0; no_tcx--) {
		path = open_path(STORE, no_tcx, false);
		assert_true(xdp_path_facts(path).adopted);
		settings = xdp_path_memory(path, "wasp_settings");
		assert_memory_equal(secret, settings->private_secret,
			sizeof(secret));
		control = xdp_path_memory(path, XDP_MAP_CONTROL);
		assert_int_equal(control->capacity, STORE);
		attach(path);
		assert_int_equal(attached("egress"), no_tcx || !is_since(6, 6));
		xdp_path_close(path, no_tcx);
	}
	assert_nothing_left();
}

static void
takes_over_from_one_that_was_killed(void **state)
{
	struct xdp_path *path;

	(void)state;
	leave_one(STORE, false);
	path = open_path(STORE, false, false);
	assert_true(xdp_path_facts(path).adopted);
	attach(path);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
makes_another_store_of_another_size(void **state)
{
	struct xdp_path *path;
	struct ess_control *control;

	(void)state;
	leave_one(STORE, false);
	path = open_path(2 * STORE, false, false);
	assert_false(xdp_path_facts(path).adopted);
	control = xdp_path_memory(path, XDP_MAP_CONTROL);
	assert_int_equal(control->capacity, 2 * STORE);
	attach(path);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
makes_another_store_where_part_of_it_is_missing(void **state)
{
	char pin[80];
	struct xdp_path *path;

	(void)state;
	leave_one(STORE, false);
	snprintf(pin, sizeof(pin), "%s/a:test/abi%d-" XDP_MAP_RING, pins,
		XDP_ABI);
	assert_int_equal(unlink(pin), 0);
	path = open_path(STORE, false, false);
	assert_false(xdp_path_facts(path).adopted);
	attach(path);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
takes_out_interfaces_that_it_does_not_serve(void **state)
{
	struct xdp_path *path;

	(void)state;
	leave_one(STORE, false);
	path = open_path(STORE, false, false);
	assert_int_equal(attached("xdp"), 1);
	settle(path, 0);
	assert_int_equal(attached("xdp"), 0);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
cleans_what_was_left(void **state)
{
	struct xdp_report report;

	(void)state;
	for (int no_tcx = 0; no_tcx < 2; no_tcx++) {
		leave_one(STORE, no_tcx);
		assert_int_equal(xdp_clean(pins, "a.test", &report), 1);
		assert_int_equal(xdp_clean(pins, "a.test", &report), 0);
		assert_nothing_left();
	}
}

static void
is_alone_of_its_name(void **state)
{
	struct xdp_setup setup = {.name = "a.test", .pins = pins,
		.store = STORE};
	struct xdp_path *path = open_path(STORE, false, false);
	struct xdp_report report;

	(void)state;
	assert_null(xdp_path_open(&setup, &report));
	assert_int_equal(report.status, XDP_HELD);
	assert_int_equal(xdp_clean(pins, "a.test", &report), -1);
	assert_int_equal(report.status, XDP_HELD);
	xdp_path_close(path, false);
}

static void
is_alone_at_an_interface(void **state)
{
	struct xdp_setup setup = {.name = "another", .pins = pins,
		.store = STORE};
	struct xdp_path *path = open_path(STORE, false, false), *other;
	struct xdp_report report;

	(void)state;
	attach(path);
	other = xdp_path_open(&setup, &report);
	assert_non_null(other);
	assert_int_equal(xdp_path_attach(other, both(), &report), XDP_HELD);
	xdp_path_close(other, false);
	assert_int_equal(attached("xdp"), 1);
	xdp_path_close(path, false);
	assert_nothing_left();
}

static void
refuses_what_is_no_ethernet(void **state)
{
	struct xdp_path *path = open_path(STORE, false, false);
	struct xdp_at at = {(int)if_nametoindex("lo"), XDP_AT_BOTH};
	struct xdp_report report;

	(void)state;
	assert_int_equal(xdp_path_attach(path, at, &report), XDP_ABSENT);
	xdp_path_close(path, false);
}

static void
leaves_the_pins_of_another_network_namespace(void **state)
{
	struct xdp_setup setup = {.name = "a.test", .pins = pins,
		.store = STORE};
	struct xdp_report report;
	pid_t pid;
	int status;

	(void)state;
	leave_one(STORE, false);
	pid = fork();
	if (pid == 0) {
		bool ok = unshare(CLONE_NEWNET) == 0 &&
			!xdp_path_open(&setup, &report) &&
			report.status == XDP_HELD;

		_exit(!ok);
	}
	waitpid(pid, &status, 0);
	assert_int_equal(status, 0);
	assert_int_equal(attached("xdp"), 1);
	assert_int_equal(xdp_clean(pins, "a.test", &report), 1);
}

static void
knows_who_takes_redirected_frames(void **state)
{
	struct xdp_path *path = open_path(STORE, false, false);

	(void)state;
	assert_false(xdp_takes_frames(ifindex()));
	attach(path);
	/* a veth does when its peer has XDP; the kernel tells since 6.3 */
	assert_int_equal(xdp_takes_frames((int)if_nametoindex("v1")),
		is_since(6, 3));
	assert_false(xdp_takes_frames(ifindex()));
	xdp_path_close(path, false);
}

static void
fills_maps(void **state)
{
	struct xdp_address keys[3] = {{{1}}, {{2}}, {{3}}};
	uint32_t values[3] = {XDP_ADDRESS_LOCAL, XDP_ADDRESS_OTHER,
		XDP_ADDRESS_LOCAL};
	struct xdp_path *path = open_path(STORE, false, false);

	(void)state;
	assert_true(xdp_path_fill(path, "wasp_addresses", keys, values, 3));
	assert_true(xdp_path_fill(path, "wasp_addresses", keys + 1, values, 2));
	assert_true(xdp_path_fill(path, "wasp_addresses", keys, values, 0));
	assert_true(xdp_path_put(path, "wasp_addresses", keys, values));
	assert_false(xdp_path_fill(path, "no_such_map", keys, values, 0));
	assert_int_equal(xdp_path_sum(path, "wasp_counts", 0), 0);
	xdp_path_close(path, false);
}

/* Namespaces with a veth pair, and a file system for pins. */
static bool
begin(void)
{
	return unshare(CLONE_NEWNET | CLONE_NEWNS) == 0 &&
		mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		mkdtemp(pins) && mount("bpf", pins, "bpf", 0, NULL) == 0 &&
		run("ip link add v0 type veth peer name v1 && "
			"ip link set v0 up && ip link set v1 up");
}

static void
end(void)
{
	umount(pins);
	rmdir(pins);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(attaches_and_leaves_nothing),
		cmocka_unit_test(does_the_same_by_clsact),
		cmocka_unit_test(attaches_one_hook_without_the_other),
		cmocka_unit_test(knows_where_tags_are_taken_off),
		cmocka_unit_test(leaves_a_clsact_that_was_there),
		cmocka_unit_test(loads_what_loops_by_bpf_loop),
		cmocka_unit_test(takes_over_links_filters_and_the_store),
		cmocka_unit_test(takes_over_from_one_that_was_killed),
		cmocka_unit_test(makes_another_store_of_another_size),
		cmocka_unit_test(
			makes_another_store_where_part_of_it_is_missing),
		cmocka_unit_test(takes_out_interfaces_that_it_does_not_serve),
		cmocka_unit_test(cleans_what_was_left),
		cmocka_unit_test(is_alone_of_its_name),
		cmocka_unit_test(is_alone_at_an_interface),
		cmocka_unit_test(refuses_what_is_no_ethernet),
		cmocka_unit_test(leaves_the_pins_of_another_network_namespace),
		cmocka_unit_test(knows_who_takes_redirected_frames),
		cmocka_unit_test(fills_maps)
	};
	int failed;

	if (geteuid() != 0 || !begin()) {
		end();
		return 77;
	}
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	end();
	return failed;
}
