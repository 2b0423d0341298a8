# The reference machine, its store, one node.  -> wasp
noinst_LIBRARIES += %D%/libvm.a
%C%_libvm_a_SOURCES = \
	%D%/ess.h %D%/ess.c \
	%D%/vm.h %D%/vm.c \
	%D%/node.h %D%/node.c
