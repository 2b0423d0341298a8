One node: verdict, words and store, for people and as JSON.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-run count.wo
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0

The same packet three times: the third is over the limit.

  $ wasp-run --set limit=2 --repeat 3 <count.wo
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          1
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          2
  3: node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         2
  seen          3
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      2 ms  3 0 0 0 0 0 0 0

  $ wasp-run --json --set limit=1 --repeat 2 count.wo
  {"v":1,"type":"run","packet":1,"node":1,"hook":"ingress","time_ns":1700000000000000000,"executed":true,"verdict":"forward","steps":9,"cost":32,"accesses":1,"code_hash":"182ac2a104b09f6d","status":0,"fault":null,"fault_pc":0,"marked_rerouted":false,"hops":1,"cursor":0,"scratchpad":[431621115,2586467486,1,1],"words":{"group":"0x19ba03fb9a2a5c9e","limit":1,"seen":1},"records":null,"store":[{"node":1,"key":"0x19ba03fb9a2a5c9e","words":[1,0,0,0,0,0,0,0],"created":1700000000000000000,"age_ms":0}]}
  {"v":1,"type":"run","packet":2,"node":1,"hook":"ingress","time_ns":1700000000001000000,"executed":true,"verdict":"drop","steps":9,"cost":32,"accesses":1,"code_hash":"182ac2a104b09f6d","status":0,"fault":null,"fault_pc":0,"marked_rerouted":false,"hops":1,"cursor":0,"scratchpad":[431621115,2586467486,1,2],"words":{"group":"0x19ba03fb9a2a5c9e","limit":1,"seen":2},"records":null,"store":[{"node":1,"key":"0x19ba03fb9a2a5c9e","words":[2,0,0,0,0,0,0,0],"created":1700000000000000000,"age_ms":1}]}

Each step.

  $ wasp-run --trace count.wo
  node 192.0.2.1, ingress
      0  insert r0, [group]          [group]=0x19ba03fb9a2a5c9e -> r0=2; created
      1  bz r0, out                  r0=2; no jump
      2  mov r1, t0                  t0=0 -> r1=0
      3  addi r1, 1                  r1=0 -> r1=1
      4  mov t0, r1                  r1=1 -> t0=1
      5  st r1, [seen]               r1=1 -> [seen]=1
      6  ld r2, [limit]              [limit]=5 -> r2=5
      7  bltu r2, r1, over           r2=5 r1=1; no jump
      8  forward                     forward
  node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0

  $ wasp-run --trace --json count.wo | head -c 600; echo
  {"v":1,"type":"step","packet":1,"node":1,"hook":"ingress","step":1,"file":"count.wasp","line":55,"pc":0,"insn":"insert r0, [group]","reads":{"[group]":"0x19ba03fb9a2a5c9e"},"writes":{"r0":2},"remark":"created"}
  {"v":1,"type":"step","packet":1,"node":1,"hook":"ingress","step":2,"file":"count.wasp","line":56,"pc":1,"insn":"bz r0, out","reads":{"r0":2},"writes":{},"remark":"no jump"}
  {"v":1,"type":"step","packet":1,"node":1,"hook":"ingress","step":3,"file":"count.wasp","line":57,"pc":2,"insn":"mov r1, t0","reads":{"t0":0},"writes":{"r1":0},"remark":""}
  {"v":1,"type":"step","packet":1,"node":1,"ho

An object without notes: words by their index.

  $ wasp-as --strip -o bare.wo $SRC/examples/count.wasp
  $ wasp-run --set 2=0 - <bare.wo
  node 192.0.2.1, ingress: drop; 9 steps, cost 32, 1 store access
  [0]           431621115 (0x19ba03fb)
  [1]           2586467486 (0x9a2a5c9e)
  [2]           0
  [3]           1
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0

A program that must not run at that hook.

  $ wasp-run --hook egress count.wo
  not run: it has no hook egress
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          0
  $ wasp-run --hook egress --json count.wo
  {"v":1,"type":"run","packet":1,"node":1,"hook":"egress","time_ns":1700000000000000000,"executed":false,"verdict":"forward","steps":0,"cost":0,"accesses":0,"code_hash":"182ac2a104b09f6d","status":0,"fault":null,"fault_pc":0,"marked_rerouted":false,"hops":0,"cursor":0,"scratchpad":[431621115,2586467486,5,0],"words":{"group":"0x19ba03fb9a2a5c9e","limit":5,"seen":0},"records":null,"reason":"it has no hook egress","store":[]}
  $ wasp-run --back count.wo
  not run: it is on its way back and has no hook back
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          0
