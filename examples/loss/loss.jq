# SPDX-License-Identifier: BSD-2-Clause
# What loss.wasp has counted along a path, as a table: the last answer counts.
include "table";

[.[] | select(.type == "reply")] | last | .records
| [range(length - 1) as $n
    | .[$n] as $here | (.[$n + 1].r1) as $next
    | [($here | address), $here.r1, $here.r2, $here.r1 - $here.r2, $here.r3,
      $here.r2 - $next - $here.r3]]
  + [last | [address, .r1] + ["", "", "", ""]]
| [["node", "came", "left", "lost in it", "in its queue", "on the link"]] + .
| table([0])
