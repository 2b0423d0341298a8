Counterexamples: each command that wasp-verify prints does what it says.

  $ cat >replay.sh <<'END'
  > sed -n 's/^      wasp-run/wasp-run/p' "$1" | while read -r line; do
  > echo "$line"
  > sh -c "$line" | grep -e ^fault -e ^node -e Nothing
  > sh -c "$line" >/dev/null 2>&1; echo "exit $?"
  > done
  > END

VERIFY_UNMAPPED, VERIFY_SCRATCHPAD, VERIFY_ILLEGAL, VERIFY_KEYSPACE and
VERIFY_JUMP: the environment leads to each by another way.

  $ cat >five.wasp <<'END'
  >         .hooks  ingress, egress
  >         .data
  > key:    .key    public, "a"
  > name:   .key    public, "b"
  > limit:  .word   3
  >         .text
  >         env     r0, hops
  >         ldi     r1, 5
  >         beq     r0, r1, one
  >         env     r0, queue
  >         ld      r1, [limit]
  >         beq     r0, r1, two
  >         addi    r1, 1
  >         bltu    r0, r1, three
  >         env     r2, hook
  >         addi    r2, -2
  >         bz      r2, four
  >         jmp     .+100
  > one:    insert  r3, [key]
  >         mov     t0, r1
  >         forward
  > two:    ld      r3, [200]
  > three:  .insn   0x0101
  > four:   reroute r3, [name]
  > END
  $ wasp-as -o five.wo five.wasp
  $ wasp-verify --counterexample five five.wo 2>out; echo $?
  1
  $ grep -A1 -e 'error' -e 'a run' out
  five.wasp:18: error: a jump to instruction 111, but the end is at 18 (at ingress) [WASP-V002]
      jmp     .+100
  --
  note: a run jumps past the end at instruction 11:
        wasp-run --notes five.wo five-1.pcap
  five.wasp:20: error: t0 is used with nothing mapped: the insert at line 19 may give 0 [WASP-V004]
      mov     t0, r1
  --
  note: a run ends with nothing-mapped at instruction 13:
        wasp-run --load five-2.store --capacity 1 --notes five.wo five-2.pcap
  five.wasp:22: error: there is no scratchpad word 200, the packet has 5 [WASP-V003]
      two:    ld      r3, [200]
  --
  note: a run ends with scratchpad-range at instruction 15:
        wasp-run -e queue=3 --notes five.wo five-3.pcap
  five.wasp:23: error: 0x0101 is no instruction: in 'drop' the bits 0x00ff must be zero [WASP-V001]
      three:  .insn   0x0101
  --
  note: a run ends with illegal-instruction at instruction 16:
        wasp-run -e queue=2 --notes five.wo five-4.pcap
  five.wasp:24: error: the key of reroute is public, and nothing changes it: it must name an invitation [WASP-V008]
      four:   reroute r3, [name]
  --
  note: a run ends with wrong-key-space at instruction 17:
        wasp-run --hook egress --notes five.wo five-5.pcap
  five.wo: rejected: 5 errors
  $ sh replay.sh out
  wasp-run --notes five.wo five-1.pcap
  node 192.0.2.1, ingress: forward; 12 steps, cost 12
  exit 0
  wasp-run --load five-2.store --capacity 1 --notes five.wo five-2.pcap
  node 192.0.2.1, ingress: forward with a fault; 5 steps, cost 28, 1 store access
  fault nothing-mapped at pc 13, five.wasp:20: mov t0, r1
  exit 1
  wasp-run -e queue=3 --notes five.wo five-3.pcap
  node 192.0.2.1, ingress: forward with a fault; 7 steps, cost 7
  fault scratchpad-range at pc 15, five.wasp:22: ld r3, [200]
  exit 1
  wasp-run -e queue=2 --notes five.wo five-4.pcap
  node 192.0.2.1, ingress: forward with a fault; 9 steps, cost 8
  fault illegal-instruction at pc 16, five.wasp:23: .insn 0x0101
  exit 1
  wasp-run --hook egress --notes five.wo five-5.pcap
  node 192.0.2.1, egress: forward with a fault; 12 steps, cost 43, 1 store access
  fault wrong-key-space at pc 17, five.wasp:24: reroute r3, [name]
  exit 1

The same as JSON.

  $ wasp-verify --json --counterexample five five.wo | jq -c '.errors[] | [.id, .example.pcap, .example.store, .example.does]'
  ["WASP-V002","five-1.pcap",null,"jumps past the end at instruction 11"]
  ["WASP-V004","five-2.pcap","five-2.store","ends with nothing-mapped at instruction 13"]
  ["WASP-V003","five-3.pcap",null,"ends with scratchpad-range at instruction 15"]
  ["WASP-V001","five-4.pcap",null,"ends with illegal-instruction at instruction 16"]
  ["WASP-V008","five-5.pcap",null,"ends with wrong-key-space at instruction 17"]

