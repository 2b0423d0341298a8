wasp-conform: what passes, what fails and how it is told, engines that lie, die or
hang, and vectors that are wrong.

  $ for v in forward drop return; do
  > 	printf 'vector verdict-%s\nprogram ingress\n\t%s\nexpect %s steps 1\n' $v $v $v
  > done >three.vec
  $ wasp-conform --vectors three.vec -k 'verdict-[fdr]*' wasp-run --engine
  3 vectors: 3 passed, 0 failed, 0 skipped

Each of the vectors in negative/ expects one field wrong, and names it.

  $ wasp-conform --vectors $SRC/tests/conformance/negative wasp-run --engine | sed 's,^/.*/,,'
  wrong.vec:7: wrong-executed: run 1 of 1 failed
      executed: expected true, got false
  wrong.vec:14: wrong-verdict: run 1 of 1 failed
      verdict: expected forward, got drop
  wrong.vec:20: wrong-steps: run 1 of 1 failed
      steps: expected 3, got 2
  wrong.vec:26: wrong-cost: run 1 of 1 failed
      cost: expected 3, got 2
  wrong.vec:34: wrong-accesses: run 1 of 1 failed
      accesses: expected 0, got 1
  wrong.vec:41: wrong-cursor: run 1 of 1 failed
      cursor: expected 0, got 1
  wrong.vec:47: wrong-hops: run 1 of 1 failed
      hops: expected 2, got 1
  wrong.vec:54: wrong-fault: run 1 of 1 failed
      fault: expected program-2, got program-3
  wrong.vec:61: wrong-fault_pc: run 1 of 1 failed
      fault_pc: expected 0, got 1
  wrong.vec:67: wrong-marks: run 1 of 1 failed
      marks: expected 0x00, got 0x80
  wrong.vec:73: wrong-checksum: run 1 of 1 failed
      checksum: expected 0001, got 8f82
  wrong.vec:82: wrong-word: run 1 of 1 failed
      word 1: expected 0x00000006, got 0x00000007
  wrong.vec:92: wrong-store-words: run 1 of 1 failed
      store 0x0000000000000001: expected 0.000000000: 1, got 0.000000000: 2
  wrong.vec:101: wrong-store-age: run 1 of 1 failed
      store 0x0000000000000001: expected -1.000000000: 0, got 0.000000000: 0
  wrong.vec:110: wrong-store-missing: run 1 of 1 failed
      store 0x0000000000000001: expected 0.000000000: 0, got no entry
  wrong.vec:119: wrong-store-extra: run 1 of 1 failed
      store 0x0000000000000001: expected no entry, got 0.000000000: 0
  wrong.vec:125: wrong-rerouted: run 1 of 1 failed
      rerouted: expected 192.0.2.1, got null
  17 vectors: 0 passed, 17 failed, 0 skipped
  $ wasp-conform --json --vectors $SRC/tests/conformance/negative wasp-run --engine >n.json; echo $?
  1
  $ jq -r 'select(.type == "vector") | "\(.name | ltrimstr("wrong-") | split("-")[0]) \([.differences[].field | split(" ")[0]] | join(" "))"' n.json | awk '$1 != $2 || NF != 2'
  $ tail -n 1 n.json
  {"v":1,"type":"end","vectors":17,"passed":0,"failed":17,"skipped":0,"counts":true}
  $ head -n 1 n.json | jq -c 'del(.file)'
  {"v":1,"type":"vector","name":"wrong-executed","line":4,"result":"failed","run":1,"declined":null,"differences":[{"field":"executed","expected":"true","got":"false"}]}

