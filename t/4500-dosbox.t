#!/bin/sh
# The actions of msmail, with real DOS programs under real DOSBox.
#
# Microsoft's programs are not ours to ship, so others stand in for them, assembled here.  And nobody is there to answer
# questions, so the actions are the shipped ones, word for word, but for what makes them interactive.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

dosbox=$(command -v dosbox) || {
    [ -z "${GATEPOST_NO_SKIP:-}" ] || { ok 'DOSBox is there, as nothing may be skipped' false; done_testing; exit; }
    skip_all 'there is no DOSBox: that real DOS programs run CANNOT BE SHOWN'
}
"$GATEPOST" --version -v >"$work/version" 2>/dev/null
landlock=no
grep -q '^landlock ABI [2-9]' "$work/version" && landlock=yes

# --- the set: msmail's actions, headless

mkdir "$work/sets" "$work/sets/headless"
cp -R "$rules/msmail" "$work/sets/msmail"
perl - "$rules/msmail" >"$work/sets/headless/ruleset.yaml" <<'PERL'
use strict;
use warnings;
local $/;
print <<'END';
gatepost: 1
ruleset: headless
title: Microsoft Mail, with nobody at the keyboard
version: 1.0.0
names: dos
lock: GLB/FLAG.GLB
extends: [msmail]
operations:
END
for my $operation (qw(extend update install)) {
    open my $in, '<', "$ARGV[0]/$operation.yaml" or die;
    my ($action) = <$in> =~ /^(    action:\n.*?)^    ensures:/ms or die "$operation: no action";
    my $programs = () = $action =~ /^      - exec:/mg;
    my $env = 'env: { SDL_VIDEODRIVER: dummy, SDL_AUDIODRIVER: dummy }';
    my $changed = $action =~ s/^( *)interactive: true\n/$1$env\n$1timeout: 60 s\n/mg;
    $changed == $programs or die "$operation: not interactive";
    $action =~ s/^ *pause\n//mg == 2 * $programs or die "$operation: no pauses";
    # What the program prints goes to DOSBox's own output, in place of the screen.
    $action =~ s/^( *)(EXTEND|UPDATE|INSTALL|SETUP)\n/$1mount P \/dev\n$1$2 >P:\\stdout\n/mg == $programs or die;
    print "  $operation:\n$action";
}
PERL
is 'the actions are the shipped ones' "$(grep -c 'timeout: 60 s' "$work/sets/headless/ruleset.yaml")" 4
GATEPOST_RULES=$work/sets/headless
export GATEPOST_RULES

