One line a packet; its grammar is in wasp-dump(1).

  $ $BUILD/tests/make-capture right | wasp-dump
  12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:01.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:02.000000 10.0.3.2 > 10.0.1.2: WASP IE-R id 0x1234 seq 1 hops 2 code 5 pad 6 cursor 6 ttl 64
  12:00:03.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 fault nothing-mapped at pc 7
  12:00:04.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 refused full
  12:00:05.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 fault program-5 at pc 0
  12:00:06.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 6 payload 20

In UDP.  The last packet of this set comes from the port without being on its
way back, so it is not WASP:

  $ $BUILD/tests/make-capture udp | wasp-dump
  12:00:00.000000 10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:01.000000 2001:db8:1::2.40000 > 2001:db8:3::2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:02.000000 10.0.3.2.1021 > 10.0.1.2.40000: WASP IE-R id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 64

ICMP errors say who says what about which packet:

  $ $BUILD/tests/make-capture icmp | wasp-dump
  12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:01.000000 10.0.2.1 > 10.0.1.2: ICMP time exceeded in transit quotes 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:02.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:03.000000 10.0.3.2 > 10.0.1.2: ICMP protocol unreachable quotes 10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [quoted 28 of 72 bytes]
  12:00:04.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:05.000000 10.0.2.1 > 10.0.1.2: ICMP fragmentation needed (mtu 60) quotes 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 [quoted 36 of 72 bytes]
  12:00:06.000000 10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:07.000000 10.0.3.2 > 10.0.1.2: ICMP port unreachable quotes 10.0.1.2.40000 > 10.0.3.2.1021: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:08.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:09.000000 2001:db8:2::1 > 2001:db8:1::2: ICMPv6 time exceeded in transit quotes 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:10.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:11.000000 2001:db8:2::1 > 2001:db8:1::2: ICMPv6 packet too big (mtu 1280) quotes 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:12.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:13.000000 2001:db8:3::2 > 2001:db8:1::2: ICMPv6 unrecognized next header quotes 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:14.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:15.000000 10.0.2.1 > 10.0.1.2: ICMP time exceeded in transit quotes 10.0.1.2 > 10.0.3.2: WASP IE-- hops 0 code 5 pad 6 cursor 2 ttl 62 [quoted 28 of 72 bytes]
  12:00:16.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:18.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62

Nothing else is listed, unless it is asked for:

  $ $BUILD/tests/make-capture other | wasp-dump
  [1]
  $ $BUILD/tests/make-capture other | wasp-dump -a
  12:00:00.000000 ethertype 0x0806 length 42
  12:00:01.000000 10.0.1.2 > 10.0.3.2: protocol 6 ttl 62 length 86
  12:00:02.000000 10.0.1.2.40000 > 10.0.3.2.53: protocol 17 ttl 62 length 94
  12:00:03.000000 2001:db8:1::2 > 2001:db8:3::2: protocol 58 ttl 62 length 106
  12:00:04.000000 ethertype 0x0800 length 86
  12:00:05.000000 10.0.1.2.1021 > 10.0.3.2.9: protocol 17 ttl 62 length 94
  12:00:06.000000 10.0.2.1 > 10.0.1.2: protocol 1 ttl 63 length 114 [plain IP: a fragment]
  [1]

Other numbers: by these, it is other packets that are WASP.

  $ $BUILD/tests/make-capture udp | wasp-dump --port 53
  [1]
  $ $BUILD/tests/make-capture other | wasp-dump --port 53 --protocol 6
  12:00:01.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  12:00:02.000000 10.0.1.2.40000 > 10.0.3.2.53: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62

Numbers and times:

  $ $BUILD/tests/make-capture right >right.pcap
  $ wasp-dump -r right.pcap -# -c 2
      1  12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
      2  12:00:01.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -t -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -tt -c 1
  1763726400.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -ttt -c 2
   00:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
   00:00:01.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -tttt -c 1
  2025-11-21 12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -ttttt -c 3
   00:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
   00:00:01.000000 2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
   00:00:02.000000 10.0.3.2 > 10.0.1.2: WASP IE-R id 0x1234 seq 1 hops 2 code 5 pad 6 cursor 6 ttl 64
  $ TZ=UTC-2 wasp-dump -n -r right.pcap -tttt -c 1
  2025-11-21 14:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62

A filter, as tcpdump takes it:

  $ wasp-dump -r right.pcap -t ip6
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  $ wasp-dump -r right.pcap -t src host 10.0.3.2 and ip
  10.0.3.2 > 10.0.1.2: WASP IE-R id 0x1234 seq 1 hops 2 code 5 pad 6 cursor 6 ttl 64
  $ wasp-dump -r right.pcap port 53
  [1]

What is wrapped, in a line; less of it where less was captured.

  $ $BUILD/tests/make-capture wrapped | wasp-dump -t
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 4 payload 32 inside 10.0.1.2.40000 > 10.0.3.2.5004 protocol 17
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 41 payload 60 inside 2001:db8:1::2.40000 > 2001:db8:3::2.80 protocol 6
  $ $BUILD/tests/make-capture wrapped EN10MB 130 | wasp-dump -t
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 4 payload 32 inside 10.0.1.2.40000 > 10.0.3.2.5004 protocol 17
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 41 payload 60 [captured 130 of 166 bytes]
  $ $BUILD/tests/make-capture wrapped EN10MB 110 | wasp-dump -t -c 1
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 next 4 payload 32 inside 10.0.1.2.40000 > 10.0.3.2.5004 protocol 17 [captured 110 of 118 bytes]
