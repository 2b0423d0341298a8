Advice: what a safe program does in vain, and keys that are no good.

V016, an entry that is made to be read, or changed and not written back.

  $ cat >unwritten.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > key:    .key    public, "x"
  > seen:   .word   0
  >         .text
  >         insert  r0, [key]
  >         bz      r0, on
  >         st      t0, [seen]
  > on:     insert  r0, [key]
  >         bz      r0, out
  >         mov     r1, t0
  >         addi    r1, 1
  >         st      r1, [seen]
  > out:    forward
  > END
  $ wasp-as unwritten.wasp | wasp-verify
  <stdin>: safe: at most 9 steps, cost 55, 2 store accesses; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            5..9     51..55         2       0  forward
  unwritten.wasp:6: warning: the entry is only read, never written: lookup would do [WASP-V016 -Wunwritten-entry]
      insert  r0, [key]
      why: insert creates an entry where there is none and takes room in the store for ten seconds; what was computed for it is lost when the run ends.
      hint: Write the value back with mov tN, or map the entry with lookup.
  unwritten.wasp:9: warning: the entry is read, a value is made of it, and nothing is written back [WASP-V016 -Wunwritten-entry]
      on:     insert  r0, [key]
      why: insert creates an entry where there is none and takes room in the store for ten seconds; what was computed for it is lost when the run ends.
      hint: Write the value back with mov tN, or map the entry with lookup.

V017, registers, entry words and scratchpad words.

  $ cat >dead.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > key:    .key    public, "x"
  > seen:   .word   0
  >         .text
  >         ldi     r1, 1
  >         ldi     r1, 2
  >         st      r1, [seen]
  >         st      r1, [seen]
  >         insert  r0, [key]
  >         bz      r0, out
  >         mov     t0, r1
  >         mov     t0, r0
  >         mov     t1, r0
  >         bz      r1, out
  >         mov     t2, r0
  >         fault   1
  > out:    forward
  > END
  $ wasp-as dead.wasp | wasp-verify
  <stdin>: safe: at most 12 steps, cost 35, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress           7..12     30..35         1       0  forward, fault
  dead.wasp:6: warning: r1 is set, and nothing reads it before it is set again or the program ends [WASP-V017 -Wdead-store]
      ldi     r1, 1
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.
  dead.wasp:8: warning: 'seen' is stored, and written again before anything reads it [WASP-V017 -Wdead-store]
      st      r1, [seen]
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.
  dead.wasp:12: warning: t0 is written, and nothing keeps it: it is written again, or a fault comes [WASP-V017 -Wdead-store]
      mov     t0, r1
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.
  dead.wasp:16: warning: t2 is written, and nothing keeps it: it is written again, or a fault comes [WASP-V017 -Wdead-store]
      mov     t2, r0
      why: Every node spends a step on it, and most often another register or word was meant.
      hint: Use the value, or remove the instruction.

V018, words that nothing uses.

  $ cat >unused.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > a:      .word   1
  > b:      .word   2, 3
  >         .text
  >         ld      r0, [a]
  >         st      r0, [a]
  > END
  $ wasp-as unused.wasp | wasp-verify
  <stdin>: safe: at most 2 steps, cost 2, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               2          2         0       0  forward
  <stdin>:+0x18: warning: 'b' is never used [WASP-V018 -Wunused-word]
      why: It travels in every packet, and no instruction reads or writes it.
      hint: Remove it, or use it; if it is for the receiver alone, carry it as payload.
  $ wasp-as --strip unused.wasp | wasp-verify -o /dev/null

V019 and V020, the way, as far as it is known.

  $ cat >way.wasp <<'END'
  >         .hooks  egress, back
  >         .data
  > trail:  .space  8
  >         .cursor trail
  >         .text
  >         push    node4
  >         env     r0, back
  >         bnz     r0, out
  >         push    time_us
  > out:    forward
  > END
  $ wasp-as -o way.wo way.wasp; wasp-verify --hops 2 way.wo
  way.wo: safe: at most 5 steps, cost 5, 0 store accesses; hooks egress, back; keys none
    a run at          steps       cost  accesses  pushes  ends with
    egress                5          5         0       2  forward
    egress, back          4          4         0       1  forward
    push: at most 3 words at a node, room for 8: 2 nodes
    over 2 nodes: at most 6 words, 24 bytes
  $ wasp-verify --hops 3 --mtu 100 way.wo
  way.wo: safe: at most 5 steps, cost 5, 0 store accesses; hooks egress, back; keys none
    a run at          steps       cost  accesses  pushes  ends with
    egress                5          5         0       2  forward
    egress, back          4          4         0       1  forward
    push: at most 3 words at a node, room for 8: 2 nodes
    over 3 nodes: at most 8 words, 32 bytes, then no room
  way.wo:+0x00: warning: the packet is 108 bytes over IPv6 and UDP, the link takes 100 [WASP-V019 -Wpacket-size]
      why: A router on such a link can not forward it in one piece, and fragments run nowhere; a reply is as large as what came.
      hint: Shorten the program, or the block that push fills.
  way.wasp:6: warning: at node 3 of 3, push finds no room: a node pushes up to 3 words, and there is room for 8 [WASP-V020 -Wpush-room]
      push    node4
      why: From that node on, push writes nothing and marks the packet; what the reply brings is cut off there.
      hint: Reserve more words with .space, or push less at each node.
  $ wasp-verify --hops 3 --json way.wo | jq -c '.max_pushes, .push_nodes, (.warnings[] | [.id, .class, .line])'
  2
  2
  ["WASP-V020","push-room",6]

