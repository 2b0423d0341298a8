Each warning of the assembler, named after it.

ASM_UNUSED_LABEL, ASM_UNUSED_EQU, ASM_UNUSED_MACRO

  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > .equ LIMIT, 5
  > .macro twice insn
  > \insn
  > .endm
  > ldi r0, 5
  > over: drop
  > END
  <stdin>:2:6: warning: nothing uses 'LIMIT' [WASP-A051 -Wunused-equ]
      .equ LIMIT, 5
           ^^^^^
      hint: Use the name, or remove it.
  <stdin>:3:8: warning: nothing uses the macro 'twice' [WASP-A052 -Wunused-macro]
      .macro twice insn
             ^^^^^
      hint: Use it, remove it, or keep it in a file that is included.
  <stdin>:7:1: warning: nothing jumps to 'over' [WASP-A050 -Wunused-label]
      over: drop
      ^^^^
      hint: Jump to it, or remove it.

ASM_OCTAL, ASM_PARENTHESES

  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > ldi r0, 064
  > ldi r1, 1 << 3 + 1
  > END
  <stdin>:2:9: warning: 064 is octal: 52 [WASP-A053 -Woctal]
      ldi r0, 064
              ^^^
      hint: Leave the zeros out; or, where octal is meant, write it in hexadecimal.
  <stdin>:3:14: warning: '3 + 1' is one operand here [WASP-A054 -Wparentheses]
      ldi r1, 1 << 3 + 1
                   ^^^^^
      hint: Put parentheses around the part that is meant.

ASM_PLACE, ASM_BEYOND

  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > .data
  > limit: .word 5
  > flow: .key public, "a flow"
  > .text
  > li r0, limit
  > ld r1, [limit+1]
  > lookup r2, [limit]
  > END
  <stdin>:6:8: warning: 'li' gets the index of the word 'limit', 0, and not what it holds [WASP-A055 -Wplace-as-number]
      li r0, limit
             ^^^^^
      hint: Write ld and brackets to get what a word holds.
  <stdin>:7:8: warning: '[limit+1]' is not a word of 'limit', which has 1 [WASP-A056 -Wbeyond-block]
      ld r1, [limit+1]
             ^^^^^^^^^
      hint: Use the name of the word that is meant, or declare more words.
  <stdin>:8:12: warning: the second word of the key '[limit]' is of another block [WASP-A056 -Wbeyond-block]
      lookup r2, [limit]
                 ^^^^^^^
      hint: Use the name of the word that is meant, or declare more words.
  <stdin>:4:7: note: it is the first word of this
      flow: .key public, "a flow"
            ^^^^

ASM_SECRET_KEY, ASM_SMALL_KEY

  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > .data
  > flow: .key public, 17
  > mine: .secret "mine"
  > .text
  > invite r0, [flow]
  > reroute r0, [mine]
  > END
  <stdin>:3:7: warning: the public key 17 is anybody's [WASP-A058 -Wsmall-key]
      flow: .key public, 17
            ^^^^
      hint: Write .key public, random; or a string that tells what the entry is for.
  <stdin>:7:13: warning: 'reroute' takes a key, and '[mine]' is a secret [WASP-A057 -Wsecret-as-key]
      reroute r0, [mine]
                  ^^^^^^
      hint: Write .key invitation, of LABEL, and use that.
  <stdin>:4:7: note: it is declared here
      mine: .secret "mine"
            ^^^^^^^

ASM_PUSH_START, ASM_UNUSED_CURSOR

  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > .data
  > limit: .word 5
  > trail: .space 5
  > .text
  > push ttl
  > END
  <stdin>:3:8: warning: push begins at word 0, which holds this [WASP-A059 -Wpush-start]
      limit: .word 5
             ^^^^^
      hint: Reserve the words with .space as the last block and name it in .cursor.
  $ wasp-as -o a.wo <<'END'
  > .hooks ingress
  > .cursor trail
  > .data
  > trail: .space 5
  > .text
  > forward
  > END
  <stdin>:2:1: warning: the program has no push [WASP-A060 -Wunused-cursor]
      .cursor trail
      ^^^^^^^
      hint: Remove .cursor, or write the push.

ASM_POOLED, ASM_UNNAMED: only for who asks.

  $ printf '.hooks ingress\nli r0, 1000000\n' >pool.wasp
  $ wasp-as -o a.wo pool.wasp
  $ wasp-as -o a.wo -Wall pool.wasp
  pool.wasp:1:1: warning: the program has no name [WASP-A062 -Wprogram-name]
      .hooks ingress
      ^
      hint: Write .program NAME.
  pool.wasp:2:1: warning: the value is scratchpad word 0 [WASP-A061 -Wpooled-constant]
      li r0, 1000000
      ^^
      hint: Write lic, which builds the number in code, if the program must be able to trust it.
  $ wasp-as -o a.wo -Wpooled-constant pool.wasp
  pool.wasp:2:1: warning: the value is scratchpad word 0 [WASP-A061 -Wpooled-constant]
      li r0, 1000000
      ^^
      hint: Write lic, which builds the number in code, if the program must be able to trust it.

