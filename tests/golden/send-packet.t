What wasp-send would send, which needs no privilege.

  $ cat >one.wasp <<'END'
  >         .program one
  >         .hooks  ingress, back
  >         .text
  >         ld      r0, [limit]
  >         return
  >         .data
  > limit:  .word   5
  > to:     .addr   192.0.2.7
  > mine:   .key    public, 0x1122334455667788
  > END
  $ wasp-as -o one one.wasp

IPv4:

  $ wasp-send -n -S 192.0.2.1 --ident 0x1234 one 198.51.100.2
  IPv4 192.0.2.1 > 198.51.100.2, 68 bytes, hop limit 64, traffic class 0x00, protocol 253
  WASP one, flags I-B-, 2 instructions, 7 words, cursor 0, identifier 0x1234, sequence 1, checksum 0x94e5
  0000  45 00 00 44 00 00 40 00 40 fd 4d 86 c0 00 02 01
  0010  c6 33 64 02 57 41 1a 3b 02 07 00 00 00 00 94 e5
  0020  12 34 00 01 10 00 02 00 00 00 00 05 00 00 00 00
  0030  00 00 00 00 00 00 ff ff c0 00 02 07 11 22 33 44
  0040  55 66 77 88

To a host by its name:

  $ wasp-send -4 -n --ident 1 one localhost | head -n 1
  IPv4 127.0.0.1 > 127.0.0.1, 68 bytes, hop limit 64, traffic class 0x00, protocol 253

Notes do not travel, and standard input does as well:

  $ wasp-send -n -S 192.0.2.1 --ident 1 one 198.51.100.2 | tail -n +3 >with
  $ wasp-as --strip one.wasp | wasp-send -n -S 192.0.2.1 --ident 1 - 198.51.100.2 | tail -n +3 >without
  $ diff with without

IPv6, every header field:

  $ wasp-send -n -S 2001:db8::1 -t 3 -Q 0xb8 -P 254 --ident 1 one 2001:db8:9::2
  IPv6 2001:db8::1 > 2001:db8:9::2, 88 bytes, hop limit 3, traffic class 0xb8, protocol 254
  WASP one, flags I-B-, 2 instructions, 7 words, cursor 0, identifier 0x0001, sequence 1, checksum 0xa718
  0000  6b 80 00 00 00 30 fe 03 20 01 0d b8 00 00 00 00
  0010  00 00 00 00 00 00 00 01 20 01 0d b8 00 09 00 00
  0020  00 00 00 00 00 00 00 02 57 41 1a 3b 02 07 00 00
  0030  00 00 a7 18 00 01 00 01 10 00 02 00 00 00 00 05
  0040  00 00 00 00 00 00 00 00 00 00 ff ff c0 00 02 07
  0050  11 22 33 44 55 66 77 88

UDP; the source port is known only when it is sent:

  $ wasp-send -n -S 192.0.2.1 --udp --ident 1 one 198.51.100.2 | head -n 5
  IPv4 192.0.2.1 > 198.51.100.2, 76 bytes, hop limit 64, traffic class 0x00, UDP port 0 > 1021
  WASP one, flags I-B-, 2 instructions, 7 words, cursor 0, identifier 0x0001, sequence 1, checksum 0xa718
  0000  45 00 00 4c 00 00 40 00 40 11 4e 6a c0 00 02 01
  0010  c6 33 64 02 00 00 03 fd 00 38 0f 4a 57 41 1a 3b
  0020  02 07 00 00 00 00 a7 18 00 01 00 01 10 00 02 00
  $ wasp-send -n -S 2001:db8::1 --port 4000 --ident 1 one 2001:db8:9::2 | head -n 1
  IPv6 2001:db8::1 > 2001:db8:9::2, 96 bytes, hop limit 64, traffic class 0x00, UDP port 0 > 4000
  $ wasp-send -n -S 2001:db8::1 --source-port 5000 --flow-label 0x98765 --ident 1 one 2001:db8:9::2 | head -n 3
  IPv6 2001:db8::1 > 2001:db8:9::2, 96 bytes, hop limit 64, traffic class 0x00, UDP port 5000 > 1021
  WASP one, flags I-B-, 2 instructions, 7 words, cursor 0, identifier 0x0001, sequence 1, checksum 0xa718
  0000  60 09 87 65 00 38 11 40 20 01 0d b8 00 00 00 00

