#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# A TCP server that gives back what it gets, on both families, and a client that
# sends 300000 bytes and says how many came back right.
#
#	tcp.pl serve PORT	prints "ready" when it listens
#	tcp.pl get ADDRESS PORT
use strict;
use warnings;
use IO::Socket::IP;

my ($what, @arguments) = @ARGV;
my $text = join '', map { sprintf "%05d\n", $_ } 1 .. 50000;

sub serve {
	my ($port) = @_;
	my $listen = IO::Socket::IP->new(LocalHost => '::', LocalPort => $port,
		Listen => 5, V6Only => 0, ReuseAddr => 1) or die "tcp.pl: $@\n";
	$| = 1;
	print "ready\n";
	while (my $peer = $listen->accept()) {
		my $got = '';
		1 while sysread($peer, $got, 65536, length $got);
		print $peer $got;
		close $peer;
	}
}

sub get {
	my ($address, $port) = @_;
	my $peer = IO::Socket::IP->new(PeerHost => $address, PeerPort => $port,
		Timeout => 10) or die "tcp.pl: $@\n";
	my $got = '';
	print $peer $text;
	$peer->flush;
	shutdown($peer, 1);
	1 while sysread($peer, $got, 65536, length $got);
	printf "%d bytes of %d\n", $got eq $text ? length $got : 0, length $text;
}

$what eq 'serve' ? serve(@arguments) : get(@arguments);
