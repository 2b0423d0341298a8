/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads, each on its processor; see scale.h. */
#include <config.h>

#include "bench/scale.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

struct thread {
	pthread_t id;
	pthread_barrier_t *start;
	bench_work *work;
	void *arg;
	unsigned cpu, count;
	double spent;
};

static void *
run_thread(void *arg)
{
	struct thread *t = arg;
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(t->cpu, &set);
	pthread_setaffinity_np(pthread_self(), sizeof(set), &set);
	pthread_barrier_wait(t->start);
	t->spent = t->work(t->arg, t->count);
	return NULL;
}

double
scale_run(void *arg, unsigned count)
{
	struct scale *scale = arg;
	struct thread threads[SCALE_CPUS_MAX];
	pthread_barrier_t start;
	double rate = 0;

	pthread_barrier_init(&start, NULL, scale->cpus);
	for (unsigned i = 0; i < scale->cpus; i++) {
		threads[i] = (struct thread){.start = &start, .cpu = i,
			.work = scale->work, .arg = scale->args[i],
			.count = count};
		/* Those that wait for one that is not there wait for ever. */
		if (pthread_create(&threads[i].id, NULL, run_thread,
			&threads[i]))
			abort();
	}
	for (unsigned i = 0; i < scale->cpus; i++) {
		pthread_join(threads[i].id, NULL);
		rate += count / threads[i].spent;
	}
	pthread_barrier_destroy(&start);
	return count / rate;
}

unsigned
scale_cpus(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return 1;
	return CPU_COUNT(&set) < SCALE_CPUS_MAX ? 1 : SCALE_CPUS_MAX;
}
