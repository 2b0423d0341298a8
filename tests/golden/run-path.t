A path of nodes, the last one the destination.

  $ wasp-as -o trace.wo $SRC/examples/trace.wasp
  $ wasp-run --hops 3 trace.wo
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

Over IPv6.

  $ wasp-as $SRC/examples/trace6.wasp | wasp-run --hops 4 -6
  node 2001:db8::1, egress: forward; 10 steps, cost 10
  node 2001:db8::2, egress: forward; 10 steps, cost 10
  node 2001:db8::3, egress: return; 10 steps, cost 10
  node 2001:db8::3, egress: forward; 10 steps, cost 10
  node 2001:db8::2, egress: forward; 10 steps, cost 10
  node 2001:db8::1, egress: forward; 10 steps, cost 10
  came back to the source after 5.262 ms; hops 6
  trail         36 of 60 words pushed
       #  node           time_us  queue
       1  2001:db8::1  404636361      0
       2  2001:db8::2       +959  10500
       3  2001:db8::3      +1826      0
       4  2001:db8::3      +1826      0
       5  2001:db8::2      +2786  10500
       6  2001:db8::1      +3632   9000

Another seed is another network.

  $ wasp-run --hops 2 --seed 1 trace.wo
  node 192.0.2.1, egress: return; 7 steps, cost 7
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 1.181 ms; hops 2
  trail         6 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636615   9000
       2  192.0.2.1         +0   6000

