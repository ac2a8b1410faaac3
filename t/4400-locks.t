#!/bin/sh
# Locks: whoever acts holds GATEPOST/LOCK and the rule set's own lock; whoever finds one held says by whom, does nothing
# and breaks nothing.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"
GATEPOST_RULES=$rules/msmail-lab
export GATEPOST_RULES
gp() { timeout 60 "$GATEPOST" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
extend() { gp run "$@" extend po --attest users-signed-out=alone; }
cd "$work" || exit 99

cat >"$tap_dir/hold.pl" <<'END'
use strict;
use warnings;
use Fcntl qw(:DEFAULT :flock);
my ($kind, $file, $ready) = @ARGV;
open my $held, ($kind eq 'read' ? '<' : '+<'), $file or die "$file: $!\n";
if ($kind =~ /^flock(-shared)?$/) {
    flock $held, ($1 ? LOCK_SH : LOCK_EX) | LOCK_NB or die "flock: $!\n";
} else {
    # struct flock; 37 is F_OFD_SETLK
    my $flock = pack 's! s! x![q] q q l x![q]', $kind eq 'read' ? F_RDLCK : F_WRLCK, 0, 0, 0, 0;
    fcntl $held, $kind eq 'ofd' ? 37 : F_SETLK, $flock or die "lock: $!\n";
}
open my $done, '>', $ready or die;
close $done;
sleep 120;
END
# wait_for FILE
wait_for() {
    tries=0
    while [ ! -e "$1" ] && [ "$tries" -lt 200 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    [ -e "$1" ]
}
# hold KIND FILE: another process that holds a lock, $holder.
hold() {
    rm -f ready
    perl "$tap_dir/hold.pl" "$1" "$2" ready >/dev/null 2>&1 &
    holder=$!
    wait_for ready || ok "a process that holds a $1 lock on $2" false
}
# release: it dies, as processes die.
release() {
    kill -9 "$holder" 2>/dev/null
    wait "$holder" 2>/dev/null
}
# same NAME: the tree is as it was, and no run left anything.
same() {
    is "  $1: the tree is as it was" "$(tree_sum po)" "$before"
    ok '  and nothing of a run is there' test ! -e po/GATEPOST/TX -a ! -e po/GATEPOST/JOURNAL -a ! -e po/GATEPOST/LEDGER
}

tree_workgroup po
before=$(tree_sum po)

# --- GATEPOST/LOCK: whatever kind of lock it is, nobody acts, and once its holder has died, everybody may -------------

mkdir po/GATEPOST
: >po/GATEPOST/LOCK
touch -t 199609010000 po
for kind in posix ofd flock flock-shared read; do
    : >po/GATEPOST/LOCK
    hold "$kind" po/GATEPOST/LOCK
    exits 75 "$kind lock: run" extend
    case $kind in
        ofd) has '  says what it knows' 'another run holds the lock: it left no name' ;;
        posix | read)
            has '  says which program' "another program holds the lock on GATEPOST/LOCK: a POSIX lock of process $holder "
            ;;
        *) has '  says which program' "on GATEPOST/LOCK: a flock lock of process $holder (perl)" ;;
    esac
    exits 75 "$kind lock: a dry run" extend -n
    exits 75 "$kind lock: attest" gp attest users-signed-out po --reason x
    exits 75 "$kind lock: recover" gp recover po
    exits 75 "$kind lock: in JSON" extend -f json
    is '  the error' "$(json error.code)" busy
    is '  the lock' "$(json error.holder.lock)" GATEPOST/LOCK
    case $kind in
        ofd) ;;
        *)
            is '  the process' "$(json error.holder.pid)" "$holder"
            is '  its name' "$(json error.holder.process)" perl
            ;;
    esac
    exits 0 "$kind lock: who only looks is not disturbed" gp check extend po
    same "$kind lock"
    release
    exits 0 "$kind lock: its holder died" extend -n
done

# --- what LOCK says of the run that holds it --------------------------------------------------------------------------

time=2027-01-31T12:00:00Z
printf '%s\n' '{"pid":4194304,"host":"elsewhere","user":"ann","operation":"run extend","since":"'$time'"}' \
    >po/GATEPOST/LOCK
