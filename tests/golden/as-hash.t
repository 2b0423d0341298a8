What a program is called by: of a source, of an object, with any header, words
and notes.

  $ cat >first.wasp <<'END'
  >         .hooks  egress
  >         .text
  >         push    node4
  >         push    ttl
  >         return
  >         .data
  >         .cursor seen
  > seen:   .space  2
  > END
  $ sed 's/egress/none/; s/space  2/space 9/' first.wasp >other.wasp
  $ wasp-as -o first.wo first.wasp; wasp-as --strip -o other.wo other.wasp
  $ wasp-as --hash first.wasp
  8ddd35ef272b2619
  $ wasp-as --hash <first.wasp
  8ddd35ef272b2619
  $ wasp-as --hash first.wo other.wo other.wasp - <first.wo
  8ddd35ef272b2619  first.wo
  8ddd35ef272b2619  other.wo
  8ddd35ef272b2619  other.wasp
  8ddd35ef272b2619  <stdin>
  $ wasp-as --hash --json first.wo
  {"v":1,"file":"first.wo","code_hash":"8ddd35ef272b2619"}

wasp-packet(7) says the same of it.

  $ grep -c "$(wasp-as --hash first.wo)" $SRC/man/wasp-packet.7.in
  1

One instruction more, or another one, is another program.

  $ { cat first.wasp; echo '.text'; echo forward; } | wasp-as --hash
  7361ce51bc6fb87b
  $ sed 's/ttl/hops/' first.wasp | wasp-as --hash
  b0a9010bf4398119

The notes tell whose they are.

  $ tail -n +2 first.wo | head -n 2
  code 8ddd35ef272b2619
  file first.wasp

One that is wrong does not keep the others from being told.

  $ echo nonsense >wrong.wasp
  $ wasp-as --hash first.wo missing.wo wrong.wasp other.wo 2>&1 | grep -v '^   '
  8ddd35ef272b2619  first.wo
  wasp-as: missing.wo: No such file or directory
  wrong.wasp:1:1: error: there is no instruction 'nonsense' [WASP-A008]
  wrong.wasp:1:1: error: the program does not say at which hooks it runs [WASP-A019]
  8ddd35ef272b2619  other.wo
  $ wasp-as --hash wrong.wasp first.wo 2>/dev/null
  8ddd35ef272b2619  first.wo
  [3]

Errors are those of the source; what is neither is taken for a source.

  $ echo nonsense | wasp-as --hash
  <stdin>:1:1: error: there is no instruction 'nonsense' [WASP-A008]
      nonsense
      ^^^^^^^^
      hint: 'wasp-as --print-opcodes' lists the instructions; a label ends in a colon.
  <stdin>:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      nonsense
      ^
      hint: .hooks ingress, or .hooks none
  [3]
  $ head -c 20 first.wo | wasp-as --hash 2>&1 | head -n 1
  <stdin>:1:1: error: there is no instruction 'WA' [WASP-A008]
  $ wasp-as -o again.wo first.wo
  wasp-as: first.wo: this is an object, not a source; wasp-dis makes one of it
  [3]
  $ wasp-as --hash nothing
  wasp-as: nothing: No such file or directory
  [3]

Packets of a capture, too.

  $ "$BUILD"/tests/make-capture right >x.pcap && "$BUILD"/tests/make-capture object >walk.wo
  $ wasp-as --hash x.pcap#3 walk.wo
  c94881c21f7e62d3  x.pcap#3
  c94881c21f7e62d3  walk.wo
  $ wasp-as --hash x.pcap
  c94881c21f7e62d3
  wasp-as: took x.pcap#1, packet 1 of 7: 10.0.1.2 > 10.0.3.2, protocol 253; 6 others hold WASP
  $ wasp-as --hash --json x.pcap#3
  {"v":1,"file":"x.pcap#3","code_hash":"c94881c21f7e62d3"}
  $ wasp-as --hash x.pcap#9
  x.pcap: error: there is no packet 9: it holds 7 packets [WASP-I003]
      hint: List the packets with WASP and their numbers with wasp-dump -#.
  [3]
