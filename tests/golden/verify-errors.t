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
  $ wasp-as -w -o wrong.wo wrong.wasp && wasp-verify wrong.wo
  wrong.wasp:6: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov     r0, t0
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  wrong.wasp:11: error: t1 is used with nothing mapped: the insert at line 7 may give 0 [WASP-V004]
      on:     mov     t1, r0          ; on one path, r0 was not tested
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  wrong.wasp:12: error: 0x0101 is no instruction: in 'drop' the bits 0x00ff must be zero [WASP-V001]
      .insn   0x0101
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  wrong.wasp:13: error: 0xf1c0 is no instruction: its code is not used [WASP-V001]
      .insn   0xf1c0
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  wrong.wasp:14: error: 0x4032 is no instruction: there is no environment field 50, the last is 40 [WASP-V001]
      .insn   0x4032
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  wrong.wasp:15: error: there is no scratchpad word 4, the packet has 4 [WASP-V003]
      ld      r2, [4]
      why: Every node that comes here ends the program for good with the fault scratchpad-range.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: Declare the word in .data, or correct its number; a key is two words.
  wrong.wasp:16: error: the key needs scratchpad words 3 and 4, the packet has 4 [WASP-V003]
      lookup  r2, [3]
      why: Every node that comes here ends the program for good with the fault scratchpad-range.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: Declare the word in .data, or correct its number; a key is two words.
  wrong.wasp:17: error: the key of reroute is public, and nothing changes it: it must name an invitation [WASP-V008]
      reroute r3, [name]
      why: Every node that comes here ends the program for good with the fault wrong-key-space.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: Write .key invitation, and the name that belongs to the secret.
  wrong.wasp:18: error: a jump to instruction 112, but the end is at 13 [WASP-V002]
      jmp     .+100
      why: A jump may reach the end of the program, which means forward, but not pass it: a part of the program is missing.
      path: line 7: insert r0, [key]: gives 0
            line 9: bz r1, on: taken (r1 is 0)
      hint: Put the label before the end, or append the instructions that are missing.
  wrong.wo: rejected: 9 errors
  [1]

The same without notes.

  $ wasp-as -w --strip wrong.wasp | wasp-verify
  <stdin>:+0x10: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov r0, t0
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  <stdin>:+0x1a: error: t1 is used with nothing mapped: the insert at instruction 1 may give 0 [WASP-V004]
      mov t1, r0
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  <stdin>:+0x1c: error: 0x0101 is no instruction: in 'drop' the bits 0x00ff must be zero [WASP-V001]
      .insn 0x0101
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  <stdin>:+0x1e: error: 0xf1c0 is no instruction: its code is not used [WASP-V001]
      .insn 0xf1c0
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  <stdin>:+0x20: error: 0x4032 is no instruction: there is no environment field 50, the last is 40 [WASP-V001]
      .insn 0x4032
      why: Every node that comes here ends the program for good with the fault illegal-instruction.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: wasp-as writes no such word but by .insn: assemble the source again, or copy the object whole.
  <stdin>:+0x22: error: there is no scratchpad word 4, the packet has 4 [WASP-V003]
      ld r2, [4]
      why: Every node that comes here ends the program for good with the fault scratchpad-range.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: Declare the word in .data, or correct its number; a key is two words.
  <stdin>:+0x24: error: the key needs scratchpad words 3 and 4, the packet has 4 [WASP-V003]
      lookup r2, [3]
      why: Every node that comes here ends the program for good with the fault scratchpad-range.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: Declare the word in .data, or correct its number; a key is two words.
  <stdin>:+0x26: error: the key of reroute is public, and nothing changes it: it must name an invitation [WASP-V008]
      reroute r3, [2]
      why: Every node that comes here ends the program for good with the fault wrong-key-space.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: Write .key invitation, and the name that belongs to the secret.
  <stdin>:+0x28: error: a jump to instruction 112, but the end is at 13 [WASP-V002]
      jmp .+100
      why: A jump may reach the end of the program, which means forward, but not pass it: a part of the program is missing.
      path: instruction 1: insert r0, [0]: gives 0
            instruction 3: bz r1, .+2: taken (r1 is 0)
      hint: Put the label before the end, or append the instructions that are missing.
  <stdin>: rejected: 9 errors
  [1]

