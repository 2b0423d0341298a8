/* SPDX-License-Identifier: BSD-2-Clause */
/* Rules as text; see rules.h. */
#include "router/rules.h"

#include "router/match.h"

#include <string.h>

/* Our chains, each with what leads to it; a name has at most 28 characters. */
static const struct place {
	const char *table, *hook, *direction, *suffix;
} places[] = {
	{"raw", "PREROUTING", "-i", "in"},
	{"mangle", "POSTROUTING", "-o", "out"},
	{"raw", "OUTPUT", NULL, "self"}
};
enum { PLACES = sizeof(places) / sizeof(*places), CHAIN_SIZE = 29 };

static void
chain_name(char chain[static CHAIN_SIZE], const char *name,
	const struct place *place)
{
	snprintf(chain, CHAIN_SIZE, "WASP-%.*s-%s", CONFIG_NAME_SIZE - 1, name,
		place->suffix);
}

/* The end of a line of text, and the start of the next. */
static const char *
next_line(const char *line, size_t *size)
{
	*size = strcspn(line, "\n");
	return line + *size + (line[*size] == '\n');
}

static bool
line_is(const char *line, size_t size, const char *text)
{
	return strlen(text) == size && !memcmp(line, text, size);
}

/* Is it a rule that jumps to the chain from anywhere but inside it? */
static bool
jumps_to(const char *line, size_t size, const char *chain)
{
	char tail[CHAIN_SIZE + 8];
	size_t length = (size_t)snprintf(tail, sizeof(tail), " -j %s", chain);

	return size > length && !memcmp(line, "-A ", 3) &&
		!memcmp(line + size - length, tail, length);
}

static bool
declares(const char *line, size_t size, const char *chain)
{
	size_t length = strlen(chain);

	return size > length + 1 && line[0] == ':' &&
		!memcmp(line + 1, chain, length) && line[length + 1] == ' ';
}

/* The part of saved that is about a table; its size, 0 when there is none. */
static const char *
table_part(const char *saved, const char *table, size_t *part)
{
	char head[32];
	const char *line = saved, *start = NULL;
	size_t size;

	snprintf(head, sizeof(head), "*%s", table);
	*part = 0;
	while (*line) {
		const char *next = next_line(line, &size);

		if (line_is(line, size, head))
			start = next;
		else if (start && line_is(line, size, "COMMIT")) {
			*part = (size_t)(line - start);
			return start;
		}
		line = next;
	}
	return NULL;
}

/* "-A X ..." of jumps to the chain as "-D X ..."; how many. */
static unsigned
write_jump_removals(FILE *out, const char *part, size_t part_size,
	const char *chain)
{
	const char *line = part;
	unsigned count = 0;
	size_t size;

	while (part && line < part + part_size) {
		const char *next = next_line(line, &size);

		if (jumps_to(line, size, chain)) {
			fprintf(out, "-D%.*s\n", (int)size - 2, line + 2);
			count++;
		}
		line = next;
	}
	return count;
}

static bool
has_chain(const char *part, size_t part_size, const char *chain)
{
	const char *line = part;
	size_t size;

	while (part && line < part + part_size) {
		const char *next = next_line(line, &size);

		if (declares(line, size, chain))
			return true;
		line = next;
	}
	return false;
}

unsigned
rules_write_removal(FILE *out, const char *name, const char *saved)
{
	unsigned count = 0;

	for (unsigned i = 0; i < PLACES; i++) {
		char chain[CHAIN_SIZE];
		size_t size;
		const char *part = table_part(saved, places[i].table, &size);

		chain_name(chain, name, &places[i]);
		if (!has_chain(part, size, chain))
			continue;
		fprintf(out, "*%s\n", places[i].table);
		count += 1 + write_jump_removals(out, part, size, chain);
		fprintf(out, "-F %s\n-X %s\nCOMMIT\n", chain, chain);
	}
	return count;
}

static void
write_unmark(FILE *out, const struct config *config, const char *chain)
{
	fprintf(out, "-A %s -m mark --mark 0x%x/0x%x -j MARK "
		"--set-xmark 0x0/0x%x\n", chain, config->mark, config->mark,
		config->mark);
}

/*
 * What passes the first rule is queued; when the verdict sends it through the
 * table once more it carries our mark, which the second rule takes off.
 */
static void
write_hook(FILE *out, const struct config *config, const struct match *match,
	const struct place *place, const char *chain)
{
	char code[MATCH_TEXT_SIZE];

	fprintf(out, "-A %s -m mark ! --mark 0x%x/0x%x -m bpf --bytecode \"%s\""
		" -j NFQUEUE --queue-num %u --queue-bypass\n",
		chain, config->mark, config->mark, match_text(match, code),
		config->queue);
	write_unmark(out, config, chain);
	for (unsigned i = 0; i < config->interface_count; i++)
		fprintf(out, "-A %s %s \"%s\" -j %s\n", place->hook,
			place->direction, config->interfaces[i].name, chain);
}

/*
 * What this node sends back under our mark is not tracked, and loses the mark
 * before its egress.
 */
static void
write_self(FILE *out, const struct config *config, const struct place *place,
	const char *chain, bool tracking)
{
	if (tracking)
		fprintf(out, "-A %s -j CT --notrack\n", chain);
	write_unmark(out, config, chain);
	fprintf(out, "-A %s -m mark --mark 0x%x/0x%x -j %s\n", place->hook,
		config->mark, config->mark, chain);
}

void
rules_write(FILE *out, const struct config *config, int family, bool tracking)
{
	struct match match;

	match_make(&match, family, &config->numbers);
	for (unsigned i = 0; i < PLACES; i++) {
		const struct place *place = &places[i];
		char chain[CHAIN_SIZE];

		chain_name(chain, config->name, place);
		fprintf(out, "*%s\n:%s - [0:0]\n", place->table, chain);
		if (place->direction)
			write_hook(out, config, &match, place, chain);
		else
			write_self(out, config, place, chain, tracking);
		fprintf(out, "COMMIT\n");
	}
}
