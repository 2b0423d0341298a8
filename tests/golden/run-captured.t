A captured packet runs as it lies.

  $ $BUILD/tests/make-capture right >right.pcap

Its version, its hop limit, and its own way along a path, whose last node is its
destination.

  $ wasp-run --packet 1 right.pcap
  node 192.0.2.1, ingress: forward; 5 steps, cost 28, 1 store access
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           2 of 4 words pushed
       #  node4      ttl
       1  192.0.2.1   62
  store: 1 entry
    public     0x1122334455667788      0 ms  0 0 0 0 0 0 0 0
  $ wasp-run --packet 2 right.pcap | head -1
  node 2001:db8::1, ingress: forward; 5 steps, cost 28, 1 store access
  $ wasp-run --hops 3 --packet 1 right.pcap
  node 192.0.2.1, ingress: forward; 5 steps, cost 28, 1 store access
  node 192.0.2.1, egress: forward; 5 steps, cost 28, 1 store access
  node 192.0.2.2, ingress: forward; 5 steps, cost 28, 1 store access
  node 192.0.2.2, egress: forward; 5 steps, cost 28, 1 store access
  node 10.0.3.2, ingress: forward; 5 steps, cost 28, 1 store access
  arrived at its destination, node 3 after 2.522 ms; hops 3
  mark: a push found no room in the scratchpad
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           4 of 4 words pushed
       #  node4      ttl
       1  192.0.2.1   62
       2  192.0.2.1   61
  store: 3 entries
    node 1    public     0x1122334455667788      1 ms  0 0 0 0 0 0 0 0
    node 2    public     0x1122334455667788      0 ms  0 0 0 0 0 0 0 0
    node 3    public     0x1122334455667788      0 ms  0 0 0 0 0 0 0 0
  $ wasp-run --hops 2 --packet 2 right.pcap | head -3
  node 2001:db8::1, ingress: forward; 5 steps, cost 28, 1 store access
  node 2001:db8::1, egress: forward; 5 steps, cost 28, 1 store access
  node 2001:db8:3::2, ingress: forward; 5 steps, cost 28, 1 store access

R, a fault, marks.

  $ wasp-run --packet 3 right.pcap | head -1
  not run: it is on its way back and has no hook back
  $ wasp-run --packet 4 right.pcap | head -2
  not run: it ended with a fault before
  fault nothing-mapped at pc 7
  $ wasp-run --packet 5 right.pcap | sed 3q
  node 192.0.2.1, ingress: forward; 5 steps, cost 28, 1 store access
  mark: a store instruction found no room at a node
  mark: a push found no room in the scratchpad

WASP inside WASP is plain IP to a node, alone and on a path.

  $ $BUILD/tests/make-capture not-run >not-run.pcap
  $ wasp-run --packet 9 not-run.pcap 2>/dev/null | sed 3q
  not run: WASP inside WASP is plain IP to a router
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  $ wasp-run --packet 9 --hops 2 not-run.pcap 2>/dev/null | sed 3q
  no node ran it
  arrived at its destination, node 2 after 1.631 ms; hops 0
  [0]           287454020 (0x11223344)
  $ printf 'step\ninfo packet\ninfo words\nprint [0]\n' | wasp-run --debug --packet 9 not-run.pcap 2>&1
  node 192.0.2.1, ingress
  not run: WASP inside WASP is plain IP to a router
  [0]           287454020 (0x11223344)
  [1]           1432778632 (0x55667788)
  [2]           0
  [3]           0
  [4]           0
  [5]           0
  (wasp) step
  no packet is left
  (wasp) info packet
  plain IP: WASP inside WASP
  (wasp) info words
  there is no scratchpad in it
  (wasp) print [0]
  <stdin>:4: error: there is no word [0]: the scratchpad has 0
  [3]

Words are set as in any other; --back turns it back.

  $ wasp-run --set 0=7 --packet 1 right.pcap | sed -n 2p
  [0]           7
  $ wasp-run --back --packet 1 right.pcap | head -1
  not run: it is on its way back and has no hook back

