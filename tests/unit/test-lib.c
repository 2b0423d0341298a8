/* SPDX-License-Identifier: BSD-2-Clause */
/* libwasp by its public header, linked with the shared library. */
#include <config.h>

#include "tests/unit/test.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasp.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define NOW UINT64_C(1000000000000)
#define KEY UINT64_C(0x1122334455667788)
#define SECOND_NS UINT64_C(1000000000)

static const char count_source[] =
	"        .program count\n"
	"        .hooks ingress\n"
	"        .data\n"
	"flow:   .key public, 0x1122334455667788\n"
	"limit:  .word 2\n"
	"seen:   .word 0\n"
	"        .text\n"
	"        insert r0, [flow]\n"
	"        bz r0, out\n"
	"        mov r1, t0\n"
	"        addi r1, 1\n"
	"        mov t0, r1\n"
	"        st r1, [seen]\n"
	"        ld r2, [limit]\n"
	"        bltu r2, r1, over\n"
	"out:    forward\n"
	"over:   drop\n";

/* What a callback saw. */
struct seen {
	unsigned count, errors, warnings;
	char code[16], message[320], hint[320], text[2048], file[64];
	unsigned line, col;
	long offset;
	int pc;
};

/* Keeps the first, counts all. */
static void
see(void *arg, const struct wasp_diag *diag)
{
	struct seen *seen = arg;

	seen->errors += diag->severity == WASP_ERROR;
	seen->warnings += diag->severity == WASP_WARNING;
	if (seen->count++)
		return;
	snprintf(seen->code, sizeof(seen->code), "%s",
		diag->code ? diag->code : "");
	snprintf(seen->message, sizeof(seen->message), "%s", diag->message);
	snprintf(seen->hint, sizeof(seen->hint), "%s",
		diag->hint ? diag->hint : "");
	snprintf(seen->file, sizeof(seen->file), "%s",
		diag->file ? diag->file : "");
	wasp_diag_text(diag, seen->text, sizeof(seen->text));
	seen->line = diag->line;
	seen->col = diag->col;
	seen->offset = diag->offset;
	seen->pc = diag->pc;
}

static struct wasp_object *
assemble(const char *source)
{
	struct wasp_object *object;
	struct seen seen = {0};

	if (wasp_assemble(&object, source, strlen(source), NULL, see, &seen))
		fail_msg("%s", seen.text);
	return object;
}

static struct wasp_node *
new_node(size_t capacity)
{
	struct wasp_node_options options = {.struct_size = sizeof(options),
		.capacity = capacity, .seed = 1};
	struct wasp_node *node;

	assert_int_equal(wasp_node_new(&node, &options), WASP_OK);
	return node;
}

static struct wasp_visit
new_visit(enum wasp_hook hook, const struct wasp_ip *ip)
{
	struct wasp_visit visit = {.struct_size = sizeof(visit)};

	assert_int_equal(wasp_visit_init(&visit, hook, ip), WASP_OK);
	visit.now_ns = NOW;
	return visit;
}

static struct wasp_outcome
run(struct wasp_node *node, struct wasp_object *object,
	const struct wasp_visit *visit)
{
	struct wasp_outcome outcome = {.struct_size = sizeof(outcome)};

	assert_int_equal(wasp_node_run_object(node, object, visit, &outcome),
		WASP_OK);
	return outcome;
}

/*
 * Objects.
 */

static void
assembles_from_memory(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_header header;

	(void)state;
	wasp_object_header(object, &header);
	assert_int_equal(header.flags, WASP_FLAG_INGRESS);
	assert_int_equal(header.code_count, 10);
	assert_int_equal(header.word_count, 4);
	assert_string_equal(wasp_object_program(object), "count");
	assert_int_equal(wasp_object_word(object, 2), 2);
	assert_int_equal(wasp_object_word(object, 4), 0);
	assert_int_equal(wasp_object_insn(object, 9), 0x0100);
	assert_int_equal(wasp_object_insn(object, 10), 0);
	wasp_object_free(object);
}

static void
tells_errors_of_a_source_with_their_place(void **state)
{
	static const char source[] = "\t.hooks ingress\n\tfoward\n\tdrip\n";
	struct wasp_assemble_options options = {.struct_size = sizeof(options),
		.file = "x.wasp"};
	struct wasp_object *object = (struct wasp_object *)&options;
	struct seen seen = {0};

	(void)state;
	assert_int_equal(wasp_assemble(&object, source, strlen(source),
		&options, see, &seen), WASP_REJECTED);
	assert_null(object);
	assert_int_equal(seen.errors, 2);
	assert_int_equal(strncmp(seen.code, "WASP-A", 6), 0);
	assert_non_null(strstr(seen.hint, "forward"));
	assert_string_equal(seen.file, "x.wasp");
	assert_int_equal(seen.line, 2);
	assert_int_equal(seen.col, 2);
	assert_int_equal(seen.offset, -1);
	assert_int_equal(seen.pc, -1);
	assert_int_equal(strncmp(seen.text, "x.wasp:2:2: error: ", 19), 0);
	assert_non_null(strstr(seen.text, seen.code));
	assert_non_null(strstr(seen.text, "^^^^^^"));
	assert_int_equal(seen.text[strlen(seen.text) - 1], '\n');
}

static void
needs_no_callback_and_no_name_for_errors(void **state)
{
	struct wasp_object *object;
	struct seen seen = {0};

	(void)state;
	assert_int_equal(wasp_assemble(&object, "drip", 4, NULL, NULL, NULL),
		WASP_REJECTED);
	assert_int_equal(wasp_assemble(&object, "drip", 4, NULL, see, &seen),
		WASP_REJECTED);
	assert_string_equal(seen.file, "");
	assert_int_equal(wasp_object_read(&object, "W", 1, NULL, NULL, NULL),
		WASP_REJECTED);
	assert_null(object);
	wasp_object_free(NULL);
}

static void
strips_notes_where_told(void **state)
{
	struct wasp_assemble_options options = {.struct_size = sizeof(options),
		.strip = true};
	struct wasp_object *object;
	size_t size, packet_size;
	void *bytes;

	(void)state;
	assert_int_equal(wasp_assemble(&object, count_source,
		strlen(count_source), &options, NULL, NULL), WASP_OK);
	assert_null(wasp_object_program(object));
	assert_null(wasp_object_block(object, 0, NULL, NULL, NULL));
	assert_int_equal(wasp_object_bytes(object, &bytes, &size), WASP_OK);
	assert_memory_equal(bytes, wasp_object_packet(object, &packet_size),
		size);
	assert_int_equal(size, packet_size);
	wasp_free(bytes);
	wasp_object_free(object);
}

