Misuse, input that can not be read, output that can not be written.

  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-run --hops 0 count.wo
  wasp-run: --hops: '0' is not a number from 1 to 254; try 'wasp-run --help'
  [2]
  $ wasp-run --hops 255 count.wo
  wasp-run: --hops: '255' is not a number from 1 to 254; try 'wasp-run --help'
  [2]
  $ wasp-run --hook sideways count.wo
  wasp-run: --hook: 'sideways' is neither ingress nor egress; try 'wasp-run --help'
  [2]
  $ wasp-run --role king count.wo
  wasp-run: --role: 'king' is neither client nor guest nor internal; try 'wasp-run --help'
  [2]
  $ wasp-run --hook egress --hops 2 count.wo
  wasp-run: --hook is for one node, and --hops for a path, which has both hooks; try 'wasp-run --help'
  [2]
  $ wasp-run --repeat -1 count.wo
  wasp-run: --repeat: '-1' is not a number from 1 to 1000000; try 'wasp-run --help'
  [2]
  $ wasp-run --capacity 0 count.wo
  wasp-run: --capacity: '0' is not a number from 1 to 1048576; try 'wasp-run --help'
  [2]
  $ wasp-run --interval soon count.wo
  wasp-run: --interval: 'soon' is not a time of at most a day, such as 1.5, 200ms or 50us; try 'wasp-run --help'
  [2]
  $ for t in '' now 1.5.5 -1 1.1234567891 9223372037 1e3; do wasp-run --time "$t" count.wo; done
  wasp-run: --time: '' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: 'now' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: '1.5.5' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: '-1' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: '1.1234567891' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: '9223372037' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  wasp-run: --time: '1e3' is not a number of seconds since 1970 such as 1700000000.5; try 'wasp-run --help'
  [2]
  $ wasp-run --seed x count.wo
  wasp-run: --seed: 'x' is not a number from 0 to 18446744073709551615; try 'wasp-run --help'
  [2]
  $ wasp-run --set limit count.wo
  wasp-run: --set: 'limit' is not of the form NAME=VALUE; try 'wasp-run --help'
  [2]
  $ wasp-run --set limti=1 count.wo
  wasp-run: --set: the object has no word 'limti'; did you mean limit? Try 'wasp-run --help'
  [2]
  $ wasp-run --set limit+1=1 count.wo
  wasp-run: --set: 'limit' has 1 word, and no '+1'; try 'wasp-run --help'
  [2]
  $ wasp-run --set 4=1 count.wo
  wasp-run: --set: there is no word 4; the scratchpad has 4; try 'wasp-run --help'
  [2]
  $ wasp-run --set limit=4294967296 count.wo
  wasp-run: --set: '4294967296' is neither a number of 32 bits nor an address; try 'wasp-run --help'
  [2]
  $ wasp-run --env queue count.wo
  wasp-run: --env: 'queue' is not of the form NAME=VALUE; try 'wasp-run --help'
  [2]
  $ wasp-run --env quue=1 count.wo
  wasp-run: --env: there is no field 'quue'; did you mean queue? Try 'wasp-run --help'
  [2]
  $ wasp-run --env weather=1 count.wo
  wasp-run: --env: there is no field 'weather'; wasp-isa(7) lists them; try 'wasp-run --help'
  [2]
  $ wasp-run --env hops=3 count.wo
  wasp-run: --env: hops is counted in the packet, which .header hops of the source can set; try 'wasp-run --help'
  [2]
  $ wasp-run --env queue=4294967296 count.wo
  wasp-run: --env queue: '4294967296' is not a number from 0 to 4294967295; try 'wasp-run --help'
  [2]
  $ wasp-run --env queue=192.0.2.1 count.wo
  wasp-run: --env queue: '192.0.2.1' is not a number from 0 to 4294967295; try 'wasp-run --help'
  [2]
  $ wasp-run --env node=5 count.wo
  wasp-run: --env node: '5' is not an address; try 'wasp-run --help'
  [2]
  $ wasp-run --env dst4=2001:db8::1 count.wo
  wasp-run: --env dst4: '2001:db8::1' is not a number from 0 to 4294967295; try 'wasp-run --help'
  [2]
  $ wasp-run --trace=all count.wo
  wasp-run: the option --trace=all takes no value; try 'wasp-run --help'
  [2]
  $ wasp-run a b
  wasp-run: one operand is allowed, and 'b' is a second; try 'wasp-run --help'
  [2]
  $ wasp-run nowhere.wo
  wasp-run: nowhere.wo: No such file or directory
  [3]
  $ echo 'WASP is no object' | wasp-run
  <stdin>:+0x00: error: not a WASP object: the version is not 1 [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ echo 'WASP is no object' | wasp-run --json
  {"v":1,"id":"WASP-O001","severity":"error","class":null,"file":"<stdin>","line":null,"col":null,"offset":0,"pc":null,"path":null,"message":"not a WASP object: the version is not 1","hint":"Assemble the source with wasp-as; copy an object whole, and in binary."}
  [3]
  $ wasp-run --store . count.wo
  wasp-run: .: Is a directory
  [3]
  $ wasp-run --store nowhere/x count.wo | tail -1
    public     0x19ba03fb9a2a5c9e      0 ms  1 0 0 0 0 0 0 0
  wasp-run: nowhere/x: No such file or directory
  $ wasp-run count.wo >/dev/full
  wasp-run: <stdout>: No space left on device
  [5]

WASP inside WASP is plain IP to a router.

  $ printf '.hooks ingress\n.header next_header, 253\n.text\nforward\n' | wasp-as | wasp-run
  not run: WASP inside WASP is plain IP to a router

Damage: an object cut anywhere is none; with any byte changed, there is an answer.

  $ wasp-as --strip -o bare.wo $SRC/examples/count.wasp; wc -c <bare.wo
  52
  $ for n in $(seq 0 51); do
  >     head -c $n bare.wo >cut; wasp-run cut >out 2>err; echo $?; grep -i sanitizer err
  > done | sort | uniq -c | sed 's/^ *//'
  52 3
  $ for n in $(seq 0 51); do
  >     perl -pe 'BEGIN {$/ = undef} substr($_, '$n', 1) ^= "\xff"' bare.wo >changed
  >     wasp-run --trace changed >out 2>err || wasp-run --hops 3 --json changed >out 2>>err
  >     [ $? -le 3 ] || echo "$n: $?"; grep -i sanitizer err
  > done | cat

The same for a saved store: cut anywhere, or with any byte lost.

  $ wasp-run --store s.json --time 1700000000 count.wo >out; cp s.json good.json; wc -c <good.json
  123
  $ for n in $(seq 1 121); do
  >     head -c $n good.json >s.json; cp s.json before
  >     wasp-run --store s.json count.wo >out 2>err; echo $?
  >     cmp before s.json; grep -i sanitizer err
  > done | sort | uniq -c | sed 's/^ *//'
  121 3
  $ for n in $(seq 0 122); do
  >     perl -pe 'BEGIN {$/ = undef} substr($_, '$n', 1) = ""' good.json >s.json
  >     wasp-run --store s.json count.wo >out 2>err
  >     [ $? -le 3 ] || echo "$n: $?"; grep -i sanitizer err
  > done | cat

Notes that are damaged.

  $ for n in $(seq 52 5 240); do
  >     perl -pe 'BEGIN {$/ = undef} substr($_, '$n', 1) = "\x80"' count.wo >changed
  >     wasp-run changed >out 2>err
  >     [ $? -le 3 ] || echo "$n: $?"; grep -i sanitizer err
  > done | cat

A capture of the links goes to a file:

  $ wasp-run -o - count.wo
  wasp-run: --output needs a file: standard output is for what happened; try 'wasp-run --help'
  [2]
  $ wasp-run -o x.pcap --debug count.wo
  wasp-run: --output is of runs as they are, without --debug; try 'wasp-run --help'
  [2]
  $ wasp-run -o nowhere/x.pcap count.wo >/dev/null
  wasp-run: nowhere/x.pcap: No such file or directory
  [5]
