#!/bin/sh
# JSON and ndjson of every verb: well-formed, an array over everything or a line each, with the keys of gatepost(1).
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { "$GATEPOST" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
cd "$work" || exit 99
mkdir bare open
echo plum >open/LABEL

# shape NAME KEYS: $out is an array, and these are the keys of its first element, in this order.
shape() {
    is "  $1" "$(perl -MJSON::PP -0777 -ne '
        my $top = decode_json($_);
        ref $top eq "ARRAY" or die "no array\n";
        # In the order of the text: the keys that are indented once.
        my %seen;
        print join " ", grep { !$seen{$_}++ } /^  "([^"]+)":/mg;' "$out")" "$2"
}
# lines N NAME: $out is N lines of JSON.
lines() {
    is "  $2: lines" "$(perl -MJSON::PP -ne 'ref decode_json($_) eq "HASH" or die; $n++; END { print $n // 0 }' "$out")" "$1"
}
# both STATUS NAME KEYS ARGUMENT…: json and ndjson say the same.
both() {
    status=$1
    name=$2
    keys=$3
    shift 3
    exits "$status" "$name: json" gp "$@" -f json
    shape "$name: keys" "$keys"
    exits "$status" "$name: ndjson" gp "$@" -f ndjson
    lines 1 "$name"
}

verdict='schema gatepost ruleset directory operation verdict basis error state params needs warnings messages requirements'
both 1 check "$verdict" check seal bare
exits 1 'check' gp check -f json seal bare
is '  schema' "$(json schema)" 1
is '  version' "$(json gatepost)" "$("$GATEPOST" --version | sed 's/gatepost //')"
is '  rule set' "$(json ruleset.name) $(json ruleset.version)" 'shelf 1.2.0'
ok '  digest' expr "$(json ruleset.digest)" : 'sha256:[0-9a-f]\{64\}$'
is '  verdict' "$(json directory) $(json operation) $(json verdict) $(json error)" 'bare seal denied null'
is '  state' "$(json state.name) $(json state.kind)" 'bare named'
is '  what is given by default' "$(json params.weight)" 400
is '  needs' "$(json needs.*)" washed
is '  the message' "$(json messages.*.id)" cannot-be-sealed
is '  what denies' "$(json requirements.@result=false.id)" labelled
is '  its cause and remedy' "$(json requirements.labelled.cause) $(json requirements.labelled.remedy.operation)" \
    'The shelf has no label. label'
is '  its evidence' "$(json requirements.labelled.because.*.path) $(json requirements.labelled.because.*.result)" \
    'LABEL false'
is '  its place' "$(json requirements.labelled.at.line):$(json requirements.labelled.at.column)" 28:7
exits 0 'check: needs' gp check -f json seal open
is '  allowed' "$(json verdict) $(json needs.*)" 'allowed washed'
exits 2 'check: undetermined' gp check -f json weigh open
is '  says so' "$(json verdict) $(json requirements.*.reason)" 'undetermined undocumented'

# Trouble is a result too.
both 4 'check of nothing' "$verdict" check seal nowhere
exits 4 'check of nothing' gp check -f json seal nowhere
is '  why' "$(json error.code) $(json verdict)" 'directory-missing null'
: >file
exits 4 'check of a file' gp check -f json seal file
is '  why' "$(json error.code)" not-a-directory
mkdir -p broken/GATEPOST
: >broken/GATEPOST/JOURNAL
exits 7 'check of an interrupted tree' gp check -f json seal broken
is '  why' "$(json error.code)" interrupted

# Several: one array, or as many lines, in order.
exits 4 'several: json' gp check -f json label,seal bare nowhere open
is '  one array' "$(json '*.directory')" 'bare bare nowhere nowhere open open'
is '  of verdicts' "$(json '*.verdict')" 'allowed denied null null denied allowed'
exits 4 'several: ndjson' gp check -f ndjson label,seal bare nowhere open
lines 6 'several'
exits 64 'usage: no JSON' gp check -f json nonesuch bare
is '  at all' "$(cat "$out")" ''
exits 3 'wrong rules: an object for each operation and directory' gp check -f json -r nonesuch label,jars/seal bare open
is '  without a verdict' "$(for key in operation directory verdict error.code; do json "*.$key"; done | xargs)" \
    'label seal label seal bare bare open open null null null null rules rules rules rules'
is '  and why' "$(json '0.error.text')" "error: there is no rule set 'nonesuch' [GP0401]"
exits 3 'explain' gp explain -f json -r nonesuch label bare
is '  too' "$(json 0.operation) $(json 0.error.code)" 'label rules'
for verb in 'why text' 'plan state' 'inspect' 'run label'; do
    # shellcheck disable=SC2086 # two words
    exits 3 "and of $verb" gp $verb -f json -r nonesuch bare
    is '  too' "$(json '*.directory') $(json '*.error.code')" 'bare rules'
done
exits 3 'text: nothing' gp check -r nonesuch label bare
is '  but on standard error' "$(cat "$out")" ''

