#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The node made from the manual pages against an engine, on random packets.

Random programs at a node with rights, invitations, entries near their end, small
stores, packets that come again, wrong checksums and faults from before: both must
leave the same packet and the same store, run after run.

    second_random.py PAGE NODES SEED ENGINE [ARG]...
"""
import json
import random
import struct
import subprocess
import sys

from second import Page, random_number, random_program, INVITATION, PRIVATE
from second_engine import Node, in_space, run, siphash

START = 1700000000 * 10 ** 9
LIFE_NS = 10 * 10 ** 9
STEPS_NS = (0, 0, 1, 10 ** 6, 5 * 10 ** 9, LIFE_NS - 1, LIFE_NS)
FIELDS_OF_PACKET = (32,)


def packet_bytes(code, pad, cursor):
    flags = random.choice([12] * 16 + [*range(16)])
    status = random.choice([0] * 16 + [0x40, 0x80, 0xc0, 1, 32, 63])
    hops = random.choice((0, 0, 7, 254, 255))
    head = bytes([ord('W'), ord('A'), 0x10 | flags, 59, len(code), len(pad),
                  cursor, hops, status, random.choice((0, 0, 0, 5, 0x80, 0xff))])
    body = struct.pack('>%dH' % len(code), *code)
    body += bytes(-len(body) % 4) + struct.pack('>%dI' % len(pad), *pad)
    checksum = random.choice((0, 1, 0xffff, random.getrandbits(16)))
    return head + struct.pack('>HHH', checksum, *random.choices(range(1 << 16), k=2)) \
        + body


def random_packet(page):
    code, pad, cursor = random_program(page)
    if len(pad) > 1 and random.random() < 0.3:
        pad[0] |= INVITATION << 30
        code = [next(i.value for i in page.insns if i.mnemonic == 'reroute'),
                *code[1:random.choice((1, 4))]]
    return packet_bytes(code, pad, cursor)


def address():
    return struct.pack('>IIII', 0, 0, 0xffff, random.randrange(4))


def own_names(node, data):
    """What the node calls the keys, and the secrets, in a packet's pad."""
    code = data[16:16 + 2 * data[4]]
    pad = data[16 + (2 * data[4] + 3) // 4 * 4:]
    for key in (pad[i:i + 8] for i in range(0, len(pad) - 4, 4)):
        number = int.from_bytes(key, 'big')
        if number >> 62 != INVITATION:
            yield number
        yield in_space(PRIVATE, siphash(node.private_secret, code +
                                        in_space(PRIVATE, number).to_bytes(8, 'big')))
        secret = in_space(INVITATION, siphash(bytes(16), key))
        for name in (number, secret)[number >> 62 != INVITATION:]:
            for side, interface in ((1, 1), (1, 2), (2, 1), (2, 2)):
                yield node.invitation(side, interface, name)


def random_node(data):
    given = {'private_secret': random.randbytes(16).hex(),
             'invite_secret': random.randbytes(16).hex(),
             'capacity': random.choice((1, 2, 3, 8, 64)), 'store': []}
    names = list(own_names(Node(given), data))
    if random.random() < 0.5:
        random.shuffle(names)
    names = list(dict.fromkeys(names))
    for name in names[:random.randrange(given['capacity'] + 1)]:
        words = address() + bytes(16) if name >> 62 == INVITATION else \
            struct.pack('>8I', *(random_number() for _ in range(8)))
        age = random.choice((0, 1, 5 * 10 ** 9, LIFE_NS - 1))
        given['store'].append({'key': '%016x' % name, 'words': words.hex(),
                               'created_ns': str(START - age)})
    return given


def random_request(page, data, now):
    returned = data[2] & 1
    env = [random_number() for _ in page.env_names]
    for field in FIELDS_OF_PACKET:
        env[field] = 0xffffffff
    return {'type': 'run', 'hook': random.choice(('ingress', 'egress')),
            'now_ns': str(now), 'packet': data.hex(), 'env': env,
            'access_max': random.choice((4, 4, 4, 6)),
            'operator': not returned and random.random() < 0.3,
            'invite': not returned and random.random() < 0.6,
            'interface': random.choice((1, 2)), 'source': address().hex(),
            'reroute': [] if returned else [
                {'to': address().hex(), 'local': random.choice((0, 1)),
                 'flow': '%016x' % random.getrandbits(62)} for _ in range(3)],
            'trace': True}


def ask(engine, request):
    engine.stdin.write(json.dumps(request).encode() + b'\n')
    engine.stdin.flush()
    return json.loads(engine.stdout.readline())


def by_key(reply):
    reply['store'] = sorted(reply['store'], key=lambda entry: entry['key'])
    return reply


def compare(request, want, got):
    if got['type'] != 'ran':
        sys.exit('%s for %s' % (got, json.dumps(request)))
    for member, value in by_key(want).items():
        if by_key(got)[member] != value:
            sys.exit('%s is %s by the manual, %s by the engine, for %s' % (
                member, value, got[member], json.dumps(request)))


def note(seen, request, reply):
    status = bytes.fromhex(reply['packet'])[8]
    seen['ran'] += reply['executed']
    seen['fault'] += reply['executed'] and status & 63 > 0
    seen['refused'] += status & 0x40 > 0
    seen['rerouted'] += reply['rerouted'] is not None
    seen['operator'] += reply['executed'] and request['operator']
    seen['invited'] += any(int(e['key'], 16) >> 62 == INVITATION and
                           e['created_ns'] == request['now_ns']
                           for e in reply['store'])
    seen['private'] += any(int(e['key'], 16) >> 62 == PRIVATE and
                           e['created_ns'] == request['now_ns']
                           for e in reply['store'])


def main():
    page, nodes = Page(sys.argv[1]), int(sys.argv[2])
    random.seed(int(sys.argv[3]))
    engine = subprocess.Popen(sys.argv[4:], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE)
    seen = dict.fromkeys(('ran', 'fault', 'refused', 'rerouted', 'operator',
                          'invited', 'private'), 0)
    number = 0
    for _ in range(nodes):
        packets = [random_packet(page) for _ in range(2)]
        given, now = random_node(packets[0]), START
        node, left = Node(given), packets[0]
        for turn in range(5):
            data = random.choice((packets[0], packets[0], packets[1], left))
            request = random_request(page, data, now)
            number += 1
            request.update(v=1, id=number)
            if turn == 0:
                request['node'] = given
            want = run(page, node, request)
            compare(request, want, ask(engine, request))
            note(seen, request, want)
            left = bytes.fromhex(want['packet'])
            now += random.choice(STEPS_NS)
    if not all(seen.values()):
        sys.exit('never seen: %s' % seen)
    print(number, 'runs:', seen)


if __name__ == '__main__':
    main()
