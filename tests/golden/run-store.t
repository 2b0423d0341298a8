A saved store: made when it is not there, read and written back.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-run --store s.json --time 1700000000.000000001 count.wo | tail -2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0
  $ cat s.json
  [{"node": 1, "key": "0x19ba03fb9a2a5c9e", "words": [1, 0, 0, 0, 0, 0, 0, 0], "created": 1700000000000000001, "age_ms": 0}]

An entry lives ten seconds from its creation, and no access prolongs it.

  $ wasp-run --store s.json --time 1700000009 count.wo | tail -2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e   8999 ms  2 0 0 0 0 0 0 0
  $ wasp-run --store s.json --time 1700000010 count.wo | tail -2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e   9999 ms  3 0 0 0 0 0 0 0
  $ wasp-run --store s.json --time 1700000010.000000001 count.wo | tail -2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0

Without --time the clock is never before the youngest entry.

  $ wasp-run --store s.json count.wo | tail -2
  store: 1 entry
    public     0x19ba03fb9a2a5c9e      0 ms  2 0 0 0 0 0 0 0
  $ jq -c '.[] | .created, .age_ms' s.json
  1700000010000000000
  0

With --load the file stays as it is, and must be there.

  $ cp s.json t.json && wasp-run --load s.json count.wo | tail -1 && cmp s.json t.json
    public     0x19ba03fb9a2a5c9e      0 ms  3 0 0 0 0 0 0 0
  $ wasp-run --load missing.json count.wo
  wasp-run: missing.json: No such file or directory
  [3]
  $ wasp-run --load s.json --store s.json count.wo
  wasp-run: --store and --load both name a saved store; try 'wasp-run --help'
  [2]

A path has a store for each node, in one file.

  $ wasp-run --hops 3 --store path.json count.wo >out
  $ jq -c '.[] | [.node, .key, .words[0]]' path.json
  [1,"0x19ba03fb9a2a5c9e",1]
  [2,"0x19ba03fb9a2a5c9e",1]
  [3,"0x19ba03fb9a2a5c9e",1]
  $ wasp-run --hops 3 --store path.json count.wo | grep seen
  seen          2

A full store: the program goes on, and the packet is marked.

  $ cat >two.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > a:      .key    public, "a"
  > b:      .key    public, "b"
  > got:    .space  2
  >         .text
  >         insert  r0, [a]
  >         st      r0, [got]
  >         insert  r0, [b]
  >         st      r0, [got+1]
  > END
  $ wasp-as two.wasp | wasp-run --capacity 1
  node 192.0.2.1, ingress: forward; 4 steps, cost 50, 2 store accesses
  mark: a store instruction found no room at a node
  a             public 0x16c20860cd93a249
  b             public 0x2fae8b44dcd72ae4
  got           2 0
  store: 1 entry
    public     0x16c20860cd93a249      0 ms  0 0 0 0 0 0 0 0

A value written to an entry survives, a fault loses it.

  $ cat >lose.wasp <<'END'
  >         .hooks  ingress
  >         .data
  > a:      .key    public, "a"
  > fail:   .word   0
  >         .text
  >         ldi     r1, 7
  >         insert  r0, [a]
  >         mov     t0, r1
  >         ld      r2, [fail]
  >         bz      r2, out
  >         fault   3
  > out:    forward
  > END
  $ wasp-as -o lose.wo lose.wasp
  $ wasp-run --set fail=1 lose.wo
  node 192.0.2.1, ingress: forward with a fault; 6 steps, cost 29, 1 store access
  fault program-3 at pc 5, lose.wasp:11: fault 3
  The program ended itself with the instruction fault; the number it gave is added to 32.
  a             public 0x16c20860cd93a249
  fail          1
  store: 1 entry
    public     0x16c20860cd93a249      0 ms  0 0 0 0 0 0 0 0
  [1]
  $ wasp-run lose.wo | tail -1
    public     0x16c20860cd93a249      0 ms  7 0 0 0 0 0 0 0

