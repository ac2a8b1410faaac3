#!/bin/sh
# A packager's story, with nothing but the installed program: a rule set for the spools of a print server is written,
# with the mistakes that people make; lint and the tests find them; CI gets its files; the set is shipped and used.
# What is right in the end is t/data/story/print-spool.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/install.sh"
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
# write FILE OLD NEW: what an editor does, once.
write() {
    perl -0777 -pi -e 'BEGIN { ($old, $new) = splice @ARGV, 0, 2 } s/\Q$old\E/$new/ or die "no such text: $old\n"' \
        "$2" "$3" "$1"
}
# blunder FILE RIGHT WRONG: writes a mistake; mend FILE WRONG RIGHT: a person who follows a message.
blunder() { write "$@" || exit 99; }
mend() { ok "  mended: $3" write "$@"; }

# ---- installed ------------------------------------------------------------------------------------------------------

install_here "$work/root"
exits 0 'the installed program' gp --version
ok '  its manual' test -s "$manual/man1/gatepost.1" -a -s "$manual/man5/gatepost-rules.5"
exits 0 '  its own rule sets' gp list sets -q -r "$vendor"
has '    are there' 'msmail'
exits 0 '  in order' gp lint --strict -q -r "$vendor" -r msmail
modeline=$(sed -n 's/^# yaml-language-server: $schema=//p' "$vendor/msmail/ruleset.yaml")
ok '  the schema that they name for editors is where they say' test -s "$vendor/msmail/$modeline"
gp schema >"$out"
ok '    and what the program prints' cmp -s "$out" "$vendor/msmail/$modeline"

# ---- lint -----------------------------------------------------------------------------------------------------------

mkdir "$work/src"
cp -R "$srcdir/t/data/story/print-spool" "$work/src/"
chmod -R u+w "$work/src"
cd "$work/src" || exit 99
set=print-spool
blunder $set/spool.yaml '([a-z]+)' '([a-z]+'
blunder $set/spool.yaml 'mode, is: closed' 'mode, is: closd'
blunder $set/close.yaml 'that: empty' 'that: emtpy'
blunder $set/close.yaml '{ message: queue-busy' '{ mesage: queue-busy'
blunder $set/close.yaml 'severity: warn' 'severity: warning'
blunder $set/close.yaml 'max: 1 MiB' 'max: 1 MB'
blunder $set/close.yaml '      - { write: control' '      - {write:control'
blunder $set/audit.yaml '    source: [operators-handbook]
    requires' '    requires'
blunder $set/spool.yaml 'absent: jobs/*.job' 'absent: *.job'
blunder $set/tests/close.yaml 'because: drained, message' 'because: draned, message'

# What YAML itself takes for something else comes first: with it, the rest cannot be trusted.
exits 3 'lint' gp lint $set
is '  all that YAML stumbles on' "$(grep -e GP0111 -e GP0119 "$out")" \
    "./print-spool/close.yaml:42:10: error: 'write:control' has no value; behind the ':' of a key stands a space [GP0119]
./print-spool/spool.yaml:25:13: error: aliases are not part of the language; a glob that begins with * must be quoted\
 [GP0111]"
has '  what to write' "help: did you mean '\"*.job\"'?"
hasnt '  nothing is blamed for what could not be read' GP0301
hasnt '    not by the tests either' GP0701
mend $set/close.yaml '{write:control' '{ write: control'
mend $set/spool.yaml 'absent: *.job' 'absent: jobs/*.job'

exits 3 'lint again' gp lint $set
golden '  every mistake, and what to do about it' data/story/lint.txt
exits 0 '  more about one of them' gp explain-code GP0215
is '    in words' "$(first)" 'GP0215 (error): not a regular expression'
exits 3 '  for code scanning' gp lint -f sarif $set
is '    as many results' "$(perl -MJSON::PP -0777 -ne 'print scalar @{decode_json($_)->{runs}[0]{results}}' "$out")" \
    "$(gp lint -q $set | grep -c ':[0-9]*:[0-9]*: ')"
exits 3 '  beside the change, on GitHub' gp lint -f github $set
is '    the first' "$(first)" "::warning file=print-spool/audit.yaml,line=3,col=3,endColumn=7,title=GP0680 a definition\
 that lacks what its set demands::operation 'tidy' lacks source"

