# What goes with waspd where systemd is.
EXTRA_DIST += %D%/waspd.service.in
systemddir = $(prefix)/lib/systemd/system
nodist_systemd_DATA = %D%/waspd.service
CLEANFILES += %D%/waspd.service
%D%/waspd.service: %D%/waspd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && \
		$(SED) 's,[@]bindir[@],$(bindir),g' \
			$(top_srcdir)/%D%/waspd.service.in >$@
