# The reference machine, its store, one node; ESP natively.  -> wasp
noinst_LIBRARIES += %D%/libvm.a
%C%_libvm_a_SOURCES = \
	%D%/ess.h %D%/ess.c %D%/ess-layout.h %D%/ess-core.h %D%/ess-atomic.h \
	%D%/terms.h %D%/vm.h %D%/semantics.h %D%/access.h %D%/vm.c \
	%D%/esp.h %D%/esp-core.h %D%/esp.c \
	%D%/node.h %D%/node.c
