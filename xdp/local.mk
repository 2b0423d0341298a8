# The machine and the data path inside the kernel.  -> wasp vm
#
# A program NAME.bpf.c is compiled twice, see HACKING.md, and each object
# becomes a skeleton, a header that holds it.  To add one: EXTRA_DIST, bpf_skeletons.
bpf_headers = %D%/abi.h %D%/counts.def %D%/run.h %D%/run.bpf.h \
	%D%/store.bpf.h %D%/engine.h %D%/hot.bpf.h %D%/translated.bpf.h
EXTRA_DIST += $(bpf_headers) \
	%D%/engine.bpf.c %D%/engine-tc.bpf.c %D%/engine-trace.bpf.c
bpf_skeletons = %D%/engine.skel.h %D%/engine-loop.skel.h \
	%D%/engine-tc.skel.h %D%/engine-tc-loop.skel.h \
	%D%/engine-trace.skel.h %D%/engine-trace-loop.skel.h

# The data path.
bpf_headers += %D%/path.bpf.h %D%/parse.bpf.h %D%/route.bpf.h \
	%D%/world.bpf.h %D%/verdict.bpf.h %D%/visit.bpf.h \
	%D%/transit.bpf.h %D%/kernel.bpf.h %D%/fast.bpf.h \
	%D%/common.bpf.h
EXTRA_DIST += %D%/path-xdp.bpf.c %D%/path-tc.bpf.c
bpf_skeletons += %D%/path-xdp.skel.h %D%/path-xdp-loop.skel.h \
	%D%/path-tc.skel.h %D%/path-tc-loop.skel.h

# ESP natively, to measure against; for kernels that have the machine's loop.
EXTRA_DIST += %D%/esp.bpf.c %D%/esp.h
bpf_skeletons += %D%/esp.skel.h

# What wasp-bpf makes objects of.
EXTRA_DIST += %D%/template-xdp.bpf.c %D%/template-tc.bpf.c
bpf_skeletons += %D%/template-xdp.skel.h %D%/template-tc.skel.h

# The store alone, for its tests.
bpf_headers += %D%/drill.h
EXTRA_DIST += %D%/drill.bpf.c
bpf_skeletons += %D%/drill.skel.h

# The ends of a network that is measured.
EXTRA_DIST += %D%/wire.bpf.c %D%/wire.h
bpf_skeletons += %D%/wire.skel.h

if HAVE_BPF
BUILT_SOURCES += $(bpf_skeletons)
CLEANFILES += $(bpf_skeletons) $(bpf_skeletons:.skel.h=.bpf.o) %D%/.deps/*.bpf.d
.SECONDARY: $(bpf_skeletons:.skel.h=.bpf.o)
endif

BPF_CFLAGS = -target bpf -mcpu=v3 -O2 -g -std=gnu11 -ffreestanding \
	-fno-strict-aliasing -Wall -Wextra -Werror
BPF_COMPILE = $(BPF_CLANG) $(BPF_CFLAGS) $(BPF_CPPFLAGS) $(LIBBPF_CFLAGS)
AM_TESTS_ENVIRONMENT += BPF_COMPILE='$(BPF_COMPILE)'; export BPF_COMPILE;
bpf_compile = $(MKDIR_P) %D%/.deps && $(BPF_COMPILE) \
	-I$(top_srcdir) -I$(top_builddir) \
	-MD -MP -MT $@ -MF %D%/.deps/$(@F:.o=.d) -c -o $@
%D%/%-loop.bpf.o: %D%/%.bpf.c
	$(AM_V_CC)$(bpf_compile) -DRUN_BPF_LOOP $<
%D%/%.bpf.o: %D%/%.bpf.c
	$(AM_V_CC)$(bpf_compile) $<

# An object's name in C: NAME-loop is wasp_NAME_loop.
%D%/%.skel.h: %D%/%.bpf.o
	$(AM_V_GEN)$(BPFTOOL) gen skeleton $< \
		name wasp_$$(echo $* | tr - _) >$@.tmp && mv $@.tmp $@

# Linked, so that there is nothing in it that speaks of places in others.
%D%/template-%.skel.h: %D%/template-%.bpf.o
	$(AM_V_GEN)$(BPFTOOL) gen object $@.o $< && $(BPFTOOL) gen skeleton \
		$@.o name wasp_template_$* >$@.tmp && mv $@.tmp $@ && rm $@.o

# The translator.
noinst_LIBRARIES += %D%/libtranslate.a
%C%_libtranslate_a_SOURCES = \
	%D%/translate.h %D%/translate-int.h %D%/translate.c \
	%D%/translate-frame.c \
	%D%/emit.h %D%/emit.c \
	%D%/regs.h %D%/regs.c \
	%D%/elf.h %D%/elf.c \
	%D%/hot.h

# With libbpf: translations into the kernel.
if HAVE_BPF
noinst_LIBRARIES += %D%/libjit.a
XDP_JIT = %D%/libjit.a %D%/libtranslate.a
else
XDP_JIT =
endif
%C%_libjit_a_SOURCES = \
	%D%/jit.h %D%/jit.c \
	%D%/translator.h %D%/translator.c %D%/translator-process.c
%C%_libjit_a_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)

if HAVE_BPF
bin_PROGRAMS += bin/wasp-bpf
endif
bin_wasp_bpf_SOURCES = %D%/bpf-main.c
bin_wasp_bpf_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
bin_wasp_bpf_LDADD = %D%/libtranslate.a $(CLI_LIBS)

# The loader, for user space; without BPF a door that says so.
noinst_LIBRARIES += %D%/libxdp.a
XDP_LIBS = %D%/libxdp.a $(XDP_JIT) $(LIBBPF_LIBS) $(MNL_LIBS)
%C%_libxdp_a_CFLAGS = $(AM_CFLAGS) $(LIBBPF_CFLAGS) $(MNL_CFLAGS)
%C%_libxdp_a_SOURCES = %D%/load.h %D%/netdev.c
if HAVE_BPF
%C%_libxdp_a_SOURCES += %D%/load-int.h %D%/load.c %D%/attach.c \
	%D%/maps.c %D%/pins.h %D%/pins.c
else
%C%_libxdp_a_SOURCES += %D%/load-none.c
endif
EXTRA_DIST += %D%/load-int.h %D%/load.c %D%/attach.c %D%/maps.c \
	%D%/pins.h %D%/pins.c %D%/load-none.c

@BPF_DEPENDENCIES@
