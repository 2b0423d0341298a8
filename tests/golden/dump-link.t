Link headers that are read: the same packet in each.

  $ for link in EN10MB VLAN QINQ RAW LINUX_SLL LINUX_SLL2 NULL LOOP; do
  >   $BUILD/tests/make-capture right $link | wasp-dump -t -c 2
  > done
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ $BUILD/tests/make-capture right IPV4 | wasp-dump -t -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ $BUILD/tests/make-capture right IPV6 | wasp-dump -t -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62

Cut within the link header, it can not be told what the frame holds:

  $ $BUILD/tests/make-capture right QINQ 20 | wasp-dump -t -c 1
  ethertype 0x8100 length 94 [captured 20 of 94 bytes]
  [1]

pcapng is as good as pcap:

  $ $BUILD/tests/make-capture right EN10MB 9999 pcapng | wasp-dump -tttt
  2025-11-21 12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2025-11-21 12:00:01.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2025-11-21 12:00:02.000000 10.0.3.2 > 10.0.1.2: WASP IE-R id 0x1234 seq 1 hops 2 code 5 pad 6 cursor 6 ttl 64
  2025-11-21 12:00:03.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 fault nothing-mapped at pc 7
  2025-11-21 12:00:04.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 refused full
  2025-11-21 12:00:05.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 fault program-5 at pc 0
  2025-11-21 12:00:06.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 6 payload 20

Another link type is an error:

  $ $BUILD/tests/make-capture right PPP | wasp-dump
  <stdin>: error: the link type is PPP (9), which is none of EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL and LOOP [WASP-D003]
      hint: Capture on another interface, or convert the file to raw IP or Ethernet.
  [3]
