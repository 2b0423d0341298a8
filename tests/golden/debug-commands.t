Every command of the debugger, but those of a path and of changes.

  $ wasp-as -o count.wo $SRC/examples/count.wasp

Help, and shortened names.

  $ wasp-run --debug count.wo <<'END'
  > help
  > help s
  > help break
  > help info
  > h undo
  > q
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) help
  step [N]                    run N steps, or one; also: next hop, next packet
  back [N]                    take N steps back, or one
  hop [N]                     to the beginning of the N-th next run
  packet [N]                  to the beginning of the next packet, or of N
  continue                    run to the next stop
  reverse                     run back to the stop before
  run                         from the beginning to the first stop
  until WHERE [if CONDITION]  run to a place
  finish                      run to the end of this run
  break [WHERE] [if CONDITION]
                              stop at a place
  tbreak [WHERE] [if CONDITION]
                              stop there once
  watch VALUE | store [KEY] [if CONDITION]
                              stop where that changes
  delete [N]                  forget breakpoint or watch N, or all
  print [/FORMAT] VALUE | store KEY
                              print a value
  info TOPIC                  print all there is of a topic
  list [WHERE]                print source lines
  disassemble [WHERE | all]   print instructions
  where                       print where this is
  why VALUE | store KEY       print what wrote that last
  set NAME = VALUE            change that here, and what comes of it
  undo                        take the last change back
  load FILE[#N]               send that packet after this one
  source FILE                 run the commands of a file
  help [COMMAND]              print the commands, or one
  quit                        leave
  Commands may be shortened; an empty line moves again.
  (wasp) help s
  step [N]                    run N steps, or one; also: next hop, next packet
  also called s n next
  (wasp) help break
  break [WHERE] [if CONDITION]
                              stop at a place
  also called b
  WHERE is a label, a line, FILE:LINE, *PC,
    fault, store, ingress, egress, forward, drop, return, node N, hop N, packet N
  (wasp) help info
  info TOPIC                  print all there is of a topic
  also called i
    registers     r0 to r7, pc, and what was used so far
    entry         the mapped entry, t0 to t7
    words         the scratchpad by its names
    environment   every field
    store         the entries of this node's store, or of node N
    packet        its addresses and its header
    path          the runs of the packet
    breakpoints   breakpoints and watches
    changes       what was set
  (wasp) h undo
  undo                        take the last change back
  (wasp) q

Steps, forward and back, by all names.

  $ wasp-run --debug count.wo <<'END'
  > step
  > s 2
  > n
  > next 2
  > back
  > rs 2
  > reverse-step
  > step back
  > step -2
  > back 9
  > finish
  > quit
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) step
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  =>  1  bz r0, out                  count.wasp:56
  (wasp) s 2
      1  bz r0, out                  r0=2; no jump
      2  mov r1, t0                  t0=0 -> r1=0
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) n
      3  addi r1, 1                  r1=0 -> r1=1
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) next 2
      4  mov t0, r1                  r1=1 -> t0=1
      5  st r1, [seen]               r1=1 -> [seen]=1
  =>  6  ld r2, [limit]              count.wasp:61
  (wasp) back
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) rs 2
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) reverse-step
  =>  2  mov r1, t0                  count.wasp:57
  (wasp) step back
  =>  1  bz r0, out                  count.wasp:56
  (wasp) step -2
  this is the beginning
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) back 9
  this is the beginning
  (wasp) finish
      8  forward                     forward
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  (wasp) quit

