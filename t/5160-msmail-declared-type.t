#!/bin/sh
# Where a site knows the byte of the postoffice type, that byte decides.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }

# state NAME TREE WANTED: with the byte at 40, 1 for single and 2 for internetwork.
state() {
    gp inspect -f json "$2" --set type-offset=40 --set type-single=1 --set type-internetwork=2 >"$out" 2>"$err"
    is "$1" "$(json state.name)" "$3"
}

tree_kindless "$work/kindless"
tree_byte "$work/kindless/GLB/MASTER.GLB" 40 1
state 'single, no other sign' "$work/kindless" workgroup
tree_byte "$work/kindless/GLB/MASTER.GLB" 40 2
state 'internetwork, no modem files, no NETWORK.GLB' "$work/kindless" extended
tree_byte "$work/kindless/GLB/MASTER.GLB" 40 3
exits 2 'neither value: nothing is declared' \
    gp inspect -f json "$work/kindless" --set type-offset=40 --set type-single=1 --set type-internetwork=2
is 'neither value: undetermined' "$(json state.kind)" undetermined

tree_server35 "$work/server35"
tree_byte "$work/server35/GLB/MASTER.GLB" 40 2
state 'internetwork, modem files' "$work/server35" server-3.2
tree_byte "$work/server35/GLB/MASTER.GLB" 40 1
state 'single goes before modem files' "$work/server35" workgroup
tree_byte "$work/server35/GLB/MASTER.GLB" 40 0
state 'nothing declared: the modem files decide' "$work/server35" server-3.2

tree_workgroup "$work/wgpo"
state 'nothing declared: the templates decide' "$work/wgpo" workgroup
tree_byte "$work/wgpo/GLB/MASTER.GLB" 40 2
state 'internetwork, templates: extended' "$work/wgpo" extended
tree_file "$work/wgpo" GLB/NETWORK.GLB 122
state 'internetwork, templates, NETWORK.GLB: extended' "$work/wgpo" extended
rm "$work/wgpo/TPL/ADMIN.TPL"
mkdir -p "$work/wgpo/MMF"
: >"$work/wgpo/MBG/SYSTEM.MBG"
state 'internetwork, no templates, NETWORK.GLB: a server postoffice' "$work/wgpo" server-3.0

# Two of the three settings are none.
tree_workgroup "$work/two"
tree_byte "$work/two/GLB/MASTER.GLB" 40 2
exits 0 'two settings' gp inspect -f json "$work/two" --set type-offset=40 --set type-internetwork=2
is 'two settings: the byte is not read' "$(json state.name)" workgroup

# What rests on the byte says so.
exits 1 'denied by the byte' gp check -f json update "$work/kindless" \
    --set type-offset=40 --set type-single=3 --set type-internetwork=2
is 'denied by the byte: assumed' "$(json basis)" assumed
is 'denied by the byte: extend it first' "$(json requirements.@result=false.id)" extended-first
exits 64 'an offset beyond MASTER.GLB is refused' gp inspect "$work/wgpo" --set type-offset=176

done_testing
