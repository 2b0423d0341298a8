#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
# A stream of numbered packets, or lines over TCP, as a call or a download is; it
# knows nothing of WASP, nor of a host that moves.
#
#	stream.py send udp|tcp ADDRESS PORT RATE	RATE a second, until SIGTERM
#	stream.py receive udp|tcp ADDRESS PORT		until SIGTERM
#
# Both print a line for each: its number, and when it was sent, in seconds.
import signal, socket, sys, time

SIZE = 160	# bytes of a packet or line: 20 ms of a telephone call


def open_socket(kind, address):
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    return socket.socket(family, socket.SOCK_DGRAM if kind == 'udp' else
        socket.SOCK_STREAM)


def send(kind, address, port, rate):
    out = open_socket(kind, address)
    out.connect((address, int(port)))
    due = time.time()
    number = 0
    while True:
        number += 1
        due = max(due + 1 / float(rate), time.time())
        time.sleep(max(0, due - time.time()))
        line = '%d %.6f' % (number, time.time())
        print(line, flush=True)
        try:
            out.sendall(line.ljust(SIZE - 1).encode() + b'\n')
        except ConnectionRefusedError:
            if kind == 'tcp':
                raise


def receive(kind, address, port):
    inlet = open_socket(kind, address)
    inlet.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    inlet.bind((address, int(port)))
    if kind == 'tcp':
        inlet.listen()
    print('listening', flush=True)
    if kind == 'tcp':
        inlet = inlet.accept()[0]
    while True:
        line = inlet.recv(SIZE, socket.MSG_WAITALL if kind == 'tcp' else 0)
        if not line:
            break
        print(line.decode().strip(), flush=True)


signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
{'send': send, 'receive': receive}[sys.argv[1]](*sys.argv[2:])
