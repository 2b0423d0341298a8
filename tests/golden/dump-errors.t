Each diagnostic of wasp-dump, and each exit status.

D001, CAPTURE_UNREADABLE:

  $ wasp-dump -r nothing.pcap
  wasp-dump: nothing.pcap: No such file or directory
  [3]
  $ echo 'no capture, but some text' | wasp-dump
  <stdin>: error: no capture: unknown file format [WASP-D001]
  [3]
  $ wasp-dump -r .
  wasp-dump: .: Is a directory
  [3]
  $ : | wasp-dump -r -
  <stdin>: error: no capture: truncated dump file; tried to read 4 file header bytes, only got 0 [WASP-D001]
  [3]

D002, CAPTURE_DAMAGED; what was there is listed:

  $ $BUILD/tests/make-capture right >right.pcap
  $ head -c 300 right.pcap | wasp-dump -t
  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  2001:db8:1::2 > 2001:db8:3::2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62
  <stdin>: error: damaged after 2 packets: truncated dump file; tried to read 86 captured bytes, only got 36 [WASP-D002]
      hint: Stop the capturing program with an interrupt and copy the file after that.
  [3]
  $ $BUILD/tests/make-capture right EN10MB 9999 pcapng >right.pcapng
  $ head -c 60 right.pcapng | wasp-dump -t
  <stdin>: error: damaged after 0 packets: truncated pcapng dump file; tried to read 112 bytes, only got 4 [WASP-D002]
      hint: Stop the capturing program with an interrupt and copy the file after that.
  [3]
  $ { head -c 52 right.pcapng; printf '\0\0\0\11'; tail -c +57 right.pcapng; } |
  >   wasp-dump -t
  <stdin>: error: damaged after 0 packets: block in pcapng dump file has a length of 9 < 12 [WASP-D002]
      hint: Stop the capturing program with an interrupt and copy the file after that.
  [3]
  $ { head -c 32 right.pcap; printf '\377\377\377\377'; tail -c +37 right.pcap; } |
  >   wasp-dump -t
  <stdin>: error: damaged after 0 packets: invalid packet capture length 4294967295, bigger than snaplen of 65535 [WASP-D002]
      hint: Stop the capturing program with an interrupt and copy the file after that.
  [3]

D003, CAPTURE_LINK:

  $ $BUILD/tests/make-capture right PPP | wasp-dump
  <stdin>: error: the link type is PPP (9), which is none of EN10MB, RAW, IPV4, IPV6, LINUX_SLL, LINUX_SLL2, NULL and LOOP [WASP-D003]
      hint: Capture on another interface, or convert the file to raw IP or Ethernet.
  [3]

D004, CAPTURE_FILTER:

  $ wasp-dump -r right.pcap nonsense and more
  wasp-dump: error: the filter 'nonsense and more': can't parse filter expression: syntax error [WASP-D004]
      hint: Quote the whole expression for the shell, and try it with tcpdump -d.
  [2]
  $ wasp-dump -r right.pcap port 99999
  wasp-dump: error: the filter 'port 99999': illegal port number 99999 > 65535 [WASP-D004]
      hint: Quote the whole expression for the shell, and try it with tcpdump -d.
  [2]

D006, CAPTURE_INTERFACE (D005 is in net/dump-live.sh):

  $ wasp-dump -i no-such-interface
  wasp-dump: error: no-such-interface: No such device exists [WASP-D006]
      hint: 'ip link' lists the interfaces; 'ip link set NAME up' brings one up.
  [5]

Notes:

  $ $BUILD/tests/make-capture object >walk.wo
  $ head -c 52 walk.wo >stripped.wo
  $ wasp-dump -r right.pcap --notes stripped.wo
  wasp-dump: stripped.wo: the object has no notes
  [3]
  $ wasp-dump -r right.pcap --notes right.pcap
  right.pcap:+0x00: error: not a WASP object: does not begin with 'WA' [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ wasp-dump -r right.pcap --notes nothing
  wasp-dump: nothing: No such file or directory
  [3]

Misuse:

  $ wasp-dump -r right.pcap -i lo
  wasp-dump: --read and --interface exclude each other; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap -r right.pcap
  wasp-dump: --read was given twice; try 'wasp-dump --help'
  [2]
  $ wasp-dump right.pcap
  wasp-dump: 'right.pcap' is no filter expression; to read a capture say -r right.pcap; try 'wasp-dump --help'
  [2]
  $ wasp-dump - <right.pcap
  wasp-dump: '-' is no filter expression; to read a capture say -r -; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap --json -v
  wasp-dump: --json has all fields; -v and -x are for text; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap -tttttt
  wasp-dump: --time was given more than five times; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap -c 0
  wasp-dump: --count: '0' is not a number from 1 to 4294967295; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap --protocol 256
  wasp-dump: --protocol: '256' is not a number from 1 to 255; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap --port 0
  wasp-dump: --port: '0' is not a number from 1 to 65535; try 'wasp-dump --help'
  [2]
  $ wasp-dump -r right.pcap --vrebose
  wasp-dump: there is no option --vrebose; did you mean --verbose? Try 'wasp-dump --help'
  [2]
  $ wasp-dump --notes walk.wo -r right.pcap -c 1 -t -#
      1  10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62 program walk

Nothing found is the answer no; a full disk is an error; a reader that goes
away is none.

  $ wasp-dump -r right.pcap port 53
  [1]
  $ wasp-dump -r right.pcap >/dev/full
  wasp-dump: <stdout>: No space left on device
  [5]
  $ $BUILD/tests/make-capture all | wasp-dump -v | head -n 1
  12:00:00.000000 10.0.1.2 > 10.0.3.2: WASP IE-- id 0x1234 seq 1 hops 0 code 5 pad 6 cursor 2 ttl 62

A pipe is read as it fills; a signal ends it like the end of a file.

  $ mkfifo pipe
  > wasp-dump -t -r pipe >out 2>err &
  > exec 3>pipe
  > cat right.pcap >&3
  > for i in $(seq 400); do [ "$(wc -l <out)" = 7 ] && break; sleep 0.05; done
  > kill -INT $!
  > exec 3>&-
  > wait $!
  > echo $?
  > cat err
  0
  wasp-dump: 7 packets seen, 7 listed
