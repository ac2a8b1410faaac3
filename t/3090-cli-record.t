#!/bin/sh
# record and --evidence: deciding again without the tree gives the same verdict and the same report; what a record lacks
# is unknown; nothing is kept but what was read; damage is told.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
err_first() { head -n 1 "$err"; }
cd "$work" || exit 99

# The space that is left changes under everybody's feet (no file here has a megabyte); the source is what may differ.
same() {
    sed -e 's/"found":"[0-9,]\{9,\} bytes","value":[0-9]*/"found":N/g; s/[0-9,]\{9,\} bytes/N bytes/' \
        -e 's/"evidence":{"file":"[^"]*","recorded":"[^"]*","ruleset":{[^}]*}},//g'
}
now=2026-11-01

# both RECORD VERB WORD FORMAT: appends what $tree shows by itself to `live`, what it shows by the record to `again`.
both() {
    {
        echo "$2 $3 $4"
        gp "$2" "$3" "$tree" -r "$rules/$set" --now $now -f "$4" 2>&1
        echo "status $?"
    } | same >>live
    {
        echo "$2 $3 $4"
        gp "$2" "$3" --evidence "$1" -r "$rules/$set" -f "$4" 2>again.err
        echo "status $?"
    } | same >>again
}

for tree in empty workgroup workgroup_small extended_by_hand server35 server30 server21 shadow damaged0 damaged174 \
    ambiguous kindless; do
    ok "the tree $tree" "tree_$tree" "$work/$tree"
    before=$(tree_sum "$tree")
    for set in msmail msmail-lab; do
        : >live
        : >again
        for operation in install extend update; do
            gp record $operation $tree -r "$rules/$set" --now $now -o one.json -q >>live 2>&1
            both one.json check $operation text
            both one.json explain $operation ndjson
        done
        gp record install,extend,update,setup-update,create-workgroup,restore $tree -r "$rules/$set" --now $now -o all.json -q >>live 2>&1
        both all.json check install,extend,update ndjson
        both all.json explain update text
        both all.json why cannot-be-updated text
        both all.json why reserved-network-name ndjson
        both all.json plan server-3.0 text
        both all.json plan workgroup ndjson
        ok "  $set decides the same by records" diff live again
        is '  and decides' "$(grep -c '^status [012]$' live) of $(grep -c '^status' live)" '12 of 12'
    done
    is '  nothing was touched' "$(tree_sum "$tree")" "$before"
done

# ---- one small rule set, and what its records hold ----------------------------------------------------------------

mkdir -p shelf/set jars/box
cat >shelf/set/ruleset.yaml <<'END'
gatepost: 1
ruleset: set
title: Boxes
version: 1.0.0
END
cat >shelf/set/rules.yaml <<'END'
gatepost: 1
markers:
  label: { title: What the label says, read: { text: LABEL, match: "name=([a-z]+)", group: 1 } }
  kind: { title: The kind, read: { u8: LABEL, at: 4 } }
  unread: { title: Nobody reads it, read: { size: box/unread } }
attestations:
  washed: { title: It was washed, within: 4 h, ask: Washed? }
  dried: { title: It was dried, within: 4 h, ask: Dried? }
operations:
  open:
    title: Open the box
    params:
      colour: { type: string, default: red }
      media: { type: directory, optional: true }
    requires:
      named: { that: { marker: label, is: plum }, otherwise: { cause: No name. } }
      kinded: { that: { marker: kind, known: true }, otherwise: { cause: No kind. } }
      jars: { that: { count: "box/*.jar", min: 1 }, otherwise: { cause: No jar. } }
      red: { that: { param: colour, is: red }, otherwise: { cause: Not red. } }
      washed: { severity: need, that: { attested: washed }, otherwise: { cause: Not washed. } }
      disk: { severity: warn, that: { file: setup, under: media }, otherwise: { cause: No disk. } }
END
printf '%s' '#%@!Kname=plum; secret=XYZZY' >jars/LABEL
: >jars/box/one.jar
: >jars/box/private
: >jars/unread
set=$work/shelf/set

