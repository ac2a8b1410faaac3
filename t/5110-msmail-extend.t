#!/bin/sh
# check extend: EXTEND.EXE 3.0 (OP-01), on every kind of tree.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" --set "dosbox-directory=$work/dosbox" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
message='This Postoffice cannot be updated. Consult Microsoft Product Support Services for more information.'

mkdir "$work/dosbox"
: >"$work/dosbox/dosbox"

# --- a workgroup postoffice

tree_workgroup "$work/wgpo"
exits 0 'workgroup: allowed' gp check extend "$work/wgpo"
has 'workgroup: the first line' "$work/wgpo: extend allowed"
has 'workgroup: the state' 'state: workgroup'
has 'workgroup: the needs are named' users-signed-out
has 'workgroup: the disks too' disks
exits 0 'workgroup: as JSON' gp check -f json extend "$work/wgpo"
is 'workgroup: nothing is false' "$(json requirements.@result=false.id)" ''
is 'workgroup: needs' "$(json requirements.@severity=need.result)" 'unknown unknown n/a'
ok 'workgroup: needs lists users-signed-out' grep -q users-signed-out "$out"
is 'workgroup: that it is one is inferred' "$(json basis)" inferred
exits 1 'workgroup: unknown needs deny if asked to' gp check --strict extend "$work/wgpo"
exits 0 'workgroup: somebody vouches' gp check -f json extend "$work/wgpo" --attest 'users-signed-out=asked everybody'
is 'workgroup: the need is met' "$(json requirements.users-signed-out.result)" true
ok 'an assumed attestation is not recorded' test ! -e "$work/wgpo/GATEPOST"

# --- server postoffices: the same message, another cause, no operation that helps

tree_server35 "$work/server35"
exits 1 '3.5: denied' gp check extend "$work/server35"
has '3.5: the first line' "$work/server35: extend denied (state: server-3.2, stated)"
has '3.5: the same message' "$message"
has '3.5: the cause' 'no need to extend'
hasnt '3.5: no operation is proposed' 'gatepost run'
for tree in server35 server30 server21 shadow; do
    [ -d "$work/$tree" ] || "tree_$tree" "$work/$tree"
    exits 1 "$tree: denied" gp check -f json extend "$work/$tree"
    is "$tree: that alone" "$(json requirements.@result=false.id)" not-a-server
    is "$tree: the message" "$(json requirements.not-a-server.message)" cannot-be-updated
    is "$tree: no operation helps" "$(json requirements.not-a-server.remedy.operation)" null
done

tree_extended_by_hand "$work/extended"
exits 1 'extended: denied' gp check -f json extend "$work/extended" --attest 'extended-by-hand=ran EXTEND.EXE'
is 'extended: that alone' "$(json requirements.@result=false.id)" not-extended-yet
is 'extended: the message' "$(json requirements.not-extended-yet.message)" cannot-be-updated
has 'extended: the cause' 'no need to extend'
is 'extended: inferred' "$(json requirements.not-extended-yet.basis)" inferred

# --- nothing there, or damaged: causes of their own

tree_empty "$work/empty"
exits 1 'empty: denied' gp check -f json extend "$work/empty"
is 'empty: that alone' "$(json requirements.@result=false.id)" postoffice-present
is 'empty: not the message of a server postoffice' "$(json requirements.postoffice-present.message)" null
tree_damaged0 "$work/damaged0"
exits 1 '0 bytes: denied' gp check -f json extend "$work/damaged0"
is '0 bytes: that alone' "$(json requirements.@result=false.id)" not-damaged
tree_damaged174 "$work/damaged174"
exits 1 '174 bytes: denied' gp check -f json extend "$work/damaged174"
is '174 bytes: that alone' "$(json requirements.@result=false.id)" not-translated
tree_ambiguous "$work/ambiguous"
exits 2 'GLB and glb: cannot tell' gp check -f json extend "$work/ambiguous"
is 'GLB and glb: nothing is false' "$(json requirements.@result=false.id)" ''
tree_kindless "$work/kindless"
exits 2 'no sign of a kind: cannot tell' gp check extend "$work/kindless"

