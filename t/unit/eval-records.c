/* Records inside files: record, each-record, listed-in, rows, highest, record; what of them is refused at load. */
#include "eval-tree-helper.h"

#include <stdio.h>
#include <stdlib.h>

/* A house: rooms of 16 bytes behind a head of 4 (live, kind, id, next, name), shelves in files of their own. */
static const char rules[] =
    "gatepost: 1\nnames: dos\n"
    "vars: { unset: { type: integer }, floor: { type: integer, default: 2 }, nowhere: { type: integer },\n"
    "        cellar: { type: directory, default: /cellar }, gone: { type: directory, default: /gone },\n"
    "        no-place: { type: directory } }\n"
    "conditions: { never: { file: none }, unsure: { unknown: nobody says } }\n"
    "markers: { head: { read: { u32le: rooms.db } }, head-of-bad: { read: { u32le: bad.db } },\n"
    "           next-id: { read: { u8: next.id } } }\n"
    "tables:\n"
    "  rooms: { file: rooms.db, of: 16, after: 4, live: { state: 1 }, fields: &\n"
    "  all-rooms: { file: rooms.db, of: 16, after: 4, fields: &\n"
    "  bad: { file: bad.db, of: 16, after: 4, live: { state: 1 }, fields: &\n"
    "  ragged: { file: ragged.db, of: 16, after: 4, fields: &\n"
    "  broken: { file: broken.db, of: 16, after: 4, fields: &\n"
    "  shut: { file: shut.db, of: 16, after: 4, fields: &\n"
    "  linked: { file: linked, of: 16, after: 4, fields: &\n"
    "  absent: { file: none.db, of: 16, after: 4, fields: &\n"
    "  huge: { file: huge.db, of: 16, after: 0, fields: &\n"
    "  unsure: { file: rooms.db, of: 16, after: 4, live: { state: { max: { marker: next-id } }, code: 7 }, fields: &\n"
    "  guarded: { file: rooms.db, when: never, of: 16, after: 4, fields: &\n"
    "  doubtful: { file: rooms.db, when: unsure, of: 16, after: 4, fields: &\n"
    "  under: { file: rooms.db, under: cellar, of: 16, after: 4, fields: &\n"
    "  under-gone: { file: rooms.db, under: gone, of: 16, after: 4, fields: &\n"
    "  under-unset: { file: rooms.db, under: no-place, of: 16, after: 4, fields: &\n"
    "  sized: { file: rooms.db, of: { var: unset }, fields: &\n"
    "  first: { file: rooms.db, of: 16, after: 4, count: 1, fields: &\n"
    "  too-many: { file: rooms.db, of: 16, after: 4, count: 9, fields: &\n"
    "  shelves: { file: \"shelves/*.shf\", of: 4, fields: { room: { type: u8, at: 0, format: hex2 },\n"
    "      book: { type: string, at: 1, length: 3 } } }\n"
    "  mixed: { file: [\"shelves/*.shf\", \"odd.shf\"], of: 4, fields: { room: { type: u8, at: 0 },\n"
    "      book: { type: string, at: 1, length: 3 } } }\n"
    "  bytes: { file: one.byte, of: 1, fields: { it: { type: u8, at: 0 } } }\n";

static const char fields[] =
    "{ state: { type: u8, at: 0 }, kind: { type: u8, at: 1, mask: 0x0f }, code: { type: hex, at: 2, length: 2 },\n"
    "      raw: { type: bytes, at: 2, length: 2 }, next: { type: u32le, at: 4 }, wide: { type: u16be, at: 0 },\n"
    "      lost: { type: u8, at: { var: nowhere } }, far: { type: u8, at: { var: floor } },\n"
    "      name: { type: string, at: 8, length: 8, case: upper, encoding: cp437 } } }\n";

/* state, kind, code, next, name */
static const char rooms[] =
    "\x04\x00\x00\x00"
    "\x01\x11" "0A" "\x14\x00\x00\x00" "attic\0\0\0"   /* 0 at 4, next 0x14 */
    "\x01\x02" "0B" "\x34\x00\x00\x00" "bath\0\0\0\0"  /* 1 at 0x14, next 0x34 */
    "\x00\x02" "0B" "\x00\x00\x00\x00" "bath\0\0\0\0"  /* 2 at 0x24: deleted */
    "\x01\x03" "ZZ" "\x00\x00\x00\x00" "k\x81" "che\0\0\0"; /* 3 at 0x34, end; KüCHE */