exits 0 'record' gp record open jars -r "$set" -o rec.json
is '  the line' "$(first | sed 's/[0-9][0-9]* facts/N facts/')" 'jars: open recorded: N facts in rec.json'
is '  readable by its owner alone' "$(stat -c %a rec.json)" 600
ok '  what the pattern found is kept' grep -q '"text": "plum"' rec.json
ok '  the byte is kept' grep -q '"hex": "4b"' rec.json
ok '  the name that the glob matched is kept' grep -q '"one.jar"' rec.json
for word in XYZZY secret 'name=plum' private unread dried 58595a5a59; do
    ok "  nothing of '$word'" sh -c '! grep -q "$1" rec.json' - "$word"
done
exits 0 'check --evidence' gp check open --evidence rec.json -r "$set"
is '  the first line names the directory' "$(first)" 'jars: open allowed; needs washed'
is '  it says that this is no look' "$(err_first | sed 's/20[-0-9T:]*Z/WHEN/')" \
    'gatepost: note: decided by rec.json, recorded at WHEN, without a look at the directory'
exits 0 '  not with -q' gp check open --evidence rec.json -r "$set" -q
is '  indeed' "$(cat "$err")" ''
exits 0 'the tree may be gone' sh -c 'mv jars away && "$GATEPOST" check open --evidence rec.json -r "$1" -q' - "$set"
mv away jars
exits 0 'JSON names the record' gp check open --evidence rec.json -r "$set" -f ndjson
has '  and the directory' '"directory":"jars","evidence":{"file":"rec.json","recorded":"'
has '  and its rules' '"ruleset":{"name":"set","version":"1.0.0","digest":"sha256:'
exits 0 'a record from standard input' sh -c '"$GATEPOST" check open --evidence - -r "$1" <rec.json' - "$set"
exits 0 'a record on standard output' gp record open jars -r "$set" -o -
timeless() { sed '/"now"/d; /"digest"/d' "$1"; }
is '  is the same but for the time' "$(timeless "$out")" "$(timeless rec.json)"
exits 0 'record in JSON' gp record open jars -r "$set" -o rec2.json -f ndjson
has '  says what' '"error":null,"recorded":{"file":"rec2.json","operations":["open"],"facts":'

# What was given counts again, and what is given now counts more.
mkdir disk
exits 0 'record a denied one' gp record open jars -r "$set" --set colour=blue --set media=disk \
    --attest washed=asked -o blue.json -q
exits 1 '  with what was given' gp check open --evidence blue.json -r "$set" -q
is '  it is denied again' "$(first)" 'jars: open denied'
exits 0 'another value' gp check open --evidence blue.json -r "$set" --set colour=red
is '  allowed, the attestation was recorded' "$(first)" 'jars: open allowed'
err_has '  the difference is told' "gatepost: note: colour is 'red' now; the record has 'blue'"
exits 0 'another disk' gp check open --evidence blue.json -r "$set" --set colour=red --set media="$work" -f ndjson
has '  is not recorded' '"reason":"not-recorded"'
exits 64 'a name that nobody knows' gp check open --evidence blue.json -r "$set" --set taste=sweet

# The clock is that of the record.
exits 0 'a clock' gp record open jars -r "$set" --now 2020-02-02 -o old.json -q
ok '  is kept' grep -q '"now": "2020-02-02T00:00:00Z"' old.json

# Rules that ask for more.
cp -r shelf newer
sed 's/version: 1.0.0/version: 1.1.0/' shelf/set/ruleset.yaml >newer/set/ruleset.yaml
cat >>newer/set/rules.yaml <<'END'
      sized: { that: { file: box/private, size: 0 }, otherwise: { cause: Not empty. } }
      gone: { that: { absent: box/rotten }, otherwise: { cause: Rotten. } }
      no-lids: { that: { absent: "box/*.lid" }, otherwise: { cause: Lids. } }
      no-figs: { that: { absent: box/fig.jar }, otherwise: { cause: Figs. } }
      kind-of-old: { that: { file: LABEL, u8: { at: 3, is: 1 } }, otherwise: { cause: Old. } }
      wordy: { that: { file: LABEL, text: { contains: plum } }, otherwise: { cause: No words. } }
      dried: { that: { attested: dried }, otherwise: { cause: Wet. } }
