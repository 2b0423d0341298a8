# Packets from capture files and hexadecimal, and to them.  -> wasp
noinst_LIBRARIES += %D%/libcapture.a
%C%_libcapture_a_SOURCES = \
	%D%/link.h %D%/link.c \
	%D%/capture.h %D%/capture.c \
	%D%/hex.h %D%/hex.c \
	%D%/input.h %D%/input.c \
	%D%/write.h %D%/write.c
%C%_libcapture_a_CFLAGS = $(AM_CFLAGS) $(PCAP_CFLAGS)

CAPTURE_LIBS = %D%/libcapture.a $(PCAP_LIBS)
