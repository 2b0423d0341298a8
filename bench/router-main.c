/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bench-router: what a router does with packets between two hosts.  Row 3:
 * packets a second, and how long one takes, of networks that bench/router.sh has
 * built; each is an operand KIND:NAMESPACES:WHAT.  The namespaces are
 * NAMESPACES-a, -r and -b; of the kind `wire` there is no -r, of `forward` an
 * XDP program that knows nothing of WASP is put into -r, of `router` nothing.
 * `translated:NAMESPACES:WHAT:PID:LOG` is a router whose waspd must have run the
 * packets by a translation, as it says when asked; else its row is left out.
 */
#include <config.h>

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/ethtool.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/bench-main.h"
#include "bench/packets.h"
#include "wasp/packet.h"
#include "xdp/wire.h"
#include "xdp/wire.skel.h"

static const struct cli_option rows[] = {
	BENCH_OPTIONS,
	{0, "left-out", "TEXT", "tell what is not measured, and why"},
	{0}
};
static const struct cli command = {
	.name = "bench-router", .operands = "KIND:NAMESPACES:WHAT...",
	.summary = "Measure networks that bench/router.sh has built.",
	.options = rows
};
static const struct cli *const cli = &command;

enum { NETWORK_MAX = 16, PACKETS = 200000, PACKETS_QUICK = 2000,
	BATCH = 64, LATENCY_PACKETS = 5000, LATENCY_PACKETS_QUICK = 50,
	WARM_TRIES = 50, DRAIN_TRIES = 100, SEND_TRIES = 5, ROUNDS = 15, LATENCY_ROUNDS = 5, MAC_SIZE = 6 };
static const uint64_t latency_interval_ns = 30000;

struct network {
	const char *kind, *namespaces, *what;
	struct wasp_wire *wire;
	int inject, sink, cpus;
	unsigned ifindex;		/* of a's eth0 */
	struct wire_settings settings;
	struct wire_counts *counts, sum;
	unsigned arrived_percent;	/* of the last round */
	unsigned hooks;			/* at which its packets run */
	uint64_t received;		/* in all rounds */
	/* of the kind `translated`: whom to ask, where he answers, and what he
	   said before */
	pid_t pid;
	const char *log;
	uint64_t translated;
};

static _Noreturn void
fail(const char *what, const char *which)
{
	cli_die(cli, CLI_SYSTEM, "%s: %s: %s", which, what, strerror(errno));
}

static void
enter(const struct network *network, const char *host)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s-%s", network->namespaces,
		host);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0 || setns(fd, CLONE_NEWNET))
		fail("entering a namespace", path);
	close(fd);
}

/* A veth takes redirected frames where its peer polls, as with GRO. */
static void
turn_gro_on(const char *name)
{
	struct ethtool_value value = {.cmd = ETHTOOL_SGRO, .data = 1};
	struct ifreq request = {.ifr_data = (void *)&value};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	if (fd < 0 || ioctl(fd, SIOCETHTOOL, &request))
		fail("generic receive offload", name);
	close(fd);
}

/*
 * The frame: from a to b, by way of what is at the other end of a's wire.
 */

static void
put_mac(uint8_t mac[MAC_SIZE], uint8_t last)
{
	memcpy(mac, (const uint8_t[MAC_SIZE]){2, 0, 0, 0, 0, last}, MAC_SIZE);
}

