# SPDX-License-Identifier: BSD-2-Clause
# What heavy.wasp collected, as a table: a row for each router.
include "table";

def bytes: [. / 16777216, . / 65536, . / 256, .] | map(floor % 256);
def hex: "0123456789abcdef" as $h | [. / 4096, . / 256, . / 16, .]
  | map(floor % 16 | $h[.:. + 1]) | join("");
def v4: bytes | map(tostring) | join(".");
# Of four words, or of the last one of an IPv4 address.
def address: if length == 1 or .[:3] == [0, 0, 65535] then last | v4
  else map((. / 65536 | floor), . % 65536)
  | map(hex | sub("^0{1,3}"; "")) | join(":")
  | sub("(^|:)0(:0)+(:|$)"; "::") end;

select(.type == "reply") | .cursor as $cursor | .words.trail as $trail
| ($cursor - (.scratchpad | length) + ($trail | length)) as $count
| (if .from | contains(":") then 4 else 1 end) as $long
| [["router", "entries used", "heaviest flow", "source port", "bytes"],
  (range(0; $count; $long + 7) as $i | $trail[$i:$i + $long + 7]
  | (.[:$long] | address) as $router | .[$long:]
  | [$router, (.[0] | known | if . then $room - . else . end)]
    + if .[1] == 0 then ["none", null, null]
      else [(.[2:6] | address), (.[6] / 65536 | floor), .[1]] end)]
| table([0, 2])
