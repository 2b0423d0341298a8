/* SPDX-License-Identifier: BSD-2-Clause */
/* Counters, queues and rates of interfaces; see netlink.h. */
#include "router/netlink-int.h"

#include <linux/ethtool.h>
#include <linux/gen_stats.h>
#include <linux/if_link.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>

enum {
	LOAD_FRESH_NS = 10000000,	/* "at most 10 ms old" */
	SPEED_FRESH_NS = 1000000000,
	STATS_AT_ONCE = 16,
	STATS_REQUEST_SIZE = NLMSG_LENGTH(sizeof(struct if_stats_msg))
};

/* Some interfaces whose counters and disciplines are asked for. */
struct slots {
	struct load_slot *list;
	unsigned count;
};

/* Counters */

static void
take_stats(void *arg, unsigned i, const struct nlmsghdr *nlh)
{
	struct load_slot *list = arg;
	struct link_load *load = &list[i].load;
	const struct nlattr *attr;
	struct rtnl_link_stats64 stats;

	mnl_attr_for_each(attr, nlh, sizeof(struct if_stats_msg)) {
		if (mnl_attr_get_type(attr) != IFLA_STATS_LINK_64 ||
		    mnl_attr_get_payload_len(attr) < sizeof(stats))
			continue;
		memcpy(&stats, mnl_attr_get_payload(attr), sizeof(stats));
		load->tx_pkts = (uint32_t)stats.tx_packets;
		load->tx_bytes = (uint32_t)stats.tx_bytes;
		load->rx_pkts = (uint32_t)stats.rx_packets;
		load->rx_bytes = (uint32_t)stats.rx_bytes;
		load->drops = (uint32_t)stats.tx_dropped;
	}
}

/* As many at once as surely fit, with their answers, into the socket. */
static void
ask_stats(struct netlink *netlink, const struct slots *slots)
{
	_Alignas(uint64_t) char buf[STATS_AT_ONCE * STATS_REQUEST_SIZE];
	size_t size = 0;

	for (unsigned i = 0, begin = 0; i < slots->count; i++) {
		struct nlmsghdr *nlh = netlink_request(buf + size,
			RTM_GETSTATS, 0);
		struct if_stats_msg *ifsm = mnl_nlmsg_put_extra_header(nlh,
			sizeof(*ifsm));

		ifsm->ifindex = (uint32_t)slots->list[i].ifindex;
		ifsm->filter_mask = IFLA_STATS_FILTER_BIT(IFLA_STATS_LINK_64);
		nlh->nlmsg_seq = netlink->seq + 1 + i - begin;
		size += nlh->nlmsg_len;
		if (i + 1 - begin < STATS_AT_ONCE && i + 1 < slots->count)
			continue;
		netlink_ask_each(netlink, buf, size, i + 1 - begin,
			take_stats, &slots->list[begin]);
		begin = i + 1;
		size = 0;
	}
}

/* Rates and queues */

/* Bytes a second as kbit/s, no more than a word can say. */
static uint32_t
kbit(uint64_t bytes_per_s)
{
	uint64_t rate = bytes_per_s / 125;

	return rate < ISA_ENV_UNKNOWN ? (uint32_t)rate : ISA_ENV_UNKNOWN - 1;
}

static void
take_tbf(struct load_slot *slot, const struct nlattr *options)
{
	const struct nlattr *attr;
	struct tc_tbf_qopt qopt;

	mnl_attr_for_each_nested(attr, options) {
		if (mnl_attr_get_type(attr) == TCA_TBF_PARMS &&
		    mnl_attr_get_payload_len(attr) >= sizeof(qopt)) {
			memcpy(&qopt, mnl_attr_get_payload(attr), sizeof(qopt));
			slot->rate = kbit(qopt.rate.rate);
		} else if (mnl_attr_get_type(attr) == TCA_TBF_RATE64) {
			slot->rate = kbit(mnl_attr_get_u64(attr));
			return;
		}
	}
}

