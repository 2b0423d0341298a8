What wasp-magnet refuses.

  $ wasp-magnet
  wasp-magnet: a command, SERVICE and TARGET are needed; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find printer
  wasp-magnet: a command, SERVICE and TARGET are needed; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet seek printer 192.0.2.1
  wasp-magnet: 'seek' is no command; there are advertise, find and list; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find 'a printer' 192.0.2.1
  wasp-magnet: 'a printer' is no name of a service: 1 to 63 letters, digits and any of . _ + / -; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find '' 192.0.2.1
  wasp-magnet: '' is no name of a service: 1 to 63 letters, digits and any of . _ + / -; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find $(printf '%064d' 0) 192.0.2.1
  wasp-magnet: '0000000000000000000000000000000000000000000000000000000000000000' is no name of a service: 1 to 63 letters, digits and any of . _ + / -; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find printer 192.0.2.1 192.0.2.2
  wasp-magnet: one TARGET is allowed, and '192.0.2.2' is a second; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find -6 printer 192.0.2.1
  wasp-magnet: 192.0.2.1 is no IPv6 address; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find -S 2001:db8::1 printer 192.0.2.1
  wasp-magnet: --source is not of the family of 192.0.2.1; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find -S nowhere printer 192.0.2.1
  wasp-magnet: --source: 'nowhere' is not an address; try 'wasp-magnet --help'
  [2]

Each command has options of its own:

  $ wasp-magnet find --metric 3 printer 192.0.2.1
  wasp-magnet: find has no option --metric; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet list --first printer 192.0.2.1
  wasp-magnet: list has no option --first; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --udp printer 192.0.2.1
  wasp-magnet: advertise has no option --udp; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --first printer 192.0.2.1
  wasp-magnet: advertise has no option --first; try 'wasp-magnet --help'
  [2]

Their values:

  $ wasp-magnet advertise --metric 65536 printer 192.0.2.1
  wasp-magnet: --metric: '65536' is not a number from 0 to 65535; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --service-port x printer 192.0.2.1
  wasp-magnet: --service-port: 'x' is not a number from 0 to 65535; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --every 9ms printer 192.0.2.1
  wasp-magnet: --every: '9ms' is less than 10ms; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --address printer 192.0.2.1 192.0.2.2
  wasp-magnet: --address: 'printer' is not an address; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise -a 192.0.2.1 -a 192.0.2.2 printer 192.0.2.1
  wasp-magnet: --address: '192.0.2.2' is a second address of its family; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --address ::1 printer 192.0.2.1
  wasp-magnet: --address: no target is an IPv6 address; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise -a 192.0.2.1 printer ::1 ::2
  wasp-magnet: --address: no target is an IPv4 address; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet advertise --count 0 printer 192.0.2.1
  wasp-magnet: --count: '0' is not a number from 1 to 65535; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find --timeout 0 printer 192.0.2.1
  wasp-magnet: --timeout: '0' is less than 1ms; try 'wasp-magnet --help'
  [2]
  $ wasp-magnet find -I nothing0 printer 127.0.0.1 2>&1 | sed 's/there are .*/there are .../'
  wasp-magnet: there is no interface 'nothing0'; there are ...
