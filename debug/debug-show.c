/* SPDX-License-Identifier: BSD-2-Clause */
/* What a debugger tells; see debug-show.h. */
#include "debug/debug-show.h"

#include <inttypes.h>
#include <string.h>

#include "run/show.h"
#include "run/trace.h"
#include "wasp/report.h"

enum {
	BIG = 0xffff,			/* above, numbers are in hex as well */
	SOURCE_AROUND = 5,		/* lines before and after */
	ADDR_WORDS = IP_ADDR_SIZE / PACKET_WORD_SIZE,
	PLACE_SIZE = 160,
	KEY_WIDTH = 10			/* of the name of a key space */
};

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};
static const char *const verdict_names[] = VM_VERDICT_NAMES;

static const struct notes *
notes_of(const struct debug *debug)
{
	return &debug_object(debug)->notes;
}

static const struct record_packet *
packet_of(const struct debug *debug)
{
	return &debug->record.packets[debug_run(debug)->packet];
}

static const struct packet_header *
header_of(const struct debug *debug)
{
	return &debug_run(debug)->before.info.wasp;
}

/* "count.wasp:47", or nothing; returns buf. */
static const char *
source_place(const struct notes *notes, unsigned pc,
	char buf[static PLACE_SIZE])
{
	const struct notes_line *line = notes_line_at(notes, pc);

	buf[0] = '\0';
	if (line)
		snprintf(buf, PLACE_SIZE, "%.120s:%u",
			line->file ? line->file : "line", line->line);
	return buf;
}

/*
 * Where.
 */

static void
show_run_name(FILE *out, const struct record *record, unsigned number)
{
	const struct sim_run *run = &record->runs[number].run;
	char addr[IP_TEXT_SIZE];

	if (record->packet_max > 1)
		fprintf(out, "packet %u, ", record->runs[number].packet + 1);
	if (run->node)
		fprintf(out, "node %s, %s", ip_addr_text(run->addr, addr),
			hook_names[run->hook]);
	else
		fputs("at no node", out);
}

void
debug_show_run(FILE *out, const struct debug *debug)
{
	show_run_name(out, &debug->record, debug->at.run);
	fputc('\n', out);
}

static void
show_labels(FILE *out, const struct notes *notes, unsigned pc)
{
	for (unsigned i = 0; i < notes->label_count; i++)
		if (notes->labels[i].pc == pc)
			fprintf(out, "%s:\n", notes->labels[i].name);
}

static const char *
insn_text(const struct debug *debug, unsigned pc,
	char text[static ISA_TEXT_SIZE])
{
	const struct sim_packet *packet = &debug_run(debug)->before;

	return notes_insn_text(notes_of(debug), packet_insn(packet->ip +
		packet->info.wasp_off, pc), pc, text);
}

static void
show_instruction(FILE *out, const struct debug *debug, const char *mark,
	unsigned pc)
{
	char text[ISA_TEXT_SIZE], place[PLACE_SIZE];

	source_place(notes_of(debug), pc, place);
	show_labels(out, notes_of(debug), pc);
	fprintf(out, "%s%3u  %-*s%s%s\n", mark, pc, place[0] ? 26 : 0,
		insn_text(debug, pc, text), place[0] ? "  " : "", place);
}

void
debug_show_next(FILE *out, const struct debug *debug)
{
	if (record_is_end(&debug->record, debug->at))
		debug_show_end(out, debug);
	else
		show_instruction(out, debug, "=>", debug_state(debug)->pc);
}

static struct show
show_here(const struct debug *debug)
{
	const struct record *record = &debug->record;

	return (struct show){.object = debug_object(debug), .sim = record->sim,
		.config = record->world.config,
		.packet = debug_run(debug)->packet + 1,
		.numbered = record->packet_max > 1};
}

void
debug_show_end(FILE *out, const struct debug *debug)
{
	const struct record_run *run = debug_run(debug);
	const struct record_packet *packet = packet_of(debug);
	struct show show = show_here(debug);

	if (run->run.node)
		show_run(out, &show, &run->run, &run->after);
	if (show.config->is_path &&
	    debug->at.run + 1 == packet->first_run + packet->run_count)
		show_end(out, &show, &run->after, &packet->way);
}

/*
 * What a step did: the tracer of --trace is shown the two states around it.
 */

static void
print_step(void *arg, const struct trace_step *step)
{
	trace_print(arg, step);
}

