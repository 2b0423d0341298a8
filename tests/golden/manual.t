What README.md, wasp-as(1), wasp-dis(1) and wasp-verify(1) show is true.

  $ cp $SRC/examples/count.wasp $SRC/examples/trace.wasp .
  $ examples() { sed -n '/^\.Sh EXAMPLES/,/^\.Sh [DS]/s/^\.Dl \$ //p' "$SRC/man/$1" | grep -v 'wasp-send\|jq'; }
  > sed -n '/^# edge.policy/,/^\.Ed/p' "$SRC/man/wasp-policy.5" | grep -v '^\.' >edge.policy
  > wasp-as -o a.wo count.wasp && wasp-as --strip -o b.bin count.wasp
  > for page in wasp-as.1 wasp-dis.1 wasp-verify.1; do
  >     examples $page | while read -r command; do
  >         echo "$command"; sh -c "$command" 2>&1; done; done
  wasp-as -o count.wo count.wasp
  wasp-as --strip count.wasp | od -An -tx1
   57 41 18 3b 0a 04 00 00 00 00 ff eb 00 00 00 00
   f0 40 d0 06 32 00 62 01 32 80 22 03 14 02 b4 41
   00 00 01 00 19 ba 03 fb 9a 2a 5c 9e 00 00 00 05
   00 00 00 00
  wasp-dis a.wo | wasp-as --strip - | cmp - b.bin
  wasp-as trace.wasp | wasp-verify
  <stdin>: safe: at most 7 steps, cost 7, 0 store accesses; hooks egress, back; keys none
    a run at          steps       cost  accesses  pushes  ends with
    egress                7          7         0       3  forward, return
    egress, back          7          7         0       3  forward, return
    push: at most 6 words at a node, room for 63: 10 nodes
  wasp-verify --policy edge.policy count.wo
  count.wo: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
  wasp-verify --critical count.wo
  count.wo: safe: at most 9 steps, cost 32, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..9     26..32         1       0  forward, drop
    costliest path at ingress: 32
      cost     sum
        24      24  line 55    insert r0, [group]
         1      25  line 56    bz r0, out
         1      26  line 57    mov r1, t0
         1      27  line 58    addi r1, 1
         1      28  line 59    mov t0, r1
         1      29  line 60    st r1, [seen]
         1      30  line 61    ld r2, [limit]
         1      31  line 62    bltu r2, r1, over
         1      32  line 63    forward
  wasp-as trace.wasp | wasp-verify --hops 12
  trace.wasp:67: warning: at node 11 of 12, push finds no room: a node pushes up to 6 words, and there is room for 63 [WASP-V020 -Wpush-room]
      push    node4
      why: From that node on, push writes nothing and marks the packet; what the reply brings is cut off there.
      hint: Reserve more words with .space, or push less at each node.
  <stdin>: safe: at most 7 steps, cost 7, 0 store accesses; hooks egress, back; keys none
    a run at          steps       cost  accesses  pushes  ends with
    egress                7          7         0       3  forward, return
    egress, back          7          7         0       3  forward, return
    push: at most 6 words at a node, room for 63: 10 nodes
    over 12 nodes: at most 63 words, 252 bytes, then no room

The source in wasp-dis(1):

  $ sed -n '/^\$ wasp-as count.wasp | wasp-dis$/,/^\.Ed/p' $SRC/man/wasp-dis.1 | sed '1d;$d' >shown
  > wasp-as count.wasp | wasp-dis | diff shown -
  $ sed -n '/^\$ wasp-as count.wasp | wasp-dis -ae/,/^\.Ed/p' $SRC/man/wasp-dis.1 | sed '1d;$d;s/^\\&//' >shown
  > wasp-as count.wasp | wasp-dis -ae --ascii | tail -n 10 | diff shown -

The program of README.md, which is meant to pass five times:

  $ sed -n '/^    ; count.wasp/,/^    over/s/^    //p' $SRC/README.md >count.wasp
  > wasp-as count.wasp | wasp-verify
  > wasp-as count.wasp | wasp-run --repeat 7 | grep -o '^[0-9]: .* ingress: [a-z]*'
  <stdin>: safe: at most 8 steps, cost 31, 1 store access; hooks ingress; keys public
    a run at          steps       cost  accesses  pushes  ends with
    ingress            3..8     26..31         1       0  forward, drop
  1: node 192.0.2.1, ingress: forward
  2: node 192.0.2.1, ingress: forward
  3: node 192.0.2.1, ingress: forward
  4: node 192.0.2.1, ingress: forward
  5: node 192.0.2.1, ingress: forward
  6: node 192.0.2.1, ingress: drop
  7: node 192.0.2.1, ingress: drop
