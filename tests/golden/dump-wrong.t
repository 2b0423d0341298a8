What is wrong with a packet, and what can be read of it all the same.

What routers take for plain IP, though it is no fault:

  $ $BUILD/tests/make-capture not-run | wasp-dump -t
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [plain IP: a fragment]
  2001:db8:1::2 > 2001:db8:3::2: WASP ttl 62 [plain IP: a fragment]
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [plain IP: source routed]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [plain IP: a fragment]
  10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 253 [plain IP: WASP inside WASP]

Packets that end before their own lengths say:

  $ $BUILD/tests/make-capture truncated | wasp-dump -t
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 7 cursor 2 ttl 62 [truncated: ends within the scratchpad]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 30 pad 6 cursor 2 ttl 62 [truncated: ends within the code]
  10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [truncated: shorter than the 16 bytes of a header]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [truncated: ends within the scratchpad]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 payload 128 [truncated: IP says 200 bytes, there were 72]
  10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [truncated: UDP says 400 bytes, the packet has room for 60]
  ethertype 0x0800 length 29 [truncated: the bytes end before the headers do]
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 36 [truncated: IP says 80 bytes, there were 22]

Packets that are not allowed:

  $ $BUILD/tests/make-capture malformed | wasp-dump -t
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [malformed: does not begin with 'WA']
  10.0.1.2 > 10.0.3.2: WASP version 2 ttl 62 [malformed: the version is not 1]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 0 pad 6 cursor 2 ttl 62 [malformed: the code length is not within 1..128 instructions]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 129 pad 6 cursor 2 ttl 62 [malformed: the code length is not within 1..128 instructions]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 65 cursor 2 ttl 62 [malformed: the pad length is above 64 words]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [malformed: the padding after the code is not zero]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 2305 hops 0 code 5 pad 6 cursor 2 ttl 62 cksum bad (0x1f8a, should be 0x168a)
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [malformed: a length field contradicts another]
  10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [malformed: the UDP length is 7]

Packets of which less was captured, at each border: within and behind the
Ethernet header, the IP header, the WASP header, the code, the scratchpad.

  $ for n in 1 13 14 15 33 34 35 38 39 45 47 48 50 59 60 62 63 80 85 86; do
  >   $BUILD/tests/make-capture right EN10MB $n | wasp-dump -t -c 1
  > done
  unknown length 86 [captured 1 of 86 bytes]
  unknown length 86 [captured 13 of 86 bytes]
  ethertype 0x0800 length 86 [captured 14 of 86 bytes]
  ethertype 0x0800 length 86 [captured 15 of 86 bytes]
  ethertype 0x0800 length 86 [captured 33 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 34 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 35 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- ttl 62 [captured 38 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- code 5 ttl 62 [captured 39 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 45 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 47 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 48 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 50 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 59 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 60 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 62 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 63 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 80 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 85 of 86 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ for n in 36 37 38 40 42; do
  >   $BUILD/tests/make-capture udp EN10MB $n | wasp-dump -t -c 1
  > done
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 94 [captured 36 of 94 bytes]
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 94 [captured 37 of 94 bytes]
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 94 [captured 38 of 94 bytes]
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 94 [captured 40 of 94 bytes]
  10.0.1.2.40000 > 10.0.3.2.1021: WASP ttl 62 [captured 42 of 94 bytes]
  $ $BUILD/tests/make-capture not-run EN10MB 14 | wasp-dump -t -c 1
  ethertype 0x86dd length 114 [captured 14 of 114 bytes]
  [1]
  $ $BUILD/tests/make-capture not-run EN10MB 36 | wasp-dump -t
  ethertype 0x86dd length 114 [captured 36 of 114 bytes]
  ethertype 0x86dd length 114 [captured 36 of 114 bytes]
  ethertype 0x86dd length 114 [captured 36 of 114 bytes]
  ethertype 0x86dd length 114 [captured 36 of 114 bytes]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 36 of 86 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 36 of 86 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 36 of 86 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: protocol 17 ttl 62 length 94 [captured 36 of 94 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 36 of 86 bytes]
  $ $BUILD/tests/make-capture not-run EN10MB 58 | wasp-dump -t
  2001:db8:1::2 > 2001:db8:3::2: protocol 60 ttl 62 length 114 [captured 58 of 114 bytes]
  2001:db8:1::2 > 2001:db8:3::2: protocol 44 ttl 62 length 114 [captured 58 of 114 bytes] [plain IP: a fragment]
  2001:db8:1::2 > 2001:db8:3::2: protocol 44 ttl 62 length 114 [captured 58 of 114 bytes] [plain IP: a fragment]
  2001:db8:1::2 > 2001:db8:3::2: protocol 43 ttl 62 length 114 [captured 58 of 114 bytes] [plain IP: source routed]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 58 of 86 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP ttl 62 [captured 58 of 86 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 58 of 86 bytes] [plain IP: a fragment]
  10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 58 of 94 bytes] [plain IP: a fragment]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 253 [captured 58 of 86 bytes]
  $ $BUILD/tests/make-capture icmp EN10MB 80 | wasp-dump -t -c 3
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 80 of 86 bytes]
  10.0.2.1 > 10.0.1.2: ICMP time exceeded in transit quotes 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 80 of 114 bytes]
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 80 of 86 bytes]
  $ $BUILD/tests/make-capture malformed EN10MB 62 | wasp-dump -t | grep padding
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [captured 62 of 86 bytes] [malformed: the padding after the code is not zero]
  $ $BUILD/tests/make-capture all EN10MB 9 | wasp-dump -t -c 1
  unknown length 86 [captured 9 of 86 bytes]
  [1]