static void
take_queue(struct load_slot *slot, const struct nlattr *stats)
{
	const struct nlattr *attr;
	struct gnet_stats_queue queue;

	mnl_attr_for_each_nested(attr, stats) {
		if (mnl_attr_get_type(attr) != TCA_STATS_QUEUE ||
		    mnl_attr_get_payload_len(attr) < sizeof(queue))
			continue;
		memcpy(&queue, mnl_attr_get_payload(attr), sizeof(queue));
		slot->load.queue = queue.backlog;
		slot->load.queue_pkts = queue.qlen;
		slot->load.drops += queue.drops;
	}
}

static int
take_qdisc(const struct nlmsghdr *nlh, void *arg)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(nlh);
	struct load_slot *slot = arg;
	const struct nlattr *attr, *options = NULL;
	bool tbf = false;

	if (tcm->tcm_ifindex != slot->ifindex ||
	    tcm->tcm_parent != TC_H_ROOT)
		return MNL_CB_OK;
	mnl_attr_for_each(attr, nlh, sizeof(*tcm)) {
		switch (mnl_attr_get_type(attr)) {
		case TCA_KIND:
			tbf = !strcmp(mnl_attr_get_str(attr), "tbf");
			slot->has_classes = !strcmp(mnl_attr_get_str(attr),
				"htb");
			break;
		case TCA_OPTIONS:
			options = attr;
			break;
		case TCA_STATS2:
			take_queue(slot, attr);
			break;
		}
	}
	if (tbf && options)
		take_tbf(slot, options);
	return MNL_CB_OK;
}

static uint32_t
add_rates(uint32_t a, uint32_t b)
{
	if (a == ISA_ENV_UNKNOWN)
		return b;
	return a + b >= a && a + b != ISA_ENV_UNKNOWN ? a + b :
		ISA_ENV_UNKNOWN - 1;
}

static void
take_htb(struct load_slot *slot, const struct nlattr *options)
{
	const struct nlattr *attr;
	struct tc_htb_opt opt;
	uint64_t ceil = 0;
	bool wide = false;		/* more than the old field can hold */

	mnl_attr_for_each_nested(attr, options) {
		if (mnl_attr_get_type(attr) == TCA_HTB_PARMS && !wide &&
		    mnl_attr_get_payload_len(attr) >= sizeof(opt)) {
			memcpy(&opt, mnl_attr_get_payload(attr), sizeof(opt));
			ceil = opt.ceil.rate;
		} else if (mnl_attr_get_type(attr) == TCA_HTB_CEIL64) {
			ceil = mnl_attr_get_u64(attr);
			wide = true;
		}
	}
	slot->rate = add_rates(slot->rate, kbit(ceil));
}

/* Those right below the root share nothing, so what they may send adds up. */
static int
take_class(const struct nlmsghdr *nlh, void *arg)
{
	const struct tcmsg *tcm = mnl_nlmsg_get_payload(nlh);
	struct load_slot *slot = arg;
	const struct nlattr *attr;

	if (tcm->tcm_ifindex != slot->ifindex ||
	    tcm->tcm_parent != TC_H_ROOT)
		return MNL_CB_OK;
	mnl_attr_for_each(attr, nlh, sizeof(*tcm))
		if (mnl_attr_get_type(attr) == TCA_OPTIONS)
			take_htb(slot, attr);
	return MNL_CB_OK;
}

static void
ask_classes(struct netlink *netlink, struct load_slot *slot)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = netlink_request(buf, RTM_GETTCLASS, NLM_F_DUMP);
	struct tcmsg *tcm = mnl_nlmsg_put_extra_header(nlh, sizeof(*tcm));

	tcm->tcm_ifindex = slot->ifindex;
	netlink_ask(netlink, nlh, take_class, slot);
}

static int
take_qdiscs(const struct nlmsghdr *nlh, void *arg)
{
	const struct slots *slots = arg;

	for (unsigned i = 0; i < slots->count; i++)
		take_qdisc(nlh, &slots->list[i]);
	return MNL_CB_OK;
}

/*
 * Of all interfaces, since the shorter question's answer goes to all who watch
 * them, too (NetworkManager, say); no root qdisc that queues means nothing waits.
 */
