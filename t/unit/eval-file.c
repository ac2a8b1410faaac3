/* Forms that look at the tree: file, dir, absent, each, some, count. */
#include "eval-tree-helper.h"

static const struct test_pair dos[] = {
    /* file */
    {"{ file: data/a.db }", "true | file data/a.db: exists <- 4 bytes"},
    {"{ file: DATA/A.DB }", "true | file data/a.db: exists <- 4 bytes"},
    {"{ file: data/none.db }", "false | file data/none.db: exists <- nothing"},
    {"{ file: none/a.db }", "false | file none/a.db: exists <- nothing"},
    {"{ file: data/a.db/x }", "false | file data/a.db/x: exists <- nothing"},
    {"{ file: data }", "false | file data: exists <- a directory"},
    {"{ file: pipe }", "false | file pipe: exists <- neither a file nor a directory"},
    {"{ file: link }", "unknown link | file link: exists (link: it is a symbolic link, and links are never followed)"},
    {"{ file: linked/x }",
     "unknown link | file linked/x: exists (linked/x: it is a symbolic link, and links are never followed)"},
    {"{ file: twice.txt }",
     "unknown ambiguous-name | file twice.txt: exists (TWICE.TXT: two entries differ only in upper and lower "
     "case)"},
    {"{ file: Twice.txt }",
     "unknown ambiguous-name | file Twice.txt: exists (TWICE.TXT: two entries differ only in upper and lower "
     "case)"},
    {"{ file: shut.db }", "unknown no-permission | file shut.db: exists (shut.db: permission was denied)"},
    {"{ file: broken.db }", "true | file broken.db: exists <- 1 byte"},
    {"{ file: closed/x }", "unknown no-permission | file closed/x: exists (closed/x: permission was denied)"},
    {"{ file: [data/a.db, data/b.db] }",
     "true | file data/a.db: exists <- 4 bytes | file data/b.db: exists <- 6 bytes"},
    {"{ file: [data/a.db, data/none.db, data/gone.db] }",
     "false | file data/none.db: exists <- nothing | file data/gone.db: exists <- nothing"},
    {"{ file: [data/a.db, link, shut.db] }",
     "unknown no-permission | file link: exists (link: it is a symbolic link, and links are never followed) | "
     "file shut.db: exists (shut.db: permission was denied)"},
    {"{ file: [data/none.db, link] }", "false | file data/none.db: exists <- nothing"},
    {"{ file: data/a.db, size: 4, name: { matches: db$ } }",
     "true | size data/a.db: 4 bytes <- 4 bytes | name data/a.db: matches /db$/ <- \"a.db\""},
    {"{ file: data/a.db, size: 5, name: { matches: x$ } }",
     "false | size data/a.db: 5 bytes <- 4 bytes | name data/a.db: matches /x$/ <- \"a.db\""},
    {"{ file: [data/a.db, data/b.db], size: 4 }", "false | size data/b.db: 4 bytes <- 6 bytes"},
    {"{ not: { file: link } }",
     "unknown link | file link: exists (link: it is a symbolic link, and links are never followed)"},
    {"{ file: [data/a.db, data/none.db], size: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ file: data/none.db, size: { var: unset } }", "n/a (the variable unset is not set)"},
    {"{ file: data/none.db, size: { param: width } }", "false | file data/none.db: exists <- nothing"},
    {"{ file: data/a.db, size: { param: width } }",
     "unknown not-given | size data/a.db: the parameter width <- 4 bytes (the parameter width was not given)"},
    {"{ file: \"data/${given}\" }", "true | file data/a.db: exists <- 4 bytes"},
    {"{ file: \"data/${other}\" }", "true | file data/b.db: exists <- 6 bytes"},
    {"{ file: \"data/${free}\" }",
     "unknown not-given | file data/(free not given): exists (the parameter free was not given)"},
    {"{ file: \"data/${nowhere}\" }", "n/a | file data/(nowhere not given): exists (the variable nowhere is not set)"},
    {"{ file: \"data/${slash}\" }",
     "unknown no-value | file data/x/y: exists (slash has a '/', so it is not one name)"},
    {"{ file: on-disk.txt, under: disk }", "true | file on-disk.txt under /disk: exists <- 4 bytes"},
    {"{ file: data/a.db, under: disk }", "false | file data/a.db under /disk: exists <- nothing"},
    /* dir */
    {"{ dir: data }", "true | dir data: a directory <- a directory"},
    {"{ dir: . }", "true | dir .: a directory <- a directory"},
    {"{ dir: data/a.db }", "false | dir data/a.db: a directory <- a file"},
    {"{ dir: none }", "false | dir none: a directory <- nothing"},
    {"{ dir: linked }",
     "unknown link | dir linked: a directory (linked: it is a symbolic link, and links are never followed)"},
    {"{ dir: [data, many, none] }", "false | dir none: a directory <- nothing"},
    {"{ dir: data, entries: 2 }", "true | entries data: 2 <- 2 names"},
    {"{ dir: GATEPOST }", "false | dir GATEPOST: a directory <- nothing"},
    /* absent */
    {"{ absent: none }", "true | absent none: nothing <- nothing"},
    {"{ absent: data/a.db }", "false | absent data/a.db: nothing <- 4 bytes"},
    {"{ absent: data }", "false | absent data: nothing <- a directory"},
    {"{ absent: pipe }", "false | absent pipe: nothing <- neither a file nor a directory"},
    {"{ absent: link }",
     "unknown link | absent link: nothing (link: it is a symbolic link, and links are never followed)"},
    {"{ absent: shut.db }", "unknown no-permission | absent shut.db: nothing (shut.db: permission was denied)"},
    {"{ absent: closed/x }", "unknown no-permission | absent closed/x: nothing (closed/x: permission was denied)"},
    {"{ absent: twice.txt }",
     "unknown ambiguous-name | absent twice.txt: nothing (TWICE.TXT: two entries differ only in upper and "
     "lower case)"},
    {"{ absent: \"data/*.x\" }", "true | absent data/*.x: nothing <- matches nothing"},
    {"{ absent: \"data/*.db\" }", "false | absent data/a.db: nothing <- 4 bytes; 1 more matches"},
    {"{ absent: \"closed/*\" }", "unknown no-permission | absent closed/*: nothing (closed: permission was denied)"},
    {"{ absent: \"twice.*\" }",
     "unknown ambiguous-name | absent twice.*: nothing (TWICE.TXT: two entries differ only in upper and lower "
     "case)"},
    {"{ absent: \"{link,data}\" }", "false | absent data: nothing <- a directory"},
    {"{ absent: \"lin*\" }",
     "unknown link | absent lin*: nothing (link: it is a symbolic link, and links are never followed)"},
    {"{ absent: [none, \"*.none\"] }",
     "true | absent none: nothing <- nothing | absent *.none: nothing <- matches nothing"},
    {"{ absent: [none, data/a.db] }", "false | absent data/a.db: nothing <- 4 bytes"},
    {"{ absent: [link, data/a.db] }", "false | absent data/a.db: nothing <- 4 bytes"},
    {"{ absent: \"${nowhere}\" }", "n/a | absent (nowhere not given): nothing (the variable nowhere is not set)"},
    {"{ absent: \"*/none\" }", "unknown no-permission | absent */none: nothing (closed/none: permission was denied)"},
    {"{ absent: \"GATEPOST/*\" }", "true | absent GATEPOST/*: nothing <- matches nothing"},
    {"{ absent: x, under: disk }", "true | absent x under /disk: nothing <- nothing"},
    /* each */
    {"{ each: \"data/*.db\", size: 4 }", "false offenders=1 | size data/b.db: 4 bytes <- 6 bytes"},
    {"{ each: \"data/*.db\", size: { min: 4 } }", "true | each data/*.db: none that fails <- 2 files"},
    {"{ each: \"DATA/*.DB\", size: { min: 4 } }", "true | each DATA/*.DB: none that fails <- 2 files"},
    {"{ each: \"data/*.x\", size: 1 }", "true | each data/*.x: none that fails <- matches nothing"},
    {"{ each: \"none/*\", size: 1 }", "true | each none/*: none that fails <- matches nothing"},
    {"{ each: data/a.db, size: 5 }", "false offenders=1 | size data/a.db: 5 bytes <- 4 bytes"},
    {"{ each: data/none.db, size: 5 }", "true | each data/none.db: none that fails <- matches nothing"},
    {"{ each: \"many/*\", size: 1 }",
     "false offenders=26 | size many/a.t: 1 byte <- 3 bytes | size many/b.t: 1 byte <- 3 bytes | size "
     "many/c.t: 1 byte <- 3 bytes | size many/d.t: 1 byte <- 3 bytes | size many/e.t: 1 byte <- 3 bytes | "
     "size many/f.t: 1 byte <- 3 bytes | size many/g.t: 1 byte <- 3 bytes | size many/h.t: 1 byte <- 3 bytes "
     "| size many/i.t: 1 byte <- 3 bytes | size many/j.t: 1 byte <- 3 bytes"},
    {"{ each: \"many/*\", size: { max: 3 }, name: { matches: \"^[a-n]\" } }",
     "false offenders=12 | name many/o.t: matches /^[a-n]/ <- \"o.t\" | name many/p.t: matches /^[a-n]/ <- \"p.t\" | "
     "name many/q.t: matches /^[a-n]/ <- \"q.t\" | name many/r.t: matches /^[a-n]/ <- \"r.t\" | name many/s.t: "
     "matches /^[a-n]/ <- \"s.t\" | name many/t.t: matches /^[a-n]/ <- \"t.t\" | name many/u.t: matches /^[a-n]/ <- "
     "\"u.t\" | name many/v.t: matches /^[a-n]/ <- \"v.t\" | name many/w.t: matches /^[a-n]/ <- \"w.t\" | name many/x.t: "
     "matches /^[a-n]/ <- \"x.t\""},
    {"{ each: \"many/*\", except: [\"many/[a-m].t\", many/n.t], size: 1 }",
     "false offenders=12 | size many/o.t: 1 byte <- 3 bytes | size many/p.t: 1 byte <- 3 bytes | size "
     "many/q.t: 1 byte <- 3 bytes | size many/r.t: 1 byte <- 3 bytes | size many/s.t: 1 byte <- 3 bytes | "
     "size many/t.t: 1 byte <- 3 bytes | size many/u.t: 1 byte <- 3 bytes | size many/v.t: 1 byte <- 3 bytes "
     "| size many/w.t: 1 byte <- 3 bytes | size many/x.t: 1 byte <- 3 bytes"},
    {"{ each: \"many/*\", except: \"many/*\", size: 1 }", "true | each many/*: none that fails <- matches nothing"},
    {"{ each: [\"data/*.db\", \"data/a.*\"], size: 6 }", "false offenders=1 | size data/a.db: 6 bytes <- 4 bytes"},
    {"{ each: \"*\", size: { min: 0 } }",
     "unknown no-permission | each shut.db: exists (shut.db: permission was denied) | each TWICE.TXT: exists "
     "(TWICE.TXT: two entries differ only in upper and lower case) | each twice.txt: exists (twice.txt: two "
     "entries differ only in upper and lower case) | each link: exists (link: it is a symbolic link, and "
     "links are never followed) | each linked: exists (linked: it is a symbolic link, and links are never "
     "followed)"},
    {"{ each: \"*\", except: [link, linked, twice.txt, shut.db, other.lnk], size: { min: 0 } }",
     "true | each *: none that fails <- 1 file"},
    {"{ each: \"{link,data}*\", size: 1 }",
     "unknown link | each link: exists (link: it is a symbolic link, and links are never followed) | each "
     "linked: exists (linked: it is a symbolic link, and links are never followed)"},
    {"{ each: \"twice.*\", size: { min: 0 } }",
     "unknown ambiguous-name | each TWICE.TXT: exists (TWICE.TXT: two entries differ only in upper and lower "
     "case) | each twice.txt: exists (twice.txt: two entries differ only in upper and lower case)"},
    {"{ each: \"closed/*\", size: { min: 0 } }",
     "unknown no-permission | each closed: exists (closed: permission was denied)"},
    {"{ each: \"{closed,data}/*\", size: 4 }", "false offenders=1 | size data/b.db: 4 bytes <- 6 bytes"},
    {"{ each: \"{closed,data}/*\", size: { min: 1 } }",
     "unknown no-permission | each closed: exists (closed: permission was denied)"},
    {"{ each: \"*/x\", size: { min: 0 } }",
     "unknown no-permission | each closed/x: exists (closed/x: permission was denied) | each shut.db/x: "
     "exists (shut.db/x: permission was denied) | each TWICE.TXT/x: exists (TWICE.TXT/x: two entries differ "
     "only in upper and lower case) | each twice.txt/x: exists (twice.txt/x: two entries differ only in upper "
     "and lower case) | each link/x: exists (link/x: it is a symbolic link, and links are never followed) | "
     "each linked/x: exists (linked/x: it is a symbolic link, and links are never followed)"},
    {"{ each: \"data/*.db\", min: 2 }", "true | each data/*.db: none that fails <- 2 files"},
    {"{ each: \"data/*.db\", min: 3 }", "false | each data/*.db: at least 3 files <- 2 files"},
    {"{ each: \"data/*.db\", min: 3, size: 4 }", "false offenders=1 | size data/b.db: 4 bytes <- 6 bytes"},
    {"{ each: \"closed/*\", min: 1 }", "unknown no-permission | each closed: exists (closed: permission was denied)"},
    {"{ each: [link, \"data/*\"], min: 3 }",
     "unknown link | each link: exists (link: it is a symbolic link, and links are never followed)"},
    {"{ each: [link, \"data/*\"], min: 4 }", "false | each link, data/*: at least 4 files <- 2 files"},
    {"{ each: [link, \"data/*\"], min: 2, size: 4 }", "false offenders=1 | size data/b.db: 4 bytes <- 6 bytes"},
    {"{ each: \"data/*.db\", min: { var: unset } }",
     "n/a | each data/*.db: none that fails <- 2 files (the variable unset is not set)"},
    {"{ each: \"data/*.db\", min: { param: width } }",
     "unknown not-given | each data/*.db: none that fails <- 2 files (the parameter width was not given)"},
    {"{ each: \"data/*.db\", size: { var: unset } }", "n/a | each data/*.db (the variable unset is not set)"},
    {"{ each: \"data/*.x\", size: { var: unset } }", "n/a | each data/*.x (the variable unset is not set)"},
    {"{ each: \"data/*.db\", size: { param: width } }",
     "unknown not-given | size data/a.db: the parameter width <- 4 bytes (the parameter width was not given) "
     "| size data/b.db: the parameter width <- 6 bytes (the parameter width was not given)"},
    {"{ each: \"data/*.db\", attributes: { hidden: true } }",
     "n/a | each data/*.db: none that fails <- 2 files (what is asked can be said of none of these files)"},
    {"{ each: \"data/*.db\", locked: false }", "true inferred | each data/*.db: none that fails <- 2 files"},
    {"{ each: \"data/*.db\", locked: true }",
     "false inferred offenders=2 | locked data/a.db: locked <- not locked | locked data/b.db: locked <- not "
     "locked"},
    {"{ each: \"${nowhere}/*\", size: 1 }", "n/a | each (nowhere not given)/* (the variable nowhere is not set)"},
    {"{ each: \"data/*\", except: \"${free}\", size: 1 }",
     "unknown not-given | each data/* (the parameter free was not given)"},
    {"{ each: \"data/*.db\", u8: { is: 0x41 } }", "false offenders=1 | u8 data/b.db: 65 at 0x0 <- 66 (0x42) at 0x0"},
    {"{ each: \"{data,broken}*\", u8: { is: 0x41 } }",
     "unknown io-error | u8 broken.db: 65 at 0x0 (broken.db: an input/output error occurred)"},
    {"{ each: \"data/*.db\", has: \"many/${stem}.t\" }", "true | each data/*.db: none that fails <- 2 files"},
    {"{ each: \"data/*.db\", has: \"data/${name}\" }", "true | each data/*.db: none that fails <- 2 files"},
    {"{ each: \"data/*.db\", has: \"data/${stem}.bak\" }",
     "false offenders=2 | has data/a.db: data/a.bak is there <- data/a.bak is not there | has data/b.db: "
     "data/b.bak is there <- data/b.bak is not there"},
    /* some */
    {"{ some: \"data/*.db\" }", "true | some data/a.db: exists <- 4 bytes"},
    {"{ some: \"data/*.db\", size: 6 }", "true | size data/b.db: 6 bytes <- 6 bytes"},
    {"{ some: \"data/*.db\", size: 7 }",
     "false offenders=2 | size data/a.db: 7 bytes <- 4 bytes | size data/b.db: 7 bytes <- 6 bytes"},
    {"{ some: \"data/*.x\" }", "false | some data/*.x: at least one file <- matches nothing"},
    {"{ some: \"dat*\" }", "false | some dat*: at least one file <- matches nothing"},
    {"{ some: \"lin*\" }",
     "unknown link | some link: exists (link: it is a symbolic link, and links are never followed) | some "
     "linked: exists (linked: it is a symbolic link, and links are never followed)"},
    {"{ some: \"closed/*\" }", "unknown no-permission | some closed: exists (closed: permission was denied)"},
    {"{ some: \"{closed,data}/*\" }", "true | some data/a.db: exists <- 4 bytes"},
    {"{ some: [\"lin*\", data/b.db] }", "true | some data/b.db: exists <- 6 bytes"},
    {"{ some: \"many/*\", size: 9 }",
     "false offenders=26 | size many/a.t: 9 bytes <- 3 bytes | size many/b.t: 9 bytes <- 3 bytes | size "
     "many/c.t: 9 bytes <- 3 bytes | size many/d.t: 9 bytes <- 3 bytes | size many/e.t: 9 bytes <- 3 bytes | "
     "size many/f.t: 9 bytes <- 3 bytes | size many/g.t: 9 bytes <- 3 bytes | size many/h.t: 9 bytes <- 3 "
     "bytes | size many/i.t: 9 bytes <- 3 bytes | size many/j.t: 9 bytes <- 3 bytes"},
    {"{ some: \"data/*.db\", attributes: { system: true } }",
     "n/a | some data/*.db: one that passes <- 2 files (what is asked can be said of none of these files)"},
    {"{ some: \"data/*.db\", locked: false }", "true inferred | locked data/a.db: not locked <- not locked"},
    {"{ some: \"data/*.db\", has: \"data/${stem}.bak\" }",
     "false offenders=2 | has data/a.db: data/a.bak is there <- data/a.bak is not there | has data/b.db: "
     "data/b.bak is there <- data/b.bak is not there"},
    {"{ some: \"data/*.db\", has: \"data/${stem}.db\", size: 6 }",
     "true | has data/b.db: data/b.db is there <- data/b.db is there | size data/b.db: 6 bytes <- 6 bytes"},
    {"{ some: x, under: disk }", "false | some x under /disk: at least one file <- matches nothing"},
    {"{ some: \"on-*\", under: disk }", "true | some on-disk.txt under /disk: exists <- 4 bytes"},
    /* count */
    {"{ count: \"data/*\", is: 2 }", "true | count data/*: 2 <- 2 names"},
    {"{ count: \"data/*\", min: 3 }", "false | count data/*: at least 3 <- 2 names"},
    {"{ count: \"many/*\", min: 3, max: 30 }", "true | count many/*: at least 3 and at most 30 <- 26 names"},
    {"{ count: \"*\", is: 10 }",
     "unknown ambiguous-name | count *: 10 <- 8 names, and 2 that cannot be told (TWICE.TXT: two entries "
     "differ only in upper and lower case)"},
    {"{ count: \"data/*.x\", is: 0 }", "true | count data/*.x: 0 <- matches nothing"},
    {"{ count: \"twice.*\", max: 2 }", "true | count twice.*: at most 2 <- 0 names, and 2 that cannot be told"},
    {"{ count: \"twice.*\", max: 1 }",
     "unknown ambiguous-name | count twice.*: at most 1 <- 0 names, and 2 that cannot be told (TWICE.TXT: two "
     "entries differ only in upper and lower case)"},
    {"{ count: \"twice.*\", min: 3 }", "false | count twice.*: at least 3 <- 0 names, and 2 that cannot be told"},
    {"{ count: \"closed/*\", min: 0 }", "true | count closed/*: at least 0 <- at least 0 names"},
    {"{ count: \"closed/*\", max: 5 }",
     "unknown no-permission | count closed/*: at most 5 <- at least 0 names (closed: permission was denied)"},
    {"{ count: \"{closed,data}/*\", max: 1 }", "false | count {closed,data}/*: at most 1 <- at least 2 names"},
    {"{ count: [\"data/*\", \"data/a*\", data/a.db], is: 2 }", "true | count data/*, data/a*, data/a.db: 2 <- 2 names"},
    {"{ count: \"data/*\", is: { var: unset } }",
     "n/a | count data/*: the variable unset <- 2 names (the variable unset is not set)"},
    {"{ count: \"data/*\", is: { param: width } }",
     "unknown not-given | count data/*: the parameter width <- 2 names (the parameter width was not given)"},
    {"{ count: [\"GATEPOST\", \"gate*\"], is: 0 }", "true | count GATEPOST, gate*: 0 <- matches nothing"},
};

