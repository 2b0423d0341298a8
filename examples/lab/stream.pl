#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Traffic as applications make it: one TCP connection, as fast as it goes.
#
#	stream.pl take PORT		prints "ready"; takes all that comes
#	stream.pl give ADDRESS PORT	for ever, or until the other end goes
use strict;
use warnings;
use IO::Socket::IP;

my ($what, @where) = @ARGV;
$| = 1;
if (($what // '') eq 'take' && @where == 1) {
	my $listen = IO::Socket::IP->new(LocalHost => '::', LocalPort => $where[0],
		Listen => 5, V6Only => 0, ReuseAddr => 1) or die "stream.pl: $@\n";
	print "ready\n";
	while (my $peer = $listen->accept()) {
		1 while sysread($peer, my $bytes, 65536);
	}
} elsif (($what // '') eq 'give' && @where == 2) {
	my $peer = IO::Socket::IP->new(PeerHost => $where[0],
		PeerPort => $where[1], Timeout => 10) or die "stream.pl: $@\n";
	my $bytes = 'x' x 65536;
	1 while syswrite($peer, $bytes);
} else {
	print STDERR "usage: stream.pl take PORT | give ADDRESS PORT\n";
	exit 2;
}