static const char bad[] =
    "\x05\x00\x00\x00"
    "\x01\x01" "0A" "\x05\x00\x00\x00" "attic\0\0\0" /* leads nowhere */
    "\x01\x02" "0B" "\x24\x00\x00\x00" "ATTIC\0\0\0" /* leads to the deleted one */
    "\x00\x02" "0C" "\x00\x00\x00\x00" "gone\0\0\0\0"
    "\x01\x03" "0D" "\x44\x00\x00\x00" "loop-a\0\0"
    "\x01\x03" "0E" "\x34\x00\x00\x00" "loop-b\0\0"; /* and back */

static const struct test_pair conditions[] = {
    /* record */
    {"{ record: rooms }", "true | record rooms.db: at least 1 <- 3 records"},
    {"{ record: all-rooms, is: 4 }", "true | record rooms.db: 4 <- 4 records"},
    {"{ record: rooms, max: 2 }", "false | record rooms.db: at most 2 <- 3 records"},
    {"{ record: rooms, where: { name: ATTIC } }",
     "true | record rooms.db: at least 1 with name \"ATTIC\" <- 1 of 3 records"},
    {"{ record: rooms, where: { name: attic } }",
     "false | record rooms.db: at least 1 with name \"attic\" <- 0 of 3 records"},
    {"{ record: rooms, where: { name: KüCHE, kind: { in: [3, 4] } } }",
     "true | record rooms.db: at least 1 with name \"KüCHE\" and kind one of 3, 4 <- 1 of 3 records"},
    {"{ record: all-rooms, where: { name: BATH }, is: 2 }",
     "true | record rooms.db: 2 with name \"BATH\" <- 2 of 4 records"},
    {"{ record: rooms, where: { kind: { min: { var: floor } } }, is: 2 }",
     "true | record rooms.db: 2 with kind at least 2 <- 2 of 3 records"},
    {"{ record: rooms, where: { kind: { min: { var: unset } } } }",
     "n/a | record rooms.db (the variable unset is not set)"},
    {"{ record: rooms, where: { raw: hex:3041 } }",
     "true | record rooms.db: at least 1 with raw 3041 <- 1 of 3 records"},
    {"{ record: rooms, where: { wide: 0x0111 } }", "true | record rooms.db: at least 1 with wide 273 <- 1 of 3 records"},
    {"{ record: rooms, where: { far: 48 }, is: 2 }", "true | record rooms.db: 2 with far 48 <- 2 of 3 records"},
    {"{ record: rooms, where: { lost: 1 } }", "n/a | record rooms.db (the variable nowhere is not set)"},
    {"{ record: rooms, where: { code: 10 }, min: 1 }", "true | record rooms.db: at least 1 with code 10 <- 1 of 3 records"
                                                       ", and some unsure"},
    {"{ record: rooms, where: { code: 99 } }",
     "unknown no-value | record rooms.db: at least 1 with code 99 <- 0 of 3 records, and some unsure (there is no value)"},
    {"{ record: rooms, where: { code: 99 }, max: 1 }",
     "true | record rooms.db: at most 1 with code 99 <- 0 of 3 records, and some unsure"},
    {"{ record: absent }", "false | record none.db: at least 1 <- 0 records"},
    {"{ record: absent, is: 0 }", "true | record none.db: 0 <- 0 records"},
    {"{ record: ragged }", "unknown no-value | record ragged.db: at least 1 <- 0 records, and those that could not be told "
                           "(ragged.db: 21 bytes, 1 byte left over)"},
    {"{ record: broken }", "unknown io-error | record broken.db: at least 1 <- 0 records, and those that could not be told "
                           "(broken.db: an input/output error occurred)"},
    {"{ record: shut }", "unknown no-permission | record shut.db: at least 1 <- 0 records, and those that could not be told "
                         "(shut.db: permission was denied)"},
    {"{ record: linked }", "unknown link | record linked: at least 1 <- 0 records, and those that could not be told "
                           "(linked: it is a symbolic link, and links are never followed)"},
    {"{ record: huge }", "unknown limit | record huge.db: at least 1 <- 0 records, and those that could not be told "
                         "(huge.db: a limit was reached before there was an answer)"},
    {"{ record: guarded }", "n/a | record rooms.db (the guard of the table does not hold)"},
    {"{ record: doubtful }", "unknown undocumented | record rooms.db (nobody says)"},
    {"{ record: sized }", "n/a | record rooms.db (the variable unset is not set)"},
    {"{ record: under, is: 1 }", "true | record rooms.db: 1 <- 1 record"},
    {"{ record: under-gone, is: 0 }", "true | record rooms.db: 0 <- 0 records"},
    {"{ record: under-unset }", "n/a | record rooms.db (the variable no-place is not set)"},
    {"{ record: rooms, under: cellar, is: 1 }", "true | record rooms.db under /cellar: 1 <- 1 record"},
    {"{ record: first, is: 1 }", "true | record rooms.db: 1 <- 1 record"},
    {"{ record: too-many }", "unknown no-value | record rooms.db: at least 1 <- 0 records, and those that could not be told "
                             "(rooms.db: the file ends at 68 bytes)"},
    {"{ record: unsure, is: 0 }", "unknown no-value | record rooms.db: 0 <- 1 record, and some unsure (there is no value)"},
    {"{ record: bytes, where: { it: 77 } }", "true | record one.byte: at least 1 with it 77 <- 1 of 1 record"},
    {"{ record: shelves, is: 4 }", "true | record shelves/*.shf: 4 <- 4 records"},
    {"{ record: mixed, min: 4 }", "true | record shelves/*.shf, odd.shf: at least 4 <- 4 records, and those that could not "
                                  "be told"},
    {"{ record: mixed, max: 3 }", "false | record shelves/*.shf, odd.shf: at most 3 <- 4 records, and those that could not "
                                  "be told"},
    {"{ record: mixed, is: 4 }", "unknown no-value | record shelves/*.shf, odd.shf: 4 <- 4 records, and those that could not "
                                 "be told (odd.shf: 5 bytes, 1 byte left over)"},
    /* each-record: that */
    {"{ each-record: rooms, that: { kind: { max: 3 } } }", "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: absent, that: { kind: 3 } }", "true | each-record none.db: none that fails <- 0 records"},
    {"{ each-record: rooms, that: { kind: { max: 2 } } }",
     "false offenders=1 | record rooms.db: kind at most 2 <- record 3 at 0x34: kind 3"},
    {"{ each-record: rooms, where: { name: BATH }, that: { code: 11 } }",
     "true | each-record rooms.db: none that fails <- 1 record"},
    {"{ each-record: rooms, that: { code: { min: 0 } } }",
     "unknown no-value | record rooms.db <- record 3 at 0x34 (code: 5a 5a is no hexadecimal number)"},
    {"{ each-record: rooms, that: { code: { max: 0 } } }",
     "false offenders=2 | record rooms.db: code at most 0 <- record 0 at 0x4: code 0x0A"
     " | record rooms.db: code at most 0 <- record 1 at 0x14: code 0x0B"},
    {"{ each-record: rooms, that: { kind: { var: unset } } }",
     "n/a | each-record rooms.db (the variable unset is not set)"},
    {"{ each-record: ragged, that: { kind: 3 } }",
     "unknown no-value | each-record ragged.db: none that fails <- 0 records (ragged.db: 21 bytes, 1 byte left over)"},
    {"{ each-record: mixed, that: { room: 1 } }",
     "false offenders=3 | record shelves/A.shf: room 1 <- record 1 at 0x4: room 2"
     " | record shelves/b.shf: room 1 <- record 0 at 0x0: room 2"
     " | record shelves/b.shf: room 1 <- record 1 at 0x4: room 255"},
    /* has */
    {"{ each-record: rooms, where: { code: { max: 11 } }, has: \"${name}/${code}.txt\" }",
     "false offenders=1 | record rooms.db: BATH/0B.txt is there <- record 1 at 0x14: BATH/0B.txt is not there"},
    {"{ each-record: shelves, where: { room: 1 }, has: \"shelves/${stem}.shf\" }",
     "true | each-record shelves/*.shf: none that fails <- 1 record"},
    {"{ each-record: shelves, where: { room: 255 }, has: \"${room}.x\" }",
     "true | each-record shelves/*.shf: none that fails <- 1 record"},
    {"{ each-record: rooms, where: { kind: 2 }, has: \"closed/${name}\" }",
     "unknown no-permission | record rooms.db: closed/BATH is there <- record 1 at 0x14 (closed/BATH: permission was "
     "denied)"},
    {"{ each-record: shelves, where: { room: 255 }, has: \"x/${book}\" }",
     "unknown no-value | record shelves/b.shf <- record 1 at 0x4 (book has a '/', so it is not one name)"},
    /* unique */
    {"{ each-record: rooms, unique: name }", "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: all-rooms, unique: name }",
     "false offenders=1 | record rooms.db: name is in no other record <- record 2 at 0x24: name \"BATH\", as in record 1 at "
     "0x14"},
    {"{ each-record: bad, unique: name }",
     "false offenders=1 | record bad.db: name is in no other record <- record 1 at 0x14: name \"ATTIC\", as in record 0 at "
     "0x4"},
    {"{ each-record: bad, unique: name, within: file }",
     "false offenders=1 | record bad.db: name is in no other record <- record 1 at 0x14: name \"ATTIC\", as in record 0 at "
     "0x4"},
    {"{ each-record: shelves, unique: room }",
     "false offenders=1 | record shelves/b.shf: room is in no other record <- record 0 at 0x0: room \"02\", as in record 1 "
     "of shelves/A.shf"},
    {"{ each-record: shelves, unique: room, within: file }",
     "true | each-record shelves/*.shf: none that fails <- 4 records"},
    {"{ each-record: mixed, unique: room, within: file }",
     "unknown no-value | each-record shelves/*.shf, odd.shf: none that fails <- 4 records (odd.shf: 5 bytes, 1 byte left "
     "over)"},
    /* in */
    {"{ each-record: shelves, where: { room: 255 }, in: { field: room, table: rooms, as: code } }",
     "unknown no-value | record shelves/b.shf: room is code of a record of rooms <- record 1 at 0x4: room \"FF\" (a record of "
     "rooms cannot be told)"},
    {"{ each-record: stray, in: { field: it, table: rooms, as: name } }",
     "false offenders=1 | record stray.db: it is name of a record of rooms <- record 0 at 0x0: it \"STRAY\""},
    {"{ each-record: shelves, where: { room: { max: 11 } }, in: { field: book, table: rooms, as: name } }",
     "false offenders=3 | record shelves/A.shf: book is name of a record of rooms <- record 0 at 0x0: book \"ATT\" | record shelves/A.shf: book is name of a record of rooms <- record 1 at 0x4: book \"BAT\""
     " | record shelves/b.shf: book is name of a record of rooms <- record 0 at 0x0: book \"BED\""},
    {"{ each-record: rooms, in: { field: name, table: all-rooms } }",
     "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: rooms, in: { field: name, table: all-rooms, where: { state: 0 } } }",
     "false offenders=2 | record rooms.db: name is name of a record of all-rooms <- record 0 at 0x4: name \"ATTIC\""
     " | record rooms.db: name is name of a record of all-rooms <- record 3 at 0x34: name \"KüCHE\""},
    {"{ each-record: rooms, in: { field: name, table: ragged } }",
     "unknown no-value | record rooms.db: name is name of a record of ragged <- record 0 at 0x4: name \"ATTIC\" "
     "(ragged.db: 21 bytes, 1 byte left over) | record rooms.db: name is name of a record of ragged <- record 1 at 0x14: "
     "name \"BATH\" (ragged.db: 21 bytes, 1 byte left over) | record rooms.db: name is name of a record of ragged <- record "
     "3 at 0x34: name \"KüCHE\" (ragged.db: 21 bytes, 1 byte left over)"},
    {"{ each-record: rooms, in: { field: name, table: guarded } }",
     "n/a | each-record rooms.db (the guard of the table does not hold)"},
    /* points-to */
    {"{ each-record: rooms, points-to: { field: next, table: rooms, end: 0 } }",
     "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: bad, points-to: { field: next, table: bad, end: 0 } }",
     "false offenders=2 | record bad.db: next is where a record of bad begins <- record 0 at 0x4: next 0x5"
     " | record bad.db: next is where a record of bad begins <- record 1 at 0x14: next 0x24"},
    {"{ each-record: rooms, where: { kind: 3 }, points-to: { field: next, table: rooms } }",
     "false offenders=1 | record rooms.db: next is where a record of rooms begins <- record 3 at 0x34: next 0x0"},
    {"{ each-record: rooms, where: { kind: 1 }, points-to: { field: next, table: ragged } }",
     "unknown no-value | record rooms.db: next is where a record of ragged begins <- record 0 at 0x4: next 0x14 "
     "(ragged.db: 21 bytes, 1 byte left over)"},
    /* along */
    {"{ each-record: rooms, along: { next: next } }", "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: rooms, along: { next: next, from: { marker: head } }, that: { state: 1 } }",
     "true | each-record rooms.db: none that fails <- 3 records"},
    {"{ each-record: rooms, along: { next: next, from: 0x14 }, that: { kind: 3 } }",
     "false offenders=1 | record rooms.db: kind 3 <- record 1 at 0x14: kind 2"},
    {"{ each-record: rooms, along: { next: next, from: 0 }, that: { kind: 9 } }",
     "true | each-record rooms.db: none that fails <- 0 records"},
    {"{ each-record: rooms, along: { next: next, end: 0x34 } }",
     "false offenders=1 | record rooms.db: next leads to the next record, and the chain ends <- record 3 at 0x34: next 0x0 "
     "leads where no record begins"},
    {"{ each-record: bad, along: { next: next } }",
     "false offenders=3 | record bad.db: next leads to the next record, and the chain ends <- record 0 at 0x4: next 0x5 leads "
     "where no record begins | record bad.db: next leads to the next record, and the chain ends <- record 1 at 0x14: next "
     "0x24 leads to a deleted record | record bad.db: next leads to the next record, and the chain ends <- record 4 at 0x44: "
     "next 0x34 leads back into its own chain"},
    {"{ each-record: bad, along: { next: next, from: { marker: head-of-bad } } }",
     "false offenders=1 | chain bad.db: begins at a record <- begins at 0x5, where no record begins"},
    {"{ each-record: bad, along: { next: next, from: 0x24 } }",
     "false offenders=1 | chain bad.db: begins at a record <- begins at 0x24, where the record is deleted"},
    {"{ each-record: absent, along: { next: next, from: 4 } }",
     "false offenders=1 | chain none.db: begins at a record <- begins at 0x4, where no record begins"},
    {"{ each-record: rooms, along: { next: next, from: { var: unset } } }",
     "n/a | each-record rooms.db (the variable unset is not set)"},
    {"{ each-record: rooms, along: { next: next, from: { marker: next-id } } }",
     "unknown no-value | each-record rooms.db (next.id: it is not there)"},
    {"{ each-record: ragged, along: { next: next } }",
     "unknown no-value | each-record ragged.db: none that fails <- 0 records (ragged.db: 21 bytes, 1 byte left over)"},
    /* listed-in */
    {"{ each: \"files/*.dat\", listed-in: [{ table: rooms, field: name }] }",
     "false offenders=1 | listed-in files/stray.dat: its stem is name of a record of rooms <- \"stray\" is not listed"},
    {"{ each: files/attic.dat, listed-in: [{ table: rooms, field: name, where: { kind: 2 } }] }",
     "false offenders=1 | listed-in files/attic.dat: its stem is name of a record of rooms <- \"attic\" is not listed"},
    {"{ each: \"files/*.dat\", listed-in: [{ table: rooms, field: name }, { table: stray, field: it }] }",
     "true | each files/*.dat: none that fails <- 2 files"},
    {"{ file: files/stray.dat, listed-in: [{ table: ragged, field: name }] }",
     "unknown no-value | listed-in files/stray.dat: its stem is name of a record of ragged <- \"stray\" is not listed "
     "(ragged.db: 21 bytes, 1 byte left over)"},
    {"{ file: files/attic.dat, listed-in: [{ table: ragged, field: name }, { table: rooms, field: name }] }",
     "true | listed-in files/attic.dat: its stem is name of a record of ragged or name of a record of rooms <- \"attic\" is "
     "listed"},
    {"{ file: files/attic.dat, listed-in: [{ table: guarded, field: name }] }",
     "n/a | listed-in files/attic.dat: its stem is name of a record of guarded <- \"attic\" is not listed (the guard of the "
     "table does not hold)"},
};

