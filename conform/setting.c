/* SPDX-License-Identifier: BSD-2-Clause */
/* What a vector says of the node and of a visit there; see vector-int.h. */
#include "conform/vector-int.h"

#include <stdio.h>
#include <string.h>

#include "wasp/hex.h"

static void
read_secret(struct vector_reader *reader, const char *word, uint8_t *secret)
{
	if (!hex_exact(word, secret, KEY_SECRET_SIZE))
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a secret has %d digits", 2 * KEY_SECRET_SIZE);
}

void
statement_private_secret(struct vector_reader *reader, char **words)
{
	read_secret(reader, words[0], reader->vector->private_secret);
}

void
statement_invite_secret(struct vector_reader *reader, char **words)
{
	read_secret(reader, words[0], reader->vector->invite_secret);
}

void
statement_capacity(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (!vector_number(reader, words[0], VECTOR_CAPACITY_MAX, &n))
		return;
	if (n == 0)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a store has room for one entry at least");
	reader->vector->capacity = (unsigned)n;
	reader->vector->features |= 1u << VECTOR_CAPACITY;
}

/* Four words of an address field, by its name without a number. */
static bool
set_env_address(struct vector_reader *reader, const char *name,
	const char *word)
{
	char first[16];
	uint8_t addr[IP_ADDR_SIZE];
	int field;

	snprintf(first, sizeof(first), "%.12s.0", name);
	field = isa_env_number(first);
	if (field < 0 || isa_envs[field].show != ISA_SHOW_ADDR)
		return false;
	if (vector_address(reader, word, addr))
		for (int i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
			reader->set->env[field + i] =
				packet_get32(addr + PACKET_WORD_SIZE * i);
	return true;
}

/* What the packet itself says can not be said again. */
static bool
is_of_packet(int field)
{
	return field == ISA_ENV_HOOK || field == ISA_ENV_BACK ||
		field == ISA_ENV_HOPS || field == ISA_ENV_IDENT ||
		field == ISA_ENV_SEQ;
}

void
statement_env(struct vector_reader *reader, char **words)
{
	int field = isa_env_number(words[0]);
	uint64_t n = ISA_ENV_UNKNOWN;
	uint8_t addr[IP_ADDR_SIZE];

	if (field < 0 && set_env_address(reader, words[0], words[1]))
		return;
	if (field < 0 || is_of_packet(field)) {
		vector_wrong(reader, DIAG_CONFORM_VALUE, field < 0 ?
			"there is no field '%s'" :
			"%s is what the packet and the hook say", words[0]);
		return;
	}
	if (isa_envs[field].show == ISA_SHOW_ADDR &&
	    ip_addr_parse(words[1], addr) && ip_addr_is_v4(addr))
		n = packet_get32(addr + IP_V4_OFF);
	else if (strcmp(words[1], "unknown"))
		vector_number(reader, words[1], UINT32_MAX, &n);
	reader->set->env[field] = (uint32_t)n;
}

void
statement_source(struct vector_reader *reader, char **words)
{
	vector_address(reader, words[0], reader->set->source);
}

void
statement_interface(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (vector_number(reader, words[0], UINT32_MAX, &n))
		reader->set->interface = (uint32_t)n;
}

void
statement_access_max(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (!vector_number(reader, words[0], PACKET_CODE_MAX, &n))
		return;
	reader->set->access_max = (unsigned)n;
	reader->vector->features |= 1u << VECTOR_LIMITS;
}

void
statement_rights(struct vector_reader *reader, char **words)
{
	static const char *const names[] = {"none", "operator", "invite"};
	struct vector_run *run = reader->set;

	run->is_operator = run->may_invite = false;
	for (; *words; words++) {
		int right = vector_choice(reader, *words, names, 0, 3);

		run->is_operator |= right == 1;
		run->may_invite |= right == 2;
	}
	if (run->may_invite)
		reader->vector->features |= 1u << VECTOR_INVITATIONS;
}

void
statement_reroute(struct vector_reader *reader, char **words)
{
	struct vector_run *run = reader->set;
	struct vector_target target = {.flow = VECTOR_FLOW_DEFAULT};
	uint64_t local = 0;

	if (!vector_address(reader, words[0], target.to))
		return;
	if (words[1] && (!vector_number(reader, words[1], 1, &local) ||
	    (words[2] && !vector_number(reader, words[2], UINT64_MAX >> 2,
		&target.flow))))
		return;
	if (run->target_count == VECTOR_TARGETS_MAX) {
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"more than %d addresses", VECTOR_TARGETS_MAX);
		return;
	}
	target.local = (uint32_t)local;
	run->targets[run->target_count++] = target;
	reader->vector->features |= 1u << VECTOR_INVITATIONS;
}
