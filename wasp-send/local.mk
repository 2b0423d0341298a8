# wasp-send.  -> wasp, capture, verify
noinst_LIBRARIES += %D%/libsend.a
%C%_libsend_a_CPPFLAGS = $(AM_CPPFLAGS) $(PCAP_CFLAGS) $(MNL_CFLAGS)
%C%_libsend_a_SOURCES = \
	%D%/error.h %D%/error.c \
	%D%/probe.h %D%/probe.c \
	%D%/match.h %D%/match.c \
	%D%/tally.h %D%/tally.c \
	%D%/route.h %D%/route.c \
	%D%/wire.h %D%/wire.c \
	%D%/listen.h %D%/listen.c \
	%D%/line.h %D%/line.c \
	%D%/exchange.h %D%/exchange.c \
	%D%/show.h %D%/show.c

bin_PROGRAMS += bin/wasp-send
bin_wasp_send_SOURCES = %D%/main.c \
	%D%/request-main.h %D%/request-main.c
bin_wasp_send_LDADD = %D%/libsend.a verify/libverify.a $(CLI_LIBS) \
	$(NET_LIBS) $(MNL_LIBS)
