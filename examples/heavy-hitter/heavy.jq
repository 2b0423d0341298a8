# SPDX-License-Identifier: BSD-2-Clause
# What heavy.wasp collected, as a table: a row for each router.
include "table";

def bytes: [. / 16777216, . / 65536, . / 256, .] | map(floor % 256);
def hex: "0123456789abcdef" as $h | [. / 4096, . / 256, . / 16, .]
  | map(floor % 16 | $h[.:. + 1]) | join("");
def v4: bytes | map(tostring) | join(".");
def address: if .[:3] == [0, 0, 65535] then .[3] | v4
  else map((. / 65536 | floor), . % 65536) | map(hex) | join(":") end;

select(.type == "reply") | .cursor as $cursor | .words.trail as $trail
| ($cursor - (.scratchpad | length) + ($trail | length)) as $count
| [["router", "entries used", "heaviest flow", "source port", "bytes"],
  (range(0; $count; 8) as $i | $trail[$i:$i + 8]
  | [(.[0] | v4), (.[1] | known | if . then $room - . else . end)]
    + if .[2] == 0 then ["none", null, null]
      else [(.[3:7] | address), (.[7] / 65536 | floor), .[2]] end)]
| table([0, 2])
