# From objects to sources.  -> wasp
noinst_LIBRARIES += %D%/libdisasm.a
%C%_libdisasm_a_SOURCES = \
	%D%/disasm.h %D%/disasm.c %D%/json.c %D%/dot.c \
	%D%/line-int.h %D%/line.c \
	%D%/arrows-int.h %D%/arrows.c \
	%D%/flow-int.h %D%/flow.c \
	%D%/names-int.h %D%/names.c

bin_PROGRAMS += bin/wasp-dis
bin_wasp_dis_SOURCES = %D%/main.c
bin_wasp_dis_LDADD = %D%/libdisasm.a $(CLI_LIBS)
