Files that are no object, or a damaged one; each part is named after what is
said of it, the same by every command that reads objects.

OBJECT_NOT_WASP

  $ printf '.hooks ingress\n.data\nk: .word 7\n.text\nld r0, [k]\n' | wasp-as -o k.wo -
  $ head -c 23 k.wo | wasp-verify
  <stdin>:+0x00: error: not a WASP object: ends within the scratchpad [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]

OBJECT_TRAILING

  $ wasp-as --strip -o s.wo - <<'END'
  > .hooks ingress
  > nop
  > END
  $ { cat s.wo; printf 'WASP-NOTES 2\n'; } | wasp-verify
  <stdin>:+0x14: error: 13 bytes after the last scratchpad word that are no notes [WASP-O002]
      hint: Assemble it again, or cut the file off behind the packet with head -c.
  [3]

OBJECT_BAD_NOTE

  $ sed 's/^label 0/label x/; s/^word 0 1/word 0 9/' k.wo >bad.wo
  $ wasp-verify bad.wo
  bad.wo:+0x3b: error: damaged notes: 'word 0 9 data k' [WASP-O003]
      hint: Assemble it again; or cut the notes off with head -c, since the program does not need them.
  [3]
  $ wasp-dis bad.wo
  bad.wo:+0x3b: error: damaged notes: 'word 0 9 data k' [WASP-O003]
      hint: Assemble it again; or cut the notes off with head -c, since the program does not need them.
  [3]
  $ wasp-run --json bad.wo
  {"v":1,"id":"WASP-O003","severity":"error","class":null,"file":"bad.wo","line":null,"col":null,"offset":59,"pc":null,"path":null,"message":"damaged notes: 'word 0 9 data k'","hint":"Assemble it again; or cut the notes off with head -c, since the program does not need them."}
  [3]
  $ wasp-send -n bad.wo 192.0.2.1
  bad.wo:+0x3b: error: damaged notes: 'word 0 9 data k' [WASP-O003]
      hint: Assemble it again; or cut the notes off with head -c, since the program does not need them.
  [3]
  $ head -c 24 bad.wo | wasp-verify
  <stdin>: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
  <stdin>:+0x10: warning: r0 is set, and nothing reads it before it is set again or the program ends [WASP-V017 -Wdead-store]
      ld r0, [0]
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.

OBJECT_CHECKSUM

  $ perl -pe 'BEGIN {$/ = undef} substr($_, 14, 1) ^= "\1"' s.wo >sum.wo
  $ wasp-verify sum.wo
  sum.wo: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
  sum.wo:+0x0a: warning: the checksum is 0x2f83, but 0x2e83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ wasp-run sum.wo
  node 192.0.2.1, ingress: forward; 1 step, cost 1
  sum.wo:+0x0a: warning: the checksum is 0x2f83, but 0x2e83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.

OBJECT_OTHER_CODE: the notes are those of another program.

  $ sed 's/^code .*/code 0123456789abcdef/' k.wo >other.wo
  $ wasp-verify other.wo
  other.wo: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
  other.wo:+0x18: warning: the notes are of code 0123456789abcdef, and this is 77553048d67374f0 [WASP-O005 -Wother-code]
      hint: Assemble it again, or take the notes of this very program.
  other.wo:5: warning: r0 is set, and nothing reads it before it is set again or the program ends [WASP-V017 -Wdead-store]
      ld r0, [k]
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.
