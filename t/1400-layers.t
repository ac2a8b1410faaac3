#!/bin/sh
# Which rule set is meant, of which files it is made in which layer, and what drop-ins and `extends` do to definitions.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

user=$XDG_CONFIG_HOME/gatepost/rules

# fresh: no rule sets.
fresh() {
    rm -rf "$user" "${work:?}"/*
    mkdir -p "$user" "$work/tree"
}

# put FILE: standard input becomes the file.
put() {
    mkdir -p "${1%/*}"
    cat >"$1"
}

# set_at DIR: a rule set is there, with standard input behind the three lines that name it.
set_at() {
    { printf 'gatepost: 1\nruleset: %s\ntitle: A set\n' "${1##*/}" && cat; } | put "$1/ruleset.yaml"
}

# one OP TITLE: a line with an operation that does not ask anything.
one() {
    echo "operations: { $1: { title: $2 } }"
}

# expect STATUS NAME LINES OPTION…: what loading ends with, and the first lines of all that is said.  WORK/ is left out.
expect() {
    status=$1 name=$2 lines=$3
    shift 3
    exits "$status" "$name" "$GATEPOST" "$@" list operations || return
    is "$name: the message" "$(sed -n "s|^$work/||; s|^$user/|USER/|; /^[^ ].*\[GP[0-9]*]\$/p" "$err")" "$lines"
}

# operations NAME LIST OPTION…: loading is silent, and those are the operations with their titles, "op Title; op Title".
operations() {
    name=$1 list=$2
    shift 2
    expect 0 "$name" '' "$@"
    is "$name: the operations" "$(sed 's/  */ /' "$out" | paste -s -d ';' | sed 's/;/; /g')" "$list"
}

# ---- no such set ----------------------------------------------------------------------------------------------------

fresh
expect 3 'no set of that name' "gatepost: error: there is no rule set 'elsewhere' [GP0401]" -r elsewhere
err_has 'where was looked' "looked in $user (user)"

one op An | set_at "$user/postgres"
expect 3 'a misspelt name' "gatepost: error: there is no rule set 'postgers' [GP0401]" -r postgers
err_has 'which was meant' "did you mean 'postgres'?"

# A name is looked for in the layers alone: what lies in the working directory decides nothing until its path is given.
mkdir "$work/cwd" && cd "$work/cwd" || exit 99
one op-here Here | set_at "$work/cwd/postgres"
operations 'a set of the layers, beside a directory of its name' 'op An' -r postgres
operations 'the directory' 'op-here Here' -r ./postgres
one op-here Here | set_at "$work/cwd/msmail"
operations 'the default' 'op An' -r postgres
one vendor The-layers | set_at "$user/msmail"
operations 'the default set is the layers own' 'vendor The-layers'
exits 0 'nor does the environment name a directory' env GATEPOST_RULES=postgres:msmail "$GATEPOST" list operations
has 'one set' 'op   An'
hasnt 'and not the other' Here
rm -r "$user/msmail"
one op-more More | set_at "$work/cwd/more/set"
operations 'nor is a name a layer' 'op An' -r postgres -r ./more
one op-more More | set_at "$work/cwd/sets/set"
one op-sets Sets | set_at "$user/sets"
operations 'a layer beside a set of its name' 'op-sets Sets' -r sets
expect 3 'a set that is here and in no layer' \
    "gatepost: error: there is no rule set 'msmail' in the layers; for the one in this directory write ./msmail [GP0401]" \
    -r msmail
expect 3 'the same of the default' \
    "gatepost: error: there is no rule set 'msmail' in the layers; for the one in this directory write ./msmail [GP0401]"
expect 3 'a directory that is here and in no layer' "gatepost: error: there is no rule set 'more' [GP0401]" -r more
err_has 'what to write' 'for the directory of that name write ./more'
echo 'extends: more' | set_at "$work/cwd/set"
expect 3 'extends takes no path' "./set/ruleset.yaml:4:10: error: there is no rule set 'more' [GP0401]" -r ./set
err_hasnt 'nor is one advised' 'write ./more'
cd "$work" && rm -r "$work/cwd" "$user/sets" || exit 99

expect 3 'a path without a set' "gatepost: error: there is no rule set in $work/none [GP0401]" -r "$work/none"
mkdir "$work/none"
expect 3 'a directory without a manifest' "gatepost: error: there is no rule set in $work/none [GP0401]" -r "$work/none"
err_has 'why' 'it has no ruleset.yaml'

mkdir "$user/headless"
expect 3 'the same in a layer' "gatepost: error: there is no rule set 'headless' [GP0401]" -r headless
err_has 'why' "$user/headless has no ruleset.yaml"

echo 'extends: [postgres, postgers]' | set_at "$work/set"
expect 3 'extends what is not there' "set/ruleset.yaml:4:21: error: there is no rule set 'postgers' [GP0401]" -r "$work/set"
err_has 'beside it too' "looked in $work (beside it)"

