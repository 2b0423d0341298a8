/* SPDX-License-Identifier: BSD-2-Clause */
/* Both data paths side by side; see xdp-fixture.h. */
#define _GNU_SOURCE
#include "tests/unit/xdp-fixture.h"

#include <bpf/bpf.h>
#include <net/if.h>
#include <sched.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "router/netlink.h"
#include "vm/ess-layout.h"
#include "tests/unit/xdp-match.h"
#include "xdp/path-tc-loop.skel.h"
#include "xdp/path-tc.skel.h"
#include "xdp/path-xdp-loop.skel.h"
#include "xdp/path-xdp.skel.h"

#define SECOND UINT64_C(1000000000)

enum { ETH_SIZE = 14, TAG_SIZE = 4, NOTE_SIZE = 24, STORE = 256 };

static const char *const link_names[LINKS] = {"c0", "g0", "i0", "o0"};

static const uint8_t macs[LINKS][6] = {{2, 0, 0, 0, 0, 1},
	{2, 0, 0, 0, 0, 2}, {2, 0, 0, 0, 0, 3}, {2, 0, 0, 0, 0, 4}};
static const uint8_t neighbour_mac[6] = {2, 0, 0, 0, 0, 7};

/* What waspd would have from netlink. */
static const char *const locals[] = {"127.0.0.1", "::1", "10.0.1.2",
	"10.0.2.1", "10.0.3.1", "10.0.4.1", "2001:db8:1::2", "2001:db8:2::1",
	"2001:db8:3::1", "2001:db8:4::1"};
static const char *const others[] = {"10.0.1.255", "10.0.2.255", "10.0.3.255",
	"10.0.4.255", "2001:db8:1::", "2001:db8:2::", "2001:db8:3::",
	"2001:db8:4::"};

static const char network_script[] =
	"set -e\n"
	"for f in ipv4/ip_forward ipv6/conf/all/forwarding; do\n"
	"	echo 1 >/proc/sys/net/$f\n"
	"done\n"
	"for f in ipv6/conf/default/accept_dad ipv4/conf/all/rp_filter "
	"ipv4/conf/default/rp_filter; do\n"
	"	echo 0 >/proc/sys/net/$f\n"
	"done\n"
	"ip link set lo up\n"
	"n=1\n"
	"for l in c g i o; do\n"
	"	case $l in c) h=2 ;; *) h=1 ;; esac\n"
	"	ip link add ${l}0 address 02:00:00:00:00:0$n type veth "
	"peer name ${l}1 address 02:00:00:00:00:07\n"
	"	ip link set ${l}1 up\n"
	"	ip link set ${l}0 up\n"
	"	ip addr add 10.0.$n.$h/24 brd + dev ${l}0\n"
	"	ip addr add 2001:db8:$n::$h/64 dev ${l}0 nodad\n"
	"	for a in 10.0.$n.7 10.0.$n.9 2001:db8:$n::7; do\n"
	"		ip neigh add $a lladdr 02:00:00:00:00:07 "
	"nud permanent dev ${l}0\n"
	"	done\n"
	"	n=$((n + 1))\n"
	"done\n"
	"ip route add 10.0.13.0/24 via 10.0.3.7\n"
	"ip route add 2001:db8:13::/64 via 2001:db8:3::7\n"
	"ip route add unreachable 10.0.14.0/24\n"
	"ip route add blackhole 10.0.15.0/24\n"
	"ip route add 10.0.16.0/24 nexthop via 10.0.1.7 nexthop via 10.0.3.7\n";

bool
fixture_network(void)
{
	return unshare(CLONE_NEWNET) == 0 && system(network_script) == 0;
}

/* Objects */

static const void *
program_bytes(bool loop, int type, size_t *size)
{
	if (type == OBJECT_XDP)
		return loop ? wasp_path_xdp_loop__elf_bytes(size) :
			wasp_path_xdp__elf_bytes(size);
	return loop ? wasp_path_tc_loop__elf_bytes(size) :
		wasp_path_tc__elf_bytes(size);
}