/* Files by name, in memory; arg counts how many were asked for. */
static bool
open_file(void *arg, struct wasp_include *file)
{
	++*(unsigned *)arg;
	if (!strcmp(file->name, "hooks.inc"))
		file->text = "\t.hooks ingress\n";
	else if (!strcmp(file->name, "outer.inc"))
		file->text = "\t.include \"wrong.inc\"\n";
	else if (!strcmp(file->name, "wrong.inc"))
		file->text = "\tdrip\n";
	else
		return false;
	file->size = strlen(file->text);
	return true;
}

static void
includes_what_the_caller_opens(void **state)
{
	static const char source[] = "\t.hooks none\n\t.include \"drop.inc\"\n";
	static const char *const defines[] = {"LIMIT=40 + 2", NULL};
	static const char good[] = "\t.include \"hooks.inc\"\n"
		"\t.data\nw:\t.word LIMIT\n\t.text\n\tforward\n";
	static const char bad[] = "\t.hooks none\n\t.include \"outer.inc\"\n";
	unsigned asked = 0;
	struct wasp_assemble_options options = {.struct_size = sizeof(options),
		.file = "x.wasp", .defines = defines, .open = open_file,
		.open_arg = &asked};
	struct seen seen = {0}, wrong = {0}, missing = {0};
	struct wasp_object *object;

	(void)state;
	assert_int_equal(wasp_assemble(&object, good, strlen(good), &options,
		see, &seen), WASP_OK);
	assert_int_equal(asked, 1);
	assert_int_equal(wasp_object_word(object, 0), 42);
	wasp_object_free(object);
	assert_int_equal(wasp_assemble(&object, bad, strlen(bad), &options,
		see, &wrong), WASP_REJECTED);
	assert_string_equal(wrong.file, "wrong.inc");
	assert_int_equal(wrong.line, 1);
	assert_int_equal(wasp_assemble(&object, source, strlen(source),
		&options, see, &missing), WASP_REJECTED);
	assert_non_null(strstr(missing.message, "drop.inc"));
	options.open = NULL;
	assert_int_equal(wasp_assemble(&object, good, strlen(good), &options,
		NULL, NULL), WASP_REJECTED);
}

static void
treats_warnings_as_told(void **state)
{
	/* r1 is read before it is set. */
	static const char source[] = "\t.hooks ingress\n\t.data\nw:\t.word 0\n"
		"\t.text\n\tst r1, [w]\n\tforward\n";
	struct wasp_object *object = assemble(source);
	struct wasp_verify_options options = {.struct_size = sizeof(options)};
	struct wasp_verify_result result = {.struct_size = sizeof(result)};
	struct seen seen = {0}, none = {0}, unknown = {0};

	(void)state;
	assert_int_equal(wasp_verify(object, &options, &result, see, &seen),
		WASP_OK);
	assert_int_equal(seen.warnings, 1);
	assert_int_equal(result.warnings, 1);
	options.warnings = "unset-register,error";
	memset(&seen, 0, sizeof(seen));
	assert_int_equal(wasp_verify(object, &options, &result, see, &seen),
		WASP_REJECTED);
	assert_int_equal(seen.errors, 1);
	assert_false(result.accepted);
	assert_int_equal(result.errors, 1);
	assert_int_equal(result.warnings, 0);
	options.warnings = "none";
	assert_int_equal(wasp_verify(object, &options, &result, see, &none),
		WASP_OK);
	assert_int_equal(none.count, 0);
	options.warnings = "all,unset-registre";
	assert_int_equal(wasp_verify(object, &options, NULL, see, &unknown),
		WASP_REJECTED);
	assert_non_null(strstr(unknown.hint, "unset-register"));
	wasp_object_free(object);
}

static void
writes_and_reads_objects_with_notes(void **state)
{
	struct wasp_object *object = assemble(count_source), *again;
	enum wasp_block_kind kind;
	unsigned first, count, pc, line;
	const char *text;
	size_t size, size2;
	void *bytes, *bytes2;

	(void)state;
	assert_int_equal(wasp_object_bytes(object, &bytes, &size), WASP_OK);
	assert_int_equal(wasp_object_read(&again, bytes, size, NULL, NULL,
		NULL), WASP_OK);
	assert_int_equal(wasp_object_bytes(again, &bytes2, &size2), WASP_OK);
	assert_int_equal(size, size2);
	assert_memory_equal(bytes, bytes2, size);
	assert_string_equal(wasp_object_block(again, 0, &first, &count, &kind),
		"flow");
	assert_int_equal(first, 0);
	assert_int_equal(count, 2);
	assert_int_equal(kind, WASP_BLOCK_KEY);
	assert_string_equal(wasp_object_block(again, 2, &first, NULL, NULL),
		"seen");
	assert_int_equal(first, 3);
	assert_null(wasp_object_block(again, 3, &first, NULL, NULL));
	assert_string_equal(wasp_object_label(again, 0, &pc), "out");
	assert_int_equal(pc, 8);
	assert_null(wasp_object_label(again, 2, NULL));
	text = wasp_object_line(again, 0, &pc, &line, NULL);
	assert_non_null(strstr(text, "insert r0, [flow]"));
	assert_int_equal(pc, 0);
	assert_int_equal(line, 8);
	assert_null(wasp_object_line(again, 10, NULL, NULL, NULL));
	assert_false(wasp_object_random(again, 0, NULL, NULL));
	assert_int_equal(wasp_object_find(again, "limit"), 2);
	assert_int_equal(wasp_object_find(again, "out"), -1);
	wasp_free(bytes);
	wasp_free(bytes2);
	wasp_object_free(object);
	wasp_object_free(again);
}

static void
tells_keys_to_be_drawn(void **state)
{
	struct wasp_object *object = assemble("\t.hooks ingress\n\t.data\n"
		"w:\t.word 1\nk:\t.key public, random\n\t.text\n"
		"\tlookup r0, [k]\n\tforward\n");
	enum wasp_space space;
	unsigned first;

	(void)state;
	assert_true(wasp_object_random(object, 0, &first, &space));
	assert_int_equal(first, 1);
	assert_int_equal(space, WASP_PUBLIC);
	wasp_object_free(object);
}

static void
disassembles_to_what_assembles_to_the_same(void **state)
{
	struct wasp_object *object = assemble(count_source), *again;
	const uint8_t *packet;
	size_t size, length;
	char *text;

	(void)state;
	assert_int_equal(wasp_disassemble(object, &text, &length), WASP_OK);
	assert_int_equal(length, strlen(text));
	again = assemble(text);
	packet = wasp_object_packet(object, &size);
	assert_memory_equal(wasp_object_packet(again, &length), packet, size);
	assert_int_equal(length, size);
	assert_true(wasp_object_hash(object) == wasp_object_hash(again));
	wasp_free(text);
	assert_int_equal(wasp_disassemble(object, &text, NULL), WASP_OK);
	wasp_free(text);
	wasp_object_free(object);
	wasp_object_free(again);
}

