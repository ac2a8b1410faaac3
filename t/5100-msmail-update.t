#!/bin/sh
# check update: UPDATE.EXE 3.0 (OP-03), on every kind of tree.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
message='This Postoffice cannot be updated. Consult Microsoft Product Support Services for more information.'

# --- a workgroup postoffice: extend it first

tree_workgroup "$work/wgpo"
tree_sum "$work/wgpo" >"$work/before"
exits 1 'workgroup: denied' gp check update "$work/wgpo"
is 'workgroup: the first line' "$(head -n 1 "$out")" "$work/wgpo: update denied (state: workgroup, inferred)"
has 'workgroup: the message of the article' "$message"
has 'workgroup: the requirement' extended-first
has 'workgroup: one deciding file' TPL/ADMIN.TPL
has 'workgroup: the other deciding file' INF/ADMIN.INF
has 'workgroup: the file that is not there' 'GLB/*.{MDM,SCR}'
has 'workgroup: the article' Q112287
has 'workgroup: the remedy' "extend $work/wgpo"
exits 1 'workgroup: as JSON' gp check -f json update "$work/wgpo"
is 'workgroup: verdict' "$(json verdict)" denied
is 'workgroup: basis' "$(json basis)" inferred
is 'workgroup: state' "$(json state.name)" workgroup
is 'workgroup: one requirement is false' "$(json requirements.@result=false.id)" extended-first
is 'workgroup: its message' "$(json requirements.extended-first.message)" cannot-be-updated
is 'workgroup: its remedy' "$(json requirements.extended-first.remedy.operation)" extend
is 'workgroup: its basis' "$(json requirements.extended-first.basis)" inferred
is 'workgroup: its sources' "$(json 'requirements.extended-first.source.*')" 'Q112287 Q111332'
is 'workgroup: the message of the verdict' "$(json 'messages.*.id')" cannot-be-updated
json 'requirements.extended-first.because.*.path' >"$work/paths"
ok 'workgroup: because of ADMIN.TPL' grep -q 'TPL/ADMIN\.TPL' "$work/paths"
ok 'workgroup: because of ADMIN.INF' grep -q 'INF/ADMIN\.INF' "$work/paths"
ok 'workgroup: the requirement has its place' grep -q '"file": *"[^"]*msmail/update\.yaml"' "$out"
ok 'check makes nothing in the tree' test ! -e "$work/wgpo/GATEPOST"
tree_sum "$work/wgpo" >"$work/after"
ok 'check changes nothing in the tree' cmp "$work/before" "$work/after"

tree_workgroup_small "$work/small"
exits 1 'the least of a workgroup postoffice is denied too' gp check update "$work/small"
has 'for the same reason' extended-first

# --- nothing there: install

tree_empty "$work/empty"
exits 1 'empty: denied' gp check update "$work/empty"
has 'empty: the state' '(state: none, stated)'
has 'empty: the same message' "$message"
has 'empty: the remedy' "install $work/empty"
exits 1 'empty: as JSON' gp check -f json update "$work/empty"
is 'empty: one requirement is false' "$(json requirements.@result=false.id)" valid-postoffice
is 'empty: the third cause' "$(json requirements.valid-postoffice.cause)" 'There is no valid Microsoft Mail postoffice here.'
is 'empty: the remedy is install' "$(json requirements.valid-postoffice.remedy.operation)" install
is 'empty: the rest does not apply' "$(json requirements.extended-first.result)" n/a

# --- MASTER.GLB is damaged: restore, never install

tree_damaged0 "$work/damaged0"
exits 1 '0 bytes: denied' gp check update "$work/damaged0"
has '0 bytes: the state' '(state: damaged, stated)'
has '0 bytes: the cause' 'GLB/MASTER.GLB is damaged'
has '0 bytes: the remedy' 'Restore GLB/MASTER.GLB from a backup'
hasnt '0 bytes: never install' "install $work/damaged0"
exits 1 '0 bytes: as JSON' gp check -f json update "$work/damaged0"
is '0 bytes: nothing piles on' "$(json requirements.@result=false.id)" not-damaged
is '0 bytes: the message' "$(json requirements.not-damaged.message)" cannot-be-updated
is '0 bytes: no operation helps' "$(json requirements.not-damaged.remedy.operation)" null
is '0 bytes: what was found' "$(json requirements.not-damaged.because.0.value)" 0

