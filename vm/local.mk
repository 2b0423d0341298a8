# The reference machine, its store, one node; wasp-run.  -> wasp
noinst_LIBRARIES += %D%/libvm.a
%C%_libvm_a_SOURCES = \
	%D%/ess.h %D%/ess.c \
	%D%/vm.h %D%/vm.c \
	%D%/node.h %D%/node.c \
	%D%/sim.h %D%/sim.c \
	%D%/trace.h %D%/trace.c %D%/trace-json.c \
	%D%/engine.h %D%/engine.c \
	%D%/store-json.h %D%/store-json.c \
	%D%/show.h %D%/show.c

VM_LIBS = vm/libvm.a $(WASP_LIBS)

bin_PROGRAMS += bin/wasp-run
bin_wasp_run_SOURCES = %D%/main.c \
	%D%/request-main.h %D%/request-main.c \
	%D%/engine-main.h %D%/engine-main.c
bin_wasp_run_LDADD = vm/libvm.a $(CLI_LIBS)
