#!/bin/sh
# test: trees that many files of tests use; waivers and what no test can see in the coverage; the basis of a state.
. "${0%/*}/lib/test-lib.sh"

gp() { "$GATEPOST" "$@"; }
vendor=$work/vendor
site=$work/site
mkdir -p "$vendor/tea/tests" "$vendor/green/tests" "$vendor/matcha/tests" "$site/tea.d/tests"
cat >"$vendor/tea/ruleset.yaml" <<'END'
gatepost: 1
ruleset: tea
title: Tea
version: 1.0.0
states:
  cold: { title: Cold, basis: stated, source: [Q1], absent: HOT }
  hot: { title: Hot, basis: inferred, source: [Q2], file: HOT }
attestations: { asked: { title: Somebody asked } }
operations:
  pour:
    requires:
      pot: { that: { file: POT }, otherwise: { cause: The pot is not there. } }
      lid: { that: { file: LID }, otherwise: { cause: The lid is off. } }
END
cat >"$vendor/tea/tests/trees.yaml" <<'END'
gatepost: 1
tests-for: tea
trees:
  pot: { files: { POT: {} } }
  lid: { like: pot, files: { LID: {} } }
cases:
  cold: { tree: pot, expect: { state: cold, basis: stated } }
END
cat >"$vendor/tea/tests/pour.yaml" <<'END'
gatepost: 1
tests-for: tea
trees:
  cosy: { like: lid, files: { HOT: {} } }
cases:
  no-lid: { tree: pot, check: pour, expect: { verdict: denied, because: lid } }
  lid: { tree: lid, check: pour, expect: { verdict: allowed } }
  cosy: { tree: cosy, check: pour, expect: { verdict: allowed, state: hot } }
END
# A set that extends tea, and one that extends that and is but a manifest.
cat >"$vendor/green/ruleset.yaml" <<'END'
gatepost: 1
ruleset: green
title: Green tea
version: 1.0.0
extends: [tea]
END
cat >"$vendor/green/pour.yaml" <<'END'
gatepost: 1
operations: { pour: { requires: { lid: { waived: It has to cool. } } } }
END
cat >"$vendor/green/tests/trees.yaml" <<'END'
gatepost: 1
tests-for: green
trees:
  cup: { like: pot, files: { CUP: {} } }
  lid: { files: { LID: {}, HOT: {} } }
cases:
  own: { tree: lid, expect: { state: hot, basis: inferred } }
END
cat >"$vendor/green/tests/pour.yaml" <<'END'
gatepost: 1
tests-for: green
cases:
  base: { tree: pot, check: pour, expect: { verdict: allowed, results: { lid: not-applicable } } }
  on-the-base: { tree: cup, check: pour, expect: { verdict: allowed } }
  before-the-base: { tree: lid, check: pour, expect: { verdict: denied, because: pot, state: hot } }
END
cat >"$vendor/matcha/ruleset.yaml" <<'END'
gatepost: 1
ruleset: matcha
title: As green tea
version: 1.0.0
extends: [green]
END
cat >"$vendor/matcha/tests/pour.yaml" <<'END'
gatepost: 1
tests-for: matcha
cases:
  far: { tree: pot, expect: { state: cold } }
  near: { tree: cup, expect: { state: cold } }
  nearer: { tree: lid, expect: { state: hot } }
END

exits 0 'the trees of trees.yaml are there for the files beside it' gp -r "$vendor/tea" test
is 'all cases ran' "$(cat "$out")" '4 cases in 2 files: 4 passed, 0 failed, 0 skipped'
exits 0 'also for one file alone' gp test "$vendor/tea/tests/pour.yaml"
is 'whose cases alone run' "$(cat "$out")" '3 cases in 1 file: 3 passed, 0 failed, 0 skipped'
exits 0 'from within' sh -c "cd '$vendor/tea/tests' && '$GATEPOST' test pour.yaml && '$GATEPOST' test ./trees.yaml"
exits 0 'by another name' gp test "$vendor/tea/tests/../tests/trees.yaml"
is 'they are not there twice' "$(cat "$out")" '1 case in 1 file: 1 passed, 0 failed, 0 skipped'
exits 0 'on the disk' env TMPDIR="$work" "$GATEPOST" test --disk "$vendor/tea"
has 'too' '4 passed'
exits 0 'for a set that extends it, on whose trees it builds, and whose own go before' gp test "$vendor/green"
is 'all cases ran there' "$(cat "$out")" '4 cases in 2 files: 4 passed, 0 failed, 0 skipped'
exits 0 'for one that extends that' gp test "$vendor/matcha"
has 'all cases ran' '3 passed'
exits 0 'lint finds them too' gp lint "$vendor/green/tests" "$vendor/matcha/tests"

# ---- a site ----------------------------------------------------------------------------------------------------------

cat >"$site/tea.d/strict.yaml" <<'END'
gatepost: 1
amends: tea
operations: { pour: { requires: { asked: { that: { attested: asked }, otherwise: { cause: Nobody asked. } } } } }
END
cat >"$site/tea.d/tests/strict.yaml" <<'END'
gatepost: 1
tests-for: tea
trees:
  polite: { like: lid, with: { attest: asked } }
cases:
  asked: { tree: polite, check: pour, expect: { verdict: allowed } }
  not-asked: { tree: lid, check: pour, expect: { verdict: undetermined, because: asked, unknown: not-attested } }
  its-own: { tree: mug, check: pour, expect: { verdict: denied, because: [pot, lid, asked] } }
