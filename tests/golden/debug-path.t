Over nodes: next hop, what a packet brings from one to the next, stores of each.

  $ wasp-as -o trace.wo $SRC/examples/trace.wasp
  $ wasp-as -o count.wo $SRC/examples/count.wasp
  $ wasp-run --debug --hops 3 trace.wo <<'END'
  > step 2
  > next hop
  > print trail
  > why trail
  > why [trail+3]
  > hop 2
  > info path
  > info words
  > hop
  > back
  > hop -9
  > break return
  > break node 1
  > c
  > c
  > c
  > c
  > rc
  > reverse
  > d
  > break egress
  > c
  > d
  > b hop 2
  > run
  > c
  > END
  node 192.0.2.1, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) step 2
      0  push node.3                 node.3=0xc0000201 -> [trail]=0xc0000201
      1  push time_us                time_us=0x181e42c9 -> [trail+1]=0x181e42c9
  =>  2  push queue                  trace.wasp:69
  (wasp) next hop
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  node 192.0.2.2, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) print trail
  trail = 3221225985 404636361 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0 0
                0 0 0 0 0 0 0
  (wasp) why trail
  node 192.0.2.1, egress, after 0 steps, trace.wasp:67
      0  push node.3                 node.3=0xc0000201 -> [trail]=0xc0000201
  [trail]: 0 -> 3221225985 (0xc0000201)
  node 192.0.2.1, egress, after 1 step, trace.wasp:68
      1  push time_us                time_us=0x181e42c9 -> [trail+1]=0x181e42c9
  [trail+1]: 0 -> 404636361 (0x181e42c9)
  node 192.0.2.1, egress, after 2 steps, trace.wasp:69
      2  push queue                  queue=0 -> [trail+2]=0
  [trail+2]: 0 -> 0
  nothing wrote [trail+3] to [trail+62]: as it was when the packet began
  (wasp) why [trail+3]
  nothing wrote [trail+3]: as it was when the packet began
  (wasp) hop 2
  node 192.0.2.2, egress: return; 7 steps, cost 7
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  node 192.0.2.1, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) info path
      1  node 192.0.2.1, egress: forward, 7 steps
      2  node 192.0.2.2, egress: return, 7 steps
      3  node 192.0.2.2, egress: forward, 7 steps
  =>  4  node 192.0.2.1, egress: forward, 7 steps
  came back to the source after 2.856 ms; hops 4
  (wasp) info words
  trail         9 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
  cursor 9 of 63 words
  (wasp) hop
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 2.856 ms; hops 4
  trail         12 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
       4  192.0.2.1      +1248      0
  no packet is left
  (wasp) back
  =>  6  return                      trace.wasp:73
  (wasp) hop -9
  this is the beginning
  node 192.0.2.1, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) break return
  1: break at return
  (wasp) break node 1
  2: break at node 1
  (wasp) c
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  1: break at return
  node 192.0.2.2, egress
  =>  6  return                      trace.wasp:73
  (wasp) c
  node 192.0.2.2, egress: return; 7 steps, cost 7
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  2: break at node 1
  node 192.0.2.1, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) c
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 2.856 ms; hops 4
  trail         12 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
       4  192.0.2.1      +1248      0
  no packet is left
  (wasp) c
  no packet is left
  (wasp) rc
  2: break at node 1
  =>  0  push node.3                 trace.wasp:67
  (wasp) reverse
  1: break at return
  node 192.0.2.2, egress
  =>  6  return                      trace.wasp:73
  (wasp) d
  (wasp) break egress
  3: break at hook egress
  (wasp) c
  node 192.0.2.2, egress: return; 7 steps, cost 7
  3: break at hook egress
  node 192.0.2.2, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) d
  (wasp) b hop 2
  4: break at hop 2
  (wasp) run
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  4: break at hop 2
  node 192.0.2.2, egress
  =>  0  push node.3                 trace.wasp:67
  (wasp) c
  node 192.0.2.2, egress: return; 7 steps, cost 7
  node 192.0.2.2, egress: forward; 7 steps, cost 7
  node 192.0.2.1, egress: forward; 7 steps, cost 7
  came back to the source after 2.856 ms; hops 4
  trail         12 of 63 words pushed
       #  node4        time_us  queue
       1  192.0.2.1  404636361      0
       2  192.0.2.2       +959  10500
       3  192.0.2.2       +959   1500
       4  192.0.2.1      +1248      0
  no packet is left

