/*
 * The probe: the only code that looks at a tree.
 *
 * A probe answers questions about one directory tree and remembers the answers:
 * a path is looked up once, a directory listed once, a file opened once, a
 * window of content read once.  What it could not find out is an answer too,
 * with a reason; ENOENT and EACCES never meet.  The live tree, a tree in memory
 * and recorded evidence are all "a probe": backend.h, record.h.
 *
 * It never writes, never follows a symbolic link beneath the root, never opens
 * anything but directories and regular files.  GATEPOST is in no listing and is
 * absent under its name; its ledger is read through gp_probe_ledger().
 *
 * Not thread-safe: one probe, one thread.  Memory lives as long as the probe.
 */
#ifndef GP_PROBE_PROBE_H
#define GP_PROBE_PROBE_H

#include <time.h>

#include "util/arena.h"
#include "util/pathtab.h"
#include "util/reason.h"
#include "util/sys.h"

struct gp_probe;
struct gp_entry;   /* a name in the tree, there or not */
struct gp_listing; /* the names in one directory */
struct gp_ledger;  /* ledger.h */
struct gp_ledger_entry;
struct gp_ledger_fault;
struct gp_ledger_sets;
struct gp_glob_part; /* util/glob.h */

/* An answer to a yes-no question. */
enum gp_tri { GP_TRI_NO, GP_TRI_YES, GP_TRI_UNKNOWN };

enum gp_filetype { GP_FILETYPE_FILE, GP_FILETYPE_DIRECTORY, GP_FILETYPE_OTHER };

struct gp_facts {
    enum gp_tri present;   /* UNKNOWN: `reason` says why (a link is unknown) */
    enum gp_reason reason;
    enum gp_filetype type; /* the rest: only if present */
    mode_t mode;           /* permission bits */
    uint64_t size;         /* bytes */
    struct timespec mtime, ctime;
    dev_t device;
    ino_t inode;
    nlink_t links;
    uid_t owner;
    gid_t group;
};

struct gp_probe_options {
    const struct gp_pathtab *paths; /* of the rule set: paths interned there keep their numbers; may be NULL */
    bool fold;                      /* names: dos */
    const struct gp_sys *sys;       /* NULL: gp_sys_linux */
    int open_limit;                 /* directory descriptors kept open, at least 3; 0: 64 */
    /* A file that the caller holds open (the rule set's lock): read through this descriptor, and our own lock on it
     * does not count.  held_path GP_PATH_NONE (or the root, which is no file): none. */
    gp_path held_path;
    int held_fd;
    /* The most that is taken in; 0: the defaults below. */
    size_t list_limit;   /* names in one directory */
    size_t window_limit; /* bytes of one window */
    size_t ledger_limit; /* bytes of the ledger, from its end */
    const char *locks_file; /* in place of /proc/locks, for tests */
    bool recording;         /* keep what a record needs beside the answers themselves: record.h */
};

#define GP_PROBE_OPEN_DIRECTORIES 64
#define GP_PROBE_LIST_NAMES ((size_t)4 << 20)
#define GP_PROBE_WINDOW_BYTES ((size_t)16 << 20)
#define GP_PROBE_LEDGER_BYTES ((size_t)4 << 20)

void gp_probe_free(struct gp_probe *probe);
/* Closes the file that it read last: what is open keeps its room on the disk after it was removed. */
void gp_probe_let_go(struct gp_probe *probe);
/* Opens a directory.  0, -ENOENT, -ENOTDIR, -EACCES, … (exit status 4), -ENOMEM. */
int gp_probe_open(struct gp_probe **ret_probe, const char *directory, const struct gp_probe_options *options)
    GP_MUST_CHECK;
/* The same for a directory that is already open (not taken over); `name` is for people. */
int gp_probe_open_fd(struct gp_probe **ret_probe, int fd, const char *name, const struct gp_probe_options *options)
    GP_MUST_CHECK;