static const struct test_pair reads[] = {
    {"{ rows: rooms }", "integer 3 @ rooms.db"},
    {"{ rows: rooms, where: { kind: { min: 2 } } }", "integer 2 @ rooms.db"},
    {"{ rows: absent }", "integer 0 @ none.db"},
    {"{ rows: rooms, times: 10 }", "integer 30 @ rooms.db"},
    {"{ rows: ragged }", "unknown no-value (ragged.db: 21 bytes, 1 byte left over) @ ragged.db"},
    {"{ rows: shut }", "unknown no-permission (shut.db: permission was denied) @ shut.db"},
    {"{ rows: guarded }", "n/a (the guard of the table does not hold) @ rooms.db"},
    {"{ rows: rooms, where: { code: 10 } }", "unknown no-value (a record cannot be told) @ rooms.db"},
    {"{ highest: rooms, field: kind }", "integer 3 @ rooms.db"},
    {"{ highest: rooms, field: code, where: { kind: { max: 2 } } }", "integer 11 @ rooms.db"},
    {"{ highest: rooms, field: code }", "unknown no-value (a record cannot be told) @ rooms.db"},
    {"{ highest: absent, field: kind }", "unknown no-value (none.db: no record matches) @ none.db"},
    {"{ highest: mixed, field: room }", "unknown no-value (odd.shf: 5 bytes, 1 byte left over) @ shelves/*.shf, odd.shf"},
    {"{ record: rooms, field: name, row: 0 }", "string \"ATTIC\" @ rooms.db"},
    {"{ record: rooms, field: name, row: 3 }", "string \"KüCHE\" @ rooms.db"},
    {"{ record: rooms, field: name, row: 2 }", "unknown no-value (rooms.db: no record matches) @ rooms.db"},
    {"{ record: rooms, field: raw, where: { name: BATH } }", "bytes 3042 @ rooms.db"},
    {"{ record: rooms, field: next, where: { name: BATH } }", "integer 52 @ rooms.db"},
    {"{ record: all-rooms, field: kind, where: { name: BATH } }",
     "unknown no-value (rooms.db: several records match) @ rooms.db"},
    {"{ record: rooms, field: kind, row: { var: unset } }", "n/a (the variable unset is not set) @ rooms.db"},
};