VERIFY_READONLY and VERIFY_COMPUTED_NAME, as errors; VERIFY_ACCESSES.

  $ cat >store.wasp <<'END'
  >         .hooks  egress
  >         .data
  > mine:   .key    protected, "a"
  > name:   .key    invitation, 7
  >         .text
  >         lookup  r0, [mine]
  >         bz      r0, none
  >         mov     t0, r0
  > none:   env     r1, queue
  >         st      r1, [name]
  >         reroute r2, [name]
  >         bnz     r2, on
  >         lookup  r3, [mine]
  >         bz      r3, on
  >         ld      r4, [mine]
  >         lookup  r3, [mine]
  >         bz      r3, on
  >         lookup  r3, [mine]
  > on:     drop
  > END
  $ wasp-as -o store.wo store.wasp
  $ wasp-verify --counterexample s -W error=read-only -W error=computed-name store.wo 2>out; echo $?
  1
  $ grep -A1 -e 'error' -e 'a run' out
  store.wasp:8: error: t0 is written after lookup: it faults unless the packet may write the entry [WASP-V011 -Werror=read-only]
      mov     t0, r0
  --
  note: a run ends with read-only-entry at instruction 2:
        wasp-run --load s-1.store --notes store.wo s-1.pcap
  store.wasp:11: error: the name of the invitation is computed: where it is none, reroute faults [WASP-V015 -Werror=computed-name]
      reroute r2, [name]
  --
  note: a run ends with wrong-key-space at instruction 5:
        wasp-run --notes store.wo s-2.pcap
  --
  store.wasp:18: error: store access 5 on one path, the limit is 4 [WASP-V005]
      lookup  r3, [mine]
  --
  note: a run ends with too-many-accesses at instruction 12:
        wasp-run --load s-3.store --operator -e queue=3221235972 --notes store.wo s-3.pcap
  store.wo: rejected: 3 errors
  $ sh replay.sh out
  wasp-run --load s-1.store --notes store.wo s-1.pcap
  node 192.0.2.1, egress: forward with a fault; 3 steps, cost 18, 1 store access
  fault read-only-entry at pc 2, store.wasp:8: mov t0, r0
  exit 1
  wasp-run --notes store.wo s-2.pcap
  node 192.0.2.1, egress: forward with a fault; 5 steps, cost 51, 2 store accesses
  fault wrong-key-space at pc 5, store.wasp:11: reroute r2, [name]
  exit 1
  wasp-run --load s-3.store --operator -e queue=3221235972 --notes store.wo s-3.pcap
  node 192.0.2.1, egress: forward with a fault; 13 steps, cost 104, 5 store accesses
  fault too-many-accesses at pc 12, store.wasp:18: lookup r3, [mine]
  exit 1

VERIFY_STEPS and VERIFY_COST are limits of the verifier's: the run ends well.

  $ wasp-verify --counterexample c --max-steps 8 --max-cost 40 --max-accesses 2 store.wo 2>out
  [1]
  $ grep -A1 -e 'error' -e 'a run' out
  store.wasp:11: error: a path takes 105 units of cost, the limit is 40 [WASP-V007]
      reroute r2, [name]
  --
  note: a run takes 5 steps, cost 51, 2 store accesses:
        wasp-run --notes store.wo c-1.pcap
  store.wasp:13: error: store access 3 on one path, the limit is 2 [WASP-V005]
      lookup  r3, [mine]
  --
  note: a run takes 9 steps, cost 70, 3 store accesses:
        wasp-run -e queue=3221235972 --notes store.wo c-2.pcap
  store.wasp:14: error: a path takes 14 steps, the limit is 8 [WASP-V006]
      bz      r3, on
  --
  note: a run takes 9 steps, cost 70, 3 store accesses:
        wasp-run -e queue=3221235972 --notes store.wo c-3.pcap
  --
  store.wo: rejected: 3 errors; 2 findings that follow from them not shown
  $ sh replay.sh out
  wasp-run --notes store.wo c-1.pcap
  node 192.0.2.1, egress: forward with a fault; 5 steps, cost 51, 2 store accesses
  fault wrong-key-space at pc 5, store.wasp:11: reroute r2, [name]
  exit 1
  wasp-run -e queue=3221235972 --notes store.wo c-2.pcap
  node 192.0.2.1, egress: drop; 9 steps, cost 70, 3 store accesses
  exit 0
  wasp-run -e queue=3221235972 --notes store.wo c-3.pcap
  node 192.0.2.1, egress: drop; 9 steps, cost 70, 3 store accesses
  exit 0

What the sender chose, and what an earlier node left.

  $ cat >hop.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > nodes:  .word   0
  > price:  .word   12
  >         .text
  >         ld      r0, [nodes]
  >         addi    r0, 1
  >         st      r0, [nodes]
  >         ldi     r1, 3
  >         bne     r0, r1, on
  >         mov     r2, t0
  > on:     ld      r3, [price]
  >         bnz     r3, out
  >         mov     r2, t0
  > out:    forward
  > END
  $ wasp-as -o hop.wo hop.wasp
  $ wasp-verify --counterexample 'a b' hop.wo 2>out
  [1]
  $ grep -A1 'a run' out
  note: a run ends with nothing-mapped at instruction 5:
        wasp-run --notes hop.wo 'a b-1.pcap'
  --
  note: a run ends with nothing-mapped at instruction 8:
        wasp-run --notes hop.wo 'a b-2.pcap'
  $ wasp-run --notes hop.wo 'a b-1.pcap' | sed -n '/^fault/p;/nodes/p;/price/p'
  fault nothing-mapped at pc 5, hop.wasp:11: mov r2, t0
  nodes         3
  price         12
  $ wasp-run --notes hop.wo 'a b-2.pcap' | sed -n '/^fault/p;/nodes/p;/price/p'
  fault nothing-mapped at pc 8, hop.wasp:14: mov r2, t0
  nodes         1
  price         0

