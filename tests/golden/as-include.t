Files that a source includes.

  $ mkdir -p src/lib inc 'with space'
  $ cat > src/main.wasp <<'END'
  > 	.program main
  > 	.hooks ingress
  > 	.include "lib/macros.wasp"
  > 	.include "words.wasp"
  > 	.text
  > 	ld r0, [limit]
  > 	less r0, 1f
  > 	drop
  > 1:	.include "tail.wasp"
  > END
  $ cat > src/lib/macros.wasp <<'END'
  > 	.ifndef LESS
  > LESS = 1
  > 	.include "more.wasp"		; beside this one
  > 	.endif
  > END
  $ cat > src/lib/more.wasp <<'END'
  > 	.macro less reg, to
  > 	ldi r7, 10
  > 	bltu \reg, r7, \to
  > 	.endm
  > END
  $ printf '\t.data\nlimit:\t.word 7' > inc/words.wasp
  $ printf '\n\tforward\n' > inc/tail.wasp

  $ wasp-as -o main.wo -I 'with space' -I inc src/main.wasp
  $ wasp-dis main.wo
  ; code 7c3ec94ce7b550f9
          .program main
          .hooks ingress
          .data
  limit:  .word 7                                 ; [0]
          .text
          ld r0, [limit]                          ;   0  1000
          ldi r7, 10                              ;   1  5e0a
          bltu r0, r7, L4                         ;   2  b1c1
          drop                                    ;   3  0100
  L4:     forward                                 ;   4  0000
  $ tail -c +37 main.wo
  -NOTES 1
  code 7c3ec94ce7b550f9
  program main
  file main.wasp
  word 0 1 data limit
  line 0 6 ld r0, [limit]
  line 1 7 less r0, 1f
  line 2 7 less r0, 1f
  line 3 8 drop
  file tail.wasp
  line 4 2 forward

The source on standard input lies in the working directory

  $ cd src && wasp-as -I ../inc -o ../same.wo < main.wasp && cd .. && wasp-dis same.wo | tail -5
          ld r0, [limit]                          ;   0  1000
          ldi r7, 10                              ;   1  5e0a
          bltu r0, r7, L4                         ;   2  b1c1
          drop                                    ;   3  0100
  L4:     forward                                 ;   4  0000
  $ tail -c +37 same.wo
  -NOTES 1
  code 7c3ec94ce7b550f9
  program main
  file <stdin>
  word 0 1 data limit
  line 0 6 ld r0, [limit]
  line 1 7 less r0, 1f
  line 2 7 less r0, 1f
  line 3 8 drop
  file tail.wasp
  line 4 2 forward
  $ cmp main.wo same.wo | cut -d, -f1
  main.wo same.wo differ: char 86

What of it is wrong is told with the way there

  $ printf '\tnop\n\tless r1\n\tbnz r0, 1b\n' > inc/tail.wasp
  $ wasp-as -I inc src/main.wasp
  src/lib/more.wasp:3:15: error: the line ends where an operand is expected [WASP-A004]
      	bltu r1, r7, 
      	             ^
  inc/tail.wasp:2:2: note: in the expansion of macro 'less'
      	less r1
      	^^^^
  src/main.wasp:9:13: note: included from here
      1:	.include "tail.wasp"
        	         ^^^^^^^^^^^
  inc/tail.wasp:3:10: error: '1b' is a place in the code that lies behind, and jumps only go forward [WASP-A017]
      	bnz r0, 1b
      	        ^^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  src/main.wasp:9:13: note: included from here
      1:	.include "tail.wasp"
        	         ^^^^^^^^^^^
  src/main.wasp:9:1: note: this is it
      1:	.include "tail.wasp"
      ^
  [3]
  $ wasp-as -I inc --json src/main.wasp 2>&1 | grep -c included
  2

What wasp-verify says of it is told by file

  $ printf '\tmov r0, t0\n' > inc/tail.wasp
  $ wasp-as -I inc src/main.wasp | wasp-verify
  tail.wasp:1: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov r0, t0
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      path: line 7: bltu r0, r7, .+2: taken (r0 is 0..9, r7 is 10)
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  <stdin>: rejected: 1 error
  [1]

