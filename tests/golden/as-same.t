The same bytes from the same source, wherever, whenever and as whoever one is:
object, listing and rules for make.

  $ cat >lib.inc <<'END'
  > .macro count word
  >     ld r1, [\word]
  >     addi r1, BY
  >     st r1, [\word]
  > .endm
  > END
  $ cat >with.wasp <<'END'
  > .hooks ingress
  > .include "lib.inc"
  > .data
  > seen: .word 0
  > key: .key public, random
  > .text
  > count seen
  > forward
  > END
  $ cat >make.sh <<'END'
  > for f in *.wasp; do
  >     n=${f%.wasp}
  >     wasp-as -DBY=3 -o "$n.wo" --list="$n.lst" -M "$n.d" "$f"
  > done
  > END
  $ mkdir -p here there/deep && umask 022 && cp examples/*.wasp with.wasp lib.inc here
  > cd here && LC_ALL=C TZ=UTC sh ../make.sh
  > sleep 1 && cd ../there/deep && umask 077 && cp ../../here/*.wasp ../../lib.inc .
  > env -i PATH="$PATH" HOME=/nosuch USER=nobody LC_ALL=de_DE.UTF-8 TZ=Asia/Tokyo sh ../../make.sh
  $ ls here/*.wo here/*.lst here/*.d | wc -l
  24
  $ for f in here/*.wo here/*.lst here/*.d; do cmp "$f" "there/deep/${f#here/}"; done
  $ cat here/with.d
  with.wo: with.wasp \
    lib.inc
  lib.inc:

Only the listing and the rules tell how the source was called.

  $ cd here && wasp-as -DBY=3 ../there/deep/with.wasp | cmp - with.wo