Store accesses, and limits.

  $ cat >many.wasp <<'END'
  >         .hooks  egress
  >         .data
  > key:    .key    public, 1
  >         .text
  >         env     r1, role
  >         bz      r1, on
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  > on:     lookup  r0, [key]
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  >         lookup  r0, [key]
  > END
  $ wasp-as -w -o many.wo many.wasp && wasp-verify --max-steps 7 --max-cost 90 many.wo
  many.wasp:11: error: store access 5 on one path, the limit is 4 [WASP-V005]
      lookup  r0, [key]
      why: Every lookup, insert, invite and reroute on a path counts, and a node ends the program at the first above its limit with the fault too-many-accesses.
      path: line 6: bz r1, on: not taken (r1 is not 0)
      hint: Leave an access out on that path, or keep what was found in registers.
  many.wasp:12: error: a path takes 8 steps, the limit is 7 [WASP-V006]
      lookup  r0, [key]
      why: The limit was given to the verifier, as a node's policy may give it: such a node does not run the program.
      path: line 6: bz r1, on: not taken (r1 is not 0)
      hint: Shorten that path, or give a larger --max-steps.
  many.wasp:12: error: a path takes 98 units of cost, the limit is 90 [WASP-V007]
      lookup  r0, [key]
      why: The limit was given to the verifier, as a node's policy may give it: such a node does not run the program.
      path: line 6: bz r1, on: not taken (r1 is not 0)
      hint: Store instructions cost most: leave one out on that path, or give a larger --max-cost.
  many.wo: rejected: 3 errors; 1 finding that follows from them not shown
  [1]
  $ wasp-verify --max-accesses 6 many.wo
  many.wo: safe: at most 8 steps, cost 98, 6 store accesses; hooks egress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    egress             6..8     66..98      4..6       0  forward
  $ wasp-verify -q --max-accesses 0 many.wo
  many.wasp:7: error: store access 1 on one path, the limit is 0 [WASP-V005]
      lookup  r0, [key]
      why: Every lookup, insert, invite and reroute on a path counts, and a node ends the program at the first above its limit with the fault too-many-accesses.
      path: line 6: bz r1, on: not taken (r1 is not 0)
      hint: Leave an access out on that path, or keep what was found in registers.
  [1]

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
  >         env     r0, random
  >         st      r0, [made]
  >         reroute r0, [made]
  >         jmp     on
  >         drop
  >         drop
  > on:     forward
  > END
  $ wasp-as -o doubt.wo doubt.wasp && wasp-verify doubt.wo
  doubt.wo: safe: at most 10 steps, cost 71, 3 store accesses; hooks none; keys protected, invitation, computed
  doubt.wo:+0x02: warning: neither ingress nor egress is set: no node runs it [WASP-V012 -Wnever-runs]
      why: Routers forward the packet as it is.
      hint: Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.
  doubt.wasp:10: warning: t0 is written after lookup: it faults unless the packet may write the entry [WASP-V011 -Wread-only]
      mov     t0, r0
      why: A protected entry can be read by anyone and written only by the operator: anybody else's program ends here with the fault read-only-entry.
      path: line 8: lookup r0, [key]: gives 1
            line 9: bz r0, on: not taken (r0 is 1)
      hint: Map it with insert, which gives 0 where it may not be written.
  doubt.wasp:11: warning: lookup of an invitation gives 0: it is never mapped [WASP-V013 -Wnever-mapped]
      lookup  r0, [inv]
      why: Invitations are left with invite and followed with reroute; their entries can be neither read nor written.
      path: line 8: lookup r0, [key]: gives 1
            line 9: bz r0, on: not taken (r0 is 1)
      hint: Follow it with reroute, or use a key of another space.
  doubt.wasp:12: warning: r7 is read, but not set on every path here [WASP-V010 -Wunset-register]
      push    r7
      why: Registers are zero at the start of each run, and nothing stays in them from node to node: it reads 0 on such a path.
      path: line 8: lookup r0, [key]: gives 1
            line 9: bz r0, on: not taken (r0 is 1)
      hint: If zero is meant, say so with ldi.
  doubt.wasp:12: warning: push finds no room: the cursor is at word 6 of 6 [WASP-V014 -Wpush-room]
      push    r7
      why: It writes nothing and marks the packet.
      path: line 8: lookup r0, [key]: gives 1
            line 9: bz r0, on: not taken (r0 is 1)
      hint: Reserve words with .space at the end of .data and name them in .cursor.
  doubt.wasp:15: warning: the name of the invitation is computed: where it is none, reroute faults [WASP-V015 -Wcomputed-name]
      reroute r0, [made]
      why: It can not be shown that the words always name an invitation; where they do not, the program ends with the fault wrong-key-space.
      path: line 8: lookup r0, [key]: gives 1
            line 9: bz r0, on: not taken (r0 is 1)
      hint: Reroute by a .key invitation that the program does not write.
  doubt.wasp:17: warning: from here on, 2 instructions are never reached [WASP-V009 -Wunreachable]
      drop
      why: No path from the first instruction leads there, so it is not checked and only makes the packet longer.
      hint: Remove it, or put the label where it belongs.
  $ wasp-verify -q doubt.wo
  $ wasp-verify --json doubt.wo | jq -c '.accepted, .keys, (.warnings[] | [.id, .pc, .line, .message])'
  true
  ["protected","invitation","computed"]
  ["WASP-V012",null,null,"neither ingress nor egress is set: no node runs it"]
  ["WASP-V011",2,10,"t0 is written after lookup: it faults unless the packet may write the entry"]
  ["WASP-V013",3,11,"lookup of an invitation gives 0: it is never mapped"]
  ["WASP-V010",4,12,"r7 is read, but not set on every path here"]
  ["WASP-V014",4,12,"push finds no room: the cursor is at word 6 of 6"]
  ["WASP-V015",7,15,"the name of the invitation is computed: where it is none, reroute faults"]
  ["WASP-V009",9,17,"from here on, 2 instructions are never reached"]

