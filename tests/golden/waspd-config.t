waspd checks its configuration without any privilege, and tells of all that is
wrong in one run.  The first command of each pair names the diagnostic.

  $ cat >good.conf <<END
  > # a comment
  > name = "edge"
  > operator-prefixes = { "10.0.0.0/8", "2001:db8::/32" }
  > interface eth0 { role = client }
  > interface "eth1.7" { role = internal operator = true }
  > END
  > waspd -t -c good.conf
  $ waspd --test eth0 eth1=guest
  $ waspd -t -c - eth1=guest <good.conf

The manual's example.

  $ sed -n '/^\.Bd -literal/,/^\.Ed/p' $SRC/man/waspd.conf.5 | grep -v '^\.' |
  > sed 's|/etc/wasp/||' >manual.conf; echo 'cost = 300' >guest.policy
  > printf '.hooks egress\n.data\ntype: .word 0\nsize: .word 0\n.text\nforward\n' |
  > wasp-as -o video.wo -
  > grep -c interface manual.conf
  3
  $ waspd -t -c manual.conf

C001: a file that can not be read as settings

  $ printf 'store = 5\ninterface eth0 { role = client\n' >c001.conf; waspd -t -c c001.conf
  c001.conf: error: the file ends within a section, a list or a comment [WASP-C001]
      hint: A quote or a brace may be missing in this line or before it.
  [3]
  $ printf 'store = 5 6\n' >c001.conf; waspd -t -c c001.conf
  c001.conf:1: error: there is no setting '6' here [WASP-C002]
      store = 5 6
      hint: allowed are name, interface, wrap, unwrap, address, operator-prefixes, client-prefixes, policy, store, accesses, protocol, udp-port, queue, mark, translate-after, datapath, mode, sample, translate, translate-programs, pin-directory, log, syslog
  [3]

C002: a setting that does not exist, of the top or of an interface

  $ printf 'interface eth0 {}\nstroe = 5\n' >c002.conf; waspd -t -c c002.conf
  c002.conf:2: error: there is no setting 'stroe' here [WASP-C002]
      stroe = 5
      hint: did you mean 'store'?
  [3]
  $ printf 'interface eth0 {\n\tstore = 5\n}\n' >c002.conf; waspd -t -c c002.conf
  c002.conf:2: error: there is no setting 'store' here [WASP-C002]
      	store = 5
      hint: allowed are role, operator, tell, verify-checksum, ingress, egress, policy, return-rate, rate
  [3]

The same for programs:

  $ waspd -t --json -c c002.conf
  {"v":1,"id":"WASP-C002","severity":"error","class":null,"file":"c002.conf","line":2,"col":null,"offset":null,"pc":null,"path":null,"message":"there is no setting 'store' here","hint":"allowed are role, operator, tell, verify-checksum, ingress, egress, policy, return-rate, rate"}
  [3]

