# Tests see everything; nothing sees tests.
#
#	unit/	cmocka, one program a room; TAP
#	fuzz/	a target for each door that reads foreign bytes; TAP
#	golden/	commands with their output (golden.pl); TAP
#	net/	shell scripts in network namespaces of their own; 77 is skip
#	model/	rerouting by invitation, searched by spin, 77 without it
#	*.sh	checks of the house: arrows, freestanding headers
#	../examples/	what a program's comment, or a story's text, says to run,
#		and to see; TAP
#	net/story-NAME.sh, net/story-NAME-xdp.sh	the story, played

TEST_EXTENSIONS = .t .sh .wasp .md
TAP_DRIVER = env AM_TAP_AWK='$(AWK)' $(SHELL) $(top_srcdir)/build-aux/tap-driver.sh
LOG_DRIVER = env CMOCKA_MESSAGE_OUTPUT=TAP $(TAP_DRIVER)
T_LOG_DRIVER = $(TAP_DRIVER)
T_LOG_COMPILER = $(PERL) $(top_srcdir)/tests/golden.pl
WASP_LOG_DRIVER = $(T_LOG_DRIVER)
WASP_LOG_COMPILER = $(T_LOG_COMPILER)
MD_LOG_DRIVER = $(T_LOG_DRIVER)
MD_LOG_COMPILER = $(T_LOG_COMPILER)
SH_LOG_COMPILER = sh
AM_TESTS_ENVIRONMENT += \
	SRC='$(abs_top_srcdir)'; export SRC; \
	BUILD='$(abs_top_builddir)'; export BUILD; \
	BPF_CLANG='$(BPF_CLANG)'; export BPF_CLANG; \
	MANDOC='$(MANDOC)'; export MANDOC; \
	SPIN='$(SPIN)'; export SPIN; \
	MAN_PAGES='$(dist_man_MANS) $(nodist_man_MANS)'; export MAN_PAGES; \
	EXAMPLES='$(dist_example_DATA) $(story_programs) $(dist_magnet_DATA)'; \
	export EXAMPLES; \
	STORIES='$(story_tests) $(story_tests_xdp)'; export STORIES; \
	CC='$(CC)' SANITIZE='$(SANITIZE_CFLAGS)' LIBDIR='$(libdir)'; \
	export CC SANITIZE LIBDIR; \
	BENCH_PROGRAMS='$(bench_programs)'; export BENCH_PROGRAMS;

dist_noinst_SCRIPTS += %D%/golden.pl
EXTRA_DIST += %D%/unit/test.h
UNIT_LIBS = $(CLI_LIBS) $(CMOCKA_LIBS)
unit_programs =
golden_files = %D%/golden/object-wrong.t
net_scripts = %D%/net/lib-line.sh
# What looks at sources, manuals, models and objects for the kernel alone, which
# are the same whatever the commands were compiled with: once is enough.
house_scripts_once = %D%/arrows.sh %D%/freestanding.sh %D%/diags.sh
house_scripts =

# wasp/
unit_programs += %D%/unit/test-wasp
%C%_unit_test_wasp_SOURCES = %D%/unit/test-wasp.c
%C%_unit_test_wasp_LDADD = $(UNIT_LIBS)

unit_programs += %D%/unit/test-report
%C%_unit_test_report_SOURCES = %D%/unit/test-report.c %D%/unit/program.h
%C%_unit_test_report_LDADD = $(UNIT_LIBS)

# capture/
unit_programs += %D%/unit/test-capture
%C%_unit_test_capture_SOURCES = %D%/unit/test-capture.c $(captures_sources)
%C%_unit_test_capture_LDADD = $(UNIT_LIBS)
golden_files += %D%/golden/input-forms.t %D%/golden/input-wrong.t

# contrib/
house_scripts += %D%/editor.sh

# cli/
unit_programs += %D%/unit/test-explain
%C%_unit_test_explain_SOURCES = %D%/unit/test-explain.c
%C%_unit_test_explain_LDADD = asm/libasm.a verify/libverify.a $(UNIT_LIBS)
golden_files += %D%/golden/warnings.t