Breakpoints: label, line, file and line, instruction, fault, store access, verdicts.

  $ wasp-run --debug --repeat 6 count.wo <<'END'
  > break over
  > break 60
  > b count.wasp:57
  > b *8
  > b fault
  > b store
  > tbreak drop
  > b
  > info breakpoints
  > c
  > c
  > delete 2
  > delete 3
  > delete 6
  > continue
  > continue
  > d
  > i b
  > run
  > q
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) break over
  1: break at over
  (wasp) break 60
  2: break at count.wasp:60
  (wasp) b count.wasp:57
  3: break at count.wasp:57
  (wasp) b *8
  4: break at pc 8
  (wasp) b fault
  5: break at a fault
  (wasp) b store
  6: break at a store access
  (wasp) tbreak drop
  7: tbreak at drop
  (wasp) b
  8: break at pc 0
  (wasp) info breakpoints
    1  break at over, hit 0 times
    2  break at count.wasp:60, hit 0 times
    3  break at count.wasp:57, hit 0 times
    4  break at pc 8, hit 0 times
    5  break at a fault, hit 0 times
    6  break at a store access, hit 0 times
    7  tbreak at drop, hit 0 times
    8  break at pc 0, hit 0 times
  (wasp) c
  3: break at count.wasp:57
  =>  2  mov r1, t0                  count.wasp:57
  (wasp) c
  2: break at count.wasp:60
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) delete 2
  (wasp) delete 3
  (wasp) delete 6
  (wasp) continue
  4: break at pc 8
  out:
  =>  8  forward                     count.wasp:63
  (wasp) continue
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  8: break at pc 0
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) d
  (wasp) i b
  there are no breakpoints and no watches
  (wasp) run
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  4: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          4
  5: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          5
  6: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          6
  no packet is left
  (wasp) q
  $ wasp-run --debug --repeat 7 count.wo <<'END'
  > tb drop
  > r
  > break over if packet == 7 && r1 > 6
  > c
  > rc
  > b ingress
  > run
  > reverse
  > break packet 5
  > delete 3
  > c
  > disassemble
  > q
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) tb drop
  1: tbreak at drop
  (wasp) r
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  4: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          4
  5: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          5
  1: tbreak at drop
  packet 6, node 192.0.2.1, ingress
  over:
  =>  9  drop                        count.wasp:64
  (wasp) break over if packet == 7 && r1 > 6
  2: break at over if packet == 7 && r1 > 6
  (wasp) c
  6: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          6
  2: break at over if packet == 7 && r1 > 6
  packet 7, node 192.0.2.1, ingress
  over:
  =>  9  drop                        count.wasp:64
  (wasp) rc
  this is the beginning
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) b ingress
  3: break at hook ingress
  (wasp) run
  3: break at hook ingress
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) reverse
  this is the beginning
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) break packet 5
  4: break at packet 5
  (wasp) delete 3
  (wasp) c
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  3: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          3
  4: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          4
  4: break at packet 5
  packet 5, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) disassemble
  =>   0  insert r0, [group]          count.wasp:55
       1  bz r0, out                  count.wasp:56
       2  mov r1, t0                  count.wasp:57
       3  addi r1, 1                  count.wasp:58
       4  mov t0, r1                  count.wasp:59
       5  st r1, [seen]               count.wasp:60
  (wasp) q

Watches: a register, a word, an entry word, a value, the store.

  $ wasp-run --debug --repeat 2 count.wo <<'END'
  > watch r1
  > c
  > c
  > rc
  > d
  > watch seen
  > watch t0
  > c
  > c
  > d
  > w limit - r1 < 4
  > c
  > d
  > watch store group
  > c
  > info store
  > c
  > rc
  > d
  > watch store
  > run
  > q
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) watch r1
  1: watch r1
  (wasp) c
      3  addi r1, 1                  r1=0 -> r1=1
  1: watch r1: 0 -> 1
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) c
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
      2  mov r1, t0                  t0=1 -> r1=1
  1: watch r1: 0 -> 1
  packet 2, node 192.0.2.1, ingress
  =>  3  addi r1, 1                  count.wasp:58
  (wasp) rc
  1: watch r1: 1 -> 0
  =>  2  mov r1, t0                  count.wasp:57
  (wasp) d
  (wasp) watch seen
  2: watch seen
  (wasp) watch t0
  3: watch t0
  (wasp) c
      4  mov t0, r1                  r1=2 -> t0=2
  3: watch t0: 1 -> 2
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) c
      5  st r1, [seen]               r1=2 -> [seen]=2
  2: watch seen: 0 -> 2
  =>  6  ld r2, [limit]              count.wasp:61
  (wasp) d
  (wasp) w limit - r1 < 4
  4: watch limit - r1 < 4
  (wasp) c
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  no packet is left
  (wasp) d
  (wasp) watch store group
  5: watch store group
  (wasp) c
  no packet is left
  (wasp) info store
  public     0x19ba03fb9a2a5c9e [group], 1 ms: 2 0 0 0 0 0 0 0
  (wasp) c
  no packet is left
  (wasp) rc
  5: watch store group
  public 0x19ba03fb9a2a5c9e [group]: 1 0 0 0 0 0 0 0 -> 2 0 0 0 0 0 0 0
  out:
  =>  8  forward                     count.wasp:63
  (wasp) d
  (wasp) watch store
  6: watch store
  (wasp) run
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  6: watch store
  public 0x19ba03fb9a2a5c9e [group]: no entry -> 0 0 0 0 0 0 0 0
  packet 1, node 192.0.2.1, ingress
  =>  1  bz r0, out                  count.wasp:56
  (wasp) q