static void
changes_header_and_words_with_the_checksum(void **state)
{
	struct wasp_object *object = assemble(count_source);
	uint64_t hash = wasp_object_hash(object);
	struct wasp_header header;
	struct seen seen = {0};
	const uint8_t *packet;
	size_t size;

	(void)state;
	wasp_object_header(object, &header);
	header.flags |= WASP_FLAG_BACK;
	header.seq = 7;
	header.checksum = 1;
	assert_int_equal(wasp_object_set_header(object, &header), WASP_OK);
	assert_int_equal(wasp_object_set_word(object, 3, 9), WASP_OK);
	assert_int_equal(wasp_object_set_word(object, 4, 9), WASP_INVALID);
	assert_int_equal(wasp_object_set(object, "limit", "0x123", see, &seen),
		WASP_OK);
	assert_int_equal(wasp_object_word(object, 2), 0x123);
	assert_int_equal(wasp_object_set(object, "limmit", "1", see, &seen),
		WASP_REJECTED);
	assert_int_equal(seen.errors, 1);
	assert_non_null(strstr(seen.message, "limmit"));
	packet = wasp_object_packet(object, &size);
	assert_true(wasp_packet_checksum_right(packet, size));
	assert_int_equal(packet[15], 7);
	header.code_count--;
	assert_int_equal(wasp_object_set_header(object, &header),
		WASP_INVALID);
	header.code_count++;
	header.flags = 16;
	assert_int_equal(wasp_object_set_header(object, &header),
		WASP_INVALID);
	assert_true(wasp_object_hash(object) == hash);
	wasp_object_free(object);
}

/*
 * The verifier.
 */

static void
verifies_with_exact_figures(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_verify_result result = {.struct_size = sizeof(result)};

	(void)state;
	assert_int_equal(wasp_verify(object, NULL, &result, NULL, NULL),
		WASP_OK);
	assert_true(result.accepted);
	assert_int_equal(result.max_steps, 9);
	assert_int_equal(result.max_cost, 32);
	assert_int_equal(result.max_accesses, 1);
	assert_int_equal(result.key_spaces, 1 << WASP_PUBLIC);
	assert_false(result.keys_unknown);
	assert_int_equal(wasp_verify(object, NULL, NULL, NULL, NULL), WASP_OK);
	wasp_object_free(object);
}

static void
tells_figures_of_each_way(void **state)
{
	struct wasp_object *object = assemble("\t.hooks egress, back\n"
		"\t.data\nw:\t.space 4\n\t.text\n\tenv r0, back\n"
		"\tbz r0, there\n\tfault 1\nthere:\tdrop\n");
	struct wasp_verify_result result = {.struct_size = sizeof(result)};
	const struct wasp_figures *way = &result.way[WASP_AT_EGRESS];

	(void)state;
	assert_int_equal(wasp_verify(object, NULL, &result, NULL, NULL),
		WASP_OK);
	assert_false(result.way[WASP_AT_INGRESS].runs);
	assert_int_equal(result.way[WASP_AT_INGRESS].max_steps, 0);
	assert_true(result.way[WASP_AT_EGRESS_BACK].runs);
	assert_true(way->runs);
	assert_int_equal(way->min_steps, 3);
	assert_int_equal(way->max_steps, 3);
	assert_int_equal(way->verdicts, 1 << WASP_DROP);
	assert_true(way->fields[0] & UINT64_C(1) << WASP_ENV_BACK);
	assert_false(way->fields[0] & UINT64_C(1) << WASP_ENV_HOOK);
	assert_int_equal(way->insns[1], 0);
	assert_string_equal(wasp_insn_at((unsigned)__builtin_ctzll(
		way->insns[0]))->name, "DROP");
	wasp_object_free(object);
}

static void
rejects_what_could_fault(void **state)
{
	struct wasp_object *object = assemble(
		"\t.hooks ingress\n\tmov r0, t0\n\tforward\n");
	struct wasp_verify_options options = {.struct_size = sizeof(options),
		.file = "x.o"};
	struct wasp_verify_result result = {.struct_size = sizeof(result)};
	struct seen seen = {0};

	(void)state;
	assert_int_equal(wasp_verify(object, &options, &result, see, &seen),
		WASP_REJECTED);
	assert_false(result.accepted);
	assert_int_equal(result.errors, 1);
	assert_string_equal(seen.code, "WASP-V004");
	assert_int_equal(seen.pc, 0);
	assert_int_equal(seen.offset, 16);
	assert_int_equal(seen.line, 2);
	wasp_object_free(object);
}

static void
rejects_what_passes_a_limit(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_verify_options options = {.struct_size = sizeof(options),
		.max_cost = 31};

	(void)state;
	assert_int_equal(wasp_verify(object, &options, NULL, NULL, NULL),
		WASP_REJECTED);
	options.max_cost = 32;
	assert_int_equal(wasp_verify(object, &options, NULL, NULL, NULL),
		WASP_OK);
	wasp_object_free(object);
}

/*
 * Structs that grow.
 */

static void
writes_no_further_than_an_older_struct(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct {
		struct wasp_verify_result result;
		uint8_t behind[8];
	} older;
	size_t size = offsetof(struct wasp_verify_result, max_cost);

	(void)state;
	memset(&older, 0xee, sizeof(older));
	older.result.struct_size = size;
	assert_int_equal(wasp_verify(object, NULL, &older.result, NULL, NULL),
		WASP_OK);
	assert_int_equal(older.result.max_steps, 9);
	for (size_t i = size; i < sizeof(older); i++)
		assert_int_equal(((uint8_t *)&older)[i], 0xee);
	assert_int_equal(older.result.struct_size, size);
	wasp_object_free(object);
}

static void
takes_a_newer_struct_unless_it_asks_for_more(void **state)
{
	struct wasp_object *object;
	struct {
		struct wasp_assemble_options options;
		uint64_t newer;
	} newer = {.options.struct_size = sizeof(newer)};

	(void)state;
	assert_int_equal(wasp_assemble(&object, count_source,
		strlen(count_source), &newer.options, NULL, NULL), WASP_OK);
	wasp_object_free(object);
	newer.newer = 1;
	assert_int_equal(wasp_assemble(&object, count_source,
		strlen(count_source), &newer.options, NULL, NULL),
		WASP_INVALID);
	assert_null(object);
}