# asm/ and disasm/
golden_files += %D%/golden/as-hash.t %D%/golden/as-warnings.t %D%/golden/as-list.t %D%/golden/as-same.t %D%/golden/as-tables.t
golden_files += %D%/golden/as-count.t %D%/golden/as-rejects.t \
	%D%/golden/as-macros.t %D%/golden/as-include.t \
	%D%/golden/as-options.t
unit_programs += %D%/unit/test-asm
%C%_unit_test_asm_SOURCES = %D%/unit/test-asm.c %D%/unit/program.h
%C%_unit_test_asm_LDADD = asm/libasm.a $(UNIT_LIBS)
%C%_unit_test_asm_LDFLAGS = -Wl,--wrap=malloc,--wrap=calloc \
	-Wl,--wrap=reallocarray,--wrap=strdup

unit_programs += %D%/unit/test-asm-language
%C%_unit_test_asm_language_SOURCES = %D%/unit/test-asm-language.c
%C%_unit_test_asm_language_LDADD = asm/libasm.a $(UNIT_LIBS)
%C%_unit_test_asm_language_LDFLAGS = -Wl,--wrap=calloc

unit_programs += %D%/unit/test-asm-lic
%C%_unit_test_asm_lic_SOURCES = %D%/unit/test-asm-lic.c
%C%_unit_test_asm_lic_LDADD = asm/libasm.a $(UNIT_LIBS)

unit_programs += %D%/unit/test-disasm
golden_files += %D%/golden/dis-count.t %D%/golden/dis-odd.t \
	%D%/golden/dis-examples.t %D%/golden/dis-wrong.t \
	%D%/golden/dis-modes.t
%C%_unit_test_disasm_SOURCES = %D%/unit/test-disasm.c %D%/unit/program.h
%C%_unit_test_disasm_LDADD = disasm/libdisasm.a asm/libasm.a $(UNIT_LIBS)

# verify/
unit_programs += %D%/unit/test-verify %D%/unit/test-flow
golden_files += %D%/golden/verify-count.t %D%/golden/verify-errors.t \
	%D%/golden/verify-wrong.t %D%/golden/verify-advice.t
%C%_unit_test_verify_SOURCES = %D%/unit/test-verify.c \
	%D%/unit/journey.h %D%/unit/program.h
%C%_unit_test_verify_LDADD = verify/libverify.a vm/libvm.a $(UNIT_LIBS)
%C%_unit_test_flow_SOURCES = %D%/unit/test-flow.c %D%/unit/claims.h \
	%D%/unit/journey.h %D%/unit/program.h
%C%_unit_test_flow_LDADD = verify/libverify.a vm/libvm.a $(UNIT_LIBS)

# vm/
unit_programs += %D%/unit/test-ess %D%/unit/test-vm %D%/unit/test-node
%C%_unit_test_ess_SOURCES = %D%/unit/test-ess.c
%C%_unit_test_ess_LDADD = vm/libvm.a $(UNIT_LIBS)
unit_programs += %D%/unit/test-ess-threads
%C%_unit_test_ess_threads_SOURCES = %D%/unit/test-ess-threads.c
%C%_unit_test_ess_threads_LDADD = vm/libvm.a $(UNIT_LIBS)
%C%_unit_test_ess_threads_LDFLAGS = -pthread
house_scripts_once += %D%/tsan.sh
%C%_unit_test_vm_SOURCES = %D%/unit/test-vm.c %D%/unit/program.h
%C%_unit_test_vm_LDADD = vm/libvm.a $(UNIT_LIBS)
%C%_unit_test_node_SOURCES = %D%/unit/test-node.c %D%/unit/program.h
%C%_unit_test_node_LDADD = vm/libvm.a $(UNIT_LIBS)
house_scripts_once += %D%/size.sh
unit_programs += %D%/unit/test-esp
%C%_unit_test_esp_SOURCES = %D%/unit/test-esp.c %D%/unit/program.h
%C%_unit_test_esp_LDADD = vm/libvm.a asm/libasm.a $(UNIT_LIBS)

