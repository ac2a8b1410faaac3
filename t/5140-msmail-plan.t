#!/bin/sh
# plan: the way from the state that a tree is in to another.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
# The line of the output on which a text first stands.
line() { grep -n -F -- "$1" "$out" | head -n 1 | cut -d : -f 1; }
for tree in empty workgroup server35 server30 server21 extended_by_hand damaged0 shadow ambiguous kindless; do
    "tree_$tree" "$work/$tree"
done

exits 0 'a workgroup postoffice to 3.0' gp plan server-3.0 "$work/workgroup"
has 'by extend' extend
has 'and update' update
ok 'in this order' test "$(line extend)" -lt "$(line update)"
has 'with what extend still lacks' users-signed-out

exits 0 'a 3.0 postoffice is there already' gp plan server-3.0 "$work/server30"
hasnt 'so nothing is to be extended' 'extend '
exits 0 'a 2.1 postoffice to 3.0' gp plan server-3.0 "$work/server21"
has 'by update' update
exits 0 'an extended postoffice to 3.0' gp plan server-3.0 "$work/extended_by_hand" --attest 'extended-by-hand=ran EXTEND.EXE'
has 'by update alone' update
hasnt 'it is not extended again' 'run extend'

for goal in server-2.1 server-3.0 server-3.2; do
    exits 0 "nothing to $goal" gp plan "$goal" "$work/empty"
    has "by install, as the program decides ($goal)" install
done
exits 0 'nothing to no postoffice' gp plan none "$work/empty"

exits 1 'no way leads back to a workgroup postoffice' gp plan workgroup "$work/server30"
exits 0 'from 3.0 to 3.2' gp plan server-3.2 "$work/server30"
has 'by the later Setup' setup-update
exits 0 'a workgroup postoffice to 3.2' gp plan server-3.2 "$work/workgroup"
has 'by the upgrade' upgrade-workgroup
exits 0 'a damaged postoffice' gp plan server-3.0 "$work/damaged0"
has 'is restored' restore
hasnt 'and never installed over' install
exits 1 'no way leads away from a shadow postoffice' gp plan server-3.0 "$work/shadow"

exits 2 'GLB and glb: cannot tell where to start' gp plan server-3.0 "$work/ambiguous"
exits 2 'no sign of a kind: cannot tell either' gp plan server-3.0 "$work/kindless"
exits 64 'no such state' gp plan server-4.0 "$work/server30"
err_has 'it is named' server-4.0

done_testing
