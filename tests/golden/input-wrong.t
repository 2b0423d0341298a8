What is no program in any form; each part is named after what is said of it.

  $ "$BUILD/tests/make-capture" right >x.pcap && "$BUILD/tests/make-capture" object >walk.wo

INPUT_UNKNOWN

  $ printf '; a program\n\t.hooks ingress\n\tdrop\n' >drop.wasp; wasp-dis drop.wasp
  drop.wasp: error: neither an object, nor a capture, nor hexadecimal [WASP-I001]
      hint: Assemble a source first, with wasp-as; of a line of a log, keep the hexadecimal only.
  [3]
  $ wasp-verify --json drop.wasp | jq -c '.errors[] | [.id, .file]'
  ["WASP-I001","drop.wasp"]

INPUT_NO_WASP

  $ "$BUILD/tests/make-capture" other >other.pcap; wasp-dis other.pcap
  other.pcap: error: none of 7 packets holds WASP; packet 1: no IP: its EtherType is 0x0806 [WASP-I002]
      hint: List all packets with wasp-dump -a; give --protocol or --port where WASP has other numbers.
  [3]
  $ wasp-dis --filter 'udp port 9' x.pcap
  x.pcap: error: no packet of 7 matches 'udp port 9' [WASP-I002]
      hint: List all packets with wasp-dump -a; give --protocol or --port where WASP has other numbers.
  [3]
  $ head -c 24 x.pcap | wasp-dis
  <stdin>: error: it holds no packet [WASP-I002]
      hint: List all packets with wasp-dump -a; give --protocol or --port where WASP has other numbers.
  [3]
  $ wasp-dis --protocol 254 x.pcap
  x.pcap: error: none of 7 packets holds WASP; packet 1: IPv4 of protocol 253 [WASP-I002]
      hint: List all packets with wasp-dump -a; give --protocol or --port where WASP has other numbers.
  [3]

INPUT_NUMBER

  $ wasp-dis x.pcap#8
  x.pcap: error: there is no packet 8: it holds 7 packets [WASP-I003]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  [3]
  $ echo 57 | wasp-dis -n 2
  <stdin>: error: there is no packet 2: it holds 1 packet [WASP-I003]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  [3]

