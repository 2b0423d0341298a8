/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A run step by step, for wasp-run --trace: each instruction with what it read
 * and what it wrote.
 */
#ifndef RUN_TRACE_H
#define RUN_TRACE_H

#include "vm/vm.h"
#include "wasp/object.h"

enum { TRACE_VALUES_MAX = 6, TRACE_NAME_SIZE = 80 };

/* "r1", "t0", "[seen]", "queue", "cursor" with what it held. */
struct trace_value {
	char name[TRACE_NAME_SIZE];
	uint64_t value;
	bool is_key;		/* two words */
};

struct trace_step {
	unsigned pc;
	char insn[ISA_TEXT_SIZE];	/* with the names of the notes */
	struct trace_value reads[TRACE_VALUES_MAX], writes[TRACE_VALUES_MAX];
	unsigned read_count, write_count;
	char remark[64];	/* "created", "to out", a verdict, a fault */
};

/* Called for each step, once it is over. */
typedef void trace_sink(void *arg, const struct trace_step *step);

/*
 * A tracer: give trace_hook and it to the machine, and call trace_end with the
 * outcome of the run, which ends the last step.  Before each run it is zero but
 * for notes, sink and arg.
 */
struct tracer {
	const struct notes *notes;
	trace_sink *sink;
	void *arg;

	struct trace_step step;		/* the one that runs */
	bool running;
	uint16_t word;
	enum isa_op op;
	uint8_t cursor;			/* before it */
};
vm_trace trace_hook;
void trace_end(struct tracer *tracer, enum vm_verdict verdict,
	enum isa_fault fault);

/* One line for people, or an object for a JSON array. */
void trace_print(FILE *out, const struct trace_step *step);
json_t *trace_json(const struct trace_step *step);

#endif