/* Line 43 is the condition. */
static const struct test_pair refused[] = {
    {"{ record: room }", "error: there is no table 'room' [GP0301]"},
    {"{ record: rooms, where: { nane: X } }", "error: table 'rooms' has no field 'nane' [GP0330]"},
    {"{ record: rooms, where: { kind: X } }", "error: expected an integer such as 12 or 0x0c, found 'X' [GP0207]"},
    {"{ record: rooms, where: { name: { bits: 1 } } }", "error: 'bits' cannot be asked of a string [GP0315]"},
    {"{ record: rooms, max: -1 }", "error: a number of records is never less than 0 [GP0366]"},
    {"{ each-record: rooms }", "error: 'each-record' asks nothing of a record [GP0365]"},
    {"{ each-record: rooms, that: { kind: 1 }, within: file }", "error: 'within' says nothing without 'unique' [GP0365]"},
    {"{ each-record: rooms, unique: nam }", "error: table 'rooms' has no field 'nam' [GP0330]"},
    {"{ each-record: rooms, has: \"x/${naem}\" }", "error: '${naem}' is neither a parameter nor a variable [GP0307]"},
    {"{ each-record: rooms, in: { field: code, table: shelves } }", "error: table 'shelves' has no field 'code' [GP0330]"},
    {"{ each-record: rooms, in: { field: code, table: shelves, as: bok } }",
     "error: table 'shelves' has no field 'bok' [GP0330]"},
    {"{ each-record: rooms, along: { next: name } }", "error: field 'name' is a string, but an offset is a number [GP0313]"},
    {"{ each-record: shelves, along: { next: room, from: 4 } }",
     "error: where a chain begins is an offset in one file, and table 'shelves' has several [GP0334]"},
    {"{ each-record: rooms, points-to: { field: next, table: shelves } }",
     "error: what a field points to is an offset in one file, and table 'shelves' has several [GP0334]"},
    {"{ file: a, listed-in: [{ table: rooms, field: x }] }", "error: table 'rooms' has no field 'x' [GP0330]"},
    {"{ file: \"${name}\" }", "error: '${name}' means something in the facets of each and some only [GP0308]"},
};

