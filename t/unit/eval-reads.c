/* Reads: every one of them with a value, without one, unknown, n/a; and what of them is refused when it is loaded. */
#include "eval-tree-helper.h"

static const struct test_pair pairs[] = {
    /* size, mtime */
    {"{ size: head.bin }", "size 16 bytes @ head.bin"},
    {"{ size: HEAD.BIN }", "size 16 bytes @ head.bin"},
    {"{ size: huge }", "size 1,099,511,627,776 bytes @ huge"},
    {"{ size: none }", "unknown no-value (none: it is not there) @ none"},
    {"{ size: dir }", "unknown no-value (dir: it is a directory) @ dir"},
    {"{ size: pipe }", "unknown no-value (pipe: it is neither a file nor a directory) @ pipe"},
    {"{ size: link }", "unknown link (link: it is a symbolic link, and links are never followed) @ link"},
    {"{ size: link/x }", "unknown link (link/x: it is a symbolic link, and links are never followed) @ link/x"},
    {"{ size: twice }", "unknown ambiguous-name (twice: two entries differ only in upper and lower case) @ twice"},
    {"{ size: shut }", "unknown no-permission (shut: permission was denied) @ shut"},
    {"{ size: broken }", "size 1 byte @ broken"},
    {"{ size: head.bin, times: 3 }", "size 48 bytes @ head.bin"},
    {"{ size: head.bin, times: { var: unset } }", "n/a (the variable unset is not set) @ head.bin"},
    {"{ size: huge, times: 0x7fffffff }", "unknown no-value (the scaled number is too large) @ huge"},
    {"{ size: on-disk, under: disk }", "size 4 bytes @ on-disk"},
    {"{ size: head.bin, under: disk }", "unknown no-value (head.bin: it is not there) @ head.bin"},
    {"{ size: head.bin, under: gone }", "unknown no-value (head.bin: it is not there) @ head.bin"},
    {"{ size: head.bin, under: unset-disk }", "n/a (the variable unset-disk is not set)"},
    {"{ mtime: old.log }", "date 2026-12-31T12:00:00Z @ old.log"},
    {"{ mtime: dir }", "date 2027-01-30T12:00:00Z @ dir"},
    {"{ mtime: pipe }", "date 2027-01-31T12:00:00Z @ pipe"},
    {"{ mtime: none }", "unknown no-value (none: it is not there) @ none"},
    {"{ mtime: link }", "unknown link (link: it is a symbolic link, and links are never followed) @ link"},
    /* records */
    {"{ records: head.bin, of: 8 }", "integer 2 @ head.bin"},
    {"{ records: head.bin, of: 7, after: 2 }", "integer 2 @ head.bin"},
    {"{ records: head.bin, of: 7 }", "unknown no-value (head.bin: 16 bytes, 2 bytes left over) @ head.bin"},
    {"{ records: head.bin, of: 4, after: 17 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ records: head.bin, of: 4, after: 16 }", "integer 0 @ head.bin"},
    {"{ records: empty, of: 4 }", "integer 0 @ empty"},
    {"{ records: none, of: 4 }", "unknown no-value (none: it is not there) @ none"},
    {"{ records: dir, of: 4 }", "unknown no-value (dir: it is a directory) @ dir"},
    {"{ records: head.bin, of: { var: four } }", "integer 4 @ head.bin"},
    {"{ records: head.bin, of: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ records: none, of: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ records: head.bin, of: 8, after: { var: unset } }", "n/a (the variable unset is not set)"},
    /* u8 … u32be */
    {"{ u8: head.bin }", "integer 77 @ head.bin"},
    {"{ u8: head.bin, at: 15 }", "integer 255 @ head.bin"},
    {"{ u8: head.bin, at: -1 }", "integer 255 @ head.bin"},
    {"{ u8: head.bin, at: 16 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ u8: head.bin, at: -17 }", "unknown no-value (head.bin: the file has only 16 bytes) @ head.bin"},
    {"{ u8: head.bin, at: 0, mask: 0xf0 }", "integer 64 @ head.bin"},
    {"{ u8: head.bin, at: { var: four } }", "integer 4 @ head.bin"},
    {"{ u8: head.bin, at: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ u8: none, at: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ u8: head.bin, mask: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ u8: empty }", "unknown no-value (empty: the file ends at 0 bytes) @ empty"},
    {"{ u8: broken }", "unknown io-error (broken: an input/output error occurred) @ broken"},
    {"{ u8: denied }", "unknown no-permission (denied: permission was denied) @ denied"},
    {"{ u8: link }", "unknown link (link: it is a symbolic link, and links are never followed) @ link"},
    {"{ u8: none }", "unknown no-value (none: it is not there) @ none"},
    {"{ u8: dir }", "unknown no-value (dir: it is a directory) @ dir"},
    {"{ u8: head.bin, at: 3, times: 100 }", "integer 300 @ head.bin"},
    {"{ u16le: head.bin, at: 4 }", "integer 1284 @ head.bin"},
    {"{ u16be: head.bin, at: 4 }", "integer 1029 @ head.bin"},
    {"{ u16be: head.bin, at: 15 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ u32le: head.bin, at: 12 }", "integer 4279110924 @ head.bin"},
    {"{ u32be: head.bin, at: 12 }", "integer 202182399 @ head.bin"},
    {"{ u32be: head.bin, at: -4, mask: 0xff }", "integer 255 @ head.bin"},
    {"{ u32le: head.bin, at: 13 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ u32le: huge, at: 0xfffffffffc }", "integer 0 @ huge"},
    {"{ u32le: huge, at: 0xfffffffffd }", "unknown no-value (huge: the file ends at 1,099,511,627,776 bytes) @ huge"},
    /* bytes, string */
    {"{ bytes: head.bin, length: 4 }", "bytes 4d010203 @ head.bin"},
    {"{ bytes: head.bin, at: -3, length: 3 }", "bytes 0d0eff @ head.bin"},
    {"{ bytes: head.bin, at: -3, length: 4 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ bytes: head.bin, at: 16, length: 1 }", "unknown no-value (head.bin: the file ends at 16 bytes) @ head.bin"},
    {"{ bytes: head.bin, length: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ bytes: broken, length: 1 }", "unknown io-error (broken: an input/output error occurred) @ broken"},
    {"{ bytes: none, length: 1 }", "unknown no-value (none: it is not there) @ none"},
    {"{ string: names.bin, at: 2, length: 8 }", "string \"alpha\" @ names.bin"},
    {"{ string: names.bin, at: 2, length: 8, case: upper }", "string \"ALPHA\" @ names.bin"},
    {"{ string: names.bin, at: 2, length: 3 }", "string \"alp\" @ names.bin"},
    {"{ string: names.bin, at: 7, length: 1 }", "string \"\" @ names.bin"},
    {"{ string: names.bin, at: 12, length: 6, encoding: cp850 }", "string \"Zürich\" @ names.bin"},
    {"{ string: names.bin, at: 12, length: 6, encoding: cp437, case: upper }", "string \"ZüRICH\" @ names.bin"},
    {"{ string: names.bin, at: 12, length: 6, encoding: latin1 }", "string \"Zrich\" @ names.bin"},
    {"{ string: names.bin, at: 12, length: 6 }",
     "unknown no-value (names.bin: byte 0x81 at 0xd is not ascii) @ names.bin"},
    {"{ string: names.bin, at: 12, length: 6, encoding: utf8 }",
     "unknown no-value (names.bin: byte 0x81 at 0xd is not utf8) @ names.bin"},
    {"{ string: names.bin, at: 18, length: 3, encoding: utf8 }", "string \"€\" @ names.bin"},
    {"{ string: names.bin, at: 18, length: 2, encoding: utf8 }",
     "unknown no-value (names.bin: byte 0xe2 at 0x12 is not utf8) @ names.bin"},
    {"{ string: names.bin, at: -3, length: 3, encoding: utf8 }", "string \"€\" @ names.bin"},
    {"{ string: names.bin, at: 20, length: 2 }", "unknown no-value (names.bin: the file ends at 21 bytes) @ names.bin"},
    {"{ string: box.bin, length: 3, encoding: cp437 }", "string \"░±╒\" @ box.bin"},
    {"{ string: box.bin, length: 3, encoding: cp850 }", "string \"░±ı\" @ box.bin"},
    {"{ string: none, length: 3 }", "unknown no-value (none: it is not there) @ none"},
    {"{ string: denied, length: 1 }", "unknown no-permission (denied: permission was denied) @ denied"},
    {"{ string: names.bin, at: { var: unset }, length: 3 }", "n/a (the variable unset is not set)"},
    /* text */
    {"{ text: notes.txt, match: \"version = [0-9]+\" }", "string \"version = 35\" @ notes.txt"},
    {"{ text: notes.txt, match: \"version = ([0-9]+)\", group: 1 }", "string \"35\" @ notes.txt"},
    {"{ text: notes.txt, match: \"version = ([0-9]+)\", group: 0 }", "string \"version = 35\" @ notes.txt"},
    {"{ text: notes.txt, match: \"version = ([0-9]+)(x)?\", group: 2 }",
     "unknown no-value (notes.txt: the group took no part in the match) @ notes.txt"},
    {"{ text: notes.txt, match: \"Version\" }", "unknown no-value (notes.txt: nothing in it matches) @ notes.txt"},
    {"{ text: notes.txt, match: \"x*\" }", "string \"\" @ notes.txt"},
    {"{ text: notes.txt, match: \"version\", window: 12 }",
     "unknown limit (notes.txt: no match in its first 12 bytes, and it has 33 bytes) @ notes.txt"},
    {"{ text: notes.txt, match: \"first\", window: 12 }", "string \"first\" @ notes.txt"},
    {"{ text: notes.txt, match: \"first.*\", window: 8 }",
     "unknown limit (notes.txt: no match in its first 8 bytes, and it has 33 bytes) @ notes.txt"},
    {"{ text: slow, match: \"^(a+)+$\" }", "unknown limit (slow: the pattern took too many steps) @ slow"},
    {"{ text: dos.txt, match: \"Z.*\", encoding: cp850 }", "string \"Zürich\" @ dos.txt"},
    {"{ text: dos.txt, match: \"Z.*\" }", "unknown no-value (dos.txt: what matches is not utf8) @ dos.txt"},
    {"{ text: empty, match: \"^\" }", "string \"\" @ empty"},
    {"{ text: none, match: x }", "unknown no-value (none: it is not there) @ none"},
    {"{ text: broken, match: x }", "unknown io-error (broken: an input/output error occurred) @ broken"},
    {"{ text: denied, match: x }", "unknown no-permission (denied: permission was denied) @ denied"},
    {"{ text: notes.txt, match: x, window: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ text: notes.txt, match: first, group: { var: four } }", "unknown no-value (the pattern has no such group)"},
    {"{ text: notes.txt, match: first, group: { var: unset } }", "n/a (the variable unset is not set)"},
    /* longest-line */
    {"{ longest-line: notes.txt }", "size 12 bytes @ notes.txt"},
    {"{ longest-line: empty }", "size 0 bytes @ empty"},
    {"{ longest-line: huge }", "unknown limit (huge: a limit was reached before there was an answer) @ huge"},
    {"{ longest-line: limit }", "size 16,777,216 bytes @ limit"},
    {"{ longest-line: past-limit }",
     "unknown limit (past-limit: a limit was reached before there was an answer) @ past-limit"},
    {"{ longest-line: broken }", "unknown io-error (broken: an input/output error occurred) @ broken"},
    {"{ longest-line: none }", "unknown no-value (none: it is not there) @ none"},
    /* count */
    {"{ count: \"logs/*.log\" }", "integer 3 @ logs/*.log"},
    {"{ count: \"logs/*\" }", "integer 5 @ logs/*"},
    {"{ count: [\"logs/*\", \"logs/*.log\", head.bin] }", "integer 6 @ logs/*, logs/*.log, head.bin"},
    {"{ count: \"none/*\" }", "integer 0 @ none/*"},
    {"{ count: link }", "integer 1 @ link"},
    {"{ count: \"lin*\" }", "integer 1 @ lin*"},
    {"{ count: link/x }", "unknown link (link/x: it is a symbolic link, and links are never followed) @ link/x"},
    {"{ count: dir/none }", "integer 0 @ dir/none"},
    {"{ count: shut }", "unknown no-permission (shut: permission was denied) @ shut"},
    {"{ count: \"twi*\" }", "unknown ambiguous-name (TWICE: two entries differ only in upper and lower case) @ twi*"},
    {"{ count: \"closed/*\" }", "unknown no-permission (closed: permission was denied) @ closed/*"},
    {"{ count: \"link/*\" }", "unknown link (link: it is a symbolic link, and links are never followed) @ link/*"},
    {"{ count: \"*/[a-m].log\", under: disk }", "integer 2 @ */[a-m].log"},
    /* total, largest, newest, oldest */
    {"{ total: \"logs/*.log\" }", "size 3,200 bytes @ logs/*.log"},
    {"{ total: \"logs/*\" }", "size 3,200 bytes @ logs/*"},
    {"{ total: \"none/*\" }", "size 0 bytes @ none/*"},
    {"{ total: \"{huge,giant,giant-too}\" }",
     "unknown limit ({huge,giant,giant-too}: the sum is too large) @ {huge,giant,giant-too}"},
    {"{ total: \"closed/*\" }", "unknown no-permission (closed: permission was denied) @ closed/*"},
    {"{ total: \"{link,head.bin}\" }",
     "unknown link (link: it is a symbolic link, and links are never followed) @ {link,head.bin}"},
    {"{ total: \"{twice,link,head.bin}\" }",
     "unknown ambiguous-name (TWICE: two entries differ only in upper and lower case) @ {twice,link,head.bin}"},
    {"{ largest: \"logs/*\" }", "size 3,000 bytes @ logs/*"},
    {"{ largest: \"logs/*\", times: 3 }", "size 9,000 bytes @ logs/*"},
    {"{ largest: \"logs/none*\" }", "unknown no-value (logs/none*: no file matches) @ logs/none*"},
    {"{ largest: \"{logs,closed}/*\" }", "unknown no-permission (closed: permission was denied) @ {logs,closed}/*"},
    {"{ largest: empty }", "size 0 bytes @ empty"},
    {"{ newest: \"logs/*\" }", "date 2027-01-31T11:59:00Z @ logs/*"},
    {"{ newest: \"logs/none*\" }", "unknown no-value (logs/none*: no file matches) @ logs/none*"},
    {"{ newest: \"{link,head.bin}\" }",
     "unknown link (link: it is a symbolic link, and links are never followed) @ {link,head.bin}"},
    {"{ oldest: \"logs/*\" }", "date 2027-01-31T10:00:00Z @ logs/*"},
    {"{ oldest: \"dir\" }", "unknown no-value (dir: no file matches) @ dir"},
    {"{ oldest: \"logs/*\", under: gone }", "unknown no-value (logs/*: no file matches) @ logs/*"},
    {"{ total: \"logs/*\", under: gone }", "size 0 bytes @ logs/*"},
    /* highest-id */
    {"{ highest-id: \"ids/*.que\" }", "integer 4294967295 @ ids/*.que"},
    {"{ highest-id: \"ids/*\" }", "integer 4294967295 @ ids/*"},
    {"{ highest-id: \"ids/0000000?.que\" }", "integer 2 @ ids/0000000?.que"},
    {"{ highest-id: \"logs/*\" }", "unknown no-value (logs/*: no name that matches is an id) @ logs/*"},
    {"{ highest-id: \"closed/*\" }", "unknown no-permission (closed: permission was denied) @ closed/*"},
    {"{ highest-id: [\"ids/*.none\", ids/ffffffff.que] }", "integer 4294967295 @ ids/*.none, ids/ffffffff.que"},
    {"{ highest-id: \"pairs/*\" }", "integer 10 @ pairs/*"},
    {"{ highest-id: \"link/*\" }", "unknown link (link: it is a symbolic link, and links are never followed) @ link/*"},
    /* free-space */
    {"{ free-space: . }", "size 123,456,789 bytes @ ."},
    {"{ free-space: ., under: disk }", "size 1 byte @ ."},
    {"{ free-space: ., under: gone }", "unknown no-value (.: it is not there) @ ."},
};

