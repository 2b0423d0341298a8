/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reading vectors; see vector.h.  A statement a line: a keyword in the first
 * column and its values; indented lines and labels below `program`, `words` and
 * `packet` belong to these.
 */
#include "conform/vector-int.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "asm/asm.h"
#include "wasp/hex.h"

enum { WORDS_MAX = 24, LINE_MAX_SIZE = 1024, HOOKS = 3 };

#define NAME_CHARACTERS "abcdefghijklmnopqrstuvwxyz" \
	"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
#define FLOW_DEFAULT UINT64_MAX		/* which no flow key is */

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};
static const char *const verdict_names[] = {VECTOR_VERDICT_NAMES};

bool
vector_wrong(struct vector_reader *reader, enum diag_id id,
	const char *format, ...)
{
	struct diag diag = {.file = reader->file, .line = reader->line,
		.pc = -1, .quote = reader->line_start};
	char text[DIAG_TEXT_SIZE];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	diag_set(&diag, id, "%s", text);
	if (reader->like)
		diag_set_hint(&diag, "did you mean '%s'?", reader->like);
	if (reader->sink)
		reader->sink(reader->arg, &diag);
	reader->failed = true;
	return false;
}

/* No statement has a colon behind its keyword, as a label has. */
static bool
is_in_block(const char *line)
{
	size_t name = strcspn(line, " \t\n\":#");

	return (*line && strchr(" \t\n;", *line)) ||
		(name && line[name] == ':');
}

/* The lines of a block; *next stands behind them then. */
static const char *
take_block(const char **next, size_t *size)
{
	const char *start = *next, *p = start;

	while (is_in_block(p)) {
		p += strcspn(p, "\n");
		p += *p == '\n';
	}
	*next = p;
	*size = (size_t)(p - start);
	return start;
}

/* The source's first line is that of `program`. */
static void
source_diag(void *arg, const struct diag *diag)
{
	struct vector_reader *reader = arg;
	struct diag moved = *diag;

	if (moved.line)
		moved.line += reader->line - 1;
	reader->failed |= diag->severity == DIAG_ERROR;
	if (reader->sink && diag->severity != DIAG_WARNING)
		reader->sink(reader->arg, &moved);
}

static void
set_packet(struct vector_reader *reader, const uint8_t *bytes, size_t size)
{
	struct packet_header header;
	enum packet_error error = packet_parse(bytes, size, &header);

	if (error) {
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"no WASP packet: %s", packet_error_text(error));
		return;
	}
	if (size != packet_size(header.code_count, header.pad_count)) {
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"bytes behind the last word of the scratchpad");
		return;
	}
	memcpy(reader->set->packet.bytes, bytes, size);
	reader->set->packet.size = size;
	reader->has_packet = true;
}

static void
read_program(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	struct asm_options how = {.file = reader->file};
	char *source = malloc(size + LINE_MAX_SIZE + 1);
	size_t first = 0;

	if (!source) {
		vector_wrong(reader, DIAG_CONFORM_VECTOR, "no memory");
		return;
	}
	for (unsigned i = 0; words[i]; i++)
		first += (size_t)snprintf(source + first,
			LINE_MAX_SIZE - first, "%s%s", i ? " " : ".hooks ",
			words[i]);
	source[first++] = '\n';
	memcpy(source + first, block, size);
	object_done(&reader->object);
	reader->object = (struct object){0};
	if (asm_assemble(&reader->object, source, first + size, &how,
		source_diag, reader) == ASM_OK)
		set_packet(reader, reader->object.packet,
			reader->object.size);
	else
		reader->failed = true;
	free(source);
}

static unsigned
read_flags(struct vector_reader *reader, char **words)
{
	unsigned flags = 0;

	for (; *words; words++) {
		int hook = vector_choice(reader, *words, hook_names, 1, HOOKS);

		if (hook > 0)
			flags |= PACKET_FLAG_INGRESS >> (hook - 1);
	}
	return flags;
}