static const struct test_pair refused_tables[] = {
    {"{ file: a, of: 4, fields: { x: { type: u32le, at: 1 } } }",
     "error: field 'x' ends at 5, and a record has 4 bytes [GP0331]"},
    {"{ file: a, of: 4, fields: { x: { type: u8, at: -1 } } }", "error: field 'x' begins before its record [GP0331]"},
    {"{ file: a, of: 4, fields: { x: { type: string, at: 0 } } }", "error: field 'x' needs a 'length' [GP0332]"},
    {"{ file: a, of: 4, fields: { x: { type: string, at: 0, length: 0 } } }",
     "error: field 'x' has no room in a record [GP0331]"},
    {"{ file: a, of: 20, fields: { x: { type: hex, at: 0, length: 16 } } }",
     "error: field 'x': a number has at most 15 hexadecimal digits [GP0331]"},
    {"{ file: a, of: 4, fields: { x: { type: u8, at: 0, length: 1 } } }",
     "error: field 'x': 'length' goes with hex, bytes and string, not with a number [GP0332]"},
    {"{ file: a, of: 4, fields: { x: { type: string, at: 0, length: 1, mask: 1 } } }",
     "error: field 'x': 'mask' goes with a number in binary [GP0332]"},
    {"{ file: a, of: 4, fields: { x: { type: bytes, at: 0, length: 1, format: hex2 } } }",
     "error: field 'x': 'format' goes with a number [GP0332]"},
    {"{ file: a, of: 4, fields: { x: { type: u8, at: 0, case: upper } } }",
     "error: field 'x': 'case' goes with a string [GP0332]"},
    {"{ file: a, of: 4, fields: { x: { type: u8, at: 0, encoding: cp437 } } }",
     "error: field 'x': 'encoding' goes with a string [GP0332]"},
    {"{ file: a, of: 0, fields: { x: { type: u8, at: { var: floor } } } }", "error: a record has 1 to 65536 bytes [GP0333]"},
    {"{ file: a, of: 65537, fields: { x: { type: u8, at: 0 } } }", "error: a record has 1 to 65536 bytes [GP0333]"},
    {"{ file: a, of: 65536, fields: { x: { type: u8, at: 65535 } } }", ""},
    {"{ file: a, of: 4, after: -1, fields: { x: { type: u8, at: 0 } } }", "error: expected a size, which is never negative, found '-1' [GP0207]"},
    {"{ file: a, of: 4, count: 0, fields: { x: { type: u8, at: 0 } } }", "error: 'count' must be at least 1 [GP0361]"},
    {"{ file: a, of: 4, live: { y: 1 }, fields: { x: { type: u8, at: 0 } } }",
     "error: table 't' has no field 'y' [GP0330]"},
    {"{ file: a, of: 4, live: { x: y }, fields: { x: { type: u8, at: 0 } } }",
     "error: expected an integer such as 12 or 0x0c, found 'y' [GP0207]"},
    {"{ file: a, of: 4, fields: {} }", "error: 'fields' is an empty mapping [GP0212]"},
    {"{ file: a, of: 4, when: own, fields: { x: { type: u8, at: 0 } } }",
     "error: table 't' rests on itself [GP0310]"},
};

