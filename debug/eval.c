/* SPDX-License-Identifier: BSD-2-Clause */
/* What a debugger's user writes for a value; see eval.h. */
#include "debug/eval.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

enum {
	DEPTH_MAX = 64,		/* of parentheses and signs */
	NAMES_MAX = 1024,	/* looked at for "did you mean" */
	WORD_SIZE = 96		/* of a name in a text */
};

/* What can be asked, and not be changed. */
enum fact {
	FACT_STATUS, FACT_STEPS, FACT_COST, FACT_ACCESSES, FACT_MAPPED,
	FACT_WRITABLE, FACT_DIRTY, FACT_PACKET, FACT_COUNT
};
static const char *const fact_names[FACT_COUNT] = {
	"status", "steps", "cost", "accesses", "mapped", "writable", "dirty",
	"packet"
};

static const struct {
	const char *name;
	enum record_place_kind kind;
} machine_names[] = {{"cursor", RECORD_CURSOR}, {"pc", RECORD_PC}};

/* Addresses and pairs, by their name without number. */
static const struct {
	const char *name;
	enum isa_env first;
	unsigned count;
} wide_fields[] = {
	{"node", ISA_ENV_NODE0, 4}, {"src", ISA_ENV_SRC0, 4},
	{"dst", ISA_ENV_DST0, 4}, {"flow", ISA_ENV_FLOW0, 2}
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct record_run *
run_of(const struct eval *eval)
{
	return record_run_at(eval->record, eval->at);
}

static const struct record_state *
state_of(const struct eval *eval)
{
	return record_state_at(eval->record, eval->at);
}

static const struct notes *
notes_of(const struct eval *eval)
{
	return &eval->record->packets[run_of(eval)->packet]
		.source->sim.object->notes;
}

static unsigned
pad_count(const struct eval *eval)
{
	const struct sim_packet *packet = &run_of(eval)->before;

	return packet->error ? 0 : packet->info.wasp.pad_count;
}

static enum eval_result __attribute__((format(printf, 3, 4)))
fail(struct eval *eval, enum eval_result result, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(eval->error, sizeof(eval->error), format, ap);
	va_end(ap);
	return result;
}

/*
 * Names.
 */

/* "r3": the index, or -1. */
static int
numbered(const char *name, char letter)
{
	return name[0] == letter && name[1] >= '0' &&
		name[1] < '0' + ISA_REG_COUNT && !name[2] ? name[1] - '0' : -1;
}

static bool
find_machine(const char *name, struct eval_name *found)
{
	int r = numbered(name, 'r'), t = numbered(name, 't');
	int field = isa_env_number(name);

	*found = (struct eval_name){.kind = EVAL_PLACE, .count = 1};
	if (r >= 0)
		found->place = (struct record_place){RECORD_REG, (unsigned)r};
	else if (t >= 0)
		found->place = (struct record_place){RECORD_ENTRY, (unsigned)t};
	else if (field >= 0)
		found->place = (struct record_place){RECORD_FIELD,
			(unsigned)field};
	else
		return false;
	return true;
}

/* What a program may have a name like, so it comes after its names. */
static bool
find_fact(const char *name, struct eval_name *found)
{
	*found = (struct eval_name){.kind = EVAL_PLACE, .count = 1};
	for (unsigned i = 0; i < COUNT(wide_fields); i++)
		if (!strcmp(name, wide_fields[i].name)) {
			found->place = (struct record_place){RECORD_FIELD,
				wide_fields[i].first};
			found->count = wide_fields[i].count;
			return true;
		}
	for (unsigned i = 0; i < COUNT(machine_names); i++)
		if (!strcmp(name, machine_names[i].name)) {
			found->place.kind = machine_names[i].kind;
			return true;
		}
	found->kind = EVAL_FACT;
	for (found->index = 0; found->index < FACT_COUNT; found->index++)
		if (!strcmp(name, fact_names[found->index]))
			return true;
	return false;
}

static bool
find_block(const struct eval *eval, const char *name, struct eval_name *found)
{
	const struct notes_word *block = notes_word_named(notes_of(eval), name);

	if (!block || block->first + block->count > pad_count(eval))
		return false;
	*found = (struct eval_name){.kind = EVAL_PLACE,
		.place = {RECORD_WORD, block->first}, .count = block->count};
	return true;
}

static bool
find_label(const struct eval *eval, const char *name, struct eval_name *found)
{
	const struct notes *notes = notes_of(eval);

	for (unsigned i = 0; i < notes->label_count; i++)
		if (!strcmp(notes->labels[i].name, name)) {
			*found = (struct eval_name){.kind = EVAL_LABEL,
				.index = notes->labels[i].pc, .count = 1};
			return true;
		}
	return false;
}

struct name_list {
	const char *names[NAMES_MAX];
	unsigned count;
};

static void
list_name(void *arg, const char *name)
{
	struct name_list *list = arg;

	if (list->count < NAMES_MAX)
		list->names[list->count++] = name;
}

static enum eval_result
unknown_name(struct eval *eval, const char *name)
{
	struct name_list list = {.count = 0};
	const char *like;

	eval_each_name(eval, list_name, &list);
	like = diag_suggest(name, list.names, list.count);
	return fail(eval, EVAL_WRONG, "there is no '%.80s' here%s%s%s", name,
		like ? "; did you mean " : "", like ? like : "",
		like ? "?" : "");
}

/* A name alone, without brackets and sums. */
static enum eval_result
find_name(struct eval *eval, const char *name, struct eval_name *found)
{
	if (name[0] == '$' && (find_machine(name + 1, found) ||
	    find_fact(name + 1, found)))
		return EVAL_OK;
	if (find_machine(name, found) || find_block(eval, name, found) ||
	    find_label(eval, name, found) || find_fact(name, found))
		return EVAL_OK;
	return unknown_name(eval, name);
}

static enum eval_result
find_word(struct eval *eval, unsigned long n, struct eval_name *found)
{
	if (n >= pad_count(eval))
		return fail(eval, EVAL_WRONG, "there is no word [%lu]: the "
			"scratchpad has %u", n, pad_count(eval));
	*found = (struct eval_name){.kind = EVAL_PLACE,
		.place = {RECORD_WORD, (unsigned)n}, .count = 1};
	return EVAL_OK;
}

/*
 * Values.
 */

enum eval_result
eval_place(const struct record_state *state, struct record_place place,
	uint32_t *value)
{
	switch (place.kind) {
	case RECORD_REG:
		*value = state->r[place.index];
		break;
	case RECORD_ENTRY:
		if (!state->mapped)
			return EVAL_NO_VALUE;
		*value = packet_get32(state->entry +
			PACKET_WORD_SIZE * place.index);
		break;
	case RECORD_WORD:
		*value = packet_get32(state->pad +
			PACKET_WORD_SIZE * place.index);
		break;
	case RECORD_FIELD:
		*value = state->env[place.index];
		break;
	case RECORD_CURSOR:
		*value = state->cursor;
		break;
	case RECORD_PC:
		*value = state->pc;
		break;
	}
	return EVAL_OK;
}

static uint32_t
fact(const struct eval *eval, enum fact number)
{
	const struct record_state *state = state_of(eval);

	switch (number) {
	case FACT_STATUS:
		return state->status;
	case FACT_STEPS:
		return state->steps;
	case FACT_COST:
		return state->cost;
	case FACT_ACCESSES:
		return state->accesses;
	case FACT_MAPPED:
		return state->mapped;
	case FACT_WRITABLE:
		return state->writable;
	case FACT_DIRTY:
		return state->dirty;
	case FACT_PACKET:
		return run_of(eval)->packet + 1;
	case FACT_COUNT:
		break;
	}
	return 0;
}

enum eval_result
eval_word(struct eval *eval, const struct eval_name *name, unsigned n,
	uint32_t *value)
{
	struct record_place place = name->place;

	place.index += n;
	if (name->kind == EVAL_PLACE && !eval_place(state_of(eval), place,
	    value))
		return EVAL_OK;
	if (name->kind == EVAL_PLACE)
		return fail(eval, EVAL_NO_VALUE, "nothing is mapped here, so "
			"t%u has no value", place.index);
	*value = name->kind == EVAL_LABEL ? name->index :
		fact(eval, (enum fact)name->index);
	return EVAL_OK;
}

/*
 * Texts.
 */

struct parse {
	struct eval *eval;
	const char *p;
	unsigned depth;
	unsigned idle;		/* in what && and || do not look at */
};

static enum eval_result parse_value(struct parse *parse, unsigned level,
	uint32_t *value);

static void
skip_space(struct parse *parse)
{
	while (isspace((unsigned char)*parse->p))
		parse->p++;
}

static bool
is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '.' || c == '$';
}

