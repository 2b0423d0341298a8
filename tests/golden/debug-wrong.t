What is wrong in a script ends it, with the number of the line.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-as --strip -o bare.wo $SRC/examples/count.wasp
  $ printf 'step\n\n# so far\nstp\nstep\n' >wrong
  $ wasp-run -x wrong count.wo
  node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) step
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
  =>  1  bz r0, out                  count.wasp:56
  (wasp) stp
  wrong:4: error: there is no command 'stp'; did you mean step?
  [3]
  $ wasp-run --debug count.wo <wrong | tail -1
  (wasp) stp
  <stdin>:4: error: there is no command 'stp'; did you mean step?
  $ wasp-run -x missing count.wo
  wasp-run: missing: No such file or directory
  [3]
  $ printf 'source wrong\n' >outer
  $ wasp-run -x outer count.wo | tail -1
  (wasp) stp
  outer:1: error: wrong:4: there is no command 'stp'; did you mean step?
  $ printf 'source deep\n' >deep
  $ wasp-run -x deep count.wo 2>&1 | tail -1 | cut -c 1-60
  deep:1: error: deep:1: deep:1: deep:1: deep:1: deep:1: deep:

Each error, as the user of a terminal reads it.

  $ while read -r line; do
  >     printf '%s\n' "$line" | wasp-run --debug count.wo 2>&1 >/dev/null
  > done <<'END' | sed 's/^<stdin>:1: error: //'
  > stp
  > frobnicate
  > wat
  > d 1
  > st
  > re
  > step x
  > step 1000001
  > back over
  > packet 0
  > packet 2
  > continue 3
  > quit now
  > break outt
  > break 65
  > break nothing.wasp:60
  > break *10
  > break *r9
  > break node
  > break fault 3
  > break over if r1 >
  > break over if r9 == 1
  > tbreak frobnicate
  > until
  > watch
  > watch r9
  > watch store limit
  > delete x
  > delete 1
  > print
  > print r8
  > print limt
  > print limit+1
  > print t0
  > print [4]
  > print [limit
  > print (1
  > print 1 +
  > print 1 2
  > print 4294967296
  > print 1 / 0
  > print/z r1
  > print store 0x123456789012345678
  > info
  > info frob
  > info path 1
  > info store 2
  > list 99
  > list node 1
  > disassemble nowhere
  > why
  > why 3
  > why out
  > why t0
  > set r1
  > set r1 = x
  > set nothing = 1
  > set out = 1
  > set status = 1
  > set t0 = 1
  > set cursor = 256
  > set pc = 11
  > set group = 1
  > undo
  > load
  > load missing
  > load count.wo#x
  > load wrong
  > source
  > source missing
  > help frob
  > END
  there is no command 'stp'; did you mean step?
  there is no command 'frobnicate'
  watch what? A value, or store
  there is no breakpoint or watch 1
  'x' is not a number of times
  '1000001' is not a number of times
  'over' is not a number of times
  '0' is not the number of a packet, 1 to 1
  '2' is not the number of a packet, 1 to 1
  continue takes no operand, and '3' is one
  quit takes no operand, and 'now' is one
  there is no label or place 'outt'; did you mean out?
  no instruction is at line 65 or after it
  no line of a file 'nothing.wasp' is noted
  there is no instruction 10: the program has 10
  there is no 'r9' here; did you mean r0?
  node needs a number, as in node 2
  '3' is not understood after fault
  the line ends where a value is missing
  there is no 'r9' here; did you mean r0?
  there is no label or place 'frobnicate'
  until needs a place, as in until drop
  watch what? A value, or store
  there is no 'r9' here; did you mean r0?
  'limit' is neither a key in the scratchpad nor a number 0x... of 64 bits
  'x' is not the number of a breakpoint or watch
  there is no breakpoint or watch 1
  print what? As in print r1 + 1
  there is no 'r8' here; did you mean r0?
  there is no 'limt' here; did you mean limit?
  that block has 1 word; for a sum, put a space before +
  nothing is mapped here, so t0 has no value
  there is no word [4]: the scratchpad has 4
  a ] is missing
  a ) is missing
  the line ends where a value is missing
  '2' is not understood
  '4294967296' is not a number of 32 bits, nor an IPv4 address
  that is a division by zero
  '/z r1' is none of the formats /x /d /u /t /a
  '0x123456789012345678' is not understood
  info needs a topic: registers, entry, words, environment, store, packet, path, breakpoints, changes
  there is no topic 'frob'
  '1' is not understood after info path
  '2' is not the number of a node, 1 to 1
  no instruction is at line 99 or after it
  that is no place in the program
  there is no label or place 'nowhere'
  who wrote what? As in who wrote r1
  '3' is not understood
  'out' is nothing that a program writes
  nothing is mapped here, so t0 has no value
  set needs NAME = VALUE
  there is no 'x' here
  there is no 'nothing' here
  'out' can not be set
  'status' can not be set
  nothing is mapped here, so t0 can not be set
  the cursor is a number of 0 to 255
  pc can be set to 0..10: control never goes back
  group has 2 words; set one of them
  nothing was set
  load which file?
  missing: No such file or directory
  count.wo#x: No such file or directory
  wrong: neither an object, nor a capture, nor hexadecimal
  source which file?
  missing: No such file or directory
  there is no command 'frob'

