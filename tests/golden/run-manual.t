The examples of wasp-run(1) do what it says.

  $ cp $SRC/examples/count.wasp $SRC/examples/trace.wasp . && wasp-as -o count.wo count.wasp
  $ sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\(\.Dl \)\{0,1\}\$ //p' $SRC/man/wasp-run.1 >commands
  $ wc -l <commands
  5
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

So does its saved store.

  $ sed -n '/^\[{"node"/,/^\.Ed/p' $SRC/man/wasp-run.1 | sed '$d' >s.json
  $ wasp-run --store s.json --set 0=0x11223344 --set 1=0x55667788 count.wo | tail -1
    public     0x1122334455667788      0 ms  2 0 0 0 0 0 0 0
