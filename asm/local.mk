# The assembler: wasp-as.  -> wasp
noinst_LIBRARIES += %D%/libasm.a
%C%_libasm_a_SOURCES = \
	%D%/asm.h %D%/asm-int.h %D%/directives.def \
	%D%/macro-int.h \
	%D%/argument.c %D%/assemble.c %D%/block.c %D%/condition.c \
	%D%/directive.c %D%/expand.c %D%/expr.c %D%/foreign.c \
	%D%/header.c \
	%D%/include.c %D%/insn.c %D%/lic.c %D%/list.c %D%/local.c %D%/macro.c \
	%D%/match.c %D%/memory.c %D%/operand.c %D%/pseudo.c %D%/raw.c \
	%D%/report.c %D%/source.c %D%/symbol.c %D%/warn.c \
	%D%/scan.l %D%/parse.y
BUILT_SOURCES += %D%/parse.h
%D%/scan.$(OBJEXT): %D%/parse.h

bin_PROGRAMS += bin/wasp-as
bin_wasp_as_SOURCES = %D%/main.c %D%/include-main.h %D%/include-main.c \
	%D%/tables-main.h %D%/tables-main.c
bin_wasp_as_LDADD = %D%/libasm.a verify/libverify.a $(CLI_LIBS)
