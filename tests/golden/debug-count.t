A session: one node, two packets, from a file and from a pipe.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ cat >commands <<'END'
  > step
  > step 3
  > # what was done so far
  > who wrote r1 last
  > why t0
  > info entry
  > info store
  > info path
  > set r1 = 9
  > step
  > back
  > finish
  > why seen
  > continue
  > back 3
  > info changes
  > undo
  > END
  $ wasp-run --debug --repeat 2 --commands commands count.wo
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) step
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  =>  1  bz r0, out                  count.wasp:56
  (wasp) step 3
      1  bz r0, out                  r0=2; no jump
      2  mov r1, t0                  t0=0 -> r1=0
      3  addi r1, 1                  r1=0 -> r1=1
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) who wrote r1 last
  packet 1, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
      3  addi r1, 1                  r1=0 -> r1=1
  r1: 0 -> 1
  (wasp) why t0
  packet 1, node 192.0.2.1, ingress, after 0 steps, count.wasp:55
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  t0: no value -> 0
  (wasp) info entry
  mapped: public 0x19ba03fb9a2a5c9e [group], not written to
  t0  0x00000000  0
  t1  0x00000000  0
  t2  0x00000000  0
  t3  0x00000000  0
  t4  0x00000000  0
  t5  0x00000000  0
  t6  0x00000000  0
  t7  0x00000000  0
  (wasp) info store
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 0 0 0 0 0 0 0 0
  (wasp) info path
  =>  1  node 192.0.2.1, ingress: forward, 9 steps
  (wasp) set r1 = 9
  r1: 1 -> 9
  (wasp) step
      4  mov t0, r1                  r1=9 -> t0=9
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) back
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) finish
      9  drop                        drop
  1: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          9
  (wasp) why seen
  packet 1, node 192.0.2.1, ingress, after 5 steps, count.wasp:60
      5  st r1, [seen]               r1=9 -> [seen]=9
  [seen]: 0 -> 9
  (wasp) continue
  2: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          10
  no packet is left
  (wasp) back 3
  =>  6  ld r2, [limit]              count.wasp:61
  (wasp) info changes
  r1 = 9 at packet 1, node 192.0.2.1, ingress, after 4 steps, count.wasp:59
  (wasp) undo
  packet 1, node 192.0.2.1, ingress
  =>  4  mov t0, r1                  count.wasp:59
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      1 ms  2 0 0 0 0 0 0 0
