#!/bin/sh
# Makefile.am lists every file of src/, t/, rules/, schemas/ and doc/, so a build has all of them and so has `make dist`.
. "${0%/*}/lib/test-lib.sh"

exits 0 "Makefile.am lists what is there; else: build-aux/sync-sources --write" "$srcdir/build-aux/sync-sources" "$srcdir"
for test in "$srcdir"/t/*.t; do
    [ -x "$test" ] || diag "not executable: $test"
    [ -x "$test" ] || set -- "$@" "$test"
done
is "tests are executable" "$#" 0

# That it can fail.
mkdir -p "$work/src/util" "$work/build-aux"
for variable in src_libgp_util_a_SOURCES src_gatepost_SOURCES t_lib_libtap_a_SOURCES UNIT_TESTS TAP_TESTS TEST_FILES \
    RULE_FILES SCHEMA_FILES dist_man_MANS DOC_FILES TOP_FILES; do
    echo "$variable ="
done >"$work/Makefile.am"
sync=$srcdir/build-aux/sync-sources
exits 0 "an empty tree is in order" "$sync" "$work"
: >"$work/src/util/new.c"
exits 1 "a new file is noticed" "$sync" "$work"
has "  and named" "src_libgp_util_a_SOURCES lacks src/util/new.c"
exits 0 "--write lists it" "$sync" --write "$work"
exits 0 "then all is in order" "$sync" "$work"
rm "$work/src/util/new.c"
exits 1 "a missing file is noticed" "$sync" "$work"
has "  and named" "src_libgp_util_a_SOURCES lists src/util/new.c, which is not there"

done_testing
