What is set is one more input, and everything after it follows from it.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-run --debug --repeat 3 --hops 2 count.wo <<'END'
  > next packet
  > s 3
  > set t0 = 40
  > set r1 = r1 + 6
  > info changes
  > s 3
  > why r1
  > why t0
  > why seen
  > c
  > reverse
  > packet 2
  > s 3
  > undo
  > undo
  > info changes
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) next packet
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  1: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  1: arrived at its destination, node 2 after 1.631 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s 3
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=1; found
      1  bz r0, out                  r0=1; no jump
      2  mov r1, t0                  t0=1 -> r1=1
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) set t0 = 40
  t0: 1 -> 40
  (wasp) set r1 = r1 + 6
  r1: 1 -> 7
  (wasp) info changes
  t0 = 40 at packet 2, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
  r1 = 7 at packet 2, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
  (wasp) s 3
      3  addi r1, 1                  r1=7 -> r1=8
      4  mov t0, r1                  r1=8 -> t0=8
      5  st r1, [seen]               r1=8 -> [seen]=8
  =>  6  ld r2, [limit]              count.wasp:61
  (wasp) why r1
  packet 2, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
      3  addi r1, 1                  r1=7 -> r1=8
  r1: 7 -> 8
  (wasp) why t0
  packet 2, node 192.0.2.1, ingress, after 4 steps, count.wasp:59
      4  mov t0, r1                  r1=8 -> t0=8
  t0: 40 -> 8
  (wasp) why seen
  packet 2, node 192.0.2.1, ingress, after 5 steps, count.wasp:60
      5  st r1, [seen]               r1=8 -> [seen]=8
  [seen]: 0 -> 8
  (wasp) c
  2: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  2: dropped at node 1 after 0.449 ms; hops 1
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          8
  3: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  3: dropped at node 1 after 0.850 ms; hops 1
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          9
  no packet is left
  (wasp) reverse
  this is the beginning
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) packet 2
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  1: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  1: arrived at its destination, node 2 after 1.631 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s 3
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=1; found
      1  bz r0, out                  r0=1; no jump
      2  mov r1, t0                  t0=1 -> r1=1
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) undo
  packet 2, node 192.0.2.1, ingress
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) undo
  packet 2, node 192.0.2.1, ingress
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) info changes
  nothing was changed by hand
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  2: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  2: arrived at its destination, node 2 after 0.822 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  3: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  3: arrived at its destination, node 2 after 1.506 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  store: 2 entries
    node 1    public     0x19ba03fb9a2a5c9e      3 ms  3 0 0 0 0 0 0 0
    node 2    public     0x19ba03fb9a2a5c9e      2 ms  3 0 0 0 0 0 0 0

A word, the cursor, a field, an address, pc.

  $ wasp-run --debug count.wo <<'END'
  > set limit = 0
  > set [seen] = limit + 7
  > set cursor = 2
  > set queue = 9000
  > set src = 192.0.2.99
  > set src4 = 192.0.2.98
  > print src
  > s 3
  > set pc = over
  > back
  > s
  > set pc = 9
  > finish
  > info path
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) set limit = 0
  [limit]: 5 -> 0
  (wasp) set [seen] = limit + 7
  [seen]: 0 -> 7
  (wasp) set cursor = 2
  cursor: 0 -> 2
  (wasp) set queue = 9000
  queue: 10500 B -> 9000 B
  (wasp) set src = 192.0.2.99
  src = 192.0.2.99
  (wasp) set src4 = 192.0.2.98
  src.3: 192.0.2.99 -> 192.0.2.98
  (wasp) print src
  src = 192.0.2.98
  (wasp) s 3
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
      1  bz r0, out                  r0=2; no jump
      2  mov r1, t0                  t0=0 -> r1=0
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) set pc = over
  pc: 3 -> 9
  (wasp) back
  =>  2  mov r1, t0                  count.wasp:57
  (wasp) s
      2  mov r1, t0                  t0=0 -> r1=0
  over:
  =>  9  drop                        count.wasp:64
  (wasp) set pc = 9
  pc: 9 -> 9
  (wasp) finish
      9  drop                        drop
  node 192.0.2.1, ingress: drop; 4 steps, cost 27, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         0
  seen          7
  (wasp) info path
  =>  1  node 192.0.2.1, ingress: drop, 4 steps
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  0 0 0 0 0 0 0 0

To before the last instruction is past all of them.

  $ wasp-run --debug count.wo <<'END'
  > s
  > set pc = 10
  > back
  > s
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  =>  1  bz r0, out                  count.wasp:56
  (wasp) set pc = 10
  pc: 1 -> 10
  (wasp) back
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  node 192.0.2.1, ingress: forward; 1 step, cost 24, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          0
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  0 0 0 0 0 0 0 0

Another program or packet after this one; the stores stay.

  $ "$BUILD/tests/make-capture" right >right.pcap
  $ cat >rest <<'END'
  > # the rest, from a file
  > print group
  > step
  > END
  $ wasp-run --debug --repeat 5 count.wo <<'END'
  > s 2
  > load count.wo
  > source rest
  > load right.pcap#2
  > info packet
  > finish
  > load right.pcap#4
  > info store
  > reverse
  > load right.pcap
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s 2
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
      1  bz r0, out                  r0=2; no jump
  =>  2  mov r1, t0                  count.wasp:57
  (wasp) load count.wo
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) source rest
  (wasp) print group
  group = public 0x19ba03fb9a2a5c9e
  (wasp) step
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=1; found
  =>  1  bz r0, out                  count.wasp:56
  (wasp) load right.pcap#2
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  packet 3, node 2001:db8::1, ingress
  =>  0  insert r0, [0]
  (wasp) info packet
  2001:db8:1::2 > 2001:db8:3::2, hop limit 62, length 92
  program without a name, flags IE--, 5 instructions, 6 words
  identifier 4660, sequence 1, hops 0, cursor 2, status 0x00
  (wasp) finish
      4  forward                     forward
  3: node 2001:db8::1, ingress: forward; 5 steps, cost 28, 1 store access
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           2 of 4 words pushed
       #  node4    ttl
       1  0.0.0.1   62
  (wasp) load right.pcap#4
  packet 4, node 192.0.2.1, ingress
  not run: it ended with a fault before
  fault nothing-mapped at pc 7
  An entry word was used while no entry was mapped.
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           0
  [3]           0
  [4]           0
  [5]           0
  (wasp) info store
  public     0x1122334455667788, 1 ms: 0 0 0 0 0 0 0 0
  public     0x19ba03fb9a2a5c9e, 3 ms: 2 0 0 0 0 0 0 0
  (wasp) reverse
  this is the beginning
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) load right.pcap
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [0]
  2: node 192.0.2.1, ingress: forward; 5 steps, cost 28, 1 store access
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           2 of 4 words pushed
       #  node4      ttl
       1  192.0.2.1   62
  store: 2 entries
    public     0x1122334455667788      0 ms  0 0 0 0 0 0 0 0
    public     0x19ba03fb9a2a5c9e      1 ms  1 0 0 0 0 0 0 0
  $ wasp-run --debug right.pcap#3 <<'END'
  > info packet
  > END
  node 192.0.2.1, ingress
  not run: it is on its way back and has no hook back
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           167772673 (0xa000201)
  [3]           63
  [4]           167772929 (0xa000301)
  [5]           62
  (wasp) info packet
  10.0.3.2 > 10.0.1.2, hop limit 64, length 72
  program without a name, flags IE-R, 5 instructions, 6 words
  identifier 4660, sequence 1, hops 2, cursor 6, status 0x00
