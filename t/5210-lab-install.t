#!/bin/sh
# The laboratory's install makes the documented tree, name by name, size by size, attribute by attribute.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

lab() { "$GATEPOST" -r "$rules/msmail-lab" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
po=$work/maildata

tree_empty "$po"
exits 0 'install, dry' lab run install "$po" --dry-run
has 'the plan has the postoffice' MASTER.GLB
is 'a dry run makes nothing' "$(tree_listing "$po")" ''
exits 0 'install' lab run install "$po"
tree_listing "$po" >"$work/got"
tree_wanted >"$work/want"
ok 'the tree is the listing of Q135868' diff "$work/want" "$work/got"
exits 0 'it is a postoffice' lab inspect -f json "$po"
is 'of version 3.2 or later' "$(json state.name)" server-3.2
exits 0 'msmail says so too' "$GATEPOST" -r "$rules/msmail" inspect -f json "$po"
is 'without the byte of the laboratory' "$(json state.name)" server-3.2
is 'Enhanced Security is on' "$(tail -c 28 "$po/GLB/MASTER.GLB" | head -c 1 | od -An -tu1 | tr -d ' ')" 1

tree_sum "$po" >"$work/sum"
exits 1 'install again: refused' lab run install "$po"
has 'install again: why' no-postoffice-yet
exits 1 'extend: refused' lab run extend "$po" --attest 'users-signed-out=nobody is here yet'
tree_sum "$po" >"$work/now"
ok 'refused runs change nothing' cmp "$work/sum" "$work/now"

tree_workgroup "$work/wgpo"
tree_sum "$work/wgpo" >"$work/sum"
exits 1 'install over a workgroup postoffice: refused' lab run install "$work/wgpo"
tree_sum "$work/wgpo" >"$work/now"
ok 'and nothing changed' cmp "$work/sum" "$work/now"

tree_empty "$work/new"
exits 1 'the network MSMAIL: refused' lab run install "$work/new" --set network=MSMAIL
is 'and nothing was made' "$(tree_listing "$work/new")" ''
exits 4 'install makes no directory for a postoffice' lab run install "$work/nowhere"

done_testing
