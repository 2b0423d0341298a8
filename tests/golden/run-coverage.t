wasp-run --coverage, --report and --profile: what was executed, how often, at what
cost; and --trace as JSON lines.

  $ wasp-as -o count.wo examples/count.wasp; wasp-as --strip -o bare.wo examples/count.wasp

A first command makes the file, others add to it, with notes or without.

  $ wasp-run --coverage c.cov --repeat 3 count.wo | grep -c node
  3
  $ wasp-run --coverage c.cov --report text
  count: 3 runs; 9 of 10 instructions, 2 of 4 sides of branches
    pc     begun     taken       not  line
                                            count.wasp:
     0         3                        55  insert  r0, [group]
     1         3     never         3    56  bz      r0, out         ; no room here
     2         3                        57  mov     r1, t0
     3         3                        58  addi    r1, 1
     4         3                        59  mov     t0, r1
     5         3                        60  st      r1, [seen]
     6         3                        61  ld      r2, [limit]
     7         3     never         3    62  bltu    r2, r1, over
     8         3                        63  out:    forward
     9     never                        64  over:   drop
  $ wasp-run --coverage c.cov --repeat 7 bare.wo >/dev/null
  $ wasp-run --coverage c.cov --report text | sed -n '1p;/ 62 /p;/ 64 /p'
  count: 10 runs; 10 of 10 instructions, 3 of 4 sides of branches
     7        10         2         8    62  bltu    r2, r1, over
     9         2                        64  over:   drop

What a store that is full does: the other side of the first branch.

  $ printf '.hooks ingress\n.data\n.key private, 9\n.text\ninsert r0, [0]\n' | wasp-as | wasp-run --store s.json --capacity 1 >/dev/null
  $ wasp-run --coverage c.cov --store s.json --capacity 1 count.wo >/dev/null
  $ wasp-run --coverage c.cov --report text
  count: 11 runs; 10 of 10 instructions, 4 of 4 sides of branches
    pc     begun     taken       not  line
                                            count.wasp:
     0        11                        55  insert  r0, [group]
     1        11         1        10    56  bz      r0, out         ; no room here
     2        10                        57  mov     r1, t0
     3        10                        58  addi    r1, 1
     4        10                        59  mov     t0, r1
     5        10                        60  st      r1, [seen]
     6        10                        61  ld      r2, [limit]
     7        10         2         8    62  bltu    r2, r1, over
     8         9                        63  out:    forward
     9         2                        64  over:   drop

Another program in the same file, over a path; a branch to the next instruction has no
sides, and a jump past the end was taken.

  $ printf '.program odd\n.hooks egress\n.text\nbz r0, .+1\nbeq r0, r1, .+9\nfault 3\n' | wasp-as -o odd.wo
  $ wasp-run --coverage c.cov --hops 3 odd.wo >/dev/null
  $ wasp-run --coverage c.cov --report text | sed -n '/^odd/,$p'
  odd: 2 runs; 2 of 3 instructions, 1 of 2 sides of branches
    pc     begun     taken       not  line
                                            <stdin>:
     0         2                         4  bz r0, .+1
     1         2         2     never     5  beq r0, r1, .+9
     2     never                         6  fault 3

The lcov form, a record for each program.

  $ wasp-run --coverage c.cov --report lcov
  TN:count
  SF:count.wasp
  BRDA:56,1,0,1
  BRDA:56,1,1,10
  BRDA:62,7,0,2
  BRDA:62,7,1,8
  BRF:4
  BRH:4
  DA:55,11
  DA:56,11
  DA:57,10
  DA:58,10
  DA:59,10
  DA:60,10
  DA:61,10
  DA:62,10
  DA:63,9
  DA:64,2
  LF:10
  LH:10
  end_of_record
  TN:odd
  SF:<stdin>
  BRDA:5,1,0,2
  BRDA:5,1,1,0
  BRF:2
  BRH:1
  DA:4,2
  DA:5,2
  DA:6,0
  LF:3
  LH:2
  end_of_record

Each line is one that lcov knows, and the sums are right.

  $ wasp-run --coverage c.cov --report lcov >c.info; grep -vE '^(TN:[A-Za-z0-9_]*|SF:.+|DA:[0-9]+,[0-9]+|BRDA:[0-9]+,[0-9]+,[01],([0-9]+|-)|(LF|LH|BRF|BRH):[0-9]+|end_of_record)$' c.info
  [1]
  $ awk -F '[:,]' '/^DA/ { n++; h += $3 > 0 } /^LF/ && $2 != n || /^LH/ && $2 != h { print "wrong:", $0 }
  > /^BRDA/ { b++; t += $5 > 0 } /^BRF/ && $2 != b || /^BRH/ && $2 != t { print "wrong:", $0 }
  > /^end/ { n = h = b = t = 0 }' c.info

