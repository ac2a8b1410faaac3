#!/bin/sh
# Directories under src/ are layers: each may include itself and what this table allows, and names the layer it means.
# The table is the one of HACKING.md; a change here is a change of the architecture.
. "${0%/*}/lib/test-lib.sh"

allowed() {
    case $1 in
        util) echo ;;
        rule) echo util ;;
        probe) echo util ;;
        load) echo util rule ;;
        eval) echo util rule probe ;;
        act) echo util rule probe eval ;;
        author) echo util rule probe load eval ;;
        report) echo util rule eval act/plan.h author/results.h ;;
        cli) echo util rule probe load eval act author report ;;
        *) return 1 ;;
    esac
}

# check_layers TREE: prints every include that the table does not allow; status 1 if there is one.
check_layers() {
    find "$1/src" -name '*.[ch]' | sort | while read -r file; do
        layer=${file#"$1/src/"}
        layer=${layer%/*}
        if ! may=$(allowed "$layer"); then
            echo "$file: src/$layer is no layer"
            continue
        fi
        sed -n 's/^[[:space:]]*#[[:space:]]*include[[:space:]]*"\([^"]*\)".*/\1/p' "$file" | while read -r header; do
            case " $layer $may " in
                *" ${header%%/*} "* | *" $header "*) ;;
                *)
                    echo "$file: $layer may not include \"$header\""
                    continue
                    ;;
            esac
            case $header in
                */*) [ -f "$1/src/$header" ] || echo "$file: there is no src/$header" ;;
                *) echo "$file: \"$header\" does not name its layer" ;;
            esac
        done
    done >"$work/violations"
    cat "$work/violations"
    [ ! -s "$work/violations" ]
}

exits 0 "every include stays within its layer" check_layers "$srcdir"
ok "  and there were some to look at" grep -qr '#include "' "$srcdir/src"

mkdir -p "$work/src/util" "$work/src/report" "$work/src/act" "$work/src/misc"
touch "$work/src/act/plan.h" "$work/src/act/run.h" "$work/src/util/arena.h" "$work/src/report/text.h"
printf '#include "act/plan.h"\n#include "util/arena.h"\n#include "report/text.h"\n' >"$work/src/report/text.c"
exits 0 "what is allowed passes" check_layers "$work"

# planted LAYER INCLUDE: a violation is found.
planted() {
    printf '#include <stdio.h>\n #  include "%s" /* planted */\n' "$2" >"$work/src/$1/planted.c"
    exits 1 "planted: $1 includes $2" check_layers "$work"
    has "  is named" "src/$1/planted.c"
    rm "$work/src/$1/planted.c"
}
planted report act/run.h
planted util report/text.h
planted util ../report/text.h
planted util arena.h
planted util util/missing.h
planted misc util/arena.h

done_testing
