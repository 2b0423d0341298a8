# Manual pages, in mdoc.  They are the specification.  tests/man.sh lints every
# page listed here and compares the options of each command with its page, so a
# page is listed when its command is there.

# asm/

# disasm/

# verify/

# vm/

# wasp-send/

# dissect/

# router/
