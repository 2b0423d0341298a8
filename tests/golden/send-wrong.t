What wasp-send refuses.

  $ cat >one.wasp <<'END'
  >         .hooks  ingress
  >         .text
  >         return
  >         .data
  > limit:  .word   5
  > END
  $ wasp-as -o one one.wasp

Misuse:

  $ wasp-send
  wasp-send: FILE and ADDRESS are needed; try 'wasp-send --help'
  [2]
  $ wasp-send one
  wasp-send: FILE and ADDRESS are needed; try 'wasp-send --help'
  [2]
  $ wasp-send one 192.0.2.1 192.0.2.2
  wasp-send: two operands are allowed, and '192.0.2.2' is a third; try 'wasp-send --help'
  [2]
  $ wasp-send -6 one 192.0.2.1
  wasp-send: 192.0.2.1 is no IPv6 address; try 'wasp-send --help'
  [2]
  $ wasp-send -4 one 2001:db8::1
  wasp-send: 2001:db8::1 is no IPv4 address; try 'wasp-send --help'
  [2]
  $ wasp-send one $(printf '%0300d' 0 | tr 0 x)
  wasp-send: x{300}: Name or service not known (re)
  [5]
  $ wasp-send -S here one 192.0.2.1
  wasp-send: --source: 'here' is not an address; try 'wasp-send --help'
  [2]
  $ wasp-send -S 2001:db8::1 one 192.0.2.1
  wasp-send: source and destination are not of one family; try 'wasp-send --help'
  [2]
  $ wasp-send -c 0 one 192.0.2.1
  wasp-send: --count: '0' is not a number from 1 to 65535; try 'wasp-send --help'
  [2]
  $ wasp-send -c 65536 one 192.0.2.1
  wasp-send: --count: '65536' is not a number from 1 to 65535; try 'wasp-send --help'
  [2]
  $ wasp-send -t 0 one 192.0.2.1
  wasp-send: --hop-limit: '0' is not a number from 1 to 255; try 'wasp-send --help'
  [2]
  $ wasp-send -Q 256 one 192.0.2.1
  wasp-send: --traffic-class: '256' is not a number from 0 to 255; try 'wasp-send --help'
  [2]
  $ wasp-send -P 0 one 192.0.2.1
  wasp-send: --protocol: '0' is not a number from 1 to 255; try 'wasp-send --help'
  [2]
  $ wasp-send --port 65536 one 192.0.2.1
  wasp-send: --port: '65536' is not a number from 1 to 65535; try 'wasp-send --help'
  [2]
  $ wasp-send --source-port 0 one 192.0.2.1
  wasp-send: --source-port: '0' is not a number from 1 to 65535; try 'wasp-send --help'
  [2]
  $ wasp-send --flow-label 0x100000 one 2001:db8::1
  wasp-send: --flow-label: '0x100000' is not a number from 0 to 1048575; try 'wasp-send --help'
  [2]
  $ wasp-send --flow-label 1 one 192.0.2.1
  wasp-send: --flow-label: IPv4 has none; try 'wasp-send --help'
  [2]
  $ wasp-send -i 10us one 192.0.2.1
  wasp-send: --interval: '10us' is less than 1ms; try 'wasp-send --help'
  [2]
  $ wasp-send -i soon one 192.0.2.1
  wasp-send: --interval: 'soon' is not a time of at most a day, such as 1.5, 200ms or 50us; try 'wasp-send --help'
  [2]
  $ wasp-send -W 1h one 192.0.2.1
  wasp-send: --timeout: '1h' is not a time of at most a day, such as 1.5, 200ms or 50us; try 'wasp-send --help'
  [2]
  $ wasp-send --ident 65536 one 192.0.2.1
  wasp-send: --ident: '65536' is not a number from 0 to 65535; try 'wasp-send --help'
  [2]
  $ wasp-send --sett limit=1 one 192.0.2.1
  wasp-send: there is no option --sett; did you mean --set? Try 'wasp-send --help'
  [2]
  $ wasp-send -n --set limit one 192.0.2.1
  wasp-send: --set: 'limit' is not of the form NAME=VALUE; try 'wasp-send --help'
  [2]
  $ wasp-send -n --set limti=1 one 192.0.2.1
  wasp-send: --set: the object has no word 'limti'; did you mean limit? Try 'wasp-send --help'
  [2]
  $ wasp-send -n --set limit=x one 192.0.2.1
  wasp-send: --set: 'x' is neither a number of 32 bits nor an address; try 'wasp-send --help'
  [2]
  $ wasp-as --strip one.wasp | wasp-send -n --set limit=1 - 192.0.2.1
  wasp-send: --set: the object has no word 'limit'; it has no notes, so words have no names; give an index; try 'wasp-send --help'
  [2]
  $ wasp-send -n -I nosuch0 one 192.0.2.1 2>&1 | sed 's/there are .*/there are .../'
  wasp-send: there is no interface 'nosuch0'; there are ...