Where there are no notes.

  $ for line in list 'break 3' 'break over' 'print limit'; do
  >     echo "$line" | wasp-run --debug bare.wo 2>&1 >/dev/null
  > done
  <stdin>:1: error: no source lines are noted; disassemble shows the code
  <stdin>:1: error: no lines are noted; *3 is an instruction by its index
  <stdin>:1: error: there is no label or place 'over'
  <stdin>:1: error: there is no 'limit' here
  [3]
  $ printf 'step\ninfo words\nwhy r0\ndisassemble\nquit\n' | wasp-run --debug bare.wo
  node 192.0.2.1, ingress
  =>  0  insert r0, [0]
  (wasp) step
      0  insert r0, [0]              [0]=0x19ba03fb9a2a5c9e -> r0=2; created
  =>  1  bz r0, .+7
  (wasp) info words
  [0]           431621115 (0x19ba03fb)
  [1]           2586467486 (0x9a2a5c9e)
  [2]           5
  [3]           0
  cursor 0 of 4 words
  (wasp) why r0
  node 192.0.2.1, ingress, after 0 steps
      0  insert r0, [0]              [0]=0x19ba03fb9a2a5c9e -> r0=2; created
  r0: 0 -> 2
  (wasp) disassemble
       0  insert r0, [0]
  =>   1  bz r0, .+7
       2  mov r1, t0
       3  addi r1, 1
       4  mov t0, r1
       5  st r1, [3]
       6  ld r2, [2]
  (wasp) quit

At the end of a run nothing can be changed, and nothing is to be run.

  $ printf 'finish\nset r1 = 3\n' | wasp-run --debug count.wo 2>&1 >/dev/null
  <stdin>:2: error: this is the end of a run; step back to change something
  [3]
  $ printf 'finish\nbreak\n' | wasp-run --debug count.wo 2>&1 >/dev/null
  <stdin>:2: error: this is the end of a run; say where
  [3]
  $ printf 's 5\nset pc = 2\n' | wasp-run --debug count.wo 2>&1 >/dev/null
  <stdin>:2: error: pc can be set to 5..10: control never goes back
  [3]

The command line.

  $ wasp-run --debug --json count.wo
  wasp-run: --debug shows steps as they are asked for, without --trace and --json; try 'wasp-run --help'
  [2]
  $ wasp-run --debug --trace count.wo
  wasp-run: --debug shows steps as they are asked for, without --trace and --json; try 'wasp-run --help'
  [2]
  $ wasp-run --debug --repeat 10001 count.wo
  wasp-run: --debug keeps every step, so --repeat is at most 10000; try 'wasp-run --help'
  [2]
  $ setsid wasp-run --debug <count.wo
  wasp-run: the program comes by standard input, and there is no terminal: give a file of --commands; try 'wasp-run --help'
  [2]
  $ wasp-run --debug --commands - <count.wo
  wasp-run: program and commands can not both come by standard input; try 'wasp-run --help'
  [2]