static struct bpf_object *
open_object(bool loop, int type)
{
	size_t size;
	const void *bytes = program_bytes(loop, type, &size);
	struct bpf_object *object = bpf_object__open_mem(bytes, size, NULL);

	assert_non_null(object);
	bpf_map__set_max_entries(bpf_object__find_map_by_name(object,
		"store_buckets"), ess_bucket_count(STORE));
	bpf_map__set_max_entries(bpf_object__find_map_by_name(object,
		"store_ring"), STORE);
	return object;
}

/* Maps of one name are one map, but for the programs of each type. */
static void
share_maps(struct bpf_object *from, struct bpf_object *to)
{
	struct bpf_map *map, *same;

	bpf_object__for_each_map(map, to) {
		same = bpf_object__find_map_by_name(from, bpf_map__name(map));
		if (same && bpf_map__type(map) != BPF_MAP_TYPE_PROG_ARRAY &&
		    !strchr(bpf_map__name(map), '.'))
			assert_int_equal(bpf_map__reuse_fd(map,
				bpf_map__fd(same)), 0);
	}
}

int
fixture_map(const struct xdp_fixture *f, const char *name)
{
	int fd = bpf_object__find_map_fd_by_name(f->objects[OBJECT_XDP], name);

	assert_true(fd >= 0);
	return fd;
}

static int
program(const struct xdp_fixture *f, int type, const char *name)
{
	return bpf_program__fd(bpf_object__find_program_by_name(
		f->objects[type], name));
}

static void *
map_memory(const struct xdp_fixture *f, const char *name, size_t size)
{
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
		fixture_map(f, name), 0);

	assert_true(memory != MAP_FAILED);
	return memory;
}

static void
map_store(struct xdp_fixture *f)
{
	f->store_size[0] = sizeof(struct ess_control);
	f->store_size[1] = sizeof(struct ess_bucket) * ess_bucket_count(STORE);
	f->store_size[2] = sizeof(uint64_t) * STORE;
	f->store[0] = map_memory(f, "store_control", f->store_size[0]);
	f->store[1] = map_memory(f, "store_buckets", f->store_size[1]);
	f->store[2] = map_memory(f, "store_ring", f->store_size[2]);
	f->settings = map_memory(f, "wasp_settings", sizeof(*f->settings));
}

/* A device takes part in BPF_PROG_TEST_RUN only with a program on it. */
static void
load(struct xdp_fixture *f)
{
	f->objects[OBJECT_XDP] = open_object(f->loop, OBJECT_XDP);
	assert_int_equal(bpf_object__load(f->objects[OBJECT_XDP]), 0);
	f->objects[OBJECT_TC] = open_object(f->loop, OBJECT_TC);
	share_maps(f->objects[OBJECT_XDP], f->objects[OBJECT_TC]);
	assert_int_equal(bpf_object__load(f->objects[OBJECT_TC]), 0);
	for (int i = 0; i < LINKS; i++) {
		f->ifindex[i] = (int)if_nametoindex(link_names[i]);
		assert_int_equal(bpf_xdp_attach(f->ifindex[i],
			program(f, OBJECT_XDP, "wasp_ingress"), 0, NULL), 0);
	}
	map_store(f);
}

void
fixture_free(struct xdp_fixture *f)
{
	for (int i = 0; i < LINKS; i++)
		bpf_xdp_detach(f->ifindex[i], 0, NULL);
	for (int i = 0; i < 3; i++)
		munmap(f->store[i], f->store_size[i]);
	munmap(f->settings, sizeof(*f->settings));
	for (int i = 0; i < OBJECTS; i++)
		bpf_object__close(f->objects[i]);
	f->objects[OBJECT_XDP] = NULL;
}

/* What this node knows, told to both. */

