# Prove a program safe.  -> wasp
noinst_LIBRARIES += %D%/libverify.a
%C%_libverify_a_SOURCES = \
	%D%/policy.h %D%/policy.c \
	%D%/verify.h %D%/verify.c %D%/explain.c %D%/json.c \
	%D%/code-int.h %D%/code.c \
	%D%/range-int.h %D%/value-int.h %D%/set-int.h %D%/set.c \
	%D%/flow-int.h %D%/flow.c %D%/flow-jump.c \
	%D%/flow-store.c %D%/flow-value.c %D%/flow-wrong.c \
	%D%/hooks-int.h %D%/hooks.c \
	%D%/way-int.h %D%/way.c \
	%D%/findings-int.h %D%/findings.c %D%/lint.c \
	%D%/report-int.h %D%/report.c

noinst_LIBRARIES += %D%/libpolicy.a
%C%_libpolicy_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS)
%C%_libpolicy_a_SOURCES = %D%/policy-file.h %D%/policy-file.c
POLICY_LIBS = verify/libpolicy.a $(SETTINGS_LIBS)

bin_PROGRAMS += bin/wasp-verify
bin_wasp_verify_SOURCES = %D%/main.c %D%/show-main.h %D%/show-main.c \
	%D%/witness-main.h %D%/witness-main.c
bin_wasp_verify_LDADD = %D%/libpolicy.a %D%/libverify.a $(WITNESS_LIBS) \
	$(CLI_LIBS) $(SETTINGS_LIBS)
