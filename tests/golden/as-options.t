What wasp-as reads and writes, and how it ends.

  $ cat >one.wasp <<'END'
  > .hooks ingress
  > k: .equ X, 1
  > .data
  > key: .key public, random
  > .text
  > .insn k * X
  > END
  $ cat >bad.wasp <<'END'
  > .hooks ingress
  > jmp nowhere
  > here: drop
  > here: drop
  > ldi r0, 512
  > END

An object goes to standard output, or to a file.  Standard input is the source
without a file, and as '-'; it is no file that notes could name.

  $ wasp-as one.wasp | head -c 4 | od -An -c
     W   A 030   ;
  $ wasp-as - <one.wasp >one.o && wasp-as -o - <one.wasp | cmp one.o -
  $ wasp-as --output=two.o one.wasp && tail -n +2 two.o
  code 3a6d9523170345d0
  file one.wasp
  word 0 2 key key
  label 0 k
  random 0 public
  line 0 6 .insn k * X
  $ grep -a -c ^file one.o two.o
  one.o:0
  two.o:1

Only the last component of the path is noted.

  $ mkdir dir && cp one.wasp dir && wasp-as -o three.o ./dir/one.wasp && cmp two.o three.o

Without notes.

  $ sed '/random/d' one.wasp | wasp-as --strip | wc -c
  20
  $ wasp-as --strip one.wasp
  one.wasp:4:19: error: a random key needs the notes that --strip leaves off [WASP-A027]
      key: .key public, random
                        ^^^^^^
      hint: Assemble without --strip, or write the key as a number or a string.
  [3]

Nothing is written after an error.

  $ echo old >kept; wasp-as -o kept bad.wasp 2>/dev/null
  [3]
  $ cat kept; wasp-as -o never bad.wasp 2>/dev/null; ls never
  old
  ls: cannot access 'never': No such file or directory
  [2]

As many errors as one wants.

  $ wasp-as --max-errors 1 bad.wasp
  bad.wasp:2:5: error: 'nowhere' is not defined [WASP-A010]
      jmp nowhere
          ^^^^^^^
      hint: Define it with a label or .equ, or correct its spelling: small and capital letters differ.
  wasp-as: 2 more errors; --max-errors sets how many are printed
  [3]
  $ wasp-as --max-errors 2 bad.wasp
  bad.wasp:2:5: error: 'nowhere' is not defined [WASP-A010]
      jmp nowhere
          ^^^^^^^
      hint: Define it with a label or .equ, or correct its spelling: small and capital letters differ.
  bad.wasp:4:1: error: 'here' is defined already [WASP-A011]
      here: drop
      ^^^^
      hint: Rename one of the two.
  bad.wasp:3:1: note: 'here' was defined here
      here: drop
      ^^^^
  wasp-as: 1 more error; --max-errors sets how many are printed
  [3]
  $ wasp-as --max-errors 0 bad.wasp 2>&1 | grep -c error
  3
  $ yes '?' | head -n 3000 | wasp-as 2>&1 | tail -n 1
  wasp-as: at least 980 more errors; --max-errors sets how many are printed
  $ wasp-as --max-errors many bad.wasp
  wasp-as: --max-errors: 'many' is not a number from 0 to 1000000; try 'wasp-as --help'
  [2]

Errors as JSON.

  $ wasp-as --json bad.wasp
  {"v":1,"id":"WASP-A010","severity":"error","class":null,"file":"bad.wasp","line":2,"col":5,"offset":null,"pc":null,"path":null,"message":"'nowhere' is not defined","hint":"Define it with a label or .equ, or correct its spelling: small and capital letters differ."}
  {"v":1,"id":"WASP-A011","severity":"error","class":null,"file":"bad.wasp","line":4,"col":1,"offset":null,"pc":null,"path":null,"message":"'here' is defined already","hint":"Rename one of the two."}
  {"v":1,"id":null,"severity":"note","class":null,"file":"bad.wasp","line":3,"col":1,"offset":null,"pc":null,"path":null,"message":"'here' was defined here","hint":null}
  {"v":1,"id":"WASP-A016","severity":"error","class":null,"file":"bad.wasp","line":5,"col":9,"offset":null,"pc":null,"path":null,"message":"this operand of 'ldi' is 512; 0..511 is allowed","hint":"'li' and 'lic' set a register to any number"}
  [3]

The command line, files that are not there or can not be written.

  $ wasp-as --stripe one.wasp
  wasp-as: there is no option --stripe; did you mean --strip? Try 'wasp-as --help'
  [2]
  $ wasp-as one.wasp two.wasp
  wasp-as: one operand is allowed, and 'two.wasp' is a second; try 'wasp-as --help'
  [2]
  $ wasp-as nosuch.wasp
  wasp-as: nosuch.wasp: No such file or directory
  [3]
  $ wasp-as .
  wasp-as: .: Is a directory
  [3]
  $ wasp-as -o /nosuch/x one.wasp
  wasp-as: /nosuch/x: No such file or directory
  [5]
  $ wasp-as one.wasp >/dev/full
  wasp-as: <stdout>: No space left on device
  [5]
  $ wasp-as </dev/null
  <stdin>:1:1: error: the program does not say at which hooks it runs [WASP-A019]
      
      ^
      hint: .hooks ingress, or .hooks none
  [3]

A hash is all that is printed then:

  $ wasp-as --hash --list one.wasp
  wasp-as: --hash writes nothing else: no object, no listing, no rules; try 'wasp-as --help'
  [2]