# run/
golden_files += %D%/golden/run-count.t %D%/golden/run-path.t \
	%D%/golden/run-store.t %D%/golden/run-keys.t \
	%D%/golden/run-faults.t %D%/golden/run-wrong.t \
	%D%/golden/run-manual.t %D%/golden/run-coverage.t %D%/golden/run-captured.t

# debug/
golden_files += %D%/golden/debug-count.t \
	%D%/golden/debug-commands.t %D%/golden/debug-path.t \
	%D%/golden/debug-changes.t %D%/golden/debug-wrong.t \
	%D%/golden/debug-manual.t
house_scripts += %D%/terminal.sh
dist_check_DATA += %D%/terminal.py
unit_programs += %D%/unit/test-debug
%C%_unit_test_debug_SOURCES = %D%/unit/test-debug.c %D%/unit/program.h
%C%_unit_test_debug_LDADD = debug/libdebug.a $(RUN_LIBS) $(UNIT_LIBS)

# verify/: policies
unit_programs += %D%/unit/test-policy
golden_files += %D%/golden/verify-policy.t
%C%_unit_test_policy_SOURCES = %D%/unit/test-policy.c %D%/unit/program.h
%C%_unit_test_policy_LDADD = verify/libpolicy.a verify/libverify.a \
	$(SETTINGS_LIBS) $(UNIT_LIBS)

# witness/
golden_files += %D%/golden/verify-example.t
unit_programs += %D%/unit/test-witness
%C%_unit_test_witness_SOURCES = %D%/unit/test-witness.c %D%/unit/program.h
%C%_unit_test_witness_LDADD = verify/libverify.a $(WITNESS_LIBS) $(UNIT_LIBS)

# conform/: vectors, run by the machine and by a second one
golden_files += %D%/golden/conform.t
house_scripts += %D%/conform.sh
dist_check_DATA += %D%/second_engine.py %D%/second_random.py \
	%D%/bad-engine.py \
	%D%/conformance/negative/wrong.vec

# xdp/: the machine inside the kernel as an engine
if HAVE_BPF
check_PROGRAMS += %D%/xdp-engine %D%/xdp-diff
endif
kernel_sources = %D%/kernel-machine.h %D%/kernel-machine.c
KERNEL_LIBS = xdp/libjit.a xdp/libtranslate.a $(RUN_LIBS) $(WASP_LIBS) \
	$(LIBBPF_LIBS)
%C%_xdp_engine_SOURCES = %D%/xdp-engine.c $(kernel_sources)
%C%_xdp_engine_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_xdp_engine_LDADD = $(KERNEL_LIBS)
%C%_xdp_diff_SOURCES = %D%/xdp-diff.c $(kernel_sources)
%C%_xdp_diff_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_xdp_diff_LDADD = $(KERNEL_LIBS)
house_scripts += %D%/xdp-conform.sh %D%/xdp-diff.sh
house_scripts_once += %D%/xdp-mutants.sh %D%/xdp-walls.sh

# More of what xdp-diff.sh does, from seeds that are new each time; as root.
FUZZ_CASES = 100000
.PHONY: fuzz-diff
fuzz-diff: %D%/xdp-diff$(EXEEXT)
	@for kind in xdp tc; do \
		seed=$$(date +%s); echo "$$kind, seed $$seed"; \
		%D%/xdp-diff -n $$(($(FUZZ_CASES) / 2)) -p 40 -s $$seed \
			$$kind || exit 1; \
	done

# lib/: by the public header alone, with the shared library
unit_programs += %D%/unit/test-lib
%C%_unit_test_lib_SOURCES = %D%/unit/test-lib.c
%C%_unit_test_lib_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
%C%_unit_test_lib_CFLAGS = $(AM_CFLAGS) -pthread
%C%_unit_test_lib_LDFLAGS = -no-install
%C%_unit_test_lib_LDADD = lib/libwasp.la $(CMOCKA_LIBS)
unit_programs += %D%/unit/test-lib-memory
%C%_unit_test_lib_memory_SOURCES = %D%/unit/test-lib-memory.c
%C%_unit_test_lib_memory_CPPFLAGS = $(AM_CPPFLAGS) -I$(top_srcdir)/lib
%C%_unit_test_lib_memory_LDADD = lib/libwasp.a $(CMOCKA_LIBS)
%C%_unit_test_lib_memory_LDFLAGS = -Wl,--wrap=malloc,--wrap=calloc \
	-Wl,--wrap=reallocarray,--wrap=aligned_alloc,--wrap=strdup \
	-Wl,--wrap=strndup,--wrap=open_memstream
