/* SPDX-License-Identifier: BSD-2-Clause */
/* NFQUEUE by libnetfilter_queue over libmnl; see queue.h. */
#include "router/queue.h"

#include <arpa/inet.h>
#include <errno.h>
#include <libmnl/libmnl.h>
#include <libnetfilter_queue/libnetfilter_queue.h>
#include <linux/netfilter.h>
#include <linux/netfilter/nfnetlink_queue.h>
#include <linux/netlink.h>
#include <stdlib.h>
#include <sys/socket.h>

enum {
	BUFFER_SIZE = 0x10000 + 4096,	/* a packet and what is told of it */
	SOCKET_BUFFER = 8 << 20,
	WAITING_MAX = 4096		/* packets */
};

struct queue {
	struct mnl_socket *socket;
	uint16_t number;
	_Alignas(uint64_t) char in[BUFFER_SIZE];
	_Alignas(uint64_t) char out[BUFFER_SIZE];
};

static struct nlmsghdr *
config_message(struct queue *queue)
{
	struct nlmsghdr *nlh = nfq_nlmsg_put(queue->out, NFQNL_MSG_CONFIG,
		queue->number);

	nlh->nlmsg_flags |= NLM_F_ACK;
	return nlh;
}

static bool
acknowledged(struct queue *queue, struct nlmsghdr *nlh)
{
	ssize_t size;

	if (mnl_socket_sendto(queue->socket, nlh, nlh->nlmsg_len) < 0)
		return false;
	size = mnl_socket_recvfrom(queue->socket, queue->in,
		sizeof(queue->in));
	return size >= 0 && mnl_cb_run(queue->in, (size_t)size, 0,
		mnl_socket_get_portid(queue->socket), NULL, NULL) >= 0;
}

/*
 * Whole packets, sums computed and segments cut by the kernel (no F_GSO), no
 * connection tracking told; when the queue is full they pass.
 */
static bool
configure(struct queue *queue)
{
	struct nlmsghdr *nlh = config_message(queue);

	nfq_nlmsg_cfg_put_cmd(nlh, AF_UNSPEC, NFQNL_CFG_CMD_BIND);
	if (!acknowledged(queue, nlh))
		return false;
	nlh = config_message(queue);
	nfq_nlmsg_cfg_put_params(nlh, NFQNL_COPY_PACKET, 0xffff);
	nfq_nlmsg_cfg_put_qmaxlen(nlh, WAITING_MAX);
	mnl_attr_put_u32(nlh, NFQA_CFG_FLAGS, htonl(NFQA_CFG_F_FAIL_OPEN));
	mnl_attr_put_u32(nlh, NFQA_CFG_MASK, htonl(NFQA_CFG_F_FAIL_OPEN));
	return acknowledged(queue, nlh);
}

/* Large buffers; overruns are the kernel's to pass on, not ours to stop at. */
static bool
set_socket(struct queue *queue)
{
	int fd = mnl_socket_get_fd(queue->socket);
	int size = SOCKET_BUFFER, one = 1;

	if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof(size)))
		setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
	return mnl_socket_setsockopt(queue->socket, NETLINK_NO_ENOBUFS, &one,
		sizeof(one)) == 0;
}

struct queue *
queue_open(uint16_t number)
{
	struct queue *queue = calloc(1, sizeof(*queue));
	int saved;

	if (!queue)
		return NULL;
	queue->number = number;
	queue->socket = mnl_socket_open2(NETLINK_NETFILTER, SOCK_CLOEXEC);
	if (queue->socket &&
	    mnl_socket_bind(queue->socket, 0, MNL_SOCKET_AUTOPID) == 0 &&
	    set_socket(queue) && configure(queue))
		return queue;
	saved = errno == EPERM ? EBUSY : errno;
	queue_close(queue);
	errno = saved;
	return NULL;
}

void
queue_close(struct queue *queue)
{
	if (!queue)
		return;
	if (queue->socket)
		mnl_socket_close(queue->socket);
	free(queue);
}

int
queue_fd(const struct queue *queue)
{
	return mnl_socket_get_fd(queue->socket);
}

static int
attr_ifindex(const struct nlattr *attr)
{
	return attr ? (int)ntohl(mnl_attr_get_u32(attr)) : 0;
}

/* One message of the queue; false if it is none. */
static bool
read_message(const struct nlmsghdr *nlh, struct queue_packet *packet)
{
	struct nlattr *attr[NFQA_MAX + 1] = {0};
	const struct nfqnl_msg_packet_hdr *header;

	if (NFNL_MSG_TYPE(nlh->nlmsg_type) != NFQNL_MSG_PACKET ||
	    nfq_nlmsg_parse(nlh, attr) < 0 || !attr[NFQA_PACKET_HDR])
		return false;
	header = mnl_attr_get_payload(attr[NFQA_PACKET_HDR]);
	*packet = (struct queue_packet){
		.id = ntohl(header->packet_id),
		.hook = header->hook == NF_INET_POST_ROUTING ? NODE_EGRESS :
			NODE_INGRESS,
		.made_here = header->hook == NF_INET_LOCAL_OUT,
		.mark = attr[NFQA_MARK] ?
			ntohl(mnl_attr_get_u32(attr[NFQA_MARK])) : 0,
		.in_ifindex = attr_ifindex(attr[NFQA_IFINDEX_INDEV]),
		.out_ifindex = attr_ifindex(attr[NFQA_IFINDEX_OUTDEV])};
	if (attr[NFQA_PAYLOAD] && !attr[NFQA_CAP_LEN]) {
		packet->p = mnl_attr_get_payload(attr[NFQA_PAYLOAD]);
		packet->size = mnl_attr_get_payload_len(attr[NFQA_PAYLOAD]);
	}
	return true;
}

int
queue_next(struct queue *queue, struct queue_packet *packet)
{
	for (;;) {
		ssize_t size = recv(queue_fd(queue), queue->in,
			sizeof(queue->in), MSG_DONTWAIT);
		const struct nlmsghdr *nlh = (const void *)queue->in;

		if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return 0;
		if (size < 0 && errno != EINTR && errno != ENOBUFS)
			return -1;
		if (size > 0 && mnl_nlmsg_ok(nlh, (int)size) &&
		    read_message(nlh, packet))
			return 1;
	}
}

static bool
send_verdict(struct queue *queue, const struct nlmsghdr *nlh)
{
	return mnl_socket_sendto(queue->socket, nlh, nlh->nlmsg_len) >= 0;
}

static struct nlmsghdr *
verdict(struct queue *queue, const struct queue_packet *packet, int what)
{
	struct nlmsghdr *nlh = nfq_nlmsg_put(queue->out, NFQNL_MSG_VERDICT,
		queue->number);

	nfq_nlmsg_verdict_put(nlh, (int)packet->id, what);
	return nlh;
}

bool
queue_drop(struct queue *queue, const struct queue_packet *packet)
{
	return send_verdict(queue, verdict(queue, packet, NF_DROP));
}

bool
queue_accept(struct queue *queue, const struct queue_packet *packet,
	bool changed)
{
	struct nlmsghdr *nlh = verdict(queue, packet, NF_ACCEPT);

	if (changed) {
		nfq_nlmsg_verdict_put_mark(nlh, packet->mark);
		nfq_nlmsg_verdict_put_pkt(nlh, packet->p,
			(uint32_t)packet->size);
	}
	return send_verdict(queue, nlh);
}