static void add_tables(struct gp_strbuf *out)
{
    for (const char *at = rules; *at; at++) {
        if (*at == '&')
            gp_strbuf_add(out, fields);
        else
            gp_strbuf_add_char(out, *at);
    }
    gp_strbuf_add(out, "  stray: { file: stray.db, of: 5, fields: { it: { type: string, at: 0, length: 5 } } }\n");
}

static struct gp_memtree *tree(struct gp_memtree *cellar)
{
    struct gp_memtree *it = gp_memtree_new();

    if (!it || !cellar)
        bail("no memory");
    gp_memtree_file(it, "rooms.db", rooms, sizeof(rooms) - 1);
    gp_memtree_file(it, "bad.db", bad, sizeof(bad) - 1);
    gp_memtree_file(it, "ragged.db", bad, 21);
    gp_memtree_file(it, "broken.db", rooms, 36);
    gp_memtree_fail_read(it, "broken.db", EIO);
    gp_memtree_file(it, "shut.db", rooms, 36);
    gp_memtree_fail(it, "shut.db", EACCES);
    gp_memtree_link(it, "linked");
    gp_memtree_zeros(it, "huge.db", UINT64_C(1) << 32);
    gp_memtree_file(it, "one.byte", "M", 1);
    gp_memtree_file(it, "shelves/b.shf", "\x02" "BED" "\xff" "a/b", 8);
    gp_memtree_file(it, "shelves/A.shf", "\x01" "ATT" "\x02" "BAT", 8);
    gp_memtree_file(it, "odd.shf", "\x01" "ATTx", 5);
    gp_memtree_file(it, "FF.x", "", 0);
    gp_memtree_file(it, "attic/0a.TXT", "", 0);
    gp_memtree_file(it, "files/attic.dat", "", 0);
    gp_memtree_file(it, "files/stray.dat", "", 0);
    gp_memtree_file(it, "stray.db", "STRAY", 5);
    gp_memtree_dir(it, "closed");
    gp_memtree_close(it, "closed", EACCES);
    gp_memtree_file(cellar, "rooms.db", rooms, 20);
    gp_memtree_under(it, "/cellar", cellar);
    return it;
}