/* The machine as the tracer wants it, which only looks. */
static struct vm
state_vm(const struct sim_packet *packet, const struct record_state *state)
{
	const uint8_t *wasp = packet->ip + packet->info.wasp_off;
	struct vm vm = {
		.code = wasp + PACKET_HEADER_SIZE,
		.code_count = packet->info.wasp.code_count,
		.pad = (uint8_t *)state->pad,
		.pad_count = packet->info.wasp.pad_count,
		.env = (uint32_t *)state->env,
		.cursor = state->cursor,
		.mapped = state->mapped, .pc = state->pc
	};

	memcpy(vm.r, state->r, sizeof(vm.r));
	memcpy(vm.entry, state->entry, sizeof(vm.entry));
	return vm;
}

void
debug_show_step(FILE *out, const struct debug *debug, struct record_at at)
{
	const struct record *record = &debug->record;
	const struct record_run *run = record_run_at(record, at);
	const struct record_state *state = record_state_at(record, at);
	struct record_at next = {at.run, at.state + 1};
	const struct object *object =
		record->packets[run->packet].source->sim.object;
	struct tracer tracer = {.notes = &object->notes, .sink = print_step,
		.arg = out};
	struct vm vm = state_vm(&run->before, state);
	bool went_on;

	trace_hook(&vm, &tracer);
	state = record_state_at(record, next);
	/* Not so where a verdict or a fault is the end. */
	went_on = !record_is_end(record, next) || state->pc >= vm.code_count;
	if (state->unchanged)
		state = state->unchanged;
	vm = state_vm(&run->before, state);
	if (went_on)
		trace_hook(&vm, &tracer);
	else
		trace_end(&tracer, run->run.outcome.verdict,
			run->run.outcome.fault);
}

void
debug_show_where(FILE *out, const struct debug *debug, struct record_at at)
{
	const struct record *record = &debug->record;
	const struct record_run *run = record_run_at(record, at);
	const struct record_state *state = record_state_at(record, at);
	char place[PLACE_SIZE];

	show_run_name(out, record, at.run);
	if (run->run.outcome.executed)
		fprintf(out, ", %s%u step%s", record_is_end(record, at) ?
			"its end after " : "after ", state->steps,
			state->steps == 1 ? "" : "s");
	source_place(&record->packets[run->packet].source->sim.object->notes,
		state->pc, place);
	fprintf(out, "%s%s\n", place[0] ? ", " : "", place);
}

/*
 * Code.
 */

static bool
has_stop(const struct debug *debug, unsigned pc)
{
	for (unsigned i = 0; i < debug->stop_count; i++)
		if (debug_stops_at(debug, &debug->stops[i], pc))
			return true;
	return false;
}

void
debug_show_code(FILE *out, const struct debug *debug, unsigned first,
	unsigned last)
{
	const struct record_state *state = debug_state(debug);
	bool is_end = record_is_end(&debug->record, debug->at);
	char mark[4];

	for (unsigned pc = first; pc <= last; pc++) {
		snprintf(mark, sizeof(mark), "%s%c",
			pc == state->pc && !is_end ? "=>" : "  ",
			has_stop(debug, pc) ? '*' : ' ');
		show_instruction(out, debug, mark, pc);
	}
}

static bool
same_file(const struct notes_line *a, const struct notes_line *b)
{
	return a->file == b->file ||
		(a->file && b->file && !strcmp(a->file, b->file));
}

static bool
same_line(const struct notes_line *a, const struct notes_line *b)
{
	return a && b && a->line == b->line && same_file(a, b);
}

/* A line that several instructions came from is printed once. */
void
debug_show_source(FILE *out, const struct debug *debug, unsigned pc)
{
	const struct notes *notes = notes_of(debug);
	const struct notes_line *last = NULL, *here =
		record_is_end(&debug->record, debug->at) ? NULL :
		notes_line_at(notes, debug_state(debug)->pc);

	for (unsigned i = 0; i < notes->line_count; i++) {
		const struct notes_line *line = &notes->lines[i];

		if (line->pc + SOURCE_AROUND < pc ||
		    line->pc > pc + SOURCE_AROUND || same_line(line, last))
			continue;
		if (notes->file_count > 1 && line->file &&
		    !(last && same_file(line, last)))
			fprintf(out, "%s:\n", line->file);
		fprintf(out, "%s%4u  %s\n", same_line(line, here) ? "=>" :
			"  ", line->line, line->text);
		last = line;
	}
}

/*
 * Values.
 */