static void
make_frame(struct network *network, bool both_hooks)
{
	struct packets packets;
	uint8_t *frame = network->settings.frame, *ip = frame + 14, *wasp =
		frame + WIRE_WASP_OFF;
	static const uint8_t addresses[] = {10, 9, 1, 1, 10, 9, 2, 2};

	if (!packets_make(&packets, ESP_COUNT, EXAMPLES_DIR) ||
	    packets.wasp_header.code_count != WIRE_CODE_COUNT)
		cli_die(cli, CLI_INPUT, "%s/count.wasp can not be used",
			EXAMPLES_DIR);
	packets.wasp_header.pad_count = WIRE_PAD_COUNT;
	if (both_hooks)
		packets.wasp_header.flags |= PACKET_FLAG_EGRESS;
	put_mac(frame, strcmp(network->kind, "wire") ? 2 : 4);
	put_mac(frame + MAC_SIZE, 1);
	packet_put16(frame + 12, 0x0800);
	memcpy(ip, (const uint8_t[]){0x45, 0, 0, WIRE_FRAME_SIZE - 14, 0, 0,
		0x40, 0, 64, PACKET_PROTOCOL}, 10);
	memcpy(ip + 12, addresses, sizeof(addresses));
	packet_put16(ip + 10, (uint16_t)~packet_sum(ip, 20));
	memcpy(wasp, packets.wasp, packets.wasp_size);
	packet_put_header(wasp, &packets.wasp_header);
	packets_vary(&packets, frame + WIRE_PAD_OFF, 0, 0);
	packet_set_checksum(wasp, WIRE_FRAME_SIZE - WIRE_WASP_OFF);
}

static void
put_settings(struct network *network)
{
	uint32_t zero = 0;

	if (bpf_map_update_elem(bpf_map__fd(network->wire->maps.wire_settings),
		&zero, &network->settings, BPF_ANY))
		fail("settings", network->what);
}

/* The counts of all processors together; and begin anew. */
static void
take_counts(struct network *network)
{
	int fd = bpf_map__fd(network->wire->maps.wire_counts);
	size_t size = sizeof(*network->counts) * (size_t)network->cpus;
	struct wire_counts *sum = &network->sum;
	uint32_t zero = 0;

	if (bpf_map_lookup_elem(fd, &zero, network->counts))
		fail("counts", network->what);
	memset(sum, 0, sizeof(*sum));
	for (int cpu = 0; cpu < network->cpus; cpu++) {
		const struct wire_counts *one = &network->counts[cpu];

		sum->sent += one->sent;
		sum->received += one->received;
		if (one->sent) {
			sum->first_ns = one->first_ns;
			sum->last_ns = one->last_ns;
		}
		for (unsigned i = 0; i < WIRE_BUCKETS; i++)
			sum->buckets[i] += one->buckets[i];
	}
	memset(network->counts, 0, size);
	if (bpf_map_update_elem(fd, &zero, network->counts, BPF_ANY))
		fail("counts", network->what);
}

static void
send_packets(struct network *network, unsigned count, unsigned batch)
{
	struct xdp_md at = {.data_end = WIRE_FRAME_SIZE,
		.ingress_ifindex = network->ifindex};
	LIBBPF_OPTS(bpf_test_run_opts, options,
		.data_in = network->settings.frame,
		.data_size_in = WIRE_FRAME_SIZE, .ctx_in = &at,
		.ctx_size_in = sizeof(at), .repeat = (int)count,
		.flags = BPF_F_TEST_XDP_LIVE_FRAMES, .batch_size = batch);

	enter(network, "a");
	if (bpf_prog_test_run_opts(network->inject, &options))
		fail("BPF_PROG_TEST_RUN with live frames", network->what);
}

static uint64_t
count_received(struct network *network)
{
	uint32_t zero = 0;
	uint64_t received = 0;

	if (bpf_map_lookup_elem(bpf_map__fd(network->wire->maps.wire_counts),
		&zero, network->counts))
		fail("counts", network->what);
	for (int cpu = 0; cpu < network->cpus; cpu++)
		received += network->counts[cpu].received;
	return received;
}

/* Wait for what waits in queues: until no more comes. */
static void
drain(struct network *network)
{
	uint64_t before = 0, now = 0;

	for (unsigned i = 0; i < DRAIN_TRIES && (now == 0 || now > before);
		i++) {
		before = now;
		usleep(20000);
		now = count_received(network);
	}
}

/* Nanoseconds by packet that arrived; a lost one costs the others. */
static double
run_network(void *arg, unsigned count)
{
	struct network *network = arg;
	const struct wire_counts *sum = &network->sum;

	for (unsigned i = 0; i < SEND_TRIES; i++) {
		take_counts(network);
		send_packets(network, count, BATCH);
		drain(network);
		take_counts(network);
		if (sum->received > 0)
			break;
	}
	if (sum->received == 0) {
		errno = ENOMSG;
		fail("nothing arrived", network->what);
	}
	network->received += sum->received;
	network->arrived_percent =
		(unsigned)(sum->received * 100 / sum->sent);
	return (double)(sum->last_ns - sum->first_ns) /
		(double)sum->received * count;
}

