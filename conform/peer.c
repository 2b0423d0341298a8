/* SPDX-License-Identifier: BSD-2-Clause */
/* An engine as a process; see peer.h. */
#include <config.h>

#include "conform/peer.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { CHUNK = 4096, END_MS = 500 };

struct peer {
	pid_t pid;
	int to, from;			/* to is not blocking */
	char *line;			/* what came in and is not yet taken */
	size_t size, room;
};

/* In a group of its own, so that what it starts ends with it. */
static int
spawn(pid_t *pid, char *const *argv, int in, int out)
{
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	sigset_t pipe_only;
	int error;

	sigemptyset(&pipe_only);
	sigaddset(&pipe_only, SIGPIPE);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_adddup2(&files, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&files, out, STDOUT_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr,
		POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigdefault(&attr, &pipe_only);
	error = posix_spawnp(pid, argv[0], &files, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&files);
	return error;
}

struct peer *
peer_start(char *const *argv)
{
	struct peer *peer = calloc(1, sizeof(*peer));
	int in[2] = {-1, -1}, out[2] = {-1, -1};

	if (!peer)
		return NULL;
	if (pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC))
		errno = errno ? errno : EMFILE;
	else
		errno = spawn(&peer->pid, argv, in[0], out[1]);
	close(in[0]);
	close(out[1]);
	peer->to = in[1];
	peer->from = out[0];
	if (peer->pid > 0) {
		fcntl(peer->to, F_SETFL, O_NONBLOCK);
		return peer;
	}
	close(peer->to);
	close(peer->from);
	free(peer);
	return NULL;
}

pid_t
peer_group(const struct peer *peer)
{
	return peer->pid;
}

/* End of input is the polite way; what does not go by itself is killed. */
void
peer_stop(struct peer *peer)
{
	struct pollfd end;

	if (!peer)
		return;
	close(peer->to);
	end = (struct pollfd){.fd = peer->from, .events = 0};
	poll(&end, 1, END_MS);		/* POLLHUP, when it has gone */
	kill(-peer->pid, SIGKILL);
	while (waitpid(peer->pid, NULL, 0) < 0 && errno == EINTR)
		;
	close(peer->from);
	free(peer->line);
	free(peer);
}

static int64_t
now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Read what there is; false at the end, or where a line grows too long. */
static bool
read_some(struct peer *peer)
{
	ssize_t got;

	if (peer->room - peer->size < CHUNK) {
		size_t room = 2 * peer->room + CHUNK;
		char *line = room > 2 * PEER_LINE_MAX ? NULL :
			realloc(peer->line, room);

		if (!line)
			return false;
		peer->line = line;
		peer->room = room;
	}
	got = read(peer->from, peer->line + peer->size,
		peer->room - peer->size - 1);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	peer->size += (size_t)got;
	return got > 0;
}

static bool
write_some(struct peer *peer, const char **p, size_t *size)
{
	ssize_t sent = write(peer->to, *p, *size);

	if (sent < 0)
		return errno == EINTR || errno == EAGAIN;
	*p += sent;
	*size -= (size_t)sent;
	return true;
}

static bool
has_line(const struct peer *peer)
{
	return peer->size && memchr(peer->line, '\n', peer->size);
}

/*
 * Write all and read until a line is there.  An engine that ends while it is
 * written to may have said why, so what it said is read first.
 */
static enum peer_result
exchange(struct peer *peer, const char *p, size_t size, unsigned timeout_ms)
{
	int64_t end_ms = now_ms() + timeout_ms, left_ms;
	bool writes = true;

	while (!has_line(peer) || (size && writes)) {
		struct pollfd fds[2] = {
			{.fd = peer->from, .events = POLLIN},
			{.fd = size && writes ? peer->to : -1,
				.events = POLLOUT}
		};

		left_ms = end_ms - now_ms();
		if (left_ms <= 0 || (poll(fds, 2, (int)left_ms) == 0 &&
		    now_ms() >= end_ms))
			return PEER_LATE;
		if (fds[1].revents && !write_some(peer, &p, &size))
			writes = false;
		if (fds[0].revents && !read_some(peer))
			return PEER_DIED;
	}
	return PEER_OK;
}

/* The one line that is there, or NULL. */
static json_t *
take_line(struct peer *peer)
{
	char *end = memchr(peer->line, '\n', peer->size);
	size_t size = (size_t)(end - peer->line) + 1;
	json_t *json = json_loadb(peer->line, size, 0, NULL);

	if (size < peer->size || !json_is_object(json)) {
		json_decref(json);
		return NULL;
	}
	peer->size = 0;
	return json;
}

enum peer_result
peer_ask(struct peer *peer, const json_t *request, unsigned timeout_ms,
	json_t **reply)
{
	char *text = json_dumps(request, JSON_COMPACT | JSON_ENSURE_ASCII);
	size_t size = text ? strlen(text) : 0;
	enum peer_result result;

	*reply = NULL;
	if (!text)
		return PEER_DIED;
	text[size] = '\n';		/* in place of the NUL */
	result = exchange(peer, text, size + 1, timeout_ms);
	free(text);
	if (result)
		return result;
	*reply = take_line(peer);
	if (!*reply)
		return PEER_GARBAGE;
	if (json_integer_value(json_object_get(*reply, "id")) ==
	    json_integer_value(json_object_get(request, "id")))
		return PEER_OK;
	json_decref(*reply);
	*reply = NULL;
	return PEER_OTHER;
}

const char *
peer_result_text(enum peer_result result)
{
	switch (result) {
	case PEER_OK:
		return "answered";
	case PEER_DIED:
		return "died";
	case PEER_LATE:
		return "gave no answer in time";
	case PEER_GARBAGE:
		return "answered with something else than one JSON object";
	case PEER_OTHER:
		return "answered another request than the last";
	}
	return "failed";
}
