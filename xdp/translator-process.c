/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The translator as a process of its own; see translator.h.  It is started
 * before the others give up what loading a program takes, and keeps nothing
 * else.  Policies come in, events go out, over a socket of datagrams, so each is
 * read whole or not at all; what strangers sent it reads from maps only.
 */
#include "xdp/translator.h"

#include <errno.h>
#include <linux/capability.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WORDS _LINUX_CAPABILITY_U32S_3
#ifndef CAP_PERFMON
enum { CAP_PERFMON = 38, CAP_BPF = 39 };
#endif

/* The process */

/* To load programs for the network: no more than that, of what there is. */
static bool
drop_capabilities(void)
{
	struct __user_cap_header_struct header = {
		.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[WORDS] = {{0}};
	uint32_t kept[WORDS] = {0};

	for (unsigned i = 0; prctl(PR_CAPBSET_READ, i, 0, 0, 0) >= 0; i++)
		if (i != CAP_BPF && i != CAP_PERFMON && i != CAP_NET_ADMIN)
			prctl(PR_CAPBSET_DROP, i, 0, 0, 0);
		else
			kept[i / 32] |= UINT32_C(1) << i % 32;
	if (syscall(SYS_capget, &header, data) < 0)
		return false;
	for (unsigned i = 0; i < WORDS; i++) {
		kept[i] &= data[i].permitted;
		data[i] = (struct __user_cap_data_struct){kept[i], kept[i], 0};
	}
	return syscall(SYS_capset, &header, data) == 0 &&
		prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}

static void
take_alarm(int number)
{
	(void)number;	/* that it came is enough: the load has ended */
}

/* Of the parent's signals none is meant for this process but those that kill. */
static void
set_signals(void)
{
	struct sigaction action = {.sa_handler = take_alarm};
	sigset_t none;

	sigaction(SIGPROF, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGHUP, &action, NULL);
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGPIPE, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	action.sa_handler = SIG_DFL;
	sigaction(SIGTERM, &action, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

static uint64_t
monotonic_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* A parent that does not listen misses events, and nothing else. */
static void
send_event(void *arg, const struct translator_event *event)
{
	send(*(const int *)arg, event, sizeof(*event),
		MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* false: the parent has gone. */
static bool
take_policy(struct translator *t, int fd, struct translator_policy *policy)
{
	ssize_t size = recv(fd, policy, sizeof(*policy), 0);

	if (size == sizeof(*policy))
		return translator_set_policy(t, policy);
	return size < 0 && errno == EINTR;
}

/*
 * Of what was open in the parent only programs, maps and types stay, and what
 * messages go to: no socket, and no link that would outlive the parent's.
 */
static void
close_others(int fd)
{
	char path[64], to[64];

	for (int i = 3; i < (int)sysconf(_SC_OPEN_MAX) && i < 4096; i++) {
		ssize_t size;

		snprintf(path, sizeof(path), "/proc/self/fd/%d", i);
		size = readlink(path, to, sizeof(to) - 1);
		if (size < 0 || i == fd)
			continue;
		to[size] = '\0';
		if (strcmp(to, "anon_inode:bpf-map") &&
		    strcmp(to, "anon_inode:bpf-prog") &&
		    strcmp(to, "anon_inode:btf"))
			close(i);
	}
}

static _Noreturn void
serve(int fd, const struct translator_hook *hooks, unsigned hook_count,
	const struct translator_policy *policy)
{
	struct pollfd poll_fd = {.fd = fd, .events = POLLIN};
	struct translator_policy now = *policy;
	struct translator *t;
	bool goes_on;

	set_signals();
	close_others(fd);
	t = translator_new(hooks, hook_count, policy);
	goes_on = t && drop_capabilities();
	if (goes_on) {
		translator_break_off(t);
		translator_set_sink(t, send_event, &fd);
	}
	while (goes_on) {
		if (poll(&poll_fd, 1, now.mode == TRANSLATOR_OFF ? -1 :
			TRANSLATOR_TURN_MS) > 0)
			goes_on = take_policy(t, fd, &now);
		translator_turn(t, monotonic_ns());
	}
	_exit(t == NULL);
}

/* The parent's side */

bool
translator_start(struct translator_process *process,
	const struct translator_hook *hooks, unsigned hook_count,
	const struct translator_policy *policy)
{
	pid_t parent = getpid();
	int fds[2];

	*process = (struct translator_process){0, -1};
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fds))
		return false;
	process->pid = fork();
	if (process->pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		close(fds[0]);
		if (getppid() == parent)
			serve(fds[1], hooks, hook_count, policy);
		_exit(0);
	}
	close(fds[1]);
	process->fd = fds[0];
	if (process->pid > 0)
		return true;
	close(fds[0]);
	*process = (struct translator_process){0, -1};
	return false;
}

bool
translator_tell(const struct translator_process *process,
	const struct translator_policy *policy)
{
	return send(process->fd, policy, sizeof(*policy), MSG_NOSIGNAL) ==
		sizeof(*policy);
}

bool
translator_hear(const struct translator_process *process,
	struct translator_event *event)
{
	return recv(process->fd, event, sizeof(*event), MSG_DONTWAIT) ==
		sizeof(*event);
}

void
translator_stop(struct translator_process *process)
{
	if (process->pid <= 0)
		return;
	kill(process->pid, SIGTERM);
	waitpid(process->pid, NULL, 0);
	close(process->fd);
	*process = (struct translator_process){0, -1};
}
