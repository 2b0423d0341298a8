# Prove a program safe.  -> wasp
noinst_LIBRARIES += %D%/libverify.a
%C%_libverify_a_SOURCES = \
	%D%/verify.h %D%/verify.c %D%/explain.c %D%/json.c \
	%D%/code-int.h %D%/code.c \
	%D%/range-int.h %D%/flow-int.h %D%/flow.c \
	%D%/hooks-int.h %D%/hooks.c \
	%D%/way-int.h %D%/way.c \
	%D%/findings-int.h %D%/findings.c %D%/lint.c \
	%D%/report-int.h %D%/report.c

bin_PROGRAMS += bin/wasp-verify
bin_wasp_verify_SOURCES = %D%/main.c %D%/show-main.h %D%/show-main.c \
	%D%/witness-main.h %D%/witness-main.c
bin_wasp_verify_LDADD = %D%/libverify.a $(WITNESS_LIBS) $(CLI_LIBS)
