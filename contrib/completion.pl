#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes bash's completion of a command from what the command says itself:
#
#	completion.pl COMMAND WASP-AS	paths; the completion to standard output
#
# Options, and what their values are, come from --help, which is printed from the
# command's one option table: of a value, a|b in its text are the words to choose
# from, and FILE and its like are files.  Names of warnings and of environment
# fields are those of wasp-as --print-opcodes --json.
use strict;
use warnings;
use JSON::PP;

my ($command, $as) = @ARGV;
my ($name) = $command =~ m|([^/]+)$| or die "completion.pl: no command\n";

sub output {
	open(my $in, '-|', @_) or die "completion.pl: $_[0]: $!\n";
	my @lines = <$in>;
	close($in) or die "completion.pl: $_[0] failed\n";
	return @lines;
}

my $tables = decode_json(join('', output($as, '--print-opcodes', '--json')));
my @diags = @{$tables->{diagnostics}};
my %seen;
my @classes = grep { !$seen{$_}++ } map { $_->{class} // () } @diags;
my @fields = map { ($_->{name}, $_->{alias} // ()) } @{$tables->{fields}};

sub words {
	return "-W '" . join(' ', @_) . "'";
}

# What compgen takes for a value, by the name of its option, or by how --help
# calls it.
my $links = '-W "$(ls /sys/class/net 2>/dev/null)"';
my %values = (
	'--warn' => words(qw(all none error no-error),
		map { ($_, "no-$_") } @classes),
	'--explain' => words('list', @classes,
		map { $_->{id} =~ s/^WASP-//r } @diags),
	'--env' => "-S = -W '@fields'",
	'--interface' => $links,
	FILE => '-f', OBJECT => '-f', PATH => '-f', PREFIX => '-f',
	DIRECTORY => '-d', DIR => '-d',
	ENGINE => '-c', INTERFACE => $links,
);

sub values_of {
	my ($option, $value, $text) = @_;
	return words(split(/\|/, $1)) if $text =~ /\b(\w+(?:\|\w+)+)/;
	return $values{$option} // $values{$value} // words();
}

my (@options, %cases, $operand);
for (output($command, '--help')) {
	$operand //= $1 if /^Usage: \S+ \[OPTION\]\.\.\. \[?([A-Za-z|]+)/;
	my ($letter, $long, $optional, $value, $text) =
	    /^  (?:(-.),|   ) (--[a-z0-9-]+)(\[=)? ?([A-Z=\[\]]*)(?:  +(.*))?$/
		or next;
	push(@options, $letter // (), $long);
	$value =~ tr/]//d if $optional;
	next if !$value;
	push(@{$cases{values_of($long, $value, $text // '')}},
		$optional ? "$long=" : ($letter // (), $long, "$long="));
}
die "completion.pl: $name: no options in --help\n" if !@options;

$cases{words(@classes)} = ['error='] if $cases{$values{'--warn'}};
my $cases = join('', map { "\t" . join(' | ', @{$cases{$_}}) . ")\n" .
	"\t\thow=($_) ;;\n" } sort keys %cases);
my $first = values_of('', $operand, $operand);
# Of words to choose from, the first operand is one; then come others.
my $otherwise = $operand !~ /\|/ ? 'else' : "elif [[ \" \${COMP_WORDS[*]:" .
	"1:COMP_CWORD - 1} \" != *' '\@($operand)' '* ]]; then";
(my $function = "_$name") =~ tr/-/_/;

print <<"END";
# bash completion of $name, made from its --help

$function()
{
	local current=\${COMP_WORDS[COMP_CWORD]}
	local option=\${COMP_WORDS[COMP_CWORD - 1]}
	local -a how=(-W '')

	# To readline --option=value is three words; here its option ends in =.
	if [[ \$current == = ]]; then
		current= option+==
	elif [[ \$option == = ]]; then
		option=\${COMP_WORDS[COMP_CWORD - 2]}=
	fi
	case \$option in
$cases	*=) ;;
	*)
		if [[ \$current == -* ]]; then
			how=(-W '@options')
		$otherwise
			how=($first)
		fi ;;
	esac
	case \${how[0]} in
	-f | -d) compopt -o filenames 2>/dev/null ;;
	-S) compopt -o nospace 2>/dev/null ;;
	esac
	mapfile -t COMPREPLY < <(compgen "\${how[@]}" -- "\$current")
}
complete -F $function $name
END
