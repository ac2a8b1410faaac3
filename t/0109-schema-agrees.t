#!/bin/sh
# The schema of rule files and the loader say the same of hundreds of documents that are made from the schema, right and
# damaged: t/npm/agree.js.
. "${0%/*}/lib/test-lib.sh"

need_npm
npm_run agree.js "$GATEPOST" "$srcdir/schemas" "$work"
