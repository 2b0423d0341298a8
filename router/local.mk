# waspd.  Decisions know no socket; netlink, queue and nft are the edge.
#   -> wasp verify vm xdp
noinst_LIBRARIES += %D%/librouter.a
%C%_librouter_a_CFLAGS = $(AM_CFLAGS) $(NFQ_CFLAGS) $(NFTNL_CFLAGS) \
	$(CONFUSE_CFLAGS)
%C%_librouter_a_SOURCES = \
	%D%/config.h %D%/config-int.h %D%/config.c \
	%D%/config-check.c %D%/config-take.c %D%/config-value.c \
	%D%/config-prefix.c %D%/config-wrap.c \
	%D%/wrap.h %D%/wrap.c \
	%D%/flow.h %D%/flow.c \
	%D%/world.h \
	%D%/policy.h %D%/policy.c \
	%D%/env.h %D%/env.c \
	%D%/trace.h %D%/trace.c \
	%D%/admit.h %D%/admit.c \
	%D%/router.h %D%/router.c \
	%D%/match.h %D%/match.c \
	%D%/rules.h %D%/rules.c %D%/nft.c \
	%D%/link.h %D%/link.c \
	%D%/netlink.h %D%/netlink-int.h %D%/netlink.c \
	%D%/netlink-link.c %D%/netlink-route.c %D%/netlink-load.c \
	%D%/watch.h %D%/watch.c \
	%D%/kernel.h %D%/kernel.c \
	%D%/queue.h %D%/queue.c \
	%D%/inject.h %D%/inject.c \
	%D%/caps.h %D%/caps.c \
	%D%/log.h %D%/log.c \
	%D%/daemon.h %D%/daemon-int.h %D%/daemon.c \
	%D%/daemon-serve.c %D%/daemon-packet.c %D%/daemon-signal.c

ROUTER_LIBS = %D%/librouter.a verify/libpolicy.a verify/libverify.a vm/libvm.a \
	$(XDP_LIBS) $(NFQ_LIBS) \
	$(NFTNL_LIBS) $(SETTINGS_LIBS)

bin_PROGRAMS += bin/waspd
bin_waspd_SOURCES = %D%/main.c
bin_waspd_LDADD = $(ROUTER_LIBS) $(CLI_LIBS)