static void
refuses_a_struct_without_its_size(void **state)
{
	struct wasp_object *object = assemble(count_source), *none;
	struct wasp_node *node = new_node(4), *no_node;
	struct wasp_assemble_options assembling = {0};
	struct wasp_verify_result result = {0};
	struct wasp_node_options options = {0};
	struct wasp_visit visit = {0};
	struct wasp_outcome outcome = {0};

	(void)state;
	assert_int_equal(wasp_assemble(&none, "", 0, &assembling, NULL, NULL),
		WASP_INVALID);
	assert_int_equal(wasp_verify(object, NULL, &result, NULL, NULL),
		WASP_INVALID);
	assert_int_equal(wasp_node_new(&no_node, &options), WASP_INVALID);
	assert_null(no_node);
	assert_int_equal(wasp_visit_init(&visit, WASP_INGRESS, NULL),
		WASP_INVALID);
	visit.struct_size = SIZE_MAX / 2;
	assert_int_equal(wasp_visit_init(&visit, WASP_INGRESS, NULL),
		WASP_INVALID);
	visit = new_visit(WASP_INGRESS, NULL);
	assert_int_equal(wasp_visit_init(&visit, (enum wasp_hook)3, NULL),
		WASP_INVALID);
	assert_int_equal(wasp_node_run_object(node, object, &visit, &outcome),
		WASP_INVALID);
	wasp_node_free(node);
	wasp_object_free(object);
}

/*
 * Packets.
 */

static void
says_why_bytes_are_no_packet(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_header header = {0};
	const uint8_t *packet;
	uint8_t copy[WASP_PACKET_MAX];
	size_t size;

	(void)state;
	packet = wasp_object_packet(object, &size);
	assert_int_equal(wasp_packet_parse(packet, size, &header),
		WASP_PACKET_OK);
	assert_int_equal(wasp_packet_size(&header), size);
	assert_int_equal(wasp_packet_parse(packet, 15, &header),
		WASP_PACKET_SHORT_HEADER);
	assert_int_equal(wasp_packet_parse(packet, size - 1, &header),
		WASP_PACKET_SHORT_WORDS);
	memcpy(copy, packet, size);
	copy[1] = 'B';
	assert_int_equal(wasp_packet_parse(copy, size, &header),
		WASP_PACKET_BAD_MAGIC);
	for (int i = WASP_PACKET_OK; i <= WASP_PACKET_BAD_PADDING; i++)
		assert_true(strlen(wasp_packet_error_text(
			(enum wasp_packet_error)i)) > 1);
	wasp_object_free(object);
}

static void
sets_words_of_a_packet_with_its_checksum(void **state)
{
	struct wasp_object *object = assemble(count_source);
	uint8_t packet[WASP_PACKET_MAX];
	uint16_t checksum;
	size_t size;

	(void)state;
	memcpy(packet, wasp_object_packet(object, &size), sizeof(packet));
	checksum = wasp_packet_checksum(packet, size);
	assert_int_equal(wasp_packet_set_word(packet, size, 3, 0x10002),
		WASP_OK);
	assert_int_equal(wasp_packet_word(packet, size, 3), 0x10002);
	assert_true(wasp_packet_checksum_right(packet, size));
	assert_int_equal(wasp_checksum_update(wasp_checksum_update(checksum,
		0, 1), 0, 2), wasp_packet_checksum(packet, size));
	assert_int_equal(wasp_packet_set_word(packet, size, 4, 1),
		WASP_INVALID);
	assert_int_equal(wasp_packet_word(packet, size, 4), 0);
	packet[12] ^= 1;
	assert_false(wasp_packet_checksum_right(packet, size));
	wasp_packet_checksum_set(packet, size);
	assert_true(wasp_packet_checksum_right(packet, size));
	wasp_object_free(object);
}

static struct wasp_ip
ip_between(const char *src, const char *dst)
{
	struct wasp_ip ip = {.struct_size = sizeof(ip), .hop_limit = 9,
		.protocol = WASP_PROTOCOL};

	assert_true(wasp_addr_parse(src, ip.src));
	assert_true(wasp_addr_parse(dst, ip.dst));
	ip.family = strchr(src, ':') ? 6 : 4;
	return ip;
}

static void
builds_what_it_parses(struct wasp_ip ip)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_ip found = {.struct_size = sizeof(found)};
	uint8_t bytes[WASP_PACKET_MAX + 100];
	size_t wasp_size, size;
	const uint8_t *wasp = wasp_object_packet(object, &wasp_size);

	assert_int_equal(wasp_ip_build(bytes, sizeof(bytes), &ip, wasp,
		wasp_size, &size), WASP_OK);
	assert_int_equal(wasp_ip_parse(bytes, size, NULL, &found), WASP_IP_OK);
	assert_int_equal(found.family, ip.family);
	assert_int_equal(found.protocol, ip.protocol);
	assert_int_equal(found.hop_limit, 9);
	assert_int_equal(found.sport, ip.sport);
	assert_int_equal(found.dport, ip.dport);
	assert_memory_equal(found.src, ip.src, WASP_ADDR_SIZE);
	assert_memory_equal(found.dst, ip.dst, WASP_ADDR_SIZE);
	assert_int_equal(found.total_size, size);
	assert_int_equal(found.wasp_size, wasp_size);
	assert_memory_equal(bytes + found.wasp_off, wasp, wasp_size);
	assert_int_equal(found.wasp.code_count, 10);
	assert_true(found.may_return);
	assert_int_equal(wasp_ip_build(bytes, size - 1, &ip, wasp, wasp_size,
		&size), WASP_NO_ROOM);
	assert_int_equal(size, 0);
	wasp_object_free(object);
}

static void
builds_and_parses_ip_packets(void **state)
{
	struct wasp_ip udp = ip_between("192.0.2.1", "198.51.100.1");

	(void)state;
	builds_what_it_parses(ip_between("192.0.2.1", "198.51.100.1"));
	builds_what_it_parses(ip_between("2001:db8::1", "2001:db8::2"));
	udp.protocol = 17;
	udp.sport = 5000;
	udp.dport = WASP_UDP_PORT;
	builds_what_it_parses(udp);
}

static void
builds_nothing_of_two_families(void **state)
{
	struct wasp_ip ip = ip_between("192.0.2.1", "2001:db8::1");
	uint8_t bytes[100], wasp[16] = {0};
	size_t size;

	(void)state;
	assert_int_equal(wasp_ip_build(bytes, sizeof(bytes), &ip, wasp, 16,
		&size), WASP_INVALID);
	ip.family = 5;
	assert_int_equal(wasp_ip_build(bytes, sizeof(bytes), &ip, wasp, 16,
		&size), WASP_INVALID);
}

