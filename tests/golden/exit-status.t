Every command, and each exit status of the design that it can give: 0 yes, 1 no,
2 misuse, 3 input that can not be read or is damaged, 4 no privilege, 5 the system.

  $ cp "$SRC/examples/count.wasp" .
  > wasp-as -o count count.wasp
  > printf '.program bad\n.hooks ingress\n.text\nmov r0, t0\n' | wasp-as -o bad
  > head -c 20 count >short
  > printf 'WASP' >nonsense
  > cat >plain <<'END'
  > #!/bin/sh
  > # Run a command without privileges, as whoever this is.
  > [ "$(id -u)" != 0 ] || exec setpriv --bounding-set=-all -- "$@"
  > exec "$@"
  > END
  > cat >status <<'END'
  > #!/bin/sh
  > # status COMMAND...: print its exit status only
  > "$@" >/dev/null 2>&1 </dev/null
  > echo "$? $*"
  > END
  > chmod +x plain status

wasp-as: written; misuse; a source that is not there, or is none; a full disk.

  $ for args in 'count.wasp' '--help' '--version' '--bogus' 'count.wasp count.wasp' \
  >     'missing.wasp' '.' 'count' '-o /dev/full count.wasp' '-o no/such/dir count.wasp'
  > do ./status wasp-as $args; done
  0 wasp-as count.wasp
  0 wasp-as --help
  0 wasp-as --version
  2 wasp-as --bogus
  2 wasp-as count.wasp count.wasp
  3 wasp-as missing.wasp
  3 wasp-as .
  3 wasp-as count
  5 wasp-as -o /dev/full count.wasp
  5 wasp-as -o no/such/dir count.wasp

wasp-dis, and wasp-verify, which can also say no.

  $ for args in count '--help' '--bogus' 'count count' missing short nonsense '-o /dev/full count'
  > do ./status wasp-dis $args; done
  0 wasp-dis count
  0 wasp-dis --help
  2 wasp-dis --bogus
  2 wasp-dis count count
  3 wasp-dis missing
  3 wasp-dis short
  3 wasp-dis nonsense
  5 wasp-dis -o /dev/full count
  $ for args in count bad '--max-steps 3 count' '--help' '--max-steps x count' missing short '-o /dev/full count'
  > do ./status wasp-verify $args; done
  0 wasp-verify count
  1 wasp-verify bad
  1 wasp-verify --max-steps 3 count
  0 wasp-verify --help
  2 wasp-verify --max-steps x count
  3 wasp-verify missing
  3 wasp-verify short
  5 wasp-verify -o /dev/full count

wasp-run: any verdict is a yes, a fault is a no.

  $ for args in count '--set limit=0 count' bad '--help' '--hook sideways count' '--set nothing=1 count' missing short
  > do ./status wasp-run $args; done
  0 wasp-run count
  0 wasp-run --set limit=0 count
  1 wasp-run bad
  0 wasp-run --help
  2 wasp-run --hook sideways count
  2 wasp-run --set nothing=1 count
  3 wasp-run missing
  3 wasp-run short

wasp-send: a dry run; what the verifier refuses; no such interface; no privilege.

  $ for args in '-n -S 192.0.2.1 count 192.0.2.2' '-n bad 192.0.2.2' '--help' 'count' '-6 count 192.0.2.2' \
  >     '-n missing 192.0.2.2' '-n short 192.0.2.2'
  > do ./status wasp-send $args; done
  > ./status ./plain wasp-send count 127.0.0.1
  0 wasp-send -n -S 192.0.2.1 count 192.0.2.2
  1 wasp-send -n bad 192.0.2.2
  0 wasp-send --help
  2 wasp-send count
  2 wasp-send -6 count 192.0.2.2
  3 wasp-send -n missing 192.0.2.2
  3 wasp-send -n short 192.0.2.2
  4 ./plain wasp-send count 127.0.0.1

wasp-magnet: nobody is found on the way to this machine; no such interface; no privilege.

  $ for args in '--help' 'find printer' 'find -I nothing0 printer 127.0.0.1'
  > do ./status wasp-magnet $args; done
  > ./status ./plain wasp-magnet find printer 127.0.0.1
  0 wasp-magnet --help
  2 wasp-magnet find printer
  2 wasp-magnet find -I nothing0 printer 127.0.0.1
  4 ./plain wasp-magnet find printer 127.0.0.1

wasp-dump: as grep, no when there is no WASP in it.

  $ for args in '--help' '--bogus' '-r missing' '-r short'
  > do ./status wasp-dump $args; done
  > ./status ./plain wasp-dump -i lo
  0 wasp-dump --help
  2 wasp-dump --bogus
  3 wasp-dump -r missing
  3 wasp-dump -r short
  4 ./plain wasp-dump -i lo

waspd: a good configuration, a bad one, none, no privilege.

  $ echo 'interface eth0 { role = client }' >good.conf
  > echo 'interface eth0 { role = clientt }' >bad.conf
  > for args in '-t -c good.conf' '-t -c bad.conf' '-t -c missing.conf' '--help' '--bogus'
  > do ./status waspd $args; done
  > ./status ./plain waspd lo
  0 waspd -t -c good.conf
  3 waspd -t -c bad.conf
  3 waspd -t -c missing.conf
  0 waspd --help
  2 waspd --bogus
  4 ./plain waspd lo
