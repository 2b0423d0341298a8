# The contract: what a packet and an instruction are.  -> libc, jansson
noinst_LIBRARIES += %D%/libcontract.a
%C%_libcontract_a_SOURCES = \
	%D%/opcodes.def %D%/env.def %D%/faults.def %D%/diags.def \
	%D%/diag-examples.def \
	%D%/isa.h %D%/opcode-words.h %D%/isa.c \
	%D%/key.h \
	%D%/packet.h %D%/packet.c \
	%D%/ip.h %D%/ip.c \
	%D%/diag.h %D%/diag.c %D%/diag-json.c %D%/diag-filter.c \
	%D%/hex.h %D%/hex.c \
	%D%/object.h %D%/object.c %D%/object-set.c \
	%D%/color.h %D%/color.c \
	%D%/report.h %D%/report.c

noinst_LIBRARIES += %D%/libsettings.a
%C%_libsettings_a_CFLAGS = $(AM_CFLAGS) $(CONFUSE_CFLAGS)
%C%_libsettings_a_SOURCES = %D%/settings.h %D%/settings.c
SETTINGS_LIBS = wasp/libsettings.a $(CONFUSE_LIBS)

# What every program links with.
WASP_LIBS = wasp/libcontract.a $(JANSSON_LIBS)
