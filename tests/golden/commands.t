Every command that is installed, by the same rules, whatever it is for: a line that
is printed here is one that breaks them.

  $ ls "$BUILD/bin" | grep -v '\.' >commands; grep -c . commands >count
  > [ "$(grep -cE '^wasp(d|-[a-z]+)$' commands)" = "$(cat count)" ] || cat commands
  > grep -c '^wasp-as$' commands
  1

`says STATUS TEXT COMMAND...`: it ends with STATUS, and its last line on standard error begins
with TEXT, or there is none at all.

  $ cat >says <<'END'
  > #!/bin/sh
  > wanted=$1 text=$2
  > shift 2
  > "$@" 2>errors </dev/null
  > status=$?
  > exec >&3
  > [ $status = "$wanted" ] || echo "$*: exit status $status"
  > case $(tail -n 1 errors) in
  > "$text"*) [ -n "$text" ] || [ ! -s errors ] || { echo "$*"; cat errors; } ;;
  > *) echo "$*: $(tail -n 1 errors)" ;;
  > esac
  > END
  > cat >early <<'END'
  > #!/bin/sh
  > # Its reader is gone before it begins, and so it goes without a word.
  > mkfifo gone
  > ( : <gone; touch left ) &
  > exec 4>gone
  > while [ ! -e left ]; do sleep 0.01; done
  > rm gone left
  > exec "$@" >&4 4>&-
  > END
  > chmod +x says early

What is the same for all: help and version, in full or to a reader who takes one line, and
to places that can not be written to; options that there are not.

  $ exec 3>&1
  > while read -r name; do
  >     says() { ./says "$@"; }
  >     for option in --help -h --version -V; do
  >         says 0 '' $name $option >out
  >         case $option,$(head -n 1 out) in
  >         -*h*,"Usage: $name ["*) ;;
  >         -*[vV]*,"$name (WASP) "[0-9]*) ;;
  >         *) head -n 1 out ;;
  >         esac
  >         says 5 "$name: <stdout>: Bad file descriptor" $name $option >&-
  >         says 5 "$name: <stdout>: No space left on device" $name $option >/dev/full
  >         says 141 '' ./early $name $option
  >     done
  >     says 2 "$name: there is no option --halp; did you mean --help?" $name --halp
  >     says 2 "$name: there is no option --versoin; did you mean --version?" $name --versoin
  >     says 2 "$name: there is no option --quite-another; try '$name --help'" $name --quite-another
  >     says 2 "$name: there is no option -%; try '$name --help'" $name -%
  >     says 2 "$name: the option --help=me takes no value; try '$name --help'" $name --help=me
  > done <commands

What each prints when it does its work: to a file that is full or closed, into a pipe that nobody
reads.  (wasp-magnet needs a network for that.)

  $ cp "$SRC/examples/count.wasp" .
  > wasp-as -o count count.wasp
  > wasp-send -o capture -S 192.0.2.1 count 192.0.2.2
  > cat >table <<'END'
  > wasp-as count.wasp
  > wasp-as --print-opcodes
  > wasp-as --explain list
  > wasp-as --list=- -o /dev/null count.wasp
  > wasp-bpf count
  > wasp-conform --vectors $SRC/tests/conformance/push.vec --list
  > wasp-conform --vectors $SRC/tests/conformance/push.vec wasp-run --engine
  > wasp-dis count
  > wasp-dis --json count
  > wasp-dump -r capture
  > wasp-dump --json -r capture
  > wasp-run count
  > wasp-run --json count
  > wasp-run --trace count
  > wasp-send -n -S 192.0.2.1 count 192.0.2.2
  > wasp-send --json -n -S 192.0.2.1 count 192.0.2.2
  > wasp-send -o - -S 192.0.2.1 count 192.0.2.2
  > wasp-verify count
  > wasp-verify --json count
  > waspd --explain list
  > END
  > exec 3>&1
  > while read -r name args; do
  >     grep -qx "$name" commands || continue
  >     args=$(eval "printf '%s ' $args")
  >     ./says 0 '' $name $args >out
  >     [ -s out ] || echo "$name $args: nothing is printed"
  >     ./says 5 "$name: <stdout>: Bad file descriptor" $name $args >&-
  >     ./says 5 "$name: <stdout>: No space left on device" $name $args >/dev/full
  >     ./says 141 '' ./early $name $args
  > done <table
  > cut -d' ' -f1 table | sort -u | comm -13 - commands
  wasp-magnet

A file that is not there, and a folder as a file: named by its name, status 3.

  $ cat >table <<'END'
  > wasp-as
  > wasp-bpf
  > wasp-dis
  > wasp-dump -r
  > wasp-run
  > wasp-send -n -S 192.0.2.1
  > wasp-verify
  > waspd -t -c
  > END
  > exec 3>&1
  > while read -r name args; do
  >     to=
  >     [ $name != wasp-send ] || to=192.0.2.2
  >     grep -qx "$name" commands || continue
  >     ./says 3 "$name: missing: No such file or directory" $name $args missing $to
  >     ./says 3 "$name: .: Is a directory" $name $args . $to
  >     ./says 3 "$name: count/x: Not a directory" $name $args count/x $to
  > done <table
  > ./says 3 'wasp-conform: missing: No such file or directory' wasp-conform --vectors missing wasp-run
