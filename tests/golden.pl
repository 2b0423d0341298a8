#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Golden files: commands with the output they must give, in the same file.
#
#	Any text is a comment, until a line of two spaces and a dollar:
#	  $ command for sh
#	  > more lines of it
#	  what it must print, standard output first, then standard error
#	  [1]                      its exit status, where that is not 0
#
# A line that ends in " (re)" is a regular expression.  Each file runs in a
# directory of its own, empty but for links to examples/ and magnet/; $SRC is
# the source tree, and the tools are on the PATH.  Output is TAP, one test a command.
#
# In a program (.wasp) such blocks stand in comments, behind "; "; in Markdown
# (.md) they are two spaces further in.
#
#	golden.pl FILE...             compare
#	golden.pl --update FILE...    write what was printed into the file
#
# The tools are looked for in $TOOLS or, if unset, in $BUILD/bin, BUILD being the
# build directory or, if unset, the current one.
use strict;
use warnings;
use Cwd qw(abs_path getcwd);
use File::Basename;
use File::Temp qw(tempdir);

my $update = @ARGV && $ARGV[0] eq '--update' ? shift : 0;
my $build = $ENV{BUILD} = abs_path($ENV{BUILD} || getcwd());
$ENV{SRC} = abs_path(dirname(abs_path($0)) . '/..');
my $tools = $ENV{TOOLS} || "$build/bin";
$ENV{PATH} = "$tools:$ENV{PATH}:/usr/sbin:/sbin";
$ENV{LC_ALL} = 'C';
$ENV{TZ} = 'UTC';
my ($count, $failed) = (0, 0);

# What a command prints, as the lines of a golden file.
sub run_command {
	my ($command) = @_;
	open(my $script, '>', '.golden.sh') or die "golden.pl: $!";
	print $script $command;
	close $script;
	my $status = system('sh .golden.sh >.golden.out 2>.golden.err </dev/null');
	my @lines;
	for my $file ('.golden.out', '.golden.err') {
		open(my $in, '<', $file) or die "golden.pl: $file: $!";
		my $text = do { local $/; <$in> };
		close $in;
		next unless defined $text && length $text;
		$text .= " (no newline)\n" unless $text =~ /\n\z/;
		push @lines, map { "  $_" } split /\n/, $text, -1;
		pop @lines;
	}
	unlink '.golden.sh', '.golden.out', '.golden.err';
	my $exit = $status & 127 ? 128 + ($status & 127) : $status >> 8;
	push @lines, "  [$exit]" if $exit;
	return @lines;
}

sub line_matches {
	my ($want, $got) = @_;
	return 1 if $want eq $got;
	return $want =~ /^  (.*) \(re\)$/ && $got =~ /^  (?:$1)$/;
}

sub same {
	my ($want, $got) = @_;
	return 0 if @$want != @$got;
	for my $i (0 .. $#$want) {
		return 0 unless line_matches($want->[$i], $got->[$i]);
	}
	return 1;
}

sub report {
	my ($name, $command, $want, $got) = @_;
	my ($first) = split /\n/, $command;
	$first =~ s/#/\\#/g;
	$count++;
	if (same($want, $got)) {
		print "ok $count - $name: $first\n";
		return;
	}
	$failed++;
	print "not ok $count - $name: $first\n";
	print "# $_\n" for 'expected:', @$want, 'got:', @$got;
}

sub run_file {
	my ($path) = @_;
	my $start = getcwd();
	my $full = abs_path($path) or die "golden.pl: $path: $!\n";
	my $name = basename($path, '.t', '.wasp');
	$name = basename(dirname($path)) . '/README' if $path =~ /\.md$/;
	open(my $in, '<', $full) or die "golden.pl: $path: $!\n";
	chomp(my @lines = <$in>);
	close $in;
	my $mark = $path =~ /\.wasp$/ ? '; ' : $path =~ /\.md$/ ? '  ' : '';
	chdir tempdir(CLEANUP => 1) or die "golden.pl: $!";
	for my $room ('examples', 'magnet') {
		symlink "$ENV{SRC}/$room", $room or die "golden.pl: $!";
	}
	my @new;
	while (@lines) {
		my $line = shift @lines;
		push @new, $line;
		next unless $line =~ /^$mark  \$ (.*)/;
		my $command = "$1\n";
		while (@lines && $lines[0] =~ /^$mark  > ?(.*)/) {
			$command .= "$1\n";
			push @new, shift @lines;
		}
		my @want;
		push @want, substr(shift @lines, length $mark)
			while @lines && $lines[0] =~ /^$mark  / &&
				$lines[0] !~ /^$mark  \$ /;
		my @got = run_command($command);
		report($name, $command, \@want, \@got);
		push @new, map { "$mark$_" } same(\@want, \@got) ? @want : @got;
	}
	chdir $start;
	return unless $update;
	open(my $out, '>', $full) or die "golden.pl: $path: $!\n";
	print $out "$_\n" for @new;
	close $out;
}

@ARGV or die "usage: golden.pl [--update] FILE...\n";
run_file($_) for @ARGV;
print "1..$count\n";
exit($failed && !$update ? 1 : 0);
