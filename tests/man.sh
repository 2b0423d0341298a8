#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# Every manual page is free of mandoc's warnings, has the sections that its kind
# needs, and refers to pages of ours that exist; a command's page and its --help
# know the same options.
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
	sed -n 's/^\.Xr \(waspd*[a-z.-]*\) \([0-9]\).*/\1.\2/p' "$1" | sort -u
}

known_references() {
	page=$1 file=$2
	for to in $(references "$file"); do
		case " $pages " in
		*"/$to "*) ;;
		*) fail "$page: there is no $to" ;;
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
	*)
		need_sections "$page" "$file" NAME DESCRIPTION 'SEE ALSO' ;;
	esac
done
exit $bad