tree_damaged174 "$work/damaged174"
exits 1 '174 bytes: denied' gp check -f json update "$work/damaged174"
is '174 bytes: nothing piles on' "$(json requirements.@result=false.id)" not-translated
is '174 bytes: the article' "$(json 'requirements.not-translated.source.*')" 'Q112287 Q103199'
has '174 bytes: the cause' 'translates line ends'

tree_server30 "$work/damaged200"
tree_file "$work/damaged200" GLB/MASTER.GLB 200
exits 1 '200 bytes: denied' gp check -f json update "$work/damaged200"
is '200 bytes: damaged, not translated' "$(json requirements.@result=false.id)" not-damaged

# --- server postoffices

tree_server30 "$work/server30"
exits 0 '3.0: allowed' gp check update "$work/server30"
has '3.0: the first line' "$work/server30: update allowed"
has '3.0: the need that is left' users-signed-out
has '3.0: the other need' disks
exits 0 '3.0: as JSON' gp check -f json update "$work/server30"
is '3.0: state' "$(json state.name)" server-3.0
is '3.0: nothing is false' "$(json requirements.@result=false.id)" ''
is '3.0: two needs are unknown, and without the disks DOSBox does not matter' "$(json requirements.@severity=need.result)" 'unknown unknown n/a n/a'
is '3.0: basis' "$(json basis)" inferred
exits 0 '3.0: quiet' gp check -q update "$work/server30"
is '3.0: one line' "$(wc -l <"$out" | tr -d ' ')" 1

tree_server21 "$work/server21"
exits 0 '2.1: allowed' gp check -f json update "$work/server21"
is '2.1: state' "$(json state.name)" server-2.1
is '2.1: somebody has to vouch that it is no Network Courier' "$(json requirements.microsoft-mail.result)" unknown
exits 0 '2.1: somebody does' gp check -f json update "$work/server21" --attest 'microsoft-mail=it says so on the disks'
is '2.1: and the need is met' "$(json requirements.microsoft-mail.result)" true

tree_extended_by_hand "$work/extended"
exits 0 'extended: allowed' gp check -f json update "$work/extended" --attest 'extended-by-hand=ran EXTEND.EXE'
is 'extended: state' "$(json state.name)" extended
is 'extended: a missing NETWORK.GLB is a warning' "$(json requirements.@result=false.id)" network-list
is 'extended: and does not stop' "$(json requirements.network-list.severity)" warn
tree_file "$work/extended" GLB/NETWORK.GLB 122
exits 0 'extended, configured: allowed' gp check -f json update "$work/extended" --attest 'extended-by-hand=ran EXTEND.EXE'
is 'extended, configured: no warning' "$(json requirements.network-list.result)" true

tree_server35 "$work/server35"
exits 2 '3.2 and later: nobody documents it' gp check update "$work/server35"
has '3.2 and later: the verdict' 'update undetermined'
has '3.2 and later: what to look at' 'No source says what UPDATE.EXE 3.0 does'
exits 2 '3.2 and later: as JSON' gp check -f json update "$work/server35"
is '3.2 and later: state' "$(json state.name)" server-3.2
is '3.2 and later: nothing is false' "$(json requirements.@result=false.id)" ''
is '3.2 and later: what is unknown' "$(json requirements.not-newer.result)" unknown
is '3.2 and later: why' "$(json requirements.not-newer.because.0.reason)" undocumented

tree_shadow "$work/shadow"
exits 2 'shadow: nobody documents it' gp check -f json update "$work/shadow"
is 'shadow: state' "$(json state.name)" shadow
is 'shadow: what is unknown' "$(json requirements.not-a-shadow.result)" unknown
is 'shadow: nothing is false' "$(json requirements.@result=false.id)" ''

# --- what cannot be told

tree_kindless "$work/kindless"
exits 2 'no sign of a kind: cannot tell' gp check -f json update "$work/kindless"
is 'no sign of a kind: extended-first is unknown' "$(json requirements.extended-first.result)" unknown
is 'no sign of a kind: nothing is false' "$(json requirements.@result=false.id)" ''
is 'no sign of a kind: no state' "$(json state.kind)" undetermined

