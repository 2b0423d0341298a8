Which warnings are told, in every command alike.

  $ cat >once.wasp <<'END'
  > .hooks ingress
  > .header checksum, 1
  > forward
  > END
  $ wasp-as -o once.wo once.wasp
  $ wasp-dis once.wo >/dev/null
  once.wo:+0x0a: warning: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ wasp-dis -Wno-checksum once.wo | head -n 1
  ; code 3a6d9523170345d0
  $ wasp-dis -w once.wo | head -n 1
  ; code 3a6d9523170345d0
  $ wasp-dis -W none -W checksum once.wo >/dev/null
  once.wo:+0x0a: warning: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.

As errors: the answer is then no, or the input bad, and nothing is written.

  $ wasp-dis -Werror once.wo
  once.wo:+0x0a: error: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Werror=checksum]
      hint: Assemble it again; wasp-as writes the right one.
  [3]
  $ wasp-dis -Werror=checksum -o never once.wo; ls never
  once.wo:+0x0a: error: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Werror=checksum]
      hint: Assemble it again; wasp-as writes the right one.
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-verify -Werror once.wo
  once.wo:+0x0a: error: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Werror=checksum]
      hint: Assemble it again; wasp-as writes the right one.
  once.wo: rejected: 1 error
  [1]
  $ wasp-verify -Werror -Wno-error=checksum once.wo
  once.wo: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
  once.wo:+0x0a: warning: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Wchecksum]
      hint: Assemble it again; wasp-as writes the right one.
  $ wasp-verify -Werror --json -o never once.wo; ls never
  {"v":1,"code_hash":"3a6d9523170345d0","accepted":false,"max_cost":1,"max_steps":1,"max_accesses":0,"max_pushes":0,"push_nodes":null,"hooks":["ingress"],"keys":[],"runs":[{"hook":"ingress","back":false,"min":{"steps":1,"cost":1,"accesses":0,"pushes":0},"max":{"steps":1,"cost":1,"accesses":0,"pushes":0},"ends":["forward"],"critical":[0]}],"following":0,"file":"once.wo","errors":[{"id":"WASP-O004","severity":"error","class":"checksum","file":"once.wo","line":null,"col":null,"offset":10,"pc":null,"path":null,"message":"the checksum is 0x0001, but 0x8f83 would be right","hint":"Assemble it again; wasp-as writes the right one."}],"warnings":[]}
  ls: cannot access 'never': No such file or directory
  [2]
  $ wasp-run -Werror once.wo
  once.wo:+0x0a: error: the checksum is 0x0001, but 0x8f83 would be right [WASP-O004 -Werror=checksum]
      hint: Assemble it again; wasp-as writes the right one.
  [3]

Every command knows the classes of all; a name that is none is told.

  $ wasp-verify -w -Wunreachable once.wo
  once.wo: safe: at most 1 step, cost 1, 0 store accesses; hooks ingress; keys none
    a run at          steps       cost  accesses  pushes  ends with
    ingress               1          1         0       0  forward
  $ wasp-dis -Wno-chekcsum once.wo
  wasp-dis: -W: there is no warning 'chekcsum'; did you mean 'no-checksum'? Try 'wasp-dis --help'
  [2]
  $ for w in no-none no-al no-eror non error=none error=checksm; do wasp-dis -W$w once.wo; done
  wasp-dis: -W: there is no warning 'none'; did you mean 'all'? Try 'wasp-dis --help'
  wasp-dis: -W: there is no warning 'al'; 'wasp-as --explain list' prints all; try 'wasp-dis --help'
  wasp-dis: -W: there is no warning 'eror'; did you mean 'no-error'? Try 'wasp-dis --help'
  wasp-dis: -W: there is no warning 'non'; did you mean 'none'? Try 'wasp-dis --help'
  wasp-dis: -W: there is no warning 'none'; 'wasp-as --explain list' prints all; try 'wasp-dis --help'
  wasp-dis: -W: there is no warning 'checksm'; did you mean 'error=checksum'? Try 'wasp-dis --help'
  [2]

  $ wasp-dis -Wnonsense once.wo
  wasp-dis: -W: there is no warning 'nonsense'; 'wasp-as --explain list' prints all; try 'wasp-dis --help'
  [2]
  $ wasp-dis -W
  wasp-dis: the option -W needs a value; try 'wasp-dis --help'
  [2]
  $ wasp-send --warn no-checksm once.wo 192.0.2.1
  wasp-send: -W: there is no warning 'checksm'; did you mean 'no-checksum'? Try 'wasp-send --help'
  [2]

What a number means.

  $ wasp-as --explain A001
  WASP-A001: a byte that begins nothing
  
      Outside strings and comments a source holds names, numbers, operators,
      spaces and tabs.
  
  What mends it:
  
      A comment begins with ';' or '//', and text stands in double quotes.
  
  Wrong:
  
  	.hooks	ingress
  	drop	# all of them
  
  Mended:
  
  	.hooks	ingress
  	drop	; all of them
  $ wasp-run --explain WASP-O004
  WASP-O004: wrong checksum
  A warning, which -Wno-checksum leaves out.
  
      The checksum over header, code and scratchpad is not right: the object
      was damaged, or changed by a program that did not mend it. A node that
      checks it forwards the packet without running it.
  
  What mends it:
  
      Assemble it again; wasp-as writes the right one.
  
  Wrong:
  
  	.hooks	ingress
  	.header	checksum, 1
  	forward
  
  Mended:
  
  	.hooks	ingress
  	forward
  $ wasp-verify --explain checksum | head -n 1
  WASP-O004: wrong checksum
  $ wasp-verify --explain -Wchecksum | head -n 1
  WASP-O004: wrong checksum
  $ wasp-as --explain o001 | head -n 1
  WASP-O001: not a WASP object
  $ wasp-as --explain list | grep -e A001 -e O004
  WASP-A001  error    a byte that begins nothing
  WASP-O004  warning  wrong checksum (-Wchecksum)
  $ wasp-as --explain A999
  wasp-as: --explain: there is no 'A999'; '--explain list' prints all; try 'wasp-as --help'
  [2]
  $ wasp-as --explain checksm
  wasp-as: --explain: there is no 'checksm'; did you mean 'checksum'? Try 'wasp-as --help'
  [2]
