# What all commands share.  -> wasp
noinst_LIBRARIES += %D%/libcli.a
%C%_libcli_a_SOURCES = %D%/cli.h %D%/cli.c %D%/explain.c %D%/privilege.c