exits 1 'explain' gp explain -f json seal bare
ok '  has the proof' perl -MJSON::PP -0777 -ne '
    exit !grep { ref $_->{proof} } @{ decode_json($_)->[0]{requirements} }' "$out"
both 0 inspect 'schema gatepost ruleset directory error state states markers attestations summary ledger' inspect open
exits 0 'inspect' gp inspect -f json open
is '  a marker' "$(json markers.label.value) $(json markers.jars.value)" 'plum 0'
is '  the state' "$(json state.name)" open
both 4 'inspect of nothing' 'schema gatepost ruleset directory operation verdict basis error' inspect nowhere
both 0 plan 'schema gatepost ruleset directory error goal way detail state steps' plan sealed bare
exits 0 'plan' gp plan -f json sealed bare
is '  the steps' "$(json steps.*.operation)" 'label seal'
both 0 why 'schema gatepost ruleset directory error message causes' why cannot-be-sealed bare
exits 0 'why' gp why -f json cannot-be-sealed bare
is '  the certain cause' "$(json causes.@verdict=certain.id)" labelled
is '  the excluded one' "$(json causes.@verdict=excluded.id)" cracked

mkdir run
run="$verdict run"
both 0 'run --dry-run' "$run" run label run --dry-run --set text=plum
exits 0 'run --dry-run' gp run -f json label run --dry-run --set text=plum
is '  planned' "$(json run.outcome) $(json run.dry_run) $(json run.plan.*.path)" 'planned true LABEL'
ok '  nothing was done' test ! -e run/LABEL
exits 0 'run' gp run -f json label run --set text=plum
is '  done' "$(json run.outcome) $(json run.plan.*.kind) $(json error)" 'done create null'
ok '  the ledger' test "$(json run.ledger)" != null
exits 1 'run: denied' gp run -f json label run --set text=plum
is '  denied' "$(json verdict) $(json run.outcome) $(json run.plan)" 'denied denied null'
exits 2 'run: a need that is unknown' gp run -f json seal run
is '  undetermined' "$(json verdict) $(json run.outcome)" 'undetermined undetermined'
exits 5 'run: failed' gp run -f json break run
is '  failed' "$(json verdict) $(json run.outcome) $(json error.code)" 'allowed action-failed action-failed'
is '  by what it ensures' "$(json run.ensures.@result=false.id)" never
exits 4 'run in nothing' gp run -f json break nowhere
is '  why' "$(json error.code) $(json verdict) $(json run.outcome)" 'directory-missing null directory-missing'
exits 7 'run in an interrupted tree' gp run -f json break broken
is '  why' "$(json error.code)" interrupted

both 0 attest 'schema gatepost directory attestation who host reason error' attest washed run --reason 'mine, "all"'
exits 0 'attest' gp attest -f json washed run --reason 'mine, "all"'
is '  says what' "$(json attestation) $(json reason)" 'washed mine, "all"'
exits 4 'attest in nothing' gp attest -f json washed nowhere --reason x
is '  why' "$(json error.code)" directory-missing
both 0 history 'schema gatepost ruleset directory error entries bad_lines damaged repeated cut' history run
exits 0 'history' gp history -f json run
is '  what was done' "$(json entries.@kind=operation.name)" label
is '  what was attested' "$(json entries.@kind=attestation.name)" 'washed washed washed'
both 0 recover 'schema gatepost directory recovered error' recover run
exits 0 'recover' gp recover -f json run
is '  nothing' "$(json recovered)" nothing
exits 4 'recover of nothing' gp recover -f json nowhere
is '  why' "$(json error.code)" directory-missing

for what in operations sets markers conditions states messages attestations vars predicates facets reads actions \
    diagnostics; do
    exits 0 "list $what: json" gp list $what -f json -r "$srcdir/t/data/rules" -r shelf
    ok '  each has kind and id' perl -MJSON::PP -0777 -ne '
        my $all = decode_json($_);
        exit !(@$all && !grep { !defined $_->{kind} || !defined $_->{id} } @$all)' "$out"
    exits 0 "list $what: ndjson" gp list $what -f ndjson -r "$srcdir/t/data/rules" -r shelf
    ok '  is lines' perl -MJSON::PP -ne 'decode_json($_)' "$out"
done
exits 0 'list' gp list -f json
is '  operations' "$(json '*.id')" 'label seal weigh tidy break'
is '  of this set' "$(json 0.set)" shelf
exits 0 'show' gp show -f json seal
is '  the definition' "$(json section) $(json id) $(json title)" 'operations seal Seal the shelf'
exits 0 'show a word' gp show -f json absent
is '  the word' "$(json kind) $(json built) $(json keys.0.key)" 'predicate true absent'
exits 0 'several of a name' gp show -f json label
is '  are an array' "$(json '*.section')" 'markers operations'
exits 0 'explain-code' gp explain-code -f json GP0201
is '  the code' "$(json code) $(json level)" 'GP0201 error'

done_testing