END
exits 3 'a tree that nobody has' gp -r "$vendor" -r "$site" test tea
err_has 'is said' "there is no tree 'mug' [GP0701]"
printf 'gatepost: 1\ntests-for: tea\ntrees: { mug: {} }\ncases: { mug: { tree: mug, expect: { state: cold } } }\n' \
    >"$site/tea.d/tests/trees.yaml"
sed 's/\[pot, lid, asked\]/[pot, lid]/' "$site/tea.d/tests/strict.yaml" >"$work/strict" &&
    mv "$work/strict" "$site/tea.d/tests/strict.yaml"
exits 0 "a site has the vendor's trees and its own" gp -r "$vendor" -r "$site" test tea
has 'its tests and those of the vendor' '8 passed'
exits 0 'in a file alone' gp -r "$vendor" -r "$site" test "$site/tea.d/tests/strict.yaml"
has 'as well' '3 passed'

# ---- what is wrong ---------------------------------------------------------------------------------------------------

cp -R "$vendor" "$work/twice"
sed 's/  cosy: { like: lid/  pot: { files: { POT: { size: 4 } } }\n&/' "$vendor/tea/tests/pour.yaml" \
    >"$work/twice/tea/tests/pour.yaml"
exits 3 'a tree of two files of a directory' gp test "$work/twice/tea"
is 'is said where the second is' "$(head -n 1 "$err")" \
    "$work/twice/tea/tests/pour.yaml:4:3: error: the tree 'pot' is there already [GP0713]"
err_has 'with the first' "trees.yaml:4:3: in trees.yaml, whose trees every file of tests here has"
exits 3 'lint says so too' gp lint "$work/twice/tea"
has 'the same' '[GP0713]'

cp -R "$vendor" "$work/wrong"
sed 's/like: pot/like: pott/; s/tests-for: tea/tests-for: tee/' "$vendor/tea/tests/trees.yaml" \
    >"$work/wrong/tea/tests/trees.yaml"
exits 3 'trees that are wrong' gp test "$work/wrong/tea/tests/pour.yaml"
is 'are said where they are used' "$(head -n 1 "$err")" \
    "$work/wrong/tea/tests/pour.yaml:2:12: error: the trees in $work/wrong/tea/tests/trees.yaml cannot be used [GP0712]"
err_has 'with what is wrong' "trees.yaml:2:12: these are tests for 'tee', but lie with 'tea'"
err_hasnt 'and nothing follows from it' GP0701
is 'no case ran' "$(cat "$out")" ''
exits 3 'in a set, the rest is said too' gp test "$work/wrong/tea"
err_has 'all of it' "there is no tree 'pott' [GP0701]"
exits 3 'for a set that extends it' gp test "$work/wrong/green"
err_has 'the same' \
    "$work/wrong/green/tests/pour.yaml:2:12: error: the trees in $work/wrong/tea/tests/trees.yaml cannot be used"
printf 'gatepost: 1\ntests-for: [\n' >"$work/wrong/tea/tests/trees.yaml"
exits 3 'trees that are no YAML' gp test "$work/wrong/tea/tests/pour.yaml"
err_has 'are wrong, too' 'cannot be used [GP0712]'

# ---- what is waived is seen waived, and the basis of a state ---------------------------------------------------------

exits 0 'a waived requirement wants to be seen not applicable' gp test --coverage -v "$vendor/green"
has 'and was' 'requirement pour/lid: n/a'
hasnt 'not true or false' 'requirement pour/lid: never'
sed 's/  base:.*//; s/  on-the-base:.*//; s/  before-the-base:/  it:/; s/check: pour, //; s/verdict.*pot, //' \
    "$vendor/green/tests/pour.yaml" >"$work/rest" && cp "$work/rest" "$vendor/green/tests/pour.yaml"
exits 1 'one that no test saw' gp test --threshold 100 "$vendor/green"
has 'is named' 'requirement pour/lid: never n/a; not seen at all'

# What only actions, what they ensure and waivers for good name is not asked for; what something else names, is.
mkdir -p "$work/brew/brew/tests"
cat >"$work/brew/brew/ruleset.yaml" <<'END'
gatepost: 1
ruleset: brew
conditions:
  cold: { file: cold }
  dry: { not: cold }
  paid: { file: paid }
  clean: { file: clean }
  asked: { file: asked }
  really: { all: [asked] }
operations:
  brew:
    requires:
      asked: { that: really }
      paid: { that: paid, waived: it is a gift }
    action:
      - { mkdir: pot, when: dry }
    ensures:
      clean: { that: clean }
END
cat >"$work/brew/brew/tests/brew.yaml" <<'END'
gatepost: 1
tests-for: brew
trees:
  asked: { files: { asked: {} } }
cases:
  yes: { tree: asked, check: brew, expect: { verdict: allowed } }
END
exits 0 'conditions that no test can see' gp test --coverage "$work/brew/brew"
has 'are not asked for' ': 4 of 7 results seen'
exits 1 'those that a requirement names' gp test --threshold 100 "$work/brew/brew"
has 'are' 'condition asked: never false; seen: true'
has 'through others, too' 'condition really: never false; seen: true'
for condition in cold dry paid clean; do
    hasnt "not the condition $condition" "condition $condition: never"
done

sed 's/basis: stated } }/basis: assumed } }/' "$vendor/tea/tests/trees.yaml" >"$work/rest" &&
    cp "$work/rest" "$vendor/tea/tests/trees.yaml"
exits 1 'a state of another basis' gp test "$vendor/tea/tests/trees.yaml"
has 'is a failure' 'basis: expected assumed, found stated'

done_testing