END
exits 2 'newer rules' gp check open --evidence rec.json -r "$work/newer/set"
err_has '  are named' 'note: recorded with rule set set 1.0.0 sha256:'
exits 2 '  in JSON' gp check open --evidence rec.json -r "$work/newer/set" -f ndjson
is '  what the record lacks is unknown, what follows from it is not' "$(perl -MJSON::PP -ne '
    print join " ", map { "$_->{id}=" . ($_->{reason} // $_->{result}) } @{decode_json($_)->{requirements}}' "$out")" \
    "named=true kinded=true jars=true red=true washed=not-attested disk=n/a sized=not-recorded gone=not-recorded \
no-lids=not-recorded no-figs=true kind-of-old=not-recorded wordy=not-recorded dried=not-recorded"
exits 0 'inspect, as far as it goes' gp inspect --evidence rec.json -r "$set" -f ndjson
is '  markers' "$(perl -MJSON::PP -ne '
    print join " ", map { "$_->{id}=" . ($_->{value} // $_->{reason}) } @{decode_json($_)->{markers}}' "$out")" \
    'label=plum kind=75 unread=not-recorded'
is '  attestations' "$(perl -MJSON::PP -ne '
    print map { "$_->{detail}\n" } grep { $_->{id} eq "dried" } @{decode_json($_)->{attestations}}' "$out")" \
    'the record does not hold it'
has '  the ledger as a whole' '"ledger":{"error":"not-recorded"}'

# ---- what is refused ------------------------------------------------------------------------------------------------

# refused NAME WORDS COMMAND…
refused() {
    words=$2
    name=$1
    shift 2
    exits 64 "$name" gp "$@"
    is '  and why' "$(err_first)" "gatepost: $words"
}
refused 'no -o' "record needs -o FILE, where to keep the facts ('-' for standard output)" record open jars -r "$set"
refused 'two -o' '--output may be given once' record open jars -r "$set" -o a -o b
refused 'beneath the directory' 'jars/box/r.json lies in the directory, beneath which nothing is written' \
    record open jars -r "$set" -o jars/box/r.json
refused 'in it' 'jars/r.json lies in the directory, beneath which nothing is written' \
    record open jars -r "$set" -o jars/r.json
refused 'over a directory' 'disk is there and is not a regular file' record open jars -r "$set" -o disk
ln -s rec.json link.json
refused 'over a link' 'link.json is there and is not a regular file' record open jars -r "$set" -o link.json
refused 'the record and JSON' \
    'with -o - the record itself goes to standard output, so -f has no place to write to' \
    record open jars -r "$set" -o - -f json
refused 'two rule sets' 'a record is made with one rule set, and these operations are of two: set and msmail' \
    record open,extend jars -r "$set" -r "$rules/msmail" -o two.json
refused 'no operation' 'a list of operations has an empty name in it' record open, jars -r "$set" -o no.json
refused 'a directory as well' '--evidence stands in place of a directory' check open jars --evidence rec.json -r "$set"
refused 'a directory as well: explain' '--evidence stands in place of a directory' \
    explain open jars --evidence rec.json -r "$set"
refused 'standard input as well' '--evidence stands in place of a directory' \
    check open --stdin0 --evidence rec.json -r "$set"
for verb in run attest recover history record; do
    refused "$verb" "$verb does not take --evidence" $verb open jars --evidence rec.json
done
refused 'a place that is not there' 'nowhere/r.json cannot be written: No such file or directory' \
    record open jars -r "$set" -o nowhere/r.json
refused 'a place that is a file' 'rec.json/r.json cannot be written: Not a directory' \
    record open jars -r "$set" -o rec.json/r.json
refused 'a name that is too long' "$(printf '%0300d' 0) cannot be written: File name too long" \
    record open jars -r "$set" -o "$(printf '%0300d' 0)"
if [ "$(id -u)" -ne 0 ]; then
    mkdir -m 555 closed
    refused 'a place that may not be written to' 'closed/r.json cannot be written: Permission denied' \
        record open jars -r "$set" -o closed/r.json
else
    skip 2 'root may write everywhere'
fi
exits 4 'no such tree' gp record open nowhere -r "$set" -o no.json
ok '  makes no record' test ! -e no.json
mkdir -p busy/GATEPOST
: >busy/GATEPOST/JOURNAL
exits 7 'an interrupted run' gp record open busy -r "$set" -o no.json
ok '  makes no record' test ! -e no.json
ok 'nothing is left of files that were not finished' sh -c '! ls | grep -E "json\.......\$"'

# ---- the clock ------------------------------------------------------------------------------------------------------

# The clock and the times of files are compared, so the record has both to the nanosecond.
mkdir -p clock/aged fresh
cat >clock/aged/ruleset.yaml <<'END'
gatepost: 1
ruleset: aged
title: Files that have lain for a while
operations:
  open: { requires: { aged: { that: { each: "*", age: { min: 1 h } } } } }
END
aged=$work/clock/aged

# again NAME STATUS TIME: the verdict on the tree, and the same by a record.
again() {
    exits "$2" "$1" gp check open fresh -r "$aged" --now "$3" -q
    cp "$out" live
    exits 0 '  recorded' gp record open fresh -r "$aged" --now "$3" -o clock.json -q
    exits "$2" '  by the record' gp check open --evidence clock.json -r "$aged" -q
    is '  the same' "$(cat "$out")" "$(cat live)"
}
touch -d '2027-01-31 12:00:00.4 UTC' fresh/f
again 'a file of the same second' 1 2027-01-31T12:00:00.5Z
ok '  of a time that has a fraction' grep -q '"now": "2027-01-31T12:00:00.500000000Z"' clock.json
again 'a file of a moment ahead' 2 2027-01-31T12:00:00.3Z
again 'a file of an hour ago, to the moment' 0 2027-01-31T13:00:00.4Z
again 'a moment less' 1 2027-01-31T13:00:00.399999999Z
again 'a whole second' 0 2027-01-31T13:00:01Z
ok '  has no fraction' grep -q '"now": "2027-01-31T13:00:01Z"' clock.json
touch fresh/f
exits 0 'a file that was just written, recorded' gp record open fresh -r "$aged" -o clock.json -q
exits 1 '  is too young' gp check open --evidence clock.json -r "$aged" -q

# ---- records that are none ------------------------------------------------------------------------------------------

# unusable NAME WORDS FILE
unusable() {
    exits 4 "$1" gp check open --evidence "$3" -r "$set"
    has '  and why' "$2"
    exits 4 '  in JSON' gp explain open --evidence "$3" -r "$set" -f ndjson
    has '  by its code' '"error":{"code":"evidence-unusable","text":"'
}
unusable 'no such file' 'the record cannot be used: No such file or directory' none.json
unusable 'a directory' 'the record cannot be used: Is a directory' disk
: >empty.json
unusable 'an empty file' 'line 1, column 0: ' empty.json
echo '{ "record": 1,' >cut.json
unusable 'cut off' 'line 2, column 0: ' cut.json
echo '{ "some": "thing" }' >foreign.json
unusable 'foreign' 'it is no record of gatepost' foreign.json
sed 's/"text": "plum"/"text": "pear"/' rec.json >forged.json
unusable 'changed' 'it was changed after it was made: its digest is not that of its content' forged.json
sed 's/"record": 1/"record": 2/' rec.json >later.json
unusable 'later' 'it is of schema 2; this gatepost reads records of schema 1' later.json
sed 's/version: 1.0.0/version: 1.0.0\nnames: exact/' shelf/set/ruleset.yaml >newer/set/ruleset.yaml
exits 4 'other names' gp check open --evidence all.json -r "$work/newer/set"
has '  are told apart' 'it was made with names: dos, and the rule set has names: exact'

done_testing
