#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Flows of UDP as any application sends them.

    flows.py TO SMALL HEAVY

SMALL flows of three datagrams from thirty addresses, and, from one of these, HEAVY
large datagrams between them; each datagram to port 5000 of TO.
"""
import socket
import sys
import time

TO, SMALL, HEAVY = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
PER_SECOND = 1500


def flow(host, port):
    if ':' in TO:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        s.bind(('2001:db8:1::%x' % host, port))
    else:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        s.bind(('10.0.1.%d' % host, port))
    return s


small = [flow(32 + i % 30, 6000 + i) for i in range(SMALL)]
sends = [(s, 250) for _ in range(3) for s in small]
if HEAVY:
    heavy = flow(40, 4242)
    every = max(1, len(sends) // HEAVY)
    for i in range(HEAVY):
        sends.insert((every + 1) * i % len(sends), (heavy, 1000))
start = time.monotonic()
for number, (s, size) in enumerate(sends):
    s.sendto(bytes(size), (TO, 5000))
    ahead = start + number / PER_SECOND - time.monotonic()
    if ahead > 0:
        time.sleep(ahead)
print(len(sends), 'datagrams,', sum(size for _, size in sends), 'bytes')
