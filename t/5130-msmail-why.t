#!/bin/sh
# why: one message, several causes; the tree tells which.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
text='this post office cannot be updated'

# one TREE OPERATION CAUSE [OPTION…]: the one certain cause; every other one is excluded.
one() {
    tree=$1
    operation=$2
    cause=$3
    shift 3
    [ -d "$work/$tree" ] || "tree_$tree" "$work/$tree"
    exits 0 "$tree: one cause is certain" gp why "$text" "$work/$tree" "$@"
    has "$tree: it is named" "$cause"
    exits 0 "$tree: as JSON" gp why -f json "$text" "$work/$tree" "$@"
    is "$tree: the message" "$(json message | sed 's/.*\(cannot-be-updated\).*/\1/')" cannot-be-updated
    is "$tree: the certain cause" "$(json causes.@verdict=certain.id)" "$cause"
    is "$tree: of which operation" "$(json causes.@verdict=certain.operation)" "$operation"
    is "$tree: nothing is undecided" "$(json causes.@verdict=undecided.id)" ''
    is "$tree: the others are excluded" "$(json causes.@verdict=excluded.id | wc -w | tr -d ' ')" 6
}

# On a workgroup postoffice UPDATE.EXE and the later SETUP.EXE say it for one reason: the program tells them apart.
for tree in workgroup workgroup_small; do
    "tree_$tree" "$work/$tree"
    exits 0 "$tree: the cause is certain" gp why -f json "$text" "$work/$tree"
    is "$tree: for Update and for Setup" "$(json causes.@verdict=certain.id)" 'not-a-workgroup extended-first'
    is "$tree: nothing is undecided" "$(json causes.@verdict=undecided.id)" ''
    is "$tree: the others are excluded" "$(json causes.@verdict=excluded.id | wc -w | tr -d ' ')" 5
done
one empty update valid-postoffice
one damaged0 update not-damaged
one damaged174 update not-translated
one server35 extend not-a-server
one server30 extend not-a-server
one server21 extend not-a-server
one shadow extend not-a-server
one extended_by_hand extend not-extended-yet --attest 'extended-by-hand=ran EXTEND.EXE'

for tree in ambiguous kindless; do
    "tree_$tree" "$work/$tree"
    exits 2 "$tree: no cause is certain, not all are excluded" gp why -f json "$text" "$work/$tree"
    is "$tree: none is certain" "$(json causes.@verdict=certain.id)" ''
done

# Spellings: letters and digits count.  The id will do too.
for spelling in 'This Postoffice cannot be updated. Consult Microsoft Product Support Services for more information.' \
    'THIS POST OFFICE CANNOT BE UPDATED' cannot-be-updated; do
    exits 0 "known as: $spelling" gp why "$spelling" "$work/workgroup"
    has 'leads to the same cause' extended-first
done
exits 64 'a text that no message has' gp why 'the printer is on fire' "$work/workgroup"

# Messages with causes of their own.
exits 0 'an empty MASTER.GLB makes programs say incompatible' \
    gp why -f json 'This program is incompatible with the postoffice.' "$work/damaged0"
is 'the certain cause' "$(json causes.@verdict=certain.id)" master-empty
is 'the others are excluded' "$(json causes.@verdict=excluded.id)" 'master-corrupt master-damaged-inside'
exits 0 'so does one of 174 bytes' gp why -f json 'This program is incompatible with the postoffice.' "$work/damaged174"
is 'for the other reason' "$(json causes.@verdict=certain.id)" master-corrupt
exits 2 'of a sound one nothing can be told' gp why 'This program is incompatible with the postoffice.' "$work/server30"
serverpath="The ServerPath entry in your MSMAIL.INI file is missing or doesn't contain the pathname of a valid Workgroup Postoffice."
exits 0 'Postoffice Manager on a server postoffice' gp why -f json "$serverpath" "$work/server30"
is 'it was upgraded' "$(json causes.@verdict=certain.id)" not-a-server
exits 0 'Postoffice Manager where there is none' gp why -f json "$serverpath" "$work/empty"
is 'there is no postoffice' "$(json causes.@verdict=certain.id)" postoffice-present
exits 2 'Postoffice Manager on a workgroup postoffice: MSMAIL.INI is to be looked at' gp why "$serverpath" "$work/workgroup"

done_testing
