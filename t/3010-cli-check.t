#!/bin/sh
# check: verdicts and statuses, several operations and directories, the ranking of statuses, what a person gives.
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }

cd "$work" || exit 99
mkdir bare open cracked
echo plum >open/LABEL
echo plum >cracked/LABEL
: >cracked/CRACKED
: >cracked/DAMP
: >cracked/a.jar
: >file

# Statuses of one directory.
exits 0 'allowed' gp check label bare
is '  the first line' "$(first)" 'bare: label allowed (state: bare)'
exits 0 'allowed, with a need' gp check seal open
is '  the first line' "$(first)" 'open: seal allowed; needs washed (state: open)'
exits 1 'denied' gp check seal bare
is '  the first line' "$(first)" 'bare: seal denied (state: bare)'
has '  the message' 'This shelf cannot be sealed. Ask the cook.'
has '  the requirement and its cause' 'labelled   The shelf has no label.'
has '  the evidence' 'LABEL   is not there'
has '  where it is written, and its source' 'shelf/operations.yaml:28:7'
has '  the remedy' 'gatepost run label bare'
exits 2 'cannot tell' gp check weigh open
is '  the first line' "$(first)" 'open: weigh undetermined (state: open)'
has '  why' 'No book says whether the scales are right.'
exits 1 'an audit with a finding' gp check tidy cracked
has '  the offender' 'a.jar'
exits 0 'an audit without one' gp check tidy open
exits 4 'no such directory' gp check label nowhere
is '  the line' "$(cat "$out")" 'nowhere: label not decided: there is no such directory'
exits 4 'a file' gp check label file
is '  the line' "$(cat "$out")" 'file: label not decided: it is not a directory'
exits 4 'a name that is too long' gp check label "$(printf '%05000d' 0)"
exits 3 'no such rule set' gp check -r nonesuch label bare
is '  nothing on standard output' "$(cat "$out")" ''

# A warning, and --strict.
exits 0 'a warning does not stop' gp check seal cracked
has '  but is shown' '! dry'
exits 1 '--strict: a warning denies' gp check --strict seal cracked --attest washed
exits 1 '--strict: an unknown need denies' gp check --strict seal open
exits 0 '--strict: nothing open' gp check --strict seal open --attest washed=mine
is '  the need is met' "$(first)" 'open: seal allowed (state: open)'

# What a person gives.
exits 0 '--set' gp check seal open --set weight=100
exits 1 '--set, too little' gp check seal open --set weight=99
exits 1 '--set of a variable' gp check seal open --set full-weight=99
exits 0 'the last --set counts' gp check seal open --set weight=99 --set weight=100
exits 0 '--now' gp check -q seal open --now 2001-01-01T00:00:00Z
ok 'nothing was written' test ! -e open/GATEPOST

# Several operations and directories: a line each with -q, in their order; the gravest status.
exits 4 'several' gp check -q label,seal bare nowhere open
is '  in order' "$(cat "$out")" 'bare: label allowed (state: bare)
bare: seal denied (state: bare)
nowhere: label not decided: there is no such directory
nowhere: seal not decided: there is no such directory
open: label denied (state: open)
open: seal allowed; needs washed (state: open)'
exits 0 'two that are allowed' gp check -q label,tidy bare
exits 0 'the same operation twice' gp check -q label,label bare
is '  is answered twice' "$(wc -l <"$out")" 2

mkdir -p broken/GATEPOST busy/GATEPOST
: >broken/GATEPOST/JOURNAL
: >busy/GATEPOST/JOURNAL
: >busy/GATEPOST/LOCK
exits 7 'an interrupted tree' gp check label broken
is '  the line' "$(cat "$out")" \
    "broken: label not decided: a run was interrupted here; 'gatepost recover' puts it in order"
mkdir -p finished/GATEPOST
: >finished/GATEPOST/DONE
exits 7 'one that had come to its commit point' gp check label finished

# held COMMAND…: while another process holds busy/GATEPOST/LOCK.
cat >"$tap_dir/held.pl" <<'END'
use Fcntl;
open my $lock, '+<', 'busy/GATEPOST/LOCK' or die;
my $flock = pack 's! s! x![q] q q l x![q]', F_WRLCK, 0, 0, 0, 0; # struct flock
fcntl $lock, F_SETLK, $flock or die "lock: $!\n";
exit system(@ARGV) >> 8;
END
held() { perl "$tap_dir/held.pl" "$@"; }
exits 75 'a run that is under way' held "$GATEPOST" check label busy
is '  the line' "$(cat "$out")" 'busy: label not decided: a run is under way here'
exits 7 'the lock let go' gp check label busy

# Every pair of statuses: the one that ranks higher, in either order.
status() {
    case $1 in
        0) echo 'open' ;;
        1) echo 'cracked' ;;
        4) echo 'nowhere' ;;
        7) echo 'broken' ;;
        75) echo 'busy' ;;
    esac
}
set -- 7 4 75 1 0
while [ $# -gt 1 ]; do
    high=$1
    shift
    for low; do
        exits "$high" "$high over $low" held "$GATEPOST" check -q tidy "$(status "$high")" "$(status "$low")"
        exits "$high" "$low under $high" held "$GATEPOST" check -q tidy "$(status "$low")" "$(status "$high")"
    done
done
exits 2 '2 over 1' gp check -q label,weigh open
exits 2 '2 over 0' gp check -q weigh,tidy open
exits 75 '75 over 2' held "$GATEPOST" check -q weigh open busy

# --stdin0
printf 'bare\0open\0' >names
exits 1 '--stdin0' gp check -q --stdin0 label <names
is '  reads them all' "$(cat "$out")" 'bare: label allowed (state: bare)
open: label denied (state: open)'
exits 1 '--stdin0 behind operands' gp check -q --stdin0 label cracked <names
is '  in this order' "$(cut -d: -f1 "$out" | tr '\n' ' ')" 'cracked bare open '
printf 'bare' >names
exits 0 'the last NUL may be missing' gp check -q --stdin0 label <names
: >names
exits 64 'no name at all is no success' gp check -q --stdin0 label <names
err_has '  and says so' 'standard input names none'
printf 'bare\0\0' >names
exits 64 'an empty name' gp check -q --stdin0 label <names
exits 70 'a standard input that cannot be read' gp check -q --stdin0 label <.
err_has '  is told' 'standard input cannot be read'
closed() { "$GATEPOST" check -q --stdin0 label <&-; }
exits 70 'a closed standard input' closed
printf 'bare\0nowhere\0' >names
exits 4 'inspect --stdin0' gp inspect -q --stdin0 <names
is '  two lines' "$(wc -l <"$out")" 2

done_testing
