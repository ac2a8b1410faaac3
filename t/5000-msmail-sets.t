#!/bin/sh
# The shipped rule sets load without a complaint, and hold what they are for.
. "${0%/*}/lib/test-lib.sh"

gp() { "$GATEPOST" -r "$rules/msmail" "$@"; }
lab() { "$GATEPOST" -r "$rules/msmail-lab" "$@"; }

exits 0 'msmail loads' gp list operations
is 'without a diagnostic' "$(cat "$err")" ''
for id in install extend update; do
    has "it has the operation $id" "$id"
done
exits 0 'it has states' gp list states
for id in none damaged workgroup extended server-2.1 server-3.0 server-3.2 shadow; do
    has "it has the state $id" "$id"
done
exits 0 'it has messages' gp list messages
has 'the message of the article is there' cannot-be-updated

exits 0 'msmail-lab loads, and finds msmail beside it' lab list operations
is 'without a diagnostic either' "$(cat "$err")" ''
for id in install extend update; do
    has "it has the operation $id too" "$id"
done

exits 0 'show prints an operation' gp show update
has 'with its requirements' extended-first
has 'and their sources' Q112287
done_testing
