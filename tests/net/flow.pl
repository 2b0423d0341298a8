#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# UDP as an application sends and receives it.
#
#	flow.pl listen PORT		on both families; prints "ready", and for
#					each datagram: HOP-LIMIT DSCP/ECN SIZE SUM
#	flow.pl send ADDRESS PORT SIZE [HOP-LIMIT [TOS [may-cut]]]
#					prints SIZE SUM, or why it can not; Don't
#					Fragment is set unless it may be cut
#	flow.pl heard ADDRESS PORT SIZE HOP-LIMIT
#					the same, then waits for an ICMP error about
#					it and prints: ADDRESS TYPE CODE
use strict;
use warnings;
use Digest::MD5 qw(md5_hex);
use IO::Select;
use IO::Socket::IP;
use Socket qw(:all);

use constant {
	LINUX_IP_RECVTTL => 12, LINUX_IP_RECVTOS => 13, LINUX_IP_RECVERR => 11,
	LINUX_IP_MTU_DISCOVER => 10, PMTUDISC_DO => 2, PMTUDISC_DONT => 0,
	LINUX_IPV6_RECVHOPLIMIT => 51, LINUX_IPV6_RECVTCLASS => 66,
	LINUX_IPV6_RECVERR => 25, LINUX_IPV6_MTU_DISCOVER => 23,
	LINUX_IPV6_HOPLIMIT => 52, LINUX_IPV6_TCLASS => 67,
	LINUX_MSG_ERRQUEUE => 0x2000, SYS_recvmsg => 47,
};

# Control messages of one recvmsg, as {"LEVEL TYPE" => BYTES}, and the payload.
sub receive {
	my ($socket, $flags) = @_;
	my $data = "\0" x 65536;
	my $control = "\0" x 512;
	my $name = "\0" x 128;
	my $iov = pack 'P L!', $data, length $data;
	my $msg = pack 'P L x4 P L! P L! i x4', $name, length $name, $iov, 1,
		$control, length $control, 0;
	my $size = syscall SYS_recvmsg, fileno $socket, $msg, $flags;

	return if $size < 0;
	my $control_size = unpack 'L!', substr $msg, 40, 8;
	my %found;
	for (my $at = 0; $at + 16 <= $control_size;) {
		my ($len, $level, $type) = unpack 'L! i i', substr $control,
			$at, 16;
		last if $len < 16;
		$found{"$level $type"} = substr $control, $at + 16, $len - 16;
		$at += ($len + 7) & ~7;
	}
	return (\%found, substr $data, 0, $size);
}

sub listen_to {
	my ($port) = @_;
	my $socket = IO::Socket::IP->new(LocalHost => '::', LocalPort => $port,
		Proto => 'udp', V6Only => 0) or die "flow.pl: $@\n";

	setsockopt $socket, IPPROTO_IP, LINUX_IP_RECVTTL, 1;
	setsockopt $socket, IPPROTO_IP, LINUX_IP_RECVTOS, 1;
	setsockopt $socket, IPPROTO_IPV6, LINUX_IPV6_RECVHOPLIMIT, 1;
	setsockopt $socket, IPPROTO_IPV6, LINUX_IPV6_RECVTCLASS, 1;
	$| = 1;
	print "ready\n";
	while (my ($control, $data) = receive($socket, 0)) {
		my $hops = $control->{'0 2'} //
			$control->{'41 ' . LINUX_IPV6_HOPLIMIT};
		my $class = $control->{'0 1'} //
			$control->{'41 ' . LINUX_IPV6_TCLASS};
		printf "%d 0x%02x %d %s\n", unpack('i', $hops),
			unpack('C', $class), length $data, md5_hex($data);
	}
}

sub send_to {
	my ($address, $port, $size, $hops, $tos, $cut) = @_;
	my $socket = IO::Socket::IP->new(PeerHost => $address,
		PeerPort => $port, Proto => 'udp') or die "flow.pl: $@\n";
	my $v6 = $address =~ /:/;
	my $level = $v6 ? IPPROTO_IPV6 : IPPROTO_IP;
	my $data = join '', map { chr(($_ * 7 + 13) & 255) } 1 .. $size;

	setsockopt $socket, $level, $v6 ? LINUX_IPV6_MTU_DISCOVER :
		LINUX_IP_MTU_DISCOVER, $cut ? PMTUDISC_DONT : PMTUDISC_DO;
	setsockopt $socket, $level, $v6 ? LINUX_IPV6_RECVERR :
		LINUX_IP_RECVERR, 1;
	setsockopt $socket, $level, $v6 ? 16 : IP_TTL, pack "i", $hops if $hops;
	setsockopt $socket, $level, $v6 ? LINUX_IPV6_TCLASS : IP_TOS, pack "i", oct $tos
		if defined $tos;
	print defined send($socket, $data, 0) ? "$size " . md5_hex($data) :
		"not sent: $!", "\n";
	return $socket;
}

# struct sock_extended_err, and behind it the address it came from.
sub hear {
	my ($socket) = @_;

	$| = 1;
	for (1 .. 500) {
		my ($control) = receive($socket, LINUX_MSG_ERRQUEUE | 0x40);
		my ($error) = $control ? values %$control : ();

		if (defined $error) {
			my ($type, $code) = (unpack 'L C4', $error)[2, 3];
			my $family = unpack 'S', substr $error, 16;
			print inet_ntop($family, $family == AF_INET6 ?
				substr($error, 24, 16) : substr($error, 20, 4)),
				" $type $code\n";
			return;
		}
		select undef, undef, undef, 0.02;
	}
	print "nothing heard\n";
}

my ($what, @arguments) = @ARGV;
if ($what eq 'listen') {
	listen_to(@arguments);
} elsif ($what eq 'send') {
	send_to(@arguments);
} elsif ($what eq 'heard') {
	hear(send_to(@arguments));
}