static void
knows_wasp_by_other_numbers(void **state)
{
	struct wasp_ip ip = ip_between("192.0.2.1", "198.51.100.1");
	struct wasp_numbers numbers = {.protocol = 254, .udp_port = 1022};
	struct wasp_ip found = {.struct_size = sizeof(found)};
	struct wasp_object *object = assemble(count_source);
	uint8_t bytes[WASP_PACKET_MAX + 100];
	const uint8_t *wasp;
	size_t size;

	(void)state;
	ip.protocol = 254;
	wasp = wasp_object_packet(object, &size);
	assert_int_equal(wasp_ip_build(bytes, sizeof(bytes), &ip, wasp, size,
		&size), WASP_OK);
	assert_int_equal(wasp_ip_parse(bytes, size, NULL, &found),
		WASP_IP_OTHER);
	assert_memory_equal(found.src, ip.src, WASP_ADDR_SIZE);
	assert_int_equal(wasp_ip_parse(bytes, size, &numbers, &found),
		WASP_IP_OK);
	for (int i = WASP_IP_OK; i <= WASP_IP_NESTED; i++)
		assert_true(strlen(wasp_ip_error_text(
			(enum wasp_ip_error)i)) > 1);
	wasp_object_free(object);
}

static void
turns_packets_in_place(void **state)
{
	struct wasp_ip ip = ip_between("192.0.2.1", "198.51.100.1");
	struct wasp_object *object = assemble(count_source);
	uint8_t bytes[WASP_PACKET_MAX + 100], other[WASP_ADDR_SIZE];
	char text[WASP_ADDR_TEXT_SIZE];
	const uint8_t *wasp;
	size_t wasp_size, size;

	(void)state;
	wasp = wasp_object_packet(object, &wasp_size);
	wasp_ip_build(bytes, sizeof(bytes), &ip, wasp, wasp_size, &size);
	assert_int_equal(wasp_ip_turn_back(bytes, size, NULL), WASP_OK);
	wasp_ip_parse(bytes, size, NULL, &ip);
	assert_string_equal(wasp_addr_text(ip.dst, text), "192.0.2.1");
	assert_int_equal(ip.hop_limit, 64);
	assert_true(ip.wasp.flags & WASP_FLAG_RETURNED);
	assert_false(ip.may_return);
	assert_true(wasp_packet_checksum_right(bytes + ip.wasp_off,
		ip.wasp_size));
	assert_int_equal(wasp_ip_set_hop_limit(bytes, size, NULL, 3), WASP_OK);
	wasp_addr_parse("203.0.113.9", other);
	assert_int_equal(wasp_ip_set_destination(bytes, size, NULL, other),
		WASP_OK);
	wasp_ip_parse(bytes, size, NULL, &ip);
	assert_int_equal(ip.hop_limit, 3);
	assert_string_equal(wasp_addr_text(ip.dst, text), "203.0.113.9");
	wasp_addr_parse("2001:db8::1", other);
	assert_int_equal(wasp_ip_set_destination(bytes, size, NULL, other),
		WASP_INVALID);
	assert_int_equal(wasp_ip_turn_back(bytes, 10, NULL), WASP_INVALID);
	assert_false(wasp_addr_parse("192.0.2", other));
	wasp_object_free(object);
}

/*
 * Tables.
 */

static void
encodes_what_it_decodes(void **state)
{
	unsigned rows = 0, legal = 0;

	(void)state;
	while (wasp_insn_at(rows))
		rows++;
	for (unsigned word = 0; word <= UINT16_MAX; word++) {
		const struct wasp_insn *insn = wasp_insn_decode((uint16_t)word);
		uint16_t made;

		if (!insn)
			continue;
		legal++;
		made = insn->word;
		for (unsigned i = 0; i < insn->operand_count; i++)
			assert_int_equal(wasp_operand_put(&made,
				&insn->operands[i], wasp_operand_get(
				(uint16_t)word, &insn->operands[i])), WASP_OK);
		assert_int_equal(made, word);
	}
	assert_true(rows > 40);
	assert_true(legal > 40000);
}

static const struct wasp_insn *
insn_named(const char *name)
{
	const struct wasp_insn *insn;

	for (unsigned i = 0; (insn = wasp_insn_at(i)); i++)
		if (!strcmp(insn->name, name))
			return insn;
	fail_msg("there is no %s", name);
	return NULL;
}

static void
tells_what_instructions_do(void **state)
{
	const struct wasp_insn *insn = insn_named("LOOKUP");
	uint16_t word = insn->word;

	(void)state;
	assert_string_equal(insn->mnemonic, "lookup");
	assert_int_equal(insn->effects, WASP_WRITES_A | WASP_READS_WORD |
		WASP_ACCESSES_STORE);
	assert_true(insn->faults & UINT64_C(1) << WASP_FAULT_ACCESSES);
	assert_false(insn->faults & UINT64_C(1) << WASP_FAULT_KEYSPACE);
	assert_int_equal(insn->operand_count, 2);
	assert_int_equal(insn->operands[1].kind, WASP_OPERAND_KEY);
	assert_int_equal(wasp_operand_put(&word, &insn->operands[0], 8),
		WASP_INVALID);
	assert_int_equal(word, insn->word);
	assert_true(insn_named("RETURN")->effects & WASP_ENDS);
	assert_true(insn_named("JMP")->effects & WASP_JUMPS);
	assert_int_equal(insn_named("FORWARD")->operand_count, 0);
}

static void
prints_instructions_with_names(void **state)
{
	struct wasp_object *object = assemble(count_source);
	char text[160];

	(void)state;
	wasp_insn_text(wasp_object_insn(object, 7), 7, object, text,
		sizeof(text));
	assert_string_equal(text, "bltu r2, r1, over");
	assert_int_equal(wasp_insn_text(wasp_object_insn(object, 7), 7, NULL,
		text, 5), strlen("bltu r2, r1, .+2"));
	assert_string_equal(text, "bltu");
	assert_int_equal(wasp_insn_text(0xffff, 0, NULL, NULL, 0),
		strlen(".insn 0xffff"));
	wasp_object_free(object);
}

static void
finds_fields_and_faults(void **state)
{
	char name[32];

	(void)state;
	assert_int_equal(wasp_field_find("src4")->number, WASP_ENV_SRC3);
	assert_string_equal(wasp_field_at(WASP_ENV_SRC3)->name, "src.3");
	assert_string_equal(wasp_field_at(WASP_ENV_SRC3)->alias, "src4");
	assert_null(wasp_field_at(WASP_ENV_SRC0)->alias);
	assert_int_equal(wasp_field_at(WASP_ENV_RATE)->who, WASP_WHO_OPERATOR);
	assert_null(wasp_field_find("nothing"));
	assert_null(wasp_field_at(WASP_ENV_TIME_S + 1));
	wasp_fault_name(WASP_FAULT_UNMAPPED, name, sizeof(name));
	assert_string_equal(name, "nothing-mapped");
	wasp_fault_name(WASP_FAULT_PROGRAM + 3, name, sizeof(name));
	assert_string_equal(name, "program-3");
	wasp_fault_name(WASP_FAULT_PROGRAM + 32, name, sizeof(name));
	assert_string_equal(name, "unknown-64");
	assert_true(strlen(wasp_fault_sentence(WASP_FAULT_UNMAPPED)) > 10);
}