A branch that was never reached is "-"; a program without notes has no lines.

  $ printf '.program never\n.hooks ingress\n.text\njmp out\nbz r0, out\nnop\nout: forward\n' | wasp-as -o never.wo
  $ wasp-run --coverage n.cov never.wo >/dev/null; wasp-run --coverage n.cov --report lcov | grep BR
  BRDA:5,1,0,-
  BRDA:5,1,1,-
  BRF:2
  BRH:0
  $ wasp-run --coverage b.cov bare.wo >/dev/null; wasp-run --coverage b.cov --report lcov; wasp-run --coverage b.cov --report text | head -n 3
  program: 1 run; 9 of 10 instructions, 2 of 4 sides of branches
    pc     begun     taken       not  line
     0         1                            insert r0, [0]
  wasp-run: 1 program without source lines left out

A line of source that is several instructions stands above them; lcov is told the
largest of their counts.

  $ printf '.hooks ingress\n.macro some reg\nbz \\reg, out\\@\nfault 1\nout\\@:\n.endm\nsome r0\nldi r1, 1\nbnz r1, out\nsome r1\nout: forward\n' >some.wasp
  $ wasp-as some.wasp | wasp-run --coverage m.cov >/dev/null; wasp-run --coverage m.cov --report text
  program: 1 run; 4 of 7 instructions, 2 of 6 sides of branches
    pc     begun     taken       not  line
                                            some.wasp:
                                         7  some r0
     0         1         1     never          bz r0, out0
     1     never                              fault 1
     2         1                         8  ldi r1, 1
     3         1         1     never     9  bnz r1, out
                                        10  some r1
     4     never     never     never          bz r1, out1
     5     never                              fault 1
     6         1                        11  out: forward
  $ wasp-run --coverage m.cov --report lcov | grep ^DA
  DA:7,1
  DA:8,1
  DA:9,1
  DA:10,0
  DA:11,1

Two commands at once lose nothing.

  $ for i in 1 2 3 4 5 6 7 8; do wasp-run --coverage p.cov --repeat 5 count.wo >/dev/null & done; wait
  > wasp-run --coverage p.cov --report text | head -n 1
  count: 40 runs; 9 of 10 instructions, 2 of 4 sides of branches

Sources may hold any bytes; what is no UTF-8 is told as question marks.

  $ printf '.hooks ingress\nforward ; \351t\351\n' >latin.wasp; wasp-as -o latin.wo latin.wasp
  $ wasp-run --coverage l.cov --json --trace --profile latin.wo | jq -r .type
  step
  run
  profile
  $ wasp-run --coverage l.cov --report text
  program: 1 run; 1 of 1 instructions, 0 of 0 sides of branches
    pc     begun     taken       not  line
                                            latin.wasp:
     0         1                         2  forward ; ?t?

RUN_COVERAGE: what is none is not added to, and stays.

  $ echo '{"v":1,"programs":[{"code":"00"}]}' >x.cov; wasp-run --coverage x.cov count.wo >/dev/null; cat x.cov
  {"v":1,"programs":[{"code":"00"}]}
  x.cov: error: not a file of coverage: no programs with their instructions [WASP-R004]
      hint: Give the name of a file that does not exist yet.
  $ wasp-run --coverage count.wo --report text
  count.wo:1:2: error: not a file of coverage: '[' or '{' expected near 'WA' [WASP-R004]
      hint: Give the name of a file that does not exist yet.
  [3]
  $ wasp-run --coverage none/x.cov count.wo >/dev/null
  wasp-run: none/x.cov: No such file or directory
  [5]
  $ wasp-run --coverage missing.cov --report text
  wasp-run: missing.cov: No such file or directory
  [3]
  $ wasp-run --report text; wasp-run --report html --coverage c.cov; wasp-run --report lcov --coverage c.cov count.wo; wasp-run --debug --profile count.wo
  wasp-run: --report prints the file of --coverage, and runs nothing; try 'wasp-run --help'
  wasp-run: --report: 'html' is neither text nor lcov; try 'wasp-run --help'
  wasp-run: --report prints the file of --coverage, and runs nothing; try 'wasp-run --help'
  wasp-run: --coverage and --profile are of runs as they are, without --debug; try 'wasp-run --help'
  [2]

