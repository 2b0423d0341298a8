# SPDX-License-Identifier: BSD-2-Clause
# Tables for people, of what commands print as JSON: jq -L ../lab, and
# include "table";

# With so many decimals, all of them written, 1 or more; null stays.
def decimals($n):
  if . == null then null else
    (. * pow(10; $n) | round | tostring) as $digits
    | ("0" * ($n + 1 - ($digits | length)) // "") + $digits
    | .[:-$n] + "." + .[-$n:]
  end;

# What a node does not know, or does not tell.
def known: if . == 4294967295 then null else . end;

# The address in a record, of either family.
def address: .node4 // .node;

# The difference of two words that go round.
def since($start): (. - $start + 4294967296) % 4294967296;

# Rows, of which the first are titles, as lines; the columns of these numbers,
# from 0, are words and begin at the left, the others end at the right.
def table($left):
  map(map(if . == null then "-" else tostring end)) as $rows
  | [range($rows[0] | length) as $c | [$rows[][$c] | length] | max] as $widths
  | $rows[] | . as $row
  | [range(length) as $c
      | (" " * ($widths[$c] - ($row[$c] | length)) // "") as $blank
      | if any($left[]; . == $c) then $row[$c] + $blank
        else $blank + $row[$c] end]
  | "  " + join("  ") | sub(" +$"; "");