static void
finds_diagnostics_by_code(void **state)
{
	const struct wasp_diag_info *info = wasp_diag_find("WASP-V004");
	unsigned count = 0;

	(void)state;
	assert_non_null(info);
	assert_string_equal(info->code, "WASP-V004");
	assert_int_equal(info->severity, WASP_ERROR);
	assert_string_equal(info->name, "");
	assert_true(strlen(info->why) > 10);
	assert_string_equal(wasp_diag_find("WASP-V010")->name,
		"unset-register");
	assert_null(wasp_diag_find("WASP-X999"));
	for (; (info = wasp_diag_at(count)); count++)
		assert_ptr_equal(info, wasp_diag_find(info->code));
	assert_true(count > 60);
}

/*
 * Nodes and stores.
 */

static void
runs_a_program_over_a_node(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_visit visit = new_visit(WASP_INGRESS, NULL);
	struct wasp_node *node = new_node(16);
	struct wasp_outcome outcome;
	struct wasp_header header;
	const uint8_t *packet;
	size_t size;

	(void)state;
	outcome = run(node, object, &visit);
	assert_true(outcome.executed);
	assert_int_equal(outcome.verdict, WASP_FORWARD);
	assert_int_equal(outcome.fault, WASP_FAULT_NONE);
	assert_int_equal(outcome.steps, 9);
	assert_int_equal(outcome.cost, 32);
	assert_int_equal(outcome.accesses, 1);
	assert_int_equal(wasp_object_word(object, 3), 1);
	assert_int_equal(run(node, object, &visit).verdict, WASP_FORWARD);
	assert_int_equal(run(node, object, &visit).verdict, WASP_DROP);
	wasp_object_header(object, &header);
	assert_int_equal(header.hops, 3);
	packet = wasp_object_packet(object, &size);
	assert_true(wasp_packet_checksum_right(packet, size));
	visit.now_ns += WASP_ENTRY_LIFE_NS;
	assert_int_equal(run(node, object, &visit).verdict, WASP_FORWARD);
	visit.hook = WASP_EGRESS;
	assert_false(run(node, object, &visit).executed);
	wasp_node_free(node);
	wasp_object_free(object);
}

static void
tells_a_fault(void **state)
{
	struct wasp_object *object = assemble(
		"\t.hooks ingress\n\tnop\n\tfault 3\n");
	struct wasp_visit visit = new_visit(WASP_INGRESS, NULL);
	struct wasp_node *node = new_node(1);
	struct wasp_outcome outcome = run(node, object, &visit);

	(void)state;
	assert_int_equal(outcome.fault, WASP_FAULT_PROGRAM + 3);
	assert_int_equal(outcome.fault_pc, 1);
	assert_int_equal(outcome.verdict, WASP_FORWARD);
	assert_false(run(node, object, &visit).executed);
	wasp_node_free(node);
	wasp_object_free(object);
}

static void
runs_with_the_environment_of_a_packet(void **state)
{
	struct wasp_object *object = assemble("\t.hooks ingress, egress\n"
		"\t.cursor w\n\t.data\nw:\t.space 7\n\t.text\n"
		"\tpush src4\n\tpush ttl\n\tpush time_s\n\tpush queue\n"
		"\tpush hook\n\tpush hops\n\tpush mtu\n\tforward\n");
	struct wasp_ip ip = ip_between("192.0.2.1", "198.51.100.1");
	struct wasp_node *node = new_node(1);
	struct wasp_visit visit;
	uint8_t bytes[WASP_PACKET_MAX + 100];
	struct wasp_outcome outcome = {.struct_size = sizeof(outcome)};
	size_t size;
	const uint8_t *wasp = wasp_object_packet(object, &size);

	(void)state;
	wasp_ip_build(bytes, sizeof(bytes), &ip, wasp, size, &size);
	wasp_ip_parse(bytes, size, NULL, &ip);
	visit = new_visit(WASP_INGRESS, &ip);
	wasp_env_time(visit.env, 1700000000 * SECOND_NS);
	visit.env[WASP_ENV_QUEUE] = 1234;
	visit.env[WASP_ENV_MTU] = 1500;
	wasp_env_hide(visit.env, WASP_WHO_GUEST);
	assert_int_equal(wasp_node_run(node, bytes + ip.wasp_off, ip.wasp_size,
		&visit, &outcome), WASP_OK);
	wasp = bytes + ip.wasp_off;
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 0), 0xc0000201);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 1), 9);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 2), 1700000000);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 3),
		WASP_ENV_UNKNOWN);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 4),
		WASP_INGRESS);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 5), 1);
	assert_int_equal(wasp_packet_word(wasp, ip.wasp_size, 6), 1500);
	assert_int_equal(wasp_node_run(node, bytes, size, &visit, &outcome),
		WASP_INVALID);
	wasp_node_free(node);
	wasp_object_free(object);
}

static bool
reroute_to_all(void *arg, const uint8_t *addr, uint32_t *env)
{
	(void)arg;
	env[WASP_ENV_DST3] = addr[15];
	env[WASP_ENV_MAX - 1] = 1;
	return true;
}

static void
invites_and_reroutes(void **state)
{
	struct wasp_object *host = assemble("\t.hooks egress\n\t.data\n"
		"s:\t.secret 0x42\n\t.text\n\tinvite r0, [s]\n\tforward\n");
	struct wasp_object *guest = assemble("\t.hooks ingress\n\t.data\n"
		"s:\t.secret 0x42\nn:\t.key invitation, of s\nd:\t.word 0\n"
		"\t.text\n\treroute r0, [n]\n\tenv r0, dst4\n\tst r0, [d]\n"
		"\tforward\n");
	struct wasp_visit visit = new_visit(WASP_EGRESS, NULL);
	struct wasp_node *node = new_node(4);
	struct wasp_outcome outcome;
	char text[WASP_ADDR_TEXT_SIZE];

	(void)state;
	wasp_addr_parse("192.0.2.7", visit.src);
	run(node, host, &visit);
	assert_int_equal(wasp_store_live(wasp_node_store(node), NOW), 0);
	visit.may_invite = true;
	visit.interface_number = 1;
	run(node, host, &visit);
	assert_int_equal(wasp_store_live(wasp_node_store(node), NOW), 1);
	visit.hook = WASP_INGRESS;
	assert_false(run(node, guest, &visit).rerouted);
	visit.may_reroute = reroute_to_all;
	outcome = run(node, guest, &visit);
	assert_true(outcome.rerouted);
	assert_string_equal(wasp_addr_text(outcome.reroute_to, text),
		"192.0.2.7");
	assert_int_equal(wasp_object_word(guest, 4), 7);
	wasp_node_free(node);
	wasp_object_free(host);
	wasp_object_free(guest);
}

