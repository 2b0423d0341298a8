#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# wasp-send over an interface without link headers: a TUN device, behind which a
# few lines of Python return what they get.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/tests/net/send-lib.sh"
[ -e /dev/net/tun ] || { echo "skipped: no TUN"; exit 77; }
send_start
cat >"$NET_DIR/tunnel.py" <<'PYTHON'
import fcntl, os, struct

tun = os.open("/dev/net/tun", os.O_RDWR)
fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH", b"tun0", 0x1001))
os.system("ip link set tun0 up")
os.system("ip address add 10.0.9.1/24 dev tun0")
os.system("ip address add 2001:db8:9::1/64 dev tun0 nodad")
print("ready", flush=True)
while True:
    p = bytearray(os.read(tun, 2048))
    six = p[0] >> 4 == 6
    at, size, off = (8, 16, 40) if six else (12, 4, 20)
    if p[6 if six else 9] != 253:
        continue
    p[at:at + 2 * size] = p[at + size:at + 2 * size] + p[at:at + size]
    # R is set, and the checksum mended: one's complement, as it is one word.
    p[off + 2] |= 1
    check = struct.unpack_from(">H", p, off + 10)[0] - 0x100
    struct.pack_into(">H", p, off + 10, check if check >= 0 else check - 1 & 0xffff)
    os.write(tun, p)
PYTHON
net_spawn tunnel a python3 "$NET_DIR/tunnel.py"
wait_for 'the tunnel' net_said tunnel ready
for to in 10.0.9.2 2001:db8:9::2; do
	send 0 $to -c 2 -i 10ms --json
	json "[r['seq'] for r in of('reply')] == [1, 2]"
	json "lines[0]['words']['limit'] == [1, 2]"
done
