Misuse, input that can not be read, output that can not be written.

  $ wasp-verify --max-steps none
  wasp-verify: --max-steps: 'none' is not a number from 1 to 65535; try 'wasp-verify --help'
  [2]
  $ wasp-verify --max-cost 0
  wasp-verify: --max-cost: '0' is not a number from 1 to 65535; try 'wasp-verify --help'
  [2]
  $ wasp-verify a b
  wasp-verify: one operand is allowed, and 'b' is a second; try 'wasp-verify --help'
  [2]
  $ wasp-verify nowhere.wo
  wasp-verify: nowhere.wo: No such file or directory
  [3]
  $ echo 'WASP is no object' | wasp-verify
  <stdin>:+0x00: error: not a WASP object: the version is not 1 [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ echo 'WASP is no object' | wasp-verify --json
  {"v":1,"code_hash":null,"accepted":false,"max_cost":null,"max_steps":null,"max_accesses":null,"max_pushes":null,"push_nodes":null,"hooks":[],"keys":[],"runs":[],"following":0,"file":"<stdin>","errors":[{"id":"WASP-O001","severity":"error","class":null,"file":"<stdin>","line":null,"col":null,"offset":0,"pc":null,"path":null,"message":"not a WASP object: the version is not 1","hint":"Assemble the source with wasp-as; copy an object whole, and in binary."}],"warnings":[]}
  [3]
  $ printf '.hooks ingress\n.text\ndrop\n' | wasp-as --strip -o drop.bin -
  $ (cat drop.bin; echo more) | wasp-verify -o never
  <stdin>:+0x14: error: 5 bytes after the last scratchpad word that are no notes [WASP-O002]
      hint: Assemble it again, or cut the file off behind the packet with head -c.
  [3]
  $ ls never
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-verify -o /dev/full drop.bin
  wasp-verify: /dev/full: No space left on device
  [5]
  $ wasp-verify -o nowhere/x drop.bin
  wasp-verify: nowhere/x: No such file or directory
  [5]

Routers run a packet whose checksum is wrong, where they are not told to look.
So the program is safe all the same, and the bytes pass as they are.

  $ perl -pe 'substr($_, 14, 1) = "x"' drop.bin >changed.bin; wasp-verify changed.bin
  changed.bin: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  drop
  changed.bin:+0x0a: warning: the checksum is 0x8e83, but 0x1683 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ wasp-verify -o - changed.bin 2>/dev/null | cmp - changed.bin
  $ wasp-verify --json changed.bin | jq -c '.accepted, .warnings[].id'
  true
  "WASP-O004"

Damage: cut anywhere, it is no object; with any byte changed, there is an answer.

  $ printf '.hooks ingress\n.data\nk: .key public, "k"\n.text\nlookup r0, [k]\nbz r0, e\nmov r1, t0\ne:\n' | wasp-as -o k.wo -
  $ for n in $(seq 0 31); do head -c $n k.wo >cut; wasp-verify cut >out 2>err; echo $?; grep -i sanitizer err; done | sort | uniq -c | sed 's/^ *//'
  32 3
  $ perl -e 'local $/; $_ = <>; for my $i (0 .. length($_) - 1) { for my $x (1, 0x80) { my $d = $_; substr($d, $i, 1) ^= chr $x; open my $f, ">", "damaged.$i.$x"; print $f $d } }' k.wo
  $ for f in damaged.*; do
  >     wasp-verify $f >out 2>err; s=$?
  >     grep -iE 'sanitizer|runtime error' err
  >     case $s in
  >     0) grep -q safe out && echo accepted ;;
  >     1) grep -q 'WASP-V' err && echo rejected ;;
  >     3) grep -q 'WASP-O' err && echo unreadable ;;
  >     *) echo "$f: $s" ;;
  >     esac
  > done >said
  $ sort -u said
  accepted
  rejected
  unreadable
  $ [ $(ls damaged.* | wc -l) -eq $(wc -l <said) ] && [ $(grep -c unreadable said) -ge 50 ]
