#!/bin/sh
# Where values come from: show --origin, show --diff, what show says of what was amended, list sets, list files, and the
# places in verdicts.
. "${0%/*}/lib/test-lib.sh"
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
cd "$work" || exit 99

# put FILE: standard input becomes the file.
put() {
    mkdir -p "${1%/*}"
    cat >"$1"
}
# line TEXT: the line of $out that holds TEXT, without the blanks before it, and single ones in it.
line() { grep -F -- "$1" "$out" | head -n 1 | sed 's/^ *//; s/   */ /g'; }
# values: what `show --origin -f json` printed, without its places and what the set extends, keys sorted.
values() {
    perl -MJSON::PP -0777 -ne '
        my ($set) = @{decode_json($_)};
        sub bare {
            my ($it) = @_;
            my $value = $it->{value};
            return { map { $_ => bare($value->{$_}) } keys %$value } if ref $value eq "HASH";
            return [ map { bare($_) } @$value ] if ref $value eq "ARRAY";
            return $value;
        }
        my $manifest = bare($set->{manifest});
        delete $manifest->{extends};
        print JSON::PP->new->canonical->ascii->encode([$manifest, bare($set->{definitions})]), "\n";
    ' "$out"
}

# ---- layers and drop-ins --------------------------------------------------------------------------------------------

put vendor/pantry/ruleset.yaml <<'YAML'
gatepost: 1
ruleset: pantry
title: A pantry
version: 1.2.0
YAML
put vendor/pantry/stock.yaml <<'YAML'
gatepost: 1
vars:
  shelf: { type: string, default: top }
conditions:
  stocked: { some: "*.JAR" }
YAML
put vendor/pantry/open.yaml <<'YAML'
gatepost: 1
operations:
  open:
    title: Open the pantry
    requires:
      stocked:
        that: stocked
        otherwise: { cause: There is no jar. }
      locked:
        severity: warn
        title: The door is locked
        that:
          all:
            - file: DOOR
            - { file: KEY, size: 12 }
        otherwise:
          cause: |
            The door stands open.
            Close it.
      dry: { that: { absent: WATER }, otherwise: { cause: It is wet. } }
YAML
put admin/pantry.d/10-site.yaml <<'YAML'
gatepost: 1
amends: pantry
vars: { shelf: lower }
operations:
  open:
    requires:
      locked: { severity: need, that: { file: LOCK } }
      dry: { waived: "the sensor is broken", until: 2027-01-31 }
      swept:
        that: { absent: DUST }
        otherwise: { cause: It is dusty. }
YAML
put site/pantry.d/20-more.yaml <<'YAML'
gatepost: 1
amends: pantry
vars: { shelf: "no" }
operations:
  open:
    requires:
      locked: { severity: refuse }
YAML
gp() { "$GATEPOST" "$@" -r vendor/ -r admin/ -r site/ -r pantry; }
mkdir tree

exits 0 'show --origin' gp show --origin
is '  opens as a rule file' "$(grep -v '^#' "$out" | head -n 1)" 'gatepost: 1'
has '  a drop-in among the files' '#   admin/pantry.d/10-site.yaml (--rules, drop-in)'
is '  a value that nobody changed' "$(line 'title: Open')" 'title: Open the pantry # vendor/pantry/open.yaml:4'
is '  a chain of replacements' "$(line 'severity:')" "severity: refuse # site/pantry.d/20-more.yaml:7 #\
 was: need, admin/pantry.d/10-site.yaml:7 # was: warn, vendor/pantry/open.yaml:10"
is '  a condition that was replaced whole' "$(line 'that: { file: LOCK')" "that: { file: LOCK }\
 # admin/pantry.d/10-site.yaml:7 # was: { all: [{ file: DOOR }, { file: KEY, size: 12 }] }, vendor/pantry/open.yaml:13"
is '  a variable that was set twice' "$(line 'value:')" \
    'value: "no" # site/pantry.d/20-more.yaml:3 # was: lower, admin/pantry.d/10-site.yaml:3'