# ---- the manifest ---------------------------------------------------------------------------------------------------

fresh
put "$work/set/ruleset.yaml" <<'YAML'
gatepost: 1
title: A set
ruleset: other
YAML
expect 3 'a set of another name' \
    "set/ruleset.yaml:3:10: error: the directory of this rule set is 'set', not 'other' [GP0402]" -r "$work/set"

fresh
set_at "$work/set" <<'YAML'
engine: ">= 99"
sections-of-the-future: []
YAML
version=$("$GATEPOST" --version | sed 's/^gatepost //')
expect 3 'another engine, and nothing but that' \
    "set/ruleset.yaml:4:9: error: the rule set is for an engine >= 99; this one is $version [GP0403]" -r "$work/set"

echo 'engine: ">= 0.1, < 0.1"' | set_at "$work/set"
expect 3 'each of several versions counts' \
    "set/ruleset.yaml:4:9: error: the rule set is for an engine >= 0.1, < 0.1; this one is $version [GP0403]" \
    -r "$work/set"

for engine in 0.1 '~> 1' '>= 0.1,' '>= 1.x'; do
    echo "engine: \"$engine\"" | set_at "$work/set"
    expect 3 "no condition on a version: $engine" \
        "set/ruleset.yaml:4:9: error: '$engine' is no condition on a version; write \">= 0.1\" or \">= 0.1, < 2\" [GP0404]" \
        -r "$work/set"
done

for engine in '>= 0.1' '>=0.1, < 99' "= $version" '> 0, <= 99.1.2.3'; do
    { echo "engine: \"$engine\"" && one op An; } | set_at "$work/set"
    operations "this engine: $engine" 'op An' -r "$work/set"
done

# A set that extends one for another engine is not blamed for what that does not define.
fresh
echo 'engine: ">= 99"' | set_at "$work/base"
set_at "$work/set" <<'YAML'
extends: base
operations: { op: { requires: { r: { severity: warn } } } }
YAML
expect 3 'extends a set for another engine' \
    "base/ruleset.yaml:4:9: error: the rule set is for an engine >= 99; this one is $version [GP0403]" -r "$work/set"

# ---- the files of one set -------------------------------------------------------------------------------------------

fresh
set_at "$work/set" </dev/null
put "$work/set/b.yaml" <<'YAML'
gatepost: 1
conditions:
  same: { file: A }
YAML
put "$work/set/a.yaml" <<'YAML'
gatepost: 1
conditions:
  first: { file: A }
  same: { file: B }
YAML
expect 3 'the same id in two files' "set/b.yaml:3:3: error: 'same' is defined twice in conditions [GP0405]" -r "$work/set"
err_has 'the other place' "$work/set/a.yaml:4:3: the other definition is here"

fresh
set_at "$work/set" </dev/null
for file in b a C 10 9; do
    { echo 'gatepost: 1' && one "op-$file" "From $file"; } | put "$work/set/$file.yaml"
done
operations 'files are read in byte order' 'op-10 From 10; op-9 From 9; op-C From C; op-a From a; op-b From b' -r "$work/set"

fresh
set_at "$work/set" </dev/null
printf 'gatepost: 1\nconditions: [a]\n' | put "$work/set/a.yaml"
printf 'gatepost: 1\nconditions: { c: { file: A } }\n' | put "$work/set/b.yaml"
expect 3 'a section that is a list' 'set/a.yaml:2:13: error: expected a mapping of ids, found a list [GP0203]' -r "$work/set"
mv "$work/set/a.yaml" "$work/set/c.yaml"
expect 3 'the same behind one that is right' \
    'set/c.yaml:2:13: error: the section conditions is a mapping of ids [GP0407]' -r "$work/set"

# ---- layers ---------------------------------------------------------------------------------------------------------

fresh
mkdir "$work/l1" "$work/l2"
one op User | set_at "$user/set"
operations "the user's layer" 'op User' -r set
one only First | set_at "$work/l1/set"
{ echo 'gatepost: 1' && one more 'More of it'; } | put "$work/l1/set/more.yaml"
operations 'a higher one replaces the whole set' 'more More of it; only First' -r "$work/l1" -r set
operations 'wherever it is named' 'more More of it; only First' -r set -r "$work/l1"
one second Second | set_at "$work/l2/set"
operations 'the last --rules is the highest' 'second Second' -r "$work/l1" -r "$work/l2" -r set
operations 'in their order' 'more More of it; only First' -r "$work/l2" -r "$work/l1" -r set
operations 'without it nothing has changed' 'op User' -r set

