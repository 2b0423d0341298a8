#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every manual page is free of mandoc's warnings, has the sections that its kind
# needs, and refers to pages of ours that exist; a command's page and its --help
# know the same options; every function of wasp.h is in one page of section 3, as
# it is declared.
# In a page, an option is what stands behind Fl in an .It line: ".It Fl o Ar
# FILE , Fl -output Ar FILE".
set -u
[ "${MANDOC:?}" != no ] || exit 77
cd "${BUILD:?}" || exit 99
pages=${MAN_PAGES?}
bad=0

fail() {
	echo "$1"
	bad=1
}

need_sections() {
	page=$1 file=$2
	shift 2
	for section; do
		grep -q "^\.Sh $section\$" "$file" ||
			fail "$page: there is no section $section"
	done
}

# Our pages that this one refers to: NAME.SECTION, one a line.
references() {
	sed -n 's/^\.Xr \(l*i*b*waspd*[a-z._-]*\) \([0-9]\).*/\1.\2/p' "$1" |
		sort -u
}

# A page in section 3 is found by each of its names.
has_name() {
	grep -qE "^\.Nm ${1%.3}( ,)?\$" "$SRC"/man/*.3
}

known_references() {
	page=$1 file=$2
	for to in $(references "$file"); do
		case " $pages " in
		*"/$to "*) ;;
		*) has_name "$to" || fail "$page: there is no $to" ;;
		esac
	done
}

# The options that --help lists, one a line.
help_options() {
	"$1" --help | sed -n 's/^  \(-.\), \(--[a-z0-9-]*\).*/\1 \2/p
		s/^      \(--[a-z0-9-]*\).*/\1/p' | tr ' ' '\n' | sort -u
}

# The options that a page describes.
page_options() {
	awk '/^\.It / {
		for (i = 2; i <= NF; i++)
			if ($i == "Fl") {
				dash = "-"
				while ($(i + 1) == "Fl") {
					dash = dash "-"
					i++
				}
				print dash $(++i)
			}
	}' "$1" | sort -u
}

same_options() {
	page=$1 file=$2 command=bin/$(basename "$page" | sed 's/\.[0-9]$//')
	if ! [ -x "$command" ]; then
		fail "$page: there is no $command"
		return
	fi
	"$command" --help | awk 'length > 80 { exit 1 }' ||
		fail "$page: a line of --help is longer than 80 columns"
	help_options "$command" >man-help.tmp
	page_options "$file" >man-page.tmp
	for option in $(comm -23 man-help.tmp man-page.tmp); do
		fail "$page: $option is in --help, but not described"
	done
	for option in $(comm -13 man-help.tmp man-page.tmp); do
		fail "$page: $option is described, but not in --help"
	done
	rm -f man-help.tmp man-page.tmp
}

# A column that wraps must be without a width: the last one, which groff would
# else indent by the width of the whole table.
columns() {
	page=$1 file=$2
	awk '/^\.Bl .*-column/ {
		gsub(/ -offset [^ ]*/, "")
		widths = gsub(/"[^"]*"/, "")
		in_table = 1
	}
	/^\.El/ { in_table = 0 }
	in_table && /^\.It / && gsub(/ Ta /, " ") != widths { print FNR }' \
		"$file" | while read -r line; do
		echo "$page:$line: one width less than columns is needed"
	done | grep . && bad=1
}

# Declarations, one a line, spaces where they say something only.
squeeze() {
	tr '\t' ' ' | sed 's/  */ /g; s/ *\* */*/g; s/^ //' | sort
}

header_prototypes() {
	sed 's/^#.*//; /^extern "C"/d' "$SRC/lib/wasp.h" | tr '\n' ' ' |
		sed 's|/\*|\n&|g; s|\*/|&\n|g' | sed '/^\/\*/d' |
		tr -d '\n' | tr ';}' '\n\n' | grep -o '[a-z].*wasp_[a-z_]*(.*)' |
		grep -v '(\*' | squeeze
}

# The synopses of pages: .Ft TYPE, .Fo NAME, .Fa "TYPE NAME" ..., .Fc.
page_prototypes() {
	awk '{ rest = substr($0, 5); gsub(/"/, "", rest) }
	/^\.Ft / { type = rest }
	/^\.Fo / { line = type " " rest "("; comma = "" }
	/^\.Fa / && line { line = line comma rest; comma = ", " }
	/^\.Fc/ { print line ")"; line = "" }' "$@" | squeeze
}

# The names of a page are the functions that its synopsis declares.
same_names() {
	page=$1 file=$2
	sed -n 's/^\.Nm \(wasp_[a-z_]*\).*/\1/p' "$file" | sort >man-names.tmp
	sed -n 's/^\.Fo //p' "$file" | sort | comm -3 - man-names.tmp | grep . &&
		fail "$page: these are not both in NAME and in SYNOPSIS"
	rm -f man-names.tmp
}

same_prototypes() {
	header_prototypes >man-header.tmp
	page_prototypes "$SRC"/man/*.3 >man-pages.tmp
	[ -s man-header.tmp ] || fail 'wasp.h: no functions found'
	diff man-header.tmp man-pages.tmp ||
		fail 'wasp.h (<) and the pages in section 3 (>) differ'
	rm -f man-header.tmp man-pages.tmp
}

for file in "${SRC:?}"/man/*.[1-9] "$SRC"/man/*.[1-9].in; do
	page=$(basename "$file" .in)
	case " $pages " in
	*"/$page "*) ;;
	*) fail "$page: not listed in man/local.mk" ;;
	esac
done
for page in $pages; do
	file=$page
	[ -e "$file" ] || file=$SRC/$page
	"$MANDOC" -T lint -W warning "$file" || bad=1
	known_references "$page" "$file"
	columns "$page" "$file"
	case $page in
	*.[18])
		need_sections "$page" "$file" NAME SYNOPSIS DESCRIPTION \
			'EXIT STATUS' EXAMPLES 'SEE ALSO'
		same_options "$page" "$file" ;;
	*.3)
		need_sections "$page" "$file" NAME LIBRARY SYNOPSIS \
			DESCRIPTION EXAMPLES 'SEE ALSO'
		same_names "$page" "$file" ;;
	*)
		need_sections "$page" "$file" NAME DESCRIPTION 'SEE ALSO' ;;
	esac
done
same_prototypes
exit $bad
