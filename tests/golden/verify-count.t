A program that is safe.

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
  $ wasp-as -o count.wo count.wasp && wasp-verify count.wo
  count.wo: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  $ wasp-as count.wasp | wasp-verify
  <stdin>: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  $ wasp-verify -q count.wo
  $ wasp-verify --json count.wo
  {"v":1,"code_hash":"182ac2a104b09f6d","accepted":true,"max_cost":32,"max_steps":9,"max_accesses":1,"max_pushes":0,"push_nodes":null,"hooks":["ingress"],"keys":["public"],"runs":[{"hook":"ingress","back":false,"min":{"steps":3,"cost":26,"accesses":1,"pushes":0},"max":{"steps":9,"cost":32,"accesses":1,"pushes":0},"ends":["forward","drop"],"critical":[0,1,2,3,4,5,6,7,8]}],"following":0,"file":"count.wo","errors":[],"warnings":[]}

As a filter it passes the bytes on, notes and all, and nothing else.

  $ wasp-verify -o - count.wo | cmp - count.wo
  $ wasp-verify -o copy.wo count.wo && cmp copy.wo count.wo
  $ wasp-as count.wasp | wasp-verify -o - | wasp-dis | tail -1
  over:   drop                                    ;   9  0100
  $ wasp-verify -o copy.wo --json count.wo | jq -c .accepted
  true
  $ wasp-verify -o - --json count.wo 2>json | cmp - count.wo && jq -c .accepted json
  true

Limits.

  $ wasp-verify --max-steps 9 --max-cost 32 --max-accesses 1 count.wo
  count.wo: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  $ wasp-verify --max-steps 8 --max-cost 31 count.wo
  count.wasp:17: error: a path takes 9 steps, the limit is 8 [WASP-V006]
      out:    forward
      why: The limit was given to the verifier, as a node's policy may give it: such a node does not run the program.
      path: line 9: insert r0, [flow]: gives 1..2
            line 10: bz r0, out: not taken (r0 is 1..2)
            line 16: bltu r2, r1, over: not taken
      hint: Shorten that path, or give a larger --max-steps.
  count.wasp:17: error: a path takes 32 units of cost, the limit is 31 [WASP-V007]
      out:    forward
      why: The limit was given to the verifier, as a node's policy may give it: such a node does not run the program.
      path: line 9: insert r0, [flow]: gives 1..2
            line 10: bz r0, out: not taken (r0 is 1..2)
            line 16: bltu r2, r1, over: not taken
      hint: Store instructions cost most: leave one out on that path, or give a larger --max-cost.
  count.wo: rejected: 2 errors
  [1]
  $ wasp-verify --max-cost 31 -o never count.wo 2>/dev/null
  [1]
  $ ls never
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-verify --max-cost 31 -o - count.wo 2>/dev/null
  [1]
  $ wasp-verify --max-cost 31 --json count.wo | jq -c '.accepted, (.errors[] | [.id, .pc, .line, .offset, .path, .message])'
  false
  ["WASP-V007",8,17,32,[{"pc":0,"line":9,"insn":"insert r0, [flow]","outcome":"gives 1..2"},{"pc":1,"line":10,"insn":"bz r0, out","outcome":"not taken (r0 is 1..2)"},{"pc":7,"line":16,"insn":"bltu r2, r1, over","outcome":"not taken"}],"a path takes 32 units of cost, the limit is 31"]

The examples are safe, and there is nothing to warn of.

  $ for f in "$SRC"/examples/*.wasp; do wasp-as "$f" | wasp-verify -q || echo "$f: $?"; done
  $ for f in "$SRC"/examples/*.wasp; do wasp-as "$f" | wasp-verify --json | jq -c '.warnings[]'; done