static void
tell_addresses(const struct xdp_fixture *f)
{
	uint32_t local = XDP_ADDRESS_LOCAL, other = XDP_ADDRESS_OTHER;
	int fd = fixture_map(f, "wasp_addresses");
	struct xdp_address address;

	for (size_t i = 0; i < COUNT(locals); i++) {
		assert_true(ip_addr_parse(locals[i], address.addr));
		bpf_map_update_elem(fd, &address, &local, BPF_ANY);
	}
	for (size_t i = 0; i < COUNT(others); i++) {
		assert_true(ip_addr_parse(others[i], address.addr));
		bpf_map_update_elem(fd, &address, &other, BPF_ANY);
	}
}

static void
tell_prefixes(const struct xdp_fixture *f, const char *name,
	const struct config_prefixes *prefixes)
{
	int fd = fixture_map(f, name);
	struct xdp_prefix key;
	uint32_t yes = 1;

	while (bpf_map_get_next_key(fd, NULL, &key) == 0)
		bpf_map_delete_elem(fd, &key);
	for (unsigned i = 0; i < prefixes->count; i++) {
		key.length = prefixes->list[i].length;
		memcpy(key.addr, prefixes->list[i].addr, IP_ADDR_SIZE);
		assert_int_equal(bpf_map_update_elem(fd, &key, &yes, BPF_ANY),
			0);
	}
}

static void
find_node_addresses(struct xdp_fixture *f, int ifindex,
	struct xdp_interface *told)
{
	const struct world *world = &f->world;

	if (f->config.has_v4)
		memcpy(told->v4, f->config.v4, IP_ADDR_SIZE);
	else if (!world->address(world->arg, ifindex, 4, told->v4))
		world->address(world->arg, WORLD_LOOPBACK, 4, told->v4);
	if (f->config.has_v6)
		memcpy(told->v6, f->config.v6, IP_ADDR_SIZE);
	else if (!world->address(world->arg, ifindex, 6, told->v6))
		world->address(world->arg, WORLD_LOOPBACK, 6, told->v6);
}

static void
tell_interface(struct xdp_fixture *f, unsigned number)
{
	const struct config_interface *c = &f->config.interfaces[number - 1];
	uint32_t ifindex = if_nametoindex(c->name);
	struct xdp_interface told = {.number = number,
		.mtu = f->world.mtu(f->world.arg, (int)ifindex),
		.rate_kbit = c->rate_kbit, .return_rate = c->return_rate, .id = config_interface_id(c),
		.role = (uint8_t)c->role, .tell = (uint8_t)c->tell,
		.tell_set = c->tell_set};

	told.flags = (c->is_operator ? XDP_IF_OPERATOR : 0) |
		(c->ingress ? XDP_IF_INGRESS : 0) |
		(c->egress ? XDP_IF_EGRESS : 0) |
		(c->verify_checksum ? XDP_IF_VERIFY_CHECKSUM : 0) |
		XDP_IF_SENDER;
	for (int i = 0; i < LINKS; i++)
		if (!strcmp(link_names[i], c->name))
			memcpy(told.mac, macs[i], sizeof(told.mac));
	find_node_addresses(f, (int)ifindex, &told);
	assert_int_equal(bpf_map_update_elem(fixture_map(f, "wasp_interfaces"),
		&ifindex, &told, BPF_ANY), 0);
	f->settings->generation++;
	router_set_ifindex(f->router, number, (int)ifindex);
}

static void
ignore_diag(void *arg, const struct diag *diag)
{
	(void)arg, (void)diag;
}

static void
empty_store(struct xdp_fixture *f)
{
	static const uint8_t secret[KEY_SECRET_SIZE] = {5};

	for (int i = 0; i < 3; i++)
		memset(f->store[i], 0, f->store_size[i]);
	ess_control_init(f->store[0], STORE, secret);
}

