# SPDX-License-Identifier: BSD-2-Clause
# What a packet with common-trunk.wasp has learnt, as a table.
include "table";

select(.type == "reply")
| (if .words.me == 0 then 2 else 1 end) as $other
| [.records[]
    | (.r5 / $other % 2 | floor == 1) as $shared
    | [.node, (if $shared then "both" else "only me" end),
      (if $shared then .r6 else null end), (.queue | known)]] as $rows
| [["leaves by", "who", "the other says", "bytes waiting"]] + $rows | table([0, 1])
