/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What stands in sections wrap and unwrap: the words of a match and of a set,
 * and the programs; see config.h.  waspd.conf(5) specifies the words.
 */
#include "router/config.h"

#include <stdlib.h>
#include <string.h>

enum { TOKEN_SIZE = 64, PROTOCOL_TCP = 6, PACKET_SIZE_LIMIT = 65535 };

/* The words of a text, one after the other; a word longer than fits is cut. */
static bool
next_token(const char **text, char token[static TOKEN_SIZE])
{
	size_t size;

	*text += strspn(*text, " \t\n");
	size = strcspn(*text, " \t\n");
	if (size == 0)
		return false;
	snprintf(token, TOKEN_SIZE, "%.*s", (int)size, *text);
	*text += size;
	return true;
}

/* A decimal number up to max, and nothing behind it. */
static bool
parse_number(const char *token, unsigned long max, unsigned long *n)
{
	char *end;

	if (*token < '0' || *token > '9')
		return false;
	*n = strtoul(token, &end, 10);
	return !*end && *n <= max;
}

/* Matches */

static bool
parse_protocol(const char *token, int *protocol)
{
	static const struct {
		const char *name;
		int protocol;
	} names[] = {{"any", CONFIG_PROTOCOL_ANY}, {"udp", IP_PROTOCOL_UDP},
		{"tcp", PROTOCOL_TCP}, {"icmp", CONFIG_PROTOCOL_ICMP}};
	unsigned long n;

	for (unsigned i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(token, names[i].name)) {
			*protocol = names[i].protocol;
			return true;
		}
	if (!parse_number(token, UINT8_MAX, &n))
		return false;
	*protocol = (int)n;
	return true;
}

/* Each part: NULL, or what is wrong with it. */
static const char *
parse_port(const char *token, uint16_t *port)
{
	unsigned long n = 0;

	if (*port)
		return "is there twice";
	if (!parse_number(token, UINT16_MAX, &n) || n == 0)
		return "takes a number from 1 to 65535";
	*port = (uint16_t)n;
	return NULL;
}

/* A prefix narrows the families to its own. */
static const char *
parse_side(const char *token, struct config_prefix *side, bool *given,
	struct config_match *match)
{
	bool v4;

	if (*given)
		return "is there twice";
	if (!config_parse_prefix(token, side))
		return "takes a prefix, 192.0.2.0/24 or 2001:db8::/32, say";
	*given = true;
	v4 = ip_addr_is_v4(side->addr) && side->length >= 8 * IP_V4_OFF;
	match->v4 &= v4;
	match->v6 &= !v4;
	return NULL;
}

/* Prefixes that a match has; one of length 0 looks like none. */
struct given { bool from, to; };

/* "port 5004", and so on. */
static const char *
parse_part(const char *word, const char *value, struct given *given,
	struct config_match *match)
{
	if (!strcmp(word, "port"))
		return parse_port(value, &match->port);
	if (!strcmp(word, "sport"))
		return parse_port(value, &match->sport);
	if (!strcmp(word, "dport"))
		return parse_port(value, &match->dport);
	if (!strcmp(word, "from"))
		return parse_side(value, &match->from, &given->from, match);
	if (!strcmp(word, "to"))
		return parse_side(value, &match->to, &given->to, match);
	return "is none of port, sport, dport, from and to";
}

static bool
refuse_match(struct diag *diag, const char *text, const char *why)
{
	diag_set(diag, DIAG_CONFIG_MATCH, "'%.80s' is no match: %s", text, why);
	return false;
}

bool
config_parse_match(const char *text, struct config_match *match,
	struct diag *diag)
{
	const char *rest = text;
	char word[TOKEN_SIZE], value[TOKEN_SIZE], why[TOKEN_SIZE + 64];
	struct given given = {0};
	const char *wrong;

