# Inputs that make a machine do what the verifier says.  -> wasp vm run
noinst_LIBRARIES += %D%/libwitness.a
%C%_libwitness_a_SOURCES = \
	%D%/witness.h %D%/witness-int.h \
	%D%/plan-int.h %D%/plan.c %D%/search.c \
	%D%/shadow.c %D%/invert.c %D%/input.c %D%/tell.c

WITNESS_LIBS = %D%/libwitness.a $(RUN_LIBS)