/* One condition or read in the rule set with the tables. */
static void ask(struct gp_memtree *it, const struct test_pair *pair, bool read)
{
    struct gp_strbuf text = {0}, line = {0};

    add_tables(&text);
    if (read)
        gp_strbuf_printf(&text, "messages: { x: { text: \"xxxxxxxxxx\" } }\n");
    gp_strbuf_printf(&text, "operations: { op: { title: T, requires: { r: { that: %s,\n  otherwise: { cause: C. } } } } }\n",
                     read ? "{ marker: asked, known: true }" : pair->asked);
    if (read) {
        const char *markers = strstr(gp_strbuf_text(&text), "markers: {") + strlen("markers: {");
        char *whole = NULL;
        int head = (int)(markers - gp_strbuf_text(&text));
        if (asprintf(&whole, "%.*s asked: { read: %s },%s", head, gp_strbuf_text(&text), pair->asked, markers) < 0)
            bail("no memory");
        gp_strbuf_reset(&text);
        gp_strbuf_add(&text, whole);
        free(whole);
    }
    struct test_rules loaded = test_load(gp_strbuf_text(&text));
    if (!loaded.rules)
        test_diagnostics(&loaded, &line);
    else if (read)
        test_marker(it, &loaded, &line);
    else
        test_decide(it, &loaded, &line);
    const char *got = gp_strbuf_text(&line), *error = loaded.rules ? NULL : strstr(got, "error: ");
    is_str(error ? error : got, pair->want, "%s", pair->asked);
    test_rules_free(&loaded);
    gp_strbuf_done(&text);
    gp_strbuf_done(&line);
}

