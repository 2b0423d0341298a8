Misuse, input that can not be read, output that can not be written.

  $ wasp-dis --frob
  wasp-dis: there is no option --frob; try 'wasp-dis --help'
  [2]
  $ wasp-dis a b
  wasp-dis: one operand is allowed, and 'b' is a second; try 'wasp-dis --help'
  [2]
  $ wasp-dis nowhere.wo
  wasp-dis: nowhere.wo: No such file or directory
  [3]
  $ wasp-dis </dev/null
  <stdin>:+0x00: error: not a WASP object: it is empty [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ echo 'WASP is no object' | wasp-dis
  <stdin>:+0x00: error: not a WASP object: the version is not 1 [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ echo 'WASP is no object' | wasp-dis --json
  {"v":1,"id":"WASP-O001","severity":"error","class":null,"file":"<stdin>","line":null,"col":null,"offset":0,"pc":null,"path":null,"message":"not a WASP object: the version is not 1","hint":"Assemble the source with wasp-as; copy an object whole, and in binary."}
  [3]
  $ printf '.hooks none\n.text\ndrop\n' | wasp-as --strip -o drop.bin -
  $ (cat drop.bin; echo more) | wasp-dis -o never
  <stdin>:+0x14: error: 5 bytes after the last scratchpad word that are no notes [WASP-O002]
      hint: Assemble it again, or cut the file off behind the packet with head -c.
  [3]
  $ ls never
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-dis -o /dev/full drop.bin
  wasp-dis: /dev/full: No space left on device
  [5]
  $ wasp-dis -o nowhere/x drop.bin
  wasp-dis: nowhere/x: No such file or directory
  [5]

A wrong checksum is warned of, and kept.

  $ perl -pe 'substr($_, 14, 1) = "x"' drop.bin | wasp-dis
  ; code e208bb7d5742213d
          .hooks none
          .header checksum, 0x9683
          .header seq, 30720
          .text
          drop                                    ;   0  0100
  <stdin>:+0x0a: warning: the checksum is 0x9683, but 0x1e83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.

Damage: cut anywhere, it is no object; with any byte changed, nothing worse
happens than a warning.

  $ printf '.hooks ingress\n.data\nk: .key public, "k"\n.text\nlookup r0, [k]\nbz r0, e\nmov r1, t0\ne:\n' | wasp-as -o k.wo -
  $ for n in $(seq 0 31); do head -c $n k.wo >cut; wasp-dis -o cut.dis cut 2>err; echo $?; grep -i sanitizer err; done | sort | uniq -c | sed 's/^ *//'
  32 3
  $ perl -e 'local $/; $_ = <>; for my $i (0 .. length($_) - 1) { for my $x (1, 0x80) { my $d = $_; substr($d, $i, 1) ^= chr $x; open my $f, ">", "damaged.$i.$x"; print $f $d } }' k.wo
  $ for f in damaged.*; do
  >     wasp-dis -o out $f 2>err; s=$?
  >     grep -iE 'sanitizer|runtime error' err
  >     case $s in
  >     0) wasp-as -w -o again out && wasp-dis again 2>/dev/null | cmp - out; echo fine ;;
  >     3) grep -q 'WASP-O' err && echo unreadable ;;
  >     *) echo "$f: $s" ;;
  >     esac
  > done >said
  $ sort -u said
  fine
  unreadable
  $ [ $(ls damaged.* | wc -l) -eq $(wc -l <said) ] && [ $(grep -c unreadable said) -ge 50 ]
