#!/bin/sh
# Files of a rule set: which are read, what each must be, how it opens, YAML that is refused, limits.  What files say: 1200.
. "${srcdir:-$(dirname "$0")/..}/t/lib/test-lib.sh"

# fresh: nothing but a rule set that is in order, whose operation `op` stands in ruleset.yaml.
fresh() {
    rm -rf "$work/set" "$work/set.d"
    mkdir "$work/set"
    cat >"$work/set/ruleset.yaml" <<'YAML'
gatepost: 1
ruleset: set
title: A set
operations: { op: { title: An operation } }
YAML
}

# expect STATUS NAME LINES: what loading $work/set ends with, and the first lines of all that is said about it, from the
# path in $work on.
expect() {
    exits "$1" "$2" "$GATEPOST" -r "$work/set" list operations || return
    is "$2: the message" "$(sed -n "s|^$work/||; /^[^ ].*\[GP[0-9]*]\$/p" "$err")" "$3"
}

# file NAME: standard input becomes that file of a fresh set.
file() {
    fresh
    cat >"$work/set/$1"
}

# bytes FORMAT: as file a.yaml, from what printf makes of FORMAT.
bytes() {
    # shellcheck disable=SC2059 # a format is asked for
    printf "$1" | file a.yaml
}

fresh
expect 0 'a set that is in order' ''
has 'its operation' 'op   An operation'

# ---- files that cannot be read --------------------------------------------------------------------------------------

fresh
ln -s nowhere "$work/set/a.yaml"
expect 3 'a link that leads nowhere' \
    'set/a.yaml: error: the file cannot be read: No such file or directory [GP0102]'

fresh
ln -s a.yaml "$work/set/a.yaml"
expect 3 'a link to itself' \
    'set/a.yaml: error: the file cannot be read: Too many levels of symbolic links [GP0102]'

fresh
ln -s nowhere "$work/set.d"
expect 3 'drop-ins whose directory is a link that leads nowhere' \
    'set.d: error: the directory cannot be read: No such file or directory [GP0102]'

fresh
echo text >"$work/set.d"
expect 3 'drop-ins whose directory is a file' 'set.d: error: the directory cannot be read: Not a directory [GP0102]'

fresh
mkdir "$work/set/a.yaml"
expect 3 'a directory named like a rule file' 'set/a.yaml: error: this is not a regular file [GP0103]'

fresh
mkfifo "$work/set/a.yaml"
expect 3 'a FIFO is not waited for' 'set/a.yaml: error: this is not a regular file [GP0103]'

fresh
ln -s /dev/zero "$work/set/a.yaml"
expect 3 'a device is not read' 'set/a.yaml: error: this is not a regular file [GP0103]'

fresh
rm "$work/set/ruleset.yaml"
mkdir "$work/set/ruleset.yaml"
expect 3 'a manifest that is a directory' 'set/ruleset.yaml: error: this is not a regular file [GP0103]'

# A file of /proc has no bytes until it is read, as if it had grown meanwhile.
if [ -f /proc/version ] && [ ! -s /proc/version ]; then
    fresh
    ln -s /proc/version "$work/set/a.yaml"
    expect 3 'a file that grows' 'set/a.yaml: error: the file changed while it was read [GP0104]'
else
    skip 2 'no /proc'
fi

# All that is wrong is said at once, in byte order of the names.
fresh
ln -s nowhere "$work/set/z.yaml"
mkdir "$work/set/B.yaml"
echo 'gatepost: 2' >"$work/set/a.yaml"
expect 3 'several files' "$(
    cat <<'TEXT'
set/B.yaml: error: this is not a regular file [GP0103]
set/a.yaml:1:11: error: this engine knows version 1 of the rule language, not 2 [GP0110]
set/z.yaml: error: the file cannot be read: No such file or directory [GP0102]
TEXT
)"

# What a file that was not read may define is not missed.
file b.yaml <<'YAML'
gatepost: 1
operations:
  ask: { requires: { r: { that: elsewhere, otherwise: { cause: No. } } } }
YAML
ln -s nowhere "$work/set/a.yaml"
expect 3 'no references to what was not read are blamed' \
    'set/a.yaml: error: the file cannot be read: No such file or directory [GP0102]'

# ---- files that are not read ----------------------------------------------------------------------------------------

fresh
mkdir "$work/set/tests" "$work/set/files"
: >"$work/set/README"
: >"$work/set/README.md"
: >"$work/set/LICENSE.txt"
expect 0 'what belongs to a set' ''

fresh
echo '- no rules' | tee "$work/set/notes.txt" "$work/set/a.yml" "$work/set/b.yaml.bak" >"$work/set/c.YAML"
mkdir "$work/set/more"
expect 0 'what does not' "$(
    cat <<'TEXT'