static void
look_at_counts(const struct xdp_fixture *f, uint64_t counts[XDP_COUNT_COUNT])
{
	int fd = fixture_map(f, "wasp_counts");
	int cpus = libbpf_num_possible_cpus();
	uint64_t *values = calloc((size_t)cpus, sizeof(*values));

	assert_non_null(values);
	for (uint32_t i = 0; i < XDP_COUNT_COUNT; i++) {
		counts[i] = 0;
		assert_int_equal(bpf_map_lookup_elem(fd, &i, values), 0);
		for (int cpu = 0; cpu < cpus; cpu++)
			counts[i] += values[cpu];
	}
	free(values);
}

void
fixture_configure(struct xdp_fixture *f, const char *config)
{
	struct xdp_settings *s = f->settings;

	assert_true(config_read(&f->config, config, "test", ignore_diag, NULL));
	router_free(f->router);
	f->router = router_new(&f->config, &f->world, NULL);
	assert_non_null(f->router);
	memset(s, 0, offsetof(struct xdp_settings, generation));
	for (size_t i = 0; i < KEY_SECRET_SIZE; i++)
		s->private_secret[i] = (uint8_t)i;
	s->invite_secret[0] = 1;
	s->random_secret[0] = 2;
	s->meta_secret = UINT64_C(0x1234567890abcdef);
	s->udp_port = f->config.numbers.udp_port;
	s->protocol = f->config.numbers.protocol;
	s->mark = f->config.mark;
	s->access_max = (uint8_t)f->config.accesses;
	s->flags = XDP_MULTIPATH |
		(f->config.clients.count ? XDP_HAS_CLIENTS : 0) |
		(f->config.operators.count ? XDP_HAS_OPERATORS : 0);
	for (unsigned i = 0; i < f->config.interface_count; i++)
		tell_interface(f, i + 1);
	tell_prefixes(f, "wasp_operators", &f->config.operators);
	tell_prefixes(f, "wasp_clients", &f->config.clients);
	empty_store(f);
	look_at_counts(f, f->counts);
}

void
fixture_set_flags(struct xdp_fixture *f, int link, uint32_t on, uint32_t off)
{
	int fd = fixture_map(f, "wasp_interfaces");
	struct xdp_interface told;

	assert_int_equal(bpf_map_lookup_elem(fd, &f->ifindex[link], &told), 0);
	told.flags = (told.flags | on) & ~off;
	bpf_map_update_elem(fd, &f->ifindex[link], &told, BPF_ANY);
	f->settings->generation++;
}

/* Both look at the same counters at the same time. */
static void
tell_loads(struct xdp_fixture *f)
{
	int fd = fixture_map(f, "wasp_loads");

	f->settings->now_ns = f->now_ns;
	f->settings->time_ns = UINT64_C(1700000000123456789) + f->now_ns;
	for (uint32_t i = 1; i <= f->config.interface_count; i++) {
		int ifindex = (int)if_nametoindex(
			f->config.interfaces[i - 1].name);
		struct xdp_load told = {.now_ns = f->now_ns};
		struct link_load load;

		f->world.load(f->world.arg, ifindex, f->now_ns, &load);
		told.queue = load.queue;
		told.queue_pkts = load.queue_pkts;
		told.drops = load.drops;
		told.tx_pkts = load.tx_pkts;
		told.tx_bytes = load.tx_bytes;
		told.rx_pkts = load.rx_pkts;
		told.rx_bytes = load.rx_bytes;
		told.rate_kbit = f->world.rate(f->world.arg, ifindex,
			f->now_ns);
		bpf_map_update_elem(fd, &i, &told, BPF_ANY);
	}
}

static const char config_text[] =
	"interface c0 { role = client }\n"
	"interface g0 { role = guest\n return-rate = 2 }\n"
	"interface i0 { role = internal\n operator = true\n"
	"	verify-checksum = true }\n"
	"operator-prefixes = {\"10.0.3.0/24\", \"2001:db8:3::/64\"}\n"
	"store = 256\n";

