A program in any form.  All of these hold the same packet.

  $ "$BUILD/tests/make-capture" right >x.pcap && "$BUILD/tests/make-capture" right LINUX_SLL2 65535 pcapng >x.pcapng
  $ "$BUILD/tests/make-capture" object >walk.wo && head -c 52 walk.wo >walk.bin
  $ wasp-dis walk.bin | grep -v '^;' >walk.dis
  $ printf '#!/bin/sh\nwasp-dis "$@" 2>/dev/null | grep -v "^;" | cmp - walk.dis\n' >same && chmod +x same
  $ ./same x.pcap && ./same x.pcapng && ./same <x.pcap && ./same x.pcap#2 && ./same -n 2 x.pcap

Which packet was taken is told where there was a choice and none was made.

  $ wasp-dis -o /dev/null x.pcap
  wasp-dis: took x.pcap#1, packet 1 of 7: 10.0.1.2 > 10.0.3.2, protocol 253; 6 others hold WASP
  $ wasp-dis -o /dev/null --filter ip6 x.pcap
  $ wasp-dis -o /dev/null x.pcap#7 && wasp-dis -o /dev/null -n 7 - <x.pcap

A file that is really called so is that file.

  $ cp walk.wo x.pcap#2 && wasp-dis x.pcap#2 | sed -n 2p; rm x.pcap#2
          .program walk

Names from an object of the same code.

  $ wasp-dis --notes walk.wo x.pcap#2 | tail -n 7
  trail:  .space 4                                ; [2]
          .text
          insert r0, [flow]                       ;   0  f040
          bz r0, out                              ;   1  d002
          push node.3                             ;   2  4107
          push ttl                                ;   3  411e
  out:    forward                                 ;   4  0000

What ICMP errors quote.

  $ "$BUILD/tests/make-capture" icmp >icmp.pcap && ./same icmp.pcap#2 && ./same icmp.pcap#10
  $ wasp-dis -o /dev/null --filter icmp icmp.pcap
  wasp-dis: took icmp.pcap#2, packet 2 of 20: 10.0.1.2 > 10.0.3.2, protocol 253, as an ICMP error quotes it; 1 other holds WASP

Hexadecimal in the ways of other tools.

  $ cat >tcpdump.txt <<'END'
  > 12:00:00.000000 IP 10.0.1.2 > 10.0.3.2:  exptest-253 52
  > 	0x0000:  4500 0048 0000 4000 3efd 23b6 0a00 0102  E..H..@.>.#.....
  > 	0x0010:  0a00 0302 5741 1c3b 0506 0200 0000 1f8a  ....WA.;........
  > 	0x0020:  1234 0001 f040 d002 4107 411e 0000 0000  .4...@..A.A.....
  > 	0x0030:  1122 3344 5566 7788 0000 0000 0000 0000  ."3DUfw.........
  > 	0x0040:  0000 0000 0000 0000                      ........
  > 12:00:01.000000 IP6 2001:db8:1::2 > 2001:db8:3::2:  exptest-253 52
  > 	0x0000:  6001 2345 0034 fd3e 2001 0db8 0001 0000  `.#E.4.>........
  > 	0x0010:  0000 0000 0000 0002 2001 0db8 0003 0000  ................
  > 	0x0020:  0000 0000 0000 0002 5741 1c3b 0506 0200  ........WA.;....
  > 	0x0030:  0000 1f8a 1234 0001 f040 d002 4107 411e  .....4...@..A.A.
  > 	0x0040:  0000 0000 1122 3344 5566 7788 0000 0000  ....."3DUfw.....
  > 	0x0050:  0000 0000 0000 0000 0000 0000            ............
  > END
  $ ./same tcpdump.txt && ./same tcpdump.txt#2
  $ wasp-dis -o /dev/null tcpdump.txt
  wasp-dis: took tcpdump.txt#1, packet 1 of 2, hexadecimal of an IP packet: 10.0.1.2 > 10.0.3.2, protocol 253; 1 other holds WASP
  $ wasp-dump -x -r x.pcap | ./same
  $ od -tx1 walk.bin | ./same && od -An -tx1 walk.bin | ./same && od -tx1z walk.bin | ./same
  $ od -Ad -tx1 walk.bin | ./same && od -x walk.bin | ./same && od -tx1 -w7 walk.bin | ./same
  $ od -An -tx1z walk.bin | ./same && od -v -Ax -tx1 walk.wo | wasp-dis | sed -n 2p
  ; <stdin>, hexadecimal of WASP from 'W'
  $ perl -0777 -ne 'print unpack("H*", $_), "\n"' walk.bin | ./same
  $ perl -0777 -ne 'print map { sprintf "0x%02x, ", ord } split //' walk.bin | ./same
  $ perl -0777 -ne 'print map { sprintf "\\x%02x", ord } split //' walk.bin | ./same
  $ perl -0777 -ne 'print join ":", map { sprintf "%02x", ord } split //' walk.bin | ./same
  $ perl -0777 -ne 'printf "%s\n", join " ", unpack "(H8)*", $_' walk.bin | ./same
  $ { echo 'static const uint8_t p[] = {'; perl -0777 -ne 'print map { sprintf "0x%02x,\n", ord } split //' walk.bin; echo '};'; } | ./same
  $ { od -An -tx1 walk.bin; echo; od -An -tx1 walk.bin; } | ./same -n 2

The same in all tools.

  $ wasp-verify x.pcap#2
  x.pcap#2: safe: at most 5 steps, cost 28, 1 store access; hooks ingress, egress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..5     26..28         1    0..2  forward
    egress             3..5     26..28         1    0..2  forward
    push: at most 4 words at a node, room for 4: 1 node
  $ wasp-verify -o out.wo tcpdump.txt#2 && cmp out.wo walk.bin
  $ wasp-run x.pcap#2 | head -n 1
  node 2001:db8::1, ingress: forward; 5 steps, cost 28, 1 store access
  $ wasp-send -n --ident 4660 x.pcap#2 192.0.2.1 | sed -n 2p
  WASP a program without a name, flags IE--, 5 instructions, 6 words, cursor 2, identifier 0x1234, sequence 1, checksum 0x1f8a
  $ wasp-send -n --ident 4660 --notes walk.wo x.pcap#2 192.0.2.1 | sed -n 2p
  WASP walk, flags IE--, 5 instructions, 6 words, cursor 2, identifier 0x1234, sequence 1, checksum 0x1f8a