is '  a requirement that was added' "$(line 'swept:')" 'swept: # admin/pantry.d/10-site.yaml:9'
is '  a waiver' "$(line 'waived:')" 'waived: "the sensor is broken" # admin/pantry.d/10-site.yaml:8'
has '  a text of several lines' "$(printf 'cause: |%38s# vendor/pantry/open.yaml:17\n            The door stands open.
            Close it.' '')"
cp "$out" whole
values=$(gp show --origin -f json >"$out" && values)

# What was printed is a rule set: the same values, and the same decisions.
mkdir pantry
cp whole pantry/ruleset.yaml
exits 0 'what is printed loads' "$GATEPOST" show --origin -f json -r ./pantry
is '  to the same values' "$(values)" "$values"
for file in '' A.JAR DUST; do
    [ -z "$file" ] || : >"tree/$file"
    for now in 2027-01-31 2027-02-01; do
        gp check open tree --now $now >one 2>"$err"
        status=$?
        exits $status "  and decides the same with '$file' on $now" "$GATEPOST" check open tree --now $now -r ./pantry
        is '    for the same reasons' "$(grep -v '\.yaml:' "$out")" "$(grep -v '\.yaml:' one)"
    done
done
rm -r pantry tree/*

exits 0 'show --origin ID' gp show --origin stocked
is '  that definition alone' "$(sed 's/   */ /g; s/^ *//' "$out" | paste -sd '|')" \
    'conditions:|stocked: { some: "*.JAR" } # vendor/pantry/stock.yaml:5'
exits 0 'show --origin SET/ID' gp show --origin pantry/stocked
exits 0 'show --origin ID/PART' gp show --origin open/dry
is '  the keys that lead to it' "$(head -n 4 "$out" | sed 's/ *#.*//' | paste -sd '|')" \
    'operations:|  open:|    requires:|      dry:'
exits 0 '  with its set' gp show --origin pantry/open/dry
exits 64 'no such part' gp show --origin open/dri
err_has '  and what is near' "did you mean 'open/dry'?"
exits 64 'a part alone' gp show --origin dry
err_has '  and how it is called' 'gatepost show open/dry'
exits 0 'show --origin -f json' gp show --origin -f json open/locked
is '  a value' "$(json 0.origin.value.severity.value)" refuse
is '  its place' "$(json 0.origin.value.severity.at.file):$(json 0.origin.value.severity.at.line)" \
    'site/pantry.d/20-more.yaml:7'
is '  what it replaced, the nearest first' "$(json '0.origin.value.severity.replaced.*.value')" 'need warn'
is '  a value that replaced none' "$(json '0.origin.value.title.replaced.*.value')" ''

# ---- show without an option -----------------------------------------------------------------------------------------

exits 0 'show, amended' gp show open
has '  what is waived' 'dry is waived until 2027-01-31: the sensor is broken'
has '  the place of what a drop-in changed' '# admin/pantry.d/10-site.yaml:10'
hasnt '  but not of the rest' '# vendor/pantry/open.yaml:4'
exits 0 'show, not amended' gp show stocked
has '  as its file has it' '  stocked: { some: "*.JAR" }'
hasnt '  without a comment' '#'
exits 0 'show a requirement' gp show open/locked
is '  what it is' "$(head -n 1 "$out")" 'requirement open/locked: The door is locked'
exits 0 'show a requirement that nobody changed' gp show open/stocked
has '  as its file has it' 'that: stocked'
exits 0 'show -f json' gp show -f json open
is '  the effective text' "$(json 0.text | grep -c '# was: need')" 1
exits 0 'show a requirement -f json' gp show -f json open/locked
is '  its keys' "$(json 0.group) $(json 0.id) $(json 0.requirement.severity)" 'requires open/locked refuse'

# ---- --diff ---------------------------------------------------------------------------------------------------------