static const struct test_pair refused[] = {
    {"{ size: \"*\" }", "test:5:23: error: 'size' takes the path of one file, not a glob [GP0218]"},
    {"{ size: [a, b] }", "test:5:22: error: expected a path, found a list [GP0203]"},
    {"{ records: a }", "test:5:14: error: a read lacks 'of' [GP0202]"},
    {"{ records: a, of: 0 }", "test:5:32: error: 'of' must be at least 1 [GP0361]"},
    {"{ records: a, of: 1, after: -1 }",
     "test:5:42: error: expected a size, which is never negative, found '-1' [GP0207]"},
    {"{ u8: a, at: x }", "test:5:27: error: expected an integer such as 12 or 0x0c, found 'x' [GP0207]"},
    {"{ bytes: a }", "test:5:14: error: a read lacks 'length' [GP0202]"},
    {"{ bytes: a, length: 0 }", "test:5:34: error: 'length' must be at least 1 [GP0361]"},
    {"{ bytes: a, length: 16777217 }", "test:5:34: error: 'length' is at most 16777216 bytes (16 MiB) [GP0362]"},
    {"{ string: a, length: 0 }", "test:5:35: error: 'length' must be at least 1 [GP0361]"},
    {"{ string: a, length: 3, encoding: ebcdic }",
     "test:5:48: error: 'encoding' is one of ascii, cp437, cp850, latin1, utf8, not 'ebcdic' [GP0206]"},
    {"{ string: a, length: 3, case: lower }", "test:5:44: error: 'case' can only be upper, not 'lower' [GP0206]"},
    {"{ text: a }", "test:5:14: error: a read lacks 'match' [GP0202]"},
    {"{ text: a, match: \"(\" }", "test:5:34: error: not a regular expression: missing closing parenthesis [GP0215]"},
    {"{ text: a, match: \"(b)\", group: 2 }",
     "test:5:46: error: the pattern has 1 group, so there is no group 2 [GP0363]"},
    {"{ text: a, match: b, group: 1 }", "test:5:42: error: the pattern has 0 groups, so there is no group 1 [GP0363]"},
    {"{ text: a, match: b, group: -1 }", "test:5:42: error: 'group' must be at least 0 [GP0361]"},
    {"{ text: a, match: b, window: 0 }", "test:5:43: error: 'window' must be at least 1 [GP0361]"},
    {"{ text: a, match: b, window: 17 MiB }", "test:5:43: error: 'window' is at most 16777216 bytes (16 MiB) [GP0362]"},
    {"{ free-space: data }",
     "test:5:28: error: 'free-space' is asked of the whole tree, so its path is \".\" [GP0369]"},
};