static enum eval_result
parse_wrong(struct parse *parse)
{
	return *parse->p ? fail(parse->eval, EVAL_WRONG, "'%.60s' is not "
		"understood%s", parse->p, *parse->p != '=' ? "" :
		"; == compares, and the command set changes") :
		fail(parse->eval, EVAL_WRONG, "the line ends where a value "
			"is missing");
}

/* The next name or number, as it is written. */
static enum eval_result
take_word(struct parse *parse, char word[static WORD_SIZE])
{
	size_t size = 0;

	while (is_name_char(parse->p[size]))
		size++;
	if (size == 0)
		return parse_wrong(parse);
	if (size >= WORD_SIZE)
		return fail(parse->eval, EVAL_WRONG, "no name is so long as "
			"'%.60s...'", parse->p);
	memcpy(word, parse->p, size);
	word[size] = '\0';
	parse->p += size;
	return EVAL_OK;
}

/* Decimal, 0x, or an IPv4 address. */
static enum eval_result
parse_number(struct parse *parse, uint32_t *value)
{
	char word[WORD_SIZE], *end;
	uint8_t addr[IP_ADDR_SIZE];
	enum eval_result result = take_word(parse, word);
	bool hex = word[0] == '0' && (word[1] | 32) == 'x';
	unsigned long long n;

	if (result)
		return result;
	if (ip_addr_parse(word, addr) && ip_addr_is_v4(addr)) {
		*value = packet_get32(addr + IP_V4_OFF);
		return EVAL_OK;
	}
	n = strtoull(word + 2 * hex, &end, hex ? 16 : 10);
	if (*end || end == word + 2 * hex || !isxdigit((unsigned char)
	    word[2 * hex]) || n > UINT32_MAX)
		return fail(parse->eval, EVAL_WRONG, "'%s' is not a number of "
			"32 bits, nor an IPv4 address", word);
	*value = (uint32_t)n;
	return EVAL_OK;
}

