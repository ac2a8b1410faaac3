#!/bin/sh
# Help, options and usage: every verb explains itself, what is misspelt is named with what was meant, status 64.
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
mkdir "$work/s"

# usage TITLE WANTED ARGUMENT…: status 64, nothing on standard output, WANTED is the first line of standard error.
usage() {
    title=$1
    wanted=$2
    shift 2
    exits 64 "$title" "$GATEPOST" "$@"
    is '  says so' "$(head -n 1 "$err")" "gatepost: $wanted"
    ok '  and how to get help' grep -qx "Try 'gatepost .*--help'\\." "$err"
    is '  and nothing else' "$(cat "$out")" ''
}

verbs=$("$GATEPOST" --help | sed -n '/^Verbs:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
is 'the verbs' "$(echo "$verbs" | tr '\n' ' ')" \
    'check run recover plan inspect explain why record attest history list show lint test explain-code schema '
for verb in $verbs; do
    exits 0 "$verb --help" "$GATEPOST" "$verb" --help
    has '  begins with its usage' "usage: gatepost $verb "
    hasnt '  no line is left empty at its end' ' 
'
    exits 0 "help $verb" "$GATEPOST" help "$verb"
    exits 0 "$verb -h" "$GATEPOST" "$verb" -h --strict
    exits 64 "$verb --frobnicate" "$GATEPOST" "$verb" --frobnicate
    exits 64 "$verb, a format that there is not" "$GATEPOST" "$verb" -f morse
done

# Every example of --help is understood: with the rules that it speaks of, where its directories are missing or empty.
mkdir "$work/bin"
cp -R "$srcdir/t/data/rules" "$work/rules"
ln -s "$GATEPOST" "$work/bin/gatepost"
for verb in $verbs; do
    "$GATEPOST" "$verb" --help | sed -n '/^Examples\{0,1\}:/,$s/^  //p' >"$work/examples"
    ok "$verb has examples" test -s "$work/examples"
    while IFS= read -r line; do
        (
            PATH=$work/bin:$PATH
            GATEPOST_RULES=$rules/msmail-lab
            cd "$work" && eval "$line"
        ) >"$out" 2>"$err" </dev/null
        got=$?
        case $got in
            0 | 1 | 2 | 4) ok "  $line" true ;;
            *) ok "  $line: status $got, $(cat "$err")" false ;;
        esac
    done <"$work/examples"
done

# gatepost(1) has the same verbs, options and examples.
page=$srcdir/doc/gatepost.1
for verb in $verbs; do
    # The options of the verb's section, against those of its help.
    awk -v verb="$verb" '/^\.Sh/ { commands = /COMMANDS/ } /^\.It Ic/ { here = $3 == verb } commands && here' "$page" |
        sed -n '/^Options:/,/\.$/p' | tr ' ' '\n' |
        sed -n 's/^-\([a-z0-9-]\{2,\}\)$/\1/p; s/^\([fnoqrv]\)$/\1/p' | sort -u >"$work/manual"
    "$GATEPOST" "$verb" --help | sed -n 's/^  -\([a-z]\), .*/\1/p; s/^      --\([a-z0-9-]*\).*/\1/p' |
        grep -vx h | sort >"$work/help"
    is "gatepost(1) has the options of $verb" "$(cat "$work/manual")" "$(cat "$work/help")"
done
sed -n 's/^\.Dl \$ \(gatepost .*[^|]\)$/\1/p' "$page" >"$work/examples"
ok 'gatepost(1) has examples' test "$(wc -l <"$work/examples")" -ge 6
while IFS= read -r line; do
    (
        PATH=$work/bin:$PATH
        GATEPOST_RULES=$rules/msmail-lab
        cd "$srcdir" && eval "$line"
    ) >"$out" 2>"$err" </dev/null
    # There is no /srv/one here, and that alone may stand in the way.
    case $? in 0 | 4) stands=yes ;; *) stands=no ;; esac
    is "  $line" $stands yes
done <"$work/examples"

usage 'no verb' 'usage: gatepost VERB ...'
usage 'an unknown verb' "there is no command 'frobnicate'" frobnicate
usage 'a verb misspelt' "there is no command 'chekc'; did you mean 'check'?" chekc label "$work/s"
usage 'help for an unknown verb' "there is no command 'frob'" help frob
version=$("$GATEPOST" --version | sed 's/gatepost //')
for verb in report whatif prove diff-rules learn fmt mutate lsp watch serve; do
    usage "$verb is a promise" "version $version has no '$verb' yet" "$verb"
done