C003: a value that is not allowed

  $ cat >c003.conf <<END
  > name = "a name"
  > store = 0
  > protocol = 256
  > accesses = 3
  > log = loud
  > datapath = ebpf
  > mode = quick
  > sample = never
  > pin-directory = "pins"
  > interface eth0 {
  > 	role = king
  > 	tell = everyone
  > 	return-rate = -1
  > }
  > interface "a name too long for it" {}
  > END
  > waspd -t -c c003.conf
  c003.conf:1: error: the name is 'a name'; allowed are 1 to 16 letters, digits and any of _ . - [WASP-C003]
      name = "a name"
  c003.conf:2: error: store is 0; allowed are 1 to 16777216 [WASP-C003]
      store = 0
  c003.conf:3: error: protocol is 256; allowed are 1 to 255 [WASP-C003]
      protocol = 256
  c003.conf:4: error: accesses is 3; allowed are 4 to 128 [WASP-C003]
      accesses = 3
  c003.conf:5: error: log is 'loud'; allowed are error, warning, info or debug [WASP-C003]
      log = loud
  c003.conf:6: error: datapath is 'ebpf'; allowed are auto, xdp or portable [WASP-C003]
      datapath = ebpf
  c003.conf:7: error: mode is 'quick'; allowed are through or fast [WASP-C003]
      mode = quick
  c003.conf:8: error: sample is 'never'; allowed are always or asked [WASP-C003]
      sample = never
  c003.conf:9: error: the pin directory is 'pins'; allowed is a path from / on of at most 255 characters [WASP-C003]
      pin-directory = "pins"
  c003.conf:11: error: role is 'king'; allowed are none, client, guest or internal [WASP-C003]
      	role = king
  c003.conf:12: error: tell is 'everyone'; allowed are all, guest, client or operator [WASP-C003]
      	tell = everyone
  c003.conf:13: error: return-rate is -1; allowed are 0 to 1000000 [WASP-C003]
      	return-rate = -1
  c003.conf:15: error: 'a name too long for it' can not be an interface; allowed are 1 to 15 characters without blanks and any of / : " \ and not ending in + [WASP-C003]
      interface "a name too long for it" {}
  [3]
  $ cat >c003.conf <<END
  > translate = always
  > translate-after = 0
  > translate-programs = {"182ac2a104b09f6d", "182ac2a1"}
  > END
  > waspd -t -c c003.conf
  c003.conf:1: error: translate is 'always'; allowed are off, listed or hot [WASP-C003]
      translate = always
  c003.conf:2: error: translate-after is 0; allowed are 1 to 1000000000 [WASP-C003]
      translate-after = 0
  c003.conf:3: error: '182ac2a1' is no program; what wasp-as --hash prints has 16 digits [WASP-C003]
      translate-programs = {"182ac2a104b09f6d", "182ac2a1"}
  [3]
  $ printf 'protocol = 6\n' >c003.conf; waspd -t -c c003.conf
  c003.conf:1: error: protocol is 6, which is TCP; allowed are those that are nobody's, 253 and 254 say [WASP-C003]
      protocol = 6
  [3]
  $ printf 'syslog = maybe\n' >c003.conf; waspd -t -c c003.conf
  c003.conf:1: error: syslog takes true or false [WASP-C003]
      syslog = maybe
  [3]
  $ printf 'queue = many\n' >c003.conf; waspd -t -c c003.conf
  c003.conf:1: error: queue takes a number [WASP-C003]
      queue = many
  [3]