static void
show_binary(FILE *out, uint32_t value)
{
	int bit = 31;

	while (bit > 0 && !(value >> bit))
		bit--;
	fputs("0b", out);
	for (; bit >= 0; bit--)
		fputc('0' + (value >> bit & 1), out);
}

void
debug_show_number(FILE *out, uint32_t value, char format)
{
	uint8_t addr[IP_ADDR_SIZE] = {[10] = 0xff, [11] = 0xff};
	char text[IP_TEXT_SIZE];

	packet_put32(addr + IP_V4_OFF, value);
	switch (format) {
	case 'x':
		fprintf(out, "0x%" PRIx32, value);
		break;
	case 'd':
		fprintf(out, "%" PRId32, (int32_t)value);
		break;
	case 'u':
		fprintf(out, "%" PRIu32, value);
		break;
	case 't':
		show_binary(out, value);
		break;
	case 'a':
		fputs(ip_addr_text(addr, text), out);
		break;
	default:
		fprintf(out, "%" PRIu32, value);
		if (value > BIG)
			fprintf(out, " (0x%" PRIx32 ")", value);
	}
}

/* A word of a field as it is told to people. */
static void
show_field(FILE *out, unsigned field, uint32_t value)
{
	enum isa_show show = isa_envs[field].show;
	char text[REPORT_TEXT_SIZE];

	if (value == ISA_ENV_UNKNOWN)
		fputs("unknown (0xffffffff)", out);
	else if (show == ISA_SHOW_ADDR && isa_env_alias(field))
		debug_show_number(out, value, 'a');
	else if (show == ISA_SHOW_NUM)
		debug_show_number(out, value, 0);
	else
		fputs(report_value_text(value, show == ISA_SHOW_ADDR ?
			ISA_SHOW_HEX : show, text), out);
	if (isa_envs[field].unit[0] && value != ISA_ENV_UNKNOWN)
		fprintf(out, " %s", isa_envs[field].unit);
}

void
debug_show_value(FILE *out, struct record_place place, uint32_t value)
{
	if (place.kind == RECORD_FIELD)
		show_field(out, place.index, value);
	else
		debug_show_number(out, value, 0);
}

/* Four words of the environment, or of the scratchpad, as an address. */
static void
show_address(FILE *out, const struct record_state *state,
	struct record_place place)
{
	uint8_t addr[IP_ADDR_SIZE];
	char text[IP_TEXT_SIZE];
	bool known = false;

	for (unsigned i = 0; i < ADDR_WORDS; i++, place.index++) {
		uint32_t value;

		eval_place(state, place, &value);
		packet_put32(addr + PACKET_WORD_SIZE * i, value);
		known |= value != ISA_ENV_UNKNOWN;
	}
	fputs(known ? ip_addr_text(addr, text) : "unknown", out);
}

/* The packet as it is at this place, to report on; bytes hold it. */
static struct report
report_here(const struct debug *debug, uint8_t bytes[static PACKET_SIZE_MAX],
	struct packet_header *header)
{
	const struct sim_packet *packet = &debug_run(debug)->before;
	const struct record_state *state = debug_state(debug);

	*header = packet->info.wasp;
	header->cursor = state->cursor;
	header->status = state->status;
	memcpy(bytes, packet->ip + packet->info.wasp_off,
		packet->info.wasp_size);
	memcpy(bytes + packet_pad_off(header->code_count), state->pad,
		PACKET_WORD_SIZE * (size_t)header->pad_count);
	return (struct report){notes_of(debug), bytes, header,
		debug_object(debug)->header.cursor};
}

static void
show_block(FILE *out, const struct debug *debug, const struct eval_name *name)
{
	const struct notes_word *noted =
		notes_word_at(notes_of(debug), name->place.index);
	uint8_t bytes[PACKET_SIZE_MAX];
	struct packet_header header;
	struct report report = report_here(debug, bytes, &header);
	struct notes_word block = {.first = name->place.index,
		.count = name->count, .kind = NOTES_DATA};

	if (noted && noted->first == block.first && noted->count == block.count)
		block.kind = noted->kind;
	report_print_block(out, &report, &block);
}

/* Each word of several, in a format. */
static void
show_words(FILE *out, const struct debug *debug, const struct eval_name *name,
	char format)
{
	for (unsigned i = 0; i < name->count; i++) {
		struct eval eval = debug_eval(debug, debug->at);
		uint32_t value;

		if (eval_word(&eval, name, i, &value))
			continue;
		fputs(i ? " " : "", out);
		debug_show_number(out, value, format);
	}
	fputc('\n', out);
}

