# SPDX-License-Identifier: BSD-2-Clause
# What a packet with delay.wasp saw, as a table for people.
include "table";

def ms($unit): if . == null then null else . / $unit | decimals(3) end;

select(.type == "reply")
| .words.turned as $turned
| [.records | to_entries[] | .key as $n | .value
    | [if $n < $turned then "out" else "home" end, address,
      (if $n == 0 or $n == $turned then null else .r3 end | ms(1000)),
      (.transit | known | ms(1000000)),
      (.queue | known), (.queue_pkts | known)]] as $rows
| "\(.time_ns | ms(1000000)) ms out and home",
  ([["way", "leaves by", "ms to it", "ms in it", "bytes before", "packets"]] + $rows
    | table([0, 1]))
