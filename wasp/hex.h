/* SPDX-License-Identifier: BSD-2-Clause */
/* Bytes as hexadecimal digits, two each, without anything between. */
#ifndef WASP_HEX_H
#define WASP_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Write 2 * size digits, small letters, and a NUL; returns text. */
char *hex_text(char *text, const uint8_t *bytes, size_t size);

/*
 * Read digits to the end of the text; at most room bytes, *size of them.  false
 * for an odd number of digits, too many, or anything else between them.
 */
bool hex_bytes(const char *text, uint8_t *bytes, size_t room, size_t *size);

/* The same where exactly size bytes are wanted; NULL is none. */
bool hex_exact(const char *text, uint8_t *bytes, size_t size);

#endif
