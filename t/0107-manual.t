#!/bin/sh
# The manual: well-formed, its rule sets load and decide, every word of the language and every verb is in it.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

rules_page=$srcdir/doc/gatepost-rules.5
program_page=$srcdir/doc/gatepost.1

# The rule sets of gatepost-rules(5), each into a directory of its name.
mkdir "$work/sets"
awk -v top="$work/sets" '
    /^\.\\" rule set: / { name = $NF; next }
    name && /^\.Bd/ { system("mkdir " top "/" name); file = top "/" name "/ruleset.yaml"; next }
    file && /^\.Ed/ { close(file); file = name = ""; next }
    file { gsub(/\\&/, ""); gsub(/\\e/, "\\"); print > file }' "$rules_page"
is 'the manual has its rule sets' "$(ls "$work/sets" | tr '\n' ' ')" 'postgresql postgresql-strict '

data=$work/data
mkdir "$data"
gp() { "$GATEPOST" -r "$work/sets/$set" "$@"; }
set=postgresql
exits 1 'no cluster: denied' gp check upgrade "$data"
has 'with its cause' 'There is no PG_VERSION'
echo 15 >"$data/PG_VERSION"
exits 0 'a cluster that is stopped: allowed' gp check upgrade "$data"
echo 1 >"$data/postmaster.pid"
exits 1 'one that runs: denied' gp check upgrade "$data"
rm "$data/postmaster.pid"
exits 0 'inspect' gp inspect "$data"
has 'reads the version' '15'

set=postgresql-strict
exits 0 'the strict set: allowed' gp check upgrade "$data"
has 'with a need' 'needs backup'
exits 0 'a backup is attested' gp attest backup-taken "$data" --reason 'pg_basebackup ended well'
exits 0 'then' gp check upgrade "$data"
hasnt 'nothing is needed' 'needs backup'

# Every word that a table knows is in the manual.
for what in predicates facets reads actions; do
    exits 0 "list $what" "$GATEPOST" list $what -f ndjson
    perl -MJSON::PP -ne 'print decode_json($_)->{id}, "\n"' "$out" >"$work/$what"
    is "of which there are some" "$(test -s "$work/$what" && echo yes)" yes
    while read -r word; do
        grep -qE "(^|[^a-z0-9-])$word([^a-z0-9-]|\$)" "$rules_page" || echo "$word"
    done <"$work/$what" >"$work/missing"
    is "$what: all are in gatepost-rules(5)" "$(cat "$work/missing")" ''
done

"$GATEPOST" --help | sed -n 's/^  \([a-z][a-z-]*\)  .*/\1/p' >"$work/verbs"
is 'verbs are read' "$(grep -cx 'check\|run\|recover\|plan\|inspect\|explain\|why\|attest\|history\|list\|show' "$work/verbs")" 11
while read -r verb; do
    grep -qE "^\.(Ss|It|Sx).* $verb\b|Ic $verb\b|Cm $verb\b" "$program_page" || echo "$verb"
done <"$work/verbs" >"$work/missing"
is 'all verbs are in gatepost(1)' "$(cat "$work/missing")" ''

if command -v mandoc >/dev/null 2>&1; then
    for page in "$rules_page" "$program_page"; do
        mandoc -Tlint -Wwarning "$page" >"$work/lint" 2>&1
        is "mandoc: $(basename "$page")" "$(cat "$work/lint")" ''
    done
else
    skip 2 'mandoc is not there'
fi

done_testing
