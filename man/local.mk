# Manual pages, in mdoc.  They are the specification.  tests/man.sh lints them
# and compares the options of each command with its page; tests/man-programs.sh
# assembles the programs in them; tests/second.sh runs a machine made from
# wasp-isa(7) alone.

dist_man_MANS += %D%/wasp.7

# capture/
dist_man_MANS += %D%/wasp-input.5

# asm/
dist_man_MANS += %D%/wasp-as.1 %D%/wasp-asm.5

# disasm/
dist_man_MANS += %D%/wasp-dis.1

# verify/
dist_man_MANS += %D%/wasp-verify.1 %D%/wasp-policy.5

# run/
dist_man_MANS += %D%/wasp-run.1

# conform/
dist_man_MANS += %D%/wasp-conform.1 %D%/wasp-vector.5

# wasp-send/
dist_man_MANS += %D%/wasp-send.1

# magnet/
dist_man_MANS += %D%/wasp-magnet.1

# dissect/
dist_man_MANS += %D%/wasp-dump.1

# xdp/
if HAVE_BPF
dist_man_MANS += %D%/wasp-bpf.1
endif

# router/
dist_man_MANS += %D%/waspd.8 %D%/waspd.conf.5

# lib/: each with a program that tests/lib.sh compiles and runs.
dist_man_MANS += %D%/libwasp.3 %D%/wasp_assemble.3 %D%/wasp_diag.3 \
	%D%/wasp_insn.3 %D%/wasp_node.3 %D%/wasp_object.3 %D%/wasp_packet.3 \
	%D%/wasp_store.3 %D%/wasp_verify.3

# What is made from the tables: NAME.SECTION.in, expanded.
noinst_PROGRAMS += %D%/expand
%C%_expand_SOURCES = %D%/expand.c
%C%_expand_LDADD = $(WASP_LIBS)
expanded_pages = %D%/wasp-isa.7 %D%/wasp-packet.7 %D%/wasp-diag.7
nodist_man_MANS += $(expanded_pages)
EXTRA_DIST += $(expanded_pages:=.in)
CLEANFILES += $(expanded_pages)

$(expanded_pages): %D%/expand$(EXEEXT)
SUFFIXES = .7.in .7
.7.in.7:
	$(AM_V_GEN)man/expand$(EXEEXT) <$< >$@.tmp && mv $@.tmp $@

# What is made from the examples.
nodist_man_MANS += %D%/wasp-examples.7
dist_noinst_SCRIPTS += %D%/examples.pl
CLEANFILES += %D%/wasp-examples.7
%D%/wasp-examples.7: %D%/examples.pl $(dist_example_DATA) $(story_texts)
	$(AM_V_GEN)$(PERL) $(top_srcdir)/%D%/examples.pl \
		$(dist_example_DATA:%=$(top_srcdir)/%) \
		$(story_texts:%=$(top_srcdir)/%) >$@.tmp && mv $@.tmp $@
