Every field, the code and the scratchpad, with the names that notes give.

  $ $BUILD/tests/make-capture right >right.pcap
  $ $BUILD/tests/make-capture object >walk.wo
  $ wasp-dump -r right.pcap -t -v -c 2
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           72
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	WASP
  	  version          1
  	  flags            IE-- ingress egress
  	  next header      59 none
  	  code length      5 instructions
  	  pad length       6 words
  	  cursor           2
  	  hops             0
  	  status           0x00
  	  fault pc         0
  	  checksum         0x1f8a right
  	  identifier       0x1234
  	  sequence         1
  	code c94881c21f7e62d3
  	    0  f040          insert r0, [0]
  	    1  d002          bz r0, L4
  	    2  4107          push node.3
  	    3  411e          push ttl
  	    4  0000  L4:     forward
  	scratchpad
  	    0  0x11223344   287454020
  	    1  0x55667788  1432778632
  	    2  0x00000000           0
  	    3  0x00000000           0
  	    4  0x00000000           0
  	    5  0x00000000           0
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  	IPv6
  	  source           2001:db8:1::2
  	  destination      2001:db8:3::2
  	  length           92
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	  flow label       0x12345
  	WASP
  	  version          1
  	  flags            IE-- ingress egress
  	  next header      59 none
  	  code length      5 instructions
  	  pad length       6 words
  	  cursor           2
  	  hops             0
  	  status           0x00
  	  fault pc         0
  	  checksum         0x1f8a right
  	  identifier       0x1234
  	  sequence         1
  	code c94881c21f7e62d3
  	    0  f040          insert r0, [0]
  	    1  d002          bz r0, L4
  	    2  4107          push node.3
  	    3  411e          push ttl
  	    4  0000  L4:     forward
  	scratchpad
  	    0  0x11223344   287454020
  	    1  0x55667788  1432778632
  	    2  0x00000000           0
  	    3  0x00000000           0
  	    4  0x00000000           0
  	    5  0x00000000           0
  $ wasp-dump -r right.pcap -t -v -c 1 --notes walk.wo src host 10.0.3.2
  10.0.3.2 > 10.0.1.2: WASP IE-R id 0x1234 seq 1 hops 2 code 5 pad 6 cursor 6 ttl 64 program walk
  	IPv4
  	  source           10.0.3.2
  	  destination      10.0.1.2
  	  length           72
  	  protocol         253
  	  ttl              64
  	  traffic class    0x00
  	WASP
  	  version          1
  	  flags            IE-R ingress egress returned
  	  next header      59 none
  	  code length      5 instructions
  	  pad length       6 words
  	  cursor           6
  	  hops             2
  	  status           0x00
  	  fault pc         0
  	  checksum         0x0109 right
  	  identifier       0x1234
  	  sequence         1
  	code c94881c21f7e62d3
  	    0  f040          insert r0, [flow]
  	    1  d002          bz r0, out
  	    2  4107          push node.3
  	    3  411e          push ttl
  	    4  0000  out:    forward
  	scratchpad
  	    0  0x11223344   287454020  flow
  	    1  0x55667788  1432778632  flow+1
  	    2  0x0a000201   167772673  trail
  	    3  0x0000003f          63  trail+1
  	    4  0x0a000301   167772929  trail+2
  	    5  0x0000003e          62  trail+3
  	words
  	  flow          public 0x1122334455667788
  	  trail         4 of 4 words pushed
  	       #  node4     ttl
  	       1  10.0.2.1   63
  	       2  10.0.3.1   62
  $ $BUILD/tests/make-capture udp | wasp-dump -t -v -c 1 | head -n 13
  10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           80
  	  protocol         17
  	  ttl              62
  	  traffic class    0x00
  	UDP
  	  source port      40000
  	  destination port 1021
  	WASP
  	  version          1

A fault and marks are explained:

  $ wasp-dump -r right.pcap -t -v --notes walk.wo 'ip[28] = 3' | tail -n 4
  	  trail         0 of 4 words pushed
  	status
  	  fault nothing-mapped at pc 7
  	  An entry word was used while no entry was mapped.
  $ wasp-dump -r right.pcap -t -v 'ip[28] = 0xc0' | tail -n 3
  	status
  	  mark: a store instruction found no room at a node
  	  mark: a push found no room in the scratchpad

An ICMP error: first what came, then what it is about.

  $ $BUILD/tests/make-capture icmp |
  >   wasp-dump -t -v --notes walk.wo ether[27] = 2 | head -n 24
  2001:db8:2::1 > 2001:db8:1::2: ICMPv6 time exceeded in transit quotes 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 program walk
  	IPv6
  	  source           2001:db8:2::1
  	  destination      2001:db8:1::2
  	  length           140
  	  protocol         58
  	  ttl              63
  	  traffic class    0x00
  	  flow label       0x00000
  	ICMPv6
  	  type             3
  	  code             0
  	IPv6
  	  source           2001:db8:1::2
  	  destination      2001:db8:3::2
  	  length           92
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	  flow label       0x12345
  	WASP
  	  version          1
  	  flags            IE-- ingress egress
  	  next header      59 none

