#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes wasp-examples(7) of the examples themselves, so that nothing is told
# twice:
#
#	examples.pl FILE...	in the order that the page shall have
#
# Of a program, NAME.wasp, it takes what its first comment says: NAME.wasp and one
# line.  Of a story, NAME/README.md, it takes all.  A story's text is Markdown of
# the simple kind:
#
#	# NAME: one line		first line
#	## Title			a section
#	- text				an item of a list
#	    text			verbatim: drawings, commands, output
#	`word`				literal
#
# and paragraphs, separated by empty lines.
use strict;
use warnings;

sub lines_of {
	my ($path) = @_;
	open(my $in, '<', $path) or die "examples.pl: $path: $!\n";
	chomp(my @lines = <$in>);
	return @lines;
}

# What mdoc would read as its own is hidden from it.
sub escape {
	my ($text) = @_;
	$text =~ s/\\/\\e/g;
	$text =~ s/-/\\-/g;
	$text =~ s/^([.'])/\\&$1/;
	return $text;
}

# Literal words are set apart; sentences begin lines.
sub flow {
	my ($text) = @_;
	$text = escape($text);
	$text =~ s/([.:?!]\)?) +(?=[A-Z`])/$1\n/g;
	$text =~ s/`([^`\n]*)`/\\(oq$1\\(cq/g;
	$text =~ s/^([.'])/\\&$1/mg;
	return "$text\n";
}

sub program {
	my ($path) = @_;
	for my $line (lines_of($path)) {
		return ".It Pa $1\n" . flow($2)
			if $line =~ /^; (\S+\.wasp): (.*)/;
	}
	die "examples.pl: $path: no line '; NAME.wasp: what it is'\n";
}

sub verbatim {
	return ".Bd -literal -offset indent\n" .
		join('', map { escape($_) . "\n" } @_) . ".Ed\n";
}

# A block of lines without an empty one, but for verbatim text.
sub block {
	my ($first, @more) = @_;
	if ($first =~ /^    /) {
		s/^    // for $first, @more;
		return verbatim($first, @more);
	}
	return ".Ss " . escape($1) . "\n" if $first =~ /^## (.*)/;
	return ".Bl -bullet -compact\n" . items($first, @more) . ".El\n"
		if $first =~ /^- /;
	return ".Pp\n" . flow(join ' ', $first, @more);
}

sub items {
	my @items;
	for my $line (@_) {
		push @items, $1 and next if $line =~ /^- (.*)/;
		$items[-1] .= " $line" =~ s/ +/ /r;
	}
	return join '', map { ".It\n" . flow($_) } @items;
}

sub story {
	my ($path) = @_;
	my ($title, @lines) = lines_of($path);
	$title =~ /^# (([a-z-]+): .*)/ or
		die "examples.pl: $path:1: not '# NAME: what it is'\n";
	my $page = ".Sh " . uc(escape($2)) . "\n" .
		flow(ucfirst(($1 =~ /: (.*)/)[0]) . '.');
	while (@lines) {
		my @block = shift @lines;
		next if $block[0] eq '';
		my $is_verbatim = $block[0] =~ /^    /;
		push @block, shift @lines
			while @lines && ($is_verbatim
				? $lines[0] =~ /^    / ||
					$lines[0] eq '' && @lines > 1 &&
					$lines[1] =~ /^    /
				: $lines[0] ne '' && $block[0] !~ /^#/);
		$page .= block(@block);
	}
	$page =~ s/(\.S[sh] .*\n)\.Pp\n/$1/g;
	return $page;
}

my @programs = sort grep { /\.wasp$/ } @ARGV;
my @stories = grep { /\.md$/ } @ARGV;
print <<'END', map({ program($_) } @programs), <<'END', map { story($_) } @stories;
.\" SPDX-License-Identifier: BSD-2-Clause
.Dd November 23, 2026
.Dt WASP-EXAMPLES 7
.Os
.Sh NAME
.Nm wasp-examples
.Nd programs, and stories that show what they are good for
.Sh DESCRIPTION
These come with the source, in
.Pa examples/ ,
and are installed with the documentation.
.Pp
Each story has a directory: its text, which the sections below repeat, its programs,
and a script
.Pa run
that builds a network of namespaces, plays in it, prints what is to be seen and
checks it.
It needs root.
From the source,
.Ql ./bootstrap demo NAME
installs what is missing, builds, and runs it;
.Ev WASP_DATAPATH
.Pq Cm portable , xdp
says what the routers run packets with, see
.Xr waspd 8 .
.Pp
These are programs alone, whose first lines tell what they do and how to try them
without a network:
.Bl -tag -width Ds
END
.El
.Pp
In what follows,
.Ql $
stands before commands that need no privileges and no network,
.Ql #
before those for root, and a name before
.Ql $
for those that are run on that host.
END
print <<'END';
.Sh SEE ALSO
.Xr wasp-as 1 ,
.Xr wasp-magnet 1 ,
.Xr wasp-run 1 ,
.Xr wasp-send 1 ,
.Xr wasp-verify 1 ,
.Xr wasp-asm 5 ,
.Xr waspd.conf 5 ,
.Xr wasp 7 ,
.Xr wasp-isa 7 ,
.Xr waspd 8
END
