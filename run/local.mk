# Simulated nodes, and what can be seen of their runs; wasp-run.  -> wasp vm
noinst_LIBRARIES += %D%/librun.a
%C%_librun_a_SOURCES = \
	%D%/sim.h %D%/sim.c \
	%D%/trace.h %D%/trace.c %D%/trace-json.c \
	%D%/engine.h %D%/engine.c \
	%D%/count.h %D%/count.c \
	%D%/coverage.h %D%/coverage.c \
	%D%/profile.h %D%/profile.c \
	%D%/store-json.h %D%/store-json.c \
	%D%/show.h %D%/show.c

RUN_LIBS = run/librun.a vm/libvm.a

bin_PROGRAMS += bin/wasp-run
bin_wasp_run_SOURCES = %D%/main.c \
	%D%/request-main.h %D%/request-main.c \
	%D%/engine-main.h %D%/engine-main.c \
	%D%/measure-main.h %D%/measure-main.c \
	%D%/program-main.h %D%/program-main.c \
	%D%/debug-main.h %D%/debug-main.c \
	%D%/terminal-main.h %D%/terminal-main.c
bin_wasp_run_CPPFLAGS = $(AM_CPPFLAGS) $(EDIT_CFLAGS)
bin_wasp_run_LDADD = debug/libdebug.a $(RUN_LIBS) $(CLI_LIBS) $(EDIT_LIBS)