usage 'an unknown option' 'there is no option --frobnicate' check --frobnicate
usage 'an option misspelt' 'there is no option --ruels; did you mean --rules?' check --ruels=x label s
usage 'an unknown letter' 'there is no option -x' check -qx label s
usage 'an option without its argument' '--format needs an argument: FORMAT' check label s --format
usage 'a letter without its argument' '-r needs an argument: SET|DIR' check label s -r
usage 'an argument too many' '--quiet takes no argument' check --quiet=yes label s
usage 'a format misspelt' "there is no format 'jsn'; did you mean 'json'?" check -f jsn label s
usage 'a format that there is not' 'check does not write sarif, only text, json, ndjson' check -f sarif label s
usage '--set without a value' "--set needs NAME=VALUE, not 'text'" check --set text label s
usage '--set without a name' "--set needs NAME=VALUE, not '=1'" check --set =1 label s
usage '--attest without an id' "--attest needs ID or ID=REASON, not '=x'" check --attest =x label s
usage '--now that is no time' "--now needs a time such as 2027-01-31T12:00:00Z, not 'noon'" check --now noon label s
usage '--rules without a name' '--rules needs the name of a rule set or a directory' check -r '' label s
for verb in run attest recover; do
    usage "--now is not for $verb" "$verb does not take --now" $verb --now 2027-01-31 a b
done
usage '--dry-run is not for check' 'check does not take --dry-run' check --dry-run label s

usage 'check without anything' 'usage: gatepost check OP[,OP...] DIR...' check
usage 'check without a directory' 'check needs a directory' check label
usage 'inspect without a directory' 'inspect needs a directory' inspect
usage 'a directory without a name' 'a directory cannot have an empty name' check label ''
usage 'run with a second directory' 'usage: gatepost run OP DIR [--dry-run]' run label a b
usage 'an empty operation' 'a list of operations has an empty name in it' check label, "$work/s"
usage 'an unknown operation' "there is no operation 'laebl'; did you mean 'label'?" check laebl "$work/s"
usage 'an operation far from all' "there is no operation 'zzz'; 'gatepost list operations' says which there are" \
    check zzz "$work/s"
usage 'an unknown state' "there is no state 'seald'; did you mean 'sealed'?" plan seald "$work/s"
usage 'attest without a reason' 'attest needs --reason TEXT: how do you know?' attest washed "$work/s"
usage 'attest with a blank reason' 'attest needs --reason TEXT: how do you know?' attest washed "$work/s" --reason ' '
usage 'an unknown attestation' "there is no attestation 'wasched'; did you mean 'washed'?" \
    attest wasched "$work/s" --reason x
usage '--attest of an unknown one' "there is no attestation 'wasched'; did you mean 'washed'?" \
    check seal "$work/s" --attest wasched
usage '--set of an unknown name' "there is no parameter or variable 'wieght'; did you mean 'weight'?" \
    check seal "$work/s" --set wieght=1
exits 64 '--set out of range' "$GATEPOST" check seal "$work/s" --set weight=2000
err_has '  says the bound' 'at most 1000'
exits 64 'a parameter that another operation has' "$GATEPOST" check seal "$work/s" --set text=plum
exits 0 '  but not where that one is asked for too' "$GATEPOST" check tidy,label "$work/s" --set text=plum
usage 'a list that there is not' "there is no list of 'state'; did you mean 'states'?" list state
usage 'an unknown id' "nothing is called 'zzz'" show zzz
usage 'an id misspelt' "nothing is called 'seel'; did you mean 'seal'?" show seel
usage 'a part of an operation' "'dry' is a part of a definition: gatepost show seal/dry" show dry
usage 'a part misspelt' "nothing is called 'seal/dri'; did you mean 'seal/dry'?" show seal/dri
usage 'show without an id' 'show needs an id, or --origin or --diff for a whole rule set' show
usage 'two questions' '--origin and --diff are two questions: ask one' show --origin --diff
usage 'an unknown diagnostic' "there is no diagnostic 'GP9999'; 'gatepost list diagnostics' says which there are" \
    explain-code GP9999
usage 'a diagnostic that is no number' "there is no diagnostic 'GPx'; 'gatepost list diagnostics' says which there are" \
    explain-code GPx
usage 'why with an unknown text' "no message reads like that; 'gatepost list messages' says which there are" \
    why 'something else' "$work/s"
usage 'what a terminal acts on is escaped' "there is no command 'a\\x1bb\\x0ac'" "$(printf 'a\033b\nc')"

exits 0 'options may stand behind operands' "$GATEPOST" check label "$work/s" -q
exits 0 'and before the verb' "$GATEPOST" -q check label "$work/s"
is '  and count there' "$(wc -l <"$out")" 1
exits 4 'behind -- nothing is an option' "$GATEPOST" check label -- -q
exits 0 'a unique beginning of an option will do' "$GATEPOST" check --quie label "$work/s"
ok 'nothing was made in the directory' test -z "$(ls -A "$work/s")"

done_testing