/*
 * Did a translation run?  waspd counts, and writes it down when it is asked.
 */

/* What was appended to a file since then, as far as there is room. */
static void
read_since(const char *path, long start, char *text, size_t room)
{
	FILE *file = fopen(path, "r");
	size_t size = 0;

	if (file && fseek(file, start, SEEK_SET) == 0)
		size = fread(text, 1, room - 1, file);
	text[size] = '\0';
	if (file)
		fclose(file);
}

static uint64_t
ask_translated(const struct network *network)
{
	static const char what[] = "count by a translation: ";
	struct stat before;
	char text[8192], *found;

	if (stat(network->log, &before) || kill(network->pid, SIGUSR1))
		fail("its waspd", network->what);
	for (unsigned i = 0; i < DRAIN_TRIES; i++) {
		read_since(network->log, before.st_size, text, sizeof(text));
		if (strstr(text, "counts: all")) {
			found = strstr(text, what);
			return found ? strtoull(found + strlen(what), NULL,
				10) : 0;
		}
		usleep(20000);
	}
	errno = ETIMEDOUT;
	fail("its waspd says nothing", network->what);
}

/* Send until there is a translation, which takes some packets first. */
static void
warm_up(struct network *network)
{
	for (unsigned i = 0; network->log && i < WARM_TRIES; i++) {
		run_network(network, PACKETS_QUICK);
		if (ask_translated(network) > 0)
			break;
	}
	network->received = 0;
	network->translated = network->log ? ask_translated(network) : 0;
}

/* Nine of ten packets at each hook, since the slot may have been another's. */
static bool
is_proved(const struct network *network)
{
	return !network->log || (ask_translated(network) -
		network->translated) * 10 >= network->received * 9 *
		network->hooks;
}

/*
 * Opening.
 */

static void
attach(const struct network *network, const char *host, const char *name,
	int program)
{
	enter(network, host);
	if (bpf_xdp_attach((int)if_nametoindex(name), program, 0, NULL))
		fail("attaching an XDP program", network->what);
}

static void
open_network(struct network *network, char *operand, bool both_hooks)
{
	network->kind = strsep(&operand, ":");
	network->namespaces = strsep(&operand, ":");
	network->what = strsep(&operand, ":");
	network->hooks = both_hooks ? 2 : 1;
	if (network->what && !strcmp(network->kind, "translated") && operand) {
		network->pid = atoi(strsep(&operand, ":"));
		network->log = operand;
	}
	if (!network->what || (!network->log &&
	    !strcmp(network->kind, "translated")))
		cli_misuse(cli, "'%s' is no network", network->kind);
	network->cpus = libbpf_num_possible_cpus();
	network->counts = calloc((size_t)network->cpus,
		sizeof(*network->counts));
	network->wire = wasp_wire__open_and_load();
	if (!network->counts || !network->wire)
		fail("loading", network->what);
	network->inject = bpf_program__fd(network->wire->progs.wire_inject);
	make_frame(network, both_hooks);
	put_settings(network);
	if (strcmp(network->kind, "wire")) {
		enter(network, "r");
		turn_gro_on("eth0");
		turn_gro_on("eth1");
	}
	if (!strcmp(network->kind, "forward"))
		attach(network, "r", "eth0", bpf_program__fd(
			network->wire->progs.wire_forward));
	attach(network, "b", "eth0", bpf_program__fd(
		network->wire->progs.wire_sink));
	enter(network, "a");
	network->ifindex = if_nametoindex("eth0");
}

static void
close_network(struct network *network)
{
	wasp_wire__destroy(network->wire);
	free(network->counts);
}

/*
 * Measuring.
 */

