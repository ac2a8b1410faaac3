#!/bin/sh
# exec: a foreign program on a copy of the tree.  What it does there is done to the tree, or, whatever goes wrong,
# nothing is.
. "${0%/*}/lib/test-lib.sh"

cd "$work" || exit 99
mkdir set
GATEPOST_RULES=./set
export GATEPOST_RULES

# tree: a fresh one in ./po
tree() {
    rm -rf po
    mkdir -p po/DATA po/LOG
    printf 0123456789 >po/DATA/MASTER
    printf keep >po/DATA/KEEP
    printf gone >po/DATA/GONE
    chmod 640 po/DATA/KEEP
    touch -t 199609010000 po/DATA/* po/DATA po/LOG po
}
# sum: the tree but GATEPOST, with modes, times and bytes.
sum() {
    (cd po && find . -name GATEPOST -prune -o -print | LC_ALL=C sort | while IFS= read -r f; do
        stat -c '%n %f %Y %s' "$f"
        [ ! -f "$f" ] || cksum <"$f"
    done)
}
# rules SCRIPT [KEY...]: an operation that runs a script; each KEY is a line of the step.
rules() {
    script=$1
    shift
    printf '%s\n' "$script" >script.sh
    cat >set/ruleset.yaml <<END
gatepost: 1
ruleset: set
title: A set
version: 1.0.0
names: dos
operations:
  act:
    title: Act
    requires:
      there: { that: { file: DATA/MASTER }, otherwise: { cause: There is no master. } }
    action:
      - exec: [sh, $work/script.sh, one, "two words"]
END
    for line; do
        printf '        %s\n' "$line" >>set/ruleset.yaml
    done
}
gp() { timeout 60 "$GATEPOST" "$@"; }
# untouched NAME: the tree is as it was, and nothing of the run is left.
untouched() {
    is "  $1: the tree is as it was" "$(sum)" "$before"
    ok '  nothing of the run is left' test ! -e po/GATEPOST/TX -a ! -e po/GATEPOST/JOURNAL -a ! -e po/GATEPOST/LEDGER
}
# fails NAME TEXT: the run ends with status 5, says TEXT and leaves the tree alone.
fails() {
    tree
    before=$(sum)
    exits 5 "$1" gp run act po
    has '  says why' "$2"
    untouched "$1"
}

# --- what it may do --------------------------------------------------------------------------------------------------

rules 'printf XY | dd of=DATA/MASTER bs=1 seek=5 conv=notrunc 2>/dev/null
echo new >DATA/NEW
mkdir -p CAL/SUB
echo x >CAL/SUB/F
rm DATA/GONE
chmod a-w DATA/KEEP
rmdir LOG' 'touches: [DATA/MASTER, data/new, CAL, "CAL/*", "CAL/*/*", DATA/GONE, DATA/KEEP, LOG]'
tree
before=$(sum)
exits 0 'a dry run' gp run -n act po
has '  shows what the program really did' '58 59'
has '  and what it made' '+ create     DATA/NEW      4 bytes'
has '  and removed' '- remove     DATA/GONE     4 bytes'
untouched 'dry run'
exits 0 'a run' gp run act po
is '  what it changed' "$(cat po/DATA/MASTER)" 01234XY789
is '  what it made' "$(cat po/DATA/NEW po/CAL/SUB/F)" 'new
x'
ok '  what it removed' test ! -e po/DATA/GONE -a ! -e po/LOG
is '  what it made read-only' "$(stat -c %a po/DATA/KEEP)" 440
ok '  it is in the ledger' grep -q '"act"' po/GATEPOST/LEDGER
ok '  nothing of the copy is left' test ! -e po/GATEPOST/TX

rules 'mv DATA/MASTER DATA/master
printf z >>DATA/master' 'touches: DATA/MASTER'
tree
exits 0 'a name in another case is the same name, where names are DOS names' gp run act po
is '  and keeps its spelling' "$(cd po/DATA && echo *)" 'GONE KEEP MASTER'
is '  with the new bytes' "$(cat po/DATA/MASTER)" 0123456789z

rules 'touch -t 200001010000 DATA/KEEP'
tree
before=$(sum)
exits 0 'a time alone is no change' gp run act po
is '  so nothing was done' "$(sum)" "$before"

# --- what it is given ------------------------------------------------------------------------------------------------

rules 'env | LC_ALL=C sort >../SCRATCH/env
exec 9>../SCRATCH/fds
(cd /proc/self/fd && for fd in *; do [ -e "$fd" ] && printf "%s " "$fd"; done; echo) >&9
ls -A >../SCRATCH/names
printf "%s|" "$0" "$@" >../SCRATCH/words
cat >../SCRATCH/stdin
umask >../SCRATCH/umask
for f in env fds names words stdin umask cfg; do cp ../SCRATCH/$f $HOME/../../../../../out.$f 2>/dev/null; sed "s|^|$f: |" ../SCRATCH/$f; done' \
    'env: { COLOUR: "blue ${work}" }' 'files: { cfg: "root ${root}\n" }'
tree
exits 0 'what it is given' env SECRET=1 LD_DEBUG_SECRET=1 "$GATEPOST" run -v act po
po=$(cd po && pwd -P)
tx=$po/GATEPOST/TX/EXEC1
is '  is this environment and nothing else' "$(sed -n 's/^    | env: //p' "$out" | grep -v '^_=\|^OLDPWD=\|^SHLVL=')" \
    "COLOUR=blue $tx/WORK
GATEPOST_OPERATION=act
HOME=$tx/SCRATCH
LC_ALL=C.UTF-8
PATH=/usr/local/bin:/usr/bin:/bin:/usr/local/games:/usr/games
PWD=$tx/WORK
TMPDIR=$tx/SCRATCH"
has '  its words, without a shell between' "words: $work/script.sh|one|two words|"
has '  a file in its scratch directory' "cfg: root $po"
is '  the tree without GATEPOST' "$(sed -n 's/^    | names: //p' "$out" | tr '\n' ' ')" 'DATA LOG '
hasnt '  nothing to read' '| stdin:'
has '  an umask' 'umask: 0022'
is '  three descriptors and the lock' "$(sed -n 's/^    | fds: //p' "$out" | tr ' ' '\n' | grep -c '^[0-3]$')" 4

# --- what makes it fail ----------------------------------------------------------------------------------------------

rules 'echo x >>DATA/KEEP; echo y >DATA/OTHER; echo z >>DATA/MASTER' 'touches: DATA/MASTER'
fails 'a change that touches does not name' "the program changed what 'touches' does not name: DATA/KEEP, DATA/OTHER"
rules 'rm -r LOG'
fails 'a removal without touches' "does not name: LOG"
rules 'echo x >>DATA/MASTER; echo it is all wrong >&2; exit 3' 'touches: DATA/*'
fails 'a status other than 0' 'it ended with status 3; it said: it is all wrong'
rules 'echo x >>DATA/MASTER; kill -SEGV $$' 'touches: DATA/*'
fails 'a signal' 'it was ended by signal 11'
rules 'exit 3' 'status: [2, 3]'
tree
exits 0 'a status that was expected' gp run act po
rules 'echo " 7" >../SCRATCH/st; exit 0' 'status-from: st' 'status: [7]'
exits 0 'a status from a file' gp run act po
rules 'printf "1\r\n" >../SCRATCH/st' 'status-from: st'
fails 'another status from a file' 'it ended with status 1'
rules ':' 'status-from: st'
fails 'no status in the file' 'it left no status in st'
rules 'ln -s /etc/passwd ../SCRATCH/st' 'status-from: st'
fails 'a link in place of the file' 'it left no status in st'
rules 'echo Done, all well. >../SCRATCH/log' 'result: { file: log, matches: "all well" }'
tree
exits 0 'a result that says so' gp run act po
rules 'echo Done, all ill. >../SCRATCH/log' 'result: { file: log, matches: "all well" }'
fails 'a result that does not' 'what it left in log does not say that it succeeded'
rules ':' 'result: { file: log, matches: "all well" }'
fails 'no result' 'it left no file log'
rules 'ln -s /etc/passwd DATA/LINK' 'touches: "*/*"'
fails 'a link in the copy' 'in the working copy DATA/LINK is a symbolic link'
rules 'mkfifo DATA/PIPE' 'touches: "*/*"'
fails 'a FIFO in the copy' 'in the working copy DATA/PIPE is neither a file nor a directory'
rules 'echo x >DATA/new; echo y >DATA/NEW' 'touches: "*/*"'
fails 'two names that differ in case alone' 'in the working copy DATA/'
rules ':'
sed -i 's/exec: .sh,/exec: [no-such-program,/' set/ruleset.yaml
fails 'no such program' "there is no program 'no-such-program'"
sed -i "s|exec: .no-such-program,|exec: [$work/script.sh,|" set/ruleset.yaml
fails 'a file that is no program' "there is no program $work/script.sh"
rules ':' 'interactive: true'
tree
before=$(sum)
exits 5 'an interactive one without a terminal and a display' env -u DISPLAY -u WAYLAND_DISPLAY "$GATEPOST" run act po
has '  is refused' 'there is neither a terminal nor a display'
untouched 'interactive'

rules ':'
tree
ln -s MASTER po/DATA/LINK
before=$(sum)
exits 5 'a tree with a link in it cannot be copied' gp run act po
has '  says which' 'DATA/LINK'
untouched 'link'

rules 'yes 0123456789 | head -c 3000000; echo; echo the end; exit 1'
fails 'a flood of output' '| ... (-v shows more)'
exits 5 '  with -v' gp run -v act po
has '  its end is kept' '| the end'
has '  and how much is not' 'bytes left out)'
is '  it is bounded' "$(test "$(wc -c <"$out")" -lt 200000 && echo yes)" yes
rules 'printf "\033[31mred\033]0;title\007"; exit 1'
fails 'escapes in the output' 'it said: \x1b[31mred'

# --- what lives too long ---------------------------------------------------------------------------------------------

rules 'trap "" TERM INT HUP; echo x >>DATA/MASTER; sleep 1000 & wait; sleep 1000' 'touches: DATA/*' 'timeout: 1 s'
fails 'a program that does not listen' 'it took too long, so it was ended with all that it had started'
rules 'cat >../SCRATCH/daemon <<"END"
trap "" TERM HUP
while :; do date >>DATA/MASTER; sleep 0.1; done
END
(setsid sh ../SCRATCH/daemon >/dev/null 2>&1 &) ; exit 0' 'touches: DATA/*' 'timeout: 2 s'
tree
exits 0 'one that leaves a daemon behind ends well' gp run -v act po
has '  but the daemon was ended' 'had to be ended'
is '  and is gone' "$(ps -eo args | grep -c '[S]CRATCH/daemon')" 0
last=$(cat po/DATA/MASTER)
sleep 0.5
is '  nothing writes any more' "$(cat po/DATA/MASTER)" "$last"

# --- what reaches further --------------------------------------------------------------------------------------------

rules 'for f in "$GATEPOST_REAL/DATA/KEEP" '"$work"'/elsewhere; do echo x >>"$f" || echo "refused: $f"; done
rm -f "$GATEPOST_REAL/DATA/GONE" || echo refused: rm; exit 0' 'env: { GATEPOST_REAL: "${root}" }'
tree
echo mine >elsewhere
before=$(sum)
"$GATEPOST" --version -v >version 2>/dev/null
if grep -q '^landlock ABI [2-9]' version; then
    exits 0 'one that writes by absolute names' gp run -v act po
    is '  is refused each time' "$(grep -c '| refused: ' "$out")" 3
    is '  the tree is as it was' "$(sum)" "$before"
    is '  what is elsewhere too' "$(cat elsewhere)" mine
else
    skip 4 'this kernel has no Landlock: that a program cannot write outside its copy CANNOT BE SHOWN'
fi

rules 'echo x >>DATA/MASTER; echo meddled >>'"$work"'/po/DATA/KEEP 2>/dev/null
: >../SCRATCH/ready; i=0; while [ ! -e ../SCRATCH/go ] && [ $i -lt 100 ]; do sleep 0.05; i=$((i + 1)); done' 'touches: DATA/*'
tree
(
    while [ ! -e po/GATEPOST/TX/EXEC1/SCRATCH/ready ]; do sleep 0.05; done
    echo meddled >>po/DATA/KEEP
    : >po/GATEPOST/TX/EXEC1/SCRATCH/go
) &
exits 6 'a tree that changes while the program runs' gp run act po
wait
has '  is said to have' 'DATA/KEEP'
is '  and nothing was done' "$(cat po/DATA/MASTER)" 0123456789
ok '  nothing is left of the run' test ! -e po/GATEPOST/TX

# Gatepost is killed while the program runs, which dies with it.
rules ': >../SCRATCH/ready; echo x >>DATA/MASTER; exec sleep 1000' 'touches: DATA/*'
tree
before=$(sum)
"$GATEPOST" run act po >/dev/null 2>&1 &
pid=$!
while [ ! -e po/GATEPOST/TX/EXEC1/SCRATCH/ready ]; do sleep 0.05; done
exits 75 'a second run meanwhile' gp run act po
exits 75 '  and recover' gp recover po
kill -9 "$pid"
wait "$pid" 2>/dev/null
i=0
while gp recover po >/dev/null; [ $? -eq 75 ] && [ $i -lt 100 ]; do sleep 0.05; i=$((i + 1)); done
exits 0 'after kill -9 there is nothing to recover' gp recover po
untouched 'killed'
rules 'echo x >>DATA/MASTER' 'touches: DATA/*'
exits 0 'and the next run runs' gp run act po

# --- several, and what else there is ---------------------------------------------------------------------------------

rules 'echo one >>DATA/MASTER' 'touches: DATA/MASTER'
cat >>set/ruleset.yaml <<'END'
      - { write: DATA/NEW, text: "by a step\n" }
      - { exec: [sh, -c, "cat DATA/NEW >>DATA/MASTER; rm DATA/NEW"], touches: "DATA/*" }
      - { write: DATA/LAST, text: last }
END
tree
exits 0 'steps and programs see what those before them did' gp run act po
is '  in order' "$(cat po/DATA/MASTER)" '0123456789one
by a step'
ok '  to the end' test -e po/DATA/LAST -a ! -e po/DATA/NEW

exits 0 'JSON' gp run -f json -n act po
has '  names the programs' '"program": "sh"'
has '  and how they ended' '"status": 0'

# --- what is wrong when it is loaded ---------------------------------------------------------------------------------

rules ':' 'status-from: ../st' 'env: { LD_PRELOAD: x, A-B: y }' 'result: { file: .., matches: x }'
sed -i 's/exec: .sh,/exec: [bin\/sh,/' set/ruleset.yaml
exits 3 'names that cannot be' gp run act po
line() { err_has "  $1" "$2"; }
line 'a path' "ruleset.yaml:12:9: error: 'status-from' names a file of the scratch directory, so it is one name, not '../st' [GP0385]"
line 'a path' "ruleset.yaml:12:9: error: 'result' names a file of the scratch directory, so it is one name, not '..' [GP0385]"
line 'the loader' "error: 'LD_PRELOAD' is no name of an environment variable that a rule may set [GP0386]"
line 'a blank' "error: 'A-B' is no name of an environment variable that a rule may set [GP0386]"
line 'a relative program' "'bin/sh' is neither [GP0387]"

done_testing
