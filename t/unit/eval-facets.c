/* Facets: every one of them true, false, unknown, n/a; and what of them is refused when it is loaded. */
#include "eval-tree-helper.h"

#include <stdio.h>

static const struct test_pair pairs[] = {
    /* size */
    {"{ file: head.bin, size: 16 }", "true | size head.bin: 16 bytes <- 16 bytes"},
    {"{ file: head.bin, size: 0x10 }", "true | size head.bin: 16 bytes <- 16 bytes"},
    {"{ file: head.bin, size: { min: 1 KiB } }", "false | size head.bin: at least 1,024 bytes <- 16 bytes"},
    {"{ file: large, size: { max: 1 MiB } }", "false | size large: at most 1,048,576 bytes <- 1,048,577 bytes"},
    {"{ file: empty, size: 0 }", "true | size empty: 0 bytes <- 0 bytes"},
    {"{ file: head.bin, size: { in: [8, 16] } }", "true | size head.bin: one of 8 bytes, 16 bytes <- 16 bytes"},
    {"{ file: head.bin, size: { bits: 0x10 } }", "true | size head.bin: bits 0x10 set <- 16 bytes"},
    {"{ file: head.bin, size: { var: four } }", "false | size head.bin: 4 bytes <- 16 bytes"},
    {"{ file: dir, size: 0 }", "false | file dir: exists <- a directory"},
    /* records */
    {"{ file: head.bin, records: { of: 8 } }", "true | records head.bin: a multiple of 8 bytes <- 16 bytes, 2 records"},
    {"{ file: head.bin, records: { of: 8, is: 2 } }",
     "true | records head.bin: records of 8 bytes: 2 <- 16 bytes, 2 records"},
    {"{ file: head.bin, records: { of: 8, min: 3 } }",
     "false | records head.bin: records of 8 bytes: at least 3 <- 16 bytes, 2 records"},
    {"{ file: head.bin, records: { of: 7 } }",
     "false | records head.bin: a multiple of 7 bytes <- 16 bytes, 2 bytes left over"},
    {"{ file: head.bin, records: { of: 7, after: 2 } }",
     "true | records head.bin: a multiple of 7 bytes, behind the first 2 bytes <- 16 bytes, 2 records"},
    {"{ file: head.bin, records: { of: 7, after: 2, is: 3 } }",
     "false | records head.bin: records of 7 bytes: 3, behind the first 2 bytes <- 16 bytes, 2 records"},
    {"{ file: head.bin, records: { of: 4, after: 17 } }",
     "false | records head.bin: a multiple of 4 bytes, behind the first 17 bytes <- the file ends at 16 bytes"},
    {"{ file: head.bin, records: { of: 4, after: 16, is: 0 } }",
     "true | records head.bin: records of 4 bytes: 0, behind the first 16 bytes <- 16 bytes, 0 records"},
    {"{ file: empty, records: { of: 4 } }", "true | records empty: a multiple of 4 bytes <- 0 bytes, 0 records"},
    {"{ file: head.bin, records: { of: { var: four } } }",
     "true | records head.bin: a multiple of 4 bytes <- 16 bytes, 4 records"},
    {"{ file: head.bin, records: { of: { var: unset } } }", "n/a (the variable unset is not set)"},
    {"{ file: head.bin, records: { of: { param: width } } }",
     "unknown not-given | records head.bin (the parameter width was not given)"},
    {"{ file: huge, records: { of: 1 GiB } }",
     "true | records huge: a multiple of 1,073,741,824 bytes <- 1,099,511,627,776 bytes, 1,024 records"},
    /* u8 … u32be */
    {"{ file: head.bin, u8: { is: 0x4d } }", "true | u8 head.bin: 77 at 0x0 <- 77 (0x4d) at 0x0"},
    {"{ file: head.bin, u8: { at: 1, is: 1 } }", "true | u8 head.bin: 1 at 0x1 <- 1 (0x01) at 0x1"},
    {"{ file: head.bin, u8: { at: 15, in: [1, 255] } }",
     "true | u8 head.bin: one of 1, 255 at 0xf <- 255 (0xff) at 0xf"},
    {"{ file: head.bin, u8: { at: 16, is: 0 } }", "false | u8 head.bin: 0 at 0x10 <- the file ends at 16 bytes"},
    {"{ file: head.bin, u8: { at: 16 } }", "false | u8 head.bin: a number at 0x10 <- the file ends at 16 bytes"},
    {"{ file: head.bin, u8: { at: 3 } }", "true | u8 head.bin: a number at 0x3 <- 3 (0x03) at 0x3"},
    {"{ file: head.bin, u8: { at: -1, is: 255 } }", "true | u8 head.bin: 255 at -1 <- 255 (0xff) at 0xf"},
    {"{ file: head.bin, u8: { at: -16, is: 0x4d } }", "true | u8 head.bin: 77 at -16 <- 77 (0x4d) at 0x0"},
    {"{ file: head.bin, u8: { at: -17, is: 0x4d } }", "false | u8 head.bin: 77 at -17 <- the file has only 16 bytes"},
    {"{ file: head.bin, u8: { at: 0, mask: 0xf0, is: 0x40 } }",
     "true | u8 head.bin: 64 at 0x0 <- 77 (0x4d) at 0x0, masked 64 (0x40)"},
    {"{ file: head.bin, u8: { at: 0, mask: 0x0f, is: 0x40 } }",
     "false | u8 head.bin: 64 at 0x0 <- 77 (0x4d) at 0x0, masked 13 (0x0d)"},
    {"{ file: head.bin, u8: { at: 0, bits: 0x0d } }", "true | u8 head.bin: bits 0xd set at 0x0 <- 77 (0x4d) at 0x0"},
    {"{ file: head.bin, u8: { at: 0, bits: 0x02 } }", "false | u8 head.bin: bits 0x2 set at 0x0 <- 77 (0x4d) at 0x0"},
    {"{ file: head.bin, u8: { at: { var: four }, is: { var: four } } }",
     "true | u8 head.bin: 4 at 0x4 <- 4 (0x04) at 0x4"},
    {"{ file: head.bin, u8: { at: { var: unset }, is: 1 } }", "n/a (the variable unset is not set)"},
    {"{ file: head.bin, u8: { at: { param: width }, is: 1 } }",
     "unknown not-given | u8 head.bin (the parameter width was not given)"},
    {"{ file: head.bin, u8: { at: 0, is: { var: unset } } }", "n/a (the variable unset is not set)"},
    {"{ file: empty, u8: { is: 0 } }", "false | u8 empty: 0 at 0x0 <- the file ends at 0 bytes"},
    {"{ file: broken, u8: { is: 0 } }",
     "unknown io-error | u8 broken: 0 at 0x0 (broken: an input/output error occurred)"},
    {"{ file: denied, u8: { is: 0 } }", "unknown no-permission | u8 denied: 0 at 0x0 (denied: permission was denied)"},
    {"{ file: head.bin, u16le: { at: 4, is: 0x0504 } }", "true | u16le head.bin: 1284 at 0x4 <- 1284 (0x0504) at 0x4"},
    {"{ file: head.bin, u16be: { at: 4, is: 0x0405 } }", "true | u16be head.bin: 1029 at 0x4 <- 1029 (0x0405) at 0x4"},
    {"{ file: head.bin, u16be: { at: 4, is: 0x0504 } }", "false | u16be head.bin: 1284 at 0x4 <- 1029 (0x0405) at 0x4"},
    {"{ file: head.bin, u16le: { at: 15, is: 0 } }", "false | u16le head.bin: 0 at 0xf <- the file ends at 16 bytes"},
    {"{ file: head.bin, u32le: { at: 4, is: 0x07060504 } }",
     "true | u32le head.bin: 117835012 at 0x4 <- 117835012 (0x07060504) at 0x4"},
    {"{ file: head.bin, u32be: { at: 4, is: 0x04050607 } }",
     "true | u32be head.bin: 67438087 at 0x4 <- 67438087 (0x04050607) at 0x4"},
    {"{ file: head.bin, u32le: { at: 12, min: 0xff000000 } }",
     "true | u32le head.bin: at least 4278190080 at 0xc <- 4279110924 (0xff0e0d0c) at 0xc"},
    {"{ file: head.bin, u32le: { at: -4, mask: 0xff, is: 12 } }",
     "true | u32le head.bin: 12 at -4 <- 4279110924 (0xff0e0d0c) at 0xc, masked 12 (0x0000000c)"},
    {"{ file: head.bin, u32be: { at: 13, is: 0 } }", "false | u32be head.bin: 0 at 0xd <- the file ends at 16 bytes"},
    {"{ file: huge, u8: { at: 0x7fffffffffffffff, is: 0 } }",
     "false | u8 huge: 0 at 0x7fffffffffffffff <- the file ends at 1,099,511,627,776 bytes"},
    {"{ file: huge, u8: { at: -0x7fffffffffffffff, is: 0 } }",
     "false | u8 huge: 0 at -9223372036854775807 <- the file has only 1,099,511,627,776 bytes"},
    /* bytes */
    {"{ file: head.bin, bytes: { is: hex:4d01 } }", "true | bytes head.bin: 4d 01 at 0x0 <- 4d 01 at 0x0"},
    {"{ file: head.bin, bytes: { is: text:MZ } }", "false | bytes head.bin: 4d 5a at 0x0 <- 4d 01 at 0x0"},
    {"{ file: head.bin, bytes: { at: 4, is: hex:040506 } }",
     "true | bytes head.bin: 04 05 06 at 0x4 <- 04 05 06 at 0x4"},
    {"{ file: head.bin, bytes: { at: -2, is: hex:0eff } }", "true | bytes head.bin: 0e ff at -2 <- 0e ff at 0xe"},
    {"{ file: head.bin, bytes: { at: 15, is: hex:ff00 } }",
     "false | bytes head.bin: ff 00 at 0xf <- the file ends at 16 bytes"},
    {"{ file: head.bin, bytes: { is: hex:4ff1, mask: hex:f00f } }",
     "true | bytes head.bin: 4f f1 at 0x0, masked with f0 0f <- 4d 01 at 0x0"},
    {"{ file: head.bin, bytes: { is: hex:5ff1, mask: hex:f00f } }",
     "false | bytes head.bin: 5f f1 at 0x0, masked with f0 0f <- 4d 01 at 0x0"},
    {"{ file: head.bin, bytes: { at: 3, is: { var: other } } }",
     "false | bytes head.bin: 62 2e 64 62 at 0x3 <- 03 04 05 06 at 0x3"},
    {"{ file: named, bytes: { at: 0, is: { var: other } } }",
     "true | bytes named: 62 2e 64 62 at 0x0 <- 62 2e 64 62 at 0x0"},
    {"{ file: head.bin, bytes: { is: { var: nowhere } } }", "n/a (the variable nowhere is not set)"},
    {"{ file: head.bin, bytes: { is: { param: free } } }",
     "unknown not-given | bytes head.bin (the parameter free was not given)"},
    {"{ file: head.bin, bytes: { is: { param: given }, mask: hex:ff } }",
     "unknown no-value | bytes head.bin (the mask is not as long as the bytes)"},
    {"{ file: head.bin, bytes: { is: hex:4d01020304050607040506070809101112 } }",
     "false | bytes head.bin: 4d 01 02 03 04 05 06 07 04 05 06 07 08 09 10 11 … at 0x0 <- the file ends at 16 "
     "bytes"},
    {"{ file: large, bytes: { is: hex:0000000000000000000000000000000000000001 } }",
     "false | bytes large: 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 … at 0x0 <- 00 00 00 00 00 00 00 "
     "00 00 00 00 00 00 00 00 00 … at 0x0"},
    {"{ file: broken, bytes: { is: hex:00 } }",
     "unknown io-error | bytes broken: 00 at 0x0 (broken: an input/output error occurred)"},
    /* text */
    {"{ file: notes.txt, text: { matches: \"^version = [0-9]+\" } }",
     "false | text notes.txt: matches /^version = [0-9]+/ <- nothing like it in 33 bytes"},
    {"{ file: notes.txt, text: { matches: \"(?m)^version = [0-9]+$\" } }",
     "true | text notes.txt: matches /(?m)^version = [0-9]+$/ <- \"version = 35\" at 0xb"},
    {"{ file: notes.txt, text: { matches: \"^none$\" } }",
     "false | text notes.txt: matches /^none$/ <- nothing like it in 33 bytes"},
    {"{ file: notes.txt, text: { contains: \"version = \" } }",
     "true | text notes.txt: contains \"version = \" <- \"version = \" at 0xb"},
    {"{ file: notes.txt, text: { contains: \"Version = \" } }",
     "false | text notes.txt: contains \"Version = \" <- nothing like it in 33 bytes"},
    {"{ file: empty, text: { contains: \"x\" } }", "false | text empty: contains \"x\" <- nothing like it in 0 bytes"},
    {"{ file: empty, text: { matches: \"^$\" } }", "true | text empty: matches /^$/ <- \"\" at 0x0"},
    {"{ file: dos.txt, text: { contains: \"Zürich\", encoding: cp850 } }",
     "true | text dos.txt: contains \"Zürich\" <- \"Z\\x81rich\" at 0x0"},
    {"{ file: dos.txt, text: { contains: \"Zürich\", encoding: cp437 } }",
     "true | text dos.txt: contains \"Zürich\" <- \"Z\\x81rich\" at 0x0"},
    {"{ file: dos.txt, text: { contains: \"Zürich\", encoding: latin1 } }",
     "false | text dos.txt: contains \"Zürich\" <- nothing like it in 6 bytes"},
    {"{ file: dos.txt, text: { contains: \"Zürich\" } }",
     "false | text dos.txt: contains \"Zürich\" <- nothing like it in 6 bytes"},
    {"{ file: dos.txt, text: { matches: \"Z\\\\x81rich\" } }",
     "true | text dos.txt: matches /Z\\x81rich/ <- \"Z\\x81rich\" at 0x0"},
    {"{ file: notes.txt, text: { matches: \"last$\", window: 8 } }",
     "unknown limit | text notes.txt: matches /last$/ (notes.txt: no match in its first 8 bytes, and it has "
     "33 bytes)"},
    {"{ file: notes.txt, text: { matches: \"fir\", window: 8 } }",
     "true | text notes.txt: matches /fir/ <- \"fir\" at 0x0"},
    {"{ file: notes.txt, text: { matches: \"first li$\", window: 8 } }",
     "unknown limit | text notes.txt: matches /first li$/ (notes.txt: no match in its first 8 bytes, and it "
     "has 33 bytes)"},
    {"{ file: notes.txt, text: { contains: \"rst\", window: 5 } }",
     "true | text notes.txt: contains \"rst\" <- \"rst\" at 0x2"},
    {"{ file: notes.txt, text: { contains: \"rst\", window: 4 } }",
     "unknown limit | text notes.txt: contains \"rst\" (notes.txt: no match in its first 4 bytes, and it has "
     "33 bytes)"},
    {"{ file: notes.txt, text: { matches: \"last\", window: 1 KiB } }",
     "true | text notes.txt: matches /last/ <- \"last\" at 0x1c"},
    {"{ file: large, text: { contains: \"x\" } }",
     "unknown limit | text large: contains \"x\" (large: no match in its first 65,536 bytes, and it has "
     "1,048,577 bytes)"},
    {"{ file: large, text: { contains: \"x\", window: 2 MiB } }",
     "false | text large: contains \"x\" <- nothing like it in 1,048,577 bytes"},
    {"{ file: slow, text: { matches: \"^(a+)+$\" } }",
     "unknown limit | text slow: matches /^(a+)+$/ (slow: the pattern took too many steps)"},
    {"{ file: notes.txt, text: { matches: last, window: { var: unset } } }", "n/a (the variable unset is not set)"},
    {"{ file: notes.txt, text: { matches: last, window: { param: width } } }",
     "unknown not-given | text notes.txt (the parameter width was not given)"},
    {"{ file: broken, text: { contains: \"x\" } }",
     "unknown io-error | text broken: contains \"x\" (broken: an input/output error occurred)"},
    {"{ file: denied, text: { contains: \"x\" } }",
     "unknown no-permission | text denied: contains \"x\" (denied: permission was denied)"},
    /* longest-line */
    {"{ file: notes.txt, longest-line: 12 }", "true | longest-line notes.txt: 12 bytes <- 12 bytes"},
    {"{ file: notes.txt, longest-line: { max: 11 } }", "false | longest-line notes.txt: at most 11 bytes <- 12 bytes"},
    {"{ file: crlf.txt, longest-line: 5 }", "true | longest-line crlf.txt: 5 bytes <- 5 bytes"},
    {"{ file: empty, longest-line: 0 }", "true | longest-line empty: 0 bytes <- 0 bytes"},
    {"{ file: bare-cr.txt, longest-line: 4 }", "true | longest-line bare-cr.txt: 4 bytes <- 4 bytes"},
    {"{ file: large, longest-line: 1048577 }", "true | longest-line large: 1,048,577 bytes <- 1,048,577 bytes"},
    {"{ file: huge, longest-line: { max: 80 } }",
     "false | longest-line huge: at most 80 bytes <- at least 16,777,216 bytes"},
    {"{ file: huge, longest-line: { min: 80 } }",
     "true | longest-line huge: at least 80 bytes <- at least 16,777,216 bytes"},
    {"{ file: huge, longest-line: { min: 1 GiB } }",
     "unknown limit | longest-line huge: at least 1,073,741,824 bytes <- at least 16,777,216 bytes (huge: a "
     "limit was reached before there was an answer)"},
    {"{ file: broken, longest-line: 1 }",
     "unknown io-error | longest-line broken: 1 byte (broken: an input/output error occurred)"},
    /* attributes */
    {"{ file: marked, attributes: { read-only: true, hidden: true } }",
     "true | attributes marked: read-only, hidden <- read-only, hidden"},
    {"{ file: marked, attributes: { read-only: true, hidden: true, system: true } }",
     "false | attributes marked: read-only, hidden, system <- read-only, hidden, not system"},
    {"{ file: marked, attributes: { hidden: false } }", "false | attributes marked: not hidden <- hidden"},
    {"{ file: notes.txt, attributes: { read-only: false } }",
     "true | attributes notes.txt: not read-only <- not read-only"},
    {"{ file: notes.txt, attributes: { hidden: true } }",
     "n/a | attributes notes.txt: hidden (the file system keeps no such attribute)"},
    {"{ file: notes.txt, attributes: { hidden: true, read-only: false } }",
     "true | attributes notes.txt: not read-only, hidden <- not read-only"},
    {"{ file: notes.txt, attributes: { hidden: true, read-only: true } }",
     "false | attributes notes.txt: read-only, hidden <- not read-only"},
    {"{ file: notes.txt, attributes: { hidden: true }, size: 33 }", "true | size notes.txt: 33 bytes <- 33 bytes"},
    {"{ dir: dir, attributes: { read-only: false } }", "true | attributes dir: not read-only <- not read-only"},
    /* writable, locked */
    {"{ file: notes.txt, writable: true }", "true | writable notes.txt: writable <- writable"},
    {"{ file: fixed, writable: true }",
     "false | writable fixed: writable <- not writable: nobody has write permission"},
    {"{ file: fixed, writable: false }",
     "true | writable fixed: not writable <- not writable: nobody has write permission"},
    {"{ file: marked, writable: true }",
     "false | writable marked: writable <- not writable: it has the read-only attribute"},
    {"{ dir: dir, writable: true }", "true | writable dir: writable <- writable"},
    {"{ file: held, locked: true }", "true | locked held: locked <- locked: another process holds a lock"},
    {"{ file: held, locked: false }", "false | locked held: not locked <- locked: another process holds a lock"},
    {"{ file: notes.txt, locked: true }", "false inferred | locked notes.txt: locked <- not locked"},
    {"{ file: notes.txt, locked: false }", "true inferred | locked notes.txt: not locked <- not locked"},
    {"{ file: notes.txt, locked: false, basis: stated }", "true inferred | locked notes.txt: not locked <- not locked"},
    {"{ file: held, locked: true, basis: stated }",
     "true stated | locked held: locked <- locked: another process holds a lock"},
    /* age, newer-than */
    {"{ file: hour-old, age: { min: 1 h } }", "true | age hour-old: at least 1 h <- 1 h (2027-01-31T11:00:00Z)"},
    {"{ file: hour-old, age: { max: 30 min } }", "false | age hour-old: at most 30 min <- 1 h (2027-01-31T11:00:00Z)"},
    {"{ file: hour-old, age: 60 min }", "true | age hour-old: 1 h <- 1 h (2027-01-31T11:00:00Z)"},
    {"{ file: from-future, age: { min: 1 h } }",
     "unknown no-value | age from-future: at least 1 h (its time, 2027-01-31T12:00:00Z, lies in the future)"},
    {"{ file: from-future, age: { max: 1 h } }",
     "unknown no-value | age from-future: at most 1 h (its time, 2027-01-31T12:00:00Z, lies in the future)"},
    {"{ file: hour-old, age: { min: { var: span } } }", "n/a (the variable span is not set)"},
    {"{ file: hour-old, newer-than: day-old }",
     "true | newer-than hour-old: newer than day-old <- 2027-01-31T11:00:00Z, the other 2027-01-30T12:00:00Z"},
    {"{ file: day-old, newer-than: hour-old }",
     "false | newer-than day-old: newer than hour-old <- 2027-01-30T12:00:00Z, the other 2027-01-31T11:00:00Z"},
    {"{ file: hour-old, newer-than: hour-old }",
     "false | newer-than hour-old: newer than hour-old <- 2027-01-31T11:00:00Z, the other 2027-01-31T11:00:00Z"},
    {"{ file: hour-and-a-bit, newer-than: hour-old }",
     "true | newer-than hour-and-a-bit: newer than hour-old <- 2027-01-31T11:00:00Z, the other "
     "2027-01-31T11:00:00Z"},
    {"{ file: hour-old, newer-than: none }", "false | newer-than hour-old: newer than none <- none is not there"},
    {"{ file: hour-old, newer-than: link }",
     "unknown link | newer-than hour-old: newer than link (link: it is a symbolic link, and links are never "
     "followed)"},
    {"{ file: hour-old, newer-than: shut/x }",
     "unknown no-permission | newer-than hour-old: newer than shut/x (shut/x: permission was denied)"},
    {"{ file: hour-old, newer-than: \"${nowhere}\" }", "n/a (the variable nowhere is not set)"},
    {"{ file: hour-old, newer-than: \"${free}\" }",
     "unknown not-given | newer-than hour-old (the parameter free was not given)"},
    {"{ dir: dir, newer-than: day-old }",
     "true | newer-than dir: newer than day-old <- 2027-01-31T10:00:00Z, the other 2027-01-30T12:00:00Z"},
    /* same-size-as, same-content-as */
    {"{ file: one, same-size-as: two }", "true | same-size-as one: the size of two <- 5 bytes"},
    {"{ file: one, same-size-as: notes.txt }",
     "false | same-size-as one: the size of notes.txt <- 5 bytes, the other 33 bytes"},
    {"{ file: one, same-size-as: none }", "false | same-size-as one: the size of none <- none is not there"},
    {"{ file: one, same-size-as: dir }", "false | same-size-as one: the size of dir <- dir is no regular file"},
    {"{ file: one, same-size-as: link }",
     "unknown link | same-size-as one: the size of link (link: it is a symbolic link, and links are never "
     "followed)"},
    {"{ file: one, same-content-as: copy }", "true | same-content-as one: the content of copy <- the same 5 bytes"},
    {"{ file: one, same-content-as: two }", "false | same-content-as one: the content of two <- they differ at 0x0"},
    {"{ file: one, same-content-as: notes.txt }",
     "false | same-content-as one: the content of notes.txt <- 5 bytes, the other 33 bytes"},
    {"{ file: one, same-content-as: none }", "false | same-content-as one: the content of none <- none is not there"},
    {"{ file: broken, same-content-as: broken-too }",
     "unknown io-error | same-content-as broken: the content of broken-too (broken: an input/output error "
     "occurred)"},
    {"{ file: single, same-content-as: broken-too }",
     "unknown io-error | same-content-as single: the content of broken-too (broken-too: an input/output error "
     "occurred)"},
    {"{ file: empty, same-content-as: empty-too }",
     "true | same-content-as empty: the content of empty-too <- the same 0 bytes"},
    {"{ file: huge, same-content-as: huge-too }",
     "unknown limit | same-content-as huge: the content of huge-too (huge: a limit was reached before there "
     "was an answer)"},
    {"{ file: large, same-content-as: large-too }",
     "true | same-content-as large: the content of large-too <- the same 1,048,577 bytes"},
    {"{ file: one, same-content-as: \"${nowhere}\" }", "n/a (the variable nowhere is not set)"},
    /* has */
    {"{ file: one, has: two }", "true | has one: two is there <- two is there"},
    {"{ file: one, has: dir }", "true | has one: dir is there <- dir is there"},
    {"{ file: one, has: none }", "false | has one: none is there <- none is not there"},
    {"{ file: one, has: none/two }", "false | has one: none/two is there <- none/two is not there"},
    {"{ file: one, has: link }",
     "unknown link | has one: link is there (link: it is a symbolic link, and links are never followed)"},
    {"{ file: one, has: TWO }", "true | has one: two is there <- two is there"},
    {"{ file: one, has: \"${given}\" }", "false | has one: a.db is there <- a.db is not there"},
    /* name */
    {"{ file: NOTES.TXT, name: notes.txt }", "true | name notes.txt: \"notes.txt\" <- \"notes.txt\""},
    {"{ file: NOTES.TXT, name: NOTES.TXT }", "false | name notes.txt: \"NOTES.TXT\" <- \"notes.txt\""},
    {"{ file: notes.txt, name: { matches: \"^[a-z]+\\\\.txt$\" } }",
     "true | name notes.txt: matches /^[a-z]+\\.txt$/ <- \"notes.txt\""},
    {"{ file: notes.txt, name: { in: [a, notes.txt] } }",
     "true | name notes.txt: one of \"a\", \"notes.txt\" <- \"notes.txt\""},
    {"{ dir: dir, name: { matches: d } }", "true | name dir: matches /d/ <- \"dir\""},
    {"{ file: notes.txt, name: { var: other } }", "false | name notes.txt: \"b.db\" <- \"notes.txt\""},
    {"{ file: notes.txt, name: { var: nowhere } }", "n/a (the variable nowhere is not set)"},
    /* entries */
    {"{ dir: dir, entries: 3 }", "true | entries dir: 3 <- 3 names"},
    {"{ dir: dir, entries: { max: 2 } }", "false | entries dir: at most 2 <- 3 names"},
    {"{ dir: bare, entries: 0 }", "true | entries bare: 0 <- 0 names"},
    {"{ dir: shut, entries: 0 }", "unknown no-permission | entries shut: 0 (shut: permission was denied)"},
    {"{ dir: dir, entries: { var: unset } }", "n/a (the variable unset is not set)"},
    /* many at once, and over many files: the same facets without words for those that pass */
    {"{ file: head.bin, size: 16, records: { of: 8 }, u8: { at: 0, is: 0x4d }, bytes: { is: hex:4d }, writable: true }",
     "true | size head.bin: 16 bytes <- 16 bytes | records head.bin: a multiple of 8 bytes <- 16 bytes, 2 "
     "records | u8 head.bin: 77 at 0x0 <- 77 (0x4d) at 0x0 | bytes head.bin: 4d at 0x0 <- 4d at 0x0 | "
     "writable head.bin: writable <- writable"},
    {"{ each: \"{one,two,copy}\", size: 5, records: { of: 5 }, u8: { min: 1 }, text: { matches: t }, has: dir }",
     "true | each {one,two,copy}: none that fails <- 3 files"},
    {"{ each: \"{one,two,copy}\", same-content-as: one }",
     "false offenders=1 | same-content-as two: the content of one <- they differ at 0x0"},
    {"{ each: \"{one,two,copy}\", text: { matches: \"^two\" } }",
     "false offenders=2 | text copy: matches /^two/ <- nothing like it in 5 bytes | text one: matches /^two/ "
     "<- nothing like it in 5 bytes"},
    {"{ each: \"{one,two,copy}\", bytes: { at: 1, is: text:ne } }",
     "false offenders=1 | bytes two: 6e 65 at 0x1 <- 77 6f at 0x1"},
    {"{ each: \"{large,huge}\", longest-line: { max: 2 MiB } }",
     "false offenders=1 | longest-line huge: at most 2,097,152 bytes <- at least 16,777,216 bytes"},
    {"{ each: \"{large,notes.txt}\", text: { contains: ver } }",
     "unknown limit | text large: contains \"ver\" (large: no match in its first 65,536 bytes, and it has "
     "1,048,577 bytes)"},
    {"{ each: \"{hour,day}-old\", age: { max: 2 h } }",
     "false offenders=1 | age day-old: at most 2 h <- 1 d (2027-01-30T12:00:00Z)"},
    {"{ each: \"{hour-old,from-future}\", age: { max: 2 h } }",
     "unknown no-value | age from-future: at most 2 h (its time, 2027-01-31T12:00:00Z, lies in the future)"},
    {"{ each: \"{marked,notes.txt}\", attributes: { hidden: true } }",
     "true | each {marked,notes.txt}: none that fails <- 2 files"},
    {"{ each: \"{marked,fixed,notes.txt}\", writable: true }",
     "false offenders=2 | writable fixed: writable <- not writable: nobody has write permission | writable "
     "marked: writable <- not writable: it has the read-only attribute"},
    {"{ each: \"{held,one}\", locked: false }",
     "false offenders=1 | locked held: not locked <- locked: another process holds a lock"},
    {"{ each: \"{one,denied}\", u8: { is: 0x6f } }",
     "unknown no-permission | u8 denied: 111 at 0x0 (denied: permission was denied)"},
    {"{ each: \"{two,denied}\", u8: { is: 0x6f } }", "false offenders=1 | u8 two: 111 at 0x0 <- 116 (0x74) at 0x0"},
    {"{ each: \"{one,two}\", newer-than: link }",
     "unknown link | newer-than one: newer than link (link: it is a symbolic link, and links are never "
     "followed) | newer-than two: newer than link (link: it is a symbolic link, and links are never followed)"},
    {"{ each: \"{one,two}\", name: { matches: e }, same-size-as: copy }",
     "false offenders=1 | name two: matches /e/ <- \"two\""},
};