static void
lets_only_the_operator_write_protected_entries(void **state)
{
	struct wasp_object *object = assemble("\t.hooks ingress\n\t.data\n"
		"k:\t.key protected, 5\nw:\t.word 0\n\t.text\n"
		"\tinsert r0, [k]\n\tst r0, [w]\n\tforward\n");
	struct wasp_visit visit = new_visit(WASP_INGRESS, NULL);
	struct wasp_node *node = new_node(4);

	(void)state;
	run(node, object, &visit);
	assert_int_equal(wasp_object_word(object, 2), 0);
	visit.is_operator = true;
	run(node, object, &visit);
	assert_int_equal(wasp_object_word(object, 2), 2);
	assert_true(wasp_store_get(wasp_node_store(node),
		wasp_key(WASP_PROTECTED, 5), NOW, NULL, NULL));
	wasp_node_free(node);
	wasp_object_free(object);
}

struct traced {
	unsigned steps;
	uint32_t r1, t0;
	uint16_t last;
};

static void
keep_step(void *arg, const struct wasp_step *step)
{
	struct traced *traced = arg;

	assert_int_equal(step->steps, traced->steps);
	assert_int_equal(step->word_count, 4);
	assert_int_equal(step->words[8 + 3], 2);
	traced->steps++;
	traced->r1 = step->r[1];
	traced->t0 = step->t[0];
	traced->last = step->word;
}

static void
traces_each_step(void **state)
{
	struct wasp_object *object = assemble(count_source);
	struct wasp_visit visit = new_visit(WASP_INGRESS, NULL);
	struct wasp_node *node = new_node(4);
	struct traced traced = {0};
	struct wasp_outcome outcome;

	(void)state;
	visit.trace = keep_step;
	visit.arg = &traced;
	outcome = run(node, object, &visit);
	assert_int_equal(outcome.steps, traced.steps);
	assert_int_equal(traced.r1, 1);
	assert_int_equal(traced.t0, 1);
	assert_int_equal(traced.last, insn_named("FORWARD")->word);
	wasp_node_free(node);
	wasp_object_free(object);
}

/* The name that a node made of a private key. */
static void
keep_key(void *arg, uint64_t key, uint64_t created_ns, const uint8_t *words)
{
	(void)created_ns;
	(void)words;
	*(uint64_t *)arg = key;
}

static uint64_t
private_name(const uint8_t *secrets, uint64_t seed)
{
	struct wasp_object *object = assemble("\t.hooks ingress\n\t.data\n"
		"k:\t.key private, 5\n\t.text\n\tinsert r0, [k]\n\tforward\n");
	struct wasp_node_options options = {.struct_size = sizeof(options),
		.capacity = 4, .secrets = secrets, .seed = seed};
	struct wasp_visit visit = new_visit(WASP_INGRESS, NULL);
	struct wasp_node *node;
	uint64_t key = 0;

	assert_int_equal(wasp_node_new(&node, &options), WASP_OK);
	run(node, object, &visit);
	wasp_store_each(wasp_node_store(node), NOW, keep_key, &key);
	wasp_node_free(node);
	wasp_object_free(object);
	return key;
}

static void
hides_private_keys_behind_secrets(void **state)
{
	uint8_t secrets[3 * WASP_SECRET_SIZE] = {1};
	uint64_t name = private_name(secrets, 0);

	(void)state;
	assert_int_equal(name >> 62, WASP_PRIVATE);
	assert_true(private_name(secrets, 7) == name);
	secrets[0] = 2;
	assert_true(private_name(secrets, 0) != name);
	assert_true(private_name(NULL, 1) == private_name(NULL, 1));
	assert_true(private_name(NULL, 1) != private_name(NULL, 2));
}

static struct wasp_store *
new_store(size_t capacity)
{
	static const uint8_t secret[WASP_SECRET_SIZE] = {1};
	struct wasp_store *store;

	assert_int_equal(wasp_store_new(&store, capacity, secret), WASP_OK);
	return store;
}

static void
keeps_entries_for_ten_seconds(void **state)
{
	struct wasp_store *store = new_store(1);
	uint8_t words[WASP_ENTRY_SIZE] = {1, 2, 3}, got[WASP_ENTRY_SIZE];
	uint64_t created;

	(void)state;
	assert_int_equal(wasp_store_put(store, KEY, NOW, words), WASP_OK);
	assert_int_equal(wasp_store_put(store, KEY + 1, NOW, words),
		WASP_NO_ROOM);
	words[0] = 9;
	assert_int_equal(wasp_store_put(store, KEY, NOW + SECOND_NS, words),
		WASP_OK);
	assert_true(wasp_store_get(store, KEY, NOW + WASP_ENTRY_LIFE_NS - 1,
		got, &created));
	assert_memory_equal(got, words, sizeof(got));
	assert_true(created == NOW);
	assert_int_equal(wasp_store_live(store, NOW + 1), 1);
	assert_int_equal(wasp_store_room(store, NOW + 1), 0);
	assert_false(wasp_store_get(store, KEY, NOW + WASP_ENTRY_LIFE_NS,
		NULL, NULL));
	assert_int_equal(wasp_store_room(store, NOW + WASP_ENTRY_LIFE_NS), 1);
	wasp_store_free(store);
	wasp_store_free(NULL);
}

static void
restore_entry(void *arg, uint64_t key, uint64_t created_ns,
	const uint8_t *words)
{
	assert_int_equal(wasp_store_restore(arg, key, created_ns,
		NOW + SECOND_NS, words), WASP_OK);
}

