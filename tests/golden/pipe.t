The tools are filters: one pipe from the source to the packet.

  $ cd "$SRC/examples"
  > wasp-as trace.wasp | wasp-verify -o - | wasp-send -n -S 192.0.2.1 --ident 7 - 192.0.2.2 | head -2
  IPv4 192.0.2.1 > 192.0.2.2, 304 bytes, hop limit 64, traffic class 0x00, protocol 253
  WASP trace, flags -EB-, 8 instructions, 63 words, cursor 0, identifier 0x0007, sequence 1, checksum 0x92b4

What the verifier refuses does not come out of its other end.

  $ printf '.program bad\n.hooks ingress\n.text\nmov r0, t0\n' | wasp-as --strip | wasp-verify -o - | wc -c
  0
  <stdin>:+0x10: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov r0, t0
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  <stdin>: rejected: 1 error
