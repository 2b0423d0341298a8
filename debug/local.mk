# The debugger: what it does, without a terminal.  -> wasp vm run
noinst_LIBRARIES += %D%/libdebug.a
%C%_libdebug_a_SOURCES = \
	%D%/record.h %D%/record.c \
	%D%/eval.h %D%/eval.c \
	%D%/debug.h %D%/debug.c \
	%D%/debug-show.h %D%/debug-show.c \
	%D%/command.h %D%/command-int.h %D%/command.c \
	%D%/command-words.c %D%/command-move.c %D%/command-where.c \
	%D%/command-look.c %D%/command-set.c %D%/command-complete.c
