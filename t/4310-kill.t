#!/bin/sh
# `kill -9` at random moments, a few rounds; .ci/full has some hundreds on a bigger postoffice.
. "${0%/*}/lib/test-lib.sh"

exits 0 'kill -9 at random moments: every tree is as before or as after' \
    perl "$srcdir/t/lib/kill-rounds.pl" 12 40 "${GATEPOST_SEED:-$(date +%j)}"
diag "$(cat "$out")"
has '  none was bad' ' 0 bad'
ok '  some were killed' grep -Eq ': [1-9][0-9]* killed' "$out"

done_testing
