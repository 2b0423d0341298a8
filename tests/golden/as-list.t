The listing: what each line became, names, sums.

  $ cat >count.wasp <<'END'
  > ; forward the first `limit` packets of a flow, drop the rest
  >         .program count
  >         .hooks  ingress
  >         .equ    LIMIT, 5
  >         .cursor trail
  >         .data
  > flow:   .key    public, 0x1122334455667788
  > limit:  .word   LIMIT, 2, 3
  > seen:   .word   0
  > trail:  .space  4
  >         .text
  >         insert  r0, [flow]
  >         bz      r0, out
  >         mov     r1, t0
  >         li      r3, 100000
  >         addi    r1, 1
  >         mov     t0, r1
  >         st      r1, [seen]
  >         ld      r2, [limit]
  >         push    r3
  >         bltu    r2, r1, over
  > out:    forward
  > over:   drop
  > END
  $ wasp-as --list count.wasp
    pc  byte  word             cost       line  source
        0000  5741183b 0c0b0700                     (header)
        0008  0000265d 00000000
                                             1  ; forward the first `limit` packets of a flow, drop the rest
                                             2          .program count
                                             3          .hooks  ingress
              = 5                            4          .equ    LIMIT, 5
                                             5          .cursor trail
                                             6          .data
  [ 0]  0028  11223344 55667788              7  flow:   .key    public, 0x1122334455667788
  [ 2]  0030  00000005 00000002              8  limit:  .word   LIMIT, 2, 3
  [ 4]  0038  00000003
  [ 5]  003c  00000000                       9  seen:   .word   0
  [ 7]  0044  00000000 * 4                  10  trail:  .space  4
                                            11          .text
     0  0010  f040               24         12          insert  r0, [flow]
     1  0012  d008                1         13          bz      r0, out
     2  0014  3200                1         14          mov     r1, t0
     3  0016  1606                1         15          li      r3, 100000
     4  0018  6201                1         16          addi    r1, 1
     5  001a  3280                1         17          mov     t0, r1
     6  001c  2205                1         18          st      r1, [seen]
     7  001e  1402                1         19          ld      r2, [limit]
     8  0020  3700                1         20          push    r3
     9  0022  b441                1         21          bltu    r2, r1, over
    10  0024  0000                1         22  out:    forward
    11  0026  0100                1         23  over:   drop
  
  Constants of li
  
  [ 6]  0040  000186a0
  
  name   kind          value  defined  used in lines
  
  LIMIT  equ               5  4        8
  flow   word              0  7        12
  limit  word              2  8        19
  out    code             10  22       13
  over   code             11  23       21
  seen   word              5  9        18
  trail  word              7  10       5
  
  12 instructions, 11 words, 84 bytes; code 3fb03712866c5a04
  At most 11 steps, cost 34, 1 store access

To a file, where the object goes elsewhere; alone, no object is written.

  $ wasp-as --list=count.lst -o count.wo count.wasp; wasp-as --list count.wasp | cmp - count.lst
  $ wasp-as -o plain.wo count.wasp; cmp plain.wo count.wo
  $ wasp-as --list=again.lst count.wasp | cmp - count.wo
  $ wasp-as --list -o - count.wasp
  wasp-as: --list and -o - both want standard output; try 'wasp-as --help'
  [2]
  $ wasp-as --list=/nosuch/x -o none.wo count.wasp; ls none.wo
  wasp-as: /nosuch/x: No such file or directory
  ls: cannot access 'none.wo': No such file or directory
  [2]

The bytes are those of the object.

  $ cat >check.pl <<'END'
  > my ($list, $object) = map { local (@ARGV, $/) = $_; scalar <> } @ARGV;
  > my ($rows, $wrong);
  > for ($list =~ /^.{4}  ([0-9a-f]{4}  (?:[0-9a-f]{8} ?[0-9a-f]{0,8}|[0-9a-f]{4}))\b/mg) {
  >     my ($at, $words) = /(\S+)  (.*)/;
  >     $words =~ s/ //g;
  >     $rows++;
  >     $wrong .= "$_\n" if unpack('H*', substr($object, hex $at, length($words) / 2)) ne $words;
  > }
  > print "$rows rows\n$wrong";
  > END
  $ perl check.pl count.lst plain.wo
  20 rows

