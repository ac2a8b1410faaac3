#!/bin/sh
# Isolation: a verb that only looks cannot write anywhere, one that acts writes in its directory alone.  A library that
# is loaded into the program tries, once the program has something to say.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

"$GATEPOST" --version -v >"$work/version" 2>/dev/null
grep -q '^landlock ABI [1-9]' "$work/version" || {
    ok 'without Landlock the version says so' grep -q '^landlock none' "$work/version"
    skip 1 'this kernel has no Landlock, so that a write is refused CANNOT BE SHOWN'
    done_testing
    exit
}
${CC:-cc} -shared -fPIC -D_GNU_SOURCE -o "$work/preload.so" "$srcdir/t/data/preload.c" >"$work/cc" 2>&1 ||
    skip_all "no compiler for the library that tries to write ($(tail -n 1 "$work/cc")); ISOLATION IS NOT TESTED"
# The library comes before a sanitizer's, which does not like that.
ASAN_OPTIONS=$ASAN_OPTIONS:verify_asan_link_order=0

GATEPOST_RULES=$rules/msmail-lab
export GATEPOST_RULES
tree_workgroup "$work/po"
mkdir "$work/elsewhere"
for dir in "$work/po" "$work/po/GLB" "$work/elsewhere"; do
    echo precious >"$dir/try-old"
done
before=$(cat "$work/po/try-old" "$work/po/GLB/try-old" "$work/elsewhere/try-old")

# tried STATUS VERB…: runs it with the library in it.
tried() {
    want=$1
    shift
    exits "$want" "$*" env LD_PRELOAD="$work/preload.so" \
        GATEPOST_TRY="$work/po:$work/po/GLB:$work/elsewhere" "$GATEPOST" "$@"
    grep '^try ' "$err" >"$work/tries"
}
# all_refused WHERE…: each attempt there ended with EACCES, and there were seven.
all_refused() {
    for where; do
        is "  nothing can be written in ${where#"$work"/}" \
            "$(grep -c "^try [a-z]* $where: EACCES$" "$work/tries")/$(grep -c "^try [a-z]* $where: " "$work/tries")" 7/7
    done
}

while read -r status words; do
    case $words in '' | '#'*) continue ;; esac
    # shellcheck disable=SC2086 # words are meant
    tried "$status" $words
    all_refused "$work/po" "$work/po/GLB" "$work/elsewhere"
done <<END
1 check update $work/po
0 inspect $work/po
1 explain update $work/po
0 why cannot-be-updated $work/po
0 plan server-3.0 $work/po
0 history $work/po
0 list states
0 show update
0 explain-code GP0201
END
is 'the files are as they were' "$(cat "$work/po/try-old" "$work/po/GLB/try-old" "$work/elsewhere/try-old")" "$before"
ok '  and there are no others' test ! -e "$work/po/try-new" -a ! -e "$work/elsewhere/try-new"

# What acts may write in its directory, and nowhere else.
tried 0 run extend "$work/po" --attest users-signed-out=asked
all_refused "$work/elsewhere"
is '  but in its own directory it may' "$(grep -c "^try [a-z]* $work/po: done$" "$work/tries")" 7
rm -rf "$work"/po/try-* "$work"/po/GLB/try-*
tried 0 attest users-signed-out "$work/po" --reason asked
all_refused "$work/elsewhere"
tried 0 recover "$work/po"
all_refused "$work/elsewhere"
rm -rf "$work"/po/try-* "$work"/po/GLB/try-*

# By whatever name the directory is called.
ln -s po "$work/link"
cd "$work/elsewhere" || exit 99
for name in "$work/link" ../po ../link/. "$work//po/"; do
    exits 0 "attest by the name ${name#"$work"/}" "$GATEPOST" attest users-signed-out "$name" --reason asked
done

done_testing