# A directory without a manifest replaces files.
rm "$work/l2/set/ruleset.yaml"
{ echo 'gatepost: 1' && one more 'More replaced'; } | put "$work/l2/set/more.yaml"
operations 'a file is replaced' 'more More replaced; only First' -r "$work/l1" -r "$work/l2" -r set
: >"$work/l2/set/more.yaml"
operations 'an empty file masks' 'only First' -r "$work/l1" -r "$work/l2" -r set
ln -sf /dev/null "$work/l2/set/more.yaml"
operations 'a link to /dev/null masks' 'only First' -r "$work/l1" -r "$work/l2" -r set
exits 0 'lint says what is not read' "$GATEPOST" lint -r "$work/l1" -r "$work/l2" -r set
has 'what a higher layer masks' \
    "$work/l1/set/more.yaml: note: not read: $work/l2/set/more.yaml, in a higher layer, masks it [GP0416]"
has 'what a higher layer replaces' \
    "$user/set: note: not read: $work/l1/set, in a higher layer, replaces it [GP0415]"
exits 0 'the same as JSON' "$GATEPOST" lint -r "$work/l1" -r "$work/l2" -r set -f json
has 'a file as a whole has no line' "\"file\": \"$work/l1/set/more.yaml\",
  \"line\": null"
exits 0 'the same for GitHub' "$GATEPOST" lint -r "$work/l1" -r "$work/l2" -r set -f github
has 'with the file alone' "::notice file=$work/l1/set/more.yaml,title=GP0416"
exits 0 'the same as SARIF' "$GATEPOST" lint -r "$work/l1" -r "$work/l2" -r set -f sarif
hasnt 'no line 0' '"startLine": 0'
ln -sf nowhere "$work/l2/set/more.yaml"
expect 3 'a link that leads nowhere does not' \
    'l2/set/more.yaml: error: the file cannot be read: No such file or directory [GP0102]' \
    -r "$work/l1" -r "$work/l2" -r set
mv "$work/l2/set/more.yaml" "$work/l2/set/moer.yaml"
expect 3 'a name that is in no lower layer' \
    "l2/set/moer.yaml: error: this replaces nothing: the rule set 'set' has no file of this name in a lower layer [GP0413]" \
    -r "$work/l1" -r "$work/l2" -r set
ln -s /dev/null "$work/l1/set/null.yaml"
expect 3 'a mask of nothing in the set itself' \
    'l1/set/null.yaml: error: this masks nothing: no lower layer has a file of this name [GP0413]' -r "$work/l1" -r set

# Sets that are masked as a whole.
fresh
mkdir "$work/l1"
one op User | set_at "$user/set"
: >"$work/l1/set"
expect 3 'a set that an empty file masks' "gatepost: error: there is no rule set 'set' [GP0401]" -r "$work/l1" -r set
err_has 'by what' "$work/l1/set masks it"
ln -sf /dev/null "$work/l1/set"
expect 3 'a set that a link to /dev/null masks' "gatepost: error: there is no rule set 'set' [GP0401]" \
    -r "$work/l1" -r set
rm "$work/l1/set"
: | put "$work/l1/set/ruleset.yaml"
expect 3 'a set whose manifest is masked' "gatepost: error: there is no rule set 'set' [GP0401]" -r "$work/l1" -r set
err_has 'by what' "$work/l1/set/ruleset.yaml masks it"
ln -sf nowhere "$work/l1/set/ruleset.yaml"
expect 3 'a manifest that cannot be read is not one that is absent' \
    'l1/set/ruleset.yaml: error: the file cannot be read: No such file or directory [GP0102]' -r "$work/l1" -r set
rm -r "$work/l1/set"
ln -s nowhere "$work/l1/set"
expect 3 'a set that cannot be read is not one that is absent' \
    'l1/set: error: the directory cannot be read: No such file or directory [GP0102]' -r "$work/l1" -r set
rm "$work/l1/set"
mkdir "$work/l1/set.d" # a file alone does not make a layer
echo text >"$work/l1/set"
expect 3 'a file with something in it is neither a set nor a mask' \
    'l1/set: error: the directory cannot be read: Not a directory [GP0102]' -r "$work/l1" -r set

# What is neither a set nor a layer, though something in it looks like one.
fresh
one op User | set_at "$user/set"
mkdir -p "$work/none/tests" "$work/none/files"
echo 'gatepost: 1' | tee "$work/none/tests/a.yaml" >"$work/none/files/b.yaml"
for what in 'tests and files' 'an empty file with a suffix' 'rule files' ; do
    case $what in
        *suffix) : >"$work/none/notes.txt" ;;
        rule*) mkdir "$work/none/set" && echo 'gatepost: 1' | tee "$work/none/set/a.yaml" >"$work/none/a.yaml" ;;
    esac
    expect 3 "$what do not make a layer" "gatepost: error: there is no rule set in $work/none [GP0401]" -r "$work/none" -r set
    err_has 'why no set' 'it has no ruleset.yaml'
    err_has 'why no layer' 'nor does it hold rule sets (NAME/ruleset.yaml), drop-ins (NAME.d/), or files or masks for them'