/* Without folding each spelling is a name of its own. */
static const struct test_pair exact[] = {
    {"{ file: twice.txt }", "true | file twice.txt: exists <- 1 byte"},
    {"{ file: TWICE.TXT }", "true | file TWICE.TXT: exists <- 2 bytes"},
    {"{ file: Twice.txt }", "false | file Twice.txt: exists <- nothing"},
    {"{ file: DATA/a.db }", "false | file DATA/a.db: exists <- nothing"},
    {"{ count: \"twice.*\", is: 1 }", "true | count twice.*: 1 <- 1 name"},
    {"{ each: \"[tT]*\", size: 1 }", "false offenders=1 | size TWICE.TXT: 1 byte <- 2 bytes"},
};

/* What is refused when it is loaded. */
static const struct test_pair refused[] = {
    {"{ each: \"data/*\" }", "test:5:20: error: 'each' without a facet and without 'min' holds of any tree [GP0365]"},
    {"{ each: \"data/*\", min: -1 }", "test:5:43: error: 'min' must be at least 0 [GP0361]"},
    {"{ count: \"data/*\" }", "test:5:20: error: 'count' needs a comparison: is, in, min or max [GP0365]"},
    {"{ count: \"data/*\", max: -1 }", "test:5:44: error: a count is never less than 0 [GP0366]"},
    {"{ count: \"data/*\", min: 3, max: 2 }", "test:5:52: error: nothing is at least 3 and at most 2 [GP0364]"},
    {"{ file: data, entries: 3 }",
     "test:5:34: error: 'entries' asks something of directories, and 'file' looks at files [GP0360]"},
    {"{ some: \"data/*\", entries: 3 }",
     "test:5:38: error: 'entries' asks something of directories, and 'some' looks at files [GP0360]"},
    {"{ dir: data, size: 3 }",
     "test:5:33: error: 'size' asks something of files, and 'dir' looks at directories [GP0360]"},
    {"{ dir: data, u8: { at: 1 }, locked: true }",
     "test:5:33: error: 'u8' asks something of files, and 'dir' looks at directories [GP0360]\ntest:5:48: "
     "error: 'locked' asks something of files, and 'dir' looks at directories [GP0360]"},
    {"{ file: \"data/*\" }", "test:5:34: error: 'file' takes the path of one file, not a glob [GP0218]"},
    {"{ file: data/a.db, has: \"x/${stem}\" }",
     "test:5:47: error: '${stem}' means something in the facets of each and some only [GP0308]"},
};