/* Four digits are an instruction, eight a word of the scratchpad. */
static void
read_words(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	struct packet_header header = {.next_header = PACKET_NEXT_NONE,
		.flags = (uint8_t)read_flags(reader, words)};
	uint8_t code[2 * PACKET_CODE_MAX + 4], bytes[PACKET_SIZE_MAX] = {0};
	uint8_t pad[PACKET_WORD_SIZE * PACKET_PAD_MAX + 4];
	size_t code_size = 0, pad_size = 0, packet;
	char *copy = strndup(block, size), *rest = copy, *word;

	while (copy && (word = strtok_r(rest, " \t\n", &rest))) {
		bool ok = strlen(word) == 4 ? code_size + 4 < sizeof(code) &&
			hex_exact(word, code + code_size, 2) :
			pad_size + 4 < sizeof(pad) &&
			hex_exact(word, pad + pad_size, 4);

		if (!ok)
			vector_wrong(reader, DIAG_CONFORM_PACKET, "'%s' is "
				"neither an instruction, four digits, nor a "
				"word, eight", word);
		*(strlen(word) == 4 ? &code_size : &pad_size) +=
			strlen(word) / 2;
	}
	free(copy);
	header.code_count = (uint8_t)(code_size / 2);
	header.pad_count = (uint8_t)(pad_size / PACKET_WORD_SIZE);
	packet = packet_size(header.code_count, header.pad_count);
	if (reader->failed || packet > sizeof(bytes))
		return;
	packet_put_header(bytes, &header);
	memcpy(bytes + PACKET_HEADER_SIZE, code, code_size);
	memcpy(bytes + packet_pad_off(header.code_count), pad, pad_size);
	packet_set_checksum(bytes, packet);
	set_packet(reader, bytes, packet);
}

static void
read_packet(struct vector_reader *reader, char **words, const char *block,
	size_t size)
{
	uint8_t bytes[PACKET_SIZE_MAX];
	char *digits = malloc(size + 1);
	size_t count = 0, bytes_size;

	(void)words;
	for (size_t i = 0; digits && i < size; i++)
		if (!strchr(" \t\n", block[i]))
			digits[count++] = block[i];
	if (digits)
		digits[count] = '\0';
	if (!digits || !hex_bytes(digits, bytes, sizeof(bytes), &bytes_size))
		vector_wrong(reader, DIAG_CONFORM_PACKET,
			"a packet is bytes of two digits each, %d at most",
			PACKET_SIZE_MAX);
	else
		set_packet(reader, bytes, bytes_size);
	free(digits);
}

/* What came before it must be whole. */
static void end_vector(struct vector_reader *reader);

static const struct vector default_vector = {
	.private_secret = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14,
		15},
	.invite_secret = {16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
		29, 30, 31},
	.capacity = 64
};

static bool
name_is_new(struct vector_reader *reader, const char *name)
{
	if (name[strspn(name, NAME_CHARACTERS)])
		return vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a name is made of letters, digits, - and _");
	for (unsigned i = 0; i < reader->vectors->count; i++)
		if (!strcmp(reader->vectors->list[i].name, name))
			return vector_wrong(reader, DIAG_CONFORM_VECTOR,
				"there is a vector %s already, %s:%u", name,
				reader->vectors->list[i].file,
				reader->vectors->list[i].line);
	return true;
}

static void
read_vector(struct vector_reader *reader, char **words)
{
	struct vectors *vectors = reader->vectors;
	struct vector *list;

	end_vector(reader);
	if (reader->failed || !name_is_new(reader, words[0]))
		return;
	list = reallocarray(vectors->list, vectors->count + 1, sizeof(*list));
	if (!list || strlen(words[0]) >= VECTOR_NAME_SIZE) {
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a name has at most %d characters",
			VECTOR_NAME_SIZE - 1);
		vectors->list = list ? list : vectors->list;
		return;
	}
	vectors->list = list;
	reader->vector = &list[vectors->count++];
	*reader->vector = default_vector;
	strcpy(reader->vector->name, words[0]);
	reader->vector->file = reader->file;
	reader->vector->line = reader->line;
	reader->base = (struct vector_run){.interface = 1,
		.access_max = ISA_ACCESS_MAX, .now_ns = VECTOR_TIME_0};
	memset(reader->base.env, 0xff, sizeof(reader->base.env));
	memset(reader->base.source, 0xff, sizeof(reader->base.source));
	reader->run = NULL;
	reader->set = &reader->base;
	reader->has_packet = false;
	reader->place = PLACE_VECTOR;
}

/* The rest of the line is for people. */
static void
read_about(struct vector_reader *reader, char **words)
{
	(void)reader;
	(void)words;
}

