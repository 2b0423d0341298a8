#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Try to cross the walls between key spaces in every way the machine has.

An entry lies in the store of a node, and a program that it should be safe from runs
there.  Nothing is expected of the program, but that it makes no difference to it
whether the entry is there and what is in it, and that it leaves it as it was.  So
no wall has to be described in terms of what comes of trying: only who may cross.

    walls.py PAGE ENGINE [ARG]...

Every way is tried because the ways come from wasp-isa(7), not from here: behind each
instruction that takes a key, each instruction there is, with each word of an entry;
with every key that has something to do with the entry (its own, its secret, its name
inside the node) in each of the four spaces.  What has to do with the store is
tried at both hooks of two interfaces, as a stranger, as the operator with every
right, and on the way back.  That nothing else reaches it is tried with all 65536
words.  Another program is the same one but for a bit, a different one each time.
"""
import collections
import json
import struct
import subprocess
import sys
import threading

from second import Page, INVITATION, PRIVATE
from second_engine import Node, in_space, siphash

PUBLIC, PROTECTED = 0, 1
START = 1700000000 * 10 ** 9
BORN = START - 10 ** 9
LOW = 0x0123456789abcdef
SECRET = 0x5ec4e75ec4e75ec4
SECRETS = {'private_secret': '00' * 15 + '01', 'invite_secret': '00' * 15 + '02'}
HOOKS = {'ingress': 1, 'egress': 2}
SOURCE, A, B = (bytes(10) + b'\xff\xff' + bytes((192, 0, 2, n)) for n in (1, 2, 3))
CONTENTS = (None, A * 2, B * 2)		# none, and two that differ in every use

Place = collections.namedtuple('Place', 'hook interface who')
Run = collections.namedtuple('Run', ('code', 'key', *Place._fields))
ENV_COUNT = 41
NODE = Node({**SECRETS, 'capacity': 64, 'store': []})


def code_bytes(code):
    return struct.pack('>%dH' % len(code), *code)


def packet(run):
    """16 words: the key, the result of the access, more results from 3 on."""
    code = code_bytes(run.code)
    head = bytes((ord('W'), ord('A'), 0x1e | (run.who == 'back'), 59,
                  len(run.code), 16, 4)) + bytes(9)
    return head + code + bytes(-len(code) % 4) + struct.pack('>Q', run.key) + \
        bytes(56)


def request(run, name, content):
    store = [] if content is None else [
        {'key': '%016x' % name, 'created_ns': str(BORN), 'words': content.hex()}]
    mighty = run.who == 'mighty'
    return {'v': 1, 'type': 'run', 'hook': run.hook, 'now_ns': str(START),
            'packet': packet(run).hex(), 'env': [7] * ENV_COUNT, 'access_max': 4,
            'operator': mighty, 'invite': mighty, 'interface': run.interface,
            'source': SOURCE.hex(), 'reroute': [] if run.who == 'back' else
            [{'to': a.hex(), 'local': 0, 'flow': '%016x' % 1} for a in (A, B)],
            'node': {**SECRETS, 'capacity': 64, 'store': store}}


class Ways:
    """Programs that the page's instructions make."""

    def __init__(self, page):
        self.insns = page.insns
        self.accesses = [i for i in page.insns if i.is_access()]

    @staticmethod
    def words(insn, entry_words):
        """The instruction, with each of the entry's words if it takes one."""
        values = {'D': 2, 'S': 1, 'f': 0, 'u': 1, 's': 1, 'd': 0,
                  'n': 0 if insn.is_access() or 'fault' in insn.notation else 3}
        letters = set(insn.bits) - {'0', '1'}
        for entry in range(entry_words) if insn.uses_entry() else (2,):
            word = insn.value
            for letter in letters:
                value = values.get(letter, entry)
                if letter == 'X' and 'tX' not in insn.notation:
                    value = 2
                low = 15 - insn.bits.rindex(letter)
                word |= value << low
            yield word

    def programs(self, every):
        """
        An access, and after it every instruction, or those that have to do with
        the store, and only with its first word; results go to the scratchpad.
        """
        for first in self.accesses:
            for second in self.insns:
                if not every and not (second.is_access() or
                                      second.uses_entry()):
                    continue
                for word in self.words(second, 8 if every else 1):
                    yield {first.mnemonic, second.mnemonic}, \
                        [first.value | 1 << 9, self.store(1, 2), word,
                         self.store(2, 3), 0]

    def store(self, register, n):
        insn = next(i for i in self.insns if i.notation == 'word[n] = rX')
        return insn.value | register << 9 | n


class Target:
    """An entry: its name inside the node, words to name it by, who may what."""

    def __init__(self, title, name, lows, read, write):
        self.title, self.name, self.read, self.write = title, name, read, write
        self.keys = [in_space(space, low) for low in lows for space in range(4)]


def private_name(code, key):
    return in_space(PRIVATE, siphash(NODE.private_secret, code_bytes(code) +
                                     struct.pack('>Q', key)))


def invitation(hook):
    """One that was made at this hook of interface 1."""
    key = in_space(INVITATION, siphash(bytes(16), SECRET.to_bytes(8, 'big')))
    name = NODE.invitation(HOOKS[hook], 1, key)

    def moved(run, accesses):
        return 'invite' in accesses and run.key == SECRET and \
            (run.hook, run.interface, run.who) == (hook, 1, 'mighty')

    def used(run, accesses):
        followed = 'reroute' in accesses and run.key == key and \
            run.hook != hook and run.interface == 1 and run.who != 'back'
        return followed or moved(run, accesses)

    return Target('%s invitation' % hook, name, [SECRET, key, name], used, moved)