static void add_text(struct gp_memtree *it, const char *path, const char *text)
{
    gp_memtree_file(it, path, text, strlen(text));
}

static void add_logs(struct gp_memtree *it)
{
    static const struct {
        const char *path;
        uint64_t size;
        time_t age;
    } rows[] = {
        {"logs/b.log", 200, 60},
        {"logs/a.log", 3000, 7200},
        {"logs/c.log", 0, 3600},
        {"old.log", 1, 86400 * 31},
    };

    for (size_t i = 0; i < GP_COUNT(rows); i++) {
        gp_memtree_zeros(it, rows[i].path, rows[i].size);
        gp_memtree_mtime(it, rows[i].path, (struct timespec){TEST_NOW - rows[i].age, 0});
    }
    gp_memtree_dir(it, "logs/dir");
    gp_memtree_other(it, "logs/pipe");
}

static void add_ids(struct gp_memtree *it)
{
    static const char *const paths[] = {"ids/00000002.que", "ids/0000001A.que",  "ids/00000001.que", "ids/SYSTEM.que",
                                        "ids/000000FFF.que", "ids/FFFFFFF0.idx", "ids/0000000g.que", "ids/.que",
                                        "ids/FFFFFFFF.que",  "pairs/0000000a",   "pairs/0000000A"};

    for (size_t i = 0; i < GP_COUNT(paths); i++)
        gp_memtree_file(it, paths[i], "", 0);
}

