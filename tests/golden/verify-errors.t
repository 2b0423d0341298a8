Every rule, with the source line where the notes have it.

  $ cat >wrong.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > key:    .key    protected, 1
  > name:   .key    public, 2       ; names no invitation
  >         .text
  >         mov     r0, t0
  >         insert  r0, [key]
  >         env     r1, back
  >         bz      r1, on
  >         bz      r0, on
  > on:     mov     t1, r0          ; on one path, r0 was not tested
  >         .insn   0x0101
  >         .insn   0xf1c0
  >         .insn   0x4032
  >         ld      r2, [4]
  >         lookup  r2, [3]
  >         reroute r3, [name]
  >         jmp     .+100
  > END
  $ wasp-as -o wrong.wo wrong.wasp && wasp-verify wrong.wo
  wrong.wasp:6: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov     r0, t0
      hint: A node that comes here stops with the fault nothing-mapped. Test the result of lookup or insert with bz before t0..t7 are used.
  wrong.wasp:11: error: t1 is used with nothing mapped: the insert at line 7 may give 0 [WASP-V004]
      on:     mov     t1, r0          ; on one path, r0 was not tested
      hint: A node that comes here stops with the fault nothing-mapped. Test the result of lookup or insert with bz before t0..t7 are used.
  note: by way of lines 6-9, 11
  wrong.wasp:12: error: 0x0101 is no instruction: in 'drop' the bits 0x00ff must be zero [WASP-V001]
      .insn   0x0101
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  wrong.wasp:13: error: 0xf1c0 is no instruction: its code is not used [WASP-V001]
      .insn   0xf1c0
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  wrong.wasp:14: error: 0x4032 is no instruction: there is no environment field 50, the last is 40 [WASP-V001]
      .insn   0x4032
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  wrong.wasp:15: error: there is no scratchpad word 4, the packet has 4 [WASP-V003]
      ld      r2, [4]
      hint: Every node stops there with the fault scratchpad-range. Declare the word in .data, or correct its number; a key is two words.
  wrong.wasp:16: error: the key needs scratchpad words 3 and 4, the packet has 4 [WASP-V003]
      lookup  r2, [3]
      hint: Every node stops there with the fault scratchpad-range. Declare the word in .data, or correct its number; a key is two words.
  wrong.wasp:17: error: the key of reroute is public, and nothing changes it: it must name an invitation [WASP-V008]
      reroute r3, [name]
      hint: Every node stops there with the fault wrong-key-space. Write .key invitation, and the name that belongs to the secret.
  wrong.wasp:18: error: a jump to instruction 112, but the end is at 13 [WASP-V002]
      jmp     .+100
      hint: A jump may reach the end of the program, which means forward, but not pass it. Is a part of the program missing?
  wrong.wo: rejected: 9 errors
  [1]

The same without notes.

  $ wasp-as --strip wrong.wasp | wasp-verify
  <stdin>:+0x10: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov r0, t0
      hint: A node that comes here stops with the fault nothing-mapped. Test the result of lookup or insert with bz before t0..t7 are used.
  <stdin>:+0x1a: error: t1 is used with nothing mapped: the insert at instruction 1 may give 0 [WASP-V004]
      mov t1, r0
      hint: A node that comes here stops with the fault nothing-mapped. Test the result of lookup or insert with bz before t0..t7 are used.
  note: by way of instructions 0-3, 5
  <stdin>:+0x1c: error: 0x0101 is no instruction: in 'drop' the bits 0x00ff must be zero [WASP-V001]
      .insn 0x0101
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  <stdin>:+0x1e: error: 0xf1c0 is no instruction: its code is not used [WASP-V001]
      .insn 0xf1c0
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  <stdin>:+0x20: error: 0x4032 is no instruction: there is no environment field 50, the last is 40 [WASP-V001]
      .insn 0x4032
      hint: Every node stops there with the fault illegal-instruction. wasp-as writes no such word but by .insn, so the object was damaged or made by other means.
  <stdin>:+0x22: error: there is no scratchpad word 4, the packet has 4 [WASP-V003]
      ld r2, [4]
      hint: Every node stops there with the fault scratchpad-range. Declare the word in .data, or correct its number; a key is two words.
  <stdin>:+0x24: error: the key needs scratchpad words 3 and 4, the packet has 4 [WASP-V003]
      lookup r2, [3]
      hint: Every node stops there with the fault scratchpad-range. Declare the word in .data, or correct its number; a key is two words.
  <stdin>:+0x26: error: the key of reroute is public, and nothing changes it: it must name an invitation [WASP-V008]
      reroute r3, [2]
      hint: Every node stops there with the fault wrong-key-space. Write .key invitation, and the name that belongs to the secret.
  <stdin>:+0x28: error: a jump to instruction 112, but the end is at 13 [WASP-V002]
      jmp .+100
      hint: A jump may reach the end of the program, which means forward, but not pass it. Is a part of the program missing?
  <stdin>: rejected: 9 errors
  [1]

