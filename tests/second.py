#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""A second machine, made from the manual page alone.

The decoder is read from the bits, and most meanings from the notation, that
wasp-isa(7) prints for each instruction; what is written here is only what the
page says in sentences.  Random programs are run by it and by wasp-run, and
must end alike.  So the page is complete, and true.

    second.py PAGE WASP-RUN [COUNT [SEED]]
"""
import json
import random
import re
import struct
import subprocess
import sys

MASK = 0xffffffff
ILLEGAL, SCRATCHPAD, UNMAPPED, READONLY, ACCESSES, KEYSPACE = range(1, 7)
PROGRAM = 32
CODE_MAX, PAD_MAX, ACCESS_MAX = 128, 64, 4
PUBLIC, PROTECTED, PRIVATE, INVITATION = range(4)
REFUSED, FULL = 0x40, 0x80


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


class Machine:
    def __init__(self, page, code, pad, cursor, env, store):
        self.page, self.code, self.pad = page, code, list(pad)
        self.cursor, self.env, self.store = cursor, env, store
        self.r, self.entry, self.mapped = [0] * 8, None, None
        self.writable = self.dirty = False
        self.pc = self.steps = self.accesses = self.marks = 0
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
        jump = 0
        if insn.has(' or 0') or insn.has('dst ='):
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
        self.check(insn, word, to)
        value = self.value(what, insn, word) & MASK
        if to == 'word[n]':
            self.pad[insn.field(word, 'n')] = value
        elif to == 'word[cursor++]':
            self.push(value)
        elif to[0] == 't':
            self.entry[insn.field(word, to[1])] = value
            self.dirty = True
        else:
            self.r[insn.field(word, to[1].upper())] = value

    def check(self, insn, word, to):
        if insn.has('word[n]') and insn.field(word, 'n') >= len(self.pad):
            raise Fault(SCRATCHPAD)
        if re.search(r'\bt[XN]\b', insn.notation) and self.mapped is None:
            raise Fault(UNMAPPED)
        if to[0] == 't' and not self.writable:
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
