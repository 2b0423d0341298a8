Operators' policies: what of a program they do not admit, and what is wrong in a
file of one.  waspd reads the same file (waspd-config).

  $ cat >edge.policy <<'END'
  > # for customers
  > cost = 60
  > forbid-opcodes = {invite, reroute}
  > fields = {hops, hook, ttl}
  > ingress {
  > 	accesses = 1
  > 	spaces = {public}
  > }
  > egress {
  > 	pushed = 4
  > 	safe = true
  > }
  > END
  $ cat >store.wasp <<'END'
  >         .hooks  ingress, egress
  >         .data
  > mine:   .key    protected, "a"
  > flow:   .key    public, "b"
  > secret: .secret 7
  > trail:  .space  4
  >         .cursor trail
  >         .text
  >         env     r0, hook
  >         addi    r0, -1
  >         bz      r0, in
  >         push    hops
  >         push    queue
  >         drop
  > in:     lookup  r0, [mine]
  >         bz      r0, on
  >         push    t0
  > on:     lookup  r0, [flow]
  >         invite  r1, [secret]
  > END

POLICY_NUMBER, POLICY_SPACE, POLICY_OPCODE and POLICY_FIELD, each at the hook where
it is: the branch on the hook is followed.

  $ wasp-as -o store.wo store.wasp && wasp-verify --policy edge.policy store.wo 2>&1 | grep -A1 -e error -e rejected
  store.wasp:19: error: a run takes up to 69 units of cost at ingress, edge.policy:2 allows 60 [WASP-P001]
      invite  r1, [secret]
  --
  store.wasp:18: error: a run takes up to 3 store accesses at ingress, edge.policy:6 allows 1 [WASP-P001]
      on:     lookup  r0, [flow]
  --
  store.wasp:13: error: a run takes up to 8 pushed bytes at egress, edge.policy:10 allows 4 [WASP-P001]
      push    queue
  --
  store.wasp:15: error: the key is of the space protected, and edge.policy:7 does not allow that at ingress [WASP-P002]
      in:     lookup  r0, [mine]
  --
  store.wasp:19: error: the key is of the space invitation, and edge.policy:7 does not allow that at ingress [WASP-P002]
      invite  r1, [secret]
  --
  store.wasp:19: error: edge.policy:3 does not allow 'invite' at ingress [WASP-P003]
      invite  r1, [secret]
  --
  store.wasp:13: error: edge.policy:4 does not allow 'queue' at egress [WASP-P004]
      push    queue
  --
  store.wo: rejected: 7 errors
  $ wasp-verify --json --policy edge.policy store.wo | jq -c '.accepted, (.errors[] | [.id, .line, .pc, .message])'
  false
  ["WASP-P001",19,10,"a run takes up to 69 units of cost at ingress, edge.policy:2 allows 60"]
  ["WASP-P001",18,9,"a run takes up to 3 store accesses at ingress, edge.policy:6 allows 1"]
  ["WASP-P001",13,4,"a run takes up to 8 pushed bytes at egress, edge.policy:10 allows 4"]
  ["WASP-P002",15,6,"the key is of the space protected, and edge.policy:7 does not allow that at ingress"]
  ["WASP-P002",19,10,"the key is of the space invitation, and edge.policy:7 does not allow that at ingress"]
  ["WASP-P003",19,10,"edge.policy:3 does not allow 'invite' at ingress"]
  ["WASP-P004",13,4,"edge.policy:4 does not allow 'queue' at egress"]

Without what is not admitted:

  $ sed -e '/invite/d' -e '/queue/d' -e '/r0, \[flow\]/s/lookup.*/forward/' -e 's/protected/public/' store.wasp | wasp-as | wasp-verify --policy edge.policy
  <stdin>: safe: at most 7 steps, cost 22, 1 store access; hooks ingress, egress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            6..7     21..22         1    0..1  forward
    egress                5          5         0       1  drop
    push: at most 2 words at a node, room for 4: 2 nodes
  <stdin>:+0x2c: warning: 'flow' is never used [WASP-V018 -Wunused-word]
      why: It travels in every packet, and no instruction reads or writes it.
      hint: Remove it, or use it; if it is for the receiver alone, carry it as payload.
  <stdin>:+0x34: warning: 'secret' is never used [WASP-V018 -Wunused-word]
      why: It travels in every packet, and no instruction reads or writes it.
      hint: Remove it, or use it; if it is for the receiver alone, carry it as payload.