set/a.yml: warning: ignored: the names of rule files end in .yaml [GP0121]
set/b.yaml.bak: warning: ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set [GP0121]
set/c.YAML: warning: ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set [GP0121]
set/more: warning: ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set [GP0121]
set/notes.txt: warning: ignored: only *.yaml files, tests/, files/, README* and LICENSE* belong to a rule set [GP0121]
TEXT
)"
exits 0 'with -q' "$GATEPOST" -q -r "$work/set" list operations
is 'with -q: nothing is said' "$(cat "$err")" ''

fresh
echo '- no rules' | tee "$work/set/.a.yaml" "$work/set/a.yaml~" >"$work/set/.a.yaml.swp"
expect 0 'hidden and backup files are for lint to tell' ''

fresh
mkdir "$work/set.d"
echo '- no rules' | tee "$work/set.d/a.yml" >"$work/set.d/.b.yaml"
expect 0 'in a directory of drop-ins' 'set.d/a.yml: warning: ignored: the names of rule files end in .yaml [GP0121]'

# ---- how a file opens -----------------------------------------------------------------------------------------------

file a.yaml <<'YAML'
# A list.

- gatepost: 1
YAML
expect 3 'a list' 'set/a.yaml:3:1: error: a rule file is a mapping, not a list [GP0108]'

bytes 'Hello\n'
expect 3 'a text' "set/a.yaml:1:1: error: a rule file is a mapping, not the text 'Hello' [GP0108]"

bytes '# Nothing yet.\n'
expect 3 'a comment alone' "set/a.yaml:1:1: error: a rule file opens with 'gatepost: 1' [GP0109]"

fresh
: >"$work/set/a.yaml"
expect 3 'no bytes' "set/a.yaml: error: a rule file opens with 'gatepost: 1' [GP0109]"

file a.yaml <<'YAML'
# Conditions.
conditions: { c: { file: A } }
YAML
expect 3 'no version' "set/a.yaml:1:1: error: a rule file opens with 'gatepost: 1' [GP0109]"

file ruleset.yaml <<'YAML'
ruleset: set
YAML
expect 3 'no version in the manifest' "set/ruleset.yaml:1:1: error: a rule file opens with 'gatepost: 1' [GP0109]"

# Nothing else of a file in another version is looked at.
file a.yaml <<'YAML'
gatepost: 2
operators: []
YAML
expect 3 'another version' \
    'set/a.yaml:1:11: error: this engine knows version 1 of the rule language, not 2 [GP0110]'

bytes 'gatepost: "1"\n'
expect 3 'a quoted version' "set/a.yaml:1:11: error: 'gatepost' is the integer 1, not a quoted text [GP0110]"

bytes 'gatepost: 1.0\n'
expect 3 'a version with a point' "set/a.yaml:1:11: error: 'gatepost' is the integer 1, not the text '1.0' [GP0110]"

bytes 'gatepost: 01\n'
expect 3 'a version with a leading zero' \
    "set/a.yaml:1:11: error: 'gatepost' is the integer 1, not the text '01' [GP0110]"

bytes 'gatepost: [1]\n'
expect 3 'a list of versions' "set/a.yaml:1:11: error: 'gatepost' is the integer 1, not a list [GP0110]"

bytes 'gatepost:\n'
expect 3 'an empty version' "set/a.yaml:1:10: error: 'gatepost' is the integer 1, not an empty value [GP0110]"

bytes '\357\273\277gatepost: 1\r\nconditions: { c: { file: A } }\r\n'
expect 0 'a byte order mark and carriage returns are no matter' ''

# ---- keys in the wrong file -----------------------------------------------------------------------------------------

file a.yaml <<'YAML'
gatepost: 1
title: Another title
names: exact
amends: set
tests-for: set
YAML
expect 3 'keys of other files' "$(
    cat <<'TEXT'