int
fixture_begin(void **state)
{
	struct xdp_fixture *f = *state;
	uint64_t full = 0;

	if (!f->objects[OBJECT_XDP])
		load(f);
	f->netlink = netlink_open();
	assert_non_null(f->netlink);
	netlink_world(f->netlink, &f->world);
	f->router = NULL;
	fixture_configure(f, config_text);
	tell_addresses(f);
	for (uint32_t i = 0; i <= XDP_INTERFACES_MAX; i++)
		bpf_map_update_elem(fixture_map(f, "wasp_returns"), &i, &full,
			BPF_ANY);
	f->now_ns = 100 * SECOND;
	f->form = (struct ip_form){.hop_limit = 9, .protocol = PACKET_PROTOCOL,
		.sport = 4242, .dport = PACKET_UDP_PORT};
	fixture_addresses(f, "10.0.1.7", "10.0.3.7");
	f->flags = PACKET_FLAG_INGRESS | PACKET_FLAG_EGRESS | PACKET_FLAG_BACK;
	f->status = 0;
	f->mark = 0;
	f->rerouted = false;
	f->next_header = PACKET_NEXT_NONE;
	f->ident = 1;
	return 0;
}

int
fixture_end(void **state)
{
	struct xdp_fixture *f = *state;

	router_free(f->router);
	netlink_close(f->netlink);
	return 0;
}

/* Frames */

void
fixture_addresses(struct xdp_fixture *f, const char *src, const char *dst)
{
	assert_true(ip_addr_parse(src, f->form.src));
	assert_true(ip_addr_parse(dst, f->form.dst));
	f->form.family = ip_addr_is_v4(f->form.src) ? 4 : 6;
}

/* RFC 1112, RFC 2464: the low 23 or 32 bits of the group. */
static void
put_group(uint8_t mac[6], const uint8_t group[IP_ADDR_SIZE])
{
	if (ip_addr_is_v4(group))
		memcpy(mac, (const uint8_t[]){1, 0, 0x5e, group[13] & 0x7f,
			group[14], group[15]}, 6);
	else
		memcpy(mac, (const uint8_t[]){0x33, 0x33, group[12],
			group[13], group[14], group[15]}, 6);
}

static void
put_ethernet(struct frame *frame, int link, const struct ip_form *form)
{
	memcpy(frame->bytes, link >= 0 ? macs[link] : neighbour_mac, 6);
	if (ip_addr_is_multicast(form->dst))
		put_group(frame->bytes, form->dst);
	memcpy(frame->bytes + 6, neighbour_mac, 6);
	packet_put16(frame->bytes + 12, form->family == 4 ? 0x0800 : 0x86dd);
}

void
fixture_frame(struct xdp_fixture *f, int link, const uint16_t *code,
	unsigned code_count, const uint32_t *words, unsigned pad_count,
	struct frame *frame)
{
	struct object object;

	program_make(&object, code, code_count, words, pad_count);
	object.header.flags = f->flags;
	object.header.status = f->status;
	object.header.rerouted = f->rerouted;
	object.header.ident = f->ident++;
	object.header.next_header = f->next_header;
	program_header_changed(&object);
	memset(frame, 0, sizeof(*frame));
	put_ethernet(frame, link, &f->form);
	frame->ip_off = ETH_SIZE;
	frame->size = ETH_SIZE + ip_build(frame->bytes + ETH_SIZE,
		FRAME_MAX - ETH_SIZE, &f->form, object.packet, object.size);
	assert_true(frame->size > ETH_SIZE);
}

void
frame_tag(struct frame *frame, uint32_t tag)
{
	memmove(frame->bytes + 12 + TAG_SIZE, frame->bytes + 12,
		frame->size - 12);
	packet_put32(frame->bytes + 12, tag);
	frame->size += TAG_SIZE;
	frame->ip_off += TAG_SIZE;
}