static void
measure_rates(const struct bench *bench, struct network *networks,
	unsigned count)
{
	struct bench_case cases[NETWORK_MAX] = {0};
	struct bench_effort effort = {bench->quick ? 3 : ROUNDS, 0,
		bench->quick ? PACKETS_QUICK : PACKETS};

	for (unsigned i = 0; i < count; i++) {
		snprintf(cases[i].what, sizeof(cases[i].what), "%s",
			networks[i].what);
		cases[i].work = run_network;
		cases[i].arg = &networks[i];
		cases[i].over = i > 0 ? &cases[0] : NULL;
	}
	for (unsigned i = 0; i < count; i++)
		warm_up(&networks[i]);
	if (!bench_measure(cases, count, effort))
		cli_die(cli, CLI_SYSTEM, "out of memory");
	for (unsigned i = 0; i < count; i++)
		cases[i].at = networks[i].arrived_percent;
	bench_invert(cases, count);
	bench_title(bench, 3, "packets a second; percent that arrive");
	for (unsigned i = 0; i < count; i++)
		if (is_proved(&networks[i]))
			bench_results(bench, 3, "packets/s", &cases[i], 1);
		else
			bench_note(bench, 3, "left out: %s: its packets met no "
				"translation", networks[i].what);
}

/* The time that so many of a thousand packets do not exceed. */
static double
quantile(const struct wire_counts *counts, unsigned permille)
{
	uint64_t want = counts->received * permille / 1000, seen = 0;

	for (unsigned i = 0; i < WIRE_BUCKETS; i++) {
		seen += counts->buckets[i];
		if (seen > want)
			return (double)(wire_bound(i) + wire_bound(i + 1)) / 2;
	}
	return (double)wire_bound(WIRE_BUCKETS - 1);
}

static void
measure_latencies(const struct bench *bench, struct network *networks,
	unsigned count)
{
	static const unsigned permille[] = {500, 990, 999};
	unsigned rounds = bench->quick ? 1 : LATENCY_ROUNDS;
	double values[NETWORK_MAX][3][LATENCY_ROUNDS];

	for (unsigned round = 0; round < rounds; round++)
		for (unsigned i = 0; i < count; i++) {
			struct network *network = &networks[i];

			network->settings.interval_ns = latency_interval_ns;
			put_settings(network);
			take_counts(network);
			send_packets(network, bench->quick ?
				LATENCY_PACKETS_QUICK : LATENCY_PACKETS, 1);
			drain(network);
			take_counts(network);
			for (unsigned q = 0; q < 3; q++)
				values[i][q][round] =
					quantile(&network->sum, permille[q]);
		}
	bench_title(bench, 3, "ns from end to end; of 1000 so many in it");
	for (unsigned i = 0; i < count; i++)
		for (unsigned q = 0; q < 3; q++) {
			struct bench_case c = {.at = permille[q]};

			snprintf(c.what, sizeof(c.what), "%s",
				networks[i].what);
			bench_summarize(&c, values[i][q], rounds);
			bench_results(bench, 3, "ns", &c, 1);
		}
}

static void
take_option(void *arg, int option, const char *value)
{
	const char **left_out = arg;

	(void)option;
	while (*left_out)
		left_out++;
	*left_out = value;
}

int
main(int argc, char **argv)
{
	static struct network networks[NETWORK_MAX];
	const char **left_out = calloc((size_t)argc + 1, sizeof(*left_out));
	struct bench bench;
	unsigned count = 0;

	if (!left_out)
		cli_die(cli, CLI_SYSTEM, "out of memory");
	bench_begin(&bench, cli, argc, argv, take_option, left_out);
	for (unsigned i = 0; left_out[i]; i++)
		bench_note(&bench, 3, "left out: %s", left_out[i]);
	free(left_out);
	for (; optind + (int)count < argc && count < NETWORK_MAX; count++)
		open_network(&networks[count], argv[optind + (int)count],
			strstr(argv[optind + (int)count], "both"));
	measure_rates(&bench, networks, count);
	measure_latencies(&bench, networks, count);
	for (unsigned i = 0; i < count; i++)
		close_network(&networks[i]);
	return bench_end(&bench);
}
