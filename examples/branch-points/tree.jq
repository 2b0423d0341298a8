# SPDX-License-Identifier: BSD-2-Clause
# The tree that climb.wasp's packets draw together; of the objects that wasp-dump
# prints, all at once (jq -s).  A trail begins at the members and ends at the
# source, so who comes next in it is above.

def lines($children; $depth):
  "\("   " * $depth)\(.node)  "
    + (if .count > 1 then "branches to \(.count)" else "does not branch" end),
  (.node as $node | $children[$node] // [] | sort_by(.node)[]
    | lines($children; $depth + 1));

[.[].wasp.records | map({node, count: .t0}) | . as $trail | range(length)
  | {up: ($trail[. + 1].node // "s"), at: $trail[.]}]
| unique | group_by(.up) | map({key: .[0].up, value: map(.at)}) | from_entries
| . as $children | $children.s[] | lines($children; 1)
