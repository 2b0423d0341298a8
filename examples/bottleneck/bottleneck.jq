# SPDX-License-Identifier: BSD-2-Clause
# What bottleneck.wasp saw from its second answer to its last, as a table in
# kbit/s.  The first one only wakes routers that do not look at their counters
# until asked.
include "table";

[.[] | select(.type == "reply")] | sort_by(.seq) | .[1] as $first | last
| .words as $words
| [range(.records | length) as $n | .records[$n] as $now | $first.records[$n] as $old
    | (($now.tx_bytes | since($old.tx_bytes)) * 8000
        / ($now.time_us | since($old.time_us)) | round) as $carried
    | {at: ($now | address), rate: ($now.rate | known), $carried}
    | .spare = if .rate == null then null else .rate - $carried end] as $links
| ([["leaves by", "rate", "carries", "to spare"]]
    + [$links[] | [.at, .rate, .carried, .spare]] | table([0])),
  "slowest: \($words.at), \($words.rate_min) kbit/s",
  ([$links[] | select(.spare != null)] | min_by(.spare)
    | "least to spare: \(.at), \(.spare) kbit/s")
