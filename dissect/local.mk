# wasp-dump: captures shown.  -> wasp, capture, disasm
noinst_LIBRARIES += %D%/libdissect.a
%C%_libdissect_a_SOURCES = \
	%D%/dissect.h %D%/dissect-int.h %D%/dissect.c %D%/icmp.c \
	%D%/listing.c %D%/text.c %D%/json.c \
	%D%/stamp.h %D%/stamp.c %D%/view.h %D%/view.c

DISSECT_LIBS = dissect/libdissect.a $(CAPTURE_LIBS)

bin_PROGRAMS += bin/wasp-dump
bin_wasp_dump_SOURCES = %D%/main.c
bin_wasp_dump_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)
bin_wasp_dump_LDADD = $(DISSECT_LIBS) $(CLI_LIBS)