exits 0 'show --diff' gp show --diff
is '  what with' "$(head -n 1 "$out")" 'pantry: what differs from vendor/pantry (--rules)'
is '  all of it' "$(sed -n 's/^  \([a-z-]*\)  *\(.*\)/\1 \2/p' "$out" | grep '^[a-z]')" \
    'drop-in admin/pantry.d/10-site.yaml (--rules)
drop-in site/pantry.d/20-more.yaml (--rules)
changed operations.open.requires.locked.severity
changed operations.open.requires.locked.that
waived operations.open.requires.dry until 2027-01-31
added operations.open.requires.swept
set vars.shelf'
has '  old and new' "$(printf '    - warn  # vendor/pantry/open.yaml:10\n    + refuse  # site/pantry.d/20-more.yaml:7')"
has '  a variable has a default' "$(printf '    - top  # vendor/pantry/stock.yaml:3\n    + "no"  # site/')"
exits 0 '-q' gp show -q --diff
hasnt '  without values' '+ refuse'
exits 0 'show --diff ID' gp show --diff shelf
is '  that alone' "$(grep -c '^  [a-z]' "$out")" 1
exits 0 'show --diff ID/PART' gp show --diff open/dry
is '  that alone' "$(grep '^  [a-z]' "$out")" '  waived   operations.open.requires.dry until 2027-01-31'
exits 0 'show --diff of what is as it was' gp show --diff open/stocked
is '  says so' "$(cat "$out")" 'pantry: nothing differs from vendor/pantry (--rules)'
exits 64 'show --diff of what is not there' gp show --diff open/dri
exits 0 'show --diff -f json' gp show --diff -f json
is '  the changes' "$(json '0.changes.*.change')" 'changed changed waived added set'
is '  old and new' "$(json 0.changes.0.old.value) $(json 0.changes.0.new.value)" 'warn refuse'
is '  the waiver' "$(json 0.changes.2.until) $(json 0.changes.2.new.value)" '2027-01-31 the sensor is broken'
is '  the files' "$(json '0.files.*.change')" 'drop-in drop-in'
exits 0 'without drop-ins' "$GATEPOST" show --diff -r vendor/ -r pantry
is '  nothing differs' "$(cat "$out")" 'pantry: nothing differs from vendor/pantry (--rules)'
cp -R vendor/pantry .
mkdir pantry.d
cp admin/pantry.d/10-site.yaml pantry.d/
exits 0 'a set that is named by its path' "$GATEPOST" show --diff -q -r ./pantry
is '  is compared with itself without drop-ins' "$(head -n 1 "$out")" 'pantry: what differs from ./pantry (beside it)'
has '  and those count' 'drop-in  ./pantry.d/10-site.yaml'
rm -r pantry pantry.d

# ---- places in verdicts ---------------------------------------------------------------------------------------------

exits 1 'check -v' gp check -v open tree --now 2027-01-31
has '  the place of what a drop-in demands' "$(printf 'LOCK   is not there\n      admin/pantry.d/10-site.yaml:7:39')"
has '  the place of what the vendor demands' 'vendor/pantry/open.yaml:6:7'
has '  a waiver: reason, date, place' "$(printf -- \
    '- dry (waived until 2027-01-31: the sensor is broken)\n      admin/pantry.d/10-site.yaml:8:14')"
exits 1 'explain' gp explain open tree --now 2027-01-31
has '  a waiver' "$(printf 'waived: the sensor is broken\n      admin/pantry.d/10-site.yaml:8:14')"
exits 1 'check -f json' gp check -f json open tree --now 2027-01-31
is '  the place' "$(json 0.requirements.@id=locked.at.file)" admin/pantry.d/10-site.yaml
is '  the place of a waiver' \
    "$(json 0.requirements.@id=dry.waived.at.file):$(json 0.requirements.@id=dry.waived.at.line)" \
    'admin/pantry.d/10-site.yaml:8'