/* "+2" behind a block of words, without space. */
static enum eval_result
parse_offset(struct parse *parse, struct eval_name *found)
{
	unsigned count = found->count;
	unsigned long n;
	char *end;

	if (parse->p[0] != '+' || !isdigit((unsigned char)parse->p[1]))
		return EVAL_OK;
	n = strtoul(parse->p + 1, &end, 10);
	if (n >= count)
		return fail(parse->eval, EVAL_WRONG, "that block has %u "
			"word%s; for a sum, put a space before +", count,
			count == 1 ? "" : "s");
	parse->p = end;
	found->place.index += (unsigned)n;
	found->count = 1;
	return EVAL_OK;
}

/* [3], [limit], [trail+2]: one word. */
static enum eval_result
parse_brackets(struct parse *parse, struct eval_name *found)
{
	char word[WORD_SIZE];
	enum eval_result result;
	uint32_t n;

	parse->p++;
	skip_space(parse);
	if (isdigit((unsigned char)*parse->p)) {
		result = parse_number(parse, &n);
		if (!result)
			result = find_word(parse->eval, n, found);
	} else {
		result = take_word(parse, word);
		if (!result && !find_block(parse->eval, word, found))
			result = unknown_name(parse->eval, word);
		if (!result)
			result = parse_offset(parse, found);
		found->count = 1;
	}
	if (result)
		return result;
	skip_space(parse);
	if (*parse->p != ']')
		return fail(parse->eval, EVAL_WRONG, "a ] is missing");
	parse->p++;
	return EVAL_OK;
}

static enum eval_result
parse_name(struct parse *parse, struct eval_name *found)
{
	char word[WORD_SIZE];
	enum eval_result result;

	if (*parse->p == '[')
		return parse_brackets(parse, found);
	result = take_word(parse, word);
	if (!result)
		result = find_name(parse->eval, word, found);
	if (!result && found->kind == EVAL_PLACE &&
	    found->place.kind == RECORD_WORD)
		result = parse_offset(parse, found);
	return result;
}