Input that can not be read, or is damaged:

  $ wasp-send -n nosuch 192.0.2.1
  wasp-send: nosuch: No such file or directory
  [3]
  $ wasp-send -n . 192.0.2.1
  wasp-send: .: Is a directory
  [3]
  $ wasp-send -n one.wasp 192.0.2.1
  one.wasp: error: neither an object, nor a capture, nor hexadecimal [WASP-I001]
      hint: Assemble a source first, with wasp-as; of a line of a log, keep the hexadecimal only.
  [3]
  $ wasp-send -n --json one.wasp 192.0.2.1
  {"v":1,"id":"WASP-I001","severity":"error","class":null,"file":"one.wasp","line":null,"col":null,"offset":null,"pc":null,"path":null,"message":"neither an object, nor a capture, nor hexadecimal","hint":"Assemble a source first, with wasp-as; of a line of a log, keep the hexadecimal only."}
  [3]
  $ wasp-send -n - 192.0.2.1
  <stdin>:+0x00: error: not a WASP object: it is empty [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ head -c 19 one | wasp-send -n - 192.0.2.1
  <stdin>:+0x00: error: not a WASP object: ends within the code [WASP-O001]
      hint: Assemble the source with wasp-as; copy an object whole, and in binary.
  [3]
  $ sed 's/\x05/\x06/' one >damaged
  $ wasp-send -n damaged 192.0.2.1
  wasp-send: damaged: its checksum is wrong; --force sends it so
  [3]
  $ wasp-send -n --force --ident 0 -S 192.0.2.2 damaged 192.0.2.1 | head -n 2
  IPv4 192.0.2.2 > 192.0.2.1, 44 bytes, hop limit 64, traffic class 0x00, protocol 253
  WASP a program without a name, flags I---, 1 instruction, 1 word, cursor 0, identifier 0x0000, sequence 1, checksum 0x8d7c

What wasp-verify refuses:

  $ cat >bad.wasp <<'END'
  >         .hooks  ingress
  >         .text
  >         mov     r0, t0
  >         .insn   0x0fff
  > END
  $ wasp-as -o bad bad.wasp
  $ wasp-send -n bad 192.0.2.1 2>said
  [1]
  $ grep -o 'WASP-V...' said
  WASP-V004
  WASP-V001
  $ wasp-send -n --json bad 192.0.2.1 2>&1 | python3 -c '
  > import json, sys
  > for line in sys.stdin: print(json.loads(line)["pc"])'
  0
  1
  $ wasp-send -n --force --ident 0 -S 192.0.2.2 bad 192.0.2.1 | head -n 2
  IPv4 192.0.2.2 > 192.0.2.1, 40 bytes, hop limit 64, traffic class 0x00, protocol 253
  WASP a program without a name, flags I---, 2 instructions, 0 words, cursor 0, identifier 0x0000, sequence 1, checksum 0x4e83

A privilege that is missing, for root too:

  $ plain() { if [ "$(id -u)" = 0 ]; then setpriv --bounding-set=-all -- "$@"; else "$@"; fi; }
  > plain wasp-send one 127.0.0.1
  wasp-send: opening a raw socket: Operation not permitted: CAP_NET_RAW is missing; run it with sudo, or give it that: sudo setcap cap_net_raw\+ep /.*/wasp-send (re)
  [4]
  $ plain() { if [ "$(id -u)" = 0 ]; then setpriv --bounding-set=-all -- "$@"; else "$@"; fi; }
  > plain wasp-send -n -S 192.0.2.1 one 192.0.2.2 | wc -l
  5