static void
brings_back_what_each_told(void **state)
{
	struct wasp_store *store = new_store(64), *copy = new_store(64);
	uint8_t words[WASP_ENTRY_SIZE] = {0};
	uint64_t created;

	(void)state;
	for (unsigned i = 0; i < 64; i++)
		assert_int_equal(wasp_store_put(store, i, NOW + i, words),
			WASP_OK);
	wasp_store_each(store, NOW + SECOND_NS, restore_entry, copy);
	assert_int_equal(wasp_store_live(copy, NOW + SECOND_NS), 64);
	assert_true(wasp_store_get(copy, 63, NOW + SECOND_NS, NULL, &created));
	assert_true(created == NOW + 63);
	assert_int_equal(wasp_store_restore(copy, 63, NOW, NOW + SECOND_NS,
		words), WASP_INVALID);
	assert_int_equal(wasp_store_restore(copy, 99, NOW, NOW + SECOND_NS,
		words), WASP_NO_ROOM);
	assert_int_equal(wasp_store_restore(store, 99, NOW + 1, NOW, words),
		WASP_INVALID);
	wasp_store_free(store);
	wasp_store_free(copy);
}

static void
refuses_a_capacity_out_of_range(void **state)
{
	static const uint8_t secret[WASP_SECRET_SIZE];
	struct wasp_store *store;

	(void)state;
	assert_int_equal(wasp_store_new(&store, 0, secret), WASP_INVALID);
	assert_int_equal(wasp_store_new(&store, SIZE_MAX, secret),
		WASP_INVALID);
	assert_null(store);
}

static void
makes_keys(void **state)
{
	static const uint8_t secret[8] = {0, 0, 0, 0, 0, 0, 0, 0x42};
	struct wasp_object *object = assemble("\t.hooks ingress\n\t.data\n"
		"a:\t.key protected, \"name\"\ns:\t.secret 0x42\n"
		"n:\t.key invitation, of s\n\t.text\n\tforward\n");

	(void)state;
	assert_true(wasp_key(WASP_PRIVATE, UINT64_MAX) ==
		UINT64_C(0xbfffffffffffffff));
	assert_int_equal(wasp_key_of_string(WASP_PROTECTED, "name", 4) >> 32,
		wasp_object_word(object, 0));
	assert_int_equal(wasp_key_of_secret(secret) >> 32,
		wasp_object_word(object, 4));
	wasp_object_free(object);
}

/*
 * Threads: each with handles of its own, and one object read by all.
 */

static void *
work(void *arg)
{
	const struct wasp_object *shared = arg;
	struct wasp_visit visit = {.struct_size = sizeof(visit)};
	struct wasp_outcome outcome = {.struct_size = sizeof(outcome)};
	unsigned bad = 0;

	for (unsigned i = 0; i < 50; i++) {
		struct wasp_node_options options = {
			.struct_size = sizeof(options), .capacity = 8};
		struct wasp_node *node = NULL;
		struct wasp_object *object = NULL;
		char *text = NULL;

		bad += wasp_disassemble(shared, &text, NULL) != WASP_OK;
		bad += wasp_verify(shared, NULL, NULL, NULL, NULL) != WASP_OK;
		bad += wasp_assemble(&object, text, text ? strlen(text) : 0,
			NULL, NULL, NULL) != WASP_OK;
		bad += wasp_node_new(&node, &options) != WASP_OK;
		wasp_visit_init(&visit, WASP_INGRESS, NULL);
		if (!bad)
			bad += wasp_node_run_object(node, object, &visit,
				&outcome) != WASP_OK || outcome.steps != 9;
		wasp_free(text);
		wasp_node_free(node);
		wasp_object_free(object);
	}
	return bad ? arg : NULL;
}

static void
works_in_many_threads(void **state)
{
	struct wasp_object *object = assemble(count_source);
	pthread_t threads[4];
	void *bad;

	(void)state;
	for (unsigned i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, work,
			object), 0);
	for (unsigned i = 0; i < COUNT(threads); i++) {
		pthread_join(threads[i], &bad);
		assert_null(bad);
	}
	wasp_object_free(object);
}

static void
names_results(void **state)
{
	(void)state;
	for (int i = WASP_OK; i <= WASP_NO_ROOM; i++)
		assert_string_not_equal(wasp_result_text((enum wasp_result)i),
			"unknown result");
	assert_string_equal(wasp_result_text((enum wasp_result)99),
		"unknown result");
	assert_string_equal(wasp_version(), PACKAGE_VERSION);
	wasp_free(NULL);
}

static const struct CMUnitTest tests[] = {
	cmocka_unit_test(assembles_from_memory),
	cmocka_unit_test(tells_errors_of_a_source_with_their_place),
	cmocka_unit_test(needs_no_callback_and_no_name_for_errors),
	cmocka_unit_test(strips_notes_where_told),
	cmocka_unit_test(includes_what_the_caller_opens),
	cmocka_unit_test(treats_warnings_as_told),
	cmocka_unit_test(writes_and_reads_objects_with_notes),
	cmocka_unit_test(tells_keys_to_be_drawn),
	cmocka_unit_test(disassembles_to_what_assembles_to_the_same),
	cmocka_unit_test(changes_header_and_words_with_the_checksum),
	cmocka_unit_test(verifies_with_exact_figures),
	cmocka_unit_test(tells_figures_of_each_way),
	cmocka_unit_test(rejects_what_could_fault),
	cmocka_unit_test(rejects_what_passes_a_limit),
	cmocka_unit_test(writes_no_further_than_an_older_struct),
	cmocka_unit_test(takes_a_newer_struct_unless_it_asks_for_more),
	cmocka_unit_test(refuses_a_struct_without_its_size),
	cmocka_unit_test(says_why_bytes_are_no_packet),
	cmocka_unit_test(sets_words_of_a_packet_with_its_checksum),
	cmocka_unit_test(builds_and_parses_ip_packets),
	cmocka_unit_test(builds_nothing_of_two_families),
	cmocka_unit_test(knows_wasp_by_other_numbers),
	cmocka_unit_test(turns_packets_in_place),
	cmocka_unit_test(encodes_what_it_decodes),
	cmocka_unit_test(tells_what_instructions_do),
	cmocka_unit_test(prints_instructions_with_names),
	cmocka_unit_test(finds_fields_and_faults),
	cmocka_unit_test(finds_diagnostics_by_code),
	cmocka_unit_test(runs_a_program_over_a_node),
	cmocka_unit_test(tells_a_fault),
	cmocka_unit_test(runs_with_the_environment_of_a_packet),
	cmocka_unit_test(invites_and_reroutes),
	cmocka_unit_test(lets_only_the_operator_write_protected_entries),
	cmocka_unit_test(traces_each_step),
	cmocka_unit_test(hides_private_keys_behind_secrets),
	cmocka_unit_test(keeps_entries_for_ten_seconds),
	cmocka_unit_test(brings_back_what_each_told),
	cmocka_unit_test(refuses_a_capacity_out_of_range),
	cmocka_unit_test(makes_keys),
	cmocka_unit_test(works_in_many_threads),
	cmocka_unit_test(names_results),
};
RUN_TESTS(tests)
