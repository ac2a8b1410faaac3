# An installed Gatepost for tests, in POSIX sh.  Comes after test-lib.sh.
#
#     install_here DIR      what `make install DESTDIR=DIR` leaves; sets, and exports where that matters:
#         $GATEPOST         the installed program
#         $vendor           the directory of the packages' rule sets, with what was installed there
#         $manual           the directory of man1 and man5
#     layers DIR… NAME      the directories of rule sets from the lowest to the highest, and the set that is used
#
# An installed program looks for rule sets where it was configured to look, and that is not beneath DIR.  So the layers
# are given to it in $GATEPOST_RULES, as to any program that runs from a staging directory; the order is what counts,
# and `gatepost list sets` calls each of them --rules.

# Not the caller's make: its flags and its job server are not meant for this one.
install_made() {
    env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -s -C "$builddir" install DESTDIR="$1"
}

# Without the makefile that built the program: the same files, by hand.
install_by_hand() {
    mkdir -p "$1/usr/bin" "$1/usr/share/gatepost" "$1/usr/share/man/man1" "$1/usr/share/man/man5" &&
        cp "$GATEPOST" "$1/usr/bin/gatepost" &&
        cp -R "$srcdir/rules" "$srcdir/schemas" "$1/usr/share/gatepost/" &&
        cp "$srcdir"/doc/*.1 "$1/usr/share/man/man1/" &&
        cp "$srcdir"/doc/*.5 "$1/usr/share/man/man5/"
}

install_here() {
    if [ -n "${builddir:-}" ] && [ "$GATEPOST" = "$builddir/src/gatepost" ]; then
        ok 'make install' install_made "$1"
    else
        ok 'installed' install_by_hand "$1"
    fi
    GATEPOST=$(find "$1" -type f -path '*/bin/gatepost')
    vendor=$(find "$1" -type d -path '*/share/gatepost/rules')
    # shellcheck disable=SC2034 # tests use it
    manual=$(find "$1" -type d -path '*/man/man1' | sed 's|/man1$||')
    export GATEPOST
    [ -x "$GATEPOST" ] || exit 99
}

layers() {
    GATEPOST_RULES=$(printf '%s:' "$@")
    export GATEPOST_RULES
}
