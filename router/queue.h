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
	int in_ifindex, out_ifindex;	/* 0: none */
	bool made_here;			/* at OUTPUT; hook is not one of ours */
	uint32_t mark;			/* the packet's; may be changed */
	uint8_t *p;			/* NULL: not all of it is at hand */
	size_t size;
};

/* Bind the queue; NULL with errno, EBUSY when somebody else has it. */
struct queue *queue_open(uint16_t number);
void queue_close(struct queue *queue);
int queue_fd(const struct queue *queue);

/* 1: a packet; 0: none waits; -1 with errno. */
int queue_next(struct queue *queue, struct queue_packet *packet);

/* Drop it. */
bool queue_drop(struct queue *queue, const struct queue_packet *packet);

/*
 * Let it go on; changed: with the mark and the bytes as packet has them now, from
 * p on, which may be the caller's.
 */
bool queue_accept(struct queue *queue, const struct queue_packet *packet,
	bool changed);

#endif