tree_ambiguous "$work/ambiguous"
exits 2 'GLB and glb: cannot tell' gp check update "$work/ambiguous"
exits 2 'GLB and glb: as JSON' gp check -f json update "$work/ambiguous"
is 'GLB and glb: nothing is false' "$(json requirements.@result=false.id)" ''
is 'GLB and glb: why' "$(json requirements.valid-postoffice.because.0.reason)" ambiguous-name

# --- the other requirements, each once false

tree_server30 "$work/read-only"
chmod a-w "$work/read-only/GLB/MASTER.GLB"
exits 1 'MASTER.GLB is read-only: denied' gp check -f json update "$work/read-only"
is 'MASTER.GLB is read-only: that alone' "$(json requirements.@result=false.id)" master-writable

mkdir "$work/fake"
: >"$work/fake/dosbox"
exits 1 'the disks are not where they should be: denied' \
    gp check -f json update "$work/server30" --set "media=$work/empty" --set "dosbox-directory=$work/fake"
is 'the disks are not where they should be: that alone' "$(json requirements.@result=false.id)" disks
mkdir "$work/disk"
: >"$work/disk/update.exe"
mkdir "$work/dosbox"
exits 1 'DOSBox is not there: denied' \
    gp check -f json update "$work/server30" --set "media=$work/disk" --set "dosbox-directory=$work/dosbox"
is 'DOSBox is not there: that alone' "$(json requirements.@result=false.id)" dosbox
: >"$work/dosbox/dosbox"
exits 0 'the disks are there, in small letters' \
    gp check -f json update "$work/server30" --set "media=$work/disk" --set "dosbox-directory=$work/dosbox"
is 'the disks are there: the need is met' "$(json requirements.disks.result)" true
is 'DOSBox is there: the need is met' "$(json requirements.dosbox.result)" true
exits 64 'a directory that DOSBox cannot be told' gp check update "$work/server30" --set 'media=/srv/100%'

tree_server30 "$work/podiag"
mkdir "$work/podiag/INI"
: >"$work/podiag/INI/PODIAG.INI"
exits 0 'INI by PODIAG: still 3.0' gp check -f json update "$work/podiag"
is 'INI by PODIAG: state' "$(json state.name)" server-3.0
is 'INI by PODIAG: with a warning' "$(json requirements.@result=false.id)" ini-of-3.2
: >"$work/podiag/INI/EXTERNAL.INI"
exits 2 'INI with EXTERNAL.INI: 3.2' gp check -f json update "$work/podiag"
is 'INI with EXTERNAL.INI: state' "$(json state.name)" server-3.2

tree_server30 "$work/lost"
rm -rf "$work/lost/MMF"
exits 0 'a lost directory: no documented reason to refuse' gp check -f json update "$work/lost"
is 'a lost directory: the state is not recognised' "$(json state.kind)" unrecognised
is 'a lost directory: a warning says so' "$(json requirements.@result=false.id)" directories-known
exits 1 'warnings deny if asked to' gp check --strict update "$work/lost"

# A program that holds FLAG.GLB administers the postoffice.  Its mere presence says nothing, nor its absence.
: >"$work/server30/GLB/FLAG.GLB"
exits 0 'FLAG.GLB is there and free: allowed' gp check -f json update "$work/server30"
is 'FLAG.GLB is there and free: nobody is active' "$(json requirements.nobody-active.result)" true
perl -MFcntl=:flock -e 'open my $f, "+<", $ARGV[0] or die; flock $f, LOCK_EX or die; open my $r, ">", $ARGV[1] or die; sleep 60' \
    "$work/server30/GLB/FLAG.GLB" "$work/ready" >/dev/null 2>&1 &
holder=$!
tries=0
while [ ! -e "$work/ready" ] && [ "$tries" -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
done
exits 1 'FLAG.GLB is held: denied' gp check -f json update "$work/server30"
is 'FLAG.GLB is held: that alone' "$(json requirements.@result=false.id)" nobody-active
kill "$holder"
wait "$holder" 2>/dev/null

done_testing