How it ends: quit leaves things as they are, and a script that ends runs the rest.
A fault is a no, if the user came so far.

  $ cat >bad.wasp <<'END'
  > .hooks ingress
  > mov r0, t0
  > END
  $ wasp-as -o bad.wo bad.wasp
  $ printf 'info registers\nquit\n' | wasp-run --debug --repeat 2 --store s.json count.wo | tail -1; ls s.json 2>&1 | grep -c 'No such'
  (wasp) quit
  1
  $ printf 'step\n' | wasp-run --debug --store s.json count.wo | tail -2; cat s.json
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0
  [{"node": 1, "key": "0x19ba03fb9a2a5c9e", "words": [1, 0, 0, 0, 0, 0, 0, 0], "created": 1700000000000000000, "age_ms": 0}]
  $ printf 'step\nquit\n' | wasp-run --debug bad.wo
  node 192.0.2.1, ingress
  =>  0  mov r0, t0                  bad.wasp:2
  (wasp) step
      0  mov r0, t0                  fault nothing-mapped
  node 192.0.2.1, ingress: forward with a fault; 1 step, cost 1
  fault nothing-mapped at pc 0, bad.wasp:2: mov r0, t0
  An entry word was used while no entry was mapped.
  (wasp) quit
  [1]
  $ printf 'quit\n' | wasp-run --debug bad.wo >out
  $ wasp-run --debug bad.wo </dev/null
  node 192.0.2.1, ingress
  =>  0  mov r0, t0                  bad.wasp:2
  node 192.0.2.1, ingress: forward with a fault; 1 step, cost 1
  fault nothing-mapped at pc 0, bad.wasp:2: mov r0, t0
  An entry word was used while no entry was mapped.
  [1]

An option that does not fit what is loaded is no reason to end a session, either.

  $ "$BUILD/tests/make-capture" right >right.pcap
  $ printf 'load right.pcap#1\n' | wasp-run --debug --set limit=3 count.wo 2>&1 | tail -1
  <stdin>:1: error: --set: the object has no word 'limit'; it has no notes, so words have no names; give an index
  $ printf 'load right.pcap#1\n' | wasp-run --debug -6 count.wo 2>&1 | tail -1
  <stdin>:1: error: --ipv6 is for objects: a captured packet has a version of its own
  $ printf 'load right.pcap#99\n' | wasp-run --debug count.wo 2>&1 | tail -1
  <stdin>:1: error: right.pcap: there is no packet 99: it holds 7 packets
  $ printf 'load right.pcap#0\n' | wasp-run --debug count.wo 2>&1 | tail -1
  <stdin>:1: error: right.pcap#0: No such file or directory
  $ printf 'load .\n' | wasp-run --debug count.wo 2>&1 | tail -1
  <stdin>:1: error: .: Is a directory

An invitation has no one name.

  $ cat >invite.wasp <<'END'
  >         .hooks ingress
  >         .data
  > mine:   .secret 7
  > name:   .key invitation, of mine
  >         .text
  >         invite r0, [mine]
  > END
  $ wasp-as -o invite.wo invite.wasp
  $ printf 'print store name\n' | wasp-run --debug invite.wo 2>&1 | tail -1
  <stdin>:1: error: an invitation has a name of its own at each side; info store prints it
  $ printf 'step\ninfo store\nwhy store 0x%s\nquit\n' f4362e3eda1bf34b | wasp-run --debug invite.wo | tail -5
  (wasp) why store 0xf4362e3eda1bf34b
  node 192.0.2.1, ingress, after 0 steps, invite.wasp:6
      0  invite r0, [mine]           [mine]=0x0000000000000007 -> r0=2; created
  invitation 0xf4362e3eda1bf34b: no entry -> 0 0 65535 3325256705 0 0 0 0
  (wasp) quit

One = is not a comparison.

  $ printf 'break 1 if r0 = 2\n' | wasp-run --debug invite.wo 2>&1 | tail -1
  <stdin>:1: error: '= 2' is not understood; == compares, and the command set changes
