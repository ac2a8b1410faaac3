#!/bin/sh
# The ledger: what is damaged or forged is told and not believed, what cannot be told is neither yes nor no, and what
# could not be recorded is not begun.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { timeout 60 "$GATEPOST" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
escape=$(printf '\033')
cd "$work" || exit 99

# attested ID WHEN [MEMBERS], done_ ID OPERATION TO WHEN [MEMBERS]: a line.
rest='"who":"ann","host":"h"'
attested() {
    printf '{"id":"%s","kind":"attestation","name":"washed","ruleset":"shelf",%s,"when":"%s"%s}\n' "$1" "$rest" "$2" "${3:-}"
}
done_() {
    printf '{"id":"%s","kind":"operation","name":"%s","ruleset":"shelf","to":"%s",%s,"when":"%s"%s}\n' "$1" "$2" "$3" \
        "$rest" "$4" "${5:-}"
}
# shelf: a fresh one with a label, and the ledger from standard input.
shelf() {
    rm -rf s
    mkdir -p s/GATEPOST
    echo plum >s/LABEL
    cat >s/GATEPOST/LEDGER
}

# --- every kind of damage, told with its line, and the raw line for those who ask ------------------------------------

# A line is in perl's notation; so that no shell touches it.
n=0
while IFS='|' read -r text what; do
    n=$((n + 1))
    {
        done_ a label open 2027-01-31T11:00:00Z
        perl -e '$_ = shift; s/\\x([0-9a-f]{2})/chr hex $1/ge; print "$_\n"' -- "$text"
        attested b 2027-01-31T11:30:00Z
    } | shelf
    exits 0 "history: $what ($n)" gp history s
    has '  the lines beside it are there' '2 entries in the ledger'
    has '  the damage is counted' '! 1 line is damaged or not written by Gatepost, and not believed'
    has '  and told' "      line 2: $what"
    hasnt '  without the line itself' '        |'
    exits 0 '  -v' gp history -v s
    has '  shows it' '        | '
    hasnt '  with nothing for a terminal' "$escape"
    exits 0 '  inspect' gp inspect s
    has '  tells it, too' "      line 2: $what"
    exits 0 '  in JSON' gp history -f json s
    is '  which line' "$(json damaged.0.line)" 2
    is '  what' "$(json damaged.0.what)" "$what"
    hasnt '  with nothing for a terminal' "$escape"
    exits 0 '  what is attested beside it counts' gp check -q --now 2027-01-31T12:00:00Z seal s
    is '  and nothing is needed' "$(cat "$out")" 's: seal allowed (state: open)'