done
: >"$work/file"
expect 3 'a file' "gatepost: error: there is no rule set in $work/file [GP0401]" -r "$work/file"
err_has 'what it is' 'it is no directory'
expect 3 'nothing' "gatepost: error: there is no rule set in $work/nothing [GP0401]" -r "$work/nothing"
err_has 'what it is not' "$work/nothing: No such file or directory"

# What lies in a layer for a set that nobody has.
fresh
one op User | set_at "$user/set"
{ printf 'gatepost: 1\namends: sett\n' && one op Sett; } | put "$user/sett.d/a.yaml"
expect 0 'drop-ins for a set that nobody has' \
    "USER/sett.d: warning: not read: there is no rule set 'sett' for these drop-ins [GP0417]" -r set
err_has 'which set is meant' "did you mean 'set.d'?"
mv "$user/sett.d" "$user/sets"
expect 0 'files for a set that nobody has' \
    "USER/sets: warning: not read: there is no rule set 'sets' for these files [GP0417]" -r set
err_has 'which set is meant' "did you mean 'set'?"
mv "$user/sets" "$user/elsewhere.d"
operations 'what is for quite another set is not our affair' 'op User' -r set

# ---- drop-ins -------------------------------------------------------------------------------------------------------

# retitle FILE TITLE: a drop-in that does that to the operation `op` of the set `set`.
retitle() {
    { printf 'gatepost: 1\namends: set\n' && one op "$2"; } | put "$1"
}

fresh
one op An | set_at "$work/set"
echo 'gatepost: 1' | put "$work/set.d/a.yaml"
expect 3 'a drop-in that does not say of what' "set.d/a.yaml:1:1: error: a drop-in says 'amends: set' [GP0412]" \
    -r "$work/set"
printf 'gatepost: 1\namends: other\n' | put "$work/set.d/a.yaml"
expect 3 'a drop-in of another set' \
    "set.d/a.yaml:2:9: error: this lies in set.d/ and must say 'amends: set' [GP0412]" -r "$work/set"
printf 'gatepost: 1\namends: [set]\n' | put "$work/set.d/a.yaml"
expect 3 'a drop-in of several sets' \
    "set.d/a.yaml:2:9: error: this lies in set.d/ and must say 'amends: set' [GP0412]" -r "$work/set"

retitle "$work/set.d/b.yaml" 'From b'
retitle "$work/set.d/a.yaml" 'From a'
operations 'the last in byte order wins' 'op From b' -r "$work/set"
retitle "$work/set.d/B.yaml" 'From B'
rm "$work/set.d/b.yaml"
operations 'B stands before a' 'op From a' -r "$work/set"

fresh
mkdir "$work/l1"
one op User | set_at "$user/set"
retitle "$user/set.d/z.yaml" 'Drop-in of the user'
operations 'a drop-in beside a set' 'op Drop-in of the user' -r set
retitle "$work/l1/set.d/a.yaml" 'Drop-in of a higher layer'
operations 'a higher layer wins whatever the name' 'op Drop-in of a higher layer' -r "$work/l1" -r set
mv "$work/l1/set.d/a.yaml" "$work/l1/set.d/z.yaml"
operations 'one of the same name replaces' 'op Drop-in of a higher layer' -r "$work/l1" -r set
: >"$work/l1/set.d/z.yaml"
operations 'an empty one masks' 'op User' -r "$work/l1" -r set
rm -r "$work/l1/set.d"
ln -s /dev/null "$work/l1/set.d"
operations 'all are masked' 'op User' -r "$work/l1" -r set
rm "$work/l1/set.d"
one op Higher | set_at "$work/l1/set"
operations 'drop-ins of lower layers amend a set that replaces' 'op Drop-in of the user' -r "$work/l1" -r set

# ---- extends --------------------------------------------------------------------------------------------------------

fresh
echo 'extends: set' | set_at "$work/set"
expect 3 'a set that extends itself' "set/ruleset.yaml:4:10: error: the rule set 'set' extends itself [GP0406]" \
    -r "$work/set"

echo 'extends: b' | set_at "$work/a"
echo 'extends: [c]' | set_at "$work/b"
echo 'extends: b' | set_at "$work/c"
expect 3 'a ring that is entered from outside' "c/ruleset.yaml:4:10: error: the rule set 'b' extends itself [GP0406]" \
    -r "$work/a"
err_has 'one place of it' "$work/b/ruleset.yaml:4:11: by way of what 'b' extends here"
err_has 'the other' "$work/c/ruleset.yaml:4:10: by way of what 'c' extends here"
err_hasnt 'what is outside is not in it' "what 'a' extends"

fresh
for depth in 0 1 2 3 4 5 6 7; do
    echo "extends: s$((depth + 1))" | set_at "$work/s$depth"
