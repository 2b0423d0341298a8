Key spaces, and who may do what.

Protected: anyone reads, the operator writes.

  $ cat >protected.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > k:      .key    protected, 7
  > got:    .word   0
  > word:   .word   0
  >         .text
  >         insert  r0, [k]
  >         st      r0, [got]
  >         bnz     r0, write
  >         lookup  r0, [k]
  >         bz      r0, out
  >         st      t0, [word]
  >         jmp     out
  > write:  ldi     r1, 42
  >         mov     t0, r1
  > out:    forward
  > END
  $ wasp-as -o protected.wo protected.wasp
  $ wasp-run --store s.json protected.wo
  node 192.0.2.1, ingress: forward; 6 steps, cost 44, 2 store accesses
  k             protected 0x4000000000000007
  got           0
  word          0
  $ wasp-run --store s.json --operator protected.wo
  node 192.0.2.1, ingress: forward; 6 steps, cost 29, 1 store access
  k             protected 0x4000000000000007
  got           2
  word          0
  store: 1 entry
    protected  0x4000000000000007      0 ms  42 0 0 0 0 0 0 0
  $ wasp-run --store s.json protected.wo
  node 192.0.2.1, ingress: forward; 8 steps, cost 46, 2 store accesses
  k             protected 0x4000000000000007
  got           0
  word          42
  store: 1 entry
    protected  0x4000000000000007      0 ms  42 0 0 0 0 0 0 0
  $ printf '.hooks ingress\n.data\nk: .key protected, 7\n.text\nlookup r0, [k]\nmov t0, r0\n' |
  > wasp-as | wasp-run --store s.json
  node 192.0.2.1, ingress: forward with a fault; 2 steps, cost 17, 1 store access
  fault read-only-entry at pc 1, line 6: mov t0, r0
  An entry was written that this packet may only read.
  k             protected 0x4000000000000007
  store: 1 entry
    protected  0x4000000000000007      0 ms  42 0 0 0 0 0 0 0
  [1]

A packet on its way back is nobody's.

  $ sed 's/ingress/ingress, back/' protected.wasp | wasp-as |
  > wasp-run --operator --back | head -3
  node 192.0.2.1, ingress: forward; 6 steps, cost 44, 2 store accesses
  k             protected 0x4000000000000007
  got           0

Private: another program does not reach it, with the same key.

  $ cat >private.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > k:      .key    private, 7
  > got:    .word   0
  >         .text
  >         insert  r0, [k]
  >         st      r0, [got]
  > END
  $ wasp-as -o private.wo private.wasp
  $ wasp-run --store p.json private.wo | grep got
  got           2
  $ wasp-run --store p.json private.wo | grep got
  got           1
  $ (cat private.wasp; echo nop) | wasp-as | wasp-run --store p.json | grep -v ' k '
  node 192.0.2.1, ingress: forward; 3 steps, cost 26, 1 store access
  k             private 0x8000000000000007
  got           2
  store: 2 entries
    private    0x8339df159682bbeb      0 ms  0 0 0 0 0 0 0 0
    private    0xb5bb4a7b969e72e5      0 ms  0 0 0 0 0 0 0 0