V021, V022 and V023, keys and rights.

  $ cat >keys.wasp <<'END'
  >         .hooks  ingress, egress, back
  >         .data
  > own:    .key    protected, 5
  > name:   .key    invitation, 6
  > plain:  .key    public, 7
  > none:   .word   0, 0
  >         .text
  >         insert  r0, [own]
  >         reroute r0, [name]
  >         invite  r0, [plain]
  >         lookup  r0, [none]
  > END
  $ wasp-as -w keys.wasp | wasp-verify
  <stdin>: safe: at most 4 steps, cost 104, 4 store accesses; hooks ingress, egress, back; keys public, protected, invitation
    a run at          steps       cost  accesses  pushes  ends with
    ingress               4        104         4       0  forward
    egress                4        104         4       0  forward
    ingress, back         4        104         4       0  forward
    egress, back          4        104         4       0  forward
  keys.wasp:8: warning: on the way back, insert of a protected key gives 0 [WASP-V021 -Wback-rights]
      insert  r0, [own]
      why: A packet on its way back has nobody's rights, so that nobody can have his program come back as the operator's.
      hint: Do it on the way there: test env back, or leave back out of .hooks.
  keys.wasp:9: warning: on the way back, reroute gives 0 [WASP-V021 -Wback-rights]
      reroute r0, [name]
      why: A packet on its way back has nobody's rights, so that nobody can have his program come back as the operator's.
      hint: Do it on the way there: test env back, or leave back out of .hooks.
  keys.wasp:10: warning: on the way back, invite gives 0 [WASP-V021 -Wback-rights]
      invite  r0, [plain]
      why: A packet on its way back has nobody's rights, so that nobody can have his program come back as the operator's.
      hint: Do it on the way there: test env back, or leave back out of .hooks.
  keys.wasp:10: warning: invite by a key that is no secret: anybody can make this invitation [WASP-V022 -Wweak-secret]
      invite  r0, [plain]
      why: Whoever knows the eight bytes can make and move the invitation, and has what follows it sent to himself.
      hint: Declare them with .secret, and random.
  keys.wasp:11: warning: the key is public and all zeros [WASP-V023 -Wzero-key]
      lookup  r0, [none]
      why: Every program whose key was forgotten uses the same entry, and overwrites what this one keeps.
      hint: Draw a key with .key public, random, or hash a name: .key public, "name".

V026 is for those who ask.

  $ wasp-as keys.wasp | wasp-verify -w -Wprotected-insert
  <stdin>: safe: at most 4 steps, cost 104, 4 store accesses; hooks ingress, egress, back; keys public, protected, invitation
    a run at          steps       cost  accesses  pushes  ends with
    ingress               4        104         4       0  forward
    egress                4        104         4       0  forward
    ingress, back         4        104         4       0  forward
    egress, back          4        104         4       0  forward
  keys.wasp:5:9: warning: the public key 7 is anybody's [WASP-A058 -Wsmall-key]
      plain:  .key    public, 7
              ^^^^
      hint: Write .key public, random; or a string that tells what the entry is for.
  keys.wasp:8: warning: insert of a protected key gives 0 to all packets but the operator's [WASP-V026 -Wprotected-insert]
      insert  r0, [own]
      why: Only packets of the operator's may write it: to all others insert gives 0, and what comes after it never happens.
      hint: If others shall send the program, map the entry with lookup, or use a key of another space.