What was not captured is not shown, to the byte; a checksum then can not be
verified.

  $ $BUILD/tests/make-capture right EN10MB 47 | wasp-dump -t -v -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 47 of 86 bytes]
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           72
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	WASP
  	  version          1
  	  flags            IE-- ingress egress
  	  next header      59 none
  	  code length      5 instructions
  	  pad length       6 words
  	  cursor           2
  	  hops             0
  	  status           0x00
  	  fault pc         0
  	  checksum         0x1f8a not verifiable
  $ $BUILD/tests/make-capture right EN10MB 53 | wasp-dump -t -v -c 1 |
  >   sed '1,17d'
  	  fault pc         0
  	  checksum         0x1f8a not verifiable
  	  identifier       0x1234
  	  sequence         1
  	code
  	    0  f040          insert r0, [0]
  $ $BUILD/tests/make-capture right EN10MB 67 | wasp-dump -t -v -c 1 |
  >   sed '1,17d'
  	  fault pc         0
  	  checksum         0x1f8a not verifiable
  	  identifier       0x1234
  	  sequence         1
  	code c94881c21f7e62d3
  	    0  f040          insert r0, [0]
  	    1  d002          bz r0, L4
  	    2  4107          push node.3
  	    3  411e          push ttl
  	    4  0000  L4:     forward
  	scratchpad
  	    0  0x11223344   287454020

What has no lengths has no code and no scratchpad:

  $ $BUILD/tests/make-capture malformed | wasp-dump -t -v -c 3 |
  >   grep -A99 WASP
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [malformed: does not begin with 'WA']
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           72
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  10.0.1.2 > 10.0.3.2: WASP version 2 ttl 62 [malformed: the version is not 1]
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           72
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	WASP
  	  version          2
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 0 pad 6 cursor 2 ttl 62 [malformed: the code length is not within 1..128 instructions]
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           72
  	  protocol         253
  	  ttl              62
  	  traffic class    0x00
  	WASP
  	  version          1
  	  flags            IE-- ingress egress
  	  next header      59 none
  	  code length      0 instructions
  	  pad length       6 words
  	  cursor           2
  	  hops             0
  	  status           0x00
  	  fault pc         0
  	  checksum         0x1f8a not verifiable
  	  identifier       0x1234
  	  sequence         1

Code that no assembler makes: a jump past the end has no label.

  $ $BUILD/tests/make-capture odd | wasp-dump -t -v -c 1 |
  >   grep -A5 'code [0-9a-f]*$'
  	code 67488dd2b05d8777
  	    0  e00a          jmp .+11
  	    1  d003          bz r0, .+4
  	    2  ffff          .insn 0xffff
  	    3  411e          push ttl
  	    4  0000          forward

Eight zeros are a line, and seven are not.

  $ $BUILD/tests/make-capture odd |
  >   wasp-dump -t -v --notes walk.wo 'ip[2:2] = 92' |
  >   sed -n '/scratchpad$/,/words$/p'
  	scratchpad
  	    0  0x11223344   287454020  flow
  	    1  0x55667788  1432778632  flow+1
  	    2  0x00000000           0  trail
  	    3  0x00000000           0  trail+1
  	    4  0x00000000           0  trail+2
  	    5  0x00000000           0  trail+3
  	    6  0x00000000           0
  	    7  0x00000000           0
  	    8  0x00000000           0
  	    9  0x00000007           7
  	   10  0x00000000           0
  	words
  	scratchpad
  	    0  0x11223344   287454020  flow
  	    1  0x55667788  1432778632  flow+1
  	    2  0x00000000           0  trail
  	       to 9 all zero
  	words

The bytes:

  $ wasp-dump -r right.pcap -t -x -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  	0x0000:  5741 1c3b 0506 0200 0000 1f8a 1234 0001
  	0x0010:  f040 d002 4107 411e 0000 0000 1122 3344
  	0x0020:  5566 7788 0000 0000 0000 0000 0000 0000
  	0x0030:  0000 0000
  $ $BUILD/tests/make-capture right EN10MB 67 | wasp-dump -t -x -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 67 of 86 bytes]
  	0x0000:  5741 1c3b 0506 0200 0000 1f8a 1234 0001
  	0x0010:  f040 d002 4107 411e 0000 0000 1122 3344
  	0x0020:  55

What is wrapped, by its fields.

  $ $BUILD/tests/make-capture wrapped | wasp-dump -t -v |
  > sed -n '/next header/p; /payload  /,/code/p'
  	  next header      4 IPv4
  	  payload          32 bytes
  	IPv4
  	  source           10.0.1.2
  	  destination      10.0.3.2
  	  length           32
  	  protocol         17
  	  ttl              62
  	  traffic class    0x00
  	UDP
  	  source port      40000
  	  destination port 5004
  	code c94881c21f7e62d3
  	  next header      41 IPv6
  	  payload          60 bytes
  	IPv6
  	  source           2001:db8:1::2
  	  destination      2001:db8:3::2
  	  length           60
  	  protocol         6
  	  ttl              62
  	  traffic class    0x00
  	  flow label       0x12345
  	TCP
  	  source port      40000
  	  destination port 80
  	code c94881c21f7e62d3
