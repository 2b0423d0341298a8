#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
# A video stream for the story of this directory: pictures for the encoder, and
# a sender, a receiver and a judge.
#
#	video.py source COUNT			pictures, as YUV4MPEG2
#	video.py info STREAM			what the stream consists of
#	video.py send STREAM ADDRESS PORT PACE	PACE frames a second
#	video.py receive STREAM PORT		the frames that came whole
#	video.py judge STREAM SENT GOT...	which pictures are as they were
#	video.py curve SENT GOT...		how many of them, to be plotted
#
# A packet's payload, all numbers most significant byte first:
#
#	0      type      0 I, 1 P, 2 B
#	1      part      0 for the first packet of a frame
#	2      parts     packets of the frame; 0 when all has been sent
#	3      0
#	4 - 5  frame     1, 2, ... in the order of the stream
#	6 - 7  group     1, 2, ...
#	8 -    the part
import re, socket, struct, sys, time

HEADER = struct.Struct('>BBBBHH')
PART_MAX = 1200
STREAM_END = b'\0\0\1\xb7'
WIDTH, HEIGHT = 176, 144
BOX = 48


# A still picture with some grain, before which a square cut out of it moves.
def source(count):
    out = sys.stdout.buffer
    seed = 12345

    def grain():
        nonlocal seed
        seed = (seed * 1103515245 + 12345) & 0x7fffffff
        return seed >> 16 & 31

    rows = [bytes(16 + abs((3 * x + y) % 256 - 128) // 2 +
        abs((5 * y - 2 * x) % 192 - 96) // 2 + grain() for x in range(WIDTH))
        for y in range(HEIGHT)]
    out.write(b'YUV4MPEG2 W%d H%d F25:1 Ip A1:1 C420jpeg\n' % (WIDTH, HEIGHT))
    for n in range(int(count)):
        picture = bytearray(b''.join(rows))
        left, top = n * 5 % (WIDTH - BOX), n * 2 % (HEIGHT - BOX)
        for y in range(BOX):
            at = (top + y) * WIDTH + left
            picture[at:at + BOX] = rows[y * 3 % HEIGHT][40:40 + BOX]
        out.write(b'FRAME\n' + picture + bytes([128]) * (WIDTH * HEIGHT // 2))


class Frame:
    def __init__(self, number, group, kind, shown, data):
        self.number, self.group = number, group
        self.kind, self.shown, self.data = kind, shown, data


# The frames of an MPEG-2 stream in its order, each with the headers before it.
# `shown` is the place among the pictures as they are shown: temporal_reference
# counts them from the start of the group (ISO/IEC 13818-2, 6.3.9).
def frames(name):
    data = open(name, 'rb').read()
    starts = [(m.start(), data[m.start() + 3])
        for m in re.finditer(b'\0\0\1[\0\xb3\xb7\xb8]', data)]
    starts.append((len(data), None))
    result, begin, group, before = [], 0, 0, 0
    for (at, code), (after, _) in zip(starts, starts[1:]):
        if code == 0xb8:
            group, before = group + 1, len(result)
        if code != 0:
            continue
        reference = data[at + 4] << 2 | data[at + 5] >> 6
        kind = (data[at + 5] >> 3 & 7) - 1
        result.append(Frame(len(result) + 1, group, kind,
            before + reference, data[begin:after]))
        begin = after
    return result


# How many there are of each type, their bytes, and bytes a frame in all.
def info(name):
    all_frames = frames(name)
    print('type  frames   bytes  a frame')
    for kind, letter in enumerate('IPB'):
        sizes = [len(f.data) for f in all_frames if f.kind == kind]
        print('%-4s  %6d  %6d  %7d' % (letter, len(sizes), sum(sizes),
            sum(sizes) // len(sizes)))
    total = sum(len(f.data) for f in all_frames)
    print('all   %6d  %6d  %7d' % (len(all_frames), total,
        total // len(all_frames)))


def packets(frame):
    parts = [frame.data[i:i + PART_MAX]
        for i in range(0, len(frame.data), PART_MAX)]
    return [HEADER.pack(frame.kind, i, len(parts), 0, frame.number,
        frame.group) + part for i, part in enumerate(parts)]


# A frame each 1/PACE s.  Of what is late only a little is caught up: a sender that
# was kept from running shall not send a burst that no camera would.
def send(name, address, port, pace):
    family = socket.AF_INET6 if ':' in address else socket.AF_INET
    out = socket.socket(family, socket.SOCK_DGRAM)
    out.connect((address, int(port)))
    step = 1 / float(pace)
    due = time.monotonic()
    for frame in frames(name):
        due = max(due + step, time.monotonic() - 3 * step)
        time.sleep(max(0, due - time.monotonic()))
        for packet in packets(frame):
            out.send(packet)
    # The link may lose this too: again, as one group after the other, until
    # somebody ends it.
    group = frame.group
    while True:
        time.sleep(0.1)
        group += 1
        out.send(HEADER.pack(0, 0, 0, 0, 0xffff, group))


def receive(name, port):
    inlet = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    inlet.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    inlet.bind(('::', int(port)))
    print('listening', flush=True)
    came = {}
    while True:
        packet = inlet.recv(2048)
        _, part, parts, _, number, _ = HEADER.unpack_from(packet)
        if parts == 0:
            break
        came.setdefault(number, [None] * parts)[part] = packet[HEADER.size:]
    whole = [came[number] for number in sorted(came)
        if None not in came[number]]
    with open(name, 'wb') as out:
        out.write(b''.join(b''.join(parts) for parts in whole) + STREAM_END)
    print(len(whole), 'frames came whole')


# What `mpeg2dec -o md5' printed: a sum for each picture that is shown.
def sums(name):
    return re.findall('^([0-9a-f]{32}) ', open(name).read(), re.M)


# A picture is as it was if one of its sum was shown: all are different.  One that
# was decoded with another picture than its own to start from is not.
def judge(stream, sent, *got):
    shown = {f.shown: f for f in frames(stream)}
    pictures = sums(sent)
    assert len(set(pictures)) == len(pictures) == len(shown)
    good = [set(sums(name)) for name in got]
    lines = {}
    for n, picture in enumerate(pictures):
        line = lines.setdefault(shown[n].group, [''] * len(good))
        for i, some in enumerate(good):
            line[i] += 'IPB'[shown[n].kind] if picture in some else '.'
    for group, line in lines.items():
        row(group, line)
    row('all', ['%d of %d' % (len(some & set(pictures)), len(pictures))
        for some in good])


def row(name, cells):
    print(('%5s   %s' % (name, ''.join('%-19s' % c for c in cells))).rstrip())


# The same as a table to plot: pictures shown, and how many of them were good.
def curve(sent, *got):
    good = [set(sums(name)) for name in got]
    counts = [0] * len(good)
    for n, picture in enumerate(sums(sent), 1):
        counts = [c + (picture in some) for c, some in zip(counts, good)]
        print(n, *counts)


if __name__ == '__main__':
    {'source': source, 'info': info, 'send': send, 'receive': receive,
        'judge': judge, 'curve': curve}[sys.argv[1]](*sys.argv[2:])