/* The same tree whose directories have their names in one order or the other: no result may tell which. */
static struct gp_memtree *tree(bool rising)
{
    struct gp_memtree *it = gp_memtree_new();

    if (!it)
        bail("no memory");
    gp_memtree_dir(it, rising ? "closed" : "data");
    if (rising)
        gp_memtree_file(it, "data/a.db", "AAAA", 4);
    gp_memtree_file(it, "data/b.db", "BBBBBB", 6);
    gp_memtree_file(it, "data/a.db", "AAAA", 4);
    gp_memtree_other(it, "pipe");
    gp_memtree_link(it, "link");
    gp_memtree_link(it, "linked");
    if (rising)
        gp_memtree_file(it, "TWICE.TXT", "22", 2);
    gp_memtree_file(it, "twice.txt", "1", 1);
    gp_memtree_file(it, "TWICE.TXT", "22", 2);
    gp_memtree_file(it, "shut.db", "S", 1);
    gp_memtree_fail(it, "shut.db", EACCES);
    gp_memtree_file(it, "broken.db", "S", 1);
    gp_memtree_fail_read(it, "broken.db", EIO);
    gp_memtree_dir(it, "closed");
    gp_memtree_fail_read(it, "closed", EACCES);
    for (int i = 0; i < 26; i++) {
        char path[] = "many/?.t";
        path[5] = (char)(rising ? 'a' + i : 'z' - i);
        gp_memtree_file(it, path, "xyz", 3);
    }
    return it;
}

static void decide_all(bool rising)
{
    struct gp_memtree *it = tree(rising), *disk = gp_memtree_new();

    if (!disk)
        bail("no memory");
    gp_memtree_file(disk, "on-disk.txt", "disk", 4);
    gp_memtree_under(it, "/disk", disk);
    for (size_t i = 0; i < GP_COUNT(dos); i++)
        test_cond(it, "dos", dos[i].asked, dos[i].want);
    for (size_t i = 0; i < GP_COUNT(exact); i++)
        test_cond(it, "exact", exact[i].asked, exact[i].want);
    gp_memtree_free(it);
    gp_memtree_free(disk);
}

int main(void)
{
    struct gp_memtree *empty = gp_memtree_new();

    if (!empty)
        bail("no memory");
    decide_all(true);
    decide_all(false);
    for (size_t i = 0; i < GP_COUNT(refused); i++)
        test_cond(empty, "dos", refused[i].asked, refused[i].want);
    gp_memtree_free(empty);
    return done_testing();
}
