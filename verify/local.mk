# Prove a program safe.  -> wasp
noinst_LIBRARIES += %D%/libverify.a
%C%_libverify_a_SOURCES = \
	%D%/verify.h %D%/verify.c %D%/json.c \
	%D%/graph-int.h %D%/graph.c \
	%D%/entry-int.h %D%/entry.c \
	%D%/report-int.h %D%/report.c

bin_PROGRAMS += bin/wasp-verify
bin_wasp_verify_SOURCES = %D%/main.c \
	%D%/witness-main.h %D%/witness-main.c
bin_wasp_verify_LDADD = %D%/libverify.a $(WITNESS_LIBS) $(CLI_LIBS)
