The language as tables, for people.

  $ wasp-as --print-opcodes
  Instructions: word, cost, operands
  
    0000   1  forward              Let the packet go on; so does running past the last instruction.
    0100   1  drop                 Discard the packet.
    0200   1  return               Send the packet back to its source; on its way back it means forward.
    0300   1  fault n              End the program for good, by its own will, with a number for its sender.
    1000   1  ld rX, [n]           Load a scratchpad word into a register.
    1100   1  ld tX, [n]           Load a scratchpad word into a word of the mapped entry.
    2000   1  st rX, [n]           Store a register in a scratchpad word.
    2100   1  st tX, [n]           Store a word of the mapped entry in a scratchpad word.
    3000   1  mov rX, tN           Copy a word of the mapped entry into a register.
    3080   1  mov tN, rX           Copy a register into a word of the mapped entry.
    3100   1  push rX              Append a register at the cursor, or mark the packet when no room is left.
    3180   1  push tX              Append a word of the mapped entry at the cursor, or mark the packet.
    4000   1  env rX, field        Read an environment field into a register.
    4080   1  env tX, field        Read an environment field into a word of the mapped entry.
    4100   1  push field           Append an environment field at the cursor, or mark the packet.
    5000   1  ldi rd, u            Set a register to a number from 0 to 511.
    6000   1  addi rd, s           Add a number from -256 to 255 to a register.
    7000   1  mov rd, rs           Copy a register.
    7001   1  add rd, rs           Add.
    7002   1  sub rd, rs           Subtract.
    7003   1  and rd, rs           Bitwise and.
    7004   1  or rd, rs            Bitwise or.
    7005   1  xor rd, rs           Bitwise exclusive or.
    7006   1  shl rd, rs           Shift left.
    7007   1  shr rd, rs           Shift right, filling with zeros.
    7008   1  sar rd, rs           Shift right, filling with the sign.
    7009   1  min rd, rs           Keep the smaller, both unsigned.
    700a   1  max rd, rs           Keep the larger, both unsigned.
    700b   1  bset rd, rs          Set the bit whose number is in rs.
    8000   1  shli rd, u           Shift left by a constant.
    8020   1  shri rd, u           Shift right by a constant, filling with zeros.
    8040   1  sari rd, u           Shift right by a constant, filling with the sign.
    8060   1  low rd, u            Keep the low u bits.
    9000   1  beq rd, rs, d        Jump if equal.
    a000   1  bne rd, rs, d        Jump if not equal.
    b000   1  bltu rd, rs, d       Jump if less, both unsigned.
    c000   1  bgeu rd, rs, d       Jump if greater or equal, both unsigned.
    d000   1  bz rd, d             Jump if zero.
    d100   1  bnz rd, d            Jump if not zero.
    e000   1  jmp d                Jump.
    f000  16  lookup rd, [n]       Map the entry of a key, to read it.
    f040  24  insert rd, [n]       Map the entry of a key, to write it; create it where there is none.
    f080  32  invite rd, [n]       Leave an invitation to the packet's source, under the name of a secret.
    f0c0  32  reroute rd, [n]      Send the packet to the address that an invitation holds.
  
  Pseudo-instructions
  
    bgtu      rA, rB, label                 Jump if greater, both unsigned.
    bleu      rA, rB, label                 Jump if less or equal, both unsigned.
    nop                                     Do nothing.
    li        rd, value                     Set a register to any 32-bit number; one that ldi can not hold is pooled in the scratchpad, where any sender may change it.
    lic       rd, value                     Set a register to any 32-bit number by code alone, in one to seven instructions, the fewest that can: it belongs to the program and to its identity.
  
  Environment fields
  
     0  hook              all       1 at ingress, 2 at egress
     1  back              all       1 if the packet is on its way back (R is set)
     2  local             all       1 if the destination is this node
     3  last              all       at egress, 1 if the next hop is the destination itself
     4  node.0            guest     address of the hook's interface in the packet's family, else the loopback's, else 0; first word
     5  node.1            guest     second word of that address
     6  node.2            guest     third word of that address
     7  node.3     node4  guest     last word of that address; all of it in IPv4
     8  src.0             all       source address, first word (IPv4 is ::ffff:a.b.c.d)
     9  src.1             all       second word of the source
    10  src.2             all       third word of the source
    11  src.3      src4   all       last word of the source; all of it in IPv4
    12  dst.0             all       destination address, first word
    13  dst.1             all       second word of the destination
    14  dst.2             all       third word of the destination
    15  dst.3      dst4   all       last word of the destination; all of it in IPv4
    16  flow.0            all       hash of the flow, high word: with the low one a ready public key
    17  flow.1            all       hash of the flow, low word
    18  in_if             operator  number of the interface the packet came in by, counted from 1 in the order of the configuration
    19  out_if            operator  number of the interface it leaves by; 0 at ingress
    20  role              operator  role of the hook's interface: 1 client, 2 guest, 3 internal
    21  mtu               guest     largest packet the hook's interface takes (B)
    22  rate              operator  rate of the hook's interface (kbit/s)
    23  queue             client    bytes waiting at the hook's interface (B)
    24  queue_pkts        operator  packets waiting there
    25  drops             operator  packets dropped there, low 32 bits
    26  tx_pkts           operator  packets sent there, low 32 bits
    27  tx_bytes          operator  bytes sent there, low 32 bits (B)
    28  rx_pkts           operator  packets received there, low 32 bits
    29  rx_bytes          operator  bytes received there, low 32 bits (B)
    30  ttl               all       hop limit: as received at ingress, decremented at egress
    31  length            all       length of the whole IP packet (B)
    32  hops              all       nodes that have run this packet, this one included
    33  ident             all       identifier of the packet
    34  seq               all       sequence number of the packet
    35  time_us           all       microseconds since 1970, low 32 bits (us)
    36  time_ns           all       nanoseconds since 1970, low 32 bits (ns)
    37  transit           client    time since this node's ingress; 0xfffffffe when longer (ns)
    38  free              operator  store entries that could still be created
    39  random            all       a random word
    40  time_s            all       seconds since 1970, low 32 bits (s)
  
  Faults
  
     1  illegal-instruction  A word that is no instruction: an unused code, or an unused field that is not zero.
     2  scratchpad-range     A scratchpad word that the packet does not have.
     3  nothing-mapped       An entry word was used while no entry was mapped.
     4  read-only-entry      An entry was written that this packet may only read.
     5  too-many-accesses    More store instructions in one run than the limit.
     6  wrong-key-space      A reroute by a key that does not name an invitation.
    32  program-n            The program ended itself with the instruction fault; the number it gave is added to 32.
  
  Directives
  
    .program  NAME                          Name the program, for the notes.
    .hooks    HOOK, ...                     Say where it runs: ingress, egress, back; or none.
    .header   FIELD, VALUE                  Set a field of the packet's header.
    .equ      NAME, VALUE                   Define a name as the value of an expression.
    .if       CONDITION                     Read the lines up to .elseif, .else or .endif if the value is not 0.
    .ifdef    NAME                          The same, if the name is defined above.
    .ifndef   NAME                          The same, if the name is not defined above.
    .elseif   CONDITION                     Read what follows if nothing of this .if was read and the value is not 0.
    .else                                   Read what follows if nothing of this .if was read.
    .endif                                  End what .if, .ifdef or .ifndef began.
    .macro    NAME PARAMETER[=DEFAULT], ... Define a macro: the lines up to .endm.
    .rept     COUNT                         Read the lines up to .endr that many times.
    .irp      PARAMETER, VALUE, ...         Read the lines up to .endr for each value.
    .endr                                   End what .rept or .irp began.
    .endm                                   End what .macro began.
    .exitm                                  Leave the expansion of a macro.
    .purgem   NAME                          Forget a macro.
    .include  FILE                          Read another file here.
    .error    STRING                        Report an error.
    .warning  STRING                        Report a warning.
    .text                                   Instructions follow.
    .insn     WORD                          One instruction by its word, legal or not.
    .data                                   Words follow.
    .word     VALUE, ...                    Words with these values.
    .space    COUNT                         That many words of zero.
    .key      SPACE, KEY                    A key of two words: public, protected, private or invitation, and a number, a string, random, or 'of LABEL'.
    .secret   SECRET                        The secret of an invitation, two words: a number, a string or random.
    .addr     ADDRESS                       An IPv4 or IPv6 address, four words.
    .cursor   LABEL                         Let push begin at this block, the last one.