INPUT_NOT_WASP

  $ wasp-dis other.pcap#1
  other.pcap: error: packet 1 holds no WASP: no IP: its EtherType is 0x0806 [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  [3]
  $ "$BUILD/tests/make-capture" malformed >bad.pcap; for n in 1 2 3 4 5 6 7; do wasp-dis bad.pcap#$n; done
  ; code c94881c21f7e62d3
  ; bad.pcap#7, packet 7 of 9: 10.0.1.2 > 10.0.3.2, protocol 253
          .hooks ingress, egress
          .header cursor, 2
          .header checksum, 0x1f8a
          .header ident, 4660
          .header seq, 2305
          .data
          .word 0x11223344                        ; [0]
          .word 0x55667788                        ; [1]
          .word 0                                 ; [2]
          .word 0                                 ; [3]
          .word 0                                 ; [4]
          .word 0                                 ; [5]
          .text
          insert r0, [0]                          ;   0  f040
          bz r0, L4                               ;   1  d002
          push node.3                             ;   2  4107
          push ttl                                ;   3  411e
  L4:     forward                                 ;   4  0000
  bad.pcap: error: packet 1 holds no WASP: its content does not begin with 'WA' [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap: error: packet 2 holds no WASP: its content is no WASP: the version is not 1 [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap: error: packet 3 holds no WASP: its content is no WASP: the code length is not within 1..128 instructions [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap: error: packet 4 holds no WASP: its content is no WASP: the code length is not within 1..128 instructions [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap: error: packet 5 holds no WASP: its content is no WASP: the pad length is above 64 words [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap: error: packet 6 holds no WASP: its content is no WASP: the padding after the code is not zero [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  bad.pcap#7:+0x0a: warning: the checksum is 0x1f8a, but 0x168a would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ "$BUILD/tests/make-capture" icmp >icmp.pcap; wasp-dis icmp.pcap#4
  icmp.pcap: error: packet 4 holds no WASP: the ICMP error quotes too little of it [WASP-I004]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  [3]

INPUT_SNAPPED

  $ "$BUILD/tests/make-capture" right EN10MB 60 >snap.pcap; wasp-dis snap.pcap
  snap.pcap: error: packet 1 was cut short: only 46 of its 72 bytes were captured [WASP-I005]
      hint: Capture again with a larger snapshot length: tcpdump -s 0.
  [3]
  $ "$BUILD/tests/make-capture" right EN10MB 30 | wasp-dis 2>&1 | head -n 1
  <stdin>: error: packet 1 was cut short: only 16 of its 72 bytes were captured [WASP-I005]
  $ wasp-dis -n 2 snap.pcap
  snap.pcap: error: packet 2 was cut short: only 46 of its 92 bytes were captured [WASP-I005]
      hint: Capture again with a larger snapshot length: tcpdump -s 0.
  [3]

INPUT_DIGIT

  $ printf '57 41 18 3b\n01 00 0g 00\n' | wasp-dis
  <stdin>:2:8: error: 'g' is no hexadecimal digit [WASP-I006]
      01 00 0g 00
             ^
      hint: Cut away what is not the packet: the time and the name that a log puts before it.
  [3]
  $ printf '0000000 57 41 18 3b\n0000004 01 00 x0 00\n' | wasp-dis
  <stdin>:2:15: error: 'x' is no hexadecimal digit [WASP-I006]
      0000004 01 00 x0 00
                    ^
      hint: Cut away what is not the packet: the time and the name that a log puts before it.
  [3]

INPUT_ODD

  $ printf '57 41 18 3' | wasp-dis
  <stdin>:1:10: error: '3' has 1 digit, and a byte has two [WASP-I007]
      57 41 18 3
               ^
  [3]
  $ printf '5741183b 01000' | wasp-dis
  <stdin>:1:10: error: '01000' has 5 digits, and a byte has two [WASP-I007]
      5741183b 01000
               ^^^^^
  [3]
  $ printf '0000: 5741 183b\n0004: 010\n' | wasp-dis
  <stdin>:2:7: error: '010' has 3 digits, and a byte has two [WASP-I007]
      0004: 010
            ^^^
  [3]

INPUT_OFFSET

  $ printf '0000: 5741 183b\n0008: 0100 0000\n' | wasp-dis
  <stdin>:2:1: error: the offset 0008 follows 4 (0x4) bytes [WASP-I008]
      0008: 0100 0000
      ^^^^
  [3]

INPUT_LONG

  $ perl -e 'print "00 00 00 00\n" x 32768, "00\n"' | wasp-dis
  <stdin>:32769:1: error: more than 131072 bytes [WASP-I009]
      00
      ^^
  [3]

INPUT_BYTES

  $ printf '\n57411c3b 01\n' | wasp-dis
  <stdin>:2: error: these bytes hold no WASP: shorter than the 16 bytes of a header [WASP-I010]
      hint: Begin at 'W', or at an IP or Ethernet header, and give all bytes to the end.
  [3]
  $ echo 45000014 00000000 40060000 7f000001 7f000001 | wasp-dis
  <stdin>:1: error: these bytes hold no WASP: IPv4 of protocol 6 [WASP-I010]
      hint: Begin at 'W', or at an IP or Ethernet header, and give all bytes to the end.
  [3]
  $ echo 00 01 02 | wasp-dis
  <stdin>:1: error: these bytes hold no WASP: neither WASP from 'W', nor an IP packet, nor an Ethernet frame [WASP-I010]
      hint: Begin at 'W', or at an IP or Ethernet header, and give all bytes to the end.
  [3]

INPUT_NOT_MANY

  $ wasp-dis walk.wo#1
  walk.wo: error: it is no capture, so there is no packet to choose [WASP-I011]
  [3]
  $ wasp-dis --filter ip walk.wo
  walk.wo: error: it is no capture, so there is no packet to choose [WASP-I011]
  [3]
  $ echo 57411c3b | wasp-dis --filter ip
  <stdin>: error: it is no capture, so there is nothing to filter [WASP-I011]
  [3]

INPUT_NOTES

  $ printf '.hooks ingress\ndrop\n' | wasp-as -o drop.wo -
  $ wasp-dis --notes drop.wo x.pcap#1
  drop.wo: error: it has no notes for the code of this program [WASP-I012]
      hint: Assemble the source from which the packet was sent, without --strip.
  [3]
  $ wasp-dis --notes drop.wo --notes walk.wo x.pcap#1 | sed -n 2p
  ; x.pcap#1, packet 1 of 7: 10.0.1.2 > 10.0.3.2, protocol 253; 6 others hold WASP
  $ wasp-dis --notes nowhere.wo x.pcap#1
  wasp-dis: nowhere.wo: No such file or directory
  [3]

Captures that are none, and misuse.

  $ wasp-dis --filter 'nonsense here' x.pcap
  x.pcap: error: the filter 'nonsense here': can't parse filter expression: syntax error [WASP-D004]
      hint: Quote the whole expression for the shell, and try it with tcpdump -d.
  [2]
  $ head -c 60 x.pcap | wasp-dis
  <stdin>: error: damaged after 0 packets: truncated dump file; tried to read 86 captured bytes, only got 20 [WASP-D002]
      hint: Stop the capturing program with an interrupt and copy the file after that.
  [3]
  $ wasp-dis -n 1 --filter ip x.pcap
  wasp-dis: a packet's number and --filter exclude each other; try 'wasp-dis --help'
  [2]
  $ wasp-dis -n 1 x.pcap#2
  wasp-dis: --packet was given twice; try 'wasp-dis --help'
  [2]
  $ wasp-dis -n 0 x.pcap
  wasp-dis: --packet: '0' is not a number from 1 to 4294967295; try 'wasp-dis --help'
  [2]
  $ wasp-dis nowhere.pcap#2
  wasp-dis: nowhere.pcap#2: No such file or directory
  [3]
  $ "$BUILD/tests/make-capture" right EN10MB 60 >snap.pcap; wasp-run --json snap.pcap
  {"v":1,"id":"WASP-I005","severity":"error","class":null,"file":"snap.pcap","line":null,"col":null,"offset":null,"pc":null,"path":null,"message":"packet 1 was cut short: only 46 of its 72 bytes were captured","hint":"Capture again with a larger snapshot length: tcpdump -s 0."}
  [3]