C004: no address, or no prefix

  $ cat >c004.conf <<END
  > address = {"192.0.2.1/24", "2001:db8::1", "here"}
  > operator-prefixes = {"10.0.0.0/33", "2001:db8::/129", "10/8",
  > 	"10.0.0.0/", "10.0.0.0/8"}
  > interface eth0 {}
  > END
  > waspd -t -c c004.conf
  c004.conf:1: error: '192.0.2.1/24' is no address; allowed are 192.0.2.1 or 2001:db8::1, say [WASP-C004]
      address = {"192.0.2.1/24", "2001:db8::1", "here"}
  c004.conf:1: error: 'here' is no address; allowed are 192.0.2.1 or 2001:db8::1, say [WASP-C004]
      address = {"192.0.2.1/24", "2001:db8::1", "here"}
  c004.conf:2: error: '10.0.0.0/33' is no prefix; allowed are 192.0.2.0/24 or 2001:db8::/32, say [WASP-C004]
      operator-prefixes = {"10.0.0.0/33", "2001:db8::/129", "10/8",
  c004.conf:2: error: '2001:db8::/129' is no prefix; allowed are 192.0.2.0/24 or 2001:db8::/32, say [WASP-C004]
      operator-prefixes = {"10.0.0.0/33", "2001:db8::/129", "10/8",
  c004.conf:2: error: '10/8' is no prefix; allowed are 192.0.2.0/24 or 2001:db8::/32, say [WASP-C004]
      operator-prefixes = {"10.0.0.0/33", "2001:db8::/129", "10/8",
  c004.conf:3: error: '10.0.0.0/' is no prefix; allowed are 192.0.2.0/24 or 2001:db8::/32, say [WASP-C004]
      	"10.0.0.0/", "10.0.0.0/8"}
  [3]

C005: an interface that is named twice

  $ printf 'interface eth0 {}\ninterface eth0 {}\n' >c005.conf; waspd -t -c c005.conf
  c005.conf:2: error: the section 'eth0' is described twice [WASP-C005]
      interface eth0 {}
      hint: Put all settings of the interface into one section, and give each rule a name of its own.
  [3]
  $ waspd -t -c good.conf eth0
  waspd: error: eth0 is named twice [WASP-C005]
      hint: Put all settings of the interface into one section, and give each rule a name of its own.
  [3]

C006: too many interfaces, prefixes or addresses

  $ for i in $(seq 65); do echo "interface eth$i {}"; done >c006.conf
  > waspd -t -c c006.conf
  c006.conf:65: error: more than 64 interfaces [WASP-C006]
      interface eth65 {}
  [3]
  $ { echo 'interface eth0 {}'; echo 'client-prefixes = {'
  > for i in $(seq 64); do echo "10.$i.0.0/16,"; done
  > echo '10.65.0.0/16 }'; } >c006.conf
  > waspd -t -c c006.conf
  c006.conf:67: error: more than 64 in client-prefixes [WASP-C006]
      10.65.0.0/16 }
  [3]
  $ printf 'address = { 192.0.2.1, "2001:db8::1", 192.0.2.2 }\ninterface eth0 {}\n' | waspd -t -c -
  <stdin>:1: error: '192.0.2.2' is a second address of its family [WASP-C006]
      address = { 192.0.2.1, "2001:db8::1", 192.0.2.2 }
  [3]

C007: no interface

  $ printf 'store = 5\n' >c007.conf; waspd -t -c c007.conf
  c007.conf: error: no interface is named [WASP-C007]
      hint: interface eth0 { role = client }
  [3]

C008: packets that pass by a firewall, of which there is none here

  $ printf 'mode = fast\ndatapath = portable\ninterface eth0 {}\n' | waspd -t -c -
  $ waspd --explain C008 | head -n 2
  WASP-C008: packets that pass by a firewall
  A warning, which -Wno-fast leaves out.

The command line

  $ waspd
  waspd: no interface is named, and no file; try 'waspd --help'
  [2]
  $ waspd -t eth0=king
  waspd: 'king' is no role; allowed are none, client, guest or internal; try 'waspd --help'
  [2]
  $ waspd -t eth0 eth0
  waspd: eth0 is named twice; try 'waspd --help'
  [2]
  $ waspd -t --name 'a b' eth0
  waspd: the name is 'a b'; allowed are 1 to 16 letters, digits and any of _ . -; try 'waspd --help'
  [2]
  $ waspd -t -l loud eth0
  waspd: 'loud' is no level; allowed are error, warning, info or debug; try 'waspd --help'
  [2]
  $ waspd -t --datapath fast eth0
  waspd: 'fast' is no data path; allowed are auto, xdp or portable; try 'waspd --help'
  [2]
  $ waspd -t --pin-directory . eth0
  waspd: the pin directory is '.'; allowed is a path from / on of at most 255 characters; try 'waspd --help'
  [2]
  $ waspd --clean eth0; waspd --clean --test
  waspd: --clean takes neither --test nor interfaces; try 'waspd --help'
  waspd: --clean takes neither --test nor interfaces; try 'waspd --help'
  [2]
  $ waspd --cleen
  waspd: there is no option --cleen; did you mean --clean? Try 'waspd --help'
  [2]
  $ waspd -t -c missing.conf
  waspd: missing.conf: No such file or directory
  [3]

Damaged files: an error, or none, but no crash.

  $ for i in $(seq 50); do
  > perl -e 'local $/; $_ = <>; srand '$i'; substr($_, rand length, 1) = chr rand 256 for 1 .. 3; print substr $_, 0, rand 2 * length' good.conf >damaged.conf
  > waspd -t -c damaged.conf >out 2>&1
  > case $? in 0|3) ;; *) echo "damage $i: status $?"; cat out ;; esac; done

Policies are read and checked too, of the top and of an interface.

  $ printf 'policy = p.policy\ninterface eth0 { policy = q.policy }\n' >p.conf
  $ echo 'cost = 100' >p.policy; waspd -t -c p.conf
  waspd: q.policy: No such file or directory
  [3]
  $ printf 'cost = 100\nfields = {queu}\n' >q.policy; waspd -t -c p.conf
  q.policy:2: error: fields: there is no environment field 'queu' [WASP-P008]
      fields = {queu}
      hint: did you mean 'queue'?
  [3]
  $ printf 'interface eth0 { policy = "" }\n' >r.conf; waspd -t -c r.conf
  r.conf:1: error: policy has 0 characters; allowed are 1 to 255 [WASP-C003]
      interface eth0 { policy = "" }
  [3]