/* What has no value counts as 0 where nobody looks at it. */
static enum eval_result
parse_name_value(struct parse *parse, uint32_t *value)
{
	struct eval_name name;
	enum eval_result result = parse_name(parse, &name);

	if (!result)
		result = eval_word(parse->eval, &name, 0, value);
	if (result == EVAL_NO_VALUE && parse->idle) {
		*value = 0;
		return EVAL_OK;
	}
	return result;
}

static enum eval_result
parse_unary(struct parse *parse, uint32_t *value)
{
	char sign = *parse->p;
	enum eval_result result;

	parse->p++;
	skip_space(parse);
	result = parse_value(parse, UINT32_MAX, value);
	if (sign == '-')
		*value = -*value;
	else if (sign == '~')
		*value = ~*value;
	else if (sign == '!')
		*value = !*value;
	return result;
}

static enum eval_result
parse_parentheses(struct parse *parse, uint32_t *value)
{
	enum eval_result result;

	parse->p++;
	result = parse_value(parse, 0, value);
	if (result)
		return result;
	if (*parse->p != ')')
		return fail(parse->eval, EVAL_WRONG, "a ) is missing");
	parse->p++;
	return EVAL_OK;
}

static enum eval_result
parse_operand(struct parse *parse, uint32_t *value)
{
	*value = 0;
	if (strchr("-~!+", *parse->p) && *parse->p)
		return parse_unary(parse, value);
	if (*parse->p == '(')
		return parse_parentheses(parse, value);
	if (isdigit((unsigned char)*parse->p))
		return parse_number(parse, value);
	return parse_name_value(parse, value);
}

enum operator {
	OR_ELSE, AND_ALSO, OR, XOR, AND, EQUAL, NOT_EQUAL, AT_MOST, AT_LEAST,
	SHL, SHR, LESS, GREATER, ADD, SUB, MUL, DIV, MOD, OPERATOR_COUNT
};

/* Longer ones before those that they begin with. */
static const struct {
	const char *text;
	unsigned level;
} operators[OPERATOR_COUNT] = {
	[OR_ELSE] = {"||", 1}, [AND_ALSO] = {"&&", 2}, [OR] = {"|", 3},
	[XOR] = {"^", 4}, [AND] = {"&", 5}, [EQUAL] = {"==", 6},
	[NOT_EQUAL] = {"!=", 6}, [AT_MOST] = {"<=", 7}, [AT_LEAST] = {">=", 7},
	[SHL] = {"<<", 8}, [SHR] = {">>", 8}, [LESS] = {"<", 7},
	[GREATER] = {">", 7}, [ADD] = {"+", 9}, [SUB] = {"-", 9},
	[MUL] = {"*", 10}, [DIV] = {"/", 10}, [MOD] = {"%", 10}
};

static uint32_t
operate(enum operator operator, uint32_t a, uint32_t b)
{
	switch (operator) {
	case OR_ELSE:	return a || b;
	case AND_ALSO:	return a && b;
	case OR:	return a | b;
	case XOR:	return a ^ b;
	case AND:	return a & b;
	case EQUAL:	return a == b;
	case NOT_EQUAL:	return a != b;
	case AT_MOST:	return a <= b;
	case AT_LEAST:	return a >= b;
	case SHL:	return b < 32 ? a << b : 0;
	case SHR:	return b < 32 ? a >> b : 0;
	case LESS:	return a < b;
	case GREATER:	return a > b;
	case ADD:	return a + b;
	case SUB:	return a - b;
	case MUL:	return a * b;
	case DIV:	return b ? a / b : 0;
	case MOD:	return b ? a % b : 0;
	case OPERATOR_COUNT:
		break;
	}
	return 0;
}

/* The operator that comes next, if it binds more than level does. */
static int
next_operator(const struct parse *parse, unsigned level)
{
	for (unsigned i = 0; i < OPERATOR_COUNT; i++)
		if (!strncmp(parse->p, operators[i].text,
		    strlen(operators[i].text)))
			return operators[i].level > level ? (int)i : -1;
	return -1;
}