hold ofd po/GATEPOST/LOCK
exits 75 'a run on another machine' extend
has '  is told of' "another run holds the lock: run extend by ann on elsewhere, process 4194304, since $time"
for verb in 'run extend' 'recover' 'attest users-signed-out --reason x'; do
    # shellcheck disable=SC2086 # words are meant
    exits 75 "$verb, in JSON" gp -f json $verb po
    is '  the pid' "$(json error.holder.pid)" 4194304
    is '  the host' "$(json error.holder.host)" elsewhere
    is '  the user' "$(json error.holder.user)" ann
    is '  the operation' "$(json error.holder.operation)" 'run extend'
    is '  the time' "$(json error.holder.since)" 2027-01-31T12:00:00Z
done
release
hold posix po/GATEPOST/LOCK
exits 75 'what LOCK says of the last run is not said of another program' extend -f json
is '  not its user' "$(json error.holder.user)" null
is '  but its pid' "$(json error.holder.pid)" "$holder"
release

# A LOCK that is hostile reaches no terminal and stops nobody.
escape=$(printf '\033')
n=0
for text in '\033[2J' '{"pid":7,"host":"\\u001b[2J","user":"\\u009b2J","operation":"a\\nb","since":"x"}' \
    '{"pid":-1}' '{"pid":99999999999999}' '{"pid":"x","user":[]}' '[]' '{' '\377\376' '\000\000' ''; do
    n=$((n + 1))
    printf "$text" >po/GATEPOST/LOCK
    hold ofd po/GATEPOST/LOCK
    exits 75 "a hostile LOCK ($n): busy" extend
    hasnt '  nothing for a terminal' "$escape"
    exits 75 '  in JSON' extend -f json
    hasnt '  nothing for a terminal' "$escape"
    release
done
perl -e 'print "x" x 5000' >po/GATEPOST/LOCK
hold ofd po/GATEPOST/LOCK
exits 75 'a long LOCK' extend
ok '  is not all shown' test "$(wc -c <"$out")" -lt 2000
release
exits 0 'what stands in LOCK does not matter where nobody holds it' extend -n

# --- something else under the name of LOCK ----------------------------------------------------------------------------

odd() {
    want=$1
    exits "$want" "$2: run" extend
    exits "$want" "$2: attest" gp attest users-signed-out po --reason x
    exits 4 "$2: recover" gp recover po
    exits 0 "$2: check" gp check extend po
    same "$2"
    rm -rf po/GATEPOST/LOCK
}
echo outside >outside
rm po/GATEPOST/LOCK
ln -s ../../outside po/GATEPOST/LOCK
odd 4 'LOCK is a link'
is 'nothing was written through it' "$(cat outside)" outside
mkdir po/GATEPOST/LOCK
odd 5 'LOCK is a directory'
mkfifo po/GATEPOST/LOCK
odd 5 'LOCK is a FIFO'

# --- the rule set's own lock ------------------------------------------------------------------------------------------

rm -rf po
tree_workgroup po
before=$(tree_sum po)
for kind in posix ofd flock read; do
    hold "$kind" po/GLB/FLAG.GLB
    exits 75 "FLAG.GLB, $kind lock: run" extend
    case $kind in
        ofd) has '  says what it knows' 'on GLB/FLAG.GLB: an open file description lock, which names no process' ;;
        flock) has '  says which program' "on GLB/FLAG.GLB: a flock lock of process $holder (perl)" ;;
        *) has '  says which program' "on GLB/FLAG.GLB: a POSIX lock of process $holder (perl)" ;;
    esac
    exits 75 "FLAG.GLB, $kind lock: in JSON" extend -f json
    is '  the lock' "$(json error.holder.lock)" GLB/FLAG.GLB
    exits 1 "FLAG.GLB, $kind lock: check sees it, too" gp check -f json extend po
    is '  as its own cause' "$(json requirements.@result=false.id)" nobody-active
    same "FLAG.GLB, $kind lock"
    release
done
hold posix po/GLB/FLAG.GLB
exits 0 'FLAG.GLB is held: attest only needs LOCK' gp attest on-its-own-machine po --reason x
rm -r po/GATEPOST
exits 0 'FLAG.GLB is held: recover, too' gp recover po
chmod a-w po/GLB/FLAG.GLB
exits 75 'FLAG.GLB is held and read-only: busy' extend
release

