# SPDX-License-Identifier: BSD-2-Clause
# What many packets with two-way.wasp saw, as one table: at each hop the routers
# that were seen there, and by how many packets.
include "table";

# [{hop, node, packets}] of ways, which are lists of nodes.
def hops:
  . as $ways
  | [range([.[] | length] | max) as $hop
      | [$ways[][$hop] | values] | group_by(.)[]
      | {$hop, node: .[0], packets: length}];

# Both sides by side, a row for each of what shares a hop.
def rows($out; $home):
  range([$out, $home | .[].hop] | max + 1) as $hop
  | [$out[] | select(.hop == $hop)] as $o
  | [$home[] | select(.hop == $hop)] as $h
  | range([$o, $h | length] | max)
  | [(if . == 0 then $hop + 1 else "" end), ($o[.] | .node, .packets),
    ($h[.] | .node, .packets)]
  | map(. // "");

map(select(.type == "reply") | .words.turned as $turned
  | [.records[].node] | {out: .[:$turned], home: .[$turned:]}) as $seen
| ([$seen[].out] | unique | length) as $outs
| ([$seen[].home] | unique | length) as $homes
| "\($seen | length) packets: \($outs) ways out, \($homes) ways home",
([["hop", "way out", "packets", "way home", "packets"],
  rows([$seen[].out] | hops; [$seen[].home] | hops)] | table([1, 3]))