void
debug_show_name(FILE *out, const struct debug *debug, const char *text,
	const struct eval_name *name, char format)
{
	const struct record_state *state = debug_state(debug);
	struct eval eval = debug_eval(debug, debug->at);
	bool is_field = name->kind == EVAL_PLACE &&
		name->place.kind == RECORD_FIELD;
	uint32_t value = 0;

	fprintf(out, "%s = ", text);
	if (name->count == ADDR_WORDS && (format == 'a' ||
	    (is_field && !format))) {
		show_address(out, state, name->place);
	} else if (format) {
		show_words(out, debug, name, format);
		return;
	} else if (is_field && name->count > 1) {
		fprintf(out, "0x%08" PRIx32 "%08" PRIx32,
			state->env[name->place.index],
			state->env[name->place.index + 1]);
	} else if (name->count > 1) {
		show_block(out, debug, name);
		return;
	} else if (!eval_word(&eval, name, 0, &value)) {
		debug_show_value(out, name->place, value);
	}
	fputc('\n', out);
}

/*
 * The state.
 */

void
debug_show_registers(FILE *out, const struct debug *debug)
{
	const struct record_state *state = debug_state(debug);

	for (unsigned i = 0; i < ISA_REG_COUNT; i++)
		fprintf(out, "r%u  0x%08" PRIx32 "  %" PRIu32 "\n", i,
			state->r[i], state->r[i]);
	fprintf(out, "pc %u, %u steps, cost %u, %u of %d store accesses\n",
		state->pc, state->steps, state->cost, state->accesses,
		ISA_ACCESS_MAX);
}

/* "public 0x... [group]": a key as the node calls it, in columns of a list. */
static void
show_key(FILE *out, const struct debug *debug, uint64_t key, int width)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	const struct notes *notes = notes_of(debug);
	const struct record_run *run = debug_run(debug);
	const uint8_t *pad = debug_state(debug)->pad;

	fprintf(out, "%-*s 0x%016" PRIx64, width, spaces[key_space(key)], key);
	if (!run->run.node || run->before.error)
		return;
	for (unsigned i = 0; i < notes->word_count; i++) {
		const struct notes_word *word = &notes->words[i];

		if (word->kind == NOTES_KEY && word->first + 2u <=
		    run->before.info.wasp.pad_count &&
		    sim_key_name(debug->record.sim, run->run.node,
			&run->before, pad + PACKET_WORD_SIZE * word->first) ==
		    key) {
			fprintf(out, " [%s]", word->name);
			return;
		}
	}
}

void
debug_show_entry(FILE *out, const struct debug *debug)
{
	const struct record_state *state = debug_state(debug);

	if (!state->mapped) {
		fputs("nothing is mapped\n", out);
		return;
	}
	fputs("mapped: ", out);
	show_key(out, debug, state->mapped_key, 0);
	fprintf(out, ", %s\n", !state->writable ? "for reading only" :
		state->dirty ? "written to" : "not written to");
	for (unsigned i = 0; i < ISA_ENTRY_COUNT; i++) {
		uint32_t value = packet_get32(state->entry +
			PACKET_WORD_SIZE * i);

		fprintf(out, "t%u  0x%08" PRIx32 "  %" PRIu32 "\n", i, value,
			value);
	}
}

void
debug_show_words(FILE *out, const struct debug *debug)
{
	uint8_t bytes[PACKET_SIZE_MAX];
	struct packet_header header;
	struct report report;

	if (debug_run(debug)->before.error) {
		fputs("there is no scratchpad in it\n", out);
		return;
	}
	report = report_here(debug, bytes, &header);
	report_print_words(out, &report);
	if (!header.pad_count)
		fputs("the scratchpad is empty\n", out);
	fprintf(out, "cursor %u of %u words\n", header.cursor,
		header.pad_count);
}

void
debug_show_env(FILE *out, const struct debug *debug)
{
	const struct record_state *state = debug_state(debug);

	if (!debug_run(debug)->run.outcome.executed) {
		fputs("it was not run here\n", out);
		return;
	}
	for (unsigned i = 0; i < ISA_ENV_COUNT; i++) {
		struct record_place place = {RECORD_FIELD, i};
		const char *name = isa_envs[i].name;

		if (isa_envs[i].show == ISA_SHOW_ADDR) {
			fprintf(out, "%-10.*s  ", (int)strcspn(name, "."),
				name);
			show_address(out, state, place);
			i += ADDR_WORDS - 1;
		} else {
			fprintf(out, "%-10s  ", name);
			show_field(out, i, state->env[i]);
		}
		fputc('\n', out);
	}
}