An engine that lies in one member of its reply, or leaves it out, fails.

  $ ref="wasp-run --engine"
  > engine() { wasp-conform --vectors three.vec -k verdict-forward python3 $SRC/tests/bad-engine.py "$@" $ref; }
  > for m in executed verdict steps cost accesses packet rerouted store v; do
  > 	echo "$m:"; engine lie=$m | sed 1d; done
  executed:
      executed: expected true, got false
  1 vector: 0 passed, 1 failed, 0 skipped
  verdict:
      verdict: expected forward, got bounce
  1 vector: 0 passed, 1 failed, 0 skipped
  steps:
      steps: expected 1, got no integer
  1 vector: 0 passed, 1 failed, 0 skipped
  cost:
      cost: expected 1, got -1
  1 vector: 0 passed, 1 failed, 0 skipped
  accesses:
      accesses: expected 0, got 9
  1 vector: 0 passed, 1 failed, 0 skipped
  packet:
      packet: expected 20 bytes, got 5741
  1 vector: 0 passed, 1 failed, 0 skipped
  rerouted:
      rerouted: expected null, got ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff
  1 vector: 0 passed, 1 failed, 0 skipped
  store:
      store: expected 0 entries, got no array
  1 vector: 0 passed, 1 failed, 0 skipped
  v:
      reply: expected v 1, type "ran", got ran
  1 vector: 0 passed, 1 failed, 0 skipped
  $ ref="wasp-run --engine"
  > engine() { wasp-conform --vectors three.vec -k verdict-forward python3 $SRC/tests/bad-engine.py "$@" $ref; }
  > for m in executed verdict steps cost accesses packet rerouted store; do
  > 	echo "$m:"; engine without=$m | sed 1d; done
  executed:
      executed: expected true, got no boolean
  1 vector: 0 passed, 1 failed, 0 skipped
  verdict:
      verdict: expected forward, got no string
  1 vector: 0 passed, 1 failed, 0 skipped
  steps:
      steps: expected 1, got no integer
  1 vector: 0 passed, 1 failed, 0 skipped
  cost:
      cost: expected 1, got no integer
  1 vector: 0 passed, 1 failed, 0 skipped
  accesses:
      accesses: expected 0, got no integer
  1 vector: 0 passed, 1 failed, 0 skipped
  packet:
      packet: expected 20 bytes, got no string
  1 vector: 0 passed, 1 failed, 0 skipped
  rerouted:
      rerouted: expected null, got no address
  1 vector: 0 passed, 1 failed, 0 skipped
  store:
      store: expected 0 entries, got no array
  1 vector: 0 passed, 1 failed, 0 skipped

One that changes any byte of the packet that it must not, or wrongly.

  $ for b in 0 3 6 7 8 9 11 12 15 17 18; do
  > 	wasp-conform --vectors three.vec -k verdict-forward python3 $SRC/tests/bad-engine.py byte=$b wasp-run --engine | sed 1d
  > done
      header: expected 5741183b0100, got 4741183b0100
  1 vector: 0 passed, 1 failed, 0 skipped
      header: expected 5741183b0100, got 5741182b0100
  1 vector: 0 passed, 1 failed, 0 skipped
      cursor: expected 0, got 16
  1 vector: 0 passed, 1 failed, 0 skipped
      hops: expected 1, got 17
  1 vector: 0 passed, 1 failed, 0 skipped
      fault: expected none, got unknown-16
  1 vector: 0 passed, 1 failed, 0 skipped
      fault_pc: expected 0, got 16
  1 vector: 0 passed, 1 failed, 0 skipped
      checksum: expected 8f82, got 8f92
  1 vector: 0 passed, 1 failed, 0 skipped
      header: expected 00000000, got 10000000
  1 vector: 0 passed, 1 failed, 0 skipped
      header: expected 00000000, got 00000010
  1 vector: 0 passed, 1 failed, 0 skipped
      code: expected 00000000, got 00100000
  1 vector: 0 passed, 1 failed, 0 skipped
      code: expected 00000000, got 00001000
  1 vector: 0 passed, 1 failed, 0 skipped

One that dies, hangs, or prints something else fails in that vector, and the next one
has a new engine.

  $ for how in die hang garbage error; do echo "$how:"
  > 	wasp-conform --timeout 6s --vectors three.vec python3 $SRC/tests/bad-engine.py $how wasp-run --engine 2>&1 | sed 's,^/.*/,,'
  > done
  die:
  three.vec:8: verdict-drop: run 1 of 1 failed
      engine: expected a reply, got none: the engine died
  3 vectors: 2 passed, 1 failed, 0 skipped
  hang:
  three.vec:8: verdict-drop: run 1 of 1 failed
      engine: expected a reply, got none: the engine gave no answer in time
  3 vectors: 2 passed, 1 failed, 0 skipped
  garbage:
  three.vec:8: verdict-drop: run 1 of 1 failed
      engine: expected a reply, got none: the engine answered with something else than one JSON object
  3 vectors: 2 passed, 1 failed, 0 skipped
  error:
  three.vec:8: verdict-drop: run 1 of 1 failed
      reply: expected v 1, type "ran", got no such node
  3 vectors: 2 passed, 1 failed, 0 skipped
  $ wasp-conform --timeout 6s --vectors three.vec python3 $SRC/tests/bad-engine.py twice wasp-run --engine | tail -n 1
  3 vectors: 2 passed, 1 failed, 0 skipped