done <<'END'
junk|not JSON
\x1b[2J\x1b]0;x\x07|not JSON
[1,2]|no JSON object
{"id":"c","ki|torn: only its beginning was written
\x00\x00\x00\x00|torn: only its beginning was written
{"id":"\xff","kind":"operation"}|not UTF-8
{"id":"c","id":"d"}|a key stands twice in one object
{"id":"c","n":123456789012345678901234567890}|a number is too big
{"id":"c","kind":"operation\x00"}|not JSON
{"id":"c","kind":"revocation"}|"kind" is neither operation nor attestation; a newer version may have written that
{"id":"c","kind":"operation","when":"yesterday"}|"when" is no time in UTC, such as 2027-01-31T12:34:56Z
{"id":["\x5cu001b[2J"],"kind":"operation","when":"2027-01-31T11:00:00Z"}|"id" is no text
{"id":"a","kind":"operation","name":"seal","ruleset":"shelf","to":"sealed","who":"eve","host":"h","when":"2027-01-31T11:00:00Z"}|the id of line 1 with another content
END
is 'all of them were looked at' "$n" 13

# Texts that are hostile but well-formed.
attested a 2027-01-31T11:30:00Z ',"reason":"\u001b[2J\u202e\n","\u001b[31m":1' | shelf
exits 0 'hostile texts' gp history -v s
hasnt '  reach no terminal' "$escape"
has '  and are one line' '\x1b[2J'
has '  members of a newer version are named' 'written by a newer version, which also says: '
exits 0 '  in JSON' gp history -f json s
hasnt '  neither' "$escape"
done_ a label open 2027-01-31T11:30:00Z ',"limits":"power cuts","extends":["base"]' | shelf
exits 0 'all that a line says' gp history -f json s
is '  what was not promised' "$(json entries.0.limits)" 'power cuts'
is '  what the set extends' "$(json entries.0.extends)" '["base"]'
is '  where it stands' "$(json entries.0.line)" 1
{
    done_ a label open 2027-01-31T11:30:00Z
    done_ a label open 2027-01-31T11:30:00Z
} | shelf
exits 0 'a line twice' gp history -f json s
is '  is read once' "$(json entries.*.id)" a
is '  which is no damage' "$(json repeated) $(json bad_lines)" '1 0'
perl -e 'print "junk\n" x 150' | shelf
exits 0 'much damage' gp history s
has '  is all counted' '150 lines are damaged'
has '  and told up to a limit' 'and 50 more'

# --- appending --------------------------------------------------------------------------------------------------------

printf '{"id":"c","kind":"attest' | shelf
exits 0 'attest behind a torn line' gp attest washed s --reason x
is '  begins with a newline' "$(head -n 1 s/GATEPOST/LEDGER)" '{"id":"c","kind":"attest'
exits 0 '  and is read' gp history -f json s
is '  as what it is' "$(json entries.*.name)" washed
is '  beside the damage' "$(json damaged.*.line)" 1
exits 0 'run behind a torn line' gp run -q seal s
exits 0 '  is recorded' gp history -f json s
is '  too' "$(json entries.*.name)" 'washed seal'
is 'each line ends' "$(tail -c 1 s/GATEPOST/LEDGER | od -An -tx1 | tr -d ' ')" 0a

# What cannot be recorded is not begun.
for kind in link dangling directory fifo; do
    attested a 2027-01-31T11:30:00Z | shelf
    rm s/GATEPOST/LEDGER
    case $kind in
        link)
            attested a 2027-01-31T11:30:00Z >outside
            ln -s "$work/outside" s/GATEPOST/LEDGER
            ;;
        dangling) ln -s nowhere s/GATEPOST/LEDGER ;;
        directory) mkdir s/GATEPOST/LEDGER ;;
        fifo) mkfifo s/GATEPOST/LEDGER ;;
    esac
    exits 2 "LEDGER is a $kind: history" gp history s
    has '  says that it cannot be read' 'the ledger cannot be read'
    exits 0 "LEDGER is a $kind: inspect" gp inspect s
    has '  says so' '? cannot be read'
    exits 0 "LEDGER is a $kind: check" gp check -f json --now 2027-01-31T12:00:00Z seal s
    is '  what is attested is unknown' "$(json requirements.washed.result)" unknown
    exits 4 "LEDGER is a $kind: run" gp run seal s --attest washed
    has '  is refused' 'GATEPOST/LEDGER is no regular file'
    ok '  before anything was done' test ! -e s/SEALED -a ! -e s/GATEPOST/DONE -a ! -e s/GATEPOST/JOURNAL
    gp attest washed s --reason x >"$out" 2>"$err"
    ok "LEDGER is a $kind: attest is refused, too" test $? -ge 4
done
is 'nothing was written through a link' "$(wc -l <outside)" 1

# --- clocks -----------------------------------------------------------------------------------------------------------

# at NOW STATUS NEED TEXT: whether the attestation of 12:00 counts at a time.
at() {
    exits 0 "at $1" gp check -f json --now "$1" seal s
    is "  $2" "$(json requirements.washed.result)" "$2"
    [ -z "${3:-}" ] || has "  $3" "$3"
}
attested a 2027-01-31T12:00:00Z | shelf
at 2027-01-31T12:00:00Z true
at 2027-01-31T16:00:00Z true
at 2027-01-31T16:00:01Z unknown 'which holds for 4 h and is over'
at 2027-01-31T11:59:59Z unknown 'which lies 1 s in the future: a clock is or was wrong'
at 2027-01-31T09:54:30Z unknown 'which lies 2 h 5 min in the future'
at 2026-01-31T12:00:00Z unknown 'which lies 365 d in the future'
at 1970-01-01T00:00:00Z unknown 'in the future'
at 9999-12-31T23:59:59Z unknown 'is over'
at 2027-01-31T21:30:00+09:00 true
for zone in UTC Asia/Tokyo America/Los_Angeles XXX-14; do
    TZ=$zone
    export TZ
    at 2027-01-31T15:59:59Z true
    unset TZ
done
attested a 2028-02-29T12:00:00Z | shelf
at 2028-02-29T13:00:00Z true
attested a 2016-12-31T23:59:60Z | shelf
at 2017-01-01T00:00:00Z true
{
    attested a 2027-01-31T18:00:00Z
    attested b 2027-01-31T12:00:00Z
} | shelf
at 2027-01-31T12:30:00Z true
{
    attested a 2027-01-31T12:00:00Z
    attested b 2027-01-31T18:00:00Z
} | shelf
at 2027-01-31T12:30:00Z unknown 'in the future'
exits 0 'inspect says how far, too' gp inspect --now 2027-01-31T12:30:00Z s
has '  how far' '5 h 30 min in the future'

