#!/bin/sh
# The rule tests of the rule sets that come with Gatepost: they pass, they see everything, and they notice what changes.
. "${0%/*}/lib/test-lib.sh"

# ---- all of them, in memory and on the disk --------------------------------------------------------------------------

# What no test can see both ways is what a file shows in part: a sign that makes a cause certain where it is there, and
# leaves it open where it is not.  The laboratory inherits operations that its own tests need not see again.
for asked in msmail:97 msmail-lab:5; do
    set=${asked%:*}
    exits 0 "$set: its tests pass, and saw what is asked" "$GATEPOST" test -r "$rules" --threshold "${asked#*:}" "$set"
    has "$set: all of them ran" ' 0 failed, 0 skipped'
    exits 0 "$set: on the disk" env TMPDIR="$work" "$GATEPOST" test -r "$rules" --disk "$set"
    has "$set: the same comes out" ' 0 failed, '
    is "$set: nothing is left there" "$(ls "$work")" ''
    exits 0 "$set: as JSON" "$GATEPOST" test -r "$rules" --coverage -f json "$set"
done
has 'in the names of both' '"msmail-lab"'

exits 0 'as TAP' "$GATEPOST" test -r "$rules" -f tap msmail msmail-lab
cp "$out" "$work/tap"
cases=$(grep -c '^ *ok ' "$work/tap")
ok 'there are many' test "$cases" -gt 500
is 'no case is not ok' "$(grep -c '^ *not ok' "$work/tap")" 0
exits 0 'as JUnit' "$GATEPOST" test -r "$rules" -f junit msmail msmail-lab
is 'it has each of them' "$(grep -c '<testcase' "$out")" "$(grep -c '^ *ok .* - ' "$work/tap")"
is 'and no failure' "$(grep -c '<failure' "$out")" 0
exits 0 'one file, by its path' "$GATEPOST" test "$rules/msmail/tests/update.yaml"
exits 0 'one file of a set that extends another' "$GATEPOST" test "$rules/msmail-lab/tests/update.yaml"
exits 0 'they lint' "$GATEPOST" lint "$rules/msmail/tests" "$rules/msmail-lab/tests"

# Unknown is tested as thoroughly as true and false: of each requirement that a tree can make unknown.
"$GATEPOST" test -r "$rules" --coverage -f json msmail >"$work/coverage"
for requirement in valid-postoffice not-damaged not-translated extended-first master-writable flag-writable nobody-active disks \
    dosbox directories-known ini-of-3.2 network-list not-a-server not-extended-yet templates-fit network-name-clean \
    no-postoffice-yet no-workgroup-yet nothing-left-over network-name-free; do
    # shellcheck disable=SC2016 # a program of perl
    ok "$requirement was seen true, false and unknown" perl -0777 -ne '
        for (/\{[^{}]*"id": *"'"$requirement"'"[^{}]*"seen": *\[([^\]]*)\]/g) {
            $seen = 1 if /"true"/ && /"false"/ && /"unknown"/;
        }
        END { exit !$seen }' "$work/coverage"
done

# ---- what changes is noticed -----------------------------------------------------------------------------------------

# noticed NAME FILE FROM TO [SET]: where the line FROM reads TO, a case fails, and no file is wrong.
noticed() {
    rm -rf "$work/rules"
    cp -R "$rules" "$work/rules" && chmod -R u+w "$work/rules"
    FROM=$3 TO=$4 perl -0777 -pi -e '$n = s/\Q$ENV{FROM}\E/$ENV{TO}/; END { exit !$n }' "$work/rules/$2" ||
        diag "$2 has no line $3"
    exits 1 "noticed: $1" "$GATEPOST" test "$work/rules/${5:-msmail}"
    has "noticed: $1: as a failure" ': failed ('
}
noticed 'a postoffice of 177 bytes' msmail/conditions.yaml 'size: 176' 'size: { min: 176 }'
noticed 'modem scripts that say nothing' msmail/conditions.yaml 'some: "GLB/*.{MDM,SCR}"' 'some: "GLB/*.MDM"'
noticed 'a requirement that only warns' msmail/update.yaml 'that: { not: workgroup-postoffice }' \
    'severity: warn
        that: { not: workgroup-postoffice }'
noticed 'a need that stops nobody' msmail/extend.yaml 'severity: need' 'severity: warn'
noticed 'a lock that is never tried' msmail/update.yaml 'that: { each: GLB/FLAG.GLB, writable: true }' \
    'that: { each: GLB/FLAG.GLB, locked: false }'
noticed 'a lock that has to be there' msmail/extend.yaml 'that: { each: GLB/FLAG.GLB, writable: true }' \
    'that: { file: GLB/FLAG.GLB, writable: true }'
noticed 'DOSBox asked of everybody' msmail/install.yaml 'when: { param: media, known: true }' ''
noticed 'DOSBox elsewhere' msmail/dosbox.yaml 'under: dosbox-directory' 'under: media'
noticed 'read-only taken for held' msmail/workgroup.yaml 'that: { each: GLB/FLAG.GLB, locked: false }' \
    'that: { each: GLB/FLAG.GLB, writable: true }'
noticed 'a guard that is gone' msmail/extend.yaml 'when: workgroup-postoffice' 'when: postoffice-sound'
noticed 'another message' msmail/extend.yaml 'cause: GLB/MASTER.GLB is damaged' \
    'message: incompatible-postoffice
          cause: GLB/MASTER.GLB is damaged'
noticed 'an attestation that never expires' msmail/attestations.yaml 'within: 4 h' ''
noticed 'another basis' msmail/markers.yaml 'basis: assumed' 'basis: stated'
noticed 'a reserved name fewer' msmail/install.yaml 'PROFS, ' ''
noticed 'a character fewer' msmail/extend.yaml '[~`!' '[~!'
noticed 'a line that is too long' msmail/extend.yaml 'max: 55' 'max: 56'
noticed 'cases in another order' msmail/markers.yaml 'when: server-files' 'when: { absent: NOWHERE, basis: stated }'
noticed 'another cause' msmail/messages.yaml 'that: { file: GLB/MASTER.GLB, size: 0 }' 'that: postoffice-damaged'
noticed 'another way' msmail/update.yaml 'from: [server-2.1, ' 'from: ['
noticed 'what a set does not waive' msmail-lab/update.yaml \
    '      microsoft-mail: { waived: The laboratory has no Network Courier postoffices. }
' '' msmail-lab
noticed 'a type byte elsewhere' msmail-lab/settings.yaml 'type-single: 0x57' 'type-single: 0x58' msmail-lab
noticed 'what the base set changes' msmail/update.yaml \
    'that: { not: workgroup-postoffice }' 'that: postoffice-sound' msmail-lab

# Less is seen where cases are missing.
rm -rf "$work/rules"
cp -R "$rules" "$work/rules" && chmod -R u+w "$work/rules"
rm "$work/rules/msmail/tests/install.yaml" "$work/rules/msmail/tests/policies.yaml"
exits 1 'without the tests of an operation' "$GATEPOST" test --threshold 100 "$work/rules/msmail"
has 'it is named' 'operation install: never checked'

done_testing