A packet that has been somewhere.

  $ printf '.hooks ingress\n.header status, 3\n.text\ndrop\n' | wasp-as - | wasp-verify
  <stdin>: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  drop
  <stdin>:+0x08: warning: it carries a fault: no node runs it again [WASP-V012 -Wnever-runs]
      why: Routers forward the packet as it is.
      hint: Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.
  $ printf '.hooks ingress\n.header flags, 9\n.text\ndrop\n' | wasp-as - | wasp-verify
  <stdin>: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
  <stdin>:+0x02: warning: it is on its way back and 'back' is not set: no node runs it [WASP-V012 -Wnever-runs]
      why: Routers forward the packet as it is.
      hint: Name the hooks where it shall run: .hooks ingress, or egress; back, to run on the way back too.

A line that a macro makes several instructions of: which one it is.

  $ cat >macro.wasp <<'END'
  >         .hooks  ingress
  >         .macro  twice r
  >         ldi     \r, 1
  >         ldi     \r, 2
  >         mov     t0, \r
  >         .endm
  >         twice   r1
  >         forward
  > END
  $ wasp-as -o macro.wo macro.wasp; wasp-verify macro.wo 2>&1 | grep -v why
  macro.wasp:7: warning: r1 is set, and nothing reads it before it is set again or the program ends [WASP-V017 -Wdead-store]
      twice   r1
      hint: Use the value, or remove the instruction.
  macro.wasp:7: note: the line became 3 instructions; this is 'ldi r1, 1', number 1
  macro.wasp:7: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      twice   r1
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  macro.wasp:7: note: the line became 3 instructions; this is 'mov t0, r1', number 3
  macro.wo: rejected: 1 error
  $ wasp-verify -q macro.wo 2>&1 | grep -c note:
  1
  $ wasp-as --strip macro.wasp | wasp-verify 2>&1 | grep note:
  [1]
