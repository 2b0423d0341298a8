# How long things take: `make bench`.  -> any lower room
#
# The programs are built by make check, so that they can not rot, and run by
# make bench only: it prints tables, and writes bench/results.json.
bench_programs = %D%/bench-verify
check_PROGRAMS += $(bench_programs)
EXTRA_DIST += %D%/README
CLEANFILES += %D%/results.json %D%/results.json.part

%C%_bench_verify_SOURCES = %D%/bench.h %D%/bench.c %D%/verify-main.c
%C%_bench_verify_LDADD = verify/libverify.a disasm/libdisasm.a \
	asm/libasm.a $(WASP_LIBS)

.PHONY: bench
bench: $(bench_programs)
	@rm -f %D%/results.json
	@for program in $(bench_programs); do \
		$$program %D%/results.json.part || exit 1; \
		cat %D%/results.json.part >>%D%/results.json; \
	done; rm -f %D%/results.json.part