One that can not be started, or can not greet.

  $ wasp-conform --vectors three.vec ./no-such-engine
  wasp-conform: ./no-such-engine: No such file or directory
  [5]
  $ wasp-conform --vectors three.vec false
  wasp-conform: false: greeted, the engine died
  [5]
  $ wasp-conform --vectors three.vec echo hello
  wasp-conform: echo: greeted, the engine answered with something else than one JSON object
  [5]
  $ wasp-conform --timeout 200ms --vectors three.vec sleep 10
  wasp-conform: sleep: greeted, the engine gave no answer in time
  [5]
  $ for text in '[]' '{}' '{"v":2,"type":"hello"}' '{"v":1,"type":"ran"}' '{"v":1,"type":"hello"}' '{"v":1,"type":"hello","engine":"x","declines":["all"]}'; do
  > 	wasp-conform --vectors three.vec python3 $SRC/tests/bad-engine.py "greet=$text" wasp-run --engine; echo $?; done
  5
  5
  5
  5
  5
  5
  wasp-conform: python3: greeted, the engine answered with something else than one JSON object
  wasp-conform: python3: its greeting is not of version 1
  wasp-conform: python3: its greeting is not of version 1
  wasp-conform: python3: its greeting is not of type "hello"
  wasp-conform: python3: its greeting lacks the name of the engine
  wasp-conform: python3: its greeting declines what there is not

What an engine declines is skipped, or not compared, and that is said.

  $ cat >skips.vec <<'.'
  > vector with-capacity
  > capacity 2
  > program ingress
  > 	forward
  > expect forward steps 1
  > vector with-invitations
  > rights invite
  > program ingress
  > 	forward
  > expect forward steps 1
  > vector with-limits
  > access_max 9
  > program ingress
  > 	forward
  > expect forward steps 1
  > vector plain
  > program ingress
  > 	forward
  > expect forward steps 1
  > .
  $ wasp-conform --vectors skips.vec python3 $SRC/tests/bad-engine.py decline=capacity,invitations,limits wasp-run --engine
  skips.vec:1: with-capacity: skipped, the engine declines capacity
  skips.vec:6: with-invitations: skipped, the engine declines invitations
  skips.vec:11: with-limits: skipped, the engine declines limits
  4 vectors: 1 passed, 0 failed, 3 skipped
  [1]
  $ wasp-conform --tap --allow-skip --vectors skips.vec python3 $SRC/tests/bad-engine.py decline=capacity wasp-run --engine
  ok 1 - with-capacity # SKIP the engine declines capacity
  ok 2 - with-invitations
  ok 3 - with-limits
  ok 4 - plain
  1..4
  $ wasp-conform --vectors skips.vec python3 $SRC/tests/bad-engine.py decline=counts wasp-run --engine
  4 vectors: 4 passed, 0 failed, 0 skipped; steps, cost and accesses not compared
  [1]
  $ wasp-conform --allow-skip --vectors skips.vec python3 $SRC/tests/bad-engine.py decline=counts wasp-run --engine
  4 vectors: 4 passed, 0 failed, 0 skipped; steps, cost and accesses not compared
  $ wasp-conform --list --vectors skips.vec -k 'with-*'
  with-capacity                            skips.vec:1
  with-invitations                         skips.vec:6
  with-limits                              skips.vec:11
  $ wasp-conform --json --list --vectors skips.vec -k plain
  {"v":1,"name":"plain","file":"skips.vec","line":16}

