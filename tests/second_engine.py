#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The second machine with a node around it, as an engine for wasp-conform.

The machine is that of second.py, made from wasp-isa(7); the node is written from
wasp-isa(7) and wasp-packet(7), the names of its entries and the protocol from
wasp-vector(5) and wasp-conform(1).  Nothing was looked up in the source.

    second_engine.py PAGE
"""
import json
import struct
import sys

from second import (Fault, Machine, Page, ACCESSES, INVITATION, KEYSPACE, MASK,
                    PRIVATE, PROTECTED, SCRATCHPAD)

INGRESS, EGRESS = 1, 2
FLAG = {INGRESS: 8, EGRESS: 4}
BACK, RETURNED = 2, 1
REFUSED, REROUTED = 0x40, 0x80
LIFE_NS = 10 * 10 ** 9
HEADER = 16
MASK64 = (1 << 64) - 1


def siphash(key, data):
    k0, k1 = struct.unpack('<QQ', key)
    v = [k0 ^ 0x736f6d6570736575, k1 ^ 0x646f72616e646f6d,
         k0 ^ 0x6c7967656e657261, k1 ^ 0x7465646279746573]

    def turn(x, n):
        return (x << n | x >> 64 - n) & MASK64

    def rounds(count):
        for _ in range(count):
            for a, b, n in ((0, 1, 13), (2, 3, 16)):
                v[a] = (v[a] + v[b]) & MASK64
                v[b] = turn(v[b], n) ^ v[a]
            v[0] = turn(v[0], 32)
            for a, b, n in ((0, 3, 21), (2, 1, 17)):
                v[a] = (v[a] + v[b]) & MASK64
                v[b] = turn(v[b], n) ^ v[a]
            v[2] = turn(v[2], 32)

    data += bytes(7 - len(data) % 8) + bytes([len(data) & 255])
    for (m,) in struct.iter_unpack('<Q', data):
        v[3] ^= m
        rounds(2)
        v[0] ^= m
    v[2] ^= 255
    rounds(4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


def in_space(space, number):
    return space << 62 | number & (1 << 62) - 1


class Node:
    """Its secrets, and its store: name -> [created_ns, eight words]."""

    def __init__(self, given):
        self.private_secret = bytes.fromhex(given['private_secret'])
        self.invite_secret = bytes.fromhex(given['invite_secret'])
        self.capacity = given['capacity']
        self.entries = {
            int(e['key'], 16): [int(e['created_ns']),
                                list(struct.unpack('>8I', bytes.fromhex(e['words'])))]
            for e in given['store']}

    def bury(self, now):
        self.entries = {name: e for name, e in self.entries.items()
                        if now - e[0] < LIFE_NS}

    def make(self, name, now):
        """1 found, 2 created, 0 no room."""
        if name in self.entries:
            return 1
        if len(self.entries) >= self.capacity:
            return 0
        self.entries[name] = [now, [0] * 8]
        return 2

    def invitation(self, side, interface, key):
        return in_space(INVITATION, siphash(
            self.invite_secret, struct.pack('>IBQ', interface, side, key)))


class NodeMachine(Machine):
    """Keys are names of the node, and accesses ask for its leave."""

    def __init__(self, page, node, request, packet):
        super().__init__(page, packet.code, packet.pad, packet.cursor,
                         list(request['env']), None)
        self.node, self.request, self.now = node, request, int(request['now_ns'])
        self.side = INGRESS if request['hook'] == 'ingress' else EGRESS
        self.code_bytes = packet.code_bytes
        self.rerouted, self.marked = None, packet.rerouted
        self.trace, self.keys = [], []

    def step(self):
        if self.pc < len(self.code):
            self.trace.append(self.pc)
        super().step()

    def access(self, insn, word):
        n = insn.field(word, 'n')
        self.accesses += 1
        if n + 1 >= len(self.pad):
            raise Fault(SCRATCHPAD)
        key = self.pad[n] << 32 | self.pad[n + 1]
        self.keys.append(key)
        if insn.mnemonic == 'reroute' and key >> 62 != INVITATION:
            raise Fault(KEYSPACE)
        if self.accesses > self.request['access_max']:
            raise Fault(ACCESSES)
        self.write_back()
        self.r[insn.field(word, 'D')] = getattr(self, insn.mnemonic)(key)

    def name(self, key):
        if key >> 62 != PRIVATE:
            return key
        return in_space(PRIVATE, siphash(self.node.private_secret, self.code_bytes +
                                         struct.pack('>Q', key)))

    def may_write(self, key):
        return key >> 62 != PROTECTED or self.request['operator']

    def map_entry(self, name, writable):
        self.mapped, self.writable, self.dirty = name, writable, False
        self.entry = list(self.node.entries[name][1])

    def lookup(self, key):
        name = self.name(key)
        if key >> 62 == INVITATION or name not in self.node.entries:
            return 0
        self.map_entry(name, self.may_write(key))
        return 1

    def insert(self, key):
        if key >> 62 == INVITATION or not self.may_write(key):
            return 0
        result = self.node.make(self.name(key), self.now)
        if result:
            self.map_entry(self.name(key), True)
        else:
            self.marks |= REFUSED
        return result

    def invite(self, secret):
        if not self.request['invite']:
            return 0
        key = in_space(INVITATION, siphash(bytes(16), struct.pack('>Q', secret)))
        name = self.node.invitation(self.side, self.request['interface'], key)
        result = self.node.make(name, self.now)
        if result:
            source = struct.unpack('>4I', bytes.fromhex(self.request['source']))
            self.node.entries[name][1] = list(source) + [0] * 4
        else:
            self.marks |= REFUSED
        return result

    def reroute(self, key):
        name = self.node.invitation(INGRESS + EGRESS - self.side,
                                    self.request['interface'], key)
        if self.marked or name not in self.node.entries:
            return 0
        words = self.node.entries[name][1][:4]
        to = struct.pack('>4I', *words).hex()
        for target in self.request['reroute']:
            if target['to'] == to:
                self.set_field('local', [target['local']])
                self.set_field('dst.0', words)
                flow = int(target['flow'], 16)
                self.set_field('flow.0', [flow >> 32, flow & MASK])
                self.rerouted = to
                return 1
        return 0

    def set_field(self, name, words):
        first = next(n for n, text in self.page.env_names.items() if text == name)
        self.env[first:first + len(words)] = words

    def write_back(self):
        if self.mapped is not None and self.dirty:
            self.node.entries[self.mapped][1] = self.entry
        self.mapped = self.entry = None
        self.writable = self.dirty = False


class Packet:
    def __init__(self, data):
        self.data = bytearray(data)
        self.flags, self.status = data[2] & 15, data[8]
        self.cursor, self.hops = data[6], data[7]
        self.rerouted = data[9] & REROUTED
        self.code_bytes = bytes(data[HEADER:HEADER + 2 * data[4]])
        self.pad_off = HEADER + (2 * data[4] + 3) // 4 * 4
        self.code = [w for (w,) in struct.iter_unpack('>H', self.code_bytes)]
        self.pad = [w for (w,) in struct.iter_unpack('>I', data[self.pad_off:])]

    def runs(self, hook):
        return (self.flags & FLAG[hook] and not self.status & 63 and
                (not self.flags & RETURNED or self.flags & BACK))

    def finish(self, machine):
        """RFC 1624, equation 3, a 16-bit word at a time."""
        after = bytearray(self.data)
        after[6:10] = bytes([machine.cursor, self.hops,
                             self.status | machine.marks | machine.fault,
                             machine.pc if machine.fault else 0])
        after[9] |= self.rerouted or (machine.rerouted is not None and
                                      not machine.fault and REROUTED)
        after[self.pad_off:] = struct.pack('>%dI' % len(machine.pad), *machine.pad)
        total = ~struct.unpack_from('>H', after, 10)[0] & 0xffff
        for i in [*range(0, 10, 2), *range(12, len(after), 2)]:
            before, now = (struct.unpack_from('>H', p, i)[0]
                           for p in (self.data, after))
            total += (~before & 0xffff) + now
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        struct.pack_into('>H', after, 10, (0xffff - total) % 0xffff)
        return after


def run(page, node, request):
    packet = Packet(bytes.fromhex(request['packet']))
    hook = INGRESS if request['hook'] == 'ingress' else EGRESS
    reply = {'executed': False, 'verdict': 'forward', 'steps': 0, 'cost': 0,
             'accesses': 0, 'packet': request['packet'], 'rerouted': None}
    node.bury(int(request['now_ns']))
    if packet.runs(hook):
        if hook == INGRESS or not packet.flags & FLAG[INGRESS]:
            packet.hops = min(packet.hops + 1, 255)
        machine = NodeMachine(page, node, request, packet)
        machine.set_field('hops', [packet.hops])
        machine.run()
        verdict = machine.verdict
        if verdict == 'return' and packet.flags & RETURNED:
            verdict = 'forward'
        reply = {'executed': True, 'verdict': verdict, 'steps': machine.steps,
                 'cost': machine.cost, 'accesses': machine.accesses,
                 'packet': packet.finish(machine).hex(),
                 'rerouted': None if machine.fault else machine.rerouted}
        if request.get('trace'):
            reply['trace'] = machine.trace
            reply['keys'] = ['%016x' % key for key in machine.keys]
    reply['store'] = [{'key': '%016x' % name, 'created_ns': str(created),
                       'words': struct.pack('>8I', *words).hex()}
                      for name, (created, words) in node.entries.items()]
    return reply


def main():
    page, node = Page(sys.argv[1]), None
    for line in sys.stdin:
        request = json.loads(line)
        if request['type'] == 'hello':
            reply = {'type': 'hello', 'engine': 'second'}
        else:
            if 'node' in request:
                node = Node(request['node'])
            reply = {'type': 'ran', **run(page, node, request)}
        print(json.dumps({'v': 1, 'id': request['id'], **reply}), flush=True)


if __name__ == '__main__':
    main()