Places to run to.

  $ wasp-run --debug count.wo <<'END'
  > until 59
  > until over
  > run
  > back
  > until out
  > q
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) until 59
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) until over
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  no packet is left
  (wasp) run
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  no packet is left
  (wasp) back
  out:
  =>  8  forward                     count.wasp:63
  (wasp) until out
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  no packet is left
  (wasp) q

Values, in all formats.

  $ wasp-run --debug count.wo <<'END'
  > until 59
  > print r1
  > print/x r0 + 0xff
  > p/t 5
  > p/d -1
  > p -1
  > p/u -1
  > p/a 0xc0000201
  > p t0
  > p [seen]
  > p limit
  > p [3]
  > p group
  > p/x group
  > p [group+1]
  > p group+1
  > p src
  > p src4
  > p src.3
  > p flow
  > p hook
  > p role
  > p queue
  > p mtu
  > p cursor
  > p pc
  > p out
  > p status
  > p cost
  > p mapped && writable && !dirty
  > p store group
  > p store 0x19ba03fb9a2a5c9e
  > p store 0x1
  > q
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) until 59
  =>  4  mov t0, r1                  count.wasp:59
  (wasp) print r1
  r1 = 1
  (wasp) print/x r0 + 0xff
  r0 + 0xff = 0x101
  (wasp) p/t 5
  5 = 0b101
  (wasp) p/d -1
  -1 = -1
  (wasp) p -1
  -1 = 4294967295 (0xffffffff)
  (wasp) p/u -1
  -1 = 4294967295
  (wasp) p/a 0xc0000201
  0xc0000201 = 192.0.2.1
  (wasp) p t0
  t0 = 0
  (wasp) p [seen]
  [seen] = 0
  (wasp) p limit
  limit = 5
  (wasp) p [3]
  [3] = 0
  (wasp) p group
  group = public 0x19ba03fb9a2a5c9e
  (wasp) p/x group
  group = 0x19ba03fb 0x9a2a5c9e
  (wasp) p [group+1]
  [group+1] = 2586467486 (0x9a2a5c9e)
  (wasp) p group+1
  group+1 = 2586467486 (0x9a2a5c9e)
  (wasp) p src
  src = 198.51.100.1
  (wasp) p src4
  src4 = 198.51.100.1
  (wasp) p src.3
  src.3 = 198.51.100.1
  (wasp) p flow
  flow = 0x06e6be4ead5d02a5
  (wasp) p hook
  hook = ingress
  (wasp) p role
  role = unknown (0xffffffff)
  (wasp) p queue
  queue = 10500 B
  (wasp) p mtu
  mtu = 1500 B
  (wasp) p cursor
  cursor = 0
  (wasp) p pc
  pc = 4
  (wasp) p out
  out = 8
  (wasp) p status
  status = 0
  (wasp) p cost
  cost = 27
  (wasp) p mapped && writable && !dirty
  mapped && writable && !dirty = 1
  (wasp) p store group
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 0 0 0 0 0 0 0 0
  (wasp) p store 0x19ba03fb9a2a5c9e
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 0 0 0 0 0 0 0 0
  (wasp) p store 0x1
  public     0x0000000000000001, no entry
  (wasp) q

