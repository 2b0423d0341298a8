# The reference machine, its store, one node; wasp-run.  -> wasp
noinst_LIBRARIES += %D%/libvm.a
%C%_libvm_a_SOURCES = \
	%D%/ess.h %D%/ess.c \
	%D%/vm.h %D%/vm.c \
	%D%/node.h %D%/node.c \
	%D%/sim.h %D%/sim.c \
	%D%/trace.h %D%/trace.c %D%/trace-json.c \
	%D%/engine.h %D%/engine.c \
	%D%/count.h %D%/count.c \
	%D%/coverage.h %D%/coverage.c \
	%D%/profile.h %D%/profile.c \
	%D%/store-json.h %D%/store-json.c \
	%D%/show.h %D%/show.c

# The debugger: what it does, without a terminal.
noinst_LIBRARIES += %D%/libdebug.a
%C%_libdebug_a_SOURCES = \
	%D%/record.h %D%/record.c \
	%D%/eval.h %D%/eval.c \
	%D%/debug.h %D%/debug.c \
	%D%/debug-show.h %D%/debug-show.c \
	%D%/command.h %D%/command-int.h %D%/command.c \
	%D%/command-words.c %D%/command-move.c %D%/command-where.c \
	%D%/command-look.c %D%/command-set.c %D%/command-complete.c

VM_LIBS = vm/libvm.a $(WASP_LIBS)

bin_PROGRAMS += bin/wasp-run
bin_wasp_run_SOURCES = %D%/main.c \
	%D%/request-main.h %D%/request-main.c \
	%D%/engine-main.h %D%/engine-main.c \
	%D%/measure-main.h %D%/measure-main.c \
	%D%/program-main.h %D%/program-main.c \
	%D%/debug-main.h %D%/debug-main.c \
	%D%/terminal-main.h %D%/terminal-main.c
bin_wasp_run_CPPFLAGS = $(AM_CPPFLAGS) $(EDIT_CFLAGS)
bin_wasp_run_LDADD = vm/libdebug.a vm/libvm.a $(CLI_LIBS) $(EDIT_LIBS)
