# TAP for tests in POSIX sh.  A test begins with
#
#     . "${0%/*}/lib/test-lib.sh"
#
# then makes its checks and ends with done_testing (or opens with `plan N`).
#
#     ok NAME COMMAND…         COMMAND succeeds
#     exits N NAME COMMAND…    COMMAND ends with status N and nothing else; its output is in $out, its errors in $err.
#                              Standard input is empty: `exits 0 NAME COMMAND <FILE` gives it one.
#     has NAME TEXT            $out holds TEXT (bytes, no pattern; may span lines); hasnt: it does not
#     err_has NAME TEXT        the same of $err; err_hasnt
#     is NAME GOT WANT         two strings are equal
#     golden NAME FILE         $out equals FILE, a path beneath t/, where $work reads WORK and $srcdir reads SRCDIR;
#                              UPDATE=1 in the environment rewrites FILE instead
#     skip N REASON            counts N checks that cannot be made here
#     skip_all REASON          in place of everything else
#     diag TEXT                lines for the reader
#     need_npm                 what follows runs tools of t/npm with `npm_run FILE ARGUMENT…`: skipped without them, or a
#                              failure if GATEPOST_NEED_NPM is set (./quickstart test installs them)
#
# Whatever a check with `exits` made the program write as JSON or SARIF is held against its schema by done_testing, which
# adds a check for that.
#
# Variables: $GATEPOST the program, $srcdir the source tree, $rules its rule sets, $work a fresh directory, removed at
# the end.  Nothing here depends on who runs it: no check may rest on chmod, as root reads everything.

set -u
LC_ALL=C
export LC_ALL
exec </dev/null

srcdir=$(cd "${0%/*}/.." && pwd) || exit 99
# shellcheck disable=SC2034 # tests use it
rules=$srcdir/rules
: "${GATEPOST:=$srcdir/build/src/gatepost}"
export GATEPOST
# What the person who runs the tests has set must not reach the program under test.
unset GATEPOST_RULES NO_COLOR
# A sanitizer's finding must look like a crash: its usual statuses are 1 and 23, and 1 has a meaning here.
: "${ASAN_OPTIONS:=abort_on_error=1:detect_leaks=1}"
: "${UBSAN_OPTIONS:=abort_on_error=1:print_stacktrace=1}"
export ASAN_OPTIONS UBSAN_OPTIONS

tap_run=0
tap_failed=0
tap_dir=$(mktemp -d "${TMPDIR:-/tmp}/gatepost-test.XXXXXX") && tap_dir=$(cd "$tap_dir" && pwd -P) || exit 99
work=$tap_dir/work
mkdir "$work"
out=$tap_dir/out
err=$tap_dir/err
: >"$out"
: >"$err"
# So that no layer of this machine's own rule sets is read either.
XDG_CONFIG_HOME=$tap_dir/config
export XDG_CONFIG_HOME

tap_end() {
    status=$?
    trap - EXIT
    chmod -R u+rwX "$tap_dir" 2>/dev/null
    rm -rf "$tap_dir"
    [ "$tap_failed" -eq 0 ] || status=1
    exit "$status"
}
trap tap_end EXIT
trap 'exit 129' HUP
trap 'exit 130' INT
trap 'exit 143' TERM

plan() {
    echo "1..$1"
}

done_testing() {
    tap_validate json "$srcdir/schemas/gatepost-report-1.json"
    tap_validate sarif "$npm_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
    echo "1..$tap_run"
    [ "$tap_run" -gt 0 ] || exit 1
}

# Standard error, so that prove shows it without -v.
diag() {
    printf '%s\n' "$*" | sed 's/^/# /' >&2
}

tap_show() {
    [ -s "$2" ] && sed "s/^/#   $1: /" "$2" >&2
    return 0
}

# tap_line STATUS NAME: the one place that prints a result.  A "#" would begin a directive.
tap_line() {
    tap_run=$((tap_run + 1))
    tap_name=$(printf '%s' "$2" | tr '\n' ' ' | sed 's/#/\\#/g')
    if [ "$1" -eq 0 ]; then
        echo "ok $tap_run - $tap_name"
    else
        tap_failed=$((tap_failed + 1))
        echo "not ok $tap_run - $tap_name"
        return 1
    fi
}

ok() {
    tap_title=$1
    shift
    "$@" >"$tap_dir/ok" 2>&1
    tap_line $? "$tap_title" && return
    diag "failed: $*"
    tap_show output "$tap_dir/ok"
    return 1
}