As JSON: each run, and where the packet ended.

  $ wasp-run --hops 2 --json trace.wo | cut -c 1-220
  {"v":1,"type":"run","packet":1,"node":1,"hook":"egress","time_ns":1700000000000713449,"executed":true,"verdict":"return","steps":7,"cost":7,"accesses":0,"code_hash":"d111224d92d0da9c","status":0,"fault":null,"fault_pc":0
  {"v":1,"type":"run","packet":1,"node":1,"hook":"egress","time_ns":1700000000000713449,"executed":true,"verdict":"forward","steps":7,"cost":7,"accesses":0,"code_hash":"d111224d92d0da9c","status":0,"fault":null,"fault_pc":
  {"v":1,"type":"end","packet":1,"fate":"returned","node":0,"time_ns":1700000000001162962,"executed":true,"code_hash":"d111224d92d0da9c","status":0,"fault":null,"fault_pc":0,"marked_rerouted":false,"hops":2,"cursor":6,"scr

Each node has its own store; a drop ends the way.

  $ wasp-as $SRC/examples/count.wasp | wasp-run --hops 2 --set limit=1 --repeat 2 -
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  1: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  1: arrived at its destination, node 2 after 1.631 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         1
  seen          1
  2: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  2: dropped at node 1 after 0.449 ms; hops 1
  group         public 0x19ba03fb9a2a5c9e
  limit         1
  seen          2
  store: 2 entries
    node 1    public     0x19ba03fb9a2a5c9e      1 ms  2 0 0 0 0 0 0 0
    node 2    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0

Back at the last node; one hop and no hook; the hop limit ends.

  $ wasp-run --hops 2 --back trace.wo
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 1.440 ms; hops 2
  trail         6 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.2  404635648  10500
       2  192.0.2.1       +991   4500
  $ wasp-run --hops 1 trace.wo
  no node ran it
  arrived at its destination, node 1 after 0.624 ms; hops 0
  trail         0 of 63 words pushed
  $ wasp-run --hops 70 --env last=0 trace.wo | tail -n +64 | head -2
  expired at node 64 after 40.114 ms; hops 63
  mark: a push found no room in the scratchpad

The node that returns a packet sends it: its egress reads hop limit 64, as that of
waspd does (net/router-return.sh).

  $ wasp-as -o ttl.wo - <<'END'
  > .hooks ingress, egress, back
  > .data
  > .cursor trail
  > trail: .space 20
  > .text
  > push hook
  > push ttl
  > env r0, local
  > bz r0, on
  > return
  > on:
  > END
  $ wasp-run --hops 2 ttl.wo | tail -7
       #     hook  ttl
       1  ingress   64
       2   egress   63
       3  ingress   63
       4   egress   64
       5  ingress   64
       6   egress   63
  $ wasp-run --hops 2 --back ttl.wo | tail -4
       #     hook  ttl
       1   egress   64
       2  ingress   64
       3   egress   63

Without .cursor push begins at word 0, and what it did not reach is told, too.

  $ wasp-as -w -o front.wo <<'END'
  > .hooks egress
  > .data
  > a: .word 1
  > b: .word 2, 3
  > c: .addr 192.0.2.7
  > .text
  > push ttl
  > push hook
  > END
  $ wasp-run front.wo
  node 192.0.2.1, egress: forward; 2 steps, cost 2
  a             2 of 7 words pushed
       #  ttl    hook
       1   64  egress
  [2]           3
  c             192.0.2.7
  $ wasp-run --hops 3 front.wo | tail -5
       1   63  egress
       2   62  egress
  [4]           0
  [5]           65535
  [6]           3221225991 (0xc0000207)

A field that is not known reads so, and the trace tells why that can be:

  $ printf '.hooks ingress\nenv r0, rate\npush last\nenv r1, ttl\nforward\n.data\nx: .word 0\n' | wasp-as -w -o fields.wo
  $ wasp-run --trace fields.wo
  node 192.0.2.1, ingress
      0  env r0, rate                rate=0xffffffff -> r0=0xffffffff; unknown (told: operator)
      1  push last                   last=0xffffffff -> [x]=0xffffffff; unknown
      2  env r1, ttl                 ttl=64 -> r1=64
      3  forward                     forward
  node 192.0.2.1, ingress: forward; 4 steps, cost 4
  x             1 of 1 words pushed
       #  last
       1     -
  $ wasp-run --trace --operator fields.wo | grep rate
      0  env r0, rate                rate=0xf4240 -> r0=0xf4240
  $ wasp-run --trace --json fields.wo | jq -c 'select(.type == "step") | [.insn, .remark]'
  ["env r0, rate","unknown (told: operator)"]
  ["push last","unknown"]
  ["env r1, ttl",""]
  ["forward","forward"]

What goes over the links of a path is a capture, whose packets can be looked at and run again:

  $ printf '.program way\n.hooks egress, back\nenv r0, ttl\npush r0\nenv r0, hops\nldi r1, 2\nbne r0, r1, on\nreturn\non: forward\n.data\ntrail: .space 6\n.cursor trail\n' | wasp-as -w -o way.wo
  $ wasp-run --hops 4 -o way.pcap way.wo | sed -n '/came/p'
  came back to the source after 2.856 ms; hops 4
  $ wasp-dump -# -r way.pcap
      1  22:13:20.000000 198.51.100.1 > 192.0.2.4: WASP -EB- id 0x0000 seq 0 hops 0 code 7 pad 6 cursor 0 ttl 64
      2  22:13:20.000713 198.51.100.1 > 192.0.2.4: WASP -EB- id 0x0000 seq 0 hops 1 code 7 pad 6 cursor 1 ttl 63
      3  22:13:20.001672 192.0.2.4 > 198.51.100.1: WASP -EBR id 0x0000 seq 0 hops 3 code 7 pad 6 cursor 3 ttl 64
      4  22:13:20.001961 192.0.2.4 > 198.51.100.1: WASP -EBR id 0x0000 seq 0 hops 4 code 7 pad 6 cursor 4 ttl 63
  $ wasp-run --notes way.wo way.pcap#3
  node 192.0.2.1, egress: forward; 6 steps, cost 6
  trail         63 62 64 64 0 0
  $ wasp-run --hops 4 --ipv6 --repeat 2 -o six.pcap way.wo >/dev/null; wasp-dump -r six.pcap | wc -l
  8
  $ printf '.hooks ingress\nenv r0, local\nbnz r0, out\ndrop\nout: forward\n' | wasp-as -o drop.wo
  $ wasp-run --hops 3 -o drop.pcap drop.wo; wasp-dump -r drop.pcap
  node 192.0.2.1, ingress: drop; 3 steps, cost 3
  dropped at node 1 after 0.624 ms; hops 1
  22:13:20.000000 198.51.100.1 > 192.0.2.3: WASP I--- id 0x0000 seq 0 hops 0 code 4 pad 0 cursor 0 ttl 64
  $ wasp-run -o drop.pcap drop.wo; wasp-dump -r drop.pcap | wc -l
  node 192.0.2.1, ingress: drop; 3 steps, cost 3
  1
  $ wasp-run -o one.pcap way.wo >/dev/null; wasp-dump -r one.pcap
  22:13:20.000000 198.51.100.1 > 203.0.113.1: WASP -EB- id 0x0000 seq 0 hops 0 code 7 pad 6 cursor 0 ttl 64
  22:13:20.000000 198.51.100.1 > 203.0.113.1: WASP -EB- id 0x0000 seq 0 hops 1 code 7 pad 6 cursor 1 ttl 64