house_scripts += %D%/lib.sh
dist_check_DATA += %D%/lib.py

# dissect/
captures_sources = %D%/captures.h %D%/captures.c
check_PROGRAMS += %D%/make-capture
%C%_make_capture_SOURCES = %D%/make-capture.c $(captures_sources)
%C%_make_capture_LDADD = $(WASP_LIBS)
unit_programs += %D%/unit/test-dissect
%C%_unit_test_dissect_SOURCES = %D%/unit/test-dissect.c $(captures_sources)
%C%_unit_test_dissect_LDADD = $(DISSECT_LIBS) $(UNIT_LIBS)
golden_files += %D%/golden/dump-line.t %D%/golden/dump-wrong.t \
	%D%/golden/dump-link.t %D%/golden/dump-verbose.t \
	%D%/golden/dump-json.t %D%/golden/dump-errors.t
net_scripts += %D%/net/dump-live.sh

# xdp/
if HAVE_BPF
unit_programs += %D%/unit/test-ess-kernel
endif
%C%_unit_test_ess_kernel_SOURCES = %D%/unit/test-ess-kernel.c
%C%_unit_test_ess_kernel_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_unit_test_ess_kernel_LDADD = vm/libvm.a $(UNIT_LIBS) $(LIBBPF_LIBS)
%C%_unit_test_ess_kernel_LDFLAGS = -pthread
unit_programs += %D%/unit/test-translate
%C%_unit_test_translate_SOURCES = %D%/unit/test-translate.c
%C%_unit_test_translate_LDADD = xdp/libtranslate.a $(UNIT_LIBS)
house_scripts += %D%/bpf-object.sh
if HAVE_BPF
unit_programs += %D%/unit/test-translator
endif
%C%_unit_test_translator_SOURCES = %D%/unit/test-translator.c \
	%D%/unit/program.h
%C%_unit_test_translator_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_unit_test_translator_LDADD = xdp/libjit.a xdp/libtranslate.a \
	$(UNIT_LIBS) $(LIBBPF_LIBS)

# xdp/: the data path, beside the portable one
if HAVE_BPF
unit_programs += %D%/unit/test-xdp %D%/unit/test-xdp-random
endif
xdp_fixture = %D%/unit/xdp-fixture.h %D%/unit/xdp-fixture.c \
	%D%/unit/xdp-match.h %D%/unit/xdp-match.c %D%/unit/program.h
%C%_unit_test_xdp_SOURCES = %D%/unit/test-xdp.c $(xdp_fixture)
%C%_unit_test_xdp_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_unit_test_xdp_LDADD = $(ROUTER_LIBS) $(PCAP_LIBS) $(LIBBPF_LIBS) \
	$(UNIT_LIBS)
%C%_unit_test_xdp_random_SOURCES = %D%/unit/test-xdp-random.c $(xdp_fixture)
%C%_unit_test_xdp_random_CPPFLAGS = $(%C%_unit_test_xdp_CPPFLAGS)
%C%_unit_test_xdp_random_LDADD = $(%C%_unit_test_xdp_LDADD)

# xdp/: the loader
if HAVE_BPF
unit_programs += %D%/unit/test-xdp-load
endif
%C%_unit_test_xdp_load_SOURCES = %D%/unit/test-xdp-load.c
%C%_unit_test_xdp_load_LDADD = $(XDP_LIBS) $(UNIT_LIBS)

