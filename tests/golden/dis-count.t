From an object with notes.

  $ cat >count.wasp <<'END'
  > ; forward the first `limit` packets of a flow, drop the rest
  >         .program count
  >         .hooks  ingress
  >         .data
  > flow:   .key    public, 0x1122334455667788
  > limit:  .word   5
  > seen:   .word   0
  >         .text
  >         insert  r0, [flow]
  >         bz      r0, out
  >         mov     r1, t0
  >         addi    r1, 1
  >         mov     t0, r1
  >         st      r1, [seen]
  >         ld      r2, [limit]
  >         bltu    r2, r1, over
  > out:    forward
  > over:   drop
  > END
  $ wasp-as -o count.wo count.wasp && wasp-dis count.wo
  ; code 182ac2a104b09f6d
          .program count
          .hooks ingress
          .data
  flow:   .key public, 0x1122334455667788         ; [0]
  limit:  .word 5                                 ; [2]
  seen:   .word 0                                 ; [3]
          .text
          insert r0, [flow]                       ;   0  f040
          bz r0, out                              ;   1  d006
          mov r1, t0                              ;   2  3200
          addi r1, 1                              ;   3  6201
          mov t0, r1                              ;   4  3280
          st r1, [seen]                           ;   5  2203
          ld r2, [limit]                          ;   6  1402
          bltu r2, r1, over                       ;   7  b441
  out:    forward                                 ;   8  0000
  over:   drop                                    ;   9  0100

Without, words are numbers and labels are L and a number.

  $ wasp-as --strip count.wasp | wasp-dis
  ; code 182ac2a104b09f6d
          .hooks ingress
          .data
          .word 0x11223344                        ; [0]
          .word 0x55667788                        ; [1]
          .word 5                                 ; [2]
          .word 0                                 ; [3]
          .text
          insert r0, [0]                          ;   0  f040
          bz r0, L8                               ;   1  d006
          mov r1, t0                              ;   2  3200
          addi r1, 1                              ;   3  6201
          mov t0, r1                              ;   4  3280
          st r1, [3]                              ;   5  2203
          ld r2, [2]                              ;   6  1402
          bltu r2, r1, L9                         ;   7  b441
  L8:     forward                                 ;   8  0000
  L9:     drop                                    ;   9  0100

Both assemble to the same packet.

  $ wasp-as --strip -o count.bin count.wasp
  $ wasp-dis count.wo | wasp-as --strip - | cmp - count.bin
  $ wasp-dis -o count.dis count.bin && wasp-as --strip count.dis | cmp - count.bin

As JSON.

  $ wasp-dis --json count.wo
  {"v":1,"program":"count","code_hash":"182ac2a104b09f6d","header":{"version":1,"flags":{"ingress":true,"egress":false,"back":false,"returned":false},"next_header":59,"code_length":10,"pad_length":4,"cursor":0,"hops":0,"status":0,"fault_pc":0,"checksum":789,"checksum_right":true,"ident":0,"seq":0},"instructions":[{"pc":0,"word":61504,"label":null,"text":"insert r0, [flow]"},{"pc":1,"word":53254,"label":null,"text":"bz r0, out"},{"pc":2,"word":12800,"label":null,"text":"mov r1, t0"},{"pc":3,"word":25089,"label":null,"text":"addi r1, 1"},{"pc":4,"word":12928,"label":null,"text":"mov t0, r1"},{"pc":5,"word":8707,"label":null,"text":"st r1, [seen]"},{"pc":6,"word":5122,"label":null,"text":"ld r2, [limit]"},{"pc":7,"word":46145,"label":null,"text":"bltu r2, r1, over"},{"pc":8,"word":0,"label":"out","text":"forward"},{"pc":9,"word":256,"label":"over","text":"drop"}],"words":[{"index":0,"name":"flow","value":287454020},{"index":1,"name":"flow+1","value":1432778632},{"index":2,"name":"limit","value":5},{"index":3,"name":"seen","value":0}]}
  $ wasp-dis --json -o count.json count.bin && jq -r '.instructions[] | .text' count.json
  insert r0, [0]
  bz r0, L8
  mov r1, t0
  addi r1, 1
  mov t0, r1
  st r1, [3]
  ld r2, [2]
  bltu r2, r1, L9
  forward
  drop