static void
read_secret(struct vector_reader *reader, const char *word, uint8_t *secret)
{
	if (!hex_exact(word, secret, KEY_SECRET_SIZE))
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a secret has %d digits", 2 * KEY_SECRET_SIZE);
}

static void
read_private_secret(struct vector_reader *reader, char **words)
{
	read_secret(reader, words[0], reader->vector->private_secret);
}

static void
read_invite_secret(struct vector_reader *reader, char **words)
{
	read_secret(reader, words[0], reader->vector->invite_secret);
}

static void
read_capacity(struct vector_reader *reader, char **words)
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

static void
read_env(struct vector_reader *reader, char **words)
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

static void
read_source(struct vector_reader *reader, char **words)
{
	vector_address(reader, words[0], reader->set->source);
}

static void
read_interface(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (vector_number(reader, words[0], UINT32_MAX, &n))
		reader->set->interface = (uint32_t)n;
}

static void
read_accesses_max(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (!vector_number(reader, words[0], PACKET_CODE_MAX, &n))
		return;
	reader->set->access_max = (unsigned)n;
	reader->vector->features |= 1u << VECTOR_LIMITS;
}

static void
read_rights(struct vector_reader *reader, char **words)
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

/* Protocol 253, no flow label, unless the vector says another flow. */
static uint64_t
flow_to(const struct vector_run *run, const uint8_t to[IP_ADDR_SIZE])
{
	struct ip_info info = {.protocol = PACKET_PROTOCOL};

	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		packet_put32(info.src + PACKET_WORD_SIZE * i,
			run->env[ISA_ENV_SRC0 + i]);
	memcpy(info.dst, to, IP_ADDR_SIZE);
	return ip_flow_key(&info);
}

static void
read_reroute(struct vector_reader *reader, char **words)
{
	struct vector_run *run = reader->set;
	struct vector_target target = {.flow = FLOW_DEFAULT};
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

/* Add an entry, or put it in the place of the one of its key. */
static void
store_put(struct vector_reader *reader, struct vector_store *store,
	const struct vector_entry *entry)
{
	unsigned i = 0;

	while (i < store->count && store->entries[i].key < entry->key)
		i++;
	if (i < store->count && store->entries[i].key == entry->key) {
		store->entries[i] = *entry;
		return;
	}
	if (store->count == VECTOR_ENTRIES_MAX) {
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"more than %d entries", VECTOR_ENTRIES_MAX);
		return;
	}
	memmove(&store->entries[i + 1], &store->entries[i],
		(store->count - i) * sizeof(*entry));
	store->entries[i] = *entry;
	store->count++;
}

static void
read_entry(struct vector_reader *reader, char **words)
{
	struct vector_entry entry = {.key = 0};
	uint64_t n;

	if (!vector_key(reader, words[0], &entry.key) ||
	    !vector_time(reader, words[1], &entry.created_ns))
		return;
	for (unsigned i = 0; words[2 + i]; i++)
		if (vector_number(reader, words[2 + i], UINT32_MAX, &n))
			packet_put32(entry.words + PACKET_WORD_SIZE * i,
				(uint32_t)n);
	store_put(reader, reader->place == PLACE_VECTOR ?
		&reader->vector->store : &reader->run->store, &entry);
}

/* What was expected of the run before goes on living, while it does. */
static void
keep_living(struct vector_store *store, uint64_t now_ns)
{
	unsigned count = 0;

	for (unsigned i = 0; i < store->count; i++)
		if (now_ns - store->entries[i].created_ns < ENTRY_LIFE_NS)
			store->entries[count++] = store->entries[i];
	store->count = count;
}

static void
check_times(struct vector_reader *reader, const struct vector_store *before,
	uint64_t last_ns)
{
	uint64_t now_ns = reader->run->now_ns;

	if (before->count > reader->vector->capacity)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"more entries than the store has room for");
	if (now_ns < last_ns)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"time never steps back");
	for (unsigned i = 0; i < before->count; i++)
		if (before->entries[i].created_ns > now_ns ||
		    (reader->vector->run_count == 1 && now_ns -
		    before->entries[i].created_ns >= ENTRY_LIFE_NS))
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"an entry of the store does not live then");
}

/* What is missing is told where it should belong to. */
static void
lacks_expect(struct vector_reader *reader, unsigned line, const char *what)
{
	reader->line = line;
	reader->line_start = NULL;
	vector_wrong(reader, DIAG_CONFORM_VECTOR, "a %s without expect", what);
}

