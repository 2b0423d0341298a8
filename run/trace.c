/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run step by step; see trace.h.  What an instruction reads and writes is in
 * its row of the table, so nothing here is about one instruction, but what the
 * results of the store instructions are called.
 */
#include "run/trace.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

static const char *const results[ISA_OP_COUNT][3] = {
	[ISA_LOOKUP] = {"none", "mapped", NULL},
	[ISA_INSERT] = {"refused", "found", "created"},
	[ISA_INVITE] = {"refused", "moved", "created"},
	[ISA_REROUTE] = {"refused", "rerouted", NULL}
};

static int
operand(const struct tracer *tracer, enum isa_kind kind)
{
	return isa_operand_of(tracer->word, tracer->op, kind);
}

static struct trace_value *__attribute__((format(printf, 4, 5)))
add(struct trace_value *values, unsigned *count, uint64_t value,
	const char *format, ...)
{
	struct trace_value *v = &values[(*count)++];
	va_list ap;

	*v = (struct trace_value){.value = value};
	va_start(ap, format);
	vsnprintf(v->name, sizeof(v->name), format, ap);
	va_end(ap);
	return v;
}

static uint32_t
pad_word(const struct vm *vm, unsigned n)
{
	return n < vm->pad_count ?
		packet_get32(vm->pad + PACKET_WORD_SIZE * n) : 0;
}

static uint32_t
entry_word(const struct vm *vm, unsigned n)
{
	return packet_get32(vm->entry + PACKET_WORD_SIZE * n);
}

/* "[limit]", or "[3]" without notes. */
static const char *
word_name(const struct tracer *tracer, unsigned n,
	char buf[static TRACE_NAME_SIZE])
{
	char name[NOTES_NAME_SIZE];
	const char *noted = notes_word_text(tracer->notes, n, name);

	if (noted)
		snprintf(buf, TRACE_NAME_SIZE, "[%.*s]", TRACE_NAME_SIZE - 3,
			noted);
	else
		snprintf(buf, TRACE_NAME_SIZE, "[%u]", n);
	return buf;
}

static void
read_key(struct tracer *tracer, const struct vm *vm, unsigned n)
{
	struct trace_step *step = &tracer->step;
	char name[TRACE_NAME_SIZE];

	if (n + 1 >= vm->pad_count)
		return;
	add(step->reads, &step->read_count, (uint64_t)pad_word(vm, n) << 32 |
		pad_word(vm, n + 1), "%s", word_name(tracer, n, name))
		->is_key = true;
}

static void
read_word(struct tracer *tracer, const struct vm *vm)
{
	struct trace_step *step = &tracer->step;
	int n = operand(tracer, ISA_KIND_WORD);
	char name[TRACE_NAME_SIZE];

	if (n < 0)
		read_key(tracer, vm, (unsigned)operand(tracer, ISA_KIND_KEY));
	else if ((unsigned)n < vm->pad_count)
		add(step->reads, &step->read_count, pad_word(vm, (unsigned)n),
			"%s", word_name(tracer, (unsigned)n, name));
}

static void
note_reads(struct tracer *tracer, const struct vm *vm)
{
	struct trace_step *step = &tracer->step;
	unsigned effects = isa_insns[tracer->op].effects;
	int a = isa_reg(tracer->word, tracer->op, 0);
	int b = isa_reg(tracer->word, tracer->op, 1);
	int t = operand(tracer, ISA_KIND_ENTRY);
	int field = operand(tracer, ISA_KIND_FIELD);

	if (effects & ISA_R_A)
		add(step->reads, &step->read_count, vm->r[a], "r%d", a);
	if (effects & ISA_R_B)
		add(step->reads, &step->read_count, vm->r[b], "r%d", b);
	if (effects & ISA_R_T && vm->mapped)
		add(step->reads, &step->read_count,
			entry_word(vm, (unsigned)t), "t%d", t);
	if (effects & ISA_R_N)
		read_word(tracer, vm);
	if (effects & ISA_R_ENV)
		add(step->reads, &step->read_count, vm->env[field], "%s",
			isa_envs[field].name);
}

static void
note_push(struct tracer *tracer, const struct vm *vm)
{
	struct trace_step *step = &tracer->step;
	char name[TRACE_NAME_SIZE];

	if (vm->cursor == tracer->cursor)
		snprintf(step->remark, sizeof(step->remark), "no room");
	else
		add(step->writes, &step->write_count,
			pad_word(vm, tracer->cursor), "%s",
			word_name(tracer, tracer->cursor, name));
}

/* Why it can be so: who is told it. */
static void
note_unknown(struct trace_step *step, int field)
{
	static const char *const who[] = {ISA_WHO_NAMES};
	unsigned told = isa_envs[field].who;

	if (told == ISA_WHO_ALL)
		snprintf(step->remark, sizeof(step->remark), "unknown");
	else
		snprintf(step->remark, sizeof(step->remark),
			"unknown (told: %s)", who[told]);
}

