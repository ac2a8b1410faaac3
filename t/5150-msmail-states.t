#!/bin/sh
# inspect: every tree is in the state that it was made for; explain: the whole proof.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }

while read -r tree state; do
    "tree_$tree" "$work/$tree"
    exits 0 "$tree: one state" gp inspect "$work/$tree"
    has "$tree: its name" "$state"
    exits 0 "$tree: as JSON" gp inspect -f json "$work/$tree"
    is "$tree: state" "$(json state.name)" "$state"
    is "$tree: named" "$(json state.kind)" named
    ok "$tree: inspect makes nothing" test ! -e "$work/$tree/GATEPOST"
done <<'END'
empty none
damaged0 damaged
damaged174 damaged
workgroup workgroup
workgroup_small workgroup
server21 server-2.1
server30 server-3.0
server35 server-3.2
shadow shadow
END
exits 0 'inspect shows markers' gp inspect -v "$work/workgroup"
has 'the kind' kind
has 'and its value' workgroup

for tree in ambiguous kindless; do
    "tree_$tree" "$work/$tree"
    exits 2 "$tree: no one state" gp inspect -f json "$work/$tree"
    is "$tree: undetermined" "$(json state.kind)" undetermined
done

# What EXTEND.EXE did shows in no file.
tree_extended_by_hand "$work/extended"
exits 0 'extended, nobody vouches: the signs are those of a workgroup postoffice' gp inspect -f json "$work/extended"
is 'extended, nobody vouches: state' "$(json state.name)" workgroup
exits 0 'extended, somebody vouches' gp inspect -f json "$work/extended" --attest 'extended-by-hand=ran EXTEND.EXE'
is 'extended, somebody vouches: state' "$(json state.name)" extended

# A directory in place of the file is a damaged postoffice, not none.
mkdir -p "$work/odd/GLB/MASTER.GLB"
exits 0 'MASTER.GLB is a directory' gp inspect -f json "$work/odd"
is 'MASTER.GLB is a directory: damaged' "$(json state.name)" damaged

# Names of directories and files in small letters are the same names.
tree_workgroup_small "$work/lower"
mv "$work/lower/GLB/MASTER.GLB" "$work/lower/GLB/master.glb"
mv "$work/lower/GLB" "$work/lower/glb"
exits 0 'small letters' gp inspect -f json "$work/lower"
is 'small letters: state' "$(json state.name)" workgroup

# What other catalogues take for faults is none: files that a fresh postoffice does not have, harmless left-overs.
: >"$work/server35/GLB/DELTID.GLB"
: >"$work/server35/GLB/NPTRANS.GLB"
exits 0 'left-overs of a 3.2a setup' gp inspect -f json "$work/server35"
is 'left-overs of a 3.2a setup: state' "$(json state.name)" server-3.2

exits 1 'explain ends as check does' gp explain update "$work/workgroup"
has 'explain: the requirement' extended-first
has 'explain: the named condition behind it' 'TPL/ADMIN.TPL'
has 'explain: the requirements that hold' valid-postoffice
has 'explain: and its place' update.yaml
exits 0 'explain of what is allowed' gp explain extend "$work/workgroup"

done_testing