static void
end_run(struct vector_reader *reader)
{
	if (reader->place == PLACE_RUN)
		lacks_expect(reader, reader->run->line, "run");
}

/* A run begins with what holds for all of the vector. */
static bool
begin_run(struct vector_reader *reader)
{
	struct vector *vector = reader->vector;
	struct vector_run *runs = reallocarray(vector->runs,
		vector->run_count + 1, sizeof(*runs));

	if (!runs)
		return vector_wrong(reader, DIAG_CONFORM_VECTOR, "no memory");
	vector->runs = runs;
	reader->run = &runs[vector->run_count++];
	*reader->run = reader->base;
	reader->run->line = reader->line;
	reader->set = reader->run;
	reader->place = PLACE_RUN;
	return true;
}

static const struct vector_run *
previous_run(const struct vector_reader *reader)
{
	return reader->vector->run_count > 1 ? reader->run - 1 : NULL;
}

static void
read_run(struct vector_reader *reader, char **words)
{
	const struct vector_run *last;
	int hook;

	end_run(reader);
	if (reader->failed)
		return;
	hook = vector_choice(reader, words[0], hook_names, 1, 2);
	if (hook < 0 || !begin_run(reader))
		return;
	last = previous_run(reader);
	reader->run->hook = (enum vector_hook)hook;
	if (last)
		reader->run->now_ns = last->now_ns;
	for (words++; *words; words++)
		if (!strcmp(*words, "same")) {
			if (!last)
				vector_wrong(reader, DIAG_CONFORM_VALUE,
					"no run before this one");
			else
				reader->run->packet = last->after;
		} else {
			vector_time(reader, *words, &reader->run->now_ns);
		}
}

/* What the packet, the hook and the address say of the environment. */
static void
complete_env(struct vector_reader *reader)
{
	struct vector_run *run = reader->run;
	const uint8_t *p = run->packet.bytes;

	if (p[PACKET_OFF_FLAGS] & PACKET_FLAG_RETURNED && (run->is_operator ||
	    run->may_invite || run->target_count))
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"a packet on its way back has no rights");
	run->env[ISA_ENV_HOOK] = run->hook;
	run->env[ISA_ENV_BACK] = p[PACKET_OFF_FLAGS] & PACKET_FLAG_RETURNED;
	run->env[ISA_ENV_IDENT] = packet_get16(p + PACKET_OFF_IDENT);
	run->env[ISA_ENV_SEQ] = packet_get16(p + PACKET_OFF_SEQ);
	for (unsigned i = 0; i < run->target_count; i++)
		if (run->targets[i].flow == FLOW_DEFAULT)
			run->targets[i].flow = flow_to(run, run->targets[i].to);
	if (run->source[0] != UINT8_MAX)	/* no such address is unicast */
		return;
	for (unsigned i = 0; i < IP_ADDR_SIZE / PACKET_WORD_SIZE; i++)
		packet_put32(run->source + PACKET_WORD_SIZE * i,
			run->env[ISA_ENV_SRC0 + i]);
}

/* A run at the program's first hook, where no run was begun. */
static bool
have_run(struct vector_reader *reader)
{
	if (!reader->has_packet && !reader->failed)
		return vector_wrong(reader, DIAG_CONFORM_VECTOR,
			"a packet must be given first: program, words or "
			"packet");
	if (reader->place == PLACE_VECTOR) {
		if (!begin_run(reader))
			return false;
		reader->run->hook = (reader->run->packet.bytes[
			PACKET_OFF_FLAGS] & (PACKET_FLAG_INGRESS |
			PACKET_FLAG_EGRESS)) == PACKET_FLAG_EGRESS ?
			VECTOR_EGRESS : VECTOR_INGRESS;
	}
	return true;
}

/* hops, unless the vector says otherwise. */
static void
count_hop(struct vector_run *run)
{
	uint8_t *p = run->after.bytes;

	if ((run->hook == VECTOR_INGRESS ||
	    !(p[PACKET_OFF_FLAGS] & PACKET_FLAG_INGRESS)) &&
	    p[PACKET_OFF_HOPS] < UINT8_MAX)
		p[PACKET_OFF_HOPS]++;
}