/* How the store answered, or where a jump went; or that a field is unknown. */
static void
note_remark(struct tracer *tracer, const struct vm *vm)
{
	struct trace_step *step = &tracer->step;
	unsigned effects = isa_insns[tracer->op].effects;
	const char *label = notes_label_at(tracer->notes, vm->pc);
	uint32_t result = effects & ISA_STORE ?
		vm->r[isa_reg(tracer->word, tracer->op, 0)] : 0;

	if (effects & ISA_STORE && result < 3 && results[tracer->op][result])
		snprintf(step->remark, sizeof(step->remark), "%s",
			results[tracer->op][result]);
	if (effects & ISA_R_ENV &&
	    step->reads[0].value == ISA_ENV_UNKNOWN)
		note_unknown(step, operand(tracer, ISA_KIND_FIELD));
	if (!(effects & ISA_JUMP))
		return;
	if (!(effects & ISA_END) && vm->pc == step->pc + 1 &&
	    isa_target(tracer->word, tracer->op, step->pc) != vm->pc)
		snprintf(step->remark, sizeof(step->remark), "no jump");
	else if (label)
		snprintf(step->remark, sizeof(step->remark), "to %.48s", label);
	else
		snprintf(step->remark, sizeof(step->remark), "to %u", vm->pc);
}

static void
note_writes(struct tracer *tracer, const struct vm *vm)
{
	struct trace_step *step = &tracer->step;
	unsigned effects = isa_insns[tracer->op].effects;
	int a = isa_reg(tracer->word, tracer->op, 0);
	int t = operand(tracer, ISA_KIND_ENTRY);
	int n = operand(tracer, ISA_KIND_WORD);
	char name[TRACE_NAME_SIZE];

	if (effects & ISA_W_A)
		add(step->writes, &step->write_count, vm->r[a], "r%d", a);
	if (effects & ISA_W_T)
		add(step->writes, &step->write_count,
			entry_word(vm, (unsigned)t), "t%d", t);
	if (effects & ISA_W_N)
		add(step->writes, &step->write_count,
			pad_word(vm, (unsigned)n), "%s",
			word_name(tracer, (unsigned)n, name));
	if (effects & ISA_PUSH)
		note_push(tracer, vm);
	note_remark(tracer, vm);
}

static void
begin_step(struct tracer *tracer, const struct vm *vm)
{
	tracer->step = (struct trace_step){.pc = vm->pc};
	tracer->word = packet_get16(vm->code + ISA_INSN_SIZE * vm->pc);
	tracer->op = isa_decode(tracer->word);
	tracer->cursor = vm->cursor;
	notes_insn_text(tracer->notes, tracer->word, vm->pc, tracer->step.insn);
	if (tracer->op != ISA_ILLEGAL)
		note_reads(tracer, vm);
}

void
trace_hook(struct vm *vm, void *arg)
{
	struct tracer *tracer = arg;

	if (tracer->running) {
		note_writes(tracer, vm);
		tracer->sink(tracer->arg, &tracer->step);
	}
	tracer->running = vm->pc < vm->code_count;
	if (tracer->running)
		begin_step(tracer, vm);
}

void
trace_end(struct tracer *tracer, enum vm_verdict verdict, enum isa_fault fault)
{
	static const char *const verdicts[] = VM_VERDICT_NAMES;
	char name[ISA_FAULT_NAME_SIZE];

	if (!tracer->running)
		return;
	if (fault)
		snprintf(tracer->step.remark, sizeof(tracer->step.remark),
			"fault %s", isa_fault_name(fault, name));
	else
		snprintf(tracer->step.remark, sizeof(tracer->step.remark), "%s",
			verdicts[verdict]);
	tracer->sink(tracer->arg, &tracer->step);
	tracer->running = false;
}

static void
print_values(FILE *out, const struct trace_value *values, unsigned count)
{
	for (unsigned i = 0; i < count; i++) {
		fprintf(out, "%s%s=", i ? " " : "", values[i].name);
		if (values[i].is_key)
			fprintf(out, "0x%016" PRIx64, values[i].value);
		else if (values[i].value > UINT16_MAX)
			fprintf(out, "0x%" PRIx64, values[i].value);
		else
			fprintf(out, "%" PRIu64, values[i].value);
	}
}

void
trace_print(FILE *out, const struct trace_step *step)
{
	fprintf(out, "  %3u  %-26s", step->pc, step->insn);
	if (step->read_count || step->write_count || step->remark[0])
		fputs("  ", out);
	print_values(out, step->reads, step->read_count);
	if (step->write_count) {
		fputs(step->read_count ? " -> " : "-> ", out);
		print_values(out, step->writes, step->write_count);
	}
	if (step->remark[0])
		fprintf(out, "%s%s", step->read_count || step->write_count ?
			"; " : "", step->remark);
	fputc('\n', out);
}