set/a.yaml:2:1: error: 'title' belongs in ruleset.yaml [GP0123]
set/a.yaml:3:1: error: 'names' belongs in ruleset.yaml [GP0123]
set/a.yaml:4:1: error: 'amends' belongs in a drop-in, NAME.d/*.yaml [GP0123]
set/a.yaml:5:1: error: 'tests-for' belongs in a file beneath tests/ [GP0123]
TEXT
)"

fresh
echo 'amends: set' >>"$work/set/ruleset.yaml"
expect 3 'the manifest amends nothing' \
    "set/ruleset.yaml:5:1: error: 'amends' belongs in a drop-in, NAME.d/*.yaml [GP0123]"

fresh
mkdir "$work/set.d"
printf 'gatepost: 1\namends: set\nextends: [other]\n' >"$work/set.d/a.yaml"
expect 3 'a drop-in has no manifest' "set.d/a.yaml:3:1: error: 'extends' belongs in ruleset.yaml [GP0123]"

# ---- YAML -----------------------------------------------------------------------------------------------------------

# yaml NAME LINES FORMAT: a.yaml is what printf makes of FORMAT, from its second line on; it is refused with LINES, which
# begin with line and column.
yaml() {
    bytes "gatepost: 1\\n$3"
    expect 3 "$1" "$(printf '%s\n' "$2" | sed 's|^|set/a.yaml:|')"
}

yaml 'an open quote' '3:14: error: the quote that opens here is never closed [GP0101]' \
    'conditions:\n  c: { file: "A }\n'
yaml 'a tab' '3:1: error: a tab cannot indent; use spaces [GP0101]' 'conditions:\n\tc: { file: A }\n'
yaml 'two colons' "3:7: error: a second ':' on this line [GP0101]" 'conditions:\n  c: a: b\n'
err_has 'what to do about it' "a text that holds ': ' must be quoted"
yaml 'an open bracket' "4:4: error: a ',' or '}' is expected here [GP0101]" \
    'conditions:\n  c: { file: A\n  d: { file: B }\n'
err_has 'where it was opened' 'set/a.yaml:3:6: '
yaml 'lines that do not line up' '4:3: error: this line does not line up with those that it belongs to [GP0101]' \
    'conditions:\n   c: { file: A }\n  d: { file: B }\n'
yaml 'an unknown escape' '2:26: error: this is no escape that YAML knows [GP0101]' \
    'messages: { m: { text: "a\\q" } }\n'

yaml 'Latin-1' '2:28: error: the byte 0xe9 is not UTF-8 [GP0105]' 'messages: { m: { text: "caf\351 caf\351" } }\n'
err_has 'how many' 'the file has 2 such bytes'
bytes '\377\376g\000a\000t\000e\000'
exits 3 'UTF-16' "$GATEPOST" -r "$work/set" list operations
is 'UTF-16: the message, and nothing else' "$(sed -n "s|^$work/||; /^[^ ].*\[GP[0-9]*]\$/p" "$err")" \
    'set/a.yaml:1:1: error: the file is UTF-16; save it as UTF-8 [GP0105]'
yaml 'a control character' '2:8: error: the control character U+0007 may not stand in a rule file [GP0106]' '# bell \007\n'
yaml 'an invisible line break' \
    '2:7: error: the character U+0085 (next line) breaks the line where editors do not show it [GP0107]' \
    '# next\302\205conditions: {}\n'
yaml 'a lone carriage return' \
    '2:7: error: a carriage return without a line feed breaks the line where editors do not show it [GP0107]' \
    '# next\rconditions: {}\n'

yaml 'an alias' \
    '2:26: error: aliases are not part of the language; a glob that begins with * must be quoted [GP0111]' \
    'conditions: { c: { some: *.log } }\n'
err_has 'with quotes' '"*.log"'
yaml 'an anchor' \
    '2:18: error: anchors are not part of the language; give it an id, or quote a text that begins with & [GP0112]' \
    'conditions: { c: &c { file: A } }\n'
# shellcheck disable=SC2016 # as it stands
yaml 'a merge key' '2:20: error: merge keys are not part of the language; use ids, `extends` and drop-ins [GP0113]' \
    'conditions: { c: { <<: d, file: A } }\n'
yaml 'a tag' '2:26: error: tags are not part of the language; quote a text that begins with ! [GP0114]' \
    'conditions: { c: { file: !!str A } }\n'
bytes '%%YAML 1.2\n---\ngatepost: 1\n'
expect 3 'a directive' \
    'set/a.yaml:1:1: error: directives are not part of the language; remove this line [GP0115]'
yaml 'a second document' \
    '3:1: error: a rule file is one document; what stands from here on is a second one [GP0116]' \
    'conditions: { c: { file: A } }\n---\ngatepost: 1\n'
yaml 'a mapping as a key, and a list in it: said once' '2:14: error: a key is a text, not a list [GP0117]' \
    'conditions: {[a, {b: c}]: d}\n'
yaml "a ':' without a space before a mapping: said once" "3:4: error: a key without ': ' behind it [GP0101]" \
    'conditions:\n  c:{ file: A }\n  d: c\n'
yaml "a ':' without a space where YAML gives up" "3:4: error: a key without ': ' behind it [GP0101]" \
    'conditions:\n  c:{ file: A, size: 3 }\n'
yaml 'a list as a key' '2:29: error: a key is a text, not a list [GP0117]' 'conditions: { c: { file: A, [a]: b } }\n'
yaml 'the same key twice' "5:3: error: the key 'c' stands twice in this mapping [GP0118]" \
    'conditions:\n  c: { file: A }\n  d: { file: A }\n  c: { file: B }\n'
err_has 'where it stands first' 'set/a.yaml:3:3: it stands here first'
yaml 'a glob that lacks quotes' \
    '2:28: error: a text with { } [ ] or a comma must be quoted inside { } and [ ] [GP0119]' \
    'conditions: { c: { some: a.{a,b} } }\n'
yaml 'a comma that lacks quotes' "2:28: error: 'b' has no value; a text with a comma must be quoted inside { } [GP0119]" \
    'conditions: { c: { file: a,b } }\n'
yaml 'a colon that lacks a space' "2:29: error: 'size:3' has no value; behind the ':' of a key stands a space [GP0119]" \
    'conditions: { c: { file: a, size:3 } }\n'
err_has 'what it may be' "did you mean 'size: 3'?"
yaml 'a character that lacks quotes' '2:24: error: a text that begins with this character must be quoted [GP0119]' \
    'messages: { m: { text: @home } }\n'
yaml 'a NUL' '2:24: error: a text cannot hold the character NUL; write bytes as hex:… [GP0120]' \
    'messages: { m: { text: "a\\0b" } }\n'

# ---- limits ---------------------------------------------------------------------------------------------------------

# repeat N TEXT: TEXT N times.
repeat() {
    awk -v n="$1" -v text="$2" 'BEGIN { while (n-- > 0) printf "%s", text }'
}

# long BYTES: a file of so many, most of them in a comment.
long() {
    {
        echo 'gatepost: 1'
        head -c $(($1 - 13)) /dev/zero | tr '\0' '#'
        echo
    } | file a.yaml
}

mib64=$((64 * 1024 * 1024))
long "$mib64"
expect 0 'a file of 64 MiB' ''
echo >>"$work/set/a.yaml"
expect 3 'one byte more' 'set/a.yaml: error: a file of 67108865 bytes; at most 67108864 are allowed [GP0501]'

# nested DEPTH: lists so deep inside two mappings.
nested() {
    {
        echo 'gatepost: 1'
        printf 'conditions: '
        repeat $(($1 - 1)) '['
        repeat $(($1 - 1)) ']'
        echo
    } | file a.yaml
}

nested 64
expect 3 'nested 64 deep: the form alone is wrong' \
    'set/a.yaml:2:13: error: expected a mapping of ids, found a list [GP0203]'
nested 65
expect 3 'one deeper' 'set/a.yaml:2:76: error: nested more than 64 deep; the rest of the file is not read [GP0502]'

# text BYTES: a text of so many.
text() {
    {
        echo 'gatepost: 1'
        printf 'messages: { m: { text: '
        repeat "$1" a
        echo ' } }'
    } | file a.yaml
}

text 65536
expect 0 'a text of 64 KiB' ''
text 65537
expect 3 'one byte more' 'set/a.yaml:2:24: error: a text of 65537 bytes; at most 65536 are allowed [GP0504]'

# so_many N: files a0001.yaml and so on.
so_many() {
    awk -v n="$1" -v dir="$work/set" 'BEGIN {
        for (i = 1; i <= n; i++) {
            name = sprintf("%s/a%04d.yaml", dir, i)
            print "gatepost: 1" >name
            close(name)
        }
    }'
}

fresh
so_many 999
expect 0 '1000 files' ''
mkdir "$work/set.d"
printf 'gatepost: 1\namends: set\n' >"$work/set.d/a.yaml"
expect 3 'and a drop-in' \
    'set.d/a.yaml: error: more than 1000 files in a rule set; this one and those behind it are not read [GP0505]'
fresh
so_many 1001
expect 3 '1002 files: the first one too many is named, once' \
    'set/a1001.yaml: error: more than 1000 files in a rule set; this one and those behind it are not read [GP0505]'

# ids N: so many conditions.
ids() {
    awk -v n="$1" 'BEGIN {
        print "gatepost: 1\nconditions:"
        for (i = 1; i <= n; i++)
            print "  c" i ": { file: A }"
    }' | file a.yaml
}

ids 200000
expect 0 '200,000 ids in a section' ''
printf 'gatepost: 1\nconditions:\n  one: { file: A }\n  two: { file: A }\n' >"$work/set/b.yaml"
expect 3 'two more, in another file' \
    'set/b.yaml:3:3: error: more than 200000 ids in conditions; the rest is not read [GP0506]'

done_testing