/* The number of a fault by its name, or -1. */
static int
fault_number(struct vector_reader *reader, const char *word)
{
	const char *names[ISA_FAULT_LIMIT];
	char bufs[ISA_FAULT_LIMIT][ISA_FAULT_NAME_SIZE];

	for (unsigned i = 0; i < ISA_FAULT_LIMIT; i++)
		names[i] = isa_fault_name(i, bufs[i]);
	return vector_choice(reader, word, names, 1, ISA_FAULT_LIMIT - 1);
}

static char **
read_fault(struct vector_reader *reader, char **words)
{
	uint8_t *p = reader->run->after.bytes;
	int fault = words[0] ? fault_number(reader, words[0]) : -1;
	uint64_t pc;

	if (fault < 0 || !words[1] ||
	    !vector_number(reader, words[1], PACKET_CODE_MAX - 1, &pc)) {
		if (!reader->failed)
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"expect fault NAME PC");
		return words;
	}
	p[PACKET_OFF_STATUS] |= (uint8_t)fault;
	p[PACKET_OFF_FAULT_PC] = (uint8_t)pc;
	return words + 2;
}

/* steps N cost N accesses N, each at most once. */
static void
read_counts(struct vector_reader *reader, char **words)
{
	static const char *const names[] = {"steps", "cost", "accesses"};
	struct vector_run *run = reader->run;
	unsigned *const counts[] = {&run->steps, &run->cost, &run->accesses};
	bool has_steps = false;
	uint64_t n;

	for (; words[0]; words += 2) {
		int which = vector_choice(reader, words[0], names, 0, 3);

		if (which < 0 || !words[1] ||
		    !vector_number(reader, words[1], UINT16_MAX, &n))
			break;
		*counts[which] = (unsigned)n;
		has_steps |= which == 0;
		reader->has_cost |= which == 1;
	}
	if ((words[0] || !has_steps) && !reader->failed)
		vector_wrong(reader, DIAG_CONFORM_VALUE,
			"expect VERDICT steps N [cost N] [accesses N]");
	if (!reader->has_cost)
		run->cost = run->steps;
}

static void
read_expect(struct vector_reader *reader, char **words)
{
	struct vector_run *run;
	const struct vector_run *last;
	int verdict;

	if (!have_run(reader))
		return;
	complete_env(reader);
	run = reader->run;
	last = previous_run(reader);
	run->store = last ? last->store : reader->vector->store;
	check_times(reader, &run->store, last ? last->now_ns : 0);
	keep_living(&run->store, run->now_ns);
	run->after = run->packet;
	reader->has_cost = reader->has_checksum = false;
	reader->place = PLACE_EXPECT;
	if (!strcmp(words[0], "nothing") && !words[1])
		return;
	run->executed = true;
	run->after.bytes[PACKET_OFF_FAULT_PC] = 0;
	count_hop(run);
	if (!strcmp(words[0], "fault")) {
		words = read_fault(reader, words + 1);
	} else {
		verdict = vector_choice(reader, *words++, verdict_names, 0, 3);
		run->verdict = verdict < 0 ? VECTOR_FORWARD :
			(enum vector_verdict)verdict;
	}
	if (!reader->failed)
		read_counts(reader, words);
}

static void
read_byte(struct vector_reader *reader, const char *word, unsigned off)
{
	uint64_t n;

	if (vector_number(reader, word, UINT8_MAX, &n))
		reader->run->after.bytes[off] = (uint8_t)n;
}

static void
read_cursor(struct vector_reader *reader, char **words)
{
	read_byte(reader, words[0], PACKET_OFF_CURSOR);
}

static void
read_hops(struct vector_reader *reader, char **words)
{
	read_byte(reader, words[0], PACKET_OFF_HOPS);
}

static void
read_marks(struct vector_reader *reader, char **words)
{
	static const char *const names[] = {"refused", "full"};
	uint8_t *status = &reader->run->after.bytes[PACKET_OFF_STATUS];

	for (; *words; words++) {
		int mark = vector_choice(reader, *words, names, 0, 2);

		if (mark >= 0)
			*status |= (uint8_t)(PACKET_STATUS_REFUSED << mark);
	}
}

static void
read_checksum(struct vector_reader *reader, char **words)
{
	uint64_t n;

	if (!vector_number(reader, words[0], UINT16_MAX, &n))
		return;
	packet_put16(reader->run->after.bytes + PACKET_OFF_CHECKSUM,
		(uint16_t)n);
	reader->has_checksum = true;
}

