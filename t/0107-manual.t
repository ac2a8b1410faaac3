#!/bin/sh
# The manual: well-formed; what it shows is what the program does; every word of the language, verb and limit is in it.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

rules_page=$srcdir/doc/gatepost-rules.5
program_page=$srcdir/doc/gatepost.1

# ---- what is shown --------------------------------------------------------------------------------------------------

# manual PAGE: the page, with what its commands print now, into $out.
manual() {
    PATH=$work/bin:$PATH LC_ALL=C.UTF-8 HOME=$work/home XDG_CONFIG_HOME=$work/home/.config USER=you \
        perl "$srcdir/t/data/manual.pl" "$1" "$work/home"
}

mkdir "$work/bin" "$work/home"
ln -s "$GATEPOST" "$work/bin/gatepost"
exits 0 'the sessions of gatepost-rules(5)' manual "$rules_page"
cp "$out" "$work/page"
if [ -n "${UPDATE:-}" ]; then
    ok 'rewritten' cp "$work/page" "$rules_page"
elif ! is 'print what the page shows' "$(cmp -s "$rules_page" "$work/page" && echo yes)" yes; then
    diag "$(diff -u "$rules_page" "$work/page")"
fi

# So that what is shown cannot silently become nothing, or an error.
count() { grep -c "$1" "$rules_page"; }
ok "files are shown: $(count '^\.\\" file: ')" test "$(count '^\.\\" file: ')" -ge 8
ok "commands are shown: $(count '^\$ gatepost ')" test "$(count '^\$ gatepost ')" -ge 12
is 'each file is named to readers, too' "$(awk '
    /^\.\\" file: / && last != ".Pa " $3 " :" && last != ".Pa ~/" $3 " :" { print $3 }
    { last = $0 }' "$rules_page")" ''
is 'none of them is a usage error' "$(count '^usage:\|--help.\.$\|^sh: \|not found')" 0
is 'no rule test fails' "$(count ': failed (')" 0
for what in 'archive denied' 'archive allowed' 'archive done' 'lock-exists is because of' 'state: archived' \
    'waived until 2027-01-31' 'exit status 1' 'upgrade allowed; needs backup' \
    ' passed, 0 failed' 'GP0301' 'was: need' ' silenced' 'coverage of git-server'; do
    ok "an answer is shown: $what" grep -q "$what" "$rules_page"
done

# Every rule set of the page, by itself.
for set in "$work"/home/*/ruleset.yaml "$work"/home/.config/gatepost/rules/*/ruleset.yaml; do
    set=${set%/ruleset.yaml}
    exits 0 "lint of ${set##*/}" "$GATEPOST" -r "$work/home" lint --strict --now 2027-01-01 "$set"
    has 'finds nothing' 'no findings'
done

# The other way round: a page that shows something else is found out.
sed 's/archive done/archive gone/' "$rules_page" >"$work/other.5"
rm -rf "$work/home" && mkdir "$work/home"
exits 0 'a page that shows something else' manual "$work/other.5"
is 'is found out' "$(cmp -s "$work/other.5" "$out" || echo yes)" yes

# ---- every word -----------------------------------------------------------------------------------------------------

# The reference is printed from the tables (t/unit/author-reference); this looks with the program's own eyes.
for what in predicates facets reads actions diagnostics; do
    exits 0 "list $what" "$GATEPOST" list $what -f ndjson
    perl -MJSON::PP -ne 'print decode_json($_)->{id}, "\n"' "$out" >"$work/$what"
    is "of which there are some" "$(test -s "$work/$what" && echo yes)" yes
    while read -r word; do
        grep -qE "^\.It (Cm $word( |\$)|\"$word\")" "$rules_page" || echo "$word"
    done <"$work/$what" >"$work/missing"
    is "$what: all are in gatepost-rules(5)" "$(cat "$work/missing")" ''
done

sed -n 's/^#define \(GP_LIMIT_[A-Z_]*\) .*/\1/p' "$srcdir/src/rule/limits.h" >"$work/limits"
ok 'limits are read' test "$(wc -l <"$work/limits")" -ge 15
while read -r limit; do
    grep -q "[^_]$limit," "$srcdir/src/author/reference-facts.c" || echo "$limit"
done <"$work/limits" >"$work/missing"
is 'all limits are in gatepost-rules(5)' "$(cat "$work/missing")" ''

"$GATEPOST" --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' >"$work/verbs"
known='check\|run\|recover\|plan\|inspect\|explain\|why\|attest\|history\|list\|show'
is 'verbs are read' "$(grep -cx "$known" "$work/verbs")" 11
while read -r verb; do
    grep -qE "^\.(Ss|It|Sx).* $verb\b|Ic $verb\b|Cm $verb\b" "$program_page" || echo "$verb"
done <"$work/verbs" >"$work/missing"
is 'all verbs are in gatepost(1)' "$(cat "$work/missing")" ''

# ---- well-formed ----------------------------------------------------------------------------------------------------

if command -v mandoc >/dev/null 2>&1; then
    for page in "$rules_page" "$program_page"; do
        mandoc -Tlint -Wwarning "$page" >"$work/lint" 2>&1
        is "mandoc: $(basename "$page")" "$(cat "$work/lint")" ''
    done
else
    skip 2 'mandoc is not there'
fi

done_testing
