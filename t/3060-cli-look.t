#!/bin/sh
# The verbs that look: inspect, explain, plan, why; list, show and explain-code. They touch nothing.
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
cd "$work" || exit 99
mkdir bare open sealed lost cracked
echo plum >open/LABEL
echo plum >sealed/LABEL
: >sealed/SEALED
mkdir lost/LABEL
echo plum >cracked/LABEL
: >cracked/CRACKED
before=$(find . -printf '%p %y %s %T@ %C@\n' | sort)

exits 0 'inspect: one state' gp inspect open
is '  the first line' "$(first)" 'open: seen as shelf (state: open)'
has '  a marker' 'plum'
has '  an attestation' 'washed'
exits 2 'inspect: no one state' gp inspect lost
exits 0 'inspect: -q, several' gp inspect -q bare open sealed
is '  a line each' "$(wc -l <"$out")" 3
exits 2 'inspect: the gravest counts' gp inspect -q bare lost
exits 4 'inspect: nowhere' gp inspect bare nowhere

exits 0 'explain: allowed' gp explain label bare
exits 1 'explain: denied' gp explain seal bare
has '  the proof' 'that:'
exits 2 'explain: undetermined' gp explain weigh bare
exits 4 'explain: nowhere' gp explain weigh nowhere

exits 0 'plan: a way' gp plan sealed bare
has '  its first step' '1. label'
has '  its second' '2. seal'
exits 0 'plan: already there' gp plan sealed sealed
exits 1 'plan: no way' gp plan bare open
exits 2 'plan: it depends' gp plan sealed lost
exits 4 'plan: nowhere' gp plan sealed nowhere

exits 0 'why: a certain cause' gp why 'the shelf cannot be sealed; ask the cook' bare
has '  is named' 'The shelf has no label.'
exits 0 'why: the other wording' gp why 'The shelf can not be sealed; ask the cook.' cracked
has '  another cause' 'A jar is cracked.'
exits 1 'why: all excluded' gp why cannot-be-sealed open
exits 64 'why: no such message' gp why 'nobody ever said this' open
exits 64 'why: several' gp why 'this shelf' open
err_has '  lists them' 'cannot-be-sealed, shelf-is-damp'
exits 4 'why: nowhere' gp why cannot-be-sealed nowhere
is 'nothing was touched' "$(find . -printf '%p %y %s %T@ %C@\n' | sort)" "$before"

exits 0 'list' gp list
has '  the set' 'shelf: Jars on a shelf'
has '  an operation' 'seal    Seal the shelf'
exits 0 'list states' gp list states
is '  these' "$(cut -d' ' -f1 "$out" | tr '\n' ' ')" 'bare open sealed '
for what in operations markers conditions states messages attestations vars sets predicates facets reads actions \
    diagnostics; do
    exits 0 "list $what" gp list $what
    ok '  there are some, or none is installed' test -s "$out" -o $what = sets
done
exits 0 'list diagnostics' gp list diagnostics
has '  with their titles' 'GP0201  an unknown key'
exits 0 'list predicates needs no rules' env GATEPOST_RULES=nonesuch "$GATEPOST" list predicates

exits 0 'show' gp show seal
has '  the title' 'operation seal: Seal the shelf'
has '  the place' 'shelf/operations.yaml:20:3'
has '  its text' '- { write: SEALED, text: "sealed\n" }'
exits 0 'show a marker and an operation of one name' gp show label
has '  the marker' 'marker label: What the label says'
has '  the operation' 'operation label: Put a label on the shelf'
exits 0 'show a word of several kinds' gp show size
has '  the facet' 'size: facet'
has '  the read' 'size: read'
exits 0 'show a word' gp show absent
has '  its keys' 'absent: path or glob, or a list (required)'
has '  the keys of all' 'Keys of every predicate:'
has '  an example' 'Example:'
exits 0 'show a mapping' gp show requirement
has '  its keys' 'severity: refuse | need | warn'

# Every word has help and can be shown.
for what in predicates facets reads actions; do
    exits 0 "list $what" gp list $what -f ndjson
    ok '  each has a title' perl -MJSON::PP -ne 'exit 1 if !length decode_json($_)->{title}' "$out"
    perl -MJSON::PP -ne 'print decode_json($_)->{id}, "\n"' "$out" >"$work/$what"
    while read -r word; do
        gp show "$word" >"$out" 2>"$err" && [ -s "$out" ] || echo "$what $word"
    done <"$work/$what" >"$work/missing"
    is "$what: each can be shown" "$(cat "$work/missing")" ''
done
for code in GP0201 gp0201 201 0201 GP201; do
    exits 0 "explain-code $code" gp explain-code $code
    is '  the first line' "$(first)" 'GP0201 (error): an unknown key'
done
for code in GP0000 GP 0 -1 GP0201x '' 99999999999999999999; do
    exits 64 "explain-code '$code'" gp explain-code -- "$code"
done
gp list diagnostics | cut -d' ' -f1 >"$work/codes"
while read -r code; do
    gp explain-code "$code" >"$out" 2>"$err" || echo "$code"
    [ "$(awk 'length > 80' "$out")" = '' ] || echo "$code is wide"
done <"$work/codes" >"$work/missing"
is 'each can be explained' "$(cat "$work/missing")" ''

done_testing
