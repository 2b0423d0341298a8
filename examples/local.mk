# Programs, each with its story in its first comment: what that says to run, and
# to see, is what make check runs and compares (tests/golden.pl, tests/examples.sh).
exampledir = $(docdir)/examples
dist_example_DATA = \
	%D%/count.wasp \
	%D%/compare.wasp \
	%D%/collect.wasp \
	%D%/collect3.wasp \
	%D%/rchld.wasp \
	%D%/trace.wasp \
	%D%/trace6.wasp

# Stories, a directory each: README.md (the text, a section of wasp-examples(7)),
# run (plays it, and checks what it says), programs, and `packages', what it needs
# from Debian beside bootstrap's list.  To add one:
#
#	story_tests += tests/net/story-NAME.sh		and story_tests_xdp, below
#	story_texts += %D%/NAME/README.md
#	story_programs += %D%/NAME/NAME.wasp
#	nobase_dist_story_SCRIPTS += %D%/NAME/run
#	story_more += other files
#
# make check plays each with both data paths, and runs the commands of its text
# and of its programs' comments like those above.
storydir = $(docdir)
story_tests =
story_tests_xdp =
story_texts =
story_programs =
story_more = %D%/lab/lab.sh %D%/lab/net.sh %D%/lab/router.sh
story_more += %D%/lab/tree.sh %D%/lab/member.py
nobase_dist_story_SCRIPTS =
nobase_dist_story_DATA = $(story_texts) $(story_programs) $(story_more)

story_tests += tests/net/story-trace.sh
story_texts += %D%/trace/README.md
nobase_dist_story_SCRIPTS += %D%/trace/run

# Multicast
story_tests += tests/net/story-group-count.sh
story_texts += %D%/group-count/README.md
story_programs += %D%/group-count/children.wasp
story_more += %D%/group-count/packages
nobase_dist_story_SCRIPTS += %D%/group-count/run

story_tests += tests/net/story-feedback.sh
story_texts += %D%/feedback/README.md
story_programs += %D%/feedback/mark.wasp %D%/feedback/merge.wasp
story_more += %D%/feedback/packages
nobase_dist_story_SCRIPTS += %D%/feedback/run

story_tests += tests/net/story-branch-points.sh
story_texts += %D%/branch-points/README.md
story_programs += %D%/branch-points/climb.wasp
story_more += %D%/branch-points/tree.jq %D%/branch-points/packages
nobase_dist_story_SCRIPTS += %D%/branch-points/run

# What can be seen of a path.
story_more += %D%/lab/table.jq %D%/lab/stream.pl
story_tests += tests/net/story-path-mtu.sh
story_texts += %D%/path-mtu/README.md
story_programs += %D%/path-mtu/path-mtu.wasp
nobase_dist_story_SCRIPTS += %D%/path-mtu/run

story_tests += tests/net/story-two-way.sh
story_texts += %D%/two-way/README.md
story_programs += %D%/two-way/two-way.wasp
story_more += %D%/two-way/two-way.jq
nobase_dist_story_SCRIPTS += %D%/two-way/run

story_tests += tests/net/story-delay.sh
story_texts += %D%/delay/README.md
story_programs += %D%/delay/delay.wasp
story_more += %D%/delay/delay.jq
nobase_dist_story_SCRIPTS += %D%/delay/run

story_tests += tests/net/story-loss.sh
story_texts += %D%/loss/README.md
story_programs += %D%/loss/loss.wasp
story_more += %D%/loss/loss.jq
nobase_dist_story_SCRIPTS += %D%/loss/run

story_tests += tests/net/story-bottleneck.sh
story_texts += %D%/bottleneck/README.md
story_programs += %D%/bottleneck/bottleneck.wasp
story_more += %D%/bottleneck/bottleneck.jq
nobase_dist_story_SCRIPTS += %D%/bottleneck/run

story_tests += tests/net/story-common-trunk.sh
story_texts += %D%/common-trunk/README.md
story_programs += %D%/common-trunk/common-trunk.wasp
story_more += %D%/common-trunk/common-trunk.jq
nobase_dist_story_SCRIPTS += %D%/common-trunk/run

# Applications of the store.
story_tests += tests/net/story-peers.sh
story_texts += %D%/peers/README.md
story_programs += %D%/peers/peers.wasp
nobase_dist_story_SCRIPTS += %D%/peers/run

story_tests += tests/net/story-heavy-hitter.sh
story_texts += %D%/heavy-hitter/README.md
story_programs += %D%/heavy-hitter/heavy.wasp
story_more += %D%/heavy-hitter/heavy.jq %D%/heavy-hitter/flows.py
nobase_dist_story_SCRIPTS += %D%/heavy-hitter/run

# Ordinary packets that carry programs.
story_tests += tests/net/story-video.sh
story_texts += %D%/video/README.md
story_programs += %D%/video/video.wasp
story_more += %D%/video/wrap.conf %D%/video/unwrap.conf %D%/video/packages
nobase_dist_story_SCRIPTS += %D%/video/run %D%/video/video.py

story_tests += tests/net/story-mobile.sh
story_texts += %D%/mobile/README.md
story_programs += %D%/mobile/invite.wasp %D%/mobile/follow.wasp
story_more += %D%/mobile/r1.conf %D%/mobile/m.conf
nobase_dist_story_SCRIPTS += %D%/mobile/run %D%/mobile/keep-inviting \
	%D%/mobile/stream.py

story_tests += tests/net/story-magnet.sh
story_texts += %D%/magnet/README.md
nobase_dist_story_SCRIPTS += %D%/magnet/run

# The same with the kernel's data path.  (Automake knows tests by literal names.)
if HAVE_BPF
story_tests_xdp += \
	tests/net/story-trace-xdp.sh \
	tests/net/story-group-count-xdp.sh \
	tests/net/story-feedback-xdp.sh \
	tests/net/story-branch-points-xdp.sh \
	tests/net/story-path-mtu-xdp.sh \
	tests/net/story-two-way-xdp.sh \
	tests/net/story-delay-xdp.sh \
	tests/net/story-loss-xdp.sh \
	tests/net/story-bottleneck-xdp.sh \
	tests/net/story-common-trunk-xdp.sh \
	tests/net/story-peers-xdp.sh \
	tests/net/story-heavy-hitter-xdp.sh \
	tests/net/story-video-xdp.sh \
	tests/net/story-mobile-xdp.sh \
	tests/net/story-magnet-xdp.sh
endif