	*match = (struct config_match){.v4 = true, .v6 = true};
	if (!next_token(&rest, word) || !parse_protocol(word, &match->protocol))
		return refuse_match(diag, text, "it begins with udp, tcp, "
			"icmp, any or a protocol's number");
	while (next_token(&rest, word)) {
		if (!next_token(&rest, value))
			*value = '\0';
		wrong = parse_part(word, value, &given, match);
		if (!wrong)
			continue;
		snprintf(why, sizeof(why), "'%s' %s", word, wrong);
		return refuse_match(diag, text, why);
	}
	if ((match->port || match->sport || match->dport) &&
	    match->protocol != IP_PROTOCOL_UDP &&
	    match->protocol != PROTOCOL_TCP)
		return refuse_match(diag, text, "only udp and tcp have ports");
	if (!match->v4 && !match->v6)
		return refuse_match(diag, text,
			"its prefixes are of two families");
	return true;
}

/* Sets */

/* "12", or "12:4". */
static bool
parse_place(const char *token, struct config_set *set)
{
	const char *colon = strchr(token, ':');
	char off[TOKEN_SIZE];
	unsigned long n = 0, size = 1;

	snprintf(off, sizeof(off), "%.*s", colon ? (int)(colon - token) :
		TOKEN_SIZE - 1, token);
	if (!parse_number(off, PACKET_SIZE_LIMIT, &n) ||
	    (colon && !parse_number(colon + 1, PACKET_WORD_SIZE, &size)) ||
	    (size != 1 && size != 2 && size != PACKET_WORD_SIZE))
		return false;
	set->off = (uint16_t)n;
	set->size = (uint8_t)size;
	return true;
}

static bool
parse_source(const char **rest, struct config_set *set)
{
	char word[TOKEN_SIZE], place[TOKEN_SIZE];

	if (!next_token(rest, word))
		return false;
	if (!strcmp(word, "length") || !strcmp(word, "counter")) {
		set->source = *word == 'l' ? CONFIG_LENGTH : CONFIG_COUNTER;
		return true;
	}
	if (strcmp(word, "payload") && strcmp(word, "packet"))
		return false;
	set->source = strcmp(word, "packet") ? CONFIG_PAYLOAD : CONFIG_PACKET;
	return next_token(rest, place) && parse_place(place, set);
}

bool
config_parse_set(const char *text, struct config_set *set, struct diag *diag)
{
	const char *equals = strchr(text, '=');
	const char *name = text, *rest = equals ? equals + 1 : "";
	char token[TOKEN_SIZE];
	size_t size;

	*set = (struct config_set){0};
	name += strspn(name, " \t\n");
	size = strcspn(name, " \t\n=");
	if (equals && size > 0 && size < CONFIG_WORD_SIZE &&
	    name + size + strspn(name + size, " \t\n") == equals) {
		memcpy(set->name, name, size);
		if (parse_source(&rest, set) && !next_token(&rest, token))
			return true;
	}
	diag_set(diag, DIAG_CONFIG_SET, "'%.80s' sets no word; allowed are "
		"\"WORD = payload N\", \"WORD = packet N\", with :2 or :4 "
		"behind N, \"WORD = length\" and \"WORD = counter\"", text);
	return false;
}

/* Programs */

/* Whom to tell, and what the rule is called there. */
struct reader {
	struct config *config;
	const char *file;
	config_load_bytes *load;
	void *load_arg;
	diag_sink *sink;
	void *arg;
};

static bool
complain(const struct reader *reader, unsigned line, struct diag *diag)
{
	diag->file = reader->file;
	diag->line = line;
	reader->sink(reader->arg, diag);
	return false;
}

/* Warnings are for whoever writes the program. */
struct errors {
	const struct reader *reader;
	bool told;			/* what follows belongs to it */
};

static void
errors_sink(void *arg, const struct diag *diag)
{
	struct errors *errors = arg;

	if (diag->severity != DIAG_NOTE)
		errors->told = diag->severity == DIAG_ERROR;
	if (errors->told)
		errors->reader->sink(errors->reader->arg, diag);
}

