#!/bin/sh
# attest and history: what no file shows.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }

tree_workgroup "$work/wgpo"
tree_sum "$work/wgpo" >"$work/before"
exits 0 'a fresh tree has no history' gp history "$work/wgpo"
ok 'and history makes none' test ! -e "$work/wgpo/GATEPOST"

exits 64 'without a reason' gp attest users-signed-out "$work/wgpo"
exits 64 'without a directory' gp attest users-signed-out --reason 'asked everybody'
exits 64 'something that is not declared' gp attest the-moon-is-full "$work/wgpo" --reason 'looked'
ok 'nothing was recorded' test ! -e "$work/wgpo/GATEPOST/LEDGER"

exits 0 'somebody vouches' gp attest users-signed-out "$work/wgpo" --reason 'asked everybody'
tree_sum "$work/wgpo" >"$work/after"
ok 'the tree is as it was' cmp "$work/before" "$work/after"
exits 0 'the ledger knows' gp history "$work/wgpo"
has 'what' users-signed-out
has 'and why' 'asked everybody'
exits 0 'the need is met' gp check -f json extend "$work/wgpo"
is 'users-signed-out is true' "$(json requirements.users-signed-out.result)" true
exits 0 'inspect shows it' gp inspect -v "$work/wgpo"
has 'by name' users-signed-out

later=$(perl -MPOSIX=strftime -e 'print strftime("%Y-%m-%dT%H:%M:%SZ", gmtime(time + 5 * 3600))')
exits 0 'five hours later' gp check -f json extend "$work/wgpo" --now "$later"
is 'nobody knows any more' "$(json requirements.users-signed-out.result)" unknown
exits 64 'attest takes no clock' gp attest users-signed-out "$work/wgpo" --reason 'asked everybody' --now "$later"

# One without a lifetime holds, and it changes what the postoffice is.
tree_extended_by_hand "$work/extended"
exits 1 'extended, nobody vouches' gp check update "$work/extended"
exits 0 'somebody vouches for Extend' gp attest extended-by-hand "$work/extended" --reason 'ran EXTEND.EXE on Friday'
exits 0 'update is allowed' gp check -f json update "$work/extended"
is 'the state is extended' "$(json state.name)" extended
is 'and nothing else' "$(json state.kind)" named
exits 0 'and stays so' gp check update "$work/extended" --now 2099-01-01T00:00:00Z
exits 1 'extend is refused' gp check extend "$work/extended"
has 'as it was done' not-extended-yet

# A ledger that cannot be read as one leaves things unknown, not false.
tree_workgroup "$work/odd"
mkdir -p "$work/odd/GATEPOST/LEDGER"
exits 2 'GATEPOST/LEDGER is a directory' gp check -f json update "$work/odd"
is 'nothing is false' "$(json requirements.@result=false.id)" ''

done_testing
