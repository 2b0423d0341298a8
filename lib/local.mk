# libwasp: one door to the rooms for other programs.
#   -> wasp asm disasm verify vm
#
# The door and what it needs of the rooms are linked into one object, in which
# all names but wasp_* are made local.  Both libraries hold just that object,
# so they can not differ, and nothing is compiled twice.
noinst_LIBRARIES += %D%/libdoor.a
%C%_libdoor_a_CFLAGS = $(AM_CFLAGS) -fvisibility=default
%C%_libdoor_a_SOURCES = \
	%D%/wasp.h %D%/lib-int.h \
	%D%/common.c %D%/diag.c %D%/insn.c %D%/node.c %D%/numbers.c \
	%D%/object.c %D%/packet.c %D%/store.c %D%/verify.c

lib_rooms = asm/libasm.a disasm/libdisasm.a verify/libverify.a vm/libvm.a \
	wasp/libcontract.a
%D%/wasp.$(OBJEXT): %D%/libdoor.a $(lib_rooms)
	$(AM_V_GEN)$(LD) -r -o $@.tmp --whole-archive %D%/libdoor.a \
		--no-whole-archive $(lib_rooms) && \
	$(OBJCOPY) --wildcard --keep-global-symbol='wasp_*' $@.tmp $@ && \
	rm $@.tmp

# How -version-info moves: HACKING.md, "The library".
lib_LTLIBRARIES += %D%/libwasp.la
%C%_libwasp_la_SOURCES =
%C%_libwasp_la_LDFLAGS = -shared -version-info 0:0:0 -Wl,%D%/wasp.$(OBJEXT)
%C%_libwasp_la_DEPENDENCIES = %D%/wasp.$(OBJEXT)

lib_LIBRARIES += %D%/libwasp.a
%C%_libwasp_a_SOURCES =
%C%_libwasp_a_LIBADD = %D%/wasp.$(OBJEXT)

include_HEADERS += %D%/wasp.h
pkgconfigdir = $(libdir)/pkgconfig
pkgconfig_DATA += %D%/wasp.pc
