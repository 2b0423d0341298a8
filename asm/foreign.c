/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What other machines have and this one has not, for who writes it by habit: each
 * row is names, between blanks, and what is written here in their place.
 */
#include "asm/asm-int.h"

#include <string.h>

static const struct {
	const char *names, *hint;
} foreign[] = {
	{" inc ", "addi rd, 1"},
	{" dec ", "addi rd, -1"},
	{" subi ", "'addi' takes a negative number, too"},
	{" movi loadi lui ", "'ldi' takes a number up to 511, 'li' any"},
	{" load ldw ldr lw ", "ld rX, [word]"},
	{" store stw str sw ", "st rX, [word]"},
	{" not neg ", "-x is 0 - x: ldi rd, 0 and sub rd, rs; ~x is one less"},
	{" mul mult mulu div divu mod rem ", "there is none; 'shli' and 'shri' "
		"multiply and divide by powers of 2, 'low' gives the rest"},
	{" cmp test tst ", "a branch compares: beq, bne, bltu, bgeu, bz, bnz"},
	{" je jz beqz ", "bz rd, label, or beq rd, rs, label"},
	{" jne jnz bnez ", "bnz rd, label, or bne rd, rs, label"},
	{" blt bgt ble bge slt ", "numbers have no sign here: bltu, bgtu, "
		"bleu, bgeu"},
	{" call jal bl ", "there are no subroutines; see .macro"},
	{" ret rts exit halt hlt end accept pass ok ",
		"'forward' ends the run and lets the packet go on"},
	{" pop ", "'ld' loads what 'push' wrote"},
	{" loop rep djnz ", "jumps go forward only; .rept repeats lines"}
};

const char *
foreign_hint(const char *mnemonic)
{
	char word[NAME_LENGTH_MAX + 3];

	snprintf(word, sizeof(word), " %s ", mnemonic);
	for (size_t i = 0; i < sizeof(foreign) / sizeof(*foreign); i++)
		if (strstr(foreign[i].names, word))
			return foreign[i].hint;
	return NULL;
}