mend $set/spool.yaml '([a-z]+' '([a-z]+)'
mend $set/spool.yaml 'closd' 'closed'
mend $set/close.yaml 'emtpy' 'empty'
mend $set/close.yaml 'mesage' 'message'
mend $set/close.yaml 'severity: warning' 'severity: warn'
mend $set/close.yaml '1 MB' '1 MiB'
exits 3 'without the errors' gp test $set
is '  a misspelt id in a test is one' "$(head -n 1 "$err")" \
    "./print-spool/tests/close.yaml:23:41: error: there is no requirement 'draned' [GP0701]"
mend $set/tests/close.yaml 'draned' 'drained'
exits 0 'a warning is left' gp lint $set
exits 1 '  which stops CI' gp lint --strict -q $set
mend $set/audit.yaml '    requires' '    source: [operators-handbook]
    requires'
exits 0 'lint is content' gp lint --strict $set
is '  and says with what' "$(cat "$out")" 'no findings in 5 files'

# ---- test -----------------------------------------------------------------------------------------------------------

# What lint cannot know: which words stand in the file of a real spool, and what the author meant to test.
blunder $set/spool.yaml 'open: open' 'open: accepting'
blunder $set/tests/close.yaml 'because: no-printer' 'because: drained'
exits 1 'the tests' gp test $set
golden '  what went wrong, and why' data/story/test.txt
exits 1 'for CI' gp test -f junit $set
if command -v xmllint >/dev/null; then
    ok '  as XML' xmllint --noout "$out"
else
    skip 1 'no xmllint'
fi
is '  with its totals' "$(grep '<testsuites' "$out")" \
    '<testsuites name="gatepost test" tests="9" failures="2" errors="0" skipped="0">'
is '  and a failure each' "$(grep -c '<failure ' "$out")" 2
mend $set/spool.yaml 'open: accepting' 'open: open'
mend $set/tests/close.yaml 'printing.lock: {} } }
    check: close
    expect: { verdict: denied, because: drained' 'printing.lock: {} } }
    check: close
    expect: { verdict: denied, because: no-printer'
exits 0 'the tests pass' gp test $set --coverage --threshold 100
has '  and see everything' '+ coverage of print-spool: 18 of 18 results seen, 100 % (asked for: 100 %)'
exits 0 'on a disk, too' gp test $set --disk
exits 0 'CI: JUnit' gp test -f junit $set
is '  no failure' "$(grep -c '<failure' "$out")" 0
exits 0 'CI: SARIF' gp lint --strict -f sarif $set
has '  no result' '"results": []'
ok 'it is what it was to be' diff -r $set "$srcdir/t/data/story/print-spool"

mkdir nothing-tested
sed 's/print-spool/nothing-tested/' $set/ruleset.yaml >nothing-tested/ruleset.yaml
exits 1 'a set without tests has not passed' gp test ./nothing-tested
err_has '  for nothing was tested' 'there are no tests: nothing was tested'

# ---- ship -----------------------------------------------------------------------------------------------------------

cp -R $set "$vendor/"
cd "$work" || exit 99
layers "$vendor" print-spool
mkdir -p spool/jobs
echo 'mode open' >spool/control
exits 0 'list sets' gp list sets
has '  shows it' "print-spool  Spools of a print server, version 1.0.0
    set       --rules   $vendor/print-spool"
exits 0 'list operations' gp list
is '  with their titles' "$(sed 1,2d "$out")" 'tidy    Find what was left behind
close   Close the spool for maintenance'
exits 0 'its tests pass where it is' gp test
exits 0 'check' gp check close spool
is '  allowed' "$(first)" 'spool: close allowed (state: accepting, stated)'
echo 17 >spool/jobs/17.job
exits 1 'check: jobs are waiting' gp check close spool
sed -i "s|$vendor|VENDOR|" "$out"
golden '  which is told' data/story/check.txt
exits 0 'why' gp why 'lpadmin: queue laser1 is busy' spool
is '  of a message that a person read' "$(first)" 'spool: queue-busy is because of close/drained'
rm spool/jobs/17.job
exits 0 'run' gp run close spool
is '  did it' "$(cat spool/control)" 'mode paused'
exits 0 'inspect' gp inspect -q spool
is '  the state that it led to' "$(cat "$out")" 'spool: seen as print-spool (state: rejecting, stated)'

done_testing