# --- the other requirements, each once false

mkdir "$work/disk"
: >"$work/disk/EXTEND.EXE"
exits 0 'the disk is there' gp check -f json extend "$work/wgpo" --set "media=$work/disk"
is 'the disk is there: the need is met' "$(json requirements.disks.result)" true
is 'and so is DOSBox' "$(json requirements.dosbox.result)" true
exits 1 'DOSBox is not there: denied' \
    gp check -f json extend "$work/wgpo" --set "media=$work/disk" --set "dosbox-directory=$work/empty"
is 'DOSBox is not there: that alone' "$(json requirements.@result=false.id)" dosbox
has 'DOSBox is not there: what to do' 'Install DOSBox'
exits 1 'the disk is another one: denied' gp check -f json extend "$work/wgpo" --set "media=$work/empty"
is 'the disk is another one: that alone' "$(json requirements.@result=false.id)" disks
exits 1 'there is no such directory: denied' gp check extend "$work/wgpo" --set "media=$work/nowhere"

exits 1 'the programs go into the Windows directory: denied' \
    gp check -f json extend "$work/wgpo" --set 'executables=c:\windows'
is 'the programs go into the Windows directory: that alone' "$(json requirements.@result=false.id)" executables-elsewhere
exits 0 'the programs go elsewhere' gp check -f json extend "$work/wgpo" --set 'executables=C:\MAILEXE'
is 'the programs go elsewhere: true' "$(json requirements.executables-elsewhere.result)" true
exits 0 'nobody says where the programs go' gp check -f json extend "$work/wgpo"
is 'nobody says where the programs go: not applicable' "$(json requirements.executables-elsewhere.result)" n/a

exits 0 'a name with punctuation is a warning' gp check -f json extend "$work/wgpo" --set network=SALES_1 --set postoffice=LONDON
is 'the network has it' "$(json requirements.network-name-clean.result)" false
is 'the postoffice does not' "$(json requirements.postoffice-name-clean.result)" true
exits 0 'names that nobody gave are unknown' gp check -f json extend "$work/wgpo"
is 'and shown as such' "$(json requirements.network-name-clean.result)" unknown
# shellcheck disable=SC1003 # a name that ends with a backslash
for name in 'A~' 'A`' 'A!' 'A@' 'A#' 'A$' 'A%' 'A^' 'A&' 'A*' 'A(' 'A)' 'A_' 'A-' 'A+' 'A=' 'A{' 'A[' 'A}' 'A]' 'A|' 'A\' \
    'A:' 'A;' 'A"' "A'" 'A<' 'A,' 'A>' 'A.' 'A?' 'A/'; do
    gp check -f json extend "$work/wgpo" --set "postoffice=$name" >"$out" 2>"$err"
    is "the name $name is not clean" "$(json requirements.postoffice-name-clean.result)" false
done

tree_workgroup "$work/long"
printf '%60s~9~30~ULNP~~\r\n' 'A prompt of sixty characters:' >>"$work/long/TPL/ADMIN.TPL"
exits 0 'a long line of the template is a warning' gp check -f json extend "$work/long"
is 'a long line of the template: that alone' "$(json requirements.@result=false.id)" templates-fit
exits 0 'a short template is not' gp check -f json extend "$work/wgpo"
is 'a short template: true' "$(json requirements.templates-fit.result)" true

tree_workgroup "$work/read-only"
chmod a-w "$work/read-only/GLB/MASTER.GLB"
exits 1 'MASTER.GLB is read-only: denied' gp check -f json extend "$work/read-only"
is 'MASTER.GLB is read-only: that alone' "$(json requirements.@result=false.id)" master-writable

# --- it acts with EXTEND.EXE alone

exits 64 'a run without the disk' gp run extend "$work/wgpo" --attest users-signed-out
err_has 'says what is missing' '--set media='
exits 1 'a run with another disk is denied' gp run extend "$work/wgpo" --attest users-signed-out --set "media=$work/empty"
ok 'nothing was done' test ! -e "$work/wgpo/GATEPOST/LEDGER"

done_testing
