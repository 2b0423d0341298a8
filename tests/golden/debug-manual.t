The session of wasp-run(1) is a real one, and so is the repair.

  $ sed -n '/^\.Sh DEBUGGER/,/^\.Sh JSON/p' $SRC/man/wasp-run.1 >section
  $ sed -n '/^\.\\" program/,/^\.Ed/{/^\./!p;}' section >first.wasp
  $ wasp-as -o first.wo first.wasp
  $ wasp-verify first.wo | head -1
  first.wo: safe: at most 8 steps, cost 31, 1 store access; hooks ingress; keys public
  $ sed -n '/^\$ wasp-run --debug/,/^\.Ed/{/^[$.]/!p;}' section >session
  $ sed -n 's/^(wasp) //p' session >commands
  $ wc -l <commands
  12
  $ wasp-run --debug --repeat 3 -x commands first.wo | diff session -
  $ awk '/mov.*t0, r1/ {held = $0; next} {print} /addi/ {print held}' first.wasp >second.wasp
  $ diff first.wasp second.wasp
  9d8
  <         mov     t0, r1
  10a10
  >         mov     t0, r1
  [1]
  $ wasp-as -o second.wo second.wasp
  $ sed -n '/^\$ wasp-run --repeat/,/^\.Ed/{/^[$.]/!p;}' section >repaired
  $ wasp-run --repeat 3 second.wo | grep node | diff repaired -

It describes each command that help lists, with all its names, and each topic, and
each place.

  $ sed -n '/^\.Ss Commands/,/^\.Ss Places/p' section >page
  $ printf 'help\nquit\n' | wasp-run --debug first.wo | sed -n '/^(wasp) help/,/^Commands may/s/^\([a-z][a-z]*\).*/\1/p' >names
  $ wc -l <names
  25
  $ while read -r name; do grep -q "^\.It Ic $name" page || echo "not described: $name"; done <names
  $ for name in $(cat names); do echo "help $name"; done >commands
  $ wasp-run -x commands first.wo | sed -n 's/^also called //p' | tr ' ' '\n' >aliases
  $ wc -l <aliases
  24
  $ while read -r name; do grep "^\.It Ic" page | grep -qw -e "$name" || echo "not described: $name"; done <aliases
  $ printf 'help info\nquit\n' | wasp-run --debug first.wo | sed -n 's/^  \([a-z]*\)  .*/\1/p' >topics
  $ wc -l <topics
  9
  $ while read -r name; do grep -q "^\.Cm $name" page || echo "not described: $name"; done <topics
  $ printf 'help break\n' | wasp-run --debug first.wo | sed -n '/^  fault/s/[ ,N]/\n/gp' | grep . >places
  $ wc -l <places
  10
  $ while read -r name; do sed -n '/^\.Ss Places/,/^\.Ss/p' section | grep "^\.It" | grep -qw -e "$name" || echo "not described: $name"; done <places
