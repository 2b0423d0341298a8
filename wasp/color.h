/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Colours on a terminal, for what the tools print of programs.  Whether there
 * are any is for the caller to say (cli_color); without, texts come out as they
 * are.
 */
#ifndef WASP_COLOR_H
#define WASP_COLOR_H

#include <stdbool.h>
#include <stdio.h>

enum color {
	COLOR_PLAIN, COLOR_LABEL, COLOR_MNEMONIC, COLOR_DIRECTIVE,
	COLOR_REGISTER, COLOR_NUMBER, COLOR_COMMENT, COLOR_PLACE, COLOR_ARROW,
	COLOR_COUNT
};

/* What is printed between these has the colour. */
void color_begin(FILE *out, bool on, enum color color);
void color_end(FILE *out, bool on, enum color color);

/* Text in one colour. */
void color_put(FILE *out, bool on, enum color color, const char *text);

/* An instruction or a directive with its operands, each in its colour. */
void color_put_statement(FILE *out, bool on, const char *text);

#endif