/* Programs */

void
fixture_xdp(struct xdp_fixture *f, const struct frame *frame, int in,
	struct made *made)
{
	uint8_t out[FRAME_MAX + FRAME_HEADROOM];
	struct xdp_md ctx = {.data_end = (uint32_t)frame->size,
		.ingress_ifindex = (uint32_t)f->ifindex[in]};
	struct xdp_md after = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame->bytes,
		.data_size_in = (uint32_t)frame->size, .data_out = out,
		.data_size_out = sizeof(out), .ctx_in = &ctx,
		.ctx_size_in = sizeof(ctx), .ctx_out = &after,
		.ctx_size_out = sizeof(after));
	uint64_t secret;

	assert_int_equal(bpf_prog_test_run_opts(program(f, OBJECT_XDP,
		"wasp_ingress"), &opts), 0);
	made->action = opts.retval;
	made->has_note = after.data == NOTE_SIZE;
	memcpy(&secret, out, sizeof(secret));
	if (made->has_note)
		assert_true(secret == f->settings->meta_secret);
	memcpy(&made->send_ifindex, out + 16, sizeof(made->send_ifindex));
	made->frame.ip_off = frame->ip_off;
	made->frame.size = opts.data_size_out - after.data;
	assert_int_equal(made->frame.size, frame->size);
	memcpy(made->frame.bytes, out + after.data, made->frame.size);
}

void
fixture_tc(struct xdp_fixture *f, const struct frame *frame, int in, int out,
	unsigned segments, struct made *made)
{
	struct __sk_buff ctx = {.ifindex = (uint32_t)f->ifindex[out],
		.ingress_ifindex = in >= 0 ? (uint32_t)f->ifindex[in] : 0,
		.gso_segs = segments, .mark = f->mark};
	struct __sk_buff after = {0};
	LIBBPF_OPTS(bpf_test_run_opts, opts, .data_in = frame->bytes,
		.data_size_in = (uint32_t)frame->size,
		.data_out = made->frame.bytes, .data_size_out = FRAME_MAX,
		.ctx_in = &ctx, .ctx_size_in = sizeof(ctx),
		.ctx_out = &after, .ctx_size_out = sizeof(after));

	assert_int_equal(bpf_prog_test_run_opts(program(f, OBJECT_TC,
		"wasp_egress"), &opts), 0);
	made->action = opts.retval;
	made->mark = after.mark;
	made->frame.ip_off = frame->ip_off;
	made->frame.size = opts.data_size_out;
	assert_int_equal(made->frame.size, frame->size);
}

/* What the kernel takes, written once more. */

static bool
v4_is_taken(const uint8_t *p, size_t room)
{
	size_t size = (p[0] & 15) * 4u, total = packet_get16(p + 2);

	return p[0] >> 4 == 4 && size >= 20 && total >= size && total <= room &&
		packet_sum(p, size) == 0xffff;
}

/* ip6_parse_tlv of net/ipv6/exthdrs.c, without the options that need a socket. */
static bool
hop_by_hop_is_taken(const uint8_t *p, size_t size)
{
	unsigned padding = 0;
	size_t step;

	for (size_t i = 2; i < size; i += step) {
		step = p[i] == 0 ? 1 : i + 1 < size ? p[i + 1] + 2u : size;
		if (i + step > size)
			return false;
		padding = p[i] <= 1 ? padding + (unsigned)step : 0;
		if (padding > 7)
			return false;
		for (size_t k = 2; p[i] == 1 && k < step; k++)
			if (p[i + k])
				return false;
		if (p[i] > 1 && (p[i] & 0xc0 || p[i] == 7 || p[i] == 0x31))
			return false;
		if (p[i] == 5 && p[i + 1] != 2)
			return false;
	}
	return true;
}

