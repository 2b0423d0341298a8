/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's packet queue (NFQUEUE), both hooks and both families in one.  A
 * queue that is full or has nobody to read it lets packets pass.
 */
#ifndef ROUTER_QUEUE_H
#define ROUTER_QUEUE_H

#include "vm/node.h"

struct queue;

/* A packet that waits for its verdict; p is valid until the next queue_next. */
struct queue_packet {
	uint32_t id;
	enum node_hook hook;
	uint32_t mark;
	int in_ifindex, out_ifindex;	/* 0: none */
	uint8_t *p;			/* NULL: not all of it is at hand */
	size_t size;
	/* It was let go a moment ago: some rule takes our mark off. */
	bool again;
};

/* Bind the queue; NULL with errno, EBUSY when somebody else has it. */
struct queue *queue_open(uint16_t number);
void queue_close(struct queue *queue);
int queue_fd(const struct queue *queue);

/* 1: a packet; 0: none waits; -1 with errno.  now_ns never steps back. */
int queue_next(struct queue *queue, struct queue_packet *packet,
	uint64_t now_ns);

/* Drop it. */
bool queue_drop(struct queue *queue, const struct queue_packet *packet);

/*
 * Let it go on: the table's rules are gone through once more with the mark
 * bits set, by which our own rule knows it and lets it pass.  So the rules
 * before and behind ours, and the table's policy, judge it as it is now.
 * changed: with the bytes as they are in packet->p.
 */
bool queue_pass(struct queue *queue, const struct queue_packet *packet,
	uint32_t mark, bool changed, uint64_t now_ns);

/* Let it go on as it came, past what is left of the table. */
bool queue_accept(struct queue *queue, const struct queue_packet *packet);

#endif
