Every header field, illegal words, jumps past the end, words that are not there.

  $ cat >odd.wasp <<'END'
  >         .program odd
  >         .hooks  ingress, back
  >         .header flags, 0xf
  >         .header next_header, 17
  >         .header cursor, 200
  >         .header hops, 3
  >         .header status, 0xc1
  >         .header fault_pc, 4
  >         .header checksum, 0x1234
  >         .header ident, 65535
  >         .header seq, 1
  >         .data
  > k:      .key    protected, random
  > s:      .secret 7
  > n:      .key    invitation, of s
  > a:      .addr   2001:db8::1
  > b:      .addr   10.0.0.1
  > v:      .word   9999, 10000, -1
  > a_rather_long_name:
  >         .space  2
  >         .text
  > start:  ld      r0, [v+2]
  >         li      r1, 100000
  >         jmp     .+100
  >         .insn   0x1234
  >         .insn   0xffff
  >         ld      r0, [255]
  >         bgtu    r0, r1, end
  >         nop
  > end:
  > END
  $ wasp-as -w -o odd.wo odd.wasp && wasp-dis odd.wo
  ; code e5fcbd34ebf4a91a
          .program odd
          .hooks ingress, egress, back
          .header flags, 0xf
          .header next_header, 17
          .header cursor, 200
          .header hops, 3
          .header status, 0xc1
          .header fault_pc, 4
          .header checksum, 0x1234
          .header ident, 65535
          .header seq, 1
          .data
  k:      .key protected, random                  ; [0]
  s:      .secret 0x0000000000000007              ; [2]
  n:      .key invitation, 0x068eb5e76b298f78     ; [4]
  a:      .addr 2001:db8::1                       ; [6]
  b:      .addr 10.0.0.1                          ; [10]
  v:      .word 9999, 0x00002710, 0xffffffff      ; [14]
  a_rather_long_name:
          .space 2                                ; [17]
  li.186a0:
          .word 0x000186a0                        ; [19]
          .text
  start:  ld r0, [v+2]                            ;   0  1010
          ld r1, [li.186a0]                       ;   1  1213
          jmp .+100                               ;   2  e063
          ld r1, [52]                             ;   3  1234
          .insn 0xffff                            ;   4  ffff
          ld r0, [255]                            ;   5  10ff
          bltu r1, r0, end                        ;   6  b201
          addi r0, 0                              ;   7  6000
  end:
  odd.wo:+0x0a: warning: the checksum is 0x1234, but 0x3d38 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ wasp-dis odd.wo 2>/dev/null | wasp-as -w -o again.wo - && cmp -n 112 odd.wo again.wo

A key or a secret that is to be drawn stays one.

  $ wasp-dis odd.wo 2>/dev/null | grep random
  k:      .key protected, random                  ; [0]
  $ grep -a random again.wo
  random 0 protected

A block of .space that packets have filled is words; .cursor names it.

  $ printf '.hooks egress\n.cursor t\n.data\nn: .word 1\nt: .space 3\n.text\npush ttl\n' | wasp-as -o t.wo - && wasp-dis t.wo
  ; code 6c5e43aa7320b657
          .hooks egress
          .cursor t
          .data
  n:      .word 1                                 ; [0]
  t:      .space 3                                ; [1]
          .text
          push ttl                                ;   0  411e
  $ perl -pe 'substr($_, 24, 4) = "full" if $. == 1' t.wo | wasp-dis 2>/dev/null
  ; code 6c5e43aa7320b657
          .hooks egress
          .cursor t
          .header checksum, 0x5160
          .data
  n:      .word 1                                 ; [0]
  t:      .word 0x66756c6c, 0, 0                  ; [1]
          .text
          push ttl                                ;   0  411e