What the vectors have had executed; a row that none has is told, and the status is 1.

  $ wasp-conform --coverage --vectors three.vec wasp-run --engine >cov; echo $?
  1
  $ sed -n '1,6p' cov
  instruction
    FORWARD                                       1
    DROP                                          1
    RETURN                                        1
    FAULT                                         0  never
    LD_R                                          0  never
  $ grep -A 4 ^verdict cov; tail -n 2 cov
  verdict
    forward                                       1
    drop                                          1
    return                                        1
    past the end                                  0  never
  258 not covered
  3 vectors: 3 passed, 0 failed, 0 skipped
  $ wasp-conform --json --coverage --vectors three.vec wasp-run --engine | jq -c 'select(.type == "coverage").rows[:2], select(.type == "end")'
  [{"group":"instruction","name":"FORWARD","runs":1},{"group":"instruction","name":"DROP","runs":1}]
  {"v":1,"type":"end","vectors":3,"passed":3,"failed":0,"skipped":0,"counts":true}
  $ wasp-conform --coverage --vectors three.vec python3 $SRC/tests/bad-engine.py without=trace wasp-run --engine
  wasp-conform: python3: the engine does not tell the steps of a run, which --coverage needs
  [5]

Misuse.

  $ wasp-conform
  wasp-conform: the engine is missing; try 'wasp-conform --help'
  [2]
  $ wasp-conform --vectors skips.vec -k nothing wasp-run --engine
  wasp-conform: --select: no vector is called 'nothing'; try 'wasp-conform --help'
  [2]
  $ wasp-conform --timeout 10us true
  wasp-conform: --timeout: at least 1ms is needed; try 'wasp-conform --help'
  [2]
  $ wasp-conform --tap --coverage true
  wasp-conform: --coverage can not be told in TAP; try 'wasp-conform --help'
  [2]
  $ wasp-conform --vectors missing.vec true
  wasp-conform: missing.vec: No such file or directory
  [3]
  $ mkdir empty; wasp-conform --vectors empty true
  wasp-conform: empty: no files *.vec
  [3]

CONFORM_STATEMENT: a statement that is unknown, or stands in the wrong place, or has too
few or too many values.

  $ bad() { printf "$1" >bad.vec; wasp-conform --list --vectors bad.vec; echo "[$?]"; }
  > bad 'verdict forward\n'
  > bad 'program ingress\n\tforward\n'
  > bad 'vector a\nvecto b\n'
  > bad 'vector\n'
  > bad 'vector a\n\tindented\n'
  > bad 'vector a\nprogram ingress\n\tforward\nword 0 0\n'
  > bad 'vector a\nprogram ingress\n\tforward\nrun ingress\ncapacity 3\n'
  > bad 'vector a\nprogram ingress\n\tforward\nexpect forward steps 1\nrights none\n'
  [3]
  [3]
  [3]
  [3]
  [3]
  [3]
  [3]
  [3]
  bad.vec:1: error: there is no statement 'verdict' [WASP-T001]
      verdict forward
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:1: error: program can not stand before the first vector [WASP-T001]
      program ingress
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:2: error: there is no statement 'vecto' [WASP-T001]
      vecto b
      hint: did you mean 'vector'?
  bad.vec:1: error: vector takes 1 value, and there are 0 [WASP-T001]
      vector
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:2: error: only program, words and packet have indented lines [WASP-T001]
      	indented
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:4: error: word can not stand before expect [WASP-T001]
      word 0 0
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:5: error: capacity can not stand behind run [WASP-T001]
      capacity 3
      hint: wasp-vector(5) lists the statements and where each may stand.
  bad.vec:5: error: rights can not stand behind expect [WASP-T001]
      rights none
      hint: wasp-vector(5) lists the statements and where each may stand.