The environment is of the packet; an answer begins at the last node; a payload
counts, though nobody reads it.

  $ wasp-as -o env.wo - <<'END'
  > .hooks ingress, egress, back
  > .data
  > .cursor trail
  > trail: .space 30
  > .text
  > push back
  > push src4
  > push dst4
  > push ttl
  > push length
  > push ident
  > END
  $ wasp-send -n -S 198.51.100.7 --ident 4660 env.wo 192.0.2.77 >log
  $ wasp-run log
  node 192.0.2.1, ingress: forward; 6 steps, cost 6
  [0]           6 of 30 words pushed
       #  back  src4          dst4        ttl  length  ident
       1     0  198.51.100.7  192.0.2.77   64     168   4660
  $ wasp-run --back log
  node 192.0.2.1, ingress: forward; 6 steps, cost 6
  [0]           6 of 30 words pushed
       #  back  src4        dst4          ttl  length  ident
       1     1  192.0.2.77  198.51.100.7   64     168   4660
  $ wasp-run --hops 2 --back log
  node 192.0.2.77, egress: forward; 6 steps, cost 6
  node 192.0.2.1, ingress: forward; 6 steps, cost 6
  node 192.0.2.1, egress: forward; 6 steps, cost 6
  came back to the source after 1.440 ms; hops 1
  [0]           18 of 30 words pushed
       #  back  src4        dst4          ttl  length  ident
       1     1  192.0.2.77  198.51.100.7   64     168   4660
       2     1  192.0.2.77  198.51.100.7   64     168   4660
       3     1  192.0.2.77  198.51.100.7   63     168   4660
  $ { sed 's/45 00 00 a8/45 00 00 b8/' log; echo '00a8  01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10'; } >longer
  $ wasp-run longer | tail -1
       1     0  198.51.100.7  192.0.2.77   64     184   4660

Over UDP nobody is the operator, and there are no invitations.

  $ wasp-as -o rights.wo - <<'END'
  > .hooks ingress
  > .data
  > mine: .key protected, 1
  > secret: .secret 1
  > wrote: .word 0
  > invited: .word 0
  > .text
  > insert r0, [mine]
  > st r0, [wrote]
  > invite r0, [secret]
  > st r0, [invited]
  > END
  $ wasp-send -n -S 198.51.100.7 rights.wo 192.0.2.77 >log
  $ wasp-run --operator log
  node 192.0.2.1, ingress: forward; 4 steps, cost 58, 2 store accesses
  [0]           1073741824 (0x40000000)
  [1]           1
  [2]           0
  [3]           1
  [4]           2
  [5]           2
  store: 2 entries
    protected  0x4000000000000001      0 ms  0 0 0 0 0 0 0 0
    invitation 0xe4dc4ba20e8be7ef      0 ms  0 0 65535 3325256711 0 0 0 0
  $ wasp-send -n --udp -S 198.51.100.7 rights.wo 192.0.2.77 >log
  $ wasp-run --operator log
  node 192.0.2.1, ingress: forward; 4 steps, cost 58, 2 store accesses
  [0]           1073741824 (0x40000000)
  [1]           1
  [2]           0
  [3]           1
  [4]           0
  [5]           0

One to a group has no last hop, and is not rerouted.

  $ wasp-as -o invite.wo - <<END
  > .hooks ingress
  > .data
  > secret: .secret "group"
  > .text
  > invite r0, [secret]
  > END
  $ wasp-as -o follow.wo - <<END
  > .hooks egress
  > .data
  > secret: .secret "group"
  > name: .key invitation, of secret
  > end: .word 9
  > moved: .word 9
  > .text
  > env r0, last
  > st r0, [end]
  > reroute r0, [name]
  > st r0, [moved]
  > END
  $ wasp-send -n -S 198.51.100.7 invite.wo 192.0.2.77 >log
  $ wasp-run --role client --env in_if=1 --store store log >out
  $ for to in 192.0.2.77 239.1.2.3; do
  > wasp-send -n -S 198.51.100.9 follow.wo $to >log
  > wasp-run --role client --env out_if=1 --load store --notes follow.wo log |
  > grep -E 'end|moved'
  > done
  end           0
  moved         1
  end           4294967295 (0xffffffff)
  moved         0

What can not be: another version.

  $ wasp-run -6 --packet 1 right.pcap
  wasp-run: --ipv6 is for objects: a captured packet has a version of its own; try 'wasp-run --help'
  [2]

What goes over links: the payload is known by its length only.

  $ wasp-run --hops 2 --packet 7 -o cut.pcap right.pcap | sed -n '/arrived/p'
  arrived at its destination, node 2 after 1.631 ms; hops 2
  $ od -An -tx1 -j24 -N16 cut.pcap
   65 53 f1 00 00 00 00 00 00 00 00 48 00 00 00 5c
  $ wasp-dump -r cut.pcap
  22:13:20.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 6 payload 20 [captured 72 of 92 bytes]
  22:13:20.000713 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 1 code 5 pad 6 cursor 6 ttl 61 next 6 payload 20 [captured 72 of 92 bytes]