Rules that wrap and unwrap; their programs are read too, and must be right.

  $ cat >rules.conf <<END
  > interface eth0 {}
  > wrap one { match = "udp port 5004" program = "video.wo"
  >     set = { "type = payload 12", "1 = length" } }
  > wrap two { match = "any from 10.0.0.0/8" program = "video.wo"
  >     set = { "size = packet 4:2", "type = counter" } }
  > unwrap one { match = "17 to 2001:db8::/32" from = { "::/0" } }
  > END
  > waspd -t -c rules.conf

C009: a rule that can not be carried out

  $ printf '.hooks egress\n.header flags, 5\n.text\nforward\n' | wasp-as -o back.wo -
  $ printf 'interface eth0 {}\nwrap w {\n match = icmp\n program = "back.wo"\n}\n' >c009.conf
  > waspd -t -c c009.conf
  c009.conf:4: error: back.wo has R set [WASP-C009]
      hint: See waspd.conf(5) for what a rule needs.
  [3]
  $ printf 'interface eth0 {}\nwrap w { match = icmp }\nunwrap u {\n}\n' >c009.conf
  > waspd -t -c c009.conf
  c009.conf:2: error: the wrap 'w' has no program [WASP-C009]
      wrap w { match = icmp }
      hint: See waspd.conf(5) for what a rule needs.
  c009.conf:4: error: the unwrap 'u' has no match [WASP-C009]
      }
      hint: See waspd.conf(5) for what a rule needs.
  [3]
  $ printf '.hooks egress\n.text\nforward\n' | wasp-as -o any.wo -
  $ printf 'interface eth0 {}\nprotocol = 254\nwrap w {\n match = 254\n program = "any.wo"\n}\n' >c009.conf
  > waspd -t -c c009.conf
  c009.conf:5: error: the wrap 'w' matches only protocol 254, which is WASP's own and is not wrapped [WASP-C009]
      hint: See waspd.conf(5) for what a rule needs.
  [3]