# A waiver that a second drop-in gives another reason stands where that is.
put site/pantry.d/30-waiver.yaml <<'YAML'
gatepost: 1
amends: pantry
operations: { open: { requires: { dry: { waived: no sensor, until: 2000-01-01 } } } }
YAML
exits 0 'a waiver that is past' gp show --diff -q open/dry
has '  says so' 'waived   operations.open.requires.dry until 2000-01-01, which is past: it counts again'
exits 0 '  -f json' gp show --diff -f json open/dry
is '    says so' "$(json 0.changes.0.expired)" true
exits 0 '  show' gp show open
has '    says so' '! dry counts again: it was waived until 2000-01-01: no sensor'
exits 0 '  its chain' gp show --origin open/dry
is '    to the other reason' "$(line waived:)" "waived: no sensor # site/pantry.d/30-waiver.yaml:3\
 # was: \"the sensor is broken\", admin/pantry.d/10-site.yaml:8"
exits 1 '  check' gp check -v open tree --now 1999-12-31
has '    its place' "$(printf '(waived until 2000-01-01: no sensor)\n      site/pantry.d/30-waiver.yaml:3:')"
rm site/pantry.d/30-waiver.yaml

# ---- files that replace and mask ------------------------------------------------------------------------------------

put admin/pantry/stock.yaml <<'YAML'
gatepost: 1
vars: { shelf: { type: string, default: bottom } }
conditions: { stocked: { some: "*.TIN" } }
YAML
printf 'gatepost: 1\n' | put vendor/pantry/zz.yaml
: >site/pantry.d/10-site.yaml
mkdir -p site/pantry
: >site/pantry/zz.yaml
exits 0 'a file in place of one' gp show --diff
has '  the file' '  replaces vendor/pantry/stock.yaml by admin/pantry/stock.yaml (--rules)'
has '  the one that is masked' '  hidden   vendor/pantry/zz.yaml (--rules)'
has '  what it holds otherwise' "$(printf '    - { some: "*.JAR" }  # vendor/pantry/stock.yaml:5
    + { some: "*.TIN" }  # admin/pantry/stock.yaml:3')"
hasnt '  a drop-in that is masked changes nothing' waived
exits 0 'list files' gp list files
is '  those that count' "$(sed 's/.* //' "$out" | paste -sd ' ')" \
    'vendor/pantry/open.yaml vendor/pantry/ruleset.yaml admin/pantry/stock.yaml site/pantry.d/20-more.yaml'
exits 0 'list files -f json' gp list files -f json
is '  those' "$(json '*.drop_in')" 'false false false true'
exits 0 'list sets' gp list sets
is '  a set with all that the layers have' "$(sed 's/   */ /g' "$out")" 'pantry A pantry, version 1.2.0
 set --rules vendor/pantry
 replaces --rules admin/pantry/stock.yaml
 hidden --rules admin/pantry.d/10-site.yaml
 masks --rules site/pantry/zz.yaml
 masks --rules site/pantry.d/10-site.yaml
 drop-in --rules site/pantry.d/20-more.yaml'
exits 0 'list sets -q' gp list sets -q
is '  a line a set' "$(cat "$out")" 'pantry  A pantry, version 1.2.0'

# A whole set hides the one beneath it; a broken one, a masked one and drop-ins for nothing are listed too.
rm -r admin site
put admin/pantry/ruleset.yaml <<'YAML'
gatepost: 1
ruleset: pantry
title: Another pantry
operations:
  open: { title: Open it, requires: { dry: { that: { absent: WATER }, otherwise: { cause: It is wet. } } } }
YAML
put admin/cellar/ruleset.yaml <<'YAML'
gatepost: 1
ruleset: cellar
operatons: {}
more: {}
YAML
mkdir -p vendor/attic admin/loft.d
cp vendor/pantry/ruleset.yaml vendor/attic/
: >admin/attic
gp() { "$GATEPOST" "$@" -r vendor/ -r admin/ -r pantry; }
printf 'gatepost: 1\namends: loft\n' >admin/loft.d/10.yaml
exits 0 'list sets' gp list sets
is '  of all kinds' "$(sed 's/   */ /g' "$out" | grep -v ' broken ')" 'attic (masked)
 hidden --rules vendor/attic
 masks --rules admin/attic