static void
show_entry_words(FILE *out, const struct record_entry *entry)
{
	if (!entry)
		fputs(" no entry", out);
	for (unsigned i = 0; entry && i < ISA_ENTRY_COUNT; i++)
		fprintf(out, " %" PRIu32, packet_get32(entry->words +
			PACKET_WORD_SIZE * i));
}

static void
show_entry_change(FILE *out, const struct debug *debug, uint64_t key,
	const struct record_entry *before, const struct record_entry *after)
{
	show_key(out, debug, key, 0);
	fputc(':', out);
	show_entry_words(out, before);
	fputs(" ->", out);
	show_entry_words(out, after);
	fputc('\n', out);
}

/* Each entry of one that is not the same in the other. */
static void
show_changed(FILE *out, const struct debug *debug,
	const struct record_store *before, const struct record_store *after,
	const uint64_t *key)
{
	for (unsigned i = 0; i < after->count; i++) {
		const struct record_entry *now = &after->entries[i];
		const struct record_entry *then = record_entry_find(before,
			now->key);

		if ((!key || *key == now->key) && (!then ||
		    memcmp(then, now, sizeof(*now))))
			show_entry_change(out, debug, now->key, then, now);
	}
}

void
debug_show_store_change(FILE *out, const struct debug *debug,
	struct record_at after, const uint64_t *key)
{
	struct record_at before = {after.run, after.state - 1};

	show_changed(out, debug, record_state_at(&debug->record, before)->store,
		record_state_at(&debug->record, after)->store, key);
}

void
debug_show_stored(FILE *out, const struct debug *debug, uint64_t key,
	const struct record_entry *entry)
{
	uint64_t now_ns = debug_run(debug)->run.time_ns;

	show_key(out, debug, key, KEY_WIDTH);
	if (!entry || now_ns - entry->created_ns >= ENTRY_LIFE_NS) {
		fputs(", no entry\n", out);
		return;
	}
	fprintf(out, ", %" PRIu64 " ms:",
		(now_ns - entry->created_ns) / 1000000);
	show_entry_words(out, entry);
	fputc('\n', out);
}

void
debug_show_store(FILE *out, const struct debug *debug, unsigned node)
{
	const struct record_store *store = record_store_at(&debug->record,
		debug->at, node);
	uint64_t now_ns = debug_run(debug)->run.time_ns;
	unsigned count = 0;

	for (unsigned i = 0; i < store->count; i++) {
		const struct record_entry *entry = &store->entries[i];

		if (now_ns - entry->created_ns >= ENTRY_LIFE_NS)
			continue;
		debug_show_stored(out, debug, entry->key, entry);
		count++;
	}
	if (!count)
		fprintf(out, "the store of node %u is empty\n", node);
}

/*
 * Packets.
 */

void
debug_show_packet(FILE *out, const struct debug *debug)
{
	const struct sim_packet *packet = &debug_run(debug)->before;
	const struct packet_header *header = header_of(debug);
	const struct record_state *state = debug_state(debug);
	const char *program = notes_of(debug)->program;
	char src[IP_TEXT_SIZE], dst[IP_TEXT_SIZE], flags[5];

	if (packet->error) {
		fprintf(out, "plain IP: %s\n", ip_error_text(packet->error));
		return;
	}
	fprintf(out, "%s > %s, hop limit %u, length %zu\n",
		ip_addr_text(packet->info.src, src),
		ip_addr_text(packet->info.dst, dst), packet->info.hop_limit,
		packet->info.total_size);
	if (packet->info.protocol == IP_PROTOCOL_UDP)
		fprintf(out, "UDP, ports %u > %u\n", packet->info.sport,
			packet->info.dport);
	fprintf(out, "program %s, flags %s, %u instructions, %u words\n",
		program ? program : "without a name",
		packet_flags_text(header->flags, flags), header->code_count,
		header->pad_count);
	fprintf(out, "identifier %u, sequence %u, hops %u, cursor %u, "
		"status 0x%02x\n", header->ident, header->seq, header->hops,
		state->cursor, state->status);
}