done
one op Deep | set_at "$work/s8"
operations 'extended 8 deep' 'op Deep' -r "$work/s0"
echo 'extends: s9' | set_at "$work/s8"
one op Deep | set_at "$work/s9"
expect 3 'one deeper' 's8/ruleset.yaml:4:10: error: rule sets that extend each other more than 8 deep [GP0507]' \
    -r "$work/s0"

fresh
one op Left | set_at "$work/left"
one op Right | set_at "$work/right"
echo 'extends: [left, right]' | set_at "$work/set"
expect 3 'two bases that define the same' "right/ruleset.yaml:4:15: error: 'op' is defined twice in operations [GP0405]" \
    -r "$work/set"
err_has 'the other place' "$work/left/ruleset.yaml:4:15: the other definition is here"

one op Base | set_at "$work/base"
{ echo 'extends: base' && one left Left; } | set_at "$work/left"
{ echo 'extends: base' && one right Right; } | set_at "$work/right"
{ echo 'extends: [left, right]' && one own Own; } | set_at "$work/set"
operations 'what two bases have from one is no conflict' 'op Base; left Left; right Right; own Own' -r "$work/set"

# ---- amendments -----------------------------------------------------------------------------------------------------

fresh
set_at "$work/base" <<'YAML'
names: dos
vars:
  place: { type: string, default: here, title: Where it is }
conditions:
  both: { all: [{ file: A }, { file: B }] }
  sealed-one: { file: A }
  none-else: { file: A }
markers:
  length: { read: { size: A } }
  looked-at: { read: { size: A } }
messages:
  broken: { text: It is broken. }
operations:
  op:
    title: An operation
    requires:
      complete: { that: both, otherwise: { cause: Not both are there., remedy: { text: Make them. } } }
      placed: { that: { var: place, is: there }, severity: warn, otherwise: { cause: It is not there. } }
      guarded:
        that: { all: [sealed-one, { marker: looked-at, is: 0 }] }
        sealed: true
        otherwise: { cause: It is guarded. }
YAML
: >"$work/tree/a"
mkdir "$work/none"
exits 1 'what is amended' "$GATEPOST" -r "$work/base" check op "$work/tree"
has 'denied for that' 'x complete   Not both are there.'
has 'with the remedy' 'Make them.'
has 'and a warning' '! placed   It is not there.'
echo 'extends: base' | set_at "$work/set"
exits 1 'an empty amendment changes nothing' "$GATEPOST" -r "$work/set" check op "$work/tree"
has 'denied for that' 'x complete   Not both are there.'

# The same by a set that extends and by a drop-in.
cat >"$work/amendment" <<'YAML'
vars: { place: there }
operations:
  op:
    title: Another title
    requires:
      complete: { otherwise: { cause: One is missing. } }
      guarded: { otherwise: { cause: In other words. } }
      added: { that: { file: C }, otherwise: { cause: C is missing. } }
YAML
{ echo 'extends: base' && cat "$work/amendment"; } | set_at "$work/set"
{ printf 'gatepost: 1\namends: base\n' && cat "$work/amendment"; } | put "$work/base.d/a.yaml"
mv "$work/base.d" "$work/kept.d"
for how in set base; do
    [ "$how" = set ] || mv "$work/kept.d" "$work/base.d"
    operations "$how: a field" 'op Another title' -r "$work/$how"
    exits 1 "$how: amended" "$GATEPOST" -r "$work/$how" check op "$work/tree"
    has "$how: a field within a field" 'x complete   One is missing.'
    has "$how: the one beside it is as it was" 'Make them.'
    has "$how: an id is added" 'x added   C is missing.'
    has "$how: a variable is set by a scalar" '+ placed'
    has "$how: what is sealed still holds" '+ guarded'
    exits 1 "$how: where it does not" "$GATEPOST" -r "$work/$how" check op "$work/none"
    has "$how: it may say so in other words" 'x guarded   In other words.'
done
rm -r "$work/base.d"

# dropin: standard input, behind its two lines, is the one drop-in of set `base`.
dropin() {
    { printf 'gatepost: 1\namends: base\n' && cat; } | put "$work/base.d/a.yaml"
}

echo 'conditions: { both: { file: A } }' | dropin
exits 0 'a condition is replaced whole' "$GATEPOST" -r "$work/base" check op "$work/tree"
has 'and holds' '+ complete'
echo 'operations: { op: { requires: { complete: { severity: warn } } } }' | dropin
exits 0 'a severity is changed' "$GATEPOST" -r "$work/base" check op "$work/tree"
has 'and still shown' '! complete   Not both are there.'

echo 'operations: { op: { requires: { complete: { waived: Done by hand, until: 9999-12-31 } } } }' | dropin
exits 0 'a requirement is waived' "$GATEPOST" -r "$work/base" check op "$work/tree"
has 'and shown, with the reason' '- complete (waived until 9999-12-31: Done by hand)'
echo 'operations: { op: { requires: { complete: { waived: Done by hand, until: 2001-12-31 } } } }' | dropin
exits 1 'until the day is over' "$GATEPOST" -r "$work/base" check op "$work/tree"
has 'then it counts again' 'x complete   Not both are there.'

