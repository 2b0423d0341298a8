One object a packet, with the same keys in each.

  $ $BUILD/tests/make-capture object >walk.wo
  $ $BUILD/tests/make-capture right | wasp-dump --json -c 2
  {"v":1,"number":1,"time_us":1763726400000000,"type":"wasp","captured":86,"length":86,"ethertype":2048,"ip":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":72,"protocol":253,"ttl":62,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":null,"wasp":{"program":null,"version":1,"flags":{"ingress":true,"egress":true,"back":false,"returned":false},"next_header":59,"code_length":5,"pad_length":6,"cursor":2,"hops":0,"status":0,"fault":null,"fault_pc":0,"rerouted":false,"refused":false,"full":false,"checksum":8074,"checksum_right":8074,"ident":4660,"seq":1,"code_hash":"c94881c21f7e62d3","code":[61504,53250,16647,16670,0],"disassembly":["insert r0, [0]","bz r0, L4","push node.3","push ttl","forward"],"scratchpad":[287454020,1432778632,0,0,0,0],"words":{},"records":null,"payload_size":0,"inside":null},"complaints":[]}
  {"v":1,"number":2,"time_us":1763726401000000,"type":"wasp","captured":106,"length":106,"ethertype":34525,"ip":{"version":6,"src":"2001:db8:1::2","dst":"2001:db8:3::2","length":92,"protocol":253,"ttl":62,"traffic_class":0,"flow_label":74565,"sport":null,"dport":null},"icmp":null,"wasp":{"program":null,"version":1,"flags":{"ingress":true,"egress":true,"back":false,"returned":false},"next_header":59,"code_length":5,"pad_length":6,"cursor":2,"hops":0,"status":0,"fault":null,"fault_pc":0,"rerouted":false,"refused":false,"full":false,"checksum":8074,"checksum_right":8074,"ident":4660,"seq":1,"code_hash":"c94881c21f7e62d3","code":[61504,53250,16647,16670,0],"disassembly":["insert r0, [0]","bz r0, L4","push node.3","push ttl","forward"],"scratchpad":[287454020,1432778632,0,0,0,0],"words":{},"records":null,"payload_size":0,"inside":null},"complaints":[]}
  $ $BUILD/tests/make-capture right |
  >   wasp-dump --json -c 1 --notes walk.wo src host 10.0.3.2
  {"v":1,"number":3,"time_us":1763726402000000,"type":"wasp","captured":86,"length":86,"ethertype":2048,"ip":{"version":4,"src":"10.0.3.2","dst":"10.0.1.2","length":72,"protocol":253,"ttl":64,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":null,"wasp":{"program":"walk","version":1,"flags":{"ingress":true,"egress":true,"back":false,"returned":true},"next_header":59,"code_length":5,"pad_length":6,"cursor":6,"hops":2,"status":0,"fault":null,"fault_pc":0,"rerouted":false,"refused":false,"full":false,"checksum":265,"checksum_right":265,"ident":4660,"seq":1,"code_hash":"c94881c21f7e62d3","code":[61504,53250,16647,16670,0],"disassembly":["insert r0, [flow]","bz r0, out","push node.3","push ttl","forward"],"scratchpad":[287454020,1432778632,167772673,63,167772929,62],"words":{"flow":"0x1122334455667788","trail":[167772673,63,167772929,62]},"records":[{"node4":"10.0.2.1","ttl":63},{"node4":"10.0.3.1","ttl":62}],"payload_size":0,"inside":null},"complaints":[]}
  $ $BUILD/tests/make-capture icmp | wasp-dump --json -c 1 icmp
  {"v":1,"number":2,"time_us":1763726401000000,"type":"icmp","captured":114,"length":114,"ethertype":2048,"ip":{"version":4,"src":"10.0.2.1","dst":"10.0.1.2","length":100,"protocol":1,"ttl":63,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":{"type":11,"code":0,"message":"time exceeded in transit","mtu":null,"quoted":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":72,"protocol":253,"ttl":62,"traffic_class":0,"flow_label":null,"sport":null,"dport":null}},"wasp":{"program":null,"version":1,"flags":{"ingress":true,"egress":true,"back":false,"returned":false},"next_header":59,"code_length":5,"pad_length":6,"cursor":2,"hops":0,"status":0,"fault":null,"fault_pc":0,"rerouted":false,"refused":false,"full":false,"checksum":8074,"checksum_right":8074,"ident":4660,"seq":1,"code_hash":"c94881c21f7e62d3","code":[61504,53250,16647,16670,0],"disassembly":["insert r0, [0]","bz r0, L4","push node.3","push ttl","forward"],"scratchpad":[287454020,1432778632,0,0,0,0],"words":{},"records":null,"payload_size":0,"inside":null},"complaints":[]}
  $ $BUILD/tests/make-capture other | wasp-dump --json -a -c 2
  {"v":1,"number":1,"time_us":1763726400000000,"type":"other","captured":42,"length":42,"ethertype":2054,"ip":null,"icmp":null,"wasp":null,"complaints":[]}
  {"v":1,"number":2,"time_us":1763726401000000,"type":"other","captured":86,"length":86,"ethertype":2048,"ip":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":72,"protocol":6,"ttl":62,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":null,"wasp":null,"complaints":[]}
  [1]

Less than the whole:

  $ $BUILD/tests/make-capture right EN10MB 47 | wasp-dump --json -c 1
  {"v":1,"number":1,"time_us":1763726400000000,"type":"wasp","captured":47,"length":86,"ethertype":2048,"ip":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":72,"protocol":253,"ttl":62,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":null,"wasp":{"program":null,"version":1,"flags":{"ingress":true,"egress":true,"back":false,"returned":false},"next_header":59,"code_length":5,"pad_length":6,"cursor":2,"hops":0,"status":0,"fault":null,"fault_pc":0,"rerouted":false,"refused":false,"full":false,"checksum":8074,"checksum_right":null,"ident":null,"seq":null,"code_hash":null,"code":[],"disassembly":[],"scratchpad":[],"words":{},"records":null,"payload_size":0,"inside":null},"complaints":[{"state":"snapped","message":"captured 47 of 86 bytes"}]}
  $ $BUILD/tests/make-capture malformed | wasp-dump --json -c 1
  {"v":1,"number":1,"time_us":1763726400000000,"type":"wasp","captured":86,"length":86,"ethertype":2048,"ip":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":72,"protocol":253,"ttl":62,"traffic_class":0,"flow_label":null,"sport":null,"dport":null},"icmp":null,"wasp":{"program":null,"version":null,"flags":null,"next_header":null,"code_length":null,"pad_length":null,"cursor":null,"hops":null,"status":null,"fault":null,"fault_pc":null,"rerouted":null,"refused":null,"full":null,"checksum":null,"checksum_right":null,"ident":null,"seq":null,"code_hash":null,"code":[],"disassembly":[],"scratchpad":[],"words":{},"records":null,"payload_size":null,"inside":null},"complaints":[{"state":"malformed","message":"does not begin with 'WA'"}]}
  $ $BUILD/tests/make-capture malformed EN10MB 80 | wasp-dump --json -c 6 |
  >   sed 's/.*"complaints"/"complaints"/'
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"does not begin with 'WA'"}]}
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"the version is not 1"}]}
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"the code length is not within 1..128 instructions"}]}
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"the code length is not within 1..128 instructions"}]}
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"the pad length is above 64 words"}]}
  "complaints":[{"state":"snapped","message":"captured 80 of 86 bytes"},{"state":"malformed","message":"the padding after the code is not zero"}]}
  $ $BUILD/tests/make-capture all EN10MB 9 | wasp-dump --json -c 1
  {"v":1,"number":1,"time_us":1763726400000000,"type":"unknown","captured":9,"length":86,"ethertype":null,"ip":null,"icmp":null,"wasp":null,"complaints":[{"state":"snapped","message":"captured 9 of 86 bytes"}]}
  [1]

Errors are JSON too, on standard error:

  $ $BUILD/tests/make-capture right | head -c 150 | wasp-dump --json >packets
  {"v":1,"id":"WASP-D002","severity":"error","class":null,"file":"<stdin>","line":null,"col":null,"offset":null,"pc":null,"path":null,"message":"damaged after 1 packet: truncated dump file; tried to read 106 captured bytes, only got 8","hint":"Stop the capturing program with an interrupt and copy the file after that."}
  [3]

What is wrapped.

  $ $BUILD/tests/make-capture wrapped | wasp-dump --json |
  > sed 's/.*"payload_size"/"payload_size"/'
  "payload_size":32,"inside":{"version":4,"src":"10.0.1.2","dst":"10.0.3.2","length":32,"protocol":17,"ttl":62,"traffic_class":0,"flow_label":null,"sport":40000,"dport":5004}},"complaints":[]}
  "payload_size":60,"inside":{"version":6,"src":"2001:db8:1::2","dst":"2001:db8:3::2","length":60,"protocol":6,"ttl":62,"traffic_class":0,"flow_label":74565,"sport":40000,"dport":80}},"complaints":[]}