The way back is another matter where the program looks at it.

  $ cat >there.wasp <<'END'
  >         .hooks  ingress, egress, back
  >         .data
  > secret: .secret random
  >         .text
  >         env     r0, back
  >         bnz     r0, out
  >         invite  r0, [secret]
  > out:    forward
  > END
  $ wasp-as there.wasp | wasp-verify
  <stdin>: safe: at most 4 steps, cost 35, 1 store access; hooks ingress, egress, back; keys invitation
    a run at          steps       cost  accesses  pushes  ends with
    ingress               4         35         1       0  forward
    egress                4         35         1       0  forward
    ingress, back         3          3         0       0  forward
    egress, back          3          3         0       0  forward

V024 and V025, paths without a verdict and jumps to the next instruction.

  $ cat >verdict.wasp <<'END'
  >         .hooks  ingress
  >         .text
  >         env     r0, role
  >         bz      r0, on
  >         bnz     r0, on
  > on:     bz      r0, over
  >         drop
  > over:   env     r1, role
  >         bnz     r1, end
  > end:    push    r1
  > END
  $ wasp-as verdict.wasp | wasp-verify
  <stdin>: safe: at most 6 steps, cost 6, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress            5..6       5..6         0    0..1  forward, drop
    push: at most 1 word at a node, room for 0: 0 nodes
  verdict.wasp:5: warning: bnz to the next instruction does nothing [WASP-V025 -Wjump-next]
      bnz     r0, on
      why: It goes on there whether it jumps or not, and costs a step: the label is probably at the wrong place.
      hint: Remove it, or move the label.
  verdict.wasp:9: warning: bnz to the next instruction does nothing [WASP-V025 -Wjump-next]
      bnz     r1, end
      why: It goes on there whether it jumps or not, and costs a step: the label is probably at the wrong place.
      hint: Remove it, or move the label.
  verdict.wasp:10: warning: push finds no room: the cursor is at word 0 of 0 [WASP-V014 -Wpush-room]
      end:    push    r1
      why: It writes nothing and marks the packet.
      path: line 4: bz r0, on: taken (r0 is 0)
            line 6: bz r0, over: taken (r0 is 0)
      hint: Reserve words with .space at the end of .data and name them in .cursor.
  verdict.wasp:10: warning: the program ends here without a verdict, though other paths give one [WASP-V024 -Wmissing-verdict]
      end:    push    r1
      why: Running past the last instruction means forward; where others drop or return, it may have been forgotten.
      hint: End the path with forward, drop or return; or set a label at the end to show that it is meant.

V027, a field that is never known: last is read at ingress only. At egress, or at both, it is meant.

  $ printf '.hooks ingress, back\nenv r0, last\nbz r0, on\nreturn\non: forward\n' | wasp-as -o last.wo && wasp-verify last.wo
  last.wo: safe: at most 3 steps, cost 3, 0 store accesses; hooks ingress, back; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               3          3         0       0  forward, return
    ingress, back         3          3         0       0  forward, return
  last.wo:2: warning: last is not known at ingress, and read nowhere else [WASP-V027 -Wunknown-field]
      env r0, last
      why: What the next hop is comes out of routing, so at ingress it reads 0xffffffff, and the program reads it at no other hook.
      hint: Let the program run at egress; or ask for local at ingress, which is 1 at the destination.
  $ printf '.hooks ingress, egress\nenv r0, hook\naddi r0, -1\nbnz r0, on\npush last\non: forward\n.data\nx: .space 1\n' | wasp-as -o last.wo && wasp-verify last.wo
  last.wo: safe: at most 5 steps, cost 5, 0 store accesses; hooks ingress, egress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               5          5         0       1  forward
    egress                4          4         0       0  forward
    push: at most 1 word at a node, room for 1: 1 node
  last.wo:5: warning: last is not known at ingress, and read nowhere else [WASP-V027 -Wunknown-field]
      push last
      why: What the next hop is comes out of routing, so at ingress it reads 0xffffffff, and the program reads it at no other hook.
      hint: Let the program run at egress; or ask for local at ingress, which is 1 at the destination.
  $ printf '.hooks ingress, egress\nenv r0, last\nbz r0, on\nreturn\non: forward\n' | wasp-as -o last.wo && wasp-verify last.wo
  last.wo: safe: at most 3 steps, cost 3, 0 store accesses; hooks ingress, egress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               3          3         0       0  forward, return
    egress                3          3         0       0  forward, return
  $ printf '.hooks egress\nenv r0, last\nbz r0, on\nreturn\non: forward\n' | wasp-as -o last.wo && wasp-verify last.wo
  last.wo: safe: at most 3 steps, cost 3, 0 store accesses; hooks egress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    egress                3          3         0       0  forward, return
  $ printf '.hooks ingress\nforward\nenv r0, last\n' | wasp-as -o last.wo && wasp-verify -Wno-unreachable last.wo
  last.wo: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