static enum eval_result
parse_operator(struct parse *parse, enum operator operator, uint32_t *value)
{
	bool settled = operator == OR_ELSE ? *value != 0 :
		operator == AND_ALSO && *value == 0;
	enum eval_result result;
	uint32_t b;

	parse->p += strlen(operators[operator].text);
	parse->idle += settled;
	result = parse_value(parse, operators[operator].level, &b);
	parse->idle -= settled;
	if (result)
		return result;
	if ((operator == DIV || operator == MOD) && b == 0 && !parse->idle)
		return fail(parse->eval, EVAL_NO_VALUE,
			"that is a division by zero");
	*value = operate(operator, *value, b);
	return EVAL_OK;
}

/* What binds more than level does. */
static enum eval_result
parse_value(struct parse *parse, unsigned level, uint32_t *value)
{
	enum eval_result result;
	int operator;

	if (parse->depth == DEPTH_MAX)
		return fail(parse->eval, EVAL_WRONG,
			"more than %d parentheses or signs", DEPTH_MAX);
	parse->depth++;
	skip_space(parse);
	result = parse_operand(parse, value);
	while (!result) {
		skip_space(parse);
		operator = next_operator(parse, level);
		if (operator < 0)
			break;
		result = parse_operator(parse, (enum operator)operator, value);
	}
	parse->depth--;
	return result;
}

enum eval_result
eval_number(struct eval *eval, const char *text, uint32_t *value)
{
	struct parse parse = {.eval = eval, .p = text};
	enum eval_result result;
	uint32_t n;

	result = parse_value(&parse, 0, &n);
	if (!result && *parse.p)
		result = parse_wrong(&parse);
	if (!result)
		*value = n;
	return result;
}

enum eval_result
eval_find(struct eval *eval, const char *text, struct eval_name *name)
{
	struct parse parse = {.eval = eval, .p = text};
	enum eval_result result;

	skip_space(&parse);
	if (isdigit((unsigned char)*parse.p))
		return parse_wrong(&parse);
	result = parse_name(&parse, name);
	skip_space(&parse);
	if (!result && *parse.p)
		result = parse_wrong(&parse);
	return result;
}

const char *
eval_place_text(const struct notes *notes, struct record_place place,
	char buf[static EVAL_TEXT_SIZE])
{
	char name[NOTES_NAME_SIZE];
	const char *word;

	switch (place.kind) {
	case RECORD_REG:
	case RECORD_ENTRY:
		snprintf(buf, EVAL_TEXT_SIZE, "%c%u",
			place.kind == RECORD_REG ? 'r' : 't', place.index);
		break;
	case RECORD_WORD:
		word = notes_word_text(notes, place.index, name);
		if (word)
			snprintf(buf, EVAL_TEXT_SIZE, "[%s]", word);
		else
			snprintf(buf, EVAL_TEXT_SIZE, "[%u]", place.index);
		break;
	case RECORD_FIELD:
		snprintf(buf, EVAL_TEXT_SIZE, "%s", isa_envs[place.index].name);
		break;
	case RECORD_CURSOR:
	case RECORD_PC:
		snprintf(buf, EVAL_TEXT_SIZE, "%s",
			place.kind == RECORD_PC ? "pc" : "cursor");
		break;
	}
	return buf;
}

void
eval_each_name(const struct eval *eval,
	void (*visit)(void *arg, const char *name), void *arg)
{
	static const char *const registers[] = {
		"r0", "r1", "r2", "r3", "r4", "r5", "r6", "r7",
		"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"
	};
	const struct notes *notes = notes_of(eval);

	for (unsigned i = 0; i < COUNT(registers); i++)
		visit(arg, registers[i]);
	for (unsigned i = 0; i < notes->word_count; i++)
		visit(arg, notes->words[i].name);
	for (unsigned i = 0; i < notes->label_count; i++)
		visit(arg, notes->labels[i].name);
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		visit(arg, isa_envs[i].name);
		if (isa_env_alias(i))
			visit(arg, isa_env_alias(i));
	}
	for (unsigned i = 0; i < COUNT(wide_fields); i++)
		visit(arg, wide_fields[i].name);
	for (unsigned i = 0; i < COUNT(machine_names); i++)
		visit(arg, machine_names[i].name);
	for (unsigned i = 0; i < FACT_COUNT; i++)
		visit(arg, fact_names[i]);
}