# wasp-send/
unit_programs += %D%/unit/test-send
%C%_unit_test_send_SOURCES = %D%/unit/test-send.c %D%/unit/program.h
%C%_unit_test_send_LDADD = wasp-send/libsend.a $(UNIT_LIBS)
check_PROGRAMS += %D%/net/reflector
%C%_net_reflector_SOURCES = %D%/net/reflector.c
%C%_net_reflector_LDADD = $(WASP_LIBS)
golden_files += %D%/golden/send-packet.t %D%/golden/send-wrong.t
dist_check_DATA += %D%/net/send-lib.sh
net_scripts += %D%/net/send-replies.sh %D%/net/send-refusals.sh \
	%D%/net/send-tunnel.sh

# magnet/
unit_programs += %D%/unit/test-magnet
%C%_unit_test_magnet_SOURCES = %D%/unit/test-magnet.c %D%/unit/program.h
%C%_unit_test_magnet_LDADD = magnet/libmagnet.a vm/libvm.a $(UNIT_LIBS)
golden_files += %D%/golden/magnet-wrong.t
net_scripts += %D%/net/magnet.sh
net_scripts_long = %D%/net/magnet-long.sh
dist_check_SCRIPTS += $(net_scripts_long)

# router/
unit_programs += %D%/unit/test-router
%C%_unit_test_router_SOURCES = %D%/unit/test-router.c \
	%D%/unit/matcher.h %D%/unit/program.h
%C%_unit_test_router_LDADD = $(ROUTER_LIBS) $(PCAP_LIBS) $(UNIT_LIBS)
unit_programs += %D%/unit/test-link
%C%_unit_test_link_SOURCES = %D%/unit/test-link.c
%C%_unit_test_link_LDADD = $(ROUTER_LIBS) $(UNIT_LIBS)
unit_programs += %D%/unit/test-wrap
%C%_unit_test_wrap_SOURCES = %D%/unit/test-wrap.c \
	%D%/unit/matcher.h %D%/unit/program.h
%C%_unit_test_wrap_LDADD = $(ROUTER_LIBS) $(PCAP_LIBS) $(UNIT_LIBS)
golden_files += %D%/golden/waspd-config.t
dist_check_DATA += %D%/net/tcp.pl %D%/net/flow.pl \
	%D%/net/raw.pl
net_scripts += %D%/net/router-trace.sh %D%/net/router-forward.sh \
	%D%/net/router-return.sh %D%/net/router-firewall.sh \
	%D%/net/router-life.sh %D%/net/router-plain.sh \
	%D%/net/router-env.sh %D%/net/router-across.sh \
	%D%/net/router-policy.sh %D%/net/router-keys.sh
net_scripts += %D%/net/router-multicast.sh
net_scripts += %D%/net/router-abuse.sh
net_scripts += %D%/net/router-reroute.sh %D%/net/router-ring.sh
net_scripts += %D%/net/router-wrap.sh

# The same with the kernel's data path: NAME-xdp.sh runs NAME.sh so; its life is
# another than that of the portable one.
net_scripts_xdp =
if HAVE_BPF
net_scripts_xdp += %D%/net/router-trace-xdp.sh %D%/net/router-forward-xdp.sh \
	%D%/net/router-return-xdp.sh %D%/net/router-firewall-xdp.sh \
	%D%/net/router-kernel.sh %D%/net/router-plain-xdp.sh \
	%D%/net/router-env-xdp.sh %D%/net/router-across-xdp.sh \
	%D%/net/router-policy-xdp.sh %D%/net/router-keys-xdp.sh %D%/net/examples-xdp.sh
net_scripts_xdp += %D%/net/router-multicast-xdp.sh
net_scripts_xdp += %D%/net/router-abuse-xdp.sh
net_scripts_xdp += %D%/net/router-reroute-xdp.sh %D%/net/router-ring-xdp.sh
net_scripts_xdp += %D%/net/router-wrap-xdp.sh
net_scripts_xdp += %D%/net/magnet-xdp.sh
endif
net_scripts_translate =
if HAVE_BPF
net_scripts_translate += %D%/net/router-translate.sh
endif
dist_check_SCRIPTS += %D%/net/router-kernel.sh %D%/net/router-translate.sh
CLEANFILES += $(filter %-xdp.sh,$(net_scripts_xdp))
%D%/net/%-xdp.sh: %D%/net/%.sh
	$(AM_V_GEN)$(MKDIR_P) %D%/net && printf '%s\n' \
		'WASP_DATAPATH=xdp; export WASP_DATAPATH' \
		'. "$$SRC/%D%/net/$(*F).sh"' >$@

