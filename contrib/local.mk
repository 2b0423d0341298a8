# What goes with other programs: systemd, bash, vim.
EXTRA_DIST += %D%/waspd.service.in
systemddir = $(prefix)/lib/systemd/system
nodist_systemd_DATA = %D%/waspd.service
CLEANFILES += %D%/waspd.service
%D%/waspd.service: %D%/waspd.service.in Makefile
	$(AM_V_GEN)$(MKDIR_P) %D% && \
		$(SED) 's,[@]bindir[@],$(bindir),g' \
			$(top_srcdir)/%D%/waspd.service.in >$@

# Completion for bash, of each command from what the command says itself.
bashdir = $(datadir)/bash-completion/completions
completions = $(bin_PROGRAMS:bin/%$(EXEEXT)=%D%/completions/%)
nodist_bash_DATA = $(completions)
dist_noinst_SCRIPTS += %D%/completion.pl
CLEANFILES += $(completions)
$(completions): $(bin_PROGRAMS) %D%/completion.pl
	$(AM_V_GEN)$(MKDIR_P) %D%/completions && \
		$(PERL) $(top_srcdir)/%D%/completion.pl bin/$(@F)$(EXEEXT) \
			bin/wasp-as$(EXEEXT) >$@.tmp && mv $@.tmp $@

# Colours for vim, where packages put what is for all its users.
vimsyntaxdir = $(datadir)/vim/vimfiles/syntax
vimdetectdir = $(datadir)/vim/vimfiles/ftdetect
nodist_vimsyntax_DATA = %D%/wasp.vim
dist_vimdetect_DATA = %D%/ftdetect/wasp.vim
dist_noinst_SCRIPTS += %D%/vim.pl
CLEANFILES += %D%/wasp.vim
%D%/wasp.vim: bin/wasp-as$(EXEEXT) %D%/vim.pl
	$(AM_V_GEN)bin/wasp-as$(EXEEXT) --print-opcodes --json >$@.json && \
		$(PERL) $(top_srcdir)/%D%/vim.pl <$@.json >$@.tmp && \
		rm $@.json && mv $@.tmp $@