# wrong NAME LINES: the drop-in on standard input is refused.
wrong() {
    dropin
    expect 3 "$1" "$(printf '%s\n' "$2" | sed 's|^|base.d/a.yaml:|')" -r "$work/base"
}

wrong 'a misspelt requirement' \
    "3:35: error: there is no requirement 'complet' to change, and a new one lacks 'that' [GP0408]" <<'YAML'
operations: { op: { requires: {   complet: { severity: warn } } } }
YAML
err_has 'which was meant' "did you mean 'complete'?"

wrong 'a misspelt message' "3:13: error: there is no message 'brokn' to change, and a new one lacks 'text' [GP0408]" <<'YAML'
messages: { brokn: { title: Broken } }
YAML
err_has 'which was meant' "did you mean 'broken'?"

wrong 'a misspelt variable' "3:9: error: there is no variable 'palce' to set [GP0409]" <<'YAML'
vars: { palce: there }
YAML
err_has 'which was meant' "did you mean 'place'?"

wrong 'an id that is near to nothing' \
    "3:35: error: there is no requirement 'signed-out' to change, and a new one lacks 'that' [GP0408]" <<'YAML'
operations: { op: { requires: {   signed-out: { severity: warn } } } }
YAML
err_has 'which there are' 'base/ruleset.yaml:20:7: there are: complete, placed, guarded'
err_has 'what follows' 'nothing is decided with the set until this is put right'

# The vendor's set after an upgrade: what an amendment was made for is gone.
cp "$work/base/ruleset.yaml" "$work/old"
echo 'operations: { op: { requires: { complete: { severity: warn } } } }' | dropin
exits 0 'before an upgrade' "$GATEPOST" -r "$work/base" list operations
sed 's/complete:/completely-there:/' "$work/old" >"$work/base/ruleset.yaml"
expect 3 'after it' \
    "base.d/a.yaml:3:33: error: there is no requirement 'complete' to change, and a new one lacks 'that' [GP0408]" \
    -r "$work/base"
err_has 'which there are' 'base/ruleset.yaml:20:7: there are: completely-there, placed, guarded'
err_has 'what has happened' 'it may have gone from the rule set that is amended, or been renamed'
exits 3 'nothing is decided with it' "$GATEPOST" -r "$work/base" check op "$work/tree"
hasnt 'not even in part' 'allowed'
sed 's/complete:/completes:/' "$work/old" >"$work/base/ruleset.yaml"
exits 3 'a small change of the id' "$GATEPOST" -r "$work/base" list operations
err_has 'where it is' "base/ruleset.yaml:20:7: the requirement 'completes' is here"
err_has 'which is meant' "did you mean 'completes'?"
cp "$work/old" "$work/base/ruleset.yaml"

wrong 'no value, in the place of one that is there' "$(
    cat <<'TEXT'
3:28: error: 'title' has no value [GP0204]
4:34: error: 'placed' has no value [GP0204]
5:15: error: 'both' has no value [GP0204]
TEXT
)" <<'YAML'
operations: { op: { title: ~,
  requires: {                    placed: ~ } } }
conditions: { both: ~ }
YAML

wrong 'a sealed requirement' "$(
    cat <<'TEXT'
7:9: error: 'guarded' is sealed: its 'otherwise' may be changed, its 'severity' may not [GP0410]
8:9: error: 'guarded' is sealed: its 'otherwise' may be changed, its 'waived' may not [GP0410]
9:9: error: 'guarded' is sealed: its 'otherwise' may be changed, its 'that' may not [GP0410]
10:9: error: 'guarded' is sealed: its 'otherwise' may be changed, its 'sealed' may not [GP0410]
TEXT
)" <<'YAML'
operations:
  op:
    requires:
      guarded:
        severity: warn
        waived: No reason
        that: both
        sealed: false
YAML
err_has 'what sealed it' 'base/ruleset.yaml:24:9: it is sealed here'

wrong 'what a sealed requirement rests on' "$(
    cat <<'TEXT'
3:15: error: the condition 'sealed-one' may not be changed: 'guarded' is sealed [GP0411]
4:12: error: the marker 'looked-at' may not be changed: 'guarded' is sealed [GP0411]
TEXT
)" <<'YAML'
conditions: { sealed-one: { absent: Q }, none-else: { absent: Q } }
markers: { looked-at: { title: T }, length: { title: T } }
YAML
err_has 'where it is' 'base/ruleset.yaml:22:7: the sealed requirement that rests on it is here'

# Nor the parameters and the words of people that it rests on.
fresh
set_at "$work/base" <<'YAML'
vars: { room: { type: string, default: here } }
attestations: { backup: { within: 1 d } }
conditions:
  of-user: { file: "U/${user}" }