All there is.

  $ wasp-run --debug count.wo <<'END'
  > s 5
  > info registers
  > info entry
  > info words
  > info environment
  > info store
  > info packet
  > info path
  > info breakpoints
  > info changes
  > where
  > list
  > list out
  > l 55
  > disassemble
  > disassemble all
  > dis over
  > finish
  > info entry
  > info store
  > where
  > q
  > END
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) s 5
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
      1  bz r0, out                  r0=2; no jump
      2  mov r1, t0                  t0=0 -> r1=0
      3  addi r1, 1                  r1=0 -> r1=1
      4  mov t0, r1                  r1=1 -> t0=1
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) info registers
  r0  0x00000002  2
  r1  0x00000001  1
  r2  0x00000000  0
  r3  0x00000000  0
  r4  0x00000000  0
  r5  0x00000000  0
  r6  0x00000000  0
  r7  0x00000000  0
  pc 5, 5 steps, cost 28, 1 of 4 store accesses
  (wasp) info entry
  mapped: public 0x19ba03fb9a2a5c9e [group], written to
  t0  0x00000001  1
  t1  0x00000000  0
  t2  0x00000000  0
  t3  0x00000000  0
  t4  0x00000000  0
  t5  0x00000000  0
  t6  0x00000000  0
  t7  0x00000000  0
  (wasp) info words
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          0
  cursor 0 of 4 words
  (wasp) info environment
  hook        ingress
  back        0
  local       0
  last        unknown (0xffffffff)
  node        192.0.2.1
  src         198.51.100.1
  dst         203.0.113.1
  flow.0      0x06e6be4e
  flow.1      0xad5d02a5
  in_if       unknown (0xffffffff)
  out_if      unknown (0xffffffff)
  role        unknown (0xffffffff)
  mtu         1500 B
  rate        unknown (0xffffffff)
  queue       10500 B
  queue_pkts  unknown (0xffffffff)
  drops       unknown (0xffffffff)
  tx_pkts     unknown (0xffffffff)
  tx_bytes    unknown (0xffffffff)
  rx_pkts     unknown (0xffffffff)
  rx_bytes    unknown (0xffffffff)
  ttl         64
  length      72 B
  hops        1
  ident       0
  seq         0
  time_us     404635648 (0x181e4000) us
  time_ns     908722176 (0x362a0000) ns
  transit     0 ns
  free        unknown (0xffffffff)
  random      0xb70bf088
  time_s      1700000000 (0x6553f100) s
  (wasp) info store
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 0 0 0 0 0 0 0 0
  (wasp) info packet
  198.51.100.1 > 203.0.113.1, hop limit 64, length 72
  program count, flags I---, 10 instructions, 4 words
  identifier 0, sequence 0, hops 0, cursor 0, status 0x00
  (wasp) info path
  =>  1  node 192.0.2.1, ingress: forward, 9 steps
  (wasp) info breakpoints
  there are no breakpoints and no watches
  (wasp) info changes
  nothing was changed by hand
  (wasp) where
  node 192.0.2.1, ingress, after 5 steps, count.wasp:60
  =>  5  st r1, [seen]               count.wasp:60
  (wasp) list
      55  insert  r0, [group]
      56  bz      r0, out         ; no room here
      57  mov     r1, t0
      58  addi    r1, 1
      59  mov     t0, r1
  =>  60  st      r1, [seen]
      61  ld      r2, [limit]
      62  bltu    r2, r1, over
      63  out:    forward
      64  over:   drop
  (wasp) list out
      58  addi    r1, 1
      59  mov     t0, r1
  =>  60  st      r1, [seen]
      61  ld      r2, [limit]
      62  bltu    r2, r1, over
      63  out:    forward
      64  over:   drop
  (wasp) l 55
      55  insert  r0, [group]
      56  bz      r0, out         ; no room here
      57  mov     r1, t0
      58  addi    r1, 1
      59  mov     t0, r1
  =>  60  st      r1, [seen]
  (wasp) disassemble
       0  insert r0, [group]          count.wasp:55
       1  bz r0, out                  count.wasp:56
       2  mov r1, t0                  count.wasp:57
       3  addi r1, 1                  count.wasp:58
       4  mov t0, r1                  count.wasp:59
  =>   5  st r1, [seen]               count.wasp:60
       6  ld r2, [limit]              count.wasp:61
       7  bltu r2, r1, over           count.wasp:62
  out:
       8  forward                     count.wasp:63
  over:
       9  drop                        count.wasp:64
  (wasp) disassemble all
       0  insert r0, [group]          count.wasp:55
       1  bz r0, out                  count.wasp:56
       2  mov r1, t0                  count.wasp:57
       3  addi r1, 1                  count.wasp:58
       4  mov t0, r1                  count.wasp:59
  =>   5  st r1, [seen]               count.wasp:60
       6  ld r2, [limit]              count.wasp:61
       7  bltu r2, r1, over           count.wasp:62
  out:
       8  forward                     count.wasp:63
  over:
       9  drop                        count.wasp:64
  (wasp) dis over
       4  mov t0, r1                  count.wasp:59
  =>   5  st r1, [seen]               count.wasp:60
       6  ld r2, [limit]              count.wasp:61
       7  bltu r2, r1, over           count.wasp:62
  out:
       8  forward                     count.wasp:63
  over:
       9  drop                        count.wasp:64
  (wasp) finish
      8  forward                     forward
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  (wasp) info entry
  nothing is mapped
  (wasp) info store
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 1 0 0 0 0 0 0 0
  (wasp) where
  node 192.0.2.1, ingress, its end after 9 steps, count.wasp:63
  (wasp) q

