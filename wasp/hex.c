/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes as hexadecimal digits; see hex.h. */
#include "wasp/hex.h"

static const char digits[] = "0123456789abcdef";

char *
hex_text(char *text, const uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		text[2 * i] = digits[bytes[i] >> 4];
		text[2 * i + 1] = digits[bytes[i] & 15];
	}
	text[2 * size] = '\0';
	return text;
}

static int
digit_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
hex_bytes(const char *text, uint8_t *bytes, size_t room, size_t *size)
{
	for (*size = 0; *text; text += 2, ++*size) {
		int high = digit_value(text[0]);
		int low = high < 0 ? -1 : digit_value(text[1]);

		if (low < 0 || *size == room)
			return false;
		bytes[*size] = (uint8_t)(high << 4 | low);
	}
	return true;
}

bool
hex_exact(const char *text, uint8_t *bytes, size_t size)
{
	size_t got;

	return text && hex_bytes(text, bytes, size, &got) && got == size;
}
