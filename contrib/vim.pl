#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Makes vim's syntax file for wasp-asm(5) of the tables that the assembler itself
# is made of:
#
#	wasp-as --print-opcodes --json | vim.pl
use strict;
use warnings;
use JSON::PP;

my $tables = decode_json(do { local $/; <STDIN> });
my (%insns, %branches);
for (@{$tables->{instructions}}) {
	my $turns = grep { $_ eq 'jumps' || $_ eq 'ends' } @{$_->{effects}};
	($turns ? \%branches : \%insns)->{$_->{mnemonic}} = 1;
}
# A pseudo-instruction is what it becomes first.
for (@{$tables->{pseudo_instructions}}) {
	my ($first) = $_->{expansion} =~ /^(\w+)/;
	($first && $branches{$first} ? \%branches : \%insns)->{$_->{mnemonic}} = 1;
}

my %fields = map { $_ => 1 }
	map { ($_->{name}, $_->{alias} // ()) } @{$tables->{fields}};
my %words = map { $_ => 1 } grep { !$fields{$_} }
	@{$tables->{key_spaces}}, @{$tables->{hooks}}, qw(none of);

sub keywords {
	my ($group, @words) = @_;
	return "syn keyword $group " . join(' ', sort @words) . "\n";
}

print <<'END';
" Vim syntax file of WASP assembly, wasp-asm(5), made from the tables of wasp-as
if exists('b:current_syntax')
  finish
endif

syn iskeyword @,48-57,_,$,.
syn case match
END
print keywords('waspInstruction', keys %insns);
print keywords('waspBranch', keys %branches);
print keywords('waspDirective', map { $_->{name} } @{$tables->{directives}});
print keywords('waspField', keys %fields);
print keywords('waspWord', keys %words);
print keywords('waspRegister', map { ("r$_", "t$_") } 0..7);
print <<'END';
syn match waspNumber /\<\%(0[xX]\x\+\|0[bB][01]\+\|\d\+[fb]\=\)\>/
syn match waspLabel /\%(^\|:\)\s*\zs[A-Za-z0-9_$][A-Za-z0-9_$.]*\ze:/
syn match waspParameter /\\\%([A-Za-z_$][A-Za-z0-9_$]*\|[@+]\|()\)/
syn match waspEscape contained /\\\%(x\x\x\|[^x]\)/
syn region waspString start=/"/ skip=/\\./ end=/"/ end=/$/ contains=waspEscape
syn match waspNumber /'\%(\\x\x\x\|\\.\|[^\\']\)'/
syn match waspComment /\%(;\|\/\/\).*/ contains=waspTodo,@Spell
syn keyword waspTodo contained TODO FIXME XXX

hi def link waspInstruction Statement
hi def link waspBranch Conditional
hi def link waspDirective PreProc
hi def link waspField Identifier
hi def link waspWord Constant
hi def link waspRegister Type
hi def link waspNumber Number
hi def link waspLabel Label
hi def link waspParameter Special
hi def link waspEscape SpecialChar
hi def link waspString String
hi def link waspComment Comment
hi def link waspTodo Todo

let b:current_syntax = 'wasp'
END