npm_modules=${GATEPOST_NPM:-${builddir:-$srcdir/build}/npm}/node_modules

npm_there() {
    [ -d "$npm_modules/ajv" ] && command -v node >/dev/null 2>&1
}

npm_run() {
    tap_tool=$1
    shift
    NODE_PATH=$npm_modules node "$srcdir/t/npm/$tap_tool" "$@"
}

# npm_absent: says so where they must not be missing.
npm_absent() {
    [ -n "${GATEPOST_NEED_NPM:-}" ] || return 1
    diag "node or its packages are missing in $npm_modules, and GATEPOST_NEED_NPM is set"
}

need_npm() {
    npm_there && return
    npm_absent && exit 1
    tap_reason="no node or no packages in $npm_modules: ./quickstart test installs them"
    [ "$tap_run" -gt 0 ] || skip_all "$tap_reason"
    skip 1 "$tap_reason"
    done_testing
    exit
}

tap_keep() {
    mkdir -p "$tap_dir/$1" && cp "$out" "$tap_dir/$1/$tap_run"
}

# tap_collect COMMAND…: keeps what the program wrote as JSON or SARIF; tests call it `gp` or by its path.
tap_collect() {
    case $1 in
        gp | "$GATEPOST") ;;
        *) return 0 ;;
    esac
    [ -s "$out" ] || return 0
    case " $* " in
        *[\ =f]json\ * | *[\ =f]ndjson\ *) tap_keep json ;;
        *[\ =f]sarif\ *) tap_keep sarif ;;
    esac
}

# tap_validate KIND SCHEMA: a check that everything that was kept is as the schema says.
tap_validate() {
    [ -d "$tap_dir/$1" ] || return 0
    if npm_there; then
        ok "every $1 output is what its schema says" npm_run validate.js "$2" "$tap_dir/$1"
    elif npm_absent; then
        tap_line 1 "every $1 output is what its schema says"
    else
        skip 1 "no node or no packages in $npm_modules to hold $1 outputs against their schema"
    fi
}

exits() {
    tap_want=$1
    tap_title=$2
    shift 2
    "$@" >"$out" 2>"$err"
    tap_got=$?
    tap_collect "$@"
    [ "$tap_got" -eq "$tap_want" ] && [ "$tap_got" -lt 128 ]
    tap_line $? "$tap_title" && return
    diag "status $tap_got, wanted $tap_want: $*"
    tap_show out "$out"
    tap_show err "$err"
    return 1
}

# tap_holds FILE TEXT.  Not grep -F: it takes the lines of TEXT for alternatives.
tap_holds() {
    case $(cat "$1") in
        *"$2"*) return 0 ;;
    esac
    return 1
}

tap_has() {
    tap_holds "$2" "$4"
    tap_line $? "$3" && return
    diag "no such text in $1: $4"
    tap_show "$1" "$2"
    return 1
}

tap_hasnt() {
    ! tap_holds "$2" "$4"
    tap_line $? "$3" && return
    diag "in $1, but should not be: $4"
    tap_show "$1" "$2"
    return 1
}

has() { tap_has out "$out" "$1" "$2"; }
hasnt() { tap_hasnt out "$out" "$1" "$2"; }
err_has() { tap_has err "$err" "$1" "$2"; }
err_hasnt() { tap_hasnt err "$err" "$1" "$2"; }

is() {
    [ "$2" = "$3" ]
    tap_line $? "$1" && return
    diag "  got:  $2"
    diag "  want: $3"
    return 1
}

golden() {
    sed "s|$work|WORK|g; s|$srcdir|SRCDIR|g" "$out" >"$tap_dir/golden"
    if [ -n "${UPDATE:-}" ]; then
        mkdir -p "$(dirname "$srcdir/t/$2")" && cat "$tap_dir/golden" >"$srcdir/t/$2"
        tap_line $? "$1 (rewritten)"
        return
    fi
    diff -u "$srcdir/t/$2" "$tap_dir/golden" >"$tap_dir/diff" 2>&1
    tap_line $? "$1" && return
    tap_show diff "$tap_dir/diff"
    return 1
}

skip() {
    tap_left=$1
    while [ "$tap_left" -gt 0 ]; do
        tap_run=$((tap_run + 1))
        tap_left=$((tap_left - 1))
        echo "ok $tap_run # SKIP $2"
    done
}

skip_all() {
    echo "1..0 # SKIP $*"
    exit 0
}
