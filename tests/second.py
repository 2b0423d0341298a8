#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""A second machine, made from the manual page alone.

The decoder is read from the bits, and most meanings from the notation, that
wasp-isa(7) prints for each instruction; what is written here is only what the
page says in sentences.  Random programs are run by it and by wasp-run, twice
with one store, and must end alike.  So the page is complete, and true.

    second.py PAGE WASP-RUN [PROGRAMS [SEED]]
"""
import json
import random
import re
import struct
import subprocess
import sys
import tempfile

MASK = 0xffffffff
ILLEGAL, SCRATCHPAD, UNMAPPED, READONLY, ACCESSES, KEYSPACE = range(1, 7)
PROGRAM = 32
CODE_MAX, PAD_MAX, ACCESS_MAX = 128, 64, 4
PUBLIC, PROTECTED, PRIVATE, INVITATION = range(4)
FULL = 0x80
INVITED = None
HOPS = 32    # counted by the node, not to be set


class Fault(Exception):
    pass


class Page:
    """The instructions and environment fields that the page lists."""

    def __init__(self, path):
        lines = open(path, encoding='ascii').read().split('\n')
        self.insns, self.env_names = [], {}
        for i, line in enumerate(lines):
            bits = re.match(r'([01A-Za-z]{4} ){3}[01A-Za-z]{4}    ', line)
            if bits:
                mnemonic = lines[i - 2].split()[2]
                self.insns.append(Insn(mnemonic, line))
            cost = re.match(r'Cost: (\d+)\.', line)
            if cost:
                self.insns[-1].cost = int(cost[1])
            field = re.match(r'\.It (\d+) Ta (\S+) Ta (all|guest|client|operator) ',
                             line)
            if field:
                self.env_names[int(field[1])] = field[2]

    def decode(self, word):
        found = [i for i in self.insns if word & i.mask == i.value]
        if len(found) > 1:
            sys.exit('two instructions are %04x' % word)
        if not found or found[0].field(word, 'f') not in self.env_names:
            return None
        return found[0]


class Insn:
    def __init__(self, mnemonic, line):
        self.bits = line[:19].replace(' ', '')
        self.mnemonic, self.notation = mnemonic, line[19:].strip()
        self.cost = 1
        self.mask = int(re.sub('[^01]', '0', self.bits.replace('0', '1')), 2)
        self.value = int(re.sub('[^01]', '0', self.bits), 2)

    def field(self, word, letter):
        value = 0
        for i, bit in enumerate(self.bits):
            if bit == letter:
                value = value << 1 | word >> (15 - i) & 1
        if letter == 's' and self.bits[7] == 's' and value >> 8:
            value -= 1 << 9
        return value

    def has(self, text):
        return text in self.notation

    def uses_entry(self):
        return bool(re.search(r'\bt[XN]\b', self.notation))

    def writes_entry(self):
        return self.notation.startswith('t')

    def is_access(self):
        return self.mnemonic in ('lookup', 'insert', 'invite', 'reroute')


class Machine:
    def __init__(self, page, code, pad, cursor, env, store):
        self.page, self.code, self.pad = page, code, list(pad)
        self.cursor, self.env, self.store = cursor, env, store
        self.r, self.entry, self.mapped = [0] * 8, None, None
        self.writable = self.dirty = False
        self.pc = self.steps = self.cost = self.accesses = self.marks = 0
        self.fault, self.verdict = 0, None

    def run(self):
        try:
            while self.verdict is None:
                self.step()
            self.write_back()
        except Fault as fault:
            self.fault, self.verdict = fault.args[0], 'forward'

    def step(self):
        if self.pc >= len(self.code):
            self.verdict = 'forward'
            return
        word = self.code[self.pc]
        self.steps += 1
        insn = self.page.decode(word)
        if not insn:
            raise Fault(ILLEGAL)
        self.cost += insn.cost
        jump = 0
        if insn.is_access():
            self.access(insn, word)
        elif insn.has('verdict = '):
            self.verdict = insn.notation.split()[-1]
        elif insn.has('fault 32 + n'):
            raise Fault(PROGRAM + insn.field(word, 'n'))
        elif insn.has('pc += d'):
            jump = self.jump(insn, word)
        else:
            self.assign(insn, word)
        self.pc += 1 + jump

    def jump(self, insn, word):
        test = re.match('if (.*): pc', insn.notation)
        taken = not test or self.value(test[1], insn, word)
        return insn.field(word, 'd') if taken else 0

    def assign(self, insn, word):
        to, what = insn.notation.split(' = ', 1)
        self.check(insn, word)
        value = self.value(what, insn, word) & MASK
        if to == 'word[n]':
            self.pad[insn.field(word, 'n')] = value
        elif to == 'word[cursor++]':
            self.push(value)
        elif insn.writes_entry():
            self.entry[insn.field(word, to[1])] = value
            self.dirty = True
        else:
            self.r[insn.field(word, to[1].upper())] = value

    def check(self, insn, word):
        if insn.has('word[n]') and insn.field(word, 'n') >= len(self.pad):
            raise Fault(SCRATCHPAD)
        if insn.uses_entry() and self.mapped is None:
            raise Fault(UNMAPPED)
        if insn.writes_entry() and not self.writable:
            raise Fault(READONLY)

    def push(self, value):
        if self.cursor < len(self.pad):
            self.pad[self.cursor] = value
            self.cursor += 1
        else:
            self.marks |= FULL

    def value(self, text, insn, word):
        def reg(letter):
            return self.r[insn.field(word, letter)]
        signed = re.match(r'(.*) >>s (.*)', text)
        if signed:
            left, right = (self.value(part, insn, word) for part in signed.groups())
            return (left - (1 << 32) if left >> 31 else left) >> right
        names = {'rd': lambda: reg('D'), 'rs': lambda: reg('S'),
                 'rX': lambda: reg('X'),
                 'tX': lambda: self.entry[insn.field(word, 'X')],
                 'tN': lambda: self.entry[insn.field(word, 'N')],
                 'u': lambda: insn.field(word, 'u'),
                 's': lambda: insn.field(word, 's'),
                 'word[n]': lambda: self.pad[insn.field(word, 'n')],
                 'env[field]': lambda: self.env[insn.field(word, 'f')]}
        python = re.sub(r'word\[n\]|env\[field\]|\b(rd|rs|rX|tX|tN|u|s)\b',
                        lambda m: '(%d)' % names[m[0]](), text)
        return eval(python, {'min': min, 'max': max})

    def access(self, insn, word):
        n = insn.field(word, 'n')
        self.accesses += 1
        if n + 1 >= len(self.pad):
            raise Fault(SCRATCHPAD)
        key = self.pad[n] << 32 | self.pad[n + 1]
        if insn.mnemonic == 'reroute' and key >> 62 != INVITATION:
            raise Fault(KEYSPACE)
        if self.accesses > ACCESS_MAX:
            raise Fault(ACCESSES)
        self.write_back()
        result = 0
        if insn.mnemonic in ('lookup', 'insert'):
            result = self.map(insn.mnemonic, key)
        elif insn.mnemonic == 'invite':
            result = 1 if ('secret', key) in self.store else 2
            self.store['secret', key] = INVITED
        self.r[insn.field(word, 'D')] = result

    def map(self, mnemonic, key):
        space = key >> 62
        name = (key, tuple(self.code) if space == PRIVATE else None)
        may_write = space in (PUBLIC, PRIVATE)
        if space == INVITATION or mnemonic == 'insert' and not may_write:
            return 0
        result = 1
        if name not in self.store:
            if mnemonic == 'lookup':
                return 0
            self.store[name] = [0] * 8
            result = 2
        self.mapped, self.entry = name, list(self.store[name])
        self.writable, self.dirty = may_write, False
        return result

    def write_back(self):
        if self.mapped is not None and self.dirty:
            self.store[self.mapped] = self.entry
        self.mapped = self.entry = None
        self.writable = self.dirty = False


def random_number():
    return random.choice((0, 1, MASK, *[random.getrandbits(32)] * 6))


def random_word(page, pad_count, skip):
    """An instruction, most often one that can be of use."""
    while True:
        insn = random.choice(page.insns)
        if skip(insn):
            continue
        word = insn.value
        for letter in set(insn.bits) - set('01'):
            width = insn.bits.count(letter)
            value = random.getrandbits(width)
            if random.random() < 0.97 and pad_count:
                if letter == 'n' and insn.mnemonic in ('ld', 'st'):
                    value %= pad_count
                elif letter == 'n' and insn.mnemonic != 'fault':
                    value %= min(pad_count, 8)
                elif letter == 'd':
                    value %= 4
            place = 15 - insn.bits.rindex(letter)
            word |= value << place
        ends = insn.has('verdict') or insn.has('fault')
        if page.decode(word) and (not ends or random.random() < 0.1):
            return word


# Which instructions a program leaves out: none; those that map; also those that
# need something mapped, so that little can end it; most that do not map.
SKIPS = (
    lambda insn: False,
    Insn.is_access,
    lambda insn: insn.is_access() or insn.uses_entry(),
    lambda insn: not insn.is_access() and random.random() < 0.85,
)


def random_program(page):
    pad_count = random.choice((0, 1, 2, 9, 16, 40, PAD_MAX))
    skip = random.choice(SKIPS)
    code = [random_word(page, pad_count, skip)
            for _ in range(random.choice((1, 2, 7, 20, 50, CODE_MAX)))]
    if random.random() < 0.3:
        code[random.randrange(len(code))] = random.getrandbits(16)
    pad = [random_number() for _ in range(pad_count)]
    if pad_count > 1 and random.random() < 0.5:
        pad[0] = pad[0] & MASK >> 2 | random.choice(range(4)) << 30
        code[:2] = [random.choice([i.value for i in page.insns if wanted(i)])
                    for wanted in (Insn.is_access, Insn.writes_entry)]
    if pad_count >= 8:  # something in the registers, and what is left there
        env, store = (next(i.value for i in page.insns if i.notation == text)
                      for text in ('rX = env[field]', 'word[n] = rX'))
        code = [env | x << 9 | x for x in range(8)] + code[:CODE_MAX - 16] + \
            [store | x << 9 | x for x in range(8)]
    return code, pad, random.choice((0, 0, pad_count // 2, 255))


def random_store(pad):
    """Entries that somebody has left under keys of the program."""
    keys = {a << 32 | b for a, b in zip(pad, pad[1:])}
    return {(key, None): [random.getrandbits(32) for _ in range(8)]
            for key in sorted(keys)
            if key >> 62 in (PUBLIC, PROTECTED) and random.random() < 0.5}


def object_bytes(code, pad, cursor):
    body = struct.pack('>%dH' % len(code), *code)
    body += bytes(-len(body) % 4) + struct.pack('>%dI' % len(pad), *pad)
    head = bytes([ord('W'), ord('A'), 0x18, 59, len(code), len(pad), cursor, 0,
                  0, 0])
    total = sum(struct.unpack('>%dH' % ((len(head) + 6 + len(body)) // 2),
                              head + bytes(6) + body))
    while total >> 16:
        total = (total & 0xffff) + (total >> 16)
    checksum = 0xffff - total
    return head + struct.pack('>HI', checksum % 0xffff, 0) + body


def run_page(page, code, pad, cursor, env, store):
    results = []
    for _ in range(2):
        machine = Machine(page, code, pad, cursor, env, store)
        machine.run()
        words = [w for w in store.values() if w is not INVITED]
        results.append({
            'verdict': machine.verdict, 'steps': machine.steps,
            'cost': machine.cost, 'accesses': machine.accesses,
            'status': machine.fault | machine.marks,
            'fault_pc': machine.pc if machine.fault else 0,
            'cursor': machine.cursor, 'scratchpad': machine.pad,
            'store': sorted(words)})
    return results


def run_tool(tool, page, code, pad, cursor, env, store):
    saved = [{'key': hex(name[0]), 'words': words,
              'created': 1000 * 10 ** 9} for name, words in store.items()]
    with tempfile.NamedTemporaryFile() as file, \
            tempfile.NamedTemporaryFile('w') as store_file:
        file.write(object_bytes(code, pad, cursor))
        file.flush()
        json.dump(saved, store_file)
        store_file.flush()
        fields = ['--env=%s=%d' % (page.env_names[n], value)
                  for n, value in enumerate(env) if n != HOPS]
        done = subprocess.run([tool, '--json', '--hook', 'ingress',
                               '--repeat', '2', '--time', '1001',
                               '--store', store_file.name, *fields, file.name],
                              stdout=subprocess.PIPE)
    if done.returncode not in (0, 1):
        sys.exit('%s: exit status %d' % (tool, done.returncode))
    results = [json.loads(line) for line in done.stdout.split(b'\n') if line]
    for result in results:
        result['store'] = sorted(entry['words'] for entry in result['store']
                                 if int(entry['key'], 16) >> 62 != INVITATION)
    return results


def main():
    page, tool = Page(sys.argv[1]), sys.argv[2]
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 300
    random.seed(int(sys.argv[4]) if len(sys.argv) > 4 else 1)
    seen = {}
    for number in range(count):
        code, pad, cursor = random_program(page)
        env = [random_number() for _ in page.env_names]
        env[HOPS] = 1
        store = random_store(pad)
        got = run_tool(tool, page, code, pad, cursor, env, store)
        want = run_page(page, code, pad, cursor, env, store)
        for one, other in zip(want, got):
            for key, value in one.items():
                if other[key] != value:
                    sys.exit('program %d %s: %s is %s by the page, %s by %s' % (
                        number, ' '.join('%04x' % w for w in code), key, value,
                        other[key], tool))
            end = one['status'] & 63 or one['verdict']
            seen[end] = seen.get(end, 0) + 1
    missing = {ILLEGAL, SCRATCHPAD, UNMAPPED, READONLY, ACCESSES, KEYSPACE,
               'forward', 'drop', 'return'} - set(seen)
    if missing:
        sys.exit('no program ended by %s' % missing)


if __name__ == '__main__':
    main()
