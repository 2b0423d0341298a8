#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""A member of a multicast group, on a socket as any application has it:

	member.py GROUP INTERFACE [COMMAND...]

It joins, says "joined", and whenever a packet of the protocol of WASP comes to
the group it runs COMMAND and says "answered".
"""
import socket
import struct
import subprocess
import sys

PROTOCOL = 253


def join(group, interface):
    """A raw socket that takes what comes to the group by the interface."""
    index = socket.if_nametoindex(interface)
    if ":" in group:
        sock = socket.socket(socket.AF_INET6, socket.SOCK_RAW, PROTOCOL)
        sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP,
                        socket.inet_pton(socket.AF_INET6, group)
                        + struct.pack("@I", index))
    else:
        sock = socket.socket(socket.AF_INET, socket.SOCK_RAW, PROTOCOL)
        sock.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP,
                        struct.pack("@4s4si", socket.inet_aton(group),
                                    bytes(4), index))
    sock.bind((group, 0))
    return sock


def main(group, interface, *command):
    sock = join(group, interface)
    print("joined", flush=True)
    while True:
        sock.recv(65535)
        subprocess.run(command, stdin=subprocess.DEVNULL, check=True)
        print("answered", flush=True)


main(*sys.argv[1:])