A warning that is an error: nothing is written, and not one less is told.

  $ printf '.hooks ingress\nx: ldi r0, 010\n' >two.wasp
  $ wasp-as -o never -Werror two.wasp; ls never
  two.wasp:2:1: error: nothing jumps to 'x' [WASP-A050 -Werror=unused-label]
      x: ldi r0, 010
      ^
      hint: Jump to it, or remove it.
  two.wasp:2:12: error: 010 is octal: 8 [WASP-A053 -Werror=octal]
      x: ldi r0, 010
                 ^^^
      hint: Leave the zeros out; or, where octal is meant, write it in hexadecimal.
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-as -o never -Werror=octal --json two.wasp
  {"v":1,"id":"WASP-A050","severity":"warning","class":"unused-label","file":"two.wasp","line":2,"col":1,"offset":null,"pc":null,"path":null,"message":"nothing jumps to 'x'","hint":"Jump to it, or remove it."}
  {"v":1,"id":"WASP-A053","severity":"error","class":"octal","file":"two.wasp","line":2,"col":12,"offset":null,"pc":null,"path":null,"message":"010 is octal: 8","hint":"Leave the zeros out; or, where octal is meant, write it in hexadecimal."}
  [3]
  $ wasp-as -o - -Wno-octal -Wno-unused-label -Werror two.wasp | wc -c
  103
  $ wasp-as --max-errors 1 -Werror two.wasp
  two.wasp:2:1: error: nothing jumps to 'x' [WASP-A050 -Werror=unused-label]
      x: ldi r0, 010
      ^
      hint: Jump to it, or remove it.
  wasp-as: 1 more error; --max-errors sets how many are printed
  [3]

No example has any.

  $ for f in examples/*.wasp; do wasp-as -Wall -Werror -o a.wo $f || echo $f; done

"Did you mean" looks at all that may stand there.

  $ wasp-as 2>&1 <<'END' | grep -e error: -e hint:
  > .hooks ingres
  > .macro count word
  > nop
  > .endm
  > .header sequ, 1
  > .wrod 1
  > cuont x
  > word 5
  > fowrard
  > bnz r0, edn
  > push nod4
  > env r0, qeueu
  > .data
  > k: .key privat, 1
  > end: count k
  > END
  <stdin>:1:8: error: the name 'ingres' is no hook; there are ingress, egress, back, none [WASP-A031]
      hint: did you mean 'ingress'?
  <stdin>:5:9: error: the name 'sequ' is no header field; there are magic, version, flags, next_header, code_length, pad_length, cursor, hops, status, rerouted, fault_pc, checksum, ident, seq [WASP-A031]
      hint: did you mean 'seq'?
  <stdin>:6:1: error: there is no directive '.wrod' [WASP-A009]
      hint: did you mean '.word'?
  <stdin>:7:1: error: there is no instruction 'cuont' [WASP-A008]
      hint: did you mean 'count'?
  <stdin>:8:1: error: there is no instruction 'word' [WASP-A008]
      hint: did you mean '.word'?
  <stdin>:9:1: error: there is no instruction 'fowrard' [WASP-A008]
      hint: did you mean 'forward'?
  <stdin>:10:9: error: 'edn' is not defined [WASP-A010]
      hint: did you mean 'end'?
  <stdin>:11:6: error: 'push' takes a register (r0..r7), an entry word (t0..t7) or an environment field here, not the name 'nod4' [WASP-A015]
      hint: did you mean 'node4'?
  <stdin>:12:9: error: 'env' takes an environment field here, not the name 'qeueu' [WASP-A015]
      hint: did you mean 'queue'?
  <stdin>:14:9: error: the name 'privat' is no key space; there are public, protected, private, invitation [WASP-A031]
      hint: did you mean 'private'?
  <stdin>:3:1: error: 'nop' is an instruction, but this is .data [WASP-A023]
      hint: .text begins instructions
  $ wasp-as -Wunused-lable; wasp-as --explian A001; wasp-as --explain unsued-label
  wasp-as: -W: there is no warning 'unused-lable'; did you mean 'unused-label'? Try 'wasp-as --help'
  wasp-as: there is no option --explian; did you mean --explain? Try 'wasp-as --help'
  wasp-as: --explain: there is no 'unsued-label'; did you mean 'unused-label'? Try 'wasp-as --help'
  [2]

ASM_EMPTY_INCLUDE: comments alone.

  $ printf '; nothing\n\n  // at all' >nothing.inc; printf '' >empty.inc; printf '.if 0\n.endif\n' >none.inc
  $ printf '.hooks ingress\n.include "nothing.inc"\n.include "empty.inc"\n.include "none.inc"\nforward\n' >includes.wasp
  $ wasp-as -o a.wo includes.wasp
  includes.wasp:2:10: warning: 'nothing.inc' holds nothing [WASP-A063 -Wempty-include]
      .include "nothing.inc"
               ^^^^^^^^^^^^^
      hint: Correct the name or the order of -I, or leave the .include out.
  includes.wasp:3:10: warning: 'empty.inc' holds nothing [WASP-A063 -Wempty-include]
      .include "empty.inc"
               ^^^^^^^^^^^
      hint: Correct the name or the order of -I, or leave the .include out.
  $ wasp-as -Wno-empty-include -o a.wo includes.wasp
