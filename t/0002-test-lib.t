#!/bin/sh
# The test library itself: what should fail does, above all a crash, and says why.
. "${0%/*}/lib/test-lib.sh"

unset UPDATE
mkdir -p "$work/t/lib"
cp "$srcdir/t/lib/test-lib.sh" "$work/t/lib/"

# inner STATUS TITLE: runs standard input as a test of its own, which has to end with STATUS.
inner() {
    { echo '. "${0%/*}/lib/test-lib.sh"' && cat; } >"$work/t/inner.t"
    exits "$1" "$2" sh "$work/t/inner.t"
}

inner 0 "all passes" <<'END'
ok "one" true
exits 3 "two" sh -c 'echo "to out"; echo "second line"; echo "to err" >&2; exit 3'
has "three" "out
second"
hasnt "four" "err"
err_has "five" "to err"
err_hasnt "six" "out"
is "seven # 7" a a
skip 2 "no reason"
done_testing
END
is "  TAP" "$(cat "$out")" "ok 1 - one
ok 2 - two
ok 3 - three
ok 4 - four
ok 5 - five
ok 6 - six
ok 7 - seven \\# 7
ok 8 # SKIP no reason
ok 9 # SKIP no reason
1..9"

# fails TITLE DIAGNOSTIC: standard input holds one check, which has to fail.
fails() {
    { cat && echo done_testing; } >"$work/check"
    inner 1 "fails: $1" <"$work/check"
    has "  not ok" "not ok 1 - "
    err_has "  says why" "$2"
}
fails "ok" "failed: false" <<'END'
ok "x" false
END
fails "another status" "status 2, wanted 1" <<'END'
exits 1 "x" sh -c 'exit 2'
END
fails "a crash, whatever was wanted" "status 139, wanted 139" <<'END'
exits 139 "x" sh -c 'kill -SEGV $$'
END
fails "a program that is not there" "status 127, wanted 1" <<'END'
exits 1 "x" "$work/nothing"
END
fails "has" "no such text in out: b.c" <<'END'
echo 'bxc' >"$out"
has "x" "b.c"
END
fails "hasnt" "should not be: a" <<'END'
echo 'a' >"$out"
hasnt "x" "a"
END
fails "is" "want: b" <<'END'
is "x" a b
END
fails "golden" "+other" <<'END'
mkdir -p "$srcdir/t/cases" && echo this >"$srcdir/t/cases/x.out"
echo other >"$out"
golden "x" cases/x.out
END
inner 0 "golden with UPDATE=1 rewrites, with \$work as a word" <<'END'
echo "in $work/x" >"$out"
(UPDATE=1 && golden "x" cases/x.out)
golden "x" cases/x.out
done_testing
END
is "  what it wrote" "$(cat "$work/t/cases/x.out")" "in WORK/x"
inner 1 "no check at all is no success" <<'END'
done_testing
END
inner 0 "skip_all" <<'END'
skip_all "nothing to see"
END
has "  says why" "1..0 # SKIP nothing to see"

cat >"$work/t/inner.t" <<'END'
. "${0%/*}/lib/test-lib.sh"
mkdir "$work/dir" && chmod 0 "$work/dir"
echo "$tap_dir"
kill -TERM $$
END
sh "$work/t/inner.t" >"$out" 2>"$err"
is "a signal ends a test" $? 143
ok "  which leaves nothing behind" test ! -e "$(cat "$out")"

done_testing
