Every fault: a packet that faults is forwarded, and the exit status is 1.

ILLEGAL

  $ printf '.hooks ingress\nldi r0, 1\n.insn 0xffff\n' | wasp-as | wasp-run
  node 192.0.2.1, ingress: forward with a fault; 2 steps, cost 1
  fault illegal-instruction at pc 1, line 3: .insn 0xffff
  A word that is no instruction: an unused code, or an unused field that is not zero.
  [1]

SCRATCHPAD

  $ printf '.hooks ingress\n.data\na: .word 3\n.text\n.insn 0x1001\n' | wasp-as | wasp-run
  node 192.0.2.1, ingress: forward with a fault; 1 step, cost 1
  fault scratchpad-range at pc 0, line 5: ld r0, [1]
  A scratchpad word that the packet does not have.
  a             3
  [1]

UNMAPPED

  $ printf '.hooks ingress\npush t0\n' | wasp-as | wasp-run
  node 192.0.2.1, ingress: forward with a fault; 1 step, cost 1
  fault nothing-mapped at pc 0, line 2: push t0
  An entry word was used while no entry was mapped.
  [1]

READONLY

  $ printf '.hooks ingress\n.data\nk: .key protected, 7\n.text\ninsert r0, [k]\nlookup r0, [k]\nmov t0, r0\n' |
  > wasp-as -o write.wo
  $ wasp-run --operator --store s.json write.wo | head -1
  node 192.0.2.1, ingress: forward; 3 steps, cost 41, 2 store accesses
  $ wasp-run --store s.json write.wo
  node 192.0.2.1, ingress: forward with a fault; 3 steps, cost 41, 2 store accesses
  fault read-only-entry at pc 2, line 7: mov t0, r0
  An entry was written that this packet may only read.
  k             protected 0x4000000000000007
  store: 1 entry
    protected  0x4000000000000007      0 ms  1 0 0 0 0 0 0 0
  [1]

ACCESSES

  $ printf '.hooks ingress\n.data\nk: .key public, 7\n.text\nlookup r0, [k]\nlookup r0, [k]\nlookup r0, [k]\nlookup r0, [k]\nlookup r0, [k]\n' |
  > wasp-as -w | wasp-run
  node 192.0.2.1, ingress: forward with a fault; 5 steps, cost 80, 5 store accesses
  fault too-many-accesses at pc 4, line 9: lookup r0, [k]
  More store instructions in one run than the limit.
  k             public 0x0000000000000007
  [1]

KEYSPACE

  $ printf '.hooks ingress\n.data\nk: .key public, 7\n.text\nreroute r0, [k]\n' | wasp-as -w | wasp-run
  node 192.0.2.1, ingress: forward with a fault; 1 step, cost 32, 1 store access
  fault wrong-key-space at pc 0, line 5: reroute r0, [k]
  A reroute by a key that does not name an invitation.
  k             public 0x0000000000000007
  [1]

PROGRAM

  $ printf '.hooks ingress\n.data\na: .word 0\n.text\nldi r0, 5\nst r0, [a]\nfault 9\n' | wasp-as -o own.wo
  $ wasp-run own.wo
  node 192.0.2.1, ingress: forward with a fault; 3 steps, cost 3
  fault program-9 at pc 2, line 7: fault 9
  The program ended itself with the instruction fault; the number it gave is added to 32.
  a             5
  [1]
  $ wasp-run --json own.wo
  {"v":1,"type":"run","packet":1,"node":1,"hook":"ingress","time_ns":1700000000000000000,"executed":true,"verdict":"forward","steps":3,"cost":3,"accesses":0,"code_hash":"967df9b49e437828","status":41,"fault":"program-9","fault_pc":2,"marked_rerouted":false,"hops":1,"cursor":0,"scratchpad":[5],"words":{"a":5},"records":null,"store":[]}
  [1]

Along a path it runs once.

  $ wasp-run --hops 3 own.wo
  node 192.0.2.1, ingress: forward with a fault; 3 steps, cost 3
  arrived at its destination, node 3 after 2.522 ms; hops 1
  fault program-9 at pc 2, line 7: fault 9
  The program ended itself with the instruction fault; the number it gave is added to 32.
  a             5
  [1]

A push without room is no fault.

  $ printf '.hooks ingress\n.data\n.cursor t\nt: .space 1\n.text\npush ttl\npush ttl\n' | wasp-as | wasp-run --hops 1
  node 192.0.2.1, ingress: forward; 2 steps, cost 2
  arrived at its destination, node 1 after 0.624 ms; hops 1
  mark: a push found no room in the scratchpad
  t             1 of 1 words pushed
       #  ttl  ttl_2
       1   64