Rules for make

  $ printf '\tforward\n' > inc/tail.wasp
  $ cp inc/words.wasp 'with space/words.wasp'
  $ wasp-as -I 'with space' -I inc -M main.d -o main.wo src/main.wasp
  $ cat main.d
  main.wo: src/main.wasp \
    src/lib/macros.wasp \
    src/lib/more.wasp \
    with\ space/words.wasp \
    inc/tail.wasp
  src/lib/macros.wasp:
  src/lib/more.wasp:
  with\ space/words.wasp:
  inc/tail.wasp:
  $ wasp-as -I inc --deps - -o 'a #1$%.wo' < src/lib/more.wasp
  <stdin>:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      	.macro less reg, to
      ^
      hint: .hooks ingress, or .hooks none
  [3]
  $ printf '.hooks none\nnop\n' | wasp-as --deps - -o 'a #1$%.wo'
  a\ \#1$$\%.wo:
  $ { echo 'all: main.wo'; echo '-include main.d'; printf '%%.wo:\n\t@echo make $@\n'; } > Makefile
  $ touch -d 2001-01-02 src/*.wasp src/lib/*.wasp inc/*.wasp with*/*.wasp
  $ touch -d 2001-01-01 main.wo; env -u MAKEFLAGS -u MAKELEVEL make -s
  make main.wo
  $ touch -d 2001-01-03 main.wo; env -u MAKEFLAGS -u MAKELEVEL make -s
  $ touch -d 2001-01-04 'with space/words.wasp'; env -u MAKEFLAGS -u MAKELEVEL make -s
  make main.wo
  $ touch -d 2001-01-05 main.wo; rm src/lib/more.wasp; env -u MAKEFLAGS -u MAKELEVEL make -s
  make main.wo
  $ wasp-as -M main.d src/main.wasp
  wasp-as: --deps needs the name of the object, --output FILE; try 'wasp-as --help'
  [2]
  $ wasp-as -M main.d -o - src/main.wasp
  wasp-as: --deps needs the name of the object, --output FILE; try 'wasp-as --help'
  [2]

ASM_INCLUDE

  $ mkdir -p a b/folder
  $ cat > wrong.wasp <<'END'
  > .hooks none
  > .include "gone.wasp"
  > .include "/gone/for good.wasp"
  > .include "folder"
  > .include name
  > .include ""
  > .include "a\nb"
  > .include "a", "b"
  > .include
  > nop
  > END
  $ wasp-as -I a -I b/ wrong.wasp
  wrong.wasp:2:10: error: 'gone.wasp' is not included: it is not found [WASP-A033]
      .include "gone.wasp"
               ^^^^^^^^^^^
      hint: there is no 'gone.wasp', 'a/gone.wasp', 'b/gone.wasp'
  wrong.wasp:3:10: error: '/gone/for good.wasp' is not included: it is not found [WASP-A033]
      .include "/gone/for good.wasp"
               ^^^^^^^^^^^^^^^^^^^^^
      hint: there is no '/gone/for good.wasp'
  wrong.wasp:4:10: error: 'folder' is not included: b/folder: Is a directory [WASP-A033]
      .include "folder"
               ^^^^^^^^
      hint: Correct the name, or give the directory with -I.
  wrong.wasp:5:10: error: '.include' takes the name of a file in quotes here, not the name 'name' [WASP-A015]
      .include name
               ^^^^
      hint: "name"
  wrong.wasp:6:10: error: '.include' takes the name of a file in quotes here, not the string '""' [WASP-A015]
      .include ""
               ^^
  wrong.wasp:7:10: error: '.include' takes the name of a file in quotes here, not the string '"a\nb"' [WASP-A015]
      .include "a\nb"
               ^^^^^^
  wrong.wasp:8:1: error: '.include' takes FILE; 2 operands are given [WASP-A014]
      .include "a", "b"
      ^^^^^^^^
  wrong.wasp:9:1: error: '.include' takes FILE; 0 operands are given [WASP-A014]
      .include
      ^^^^^^^^
  [3]
  $ printf '.include "gone.wasp"\n' > a/also.wasp
  $ printf '.hooks none\n.include "a/also.wasp"\nnop\n' | wasp-as
  a/also.wasp:1:10: error: 'gone.wasp' is not included: it is not found [WASP-A033]
      .include "gone.wasp"
               ^^^^^^^^^^^
      hint: there is no 'a/gone.wasp'
  <stdin>:2:10: note: included from here
      .include "a/also.wasp"
               ^^^^^^^^^^^^^
  [3]