exits 1 'FLAG.GLB is read-only: denied' extend -f json
is '  for its own cause' "$(json requirements.@result=false.id)" flag-writable
exits 1 'FLAG.GLB is read-only: check' gp check -f json extend po
is '  for the same' "$(json requirements.@result=false.id)" flag-writable
exits 0 'why ADMIN says that it is running' gp why -f json 'ADMIN is already running on this Post Office.' po
is '  read-only' "$(json causes.@verdict=certain.id)" flag-writable
is '  and nobody holds it' "$(json causes.@verdict=excluded.id)" 'flag-free rights-missing'
chmod u+w po/GLB/FLAG.GLB
hold flock po/GLB/FLAG.GLB
exits 0 'why it is being managed' gp why -f json 'The postoffice is already being managed by Ann. Try again later.' po
is '  held' "$(json causes.@verdict=certain.id)" flag-free
is '  and not read-only' "$(json causes.@verdict=excluded.id)" flag-writable
release
exits 2 'why, of a postoffice at rest: rights are to be looked at' gp why 'ADMIN is already running on this Post Office.' po
exits 0 'not locked is' gp check -f json extend po
is '  inferred at best: no open mode of a file server is seen' "$(json requirements.nobody-active.basis)" inferred

# What is no file cannot be held; nobody waits for a FIFO.
for kind in absent directory fifo; do
    rm -rf po
    tree_workgroup po
    rm po/GLB/FLAG.GLB
    case $kind in
        directory) mkdir po/GLB/FLAG.GLB ;;
        fifo) mkfifo po/GLB/FLAG.GLB ;;
    esac
    exits 0 "FLAG.GLB, $kind: run" extend
    case $kind in
        absent) ok '  it was not made' test ! -e po/GLB/FLAG.GLB ;;
        directory) ok '  it is what it was' test -d po/GLB/FLAG.GLB ;;
        fifo) ok '  it is what it was' test -p po/GLB/FLAG.GLB ;;
    esac
done
rm -rf po
tree_workgroup po
mv po/GLB/FLAG.GLB elsewhere
ln -s "$work/elsewhere" po/GLB/FLAG.GLB
hold flock elsewhere
exits 2 'FLAG.GLB is a link: it cannot be told' extend
ok '  it is what it was' test -h po/GLB/FLAG.GLB
release

# --- a run that is really under way -----------------------------------------------------------------------------------

mkdir set tree
cat >set/ruleset.yaml <<END
gatepost: 1
ruleset: set
title: A set
version: 1.0.0
attestations: { seen: { title: Seen } }
operations:
  slow:
    title: Slow
    requires: { there: { that: { dir: . }, otherwise: { cause: No. } } }
    action:
      - exec: [sh, $work/slow.sh]
        touches: [MADE]
END
cat >slow.sh <<'END'
echo $$ >MADE
ln MADE READY
sleep 90
true
END
GATEPOST_RULES=./set
started() {
    tries=0
    while [ "$tries" -lt 200 ] && [ -z "$(find tree/GATEPOST/TX -name READY 2>/dev/null)" ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
    [ "$tries" -lt 200 ]
}
"$GATEPOST" run slow tree >/dev/null 2>&1 &
running=$!
ok 'a run under way' started
who=$(id -un 2>/dev/null) || who="uid $(id -u)"
exits 75 'another one' gp run slow tree
has '  is told of the first' "another run holds the lock: run slow by $who on "
has '  with its process' ", process $running ("
exits 75 'attest' gp attest seen tree --reason x
exits 75 'recover' gp -f json recover tree
is '  names the process' "$(json error.holder.pid)" "$running"
is '  and what it does' "$(json error.holder.operation)" 'run slow'
child=$(cat tree/GATEPOST/TX/*/MADE tree/GATEPOST/TX/*/*/MADE 2>/dev/null | head -n 1)
left=$(ps -o pid= --ppid "$child" 2>/dev/null | tr -d ' ')
kill -9 "$running"
wait "$running" 2>/dev/null
if [ -n "$left" ] && kill -0 "$left" 2>/dev/null; then
    exits 75 'the run died, but not what it started: still busy' gp recover tree
    has '  and why' 'no such process is seen here, so a program that it started may still be at work'
    kill -9 "$left"
    tries=0
    while kill -0 "$left" 2>/dev/null && [ "$tries" -lt 100 ]; do
        sleep 0.05
        tries=$((tries + 1))
    done
else
    skip 2 'what the program started was not found'
fi
exits 0 'all of it died: nobody holds the lock any more' gp recover tree
ok '  and nothing was done' test ! -e tree/MADE -a ! -e tree/READY

done_testing