static bool
v6_is_taken(const uint8_t *p, size_t room)
{
	static const uint8_t loopback[IP_ADDR_SIZE] = {[15] = 1};
	const uint8_t *src = p + 8, *dst = p + 24;
	size_t size;

	if (room < 40 || p[0] >> 4 != 6 || packet_get16(p + 4) + 40u > room ||
	    src[0] == 0xff || ip_addr_is_v4(src) ||
	    !memcmp(src, loopback, IP_ADDR_SIZE) ||
	    !memcmp(dst, loopback, IP_ADDR_SIZE) ||
	    (dst[0] == 0xff && (dst[1] & 15) <= 1))
		return false;
	if (p[6] != 0)
		return true;
	size = room > 41 ? (p[41] + 1u) * 8 : 8;
	return room >= 40 + size && packet_get16(p + 4) >= size &&
		hop_by_hop_is_taken(p + 40, size);
}

/*
 * A frame to all or to many counts only with a packet to a group.  Of O0 the
 * programs know no address.
 */
static bool
is_for(const struct frame *frame, int in)
{
	const uint8_t *p = frame->bytes + frame->ip_off;

	if (in == O0)
		return true;
	if (frame->bytes[0] & 1)
		return p[0] >> 4 == 4 ? p[16] >> 4 == 0xe : p[24] == 0xff;
	return !memcmp(frame->bytes, macs[in], 6);
}

/*
 * The size of the IP packet, or 0 where it never gets to netfilter.  Of o0, which is
 * nobody's, the programs know no address, and count frames for others, too.
 */
static size_t
taken(const struct frame *frame, int in)
{
	const uint8_t *p = frame->bytes + frame->ip_off;
	size_t room = frame->size - frame->ip_off;
	unsigned type = packet_get16(p - 2);

	if (in != O0 && !is_for(frame, in))
		return 0;
	if (type == 0x0800)
		return room >= 20 && v4_is_taken(p, room) ?
			packet_get16(p + 2) : 0;
	return type == 0x86dd && v6_is_taken(p, room) ?
		packet_get16(p + 4) + 40u : 0;
}

/* Both */

/* The portable data path, as far as packets are brought to it. */
static void
go_portable(struct xdp_fixture *f, enum node_hook hook, uint8_t *p,
	size_t size, int in, int out)
{
	f->verdict = ROUTER_PLAIN;
	f->packet = (struct router_packet){.hook = hook, .p = p, .size = size,
		.in_ifindex = in >= 0 ? f->ifindex[in] : 0,
		.out_ifindex = out >= 0 ? f->ifindex[out] : 0,
		.now_ns = f->now_ns, .time_ns = f->settings->time_ns};
	if (size >= 20 && match_takes(&f->config.numbers, p, size))
		f->verdict = router_packet(f->router, &f->packet);
}

static uint64_t
portable_count(const struct xdp_fixture *f, unsigned i)
{
	if (i < XDP_COUNT_FAULTS)
		return router_counted(f->router, (enum router_count)i);
	return router_faults(f->router,
		(enum isa_fault)(i - XDP_COUNT_FAULTS));
}

/*
 * The matcher lets more pass that is no WASP than the programs count: behind
 * more than two extension headers it does not look.
 */
static void
compare_counts(struct xdp_fixture *f)
{
	uint64_t counts[XDP_COUNT_COUNT];

	look_at_counts(f, counts);
	for (unsigned i = 0; i < XDP_COUNT_COUNT; i++) {
		uint64_t by_xdp = counts[i] - f->counts[i];
		uint64_t portable = portable_count(f, i);

		if (by_xdp != portable && (i != XDP_COUNT_NOT_WASP ||
		    by_xdp > portable))
			fail_msg("count %u: %llu in the kernel, %llu portable",
				i, (unsigned long long)by_xdp,
				(unsigned long long)portable);
	}
}

