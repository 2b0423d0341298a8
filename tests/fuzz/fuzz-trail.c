/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What wasp-magnet makes of the words that its programs bring home, of which
 * routers and the network may have made anything.
 */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "magnet/service.h"
#include "magnet/show.h"

const char fuzz_name[] = "trail";
const unsigned fuzz_runs = 100000;
const char *const fuzz_words[] = {"\xff\xff\xff\xff", "\xc0\xa8\x01\x02",
	"\x20\x01\x0d\xb8", "\x01", "\x64", NULL};

enum { CHOICE_FIND = 1, CHOICE_V6 = 2 };

/* One of each program, with a record or two in either family. */
static struct object *
program(enum service_kind kind)
{
	static struct object objects[2];

	if (!objects[kind].size)
		FUZZ_CHECK(service_make(&objects[kind], kind,
			service_key("fuzz", 4)));
	return &objects[kind];
}

/* Choice, cursor, status, and the words of the trail. */
void
fuzz_add_seeds(struct fuzz_seeds *seeds)
{
	static const uint8_t finds[] = {CHOICE_FIND, 64, 0,
		0, 1, 0, 9, 0, 10, 2, 119, 10, 0, 1, 2, 10, 0, 4, 2,
		0, 2, 0, 9, 0, 10, 2, 119, 255, 255, 255, 255, 10, 0, 4, 2};
	static const uint8_t marks[] = {0, 64, PACKET_STATUS_REFUSED,
		0, 0, 1, 2, 10, 0, 1, 2, 0, 0, 2, 0, 10, 0, 2, 2,
		0, 0, 3, 3, 10, 0, 3, 2};
	uint8_t v6[sizeof(finds)];

	fuzz_add(seeds, finds, sizeof(finds));
	fuzz_add(seeds, marks, sizeof(marks));
	memcpy(v6, finds, sizeof(v6));
	v6[0] |= CHOICE_V6;
	fuzz_add(seeds, v6, sizeof(v6));
}

static void
check_finds(struct trail trail)
{
	struct trail_find find;
	unsigned count = 0;
	json_t *json;

	while (trail_next_find(&trail, &find)) {
		FUZZ_CHECK(++count <= PACKET_PAD_MAX / 4);
		FUZZ_CHECK(trail.at <= trail.header->pad_count);
		FUZZ_CHECK(find.router.hop <= UINT8_MAX);
		FUZZ_CHECK(find.age_ms >= -1 &&
			find.age_ms <= ENTRY_LIFE_S * 1000);
		show_find(fuzz_null(), &find);
		json = show_find_json("fuzz", &find);
		FUZZ_CHECK(json);
		json_decref(json);
	}
}

static void
check_router(void *arg, const struct board_router *router)
{
	unsigned *told = arg;
	json_t *json = show_router_json(router, "fuzz");

	FUZZ_CHECK(router->router.hop <= UINT8_MAX);
	FUZZ_CHECK(json);
	json_decref(json);
	show_router(fuzz_null(), router, "fuzz");
	told[router->state]++;
}

/* What is told once is not told again, and each is lost once. */
static void
check_marks(struct trail trail)
{
	struct board board = {0};
	unsigned told[BOARD_STATE_COUNT] = {0}, sum = 0;

	board_note(&board, 0, trail, 0, check_router, told);
	FUZZ_CHECK(board.count <= PACKET_PAD_MAX / 2);
	for (unsigned i = 0; i < BOARD_LOST; i++)
		sum += told[i];
	FUZZ_CHECK(sum >= board.count && told[BOARD_LOST] == 0);
	board_expire(&board, BOARD_LOST_NS, check_router, told);
	board_expire(&board, BOARD_LOST_NS, check_router, told);
	FUZZ_CHECK(told[BOARD_LOST] == board.count);
	board_done(&board);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct fuzz_input input = {bytes, size};
	unsigned choice = fuzz_byte(&input);
	const struct object *object = program(choice & CHOICE_FIND ?
		SERVICE_FIND : SERVICE_ADVERTISE);
	struct packet_header header = object->header;
	unsigned first = notes_word_named(&object->notes, "trail")->first;
	uint8_t *wasp = malloc(object->size);
	struct trail trail;

	FUZZ_CHECK(wasp);
	memcpy(wasp, object->packet, object->size);
	header.cursor = fuzz_byte(&input);
	header.status = fuzz_byte(&input);
	for (unsigned n = first; n < header.pad_count; n++)
		packet_put32(wasp + packet_pad_off(header.code_count) + 4 * n,
			fuzz_word(&input));
	trail = trail_begin(object, wasp, &header, choice & CHOICE_V6 ? 6 : 4);
	if (choice & CHOICE_FIND)
		check_finds(trail);
	else
		check_marks(trail);
	free(wasp);
	return 0;
}
