#!/bin/sh
# check install: a new server postoffice (OP-05), and never over an old one.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" --set "dosbox-directory=$work/dosbox" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }

mkdir "$work/dosbox"
: >"$work/dosbox/dosbox"

tree_empty "$work/empty"
exits 0 'empty: allowed' gp check install "$work/empty"
has 'empty: the first line' "$work/empty: install allowed"
exits 0 'empty: as JSON' gp check -f json install "$work/empty"
is 'empty: nothing is false' "$(json requirements.@result=false.id)" ''
is 'empty: what is left to give or vouch for' "$(json requirements.@severity=need.result)" 'unknown unknown n/a unknown'

for tree in server35 server30 server21 shadow kindless; do
    "tree_$tree" "$work/$tree"
    exits 1 "$tree: denied" gp check -f json install "$work/$tree"
    is "$tree: that alone" "$(json requirements.@result=false.id)" no-postoffice-yet
    is "$tree: update it instead" "$(json requirements.no-postoffice-yet.remedy.operation)" update
done
tree_workgroup "$work/wgpo"
exits 1 'workgroup: denied' gp check -f json install "$work/wgpo"
is 'workgroup: that alone' "$(json requirements.@result=false.id)" no-workgroup-yet
is 'workgroup: extend it instead' "$(json requirements.no-workgroup-yet.remedy.operation)" extend
for tree in damaged0 damaged174; do
    "tree_$tree" "$work/$tree"
    exits 1 "$tree: denied" gp check -f json install "$work/$tree"
    is "$tree: that alone" "$(json requirements.@result=false.id)" not-damaged
    is "$tree: no operation helps" "$(json requirements.not-damaged.remedy.operation)" null
done
tree_server30 "$work/lost"
rm -f "$work/lost/GLB/MASTER.GLB"
exits 1 'MASTER.GLB got lost: denied' gp check -f json install "$work/lost"
is 'MASTER.GLB got lost: that alone' "$(json requirements.@result=false.id)" nothing-left-over
tree_ambiguous "$work/ambiguous"
exits 2 'GLB and glb: cannot tell' gp check -f json install "$work/ambiguous"
is 'GLB and glb: nothing is false' "$(json requirements.@result=false.id)" ''

exits 1 'the network MSMAIL: denied' gp check install "$work/empty" --set network=msmail
has 'the network MSMAIL: the message' 'Network name entered is a reserved name.'
exits 1 'the network MSMAIL: as JSON' gp check -f json install "$work/empty" --set network=msmail
is 'the network MSMAIL: that alone' "$(json requirements.@result=false.id)" network-name-free
exits 0 'the network FAX: a warning' gp check -f json install "$work/empty" --set network=FAX
is 'the network FAX: that alone' "$(json requirements.@result=false.id)" network-name-for-exchange
is 'the network FAX: inferred' "$(json requirements.network-name-for-exchange.basis)" inferred
exits 0 'the network SALES' gp check -f json install "$work/empty" --set network=SALES
is 'the network SALES: free' "$(json requirements.network-name-free.result)" true

mkdir "$work/disk"
for program in INSTALL.EXE SETUP.EXE; do
    : >"$work/disk/$program"
    exits 0 "a disk with $program" gp check -f json install "$work/empty" --set "media=$work/disk"
    is "a disk with $program will do" "$(json requirements.disks.result)" true
    is 'and DOSBox is there' "$(json requirements.dosbox.result)" true
    exits 1 'without DOSBox: denied' \
        gp check -f json install "$work/empty" --set "media=$work/disk" --set "dosbox-directory=$work/empty"
    is 'without DOSBox: that alone' "$(json requirements.@result=false.id)" dosbox
    rm "$work/disk/$program"
done
exits 1 'a disk with neither: denied' gp check install "$work/empty" --set "media=$work/disk"

exits 0 'LAN Manager: nothing to prepare' gp check -f json install "$work/empty"
is 'LAN Manager: not applicable' "$(json requirements.netware-ready.result)" n/a
exits 0 'NetWare: somebody has to vouch' gp check -f json install "$work/empty" --set server=netware
is 'NetWare: unknown' "$(json requirements.netware-ready.result)" unknown
exits 64 'another file server: no such choice' gp check install "$work/empty" --set server=vines

done_testing
