Conditions, macros and repetitions of wasp-asm(5): what they make, and an error
for each way to be wrong.

One source, two programs

  $ cat > which.wasp <<'END'
  > 	.hooks ingress
  > 	.ifndef LIMIT
  > LIMIT = 5
  > 	.endif
  > 	.if LIMIT > 511
  > 	.error "LIMIT is more than ldi can hold"
  > 	.elseif LIMIT > 100 && LIMIT % 2 == 0
  > 	ldi r0, LIMIT / 2
  > 	.if 0
  > 	this is not even looked at ' " (
  > 	.endif
  > 	.elseif 1
  > 	ldi r0, LIMIT
  > 	.elseif neither ] this, when a branch was taken
  > 	.else ' nor this
  > 	.endif
  > END
  $ wasp-as which.wasp | wasp-dis | grep ldi
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  <stdin>:+0x00: error: not a WASP object: it is empty [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [1]
  $ wasp-as -D LIMIT=100+30 which.wasp | wasp-dis | grep ldi
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  <stdin>:+0x00: error: not a WASP object: it is empty [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [1]
  $ wasp-as --define LIMIT which.wasp | wasp-dis | grep ldi
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  <stdin>:+0x00: error: not a WASP object: it is empty [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [1]
  $ wasp-as -D LIMIT=0x200 which.wasp
  which.wasp:6:2: error: LIMIT is more than ldi can hold [WASP-A043]
      	.error "LIMIT is more than ldi can hold"
      	^^^^^^
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  [3]

Macros and repetitions

  $ cat > made.wasp <<'END'
  > 	.hooks none
  > 	.macro twice op, a, b=r1, text:req, rest...
  > 	\op \a, \b		; don't look for \a here
  > 	bz \a, l\@
  > l\@:	inner \rest
  > 	.data
  > 	.key public, "\text\(), \\text, \n"
  > 	.text
  > 	.if text\()_\a < 2
  > 	.exitm
  > 	.endif
  > 	\op \a, \b
  > 	.endm
  > 	.macro inner x, y=[0]
  > 	.ifdef x
  > 	.ifndef inner
  > 	.endif
  > 	ldi r7, (\x+0)*2
  > 	.endif
  > 	ld r6, \y
  > 	.endm
  > x = 1
  > text_r2 = 1	; text_r3 = 1
  > text_r3 = 2
  > go:	twice add, r2, , text, 3 + 4, [1]
  > on:	twice op=sub, a=r3, b = r4, text = text ; too
  > twice = 3
  > 	.rept twice - 1
  > 	ldi r4, \+ * 100 + \@
  > 	.rept 2
  > 	nop
  > 	.endr
  > 	.endr
  > 	.irp reg, r1, (r2), [x, y]
  > 	.if \+ == 0
  > 	ldi \reg, \+
  > 	.endif
  > 	.endr
  > 	.purgem twice
  > 	.macro twice
  > 	drop
  > 	.endm
  > 	twice
  > END
  $ wasp-as -o made.wo made.wasp
  made.wasp:25:1: warning: nothing jumps to 'go' [WASP-A050 -Wunused-label]
      go:	twice add, r2, , text, 3 + 4, [1]
      ^^
      hint: Jump to it, or remove it.
  made.wasp:26:1: warning: nothing jumps to 'on' [WASP-A050 -Wunused-label]
      on:	twice op=sub, a=r3, b = r4, text = text ; too
      ^^
      hint: Jump to it, or remove it.
  $ wasp-dis made.wo
  ; code 71103f59caabb485
          .hooks none
          .data
          .word 0x219e0084                        ; [0]
          .word 0x9abdc0bc                        ; [1]
          .word 0x219e0084                        ; [2]
          .word 0x9abdc0bc                        ; [3]
          .text
  go:     add r2, r1                              ;   0  7441
          bz r2, l0                               ;   1  d400
  l0:     ldi r7, 14                              ;   2  5e0e
          ld r6, [1]                              ;   3  1c01
  on:     sub r3, r4                              ;   4  7702
          bz r3, l2                               ;   5  d600
  l2:     ldi r7, 0                               ;   6  5e00
          ld r6, [0]                              ;   7  1c00
          sub r3, r4                              ;   8  7702
          ldi r4, 4                               ;   9  5804
          addi r0, 0                              ;  10  6000
          addi r0, 0                              ;  11  6000
          ldi r4, 107                             ;  12  586b
          addi r0, 0                              ;  13  6000
          addi r0, 0                              ;  14  6000
          ldi r1, 0                               ;  15  5200
          drop                                    ;  16  0100
  $ tail -c +81 made.wo | grep -a '^l'
  label 0 go
  label 2 l0
  label 4 on
  label 6 l2
  line 0 25 go:	twice add, r2, , text, 3 + 4, [1]
  line 1 25 go:	twice add, r2, , text, 3 + 4, [1]
  line 2 25 go:	twice add, r2, , text, 3 + 4, [1]
  line 3 25 go:	twice add, r2, , text, 3 + 4, [1]
  line 4 26 on:	twice op=sub, a=r3, b = r4, text = text ; too
  line 5 26 on:	twice op=sub, a=r3, b = r4, text = text ; too
  line 6 26 on:	twice op=sub, a=r3, b = r4, text = text ; too
  line 7 26 on:	twice op=sub, a=r3, b = r4, text = text ; too
  line 8 26 on:	twice op=sub, a=r3, b = r4, text = text ; too
  line 9 28 .rept twice - 1
  line 10 28 .rept twice - 1
  line 11 28 .rept twice - 1
  line 12 28 .rept twice - 1
  line 13 28 .rept twice - 1
  line 14 28 .rept twice - 1
  line 15 34 .irp reg, r1, (r2), [x, y]
  line 16 43 twice

ASM_NOT_KNOWN

  $ wasp-as <<'END'
  > .hooks none
  > .if LATER > 3
  > garbage
  > .endif
  > .equ SUM, LATER + 1
  > .if SUM
  > .endif
  > .rept LATER
  > .endr
  > .if 0 && LATER
  > .endif
  > .data
  > w: .word 1
  > .text
  > .if w
  > .endif
  > out: forward
  > .if out || r0
  > .endif
  > .if out == 0
  > LATER = 3
  > .endif
  > END
  <stdin>:2:5: error: the value of '.if' must be known here, and 'LATER' is not [WASP-A040]
      .if LATER > 3
          ^^^^^^^^^
      hint: Define the name above, or with --define.
  <stdin>:6:5: error: the value of '.if' must be known here, and 'LATER' is not [WASP-A040]
      .if SUM
          ^^^
      hint: Define the name above, or with --define.
  <stdin>:5:11: note: it depends on what stands here
      .equ SUM, LATER + 1
                ^^^^^
  <stdin>:8:7: error: the value of '.rept' must be known here, and 'LATER' is not [WASP-A040]
      .rept LATER
            ^^^^^
      hint: Define the name above, or with --define.
  <stdin>:15:5: error: the value of '.if' must be known here, and 'w' is not [WASP-A040]
      .if w
          ^
      hint: Define the name above, or with --define.
  <stdin>:18:12: error: 'r0' is the name of a register, which has no value [WASP-A015]
      .if out || r0
                 ^^
  [3]

ASM_UNCLOSED

  $ wasp-as <<'END'
  > .hooks none
  > .macro m
  > .if 1
  > .endm
  > m
  > .if 1
  > .if 0
  > .if 1
  > .endif
  > .rept 3
  > .macro x
  > END
  <stdin>:3:1: error: '.if' without '.endif' [WASP-A041]
      .if 1
      ^^^
      hint: Write the missing .endif, .endm or .endr.
  <stdin>:5:1: note: in the expansion of macro 'm'
      m
      ^
  <stdin>:3:6: note: the text ends here
      .if 1
           ^
  <stdin>:6:1: error: '.if' without '.endif' [WASP-A041]
      .if 1
      ^^^
      hint: Write the missing .endif, .endm or .endr.
  <stdin>:11:9: note: the text ends here
      .macro x
              ^
  <stdin>:7:1: error: '.if' without '.endif' [WASP-A041]
      .if 0
      ^^^
      hint: Write the missing .endif, .endm or .endr.
  <stdin>:11:9: note: the text ends here
      .macro x
              ^
  [3]
  $ wasp-as <<'END'
  > .hooks none
  > nop
  > .if 1
  > .macro x
  > .endif
  > END
  <stdin>:4:1: error: '.macro' without '.endm' [WASP-A041]
      .macro x
      ^^^^^^
      hint: Write the missing .endif, .endm or .endr.
  <stdin>:5:7: note: the text ends here
      .endif
            ^
  [3]

ASM_UNOPENED

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .else
  > .elseif 1
  > .endif
  > .endm
  > .endr
  > .exitm
  > .if 0
  > .else
  > .elseif 1
  > .else
  > .endif
  > .macro closes
  > .endif
  > .endm
  > .if 1
  > closes
  > .endif
  > nop
  > END
  <stdin>:2:1: error: '.else' without '.if' [WASP-A042]
      .else
      ^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:3:1: error: '.elseif' without '.if' [WASP-A042]
      .elseif 1
      ^^^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:4:1: error: '.endif' without '.if' [WASP-A042]
      .endif
      ^^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:5:1: error: '.endm' without '.macro' [WASP-A042]
      .endm
      ^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:6:1: error: '.endr' without '.rept' or '.irp' [WASP-A042]
      .endr
      ^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:7:1: error: '.exitm' outside a macro [WASP-A042]
      .exitm
      ^^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:10:1: error: '.elseif' behind '.else' [WASP-A042]
      .elseif 1
      ^^^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:8:1: note: the condition begins here
      .if 0
      ^^^
  <stdin>:9:1: note: '.else' stands here
      .else
      ^^^^^
  <stdin>:11:1: error: '.else' behind '.else' [WASP-A042]
      .else
      ^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:8:1: note: the condition begins here
      .if 0
      ^^^
  <stdin>:9:1: note: '.else' stands here
      .else
      ^^^^^
  <stdin>:14:1: error: '.endif' without '.if' [WASP-A042]
      .endif
      ^^^^^^
      hint: Take it out, or write what should begin before it.
  <stdin>:17:1: note: in the expansion of macro 'closes'
      closes
      ^^^^^^
  <stdin>:16:1: note: this condition began in another text, and ends there
      .if 1
      ^^^
  [3]

ASM_USER_ERROR

  $ wasp-as <<'END'
  > .hooks none
  > .error "three\nlines\x00 of\ttext"
  > .error
  > .error three
  > .error ""
  > END
  <stdin>:2:1: error: three?lines? of?text [WASP-A043]
      .error "three\nlines\x00 of\ttext"
      ^^^^^^
  <stdin>:3:1: error: '.error' takes STRING; 0 operands are given [WASP-A014]
      .error
      ^^^^^^
  <stdin>:4:8: error: '.error' takes a string here, not the name 'three' [WASP-A015]
      .error three
             ^^^^^
      hint: "three"
  <stdin>:5:1: error: .error [WASP-A043]
      .error ""
      ^^^^^^
  [3]

ASM_USER_WARNING

  $ printf '.hooks none\n.warning "not finished"\nnop\n' > warns.wasp
  $ wasp-as -o warns.wo warns.wasp && wasp-dis warns.wo | head -1
  ; code 19e290c50a419c36
  warns.wasp:2:1: warning: not finished [WASP-A044 -Wuser]
      .warning "not finished"
      ^^^^^^^^
  $ wasp-as -Wno-user -o warns.wo warns.wasp
  $ wasp-as -Werror -o warns.wo warns.wasp
  warns.wasp:2:1: error: not finished [WASP-A044 -Werror=user]
      .warning "not finished"
      ^^^^^^^^
  [3]

ASM_MACRO

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .macro
  > .endm
  > .macro 3
  > .endm
  > .macro ldi x
  > .endm
  > .macro a b c, 5
  > .endm
  > .macro d b, b
  > .endm
  > .macro e b:q
  > .endm
  > .macro f b..., c
  > .endm
  > .macro aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
  > .endm
  > .macro g a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3,b4,b5,b6,b7,b8,b9,c1,c2,c3,c4,c5,c6,c7,c8,c9,d1,d2,d3,d4,d5,d6
  > .endm
  > .macro h
  > .endm
  > .macro h
  > .endm
  > .irp
  > .endr
  > .purgem gone
  > nop
  > END
  <stdin>:2:7: error: the name of a macro is expected here [WASP-A045]
      .macro
            ^
  <stdin>:4:8: error: the name of a macro is expected here [WASP-A045]
      .macro 3
             ^
  <stdin>:6:8: error: 'ldi' is the name of an instruction [WASP-A012]
      .macro ldi x
             ^^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:8:15: error: the name of a parameter is expected here [WASP-A045]
      .macro a b c, 5
                    ^
  <stdin>:10:13: error: this parameter has the name of another one [WASP-A045]
      .macro d b, b
                  ^
  <stdin>:12:13: error: behind ':' only 'req' may stand [WASP-A045]
      .macro e b:q
                  ^
  <stdin>:14:14: error: a parameter that takes the rest must be the last [WASP-A045]
      .macro f b..., c
                   ^
  <stdin>:16:8: error: a name has at most 64 characters [WASP-A007]
      .macro aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  <stdin>:18:108: error: a macro has at most 32 parameters [WASP-A045]
      .macro g a1,a2,a3,a4,a5,a6,a7,a8,a9,b1,b2,b3,b4,b5,b6,b7,b8,b9,c1,c2,c3,c4,c5,c6,c7,c8,c9,d1,d2,d3,d4,d5,d6
                                                                                                                 ^
  <stdin>:22:8: error: a macro 'h' is defined already [WASP-A011]
      .macro h
             ^
      hint: .purgem forgets a macro
  <stdin>:20:8: note: 'h' was defined here
      .macro h
             ^
  <stdin>:24:5: error: '.irp' takes a name and values for it [WASP-A045]
      .irp
          ^
  <stdin>:26:9: error: there is no macro 'gone' [WASP-A010]
      .purgem gone
              ^^^^
      hint: Define it with a label or .equ, or correct its spelling: small and capital letters differ.
  [3]

ASM_ARGUMENT

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .macro put value:req, to=r0
  > ldi \to, \value
  > .endm
  > .macro none
  > .endm
  > put
  > put , r1
  > put 1, r1, 2
  > put valu=3
  > put to=r1, 3
  > put 3, value=3
  > putt 3
  > none 1
  > none
  > put 3 == 3
  > END
  <stdin>:7:1: error: 'put' needs an argument for 'value' [WASP-A046]
      put
      ^^^
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:8:1: error: 'put' needs an argument for 'value' [WASP-A046]
      put , r1
      ^^^
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:9:12: error: 'put' takes at most 2 arguments [WASP-A046]
      put 1, r1, 2
                 ^
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:10:5: error: 'put' has no parameter 'valu' [WASP-A046]
      put valu=3
          ^^^^
      hint: did you mean 'value'?
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:11:12: error: an argument without a name behind one that has one [WASP-A046]
      put to=r1, 3
                 ^
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:12:8: error: 'value' is given a second time [WASP-A046]
      put 3, value=3
             ^^^^^^
  <stdin>:2:8: note: 'put' is defined here
      .macro put value:req, to=r0
             ^^^
  <stdin>:13:1: error: there is no instruction 'putt' [WASP-A008]
      putt 3
      ^^^^
      hint: did you mean 'put'?
  <stdin>:14:6: error: 'none' takes no argument [WASP-A046]
      none 1
           ^
  <stdin>:5:8: note: 'none' is defined here
      .macro none
             ^^^^
  [3]

ASM_PARAMETER

  $ wasp-as <<'END'
  > .hooks none
  > .macro put value, to
  > ldi \to, \valu + \value
  > .endm
  > put 1, r0
  > ldi r0, \to
  > l\@: nop
  > .rept 1
  > ldi r0, \+ + \q
  > .endr
  > END
  <stdin>:3:9: error: '\valu' is no parameter of 'put' [WASP-A047]
      ldi r0, \valu + 1
              ^^^^^
      hint: did you mean 'value'?
  <stdin>:5:1: note: in the expansion of macro 'put'
      put 1, r0
      ^^^
  <stdin>:6:9: error: '\to' stands outside a macro [WASP-A047]
      ldi r0, \to
              ^^^
      hint: Correct the name, or add it to those behind .macro.
  <stdin>:7:1: error: there is no instruction 'l' [WASP-A008]
      l\@: nop
      ^
      hint: 'wasp-as --print-opcodes' lists the instructions; a label ends in a colon.
  <stdin>:7:2: error: '\@' stands outside a macro [WASP-A047]
      l\@: nop
       ^^
      hint: Correct the name, or add it to those behind .macro.
  <stdin>:9:13: error: '\q' is no parameter of '.rept' [WASP-A047]
      ldi r0, 0 + \q
                  ^^
      hint: Correct the name, or add it to those behind .macro.
  <stdin>:8:1: note: in repetition 1 of '.rept'
      .rept 1
      ^^^^^
  [3]

ASM_EXPANSION

  $ wasp-as <<'END' 2>&1 | grep -v rec
  > .hooks none
  > .macro rec
  > rec
  > rec
  > .endm
  > rec
  > nop
  > END
      ^^^
      ^^^
      ^^^
      ^^^
      ^^^
  note: 92 more like these are left out
      ^^^
      ^^^
      ^^^
      ^^^
  $ wasp-as <<'END'
  > .hooks none
  > .rept 1000
  > .rept 10
  > .endr
  > .endr
  > nop
  > END
  <stdin>:3:1: error: '.rept' makes more than 10000 expansions [WASP-A048]
      .rept 10
      ^^^^^
  <stdin>:2:1: note: in repetition 910 of '.rept'
      .rept 1000
      ^^^^^
  [3]
  $ { echo .hooks none; echo .macro long
  > seq -f '; a line of text, and its number %g' 1000; echo .endm
  > echo .rept 100; echo long; echo .endr; echo nop; } | wasp-as
  <stdin>:1005:1: error: 'long' makes more than 1048576 bytes of expansions [WASP-A048]
      long
      ^^^^
  <stdin>:1004:1: note: in repetition 29 of '.rept'
      .rept 100
      ^^^^^
  [3]
  $ printf '.hooks none\n.rept -1\n.endr\n.rept 1001\n.endr\nnop\n' | wasp-as
  <stdin>:2:7: error: the number of repetitions is -1; 0..1000 is allowed [WASP-A016]
      .rept -1
            ^^
  <stdin>:4:7: error: the number of repetitions is 1001; 0..1000 is allowed [WASP-A016]
      .rept 1001
            ^^^^
  [3]

Of very many expansions the first and the last are told

  $ wasp-as <<'END' 2>&1 | grep -n 'note\|error'
  > .hooks none
  > .macro deep n
  > .if \n
  > deep (\n - 1)
  > .else
  > wrong
  > .endif
  > .endm
  > deep 20
  > END
  1:<stdin>:6:1: error: there is no instruction 'wrong' [WASP-A008]
  5:<stdin>:4:1: note: in the expansion of macro 'deep'
  8:<stdin>:4:1: note: in the expansion of macro 'deep'
  11:<stdin>:4:1: note: in the expansion of macro 'deep'
  14:<stdin>:4:1: note: in the expansion of macro 'deep'
  17:note: 13 more like these are left out
  18:<stdin>:4:1: note: in the expansion of macro 'deep'
  21:<stdin>:4:1: note: in the expansion of macro 'deep'
  24:<stdin>:4:1: note: in the expansion of macro 'deep'
  27:<stdin>:9:1: note: in the expansion of macro 'deep'

As JSON each of them is a line

  $ wasp-as --json <<'END'
  > .hooks none
  > .macro put value
  > ldi r0, \value
  > .endm
  > put 512
  > END
  {"v":1,"id":"WASP-A016","severity":"error","class":null,"file":"<stdin>","line":3,"col":9,"offset":null,"pc":null,"path":null,"message":"this operand of 'ldi' is 512; 0..511 is allowed","hint":"'li' and 'lic' set a register to any number"}
  {"v":1,"id":null,"severity":"note","class":null,"file":"<stdin>","line":5,"col":1,"offset":null,"pc":null,"path":null,"message":"in the expansion of macro 'put'","hint":null}
  [3]

  $ wasp-as -D 'a b' which.wasp
  wasp-as: --define takes NAME or NAME=EXPR, not 'a b'; try 'wasp-as --help'
  [2]
  $ wasp-as -D =3 which.wasp
  wasp-as: --define takes NAME or NAME=EXPR, not '=3'; try 'wasp-as --help'
  [2]
  $ wasp-as -D 5=3 which.wasp
  wasp-as: --define takes NAME or NAME=EXPR, not '5=3'; try 'wasp-as --help'
  [2]
  $ wasp-as -D 'LIMIT=(3' which.wasp
  --define:1:9: error: the line ends where an operator or ')' is expected [WASP-A004]
      LIMIT=(3
              ^
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  [3]
  $ wasp-as -D LIMIT=3 -D LIMIT=4 which.wasp
  --define:2:1: error: 'LIMIT' is defined already [WASP-A011]
      LIMIT=4
      ^^^^^
      hint: Rename one of the two.
  --define:1:1: note: 'LIMIT' was defined here
      LIMIT=3
      ^^^^^
  which.wasp:15:8: error: the quote is not closed on its line [WASP-A003]
      	.else ' nor this
      	      ^^^^^^^^^^
  [3]

Labels that are numbers

  $ wasp-as <<'END' | wasp-dis
  > 	.hooks none
  > 	.data
  > 1:	.word 5
  > 	.text
  > 	ld r0, [1b]
  > 	bz r0, 1f
  > 	.macro skip
  > 	bnz r0, 1f
  > 	addi r0, 1
  > 1:
  > 	.endm
  > 	skip
  > 	skip
  > 1:	bz r1, 1f
  > 	jmp 23f
  > 1: 1:	nop
  > 23:	jmp 1f+1
  > 	ldi r3, 1f - . 
  > 1:	.equ LENGTH, 1f
  > 1:	ldi r4, LENGTH
  > END
  ; code 4facaf90743f000e
          .hooks none
          .data
          .word 5                                 ; [0]
          .text
          ld r0, [0]                              ;   0  1000
          bz r0, L4                               ;   1  d002
          bnz r0, L4                              ;   2  d101
          addi r0, 1                              ;   3  6001
  L4:     bnz r0, L6                              ;   4  d101
          addi r0, 1                              ;   5  6001
  L6:     bz r1, L8                               ;   6  d201
          jmp L9                                  ;   7  e001
  L8:     addi r0, 0                              ;   8  6000
  L9:     jmp L12                                 ;   9  e002
          ldi r3, 1                               ;  10  5601
          ldi r4, 11                              ;  11  580b
  L12:
  <stdin>:14:1: warning: nothing jumps to '1' [WASP-A050 -Wunused-label]
      1:	bz r1, 1f
      ^
      hint: Jump to it, or remove it.
  <stdin>:16:4: warning: nothing jumps to '1' [WASP-A050 -Wunused-label]
      1: 1:	nop
         ^
      hint: Jump to it, or remove it.
  <stdin>:20:12: warning: 'ldi' gets the number of the instruction 'LENGTH', 11 [WASP-A055 -Wplace-as-number]
      1:	ldi r4, LENGTH
        	        ^^^^^^
      hint: Write ld and brackets to get what a word holds.
  $ wasp-as <<'END'
  > .hooks none
  > 1: nop
  > jmp 1b
  > jmp 2f
  > jmp 2b
  > 0: nop
  > 0x1: nop
  > 'a': nop
  > 1234567890: nop
  > jmp 1234567890f
  > ldi r0, 0b
  > ldi r0, 0f
  > beq r0, r1, 3f
  > .rept 64
  > nop
  > .endr
  > 3: jmp 3b + 2
  > .if 3f
  > .endif
  > END
  <stdin>:3:5: error: '1b' is a place in the code that lies behind, and jumps only go forward [WASP-A017]
      jmp 1b
          ^^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  <stdin>:2:1: note: this is it
      1: nop
      ^
  <stdin>:4:5: error: no label '2:' stands behind this [WASP-A010]
      jmp 2f
          ^^
      hint: '1f' is the next label '1:'; '1b' is the last one before, which must be a word
  <stdin>:5:5: error: no label '2:' stands before this [WASP-A010]
      jmp 2b
          ^^
      hint: '1f' is the next label '1:'; '1b' is the last one before, which must be a word
  <stdin>:6:1: error: a label is a name, or a decimal number of at most 9 digits that does not begin with 0 [WASP-A004]
      0: nop
      ^
  <stdin>:7:1: error: a label is a name, or a decimal number of at most 9 digits that does not begin with 0 [WASP-A004]
      0x1: nop
      ^^^
  <stdin>:8:1: error: a label is a name, or a decimal number of at most 9 digits that does not begin with 0 [WASP-A004]
      'a': nop
      ^^^
  <stdin>:9:1: error: a label is a name, or a decimal number of at most 9 digits that does not begin with 0 [WASP-A004]
      1234567890: nop
      ^^^^^^^^^^
  <stdin>:10:5: error: a label that is a number has at most 9 digits [WASP-A002]
      jmp 1234567890f
          ^^^^^^^^^^^
  <stdin>:11:9: error: a number without digits [WASP-A002]
      ldi r0, 0b
              ^^
  <stdin>:12:9: error: not an octal number, which a leading 0 makes it [WASP-A002]
      ldi r0, 0f
              ^^
  <stdin>:13:13: error: 'beq' at instruction 11 reaches at most 75; '3f' is instruction 76 [WASP-A018]
      beq r0, r1, 3f
                  ^^
      hint: jmp reaches every place of a program
  <stdin>:17:1: note: '3' was defined here
      3: jmp 3b + 2
      ^
  <stdin>:17:8: error: '3b' is a place in the code that lies behind, and jumps only go forward [WASP-A017]
      3: jmp 3b + 2
             ^^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  <stdin>:17:1: note: this is it
      3: jmp 3b + 2
      ^
  <stdin>:18:5: error: the value of '.if' must be known here, and '3f' is not [WASP-A040]
      .if 3f
          ^^
      hint: Define the name above, or with --define.
  [3]

Numbers that are built in code

  $ cat > lic.wasp <<'END'
  > 	.program lic
  > 	.hooks none
  > 	bz r0, over
  > from:	lic r1, NUMBER		; the value may come later
  > 	lic r2, from - 1
  > 	jmp over
  > 	lic r3, -1
  > over:	lic r4, over - from
  > 	NUMBER = 1000000
  > END
  $ wasp-as -o lic.wo lic.wasp && wasp-dis lic.wo
  ; code a6eb7f203314378b
          .hooks none
          .text
          bz r0, over                             ;   0  d008
  from:   ldi r1, 31                              ;   1  521f
          shli r1, 9                              ;   2  8209
          addi r1, -247                           ;   3  6309
          shli r1, 6                              ;   4  8206
          ldi r2, 0                               ;   5  5400
          jmp over                                ;   6  e002
          ldi r3, 0                               ;   7  5600
          addi r3, -1                             ;   8  67ff
  over:   ldi r4, 8                               ;   9  5808
  $ tail -c +57 lic.wo
  eb7f203314378b
  program lic
  file lic.wasp
  label 1 from
  label 9 over
  line 0 3 bz r0, over
  line 1 4 from:	lic r1, NUMBER		; the value may come later
  line 2 4 from:	lic r1, NUMBER		; the value may come later
  line 3 4 from:	lic r1, NUMBER		; the value may come later
  line 4 4 from:	lic r1, NUMBER		; the value may come later
  line 5 5 lic r2, from - 1
  line 6 6 jmp over
  line 7 7 lic r3, -1
  line 8 7 lic r3, -1
  line 9 8 over:	lic r4, over - from
  $ wasp-as <<'END'
  > .hooks none
  > .data
  > w: .word 1
  > .text
  > lic r0, end
  > lic r0, w
  > lic r0, 0x100000000
  > lic r0
  > lic 5, r0
  > li r1, lic
  > .if .
  > .endif
  > end: nop
  > END
  <stdin>:5:9: error: where 'end' lies depends on what is computed here [WASP-A029]
      lic r0, end
              ^^^
      hint: Ask only for the place of what comes before, or write the number itself.
  <stdin>:6:9: error: where 'w' lies depends on what is computed here [WASP-A029]
      lic r0, w
              ^
      hint: Ask only for the place of what comes before, or write the number itself.
  <stdin>:7:9: error: the value of 'lic' is 4294967296; -2147483648..4294967295 is allowed [WASP-A016]
      lic r0, 0x100000000
              ^^^^^^^^^^^
  <stdin>:8:1: error: 'lic' takes 2 operands, not 1 [WASP-A014]
      lic r0
      ^^^
      hint: lic rd, u
  <stdin>:9:5: error: 'lic' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      lic 5, r0
          ^
  <stdin>:10:8: error: 'lic' is the name of an instruction, which has no value [WASP-A015]
      li r1, lic
             ^^^
  <stdin>:11:5: error: the value of '.if' must be known here, and '.' is not [WASP-A040]
      .if .
          ^
      hint: Define the name above, or with --define.
  [3]
  $ cat > eighteen.sh <<'END'
  > echo .hooks none; for i in $(seq 18); do echo lic r0, 0x89abcdef; done
  > END
  $ { sh eighteen.sh; echo nop; echo nop; } | wasp-as | wasp-dis | tail -n 1
          addi r0, 0                              ; 127  6000
  $ { sh eighteen.sh; echo nop; echo lic r0, 512; } | wasp-as
  <stdin>:21:1: error: more than 128 instructions [WASP-A021]
      lic r0, 512
      ^^^
      hint: Leave a part to a second program, or to another node of the way.
  [3]
  $ { sh eighteen.sh; sh eighteen.sh | sed 1d; } | wasp-as
  <stdin>:20:1: error: more than 128 instructions [WASP-A021]
      lic r0, 0x89abcdef
      ^^^
      hint: Leave a part to a second program, or to another node of the way.
  [3]