disk="$work/disk 1"
mkdir "$disk"
# program NAME ORDER...: what is on the disk.
program() {
    rm -f "$disk"/*
    name=$1
    shift
    perl "$srcdir/t/data/dos-program.pl" "$disk/$name" "$@"
}
po=$work/po
gp() {
    verb=$1
    shift
    timeout 120 "$GATEPOST" "$verb" "$@" "$po" --set "media=$disk" --set "dosbox-directory=${dosbox%/*}" \
        --attest 'users-signed-out=a test' --attest 'disk-serialized=a test'
}
# fresh KIND: a tree in $po.
fresh() {
    chmod -R u+w "$po" 2>/dev/null
    rm -rf "$po"
    "tree_$1" "$po"
    tree_sum "$po" >"$work/before"
}
same() { tree_sum "$1" | cmp - "$work/before"; }
untouched() {
    ok "  the tree is as it was" same "$po"
    ok '  nothing of the run is left' \
        test ! -e "$po/GATEPOST/TX" -a ! -e "$po/GATEPOST/JOURNAL" -a ! -e "$po/GATEPOST/LEDGER"
}
# fails NAME TEXT: EXTEND.EXE fails, and TEXT is said.
fails() {
    fresh workgroup_with_read_only
    exits 5 "$1" gp run -v extend
    has '  says why' "$2"
    untouched
}
byte() { od -An -tu1 -j "$2" -N 1 "$1" | tr -d ' '; }
names() { (cd "$1" && find . -path ./GATEPOST -prune -o -print | LC_ALL=C sort); }

# A workgroup postoffice as a server keeps it: some files are read-only.
tree_workgroup_with_read_only() {
    tree_workgroup "$1" && chmod a-w "$1/TPL/ADMIN.TPL" "$1/GLB/ANSISORT.GLB"
}

# --- extend

program EXTEND.EXE \
    say 'Extending the postoffice' absent 'M:\GATEPOST' absent 'M:\GATEPOST\LOCK' read 'M:\GLB\MASTER.GLB' 176 \
    patch 'M:\GLB\MASTER.GLB' 100 83 mkdir 'M:\mailexe' make 'M:\mailexe\admin.exe' MZ make 'M:\MBG\SYSTEM.MBG' x \
    make 'M:\GLB\ANSISORT.GLB' 'another order' say 'All is done.' exit 0
cp "$disk/EXTEND.EXE" "$work/EXTEND.good"

fresh workgroup_with_read_only
exits 0 'extend, dry' gp run extend --dry-run
has '  shows the byte that the program changed' '53'
has '  and what it made' 'MAILEXE/ADMIN.EXE'
untouched
names "$po" >"$work/names"
exits 0 'extend' gp run -v extend
has '  with what the program printed' '| Extending the postoffice'
has '  to the end' '| All is done.'
is '  the byte is changed' "$(byte "$po/GLB/MASTER.GLB" 100)" 83
is '  and no other' "$(tr -d '\0' <"$po/GLB/MASTER.GLB" | wc -c | tr -d ' ')" 1
is '  nor is it longer' "$(wc -c <"$po/GLB/MASTER.GLB" | tr -d ' ')" 176
names "$po" >"$work/names.now"
is '  three names are new, in capital letters' "$(comm -13 "$work/names" "$work/names.now" | tr '\n' ' ')" \
    './MAILEXE ./MAILEXE/ADMIN.EXE ./MBG/SYSTEM.MBG '
is '  none is gone' "$(comm -23 "$work/names" "$work/names.now")" ''
is '  a read-only file was replaced' "$(cat "$po/GLB/ANSISORT.GLB")" 'another order'
is '  and is read-only again' "$(stat -c %A "$po/GLB/ANSISORT.GLB" | tr -d 'r-')" ''
is '  one that was not touched too' "$(stat -c %A "$po/TPL/ADMIN.TPL" | tr -d 'r-')" ''
is '  the message is there' "$(cat "$po/MAI/MA1/00000001.MAI")" 'a message that nobody may lose'
exits 0 '  the state' gp inspect -q
has '  is extended' 'state: extended'
ok '  the ledger knows' grep -q '"extend"' "$po/GATEPOST/LEDGER"
ok '  nothing is left of the copy' test ! -e "$po/GATEPOST/TX"
exits 1 'extend again' gp run extend
has '  is refused before any program runs' not-extended-yet

fresh workgroup
(cd "$po" && mv GLB/MASTER.GLB GLB/master.glb && mv GLB glb && mv MBG Mbg)
names "$po" >"$work/names"
exits 0 'names in small letters are the same names to DOS' gp run extend
names "$po" >"$work/names.now"
is '  and keep their spelling' "$(comm -23 "$work/names" "$work/names.now")" ''
is '  as do the directories of what is new' "$(comm -13 "$work/names" "$work/names.now" | tr '\n' ' ')" \
    './MAILEXE ./MAILEXE/ADMIN.EXE ./Mbg/SYSTEM.MBG '
is '  the byte is changed' "$(byte "$po/glb/master.glb" 100)" 83
is '  nothing was read-only, and nothing is' "$(find "$po" -path "$po/GATEPOST" -prune -o ! -perm -200 -print)" ''

# --- what goes wrong

program EXTEND.EXE patch 'M:\GLB\MASTER.GLB' 100 83 make 'M:\GLB\NEW.GLB' x fill 'M:\TPL\ADMIN.TPL' 9 \
    mkdir 'M:\MAILEXE' say 'Disk error on drive A' exit 1
fails 'a program that fails midway' 'it ended with status 1'
has '  and what it printed' '| Disk error on drive A'
program EXTEND.EXE say 'I do nothing' exit 0
fails 'one that does nothing and says that all is well' 'type-changed'
program EXTEND.EXE patch 'M:\GLB\MASTER.GLB' 100 83 make 'M:\MAI\MA1\00000001.MAI' gone exit 0
fails 'one that changes a message' "the program changed what 'touches' does not name: MAI/MA1/00000001.MAI"
program EXTEND.EXE fill 'M:\GLB\MASTER.GLB' 174 exit 0
fails 'one that damages MASTER.GLB' 'type-changed'
program EXTEND.EXE read 'M:\GLB\MASTER.GLB' 177
fails 'one that finds something else' 'it ended with status 1'
has '  and what it printed' '| cannot: read M:'

# A program that hangs, in a DOSBox that no other test uses.
mkdir "$work/bin"
cp "$dosbox" "$work/bin/dosbox"
sed -i 's/timeout: 60 s/timeout: 3 s/' "$work/sets/headless/ruleset.yaml"
program EXTEND.EXE patch 'M:\GLB\MASTER.GLB' 100 83 make 'M:\GLB\NEW.GLB' x hang
fresh workgroup_with_read_only
exits 5 'one that hangs' gp run extend --set "dosbox-directory=$work/bin"
has '  is ended' 'it took too long'
untouched
is '  DOSBox is gone' "$(ps -eo comm,args | awk -v path="$work/bin/dosbox" '$1 == "dosbox" && index($0, path)')" ''
sed -i 's/timeout: 3 s/timeout: 60 s/' "$work/sets/headless/ruleset.yaml"

# --- what reaches further

if [ "$landlock" = yes ]; then
    program EXTEND.EXE patch 'M:\GLB\MASTER.GLB' 100 83 refused 'A:\WRITTEN' refused 'A:\EXTEND.EXE' exit 0
    cp "$disk/EXTEND.EXE" "$work/EXTEND.asked"
    fresh workgroup
    exits 0 'the disk set cannot be written' gp run extend
    ok '  and is as it was' cmp "$disk/EXTEND.EXE" "$work/EXTEND.asked"
    is '  with nothing beside' "$(ls "$disk")" EXTEND.EXE
    program EXTEND.EXE patch 'M:\..\..\MASTER' 0 1 exit 0
    fails 'there is nothing above M:' 'it ended with status 1'
else
    skip 3 'this kernel has no Landlock: that a program cannot write to the disk set CANNOT BE SHOWN'
fi

# --- update and install

program UPDATE.EXE read 'M:\GLB\MASTER.GLB' 176 make 'M:\GLB\DEFAULT.SCR' 'a new script' exit 0
fresh server30
exits 0 'update' gp run update
is '  a read-only script is replaced' "$(cat "$po/GLB/DEFAULT.SCR")" 'a new script'
is '  and read-only' "$(stat -c %A "$po/GLB/DEFAULT.SCR" | tr -d 'r-')" ''
tree_listing "$po" | cut -f 1,2,4 >"$work/listing"
mv "$po" "$work/updated"
fresh server30
is '  the rest is as it was, attributes and all' "$(tree_listing "$po" | cut -f 1,2,4 | diff - "$work/listing")" ''
program UPDATE.EXE exit 0
exits 5 'an update that changes nothing' gp run update
has '  is none' 'something-changed'
untouched

for name in INSTALL.EXE SETUP.EXE; do
    program "$name" mkdir 'M:\GLB' mkdir 'M:\FOLDERS' fill 'M:\GLB\MASTER.GLB' 176 make 'M:\GLB\POPULATE.MSM' x exit 0
    fresh empty
    exits 0 "install with $name" gp run install --set network=SALES
    is '  it is there' "$(tree_listing "$po" | tr '\t\n' '  ')" \
        'FOLDERS dir - - GLB dir - - GLB/MASTER.GLB file 176 - GLB/POPULATE.MSM file 1 read-only '
done
program SETUP.EXE mkdir 'M:\GLB' exit 0
fresh empty
exits 5 'an installation that stops midway' gp run install --set network=SALES
has '  is none' 'is-a-server'
untouched

# --- as shipped

cp "$work/EXTEND.good" "$disk/EXTEND.EXE"
fresh workgroup
GATEPOST_RULES=$rules/msmail
exits 5 'the shipped action, with neither a terminal nor a display' \
    env -u DISPLAY -u WAYLAND_DISPLAY timeout 60 "$GATEPOST" run extend "$po" --set "media=$disk" \
    --set "dosbox-directory=${dosbox%/*}" --attest 'users-signed-out=a test'
has '  says what it lacks' 'there is neither a terminal nor a display'
untouched

# A terminal will do: SDL draws in characters there.  Somebody keeps pressing Enter, as the action waits for a key.
if command -v script >/dev/null 2>&1 && ldd "$dosbox" 2>/dev/null | grep -q libcaca; then
    cat >"$work/shipped.sh" <<'END'
"$GATEPOST" run extend "$1" --set "media=$2" --set "dosbox-directory=$3" --attest 'users-signed-out=a test'
echo $? >"$4"
END
    export po disk work place="${dosbox%/*}"
    # shellcheck disable=SC2016 # script's shell expands it
    (
        i=0
        while [ $i -lt 60 ] && [ ! -e "$work/ended" ]; do
            sleep 1
            printf '\r'
            i=$((i + 1))
        done
    ) | env -u DISPLAY -u WAYLAND_DISPLAY TERM=xterm timeout 90 \
        script -qc 'sh "$work/shipped.sh" "$po" "$disk" "$place" "$work/ended"' /dev/null >"$out" 2>"$err"
    is 'the shipped action, in a terminal' "$(cat "$work/ended")" 0
    has '  says so' 'extend done'
    is '  the byte is changed' "$(byte "$po/GLB/MASTER.GLB" 100)" 83
else
    skip 3 "this DOSBox shows nothing in a terminal: that the shipped action runs word for word CANNOT BE SHOWN"
fi

done_testing
