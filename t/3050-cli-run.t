#!/bin/sh
# run, attest, history and recover on the command line: statuses, what they say, what they leave alone.
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
cd "$work" || exit 99
mkdir s

exits 64 'a parameter that is wrong' gp run label s --set text=PLUM
ok '  nothing is there' test -z "$(ls -A s)"
exits 64 'a parameter that the action uses is missing' gp run label s
err_has '  is named' '--set text='
ok '  nothing was done' test ! -e s/LABEL

exits 0 '--dry-run' gp run label s --set text=plum --dry-run
is '  the first line' "$(first)" 's: label would do this; nothing was changed'
has '  the plan' 'LABEL   4 bytes'
ok '  nothing was done' test ! -e s/LABEL
exits 0 '-n -q' gp run -n -q label s --set text=plum
is '  one line' "$(cat "$out")" 's: label would do this; nothing was changed'
exits 0 'run' gp run label s --set text=plum
ok '  the first line' expr "$(first)" : 's: label done (ledger: .*)$'
has '  the plan' 'LABEL   4 bytes'
is '  it was done' "$(cat s/LABEL)" plum
exits 1 'again: denied' gp run label s --set text=plum
is '  as check says it' "$(first)" 's: label denied (state: open)'
has '  with the cause' 'The shelf has a label.'

exits 2 'a need that is unknown stops a run' gp run seal s
ok '  nothing was done' test ! -e s/SEALED
exits 2 '  and a dry run' gp run -n seal s
exits 0 'attest' gp attest washed s --reason 'all of them'
who=$(id -un 2>/dev/null) || who="uid $(id -u)"
is '  says who' "$(cat "$out")" "s: washed attested by $who"
exits 0 'then it runs' gp run -q seal s
ok '  and was done' test -f s/SEALED
rm s/SEALED
mkdir t
echo plum >t/LABEL
exits 0 '--attest meets the need' gp run -q seal t --attest 'washed=in the sink'
exits 0 '  and is recorded' gp history t
has '  with the reason' 'in the sink'
exits 0 '--attest of check' gp check -q seal s --attest counted
exits 0 '  is not' gp history s
hasnt '  recorded' counted

exits 64 'a gate' gp run weigh s
err_has '  says that it only decides' 'no action'
exits 64 'an audit' gp run tidy s
err_has '  says that it is one' 'audit'
exits 5 'an action that does not bring about what it says' gp run break s
is '  the first line' "$(first)" 's: break failed; the tree is as it was before'
has '  why' 'never   Something was broken.'
ok '  it is as it was' test ! -e s/BROKEN
exits 5 'the same with -q' gp run -q break s
is '  one line' "$(cat "$out")" 's: break failed; the tree is as it was before'
exits 4 'no such directory' gp run break nowhere
exits 4 'attest: no such directory' gp attest washed nowhere --reason x
exits 4 'recover: no such directory' gp recover nowhere
exits 4 'history: no such directory' gp history nowhere
: >file
exits 4 'recover of a file' gp recover file

exits 0 'history' gp history s
is '  the first line' "$(first)" 's: 3 entries in the ledger'
has '  what was done' 'did label'
has '  what was attested' 'all of them'
exits 0 'history -q' gp history -q s
is '  one line' "$(cat "$out")" 's: 3 entries in the ledger'
exits 0 'history without rules' env GATEPOST_RULES=nonesuch "$GATEPOST" history s
mkdir empty
exits 0 'history of nothing' gp history empty
ok '  leaves nothing' test -z "$(ls -A empty)"
printf 'not a line of ours\n' >>s/GATEPOST/LEDGER
exits 0 'a damaged ledger' gp history s
has '  is told' 'not believed'
mkdir -p odd/GATEPOST/LEDGER
exits 2 'a ledger that cannot be read' gp history odd
has '  is no empty one' 'the ledger cannot be read'

exits 0 'recover: nothing to do' gp recover s
is '  says so' "$(cat "$out")" 's: nothing to recover'
mkdir -p broken/GATEPOST
echo 'no journal' >broken/GATEPOST/JOURNAL
exits 7 'run in an interrupted tree' gp run break broken
exits 7 'attest in an interrupted tree' gp attest washed broken --reason x
exits 7 'recover with a journal that is not ours' gp recover broken
is '  the journal is still there' "$(cat broken/GATEPOST/JOURNAL)" 'no journal'
for verb in 'check label' 'inspect' 'explain label' 'plan open' 'why cannot-be-sealed' 'history'; do
    # shellcheck disable=SC2086 # the verb and its operand
    exits 7 "$verb in an interrupted tree" gp $verb broken
done

mkdir -p busy/GATEPOST
: >busy/GATEPOST/LOCK
cat >"$tap_dir/held.pl" <<'END'
use Fcntl;
open my $lock, '+<', 'busy/GATEPOST/LOCK' or die;
my $flock = pack 's! s! x![q] q q l x![q]', F_WRLCK, 0, 0, 0, 0; # struct flock
fcntl $lock, F_SETLK, $flock or die "lock: $!\n";
exit system(@ARGV) >> 8;
END
held() { perl "$tap_dir/held.pl" "$@"; }
exits 75 'run: the lock is held' held "$GATEPOST" run break busy
exits 75 'attest: the lock is held' held "$GATEPOST" attest washed busy --reason x
exits 75 'recover: the lock is held' held "$GATEPOST" recover busy
exits 0 'check is not disturbed by a lock alone' held "$GATEPOST" check -q label busy

done_testing
