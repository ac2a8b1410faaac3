#!/bin/sh
# The laboratory: extend, then update, as --dry-run said, and never twice.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

lab() { "$GATEPOST" -r "$rules/msmail-lab" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
gone='users-signed-out=everyone went home'
po=$work/wgpo

# The last byte of MASTER.GLB is the laboratory's type.
type_of() { tail -c 1 "$1/GLB/MASTER.GLB"; }

# as_planned NAME: what was made since $work/before was listed stands in $work/plan.
as_planned() {
    tree_listing "$po" >"$work/after"
    comm -13 "$work/before" "$work/after" | cut -f 1 >"$work/made"
    missing=
    while read -r path; do
        grep -q -F -- "$path" "$work/plan" || missing="$missing $path"
    done <"$work/made"
    is "$1: all that was made was in the plan" "$missing" ''
    ok "$1: something was made" test -s "$work/made"
}

tree_workgroup "$po"
tree_sum "$po" >"$work/sum"

exits 1 'update of a workgroup postoffice: refused' lab run update "$po" --attest "$gone"
has 'as msmail says' extended-first
exits 0 'extend is allowed' lab check -f json extend "$po"
is 'its needs' "$(json requirements.@severity=need.id)" 'users-signed-out disks dosbox'
is 'the disks are waived' "$(json requirements.disks.result)" n/a
is 'the only one that is open is users-signed-out' "$(json requirements.users-signed-out.result)" unknown
exits 2 'nobody vouches: extend does not run' lab run extend "$po"
tree_sum "$po" >"$work/now"
ok 'refused runs change nothing' cmp "$work/sum" "$work/now"

exits 0 'extend, dry' lab run extend "$po" --dry-run --attest "$gone"
cp "$out" "$work/plan"
has 'the plan has the type' GLB/MASTER.GLB
has 'the plan has the mailbag of the system' MBG/SYSTEM.MBG
tree_sum "$po" >"$work/now"
ok 'a dry run changes nothing' cmp "$work/sum" "$work/now"
exits 0 'a dry run is not in the ledger' lab history "$po"
hasnt 'not at all' extend

tree_listing "$po" >"$work/before"
exits 0 'extend' lab run extend "$po" --attest "$gone"
as_planned extend
is 'extend: the type is another' "$(type_of "$po")" S
ok 'extend: no NETWORK.GLB' test ! -e "$po/GLB/NETWORK.GLB"
ok 'extend: the templates stay' test -s "$po/TPL/ADMIN.TPL"
is 'extend: the message is there' "$(cat "$po/MAI/MA1/00000001.MAI")" 'a message that nobody may lose'
ok 'extend: nothing is left of the transaction' test ! -e "$po/GATEPOST/TX"
exits 0 'extend: one state' lab inspect -f json "$po"
is 'extend: state' "$(json state.name)" extended

tree_sum "$po" >"$work/sum"
exits 1 'extend again: refused' lab run extend "$po" --attest "$gone"
has 'extend again: why' not-extended-yet
has 'extend again: the message' 'This Postoffice cannot be updated.'
tree_sum "$po" >"$work/now"
ok 'extend again: nothing changed' cmp "$work/sum" "$work/now"

exits 0 'update is allowed now' lab check -f json update "$po"
is 'update: NETWORK.GLB is a warning' "$(json requirements.@result=false.id)" network-list
exits 0 'update, dry' lab run update "$po" --dry-run --attest "$gone"
cp "$out" "$work/plan"
tree_listing "$po" >"$work/before"
exits 0 'update' lab run update "$po" --attest "$gone"
as_planned update
exits 0 'update: one state' lab inspect -f json "$po"
is 'update: state' "$(json state.name)" server-3.0
ok 'update: modem files' test -e "$po/GLB/DEFAULT.SCR"
is 'update: which are read-only' "$(tree_listing "$po" | grep -c '^GLB/[^.]*\.\(MDM\|SCR\).*read-only$')" 31
ok 'update: no INI' test ! -e "$po/INI"
is 'update: the message is there' "$(cat "$po/MAI/MA1/00000001.MAI")" 'a message that nobody may lose'

exits 0 'the ledger' lab history "$po"
has 'shows extend' extend
has 'and update' update
has 'and who vouched for what' 'everyone went home'
exits 1 'extend a third time: refused' lab run extend "$po" --attest "$gone"
has 'as it is a server postoffice' not-a-server
exits 0 'update again is allowed: 3.0 stays 3.0' lab run update "$po" --attest "$gone"
exits 0 'recover finds nothing to do' lab recover "$po"

# Without GATEPOST the byte still tells an extended postoffice from a server postoffice.
tree_workgroup_small "$work/small"
exits 0 'the least of a workgroup postoffice is extended' lab run extend "$work/small" --attest "$gone"
rm -rf "$work/small/GATEPOST"
exits 0 'without its ledger' lab inspect -f json "$work/small"
is 'it is an extended one' "$(json state.name)" extended
exits 0 'and is updated' lab run update "$work/small" --attest "$gone"
exits 0 'the least of a server postoffice' lab inspect -f json "$work/small"
is 'is one of 3.0' "$(json state.name)" server-3.0

# A postoffice of 2.1 becomes one of 3.0.
tree_server21 "$work/server21"
exits 0 '2.1: update' lab run update "$work/server21" --attest "$gone"
exits 0 '2.1: one state' lab inspect -f json "$work/server21"
is '2.1: is 3.0 now' "$(json state.name)" server-3.0
tree_server35 "$work/server35"
tree_sum "$work/server35" >"$work/sum"
exits 2 '3.5: update is not documented, so it does not run' lab run update "$work/server35" --attest "$gone"
tree_sum "$work/server35" >"$work/now"
ok '3.5: nothing changed' cmp "$work/sum" "$work/now"

# The real set has no hands of its own.
exits 64 'msmail itself needs the disks' "$GATEPOST" -r "$rules/msmail" run update "$work/server21" --attest "$gone"
err_has 'and says so' '--set media='

done_testing
