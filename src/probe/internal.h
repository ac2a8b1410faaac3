/*
 * What the files of the probe share: entries and the probe itself.
 */
#ifndef GP_PROBE_INTERNAL_H
#define GP_PROBE_INTERNAL_H

#include "probe/backend.h"
#include "probe/ledger.h"
#include "probe/listing.h"
#include "util/strmap.h"

enum {
    GP_ENTRY_KNOWN = 1,  /* facts are filled in */
    GP_ENTRY_ASKED = 2,  /* for its facts, by somebody outside: they are evidence */
    GP_ENTRY_LISTED = 4, /* its name comes from a listing: not to find it means that it went away */
    GP_ENTRY_OWN = 8,    /* GATEPOST and what is in it */
};

/* A name in the tree.  There may be tens of thousands, so what few of them need is in `extra`. */
struct gp_entry {
    struct gp_entry *parent; /* NULL: the root */
    const char *name;
    struct gp_extra *extra;  /* NULL until needed */
    uint32_t number;         /* in the order of making; parents come before children */
    uint32_t flags;
    struct gp_facts facts;
};

/* A range of a file: its bytes, or of what went through a caller's buffer two keyed hashes. */
struct gp_range {
    struct gp_range *next;
    uint64_t offset;
    size_t length; /* inside the file's size */
    enum gp_reason reason;
    bool hashed;
    union {
        const char *data;
        uint64_t hash[2];
    };
};

/* The inside of a directory. */
struct gp_folder {
    struct gp_listing *listing;
    enum gp_reason reason; /* why there is no listing */
    bool listed;           /* it was tried */
    bool asked;            /* by somebody outside: the names are evidence */
    struct gp_strmap named; /* name → entry, of those that were asked for by a name that is in no listing; in recorded
                               evidence all that it tells of, and case matters there as it does to the probe */
    struct gp_strmap globs; /* as written → struct gp_glob_part: asked while recording, or recorded */
    bool counted;           /* the same of the number of names */
    uint64_t count;
    void *handle;          /* the backend's */
};

/* What a record keeps of a file's content beside its facts. */
struct gp_kept {
    struct gp_range *windows;
    struct gp_strmap findings; /* key → struct gp_finding */
};

struct gp_extra {
    struct gp_folder *folder;
    struct gp_range *ranges;
    struct gp_kept *kept;
    bool has_attributes, has_writable, has_locked;
    struct gp_attributes attributes;
    struct gp_answer writable, locked;
};

#define GP_PAGE_BYTES 4096
#define GP_PAGES 8
#define GP_ENTRIES_A_CHUNK 64

/* The beginning of a file that was read lately: many small facts of one file cost one look. */
struct gp_page {
    const struct gp_entry *file;
    size_t length;
    char *data; /* in the arena, reused */
};

/* A question to the ledger and what it said. */
struct gp_asked {
    struct gp_asked *next;
    const char *attestation; /* NULL: the newest operation that led somewhere */
    const char *sets;        /* whose entries count: the names of the rule sets, with blanks between */
    enum gp_reason reason;
    const struct gp_ledger_entry *entry;
    const struct gp_ledger_fault *doubt;
};

struct gp_under {
    struct gp_probe *probe;
    int error;
};

struct gp_probe {
    struct gp_arena *arena;
    struct gp_backend *backend;
    struct gp_pathtab *paths;
    const char *name;
    struct gp_probe_options options; /* limits filled in */

    struct gp_entry **chunks; /* GP_ENTRIES_A_CHUNK entries each */
    size_t chunk_count, chunk_capacity;
    uint32_t entry_count;
    struct gp_entry *root;
    struct gp_entry **by_path; /* what was found at each path */
    size_t by_path_count;
    struct gp_listing *listings;
    struct gp_listing nothing; /* the listing of what is no directory */

    struct gp_page pages[GP_PAGES];
    size_t next_page;

    bool recorded;          /* it answers from a record: what that lacks is `not-recorded` */
    struct gp_asked *asked; /* while recording, or recorded */

    struct gp_entry *gatepost;
    bool ledger_read;
    enum gp_reason ledger_reason;
    struct gp_ledger ledger;
    uint64_t ledger_hash[2];
    bool space_asked;
    struct gp_answer space;
    uint64_t space_bytes;

    struct gp_strmap unders; /* directory → struct gp_under */
};

/* A new entry; `name` is not copied.  NULL: out of memory. */
struct gp_entry *gp_entry_new(struct gp_probe *probe, struct gp_entry *parent, const char *name) GP_MUST_CHECK;
struct gp_entry *gp_entry_numbered(const struct gp_probe *probe, uint32_t number);
/* The facts, without making them evidence. */
const struct gp_facts *gp_entry_look(struct gp_probe *probe, struct gp_entry *entry);
struct gp_extra *gp_entry_extra(struct gp_probe *probe, struct gp_entry *entry) GP_MUST_CHECK;
struct gp_folder *gp_entry_folder(struct gp_probe *probe, struct gp_entry *entry) GP_MUST_CHECK;
/* An entry that is in no listing, under its name, whose answer is known already.  NULL: out of memory. */
struct gp_entry *gp_entry_settled(struct gp_probe *probe, struct gp_entry *directory, struct gp_str name,
                                  enum gp_tri present, enum gp_reason reason) GP_MUST_CHECK;
/* Whether the names that the recorded globs of a directory match include this one. */
bool gp_folder_covers(const struct gp_folder *folder, struct gp_str name, bool fold);
/* The names in a directory that is there, without making them evidence. */
enum gp_reason gp_folder_list(struct gp_probe *probe, struct gp_entry *directory, struct gp_listing **ret_listing)
    GP_MUST_CHECK;
/* Whether something is there to be asked about; else `ret_reason` says why it cannot be told. */
bool gp_entry_present(struct gp_probe *probe, struct gp_entry *entry, enum gp_reason *ret_reason);
/* GATEPOST or a name in it; NULL: out of memory. */
struct gp_entry *gp_gatepost_entry(struct gp_probe *probe, const char *name) GP_MUST_CHECK;
/* Two hashes of bytes that were seen. */
void gp_fingerprint(const void *data, size_t length, uint64_t ret_hash[2]);

#endif