/* A probe of another directory (`under:`), of the same kind as this one; owned by it and remembered.  0 or a negative
 * errno (-ENOENT: it is not there). */
int gp_probe_under(struct gp_probe *probe, struct gp_str directory, struct gp_probe **ret_other) GP_MUST_CHECK;

const char *gp_probe_name(const struct gp_probe *probe); /* the directory, as it was given */
struct gp_arena *gp_probe_arena(struct gp_probe *probe);
struct gp_pathtab *gp_probe_paths(struct gp_probe *probe);
bool gp_probe_fold(const struct gp_probe *probe);

/* ---- names ------------------------------------------------------------------------------------------------------ */

/* The entry at a path.  A part of the way that is missing makes it absent; one that is a link, unreadable or ambiguous
 * makes it unknown; one that is no directory makes it absent.  NULL: out of memory. */
struct gp_entry *gp_probe_at(struct gp_probe *probe, gp_path path) GP_MUST_CHECK;
/* The entry called `name` (one component) in a directory. NULL: out of memory. */
struct gp_entry *gp_probe_child(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name) GP_MUST_CHECK;
/* stat, once; never NULL. */
const struct gp_facts *gp_probe_facts(struct gp_probe *probe, struct gp_entry *entry);
/* The same for what is only passed through: to gp_probe_difference() it counts by what it is, not by its times. */
const struct gp_facts *gp_probe_peek(struct gp_probe *probe, struct gp_entry *entry);
/* The name as the directory has it (as it was asked for, where it is not there). */
struct gp_str gp_probe_entry_name(const struct gp_entry *entry);
/* The path from the root, real names; in `arena`. */
const char *gp_probe_entry_path(const struct gp_probe *probe, const struct gp_entry *entry, struct gp_arena *arena);

/* ---- directories ------------------------------------------------------------------------------------------------ */

/* Lists a directory, once.  NONE with `*ret_listing`, or the reason why not; a directory that is not there or is no
 * directory is NONE with an empty listing.  Names are in the directory's own order. */
enum gp_reason gp_probe_list(struct gp_probe *probe, struct gp_entry *directory, const struct gp_listing **ret_listing)
    GP_MUST_CHECK;
/* The same for whom only the names that a glob matches matter: the listing holds at least these. */
enum gp_reason gp_probe_glob(struct gp_probe *probe, struct gp_entry *directory, const struct gp_glob_part *glob,
                             const struct gp_listing **ret_listing) GP_MUST_CHECK;
/* How many names are in a directory. */
enum gp_reason gp_probe_count(struct gp_probe *probe, struct gp_entry *directory, uint64_t *ret_count) GP_MUST_CHECK;
size_t gp_listing_count(const struct gp_listing *listing);
/* The name alone: costs no look. */
struct gp_str gp_listing_name(const struct gp_listing *listing, size_t index);
/* Whether another name here differs from this one only in case and case does not matter.  1, 0 or -ENOMEM; costs no
 * look. */
int gp_listing_ambiguous(struct gp_probe *probe, const struct gp_listing *listing, size_t index) GP_MUST_CHECK;
/* The entry (an ambiguous name gives an entry that is unknown, once for each spelling). NULL: out of memory. */
struct gp_entry *gp_listing_entry(struct gp_probe *probe, const struct gp_listing *listing, size_t index) GP_MUST_CHECK;

/* ---- content and the rest of what a file shows ------------------------------------------------------------------ */

struct gp_window {
    enum gp_reason reason; /* NONE: data holds what is there of the range that was asked for */
    struct gp_str data;    /* shorter than asked: the file ends there */
};
/* Bytes of a regular file; each range is read once and kept as long as the probe.  Changed while it was read: reason
 * `changed`.  What is no regular file: `no-value`. */
