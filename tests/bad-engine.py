#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""An engine that does not do as it should, in front of one that does.

    bad-engine.py HOW ENGINE [ARG]...

HOW: lie=MEMBER (a reply's member is changed), byte=N (one of its packet),
without=MEMBER, decline=FEATURE, and what comes of the second run: die, hang,
garbage, twice, deaf (does not read), error; greet=TEXT answers the greeting with
that.
"""
import json
import subprocess
import sys
import time


def change(reply, how, what):
    if how == 'lie':
        reply[what] = {'executed': False, 'verdict': 'bounce', 'steps': '1',
                       'cost': -1, 'accesses': 9, 'packet': '5741',
                       'rerouted': 'ff' * 16, 'store': {}, 'v': 2}[what]
    elif how == 'without':
        del reply[what]
    elif how == 'byte':
        packet = bytearray.fromhex(reply['packet'])
        packet[int(what)] ^= 0x10
        reply['packet'] = packet.hex()


def misbehave(how):
    if how == 'die':
        sys.exit(3)
    if how == 'hang':
        time.sleep(3600)
    if how == 'garbage':
        print('Segmentation fault', flush=True)
    if how == 'error':
        print('{"v":1,"id":2,"type":"error","text":"no such node"}', flush=True)


def main():
    how, _, what = sys.argv[1].partition('=')
    good = subprocess.Popen(sys.argv[2:], stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE)
    for number, line in enumerate(sys.stdin):
        good.stdin.write(line.encode())
        good.stdin.flush()
        reply = json.loads(good.stdout.readline())
        if number == 0:
            if how == 'decline':
                reply['declines'] = what.split(',')
            if how == 'greet':
                print(what, flush=True)
                continue
        elif number == 2 and how in ('die', 'hang', 'garbage', 'error'):
            misbehave(how)
            continue
        else:
            change(reply, how, what)
        print(json.dumps(reply), flush=True)
        if how == 'twice' and number == 2:
            print(json.dumps(reply), flush=True)
        if how == 'deaf' and number == 1:
            time.sleep(3600)


if __name__ == '__main__':
    main()
