#!/bin/sh
# Exit statuses that are not about a verdict, and several directories at once.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
json() { perl "$srcdir/t/data/json.pl" "$1" <"$out"; }
for tree in empty workgroup server35 server30; do
    "tree_$tree" "$work/$tree"
done

exits 4 'no such directory' gp check update "$work/nowhere"
exits 4 'as JSON' gp check -f json update "$work/nowhere"
is 'there is no verdict' "$(json verdict)" null
exits 4 'a file is no directory' gp check update "$work/server30/GLB/MASTER.GLB"
exits 64 'no such operation' gp check updte "$work/server30"
err_has 'did you mean' update
exits 64 'no directory' gp check update
exits 64 'no such parameter' gp check update "$work/server30" --set colour=blue

# Every error of a rule file at once, each with its place and a caret.
mkdir "$work/broken"
cat >"$work/broken/ruleset.yaml" <<'END'
gatepost: 1
ruleset: broken
END
cat >"$work/broken/operations.yaml" <<'END'
gatepost: 1
operations:
  update:
    title: Broken in two places
    requires:
      one:
        that: { fiel: GLB/MASTER.GLB }
        otherwise: { cause: The key is misspelt. }
      two:
        that: no-such-condition
        otherwise: { cause: The condition is not there. }
END
exits 3 'a broken rule file' "$GATEPOST" -r "$work/broken" check update "$work/server30"
err_has 'the file and the line' 'operations.yaml:7:'
err_has 'what it is' 'error: '
err_has 'a suggestion' file
err_has 'a caret' '^'
err_has 'the second error in the same run' 'operations.yaml:10:'

# Several directories: the one that matters most decides.
exits 1 'allowed and denied' gp check -q update "$work/server30" "$work/workgroup"
is 'one line each' "$(wc -l <"$out" | tr -d ' ')" 2
is 'in the order of the arguments' "$(head -n 1 "$out" | cut -d : -f 1)" "$work/server30"
exits 2 'denied and undetermined' gp check -q update "$work/workgroup" "$work/server35"
exits 4 'and one that is not there' gp check -q update "$work/workgroup" "$work/server35" "$work/nowhere"
exits 0 'all allowed' gp check -q update "$work/server30" "$work/server30"
exits 1 'several operations' gp check -f ndjson extend,update "$work/workgroup"
is 'an object each' "$(wc -l <"$out" | tr -d ' ')" 2
printf '%s\0%s\0' "$work/server30" "$work/workgroup" >"$work/list"
exits 1 'directories from standard input' gp check -q --stdin0 update <"$work/list"
is 'both of them' "$(wc -l <"$out" | tr -d ' ')" 2

# An interrupted run is told before anything else.
for name in JOURNAL DONE; do
    tree_workgroup "$work/$name"
    mkdir "$work/$name/GATEPOST"
    : >"$work/$name/GATEPOST/$name"
    exits 7 "GATEPOST/$name: recover first" gp check update "$work/$name"
done

done_testing
