#!/bin/sh
# Which rule sets are used: --rules by name, directory and layer, the environment, the user's layer; several sets and
# SET/OP; rule files that are wrong, with places and carets.
. "${0%/*}/lib/test-lib.sh"
gp() { "$GATEPOST" "$@"; }
data=$srcdir/t/data/rules
cd "$work" || exit 99
mkdir bare

exits 3 'no set of this name' gp check -r nonesuch label bare
err_has '  the diagnostic' '[GP0401]'
exits 3 'no set in this directory' gp check -r ./bare label bare
err_has '  the diagnostic' '[GP0401]'
exits 3 'no such directory' gp check -r ./nowhere label bare

exits 0 'by directory' gp check -q -r "$data/shelf" label bare
exits 0 'by directory, relative' env -C "$data" "$GATEPOST" check -q -r ./shelf label "$work/bare"
exits 0 'by name, in a directory of sets' gp check -q -r "$data" -r shelf label bare
exits 0 'the name first' gp check -q --rules shelf --rules "$data" label bare
exits 0 '$GATEPOST_RULES' env GATEPOST_RULES="$data/shelf" "$GATEPOST" check -q label bare
exits 0 '$GATEPOST_RULES, several' env GATEPOST_RULES="$data:shelf" "$GATEPOST" check -q label bare
exits 3 '--rules comes before it' env GATEPOST_RULES="$data/shelf" "$GATEPOST" check -q -r nonesuch label bare

# The user's own layer, and a drop-in in it.
mkdir -p config/gatepost/rules/shelf.d
cp -R "$data/shelf" config/gatepost/rules/
exits 0 '$XDG_CONFIG_HOME' env XDG_CONFIG_HOME="$work/config" "$GATEPOST" check -q -r shelf label bare
mkdir home
mv config home/.config
exits 0 '$HOME/.config' env -u XDG_CONFIG_HOME HOME="$work/home" "$GATEPOST" check -q -r shelf label bare
cat >home/.config/gatepost/rules/shelf.d/10-house.yaml <<'END'
gatepost: 1
amends: shelf
operations:
  label:
    requires:
      quiet-hours:
        title: It is day
        that: { absent: NIGHT }
        otherwise: { cause: It is night. }
END
exits 0 'a drop-in' env -u XDG_CONFIG_HOME HOME="$work/home" "$GATEPOST" check -r shelf label bare
has '  adds a requirement' quiet-hours
exits 3 'a relative $XDG_CONFIG_HOME is none' env XDG_CONFIG_HOME=home/.config "$GATEPOST" check -q -r shelf label bare

# A command that a report shows repeats what was given.
exits 1 'a remedy' gp check -r "$data/shelf" seal bare
has '  repeats --rules' "gatepost run -r $data/shelf label bare"
mkdir "it's"
cp -R "$data/shelf" "it's/shelf"
exits 1 'a remedy' gp check -r "it's/shelf" seal bare
has '  quotes it' "gatepost run -r 'it'\\''s/shelf' label bare"

# Several sets.
mkdir -p sets/cellar
cat >sets/cellar/ruleset.yaml <<'END'
gatepost: 1
ruleset: cellar
title: Casks in a cellar
attestations:
  washed: { title: The casks were washed }
messages:
  cask-leaks: { text: This cask leaks at its bottom. }
  cannot-be-sealed: { text: This shelf cannot be sealed. Ask the cook. }
operations:
  seal:
    title: Seal a cask
    requires: { cool: { title: It is cool, that: { absent: SUN } , otherwise: { cause: The sun shines in. } } }
  tap:
    title: Tap a cask
    requires: { cask: { title: There is a cask, that: { file: CASK }, otherwise: { cause: There is no cask. } } }
END
GATEPOST_RULES=$data/shelf:$work/sets/cellar
export GATEPOST_RULES
exits 64 'an operation of two sets' gp check seal bare
is '  names both' "$(head -n 1 "$err")" \
    "gatepost: several rule sets have an operation 'seal': say which of shelf/seal, cellar/seal"
