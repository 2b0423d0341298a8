# MagNet, the discovery of services; wasp-magnet.  -> wasp wasp-send
noinst_LIBRARIES += %D%/libmagnet.a
%C%_libmagnet_a_SOURCES = \
	%D%/service.h %D%/service.c \
	%D%/trail.h %D%/trail.c \
	%D%/board.h %D%/board.c \
	%D%/turn.h %D%/turn.c \
	%D%/show.h %D%/show.c

# The programs are assembled into the command.  They are installed, too: to be
# read, and to be admitted by a router's policy.
magnetdir = $(docdir)/magnet
dist_magnet_DATA = %D%/advertise.wasp %D%/find.wasp
magnet_bytes = $(dist_magnet_DATA:.wasp=.inc)
CLEANFILES += $(magnet_bytes)
$(magnet_bytes): bin/wasp-as$(EXEEXT)
%D%/%.inc: %D%/%.wasp
	$(AM_V_GEN)$(MKDIR_P) %D% && bin/wasp-as -o $@.tmp <$< && \
	od -An -v -tx1 $@.tmp | sed 's/ \(..\)/0x\1,/g' >$@ && rm $@.tmp
%D%/service.$(OBJEXT): $(magnet_bytes)

bin_PROGRAMS += bin/wasp-magnet
bin_wasp_magnet_SOURCES = %D%/main.c \
	%D%/request-main.h %D%/request-main.c \
	%D%/advertise-main.h %D%/advertise-main.c \
	%D%/find-main.h %D%/find-main.c
bin_wasp_magnet_LDADD = %D%/libmagnet.a wasp-send/libsend.a \
	verify/libverify.a $(CLI_LIBS) $(NET_LIBS) $(MNL_LIBS)
