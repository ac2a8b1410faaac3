#!/bin/sh
# Every diagnostic is pinned: some test expects its id in the first line of a diagnostic, "… [GP0101]".
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

ids() {
    sed -n 's/^GP_DIAG(\([0-9]*\), \([A-Z0-9_]*\), [A-Z]*,.*/\1 \2/p' "$1"
}

# unpinned IDS-FILE FILE…: the ids that no file pins.
unpinned() {
    list=$1
    shift
    ids "$list" | while read -r number name; do
        id=$(printf 'GP%04d' "$number")
        grep -qF "[$id]" "$@" || echo "$id $name"
    done
}

all=$srcdir/src/util/diag-ids.h
exits 0 'ids are read' ids "$all"
has 'the first' '101 YAML_SYNTAX'
is 'as many as there are rows' "$(ids "$all" | wc -l | tr -d ' ')" "$(grep -c '^GP_DIAG(' "$all")"
is 'no number twice, in order' "$(ids "$all" | cut -d' ' -f1 | sort -n -u)" "$(ids "$all" | cut -d' ' -f1)"
is 'every id is pinned by a test' \
    "$(unpinned "$all" "$srcdir"/t/unit/*.c "$srcdir"/t/unit/*.h "$srcdir"/t/[1-9]*.t)" ''

echo 'GP_DIAG(9999, NOBODY_PINS_THIS, ERROR, "a", "b")' >"$work/planted.h"
is 'a planted one is found' "$(unpinned "$work/planted.h" "$srcdir"/t/unit/*.c)" 'GP9999 NOBODY_PINS_THIS'

done_testing