Two packets over two nodes, each with a store of its own.

  $ wasp-run --debug --hops 2 --repeat 2 count.wo <<'END'
  > hop
  > info store
  > info store 2
  > finish
  > info store
  > next packet
  > packet
  > packet 1
  > packet 2
  > watch store
  > c
  > info store 1
  > info store 2
  > why store group
  > END
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) hop
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  packet 1, node 192.0.2.2, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) info store
  the store of node 2 is empty
  (wasp) info store 2
  the store of node 2 is empty
  (wasp) finish
      8  forward                     forward
  1: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  1: arrived at its destination, node 2 after 1.631 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  (wasp) info store
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 1 0 0 0 0 0 0 0
  (wasp) next packet
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) packet
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  no packet is left
  (wasp) packet 1
  packet 1, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) packet 2
  1: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
  1: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  1: arrived at its destination, node 2 after 1.631 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          1
  packet 2, node 192.0.2.1, ingress
  =>  0  insert r0, [group]          count.wasp:55
  (wasp) watch store
  1: watch store
  (wasp) c
  2: node 192.0.2.1, ingress: forward; 9 steps, cost 32, 1 store access
      8  forward                     forward
  1: watch store
  public 0x19ba03fb9a2a5c9e [group]: 1 0 0 0 0 0 0 0 -> 2 0 0 0 0 0 0 0
  (wasp) info store 1
  public     0x19ba03fb9a2a5c9e [group], 1 ms: 2 0 0 0 0 0 0 0
  (wasp) info store 2
  public     0x19ba03fb9a2a5c9e [group], 0 ms: 1 0 0 0 0 0 0 0
  (wasp) why store group
  packet 2, node 192.0.2.1, ingress, after 8 steps, count.wasp:63
      8  forward                     forward
  public 0x19ba03fb9a2a5c9e [group]: 1 0 0 0 0 0 0 0 -> 2 0 0 0 0 0 0 0
  2: node 192.0.2.2, ingress: forward; 9 steps, cost 32, 1 store access
  2: arrived at its destination, node 2 after 0.822 ms; hops 2
  group         public 0x19ba03fb9a2a5c9e
  limit         5
  seen          2
  store: 2 entries
    node 1    public     0x19ba03fb9a2a5c9e      1 ms  2 0 0 0 0 0 0 0
    node 2    public     0x19ba03fb9a2a5c9e      0 ms  2 0 0 0 0 0 0 0

A packet that no node ran, and one that must not run.

  $ wasp-run --debug --hops 1 trace.wo <<'END'
  > step
  > info packet
  > info path
  > info store
  > END
  at no node
  no node ran it
  arrived at its destination, node 1 after 0.624 ms; hops 0
  trail         0 of 63 words pushed
  (wasp) step
  no packet is left
  (wasp) info packet
  198.51.100.1 > 192.0.2.1, hop limit 64, length 304
  program trace, flags -EB-, 8 instructions, 63 words
  identifier 0, sequence 0, hops 0, cursor 0, status 0x00
  (wasp) info path
  =>  1  no node ran it
  arrived at its destination, node 1 after 0.624 ms; hops 0
  (wasp) info store
  <stdin>:4: error: this is at no node; say which, 1 to 1
  [3]
  $ wasp-run -x - --hook ingress trace.wo <<'END'
  > info environment
  > finish
  > END
  node 192.0.2.1, ingress
  not run: it has no hook ingress
  trail         0 of 63 words pushed
  (wasp) info environment
  it was not run here
  (wasp) finish
  this is the end of the run