static const struct test_pair refused[] = {
    {"{ file: a, size: -1 }", "test:5:37: error: expected a size, which is never negative, found '-1' [GP0207]"},
    {"{ file: a, size: { min: 5, max: 4 } }", "test:5:52: error: nothing is at least 5 and at most 4 [GP0364]"},
    {"{ file: a, records: { is: 4 } }", "test:5:40: error: a records facet lacks 'of' [GP0202]"},
    {"{ file: a, records: { of: 0 } }", "test:5:46: error: 'of' must be at least 1 [GP0361]"},
    {"{ file: a, records: 5 }", "test:5:40: error: expected a mapping, found the text '5' [GP0203]"},
    {"{ file: a, u8: { is: 256 } }", "test:5:41: error: a u8 is never more than 255 [GP0366]"},
    {"{ file: a, u8: { min: -1, max: 255 } }", "false | file a: exists <- nothing"},
    {"{ file: a, u8: { min: 256 } }", "test:5:42: error: a u8 is never more than 255 [GP0366]"},
    {"{ file: a, u8: { max: -1 } }", "test:5:42: error: a u8 is never less than 0 [GP0366]"},
    {"{ file: a, u16le: { in: [1, 65536] } }", "test:5:48: error: a u16le is never more than 65535 [GP0366]"},
    {"{ file: a, u16be: { is: 65536 } }", "test:5:44: error: a u16be is never more than 65535 [GP0366]"},
    {"{ file: a, u32le: { is: 0x100000000 } }", "test:5:44: error: a u32le is never more than 4294967295 [GP0366]"},
    {"{ file: a, u32be: { bits: -1 } }", "test:5:46: error: a u32be is never less than 0 [GP0366]"},
    {"{ file: a, bytes: { at: 4 } }", "test:5:38: error: a bytes facet lacks 'is' [GP0202]"},
    {"{ file: a, bytes: { is: hex:4d0 } }",
     "test:5:44: error: expected two hexadecimal digits for each byte behind 'hex:', found 'hex:4d0' [GP0207]"},
    {"{ file: a, bytes: { is: hex:4d01, mask: hex:ff } }",
     "test:5:60: error: 'mask' and 'is' differ in length: 1 and 2 bytes [GP0367]"},
    {"{ file: a, text: { window: 5 } }", "test:5:37: error: a text facet needs one of: matches, contains [GP0209]"},
    {"{ file: a, text: { matches: a, contains: b } }",
     "test:5:51: error: 'matches' and 'contains' cannot stand together [GP0210]"},
    {"{ file: a, text: { contains: \"\" } }", "test:5:49: error: 'contains' is an empty text [GP0213]"},
    {"{ file: a, text: { matches: a, window: 0 } }", "test:5:59: error: 'window' must be at least 1 [GP0361]"},
    {"{ file: a, text: { matches: a, window: 16 MiB } }", "false | file a: exists <- nothing"},
    {"{ file: a, text: { matches: a, window: 16777217 } }",
     "test:5:59: error: 'window' is at most 16777216 bytes (16 MiB) [GP0362]"},
    {"{ file: a, text: { contains: \"ł\", encoding: cp437 } }",
     "test:5:39: error: 'contains' has a character that cp437 does not have [GP0368]"},
    {"{ file: a, text: { contains: \"ü\", encoding: ascii } }",
     "test:5:39: error: 'contains' has a character that ascii does not have [GP0368]"},
    {"{ file: a, text: { contains: \"x\", encoding: ebcdic } }",
     "test:5:64: error: 'encoding' is one of ascii, cp437, cp850, latin1, utf8, not 'ebcdic' [GP0206]"},
    {"{ file: a, longest-line: -1 }",
     "test:5:45: error: expected a size, which is never negative, found '-1' [GP0207]"},
    {"{ file: a, attributes: {} }", "test:5:31: error: 'attributes' names none [GP0365]"},
    {"{ file: a, writable: yes }", "test:5:41: error: expected true or false, found 'yes' [GP0207]"},
    {"{ file: a, age: { min: 2 h, max: 1 h } }", "test:5:53: error: nothing is at least 2 h and at most 1 h [GP0364]"},
    {"{ dir: a, entries: -1 }", "test:5:39: error: a number of entries is never less than 0 [GP0366]"},
    {"{ dir: a, same-content-as: b }",
     "test:5:30: error: 'same-content-as' asks something of files, and 'dir' looks at directories [GP0360]"},
    {"{ file: a, has: \"b*\" }", "test:5:37: error: 'has' takes the path of one file, not a glob [GP0218]"},
    {"{ file: a, newer-than: [a, b] }", "test:5:43: error: expected a path, found a list [GP0203]"},
};