# --- a ledger that is too long: only its end is read, and what stands before it is not "no" ---------------------------

attested a 2027-01-31T11:30:00Z >long
perl -e 'printf qq({"id":"n%d","kind":"operation","name":"x","ruleset":"shelf","to":"","who":"%s","host":"h","when":"2027-01-31T11:30:00Z"}\n), $_, "x" x 900 for 1 .. 4700' >>long
shelf <long
at 2027-01-31T12:00:00Z unknown 'limit'
exits 0 'a ledger that is too long' gp history s
has '  is said to be' 'older entries were not read: the ledger is very long'
hasnt '  the line in which reading began is no damage' 'damaged'
exits 0 'inspect does not say that nobody attested it' gp inspect s
hasnt '  as nobody knows' 'nobody has attested'
echo junk >>s/GATEPOST/LEDGER
exits 0 'damage at its end' gp history s
has '  has no number from the beginning' 'of what was read: not JSON'
attested b 2027-01-31T11:30:00Z >>s/GATEPOST/LEDGER
at 2027-01-31T12:00:00Z true

# --- entries of other rule sets ---------------------------------------------------------------------------------------

mkdir other child
cat >other/ruleset.yaml <<'END'
gatepost: 1
ruleset: other
title: Another set with the same ids
version: 1.0.0
names: dos
attestations: { washed: { title: The car was washed } }
states: { here: { file: LABEL }, gone: { absent: LABEL } }
operations:
  drive:
    title: Drive
    from: here
    to: here
    requires: { washed: { that: { attested: washed }, otherwise: { cause: The car is dirty. } } }
    action: [{ write: DRIVEN, text: x }]
  stay:
    title: Stay
    requires: { last: { that: { ledger: drive }, otherwise: { cause: It was not driven last. } } }
END
printf 'gatepost: 1\nruleset: child\ntitle: A child\nversion: 1.0.0\nextends: [other]\n' >child/ruleset.yaml
printf 'gatepost: 1\nruleset: grandchild\ntitle: A grandchild\nversion: 1.0.0\nextends: [child]\n' >grandchild.yaml
mkdir grandchild
mv grandchild.yaml grandchild/ruleset.yaml
attested a 2027-01-31T11:30:00Z | shelf
exits 2 'what was attested for another rule set' gp check -r ./other drive s
exits 2 'does not let a run go on' gp run -r ./other drive s
exits 0 'attest for a set that extends it' gp attest -r ./grandchild washed s --reason x
has_line() { grep -F "$1" s/GATEPOST/LEDGER >/dev/null; }
ok '  the line names what the set extends' has_line '"extends":["child","other"]'
exits 0 '  and counts' gp check -q -r ./other drive s
exits 0 '  for the child' gp check -q -r ./child drive s
exits 1 'not done yet' gp check -r ./other stay s
exits 0 'done by the child' gp run -q -r ./child drive s
for set in other child grandchild; do
    exits 0 "  counts for the $set" gp check -q -r ./$set stay s
done
done_ z drive here 2027-01-31T11:30:00Z >>s/GATEPOST/LEDGER
exits 0 'what another rule set did since is no operation of this one' gp check -q -r ./other stay s
printf '%s\n' '# driven by hand' >>s/GATEPOST/LEDGER
exits 2 'a line that nobody can read may be one' gp check -r ./other stay s
has '  and which' 'of the ledger cannot be read and may be a newer operation: not JSON'
exits 0 'another one settles it' gp run -q -r ./other drive s
exits 0 '  as the newest is known again' gp check -q -r ./other stay s
printf '{"id":"t","kind":"op' >>s/GATEPOST/LEDGER
exits 0 'a torn line is no operation: recover writes those anew' gp check -q -r ./other stay s

# --- an attestation is only as good as its rule says, the ledger inferred at best -------------------------------------

tree_workgroup po
GATEPOST_RULES=$rules/msmail-lab
exits 0 'extend' gp run -q extend po --attest users-signed-out=alone
ok 'the line names what the set extends' grep -F '"ruleset":"msmail-lab"' po/GATEPOST/LEDGER
exits 0 'what the lab did' gp inspect -f json -r "$rules/msmail" po
is '  counts for the set that it extends' "$(json state.name) $(json state.basis)" 'extended inferred'

done_testing