static void
read_word(struct vector_reader *reader, char **words)
{
	struct vector_packet *after = &reader->run->after;
	unsigned index;
	uint64_t n;

	if (!vector_index(reader, words[0], &index))
		return;
	for (unsigned i = 0; words[1 + i]; i++, index++) {
		if (!vector_number(reader, words[1 + i], UINT32_MAX, &n))
			return;
		if (index >= after->bytes[PACKET_OFF_PAD_COUNT]) {
			vector_wrong(reader, DIAG_CONFORM_VALUE,
				"there is no word %u", index);
			return;
		}
		packet_put32(after->bytes + packet_pad_off(after->bytes[
			PACKET_OFF_CODE_COUNT]) + PACKET_WORD_SIZE * index,
			(uint32_t)n);
	}
}

static void
read_rerouted(struct vector_reader *reader, char **words)
{
	reader->run->rerouted = vector_address(reader, words[0],
		reader->run->rerouted_to);
}

/*
 * The checksum that comes of what is expected to change: by differences, all
 * at once (RFC 1624, equation 3), 0xffff as 0.
 */
static void
put_checksum(struct vector_run *run)
{
	const uint8_t *before = run->packet.bytes;
	uint8_t *after = run->after.bytes;
	uint64_t sum = (uint16_t)~packet_get16(before + PACKET_OFF_CHECKSUM);

	for (size_t i = 0; i < run->packet.size; i += 2)
		if (i != PACKET_OFF_CHECKSUM)
			sum += (uint64_t)(uint16_t)~packet_get16(before + i) +
				packet_get16(after + i);
	sum = (uint16_t)~packet_fold(sum);
	packet_put16(after + PACKET_OFF_CHECKSUM,
		sum == UINT16_MAX ? 0 : (uint16_t)sum);
}

static void
complete_run(struct vector_reader *reader)
{
	if (reader->place == PLACE_EXPECT && reader->run->executed &&
	    !reader->has_checksum)
		put_checksum(reader->run);
}

static void
end_vector(struct vector_reader *reader)
{
	if (reader->place == PLACE_NOWHERE || reader->failed)
		return;
	complete_run(reader);
	end_run(reader);
	if (!reader->failed && !reader->vector->run_count)
		lacks_expect(reader, reader->vector->line, "vector");
}

/*
 * Every statement: where it may stand, how many values it takes, and whether
 * indented lines belong to it.
 */
static const struct statement {
	const char *name;
	unsigned places, min, max;
	void (*read)(struct vector_reader *reader, char **words);
	void (*block)(struct vector_reader *reader, char **words,
		const char *block, size_t size);
} statements[] = {
	{"vector", 15, 1, 1, read_vector, NULL},
	{"about", PLACE_VECTOR, 1, WORDS_MAX, read_about, NULL},
	{"private_secret", PLACE_VECTOR, 1, 1, read_private_secret, NULL},
	{"invite_secret", PLACE_VECTOR, 1, 1, read_invite_secret, NULL},
	{"capacity", PLACE_VECTOR, 1, 1, read_capacity, NULL},
	{"entry", PLACE_VECTOR | PLACE_EXPECT, 2, 10, read_entry, NULL},
	{"program", PLACE_VECTOR | PLACE_RUN, 0, 5, NULL, read_program},
	{"words", PLACE_VECTOR | PLACE_RUN, 0, 3, NULL, read_words},
	{"packet", PLACE_VECTOR | PLACE_RUN, 0, 0, NULL, read_packet},
	{"env", PLACE_VECTOR | PLACE_RUN, 2, 2, read_env, NULL},
	{"source", PLACE_VECTOR | PLACE_RUN, 1, 1, read_source, NULL},
	{"interface", PLACE_VECTOR | PLACE_RUN, 1, 1, read_interface, NULL},
	{"rights", PLACE_VECTOR | PLACE_RUN, 1, 2, read_rights, NULL},
	{"access_max", PLACE_VECTOR | PLACE_RUN, 1, 1, read_accesses_max,
		NULL},
	{"reroute", PLACE_VECTOR | PLACE_RUN, 1, 3, read_reroute, NULL},
	{"run", PLACE_VECTOR | PLACE_EXPECT, 1, 3, read_run, NULL},
	{"expect", PLACE_VECTOR | PLACE_RUN, 1, 9, read_expect, NULL},
	{"cursor", PLACE_EXPECT, 1, 1, read_cursor, NULL},
	{"hops", PLACE_EXPECT, 1, 1, read_hops, NULL},
	{"marks", PLACE_EXPECT, 1, 2, read_marks, NULL},
	{"checksum", PLACE_EXPECT, 1, 1, read_checksum, NULL},
	{"word", PLACE_EXPECT, 2, WORDS_MAX, read_word, NULL},
	{"rerouted", PLACE_EXPECT, 1, 1, read_rerouted, NULL},
};
enum { STATEMENT_COUNT = sizeof(statements) / sizeof(*statements) };