ASM_INCLUDE_CYCLE

  $ printf '.include "two.wasp"\n' > one.wasp
  $ printf '.include "three.wasp"\n' > two.wasp
  $ printf ';\n.include "one.wasp"\n' > three.wasp
  $ wasp-as one.wasp
  one.wasp:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      .include "two.wasp"
      ^
      hint: .hooks ingress, or .hooks none
  three.wasp:2:10: error: 'one.wasp' includes itself [WASP-A034]
      .include "one.wasp"
               ^^^^^^^^^^
      hint: Move what both need to a third file.
  two.wasp:1:10: note: included from here
      .include "three.wasp"
               ^^^^^^^^^^^^
  one.wasp:1:10: note: included from here
      .include "two.wasp"
               ^^^^^^^^^^
  [3]
  $ printf '.hooks none\n.include "one.wasp"\nnop\n' | wasp-as 2>&1 | grep -v '^ '
  three.wasp:2:10: error: 'one.wasp' includes itself [WASP-A034]
  two.wasp:1:10: note: included from here
  one.wasp:1:10: note: included from here
  <stdin>:2:10: note: included from here
  $ printf '.include "self.wasp"\n' > self.wasp
  $ wasp-as ./self.wasp 2>&1 | head -1
  ./self.wasp:1:1: error: the program does not say at which hooks it runs [WASP-A019]

ASM_INCLUDE_LIMIT

  $ mkdir deep; ln -s . deep/deep
  $ printf '.include "deep/a.wasp"\n' > deep/a.wasp
  $ printf '.hooks none\nnop\n.include "deep/a.wasp"\n' | wasp-as 2>&1 | grep -v '^ ' | sed 's,deep/.*/,.../,'
  .../a.wasp:1:10: error: more than 32 files included in each other [WASP-A035]
  .../a.wasp:1:10: note: included from here
  .../a.wasp:1:10: note: included from here
  .../a.wasp:1:10: note: included from here
  .../a.wasp:1:10: note: included from here
  note: 24 more like these are left out
  .../a.wasp:1:10: note: included from here
  .../a.wasp:1:10: note: included from here
  deep/a.wasp:1:10: note: included from here
  <stdin>:3:10: note: included from here
  $ printf '.text\n' > empty.wasp
  $ { echo .hooks none; for i in $(seq 1005); do echo '.include "empty.wasp"'; done; } > many.wasp
  $ wasp-as many.wasp
  many.wasp:1002:10: error: more than 1000 included files [WASP-A035]
      .include "empty.wasp"
               ^^^^^^^^^^^^
  [3]
  $ head -c 9000000 /dev/zero | tr '\0' '\n' > large.wasp
  $ { echo .hooks none; for i in 1 2; do echo '.include "large.wasp"'; done; } > larger.wasp
  $ wasp-as -w larger.wasp
  larger.wasp:3:10: error: more than 16777216 bytes of included files [WASP-A035]
      .include "large.wasp"
               ^^^^^^^^^^^^
  [3]
  $ head -c 17000000 /dev/zero > large.wasp
  $ wasp-as larger.wasp 2>&1 | head -2
  larger.wasp:2:10: error: 'large.wasp' is not included: large.wasp: File too large [WASP-A033]
      .include "large.wasp"
