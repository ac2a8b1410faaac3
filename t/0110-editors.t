#!/bin/sh
# What an editor with a YAML language server makes of the modelines and schemas: t/npm/editor.js.
. "${0%/*}/lib/test-lib.sh"

need_npm
mkdir -p "$work/rules/msmail/tests" "$work/schemas"
cp "$srcdir"/schemas/*.json "$work/schemas/"
npm_run editor.js "$npm_modules" "$work/rules/msmail"