# The stories of examples/, played with each data path.
CLEANFILES += $(story_tests) $(story_tests_xdp)
%D%/net/story-%.sh: $(top_srcdir)/examples/%/run
	$(AM_V_GEN)$(MKDIR_P) %D%/net && \
		echo 'exec sh "$$SRC/examples/$*/run"' >$@
%D%/net/story-%-xdp.sh: $(top_srcdir)/examples/%/run
	$(AM_V_GEN)$(MKDIR_P) %D%/net && printf '%s\n' \
		'WASP_DATAPATH=xdp; export WASP_DATAPATH' \
		'exec sh "$$SRC/examples/$*/run"' >$@

# machine/: on kernels of Debian, emulated; as root.  The first few are the data path
# alone, most of the others take minutes each.
kernel_scripts = %D%/net/router-vlan.sh
kernel_scripts_xdp = %D%/net/router-vlan-xdp.sh
kernel_tests = %D%/unit/test-xdp-load %D%/xdp-conform.sh \
	$(kernel_scripts_xdp) $(kernel_scripts) \
	%D%/machine/unit.sh \
	%D%/net/router-trace-xdp.sh %D%/net/router-trace.sh \
	%D%/net/router-return-xdp.sh %D%/net/router-env-xdp.sh \
	%D%/net/router-reroute-xdp.sh %D%/net/router-kernel.sh \
	%D%/net/router-life.sh %D%/unit/test-xdp
KERNELS = bookworm bookworm-backports
.PHONY: check-kernel
check-kernel: all $(check_PROGRAMS) $(kernel_scripts_xdp) $(net_scripts_xdp)
	@SRC='$(abs_top_srcdir)' BUILD='$(abs_top_builddir)' \
		KERNELS='$(KERNELS)' MAKE='$(MAKE)' \
		$(SHELL) $(top_srcdir)/%D%/machine/run.sh $(kernel_tests)
dist_check_SCRIPTS += $(kernel_scripts) %D%/machine/run.sh \
	%D%/machine/guest.sh %D%/machine/unit.sh
dist_check_DATA += %D%/machine/init %D%/machine/packages \
	%D%/machine/check.service
CLEANFILES += $(kernel_scripts_xdp)

# fuzz/: a target for each door that reads foreign bytes
fuzz_programs =
check_LIBRARIES = %D%/fuzz/libfuzz.a
%C%_fuzz_libfuzz_a_SOURCES = %D%/fuzz/fuzz.h %D%/fuzz/fuzz.c \
	%D%/fuzz/wire.h %D%/fuzz/wire.c %D%/fuzz/driver.c
FUZZ_LIBS = %D%/fuzz/libfuzz.a asm/libasm.a $(WASP_LIBS)

