/* SPDX-License-Identifier: BSD-2-Clause */
/* What wasp-run tells; see show.h. */
#include "run/show.h"

#include <inttypes.h>
#include <stdlib.h>

#include "run/store-json.h"
#include "wasp/report.h"

static const char *const hook_names[] = {NULL, PACKET_HOOK_NAMES};
static const char *const verdict_names[] = VM_VERDICT_NAMES;
static const char *const fate_names[] = {
	[SIM_ARRIVED] = "arrived", [SIM_RETURNED] = "returned",
	[SIM_DROPPED] = "dropped", [SIM_EXPIRED] = "expired",
	[SIM_REROUTED] = "rerouted"
};

static struct report
report_of(const struct show *show, const struct sim_packet *packet)
{
	return (struct report){&show->object->notes,
		packet->ip + packet->info.wasp_off, &packet->info.wasp,
		show->object->header.cursor};
}

static const char *
plural(unsigned count)
{
	return count == 1 ? "" : "s";
}

/* "node 192.0.2.1, ingress: forward; 7 steps, cost 30, 1 store access" */
static void
print_run(FILE *out, const struct show *show, const struct sim_run *run)
{
	const struct node_outcome *outcome = &run->outcome;
	char addr[IP_TEXT_SIZE];

	if (show->numbered)
		fprintf(out, "%u: ", show->packet);
	fprintf(out, "node %s, %s: %s%s", ip_addr_text(run->addr, addr),
		hook_names[run->hook], verdict_names[outcome->verdict],
		outcome->fault ? " with a fault" : "");
	if (outcome->rerouted)
		fprintf(out, " to %s", ip_addr_text(outcome->reroute_to, addr));
	fprintf(out, "; %u step%s, cost %u", outcome->steps,
		plural(outcome->steps), outcome->cost);
	if (outcome->accesses)
		fprintf(out, ", %u store access%s", outcome->accesses,
			outcome->accesses == 1 ? "" : "es");
	fputc('\n', out);
}

/* Why a packet does not run at a hook, for a sentence. */
static const char *
why_not(const struct sim_packet *packet, enum node_hook hook)
{
	const struct packet_header *header = &packet->info.wasp;

	if (packet->error == IP_NESTED)
		return "WASP inside WASP is plain IP to a router";
	if (packet->error)
		return ip_error_text(packet->error);
	if (header->status & PACKET_STATUS_FAULT)
		return "it ended with a fault before";
	if (!(header->flags & (hook == NODE_INGRESS ? PACKET_FLAG_INGRESS :
	    PACKET_FLAG_EGRESS)))
		return hook == NODE_INGRESS ? "it has no hook ingress" :
			"it has no hook egress";
	return "it is on its way back and has no hook back";
}

static void
print_report(FILE *out, const struct show *show,
	const struct sim_packet *packet)
{
	struct report report = report_of(show, packet);

	report_print_status(out, &report);
	report_print_words(out, &report);
}

void
show_begin(FILE *out, const struct sim_run *run)
{
	char addr[IP_TEXT_SIZE];

	fprintf(out, "node %s, %s\n", ip_addr_text(run->addr, addr),
		hook_names[run->hook]);
}

void
show_run(FILE *out, const struct show *show, const struct sim_run *run,
	const struct sim_packet *packet)
{
	if (run->outcome.executed)
		print_run(out, show, run);
	else
		fprintf(out, "not run: %s\n",
			why_not(packet, run->hook));
	if (!show->config->is_path)
		print_report(out, show, packet);
}

static void
print_entry(FILE *out, const json_t *entry, bool is_path)
{
	static const char *const spaces[] = KEY_SPACE_NAMES;
	const char *key = json_string_value(json_object_get(entry, "key"));
	json_t *words = json_object_get(entry, "words");

	fputs("  ", out);
	if (is_path)
		fprintf(out, "node %-3" JSON_INTEGER_FORMAT "  ",
			json_integer_value(json_object_get(entry, "node")));
	fprintf(out, "%-10s %s  %5" JSON_INTEGER_FORMAT " ms ",
		spaces[key_space(strtoull(key, NULL, 16))], key,
		json_integer_value(json_object_get(entry, "age_ms")));
	for (size_t i = 0; i < json_array_size(words); i++)
		fprintf(out, " %" JSON_INTEGER_FORMAT,
			json_integer_value(json_array_get(words, i)));
	fputc('\n', out);
}