Who wrote it.

  $ wasp-run --debug --repeat 2 count.wo <<'END'
  > continue
  > back
  > who wrote r1 last
  > who wrote r1
  > why r2
  > why t0
  > why t3
  > why seen
  > why limit
  > why r7
  > why cursor
  > why group
  > why store group
  > finish
  > why store group
  > q
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) continue
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  no packet is left
  (wasp) back
  out:
  =>  8  forward                     count.wasp:63
  (wasp) who wrote r1 last
  packet 2, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
      3  addi r1, 1                  r1=1 -> r1=2
  r1: 1 -> 2
  (wasp) who wrote r1
  packet 2, node 192.0.2.1, ingress, after 3 steps, count.wasp:58
      3  addi r1, 1                  r1=1 -> r1=2
  r1: 1 -> 2
  (wasp) why r2
  packet 2, node 192.0.2.1, ingress, after 6 steps, count.wasp:61
      6  ld r2, [limit]              [limit]=5 -> r2=5
  r2: 0 -> 5
  (wasp) why t0
  packet 2, node 192.0.2.1, ingress, after 4 steps, count.wasp:59
      4  mov t0, r1                  r1=2 -> t0=2
  t0: 1 -> 2
  (wasp) why t3
  packet 2, node 192.0.2.1, ingress, after 0 steps, count.wasp:55
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=1; found
  t3: no value -> 0
  (wasp) why seen
  packet 2, node 192.0.2.1, ingress, after 5 steps, count.wasp:60
      5  st r1, [seen]               r1=2 -> [seen]=2
  [seen]: 0 -> 2
  (wasp) why limit
  nothing wrote [limit]: as it was when the packet began
  (wasp) why r7
  nothing wrote r7: as it was when the run began
  (wasp) why cursor
  nothing wrote cursor: as it was when the packet began
  (wasp) why group
  nothing wrote [group] to [group+1]: as it was when the packet began
  (wasp) why store group
  packet 1, node 192.0.2.1, ingress, after 8 steps, count.wasp:63
      8  forward                     forward
  public 0x19ba03fb9a2a5c9e [group]: 0 0 0 0 0 0 0 0 -> 1 0 0 0 0 0 0 0
  (wasp) finish
      8  forward                     forward
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  (wasp) why store group
  packet 2, node 192.0.2.1, ingress, after 8 steps, count.wasp:63
      8  forward                     forward
  public 0x19ba03fb9a2a5c9e [group]: 1 0 0 0 0 0 0 0 -> 2 0 0 0 0 0 0 0
  (wasp) q