cellar (cannot be loaded)
 set --rules admin/cellar
loft (there is no such set)
 drop-in --rules admin/loft.d/10.yaml
pantry Another pantry
 hidden --rules vendor/pantry
 set --rules admin/pantry'
has '  why one is broken' 'admin/cellar/ruleset.yaml:3:1: error: '
has '  and how much more is wrong' '[GP0201] and 1 more'
exits 0 'list sets -f json' gp list sets -f json
is '  how each stands' "$(json '*.status')" 'masked broken missing loaded'
exits 0 'show --diff of a set that hides the vendor'\''s' gp show --diff
is '  what with' "$(head -n 1 "$out")" 'pantry: what differs from vendor/pantry (--rules)'
has '  a file that is replaced' 'replaces vendor/pantry/ruleset.yaml by admin/pantry/ruleset.yaml'
has '  a file that is hidden' 'hidden   vendor/pantry/open.yaml'
has '  a requirement that is gone' 'removed  operations.open.requires.stocked'
has '  a section that is gone' 'removed  vars'
has '  a key of the manifest' "$(printf 'changed  title\n    - A pantry  # vendor/pantry/ruleset.yaml:3')"
exits 0 'of a part that the vendor alone has' gp show --diff open/stocked
echo 'x: 1' >>vendor/pantry/stock.yaml
exits 3 'the vendor'\''s set is broken' gp show --diff
is '  nothing is compared' "$(cat "$out")" ''
err_has '  and it says so' "the rule set 'pantry' cannot be loaded as its vendor ships it"
rm -r admin vendor

# ---- extends --------------------------------------------------------------------------------------------------------

put sets/base/ruleset.yaml <<'YAML'
gatepost: 1
ruleset: base
names: dos
operations:
  go:
    title: Go
    requires:
      strict: { that: { file: A }, sealed: true, otherwise: { cause: No A. } }
      loose: { that: { file: B }, otherwise: { cause: No B. } }
YAML
put sets/more/ruleset.yaml <<'YAML'
gatepost: 1
ruleset: more
extends: [base]
operations: { go: { requires: { loose: { severity: warn }, strict: { otherwise: { cause: A is missing. } } } } }
YAML
exits 0 'extends' "$GATEPOST" show --origin -r sets/more
is '  what a set amends' "$(line 'cause: A')" \
    'cause: A is missing. # sets/more/ruleset.yaml:4 # was: No A., sets/base/ruleset.yaml:8'
is '  what it inherits' "$(line 'names:')" 'names: dos # sets/base/ruleset.yaml:3'
is '  extends is done with' "$(line 'extends:')" '# extends: [base] # sets/more/ruleset.yaml:3'
values=$("$GATEPOST" show --origin -f json -r sets/more >"$out" && values)
"$GATEPOST" show --origin -r sets/more >whole
mkdir -p again/more
mv whole again/more/ruleset.yaml
exits 0 'what is printed needs no base' "$GATEPOST" show --origin -f json -r again/more
is '  and is the same, sealed as it was' "$(values)" "$values"

# ---- texts that YAML or a terminal could take for something else ----------------------------------------------------

