/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The file of an operator's policy, read by libconfuse; wasp-policy(5)
 * specifies it.  Not part of libverify.a, so that only who reads such files
 * needs libconfuse.
 */
#ifndef VERIFY_POLICY_FILE_H
#define VERIFY_POLICY_FILE_H

#include "verify/policy.h"

/*
 * Read the text of a file that messages call `file`.  Every error goes to the
 * sink; false if there was one, and the policy allows everything then.
 */
bool verify_policy_read(struct verify_policy *policy, const char *text,
	const char *file, diag_sink *sink, void *arg);

#endif