Lines of several files, and of several instructions.

  $ cat >limit.inc <<'END'
  >         .macro atmost reg, count
  >         ldi     r7, \count
  >         bltu    r7, \reg, over
  >         .endm
  > END
  $ cat >macro.wasp <<'END'
  >         .include "limit.inc"
  >         .hooks ingress
  >         ldi     r1, 7
  >         atmost  r1, 300
  >         atmost  r1, 3
  >         .include "tail.inc"
  > END
  $ cat >tail.inc <<'END'
  >         forward
  > over:   drop
  > END
  $ wasp-as -o macro.wo macro.wasp && wasp-run --debug macro.wo <<'END'
  > list
  > break 4
  > break 5
  > break tail.inc:2
  > info breakpoints
  > c
  > c
  > c
  > disassemble
  > quit
  > END
  node 192.0.2.1, ingress
  =>  0  ldi r1, 7                   macro.wasp:3
  (wasp) list
  macro.wasp:
  =>   3  ldi     r1, 7
       4  atmost  r1, 300
       5  atmost  r1, 3
  tail.inc:
       1  forward
  (wasp) break 4
  1: break at macro.wasp:4
  (wasp) break 5
  2: break at macro.wasp:5
  (wasp) break tail.inc:2
  3: break at tail.inc:2
  (wasp) info breakpoints
    1  break at macro.wasp:4, hit 0 times
    2  break at macro.wasp:5, hit 0 times
    3  break at tail.inc:2, hit 0 times
  (wasp) c
  1: break at macro.wasp:4
  =>  1  ldi r7, 300                 macro.wasp:4
  (wasp) c
  2: break at macro.wasp:5
  =>  3  ldi r7, 3                   macro.wasp:5
  (wasp) c
  3: break at tail.inc:2
  over:
  =>  6  drop                        tail.inc:2
  (wasp) disassemble
    *  1  ldi r7, 300                 macro.wasp:4
       2  bltu r7, r1, over           macro.wasp:4
    *  3  ldi r7, 3                   macro.wasp:5
       4  bltu r7, r1, over           macro.wasp:5
       5  forward                     tail.inc:1
  over:
  =>*  6  drop                        tail.inc:2
  (wasp) quit

An entry that died is not what a step changed.

  $ wasp-run --debug --repeat 2 --interval 11s count.wo <<'END' | grep -v '^group\|^limit'
  > watch store group
  > c
  > c
  > c
  > why store group
  > c
  > quit
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) watch store group
  1: watch store group
  (wasp) c
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  1: watch store group
  public 0x19ba03fb9a2a5c9e [group]: no entry -> 0 0 0 0 0 0 0 0
  =>  1  bz r0, out                  count.wasp:56
  (wasp) c
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  seen          1
      8  forward                     forward
  1: watch store group
  public 0x19ba03fb9a2a5c9e [group]: 0 0 0 0 0 0 0 0 -> 1 0 0 0 0 0 0 0
  (wasp) c
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  1: watch store group
  public 0x19ba03fb9a2a5c9e [group]: no entry -> 0 0 0 0 0 0 0 0
  packet 2, node 192.0.2.1, ingress
  =>  1  bz r0, out                  count.wasp:56
  (wasp) why store group
  packet 2, node 192.0.2.1, ingress, after 0 steps, count.wasp:55
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  public 0x19ba03fb9a2a5c9e [group]: no entry -> 0 0 0 0 0 0 0 0
  (wasp) c
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  seen          1
      8  forward                     forward
  1: watch store group
  public 0x19ba03fb9a2a5c9e [group]: 0 0 0 0 0 0 0 0 -> 1 0 0 0 0 0 0 0
  (wasp) quit