What the packet itself says: addresses, hop limit, identifier, the way back; the
version follows from the first word of an address.  Private keys have the names of
wasp-run's node, invitations too.

  $ cat >packet.wasp <<'END'
  >         .hooks  ingress, egress, back
  >         .data
  > wanted: .addr   10.1.2.3
  > mine:   .key    private, 5
  > name:   .key    invitation, 7
  >         .text
  >         env     r0, dst4
  >         ld      r1, [wanted+3]
  >         bne     r0, r1, next
  >         env     r0, ttl
  >         ldi     r1, 9
  >         bne     r0, r1, next
  >         env     r0, ident
  >         ldi     r1, 77
  >         bne     r0, r1, next
  >         env     r0, back
  >         bz      r0, next
  >         mov     r0, t0
  > next:   env     r0, src.0
  >         shri    r0, 16
  >         env     r1, seq
  >         bz      r0, store
  >         bne     r0, r1, store
  >         mov     r0, t0
  > store:  lookup  r0, [mine]
  >         bz      r0, way
  >         mov     r1, t3
  >         ldi     r2, 500
  >         bne     r1, r2, way
  >         .insn   0x0101
  > way:    reroute r0, [name]
  >         bz      r0, out
  >         .insn   0x0101
  > out:    forward
  > END
  $ wasp-as -w -o packet.wo packet.wasp
  $ wasp-verify -w --counterexample p packet.wo 2>out
  [1]
  $ sh replay.sh out
  wasp-run --notes packet.wo p-1.pcap
  node 192.0.2.1, ingress: forward with a fault; 12 steps, cost 12
  fault nothing-mapped at pc 11, packet.wasp:18: mov r0, t0
  exit 1
  wasp-run --notes packet.wo p-2.pcap
  node 2001:db8::1, ingress: forward with a fault; 9 steps, cost 9
  fault nothing-mapped at pc 17, packet.wasp:24: mov r0, t0
  exit 1
  wasp-run --load p-3.store --notes packet.wo p-3.pcap
  node 192.0.2.1, ingress: forward with a fault; 13 steps, cost 27, 1 store access
  fault illegal-instruction at pc 23, packet.wasp:30: .insn 0x0101
  exit 1
  wasp-run --load p-4.store --notes packet.wo p-4.pcap
  node 192.0.2.1, ingress: forward with a fault; 12 steps, cost 57, 2 store accesses
  fault illegal-instruction at pc 26, packet.wasp:33: .insn 0x0101
  exit 1
  $ wasp-dump -r p-1.pcap | head -1
  22:13:20.000000 198.51.100.1 > 10.1.2.3: WASP IEBR id 0x004d seq 0 hops 0 code 28 pad 8 cursor 0 ttl 9
  $ jq -c '.[] | [.key, .words]' p-3.store p-4.store
  ["0x80c64fdfc3d9065c",[0,0,0,500,0,0,0,0]]
  ["0xd594dda3f286637d",[0,0,65535,3221226061,0,0,0,0]]

The second error is never come to: nothing is written for it.

  $ cat >none.wasp <<'END'
  >         .hooks  ingress
  >         .text
  >         mov     r0, t0
  >         ld      r1, [9]
  > END
  $ wasp-as none.wasp | wasp-verify --counterexample n 2>&1 | grep -e note: -e wasp-run -e most
  note: a run ends with nothing-mapped at instruction 0:
        wasp-run n-1.pcap
  note: no example in 6004 runs, 54036 steps; that proves nothing;
        most ended before it, with nothing-mapped at instruction 0
  $ ls n-*
  n-1.pcap
  $ wasp-as none.wasp | wasp-verify --json --counterexample n --search 100 | jq -c '.errors[1].example'
  {"pcap":null,"store":null,"command":null,"does":null,"runs":12,"steps":108,"stopped_by":"nothing-mapped","stopped_pc":0}

At most so many.

  $ rm -f five-*; wasp-verify --examples 2 --counterexample five five.wo 2>/dev/null; ls five-*
  five-1.pcap
  five-2.pcap
  five-2.store

An accepted program has none; what it costs at most can be seen.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-verify --counterexample q --worst worst count.wo; ls | grep -e ^q -e ^worst
  count.wo: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  worst.pcap
  note: a run takes 9 steps, cost 32, 1 store access:
        wasp-run --notes count.wo worst.pcap
  $ wasp-run worst.pcap | head -1
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  $ wasp-verify --json --worst worst count.wo | jq -c '[.max_cost, .worst.does]'
  [32,"takes 9 steps, cost 32, 1 store access"]
