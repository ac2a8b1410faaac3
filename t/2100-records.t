#!/bin/sh
# Records inside files from the command line: findings with the record's place, the summary of inspect as text and JSON,
# and the same without the tree by a record of evidence.
. "${0%/*}/lib/test-lib.sh"
gp() { "$GATEPOST" "$@"; }
first() { head -n 1 "$out"; }
cd "$work" || exit 99
mkdir -p house good/shelves bad/shelves ragged
cat >house/ruleset.yaml <<'END'
gatepost: 1
ruleset: house
names: dos
tables:
  rooms:
    title: Rooms
    file: rooms.db
    of: 14
    live: { state: 1 }
    fields:
      state: { type: u8, at: 0 }
      id: { type: hex, at: 1, length: 2 }
      name: { type: string, at: 3, length: 9 }
markers:
  highest-room: { read: { highest: rooms, field: id } }
states:
  built: { title: A house with rooms, record: rooms }
  empty: { record: rooms, max: 0 }
attestations: { seen: { title: Somebody looked } }
operations:
  audit:
    title: Look at every room
    audit: true
    requires:
      named: { that: { each-record: rooms, unique: name }, otherwise: { cause: Two rooms have one name. } }
      shelved: { that: { each-record: rooms, has: "shelves/${id}.shf" }, otherwise: { cause: A room lacks its shelf. } }
      listed:
        that: { each: "shelves/*.shf", listed-in: [{ table: rooms, field: id }] }
        otherwise: { cause: No room has this shelf. }
summary:
  state: { title: State, state: true }
  rooms: { group: Rooms, title: Rooms, records: rooms, field: name }
  highest: { group: Rooms, title: Highest, marker: highest-room }
  shelves: { group: Rooms, title: Shelves, files: "shelves/*.shf", none: no shelf }
  dry: { group: Unusual, title: Cellar, condition: { absent: water }, holds: dry, fails: wet }
  seen: { group: Unusual, title: Looked at, attested: seen }
  never: { when: { file: none }, text: hidden }
END
# room STATE ID NAME appends a record of 14 bytes, of which the last two are in no field.
room() { printf "\\$1%s%s" "$2" "$3"; printf '%*s' $((9 - ${#3})) '' | tr ' ' '\000'; printf QZ; }
{ room 001 0A attic; room 000 0B bath; room 001 0C cellar; } >good/rooms.db
: >good/shelves/0A.shf
: >good/shelves/0c.SHF
{ room 001 0A attic; room 001 0B attic; room 000 0F gone; } >bad/rooms.db
: >bad/shelves/0A.shf
: >bad/shelves/0F.shf
: >bad/water
printf x >ragged/rooms.db

exits 0 'all is well' gp check -r ./house audit good
exits 1 'nothing is' gp check -r ./house audit bad
has '  the record that has the name of another' 'found record 1 at 0xe: name "attic", as in record 0 at 0x0'
has '  the file that a record names' 'found record 1 at 0xe: shelves/0B.shf is not there'
has '  the file that no record names, though a deleted one did' 'found "0F" is not listed'
exits 2 'records that cannot be told' gp check -r ./house audit ragged
has '  the reason' '1 byte left over'

exits 0 'inspect: a summary' gp inspect -r ./house good
is '  the first line' "$(first)" 'good: seen as house (state: built)'
has '  the state' 'built: A house with rooms'
has '  values of records' '2: attic, cellar'
has '  a marker' 'Highest     12'
has '  files' '2: 0A.shf, 0c.SHF'
has '  a condition' 'Cellar      dry'
has '  what nobody attested' 'nobody has attested it'
hasnt '  a line that its guard takes out' 'hidden'
hasnt '  nothing else' 'Markers'
exits 0 'inspect: -v has everything' gp inspect -v -r ./house good
has '  the summary' 'Cellar      dry'
has '  the markers' 'Markers'
exits 0 'inspect: a condition that does not hold' gp inspect -r ./house bad
has '  in the words of the rule set' 'Cellar      wet'
exits 2 'inspect: records that cannot be told' gp inspect -r ./house ragged
has '  unknown, not none' 'unknown: rooms.db: 1 byte, 1 byte left over'
has '  none, in the words of the rule set' 'no shelf'
exits 0 'inspect: JSON' gp inspect -r ./house -f ndjson good
has '  the summary' '"summary":[{"id":"state","group":null,"title":"State","result":"true"'
has '  a count' '"text":"2: attic, cellar","count":2'

for tree in good bad ragged; do
    gp record -r ./house audit $tree -o $tree.json -q >/dev/null 2>&1
    gp check -r ./house audit $tree >live 2>&1
    rm -rf "$tree"
    gp check -r ./house audit --evidence $tree.json >again 2>/dev/null
    is "$tree: the same without the tree" "$(cat again)" "$(cat live)"
done
tap_has evidence good.json '  it keeps what fields say' attic
tap_hasnt evidence good.json '  and no bytes of which nobody asked' QZ
done_testing