static void refuse_table(const struct test_pair *pair)
{
    struct gp_strbuf text = {0}, line = {0};

    gp_strbuf_printf(&text, "gatepost: 1\nvars: { floor: { type: integer } }\nconditions: { own: { record: t } }\n"
                            "tables:\n  t: %s\n", pair->asked);
    struct test_rules loaded = test_load(gp_strbuf_text(&text));
    test_diagnostics(&loaded, &line);
    const char *got = gp_strbuf_text(&line), *error = strstr(got, "error: ");
    is_str(error ? error : got, pair->want, "%s", pair->asked);
    test_rules_free(&loaded);
    gp_strbuf_done(&text);
    gp_strbuf_done(&line);
}

/* 100,000 records in one chain, with every check that remembers records. */
static void many(void)
{
    enum { ROWS = 100000 };
    struct gp_memtree *it = gp_memtree_new();
    unsigned char *data = calloc(ROWS, 16);

    if (!it || !data)
        bail("no memory");
    for (uint32_t i = 0; i < ROWS; i++) {
        uint32_t next = i + 1 < ROWS ? 4 + 16 * (i + 1) : 0;
        unsigned char *row = data + (size_t)16 * i;
        char name[9];
        row[0] = 1;
        for (unsigned b = 0; b < 4; b++)
            row[4 + b] = (unsigned char)(next >> (8 * b));
        snprintf(name, sizeof(name), "%08X", i);
        memcpy(row + 8, name, 8);
    }
    unsigned char *file = calloc(1, 4 + (size_t)16 * ROWS);
    if (!file)
        bail("no memory");
    memcpy(file + 4, data, (size_t)16 * ROWS);
    file[0] = 4;
    gp_memtree_file(it, "rooms.db", file, 4 + (size_t)16 * ROWS);
    ask(it, &(struct test_pair){"{ each-record: rooms, unique: name, along: { next: next, from: { marker: head } },"
                                " points-to: { field: next, table: rooms, end: 0 }, in: { field: name, table: rooms } }",
                                "true | each-record rooms.db: none that fails <- 100,000 records"}, false);
    free(file);
    free(data);
    gp_memtree_free(it);
}

int main(void)
{
    struct gp_memtree *cellar = gp_memtree_new(), *it = tree(cellar);

    for (size_t i = 0; i < GP_COUNT(conditions); i++)
        ask(it, &conditions[i], false);
    for (size_t i = 0; i < GP_COUNT(reads); i++)
        ask(it, &reads[i], true);
    for (size_t i = 0; i < GP_COUNT(refused); i++)
        ask(it, &refused[i], false);
    for (size_t i = 0; i < GP_COUNT(refused_tables); i++)
        refuse_table(&refused_tables[i]);
    many();
    gp_memtree_free(it);
    gp_memtree_free(cellar);
    return done_testing();
}
