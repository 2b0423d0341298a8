What a disassembly can show.  Source lines and explanations are comments, so the
text assembles as before.

  $ wasp-as -o count.wo "$SRC"/examples/count.wasp && wasp-as -o trace.wo "$SRC"/examples/trace.wasp
  $ wasp-dis --source count.wo
  ; code 182ac2a104b09f6d
  ; source count.wasp
          .program count
          .hooks ingress
          .data
  group:  .key public, 0x19ba03fb9a2a5c9e         ; [0]
  limit:  .word 5                                 ; [2]
  seen:   .word 0                                 ; [3]
          .text
  ; 55: insert  r0, [group]
          insert r0, [group]                      ;   0  f040
  ; 56: bz      r0, out         ; no room here
          bz r0, out                              ;   1  d006
  ; 57: mov     r1, t0
          mov r1, t0                              ;   2  3200
  ; 58: addi    r1, 1
          addi r1, 1                              ;   3  6201
  ; 59: mov     t0, r1
          mov t0, r1                              ;   4  3280
  ; 60: st      r1, [seen]
          st r1, [seen]                           ;   5  2203
  ; 61: ld      r2, [limit]
          ld r2, [limit]                          ;   6  1402
  ; 62: bltu    r2, r1, over
          bltu r2, r1, over                       ;   7  b441
  ; 63: out:    forward
  out:    forward                                 ;   8  0000
  ; 64: over:   drop
  over:   drop                                    ;   9  0100
  $ wasp-dis --explain count.wo
  ; code 182ac2a104b09f6d
          .program count
          .hooks ingress                          ; runs where it enters a node
          .data
  group:  .key public, 0x19ba03fb9a2a5c9e         ; words 0..1: a key that anyone may use
  limit:  .word 5                                 ; word 2: a number
  seen:   .word 0                                 ; word 3: a number
          .text
          insert r0, [group]                      ; map the entry of the key in words 0 and 1, 'group', to write; r0 gets 1: found, 2: new, 0: refused
          bz r0, out                              ; if r0 is 0, go on at 'out', 7 further
          mov r1, t0                              ; r1 gets t0 of the mapped entry
          addi r1, 1                              ; add 1 to r1
          mov t0, r1                              ; t0 of the mapped entry gets r1
          st r1, [seen]                           ; store r1 in word 3 of the scratchpad, 'seen'
          ld r2, [limit]                          ; r2 gets word 2 of the scratchpad, 'limit'
          bltu r2, r1, over                       ; if r2 is less than r1, go on at 'over', 2 further
  out:    forward                                 ; let the packet go on its way
  over:   drop                                    ; throw the packet away
  $ wasp-dis --source --explain count.wo | tail -n 6
  ; 62: bltu    r2, r1, over
          bltu r2, r1, over                       ; if r2 is less than r1, go on at 'over', 2 further
  ; 63: out:    forward
  out:    forward                                 ; let the packet go on its way
  ; 64: over:   drop
  over:   drop                                    ; throw the packet away
  $ for f in "$SRC"/examples/*.wasp; do
  >     name=$(basename "$f" .wasp); wasp-as -o $name.wo "$f"; wasp-as --strip -o $name.bin "$f"
  >     for how in -s -e -se; do wasp-dis $how $name.wo | wasp-as --strip - | cmp - $name.bin; done
  > done

Listings: places and bytes of all there is; jumps.

  $ wasp-dis --bytes count.wo
                             ; code 182ac2a104b09f6d
                                     .program count
  +0x00  5741                        ; 'WA'
  +0x02  18                          .hooks ingress                          ; runs where it enters a node
  +0x03  3b                          ; no payload
  +0x04  0a                          ; 10 instructions
  +0x05  04                          ; 4 words of scratchpad
  +0x06  00                          ; push writes word 0 next
  +0x07  00                          ; 0 nodes ran it
  +0x08  00                          ; no fault
  +0x09  00                          ; no instruction faulted
  +0x0a  ffeb                        ; the right checksum
  +0x0c  0000                        ; identifier 0
  +0x0e  0000                        ; sequence number 0
                                     .data
  +0x24  19ba03fb 9a2a5c9e   group:  .key public, 0x19ba03fb9a2a5c9e         ; [0]
  +0x2c  00000005            limit:  .word 5                                 ; [2]
  +0x30  00000000            seen:   .word 0                                 ; [3]
                                     .text
  +0x10  f040                        insert r0, [group]                      ;   0
  +0x12  d006                        bz r0, out                              ;   1
  +0x14  3200                        mov r1, t0                              ;   2
  +0x16  6201                        addi r1, 1                              ;   3
  +0x18  3280                        mov t0, r1                              ;   4
  +0x1a  2203                        st r1, [seen]                           ;   5
  +0x1c  1402                        ld r2, [limit]                          ;   6
  +0x1e  b441                        bltu r2, r1, over                       ;   7
  +0x20  0000                out:    forward                                 ;   8
  +0x22  0100                over:   drop                                    ;   9
  $ wasp-dis --arrows count.wo | tail -n 11
               .text
               insert r0, [group]                      ;   0  f040
  .--          bz r0, out                              ;   1  d006
  |            mov r1, t0                              ;   2  3200
  |            addi r1, 1                              ;   3  6201
  |            mov t0, r1                              ;   4  3280
  |            st r1, [seen]                           ;   5  2203
  |            ld r2, [limit]                          ;   6  1402
  |.-          bltu r2, r1, over                       ;   7  b441
  `+-> out:    forward                                 ;   8  0000
   `-> over:   drop                                    ;   9  0100
  $ LC_ALL=C.UTF-8 wasp-dis --arrows count.wo | tail -n 11
               .text
               insert r0, [group]                      ;   0  f040
  ╭──          bz r0, out                              ;   1  d006
  │            mov r1, t0                              ;   2  3200
  │            addi r1, 1                              ;   3  6201
  │            mov t0, r1                              ;   4  3280
  │            st r1, [seen]                           ;   5  2203
  │            ld r2, [limit]                          ;   6  1402
  │╭─          bltu r2, r1, over                       ;   7  b441
  ╰┼─> out:    forward                                 ;   8  0000
   ╰─> over:   drop                                    ;   9  0100
  $ LC_ALL=C.UTF-8 wasp-dis --arrows --ascii count.wo | tail -n 2
  `+-> out:    forward                                 ;   8  0000
   `-> over:   drop                                    ;   9  0100
  $ wasp-dis -abes count.wo | tail -n 8
                             |    ; 61: ld      r2, [limit]
  +0x1c  1402                |            ld r2, [limit]                          ; r2 gets word 2 of the scratchpad, 'limit'
                             |    ; 62: bltu    r2, r1, over
  +0x1e  b441                |.-          bltu r2, r1, over                       ; if r2 is less than r1, go on at 'over', 2 further
                             ||   ; 63: out:    forward
  +0x20  0000                `+-> out:    forward                                 ; let the packet go on its way
                              |   ; 64: over:   drop
  +0x22  0100                 `-> over:   drop                                    ; throw the packet away
  $ wasp-dis -b count.wo | wasp-as - 2>&1 >/dev/null | head -n 1
  <stdin>:2:36: error: the program does not say at which hooks it runs [WASP-A019]

Jumps that cross, share a target, go to the end, and past it; what is never
reached; what is not there; a code with padding.

  $ cat >jumps.wasp <<'END'
  >         .hooks  none
  >         .data
  > room:   .space  3
  >         .text
  >         bz      r0, a
  >         beq     r1, r2, b
  >         bnz     r0, a
  >         jmp     end
  >         .insn   0xffff
  > a:      ld      r3, [63]
  >         lookup  r0, [room+2]
  >         jmp     .+100
  > a_rather_long_label:
  > b:      nop
  > end:
  > END
  $ wasp-as -o jumps.wo jumps.wasp && wasp-dis -abe jumps.wo
                                   ; code ae7471dc5cc0b18a
  +0x00  5741                              ; 'WA'
  +0x02  10                                .hooks none                             ; no node runs it
  +0x03  3b                                ; no payload
  +0x04  09                                ; 9 instructions
  +0x05  03                                ; 3 words of scratchpad
  +0x06  00                                ; push writes word 0 next
  +0x07  00                                ; 0 nodes ran it
  +0x08  00                                ; no fault
  +0x09  00                                ; no instruction faulted
  +0x0a  3546                              ; the right checksum
  +0x0c  0000                              ; identifier 0
  +0x0e  0000                              ; sequence number 0
                                           .data
  +0x24  00000000 00000000         room:   .space 3                                ; words 0..2: room
  +0x2c  00000000
                                           .text
  +0x10  d004                  .-          bz r0, a                                ; if r0 is 0, go on at 'a', 5 further
  +0x12  9286                .-+-          beq r1, r2, a_rather_long_label         ; if r1 is r2, go on at 'a_rather_long_label', 7 further
  +0x14  d102                | +-          bnz r0, a                               ; if r0 is not 0, go on at 'a', 3 further
  +0x16  e005                |.+-          jmp end                                 ; go on at 'end', 6 further
  +0x18  ffff                |||           .insn 0xffff                            ; never reached: no instruction: every node stops here
  +0x1a  163f                ||`-> a:      ld r3, [63]                             ; r3 gets word 63 of the scratchpad; a fault: there is no word 63
  +0x1c  f002                ||            lookup r0, [room+2]                     ; map the entry of the key in words 2 and 3, 'room+2', to read; r0 gets 1, or 0: there is none; a fault: there is no word 3
  +0x1e  e063                ||            jmp .+100                               ; go on 100 further, past the end
                             ||    a_rather_long_label:
  +0x20  6000                `+-->         addi r0, 0                              ; add 0 to r0
                              `--> end:    ; the end: let the packet go on its way
  +0x22  0000                              ; padding
  jumps.wasp:13:1: warning: nothing jumps to 'a_rather_long_label' [WASP-A050 -Wunused-label]
      a_rather_long_label:
      ^^^^^^^^^^^^^^^^^^^
      hint: Jump to it, or remove it.
  $ LC_ALL=C.UTF-8 wasp-dis -as jumps.wo | tail -n 24
                .hooks none
                .data
        room:   .space 3                                ; [0]
                .text
        ; 5: bz      r0, a
    ╭─          bz r0, a                                ;   0  d004
    │   ; 6: beq     r1, r2, b
  ╭─┼─          beq r1, r2, a_rather_long_label         ;   1  9286
  │ │   ; 7: bnz     r0, a
  │ ├─          bnz r0, a                               ;   2  d102
  │ │   ; 8: jmp     end
  │╭┼─          jmp end                                 ;   3  e005
  │││   ; 9: .insn   0xffff
  │││           .insn 0xffff                            ;   4  ffff
  │││   ; 10: a:      ld      r3, [63]
  ││╰─> a:      ld r3, [63]                             ;   5  163f
  ││    ; 11: lookup  r0, [room+2]
  ││            lookup r0, [room+2]                     ;   6  f002
  ││    ; 12: jmp     .+100
  ││            jmp .+100                               ;   7  e063
  ││    ; 14: b:      nop
  ││    a_rather_long_label:
  ╰┼──>         addi r0, 0                              ;   8  6000
   ╰──> end:

More jumps than there is room for.

  $ { echo '.hooks ingress'; for i in $(seq 1 20); do echo "bz r0, l$i"; done; for i in $(seq 1 20); do echo "l$i: nop"; done; } | wasp-as - | wasp-dis -a | sed -n '3,23p;$p'
                             .text
                 .-          bz r0, l1                               ;   0  d013
                .+-          bz r0, l2                               ;   1  d013
               .++-          bz r0, l3                               ;   2  d013
              .+++-          bz r0, l4                               ;   3  d013
             .++++-          bz r0, l5                               ;   4  d013
            .+++++-          bz r0, l6                               ;   5  d013
           .++++++-          bz r0, l7                               ;   6  d013
          .+++++++-          bz r0, l8                               ;   7  d013
         .++++++++-          bz r0, l9                               ;   8  d013
        .+++++++++-          bz r0, l10                              ;   9  d013
       .++++++++++-          bz r0, l11                              ;  10  d013
      .+++++++++++-          bz r0, l12                              ;  11  d013
     .++++++++++++-          bz r0, l13                              ;  12  d013
    .+++++++++++++-          bz r0, l14                              ;  13  d013
   .++++++++++++++-          bz r0, l15                              ;  14  d013
  .+++++++++++++++-          bz r0, l16                              ;  15  d013
  ||||||||||||||||           bz r0, l17                              ;  16  d013
  ||||||||||||||||           bz r0, l18                              ;  17  d013
  ||||||||||||||||           bz r0, l19                              ;  18  d013
  ||||||||||||||||           bz r0, l20                              ;  19  d013
                     ; no room for the arrows to 4 more labels

The graph of jumps.

  $ wasp-dis --dot count.wo
  digraph "count" {
  	node [shape=box, fontname=monospace];
  	edge [fontname=monospace];
  	b0 [label="cost 25\l  0  insert r0, [group]\l  1  bz r0, out\l"];
  	b0 -> b8 [label="taken"];
  	b0 -> b2 [label="not taken", style=dashed];
  	b2 [label="cost 6\l  2  mov r1, t0\l  3  addi r1, 1\l  4  mov t0, r1\l  5  st r1, [seen]\l  6  ld r2, [limit]\l  7  bltu r2, r1, over\l"];
  	b2 -> b9 [label="taken"];
  	b2 -> b8 [label="not taken", style=dashed];
  	b8 [label="out: cost 1\l  8  forward\l"];
  	b9 [label="over: cost 1\l  9  drop\l"];
  }
  $ wasp-dis --dot jumps.wo
  digraph "program" {
  	node [shape=box, fontname=monospace];
  	edge [fontname=monospace];
  	b0 [label="cost 1\l  0  bz r0, a\l"];
  	b0 -> b5 [label="taken"];
  	b0 -> b1 [label="not taken", style=dashed];
  	b1 [label="cost 1\l  1  beq r1, r2, a_rather_long_label\l"];
  	b1 -> b8 [label="taken"];
  	b1 -> b2 [label="not taken", style=dashed];
  	b2 [label="cost 1\l  2  bnz r0, a\l"];
  	b2 -> b5 [label="taken"];
  	b2 -> b3 [label="not taken", style=dashed];
  	b3 [label="cost 1\l  3  jmp end\l"];
  	b3 -> end;
  	b4 [label="cost 0, unreachable\l  4  .insn 0xffff\l", style=dashed, color=gray, fontcolor=gray];
  	b5 [label="a: cost 18\l  5  ld r3, [63]\l  6  lookup r0, [room+2]\l  7  jmp .+100\l"];
  	b5 -> end [label="past the end"];
  	b8 [label="a_rather_long_label: cost 1\l  8  addi r0, 0\l"];
  	b8 -> end;
  	end [label="the end: forward", shape=oval];
  }

JSON.

  $ wasp-dis --json count.wo | jq -c '.code_hash, .input, .instructions[1], .words[1]'
  "182ac2a104b09f6d"
  null
  {"pc":1,"offset":18,"word":53254,"bytes":"d006","label":null,"text":"bz r0, out","words":"if r0 is 0, go on at 'out', 7 further","cost":1,"target":8,"reached":true,"source":{"file":"count.wasp","line":56,"text":"bz      r0, out         ; no room here"}}
  {"index":1,"offset":40,"name":"group+1","value":2586467486}
  $ wasp-dis --json jumps.wo | jq -c '.instructions[4, 7]'
  {"pc":4,"offset":24,"word":65535,"bytes":"ffff","label":null,"text":".insn 0xffff","words":"no instruction: every node stops here","cost":0,"target":null,"reached":false,"source":{"file":"jumps.wasp","line":9,"text":".insn   0xffff"}}
  {"pc":7,"offset":30,"word":57443,"bytes":"e063","label":null,"text":"jmp .+100","words":"go on 100 further","cost":1,"target":107,"reached":true,"source":{"file":"jumps.wasp","line":12,"text":"jmp     .+100"}}
  $ "$BUILD"/tests/make-capture icmp >icmp.pcap && wasp-dis --json icmp.pcap#2 | jq -c .input
  {"form":"capture","packet":2,"packets":20,"wasp_packets":15,"time_us":1763726401000000,"quoted":true,"text":"packet 2 of 20: 10.0.1.2 > 10.0.3.2, protocol 253, as an ICMP error quotes it"}
  $ od -An -tx1 count.bin | wasp-dis --json | jq -c .input
  {"form":"text","packet":1,"packets":1,"wasp_packets":1,"time_us":null,"quoted":false,"text":"hexadecimal of WASP from 'W'"}

Colours: only where they are asked for, or on a terminal.

  $ wasp-dis --color always -s count.wo | tail -n 6 | sed 's/\x1b\[/</g'
  <90m; 62: bltu    r2, r1, over<0m
          <1;34mbltu<0m <36mr2<0m, <36mr1<0m, over                       <90m;   7  b441<0m
  <90m; 63: out:    forward<0m
  <33mout<0m:    <1;34mforward<0m                                 <90m;   8  0000<0m
  <90m; 64: over:   drop<0m
  <33mover<0m:   <1;34mdrop<0m                                    <90m;   9  0100<0m
  $ wasp-dis --color=always count.wo | sed 's/\x1b\[[0-9;]*m//g' | wasp-as --strip - | cmp - count.bin
  $ wasp-dis --color=auto count.wo | grep -c "$(printf '\033')"
  0
  [1]
  $ TERM=xterm NO_COLOR=1 script -qec 'wasp-dis count.wo' /dev/null </dev/null | grep -c "$(printf '\033')"
  0
  [1]

The packet that was taken is told in a comment.

  $ wasp-dis icmp.pcap 2>/dev/null | sed -n 1,2p
  ; code c94881c21f7e62d3
  ; icmp.pcap#1, packet 1 of 20: 10.0.1.2 > 10.0.3.2, protocol 253; 14 others hold WASP
  $ cp icmp.pcap "$(printf 'a\n drop')" && wasp-dis "$(printf 'a\n drop')#2" | sed -n 2p
  ; a? drop#2, packet 2 of 20: 10.0.1.2 > 10.0.3.2, protocol 253, as an ICMP error quotes it; 14 others hold WASP

Notes that mean harm: control characters, several files, lines out of order, one
that is very long, text that is no UTF-8.

  $ printf '.hooks none\nnop\nnop\nnop\nnop\nnop\n' | wasp-as --strip -o nops.bin -
  $ { cat nops.bin; printf 'WASP-NOTES 1\nprogram x\nfile a\033[31m.wasp\nline 0 7 \tnop ; \033]0;title\007\r\nline 2 8 nop"\\\nfile b.wasp\nline 1 7 \377\376 drop\nline 3 7 \nline 4 9 %s\n' "$(printf '%0500d' 0)"; } >evil.wo
  $ wasp-dis -s evil.wo | sed 's/0\{50\}/~/g'
  ; code 4df3d18fdf6e20e0
          .program x
          .hooks none
          .text
  ; a?[31m.wasp:7: nop ; ?]0;title??
          addi r0, 0                              ;   0  6000
  ; b.wasp:7: ?? drop
          addi r0, 0                              ;   1  6000
  ; a?[31m.wasp:8: nop"\
          addi r0, 0                              ;   2  6000
  ; b.wasp:7:
          addi r0, 0                              ;   3  6000
  ; b.wasp:9: ~~~~~~~~
          addi r0, 0                              ;   4  6000
  $ wasp-dis -s evil.wo | wasp-as --strip - | cmp - nops.bin
  $ wasp-dis -sabe --color=always evil.wo | grep -c "$(printf '\033]0')"
  0
  [1]
  $ wasp-dis --json evil.wo | jq -c '.instructions[] | .source.file, .source.text' | head -n 4
  "a\u001b[31m.wasp"
  "\tnop ; \u001b]0;title\u0007\r"
  "b.wasp"
  "?? drop"

A name that .equ defines is none of the code, whatever its value.

  $ printf '.hooks none\n.equ two, 2\nbz r0, two_further\nldi r1, two\ntwo_further: drop\n' | wasp-as - | wasp-dis | tail -n 3
          ldi r1, 2                               ;   1  5202
  two_further:
          drop                                    ;   2  0100
  $ printf '.hooks none\n.equ two, 2\nbz r0, .+two\nldi r1, two\ndrop\n' | wasp-as - | wasp-dis | tail -n 3
          bz r0, L2                               ;   0  d001
          ldi r1, 2                               ;   1  5202
  L2:     drop                                    ;   2  0100

Where nothing pushes, .cursor is not invented: the source assembles without a warning:

  $ printf '.hooks none\n.data\nk: .key public, "k"\n.text\nlookup r0, [k]\ndrop\n' | wasp-as - | wasp-dis | wasp-as - | wasp-dis | head -n 4
  ; code a96b6f98414c6208
          .hooks none
          .data
  k:      .key public, 0x33469f3ea832d843         ; [0]

Misuse.

  $ wasp-dis --dot --json count.wo
  wasp-dis: --dot and --json exclude each other; try 'wasp-dis --help'
  [2]
  $ wasp-dis --dot -s count.wo
  wasp-dis: --source, --explain, --bytes and --arrows are for text, not for --dot; try 'wasp-dis --help'
  [2]
  $ wasp-dis -b --json count.wo
  wasp-dis: --source, --explain, --bytes and --arrows are for text, not for --json; try 'wasp-dis --help'
  [2]
  $ wasp-dis --color=sometimes count.wo
  wasp-dis: --color: 'sometimes' is none of auto, always and never; try 'wasp-dis --help'
  [2]