fuzz_programs += %D%/fuzz/fuzz-object
%C%_fuzz_fuzz_object_SOURCES = %D%/fuzz/fuzz-object.c
%C%_fuzz_fuzz_object_LDADD = disasm/libdisasm.a verify/libverify.a $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-source
%C%_fuzz_fuzz_source_SOURCES = %D%/fuzz/fuzz-source.c
%C%_fuzz_fuzz_source_LDADD = disasm/libdisasm.a $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-packet
%C%_fuzz_fuzz_packet_SOURCES = %D%/fuzz/fuzz-packet.c
%C%_fuzz_fuzz_packet_LDADD = $(DISSECT_LIBS) $(ROUTER_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-input
%C%_fuzz_fuzz_input_SOURCES = %D%/fuzz/fuzz-input.c $(captures_sources)
%C%_fuzz_fuzz_input_LDADD = $(CAPTURE_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-machine
%C%_fuzz_fuzz_machine_SOURCES = %D%/fuzz/fuzz-machine.c %D%/unit/claims.h
%C%_fuzz_fuzz_machine_LDADD = verify/libverify.a $(RUN_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-router
%C%_fuzz_fuzz_router_SOURCES = %D%/fuzz/fuzz-router.c
%C%_fuzz_fuzz_router_LDADD = $(ROUTER_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-conf
%C%_fuzz_fuzz_conf_SOURCES = %D%/fuzz/fuzz-conf.c
%C%_fuzz_fuzz_conf_LDADD = $(ROUTER_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-wrap
%C%_fuzz_fuzz_wrap_SOURCES = %D%/fuzz/fuzz-wrap.c
%C%_fuzz_fuzz_wrap_LDADD = $(ROUTER_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-witness
%C%_fuzz_fuzz_witness_SOURCES = %D%/fuzz/fuzz-witness.c
%C%_fuzz_fuzz_witness_LDADD = verify/libverify.a $(WITNESS_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-policy
%C%_fuzz_fuzz_policy_SOURCES = %D%/fuzz/fuzz-policy.c
%C%_fuzz_fuzz_policy_LDADD = verify/libpolicy.a verify/libverify.a \
	$(SETTINGS_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-store
%C%_fuzz_fuzz_store_SOURCES = %D%/fuzz/fuzz-store.c
%C%_fuzz_fuzz_store_LDADD = $(RUN_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-reply
%C%_fuzz_fuzz_reply_SOURCES = %D%/fuzz/fuzz-reply.c
%C%_fuzz_fuzz_reply_LDADD = wasp-send/libsend.a $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-trail
%C%_fuzz_fuzz_trail_SOURCES = %D%/fuzz/fuzz-trail.c
%C%_fuzz_fuzz_trail_LDADD = magnet/libmagnet.a $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-coverage
%C%_fuzz_fuzz_coverage_SOURCES = %D%/fuzz/fuzz-coverage.c
%C%_fuzz_fuzz_coverage_LDADD = $(RUN_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-vector
%C%_fuzz_fuzz_vector_SOURCES = %D%/fuzz/fuzz-vector.c
%C%_fuzz_fuzz_vector_LDADD = conform/libconform.a $(RUN_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-engine
%C%_fuzz_fuzz_engine_SOURCES = %D%/fuzz/fuzz-engine.c
%C%_fuzz_fuzz_engine_LDADD = conform/libconform.a $(RUN_LIBS) $(FUZZ_LIBS)

fuzz_programs += %D%/fuzz/fuzz-lib
%C%_fuzz_fuzz_lib_SOURCES = %D%/fuzz/fuzz-lib.c
%C%_fuzz_fuzz_lib_LDADD = lib/libwasp.a $(FUZZ_LIBS)

check_PROGRAMS += $(fuzz_programs)

# The same targets with libFuzzer, where the compiler has it, FUZZ_SECONDS each,
# in a build of its own under libfuzzer/; what is found stays until make clean.
# Commands come first there: they have a main, and make sources of some targets.
FUZZ_CC = clang
FUZZ_SECONDS = 60
FUZZ_CFLAGS = -O1 -g -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all -fno-omit-frame-pointer
.PHONY: fuzz
fuzz: $(fuzz_programs)
	@$(MKDIR_P) libfuzzer && cd libfuzzer && if [ ! -e Makefile ]; then \
		$(abs_top_srcdir)/configure -q CC='$(FUZZ_CC)' \
			CFLAGS='$(FUZZ_CFLAGS)'; fi
	@cd libfuzzer && $(MAKE) -s && \
		$(MAKE) -s LDFLAGS=-fsanitize=fuzzer $(fuzz_programs)
	@for program in $(fuzz_programs); do \
		SRC='$(abs_top_srcdir)' FUZZ_SECONDS='$(FUZZ_SECONDS)' \
		$(SHELL) $(top_srcdir)/%D%/fuzz/libfuzzer.sh $$program || exit 1; \
	done
clean-local:
	rm -rf libfuzzer machine
dist_noinst_SCRIPTS += %D%/fuzz/libfuzzer.sh

# bench/
if HAVE_BPF
unit_programs += %D%/unit/test-xdp-esp
endif
%C%_unit_test_xdp_esp_SOURCES = %D%/unit/test-xdp-esp.c %D%/unit/program.h \
	$(BENCH_KERNEL_SOURCES)
%C%_unit_test_xdp_esp_CPPFLAGS = $(AM_CPPFLAGS) $(LIBBPF_CFLAGS)
%C%_unit_test_xdp_esp_LDADD = $(BENCH_KERNEL_LIBS) $(UNIT_LIBS)
house_scripts += %D%/bench.sh
if HAVE_BPF
net_scripts += %D%/net/bench-router.sh
endif
EXTRA_DIST += %D%/net/bench-router.sh

# the walls between key spaces, tried with any engine
house_scripts += %D%/walls.sh
dist_check_DATA += %D%/walls.py

# model/
house_scripts_once += %D%/model/check.sh
unit_programs += %D%/unit/test-reroute
%C%_unit_test_reroute_SOURCES = %D%/unit/test-reroute.c %D%/model/rules.h
%C%_unit_test_reroute_LDADD = $(ROUTER_LIBS) $(PCAP_LIBS) $(UNIT_LIBS)
dist_check_DATA += %D%/model/README %D%/model/reroute.pml \
	%D%/model/topologies.pml %D%/model/table

# all together
golden_files += %D%/golden/exit-status.t %D%/golden/commands.t \
	%D%/golden/pipe.t %D%/golden/manual.t

# examples/ and man/
net_scripts += %D%/net/examples.sh
house_scripts += %D%/examples.sh %D%/man.sh %D%/man-programs.sh \
	%D%/second.sh
dist_check_DATA += %D%/second.py

if HAVE_CMOCKA
check_PROGRAMS += $(unit_programs)
TESTS += $(unit_programs)
endif
dist_check_SCRIPTS += $(net_scripts) $(house_scripts) $(house_scripts_once)
dist_check_DATA += $(golden_files)
# `make check net_tests=` leaves the network alone, `make check-net` all the rest:
# both together, also at the same time, are `make check`.
stories_played = $(story_tests) $(story_tests_xdp)
net_tests = $(net_scripts) $(net_scripts_long) $(net_scripts_xdp) \
	$(net_scripts_translate) $(stories_played)
TESTS += $(fuzz_programs) $(golden_files) $(dist_example_DATA) \
	$(dist_magnet_DATA) $(story_programs) $(story_texts) \
	$(house_scripts) $(house_scripts_once) $(net_tests)

net_programs = %D%/net/reflector$(EXEEXT)
if HAVE_BPF
net_programs += bench/bench-router$(EXEEXT)
endif
.PHONY: check-net
check-net: all
	$(MAKE) $(AM_MAKEFLAGS) TESTS='$(net_tests)' TEST_SUITE_LOG=check-net.log \
		check_PROGRAMS='$(net_programs)' check_LIBRARIES= check-TESTS
CLEANFILES += check-net.log

# The commands and libraries under valgrind; tests/valgrind.sh.  Where threads
# share the store with programs in the kernel, which do not wait for valgrind's
# turns, one may hold an entry for more than a second, and is taken for dead.
valgrind_programs = $(fuzz_programs)
if HAVE_CMOCKA
valgrind_programs += $(filter-out %/test-ess-kernel,$(unit_programs))
endif
valgrind_tests = $(valgrind_programs) $(golden_files) $(dist_example_DATA) \
	$(dist_magnet_DATA) $(story_programs) $(story_texts)
VALGRIND = $(SHELL) $(abs_top_srcdir)/%D%/valgrind.sh
.PHONY: check-valgrind
check-valgrind: all $(check_PROGRAMS) $(check_LIBRARIES)
	$(MAKE) $(AM_MAKEFLAGS) TESTS='$(valgrind_tests)' \
		TEST_SUITE_LOG=check-valgrind.log LOG_COMPILER='$(VALGRIND)' \
		T_LOG_COMPILER='$(VALGRIND) $(T_LOG_COMPILER)' check-TESTS
CLEANFILES += check-valgrind.log
dist_noinst_SCRIPTS += %D%/valgrind.sh
dist_noinst_DATA += %D%/valgrind.supp
