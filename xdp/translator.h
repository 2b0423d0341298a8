/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The translator at work: it looks at what programs a hook's BPF program saw
 * (hot.h), translates those that are worth it, and puts them where that program
 * finds them.  What it does not know it does not trust: the code that it reads
 * there was chosen by strangers, so the time that it spends is bounded, however
 * many programs they send, and what the kernel refuses, or takes too long to
 * look at, is not tried again.
 *
 * translator_turn is one look, for a process that has a loop of its own;
 * translator_start is a process that does nothing else, so that the others need
 * not be allowed to load programs.
 */
#ifndef XDP_TRANSLATOR_H
#define XDP_TRANSLATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum translator_mode {
	TRANSLATOR_OFF,
	TRANSLATOR_LISTED,	/* programs whose code hash is listed */
	TRANSLATOR_HOT		/* programs that are seen often */
};
#define TRANSLATOR_MODE_NAMES "off", "listed", "hot"

enum {
	TRANSLATOR_LISTED_MAX = 64,
	TRANSLATOR_PROGRAMS_MAX = 256,
	TRANSLATOR_SIGHTINGS_DEFAULT = 10000,
	TRANSLATOR_LOAD_MS_DEFAULT = 100,
	TRANSLATOR_TURN_MS = 250,	/* from one look to the next */
	TRANSLATOR_CEILING_MS = 50	/* a load that takes longer is refused */
};

struct translator_policy {
	enum translator_mode mode;
	uint64_t listed[TRANSLATOR_LISTED_MAX];	/* packet_code_hash */
	unsigned listed_count;
	unsigned sightings;	/* packets of it seen before, in mode hot */
	unsigned load_ms;	/* the processor's, of loading, in a second */
	unsigned programs;	/* translations at a time, for each hook;
				   1 to TRANSLATOR_PROGRAMS_MAX */
};
#define TRANSLATOR_POLICY_DEFAULT \
	{.mode = TRANSLATOR_OFF, .sightings = TRANSLATOR_SIGHTINGS_DEFAULT, \
	 .load_ms = TRANSLATOR_LOAD_MS_DEFAULT, \
	 .programs = TRANSLATOR_PROGRAMS_MAX}

/* What was done, since the beginning. */
struct translator_counts {
	uint64_t loaded, evicted, refused, slow;
	uint64_t load_ns;
};

/* One hook: a template (jit.h), and maps of the program that it works for. */
struct bpf_object;
struct translator_hook {
	const struct bpf_object *object;	/* loaded, has the template */
	int kind;				/* enum translate_kind */
	int interpreter_fd;			/* the program of HOT_INTERPRETER */
	int runs_fd;
	int hot_fd, seen_fd, programs_fd;	/* hot.h */
	unsigned sample_shift;			/* one packet in 1 << that */
};

struct translator;

/*
 * A translator for hooks, which are copied but for what they point to.  It turns
 * looking on in their programs, unless the mode is off.  NULL with errno.
 * translator_free takes its translations out, and accepts NULL.
 */
enum { TRANSLATOR_HOOKS_MAX = 2 };
struct translator *translator_new(const struct translator_hook *hooks,
	unsigned hook_count, const struct translator_policy *policy);
void translator_free(struct translator *t);

/* Another policy; what it does not allow is taken out. */
bool translator_set_policy(struct translator *t,
	const struct translator_policy *policy);

/* One look, at a time of a clock that never steps. */
void translator_turn(struct translator *t, uint64_t now_ns);

const struct translator_counts *translator_counted(const struct translator *t);

/*
 * From now on a load is broken off at the ceiling, by SIGPROF, which nothing
 * else in the process may use.  Without it a slow one is refused after it ended.
 */
void translator_break_off(struct translator *t);

/*
 * A process for it, which is allowed to load programs and nothing else, and ends
 * with this one.  The translations stay where they are until the hooks' maps go.
 * What it has done comes as events, by a socket.
 */
struct translator_process {
	pid_t pid;
	int fd;				/* readable: there are events */
};

enum translator_what {
	TRANSLATOR_LOADED, TRANSLATOR_EVICTED, TRANSLATOR_REFUSED
};
struct translator_event {
	uint8_t what;			/* enum translator_what */
	uint8_t hook;			/* index of the hook */
	uint8_t code_count, pad_count;
	uint32_t unused;		/* 0: what is sent has no holes */
	uint64_t code_hash;
	uint64_t load_ns;
};

/* false with errno, and nothing started. */
bool translator_start(struct translator_process *process,
	const struct translator_hook *hooks, unsigned hook_count,
	const struct translator_policy *policy);

/* Another policy; false: the process is gone. */
bool translator_tell(const struct translator_process *process,
	const struct translator_policy *policy);

/* The next event; false: none now. */
bool translator_hear(const struct translator_process *process,
	struct translator_event *event);

/* End it; a process that is none (pid 0) is allowed. */
void translator_stop(struct translator_process *process);

/* Where turns tell what they do; NULL: nowhere. */
typedef void translator_sink(void *arg, const struct translator_event *event);
void translator_set_sink(struct translator *t, translator_sink *sink,
	void *arg);

#endif