static void add_unreadable(struct gp_memtree *it)
{
    add_text(it, "twice", "1");
    add_text(it, "TWICE", "2");
    add_text(it, "shut", "s");
    gp_memtree_fail(it, "shut", EACCES);
    add_text(it, "broken", "b");
    gp_memtree_fail_read(it, "broken", EIO);
    add_text(it, "denied", "d");
    gp_memtree_fail_read(it, "denied", EACCES);
    gp_memtree_dir(it, "closed");
    gp_memtree_fail_read(it, "closed", EACCES);
    gp_memtree_link(it, "link");
    gp_memtree_other(it, "pipe");
}

static struct gp_memtree *tree(void)
{
    static const char slow[] = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab";
    struct gp_memtree *it = gp_memtree_new();

    if (!it)
        bail("no memory");
    gp_memtree_file(it, "head.bin", "M\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0a\x0b\x0c\x0d\x0e\xff", 16);
    gp_memtree_file(it, "names.bin", "\0\0alpha\0xxxxZ\x81rich\xe2\x82\xac", 21);
    gp_memtree_file(it, "box.bin", "\xb0\xf1\xd5", 3);
    add_text(it, "notes.txt", "first line\nversion = 35\nthe last\n");
    add_text(it, "dos.txt", "Z\x81rich");
    add_text(it, "slow", slow);
    gp_memtree_file(it, "empty", "", 0);
    gp_memtree_zeros(it, "huge", UINT64_C(1) << 40);
    gp_memtree_zeros(it, "giant", UINT64_C(1) << 62);
    gp_memtree_zeros(it, "giant-too", UINT64_C(1) << 62);
    gp_memtree_zeros(it, "limit", GP_LIMIT_WINDOW_BYTES);
    gp_memtree_zeros(it, "past-limit", GP_LIMIT_WINDOW_BYTES + 1);
    gp_memtree_dir(it, "dir");
    gp_memtree_mtime(it, "dir", (struct timespec){TEST_NOW - 86400, 5});
    gp_memtree_free_space(it, 123456789);
    add_unreadable(it);
    gp_memtree_mtime(it, "pipe", (struct timespec){TEST_NOW, 0});
    add_logs(it);
    add_ids(it);
    return it;
}

int main(void)
{
    struct gp_memtree *it = tree(), *disk = gp_memtree_new();

    if (!disk)
        bail("no memory");
    add_text(disk, "on-disk", "disk");
    add_text(disk, "x/a.log", "");
    add_text(disk, "y/b.log", "");
    add_text(disk, "y/z.log", "");
    gp_memtree_free_space(disk, 1);
    gp_memtree_under(it, "/disk", disk);
    for (size_t i = 0; i < GP_COUNT(pairs); i++)
        test_read(it, pairs[i].asked, pairs[i].want);
    for (size_t i = 0; i < GP_COUNT(refused); i++)
        test_read(it, refused[i].asked, refused[i].want);
    gp_memtree_free(it);
    gp_memtree_free(disk);
    return done_testing();
}
