# Trees for tests and for the demonstration, in POSIX sh.  $srcdir names the source tree.
#
#     tree_empty DIR              nothing
#     tree_workgroup DIR          a workgroup postoffice with one user and one message
#     tree_workgroup_small DIR    the least that can be told for one: MASTER.GLB and the template pair
#     tree_extended_by_hand DIR   the same after EXTEND.EXE, which no file shows: GLB/NETWORK.GLB is not there yet
#     tree_server35 DIR           a fresh server postoffice of version 3.5, as t/data/fresh-3.5.tsv lists it
#     tree_server30 DIR           a server postoffice of version 3.0: no INI
#     tree_server21 DIR           a server postoffice of version 2.1: no CAL, MMF, SYSTEM, Dir-Sync files either
#     tree_shadow DIR             what an Exchange MS Mail Connector makes
#     tree_damaged0 DIR           tree_server30 whose MASTER.GLB has 0 bytes
#     tree_damaged174 DIR         tree_server30 whose MASTER.GLB has 174 bytes: line ends were translated
#     tree_ambiguous DIR          tree_workgroup with glb/master.glb beside GLB/MASTER.GLB
#     tree_kindless DIR           MASTER.GLB is sound, but nothing tells what kind of postoffice it is
#
# Each makes DIR, and the same tree every time: names, sizes, read-only attributes and times of modification.  Contents
# are zeros unless a rule reads them.  What a workgroup postoffice has in its directories is documented in parts only:
# the structure of a server postoffice, ADMIN.TPL, ADMIN.INF and no modem files; the sizes are those of every postoffice.
#
#     tree_listing DIR            "path TAB type TAB size TAB attributes", sorted, as in t/data/fresh-3.5.tsv; no GATEPOST
#     tree_sum DIR                the same with a checksum of every file and its time of modification
#     tree_wanted                 what tree_listing says of a fresh 3.5 postoffice

# tree_file DIR PATH SIZE [read-only]: a file of SIZE zero bytes.
tree_file() {
    case $3 in
        0) : >"$1/$2" ;;
        *) dd if=/dev/zero of="$1/$2" bs="$3" count=1 2>/dev/null ;;
    esac || return
    case ${4:-} in
        read-only) chmod a-w "$1/$2" ;;
    esac
}

tree_dirs() {
    tree_root=$1
    shift
    for tree_name; do
        mkdir -p "$tree_root/$tree_name" || return
    done
}

# Files get one time, then directories, deepest first, as making a file changes its directory's.
tree_done() {
    find "$1" ! -type d -exec touch -t 199609010000 {} + &&
        find "$1" -depth -type d -exec touch -t 199609010000 {} +
}

tree_empty() {
    mkdir -p "$1" && tree_done "$1"
}

tree_workgroup_small() {
    tree_dirs "$1" GLB TPL INF || return
    tree_file "$1" GLB/MASTER.GLB 176 && tree_file "$1" INF/ADMIN.INF 480 || return
    # One line a field: prompt, start, width, type, data, internal.
    printf '%s~%s~%s~ULNP~~\r\n' 'Phone #1:' 9 30 'Phone #2:' 10 30 'Office:' 11 30 'Department:' 12 30 'Notes:' 13 30 \
        >"$1/TPL/ADMIN.TPL" && tree_done "$1"
}

tree_workgroup() {
    tree_workgroup_small "$1" || return
    tree_dirs "$1" CAL FOLDERS/LOC/00000000 FOLDERS/PUB GRP HLP KEY LOG MBG MEM MMF NME P1 USR XTN || return
    for tree_digit in 0 1 2 3 4 5 6 7 8 9 A B C D E F; do
        tree_dirs "$1" "ATT/AT$tree_digit" "MAI/MA$tree_digit" || return
    done
    while read -r tree_path tree_size; do
        tree_file "$1" "$tree_path" "$tree_size" || return
    done <<'END'
FOLDERS/SERIALNO.IDX 4
FOLDERS/LOC/00000000/00000000.IDX 100
FOLDERS/PUB/FOLDROOT.IDX 100
GLB/ACCESS.GLB 586
GLB/ACCESS2.GLB 69
GLB/ACCESS3.GLB 512
GLB/ANSISORT.GLB 795
GLB/C850SORT.GLB 795
GLB/CONTROL.GLB 8
GLB/FLAG.GLB 2
GLB/GLOBAL.GLB 512
GLB/GROUP.GLB 4
GLB/GRPMEM.GLB 4
GLB/NETPO.GLB 4
GLB/TID.GLB 4
GRP/00000000.GRP 8
GRP/ADMIN.GRP 8
GRP/ADMINSHD.GRP 8
KEY/00000000.KEY 560
MBG/00000000.MBG 116
NME/00000000.NME 0
NME/ADMIN.NME 45
NME/ADMINSHD.NME 45
END
    # So that a test can tell whether a message was kept.
    printf 'a message that nobody may lose\n' >"$1/MAI/MA1/00000001.MAI" && tree_done "$1"
}

