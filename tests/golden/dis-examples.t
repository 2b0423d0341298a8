What the examples assemble to comes back from their disassembly.

  $ for f in "$SRC"/examples/*.wasp; do
  >     name=$(basename "$f" .wasp)
  >     wasp-as -o $name.wo "$f" && wasp-dis $name.wo >$name.dis &&
  >     wasp-as -o again.wo $name.dis &&
  >     size=$(perl -ne 'print index($_, "WASP-NOTES 1") if $. == 1' -0777 again.wo) &&
  >     cmp -n $size $name.wo again.wo || echo "$name differs"
  > done
