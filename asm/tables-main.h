/* SPDX-License-Identifier: BSD-2-Clause */
/* The language as tables, for people and for editors; --print-opcodes. */
#ifndef ASM_TABLES_MAIN_H
#define ASM_TABLES_MAIN_H

#include <stdio.h>

#include <jansson.h>

/* Instructions, pseudo-instructions, fields, faults and directives. */
void tables_print(FILE *out);

/*
 * The same and more as one JSON object, which wasp-as(1) describes.  The caller
 * owns the reference; NULL without memory.
 */
json_t *tables_json(void);

#endif
