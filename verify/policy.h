/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What an operator lets run at a node: limits, key spaces, instructions and
 * environment fields, for each hook.  A program that the policy does not admit
 * is not run there at all, and goes on as it came; one that runs has the
 * standard limits.  wasp-policy(5) specifies the file, policy-file.h reads it.
 *
 * What a program uses is found once, and compared with any policy by a few
 * numbers and masks.
 */
#ifndef VERIFY_POLICY_H
#define VERIFY_POLICY_H

#include "verify/verify.h"

enum verify_policy_rule {
	/* numbers: the most of one run */
	VERIFY_POLICY_STEPS,
	VERIFY_POLICY_COST,
	VERIFY_POLICY_ACCESSES,
	VERIFY_POLICY_PUSHED,		/* bytes */
	VERIFY_POLICY_NUMBERS,
	/* sets, as masks */
	VERIFY_POLICY_SPACES = VERIFY_POLICY_NUMBERS,	/* 1 << enum key_space */
	VERIFY_POLICY_OPCODES,		/* 1 << enum isa_op */
	VERIFY_POLICY_FIELDS,		/* 1 << enum isa_env */
	/* yes or no */
	VERIFY_POLICY_SAFE,		/* only what the verifier accepts */
	VERIFY_POLICY_RULES
};
#define VERIFY_POLICY_ANY UINT64_MAX

enum verify_policy_hook {
	VERIFY_POLICY_INGRESS, VERIFY_POLICY_EGRESS, VERIFY_POLICY_HOOKS
};
#define VERIFY_POLICY_HOOK_NAMES "ingress", "egress"

/* What is allowed at one hook, and which line of the file says so (0: none). */
struct verify_policy_rules {
	unsigned most[VERIFY_POLICY_NUMBERS];	/* UINT_MAX: any */
	uint64_t spaces, opcodes, fields;	/* what is in them is allowed */
	bool safe;
	unsigned line[VERIFY_POLICY_RULES];
};

struct verify_policy {
	struct verify_policy_rules hook[VERIFY_POLICY_HOOKS];
};

/* What a program uses at a hook, as far as it can be told before it runs. */
struct verify_use_hook {
	unsigned most[VERIFY_POLICY_NUMBERS];
	uint64_t spaces, opcodes, fields;
};

struct verify_use {
	bool safe;
	struct verify_use_hook hook[VERIFY_POLICY_HOOKS];
};

/* The policy that allows everything. */
void verify_policy_init(struct verify_policy *policy);

/*
 * What the program of a packet uses; the arguments, and what the answer depends
 * on, as for verify_code.  Where it does not run it uses nothing.
 */
void verify_use_find(struct verify_use *use, const uint8_t *packet,
	const struct packet_header *header, const struct notes *notes);

/*
 * Is a program that uses this admitted at the hook?  The first rule that it
 * breaks, or VERIFY_POLICY_RULES: it is.
 */
enum verify_policy_rule verify_policy_broken(const struct verify_policy *policy,
	enum verify_policy_hook hook, const struct verify_use *use);

/*
 * Report each rule that an object breaks, at the instruction, with the line of
 * the policy.  file is how messages call the object, policy_file the policy.
 * Returns how many were reported.
 */
unsigned verify_policy_report(const struct verify_policy *policy,
	const char *policy_file, const struct object *object, const char *file,
	diag_sink *sink, void *arg);

#endif