Errors stand below their lines, and what could not be made is ????.

  $ sed 's/\[limit/[limt/; s/public/publik/' count.wasp | wasp-as --list 2>/dev/null
    pc  byte  word             cost       line  source
                                             1  ; forward the first `limit` packets of a flow, drop the rest
                                             2          .program count
                                             3          .hooks  ingress
              = 5                            4          .equ    LIMIT, 5
                                             5          .cursor trail
                                             6          .data
  [ 0]        ????                           7  flow:   .key    publik, 0x1122334455667788
                                               error: the name 'publik' is no key space; there are public, protected, private, invitation [WASP-A031]
  [ 2]  0030  00000005 00000002              8  limit:  .word   LIMIT, 2, 3
  [ 4]  0038  00000003
  [ 5]  003c  00000000                       9  seen:   .word   0
  [ 7]  0044  00000000 * 4                  10  trail:  .space  4
                                            11          .text
     0  0010  f040               24         12          insert  r0, [flow]
     1  0012  d008                1         13          bz      r0, out
     2  0014  3200                1         14          mov     r1, t0
     3  0016  1606                1         15          li      r3, 100000
     4  0018  6201                1         16          addi    r1, 1
     5  001a  3280                1         17          mov     t0, r1
     6  001c  2205                1         18          st      r1, [seen]
     7  001e  ????                          19          ld      r2, [limt]
                                               error: 'limt' is not defined [WASP-A010]
     8  0020  3700                1         20          push    r3
     9  0022  b441                1         21          bltu    r2, r1, over
    10  0024  0000                1         22  out:    forward
    11  0026  0100                1         23  over:   drop
  
  Constants of li
  
  [ 6]  0040  000186a0
  
  name   kind          value  defined  used in lines
  
  LIMIT  equ               5  4        8
  flow   word              0  7        12
  limit  word              2  8
  out    code             10  22       13
  over   code             11  23       21
  seen   word              5  9        18
  trail  word              7  10       5
  
  2 errors
  [3]
  $ printf '.hooks none\nld r0, [3\n.insn 0xffff\nx:' | wasp-as -w --list 2>/dev/null
    pc  byte  word             cost       line  source
                                             1  .hooks none
     0  0010  ????                           2  ld r0, [3
                                               error: the line ends where an operator or ']' is expected [WASP-A004]
     1  0012  ffff                -          3  .insn 0xffff
                                             4  x:
  
  name  kind          value  defined  used in lines
  
  x     code              2  4
  
  1 error
  [3]
  $ printf '.hooks none\n.insn 0xffff\nx:' | wasp-as -w --list 2>/dev/null
    pc  byte  word             cost       line  source
        0000  5741103b 01000000                     (header)
        0008  00009783 00000000
                                             1  .hooks none
     0  0010  ffff                -          2  .insn 0xffff
                                             3  x:
  
  name  kind          value  defined  used in lines
  
  x     code              1  3
  
  1 instruction, 0 words, 20 bytes; code 709ab4d63a341fbb
  wasp-verify refuses it
  $ printf '\n' | wasp-as --list 2>/dev/null
    pc  byte  word             cost       line  source
                                             1  
                                               error: the program does not say at which hooks it runs [WASP-A019]
  
  1 error
  [3]

Lines of files that are included, and of macros, are marked by how deep they are,
and told by file and line.

  $ cat >lib.inc <<'END'
  >         .macro  count word, by=STEP
  >         ld      r1, [\word]
  >         addi    r1, \by
  >         st      r1, [\word]
  >         .endm
  > END
  $ cat >deep.wasp <<'END'
  >         .program deep
  >         .hooks  ingress
  >         .include "lib.inc"
  >         .data
  > seen:   .word   0
  >         .text
  >         .rept   2
  >         count   seen
  >         .endr
  >         .if     STEP > 6
  >         jmp     1f
  >         count   nothing
  >         .endif
  >         bz      r1, 1f
  >         drop
  > 1:      forward
  > END
  $ wasp-as -D STEP=2 --list deep.wasp
    pc  byte  word             cost       line  source
        0000  5741183b 09010000                     (header)
        0008  0000887b 00000000
                                               --define:
              = 2                   <1>      1  STEP=2
                                               deep.wasp:
                                             1          .program deep
                                             2          .hooks  ingress
                                             3          .include "lib.inc"
                                               lib.inc:
                                    <1>      1          .macro  count word, by=STEP
                                    <1>      2          ld      r1, [\word]
                                    <1>      3          addi    r1, \by
                                    <1>      4          st      r1, [\word]
                                    <1>      5          .endm
                                               deep.wasp:
                                             4          .data
  [ 0]  0024  00000000                       5  seen:   .word   0
                                             6          .text
                                             7          .rept   2
                                             8          count   seen
                                             9          .endr
                                    <1>      8          count   seen
                                               lib.inc:
     0  0010  1200                1 <2>      2          ld      r1, [seen]
     1  0012  6202                1 <2>      3          addi    r1, STEP
     2  0014  2200                1 <2>      4          st      r1, [seen]
                                               deep.wasp:
                                    <1>      8          count   seen
                                               lib.inc:
     3  0016  1200                1 <2>      2          ld      r1, [seen]
     4  0018  6202                1 <2>      3          addi    r1, STEP
     5  001a  2200                1 <2>      4          st      r1, [seen]
                                               deep.wasp:
                                            10          .if     STEP > 6
                                            11          jmp     1f
                                            12          count   nothing
                                            13          .endif
     6  001c  d201                1         14          bz      r1, 1f
     7  001e  0100                1         15          drop
     8  0020  0000                1         16  1:      forward
  
  name   kind          value  defined  used in lines
  
  1      code              8  16       14
  STEP   equ               2  --define:1 lib.inc:3 10
  count  macro                lib.inc:1 8
  seen   word              0  5        lib.inc:2 lib.inc:4 lib.inc:2 lib.inc:4
  
  9 instructions, 1 word, 40 bytes; code 8c005c23623ed788
  At most 8 steps, cost 8, 0 store accesses
  $ wasp-as -D STEP=7 --list deep.wasp 2>/dev/null | sed -n '/STEP > 6/,/endif/p'
                                            10          .if     STEP > 6
     6  001c  e005                1         11          jmp     1f
                                            12          count   nothing
                                               lib.inc:
     7  001e  ????                  <1>      2          ld      r1, [nothing]
                                               error: 'nothing' is not defined [WASP-A010]
     8  0020  6207                1 <1>      3          addi    r1, STEP
     9  0022  ????                  <1>      4          st      r1, [nothing]
                                               deep.wasp:
                                            13          .endif