operations:
  op:
    params:
      user: { type: string, default: nobody }
      least: { type: integer, default: 3 }
      disks: { type: directory }
      other: { type: string }
    requires:
      guarded:
        that: { all: [ of-user, { count: "A/*", min: { param: least } }, { file: B, under: disks }, { attested: backup } ] }
        sealed: true
        otherwise: { cause: "It is guarded, ${other}." }
      in-room: { that: { file: "R/${room}" }, sealed: true }
  free:
    params: { user: { type: string } }
    requires: { r: { that: of-user } }
YAML
wrong 'parameters of a sealed requirement' "$(
    cat <<'TEXT'
5:7: error: the parameter 'user' may not be changed: 'guarded' is sealed [GP0411]
6:7: error: the parameter 'least' may not be changed: 'guarded' is sealed [GP0411]
7:7: error: the parameter 'disks' may not be changed: 'guarded' is sealed [GP0411]
9:7: error: the parameter 'room' may not be added: 'in-room' is sealed [GP0411]
12:17: error: the attestation 'backup' may not be changed: 'guarded' is sealed [GP0411]
TEXT
)" <<'YAML'
operations:
  op: { params: {
      user: { default: root },
      least: { default: 0 },
      disks: { title: Disks },
      other: { title: Other },
      room: { type: string, default: there },
      more: { type: string } } }
  free: { params: { user: { default: root } } }
attestations: { backup: { within: 1000 d } }
YAML
err_has 'where it is' 'base/ruleset.yaml:16:7: the sealed requirement that rests on it is here'

# Nor what values the variables that it rests on may have.
fresh
set_at "$work/base" <<'YAML'
vars:
  limit: { type: integer, min: 1, max: 10, default: 5 }
  free: { type: integer, max: 10, default: 1 }
operations:
  op:
    requires:
      few: { that: { count: "*", max: { var: limit } }, sealed: true }
      some: { that: { count: "*", min: { var: free } } }
YAML
wrong 'what a variable of a sealed requirement may be' "$(
    cat <<'TEXT'
3:18: error: the 'max' of the variable 'limit' may not be changed: 'few' is sealed; 'limit: VALUE' sets its value [GP0411]
3:35: error: 50 is greater than 'max' [GP0319]
TEXT
)" <<'YAML'
vars: { limit: { max: 100, value: 50 }, free: { max: 100, value: 50 } }
YAML
err_has 'where it is' 'base/ruleset.yaml:10:7: the sealed requirement that rests on it is here'
printf 'gatepost: 1\namends: base\nvars: { limit: { value: 3 } }\n' | put "$work/base.d/a.yaml"
operations 'its value may be set' 'op' -r "$work/base"
printf 'gatepost: 1\namends: base\nvars: { limit: 10 }\n' | put "$work/base.d/a.yaml"
operations 'to the last one within its bounds' 'op' -r "$work/base"
printf 'gatepost: 1\namends: base\nvars: { limit: 11 }\n' | put "$work/base.d/a.yaml"
exits 3 'and not to one beyond' "$GATEPOST" -r "$work/base" list operations
rm -r "$work/base.d"
{ echo 'extends: base' && echo 'vars: { limit: { choices: ["50"], min: 0 } }'; } | set_at "$work/set"
expect 3 'by way of extends too' "$(
    cat <<'TEXT'
set/ruleset.yaml:5:18: error: the 'choices' of the variable 'limit' may not be changed: 'few' is sealed; 'limit: VALUE' sets its value [GP0411]
set/ruleset.yaml:5:35: error: the 'min' of the variable 'limit' may not be changed: 'few' is sealed; 'limit: VALUE' sets its value [GP0411]
TEXT
)" -r "$work/set"
{ echo 'extends: base' && echo 'vars: { limit: 7 }'; } | set_at "$work/set"
operations 'where it may be set as well' 'op' -r "$work/set"

# A seal may come from a drop-in.
fresh
set_at "$work/base" <<'YAML'
conditions: { ready: { file: READY } }
operations: { op: { requires: { held: { that: ready } } } }
YAML
printf 'gatepost: 1\namends: base\noperations: { op: { requires: { held: { sealed: true } } } }\n' |
    put "$work/base.d/10-seal.yaml"
put "$work/base.d/20-weaken.yaml" <<'YAML'
gatepost: 1
amends: base
conditions: { ready: { absent: READY } }
operations: { op: { requires: { held: { severity: warn } } } }
YAML
expect 3 'a seal of another drop-in' "$(
    cat <<'TEXT'
base.d/20-weaken.yaml:3:15: error: the condition 'ready' may not be changed: 'held' is sealed [GP0411]
base.d/20-weaken.yaml:4:41: error: 'held' is sealed: its 'otherwise' may be changed, its 'severity' may not [GP0410]
TEXT
)" -r "$work/base"
is 'is shown, and the requirement where another rests on it' "$(sed -n "s|^  note: $work/||p" "$err")" "$(
    cat <<'TEXT'
