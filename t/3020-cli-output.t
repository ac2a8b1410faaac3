#!/bin/sh
# Where output goes and what becomes of it: escapes, marks, colour, standard output that is closed, full or not read.
. "${0%/*}/lib/test-lib.sh"
GATEPOST_RULES=$srcdir/t/data/rules/shelf
export GATEPOST_RULES
gp() { "$GATEPOST" "$@"; }
escape=$(printf '\033')
cd "$work" || exit 99

# A hostile name of a directory, and of what is in it.
name=$(printf 'a\033[31mred\nfake: label allowed \302\233x\377')
mkdir "$name"
printf 'no' >"$name/LABEL"
: >"$name/$(printf 'b\033]0;t\007.jar')"
exits 1 'check' gp check -q label "$name"
hasnt '  no escape gets through' "$escape"
is '  one line' "$(wc -l <"$out")" 1
has '  which shows the bytes' 'a\x1b[31mred\x0afake'
for verb in 'check tidy' 'explain tidy' 'why cannot-be-sealed' 'plan sealed' 'inspect' 'history' 'recover'; do
    # shellcheck disable=SC2086 # the verb and its operand
    "$GATEPOST" $verb "$name" >"$out" 2>"$err"
    ok "$verb: a line is shown" test -s "$out"
    hasnt "  no escape" "$escape"
    ok "  no other control byte" test "$(tr -d '\n' <"$out" | tr -dc '\000-\037\177' | wc -c)" -eq 0
done
exits 0 'attest' gp attest washed "$name" --reason "$(printf 'be\033cause')"
hasnt '  no escape' "$escape"
exits 0 'history' gp history "$name"
hasnt '  no escape from the ledger' "$escape"
has '  the reason is shown' 'be\x1bcause'
exits 4 'beneath it' gp check -q label "$name/x"
hasnt '  no escape' "$escape"
exits 1 'as JSON' gp check -f json label "$name"
hasnt '  no escape' "$escape"
ok '  it is JSON' perl -MJSON::PP -0777 -ne 'decode_json($_)' "$out"

# Marks: ASCII unless the locale is UTF-8.
mkdir bare
exits 1 'the C locale' gp check seal bare
ok '  ASCII alone' test "$(LC_ALL=C tr -d '\001-\177' <"$out" | wc -c)" -eq 0
has '  a cross' '  x labelled'
has '  an arrow' '  -> gatepost run label bare'
utf8=
for locale in C.UTF-8 C.utf8 en_US.UTF-8; do
    [ -n "$utf8" ] || [ "$(LC_ALL=$locale locale charmap 2>/dev/null)" != UTF-8 ] || utf8=$locale
done
if [ -n "$utf8" ]; then
    exits 1 'a UTF-8 locale' env LC_ALL="$utf8" "$GATEPOST" check seal bare
    has '  a cross' '✗ labelled'
    has '  an arrow' '→ gatepost run label bare'
    exits 1 'LC_CTYPE alone' env -u LC_ALL LC_CTYPE="$utf8" "$GATEPOST" check seal bare
    has '  will do' '✗ labelled'
else
    skip 5 'there is no UTF-8 locale here'
fi

# Colour: on a terminal and nowhere else.
exits 1 'no terminal' env TERM=xterm "$GATEPOST" check seal bare
hasnt '  no colour' "$escape"
# on_terminal NAME=VALUE… COMMAND…: through a terminal of its own; what it shows is in $out.
on_terminal() {
    words=$(for word; do printf "'%s' " "$word"; done)
    script -qec "env $words" /dev/null >"$out" 2>&1 </dev/null
}
if script -qec true /dev/null >/dev/null 2>&1 </dev/null; then
    on_terminal TERM=xterm "$GATEPOST" check seal bare
    has 'a terminal: colour' "${escape}["
    on_terminal TERM=xterm NO_COLOR=1 "$GATEPOST" check seal bare
    hasnt 'NO_COLOR: none' "$escape"
    has '  but the same text' 'seal denied'
    on_terminal TERM=xterm NO_COLOR= "$GATEPOST" check seal bare
    has 'NO_COLOR that is empty says nothing' "${escape}["
    on_terminal TERM=dumb "$GATEPOST" check seal bare
    hasnt 'a dumb terminal: none' "$escape"
    on_terminal TERM=xterm "$GATEPOST" check -f json seal bare
    hasnt 'JSON: none' "$escape"
    mkdir -p sets/wrong
    printf 'gatepost: 1\nruleset: wrong\noperatons: {}\n' >sets/wrong/ruleset.yaml
    on_terminal TERM=xterm "$GATEPOST" check -r sets/wrong seal bare
    has 'diagnostics on a terminal: colour' "${escape}["
    on_terminal TERM=xterm NO_COLOR=1 "$GATEPOST" check -r sets/wrong seal bare
    hasnt '  and none with NO_COLOR' "$escape"
else
    skip 8 'script(1) is not here'
fi

# Standard output.
closed() { "$GATEPOST" "$@" >&-; }
full() { "$GATEPOST" "$@" >/dev/full; }
exits 70 'closed' closed check label bare
err_has '  is told' 'gatepost: standard output cannot be written: Bad file descriptor'
exits 70 'closed: --help' closed --help
exits 70 'closed: --version' closed --version
exits 70 'closed: JSON' closed check -f json label bare
all_closed() { "$GATEPOST" check label bare <&- >&- 2>&-; }
exits 70 'all three closed' all_closed
ok '  nothing of it is in the directory' test -z "$(ls -A bare)"
if [ -w /dev/full ]; then
    exits 70 'full' full check label bare
    err_has '  is told' 'gatepost: standard output cannot be written: No space left on device'
    exits 70 'full: ndjson' full check -f ndjson label bare
    exits 64 'full: but usage stays usage' full check
else
    skip 4 'there is no /dev/full'
fi
# A reader that goes away is no error, and no signal; the status is that of the work.
gone() {
    perl -e 'pipe my $in, my $to or die; close $in; open STDOUT, ">&", $to or die; exec @ARGV' -- "$GATEPOST" "$@"
}
exits 0 'nobody reads' gone check label bare
is '  nothing is said' "$(cat "$err")" ''
exits 1 'nobody reads a denial' gone check seal bare

# Errors of usage and results do not mix.
exits 64 'usage' gp check nonesuch bare
is '  nothing on standard output' "$(cat "$out")" ''
exits 0 'a result' gp check label bare
is '  nothing on standard error' "$(cat "$err")" ''

# --version
exits 0 '--version -v' gp --version -v
has '  libraries' 'libyaml'
has '  the digest of the rule set' 'rules    shelf 1.2.0 sha256:'
exits 0 '--version -v -r' gp --version -v -r nonesuch
has '  without rules' 'cannot be loaded'

done_testing