def targets(code, turn):
    """What lies there while this code runs; who may: by accesses and a run."""
    def never(run, accesses):
        return False

    def named(key):
        return lambda run, accesses: run.key == key and \
            {'lookup', 'insert'} & set(accesses)

    public, protected, private = (in_space(space, LOW)
                                  for space in (PUBLIC, PROTECTED, PRIVATE))
    yield Target('public', public, [LOW], named(public), named(public))
    yield Target('protected', protected, [LOW], named(protected),
                 lambda run, accesses: run.key == protected and
                 run.who == 'mighty' and named(protected)(run, accesses))
    own = private_name(code, private)
    yield Target('own private', own, [LOW, own], named(private), named(private))
    other = list(code)
    bit = turn % (16 * len(code))
    other[bit // 16] ^= 0x8000 >> bit % 16
    name = private_name(other, private)
    yield Target('private', name, [LOW, name], never, never)

    for hook in HOOKS:
        yield invitation(hook)


def attempts(page):
    ways = Ways(page)
    places = [Place(hook, interface, who) for who in ('stranger', 'mighty', 'back')
              for interface in (1, 2) for hook in HOOKS]
    turn = 0
    for every, where in ((True, [Place('ingress', 1, 'mighty')]), (False, places)):
        for mnemonics, code in ways.programs(every):
            turn += 1
            for target in targets(code, turn):
                for key in target.keys:
                    for place in where:
                        yield target, mnemonics, Run(code, key, *place)


def answers(engine, requests):
    """What the engine makes of them, in order, while more are written."""
    process = subprocess.Popen(engine, stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE)

    def write():
        with process.stdin as pipe:
            for number, asked in enumerate(requests):
                pipe.write(json.dumps({**asked, 'id': number}).encode() + b'\n')

    threading.Thread(target=write, daemon=True).start()
    for line in process.stdout:
        reply = json.loads(line)
        if reply['type'] != 'ran' or not reply['executed']:
            sys.exit('it does not run: %s' % reply)
        yield reply
    if process.wait() != 0:
        sys.exit('the engine ended with %d' % process.returncode)


def look(target, reply):
    """The entry afterwards, and all else that there is to see."""
    entry = [(e['created_ns'], e['words']) for e in reply['store']
             if int(e['key'], 16) == target.name]
    rest = sorted((e['key'], e['words']) for e in reply['store']
                  if int(e['key'], 16) != target.name)
    return entry, (reply['verdict'], reply['packet'], reply['rerouted'], rest)


def moved_well(seen):
    """An invitation holds who made it, and was born when it was."""
    for content, (entry, _) in zip(CONTENTS, seen):
        born = START if content is None else BORN
        if entry != [(str(born), (SOURCE + bytes(16)).hex())]:
            sys.exit('an invitation became %s' % entry)


def cross(page, engine):
    """All attempts; how many there were, and who crossed."""
    crossed = collections.Counter()
    tried = list(attempts(page))
    replies = answers(engine, (request(run, target.name, content)
                               for target, _, run in tried
                               for content in CONTENTS))
    for target, mnemonics, run in tried:
        seen = [look(target, next(replies)) for _ in CONTENTS]
        kept = [entry == ([] if content is None else [(str(BORN), content.hex())])
                for content, (entry, _) in zip(CONTENTS, seen)]
        for what, did, may in (
                ('written', not all(kept), target.write(run, mnemonics)),
                ('read', len({repr(rest) for _, rest in seen}) > 1,
                 target.read(run, mnemonics))):
            if did and not may:
                sys.exit('%s was %s: %s\n%s' % (target.title, what, run, seen))
            if did:
                crossed[target.title, what] += 1
        if not all(kept) and 'invitation' in target.title:
            moved_well(seen)
    return len(tried), crossed


def single_words(page, engine):
    """Whatever is no access reaches no store, in all 65536 words."""
    asked = ({**request(Run([word, 0], LOW, 'ingress', 1, 'mighty'), 0, None)}
             for word in range(1 << 16))
    for word, reply in enumerate(answers(engine, asked)):
        insn = page.decode(word)
        access = insn is not None and insn.is_access()
        if (reply['store'] or reply['accesses']) and not access:
            sys.exit('%04x reaches the store: %s' % (word, reply))
    if word != 0xffff:
        sys.exit('the engine ended at %04x' % word)


MAY_CROSS = {(title, what) for title in ('public', 'protected', 'own private',
                                         'ingress invitation', 'egress invitation')
             for what in ('read', 'written')}


def main():
    page, engine = Page(sys.argv[1]), sys.argv[2:]
    if len(page.env_names) != ENV_COUNT:
        sys.exit('there are %d environment fields' % len(page.env_names))
    single_words(page, engine)
    count, crossed = cross(page, engine)
    print(count, 'attempts:', dict(crossed))
    if set(crossed) != MAY_CROSS:
        sys.exit('never seen: %s' % (MAY_CROSS - set(crossed)))


if __name__ == '__main__':
    main()