CONFORM_VALUE: a value that is none.

  $ bad() { printf "vector a\n$1" >bad.vec; wasp-conform --list --vectors bad.vec 2>&1 | sed -n 1p; }
  > bad 'capacity 0\n'; bad 'capacity 65537\n'; bad 'capacity x\n'
  > bad 'private_secret 00\n'; bad 'entry 1 0 4294967296\n'
  > bad 'entry private:1 0 1\n'; bad 'entry 1 1.2345678901\n'; bad 'entry 1 now\n'
  > bad 'entry invitation:1 0\n'; bad 'entry invitation:ingress:x:1 0\n'
  > bad 'env src 1\n'; bad 'env nothing 1\n'; bad 'env hops 3\n'; bad 'env mtu big\n'
  > bad 'rights king\n'; bad 'rights operater\n'; bad 'reroute here\n'; bad 'source 1\n'
  > p='program ingress\n\tforward\n\t.data\n\tk: .word 1\n'
  > bad "${p}run backwards\n"; bad "${p}run ingress same\n"
  > bad "${p}run ingress 1\nexpect forward steps 1\nrun ingress 0.5\nexpect forward steps 1\n"
  > bad "entry 1 -10\n${p}expect forward steps 1\n"
  > bad "entry 1 1\n${p}expect forward steps 1\n"
  > bad "capacity 1\nentry 1 0\nentry 2 0\n${p}expect forward steps 1\n"
  > bad "${p}expect\n"; bad "${p}expect forward\n"; bad "${p}expect forward steps\n"
  > bad "${p}expect fault\n"; bad "${p}expect fault none 0 steps 1\n"
  > bad "${p}expect fault program-9 128 steps 1\n"; bad "${p}expect forwards steps 1\n"
  > bad "${p}expect forward steps 1\nword 1 0\n"; bad "${p}expect forward steps 1\nword 0 1 2\n"
  > bad 'rights operator\nprogram\n\t.hooks ingress\n\t.header flags, 9\n\tdrop\nexpect nothing\n'
  > bad "${p}expect forward steps 1\nword l 1\n"; bad "${p}expect forward steps 1\nmarks odd\n"
  bad.vec:2: error: a store has room for one entry at least [WASP-T002]
  bad.vec:2: error: '65537' is not a number from 0 to 65536 [WASP-T002]
  bad.vec:2: error: 'x' is not a number from 0 to 65536 [WASP-T002]
  bad.vec:2: error: a secret has 32 digits [WASP-T002]
  bad.vec:2: error: '4294967296' is not a number from 0 to 4294967295 [WASP-T002]
  bad.vec:2: error: the program whose private key this is comes first [WASP-T002]
  bad.vec:2: error: '1.2345678901' is not a number of seconds, such as -9.5 [WASP-T002]
  bad.vec:2: error: 'now' is not a number of seconds, such as -9.5 [WASP-T002]
  bad.vec:2: error: an invitation is written invitation:SIDE:INTERFACE:SECRET [WASP-T002]
  bad.vec:2: error: 'x' is not a number from 0 to 4294967295 [WASP-T002]
  bad.vec:2: error: '1' is not an address [WASP-T002]
  bad.vec:2: error: there is no field 'nothing' [WASP-T002]
  bad.vec:2: error: hops is what the packet and the hook say [WASP-T002]
  bad.vec:2: error: 'big' is not a number from 0 to 4294967295 [WASP-T002]
  bad.vec:2: error: 'king' is not known here [WASP-T002]
  bad.vec:2: error: 'operater' is not known here [WASP-T002]
  bad.vec:2: error: 'here' is not an address [WASP-T002]
  bad.vec:2: error: '1' is not an address [WASP-T002]
  bad.vec:6: error: 'backwards' is not known here [WASP-T002]
  bad.vec:6: error: no run before this one [WASP-T002]
  bad.vec:9: error: time never steps back [WASP-T002]
  bad.vec:7: error: an entry of the store does not live then [WASP-T002]
  bad.vec:7: error: an entry of the store does not live then [WASP-T002]
  bad.vec:9: error: more entries than the store has room for [WASP-T002]
  bad.vec:6: error: expect takes 1 to 9 values, and there are 0 [WASP-T001]
  bad.vec:6: error: expect VERDICT steps N [cost N] [accesses N] [WASP-T002]
  bad.vec:6: error: expect VERDICT steps N [cost N] [accesses N] [WASP-T002]
  bad.vec:6: error: expect fault NAME PC [WASP-T002]
  bad.vec:6: error: 'none' is not known here [WASP-T002]
  bad.vec:6: error: '128' is not a number from 0 to 127 [WASP-T002]
  bad.vec:6: error: 'forwards' is not known here [WASP-T002]
  bad.vec:7: error: there is no word 1, of 1 [WASP-T002]
  bad.vec:7: error: there is no word 1 [WASP-T002]
  bad.vec:7: error: a packet on its way back has no rights [WASP-T002]
  bad.vec:7: error: the program has no words 'l' [WASP-T002]
  bad.vec:7: error: 'odd' is not known here [WASP-T002]

  $ for name in a/b $(printf %064d 0); do
  > 	echo "vector $name" >bad.vec; wasp-conform --list --vectors bad.vec 2>&1 | sed 1q
  > done
  bad.vec:1: error: a name is at most 63 letters, digits, - and _ [WASP-T002]
  bad.vec:1: error: a name is at most 63 letters, digits, - and _ [WASP-T002]

