The manual's first program: header, code, scratchpad, notes.

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

The object is the packet.

  $ wasp-as --strip count.wasp | od -An -tx1
   57 41 18 3b 0a 04 00 00 00 00 03 15 00 00 00 00
   f0 40 d0 06 32 00 62 01 32 80 22 03 14 02 b4 41
   00 00 01 00 11 22 33 44 55 66 77 88 00 00 00 05
   00 00 00 00

Notes follow it; a second run gives the same bytes.

  $ wasp-as -o count.o count.wasp && wasp-as <count.wasp >again.o
  $ tail -c +53 count.o
  WASP-NOTES 1
  code 182ac2a104b09f6d
  program count
  file count.wasp
  word 0 2 key flow
  word 2 1 data limit
  word 3 1 data seen
  label 8 out
  label 9 over
  line 0 9 insert  r0, [flow]
  line 1 10 bz      r0, out
  line 2 11 mov     r1, t0
  line 3 12 addi    r1, 1
  line 4 13 mov     t0, r1
  line 5 14 st      r1, [seen]
  line 6 15 ld      r2, [limit]
  line 7 16 bltu    r2, r1, over
  line 8 17 out:    forward
  line 9 18 over:   drop
  $ wasp-as -o again.o ./count.wasp && cmp count.o again.o
