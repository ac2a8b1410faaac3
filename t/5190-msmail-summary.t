#!/bin/sh
# What "inspect" shows of a postoffice: every line of the summary of rules/msmail, shown and left out.
. "${0%/*}/lib/test-lib.sh"
. "$srcdir/t/lib/trees.sh"
inspect() { "$GATEPOST" -r "$srcdir/rules/msmail" inspect "$@"; }
# network STATE TYPE NAME XTN appends a record of 122 bytes to a list of networks.
network() {
    printf "\\$1\\$2%s" "$3"
    printf '%*s' $((11 - ${#3})) '' | tr ' ' '\000'
    printf '%s' "$4"
    printf '%*s' 101 '' | tr ' ' '\000'
}
cd "$work" || exit 99

tree_server35 server || exit 99
exits 0 'a server postoffice' inspect server
has '  its state' 'server-3.2: Server postoffice, version 3.2 or later'
has '  signs of its version' '3.2 or later: INI is here'
has '  users' 'Ever made                   1'
has '  user tables' 'all three in step'
has '  mailbags, those of programs not counted' '1: 00000000.MBG'
has '  Enhanced Security' 'Enhanced Security           disabled'
has '  gateways' 'Mail Connection gateway     neither'
has '  its part in directory synchronization' 'requestor-or-none'
has '  nobody on' 'no file is held'
hasnt '  nothing unusual' 'Unusual'
hasnt '  no flag, no line' 'FLAG.GLB'

tree_workgroup workgroup || exit 99
exits 0 'a workgroup postoffice' inspect workgroup
has '  its state' 'workgroup: Workgroup postoffice'
has '  the flag' 'FLAG.GLB             free'
hasnt '  no gateways, whose bits mean nothing there' 'gateway'
hasnt '  no Enhanced Security' 'Enhanced'
hasnt '  no connections' 'Connections'
hasnt '  nothing unusual' 'Unusual'

tree_server21 old || exit 99
exits 0 'a postoffice of version 2.1' inspect old
has '  signs of its version' '2.1: nothing of what 3.0 brought'
hasnt '  no directory synchronization' 'Directory synchronization'

tree_shadow shadow || exit 99
exits 0 'a shadow postoffice' inspect shadow
has '  its state' 'shadow: Shadow postoffice'
hasnt '  nothing unusual' 'Unusual'

tree_empty empty || exit 99
exits 0 'nothing' inspect empty
has '  says so' 'none: No postoffice'
hasnt '  and no more' 'Users'

tree_damaged174 damaged || exit 99
exits 0 'a damaged postoffice' inspect damaged
has '  says so' 'damaged: a sound one has 176 bytes'
has '  and what is still there' '1: 00000000.MBG'

tree_kindless kindless || exit 99
exits 2 'a postoffice of which the kind cannot be told' inspect kindless
has '  unknown, and once' 'Kind                    ? unknown'
hasnt '  not with every line' 'Enhanced'

# Everything unusual at once.
tree_server35 odd || exit 99
{ network 001 000 Plant 00000001; network 001 020 MSMAIL 00000001; network 000 000 GONE 00000009; } >odd/GLB/NETWORK.GLB
rm -rf odd/ATT/ATA
: >odd/GLB/SORTLOCK.GLB
: >odd/GLB/RESYNC.GLB
: >odd/GLB/SRVCONF.GLB
: >odd/GLB/MSTTRANS.GLB
: >odd/GLB/GALTMP.GLB
: >odd/MAIL.DAT
printf x >odd/GLB/USRTRANS.GLB
printf ab >odd/GLB/FLAG.GLB
printf 1234567890 >odd/GRP/ADMINSHD.GRP
: >odd/P1/00000001.0LK
touch -t 199609010000 odd/P1/00000001.0LK
chmod a-w odd/GLB/FLAG.GLB odd/GLB/MASTER.GLB
exits 0 'an odd postoffice' inspect odd
has '  live networks by name' '2: PLANT, MSMAIL'
has '  a gateway that one list alone has' 'network-alone'
has '  a Dir-Sync server' 'server'
has '  a read-only flag' 'so nobody can administer the postoffice'
has '  a read-only MASTER.GLB' 'so nothing that is configured can be saved'
has '  a missing directory' 'one is missing'
has '  a MAIL.DAT' '1: MAIL.DAT'
has '  a stale lock file' '1: 00000001.0LK'
has '  a stale SORTLOCK.GLB' 'left over from an IMPORT that broke off'
has '  a RESYNC.GLB' 'a full import is waiting'
has '  transactions' 'lists of transactions are not empty'
has '  working files' 'left over from a program that broke off'
has '  lists out of step' 'ADMIN and ADMINSHD differ in size'
hasnt '  networks of different names' 'two have the same name'

{ network 001 000 PLANT 00000001; network 001 000 plant 00000001; } >server/GLB/NETWORK.GLB
printf x >>server/GLB/ACCESS3.GLB
exits 0 'two networks of one name' inspect server
has '  say so' 'two have the same name'
has '  and user tables that are not whole' 'not whole, or not in step'
printf x >>server/GLB/NETWORK.GLB
exits 0 'a list of networks that is not whole' inspect server
has '  is unknown, not empty' '1 byte left over'

done_testing