RUN_STORE_SYNTAX

  $ echo '[{"key":"0x1",' >broken.json; wasp-run --store broken.json count.wo
  broken.json:2:1: error: not a saved store: string or '}' expected near end of file [WASP-R001]
      hint: Remove the file: wasp-run begins with an empty store and writes a new one.
  [3]
  $ echo '{}' >broken.json; wasp-run --store broken.json count.wo
  broken.json:1:1: error: not a saved store: no array of entries [WASP-R001]
      hint: Remove the file: wasp-run begins with an empty store and writes a new one.
  [3]
  $ : >broken.json; wasp-run --json --store broken.json count.wo
  {"v":1,"id":"WASP-R001","severity":"error","class":null,"file":"broken.json","line":1,"col":1,"offset":null,"pc":null,"path":null,"message":"not a saved store: '[' or '{' expected near end of file","hint":"Remove the file: wasp-run begins with an empty store and writes a new one."}
  [3]

RUN_STORE_ENTRY

  $ w='"words":[1,2,3,4,5,6,7,8]' c='"created":1700000000000000000' k='"key":"0x1"'
  > for entry in 7 "{}" "{$k}" "{$k,$w}" "{$k,$c}" "{$w,$c}" '{"key":1,'"$w,$c}" \
  >     '{"key":"1",'"$w,$c}" '{"key":"0x",'"$w,$c}" '{"key":"0xg",'"$w,$c}" \
  >     '{"key":"0x11112222333344445",'"$w,$c}" "{$k,$c,\"words\":[1,2,3,4,5,6,7]}" \
  >     "{$k,$c,\"words\":[1,2,3,4,5,6,7,-1]}" "{$k,$c,\"words\":[1,2,3,4,5,6,7,4294967296]}" \
  >     "{$k,$c,\"words\":[1,2,3,4,5,6,7,8.5]}" "{$k,$w,\"created\":-1}" \
  >     "{$k,$w,\"created\":9223372036854775807}" "{$k,$w,$c,\"node\":2}" "{$k,$w,$c,\"node\":0}"; do
  >     echo "[$entry]" >broken.json
  >     wasp-run --store broken.json count.wo; echo $?
  > done 2>&1
  broken.json: error: entry 0 of the saved store is no object [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no time at which it was created, in nanoseconds [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no key of the form "0x1122334455667788" [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no words, eight numbers of 32 bits [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no time at which it was created, in nanoseconds [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has no time at which it was created, in nanoseconds [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has a node that there is not [WASP-R002]
      hint: Correct or remove that element of the array.
  3
  broken.json: error: entry 0 of the saved store has a node that there is not [WASP-R002]
      hint: Correct or remove that element of the array.
  3

RUN_STORE_REFUSED

  $ w='"words":[1,2,3,4,5,6,7,8]' c='"created":1700000000000000000' k='"key":"0x1"'
  > echo "[{$k,$w,$c},{$k,$w,$c}]" >broken.json; wasp-run --store broken.json count.wo
  > echo "[{$k,$w,$c}]" >broken.json; wasp-run --time 1699999999 --store broken.json count.wo
  > echo "[{$k,$w,$c},{\"key\":\"0x2\",$w,$c}]" >broken.json
  > wasp-run --capacity 1 --store broken.json count.wo
  broken.json: error: entry 1 of the saved store has the key of another one [WASP-R003]
      hint: Remove the entry, or give a later --time, or more --capacity.
  broken.json: error: entry 0 of the saved store will be created only after the time of this run [WASP-R003]
      hint: Remove the entry, or give a later --time, or more --capacity.
  broken.json: error: entry 1 of the saved store has no room [WASP-R003]
      hint: Remove the entry, or give a later --time, or more --capacity.
  [3]

After an error the file is as it was.

  $ cat broken.json
  [{"key":"0x1","words":[1,2,3,4,5,6,7,8],"created":1700000000000000000},{"key":"0x2","words":[1,2,3,4,5,6,7,8],"created":1700000000000000000}]