For editors: of every instruction all there is to know.

  $ wasp-as --print-opcodes --json >tables.json; jq -c 'keys' tables.json
  ["diagnostics","directives","faults","fields","hooks","instructions","key_spaces","pseudo_instructions","v"]
  $ jq -c '.instructions[] | select(.name == "LD_R" or .name == "BZ" or .name == "LOOKUP")' tables.json
  {"name":"LD_R","mnemonic":"ld","syntax":"ld rX, [n]","operands":[{"name":"rX","kind":"register","shift":9,"width":3,"min":0,"max":7},{"name":"[n]","kind":"word","shift":0,"width":8,"min":0,"max":255}],"word":4096,"mask":61696,"cost":1,"effects":["writes-first","reads-words"],"faults":["scratchpad-range"],"notation":"rX = word[n]","sentence":"Load a scratchpad word into a register."}
  {"name":"BZ","mnemonic":"bz","syntax":"bz rd, d","operands":[{"name":"rd","kind":"register","shift":9,"width":3,"min":0,"max":7},{"name":"d","kind":"target","shift":0,"width":8,"min":0,"max":255}],"word":53248,"mask":61696,"cost":1,"effects":["reads-first","jumps"],"faults":[],"notation":"if rd == 0: pc += d","sentence":"Jump if zero."}
  {"name":"LOOKUP","mnemonic":"lookup","syntax":"lookup rd, [n]","operands":[{"name":"rd","kind":"register","shift":9,"width":3,"min":0,"max":7},{"name":"[n]","kind":"key","shift":0,"width":6,"min":0,"max":63}],"word":61440,"mask":61888,"cost":16,"effects":["writes-first","reads-words","store"],"faults":["scratchpad-range","too-many-accesses"],"notation":"rd = 1: mapped, or 0","sentence":"Map the entry of a key, to read it."}
  $ jq -r '.instructions | length, (map(.word) | unique | length), (map(.name) | unique | length)' tables.json
  44
  44
  44
  $ jq -c '.pseudo_instructions[0], .fields[7], .faults[0], .key_spaces, .hooks' tables.json
  {"mnemonic":"bgtu","operands":"rA, rB, label","expansion":"bltu rB, rA, label","sentence":"Jump if greater, both unsigned."}
  {"number":7,"name":"node.3","alias":"node4","unit":"","who":"guest","sentence":"last word of that address; all of it in IPv4"}
  {"number":1,"name":"illegal-instruction","sentence":"A word that is no instruction: an unused code, or an unused field that is not zero."}
  ["public","protected","private","invitation"]
  ["ingress","egress","back"]
  $ jq -c '.directives[] | select(.name == ".key")' tables.json
  {"name":".key","operands":"SPACE, KEY","sentence":"A key of two words: public, protected, private or invitation, and a number, a string, random, or 'of LABEL'."}
  $ jq -c '.diagnostics[] | select(.id == "WASP-A001" or .id == "WASP-A062")' tables.json
  {"id":"WASP-A001","severity":"error","class":null,"on":true,"title":"a byte that begins nothing","why":"Outside strings and comments a source holds names, numbers, operators, spaces and tabs.","mend":"A comment begins with ';' or '//', and text stands in double quotes.","wrong":"\t.hooks\tingress\n\tdrop\t# all of them\n","mended":"\t.hooks\tingress\n\tdrop\t; all of them\n"}
  {"id":"WASP-A062","severity":"warning","class":"program-name","on":false,"title":"a program without a name","why":"Tools show the name of a program, which the notes hold, where they know its code.","mend":"Write .program NAME.","wrong":"\t.hooks\tingress\n\tforward\n","mended":"\t.program nothing\n\t.hooks\tingress\n\tforward\n"}

Operands and mask share no bit and leave none out.

  $ jq -r '.instructions[] | .mask + ([.operands[] | (pow(2; .width) - 1) * pow(2; .shift)] | add // 0) | select(. != 65535)' tables.json

What is printed is what the assembler takes: each directive, and no other.

  $ wasp-as --print-opcodes | sed -n '/^Directives/,$s/^  \(\.[a-z]*\) .*/\1/p' >directives; wc -l <directives
  29
  $ while read -r d; do printf '.hooks none\n%s\n' "$d" | wasp-as 2>&1 | grep A009; done <directives
  [1]
  $ printf '.marco\n.ipr\n.includ "x"\n.elsif 1\n' | wasp-as 2>&1 | grep hint:
      hint: did you mean '.macro'?
      hint: .hooks ingress, or .hooks none
      hint: did you mean '.irp'?
      hint: did you mean '.include'?
      hint: did you mean '.elseif'?

  $ wasp-as --print-opcodes count.wasp
  wasp-as: --print-opcodes takes no FILE, and 'count.wasp' is one; try 'wasp-as --help'
  [2]
  $ wasp-as --print-opcodes >/dev/full
  wasp-as: <stdout>: No space left on device
  [5]
