#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# Packets that wasp-send does not make.
#
#	wasp-send -n ... | raw.pl send EDIT...	send it once for each edit
#	raw.pl list FILE.pcap			the IP packets of an Ethernet
#						capture in hex, hop limit and
#						header checksum as zeros
use strict;
use warnings;
use Socket qw(:DEFAULT AF_INET6 SOCK_RAW pack_sockaddr_in6);

my ($p, $wasp);		# the packet, and where in it 'W' is

sub is_v4 { return ord(substr $p, 0, 1) >> 4 == 4 }

sub put { my ($offset, $bytes) = @_; substr($p, $wasp + $offset,
	length $bytes) = $bytes }

# Put bytes in front of what follows the IP header, and mend lengths.
sub insert_v4 {
	my ($options) = @_;
	substr($p, 20, 0) = $options;
	substr($p, 0, 1) = chr(0x45 + length($options) / 4);
	substr($p, 2, 2) = pack 'n', length $p;
}

sub insert_v6 {
	my ($type, $rest) = @_;
	substr($p, 40, 0) = substr($p, 6, 1) . $rest;
	substr($p, 6, 1) = chr $type;
	substr($p, 4, 2) = pack 'n', length($p) - 40;
}

my %edits = (
	# these run
	'as-it-is' => sub { },
	'v4-options' => sub { insert_v4("\x01" x 40) },
	'v6-hop-by-hop' => sub { insert_v6(0, "\0\x01\x04\0\0\0\0") },
	'v6-destination' => sub { insert_v6(60, "\0\x01\x04\0\0\0\0") },
	'v6-both' => sub {
		insert_v6(60, "\0\x01\x04\0\0\0\0");
		insert_v6(0, "\x01\x1e\x0c" . "\0" x 12);
	},
	# these do not
	'magic' => sub { put(1, 'B') },
	'version' => sub { put(2, "\x28") },
	'no-code' => sub { put(4, "\0") },
	'much-code' => sub { put(4, "\x81") },
	'much-pad' => sub { put(5, "\x41") },
	'beyond' => sub { put(5, chr(1 + ord substr $p, $wasp + 5, 1)) },
	'padding' => sub { put(16 + 2 * ord(substr $p, $wasp + 4, 1), "\1") },
	'nested' => sub { put(3, chr 253) },
	'v4-first-fragment' => sub { substr($p, 6, 2) = "\x20\0" },
	'v4-last-fragment' => sub { substr($p, 6, 2) = "\0\x08" },
	'v4-source-route' => sub { insert_v4("\x83\x07\x08\x0a\0\x01\x09\0") },
	'v6-fragment' => sub { insert_v6(44, "\0\0\1\0\0\0\x07") },
	'v6-routing' => sub { insert_v6(43, "\0\x04\0\0\0\0\0") },
);

sub send_all {
	my ($original) = $p;
	socket(my $v4, AF_INET, SOCK_RAW, 255) or die "raw.pl: $!\n";
	socket(my $v6, AF_INET6, SOCK_RAW, 255) or die "raw.pl: $!\n";
	for my $name (@_) {
		my $edit = $edits{$name} or die "raw.pl: no edit $name\n";
		$p = $original;
		$edit->();
		my $to = is_v4() ? substr($p, 16, 4) : substr($p, 24, 16);
		my $sent = is_v4() ?
			send($v4, $p, 0, pack_sockaddr_in(0, $to)) :
			send($v6, $p, 0, pack_sockaddr_in6(0, $to));
		defined $sent or die "raw.pl: $name: $!\n";
	}
}

sub list {
	my ($file) = @_;
	open(my $in, '<:raw', $file) or die "raw.pl: $file: $!\n";
	read $in, my $head, 24;
	while (read($in, $head, 16) == 16) {
		my $size = (unpack 'V4', $head)[2];
		read $in, $p, $size;
		substr($p, 0, 14) = '';
		substr($p, 8, 1) = "\0", substr($p, 10, 2) = "\0\0" if is_v4();
		substr($p, 7, 1) = "\0" unless is_v4();
		print unpack('H*', $p), "\n";
	}
}

my $what = shift;
if ($what eq 'list') {
	list(@ARGV);
} else {
	my $hex = join '', map { /^[0-9a-f]{4}  ([0-9a-f ]+)/ ? $1 : () } <STDIN>;
	$hex =~ tr/0-9a-f//cd;
	$p = pack 'H*', $hex;
	$wasp = is_v4() ? 20 : 40;
	$wasp += 8 if ord(substr $p, is_v4() ? 9 : 6, 1) == 17;
	send_all(@ARGV);
}
