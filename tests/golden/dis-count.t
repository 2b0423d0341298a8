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
  {"v":1,"program":"count","code_hash":"182ac2a104b09f6d","header":{"version":1,"flags":{"ingress":true,"egress":false,"back":false,"returned":false},"next_header":59,"code_length":10,"pad_length":4,"cursor":0,"hops":0,"status":0,"fault_pc":0,"checksum":789,"checksum_right":true,"ident":0,"seq":0,"rerouted":false},"instructions":[{"pc":0,"offset":16,"word":61504,"bytes":"f040","label":null,"text":"insert r0, [flow]","words":"map the entry of the key in words 0 and 1, 'flow', to write; r0 gets 1: found, 2: new, 0: refused","cost":24,"target":null,"reached":true,"source":{"file":"count.wasp","line":9,"text":"insert  r0, [flow]"}},{"pc":1,"offset":18,"word":53254,"bytes":"d006","label":null,"text":"bz r0, out","words":"if r0 is 0, go on at 'out', 7 further","cost":1,"target":8,"reached":true,"source":{"file":"count.wasp","line":10,"text":"bz      r0, out"}},{"pc":2,"offset":20,"word":12800,"bytes":"3200","label":null,"text":"mov r1, t0","words":"r1 gets t0 of the mapped entry","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":11,"text":"mov     r1, t0"}},{"pc":3,"offset":22,"word":25089,"bytes":"6201","label":null,"text":"addi r1, 1","words":"add 1 to r1","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":12,"text":"addi    r1, 1"}},{"pc":4,"offset":24,"word":12928,"bytes":"3280","label":null,"text":"mov t0, r1","words":"t0 of the mapped entry gets r1","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":13,"text":"mov     t0, r1"}},{"pc":5,"offset":26,"word":8707,"bytes":"2203","label":null,"text":"st r1, [seen]","words":"store r1 in word 3 of the scratchpad, 'seen'","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":14,"text":"st      r1, [seen]"}},{"pc":6,"offset":28,"word":5122,"bytes":"1402","label":null,"text":"ld r2, [limit]","words":"r2 gets word 2 of the scratchpad, 'limit'","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":15,"text":"ld      r2, [limit]"}},{"pc":7,"offset":30,"word":46145,"bytes":"b441","label":null,"text":"bltu r2, r1, over","words":"if r2 is less than r1, go on at 'over', 2 further","cost":1,"target":9,"reached":true,"source":{"file":"count.wasp","line":16,"text":"bltu    r2, r1, over"}},{"pc":8,"offset":32,"word":0,"bytes":"0000","label":"out","text":"forward","words":"let the packet go on its way","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":17,"text":"out:    forward"}},{"pc":9,"offset":34,"word":256,"bytes":"0100","label":"over","text":"drop","words":"throw the packet away","cost":1,"target":null,"reached":true,"source":{"file":"count.wasp","line":18,"text":"over:   drop"}}],"words":[{"index":0,"offset":36,"name":"flow","value":287454020},{"index":1,"offset":40,"name":"flow+1","value":1432778632},{"index":2,"offset":44,"name":"limit","value":5},{"index":3,"offset":48,"name":"seen","value":0}],"input":null}
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
