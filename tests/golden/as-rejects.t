One rejected program for each diagnostic of the assembler, named after it.


ASM_BYTE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress
  > forward ; fine
  > drop = 1 # 2
  > END
  <stdin>:3:1: error: 'drop' is the name of an instruction [WASP-A012]
      drop = 1 # 2
      ^^^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:3:10: error: '#' begins nothing [WASP-A001]
      drop = 1 # 2
               ^
      hint: a comment begins with ';' or '//'
  [3]

ASM_NUMBER

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > ldi r0, 0x
  > ldi r0, 08
  > ldi r0, 0b12
  > ldi r0, 12ab
  > ldi r0, 0xfg
  > .header ident, 18446744073709551616
  > END
  <stdin>:2:9: error: a number without digits [WASP-A002]
      ldi r0, 0x
              ^^
  <stdin>:3:9: error: not an octal number, which a leading 0 makes it [WASP-A002]
      ldi r0, 08
              ^^
  <stdin>:4:9: error: not a binary number [WASP-A002]
      ldi r0, 0b12
              ^^^^
  <stdin>:5:9: error: neither a number nor a name [WASP-A002]
      ldi r0, 12ab
              ^^^^
  <stdin>:6:9: error: not a hexadecimal number [WASP-A002]
      ldi r0, 0xfg
              ^^^^
  <stdin>:7:16: error: the number has more than 64 bits [WASP-A002]
      .header ident, 18446744073709551616
                     ^^^^^^^^^^^^^^^^^^^^
  [3]

ASM_STRING

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > .key public, "open
  > .key public, "\q"
  > .word 'ab'
  > .word ''
  > .word 'a
  > .text
  > nop
  > END
  <stdin>:3:14: error: the quote is not closed on its line [WASP-A003]
      .key public, "open
                   ^^^^^
  <stdin>:4:15: error: unknown escape; there are \n \t \r \0 \\ \" \' and \xHH [WASP-A003]
      .key public, "\q"
                    ^^
  <stdin>:5:7: error: a character constant holds one byte [WASP-A003]
      .word 'ab'
            ^^^^
  <stdin>:6:7: error: a character constant holds one byte [WASP-A003]
      .word ''
            ^^
  <stdin>:7:7: error: the quote is not closed on its line [WASP-A003]
      .word 'a
            ^^
  [3]

