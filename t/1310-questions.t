#!/bin/sh
# Conditions about values that ask nothing, or two things at once.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

mkdir "$work/set"

# refused NAME CONDITION FIRST-LINE
refused() {
    cat >"$work/set/ruleset.yaml" <<END
gatepost: 1
ruleset: set
vars: { site: { type: integer } }
markers: { length: { read: { size: FILE } } }
conditions:
  it: $2
END
    exits 3 "$1" "$GATEPOST" -r "$work/set" list operations
    is "  is said so" "$(sed -n "1s|^$work/||p" "$err")" "$3"
}

refused 'no comparison' '{ var: site }' \
    "set/ruleset.yaml:6:7: error: 'var' says nothing about the value: add is, in, min, max, matches, bits or known [GP0370]"
refused 'known and a comparison' '{ marker: length, known: true, is: 3 }' \
    "set/ruleset.yaml:6:7: error: 'known' and a comparison cannot stand together [GP0371]"
refused 'one value to compare' '{ equal: [{ marker: length }] }' \
    "set/ruleset.yaml:6:7: error: 'equal' needs at least two values [GP0372]"

done_testing