Store accesses, and limits.

  $ cat >many.wasp <<'END'
  >         .hooks  egress
  >         .data
  > key:    .key    public, 1
  >         .text
  >         env     r1, back
  >         bz      r1, on
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  > on:     lookup  r0, [key]
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  > END
  $ wasp-as -o many.wo many.wasp && wasp-verify --max-steps 7 --max-cost 90 many.wo
  many.wasp:11: error: store access 5 on one path, the limit is 4 [WASP-V005]
      lookup  r0, [key]
      hint: Every lookup, insert, invite and reroute on a path counts, and a node stops at the first above its limit with the fault too-many-accesses.
  note: by way of lines 5-11
  many.wasp:12: error: a path takes 8 steps, the limit is 7 [WASP-V006]
      lookup  r0, [key]
      hint: The limit was given to the verifier. Shorten that path, or give a larger --max-steps.
  note: by way of lines 5-12
  many.wasp:12: error: a path takes 98 units of cost, the limit is 90 [WASP-V007]
      lookup  r0, [key]
      hint: The limit was given to the verifier. Store instructions cost most: leave one out on that path, or give a larger --max-cost.
  note: by way of lines 5-12
  many.wo: rejected: 3 errors
  [1]
  $ wasp-verify --max-accesses 6 many.wo
  many.wo: safe: at most 8 steps, cost 98, 6 store accesses; hooks egress; keys public

Warnings.

  $ cat >doubt.wasp <<'END'
  >         .hooks  none
  >         .data
  > key:    .key    protected, 1
  > inv:    .key    invitation, 1
  > made:   .space  2
  >         .header cursor, 6
  >         .text
  >         lookup  r0, [key]
  >         bz      r0, on
  >         mov     t0, r0
  >         lookup  r0, [inv]
  >         push    r7
  >         st      r0, [made]
  >         reroute r0, [made]
  >         jmp     on
  >         drop
  >         drop
  > on:     forward
  > END
  $ wasp-as -o doubt.wo doubt.wasp && wasp-verify doubt.wo
  doubt.wo: safe: at most 9 steps, cost 70, 3 store accesses; hooks none; keys protected, invitation, computed
  doubt.wo:+0x02: warning: neither ingress nor egress is set: no node runs it [WASP-V012 -Wnever-runs]
      hint: Routers forward the packet as it is. Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.
  doubt.wasp:10: warning: t0 is written after lookup: it faults unless the packet may write the entry [WASP-V011 -Wread-only]
      mov     t0, r0
      hint: A protected entry can be read by anyone and written only by the operator. Map it with insert, which gives 0 where it may not be written.
  doubt.wasp:11: warning: lookup of an invitation gives 0: it is never mapped [WASP-V013 -Wnever-mapped]
      lookup  r0, [inv]
      hint: Invitations are left with invite and followed with reroute; their entries can be neither read nor written.
  doubt.wasp:12: warning: r7 is read, but not set on every path here [WASP-V010 -Wunset-register]
      push    r7
      hint: Registers are zero at the start of each run, and nothing stays in them from node to node. If zero is meant, say so with ldi.
  doubt.wasp:12: warning: push finds no room: the cursor is at word 6 of 6 [WASP-V014 -Wpush-room]
      push    r7
      hint: It writes nothing and marks the packet. Reserve words with .space at the end of .data and name them in .cursor.
  doubt.wasp:14: warning: the name of the invitation is computed: where it is none, reroute faults [WASP-V015 -Wcomputed-name]
      reroute r0, [made]
      hint: The words of the name are written by the program, so it can not be shown that they always name an invitation.
  doubt.wasp:16: warning: from here on, 2 instructions are never reached [WASP-V009 -Wunreachable]
      drop
      hint: No path from the first instruction leads there, so it is not checked and only makes the packet longer. Is a label at the wrong place?
  $ wasp-verify -q doubt.wo
  $ wasp-verify --json doubt.wo | jq -c '.accepted, .keys, (.warnings[] | [.id, .pc, .line, .message])'
  true
  ["protected","invitation","computed"]
  ["WASP-V012",null,null,"neither ingress nor egress is set: no node runs it"]
  ["WASP-V011",2,10,"t0 is written after lookup: it faults unless the packet may write the entry"]
  ["WASP-V013",3,11,"lookup of an invitation gives 0: it is never mapped"]
  ["WASP-V010",4,12,"r7 is read, but not set on every path here"]
  ["WASP-V014",4,12,"push finds no room: the cursor is at word 6 of 6"]
  ["WASP-V015",6,14,"the name of the invitation is computed: where it is none, reroute faults"]
  ["WASP-V009",8,16,"from here on, 2 instructions are never reached"]

A packet that has been somewhere.

  $ printf '.hooks ingress\n.header status, 3\n.text\ndrop\n' | wasp-as - | wasp-verify
  <stdin>: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
  <stdin>:+0x08: warning: it carries a fault: no node runs it again [WASP-V012 -Wnever-runs]
      hint: Routers forward the packet as it is. Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.
  $ printf '.hooks ingress\n.header flags, 9\n.text\ndrop\n' | wasp-as - | wasp-verify
  <stdin>: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
  <stdin>:+0x02: warning: it is on its way back and 'back' is not set: no node runs it [WASP-V012 -Wnever-runs]
      hint: Routers forward the packet as it is. Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.