ASM_SYNTAX

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > x: .word (1 + 2
  > .word 1 2
  > .word
  > .word 1,
  > : drop
  > .text
  > mov r0 r1
  > ld r0, [x
  > ldi r0, 1 +
  > nop nop nop
  > 5
  > END
  <stdin>:3:16: error: the line ends where an operator or ')' is expected [WASP-A004]
      x: .word (1 + 2
                     ^
  <stdin>:4:9: error: '2' where an operator, ',' or the end of the line is expected [WASP-A004]
      .word 1 2
              ^
  <stdin>:5:1: error: '.word' takes VALUE, ...; 0 operands are given [WASP-A014]
      .word
      ^^^^^
  <stdin>:6:9: error: the line ends where an operand is expected [WASP-A004]
      .word 1,
              ^
  <stdin>:7:1: error: ':' where a label, an instruction, a directive or the end of the line is expected [WASP-A004]
      : drop
      ^
  <stdin>:9:5: error: a comma is missing between the operands 'r0 r1' [WASP-A004]
      mov r0 r1
          ^^^^^
  <stdin>:10:10: error: the line ends where an operator or ']' is expected [WASP-A004]
      ld r0, [x
               ^
  <stdin>:11:12: error: the line ends where an expression is expected [WASP-A004]
      ldi r0, 1 +
                 ^
  <stdin>:12:5: error: a comma is missing between the operands 'nop nop' [WASP-A004]
      nop nop nop
          ^^^^^^^
  <stdin>:13:2: error: the line ends where ':' is expected [WASP-A004]
      5
       ^
  [3]

ASM_DEPTH

  $ { echo .hooks none
  > printf 'ldi r0, '; printf '(%.0s' $(seq 2000); echo
  > echo nop, nop; } | wasp-as 2>&1 | cut -c 1-100
  <stdin>:2:1003: error: the expression is nested too deeply; the rest of the line was not read [WASP-
      ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((
                                                                                      ^
      hint: Give parts of it names with .equ, or leave parentheses out.
  <stdin>:3:4: error: ',' where an operand, ':' or the end of the line is expected [WASP-A004]
      nop, nop
         ^
  $ { echo .hooks none
  > printf 'ldi r0, 0'; printf '+1%.0s' $(seq 2000); echo; } | wasp-as 2>&1 |
  > cut -c 1-100
  <stdin>:2:9: error: the expression is nested too deeply [WASP-A005]
      ldi r0, 0+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+1+
              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      hint: Give parts of it names with .equ, or leave parentheses out.

ASM_LONG_NAME

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress
  > aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: forward
  > END
  <stdin>:2:1: error: a name has at most 64 characters [WASP-A007]
      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: forward
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  [3]

ASM_MNEMONIC

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress
  > forwrad
  > MOV r0, r1
  > load r0, [0]
  > halt and catch fire
  > END
  <stdin>:2:1: error: there is no instruction 'forwrad' [WASP-A008]
      forwrad
      ^^^^^^^
      hint: did you mean 'forward'?
  <stdin>:3:1: error: there is no instruction 'MOV' [WASP-A008]
      MOV r0, r1
      ^^^
      hint: did you mean 'mov'?
  <stdin>:4:1: error: there is no instruction 'load' [WASP-A008]
      load r0, [0]
      ^^^^
      hint: ld rX, [word]
  <stdin>:5:1: error: there is no instruction 'halt' [WASP-A008]
      halt and catch fire
      ^^^^
      hint: 'forward' ends the run and lets the packet go on
  <stdin>:5:16: error: 'fire' where ',' or the end of the line is expected [WASP-A004]
      halt and catch fire
                     ^^^^
  [3]

ASM_DIRECTIVE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress
  > .wrod 1
  > .byte 7
  > forward
  > END
  <stdin>:2:1: error: there is no directive '.wrod' [WASP-A009]
      .wrod 1
      ^^^^^
      hint: did you mean '.word'?
  <stdin>:3:1: error: there is no directive '.byte' [WASP-A009]
      .byte 7
      ^^^^^
      hint: 'wasp-as --print-opcodes' lists the directives.
  [3]

ASM_UNDEFINED

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > limit: .word LIMIT
  > .text
  > ld r0, [limt]
  > ld r1, [limt]
  > jmp out
  > ldi r2, r0 + 1
  > END
  <stdin>:3:14: error: 'LIMIT' is not defined [WASP-A010]
      limit: .word LIMIT
                   ^^^^^
      hint: did you mean 'limit'?
  <stdin>:5:9: error: 'limt' is not defined [WASP-A010]
      ld r0, [limt]
              ^^^^
      hint: did you mean 'limit'?
  <stdin>:7:5: error: 'out' is not defined [WASP-A010]
      jmp out
          ^^^
      hint: Define it with a label or .equ, or correct its spelling: small and capital letters differ.
  <stdin>:8:9: error: 'r0' is the name of a register, which has no value [WASP-A015]
      ldi r2, r0 + 1
              ^^
  [3]

ASM_DUPLICATE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > out: nop
  > .equ N, 1
  > out: drop
  > .equ N, 2
  > .data
  > N: .word 1
  > END
  <stdin>:4:1: error: 'out' is defined already [WASP-A011]
      out: drop
      ^^^
      hint: Rename one of the two.
  <stdin>:2:1: note: 'out' was defined here
      out: nop
      ^^^
  <stdin>:5:6: error: 'N' is defined already [WASP-A011]
      .equ N, 2
           ^
      hint: Rename one of the two.
  <stdin>:3:6: note: 'N' was defined here
      .equ N, 1
           ^
  <stdin>:7:1: error: 'N' is defined already [WASP-A011]
      N: .word 1
      ^
      hint: Rename one of the two.
  <stdin>:3:6: note: 'N' was defined here
      .equ N, 1
           ^
  [3]

ASM_RESERVED

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > r0: .word 1
  > hops: .word 1
  > node.3: .word 1
  > .text
  > drop: drop
  > .equ t7, 1
  > .equ li, 1
  > END
  <stdin>:3:1: error: 'r0' is the name of a register [WASP-A012]
      r0: .word 1
      ^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:4:1: error: 'hops' is the name of an environment field [WASP-A012]
      hops: .word 1
      ^^^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:5:1: error: 'node.3' is the name of an environment field [WASP-A012]
      node.3: .word 1
      ^^^^^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:7:1: error: 'drop' is the name of an instruction [WASP-A012]
      drop: drop
      ^^^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:8:6: error: 't7' is the name of an entry word [WASP-A012]
      .equ t7, 1
           ^^
      hint: Choose another name; one in capital letters is never taken.
  <stdin>:9:6: error: 'li' is the name of an instruction [WASP-A012]
      .equ li, 1
           ^^
      hint: Choose another name; one in capital letters is never taken.
  [3]

ASM_CYCLE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .equ A, B + 1
  > .equ B, A + 1
  > .equ C, C
  > ldi r0, A
  > END
  <stdin>:2:6: error: 'A' is defined by itself [WASP-A013]
      .equ A, B + 1
           ^
      hint: Break the circle: give one of the names a number.
  <stdin>:4:6: error: 'C' is defined by itself [WASP-A013]
      .equ C, C
           ^
      hint: Break the circle: give one of the names a number.
  [3]

ASM_COUNT

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > ldi r0
  > forward 1
  > bgtu r0, r1
  > li r0
  > .insn 1, 2
  > .data
  > .key public
  > .space
  > .text 1
  > END
  <stdin>:2:1: error: 'ldi' takes 2 operands, not 1 [WASP-A014]
      ldi r0
      ^^^
      hint: ldi rd, u
  <stdin>:3:1: error: 'forward' takes 0 operands, not 1 [WASP-A014]
      forward 1
      ^^^^^^^
  <stdin>:4:1: error: 'bgtu' takes 3 operands, not 2 [WASP-A014]
      bgtu r0, r1
      ^^^^
      hint: bgtu rA, rB, label
  <stdin>:5:1: error: 'li' takes 2 operands, not 1 [WASP-A014]
      li r0
      ^^
      hint: li rd, u
  <stdin>:6:1: error: '.insn' takes WORD; 2 operands are given [WASP-A014]
      .insn 1, 2
      ^^^^^
  <stdin>:8:1: error: '.key' takes SPACE, KEY; 1 operand is given [WASP-A014]
      .key public
      ^^^^
  <stdin>:9:1: error: '.space' takes COUNT; 0 operands are given [WASP-A014]
      .space
      ^^^^^^
  <stdin>:10:1: error: '.text' takes no operand; 1 operand is given [WASP-A014]
      .text 1
      ^^^^^
  [3]

ASM_KIND

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > x: .word "a"
  > y: .word 1
  > .key public, [x]
  > .key public, of x
  > .secret of x
  > .cursor 5
  > .cursor out
  > .text
  > out: mov r0, 5
  > ld r0, y
  > ld r0, [out]
  > bz r0, y
  > jmp 3
  > push qeue
  > env r0, r1
  > ldi r0, hops
  > ldi [3], 3
  > .equ 5, 3
  > .program "x"
  > .header hops, "x"
  > .text
  > add r0, 5
  > END
  <stdin>:3:10: error: '.word' takes a number here, not the string '"a"' [WASP-A015]
      x: .word "a"
               ^^^
  <stdin>:5:14: error: '.key' takes a number, a string, 'random' or 'of LABEL' here, not the scratchpad word '[x]' [WASP-A015]
      .key public, [x]
                   ^^^
  <stdin>:6:14: error: '.key' takes a number, a string or 'random' here, and 'of LABEL' in the space 'invitation' [WASP-A015]
      .key public, of x
                   ^^^^
  <stdin>:7:9: error: '.secret' takes a number, a string or 'random' here, not the two words 'of x' [WASP-A015]
      .secret of x
              ^^^^
  <stdin>:8:9: error: '.cursor' takes the label of a block of words, not the number '5' [WASP-A015]
      .cursor 5
              ^
  <stdin>:9:1: error: '.cursor' is given a second time [WASP-A024]
      .cursor out
      ^^^^^^^
      hint: Leave one of them out.
  <stdin>:8:1: note: it was given here
      .cursor 5
      ^^^^^^^
  <stdin>:11:14: error: 'mov' takes a register (r0..r7) or an entry word (t0..t7) here, not the number '5' [WASP-A015]
      out: mov r0, 5
                   ^
      hint: 'ldi' takes a number up to 511, 'li' any
  <stdin>:12:8: error: 'ld' takes a scratchpad word in brackets here, not the name 'y' [WASP-A015]
      ld r0, y
             ^
      hint: [y]
  <stdin>:13:8: error: 'ld' takes a scratchpad word here, and 'out' is a place in the code [WASP-A015]
      ld r0, [out]
             ^^^^^
  <stdin>:14:8: error: 'bz' takes a label or '.+NUMBER' here, not the name 'y' [WASP-A015]
      bz r0, y
             ^
  <stdin>:15:5: error: 'jmp' takes a label or '.+NUMBER' here, not the number '3' [WASP-A015]
      jmp 3
          ^
  <stdin>:16:6: error: 'push' takes a register (r0..r7), an entry word (t0..t7) or an environment field here, not the name 'qeue' [WASP-A015]
      push qeue
           ^^^^
      hint: did you mean 'queue'?
  <stdin>:17:9: error: 'env' takes an environment field here, not the register 'r1' [WASP-A015]
      env r0, r1
              ^^
  <stdin>:18:9: error: 'ldi' takes a number here, not the environment field 'hops' [WASP-A015]
      ldi r0, hops
              ^^^^
  <stdin>:19:5: error: 'ldi' takes a register (r0..r7) here, not the scratchpad word '[3]' [WASP-A015]
      ldi [3], 3
          ^^^
      hint: 'st' stores a register in it
  <stdin>:20:6: error: '.equ' takes a name here, not the number '5' [WASP-A015]
      .equ 5, 3
           ^
  <stdin>:21:10: error: '.program' takes a name here, not the string '"x"' [WASP-A015]
      .program "x"
               ^^^
  <stdin>:22:15: error: '.header' takes a number here, not the string '"x"' [WASP-A015]
      .header hops, "x"
                    ^^^
  <stdin>:24:9: error: 'add' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      add r0, 5
              ^
      hint: 'addi' takes a number
  [3]

ASM_RANGE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > ldi r0, 512
  > ldi r0, -1
  > addi r0, 256
  > addi r0, -257
  > shli r0, 32
  > fault 32
  > ld r0, [256]
  > lookup r0, [64]
  > li r0, 0x100000000
  > li r0, -2147483649
  > .insn 65536
  > .header flags, 16
  > .header checksum, -1
  > .data
  > .word 4294967296
  > .word -2147483649
  > .key public, 0x4000000000000000
  > .key public, -1
  > .space 0
  > .space 65
  > END
  <stdin>:2:9: error: this operand of 'ldi' is 512; 0..511 is allowed [WASP-A016]
      ldi r0, 512
              ^^^
      hint: 'li' and 'lic' set a register to any number
  <stdin>:3:9: error: this operand of 'ldi' is -1; 0..511 is allowed [WASP-A016]
      ldi r0, -1
              ^^
      hint: 'li' and 'lic' set a register to any number
  <stdin>:4:10: error: this operand of 'addi' is 256; -256..255 is allowed [WASP-A016]
      addi r0, 256
               ^^^
      hint: 'li' puts any number into a register, to 'add' it
  <stdin>:5:10: error: this operand of 'addi' is -257; -256..255 is allowed [WASP-A016]
      addi r0, -257
               ^^^^
      hint: 'li' puts any number into a register, to 'add' it
  <stdin>:6:10: error: this operand of 'shli' is 32; 0..31 is allowed [WASP-A016]
      shli r0, 32
               ^^
  <stdin>:7:7: error: this operand of 'fault' is 32; 0..31 is allowed [WASP-A016]
      fault 32
            ^^
  <stdin>:8:9: error: this operand of 'ld' is 256; 0..255 is allowed [WASP-A016]
      ld r0, [256]
              ^^^
  <stdin>:9:13: error: this operand of 'lookup' is 64; 0..63 is allowed [WASP-A016]
      lookup r0, [64]
                  ^^
  <stdin>:10:8: error: the value of 'li' is 4294967296; -2147483648..4294967295 is allowed [WASP-A016]
      li r0, 0x100000000
             ^^^^^^^^^^^
  <stdin>:11:8: error: the value of 'li' is -2147483649; -2147483648..4294967295 is allowed [WASP-A016]
      li r0, -2147483649
             ^^^^^^^^^^^
  <stdin>:12:7: error: the word of '.insn' is 65536; 0..65535 is allowed [WASP-A016]
      .insn 65536
            ^^^^^
  <stdin>:13:16: error: the header field 'flags' is 16; 0..15 is allowed [WASP-A016]
      .header flags, 16
                     ^^
  <stdin>:14:19: error: the header field 'checksum' is -1; 0..65535 is allowed [WASP-A016]
      .header checksum, -1
                        ^^
  <stdin>:16:7: error: a word is 4294967296; -2147483648..4294967295 is allowed [WASP-A016]
      .word 4294967296
            ^^^^^^^^^^
  <stdin>:17:7: error: a word is -2147483649; -2147483648..4294967295 is allowed [WASP-A016]
      .word -2147483649
            ^^^^^^^^^^^
  <stdin>:18:14: error: the key is 4611686018427387904; 0..4611686018427387903 is allowed [WASP-A016]
      .key public, 0x4000000000000000
                   ^^^^^^^^^^^^^^^^^^
  <stdin>:19:14: error: the key is -1; 0..4611686018427387903 is allowed [WASP-A016]
      .key public, -1
                   ^^
  <stdin>:20:8: error: the number of words is 0; 1..64 is allowed [WASP-A016]
      .space 0
             ^
  <stdin>:21:8: error: the number of words is 65; 1..64 is allowed [WASP-A016]
      .space 65
             ^^
  [3]

ASM_BACKWARD

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress
  > loop: addi r0, 1
  > bnz r0, loop
  > jmp .
  > jmp .-1
  > forward
  > END
  <stdin>:3:9: error: 'bnz' at instruction 1 can only jump forward; 'loop' is instruction 0 [WASP-A017]
      bnz r0, loop
              ^^^^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  <stdin>:2:1: note: 'loop' was defined here
      loop: addi r0, 1
      ^^^^
  <stdin>:4:5: error: 'jmp' at instruction 2 can only jump forward; '.' is instruction 2 [WASP-A017]
      jmp .
          ^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  <stdin>:5:5: error: 'jmp' at instruction 3 can only jump forward; '.-1' is instruction 2 [WASP-A017]
      jmp .-1
          ^^^
      hint: Write the body of the loop as often as it shall run, or let it run once at each node.
  [3]

ASM_FAR

  $ { echo .hooks none
  > echo 'beq r0, r1, over'; echo 'beq r0, r1, over'; seq -f 'nop ; %g' 63
  > echo 'over: drop'; echo 'bltu r0, r1, .+65'; echo 'bz r0, .+257'; } | wasp-as
  <stdin>:2:13: error: 'beq' at instruction 0 reaches at most 64; 'over' is instruction 65 [WASP-A018]
      beq r0, r1, over
                  ^^^^
      hint: jmp reaches every place of a program
  <stdin>:67:1: note: 'over' was defined here
      over: drop
      ^^^^
  <stdin>:68:14: error: 'bltu' at instruction 66 reaches at most 130; '.+65' is instruction 131 [WASP-A018]
      bltu r0, r1, .+65
                   ^^^^
      hint: jmp reaches every place of a program
  <stdin>:69:8: error: 'bz' at instruction 67 reaches at most 323; '.+257' is instruction 324 [WASP-A018]
      bz r0, .+257
             ^^^^^
      hint: Branch on the opposite over a jmp, which reaches every place.
  [3]

ASM_NO_HOOKS

  $ wasp-as --max-errors 0 <<'END'
  > .program idle
  > forward
  > END
  <stdin>:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      .program idle
      ^^^^^^^^
      hint: .hooks ingress, or .hooks none
  [3]

ASM_NO_CODE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > .word 1
  > END
  <stdin>:1:1: error: the program has no instruction [WASP-A020]
      .hooks none
      ^
      hint: The shortest program is 'forward'.
  [3]

ASM_CODE_FULL

  $ { echo .hooks none; seq -f 'nop ; %g' 130; } | wasp-as
  <stdin>:130:1: error: more than 128 instructions [WASP-A021]
      nop ; 129
      ^^^
      hint: Leave a part to a second program, or to another node of the way.
  [3]

ASM_PAD_FULL

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > a: .space 63
  > b: .key public, 1
  > .text
  > li r0, 100000
  > END
  <stdin>:4:4: error: more than 64 scratchpad words [WASP-A022]
      b: .key public, 1
         ^^^^
      hint: Reserve less with .space, or build constants in code, which takes no word.
  [3]

ASM_SECTION

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .word 1
  > .data
  > nop
  > .insn 0
  > .text
  > nop
  > END
  <stdin>:2:1: error: '.word' declares words, but this is .text [WASP-A023]
      .word 1
      ^^^^^
      hint: .data begins words
  <stdin>:4:1: error: 'nop' is an instruction, but this is .data [WASP-A023]
      nop
      ^^^
      hint: .text begins instructions
  <stdin>:5:1: error: '.insn' is an instruction, but this is .data [WASP-A023]
      .insn 0
      ^^^^^
      hint: .text begins instructions
  [3]

ASM_REPEATED

  $ wasp-as --max-errors 0 <<'END'
  > .program a
  > .program b
  > .hooks none
  > .hooks ingress
  > .header hops, 1
  > .header hops, 1
  > .cursor x
  > .cursor x
  > nop
  > .data
  > x: .space 1
  > END
  <stdin>:2:1: error: '.program' is given a second time [WASP-A024]
      .program b
      ^^^^^^^^
      hint: Leave one of them out.
  <stdin>:1:1: note: it was given here
      .program a
      ^^^^^^^^
  <stdin>:4:1: error: '.hooks' is given a second time [WASP-A024]
      .hooks ingress
      ^^^^^^
      hint: Leave one of them out.
  <stdin>:3:1: note: it was given here
      .hooks none
      ^^^^^^
  <stdin>:6:1: error: '.header hops' is given a second time [WASP-A024]
      .header hops, 1
      ^^^^^^^
      hint: Leave one of them out.
  <stdin>:5:1: note: it was given here
      .header hops, 1
      ^^^^^^^
  <stdin>:8:1: error: '.cursor' is given a second time [WASP-A024]
      .cursor x
      ^^^^^^^
      hint: Leave one of them out.
  <stdin>:7:1: note: it was given here
      .cursor x
      ^^^^^^^
  [3]

ASM_CURSOR

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > .cursor trail
  > trail: .space 4
  > count: .word 0
  > .text
  > push ttl
  > END
  <stdin>:3:9: error: the block 'trail', where push begins, must be the last [WASP-A025]
      .cursor trail
              ^^^^^
      hint: Move that block behind all others.
  <stdin>:5:8: note: this block follows it
      count: .word 0
             ^^^^^
  [3]

ASM_NOT_SECRET

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > name: .key invitation, of limit
  > limit: .word 1, 2
  > hand: .secret random
  > its: .key invitation, of hand
  > .text
  > reroute r0, [name]
  > END
  <stdin>:3:27: error: 'limit' is not the label of a .secret [WASP-A026]
      name: .key invitation, of limit
                                ^^^^^
      hint: Declare the secret with .secret and a number or a string.
  <stdin>:6:26: error: the secret 'hand' is drawn when the packet is sent, so its name is not known [WASP-A026]
      its: .key invitation, of hand
                               ^^^^
      hint: Declare the secret with .secret and a number or a string.
  [3]

ASM_RANDOM

  $ wasp-as --strip --max-errors 0 <<'END'
  > .hooks none
  > .data
  > key: .key public, random
  > hand: .secret random
  > .text
  > lookup r0, [key]
  > END
  <stdin>:3:19: error: a random key needs the notes that --strip leaves off [WASP-A027]
      key: .key public, random
                        ^^^^^^
      hint: Assemble without --strip, or write the key as a number or a string.
  <stdin>:4:15: error: a random key needs the notes that --strip leaves off [WASP-A027]
      hand: .secret random
                    ^^^^^^
      hint: Assemble without --strip, or write the key as a number or a string.
  [3]

ASM_ARITHMETIC

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > .word 1 / 0
  > .word 7 % (3 - 3)
  > .word 1 << 64
  > .word 1 >> -1
  > .secret 0xffffffffffffffff + 1
  > .secret -0x8000000000000000 - 1
  > .secret 0x100000000 * 0x100000000
  > .secret 3 << 63
  > .text
  > nop
  > END
  <stdin>:3:11: error: division by zero [WASP-A028]
      .word 1 / 0
                ^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:4:11: error: division by zero [WASP-A028]
      .word 7 % (3 - 3)
                ^^^^^^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:5:12: error: a shift by 64; 0..63 is allowed [WASP-A028]
      .word 1 << 64
                 ^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:6:12: error: a shift by -1; 0..63 is allowed [WASP-A028]
      .word 1 >> -1
                 ^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:7:9: error: the result is not within -2^63..2^64-1 [WASP-A028]
      .secret 0xffffffffffffffff + 1
              ^^^^^^^^^^^^^^^^^^^^^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:8:9: error: the result is not within -2^63..2^64-1 [WASP-A028]
      .secret -0x8000000000000000 - 1
              ^^^^^^^^^^^^^^^^^^^^^^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:9:9: error: the result is not within -2^63..2^64-1 [WASP-A028]
      .secret 0x100000000 * 0x100000000
              ^^^^^^^^^^^^^^^^^^^^^^^^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  <stdin>:10:9: error: the result is not within -2^63..2^64-1 [WASP-A028]
      .secret 3 << 63
              ^^^^^^^
      hint: Compare before dividing, as in 'n ? a / n : 0'; cut a value to 32 bits with '& 0xffffffff'.
  [3]

ASM_NOT_PLACED

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > a: .space end - a
  > end:
  > .cursor trail
  > trail: .space 4
  > .text
  > li r0, 1000 + trail
  > li r1, .equal
  > END
  <stdin>:3:11: error: where 'end' lies depends on what is computed here [WASP-A029]
      a: .space end - a
                ^^^
      hint: Ask only for the place of what comes before, or write the number itself.
  <stdin>:8:15: error: where 'trail' lies depends on what is computed here [WASP-A029]
      li r0, 1000 + trail
                    ^^^^^
      hint: Ask only for the place of what comes before, or write the number itself.
  <stdin>:9:8: error: '.equal' where an operand is expected [WASP-A004]
      li r1, .equal
             ^^^^^^
  [3]

ASM_ADDRESS

  $ wasp-as --max-errors 0 <<'END'
  > .hooks none
  > .data
  > .addr 192.0.2
  > .addr 2001:db8:::1
  > .addr 192.0.2.256
  > .addr "::1"
  > .text
  > nop
  > END
  <stdin>:3:7: error: the address '192.0.2' is neither an IPv4 nor an IPv6 address [WASP-A030]
      .addr 192.0.2
            ^^^^^^^
      hint: Write the address without quotes; names of hosts and prefixes are none.
  <stdin>:4:7: error: the address '2001:db8:::1' is neither an IPv4 nor an IPv6 address [WASP-A030]
      .addr 2001:db8:::1
            ^^^^^^^^^^^^
      hint: Write the address without quotes; names of hosts and prefixes are none.
  <stdin>:5:7: error: the address '192.0.2.256' is neither an IPv4 nor an IPv6 address [WASP-A030]
      .addr 192.0.2.256
            ^^^^^^^^^^^
      hint: Write the address without quotes; names of hosts and prefixes are none.
  <stdin>:6:7: error: the string '"::1"' is neither an IPv4 nor an IPv6 address [WASP-A030]
      .addr "::1"
            ^^^^^
      hint: Write the address without quotes; names of hosts and prefixes are none.
  [3]

ASM_CHOICE

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingres, both
  > .data
  > .key publik, 1
  > .key 1, 2
  > .header hop, 1
  > .text
  > nop
  > END
  <stdin>:1:8: error: the name 'ingres' is no hook; there are ingress, egress, back, none [WASP-A031]
      .hooks ingres, both
             ^^^^^^
      hint: did you mean 'ingress'?
  <stdin>:1:16: error: the name 'both' is no hook; there are ingress, egress, back, none [WASP-A031]
      .hooks ingres, both
                     ^^^^
  <stdin>:3:6: error: the name 'publik' is no key space; there are public, protected, private, invitation [WASP-A031]
      .key publik, 1
           ^^^^^^
      hint: did you mean 'public'?
  <stdin>:4:6: error: the number '1' is no key space; there are public, protected, private, invitation [WASP-A031]
      .key 1, 2
           ^
  <stdin>:5:9: error: the name 'hop' is no header field; there are magic, version, flags, next_header, code_length, pad_length, cursor, hops, status, rerouted, fault_pc, checksum, ident, seq [WASP-A031]
      .header hop, 1
              ^^^
      hint: did you mean 'hops'?
  [3]

ASM_HOOKS

  $ wasp-as --max-errors 0 <<'END'
  > .hooks ingress, egress, ingress, none
  > nop
  > END
  <stdin>:1:25: error: 'ingress' is named twice [WASP-A032]
      .hooks ingress, egress, ingress, none
                              ^^^^^^^
      hint: Leave the second one, or 'none', out.
  <stdin>:1:34: error: 'none' stands alone [WASP-A032]
      .hooks ingress, egress, ingress, none
                                       ^^^^
      hint: Leave the second one, or 'none', out.
  [3]


Every diagnostic of the assembler is seen here, or in a golden file beside.

  $ for code in $(sed -n 's/^WASP_DIAG(.*"\(A[0-9]*\)".*/\1/p' $SRC/wasp/diags.def)
  > do cat $SRC/tests/golden/as-*.t | grep -q "WASP-$code[] ]" || echo $code
  > done

Numbers where registers belong:

  $ printf '.hooks ingress\nmov r0, 5\nmov t0, 5\nadd r0, 5\nand r0, 5\nbltu r0, 5, .+0\npush 5\n' | wasp-as
  <stdin>:2:9: error: 'mov' takes a register (r0..r7) or an entry word (t0..t7) here, not the number '5' [WASP-A015]
      mov r0, 5
              ^
      hint: 'ldi' takes a number up to 511, 'li' any
  <stdin>:3:9: error: 'mov' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      mov t0, 5
              ^
      hint: 'li' puts a number into a register
  <stdin>:4:9: error: 'add' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      add r0, 5
              ^
      hint: 'addi' takes a number
  <stdin>:5:9: error: 'and' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      and r0, 5
              ^
      hint: 'li' puts a number into a register
  <stdin>:6:10: error: 'bltu' takes a register (r0..r7) here, not the number '5' [WASP-A015]
      bltu r0, 5, .+0
               ^
      hint: 'li' puts a number into a register
  <stdin>:7:6: error: 'push' takes a register (r0..r7), an entry word (t0..t7) or an environment field here, not the number '5' [WASP-A015]
      push 5
           ^
      hint: 'li' puts a number into a register
  [3]

What GNU as calls otherwise:

  $ printf '.hooks ingress\n.set five, 5\nldi r0, 5\n' | wasp-as
  <stdin>:2:1: error: there is no directive '.set' [WASP-A009]
      .set five, 5
      ^^^^
      hint: '.equ' defines a name; it has one value in all of the source
  [3]

A byte order mark at the start of a file is no part of it; elsewhere it is an error:

  $ printf '\357\273\277.equ five, 5\n' >mark.inc
  $ printf '\357\273\277.hooks ingress\n.include "mark.inc"\nldi r0, five\nx\n' >mark.wasp; wasp-as mark.wasp
  mark.wasp:4:1: error: there is no instruction 'x' [WASP-A008]
      x
      ^
      hint: 'wasp-as --print-opcodes' lists the instructions; a label ends in a colon.
  [3]
  $ sed '$d' mark.wasp | wasp-as -I . - | wasp-dis - | grep ldi
          ldi r0, 5                               ;   0  5005
  $ printf '\n\357\273\277.hooks ingress\nforward\n' | wasp-as
  <stdin>:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      
      ^
      hint: .hooks ingress, or .hooks none
  <stdin>:2:1: error: the byte 0xef begins nothing [WASP-A001]
      ﻿.hooks ingress
      ^
      hint: A comment begins with ';' or '//', and text stands in double quotes.
  [3]
  $ printf '\377\376.\0h\0o\0o\0k\0s\0\n\0' | wasp-as 2>&1 | grep -A3 A001 | tail -1
      hint: The file is UTF-16: save it as UTF-8

What other machines have, and fields of several words:

  $ wasp-as <<'END'
  > .hooks ingress
  > inc r0
  > cmp r0, r1
  > bgt r0, r1, out
  > not r1
  > look r0
  > env r0, src
  > env r0, flow
  > out: ret
  > END
  <stdin>:2:1: error: there is no instruction 'inc' [WASP-A008]
      inc r0
      ^^^
      hint: addi rd, 1
  <stdin>:3:1: error: there is no instruction 'cmp' [WASP-A008]
      cmp r0, r1
      ^^^
      hint: a branch compares: beq, bne, bltu, bgeu, bz, bnz
  <stdin>:4:1: error: there is no instruction 'bgt' [WASP-A008]
      bgt r0, r1, out
      ^^^
      hint: numbers have no sign here: bltu, bgtu, bleu, bgeu
  <stdin>:5:1: error: there is no instruction 'not' [WASP-A008]
      not r1
      ^^^
      hint: -x is 0 - x: ldi rd, 0 and sub rd, rs; ~x is one less
  <stdin>:6:1: error: there is no instruction 'look' [WASP-A008]
      look r0
      ^^^^
      hint: did you mean 'lookup'?
  <stdin>:7:9: error: 'env' takes an environment field here, not the name 'src' [WASP-A015]
      env r0, src
              ^^^
      hint: it has 4 words: src.0 to src.3; an IPv4 address is all in src4
  <stdin>:8:9: error: 'env' takes an environment field here, not the name 'flow' [WASP-A015]
      env r0, flow
              ^^^^
      hint: it has 2 words: flow.0 and flow.1
  <stdin>:9:6: error: there is no instruction 'ret' [WASP-A008]
      out: ret
           ^^^
      hint: 'forward' ends the run and lets the packet go on
  [3]

A name that can not be defined is told once, not at each use:

  $ printf '.hooks ingress\nld r0, [rate]\nst r0, [rate]\n.data\nrate: .word 1, rate + 1\n' | wasp-as
  <stdin>:5:1: error: 'rate' is the name of an environment field [WASP-A012]
      rate: .word 1, rate + 1
      ^^^^
      hint: Choose another name; one in capital letters is never taken.
  [3]
