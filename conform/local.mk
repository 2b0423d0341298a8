# wasp-conform: conformance vectors and any engine.  -> wasp, asm
noinst_LIBRARIES += %D%/libconform.a
%C%_libconform_a_SOURCES = \
	%D%/vector.h %D%/vector-int.h %D%/vector.c %D%/value.c \
	%D%/packet.c %D%/setting.c %D%/expect.c \
	%D%/talk.h %D%/talk.c \
	%D%/peer.h %D%/peer.c \
	%D%/matrix.h %D%/matrix.c \
	%D%/show.h %D%/show.c

CONFORM_LIBS = conform/libconform.a asm/libasm.a $(WASP_LIBS)

bin_PROGRAMS += bin/wasp-conform
bin_wasp_conform_SOURCES = %D%/main.c
bin_wasp_conform_CPPFLAGS = $(AM_CPPFLAGS) \
	-DVECTORS_DIR='"$(vectorsdir)"'
bin_wasp_conform_LDADD = %D%/libconform.a asm/libasm.a $(CLI_LIBS)

# The vectors are installed with the program that runs them.
vectorsdir = $(pkgdatadir)/conformance
dist_vectors_DATA = \
	tests/conformance/arithmetic.vec \
	tests/conformance/checksum.vec \
	tests/conformance/environment.vec \
	tests/conformance/faults.vec \
	tests/conformance/header.vec \
	tests/conformance/illegal.vec \
	tests/conformance/invitations.vec \
	tests/conformance/jumps.vec \
	tests/conformance/keys.vec \
	tests/conformance/lifetimes.vec \
	tests/conformance/programs.vec \
	tests/conformance/push.vec \
	tests/conformance/scratchpad.vec \
	tests/conformance/store.vec \
	tests/conformance/verdicts.vec