base/ruleset.yaml:5:33: the sealed requirement that rests on it is here
base.d/10-seal.yaml:3:41: it is sealed here
base.d/10-seal.yaml:3:41: it is sealed here
TEXT
)"

# A set that extends is bound as well.
fresh
set_at "$work/base" <<'YAML'
states:
  full: { file: A }
conditions:
  in-a-state: { state: full }
operations:
  op: { requires: { guarded: { when: in-a-state, that: { file: B }, sealed: true, otherwise: { cause: No. } } } }
YAML
set_at "$work/set" <<'YAML'
extends: base
states:
  full: { file: B }
  empty: { absent: A }
operations: { op: { requires: { guarded: { waived: For now } } } }
YAML
expect 3 'every state counts, and by way of extends too' "$(
    cat <<'TEXT'
set/ruleset.yaml:6:3: error: the state 'full' may not be changed: 'guarded' is sealed [GP0411]
set/ruleset.yaml:7:3: error: the state 'empty' may not be added: 'guarded' is sealed [GP0411]
set/ruleset.yaml:8:44: error: 'guarded' is sealed: its 'otherwise' may be changed, its 'waived' may not [GP0410]
TEXT
)" -r "$work/set"

# Who owns the file may replace it: sealing is no lock against a higher layer.
mv "$work/base" "$user/base"
one op Unsealed | set_at "$work/l1/base"
operations 'a higher layer may replace what is sealed' 'op Unsealed' -r "$work/l1" -r base

fresh
one op-one An | set_at "$work/base"
printf 'gatepost: 1\namends: base\n' | put "$work/base.d/a.yaml"
one op-on Another >>"$work/base.d/a.yaml"
expect 0 'a new id that is near to one' "base.d/a.yaml:3:15: warning: this adds a new operation 'op-on' [GP0414]" \
    -r "$work/base"
err_has 'which may be meant' "did you mean 'op-one'?"
has 'it is added' 'op-on    Another'
{ printf 'gatepost: 1\namends: base\n' && echo 'operations: { first-a: { title: A }, first-b: { title: B } }'; } |
    put "$work/base.d/a.yaml"
operations 'new ids that are near to each other alone' 'op-one An; first-a A; first-b B' -r "$work/base"

printf 'gatepost: 1\namends: base\noperations: []\n' | put "$work/base.d/a.yaml"
expect 3 'a section that is a list' 'base.d/a.yaml:3:13: error: the section operations is a mapping of ids [GP0407]' \
    -r "$work/base"

# ---- limits ---------------------------------------------------------------------------------------------------------

# What a set extends, and its drop-ins, count.
fresh
: | set_at "$work/base"
echo 'extends: base' | set_at "$work/set"
awk -v dir="$work/base" 'BEGIN {
    for (i = 1; i <= 998; i++) {
        name = sprintf("%s/a%04d.yaml", dir, i)
        print "gatepost: 1" >name
        close(name)
    }
}'
operations '1000 files in two sets' '' -r "$work/set"
echo 'gatepost: 1' >"$work/set/a.yaml"
expect 3 'one more' \
    'base/ruleset.yaml: error: more than 1000 files in a rule set; this one and those behind it are not read [GP0505]' \
    -r "$work/set"

fresh
: | set_at "$work/set"
awk 'BEGIN {
    print "gatepost: 1\nconditions:"
    for (i = 1; i <= 200000; i++)
        print "  c" i ": { file: A }"
}' >"$work/set/a.yaml"
printf 'gatepost: 1\namends: set\nconditions:\n  c7: { file: B }\n  new: { file: B }\n' | put "$work/set.d/a.yaml"
expect 3 'a drop-in may change one of 200,000 ids, and add none' \
    'set.d/a.yaml:5:3: error: more than 200000 ids in conditions; the rest is not read [GP0506]' -r "$work/set"

# A manifest that is a link to nowhere is an unreadable one, never an absent one: the set of a lower layer is not taken.
mkdir -p "$work/lower/stray" "$work/here/stray"
printf 'gatepost: 1\nruleset: stray\n' >"$work/lower/stray/ruleset.yaml"
ln -s nowhere "$work/here/stray/ruleset.yaml"
cd "$work/here" || exit 1
exits 3 'a manifest that leads nowhere, by name' "$GATEPOST" -r "$work/lower" -r "$work/here" -r stray list operations
err_has '  cannot be read' '[GP0102]'
exits 3 'and by path' "$GATEPOST" -r ./stray list operations
err_has '  cannot be read' '[GP0102]'
exits 0 'but for a name, the working directory is no layer' "$GATEPOST" -r "$work/lower" -r stray list operations
cd "$work" || exit 1

done_testing