static void
show_outcome(FILE *out, const struct record_run *run)
{
	const struct node_outcome *outcome = &run->run.outcome;
	char addr[IP_TEXT_SIZE], name[ISA_FAULT_NAME_SIZE];

	if (!run->run.node) {
		fputs("no node ran it\n", out);
		return;
	}
	fprintf(out, "node %s, %s: ", ip_addr_text(run->run.addr, addr),
		hook_names[run->run.hook]);
	if (!outcome->executed)
		fputs("not run\n", out);
	else if (outcome->fault)
		fprintf(out, "fault %s at pc %u\n",
			isa_fault_name(outcome->fault, name),
			outcome->fault_pc);
	else
		fprintf(out, "%s, %u steps\n", verdict_names[outcome->verdict],
			outcome->steps);
}

void
debug_show_path(FILE *out, const struct debug *debug)
{
	const struct record_packet *packet = packet_of(debug);
	struct show show = show_here(debug);

	for (unsigned i = 0; i < packet->run_count; i++) {
		unsigned run = packet->first_run + i;

		fprintf(out, "%s%3u  ", run == debug->at.run ? "=>" : "  ",
			i + 1);
		show_outcome(out, &debug->record.runs[run]);
	}
	if (show.config->is_path)
		show_way(out, &show, &debug->record.runs[packet->first_run +
			packet->run_count - 1].after, &packet->way);
}

/*
 * Stops and changes.
 */

/* How each kind is told, %s for name and %u for number, in that order. */
static const char *
stop_what(const struct debug_stop *stop, char *buf, size_t size)
{
	switch (stop->kind) {
	case DEBUG_AT_PC:
		snprintf(buf, size, "at pc %u", stop->number);
		break;
	case DEBUG_AT_LABEL:
		snprintf(buf, size, "at %s", stop->name);
		break;
	case DEBUG_AT_LINE:
		snprintf(buf, size, "at %s%s%u", stop->name[0] ?
			stop->name : "line", stop->name[0] ? ":" : " ",
			stop->number);
		break;
	case DEBUG_AT_FAULT:
		snprintf(buf, size, "at a fault");
		break;
	case DEBUG_AT_ACCESS:
		snprintf(buf, size, "at a store access");
		break;
	case DEBUG_AT_HOOK:
		snprintf(buf, size, "at hook %s", hook_names[stop->number]);
		break;
	case DEBUG_AT_NODE:
		snprintf(buf, size, "at node %u", stop->number);
		break;
	case DEBUG_AT_HOP:
		snprintf(buf, size, "at hop %u", stop->number);
		break;
	case DEBUG_AT_PACKET:
		snprintf(buf, size, "at packet %u", stop->number);
		break;
	case DEBUG_AT_VERDICT:
		snprintf(buf, size, "at %s", verdict_names[stop->number]);
		break;
	case DEBUG_ON_CHANGE:
		snprintf(buf, size, "%s", stop->name);
		break;
	case DEBUG_ON_STORE:
		snprintf(buf, size, "store%s%s", stop->name[0] ? " " : "",
			stop->name);
		break;
	}
	return buf;
}

const char *
debug_stop_text(const struct debug_stop *stop,
	char buf[static DEBUG_STOP_TEXT_SIZE])
{
	char what[DEBUG_CONDITION_SIZE + 32];

	snprintf(buf, DEBUG_STOP_TEXT_SIZE, "%s %s%s%s",
		stop->kind >= DEBUG_ON_CHANGE ? "watch" :
		stop->once ? "tbreak" : "break",
		stop_what(stop, what, sizeof(what)),
		stop->condition[0] ? " if " : "", stop->condition);
	return buf;
}

void
debug_show_stops(FILE *out, const struct debug *debug)
{
	char text[DEBUG_STOP_TEXT_SIZE];

	if (!debug->stop_count)
		fputs("there are no breakpoints and no watches\n", out);
	for (unsigned i = 0; i < debug->stop_count; i++)
		fprintf(out, "%3u  %s, hit %u time%s\n", debug->stops[i].id,
			debug_stop_text(&debug->stops[i], text),
			debug->stops[i].hits,
			debug->stops[i].hits == 1 ? "" : "s");
}

void
debug_show_changes(FILE *out, const struct debug *debug)
{
	const struct record *record = &debug->record;
	char name[EVAL_TEXT_SIZE];

	if (!record->change_count)
		fputs("nothing was changed by hand\n", out);
	for (unsigned i = 0; i < record->change_count; i++) {
		const struct record_change *change = &record->changes[i];

		fprintf(out, "%s = ", eval_place_text(notes_of(debug),
			change->place, name));
		debug_show_number(out, change->value, 0);
		fputs(" at ", out);
		debug_show_where(out, debug, change->at);
	}
}
