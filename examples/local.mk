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
#	stories += NAME
#	story_texts += %D%/NAME/README.md
#	story_programs += %D%/NAME/NAME.wasp
#	nobase_dist_story_SCRIPTS += %D%/NAME/run
#	story_more += other files
#
# make check plays each with both data paths, and runs the commands of its text
# and of its programs' comments like those above.
storydir = $(docdir)
stories =
story_texts =
story_programs =
story_more = %D%/lab/lab.sh %D%/lab/net.sh %D%/lab/router.sh
story_more += %D%/lab/tree.sh %D%/lab/member.py
nobase_dist_story_SCRIPTS =
nobase_dist_story_DATA = $(story_texts) $(story_programs) $(story_more)

stories += trace
story_texts += %D%/trace/README.md
nobase_dist_story_SCRIPTS += %D%/trace/run

# Multicast
stories += group-count
story_texts += %D%/group-count/README.md
story_programs += %D%/group-count/children.wasp
story_more += %D%/group-count/packages
nobase_dist_story_SCRIPTS += %D%/group-count/run

stories += feedback
story_texts += %D%/feedback/README.md
story_programs += %D%/feedback/mark.wasp %D%/feedback/merge.wasp
story_more += %D%/feedback/packages
nobase_dist_story_SCRIPTS += %D%/feedback/run

stories += branch-points
story_texts += %D%/branch-points/README.md
story_programs += %D%/branch-points/climb.wasp
story_more += %D%/branch-points/tree.jq %D%/branch-points/packages
nobase_dist_story_SCRIPTS += %D%/branch-points/run

# What can be seen of a path.
story_more += %D%/lab/table.jq %D%/lab/stream.pl
stories += path-mtu
story_texts += %D%/path-mtu/README.md
story_programs += %D%/path-mtu/path-mtu.wasp
nobase_dist_story_SCRIPTS += %D%/path-mtu/run

stories += two-way
story_texts += %D%/two-way/README.md
story_programs += %D%/two-way/two-way.wasp
story_more += %D%/two-way/two-way.jq
nobase_dist_story_SCRIPTS += %D%/two-way/run

stories += delay
story_texts += %D%/delay/README.md
story_programs += %D%/delay/delay.wasp
story_more += %D%/delay/delay.jq
nobase_dist_story_SCRIPTS += %D%/delay/run

stories += loss
story_texts += %D%/loss/README.md
story_programs += %D%/loss/loss.wasp
story_more += %D%/loss/loss.jq
nobase_dist_story_SCRIPTS += %D%/loss/run

stories += bottleneck
story_texts += %D%/bottleneck/README.md
story_programs += %D%/bottleneck/bottleneck.wasp
story_more += %D%/bottleneck/bottleneck.jq
nobase_dist_story_SCRIPTS += %D%/bottleneck/run

stories += common-trunk
story_texts += %D%/common-trunk/README.md
story_programs += %D%/common-trunk/common-trunk.wasp
story_more += %D%/common-trunk/common-trunk.jq
nobase_dist_story_SCRIPTS += %D%/common-trunk/run

# Applications of the store.
stories += peers
story_texts += %D%/peers/README.md
story_programs += %D%/peers/peers.wasp
nobase_dist_story_SCRIPTS += %D%/peers/run

stories += heavy-hitter
story_texts += %D%/heavy-hitter/README.md
story_programs += %D%/heavy-hitter/heavy.wasp
story_more += %D%/heavy-hitter/heavy.jq %D%/heavy-hitter/flows.py
nobase_dist_story_SCRIPTS += %D%/heavy-hitter/run

# Ordinary packets that carry programs.
stories += video
story_texts += %D%/video/README.md
story_programs += %D%/video/video.wasp
story_more += %D%/video/wrap.conf %D%/video/unwrap.conf %D%/video/packages
nobase_dist_story_SCRIPTS += %D%/video/run %D%/video/video.py

stories += mobile
story_texts += %D%/mobile/README.md
story_programs += %D%/mobile/invite.wasp %D%/mobile/follow.wasp
story_more += %D%/mobile/r1.conf %D%/mobile/m.conf
nobase_dist_story_SCRIPTS += %D%/mobile/run %D%/mobile/keep-inviting \
	%D%/mobile/stream.py

stories += magnet
story_texts += %D%/magnet/README.md
nobase_dist_story_SCRIPTS += %D%/magnet/run
