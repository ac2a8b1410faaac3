#!/bin/sh
# The program is there, says what it is, and explains every verb; what it does not understand is usage, status 64.
. "${0%/*}/lib/test-lib.sh"

[ -x "$GATEPOST" ] || {
    echo "Bail out!  $GATEPOST is not there: build first, or set GATEPOST"
    exit 255
}

version=$(sed -n 's/^AC_INIT(\[gatepost\], \[\(.*\)\])$/\1/p' "$srcdir/configure.ac")
exits 0 "--version" "$GATEPOST" --version
is "  says which" "$(head -n 1 "$out")" "gatepost $version"
is "  and nothing on standard error" "$(cat "$err")" ""
exits 0 "--version -v" "$GATEPOST" --version -v
exits 0 "--help" "$GATEPOST" --help
has "  lists the verbs" "check"
help=$(cat "$out")

for verb in check run plan inspect explain why attest history recover list show; do
    exits 0 "$verb --help" "$GATEPOST" "$verb" --help
    # The line of usage is one.
    ok "  has an example" test "$(grep -c "gatepost.* $verb" "$out")" -ge 2
    is "  nothing on standard error" "$(cat "$err")" ""
    case $help in
        *" $verb"*) ok "  is in the general help" true ;;
        *) ok "  is in the general help" false ;;
    esac
done
# Verbs of the design that may not be built yet: those that the general help names.
for verb in record lint test schema report explain-code; do
    case $help in
        *" $verb "*) exits 0 "$verb --help" "$GATEPOST" "$verb" --help ;;
        *) skip 1 "$verb is not built yet" ;;
    esac
done

# usage TITLE ARGUMENT…: an error of usage says why, and nothing on standard output.
usage() {
    title=$1
    shift
    exits 64 "$title" "$GATEPOST" "$@"
    is "  standard output is empty" "$(cat "$out")" ""
    ok "  standard error is not" test -s "$err"
}
usage "no verb"
usage "an unknown verb" frobnicate
usage "a verb misspelt" chekc update "$work"
err_has "  suggests the right one" "check"
usage "an unknown option" check --frobnicate update "$work"
usage "an option without its argument" check update "$work" --format
usage "a format that there is not" check --format=morse update "$work"
usage "check without an operation" check
usage "check without a directory" check update
usage "run with a second directory" run update "$work" "$work"
for verb in whatif prove diff-rules learn fmt mutate lsp watch serve; do
    exits 64 "$verb is reserved" "$GATEPOST" "$verb"
done

done_testing
