#!/bin/sh
# An admin's story, with nothing but the installed program: the set of a package is fitted to a site by drop-ins, what
# is in effect and where it comes from is seen, the package is upgraded under them, and what was decided before can
# still be explained.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/install.sh"
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
err_first() { head -n 1 "$err"; }
# site NAME: standard input becomes this drop-in of the admin's.
site() { cat >"$admin/print-spool.d/$1"; }
# short: what was printed, with short names for the layers.
short() { sed "s|$vendor|VENDOR|g; s|$admin|ADMIN|g" "$1" >"$work/short" && cat "$work/short" >"$1"; }

install_here "$work/root"
cp -R "$srcdir/t/data/story/print-spool" "$vendor/"
chmod -R u+w "$vendor/print-spool"
admin=$work/etc/gatepost/rules
mkdir -p "$admin/print-spool.d/tests" "$work/spool/jobs"
cd "$work" || exit 99
layers "$vendor" "$admin" print-spool
echo 'mode open' >spool/control
head -c 200000 /dev/zero >spool/log
echo 17 >spool/jobs/17.job
now=2027-01-15

exits 1 'as the package has it' gp check close spool --now $now
is '  jobs are waiting' "$(first)" 'spool: close denied (state: accepting, stated)'

# ---- fitted to the site ---------------------------------------------------------------------------------------------

site 50-site.yaml <<'YAML'
gatepost: 1
amends: print-spool
vars: { keep: 2 d }
attestations:
  users-told:
    title: The users were told
    source: [ticket 4711]
operations:
  close:
    requires:
      log-small:
        severity: refuse
        that: { each: log, size: { max: 100 KiB } }
      users-told:
        title: The users know that the spool closes
        severity: need
        that: { attested: users-told }
        source: [ticket 4711]
        otherwise: { cause: Nobody vouched that the users know. }
      drained:
        waived: the scanner leaves its jobs here until it is replaced
        until: 2027-01-31
YAML
exits 0 'lint the drop-in' gp lint --strict --now $now
is '  no finding' "$(cat "$out")" 'no findings in 6 files'
exits 1 'what the site tightened denies' gp check close spool --now $now
short "$out"
golden '  with the places of the drop-in' data/story/tightened.txt
: >spool/log
exits 0 'what it waived does not' gp check close spool --now 2027-01-31
has '  and is shown with its reason' \
    '- drained (waived until 2027-01-31: the scanner leaves its jobs here until it is replaced)'
has '  what it added is a need' 'spool: close allowed; needs users-told (state: accepting, stated)'
exits 1 'until its day has passed' gp check close spool --now 2027-02-01
has '  then it counts again' '  x drained   Jobs are waiting to be printed.'
exits 0 '  and lint says so' gp lint --now 2027-02-01
is '    with the place' "$(first)" "$admin/print-spool.d/50-site.yaml:22:16: warning: the waiver of requirement 'drained'\
 has ended, so it counts again [GP0660]"
mkdir spool/done
echo 16 >spool/done/16.job
touch -d '2027-01-10 00:00 UTC' spool/done/16.job
exits 0 'the variable of the site' gp check tidy spool --now $now
has '  is in effect' 'done/16.job   expected at most 2 d, found 5 d (2027-01-10T00:00:00Z)'

# Origins.
exits 0 'show --diff' gp show --diff
short "$out"
golden '  what the site changed' data/story/diff.txt
exits 0 'show --origin' gp show close/log-small --origin
short "$out"
golden '  each value, its place, and what it replaced' data/story/origin.txt
exits 0 'list files' gp list files -q
is '  the last is the drop-in' "$(tail -n 1 "$out" | tr -s ' ')" "drop-in --rules $admin/print-spool.d/50-site.yaml"

# Tests of the site's own rules.
cat >"$admin/print-spool.d/tests/site.yaml" <<'YAML'
gatepost: 1
tests-for: print-spool
trees:
  spool:
    dirs: [jobs]
    files: { control: { text: "mode open\n" } }
cases:
  told:
    tree: spool
    with: { attest: users-told }
    check: close
    expect: { verdict: allowed, needs: [] }
  nobody-told: { tree: spool, check: close, expect: { verdict: allowed, needs: users-told } }
  big-log:
    tree: spool
    with: { files: { log: { size: 101 KiB } } }
    check: close
    expect: { verdict: denied, because: log-small }
  log-elsewhere:
    tree: spool
    with: { links: log }
    check: close
    expect: { verdict: undetermined, because: log-small, unknown: link }
  scanner:
    tree: spool
    with: { files: { jobs/1.job: {} }, now: 2027-01-31 }
    check: close
    expect: { verdict: allowed, results: { drained: not-applicable } }
  scanner-replaced:
    tree: spool
    with: { files: { jobs/1.job: {} }, now: 2027-02-01 }
    check: close
    expect: { verdict: denied, because: drained }
YAML
exits 0 'the tests of the drop-in' gp test "$admin/print-spool.d/tests"
is '  pass' "$(cat "$out")" '6 cases in 1 file: 6 passed, 0 failed, 0 skipped'
exits 0 'those of the package are held against the package alone' gp test
is '  and pass beside them' "$(cat "$out")" '15 cases in 2 files: 15 passed, 0 failed, 0 skipped'

# ---- what may not be weakened ---------------------------------------------------------------------------------------

site 60-weak.yaml <<'YAML'
gatepost: 1
amends: print-spool
conditions:
  spool: { title: Anything, absent: nothing }