uint64_t
fixture_counted(struct xdp_fixture *f, unsigned count)
{
	uint64_t counts[XDP_COUNT_COUNT];

	look_at_counts(f, counts);
	return counts[count] - f->counts[count];
}

static void
print_frame(const char *what, const struct frame *frame)
{
	print_error("%s:", what);
	for (size_t i = 0; i < frame->size; i++)
		print_error(" %02x", frame->bytes[i]);
	print_error("\n");
}

static void
compare_bytes(const struct frame *sent, const struct frame *portable,
	const struct frame *made)
{
	if (portable->size == made->size &&
	    !memcmp(portable->bytes, made->bytes, made->size))
		return;
	print_frame("sent", sent);
	print_frame("portable", portable);
	print_frame("in the kernel", made);
	fail_msg("the bytes differ");
}

/* Where the portable path would send it. */
static uint32_t
portable_send_ifindex(struct xdp_fixture *f)
{
	struct ip_info info;
	struct route route;

	if (f->packet.send_ifindex)
		return (uint32_t)f->packet.send_ifindex;
	ip_find(f->packet.p, f->packet.size, &f->config.numbers, &info);
	f->world.route(f->world.arg, info.dst, &route);
	return (uint32_t)route.hops[0].ifindex;
}

enum router_verdict
fixture_ingress(struct xdp_fixture *f, const struct frame *frame, int in)
{
	struct frame portable = *frame;
	size_t size = taken(frame, in);
	struct made made;

	tell_loads(f);
	fixture_xdp(f, frame, in, &made);
	go_portable(f, NODE_INGRESS, portable.bytes + frame->ip_off, size, in,
		-1);
	if (f->verdict == ROUTER_DROP) {
		assert_int_equal(made.action, XDP_DROP);
	} else {
		compare_bytes(frame, &portable, &made.frame);
		assert_int_equal(made.action, XDP_PASS);
	}
	if (f->verdict == ROUTER_SEND) {
		assert_true(made.has_note);
		assert_int_equal(made.send_ifindex, portable_send_ifindex(f));
	} else if (made.has_note) {
		assert_int_equal(made.send_ifindex, 0);
	}
	compare_counts(f);
	return f->verdict;
}

/* What the kernel shall route once more, with one hop more. */
static void
come_in_again(struct frame *frame, struct xdp_fixture *f, int in)
{
	struct ip_info info;
	uint8_t *p = frame->bytes + frame->ip_off;

	if (in < 0)
		return;
	memcpy(frame->bytes, macs[in], sizeof(macs[in]));
	assert_int_equal(ip_find(p, frame->size - frame->ip_off,
		&f->config.numbers, &info), IP_OK);
	ip_set_hop_limit(p, &info, (uint8_t)(info.hop_limit + 1));
}

enum router_verdict
fixture_egress(struct xdp_fixture *f, const struct frame *frame, int in,
	int out)
{
	static const uint32_t actions[] = {
		[ROUTER_PLAIN] = (uint32_t)TC_GO_ON,
		[ROUTER_CHANGED] = (uint32_t)TC_GO_ON, [ROUTER_DROP] = TC_DROP,
		[ROUTER_SEND] = TC_REDIRECT, [ROUTER_REROUTE] = TC_REDIRECT};
	struct frame portable = *frame;
	struct made made;

	tell_loads(f);
	fixture_tc(f, frame, in, out, 0, &made);
	go_portable(f, NODE_EGRESS, portable.bytes + frame->ip_off,
		frame->size - frame->ip_off, in, out);
	assert_int_equal(made.action, actions[f->verdict]);
	assert_int_equal(made.mark, f->verdict == ROUTER_REROUTE ?
		f->config.mark : 0);
	if (f->verdict == ROUTER_REROUTE)
		come_in_again(&portable, f, in);
	if (f->verdict != ROUTER_DROP)
		compare_bytes(frame, &portable, &made.frame);
	compare_counts(f);
	return f->verdict;
}
