# How long things take: `make bench`.  -> any lower room
#
# The programs are built and run for a moment by make check, so that they can not
# rot; make bench runs them in earnest, prints their tables, and writes all
# of it to bench/results.json.
bench_programs =
BENCH_SOURCES = %D%/bench.h %D%/bench.c %D%/bench-main.h %D%/bench-main.c
BENCH_SCALE_SOURCES = %D%/scale.h %D%/scale.c
EXTRA_DIST += %D%/README
CLEANFILES += %D%/results.json

bench_programs += %D%/bench-verify
%C%_bench_verify_SOURCES = $(BENCH_SOURCES) %D%/verify-main.c
%C%_bench_verify_LDADD = verify/libverify.a disasm/libdisasm.a \
	asm/libasm.a $(CLI_LIBS)

bench_programs += %D%/bench-vm
%C%_bench_vm_SOURCES = $(BENCH_SOURCES) %D%/packets.h %D%/packets.c \
	$(BENCH_SCALE_SOURCES) %D%/plain.h %D%/plain.c %D%/vm-main.c
%C%_bench_vm_CFLAGS = $(AM_CFLAGS) -pthread
%C%_bench_vm_CPPFLAGS = $(AM_CPPFLAGS) \
	-DEXAMPLES_DIR='"$(abs_top_srcdir)/examples"'
%C%_bench_vm_LDADD = vm/libvm.a asm/libasm.a $(CLI_LIBS)

bench_programs += %D%/bench-store
%C%_bench_store_SOURCES = $(BENCH_SOURCES) %D%/store-trace.h \
	%D%/store-trace.c %D%/store-main.c
%C%_bench_store_LDADD = vm/libvm.a $(CLI_LIBS)

if HAVE_BPF
bench_programs += %D%/bench-xdp
endif
BENCH_KERNEL_SOURCES = %D%/kernel.h %D%/kernel.c %D%/packets.h %D%/packets.c
BENCH_KERNEL_LIBS = xdp/libjit.a xdp/libtranslate.a vm/libvm.a asm/libasm.a \
	$(CLI_LIBS) $(LIBBPF_LIBS)
%C%_bench_xdp_SOURCES = $(BENCH_SOURCES) $(BENCH_KERNEL_SOURCES) \
	$(BENCH_SCALE_SOURCES) %D%/drill.h %D%/drill.c %D%/xdp-main.c
%C%_bench_xdp_CFLAGS = $(AM_CFLAGS) -pthread
%C%_bench_xdp_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS) \
	-DEXAMPLES_DIR='"$(abs_top_srcdir)/examples"'
%C%_bench_xdp_LDADD = $(BENCH_KERNEL_LIBS)

# What is run by a script, which builds its networks.
bench_helpers =
if HAVE_BPF
bench_helpers += %D%/bench-router
endif
%C%_bench_router_SOURCES = $(BENCH_SOURCES) %D%/packets.h %D%/packets.c \
	%D%/router-main.c
%C%_bench_router_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS) \
	-DEXAMPLES_DIR='"$(abs_top_srcdir)/examples"'
%C%_bench_router_LDADD = vm/libvm.a asm/libasm.a $(CLI_LIBS) $(LIBBPF_LIBS)

check_PROGRAMS += $(bench_programs) $(bench_helpers)
# Instructions that packets take in user space, counted by valgrind.
EXTRA_DIST += %D%/router.sh %D%/report.sh %D%/RESULTS.md %D%/row-1.svg \
	%D%/row-1-burst.svg %D%/row-3.svg
EXTRA_DIST += %D%/callgrind.sh %D%/CALLGRIND.md
.PHONY: bench bench-callgrind bench-publish
bench-callgrind: %D%/bench-vm
	$(SHELL) $(top_srcdir)/%D%/callgrind.sh %D%/bench-vm >%D%/CALLGRIND.md.tmp
	mv %D%/CALLGRIND.md.tmp $(top_srcdir)/%D%/CALLGRIND.md

bench: $(bench_programs) $(bench_helpers) $(sbin_PROGRAMS)
	@rm -f %D%/results.json
	@for program in $(bench_programs); do \
		$$program --output %D%/results.json || exit 1; \
	done
	@for program in $(bench_helpers); do \
		SRC='$(top_srcdir)' BUILD=. $(SHELL) \
		$(top_srcdir)/%D%/router.sh $$program \
		--output %D%/results.json || [ $$? = 77 ] || exit 1; \
	done
	@SRC='$(top_srcdir)' $(SHELL) $(top_srcdir)/tests/size.sh | \
		sed -n 's/^text of \(.*\): \([0-9]*\) of.*/{"v":1,"row":6,"what":"\1, gcc -O2","at":0,"unit":"bytes of text","median":\2,"spread":0}/p' \
		>>%D%/results.json
	@$(SHELL) $(top_srcdir)/%D%/report.sh %D%/results.json %D%

# What was measured becomes that of the sources.
bench-publish:
	cp %D%/RESULTS.md %D%/*.svg $(top_srcdir)/%D%/