The profile: totals, hooks, instructions.

  $ wasp-run --profile --repeat 7 count.wo | sed -n '/^profile/,$p'
  profile: 7 runs, 63 steps, cost 224, 7 store accesses
  node  hook          runs     steps  accesses      cost   share
     1  ingress          7        63         7       224  100.0%
    pc  line     begun      cost   share  instruction
     0    55         7       168   75.0%  insert r0, [group]
     1    56         7         7    3.1%  bz r0, out
     2    57         7         7    3.1%  mov r1, t0
     3    58         7         7    3.1%  addi r1, 1
     4    59         7         7    3.1%  mov t0, r1
     5    60         7         7    3.1%  st r1, [seen]
     6    61         7         7    3.1%  ld r2, [limit]
     7    62         7         7    3.1%  bltu r2, r1, over
     8    63         5         5    2.2%  forward
     9    64         2         2    0.9%  drop
  $ wasp-as examples/trace.wasp | wasp-run --hops 3 --profile | sed -n '/^profile/,$p'
  profile: 4 runs, 28 steps, cost 28, 0 store accesses
  node  hook          runs     steps  accesses      cost   share
     1  egress           2        14         0        14   50.0%
     2  egress           2        14         0        14   50.0%
    pc  line     begun      cost   share  instruction
     0    67         4         4   14.3%  push node.3
     1    68         4         4   14.3%  push time_us
     2    69         4         4   14.3%  push queue
     3    70         4         4   14.3%  env r0, last
     4    71         4         4   14.3%  ldi r1, 1
     5    72         4         4   14.3%  bne r0, r1, on
     6    73         2         2    7.1%  return
     7    74         2         2    7.1%  forward
  $ wasp-run --profile --back count.wo | sed -n '/^profile/,$p'
  profile: 0 runs, 0 steps, cost 0, 0 store accesses
  $ wasp-run --profile --json --repeat 7 count.wo | jq -c 'select(.type == "profile") | [.runs, .steps, .accesses, .cost], .hooks, .insns[0], (.insns[] | select(.taken))'
  [7,63,7,224]
  [{"node":1,"hook":"ingress","runs":7,"steps":63,"accesses":7,"cost":224}]
  {"pc":0,"file":"count.wasp","line":55,"insn":"insert r0, [group]","begun":7,"cost":168,"taken":null,"not_taken":null}
  {"pc":1,"file":"count.wasp","line":56,"insn":"bz r0, out","begun":7,"cost":7,"taken":0,"not_taken":7}
  {"pc":7,"file":"count.wasp","line":62,"insn":"bltu r2, r1, over","begun":7,"cost":7,"taken":2,"not_taken":5}
  $ wasp-run --profile --json --repeat 7 count.wo | jq -e 'select(.type == "profile") | ([.insns[].cost] | add) == .cost and ([.insns[].begun] | add) == .steps and ([.hooks[].cost] | add) == .cost'
  true

Steps as JSON lines, each by itself.

  $ wasp-run --json --trace count.wo | jq -c 'select(.type == "step") | [.packet, .node, .hook, .step, .line, .pc, .insn, .reads, .writes, .remark]'
  [1,1,"ingress",1,55,0,"insert r0, [group]",{"[group]":"0x19ba03fb9a2a5c9e"},{"r0":2},"created"]
  [1,1,"ingress",2,56,1,"bz r0, out",{"r0":2},{},"no jump"]
  [1,1,"ingress",3,57,2,"mov r1, t0",{"t0":0},{"r1":0},""]
  [1,1,"ingress",4,58,3,"addi r1, 1",{"r1":0},{"r1":1},""]
  [1,1,"ingress",5,59,4,"mov t0, r1",{"r1":1},{"t0":1},""]
  [1,1,"ingress",6,60,5,"st r1, [seen]",{"r1":1},{"[seen]":1},""]
  [1,1,"ingress",7,61,6,"ld r2, [limit]",{"[limit]":5},{"r2":5},""]
  [1,1,"ingress",8,62,7,"bltu r2, r1, over",{"r2":5,"r1":1},{},"no jump"]
  [1,1,"ingress",9,63,8,"forward",{},{},"forward"]
  $ wasp-run --json --trace --repeat 2 count.wo | jq -c 'select(.writes.r1?) | [.packet, .step, .writes.r1]'
  [1,3,0]
  [1,4,1]
  [2,3,1]
  [2,4,2]
  $ wasp-run --json --trace count.wo | jq -r .type | sort | uniq -c | sed 's/^ *//'
  1 run
  9 step

What is no file: a directory is refused, a device is not read.

  $ mkdir dir; wasp-run --coverage dir count.wo >/dev/null
  wasp-run: dir: Is a directory
  [3]
  $ wasp-run --coverage /dev/full count.wo >/dev/null
  wasp-run: /dev/full: No space left on device
  [5]
  $ wasp-run --coverage /dev/null count.wo >/dev/null