struct gp_window gp_probe_read(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, size_t length);
/* The same into the caller's buffer of `length` bytes: nothing is kept but a fingerprint for gp_probe_difference(), so
 * thousands of files or one huge file can be gone through.  Sets `*ret_length` unless it returns a reason. */
enum gp_reason gp_probe_read_into(struct gp_probe *probe, struct gp_entry *file, uint64_t offset, void *buffer,
                                  size_t length, size_t *ret_length) GP_MUST_CHECK;

enum gp_attribute { GP_ATTRIBUTE_READ_ONLY = 1, GP_ATTRIBUTE_HIDDEN = 2, GP_ATTRIBUTE_SYSTEM = 4 };
struct gp_attributes {
    enum gp_reason reason; /* NONE: */
    unsigned known;        /* which of them the file system keeps */
    unsigned set;
};
struct gp_attributes gp_probe_attributes(struct gp_probe *probe, struct gp_entry *entry);

struct gp_answer {
    enum gp_tri value;
    enum gp_reason reason;
    const char *detail; /* in words, may be NULL: "another process holds a lock (pid 4711)" */
};
/* These answer for what is there; for what is absent: unknown, `no-value`. */
/* No read-only attribute, a write bit, a file system not mounted read-only. */
struct gp_answer gp_probe_writable(struct gp_probe *probe, struct gp_entry *entry);
/* Another process holds a POSIX, OFD or flock lock. */
struct gp_answer gp_probe_locked(struct gp_probe *probe, struct gp_entry *entry);
/* Bytes free for an ordinary user on the tree's file system. */
struct gp_answer gp_probe_free_space(struct gp_probe *probe, uint64_t *ret_bytes);

/* ---- GATEPOST --------------------------------------------------------------------------------------------------- */

enum gp_interrupted { GP_INTERRUPTED_NO, GP_INTERRUPTED_YES, GP_INTERRUPTED_BUSY };
/* Whether a run was interrupted here (JOURNAL or DONE lies about); BUSY: its LOCK is held, so it is still running. */
enum gp_interrupted gp_probe_interrupted(struct gp_probe *probe);
/* What GATEPOST/LEDGER says.  The reason if it cannot be read; absent: an empty ledger. */
enum gp_reason gp_probe_ledger(struct gp_probe *probe, const struct gp_ledger **ret_ledger) GP_MUST_CHECK;
/* One question to the ledger, of the entries of these rule sets (NULL: of any): the newest attestation of an id; the newest completed
 * operation that has a `to`.  `*ret_entry` NULL: there is none.  LIMIT: none in the end of the ledger that was read.
 * `*ret_doubt` (NULL: none): a line after it that cannot be read and may be a newer operation. */
enum gp_reason gp_probe_attested(struct gp_probe *probe, const char *id, const struct gp_ledger_sets *sets,
                                 const struct gp_ledger_entry **ret_entry) GP_MUST_CHECK;
enum gp_reason gp_probe_last_move(struct gp_probe *probe, const struct gp_ledger_sets *sets,
                                  const struct gp_ledger_entry **ret_entry,
                                  const struct gp_ledger_fault **ret_doubt) GP_MUST_CHECK;
/* Reads the ledger as if this line were its last (act/, between commit and commit point).  0 or -ENOMEM, -EINVAL. */
int gp_probe_assume_ledger_line(struct gp_probe *probe, struct gp_str line) GP_MUST_CHECK;

/* ---- evidence --------------------------------------------------------------------------------------------------- */

/* Whether `now`, a new probe of the same tree, gives the same answers to everything that `before` was asked: presence,
 * type, mode, owner, device, inode, size, mtime, ctime, listings, windows, attributes, locks, ledger.  A directory that
 * was only passed through counts by what it is, not by its times and other names; free space counts by whether it is
 * known.  NULL, or (in now's arena) the path of the first thing that differs; never NULL when memory ran out. */
const char *gp_probe_difference(struct gp_probe *before, struct gp_probe *now) GP_MUST_CHECK;

#endif
