# What all commands share.  -> wasp, capture
noinst_LIBRARIES += %D%/libcli.a
%C%_libcli_a_SOURCES = %D%/cli.h %D%/cli.c %D%/explain.c %D%/host.c \
	%D%/input.c %D%/signal.c \
	%D%/privilege.c

# Listed after a room's own library.
CLI_LIBS = %D%/libcli.a $(CAPTURE_LIBS) $(WASP_LIBS)