Words that are set, in all the ways of wasp-run; the checksum is right, so the
verifier and the disassembler take what is sent:

  $ wasp-send -n -S 192.0.2.1 --ident 0 --json --set limit=9 --set to=203.0.113.1 --set mine=7 one 198.51.100.2 |
  >     python3 -c 'import json, sys; sys.stdout.buffer.write(bytes.fromhex(json.load(sys.stdin)["bytes"])[20:])' >sent
  $ od -A n -t x1 -j 20 sent
   00 00 00 09 00 00 00 00 00 00 00 00 00 00 ff ff
   cb 00 71 01 00 00 00 00 00 00 00 07
  $ wasp-verify -q sent
  $ wasp-send -n -S 192.0.2.1 --ident 0 -s to+3=1 -s 0=-1 -s mine+1=0xabcdef00 one 198.51.100.2 | tail -n 4
  0010  c6 33 64 02 57 41 1a 3b 02 07 00 00 00 00 9b 45
  0020  00 00 00 01 10 00 02 00 ff ff ff ff 00 00 00 00
  0030  00 00 00 00 00 00 ff ff 00 00 00 01 11 22 33 44
  0040  ab cd ef 00

A key that is to be random is drawn anew each time:

  $ cat >key.wasp <<'END'
  >         .hooks ingress
  >         .text
  >         lookup  r0, [mine]
  >         .data
  > mine:   .key    protected, random
  > END
  $ wasp-as key.wasp | wasp-send -nv -S 192.0.2.1 - 198.51.100.2 >first
  $ wasp-as key.wasp | wasp-send -nv -S 192.0.2.1 - 198.51.100.2 >second
  $ head -n 1 first
  protected key mine = 0x[4-7][0-9a-f]{15} (re)
  $ cmp -s first second
  [1]
  $ wasp-as key.wasp | wasp-send -nv --json -S 192.0.2.1 --ident 1 --set mine=5 - 198.51.100.2
  {"v":1,"type":"keys","keys":{"mine":"0x4000000000000005"}}
  {"v":1,"type":"packet","src":"192.0.2.1","dst":"198.51.100.2","size":48,"hop_limit":64,"traffic_class":0,"protocol":253,"flow_label":null,"sport":null,"dport":null,"ident":1,"seq":1,"bytes":"450000300000400040fd4d9ac0000201c63364025741183b0102000000005f7900010001f00000004000000000000005"}

JSON:

  $ wasp-send -n --json -S 192.0.2.1 --ident 0x1234 one 198.51.100.2
  {"v":1,"type":"packet","src":"192.0.2.1","dst":"198.51.100.2","size":68,"hop_limit":64,"traffic_class":0,"protocol":253,"flow_label":null,"sport":null,"dport":null,"ident":4660,"seq":1,"bytes":"450000440000400040fd4d86c0000201c633640257411a3b02070000000094e512340001100002000000000500000000000000000000ffffc00002071122334455667788"}

To a capture, which every tool reads that takes captures:

  $ wasp-send -o sent.pcap -c 3 -i 250ms -S 192.0.2.1 --ident 0x1234 one 198.51.100.2
  $ wasp-dump -r sent.pcap --json | jq -c '[.ip.src, .ip.dst, .wasp.ident, .wasp.seq]'
  ["192.0.2.1","198.51.100.2",4660,1]
  ["192.0.2.1","198.51.100.2",4660,2]
  ["192.0.2.1","198.51.100.2",4660,3]
  $ wasp-dump -r sent.pcap --json | jq -sc '[.[].time_us] | [.[1] - .[0], .[2] - .[1]]'
  [250000,250000]
  $ od -An -v -tx1 -j40 -N68 sent.pcap | tr -d ' \n'; echo
  450000440000400040fd4d86c0000201c633640257411a3b02070000000094e512340001100002000000000500000000000000000000ffffc00002071122334455667788
  $ wasp-send -u -o - -S 2001:db8::1 --ident 1 one 2001:db8:9::2 | wasp-dump -r - | wc -l
  1
  $ wasp-send -o /no/such/dir -S 192.0.2.1 one 198.51.100.2
  wasp-send: /no/such/dir: No such file or directory
  [5]
  $ wasp-send -o never -S 192.0.2.1 one.wasp 198.51.100.2 2>/dev/null || ls never
  ls: cannot access 'never': No such file or directory
  [2]
