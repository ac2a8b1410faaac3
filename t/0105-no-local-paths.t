#!/bin/sh
# No path of a developer's machine in any file of the project.
. "${0%/*}/lib/test-lib.sh"

# Written so that this file does not match itself.
pattern='(^|[^][A-Za-z0-9_.}/)*-])/(work/|tmp/b[-])'

# The files of the project: git's, else (a tarball) all that are not made by a build.
list_files() {
    git -C "$1" ls-files --cached --others --exclude-standard -z 2>/dev/null && return
    find "$1" -path "$1/build*" -prune -o -name '.git' -prune -o -name autom4te.cache -prune -o -type f \
        ! -name '*.log' ! -name 'config*' ! -name Makefile ! -name Makefile.in ! -name aclocal.m4 -printf '%P\0'
}
check_paths() {
    (cd "$1" && list_files . | xargs -0 -r grep -nIE -- "$pattern" /dev/null) >"$work/found"
    cat "$work/found"
    [ ! -s "$work/found" ]
}

exits 0 "no path of a developer's machine" check_paths "$srcdir"

mkdir "$work/tree"
# shellcheck disable=SC2016 # as it stands
echo 'see TX/work/ and ${x}/work/ and /tmp/base' >"$work/tree/fine"
exits 0 "what only looks like one passes" check_paths "$work/tree"
for path in work/main tmp/b-util; do
    echo "cd /$path" >"$work/tree/planted"
    exits 1 "planted: /$path" check_paths "$work/tree"
    has "  is named" "planted:1:"
done

done_testing