static void
ask_qdiscs(struct netlink *netlink, struct slots *slots)
{
	_Alignas(uint64_t) char buf[REQUEST_SIZE];
	struct nlmsghdr *nlh = netlink_request(buf, RTM_GETQDISC, NLM_F_DUMP);
	struct load_slot *list = slots->list;
	unsigned count = slots->count;

	mnl_nlmsg_put_extra_header(nlh, sizeof(struct tcmsg));
	for (unsigned i = 0; i < count; i++)
		list[i].load.queue = list[i].load.queue_pkts = 0;
	if (!netlink_ask(netlink, nlh, take_qdiscs, slots))
		for (unsigned i = 0; i < count; i++)
			list[i].load.queue = list[i].load.queue_pkts =
				ISA_ENV_UNKNOWN;
	for (unsigned i = 0; i < count; i++)
		if (list[i].has_classes)
			ask_classes(netlink, &list[i]);
}

/* The interface's own speed, which ethtool knows in Mbit/s. */
static uint32_t
ethtool_rate(const struct netlink *netlink, int ifindex)
{
	struct ethtool_cmd command = {.cmd = ETHTOOL_GSET};
	struct ifreq ifr = {0};
	uint32_t speed;

	ifr.ifr_data = (void *)&command;
	if (!if_indextoname((unsigned)ifindex, ifr.ifr_name) ||
	    ioctl(netlink->ioctl_fd, SIOCETHTOOL, &ifr) < 0)
		return ISA_ENV_UNKNOWN;
	speed = ethtool_cmd_speed(&command);
	return speed == 0 || speed > UINT32_MAX / 1000 - 1 ? ISA_ENV_UNKNOWN :
		speed * 1000;
}

static struct load_slot
empty_slot(int ifindex)
{
	struct load_slot slot = {.ifindex = ifindex, .rate = ISA_ENV_UNKNOWN};

	memset(&slot.load, 0xff, sizeof(slot.load));
	return slot;
}

/* The slot of an interface; another's is taken over when all are in use. */
static struct load_slot *
load_slot(struct netlink *netlink, int ifindex, uint64_t now_ns)
{
	struct load_slot *slot = &netlink->loads[(unsigned)ifindex %
		LOAD_SLOTS];

	if (slot->ifindex == ifindex &&
	    now_ns - slot->asked_ns < LOAD_FRESH_NS)
		return slot;
	*slot = empty_slot(ifindex);
	slot->asked_ns = now_ns;
	ask_stats(netlink, &(struct slots){slot, 1});
	ask_qdiscs(netlink, &(struct slots){slot, 1});
	if (slot->rate == ISA_ENV_UNKNOWN)
		slot->rate = ethtool_rate(netlink, ifindex);
	return slot;
}

static uint32_t
speed(struct netlink *netlink, int ifindex, uint64_t now_ns)
{
	__auto_type slot = &netlink->speeds[(unsigned)ifindex % LOAD_SLOTS];

	if (slot->ifindex != ifindex ||
	    now_ns - slot->asked_ns >= SPEED_FRESH_NS) {
		slot->rate = ethtool_rate(netlink, ifindex);
		slot->ifindex = ifindex;
		slot->asked_ns = now_ns;
	}
	return slot->rate;
}

void
netlink_loads(struct netlink *netlink, const int ifindex[], unsigned count,
	uint64_t now_ns, struct link_load loads[], uint32_t rates[])
{
	struct load_slot list[LOAD_SLOTS];
	struct slots slots = {list, count < LOAD_SLOTS ? count : LOAD_SLOTS};

	for (unsigned i = 0; i < slots.count; i++)
		list[i] = empty_slot(ifindex[i]);
	ask_stats(netlink, &slots);
	ask_qdiscs(netlink, &slots);
	for (unsigned i = 0; i < slots.count; i++) {
		loads[i] = list[i].load;
		rates[i] = list[i].rate != ISA_ENV_UNKNOWN ? list[i].rate :
			speed(netlink, ifindex[i], now_ns);
	}
}

static void
load_of(void *arg, int ifindex, uint64_t now_ns, struct link_load *load)
{
	*load = load_slot(arg, ifindex, now_ns)->load;
}

static uint32_t
rate_of(void *arg, int ifindex, uint64_t now_ns)
{
	return load_slot(arg, ifindex, now_ns)->rate;
}

void
netlink_load_world(struct world *world)
{
	world->load = load_of;
	world->rate = rate_of;
}
