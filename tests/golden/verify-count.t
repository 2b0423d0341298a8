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
  $ wasp-as count.wasp | wasp-verify
  <stdin>: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
  $ wasp-verify -q count.wo
  $ wasp-verify --json count.wo
  {"v":1,"code_hash":"182ac2a104b09f6d","accepted":true,"max_cost":32,"max_steps":9,"max_accesses":1,"hooks":["ingress"],"keys":["public"],"file":"count.wo","errors":[],"warnings":[]}

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
  $ wasp-verify --max-steps 8 --max-cost 31 count.wo
  count.wasp:17: error: a path takes 9 steps, the limit is 8 [WASP-V006]
      out:    forward
      hint: The limit was given to the verifier. Shorten that path, or give a larger --max-steps.
  note: by way of lines 9-17
  count.wasp:17: error: a path takes 32 units of cost, the limit is 31 [WASP-V007]
      out:    forward
      hint: The limit was given to the verifier. Store instructions cost most: leave one out on that path, or give a larger --max-cost.
  note: by way of lines 9-17
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
  ["WASP-V007",8,17,32,[0,1,2,3,4,5,6,7,8],"a path takes 32 units of cost, the limit is 31"]

The examples are safe, and there is nothing to warn of.

  $ for f in "$SRC"/examples/*.wasp; do wasp-as "$f" | wasp-verify -q || echo "$f: $?"; done
  $ for f in "$SRC"/examples/*.wasp; do wasp-as "$f" | wasp-verify --json | jq -c '.warnings[]'; done
