#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# What wasp-bpf writes is an ordinary BPF object: bpftool loads it, alone and
# with maps that somebody else has pinned, for both hooks; every example becomes
# one, and the same one each time.  77 without root or BPF.
set -u
PATH="${BUILD:?}/bin:$PATH:/usr/sbin:/sbin"
[ -x "$BUILD/bin/wasp-bpf" ] || exit 77
tmp=$(mktemp -d) || exit 99
bad=0

fail() {
	echo "$1"
	bad=1
}

cleanup() {
	umount "$tmp/fs" 2>/dev/null
	rm -rf "$tmp"
}
trap cleanup EXIT

# object SOURCE HOOK: an example's object is $tmp/o.
object() {
	wasp-as -I "$SRC/examples" "$1" -o "$tmp/wo" || return
	wasp-bpf --hook "$2" -o "$tmp/o" "$tmp/wo" &&
		wasp-bpf --hook="$2" <"$tmp/wo" | cmp - "$tmp/o"
}

# How it is called.
wasp-as "$SRC/examples/count.wasp" -o "$tmp/wo"
wasp-bpf --hook sideways "$tmp/wo" >"$tmp/out" 2>&1
[ $? = 2 ] && grep -q "ingress or egress, not 'sideways'" "$tmp/out" ||
	fail 'a wrong hook is taken'
echo nothing | wasp-bpf >"$tmp/out" 2>"$tmp/err"
[ $? = 3 ] && [ ! -s "$tmp/out" ] || fail 'text is taken for a program'
wasp-bpf -o "$tmp/none/o" "$tmp/wo" 2>/dev/null
[ $? = 5 ] || fail 'a file that can not be written is no error'
wasp-dis -b "$tmp/wo" | grep -q . && wasp-bpf "$tmp/wo" >"$tmp/a" &&
	wasp-bpf "$tmp/wo" | cmp - "$tmp/a" || fail 'not the same each time'
for source in $EXAMPLES; do
	case $source in *.wasp) ;; *) continue ;; esac
	source=$SRC/$source
	object "$source" ingress && object "$source" egress ||
		fail "$source is not translated"
done

# A word that is no instruction, and code that nothing leads to.
printf '.hooks none\n.insn 0xffff\nforward\n' | wasp-as | wasp-bpf >"$tmp/o" ||
	fail 'an illegal instruction is refused'

[ "$(id -u)" = 0 ] && command -v bpftool >/dev/null || exit $((bad ? 1 : 77))
mkdir "$tmp/fs"
mount -t bpf bpf "$tmp/fs" || exit 77

# load NAME ARGUMENT...: $tmp/o, pinned and taken out again.
load() {
	name=$1
	shift
	if ! bpftool prog load "$tmp/o" "$tmp/fs/$name" "$@" >"$tmp/out" 2>&1
	then
		tail -n 20 "$tmp/out"
		fail "$name can not be loaded"
	fi
}

load illegal
for source in count walk flows; do
	[ -e "$SRC/examples/$source.wasp" ] || continue
	for hook in ingress egress; do
		object "$SRC/examples/$source.wasp" $hook
		load "$source-$hook"
	done
done

# The maps of one are given to the other.
bpftool -j prog show pinned "$tmp/fs/count-ingress" |
	jq -r '.map_ids[]' >"$tmp/ids"
while read -r id; do
	name=$(bpftool -j map show id "$id" | jq -r .name)
	case $name in
	store_* | wasp_run_xdp | wasp_settings | wasp_programs)
		bpftool map pin id "$id" "$tmp/fs/$name"
		echo "$name $id" >>"$tmp/pinned" ;;
	esac
done <"$tmp/ids"
[ "$(wc -l <"$tmp/pinned")" = 6 ] || {
	cat "$tmp/pinned"
	fail 'not the maps that the manual names'
}
object "$SRC/examples/count.wasp" ingress
# shellcheck disable=SC2046
load shared $(while read -r name id; do
	echo map name "$name" pinned "$tmp/fs/$name"
done <"$tmp/pinned")
bpftool -j prog show pinned "$tmp/fs/shared" | jq -r '.map_ids[]' >"$tmp/ids"
while read -r name id; do
	grep -qx "$id" "$tmp/ids" || fail "$name is not shared"
done <"$tmp/pinned"
exit $bad
