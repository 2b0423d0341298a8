# Programs, each with its story.  What its comment says to run, and to see, is
# what make check runs and compares (tests/golden.pl, tests/examples.sh).
exampledir = $(docdir)/examples
dist_example_DATA = \
	%D%/count.wasp \
	%D%/compare.wasp \
	%D%/collect.wasp \
	%D%/collect3.wasp \
	%D%/rchld.wasp \
	%D%/trace.wasp \
	%D%/trace6.wasp