CONFORM_VECTOR: a vector that is not whole, or is there twice.

  $ bad() { printf "$1" >bad.vec; wasp-conform --list --vectors bad.vec; echo "[$?]"; }
  > p='program ingress\n\tforward\n'
  > bad "vector a\n"
  > bad "vector a\n$p"
  > bad "vector a\nexpect nothing\n"
  > bad "vector a\n${p}run ingress\nvector b\n"
  > bad "vector a\n${p}expect forward steps 1\nvector a\n"
  [3]
  [3]
  [3]
  [3]
  [3]
  bad.vec:1: error: a vector without expect [WASP-T003]
      hint: Write what is missing; a name is one in all files that are read together.
  bad.vec:1: error: a vector without expect [WASP-T003]
      hint: Write what is missing; a name is one in all files that are read together.
  bad.vec:2: error: a packet must be given first: program, words or packet [WASP-T003]
      expect nothing
      hint: Write what is missing; a name is one in all files that are read together.
  bad.vec:4: error: a run without expect [WASP-T003]
      hint: Write what is missing; a name is one in all files that are read together.
  bad.vec:5: error: there is a vector a already, bad.vec:1 [WASP-T003]
      vector a
      hint: Write what is missing; a name is one in all files that are read together.

CONFORM_PACKET: what is no packet; and a program that does not assemble.

  $ bad() { printf "vector a\n$1" >bad.vec; wasp-conform --list --vectors bad.vec; echo "[$?]"; }
  > bad 'packet\n\t5741\n'
  > bad 'packet\n\t5741 1x\n'
  > bad 'packet\n\t5741183b0100000000008ec400000000 01000000 00\n'
  > bad 'words ingress\n\t0000 123\n'
  > bad 'program ingress\n\tforward\n\tforwards\nexpect nothing\n'
  > bad 'program ingress\n\t.header version, 2\n\tforward\nexpect nothing\n'
  [3]
  [3]
  [3]
  [3]
  [3]
  [3]
  bad.vec:2: error: no WASP packet: shorter than the 16 bytes of a header [WASP-T004]
      packet
      hint: Count the bytes: 16 of header, the code padded to a multiple of 4, 4 for each word of the scratchpad.
  bad.vec:2: error: a packet is bytes of two digits each, 528 at most [WASP-T004]
      packet
      hint: Count the bytes: 16 of header, the code padded to a multiple of 4, 4 for each word of the scratchpad.
  bad.vec:2: error: bytes behind the last word of the scratchpad [WASP-T004]
      packet
      hint: Count the bytes: 16 of header, the code padded to a multiple of 4, 4 for each word of the scratchpad.
  bad.vec:2: error: '123' is neither an instruction, four digits, nor a word, eight [WASP-T004]
      words ingress
      hint: Count the bytes: 16 of header, the code padded to a multiple of 4, 4 for each word of the scratchpad.
  bad.vec:4:2: error: there is no instruction 'forwards' [WASP-A008]
      	forwards
      	^^^^^^^^
      hint: did you mean 'forward'?
  bad.vec:2: error: no WASP packet: the version is not 1 [WASP-T004]
      program ingress
      hint: Count the bytes: 16 of header, the code padded to a multiple of 4, 4 for each word of the scratchpad.
  $ wasp-conform --json --list --vectors bad.vec 2>&1 | jq -c '[.v, .id, .line]'
  [1,"WASP-T004",2]

Nobody reads what it says: it ends as others do, by the signal.

  $ (while [ ! -e gone ]; do sleep 0.1; done; wasp-conform -v --vectors three.vec wasp-run --engine; echo $? >status) | { exec <&-; >gone; }
  $ cat status
  141
