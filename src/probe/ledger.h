/*
 * GATEPOST/LEDGER: one JSON object a line, appended, never rewritten: completed
 * operations and attestations.  Hostile input: a line that is not one of ours is
 * a fault, told with its number and never believed.
 */
#ifndef GP_PROBE_LEDGER_H
#define GP_PROBE_LEDGER_H

#include <time.h>

#include "util/arena.h"
#include "util/strbuf.h"

enum gp_ledger_kind { GP_LEDGER_OPERATION, GP_LEDGER_ATTESTATION };

struct gp_ledger_entry {
    enum gp_ledger_kind kind;
    const char *id;        /* of the line: makes an append idempotent */
    const char *name;      /* the operation or the attestation */
    const char *ruleset;
    const char *const *extends; /* the sets that it extends, however far */
    size_t extends_count;
    const char *to;        /* OPERATION: the state that it led to, "" if the state stays; NULL for an attestation */
    const char *who, *host, *reason;
    const char *limits;    /* OPERATION: what the file system did not promise */
    struct timespec when;
    const char *line;      /* the JSON itself */
    size_t number;         /* of the line, as that of a fault */
    const char *more;      /* members that this version does not know: "a, b"; NULL: none */
};

/* A line that is not believed. */
struct gp_ledger_fault {
    size_t number;      /* from 1; in a ledger that is cut, from where reading began */
    const char *what;   /* is wrong, in words */
    struct gp_str text; /* how it begins, at most GP_LEDGER_FAULT_BYTES */
};

#define GP_LEDGER_LINE_BYTES ((size_t)64 << 10)
#define GP_LEDGER_FAULTS 100u /* are kept, the rest is counted */
#define GP_LEDGER_FAULT_BYTES 256u

struct gp_ledger {
    struct gp_ledger_entry *entries; /* in the order of the lines; of lines with one id the first */
    size_t count;
    struct gp_ledger_fault *faults; /* the first of them */
    size_t fault_count;
    size_t bad_lines; /* all of them */
    size_t repeated;  /* lines that stand there again, byte for byte */
    bool cut;         /* longer than the limit: only its end was read */
    /* The last line that may be a completed operation, for all that can be told (number 0: there is none), and how many
     * entries stand before it. */
    struct gp_ledger_fault doubt;
    size_t doubt_after;
};

/* Rule sets whose entries are asked for: one and those that it extends. */
struct gp_ledger_sets {
    const struct gp_str *names; /* the set itself is the first */
    size_t count;
};

/* Reads the text of a ledger; 0 or -ENOMEM. */
int gp_ledger_parse(struct gp_arena *arena, struct gp_str text, struct gp_ledger *ret_ledger) GP_MUST_CHECK;
/* Appends the line of an entry (its `line`, `number` and `more` are not used), with the newline. */
void gp_ledger_format(struct gp_strbuf *out, const struct gp_ledger_entry *entry);

/* Whether an entry is of one of the sets, or of a set that extends the first of them; `sets` NULL: of any. */
bool gp_ledger_is_of(const struct gp_ledger_entry *entry, const struct gp_ledger_sets *sets);
/* The newest entry of a kind and name ("" or NULL: any name), NULL if there is none.  The order is that of the lines:
 * clocks may have been set meanwhile. */
const struct gp_ledger_entry *gp_ledger_newest(const struct gp_ledger *ledger, enum gp_ledger_kind kind,
                                               const char *name, const struct gp_ledger_sets *sets);
/* The newest completed operation that has a `to`. */
const struct gp_ledger_entry *gp_ledger_last_move(const struct gp_ledger *ledger, const struct gp_ledger_sets *sets);
/* The line after an entry (NULL: any line) that may be a completed operation though it cannot be read; NULL: none. */
const struct gp_ledger_fault *gp_ledger_doubt(const struct gp_ledger *ledger, const struct gp_ledger_entry *entry);

#endif