static void add_text(struct gp_memtree *it, const char *path, const char *text)
{
    gp_memtree_file(it, path, text, strlen(text));
}

static void add_times(struct gp_memtree *it)
{
    static const struct {
        const char *path;
        struct timespec time;
    } rows[] = {
        {"hour-old", {TEST_NOW - 3600, 0}},
        {"hour-and-a-bit", {TEST_NOW - 3600, 1}},
        {"day-old", {TEST_NOW - 86400, 0}},
        {"from-future", {TEST_NOW, 1}},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        add_text(it, rows[i].path, "t");
        gp_memtree_mtime(it, rows[i].path, rows[i].time);
    }
    gp_memtree_mtime(it, "dir", (struct timespec){TEST_NOW - 7200, 0});
}

static void add_broken(struct gp_memtree *it)
{
    static const struct {
        const char *path;
        int error;
    } rows[] = {{"broken", EIO}, {"broken-too", EIO}, {"denied", EACCES}};

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        add_text(it, rows[i].path, "b");
        gp_memtree_fail_read(it, rows[i].path, rows[i].error);
    }
    gp_memtree_dir(it, "shut");
    gp_memtree_fail_read(it, "shut", EACCES);
    gp_memtree_link(it, "link");
}

static struct gp_memtree *tree(void)
{
    static const char slow[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    struct gp_memtree *it = gp_memtree_new();

    if (!it)
        bail("no memory");
    gp_memtree_file(it, "head.bin", "M\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff", 16);
    add_text(it, "notes.txt", "first line\nversion = 35\nthe last\n");
    add_text(it, "crlf.txt", "one\r\nthree\r\n\r\n");
    add_text(it, "bare-cr.txt", "abc\r");
    add_text(it, "dos.txt", "Z\x81rich");
    add_text(it, "slow", slow);
    add_text(it, "named", "b.db!");
    gp_memtree_file(it, "empty", "", 0);
    gp_memtree_file(it, "empty-too", "", 0);
    gp_memtree_zeros(it, "large", 1048577);
    gp_memtree_zeros(it, "large-too", 1048577);
    gp_memtree_zeros(it, "huge", UINT64_C(1) << 40);
    gp_memtree_zeros(it, "huge-too", UINT64_C(1) << 40);
    add_text(it, "one", "one t");
    add_text(it, "copy", "one t");
    add_text(it, "two", "two t");
    add_text(it, "single", "b");
    add_text(it, "marked", "m");
    gp_memtree_attributes(it, "marked", 7, GP_ATTRIBUTE_READ_ONLY | GP_ATTRIBUTE_HIDDEN);
    add_text(it, "fixed", "f");
    gp_memtree_mode(it, "fixed", 0444);
    add_text(it, "held", "h");
    gp_memtree_locked(it, "held", true);
    gp_memtree_dir(it, "bare");
    gp_memtree_dir(it, "dir/a");
    gp_memtree_link(it, "dir/b");
    add_text(it, "dir/c", "c");
    add_broken(it);
    add_times(it);
    return it;
}

/* Bytes that it takes to find that `count` files pass. */
static size_t used_by(unsigned count, struct test_rules *it)
{
    const struct gp_operation *operation = it->rules->defs.operations.data[0].value;
    const struct gp_requirement *requirement = operation->requires.data[0].value;
    struct gp_memtree *files = gp_memtree_new();
    struct gp_eval *eval = NULL;
    struct gp_proof proof;
    const char *problem = NULL;
    char path[32];

    for (unsigned i = 0; i < count; i++) {
        snprintf(path, sizeof(path), "many/%08u.t", i);
        add_text(files, path, "some text");
    }
    struct gp_probe *probe = test_open(files, it->rules);
    const struct gp_case now = {.rules = it->rules, .probe = probe, .now = {.tv_sec = TEST_NOW}};
    if (gp_eval_new(&eval, &now) < 0 || gp_eval_set_operation(eval, operation, &problem) < 0)
        bail("no memory");
    size_t before = gp_arena_used(gp_eval_arena(eval));
    if (gp_eval_cond(eval, requirement->that, &proof) < 0)
        bail("no memory");
    size_t used = gp_arena_used(gp_eval_arena(eval)) - before;
    ok(proof.result == GP_TRUE, "%u files pass", count);
    gp_eval_free(eval);
    gp_probe_free(probe);
    gp_memtree_free(files);
    return used;
}

/* A file that passes leaves nothing behind but its facts. */
static void passing_files_cost_nothing(void)
{
    struct gp_strbuf text = {0};

    test_cond_text(&text, "dos",
                   "{ each: \"many/*.t\", size: { min: 9 }, records: { of: 3 }, u8: { is: 0x73 }, writable: true,\n"
                   "              bytes: { is: text:so }, text: { matches: text }, longest-line: 9, age: { min: 0 s },\n"
                   "              name: { matches: \"^[0-9]+\" }, locked: false }");
    struct test_rules it = test_load(gp_strbuf_text(&text));
    if (!it.rules)
        bail("the rule set has errors");
    size_t few = used_by(10, &it), many = used_by(1000, &it);
    ok(many < few + 64, "1,000 files take as much memory as 10 (%zu and %zu bytes)", many, few);
    test_rules_free(&it);
    gp_strbuf_done(&text);
}

int main(void)
{
    struct gp_memtree *it = tree();

    for (size_t i = 0; i < GP_COUNT(pairs); i++)
        test_cond(it, "dos", pairs[i].asked, pairs[i].want);
    for (size_t i = 0; i < GP_COUNT(refused); i++)
        test_cond(it, "dos", refused[i].asked, refused[i].want);
    gp_memtree_free(it);
    passing_files_cost_nothing();
    return done_testing();
}