mkdir -p odd
perl -e '
    my @texts = ("no", "~", "null", "1.10", "0755", "- a", "a: b", "a #b", "#a", " a", "a ", "", "&a", "*a", "!a", "%a",
        "\@a", "`a", "{a", "[a", "a, b", "a]", "?", "? a", "-", ":", "a:", "\"a\"", "\x27a\x27", "it\x27s \\d+ \"x\"",
        "---", "...", "<<", "a\\b", "tab\there", "two\nlines", "two\nlines\n", "three\n\nlines\n\n", "\nfirst",
        " in\nout",
        "in\n  deeper\n", "trailing \nblank", "\x1b[31mred", "bell\x07", "\xc2\x9bcsi", "\xe2\x80\xaebidi",
        "\xe2\x80\xa6", "\xf0\x9f\x98\x80", "\xef\xbb\xbfbom", "\xe2\x80\xa8line", "x" x 300, ("word " x 60) . "end");
    print "gatepost: 1\nruleset: odd\nattestations:\n";
    my $n = 0;
    for (@texts) {
        my $text = s/([\\"])/\\$1/gr;
        $text =~ s/\n/\\n/g; $text =~ s/\t/\\t/g; $text =~ s/\x1b/\\e/g; $text =~ s/\x07/\\a/g;
        $text =~ s/\xc2\x9b/\\x9b/g; $text =~ s/\xe2\x80\xae/\\u202e/g; $text =~ s/\xef\xbb\xbf/\\ufeff/g;
        $text =~ s/\xe2\x80\xa8/\\u2028/g;
        printf "  a%d: { title: \"%s\", source: [\"%s\", b] }\n", $n, $text, $text;
        printf "  b%d:\n    title: \"%s\"\n    source:\n      - \"%s\"\n", $n++, $text, $text;
    }
    print "  plain: { title: a-b_c/d.e:f, ask: 12 }\n";' >odd/ruleset.yaml
exits 0 'odd texts' "$GATEPOST" show --origin -f json -r ./odd
values=$(values)
for locale in C C.UTF-8; do
    exits 0 "odd texts in $locale" env LC_ALL=$locale "$GATEPOST" show --origin -r ./odd
    ok '  nothing that a terminal acts on' perl -0777 -ne '
        exit /[\x00-\x09\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xa8-\xae]|\xef\xbb\xbf/ ? 1 : 0' "$out"
    [ $locale != C ] || ok '  nothing but ASCII' perl -0777 -ne 'exit /[\x80-\xff]/ ? 1 : 0' "$out"
    mkdir -p "again/$locale/odd"
    cp "$out" "again/$locale/odd/ruleset.yaml"
    exits 0 '  loads again' "$GATEPOST" show --origin -f json -r "again/$locale/odd"
    is '    to the same texts' "$(values)" "$values"
done

# ---- every rule set that there is -----------------------------------------------------------------------------------

for set in "$rules/msmail" "$rules/msmail-lab" "$srcdir"/t/data/rules/*; do
    name=${set##*/}
    exits 0 "$name" "$GATEPOST" show --origin -f json -r "$set"
    values=$(values)
    "$GATEPOST" show --origin -r "$set" >whole 2>"$err"
    mkdir -p "again/$name"
    mv whole "again/$name/ruleset.yaml"
    exits 0 '  is printed and loads again' "$GATEPOST" show --origin -f json -r "again/$name"
    is '  to the same values' "$(values)" "$values"
    # Each value's line is where the comment says: a key that stands there stands in the file.
    ok '  with true places' perl -e '
        my ($file) = @ARGV;
        open my $in, "<", $file or die;
        my ($seen, $wrong) = (0, 0);
        my %lines;
        while (<$in>) {
            next unless /^ *([a-z0-9-]+): ?(\S*).*  # (\S+):(\d+)$/;
            my ($key, $path, $line) = ($1, $3, $4);
            next if $key eq "value"; # NAME: VALUE of a variable
            if (!$lines{$path}) { open my $f, "<", $path or die "$path: $!"; $lines{$path} = [<$f>]; }
            $seen++;
            my $text = $lines{$path}[$line - 1] . ($lines{$path}[$line - 2] // "");
            $wrong++, print "$key: $path:$line\n" if index($text, $key) < 0;
        }
        exit($seen > 5 && !$wrong ? 0 : 1)' "again/$name/ruleset.yaml"
done

done_testing
