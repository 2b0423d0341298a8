/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The words that opcodes.def uses for kinds of operands and for effects.  They
 * are short and mean something else anywhere else, so only a source that expands
 * these columns includes this.
 */
#ifndef WASP_OPCODE_WORDS_H
#define WASP_OPCODE_WORDS_H

#include "wasp/isa.h"

#define NO ISA_KIND_NO
#define REG ISA_KIND_REG
#define ENTRY ISA_KIND_ENTRY
#define WORD ISA_KIND_WORD
#define KEY ISA_KIND_KEY
#define FIELD ISA_KIND_FIELD
#define UINT ISA_KIND_UINT
#define SINT ISA_KIND_SINT
#define FAULTNO ISA_KIND_FAULTNO
#define DISP ISA_KIND_DISP

#define R_A ISA_R_A
#define W_A ISA_W_A
#define R_B ISA_R_B
#define R_T ISA_R_T
#define W_T ISA_W_T
#define R_N ISA_R_N
#define W_N ISA_W_N
#define R_ENV ISA_R_ENV
#define PUSH ISA_PUSH
#define STORE ISA_STORE
#define END ISA_END
#define JUMP ISA_JUMP

#endif