static const struct statement *
find_statement(struct vector_reader *reader, const char *name)
{
	const char *names[STATEMENT_COUNT];

	for (unsigned i = 0; i < STATEMENT_COUNT; i++) {
		names[i] = statements[i].name;
		if (!strcmp(name, names[i]))
			return &statements[i];
	}
	reader->like = diag_suggest(name, names, STATEMENT_COUNT);
	vector_wrong(reader, DIAG_CONFORM_STATEMENT,
		"there is no statement '%s'", name);
	return NULL;
}

static bool
may_stand_here(struct vector_reader *reader, const struct statement *s,
	unsigned count)
{
	if (!(s->places & reader->place))
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s can not stand %s", s->name,
			reader->place == PLACE_NOWHERE ?
			"before the first vector" :
			reader->place == PLACE_EXPECT ? "behind expect" :
			s->places & PLACE_EXPECT ? "before expect" :
			"behind run");
	if (count != s->min && s->min == s->max)
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s takes %u value%s, and there are %u", s->name,
			s->min, s->min == 1 ? "" : "s", count);
	if (count < s->min || count > s->max)
		return vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"%s takes %u to %u values, and there are %u", s->name,
			s->min, s->max, count);
	return true;
}

/* Split at blanks; a comment ends the line. */
static unsigned
split(char *line, char *words[static WORDS_MAX + 2])
{
	unsigned count = 0;
	char *rest = line, *word;

	while (count <= WORDS_MAX && (word = strtok_r(rest, " \t\r", &rest))) {
		if (word[0] == '#')
			break;
		words[count++] = word;
	}
	words[count] = NULL;
	return count;
}

/* A line that begins with no blank; *next is the line after it. */
static void
read_statement(struct vector_reader *reader, char *line, const char **next)
{
	const struct statement *s;
	char *words[WORDS_MAX + 2];
	unsigned count = split(line, words);
	const char *block;
	size_t size;

	if (count == 0)
		return;
	s = find_statement(reader, words[0]);
	if (!s || !may_stand_here(reader, s, s->read == read_about ? 1 :
	    count - 1))
		return;
	if (s->read == read_run)
		complete_run(reader);
	if (s->read) {
		s->read(reader, words + 1);
		return;
	}
	block = take_block(next, &size);
	s->block(reader, words + 1, block, size);
}

static void
read_line(struct vector_reader *reader, const char **next)
{
	size_t size = strcspn(*next, "\n");
	char line[LINE_MAX_SIZE];

	reader->line_start = *next;
	*next += size + ((*next)[size] == '\n');
	if (size >= sizeof(line)) {
		vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"a line of more than %d characters",
			LINE_MAX_SIZE - 1);
		return;
	}
	memcpy(line, reader->line_start, size);
	line[size] = '\0';
	if (line[strspn(line, " \t\r")] == '\0')
		return;
	if (line[0] == ' ' || line[0] == '\t')
		vector_wrong(reader, DIAG_CONFORM_STATEMENT,
			"only program, words and packet have indented lines");
	else
		read_statement(reader, line, next);
}

bool
vectors_read(struct vectors *vectors, const char *text, const char *file,
	diag_sink *sink, void *arg)
{
	struct vector_reader reader = {.vectors = vectors, .file = file,
		.place = PLACE_NOWHERE, .sink = sink, .arg = arg, .line = 1};
	const char *p = text, *next = text;

	while (*p && !reader.failed) {
		read_line(&reader, &next);
		for (; p < next; p++)
			reader.line += *p == '\n';
	}
	end_vector(&reader);
	object_done(&reader.object);
	return !reader.failed;
}

void
vectors_done(struct vectors *vectors)
{
	for (unsigned i = 0; i < vectors->count; i++)
		free(vectors->list[i].runs);
	free(vectors->list);
	*vectors = (struct vectors){0};
}