An invitation, made at ingress of an interface, serves its egress.

  $ cat >invite.wasp <<'END'
  >         .hooks  ingress, egress
  >         .data
  > s:      .secret 42
  > got:    .word   0
  >         .text
  >         invite  r0, [s]
  >         st      r0, [got]
  > END
  $ cat >reroute.wasp <<'END'
  >         .hooks  ingress, egress
  >         .data
  > s:      .secret 42
  > name:   .key    invitation, of s
  > got:    .word   0
  > to:     .word   0
  >         .text
  >         reroute r0, [name]
  >         st      r0, [got]
  >         env     r1, dst4
  >         st      r1, [to]
  > END
  $ wasp-as -o invite.wo invite.wasp && wasp-as -o reroute.wo reroute.wasp
  $ wasp-run --store i.json invite.wo | grep -v secret
  node 192.0.2.1, ingress: forward; 2 steps, cost 33, 1 store access
  s             0x000000000000002a
  got           2
  store: 1 entry
    invitation 0xc5e23da740470755      0 ms  0 0 65535 3325256705 0 0 0 0
  $ wasp-run --store i.json --env src=198.51.100.9 invite.wo | grep -v secret
  node 192.0.2.1, ingress: forward; 2 steps, cost 33, 1 store access
  s             0x000000000000002a
  got           1
  store: 1 entry
    invitation 0xc5e23da740470755      0 ms  0 0 65535 3325256713 0 0 0 0
  $ wasp-run --store i.json --hook egress reroute.wo | grep -e node -e got -e to
  node 192.0.2.1, egress: forward; 4 steps, cost 35, 1 store access
  got           0
  to            3405803777 (0xcb007101)
  store: 1 entry
  $ wasp-run --store i.json --hook egress --env out_if=1 reroute.wo | grep -e node -e got -e to
  node 192.0.2.1, egress: forward to 198.51.100.9; 4 steps, cost 35, 1 store access
  got           1
  to            3325256713 (0xc6336409)
  store: 1 entry
  $ wasp-run --store i.json --hook ingress reroute.wo | grep got
  got           0

Refused: on the way back, to the other family, at an internal interface; and to
invite for a guest at egress.

  $ sed 's/ingress,/ingress, back,/' reroute.wasp | wasp-as |
  > wasp-run --store i.json --hook egress --env out_if=1 --back | grep got
  got           0
  $ wasp-run --store i.json --hook egress --env out_if=1 -6 reroute.wo | grep got
  got           0
  $ wasp-run --store i.json --hook egress --env out_if=1 --role internal reroute.wo | grep got
  got           0
  $ wasp-run --role guest --hook egress invite.wo | grep got
  got           0
  $ wasp-run --role guest --hook ingress invite.wo | grep got
  got           2

On a path a packet that is rerouted leaves it; one that is returned as well goes
back.

  $ wasp-run --store j.json --hook egress --env out_if=1 --env src=203.0.113.9 invite.wo | grep got
  got           2
  $ wasp-run --hops 2 --store j.json reroute.wo | grep -e node -e path
  node 192.0.2.1, ingress: forward to 203.0.113.9; 4 steps, cost 35, 1 store access
  rerouted to 203.0.113.9 by node 1 after 0.624 ms; hops 1
    node 1    invitation 0xea7994339e09b93b      0 ms  0 0 65535 3405803785 0 0 0 0
  $ (cat reroute.wasp; echo '  return') | wasp-as |
  > wasp-run --hops 2 --store j.json | grep -e node -e source
  node 192.0.2.1, ingress: return to 203.0.113.9; 5 steps, cost 36, 1 store access
  came back to the source after 1.631 ms; hops 1
    node 1    invitation 0xea7994339e09b93b      1 ms  0 0 65535 3405803785 0 0 0 0

The invitation is never mapped, and names no entry of another space.

  $ printf '.hooks ingress\n.data\ns: .secret 42\nk: .key invitation, of s\ngot: .space 2\n.text\nlookup r0, [k]\nst r0, [got]\ninsert r0, [k]\nst r0, [got+1]\nreroute r0, [got]\n' |
  > wasp-as | wasp-run --store i.json --trace | head -8
  node 192.0.2.1, ingress
      0  lookup r0, [k]              [k]=0xe60d52c3dc8ae7ab -> r0=0; none
      1  st r0, [got]                r0=0 -> [got]=0
      2  insert r0, [k]              [k]=0xe60d52c3dc8ae7ab -> r0=0; refused
      3  st r0, [got+1]              r0=0 -> [got+1]=0
      4  reroute r0, [got]           [got]=0x0000000000000000; fault wrong-key-space
  node 192.0.2.1, ingress: forward with a fault; 5 steps, cost 74, 3 store accesses
  fault wrong-key-space at pc 4, line 11: reroute r0, [got]

Random keys are drawn from the seed.

  $ printf '.hooks ingress\n.data\nk: .key public, random\n.text\nforward\n' | wasp-as -o random.wo
  $ wasp-run random.wo | tail -1
  k             public 0x2849e8bb6ffe2567
  $ wasp-run --seed 7 random.wo | tail -1
  k             public 0x3b79596f2be989a6
