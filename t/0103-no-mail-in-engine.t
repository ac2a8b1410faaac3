#!/bin/sh
# The engine knows nothing about mail: no name, offset or message of a domain is in C, not even in a comment; they live
# under rules/.  One exception: the name of the rule set that the command line uses when nobody names one.
. "${0%/*}/lib/test-lib.sh"

check_words() {
    find "$1/src" -name '*.[ch]' | sort | while read -r file; do
        case $file in
            */src/cli/*) sed 's/"msmail"/""/g' "$file" ;;
            *) cat "$file" ;;
        esac | grep -niE '(^|[^a-z])(glb|mdm|wgpo|msmail|mailbags?|postoffices?|post offices?|microsoft)([^a-z]|$)' |
            sed "s|^|$file:|"
        # In capitals only: "master" is a word of the language.
        grep -nw MASTER "$file" | sed "s|^|$file:|"
    done >"$work/words"
    cat "$work/words"
    [ ! -s "$work/words" ]
}

exits 0 "no word of the mail domain in src/" check_words "$srcdir"

mkdir -p "$work/src/cli" "$work/src/eval"
echo 'const char *set = getenv("GATEPOST_RULES") ?: "msmail"; /* the master table, globs, GLOB */' >"$work/src/cli/main.c"
exits 0 "the default rule set's name is allowed in src/cli" check_words "$work"
planted() {
    echo "$2" >"$work/src/$1"
    exits 1 "planted: $2 in src/$1" check_words "$work"
    has "  is named" "src/$1:1:"
    rm "$work/src/$1"
}
planted eval/a.c '"msmail"'
planted eval/a.c 'open("GLB/FLAG")'
planted eval/a.h '/* a Postoffice */'
planted cli/a.c 'x = MASTER;'
planted cli/a.c '"msmail-lab"'
planted eval/a.c '// mailbags'

done_testing
