#!/bin/sh
# The schemas that are shipped are those that the program prints, are schemas, and accept all rule files that are shipped.
# UPDATE=1 rewrites them.
. "${0%/*}/lib/test-lib.sh"

for name in rules changes tests report; do
    file=schemas/gatepost-$name-1.json
    exits 0 "schema $name" "$GATEPOST" schema "$name"
    golden "  is $file" "../$file"
done
exits 0 'schema: of rule files if nothing is said' "$GATEPOST" schema
golden '  the same' ../schemas/gatepost-rules-1.json
exits 64 'a schema that there is not' "$GATEPOST" schema rlues
err_has '  says so' "there is no schema of 'rlues'; did you mean 'rules'?"
exits 64 'nothing like one' "$GATEPOST" schema nonesuch
err_has '  says which there are' "there is no schema of 'nonesuch', only of rules, changes, tests, report"

# Each rule file says which schema an editor is to use, and the path holds in the source tree and where it is installed.
for file in "$rules"/*/*.yaml "$rules"/*/tests/*.yaml; do
    [ -e "$file" ] || continue
    set=$(basename "$(dirname "${file#"$rules"/}")")
    schema=$(sed -n '1,5s/^# yaml-language-server: \$schema=//p' "$file")
    ok "${file#"$srcdir"/}: has a modeline that leads to a schema" test -f "$(dirname "$file")/$schema"
    case $file in
        */tests/*) want=../../../schemas/gatepost-tests-1.json ;;
        *) want=../../schemas/gatepost-$(grep -q '^extends:' "$(dirname "$file")/ruleset.yaml" && echo changes || echo rules)-1.json ;;
    esac
    is '  the right one' "$schema" "$want"
done

need_npm
ok 'schemas are schemas, and their examples are what they say' npm_run examples.js "$srcdir"/schemas/*.json
for file in "$rules"/*/*.yaml "$rules"/*/tests/*.yaml; do
    [ -e "$file" ] || continue
    schema=$(sed -n '1,5s/^# yaml-language-server: \$schema=//p' "$file")
    [ -n "$schema" ] || continue
    ok "${file#"$srcdir"/}: is what its schema says" npm_run yaml.js "$(dirname "$file")/$schema" "$file"
done
ok 'so are the rule sets of the tests' npm_run yaml.js "$srcdir/schemas/gatepost-rules-1.json" "$srcdir"/t/data/rules/*/*.yaml

# What is wrong is rejected, and the schema says so in one place.
cat >"$work/wrong.yaml" <<'END'
gatepost: 1
conditions:
  broken: { file: a, sise: 3 }
END
exits 1 'an unknown key' npm_run yaml.js "$srcdir/schemas/gatepost-rules-1.json" "$work/wrong.yaml"
has '  which' '/conditions/broken: must NOT have additional properties {"additionalProperty":"sise"}'
cat >"$work/wrong.yaml" <<'END'
gatepost: 1
conditions:
  broken: { flie: a }
END
exits 1 'no deciding key' npm_run yaml.js "$srcdir/schemas/gatepost-rules-1.json" "$work/wrong.yaml"
has '  one of' '/conditions/broken: must be equal to one of the allowed values {"allowedValues":["all","any"'
printf 'gatepost: 1\nbogus: 1\n' >"$work/wrong.yaml"
exits 1 'an unknown section' npm_run yaml.js "$srcdir/schemas/gatepost-rules-1.json" "$work/wrong.yaml"
echo '{"verdict": "maybe", "requirements": []}' >"$work/wrong.json"
exits 1 'a report that is none' npm_run validate.js "$srcdir/schemas/gatepost-report-1.json" "$work/wrong.json"
: >"$work/nothing.json"
exits 1 'nothing is no report' npm_run validate.js "$srcdir/schemas/gatepost-report-1.json" "$work/nothing.json"
done_testing
