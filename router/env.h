/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The environment of one packet at one hook: only what the program names and is
 * told is looked up.
 */
#ifndef ROUTER_ENV_H
#define ROUTER_ENV_H

#include "router/policy.h"

/* A set of fields: bit 1 << enum isa_env. */
typedef uint64_t env_set;
#define ENV_BIT(field) (UINT64_C(1) << ISA_ENV_##field)

/* What a program asks for. */
struct env_wants {
	env_set fields;
	bool invite, reroute;
};

void env_wants(const uint8_t *wasp, const struct packet_header *header,
	struct env_wants *wants);

/* What those may know, and everybody better. */
env_set env_told(enum isa_who who);

/* What is known of the packet without asking the system. */
struct env_facts {
	enum node_hook hook;
	const struct ip_info *info;
	bool local;
	unsigned in_number, out_number;		/* 0: none of ours */
	const struct config_interface *interface;	/* the hook's */
	int ifindex;				/* of the hook's interface */
	int out_ifindex;			/* at egress */
	uint64_t now_ns;
	uint64_t ingress_ns;			/* 0: not known */
	uint64_t time_ns;			/* since 1970 */
	uint32_t random, free;
};

/* Fill env: fields of the set, ISA_ENV_UNKNOWN in all others. */
void env_fill(uint32_t env[ISA_ENV_COUNT], env_set set,
	const struct env_facts *facts, const struct config *config,
	const struct world *world);

/* dst, local and flow, after the destination in info changed. */
void env_fill_destination(uint32_t env[ISA_ENV_COUNT], env_set set,
	const struct ip_info *info, bool local);

#endif