static json_t *
stores_json(const struct show *show, unsigned first, unsigned last)
{
	json_t *array = json_array();

	for (unsigned node = first; node <= last; node++)
		array = store_json_append(array, node,
			sim_store(show->sim, node), sim_time(show->sim));
	return array;
}

json_t *
show_stores_json(const struct show *show)
{
	return stores_json(show, 1, show->config->node_count);
}

void
show_stores(FILE *out, const struct show *show)
{
	json_t *stores = show_stores_json(show);
	size_t count = json_array_size(stores);

	if (count)
		fprintf(out, "store: %zu %s\n", count,
			count == 1 ? "entry" : "entries");
	for (size_t i = 0; i < count; i++)
		print_entry(out, json_array_get(stores, i),
			show->config->is_path);
	json_decref(stores);
}

void
show_way(FILE *out, const struct show *show, const struct sim_packet *packet,
	const struct sim_way *way)
{
	char addr[IP_TEXT_SIZE];

	if (show->numbered)
		fprintf(out, "%u: ", show->packet);
	if (way->fate == SIM_RETURNED)
		fprintf(out, "came back to the source");
	else if (way->fate == SIM_ARRIVED)
		fprintf(out, "arrived at its destination, node %u", way->node);
	else if (way->fate == SIM_REROUTED)
		fprintf(out, "rerouted to %s by node %u",
			ip_addr_text(packet->info.dst, addr), way->node);
	else
		fprintf(out, "%s at node %u", fate_names[way->fate], way->node);
	fprintf(out, " after %" PRIu64 ".%03u ms; hops %u\n",
		way->took_ns / 1000000,
		(unsigned)(way->took_ns / 1000 % 1000), packet->info.wasp.hops);
}

json_t *
show_step_json(const struct show *show, const struct sim_run *run,
	unsigned number, const struct trace_step *step)
{
	const struct notes_line *line = notes_line_at(&show->object->notes,
		step->pc);
	json_t *json = json_pack(
		"{s:i, s:s, s:i, s:i, s:s, s:i, s:o, s:o}", "v", 1,
		"type", "step", "packet", show->packet, "node", run->node,
		"hook", hook_names[run->hook], "step", number,
		"file", diag_text_json(line ? line->file : NULL),
		"line", line ? json_integer(line->line) : json_null());

	json_object_update_new(json, trace_json(step));
	return json;
}

json_t *
show_run_json(const struct show *show, const struct sim_run *run,
	const struct sim_packet *packet)
{
	const struct node_outcome *outcome = &run->outcome;
	struct report report = report_of(show, packet);
	json_t *json;

	json = json_pack(
		"{s:i, s:s, s:i, s:i, s:s, s:I, s:b, s:s, s:i, s:i, s:i}",
		"v", 1, "type", "run", "packet", show->packet,
		"node", run->node,
		"hook", hook_names[run->hook],
		"time_ns", (json_int_t)run->time_ns,
		"executed", outcome->executed,
		"verdict", verdict_names[outcome->verdict],
		"steps", outcome->steps, "cost", outcome->cost,
		"accesses", outcome->accesses);
	json_object_update_new(json, report_json(&report));
	if (!outcome->executed)
		json_object_set_new(json, "reason", json_string(
			why_not(packet, run->hook)));
	json_object_set_new(json, "store",
		stores_json(show, run->node, run->node));
	return json;
}

void
show_end(FILE *out, const struct show *show, const struct sim_packet *packet,
	const struct sim_way *way)
{
	if (!way->ran)
		fputs("no node ran it\n", out);
	show_way(out, show, packet, way);
	print_report(out, show, packet);
}

json_t *
show_end_json(const struct show *show, const struct sim_packet *packet,
	const struct sim_way *way)
{
	struct report report = report_of(show, packet);
	json_t *json;

	json = json_pack("{s:i, s:s, s:i, s:s, s:i, s:I, s:b}", "v", 1,
		"type", "end", "packet", show->packet,
		"fate", fate_names[way->fate], "node", way->node,
		"time_ns", (json_int_t)sim_time(show->sim),
		"executed", way->ran);
	json_object_update_new(json, report_json(&report));
	return json;
}