C010: a match that can not be read

  $ cat >c010.conf <<END
  > interface eth0 {}
  > unwrap a { match = "ucp port 5" }
  > unwrap b { match = "udp port 0" }
  > unwrap c { match = "icmp dport 5" }
  > unwrap d { match = "udp port 5 port 6" }
  > unwrap e { match = "tcp from 10.0.0.0/8 to ::/0" }
  > unwrap f { match = "tcp from" }
  > unwrap g { match = "" }
  > unwrap h { match = "udp from ::/0 from ::/0" }
  > unwrap i { match = "udp dst 10.0.0.1" }
  > unwrap j { match = "udp dport 65536" }
  > END
  > waspd -t -c c010.conf
  c010.conf:2: error: 'ucp port 5' is no match: it begins with udp, tcp, icmp, any or a protocol's number [WASP-C010]
      unwrap a { match = "ucp port 5" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:3: error: 'udp port 0' is no match: 'port' takes a number from 1 to 65535 [WASP-C010]
      unwrap b { match = "udp port 0" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:4: error: 'icmp dport 5' is no match: only udp and tcp have ports [WASP-C010]
      unwrap c { match = "icmp dport 5" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:5: error: 'udp port 5 port 6' is no match: 'port' is there twice [WASP-C010]
      unwrap d { match = "udp port 5 port 6" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:6: error: 'tcp from 10.0.0.0/8 to ::/0' is no match: its prefixes are of two families [WASP-C010]
      unwrap e { match = "tcp from 10.0.0.0/8 to ::/0" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:7: error: 'tcp from' is no match: 'from' takes a prefix, 192.0.2.0/24 or 2001:db8::/32, say [WASP-C010]
      unwrap f { match = "tcp from" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:8: error: '' is no match: it begins with udp, tcp, icmp, any or a protocol's number [WASP-C010]
      unwrap g { match = "" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:9: error: 'udp from ::/0 from ::/0' is no match: 'from' is there twice [WASP-C010]
      unwrap h { match = "udp from ::/0 from ::/0" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:10: error: 'udp dst 10.0.0.1' is no match: 'dst' is none of port, sport, dport, from and to [WASP-C010]
      unwrap i { match = "udp dst 10.0.0.1" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  c010.conf:11: error: 'udp dport 65536' is no match: 'dport' takes a number from 1 to 65535 [WASP-C010]
      unwrap j { match = "udp dport 65536" }
      hint: Write it as in "udp port 5004" or "any from 192.0.2.0/24".
  [3]

C011: a word that can not be set

  $ cat >c011.conf <<END
  > interface eth0 {}
  > wrap a {
  >   match = any
  >   program = "video.wo"
  >   set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  > }
  > END
  > waspd -t -c c011.conf
  c011.conf:5: error: 'type' sets no word; allowed are "WORD = payload N", "WORD = packet N", with :2 or :4 behind N, "WORD = length" and "WORD = counter" [WASP-C011]
        set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  c011.conf:5: error: 'type = payload' sets no word; allowed are "WORD = payload N", "WORD = packet N", with :2 or :4 behind N, "WORD = length" and "WORD = counter" [WASP-C011]
        set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  c011.conf:5: error: 'type = payload 1:3' sets no word; allowed are "WORD = payload N", "WORD = packet N", with :2 or :4 behind N, "WORD = length" and "WORD = counter" [WASP-C011]
        set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  c011.conf:5: error: 't t = length' sets no word; allowed are "WORD = payload N", "WORD = packet N", with :2 or :4 behind N, "WORD = length" and "WORD = counter" [WASP-C011]
        set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  c011.conf:5: error: 'type = time' sets no word; allowed are "WORD = payload N", "WORD = packet N", with :2 or :4 behind N, "WORD = length" and "WORD = counter" [WASP-C011]
        set = { "type", "type = payload", "type = payload 1:3", "t t = length", "type = time" }
  [3]
  $ cat >c011.conf <<END
  > interface eth0 {}
  > wrap a {
  >   match = any
  >   program = "video.wo"
  >   set = { "typ = length", "2 = counter", "colour = length" }
  > }
  > END
  > waspd -t -c c011.conf
  c011.conf:5: error: video.wo: the object has no word 'typ' [WASP-C011]
      hint: did you mean type?
  c011.conf:5: error: video.wo: there is no word 2; the scratchpad has 2 [WASP-C011]
  c011.conf:5: error: video.wo: the object has no word 'colour' [WASP-C011]
      hint: there are type, size
  [3]
  $ cat >c011.conf <<END
  > interface eth0 {}
  > wrap a { match = any
  >   program = "video.wo"
  >   set = { "type = length",
  >     "0 = counter" }
  > }
  > END
  > waspd -t -c c011.conf
  c011.conf:5: error: '0', word 0 of video.wo, is set twice [WASP-C011]
  [3]

What the verifier, the policy or the system say of a program.

  $ printf '.hooks egress\n.text\nmov r0, t1\nforward\n' | wasp-as -o bad.wo -
  > printf 'interface eth0 {}\nwrap w {\n match = any\n program = "bad.wo" }\n' >bad.conf
  > waspd -t -c bad.conf
  bad.wo:3: error: t1 is used with nothing mapped: no lookup or insert comes before [WASP-V004]
      mov r0, t1
      why: A node where this happens ends the program for good with the fault nothing-mapped: after a lookup or insert, a store without that entry, or without room for it, is enough.
      hint: Test the result of lookup or insert with bz before t0..t7 are used, and use them only where it is not 0.
  [3]
  $ echo 'opcodes = { "forward" }' >only.policy; echo 'fields = { none }' >>only.policy
  > printf '.hooks egress\n.text\nenv r0, ttl\nforward\n' | wasp-as -o env.wo -
  > printf 'policy = "only.policy"\ninterface eth0 {}\nwrap w {\n match = any\n program = "env.wo" }\n' >bad.conf
  > waspd -t -c bad.conf
  env.wo:3: error: only.policy:1 does not allow 'env' at egress [WASP-P003]
      env r0, ttl
      why: A node with that policy does not run a program that can come to such an instruction.
      hint: Do without it, or do not name the hook where it is forbidden.
  env.wo:3: error: only.policy:2 does not allow 'ttl' at egress [WASP-P004]
      env r0, ttl
      why: A node with that policy does not run a program that can read this field.
      hint: Do without it, or do not name the hook where it is forbidden.
  [3]
  $ printf 'interface eth0 {}\nwrap w {\n match = any\n program = "none.wo" }\n' >bad.conf
  > waspd -t -c bad.conf
  waspd: none.wo: No such file or directory
  bad.conf:4: error: the program of the wrap 'w' can not be read [WASP-C009]
      hint: A name that does not begin with a slash is looked for where waspd was started.
  [3]
