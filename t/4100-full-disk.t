#!/bin/sh
# A disk that is full, for real: a small tmpfs with less and less room, and one with too few inodes.  Whatever the
# operation finds missing, its status is 5, the tree is as it was and there is no journal.
if [ -z "${GATEPOST_OWN_MOUNTS:-}" ]; then
    for how in -m -rm; do
        # shellcheck disable=SC2016 # for the inner shell
        if unshare "$how" sh -c 'mount -t tmpfs -o size=64k tmpfs "$1"' sh "${TMPDIR:-/tmp}" 2>/dev/null; then
            GATEPOST_OWN_MOUNTS=1
            export GATEPOST_OWN_MOUNTS
            exec unshare "$how" "${SHELL:-/bin/sh}" "$0" "$@"
        fi
    done
fi
. "${0%/*}/lib/test-lib.sh"
[ -n "${GATEPOST_OWN_MOUNTS:-}" ] || skip_all 'no file system can be mounted here; A FULL DISK IS TESTED IN MEMORY ONLY'

mkdir "$work/full" "$work/disk"
cat >"$work/full/ruleset.yaml" <<'END'
gatepost: 1
ruleset: full
title: A full disk
version: 1.0.0
operations:
  act:
    title: Make, replace and remove
    requires:
      there: { that: { file: MASTER, size: 5000 }, otherwise: { cause: No master. } }
    action:
      - { patch: MASTER, at: 4990, string: XY }
      - { mkdir: MADE }
      - { copy: MASTER, to: MADE/COPY }
      - { write: NEW, text: new }
      - { remove: GONE }
END

# filled OPTIONS: a fresh tree on a fresh disk.
filled() {
    umount "$work/disk" 2>/dev/null
    mount -t tmpfs -o "$1" tmpfs "$work/disk" || exit 99
    tree=$work/disk/tree
    mkdir "$tree"
    head -c 5000 /dev/zero | tr '\0' m >"$tree/MASTER"
    echo gone >"$tree/GONE"
    touch -d 2001-01-01T00:00:00Z "$tree/MASTER" "$tree/GONE"
    touch -d 2001-01-02T00:00:00Z "$tree"
}

# What is there, but GATEPOST; the time of the root counts too.
picture() {
    (cd "$tree" && find . -path ./GATEPOST -prune -o -printf '%p %y %m %T@\n' | sort &&
        find . -path ./GATEPOST -prune -o -type f -print | sort | xargs cksum)
}

# sweep NAME OPTION FROM TO: disks with so many pages or inodes.
sweep() {
    refused=0
    done=0
    wrong=
    n=$3
    while [ "$n" -le "$4" ]; do
        filled "$2=$n"
        before=$(picture)
        "$GATEPOST" -r "$work/full" run -q act "$tree" >"$out" 2>"$err"
        status=$?
        case $status in
            0)
                done=$((done + 1))
                [ -s "$tree/NEW" ] || wrong="$wrong $n:not-done"
                ;;
            5)
                refused=$((refused + 1))
                [ "$(picture)" = "$before" ] || wrong="$wrong $n:changed"
                ;;
            *)
                wrong="$wrong $n:status-$status"
                diag "$(cat "$out" "$err")"
                ;;
        esac
        for left in JOURNAL JOURNAL.NEW DONE TX LOST; do
            [ ! -e "$tree/GATEPOST/$left" ] || wrong="$wrong $n:$left"
        done
        # Without the one inode of LOCK nothing was begun, and recover has nothing to hold.
        [ ! -e "$tree/GATEPOST/LOCK" ] || "$GATEPOST" recover -q "$tree" >"$out" 2>"$err" || wrong="$wrong $n:recover"
        n=$((n + 1))
    done
    is "$1: everything or nothing, $refused times nothing, $done times everything" "$wrong" ''
    ok '  there was too little room' test "$refused" -gt 0
    ok '  there was enough' test "$done" -gt 0
}

# In blocks of a page; the tree itself needs three of them and four inodes.
sweep 'too few pages' nr_blocks 4 14
sweep 'too few inodes' nr_inodes 5 22

# A foreign program that takes all the room there is, whether it says so or not.
program() {
    cat >"$work/full/ruleset.yaml" <<END
gatepost: 1
ruleset: full
title: A full disk
version: 1.0.0
operations:
  act:
    title: Run a program that fills the disk
    requires:
      there: { that: { file: MASTER, size: 5000 }, otherwise: { cause: No master. } }
    action:
      - { exec: [sh, -c, "cat /dev/zero >BIG 2>/dev/null; $1"], touches: [MASTER, BIG, "LOG*"] }
END
    filled nr_blocks=200
    before=$(picture)
    exits 5 "a program that fills the disk and $2" "$GATEPOST" -r "$work/full" run act "$tree"
    is '  the tree is as it was' "$(picture)" "$before"
    for left in JOURNAL JOURNAL.NEW DONE TX LOST; do
        ok "  no $left" test ! -e "$tree/GATEPOST/$left"
    done
    exits 0 '  and there is nothing to recover' "$GATEPOST" recover "$tree"
}
program 'exit 1' 'says so'
program 'echo x >>MASTER; exit 0' 'does not'
umount "$work/disk"

done_testing