tree_extended_by_hand() {
    tree_workgroup "$1" || return
    while read -r tree_path tree_size; do
        tree_file "$1" "$tree_path" "$tree_size" || return
    done <<'END'
GLB/MODEM.GLB 64
GLB/PROCESS.GLB 512
GLB/REQCONF.GLB 512
KEY/INQUEUE.KEY 560
KEY/INQUEUE3.KEY 560
KEY/SYSTEM.KEY 560
MBG/INQUEUE.MBG 0
MBG/INQUEUE3.MBG 0
MBG/SYSTEM.MBG 0
END
    tree_done "$1"
}

tree_server35() {
    mkdir -p "$1" || return
    tree_tab=$(printf '\t')
    while IFS=$tree_tab read -r tree_path tree_type tree_size tree_attributes; do
        case $tree_path:$tree_type in
            \#*) ;;
            *:dir) mkdir "$1/$tree_path" ;;
            *) tree_file "$1" "$tree_path" "$tree_size" "$tree_attributes" ;;
        esac || return
    done <"$srcdir/t/data/fresh-3.5.tsv"
    tree_done "$1"
}

tree_server30() {
    tree_server35 "$1" && rm -rf "$1/INI" && tree_done "$1"
}

tree_server21() {
    tree_server30 "$1" || return
    rm -rf "$1/CAL" "$1/MMF" || return
    for tree_name in SYSTEM INQUEUE3; do
        rm -f "$1/MBG/$tree_name.MBG" "$1/KEY/$tree_name.KEY" || return
    done
    for tree_name in PROCESS REQCONF REQTRANS SRVTRANS USRTRANS GWTRANS NMETRANS; do
        rm -f "$1/GLB/$tree_name.GLB" || return
    done
    tree_done "$1"
}

tree_shadow() {
    tree_server35 "$1" || return
    rm -rf "$1/CAL" "$1/FOLDERS" "$1/INI" "$1/MEM" "$1/MMF" || return
    rm -f "$1"/GLB/*.MDM "$1"/GLB/*.SCR "$1/GLB/PROCESS.GLB" && tree_done "$1"
}

tree_damaged0() {
    tree_server30 "$1" && : >"$1/GLB/MASTER.GLB" && tree_done "$1"
}

tree_damaged174() {
    tree_server30 "$1" && tree_file "$1" GLB/MASTER.GLB 174 && tree_done "$1"
}

tree_ambiguous() {
    tree_workgroup "$1" && mkdir "$1/glb" && tree_file "$1" glb/master.glb 176 && tree_done "$1"
}

tree_kindless() {
    tree_workgroup "$1" && rm -f "$1/TPL/ADMIN.TPL" "$1/INF/ADMIN.INF" && tree_done "$1"
}

# tree_byte FILE OFFSET VALUE: one byte of a file, in decimal.
tree_byte() {
    # shellcheck disable=SC2059 # the format is the byte
    printf "\\$(printf '%03o' "$3")" | dd of="$1" bs=1 seek="$2" conv=notrunc 2>/dev/null
}

tree_listing() {
    (
        cd "$1" && find . -mindepth 1 -path ./GATEPOST -prune -o -printf '%P\t%y\t%s\t%m\n'
    ) | awk -F '\t' -v OFS='\t' '
        $2 == "d" { print $1, "dir", "-", "-"; next }
        { print $1, "file", $3, ($4 % 1000 ~ /[2367]/ ? "-" : "read-only") }' | LC_ALL=C sort
}

tree_sum() {
    (
        cd "$1" || exit
        find . -mindepth 1 -path ./GATEPOST -prune -o -printf '%P\t%y\t%m\t%T@\n' | LC_ALL=C sort
        find . -path ./GATEPOST -prune -o -type f -exec cksum {} + | LC_ALL=C sort
    )
}

tree_wanted() {
    grep -v '^#' "$srcdir/t/data/fresh-3.5.tsv" | LC_ALL=C sort
}