exits 1 'SET/OP' gp check -q shelf/seal bare
exits 0 'SET/OP of the other' gp check -q cellar/seal bare
exits 1 'an operation of one set needs no SET' gp check -q tap bare
exits 4 'operations of both' gp check -f ndjson label,tap,cellar/seal bare nowhere
is '  in order' "$(perl -MJSON::PP -ne '$_ = decode_json($_); print "$_->{ruleset}{name}/$_->{operation} "' "$out")" \
    'shelf/label cellar/tap cellar/seal shelf/label cellar/tap cellar/seal '
exits 64 'SET/OP that the set lacks' gp check cellar/label bare
err_has '  says so' "there is no operation 'label'"
exits 64 'a set that is not in use' gp check nonesuch/label bare
exits 64 'an attestation of two sets' gp attest washed bare --reason x
exits 0 'SET/ID' gp attest cellar/washed bare --reason x
exits 64 'a message of two sets' gp why cannot-be-sealed bare
err_has '  names both' 'shelf/cannot-be-sealed, cellar/cannot-be-sealed'
exits 0 'SET/MESSAGE' gp why shelf/cannot-be-sealed bare
exits 2 'a message without a documented cause' gp why 'leaks at its bottom' bare
exits 0 'inspect shows both' gp inspect -q bare
is '  a line each' "$(wc -l <"$out")" 2
exits 0 'list shows both' gp list
has '  one' 'shelf: Jars on a shelf'
has '  and the other' 'cellar: Casks in a cellar'
exits 0 'show shows both' gp show seal
has '  one' 'operation seal: Seal the shelf'
has '  and the other' 'operation seal: Seal a cask'
exits 0 'show SET/ID' gp show cellar/seal
hasnt '  shows one' 'Seal the shelf'
exits 1 'a set that is named twice is one' gp check -q -r "$data/shelf" -r "$data/shelf" seal bare
exits 0 'list sets' gp list sets -r "$work/sets" -r "$data"
has '  by name and title' 'cellar    Casks in a cellar'

# Rule files that are wrong: every error, with its line and a caret; nothing is decided.
mkdir sets/wrong
cat >sets/wrong/ruleset.yaml <<'END'
gatepost: 1
ruleset: wrong
operatons: {}
states:
  full: { fiel: JAR }
END
unset GATEPOST_RULES
exits 3 'wrong rule files' gp check -r sets/wrong label bare
is '  nothing on standard output' "$(cat "$out")" ''
err_has '  the first error' 'sets/wrong/ruleset.yaml:3:1: error: '
err_has '  the line' '  3 | operatons: {}'
err_has '  the caret' '^~~~~~~~~'
err_has '  what was meant' "did you mean 'operations'?"
err_has '  the second error' 'sets/wrong/ruleset.yaml:5:11: error: '
exits 3 'one of two sets is wrong' gp check -r "$data/shelf" -r sets/wrong label bare
for verb in 'run label bare' 'plan open bare' 'inspect bare' 'explain label bare' 'why x bare' 'list' 'show label' \
    'attest washed bare --reason x'; do
    # shellcheck disable=SC2086 # the verb and its operands
    exits 3 "$verb" gp $verb -r sets/wrong
done
exits 0 'a word of the language needs no rule set' gp show absent -r sets/wrong
exits 0 'history needs none' gp history bare
exits 0 'recover needs none' gp recover bare
exits 0 'list sets lists it' gp list sets -r ./sets -r cellar
has '  as what it is' 'wrong   (cannot be loaded)'

# Warnings are on standard error, and -q keeps them away.
cp -R "$data/shelf" sets/
: >sets/shelf/notes.txt
exits 0 'a warning' gp check -r sets/shelf label bare
err_has '  is shown' 'warning: '
exits 0 '-q' gp check -q -r sets/shelf label bare
is '  keeps it away' "$(cat "$err")" ''
printf 'gatepost: 1\nx: 1\n' >sets/shelf/zz.yaml
exits 3 '-q' gp check -q -r sets/shelf label bare
err_has '  never keeps errors away' 'error: '
err_hasnt '  but warnings beside them' 'warning: '

done_testing
