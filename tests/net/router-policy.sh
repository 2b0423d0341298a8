#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# A policy decides before the first instruction: what it does not admit goes on
# unchanged and is counted, at that node and that hook only; SIGHUP reads it
# again, and a wrong file changes nothing.
set -u
. "${SRC:?}/examples/lab/net.sh"
. "$SRC/examples/lab/router.sh"
router_line r1 r3
cat >"$NET_DIR/edge.policy" <<'EOF'
# stores nothing, and says little
accesses = 0
egress { pushed = 4 }
EOF
cat >"$NET_DIR/waspd.conf" <<EOF
name = r2
policy = "$NET_DIR/edge.policy"
interface eth0 { role = client }
interface eth1 { role = internal }
EOF
is_xdp && router_datapath=auto	# which gives these to the portable one
router_start r2 -c "$NET_DIR/waspd.conf"
net_said r2 'ready:.* eth0=client/portable eth1=internal/portable' ||
	net_fail "a policy is not judged by the portable data path"

# Pushes at each hook where it runs; "store" also looks something up.
for name in walk store; do
	router_program $name <<-EOF
		.program $name
		.hooks ingress, egress
		.data
	key:	.key public, "k"
	trail:	.space 24
		.cursor trail
		.text
		push hook
		push hops
		$([ $name = store ] && echo 'lookup r0, [key]')
	EOF
done

# trail LABEL NAME: what the last packet of that name held at b, as words.
trail()
{
	router_wasp "$1" | sed -n "s/.*\"scratchpad\":\[\([^]]*\)\].*/\1/p" |
		tail -n 1 | cut -d , -f 3- | tr ',' ' '
}
# sends PROGRAM EXPECTED: b gets what the hooks wrote that ran.
sends()
{
	capture_start b b eth0
	router_send "$1" 10.0.4.2 -W 0
	wait_for "$1 at b" capture_has b 1 'ip proto 253'
	capture_stop b
	case " $(trail b) " in
	" $2 "*) ;;
	*) net_fail "$1: b got $(trail b), not $2" ;;
	esac
}
again()
{
	kill -HUP "$(cat "$NET_DIR/r2.pid")"
	wait_for "$1" sh -c "[ \$(grep -c '$2' '$NET_DIR/r2.log') = $3 ]"
}

# At r2: ingress runs, egress would push too much.
sends walk '1 1 2 1 1 2 1 3 2 3 0'
wait_for "the count" router_counted r2 'refused by the policy' 1
# A store access is too much at both hooks, and r1 and r3 do not mind.
sends store '1 1 2 1 1 2 2 2 0'
wait_for "the counts" router_counted r2 'refused by the policy' 3
[ "$(router_count r2 forwarded)" = 1 ] || net_fail "more than one was run"

# Another policy, for one interface.
echo 'forbid-opcodes = {lookup}' >"$NET_DIR/in.policy"
sed -i "s|role = client|& policy = \"$NET_DIR/in.policy\"|" \
	"$NET_DIR/waspd.conf"
again "the new file" ready: 2
sends walk '1 1 2 1 1 2 1 3 2 3 0'
wait_for "the counts" router_counted r2 'refused by the policy' 4

# A wrong policy changes nothing, and is told.
echo 'accesses = some' >"$NET_DIR/edge.policy"
again "the complaint" 'old one stays' 1
net_said r2 'edge.policy:1: error: accesses takes a number .WASP-P008' ||
	net_fail "no message about the policy"
sends store '1 1 2 1 1 2 2 2 0'
wait_for "the counts" router_counted r2 'refused by the policy' 6

# A policy that is gone, too; and one that allows it all.
rm "$NET_DIR/edge.policy"
again "the next complaint" 'old one stays' 2
echo 'cost = 1000' >"$NET_DIR/edge.policy"
cp "$NET_DIR/edge.policy" "$NET_DIR/in.policy"
again "the new policies" ready: 3
sends store '1 1 2 1 1 2 2 2 1 3 2 3 0'
net_stop r2 || net_fail "status $?"
exit 0
