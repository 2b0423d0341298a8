The examples of wasp-run(1) do what it says.

  $ cp $SRC/examples/count.wasp $SRC/examples/trace.wasp . && wasp-as -o count.wo count.wasp
  $ sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\(\.Dl \)\{0,1\}\$ //p' $SRC/man/wasp-run.1 >commands
  $ wc -l <commands
  13
  $ while read -r command; do echo "$command"; sh -c "$command"; done <commands
  wasp-as count.wasp | wasp-run --set limit=2 --repeat 3
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          2
  3: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          3
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      2 ms  3 0 0 0 0 0 0 0
  wasp-as trace.wasp | wasp-run --hops 3
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  node 192.0.2.2, egress: return; 7 steps, cost 7
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 2.856 ms; hops 4
  trail         12 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
       4  192.0.2.1      +1248      0
  wasp-as trace.wasp | wasp-run --hops 3 -o way.pcap
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  node 192.0.2.2, egress: return; 7 steps, cost 7
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 2.856 ms; hops 4
  trail         12 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
       4  192.0.2.1      +1248      0
  wasp-dump -r way.pcap
  22:13:20.000000 198.51.100.1 > 192.0.2.3: WASP -EB- id 0x0000 seq 0 hops 0 code 8 pad 63 cursor 0 ttl 64
  22:13:20.000713 198.51.100.1 > 192.0.2.3: WASP -EB- id 0x0000 seq 0 hops 1 code 8 pad 63 cursor 3 ttl 63
  22:13:20.001672 192.0.2.3 > 198.51.100.1: WASP -EBR id 0x0000 seq 0 hops 3 code 8 pad 63 cursor 9 ttl 64
  22:13:20.001961 192.0.2.3 > 198.51.100.1: WASP -EBR id 0x0000 seq 0 hops 4 code 8 pad 63 cursor 12 ttl 63
  wasp-run way.pcap#3
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  [0]           3221225985 (0xc0000201)
  [1]           404636361 (0x181e42c9)
  [2]           0
  [3]           3221225986 (0xc0000202)
  [4]           404637320 (0x181e4688)
  [5]           10500
  [6]           3221225986 (0xc0000202)
  [7]           404637320 (0x181e4688)
  [8]           1500
  [9]           3 of 54 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404635648  10500
  wasp-as trace.wasp | wasp-run --back --env queue=90000 --trace
  node 192.0.2.1, egress
      0  push node.3                 node.3=0xc0000201 -> [trail]=0xc0000201
      1  push time_us                time_us=0x181e4000 -> [trail+1]=0x181e4000
      2  push queue                  queue=0x15f90 -> [trail+2]=0x15f90
      3  env r0, last                last=0 -> r0=0
      4  ldi r1, 1                   -> r1=1
      5  bne r0, r1, on              r0=0 r1=1; to on
      7  forward                     forward
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  trail         3 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404635648  90000
  wasp-run --store s.json --time 1700000000 count.wo
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0
  wasp-run --store s.json --time 1700000009 count.wo
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e   9000 ms  2 0 0 0 0 0 0 0
  wasp-run --coverage c.cov --repeat 3 count.wo
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      2 ms  3 0 0 0 0 0 0 0
  wasp-run --coverage c.cov --capacity 1 --repeat 9 count.wo
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  4: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          4
  5: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          5
  6: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          6
  7: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          7
  8: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          8
  9: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          9
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      8 ms  9 0 0 0 0 0 0 0
  wasp-run --coverage c.cov --report text
  count: 12 runs; 10 of 10 instructions, 3 of 4 sides of branches
    pc     begun     taken       not  line
                                            count.wasp:
     0        12                        55  insert  r0, [group]
     1        12     never        12    56  bz      r0, out         ; no room here
     2        12                        57  mov     r1, t0
     3        12                        58  addi    r1, 1
     4        12                        59  mov     t0, r1
     5        12                        60  st      r1, [seen]
     6        12                        61  ld      r2, [limit]
     7        12         4         8    62  bltu    r2, r1, over
     8         8                        63  out:    forward
     9         4                        64  over:   drop
  wasp-run --coverage c.cov --report lcov >c.info
  wasp-run --json --trace count.wo | jq -c 'select(.writes.r1?)'
  {"v":1,"type":"step","packet":1,"node":1,"hook":"ingress","step":3,"file":"count.wasp","line":57,"pc":2,"insn":"mov r1, t0","reads":{"t0":0},"writes":{"r1":0},"remark":""}
  {"v":1,"type":"step","packet":1,"node":1,"hook":"ingress","step":4,"file":"count.wasp","line":58,"pc":3,"insn":"addi r1, 1","reads":{"r1":0},"writes":{"r1":1},"remark":""}

So does its saved store.

  $ sed -n '/^\[{"node"/,/^\.Ed/p' $SRC/man/wasp-run.1 | sed '$d' >s.json
  $ wasp-run --store s.json --set 0=0x11223344 --set 1=0x55667788 count.wo | tail -1
    public     0x1122334455667788      0 ms  2 0 0 0 0 0 0 0