POLICY_SAFE, beside the error itself.

  $ printf '\t.hooks egress\n\t.text\n\tmov r0, t0\n' | wasp-as | wasp-verify --policy edge.policy 2>&1 | grep error
  <stdin>:3: error: t0 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
  <stdin>:3: error: edge.policy:11 allows only programs without errors at egress [WASP-P005]
      why: A node with that policy runs only programs in which wasp-verify finds no error.
      hint: Mend the errors that wasp-verify reports without the policy.
  <stdin>: rejected: 2 errors

A filter passes on only what is admitted.

  $ wasp-as $SRC/examples/count.wasp | wasp-verify --policy edge.policy -o count.wo && ls count.wo
  count.wo
  $ wasp-verify --policy edge.policy -o bad.wo store.wo 2>/dev/null; ls bad.wo
  ls: cannot access 'bad.wo': No such file or directory
  [2]

POLICY_FILE_SYNTAX, POLICY_FILE_UNKNOWN, POLICY_FILE_VALUE.

  $ printf 'egress {\n\tcost = 5\n' >bad; wasp-verify --policy bad store.wo
  bad: error: the file ends within a section, a list or a comment [WASP-P006]
      hint: Look for a quote, brace or comment that is not closed before it.
  [3]
  $ printf 'cost = 5\n\nstep = 7\n' >bad; wasp-verify --policy bad store.wo
  bad:3: error: there is no setting 'step' here [WASP-P007]
      step = 7
      hint: did you mean 'steps'?
  [3]
  $ printf 'spaces = {public,\n\tpublick}\ncost = -1\nopcodes = {bgtu}\negress { fields = {} }\n' >bad; wasp-verify --policy bad store.wo
  bad:2: error: spaces: there is no key space 'publick' [WASP-P008]
      	publick}
      hint: did you mean 'public'?
  bad:3: error: cost is -1; allowed are 0 to 1000000 [WASP-P008]
      cost = -1
  bad:4: error: opcodes: there is no instruction 'bgtu' [WASP-P008]
      opcodes = {bgtu}
      hint: did you mean 'bltu'?
  [3]
  $ printf 'egress { fields = {} }\n' >bad; wasp-verify --policy bad store.wo
  bad: error: fields is empty [WASP-P008]
      hint: fields = {none}
  [3]
  $ printf 'fields = {quue}\n' >bad; wasp-verify --json --policy bad store.wo 2>&1 | jq -c '[.id, .file, .line, .message, .hint]'
  ["WASP-P008","bad",1,"fields: there is no environment field 'quue'","did you mean 'queue'?"]
  $ wasp-verify --policy missing store.wo
  wasp-verify: missing: No such file or directory
  [3]

The manual's examples.

  $ sed -n '/^\.Bd -literal/,/^\.Ed/p' $SRC/man/wasp-policy.5 | awk '/^\.Bd/{n++} !/^\./{print > "manual" n}'; ls manual*
  manual1
  manual2
  $ head -1 manual1; for n in 1 2; do wasp-as $SRC/examples/count.wasp | wasp-verify --policy manual$n 2>&1 | grep -v -e why: -e hint:; done
  # edge.policy
  <stdin>: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  count.wasp:55: error: the key is of the space public, and manual2:2 does not allow that at ingress [WASP-P002]
      insert  r0, [group]
  count.wasp:55: error: manual2:3 does not allow 'insert' at ingress [WASP-P003]
      insert  r0, [group]
  count.wasp:57: error: manual2:3 does not allow 'mov' at ingress [WASP-P003]
      mov     r1, t0
  count.wasp:58: error: manual2:3 does not allow 'addi' at ingress [WASP-P003]
      addi    r1, 1
  count.wasp:59: error: manual2:3 does not allow 'mov' at ingress [WASP-P003]
      mov     t0, r1
  count.wasp:62: error: manual2:3 does not allow 'bltu' at ingress [WASP-P003]
      bltu    r2, r1, over
  count.wasp:64: error: manual2:3 does not allow 'drop' at ingress [WASP-P003]
      over:   drop
  <stdin>: rejected: 7 errors