operations:
  close:
    requires:
      no-printer:
        severity: warn
        waived: it prints always
        otherwise: { cause: "A job is being printed: wait." }
YAML
exits 3 'a drop-in that weakens what is sealed' gp check close spool --now $now
is '  decides nothing' "$(cat "$out")" ''
cp "$err" "$out"
short "$out"
golden '  says what, and where it is sealed' data/story/sealed.txt
exits 3 '  nor does a run' gp run close spool
is '  nothing was done' "$(cat spool/control)" 'mode open'
site 60-weak.yaml <<'YAML'
gatepost: 1
amends: print-spool
operations:
  close:
    requires:
      no-printer: { otherwise: { cause: "A job is being printed: wait." } }
YAML
: >spool/printing.lock
exits 1 'what it may change' gp check close spool --now $now
has '  is what people are told' '  x no-printer   A job is being printed: wait.'
rm spool/printing.lock

# A mask: a file of no bytes takes a drop-in of a lower layer away, here for this user alone.
mkdir -p user/print-spool.d
: >user/print-spool.d/50-site.yaml
layers "$vendor" "$admin" "$work/user" print-spool
exits 1 'a masked drop-in' gp check close spool --now $now
has '  is not in effect' '  x drained   Jobs are waiting to be printed.'
hasnt '    at all' users-told
exits 0 '  and listed as what it is' gp list sets
ok '    the mask' grep -q "masks .*$work/user/print-spool.d/50-site.yaml" "$out"
ln -s /dev/null user/print-spool
exits 3 'a masked set' gp check close spool
is '  is not there' "$(err_first)" "gatepost: error: there is no rule set 'print-spool' [GP0401]"
err_has '    for what masks it' "note: $work/user/print-spool masks it"
rm -r user
rm "$admin/print-spool.d/60-weak.yaml"
layers "$vendor" "$admin" print-spool

# ---- upgraded -------------------------------------------------------------------------------------------------------

exits 0 'evidence before the upgrade' gp record close spool --now $now -o before.json
exits 0 'explain' gp explain close spool --now $now
cp "$out" explained
cp -R "$vendor/print-spool" old-print-spool
mkdir old
mv old-print-spool old/print-spool

# Version 2 calls one requirement otherwise, and has another in two.
sed -i 's/^version: .*/version: 2.0.0/' "$vendor/print-spool/ruleset.yaml"
sed -i 's/drained/queue-drained/; s/log-small/logs/' "$vendor/print-spool/close.yaml" \
    "$vendor/print-spool/tests/close.yaml"
exits 3 'after the upgrade' gp check close spool --now $now
is '  nothing is decided' "$(cat "$out")" ''
cp "$err" "$out"
short "$out"
golden '  for the drop-in amends what is gone' data/story/upgraded.txt
for verb in 'run close spool' 'explain close spool' 'inspect spool' 'test' 'plan rejecting spool' 'show --diff'; do
    # shellcheck disable=SC2086 # the verb and its operands
    exits 3 "  nor by $verb" gp $verb
done
is '  and nothing done' "$(cat spool/control)" 'mode open'
exits 3 '  the same as JSON' gp check -f json close spool --now $now
has '    no verdict' '"verdict": null'
has '    but why' '"code": "rules"'
exits 3 '  for CI' gp lint -q -f github
ok '    a line each' grep -q '^::error file=.*50-site.yaml,line=20,.*title=GP0408' "$out"
exits 0 '  list sets' gp list sets
has '    which set it is' 'print-spool  (cannot be loaded)'

# What was decided before.
layers "$work/old" "$admin" print-spool
rm -r spool/jobs
exits 0 'the old set explains it still' gp explain close --evidence before.json
sed "s|$work/old|$vendor|" "$out" >again
ok '  to the same report, without the tree' diff explained again
is '  from a record' "$(err_first)" \
    'gatepost: note: decided by before.json, recorded at 2027-01-15T00:00:00Z, without a look at the directory'
err_hasnt '  with the rules that it was recorded with' 'recorded with rule set'
exits 2 'by the set alone, without the drop-in' gp explain close --evidence before.json -r ./old/print-spool
has '  what the waiver kept from being looked at is unknown' 'the record does not hold it'
err_has '  and other rules are told' 'gatepost: note: recorded with rule set print-spool 1.0.0 sha256:'
mkdir spool/jobs
layers "$vendor" "$admin" print-spool

# The drop-in is put right, step by step.
sed -i 's/      drained:/      queue-drained:/' "$admin/print-spool.d/50-site.yaml"
sed -i 's/drained/queue-drained/' "$admin/print-spool.d/tests/site.yaml"
exits 0 'the waiver found its requirement' gp check close spool --now $now
is '  what looks like a change and is none' "$(err_first)" "$admin/print-spool.d/50-site.yaml:11:7: warning: this adds a\
 new requirement 'log-small', without 'title' and 'otherwise' [GP0418]"
sed -i 's/log-small/logs/' "$admin/print-spool.d/50-site.yaml" "$admin/print-spool.d/tests/site.yaml"
exits 0 'it is in order again' gp lint --strict --now $now
exits 0 'its tests say so' gp test "$admin/print-spool.d/tests"
exits 0 'run' gp run close spool --attest 'users-told=mail of Monday'
is '  did it' "$(cat spool/control)" 'mode paused'
exits 0 'history' gp history spool
has '  and who vouched' 'mail of Monday'

done_testing