/* Is it one that may stand in front of other packets? */
static bool
check_program(const struct reader *reader, const struct config_wrap *wrap,
	const struct object *object)
{
	const struct config *config = reader->config;
	struct errors errors = {.reader = reader};
	struct verify_result result;
	struct diag diag = {0};

	verify_object(object, wrap->program_file, NULL, &result, errors_sink,
		&errors);
	if (!result.accepted)
		return false;
	if (config->policy_file[0] && verify_policy_report(&config->policy,
	    config->policy_file, object, wrap->program_file, errors_sink,
	    &errors))
		return false;
	if (!(object->header.flags & PACKET_FLAG_RETURNED) &&
	    !(object->header.status & PACKET_STATUS_FAULT))
		return true;
	diag_set(&diag, DIAG_CONFIG_RULE, "%.80s has %s", wrap->program_file,
		object->header.flags & PACKET_FLAG_RETURNED ? "R set" :
		"a fault");
	return complain(reader, wrap->line, &diag);
}

/* Is the word of sets[i] one that a set before it gives another value? */
static bool
is_set_before(const struct config_wrap *wrap, unsigned i)
{
	for (unsigned j = 0; j < i; j++)
		if (wrap->sets[j].word == wrap->sets[i].word)
			return true;
	return false;
}

static bool
find_word(const struct reader *reader, struct config_wrap *wrap,
	const struct object *object, unsigned i)
{
	struct config_set *set = &wrap->sets[i];
	struct diag why = {.pc = -1}, diag = {0};
	unsigned n = PACKET_PAD_MAX;	/* no word's */
	bool found = object_find_word(object, set->name, &n, &why);

	set->word = (uint8_t)n;
	if (!found)
		diag_set(&diag, DIAG_CONFIG_SET, "%.80s: %.160s",
			wrap->program_file, why.text);
	else if (is_set_before(wrap, i))
		diag_set(&diag, DIAG_CONFIG_SET, "'%.80s', word %u of %.80s, "
			"is set twice", set->name, n, wrap->program_file);
	else
		return true;
	if (why.hint[0])
		diag_set_hint(&diag, "%s", why.hint);
	return complain(reader, set->line, &diag);
}

static bool
find_words(const struct reader *reader, struct config_wrap *wrap,
	const struct object *object)
{
	bool ok = true;

	for (unsigned i = 0; i < wrap->set_count; i++)
		ok &= find_word(reader, wrap, object, i);
	return ok;
}

/* It was said why, but not who wants the file. */
static bool
miss_program(const struct reader *reader, const struct config_wrap *wrap)
{
	struct diag diag = {0};

	diag_set(&diag, DIAG_CONFIG_RULE, "the program of the wrap '%.80s' "
		"can not be read", wrap->name);
	diag_set_hint(&diag, "A name that does not begin with a slash is "
		"looked for where waspd was started.");
	return complain(reader, wrap->line, &diag);
}

static bool
read_program(const struct reader *reader, struct config_wrap *wrap)
{
	struct object object = {0};
	size_t size = 0;
	char *bytes = reader->load(reader->load_arg, wrap->program_file,
		&size);
	bool ok = (bytes || miss_program(reader, wrap)) &&
		object_read(&object, (const uint8_t *)bytes, size,
			wrap->program_file, reader->sink, reader->arg) &&
		check_program(reader, wrap, &object) &&
		find_words(reader, wrap, &object) && object_draw_keys(&object);

	if (ok) {
		memcpy(wrap->program, object.packet, object.size);
		wrap->program_size = object.size;
	}
	object_done(&object);
	free(bytes);
	return ok;
}

bool
config_read_programs(struct config *config, const char *file,
	config_load_bytes *load, void *load_arg, diag_sink *sink, void *arg)
{
	struct reader reader = {config, file, load, load_arg, sink, arg};
	bool ok = true;

	for (unsigned i = 0; i < config->wrap_count; i++)
		ok &= read_program(&reader, &config->wraps[i]);
	return ok;
}
