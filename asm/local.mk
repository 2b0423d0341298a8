# The assembler: wasp-as.  -> wasp
noinst_LIBRARIES += %D%/libasm.a
%C%_libasm_a_SOURCES = \
	%D%/asm.h %D%/asm-int.h \
	%D%/assemble.c %D%/block.c %D%/directive.c %D%/expr.c %D%/header.c \
	%D%/insn.c %D%/match.c %D%/memory.c %D%/operand.c %D%/pseudo.c \
	%D%/report.c %D%/source.c %D%/symbol.c %D%/warn.c \
	%D%/scan.l %D%/parse.y
BUILT_SOURCES += %D%/parse.h
%D%/scan.$(OBJEXT): %D%/parse.h

bin_PROGRAMS += bin/wasp-as
bin_wasp_as_SOURCES = %D%/main.c
bin_wasp_as_LDADD = %D%/libasm.a $(CLI_LIBS)
