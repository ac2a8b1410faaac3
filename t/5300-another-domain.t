#!/bin/sh
# A rule set that has nothing to do with mail works with no line of C: PostgreSQL data directories.
. "${0%/*}/lib/test-lib.sh"

gp() { "$GATEPOST" -r "$srcdir/t/data/rules/postgres" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }

mkdir "$work/data" "$work/empty"
echo 16 >"$work/data/PG_VERSION"

exits 0 'stopped: upgrade is allowed' gp check upgrade "$work/data"
has 'the first line' "$work/data: upgrade allowed"

echo 4711 >"$work/data/postmaster.pid"
exits 1 'running: denied' gp check upgrade "$work/data"
has 'running: the requirement' stopped
has 'running: the remedy' "pg_ctl stop -D $work/data"
exits 1 'running: as JSON' gp check -f json upgrade "$work/data"
is 'running: that alone' "$(json requirements.@result=false.id)" stopped
is 'running: state' "$(json state.name)" running
exits 0 'running: why' gp why 'lock file "postmaster.pid" already exists' "$work/data"
exits 1 'running: no standby is made' gp run make-standby "$work/data"
rm "$work/data/postmaster.pid"

# Names are exact here.
echo 4711 >"$work/data/POSTMASTER.PID"
exits 0 'another name is another file' gp check upgrade "$work/data"
rm "$work/data/POSTMASTER.PID"

exits 1 'empty: denied' gp check -f json upgrade "$work/empty"
is 'empty: that alone' "$(json requirements.@result=false.id)" data-directory
echo 17 >"$work/data/PG_VERSION"
exits 1 'too new: denied' gp check -f json upgrade "$work/data"
is 'too new: that alone' "$(json requirements.@result=false.id)" old-enough
echo sixteen >"$work/data/PG_VERSION"
exits 2 'a version that is none: cannot tell' gp check upgrade "$work/data"
echo 16 >"$work/data/PG_VERSION"

exits 0 'the way to a standby' gp plan standby "$work/data"
has 'is make-standby' make-standby
exits 0 'make-standby' gp run make-standby "$work/data"
ok 'the file is there' test -f "$work/data/standby.signal"
ok 'and empty' test ! -s "$work/data/standby.signal"
exits 0 'the ledger' gp history "$work/data"
has 'shows it' make-standby
exits 0 'inspect' gp inspect -f json "$work/data"
is 'the state' "$(json state.name)" standby

done_testing
